//! The program as a process: started, spoken to, killed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Where the data lie.
pub struct Place {
    pub data: PathBuf,
    pub url: String,
}

/// A running program.
pub struct Instance {
    child: Child,
    /// Scheme, host and port.
    pub url: String,
    /// The secret of the first link, while there is no administrator.
    link: Option<String>,
}

/// The same key for every instance, as several on one database must have.
const SECRET_KEY: &str = "dG9ydHVyZS10b3J0dXJlLXRvcnR1cmUtdG9ydHVyZS0=";

impl Instance {
    /// Starts one and waits until it says where it listens.
    pub fn start(place: &Place, smtp: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_varsel"))
            .args(["--listen", "127.0.0.1:0"])
            .env("VARSEL_DATA_DIR", &place.data)
            .env("VARSEL_DATABASE_URL", &place.url)
            .env("VARSEL_SECRET_KEY", SECRET_KEY)
            .env("VARSEL_SMTP_URL", smtp)
            .env("VARSEL_MAIL_FROM", "varsel@smbmobil.example")
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let address = said.split("http://").nth(1).unwrap_or_else(|| panic!("it said «{said}»")).trim().to_owned();
        let (host, path) = address.split_once('/').unwrap_or((&address, ""));
        let link = path.strip_prefix("setup/").map(str::to_owned);
        Self { child, url: host.to_owned(), link }
    }

    /// Makes the first administrator; answers the cookie of the session.
    pub fn make_administrator(&self) -> String {
        let words = "en+hest+spiser+gress+om+kvelden";
        let body = format!("email=kari%40smbmobil.example&name=Kari&password={words}&again={words}");
        let path = format!("/setup/{}", self.link.as_deref().expect("somebody was here before"));
        let head = [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", &format!("http://{}", self.url))];
        let (_, answer) = ask(&self.url, "POST", &path, &head, &body).expect("the first administrator is made");
        let cookie = answer
            .lines()
            .find_map(|line| line.to_lowercase().starts_with("set-cookie:").then(|| line[11..].trim().to_owned()));
        cookie.unwrap_or_else(|| panic!("no cookie in {answer}")).split(';').next().unwrap().to_owned()
    }

    /// The most memory it has had so far, in megabytes.
    pub fn peak(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
        line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1024
    }

    /// Ends it as a power cut does.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Logs an incident under a key; answers its reference once it is acknowledged.
pub fn log(url: &str, cookie: &str, key: &str) -> Option<String> {
    let body = format!(
        r#"{{"title":"{key}","timeline":{{"known_at":"2026-10-23T11:55:00Z","breach_aware_at":"2026-10-23T11:55:00Z"}},"personal_data":{{"breach":true,"roles":[{{"role":"controller"}}]}}}}"#
    );
    let head = [("Content-Type", "application/json"), ("Cookie", cookie), ("Idempotency-Key", key)];
    let (status, answer) = ask(url, "POST", "/api/v1/incidents", &head, &body)?;
    assert!(status == 201 || status >= 500, "{status}: {answer}");
    let body = answer.split_once("\r\n\r\n")?.1;
    let told: serde_json::Value = serde_json::from_str(body).ok()?;
    (status == 201).then(|| told["reference"].as_str().unwrap().to_owned())
}

/// One request on a connection of its own; none when the other side went away in the middle.
pub fn ask(host: &str, method: &str, path: &str, head: &[(&str, &str)], body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(host).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let head: String = head.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n{head}\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1)?.parse().ok()?;
    let length: usize = answer
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length:").map(|n| n.trim().to_owned()))?
        .parse()
        .ok()?;
    // An answer that was cut off acknowledges nothing.
    (answer.split_once("\r\n\r\n")?.1.len() >= length).then_some((status, answer))
}
