//! Signing in: the second factor, recovery codes, sessions that are listed, ended and renewed, the rules, and guessing.

use chrono::Duration;
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use varsel::account::{actions, factor};
use varsel::db::{Conn, rows, table};

use crate::app::{EMAIL, PASSWORD, TestApp, new_client, told};

const NEW: &str = "en annen hest sover om dagen";

pub async fn post(app: &TestApp, client: &Client, path: &str, form: &[(&str, &str)]) -> Response {
    client.post(format!("{}{path}", app.url)).header("origin", &app.url).form(form).send().await.unwrap()
}

async fn read(app: &TestApp, path: &str) -> String {
    let answer = app.page(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

/// Who this browser is signed in as, if anybody.
pub async fn session(app: &TestApp, client: &Client) -> (u16, Value) {
    told(client.get(format!("{}/api/v1/session", app.url)).send().await.unwrap()).await
}

async fn sign_in(app: &TestApp, client: &Client) -> Response {
    post(app, client, "/sign-in", &[("email", EMAIL), ("password", PASSWORD), ("next", "/people")]).await
}

fn place(answer: &Response) -> &str {
    answer.headers().get("location").map_or("", |place| place.to_str().unwrap())
}

/// Every row of a table as it is stored.
pub fn stored(app: &TestApp, name: &str) -> String {
    let read = |conn: &mut Conn| {
        let mut all = String::new();
        rows::each(conn, table(name).unwrap(), |line| {
            all.push_str(line);
            all.push('\n');
            Ok(())
        })?;
        Ok(all)
    };
    app.db.read_all(read).unwrap()
}

/// Turns the second factor on and answers its secret and the recovery codes.
async fn enrol(app: &TestApp) -> (Vec<u8>, Vec<String>) {
    assert_eq!(place(&post(app, &app.client, "/account/second-factor", &[]).await), "/account/second-factor");
    let page = read(app, "/account/second-factor").await;
    assert!(page.contains("<svg class=\"qr\"") && page.contains("M4 4h1v1h-1z"), "{page}");
    let shown = page.split("id=\"secret\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    let secret = factor::from_base32(&shown).unwrap();
    let path = "/account/second-factor/confirmation";
    let wrong = post(app, &app.client, path, &[("code", "000000")]).await;
    assert_eq!(wrong.status(), 422, "nothing is on before a code has fitted");
    let answer = post(app, &app.client, path, &[("code", &code(app, &secret))]).await;
    assert_eq!(answer.status(), 200);
    let page = answer.text().await.unwrap();
    let codes = page.split("id=\"codes\">").nth(1).unwrap().split('<').next().unwrap();
    (secret, codes.lines().map(str::to_owned).collect())
}

fn code(app: &TestApp, secret: &[u8]) -> String {
    factor::code(secret, factor::step_at(app.clock.now()))
}

#[actix_web::test]
async fn the_second_factor_is_asked_for_and_no_code_counts_twice() {
    let app = TestApp::start().await;
    let other = new_client();
    assert_eq!(place(&sign_in(&app, &other).await), "/people", "without a second factor one step is enough");
    let (secret, codes) = enrol(&app).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(session(&app, &other).await.0, 401, "sessions that began with the password alone are over");
    assert_eq!(session(&app, &app.client).await.0, 200, "this one goes on as a new one");
    let page = read(&app, "/account").await;
    assert!(page.contains("10 gjenopprettingskoder igjen") && !page.contains(&codes[0]), "{page}");
    for table in ["second_factor", "recovery_code", "audit_entry"] {
        let rows = stored(&app, table);
        assert!(!rows.contains(&factor::base32(&secret)) && !rows.contains(&codes[0]), "{table}: {rows}");
    }

    let half = sign_in(&app, &other).await;
    assert_eq!(place(&half), "/sign-in/code?next=%2Fpeople");
    assert_eq!(session(&app, &other).await.0, 401, "half a sign-in lets nobody in");
    let enter = async |code: &str| post(&app, &other, "/sign-in/code", &[("code", code), ("next", "/people")]).await;
    let replayed = enter(&code(&app, &secret)).await;
    assert_eq!(replayed.status(), 401, "the code that switched it on is used");
    assert!(replayed.text().await.unwrap().contains("passer ikke, eller den er brukt"));
    app.advance(Duration::seconds(30));
    let fresh = code(&app, &secret);
    assert_eq!(place(&enter(&fresh).await), "/people");
    assert_eq!(session(&app, &other).await.0, 200);
    let third = new_client();
    sign_in(&app, &third).await;
    let again = post(&app, &third, "/sign-in/code", &[("code", &fresh)]).await;
    assert_eq!(again.status(), 401, "nor does it let a second one in");
    let over = post(&app, &new_client(), "/sign-in/code", &[("code", &fresh)]).await;
    assert_eq!(place(&over), "/sign-in", "a code without a password is nothing");
}

#[actix_web::test]
async fn a_recovery_code_lets_in_once_and_new_ones_replace_the_old() {
    let app = TestApp::start().await;
    let (secret, codes) = enrol(&app).await;
    let by = async |code: &str| {
        let body = json!({ "email": EMAIL, "password": PASSWORD, "code": code });
        let request =
            new_client().post(format!("{}/api/v1/session", app.url)).header("content-type", "application/json");
        told(request.body(body.to_string()).send().await.unwrap()).await
    };
    let (status, problem) = app.post("/session", &json!({ "email": EMAIL, "password": PASSWORD })).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("code_missing")));
    assert_eq!(by(&codes[0].to_lowercase().replace('-', " ")).await.0, 204);
    let (status, problem) = by(&codes[0]).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("recovery_code_wrong")));
    assert!(read(&app, "/account").await.contains("9 gjenopprettingskoder igjen"));
    app.advance(Duration::seconds(30));
    let page = post(&app, &app.client, "/account/recovery-codes", &[("code", &code(&app, &secret))]).await;
    assert_eq!(page.status(), 200);
    assert!(!page.text().await.unwrap().contains(&codes[1]));
    assert_eq!(by(&codes[1]).await.0, 422, "the old ones are gone");
    assert!(stored(&app, "audit_entry").contains("recovery-code.used"));
}

#[actix_web::test]
async fn guessing_a_code_ends_the_half_sign_in_and_slows_the_next_down() {
    let app = TestApp::start().await;
    let (secret, _) = enrol(&app).await;
    app.advance(Duration::seconds(30));
    let other = new_client();
    sign_in(&app, &other).await;
    for _ in 0..4 {
        assert_eq!(post(&app, &other, "/sign-in/code", &[("code", "1")]).await.status(), 401);
    }
    assert_eq!(place(&post(&app, &other, "/sign-in/code", &[("code", "1")]).await), "/sign-in", "five are enough");
    sign_in(&app, &other).await;
    let right = code(&app, &secret);
    assert_eq!(
        post(&app, &other, "/sign-in/code", &[("code", &right)]).await.status(),
        429,
        "a new start is no way out"
    );
    app.advance(Duration::minutes(9));
    assert_eq!(post(&app, &other, "/sign-in/code", &[("code", &code(&app, &secret))]).await.status(), 303);
    sign_in(&app, &other).await;
    app.advance(Duration::minutes(10));
    assert_eq!(place(&post(&app, &other, "/sign-in/code", &[("code", &code(&app, &secret))]).await), "/sign-in");
}

#[actix_web::test]
async fn the_second_factor_is_given_up_by_the_password_or_taken_away_by_an_administrator() {
    let app = TestApp::start().await;
    enrol(&app).await;
    let path = "/account/second-factor/removal";
    assert_eq!(post(&app, &app.client, path, &[("off_password", "feil")]).await.status(), 422);
    assert_eq!(place(&post(&app, &app.client, path, &[("off_password", PASSWORD)]).await), "/account?done=factor_off");
    assert_eq!(place(&sign_in(&app, &new_client()).await), "/people");

    enrol(&app).await;
    let kari = app.get("/people").await.1["items"][0]["id"].as_str().unwrap().to_owned();
    assert!(read(&app, &format!("/people/{kari}")).await.contains("Har kode på telefonen"));
    assert_eq!(app.send(Method::DELETE, &format!("/people/{kari}/second-factor"), &json!({})).await.0, 204);
    assert_eq!(session(&app, &app.client).await.0, 401, "and whoever held a session signs in again");
    assert_eq!(place(&sign_in(&app, &app.client).await), "/people");
    enrol(&app).await;
    let (db, now) = (app.db.clone(), app.clock.now());
    let off = move || actions::reset_factor_blocking(&db, " KARI@smbmobil.example", now);
    assert!(actix_web::rt::task::spawn_blocking(off).await.unwrap().unwrap());
    assert_eq!(place(&sign_in(&app, &new_client()).await), "/people");
    let audit = stored(&app, "audit_entry");
    for what in ["second-factor.on", "second-factor.off", "second-factor.reset"] {
        assert!(audit.contains(what), "{what}");
    }
}

#[actix_web::test]
async fn where_the_company_asks_it_of_everybody_nothing_else_can_be_done_without() {
    let app = TestApp::start().await;
    let (_, rules) = app.get("/settings/sign-in").await;
    assert_eq!(rules, json!({ "version": 0, "idle_minutes": 480, "absolute_hours": 24, "second_factor": "off" }));
    let all = json!({ "version": 0, "idle_minutes": 480, "absolute_hours": 24, "second_factor": "all" });
    assert_eq!(app.send(Method::PUT, "/settings/sign-in", &all).await.0, 200);
    assert_eq!(app.send(Method::PUT, "/settings/sign-in", &all).await.0, 403, "at once, and for whoever said so, too");
    let (status, problem) = app.get("/incidents").await;
    assert_eq!((status, &problem["type"]), (403, &json!("urn:varsel:problem:second-factor-needed")));
    let sent = app.page(Method::GET, "/people").send().await.unwrap();
    assert_eq!(place(&sent), "/account/second-factor");
    assert_eq!(session(&app, &app.client).await.0, 200);
    enrol(&app).await;
    assert_eq!(app.get("/incidents").await.0, 200);
    let must = post(&app, &app.client, "/account/second-factor/removal", &[("off_password", PASSWORD)]).await;
    assert_eq!(must.status(), 409, "it cannot be given up");
    let (status, stale) = app.send(Method::PUT, "/settings/sign-in", &all).await;
    assert_eq!((status, &stale["type"]), (409, &json!("urn:varsel:problem:stale")));
}

#[actix_web::test]
async fn sessions_are_listed_and_one_that_is_ended_is_out_at_once() {
    let app = TestApp::start().await;
    let elsewhere = || {
        let agent = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0";
        Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(agent)
            .build()
            .unwrap()
    };
    let (one, two) = (elsewhere(), elsewhere());
    sign_in(&app, &one).await;
    sign_in(&app, &two).await;
    let (_, listed) = app.get("/sessions").await;
    let items = listed["items"].as_array().unwrap();
    assert_eq!((items.len(), items.iter().filter(|item| item["this"] == true).count()), (3, 1));
    let page = read(&app, "/account").await;
    assert!(
        page.matches("Firefox, Windows").count() >= 2 && page.contains("127.0.0.1") && page.contains("Denne"),
        "{page}"
    );
    assert_eq!(page.matches(">Denne<").count(), 1, "only one is this one");
    let id = listed["items"].as_array().unwrap().iter().find(|item| item["this"] == false).unwrap()["id"].clone();
    assert!(
        page.contains(&format!("/account/sessions/{}/end", id.as_str().unwrap())),
        "and another can be ended: {page}"
    );
    let (_, whose) = session(&app, &one).await;
    assert_eq!((&whose["email"], &whose["roles"][2]), (&json!(EMAIL), &json!("administrator")));
    let id = whose["id"].as_str().unwrap();
    assert_eq!(app.send(Method::DELETE, &format!("/sessions/{id}"), &json!({})).await.0, 204);
    assert_eq!((session(&app, &one).await.0, session(&app, &two).await.0), (401, 200));
    assert_eq!(app.send(Method::DELETE, &format!("/sessions/{id}"), &json!({})).await.0, 404);
    assert_eq!(place(&post(&app, &app.client, "/account/sessions/others/end", &[]).await), "/account?done=others");
    assert_eq!((session(&app, &two).await.0, session(&app, &app.client).await.0), (401, 200));

    let ola = json!({ "name": "Ola Hansen", "email": "ola@smbmobil.example", "roles": ["responder"] });
    let (_, added) = app.post("/people", &ola).await;
    let link = added["link"].as_str().unwrap().strip_prefix(&app.url).unwrap().to_owned();
    assert_eq!(post(&app, &one, &link, &[("password", NEW), ("again", NEW)]).await.status(), 303);
    let (_, his) = session(&app, &one).await;
    let (_, hers) = app.get("/session").await;
    let stranger = one.delete(format!("{}/api/v1/sessions/{}", app.url, hers["id"].as_str().unwrap()));
    let stranger = stranger.header("content-type", "application/json").send().await.unwrap();
    assert_eq!(stranger.status(), 404, "nobody ends another's");
    let path = format!("/people/{}", his["account"].as_str().unwrap());
    assert!(read(&app, &path).await.contains("Logget inn ett sted"));
    assert_eq!(
        place(&post(&app, &app.client, &format!("{path}/sign-out"), &[]).await),
        format!("{path}?done=signed_out")
    );
    assert_eq!(session(&app, &one).await.0, 401);
    assert!(read(&app, &path).await.contains("Ikke logget inn noe sted"));
}

#[actix_web::test]
async fn another_password_takes_the_old_one_and_every_other_session_away() {
    let app = TestApp::start().await;
    let other = new_client();
    sign_in(&app, &other).await;
    let (_, before) = session(&app, &app.client).await;
    let change = async |old: &str, new: &str, again: &str| {
        post(&app, &app.client, "/account/password", &[("old", old), ("password", new), ("again", again)]).await
    };
    for (old, new, again, says) in [
        ("feil", NEW, NEW, "Dette er ikke passordet ditt"),
        (PASSWORD, NEW, "noe annet", "De to passordene er ikke like"),
        (PASSWORD, PASSWORD, PASSWORD, "passordet du har fra før"),
        (PASSWORD, "Sommer2026!!", "Sommer2026!!", "for lett å gjette"),
        (PASSWORD, "Kari Nordmann 1", "Kari Nordmann 1", "enn navnet"),
    ] {
        let answer = change(old, new, again).await;
        assert_eq!(answer.status(), 422, "{says}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(says) && !page.contains(PASSWORD), "{says}: {page}");
    }
    assert_eq!(place(&change(PASSWORD, NEW, NEW).await), "/account?done=password");
    let (status, after) = session(&app, &app.client).await;
    assert!(status == 200 && after["id"] != before["id"], "the session is another: {after}");
    assert_eq!(session(&app, &other).await.0, 401);
    assert_eq!(sign_in(&app, &other).await.status(), 401, "the old password is nothing any more");
    assert!(!stored(&app, "audit_entry").contains("hest"));
}

#[actix_web::test]
async fn a_session_lasts_as_the_rules_say_and_looking_does_not_keep_it_alive() {
    let app = TestApp::start().await;
    for (idle, absolute) in [(4, 24), (1441, 24), (480, 0), (480, 169), (120, 1)] {
        let wrong = json!({ "version": 0, "idle_minutes": idle, "absolute_hours": absolute, "second_factor": "off" });
        assert_eq!(app.send(Method::PUT, "/settings/sign-in", &wrong).await.0, 422, "{wrong}");
    }
    let form = [("version", "0"), ("idle_minutes", "30"), ("absolute_hours", "1"), ("second_factor", "off")];
    assert_eq!(place(&post(&app, &app.client, "/settings/sign-in", &form).await), "/settings/sign-in?done=saved");
    let minutes = async |path: &str| {
        let (status, told) = app.get(path).await;
        assert_eq!(status, 200, "{told}");
        (crate::app::at(told["ends_at"].as_str().unwrap()) - app.clock.now()).num_minutes()
    };
    assert_eq!(minutes("/session").await, 30);
    app.advance(Duration::minutes(20));
    assert_eq!(minutes("/session").await, 10, "a page that lies open does not work");
    assert_eq!(minutes("/session?working").await, 30, "whoever types does");
    app.advance(Duration::minutes(20));
    assert_eq!(app.get("/people").await.0, 200);
    assert_eq!(minutes("/session").await, 20, "the whole ends an hour after signing in, whatever is done");
    let (_, before) = session(&app, &app.client).await;
    assert!(read(&app, "/session/renew").await.contains(&format!("value=\"{EMAIL}\" readonly")));
    let form = [("email", EMAIL), ("password", PASSWORD), ("next", "/session/renewed")];
    assert_eq!(place(&post(&app, &app.client, "/sign-in", &form).await), "/session/renewed");
    assert!(read(&app, "/session/renewed").await.contains("data-renewed"));
    let (_, after) = session(&app, &app.client).await;
    assert_ne!(before["id"], after["id"], "renewing is a new session");
    assert_eq!(app.get("/sessions").await.1["items"].as_array().unwrap().len(), 1, "in place of the old one");
    assert_eq!(minutes("/session").await, 30);
    app.advance(Duration::minutes(30));
    assert_eq!(app.get("/session").await.0, 401);
    assert!(read(&app, "/session/renew").await.contains("id=\"renew-email\""), "too late, it asks who it is");
}

#[actix_web::test]
async fn guessing_at_many_accounts_from_one_address_is_slowed_down() {
    let app = TestApp::start().await;
    let tried = async |n: usize| {
        let form = [("email", format!("{n}@smbmobil.example")), ("password", "feil passord her".into())];
        app.page(Method::POST, "/sign-in").form(&form).send().await.unwrap().status().as_u16()
    };
    let mut refused = None;
    for n in 0..30 {
        if tried(n).await == 429 {
            refused = Some(n);
            break;
        }
    }
    assert_eq!(refused, Some(21));
}

#[actix_web::test]
async fn the_pages_of_signing_in_speak_three_languages() {
    let app = TestApp::start().await;
    for lang in ["nb", "nn", "en"] {
        post(&app, &app.client, "/language", &[("lang", lang)]).await;
        for path in ["/account", "/account/second-factor", "/settings/sign-in", "/session/renew", "/session/renewed"] {
            let page = read(&app, path).await;
            assert!(page.contains(&format!("<html lang=\"{lang}\"")) && !page.contains("signin-"), "{path}: {page}");
        }
        let page =
            new_client().get(format!("{}/forgot?lang={lang}", app.url)).send().await.unwrap().text().await.unwrap();
        assert!(page.contains(&format!("<html lang=\"{lang}\"")) && !page.contains("signin-"), "{page}");
    }
}
