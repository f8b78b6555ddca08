//! Deadlines in the calendar, read by a parser that is none of ours.

use chrono::Duration;
use icalendar::parser::{Component, read_calendar, unfold};
use reqwest::Method;
use serde_json::{Value, json};

use crate::access::{api, browse, person};
use crate::app::{TestApp, new_client};
use crate::case::{key, leak, log};
use crate::reminders::say;

/// An event as the other parser reads it.
#[derive(Clone, Debug, PartialEq)]
struct Event {
    uid: String,
    sequence: i64,
    at: String,
    summary: String,
    description: String,
    status: String,
    alarms: usize,
}

fn read(text: &str) -> (String, Vec<Event>) {
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "a line ends with CR LF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "a line is too long: {text}");
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap();
    let of = |all: &Component<'_>, name: &str| {
        let found = all.find_prop(name).unwrap_or_else(|| panic!("{name} is missing: {text}"));
        found.val.clone().unescape_text().as_str().to_owned()
    };
    let about = |name: &str| {
        let found = calendar.properties.iter().find(|property| property.name.as_str() == name);
        found.unwrap_or_else(|| panic!("{name} is missing")).val.as_str().to_owned()
    };
    assert_eq!((about("VERSION"), about("METHOD")), ("2.0".into(), "PUBLISH".into()));
    assert_eq!(about("REFRESH-INTERVAL"), "PT30M");
    let one = |event: &Component<'_>| {
        assert_eq!(event.name.as_str(), "VEVENT");
        let (stamp, at) = (of(event, "DTSTAMP"), of(event, "DTSTART"));
        assert!(stamp.ends_with('Z') && at.ends_with('Z') && of(event, "LAST-MODIFIED").ends_with('Z'), "UTC");
        Event {
            uid: of(event, "UID"),
            sequence: of(event, "SEQUENCE").parse().unwrap(),
            at,
            summary: of(event, "SUMMARY"),
            description: of(event, "DESCRIPTION"),
            status: of(event, "STATUS"),
            alarms: event.components.iter().filter(|inner| inner.name.as_str() == "VALARM").count(),
        }
    };
    (about("X-WR-CALNAME"), calendar.components.iter().map(one).collect())
}

async fn make(app: &TestApp, who: &reqwest::Client, span: &str) -> Value {
    let (status, made) = api(app, who, Method::POST, "/calendars", json!({ "span": span })).await;
    assert_eq!(status, 201, "{made}");
    made
}

/// What a calendar program that knows no cookies is handed.
async fn fetch(address: &str) -> (u16, String) {
    let answer = new_client().get(address).send().await.unwrap();
    let status = answer.status().as_u16();
    if status == 200 {
        assert_eq!(answer.headers()["content-type"], "text/calendar; charset=utf-8");
        assert_eq!(answer.headers()["cache-control"], "private, no-cache");
    }
    (status, answer.text().await.unwrap())
}

async fn events(made: &Value) -> Vec<Event> {
    let (status, text) = fetch(made["address"].as_str().unwrap()).await;
    assert_eq!(status, 200, "{text}");
    read(&text).1
}

#[actix_web::test]
async fn who_asks_again_is_told_that_nothing_has_changed_and_a_drill_is_no_deadline() {
    let app = TestApp::start().await;
    let reference = key(&log(&app, &leak()).await);
    let (status, why) = app.post("/drills", &json!({ "facts": leak(), "factor": 10 })).await;
    assert!(status < 300, "{why}");
    let made = make(&app, &app.client, "company").await;
    let address = made["address"].as_str().unwrap();
    let ask = async |method: Method, known: &str| {
        let answer = new_client().request(method, address).header("if-none-match", known).send().await.unwrap();
        let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
        (answer.status().as_u16(), tag, answer.text().await.unwrap())
    };
    let (status, tag, text) = ask(Method::GET, "\"odd\"").await;
    assert!(status == 200 && text.contains(&format!("({reference})")) && !text.contains("OV-"), "{text}");
    app.advance(Duration::minutes(1));
    assert_eq!(ask(Method::GET, &tag).await, (304, tag.clone(), String::new()));
    assert_eq!(ask(Method::GET, &format!("\"a\", {}", tag.trim_start_matches("W/"))).await.0, 304);
    assert_eq!(ask(Method::HEAD, "").await, (200, tag.clone(), String::new()));
    let sent = json!({ "complete": true });
    assert_eq!(app.post(&format!("/incidents/{reference}/duties/subscriber-breach/submission"), &sent).await.0, 201);
    let (status, other, _) = ask(Method::GET, &tag).await;
    assert!(status == 200 && other != tag, "{other}");
}

fn of<'a>(events: &'a [Event], duty: &str) -> &'a Event {
    let fits = |event: &&Event| event.uid.contains(&format!("-{duty}@"));
    events.iter().find(fits).unwrap_or_else(|| panic!("{duty} in {events:?}"))
}

#[actix_web::test]
async fn the_feed_says_what_the_case_says_in_the_words_of_its_person() {
    let app = TestApp::start().await;
    let mut facts = leak();
    facts["title"] =
        json!("Logg, åpen; på \\disken 📞 og en lang overskrift som må brettes fordi den er så lang som den er");
    let reference = key(&log(&app, &facts).await);
    let made = make(&app, &app.client, "mine").await;
    let (status, text) = fetch(made["address"].as_str().unwrap()).await;
    assert_eq!(status, 200, "{text}");
    let (name, all) = read(&text);
    assert_eq!(name, "varsel: mine frister");
    let (_, case) = app.get(&format!("/incidents/{reference}")).await;
    let open = case["duties"].as_array().unwrap().iter().filter(|duty| {
        let deadline = &duty["deadline"];
        ["required", "undetermined"].contains(&duty["state"].as_str().unwrap())
            && (deadline["due_at"].is_string() || deadline["target_at"].is_string())
    });
    assert_eq!(all.len(), open.count(), "every open duty with a deadline or target, and no other");
    let authority = of(&all, "gdpr-33-authority");
    assert_eq!((authority.at.as_str(), authority.status.as_str()), ("20261026T115000Z", "CONFIRMED"));
    assert_eq!(authority.summary, format!("Frist: Melding til Datatilsynet ({reference})"));
    assert!(authority.description.starts_with(facts["title"].as_str().unwrap()), "{}", authority.description);
    assert!(authority.description.contains("Lovens frist: mandag 26. oktober 2026 kl. 12.50"));
    assert!(authority.description.contains(&format!("/incidents/{reference}#")), "{}", authority.description);
    assert_eq!(authority.alarms, 2, "a day and an hour before");
    let target = all.iter().find(|event| event.summary.starts_with("Eget mål: ")).expect("a target is told as one");
    assert!(target.description.contains("Loven setter ingen fast frist."), "{}", target.description);
    let uids: std::collections::BTreeSet<&str> = all.iter().map(|event| event.uid.as_str()).collect();
    assert_eq!(uids.len(), all.len(), "two controllers are two events");

    // The same again is the same; a moved deadline keeps its name and counts up.
    assert_eq!(events(&made).await, all);
    app.advance(Duration::minutes(5));
    let moved = json!({ "moment": "breach_aware_at", "at": "2026-10-23T11:30:00Z", "reason": "Loggen" });
    assert_eq!(app.post(&format!("/incidents/{reference}/moments"), &moved).await.0, 201);
    let later = events(&made).await;
    let again = of(&later, "gdpr-33-authority");
    assert_eq!((again.uid.as_str(), again.at.as_str()), (authority.uid.as_str(), "20261026T113000Z"));
    assert!(again.sequence > authority.sequence, "{} {}", again.sequence, authority.sequence);

    // What is sent is gone; what is overdue is told, and rings no more.
    let sent = json!({ "complete": true });
    assert_eq!(app.post(&format!("/incidents/{reference}/duties/subscriber-breach/submission"), &sent).await.0, 201);
    app.advance(Duration::hours(80));
    let late = events(&made).await;
    assert!(late.iter().all(|event| !event.uid.contains("-subscriber-breach@")), "{late:?}");
    let authority = of(&late, "gdpr-33-authority");
    assert_eq!(authority.summary, format!("OVER FRISTEN: Melding til Datatilsynet ({reference})"));
    assert!(authority.alarms == 0 && authority.sequence > again.sequence);
    app.sign_in().await;
    let answer = app.page(Method::POST, "/language").form(&[("lang", "en"), ("next", "/")]).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let english = events(&made).await;
    assert!(of(&english, "gdpr-33-authority").summary.starts_with("OVERDUE: "), "{english:?}");
    say(&app).await;
}

#[actix_web::test]
async fn a_feed_sees_what_its_person_sees_now_and_nothing_once_the_person_may_not_read() {
    let app = TestApp::start().await;
    let (ola, olas) = person(&app, "Ola", &["responder"]).await;
    let (mine, all) = (make(&app, &ola, "mine").await, make(&app, &ola, "company").await);
    let reference = key(&log(&app, &leak()).await);
    let (own, everything) = (events(&mine).await, events(&all).await);
    assert!(!own.is_empty() && own.len() < everything.len(), "a responder is reminded of the network, not of privacy");
    assert!(own.iter().all(|event| everything.iter().any(|other| other.uid == event.uid)));
    assert!(own.iter().all(|event| !event.uid.contains("-gdpr-")), "{own:?}");
    assert!(everything.iter().all(|event| event.alarms == 0), "what is everybody's does not ring");
    let owner = json!({ "owner": olas });
    assert_eq!(app.send(Method::PUT, &format!("/incidents/{reference}/owner"), &owner).await.0, 200);
    assert_eq!(events(&mine).await.len(), everything.len(), "whoever owns it has all of it");
    assert_eq!(app.send(Method::PUT, &format!("/incidents/{reference}/owner"), &json!({ "owner": null })).await.0, 200);

    let me = app.get("/people").await.1["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "Kari Nordmann")
        .unwrap()["id"]
        .clone();
    let restrict = |who: Value| json!({ "readers": who, "reason": "Gjelder en ansatt" });
    let readers = format!("/incidents/{reference}/readers");
    assert_eq!(app.send(Method::PUT, &readers, &restrict(json!([me]))).await.0, 200);
    assert_eq!((events(&mine).await.len(), events(&all).await.len()), (0, 0), "to others it does not exist");
    assert_eq!(app.send(Method::PUT, &readers, &restrict(json!([me, olas]))).await.0, 200);
    let named = events(&all).await;
    assert_eq!(named.len(), everything.len());
    assert!(named.iter().all(|event| !event.description.contains("nettet")), "its title stays in the house: {named:?}");

    let path = format!("/people/{olas}");
    assert_eq!(app.send(Method::PATCH, &path, &json!({ "roles": ["reporter"] })).await.0, 200);
    assert_eq!(events(&all).await, [], "an empty calendar clears what was shown");
    assert_eq!(app.send(Method::PATCH, &path, &json!({ "roles": ["responder"] })).await.0, 200);
    assert_eq!(events(&all).await.len(), everything.len());
    assert_eq!(app.send(Method::PATCH, &path, &json!({ "left": true })).await.0, 200);
    let gone = fetch(all["address"].as_str().unwrap()).await;
    assert_eq!(gone.0, 404);
    assert_eq!(app.send(Method::PATCH, &path, &json!({ "left": false })).await.0, 200);
    assert_eq!(fetch(all["address"].as_str().unwrap()).await.0, 404, "it does not come back with the person");
}

#[actix_web::test]
async fn an_address_is_shown_once_kept_as_a_hash_ended_by_its_person_and_guessed_by_nobody() {
    let app = TestApp::start().await;
    let (ola, _) = person(&app, "Ola", &["responder"]).await;
    let (status, page) = browse(&app, &ola, Method::POST, "/account/calendar", &[("span", "company")]).await;
    assert_eq!(status, 200, "{page}");
    let at = page.find(&format!("{}/calendar/", app.url)).expect("the address stands on the page");
    let address = page[at..].split(['<', '"', ' ']).next().unwrap().to_owned();
    assert!(page.contains(&address.replace("http://", "webcal://")), "{page}");
    let secret = address.rsplit('/').next().unwrap().trim_end_matches(".ics").to_owned();
    assert_eq!(secret.len(), 64);
    let (_, page) = browse(&app, &ola, Method::GET, "/account/calendar", &[]).await;
    assert!(!page.contains(&secret) && page.contains("Alle frister") && page.contains("aldri"), "{page}");
    for table in ["calendar_token", "audit_entry"] {
        let rows = crate::signin::stored(&app, table);
        assert!(!rows.contains(&secret), "{table}");
    }
    assert_eq!(fetch(&address).await.0, 200);
    let (_, listed) = api(&app, &ola, Method::GET, "/calendars", json!(null)).await;
    assert_eq!(listed["items"][0]["last_used_at"], "2026-10-23T12:00:00.000000Z");
    // Somebody else's is not there; a program with a token makes none.
    let id = listed["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(app.send(Method::DELETE, &format!("/calendars/{id}"), &json!(null)).await.0, 404);
    let (_, made) =
        api(&app, &ola, Method::POST, "/tokens", json!({ "name": "t", "scopes": ["anyone", "read"] })).await;
    let shown = new_client().post(format!("{}/api/v1/calendars", app.url)).bearer_auth(made["token"].as_str().unwrap());
    let shown = shown.header("content-type", "application/json").body(json!({ "span": "mine" }).to_string());
    assert_eq!(shown.send().await.unwrap().status(), 403);
    let end = format!("/account/calendar/{id}/end");
    let ended = browse(&app, &ola, Method::POST, &end, &[]).await;
    assert_eq!(ended, (303, "/account/calendar?done=ended".to_owned()));
    assert_eq!(fetch(&address).await.0, 404);
    let chain = crate::signin::stored(&app, "audit_entry");
    assert!(chain.contains("calendar.made") && chain.contains("calendar.ended"));

    // What is handed out too often, and what is guessed, is refused for a while.
    let made = make(&app, &ola, "mine").await;
    let mut refused = 0;
    for _ in 0..70 {
        refused += usize::from(fetch(made["address"].as_str().unwrap()).await.0 == 429);
    }
    assert!((5..=15).contains(&refused), "{refused}");
    app.advance(Duration::minutes(30));
    let mut answers = Vec::new();
    for n in 0..25 {
        answers.push(fetch(&format!("{}/calendar/{n:064x}.ics", app.url)).await.0);
    }
    assert_eq!((answers[0], answers[24]), (404, 429), "{answers:?}");
    assert_eq!(fetch(made["address"].as_str().unwrap()).await.0, 429, "whoever guesses waits with everything");
}

#[actix_web::test]
async fn one_deadline_can_be_taken_along_by_whoever_sees_the_incident() {
    let app = TestApp::start().await;
    let reference = key(&log(&app, &leak()).await);
    let page = app.page(Method::GET, &format!("/incidents/{reference}")).send().await.unwrap().text().await.unwrap();
    let place = format!("/incidents/{reference}/duties/gdpr-33-authority/deadline.ics");
    assert!(page.contains(&format!("href=\"{place}\"")), "the card leads there");
    let answer = app.page(Method::GET, &place).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/calendar; charset=utf-8");
    let said = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(said.contains(&format!("{reference}-gdpr-33-authority.ics")), "{said}");
    let (name, events) = read(&answer.text().await.unwrap());
    assert_eq!((name, events.len()), (format!("varsel: {reference}"), 1));
    let bedrift = format!("/incidents/{reference}/duties/gdpr-33-2-controller/deadline.ics?for=Bedrift%20B%20AS");
    let answer = app.page(Method::GET, &bedrift).send().await.unwrap();
    assert!(read(&answer.text().await.unwrap()).1[0].summary.contains("Bedrift B AS"));
    for nothing in ["nkom-nothing", "gdpr-33-2-controller"] {
        let place = format!("/incidents/{reference}/duties/{nothing}/deadline.ics");
        assert_eq!(app.page(Method::GET, &place).send().await.unwrap().status(), 404, "{nothing}");
    }
}
