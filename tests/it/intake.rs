//! Monitoring reports: one case for one trouble, however often it is told.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{TestApp, told};
use crate::tokens::machine_token;

struct Monitoring<'a> {
    app: &'a TestApp,
    token: String,
}

impl<'a> Monitoring<'a> {
    async fn start(app: &'a TestApp) -> Self {
        Self::called(app, "Alertmanager").await
    }

    async fn called(app: &'a TestApp, name: &str) -> Self {
        Self { app, token: machine_token(app, name, "reporter", &["report"]).await.1 }
    }

    async fn tell(&self, door: &str, message: &Value) -> (u16, Value) {
        let request = self.app.api(Method::POST, &format!("/intake/{door}")).bearer_auth(&self.token);
        told(request.body(message.to_string()).send().await.unwrap()).await
    }

    async fn group(&self, message: &Value) -> (u16, String, String) {
        let (status, taken) = self.tell("alertmanager", message).await;
        let word = |name: &str| taken[name].as_str().unwrap_or_default().to_owned();
        (status, word("outcome"), word("reference"))
    }
}

/// A message of Alertmanager about two cells, as version 4 of its webhook has it.
fn firing() -> Value {
    let cell = |name: &str, fingerprint: &str| {
        json!({
            "status": "firing", "labels": { "alertname": "CellDown", "site": name, "severity": "critical" },
            "annotations": { "summary": format!("Cell {name} answers nobody") },
            "startsAt": "2026-10-23T11:40:00.123Z", "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://prometheus/graph", "fingerprint": fingerprint,
        })
    };
    json!({
        "version": "4", "groupKey": "{}/{severity=\"critical\"}:{alertname=\"CellDown\"}", "truncatedAlerts": 0,
        "status": "firing", "receiver": "varsel", "groupLabels": { "alertname": "CellDown" },
        "commonLabels": { "alertname": "CellDown", "severity": "critical" },
        "commonAnnotations": { "description": "Two cells in Tromsø." }, "externalURL": "http://alertmanager:9093",
        "alerts": [cell("TRO-1", "a1"), cell("TRO-2", "a2")],
    })
}

fn resolved() -> Value {
    let mut message = firing();
    message["status"] = json!("resolved");
    for (n, minute) in [(0, "50"), (1, "55")] {
        message["alerts"][n]["status"] = json!("resolved");
        message["alerts"][n]["endsAt"] = json!(format!("2026-10-23T11:{minute}:00Z"));
    }
    message
}

#[actix_web::test]
async fn an_alert_makes_a_case_once_however_often_it_comes() {
    let app = TestApp::start().await;
    let monitoring = Monitoring::start(&app).await;
    let (status, outcome, reference) = monitoring.group(&firing()).await;
    assert_eq!((status, outcome.as_str()), (201, "opened"));
    app.advance(Duration::hours(4));
    for _ in 0..3 {
        assert_eq!(monitoring.group(&firing()).await, (200, "unchanged".into(), reference.clone()));
    }
    let mut shuffled = firing();
    shuffled["alerts"].as_array_mut().unwrap().reverse();
    shuffled["truncatedAlerts"] = json!(0);
    shuffled["orgId"] = json!(1);
    assert_eq!(monitoring.group(&shuffled).await.1, "unchanged", "the same in another order");
    assert_eq!(app.get("/incidents").await.1["items"].as_array().unwrap().len(), 1);
    let (_, case) = app.get(&format!("/incidents/{reference}")).await;
    assert_eq!(
        (&case["title"], &case["version"], &case["opened_by"]),
        (&json!("CellDown"), &json!(1), &json!("Alertmanager"))
    );
    let facts = &case["facts"];
    assert_eq!(facts["timeline"]["started_at"], "2026-10-23T11:40:00.123Z");
    let description = facts["description"].as_str().unwrap();
    for words in ["Two cells in Tromsø.", "Cell TRO-1 answers nobody", "Meldt inn av Alertmanager."] {
        assert!(description.contains(words), "{description}");
    }
}

#[actix_web::test]
async fn what_changes_is_appended_the_end_is_stated_and_the_case_stays_open() {
    let app = TestApp::start().await;
    let monitoring = Monitoring::start(&app).await;
    let (_, _, reference) = monitoring.group(&firing()).await;
    let case = async || app.get(&format!("/incidents/{reference}")).await.1;
    let mut more = firing();
    let mut third = more["alerts"][0].clone();
    third["fingerprint"] = json!("a3");
    third["annotations"]["summary"] = json!("Cell TRO-3 answers nobody");
    more["alerts"].as_array_mut().unwrap().push(third);
    assert_eq!(monitoring.group(&more).await.1, "added");
    assert!(case().await["facts"]["description"].as_str().unwrap().contains("melder en endring: Cell TRO-1"));
    assert_eq!(monitoring.group(&resolved()).await.1, "ended");
    let now = case().await;
    assert_eq!(
        (&now["status"], &now["facts"]["timeline"]["ended_at"]),
        (&json!("open"), &json!("2026-10-23T11:55:00Z"))
    );
    assert!(now["facts"]["description"].as_str().unwrap().contains("melder at det er over"), "{now}");
    assert_eq!(monitoring.group(&resolved()).await.1, "unchanged");
    assert_eq!(monitoring.group(&firing()).await.1, "unchanged", "an old message that comes late");
    assert_eq!(case().await["version"], now["version"]);

    app.advance(Duration::hours(1));
    let mut again = firing();
    again["alerts"][0]["startsAt"] = json!("2026-10-23T12:50:00Z");
    assert_eq!(monitoring.group(&again).await, (200, "added".into(), reference.clone()));
    assert!(case().await["facts"]["timeline"]["ended_at"].is_null(), "it goes on again");
    assert!(case().await["facts"]["description"].as_str().unwrap().contains("har begynt igjen"));
}

#[actix_web::test]
async fn what_a_person_stated_is_not_overwritten() {
    let app = TestApp::start().await;
    let monitoring = Monitoring::start(&app).await;
    let alert = |users: u64, more: Value| {
        let mut alert = json!({ "source": "nms", "key": "core-1", "title": "Kjernen svarer ikke", "users": users, "service": "voice", "started_at": "2026-10-23T13:00:00+02:00" });
        alert.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        alert
    };
    let (status, taken) = monitoring.tell("alert", &alert(900, json!({}))).await;
    assert_eq!((status, &taken["outcome"]), (201, &json!("opened")));
    let path = format!("/incidents/{}", taken["reference"].as_str().unwrap());
    let services = async || app.get(&path).await.1["facts"]["services"].clone();
    assert_eq!(services().await, json!({ "affected": ["voice"], "customers_affected": 900 }));
    assert_eq!(monitoring.tell("alert", &alert(1_200, json!({}))).await.1["outcome"], "added");
    assert_eq!(services().await["customers_affected"], 1_200, "what it told itself it corrects");
    let patch = json!({ "services": { "customers_affected": 1_000 }, "timeline": { "ended_at": "2026-10-23T11:30:00Z" }, "version": 2 });
    assert_eq!(app.send(Method::PATCH, &path, &patch).await.0, 200);
    let end = json!({ "ended_at": "2026-10-23T11:45:00Z", "minutes": 45 });
    assert_eq!(monitoring.tell("alert", &alert(1_300, end)).await.1["outcome"], "ended");
    let (_, case) = app.get(&path).await;
    assert_eq!(case["facts"]["services"]["customers_affected"], 1_000);
    assert_eq!(case["facts"]["services"]["duration_minutes"], 45, "nobody had said");
    assert_eq!(case["facts"]["timeline"]["ended_at"], "2026-10-23T11:30:00Z");
}

#[actix_web::test]
async fn a_closed_case_is_left_alone_and_new_trouble_is_another_case() {
    let app = TestApp::start().await;
    let monitoring = Monitoring::start(&app).await;
    let (_, _, first) = monitoring.group(&firing()).await;
    monitoring.group(&resolved()).await;
    let harmless = json!({
        "version": 2, "services": { "availability": "none" }, "cause": { "planned_work": false },
        "network_security": { "security_breach": false, "particular_risk": false, "cia_material": false, "negative_effect": "none" },
        "personal_data": { "breach": false },
    });
    assert_eq!(app.send(Method::PATCH, &format!("/incidents/{first}"), &harmless).await.0, 200);
    assert_eq!(app.post(&format!("/incidents/{first}/closure"), &json!({ "reason": "Falsk alarm" })).await.0, 201);
    let (_, closed) = app.get(&format!("/incidents/{first}")).await;
    assert_eq!(monitoring.group(&firing()).await, (200, "unchanged".into(), first.clone()));
    assert_eq!(monitoring.group(&resolved()).await.1, "unchanged");
    assert_eq!(app.get(&format!("/incidents/{first}")).await.1["version"], closed["version"]);
    app.advance(Duration::days(1));
    let mut again = firing();
    again["alerts"][1]["startsAt"] = json!("2026-10-24T11:59:00Z");
    let (status, outcome, second) = monitoring.group(&again).await;
    assert_eq!((status, outcome.as_str()), (201, "opened"));
    assert_ne!(first, second);
}

#[actix_web::test]
async fn two_systems_do_not_write_into_each_others_cases_and_two_messages_at_once_make_one() {
    let app = TestApp::start().await;
    let (one, other) = (Monitoring::start(&app).await, Monitoring::called(&app, "Grafana").await);
    let (first, second) = (firing(), firing());
    let (first, second) = tokio::join!(one.group(&first), one.group(&second));
    assert_eq!(first.2, second.2);
    let outcomes = [first.1.as_str(), second.1.as_str()];
    assert!(outcomes.contains(&"opened") && outcomes.contains(&"unchanged"), "{outcomes:?}");
    let mut grafana = firing();
    grafana["version"] = json!("1");
    grafana["title"] = json!("[FIRING:2]");
    let (_, outcome, reference) = other.group(&grafana).await;
    assert_eq!(outcome, "opened");
    assert_ne!(reference, first.2);
}

#[actix_web::test]
async fn what_is_wrong_with_a_message_is_told_field_by_field_and_nothing_is_made_of_it() {
    let app = TestApp::start().await;
    let monitoring = Monitoring::start(&app).await;
    let faults = async |door: &str, message: Value| {
        let (status, problem) = monitoring.tell(door, &message).await;
        assert_eq!(status, 422, "{problem}");
        let of = |field: &Value| {
            let said = field["message"].as_str().unwrap();
            assert!(!said.starts_with("error-") && !said.contains("{$") && !said.contains("{ $"), "{said}");
            format!("{} {}", field["path"].as_str().unwrap(), field["code"].as_str().unwrap())
        };
        problem["errors"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    let with = |path: &str, value: Value| {
        let mut message = firing();
        *message.pointer_mut(path).unwrap() = value;
        message
    };
    assert_eq!(
        faults("alertmanager", json!({})).await,
        ["version missing", "status missing", "groupKey missing", "alerts missing"]
    );
    assert_eq!(faults("alertmanager", json!([])).await, [" wrong_type"]);
    assert_eq!(faults("alertmanager", with("/version", json!("9"))).await, ["version wrong_choice"]);
    assert_eq!(faults("alertmanager", with("/alerts", json!([]))).await, ["alerts missing"]);
    assert_eq!(faults("alertmanager", with("/alerts/1/status", json!("x"))).await[0], "alerts[1].status wrong_choice");
    assert_eq!(
        faults("alertmanager", with("/alerts/0/startsAt", json!("yesterday"))).await,
        ["alerts[0].startsAt not_a_time"]
    );
    assert_eq!(
        faults("alertmanager", with("/alerts/0/startsAt", json!("2026-10-24T12:00:00Z"))).await,
        ["alerts[0].startsAt in_future"]
    );
    let many = json!(vec![firing()["alerts"][0].clone(); 501]);
    assert_eq!(faults("alertmanager", with("/alerts", many)).await, ["alerts too_many_alerts"]);
    assert_eq!(
        faults("alert", json!({})).await,
        ["source missing", "key missing", "title missing", "started_at missing"]
    );
    let alert = |more: Value| {
        let mut alert = json!({ "source": "s", "key": "k", "title": "t", "started_at": "2026-10-23T11:00:00Z" });
        alert.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        alert
    };
    for (more, expected) in [
        (json!({ "service": "telepathy" }), "service wrong_choice"),
        (json!({ "users": -1 }), "users wrong_type"),
        (json!({ "minutes": 1.5 }), "minutes wrong_type"),
        (json!({ "key": "k".repeat(201) }), "key too_long"),
        (json!({ "ended_at": "2026-10-23T10:00:00Z" }), "ended_at alert_ended_before"),
        (json!({ "started_at": "1999-01-01T00:00:00Z" }), "started_at outside_book"),
        (json!({ "opened_by": "0" }), "opened_by unknown_key"),
    ] {
        assert_eq!(faults("alert", alert(more)).await, [expected]);
    }
    let form = app.client.post(format!("{}/api/v1/intake/alert", app.url)).bearer_auth(&monitoring.token).body("a=b");
    assert_eq!(form.send().await.unwrap().status(), 415);
    assert_eq!(app.get("/incidents").await.1["items"], json!([]));
}

#[actix_web::test]
async fn a_flood_of_words_is_bounded_and_shown_as_it_is() {
    let app = TestApp::start().await;
    let monitoring = Monitoring::start(&app).await;
    let mut message = firing();
    message["commonAnnotations"]["summary"] = json!("<script>alert(1)</script>{{title}} { $x } ".repeat(40));
    message["commonAnnotations"]["description"] = json!("æ".repeat(100_000));
    message["alerts"] = json!(vec![message["alerts"][0].clone(); 500]);
    let (status, _, reference) = monitoring.group(&message).await;
    assert_eq!(status, 201);
    for n in 0..40 {
        message["alerts"][0]["fingerprint"] = json!(format!("f{n}"));
        message["alerts"][0]["annotations"]["summary"] = json!("x".repeat(900));
        assert_eq!(monitoring.group(&message).await.1, "added");
    }
    let (_, case) = app.get(&format!("/incidents/{reference}")).await;
    let (title, description) = (case["title"].as_str().unwrap(), case["facts"]["description"].as_str().unwrap());
    assert!(title.chars().count() == 200 && title.starts_with("<script>alert(1)</script>{{title}} { $x }"));
    assert!(description.chars().count() <= 20_000);
    let page = app.page(Method::GET, &format!("/incidents/{reference}")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"));
}
