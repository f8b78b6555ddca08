//! Figures and their lists: every number on the dashboard is the number of rows where it leads, and page, program and
//! spreadsheet show the same rows.

use chrono::Duration;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::access::{api, browse, person};
use crate::app::TestApp;
use crate::case::{key, leak, log};

/// Whoever works on incidents reads them, and oversees them.
async fn look(app: &TestApp, who: &Client, path: &str) -> Value {
    let (status, answer) = api(app, who, Method::GET, path, json!(null)).await;
    assert_eq!(status, 200, "{path}: {answer}");
    // As many as one may search in a minute are soon used up here.
    app.advance(Duration::seconds(3));
    answer
}

/// A house with something behind every figure: late, due, told, not told, closed, hidden, nearly happened, and a drill.
async fn furnish(app: &TestApp) {
    let mut many = leak();
    many["personal_data"]["subjects_count"] = json!(1200);
    many["cause"] = json!({ "root_cause": "human_error" });
    let (first, second) = (log(app, &leak()).await, log(app, &many).await);
    let down = json!({ "title": "Tale nede", "cause": { "root_cause": "system_failure" },
        "services": { "availability": "occurred", "customers_affected": 400, "duration_minutes": 90 } });
    log(app, &down).await;
    let hidden = key(&log(app, &down).await);
    log(app, &json!({ "title": "Svakhet", "network_security": { "particular_risk": true } })).await;
    let closed = key(&log(app, &json!({ "title": "Feil alarm" })).await);
    for (case, duty) in [(&first, "gdpr-33-authority"), (&first, "gdpr-34-subjects"), (&second, "nkom-privacy")] {
        let path = format!("/incidents/{}/duties/{duty}/submission", key(case));
        let (status, why) = app.post(&path, &json!({ "channel": "other", "complete": true })).await;
        assert!(status < 300, "{duty}: {why}");
    }
    let me = app.get("/people").await.1["items"][0]["id"].clone();
    let named = json!({ "readers": [me], "reason": "Innsidesak" });
    let (status, why) = app.send(Method::PUT, &format!("/incidents/{hidden}/readers"), &named).await;
    assert!(status < 300, "{why}");
    for duty in app.get(&format!("/incidents/{closed}")).await.1["duties"].as_array().unwrap() {
        if duty["state"] == "undetermined" {
            let path = format!("/incidents/{closed}/duties/{}/settlement", duty["id"].as_str().unwrap());
            app.post(&path, &json!({ "answer": "not_required", "reason": "Ingenting hendte" })).await;
        }
    }
    let (status, why) =
        app.post(&format!("/incidents/{closed}/closure"), &json!({ "reason": "Ingenting hendte" })).await;
    assert!(status < 300, "{why}");
    let (status, why) = app.post("/drills", &json!({ "facts": { "title": "Øving: tale nede" }, "factor": 10 })).await;
    assert!(status < 300, "{why}");
}

/// Every link of a page to rows, with the first number behind it.
fn figures(page: &str) -> Vec<(String, i64)> {
    let mut found = Vec::new();
    for (at, _) in page.match_indices("<a ") {
        let link = &page[at..];
        let (_, link) = link.split_once("href=\"").unwrap();
        let (href, rest) = link.split_once('"').unwrap();
        if !href.starts_with("/incidents?") && !href.starts_with("/dashboard/list") {
            continue;
        }
        let end = ["</li>", "</tr>", "</p>"].iter().filter_map(|end| rest.find(end)).min().unwrap();
        let parts: Vec<&str> = rest[..end].split('>').skip(1).filter_map(|part| part.split('<').next()).collect();
        let text = parts.join(" ").trim().to_owned();
        let number: String = text.chars().filter(|c| !matches!(c, '\u{a0}' | '\u{202f}')).collect();
        let number: String =
            number.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        // «31 til» says how many more there are, below a figure that counts all.
        if !text.ends_with(" til") {
            found.push((href.replace("&amp;", "&").replace("&#x3D;", "="), number.parse().unwrap_or(-1)));
        }
    }
    found
}

/// How many rows a list of incidents has for a program, in a spreadsheet and on its page, which are the same.
async fn rows(app: &TestApp, who: &Client, query: &str) -> i64 {
    let listed = look(app, who, &format!("/incidents?limit=100&{query}")).await;
    let listed: Vec<String> = listed["items"].as_array().unwrap().iter().map(key).collect();
    let (status, csv) = browse(app, who, Method::GET, &format!("/incidents.csv?{query}"), &[]).await;
    assert_eq!(status, 200, "{csv}");
    let (status, page) = browse(app, who, Method::GET, &format!("/incidents?{query}"), &[]).await;
    assert_eq!(status, 200, "{page}");
    app.advance(Duration::seconds(6));
    assert_eq!(csv.lines().count() - 1, listed.len(), "{query}: {csv}\n{listed:?}");
    assert_eq!(page.matches("<p class=\"case-title\">").count(), listed.len(), "{query}: {listed:?}");
    for reference in &listed {
        assert!(csv.contains(reference) && page.contains(&format!("/incidents/{reference}")), "{query}: {reference}");
    }
    listed.len().try_into().unwrap()
}

#[actix_web::test]
async fn every_figure_of_the_dashboard_is_the_number_of_rows_it_leads_to() {
    let app = TestApp::start().await;
    furnish(&app).await;
    app.advance(Duration::hours(60));
    app.sign_in().await;
    let (stranger, _) = person(&app, "Siri", &["manager"]).await;
    for (who, incidents) in [(&app.client, 6), (&stranger, 5)] {
        let (_, page) = browse(&app, who, Method::GET, "/dashboard?from=2026-09&to=2026-10", &[]).await;
        // Hours are no rows; what they are added up from is behind them.
        let (before, lost) = page.split_once("Tapte brukertimer</h3>").unwrap();
        let counted = format!("{before}{}", lost.split_once("</section>").unwrap().1);
        let figures = figures(&counted);
        assert!(figures.len() > 18, "{figures:?}");
        let mut sum = 0;
        for (href, number) in figures {
            let there = match href.split_once('?').unwrap() {
                ("/incidents", query) => rows(&app, who, query).await,
                (_, query) => {
                    let list = look(&app, who, &format!("/dashboard/list?{query}")).await;
                    let items = list["items"].as_array().unwrap();
                    assert_eq!(list["count"], items.len(), "{href}");
                    let (_, shown) = browse(&app, who, Method::GET, &href, &[]).await;
                    assert_eq!(shown.matches("<span class=\"nowrap\">").count(), items.len(), "{href}");
                    match list["persons"].as_i64() {
                        Some(persons) => {
                            assert_eq!(items.iter().filter_map(|item| item["persons"].as_i64()).sum::<i64>(), persons);
                            persons
                        }
                        None => items.len().try_into().unwrap(),
                    }
                }
            };
            assert_eq!(number, there, "{href}");
            sum += number;
        }
        assert!(sum > 40, "there is something behind the figures: {sum}");
        assert_eq!(rows(&app, who, "").await, incidents);
    }
    assert_eq!(app.get("/dashboard/list?of=odd").await.0, 422);
    assert_eq!(app.get("/dashboard/list?of=late&page=0").await.0, 422);
}

#[actix_web::test]
async fn page_program_and_spreadsheet_show_the_same_rows_of_a_filter() {
    let app = TestApp::start().await;
    furnish(&app).await;
    let (stranger, _) = person(&app, "Siri", &["manager"]).await;
    for (query, mine, theirs) in [
        ("", 6, 5),
        ("status=open", 5, 4),
        ("status=closed", 1, 1),
        ("status=open&kind=availability", 2, 1),
        ("kind=near_miss", 1, 1),
        ("kind=privacy", 2, 2),
        ("kind=other", 2, 2),
        ("cause=system_failure", 2, 1),
        ("cause=unknown", 3, 3),
        ("q=nede", 2, 1),
        ("q=nede&status=closed", 0, 0),
        ("month_from=2026-10&month_to=2026-10", 6, 5),
        ("month_to=2026-09", 0, 0),
        ("duty_state=fulfilled", 2, 2),
        ("drill=all", 7, 6),
        ("drill=yes", 1, 1),
    ] {
        assert_eq!(rows(&app, &app.client, query).await, mine, "{query}");
        assert_eq!(rows(&app, &stranger, query).await, theirs, "{query}, for whom one is hidden");
    }
}
