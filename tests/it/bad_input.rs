//! Bad input: each fault is named with its field and what would be right, and nothing is stored.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{TestApp, told};
use crate::case::{key, log};

async fn refused(app: &TestApp, body: impl Into<reqwest::Body>) -> (u16, Value) {
    told(app.api(Method::POST, "/incidents").body(body).send().await.unwrap()).await
}

#[actix_web::test]
async fn each_fault_names_its_field_and_what_would_be_right() {
    let app = TestApp::start().await;
    let cases = [
        (
            json!({ "title": "x", "timeline": { "knwon_at": "2026-10-23T12:00:00Z" } }),
            "timeline.knwon_at",
            "unknown_key",
        ),
        (json!({ "title": "x", "known_at": "2026-10-23T12:00:00Z" }), "known_at", "unknown_key"),
        (json!({ "title": "x", "services": { "availability": "maybe" } }), "services.availability", "wrong_choice"),
        (json!({ "title": "x", "timeline": { "known_at": "2026-10-23T12:00:00" } }), "timeline.known_at", "no_offset"),
        (
            json!({ "title": "x", "timeline": { "started_at": "2026-10-23T12:00:00Z", "ended_at": "2026-10-23T11:00:00Z" } }),
            "timeline.ended_at",
            "contradiction",
        ),
        (
            json!({ "title": "x", "services": { "customers_affected": 11, "customers_total": 10 } }),
            "services.customers_affected",
            "contradiction",
        ),
        (json!({ "title": "x", "services": { "customers_affected": -1 } }), "services.customers_affected", "negative"),
        (json!({ "title": "" }), "title", "empty"),
        (json!({ "title": "x".repeat(201) }), "title", "too_long"),
        (json!({}), "title", "missing"),
        (
            json!({ "title": "x", "timeline": { "known_at": "2017-10-23T12:00:00Z" } }),
            "timeline.known_at",
            "outside_book",
        ),
    ];
    for (body, path, code) in cases {
        let (status, problem) = refused(&app, body.to_string()).await;
        let fault = &problem["errors"][0];
        assert_eq!((status, &fault["path"], &fault["code"]), (422, &json!(path), &json!(code)), "{problem}");
        let message = fault["message"].as_str().unwrap();
        assert!(!message.starts_with("error-") && !message.contains("{$") && !message.contains('$'), "{message}");
        assert_eq!(problem["instance"], "/api/v1/incidents");
    }
    let (_, wrong) = refused(&app, json!({ "title": "x", "timeline": { "knwon_at": 1 } }).to_string()).await;
    assert_eq!(wrong["errors"][0]["nearest"], "timeline.known_at");
    assert_eq!(app.get("/incidents").await.1["items"], json!([]), "nothing was stored");
}

#[actix_web::test]
async fn faults_are_told_in_the_language_of_the_reader() {
    let app = TestApp::start().await;
    let mut said = Vec::new();
    for lang in ["nb", "nn", "en"] {
        let body = json!({ "title": "x", "services": { "availability": "maybe" } }).to_string();
        let path = format!("/incidents?lang={lang}");
        let (_, problem) = told(app.api(Method::POST, &path).body(body).send().await.unwrap()).await;
        said.push(problem["errors"][0]["message"].as_str().unwrap().to_owned());
        said.push(problem["title"].as_str().unwrap().to_owned());
    }
    said.sort();
    said.dedup();
    assert_eq!(said.len(), 6, "{said:?}");
}

#[actix_web::test]
async fn what_is_no_json_is_told_where_it_breaks() {
    let app = TestApp::start().await;
    for body in [
        b"{\"title\": \"\xff\xfe\"}".to_vec(),
        b"{\"title\": ".to_vec(),
        b"".to_vec(),
        "[".repeat(100_000).into_bytes(),
    ] {
        let (status, problem) = refused(&app, body).await;
        assert_eq!((status, &problem["errors"][0]["code"]), (400, &json!("not_json")), "{problem}");
    }
    let (status, problem) = refused(&app, "{\"title\": \"a\", \"title\": \"b\"}").await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("duplicate_key")));
    let plain = app.page(Method::POST, "/api/v1/incidents").header("content-type", "text/plain");
    let (status, _) = told(plain.body("title=x").send().await.unwrap()).await;
    assert_eq!(status, 415);
}

#[actix_web::test]
async fn ten_megabytes_are_refused_without_being_read() {
    let app = TestApp::start().await;
    let body = format!("{{\"title\": \"{}\"}}", "x".repeat(10 * 1024 * 1024));
    let (status, problem) = refused(&app, body).await;
    assert_eq!((status, &problem["type"]), (413, &json!("urn:varsel:problem:too-large")));
    assert_eq!(app.get("/incidents").await.0, 200);
}

#[actix_web::test]
async fn html_and_emoji_are_kept_letter_by_letter() {
    let app = TestApp::start().await;
    let nasty = "<script>alert('å')</script> & \"🔥\" {{title}} ' OR 1=1 --";
    let facts = json!({ "title": nasty, "description": nasty, "services": { "areas": [{ "kind": "municipality", "name": nasty }] },
        "personal_data": { "roles": [{ "role": "processor", "controller": nasty }] } });
    let case = log(&app, &facts).await;
    assert_eq!(case["facts"], facts);
    let (_, again) = app.get(&format!("/incidents/{}", key(&case))).await;
    assert_eq!(again["facts"], facts);
    let (status, found) = app.get("/incidents?q=%27%20OR%201%3D1").await;
    assert_eq!((status, found["items"].as_array().unwrap().len()), (200, 1));
}
