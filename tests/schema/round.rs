//! Every migration goes up, down and up again, with rows in every table, and leaves what was there before it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use diesel::{Connection, PgConnection, SqliteConnection};

use crate::engine::{Engine, names, text};
use crate::model::{Schema, changed};
use crate::postgres::Cluster;
use crate::{folder, is_apart, memory, rows};

/// Goes up step by step, down to nothing, and up again; answers what did not come back.
fn round(conn: &mut impl Engine, folder: &Path) -> Vec<String> {
    let names = names(folder);
    let mut faults = Vec::new();
    let mut steps = vec![conn.schema()];
    for name in &names {
        let before = counts(conn, &steps[steps.len() - 1]);
        conn.up(folder).unwrap_or_else(|why| panic!("{name} does not go up: {why}"));
        let schema = conn.schema();
        faults.extend(lost(&before, &counts(conn, &schema)).map(|fault| format!("{name} goes up: {fault}")));
        rows::fill(conn, &schema, steps.len(), is_apart);
        steps.push(schema);
    }
    let top = steps.last().unwrap().clone();
    for name in names.iter().rev() {
        let schema = steps.pop().unwrap();
        let before = counts(conn, &schema);
        if let Err(why) = conn.down(folder) {
            faults.push(format!("{name} does not go down: {why}"));
            return faults;
        }
        let (was, is) = (steps.last().unwrap(), conn.schema());
        faults.extend(lost(&before, &counts(conn, &is)).map(|fault| format!("{name} goes down: {fault}")));
        faults.extend(changed(was, &is).into_iter().map(|fault| format!("{name} goes down: {fault}")));
    }
    let nothing = conn.schema();
    if nothing != Schema::default() {
        faults.push(format!("something stays when all is taken down: {nothing:#?}"));
    }
    for name in &names {
        if let Err(why) = conn.up(folder) {
            faults.push(format!("{name} does not go up again: {why}"));
            return faults;
        }
    }
    faults.extend(changed(&top, &conn.schema()));
    faults
}

fn counts(conn: &mut impl Engine, schema: &Schema) -> BTreeMap<String, i64> {
    let tables = schema.tables.keys().filter(|name| !is_apart(name));
    tables.map(|name| (name.clone(), conn.count(name))).collect()
}

/// The tables that stay but have not as many rows as they had.
fn lost(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) -> impl Iterator<Item = String> {
    let less = |(name, was): (&String, &i64)| {
        let is = after.get(name)?;
        (is != was).then(|| format!("{name} had {was} rows and has {is}"))
    };
    before.iter().filter_map(less).collect::<Vec<_>>().into_iter()
}

fn goes_round<E: Engine>(conn: &mut E) {
    let folder = folder::<E>();
    let faults = round(conn, &folder);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let again = conn.schema();
    assert!(again.tables.len() > 10, "{again:?}");
}

#[test]
fn migrations_of_sqlite_go_up_down_and_up_again() {
    goes_round(&mut memory());
}

#[test]
fn migrations_of_postgresql_go_up_down_and_up_again() {
    goes_round(&mut Cluster::shared().database().connect());
}

/// Runs all texts up, down and up inside one transaction.
fn in_one_transaction<E: Engine>(conn: &mut E) {
    let folder = folder::<E>();
    let (up, down) = (names(&folder), names(&folder).into_iter().rev().collect::<Vec<_>>());
    conn.run("BEGIN").unwrap();
    for (names, way) in [(&up, "up"), (&down, "down"), (&up, "up")] {
        for (step, name) in names.iter().enumerate() {
            conn.run(&text(&folder, name, way)).unwrap_or_else(|why| panic!("{name} {way}: {why}"));
            if way == "up" {
                let schema = conn.schema();
                rows::fill(conn, &schema, step, is_apart);
            }
        }
    }
    conn.run("COMMIT").unwrap();
}

#[test]
fn migrations_go_up_and_down_inside_one_transaction() {
    in_one_transaction(&mut memory());
    let database = Cluster::shared().database();
    in_one_transaction(&mut database.connect());
    let step_by_step = Cluster::shared().database();
    let mut other = step_by_step.connect();
    other.up_all(&folder::<PgConnection>());
    assert_eq!(changed(&other.schema(), &database.connect().schema()), Vec::<String>::new());
}

/// Has every fault of this migration after a sound one, which is planted, found on both engines.
fn catches(planted: &str, up: &str, down: &str) {
    let made = tempfile::tempdir().unwrap();
    let sound = "CREATE TABLE a (id integer PRIMARY KEY NOT NULL, b text CHECK (b IN ('x', 'y')))";
    let strict = format!("{sound} STRICT;");
    for (engine, sound) in [("sqlite", strict.as_str()), ("postgres", sound)] {
        let write = |name: &str, up: &str, down: &str| {
            let folder = made.path().join(engine).join(name);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("up.sql"), up).unwrap();
            fs::write(folder.join("down.sql"), down).unwrap();
        };
        write("2026-01-01-000001_sound", sound, "DROP TABLE a;");
        write("2026-01-01-000002_planted", up, down);
    }
    let faults = [
        round(&mut memory(), &made.path().join("sqlite")),
        round(&mut Cluster::shared().database().connect(), &made.path().join("postgres")),
    ];
    for faults in faults {
        assert_eq!(faults.is_empty(), planted.is_empty(), "{planted}: {faults:?}");
        assert!(faults.iter().all(|fault| fault.contains(planted)), "{planted}: {faults:?}");
    }
}

#[test]
fn a_way_down_that_forgets_something_is_caught() {
    catches("", "ALTER TABLE a ADD COLUMN c text", "ALTER TABLE a DROP COLUMN c");
    catches("c", "ALTER TABLE a ADD COLUMN c text; CREATE INDEX a_b ON a (b)", "DROP INDEX a_b");
    catches("a_b", "CREATE INDEX a_b ON a (b)", "DROP INDEX a_b; CREATE INDEX a_b ON a (b, id)");
    catches("had 4 rows", "CREATE INDEX a_b ON a (b)", "DROP INDEX a_b; DELETE FROM a WHERE b IS NULL");
    catches("does not go down", "CREATE INDEX a_b ON a (b)", "DROP INDEX a_b; DROP TABLE nowhere");
    catches("stay", "CREATE VIEW stay AS SELECT 1 AS one", "SELECT 1");
}

#[test]
fn tables_lie_where_the_search_path_leads() {
    let database = Cluster::shared().database();
    let mut conn = database.connect();
    conn.up_all(&folder::<PgConnection>());
    let usual = conn.schema();
    let database = Cluster::shared().database();
    let mut conn = database.connect();
    conn.run("CREATE SCHEMA house; SET search_path TO house").unwrap();
    conn.up_all(&folder::<PgConnection>());
    assert_eq!(changed(&usual, &conn.schema()), Vec::<String>::new());
    conn.run("SET search_path TO public").unwrap();
    assert_eq!(conn.schema(), Schema::default());
}

#[test]
fn titles_are_indexed_where_the_extension_can_be_had_and_only_there() {
    let indexed = |prepare: &str| {
        let database = Cluster::shared().database();
        database.connect_as_admin().run(&prepare.replace("here", database.name())).unwrap();
        let mut conn = database.connect();
        // The first two; a later one looks for whole words, without the extension.
        conn.up(&folder::<PgConnection>()).unwrap();
        conn.up(&folder::<PgConnection>()).unwrap();
        conn.schema().table("incident").indexes.contains_key("incident_search")
    };
    assert!(indexed("SELECT 1"));
    assert!(!indexed("REVOKE CREATE ON DATABASE here FROM varsel"));
    let made = "CREATE SCHEMA \"Where else\"; CREATE EXTENSION pg_trgm SCHEMA \"Where else\"; REVOKE CREATE ON DATABASE here FROM varsel";
    assert!(!indexed(made));
    assert!(indexed(&format!("{made}; GRANT USAGE ON SCHEMA \"Where else\" TO varsel")));
}

#[test]
fn writers_take_turns_at_a_row_that_is_there() {
    let database = Cluster::shared().database();
    let mut conn = database.connect();
    conn.up_all(&folder::<PgConnection>());
    assert_eq!(conn.count("turn"), 1);
    assert!(conn.run("INSERT INTO turn VALUES (2)").is_err());
    assert!(SqliteConnection::establish(":memory:").unwrap().run("SELECT * FROM turn").is_err());
}
