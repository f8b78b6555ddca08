//! Attacks over HTTP on the whole app: each is tried, each is refused, and each is listed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

use std::pin::Pin;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::thread;

#[path = "../it/app.rs"]
mod app;
#[path = "../support/device.rs"]
mod device;
mod doors;
mod floods;
#[path = "../support/http.rs"]
mod http;
mod identities;
mod inputs;
mod mixed;
mod passkeys;
#[path = "../support/postgres.rs"]
mod postgres;

/// How often an attack was tried, and how often it was refused.
pub struct Tally {
    attack: &'static str,
    tries: usize,
    got_through: Vec<String>,
}

impl Tally {
    pub fn of(attack: &'static str) -> Self {
        Self { attack, tries: 0, got_through: Vec::new() }
    }

    /// Notes one try.
    pub fn tried(&mut self, what: impl Into<String>, refused: bool) {
        self.tries += 1;
        if !refused {
            self.got_through.push(what.into());
        }
    }

    fn line(&self) -> String {
        format!("{:<28} {:>6} {:>8}", self.attack, self.tries, self.tries - self.got_through.len())
    }
}

/// The fewest tries that count as having tried; a walk over every route is worth little if it finds no routes.
const FEWEST: &[(&str, usize)] = &[
    ("session fixation", 6),
    ("cross-site requests", 1000),
    ("other people's things", 200),
    ("numbers of others", 70),
    ("mass assignment", 80),
    ("header injection", 12),
    ("path traversal", 20),
    ("requests to the inside", 30),
    ("template injection", 10),
    ("formulas in tables", 24),
    ("oversized", 8),
    ("slow", 3),
    ("guessing", 60),
    ("open redirect", 20),
    ("method override", 12),
    ("kept copies", 200),
    ("foreign hosts", 4),
    ("passkeys", 23),
];

/// An attack on an app of its own.
type Attack = fn() -> Pin<Box<dyn Future<Output = Tally>>>;

const ATTACKS: &[Attack] = &[
    || Box::pin(identities::session_fixation()),
    || Box::pin(doors::cross_site_requests()),
    || Box::pin(identities::other_peoples_things()),
    || Box::pin(mixed::numbers_of_others()),
    || Box::pin(inputs::mass_assignment()),
    || Box::pin(inputs::header_injection()),
    || Box::pin(doors::path_traversal()),
    || Box::pin(doors::requests_to_the_inside()),
    || Box::pin(inputs::template_injection()),
    || Box::pin(inputs::formulas()),
    || Box::pin(floods::oversized()),
    || Box::pin(floods::slow()),
    || Box::pin(floods::guessing()),
    || Box::pin(doors::open_redirect()),
    || Box::pin(doors::method_override()),
    || Box::pin(doors::kept_copies()),
    || Box::pin(doors::foreign_hosts()),
    || Box::pin(passkeys::passkeys()),
];

/// Tries every attack, two at a time, and answers them in their order.
fn try_all() -> Vec<Tally> {
    let next = AtomicUsize::new(0);
    let lane = || {
        let mut done = Vec::new();
        while let Some((at, attack)) = Some(next.fetch_add(1, Relaxed)).and_then(|at| Some((at, ATTACKS.get(at)?))) {
            done.push((at, actix_web::rt::System::new().block_on(attack())));
        }
        done
    };
    let mut all = thread::scope(|scope| {
        let lanes = [scope.spawn(lane), scope.spawn(lane)];
        lanes.into_iter().flat_map(|lane| lane.join().unwrap()).collect::<Vec<_>>()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, tally)| tally).collect()
}

#[test]
fn every_attack_is_tried_refused_and_listed() {
    let tallies = try_all();
    println!("{:<28} {:>6} {:>8}", "attack", "tries", "refused");
    for tally in &tallies {
        println!("{}", tally.line());
    }
    let names: Vec<&str> = tallies.iter().map(|tally| tally.attack).collect();
    assert_eq!(names, FEWEST.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (tally, (name, fewest)) in tallies.iter().zip(FEWEST) {
        assert!(tally.tries >= *fewest, "{name} was tried {} times only", tally.tries);
        assert!(tally.got_through.is_empty(), "{name} got through:\n{}", tally.got_through.join("\n"));
    }
}
