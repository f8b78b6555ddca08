//! Mail to a well-behaved server: what arrives, and that nothing can be smuggled into it.

use mail_parser::{Address, HeaderValue, Message, MessageParser};
use serde_json::json;
use varsel::outbox::transport::Route;

use crate::smtp::SmtpServer;
use crate::{by_mail, delivered, later, letter, now, refused};

fn parsed(raw: &[u8]) -> Message<'_> {
    MessageParser::default().parse(raw).unwrap()
}

fn header<'a>(mail: &'a Message<'_>, name: &str) -> Vec<&'a str> {
    mail.header_values(name.to_owned()).filter_map(HeaderValue::as_text).collect()
}

#[actix_web::test]
async fn a_mail_arrives_with_its_text_its_headers_and_its_identity() {
    let server = SmtpServer::start();
    let outside = by_mail(&server.url());
    let mut letter = letter("reminder-7");
    letter.subject = "📞 Nødnett: frist for å melde på Ås".into();
    letter.text = "Blåbærsyltetøy 📞\n.\n..og et punktum\nFrom her\n\nSlutt".into();
    letter.urgent = true;
    let outcome = outside.send(&Route::Mail, &letter, now()).await;
    assert_eq!(delivered(&outcome), "250 2.0.0 Kept");

    let received = server.wait_for(1).remove(0);
    assert_eq!((received.from.as_str(), received.hello.as_str()), ("varsel@smbmobil.example", "smbmobil.example"));
    assert_eq!(received.to, ["kari@smbmobil.example"]);
    assert!(received.raw.is_ascii(), "every mail server takes it");
    let mail = parsed(&received.raw);
    assert_eq!(mail.subject(), Some("📞 Nødnett: frist for å melde på Ås"));
    let text = mail.body_text(0).unwrap().replace("\r\n", "\n");
    assert_eq!(text, format!("{}\n\nhttps://varsel.example/incidents/7\n", letter.text));
    assert_eq!(mail.message_id(), Some("reminder-7@smbmobil.example"));
    assert_eq!(mail.date().unwrap().to_rfc3339(), "2026-11-24T11:59:30Z");
    let one = |address: Option<&Address<'_>>| {
        let address = address.unwrap().first().unwrap();
        (address.name().unwrap().to_owned(), address.address().unwrap().to_owned())
    };
    assert_eq!(one(mail.from()), ("Varsel".into(), "varsel@smbmobil.example".into()));
    assert_eq!(one(mail.to()), ("Kari Nordmann".into(), "kari@smbmobil.example".into()));
    for (name, value) in [
        ("Auto-Submitted", "auto-generated"),
        ("Varsel-Key", "reminder-7"),
        ("Varsel-Attempt", "1"),
        ("Importance", "high"),
        ("X-Priority", "1"),
    ] {
        assert_eq!(header(&mail, name), [value], "{name}");
    }
    assert!(received.text().contains("Content-Type: text/plain; charset=utf-8\r\n"));
}

#[actix_web::test]
async fn a_letter_that_does_not_press_is_not_marked_as_important() {
    let server = SmtpServer::start();
    delivered(&by_mail(&server.url()).send(&Route::Mail, &letter("calm"), now()).await);
    let received = server.wait_for(1).remove(0);
    let mail = parsed(&received.raw);
    assert!(header(&mail, "Importance").is_empty() && header(&mail, "X-Priority").is_empty());
}

#[actix_web::test]
async fn every_attempt_of_a_key_carries_the_same_message_id_and_its_own_number() {
    let mut server = SmtpServer::start();
    let outside = by_mail(&server.url());
    let mut letter = letter("reminder:7/24h");
    // The first attempt arrives, but its answer is too late for us.
    server.behave(&json!({ "delay": 1.0 }));
    later(&outside.send(&Route::Mail, &letter, now()).await);
    server.behave_well();
    letter.attempt = 2;
    delivered(&outside.send(&Route::Mail, &letter, now()).await);

    let received = server.wait_for(2);
    let (first, second) = (parsed(&received[0].raw), parsed(&received[1].raw));
    assert_eq!(first.message_id(), second.message_id());
    assert!(first.message_id().unwrap().ends_with("@smbmobil.example"));
    assert_eq!((header(&first, "Varsel-Attempt"), header(&second, "Varsel-Attempt")), (vec!["1"], vec!["2"]));
    assert_eq!(header(&second, "Varsel-Key"), ["reminder:7/24h"]);
    assert_eq!(first.date().unwrap().to_rfc3339(), second.date().unwrap().to_rfc3339());
    let mut other = letter.clone();
    other.key = "reminder:7/1h".into();
    delivered(&outside.send(&Route::Mail, &other, now()).await);
    let received = server.wait_for(3);
    assert_ne!(parsed(&received[2].raw).message_id(), first.message_id());
}

#[actix_web::test]
async fn nothing_can_be_smuggled_into_the_head_of_a_mail() {
    let server = SmtpServer::start();
    let outside = by_mail(&server.url());
    let evil = "Hei\r\nBcc: ond@elsewhere.example\r\nX-Ond: ja\n\nNy tekst\0\u{b}";
    let mut letter = letter(evil);
    (letter.subject, letter.to_name, letter.kind) = (evil.into(), evil.into(), evil.into());
    letter.link = Some(evil.into());
    delivered(&outside.send(&Route::Mail, &letter, now()).await);
    (letter.to_name, letter.subject) =
        ("\"Kari\" <ond@elsewhere.example>, ".into(), "å\r\nBcc: ond@elsewhere.example".into());
    delivered(&outside.send(&Route::Mail, &letter, now()).await);

    for received in server.wait_for(2) {
        assert_eq!(received.to, ["kari@smbmobil.example"]);
        let mail = parsed(&received.raw);
        assert!(header(&mail, "X-Ond").is_empty() && mail.bcc().is_none(), "{}", received.text());
        let to = mail.to().unwrap();
        assert_eq!(to.iter().count(), 1, "{}", received.text());
        assert_eq!(to.first().unwrap().address(), Some("kari@smbmobil.example"));
        let head = received.text().split("\r\n\r\n").next().unwrap().to_owned();
        let names: Vec<&str> =
            head.lines().filter(|line| !line.starts_with(' ')).map(|line| line.split(':').next().unwrap()).collect();
        let mut expected = vec![
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Content-Type",
            "Auto-Submitted",
            "Content-Language",
            "Varsel-Key",
            "Varsel-Attempt",
            "Content-Transfer-Encoding",
        ];
        let mut sorted = names.clone();
        (sorted.sort_unstable(), expected.sort_unstable());
        assert_eq!(sorted.into_iter().filter(|name| *name != "MIME-Version").collect::<Vec<_>>(), expected, "{head}");
    }
    for to in [
        "kari@smbmobil.example>\r\nRCPT TO:<ond@elsewhere.example",
        "kari@smbmobil.example\r\n",
        "a@b.example,c@d.example",
        "",
        "+4790012345",
    ] {
        letter.to = to.into();
        let outcome = outside.send(&Route::Mail, &letter, now()).await;
        if to.trim() == "kari@smbmobil.example" {
            delivered(&outcome);
        } else {
            assert!(refused(&outcome).contains("e-mail address"), "{outcome:?}");
        }
    }
    for received in server.wait_for(3) {
        assert_eq!(received.to, ["kari@smbmobil.example"]);
    }
}

#[actix_web::test]
async fn a_name_from_abroad_and_a_host_with_norwegian_letters_arrive() {
    let server = SmtpServer::start();
    let outside = by_mail(&server.url());
    let mut letter = letter("idn");
    (letter.to, letter.to_name) = ("post@blåbær.example".into(), "Åse Ørnulf, 田中".into());
    delivered(&outside.send(&Route::Mail, &letter, now()).await);
    let received = server.wait_for(1).remove(0);
    assert_eq!(received.to, ["post@xn--blbr-roah.example"]);
    let mail = parsed(&received.raw);
    assert_eq!(mail.to().unwrap().first().unwrap().name(), Some("Åse Ørnulf, 田中"));
}

#[actix_web::test]
async fn a_connection_serves_many_mails_until_it_is_old_or_gone() {
    let mut server = SmtpServer::start();
    let outside = by_mail(&server.url());
    for key in ["one", "two", "three"] {
        delivered(&outside.send(&Route::Mail, &letter(key), now()).await);
    }
    // A refused receiver is no reason to hang up.
    server.behave(&json!({ "receivers": { "kari@smbmobil.example": "550 5.1.1 Nobody" } }));
    refused(&outside.send(&Route::Mail, &letter("four"), now()).await);
    server.behave_well();
    delivered(&outside.clone().send(&Route::Mail, &letter("five"), now()).await);
    assert!(server.wait_for(4).iter().all(|mail| mail.connection == 1));

    let much_later = now() + chrono::TimeDelta::minutes(5);
    delivered(&outside.send(&Route::Mail, &letter("six"), much_later).await);
    assert_eq!(server.wait_for(5)[4].connection, 2);

    let together = ["a", "b", "c"].map(|key| {
        let outside = outside.clone();
        actix_web::rt::spawn(async move { outside.send(&Route::Mail, &letter(key), much_later).await })
    });
    for sending in together {
        delivered(&sending.await.unwrap());
    }
    assert_eq!(server.wait_for(8).len(), 8);
}

#[actix_web::test]
async fn a_server_that_has_been_away_is_met_with_a_new_connection() {
    let server = SmtpServer::start();
    let (outside, port) = (by_mail(&server.url()), server.plain);
    delivered(&outside.send(&Route::Mail, &letter("before"), now()).await);
    drop(server);
    let outcome = outside.send(&Route::Mail, &letter("between"), now()).await;
    assert!(later(&outcome).contains("connecting to the mail server"), "{outcome:?}");
    let server = std::net::TcpListener::bind(("127.0.0.1", port));
    assert!(server.is_ok(), "the port is free, and nothing of ours holds it");
}
