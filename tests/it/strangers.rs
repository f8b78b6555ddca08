//! Whoever is not signed in gets nothing, on every address there is.

use reqwest::Method;
use varsel::routes::{self, Who};

use crate::app::{TestApp, new_client, told};

/// Every address that answers anybody. Adding one is a decision, so it is written twice.
const OPEN: [(&str, &str); 20] = [
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/.well-known/security.txt"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/setup/{token}"),
    ("POST", "/setup/{token}"),
    ("POST", "/api/v1/session"),
    ("POST", "/api/v1/session/passkey/options"),
    ("POST", "/api/v1/session/passkey"),
    ("GET", "/sign-in/code"),
    ("POST", "/sign-in/code"),
    ("GET", "/forgot"),
    ("POST", "/forgot"),
    ("GET", "/session/renew"),
    ("GET", "/sign-in/openid"),
    ("GET", "/sign-in/openid/back"),
    ("GET", "/sign-in/openid/out"),
    // A gateway reports here; the address holds a secret of the incident's own.
    ("POST", "/api/v1/callbacks/affected/{key}/{token}"),
    // A calendar fetches here; the address is a secret of one person's.
    ("GET", "/calendar/{token}.ics"),
];

#[actix_web::test]
async fn a_stranger_gets_nothing_on_every_route() {
    let app = TestApp::start().await;
    let stranger = new_client();
    for entry in routes::all() {
        let open = OPEN.contains(&(entry.method.as_str(), entry.path)) || entry.path.starts_with("/static/");
        assert_eq!(open, entry.who == Who::Anybody, "{} {}", entry.method, entry.path);
        if open {
            continue;
        }
        let path = entry.path.replace("{token}", "0").replace("{key}", "2026-0001").replace("{duty}", "nkom-cia");
        let method: Method = entry.method.as_str().parse().unwrap();
        let request = stranger.request(method.clone(), format!("{}{path}", app.url)).header("origin", &app.url);
        let request =
            if method == Method::GET { request } else { request.header("content-type", "application/json").body("{}") };
        let answer = request.send().await.unwrap();
        if path.starts_with("/api/") {
            assert_eq!(answer.headers()["content-type"], "application/problem+json");
            let (status, problem) = told(answer).await;
            assert_eq!(
                (status, problem["type"].as_str()),
                (401, Some("urn:varsel:problem:not-signed-in")),
                "{method} {path}"
            );
        } else {
            assert_eq!(answer.status(), 303, "{method} {path}");
            assert!(answer.headers()["location"].to_str().unwrap().starts_with("/sign-in"), "{method} {path}");
        }
    }
}

#[actix_web::test]
async fn a_change_from_another_site_is_refused() {
    let app = TestApp::start().await;
    for (name, value) in
        [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("origin", "null"), ("x", "y")]
    {
        let request = app.client.post(format!("{}/sign-out", app.url)).header(name, value);
        assert_eq!(request.send().await.unwrap().status(), 403, "{name}: {value}");
    }
    let form = app.client.delete(format!("{}/api/v1/session", app.url)).header("content-type", "text/plain");
    assert_eq!(form.send().await.unwrap().status(), 415, "a form of another site cannot send application/json");
    assert_eq!(app.get("/incidents").await.0, 200, "the session it would have ended goes on");
    assert_eq!(app.page(Method::POST, "/sign-out").send().await.unwrap().status(), 303);
}

#[actix_web::test]
async fn every_answer_forbids_what_browsers_should_not_do() {
    let app = TestApp::empty().await;
    for path in ["/sign-in", "/nowhere", "/api/v1/nowhere", "/healthz"] {
        let answer = app.page(Method::GET, path).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'self'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers()["x-frame-options"], "DENY", "{path}");
        assert_eq!(answer.headers()["referrer-policy"], "same-origin", "{path}");
        assert!(!answer.text().await.unwrap().contains("style="), "{path}");
    }
}

#[actix_web::test]
async fn whoever_finds_a_weakness_reads_where_to_report_it() {
    let silent = TestApp::empty().await;
    let path = "/.well-known/security.txt";
    assert_eq!(new_client().get(format!("{}{path}", silent.url)).send().await.unwrap().status(), 404);
    let app =
        TestApp::configured(|config| config.security_contact = Some("mailto:sikkerhet@smbmobil.example".into())).await;
    let answer = new_client().get(format!("{}{path}", app.url)).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap()),
        (200, "text/plain; charset=utf-8")
    );
    let text = answer.text().await.unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "Contact: mailto:sikkerhet@smbmobil.example",
            "Expires: 2027-01-21T00:00:00Z",
            "Preferred-Languages: nb, nn, en"
        ]
    );
}
