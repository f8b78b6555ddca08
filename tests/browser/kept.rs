//! Nothing typed is ever lost: over a refusal, a session that ends, signing out, somebody else at the machine, a server that is
//! away, a tab that is closed, and what others change meanwhile. Only what the server has taken is forgotten.

use serde_json::{Value, json};

use super::driver::{App, Browser};
use super::house::{send, this_morning};
use super::pages::{come_in_as, sign_in as be};
use super::{EMAIL, come_in_by_the_link, sign_in};

/// Ends the session as time does: the page is not told, and nobody signs out.
pub const OVER: &str = "return fetch('/api/v1/session', { method: 'DELETE', headers: { 'content-type': 'application/json' } }).then((answer) => answer.status)";
const NOTE: &str = "form [data-kept]";

impl Browser {
    pub async fn open(&self, app: &App, path: &str) {
        self.client.goto(&format!("{}{path}", app.url)).await.unwrap();
    }

    /// What the browser keeps, all of it, whoever it is of.
    pub async fn kept(&self) -> Vec<Value> {
        let all = self
            .script("return Object.keys(localStorage).filter((key) => key.startsWith('varsel:')).map((key) => JSON.parse(localStorage[key]))")
            .await;
        all.as_array().unwrap().clone()
    }

    pub async fn value(&self, css: &str) -> String {
        let script = format!("return document.querySelector({}).value", json!(css));
        self.script(&script).await.as_str().unwrap().to_owned()
    }

    /// How often something stands on the page.
    pub async fn count(&self, css: &str) -> i64 {
        self.script(&format!("return document.querySelectorAll({}).length", json!(css))).await.as_i64().unwrap()
    }
}

#[actix_web::test]
async fn what_the_server_refuses_stands_and_goes_only_when_it_is_taken() {
    let app = App::start();
    let browser = Browser::start().await;
    come_in_by_the_link(&app, &browser).await;
    browser.open(&app, "/incidents/new").await;
    browser.fill("[name='description']", "Per Hansens samtaler kom fram til Kari.").await;
    browser.turn("main form button[type=submit]").await;
    browser.find("#wrong").await;
    assert_eq!(browser.value("[name='description']").await, "Per Hansens samtaler kom fram til Kari.");
    assert_eq!(browser.count(NOTE).await, 0, "what stands where it was sent from was not brought back");
    browser.click("label:has([name='services.availability'][value='occurred'])").await;
    // Left without a word, and the tab closed.
    let window = browser.client.window().await.unwrap();
    let other = browser.client.new_window(true).await.unwrap();
    browser.client.close_window().await.unwrap();
    browser.client.switch_to_window(other.handle).await.unwrap();
    assert!(!browser.client.windows().await.unwrap().contains(&window));
    browser.open(&app, "/incidents/new").await;
    assert_eq!(browser.value("[name='description']").await, "Per Hansens samtaler kom fram til Kari.");
    assert_eq!(
        browser.count("[name='services.availability'][value='occurred']:checked").await,
        1,
        "what came after the refusal, too"
    );
    let told = browser.text(NOTE).await;
    assert!(
        told.contains("Du skrev dette") && told.contains(&varsel::clock::Clock::System.now().format("%Y").to_string()),
        "{told}"
    );

    browser.fill("[name='title']", "Samtaler på avveier").await;
    browser.turn("main form button[type=submit]").await;
    assert!(browser.path().await.ends_with("-0001"), "{}", browser.path().await);
    assert_eq!(browser.kept().await, Vec::<Value>::new(), "it is taken");
    browser.open(&app, "/incidents/new").await;
    assert_eq!(browser.value("[name='description']").await, "");
    assert_eq!(browser.count(NOTE).await, 0);

    browser.fill("[name='title']", "Kastes").await;
    browser.open(&app, "/incidents/new").await;
    browser.click("[data-forget]").await;
    assert_eq!(browser.value("[name='title']").await, "");
    assert_eq!(browser.kept().await, Vec::<Value>::new());
    browser.fill("[name='title']", "Åtte dager gammel").await;
    browser
        .script("for (const key of Object.keys(localStorage)) localStorage[key] = JSON.stringify({ ...JSON.parse(localStorage[key]), at: Date.now() - 8 * 86400000 })")
        .await;
    browser.open(&app, "/incidents/new").await;
    assert_eq!(browser.value("[name='title']").await, "");
    no_secret_is_kept(&app, &browser).await;
    browser.end_but(&["/incidents"]).await;
}

async fn no_secret_is_kept(app: &App, browser: &Browser) {
    browser.open(app, "/account").await;
    browser.fill("#old", "hemmelig hest").await;
    browser.open(app, "/channels").await;
    browser.script("for (const folded of document.querySelectorAll('details')) folded.open = true").await;
    browser.fill("#teams-url", "https://hemmelig.example/hest").await;
    assert_eq!(browser.kept().await, Vec::<Value>::new(), "no password and no secret address reaches the disk");
    browser.fill("#teams-name", "Vakta").await;
    let kept = json!(browser.kept().await).to_string();
    assert!(kept.contains("Vakta") && !kept.contains("hemmelig"), "{kept}");
}

#[actix_web::test]
async fn what_is_typed_waits_for_its_writer_and_for_nobody_else() {
    let app = App::start();
    let browser = Browser::start().await;
    come_in_by_the_link(&app, &browser).await;
    browser.open(&app, "/settings").await;
    let name = "[name='company.name']";
    browser.fill(name, "Hansen Mobil").await;
    assert_eq!(browser.script(OVER).await, 204);
    browser.turn("main > form button[type=submit]").await;
    assert_eq!(browser.path().await, "/sign-in", "the session ended");
    sign_in(&browser, EMAIL).await;
    assert_eq!((browser.path().await.as_str(), browser.value(name).await.as_str()), ("/settings", "Hansen Mobil"));
    browser.open(&app, "/").await;
    assert_eq!(browser.text("#unsent-mark").await, "Ikke sendt: 1");
    browser.click("#unsent-mark").await;
    assert!(browser.text("dialog li").await.contains("Hansen Mobil"));
    browser.turn("dialog li a").await;
    assert_eq!(browser.path().await, "/settings");
    assert_eq!(browser.value(name).await, "Hansen Mobil");

    let out = "form[action='/sign-out'] button";
    browser.click(out).await;
    browser.photograph("unsent").await;
    browser.click("dialog [data-then='']").await;
    assert_eq!(browser.path().await, "/settings", "whoever would rather send it first stays");
    browser.click(out).await;
    browser.turn("dialog [data-then=keep]").await;
    assert_eq!(browser.path().await, "/sign-in");
    come_in_as(&app, &browser, "administrator").await;
    browser.open(&app, "/settings").await;
    assert_ne!(browser.value(name).await, "Hansen Mobil", "somebody else at the same machine is offered nothing");
    assert_eq!((browser.count(NOTE).await, browser.count("#unsent-mark[hidden]").await), (0, 1));
    browser.turn(out).await;
    assert_eq!(browser.path().await, "/sign-in", "and is not asked about it");

    sign_in(&browser, EMAIL).await;
    browser.open(&app, "/settings").await;
    assert_eq!(browser.value(name).await, "Hansen Mobil", "it waited for its writer");
    be(&browser, "administrator@smbmobil.example").await;
    browser.script("document.dispatchEvent(new Event('visibilitychange'))").await;
    browser.find("body:has(#unsent-mark[hidden]):has(form[action='/sign-out'])").await;
    assert_ne!(browser.value(name).await, "Hansen Mobil");
    assert!(browser.text("form[action='/sign-out']").await.contains("Mona"), "who came in beside sees their own page");
    be(&browser, EMAIL).await;
    browser.open(&app, "/settings").await;
    assert_eq!(browser.value(name).await, "Hansen Mobil");
    browser.turn("main > form button[type=submit]").await;
    browser.find("[data-done]").await;
    assert_eq!(browser.kept().await, Vec::<Value>::new());
    assert_eq!(browser.value(name).await, "Hansen Mobil");
    browser.fill(name, "Kastes").await;
    browser.click(out).await;
    browser.turn("dialog [data-then=drop]").await;
    assert_eq!(browser.kept().await, Vec::<Value>::new(), "thrown away by whoever wants to");
    browser.end().await;
}

#[actix_web::test]
async fn a_server_that_is_away_costs_nothing_typed() {
    let mut app = App::start();
    let browser = Browser::start().await;
    come_in_by_the_link(&app, &browser).await;
    let case = send(&browser, "POST", "/incidents", &json!({ "title": "Tale nede" })).await;
    let path = format!("/incidents/{}", case["reference"].as_str().unwrap());
    let edit = format!("{path}?edit=incident");
    browser.open(&app, &edit).await;
    let (text, save) = ("#form-facts-incident [name='description']", "#form-facts-incident button[type=submit]");
    browser.fill(text, "Ingen får ringt.").await;
    app.stop();
    browser.click(save).await;
    // The browser's own page, which is none of ours.
    browser.find("body.neterror").await;
    app.start_again();
    browser.open(&app, &edit).await;
    assert_eq!(browser.value(text).await, "Ingen får ringt.");
    let told = browser.text(NOTE).await;
    assert!(told.contains("ikke sagt at den tok imot"), "{told}");
    browser.turn(save).await;
    browser.find("[data-done]").await;
    assert_eq!(browser.kept().await, Vec::<Value>::new());

    // What is saved where it stands tells so and stays.
    let question = "#questions form:has([name='services.availability'])";
    browser.click(&format!("{question} label:has([value='occurred'])")).await;
    app.stop();
    browser.click(&format!("{question} button[type=submit]")).await;
    browser.find(&format!("{question} [data-away]:not([hidden])")).await;
    app.start_again();
    browser.turn(&format!("{question} button[type=submit]")).await;
    browser.find("[data-done]").await;
    assert_eq!(browser.kept().await, Vec::<Value>::new());
    browser.end_but(&["ERR_CONNECTION_REFUSED"]).await;
}

#[actix_web::test]
async fn what_others_changed_meanwhile_and_what_was_typed_are_both_shown() {
    let app = App::start();
    let browser = Browser::start().await;
    come_in_by_the_link(&app, &browser).await;
    let case = send(&browser, "POST", "/incidents", &this_morning()).await;
    let reference = case["reference"].as_str().unwrap();
    let edit = format!("/incidents/{reference}?edit=incident");
    browser.open(&app, &edit).await;
    let (title, text) = ("#form-facts-incident [name='title']", "#form-facts-incident [name='description']");
    browser.fill(title, "Min tittel").await;
    browser.fill(text, "Mine ord").await;
    let theirs = json!({ "version": case["version"], "title": "Deres tittel" });
    send(&browser, "PATCH", &format!("/incidents/{reference}"), &theirs).await;
    browser.open(&app, &edit).await;
    assert_eq!(browser.value(title).await, "Deres tittel", "nothing of theirs is overwritten unseen");
    assert_eq!(browser.value(text).await, "Mine ord");
    let told = browser.text(NOTE).await;
    assert!(told.contains("endret av andre") && told.contains("Min tittel") && !told.contains("Mine ord"), "{told}");
    browser.fill(text, "Mine nye ord").await;
    browser.fill(title, "Tredje tittel").await;
    browser.open(&app, &edit).await;
    assert_eq!(browser.value(title).await, "Tredje tittel");
    browser.click("[data-kept] li:not([hidden]) button").await;
    assert_eq!(browser.value(title).await, "Min tittel", "nor is mine lost while it waits and something else is typed");
    assert_eq!(browser.value(text).await, "Mine nye ord");
    browser.turn("#form-facts-incident button[type=submit]").await;
    browser.find("[data-done]").await;
    assert_eq!(browser.text("h1").await, "Min tittel");
    assert_eq!(browser.kept().await, Vec::<Value>::new());

    let notice = format!("/incidents/{reference}/notices/gdpr-34-subjects");
    browser.open(&app, &notice).await;
    browser.fill("#body", "Kjære kunde").await;
    browser.open(&app, &format!("{notice}?lang=en")).await;
    assert_eq!(browser.count(NOTE).await, 0, "another text is another draft");
    browser.open(&app, &notice).await;
    assert_eq!(browser.value("#body").await, "Kjære kunde");
    assert!(browser.text("#lix").await.starts_with("2, "), "{}", browser.text("#lix").await);
    browser.turn("form:has(#body) button[type=submit]").await;
    browser.find("[data-done]").await;
    assert_eq!(browser.kept().await, Vec::<Value>::new());
    browser.end().await;
}
