//! The audit trail: every change leaves an entry with its address, the auditor finds it, takes it out and checks it.

use std::collections::BTreeMap;

use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use varsel::audit::{Entry, Noted, Signer, append, exported, verify};
use varsel::db::Json;
use varsel::i18n::Lang;
use varsel::origin::Origin;
use varsel::routes::{self, Who};
use varsel::schema::audit_entry as a;
use varsel::trail::pages::has_words;

use crate::app::{EMAIL, PASSWORD, TestApp};
use crate::case::{key, leak, log};
use crate::reminders::say;
use crate::time::plan_of;

/// What changes nothing that anybody must answer for, each with the reason.
const SILENT: &[(&str, &str, &str)] = &[
    ("POST", "/language", "the language one reads in is one's own affair and changes nothing for others"),
    ("POST", "/incidents/{key}/presence", "that a page lies open is of interest for a minute"),
    ("POST", "/api/v1/passkeys/options", "a question to the browser; what it answers is written down"),
    ("POST", "/api/v1/session/passkey/options", "a question to the browser; what it answers is written down"),
];

/// An entry as far as these stories look: what, subject, address, particulars.
type Line = (String, String, String, Value);

async fn entries(app: &TestApp) -> Vec<Line> {
    let read = app.db.read(|conn| {
        let rows: Vec<(String, String, String, Json)> =
            a::table.order(a::seq).select((a::what, a::subject, a::address, a::detail)).load(conn)?;
        Ok(rows.into_iter().map(|(what, subject, address, detail)| (what, subject, address, detail.0)).collect())
    });
    read.await.unwrap()
}

async fn last(app: &TestApp, what: &str) -> Line {
    entries(app).await.into_iter().rfind(|line| line.0 == what).unwrap_or_else(|| panic!("no entry {what}"))
}

async fn read(app: &TestApp, path: &str) -> String {
    let answer = app.page(Method::GET, path).send().await.unwrap();
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert_eq!(status, 200, "{path}: {text}");
    assert!(text.len() < 100_000, "{path} has {} bytes", text.len());
    text
}

async fn form(app: &TestApp, path: &str, form: &[(&str, &str)]) -> (u16, String) {
    let answer = app.page(Method::POST, path).form(form).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// A browser at another address of this machine.
fn at_address(last: u8) -> Client {
    Client::builder().cookie_store(true).local_address(std::net::IpAddr::from([127, 0, 0, last])).build().unwrap()
}

#[actix_web::test]
async fn requests_at_once_from_many_addresses_are_written_down_each_with_its_own() {
    let app = TestApp::start().await;
    let sent = |request: reqwest::RequestBuilder, body: Value| {
        request.header("content-type", "application/json").body(body.to_string()).send()
    };
    // One after the other: many tries at once with one password have to wait.
    let mut clients = Vec::new();
    for last in 2..18 {
        let client = at_address(last);
        let body = json!({ "email": EMAIL, "password": PASSWORD });
        let signed_in = sent(client.post(format!("{}/api/v1/session", app.url)), body).await.unwrap();
        assert_eq!(signed_in.status(), 204);
        clients.push((last, client));
    }
    let tries: Vec<_> = clients
        .into_iter()
        .map(|(last, client)| {
            let body = json!({ "title": format!("Fra 127.0.0.{last}") });
            actix_web::rt::spawn(sent(client.post(format!("{}/api/v1/incidents", app.url)), body))
        })
        .collect();
    for one in tries {
        assert_eq!(one.await.unwrap().unwrap().status(), 201);
    }
    let logged: Vec<Line> = entries(&app).await.into_iter().filter(|line| line.0 == "incident.logged").collect();
    assert_eq!(logged.len(), 16);
    for (_, reference, address, _) in logged {
        let (_, case) = app.get(&format!("/incidents/{reference}")).await;
        assert_eq!(case["title"], format!("Fra {address}"), "{reference}");
    }
    // What the program does by itself comes from nowhere.
    let note = |conn: &mut varsel::db::Conn| {
        let entry = Entry { actor: None, address: "", what: "audit.checked", subject: "audit", detail: json!({}) };
        append(conn, &entry, varsel::db::Instant::from(crate::app::at("2026-10-23T12:00:00Z")))
    };
    app.db.write(note).await.unwrap();
    assert_eq!(last(&app, "audit.checked").await.2, "");
    Origin::of("192.0.2.7").carry(app.db.write(note)).await.unwrap();
    assert_eq!(last(&app, "audit.checked").await.2, "192.0.2.7");
}

#[actix_web::test]
async fn a_change_of_a_person_a_channel_or_the_ladders_tells_what_was_and_what_is() {
    let app = TestApp::start().await;
    let ola =
        json!({ "name": "Ola Hansen", "email": "ola@smbmobil.example", "roles": ["responder"], "language": "nn" });
    let id = app.post("/people", &ola).await.1["id"].as_str().unwrap().to_owned();
    let change = json!({ "roles": ["manager"], "phone": "900 12 345" });
    assert_eq!(app.send(Method::PATCH, &format!("/people/{id}"), &change).await.0, 200);
    let (_, subject, address, detail) = last(&app, "account.changed").await;
    assert_eq!((subject, address.as_str()), (id.clone(), "127.0.0.1"));
    assert_eq!(
        detail,
        json!({ "before": { "phone": null, "roles": ["responder"] }, "after": { "phone": "+4790012345", "roles": ["manager"] } })
    );
    app.send(Method::PATCH, &format!("/people/{id}"), &json!({ "left": true })).await;
    assert_eq!(last(&app, "account.left").await.3["before"], json!({ "left_at": null }));

    let wish = json!({ "kind": "slack", "name": "Vakt", "url": "https://hooks.slack.com/services/T0/hemmelig" });
    let (status, channel) = app.post("/channels", &wish).await;
    assert_eq!(status, 201, "{channel}");
    let path = format!("/channels/{}", channel["id"].as_str().unwrap());
    let new = json!({ "version": 1, "name": "Vakta", "url": "https://hooks.slack.com/services/T0/annen" });
    assert_eq!(app.send(Method::PUT, &path, &new).await.0, 200);
    let (_, _, _, detail) = last(&app, "channel.changed").await;
    assert_eq!((&detail["before"]["name"], &detail["after"]["name"]), (&json!("Vakt"), &json!("Vakta")));
    assert_eq!(detail["after"]["route"], "changed");
    let all = entries(&app).await;
    assert!(all.iter().all(|line| !line.3.to_string().contains("hemmelig")), "a secret stands in the chain");
}

/// What makes a route succeed: its body as JSON for the API, as a form for the pages.
fn bodies(seq: i64, person: &str, channel: &str) -> Vec<(&'static str, String, Value)> {
    let case = "2026-0001";
    let sent = json!({ "channel": "e-post", "reference": "1", "complete": true });
    let api = |path: &str| format!("/api/v1{path}");
    let of = |path: &str| api(&format!("/incidents/{case}{path}"));
    vec![
        ("POST", of(&format!("/reminders/{seq}/answer")), json!({ "acknowledge": true })),
        ("POST", api("/session"), json!({ "email": EMAIL, "password": PASSWORD })),
        ("PUT", api("/settings"), json!({ "version": 0, "company": { "org_number": "974760673" } })),
        ("POST", api("/channels"), json!({ "kind": "mail", "name": "Felles", "recipient": "vakt@smbmobil.example" })),
        ("PUT", api(&format!("/channels/{channel}")), json!({ "version": 1, "name": "Ny" })),
        ("POST", api("/people"), json!({ "email": "per@smbmobil.example", "name": "Per", "roles": ["auditor"] })),
        ("PATCH", api(&format!("/people/{person}")), json!({ "name": "Ola H. Hansen" })),
        ("POST", api(&format!("/people/{person}/link")), json!({})),
        ("POST", api("/incidents"), json!({ "title": "En til" })),
        ("PATCH", of(""), json!({ "version": 1, "personal_data": { "subjects_count": 41 } })),
        ("POST", of("/moments"), json!({ "moment": "known_at", "at": "2026-10-23T11:30:00Z", "reason": "Loggen" })),
        ("POST", of("/assessments"), json!({})),
        ("POST", of("/duties/nkom-privacy/submission"), sent.clone()),
        ("POST", of("/duties/gdpr-34-subjects/settlement"), json!({ "reason": "r" })),
        ("PUT", of("/severity"), json!({ "level": "low", "reason": "r" })),
        ("PUT", of("/risk"), json!({ "level": "unlikely", "reason": "r" })),
        ("PUT", of("/owner"), json!({ "owner": person })),
        ("POST", format!("/incidents/{case}/owner"), json!({ "form": "owner", "owner": "" })),
        ("POST", format!("/people/{person}"), json!({ "name": "Ola Hansen", "roles": "responder", "language": "nb" })),
        ("POST", format!("/people/{person}/link"), json!({})),
        ("POST", format!("/people/{person}/leaving"), json!({})),
        ("POST", format!("/people/{person}/return"), json!({})),
        (
            "POST",
            "/people".into(),
            json!({ "email": "eva@smbmobil.example", "name": "Eva", "roles": "manager", "language": "nb" }),
        ),
        ("POST", "/channels".into(), json!({ "kind": "mail", "name": "Andre", "recipient": "a@smbmobil.example" })),
        ("POST", format!("/channels/{channel}/switch"), json!({ "version": "2", "on": "no" })),
        ("POST", "/incidents".into(), json!({ "title": "Fra siden" })),
        (
            "POST",
            "/settings/retention".into(),
            json!({ "version": "0", "affected": "36", "messages": "6", "traces": "3", "attachments": "36", "reports": "12", "comments": "36", "tasks": "36", "accounts": "12" }),
        ),
        ("POST", "/settings/retention/holds".into(), json!({ "reference": case, "reason": "Tilsyn" })),
        ("POST", "/audit/check".into(), json!({})),
        ("POST", "/requests".into(), json!({ "q": "Nordmann" })),
        ("POST", "/requests/export".into(), json!({ "q": "Nordmann", "format": "text" })),
        ("POST", "/sign-out".into(), json!({})),
    ]
}

/// Routes whose success takes more than a body; other stories take them, and look at the entry where it is named.
const ELSEWHERE: &[(&str, &str)] = &[
    ("POST /sign-in", "the same action as POST /api/v1/session"),
    ("POST /setup/{token}", "link.used and password.set, before this story begins"),
    ("POST /incidents/{key}/facts", "the same action as PATCH /api/v1/incidents/{key}"),
    ("POST /incidents/{key}/moments", "the same action as its twin of the API"),
    ("POST /incidents/{key}/severity", "the same action as its twin of the API"),
    ("POST /incidents/{key}/risk", "the same action as its twin of the API"),
    ("POST /incidents/{key}/duties/{duty}/submission", "the same action as its twin of the API"),
    ("POST /incidents/{key}/duties/{duty}/settlement", "the same action as its twin of the API"),
    ("POST /incidents/{key}/reminders/{seq}/answer", "the same action as its twin of the API"),
    ("POST /incidents/{key}/closure", "incident.closed, in the story of retention"),
    ("POST /incidents/{key}/reopening", "incident.reopened, the same action as its twin of the API"),
    ("POST /api/v1/incidents/{key}/closure", "incident.closed, in the story of retention"),
    ("DELETE /api/v1/incidents/{key}/closure", "incident.reopened, in the story of retention"),
    ("POST /api/v1/passkeys", "passkey.added, in the stories of passkeys"),
    ("POST /api/v1/passkeys/{id}/removal", "passkey.removed, the same action as its twin among the pages"),
    ("POST /api/v1/session/passkey", "session.begun, in the stories of passkeys"),
    ("DELETE /api/v1/session", "the same action as POST /sign-out"),
    ("POST /settings", "the same action as PUT /api/v1/settings"),
    ("POST /channels/{id}", "the same action as PUT /api/v1/channels/{id}"),
    ("POST /channels/{id}/secret", "channel.secret-drawn needs a webhook: in the stories of the outbox"),
    ("POST /channels/{id}/test", "channel.tried needs another side: in the stories of the outbox"),
    ("POST /api/v1/channels/{id}/secret", "channel.secret-drawn needs a webhook: in the stories of the outbox"),
    ("POST /api/v1/channels/{id}/test", "channel.tried needs another side: in the stories of the outbox"),
    ("POST /messages/{id}/resend", "message.resent needs a message given up: in the stories of the outbox"),
    ("POST /api/v1/messages/{id}/resend", "message.resent needs a message given up: in the stories of the outbox"),
    ("POST /settings/reminders", "the same action as its twin of the API"),
    ("PUT /api/v1/settings/reminders", "ladders.saved, in the stories of the reminders' pages"),
    ("POST /requests/erasure", "request.erased, in the story of a person's request"),
];

/// Addresses whose acts are told in stories of their own, on the pages and below `/api/v1` alike, and where.
const FAMILIES: &[(&str, &str)] = &[
    ("/reports", "incident.logged and report.remarked, in the stories of access"),
    ("/incidents/{key}/readers", "readers.named and readers.everybody, in the stories of access"),
    ("/account/", "password, factor and session acts, in the stories of signing in"),
    ("/sessions", "session.ended and sessions.ended, in the stories of signing in"),
    ("/people/{id}/se", "sessions.ended and the second factor's acts, in the stories of signing in"),
    ("/people/{id}/sign-out", "sessions.ended, in the stories of signing in"),
    ("/sign-in/code", "session.begun, in the stories of signing in"),
    ("/forgot", "password.forgotten, in the stories of signing in"),
    ("/settings/sign-in", "the rules of signing in, in the stories of signing in"),
    ("/machines", "machine.made, machine.retired and the tokens' acts, in the stories of tokens"),
    ("/tokens", "token.made and token.revoked, in the stories of tokens"),
    ("/intake/", "incident.logged and facts.changed, in the stories of intake"),
    ("/incidents/{key}/attachments", "attachment.added and attachment.removed, in the stories of attachments"),
    ("/incidents/{key}/notices/", "the notices' acts, in the stories of notices"),
    ("/incidents/{key}/affected/", "the acts of the register and of waves, in the stories of the affected"),
    ("/drills", "drill.begun, in the stories of drills"),
    ("/incidents/{key}/drill/", "drill.clock, in the stories of drills"),
    ("/calendars", "calendar.made and calendar.ended, in the stories of the calendar"),
    ("/incidents/{key}/comments", "comment.added, in the stories of working together"),
    ("/incidents/{key}/tasks", "the tasks' acts, in the stories of working together"),
    ("/views", "view.saved, view.changed and view.removed, in the stories of finding"),
    ("/incidents/bulk", "the acts of the single incidents, in the stories of finding"),
    ("/callbacks/affected/", "what a gateway says of a message is kept with the person"),
];

#[actix_web::test]
async fn every_change_that_succeeds_leaves_an_entry_with_words_in_three_languages() {
    let app = TestApp::start().await;
    log(&app, &leak()).await;
    let ola = json!({ "name": "Ola Hansen", "email": "ola@smbmobil.example", "roles": ["responder"] });
    let person = app.post("/people", &ola).await.1["id"].as_str().unwrap().to_owned();
    let wish = json!({ "kind": "mail", "name": "Vakt", "recipient": "vakt@smbmobil.example" });
    let channel = app.post("/channels", &wish).await.1["id"].as_str().unwrap().to_owned();
    app.advance(Duration::hours(1));
    say(&app).await;
    let (_, reminders) = app.get("/incidents/2026-0001/reminders").await;
    let duties = reminders["items"].as_array().unwrap();
    let seq = duties.iter().find(|duty| duty["can_answer"] == true).expect("a reminder")["seq"].as_i64().unwrap();

    let mut met: Vec<(String, String)> = Vec::new();
    for (method, path, body) in bodies(seq, &person, &channel) {
        let before = entries(&app).await.len();
        let verb: Method = method.parse().unwrap();
        let request = app.client.request(verb, format!("{}{path}", app.url)).header("origin", &app.url);
        let request = if path.starts_with("/api/") {
            request.header("content-type", "application/json").body(body.to_string())
        } else {
            request.form(body.as_object().unwrap())
        };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        assert!(status < 400, "{method} {path}: {status} {}", answer.text().await.unwrap());
        assert!(entries(&app).await.len() > before, "{method} {path} left no entry");
        met.push((method.to_owned(), path));
    }
    say(&app).await;
    let all = routes::all().into_iter().filter(|entry| entry.method != actix_web::http::Method::GET);
    let unmet: Vec<String> = all
        .map(|entry| (format!("{} {}", entry.method, entry.path), entry))
        .filter(|(name, entry)| {
            let silent = SILENT.iter().any(|(method, path, _)| *method == entry.method.as_str() && *path == entry.path);
            let elsewhere = ELSEWHERE.iter().any(|(known, _)| known == name)
                || FAMILIES
                    .iter()
                    .any(|(below, _)| entry.path.strip_prefix("/api/v1").unwrap_or(entry.path).starts_with(below));
            let here = met.iter().any(|(method, path)| *method == entry.method.as_str() && fits(entry.path, path));
            !silent && !elsewhere && !here
        })
        .map(|(name, _)| name)
        .collect();
    assert_eq!(unmet, Vec::<String>::new(), "say in this test how they succeed, or why they need no entry");
    for (what, ..) in entries(&app).await {
        assert!(Lang::ALL.iter().all(|lang| has_words(*lang, &what)), "{what} has no words");
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len() && pattern.iter().zip(&path).all(|(part, own)| part.starts_with('{') || part == own)
}

/// The stable words of acts that stand in the source: two words with a dot between, of which the second is something done.
fn acts_in(source: &str) -> Vec<String> {
    let done = |word: &str| {
        word.ends_with("ed")
            || word.ends_with("-drawn")
            || ["made", "set", "begun", "left", "resent", "seen", "held"].contains(&word)
    };
    let word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let quoted = source.split('"').skip(1).step_by(2).filter_map(|text| Some((text, text.split_once('.')?)));
    let act = |(text, (noun, verb)): &(&str, (&str, &str))| {
        word(noun) && word(verb) && done(verb) && varsel::law::Fact::by_path(text).is_none()
    };
    quoted.filter(act).map(|(text, _)| text.to_owned()).collect()
}

#[test]
fn every_act_in_the_source_has_words_in_three_languages() {
    let (mut open, mut found) = (vec![std::path::PathBuf::from("src")], BTreeMap::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                found.extend(acts_in(&text).into_iter().map(|act| (act, path.clone())));
            }
        }
    }
    assert!(found.len() > 30, "{found:?}");
    for (act, path) in &found {
        assert!(Lang::ALL.iter().all(|lang| has_words(*lang, act)), "{path:?}: {act} has no words");
    }
    assert_eq!(acts_in("f(\"thing.erased\", \"a.b\", \"timeline.known_at\", \"varsel.css\")"), ["thing.erased"]);
    assert!(!has_words(Lang::Nb, "thing.erased"));
}

#[actix_web::test]
async fn the_auditor_searches_pages_exports_and_checks() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    app.advance(Duration::days(3));
    app.sign_in().await;
    for n in 0..30 {
        log(&app, &json!({ "title": format!("=Hendelse {n}") })).await;
    }
    let of = async |query: &str| app.get(&format!("/audit?limit=500&{query}")).await.1["items"].clone();
    assert_eq!(of(&format!("subject={}", key(&case))).await.as_array().unwrap().len(), 1);
    assert_eq!(of("what=session.begun").await.as_array().unwrap().len(), 2);
    assert_eq!(of("until=2026-10-23").await.as_array().unwrap().len(), 5, "link made and used, account, session, case");
    assert_eq!(of("from=2026-10-24&what=incident.logged").await.as_array().unwrap().len(), 30);
    assert_eq!(of("q=samtaleLOGG").await.as_array().unwrap().len(), 1);
    assert_eq!(of("q=0%25").await.as_array().unwrap().len(), 0);
    assert_eq!(of(&format!("subject={EMAIL}&what=session.begun")).await.as_array().unwrap().len(), 2);
    let kari = of("what=session.begun").await[0]["actor"].as_str().unwrap().to_owned();
    assert_eq!(of(&format!("person={kari}&what=incident.logged")).await.as_array().unwrap().len(), 31);
    for wrong in ["from=igår", "person=x", "cursor=x", "limit=0"] {
        assert_eq!(app.get(&format!("/audit?{wrong}")).await.0, 422, "{wrong}");
    }
    let (mut cursor, mut seen) = (String::new(), Vec::new());
    loop {
        let (_, page) = app.get(&format!("/audit?limit=7{cursor}")).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["number"].as_i64().unwrap()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    let n = i64::try_from(entries(&app).await.len()).unwrap();
    assert_eq!(seen, (1..=n).rev().collect::<Vec<_>>());

    let page = read(&app, "/audit").await;
    assert!(
        page.contains("Loggførte hendelsen") && page.contains("127.0.0.1") && page.contains("rel=\"next\""),
        "{page}"
    );
    let found = read(&app, &format!("/audit?subject={}", key(&case))).await;
    assert!(found.contains("Samtalelogg") && !found.contains("rel=\"next\""), "{found}");
    let (status, wrong) = {
        let answer = app.page(Method::GET, "/audit?from=i").send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    assert!(status == 422 && wrong.contains("Skriv en dag som"), "{wrong}");
    for (lang, words) in [("nn", "Loggførte hendinga"), ("en", "Logged the incident"), ("nb", "Loggførte hendelsen")]
    {
        form(&app, "/language", &[("lang", lang)]).await;
        let page = read(&app, "/audit").await;
        assert!(page.contains(words) && !page.contains(">audit-"), "{lang}: {page}");
    }

    let lines = read(&app, "/audit/export?format=jsonl").await;
    let checked = exported::check(lines.as_bytes()).unwrap();
    assert_eq!(
        (i64::try_from(checked.entries).unwrap(), checked.gaps, &checked.broken),
        (n + 1, 0, &None),
        "the export itself is an entry"
    );
    assert_eq!(checked.head, app.db.read(|conn| verify(conn, None)).await.unwrap().head);
    let spoilt = exported::check(lines.replacen("Hendelse 7", "Hendelse 8", 1).as_bytes()).unwrap();
    assert!(spoilt.broken.is_some());
    let without: String =
        lines.lines().enumerate().filter(|(n, _)| *n != 9).map(|(_, line)| format!("{line}\n")).collect();
    assert_eq!(exported::check(without.as_bytes()).unwrap().gaps, 1);
    let narrowed = read(&app, "/audit/export?format=jsonl&what=incident.logged").await;
    assert_eq!(exported::check(narrowed.as_bytes()).unwrap().entries, 31);
    assert!(exported::check("{}".as_bytes()).is_err());
    let csv = read(&app, "/audit/export?format=csv").await;
    assert!(csv.starts_with('\u{feff}') && i64::try_from(csv.lines().count()).unwrap() == n + 4, "{csv}");
    assert_eq!(last(&app, "audit.exported").await.3["format"], "csv");

    let (status, page) = form(&app, "/audit/check", &[]).await;
    assert!(status == 200 && page.contains(&format!("Sporet er helt: {} innførsler", n + 3)), "{page}");
    let (_, head) = app.get("/audit/head").await;
    let Ok(Noted::Signed(signed)) = head["signed"].as_str().unwrap().parse() else { panic!("{head}") };
    assert!(signed.holds(head["public_key"].as_str().unwrap()) && signed.head.number == n + 4);
    let signer = Signer::kept_in(&app.folder.path().join("signing.key")).unwrap();
    assert_eq!(head["public_key"], signer.public_key());
}

#[actix_web::test]
async fn a_long_chain_is_read_by_its_indexes_and_a_rare_word_is_sought_a_stretch_at_a_time() {
    let app = TestApp::start().await;
    for (condition, index) in [
        ("actor = '00000000-0000-7000-8000-000000000000' AND seq < 9", "audit_entry_actor"),
        ("subject = '2026-0001' AND seq < 9", "audit_entry_subject"),
        ("what = 'session.begun' AND seq < 9", "audit_entry_what"),
    ] {
        let query = format!("SELECT seq FROM audit_entry WHERE {condition} ORDER BY seq DESC LIMIT 26");
        let plan = plan_of(&app, &query).await;
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "{plan}");
    }
    let first = "SELECT seq FROM audit_entry WHERE at >= '2026-01-01T00:00:00.000000Z' ORDER BY at LIMIT 1";
    assert!(plan_of(&app, first).await.contains("audit_entry_at"));

    let many = |conn: &mut varsel::db::Conn| {
        let numbers = match conn {
            varsel::db::Conn::Sqlite(_) => {
                "WITH RECURSIVE n(i) AS (SELECT 6 UNION ALL SELECT i + 1 FROM n WHERE i < 150000) SELECT i FROM n"
            }
            varsel::db::Conn::Postgres(_) => "SELECT i FROM generate_series(6, 150000) AS n(i)",
        };
        conn.batch_execute(&format!(
            "INSERT INTO audit_entry (seq, at, actor, address, what, subject, detail, before, digest) \
             SELECT i, '2026-10-23T12:00:00.000000Z', NULL, '', 'incident.logged', '2026-0002', '{{\"n\": 1}}', '', \
             'digest ' || i FROM ({numbers}) AS numbers"
        ))?;
        Ok(())
    };
    app.db.write(many).await.unwrap();
    let (_, page) = app.get("/audit?q=finnes-ikke").await;
    assert_eq!((&page["items"], &page["paused"], &page["next"]), (&json!([]), &json!(true), &json!("50001")));
    let (_, rest) = app.get("/audit?q=finnes-ikke&cursor=50001").await;
    assert_eq!((&rest["paused"], &rest["next"]), (&json!(false), &Value::Null));
    assert!(read(&app, "/audit?q=finnes-ikke").await.contains("Let videre før innførsel 50"));
    let (_, page) = app.get("/audit?subject=2026-0002&limit=2&cursor=100").await;
    assert_eq!(page["items"][1]["number"], 98);
}

#[actix_web::test]
async fn each_morning_the_signed_head_goes_to_whoever_is_named_and_once() {
    let app = TestApp::start().await;
    assert_eq!(app.daily.round().await.unwrap(), (0, 0), "nobody is named yet");
    app.advance(Duration::hours(20));
    app.sign_in().await;
    let saved = [
        ("version", "0"),
        ("affected", "36"),
        ("messages", "12"),
        ("traces", "3"),
        ("comments", "36"),
        ("tasks", "36"),
        ("attachments", "36"),
        ("reports", "12"),
        ("accounts", "12"),
        ("head_to", "revisor@example.no\nkari@smbmobil.example"),
    ];
    assert_eq!(form(&app, "/settings/retention", &saved).await.0, 303);
    assert_eq!(app.daily.round().await.unwrap(), (0, 2));
    assert_eq!(app.daily.round().await.unwrap(), (0, 0), "once a day");
    let written = crate::reminders::messages(&app).await;
    let (to, subject, text, _) = &written[0];
    assert!(to == "revisor@example.no" && subject.contains("revisjonssporet"), "{subject}");
    let word = text.lines().skip_while(|line| *line != "Signert hode:").nth(1).unwrap();
    let Ok(Noted::Signed(signed)) = word.parse() else { panic!("{text}") };
    let signer = Signer::kept_in(&app.folder.path().join("signing.key")).unwrap();
    assert!(signed.holds(&signer.public_key()));
    let noted = signed.head.clone();
    let chain = app.db.read(move |conn| verify(conn, Some(&noted))).await.unwrap();
    assert_eq!(chain.broken, None, "the head that was sent is still in the chain");
    assert_eq!(last(&app, "audit.checked").await.3["receivers"], 2);
    say(&app).await;

    if crate::app::engine() == crate::app::Engine::Sqlite {
        let spoil = |conn: &mut varsel::db::Conn| {
            conn.batch_execute("DROP TRIGGER audit_entry_keep; UPDATE audit_entry SET subject = 'x' WHERE seq = 3")?;
            Ok(())
        };
        app.db.write(spoil).await.unwrap();
        app.advance(Duration::days(1));
        assert_eq!(app.daily.round().await.unwrap().1, 2);
        let written = crate::reminders::messages(&app).await;
        assert!(written.iter().any(|(_, subject, text, _)| subject.contains("BRUTT") && text.contains("INNFØRSEL 3")));
        app.sign_in().await;
        assert!(read(&app, "/messages").await.contains("Revisjonssporet er brutt"));
        say(&app).await;
    }
}

#[actix_web::test]
async fn the_addresses_of_the_trail_ask_for_its_rights() {
    let wanted = [("/audit", "read-audit"), ("/requests", "judge"), ("/settings/retention", "read-house")];
    for (path, right) in wanted {
        let entry = routes::all().into_iter().find(|entry| entry.path == path && entry.method == "GET").unwrap();
        assert!(matches!(entry.who, Who::May(named) if named.word == right), "{path}");
    }
}
