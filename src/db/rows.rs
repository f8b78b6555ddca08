//! Rows as JSON arrays, the same whichever engine they come from and go to.

use diesel::connection::{DefaultLoadingMode, SimpleConnection};
use diesel::pg::PgRowByRowLoadingMode;
use diesel::sql_types::{BigInt, Text};
use diesel::{RunQueryDsl, sql_query};

use super::conn::Conn;
use super::tables::{Column, Kind, Table};
use crate::canonical::canonical;
use crate::error::Error;

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The name of the engine.
pub fn engine(conn: &Conn) -> &'static str {
    match conn {
        Conn::Postgres(_) => "postgresql",
        Conn::Sqlite(_) => "sqlite",
    }
}

/// The migrations that a database has had, the oldest first.
pub fn applied(conn: &mut Conn) -> Result<Vec<String>, Error> {
    let query = "SELECT version AS line FROM __diesel_schema_migrations ORDER BY version";
    let lines: Vec<Line> = match conn {
        Conn::Postgres(conn) => sql_query(query).load(conn)?,
        Conn::Sqlite(conn) => sql_query(query).load(conn)?,
    };
    Ok(lines.into_iter().map(|line| line.line).collect())
}

/// Whether the database has the table at all; one of an earlier level lacks those that came later.
pub fn is_there(conn: &mut Conn, table: &Table) -> Result<bool, Error> {
    let count: Count = match conn {
        Conn::Postgres(conn) => {
            let query = "SELECT count(to_regclass($1)) AS count";
            sql_query(query).bind::<Text, _>(table.name).get_result(conn)?
        }
        Conn::Sqlite(conn) => {
            let query = "SELECT count(*) AS count FROM sqlite_master WHERE type = 'table' AND name = ?";
            sql_query(query).bind::<Text, _>(table.name).get_result(conn)?
        }
    };
    Ok(count.count > 0)
}

/// How many rows a table has.
pub fn count(conn: &mut Conn, table: &Table) -> Result<i64, Error> {
    let query = sql_query(format!("SELECT count(*) AS count FROM {}", table.name));
    let count: Count = match conn {
        Conn::Postgres(conn) => query.get_result(conn)?,
        Conn::Sqlite(conn) => query.get_result(conn)?,
    };
    Ok(count.count)
}

/// Hands over every row of a table in the order of its key, one at a time, as a canonical JSON array of its columns.
///
/// Moments are texts in UTC with six decimals, ids are texts, JSON stays JSON.
pub fn each(conn: &mut Conn, table: &Table, mut then: impl FnMut(&str) -> Result<(), Error>) -> Result<(), Error> {
    let mut hand = |line: diesel::QueryResult<Line>| {
        let line = line?.line;
        then(&canonical(&line).ok_or_else(|| Error::internal(format!("a row of {} is not JSON", table.name)))?)
    };
    match conn {
        Conn::Postgres(conn) => {
            let columns: Vec<String> = table.columns.iter().map(postgres_writes).collect();
            // The order of bytes, whatever language the server sorts by.
            let key = |name: &&str| {
                let text = table.columns.iter().any(|column| column.name == *name && column.kind == Kind::Text);
                format!("\"{name}\"{}", if text { " COLLATE \"C\"" } else { "" })
            };
            let keys: Vec<String> = table.key.iter().map(key).collect();
            let query = format!(
                "SELECT json_build_array({})::text AS line FROM {} ORDER BY {}",
                columns.join(", "),
                table.name,
                keys.join(", ")
            );
            sql_query(query).load_iter::<Line, PgRowByRowLoadingMode>(conn)?.try_for_each(&mut hand)
        }
        Conn::Sqlite(conn) => {
            let columns: Vec<String> = table.columns.iter().map(sqlite_writes).collect();
            let keys: Vec<String> = table.key.iter().map(|name| format!("\"{name}\"")).collect();
            let query = format!(
                "SELECT json_array({}) AS line FROM {} ORDER BY {}",
                columns.join(", "),
                table.name,
                keys.join(", ")
            );
            sql_query(query).load_iter::<Line, DefaultLoadingMode>(conn)?.try_for_each(&mut hand)
        }
    }
}

fn postgres_writes(column: &Column) -> String {
    let name = column.name;
    match column.kind {
        Kind::Instant => format!("to_char(\"{name}\" AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"),
        _ => format!("\"{name}\""),
    }
}

fn sqlite_writes(column: &Column) -> String {
    let name = column.name;
    match column.kind {
        // What somebody spoilt must not keep the rest from being read: it goes out as a text.
        Kind::Json => format!("CASE WHEN json_valid(\"{name}\") THEN json(\"{name}\") ELSE \"{name}\" END"),
        Kind::YesNo => format!("json(iif(\"{name}\" IS NULL, NULL, iif(\"{name}\", 'true', 'false')))"),
        _ => format!("\"{name}\""),
    }
}

/// Inserts rows as [`each`] hands them over: a JSON array of them.
pub fn insert(conn: &mut Conn, table: &Table, rows: &str) -> Result<usize, Error> {
    let names: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let into = format!("INSERT INTO {} ({})", table.name, names.join(", "));
    let columns = table.columns.iter().enumerate();
    Ok(match conn {
        Conn::Postgres(conn) => {
            let read = |(n, column): (usize, &Column)| match column.kind {
                Kind::Json => format!("row.value -> {n}"),
                _ => format!("(row.value ->> {n})::{}", column.native),
            };
            let columns: Vec<String> = columns.map(read).collect();
            let query =
                format!("{into} SELECT {} FROM jsonb_array_elements($1::jsonb) AS row (value)", columns.join(", "));
            sql_query(query).bind::<Text, _>(rows).execute(conn)?
        }
        Conn::Sqlite(conn) => {
            let read = |(n, column): (usize, &Column)| match column.kind {
                Kind::Json => format!("value -> '$[{n}]'"),
                _ => format!("json_extract(value, '$[{n}]')"),
            };
            let columns: Vec<String> = columns.map(read).collect();
            let query = format!("{into} SELECT {} FROM json_each(?)", columns.join(", "));
            sql_query(query).bind::<Text, _>(rows).execute(conn)?
        }
    })
}

/// Lets a statement of this transaction take as long as it does, as one that reads or writes everything must.
pub fn take_time(conn: &mut Conn) -> Result<(), Error> {
    if let Conn::Postgres(conn) = conn {
        conn.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")?;
    }
    Ok(())
}

/// Lets a table go on counting after the greatest number that it holds; SQLite does so by itself.
pub fn count_on(conn: &mut Conn, table: &Table) -> Result<(), Error> {
    if let (Conn::Postgres(conn), ["seq"]) = (conn, table.key.as_slice()) {
        // A table whose numbers come from elsewhere has no sequence: setval of nothing does nothing.
        let query = "SELECT setval(pg_get_serial_sequence('TABLE', 'seq'), (SELECT max(seq) FROM TABLE))";
        sql_query(query.replace("TABLE", table.name)).execute(conn)?;
    }
    Ok(())
}
