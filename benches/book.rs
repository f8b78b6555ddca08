//! Measures the book of incidents over HTTP against the real program: `cargo bench --bench book`.
//!
//! `VARSEL_BENCH_INCIDENTS` says how many cases are stored first (100 000 without it). The database lies below
//! `target`, on the disk, because what is measured is durable.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::Connection;
use diesel::connection::SimpleConnection;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use varsel::account::store as accounts;
use varsel::clock::Clock;
use varsel::db::{Conn, Database, Db, Upkeep};
use varsel::incident::actions;
use varsel::law::Facts;

const EMAIL: &str = "kari@smbmobil.example";
const PASSWORD: &str = "en hest spiser gress om kvelden";

/// A full telecom incident: an outage with a breach, a controller and two customers' processor.
fn facts(n: usize) -> Value {
    json!({
        "title": format!("Samtalelogg {n} åpen på nettet i kommune {}", n % 357),
        "description": "En lagringstjeneste var åpen for alle etter en endring av oppsettet.",
        "timeline": { "started_at": "2026-11-20T06:00:00Z", "detected_at": "2026-11-20T09:00:00Z", "known_at": "2026-11-20T09:10:00Z", "breach_aware_at": "2026-11-20T09:50:00Z" },
        "cause": { "nature": ["misconfiguration"], "origin": "internal_non_malicious", "root_cause": "human_error" },
        "services": { "availability": "occurred", "affected": ["voice"], "customers_affected": n % 900, "customers_total": 4000, "duration_minutes": 45 },
        "network_security": { "security_breach": n.is_multiple_of(3), "negative_effect": "occurred" },
        "personal_data": {
            "breach": !n.is_multiple_of(4), "kinds": if n.is_multiple_of(4) { Value::Null } else { json!(["confidentiality"]) },
            "roles": [{ "role": "controller" }, { "role": "processor", "controller": "Bedrift A AS" }, { "role": "processor", "controller": "Bedrift B AS" }],
            "data": ["traffic"], "insight": if n.is_multiple_of(5) { "little" } else { "much" }, "subjects_count": n % 2000
        }
    })
}

struct Server {
    child: Child,
    url: String,
    link: Option<String>,
    ready: Duration,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn serve(folder: &Path) -> Server {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_varsel"))
        .env("VARSEL_DATA_DIR", folder)
        .env("VARSEL_LISTEN", "127.0.0.1:0")
        .env("RUST_LOG", "error")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let place = line[line.find("http://").unwrap()..].trim();
    let (url, link) = match place.split_once("/setup/") {
        Some((url, secret)) => (url.to_owned(), Some(secret.to_owned())),
        None => (place.to_owned(), None),
    };
    while reqwest::get(format!("{url}/healthz")).await.is_err() {
        actix_web::rt::time::sleep(Duration::from_millis(2)).await;
    }
    let ready = began.elapsed();
    Server { child, url, link, ready }
}

fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    let at = ((times.len() as f64 - 1.0) * share).round() as usize;
    times[at].as_secs_f64() * 1000.0
}

fn report(what: &str, mut times: Vec<Duration>) {
    let (p50, p95) = (percentile(&mut times, 0.5), percentile(&mut times, 0.95));
    println!("{what:<58} p50 {p50:7.2} ms   p95 {p95:7.2} ms");
}

async fn timed(request: reqwest::RequestBuilder, expected: u16) -> Duration {
    let began = Instant::now();
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), expected);
    answer.bytes().await.unwrap();
    began.elapsed()
}

fn log(client: &Client, url: &str, n: usize) -> reqwest::RequestBuilder {
    client.post(format!("{url}/api/v1/incidents")).header("content-type", "application/json").body(facts(n).to_string())
}

async fn fill(folder: &Path, many: usize) {
    let db = Db::open(&Database::File(folder.join("varsel.sqlite")), Upkeep::Check).unwrap();
    let by = db.read(|conn| accounts::by_email(conn, EMAIL)).await.unwrap().unwrap().id;
    let began = Instant::now();
    let tasks: Vec<_> = (0..64)
        .map(|task| {
            let db = db.clone();
            actix_web::rt::spawn(async move {
                for n in (task..many).step_by(64) {
                    let facts = Facts::from_json(&facts(n)).unwrap();
                    actions::log_incident(&db, by, facts, (None, |_| String::new()), Clock::System.now())
                        .await
                        .unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    println!(
        "{many} incidents stored in {:.0} s, {:.0} a second",
        began.elapsed().as_secs_f64(),
        many as f64 / began.elapsed().as_secs_f64()
    );
}

/// The rows of one logged incident, copied by a bare loop, one durable commit each. Answers incidents a second.
fn bare(folder: &Path, many: usize) -> f64 {
    let mut conn = Conn::establish(folder.join("varsel.sqlite").to_str().unwrap()).unwrap();
    conn.batch_execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000; PRAGMA wal_autocheckpoint = 4000; PRAGMA busy_timeout = 10000").unwrap();
    let children = [
        ("facts_version", "version, facts, by_account, at"),
        ("assessment", "version, rules_version, answer, by_account, at"),
        ("moment", "which, value, reason, supersedes, stated_by, recorded_at"),
        (
            "duty",
            "duty_id, for_whom, state, rule_state, basis, clock_from, starts_at, due_at, target_at, next_at, opened_at, changed_at, settlement_seq",
        ),
        ("timeline", "version, kind, payload, by_account, at"),
    ];
    let head = "title, status, version, severity, may_rise_to, risk, must_be_told, next_due_at, required, undetermined, fulfilled, exempt, opened_by, created_at, updated_at";
    let began = Instant::now();
    for n in 0..many {
        let mut sql = format!(
            "BEGIN IMMEDIATE; INSERT INTO incident (id, reference, {head}) SELECT '{n}', 'b-{n}', {head} FROM incident WHERE seq = 7;"
        );
        for (table, columns) in children {
            sql += &format!(
                "INSERT INTO {table} (incident_seq, {columns}) SELECT (SELECT max(seq) FROM incident), {columns} FROM {table} WHERE incident_seq = 7;"
            );
        }
        conn.batch_execute(&(sql + "COMMIT")).unwrap();
    }
    many as f64 / began.elapsed().as_secs_f64()
}

fn memory(child: &Child) -> String {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = |name: &str| {
        status.lines().find(|line| line.starts_with(name)).unwrap_or_default().replace(char::is_whitespace, "")
    };
    format!("{} {}", line("VmRSS"), line("VmHWM"))
}

#[actix_web::main]
async fn main() {
    // `cargo test --all-targets` starts benches, too; it is no place to measure.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let many: usize = std::env::var("VARSEL_BENCH_INCIDENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("book-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let server = serve(&folder).await;
    println!("ready from an empty database in {:.0} ms", server.ready.as_secs_f64() * 1000.0);
    let client = Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let form = [("email", EMAIL), ("name", "Kari"), ("password", PASSWORD), ("again", PASSWORD)];
    let setup = client
        .post(format!("{}/setup/{}", server.url, server.link.as_ref().unwrap()))
        .header("origin", &server.url)
        .form(&form);
    assert_eq!(setup.send().await.unwrap().status(), 303);
    drop(server);
    fill(&folder, many).await;
    let size = std::fs::metadata(folder.join("varsel.sqlite")).unwrap().len();
    println!("the database has {:.0} MB", size as f64 / 1e6);

    let server = serve(&folder).await;
    println!("ready with {many} incidents in {:.0} ms", server.ready.as_secs_f64() * 1000.0);
    println!("memory at rest: {}", memory(&server.child));
    let sign_in = client.post(format!("{}/api/v1/session", server.url)).header("content-type", "application/json");
    timed(sign_in.body(json!({ "email": EMAIL, "password": PASSWORD }).to_string()), 204).await;
    for query in [
        "",
        "status=open",
        "status=closed",
        "severity=critical",
        "severity=serious&risk=high",
        "risk=unlikely",
        "severity=low&risk=high",
        "duty_state=exempt",
        "duty_state=required&q=kommune",
        "q=kommune 356",
        "q=finnes ikke",
        "q=2026-0042",
        "updated_since=2026-01-01T00:00:00Z",
    ] {
        let mut times = Vec::new();
        for _ in 0..100 {
            let url = format!("{}/api/v1/incidents?limit=20&{}", server.url, query.replace(' ', "%20"));
            times.push(timed(client.request(Method::GET, url), 200).await);
        }
        report(&format!("list 20: {query}"), times);
    }
    let mut times = Vec::new();
    for n in 0..300 {
        times.push(
            timed(client.get(format!("{}/api/v1/incidents/2026-{:04}", server.url, 1 + n * 7 % many)), 200).await,
        );
    }
    report("show one case", times);
    let mut times = Vec::new();
    for n in 0..500 {
        times.push(timed(log(&client, &server.url, n), 201).await);
    }
    report("log with duties and timeline, one at a time", times);
    let began = Instant::now();
    let tasks: Vec<_> = (0..16)
        .map(|task| {
            let (client, url) = (client.clone(), server.url.clone());
            actix_web::rt::spawn(async move {
                let mut times = Vec::new();
                for n in 0..200 {
                    times.push(timed(log(&client, &url, task * 200 + n), 201).await);
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    let rate = times.len() as f64 / began.elapsed().as_secs_f64();
    report("log with duties and timeline, 16 connections", times);
    println!("memory after the work: {}", memory(&server.child));
    drop(server);
    let bare = bare(&folder, 1000);
    println!("16 connections log {rate:.0} a second, a bare loop inserts {bare:.0}: ratio {:.2}", rate / bare);
    let _ = std::fs::remove_dir_all(&folder);
}
