//! Single sign-on in a real browser, against a certified identity provider: turned away, let in, and out again.

use serde_json::json;

use super::driver::{App, Browser};
use super::pages::{put_axe, read_on_two_screens};
use super::provider::{Provider, SECRET};

#[actix_web::test]
async fn somebody_presses_the_button_and_comes_back_signed_in() {
    let provider = Provider::start();
    let setup = [
        ("VARSEL_OIDC_ISSUER", provider.issuer.as_str()),
        ("VARSEL_OIDC_CLIENT_ID", "varsel"),
        ("VARSEL_OIDC_CLIENT_SECRET", SECRET),
        ("VARSEL_OIDC_NAME", "SMB"),
        ("VARSEL_OIDC_SCOPES", "openid email profile groups"),
        ("VARSEL_OIDC_ROLES", "sikkerhet=responder"),
    ];
    let app = App::with(&setup);
    let ola = json!({
        "name": "Ola Hansen", "email": "ola@smbmobil.example", "email_verified": true, "locale": "nb", "groups": ["sikkerhet"],
    });
    provider.begin(&app.url, json!({ "people": { "ola-1": ola } })).await;
    let browser = Browser::start().await;
    put_axe(&browser).await;

    browser.client.goto(&format!("{}/incidents/new", app.url)).await.unwrap();
    assert_eq!(browser.text("#openid").await, "Logg inn med SMB");
    browser.photograph("sign-in-openid").await;
    let mut wrong = read_on_two_screens(&browser, "/sign-in").await;
    at_the_provider(&browser, "refuse").await;
    browser.find("main a[href='/sign-in']").await;
    browser.photograph("openid-refused").await;
    wrong.extend(read_on_two_screens(&browser, "refused").await);

    browser.client.goto(&format!("{}/incidents/new", app.url)).await.unwrap();
    at_the_provider(&browser, "ola-1").await;
    browser.find("form[action='/sign-out']").await;
    assert_eq!(browser.path().await, "/incidents/new", "back where one was going");
    assert!(browser.text("header").await.contains("Ola Hansen"));
    wrong.extend(read_on_two_screens(&browser, "/incidents/new").await);

    browser.turn("form[action='/sign-out'] button").await;
    browser.find("a[href='/sign-in/openid/out']").await;
    browser.photograph("sign-in-openid-left").await;
    wrong.extend(read_on_two_screens(&browser, "left").await);
    assert_eq!(wrong, Vec::<String>::new());
    // The provider's page has no icon, and a refusal is no page like others.
    browser.end_but(&[&format!("{}/favicon.ico", provider.issuer), "/sign-in/openid/back"]).await;
}

/// Presses the button, and says who one is on the provider's page.
async fn at_the_provider(browser: &Browser, login: &str) {
    browser.click("#openid").await;
    browser.fill("#login", login).await;
    browser.click("#go").await;
}
