//! The severity of the incident: the company's own class, which drives who is woken and what Nkom hears.
//!
//! The highest rule that applies counts. A person's class overrules the proposal, which stays visible.

use super::book::ekom::{ALWAYS_A, ALWAYS_B, ALWAYS_C, ALWAYS_D, OCCURRED, TOUCHED};
use super::cond::{Cond, Number, Setting, Term, Tri};
use super::eye::Eye;
use super::fact::{Fact, Path, Paths, word, words};
use super::risk::Reason;
use super::value::Value;
use Cond::{All, Any, AtLeast, Has, Is, MoreThan, Score, ShareOver, UserHoursOver, Yes};

/// The levels, as [`Severity`] counts them: lav, moderat, alvorlig, kritisk.
pub const LEVELS: &[&str] = super::fact::choices::SEVERITY;

/// The number of a level's word.
pub const fn level(name: &str) -> u8 {
    word(Fact::ProviderSeverity, name)
}

const CRITICAL: u8 = level("critical");
const SERIOUS: u8 = level("serious");
const MODERATE: u8 = level("moderate");
/// What the company has written down as its own classes.
const OWN: &str = "SMB Mobil: alvorlighetsgrader";

/// A rule of a level.
#[derive(Debug)]
pub struct Class {
    /// The level it gives (index into [`LEVELS`]).
    pub level: u8,
    /// The condition, its name and its source.
    pub term: Term,
    /// Whether it speaks of network and services; those from `serious` propose `services.material`.
    pub network: bool,
}

const fn network(level: u8, id: &'static str, source: &'static str, cond: Cond) -> Class {
    Class { level, term: Term { id, cond, source }, network: true }
}
const fn security(level: u8, id: &'static str, source: &'static str, cond: Cond) -> Class {
    Class { level, term: Term { id, cond, source }, network: false }
}
const fn enisa_row(row: usize) -> [Cond; 2] {
    [
        AtLeast(Fact::DurationMinutes, Number::Setting(Setting::EnisaMinutes(row))),
        ShareOver(Fact::CustomersAffected, Fact::CustomersTotal, Number::Setting(Setting::EnisaShare(row))),
    ]
}
static ENISA_ROWS: [[Cond; 2]; 5] = [enisa_row(0), enisa_row(1), enisa_row(2), enisa_row(3), enisa_row(4)];

/// The rules, highest level first.
pub static CLASSES: &[Class] = &[
    network(CRITICAL, "nationwide", "ekomforskriften § 2-8 tredje ledd bokstav c", Cond::Term(&ALWAYS_C)),
    network(CRITICAL, "life-and-health", "ekomforskriften § 2-8 tredje ledd bokstav d", Cond::Term(&ALWAYS_D)),
    network(
        CRITICAL,
        "emergency-calls",
        OWN,
        All(&[OCCURRED, Has(Fact::ServicesAffected, words(Fact::ServicesAffected, &["emergency_calls"]))]),
    ),
    network(
        CRITICAL,
        "main-service-lost",
        OWN,
        All(&[
            OCCURRED,
            Has(Fact::ServicesAffected, words(Fact::ServicesAffected, &["voice", "sms", "mobile_data"])),
            ShareOver(Fact::CustomersAffected, Fact::CustomersTotal, Number::Setting(Setting::MainServiceShare)),
        ]),
    ),
    security(CRITICAL, "very-high-score", OWN, All(&[Cond::Risk(2), Score(4.0)])),
    security(
        CRITICAL,
        "communications-disclosed",
        OWN,
        All(&[
            Yes(Fact::Breach),
            Has(Fact::Data, words(Fact::Data, &["communication_content", "traffic"])),
            Is(Fact::Confidentiality, words(Fact::Confidentiality, &["disclosed"])),
            MoreThan(Fact::SubjectsCount, Number::Setting(Setting::DisclosedPersons)),
        ]),
    ),
    security(
        CRITICAL,
        "misuse-at-high-risk",
        OWN,
        All(&[Cond::Risk(2), Is(Fact::Misuse, words(Fact::Misuse, &["confirmed"]))]),
    ),
    network(SERIOUS, "half-a-municipality", "ekomforskriften § 2-8 tredje ledd bokstav a", Cond::Term(&ALWAYS_A)),
    network(SERIOUS, "half-an-urban-area", "ekomforskriften § 2-8 tredje ledd bokstav b", Cond::Term(&ALWAYS_B)),
    network(SERIOUS, "material", "ekomloven § 3-3", All(&[Cond::Term(&TOUCHED), Yes(Fact::Material)])),
    network(
        SERIOUS,
        "critical-functions",
        OWN,
        All(&[Cond::Term(&TOUCHED), Any(&[Yes(Fact::CriticalFunctions), Yes(Fact::OtherProviders)])]),
    ),
    network(
        SERIOUS,
        "enisa-table",
        "ENISA, annual incident reporting (table from memory)",
        All(&[
            OCCURRED,
            Any(&[
                All(&ENISA_ROWS[0]),
                All(&ENISA_ROWS[1]),
                All(&ENISA_ROWS[2]),
                All(&ENISA_ROWS[3]),
                All(&ENISA_ROWS[4]),
                UserHoursOver(Number::Setting(Setting::UserHours)),
            ]),
        ]),
    ),
    security(SERIOUS, "high-risk", OWN, Cond::Risk(2)),
    security(
        SERIOUS,
        "breach-with-effect",
        OWN,
        All(&[Yes(Fact::SecurityBreach), Is(Fact::NegativeEffect, words(Fact::NegativeEffect, &["occurred"]))]),
    ),
    security(SERIOUS, "particular-risk", OWN, Yes(Fact::ParticularRisk)),
    network(
        MODERATE,
        "loss-of-service",
        OWN,
        All(&[
            OCCURRED,
            AtLeast(Fact::CustomersAffected, Number::Law(1.0)),
            AtLeast(Fact::DurationMinutes, Number::Setting(Setting::LossMinutes)),
        ]),
    ),
    network(MODERATE, "loss-may-occur", OWN, Is(Fact::Availability, words(Fact::Availability, &["may_occur"]))),
    security(MODERATE, "risk-to-persons", OWN, Cond::Risk(1)),
    security(MODERATE, "security-breach", OWN, Yes(Fact::SecurityBreach)),
    security(MODERATE, "controller-must-be-told", OWN, All(&[Yes(Fact::Breach), super::book::gdpr::PROCESSOR])),
];

/// The severity, as an interval over the unknown facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Severity {
    /// What is certain already (index into [`LEVELS`]).
    pub low: u8,
    /// What it may rise to.
    pub high: u8,
    /// The rules' interval, beside a person's class that overruled it.
    pub proposed: (u8, u8),
    /// Whether a person gave the class (`provider_severity`).
    pub stated: bool,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The facts behind the level.
    pub because: Vec<Path>,
    /// The unknown facts that could raise it.
    pub open: Vec<Path>,
    /// What the network rules propose for `services.material`, if anything is certain.
    pub material_proposed: Tri,
}

impl Severity {
    /// What is known of «at least this level».
    pub fn at_least(&self, level: u8) -> Tri {
        Tri::at_least(f64::from(self.low), f64::from(self.high), f64::from(level))
    }
}

/// Judges the severity: a person's class, else the highest rule that applies.
pub fn judge(eye: &Eye<'_>) -> Severity {
    let mut severity = propose(eye);
    if let Value::Choice(level) = *eye.facts.get(Fact::ProviderSeverity) {
        severity.low = level;
        severity.high = level;
        severity.stated = true;
        severity.because = vec![Fact::ProviderSeverity.into()];
        severity.open.clear();
        let because = severity.because.clone();
        severity.reasons.insert(0, Reason { rule: "stated-by-person", source: OWN, because });
    }
    severity
}

fn propose(eye: &Eye<'_>) -> Severity {
    let judged: Vec<(&Class, Tri)> = CLASSES.iter().map(|class| (class, eye.judge(&class.term.cond))).collect();
    let top = |wanted: fn(Tri) -> bool| {
        judged.iter().filter(|(_, tri)| wanted(*tri)).map(|(class, _)| class.level).max().unwrap_or(0)
    };
    let low = top(|tri| tri == Tri::True);
    let high = top(|tri| tri != Tri::False).max(low);
    let mut reasons = Vec::new();
    let mut because = Paths::default();
    let mut open = Paths::default();
    for (class, tri) in &judged {
        if *tri == Tri::True && class.level == low {
            let mut used = Paths::default();
            eye.explain_as(&class.term.cond, *tri, &mut used);
            let used = used.into_vec();
            because.add_all(&used);
            reasons.push(Reason { rule: class.term.id, source: class.term.source, because: used });
        } else if *tri == Tri::Open && class.level > low {
            eye.explain_as(&class.term.cond, *tri, &mut open);
        }
    }
    if low == 0 && high == 0 {
        for (class, tri) in &judged {
            eye.explain_as(&class.term.cond, *tri, &mut because);
        }
        reasons.push(Reason { rule: "nothing-more", source: OWN, because: because.list().to_vec() });
    }
    let material =
        judged.iter().filter(|(class, _)| class.network && class.level >= SERIOUS && class.term.id != "material");
    let material_proposed = material.fold(Tri::False, |so_far, (_, tri)| match (so_far, *tri) {
        (Tri::True, _) | (_, Tri::True) => Tri::True,
        (Tri::Open, _) | (_, Tri::Open) => Tri::Open,
        _ => Tri::False,
    });
    let (because, open) = (because.into_vec(), open.into_vec());
    Severity { low, high, proposed: (low, high), stated: false, reasons, because, open, material_proposed }
}
