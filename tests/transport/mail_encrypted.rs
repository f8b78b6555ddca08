//! Mail over TLS, and signing in: encryption is not given up for convenience, nor a password told to strangers.

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;
use varsel::outbox::transport::{Outside, OutsideOptions, Route};

use crate::authority::Authority;
use crate::smtp::SmtpServer;
use crate::{delivered, later, letter, made, now, options};

struct Setting {
    server: SmtpServer,
    ca: tempfile::NamedTempFile,
}

impl Setting {
    fn start() -> Self {
        Self::with_names(&["127.0.0.1", "localhost"])
    }

    fn with_names(names: &[&str]) -> Self {
        let authority = Authority::new();
        let (certificate, key) = authority.issue(names);
        let mut ca = tempfile::NamedTempFile::new().unwrap();
        ca.write_all(authority.pem().as_bytes()).unwrap();
        Self { server: SmtpServer::start_with(Some((&certificate, &key))), ca }
    }

    fn outside(&self, url: &str) -> Outside {
        outside(url, Some(self.ca.path().into()))
    }

    fn starttls(&self, login: &str) -> String {
        format!("smtp://{login}127.0.0.1:{}?tls=required", self.server.starttls)
    }

    fn wrapped(&self, login: &str) -> String {
        format!("smtps://{login}127.0.0.1:{}", self.server.wrapped)
    }
}

fn outside(url: &str, smtp_ca: Option<PathBuf>) -> Outside {
    made(OutsideOptions { smtp_url: Some(url.into()), smtp_ca, ..options() })
}

#[actix_web::test]
async fn mail_goes_encrypted_in_both_ways_to_a_server_of_the_operators_own_authority() {
    let setting = Setting::start();
    for url in [setting.starttls(""), setting.wrapped(""), setting.starttls("").replace("required", "opportunistic")] {
        let outside = setting.outside(&url);
        delivered(&outside.send(&Route::Mail, &letter("x"), now()).await);
        delivered(&outside.send(&Route::Mail, &letter("y"), now()).await);
    }
    let received = setting.server.wait_for(6);
    assert!(received.iter().all(|mail| mail.encrypted));
    assert_eq!(received.iter().map(|mail| mail.connection).collect::<Vec<_>>(), [1, 1, 2, 2, 3, 3]);
}

#[actix_web::test]
async fn a_certificate_that_does_not_hold_means_later_and_nothing_is_sent() {
    let setting = Setting::start();
    for url in [setting.starttls(""), setting.wrapped(""), setting.starttls("").replace("required", "opportunistic")] {
        let outcome = outside(&url, None).send(&Route::Mail, &letter("x"), now()).await;
        assert!(later(&outcome).contains("certificate"), "{url}: {outcome:?}");
    }
    let other = Setting::with_names(&["mail.smbmobil.example"]);
    for url in [other.starttls(""), other.wrapped("")] {
        let outcome = other.outside(&url).send(&Route::Mail, &letter("x"), now()).await;
        assert!(later(&outcome).contains("certificate"), "{url}: {outcome:?}");
    }
    assert!(setting.server.received().is_empty() && other.server.received().is_empty());
}

#[actix_web::test]
async fn without_encryption_nothing_goes_to_a_server_that_must_have_it() {
    let setting = Setting::start();
    let plain = format!("smtp://varsel:hemmelig1@127.0.0.1:{}", setting.server.plain);
    let outcome = setting.outside(&format!("{plain}?tls=required")).send(&Route::Mail, &letter("x"), now()).await;
    assert!(later(&outcome).contains("offers no encryption"), "{outcome:?}");
    // Opportunistic goes on in the clear, but never with a password.
    let outcome = setting.outside(&format!("{plain}?tls=opportunistic")).send(&Route::Mail, &letter("x"), now()).await;
    assert!(later(&outcome).contains("offers no encryption"), "{outcome:?}");
    let bare = format!("smtp://127.0.0.1:{}?tls=opportunistic", setting.server.plain);
    delivered(&setting.outside(&bare).send(&Route::Mail, &letter("x"), now()).await);
    let received = setting.server.wait_for(1);
    assert_eq!((received.len(), received[0].encrypted), (1, false));
    // A server that speaks no TLS at the door of TLS.
    let wrong_door = format!("smtps://127.0.0.1:{}", setting.server.plain);
    later(&setting.outside(&wrong_door).send(&Route::Mail, &letter("x"), now()).await);
}

#[actix_web::test]
async fn signing_in_works_with_any_password_and_a_wrong_one_means_later() {
    let mut setting = Setting::start();
    let (user, password) = ("varsel@smb.example", "på :/%ss @");
    setting.server.behave(&json!({ "login": [user, password] }));
    let right = "varsel%40smb.example:p%C3%A5%20%3A%2F%25ss%20%40@";
    let plain = format!("smtp://{right}127.0.0.1:{}", setting.server.plain);
    for url in [setting.starttls(right), setting.wrapped(right), plain] {
        delivered(&setting.outside(&url).send(&Route::Mail, &letter("x"), now()).await);
    }
    assert!(setting.server.wait_for(3).iter().all(|mail| mail.login.as_deref() == Some(user)));

    let outside = setting.outside(&setting.wrapped("varsel:hemmelig1@"));
    let outcome = outside.send(&Route::Mail, &letter("x"), now()).await;
    assert_eq!(later(&outcome), "535 5.7.8 Authentication credentials invalid (when signing in at the mail server)");
    let outcome = setting.outside(&setting.wrapped("")).send(&Route::Mail, &letter("x"), now()).await;
    assert!(later(&outcome).starts_with("530 "), "{outcome:?}");
    // The operator puts it right at the server, and the same message goes.
    setting.server.behave(&json!({ "login": ["varsel", "hemmelig1"] }));
    delivered(&outside.send(&Route::Mail, &letter("x"), now()).await);
    assert!(!format!("{outside:?}").contains("hemmelig1"));
}

#[actix_web::test]
async fn answers_smuggled_in_before_the_encryption_are_not_believed() {
    let mut setting = Setting::start();
    let inject = [
        "250-evil",
        "250 8BITMIME",
        "250 sender",
        "250 receiver",
        "354 go on",
        "250 2.0.0 taken, says the man in the middle",
    ];
    setting.server.behave(&json!({ "inject": inject }));
    let outcome = setting.outside(&setting.starttls("")).send(&Route::Mail, &letter("x"), now()).await;
    assert!(later(&outcome).starts_with("It broke when encrypting"), "{outcome:?}");
    assert!(setting.server.received().is_empty());
}
