//! Two rows for every table, so that migrations meet data and triggers have something to refuse.

use std::collections::BTreeSet;

use crate::engine::Engine;
use crate::model::{Column, Schema, Table};

/// Values for columns to which none that is made up by type and check will do: table, column, SQL.
const VALUES: &[(&str, &str, &str)] = &[];

/// Puts two rows into every table: one with all that may be empty left empty, one with everything filled. Those of each
/// `round` differ from those before it, and refer to each other.
pub fn fill(conn: &mut impl Engine, schema: &Schema, round: usize, skip: impl Fn(&str) -> bool) {
    let mut open: BTreeSet<&String> = schema.tables.keys().filter(|name| !skip(name)).collect();
    while !open.is_empty() {
        let ready = |name: &&&String| {
            let keys = &schema.tables[name.as_str()].foreign;
            keys.iter().all(|key| key.table == ***name || !open.contains(&key.table))
        };
        let name = *open.iter().find(ready).unwrap_or_else(|| panic!("tables refer to each other: {open:?}"));
        for n in [2 * round, 2 * round + 1] {
            insert(conn, name, &schema.tables[name], n);
        }
        open.remove(name);
    }
}

fn insert(conn: &mut impl Engine, name: &str, table: &Table, n: usize) {
    // Where a key has room for one value only, one row is all there can be.
    let single = |column: &String| table.checks.iter().any(|check| only_value(check, column).is_some());
    if table.primary.iter().all(single) && conn.count(name) > 0 {
        return;
    }
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let values: Vec<String> = table.columns.iter().map(|column| value(name, table, column, n)).collect();
    let sql = format!("INSERT INTO {name} ({}) VALUES ({})", columns.join(", "), values.join(", "));
    conn.run(&sql).unwrap_or_else(|why| panic!("{why}: {sql}\nIf no made-up value will do, give one in VALUES."));
}

fn value(name: &str, table: &Table, column: &Column, n: usize) -> String {
    if let Some((.., sql)) = VALUES.iter().find(|(at, what, _)| *at == name && *what == column.name) {
        return (*sql).to_owned();
    }
    if column.nullable && n.is_multiple_of(2) {
        return "NULL".to_owned();
    }
    let key = table.foreign.iter().find_map(|key| {
        let at = key.columns.iter().position(|own| *own == column.name)?;
        Some((&key.table, &key.to[at]))
    });
    if let Some((other, to)) = key {
        let row = if other == name { 0 } else { 1 - n % 2 };
        return format!("(SELECT {to} FROM {other} ORDER BY {to} DESC LIMIT 1 OFFSET {row})");
    }
    if let Some(allowed) = table.checks.iter().find_map(|check| first_allowed(check, &column.name)) {
        return allowed;
    }
    match column.kind.as_str() {
        // Far from the numbers that a migration gives to rows of its own.
        "INTEGER" | "integer" | "bigint" => (n + 1000).to_string(),
        "REAL" | "double precision" => "0.5".to_owned(),
        "BLOB" => format!("x'{n:04}'"),
        "bytea" => format!("'\\x{n:04}'"),
        "boolean" => "true".to_owned(),
        "uuid" => format!("'00000000-0000-7000-8000-{n:012}'"),
        "jsonb" => "'{}'".to_owned(),
        "TEXT" | "text" => format!("'{} {n:04}'", column.name),
        kind if kind.starts_with("timestamp") => format!("'2026-10-23T12:00:{n:02}Z'"),
        kind => panic!("no value is known for {kind}"),
    }
}

/// The first value that a check lists for a column, in either engine's words.
fn first_allowed(check: &str, column: &str) -> Option<String> {
    let listed = [" IN (", " = ANY (ARRAY["].iter().find_map(|words| after(check, column, words));
    listed.map(literal).or_else(|| only_value(check, column))
}

/// The one value that a check lets a column have.
fn only_value(check: &str, column: &str) -> Option<String> {
    let rest = after(check, column, " = ")?;
    rest.starts_with(|c: char| c == '\'' || c.is_ascii_digit()).then(|| literal(rest))
}

fn after<'a>(check: &'a str, column: &str, words: &str) -> Option<&'a str> {
    let (before, rest) = check.split_once(&format!("{column}{words}"))?;
    (!before.ends_with(|c: char| c.is_alphanumeric() || c == '_')).then_some(rest)
}

fn literal(text: &str) -> String {
    match text.strip_prefix('\'') {
        Some(rest) => format!("'{}'", rest.split('\'').next().unwrap_or_default()),
        None => text.chars().take_while(char::is_ascii_digit).collect(),
    }
}
