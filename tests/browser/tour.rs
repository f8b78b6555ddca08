//! A tour of every page with something on it, when it is asked for: pictures in three widths, light and dark, and paper.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;

use super::driver::{App, Browser};
use super::house::{fill_up, move_in, pages, send, this_morning};
use super::pages::{colours, target};

/// Photographs every page in three widths, in light and in dark, and as it is printed, into `target/screenshots`:
/// `VARSEL_SCREENSHOTS=nb cargo test --test browser tour`. With `VARSEL_SCREENSHOTS_OF=dashboard` only the pages whose
/// name holds that word. Not asked for, it does nothing.
#[actix_web::test]
async fn a_tour_of_every_page_when_it_is_asked_for() {
    let Ok(lang) = std::env::var("VARSEL_SCREENSHOTS") else { return };
    let wanted = std::env::var("VARSEL_SCREENSHOTS_OF").unwrap_or_default();
    let (app, browser) = (App::start(), Browser::start().await);
    let reference = move_in(&app, &browser).await;
    fill_up(&browser, &reference).await;
    speak(&browser, &lang).await;
    let mut all: Vec<(String, String)> = pages(&browser, &reference)
        .await
        .into_iter()
        .map(|(route, path)| (route.trim_matches('/').replace('/', "-").replace(['{', '}'], ""), path))
        .collect();
    all.push(("incident-edit".to_owned(), format!("/incidents/{reference}?edit=personal_data")));
    all.push(("incidents-found".to_owned(), "/incidents?q=tale".to_owned()));
    for (name, path) in all.iter().filter(|(name, _)| name.contains(&wanted)) {
        let name = if name.is_empty() { "home" } else { name };
        browser.client.goto(&format!("{}{path}", app.url)).await.unwrap();
        shoot(&browser, &lang, name).await;
    }
    demonstrate(&lang, &wanted).await;
}

/// The dashboard and the list of a demonstration, which have two years behind them.
async fn demonstrate(lang: &str, wanted: &str) {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_varsel"))
        .arg("--data-dir")
        .arg(folder.path())
        .arg("demo")
        .env_remove("VARSEL_DATABASE_URL")
        .output()
        .unwrap();
    let told = String::from_utf8(made.stdout).unwrap();
    let line = told.lines().find(|line| line.starts_with("marte@")).unwrap_or_else(|| panic!("{told}"));
    let mut words = line.split_whitespace();
    let (email, password) = (words.next().unwrap(), words.next().unwrap());
    // A port that was free a moment ago.
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{address}");
    let mut serving = Command::new(env!("CARGO_BIN_EXE_varsel"));
    serving.arg("--data-dir").arg(folder.path()).args(["--listen", &address.to_string()]);
    let _serving = Serving(serving.env_remove("VARSEL_DATABASE_URL").stdout(Stdio::null()).spawn().unwrap());
    while reqwest::get(format!("{url}/healthz")).await.is_err() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let browser = Browser::start().await;
    browser.client.goto(&format!("{url}/sign-in")).await.unwrap();
    send(&browser, "POST", "/session", &json!({ "email": email, "password": password })).await;
    speak(&browser, lang).await;
    for (name, path) in [
        ("demo-dashboard", "/dashboard"),
        ("demo-dashboard-list", "/dashboard/list?of=unsettled"),
        ("demo-incidents", "/incidents"),
    ] {
        if name.contains(wanted) {
            browser.client.goto(&format!("{url}{path}")).await.unwrap();
            shoot(&browser, lang, name).await;
        }
    }
}

/// A program that ends with the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn speak(browser: &Browser, lang: &str) {
    let speak = format!(
        "return fetch('/language', {{ method: 'POST', body: new URLSearchParams({{ lang: '{lang}', next: '/' }}) }}).then(() => 1)"
    );
    browser.script(&speak).await;
}

async fn shoot(browser: &Browser, lang: &str, name: &str) {
    let folder = target().join("screenshots").join(lang);
    std::fs::create_dir_all(&folder).unwrap();
    for scheme in ["light", "dark"] {
        colours(browser, scheme).await;
        for width in [1280, 768, 360] {
            browser.screen(width, json!(900)).await;
            browser.screen(width, browser.script("return document.documentElement.scrollHeight").await).await;
            let shot = browser.client.screenshot().await.unwrap();
            std::fs::write(folder.join(format!("{name}-{width}-{scheme}.png")), shot).unwrap();
        }
    }
    let paper = browser.client.print(fantoccini::wd::PrintConfiguration::default()).await.unwrap();
    std::fs::write(folder.join(format!("{name}.pdf")), paper).unwrap();
}

/// The picture of the README: the page of an incident some minutes old, into `target/screenshots/incident.png`.
#[actix_web::test]
async fn the_picture_of_the_readme_when_it_is_asked_for() {
    if std::env::var("VARSEL_SCREENSHOTS").is_err() {
        return;
    }
    let (app, browser) = (App::start(), Browser::start().await);
    super::come_in_by_the_link(&app, &browser).await;
    let case = send(&browser, "POST", "/incidents", &this_morning()).await;
    let reference = case["reference"].as_str().unwrap();
    browser.client.goto(&format!("{}/incidents/{reference}", app.url)).await.unwrap();
    browser.screen(1280, json!(900)).await;
    std::fs::create_dir_all(target().join("screenshots")).unwrap();
    std::fs::write(target().join("screenshots/incident.png"), browser.client.screenshot().await.unwrap()).unwrap();
}
