//! The whole way by keyboard alone: every step is a key, and where the focus is can be seen.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::driver::{App, Browser};
use super::house;
use super::{DUTY, EMAIL, PASSWORD, come_in_by_the_link};

const MOST_STOPS: usize = 80;

impl Browser {
    /// Presses one key, wherever the focus is.
    async fn press(&self, key: char) {
        let keys = KeyActions::new("keys".to_owned());
        let keys = keys.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        self.client.perform_actions(keys).await.unwrap();
    }

    async fn hold(&self, held: char, key: char) {
        let keys = KeyActions::new("keys".to_owned()).then(KeyAction::Down { value: held });
        let keys = keys.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        self.client.perform_actions(keys.then(KeyAction::Up { value: held })).await.unwrap();
    }

    async fn write(&self, text: &str) {
        for letter in text.chars() {
            self.press(letter).await;
        }
    }

    /// Whether the focus is on what fits.
    async fn is_at(&self, css: &str) -> bool {
        self.script(&format!("return document.activeElement.matches({})", json!(css))).await == true
    }

    /// Goes on by the tabulator until the focus is on what fits; each stop on the way must be seen.
    async fn tab_to(&self, css: &str) {
        self.tab(css, false).await;
    }

    /// The same, from the end of the page backwards.
    async fn tab_back_to(&self, css: &str) {
        self.tab(css, true).await;
    }

    async fn tab(&self, css: &str, back: bool) {
        let stop = format!(
            "const at = document.activeElement, there = at.matches({});
             if (at === document.body) return [true, there];
             const marked = at.closest('.pick') ?? at;
             const box = marked.getBoundingClientRect();
             const drawn = getComputedStyle(marked).outlineStyle !== 'none' || getComputedStyle(at).outlineStyle !== 'none';
             return [drawn && box.width > 0 && box.bottom > 0 && box.top < innerHeight ? true : at.outerHTML.slice(0, 200), there];",
            json!(css)
        );
        if self.is_at(css).await {
            return;
        }
        for _ in 0..MOST_STOPS {
            if back {
                self.hold(Key::Shift.into(), Key::Tab.into()).await
            } else {
                self.press(Key::Tab.into()).await
            }
            let told = self.script(&stop).await;
            assert_eq!(told[0], true, "the focus cannot be seen");
            if told[1] == true {
                return;
            }
        }
        panic!("{MOST_STOPS} tabulators do not lead to {css} on {}", self.path().await);
    }

    /// Presses a key that leads to another page, and waits for it.
    async fn leads(&self, key: char, path: &str) {
        self.script("document.body.dataset.old = 'yes'").await;
        self.press(key).await;
        self.find("body:not([data-old])").await;
        assert_eq!(self.path().await, path);
    }
}

#[actix_web::test]
async fn an_incident_is_logged_answered_and_recorded_as_sent_by_keyboard_alone() {
    let app = App::start();
    let browser = Browser::start().await;
    come_in_by_the_link(&app, &browser).await;
    browser.script("return fetch('/sign-out', { method: 'POST' }).then(() => 1)").await;
    browser.client.goto(&format!("{}/incidents", app.url)).await.unwrap();
    assert_eq!(browser.path().await, "/sign-in");
    browser.tab_to("#email").await;
    browser.write(EMAIL).await;
    browser.tab_to("#password").await;
    browser.write(PASSWORD).await;
    browser.leads(Key::Enter.into(), "/incidents").await;
    browser.press(Key::Tab.into()).await;
    assert!(browser.is_at(".skip").await, "the first stop leads past the menu");
    browser.press(Key::Enter.into()).await;
    assert!(browser.is_at("main").await, "and it does");
    browser.leads('n', "/incidents/new").await;
    browser.tab_to("[name='title']").await;
    browser.write("nede g i nord?").await;
    assert_eq!(browser.path().await, "/incidents/new", "letters are letters where one writes");
    browser.script("document.querySelector('main').dataset.turned = 'no'").await;
    browser.press(Key::Enter.into()).await;
    browser.find("main:not([data-turned]) #questions").await;
    assert_eq!(browser.text("h1").await, "nede g i nord?");

    answer(&browser, "services.availability", "occurred").await;
    answer(&browser, "services.material", "yes").await;
    let at = browser.script("return document.activeElement.matches('[data-done][role=status]')").await;
    assert_eq!(at, true, "what was done is where the focus is, so that it is heard");

    browser.tab_to(&format!("{DUTY}send > summary")).await;
    browser.press(Key::Enter.into()).await;
    browser.tab_to(&format!("{DUTY} form[action$='/submission'] [name='reference']")).await;
    browser.write("NKOM-7").await;
    browser.tab_to(&format!("{DUTY} form[action$='/submission'] button[type=submit]")).await;
    send(&browser).await;
    assert_eq!(super::state(&browser).await, "fulfilled");

    // What else is open a colleague settles meanwhile.
    let reference = browser.path().await;
    assert!(reference.ends_with("-0001"), "{reference}");
    let case = house::send(&browser, "GET", &reference, &Value::Null).await;
    for duty in case["duties"].as_array().unwrap() {
        if ["required", "undetermined"].contains(&duty["state"].as_str().unwrap()) {
            let settle = format!("{reference}/duties/{}/settlement", duty["id"].as_str().unwrap());
            house::send(&browser, "POST", &settle, &json!({ "reason": "Gjelder ikke." })).await;
        }
    }
    browser.press('g').await;
    browser.leads('i', "/incidents").await;
    browser.tab_to(&format!("main a[href='{reference}']")).await;
    browser.leads(Key::Enter.into(), &reference).await;
    browser.tab_back_to("#ending summary").await;
    browser.press(Key::Enter.into()).await;
    browser.tab_to("#ending [name='reason']").await;
    browser.write("Retta, og meldt.").await;
    browser.tab_to("#ending button[type=submit]").await;
    send(&browser).await;
    browser.find(".case-head .badge.is-closed").await;
    browser.end().await;
}

/// Answers one of the next questions by arrows and the blank.
async fn answer(browser: &Browser, fact: &str, value: &str) {
    let question = format!("#questions form:has([name='{fact}'])");
    browser.tab_to(&format!("{question} [name='{fact}']")).await;
    for _ in 0..4 {
        if browser.script(&format!("return document.querySelector(\"{question} [value='{value}']\").checked")).await
            == true
        {
            break;
        }
        browser.press(Key::Up.into()).await;
    }
    browser.tab_to(&format!("{question} button[type=submit]")).await;
    send(browser).await;
}

async fn send(browser: &Browser) {
    browser.script("document.querySelector('main').dataset.turned = 'no'").await;
    browser.press(Key::Enter.into()).await;
    browser.find("main:not([data-turned]) [data-done]").await;
}

#[actix_web::test]
async fn keys_lead_on_list_themselves_and_can_be_turned_off() {
    let app = App::start();
    let browser = Browser::start().await;
    come_in_by_the_link(&app, &browser).await;
    browser.press('g').await;
    browser.leads('d', "/dashboard").await;
    browser.press('g').await;
    browser.leads('i', "/incidents").await;
    browser.press('?').await;
    browser.find("dialog[open] kbd").await;
    assert!(browser.is_at("dialog button").await);
    browser.photograph("keys").await;
    browser.press('n').await;
    assert_eq!(browser.path().await, "/incidents", "not while a dialog asks");
    browser.press(Key::Escape.into()).await;
    browser.find("body:not(:has(dialog))").await;
    browser.hold(Key::Control.into(), 'd').await;
    browser.press('/').await;
    let search =
        browser.script("return document.activeElement.id === 'search' || location.pathname === '/incidents'").await;
    assert_eq!(search, true);
    browser.client.goto(&format!("{}/account", app.url)).await.unwrap();
    browser.turn("form[action='/account/keys'] button").await;
    browser.client.goto(&format!("{}/account", app.url)).await.unwrap();
    browser.press('n').await;
    browser.press('g').await;
    browser.press('d').await;
    assert_eq!(browser.path().await, "/account", "turned off, letters do nothing");
    browser.turn("form[action='/account/keys'] button").await;
    browser.leads('n', "/incidents/new").await;
    browser.end().await;
}
