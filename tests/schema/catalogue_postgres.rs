//! PostgreSQL's catalogue, of the schema that comes first in the search path.

use diesel::PgConnection;

use crate::COUNTED;
use crate::engine::Engine;
use crate::model::{Column, DIESELS, Foreign, Schema, Table};

const COLUMNS: &str = "
    SELECT json_build_array(c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
        CASE WHEN a.attidentity = 'd' THEN 'identity by default' WHEN a.attidentity <> '' THEN 'identity always'
            ELSE pg_get_expr(d.adbin, d.adrelid, true) END)::text AS line
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname, a.attnum";

const CONSTRAINTS: &str = "
    SELECT json_build_array(c.relname, k.contype, pg_get_constraintdef(k.oid, true), f.relname,
        coalesce((SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(k.conkey) WITH ORDINALITY u (num, n)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num), '[]'),
        coalesce((SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(k.confkey) WITH ORDINALITY u (num, n)
            JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num), '[]'),
        k.confdeltype, k.confupdtype, k.condeferrable)::text AS line
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_class f ON f.oid = k.confrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND k.contype IN ('p', 'u', 'f', 'c')";

const INDEXES: &str = "
    SELECT json_build_array(c.relname, i.relname, pg_get_indexdef(x.indexrelid, 0, true),
        pg_get_expr(x.indpred, x.indrelid, true),
        (SELECT json_agg(coalesce(a.attname, '') ORDER BY u.n) FROM unnest(x.indkey::int2[]) WITH ORDINALITY u (num, n)
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.num),
        x.indisvalid, EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u')))::text AS line
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
    WHERE c.relnamespace = current_schema()::regnamespace";

const TRIGGERS: &str = "
    SELECT json_build_array(c.relname, t.tgname,
        concat_ws(' ', CASE WHEN t.tgtype & 2 > 0 THEN 'BEFORE' WHEN t.tgtype & 64 > 0 THEN 'INSTEAD OF' ELSE 'AFTER' END,
            CASE WHEN t.tgtype & 4 > 0 THEN 'INSERT' END, CASE WHEN t.tgtype & 8 > 0 THEN 'DELETE' END,
            CASE WHEN t.tgtype & 16 > 0 THEN 'UPDATE' END, CASE WHEN t.tgtype & 32 > 0 THEN 'TRUNCATE' END)
        || CASE WHEN cardinality(t.tgattr::int2[]) > 0 OR t.tgqual IS NOT NULL THEN ', sometimes' ELSE '' END
        || CASE WHEN t.tgtype & 1 > 0 THEN '' ELSE ', once a statement' END
        || CASE WHEN t.tgenabled IN ('O', 'A') THEN '' ELSE ', switched off' END)::text AS line
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal";

/// Functions, sequences, views and types of ours; not what an extension brought, nor what belongs to a table.
const OTHERS: &str = "
    WITH ours AS (
        SELECT 'function ' || proname AS what, oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
        UNION ALL SELECT 'type ' || typname, oid FROM pg_type
            WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd', 'r')
        UNION ALL SELECT CASE relkind WHEN 'S' THEN 'sequence ' ELSE 'view ' END || relname, oid FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('S', 'v', 'm', 'f'))
    SELECT what AS line FROM ours WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = ours.oid AND d.deptype = 'e')";

type Constraint = (String, String, String, Option<String>, Vec<String>, Vec<String>, String, String, bool);

pub fn read(conn: &mut PgConnection) -> Schema {
    let mut schema = Schema { others: conn.lines(OTHERS).into_iter().collect(), ..Schema::default() };
    for (table, name, kind, nullable, default) in conn.rows(COLUMNS) {
        let table: &mut Table = schema.tables.entry(table).or_default();
        table.columns.push(Column { name, kind, nullable, default });
    }
    for (table, what, words, other, columns, to, deleted, updated, deferred) in conn.rows::<Constraint>(CONSTRAINTS) {
        let table = schema.table(&table);
        match what.as_str() {
            "p" => table.primary = columns,
            "u" => drop(table.unique.insert(columns)),
            "c" => drop(table.checks.insert(words)),
            _ => {
                let rules = format!("{}/{}{}", rule(&deleted), rule(&updated), if deferred { " late" } else { "" });
                table.foreign.insert(Foreign { columns, table: other.unwrap(), to, rules });
            }
        }
    }
    for (table, name, words, rows, columns, valid, of_a_key) in
        conn.rows::<(String, String, String, Option<String>, Vec<String>, bool, bool)>(INDEXES)
    {
        assert!(valid, "the index {name} is not complete");
        let table = schema.table(&table);
        table.leads.insert((columns, rows));
        if !of_a_key {
            table.indexes.insert(name, words);
        }
    }
    for (table, name, when) in conn.rows::<(String, String, String)>(TRIGGERS) {
        schema.table(&table).triggers.insert(name, when);
    }
    schema.tables.remove(DIESELS);
    schema
}

fn rule(letter: &str) -> &'static str {
    match letter {
        "a" => "NO ACTION",
        "r" => "RESTRICT",
        "c" => "CASCADE",
        "n" => "SET NULL",
        _ => "SET DEFAULT",
    }
}

/// Has PostgreSQL read SQLite's checks, indexes and defaults, so that both are compared in one wording; what it cannot
/// read is a fault.
pub fn twin(conn: &mut PgConnection, sqlite: &Schema, postgres: &Schema) -> (Schema, Vec<String>) {
    let mut faults = Vec::new();
    conn.run("CREATE SCHEMA twin").unwrap();
    for (name, table) in &sqlite.tables {
        let Some(pg) = postgres.tables.get(name) else { continue };
        let counted = COUNTED.iter().any(|(counted, _)| counted == name);
        let kind = |column: &str| pg.column(column).map_or("", |column| column.kind.as_str());
        conn.run(&format!("CREATE TABLE twin.{name} (LIKE {name})")).unwrap();
        let mut said = Vec::new();
        for column in &table.columns {
            let alter = format!("ALTER TABLE {name} ALTER COLUMN {}", column.name);
            match column.default.as_deref() {
                Some("0") if kind(&column.name) == "boolean" => said.push(format!("{alter} SET DEFAULT false")),
                Some("1") if kind(&column.name) == "boolean" => said.push(format!("{alter} SET DEFAULT true")),
                Some(value) => said.push(format!("{alter} SET DEFAULT {value}")),
                // A whole number that SQLite picks by itself is an identity, where diesel reads it as a long one.
                None if !counted && table.primary == [column.name.clone()] && kind(&column.name) == "bigint" => {
                    said.push(format!("{alter} ADD GENERATED BY DEFAULT AS IDENTITY"));
                }
                None => {}
            }
        }
        // That a truth is 0 or 1 says the type already.
        let is_truth = |check: &&String| {
            let column = check.strip_suffix(" IN (0, 1)").unwrap_or_default();
            kind(column) == "boolean"
        };
        let checks = table.checks.iter().filter(|check| !is_truth(check));
        said.extend(checks.map(|check| format!("ALTER TABLE {name} ADD CHECK ({check})")));
        said.extend(table.indexes.values().cloned());
        for sql in said {
            let answer = conn.run(&format!("SET search_path TO twin; {sql}"));
            faults.extend(answer.err().map(|why| format!("{name}: PostgreSQL does not understand {sql}: {why}")));
            conn.run("RESET search_path").unwrap();
        }
    }
    conn.run("SET search_path TO twin").unwrap();
    let twin = read(conn);
    conn.run("RESET search_path; DROP SCHEMA twin CASCADE").unwrap();
    (twin, faults)
}
