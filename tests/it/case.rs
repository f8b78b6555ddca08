//! The case file over the API: logging, changing, moments, duties, closing.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{TestApp, told};

/// A leak of call records at a provider that is controller and processor for two customers.
pub fn leak() -> Value {
    json!({
        "title": "Samtalelogg lagt åpent på nettet 📞",
        "timeline": { "detected_at": "2026-10-23T11:00:00Z", "known_at": "2026-10-23T13:40:00+02:00", "breach_aware_at": "2026-10-23T11:50:00Z" },
        "network_security": { "security_breach": true, "negative_effect": "occurred" },
        "personal_data": {
            "breach": true, "kinds": ["confidentiality"], "confidentiality": "disclosed", "unintelligible": "no",
            "roles": [{ "role": "controller" }, { "role": "processor", "controller": "Bedrift A AS" }, { "role": "processor", "controller": "Bedrift B AS", "notify_within_hours": 12 }],
            "data": ["traffic"], "insight": "much", "identifiability": "maximum", "recipient": "public", "subjects_count": 40
        }
    })
}

pub fn duty<'a>(case: &'a Value, id: &str) -> &'a Value {
    case["duties"].as_array().unwrap().iter().find(|duty| duty["id"] == id).unwrap_or_else(|| panic!("{id} in {case}"))
}

pub async fn log(app: &TestApp, facts: &Value) -> Value {
    let (status, case) = app.post("/incidents", facts).await;
    assert_eq!(status, 201, "{case}");
    case
}

pub fn key(case: &Value) -> String {
    case["reference"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_title_is_enough_to_log_an_incident_and_the_breach_question_stays_open() {
    let app = TestApp::start().await;
    let case = log(&app, &json!({ "title": "Tale nede", "services": { "availability": "occurred" } })).await;
    assert_eq!(
        (&case["reference"], &case["status"], &case["version"]),
        (&json!("2026-0001"), &json!("open"), &json!(1))
    );
    assert_eq!(duty(&case, "gdpr-33-authority")["state"], "undetermined", "an outage is asked the breach question too");
    assert_eq!(case["affected_users"]["must_be_told"], "undetermined");
    assert!(!case["questions"].as_array().unwrap().is_empty());
    let (status, by_id) = app.get(&format!("/incidents/{}", case["id"].as_str().unwrap())).await;
    assert_eq!((status, &by_id["reference"]), (200, &case["reference"]));
}

#[actix_web::test]
async fn a_leak_shows_every_duty_with_its_clock_at_once() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let authority = duty(&case, "gdpr-33-authority");
    assert_eq!(
        (&authority["state"], &authority["deadline"]["due_at"]),
        (&json!("required"), &json!("2026-10-26T11:50:00Z"))
    );
    assert_eq!(case["affected_users"]["must_be_told"], "yes");
    let controllers: Vec<_> =
        case["duties"].as_array().unwrap().iter().filter(|d| d["id"] == "gdpr-33-2-controller").collect();
    assert_eq!(controllers.len(), 2);
    let moments = case["moments"].as_array().unwrap();
    assert_eq!(moments.len(), 2, "the moments given at logging are the first statements");
    let (_, timeline) = app.get(&format!("/incidents/{}/timeline", key(&case))).await;
    let lines = timeline["items"].as_array().unwrap();
    assert_eq!(
        (lines.len(), &lines[0]["kind"], &lines[0]["by"]),
        (1, &json!("incident.logged"), &json!("Kari Nordmann"))
    );
    assert!(!lines[0]["payload"]["consequences"]["duties"].as_array().unwrap().is_empty());
}

#[actix_web::test]
async fn changing_facts_needs_the_version_seen_and_tells_what_follows() {
    let app = TestApp::start().await;
    let case = log(&app, &json!({ "title": "Tapt telefon" })).await;
    let path = format!("/incidents/{}", key(&case));
    let patch = json!({ "personal_data": { "breach": false } });
    let (status, problem) = app.send(Method::PATCH, &path, &patch).await;
    assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!("version")));
    let changed =
        app.api(Method::PATCH, &path).header("if-match", "\"1\"").body(patch.to_string()).send().await.unwrap();
    assert_eq!(changed.headers()["etag"], "\"2\"");
    let (status, changed) = told(changed).await;
    assert_eq!((status, &changed["version"]), (200, &json!(2)));
    assert_eq!(duty(&changed, "gdpr-33-authority")["state"], "not_required");
    let (_, timeline) = app.get(&format!("{path}/timeline")).await;
    let line = &timeline["items"][1];
    assert_eq!(line["payload"]["changes"], json!([{ "path": "personal_data.breach", "from": null, "to": false }]));
    let lifted: Vec<_> = line["payload"]["consequences"]["duties"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|d| d["change"] == "lifted")
        .collect();
    assert!(
        lifted.iter().any(|d| d["duty"] == "gdpr-33-authority" && d["because"][0] == "personal_data.breach"),
        "{lifted:?}"
    );
    let (_, assessments) = app.get(&format!("{path}/assessments")).await;
    assert_eq!(assessments["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn a_stale_version_is_refused_and_told_what_changed() {
    let app = TestApp::start().await;
    let case = log(&app, &json!({ "title": "Tapt telefon" })).await;
    let path = format!("/incidents/{}", key(&case));
    let (status, _) = app.send(Method::PATCH, &path, &json!({ "version": 1, "title": "Stjålet telefon" })).await;
    assert_eq!(status, 200);
    let (status, problem) =
        app.send(Method::PATCH, &path, &json!({ "version": 1, "description": "Funnet igjen" })).await;
    assert_eq!((status, &problem["current_version"]), (409, &json!(2)));
    assert_eq!(problem["changes"], json!([{ "path": "title", "from": "Tapt telefon", "to": "Stjålet telefon" }]));
}

#[actix_web::test]
async fn awareness_is_evidence_and_a_correction_never_rewrites_it() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let path = format!("/incidents/{}", key(&case));
    let patch = json!({ "version": 1, "timeline": { "breach_aware_at": "2026-10-23T10:00:00Z" } });
    let (status, problem) = app.send(Method::PATCH, &path, &patch).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("use_moments")));
    assert!(problem["errors"][0]["message"].as_str().unwrap().contains("/moments"));

    let statement = json!({ "moment": "breach_aware_at", "at": "2026-10-23T13:30:00+02:00", "reason": "Loggen viser at vakten så filen da" });
    let (status, corrected) = app.post(&format!("{path}/moments"), &statement).await;
    assert_eq!(status, 201, "{corrected}");
    assert_eq!(duty(&corrected, "gdpr-33-authority")["deadline"]["due_at"], "2026-10-26T11:30:00Z");
    let moments = corrected["moments"].as_array().unwrap();
    let of_breach: Vec<_> = moments.iter().filter(|m| m["moment"] == "breach_aware_at").collect();
    assert_eq!(of_breach[0]["value"], "2026-10-23T11:50:00.000000Z", "the first statement stays");
    assert_eq!(of_breach[1]["supersedes"], of_breach[0]["seq"]);

    let (_, changed) =
        app.send(Method::PATCH, &path, &json!({ "version": 2, "personal_data": { "subjects_count": 41 } })).await;
    assert_eq!(
        duty(&changed, "gdpr-33-authority")["deadline"]["due_at"],
        "2026-10-26T11:30:00Z",
        "editing anything else moves no clock"
    );
    for (at, code) in [(json!("2026-10-24T12:00:00Z"), "in_future"), (json!("2026-10-23T13:30:00"), "no_offset")] {
        let (status, problem) =
            app.post(&format!("{path}/moments"), &json!({ "moment": "known_at", "at": at, "reason": "x" })).await;
        assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!(code)));
    }
    let (status, problem) =
        app.post(&format!("{path}/moments"), &json!({ "moment": "known_at", "at": null, "reason": " " })).await;
    assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!("reason")));
}

#[actix_web::test]
async fn a_deadline_is_explained_step_by_step_in_both_times() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let (status, told) = app.get(&format!("/incidents/{}/duties/gdpr-33-authority/explanation", key(&case))).await;
    assert_eq!(status, 200, "{told}");
    let steps = told["steps"].as_array().unwrap();
    let step = |name: &str| steps.iter().find(|step| step["step"] == name).unwrap();
    assert_eq!(step("moment")["oslo"], "2026-10-23T13:50:00+02:00");
    assert_eq!(step("moment")["stated_by"], "Kari Nordmann");
    assert_eq!(
        (&step("deadline")["elapsed_minutes"], &step("deadline")["oslo"]),
        (&json!(72 * 60), &json!("2026-10-26T12:50:00+01:00"))
    );
    assert_eq!(step("also")["name"], "reg_1182_71");
    assert!(step("rule")["basis"].as_str().unwrap().contains("33"));
    let (status, problem) =
        app.get(&format!("/incidents/{}/duties/gdpr-33-2-controller/explanation", key(&case))).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("which_controller")));
}

#[actix_web::test]
async fn not_telling_is_a_decision_that_is_kept_and_falls_when_the_rule_says_more() {
    let app = TestApp::start().await;
    let case =
        log(&app, &json!({ "title": "Feilsendt faktura", "timeline": { "breach_aware_at": "2026-10-23T11:00:00Z" } }))
            .await;
    let path = format!("/incidents/{}", key(&case));
    let (status, settled) = app
        .post(
            &format!("{path}/duties/gdpr-34-subjects/settlement"),
            &json!({ "reason": "Bare ett navn, hos en kjent mottaker" }),
        )
        .await;
    assert_eq!(status, 201, "{settled}");
    let duty_now = duty(&settled, "gdpr-34-subjects");
    assert_eq!((&duty_now["state"], &duty_now["rule_state"]), (&json!("not_required"), &json!("undetermined")));
    let kept = &duty_now["settlement"];
    assert_eq!(kept["by"], "Kari Nordmann");
    assert!(kept["questions"]["unknown"].as_array().unwrap().contains(&json!("personal_data.breach")), "{kept}");
    assert!(kept["rules_version"].is_string());

    let (_, still) = app.send(Method::PATCH, &path, &json!({ "version": 2, "description": "Mer vites ikke" })).await;
    assert_eq!(duty(&still, "gdpr-34-subjects")["state"], "not_required", "it survives what does not matter");
    let mut worse = leak();
    worse["version"] = json!(3);
    worse.as_object_mut().unwrap().remove("timeline");
    let (status, reopened) = app.send(Method::PATCH, &path, &worse).await;
    assert_eq!(status, 200, "{reopened}");
    assert_eq!(duty(&reopened, "gdpr-34-subjects")["state"], "required");
    let (_, timeline) = app.get(&format!("{path}/timeline")).await;
    let last = timeline["items"].as_array().unwrap().last().unwrap().clone();
    let changes = last["payload"]["consequences"]["duties"].as_array().unwrap().clone();
    assert!(changes.iter().any(|c| c["duty"] == "gdpr-34-subjects" && c["change"] == "reopened"), "{changes:?}");
}

#[actix_web::test]
async fn a_person_overrules_with_a_reason_and_the_proposal_stays() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let path = format!("/incidents/{}", key(&case));
    let proposed = case["severity"]["proposed"].clone();
    let (status, problem) =
        app.send(Method::PUT, &format!("{path}/severity"), &json!({ "level": "criticl", "reason": "r" })).await;
    assert_eq!(
        (status, &problem["errors"][0]["path"], &problem["errors"][0]["nearest"]),
        (422, &json!("level"), &json!("critical"))
    );
    let (status, problem) = app.send(Method::PUT, &format!("{path}/severity"), &json!({ "level": "critical" })).await;
    assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!("reason")));
    let (status, overruled) = app
        .send(
            Method::PUT,
            &format!("{path}/severity"),
            &json!({ "level": "critical", "reason": "Landsdekkende omtale" }),
        )
        .await;
    assert_eq!(status, 200, "{overruled}");
    assert_eq!((&overruled["severity"]["level"], &overruled["severity"]["proposed"]), (&json!("critical"), &proposed));
    assert_eq!(overruled["overrulings"][0]["proposed"], proposed);
    let (status, risk) = app
        .send(Method::PUT, &format!("{path}/risk"), &json!({ "level": "unlikely", "reason": "Bare testnumre" }))
        .await;
    assert_eq!((status, &risk["risk"]["level"]), (200, &json!("unlikely")));
    assert_eq!(duty(&risk, "gdpr-33-authority")["state"], "not_required");
    let (status, back) =
        app.send(Method::PUT, &format!("{path}/risk"), &json!({ "level": null, "reason": "Det var ekte numre" })).await;
    assert_eq!((status, &back["risk"]["level"]), (200, &case["risk"]["level"]));
    assert_eq!(duty(&back, "gdpr-33-authority")["state"], "required");
}

#[actix_web::test]
async fn a_sent_notification_fulfils_its_duty_and_an_incomplete_one_opens_the_next() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let path = format!("/incidents/{}/duties", key(&case));
    let sent = json!({ "channel": "altinn", "reference": "AR123456", "complete": false });
    let (status, after) = app.post(&format!("{path}/gdpr-33-authority/submission"), &sent).await;
    assert_eq!(status, 201, "{after}");
    assert_eq!(duty(&after, "gdpr-33-authority")["state"], "fulfilled");
    assert_eq!(duty(&after, "gdpr-33-authority")["submissions"][0]["reference"], "AR123456");
    assert_eq!(duty(&after, "gdpr-33-phased")["state"], "required");
    let (status, problem) = app.post(&format!("{path}/gdpr-33-2-controller/submission"), &sent).await;
    assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!("for")));
    let (status, after) =
        app.post(&format!("{path}/gdpr-33-2-controller/submission?for=Bedrift%20A%20AS"), &sent).await;
    assert_eq!(status, 201, "{after}");
    let states: Vec<_> = after["duties"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|d| d["id"] == "gdpr-33-2-controller")
        .map(|d| d["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["fulfilled", "required"]);
    for (body, at) in [
        (json!({ "complete": "yes" }), "complete"),
        (json!({}), "complete"),
        (json!({ "complete": true, "chanel": "x" }), "chanel"),
        (json!({ "complete": true, "sent_at": "2027-01-01T00:00:00Z" }), "sent_at"),
    ] {
        let (status, problem) = app.post(&format!("{path}/nkom-privacy/submission"), &body).await;
        assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!(at)));
    }
    assert_eq!(app.post(&format!("{path}/no-such-duty/submission"), &sent).await.0, 404);
}

#[actix_web::test]
async fn nkom_is_owed_an_update_when_what_it_was_told_changes() {
    let app = TestApp::start().await;
    let facts = json!({ "title": "Tale nede", "timeline": { "known_at": "2026-10-23T11:50:00Z" }, "personal_data": { "breach": false },
        "services": { "availability": "occurred", "material": true, "customers_affected": 100, "customers_total": 4000 } });
    let case = log(&app, &facts).await;
    let path = format!("/incidents/{}", key(&case));
    let (_, sent) = app
        .post(&format!("{path}/duties/nkom-availability/submission"), &json!({ "channel": "email", "complete": true }))
        .await;
    assert_eq!(duty(&sent, "nkom-update")["state"], "not_required");
    let (_, same) = app.send(Method::PATCH, &path, &json!({ "version": 2, "description": "Feil på en ruter" })).await;
    assert_eq!(duty(&same, "nkom-update")["state"], "not_required");
    app.advance(Duration::minutes(10));
    let (_, more) =
        app.send(Method::PATCH, &path, &json!({ "version": 3, "services": { "customers_affected": 900 } })).await;
    assert_eq!(duty(&more, "nkom-update")["state"], "required");
    assert_eq!(duty(&more, "nkom-update")["clock"]["starts_at"], "2026-10-23T12:10:00Z");
}

#[actix_web::test]
async fn closing_with_open_duties_is_refused_and_names_them() {
    let app = TestApp::start().await;
    let harmless = json!({ "title": "Øvelse", "services": { "availability": "none" }, "cause": { "planned_work": false },
        "network_security": { "security_breach": false, "particular_risk": false, "cia_material": false }, "personal_data": { "breach": false } });
    let case = log(&app, &json!({ "title": "Øvelse" })).await;
    let path = format!("/incidents/{}", key(&case));
    let (status, problem) = app.post(&format!("{path}/closure"), &json!({ "reason": "Ferdig" })).await;
    assert_eq!((status, &problem["type"]), (409, &json!("urn:varsel:problem:open-duties")));
    assert!(problem["duties"].as_array().unwrap().contains(&json!("gdpr-33-authority")), "{problem}");
    let mut patch = harmless.clone();
    patch["version"] = json!(1);
    let (_, calm) = app.send(Method::PATCH, &path, &patch).await;
    let open: Vec<_> = calm["duties"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|d| d["state"] == "required" || d["state"] == "undetermined")
        .map(|d| d["id"].clone())
        .collect();
    for id in open {
        let (status, told) = app
            .post(
                &format!("{path}/duties/{}/settlement", id.as_str().unwrap()),
                &json!({ "reason": "Det var en øvelse" }),
            )
            .await;
        assert_eq!(status, 201, "{told}");
    }
    let (status, closed) = app.post(&format!("{path}/closure"), &json!({ "reason": "Ferdig" })).await;
    assert_eq!((status, &closed["status"]), (201, &json!("closed")), "{closed}");
    let version = closed["version"].clone();
    let (status, problem) = app.send(Method::PATCH, &path, &json!({ "version": version, "title": "Nytt" })).await;
    assert_eq!((status, &problem["type"]), (409, &json!("urn:varsel:problem:closed")));
    let (status, open) =
        app.send(Method::DELETE, &format!("{path}/closure"), &json!({ "reason": "Ny opplysning" })).await;
    assert_eq!((status, &open["status"]), (200, &json!("open")));
    assert_eq!(open["closures"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn time_alone_makes_a_late_notification_owe_its_reasons() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let path = format!("/incidents/{}", key(&case));
    assert_eq!(duty(&case, "gdpr-33-delay-reasons")["state"], "not_required");
    app.advance(Duration::hours(7));
    app.advance(Duration::hours(66));
    let body = json!({ "email": crate::app::EMAIL, "password": crate::app::PASSWORD });
    assert_eq!(app.post("/session", &body).await.0, 204);
    let (_, late) = app.get(&path).await;
    assert_eq!(duty(&late, "gdpr-33-delay-reasons")["state"], "required");
    let (status, again) = app.post(&format!("{path}/assessments"), &json!({})).await;
    assert_eq!((status, &again["version"]), (201, &json!(2)));
}

#[actix_web::test]
async fn one_notice_answers_several_duties_of_the_same_recipient_and_no_others() {
    let app = TestApp::start().await;
    let mut facts = leak();
    facts["services"] = json!({ "availability": "occurred", "material": true });
    let case = log(&app, &facts).await;
    let path = format!("/incidents/{}", key(&case));
    let send = async |duty: &str, covers: Value| {
        let body = json!({ "channel": "email", "reference": "N-1", "complete": true, "covers": covers });
        app.post(&format!("{path}/duties/{duty}/submission"), &body).await
    };
    for (covers, at, code) in [
        (json!(["gdpr-33-authority"]), "covers[0]", "covers_other_recipient"),
        (json!(["nkom-availability"]), "covers[0]", "covers_twice"),
        (json!(["nkom-privacy", "nkom-privacy"]), "covers[1]", "covers_twice"),
        (json!(["nkom-normalised"]), "covers[0]", "covers_not_open"),
        (json!(["nkom-tull"]), "covers[0]", "covers_no_duty"),
        (json!("nkom-privacy"), "covers", "wrong_type"),
        (json!([["nkom-privacy"]]), "covers[0]", "wrong_type"),
    ] {
        let (status, problem) = send("nkom-availability", covers).await;
        assert_eq!(
            (status, &problem["errors"][0]["path"], &problem["errors"][0]["code"]),
            (422, &json!(at), &json!(code)),
            "{problem}"
        );
        assert!(!problem["errors"][0]["message"].as_str().unwrap().contains('$'), "{problem}");
    }
    let (_, untouched) = app.get(&path).await;
    assert_eq!(
        (&untouched["version"], &untouched["facts"]["sent"]),
        (&json!(1), &Value::Null),
        "what is refused leaves no trace"
    );

    let (status, sent) = send("nkom-availability", json!(["nkom-own-severity", "nkom-privacy"])).await;
    assert_eq!(status, 201, "{sent}");
    for id in ["nkom-availability", "nkom-own-severity", "nkom-privacy"] {
        let duty = duty(&sent, id);
        assert_eq!(
            (&duty["state"], &duty["submissions"][0]["reference"]),
            (&json!("fulfilled"), &json!("N-1")),
            "{id}"
        );
        assert_eq!(duty["submissions"].as_array().unwrap().len(), 1, "{id} keeps a row of its own");
    }
    let facts = sent["facts"]["sent"].as_array().unwrap();
    let told: Vec<&str> = facts.iter().map(|fact| fact["duty"].as_str().unwrap()).collect();
    assert_eq!(told, ["nkom-availability", "nkom-own-severity", "nkom-privacy"]);
    assert_eq!(sent["version"], 2, "it is one action");
    let (_, timeline) = app.get(&format!("{path}/timeline")).await;
    let lines = timeline["items"].as_array().unwrap();
    assert_eq!((lines.len(), &lines[1]["payload"]["covers"]), (2, &json!(["nkom-own-severity", "nkom-privacy"])));

    let (status, sent) = send("gdpr-34-subjects", json!(["subscriber-breach"])).await;
    assert_eq!(status, 201, "one message to a person answers both laws: {sent}");
    assert_eq!(duty(&sent, "subscriber-breach")["state"], "fulfilled");
}

#[actix_web::test]
async fn a_notice_to_one_controller_covers_nothing_owed_to_another_nor_what_a_person_settled() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let path = format!("/incidents/{}/duties", key(&case));
    let body = json!({ "complete": true, "for": "Bedrift A AS", "covers": ["gdpr-33-2-controller"] });
    let (status, problem) = app.post(&format!("{path}/gdpr-33-2-controller/submission"), &body).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("covers_twice")), "{problem}");
    let reason = json!({ "reason": "Bare ett nummer, og abonnenten er varslet" });
    assert_eq!(app.post(&format!("{path}/subscriber-breach/settlement"), &reason).await.0, 201);
    let body = json!({ "complete": true, "covers": ["subscriber-breach"] });
    let (status, problem) = app.post(&format!("{path}/gdpr-34-subjects/submission"), &body).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("covers_not_open")), "{problem}");
}
