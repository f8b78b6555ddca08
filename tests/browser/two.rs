//! Two people at one incident, each in a browser of their own: they see each other come and go, and of what both wrote each
//! field is chosen.

use std::time::Duration;

use serde_json::{Value, json};

use super::driver::{App, Browser};
use super::house::{send, this_morning};
use super::{PASSWORD, come_in_by_the_link};

/// Lets a colleague in, in a browser of their own.
async fn colleague(app: &App, kari: &Browser) -> Browser {
    let person =
        json!({ "name": "Ola Vakt", "email": "ola@smbmobil.example", "roles": ["responder"], "language": "nb" });
    let link = send(kari, "POST", "/people", &person).await["link"].as_str().unwrap().to_owned();
    let ola = Browser::start().await;
    ola.client.goto(&link).await.unwrap();
    ola.fill("#password", PASSWORD).await;
    ola.fill("#again", PASSWORD).await;
    ola.turn("main button[type=submit]").await;
    assert!(ola.client.current_url().await.unwrap().as_str().starts_with(&app.url));
    ola
}

/// Asks who else is there, as the page does by itself twice a minute, until it says so.
async fn sees(browser: &Browser, said: &str) {
    let mut told = String::new();
    for _ in 0..40 {
        browser.script("document.dispatchEvent(new Event('visibilitychange'))").await;
        told = browser
            .script("return document.querySelector('[data-presence]').textContent")
            .await
            .as_str()
            .unwrap()
            .into();
        if told == said {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("«{told}» is not «{said}»");
}

#[actix_web::test]
async fn two_see_each_other_come_and_go_and_choose_between_what_both_wrote() {
    let app = App::start();
    let kari = Browser::start().await;
    come_in_by_the_link(&app, &kari).await;
    let ola = colleague(&app, &kari).await;
    let case = send(&kari, "POST", "/incidents", &this_morning()).await;
    let path = format!("/incidents/{}", case["reference"].as_str().unwrap());
    kari.open(&app, &path).await;
    sees(&kari, "").await;
    ola.open(&app, &path).await;
    assert_eq!(ola.text("[data-presence]").await, "Kari Nordmann har også hendelsen åpen nå.");
    sees(&kari, "Ola Vakt har også hendelsen åpen nå.").await;
    ola.open(&app, "/incidents").await;
    sees(&kari, "").await;
    ola.open(&app, &path).await;
    sees(&kari, "Ola Vakt har også hendelsen åpen nå.").await;

    let form = "#form-facts-services";
    let field = |name: &str| format!("{form} [name='services.{name}']");
    let save = format!("{form} button[type=submit]");
    for (browser, affected, minutes) in [(&ola, "6000", "45"), (&kari, "5000", "30")] {
        browser.open(&app, &format!("{path}?edit=services")).await;
        browser.fill(&field("customers_affected"), affected).await;
        browser.fill(&field("duration_minutes"), minutes).await;
    }
    ola.fill(&field("customers_total"), "40000").await;
    kari.turn(&save).await;
    kari.find("[data-done]").await;
    ola.turn(&save).await;
    let both = ola.text("#wrong table").await;
    for word in ["6000", "5000", "45", "30", "Kari Nordmann"] {
        assert!(both.contains(word), "{word}: {both}");
    }
    assert_eq!(ola.value(&field("customers_total")).await, "40000", "what only one wrote stands");
    assert_eq!(ola.kept().await.len(), 1, "and nothing is forgotten before it is taken");
    ola.click("#wrong label:has([name='services.customers_affected~choice'][value='theirs'])").await;
    ola.turn("#wrong button[type=submit]").await;
    ola.find("[data-done]").await;
    let services = send(&kari, "GET", &path, &Value::Null).await["facts"]["services"].clone();
    let now = ["customers_affected", "duration_minutes", "customers_total"].map(|name| services[name].clone());
    assert_eq!(now, [json!(5000), json!(45), json!(40000)]);
    assert_eq!((kari.kept().await.len(), ola.kept().await.len()), (0, 0));
    a_question_that_the_other_answered(&app, &kari, &ola).await;
    kari.end().await;
    // What is refused is told as an error, which is no complaint of ours.
    ola.end_but(&["409"]).await;
}

async fn a_question_that_the_other_answered(app: &App, kari: &Browser, ola: &Browser) {
    let case = send(kari, "POST", "/incidents", &json!({ "title": "Noe er galt" })).await;
    let path = format!("/incidents/{}", case["reference"].as_str().unwrap());
    ola.open(app, &path).await;
    let question = "#questions form:has([name='services.availability'])";
    ola.click(&format!("{question} label:has([value='occurred'])")).await;
    let theirs = json!({ "version": case["version"], "services": { "availability": "none" } });
    send(kari, "PATCH", &path, &theirs).await;
    ola.turn(&format!("{question} button[type=submit]")).await;
    ola.find("#wrong table").await;
    assert_eq!(ola.kept().await.len(), 1);
    ola.turn("#wrong button[type=submit]").await;
    ola.find("[data-done]").await;
    let facts = send(kari, "GET", &path, &Value::Null).await["facts"].clone();
    assert_eq!(facts["services"]["availability"], "occurred", "Ola chose what Ola wrote");
    assert_eq!(ola.kept().await, Vec::<Value>::new());
}
