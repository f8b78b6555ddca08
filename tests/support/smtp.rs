//! A real mail server for tests: aiosmtpd on free ports, which keeps every mail and misbehaves on command.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};

/// A mail as the server got it.
#[derive(Clone, Debug)]
pub struct Received {
    /// Which of the server's connections it came by, from 1.
    pub connection: u64,
    /// The name that the other side gave itself.
    pub hello: String,
    pub encrypted: bool,
    /// As whom the other side had signed in.
    pub login: Option<String>,
    pub from: String,
    pub to: Vec<String>,
    pub raw: Vec<u8>,
}

impl Received {
    /// The head and the body as they came over the wire.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }
}

/// The server; it ends when this is dropped, and when the test's process ends in any other way.
pub struct SmtpServer {
    /// The port without encryption.
    pub plain: u16,
    /// The port with STARTTLS; 0 without a certificate.
    pub starttls: u16,
    /// The port with TLS from the first byte; 0 without a certificate.
    pub wrapped: u16,
    folder: tempfile::TempDir,
    child: Child,
    orders: ChildStdin,
    said: BufReader<ChildStdout>,
}

impl SmtpServer {
    /// A server without encryption.
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// A server that can encrypt, with a certificate and its key in PEM.
    pub fn start_with(identity: Option<(&str, &str)>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("/usr/bin/python3");
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/smtp_server.py")).arg(folder.path());
        if let Some((certificate, key)) = identity {
            for (name, pem) in [("certificate.pem", certificate), ("key.pem", key)] {
                std::fs::write(folder.path().join(name), pem).unwrap();
                command.arg(folder.path().join(name));
            }
        }
        let missing = "the mail server does not start; on Debian run: apt-get install python3-aiosmtpd";
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .env("PYTHONWARNINGS", "ignore")
            .spawn()
            .expect(missing);
        let orders = child.stdin.take().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let ports: Value = serde_json::from_str(&line).expect(missing);
        let port = |name: &str| u16::try_from(ports[name].as_u64().unwrap_or(0)).unwrap();
        Self { plain: port("plain"), starttls: port("starttls"), wrapped: port("wrapped"), folder, child, orders, said }
    }

    /// The address of the port without encryption.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.plain)
    }

    /// Replaces the whole behaviour; `smtp_server.py` says what there is. `{}` is good behaviour.
    pub fn behave(&mut self, behaviour: &Value) {
        writeln!(self.orders, "{behaviour}").unwrap();
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        assert_eq!(line.trim(), "ok", "the mail server does not obey");
    }

    /// Ends all misbehaviour.
    pub fn behave_well(&mut self) {
        self.behave(&json!({}));
    }

    /// Every mail so far, the first one first.
    pub fn received(&self) -> Vec<Received> {
        let kept = std::fs::read_to_string(self.folder.path().join("mails.jsonl")).unwrap_or_default();
        // A line that is still being written has no end yet.
        kept.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(received).collect()
    }

    /// Waits until so many mails are there, and answers them all.
    pub fn wait_for(&self, count: usize) -> Vec<Received> {
        for _ in 0..500 {
            let received = self.received();
            if received.len() >= count {
                return received;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{} mails of {count} came within ten seconds", self.received().len());
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn received(line: &str) -> Received {
    let mail: Value = serde_json::from_str(line).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Received {
        connection: mail["connection"].as_u64().unwrap(),
        hello: text(&mail["hello"]),
        encrypted: mail["encrypted"].as_bool().unwrap(),
        login: mail["login"].as_str().map(str::to_owned),
        from: text(&mail["from"]),
        to: mail["to"].as_array().unwrap().iter().map(text).collect(),
        raw: BASE64_STANDARD.decode(text(&mail["raw"])).unwrap(),
    }
}
