//! Drills: on a clock of their own, marked wherever they are shown, counted nowhere, and told to nobody outside.

use chrono::{DateTime, Duration, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use varsel::account::Sight;
use varsel::outbox::{Address, Draft, store as outbox};
use varsel::routes;

use crate::access::{api, person};
use crate::app::{TestApp, at};
use crate::case::{duty, key, leak, log};
use crate::reminders::{messages, say};

/// The facts of a leak known on a Friday at 16:30 in Norway.
fn facts() -> Value {
    let mut facts = leak();
    facts["title"] = json!("Øving høst: samtalelogg på avveie");
    facts["timeline"] = json!({ "known_at": "2026-11-06T15:30:00Z", "breach_aware_at": "2026-11-06T15:30:00Z" });
    facts
}

/// Begins a drill that afternoon with a clock that runs so fast.
async fn begin(app: &TestApp, factor: u32, more: Value) -> Value {
    let mut sent = json!({ "facts": facts(), "begins": "2026-11-06T15:30:00Z", "factor": factor });
    for (name, value) in more.as_object().unwrap() {
        sent[name] = value.clone();
    }
    let (status, case) = app.post("/drills", &sent).await;
    assert_eq!(status, 201, "{case}");
    case
}

async fn turn(app: &TestApp, key: &str, factor: i64) -> (u16, Value) {
    app.post(&format!("/incidents/{key}/drill/clock"), &json!({ "factor": factor })).await
}

fn instant(value: &Value) -> DateTime<Utc> {
    at(value.as_str().unwrap_or_else(|| panic!("{value} is no instant")))
}

async fn html(app: &TestApp, path: &str) -> (u16, String) {
    let answer = app.page(Method::GET, path).header("accept-language", "nb").send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[actix_web::test]
async fn everything_in_a_drill_is_reckoned_by_its_own_clock_which_runs_faster_stands_still_and_goes_on() {
    let app = TestApp::start().await;
    let case = begin(&app, 60, json!({})).await;
    let drill = key(&case);
    assert_eq!(drill, "OV-2026-0001");
    assert_eq!(case["drill"], json!({ "now": "2026-11-06T15:30:00Z", "factor": 60 }));
    assert_eq!(instant(&case["created_at"]), at("2026-11-06T15:30:00Z"));
    let due = instant(&duty(&case, "gdpr-33-authority")["deadline"]["due_at"]);
    assert_eq!(due, at("2026-11-09T15:30:00Z"), "72 hours by the clock of the drill");
    // 71 hours of the drill are 71 minutes of ours.
    app.advance(Duration::minutes(71));
    let (_, case) = app.get(&format!("/incidents/{drill}")).await;
    assert_eq!(instant(&case["assessed_at"]), at("2026-11-09T14:30:00Z"));
    // What is sent without saying when was sent now, by that clock, and nothing lies in its future.
    let path = format!("/incidents/{drill}/duties/gdpr-33-authority/submission");
    let (status, why) = app.post(&path, &json!({ "sent_at": "2026-11-09T15:00:00Z", "complete": true })).await;
    assert_eq!((status, &why["errors"][0]["code"]), (422, &json!("in_future")), "{why}");
    let (status, case) = app.post(&path, &json!({ "channel": "altinn", "complete": true })).await;
    assert_eq!(status, 201, "{case}");
    let sent = &duty(&case, "gdpr-33-authority")["submissions"][0];
    assert_eq!((instant(&sent["sent_at"]), &sent["drill"]), (at("2026-11-09T14:30:00Z"), &json!(true)));
    let page =
        app.page(Method::GET, &format!("/incidents/{drill}")).header("accept-language", "nb").send().await.unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains("<li>ØVING: Sendt"), "{page}");
    for (path, mark) in [
        ("notices/gdpr-33-authority/notice.pdf?lang=nb", "ØVING: ikke en virkelig hendelse"),
        ("notices/gdpr-33-authority/notice.pdf?lang=en", "DRILL: not a real incident"),
        ("dossier.pdf?lang=nn", "ØVING: ikkje ei verkeleg hending"),
    ] {
        let pdf = app.page(Method::GET, &format!("/incidents/{drill}/{path}")).send().await.unwrap();
        let said = crate::dossier::words(&pdf.bytes().await.unwrap());
        assert!(said.matches(mark).count() > 0, "{path}: {said}");
    }
    // It stands still as long as one likes, and goes on from where it stood.
    assert_eq!(turn(&app, &drill, 0).await.0, 200);
    app.advance(Duration::hours(5));
    let (_, case) = app.get(&format!("/incidents/{drill}")).await;
    assert_eq!(case["drill"], json!({ "now": "2026-11-09T14:30:00Z", "factor": 0 }));
    assert_eq!(turn(&app, &drill, 10).await.0, 200);
    app.advance(Duration::minutes(6));
    let (_, case) = app.get(&format!("/incidents/{drill}")).await;
    assert_eq!(case["drill"], json!({ "now": "2026-11-09T15:30:00Z", "factor": 10 }));
    // The timeline tells both clocks.
    let (_, lines) = app.get(&format!("/incidents/{drill}/timeline")).await;
    let sent = lines["items"].as_array().unwrap().iter().find(|line| line["kind"] == "submission.recorded").unwrap();
    assert_eq!(instant(&sent["at"]), at("2026-11-09T14:30:00Z"));
    assert_eq!(instant(&sent["real_at"]), at("2026-10-23T13:11:00Z"));
    let (_, report) = app.get(&format!("/incidents/{drill}/drill")).await;
    let row = report["duties"].as_array().unwrap().iter().find(|row| row["duty"] == "gdpr-33-authority").unwrap();
    assert_eq!((&row["how"], &row["margin_minutes"]), (&json!("sent"), &json!(60)), "{row}");
    let sent = report["figures"].as_array().unwrap().iter().find(|figure| figure["what"] == "sent").unwrap();
    assert_eq!((&sent["minutes"], &sent["real_minutes"]), (&json!(71 * 60), &json!(71)));
    assert_eq!(report["clock"].as_array().unwrap().len(), 3);
}

#[actix_web::test]
async fn a_drill_stays_a_drill_and_a_real_incident_never_becomes_one() {
    let app = TestApp::start().await;
    let (drill, real) = (key(&begin(&app, 1, json!({})).await), key(&log(&app, &leak()).await));
    assert_eq!(real, "2026-0001", "a drill takes no number of a real one");
    let (status, why) = turn(&app, &real, 60).await;
    assert_eq!((status, &why["type"]), (409, &json!("urn:varsel:problem:not-a-drill")));
    assert_eq!(app.get(&format!("/incidents/{real}/drill")).await.0, 404);
    for factor in [-1, 1441] {
        let (status, why) = turn(&app, &drill, factor).await;
        assert_eq!((status, &why["errors"][0]["code"]), (422, &json!("outside_range")), "{why}");
    }
    use diesel::prelude::*;
    use varsel::schema::incident as i;
    let changed = app.db.write({
        let drill = drill.clone();
        move |conn| {
            Ok(diesel::update(i::table.filter(i::reference.eq(&drill)))
                .set(i::clock_real.eq(None::<varsel::db::Instant>))
                .execute(conn)?)
        }
    });
    assert!(changed.await.is_err(), "a drill was made real");
    let now = varsel::db::Instant::from(app.clock.now());
    let changed = app.db.write(move |conn| {
        Ok(diesel::update(i::table.filter(i::reference.eq(&real))).set(i::clock_real.eq(Some(now))).execute(conn)?)
    });
    assert!(changed.await.is_err(), "a real incident was made a drill");
}

/// Everything that counts or lists, as it stands.
async fn figures(app: &TestApp) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for path in [
        "/dashboard",
        "/incidents?limit=100",
        "/incidents?status=open",
        "/incidents?updated_since=2026-01-01T00:00:00Z",
        "/incidents?q=nettet",
        "/incidents?duty_state=required",
        "/incidents?kind=privacy",
    ] {
        let (status, mut told) = app.get(path).await;
        assert_eq!(status, 200, "{path}: {told}");
        for item in told["items"].as_array_mut().into_iter().flatten() {
            *item = json!([item["reference"], item["title"], item["duties"], item["next_due_at"]]);
        }
        all.push((path.to_owned(), told));
    }
    let ready = app.client.get(format!("{}/readyz", app.url)).send().await.unwrap();
    all.push(("/readyz".into(), ready.json().await.unwrap()));
    let counts = app.db.read(|conn| outbox::counts(conn, Sight::everything())).await.unwrap();
    all.push(("counts".into(), json!(format!("{counts:?}"))));
    all
}

#[actix_web::test]
async fn no_figure_moves_when_a_drill_stands_beside_a_real_incident() {
    let (alone, beside) = (TestApp::start().await, TestApp::start().await);
    begin(&beside, 360, json!({})).await;
    for app in [&alone, &beside] {
        let real = key(&log(app, &leak()).await);
        app.post(&format!("/incidents/{real}/duties/gdpr-33-authority/submission"), &json!({ "complete": true })).await;
    }
    let second = key(&begin(&beside, 1, json!({})).await);
    let sent = beside
        .post(&format!("/incidents/{second}/duties/gdpr-33-authority/submission"), &json!({ "complete": true }))
        .await;
    assert_eq!(sent.0, 201, "{}", sent.1);
    for wait in [Duration::zero(), Duration::hours(30), Duration::hours(45)] {
        for app in [&alone, &beside] {
            app.advance(wait);
            app.sign_in().await;
            say(app).await;
        }
        for (one, other) in figures(&alone).await.into_iter().zip(figures(&beside).await) {
            assert_eq!(one, other);
        }
    }
    // The week that management gets.
    let summary = async |app: &TestApp| {
        let all = messages(app).await;
        let found: Vec<_> = all
            .into_iter()
            .filter(|(.., key)| key.starts_with("summary-"))
            .map(|(to, subject, text, _)| (to, subject, text))
            .collect();
        found
    };
    for app in [&alone, &beside] {
        app.clock.advance(at("2026-11-02T07:30:00Z") - app.clock.now());
        say(app).await;
    }
    let (one, other) = (summary(&alone).await, summary(&beside).await);
    assert!(!one.is_empty() && one == other, "{one:?}\n{other:?}");
    // They are listed for whoever asks, and real ones are never hidden by them.
    beside.sign_in().await;
    let listed = async |query: &str| -> Vec<String> {
        beside.get(&format!("/incidents?{query}")).await.1["items"].as_array().unwrap().iter().map(key).collect()
    };
    assert_eq!(listed("drill=yes").await, ["OV-2026-0002", "OV-2026-0001"]);
    assert_eq!(listed("drill=all").await, ["OV-2026-0002", "2026-0001", "OV-2026-0001"]);
    assert_eq!(listed("q=OV-2026-0001").await, ["OV-2026-0001"]);
    assert_eq!(beside.get("/incidents?drill=perhaps").await.0, 422);
    let (_, page) = html(&beside, "/dashboard").await;
    assert!(page.contains("Øvinger som pågår") && page.contains("OV-2026-0001"));
    let (_, page) = html(&beside, "/incidents?drill=all").await;
    assert_eq!(page.matches("drill-badge").count(), 2, "{page}");
}

#[actix_web::test]
async fn reminders_reach_those_who_take_part_with_the_mark_first_and_nothing_leaves() {
    let app = TestApp::start().await;
    let (ola, olas) = person(&app, "Ola", &["responder", "privacy_officer"]).await;
    person(&app, "Mona", &["manager"]).await;
    let channel = json!({ "name": "Vakta", "kind": "mail", "recipient": "vakta@smbmobil.example", "circle": "team" });
    assert_eq!(app.post("/channels", &channel).await.0, 201);
    let drill = key(&begin(
        &app,
        60,
        json!({ "participants": [olas], "injects": [{ "minute": 30, "words": "Avisen ringer" }] }),
    )
    .await);
    for minutes in [0, 1, 70, 30] {
        app.advance(Duration::minutes(minutes));
        say(&app).await;
    }
    let all = messages(&app).await;
    let about: Vec<_> =
        all.iter().filter(|(_, subject, text, _)| subject.contains(&drill) || text.contains(&drill)).collect();
    assert!(about.len() > 4, "{all:?}");
    for (to, subject, text, _) in &about {
        assert!(["kari@smbmobil.example", "ola@smbmobil.example"].contains(&to.as_str()), "{to}: {subject}");
        let marked = |words: &str| words.starts_with("ØVING") || words.starts_with("DRILL");
        assert!(marked(subject) && marked(text), "{subject}\n{text}");
    }
    assert_eq!(all.iter().filter(|(to, ..)| to.contains("mona") || to.contains("vakta")).count(), 0, "{all:?}");
    let injected = about.iter().filter(|(.., text, _)| text.contains("Avisen ringer")).count();
    assert_eq!(injected, 2, "each who takes part is told once");
    // A letter to an authority stays in the house and is recorded as sent.
    app.sign_in().await;
    let path = format!("/incidents/{drill}/notices/nkom-privacy");
    let (_, shown) = app.get(&path).await;
    assert!(shown["draft"]["body"].as_str().unwrap().starts_with("ØVING"), "{shown}");
    let text = json!({ "subject": "Varsel", "body": "Vi varsler.", "version": 0 });
    let (status, shown) = app.send(Method::PUT, &path, &text).await;
    assert_eq!(status, 200, "{shown}");
    assert!(shown["text"]["body"].as_str().unwrap().starts_with("ØVING"), "nobody takes the mark off: {shown}");
    let (status, why) = app.post(&format!("{path}/approval"), &json!({ "digest": shown["text"]["digest"] })).await;
    assert_eq!(status, 201, "{why}");
    let before = messages(&app).await.len();
    let (status, shown) = app.post(&format!("{path}/sending"), &json!({})).await;
    assert_eq!(
        (status, &shown["state"], &shown["sent"][0]["state"]),
        (201, &json!("fulfilled"), &json!("arrived")),
        "{shown}"
    );
    assert_eq!(messages(&app).await.len(), before);
    // The last word is the outbox's own, whoever asks.
    let seq = app.db.read({
        let drill = drill.clone();
        move |conn| Ok(varsel::incident::store::head(conn, &drill, Sight::everything())?.seq)
    });
    let seq = seq.await.unwrap();
    for (kind, to) in [
        ("notice", "kari@smbmobil.example"),
        ("reminder", "mona@smbmobil.example"),
        ("reminder", "ekomvarsling@nkom.no"),
    ] {
        let now = app.clock.now();
        let put = app.db.write(move |conn| {
            let draft = Draft {
                key: format!("planted-{kind}-{to}"),
                kind: kind.into(),
                to: Address::Person { email: to.into(), name: String::new() },
                lang: varsel::i18n::Lang::Nb,
                subject: "Varsel".into(),
                text: "Tekst".into(),
                link: None,
                data: json!({}),
                urgent: false,
                incident_seq: Some(seq),
            };
            outbox::put(conn, &draft, now)
        });
        assert!(put.await.is_err(), "{kind} to {to} was put down");
    }
    // And no wave goes.
    let entry = json!({ "name": "Bølge", "texts": { "nb": { "subject": "Om lekkasjen", "body": "Vi skriver til deg.", "sms": "Kort" } } });
    let (status, wave) = app.post(&format!("/incidents/{drill}/affected/waves"), &entry).await;
    assert_eq!(status, 201, "{wave}");
    let wave = format!("/incidents/{drill}/affected/waves/{}", wave["id"].as_str().unwrap());
    let (status, why) = app.post(&format!("{wave}/run"), &json!({})).await;
    assert_eq!((status, &why["type"]), (409, &json!("urn:varsel:problem:drill-stays-inside")), "{why}");
    drop(ola);
}

#[actix_web::test]
async fn channels_hear_of_a_drill_where_that_was_chosen() {
    let app = TestApp::start().await;
    let channel = json!({ "name": "Vakta", "kind": "mail", "recipient": "vakta@smbmobil.example", "circle": "team" });
    assert_eq!(app.post("/channels", &channel).await.0, 201);
    begin(&app, 1, json!({ "channels": true })).await;
    app.advance(Duration::hours(2));
    say(&app).await;
    use diesel::prelude::*;
    use varsel::schema::message as m;
    let to = m::table.filter(m::channel_id.is_not_null()).select((m::recipient_name, m::subject));
    let told = app.db.read(move |conn| Ok(to.load::<(String, String)>(conn)?)).await.unwrap();
    assert!(
        !told.is_empty() && told.iter().all(|(name, subject)| name == "Vakta" && subject.starts_with("ØVING: ")),
        "{told:?}"
    );
}

#[actix_web::test]
async fn every_page_of_a_drill_is_marked_and_no_other_is() {
    let app = TestApp::start().await;
    let (drill, real) = (begin(&app, 10, json!({})).await, log(&app, &leak()).await);
    let mut pages = 0;
    for entry in
        routes::all().into_iter().filter(|entry| entry.method == "GET" && entry.path.starts_with("/incidents/{key}"))
    {
        let path = |key: &str| entry.path.replace("{key}", key).replace("{duty}", "gdpr-33-authority");
        if entry.path.contains("{id}") {
            continue;
        }
        for name in [key(&drill), drill["id"].as_str().unwrap().to_owned()] {
            app.advance(Duration::minutes(1));
            let answer = app.page(Method::GET, &path(&name)).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{}", path(&name));
            if !answer.headers()["content-type"].to_str().unwrap().starts_with("text/html") {
                continue;
            }
            let page = answer.text().await.unwrap();
            assert!(page.contains("class=\"strip drill\"") && page.contains("<title>ØVING: "), "{}", path(&name));
            assert!(page.contains("data-drill-factor=\"10\""), "{}", path(&name));
            pages += 1;
        }
        let (_, page) = html(&app, &path(&key(&real))).await;
        assert!(!page.contains("strip drill"), "{}", entry.path);
    }
    assert!(pages > 14, "{pages}");
    for path in ["/drills/new", "/incidents", "/dashboard", "/incidents/OV-2026-0099"] {
        assert!(!html(&app, path).await.1.contains("strip drill"), "{path}");
    }
    // Whoever may not see it is not told that it is a drill.
    let (status, _) = app
        .send(
            Method::PUT,
            &format!("/incidents/{}/readers", key(&drill)),
            &json!({ "readers": [app.get("/people").await.1["items"][0]["id"]], "reason": "r" }),
        )
        .await;
    assert_eq!(status, 200);
    let (ola, _) = person(&app, "Ola", &["responder"]).await;
    let (status, page) =
        crate::access::browse(&app, &ola, Method::GET, &format!("/incidents/{}", key(&drill)), &[]).await;
    assert!(status == 404 && !page.contains("strip drill"), "{page}");
    assert_eq!(api(&app, &ola, Method::GET, "/incidents?drill=yes", json!(null)).await.1["items"], json!([]));
    let (eva, _) = person(&app, "Eva", &["auditor"]).await;
    let (_, trail) = api(&app, &eva, Method::GET, "/audit", json!(null)).await;
    assert!(
        trail.to_string().contains(&key(&drill)) && !trail.to_string().contains("samtalelogg på avveie"),
        "{trail}"
    );
    let (_, page) = html(&app, &format!("/incidents/{}/drafts", key(&drill))).await;
    assert!(page.contains("ØVING – ØVING – ØVING"), "{page}");
}

#[actix_web::test]
async fn a_drill_ends_with_duties_open_and_its_report_tells_what_was_left() {
    let app = TestApp::start().await;
    let drill = key(&begin(&app, 60, json!({ "injects": [{ "minute": 600, "words": "For sent" }] })).await);
    app.advance(Duration::minutes(5));
    say(&app).await;
    let (_, standing) = app.get(&format!("/incidents/{drill}/reminders")).await;
    let seq = standing["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["taken"].as_array().is_some_and(|taken| !taken.is_empty()))
        .map(|one| one["seq"].clone());
    if let Some(seq) = seq {
        let (status, why) =
            app.post(&format!("/incidents/{drill}/reminders/{seq}/answer"), &json!({ "acknowledge": true })).await;
        assert_eq!(status, 200, "{why}");
    }
    let (status, case) =
        app.post(&format!("/incidents/{drill}/closure"), &json!({ "reason": "Øvingen er over" })).await;
    assert_eq!((status, &case["status"]), (201, &json!("closed")), "{case}");
    let before = messages(&app).await.len();
    app.advance(Duration::hours(30));
    app.sign_in().await;
    say(&app).await;
    let after = messages(&app).await;
    assert_eq!(after.iter().filter(|(.., key)| !key.starts_with("summary-")).count(), before, "{after:?}");
    let (_, report) = app.get(&format!("/incidents/{drill}/drill")).await;
    assert_eq!((&report["is_over"], instant(&report["until"])), (&json!(true), at("2026-11-06T20:30:00Z")));
    assert_eq!(report["injects"][0]["shown_at"], Value::Null);
    assert!(!report["unanswered"].as_array().unwrap().is_empty());
    let left = report["duties"].as_array().unwrap().iter().filter(|row| row["how"].is_null()).count();
    assert!(left > 3, "{report}");
    // The document, with the mark on every page.
    let pdf = app
        .page(Method::GET, &format!("/incidents/{drill}/drill/report.pdf"))
        .header("accept-language", "nb")
        .send()
        .await
        .unwrap();
    assert_eq!((pdf.status().as_u16(), pdf.headers()["content-type"].to_str().unwrap()), (200, "application/pdf"));
    let dossier = app.page(Method::GET, &format!("/incidents/{drill}/dossier.pdf")).send().await.unwrap();
    assert_eq!(dossier.status(), 200);
    for (name, bytes) in [("report", pdf.bytes().await.unwrap()), ("dossier", dossier.bytes().await.unwrap())] {
        let file = app.folder.path().join(format!("{name}.pdf"));
        std::fs::write(&file, &bytes).unwrap();
        let text = std::process::Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output();
        let text = text.unwrap_or_else(|why| panic!("pdftotext: {why}; apt-get install poppler-utils"));
        let text = String::from_utf8(text.stdout).unwrap();
        let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
        assert!(!pages.is_empty() && pages.iter().all(|page| page.contains("ØVING")), "{name}: {text}");
    }
    // It may go on, from where it stood.
    let (status, case) = told_of(
        app.api(Method::DELETE, &format!("/incidents/{drill}/closure"))
            .body(json!({ "reason": "Vi fortsetter" }).to_string())
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!((status, instant(&case["drill"]["now"])), (200, at("2026-11-06T20:30:00Z")), "{case}");
}

async fn told_of(answer: reqwest::Response) -> (u16, Value) {
    crate::app::told(answer).await
}

#[actix_web::test]
async fn the_form_makes_a_drill_and_keeps_what_was_typed_when_it_is_refused() {
    let app = TestApp::start().await;
    let (_, olas) = person(&app, "Ola", &["responder"]).await;
    let (status, page) = html(&app, "/drills/new").await;
    assert!(status == 200 && page.contains("Ola") && page.contains("name=\"injects\""), "{page}");
    let form = [("title", ""), ("injects", "tjue: noe"), ("factor", "10"), ("participants", olas.as_str())];
    let answer = app.page(Method::POST, "/drills").form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("tjue: noe") && page.contains("Skriv minuttet"), "{page}");
    assert!(page.contains(&format!("value=\"{olas}\" checked")), "{page}");
    let form = [
        ("title", "Øving"),
        ("injects", "0: Telefonen ringer"),
        ("factor", "10"),
        ("participants", olas.as_str()),
        ("begins", "2026-11-07T22:00"),
    ];
    let answer = app.page(Method::POST, "/drills").form(&form).send().await.unwrap();
    assert_eq!(answer.headers()["location"], "/incidents/OV-2026-0001/drill#main");
    let (_, page) = html(&app, "/incidents/OV-2026-0001/drill").await;
    assert!(page.contains("Kari Nordmann og Ola") && page.contains("10 ganger så fort"), "{page}");
    let answer =
        app.page(Method::POST, "/incidents/OV-2026-0001/drill/clock").form(&[("factor", "0")]).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let (_, page) = html(&app, "/incidents/OV-2026-0001").await;
    assert!(page.contains("klokken står"), "{page}");
    let answer = app
        .page(Method::POST, "/incidents/OV-2026-0001/drill/clock")
        .form(&[("factor", "99999")])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("Oppgi et tall fra 0 til 1440"));
}
