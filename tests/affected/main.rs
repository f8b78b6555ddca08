//! Many thousand persons told by a program that is killed in the middle of it, and many rows read in: everyone is told once,
//! who could not be reached is listed, and the memory does not grow with their number.
//!
//! `cargo test --test affected` does a short form. The whole: `VARSEL_TOLD_PERSONS=100000 VARSEL_TOLD_ROWS=1000000 cargo test
//! --test affected -- --nocapture --test-threads=1`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

mod case;
#[path = "../torture/instance.rs"]
mod instance;
#[path = "../support/smtp.rs"]
mod smtp;
mod told;

use std::fmt::Write;
use std::time::Instant;

use case::Case;
use serde_json::json;
use smtp::SmtpServer;
use told::Told;

/// The persons that are told where nobody says how many.
const FEW: usize = 1_000;
/// The most memory the program may take, in megabytes, however many they are.
const MOST_MEMORY: u64 = 150;

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

fn address(n: usize) -> String {
    format!("p{n}@kunde.example")
}

/// One in a hundred does not exist.
fn is_gone(n: usize) -> bool {
    n % 100 == 37
}

#[test]
fn everyone_is_told_once_though_the_program_is_killed() {
    let persons = number("VARSEL_TOLD_PERSONS", FEW);
    let kills = if persons > FEW { 3 } else { 1 };
    let mut mail = SmtpServer::start();
    let gone: serde_json::Map<String, serde_json::Value> = (0..persons)
        .filter(|n| is_gone(*n))
        .map(|n| (address(n), json!(format!("550 5.1.1 <{}>: no such user", address(n)))))
        .collect();
    let bounces = gone.len();
    mail.behave(&json!({ "receivers": gone }));
    let mut case = Case::begin(&mail.url());
    let mut csv = String::from("epost;navn\n");
    for n in 0..persons {
        writeln!(csv, "{};Person {n}", address(n)).unwrap();
    }
    case.bring(&csv);
    case.let_a_wave_go();
    let began = Instant::now();
    for kill in 1..=kills {
        case.wait_until_tried(persons * kill / (kills + 1));
        // Where the whole is asked for, the leases of the dead run out by themselves.
        case.die_and_come_back(persons <= FEW);
    }
    case.wait_until_tried(persons - 32 * kills);
    let sending = began.elapsed();
    case.wait_until_none_is_on_the_way();
    // What was on its way at the moment of a kill nobody knows: a person lets those be sent again.
    let uncertain = case.state("uncertain");
    case.tell_again();
    case.wait_until_none_is_on_the_way();
    let told = Told::judge(&case, &mail.received(), (persons, bounces), (kills, uncertain), sending);
    println!("{told}");
    told.insist(|n| (!is_gone(n)).then(|| address(n)), MOST_MEMORY);
}

#[test]
fn a_file_of_many_rows_is_read_in_little_memory() {
    let rows = number("VARSEL_TOLD_ROWS", 5_000);
    let mail = SmtpServer::start();
    let mut case = Case::begin(&mail.url());
    let mut csv = String::from("Mobil;Navn;E-post;Født\n");
    let (mut bad, mut twice) = (0, 0);
    for n in 0..rows {
        match n % 50 {
            7 => {
                bad += 1;
                writeln!(csv, "12;Person {n};ikke e-post;1980-01-01").unwrap();
            }
            8 => {
                twice += 1;
                writeln!(csv, ";Person {n};{};", address(n - 2)).unwrap();
            }
            _ => writeln!(csv, "{};Person {n};{};1980-01-01", 40_000_000 + n, address(n)).unwrap(),
        }
    }
    let began = Instant::now();
    let (brought, import) = case.bring(&csv);
    let whole = began.elapsed();
    let count = |name: &str| usize::try_from(import[name].as_u64().unwrap()).unwrap();
    println!(
        "rows {:>29}\nmegabytes {:>24}\ntaken {:>28}\njoined {:>27}\nbad {:>30}\nseconds to bring {:>17.1}\nseconds in all {:>19.1}\n\
         rows per second {:>18.0}\nmost memory, MB {:>18}",
        count("rows"),
        csv.len() / 1_000_000,
        count("taken"),
        count("joined"),
        count("bad"),
        brought.as_secs_f64(),
        whole.as_secs_f64(),
        rows as f64 / whole.as_secs_f64(),
        case.peak(),
    );
    assert_eq!((count("rows"), count("bad"), count("joined")), (rows, bad, twice), "{import}");
    assert_eq!(count("taken"), rows - bad - twice, "{import}");
    assert!(case.peak() < MOST_MEMORY, "{} MB", case.peak());
}
