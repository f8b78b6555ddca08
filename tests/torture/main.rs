//! Kills the program again and again, at random moments, while incidents are logged and messages fall due. Afterwards every
//! acknowledged incident is there, every due message arrived, and what arrived twice can be told apart.
//!
//! `cargo test --test torture` does a short form; `VARSEL_TORTURE_ROUNDS=200 cargo test --test torture -- --nocapture` the whole.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

mod instance;
#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../support/smtp.rs"]
mod smtp;
mod verdict;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use instance::{Instance, Place};
use smtp::SmtpServer;
use varsel::db::{Database, Server};
use verdict::Verdict;

/// How many clients log incidents at once.
const CLIENTS: u32 = 4;

fn rounds() -> u32 {
    std::env::var("VARSEL_TORTURE_ROUNDS").map_or(6, |text| text.parse().expect("VARSEL_TORTURE_ROUNDS is a number"))
}

/// What was acknowledged: the reference by the key under which it was logged.
type Acknowledged = Arc<Mutex<BTreeMap<String, String>>>;

fn torture(place: &Place, instances: usize, database: &Database) -> Verdict {
    let mail = SmtpServer::start();
    let began = Instant::now();
    // The first comes alone: of two that start on an empty database, the one that starts last prints the link that works.
    let mut running = vec![Instance::start(place, &mail.url())];
    let cookie = running[0].make_administrator();
    running.extend((1..instances).map(|_| Instance::start(place, &mail.url())));
    let acknowledged = Acknowledged::default();
    let (stop, next) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
    let addresses = Arc::new(Mutex::new(running.iter().map(|one| one.url.clone()).collect::<Vec<_>>()));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|n| {
            let (stop, next, acknowledged, addresses) =
                (stop.clone(), next.clone(), acknowledged.clone(), addresses.clone());
            let cookie = cookie.clone();
            std::thread::spawn(move || {
                while !stop.load(Ordering::SeqCst) {
                    let key = format!("torture-{}", next.fetch_add(1, Ordering::SeqCst));
                    // The same request until it is answered, to whichever instance is there.
                    let mut tries = 0;
                    loop {
                        let url = {
                            let all = addresses.lock().unwrap();
                            all[(n + tries) as usize % all.len()].clone()
                        };
                        match instance::log(&url, &cookie, &key) {
                            Some(reference) => {
                                acknowledged.lock().unwrap().insert(key, reference);
                                break;
                            }
                            None if stop.load(Ordering::SeqCst) && tries > 200 => break,
                            None => std::thread::sleep(Duration::from_millis(25)),
                        }
                        tries += 1;
                    }
                }
            })
        })
        .collect();
    let mut kills = 0;
    for round in 0..rounds() {
        // Mostly at once, sometimes after the program has had time to do all it does.
        std::thread::sleep(Duration::from_millis(rand::random_range(20..=if round % 5 == 0 { 4_000 } else { 900 })));
        let victim = rand::random_range(0..running.len());
        running[victim].kill();
        kills += 1;
        running[victim] = Instance::start(place, &mail.url());
        addresses.lock().unwrap()[victim] = running[victim].url.clone();
    }
    stop.store(true, Ordering::SeqCst);
    for client in clients {
        client.join().unwrap();
    }
    let drained = verdict::wait_until_all_is_sent(database, Duration::from_secs(240));
    for one in &mut running {
        one.kill();
    }
    assert!(drained, "messages still wait: {:?}", verdict::unsent(database));
    let acknowledged = acknowledged.lock().unwrap().clone();
    verdict::judge(database, &acknowledged, &mail.received(), (kills, began.elapsed()))
}

#[test]
fn nothing_is_lost_on_sqlite_though_the_program_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("varsel.sqlite");
    let place = Place { data: folder.path().to_owned(), url: format!("sqlite://{}", file.display()) };
    let verdict = torture(&place, 1, &Database::File(file));
    println!("{verdict}");
    verdict.insist();
}

#[test]
fn nothing_is_lost_on_postgresql_though_two_instances_are_killed() {
    let cluster = postgres::Cluster::new(postgres::Options { durable: true, ..Default::default() });
    let server = cluster.database();
    let database = Database::Server(Server::parse(&server.url()).unwrap());
    varsel::db::migrate(&database).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let place = Place { data: folder.path().to_owned(), url: server.url() };
    let verdict = torture(&place, 2, &database);
    println!("{verdict}");
    verdict.insist();
}
