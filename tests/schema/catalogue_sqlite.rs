//! SQLite's catalogue: its pragmas, and the statements it keeps word for word.

use diesel::SqliteConnection;

use crate::engine::Engine;
use crate::model::{Column, DIESELS, Foreign, Schema};

const TABLES: &str = "
    SELECT json_array(m.name, m.sql, l.strict OR l.type <> 'table') AS line FROM sqlite_master m
    JOIN pragma_table_list l ON l.schema = 'main' AND l.name = m.name
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

const COLUMNS: &str = "
    SELECT json_array(m.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk) AS line
    FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid";

const FOREIGN: &str = "
    SELECT json_array(m.name, f.\"table\", json_group_array(f.\"from\"), json_group_array(f.\"to\"),
        f.on_delete || '/' || f.on_update) AS line
    FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' GROUP BY m.name, f.id";

const INDEXES: &str = "
    SELECT json_array(m.name, i.name, i.origin,
        (SELECT json_group_array(coalesce(c.name, '')) FROM pragma_index_info(i.name) c),
        (SELECT s.sql FROM sqlite_master s WHERE s.type = 'index' AND s.name = i.name)) AS line
    FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table'";

const TRIGGERS: &str = "SELECT json_array(tbl_name, name, sql) AS line FROM sqlite_master WHERE type = 'trigger'";

const OTHERS: &str = "SELECT type || ' ' || name AS line FROM sqlite_master WHERE type = 'view'";

pub fn read(conn: &mut SqliteConnection) -> Schema {
    let mut schema = Schema { others: conn.lines(OTHERS).into_iter().collect(), ..Schema::default() };
    for (name, sql, strict) in conn.rows::<(String, String, i64)>(TABLES) {
        if strict == 0 && name != DIESELS {
            schema.others.insert(format!("{name} is not STRICT: the types of its columns hold nothing"));
        }
        schema.tables.entry(name).or_default().checks = checks(&sql).into_iter().collect();
    }
    for (table, name, kind, filled, default, key) in
        conn.rows::<(String, String, String, i64, Option<String>, usize)>(COLUMNS)
    {
        let table = schema.table(&table);
        if key > 0 {
            table.primary.resize(table.primary.len().max(key), String::new());
            table.primary[key - 1].clone_from(&name);
        }
        table.columns.push(Column { name, kind, nullable: filled == 0, default });
    }
    for table in schema.tables.values_mut().filter(|table| !table.primary.is_empty()) {
        table.leads.insert((table.primary.clone(), None));
    }
    for (name, other, columns, to, rules) in
        conn.rows::<(String, String, Vec<String>, Vec<Option<String>>, String)>(FOREIGN)
    {
        // A key that names no column means the primary one.
        let primary = schema.tables.get(&other).map(|table| table.primary.clone()).unwrap_or_default();
        let to = to.into_iter().collect::<Option<Vec<_>>>().unwrap_or(primary);
        schema.table(&name).foreign.insert(Foreign { columns, table: other, to, rules });
    }
    for (table, name, origin, columns, sql) in
        conn.rows::<(String, String, String, Vec<String>, Option<String>)>(INDEXES)
    {
        let table = schema.table(&table);
        let rows = sql.as_ref().and_then(|sql| Some(sql.split_once(" WHERE ")?.1.trim().to_owned()));
        table.leads.insert((columns.clone(), rows));
        match (origin.as_str(), sql) {
            ("u", _) => drop(table.unique.insert(columns)),
            ("c", Some(sql)) => drop(table.indexes.insert(name, sql)),
            _ => {}
        }
    }
    for (table, name, sql) in conn.rows::<(String, String, String)>(TRIGGERS) {
        let head = sql.split(" BEGIN").next().unwrap();
        let (when, rest) = head.split_once(" ON ").unwrap();
        let when = when.split_once(&name).unwrap().1.trim();
        let (when, some) = when.split_once(" OF ").map_or((when, false), |(when, _)| (when, true));
        let sometimes = if some || rest.contains(" WHEN ") { ", sometimes" } else { "" };
        schema.table(&table).triggers.insert(name, format!("{when}{sometimes}"));
    }
    schema.tables.remove(DIESELS);
    schema
}

/// What stands in the brackets of every CHECK of a statement.
fn checks(sql: &str) -> Vec<String> {
    let bare = without_literals(sql);
    let upper = bare.to_ascii_uppercase();
    let mut found = Vec::new();
    for (at, word) in upper.match_indices("CHECK") {
        let before = upper[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let rest = &upper[at + word.len()..];
        if before || !rest.trim_start().starts_with('(') {
            continue;
        }
        let open = at + word.len() + rest.find('(').unwrap();
        let mut depth = 0;
        let end = upper[open..].char_indices().find_map(|(at, c)| {
            depth += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            (depth == 0).then_some(open + at)
        });
        found.push(sql[open + 1..end.unwrap()].split_whitespace().collect::<Vec<_>>().join(" "));
    }
    found
}

/// The statement with literals, quoted names and comments blanked byte by byte.
fn without_literals(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '\'' | '"' => rest[1..].find(c).map_or(rest.len(), |at| at + 2),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            _ => 0,
        };
        if end > 0 {
            out.push_str(&" ".repeat(end));
            rest = &rest[end..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

#[test]
fn checks_are_found_in_a_statement_and_not_in_what_it_only_says() {
    let sql = "CREATE TABLE \"a\" (\n -- a CHECK (it's said)\n b TEXT CHECK (b IN ('x)', 'CHECK (y)')), c INTEGER,\n\
               recheck TEXT, CHECK ((b = 'æ') =\n   (c > 0)))";
    assert_eq!(checks(sql), ["b IN ('x)', 'CHECK (y)')", "(b = 'æ') = (c > 0)"]);
}
