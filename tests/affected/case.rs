//! An incident with a register, over HTTP, in a program that dies and comes back.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use serde_json::{Value, json};
use varsel::db::{Database, Db, Upkeep};
use varsel::schema::message;

use crate::instance::{Instance, Place, ask, log};

/// Nothing takes longer than this without anything happening.
const STILL: Duration = Duration::from_secs(180);

/// The program, the incident, and who works on it.
pub struct Case {
    place: Place,
    file: PathBuf,
    smtp: String,
    running: Instance,
    cookie: String,
    key: String,
    wave: String,
    peak: u64,
    _folder: tempfile::TempDir,
}

impl Case {
    /// Starts the program and logs the incident.
    pub fn begin(smtp: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("varsel.sqlite");
        let place = Place { data: folder.path().to_owned(), url: format!("sqlite://{}", file.display()) };
        let running = Instance::start(&place, smtp);
        let cookie = running.make_administrator();
        let key = log(&running.url, &cookie, "told").unwrap();
        let (smtp, wave) = (smtp.to_owned(), String::new());
        Self { place, file, smtp, running, cookie, key, wave, peak: 0, _folder: folder }
    }

    fn ask(&self, method: &str, path: &str, kind: &str, body: &str) -> Value {
        let head = [("Content-Type", kind), ("Cookie", self.cookie.as_str())];
        let path = format!("/api/v1/incidents/{}/affected{path}", self.key);
        let (status, answer) = ask(&self.running.url, method, &path, &head, body).expect("it answers");
        assert!((200..300).contains(&status), "{method} {path}: {answer}");
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    fn get(&self, path: &str) -> Value {
        self.ask("GET", path, "application/json", "")
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", path, "application/json", &body.to_string())
    }

    /// Brings a file and waits until it is read in; answers how long the bringing took, and what became of the file.
    pub fn bring(&mut self, csv: &str) -> (Duration, Value) {
        let began = Instant::now();
        let import = self.ask("POST", "/imports?name=kunder.csv&begin=yes", "text/csv", csv);
        let brought = began.elapsed();
        let path = format!("/imports/{}", import["id"].as_str().unwrap());
        let (mut rows, mut since) = (0, Instant::now());
        loop {
            let import = self.get(&path);
            if import["state"] == "done" {
                return (brought, import);
            }
            assert_eq!(import["state"], "running", "{import}");
            let now = import["rows"].as_u64().unwrap();
            if now > rows {
                (rows, since) = (now, Instant::now());
            }
            assert!(since.elapsed() < STILL, "it stands still at row {rows}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Decides to tell all, writes a wave, approves it and lets it go.
    pub fn let_a_wave_go(&mut self) {
        self.post("/decision", &json!({ "answer": "all", "reason": "Høy risiko for alle." }));
        let text =
            json!({ "subject": "Viktig melding", "body": "Hei {name}\n\nBytt passord.", "sms": "Bytt passord." });
        let entry = json!({ "name": "Alle", "texts": { "nb": text }, "rate": 60_000 });
        let wave = self.post("/waves", &entry);
        self.wave = format!("/waves/{}", wave["id"].as_str().unwrap());
        self.post(&format!("{}/approval", self.wave), &json!({ "digest": wave["digest"] }));
        self.post(&format!("{}/run", self.wave), &json!({}));
    }

    /// How many persons are in a state.
    pub fn state(&self, state: &str) -> usize {
        let register = self.get("");
        usize::try_from(register["figures"]["states"][state].as_u64().unwrap_or(0)).unwrap()
    }

    /// How many persons were tried to be told, whatever became of it.
    fn tried(&self) -> usize {
        let states = &self.get("")["figures"]["states"];
        let all = ["sent", "delivered", "bounced", "unreachable", "uncertain"];
        all.iter().map(|state| usize::try_from(states[*state].as_u64().unwrap_or(0)).unwrap()).sum()
    }

    /// Waits until so many were tried to be told.
    pub fn wait_until_tried(&self, many: usize) {
        let (mut tried, mut since) = (0, Instant::now());
        while tried < many {
            let now = self.tried();
            if now > tried {
                (tried, since) = (now, Instant::now());
            }
            assert!(since.elapsed() < STILL, "it stands still at {tried} of {many}");
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    /// Kills the program in the middle of its sending and starts it anew. With `lapse` the leases of the dead have run out
    /// meanwhile.
    pub fn die_and_come_back(&mut self, lapse: bool) {
        self.peak = self.peak();
        self.running.kill();
        if lapse {
            let db = Db::open(&Database::File(self.file.clone()), Upkeep::Check).unwrap();
            let now = varsel::db::Instant::from(varsel::clock::Clock::System.now());
            let leased = message::table.filter(message::leased_until.is_not_null());
            db.write_blocking(move |conn| {
                Ok(diesel::update(leased).set(message::leased_until.eq(now)).execute(conn)?)
            })
            .unwrap();
        }
        self.running = Instance::start(&self.place, &self.smtp);
    }

    /// Waits until the wave is done and none of its messages is on its way.
    pub fn wait_until_none_is_on_the_way(&self) {
        let began = Instant::now();
        loop {
            let states = &self.get("")["figures"]["states"];
            let waiting = states["queued"].as_u64().unwrap_or(0) + states["not_yet"].as_u64().unwrap_or(0);
            if waiting == 0 && self.get(&self.wave)["state"] == "done" {
                return;
            }
            assert!(began.elapsed() < STILL, "they are still on their way: {states}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Sends again to those of whom nobody knows.
    pub fn tell_again(&self) {
        self.post("/again", &json!({}));
    }

    /// Every person who could not be reached: the address, the state and what was answered.
    pub fn unreached(&self) -> Vec<(String, String, String)> {
        let mut all = Vec::new();
        for state in ["bounced", "unreachable"] {
            let mut cursor = String::new();
            loop {
                let page = self.get(&format!("/persons?state={state}&limit=200&cursor={cursor}"));
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                let items = page["items"].as_array().unwrap();
                all.extend(items.iter().map(|one| (text(&one["email"]), text(&one["state"]), text(&one["reply"]))));
                match page["next"].as_str() {
                    Some(next) => cursor = next.to_owned(),
                    None => break,
                }
            }
        }
        all
    }

    /// How many are told, as the incident says.
    pub fn told(&self) -> usize {
        usize::try_from(self.get("")["figures"]["told"].as_u64().unwrap()).unwrap()
    }

    /// The most memory any run of the program has had, in megabytes.
    pub fn peak(&self) -> u64 {
        self.peak.max(self.running.peak())
    }
}
