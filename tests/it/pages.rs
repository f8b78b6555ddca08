//! The pages as somebody without script uses them: forms sent, answers read.

use chrono::Duration;
use reqwest::{Method, Response};
use serde_json::json;

use crate::app::TestApp;

async fn send(app: &TestApp, path: &str, form: &[(&str, &str)]) -> Response {
    app.page(Method::POST, path).form(form).send().await.unwrap()
}

async fn read(app: &TestApp, path: &str) -> String {
    let answer = app.page(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    let text = answer.text().await.unwrap();
    assert!(!text.contains("style=\"") && !text.contains("onclick"), "nothing inline on {path}");
    text
}

/// Where the browser is sent, without what was just done.
fn place(answer: &Response) -> String {
    assert_eq!(answer.status(), 303);
    let place = answer.headers()["location"].to_str().unwrap();
    place.split('?').next().unwrap().to_owned()
}

/// Logs an outage for twelve per cent of the customers, known at the test's noon.
async fn log_outage(app: &TestApp) -> String {
    let form = [
        ("title", "Tale nede i nord"),
        ("timeline.known_at", "2026-10-23T14:00"),
        ("services.availability", "occurred"),
        ("services.affected", "voice"),
        ("services.customers_affected", "4 800"),
        ("services.customers_total", "40 000"),
        ("personal_data.breach", "no"),
        ("network_security.security_breach", "no"),
    ];
    place(&send(app, "/incidents", &form).await)
}

fn version(page: &str) -> String {
    let rest = page.split("name=\"version\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn an_incident_is_logged_with_a_form_and_says_at_once_who_must_be_told() {
    let app = TestApp::start().await;
    assert!(read(&app, "/").await.contains("Ingen hendelser ennå"));
    assert!(read(&app, "/incidents/new").await.contains("value=\"2026-10-23T14:00\""), "now, in Norwegian time");
    let place = log_outage(&app).await;
    assert_eq!(place, "/incidents/2026-0001");
    let page = read(&app, &place).await;
    for words in [
        "Tale nede i nord",
        "Varsel til Nkom om bortfall av tjeneste",
        "30 min igjen",
        "kritisk",
        "kl. 14.30 norsk sommertid",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let list = read(&app, "/incidents?severity=critical").await;
    assert!(list.contains("Tale nede i nord"));
    assert!(!read(&app, "/incidents?severity=low").await.contains("Tale nede i nord"));
    app.advance(Duration::hours(1));
    assert!(read(&app, &place).await.contains("30 min over fristen"));
}

#[actix_web::test]
async fn bad_input_brings_the_form_back_with_everything_typed_and_each_fault_at_its_field() {
    let app = TestApp::start().await;
    let form = [
        ("title", ""),
        ("timeline.known_at", "2026-10-25T02:30"),
        ("services.availability", "occurred"),
        ("services.customers_affected", "mange"),
        ("description", "Strømbrudd <b>i Alta</b> 🔥"),
        ("personal_data.breach", "yes"),
        ("personal_data.roles[0].controller", "Fjord & Fjell AS"),
    ];
    let answer = send(&app, "/incidents", &form).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("href=\"#title\"") && page.contains("href=\"#timeline-known_at\""),
        "the summary leads to the fields"
    );
    assert!(page.contains("«mange»") && page.contains("value=\"mange\""));
    assert!(page.contains("Strømbrudd &lt;b&gt;i Alta&lt;/b&gt; 🔥"));
    assert!(page.contains("Fjord &amp; Fjell AS"));
    assert!(page.contains("timeline.known_at~zone"), "which of the two hours is asked");
    assert!(read(&app, "/").await.contains("Ingen hendelser ennå"), "nothing is stored");
}

#[actix_web::test]
async fn a_question_is_answered_in_place_and_the_answer_decides() {
    let app = TestApp::start().await;
    let place =
        place(&send(&app, "/incidents", &[("title", "Noe er galt"), ("timeline.known_at", "2026-10-23T13:50")]).await);
    let page = read(&app, &place).await;
    assert!(page.contains("value=\"ask:services.availability\""));
    let version = version(&page);
    let form =
        [("form", "ask:services.availability"), ("version", version.as_str()), ("services.availability", "none")];
    assert_eq!(send(&app, &format!("{place}/facts"), &form).await.status(), 303);
    let page = read(&app, &format!("{place}?done=saved")).await;
    assert!(page.contains("data-done") && page.contains("gjelder ikke lenger"));
    assert!(!page.contains("value=\"ask:services.availability\""), "it is not asked again");
}

#[actix_web::test]
async fn a_stale_form_shows_both_values_and_loses_nothing_while_other_fields_are_simply_joined() {
    let app = TestApp::start().await;
    let place = log_outage(&app).await;
    let old = version(&read(&app, &format!("{place}?edit=services")).await);
    let (status, _) =
        app.send(Method::PATCH, &place, &json!({ "version": 1, "services": { "customers_affected": 5000 } })).await;
    assert_eq!(status, 200);
    let mut form = vec![
        ("form", "facts:services"),
        ("version", old.as_str()),
        ("services.availability", "occurred"),
        ("services.affected", "voice"),
        ("services.customers_affected", "6000"),
        ("services.customers_total", "40000"),
        ("services.duration_minutes", "90"),
    ];
    let answer = send(&app, &format!("{place}/facts"), &form).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<td>6000<") && page.contains("<td>5000"), "both stand side by side");
    assert!(page.contains("value=\"6000\"") && page.contains("value=\"90\""), "what was typed stands in the form");
    form[4] = ("services.customers_affected", "4800");
    assert_eq!(send(&app, &format!("{place}/facts"), &form).await.status(), 303, "what I did not touch is not mine");
    let (_, case) = app.get(&place).await;
    assert_eq!(case["facts"]["services"]["customers_affected"], 5000);
    assert_eq!(case["facts"]["services"]["duration_minutes"], 90);
}

#[actix_web::test]
async fn a_duty_recorded_as_sent_is_fulfilled_and_one_settled_keeps_its_reason() {
    let app = TestApp::start().await;
    let place = log_outage(&app).await;
    let sent = [
        ("form", "sent:nkom-availability"),
        ("sent_at", "2026-10-23T14:00"),
        ("channel", "email"),
        ("reference", "Vakt: Ola"),
        ("complete", "yes"),
    ];
    assert_eq!(send(&app, &format!("{place}/duties/nkom-availability/submission"), &sent).await.status(), 303);
    let page = read(&app, &place).await;
    assert!(page.contains("duty is-fulfilled") && page.contains("Vakt: Ola"));
    let refused = [("form", "settle:management-report"), ("version", "2"), ("answer", "not_required"), ("reason", " ")];
    let answer = send(&app, &format!("{place}/duties/management-report/settlement"), &refused).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("href=\"#settle-management-report-reason\""));
    let stale = [
        ("form", "settle:management-report"),
        ("version", "1"),
        ("answer", "not_required"),
        ("reason", "Før varselet gikk."),
    ];
    let answer = send(&app, &format!("{place}/duties/management-report/settlement"), &stale).await;
    assert_eq!(answer.status(), 409, "a decision rests on what the person saw");
    assert!(answer.text().await.unwrap().contains("Før varselet gikk."));
    let settled = [("form", "x"), ("version", "2"), ("answer", "not_required"), ("reason", "Ledelsen satt i møtet.")];
    assert_eq!(send(&app, &format!("{place}/duties/management-report/settlement"), &settled).await.status(), 303);
    assert!(read(&app, &place).await.contains("«Ledelsen satt i møtet.»"));
}

#[actix_web::test]
async fn closing_with_open_duties_is_refused_and_names_them() {
    let app = TestApp::start().await;
    let place = log_outage(&app).await;
    let answer = send(
        &app,
        &format!("{place}/closure"),
        &[("form", "closure"), ("version", "1"), ("reason", "Alt er i orden.")],
    )
    .await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    let alert = page.split("id=\"wrong\"").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(alert.contains("Varsel til Nkom om bortfall av tjeneste"), "{alert}");
    assert!(page.contains("Alt er i orden."), "the reason is kept");
}

#[actix_web::test]
async fn a_moment_is_corrected_beside_what_stood_and_needs_a_reason() {
    let app = TestApp::start().await;
    let place = log_outage(&app).await;
    let moment = |reason: &'static str| {
        [("form", "moment:known_at"), ("moment", "known_at"), ("at", "2026-10-23T13:45"), ("reason", reason)]
    };
    assert_eq!(send(&app, &format!("{place}/moments"), &moment("")).await.status(), 422);
    assert_eq!(send(&app, &format!("{place}/moments"), &moment("Vaktloggen viser 13.45.")).await.status(), 303);
    let page = read(&app, &place).await;
    assert!(page.contains("<s>fredag 23. oktober 2026 kl. 14.00 norsk sommertid (CEST, UTC+2)</s>"));
    assert!(page.contains("Vaktloggen viser 13.45.") && page.contains("kl. 14.15 norsk sommertid"));
}

#[actix_web::test]
async fn every_page_speaks_three_languages_and_says_no_word_of_the_machine() {
    let app = TestApp::start().await;
    let place = log_outage(&app).await;
    for lang in ["nb", "nn", "en"] {
        assert_eq!(send(&app, "/language", &[("lang", lang), ("next", "/")]).await.status(), 303);
        let paths = [
            "/".to_owned(),
            "/incidents/new".into(),
            place.clone(),
            format!("{place}/drafts"),
            format!("{place}?edit=personal_data"),
            format!("{place}?edit=services"),
            format!("{place}?edit=cause"),
        ];
        for path in paths {
            let page = read(&app, &path).await;
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path}");
            assert!(page.len() < 100_000, "{path} weighs {} bytes", page.len());
            let machine: Vec<&str> = shown(&page).filter(|word| word.contains('_') && !word.contains('@')).collect();
            assert!(machine.is_empty(), "{lang} {path}: {machine:?}");
            let keys: Vec<&str> = shown(&page)
                .filter(|word| {
                    ["page-", "fact-", "choice-", "duty-", "line-", "step-", "reason-", "cite-"]
                        .iter()
                        .any(|key| word.starts_with(key))
                })
                .collect();
            assert!(keys.is_empty(), "{lang} {path}: {keys:?}");
        }
    }
}

/// The words outside tags.
fn shown(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').skip(1).filter_map(|part| part.split_once('>')).flat_map(|(_, text)| text.split_whitespace())
}

#[actix_web::test]
async fn one_sending_is_recorded_for_every_duty_ticked_with_the_same_recipient() {
    let app = TestApp::start().await;
    let place = log_outage(&app).await;
    let page = read(&app, &place).await;
    let form = page.split("/duties/nkom-availability/submission").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(form.contains("Samme varsel dekker også") && form.contains("name=\"covers\" value=\"nkom-own-severity\""));
    assert!(
        !form.contains("value=\"management-report\"") && !form.contains("value=\"nkom-availability\""),
        "only others, and only to Nkom"
    );
    let sent = |covers: &'static str| {
        [
            ("form", "sent:nkom-availability"),
            ("sent_at", "2026-10-23T14:00"),
            ("channel", "email"),
            ("complete", "yes"),
            ("reference", "Ola"),
            ("covers", covers),
        ]
    };
    let path = format!("{place}/duties/nkom-availability/submission");
    let refused = send(&app, &path, &sent("management-report")).await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains("Plikten gjelder en annen mottaker") && page.contains("value=\"Ola\""));
    assert_eq!(send(&app, &path, &sent("nkom-own-severity")).await.status(), 303);
    let page = read(&app, &format!("{place}?done=sent")).await;
    assert_eq!(page.matches("referanse Ola").count(), 2);
    assert!(page.contains("Varsel til Nkom om bortfall av tjeneste og "), "one line tells of both");
    let (_, case) = app.get(&place).await;
    assert_eq!(case["facts"]["sent"].as_array().unwrap().len(), 2);
}
