//! The tables of both engines, and how a database comes to have them.

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel::{Connection, PgConnection, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::Conn;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// What may be done to the tables of a server when the program starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upkeep {
    /// Nothing: a database that is behind is refused.
    Check,
    /// Whatever is missing is made.
    Migrate,
}

/// The migrations that this program knows, the oldest first; both engines have the same.
pub fn known() -> Vec<String> {
    let ours: Vec<Box<dyn Migration<Sqlite>>> = SQLITE.migrations().unwrap_or_default();
    let mut names: Vec<String> = ours.iter().map(|known| known.name().version().to_string()).collect();
    names.sort_unstable();
    names
}

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Makes what the embedded database lacks.
pub(super) fn bring_up_to_date(conn: &mut SqliteConnection) -> Result<(), String> {
    let ours: Vec<Box<dyn Migration<Sqlite>>> = SQLITE.migrations().map_err(|why| why.to_string())?;
    let applied = conn.applied_migrations().map_err(|why| why.to_string())?;
    if applied.iter().any(|version| !ours.iter().any(|known| known.name().version() == *version)) {
        return Err(NEWER.to_owned());
    }
    conn.run_pending_migrations(SQLITE).map(drop).map_err(|why| why.to_string())
}

const NEWER: &str = "it was made by a newer version of varsel; start that one";

/// Makes the tables of these migrations and of no others; a database that has others already is refused.
pub(super) fn make_only(conn: &mut Conn, level: &[String]) -> Result<(), Failed> {
    match conn {
        Conn::Sqlite(conn) => make_only_of(conn, &SQLITE, level),
        Conn::Postgres(conn) => make_only_of(conn, &POSTGRES, level),
    }
}

fn make_only_of<C, DB>(conn: &mut C, ours: &EmbeddedMigrations, level: &[String]) -> Result<(), Failed>
where
    DB: Backend,
    C: MigrationHarness<DB> + Connection<Backend = DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let ours: Vec<Box<dyn Migration<DB>>> = ours.migrations()?;
    let applied = conn.applied_migrations()?;
    if applied.iter().any(|version| !level.contains(&version.to_string())) {
        return Err("it has newer tables than the backup; an older backup goes into a database without tables".into());
    }
    let mut wanted: Vec<_> = ours.iter().filter(|one| level.contains(&one.name().version().to_string())).collect();
    wanted.sort_by(|one, other| one.name().version().cmp(&other.name().version()));
    for migration in wanted {
        if !applied.contains(&migration.name().version()) {
            conn.run_migration(&**migration)?;
        }
    }
    Ok(())
}

/// Makes sure that a server's tables are this program's; the error continues «The database x …».
pub(super) fn check(conn: &mut PgConnection, upkeep: Upkeep) -> Result<(), String> {
    let cannot = |why: Failed| format!("cannot be brought up to date: {why}");
    let ours: Vec<Box<dyn Migration<Pg>>> = POSTGRES.migrations().map_err(|why| why.to_string())?;
    if upkeep == Upkeep::Check && !has_bookkeeping(conn).map_err(cannot)? {
        return Err(format!("is empty; {MIGRATE}"));
    }
    if upkeep == Upkeep::Check {
        let applied = conn.applied_migrations().map_err(cannot)?;
        if applied.iter().any(|version| !ours.iter().any(|known| known.name().version() == *version)) {
            return Err(format!("cannot be used: {NEWER}"));
        }
        let missing = ours.len().saturating_sub(applied.len());
        return if missing == 0 { Ok(()) } else { Err(format!("is {missing} migrations behind; {MIGRATE}")) };
    }
    migrate(conn).map_err(cannot)
}

const MIGRATE: &str = "run «varsel migrate», or start with --migrate";

/// Makes what is missing in one transaction, one instance at a time.
fn migrate(conn: &mut PgConnection) -> Result<(), Failed> {
    // «If not exists» does not wait for another who makes it at the same moment, but fails: then it is there, too.
    let made = conn.batch_execute(
        "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
            version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)",
    );
    if let Err(why) = made
        && !has_bookkeeping(conn)?
    {
        return Err(why.into());
    }
    let (mut failed, mut newer) = (None, false);
    let done = conn.transaction::<(), diesel::result::Error, _>(|conn| {
        conn.batch_execute("LOCK TABLE __diesel_schema_migrations IN EXCLUSIVE MODE")?;
        let ours: Vec<Box<dyn Migration<Pg>>> = POSTGRES.migrations().unwrap_or_default();
        let steps = conn.applied_migrations().and_then(|applied| {
            newer = applied.iter().any(|version| !ours.iter().any(|known| known.name().version() == *version));
            if newer { Ok(()) } else { conn.run_pending_migrations(POSTGRES).map(drop) }
        });
        steps.map_err(|why| {
            failed = Some(why);
            diesel::result::Error::RollbackTransaction
        })
    });
    match (done, failed) {
        (_, Some(why)) => Err(why),
        (Err(why), None) => Err(why.into()),
        (Ok(()), None) if newer => Err(NEWER.into()),
        (Ok(()), None) => Ok(()),
    }
}

/// Whether the tables are this program's still; another instance may have brought newer ones.
pub fn is_current(conn: &mut super::Conn) -> diesel::QueryResult<bool> {
    use diesel::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Many {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        many: i64,
    }
    let applied: Many =
        diesel::sql_query("SELECT count(*) AS many FROM __diesel_schema_migrations").get_result(conn)?;
    let ours: Vec<Box<dyn Migration<Pg>>> = POSTGRES.migrations().unwrap_or_default();
    Ok(usize::try_from(applied.many).is_ok_and(|many| many == ours.len()))
}

fn has_bookkeeping(conn: &mut PgConnection) -> Result<bool, Failed> {
    use diesel::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct There {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        there: bool,
    }
    let query = "SELECT to_regclass('__diesel_schema_migrations') IS NOT NULL AS there";
    Ok(diesel::sql_query(query).get_result::<There>(conn)?.there)
}
