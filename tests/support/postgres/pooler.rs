//! pgbouncer before a cluster: every transaction gets a connection that others had before it.

use std::sync::{Mutex, PoisonError};

use super::keeper::{self, Keeper, free_port, programs};
use super::{Cluster, Database, ROLE};

/// A pooler in transaction mode.
pub struct Pooler {
    port: u16,
    password: String,
    keeper: Mutex<Keeper>,
}

impl Pooler {
    /// Starts one that holds so many connections to each database; few, so that clients really share them.
    pub fn new(cluster: &Cluster, connections: u32) -> Pooler {
        let program = programs(&["pgbouncer"], "pgbouncer").join("pgbouncer");
        let (folder, account) = keeper::folder("varsel-pool-");
        let port = free_port();
        let mut command = account.command(&program);
        command.push(folder.join("pgbouncer.ini").into());
        let ready = format!("[ \"$(cat pid)\" = \"$child\" ] && [ -S .s.PGSQL.{port} ]");
        let mut keeper = Keeper::new(&folder, &ready, "TERM", &command);
        let (here, at) = (folder.display(), &cluster.at);
        let settings = format!(
            "[databases]\n* = host={} port={}\n[pgbouncer]\npool_mode = transaction\n\
             listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir = {here}\npidfile = {here}/pid\n\
             auth_type = scram-sha-256\nauth_file = {here}/users\nmax_client_conn = 500\n\
             default_pool_size = {connections}\nmax_db_connections = {connections}\n",
            at.folder.display(),
            at.port,
        );
        account.write(&folder.join("pgbouncer.ini"), &settings);
        account.write(&folder.join("users"), &format!("\"{ROLE}\" \"{}\"\n", at.password));
        keeper.start().unwrap_or_else(|why| panic!("pgbouncer does not start:\n{why}"));
        Pooler { port, password: at.password.clone(), keeper: Mutex::new(keeper) }
    }

    /// The address of a database through the pooler.
    pub fn url(&self, database: &Database) -> String {
        format!("postgres://{ROLE}:{}@127.0.0.1:{}/{}", self.password, self.port, database.name())
    }

    /// Stops it; whoever is connected is cut off.
    pub fn stop(&self) {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner).end("TERM");
    }

    /// Starts it again, on the same port.
    pub fn start(&self) {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        keeper.start().unwrap_or_else(|why| panic!("pgbouncer does not start:\n{why}"));
    }
}
