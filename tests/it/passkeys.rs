//! Passkeys: added by the password, signed in with alone, and gone with whatever takes a second factor away.

use chrono::Duration;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use crate::access::{api, browse, person};
use crate::app::{EMAIL, PASSWORD, TestApp, new_client, told};
use crate::device::Device;
use crate::signin::{post, session, stored};

/// The host as a browser on this machine has it: passkeys are made for names, not for addresses.
fn local(app: &TestApp) -> String {
    app.url.replace("http://127.0.0.1", "localhost")
}

fn origin(app: &TestApp) -> String {
    format!("http://{}", local(app))
}

fn ask(app: &TestApp, who: &Client, path: &str) -> RequestBuilder {
    let request = who.post(format!("{}/api/v1{path}", app.url)).header("host", local(app));
    request.header("origin", origin(app)).header("content-type", "application/json").header("accept-language", "en")
}

async fn call(app: &TestApp, who: &Client, path: &str, body: Value) -> (u16, Value) {
    told(ask(app, who, path).body(body.to_string()).send().await.unwrap()).await
}

/// Adds a passkey by a password.
async fn add(app: &TestApp, who: &Client, (name, password): (&str, &str)) -> (Device, (u16, Value)) {
    let mut device = Device::new(&origin(app));
    let (status, options) = call(app, who, "/passkeys/options", json!({ "password": password })).await;
    assert_eq!(status, 200, "{options}");
    assert!(!options["user"]["id"].as_str().unwrap().contains('@') && options["rp"]["id"] == "localhost", "{options}");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required", "{options}");
    let made = device.make(&options);
    let added = call(app, who, "/passkeys", json!({ "name": name, "credential": made })).await;
    (device, added)
}

/// What the sign-in by a passkey is answered.
async fn enter(app: &TestApp, who: &Client, device: &mut Device) -> (u16, Value) {
    let (status, options) = call(app, who, "/session/passkey/options", json!({})).await;
    assert_eq!((status, &options["allowCredentials"]), (200, &json!([])), "{options}");
    let signed = device.sign(&options);
    call(app, who, "/session/passkey", json!({ "credential": signed })).await
}

#[actix_web::test]
async fn a_passkey_is_added_by_the_password_and_signs_in_alone() {
    let app = TestApp::start().await;
    let refused = call(&app, &app.client, "/passkeys/options", json!({ "password": "feil hest" })).await;
    assert_eq!((refused.0, &refused.1["errors"][0]["code"]), (422, &json!("password_wrong")), "{}", refused.1);
    let (mut device, (status, added)) = add(&app, &app.client, ("Mac", PASSWORD)).await;
    assert_eq!((status, &added["name"], &added["last_used_at"]), (201, &json!("Mac"), &json!(null)), "{added}");
    let (_, listed) = app.get("/passkeys").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);

    let other = new_client();
    app.advance(Duration::minutes(3));
    assert_eq!(enter(&app, &other, &mut device).await.0, 204);
    assert_eq!(session(&app, &other).await.1["email"], EMAIL);
    let (_, listed) = app.get("/passkeys").await;
    assert!(listed["items"][0]["last_used_at"].is_string(), "{listed}");
    assert_eq!(stored(&app, "passkey_try"), "", "every question is used up");
    let audit = stored(&app, "audit_entry");
    assert!(audit.contains("passkey.added") && audit.contains("\"by\":\"passkey\""), "{audit}");

    let (status, again) = call(&app, &app.client, "/passkeys/options", json!({ "password": PASSWORD })).await;
    let known = &again["excludeCredentials"][0];
    assert_eq!((status, &known["transports"]), (200, &json!(["internal"])), "the device is told what it has");
    let page = browse(&app, &app.client, Method::GET, "/account", &[]).await.1;
    assert!(page.contains("Mac") && page.contains("bare der adressen begynner med https://"), "{page}");
    let page = app.client.get(format!("{}/account", app.url)).header("host", local(&app)).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("data-adds"), "on localhost another can be added");
    let (status, why) = api(&app, &other, Method::POST, "/session/passkey/options", json!({})).await;
    assert_eq!((status, &why["type"]), (409, &json!("urn:varsel:problem:passkey-needs-https")), "{why}");

    let key = listed["items"][0]["id"].as_str().unwrap();
    let removal = format!("/account/passkeys/{key}/removal");
    let wrong = browse(&app, &app.client, Method::POST, &removal, &[("password", "feil")]).await;
    assert!(wrong.0 == 422 && wrong.1.contains("Dette er ikke passordet ditt"), "{}", wrong.1);
    let gone = browse(&app, &app.client, Method::POST, &removal, &[("password", PASSWORD)]).await;
    assert_eq!(gone, (303, "/account?done=passkey_removed".to_owned()));
    assert_eq!(session(&app, &other).await.0, 401, "whoever came in by it is out");
    assert_eq!(enter(&app, &other, &mut device).await.0, 422);
    assert!(stored(&app, "audit_entry").contains("passkey.removed"));
}

#[actix_web::test]
async fn a_passkey_meets_the_demand_for_a_second_factor_and_the_password_alone_does_not() {
    let app = TestApp::start().await;
    let (mut device, _) = add(&app, &app.client, ("Mac", PASSWORD)).await;
    let all = json!({ "version": 0, "idle_minutes": 480, "absolute_hours": 24, "second_factor": "all" });
    assert_eq!(app.send(Method::PUT, "/settings/sign-in", &all).await.0, 200);
    assert_eq!(app.get("/people").await.0, 200, "this session has shown the passkey");

    let other = new_client();
    let form = [("email", EMAIL), ("password", PASSWORD)];
    post(&app, &other, "/sign-in", &form).await;
    assert_eq!(api(&app, &other, Method::GET, "/people", json!({})).await.0, 403, "the password is one factor");
    let page = browse(&app, &other, Method::GET, "/account/second-factor", &[]).await.1;
    assert!(page.contains("Logg inn med den for å komme videre") && !page.contains("data-adds"), "{page}");
    let begun = browse(&app, &other, Method::POST, "/account/second-factor", &[]).await;
    assert_eq!(begun.0, 409, "a password that was stolen adds no telephone: {}", begun.1);
    let added = call(&app, &other, "/passkeys/options", json!({ "password": PASSWORD })).await;
    assert_eq!(added.1["type"], "urn:varsel:problem:passkey-first", "nor a passkey");
    assert_eq!(enter(&app, &other, &mut device).await.0, 204);
    assert_eq!(api(&app, &other, Method::GET, "/people", json!({})).await.0, 200);

    let key = app.get("/passkeys").await.1["items"][0]["id"].as_str().unwrap().to_owned();
    let last = app.post(&format!("/passkeys/{key}/removal"), &json!({ "password": PASSWORD })).await;
    assert_eq!(last.1["type"], "urn:varsel:problem:second-factor-must-stay", "{}", last.1);
    let forgot = browse(&app, &new_client(), Method::POST, "/forgot", &[("email", EMAIL)]).await;
    assert_eq!(forgot.0, 200);
    app.clock.now();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(stored(&app, "audit_entry").contains("password.forgotten"));
    assert_eq!(stored(&app, "message"), "", "a mailbox is no second factor");
}

#[actix_web::test]
async fn passkeys_go_with_the_second_factor_with_a_link_and_with_their_owner() {
    let app = TestApp::start().await;
    let words = "en ku hopper over månen sent";
    for (n, way) in ["factor", "link", "leaving"].into_iter().enumerate() {
        let (ola, id) = person(&app, &format!("Ola{n}"), &["responder"]).await;
        let (mut device, (status, _)) = add(&app, &ola, ("Telefon", words)).await;
        assert_eq!(status, 201);
        match way {
            "factor" => {
                let page = browse(&app, &app.client, Method::GET, &format!("/people/{id}"), &[]).await.1;
                assert!(page.contains("second-factor/removal"), "{page}");
                app.send(Method::DELETE, &format!("/people/{id}/second-factor"), &json!({})).await;
            }
            "link" => {
                let link = app.post(&format!("/people/{id}/link"), &json!({})).await.1["link"].clone();
                let path = link.as_str().unwrap().strip_prefix(&app.url).unwrap();
                let page = browse(&app, &new_client(), Method::GET, path, &[]).await.1;
                assert!(page.contains("passnøklene dine fjernet"), "it says so before: {page}");
                let new = [("password", "en okse ser på sola sent"), ("again", "en okse ser på sola sent")];
                assert_eq!(browse(&app, &new_client(), Method::POST, path, &new).await.0, 303);
            }
            _ => assert_eq!(app.send(Method::PATCH, &format!("/people/{id}"), &json!({ "left": true })).await.0, 200),
        }
        assert_eq!(stored(&app, "passkey"), "", "{way}");
        assert_eq!(session(&app, &ola).await.0, 401, "{way}");
        assert_eq!(enter(&app, &new_client(), &mut device).await.0, 422, "{way}");
    }
}

#[actix_web::test]
async fn who_comes_in_by_the_provider_alone_or_by_a_token_adds_no_passkey() {
    let app = TestApp::start().await;
    let wish = json!({ "name": "Skript", "scopes": ["read"], "days": 30 });
    let (status, made) = app.post("/tokens", &wish).await;
    assert_eq!(status, 201, "{made}");
    let request = ask(&app, &new_client(), "/passkeys/options").bearer_auth(made["token"].as_str().unwrap());
    let answer = request.body(json!({ "password": PASSWORD }).to_string()).send().await.unwrap();
    assert_eq!(answer.status(), 403, "a token is nobody in person");
}
