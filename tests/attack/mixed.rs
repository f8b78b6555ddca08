//! Numbers of other people's things, asked for by somebody who may do nearly everything: through a case of their own, and by
//! themselves.

use reqwest::{Client, Method};
use serde_json::{Value, json};
use varsel::account::Sight;
use varsel::affected::Clerk;
use varsel::db::Conn;
use varsel::i18n::Lang;
use varsel::incident::store;
use varsel::outbox::{self, Address, Draft};
use varsel::routes::{self, Who};

use crate::Tally;
use crate::app::{TestApp, new_client, told};

/// Words that stand in Kari's case and nowhere else.
const SECRET: &str = "Hemmelig tittel 4711";
const WORDS: &str = "en ku hopper over månen sent";

/// Ola, who may do all that people may do in an incident, but sees none that is restricted to others.
async fn ola(app: &TestApp) -> Client {
    let roles = ["responder", "privacy_officer", "manager", "auditor"];
    let ola = json!({ "name": "Ola", "email": "ola@smbmobil.example", "roles": roles });
    let (status, added) = app.post("/people", &ola).await;
    assert_eq!(status, 201, "{added}");
    let client = new_client();
    let form = [("password", WORDS), ("again", WORDS)];
    let link = client.post(added["link"].as_str().unwrap()).header("origin", &app.url);
    assert_eq!(link.form(&form).send().await.unwrap().status(), 303);
    client
}

/// What Kari has: the part of an address that comes before the number, and the number.
async fn hers(app: &TestApp, case: &str) -> Vec<(&'static str, String)> {
    let id = |made: &Value| made["id"].as_str().unwrap().to_owned();
    let raw = async |path: String, kind: &str, body: String| -> Value {
        let request = app.client.post(format!("{}/api/v1{path}", app.url)).header("content-type", kind);
        let (status, made) = told(request.body(body).send().await.unwrap()).await;
        assert_eq!(status, 201, "{made}");
        made
    };
    let file = format!("/incidents/{case}/attachments?name=logg.txt");
    let file = raw(file, "application/octet-stream", SECRET.into()).await;
    let persons = format!("/incidents/{case}/affected/imports?name=kunder.csv&begin=yes");
    let import = raw(persons, "text/csv", format!("navn;e-post\n{SECRET};tuva@x.example\n")).await;
    let clerk = Clerk { db: app.db.clone(), seal: app.worker.seal.clone(), clock: app.clock.clone() };
    clerk.round().await.unwrap();
    let (_, listed) = app.get(&format!("/incidents/{case}/affected/persons")).await;
    let text = json!({ "subject": SECRET, "body": "Hei {name}", "sms": "Hei" });
    let wave = json!({ "name": "Første", "duty": "gdpr-34-subjects", "texts": { "nb": text } });
    let (_, wave) = app.post(&format!("/incidents/{case}/affected/waves"), &wave).await;
    let (_, task) = app.post(&format!("/incidents/{case}/tasks"), &json!({ "what": SECRET })).await;
    let (_, view) = app.post("/views", &json!({ "name": SECRET, "filter": "status=open" })).await;
    let (_, calendar) = app.post("/calendars", &json!({ "span": "mine" })).await;
    let (_, token) = app.post("/tokens", &json!({ "name": SECRET, "scopes": ["read"] })).await;
    let (_, sessions) = app.get("/sessions").await;
    let (reference, now) = (case.to_owned(), app.clock.now());
    let write = move |conn: &mut Conn| {
        let seq = store::head(conn, &reference, Sight::everything())?.seq;
        let to = Address::Person { email: "kari@smbmobil.example".into(), name: "Kari Nordmann".into() };
        let draft = Draft {
            key: "k".into(),
            kind: "reminder".into(),
            to,
            lang: Lang::Nb,
            subject: SECRET.into(),
            text: SECRET.into(),
            link: None,
            data: json!({}),
            urgent: false,
            incident_seq: Some(seq),
        };
        outbox::store::put(conn, &draft, now)
    };
    assert!(app.db.write(write).await.unwrap());
    while app.worker.round().await.unwrap() > 0 {}
    let (_, messages) = app.get("/messages?limit=100").await;
    let about = messages["items"].as_array().unwrap().iter().find(|one| one["subject"].to_string().contains(SECRET));
    vec![
        ("attachments", id(&file)),
        ("imports", id(&import)),
        ("persons", id(&listed["items"][0])),
        ("waves", id(&wave)),
        ("tasks", id(&task)),
        ("views", id(&view)),
        ("calendars", id(&calendar)),
        ("calendar", id(&calendar)),
        ("tokens", id(&token)),
        ("sessions", id(&sessions["items"][0])),
        ("messages", about.map(id).expect("a message about the case")),
        ("reminders", "1".to_owned()),
    ]
}

/// All that could have been changed, as Kari sees it.
async fn all_of(app: &TestApp, case: &str) -> String {
    let mut all = Vec::new();
    for path in ["", "/attachments", "/tasks", "/affected/persons", "/affected", "/timeline"] {
        all.push(app.get(&format!("/incidents/{case}{path}")).await.1);
    }
    let mut all = json!(all);
    // How long ago it was judged and how much time is left goes on.
    all[0] = all[0]["version"].take();
    all.to_string()
}

pub async fn numbers_of_others() -> Tally {
    let mut tally = Tally::of("numbers of others");
    let app = TestApp::start().await;
    let ola = ola(&app).await;
    let leak = json!({ "title": SECRET, "personal_data": { "breach": true }, "timeline": { "known_at": "2026-10-23T11:00:00Z" } });
    let (_, case) = app.post("/incidents", &leak).await;
    let case = case["reference"].as_str().unwrap().to_owned();
    let kari = app.get("/people").await.1["items"].as_array().unwrap().iter().find(|one| one["name"] != "Ola").unwrap()
        ["id"]
        .clone();
    let own = told(
        ola.post(format!("{}/api/v1/incidents", app.url))
            .header("content-type", "application/json")
            .body(json!({ "title": "Min egen" }).to_string())
            .send()
            .await
            .unwrap(),
    );
    let own = own.await.1["reference"].as_str().unwrap().to_owned();
    let hers = hers(&app, &case).await;
    let sent = json!({ "readers": [kari], "reason": "Gjelder en ansatt" });
    assert_eq!(app.send(Method::PUT, &format!("/incidents/{case}/readers"), &sent).await.0, 200);
    let before = all_of(&app, &case).await;
    // Every field that one of these addresses wants, so that what refuses is not that one is missing.
    let fields = [
        ("reason", "r"),
        ("what", "x"),
        ("state", "told_otherwise"),
        ("digest", "x"),
        ("name", "x"),
        ("filter", ""),
        ("answer", "seen"),
        ("version", "1"),
        ("subject", "s"),
    ];
    let body: Value = fields.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect();
    for entry in routes::all() {
        let (Who::May(_), Some((before_it, _))) = (entry.who, entry.path.split_once("/{id}")) else { continue };
        let kind = before_it.rsplit('/').next().unwrap();
        let Some((_, id)) = hers.iter().find(|(own, _)| *own == kind) else { continue };
        let path = entry.path.replace("{key}", &own).replace("{id}", id);
        let method: Method = entry.method.as_str().parse().unwrap();
        let request = ola.request(method.clone(), format!("{}{path}", app.url)).header("origin", &app.url);
        let request = match (&method, path.starts_with("/api/")) {
            (&Method::GET, _) => request,
            (_, true) => request.header("content-type", "application/json").body(body.to_string()),
            (_, false) => request.form(&fields),
        };
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        tally.tried(format!("{method} {path}: {status}"), status.is_client_error() && !text.contains(SECRET));
    }
    for (kind, id) in &hers {
        for path in [format!("/incidents/{case}/{kind}/{id}"), format!("/incidents/{own}/{kind}/{id}")] {
            let answer = ola.get(format!("{}/api/v1{path}", app.url)).send().await.unwrap();
            tally.tried(format!("GET {path}: {}", answer.status()), answer.status().is_client_error());
        }
    }
    tally.tried("something of hers was changed", all_of(&app, &case).await == before);
    for (path, id) in
        [("/views", "views"), ("/calendars", "calendars"), ("/tokens", "tokens"), ("/sessions", "sessions")]
    {
        let listed = app.get(path).await.1;
        let id = &hers.iter().find(|(kind, _)| *kind == id).unwrap().1;
        let there = listed["items"].as_array().unwrap().iter().find(|one| one["id"] == id.as_str());
        let there = there.is_some_and(|one| one["revoked_at"].is_null());
        tally.tried(format!("{path}: hers is gone"), there);
    }
    tally
}
