//! People: added, invited, changed, gone; and the owner of an incident.

use chrono::Duration;
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use varsel::account::{Role, store};
use varsel::db::Id;

use crate::access::api;
use crate::app::{EMAIL, PASSWORD, TestApp, new_client, told};
use crate::case::{key, leak, log};

const OLA: &str = "ola@smbmobil.example";
const OLAS_PASSWORD: &str = "en ku hopper over månen sent";

fn ola() -> Value {
    json!({ "name": "Ola Hansen", "email": OLA, "phone": "900 12 345", "roles": ["responder", "manager"], "language": "nn" })
}

fn path(person: &Value) -> String {
    format!("/people/{}", person["id"].as_str().unwrap())
}

async fn add(app: &TestApp, person: &Value) -> Value {
    let (status, added) = app.post("/people", person).await;
    assert_eq!(status, 201, "{added}");
    added
}

async fn patch(app: &TestApp, person: &Value, change: Value) -> (u16, Value) {
    app.send(Method::PATCH, &path(person), &change).await
}

/// Chooses a password with an invitation, and answers a browser that is signed in.
async fn come_in(app: &TestApp, person: &Value) -> Client {
    let client = new_client();
    let form = [("password", OLAS_PASSWORD), ("again", OLAS_PASSWORD)];
    let link = person["link"].as_str().unwrap();
    let answer = client.post(link).header("origin", &app.url).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    client
}

async fn sees_incidents(app: &TestApp, client: &Client) -> u16 {
    client.get(format!("{}/api/v1/incidents", app.url)).send().await.unwrap().status().as_u16()
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> u16 {
    let form = [("email", email), ("password", password)];
    let sent = new_client().post(format!("{}/sign-in", app.url)).header("origin", &app.url).form(&form);
    sent.send().await.unwrap().status().as_u16()
}

async fn form(app: &TestApp, path: &str, form: &[(&str, &str)]) -> Response {
    app.page(Method::POST, path).form(form).send().await.unwrap()
}

async fn read(app: &TestApp, path: &str) -> String {
    let answer = app.page(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

async fn names_in(app: &TestApp, role: Role) -> Vec<String> {
    let found = app.db.read(move |conn| store::members(conn, role)).await.unwrap();
    found.into_iter().map(|account| account.name).collect()
}

#[actix_web::test]
async fn the_first_one_is_administrator_and_is_reminded_of_everything() {
    let app = TestApp::start().await;
    let (_, people) = app.get("/people").await;
    let kari = &people["items"][0];
    assert_eq!(kari["roles"], json!(["responder", "privacy_officer", "administrator"]));
    assert_eq!((&kari["email"], &kari["has_password"], &kari["left_at"]), (&json!(EMAIL), &json!(true), &Value::Null));
    assert_eq!(names_in(&app, Role::PrivacyOfficer).await, ["Kari Nordmann"]);
    assert_eq!(names_in(&app, Role::Manager).await, [""; 0]);
}

#[actix_web::test]
async fn somebody_is_added_without_a_password_and_chooses_one_by_a_link_that_works_once() {
    let app = TestApp::start().await;
    let added = add(&app, &ola()).await;
    assert_eq!((&added["phone"], &added["has_password"]), (&json!("+4790012345"), &json!(false)));
    assert_eq!(added["link_expires_at"], "2026-10-26T12:00:00Z", "three days");
    let link = added["link"].as_str().unwrap();
    assert!(link.starts_with(&format!("{}/setup/", app.url)), "{link}");
    assert_eq!(sign_in(&app, OLA, "").await, 401, "no password is not an empty one");
    app.advance(Duration::hours(71));
    let ola = come_in(&app, &added).await;
    assert_eq!(sees_incidents(&app, &ola).await, 200);
    assert_eq!(ola.get(link).send().await.unwrap().status(), 404, "used up");
    assert_eq!(sign_in(&app, OLA, OLAS_PASSWORD).await, 303);
    assert_eq!(
        names_in(&app, Role::Responder).await,
        ["Kari Nordmann", "Ola Hansen"],
        "Kari's session is over, not her role"
    );
}

#[actix_web::test]
async fn an_invitation_dies_after_three_days_and_a_new_one_kills_the_old() {
    let app = TestApp::start().await;
    let added = add(&app, &ola()).await;
    let (status, again) = app.post(&format!("{}/link", path(&added)), &json!({})).await;
    assert_eq!(status, 201, "{again}");
    let open = async |person: &Value| new_client().get(person["link"].as_str().unwrap()).send().await.unwrap().status();
    assert_eq!(open(&added).await, 404, "replaced");
    assert_eq!(open(&again).await, 200);
    app.advance(Duration::days(3));
    assert_eq!(open(&again).await, 404, "three days");
    sign_in_again(&app).await;
    let (_, third) = app.post(&format!("{}/link", path(&added)), &json!({})).await;
    come_in(&app, &third).await;
    let (_, reset) = app.post(&format!("{}/link", path(&added)), &json!({})).await;
    assert_eq!(reset["link_expires_at"], "2026-10-27T12:00:00Z", "a day, to replace a password");
    assert_eq!(app.post(&format!("/people/{}/link", Id::new()), &json!({})).await.0, 404);
}

async fn sign_in_again(app: &TestApp) {
    assert_eq!(form(app, "/sign-in", &[("email", EMAIL), ("password", PASSWORD)]).await.status(), 303);
}

#[actix_web::test]
async fn what_is_wrong_with_a_person_is_told_field_by_field() {
    let app = TestApp::start().await;
    let codes = async |person: Value| {
        let (status, problem) = app.post("/people", &person).await;
        assert_eq!(status, 422, "{problem}");
        let of = |field: &Value| format!("{} {}", field["path"].as_str().unwrap(), field["code"].as_str().unwrap());
        problem["errors"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(
        codes(json!({ "phone": "112", "language": "de", "roles": [] })).await,
        [
            "email not_an_email",
            "name person_without_name",
            "phone not_a_mobile",
            "roles no_role",
            "language language_unknown"
        ]
    );
    assert_eq!(codes(json!({ "email": "x@y", "name": "X", "roles": ["boss"] })).await, ["roles wrong_choice"]);
    assert_eq!(
        codes(json!({ "email": "x@y", "name": "X\u{0}", "roles": ["manager"] })).await,
        ["name name_unprintable"]
    );
    assert_eq!(
        codes(json!({ "email": 1, "roles": "manager", "nmae": "X" })).await,
        ["email wrong_type", "roles wrong_type", "nmae unknown_key"]
    );
    assert_eq!(
        codes(json!({ "email": "KARI@smbmobil.example", "name": "K", "roles": ["auditor"] })).await,
        ["email email_taken"]
    );
    assert_eq!(app.post("/people", &json!([])).await.0, 422);
    assert_eq!(told(app.api(Method::POST, "/people").body("{").send().await.unwrap()).await.0, 400);
    assert_eq!(app.get("/people").await.1["items"].as_array().unwrap().len(), 1, "nobody was added");
}

#[actix_web::test]
async fn a_person_is_changed_and_what_is_left_out_stays() {
    let app = TestApp::start().await;
    let added = add(&app, &ola()).await;
    let (status, changed) = patch(&app, &added, json!({ "roles": ["auditor"], "name": " Ola  Hansson " })).await;
    assert_eq!((status, &changed["roles"], &changed["name"]), (200, &json!(["auditor"]), &json!("Ola Hansson")));
    assert_eq!((&changed["phone"], &changed["language"]), (&json!("+4790012345"), &json!("nn")));
    assert_eq!(patch(&app, &added, json!({ "phone": null })).await.1["phone"], Value::Null);
    assert_eq!(patch(&app, &added, json!({ "email": "x@y" })).await.0, 422, "an e-mail is not changed");
    let (status, problem) = patch(&app, &added, json!({ "name": "Per", "roles": [] })).await;
    assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!("roles")));
    assert_eq!(app.get("/people").await.1["items"][1]["name"], "Ola Hansson", "all or nothing");
    assert_eq!(patch(&app, &json!({ "id": "0" }), json!({})).await.0, 404);
}

#[actix_web::test]
async fn who_has_left_is_out_at_once_and_no_link_or_password_lets_them_in() {
    let app = TestApp::start().await;
    let added = add(&app, &ola()).await;
    let ola = come_in(&app, &added).await;
    assert_eq!(sees_incidents(&app, &ola).await, 200);
    let (_, reset) = app.post(&format!("{}/link", path(&added)), &json!({})).await;
    let (status, gone) = patch(&app, &added, json!({ "left": true })).await;
    assert_eq!((status, &gone["left_at"]), (200, &json!("2026-10-23T12:00:00.000000Z")));
    assert_eq!(sees_incidents(&app, &ola).await, 401, "the session has ended");
    assert_eq!(sign_in(&app, OLA, OLAS_PASSWORD).await, 401);
    let link = reset["link"].as_str().unwrap();
    assert_eq!(new_client().get(link).send().await.unwrap().status(), 404);
    let password = [("password", OLAS_PASSWORD), ("again", OLAS_PASSWORD)];
    let used = new_client().post(link).header("origin", &app.url).form(&password).send().await.unwrap();
    assert_eq!(used.status(), 404, "an open link is refused");
    let (status, problem) = app.post(&format!("{}/link", path(&added)), &json!({})).await;
    assert_eq!((status, problem["type"].as_str()), (409, Some("urn:varsel:problem:has-left")));
    assert_eq!(names_in(&app, Role::Manager).await, [""; 0], "nobody who has left is reminded");
    let (_, again) = app.post("/people", &self::ola()).await;
    assert_eq!(again["errors"][0]["code"], "email_of_one_who_left");

    assert_eq!(patch(&app, &added, json!({ "left": false })).await.1["left_at"], Value::Null);
    assert_eq!(sign_in(&app, OLA, OLAS_PASSWORD).await, 401, "the old password is gone");
    let (_, back) = app.post(&format!("{}/link", path(&added)), &json!({})).await;
    assert_eq!(sees_incidents(&app, &come_in(&app, &back).await).await, 200);
    assert_eq!(names_in(&app, Role::Manager).await, ["Ola Hansen"]);
}

#[actix_web::test]
async fn the_last_administrator_can_neither_leave_nor_lose_the_role() {
    let app = TestApp::start().await;
    let kari = app.get("/people").await.1["items"][0].clone();
    let added = add(&app, &json!({ "name": "Ola", "email": OLA, "roles": ["administrator"] })).await;
    for change in [json!({ "left": true }), json!({ "roles": ["responder"] })] {
        let (status, problem) = patch(&app, &kari, change).await;
        assert_eq!((status, problem["type"].as_str()), (409, Some("urn:varsel:problem:last-administrator")));
        assert!(
            problem["detail"].as_str().unwrap().contains("Gi en annen rollen"),
            "one who has not come in is no help"
        );
    }
    let olas = come_in(&app, &added).await;
    assert_eq!(patch(&app, &kari, json!({ "roles": ["responder"] })).await.0, 200);
    assert_eq!(patch(&app, &kari, json!({ "left": true })).await.0, 403, "Kari keeps nobody any more");
    let by_ola = async |person: &Value| api(&app, &olas, Method::PATCH, &path(person), json!({ "left": true })).await.0;
    assert_eq!(by_ola(&added).await, 409, "now Ola is the last");
    assert_eq!(by_ola(&kari).await, 200);
    assert_eq!(app.get("/people").await.0, 401, "who lets themselves go is out at once");
}

#[actix_web::test]
async fn the_page_adds_a_person_and_shows_the_link_once() {
    let app = TestApp::start().await;
    let wrong =
        [("name", "<b>Ola</b>"), ("email", "ola"), ("phone", "ring meg"), ("roles", "manager"), ("language", "nn")];
    let answer = form(&app, "/people", &wrong).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    for kept in [
        "&lt;b&gt;Ola&lt;/b&gt;",
        "value=\"ring meg\"",
        "value=\"manager\" aria-describedby=\"role-manager\" checked",
        "value=\"nn\" lang=\"nn\" selected",
    ] {
        assert!(page.contains(kept), "{kept} is kept: {page}");
    }
    assert!(page.contains("href=\"#phone\"") && page.contains("er ikke et telefonnummer"), "{page}");
    let good = [
        ("name", "Ola Hansen"),
        ("email", OLA),
        ("phone", ""),
        ("roles", "manager"),
        ("roles", "reporter"),
        ("language", "nb"),
    ];
    let answer = form(&app, "/people", &good).await;
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let page = answer.text().await.unwrap();
    assert!(page.contains(&format!("{}/setup/", app.url)) && page.contains("på en trygg måte"), "{page}");
    let page = read(&app, "/people").await;
    assert!(!page.contains("/setup/"), "shown once");
    assert!(page.contains("Innmelder og leder") && page.contains("Uten passord ennå"), "{page}");
    assert!(page.contains("href=\"/people\" aria-current=\"page\">Folk"), "{page}");
}

#[actix_web::test]
async fn the_page_of_a_person_changes_them_and_lets_them_go_and_come_back() {
    let app = TestApp::start().await;
    let added = add(&app, &ola()).await;
    let place = path(&added);
    let page = read(&app, &place).await;
    assert!(page.contains("value=\"+4790012345\"") && page.contains("Ja, Ola Hansen har sluttet"), "{page}");
    let none = form(&app, &place, &[("name", "Ola Hansson"), ("phone", ""), ("language", "en")]).await;
    assert_eq!(none.status(), 422);
    let page = none.text().await.unwrap();
    assert!(page.contains("Velg minst én rolle") && page.contains("Ola Hansson"), "no box ticked is no role: {page}");
    let good = [("name", "Ola Hansson"), ("phone", ""), ("language", "en"), ("roles", "auditor")];
    assert_eq!(form(&app, &place, &good).await.headers()["location"], format!("{place}?done=changed"));
    assert!(read(&app, &format!("{place}?done=changed")).await.contains("Endringene er lagret"));
    let page = form(&app, &format!("{place}/link"), &[]).await.text().await.unwrap();
    assert!(page.contains(&format!("{}/setup/", app.url)), "{page}");
    assert_eq!(form(&app, &format!("{place}/leaving"), &[]).await.headers()["location"], "/people?done=left");
    assert!(read(&app, "/people?done=left").await.contains("Sluttet 23.10.2026"));
    let back = form(&app, &format!("{place}/return"), &[]).await;
    assert_eq!(back.status(), 201);
    assert!(back.text().await.unwrap().contains("/setup/"));
    let kari = app.get("/people").await.1["items"][0].clone();
    let refused = form(&app, &format!("{}/leaving", path(&kari)), &[]).await;
    assert_eq!(refused.status(), 409);
    assert!(refused.text().await.unwrap().contains("ingen styre varsel"));
    for lang in ["nn", "en"] {
        form(&app, "/language", &[("lang", lang)]).await;
        for path in ["/people", &place] {
            let page = read(&app, path).await;
            assert!(page.contains(&format!("lang=\"{lang}\"")) && !page.contains("people-"), "{page}");
        }
    }
}

#[actix_web::test]
async fn an_incident_is_owned_by_who_logged_it_until_another_is_named() {
    let app = TestApp::start().await;
    let ola = add(&app, &ola()).await;
    let logged = log(&app, &leak()).await;
    let path = format!("/incidents/{}", key(&logged));
    let owner = |case: &Value| {
        (case["owner"]["name"].clone(), case["owner"]["named"].clone(), case["owner"]["has_left"].clone())
    };
    assert_eq!(owner(&logged), (json!("Kari Nordmann"), json!(false), json!(false)));
    let put = async |body: Value| app.send(Method::PUT, &format!("{path}/owner"), &body).await;
    let (status, owned) = put(json!({ "owner": ola["id"], "version": 1 })).await;
    assert_eq!(
        (status, owned["version"].clone(), owner(&owned)),
        (200, json!(2), (json!("Ola Hansen"), json!(true), json!(false)))
    );
    assert_eq!(put(json!({ "owner": null, "version": 1 })).await.0, 409, "stale");
    assert_eq!(put(json!({ "owner": ola["id"] })).await.1["version"], 2, "the same again is no change");
    assert_eq!(put(json!({})).await.1["errors"][0]["code"], "missing");
    for nobody in [json!("x"), json!(Id::new())] {
        assert_eq!(put(json!({ "owner": nobody })).await.1["errors"][0]["code"], "owner_not_here");
    }
    assert_eq!(owner(&app.get("/incidents").await.1["items"][0]).0, "Ola Hansen");
    let (_, timeline) = app.get(&format!("{path}/timeline")).await;
    let line = &timeline["items"][1];
    assert_eq!((&line["kind"], &line["by"]), (&json!("owner.changed"), &json!("Kari Nordmann")));
    assert_eq!(line["payload"], json!({ "owner": ola["id"], "from": "Kari Nordmann", "to": "Ola Hansen" }));

    assert_eq!(patch(&app, &ola, json!({ "left": true })).await.0, 200);
    assert_eq!(owner(&app.get(&path).await.1).2, true, "the case shows that its owner has left");
    assert!(read(&app, "/incidents").await.contains("Eier: Ola Hansen (har sluttet)"));
    let page = read(&app, &path).await;
    assert!(
        page.contains("Eieren har sluttet") && page.contains("Gjorde Ola Hansen til eier; før var det Kari Nordmann"),
        "{page}"
    );
    assert!(
        !page.contains(&format!("<option value=\"{}\"", ola["id"].as_str().unwrap())),
        "who has left cannot be chosen"
    );
    assert_eq!(put(json!({ "owner": null })).await.0, 200);
    assert_eq!(put(json!({ "owner": ola["id"] })).await.1["errors"][0]["code"], "owner_not_here");
}

#[actix_web::test]
async fn the_owner_is_changed_on_the_page_and_the_timeline_tells_it_in_three_languages() {
    let app = TestApp::start().await;
    let ola = add(&app, &ola()).await;
    let id = ola["id"].as_str().unwrap();
    let path = format!("/incidents/{}", key(&log(&app, &leak()).await));
    let page = read(&app, &path).await;
    assert!(page.contains("Den som loggførte: Kari Nordmann") && page.contains(id), "{page}");
    let send = async |owner: &str, version: &str| {
        form(&app, &format!("{path}/owner"), &[("form", "owner"), ("owner", owner), ("version", version)]).await
    };
    assert_eq!(send(id, "1").await.headers()["location"], format!("{path}?done=owner#main"));
    assert!(read(&app, &format!("{path}?done=owner")).await.contains("Eieren er ført opp"));
    let stale = send("", "1").await;
    assert_eq!(stale.status(), 409);
    assert_eq!(send("", "2").await.status(), 303);
    let wrong = send("tull", "3").await;
    assert_eq!(wrong.status(), 422);
    assert!(wrong.text().await.unwrap().contains("Eieren må være en som er her"));
    for (lang, made, gave) in [
        ("nb", "Gjorde Ola Hansen til eier", "Ga hendelsen tilbake til Kari Nordmann"),
        ("nn", "Gjorde Ola Hansen til eigar", "Gav hendinga tilbake til Kari Nordmann"),
        ("en", "Made Ola Hansen the owner", "Gave the incident back to Kari Nordmann"),
    ] {
        form(&app, "/language", &[("lang", lang)]).await;
        let page = read(&app, &path).await;
        assert!(page.contains(made) && page.contains(gave), "{lang}: {page}");
    }
}
