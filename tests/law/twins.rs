//! Twin cases on both sides of every threshold and date of the law.

use super::{assess, assess_at, breach, duty, outage, state};
use serde_json::{Value, json};
use varsel::law::State::{Exempt, Fulfilled, NotRequired, Required, Undetermined};
use varsel::law::{Facts, State, severity};

fn area(kind: &str, inhabitants: Value, affected: u64, total: u64) -> Value {
    outage(json!({ "areas": [{
        "kind": kind, "inhabitants": inhabitants, "customers_affected": affected, "customers_total": total,
        "base_stations_affected": 0, "base_stations_total": 10,
    }] }))
}

fn availability(facts: &Value) -> State {
    state(facts, "nkom-availability")
}

#[test]
fn more_than_half_of_a_municipality_is_not_exactly_half() {
    assert_eq!(availability(&area("municipality", Value::Null, 20, 40)), NotRequired);
    assert_eq!(availability(&area("municipality", Value::Null, 21, 40)), Required);
    let stations = |affected| {
        outage(json!({ "areas": [{
            "kind": "municipality", "customers_affected": 0, "customers_total": 9,
            "base_stations_affected": affected, "base_stations_total": 10,
        }] }))
    };
    assert_eq!(availability(&stations(5)), NotRequired);
    assert_eq!(availability(&stations(6)), Required);
}

#[test]
fn an_urban_area_counts_above_twenty_thousand_inhabitants() {
    assert_eq!(availability(&area("urban_area", json!(20_000), 21, 40)), NotRequired);
    assert_eq!(availability(&area("urban_area", json!(20_001), 21, 40)), Required);
    assert_eq!(availability(&area("urban_area", json!(20_001), 20, 40)), NotRequired);
    assert_eq!(availability(&area("urban_area", Value::Null, 21, 40)), Undetermined);
}

#[test]
fn ten_per_cent_of_the_country_is_not_more_than_ten_per_cent() {
    let nationally = |customers, stations| {
        let services = json!({ "customers_affected": customers, "base_stations_affected": stations });
        assess(&outage(services))
    };
    assert_eq!(duty(&nationally(4_000, 90), "nkom-availability").state, NotRequired);
    assert_eq!(duty(&nationally(4_001, 0), "nkom-availability").state, Required);
    assert_eq!(duty(&nationally(0, 91), "nkom-availability").state, Required);
    assert_eq!(nationally(4_001, 0).severity_level(), "critical");
}

#[test]
fn life_and_health_and_materiality_each_suffice() {
    for fact in ["life_and_health_users_affected", "high_risk_to_life_or_health", "material"] {
        assert_eq!(availability(&outage(json!({ fact: false }))), NotRequired, "{fact}");
        assert_eq!(availability(&outage(json!({ fact: true }))), Required, "{fact}");
        assert_eq!(availability(&outage(json!({ fact: null }))), Undetermined, "{fact}");
        assert_eq!(availability(&outage(json!({ fact: true, "availability": "none" }))), NotRequired, "{fact}");
    }
}

#[test]
fn unknown_shares_leave_open_only_what_they_could_change() {
    assert_eq!(availability(&outage(json!({ "customers_total": null }))), Undetermined);
    assert_eq!(availability(&outage(json!({ "customers_total": null, "customers_affected": 0 }))), NotRequired);
    assert_eq!(availability(&outage(json!({ "areas": null }))), Undetermined);
    assert_eq!(availability(&outage(json!({ "areas": null, "material": true }))), Required);
}

#[test]
fn severity_stands_on_both_sides_of_every_number() {
    let level = |services| assess(&outage(services)).severity_level();
    let lost = |customers: u64, minutes: u64| json!({ "customers_affected": customers, "duration_minutes": minutes });
    assert_eq!(level(lost(1, 29)), "low");
    assert_eq!(level(lost(1, 30)), "moderate");
    assert_eq!(level(lost(0, 30)), "low");
    // ENISA's table: 5 % of 40 000 is 2 000 customers.
    assert_eq!(level(lost(2_001, 239)), "moderate");
    assert_eq!(level(lost(2_001, 240)), "serious");
    assert_eq!(level(lost(2_000, 240)), "moderate");
    // User-hours: 3 999 customers for 15 004 minutes stay just under a million.
    assert_eq!(
        level(json!({ "customers_affected": 100, "duration_minutes": 600_000, "customers_total": 4_000_000 })),
        "moderate"
    );
    assert_eq!(
        level(json!({ "customers_affected": 100, "duration_minutes": 600_001, "customers_total": 4_000_000 })),
        "serious"
    );
    // Nobody hit is no user-hour, however long it lasts.
    let nobody = assess(&outage(json!({ "customers_affected": 0, "duration_minutes": null })));
    assert_eq!((nobody.severity.low, nobody.severity.high), (0, 0));
    // More than half without a main service; without one it is a matter of numbers only.
    let half = |customers: u64, service: &str| json!({ "customers_affected": customers, "customers_total": 10, "affected": [service], "base_stations_total": null, "base_stations_affected": null, "availability": "occurred" });
    assert_eq!(
        assess(&outage(half(5, "voice"))).severity.reasons.iter().filter(|r| r.rule == "main-service-lost").count(),
        0
    );
    assert_eq!(
        assess(&outage(half(6, "voice"))).severity.reasons.iter().filter(|r| r.rule == "main-service-lost").count(),
        1
    );
    assert_eq!(
        assess(&outage(half(6, "voicemail"))).severity.reasons.iter().filter(|r| r.rule == "main-service-lost").count(),
        0
    );
    assert_eq!(level(json!({ "affected": ["emergency_calls"] })), "critical");
}

#[test]
fn the_thresholds_of_severity_are_the_companys_settings() {
    let facts = Facts::from_json(&outage(json!({ "duration_minutes": 20 }))).unwrap();
    let strict = varsel::law::Thresholds { loss_minutes: 20.0, ..Default::default() };
    let answer = varsel::law::assess(&facts, super::time("2026-11-22T12:00:00Z"), &strict).unwrap();
    assert_eq!(answer.severity_level(), "moderate");
}

#[test]
fn a_persons_class_overrules_and_the_proposal_stays_visible() {
    let mut facts = outage(json!({ "customers_affected": 4_001 }));
    facts["provider_severity"] = json!("low");
    let answer = assess(&facts);
    assert_eq!(
        (answer.severity_level(), severity::LEVELS[usize::from(answer.severity.proposed.0)]),
        ("low", "critical")
    );
    assert_eq!(duty(&answer, "nkom-own-severity").state, NotRequired);
    assert_eq!(duty(&answer, "nkom-availability").state, Required, "the law's own case does not hang on the class");
}

#[test]
fn own_severity_reaches_nkom_only_where_a_network_or_service_is_touched() {
    let mut facts = breach("high", json!({ "network_security": { "security_breach": false, "cia_material": false } }));
    assert_eq!(assess(&facts).severity_level(), "serious");
    assert_eq!(state(&facts, "nkom-own-severity"), NotRequired);
    facts["network_security"]["security_breach"] = json!(true);
    assert_eq!(state(&facts, "nkom-own-severity"), Required);
}

#[test]
fn the_risk_decides_who_is_told() {
    for (risk, authority, subjects) in
        [("unlikely", NotRequired, NotRequired), ("risk", Required, NotRequired), ("high", Required, Required)]
    {
        let facts = breach(risk, json!({}));
        assert_eq!(state(&facts, "gdpr-33-authority"), authority, "{risk}");
        assert_eq!(state(&facts, "gdpr-34-subjects"), subjects, "{risk}");
        assert_eq!(state(&facts, "gdpr-33-5-register"), Required, "{risk}");
    }
}

#[test]
fn a_processor_tells_each_controller_and_nobody_else() {
    let roles = json!([
        { "role": "processor", "controller": "A AS" },
        { "role": "processor", "controller": "B AS", "notify_within_hours": 12 },
    ]);
    let answer = assess(&breach("high", json!({ "personal_data": { "roles": roles } })));
    assert_eq!(duty(&answer, "gdpr-33-authority").state, NotRequired);
    let told: Vec<_> = answer.duties.iter().filter(|duty| duty.id == "gdpr-33-2-controller").collect();
    assert_eq!(told.iter().map(|duty| duty.for_whom.as_deref()).collect::<Vec<_>>(), [Some("A AS"), Some("B AS")]);
    assert_eq!(told[0].deadline.due_at, None);
    assert_eq!(told[0].deadline.target_at, Some(super::time("2026-09-16T10:00:00+02:00")));
    assert_eq!(told[1].deadline.due_at, Some(super::time("2026-09-15T22:00:00+02:00")));
    let mixed = json!({ "personal_data": { "roles": [{ "role": "processor", "controller": "A AS" }, { "role": "controller" }] } });
    let answer = assess(&breach("high", mixed));
    assert_eq!(duty(&answer, "gdpr-33-authority").state, Required);
}

#[test]
fn one_controller_told_leaves_the_other_open() {
    let facts = breach(
        "risk",
        json!({
            "personal_data": { "roles": [{ "role": "processor", "controller": "A AS" }, { "role": "processor", "controller": "B AS" }] },
            "sent": [{ "duty": "gdpr-33-2-controller", "for": "A AS", "sent_at": "2026-09-15T12:00:00+02:00" }],
        }),
    );
    let states: Vec<_> =
        assess(&facts).duties.iter().filter(|duty| duty.id == "gdpr-33-2-controller").map(|duty| duty.state).collect();
    assert_eq!(states, [Fulfilled, Required]);
}

#[test]
fn exceptions_lift_the_telling_of_the_affected_only_when_claimed() {
    let claim = |name: &str| breach("high", json!({ "personal_data": { "exceptions": { name: true } } }));
    for name in ["protected", "later_measures", "disproportionate_effort", "secrecy"] {
        assert_eq!(state(&claim(name), "gdpr-34-subjects"), Exempt, "{name}");
    }
    assert_eq!(state(&claim("disproportionate_effort"), "gdpr-34-public"), Required);
    assert_eq!(state(&claim("protected"), "gdpr-34-public"), Undetermined);
    assert_eq!(state(&breach("high", json!({})), "gdpr-34-public"), Undetermined);
    assert_eq!(state(&breach("risk", json!({})), "gdpr-34-public"), NotRequired);
    let not_that = breach("high", json!({ "personal_data": { "exceptions": { "disproportionate_effort": false } } }));
    assert_eq!(state(&not_that, "gdpr-34-public"), NotRequired);
}

fn sent(complete: Value, at: &str) -> Value {
    breach("risk", json!({ "sent": [{ "duty": "gdpr-33-authority", "sent_at": at, "complete": complete }] }))
}

#[test]
fn reasons_for_delay_are_asked_after_seventy_two_hours_and_not_before() {
    let (in_time, late) = ("2026-09-18T10:00:00+02:00", "2026-09-18T10:00:01+02:00");
    let delay = |facts: &Value, now: &str| duty(&assess_at(facts, now), "gdpr-33-delay-reasons").state;
    assert_eq!(delay(&breach("risk", json!({})), in_time), NotRequired);
    assert_eq!(delay(&breach("risk", json!({})), late), Required);
    assert_eq!(delay(&sent(json!(true), in_time), "2026-10-01T00:00:00Z"), NotRequired);
    assert_eq!(delay(&sent(json!(true), late), "2026-10-01T00:00:00Z"), Required);
    assert_eq!(delay(&breach("unlikely", json!({})), late), NotRequired);
}

#[test]
fn an_incomplete_notification_must_be_followed_up_until_a_complete_one_goes() {
    let at = "2026-09-17T10:00:00+02:00";
    assert_eq!(state(&sent(json!(true), at), "gdpr-33-phased"), NotRequired);
    assert_eq!(state(&sent(Value::Null, at), "gdpr-33-phased"), Undetermined);
    let mut facts = sent(json!(false), at);
    assert_eq!(state(&facts, "gdpr-33-phased"), Required);
    assert_eq!(state(&facts, "gdpr-33-authority"), Fulfilled);
    let more = json!({ "duty": "gdpr-33-authority", "stage": "supplementary", "sent_at": "2026-09-19T10:00:00+02:00", "complete": true });
    facts["sent"].as_array_mut().unwrap().push(more);
    assert_eq!(state(&facts, "gdpr-33-phased"), Fulfilled);
}

#[test]
fn documented_protection_lifts_the_telling_of_subscribers() {
    let facts = |effect: &str, documented: Value| {
        json!({ "title": "x", "timeline": { "known_at": "2026-10-05T10:31:00+02:00" }, "network_security": {
            "security_breach": true, "negative_effect": effect, "protection_documented_to_nkom": documented,
        } })
    };
    for effect in ["possible", "occurred"] {
        assert_eq!(state(&facts(effect, Value::Null), "subscriber-breach"), Required);
        assert_eq!(state(&facts(effect, json!(false)), "subscriber-breach"), Required);
        assert_eq!(state(&facts(effect, json!(true)), "subscriber-breach"), Exempt);
    }
    assert_eq!(state(&facts("none", json!(true)), "subscriber-breach"), NotRequired);
    assert_eq!(state(&facts("possible", Value::Null), "nkom-privacy"), Undetermined);
    assert_eq!(state(&facts("occurred", Value::Null), "nkom-privacy"), Required);
    assert_eq!(state(&facts("possible", json!(true)), "nkom-protection-evidence"), Fulfilled);
    assert_eq!(state(&facts("possible", json!(false)), "nkom-protection-evidence"), NotRequired);
}

#[test]
fn nkom_hears_of_changes_and_of_normal_service_only_after_a_notice() {
    let mut facts = outage(json!({ "material": true }));
    facts["timeline"]["normalised_at"] = json!("2026-10-05T14:00:00+02:00");
    facts["timeline"]["changed_at"] = json!("2026-10-05T12:00:00+02:00");
    assert_eq!(state(&facts, "nkom-update"), NotRequired);
    assert_eq!(state(&facts, "nkom-normalised"), NotRequired);
    facts["sent"] = json!([{ "duty": "nkom-availability", "sent_at": "2026-10-05T10:50:00+02:00" }]);
    assert_eq!(state(&facts, "nkom-update"), Required);
    assert_eq!(state(&facts, "nkom-normalised"), Required);
    let mut ongoing = facts.clone();
    ongoing["timeline"]["normalised_at"] = Value::Null;
    assert_eq!(state(&ongoing, "nkom-normalised"), Undetermined, "an outage that goes on will be normal one day");
    assert_eq!(duty(&assess(&facts), "nkom-update").deadline.target_at, Some(super::time("2026-10-05T13:00:00+02:00")));
    let update = json!({ "duty": "nkom-update", "sent_at": "2026-10-05T12:30:00+02:00" });
    facts["sent"].as_array_mut().unwrap().push(update);
    assert_eq!(state(&facts, "nkom-update"), Fulfilled);
    facts["timeline"]["changed_at"] = json!("2026-10-05T13:00:00+02:00");
    assert_eq!(state(&facts, "nkom-update"), Required, "a later change asks for a later update");
}

#[test]
fn an_order_is_answered_by_what_is_sent_after_it() {
    let order = |kind: &str| json!({ "kind": kind, "authority": "Nkom", "ordered_at": "2026-10-05T12:00:00Z", "due_at": "2026-10-12T12:00:00Z" });
    for (kind, id) in [
        ("incident_report", "nkom-incident-report"),
        ("tell_subjects", "gdpr-34-order"),
        ("public_information", "public-information-order"),
    ] {
        let mut facts = outage(json!({}));
        assert_eq!(state(&facts, id), NotRequired);
        facts["orders"] = json!([order(kind)]);
        assert_eq!(duty(&assess(&facts), id).deadline.due_at, Some(super::time("2026-10-12T12:00:00Z")));
        facts["sent"] = json!([{ "duty": id, "sent_at": "2026-10-05T11:59:59Z" }]);
        assert_eq!(state(&facts, id), Required);
        facts["sent"] = json!([{ "duty": id, "sent_at": "2026-10-05T12:00:00Z" }]);
        assert_eq!(state(&facts, id), Fulfilled);
        let second = json!({ "kind": kind, "ordered_at": "2026-10-06T12:00:00Z", "due_at": "2026-10-20T12:00:00Z" });
        facts["orders"].as_array_mut().unwrap().push(second);
        let answer = assess(&facts);
        assert_eq!(duty(&answer, id).state, Required, "a second order is not answered by the first answer");
        assert_eq!(duty(&answer, id).deadline.due_at, Some(super::time("2026-10-20T12:00:00Z")));
    }
}

#[test]
fn planned_work_is_told_before_it_begins() {
    let mut facts = outage(json!({ "availability": "may_occur" }));
    facts["timeline"] = json!({ "started_at": "2026-12-01T02:00:00+01:00" });
    facts["cause"] = json!({ "planned_work": false });
    assert_eq!(state(&facts, "planned-outage"), NotRequired);
    facts["cause"] = json!({ "planned_work": true });
    let answer = assess(&facts);
    let planned = duty(&answer, "planned-outage");
    assert_eq!((planned.state, planned.deadline.kind), (Required, "before"));
    assert_eq!(planned.deadline.due_at, Some(super::time("2026-12-01T02:00:00+01:00")));
}

#[test]
fn the_switched_duties_are_off_until_the_organisation_says_otherwise() {
    let on = |switch: &str, more: Value| {
        let mut facts = outage(json!({ "material": true }));
        super::merge(&mut facts, &json!({ "cause": { "origin": "external_malicious" } }));
        super::merge(&mut facts, &breach("risk", json!({})));
        facts["services"]["availability"] = json!("occurred");
        facts["organisation"] = json!({ switch: true });
        super::merge(&mut facts, &more);
        facts
    };
    for (switch, id) in [
        ("regulation_611", "reg-611-authority"),
        ("regulation_611", "reg-611-subscriber"),
        ("digital_security_act", "digital-security-act"),
        ("security_act", "security-act"),
        ("trust_service", "trust-service"),
    ] {
        assert_eq!(state(&on(switch, json!({})), id), Required, "{id}");
        assert_eq!(state(&on(switch, json!({ "organisation": { switch: false } })), id), NotRequired, "{id}");
        assert_eq!(state(&on("none", json!({ "organisation": null })), id), NotRequired, "{id}");
    }
}

#[test]
fn the_older_law_judges_older_incidents() {
    let outage_at = |known: &str, services: Value| {
        let mut facts = outage(services);
        facts["timeline"]["known_at"] = json!(known);
        facts["network_security"] =
            json!({ "security_breach": true, "negative_effect": "possible", "cia_material": true });
        assess(&facts)
    };
    let (old, new) = ("2024-12-31T23:59:59+01:00", "2025-01-01T00:00:00+01:00");
    let always = json!({ "life_and_health_users_affected": true });
    assert_eq!(duty(&outage_at(old, always.clone()), "nkom-availability").state, NotRequired);
    assert_eq!(duty(&outage_at(new, always), "nkom-availability").state, Required);
    let before = outage_at(old, json!({ "material": true }));
    assert_eq!(duty(&before, "nkom-availability").deadline.due_at, None);
    assert_eq!(duty(&before, "nkom-cia").state, NotRequired);
    assert_eq!(duty(&before, "subscriber-breach").deadline.due_at, Some(super::time("2025-01-01T23:59:59+01:00")));
    let after = outage_at(new, json!({ "material": true }));
    assert_eq!(duty(&after, "nkom-availability").deadline.due_at, Some(super::time("2025-01-01T00:30:00+01:00")));
    assert_eq!(duty(&after, "nkom-cia").state, Required);
    assert_eq!(duty(&after, "subscriber-breach").deadline.due_at, None);
}

#[test]
fn the_digital_security_act_begins_on_the_first_of_october_2025() {
    let at = |known: &str| {
        let mut facts = outage(json!({ "material": true }));
        facts["timeline"]["known_at"] = json!(known);
        facts["organisation"] = json!({ "digital_security_act": true });
        state(&facts, "digital-security-act")
    };
    assert_eq!(at("2025-09-30T23:59:59+02:00"), NotRequired);
    assert_eq!(at("2025-10-01T00:00:00+02:00"), Required);
}

#[test]
fn a_possible_breach_is_reported_to_management() {
    let facts = |data: Value| json!({ "title": "x", "personal_data": data });
    assert_eq!(state(&facts(json!({ "data": ["contact"] })), "management-report"), Required);
    assert_eq!(state(&facts(json!({ "breach": true })), "management-report"), Required);
    assert_eq!(state(&facts(json!({})), "management-report"), Undetermined);
    assert_eq!(state(&outage(json!({})), "management-report"), NotRequired);
    assert_eq!(state(&outage(json!({ "material": true })), "management-report"), Required);
}

#[test]
fn an_outage_is_asked_the_breach_question_too() {
    let mut facts = outage(json!({ "material": true }));
    facts["personal_data"] = Value::Null;
    let answer = assess(&facts);
    assert_eq!(duty(&answer, "gdpr-33-authority").state, Undetermined);
    assert_eq!(
        answer.questions.iter().filter(|question| question.fact.to_string() == "personal_data.breach").count(),
        1
    );
}
