//! Every answer says why, and what would decide it.

use super::{assess, assess_at, breach, duty, outage};
use serde_json::{Value, json};
use varsel::law::State;

fn paths(paths: &[varsel::law::Path]) -> Vec<String> {
    paths.iter().map(ToString::to_string).collect()
}

#[test]
fn a_required_duty_names_the_facts_that_require_it() {
    let facts = outage(json!({ "areas": [
        { "kind": "municipality", "customers_affected": 0, "customers_total": 9 },
        { "kind": "municipality", "customers_affected": 3, "customers_total": 5 },
    ] }));
    let answer = assess(&facts);
    assert_eq!(
        paths(&duty(&answer, "nkom-availability").because),
        [
            "services.availability",
            "services.areas[1].kind",
            "services.areas[1].customers_affected",
            "services.areas[1].customers_total",
        ]
    );
}

#[test]
fn an_undetermined_duty_names_the_unknown_facts_that_would_decide_it() {
    let answer = assess(&outage(json!({ "material": null, "customers_total": null })));
    let open = duty(&answer, "nkom-availability");
    assert_eq!(open.state, State::Undetermined);
    assert_eq!(paths(&open.decided_by), ["services.material", "services.customers_total"]);
}

#[test]
fn a_duty_that_does_not_arise_names_one_failed_gate() {
    let answer = assess(&outage(json!({})));
    assert_eq!(paths(&duty(&answer, "gdpr-33-authority").because), ["personal_data.breach"]);
}

#[test]
fn an_exception_stands_in_the_reasons() {
    let answer = assess(&breach("high", json!({ "personal_data": { "exceptions": { "later_measures": true } } })));
    let because = paths(&duty(&answer, "gdpr-34-subjects").because);
    assert!(because.contains(&"personal_data.exceptions.later_measures".to_owned()), "{because:?}");
}

#[test]
fn only_facts_that_could_change_the_answer_are_asked_for() {
    // Protected data are harmless whatever else there is to know.
    let protected = json!({ "title": "x", "personal_data": {
        "breach": true, "roles": [{ "role": "controller" }], "kinds": ["confidentiality"], "unintelligible": "protected",
    } });
    let answer = assess(&protected);
    assert_eq!(answer.risk_level(), "unlikely");
    let decides = |id| answer.questions.iter().filter(|question| question.decides.contains(&id)).count();
    assert_eq!((decides("gdpr-33-authority"), decides("gdpr-34-subjects")), (0, 0));
}

#[test]
fn the_first_question_of_the_first_minute_opens_the_nearest_deadline() {
    let facts = json!({ "title": "x", "timeline": { "known_at": "2026-10-05T10:31:00+02:00" } });
    let answer = assess_at(&facts, "2026-10-05T10:40:00+02:00");
    let asked: Vec<_> = answer.questions.iter().take(2).map(|question| question.fact.to_string()).collect();
    assert_eq!(asked, ["services.availability", "personal_data.breach"]);
    assert!(answer.questions[1].decides.contains(&"gdpr-33-authority"));
    assert_eq!(answer.affected_users.must_be_told, "undetermined");
}

#[test]
fn a_clock_that_has_not_started_is_asked_for() {
    let mut facts = breach("risk", json!({}));
    facts["timeline"]["breach_aware_at"] = Value::Null;
    let answer = assess(&facts);
    assert_eq!(duty(&answer, "gdpr-33-authority").deadline.due_at, None);
    let question = answer.questions.iter().find(|question| question.fact.to_string() == "timeline.breach_aware_at");
    assert!(question.unwrap().decides.contains(&"gdpr-33-authority"));
}

#[test]
fn the_affected_must_be_told_exactly_when_a_telling_duty_says_so() {
    let told = |facts: &Value| assess(facts).affected_users.must_be_told;
    let quiet = json!({ "network_security": { "security_breach": false, "particular_risk": false } });
    assert_eq!(told(&breach("high", quiet.clone())), "yes");
    assert_eq!(told(&breach("risk", quiet)), "no");
    assert_eq!(told(&breach("risk", json!({}))), "undetermined");
}

#[test]
fn the_answer_has_the_contracts_form() {
    let json = serde_json::to_value(assess(&breach("high", json!({})))).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        keys(&json),
        ["affected_users", "assessed_at", "duties", "questions", "risk", "rules_version", "severity"]
    );
    let first = &json["duties"].as_array().unwrap()[11];
    assert_eq!(first["id"], "gdpr-33-authority");
    assert_eq!(first["clock"], json!({ "from": "timeline.breach_aware_at", "starts_at": "2026-09-15T08:00:00Z" }));
    assert_eq!(first["deadline"]["kind"], "fixed");
    assert_eq!(first["deadline"]["also"], json!({ "reg_1182_71": "2026-09-18T09:00:00Z" }));
    assert_eq!(first["recipient"], "datatilsynet");
    assert_eq!(first["for"], Value::Null);
    for field in ["basis", "channel", "because", "decided_by", "state"] {
        assert!(!first[field].is_null(), "{field}");
    }
}
