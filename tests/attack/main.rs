//! Attacks over HTTP on the whole app: each is tried, each is refused, and each is listed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

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

#[actix_web::test]
async fn every_attack_is_tried_refused_and_listed() {
    let tallies = [
        identities::session_fixation().await,
        doors::cross_site_requests().await,
        identities::other_peoples_things().await,
        mixed::numbers_of_others().await,
        inputs::mass_assignment().await,
        inputs::header_injection().await,
        doors::path_traversal().await,
        doors::requests_to_the_inside().await,
        inputs::template_injection().await,
        inputs::formulas().await,
        floods::oversized().await,
        floods::slow().await,
        floods::guessing().await,
        doors::open_redirect().await,
        doors::method_override().await,
        doors::kept_copies().await,
        doors::foreign_hosts().await,
        passkeys::passkeys().await,
    ];
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
