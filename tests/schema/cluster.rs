//! The throw-away servers of `tests/support/postgres.rs` do what they promise.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use diesel::connection::{CacheSize, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};

use crate::postgres::{Cluster, Options, Pooler, connect};

diesel::define_sql_function! { fn current_setting(name: Text) -> Text }

fn number(conn: &mut PgConnection, sql: &str) -> i32 {
    diesel::select(diesel::dsl::sql::<Integer>(sql)).get_result(conn).unwrap()
}

fn setting(conn: &mut PgConnection, name: &str) -> String {
    diesel::select(current_setting(name)).get_result(conn).unwrap()
}

#[test]
fn a_database_belongs_to_one_test_and_goes_with_it() {
    let cluster = Cluster::shared();
    let (one, two) = (cluster.database(), cluster.database());
    connect(&one.url()).batch_execute("CREATE TABLE mine (a integer)").unwrap();
    assert!(two.connect().batch_execute("SELECT * FROM mine").is_err());
    assert_eq!(setting(&mut one.connect(), "is_superuser"), "off");

    let held = one.connect();
    let url = one.url();
    drop(one);
    assert!(PgConnection::establish(&url).is_err());
    drop(held);
}

#[test]
fn a_template_is_filled_once_and_copied() {
    let cluster = Cluster::shared();
    let fill = "CREATE TABLE filled (a integer); INSERT INTO filled VALUES (7)";
    let one = cluster.copy_of("filled", |database| database.connect().batch_execute(fill).unwrap());
    let two = cluster.copy_of("filled", |_| panic!("filled twice"));
    one.connect().batch_execute("UPDATE filled SET a = 8").unwrap();
    assert_eq!(number(&mut two.connect(), "(SELECT a FROM filled)"), 7);
}

#[test]
fn a_wrong_password_is_refused_on_every_way_in() {
    let database = Cluster::shared().database();
    for url in [database.url(), database.socket_url(), database.admin_url()] {
        let (user, rest) = url.rsplit_once(':').map(|_| url.split_once('@').unwrap()).unwrap();
        let user = user.rsplit_once(':').unwrap().0;
        let why = PgConnection::establish(&format!("{user}:guessed@{rest}")).err().expect("let in");
        assert!(why.to_string().contains("password authentication failed"), "{why}");
    }
}

#[test]
fn a_server_is_stopped_killed_and_started_and_keeps_what_was_committed() {
    let cluster = Cluster::new(Options { durable: true, ..Options::default() });
    let database = cluster.database();
    let mut conn = database.connect();
    assert_eq!(setting(&mut conn, "fsync"), "on");
    conn.batch_execute("CREATE TABLE kept (a integer); INSERT INTO kept VALUES (1)").unwrap();
    cluster.stop();
    assert!(conn.batch_execute("SELECT 1").is_err());
    assert!(PgConnection::establish(&database.url()).is_err());
    cluster.start();
    database.connect().batch_execute("INSERT INTO kept VALUES (2)").unwrap();
    cluster.kill();
    assert!(PgConnection::establish(&database.url()).is_err());
    cluster.start();
    assert_eq!(number(&mut connect(&database.url()), "(SELECT count(*)::integer FROM kept)"), 2);
    assert!(cluster.log().contains("automatic recovery in progress"), "{}", cluster.log());
}

#[test]
fn a_server_with_a_certificate_speaks_nothing_but_tls_over_tcp() {
    let cluster = Cluster::new(Options { tls: &["localhost"], ..Options::default() });
    let database = cluster.database();
    let why = PgConnection::establish(&database.url()).err().expect("let in without TLS").to_string();
    assert!(why.contains("no encryption"), "{why}");
    assert_eq!(setting(&mut database.connect(), "ssl"), "on");

    let mut roots = rustls::RootCertStore::empty();
    let pem = std::fs::read_to_string(cluster.ca_file()).unwrap();
    assert_eq!(pem, cluster.ca_pem());
    let der: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let der = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, der).unwrap();
    roots.add(der.into()).unwrap();
    assert!(answers_as(&cluster, &roots, "localhost").is_ok());
    assert!(answers_as(&cluster, &roots, "elsewhere.example").is_err());
    assert!(answers_as(&cluster, &rustls::RootCertStore::empty(), "localhost").is_err());
}

/// Asks for TLS as libpq does and shakes hands.
fn answers_as(cluster: &Cluster, roots: &rustls::RootCertStore, name: &str) -> std::io::Result<()> {
    use std::io::{Read, Write};
    let provider = rustls::crypto::ring::default_provider().into();
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots.clone())
        .with_no_client_auth();
    let mut tcp = TcpStream::connect(("127.0.0.1", cluster.port()))?;
    tcp.write_all(&[0, 0, 0, 8, 4, 210, 22, 47])?;
    let mut answer = [0];
    tcp.read_exact(&mut answer)?;
    assert_eq!(&answer, b"S");
    let mut client = rustls::ClientConnection::new(config.into(), name.to_owned().try_into().unwrap()).unwrap();
    client.complete_io(&mut tcp).map(drop)
}

#[test]
fn clients_of_a_pooler_share_a_connection_and_a_setting_ends_with_its_transaction() {
    let cluster = Cluster::shared();
    let pooler = Pooler::new(cluster, 1);
    let database = cluster.database();
    let mut clients = [connect(&pooler.url(&database)), connect(&pooler.url(&database))];
    let servers: Vec<i32> = clients
        .iter_mut()
        .map(|conn| {
            conn.set_prepared_statement_cache_size(CacheSize::Disabled);
            conn.transaction(|conn| {
                conn.batch_execute("SET LOCAL statement_timeout = '7s'")?;
                assert_eq!(setting(conn, "statement_timeout"), "7s");
                Ok::<_, diesel::result::Error>(number(conn, "pg_backend_pid()"))
            })
            .unwrap()
        })
        .collect();
    assert_eq!(servers[0], servers[1]);
    for conn in &mut clients {
        assert_eq!(setting(conn, "statement_timeout"), "0");
    }

    // What is not local to its transaction reaches somebody else: so the pooler is one that tests can trust.
    clients[0].batch_execute("SET statement_timeout = '9s'").unwrap();
    assert_eq!(setting(&mut clients[1], "statement_timeout"), "9s");

    pooler.stop();
    assert!(PgConnection::establish(&pooler.url(&database)).is_err());
    pooler.start();
    assert_eq!(number(&mut connect(&pooler.url(&database)), "1"), 1);
}

const CHILD: &str = "VARSEL_TEST_IS_THE_CHILD";

#[test]
fn a_test_process_that_is_killed_leaves_nothing_behind() {
    if std::env::var_os(CHILD).is_some() {
        let cluster = Cluster::new(Options { tls: &["localhost"], ..Options::default() });
        println!("\nat {} {}", cluster.port(), cluster.ca_file().parent().unwrap().display());
        sleep(Duration::from_secs(60));
        return;
    }
    let name = "cluster::a_test_process_that_is_killed_leaves_nothing_behind";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(CHILD, "yes")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let line = lines.into_iter().find(|line| line.starts_with("at ")).expect("the child says where");
    let (port, folder) = line["at ".len()..].split_once(' ').unwrap();
    let (port, folder) = (port.parse::<u16>().unwrap(), Path::new(folder));
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok() && folder.exists());
    child.kill().unwrap();
    child.wait().unwrap();
    let gone = || TcpStream::connect(("127.0.0.1", port)).is_err() && !folder.exists();
    assert!(
        (0..100).any(|_| gone() || {
            sleep(Duration::from_millis(100));
            false
        }),
        "{} stays",
        folder.display()
    );
}
