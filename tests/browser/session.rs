//! The end of a session in a real browser: it is told in time, and renewing it loses nothing that was typed.

use super::driver::{App, Browser};
use super::{PASSWORD, come_in_by_the_link};

/// Four minutes short of the eight hours that a session lasts.
const LATE: &str = "window.realNow = Date.now.bind(Date); Date.now = () => window.realNow() + (8 * 60 - 4) * 60000;";

#[actix_web::test]
async fn a_session_that_ends_says_so_and_is_renewed_where_one_writes() {
    let app = App::start();
    let browser = Browser::start().await;
    come_in_by_the_link(&app, &browser).await;
    browser.turn("header a[href='/incidents/new']").await;
    browser.fill("[name='title']", "Tale nede i nord").await;
    browser.script(LATE).await;
    browser.find("#session:not([hidden]) [data-left]").await;
    let told = browser.text("#session").await;
    assert!(told.contains("Økten går ut") && told.contains("min igjen"), "{told}");
    browser.photograph("session-ends").await;
    browser.click("#session a").await;
    browser.find("dialog #renew-password").await;
    browser.script("Date.now = window.realNow").await;
    browser.fill("dialog [name='password']", PASSWORD).await;
    browser.click("dialog button[type=submit]").await;
    browser.find("body:not(:has(dialog)) #session[hidden]").await;
    let typed = browser.script("return document.querySelector(\"[name='title']\").value").await;
    assert_eq!(typed, "Tale nede i nord", "nothing typed is lost");
    browser.turn("main form button[type=submit]").await;
    assert!(browser.path().await.ends_with("-0001"), "and the new session takes it");
    photograph_the_pages(&app, &browser).await;
    browser.script("return fetch('/sign-out', { method: 'POST' }).then(() => 1)").await;
    browser.client.goto(&format!("{}/forgot", app.url)).await.unwrap();
    browser.photograph("forgot").await;
    browser.end().await;
}

async fn photograph_the_pages(app: &App, browser: &Browser) {
    for (name, path) in
        [("account", "/account"), ("sign-in-rules", "/settings/sign-in"), ("factor", "/account/second-factor")]
    {
        browser.client.goto(&format!("{}{path}", app.url)).await.unwrap();
        browser.photograph(name).await;
    }
    browser.turn("main button[type=submit]").await;
    browser.find("svg.qr").await;
    browser.photograph("factor-scan").await;
    let shown = browser.text("#secret").await.replace(' ', "");
    let secret = varsel::account::factor::from_base32(&shown).unwrap();
    let step = varsel::account::factor::step_at(varsel::clock::Clock::System.now());
    browser.fill("#code", &varsel::account::factor::code(&secret, step)).await;
    browser.turn("main button[type=submit]").await;
    browser.find("#codes").await;
    browser.photograph("recovery").await;
    browser.client.goto(&format!("{}/account", app.url)).await.unwrap();
    browser.photograph("account-factor").await;
}
