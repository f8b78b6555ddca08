//! What the engines say in different words.

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryResult, RunQueryDsl};

use super::conn::Conn;

/// Inserts many rows in one statement; only a connection to one engine can.
macro_rules! insert_many {
    ($conn:expr, $table:expr, $rows:expr) => {
        match $conn {
            $crate::db::Conn::Postgres(conn) => diesel::insert_into($table).values($rows).execute(conn),
            $crate::db::Conn::Sqlite(conn) => diesel::insert_into($table).values($rows).execute(conn),
        }
    };
}
pub(crate) use insert_many;

diesel::define_sql_function! {
    /// The text in small letters, as the engine knows them; SQLite knows those of English.
    fn lower(text: Text) -> Text;
}

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    seq: i64,
}

/// Finds the newest cases below `before` whose title holds these words, letter case aside.
///
/// It stands here because each engine has its own index for parts of words.
pub fn titles_with(conn: &mut Conn, words: &str, before: i64, limit: i64) -> QueryResult<Vec<i64>> {
    let found: Vec<Row> = match conn {
        Conn::Sqlite(conn) => {
            let phrase = format!("\"{}\"", words.replace('"', "\"\"").replace('\0', "\u{fffd}"));
            let query = "SELECT rowid AS seq FROM incident_search WHERE incident_search MATCH ? AND rowid < ? \
                         ORDER BY rowid DESC LIMIT ?";
            let query = diesel::sql_query(query).bind::<Text, _>(phrase);
            query.bind::<BigInt, _>(before).bind::<BigInt, _>(limit).load(conn)?
        }
        Conn::Postgres(conn) => {
            let query = "SELECT seq FROM incident WHERE lower(title) LIKE lower($1) AND seq < $2 \
                         ORDER BY seq DESC LIMIT $3";
            let query = diesel::sql_query(query).bind::<Text, _>(containing(words));
            query.bind::<BigInt, _>(before).bind::<BigInt, _>(limit).load(conn)?
        }
    };
    Ok(found.into_iter().map(|row| row.seq).collect())
}

/// A pattern for texts that hold these words as they are.
pub fn containing(words: &str) -> String {
    let literal = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_").replace('\0', "\u{fffd}");
    format!("%{literal}%")
}
