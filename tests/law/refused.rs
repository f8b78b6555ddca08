//! Bad input: every error names its field, nothing is silently dropped.

use serde_json::{Value, json};
use varsel::law::json::read;
use varsel::law::{self, Facts, Problem, Thresholds};

fn errors(facts: &Value) -> Vec<String> {
    Facts::from_json(facts).unwrap_err().iter().map(ToString::to_string).collect()
}

fn refused(facts: Value, path: &str, says: &str) {
    let all = errors(&facts);
    let found = all.iter().any(|error| error.starts_with(&format!("{path}:")) && error.contains(says));
    assert!(found, "no error at {path} that says «{says}» in {all:?}");
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_known_one() {
    refused(json!({ "title": "x", "timeline": { "know_at": null } }), "timeline.know_at", "`timeline.known_at`");
    refused(json!({ "title": "x", "known_at": "2026-10-05T10:31:00Z" }), "known_at", "`timeline.known_at`");
    refused(json!({ "title": "x", "services": { "areas": [{ "nmae": "Alta" }] } }), "services.areas[0].nmae", "`name`");
    refused(json!({ "title": "x", "zzzzzzzzz": 1 }), "zzzzzzzzz", "unknown key");
}

#[test]
fn a_wrong_choice_lists_the_choices() {
    let facts = json!({ "title": "x", "services": { "availability": "ocurred" } });
    refused(facts, "services.availability", "`occurred`?); choose one of none, may_occur, occurred");
    refused(
        json!({ "title": "x", "personal_data": { "data": ["basic", "helth"] } }),
        "personal_data.data[1]",
        "health",
    );
}

#[test]
fn a_time_without_an_offset_is_refused() {
    for time in ["2026-10-05T10:31:00", "2026-10-05T10:31", "2026-10-05 10:31", "2026-10-05"] {
        refused(json!({ "title": "x", "timeline": { "known_at": time } }), "timeline.known_at", "no offset");
    }
    refused(json!({ "title": "x", "timeline": { "known_at": "yesterday" } }), "timeline.known_at", "not a time");
}

#[test]
fn contradictions_name_both_fields() {
    let times = |more: Value| {
        let mut timeline = json!({ "started_at": "2026-10-05T10:00:00Z" });
        super::merge(&mut timeline, &more);
        json!({ "title": "x", "timeline": timeline })
    };
    let early = "2026-10-05T09:59:59Z";
    for fact in ["ended_at", "normalised_at", "detected_at", "known_at", "breach_aware_at", "high_risk_at"] {
        refused(times(json!({ fact: early })), &format!("timeline.{fact}"), "timeline.started_at");
    }
    refused(
        json!({ "title": "x", "services": { "customers_affected": 4, "customers_total": 3 } }),
        "services.customers_affected",
        "services.customers_total",
    );
    let area = json!([{}, { "base_stations_affected": 4, "base_stations_total": 3 }]);
    refused(
        json!({ "title": "x", "services": { "areas": area } }),
        "services.areas[1].base_stations_affected",
        "services.areas[1].base_stations_total",
    );
    for (fact, word) in
        [("confidentiality", "disclosed"), ("confidentiality", "likely_disclosed"), ("misuse", "confirmed")]
    {
        let facts = json!({ "title": "x", "personal_data": { "breach": false, fact: word } });
        refused(facts, "personal_data.breach", &format!("personal_data.{fact}"));
    }
    let facts = json!({ "title": "x", "personal_data": { "kinds": ["availability"], "confidentiality": "disclosed" } });
    refused(facts, "personal_data.confidentiality", "personal_data.kinds");
}

#[test]
fn what_is_planned_or_feared_may_be_known_before_it_begins() {
    for more in [json!({ "cause": { "planned_work": true } }), json!({ "services": { "availability": "may_occur" } })] {
        let mut facts = json!({ "title": "x", "timeline": {
            "started_at": "2026-10-05T10:00:00Z", "known_at": "2026-10-01T10:00:00Z", "detected_at": "2026-10-01T10:00:00Z",
        } });
        super::merge(&mut facts, &more);
        assert!(Facts::from_json(&facts).is_ok());
    }
}

#[test]
fn numbers_below_nought_in_parts_or_beyond_reason_are_refused() {
    let count = |n: Value| json!({ "title": "x", "personal_data": { "subjects_count": n } });
    refused(count(json!(-1)), "personal_data.subjects_count", "below nought");
    refused(count(json!(1.5)), "personal_data.subjects_count", "not a whole number");
    refused(count(json!(1e30)), "personal_data.subjects_count", "not a whole number");
    refused(count(json!(2_000_000_000_000_u64)), "personal_data.subjects_count", "too large");
    refused(count(json!("12")), "personal_data.subjects_count", "must be whole");
}

#[test]
fn a_title_is_needed_with_one_to_two_hundred_characters_whatever_they_are() {
    refused(json!({}), "title", "missing");
    refused(json!({ "title": "  " }), "title", "empty");
    refused(json!({ "title": "é".repeat(201) }), "title", "201 characters");
    assert!(Facts::from_json(&json!({ "title": "🔥".repeat(200) })).is_ok());
}

#[test]
fn a_stated_risk_needs_its_reason() {
    refused(json!({ "title": "x", "personal_data": { "risk": "high" } }), "personal_data.risk_reason", "missing");
}

#[test]
fn countries_are_iso_codes() {
    refused(
        json!({ "title": "x", "personal_data": { "countries": ["NO", "Norge"] } }),
        "personal_data.countries[1]",
        "NO",
    );
}

#[test]
fn broken_json_says_where_and_a_key_given_twice_is_refused() {
    assert!(matches!(read(b"{\"title\": ").unwrap_err().problem, Problem::NotJson { line: 1, .. }));
    assert!(matches!(read(b"{\"title\": \"\xff\"}").unwrap_err().problem, Problem::NotJson { .. }));
    assert!(matches!(read(&b"[".repeat(100_000)).unwrap_err().problem, Problem::NotJson { .. }));
    assert!(read(b"\xEF\xBB\xBF{\"title\": \"x\"}").is_ok(), "a byte order mark is passed over");
    let twice = read(br#"{"title": "x", "services": {"material": true, "material": false}}"#).unwrap_err();
    assert_eq!((twice.path.as_str(), twice.problem), ("services.material", Problem::DuplicateKey));
}

#[test]
fn every_error_is_told_at_once() {
    let facts = json!({ "titel": 1, "services": { "availability": "x", "customers_total": -1 }, "cause": 3 });
    assert_eq!(errors(&facts).len(), 5);
}

#[test]
fn a_moment_outside_the_book_fails_loudly() {
    for (moment, covered) in [
        ("2018-07-19T23:59:59+02:00", false),
        ("2018-07-20T00:00:00+02:00", true),
        ("2030-12-31T23:59:59+01:00", true),
        ("2031-01-01T00:00:00+01:00", false),
    ] {
        for fact in ["known_at", "breach_aware_at", "detected_at", "started_at"] {
            let facts = Facts::from_json(&json!({ "title": "x", "timeline": { fact: moment } })).unwrap();
            let answer = law::assess(&facts, super::time("2026-11-22T12:00:00Z"), &Thresholds::default());
            assert_eq!(answer.is_ok(), covered, "{fact} {moment}");
        }
    }
}

#[test]
fn facts_survive_the_way_to_json_and_back() {
    let facts = json!({
        "title": "x", "timeline": { "known_at": "2026-10-05T10:31:00.123456789+02:00", "started_estimated": true },
        "services": { "areas": [{ "kind": "municipality", "code": "5601", "customers_affected": 3 }, {}], "affected": [] },
        "personal_data": { "countries": ["NO", "SE"], "exposure_days": 1.5, "exceptions": { "protected": false } },
        "sent": [{ "duty": "gdpr-33-authority", "sent_at": "2026-10-05T12:00:00Z", "complete": false }],
    });
    let once = Facts::from_json(&facts).unwrap();
    let again = Facts::from_json(&once.to_json()).unwrap();
    assert_eq!(once, again);
    assert_eq!(once.to_json()["timeline"]["known_at"], json!("2026-10-05T08:31:00.123456Z"));
    assert_eq!(once.to_json()["services"]["affected"], json!([]));
}

#[test]
fn a_merge_patch_changes_what_it_names_and_null_makes_unknown() {
    let facts =
        Facts::from_json(&json!({ "title": "x", "services": { "material": true, "duration_minutes": 5 } })).unwrap();
    let patched = facts.patched(&json!({ "services": { "material": null, "availability": "occurred" } })).unwrap();
    assert_eq!(patched.to_json()["services"], json!({ "duration_minutes": 5, "availability": "occurred" }));
    assert!(facts.patched(&json!({ "services": { "materiel": true } })).is_err());
}

#[test]
fn a_list_takes_a_thousand_objects_and_refuses_more() {
    let roles = |many: u32| -> Value {
        let role = |n: u32| json!({ "role": "processor", "controller": format!("Kunde {n} AS") });
        json!({ "title": "x", "personal_data": { "breach": true, "roles": (0..many).map(role).collect::<Vec<_>>() } })
    };
    let told =
        |facts: &Value| super::assess(facts).duties.iter().filter(|duty| duty.id == "gdpr-33-2-controller").count();
    assert_eq!(told(&roles(1_000)), 1_000);
    refused(roles(1_001), "personal_data.roles", "too large");
    let areas = json!({ "title": "x", "services": { "availability": "occurred", "areas": vec![json!({}); 1_000] } });
    let asked = super::assess(&areas).questions.len();
    assert!(asked > 50 && asked < 1_000, "a reason names some of a long list: {asked}");
}

#[test]
fn every_one_of_a_thousand_controllers_can_be_recorded_as_told_and_the_authority_too() {
    let name = |n: usize| format!("Kunde {n} AS");
    let roles: Vec<Value> = (0..1_000).map(|n| json!({ "role": "processor", "controller": name(n) })).collect();
    let told = |n: usize| json!({ "duty": "gdpr-33-2-controller", "for": name(n), "sent_at": "2026-09-16T10:00:00Z", "complete": true });
    let mut sent: Vec<Value> = (0..1_000).map(told).collect();
    sent.push(json!({ "duty": "gdpr-33-authority", "sent_at": "2026-09-16T10:00:00Z", "complete": true }));
    let facts = json!({ "title": "x", "personal_data": { "breach": true, "roles": roles }, "sent": sent });
    assert!(varsel::law::Facts::from_json(&facts).is_ok());
}
