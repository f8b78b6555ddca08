//! Text messages: the request as the administrator has described it, whatever the text holds.

use serde_json::json;
use varsel::outbox::transport::{Content, Flaw, Gateway, Header, Route, Verb};

use crate::http::{Answer, HttpReceiver};
use crate::{delivered, later, letter, made, now, options, refused};

fn gateway(receiver: &HttpReceiver, body: &str) -> Gateway {
    Gateway {
        url: receiver.url("/send").as_str().into(),
        method: Verb::Post,
        headers: vec![Header { name: "X-Api-Key".into(), value: "hemmelig-nokkel".into() }],
        content: Content::Json,
        body: body.into(),
        from: "SMB Mobil".into(),
        delivered: vec![],
        longest: 160,
    }
}

fn text(to: &str) -> crate::Letter {
    crate::Letter {
        to: to.into(),
        text: "Ring «vakta» & si \"hei\" {key}\n= 100 %".into(),
        link: None,
        ..letter("sms:7")
    }
}

#[actix_web::test]
async fn a_gateway_that_wants_json_gets_it_filled_in() {
    let receiver = HttpReceiver::start();
    let template =
        r#"{"sender": "{from}", "messages": [{"to": "{to}", "text": "{text}", "ref": "varsel-{key}"}], "test": false}"#;
    let route = Route::Sms(gateway(&receiver, template));
    delivered(&made(options()).send(&route, &text("900 12 345"), now()).await);
    let request = receiver.last();
    assert_eq!((request.method.as_str(), request.header("x-api-key")), ("POST", Some("hemmelig-nokkel")));
    assert_eq!(request.header("content-type"), Some("application/json"));
    let message = json!({ "to": "+4790012345", "text": text("").text, "ref": "varsel-sms:7" });
    assert_eq!(request.json(), json!({ "sender": "SMB Mobil", "messages": [message], "test": false }));
}

#[actix_web::test]
async fn a_gateway_that_wants_a_form_gets_it_filled_in() {
    let receiver = HttpReceiver::start();
    let form = Gateway {
        content: Content::Form,
        method: Verb::Put,
        headers: vec![],
        ..gateway(&receiver, "user=smb&passwd=hemmelig-ord&to={digits}&from={from}&msg={text}")
    };
    let outside = made(options());
    delivered(&outside.send(&Route::Sms(form.clone()), &text("+4790012345"), now()).await);
    let request = receiver.last();
    assert_eq!(
        (request.method.as_str(), request.header("content-type")),
        ("PUT", Some("application/x-www-form-urlencoded"))
    );
    let body = String::from_utf8(request.body).unwrap();
    let read = reqwest::Url::parse(&format!("https://x.example/?{body}")).unwrap();
    let pairs: Vec<(String, String)> = read.query_pairs().into_owned().collect();
    let expected = [
        ("user", "smb"),
        ("passwd", "hemmelig-ord"),
        ("to", "4790012345"),
        ("from", "SMB Mobil"),
        ("msg", &text("").text),
    ];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));

    receiver.answer(Answer::Status(403, vec![], b"passwd=hemmelig-ord is wrong".to_vec()));
    let outcome = outside.send(&Route::Sms(form), &text("+4790012345"), now()).await;
    assert_eq!(later(&outcome), "403 Forbidden: passwd=••• is wrong");
}

#[actix_web::test]
async fn the_gateway_says_which_statuses_mean_delivered() {
    let receiver = HttpReceiver::start();
    let template = r#"{"to": "{to}", "text": "{text}"}"#;
    let strict = Route::Sms(Gateway { delivered: vec![202], ..gateway(&receiver, template) });
    let outside = made(options());
    for (status, means) in [(202, "delivered"), (200, "later"), (400, "refused"), (500, "later")] {
        receiver.answer(Answer::status(status));
        assert_eq!(outside.send(&strict, &text("90012345"), now()).await.name(), means, "{status}");
    }
    receiver.answer(Answer::Status(401, vec![], b"bad key hemmelig-nokkel".to_vec()));
    let outcome = outside.send(&strict, &text("90012345"), now()).await;
    assert_eq!(later(&outcome), "401 Unauthorized: bad key •••");
}

#[actix_web::test]
async fn without_a_number_or_a_working_template_nothing_is_sent() {
    let receiver = HttpReceiver::start();
    let outside = made(options());
    let template = r#"{"to": "{to}", "text": "{text}"}"#;
    for to in ["", "kari@smbmobil.example", "123", "+47 12 34"] {
        let outcome = outside.send(&Route::Sms(gateway(&receiver, template)), &text(to), now()).await;
        assert!(refused(&outcome).contains("telephone number"), "{outcome:?}");
    }
    for (body, flaw) in [("to={to}&text={text}", Flaw::NotATemplate), (r#"{"text": "{text}"}"#, Flaw::PlaceMissing)] {
        let route = Route::Sms(gateway(&receiver, body));
        assert_eq!(outside.look_at(&route), Err(flaw));
        assert_eq!(refused(&outside.send(&route, &text("90012345"), now()).await), flaw.to_string());
    }
    let header = Header { name: "x-key".into(), value: "a\r\nx-ond: ja".into() };
    let route = Route::Sms(Gateway { headers: vec![header], ..gateway(&receiver, template) });
    assert_eq!(refused(&outside.send(&route, &text("90012345"), now()).await), Flaw::NotAHeader.to_string());
    assert_eq!(receiver.connections(), 0);
}

#[actix_web::test]
async fn a_long_text_is_cut_and_keeps_its_link() {
    let receiver = HttpReceiver::start();
    let route = Route::Sms(gateway(&receiver, r#"{"to": "{to}", "text": "{text}"}"#));
    let letter = crate::Letter { to: "90012345".into(), text: "æ".repeat(1000), ..letter("long") };
    delivered(&made(options()).send(&route, &letter, now()).await);
    let sent = receiver.last().json()["text"].as_str().unwrap().to_owned();
    assert_eq!(sent.chars().count(), 160);
    assert!(sent.ends_with("æ...\nhttps://varsel.example/incidents/7"), "{sent}");
}
