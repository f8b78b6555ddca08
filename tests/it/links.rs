//! One-time links by mail: invitations, new passwords, forgotten ones, through the worker and a real mail server.

use chrono::Duration;
use mail_parser::MessageParser;
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use varsel::outbox::transport::{OutsideOptions, Secret};

use crate::app::{EMAIL, PASSWORD, TestApp, new_client};
use crate::signin::{post, session, stored};
use crate::smtp::{Received, SmtpServer};

const OLA: &str = "ola@smbmobil.example";
const NEW: &str = "en annen hest sover om dagen";

fn out(smtp: &SmtpServer) -> OutsideOptions {
    OutsideOptions {
        smtp_url: Some(Secret::from(smtp.url())),
        mail_from: Some("Varsel <varsel@smbmobil.example>".into()),
        ..OutsideOptions::default()
    }
}

/// The path of the one-time link in a mail, and the mail's text.
fn link(app: &TestApp, mail: &Received) -> (String, String) {
    let parsed = MessageParser::default().parse(&mail.raw).unwrap();
    let text = parsed.body_text(0).unwrap().into_owned();
    let at = text.find(&format!("{}/setup/", app.url)).unwrap_or_else(|| panic!("no link: {text}"));
    let path = text[at + app.url.len()..].split_whitespace().next().unwrap().to_owned();
    assert_eq!(path.len(), "/setup/".len() + 64);
    (path, text)
}

/// What follows the answer of the page is done when the outbox has it.
async fn sent(app: &TestApp, many: usize) {
    let mut done = 0;
    for _ in 0..500 {
        done += app.worker.round().await.unwrap();
        if done >= many {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{done} of {many} messages were sent");
}

#[actix_web::test]
async fn a_forgotten_password_is_put_right_by_mail() {
    let smtp = SmtpServer::start();
    let app = TestApp::with_outside(out(&smtp)).await;
    let elsewhere = new_client();
    assert_eq!(post(&app, &elsewhere, "/forgot", &[("email", " KARI@smbmobil.example ")]).await.status(), 200);
    sent(&app, 1).await;
    let mails = smtp.wait_for(1);
    let (path, text) = link(&app, &mails[0]);
    assert!(text.contains("Hei, Kari Nordmann") && text.contains("kl. 15.00") && mails[0].to == [EMAIL], "{text}");
    let secret = path.rsplit('/').next().unwrap();
    for table in ["message", "one_time_link", "audit_entry", "attempt"] {
        let rows = stored(&app, table);
        assert!(!rows.contains(secret), "{table} tells the secret: {rows}");
    }
    assert!(!app.get("/messages").await.1.to_string().contains(secret));
    assert!(stored(&app, "message").contains("v1."), "the link lies sealed");
    assert_eq!(post(&app, &elsewhere, &path, &[("password", NEW), ("again", NEW)]).await.status(), 303);
    assert_eq!(session(&app, &elsewhere).await.0, 200);
    assert_eq!(session(&app, &app.client).await.0, 401, "old sessions are over");
    assert_eq!(post(&app, &elsewhere, &path, &[("password", NEW), ("again", NEW)]).await.status(), 404, "used up");
}

#[actix_web::test]
async fn nobody_learns_from_the_page_whether_an_account_exists() {
    let smtp = SmtpServer::start();
    let app = TestApp::with_outside(out(&smtp)).await;
    let ask = async |email: &str| {
        let answer = post(&app, &new_client(), "/forgot", &[("email", email)]).await;
        let told = |(name, value): (&HeaderName, &HeaderValue)| (name.to_string(), value.to_str().unwrap().to_owned());
        let mut headers: Vec<_> = answer.headers().iter().filter(|(name, _)| *name != "date").map(told).collect();
        headers.sort();
        (answer.status(), headers, answer.text().await.unwrap())
    };
    let known = ask(EMAIL).await;
    sent(&app, 1).await;
    assert_eq!(known, ask("ingen@smbmobil.example").await, "the same to the last letter");
    assert_eq!(known.0, StatusCode::OK);
    for _ in 0..3 {
        assert_eq!(ask(EMAIL).await.0, StatusCode::OK);
        assert_eq!(ask("ingen@smbmobil.example").await.0, StatusCode::OK);
    }
    for email in [EMAIL, "ingen@smbmobil.example"] {
        ask(email).await;
        assert_eq!(ask(email).await.0, StatusCode::TOO_MANY_REQUESTS, "{email}: both are slowed down alike");
    }
    app.advance(Duration::minutes(6));
    assert_eq!(ask(EMAIL).await.0, StatusCode::OK);
    sent(&app, 1).await;
    assert_eq!(smtp.wait_for(2).len(), 2, "one mail in five minutes, however often somebody asks");
}

#[actix_web::test]
async fn an_invitation_goes_by_mail_and_nobody_else_sees_the_link() {
    let smtp = SmtpServer::start();
    let app = TestApp::with_outside(out(&smtp)).await;
    let ola = json!({ "name": "Ola Hansen", "email": OLA, "roles": ["responder"], "language": "nn" });
    let (status, added) = app.post("/people", &ola).await;
    assert_eq!((status, &added["mailed"], &added["link"]), (201, &json!(true), &Value::Null));
    sent(&app, 1).await;
    let mails = smtp.wait_for(1);
    let (path, text) = link(&app, &mails[0]);
    assert!(text.contains("Du er lagd til i varsel") && mails[0].to == [OLA], "{text}");
    assert!(!stored(&app, "message").contains(path.rsplit('/').next().unwrap()));
    let browser = new_client();
    assert_eq!(post(&app, &browser, &path, &[("password", NEW), ("again", NEW)]).await.status(), 303);
    let (_, his) = session(&app, &browser).await;
    assert_eq!(his["email"], OLA);

    let place = format!("/people/{}", his["account"].as_str().unwrap());
    let answer = post(&app, &app.client, &format!("{place}/link"), &[]).await;
    assert_eq!(answer.status(), 201);
    let page = answer.text().await.unwrap();
    assert!(page.contains("sendt på e-post") && !page.contains("/setup/"), "{page}");
    sent(&app, 1).await;
    let (second, text) = link(&app, &smtp.wait_for(2)[1]);
    assert!(text.contains("nytt passord") && second != path, "{text}");
    let gone = app.page(Method::GET, &path).send().await.unwrap();
    assert_eq!(gone.status(), 404, "used");
}

#[actix_web::test]
async fn a_link_does_not_go_round_the_second_factor() {
    let app = TestApp::start().await;
    assert_eq!(post(&app, &app.client, "/account/second-factor", &[]).await.status(), 303);
    let page = app.page(Method::GET, "/account/second-factor").send().await.unwrap().text().await.unwrap();
    let shown = page.split("id=\"secret\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    let secret = varsel::account::factor::from_base32(&shown).unwrap();
    let code =
        |app: &TestApp| varsel::account::factor::code(&secret, varsel::account::factor::step_at(app.clock.now()));
    let on = post(&app, &app.client, "/account/second-factor/confirmation", &[("code", &code(&app))]).await;
    assert_eq!(on.status(), 200);
    app.advance(Duration::seconds(30));
    let kari = app.get("/people").await.1["items"][0]["id"].as_str().unwrap().to_owned();
    let (_, made) = app.post(&format!("/people/{kari}/link"), &json!({})).await;
    let path = made["link"].as_str().unwrap().strip_prefix(&app.url).unwrap().to_owned();
    let other = new_client();
    let answer = post(&app, &other, &path, &[("password", NEW), ("again", NEW)]).await;
    assert_eq!(answer.headers()["location"], "/sign-in/code?next=%2F");
    assert_eq!(session(&app, &other).await.0, 401);
    assert_eq!(post(&app, &other, "/sign-in/code", &[("code", &code(&app))]).await.headers()["location"], "/");
    assert_eq!(session(&app, &other).await.0, 200);
    assert_eq!(post(&app, &other, "/sign-in", &[("email", EMAIL), ("password", PASSWORD)]).await.status(), 401);
}
