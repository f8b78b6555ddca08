//! The two engines as these tests use them: migrations go up and down, the catalogue is read.

use std::fs;
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use serde::de::DeserializeOwned;

use crate::model::Schema;
use crate::{catalogue_postgres, catalogue_sqlite};

/// A line of a query that answers arrays in JSON, in a column called `line`.
#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

/// A connection to one of the two engines.
pub trait Engine {
    /// The folder below `migrations`.
    const FOLDER: &str;

    fn up(&mut self, folder: &Path) -> Result<(), String>;
    fn down(&mut self, folder: &Path) -> Result<(), String>;
    fn run(&mut self, sql: &str) -> Result<(), String>;
    fn lines(&mut self, sql: &str) -> Vec<String>;
    fn schema(&mut self) -> Schema;

    /// The rows of a query that answers arrays in JSON, in a column called `line`.
    fn rows<T: DeserializeOwned>(&mut self, sql: &str) -> Vec<T> {
        let read = |line: &String| serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"));
        self.lines(sql).iter().map(read).collect()
    }

    fn up_all(&mut self, folder: &Path) {
        for _ in names(folder) {
            self.up(folder).unwrap();
        }
    }

    fn count(&mut self, table: &str) -> i64 {
        self.lines(&format!("SELECT CAST(count(*) AS TEXT) AS line FROM {table}"))[0].parse().unwrap()
    }
}

macro_rules! engine {
    ($conn:ty, $folder:literal, $catalogue:path) => {
        impl Engine for $conn {
            const FOLDER: &str = $folder;

            fn up(&mut self, folder: &Path) -> Result<(), String> {
                let source = FileBasedMigrations::from_path(folder).unwrap();
                self.run_next_migration(source).map(drop).map_err(|why| why.to_string())
            }

            fn down(&mut self, folder: &Path) -> Result<(), String> {
                let source = FileBasedMigrations::from_path(folder).unwrap();
                self.revert_last_migration(source).map(drop).map_err(|why| why.to_string())
            }

            fn run(&mut self, sql: &str) -> Result<(), String> {
                self.batch_execute(sql).map_err(|why| why.to_string())
            }

            fn lines(&mut self, sql: &str) -> Vec<String> {
                let lines: Vec<Line> = diesel::sql_query(sql).load(self).unwrap_or_else(|why| panic!("{why}: {sql}"));
                lines.into_iter().map(|line| line.line).collect()
            }

            fn schema(&mut self) -> Schema {
                $catalogue(self)
            }
        }
    };
}

engine!(SqliteConnection, "sqlite", catalogue_sqlite::read);
engine!(PgConnection, "postgres", catalogue_postgres::read);

/// The migrations of a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let source = FileBasedMigrations::from_path(folder).unwrap();
    let all: Vec<Box<dyn Migration<diesel::sqlite::Sqlite>>> = source.migrations().unwrap();
    let mut names: Vec<String> = all.iter().map(|migration| migration.name().to_string()).collect();
    names.sort();
    names
}

/// The text of a migration, `up` or `down`.
pub fn text(folder: &Path, name: &str, way: &str) -> String {
    fs::read_to_string(folder.join(name).join(format!("{way}.sql"))).unwrap()
}
