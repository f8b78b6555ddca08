//! The risk to the persons: GDPR's test (art. 33 and 34), proposed from the EDPB's factors.
//!
//! Each way a breach can hurt (confidentiality, integrity, availability) is judged by itself: harmless where one of
//! the lifting factors holds, high where one of the aggravating ones does, else a risk. The worst way counts. ENISA's
//! number is one input among the factors, for alone it does not reproduce the Board's own worked cases.

use super::book::factors::WAYS;
use super::cond::{Cond, Term, Tri};
use super::enisa::Score;
use super::eye::Eye;
use super::fact::{Fact, Path, Paths, word};
use super::value::Value;

/// The levels, as [`Risk`] counts them.
pub const LEVELS: &[&str] = super::fact::choices::RISK;

/// What a factor does where it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// This way of being hurt is closed: unlikely to result in a risk.
    Harmless,
    /// High risk.
    High,
}

/// A factor of the assessment.
#[derive(Debug)]
pub struct Factor {
    /// The condition, its name and its source.
    pub term: Term,
    /// What it does.
    pub effect: Effect,
}

/// One way a breach can hurt, and its factors.
#[derive(Debug)]
pub struct Way {
    /// `confidentiality`, `integrity` or `availability` (GDPR art. 4(12)).
    pub name: &'static str,
    /// Whether the breach is of this kind.
    pub present: Cond,
    /// The factors.
    pub factors: &'static [Factor],
}

/// A reason for a level: the rule, its source, and the facts it used.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Reason {
    /// Name of the rule; its words stand under `reason-<rule>` in the locales.
    pub rule: &'static str,
    /// Where the rule comes from.
    pub source: &'static str,
    /// The facts it used.
    pub because: Vec<Path>,
}

/// The risk, as an interval over the unknown facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Risk {
    /// The lowest level the unknown facts allow (index into [`LEVELS`]).
    pub low: u8,
    /// The highest.
    pub high: u8,
    /// The rules' interval, beside a person's conclusion that overruled it.
    pub proposed: (u8, u8),
    /// Whether a person concluded otherwise or the same (`personal_data.risk`).
    pub stated: bool,
    /// ENISA's score.
    pub score: Score,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The facts behind the level.
    pub because: Vec<Path>,
    /// The unknown facts that keep open whether there is a risk at all, and whether it is high.
    pub open: [Vec<Path>; 2],
}

impl Risk {
    /// What is known of «at least this level».
    pub fn at_least(&self, level: u8) -> Tri {
        Tri::at_least(f64::from(self.low), f64::from(self.high), f64::from(level))
    }
}

/// Judges the risk: a person's conclusion, else the factors'.
pub fn judge(eye: &Eye<'_>) -> Risk {
    let mut risk = propose(eye);
    if let Value::Choice(level) = *eye.facts.get(Fact::Risk) {
        risk = Risk { low: level, high: level, stated: true, ..risk };
        risk.because = vec![Fact::Risk.into()];
        risk.open = Default::default();
        let because = vec![Fact::Risk.into(), Fact::RiskReason.into()];
        risk.reasons.insert(0, Reason { rule: "stated-by-person", source: "GDPR art. 33(1), 34(1)", because });
    }
    risk
}

fn propose(eye: &Eye<'_>) -> Risk {
    let score = eye.score;
    let mut risk = Risk {
        low: 0,
        high: 0,
        proposed: (0, 0),
        stated: false,
        score,
        reasons: Vec::new(),
        because: Vec::new(),
        open: Default::default(),
    };
    let mut open = [Paths::default(), Paths::default()];
    let breach = eye.facts.bool(Fact::Breach);
    if breach == Some(false) {
        risk.because.push(Fact::Breach.into());
        risk.reasons.push(Reason { rule: "no-breach", source: "GDPR art. 4(12)", because: risk.because.clone() });
        return risk;
    }
    let ways: Vec<_> = WAYS.iter().map(|way| (way, weigh(eye, way))).collect();
    risk.low = ways.iter().map(|(_, (low, _))| *low).max().unwrap_or(0);
    risk.high = ways.iter().map(|(_, (_, high))| *high).max().unwrap_or(2);
    if breach.is_none() {
        risk.low = 0;
        open.iter_mut().for_each(|open| open.add(Fact::Breach));
    }
    risk.proposed = (risk.low, risk.high);
    for (way, (low, high)) in ways {
        // A way that can't pass what is certain already changes nothing.
        if high > risk.low {
            ask(eye, way, (low, high), &mut open);
        }
        if low == high || low == risk.low {
            explain(eye, way, (low, high), &mut risk);
        }
    }
    if risk.low != risk.high {
        risk.open = open.map(Paths::into_vec);
    }
    risk
}

/// The lowest and highest level of one way.
fn weigh(eye: &Eye<'_>, way: &Way) -> (u8, u8) {
    let present = eye.judge(&way.present);
    if present == Tri::False {
        return (0, 0);
    }
    let harmless = any(eye, way, Effect::Harmless);
    if harmless == Tri::True {
        return (0, 0);
    }
    let (low, high) = match any(eye, way, Effect::High) {
        Tri::True => (2, 2),
        Tri::False => (1, 1),
        Tri::Open => (1, 2),
    };
    (if present == Tri::Open || harmless == Tri::Open { 0 } else { low }, high)
}

fn any(eye: &Eye<'_>, way: &Way, effect: Effect) -> Tri {
    let mut result = Tri::False;
    for factor in way.factors.iter().filter(|factor| factor.effect == effect) {
        match eye.judge(&factor.term.cond) {
            Tri::True => return Tri::True,
            Tri::Open => result = Tri::Open,
            Tri::False => {}
        }
    }
    result
}

/// The unknown facts that keep a way open: for «any risk» and for «high».
fn ask(eye: &Eye<'_>, way: &Way, (low, high): (u8, u8), open: &mut [Paths; 2]) {
    let mut closing = Paths::default();
    if low == 0 && high > 0 {
        if eye.judge(&way.present) == Tri::Open {
            eye.explain(&way.present, &mut closing);
        }
        ask_factors(eye, way, Effect::Harmless, &mut closing);
        open[0].add_all(closing.list());
    }
    if low < 2 && high == 2 {
        open[1].add_all(closing.list());
        if any(eye, way, Effect::High) == Tri::Open {
            ask_factors(eye, way, Effect::High, &mut open[1]);
        }
    }
}

fn ask_factors(eye: &Eye<'_>, way: &Way, effect: Effect, into: &mut Paths) {
    for factor in way.factors.iter().filter(|factor| factor.effect == effect) {
        if eye.judge(&factor.term.cond) == Tri::Open {
            eye.explain(&factor.term.cond, into);
        }
    }
}

fn explain(eye: &Eye<'_>, way: &Way, level: (u8, u8), risk: &mut Risk) {
    if eye.judge(&way.present) == Tri::False {
        return;
    }
    let before = risk.reasons.len();
    let holding = |effect| {
        way.factors.iter().filter(move |factor| factor.effect == effect && eye.judge(&factor.term.cond) == Tri::True)
    };
    let harmless = level == (0, 0);
    for factor in holding(if harmless { Effect::Harmless } else { Effect::High }) {
        let mut because = Paths::default();
        eye.explain(&factor.term.cond, &mut because);
        let because = because.into_vec();
        risk.reasons.push(Reason { rule: factor.term.id, source: factor.term.source, because });
    }
    if level == (1, 1) && eye.judge(&way.present) == Tri::True {
        let mut because = Paths::default();
        eye.explain(&way.present, &mut because);
        for factor in way.factors.iter().filter(|factor| factor.effect == Effect::Harmless) {
            eye.explain(&factor.term.cond, &mut because);
        }
        let rule = match way.name {
            "confidentiality" => "confidentiality-risk",
            "integrity" => "integrity-risk",
            _ => "availability-risk",
        };
        let because = because.into_vec();
        risk.reasons.push(Reason { rule, source: "GDPR art. 33(1); EDPB 9/2022 § 4", because });
    }
    let mut because = Paths::default();
    because.add_all(&risk.because);
    risk.reasons[before..].iter().for_each(|reason| because.add_all(&reason.because));
    risk.because = because.into_vec();
}

/// The number of a level's word.
pub const fn level(name: &str) -> u8 {
    word(Fact::Risk, name)
}
