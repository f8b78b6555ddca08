//! Passkeys that were watched, copied, asked for on another page, or belong to somebody else.

use chrono::Duration;
use reqwest::Client;
use serde_json::{Value, json};

use crate::Tally;
use crate::app::{PASSWORD, TestApp, new_client, told};
use crate::device::Device;
use crate::identities::ola;

/// What is wrong with an answer, and what makes it so.
type Wrong = (&'static str, fn(&mut Device));

/// The app as a browser on this machine calls it.
struct House {
    app: TestApp,
    host: String,
}

impl House {
    async fn call(&self, who: &Client, path: &str, body: &Value) -> (u16, Value) {
        let request = who.post(format!("{}/api/v1{path}", self.app.url)).header("host", &self.host);
        told(request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap()).await
    }

    /// What a browser is asked at the door.
    async fn asked(&self, who: &Client) -> Value {
        self.call(who, "/session/passkey/options", &json!({})).await.1
    }

    /// Whether an answer is refused, and nobody is signed in by it.
    async fn refuses(&self, who: &Client, answer: &Value) -> bool {
        let (status, told) = self.call(who, "/session/passkey", &json!({ "credential": answer })).await;
        let inside = who.get(format!("{}/api/v1/session", self.app.url)).send().await.unwrap().status();
        status == 422 && told["errors"][0]["code"] == "passkey_refused" && inside == 401
    }

    /// What somebody who is signed in is asked for a new key.
    async fn asked_new(&self, who: &Client, password: &str) -> Value {
        self.call(who, "/passkeys/options", &json!({ "password": password })).await.1
    }

    async fn refuses_new(&self, who: &Client, made: &Value) -> bool {
        let (status, told) = self.call(who, "/passkeys", &json!({ "name": "x", "credential": made })).await;
        status == 422 && told["errors"][0]["code"] == "passkey_refused"
    }
}

pub async fn passkeys() -> Tally {
    let mut tally = Tally::of("passkeys");
    let app = TestApp::start().await;
    let host = app.url.replace("http://127.0.0.1", "localhost");
    let (ola, origin) = (ola(&app).await, format!("http://{host}"));
    let house = House { app, host };
    adding(&mut tally, &house, (&ola, &origin)).await;

    let kari = house.app.client.clone();
    let mut device = Device::new(&origin);
    let made = device.make(&house.asked_new(&kari, PASSWORD).await);
    let (status, _) = house.call(&kari, "/passkeys", &json!({ "name": "Mac", "credential": made })).await;
    assert_eq!(status, 201);
    entering(&mut tally, &house, device).await;
    tally
}

async fn adding(tally: &mut Tally, house: &House, (ola, origin): (&Client, &str)) {
    let kari = &house.app.client;
    let words = "en ku hopper over månen sent";
    let (hers, his) = (house.asked_new(kari, PASSWORD).await, house.asked_new(ola, words).await);
    assert!(hers["challenge"].is_string() && his["challenge"].is_string(), "{hers} {his}");
    let made = Device::new(origin).make(&hers);
    tally.tried("a key for another person's question", house.refuses_new(ola, &made).await);
    tally.tried("a key where the question was used up", house.refuses_new(ola, &Device::new(origin).make(&his)).await);
    tally.tried("a key without a question", house.refuses_new(&new_client_like(house).await, &made).await);
    let elsewhere = |wrong: fn(&mut Device)| {
        let mut device = Device::new(origin);
        wrong(&mut device);
        device
    };
    let wrong: [Wrong; 4] = [
        ("made on another page", |device| device.origin = "https://varsel.evil.example".into()),
        ("made on another port", |device| device.origin = "http://localhost:1".into()),
        ("made for another site", |device| device.rp = "evil.example".into()),
        ("made by whoever held the device", |device| device.verifies = false),
    ];
    for (what, change) in wrong {
        let made = elsewhere(change).make(&house.asked_new(kari, PASSWORD).await);
        tally.tried(format!("a key {what}"), house.refuses_new(kari, &made).await);
    }
    let made = Device::new(origin).make(&house.asked_new(kari, PASSWORD).await);
    house.app.advance(Duration::minutes(5));
    tally.tried("a key after the time is out", house.refuses_new(kari, &made).await);
    let (status, _) = house.call(kari, "/passkeys/options", &json!({ "password": "en hest" })).await;
    tally.tried("a key without the password", status == 422);
}

/// Kari in another browser, where nothing was asked.
async fn new_client_like(house: &House) -> Client {
    let client = new_client();
    let body = json!({ "email": crate::app::EMAIL, "password": PASSWORD });
    assert_eq!(house.call(&client, "/session", &body).await.0, 204);
    client
}

async fn entering(tally: &mut Tally, house: &House, mut device: Device) {
    let (mine, watched) = (new_client(), new_client());
    let asked = house.asked(&watched).await;
    let signed = device.sign(&asked);
    tally.tried("an answer to another browser's question", house.refuses(&mine, &signed).await);
    house.asked(&mine).await;
    tally.tried("an answer to another question", house.refuses(&mine, &signed).await);
    let good = house.call(&watched, "/session/passkey", &json!({ "credential": signed })).await;
    assert_eq!(good.0, 204, "the same answer from whom it was asked of: {}", good.1);
    let cookies = new_client();
    tally.tried("the same answer again, elsewhere", house.refuses(&cookies, &signed).await);
    house.call(&watched, "/session", &json!({ "email": "x", "password": "x" })).await;
    let (status, _) = house.call(&watched, "/session/passkey", &json!({ "credential": signed })).await;
    tally.tried("the same answer again, from the same browser", status == 422);

    let wrong: [Wrong; 7] = [
        ("from another page", |device| device.origin = "https://varsel.evil.example".into()),
        ("from another port", |device| device.origin = "http://localhost:1".into()),
        ("for another site", |device| device.rp = "evil.example".into()),
        ("by whoever holds the device", |device| device.verifies = false),
        ("from a copy of the key", |device| device.count = 0),
        ("in another's name", |device| device.handle = json!("AAAAAAAAcACAAAAAAAAAAA")),
        ("from a key nobody added", |device| device.id[0] ^= 1),
    ];
    for (what, change) in wrong {
        let (kept, id) =
            ((device.origin.clone(), device.rp.clone(), device.handle.clone(), device.count), device.id.clone());
        change(&mut device);
        let signed = device.sign(&house.asked(&mine).await);
        tally.tried(format!("an answer {what}"), house.refuses(&mine, &signed).await);
        (device.origin, device.rp, device.handle, device.count) = kept;
        (device.id, device.verifies) = (id, true);
        house.app.advance(Duration::minutes(20));
    }
    let good = device.sign(&house.asked(&watched).await);
    assert_eq!(
        house.call(&watched, "/session/passkey", &json!({ "credential": good })).await.0,
        204,
        "it is no broken key"
    );
    let mut other = Device::new(&device.origin);
    (other.id, other.handle, other.count) = (device.id.clone(), device.handle.clone(), 100);
    let signed = other.sign(&house.asked(&mine).await);
    tally.tried("an answer signed by another key", house.refuses(&mine, &signed).await);
    house.app.advance(Duration::minutes(20));
    let mut signed = device.sign(&house.asked(&mine).await);
    signed["response"]["clientDataJSON"] = device.sign(&house.asked(&mine).await)["response"]["clientDataJSON"].clone();
    tally.tried("an answer whose question was put in afterwards", house.refuses(&mine, &signed).await);
    house.app.advance(Duration::minutes(20));
    let signed = device.sign(&house.asked(&mine).await);
    house.app.advance(Duration::minutes(5));
    tally.tried("an answer after the time is out", house.refuses(&mine, &signed).await);
}
