//! The first administrator, signing in and out, and the limits of a session.

use chrono::Duration;
use reqwest::Method;
use serde_json::json;
use varsel::account::actions;

use crate::app::{EMAIL, PASSWORD, TestApp, new_client, told};

#[actix_web::test]
async fn the_first_link_makes_one_administrator_and_dies() {
    let app = TestApp::empty().await;
    let other = app.first_link().await.unwrap();
    let link = app.first_link().await.unwrap();
    assert_eq!(
        app.page(Method::GET, &format!("/setup/{other}")).send().await.unwrap().status(),
        200,
        "another instance may have printed its own"
    );
    let page = app.page(Method::GET, &format!("/setup/{link}?lang=nn")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("lang=\"nn\"") && page.contains("ein gong til"), "{page}");

    let short = [("email", "kari"), ("name", "<b>Kari</b>"), ("password", "kort"), ("again", "annet")];
    let answer = app.page(Method::POST, &format!("/setup/{link}")).form(&short).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("&lt;b&gt;Kari&lt;/b&gt;") && page.contains("Minst 12"),
        "nothing but the password is lost: {page}"
    );

    let good = [("email", EMAIL), ("name", "Kari"), ("password", PASSWORD), ("again", PASSWORD)];
    let answer = app.page(Method::POST, &format!("/setup/{link}")).form(&good).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), "{cookie}");
    let again = app.page(Method::POST, &format!("/setup/{link}")).form(&good).send().await.unwrap();
    assert_eq!(again.status(), 404, "the link is used up");
    let late = app.page(Method::POST, &format!("/setup/{other}")).form(&good).send().await.unwrap();
    assert_eq!(late.status(), 404, "and so are all others");
    assert_eq!(app.first_link().await, None, "there is an administrator");
}

#[actix_web::test]
async fn a_link_dies_after_a_day() {
    let app = TestApp::empty().await;
    let link = app.first_link().await.unwrap();
    app.advance(Duration::hours(24));
    assert_eq!(app.page(Method::GET, &format!("/setup/{link}")).send().await.unwrap().status(), 404);
}

#[actix_web::test]
async fn a_session_ends_after_eight_idle_hours_and_after_a_day() {
    let app = TestApp::start().await;
    let inside = async || {
        app.page(Method::POST, "/language").form(&[("lang", "nn")]).send().await.unwrap().headers()["location"] == "/"
    };
    for _ in 0..3 {
        app.advance(Duration::hours(7));
        assert!(inside().await);
    }
    app.advance(Duration::hours(3));
    assert!(!inside().await, "24 hours after the sign-in");
    sign_in(&app, PASSWORD).await;
    assert!(inside().await);
    app.advance(Duration::hours(8));
    assert!(!inside().await, "8 hours without use");
    for (from, place) in [
        ("/incidents/2026-0001?edit=facts", "/sign-in?next=/incidents/2026-0001%3Fedit%3Dfacts"),
        ("/", "/sign-in"),
        ("/sign-in?next=/x", "/sign-in"),
    ] {
        let sent = app.page(Method::POST, "/language").header("referer", format!("{}{from}", app.url));
        let answer = sent.form(&[("lang", "nn")]).send().await.unwrap();
        assert_eq!(answer.headers()["location"], place, "back to the page with the form");
    }
}

#[actix_web::test]
async fn signing_out_ends_the_session_on_the_server_too() {
    let app = TestApp::start().await;
    let (status, _) = told(
        app.api(Method::POST, "/session")
            .body(json!({"email": EMAIL, "password": PASSWORD}).to_string())
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(status, 204);
    let (status, _) = app.send(Method::DELETE, "/session", &json!({})).await;
    assert_eq!(status, 204);
    let (status, _) = app.send(Method::DELETE, "/session", &json!({})).await;
    assert_eq!(status, 401);
}

#[actix_web::test]
async fn guessing_is_slowed_down_and_says_how_long_to_wait() {
    let app = TestApp::start().await;
    for _ in 0..5 {
        assert_eq!(sign_in(&app, "feil passord hver gang").await, 401);
    }
    let form = [("email", EMAIL), ("password", PASSWORD)];
    let answer = app.page(Method::POST, "/sign-in").form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 429);
    app.advance(Duration::seconds(3));
    assert_eq!(sign_in(&app, PASSWORD).await, 303);
}

#[actix_web::test]
async fn a_forgotten_password_is_replaced_by_a_link_and_old_sessions_end() {
    let app = TestApp::start().await;
    let (db, now) = (app.db.clone(), app.clock.now());
    let link =
        actix_web::rt::task::spawn_blocking(move || actions::reset_link(&db, " KARI@smbmobil.example", now).unwrap())
            .await
            .unwrap();
    let new = "en annen hest sover om dagen";
    let elsewhere = new_client();
    let form = [("password", new), ("again", new)];
    let answer = elsewhere
        .post(format!("{}/setup/{link}", app.url))
        .header("origin", &app.url)
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(app.send(Method::DELETE, "/session", &json!({})).await.0, 401, "the old session is over");
    assert_eq!(sign_in(&app, PASSWORD).await, 401);
    assert_eq!(sign_in(&app, new).await, 303);
}

#[actix_web::test]
async fn behind_https_the_cookie_is_secure_and_only_the_public_address_may_change_things() {
    let app = TestApp::at_address(Some("https://varsel.example")).await;
    let link = app.first_link().await.unwrap();
    let form = [("email", EMAIL), ("name", "Kari"), ("password", PASSWORD), ("again", PASSWORD)];
    let path = format!("{}/setup/{link}", app.url);
    let wrong = app.client.post(&path).header("origin", &app.url).form(&form).send().await.unwrap();
    assert_eq!(wrong.status(), 403);
    let right = app.client.post(&path).header("origin", "https://varsel.example").form(&form).send().await.unwrap();
    let cookie = right.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-varsel_session=") && cookie.contains("Secure"), "{cookie}");
}

async fn sign_in(app: &TestApp, password: &str) -> u16 {
    let form = [("email", EMAIL), ("password", password), ("next", "https://evil.example")];
    let answer = app.page(Method::POST, "/sign-in").form(&form).send().await.unwrap();
    if answer.status() == 303 {
        assert_eq!(answer.headers()["location"], "/", "the way on never leaves the site");
    }
    answer.status().as_u16()
}
