//! A database of either engine, the app on it, and the program beside it.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use reqwest::{Client, Method, redirect};
use serde_json::{Value, json};
use varsel::clock::Clock;
use varsel::config::Config;
use varsel::db::{Conn, Database, Db, Server, Upkeep};

use crate::postgres::{self, Cluster};

pub const EMAIL: &str = "kari@smbmobil.example";
pub const PASSWORD: &str = "en hest spiser gress om kvelden";

pub fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-10-23T12:00:00Z").unwrap().to_utc()
}

/// An empty database of one engine.
pub struct Place {
    server: Option<postgres::Database>,
    pub folder: tempfile::TempDir,
}

impl Place {
    pub fn sqlite() -> Self {
        Self { server: None, folder: tempfile::tempdir().unwrap() }
    }

    pub fn postgres() -> Self {
        Self { server: Some(Cluster::shared().database()), folder: tempfile::tempdir().unwrap() }
    }

    pub fn both() -> [Self; 2] {
        [Self::sqlite(), Self::postgres()]
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("varsel.sqlite")
    }

    pub fn url(&self) -> String {
        self.server.as_ref().map_or_else(|| format!("sqlite://{}", self.path().display()), |server| server.url())
    }

    pub fn database(&self) -> Database {
        match &self.server {
            Some(server) => Database::Server(Server::parse(&server.url()).unwrap()),
            None => Database::File(self.path()),
        }
    }

    /// Opens it with its tables made.
    pub fn open(&self) -> Db {
        Db::open(&self.database(), Upkeep::Migrate).unwrap()
    }

    /// A connection with every right, past the triggers that keep history.
    pub fn burglar(&self) -> Conn {
        match &self.server {
            Some(server) => {
                let mut conn = server.connect_as_admin();
                conn.batch_execute("SET session_replication_role = replica").unwrap();
                Conn::Postgres(conn)
            }
            None => {
                let mut conn = SqliteConnection::establish(self.path().to_str().unwrap()).unwrap();
                conn.batch_execute("PRAGMA busy_timeout = 10000").unwrap();
                Conn::Sqlite(conn)
            }
        }
    }

    /// Does to the chain what nobody may.
    pub fn tamper(&self, sql: &str) {
        let mut conn = self.burglar();
        if let Conn::Sqlite(conn) = &mut conn {
            let open = "DROP TRIGGER IF EXISTS audit_entry_keep; DROP TRIGGER IF EXISTS audit_entry_stay";
            conn.batch_execute(open).unwrap();
        }
        conn.batch_execute(sql).unwrap();
    }

    /// The program, about to be started on this database.
    pub fn varsel(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
        command
            .args(words)
            .env_clear()
            .env("VARSEL_DATABASE_URL", self.url())
            .env("VARSEL_DATA_DIR", self.folder.path());
        command
    }

    /// Runs the program, and says how it ended.
    pub fn run(&self, words: &[&str]) -> Output {
        self.varsel(words).stdin(Stdio::null()).output().unwrap()
    }

    /// A backup of this, made by the program.
    pub fn back_up(&self, name: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        let ended = self.run(&["backup", file.to_str().unwrap()]);
        assert!(ended.status.success(), "{}", said(&ended));
        file
    }
}

/// Does what may block on a thread where it may.
pub fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}

/// Restores a backup without the program.
pub fn restore(place: &Place, file: &Path) -> Result<varsel::backup::Done, String> {
    let database = place.database();
    apart(|| varsel::backup::restore(&database, file))
}

pub fn said(ended: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr))
}

/// The lines of a backup.
pub fn lines(file: &Path) -> Vec<String> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(file).unwrap()).read_to_string(&mut text).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// The app on a database, with somebody signed in.
pub struct App {
    pub url: String,
    pub db: Db,
    pub client: Client,
}

impl App {
    pub async fn on(place: &Place) -> Self {
        varsel::seal::choose_cryptography();
        varsel::telemetry::start();
        let listen = "127.0.0.1:0".parse().unwrap();
        let folder = std::env::temp_dir().join(format!("varsel-backup-{}", varsel::db::Id::new()));
        std::fs::create_dir_all(&folder).unwrap();
        let seal = varsel::seal::Seal::kept_in(&folder.join("secret.key")).unwrap();
        let config = Config {
            listen,
            database: place.database(),
            upkeep: Upkeep::Migrate,
            public_url: None,
            data_dir: folder,
            outside: varsel::outbox::transport::OutsideOptions::default(),
            seal: Some(seal),
            signer: None,
            heartbeat_url: None,
            loops: false,
            openid: None,
            proxies: Vec::new(),
            patience: varsel::config::Patience::default(),
            attachment_limit: 2 * 1024 * 1024,
            security_contact: None,
            templates_dir: None,
        };
        let running = varsel::app::start(config, Clock::standing_at(now())).unwrap();
        let url = format!("http://{}", running.address);
        actix_web::rt::spawn(running.server);
        let client = Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build().unwrap();
        let app = Self { url, db: running.db, client };
        let db = app.db.clone();
        let link = actix_web::rt::task::spawn_blocking(move || varsel::account::actions::first_link(&db, now()));
        match link.await.unwrap().unwrap() {
            Some(secret) => {
                let form = [("email", EMAIL), ("name", "Kari Nordmann"), ("password", PASSWORD), ("again", PASSWORD)];
                let path = format!("{}/setup/{secret}", app.url);
                let answer = app.client.post(path).header("origin", &app.url).form(&form).send().await.unwrap();
                assert_eq!(answer.status(), 303);
            }
            None => {
                let (status, answer) =
                    app.send(Method::POST, "/session", &json!({ "email": EMAIL, "password": PASSWORD })).await;
                assert_eq!(status, 204, "{answer}");
            }
        }
        app
    }

    pub async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let request = self.client.request(method, format!("{}/api/v1{path}", self.url));
        let request = request.header("content-type", "application/json").header("accept-language", "en");
        let answer = request.body(body.to_string()).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default())
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.send(Method::GET, path, &json!({})).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    pub async fn log(&self, facts: &Value) -> Value {
        let (status, case) = self.send(Method::POST, "/incidents", facts).await;
        assert_eq!(status, 201, "{case}");
        case
    }
}
