//! The days on which people are not at work.

use super::time;
use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use varsel::i18n::Lang;
use varsel::law::deadline::{is_holiday, is_working_day};
use varsel::reminder::holiday::{Holiday, staffing};

/// Easter Sundays as the almanac has them.
const EASTER: [(i32, u32, u32); 18] = [
    (2018, 4, 1),
    (2019, 4, 21),
    (2020, 4, 12),
    (2021, 4, 4),
    (2022, 4, 17),
    (2023, 4, 9),
    (2024, 3, 31),
    (2025, 4, 20),
    (2026, 4, 5),
    (2027, 3, 28),
    (2028, 4, 16),
    (2029, 4, 1),
    (2030, 4, 21),
    (2031, 4, 13),
    (2032, 3, 28),
    (2033, 4, 17),
    (2034, 4, 9),
    (2035, 3, 25),
];

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn the_holidays_of_each_year_fall_where_the_almanac_has_them() {
    use Holiday::*;
    for (year, month, date) in EASTER {
        let easter = day(year, month, date);
        let moving = [
            (-3, MaundyThursday, Weekday::Thu),
            (-2, GoodFriday, Weekday::Fri),
            (0, EasterSunday, Weekday::Sun),
            (1, EasterMonday, Weekday::Mon),
            (39, Ascension, Weekday::Thu),
            (49, WhitSunday, Weekday::Sun),
            (50, WhitMonday, Weekday::Mon),
        ];
        for (after, holiday, weekday) in moving {
            let on = easter + TimeDelta::days(after);
            assert_eq!(on.weekday(), weekday);
            let own_date = matches!((on.month(), on.day()), (5, 1) | (5, 17));
            assert!(own_date || Holiday::on(on) == Some(holiday), "{on}");
        }
        let fixed = [
            (1, 1, NewYearsDay),
            (5, 1, FirstOfMay),
            (5, 17, ConstitutionDay),
            (12, 25, ChristmasDay),
            (12, 26, SecondChristmasDay),
        ];
        for (month, date, holiday) in fixed {
            assert_eq!(Holiday::on(day(year, month, date)), Some(holiday));
        }
    }
}

#[test]
fn names_and_the_laws_own_calendar_agree_on_every_day() {
    for on in day(2018, 1, 1).iter_days().take_while(|on| on.year() < 2036) {
        let named = Holiday::on(on).is_some() || on.weekday() == Weekday::Sun;
        assert_eq!(named, is_holiday(on), "{on}");
        assert_eq!(is_working_day(on), !named && on.weekday() != Weekday::Sat, "{on}");
    }
    assert_eq!(Holiday::on(day(2027, 5, 17)), Some(Holiday::ConstitutionDay), "Whit Monday too");
    assert_eq!(Holiday::on(day(2026, 12, 24)), None);
}

#[test]
fn an_instant_is_read_by_the_day_and_the_hour_in_oslo() {
    let of = |text| staffing(time(text));
    assert_eq!(of("2026-11-09T16:00:00+01:00"), None, "a Monday at four");
    assert_eq!(of("2026-11-09T08:00:00+01:00"), None);
    let late = of("2026-11-09T16:01:00+01:00").unwrap();
    assert!(late.outside_hours && late.is_working_day);
    // Half past eleven at night in UTC is Saturday already in Oslo.
    let saturday = of("2026-11-06T23:30:00Z").unwrap();
    assert_eq!((saturday.weekday(), saturday.is_working_day, saturday.holiday), (Weekday::Sat, false, None));
    let christmas = of("2026-12-26T16:20:00+01:00").unwrap();
    assert_eq!(christmas.holiday, Some(Holiday::SecondChristmasDay));
    assert!(christmas.outside_hours && !christmas.is_working_day);
    let friday = of("2027-03-26T12:00:00+01:00").unwrap();
    assert_eq!(Lang::ALL.map(|lang| friday.day_name(lang)), ["langfredag", "langfredag", "Good Friday"]);
    let sunday = of("2026-11-08T12:00:00+01:00").unwrap();
    assert_eq!(Lang::ALL.map(|lang| sunday.day_name(lang)), ["søndag", "søndag", "Sunday"]);
}
