//! Too much, too slow, too often.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use varsel::config::Patience;

use crate::Tally;
use crate::app::{EMAIL, TestApp, new_client};
use crate::doors::raw;

const LIMIT: usize = varsel::app::BODY_LIMIT;

pub async fn oversized() -> Tally {
    let mut tally = Tally::of("oversized");
    let app = TestApp::start().await;
    let big = "x".repeat(LIMIT + 1);
    for path in ["/incidents", "/people", "/tokens", "/intake/alert", "/intake/alertmanager", "/session"] {
        let answer = app.api(Method::POST, path).body(json!({ "title": big }).to_string()).send().await.unwrap();
        tally.tried(format!("{path}: {}", answer.status()), answer.status() == 413);
    }
    let form = app.page(Method::POST, "/sign-in").form(&[("email", big.as_str())]).send().await.unwrap();
    tally.tried("a form", form.status() == 413);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packer, &vec![b' '; 20 * LIMIT]).unwrap();
    let bomb = app.api(Method::POST, "/incidents").header("content-encoding", "gzip").body(packer.finish().unwrap());
    tally.tried("a small body that grows", bomb.send().await.unwrap().status().is_client_error());
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    for path in ["/incidents", "/people", "/session", "/intake/alertmanager"] {
        let answer = app.api(Method::POST, path).body(deep.clone()).send().await.unwrap();
        tally.tried(format!("nested deeply, {path}: {}", answer.status()), answer.status() == 400);
    }
    let head = format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "x".repeat(400_000));
    let line = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "x".repeat(400_000));
    for (what, bytes) in [("a long header", head), ("a long address", line)] {
        let answer = raw(&app, bytes.as_bytes()).await;
        tally.tried(
            format!("{what}: {}", answer.lines().next().unwrap_or_default()),
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
        );
    }
    tally.tried("nothing works after it", app.get("/incidents").await.0 == 200);
    tally
}

/// Whoever drips is cut off: `raw` comes back when the line is closed, and gives up only after ten seconds.
pub async fn slow() -> Tally {
    let mut tally = Tally::of("slow");
    let patience = Patience { head: Duration::from_millis(500), body: Duration::from_millis(500) };
    let app = TestApp::configured(|config| config.patience = patience).await;
    let json = "content-type: application/json\r\ncontent-length: 1000";
    let form =
        format!("origin: {}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 1000", app.url);
    let host = "host: 127.0.0.1\r\n";
    let same = format!("host: {}\r\n", app.url.trim_start_matches("http://"));
    let (_, made) = app.post("/tokens", &json!({ "name": "t", "scopes": ["report"] })).await;
    let token = made["token"].as_str().unwrap();
    for (what, bytes) in [
        ("a head that never ends", format!("GET /sign-in HTTP/1.1\r\n{host}x: 1")),
        ("a body that never ends", format!("POST /api/v1/session HTTP/1.1\r\n{host}{json}\r\n\r\n{{")),
        ("a form that never ends", format!("POST /sign-in HTTP/1.1\r\n{same}{form}\r\n\r\nemail=")),
        (
            "a report that never ends",
            format!("POST /api/v1/intake/alert HTTP/1.1\r\n{host}authorization: Bearer {token}\r\n{json}\r\n\r\n{{"),
        ),
    ] {
        let began = std::time::Instant::now();
        let answer = raw(&app, bytes.as_bytes()).await;
        let first = answer.lines().next().unwrap_or_default();
        let refused = began.elapsed() < Duration::from_secs(9) && (answer.is_empty() || first.contains(" 408 "));
        tally.tried(format!("{what}: {first} after {:?}", began.elapsed()), refused);
    }
    tally
}

pub async fn guessing() -> Tally {
    let mut tally = Tally::of("guessing");
    let app = TestApp::start().await;
    let sign_in = async |email: String, password: String| {
        let body = json!({ "email": email, "password": password }).to_string();
        let answer = app.api(Method::POST, "/session").body(body).send().await.unwrap();
        (answer.status().as_u16(), answer.headers().contains_key("retry-after"))
    };
    for n in 0..12 {
        let answer = sign_in(EMAIL.into(), format!("gjett {n}")).await;
        tally.tried(format!("password {n}: {answer:?}"), answer == if n < 5 { (422, false) } else { (429, true) });
    }
    let (unknown, known) = (sign_in("ingen@y.example".into(), "x".into()).await, (422, false));
    tally.tried("who has an account is told", unknown == known);
    let client = new_client();
    for n in 0..25 {
        let guess = format!("varsel_{n:064}");
        let answer = client.get(format!("{}/api/v1/tokens", app.url)).bearer_auth(guess).send().await.unwrap();
        let expected = if n < 20 { 401 } else { 429 };
        tally.tried(format!("token {n}: {}", answer.status()), answer.status() == expected);
    }
    let (_, invited) =
        app.post("/people", &json!({ "name": "Ola", "email": "ola@y.example", "roles": ["reporter"] })).await;
    let link = invited["link"].as_str().unwrap();
    let (start, secret) = link.split_at(link.len() - 64);
    for n in 0..25 {
        let at = n * 2;
        let turned = if &secret[at..=at] == "0" { "1" } else { "0" };
        let near = format!("{start}{}{turned}{}", &secret[..at], &secret[at + 1..]);
        let status = client.get(near).send().await.unwrap().status().as_u16();
        tally.tried(format!("link {n}: {status}"), matches!(status, 404 | 429));
    }
    tally
}
