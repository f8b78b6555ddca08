//! A PostgreSQL server: its address, its transactions, and what is tried again.
//!
//! Nothing here outlives a transaction (no prepared statements, no session settings), so a pooler may hand each
//! transaction to another connection. Writers take turns by a row that each of them locks first: what holds on SQLite
//! because there is one writer holds here whatever the number of instances.

use std::path::PathBuf;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager as Manager, CacheSize, SimpleConnection};
use diesel::pg::PgConnection;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::{Connection, ConnectionResult, QueryResult};
use reqwest::Url;

use super::tls::{self, Tunnel};
use super::transaction::For;

/// A transaction in which every read sees the same instant.
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '10s';
    SET LOCAL idle_in_transaction_session_timeout = '30s'";
/// The same without an end to a statement, for a copy of everything.
const BEGIN_LONG_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0";
/// A transaction that may write, begun when it is its turn.
const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = '15s';
    SET LOCAL lock_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '15s';
    SELECT id FROM turn WHERE id = 1 FOR UPDATE";
/// How often a transaction is begun anew that the server asked to repeat.
pub(super) const TRIES: u32 = 6;

/// Where a server is, and how to get there.
#[derive(Clone)]
pub struct Server {
    conninfo: String,
    /// Kept for as long as connections go through it.
    _tunnel: Option<std::sync::Arc<Tunnel>>,
    shown: String,
}

impl Server {
    /// Reads `postgres://user:password@host:port/database?sslmode=verify-full&sslrootcert=FILE`.
    ///
    /// Without `sslmode` a server elsewhere must prove who it is (verify-full), one on this machine need not.
    ///
    /// # Errors
    /// One sentence for the operator, without the password.
    pub fn parse(given: &str) -> Result<Self, String> {
        let wrong = |why: &str| format!("VARSEL_DATABASE_URL is not understood: {why}; {EXPECTED}");
        let url = Url::parse(given).map_err(|why| wrong(&why.to_string()))?;
        let host = decoded(url.host_str().unwrap_or_default());
        let local = host.is_empty() || host.starts_with('/') || is_loopback(&host);
        let (mut mode, mut roots, mut options) = (None, None, Vec::new());
        for (name, value) in url.query_pairs() {
            match name.as_ref() {
                "sslmode" => mode = Some(value.into_owned()),
                "sslrootcert" => roots = Some(PathBuf::from(value.into_owned())),
                "host" | "port" | "options" | "application_name" | "connect_timeout" | "target_session_attrs" => {
                    options.push((name.into_owned(), value.into_owned()));
                }
                other => return Err(wrong(&format!("«{other}» is not an option here"))),
            }
        }
        let encrypted = match mode.as_deref() {
            None => !local,
            Some("disable") => false,
            Some("verify-full") => true,
            Some(other) => return Err(wrong(&format!("sslmode={other} does not check who answers"))),
        };
        let database = decoded(url.path().trim_start_matches('/'));
        if database.is_empty() {
            return Err(wrong("the name of the database is missing"));
        }
        let port = url.port().unwrap_or(5432);
        let mut parts = vec![("dbname".to_owned(), database), ("user".to_owned(), decoded(url.username()))];
        parts.extend(url.password().map(|password| ("password".to_owned(), decoded(password))));
        let mut tunnel = None;
        if encrypted {
            let dug = Tunnel::dig(&host, port, roots.as_deref())?;
            parts.push(("host".to_owned(), dug.folder().to_string_lossy().into_owned()));
            parts.push(("port".to_owned(), tls::PORT.to_string()));
            tunnel = Some(std::sync::Arc::new(dug));
        } else {
            parts.extend((!host.is_empty()).then(|| ("host".to_owned(), host.clone())));
            parts.push(("port".to_owned(), port.to_string()));
        }
        let defaults = [("application_name", "varsel"), ("connect_timeout", "5"), ("sslmode", "disable")];
        let named = |name: &str| options.iter().any(|(given, _)| given == name);
        parts.extend(
            defaults.iter().filter(|(name, _)| !named(name)).map(|(name, value)| (name.to_string(), value.to_string())),
        );
        parts.extend(options);
        let conninfo: Vec<String> = parts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}='{}'", value.replace('\\', "\\\\").replace('\'', "\\'")))
            .collect();
        let shown = format!("postgres://{host}:{port}{}", url.path());
        Ok(Self { conninfo: conninfo.join(" "), _tunnel: tunnel, shown })
    }

    /// A new connection, which keeps no prepared statements.
    pub(super) fn connect(&self) -> ConnectionResult<PgConnection> {
        let mut conn = PgConnection::establish(&self.conninfo)?;
        conn.set_prepared_statement_cache_size(CacheSize::Disabled);
        Ok(conn)
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

const EXPECTED: &str = "write sqlite://PATH, or postgres://user:password@host:5432/database with sslmode=disable or \
     sslmode=verify-full (and sslrootcert=FILE where the server's certificate is not publicly known).";

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(meant) => {
                plain.push(meant);
                at += 3;
            }
            None => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Begins a transaction; one that could not be begun leaves nothing behind.
pub(super) fn begin(conn: &mut PgConnection, purpose: For) -> QueryResult<()> {
    let sql = match purpose {
        For::Reading => BEGIN_READ,
        For::ReadingAll => BEGIN_LONG_READ,
        For::Writing => BEGIN_WRITE,
    };
    Manager::begin_transaction_sql(conn, sql).inspect_err(|_| {
        // The statement that failed may stand after BEGIN: the server is then inside a transaction we know nothing of.
        let _ = conn.batch_execute("ROLLBACK");
    })
}

/// Whether the whole transaction may be tried again: the server asked for it, or is not there for the moment.
pub(crate) fn is_passing(why: &DieselError) -> bool {
    let passing = |message: &str| {
        ["deadlock detected", "lock timeout", "statement timeout", "the database system is", "terminating connection"]
            .iter()
            .any(|words| message.contains(words))
    };
    match why {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => true,
        DieselError::DatabaseError(DatabaseErrorKind::Unknown, about) => passing(about.message()),
        DieselError::BrokenTransactionManager => true,
        _ => false,
    }
}

/// Whether a statement used up the time it was given: another try would make its caller wait as long once more.
pub(super) fn ran_out_of_time(why: &str) -> bool {
    why.contains("statement timeout") || why.contains("lock timeout")
}

/// How long to wait before the next try, in the time it takes others to finish; a little at random, so that two that
/// met once do not meet again.
pub(super) fn pause(tried: u32) -> Duration {
    let most = 20_u64 << tried.min(5);
    Duration::from_millis(most / 2 + rand::random_range(0..=most / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_what_libpq_reads_and_shows_no_password() {
        let server = Server::parse("postgres://us%40er:p%27%5Cw@127.0.0.1:5433/varsel?application_name=a").unwrap();
        for part in ["dbname='varsel'", "user='us@er'", r"password='p\'\\w'", "host='127.0.0.1'", "port='5433'"] {
            assert!(server.conninfo.contains(part), "{part} in {}", server.conninfo);
        }
        assert_eq!(server.conninfo.matches("application_name").count(), 1);
        assert_eq!(format!("{server:?}"), "postgres://127.0.0.1:5433/varsel");
        let socket = Server::parse("postgres://me@%2Frun%2Fpostgresql/varsel").unwrap();
        assert!(socket.conninfo.contains("host='/run/postgresql'"), "{}", socket.conninfo);
    }

    #[test]
    fn what_is_not_safe_or_not_understood_is_refused_in_one_sentence() {
        for (wrong, says) in [
            ("postgres://u:hemmelig@db.example/varsel?sslmode=require", "does not check who answers"),
            ("postgres://u:hemmelig@db.example/varsel?sslkey=x", "«sslkey»"),
            ("postgres://u:hemmelig@localhost/", "name of the database"),
        ] {
            let why = Server::parse(wrong).unwrap_err();
            assert!(why.contains(says) && !why.contains("hemmelig"), "{why}");
        }
    }
}
