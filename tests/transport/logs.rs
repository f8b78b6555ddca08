//! The log: the key and the outcome of every sending, and nothing that is anybody's business.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;
use varsel::outbox::transport::{Content, Gateway, Header, Route, Verb, Webhook, new_signing_secret};

use crate::http::{Answer, HttpReceiver};
use crate::smtp::SmtpServer;
use crate::{ALONE, by_mail, letter, now, run_alone};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

const NAME: &str = "the_log_tells_key_and_outcome_and_no_address_text_or_secret_at_any_level";

#[actix_web::test]
async fn the_log_tells_key_and_outcome_and_no_address_text_or_secret_at_any_level() {
    if std::env::var(ALONE).is_err() {
        return run_alone(&format!("logs::{NAME}"), &[]);
    }
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing::level_filters::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .init();

    let (mut server, receiver) = (SmtpServer::start(), HttpReceiver::start());
    server.behave(&json!({ "login": ["varsel", "hemmelig-ord"] }));
    let outside = by_mail(&server.url().replace("//", "//varsel:hemmelig-ord@"));
    let url = receiver.url("/hemmelig-sti?sig=hemmelig");
    let secret = new_signing_secret();
    let bare = secret.reveal().trim_start_matches("whsec_").to_owned();
    let routes = [
        Route::Mail,
        Route::Webhook(Webhook { url: url.as_str().into(), secret, old_secret: None }),
        Route::Teams { url: url.as_str().into() },
        Route::Slack { url: url.as_str().into() },
        Route::Sms(Gateway {
            url: url.as_str().into(),
            method: Verb::Post,
            headers: vec![Header { name: "x-key".into(), value: "hemmelig-nokkel".into() }],
            content: Content::Form,
            body: "p=hemmelig-p&to={to}&text={text}".into(),
            from: "SMB".into(),
            delivered: vec![],
            longest: 160,
        }),
    ];
    for route in &routes {
        let mut letter = letter(&format!("key-{}", route.kind()));
        if route.kind() == "sms" {
            letter.to = "90012345".into();
        }
        receiver.answer(Answer::status(200));
        assert_eq!(outside.send(route, &letter, now()).await.name(), "delivered");
        letter.attempt = 2;
        receiver.answer(Answer::Status(400, vec![], b"hemmelig kari".to_vec()));
        server.behave(
            &json!({ "receivers": { "kari@smbmobil.example": "550 5.1.1 kari@smbmobil.example is hemmelig" } }),
        );
        assert_eq!(outside.send(route, &letter, now()).await.name(), "refused");
        server.behave(&json!({ "login": ["varsel", "hemmelig-ord"] }));
    }
    let told = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for route in &routes {
        for outcome in ["delivered", "refused"] {
            let line =
                told.lines().find(|line| line.contains(&format!("key-{}", route.kind())) && line.contains(outcome));
            assert!(line.is_some(), "{} {outcome}: {told}", route.kind());
        }
    }
    for private in ["kari", "Nordmann", "90012345", "Meld bruddet", "Frist om", "hemmelig", &bare] {
        assert!(!told.contains(private), "{private} stands in the log: {told}");
    }
}
