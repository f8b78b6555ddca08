//! The harness: the whole app on a free port, its own temporary database, a movable clock, a client with cookies.

use std::sync::OnceLock;

use chrono::{DateTime, Duration, Utc};
use reqwest::{Client, Method, RequestBuilder, Response, redirect};
use serde_json::{Value, json};
use varsel::account::Sight;
use varsel::audit::Signer;
use varsel::clock::Clock;
use varsel::config::Config;
use varsel::daily::Daily;
use varsel::db::{Database, Db, Server, Upkeep};
use varsel::incident::store::words;
use varsel::openid::Setup;
use varsel::outbox::Worker;
use varsel::outbox::store::counts;
use varsel::outbox::transport::OutsideOptions;
use varsel::seal::Seal;

use crate::postgres;

pub const EMAIL: &str = "kari@smbmobil.example";
pub const PASSWORD: &str = "en hest spiser gress om kvelden";

/// Which database the stories run on.
#[derive(Clone, Copy, PartialEq)]
pub enum Engine {
    Sqlite,
    Postgres,
    /// PostgreSQL behind a pooler that hands every transaction to whichever connection is free.
    Pooler,
}

/// `VARSEL_TEST_ENGINE` chooses; the embedded database without it.
pub fn engine() -> Engine {
    match std::env::var("VARSEL_TEST_ENGINE").as_deref() {
        Ok("postgres") => Engine::Postgres,
        Ok("pooler") => Engine::Pooler,
        Ok("sqlite") | Err(_) => Engine::Sqlite,
        Ok(other) => panic!("VARSEL_TEST_ENGINE is {other}; write sqlite, postgres or pooler"),
    }
}

fn pooler() -> &'static postgres::Pooler {
    static SHARED: OnceLock<postgres::Pooler> = OnceLock::new();
    SHARED.get_or_init(|| postgres::Pooler::new(postgres::Cluster::shared(), 2))
}

fn migrate(url: &str) {
    varsel::db::migrate(&Database::Server(Server::parse(url).unwrap())).unwrap();
}

pub struct TestApp {
    pub url: String,
    /// Where our own pages come from: the public address, if there is one.
    origin: String,
    pub clock: Clock,
    pub db: Db,
    pub client: Client,
    /// Whoever empties the outbox, when the test says so.
    pub worker: Worker,
    /// Whoever does what is done daily, when the test says so.
    pub daily: Daily,
    server: Option<postgres::Database>,
    pub folder: tempfile::TempDir,
}

pub fn at(rfc3339: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(rfc3339).unwrap().to_utc()
}

pub fn new_client() -> Client {
    varsel::seal::choose_cryptography();
    Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build().unwrap()
}

impl TestApp {
    /// An app where nobody has an account yet.
    pub async fn empty() -> Self {
        Self::at_address(None).await
    }

    /// The same, known to people by a public address.
    pub async fn at_address(public_url: Option<&str>) -> Self {
        Self::built(public_url, OutsideOptions::default()).await
    }

    /// An app with its administrator signed in and this way out.
    pub async fn with_outside(outside: OutsideOptions) -> Self {
        let app = Self::built(None, outside).await;
        app.move_in().await;
        app
    }

    /// An app where people may sign in by an identity provider, with its administrator signed in by password. Its clock
    /// stands at the machine's time, by which the provider makes its tokens.
    pub async fn with_openid(setup: Setup) -> Self {
        let app = Self::decided(move |config| config.openid = Some(setup)).await;
        app.move_in().await;
        app
    }

    /// An app with its administrator signed in, and what the operator decided otherwise.
    pub async fn configured(decide: impl FnOnce(&mut Config)) -> Self {
        let app = Self::decided(decide).await;
        app.move_in().await;
        app
    }

    async fn built(public_url: Option<&str>, outside: OutsideOptions) -> Self {
        let public_url = public_url.map(str::to_owned);
        Self::decided(move |config| (config.public_url, config.outside) = (public_url, outside)).await
    }

    pub async fn decided(decide: impl FnOnce(&mut Config)) -> Self {
        varsel::seal::choose_cryptography();
        varsel::telemetry::start();
        let folder = tempfile::tempdir().unwrap();
        let server = (engine() != Engine::Sqlite)
            .then(|| postgres::Cluster::shared().copy_of("migrated", |empty| migrate(&empty.url())));
        let database = match &server {
            Some(server) => {
                let url = if engine() == Engine::Pooler { pooler().url(server) } else { server.url() };
                Database::Server(Server::parse(&url).unwrap())
            }
            None => Database::File(folder.path().join("varsel.sqlite")),
        };
        let listen = "127.0.0.1:0".parse().unwrap();
        let seal = Seal::kept_in(&folder.path().join("secret.key")).unwrap();
        let signer = Signer::kept_in(&folder.path().join("signing.key")).unwrap();
        let mut config = Config {
            listen,
            database,
            upkeep: Upkeep::Check,
            public_url: None,
            data_dir: folder.path().to_owned(),
            outside: OutsideOptions::default(),
            seal: Some(seal),
            signer: Some(signer),
            heartbeat_url: None,
            loops: false,
            openid: None,
            proxies: Vec::new(),
            patience: varsel::config::Patience::default(),
            attachment_limit: 2 * 1024 * 1024,
            security_contact: None,
            templates_dir: None,
        };
        decide(&mut config);
        let now = if config.openid.is_some() { Clock::System.now() } else { at("2026-10-23T12:00:00Z") };
        let clock = Clock::standing_at(now);
        let public_url = config.public_url.clone();
        let running = varsel::app::start(config, clock.clone()).unwrap();
        let url = format!("http://{}", running.address);
        let origin = public_url.unwrap_or_else(|| url.clone());
        actix_web::rt::spawn(running.server);
        let (db, worker, daily) = (running.db, running.worker, running.daily);
        Self { daily, url, origin, clock, db, client: new_client(), worker, server, folder }
    }

    /// An app with its administrator signed in.
    pub async fn start() -> Self {
        let app = Self::empty().await;
        app.move_in().await;
        app
    }

    /// Where its data are, for a program beside it; none where the database is not a file.
    pub fn database(&self) -> Option<String> {
        (engine() == Engine::Sqlite).then(|| format!("sqlite://{}", self.folder.path().join("varsel.sqlite").display()))
    }

    /// The address of its database on either engine, for a program beside it.
    pub fn database_url(&self) -> String {
        let url = |server: &postgres::Database| match engine() {
            Engine::Pooler => pooler().url(server),
            _ => server.url(),
        };
        self.server.as_ref().map_or_else(|| self.database().unwrap_or_default(), url)
    }

    /// Makes the first administrator and signs in.
    async fn move_in(&self) {
        let secret = self.first_link().await.unwrap();
        let form = [("email", EMAIL), ("name", "Kari Nordmann"), ("password", PASSWORD), ("again", PASSWORD)];
        let answer = self.page(Method::POST, &format!("/setup/{secret}")).form(&form).send().await.unwrap();
        assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    }

    /// Signs the administrator in again, as after a day.
    pub async fn sign_in(&self) {
        let (status, why) = self.post("/session", &json!({ "email": EMAIL, "password": PASSWORD })).await;
        assert_eq!(status, 204, "{why}");
    }

    pub async fn first_link(&self) -> Option<String> {
        let (db, now) = (self.db.clone(), self.clock.now());
        actix_web::rt::task::spawn_blocking(move || varsel::account::actions::first_link(&db, now).unwrap())
            .await
            .unwrap()
    }

    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// A request as our own pages send it.
    pub fn page(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url)).header("origin", &self.origin)
    }

    /// A request as a program sends it; the path is below /api/v1.
    pub fn api(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}/api/v1{path}", self.url))
            .header("content-type", "application/json")
            .header("accept-language", "en")
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        told(self.api(Method::GET, path).send().await.unwrap()).await
    }

    pub async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        told(self.api(method, path).body(body.to_string()).send().await.unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.send(Method::POST, path, body).await
    }
}

/// At the end of a story nothing waits unsent, and what is searched is what stands in the rows.
impl Drop for TestApp {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(
                self.db.read_all(|conn| counts(conn, Sight::everything())).unwrap().waiting,
                0,
                "messages wait unsent"
            );
            assert_eq!(self.db.read_all(words::untrue).unwrap(), Vec::<String>::new(), "something else is searched");
        }
    }
}

/// The status and the JSON of an answer (null when there is none).
pub async fn told(answer: Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(json!(null)))
}
