//! Pages that are there only for a moment, or only before one is in: read by axe and by us like those that have an address.

use serde_json::json;

use super::driver::{App, Browser};
use super::house::{send, this_morning};
use super::kept::OVER;
use super::pages::{SCREENS, come_in_as, faults, put_axe, sign_in as be};
use super::{EMAIL, come_in_by_the_link, sign_in};

/// What is wrong with the states that were looked at.
struct Reader<'a> {
    app: &'a App,
    browser: &'a Browser,
    wrong: Vec<String>,
}

impl Reader<'_> {
    /// Opens a page and reads it.
    async fn look(&mut self, path: &str, status: i64) {
        self.browser.client.goto(&format!("{}{path}", self.app.url)).await.unwrap();
        self.read(path, status).await;
    }

    /// Sends a form as a browser does, and reads what is answered.
    async fn send(&mut self, path: &str, fields: &[(&str, &str)], status: i64) {
        let script = format!(
            "document.querySelector('main').dataset.turned = 'no';
             const form = document.createElement('form');
             form.method = 'post';
             form.action = '{path}';
             for (const [name, value] of {}) {{
                 const field = document.createElement('input');
                 field.type = 'hidden';
                 field.name = name;
                 field.value = value;
                 form.append(field);
             }}
             document.body.append(form);
             form.submit();",
            json!(fields)
        );
        self.browser.script(&script).await;
        self.browser.find("main:not([data-turned])").await;
        self.read(&format!("POST {path} {fields:?}"), status).await;
    }

    /// Reads what is shown now, narrow and dark: what is too wide or too pale shows there first.
    async fn read(&mut self, name: &str, status: i64) {
        let told = self.browser.script("return performance.getEntriesByType('navigation')[0].responseStatus").await;
        if told != status {
            self.wrong.push(format!("{name} is answered with {told}, not {status}"));
        }
        self.browser.script("for (const folded of document.querySelectorAll('details')) folded.open = true").await;
        self.wrong.extend(faults(self.browser, name, SCREENS[2]).await);
        let form = self.browser.form_faults().await;
        self.wrong.extend(form.as_array().unwrap().iter().map(|fault| format!("{name}: {fault}")));
    }
}

#[actix_web::test]
async fn pages_of_a_moment_are_read_like_all_others() {
    let app = App::start();
    let browser = Browser::start().await;
    put_axe(&browser).await;
    let link = app.link.replace(&app.url, "");
    let mut reader = Reader { app: &app, browser: &browser, wrong: Vec::new() };
    reader.look(&link, 200).await;
    reader.send(&link, &[("email", "x"), ("password", "kort")], 422).await;
    reader.look("/setup/no-such-link", 404).await;
    come_in_by_the_link(&app, &browser).await;
    refusals_and_results(&mut reader).await;
    drafts(&mut reader).await;
    ways_in(&mut reader).await;
    // Where a provider lets people in, and is away.
    let other = App::with(&[
        ("VARSEL_OIDC_ISSUER", "https://127.0.0.1:1"),
        ("VARSEL_OIDC_CLIENT_ID", "varsel"),
        ("VARSEL_OIDC_CLIENT_SECRET", "x"),
        ("VARSEL_OIDC_EVERYBODY", "reporter"),
    ]);
    reader.app = &other;
    reader.look("/sign-in", 200).await;
    reader.look("/sign-in/openid", 503).await;
    assert!(reader.wrong.is_empty(), "\n{}", reader.wrong.join("\n"));
    // What is refused is told as an error, which is no complaint of ours.
    browser.end_but(&["the server responded with a status of 4", "the server responded with a status of 503"]).await;
}

async fn refusals_and_results(reader: &mut Reader<'_>) {
    let case = send(reader.browser, "POST", "/incidents", &this_morning()).await;
    let path = format!("/incidents/{}", case["reference"].as_str().unwrap());
    reader.send("/incidents", &[("description", "x"), ("services.customers_affected", "mange")], 422).await;
    let facts = format!("{path}/facts");
    let form = ("form", "facts:services");
    reader.send(&facts, &[form, ("version", "1"), ("services.customers_affected", "mange")], 422).await;
    let theirs = json!({ "version": case["version"], "services": { "customers_affected": 5000 } });
    send(reader.browser, "PATCH", &path, &theirs).await;
    reader.send(&facts, &[form, ("version", "1"), ("services.customers_affected", "6000")], 409).await;
    reader.look(&facts, 405).await;
    reader.look("/incidents/2026-0099", 404).await;
    let person = [("name", "Pia Ny"), ("email", "pia@smbmobil.example"), ("roles", "reporter"), ("language", "nb")];
    reader.send("/people", &person, 201).await;
    reader.send("/account/tokens", &[("name", "Rapport"), ("days", "30"), ("scopes", "read")], 201).await;
    reader.send("/channels", &[("kind", "webhook"), ("name", "Vakta"), ("url", "x")], 422).await;
    reader.send("/incidents/bulk", &[("do", "own"), ("back", "view=all")], 422).await;
}

/// What is kept for somebody is read as well, and what is said before they go.
async fn drafts(reader: &mut Reader<'_>) {
    let (app, browser) = (reader.app, reader.browser);
    browser.open(app, "/incidents/new").await;
    browser.fill("[name='description']", "Noe som ikke er sendt").await;
    reader.look("/incidents/new", 200).await;
    browser.find("[data-kept]").await;
    browser.click("form[action='/sign-out'] button").await;
    browser.find("dialog [data-then=keep]").await;
    reader.read("what is not sent", 200).await;
    browser.click("dialog [data-then='']").await;
    browser.click("[data-forget]").await;
    assert_eq!(browser.script(OVER).await, 204);
    browser.script("document.dispatchEvent(new Event('visibilitychange'))").await;
    browser.find("#session:not([hidden])").await;
    reader.read("a session that ended", 200).await;
    browser.open(app, "/sign-in").await;
}

async fn ways_in(reader: &mut Reader<'_>) {
    let (app, browser) = (reader.app, reader.browser);
    reader.look("/session/renew", 200).await;
    reader.look("/session/renewed", 200).await;
    reader.send("/sign-in", &[("email", EMAIL), ("password", "feil")], 401).await;
    reader.send("/forgot", &[("email", EMAIL)], 200).await;
    come_in_as(app, browser, "reporter").await;
    reader.look("/people", 403).await;
    be(browser, EMAIL).await;
    reader.look("/account/second-factor", 200).await;
    reader.send("/account/second-factor", &[], 200).await;
    let secret = varsel::account::factor::from_base32(&browser.text("#secret").await.replace(' ', "")).unwrap();
    reader.send("/account/second-factor/confirmation", &[("code", "000000")], 422).await;
    let step = varsel::account::factor::step_at(varsel::clock::Clock::System.now());
    let code = varsel::account::factor::code(&secret, step);
    reader.send("/account/second-factor/confirmation", &[("code", &code)], 200).await;
    browser.script("return fetch('/sign-out', { method: 'POST' }).then(() => 1)").await;
    browser.open(app, "/sign-in").await;
    sign_in(browser, EMAIL).await;
    assert_eq!(browser.path().await, "/sign-in/code");
    reader.read("/sign-in/code", 200).await;
    reader.send("/sign-in/code", &[("code", "000000")], 401).await;
}
