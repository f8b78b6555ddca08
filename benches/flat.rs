//! What each page costs among many incidents, as the ratio to the same page among 1 000, on both engines, in one run.
//!
//! `cargo bench --bench flat` fills 1 000 and 1 000 000 incidents, asks the real program for every page and prints the
//! median of its answers. `VARSEL_BENCH_MOST=100000` says how many at most, `VARSEL_BENCH_ENGINE=sqlite` leaves the other
//! engine out, `VARSEL_BENCH_KEEP` keeps the folder with the database for looking at query plans.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

#[path = "../tests/support/postgres.rs"]
mod postgres;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::{Connection, PgConnection, SqliteConnection};
use reqwest::{Client, redirect};
use serde_json::{Value, json};

const EMAIL: &str = "kari@smbmobil.example";
const PASSWORD: &str = "en hest spiser gress om kvelden";
/// How often each page is asked for.
const TIMES: usize = 7;
/// How many incidents have their assessment and timeline, which only their own page reads.
const WHOLE: i64 = 1_000;

struct Running {
    child: Child,
    url: String,
    link: Option<String>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn serve(folder: &Path, database: Option<&str>) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
    command.env("VARSEL_DATA_DIR", folder).env("VARSEL_LISTEN", "127.0.0.1:0").env("RUST_LOG", "error");
    if let Some(database) = database {
        command.env("VARSEL_DATABASE_URL", database).env("VARSEL_MIGRATE", "true");
        command.env("VARSEL_SECRET_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    }
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let place = line[line.find("http://").unwrap()..].trim();
    let (url, link) = match place.split_once("/setup/") {
        Some((url, secret)) => (url.to_owned(), Some(secret.to_owned())),
        None => (place.to_owned(), None),
    };
    while reqwest::get(format!("{url}/healthz")).await.is_err() {
        actix_web::rt::time::sleep(Duration::from_millis(5)).await;
    }
    Running { child, url, link }
}

/// Copies the rows of the first incident until there are so many, each with words, severity, risk, month and figures of
/// its own. The last of a hundred is rare in every respect.
fn fill(conn: &mut impl Connection, is_server: bool, many: i64) {
    let (series, id, zone) = if is_server {
        (format!("generate_series(2, {many}) AS s(n)"), "lpad(to_hex(n), 32, '0')::uuid", "::timestamptz")
    } else {
        let all =
            format!("WITH RECURSIVE s(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM s WHERE n < {many}) SELECT n FROM s");
        (format!("({all})"), "printf('00000000-0000-7000-8000-%012x', n)", "")
    };
    // Twenty-four months, the newest last.
    let month = format!("(n * 24 / ({many} + 1))");
    let year = format!("(2024 + {month} / 12)");
    let two = |what: &str| {
        if is_server { format!("lpad(({what})::text, 2, '0')") } else { format!("printf('%02d', {what})") }
    };
    let text = |what: &str| if is_server { format!("({what})::text") } else { what.to_owned() };
    let name = format!("{} || '-' || {}", text(&year), two(&format!("1 + {month} % 12")));
    // No two at the same instant.
    let part = if is_server { "lpad((n % 1000000)::text, 6, '0')" } else { "printf('%06d', n % 1000000)" };
    let at = format!("({name} || '-15T12:00:00.' || {part} || 'Z'){zone}");
    let yes = |what: &str| if is_server { format!("({what})") } else { format!("CASE WHEN {what} THEN 1 ELSE 0 END") };
    let rare = "n % 5000 = 7";
    let pick = |of: &[(&str, &str)], other: &str| {
        let cases: String = of.iter().map(|(when, then)| format!("WHEN {when} THEN '{then}' ")).collect();
        format!("CASE {cases}ELSE '{other}' END")
    };
    let status = pick(&[("n % 20 = 0", "open")], "closed");
    let severity = pick(&[(rare, "critical"), ("n % 10 = 0", "serious"), ("n % 3 = 0", "low")], "moderate");
    let risk = pick(&[(rare, "high"), ("n % 7 = 0", "undetermined"), ("n % 2 = 0", "unlikely")], "risk");
    let cause = pick(&[(rare, "natural_phenomenon"), ("n % 3 = 0", "human_error")], "");
    let head = format!(
        "INSERT INTO incident (seq, id, reference, title, status, version, severity, may_rise_to, risk, must_be_told, \
             required, undetermined, fulfilled, exempt, opened_by, created_at, updated_at, judged_under) \
         SELECT n, {id}, '2024-' || n, 'Kommune ' || (n % 357) || ' sak ' || n, {status}, 1, {severity}, 'critical', {risk}, 'no', \
             0, 0, CASE WHEN {rare} THEN 1 ELSE 0 END, 0, (SELECT opened_by FROM incident WHERE seq = 1), {at}, {at}, 0 FROM {series}"
    );
    let many_words = ["en", "endring", "av", "oppsettet", "ga", "tilgang", "for", "alle", "i", "kommune"];
    let own = "'sak' || (n % 10000) || ' kunde' || (n % 5000) || ' 2024 ' || n";
    let words = format!(
        "INSERT INTO incident_text (incident_seq, words) SELECT n, '{} ' || {own} || {} FROM {series}",
        many_words.join(" "),
        pick(&[(rare, " sjelden")], "")
    );
    let figure = format!(
        "INSERT INTO figure (incident_seq, month, severity, risk, breach, security, availability, near_miss, cause) \
         SELECT n, {name}, 'moderate', 'risk', {}, {}, {}, {}, {cause} FROM {series}",
        yes("n % 3 = 0"),
        yes("n % 4 = 0"),
        yes("n % 5 = 0"),
        yes(rare)
    );
    let copies: String = [
        ("facts_version", "version, facts, by_account, at"),
        ("assessment", "version, rules_version, answer, by_account, at"),
        ("timeline", "version, kind, payload, by_account, at"),
        (
            "duty",
            "duty_id, for_whom, rule_state, basis, clock_from, starts_at, due_at, target_at, opened_at, changed_at",
        ),
    ]
    .map(|(table, columns)| {
        let (more, state) = if table == "duty" { (", state", ", 'fulfilled'") } else { ("", "") };
        // One duty is enough for every page that lists them.
        let last = if table == "duty" { " AND d.duty_id = 'gdpr-33-authority'" } else { "" };
        format!(
            "INSERT INTO {table} (incident_seq, {columns}{more}) SELECT n, {columns}{state} FROM {series} \
             CROSS JOIN (SELECT * FROM {table} d WHERE d.incident_seq = 1{last}) d2 WHERE n <= {};",
            if matches!(table, "assessment" | "timeline") { WHOLE } else { many }
        )
    })
    .concat();
    conn.batch_execute(&format!("BEGIN; {head}; {words}; {figure}; {copies} COMMIT; ANALYZE")).unwrap();
}

async fn median(client: &Client, url: &str) -> Duration {
    let mut took = Vec::new();
    let mut is_first = true;
    while took.len() < TIMES {
        let began = Instant::now();
        let answer = client.get(url).send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        if status == 429 {
            actix_web::rt::time::sleep(Duration::from_secs(1)).await;
            continue;
        }
        assert_eq!(status, 200, "{url}: {text}");
        if !std::mem::take(&mut is_first) {
            took.push(began.elapsed());
        }
    }
    took.sort_unstable();
    took[took.len() / 2]
}

/// Every page that is asked for; `{deep}` stands for the cursor of a case in the middle.
const PAGES: &[&str] = &[
    "/incidents",
    "/incidents?status=open",
    "/incidents?severity=critical",
    "/incidents?severity=moderate&risk=high",
    "/incidents?status=closed&severity=critical&risk=high",
    "/incidents?risk=undetermined",
    "/incidents?duty_state=required",
    "/incidents?duty_state=fulfilled",
    "/incidents?kind=privacy",
    "/incidents?kind=near_miss",
    "/incidents?kind=other",
    "/incidents?cause=natural_phenomenon",
    "/incidents?cause=unknown",
    "/incidents?month_from=2024-03&month_to=2024-03",
    "/incidents?month_from=2024-03&month_to=2024-03&kind=security",
    "/incidents?q=kommune",
    "/incidents?q=komm",
    "/incidents?q=sjelden",
    "/incidents?q=kunde4711",
    "/incidents?q=kommune%20sjelden",
    "/incidents?q=sak%20kommune&status=open",
    "/incidents?q=sak&severity=critical",
    "/incidents?q=2024-77",
    "/incidents?q=finnesikke",
    "/incidents?status=closed&cursor={deep}",
    "/incidents?q=kommune&status=closed&cursor={deep}",
    "/api/v1/incidents?updated_since=2024-01-01T00:00:00Z",
    "/incidents/2024-500",
    "/views",
    "/dashboard",
];

async fn measure(engine: &str, many: i64) -> Vec<Duration> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("flat-{engine}-{many}"));
    let _ = std::fs::remove_dir_all(&folder);
    let server = (engine == "PostgreSQL").then(|| postgres::Cluster::shared().database());
    let url = server.as_ref().map(postgres::Database::url);
    let client = Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build().unwrap();
    let running = serve(&folder, url.as_deref()).await;
    let form = [("email", EMAIL), ("name", "Kari"), ("password", PASSWORD), ("again", PASSWORD)];
    let setup = client.post(format!("{}/setup/{}", running.url, running.link.as_ref().unwrap()));
    assert_eq!(setup.header("origin", &running.url).form(&form).send().await.unwrap().status(), 303);
    let facts: Value = json!({
        "title": "Samtalelogg lå åpen", "description": "En endring av oppsettet ga tilgang for alle.",
        "timeline": { "known_at": "2026-11-20T09:10:00Z", "breach_aware_at": "2026-11-20T09:50:00Z" },
        "personal_data": { "breach": true, "kinds": ["confidentiality"], "roles": [{ "role": "controller" }], "data": ["traffic"] }
    });
    let log = client.post(format!("{}/api/v1/incidents", running.url)).header("content-type", "application/json");
    assert_eq!(log.body(facts.to_string()).send().await.unwrap().status(), 201);
    drop(running);
    let began = Instant::now();
    match &url {
        Some(url) => fill(&mut PgConnection::establish(url).unwrap(), true, many),
        None => {
            fill(&mut SqliteConnection::establish(folder.join("varsel.sqlite").to_str().unwrap()).unwrap(), false, many)
        }
    }
    let filled = began.elapsed().as_secs();
    let running = serve(&folder, url.as_deref()).await;
    let body = json!({ "email": EMAIL, "password": PASSWORD }).to_string();
    let sign_in = client.post(format!("{}/api/v1/session", running.url)).header("content-type", "application/json");
    assert_eq!(sign_in.body(body).send().await.unwrap().status(), 204);
    println!("{engine}: {many} incidents, filled in {filled} s");
    let deep: String = (many / 2).to_string().bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut all = Vec::new();
    for page in PAGES {
        all.push(median(&client, &format!("{}{}", running.url, page.replace("{deep}", &deep))).await);
    }
    drop(running);
    if std::env::var_os("VARSEL_BENCH_KEEP").is_none() {
        let _ = std::fs::remove_dir_all(&folder);
    }
    all
}

#[actix_web::main]
async fn main() {
    // `cargo test --all-targets` starts benches, too; it is no place to measure.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    varsel::seal::choose_cryptography();
    let most: i64 = std::env::var("VARSEL_BENCH_MOST").map_or(1_000_000, |text| text.parse().unwrap());
    let only = std::env::var("VARSEL_BENCH_ENGINE").unwrap_or_default();
    for engine in ["SQLite", "PostgreSQL"].into_iter().filter(|name| only.is_empty() || name.to_lowercase() == only) {
        let few = measure(engine, 1_000).await;
        let full = measure(engine, most).await;
        for (page, (few, full)) in PAGES.iter().zip(few.iter().zip(&full)) {
            let (few, full) = (few.as_secs_f64() * 1e3, full.as_secs_f64() * 1e3);
            println!("{engine:>10} {page:<58} {few:>7.2} ms → {full:>8.2} ms, ratio {:.2}", full / few);
        }
    }
}
