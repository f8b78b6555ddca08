//! Personal data in our own files: they go when their time is over, and a person who asks gets an answer.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};
use varsel::outbox::Address;
use varsel::outbox::store::{Filter, list};

use crate::app::TestApp;
use crate::attachments::attach;
use crate::case::{key, log};
use crate::outbox::draft;
use crate::reminders::{messages, say};

async fn read(app: &TestApp, path: &str) -> String {
    let answer = app.page(Method::GET, path).send().await.unwrap();
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert_eq!(status, 200, "{path}: {text}");
    text
}

async fn form(app: &TestApp, path: &str, form: &[(&str, &str)]) -> (u16, String) {
    let answer = app.page(Method::POST, path).form(form).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// A closed incident with a message about it that has gone out; answers its path below the API.
async fn closed(app: &TestApp, name: &str) -> String {
    let case = log(app, &json!({ "title": format!("Prøve for {name}"), "personal_data": { "breach": false } })).await;
    let path = format!("/incidents/{}", key(&case));
    settle(app, &path).await;
    let reference = key(&case);
    let seq = app
        .db
        .read(
            move |conn| Ok(varsel::incident::store::head(conn, &reference, varsel::account::Sight::everything())?.seq),
        )
        .await
        .unwrap();
    let to = Address::Person { email: format!("{name}@example.no"), name: name.to_owned() };
    let letter = varsel::outbox::Draft { incident_seq: Some(seq), ..draft(&format!("om {name}"), to) };
    assert!(app.put(letter).await);
    say(app).await;
    close(app, &path).await;
    path
}

async fn kinds(app: &TestApp, path: &str) -> Vec<String> {
    let (_, timeline) = app.get(&format!("{path}/timeline")).await;
    timeline["items"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap().to_owned()).collect()
}

fn says(all: &[(String, String, String, String)], name: &str) -> usize {
    all.iter().filter(|(to, _, text, key)| format!("{to}{text}{key}").contains(name)).count()
}

#[actix_web::test]
async fn what_messages_say_goes_a_year_after_closing_and_the_line_stays() {
    let app = TestApp::start().await;
    let (first, held, again) = (closed(&app, "arne").await, closed(&app, "berit").await, closed(&app, "carl").await);
    let hold = [("hold", "yes"), ("reference", held.rsplit('/').next().unwrap()), ("reason", "Tilsynssak 26/1")];
    assert_eq!(form(&app, "/settings/retention/holds", &hold).await.0, 303);
    assert_eq!(form(&app, "/settings/retention/holds", &hold).await.0, 409, "it is held already");
    let wrong = form(&app, "/settings/retention/holds", &[("reference", "2020-0001"), ("reason", "x")]).await;
    assert!(wrong.0 == 422 && wrong.1.contains("Ingen hendelse har denne referansen"));
    app.send(Method::DELETE, &format!("{again}/closure"), &json!({ "reason": "Mer kom frem" })).await;

    let page = read(&app, "/settings/retention").await;
    assert!(page.contains("Tilsynssak 26/1") && page.contains("23. oktober 2027</b>: én melding"), "{page}");
    app.advance(Duration::days(364));
    app.daily.round().await.unwrap();
    assert_eq!(says(&messages(&app).await, "arne@"), 1, "a day too early");
    app.advance(Duration::days(2));
    let (removed, _) = app.daily.round().await.unwrap();
    assert!(removed >= 1, "{removed}");
    assert_eq!(app.daily.round().await.unwrap().0, 0, "once a day");
    let all = messages(&app).await;
    assert_eq!(
        [says(&all, "arne@"), says(&all, "berit@"), says(&all, "carl@")],
        [0, 1, 1],
        "held back, and open again"
    );
    app.sign_in().await;
    assert_eq!(kinds(&app, &first).await.last().unwrap(), "retention.removed");
    let (_, timeline) = app.get(&format!("{first}/timeline")).await;
    let line = timeline["items"].as_array().unwrap().last().unwrap();
    assert!(line["payload"]["removed"]["messages"].as_i64() >= Some(1) && line["by"].is_null(), "{line}");
    assert!(read(&app, &first).await.contains("Fjernet etter lagringstiden"));
    let sent = app.db.read(|conn| list(conn, &Filter::default(), varsel::account::Sight::everything())).await.unwrap();
    assert!(sent.items.iter().all(|(line, _)| line.state != "waiting"), "that it went out stays");

    let release = [("hold", "no"), ("reference", held.rsplit('/').next().unwrap()), ("reason", "Saken er over")];
    assert_eq!(form(&app, "/settings/retention/holds", &release).await.0, 303);
    // A day is missed, and two instances begin at once.
    app.advance(Duration::days(2));
    let (one, other) = tokio::join!(app.daily.round(), app.daily.round());
    assert!(one.unwrap().0 + other.unwrap().0 >= 1);
    assert_eq!(says(&messages(&app).await, "berit@"), 0);
    app.sign_in().await;
    assert_eq!(kinds(&app, &held).await.iter().filter(|kind| *kind == "retention.removed").count(), 1);
    let chain = app.db.read(|conn| varsel::audit::verify(conn, None)).await.unwrap();
    assert_eq!(chain.broken, None);
}

#[actix_web::test]
async fn periods_are_chosen_within_reason_and_who_left_keeps_the_name_alone() {
    let app = TestApp::start().await;
    let ola =
        json!({ "name": "Ola Hansen", "email": "ola@smbmobil.example", "phone": "900 12 345", "roles": ["responder"] });
    let id = app.post("/people", &ola).await.1["id"].as_str().unwrap().to_owned();
    app.send(Method::PATCH, &format!("/people/{id}"), &json!({ "left": true })).await;
    for (months, head_to) in [("0", ""), ("x", ""), ("241", ""), ("12", "tull")] {
        let typed = [
            ("version", "0"),
            ("affected", "36"),
            ("messages", "12"),
            ("traces", "3"),
            ("attachments", "36"),
            ("reports", "12"),
            ("comments", "36"),
            ("tasks", "36"),
            ("accounts", months),
            ("head_to", head_to),
        ];
        let (status, page) = form(&app, "/settings/retention", &typed).await;
        assert!(status == 422 && page.contains("aria-invalid=\"true\""), "{months} {head_to}: {page}");
    }
    let typed = [
        ("version", "0"),
        ("affected", "36"),
        ("messages", "12"),
        ("traces", "3"),
        ("attachments", "36"),
        ("reports", "12"),
        ("comments", "36"),
        ("tasks", "36"),
        ("accounts", "1"),
        ("head_to", ""),
    ];
    assert_eq!(form(&app, "/settings/retention", &typed).await.0, 303);
    assert_eq!(form(&app, "/settings/retention", &typed).await.0, 409, "somebody saved since");
    app.advance(Duration::days(32));
    assert!(app.daily.round().await.unwrap().0 >= 1);
    app.sign_in().await;
    let (_, people) = app.get("/people").await;
    let gone = people["items"].as_array().unwrap().iter().find(|person| person["id"] == id).unwrap();
    assert_eq!((&gone["name"], &gone["phone"]), (&json!("Ola Hansen"), &Value::Null));
    assert!(gone["email"].as_str().unwrap().ends_with("@removed.invalid"), "{gone}");
    for lang in ["nn", "en", "nb"] {
        form(&app, "/language", &[("lang", lang)]).await;
        let page = read(&app, "/settings/retention").await;
        assert!(!page.contains(">retention-") && page.len() < 100_000, "{lang}: {page}");
    }
}

#[actix_web::test]
async fn a_persons_request_finds_everything_takes_it_out_and_erases_what_may_go() {
    let app = TestApp::start().await;
    let path = closed(&app, "åse.ødegård").await;
    let change = json!({ "title": "Åse Ødegård ringte" });
    log(&app, &change).await;
    assert_eq!(form(&app, "/requests", &[("q", "ab")]).await.0, 422);
    let (status, page) = form(&app, "/requests", &[("q", "åse ødegård")]).await;
    assert!(
        status == 200 && page.contains("Åse Ødegård ringte") && page.contains("Tidslinjen er dokumentasjonen"),
        "{page}"
    );
    let (_, page) = form(&app, "/requests", &[("q", "ÅSE.ØDEGÅRD@example.no")]).await;
    assert!(page.contains("Mottaker og tekst kan slettes"), "{page}");
    let item = page.split("value=\"messages:").nth(1).unwrap().split('"').next().unwrap();
    let item = format!("messages:{item}");

    let needle = "åse.ødegård@example.no";
    let (_, json) = form(&app, "/requests/export", &[("q", needle), ("format", "json")]).await;
    let export: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(export["places"][1]["hits"][0]["says"]["recipient"], needle);
    let (_, text) = form(&app, "/requests/export", &[("q", needle), ("format", "text"), ("lang", "en")]).await;
    assert!(text.contains("MESSAGES: 1") && text.contains("must stay"), "{text}");

    let erase = async |reason: &str, item: &str| {
        form(&app, "/requests/erasure", &[("q", needle), ("item", item), ("reason", reason)]).await
    };
    assert_eq!(erase("", &item).await.0, 422, "no reason");
    assert!(erase("Sak 7", "facts:1").await.1.contains("0 opplysninger er slettet"), "what must stay stays");
    let (status, page) = erase("Sak 7", &item).await;
    assert!(status == 200 && page.contains("Én opplysning er slettet"), "{page}");
    let (_, page) = form(&app, "/requests", &[("q", needle)]).await;
    assert!(!page.contains("Mottaker og tekst kan slettes"), "{page}");
    assert_eq!(app.get(&path).await.0, 200, "the incident stays");

    let (_, entries) = app.get("/audit?what=request.erased").await;
    assert_eq!(entries["items"][0]["detail"]["removed"], json!({ "messages": 1 }));
    let (_, searched) = app.get("/audit?what=request.searched&limit=500").await;
    assert!(!searched.to_string().contains("degård"), "the search does not keep the name: {searched}");
    for lang in ["nn", "en"] {
        form(&app, "/language", &[("lang", lang)]).await;
        let (_, page) = form(&app, "/requests", &[("q", "nordmann")]).await;
        assert!(!page.contains(">inquiry-") && page.contains("Kari Nordmann") && page.len() < 100_000, "{page}");
    }
}

#[actix_web::test]
async fn a_persons_request_looks_among_the_affected_by_every_name_and_forgets_whom_nobody_means_to_reach() {
    let app = TestApp::start().await;
    let key = app.incident().await;
    let csv = "navn;e-post;telefon;adresse\nTuva Ås;tuva@x.example;90012345;Nygata 1\nPer Hansen;per@x.example;;\n";
    app.bring(&key, csv).await;
    for needle in ["tuva@x.example", "TUVA@x.example", "900 12 345", "tuva ås"] {
        let (_, page) = form(&app, "/requests", &[("q", needle)]).await;
        assert!(page.contains("Register over berørte") && page.contains("Tuva Ås"), "{needle}: {page}");
        assert!(!page.contains("Per Hansen") && !page.contains("value=\"affected:"), "{needle}: still to be told");
    }
    let (_, persons) = app.get(&format!("/incidents/{key}/affected/persons")).await;
    let id = persons["items"].as_array().unwrap().iter().find(|one| one["name"] == "Tuva Ås").unwrap()["id"].clone();
    let path = format!("/incidents/{key}/affected/persons/{}", id.as_str().unwrap());
    let (status, why) = app.send(Method::PUT, &path, &json!({ "state": "told_otherwise", "reason": "Ringte" })).await;
    assert!(status < 300, "{why}");
    let item = format!("affected:{}", id.as_str().unwrap());
    let erasing = [("q", "tuva@x.example"), ("item", item.as_str()), ("reason", "Sak 8")];
    let (status, page) = form(&app, "/requests/erasure", &erasing).await;
    assert!(status == 200 && page.contains("Én opplysning er slettet") && !page.contains("Tuva Ås"), "{page}");
    let (_, page) = form(&app, "/requests", &[("q", "tuva ås")]).await;
    assert!(!page.contains("Register over berørte"), "{page}");
    let figures = app.register(&key).await["figures"].clone();
    assert_eq!((&figures["total"], &figures["told"]), (&json!(2), &json!(1)), "the figures stay: {figures}");
}

/// Settles every duty of an incident.
async fn settle(app: &TestApp, path: &str) {
    let (_, shown) = app.get(path).await;
    for duty in shown["duties"].as_array().unwrap() {
        if ["required", "undetermined"].contains(&duty["state"].as_str().unwrap()) {
            let settle = format!("{path}/duties/{}/settlement", duty["id"].as_str().unwrap());
            let answer = app.post(&settle, &json!({ "reason": "Prøve" })).await;
            assert!(answer.0 < 300, "{duty} {answer:?}");
        }
    }
}

async fn close(app: &TestApp, path: &str) {
    let (status, why) = app.post(&format!("{path}/closure"), &json!({ "reason": "Ferdig" })).await;
    assert!(status < 300, "{why}");
}

#[actix_web::test]
async fn what_files_hold_and_where_to_reach_a_reporter_go_and_that_they_were_there_stays() {
    let app = TestApp::start().await;
    let reported = json!({
        "what": "En perm lå igjen på bussen", "noticed_at": "2026-10-23T10:00:00Z", "personal_data": "unknown",
        "contact": "Tove Vik, 900 54 321",
    });
    let (status, told) = app.post("/reports", &reported).await;
    assert_eq!(status, 201, "{told}");
    let key = told["reference"].as_str().unwrap().to_owned();
    let path = format!("/incidents/{key}");
    let (_, file) = attach(&app, &key, "rapport.txt", "Tove Vik fant permen".as_bytes()).await;
    let file_path = format!("{path}/attachments/{}", file["id"].as_str().unwrap());
    assert_eq!(app.api(Method::GET, &file_path).send().await.unwrap().status(), 200);
    let other = app.post("/reports", &reported).await.1["reference"].as_str().unwrap().to_owned();
    settle(&app, &path).await;
    close(&app, &path).await;
    let page = read(&app, "/settings/retention").await;
    assert!(page.contains(&format!(">{key}</a>")) && page.contains("kontakt") && !page.contains(&other), "{page}");

    app.advance(Duration::days(366));
    app.daily.round().await.unwrap();
    app.sign_in().await;
    let page = read(&app, &path).await;
    assert!(!page.contains("Tove Vik") && page.contains("En perm lå igjen"), "the contact goes after a year: {page}");
    assert!(read(&app, &format!("/incidents/{other}")).await.contains("Tove Vik, 900 54 321"), "an open one is needed");
    assert_eq!(app.api(Method::GET, &file_path).send().await.unwrap().status(), 200, "a file is kept for three");

    app.advance(Duration::days(2 * 366));
    app.daily.round().await.unwrap();
    app.sign_in().await;
    assert_eq!(app.api(Method::GET, &file_path).send().await.unwrap().status(), 404);
    let parts = app.db.read(|conn| {
        use diesel::prelude::*;
        Ok(varsel::schema::attachment_part::table.count().get_result::<i64>(conn)?)
    });
    assert_eq!(parts.await.unwrap(), 0, "the content is gone");
    let (_, files) = app.get(&format!("{path}/attachments")).await;
    let gone = &files["items"][0];
    assert_eq!((&gone["name"], &gone["removed"]["by"]), (&json!("rapport.txt"), &Value::Null), "{files}");
    assert_eq!(gone["sha256"], file["sha256"]);
    assert!(read(&app, &format!("{path}/attachments")).await.contains("fordi lagringstiden var over"));
    let (_, timeline) = app.get(&format!("{path}/timeline")).await;
    let went: Vec<&Value> =
        timeline["items"].as_array().unwrap().iter().filter(|line| line["kind"] == "retention.removed").collect();
    assert!(went.iter().any(|line| line["payload"]["removed"]["attachments"] == 1), "{timeline}");
    assert!(went.iter().any(|line| line["payload"]["removed"]["reports"] == 1), "{timeline}");
    for kind in ["datatilsynet", "internal"] {
        let dossier = app.api(Method::GET, &format!("{path}/dossier.zip?for={kind}")).send().await.unwrap();
        assert_eq!(dossier.status(), 200, "{kind}");
    }

    // Where a reporter asks, it goes at once; what was reported stays.
    let (_, page) = form(&app, "/requests", &[("q", "tove vik")]).await;
    assert!(page.contains("Kontakten til dem som meldte fra"), "{page}");
    let item = page.split("value=\"reports:").nth(1).unwrap().split('"').next().unwrap();
    let item = format!("reports:{item}");
    let erasing = [("q", "tove vik"), ("item", item.as_str()), ("reason", "Sak 9")];
    let (status, page) = form(&app, "/requests/erasure", &erasing).await;
    assert!(status == 200 && page.contains("Én opplysning er slettet"), "{page}");
    let page = read(&app, &format!("/incidents/{other}")).await;
    assert!(!page.contains("Tove Vik") && page.contains("En perm lå igjen"), "{page}");
}
