//! What a round of the scheduler costs, by what is stored and by what is due, on both engines, in one run.
//!
//! `cargo bench --bench tick` fills 1 000, 100 000 and 1 000 000 incidents of which 10 000 duties at most are open, and
//! prints the median of each round and its ratio to the smallest. `VARSEL_BENCH_MOST=100000` leaves the largest out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

#[path = "../tests/support/postgres.rs"]
mod postgres;

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use varsel::account::Wish;
use varsel::account::actions as accounts;
use varsel::account::session::Whence;
use varsel::db::{Conn, Database, Db, Server, Upkeep};
use varsel::i18n::Lang;
use varsel::reminder::actions::{Book, round};
use varsel::templates::Templates;

/// How many duties are open at most, and how many fall due in the second measurement.
const OPEN: i64 = 10_000;
const DUE: i64 = 50;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// Incidents with a duty each; the last `OPEN` of them stand open and are to be reminded of next year.
fn fill(conn: &mut Conn, many: i64) {
    let server = matches!(conn, Conn::Postgres(_));
    let (series, id, uuid) = if server {
        conn.batch_execute("SET LOCAL statement_timeout = 0").unwrap();
        (format!("generate_series(1, {many}) AS s(n)"), "lpad(to_hex(n), 32, '0')::uuid", "::uuid")
    } else {
        let all =
            format!("WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {many}) SELECT n FROM s");
        (format!("({all})"), "printf('00000000-0000-7000-8000-%012x', n)", "")
    };
    let instant = |text: &str| format!("'{text}.000000Z'{}", if server { "::timestamptz" } else { "" });
    let (then, later) = (instant("2026-01-05T12:00:00"), instant("2027-06-01T12:00:00"));
    let is_open = format!("n > {many} - {OPEN}");
    conn.batch_execute(&format!(
        "INSERT INTO incident (seq, id, reference, title, status, version, severity, may_rise_to, risk, must_be_told,
             required, undetermined, fulfilled, exempt, opened_by, created_at, updated_at, judged_under)
         SELECT n, {id}, '2026-' || n, 'Sak ' || n, 'open', 1, 'moderate', 'moderate', 'risk', 'no',
             0, 0, 1, 0, (SELECT min(CAST(id AS text)) FROM account){uuid}, {then}, {then}, 0 FROM {series};
         INSERT INTO duty (seq, incident_seq, duty_id, for_whom, state, rule_state, basis, clock_from, starts_at, due_at,
             next_at, opened_at, changed_at, armed_at, remind_at)
         SELECT n, n, 'gdpr-33-authority', '', CASE WHEN {is_open} THEN 'required' ELSE 'fulfilled' END, 'required',
             'GDPR art. 33(1)', 'timeline.breach_aware_at', {then}, {later}, {later}, {then}, {then}, {then},
             CASE WHEN {is_open} THEN {later} END FROM {series};
         ANALYZE"
    ))
    .unwrap();
}

async fn median(
    db: &Db,
    book: &Arc<Book>,
    (times, from): (usize, DateTime<Utc>),
    prepare: impl Fn(usize) -> Option<String>,
) -> Duration {
    let mut took = Vec::new();
    for n in 0..times {
        if let Some(sql) = prepare(n) {
            db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.unwrap();
        }
        let began = Instant::now();
        round(db, book, from + chrono::Duration::seconds(i64::try_from(n).unwrap())).await.unwrap();
        took.push(began.elapsed());
    }
    took.sort_unstable();
    took[took.len() / 2]
}

async fn measure(name: &str, database: &Database, many: i64) -> (Duration, Duration) {
    let db = Db::open(database, Upkeep::Migrate).unwrap();
    let db2 = db.clone();
    let secret = actix_web::rt::task::spawn_blocking(move || {
        accounts::first_link(&db2, at("2026-01-01T00:00:00Z")).unwrap().unwrap()
    })
    .await
    .unwrap();
    let words = "en hest spiser gress om kvelden".to_owned();
    let wish = Wish {
        email: "kari@smbmobil.example".into(),
        name: "Kari".into(),
        password: words.clone().into(),
        again: words.into(),
    };
    accounts::use_link(&db, &secret, (wish, Lang::Nb), Whence::default(), at("2026-01-01T00:00:01Z")).await.unwrap();
    let began = Instant::now();
    db.write(move |conn| {
        fill(conn, many);
        Ok(())
    })
    .await
    .unwrap();
    let filled = began.elapsed();
    let book = Arc::new(Book { mails: Templates::mails().unwrap(), base: "https://varsel.example".into() });
    let now = at("2026-06-03T12:00:00Z");
    round(&db, &book, now).await.unwrap();
    let nothing = median(&db, &book, (200, now), |_| None).await;
    let some = median(&db, &book, (11, now), |n| {
        let first = many - OPEN.min(many) + 1 + i64::try_from(n).unwrap() * DUE;
        let now = "'2026-06-03T12:00:00.000000Z'";
        Some(format!(
            "UPDATE duty SET remind_at = {now}, armed_at = {now} WHERE seq >= {first} AND seq < {first} + {DUE}"
        ))
    })
    .await;
    println!(
        "{name:>10} {many:>9} incidents (filled in {:>3} s): nothing due {:>7.2} ms, {DUE} due {:>7.1} ms",
        filled.as_secs(),
        nothing.as_secs_f64() * 1e3,
        some.as_secs_f64() * 1e3
    );
    (nothing, some)
}

#[actix_web::main]
async fn main() {
    let most: i64 = std::env::var("VARSEL_BENCH_MOST").map_or(1_000_000, |text| text.parse().unwrap());
    let sizes: Vec<i64> = [1_000, 100_000, 1_000_000].into_iter().filter(|many| *many <= most).collect();
    for engine in ["SQLite", "PostgreSQL"] {
        let mut first = None;
        for &many in &sizes {
            let folder = tempfile::tempdir().unwrap();
            let server = (engine == "PostgreSQL").then(|| postgres::Cluster::shared().database());
            let database = match &server {
                Some(server) => Database::Server(Server::parse(&server.url()).unwrap()),
                None => Database::File(folder.path().join("varsel.sqlite")),
            };
            let (nothing, some) = measure(engine, &database, many).await;
            let (nothing_first, some_first) = *first.get_or_insert((nothing, some));
            println!(
                "{:>10} ratio to {}: nothing due {:.2}, {DUE} due {:.2}",
                "",
                sizes[0],
                nothing.as_secs_f64() / nothing_first.as_secs_f64(),
                some.as_secs_f64() / some_first.as_secs_f64()
            );
        }
    }
}
