//! The law, tested pure: no database, no network, milliseconds.

mod book;
mod cases;
mod deadlines;
mod explained;
mod holding;
mod monotone;
mod refused;
mod twins;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use varsel::law::{self, Assessment, Duty, Facts, State, Thresholds};

fn time(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

fn assess_at(facts: &Value, now: &str) -> Assessment {
    let facts = Facts::from_json(facts).unwrap_or_else(|errors| panic!("{errors:?}"));
    law::assess(&facts, time(now), &Thresholds::default()).unwrap()
}

fn assess(facts: &Value) -> Assessment {
    assess_at(facts, "2026-11-22T12:00:00Z")
}

fn duty<'a>(assessment: &'a Assessment, id: &str) -> &'a Duty {
    assessment.duties.iter().find(|duty| duty.id == id).unwrap()
}

fn state(facts: &Value, id: &str) -> State {
    duty(&assess(facts), id).state
}

/// An outage judged not to touch anything but what the test adds.
fn outage(services: Value) -> Value {
    let mut facts = json!({
        "title": "outage",
        "timeline": { "known_at": "2026-10-05T10:31:00+02:00" },
        "services": {
            "availability": "occurred", "affected": ["mobile_data"], "material": false, "areas": [],
            "customers_affected": 1, "customers_total": 40_000, "base_stations_affected": 0, "base_stations_total": 900,
            "life_and_health_users_affected": false, "high_risk_to_life_or_health": false, "duration_minutes": 5,
            "critical_functions_affected": false, "other_providers_affected": false,
        },
        "network_security": {
            "security_breach": false, "particular_risk": false, "negative_effect": "none", "cia_material": false,
        },
        "personal_data": { "breach": false },
    });
    merge(&mut facts, &json!({ "services": services }));
    facts
}

/// A breach of confidentiality at the company as controller, a person having concluded on the risk.
fn breach(risk: &str, more: Value) -> Value {
    let mut facts = json!({
        "title": "breach",
        "timeline": { "known_at": "2026-09-15T09:30:00+02:00", "breach_aware_at": "2026-09-15T10:00:00+02:00" },
        "services": { "availability": "none" },
        "personal_data": { "breach": true, "roles": [{ "role": "controller" }], "risk": risk, "risk_reason": "test" },
    });
    merge(&mut facts, &more);
    facts
}

fn merge(into: &mut Value, more: &Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key.as_str()).or_insert(Value::Null), value);
            }
        }
        (into, more) => *into = more.clone(),
    }
}
