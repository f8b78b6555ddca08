//! A real browser: Chromium without a window, led by chromedriver, and the program itself beside it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// A process that ends with the test.
struct Held(Child);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a process and answers the first of its lines that fits.
fn start(
    command: &mut Command,
    fits: impl Fn(&str) -> Option<String>,
) -> Result<(Held, String, BufReader<ChildStdout>), String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|why| why.to_string())?;
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let held = Held(child);
    let mut line = String::new();
    while said.read_line(&mut line).map_err(|why| why.to_string())? > 0 {
        if let Some(found) = fits(&line) {
            return Ok((held, found, said));
        }
        line.clear();
    }
    Err("it ended without a word".to_owned())
}

/// The program on a free port with an empty data folder.
pub struct App {
    /// Where it answers.
    pub url: String,
    /// The first administrator's link as it is printed.
    pub link: String,
    running: Option<(Held, BufReader<ChildStdout>)>,
    folder: tempfile::TempDir,
}

impl App {
    pub fn start() -> App {
        Self::with(&[])
    }

    /// The same with something set in the environment.
    pub fn with(set: &[(&str, &str)]) -> App {
        let folder = tempfile::tempdir().unwrap();
        let (held, link, said) = serve(folder.path(), "127.0.0.1:0", set);
        let url = link.split("/setup/").next().unwrap().to_owned();
        App { url, link, running: Some((held, said)), folder }
    }

    /// Stops the program as a power cut does.
    pub fn stop(&mut self) {
        self.running = None;
    }

    /// Starts it again where it was, with what it had.
    pub fn start_again(&mut self) {
        let (held, _, said) = serve(self.folder.path(), self.url.trim_start_matches("http://"), &[]);
        self.running = Some((held, said));
    }
}

/// Starts the program, and answers the first address that it prints.
fn serve(folder: &Path, listen: &str, set: &[(&str, &str)]) -> (Held, String, BufReader<ChildStdout>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
    command
        .env("VARSEL_DATA_DIR", folder)
        .env("VARSEL_LISTEN", listen)
        .env_remove("VARSEL_PUBLIC_URL")
        .envs(set.iter().copied());
    let link = |line: &str| line.find("http://").map(|at| line[at..].trim().to_owned());
    start(&mut command, link).unwrap()
}

/// A browser with an empty profile. Nothing it complains of goes unseen: see [`Browser::end`].
pub struct Browser {
    pub client: Client,
    driver: String,
    session: String,
    http: reqwest::Client,
    _held: Held,
    _said: BufReader<ChildStdout>,
    _profile: tempfile::TempDir,
}

const MISSING: &str = "chromedriver is missing: run tests/all, or apt-get install chromium chromium-driver";

impl Browser {
    pub async fn start() -> Browser {
        varsel::seal::choose_cryptography();
        let port = |line: &str| {
            Some(line.split_once("started successfully on port ")?.1.trim().trim_end_matches('.').to_owned())
        };
        let (held, port, said) = start(Command::new("chromedriver").arg("--port=0").env("LANGUAGE", "nb"), port)
            .unwrap_or_else(|why| panic!("{MISSING} ({why})"));
        let driver = format!("http://127.0.0.1:{port}");
        let profile = tempfile::tempdir().unwrap();
        let data = format!("--user-data-dir={}", profile.path().display());
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--lang=nb",
            "--window-size=1280,900",
            &data,
        ];
        let wishes = json!({
            "goog:chromeOptions": { "args": flags, "prefs": { "intl.accept_languages": "nb,en" } },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wishes.as_object().unwrap().clone());
        let client = builder
            .connect(&driver)
            .await
            .unwrap_or_else(|why| panic!("Chromium does not start, is it installed? {MISSING} ({why})"));
        let session = client.session_id().await.unwrap().unwrap();
        Browser { client, driver, session, http: reqwest::Client::new(), _held: held, _said: said, _profile: profile }
    }

    /// What the browser is told beside the standard.
    pub async fn devtools(&self, command: &str, params: Value) -> Value {
        self.ask("goog/cdp/execute", json!({ "cmd": command, "params": params })).await
    }

    /// Asks the driver for what it can do beside leading pages.
    pub async fn ask(&self, what: &str, body: Value) -> Value {
        let url = format!("{}/session/{}/{what}", self.driver, self.session);
        let answer: Value = self.http.post(url).json(&body).send().await.unwrap().json().await.unwrap();
        answer["value"].clone()
    }

    /// The first element that fits, waited for.
    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(Duration::from_secs(10)).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(why) => panic!("{css} is not on {}: {why}\n{}", self.path().await, self.text("body").await),
        }
    }

    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        if let Err(why) = element.click().await {
            panic!("{css} cannot be clicked on {}: {why}", self.path().await);
        }
    }

    /// Does something that brings a new page or a new main part, and waits until it is there.
    pub async fn turn(&self, css: &str) {
        self.script("document.querySelector('main').dataset.turned = 'no'").await;
        self.click(css).await;
        self.find("main:not([data-turned])").await;
    }

    pub async fn text(&self, css: &str) -> String {
        self.client.find(Locator::Css(css)).await.unwrap().text().await.unwrap()
    }

    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    pub async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Photographs the whole page as wide as a laptop and as a phone, and sees to it that nothing sticks out sideways.
    pub async fn photograph(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        for width in [1280, 390] {
            self.screen(width, json!(900)).await;
            if width == 1280 {
                std::fs::write(folder.join(format!("{name}-top.png")), self.client.screenshot().await.unwrap())
                    .unwrap();
            }
            self.screen(width, self.script("return document.documentElement.scrollHeight").await).await;
            let wide = self.script("return document.documentElement.scrollWidth").await;
            std::fs::write(folder.join(format!("{name}-{width}.png")), self.client.screenshot().await.unwrap())
                .unwrap();
            assert!(wide.as_i64().unwrap() <= width, "{name} is {wide} px wide on a screen of {width}");
        }
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await;
        self.check_form(name).await;
    }

    /// Shows the page on a screen of this width and height.
    pub async fn screen(&self, width: i64, height: Value) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 800 });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// What every page must have: a language, a title, one heading, no field without a label, no picture without words.
    async fn check_form(&self, name: &str) {
        assert_eq!(self.form_faults().await, json!([]), "{name}");
    }

    /// What a page lacks of what [`Self::check_form`] asks for.
    pub async fn form_faults(&self) -> Value {
        self
            .script(
                "const faults = [];
                 if (!document.documentElement.lang) faults.push('no language');
                 if (!document.title) faults.push('no title');
                 if (document.querySelectorAll('h1').length !== 1) faults.push('not one heading');
                 if (document.querySelectorAll('main').length !== 1) faults.push('not one main part');
                 for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
                     if (!field.labels.length && !field.getAttribute('aria-label')) faults.push('no label: ' + field.name);
                 for (const button of document.querySelectorAll('button, a[href]'))
                     if (!button.textContent.trim() && !button.getAttribute('aria-label')) faults.push('no words: ' + button.outerHTML);
                 for (const image of document.querySelectorAll('img:not([alt])')) faults.push('no words: ' + image.src);
                 const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
                 for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) faults.push('twice: #' + id);
                 const raw = document.body.innerText.match(/\\b(page|action|fact|choice|duty|state|reason|error|severity|risk|deadline)-[a-z_0-9-]{3,}/g);
                 if (raw) faults.push('a key instead of words: ' + raw);
                 return faults;",
            )
            .await
    }

    /// Ends the session; whatever the browser complained of (scripts, policies, missing files) is a failure.
    pub async fn end(self) {
        self.end_but(&[]).await;
    }

    /// The same, but for what it complains of at these addresses.
    pub async fn end_but(self, addresses: &[&str]) {
        let complaints = self.ask("se/log", json!({ "type": "browser" })).await;
        self.client.clone().close().await.unwrap();
        let grave: Vec<&Value> = complaints
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["level"] != "INFO" && entry["level"] != "DEBUG")
            .filter(|entry| !addresses.iter().any(|at| entry["message"].as_str().is_some_and(|text| text.contains(at))))
            .collect();
        assert!(grave.is_empty(), "the browser complains: {grave:#?}");
    }
}
