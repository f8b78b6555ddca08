//! Mail to a server that refuses, hangs or breaks off: what is final, and what is tried again.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::json;
use varsel::outbox::transport::{Limits, OutsideOptions, Route};

use crate::smtp::SmtpServer;
use crate::{by_mail, delivered, later, letter, made, now, options, refused, short};

#[actix_web::test]
async fn a_server_that_says_come_again_gets_it_again() {
    let mut server = SmtpServer::start();
    let outside = by_mail(&server.url());
    server.behave(&json!({ "again": 2 }));
    for _ in 0..2 {
        let outcome = outside.send(&Route::Mail, &letter("grey"), now()).await;
        assert_eq!(later(&outcome), "451 4.7.1 Greylisted, come again");
    }
    delivered(&outside.send(&Route::Mail, &letter("grey"), now()).await);
    assert_eq!(server.wait_for(1).len(), 1);
}

#[actix_web::test]
async fn what_the_server_says_of_the_receiver_or_the_content_is_final() {
    let mut server = SmtpServer::start();
    let outside = by_mail(&server.url());
    for answer in [
        "550 5.1.1 No such user here",
        "551 5.1.6 Moved away",
        "552 5.2.2 Box is full",
        "553 5.1.3 Bad address",
        "501 5.1.3 Bad syntax",
    ] {
        server.behave(&json!({ "receivers": { "kari@smbmobil.example": answer } }));
        let outcome = outside.send(&Route::Mail, &letter("x"), now()).await;
        assert_eq!(refused(&outcome), answer);
    }
    for answer in ["554 5.6.0 Content not wanted", "552 5.3.4 Too big"] {
        server.behave(&json!({ "content": answer }));
        let outcome = outside.send(&Route::Mail, &letter("x"), now()).await;
        assert_eq!(refused(&outcome), answer);
    }
    // The others are not touched by it.
    server.behave(&json!({ "receivers": { "ola@smbmobil.example": "550 5.1.1 No such user here" } }));
    delivered(&outside.send(&Route::Mail, &letter("x"), now()).await);
    assert_eq!(server.wait_for(1).len(), 1);
}

#[actix_web::test]
async fn what_the_operator_can_put_right_is_tried_again() {
    let mut server = SmtpServer::start();
    let outside = by_mail(&server.url());
    for (behaviour, said) in [
        (json!({ "sender": "553 5.7.1 Sender not yours" }), "553 5.7.1 Sender not yours (when naming the sender)"),
        (
            json!({ "sender": "530 5.7.0 Authentication required" }),
            "530 5.7.0 Authentication required (when naming the sender)",
        ),
        (
            json!({ "receivers": { "kari@smbmobil.example": "554 5.7.1 Relay access denied" } }),
            "554 5.7.1 Relay access denied",
        ),
        (json!({ "receivers": { "kari@smbmobil.example": "530 Sign in first" } }), "530 Sign in first"),
        (json!({ "receivers": { "kari@smbmobil.example": "421 4.3.2 Going down" } }), "421 4.3.2 Going down"),
        (json!({ "content": "452 4.3.1 Disk is full" }), "452 4.3.1 Disk is full"),
    ] {
        server.behave(&behaviour);
        let outcome = outside.send(&Route::Mail, &letter("x"), now()).await;
        assert_eq!(later(&outcome), said);
    }
    server.behave_well();
    delivered(&outside.send(&Route::Mail, &letter("x"), now()).await);
}

#[actix_web::test]
async fn a_server_that_does_not_want_to_talk_is_asked_again_later() {
    let mut server = SmtpServer::start();
    for greeting in ["421 4.3.2 Too busy", "554 5.3.2 No mail here"] {
        server.behave(&json!({ "greet": greeting }));
        let outcome = by_mail(&server.url()).send(&Route::Mail, &letter("x"), now()).await;
        assert_eq!(later(&outcome), format!("{greeting} (when connecting to the mail server)"));
    }
}

#[actix_web::test]
async fn a_long_answer_is_kept_as_one_short_line() {
    let mut server = SmtpServer::start();
    let long = format!("550-5.1.1 first\r\n550 5.1.1 {}", "x".repeat(800));
    server.behave(&json!({ "receivers": { "kari@smbmobil.example": long } }));
    let outcome = by_mail(&server.url()).send(&Route::Mail, &letter("x"), now()).await;
    let reply = refused(&outcome);
    assert!(reply.starts_with("550 5.1.1 first xxx") && reply.chars().count() == 500, "{reply}");
}

#[actix_web::test]
async fn a_server_that_never_answers_the_content_costs_no_more_than_the_limit() {
    let mut server = SmtpServer::start();
    server.behave(&json!({ "data": "hang" }));
    let outside = by_mail(&server.url());
    let began = Instant::now();
    let outcome = outside.send(&Route::Mail, &letter("x"), now()).await;
    assert_eq!(later(&outcome), "No answer came in time when handing over the content.");
    assert!(began.elapsed() >= Duration::from_millis(500) && began.elapsed() < Duration::from_secs(3));
    server.behave_well();
    delivered(&outside.send(&Route::Mail, &letter("x"), now()).await);
    assert_eq!(server.wait_for(1)[0].connection, 2, "a connection in an unknown state is not used again");
}

#[actix_web::test]
async fn a_line_that_is_cut_in_the_middle_of_the_content_means_later() {
    let mut server = SmtpServer::start();
    server.behave(&json!({ "data": "cut" }));
    let outside = by_mail(&server.url());
    let mut big = letter("big");
    big.text = "En lang linje med tekst.\n".repeat(40_000);
    let outcome = outside.send(&Route::Mail, &big, now()).await;
    assert!(later(&outcome).starts_with("It broke when handing over the content"), "{outcome:?}");
    server.behave_well();
    delivered(&outside.send(&Route::Mail, &letter("x"), now()).await);
}

#[actix_web::test]
async fn a_server_that_cannot_be_reached_or_says_nothing_means_later() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let outcome = by_mail(&format!("smtp://{closed}")).send(&Route::Mail, &letter("x"), now()).await;
    assert!(later(&outcome).contains("refused"), "{outcome:?}");

    let outcome = by_mail("smtp://mail.nowhere.invalid?tls=none").send(&Route::Mail, &letter("x"), now()).await;
    later(&outcome);

    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    for form in ["smtp://", "smtps://"] {
        let outside = by_mail(&format!("{form}{}", silent.local_addr().unwrap()));
        let began = Instant::now();
        let outcome = outside.send(&Route::Mail, &letter("x"), now()).await;
        assert!(later(&outcome).contains("No answer came in time"), "{outcome:?}");
        assert!(began.elapsed() < Duration::from_secs(3));
    }
}

#[actix_web::test]
async fn a_whole_sending_never_takes_longer_than_it_says() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let limits = Limits {
        mail_command: Duration::from_secs(60),
        mail_total: Duration::from_millis(300),
        http_total: Duration::from_millis(200),
        ..short()
    };
    let smtp_url = Some(format!("smtp://{}", silent.local_addr().unwrap()).as_str().into());
    let outside = made(OutsideOptions { smtp_url, limits, ..options() });
    assert_eq!(outside.longest(), Duration::from_millis(300));
    let began = Instant::now();
    later(&outside.send(&Route::Mail, &letter("x"), now()).await);
    assert!(began.elapsed() < Duration::from_secs(2));
}
