//! Tokens and machines: what a program may do with one, and when it dies.

use chrono::Duration;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use varsel::config::Config;
use varsel::outbox::transport::Network;

use crate::app::{TestApp, new_client, told};
use crate::case::leak;

/// A program that shows a token and knows no cookies.
struct Program<'a> {
    app: &'a TestApp,
    client: Client,
    token: String,
}

impl Program<'_> {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.app.url)).bearer_auth(&self.token)
    }

    async fn get(&self, path: &str) -> u16 {
        self.request(Method::GET, path).send().await.unwrap().status().as_u16()
    }

    async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = self.request(Method::POST, path).header("content-type", "application/json");
        told(request.body(body.to_string()).send().await.unwrap()).await
    }
}

fn program<'a>(app: &'a TestApp, made: &Value) -> Program<'a> {
    Program { app, client: new_client(), token: made["token"].as_str().unwrap().to_owned() }
}

async fn make(app: &TestApp, scopes: &[&str]) -> Value {
    let (status, made) = app.post("/tokens", &json!({ "name": "Skript", "scopes": scopes })).await;
    assert_eq!(status, 201, "{made}");
    made
}

/// Adds a machine on the page, as an administrator does, and answers its number.
pub async fn machine(app: &TestApp, name: &str, role: &str) -> String {
    let form = [("name", name), ("roles", role)];
    let answer = app.page(Method::POST, "/machines").form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    answer.headers()["location"].to_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

/// A machine with a token that names these rights.
pub async fn machine_token(app: &TestApp, name: &str, role: &str, scopes: &[&str]) -> (String, String) {
    let id = machine(app, name, role).await;
    let (status, made) = app.post("/tokens", &json!({ "name": "t", "scopes": scopes, "machine": id })).await;
    assert_eq!(status, 201, "{made}");
    (id, made["token"].as_str().unwrap().to_owned())
}

#[actix_web::test]
async fn a_token_does_what_its_scopes_name_and_nothing_else() {
    let app = TestApp::start().await;
    let report = program(&app, &make(&app, &["report"]).await);
    let alert = json!({ "source": "s", "key": "k", "title": "Strømbrudd", "started_at": "2026-10-23T11:00:00Z" });
    assert_eq!(report.post("/api/v1/intake/alert", &alert).await.0, 201);
    for path in ["/machines", "/account/tokens", "/api/v1/tokens"] {
        assert_eq!(report.get(path).await, 403, "{path}: the person may, the token names it not");
    }
    let own = program(&app, &make(&app, &["anyone"]).await);
    assert_eq!(own.get("/api/v1/tokens").await, 200);
    assert_eq!(own.post("/api/v1/intake/alert", &alert).await.0, 403);
    let (status, problem) = own.post("/api/v1/tokens", &json!({ "name": "x", "scopes": ["anyone"] })).await;
    assert_eq!((status, problem["type"].as_str()), (403, Some("urn:varsel:problem:forbidden")), "it makes no other");
    assert_eq!(app.get("/tokens").await.1["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn a_token_is_shown_once_kept_as_a_hash_and_its_last_use_is_seen_to_the_minute() {
    let app = TestApp::start().await;
    let made = make(&app, &["anyone"]).await;
    let secret = made["token"].as_str().unwrap();
    assert!(secret.starts_with("varsel_") && secret.len() == 71, "{secret}");
    let listed = async || app.get("/tokens").await.1["items"][0].clone();
    assert!(!listed().await.to_string().contains(secret) && listed().await["last_used_at"].is_null());
    let kept = std::fs::read(app.folder.path().join("varsel.sqlite")).unwrap_or_default();
    assert!(!String::from_utf8_lossy(&kept).contains(&secret[7..]), "the database has no secret");
    let program = program(&app, &made);
    let used = async |expected: &str| {
        assert_eq!(program.get("/api/v1/tokens").await, 200);
        assert_eq!(listed().await["last_used_at"], expected);
    };
    used("2026-10-23T12:00:00.000000Z").await;
    app.advance(Duration::seconds(59));
    used("2026-10-23T12:00:00.000000Z").await;
    app.advance(Duration::seconds(1));
    used("2026-10-23T12:01:00.000000Z").await;
}

#[actix_web::test]
async fn a_token_dies_when_it_expires_when_it_is_revoked_and_when_its_holder_leaves() {
    let app = TestApp::start().await;
    let made = make(&app, &["anyone"]).await;
    let first = program(&app, &made);
    assert_eq!(made["expires_at"], "2027-01-21T12:00:00.000000Z", "ninety days");
    app.advance(Duration::days(90) - Duration::seconds(1));
    assert_eq!(first.get("/api/v1/tokens").await, 200);
    app.advance(Duration::seconds(1));
    assert_eq!(first.get("/api/v1/tokens").await, 401, "expired");

    app.sign_in().await;
    let made = make(&app, &["anyone"]).await;
    let second = program(&app, &made);
    assert_eq!(second.get("/api/v1/tokens").await, 200);
    let id = made["id"].as_str().unwrap();
    assert_eq!(app.send(Method::DELETE, &format!("/tokens/{id}"), &json!({})).await.0, 204);
    assert_eq!(second.get("/api/v1/tokens").await, 401, "revoked");

    let (id, token) = machine_token(&app, "Overvåking", "reporter", &["anyone"]).await;
    let third = program(&app, &json!({ "token": token }));
    assert_eq!(third.get("/api/v1/tokens").await, 200);
    let gone = app.page(Method::POST, &format!("/machines/{id}/retirement")).send().await.unwrap();
    assert_eq!(gone.headers()["location"], "/machines?done=retired");
    assert_eq!(third.get("/api/v1/tokens").await, 401, "out of use");
    let (status, problem) = app.post("/tokens", &json!({ "name": "t", "scopes": ["report"], "machine": id })).await;
    assert_eq!((status, problem["type"].as_str()), (409, Some("urn:varsel:problem:has-left")));
}

#[actix_web::test]
async fn the_tokens_of_somebody_who_left_die_at_once_and_stay_dead() {
    let app = TestApp::start().await;
    let ola = json!({ "name": "Ola", "email": "ola@smbmobil.example", "roles": ["responder"] });
    let (_, ola) = app.post("/people", &ola).await;
    let path = format!("/people/{}", ola["id"].as_str().unwrap());
    let client = new_client();
    let form = [("password", "en ku hopper over månen sent"), ("again", "en ku hopper over månen sent")];
    client.post(ola["link"].as_str().unwrap()).header("origin", &app.url).form(&form).send().await.unwrap();
    let wish = json!({ "name": "t", "scopes": ["anyone", "read"] }).to_string();
    let request = client.post(format!("{}/api/v1/tokens", app.url)).header("content-type", "application/json");
    let (status, made) = told(request.body(wish).send().await.unwrap()).await;
    assert_eq!(status, 201, "{made}");
    let program = program(&app, &made);
    assert_eq!(program.get("/api/v1/tokens").await, 200);
    assert_eq!(app.send(Method::PATCH, &path, &json!({ "left": true })).await.0, 200);
    assert_eq!(program.get("/api/v1/tokens").await, 401);
    assert_eq!(app.send(Method::PATCH, &path, &json!({ "left": false })).await.0, 200);
    assert_eq!(program.get("/api/v1/tokens").await, 401, "it does not come back with the person");
}

#[actix_web::test]
async fn a_right_that_the_role_lost_is_lost_to_the_token() {
    let app = TestApp::start().await;
    let second = json!({ "name": "Per", "email": "per@smbmobil.example", "roles": ["administrator"] });
    let (_, per) = app.post("/people", &second).await;
    let form = [("password", "en ku hopper over månen sent"), ("again", "en ku hopper over månen sent")];
    new_client().post(per["link"].as_str().unwrap()).header("origin", &app.url).form(&form).send().await.unwrap();
    let keeper = program(&app, &make(&app, &["keep-people"]).await);
    assert_eq!(keeper.get("/machines").await, 200);
    let kari = app.get("/people").await.1["items"][0]["id"].as_str().unwrap().to_owned();
    let less = json!({ "roles": ["responder"] });
    assert_eq!(app.send(Method::PATCH, &format!("/people/{kari}"), &less).await.0, 200);
    assert_eq!(keeper.get("/machines").await, 403);
}

#[actix_web::test]
async fn nobody_gives_a_token_more_than_they_hold_or_longer_than_a_year() {
    let app = TestApp::start().await;
    let codes = async |wish: Value| {
        let (status, problem) = app.post("/tokens", &wish).await;
        assert_eq!(status, 422, "{problem}");
        let of = |field: &Value| format!("{} {}", field["path"].as_str().unwrap(), field["code"].as_str().unwrap());
        problem["errors"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(codes(json!({})).await, ["name token_without_name", "scopes no_scope"]);
    assert_eq!(codes(json!({ "name": "x", "scopes": ["root"] })).await, ["scopes wrong_choice"]);
    assert_eq!(codes(json!({ "name": "x", "scopes": ["read"], "days": 366 })).await, ["days token_days"]);
    assert_eq!(codes(json!({ "name": "x", "scopes": ["read"], "days": 0 })).await, ["days token_days"]);
    assert_eq!(codes(json!({ "name": "x\u{0}", "scopes": ["read"] })).await, ["name name_unprintable"]);
    assert_eq!(codes(json!({ "name": 1, "scopes": "read" })).await, ["name wrong_type", "scopes wrong_type"]);
    let more = json!({ "name": "x", "scopes": ["read"], "account_id": "0", "token_hash": "0" });
    assert_eq!(codes(more).await, ["account_id unknown_key", "token_hash unknown_key"]);
    let id = machine(&app, "Grafana", "reporter").await;
    let wish = json!({ "name": "x", "scopes": ["keep-people"], "machine": id });
    assert_eq!(codes(wish).await, ["scopes scope_not_held"], "a machine's rights are its own roles'");
    let year = app.post("/tokens", &json!({ "name": "x", "scopes": ["read"], "days": 365 })).await;
    assert_eq!(year.0, 201);
    for _ in 1..50 {
        make(&app, &["read"]).await;
    }
    let (status, problem) = app.post("/tokens", &json!({ "name": "x", "scopes": ["read"] })).await;
    assert_eq!((status, problem["type"].as_str()), (409, Some("urn:varsel:problem:too-many-tokens")));
}

#[actix_web::test]
async fn a_machine_cannot_sign_in_get_a_link_own_a_case_or_be_reminded() {
    let app = TestApp::start().await;
    let (id, token) = machine_token(&app, "Alertmanager", "responder", &["report"]).await;
    let people = app.get("/people").await.1;
    assert_eq!(people["items"].as_array().unwrap().len(), 1, "it is no person: {people}");
    for (method, path, body) in [
        (Method::POST, format!("/people/{id}/link"), json!({})),
        (Method::PATCH, format!("/people/{id}"), json!({ "name": "x" })),
    ] {
        assert_eq!(app.send(method, &path, &body).await.0, 404);
    }
    let email = format!("{id}@machine.invalid");
    let (db, asked, now) = (app.db.clone(), email.clone(), app.clock.now());
    let reset = actix_web::rt::task::spawn_blocking(move || varsel::account::actions::reset_link(&db, &asked, now));
    assert!(reset.await.unwrap().is_err(), "no link is made for it");
    let tried = app.post("/session", &json!({ "email": email, "password": "" })).await;
    assert_eq!(tried.0, 422, "{}", tried.1);
    let program = program(&app, &json!({ "token": token }));
    let alert = json!({ "source": "s", "key": "k", "title": "Nede", "started_at": "2026-10-23T11:00:00Z" });
    let (_, taken) = program.post("/api/v1/intake/alert", &alert).await;
    let path = format!("/incidents/{}", taken["reference"].as_str().unwrap());
    assert_eq!(app.get(&path).await.1["opened_by"], "Alertmanager");
    let owned = app.send(Method::PUT, &format!("{path}/owner"), &json!({ "owner": id })).await;
    assert_eq!(owned.1["errors"][0]["code"], "owner_not_here");
    let read = |role| app.db.read(move |conn| varsel::account::store::members(conn, role));
    let responders = read(varsel::account::Role::Responder).await.unwrap();
    assert!(responders.iter().all(|account| account.name != "Alertmanager"), "nobody reminds a machine");
    let again = [("name", "ALERTMANAGER"), ("roles", "reporter")];
    let taken = app.page(Method::POST, "/machines").form(&again).send().await.unwrap();
    assert_eq!(taken.status(), 422);
    assert!(taken.text().await.unwrap().contains("En annen maskin har dette navnet"));
}

#[actix_web::test]
async fn a_wrong_token_gets_nothing_not_even_with_a_cookie_and_many_are_slowed_down() {
    let app = TestApp::start().await;
    let made = make(&app, &["anyone"]).await;
    let good = made["token"].as_str().unwrap();
    let with = async |value: String| {
        let answer = app.api(Method::GET, "/tokens").header("authorization", value).send().await.unwrap();
        (answer.status().as_u16(), answer.headers().contains_key("retry-after"))
    };
    assert_eq!(with(format!("Bearer {good}")).await.0, 200);
    let turned = format!("{}{}", &good[..good.len() - 1], if good.ends_with('0') { '1' } else { '0' });
    for wrong in [&turned, "varsel_", "eyJhbGciOiJub25lIn0.e30."] {
        assert_eq!(with(format!("Bearer {wrong}")).await.0, 401, "the session beside it does not help {wrong}");
    }
    assert_eq!(with("Basic a2FyaTpwYXNzb3Jk".into()).await.0, 200, "another scheme is not for us; the session counts");
    for _ in 3..20 {
        assert_eq!(with(format!("Bearer varsel_{}", "0".repeat(64))).await.0, 401);
    }
    assert_eq!(with(format!("Bearer varsel_{}", "0".repeat(64))).await, (429, true));
    app.advance(Duration::seconds(30));
    assert_eq!(with(format!("Bearer {good}")).await.0, 200);
}

#[actix_web::test]
async fn a_program_with_a_token_needs_no_origin_and_a_browser_with_one_does() {
    let app = TestApp::start().await;
    let program = program(&app, &make(&app, &["anyone"]).await);
    let post = |path: &str| program.request(Method::POST, path).form(&[("lang", "en")]);
    assert_eq!(post("/language").send().await.unwrap().status(), 303);
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        assert_eq!(post("/language").header(name, value).send().await.unwrap().status(), 403, "{name}");
    }
}

#[actix_web::test]
async fn the_pages_make_a_token_show_it_once_and_revoke_it() {
    let app = TestApp::start().await;
    let read = async |path: &str| app.page(Method::GET, path).send().await.unwrap().text().await.unwrap();
    let wrong = [("name", "<b>x</b>"), ("days", "mange"), ("scopes", "read")];
    let answer = app.page(Method::POST, "/account/tokens").form(&wrong).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("&lt;b&gt;x&lt;/b&gt;")
            && page.contains("fra 1 til 365")
            && page.contains("value=\"read\" checked")
    );
    let id = machine(&app, "Grafana", "reporter").await;
    let machine = format!("/machines/{id}");
    for (place, back, scope) in
        [("/account/tokens", "/account/tokens", "read"), (&format!("{machine}/tokens"), machine.as_str(), "report")]
    {
        let good = [("name", "Til rapporten"), ("days", "30"), ("scopes", scope)];
        let answer = app.page(Method::POST, place).form(&good).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        assert_eq!(answer.headers()["cache-control"], "no-store");
        let page = answer.text().await.unwrap();
        let (_, rest) = page.split_once("varsel_").expect("the secret is shown");
        assert!(!read(back).await.contains(&rest[..64]), "shown once");
        let (_, rest) = page.split_once(&format!("action=\"{place}/")).unwrap();
        let token = rest.split('/').next().unwrap();
        let gone = app.page(Method::POST, &format!("{place}/{token}/revocation")).send().await.unwrap();
        assert_eq!(gone.headers()["location"], format!("{back}?done=revoked"));
        let page = read(&format!("{back}?done=revoked")).await;
        assert!(page.contains("Trukket tilbake 23.10.2026") && page.contains("virker ikke lenger"), "{page}");
    }
    for lang in ["nb", "nn", "en"] {
        app.page(Method::POST, "/language").form(&[("lang", lang)]).send().await.unwrap();
        for path in ["/account/tokens", "/machines", &machine] {
            let page = read(path).await;
            assert!(page.contains(&format!("lang=\"{lang}\"")), "{path}");
            for left in ["tokens-", "machines-", "scope-", "{$"] {
                let shown = page.replace(&machine, "").replace("/account/tokens", "");
                assert!(!shown.contains(&format!(">{left}")) && !shown.contains("{$"), "{path}: {left}");
            }
        }
    }
    assert!(read("/people").await.contains("href=\"/machines\""));
}

#[actix_web::test]
async fn who_made_and_revoked_a_token_stands_in_the_audit_chain() {
    let app = TestApp::start().await;
    let made = make(&app, &["report"]).await;
    let id = made["id"].as_str().unwrap().to_owned();
    app.send(Method::DELETE, &format!("/tokens/{id}"), &json!({})).await;
    let folder = tempfile::tempdir().unwrap();
    let (db, file, now) = (app.db.clone(), folder.path().join("b.jsonl.gz"), app.clock.now());
    let copied = file.clone();
    let done = actix_web::rt::task::spawn_blocking(move || varsel::backup::to_file(&db, &copied, now)).await.unwrap();
    assert!(done.unwrap().chain.broken.is_none());
    let mut text = String::new();
    let packed = std::fs::File::open(&file).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(packed), &mut text).unwrap();
    let lines = |what: &str| text.lines().filter(|line| line.contains(what)).count();
    assert_eq!((lines("token.made"), lines("token.revoked")), (1, 1));
    assert!(text.contains(&id) && !text.contains(&made["token"].as_str().unwrap()[7..]));
    assert!(!text.contains("token_hash"), "a copy lets nobody in");
}

fn behind_a_proxy(config: &mut Config) {
    config.proxies = Network::parse_list("127.0.0.0/8").unwrap();
}

#[actix_web::test]
async fn behind_a_trusted_proxy_each_caller_is_throttled_for_themselves() {
    let app = TestApp::configured(behind_a_proxy).await;
    let tried = async |from: &str| {
        let body = json!({ "email": "kari@smbmobil.example", "password": "feil" }).to_string();
        let request = app.api(Method::POST, "/session").header("x-forwarded-for", from).body(body);
        request.send().await.unwrap().status().as_u16()
    };
    for _ in 0..5 {
        assert_eq!(tried("6.6.6.6, 192.0.2.1").await, 422);
    }
    assert_eq!(tried("7.7.7.7, 192.0.2.1").await, 429, "what stands to the left is the caller's own invention");
    assert_eq!(tried("192.0.2.2").await, 422, "another is not punished for it");
    let torn =
        app.api(Method::GET, "/tokens").header("x-forwarded-for", "192.0.2.1").header("forwarded", "for=1.1.1.1");
    assert_eq!(torn.send().await.unwrap().status(), 400);

    let alone = TestApp::empty().await;
    for n in 0..6 {
        let body = json!({ "email": "kari@smbmobil.example", "password": "feil" }).to_string();
        let from = format!("192.0.2.{n}");
        let request = alone.api(Method::POST, "/session").header("x-forwarded-for", from).body(body);
        assert_eq!(request.send().await.unwrap().status(), if n < 5 { 422 } else { 429 }, "a stranger is not believed");
    }
}

#[actix_web::test]
async fn with_a_public_address_no_other_host_is_answered_and_http_leads_to_https() {
    let app = TestApp::configured(|config| {
        config.public_url = Some("https://varsel.example".into());
        behind_a_proxy(config);
    })
    .await;
    let ask = async |method: Method, path: &str, headers: &[(&str, &str)]| {
        let mut request = app.client.request(method, format!("{}{path}", app.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    };
    let get = Method::GET;
    let good = ask(get.clone(), "/sign-in", &[("host", "varsel.example")]).await;
    assert_eq!(good.status(), 200);
    assert_eq!(good.headers()["strict-transport-security"], "max-age=31536000; includeSubDomains");
    assert_eq!(ask(get.clone(), "/sign-in", &[("host", "VARSEL.example:443")]).await.status(), 200);
    for host in ["evil.example", "varsel.example.evil.example", "varsel.example:8443", "varsel.example@evil.example"] {
        assert_eq!(ask(get.clone(), "/sign-in", &[("host", host)]).await.status(), 421, "{host}");
    }
    assert_eq!(ask(get.clone(), "/healthz", &[("host", "10.1.2.3")]).await.status(), 200, "whoever watches may ask");
    let forwarded = [("host", "varsel.example"), ("x-forwarded-host", "evil.example")];
    assert_eq!(ask(get.clone(), "/sign-in", &forwarded).await.status(), 421);
    let plain = [("host", "varsel.example"), ("x-forwarded-proto", "http")];
    let led = ask(get, "/incidents?q=a", &plain).await;
    assert_eq!(
        (led.status().as_u16(), led.headers()["location"].to_str().unwrap()),
        (308, "https://varsel.example/incidents?q=a")
    );
    assert_eq!(
        ask(Method::POST, "/sign-in", &plain).await.status(),
        421,
        "a password that went unencrypted is not taken"
    );
    let plain = TestApp::empty().await;
    let answer = plain.page(Method::GET, "/sign-in").send().await.unwrap();
    assert!(!answer.headers().contains_key("strict-transport-security"), "only where people come by https");
}

#[actix_web::test]
async fn searching_and_reporting_too_often_is_slowed_down_and_time_helps() {
    let app = TestApp::start().await;
    let search = async || app.api(Method::GET, "/incidents?q=nett").send().await.unwrap();
    for n in 0..60 {
        assert_eq!(search().await.status(), 200, "{n}");
    }
    let refused = search().await;
    assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].to_str().unwrap()), (429, "1"));
    assert_eq!(app.get("/incidents").await.0, 200, "the rest goes on");
    assert_eq!(app.get("/incidents?q=").await.0, 200, "an empty field is no search");
    app.advance(Duration::seconds(1));
    assert_eq!(search().await.status(), 200);
    let (_, token) = machine_token(&app, "Grafana", "reporter", &["report"]).await;
    let program = program(&app, &json!({ "token": token }));
    for n in 0..120 {
        assert_eq!(program.post("/api/v1/intake/alert", &json!({})).await.0, 422, "{n}");
    }
    assert_eq!(program.post("/api/v1/intake/alert", &json!({})).await.0, 429);
    assert_eq!(app.post("/incidents", &leak()).await.0, 201, "a person is not held up by it");
}
