//! What a rule of the book is: a dated, cited constant.

use super::cond::Cond;
use super::deadline::Deadline;
use super::fact::Fact;
use chrono::NaiveDate;

/// One version of the rule behind a duty.
#[derive(Debug)]
pub struct Rule {
    /// The duty's stable id.
    pub duty: &'static str,
    /// The citation.
    pub basis: &'static str,
    /// Who is told.
    pub recipient: &'static str,
    /// How.
    pub channel: &'static str,
    /// First day in force, Norwegian date.
    pub from: NaiveDate,
    /// Last day in force, Norwegian date.
    pub until: Option<NaiveDate>,
    /// The day the text was last read; none where the older text has not been looked up.
    pub verified_on: Option<NaiveDate>,
    /// The moment that selects the version and starts the clock.
    pub clock: Clock,
    /// When the duty arises.
    pub trigger: Cond,
    /// What lifts a duty that has arisen.
    pub lifted_by: Option<Cond>,
    /// By when.
    pub deadline: Deadline,
    /// The company's own target.
    pub target: Target,
    /// Further instants shown beside the deadline.
    pub also: &'static [Also],
    /// What counts as having done it.
    pub answer: Answer,
    /// A remark for the reader of the rule book.
    pub note: &'static str,
}

/// The moment that starts a clock.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The first of these facts that is known.
    Moment(&'static [Fact]),
    /// The authority's order of this kind (bits of `orders[].kind`).
    Order(u64),
    /// The first sending of one of these duties (bits of `sent[].duty`).
    FirstSending(u64),
    /// So many minutes after the fact's instant.
    Mark(Fact, i64),
}

/// The company's own target, in elapsed minutes from the clock's start.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// None.
    None,
    /// So many minutes.
    Minutes(i64),
    /// By severity: critical, and all below.
    BySeverity(i64, i64),
}

/// An instant shown beside the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Also {
    /// The same period counted by Regulation 1182/71 art. 3(1); information only.
    Reg1182,
    /// An update due so many minutes after the clock's start.
    Update(i64),
    /// A second notice due so many minutes after the first sending.
    SecondNotice(i64),
    /// A report due one month after the first sending.
    ReportInAMonth,
}

/// Which sendings fulfil a duty.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// Bits of `sent[].duty`.
    pub duties: u64,
    /// Only those at or after the clock's start.
    pub since_clock: bool,
    /// Only those said to be complete.
    pub complete: bool,
}

/// A Norwegian date of the book; a date that does not exist does not compile.
#[allow(clippy::panic)] // reached at compile time only: the rules are constants
pub const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => panic!("a rule names a day that does not exist"),
    }
}
