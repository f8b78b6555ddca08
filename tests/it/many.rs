//! Many at once and over again: references, idempotency, lists, and history that is never rewritten.

use std::collections::BTreeSet;

use chrono::Duration;
use diesel::connection::SimpleConnection;
use reqwest::Method;
use serde_json::{Value, json};
use varsel::error::Error;

use crate::app::{TestApp, told};
use crate::case::{key, leak, log};

#[actix_web::test]
async fn thirty_two_at_once_get_references_without_gaps_or_doubles() {
    let app = TestApp::start().await;
    let posts: Vec<_> = (0..32)
        .map(|n| {
            // Every fourth is refused, and must not use a number up.
            let title = if n % 4 == 3 { String::new() } else { format!("Hendelse {n}") };
            let request = app.api(Method::POST, "/incidents").body(json!({ "title": title }).to_string());
            actix_web::rt::spawn(async move { told(request.send().await.unwrap()).await })
        })
        .collect();
    let mut references = BTreeSet::new();
    for post in posts {
        let (status, case) = post.await.unwrap();
        if status == 201 {
            assert!(references.insert(key(&case)), "a double");
        } else {
            assert_eq!(status, 422);
        }
    }
    let expected: BTreeSet<String> = (1..=24).map(|n| format!("2026-{n:04}")).collect();
    assert_eq!(references, expected);
    app.advance(Duration::days(70));
    let body = json!({ "email": crate::app::EMAIL, "password": crate::app::PASSWORD });
    assert_eq!(app.post("/session", &body).await.0, 204);
    assert_eq!(key(&log(&app, &json!({ "title": "Nyttår" })).await), "2027-0001");
}

#[actix_web::test]
async fn a_repeated_post_with_its_key_is_harmless() {
    let app = TestApp::start().await;
    let post = async |key: &str, body: Value| {
        let answer = app
            .api(Method::POST, "/incidents")
            .header("idempotency-key", key)
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let place = answer.headers().get("location").map(|place| place.to_str().unwrap().to_owned());
        (told(answer).await, place)
    };
    let ((status, first), place) = post("k-1", leak()).await;
    assert_eq!(status, 201);
    app.advance(Duration::minutes(5));
    let ((status, second), again) = post("k-1", leak()).await;
    assert_eq!((status, second, again), (201, first, place));
    let ((status, problem), _) = post("k-1", json!({ "title": "En annen" })).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("key_used")));
    let ((status, _), _) = post("k-2", json!({ "title": "" })).await;
    assert_eq!(status, 422);
    let ((status, _), _) = post("k-2", json!({ "title": "Rettet" })).await;
    assert_eq!(status, 201, "a refused request does not use its key up");
    assert_eq!(app.get("/incidents").await.1["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn lists_are_filtered_and_paged_without_loss() {
    let app = TestApp::start().await;
    for n in 0..25 {
        let facts = if n % 5 == 0 { leak() } else { json!({ "title": format!("Tale nede i kommune {n}") }) };
        log(&app, &facts).await;
        app.advance(Duration::seconds(1));
    }
    let mut seen = Vec::new();
    let mut path = "/incidents?limit=7".to_owned();
    loop {
        let (status, page) = app.get(&path).await;
        assert_eq!(status, 200, "{page}");
        seen.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["reference"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => path = format!("/incidents?limit=7&cursor={next}"),
            None => break,
        }
    }
    let expected: Vec<String> = (1..=25).rev().map(|n| format!("2026-{n:04}")).collect();
    assert_eq!(seen, expected);
    let count =
        async |query: &str| app.get(&format!("/incidents?limit=100&{query}")).await.1["items"].as_array().map(Vec::len);
    assert_eq!(count("risk=high").await, Some(5));
    assert_eq!(count("risk=undetermined&status=open").await, Some(20));
    assert_eq!(count("duty_state=required").await, Some(5));
    assert_eq!(count("q=KOMM").await, Some(20));
    assert_eq!(count("q=KOMMUNE%2021").await, Some(1));
    assert_eq!(count("q=nettet%20%F0%9F%93%9E").await, Some(5));
    assert_eq!(count("q=2026-001").await, Some(10));
    assert_eq!(count("q=%25").await, Some(0));
    assert_eq!(count("q=no").await, Some(0));
    for (query, path) in [
        ("limit=0", "limit"),
        ("status=done", "status"),
        ("updated_since=yesterday", "updated_since"),
        ("cursor=zz", "cursor"),
    ] {
        let (status, problem) = app.get(&format!("/incidents?{query}")).await;
        assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!(path)), "{query}");
    }
    assert_eq!(app.get("/incidents?stauts=open").await.0, 400);
}

#[actix_web::test]
async fn updated_since_counts_sub_items_and_comes_oldest_first() {
    let app = TestApp::start().await;
    let first = log(&app, &leak()).await;
    log(&app, &json!({ "title": "Nummer to" })).await;
    app.advance(Duration::minutes(1));
    let since = app.clock.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    log(&app, &json!({ "title": "Nummer tre" })).await;
    app.advance(Duration::minutes(1));
    let path = format!("/incidents/{}/duties/nkom-privacy/submission", key(&first));
    assert_eq!(app.post(&path, &json!({ "complete": true })).await.0, 201);
    let (_, page) = app.get(&format!("/incidents?updated_since={since}&limit=1")).await;
    assert_eq!(page["items"][0]["reference"], "2026-0003");
    let (_, page) =
        app.get(&format!("/incidents?updated_since={since}&limit=1&cursor={}", page["next"].as_str().unwrap())).await;
    assert_eq!((&page["items"][0]["reference"], &page["next"]), (&json!("2026-0001"), &Value::Null));
}

#[actix_web::test]
async fn history_is_never_rewritten() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let path = format!("/incidents/{}", key(&case));
    app.post(&format!("{path}/duties/nkom-privacy/submission"), &json!({ "complete": true })).await;
    app.post(&format!("{path}/duties/gdpr-34-subjects/settlement"), &json!({ "reason": "r" })).await;
    app.send(Method::PUT, &format!("{path}/severity"), &json!({ "level": "low", "reason": "r" })).await;
    for table in ["facts_version", "moment", "assessment", "settlement", "submission", "overruling", "timeline"] {
        for change in [format!("UPDATE {table} SET incident_seq = incident_seq"), format!("DELETE FROM {table}")] {
            let asked = change.clone();
            let outcome = app.db.write(move |conn| conn.batch_execute(&asked).map_err(Error::from)).await;
            assert!(outcome.unwrap_err().to_string().contains("append-only"), "{change}");
        }
    }
    for change in ["DELETE FROM incident", "DELETE FROM duty"] {
        assert!(app.db.write(move |conn| conn.batch_execute(change).map_err(Error::from)).await.is_err());
    }
}

#[actix_web::test]
async fn a_job_that_fails_or_panics_harms_no_other() {
    let app = TestApp::start().await;
    let fails = app.db.write(|conn| -> Result<(), Error> {
        conn.batch_execute("INSERT INTO reference_counter VALUES (1999, 1)")?;
        Err(Error::NotFound)
    });
    let panics = app.db.write(|conn| -> Result<(), Error> {
        conn.batch_execute("INSERT INTO reference_counter VALUES (1998, 1)")?;
        panic!("on purpose")
    });
    let works =
        app.db.write(|conn| conn.batch_execute("INSERT INTO reference_counter VALUES (1997, 1)").map_err(Error::from));
    let (failed, panicked, worked) = tokio::join!(fails, panics, works);
    assert!(failed.is_err() && panicked.is_err() && worked.is_ok());
    let years = app.db.read(|conn| {
        use diesel::prelude::*;
        use varsel::schema::reference_counter::dsl::*;
        Ok(reference_counter.select(year).load::<i32>(conn)?)
    });
    assert_eq!(years.await.unwrap(), [1997]);
}
