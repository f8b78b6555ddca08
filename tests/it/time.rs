//! What time alone brings about: written when somebody looks, by nobody, once.

use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};
use varsel::db::Conn;
use varsel::schema::{assessment, facts_version, incident, timeline};

use crate::app::{EMAIL, PASSWORD, TestApp};
use crate::case::{key, leak, log};

/// Moves the clock, and signs in again where the session did not last.
async fn wait(app: &TestApp, hours: i64) {
    app.advance(Duration::hours(hours));
    assert_eq!(app.post("/session", &json!({ "email": EMAIL, "password": PASSWORD })).await.0, 204);
}

async fn counts(app: &TestApp) -> (i64, i64, i64) {
    let read = app.db.read(|conn| {
        Ok((
            timeline::table.count().get_result(conn)?,
            assessment::table.count().get_result(conn)?,
            facts_version::table.count().get_result(conn)?,
        ))
    });
    read.await.unwrap()
}

#[actix_web::test]
async fn a_list_is_right_after_the_seventy_two_hours_though_nobody_touched_the_case() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    log(&app, &json!({ "title": "En annen, som tiden ikke endrer", "personal_data": { "breach": false } })).await;
    let required = async || app.get("/incidents").await.1["items"][1]["duties"]["required"].as_i64().unwrap();
    let before = required().await;
    app.advance(Duration::seconds(1));
    let since = app.clock.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    // Known at 11:50, and it is 12:00: at 11:50 three days on it is not late, and right after it is.
    wait(&app, 71).await;
    app.advance(Duration::seconds(50 * 60 - 1));
    assert_eq!((required().await, counts(&app).await), (before, (2, 2, 2)));
    app.advance(Duration::microseconds(1));
    assert_eq!(required().await, before + 1);
    assert_eq!(counts(&app).await, (3, 3, 2), "one line, one assessment, no facts");
    let (_, late) = app.get(&format!("/incidents?updated_since={since}")).await;
    assert_eq!(late["items"][0]["reference"], case["reference"], "whoever follows the changes is told");
    for _ in 0..3 {
        required().await;
    }
    assert_eq!(counts(&app).await, (3, 3, 2), "looking again changes nothing");

    let path = format!("/incidents/{}", key(&case));
    let (_, told) = app.get(&format!("{path}/timeline")).await;
    let line = &told["items"][1];
    assert_eq!((&line["kind"], &line["by"], &line["version"]), (&json!("assessment.renewed"), &Value::Null, &json!(1)));
    assert_eq!(line["payload"]["consequences"]["duties"][0]["duty"], "gdpr-33-delay-reasons");
    let (_, all) = app.get(&format!("{path}/assessments")).await;
    assert_eq!(all["items"][1]["by"], Value::Null);
    let (status, changed) =
        app.send(Method::PATCH, &path, &json!({ "version": 1, "description": "Mer vites nå" })).await;
    assert_eq!((status, &changed["version"]), (200, &json!(2)), "time makes nobody's form stale");
    let page = app.page(Method::GET, &path).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Vurdert på nytt fordi tiden gikk") && page.contains("av seg selv"));
}

#[actix_web::test]
async fn reading_one_case_renews_it_and_what_was_sent_in_time_is_left_alone() {
    let app = TestApp::start().await;
    let (late, sent) = (log(&app, &leak()).await, log(&app, &leak()).await);
    let path = format!("/incidents/{}/duties/gdpr-33-authority/submission", key(&sent));
    assert_eq!(app.post(&path, &json!({ "complete": true })).await.0, 201);
    wait(&app, 73).await;
    let before = counts(&app).await;
    app.get(&format!("/incidents/{}", key(&sent))).await;
    assert_eq!(counts(&app).await, before);
    let readers = (0..8).map(|_| {
        let request = app.api(Method::GET, &format!("/incidents/{}", key(&late))).send();
        actix_web::rt::spawn(async move { request.await.unwrap().status().as_u16() })
    });
    for reader in readers.collect::<Vec<_>>() {
        assert_eq!(reader.await.unwrap(), 200);
    }
    assert_eq!(counts(&app).await, (before.0 + 1, before.1 + 1, before.2), "of eight readers at once one writes");
}

#[actix_web::test]
async fn a_closed_case_rests_and_one_opened_again_is_judged_anew() {
    let app = TestApp::start().await;
    let case =
        log(&app, &json!({ "title": "Øvelse", "timeline": { "breach_aware_at": "2026-10-23T11:50:00Z" } })).await;
    let path = format!("/incidents/{}", key(&case));
    for duty in case["duties"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|duty| duty["state"] == "required" || duty["state"] == "undetermined")
    {
        let settled = app
            .post(
                &format!("{path}/duties/{}/settlement", duty["id"].as_str().unwrap()),
                &json!({ "reason": "Det var en øvelse" }),
            )
            .await;
        assert_eq!(settled.0, 201);
    }
    assert_eq!(app.post(&format!("{path}/closure"), &json!({ "reason": "Ferdig" })).await.0, 201);
    wait(&app, 73).await;
    let before = counts(&app).await;
    app.get("/incidents").await;
    app.get(&path).await;
    assert_eq!(counts(&app).await, before, "nothing is owed in a closed case");
    let (status, open) =
        app.send(Method::DELETE, &format!("{path}/closure"), &json!({ "reason": "Ny opplysning" })).await;
    assert_eq!((status, &open["status"]), (200, &json!("open")));
    app.advance(Duration::seconds(1));
    assert_eq!(app.get("/incidents").await.1["items"][0]["duties"]["undetermined"], 1);
    let (_, told) = app.get(&format!("{path}/timeline")).await;
    assert_eq!(told["items"].as_array().unwrap().last().unwrap()["kind"], "assessment.renewed");
}

#[actix_web::test]
async fn a_case_stored_before_this_was_kept_is_judged_anew_once_and_in_silence() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let long_ago = app.db.write(|conn| {
        Ok(diesel::sql_query("UPDATE incident SET holds_until = '2026-01-01T00:00:00.000000Z'").execute(conn)?)
    });
    assert_eq!(long_ago.await.unwrap(), 1);
    let (_, list) = app.get("/incidents").await;
    assert_eq!((&list["items"][0]["version"], counts(&app).await), (&case["version"], (1, 1, 1)));
    let due = app
        .db
        .read(|conn| Ok(incident::table.select(incident::holds_until).first::<Option<varsel::db::Instant>>(conn)?))
        .await
        .unwrap();
    assert_eq!(due.unwrap().to_string(), "2026-10-26T11:50:00.000000Z");
}

#[actix_web::test]
async fn what_is_due_is_found_by_the_partial_index() {
    let app = TestApp::empty().await;
    let query = "SELECT seq FROM incident WHERE holds_until < '2026-01-01T00:00:00Z' ORDER BY holds_until LIMIT 16";
    let plan = plan_of(&app, query).await;
    assert!(plan.contains("incident_holds_until") && !plan.to_lowercase().contains("sort"), "{plan}");
}

/// How the engine would answer a query, in its own words; on PostgreSQL as it would with a table too large to be read.
pub async fn plan_of(app: &TestApp, query: &str) -> String {
    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = diesel::sql_types::Text, column_name = "detail")]
        sqlite: String,
    }
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text, column_name = "QUERY PLAN")]
        postgres: String,
    }
    let query = query.to_owned();
    let plan = app.db.read(move |conn| match conn {
        Conn::Sqlite(conn) => {
            let steps = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}")).load::<Step>(conn)?;
            Ok(steps.into_iter().map(|step| step.sqlite).collect::<Vec<_>>().join("\n"))
        }
        Conn::Postgres(conn) => {
            conn.batch_execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off",
            )?;
            let lines = diesel::sql_query(format!("EXPLAIN {query}")).load::<Line>(conn)?;
            Ok(lines.into_iter().map(|line| line.postgres).collect::<Vec<_>>().join("\n"))
        }
    });
    plan.await.unwrap()
}
