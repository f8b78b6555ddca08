//! How long an answer holds by itself: what changes by time alone is known beforehand, to the microsecond.

use super::{assess_at, breach, merge, time};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::path::Path;
use varsel::law::{self, Assessment, Facts, State, Thresholds};

fn states(answer: &Assessment) -> Vec<(&'static str, State)> {
    answer.duties.iter().map(|duty| (duty.id, duty.state)).collect()
}

fn at(facts: &Facts, now: DateTime<Utc>) -> Assessment {
    law::assess(facts, now, &Thresholds::default()).unwrap()
}

#[test]
fn an_answer_holds_to_the_seventy_two_hours_while_nothing_was_sent_and_may_have_to_be() {
    let aware = "2026-09-15T10:00:00+02:00";
    let holds = |more: Value, now: &str| {
        let mut facts = breach("risk", json!({}));
        merge(&mut facts, &more);
        assess_at(&facts, now).holds_until
    };
    let mark = Some(time(aware) + TimeDelta::hours(72));
    assert_eq!(holds(json!({}), aware), mark);
    assert_eq!(holds(json!({}), "2026-09-18T10:00:00+02:00"), mark, "at the mark itself it is not late yet");
    assert_eq!(holds(json!({}), "2026-09-18T10:00:00.000001+02:00"), None, "what has passed changes nothing more");
    let sent = json!({ "sent": [{ "duty": "gdpr-33-authority", "sent_at": "2026-09-16T10:00:00+02:00" }] });
    assert_eq!(holds(sent, aware), None, "what was sent in time is never late");
    assert_eq!(holds(json!({ "personal_data": { "breach": false, "risk": null, "risk_reason": null } }), aware), None);
    assert_eq!(holds(json!({ "personal_data": { "risk": "unlikely" } }), aware), None);
    assert_eq!(
        holds(json!({ "personal_data": { "breach": null, "risk": null, "risk_reason": null } }), aware),
        mark,
        "what is undecided may come to be late"
    );
    assert_eq!(holds(json!({ "timeline": { "breach_aware_at": null } }), aware), None, "no clock runs");
}

#[test]
fn a_case_without_a_moment_holds_until_other_rules_are_in_force() {
    let facts = Facts::from_json(&json!({ "title": "x" })).unwrap();
    let last = Some(time("2024-12-31T23:00:00Z") - TimeDelta::microseconds(1));
    assert_eq!(at(&facts, time("2024-06-01T12:00:00Z")).holds_until, last, "midnight in Norway before 1 January 2025");
    assert_eq!(at(&facts, time("2029-06-01T12:00:00Z")).holds_until, None);
}

#[test]
fn between_two_looks_nothing_changes_that_was_not_said_beforehand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut marks = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Some(case) = std::fs::read(&path).ok().and_then(|text| serde_json::from_slice::<Value>(&text).ok()) else {
            continue;
        };
        let facts = Facts::from_json(&case["facts"]).unwrap_or_else(|wrong| panic!("{path:?}: {wrong:?}"));
        let mut now = time("2026-09-01T00:00:00Z");
        let end = now + TimeDelta::days(120);
        let mut before = at(&facts, now);
        while now < end {
            now += TimeDelta::hours(7);
            let after = at(&facts, now);
            if before.holds_until.is_none_or(|until| now <= until) {
                assert_eq!(states(&before), states(&after), "{path:?} {now}");
            } else {
                marks += 1;
                assert_ne!(states(&before), states(&after), "{path:?} {now}: said to change, and did not");
            }
            before = after;
        }
    }
    assert!(marks > 0, "no case of these ever changed by time");
}
