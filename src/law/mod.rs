//! The law, pure: facts in, an assessment out. Imports nothing else of this crate; time is an argument.

pub mod assessment;
pub mod book;
pub mod cond;
mod contradiction;
pub mod deadline;
mod duty;
pub mod enisa;
pub mod eye;
pub mod fact;
pub mod fault;
pub mod json;
pub mod parse;
pub mod question;
pub mod render;
pub mod risk;
pub mod rule;
pub mod severity;
pub mod value;

pub use assessment::{Assessment, Deadline, Duty, Question, State};
pub use cond::Tri;
pub use fact::{Fact, Path};
pub use fault::{FactError, Problem};
pub use value::{Facts, Item, Value};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Oslo;
use eye::Eye;

/// The company's own numbers for its own class of severity (`law/severity.md`); minutes, per cent, counts.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Thresholds {
    /// Critical: more than so many per cent of the own customers without a main service.
    pub main_service_share: f64,
    /// Moderate: customers without service for at least so many minutes.
    pub loss_minutes: f64,
    /// Critical: traffic data or content of more than so many persons disclosed.
    pub disclosed_persons: f64,
    /// Serious: more than so many user-hours lost.
    pub user_hours: f64,
    /// Serious: at least so many minutes with more than so many per cent of the customers.
    pub enisa: [(f64, f64); 5],
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds {
            main_service_share: 50.0,
            loss_minutes: 30.0,
            disclosed_persons: 1_000.0,
            user_hours: 1_000_000.0,
            enisa: [(60.0, 15.0), (120.0, 10.0), (240.0, 5.0), (360.0, 2.0), (480.0, 1.0)],
        }
    }
}

/// A moment that the rule book does not cover.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{fact} is {on}: the rule book covers incidents from {} to {}", book::FIRST_DAY, book::LAST_DAY)]
pub struct OutsideBook {
    /// The fact that holds the moment, or none where it is the instant of the assessment.
    pub fact: Fact,
    /// The Norwegian date.
    pub on: NaiveDate,
}

/// Assesses the facts at an instant (UTC) with the company's numbers.
///
/// # Errors
/// A moment that selects a rule lies outside the dates the book covers.
pub fn assess(facts: &Facts, now: DateTime<Utc>, thresholds: &Thresholds) -> Result<Assessment, OutsideBook> {
    let mut eye =
        Eye { facts, now, thresholds, item: None, score: enisa::Score::of(facts), risk: None, severity: None };
    let risk = risk::judge(&eye);
    eye.risk = Some(&risk);
    let severity = severity::judge(&eye);
    eye.severity = Some(&severity);
    let duties = duty::duties(&eye)?;
    let holds_until = duty::holds_until(&eye, &duties);
    let questions = question::questions(&duties, now);
    let affected_users = question::affected_users(&duties);
    Ok(Assessment {
        rules_version: book::VERSION,
        assessed_at: now,
        severity,
        risk,
        duties,
        affected_users,
        questions,
        holds_until,
    })
}

/// The day in Norway.
pub fn norwegian_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Oslo).date_naive()
}

/// The places and names of the controllers the company processes for; a name may be unknown.
pub fn controllers(facts: &Facts) -> impl Iterator<Item = (u16, Option<&str>)> {
    (0..)
        .zip(facts.items(Fact::Roles))
        .filter(|(_, item)| item.word(Fact::Role) == Some("processor"))
        .map(|(at, item)| (at, item.text(Fact::RoleController)))
}

/// The always-cases of ekomforskriften § 2-8 third paragraph: letter, whether it applies, and the facts that say so.
pub fn always_cases(facts: &Facts, now: DateTime<Utc>) -> Vec<(char, Tri, Vec<Path>)> {
    let thresholds = Thresholds::default();
    let score = enisa::Score::default();
    let eye = Eye { facts, now, thresholds: &thresholds, item: None, score, risk: None, severity: None };
    let judge = |(letter, term): &(char, &cond::Term)| {
        let mut paths = fact::Paths::default();
        eye.explain(&term.cond, &mut paths);
        (*letter, eye.judge(&term.cond), paths.into_vec())
    };
    book::ekom::ALWAYS.iter().map(judge).collect()
}
