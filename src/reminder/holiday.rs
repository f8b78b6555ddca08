//! Which day an instant falls on in Norway, for planning who is at work. No deadline moves for it.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Europe::Oslo;

use crate::i18n::{self, Lang};
use crate::law::deadline::{easter, is_working_day};

/// A Norwegian public holiday, Sundays without a name of their own left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the days are their names
pub enum Holiday {
    NewYearsDay,
    MaundyThursday,
    GoodFriday,
    EasterSunday,
    EasterMonday,
    FirstOfMay,
    ConstitutionDay,
    Ascension,
    WhitSunday,
    WhitMonday,
    ChristmasDay,
    SecondChristmasDay,
}

impl Holiday {
    /// The holiday that a day is. Where two meet, such as 17 May on Whit Monday, the one with a date of its own.
    #[must_use]
    pub fn on(day: NaiveDate) -> Option<Holiday> {
        use Holiday::{
            Ascension, ChristmasDay, ConstitutionDay, EasterMonday, EasterSunday, FirstOfMay, GoodFriday,
            MaundyThursday, NewYearsDay, SecondChristmasDay, WhitMonday, WhitSunday,
        };
        match (day.month(), day.day()) {
            (1, 1) => return Some(NewYearsDay),
            (5, 1) => return Some(FirstOfMay),
            (5, 17) => return Some(ConstitutionDay),
            (12, 25) => return Some(ChristmasDay),
            (12, 26) => return Some(SecondChristmasDay),
            _ => {}
        }
        match day.signed_duration_since(easter(day.year())?).num_days() {
            -3 => Some(MaundyThursday),
            -2 => Some(GoodFriday),
            0 => Some(EasterSunday),
            1 => Some(EasterMonday),
            39 => Some(Ascension),
            49 => Some(WhitSunday),
            50 => Some(WhitMonday),
            _ => None,
        }
    }

    /// Its name in a language.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        i18n::text(lang, self.key())
    }

    const fn key(self) -> &'static str {
        match self {
            Holiday::NewYearsDay => "holiday-new-years-day",
            Holiday::MaundyThursday => "holiday-maundy-thursday",
            Holiday::GoodFriday => "holiday-good-friday",
            Holiday::EasterSunday => "holiday-easter-sunday",
            Holiday::EasterMonday => "holiday-easter-monday",
            Holiday::FirstOfMay => "holiday-first-of-may",
            Holiday::ConstitutionDay => "holiday-constitution-day",
            Holiday::Ascension => "holiday-ascension",
            Holiday::WhitSunday => "holiday-whit-sunday",
            Holiday::WhitMonday => "holiday-whit-monday",
            Holiday::ChristmasDay => "holiday-christmas-day",
            Holiday::SecondChristmasDay => "holiday-second-christmas-day",
        }
    }
}

/// An instant at which people are not at work as a matter of course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// The day in Oslo.
    pub day: NaiveDate,
    /// The holiday it is, if it has a name.
    pub holiday: Option<Holiday>,
    /// Whether it is a working day all the same.
    pub is_working_day: bool,
    /// Whether the instant lies outside 08:00 to 16:00.
    pub outside_hours: bool,
}

impl Note {
    /// The day's name: the holiday's, else the weekday's.
    #[must_use]
    pub fn day_name(&self, lang: Lang) -> String {
        let weekday = || i18n::weekday_name(lang, self.weekday().number_from_monday());
        self.holiday.map_or_else(weekday, |holiday| holiday.name(lang))
    }

    /// The weekday.
    #[must_use]
    pub fn weekday(&self) -> Weekday {
        self.day.weekday()
    }
}

const OPENS: Option<NaiveTime> = NaiveTime::from_hms_opt(8, 0, 0);
const CLOSES: Option<NaiveTime> = NaiveTime::from_hms_opt(16, 0, 0);

/// What is to be thought of when somebody must be at work then; none for a working day between eight and four.
#[must_use]
pub fn staffing(at: DateTime<Utc>) -> Option<Note> {
    let local = at.with_timezone(&Oslo);
    let (day, time) = (local.date_naive(), Some(local.time()));
    let (is_working_day, outside_hours) = (is_working_day(day), time < OPENS || time > CLOSES);
    let note = Note { day, holiday: Holiday::on(day), is_working_day, outside_hours };
    (outside_hours || !is_working_day).then_some(note)
}
