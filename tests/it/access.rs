//! Who may do what: every address for every role, what a restricted incident is to those who are not its readers, and the pages
//! that offer nobody what they may not do.

use chrono::Duration;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use varsel::account::Role;
use varsel::routes::{self, Who};

use crate::app::{TestApp, at, new_client, told};
use crate::case::{key, leak, log};
use crate::reminders::{messages, say};

const WORDS: &str = "en ku hopper over månen sent";

/// Somebody with these roles who has come in by their invitation: their browser and their id.
pub async fn person(app: &TestApp, name: &str, roles: &[&str]) -> (Client, String) {
    let email = format!("{}@smbmobil.example", name.to_lowercase());
    let person = json!({ "name": name, "email": email, "roles": roles, "language": "nb" });
    let (status, added) = app.post("/people", &person).await;
    assert_eq!(status, 201, "{added}");
    let client = new_client();
    let form = [("password", WORDS), ("again", WORDS)];
    let link = added["link"].as_str().unwrap();
    let answer = client.post(link).header("origin", &app.url).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    (client, added["id"].as_str().unwrap().to_owned())
}

/// What a program of somebody else is answered; the path is below /api/v1.
pub async fn api(app: &TestApp, who: &Client, method: Method, path: &str, body: Value) -> (u16, Value) {
    let request = who.request(method, format!("{}/api/v1{path}", app.url)).header("content-type", "application/json");
    told(request.header("accept-language", "en").body(body.to_string()).send().await.unwrap()).await
}

/// What a browser of somebody else is answered: the status, and the page or where it is sent on to.
pub async fn browse(app: &TestApp, who: &Client, method: Method, path: &str, form: &[(&str, &str)]) -> (u16, String) {
    let request = who.request(method.clone(), format!("{}{path}", app.url)).header("origin", &app.url);
    let request = if method == Method::GET { request } else { request.form(form) };
    let answer = request.send().await.unwrap();
    let (status, to) = (answer.status().as_u16(), answer.headers().get("location").cloned());
    (
        status,
        match to {
            Some(to) => to.to_str().unwrap().to_owned(),
            None => answer.text().await.unwrap(),
        },
    )
}

/// An address with its names filled in; what is not there is not found, which is all the same to a right.
fn filled(path: &str, reference: &str) -> String {
    let nobody = "00000000-0000-7000-8000-000000000000";
    let path = path.replace("{key}", reference).replace("{duty}", "gdpr-33-authority").replace("{seq}", "1");
    path.replace("{id}", nobody).replace("{token}", "0").replace("{name}", "varsel.css")
}

/// Tries an address: 401 and 403 as they are, and being sent to the sign-in page as 401.
async fn tried(app: &TestApp, who: &Client, signed_in: bool, entry: &routes::Entry, reference: &str) -> u16 {
    let method: Method = entry.method.as_str().parse().unwrap();
    let path = filled(entry.path, reference);
    let request = who.request(method.clone(), format!("{}{path}", app.url)).header("origin", &app.url);
    let request =
        if method == Method::GET { request } else { request.header("content-type", "application/json").body("{}") };
    let answer = request.send().await.unwrap();
    let to = answer.headers().get("location").map_or("", |to| to.to_str().unwrap());
    let turned_away = to.starts_with("/sign-in") && !(signed_in && entry.path == "/sign-out");
    if turned_away { 401 } else { answer.status().as_u16() }
}

#[actix_web::test]
async fn what_answers_get_answers_head_with_the_same_and_without_a_body() {
    let app = TestApp::start().await;
    let reference = key(&log(&app, &leak()).await);
    // A stream has no end that one could wait for, and what a search costs is told elsewhere.
    let asked = routes::all().into_iter().filter(|entry| entry.method == "GET" && entry.path != "/dashboard/events");
    let mut seen = 0;
    for entry in asked.filter(|entry| !COSTLY.iter().any(|part| entry.path.contains(part))) {
        let url = format!("{}{}", app.url, filled(entry.path, &reference));
        let get = app.client.get(&url).send().await.unwrap();
        let head = app.client.head(&url).send().await.unwrap();
        assert_eq!(head.status(), get.status(), "{url}");
        assert_eq!(head.headers().get("content-type"), get.headers().get("content-type"), "{url}");
        assert!(head.bytes().await.unwrap().is_empty(), "{url}");
        seen += 1;
    }
    assert!(seen > 80, "{seen}");
    let (anybody, stream) = (new_client(), format!("{}/dashboard/events", app.url));
    assert_eq!(app.client.head(&stream).send().await.unwrap().status(), 200, "and it ends");
    let to = anybody.head(format!("{}/incidents", app.url)).send().await.unwrap();
    assert_eq!((to.status().as_u16(), &to.headers()["location"]), (303, &"/sign-in?next=/incidents".parse().unwrap()));
    assert_eq!(anybody.head(format!("{}/api/v1/incidents", app.url)).send().await.unwrap().status(), 401);
    assert_eq!(app.client.head(format!("{}/sign-out", app.url)).send().await.unwrap().status(), 405);
}

#[actix_web::test]
async fn every_address_answers_every_role_as_the_table_says() {
    let app = TestApp::start().await;
    let reference = key(&log(&app, &leak()).await);
    let mut visitors: Vec<(Option<Role>, Client)> = vec![(None, new_client())];
    for role in Role::ALL {
        visitors.push((Some(role), person(&app, role.word(), &[role.word()]).await.0));
    }
    // Whoever leaves is gone, so leaving comes last and each way out has a session of its own.
    let leaves = |entry: &routes::Entry| matches!(entry.path, "/sign-out" | "/api/v1/session");
    let (last, first): (Vec<_>, Vec<_>) = routes::all().into_iter().partition(leaves);
    let (mut rows, mut wrong) = (0, Vec::new());
    for entry in first.iter().chain(&last) {
        for (role, client) in &visitors {
            let client = match role {
                Some(role) if leaves(entry) && entry.who != Who::Anybody => &again(&app, *role).await,
                _ => client,
            };
            if COSTLY.iter().any(|part| entry.path.contains(part)) {
                // What is costly may be asked for so and so often by one address.
                app.advance(Duration::minutes(2));
            }
            let status = tried(&app, client, role.is_some(), entry, &reference).await;
            rows += 1;
            let as_told = match (entry.who, role) {
                (Who::Anybody, _) => {
                    status != 403
                        && (status != 401 || ["/sign-in", "/sign-in/code", "/api/v1/session"].contains(&entry.path))
                }
                (Who::May(_), None) => status == 401,
                (Who::May(right), Some(role)) if right.is_held_by(&[*role]) => !matches!(status, 401 | 403),
                (Who::May(_), Some(_)) => status == 403,
            };
            if !as_told {
                wrong.push(format!("{} {} for {role:?}: {status}, {:?}", entry.method, entry.path, entry.who));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(rows, routes::all().len() * 7);
}

/// What is handed out only so and so often.
const COSTLY: [&str; 6] = ["export", "dossier", "bad", ".pdf", ".csv", ".ics"];

/// The same person, signed in anew.
async fn again(app: &TestApp, role: Role) -> Client {
    let (client, email) = (new_client(), format!("{}@smbmobil.example", role.word()));
    let (status, why) = api(app, &client, Method::POST, "/session", json!({ "email": email, "password": WORDS })).await;
    assert_eq!(status, 204, "{why}");
    client
}

/// A body that would be taken if the incident could be seen.
fn body(path: &str, method: &Method) -> Value {
    match path.rsplit('/').next().unwrap() {
        "{key}" if *method == Method::PATCH => json!({ "version": 1, "title": "Endret" }),
        "moments" => json!({ "moment": "known_at", "at": "2026-10-23T11:00:00Z", "reason": "r" }),
        "submission" => json!({ "complete": true }),
        "severity" => json!({ "level": "low", "reason": "r" }),
        "risk" => json!({ "level": "high", "reason": "r" }),
        "owner" => json!({ "owner": null }),
        "readers" => json!({ "readers": null, "reason": "r" }),
        "settlement" | "closure" => json!({ "reason": "r" }),
        "answer" => json!({ "acknowledge": true }),
        "remarks" => json!({ "words": "r" }),
        _ => json!({}),
    }
}

/// The inner name of no incident.
const NOBODYS: &str = "01890000-0000-7000-8000-000000000000";

/// The roles that together may do everything.
const EVERYTHING: [&str; 5] = ["responder", "privacy_officer", "manager", "administrator", "auditor"];

#[actix_web::test]
async fn a_restricted_incident_is_not_there_for_others_on_any_address() {
    let app = TestApp::start().await;
    let (ola, _) = person(&app, "Ola", &EVERYTHING).await;
    let case = log(&app, &leak()).await;
    let reference = key(&case);
    restrict(&app, &reference, &[&me(&app).await]).await;
    say(&app).await;
    let before = app.get(&format!("/incidents/{reference}")).await.1["version"].clone();
    let (mut walked, mut found) = (0, 0);
    for entry in routes::all().into_iter().filter(|entry| entry.path.contains("{key}")) {
        for name in [reference.as_str(), case["id"].as_str().unwrap()] {
            let (method, path) = (entry.method.as_str().parse::<Method>().unwrap(), filled(entry.path, name));
            if COSTLY.iter().any(|part| path.contains(part)) {
                app.advance(Duration::minutes(2));
            }
            let status = match path.strip_prefix("/api/v1") {
                Some(path) => api(&app, &ola, method.clone(), path, body(entry.path, &method)).await.0,
                None => {
                    browse(&app, &ola, method.clone(), &path, &[("reason", "r"), ("words", "r"), ("reply", "seen")])
                        .await
                        .0
                }
            };
            // Where the body is refused before the incident is looked for, one that does not exist is answered alike.
            let nothing = filled(entry.path, if name.len() > 12 { NOBODYS } else { "2026-9999" });
            let of_nothing = match nothing.strip_prefix("/api/v1") {
                Some(path) => api(&app, &ola, method.clone(), path, body(entry.path, &method)).await.0,
                None => {
                    browse(&app, &ola, method, &nothing, &[("reason", "r"), ("words", "r"), ("reply", "seen")]).await.0
                }
            };
            assert_eq!(status, of_nothing, "{} {path}", entry.method);
            assert!([400, 404, 415, 422, 429].contains(&status), "{} {path}: {status}", entry.method);
            found += usize::from(status == 404);
            walked += 1;
        }
        // The reader gets an answer where only reading is asked for, so that the walk says something.
        // What is no drill has no page of one.
        if entry.method == "GET"
            && !entry.path.contains("/drill")
            && !entry.path.contains("reports")
            && !entry.path.contains("{id}")
        {
            let answer = app.page(Method::GET, &filled(entry.path, &reference)).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{}", entry.path);
        }
    }
    assert!(walked > 150 && found > 120, "{found} of {walked}");
    assert_eq!(app.get(&format!("/incidents/{reference}")).await.1["version"], before, "nothing was done");
}

async fn me(app: &TestApp) -> String {
    app.get("/people").await.1["items"][0]["id"].as_str().unwrap().to_owned()
}

async fn restrict(app: &TestApp, reference: &str, who: &[&str]) {
    let sent = json!({ "readers": who, "reason": "Gjelder en ansatt" });
    let (status, told) = app.send(Method::PUT, &format!("/incidents/{reference}/readers"), &sent).await;
    assert_eq!(status, 200, "{told}");
}

async fn references(app: &TestApp, who: &Client, query: &str) -> Vec<String> {
    let (status, page) = api(app, who, Method::GET, &format!("/incidents?{query}"), json!(null)).await;
    assert_eq!(status, 200, "{page}");
    page["items"].as_array().unwrap().iter().map(key).collect()
}

#[actix_web::test]
async fn a_restricted_incident_is_absent_from_lists_searches_and_pages_of_them() {
    let app = TestApp::start().await;
    let kari = me(&app).await;
    let (ola, olas) = person(&app, "Ola", &EVERYTHING).await;
    let (first, hidden) = (key(&log(&app, &json!({ "title": "Tale nede" })).await), key(&log(&app, &leak()).await));
    let last = key(&log(&app, &json!({ "title": "SMS nede" })).await);
    restrict(&app, &hidden, &[&kari]).await;
    for query in
        ["", "status=open", "duty_state=undetermined", "risk=undetermined", "updated_since=2026-01-01T00:00:00Z"]
    {
        let seen = references(&app, &ola, query).await;
        assert!(!seen.contains(&hidden), "{query}: {seen:?}");
    }
    assert_eq!(references(&app, &ola, "").await, [last.clone(), first.clone()]);
    for query in ["q=nettet", "q=ne", "risk=high"] {
        assert!(!references(&app, &ola, query).await.contains(&hidden), "{query}");
        let reader = app.get(&format!("/incidents?{query}")).await.1.to_string();
        assert!(reader.contains(&hidden), "{query}: {reader}");
    }
    assert_eq!(references(&app, &ola, &format!("q={hidden}")).await, [""; 0]);
    let (_, page) = api(&app, &ola, Method::GET, "/incidents?limit=1", json!(null)).await;
    let next = page["next"].as_str().unwrap();
    let (_, page) = api(&app, &ola, Method::GET, &format!("/incidents?limit=1&cursor={next}"), json!(null)).await;
    assert_eq!((&page["items"][0]["reference"], &page["next"]), (&json!(first), &Value::Null));
    let (_, html) = browse(&app, &ola, Method::GET, "/", &[]).await;
    assert!(html.contains("SMS nede") && !html.contains("nettet") && !html.contains(&hidden));
    // Named, it is there again, with a line that says by whom and why; opened up, for everybody.
    restrict(&app, &hidden, &[&kari, &olas]).await;
    assert!(references(&app, &ola, "q=nettet").await.contains(&hidden));
    let open = json!({ "readers": null, "reason": "Avklart" });
    let (status, case) = api(&app, &ola, Method::PUT, &format!("/incidents/{hidden}/readers"), open).await;
    assert_eq!((status, &case["readers"]), (200, &Value::Null));
    let (_, lines) = app.get(&format!("/incidents/{hidden}/timeline")).await;
    let kinds: Vec<&str> =
        lines["items"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["incident.logged", "readers.named", "readers.named", "readers.everybody"]);
    let (_, html) = browse(&app, &ola, Method::GET, &format!("/incidents/{hidden}"), &[]).await;
    assert!(
        html.contains("Begrenset hendelsen til Kari Nordmann og Ola") && html.contains("Gjelder en ansatt"),
        "{html}"
    );
}

#[actix_web::test]
async fn a_persons_request_and_the_page_of_retention_tell_nothing_of_what_is_restricted_to_others() {
    let app = TestApp::start().await;
    let kari = me(&app).await;
    let (ola, _) = person(&app, "Ola", &["responder", "privacy_officer"]).await;
    let hidden =
        key(&log(&app, &json!({ "title": "Truls Vik tok kundelisten", "personal_data": { "breach": false } })).await);
    restrict(&app, &hidden, &[&kari]).await;
    let held = [("hold", "yes"), ("reference", hidden.as_str()), ("reason", "Sak mot en ansatt")];
    let answer = app.page(Method::POST, "/settings/retention/holds").form(&held).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    app.advance(Duration::hours(80));
    say(&app).await;
    sign_in(&app).await;
    let karis = app.page(Method::POST, "/requests").form(&[("q", "truls vik")]).send().await.unwrap();
    let karis = karis.text().await.unwrap();
    assert!(karis.contains(&hidden) && karis.contains("Truls Vik tok"), "{karis}");
    let ola_anew = again_as(&app, "ola").await;
    drop(ola);
    for needle in ["truls vik", "kari"] {
        let (_, page) = browse(&app, &ola_anew, Method::POST, "/requests", &[("q", needle)]).await;
        let (head, found) = page.split_once("/requests/export").unwrap_or((&page, ""));
        assert!(!found.contains(&hidden) && !page.contains("tok kundelisten"), "{needle}: {found}");
        assert!(head.contains("begrenset til andre"), "and says so: {head}");
    }
    let (_, page) = browse(&app, &ola_anew, Method::GET, "/settings/retention", &[]).await;
    let linked = format!("href=\"/incidents/{hidden}\"");
    assert!(!page.contains(&linked) && !page.contains("Sak mot en ansatt"), "{page}");
    let page = app.page(Method::GET, "/settings/retention").send().await.unwrap().text().await.unwrap();
    assert!(page.contains(&linked) && page.contains("Sak mot en ansatt"), "{page}");
}

#[actix_web::test]
async fn reminders_of_a_restricted_incident_reach_its_readers_and_nobody_else() {
    let app = TestApp::start().await;
    let kari = me(&app).await;
    let (mona, _) = person(&app, "Mona", &["manager"]).await;
    person(&app, "Ola", &["responder", "privacy_officer"]).await;
    let channel = json!({ "name": "Vakta", "kind": "mail", "recipient": "vakta@smbmobil.example", "circle": "team" });
    let (status, told) = app.post("/channels", &channel).await;
    assert_eq!(status, 201, "{told}");
    let mut other = leak();
    other["title"] = json!("Tale nede");
    let (open, hidden) = (key(&log(&app, &other).await), key(&log(&app, &leak()).await));
    restrict(&app, &hidden, &[&kari]).await;
    app.advance(Duration::hours(80));
    say(&app).await;
    let all = messages(&app).await;
    let about =
        |reference: &str, who: &str| all.iter().any(|(to, _, text, _)| to.contains(who) && text.contains(reference));
    assert!(about(&hidden, "kari@") && about(&open, "ola@"), "{all:?}");
    let leaked = all.iter().filter(|(to, subject, text, _)| {
        !to.contains("kari@") && [subject, text].iter().any(|said| said.contains(&hidden) || said.contains("nettet"))
    });
    assert_eq!(leaked.count(), 0, "{all:?}");
    let mixed = all.iter().filter(|(_, _, text, _)| text.contains(&hidden) && text.contains(&open));
    assert_eq!(mixed.count(), 0, "a restricted incident stands in a letter of its own");
    // The outbox shows them to its readers only.
    let shown = async |who: &Client| -> String {
        api(&app, who, Method::GET, "/messages?limit=100", json!(null)).await.1.to_string()
    };
    sign_in(&app).await;
    let (ours, theirs) =
        (app.get("/messages?limit=100").await.1.to_string(), shown(&again_as(&app, "mona").await).await);
    assert!(ours.matches("\"key\"").count() > theirs.matches("\"key\"").count(), "{theirs}");
    assert!(!theirs.contains("nettet") && !theirs.contains(&hidden), "{theirs}");
    drop(mona);
    // The summary of the week, too, tells each what they may see.
    app.clock.advance(at("2026-11-02T07:30:00Z") - app.clock.now());
    say(&app).await;
    let all = messages(&app).await;
    let summaries: Vec<_> = all.iter().filter(|(.., key)| key.starts_with("summary-")).collect();
    assert!(summaries.iter().any(|(to, _, text, _)| to.contains("mona@") && text.contains(&open)), "{summaries:?}");
    assert!(summaries.iter().all(|(_, _, text, _)| !text.contains(&hidden)), "{summaries:?}");
}

async fn sign_in(app: &TestApp) {
    app.sign_in().await;
}

async fn again_as(app: &TestApp, name: &str) -> Client {
    let (client, email) = (new_client(), format!("{name}@smbmobil.example"));
    let (status, why) = api(app, &client, Method::POST, "/session", json!({ "email": email, "password": WORDS })).await;
    assert_eq!(status, 204, "{why}");
    client
}

#[actix_web::test]
async fn whoever_restricts_an_incident_stays_in_it_and_so_does_its_owner() {
    let app = TestApp::start().await;
    let kari = me(&app).await;
    let (ola, olas) = person(&app, "Ola", &["responder"]).await;
    let (_, adams) = person(&app, "Adam", &["administrator"]).await;
    let reference = key(&log(&app, &leak()).await);
    let path = format!("/incidents/{reference}/readers");
    for (by, who, code) in [
        (&ola, json!([olas]), "readers_without_owner"),
        (&ola, json!([kari]), "readers_without_you"),
        (&ola, json!([kari, olas, adams]), "reader_unknown"),
        (&ola, json!(["x"]), "reader_unknown"),
        (&ola, json!([]), "readers_without_you"),
    ] {
        let (status, why) = api(&app, by, Method::PUT, &path, json!({ "readers": who, "reason": "r" })).await;
        assert_eq!((status, &why["errors"][0]["code"]), (422, &json!(code)), "{why}");
    }
    let (status, why) = api(&app, &ola, Method::PUT, &path, json!({ "readers": [kari, olas] })).await;
    assert_eq!((status, &why["errors"][0]["path"]), (422, &json!("reason")));
    restrict(&app, &reference, &[&kari]).await;
    let owner = json!({ "owner": olas });
    let (status, why) = app.send(Method::PUT, &format!("/incidents/{reference}/owner"), &owner).await;
    assert_eq!((status, &why["errors"][0]["code"]), (422, &json!("owner_not_reader")));
    let seen = app.get(&format!("/incidents/{reference}")).await.1;
    assert_eq!(seen["readers"], json!([{ "id": kari, "name": "Kari Nordmann" }]));
    // The same by the forms of the page.
    let form = [("form", "readers"), ("reason", "r"), ("readers", olas.as_str())];
    let answer = app.page(Method::POST, &format!("/incidents/{reference}/readers")).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("Du kan ikke stenge deg selv ute"));
    let form = [("form", "readers"), ("reason", "r"), ("readers", olas.as_str()), ("readers", kari.as_str())];
    let answer = app.page(Method::POST, &format!("/incidents/{reference}/readers")).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let everybody = format!("/incidents/{reference}/readers/everybody");
    let (status, to) = browse(&app, &ola, Method::POST, &everybody, &[("form", "everybody"), ("reason", "r")]).await;
    assert_eq!((status, to), (303, format!("/incidents/{reference}?done=readers#main")));
}

#[actix_web::test]
async fn a_restricted_incident_is_passed_on_when_nobody_is_left_to_work_on_it() {
    let app = TestApp::start().await;
    let (ola, olas) = person(&app, "Ola", &["responder"]).await;
    let (mona, monas) = person(&app, "Mona", &["manager"]).await;
    let (pia, _) = person(&app, "Pia", &["privacy_officer"]).await;
    let (adam, _) = person(&app, "Adam", &["administrator"]).await;
    let (_, case) = api(&app, &ola, Method::POST, "/incidents", leak()).await;
    let reference = key(&case);
    let path = format!("/incidents/{reference}");
    let named = json!({ "readers": [olas, monas], "reason": "Gjelder en ansatt" });
    let (status, why) = api(&app, &ola, Method::PUT, &format!("{path}/readers"), named).await;
    assert_eq!(status, 200, "{why}");
    // As long as one is there who can work on it, nobody else sees it.
    say(&app).await;
    assert_eq!(api(&app, &pia, Method::GET, &path, json!(null)).await.0, 404);
    let (status, why) = api(&app, &adam, Method::PATCH, &format!("/people/{olas}"), json!({ "left": true })).await;
    assert_eq!(status, 200, "nothing stands in the way of letting somebody go: {why}");
    assert!(!why.to_string().contains(&reference), "and the administrator is told nothing of it: {why}");
    assert_eq!(api(&app, &mona, Method::GET, &path, json!(null)).await.0, 200, "a manager reads and does no work");
    say(&app).await;
    let (status, seen) = api(&app, &pia, Method::GET, &path, json!(null)).await;
    assert_eq!(status, 200, "{seen}");
    let readers: Vec<&str> =
        seen["readers"].as_array().unwrap().iter().map(|reader| reader["name"].as_str().unwrap()).collect();
    assert_eq!(readers, ["Kari Nordmann", "Mona", "Ola", "Pia"], "every privacy officer, and who was named before");
    assert_eq!(api(&app, &adam, Method::GET, &path, json!(null)).await.0, 403, "no administrator");
    let (_, page) = browse(&app, &pia, Method::GET, &path, &[]).await;
    assert!(page.contains("fordi ingen som kunne arbeide med hendelsen, var igjen"), "{page}");
    let before = seen["version"].clone();
    say(&app).await;
    assert_eq!(api(&app, &pia, Method::GET, &path, json!(null)).await.1["version"], before, "once is enough");
}

#[actix_web::test]
async fn anybody_reports_and_follows_their_own_report_and_nothing_else() {
    let app = TestApp::start().await;
    let (rita, _) = person(&app, "Rita", &["reporter"]).await;
    let (siri, _) = person(&app, "Siri", &["reporter"]).await;
    assert_eq!(browse(&app, &rita, Method::GET, "/", &[]).await, (303, "/reports".into()));
    let (status, form) = browse(&app, &rita, Method::GET, "/reports/new", &[]).await;
    assert!(status == 200 && form.contains("Hva har hendt?") && !form.contains("/incidents"), "{form}");
    let (status, page) = browse(&app, &rita, Method::POST, "/reports", &[("system", "Kundeportalen")]).await;
    assert!(status == 422 && page.contains("Kundeportalen"), "what was typed is kept: {page}");
    let typed = [
        ("what", "Kundelista ligger åpent\nSå den på nettet"),
        ("noticed_at", "2026-10-23T13:30"),
        ("system", "Kundeportalen"),
        ("personal_data", "yes"),
        ("contact", "900 12 345"),
    ];
    let (status, to) = browse(&app, &rita, Method::POST, "/reports", &typed).await;
    assert_eq!((status, to.as_str()), (303, "/reports/2026-0001?done=reported#main"));
    // The duties are there, and whoever responds is told at once; the reporter is not.
    say(&app).await;
    let (_, case) = app.get("/incidents/2026-0001").await;
    assert!(case["duties"].as_array().unwrap().iter().any(|duty| duty["state"] == "undetermined"), "{case}");
    assert_eq!((&case["title"], &case["report"]["contact"]), (&json!("Kundelista ligger åpent"), &json!("900 12 345")));
    assert_eq!(case["owner"]["sees_to_it"], false);
    let told = messages(&app).await;
    assert!(told.iter().any(|(to, ..)| to.contains("kari@")) && told.iter().all(|(to, ..)| !to.contains("rita@")));
    let state = async || api(&app, &rita, Method::GET, "/reports/2026-0001", json!(null)).await.1["state"].clone();
    assert_eq!(state().await, "received");
    let (status, _) =
        app.send(Method::PUT, "/incidents/2026-0001/severity", &json!({ "level": "low", "reason": "r" })).await;
    assert_eq!((status, state().await), (200, json!("in_hand")));
    let (status, to) =
        browse(&app, &rita, Method::POST, "/reports/2026-0001/remarks", &[("words", "Den er borte nå")]).await;
    assert_eq!((status, to.as_str()), (303, "/reports/2026-0001?done=added#main"));
    assert_eq!(app.get("/incidents/2026-0001").await.1["report"]["remarks"][0]["words"], "Den er borte nå");
    let (_, page) = browse(&app, &rita, Method::GET, "/reports/2026-0001", &[]).await;
    assert!(page.contains("Under arbeid") && page.contains("Den er borte nå"), "{page}");
    for secret in ["Alvorlighet", "Nkom", "Datatilsynet", "Kari", "/incidents"] {
        assert!(!page.contains(secret), "{secret}: {page}");
    }
    // Nobody else has it, and the case itself is closed to the reporter.
    for (who, path, expected) in
        [(&siri, "/reports/2026-0001", 404), (&siri, "/incidents/2026-0001", 403), (&rita, "/incidents/2026-0001", 403)]
    {
        assert_eq!(api(&app, who, Method::GET, path, json!(null)).await.0, expected, "{path}");
    }
    assert_eq!(api(&app, &siri, Method::GET, "/reports", json!(null)).await.1["items"], json!([]));
    let sent = json!({ "what": "Ukjent ved døra", "noticed_at": "2026-10-23T11:59:00Z" });
    let (status, own) = api(&app, &siri, Method::POST, "/reports", sent).await;
    assert_eq!((status, &own["personal_data"], &own["reference"]), (201, &json!("unknown"), &json!("2026-0002")));
    let (status, why) =
        api(&app, &siri, Method::POST, "/reports", json!({ "what": " ", "noticed_at": "2027-01-01T00:00:00Z" })).await;
    let codes: Vec<&str> =
        why["errors"].as_array().unwrap().iter().map(|fault| fault["code"].as_str().unwrap()).collect();
    assert_eq!((status, codes), (422, vec!["missing", "in_future"]));
    // A report that is restricted to others goes out of sight with its case.
    restrict(&app, "2026-0001", &[&me(&app).await]).await;
    assert_eq!(api(&app, &rita, Method::GET, "/reports/2026-0001", json!(null)).await.0, 404);
    say(&app).await;
}

#[actix_web::test]
async fn what_a_reporter_adds_is_told_to_whoever_sees_to_it_and_one_report_sent_twice_is_one() {
    let app = TestApp::start().await;
    let (rita, _) = person(&app, "Rita", &["reporter"]).await;
    let (_, olas) = person(&app, "Ola", &["responder"]).await;
    // The same sheet of the form twice, as by a double click; then another one.
    let (_, form) = browse(&app, &rita, Method::GET, "/reports/new", &[]).await;
    let sheet = form.split("name=\"sheet\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let typed =
        |what, sheet| [("what", what), ("noticed_at", "2026-10-23T13:30"), ("personal_data", "no"), ("sheet", sheet)];
    for _ in 0..2 {
        let (status, to) = browse(&app, &rita, Method::POST, "/reports", &typed("Mistet en telefon", &sheet)).await;
        assert_eq!((status, to.as_str()), (303, "/reports/2026-0001?done=reported#main"));
    }
    let (_, to) = browse(&app, &rita, Method::POST, "/reports", &typed("Mistet en nøkkel", &sheet)).await;
    assert_eq!(to, "/reports/2026-0002?done=reported#main", "something else on the same sheet is something else");
    // The same by the API.
    for replayed in [false, true] {
        let answer = rita
            .post(format!("{}/api/v1/reports", app.url))
            .header("idempotency-key", "sak 7")
            .json(&json!({ "what": "Ukjent i serverrommet" }))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers().contains_key("idempotency-replayed"), replayed);
        assert_eq!(told(answer).await.1["reference"], "2026-0003");
    }
    // Nobody sees to it yet: everybody who may hears of the addition. When somebody does, only that one.
    let remark = async |words| {
        let said = json!({ "words": words });
        assert_eq!(api(&app, &rita, Method::POST, "/reports/2026-0001/remarks", said).await.0, 201);
        let told =
            messages(&app).await.into_iter().filter(|(_, subject, ..)| subject.contains("lagt til i en melding"));
        told.map(|(to, _, body, _)| (to, body)).collect::<Vec<_>>()
    };
    let first = remark("Den er funnet igjen").await;
    let to: Vec<&str> = first.iter().map(|(to, _)| to.as_str()).collect();
    assert!(
        to.len() == 2 && to.iter().any(|to| to.contains("kari@")) && to.iter().any(|to| to.contains("ola@")),
        "{to:?}"
    );
    let (_, body) = &first[0];
    assert!(body.contains("/incidents/2026-0001#report") && !body.contains("funnet igjen"), "no copy of it: {body}");
    let owner = json!({ "owner": olas });
    assert_eq!(app.send(Method::PUT, "/incidents/2026-0001/owner", &owner).await.0, 200);
    let second = remark("Den var låst").await;
    assert!(second.len() == 3 && second[2].0.contains("ola@"), "{second:?}");
    say(&app).await;
}

#[actix_web::test]
async fn a_form_to_log_with_sent_twice_logs_once() {
    let app = TestApp::start().await;
    let page = app.page(Method::GET, "/incidents/new").send().await.unwrap().text().await.unwrap();
    let sheet = page.split("name=\"sheet\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = [("title", "Nede i Narvik"), ("timeline.known_at", "2026-10-23T13:30"), ("sheet", sheet)];
    for _ in 0..2 {
        let answer = app.page(Method::POST, "/incidents").form(&form).send().await.unwrap();
        assert_eq!(answer.headers()["location"], "/incidents/2026-0001?done=logged");
    }
    assert_eq!(app.get("/incidents").await.1["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn pages_offer_nobody_what_they_may_not_do() {
    let app = TestApp::start().await;
    let reference = key(&log(&app, &leak()).await);
    let (alf, _) = person(&app, "Alf", &["auditor"]).await;
    let (adam, _) = person(&app, "Adam", &["administrator"]).await;
    let (rolf, _) = person(&app, "Rolf", &["responder"]).await;
    say(&app).await;
    let forms = |page: &str| page.matches("method=\"post\"").count();
    let pages = [
        "/",
        "/incidents/{key}",
        "/incidents/{key}/drafts",
        "/incidents/{key}/reminders",
        "/messages",
        "/people",
        "/channels",
    ];
    for path in pages.map(|path| path.replace("{key}", &reference)) {
        let (status, page) = browse(&app, &alf, Method::GET, &path, &[]).await;
        assert_eq!((status, forms(&page)), (200, 2), "{path}: none but the language and the way out\n{page}");
        assert!(!page.contains("/incidents/new"), "{path}");
    }
    for path in ["/settings", "/settings/reminders"] {
        let (status, page) = browse(&app, &alf, Method::GET, path, &[]).await;
        assert!(status == 200 && page.contains("<fieldset class=\"bare stack\" disabled>"), "{path}\n{page}");
        assert_eq!(page.matches("type=\"submit\"").count(), 0, "{path}");
    }
    let (_, page) = browse(&app, &rolf, Method::GET, &format!("/incidents/{reference}"), &[]).await;
    assert!(page.contains("/severity\"") && !page.contains("/risk\""), "a responder does not judge the risk");
    let risk = json!({ "title": "t", "personal_data": { "risk": "high", "risk_reason": "r" } });
    assert_eq!(api(&app, &rolf, Method::POST, "/incidents", risk).await.0, 403, "nor in passing");
    // An administrator keeps the house and sees no incident.
    assert_eq!(browse(&app, &adam, Method::GET, "/", &[]).await, (303, "/settings".into()));
    let (status, page) = browse(&app, &adam, Method::GET, &format!("/incidents/{reference}"), &[]).await;
    assert!(status == 403 && page.contains("Ingen tilgang"), "{page}");
    let (_, page) = browse(&app, &adam, Method::GET, "/messages", &[]).await;
    assert!(page.contains("Innholdet vises bare") && !page.contains("nettet") && !page.contains(&reference), "{page}");
    let (_, all) = api(&app, &adam, Method::GET, "/messages", json!(null)).await;
    assert!(all["items"].as_array().unwrap().iter().all(|message| message["subject"].is_null()), "{all}");
}

#[actix_web::test]
async fn a_role_that_is_given_or_taken_counts_at_the_next_request_of_whoever_is_signed_in() {
    let app = TestApp::start().await;
    let (ola, id) = person(&app, "Ola", &["reporter"]).await;
    let log = async || api(&app, &ola, Method::POST, "/incidents", json!({ "title": "Tale nede" })).await.0;
    let home = async || browse(&app, &ola, Method::GET, "/incidents", &[]).await.0;
    assert_eq!((log().await, home().await), (403, 403));
    for (roles, expected) in
        [(json!(["responder"]), (201, 200)), (json!(["auditor"]), (403, 200)), (json!(["reporter"]), (403, 403))]
    {
        let (status, why) = app.send(Method::PATCH, &format!("/people/{id}"), &json!({ "roles": roles })).await;
        assert_eq!(status, 200, "{why}");
        assert_eq!((log().await, home().await), expected, "{roles}");
    }
    let (_, chain) = app.get("/audit?what=account.changed&limit=10").await;
    assert!(chain["items"].as_array().is_some_and(|all| all.len() >= 3), "each change is in the chain: {chain}");
}
