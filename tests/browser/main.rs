//! One story in a real browser, from the link on the terminal to a duty met.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod driver;
mod house;
mod kept;
mod keyboard;
mod openid;
mod pages;
mod passkey;
#[allow(dead_code)]
#[path = "../support/openid.rs"]
mod provider;
mod session;
mod states;
mod tour;
mod two;
mod wall;

use driver::{App, Browser};

const EMAIL: &str = "kari@smbmobil.example";
const PASSWORD: &str = "en hest spiser gress om kvelden";
const DUTY: &str = "#duty-nkom-availability-";

#[actix_web::test]
async fn a_newcomer_logs_an_incident_answers_two_questions_and_meets_a_duty() {
    let app = App::start();
    let browser = Browser::start().await;
    browser.client.goto(&app.link).await.unwrap();
    browser.photograph("1-link").await;
    come_in_by_the_link(&app, &browser).await;
    sign_out_and_in(&browser).await;
    log_an_incident(&browser).await;

    assert_eq!(state(&browser).await, "undetermined");
    answer(&browser, "services.availability", "occurred").await;
    answer(&browser, "services.material", "yes").await;
    assert_eq!(state(&browser).await, "required");
    let left = browser.text(&format!("{DUTY} summary [data-left]")).await;
    assert!(left.contains("min igjen"), "the deadline is half an hour away: {left}");
    browser.photograph("6-required").await;

    record_as_sent(&browser).await;
    assert_eq!(state(&browser).await, "fulfilled");
    let card = browser.script(&format!("return document.querySelector('{DUTY}').textContent")).await;
    assert!(card.as_str().unwrap().contains("NKOM-7"), "{card}");
    let timeline = browser.text("#timeline").await;
    assert!(timeline.contains("Kari Nordmann") && timeline.contains("ukjent → ja"), "{timeline}");
    browser.photograph("7-fulfilled").await;
    browser.client.goto(&format!("{}/incidents", app.url)).await.unwrap();
    assert!(browser.text("main").await.contains("Tale og data nede <i>nord</i>"));
    browser.photograph("8-list").await;
    browser.end().await;
}

#[actix_web::test]
async fn a_full_case_and_its_drafts_read_well_in_three_languages() {
    let app = App::start();
    let browser = Browser::start().await;
    come_in_by_the_link(&app, &browser).await;
    // The example of the README, as if it had happened this morning.
    let mut facts: serde_json::Value = serde_json::from_str(include_str!("../../docs/example.json")).unwrap();
    let now = varsel::clock::Clock::System.now();
    for (moment, minutes) in [("started_at", 300), ("detected_at", 35), ("known_at", 20), ("breach_aware_at", 5)] {
        facts["timeline"][moment] = (now - chrono::Duration::minutes(minutes)).to_rfc3339().into();
    }
    let log = format!(
        "const answer = await fetch('/api/v1/incidents', {{ method: 'POST', headers: {{ 'content-type': 'application/json' }}, body: JSON.stringify({facts}) }});
         return [answer.status, (await answer.json()).reference];"
    );
    let logged = browser.script(&log).await;
    assert_eq!(logged[0], 201, "{logged}");
    let path = format!("{}/incidents/{}", app.url, logged[1].as_str().unwrap());
    for lang in ["nb", "nn", "en"] {
        browser.client.goto(&path).await.unwrap();
        browser.turn(&format!(".tongues button[value='{lang}']")).await;
        browser.photograph(&format!("case-{lang}")).await;
        browser.client.goto(&format!("{path}/drafts")).await.unwrap();
        browser.photograph(&format!("drafts-{lang}")).await;
        browser.client.goto(&format!("{path}/reminders")).await.unwrap();
        browser.photograph(&format!("reminders-{lang}")).await;
        browser.client.goto(&format!("{}/settings/reminders", app.url)).await.unwrap();
        browser.photograph(&format!("ladders-{lang}")).await;
    }
    browser.end().await;
}

async fn come_in_by_the_link(app: &App, browser: &Browser) {
    browser.client.goto(&app.link).await.unwrap();
    browser.fill("#email", EMAIL).await;
    browser.fill("#name", "Kari Nordmann").await;
    browser.fill("#password", PASSWORD).await;
    browser.fill("#again", PASSWORD).await;
    browser.turn("main button[type=submit]").await;
    browser.find("form[action='/sign-out']").await;
}

async fn sign_out_and_in(browser: &Browser) {
    browser.turn("form[action='/sign-out'] button").await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.photograph("2-sign-in").await;
    sign_in(browser, EMAIL).await;
    browser.photograph("3-empty").await;
}

/// Fills in the form that lets one in.
async fn sign_in(browser: &Browser, email: &str) {
    browser.fill("#email", email).await;
    browser.fill("#password", PASSWORD).await;
    browser.turn("main button[type=submit]").await;
}

async fn log_an_incident(browser: &Browser) {
    browser.turn("header a[href='/incidents/new']").await;
    browser.photograph("4-log").await;
    browser.fill("[name='title']", "Tale og data nede <i>nord</i>").await;
    browser.turn("main form button[type=submit]").await;
    let path = browser.path().await;
    assert!(path.starts_with("/incidents/20") && path.ends_with("-0001"), "{path}");
    assert_eq!(browser.text("h1").await, "Tale og data nede <i>nord</i>", "HTML in a title is only text");
    browser.photograph("5-logged").await;
}

/// Answers one of the next questions where it stands.
async fn answer(browser: &Browser, fact: &str, value: &str) {
    let question = format!("#questions form:has([name='{fact}'])");
    browser.click(&format!("{question} label:has([value='{value}'])")).await;
    browser.turn(&format!("{question} button[type=submit]")).await;
    browser.find("[data-done]").await;
}

async fn record_as_sent(browser: &Browser) {
    browser.click(&format!("{DUTY}send > summary")).await;
    let form = format!("{DUTY} form[action$='/submission']");
    browser.fill(&format!("{form} [name='reference']"), "NKOM-7").await;
    browser.turn(&format!("{form} button[type=submit]")).await;
    browser.find("[data-done]").await;
}

/// The state of the duty as its badge shows it.
async fn state(browser: &Browser) -> String {
    let class = browser.find(&format!("{DUTY} > summary .badge")).await.attr("class").await.unwrap().unwrap();
    class.split("is-").nth(1).unwrap().to_owned()
}
