//! Being somebody else: sessions that were planted, and what belongs to others.

use reqwest::{Client, Method};
use serde_json::{Value, json};
use varsel::account::Role;
use varsel::routes::{self, Who};

use crate::Tally;
use crate::app::{EMAIL, PASSWORD, TestApp, new_client, told};

const SECRET: &str = "Hemmelig tittel 4711";

pub async fn session_fixation() -> Tally {
    let mut tally = Tally::of("session fixation");
    let app = TestApp::start().await;
    let planted = "a".repeat(64);
    let victim = new_client();
    let status = async |cookie: &str| {
        let ask =
            new_client().get(format!("{}/api/v1/tokens", app.url)).header("cookie", format!("varsel_session={cookie}"));
        ask.send().await.unwrap().status().as_u16()
    };
    let mut given = Vec::new();
    for email in [EMAIL, " KARI@smbmobil.example "] {
        let body = json!({ "email": email, "password": PASSWORD }).to_string();
        let request = victim.post(format!("{}/api/v1/session", app.url)).header("content-type", "application/json");
        let answer = request.header("cookie", format!("varsel_session={planted}")).body(body).send().await.unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
        let value = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
        tally.tried("a planted session becomes theirs", value != planted && status(&planted).await == 401);
        let safe = ["HttpOnly", "SameSite=Strict", "Path=/"].iter().all(|word| cookie.contains(word));
        tally.tried("the cookie is open to scripts or other sites", safe && !cookie.contains("Domain"));
        given.push(value);
    }
    tally.tried("two sign-ins get the same session", given[0] != given[1]);
    let query = new_client().get(format!("{}/api/v1/tokens?varsel_session={}", app.url, given[1]));
    tally.tried("a session in the address counts", query.send().await.unwrap().status() == 401);
    let out = new_client().delete(format!("{}/api/v1/session", app.url)).header("content-type", "application/json");
    out.header("cookie", format!("varsel_session={}", given[1])).send().await.unwrap();
    tally.tried("a session goes on after signing out", status(&given[1]).await == 401);
    let https = TestApp::configured(|config| config.public_url = Some("https://varsel.example".into()));
    // Signing in there by our own address works; the cookie is for https alone.
    let answer = https.await;
    let body = json!({ "email": EMAIL, "password": PASSWORD });
    let signed = answer.api(Method::POST, "/session").body(body.to_string()).send().await.unwrap();
    let cookie = signed.headers()["set-cookie"].to_str().unwrap().to_owned();
    tally.tried("a subdomain can set the cookie", cookie.starts_with("__Host-") && cookie.contains("Secure"));
    tally
}

/// Ola, who may report and nothing else.
pub async fn ola(app: &TestApp) -> Client {
    let ola = json!({ "name": "Ola", "email": "ola@smbmobil.example", "roles": ["reporter"] });
    let (status, added) = app.post("/people", &ola).await;
    assert_eq!(status, 201, "{added}");
    let client = new_client();
    let form = [("password", "en ku hopper over månen sent"), ("again", "en ku hopper over månen sent")];
    let answer =
        client.post(added["link"].as_str().unwrap()).header("origin", &app.url).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    client
}

/// What stands in an address, of Kari's.
async fn hers(app: &TestApp) -> Vec<(&'static str, String)> {
    let facts = json!({ "title": SECRET, "timeline": { "known_at": "2026-10-23T11:00:00Z" }, "personal_data": { "breach": true } });
    let (_, case) = app.post("/incidents", &facts).await;
    let (_, kari) = app.get("/people").await;
    vec![
        ("{key}", case["reference"].as_str().unwrap().to_owned()),
        ("{duty}", "gdpr-33-authority".to_owned()),
        ("{seq}", "1".to_owned()),
        ("{id}", kari["items"][0]["id"].as_str().unwrap().to_owned()),
    ]
}

pub async fn other_peoples_things() -> Tally {
    let mut tally = Tally::of("other people's things");
    let app = TestApp::start().await;
    let (ola, hers) = (ola(&app).await, hers(&app).await);
    let (_, token) = app.post("/tokens", &json!({ "name": "t", "scopes": ["anyone"] })).await;
    let token = token["id"].as_str().unwrap().to_owned();
    for entry in routes::all() {
        let Who::May(right) = entry.who else { continue };
        // What everybody holds is about oneself, but for the numbers of tokens.
        let about_oneself = right.word == "anyone" && !entry.path.contains("/tokens/");
        if about_oneself || (right.is_held_by(&[Role::Reporter]) && !entry.path.contains('{')) {
            continue;
        }
        let mut path = entry.path.replace("/tokens/{id}", &format!("/tokens/{token}"));
        for (name, value) in &hers {
            path = path.replace(name, value);
        }
        let path: String =
            path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/");
        let method: Method = entry.method.as_str().parse().unwrap();
        let request = ola.request(method.clone(), format!("{}{path}", app.url)).header("origin", &app.url);
        let request = match method {
            Method::GET => request,
            _ => request.header("content-type", "application/json").body("{}"),
        };
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let refused = status.is_client_error() && !answer.text().await.unwrap().contains(SECRET);
        tally.tried(format!("{method} {path}: {status}"), refused);
    }
    let (_, mine) = app.get("/tokens").await;
    tally.tried("Ola revoked Kari's token", mine["items"][0]["revoked_at"].is_null());
    let listed = told(ola.get(format!("{}/api/v1/tokens", app.url)).send().await.unwrap()).await.1;
    tally.tried("Ola sees Kari's tokens", listed["items"] == json!([]));
    let (_, other) = app.post("/incidents", &json!({ "title": "En annen" })).await;
    let other = other["reference"].as_str().unwrap();
    // What belongs to one case is not reached through another.
    for (method, path) in [
        (Method::POST, format!("/incidents/{other}/reminders/1/answer")),
        (Method::POST, format!("/incidents/{other}/reminders/999999/answer")),
        (Method::POST, format!("/incidents/{other}/duties/no-such-duty/submission")),
        (Method::GET, format!("/incidents/{other}/duties/no-such-duty/explanation")),
        (Method::GET, "/incidents/2026-9999".to_owned()),
        (Method::GET, "/incidents/00000000-0000-7000-8000-000000000000".to_owned()),
        (Method::GET, "/incidents/1%20OR%201=1".to_owned()),
    ] {
        let (status, _): (u16, Value) = app.send(method, &path, &json!({ "complete": true, "answer": "seen" })).await;
        tally.tried(format!("{path}: {status}"), (400..500).contains(&status));
    }
    tally
}
