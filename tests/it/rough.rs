//! What a stranger tries with a command line, and a case of a size that nobody thought of.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{TestApp, told};
use crate::case::{key, leak, log};

#[actix_web::test]
async fn each_rough_request_is_told_its_field_and_what_would_be_right() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let path = format!("/incidents/{}", key(&case));
    let refused = async |answer: (u16, Value)| {
        assert_eq!(answer.0, 422, "{}", answer.1);
        let first = &answer.1["errors"][0];
        (first["path"].as_str().unwrap().to_owned(), first["code"].as_str().unwrap().to_owned())
    };
    let is = |path: &str, code: &str| (path.to_owned(), code.to_owned());
    assert_eq!(refused(app.get("/incidents?limit=abc").await).await, is("limit", "limit_out_of_range"));
    assert_eq!(refused(app.post("/incidents", &json!({ "title": "a\0b" })).await).await, is("title", "unprintable"));
    let reason = json!({ "level": "high", "reason": "a\0b" });
    assert_eq!(
        refused(app.send(Method::PUT, &format!("{path}/risk"), &reason).await).await,
        is("reason", "unprintable")
    );
    let early = json!({ "complete": true, "sent_at": "1999-01-01T00:00:00Z" });
    let sent = app.post(&format!("{path}/duties/gdpr-33-authority/submission"), &early).await;
    assert_eq!(refused(sent).await, is("sent_at", "outside_book"));
    assert_eq!(app.get("/incidents?q=abc%00").await.1["items"], json!([]));
    let (_, problem) = app.send(Method::PATCH, &path, &json!([1])).await;
    assert!(!problem["errors"][0]["message"].as_str().unwrap().contains("a list"), "{problem}");
    let plain =
        app.client.post(format!("{}/api/v1/incidents", app.url)).header("content-type", "text/plain").body("{}");
    assert_eq!(told(plain.send().await.unwrap()).await.0, 415, "a program is told what is read here");
    let cross = app
        .client
        .post(format!("{}/api/v1/incidents", app.url))
        .header("origin", "https://elsewhere.example")
        .body("{}");
    assert_eq!(told(cross.send().await.unwrap()).await.0, 403);
}

#[actix_web::test]
async fn html_in_every_text_is_shown_and_never_run() {
    let app = TestApp::start().await;
    let nasty = "<script>alert(1)</script>\"'&{{title}}";
    let mut facts = leak();
    facts["title"] = json!(nasty);
    facts["description"] = json!(nasty);
    facts["services"] = json!({ "areas": [{ "kind": "municipality", "name": nasty }] });
    facts["orders"] = json!([{ "kind": "incident_report", "authority": nasty, "ordered_at": "2026-10-23T11:55:00Z" }]);
    facts["personal_data"]["roles"][1]["controller"] = json!(nasty);
    let case = log(&app, &facts).await;
    let path = format!("/incidents/{}", key(&case));
    let said = |more: Value| {
        let mut body = json!({ "reason": nasty });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    assert_eq!(
        app.post(&format!("{path}/moments"), &said(json!({ "moment": "known_at", "at": "2026-10-23T11:45:00Z" })))
            .await
            .0,
        201
    );
    assert_eq!(app.send(Method::PUT, &format!("{path}/severity"), &said(json!({ "level": "critical" }))).await.0, 200);
    assert_eq!(app.send(Method::PUT, &format!("{path}/risk"), &said(json!({ "level": "high" }))).await.0, 200);
    assert_eq!(app.post(&format!("{path}/duties/management-report/settlement"), &said(json!({}))).await.0, 201);
    let sent = json!({ "channel": nasty, "reference": nasty, "stage": "<b>", "complete": true });
    assert_eq!(app.post(&format!("{path}/duties/nkom-privacy/submission"), &sent).await.0, 201);
    for page in [
        "",
        "/drafts",
        "?edit=incident",
        "?edit=services",
        "?edit=orders",
        "?edit=personal_data",
        "?act=%3Cscript%3E&done=%3Cscript%3E",
    ] {
        let text = app.page(Method::GET, &format!("{path}{page}")).send().await.unwrap().text().await.unwrap();
        assert!(!text.contains("<script>alert") && text.contains("&lt;script&gt;alert"), "{page}");
    }
    let list = app.page(Method::GET, "/incidents").send().await.unwrap().text().await.unwrap();
    assert!(!list.contains("<script>alert") && list.contains("&lt;script&gt;alert"));
}

#[actix_web::test]
async fn a_processor_for_a_thousand_customers_gets_a_page_and_every_duty_can_be_acted_on() {
    let app = TestApp::start().await;
    let roles: Vec<Value> =
        (0..1_000).map(|n| json!({ "role": "processor", "controller": format!("Kunde {n} AS") })).collect();
    let mut facts = leak();
    facts["personal_data"]["roles"] = json!(roles);
    let began = Instant::now();
    let case = log(&app, &facts).await;
    assert!(began.elapsed() < Duration::from_secs(10), "logging took {:?}", began.elapsed());
    let path = format!("/incidents/{}", key(&case));
    let read = async |address: String| app.page(Method::GET, &address).send().await.unwrap().text().await.unwrap();
    let page = read(path.clone()).await;
    assert!(page.len() < 130_000, "the page weighs {} bytes", page.len());
    assert!(page.matches("<li><details class=\"duty").count() < 40 && page.contains("?act=every#duties"));
    let page = read(format!("{path}?act=every")).await;
    let (_, rest) =
        page.split_once("?act=duty-gdpr-33-2-controller-Kunde-999-AS-#").expect("the last customer is named");
    assert!(rest.contains("Kunde 999 AS"));
    let acting = read(format!("{path}?act=duty-gdpr-33-2-controller-Kunde-999-AS-")).await;
    assert!(acting.contains("name=\"for\" value=\"Kunde 999 AS\""), "and gets its form");
    let drafts = read(format!("{path}/drafts?duty=duty-gdpr-33-2-controller-Kunde-999-AS-")).await;
    assert!(drafts.contains("Kunde 999 AS") && drafts.len() < 1_000_000);
}
