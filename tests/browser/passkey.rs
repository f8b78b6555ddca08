//! A passkey in a real browser, on a device that the browser makes up: added, signed in with and nothing typed, and refused.

use serde_json::json;

use super::driver::{App, Browser};
use super::pages::{put_axe, read_on_two_screens};
use super::{PASSWORD, come_in_by_the_link};

impl Browser {
    /// Gives the browser a device that holds passkeys and always knows its owner again.
    async fn has_device(&self) {
        let device = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true,
        });
        let made = self.ask("webauthn/authenticator", device).await;
        assert!(made.is_string(), "{made}");
    }
}

#[actix_web::test]
async fn a_passkey_is_added_and_signs_in_without_anything_typed() {
    let mut app = App::start();
    // Browsers make passkeys for names, not for addresses.
    for place in [&mut app.url, &mut app.link] {
        *place = place.replace("127.0.0.1", "localhost");
    }
    let browser = Browser::start().await;
    browser.has_device().await;
    come_in_by_the_link(&app, &browser).await;
    put_axe(&browser).await;
    browser.client.goto(&format!("{}/account", app.url)).await.unwrap();
    browser.fill("#passkey_password", "feil hest").await;
    browser.click("[data-adds] button").await;
    browser.find("[data-adds] [role=alert]:not([hidden])").await;
    assert_eq!(browser.text("[data-adds] [role=alert]").await, "Dette er ikke passordet ditt.");
    browser.fill("#passkey_password", PASSWORD).await;
    browser.turn("[data-adds] button").await;
    assert_eq!(browser.text("[data-done]").await, "Passnøkkelen er lagt til.");
    let row = browser.text("#passkeys tbody th").await;
    assert!(row.contains("Chrome"), "a name is proposed: {row}");
    browser.photograph("account-passkey").await;
    let mut wrong = read_on_two_screens(&browser, "/account").await;

    browser.turn("form[action='/sign-out'] button").await;
    browser.photograph("sign-in-passkey").await;
    wrong.extend(read_on_two_screens(&browser, "/sign-in").await);
    assert_eq!(wrong, Vec::<String>::new());
    browser.turn("#passkey").await;
    browser.find("form[action='/sign-out']").await;
    assert!(browser.text("header").await.contains("Kari Nordmann"), "and nothing was typed");

    browser.client.goto(&format!("{}/account", app.url)).await.unwrap();
    browser.click("#passkeys tbody summary").await;
    browser.photograph("account-passkey-removal").await;
    browser.fill("#passkeys tbody [type=password]", PASSWORD).await;
    browser.turn("#passkeys tbody button").await;
    assert!(browser.text("[data-done]").await.starts_with("Passnøkkelen er fjernet"));
    browser.turn("form[action='/sign-out'] button").await;
    browser.click("#passkey").await;
    browser.find("[data-passkey] [role=alert]:not([hidden])").await;
    let told = browser.text("[data-passkey] [role=alert]").await;
    assert_eq!(told, "Passnøkkelen ble ikke godtatt. Prøv igjen, eller logg inn med passord.");
    browser.end_but(&["/api/v1/passkeys/options", "/api/v1/session/passkey"]).await;
}
