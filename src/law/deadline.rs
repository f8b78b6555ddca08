//! Deadlines: elapsed time from an instant, never wall-clock time, never moved by a holiday.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Europe::Oslo;

/// How a duty's deadline runs; minutes are elapsed minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// At the latest so many minutes after the clock starts.
    Fixed(i64),
    /// At once, no number in the rule.
    Immediate,
    /// Without undue delay, no number in the rule.
    WithoutUndueDelay,
    /// Before an instant: the clock's.
    Before,
    /// As the authority's order says.
    Ordered,
    /// As the contract with the controller says, else without undue delay.
    Contract,
    /// No deadline, but the thing must exist.
    None,
}

impl Deadline {
    /// The contract's word for the kind.
    pub fn kind(self) -> &'static str {
        match self {
            Deadline::Fixed(_) | Deadline::Ordered => "fixed",
            Deadline::Immediate => "immediate",
            Deadline::WithoutUndueDelay | Deadline::Contract => "without_undue_delay",
            Deadline::Before => "before",
            Deadline::None => "none",
        }
    }
}

/// Minutes of so many hours.
pub const fn hours(hours: i64) -> i64 {
    hours * 60
}

/// The instant so many elapsed minutes later; the last representable instant rather than a panic.
pub fn after(at: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
    TimeDelta::try_minutes(minutes).and_then(|span| at.checked_add_signed(span)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The end of a period of so many minutes by Regulation (EEC, Euratom) 1182/71 art. 3(1): the hour in which the event
/// happens is left out, an event exactly on the hour still losing that hour. Information beside the strict deadline.
pub fn reg_1182_71(at: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
    // Norway's offset has been a whole number of hours throughout the book, so the hours of UTC are its hours too.
    let hour = at.with_minute(0).and_then(|at| at.with_second(0)).and_then(|at| at.with_nanosecond(0)).unwrap_or(at);
    after(after(hour, 60), minutes)
}

/// The same date the next month in Norway at the same time of day, else the last day of that month; no shift.
pub fn one_month(at: DateTime<Utc>) -> DateTime<Utc> {
    let local = at.with_timezone(&Oslo).naive_local();
    let Some(next) = local.checked_add_months(Months::new(1)) else { return DateTime::<Utc>::MAX_UTC };
    // A time that the change to summer time skips is read with the offset before it.
    match next.and_local_timezone(Oslo) {
        chrono::LocalResult::Single(at) | chrono::LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        chrono::LocalResult::None => (next - TimeDelta::hours(1)).and_utc(),
    }
}

/// Whether a day is a Norwegian public holiday (Sundays too); for staffing notes only, no deadline moves for it.
pub fn is_holiday(day: NaiveDate) -> bool {
    let fixed = matches!((day.month(), day.day()), (1, 1) | (5, 1) | (5, 17) | (12, 25) | (12, 26));
    let easter = easter(day.year());
    let moving = [-3, -2, 0, 1, 39, 49, 50];
    fixed
        || day.weekday() == Weekday::Sun
        || easter.is_some_and(|easter| moving.contains(&day.signed_duration_since(easter).num_days()))
}

/// Whether a day is a working day: no Saturday, no holiday.
pub fn is_working_day(day: NaiveDate) -> bool {
    day.weekday() != Weekday::Sat && !is_holiday(day)
}

/// Easter Sunday by the Gregorian computus (the anonymous algorithm, as printed in the Nautical Almanac).
pub fn easter(year: i32) -> Option<NaiveDate> {
    let year = u32::try_from(year).ok()?;
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let skipped = (century + 8) / 25;
    let moon = (century - (century - skipped + 1) / 3 + 19 * golden + 15 - century / 4) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday + 114 - 7 * late;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, days / 31, days % 31 + 1)
}

/// The day after; the last representable day stays.
pub fn next_day(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
}
