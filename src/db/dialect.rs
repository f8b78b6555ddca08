//! What the engines say in different words.

use diesel::sql_types::{BigInt, Text};
use diesel::{PgConnection, QueryResult, RunQueryDsl};

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

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    seq: i64,
}

/// A word that is looked for: one that begins so, or one of these as they stand.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The beginning, of letters and digits only.
    pub begins: String,
    /// Other entries that count as the word, of letters and digits or with a mark in front.
    pub or: Vec<String>,
}

const AMONG_THE_NEWEST: &str = "SELECT incident_seq AS seq \
    FROM (SELECT * FROM incident_text WHERE incident_seq < $2 ORDER BY incident_seq DESC LIMIT 2000) newest \
    WHERE array_to_tsvector(string_to_array(words, ' ')) @@ $1::tsquery ORDER BY incident_seq DESC LIMIT $3";
const BY_INDEX: &str = "WITH hits AS MATERIALIZED (SELECT incident_seq AS seq FROM incident_text \
    WHERE array_to_tsvector(string_to_array(words, ' ')) @@ $1::tsquery) \
    SELECT seq FROM hits WHERE seq < $2 ORDER BY seq DESC LIMIT $3";

/// Finds the newest cases below `before` whose words are all of these.
///
/// It stands here because each engine asks its own index for words. They come as letters and digits, so nothing in them
/// is taken for the engine's own signs.
pub fn cases_with(conn: &mut Conn, words: &[Wanted], before: i64, limit: i64) -> QueryResult<Vec<i64>> {
    let all = |(quote, begins, or, and): (char, &str, &str, &str)| {
        let one = |word: &Wanted| {
            let others = word.or.iter().map(|other| format!("{or}{quote}{other}{quote}")).collect::<String>();
            format!("({quote}{}{quote}{begins}{others})", word.begins)
        };
        words.iter().map(one).collect::<Vec<_>>().join(and)
    };
    let found: Vec<Row> = match conn {
        Conn::Sqlite(conn) => {
            let query = "SELECT rowid AS seq FROM incident_search WHERE incident_search MATCH ? AND rowid < ? \
                         ORDER BY rowid DESC LIMIT ?";
            let query = diesel::sql_query(query).bind::<Text, _>(all(('"', "*", " OR ", " AND ")));
            query.bind::<BigInt, _>(before).bind::<BigInt, _>(limit).load(conn)?
        }
        Conn::Postgres(conn) => {
            let words = all(('\'', ":*", " | ", " & "));
            let ask = |conn: &mut PgConnection, query: &str| {
                let query = diesel::sql_query(query).bind::<Text, _>(words.clone());
                query.bind::<BigInt, _>(before).bind::<BigInt, _>(limit).load::<Row>(conn)
            };
            // Frequent words fill the page from the newest cases. What does not is rare enough for its index, which
            // knows no order; left to itself the server guesses wrong which of the two a word is.
            let newest = ask(conn, AMONG_THE_NEWEST)?;
            if i64::try_from(newest.len()).is_ok_and(|many| many >= limit) { newest } else { ask(conn, BY_INDEX)? }
        }
    };
    Ok(found.into_iter().map(|row| row.seq).collect())
}

/// A pattern for texts that hold these words as they are.
pub fn containing(words: &str) -> String {
    let literal = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_").replace('\0', "\u{fffd}");
    format!("%{literal}%")
}
