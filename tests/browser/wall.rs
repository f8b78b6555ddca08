//! The dashboard on a wall: its figures change by themselves, it comes back when the server does, and it says so when its
//! session has ended instead of asking on.

use std::time::Duration;

use serde_json::json;

use super::driver::{App, Browser};
use super::house::send;
use super::kept::OVER;
use super::{EMAIL, PASSWORD, come_in_by_the_link};

const OPEN: &str = "[aria-labelledby=tile-open] > .figure";

/// Waits until as many incidents are open, as the page says without being loaded again.
async fn shows(browser: &Browser, many: &str) {
    let said = format!(
        "return document.body.dataset.same === 'yes' && document.querySelector('{OPEN}')?.textContent === '{many}'"
    );
    for _ in 0..150 {
        if browser.script(&said).await == true {
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("the wall does not show {many}: {}", browser.text("main").await);
}

#[actix_web::test]
async fn a_wall_follows_what_happens_comes_back_with_the_server_and_ends_with_its_session() {
    let mut app = App::start();
    let browser = Browser::start().await;
    come_in_by_the_link(&app, &browser).await;
    browser.open(&app, "/dashboard").await;
    browser.script("document.body.dataset.same = 'yes'").await;
    shows(&browser, "0").await;
    let incident = json!({ "title": "Tale nede" });
    send(&browser, "POST", "/incidents", &incident).await;
    shows(&browser, "1").await;

    app.stop();
    tokio::time::sleep(Duration::from_secs(1)).await;
    app.start_again();
    // Logged before the wall has come back: it asks for what it missed.
    let other = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let post = async |path: &str, body: serde_json::Value| {
        let answer = other.post(format!("{}/api/v1{path}", app.url)).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
    };
    post("/session", json!({ "email": EMAIL, "password": PASSWORD })).await;
    post("/incidents", incident.clone()).await;
    shows(&browser, "2").await;

    assert_eq!(browser.script(OVER).await, 204);
    post("/incidents", incident).await;
    browser.find("#session:not([hidden]) [data-over]:not([hidden])").await;
    browser
        .script(
            "window.asked = [];
             const { fetch: get, EventSource: Stream } = window;
             window.fetch = (address, ...more) => { window.asked.push(String(address)); return get(address, ...more); };
             window.EventSource = class extends Stream { constructor(address) { super(address); window.asked.push(address); } };",
        )
        .await;
    tokio::time::sleep(Duration::from_secs(6)).await;
    let asked = browser.script("return window.asked.filter((address) => /dashboard/.test(address))").await;
    assert_eq!(asked, json!([]), "who is not let in does not knock again and again");
    shows(&browser, "2").await;

    browser.click("#session a").await;
    browser.fill("dialog [name='email']", EMAIL).await;
    browser.fill("dialog [name='password']", PASSWORD).await;
    browser.click("dialog button[type=submit]").await;
    browser.find("body:not(:has(dialog)) #session[hidden]").await;
    shows(&browser, "3").await;
    browser.end_but(&["ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "/api/v1/session"]).await;
}
