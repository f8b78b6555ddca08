//! Webhooks: signed as the standard says, known by one identity, checked here as a receiver checks them.

use chrono::TimeDelta;
use serde_json::json;
use varsel::outbox::transport::{Route, Webhook, new_signing_secret, signature};

use crate::http::{Answer, HttpReceiver};
use crate::{delivered, later, letter, made, now, options, refused};

fn hook(receiver: &HttpReceiver) -> Webhook {
    Webhook { url: receiver.url("/hook").as_str().into(), secret: new_signing_secret(), old_secret: None }
}

#[actix_web::test]
async fn a_webhook_carries_its_identity_its_time_and_a_signature_over_what_arrived() {
    let receiver = HttpReceiver::start();
    let (outside, webhook) = (made(options()), hook(&receiver));
    let mut letter = letter("reminder:7:24h");
    letter.text = "Blåbær 📞 </script>".into();
    delivered(&outside.send(&Route::Webhook(webhook.clone()), &letter, now()).await);
    let request = receiver.last();
    assert_eq!(request.header("webhook-id"), Some("reminder:7:24h"));
    assert_eq!(request.header("webhook-timestamp"), Some(now().timestamp().to_string().as_str()));
    let expected = signature(&webhook.secret, "reminder:7:24h", now().timestamp(), &request.body).unwrap();
    assert_eq!(request.header("webhook-signature"), Some(expected.as_str()));
    assert_eq!(
        request.json(),
        json!({
            "type": "varsel.reminder",
            "timestamp": "2026-11-24T11:59:30Z",
            "data": {
                "key": "reminder:7:24h", "attempt": 1, "subject": letter.subject, "text": letter.text,
                "link": "https://varsel.example/incidents/7", "lang": "nb", "urgent": false,
                "incident": 7, "duty": "nkom-breach",
            },
        })
    );
    assert!(signature(&webhook.secret, "reminder:7:24h", now().timestamp(), b"another").unwrap() != expected);
}

#[actix_web::test]
async fn a_later_attempt_has_the_same_identity_and_a_new_time() {
    let receiver = HttpReceiver::start();
    let (outside, route) = (made(options()), Route::Webhook(hook(&receiver)));
    let mut letter = letter("k");
    receiver.answer(Answer::status(500));
    later(&outside.send(&route, &letter, now()).await);
    receiver.answer(Answer::status(200));
    letter.attempt = 2;
    delivered(&outside.send(&route, &letter, now() + TimeDelta::minutes(5)).await);
    let [first, second] = receiver.requests().try_into().unwrap();
    assert_eq!(first.header("webhook-id"), second.header("webhook-id"));
    assert_ne!(first.header("webhook-timestamp"), second.header("webhook-timestamp"));
    assert_eq!((&first.json()["data"]["attempt"], &second.json()["data"]["attempt"]), (&json!(1), &json!(2)));
    assert_eq!(first.json()["timestamp"], second.json()["timestamp"], "what happened has not happened anew");
}

#[actix_web::test]
async fn while_a_secret_is_being_replaced_both_sign() {
    let receiver = HttpReceiver::start();
    let webhook = Webhook { old_secret: Some(new_signing_secret()), ..hook(&receiver) };
    delivered(&made(options()).send(&Route::Webhook(webhook.clone()), &letter("k"), now()).await);
    let request = receiver.last();
    let signed = |secret| signature(secret, "k", now().timestamp(), &request.body).unwrap();
    let both = format!("{} {}", signed(&webhook.secret), signed(webhook.old_secret.as_ref().unwrap()));
    assert_eq!(request.header("webhook-signature"), Some(both.as_str()));
}

#[actix_web::test]
async fn particulars_never_hide_what_every_webhook_has_and_odd_keys_stay_single() {
    let receiver = HttpReceiver::start();
    let (outside, route) = (made(options()), Route::Webhook(hook(&receiver)));
    let mut odd = letter("a.b\r\nx-ond: ja");
    odd.data = json!({ "key": "falsk", "attempt": 99, "more": [1, 2] });
    delivered(&outside.send(&route, &odd, now()).await);
    let request = receiver.last();
    assert_eq!(request.json()["data"]["key"], "a.b\r\nx-ond: ja");
    assert_eq!((&request.json()["data"]["attempt"], &request.json()["data"]["more"]), (&json!(1), &json!([1, 2])));
    let id = request.header("webhook-id").unwrap();
    assert!(id.len() == 64 && id.chars().all(|c| c.is_ascii_hexdigit()), "{id}");
    assert_eq!(request.header("x-ond"), None);
    for (data, value) in [(json!(null), json!(null)), (json!("text"), json!("text"))] {
        delivered(&outside.send(&route, &crate::Letter { data, ..letter("k") }, now()).await);
        assert_eq!(receiver.last().json()["data"]["value"], value);
    }
}

#[actix_web::test]
async fn a_secret_in_an_answer_is_not_kept_and_a_wrong_one_sends_nothing() {
    let receiver = HttpReceiver::start();
    let webhook = hook(&receiver);
    let body = format!("your secret is {}", webhook.secret.reveal());
    receiver.answer(Answer::Status(400, vec![], body.into_bytes()));
    let outside = made(options());
    let outcome = outside.send(&Route::Webhook(webhook.clone()), &letter("k"), now()).await;
    assert_eq!(refused(&outcome), "400 Bad Request: your secret is •••");
    let wrong = Webhook { old_secret: Some("hemmelig".into()), ..webhook };
    let outcome = outside.send(&Route::Webhook(wrong), &letter("k"), now()).await;
    assert!(refused(&outcome).starts_with("The signing secret must be"), "{outcome:?}");
    assert_eq!(receiver.requests().len(), 1);
}
