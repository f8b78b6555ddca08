//! The book as a whole: no gap, no overlap, printed fresh.

use super::{assess_at, duty};
use chrono::NaiveDate;
use serde_json::json;
use std::collections::HashSet;
use varsel::law::book::{DUTY_IDS, FIRST_DAY, LAST_DAY, in_force, rules};
use varsel::law::deadline::next_day;
use varsel::law::render::law_md;

#[test]
fn the_printed_rule_book_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/LAW.md");
    let fresh = law_md();
    let printed = std::fs::read_to_string(path).unwrap_or_default();
    if printed != fresh {
        if std::env::var_os("CI").is_none() {
            std::fs::write(path, &fresh).unwrap();
        }
        panic!("LAW.md was stale; outside CI it has just been written anew: read the difference and commit it");
    }
}

#[test]
fn every_duty_has_exactly_one_version_in_force_on_every_day() {
    for id in DUTY_IDS {
        let mut versions: Vec<_> = rules().filter(|rule| rule.duty == *id).collect();
        versions.sort_by_key(|rule| rule.from);
        assert_eq!(versions.first().map(|rule| rule.from), Some(FIRST_DAY), "{id} begins late");
        assert_eq!(versions.last().and_then(|rule| rule.until), None, "{id} ends");
        for pair in versions.windows(2) {
            assert_eq!(pair[0].until.map(next_day), Some(pair[1].from), "{id} has a gap or an overlap");
        }
    }
}

#[test]
fn no_rule_is_of_a_duty_without_an_id_and_every_rule_cites() {
    for rule in rules() {
        assert!(DUTY_IDS.contains(&rule.duty), "{}", rule.duty);
        assert!(!rule.basis.is_empty(), "{}", rule.duty);
    }
    assert_eq!(DUTY_IDS.iter().collect::<HashSet<_>>().len(), DUTY_IDS.len());
}

#[test]
fn every_quarter_from_july_2018_to_2030_answers() {
    let mut quarters = 0;
    for year in 2018..=2030 {
        for month in [1, 4, 7, 10] {
            let day = NaiveDate::from_ymd_opt(year, month, 21).unwrap();
            if day < FIRST_DAY {
                continue;
            }
            let facts = json!({ "title": "x", "timeline": { "known_at": format!("{day}T12:00:00Z") } });
            let answer = assess_at(&facts, "2030-12-31T12:00:00Z");
            assert!(DUTY_IDS.iter().all(|id| in_force(id, day).is_some() && duty(&answer, id).rule_from <= day));
            quarters += 1;
        }
    }
    assert_eq!(quarters, 50);
    assert!(in_force("gdpr-33-authority", LAST_DAY).is_some());
}
