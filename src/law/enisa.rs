//! ENISA's score of the severity of a personal data breach: SE = DPC × EI + CB.
//!
//! Source: ENISA, Recommendations for a methodology of the assessment of severity of personal data breaches (2013).
//! Every part is an interval from the least to the most that the unknown facts allow.

use super::fact::{Fact, word, words};
use super::value::{Facts, Value};

/// The least and the most a part can be.
pub type Interval = (f64, f64);

/// The score and its parts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    /// DPC, the data processing context, 1–4.
    pub context: Interval,
    /// EI, the ease of identification, 0.25–1.
    pub identification: Interval,
    /// CB, the circumstances of the breach, 0–2.
    pub circumstances: Interval,
    /// SE.
    pub total: Interval,
}

/// Base scores of a category of data with little, normal and much insight.
struct Context {
    data: u64,
    scores: [f64; 3],
    /// Used instead where the persons are vulnerable.
    vulnerable: [f64; 3],
}

const fn data(list: &[&str]) -> u64 {
    words(Fact::Data, list)
}

const CONTEXTS: &[Context] = &[
    // Simple data: 1, up to 2 where a profile can be read from them, 4 where a vulnerable person's safety hangs on them.
    Context { data: data(&["basic", "contact", "other"]), scores: [1.0, 1.0, 2.0], vulnerable: [1.0, 2.0, 4.0] },
    // Behavioural data: 2, less with little insight, more where the volume profiles daily life.
    Context { data: data(&["location", "traffic", "profile"]), scores: [1.0, 2.0, 3.0], vulnerable: [1.0, 3.0, 4.0] },
    // Financial data, and data that open the way to fraud.
    Context {
        data: data(&["financial", "national_id", "official_documents"]),
        scores: [2.0, 3.0, 4.0],
        vulnerable: [2.0, 3.0, 4.0],
    },
    Context { data: data(&["payment"]), scores: [2.0, 4.0, 4.0], vulnerable: [2.0, 4.0, 4.0] },
    // Credentials score as what they open: at the least behavioural data; the other categories raise it.
    Context { data: data(&["credentials"]), scores: [1.0, 2.0, 3.0], vulnerable: [1.0, 3.0, 4.0] },
    // GDPR art. 9 and 10, and the content of communications.
    Context { data: SENSITIVE, scores: [1.0, 4.0, 4.0], vulnerable: [1.0, 4.0, 4.0] },
];

/// Special categories (GDPR art. 9), criminal matters (art. 10) and the content of communications.
pub const SENSITIVE: u64 = data(&[
    "biometric",
    "criminal",
    "political",
    "racial_ethnic",
    "religious",
    "sex_life",
    "trade_union",
    "genetic",
    "health",
    "employment_health",
    "communication_content",
]);
const VULNERABLE: u64 = words(Fact::Subjects, &["minors", "patients", "vulnerable"]);

impl Score {
    /// The facts of the data processing context.
    pub const CONTEXT: &'static [Fact] = &[Fact::Data, Fact::Insight, Fact::Subjects];
    /// All the facts the score is made of.
    pub const FACTS: &'static [Fact] = &[
        Fact::Data,
        Fact::Insight,
        Fact::Identifiability,
        Fact::Recipient,
        Fact::Origin,
        Fact::RootCause,
        Fact::Subjects,
    ];

    /// Computes the score.
    pub fn of(facts: &Facts) -> Score {
        let context = context(facts);
        let identification = match facts.get(Fact::Identifiability) {
            Value::Choice(level) => exact((f64::from(*level) + 1.0) / 4.0),
            _ => (0.25, 1.0),
        };
        let circumstances =
            plus(plus(confidentiality(facts), integrity(facts)), plus(availability(facts), malice(facts)));
        let total = plus((context.0 * identification.0, context.1 * identification.1), circumstances);
        Score { context, identification, circumstances, total }
    }

    /// The band of a score: `low` under 2, `medium` under 3, `high` under 4, else `very_high`.
    pub fn band(total: f64) -> &'static str {
        match total {
            low if low < 2.0 => "low",
            medium if medium < 3.0 => "medium",
            high if high < 4.0 => "high",
            _ => "very_high",
        }
    }
}

fn exact(number: f64) -> Interval {
    (number, number)
}

fn plus(a: Interval, b: Interval) -> Interval {
    (a.0 + b.0, a.1 + b.1)
}

/// Whether the list touches the bits, from the least to the most the facts allow.
fn touches(facts: &Facts, fact: Fact, bits: u64, unknown: u64) -> (bool, bool) {
    match facts.get(fact) {
        Value::Choices(has) => (has & bits != 0, has & (bits | unknown) != 0),
        _ => (false, true),
    }
}

fn context(facts: &Facts) -> Interval {
    let Value::Choices(has) = *facts.get(Fact::Data) else { return (1.0, 4.0) };
    let insight = match facts.get(Fact::Insight) {
        Value::Choice(level) => (usize::from(*level), usize::from(*level)),
        _ => (0, 2),
    };
    let vulnerable = touches(facts, Fact::Subjects, VULNERABLE, words(Fact::Subjects, &["unknown"]));
    let mut interval: Interval = if has & data(&["unknown"]) != 0 { (1.0, 4.0) } else { (1.0, 1.0) };
    for row in CONTEXTS.iter().filter(|row| row.data & has != 0) {
        let low = if vulnerable.0 { row.vulnerable } else { row.scores };
        let high = if vulnerable.1 { row.vulnerable } else { row.scores };
        interval = (interval.0.max(low[insight.0]), interval.1.max(high[insight.1]));
    }
    interval
}

/// Whether the breach touches this kind (bit of `personal_data.kinds`), from the least to the most.
fn kind(facts: &Facts, name: &str) -> (bool, bool) {
    touches(facts, Fact::BreachKinds, words(Fact::BreachKinds, &[name]), 0)
}

fn within(touched: (bool, bool), part: Interval) -> Interval {
    (if touched.0 { part.0 } else { 0.0 }, if touched.1 { part.1 } else { 0.0 })
}

fn confidentiality(facts: &Facts) -> Interval {
    let leaked = words(Fact::Confidentiality, &["disclosed", "likely_disclosed", "not_assessable"]);
    let touched = match facts.get(Fact::Confidentiality) {
        Value::Choice(word) => (leaked >> word & 1 == 1, leaked >> word & 1 == 1),
        _ => (false, kind(facts, "confidentiality").1),
    };
    let part = match facts.word(Fact::Recipient) {
        Some("none") => exact(0.0),
        Some("trusted" | "known") => exact(0.25),
        Some(_) => exact(0.5),
        None => (0.0, 0.5),
    };
    within(touched, part)
}

fn integrity(facts: &Facts) -> Interval {
    let part = match facts.get(Fact::Integrity) {
        Value::Choice(level) => exact(f64::from(*level) / 4.0),
        _ => (0.0, 0.5),
    };
    within(kind(facts, "integrity"), part)
}

fn availability(facts: &Facts) -> Interval {
    let part = match facts.word(Fact::DataAvailability) {
        Some("temporary") => exact(0.25),
        Some(_) => exact(0.5),
        None => (0.0, 0.5),
    };
    within(kind(facts, "availability"), part)
}

fn malice(facts: &Facts) -> Interval {
    let origin = match facts.get(Fact::Origin) {
        Value::Choice(word) if *word == self::word(Fact::Origin, "undetermined") => None,
        Value::Choice(word) => {
            Some(words(Fact::Origin, &["internal_malicious", "external_malicious"]) >> word & 1 == 1)
        }
        _ => None,
    };
    let cause = facts.word(Fact::RootCause).map(|word| word == "malicious_action");
    match (origin, cause) {
        (Some(true), _) | (_, Some(true)) => exact(0.5),
        (Some(false), Some(false)) => exact(0.0),
        _ => (0.0, 0.5),
    }
}
