//! Real PostgreSQL servers for tests: each is made for the test process, on a free port, and goes away with it.
//!
//! ```text
//! let database = Cluster::shared().database();          // empty, dropped when it goes out of scope
//! let pooler = Pooler::new(Cluster::shared(), 2);       // pgbouncer before it, one of two connections a transaction
//! connect(&pooler.url(&database))
//! ```

#![allow(dead_code, unused_imports)]

#[path = "postgres/keeper.rs"]
mod keeper;
#[path = "postgres/papers.rs"]
mod papers;
#[path = "postgres/pooler.rs"]
mod pooler;

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use keeper::{Keeper, free_port, programs, secret};
pub use pooler::Pooler;

/// The role that owns every database and has no right beyond it, as an operator would give it.
const ROLE: &str = "varsel";
const ADMIN: &str = "postgres";

/// What a cluster is like beyond the ordinary.
#[derive(Clone, Copy, Default)]
pub struct Options {
    /// Whether a commit is on disk before it is answered; it is not by default, for speed.
    pub durable: bool,
    /// The names in the server's certificate, such as `localhost`. With any, TCP is answered with TLS only.
    pub tls: &'static [&'static str],
}

/// A PostgreSQL server with nothing in it but what tests make.
pub struct Cluster {
    at: Place,
    ca: Option<String>,
    shared: bool,
    templates: Mutex<HashSet<String>>,
    keeper: Mutex<Keeper>,
}

/// Where a server is and how to get in.
#[derive(Clone)]
struct Place {
    folder: PathBuf,
    port: u16,
    password: String,
    admin_password: String,
}

impl Place {
    fn url(&self, database: &str) -> String {
        format!("postgres://{ROLE}:{}@127.0.0.1:{}/{database}", self.password, self.port)
    }

    fn socket_url(&self, user: &str, password: &str, database: &str) -> String {
        let folder = self.folder.to_str().unwrap().replace('/', "%2F");
        format!("postgres://{user}:{password}@{folder}:{}/{database}", self.port)
    }

    fn admin_url(&self, database: &str) -> String {
        self.socket_url(ADMIN, &self.admin_password, database)
    }

    fn administer(&self, sql: &str) -> Result<(), String> {
        let mut conn = PgConnection::establish(&self.admin_url("postgres")).map_err(|why| why.to_string())?;
        conn.batch_execute(sql).map_err(|why| format!("{sql}: {why}"))
    }
}

impl Cluster {
    /// The one that the tests of a process share. Nobody may stop it.
    pub fn shared() -> &'static Cluster {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Cluster { shared: true, ..Cluster::new(Options::default()) })
    }

    /// Makes and starts one.
    pub fn new(options: Options) -> Cluster {
        let bin = programs(&["initdb", "postgres"], "postgresql");
        let (folder, account) = keeper::folder("varsel-pg-");
        let data = folder.join("data");
        let mut command = account.command(&bin.join("postgres"));
        command.extend(["-D".into(), data.clone().into()]);
        // The first line of the file is the process, the last says how far it is. An old file may lie there.
        let ready =
            "{ read -r pid && [ \"$pid\" = \"$child\" ]; } < data/postmaster.pid && grep -q ^ready data/postmaster.pid";
        let keeper = Keeper::new(&folder, ready, "QUIT", &command);
        let at = Place { folder, port: free_port(), password: secret(), admin_password: secret() };

        let mut initdb = account.command(&bin.join("initdb"));
        let words = at.folder.join("password");
        account.write(&words, &at.admin_password);
        initdb.extend(["-D".into(), data.into(), "-U".into(), ADMIN.into(), "--pwfile".into(), words.clone().into()]);
        // Texts sort as a Norwegian server sorts them, so that code which leans on the order of bytes is found out.
        let norwegian = "--locale=C.UTF-8 --locale-provider=icu --icu-locale=nb-NO --encoding=UTF8";
        initdb.extend(norwegian.split(' ').chain(["--auth=scram-sha-256", "--no-sync"]).map(Into::into));
        keeper::run(&initdb, &at.folder);
        fs::remove_file(words).unwrap();
        let ca = at.configure(options, &account);

        let keeper = Mutex::new(keeper);
        let cluster = Cluster { at, ca, shared: false, templates: Mutex::default(), keeper };
        cluster.start();
        let role = format!("CREATE ROLE {ROLE} LOGIN PASSWORD '{}'", cluster.at.password);
        cluster.at.administer(&role).unwrap();
        cluster
    }

    /// A fresh empty database, owned by the role that its address names.
    pub fn database(&self) -> Database {
        self.create("TEMPLATE template1")
    }

    /// A copy of a database that `prepare` filled when the first test asked for one of this name.
    ///
    /// Whatever `prepare` opened must be closed when it returns.
    pub fn copy_of(&self, name: &str, prepare: impl FnOnce(&Database)) -> Database {
        let template = format!("template_{name}");
        let mut ready = self.templates.lock().unwrap_or_else(PoisonError::into_inner);
        if !ready.contains(name) {
            self.at.administer(&format!("DROP DATABASE IF EXISTS {template} WITH (FORCE)")).unwrap();
            self.at.administer(&format!("CREATE DATABASE {template} OWNER {ROLE}")).unwrap();
            let database = Database { name: template.clone(), at: self.at.clone(), stays: true };
            prepare(&database);
            self.at.administer(&format!("ALTER DATABASE {template} ALLOW_CONNECTIONS false")).unwrap();
            ready.insert(name.to_owned());
        }
        drop(ready);
        self.create(&format!("TEMPLATE {template}"))
    }

    fn create(&self, from: &str) -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.at.administer(&format!("CREATE DATABASE {name} OWNER {ROLE} {from}")).unwrap();
        Database { name, at: self.at.clone(), stays: false }
    }

    /// Stops the server as an operator does: whoever is connected is sent away, what is committed is kept.
    pub fn stop(&self) {
        self.keeper().end("INT");
    }

    /// Ends the server in the middle of what it does.
    pub fn kill(&self) {
        self.keeper().end("KILL");
    }

    /// Starts the server again, on the same port, and waits until it answers.
    pub fn start(&self) {
        self.keeper().start().unwrap_or_else(|why| panic!("PostgreSQL does not start:\n{why}"));
    }

    fn keeper(&self) -> MutexGuard<'_, Keeper> {
        assert!(!self.shared, "other tests use the shared cluster: make one of your own for this");
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.at.port
    }

    /// What the server has said so far.
    pub fn log(&self) -> String {
        keeper::log(&self.at.folder)
    }

    /// The certificate of the authority that vouches for the server, for one with `tls`.
    pub fn ca_pem(&self) -> &str {
        self.ca.as_deref().expect("this cluster has no certificate: see Options")
    }

    /// The file in which it lies.
    pub fn ca_file(&self) -> PathBuf {
        self.at.folder.join("ca.pem")
    }
}

impl Place {
    /// Writes the settings; answers the certificate of the authority when there is TLS.
    fn configure(&self, options: Options, account: &keeper::Account) -> Option<String> {
        let data = self.folder.join("data");
        let on = if options.durable { "on" } else { "off" };
        let mut settings = format!(
            "listen_addresses = '127.0.0.1'\nport = {}\nunix_socket_directories = '{}'\nmax_connections = 200\n\
             fsync = {on}\nsynchronous_commit = {on}\nfull_page_writes = {on}\n\
             wal_level = minimal\nmax_wal_senders = 0\nshared_buffers = 32MB\nlogging_collector = off\n",
            self.port,
            self.folder.display(),
        );
        let papers = (!options.tls.is_empty()).then(|| papers::issue(options.tls));
        if let Some(papers) = &papers {
            account.write(&self.folder.join("ca.pem"), &papers.ca);
            account.write(&data.join("server.crt"), &papers.certificate);
            account.write(&data.join("server.key"), &papers.key);
            settings += "ssl = on\n";
        }
        let host = if papers.is_some() { "hostssl" } else { "host" };
        let who = format!("local all all scram-sha-256\n{host} all all 127.0.0.1/32 scram-sha-256\n");
        fs::write(data.join("pg_hba.conf"), who).unwrap();
        let mut file = fs::OpenOptions::new().append(true).open(data.join("postgresql.conf")).unwrap();
        file.write_all(settings.as_bytes()).unwrap();
        papers.map(|papers| papers.ca)
    }
}

/// A database that is dropped when nobody holds it any more, whoever is still connected.
pub struct Database {
    name: String,
    at: Place,
    stays: bool,
}

impl Database {
    /// Its name on the server.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its address over TCP.
    pub fn url(&self) -> String {
        self.at.url(&self.name)
    }

    /// Its address over the socket in the file system.
    pub fn socket_url(&self) -> String {
        self.at.socket_url(ROLE, &self.at.password, &self.name)
    }

    /// Its address over TLS with the server's name checked, for a cluster with `tls`.
    pub fn tls_url(&self, host: &str) -> String {
        let ca = self.at.folder.join("ca.pem");
        format!(
            "postgres://{ROLE}:{}@{host}:{}/{}?sslmode=verify-full&sslrootcert={}",
            self.at.password,
            self.at.port,
            self.name,
            ca.display(),
        )
    }

    /// Its address for the superuser, over the socket.
    pub fn admin_url(&self) -> String {
        self.at.admin_url(&self.name)
    }

    /// A connection as its owner, over the socket, which every cluster answers.
    pub fn connect(&self) -> PgConnection {
        connect(&self.socket_url())
    }

    /// A connection as the superuser.
    pub fn connect_as_admin(&self) -> PgConnection {
        connect(&self.admin_url())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if !self.stays {
            // The server may be stopped, and takes the database with it then.
            let _ = self.at.administer(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
    }
}

/// A connection through libpq, which speaks no TLS here.
pub fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap_or_else(|why| panic!("no connection: {why}"))
}
