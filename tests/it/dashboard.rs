//! The dashboard: what is late, what falls due, how the months went, and that each figure leads to its rows.

use std::collections::BTreeMap;

use chrono::Duration;
use diesel::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};

use crate::access::{api, person};
use crate::app::TestApp;
use crate::case::{key, leak, log};

#[actix_web::test]
async fn what_is_late_and_what_falls_due_is_counted_and_leads_to_its_duty() {
    let app = TestApp::start().await;
    let (_, calm) = app.get("/dashboard").await;
    assert_eq!((&calm["late"]["count"], &calm["next_24_hours"]["count"]), (&json!(0), &json!(0)));
    let case = log(&app, &leak()).await;
    let (_, soon) = app.get("/dashboard").await;
    assert!(soon["next_24_hours"]["count"].as_i64().unwrap() > 0, "{soon}");
    app.advance(Duration::hours(80));
    app.sign_in().await;
    let (_, late) = app.get("/dashboard").await;
    let duties: Vec<&str> =
        late["late"]["first"].as_array().unwrap().iter().map(|due| due["duty"].as_str().unwrap()).collect();
    assert!(duties.contains(&"nkom-privacy") && late["late"]["count"].as_i64() > Some(6), "{late}");
    let page = app.page(Method::GET, "/dashboard").send().await.unwrap().text().await.unwrap();
    let anchor = format!("/incidents/{}#", key(&case));
    assert!(page.contains(&anchor) && page.contains("over fristen"), "{page}");
    assert!(page.len() < 100_000 && !page.contains("style="), "{} bytes", page.len());
}

#[actix_web::test]
async fn notices_are_measured_against_their_limits_and_every_figure_leads_to_its_rows() {
    let app = TestApp::start().await;
    let (first, second) = (log(&app, &leak()).await, log(&app, &leak()).await);
    let down = json!({ "title": "Tale nede", "cause": { "root_cause": "human_error" },
        "services": { "availability": "occurred", "customers_affected": 400, "duration_minutes": 90 } });
    log(&app, &down).await;
    log(&app, &json!({ "title": "Svakhet", "network_security": { "particular_risk": true } })).await;
    let tell = async |key: &str| {
        let path = format!("/incidents/{key}/duties/gdpr-33-authority/submission");
        app.post(&path, &json!({ "channel": "Altinn", "complete": true })).await
    };
    let (status, why) = tell(&key(&first)).await;
    assert!(status < 300, "{why}");
    app.advance(Duration::hours(75));
    app.sign_in().await;
    let (status, why) = tell(&key(&second)).await;
    assert!(status < 300, "{why}");
    let (status, figures) = app.get("/dashboard?from=2026-10&to=2026-10").await;
    assert_eq!(status, 200, "{figures}");
    let period = &figures["period"];
    let told = &period["told"]["datatilsynet"];
    assert_eq!((&told["measured"], &told["in_time"]), (&json!(2), &json!(1)), "{told}");
    assert_eq!((&period["incidents"], &period["near_misses"]), (&json!(4), &json!(1)));
    assert_eq!(period["by_kind"]["series"]["privacy"], json!([2]));
    assert_eq!(period["user_hours_lost"]["series"]["hours"], json!([600]));
    assert_eq!(figures["before"]["incidents"], json!(0));
    let many = async |query: &str| app.get(&format!("/incidents?{query}")).await.1["items"].as_array().map(Vec::len);
    assert_eq!(many("kind=privacy&month_from=2026-10&month_to=2026-10").await, Some(2));
    assert_eq!(many("kind=near_miss").await, Some(1));
    assert_eq!(many("cause=human_error").await, Some(1));
    assert_eq!(many("cause=unknown").await, Some(3));
    assert_eq!(many("month_to=2026-09").await, Some(0));
    assert_eq!(app.get("/incidents?kind=odd").await.0, 422);
    let page = app
        .page(Method::GET, "/incidents?kind=near_miss&month_from=2026-10")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(page.contains("Svakhet") && !page.contains("Tale nede"));
    let page = app.page(Method::GET, "/dashboard?from=2026-10&to=2026-10").send().await.unwrap().text().await.unwrap();
    assert!(
        page.contains("<svg class=\"chart\"") && page.contains("50\u{a0}%") && page.contains("Nestenhendelser"),
        "{page}"
    );
}

#[actix_web::test]
async fn what_is_no_period_is_said_and_shows_the_usual_one() {
    let app = TestApp::start().await;
    let (status, problem) = app.get("/dashboard?from=2026-10&to=2026-09").await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("no_period")));
    let page =
        app.page(Method::GET, "/dashboard?from=%3Cscript%3E&to=2026-09").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("er ikke en periode") && !page.contains("<script>&"), "{page}");
}

#[actix_web::test]
async fn a_page_on_the_wall_is_told_when_something_changed() {
    let app = TestApp::start().await;
    let mut stream = app.page(Method::GET, "/dashboard/events").send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.chunk().await.unwrap().unwrap(), ": still here\n\n".as_bytes());
    log(&app, &leak()).await;
    let next = tokio::time::timeout(std::time::Duration::from_secs(15), stream.chunk()).await.unwrap();
    assert_eq!(next.unwrap().unwrap(), "event: change\ndata: now\n\n".as_bytes());
}

/// What figures are added up by, and what they add up to.
type Sum = (String, String, (bool, bool, bool, bool), String, (i64, i64, i64));

/// One row as it is counted, with its users times minutes.
type Counted = (String, String, (bool, bool, bool, bool), String, Option<i64>);

/// The sums that the engine keeps, and the same added up from the rows.
async fn sums(app: &TestApp) -> (Vec<Sum>, Vec<Sum>) {
    let read = app.db.read(|conn| {
        use varsel::schema::{figure as f, figure_sum as s};
        let kinds = (s::breach, s::security, s::availability, s::near_miss);
        let kept: Vec<Sum> = s::table
            .filter(s::many.gt(0))
            .select((s::month, s::severity, kinds, s::cause, (s::many, s::user_minutes, s::unmeasured)))
            .load(conn)?;
        let kinds = (f::breach, f::security, f::availability, f::near_miss);
        let rows: Vec<Counted> =
            f::table.select((f::month, f::severity, kinds, f::cause, f::user_minutes)).load(conn)?;
        let mut added: BTreeMap<_, (i64, i64, i64)> = BTreeMap::new();
        for (month, severity, kinds, cause, minutes) in rows {
            let sum = added.entry((month, severity, kinds, cause)).or_default();
            *sum = (sum.0 + 1, sum.1 + minutes.unwrap_or(0), sum.2 + i64::from(kinds.2 && minutes.is_none()));
        }
        let added: Vec<Sum> = added.into_iter().map(|((a, b, c, d), sum)| (a, b, c, d, sum)).collect();
        Ok((kept, added))
    });
    let (mut kept, added) = read.await.unwrap();
    kept.sort();
    (kept, added)
}

#[actix_web::test]
async fn sums_are_what_their_rows_add_up_to_and_leave_out_what_is_hidden() {
    let app = TestApp::start().await;
    let (stranger, _) = person(&app, "Siri", &["manager"]).await;
    let down = json!({ "title": "Tale nede", "cause": { "root_cause": "natural_phenomenon" },
        "services": { "availability": "occurred", "customers_affected": 400, "duration_minutes": 90 } });
    let (first, second) = (log(&app, &down).await, log(&app, &leak()).await);
    let third = key(&log(&app, &json!({ "title": "Tapt telefon", "services": { "availability": "occurred" } })).await);
    let (kept, added) = sums(&app).await;
    assert_eq!((kept.len(), &kept), (3, &added));
    // Facts change, a person overrules, and the month of the row stays.
    let change = json!({ "version": 1, "services": { "customers_affected": 30, "duration_minutes": 60 } });
    let (status, why) = app.send(Method::PATCH, &format!("/incidents/{third}"), &change).await;
    assert!(status < 300, "{why}");
    let judged = json!({ "level": "low", "reason": "Bare en kunde" });
    let (status, why) = app.send(Method::PUT, &format!("/incidents/{}/severity", key(&second)), &judged).await;
    assert!(status < 300, "{why}");
    let (kept, added) = sums(&app).await;
    assert_eq!(kept, added);
    assert!(kept.iter().all(|sum| sum.4.2 == 0), "the lost telephone is measured now: {kept:?}");
    // One is hidden from somebody: it is in no figure of theirs, not even as the nought of its cause.
    let (_, all) = api(&app, &stranger, Method::GET, "/dashboard", json!(null)).await;
    let hours =
        |figures: &Value| figures["period"]["user_hours_lost"]["series"]["hours"].as_array().unwrap().last().cloned();
    assert_eq!((&all["period"]["incidents"], hours(&all)), (&json!(3), Some(json!(630))), "{all}");
    assert!(all.to_string().contains("natural_phenomenon"), "{all}");
    let me = app.get("/people").await.1["items"][0]["id"].clone();
    let named = json!({ "readers": [me], "reason": "Innsidesak" });
    let (status, why) = app.send(Method::PUT, &format!("/incidents/{}/readers", key(&first)), &named).await;
    assert!(status < 300, "{why}");
    let (_, less) = api(&app, &stranger, Method::GET, "/dashboard", json!(null)).await;
    assert_eq!((&less["period"]["incidents"], hours(&less)), (&json!(2), Some(json!(30))), "{less}");
    assert!(!less.to_string().contains("natural_phenomenon"), "{less}");
    assert_eq!(app.get("/dashboard").await.1["period"]["incidents"], 3);
}
