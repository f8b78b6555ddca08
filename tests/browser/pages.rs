//! Every page there is, read by axe and by us: in light and in dark, wide and narrow, with and without rights.

use std::ops::Add;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::driver::{App, Browser};
use super::house::{move_in, pages, send};
use super::{EMAIL, PASSWORD};

const WIDE: i64 = 1280;
/// As narrow as a page of 1280 that is enlarged four times (WCAG 1.4.10).
const NARROW: i64 = 320;
/// The most a page may weigh, in bytes.
const HEAVIEST: i64 = 100_000;

const MISSING: &str = "axe is not installed: run tests/all, or install npm and run «npm ci --prefix target/axe» with both \
                       package files of tests/support/axe in target/axe";

pub fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
}

/// Puts axe into every page that is opened from now on.
pub async fn put_axe(browser: &Browser) {
    let axe = std::fs::read_to_string(target().join("axe/node_modules/axe-core/axe.min.js"));
    let axe = axe.unwrap_or_else(|why| panic!("{MISSING} ({why})"));
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe })).await;
}

pub async fn colours(browser: &Browser, scheme: &str) {
    let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
    browser.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
}

/// What a page shows wrong on this screen, in a line each.
pub async fn faults(browser: &Browser, name: &str, screen: Screen) -> Vec<String> {
    let Screen { scheme, width, rules } = screen;
    colours(browser, scheme).await;
    browser.screen(width, json!(900)).await;
    let told = browser
        .script(&format!("const [width, rules] = [{width}, {}];", json!(rules)).add(
            "const { violations } = await axe.run(document, { resultTypes: ['violations'], runOnly: rules });
             const wide = document.documentElement.scrollWidth;
             const right = (node) => { const range = document.createRange(); range.selectNodeContents(node); return Math.max(node.getBoundingClientRect?.().right ?? 0, range.getBoundingClientRect().right); };
             const out = wide <= width ? [] : [...document.querySelectorAll('main *, header *, footer *')]
                 .filter((e) => [e, ...e.childNodes].some((node) => right(node) > width) && !e.closest('.scroll, .compare, thead'))
                 .filter((e, _, all) => !all.some((other) => other !== e && e.contains(other))).slice(0, 3).map((e) => `${right(e)}: ${e.outerHTML.slice(0, 160)}`);
             return [violations.flatMap((v) => v.nodes.slice(0, 4).map((n) => `${v.id}: ${n.html.slice(0, 200)} (${n.any.concat(n.all, n.none).map((c) => c.message).join('; ').slice(0, 200)})`)), wide, out];",
        ))
        .await;
    let mut all: Vec<String> = told[0].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect();
    if told[1].as_i64().unwrap() > width {
        all.push(format!("is {} px wide: {}", told[1], told[2]));
    }
    all.into_iter().map(|fault| format!("{name}, {scheme}, {width} px: {fault}")).collect()
}

/// What the page that is open shows wrong, by every rule on two screens; it is unfolded for that.
pub async fn read_on_two_screens(browser: &Browser, name: &str) -> Vec<String> {
    browser.script("for (const folded of document.querySelectorAll('details')) folded.open = true").await;
    let mut wrong = Vec::new();
    for screen in SCREENS.into_iter().filter(|screen| screen.rules == EVERY_RULE) {
        wrong.extend(faults(browser, name, screen).await);
    }
    browser.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await;
    wrong
}

/// Opens a page, with everything on it unfolded, and says how heavy it was and how long the server took, in bytes and ms.
async fn open(app: &App, browser: &Browser, path: &str) -> (i64, f64) {
    browser.client.goto(&format!("{}{path}", app.url)).await.unwrap();
    let told = browser
        .script(
            "for (const folded of document.querySelectorAll('details')) folded.open = true;
             const [page] = performance.getEntriesByType('navigation');
             return [page.decodedBodySize, page.responseStart - page.requestStart];",
        )
        .await;
    (told[0].as_i64().unwrap(), told[1].as_f64().unwrap())
}

/// A screen, and the rules of axe that a page is read by on it.
#[derive(Clone, Copy)]
pub struct Screen {
    scheme: &'static str,
    width: i64,
    rules: &'static [&'static str],
}

const EVERY_RULE: &[&str] = &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/// What a theme and a width change beside each other; names and structure were read already.
const LOOKS: &[&str] = &["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"];

/// Light and dark, wide and narrow.
pub const SCREENS: [Screen; 4] = [
    Screen { scheme: "light", width: WIDE, rules: EVERY_RULE },
    Screen { scheme: "dark", width: WIDE, rules: LOOKS },
    Screen { scheme: "dark", width: NARROW, rules: EVERY_RULE },
    Screen { scheme: "light", width: NARROW, rules: LOOKS },
];

/// Under what each form on the page keeps what is typed, when each is typed in; those that stand there twice.
const ONE_DRAFT: &str = "
    localStorage.clear();
    const seen = [], twice = [];
    for (const form of document.querySelectorAll('form[method=post]')) {
        const field = [...form.elements].find((e) => e.name && form.contains(e) && /^(text|textarea|checkbox)$/.test(e.type) && !e.hasAttribute('data-secret') && e.autocomplete !== 'one-time-code');
        if (!field) continue;
        if (field.type === 'checkbox') field.click(); else { field.value += 'x'; field.dispatchEvent(new Event('input', { bubbles: true })); }
        const now = Object.keys(localStorage).filter((key) => key.startsWith('varsel:'));
        if (now.length === seen.length) twice.push(form.action + ' ' + field.name);
        seen.splice(0, seen.length, ...now);
        form.reset();
    }
    localStorage.clear();
    return twice;";

#[actix_web::test]
async fn every_page_can_be_read_by_everybody_on_every_screen_and_weighs_little() {
    let app = App::start();
    let browser = Browser::start().await;
    let reference = move_in(&app, &browser).await;
    put_axe(&browser).await;
    let all = pages(&browser, &reference).await;
    assert!(all.len() > 35, "{all:?}");
    let mut wrong = Vec::new();
    println!("{:>7} {:>7}  page", "bytes", "ms");
    let incident = format!("/incidents/{reference}");
    let more = ["?edit=personal_data", "?edit=services", "?edit=cause"].map(|part| format!("{incident}{part}"));
    for path in all.values().chain(&more) {
        let (weight, took) = open(&app, &browser, path).await;
        println!("{weight:>7} {took:>7.1}  {path}");
        if weight >= HEAVIEST {
            wrong.push(format!("{path} weighs {weight} bytes"));
        }
        for screen in SCREENS {
            wrong.extend(faults(&browser, path, screen).await);
        }
        let twice = browser.script(ONE_DRAFT).await;
        wrong.extend(
            twice.as_array().unwrap().iter().map(|key| format!("{path}: two forms keep what is typed as {key}")),
        );
        let form = browser.form_faults().await;
        wrong.extend(form.as_array().unwrap().iter().map(|fault| format!("{path}: {fault}")));
    }
    // Whoever may only report, and whoever only oversees, sees other pages at the same addresses.
    for role in ["reporter", "manager"] {
        come_in_as(&app, &browser, role).await;
        let own: &[&str] =
            if role == "manager" { &["/", "/dashboard", &incident] } else { &["/", "/reports/new", "/account"] };
        for path in own {
            open(&app, &browser, path).await;
            wrong.extend(faults(&browser, &format!("{path} as {role}"), SCREENS[2]).await);
        }
    }
    browser.script("return fetch('/sign-out', { method: 'POST' }).then(() => 1)").await;
    for path in ["/sign-in", "/forgot", "/nowhere"] {
        open(&app, &browser, path).await;
        for screen in SCREENS {
            wrong.extend(faults(&browser, path, screen).await);
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    // A page that is not there is told as an error, which is no complaint of ours.
    browser.end_but(&["/nowhere"]).await;
}

/// Signs in as somebody who has only this role; whoever was signed in has to be the administrator or one of these.
pub async fn come_in_as(app: &App, browser: &Browser, role: &str) {
    let email = format!("{role}@smbmobil.example");
    sign_in(browser, EMAIL).await;
    let person = json!({ "name": "Mona Bare", "email": email, "roles": [role], "language": "nb" });
    let added = send(browser, "POST", "/people", &person).await;
    let link = added["link"].as_str().unwrap().replace(&app.url, "");
    let form = format!("new URLSearchParams({{ password: '{PASSWORD}', again: '{PASSWORD}' }})");
    let status = browser
        .script(&format!("const answer = await fetch('{link}', {{ method: 'POST', body: {form} }}); return answer.ok;"))
        .await;
    assert_eq!(status, Value::Bool(true), "{role}");
}

pub async fn sign_in(browser: &Browser, email: &str) {
    send(browser, "POST", "/session", &json!({ "email": email, "password": PASSWORD })).await;
}
