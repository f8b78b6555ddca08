//! Ways in and out: other sites' requests, other files, other machines, other methods, other hosts, kept copies.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use serde_json::{Value, json};
use varsel::outbox::transport::OutsideOptions;
use varsel::routes;

use crate::Tally;
use crate::app::{EMAIL, PASSWORD, TestApp};
use crate::http::{Answer, HttpReceiver};

/// Where other systems call without a session: the secret in the address is what lets them in.
const CALLED: &str = "/api/v1/callbacks/";

/// An address with something in every place of a name.
fn filled(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "2026-0001" } else { part }).collect::<Vec<_>>().join("/")
}

/// Sends bytes as they are, and answers what came back until the line was closed or a few seconds had passed.
pub async fn raw(app: &TestApp, bytes: &[u8]) -> String {
    let (address, bytes) = (app.url.trim_start_matches("http://").to_owned(), bytes.to_vec());
    let talk = move || {
        let mut line = TcpStream::connect(address).unwrap();
        line.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        // Whoever is cut off while still sending has been refused.
        let _ = line.write_all(&bytes);
        let mut answer = Vec::new();
        let _ = line.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    };
    actix_web::rt::task::spawn_blocking(talk).await.unwrap()
}

pub async fn cross_site_requests() -> Tally {
    let mut tally = Tally::of("cross-site requests");
    let app = TestApp::start().await;
    let (_, before) = app.post("/incidents", &json!({ "title": "En sak" })).await;
    let near = format!("{}.evil.example", app.url);
    let ways: [&[(&str, &str)]; 8] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", near.as_str())],
        &[("origin", "http://127.0.0.1:1")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("content-type", "application/x-www-form-urlencoded")],
        &[("content-type", "text/plain")],
    ];
    for entry in routes::all().into_iter().filter(|entry| entry.method != "GET" && !entry.path.starts_with(CALLED)) {
        for way in ways {
            let method: Method = entry.method.as_str().parse().unwrap();
            let mut request = app.client.request(method, format!("{}{}", app.url, filled(entry.path))).body("{}");
            for (name, value) in way {
                request = request.header(*name, *value);
            }
            let status = request.send().await.unwrap().status().as_u16();
            tally.tried(format!("{} {} {way:?}: {status}", entry.method, entry.path), matches!(status, 403 | 415));
        }
    }
    let (_, after) = app.get("/incidents/2026-0001").await;
    tally.tried("something was changed", after["version"] == before["version"]);
    let preflight = app.client.request(Method::OPTIONS, format!("{}/api/v1/incidents", app.url));
    let answer = preflight.header("origin", "https://evil.example").header("access-control-request-method", "POST");
    let answer = answer.send().await.unwrap();
    tally.tried("another site is told it may", !answer.headers().contains_key("access-control-allow-origin"));
    tally
}

pub async fn path_traversal() -> Tally {
    let mut tally = Tally::of("path traversal");
    let app = TestApp::start().await;
    let spellings = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "....//", "%252e%252e%252f", "..;/"];
    for start in ["/static/", "/incidents/"] {
        for up in spellings {
            let path = format!("{start}{}etc/passwd", up.repeat(8));
            let answer =
                raw(&app, format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes()).await;
            let refused = !answer.contains("root:") && !answer.starts_with("HTTP/1.1 200");
            tally.tried(format!("{path}: {}", answer.lines().next().unwrap_or_default()), refused);
        }
    }
    for path in [
        "/secret.key",
        "/data/secret.key",
        "/static/secret.key",
        "/varsel.sqlite",
        "/static/%00",
        "/static/varsel.css%00.png",
        "/.git/config",
        "//etc/passwd",
    ] {
        let answer = raw(&app, format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes()).await;
        tally.tried(path, answer.starts_with("HTTP/1.1 4"));
    }
    tally
}

/// Every name means this address.
struct Means(&'static str);

impl Resolve for Means {
    fn resolve(&self, _: Name) -> Resolving {
        let found = vec![SocketAddr::new(self.0.parse().unwrap(), 0)];
        Box::pin(async move { Ok(Box::new(found.into_iter()) as Addrs) })
    }
}

/// Makes a webhook and tries it; whether it was refused at one of the two.
async fn is_refused(app: &TestApp, url: &str) -> bool {
    let wish =
        json!({ "kind": "webhook", "name": url.chars().take(60).collect::<String>(), "url": url, "circle": "team" });
    let (status, made) = app.post("/channels", &wish).await;
    if status != 201 {
        return status == 422;
    }
    let (_, tried) = app.post(&format!("/channels/{}/test", made["id"].as_str().unwrap()), &json!({})).await;
    let outcome = tried["outcome"].as_str().unwrap_or("refused");
    outcome != "delivered"
}

pub async fn requests_to_the_inside() -> Tally {
    let mut tally = Tally::of("requests to the inside");
    let inside = HttpReceiver::start();
    let app = TestApp::start().await;
    let port = inside.port;
    let hosts = [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "0.0.0.0",
        "[::]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "[fe80::1]",
        "[fd00::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "224.0.0.1",
        "255.255.255.255",
    ];
    for host in hosts {
        let url = format!("https://{host}:{port}/latest/meta-data/");
        tally.tried(&*url, is_refused(&app, &url).await);
    }
    for url in
        ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "http://user:pass@127.0.0.1/", "javascript:1"]
    {
        tally.tried(url, is_refused(&app, url).await);
    }
    for address in ["127.0.0.1", "169.254.169.254", "10.1.2.3", "::1", "::ffff:127.0.0.1", "fd00::1"] {
        let names: Arc<dyn Resolve> = Arc::new(Means(address));
        let app = TestApp::with_outside(OutsideOptions { names: Some(names), ..OutsideOptions::default() }).await;
        let url = format!("https://hooks.example:{port}/");
        tally.tried(format!("a name that means {address}"), is_refused(&app, &url).await);
    }
    // The operator opened one address; what stands there points on to another.
    let (open, closed) = (HttpReceiver::start(), HttpReceiver::start());
    let outside = OutsideOptions { allowed_networks: Some("127.0.0.1/32".into()), ..OutsideOptions::default() };
    let app = TestApp::with_outside(outside).await;
    for status in [301, 302, 303, 307, 308] {
        let on = format!("location: http://127.0.0.2:{}/", closed.port);
        open.answer(Answer::Status(status, vec![on], Vec::new()));
        let url = open.url(&format!("/{status}"));
        tally.tried(format!("a redirect with {status}"), is_refused(&app, &url).await && closed.connections() == 0);
    }
    tally.tried("something inside was asked", inside.connections() == 0);
    tally
}

pub async fn open_redirect() -> Tally {
    let mut tally = Tally::of("open redirect");
    let app = TestApp::start().await;
    let elsewhere = [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "http:evil.example",
        "///evil.example",
        "/%09/evil.example/../..",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
        "/\n/evil.example",
    ];
    for next in elsewhere {
        for (place, form) in [
            ("/language", [("lang", "nb"), ("x", "x"), ("next", next)]),
            ("/sign-in", [("email", EMAIL), ("password", PASSWORD), ("next", next)]),
        ] {
            let answer = app.page(Method::POST, place).form(&form).send().await.unwrap();
            let Some(led) = answer.headers().get("location").and_then(|led| led.to_str().ok()) else {
                tally.tried(format!("{place} {next:?}: {}", answer.status()), true);
                continue;
            };
            // As a browser would take it.
            let whole = reqwest::Url::parse(&app.url).unwrap().join(led).unwrap();
            tally.tried(format!("{place} {next:?} leads to {whole}"), whole.as_str().starts_with(&app.url));
        }
    }
    tally
}

pub async fn method_override() -> Tally {
    let mut tally = Tally::of("method override");
    let app = TestApp::start().await;
    app.post("/incidents", &json!({ "title": "En sak" })).await;
    for name in ["x-http-method-override", "x-http-method", "x-method-override", "_method"] {
        for method in ["DELETE", "PATCH", "PUT"] {
            let get = app
                .api(Method::GET, &format!("/incidents/2026-0001?{name}={method}"))
                .header("x-http-method-override", method);
            tally.tried(format!("GET as {method} by {name}"), get.send().await.unwrap().status() == 200);
        }
    }
    for method in ["TRACE", "CONNECT", "PROPFIND", "DEBUG"] {
        let answer =
            raw(&app, format!("{method} /sign-in HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes()).await;
        tally.tried(
            format!("{method}: {}", answer.lines().next().unwrap_or_default()),
            answer.starts_with("HTTP/1.1 4"),
        );
    }
    let (_, case): (u16, Value) = app.get("/incidents/2026-0001").await;
    tally.tried("something was changed", (&case["version"], &case["status"]) == (&json!(1), &json!("open")));
    tally
}

/// Every page and every answer with contents says that nobody may keep it, and what browsers must not do with it.
pub async fn kept_copies() -> Tally {
    let mut tally = Tally::of("kept copies");
    let app = TestApp::start().await;
    app.post("/incidents", &json!({ "title": "En sak" })).await;
    for entry in routes::all().into_iter().filter(|entry| entry.method == "GET" && !entry.path.starts_with("/static/"))
    {
        let path = filled(entry.path);
        let answer = app.page(Method::GET, &path).send().await.unwrap();
        let says = |name: &str, word: &str| {
            answer.headers().get(name).is_some_and(|value| value.to_str().unwrap().contains(word))
        };
        let policy =
            ["default-src 'self'", "default-src 'none'"].iter().any(|word| says("content-security-policy", word))
                && !says("content-security-policy", "unsafe");
        let frames = says("x-frame-options", "DENY") && says("cross-origin-opener-policy", "same-origin");
        let kinds = says("x-content-type-options", "nosniff") && says("cross-origin-resource-policy", "same-origin");
        tally.tried(format!("{path} may be kept"), says("cache-control", "no-store"));
        tally.tried(
            format!("{path} says too little"),
            policy && frames && kinds && says("permissions-policy", "camera=()"),
        );
    }
    tally
}

pub async fn foreign_hosts() -> Tally {
    let mut tally = Tally::of("foreign hosts");
    let app = TestApp::configured(|config| config.public_url = Some("https://varsel.example".into())).await;
    for host in ["evil.example", "varsel.example.evil.example", "varsel.example:1", "evil.example:443"] {
        let answer = app.page(Method::GET, "/sign-in").header("host", host).send().await.unwrap();
        tally.tried(host, answer.status() == 421);
    }
    let answer = app.page(Method::GET, "/sign-in").header("x-forwarded-host", "evil.example").send().await.unwrap();
    tally.tried("a stranger's header counts", !answer.text().await.unwrap().contains("evil.example"));
    tally
}
