//! Elapsed time across both changes of summer time, leap days and holidays; Regulation 1182/71 beside it.

use super::{breach, duty, outage, time};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::json;
use varsel::law::deadline::{after, easter, is_holiday, is_working_day, next_day, one_month, reg_1182_71};

fn seventy_two(aware: &str) -> (DateTime<Utc>, DateTime<Utc>) {
    let mut facts = breach("risk", json!({}));
    facts["timeline"] = json!({ "breach_aware_at": aware });
    let answer = super::assess(&facts);
    let deadline = &duty(&answer, "gdpr-33-authority").deadline;
    assert_eq!(deadline.also[0].0, "reg_1182_71");
    (deadline.due_at.unwrap(), deadline.also[0].1)
}

#[test]
fn seventy_two_hours_are_elapsed_hours() {
    for (aware, strict, regulation) in [
        ("2026-10-23T14:10:00+02:00", "2026-10-26T13:10:00+01:00", "2026-10-26T14:00:00+01:00"),
        ("2026-11-06T16:30:00+01:00", "2026-11-09T16:30:00+01:00", "2026-11-09T17:00:00+01:00"),
        ("2026-12-23T16:20:00+01:00", "2026-12-26T16:20:00+01:00", "2026-12-26T17:00:00+01:00"),
        ("2027-03-26T09:00:00+01:00", "2027-03-29T10:00:00+02:00", "2027-03-29T11:00:00+02:00"),
        // A leap day, New Year, and the two readings of the hour that comes twice.
        ("2028-02-27T12:00:01+01:00", "2028-03-01T12:00:01+01:00", "2028-03-01T13:00:00+01:00"),
        ("2026-12-30T23:59:00+01:00", "2027-01-02T23:59:00+01:00", "2027-01-03T00:00:00+01:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-28T01:30:00+01:00", "2026-10-28T02:00:00+01:00"),
        ("2026-10-25T02:30:00+01:00", "2026-10-28T02:30:00+01:00", "2026-10-28T03:00:00+01:00"),
    ] {
        assert_eq!(seventy_two(aware), (time(strict), time(regulation)), "{aware}");
    }
}

#[test]
fn thirty_minutes_run_through_the_change_to_summer_time() {
    let mut facts = outage(json!({ "material": true }));
    facts["timeline"]["known_at"] = json!("2027-03-28T01:45:00+01:00");
    let answer = super::assess(&facts);
    assert_eq!(duty(&answer, "nkom-availability").deadline.due_at, Some(time("2027-03-28T03:15:00+02:00")));
}

proptest! {
    #[test]
    fn the_regulation_is_later_by_at_most_an_hour_and_ends_on_the_hour(second in 1_532_037_600_i64..1_924_988_399) {
        let aware = DateTime::from_timestamp(second, 0).unwrap();
        let (strict, regulation) = (after(aware, 72 * 60), reg_1182_71(aware, 72 * 60));
        prop_assert_eq!(strict - aware, TimeDelta::hours(72));
        prop_assert!(regulation > strict && regulation - strict <= TimeDelta::hours(1));
        prop_assert_eq!(regulation.timestamp() % 3600, 0);
    }
}

#[test]
fn a_month_ends_on_the_same_date_or_the_last() {
    assert_eq!(one_month(time("2026-01-31T12:00:00+01:00")), time("2026-02-28T12:00:00+01:00"));
    assert_eq!(one_month(time("2028-01-31T12:00:00+01:00")), time("2028-02-29T12:00:00+01:00"));
    assert_eq!(one_month(time("2026-10-05T12:00:00+02:00")), time("2026-11-05T12:00:00+01:00"));
    assert_eq!(one_month(time("2027-02-28T02:30:00+01:00")), time("2027-03-28T03:30:00+02:00"));
}

#[test]
fn the_digital_security_act_asks_for_an_update_and_a_report() {
    let mut facts = outage(json!({ "material": true }));
    facts["organisation"] = json!({ "digital_security_act": true });
    facts["sent"] = json!([{ "duty": "digital-security-act", "sent_at": "2026-10-06T09:00:00+02:00" }]);
    let answer = super::assess(&facts);
    let deadline = &duty(&answer, "digital-security-act").deadline;
    assert_eq!(deadline.due_at, Some(time("2026-10-06T10:31:00+02:00")));
    assert_eq!(
        deadline.also,
        [("update", time("2026-10-08T10:31:00+02:00")), ("report", time("2026-11-06T09:00:00+01:00"))]
    );
}

#[test]
fn norwegian_holidays_are_known_for_staffing_notes() {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    for (year, month, date) in [(2018, 4, 1), (2024, 3, 31), (2026, 4, 5), (2027, 3, 28), (2030, 4, 21), (2038, 4, 25)]
    {
        assert_eq!(easter(year), Some(day(year, month, date)));
    }
    // 2027: Maundy Thursday, Good Friday, Easter Monday, Ascension, Whit Monday, and the fixed ones.
    for (month, date) in [(1, 1), (3, 25), (3, 26), (3, 29), (5, 1), (5, 6), (5, 17), (12, 25), (12, 26)] {
        assert!(is_holiday(day(2027, month, date)), "{month}-{date}");
    }
    assert!(!is_holiday(day(2027, 3, 27)) && !is_working_day(day(2027, 3, 27)), "Easter Saturday is neither");
    let mut on = day(2027, 1, 1);
    let mut holidays = 0;
    while on.year() == 2027 {
        holidays += i32::from(is_holiday(on));
        on = next_day(on);
    }
    // 52 Sundays (26 December among them) and eight other days: 17 May 2027 is also Whit Monday.
    assert_eq!(holidays, 52 + 8);
}
