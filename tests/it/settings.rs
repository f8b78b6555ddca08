//! The settings: saved with their history, told what is wrong, and felt by every open case.

use chrono::Duration;
use diesel::connection::SimpleConnection;
use reqwest::Method;
use serde_json::{Value, json};
use varsel::error::Error;

use crate::app::{TestApp, told};
use crate::case::{duty, key, leak, log};

async fn put(app: &TestApp, body: Value) -> (u16, Value) {
    app.send(Method::PUT, "/settings", &body).await
}

async fn page(app: &TestApp, path: &str) -> String {
    app.page(Method::GET, path).send().await.unwrap().text().await.unwrap()
}

fn company() -> Value {
    json!({ "name": "SMB Mobil AS", "org_number": "974 760 673", "contact_name": "Vakten", "contact_email": "vakt@smbmobil.example", "contact_phone": "+47 21 00 00 00" })
}

#[actix_web::test]
async fn the_defaults_stand_until_somebody_saves_and_each_saving_is_kept() {
    let app = TestApp::start().await;
    let (status, first) = app.get("/settings").await;
    assert_eq!((status, &first["version"], &first["history"]), (200, &json!(0), &json!([])));
    assert_eq!(first["thresholds"]["enisa"][0], json!({ "minutes": 60, "share": 15 }));
    assert_eq!(first["company"]["nkom_email"], "ekomvarsling@nkom.no");
    let (status, saved) = put(&app, json!({ "version": 0, "company": company() })).await;
    assert_eq!((status, &saved["version"], &saved["company"]["org_number"]), (200, &json!(1), &json!("974760673")));
    app.advance(Duration::minutes(1));
    let (_, saved) = put(&app, json!({ "version": 1, "company": { "address": "Storgata 1,\n 0155  Oslo" } })).await;
    assert_eq!(saved["company"]["address"], "Storgata 1, 0155 Oslo", "on one line");
    assert_eq!(saved["company"]["name"], "SMB Mobil AS", "what is left out stays");
    let history = saved["history"].as_array().unwrap();
    assert_eq!(
        (history.len(), &history[0]["by"], &history[0]["at"]),
        (2, &json!("Kari Nordmann"), &json!("2026-10-23T12:01:00.000000Z"))
    );
    assert_eq!(
        history[0]["changes"],
        json!([{ "path": "company.address", "from": "", "to": "Storgata 1, 0155 Oslo" }])
    );
    let (_, same) = put(&app, saved.clone()).await;
    assert_eq!(same, saved, "an answer sent back as it is changes nothing");
    for change in ["UPDATE settings_version SET version = version", "DELETE FROM settings_version"] {
        let outcome = app.db.write(move |conn| conn.batch_execute(change).map_err(Error::from)).await;
        assert!(outcome.unwrap_err().to_string().contains("append-only"), "{change}");
    }
}

#[actix_web::test]
async fn a_stale_version_is_refused_and_shows_both_values() {
    let app = TestApp::start().await;
    assert_eq!(put(&app, json!({ "company": company() })).await.1["errors"][0]["path"], "version");
    assert_eq!(put(&app, json!({ "version": 0, "company": company() })).await.0, 200);
    let (status, problem) = put(&app, json!({ "version": 0, "company": { "name": "Noe annet" } })).await;
    assert_eq!((status, &problem["current_version"]), (409, &json!(1)));
    assert!(
        problem["changes"]
            .as_array()
            .unwrap()
            .contains(&json!({ "path": "company.name", "from": "SMB Mobil", "to": "SMB Mobil AS" }))
    );
    let form = [
        ("version", "0"),
        ("company.name", "Noe annet AS"),
        ("company.org_number", ""),
        ("company.address", "Storgata 1"),
    ];
    let answer = app.page(Method::POST, "/settings").form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Noe annet AS") && page.contains("<td>SMB Mobil AS<br>"), "{page}");
    assert!(page.contains("name=\"version\" value=\"1\""), "saving once more is a decision");
    assert!(
        page.contains("974\u{a0}760\u{a0}673") && page.contains("value=\"Storgata 1\""),
        "what only one of us changed is kept"
    );
    let form = [("version", "0"), ("company.name", "SMB Mobil"), ("company.address", "Storgata 1")];
    assert_eq!(
        app.page(Method::POST, "/settings").form(&form).send().await.unwrap().status(),
        303,
        "nothing was changed by both"
    );
    let (_, saved) = app.get("/settings").await;
    assert_eq!(
        (&saved["company"]["name"], &saved["company"]["address"]),
        (&json!("SMB Mobil AS"), &json!("Storgata 1"))
    );
}

#[actix_web::test]
async fn each_fault_stands_at_its_field_and_nothing_typed_is_lost() {
    let app = TestApp::start().await;
    let (status, problem) = put(&app, json!({ "version": 0, "company": { "org_number": "974760674", "nmae": "x" }, "thresholds": { "loss_minutes": -1 } })).await;
    let paths: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().filter_map(|fault| fault["path"].as_str()).collect();
    assert_eq!((status, paths), (422, vec!["company.nmae", "company.org_number", "thresholds.loss_minutes"]));
    assert_eq!(problem["errors"][0]["nearest"], "name");
    let form = [
        ("version", "0"),
        ("company.name", ""),
        ("company.org_number", "123"),
        ("company.address", "<b>Storgata</b>"),
        ("thresholds.loss_minutes", "en halvtime"),
        ("organisation.trust_service", "yes"),
    ];
    let answer = app.page(Method::POST, "/settings").form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    for words in [
        "Feltet må fylles ut.",
        "«123» er ikke et organisasjonsnummer",
        "Her skal det stå et tall, ikke en halvtime.",
        "value=\"en halvtime\"",
        "&lt;b&gt;Storgata&lt;/b&gt;",
        "id=\"organisation-trust_service\" name=\"organisation.trust_service\" value=\"yes\" aria-describedby=\"organisation-trust_service-help\" checked",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert_eq!(app.get("/settings").await.1["version"], 0, "nothing was stored");
}

#[actix_web::test]
async fn the_page_saves_what_norwegians_type_and_says_so() {
    let app = TestApp::start().await;
    let form = [
        ("version", "0"),
        ("company.name", "SMB Mobil AS"),
        ("thresholds.main_service_share", "33,5"),
        ("thresholds.user_hours", "2 000 000"),
    ];
    let answer = app.page(Method::POST, "/settings").form(&form).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()),
        (303, "/settings?done=saved")
    );
    let (_, saved) = app.get("/settings").await;
    assert_eq!(
        (&saved["thresholds"]["main_service_share"], &saved["thresholds"]["user_hours"]),
        (&json!(33.5), &json!(2_000_000))
    );
    for lang in ["nb", "nn", "en"] {
        app.page(Method::POST, "/language").form(&[("lang", lang), ("next", "/settings")]).send().await.unwrap();
        let page = page(&app, "/settings?done=saved").await;
        let share = if lang == "en" { "value=\"33.5\"" } else { "value=\"33,5\"" };
        for words in [share, "value=\"2000000\"", "Kari Nordmann, 23", "role=\"status\""] {
            assert!(page.contains(words), "{lang}: {words}\n{page}");
        }
        assert!(!page.contains("setting-company") && !page.contains("page-settings"), "{lang}: a text is missing");
    }
}

#[actix_web::test]
async fn a_switch_opens_its_duties_in_every_open_case_and_in_no_closed_one() {
    let app = TestApp::start().await;
    let mut open = Vec::new();
    for _ in 0..45 {
        open.push(key(&log(&app, &leak()).await));
    }
    let closed = log(&app, &json!({
        "title": "Tapt telefon", "timeline": { "known_at": "2026-10-23T11:00:00Z" },
        "services": { "availability": "none" }, "cause": { "planned_work": false },
        "network_security": { "security_breach": false, "particular_risk": false, "cia_material": false, "negative_effect": "none" },
        "personal_data": { "breach": false },
    })).await;
    let closing = app.post(&format!("/incidents/{}/closure", key(&closed)), &json!({ "reason": "Funnet igjen" })).await;
    let (status, saved) = put(&app, json!({ "version": 0, "organisation": { "regulation_611": true } })).await;
    assert_eq!(status, 200, "{saved}");
    for reference in &open {
        let (_, case) = app.get(&format!("/incidents/{reference}")).await;
        assert_eq!(duty(&case, "reg-611-authority")["state"], "required");
        assert!(duty(&case, "reg-611-authority")["opened_at"].is_string(), "it is written down, not only shown");
        let (_, timeline) = app.get(&format!("/incidents/{reference}/timeline")).await;
        let lines = timeline["items"].as_array().unwrap();
        assert_eq!(
            (lines.len(), &lines[1]["kind"], &lines[1]["by"]),
            (2, &json!("settings.changed"), &json!("Kari Nordmann"))
        );
        assert_eq!(
            lines[1]["payload"]["changes"],
            json!([{ "path": "organisation.regulation_611", "from": false, "to": true }])
        );
        let opened = lines[1]["payload"]["consequences"]["duties"].as_array().unwrap();
        assert!(
            opened.iter().any(|change| change["duty"] == "reg-611-authority" && change["change"] == "opened"),
            "{opened:?}"
        );
        let (_, assessments) = app.get(&format!("/incidents/{reference}/assessments")).await;
        assert_eq!(assessments["items"].as_array().unwrap().len(), 2);
    }
    let (_, timeline) = app.get(&format!("/incidents/{}/timeline", key(&closed))).await;
    let lines = timeline["items"].as_array().unwrap();
    assert_eq!((closing.0, lines.last().unwrap()["kind"].as_str()), (201, Some("incident.closed")), "{}", closing.1);
    let shown = page(&app, &format!("/incidents/{}", open[0])).await;
    assert!(
        shown.contains("Vurderte på nytt etter endrede innstillinger") && shown.contains("Forordning 611/2013 gjelder")
    );
}

#[actix_web::test]
async fn a_threshold_moves_the_severity_and_new_words_for_the_company_move_nothing() {
    let app = TestApp::start().await;
    let outage = json!({ "title": "Tale nede", "services": { "availability": "occurred", "affected": ["voicemail"], "customers_affected": 4, "customers_total": 4000, "duration_minutes": 20 } });
    let path = format!("/incidents/{}", key(&log(&app, &outage).await));
    let level = async || app.get("/incidents").await.1["items"][0]["severity"]["level"].clone();
    assert_eq!(level().await, "low");
    assert_eq!(put(&app, json!({ "version": 0, "company": company() })).await.0, 200);
    assert_eq!(app.get(&format!("{path}/timeline")).await.1["items"].as_array().unwrap().len(), 1);
    assert_eq!(put(&app, json!({ "version": 1, "thresholds": { "loss_minutes": 15 } })).await.0, 200);
    assert_eq!(level().await, "moderate");
    let (_, timeline) = app.get(&format!("{path}/timeline")).await;
    assert_eq!(timeline["items"][1]["payload"]["consequences"]["severity"]["to"], "moderate");
    let shown = page(&app, &path).await;
    assert!(shown.contains("Tap av tjeneste, minutter"), "{shown}");
}

#[actix_web::test]
async fn a_case_that_still_waits_is_judged_when_the_program_starts_again() {
    let app = TestApp::start().await;
    let path = format!("/incidents/{}", key(&log(&app, &leak()).await));
    assert_eq!(put(&app, json!({ "version": 0, "organisation": { "regulation_611": true } })).await.0, 200);
    app.db.write(|conn| conn.batch_execute("UPDATE incident SET judged_under = 0").map_err(Error::from)).await.unwrap();
    let judge = varsel::incident::settings::actions::judge_open;
    assert_eq!(judge(&app.db, app.clock.now()).await.unwrap(), 1);
    assert_eq!(judge(&app.db, app.clock.now()).await.unwrap(), 0, "running it twice changes nothing");
    assert_eq!(app.get(&format!("{path}/timeline")).await.1["items"].as_array().unwrap().len(), 3);
}

#[actix_web::test]
async fn the_list_says_what_letters_lack_until_the_company_is_filled_in() {
    let app = TestApp::start().await;
    let note =
        "Brevene mangler opplysninger om avsenderen: organisasjonsnummer, kontaktperson og kontaktpersonens telefon.";
    assert!(page(&app, "/incidents").await.contains(note));
    assert_eq!(put(&app, json!({ "version": 0, "company": company() })).await.0, 200);
    assert!(!page(&app, "/incidents").await.contains("Brevene mangler"));
    let path = format!("/incidents/{}/drafts", key(&log(&app, &leak()).await));
    let (status, draft) = told(app.api(Method::GET, &format!("{path}/gdpr-33-authority")).send().await.unwrap()).await;
    assert!(
        status == 200
            && draft["body"].as_str().unwrap().contains("SMB Mobil AS (organisasjonsnummer 974\u{a0}760\u{a0}673)"),
        "{draft}"
    );
    assert_eq!(app.get(&format!("{path}/nkom-privacy")).await.1["to"], "ekomvarsling@nkom.no");
    assert_eq!(draft["to"], Value::Null, "Datatilsynet is told through Altinn");
}
