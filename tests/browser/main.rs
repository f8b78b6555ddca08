//! One story in a real browser, from the link on the terminal to a duty met.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod driver;

use driver::{App, Browser};

const EMAIL: &str = "kari@smbmobil.example";
const PASSWORD: &str = "en hest spiser gress om kvelden";

#[actix_web::test]
async fn a_newcomer_comes_in_by_the_link() {
    let app = App::start();
    let browser = Browser::start().await;
    browser.client.goto(&app.link).await.unwrap();
    browser.photograph("1-link").await;
    browser.fill("#email", EMAIL).await;
    browser.fill("#name", "Kari Nordmann").await;
    browser.fill("#password", PASSWORD).await;
    browser.fill("#again", PASSWORD).await;
    browser.click("main button[type=submit]").await;
    browser.find("form[action='/sign-out']").await;
    browser.click("form[action='/sign-out'] button").await;
    browser.find("form[action^='/sign-in']").await;
    browser.photograph("2-sign-in").await;
    browser.end().await;
}
