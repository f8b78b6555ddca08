//! Whose tables are served: neither older nor newer ones, and several that make them at once make them once.

use diesel::connection::SimpleConnection;
use varsel::db::{Database, Db, Upkeep, known_migrations, migrate};

use crate::postgres::Cluster;
use crate::{both, open, server};

#[test]
fn a_server_that_is_empty_or_behind_is_refused_until_it_is_migrated() {
    let made = Cluster::shared().database();
    let database = server(&made.url());
    let refused = |database: &Database| Db::open(database, Upkeep::Check).err().expect("served");
    let why = refused(&database);
    assert!(why.ends_with("is empty; run «varsel migrate», or start with --migrate."), "{why}");
    assert!(!why.contains("varsel:"), "no password: {why}");
    migrate(&database).unwrap();
    let last = known_migrations().pop().unwrap();
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut folders = std::fs::read_dir("migrations/postgres").unwrap().map(|entry| entry.unwrap().path());
    let is_last = |path: &std::path::PathBuf| digits(path.file_name().unwrap().to_str().unwrap()).starts_with(&last);
    let down = std::fs::read_to_string(folders.find(is_last).unwrap().join("down.sql")).unwrap();
    let forget = format!("DELETE FROM __diesel_schema_migrations WHERE version = '{last}'; {down}");
    made.connect().batch_execute(&forget).unwrap();
    let why = refused(&database);
    assert!(why.ends_with("is 1 migrations behind; run «varsel migrate», or start with --migrate."), "{why}");
    drop(Db::open(&database, Upkeep::Migrate).unwrap());
    drop(open(&database));
}

#[test]
fn several_instances_that_migrate_at_once_do_it_once() {
    for _ in 0..3 {
        let made = Cluster::shared().database();
        let database = server(&made.url());
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|_| scope.spawn(|| migrate(&database))).collect();
            for one in all {
                one.join().unwrap().unwrap();
            }
        });
        drop(open(&database));
    }
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    for (database, _held) in both() {
        let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000001')";
        open(&database).write_blocking(move |conn| crate::run(conn, newer)).unwrap();
        for upkeep in [Upkeep::Check, Upkeep::Migrate] {
            let why = Db::open(&database, upkeep).err().expect("served");
            assert!(why.contains("it was made by a newer version of varsel; start that one"), "{why}");
        }
        assert!(migrate(&database).unwrap_err().contains("newer version"));
    }
}
