//! Conditions as trees: the same tree is judged, explained, asked about and printed.
//!
//! Judgement is Kleene's three-valued logic: an unknown fact leaves open only what it could change, so a condition
//! that is true or false with facts unknown stays so when they become known.

use super::Thresholds;
use super::fact::Fact;

/// True, false, or open until more is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tri {
    /// Holds whatever the unknown facts turn out to be.
    True,
    /// Fails whatever the unknown facts turn out to be.
    False,
    /// The unknown facts decide.
    Open,
}
use Tri::{False, Open, True};

impl From<bool> for Tri {
    fn from(yes: bool) -> Self {
        if yes { True } else { False }
    }
}

impl Tri {
    /// The opposite; open stays open.
    #[allow(clippy::should_implement_trait)] // `!` on a three-valued answer would read as two-valued
    pub fn not(self) -> Tri {
        match self {
            True => False,
            False => True,
            Open => Open,
        }
    }
    /// What is known of a number in an interval against a floor.
    pub fn at_least(low: f64, high: f64, floor: f64) -> Tri {
        if low >= floor {
            True
        } else if high < floor {
            False
        } else {
            Open
        }
    }
}

/// A number in a condition: fixed by the rule's source, or a setting of the company.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// As the source has it.
    Law(f64),
    /// The company's own, with the default of [`Thresholds`].
    Setting(Setting),
}

/// The company's own numbers for its own class of severity; see [`Thresholds`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // named as the fields of `Thresholds`, which say what they are
pub enum Setting {
    MainServiceShare,
    LossMinutes,
    DisclosedPersons,
    UserHours,
    EnisaMinutes(usize),
    EnisaShare(usize),
}

impl Number {
    /// The number, given the company's settings.
    pub fn of(self, thresholds: &Thresholds) -> f64 {
        match self {
            Number::Law(number) => number,
            Number::Setting(setting) => match setting {
                Setting::MainServiceShare => thresholds.main_service_share,
                Setting::LossMinutes => thresholds.loss_minutes,
                Setting::DisclosedPersons => thresholds.disclosed_persons,
                Setting::UserHours => thresholds.user_hours,
                Setting::EnisaMinutes(row) => thresholds.enisa.get(row).map_or(f64::MAX, |row| row.0),
                Setting::EnisaShare(row) => thresholds.enisa.get(row).map_or(f64::MAX, |row| row.1),
            },
        }
    }
}

/// A condition with a name of its own, printed once in the rule book and used in several rules.
#[derive(Debug)]
pub struct Term {
    /// Its name, as `always-case-a`.
    pub id: &'static str,
    /// What it says.
    pub cond: Cond,
    /// Where it stands.
    pub source: &'static str,
}

/// A condition over the facts.
#[derive(Debug, Clone, Copy)]
pub enum Cond {
    /// Every one.
    All(&'static [Cond]),
    /// At least one.
    Any(&'static [Cond]),
    /// Not so.
    Not(&'static Cond),
    /// A named condition.
    Term(&'static Term),
    /// The fact is yes; an unclaimed claim is no.
    Yes(Fact),
    /// A claim read as an open fact: unclaimed leaves it open.
    Stated(Fact),
    /// The chosen word is one of these bits.
    Is(Fact, u64),
    /// The list touches these bits.
    Has(Fact, u64),
    /// The chosen word is one of the first bits; one of the second says «not known» and leaves it open.
    MayBe(Fact, u64, u64),
    /// The breach is of this kind (bit of `personal_data.kinds`); while the kinds are unknown, the fact with one of
    /// these words says so too. A contradiction between the two is an error of the input.
    OfKind(u8, Fact, u64),
    /// Something is known of the fact; otherwise open, for it may yet come.
    Known(Fact),
    /// The number is at least so much.
    AtLeast(Fact, Number),
    /// The number is more than so much.
    MoreThan(Fact, Number),
    /// The first count is more than so many per cent of the second.
    ShareOver(Fact, Fact, Number),
    /// Customers affected × hours of duration is more than so much.
    UserHoursOver(Number),
    /// One of the list's objects meets the condition.
    AnyItem(Fact, &'static Cond),
    /// The severity is at least this (index into `low, moderate, serious, critical`).
    Severity(u8),
    /// The risk to persons is at least this (index into `unlikely, risk, high`).
    Risk(u8),
    /// ENISA's score is at least so much.
    Score(f64),
    /// ENISA's data processing context is at least so much.
    Context(f64),
    /// An authority ordered this (bits of the order's kind); an order counts only when stated.
    Ordered(u64),
    /// One of these duties has been sent (bits of `sent[].duty`); counts only when stated.
    Sent(u64),
    /// The last sending of one of these duties is older than the fact's instant; claims both.
    SentBefore(u64, Fact),
    /// The duty's first sending was incomplete.
    SentIncomplete(u64),
    /// So many minutes after the fact's instant have passed and the duty had not been sent by then.
    LateBy(Fact, i64, u64),
    /// A breach is certain, or not ruled out while some other personal data fact is known: a possible breach. The one
    /// condition that a later fact can take back (by ruling the breach out), since it asks what was possible.
    AnyPersonalData,
}
