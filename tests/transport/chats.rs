//! Teams and Slack: what a channel gets.

use serde_json::json;
use varsel::i18n::Lang;
use varsel::outbox::transport::Route;

use crate::http::{Answer, HttpReceiver};
use crate::{delivered, later, letter, made, now, options};

#[actix_web::test]
async fn teams_gets_a_card_with_a_button_in_the_language_of_the_letter() {
    let receiver = HttpReceiver::start();
    receiver.answer(Answer::Status(202, vec![], vec![]));
    let route = Route::Teams { url: receiver.url("/workflows/abc/triggers/manual?sig=x").as_str().into() };
    for (lang, title) in [(Lang::Nb, "Åpne i varsel"), (Lang::Nn, "Opne i varsel"), (Lang::En, "Open in varsel")] {
        let outcome = made(options()).send(&route, &crate::Letter { lang, ..letter("t") }, now()).await;
        assert_eq!(delivered(&outcome), "202 Accepted");
        let message = receiver.last().json();
        assert_eq!(message["type"], "message");
        let attachment = &message["attachments"][0];
        assert_eq!(attachment["contentType"], "application/vnd.microsoft.card.adaptive");
        assert_eq!(attachment["content"]["version"], "1.4");
        assert_eq!(attachment["content"]["body"][0]["inlines"][0]["text"], "Frist om 4 timer (t)");
        assert_eq!(attachment["content"]["body"][1]["inlines"][0]["text"], "Meld bruddet til Nkom.");
        let action = &attachment["content"]["actions"][0];
        assert_eq!(
            action,
            &json!({ "type": "Action.OpenUrl", "title": title, "url": "https://varsel.example/incidents/7" })
        );
    }
    assert_eq!(receiver.last().path, "/workflows/abc/triggers/manual?sig=x");
}

#[actix_web::test]
async fn slack_gets_blocks_and_its_refusals_are_read() {
    let receiver = HttpReceiver::start();
    let route = Route::Slack { url: receiver.url("/services/T/B/x").as_str().into() };
    let outside = made(options());
    let mut letter = letter("s");
    letter.text = "a < b & c > d\n<!channel>".into();
    receiver.answer(Answer::Status(200, vec![], b"ok".to_vec()));
    assert_eq!(delivered(&outside.send(&route, &letter, now()).await), "200 OK: ok");
    let message = receiver.last().json();
    assert_eq!(message["text"], "Frist om 4 timer (s)");
    let kinds: Vec<_> = message["blocks"].as_array().unwrap().iter().map(|block| block["type"].clone()).collect();
    assert_eq!(kinds, ["header", "section", "actions"]);
    assert_eq!(message["blocks"][1]["text"]["text"], "a &lt; b &amp; c &gt; d\n&lt;!channel&gt;");
    receiver.answer(Answer::Status(404, vec![], b"no_service".to_vec()));
    assert_eq!(later(&outside.send(&route, &letter, now()).await), "404 Not Found: no_service");
}

#[actix_web::test]
async fn a_link_that_is_no_address_of_the_web_gets_no_button() {
    let receiver = HttpReceiver::start();
    let mut letter = letter("s");
    letter.link = Some("javascript:alert(1)".into());
    for route in [
        Route::Slack { url: receiver.url("/").as_str().into() },
        Route::Teams { url: receiver.url("/").as_str().into() },
    ] {
        delivered(&made(options()).send(&route, &letter, now()).await);
        assert!(!String::from_utf8(receiver.last().body).unwrap().contains("javascript"));
    }
}
