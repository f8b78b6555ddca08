//! The outbox: nothing is lost, nothing is sent twice, and people see what happened.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};
use varsel::account::Sight;
use varsel::db::{Conn, Id};
use varsel::error::Error;
use varsel::i18n::Lang;
use varsel::outbox::store::{self, Filter, Line, Message, counts};
use varsel::outbox::transport::{Outcome, OutsideOptions, Secret};
use varsel::outbox::{Address, Draft, Worker};
use varsel::seal::Seal;

use crate::app::{TestApp, told};
use crate::http::{Answer, HttpReceiver};
use crate::smtp::SmtpServer;

pub fn draft(key: &str, to: Address) -> Draft {
    Draft {
        key: key.into(),
        kind: "reminder".into(),
        to,
        lang: Lang::Nb,
        subject: format!("Frist for {key}"),
        text: "Meld bruddet til Nkom.".into(),
        link: Some("https://varsel.example/incidents/2026-0001".into()),
        data: json!({ "step": key }),
        urgent: false,
        incident_seq: None,
    }
}

pub fn kari() -> Address {
    Address::Person { email: "kari@smbmobil.example".into(), name: "Kari Nordmann".into() }
}

/// Mail to this server, and webhooks to this machine.
fn out(smtp: Option<&SmtpServer>) -> OutsideOptions {
    OutsideOptions {
        smtp_url: smtp.map(|server| Secret::from(server.url())),
        mail_from: Some("Varsel <varsel@smbmobil.example>".into()),
        allowed_networks: Some("127.0.0.0/8".into()),
        limits: varsel::outbox::transport::Limits {
            mail_content: std::time::Duration::from_millis(500),
            http_total: std::time::Duration::from_secs(2),
            ..Default::default()
        },
        ..OutsideOptions::default()
    }
}

impl TestApp {
    pub async fn put(&self, draft: Draft) -> bool {
        let now = self.clock.now();
        self.db.write(move |conn| store::put(conn, &draft, now)).await.unwrap()
    }

    async fn claim(&self, worker: &str) -> Vec<Message> {
        let (worker, now) = (worker.to_owned(), self.clock.now());
        self.db.write(move |conn| store::claim(conn, &worker, now, Duration::minutes(6), 16)).await.unwrap()
    }

    async fn record(&self, message: &Message, outcome: Outcome) -> bool {
        let (message, now) = (message.clone(), self.clock.now());
        self.db.write(move |conn| store::record(conn, &message, now, now, &outcome)).await.unwrap()
    }

    async fn lines(&self) -> Vec<Line> {
        let page =
            self.db.read(|conn: &mut Conn| store::list(conn, &Filter::default(), Sight::everything())).await.unwrap();
        page.items.into_iter().map(|(line, _)| line).collect()
    }

    async fn attempts(&self, seq: i64) -> Vec<(i32, String, String)> {
        let attempts = self.db.read(move |conn| store::attempts(conn, &[seq])).await.unwrap();
        attempts.into_iter().map(|attempt| (attempt.number, attempt.outcome, attempt.reply)).collect()
    }

    async fn text(&self, path: &str) -> String {
        let answer = self.page(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    }

    async fn form(&self, path: &str, form: &[(&str, &str)]) -> (u16, String, String) {
        let answer = self.page(Method::POST, path).form(form).send().await.unwrap();
        let place = answer.headers().get("location").map_or("", |place| place.to_str().unwrap()).to_owned();
        (answer.status().as_u16(), place, answer.text().await.unwrap())
    }

    /// Goes round until nothing is due, and on through time until nothing waits.
    async fn empty_outbox(&self) {
        for _ in 0..40 {
            while self.worker.round().await.unwrap() > 0 {}
            if self.db.read(|conn| counts(conn, Sight::everything())).await.unwrap().waiting == 0 {
                return;
            }
            self.advance(Duration::minutes(11));
        }
        panic!("something waits for ever");
    }
}

fn delivered() -> Outcome {
    Outcome::Delivered { reply: "250 taken".into() }
}

fn later() -> Outcome {
    Outcome::Later { reply: "451 not now".into(), after: None }
}

#[actix_web::test]
async fn the_same_key_is_written_and_sent_once() {
    let app = TestApp::start().await;
    assert!(app.put(draft("a", kari())).await);
    assert!(!app.put(draft("a", kari())).await);
    let undone = app.db.write({
        let now = app.clock.now();
        move |conn| -> Result<(), Error> {
            store::put(conn, &draft("b", kari()), now)?;
            Err(Error::NotFound)
        }
    });
    assert!(undone.await.is_err(), "what is undone sends nothing");
    assert_eq!((app.worker.round().await.unwrap(), app.worker.round().await.unwrap()), (1, 0));
    assert!(!app.put(draft("a", kari())).await, "not after it was sent either");
    let mails = std::fs::read_dir(app.folder.path().join("mail")).unwrap().count();
    assert_eq!((mails, app.lines().await.len()), (1, 1));
    assert_eq!(app.worker.pulse.last(), Some(app.clock.now()));
    let taken_back = app.put(draft("c", kari())).await;
    let now = app.clock.now();
    assert!(taken_back && app.db.write(move |conn| store::cancel(conn, "c", now)).await.unwrap());
    assert_eq!(app.worker.round().await.unwrap(), 0);
    for change in ["DELETE FROM message", "DELETE FROM attempt", "UPDATE attempt SET reply = 'nothing happened'"] {
        use diesel::connection::SimpleConnection;
        let outcome = app.db.write(move |conn| conn.batch_execute(change).map_err(Error::from)).await;
        assert!(outcome.is_err(), "{change}");
    }
}

#[actix_web::test]
async fn two_workers_never_hold_the_same_message() {
    let app = TestApp::start().await;
    for n in 0..100 {
        assert!(app.put(draft(&format!("m{n}"), kari())).await);
    }
    let taken = std::sync::Mutex::new(Vec::new());
    let work = async |name: &str| {
        loop {
            let claimed = app.claim(name).await;
            if claimed.is_empty() {
                return;
            }
            for message in claimed {
                taken.lock().unwrap().push(message.seq);
                assert!(app.record(&message, delivered()).await);
                tokio::task::yield_now().await;
            }
        }
    };
    let ((), (), ()) = {
        let (a, b, c) = (work("a"), work("b"), work("c"));
        let (mut a, mut b, mut c) = (Box::pin(a), Box::pin(b), Box::pin(c));
        let mut done = [false; 3];
        std::future::poll_fn(move |at| {
            use std::task::Poll::{Pending, Ready};
            done[0] = done[0] || a.as_mut().poll(at).is_ready();
            done[1] = done[1] || b.as_mut().poll(at).is_ready();
            done[2] = done[2] || c.as_mut().poll(at).is_ready();
            if done == [true; 3] { Ready(((), (), ())) } else { Pending }
        })
        .await
    };
    let mut taken = taken.into_inner().unwrap();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), 100);
    let all = app.lines().await;
    assert!(all.iter().all(|line| line.state == "sent" && line.attempts == 1));
}

#[actix_web::test]
async fn the_urgent_go_first_and_a_dead_workers_attempt_is_lost_and_made_again() {
    let app = TestApp::start().await;
    app.put(draft("early", kari())).await;
    app.advance(Duration::seconds(1));
    app.put(Draft { urgent: true, ..draft("urgent", kari()) }).await;
    let held = app.claim("dead").await;
    assert_eq!(held.iter().map(|message| message.key.as_str()).collect::<Vec<_>>(), ["urgent", "early"]);
    assert!(app.claim("other").await.is_empty());
    app.advance(Duration::minutes(5));
    assert!(app.claim("other").await.is_empty(), "a lease is kept to its end");
    app.advance(Duration::minutes(2));
    let again = app.claim("other").await;
    assert_eq!(again.iter().map(|message| message.attempts).collect::<Vec<_>>(), [2, 2]);
    assert!(!app.record(&held[0], delivered()).await, "who comes too late changes nothing");
    for message in &again {
        assert!(app.record(message, delivered()).await);
        assert!(!app.record(message, delivered()).await, "an attempt ends once");
        let tries = app.attempts(message.seq).await;
        assert_eq!(
            tries.iter().map(|(number, outcome, _)| (*number, outcome.as_str())).collect::<Vec<_>>(),
            [(1, "lost"), (2, "delivered")]
        );
    }
    let last = app.put(draft("c", kari())).await;
    let held = app.claim("dead").await;
    app.advance(Duration::hours(49));
    assert!(last && app.claim("other").await.is_empty(), "nobody tries for ever");
    let line = &app.lines().await[0];
    assert_eq!((line.state.as_str(), line.attempts), ("gave_up", 1), "{held:?}");
}

#[actix_web::test]
async fn it_waits_longer_each_time_gives_up_after_two_days_and_goes_on_when_asked() {
    let app = TestApp::start().await;
    app.put(draft("a", kari())).await;
    let mut waits = Vec::new();
    for number in 1.. {
        let claimed = app.claim("w").await;
        let message = &claimed[0];
        assert_eq!(message.attempts, number);
        assert!(app.record(message, later()).await);
        let line = app.lines().await.remove(0);
        if line.state != "waiting" {
            break;
        }
        let wait = line.due_at.utc() - app.clock.now();
        let ceiling =
            Duration::seconds(5 * 2_i64.pow(u32::try_from(number - 1).unwrap().min(20))).min(Duration::minutes(10));
        assert!(wait > Duration::zero() && wait <= ceiling, "{number}: {wait}");
        waits.push(wait);
        app.advance(wait - Duration::milliseconds(1));
        assert!(app.claim("w").await.is_empty(), "not before it is due");
        app.advance(Duration::milliseconds(1));
    }
    let line = app.lines().await.remove(0);
    assert_eq!((line.state.as_str(), line.last_reply.as_deref()), ("gave_up", Some("451 not now")));
    assert_eq!(line.settled_at.unwrap().utc() - line.created_at.utc(), Duration::hours(48));
    assert!(waits.len() > 250, "{}", waits.len());
    app.sign_in().await;
    let (status, first) = app.get("/messages?state=gave_up").await;
    assert_eq!((status, &first["gave_up"], &first["waiting"]), (200, &json!(1), &json!(0)));
    let path = format!("/messages/{}", line.id);
    assert_eq!(app.get(&path).await.1["tries"].as_array().unwrap().len(), waits.len() + 1);
    let page = app.text("/").await;
    assert!(page.contains("role=\"status\"") && page.contains("Én melding kom ikke fram"), "{page}");
    let page = app.text("/messages?state=gave_up").await;
    let button = format!("action=\"/messages/{}/resend\"", line.id);
    for words in ["Kari Nordmann", "451 not now", "Gitt opp", &button] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert_eq!(app.form(&format!("/messages/{}/resend", line.id), &[]).await.1, "/messages?done=resent");
    assert_eq!(
        app.post(&format!("{path}/resend"), &json!({})).await.1["type"],
        "urn:varsel:problem:message-not-given-up"
    );
    let after = Outcome::Later { reply: "429".into(), after: Some(std::time::Duration::from_secs(3600)) };
    app.record(&app.claim("w").await[0], after).await;
    app.advance(Duration::minutes(59));
    assert!(app.claim("w").await.is_empty(), "who asks for an hour gets an hour");
    app.advance(Duration::minutes(1));
    app.record(&app.claim("w").await[0], delivered()).await;
    assert_eq!(app.lines().await[0].state, "sent");
    assert!(!app.text("/").await.contains("kom ikke fram"));
    app.put(draft("b", kari())).await;
    app.record(&app.claim("w").await[0], Outcome::Refused { reply: "550 nobody".into() }).await;
    assert_eq!(app.lines().await[0].state, "gave_up", "what is refused is not tried again");
    assert_eq!(app.get("/messages/0").await.0, 404);
    assert_eq!(app.get("/messages?state=odd").await.1["errors"][0]["path"], "state");
}

/// Makes a webhook and answers its id and its secret.
async fn webhook(app: &TestApp, receiver: &HttpReceiver) -> (String, String) {
    let wish =
        json!({ "kind": "webhook", "name": "Vaktsystemet", "url": receiver.url("/krok/gullfugl"), "circle": "team" });
    let (status, made) = app.post("/channels", &wish).await;
    assert_eq!(status, 201, "{made}");
    (made["id"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned())
}

#[actix_web::test]
async fn servers_that_refuse_hang_and_cut_get_every_message_once_in_the_end() {
    let mut smtp = SmtpServer::start();
    let receiver = HttpReceiver::start();
    let app = TestApp::with_outside(out(Some(&smtp))).await;
    let (id, _) = webhook(&app, &receiver).await;
    let to_channel = Address::Channel { id: Id::parse(&id).unwrap() };
    for n in 0..5 {
        app.put(draft(&format!("mail-{n}"), kari())).await;
        app.put(draft(&format!("hook-{n}"), to_channel.clone())).await;
    }
    let round = async || {
        app.worker.round().await.unwrap();
        app.advance(Duration::minutes(11));
    };
    smtp.behave(&json!({ "again": 3 }));
    receiver.answer(Answer::status(500));
    round().await;
    smtp.behave(&json!({ "data": "hang" }));
    receiver.answer(Answer::Status(429, vec!["Retry-After: 30".into()], b"slow down".to_vec()));
    round().await;
    smtp.behave(&json!({ "data": "cut" }));
    receiver.answer(Answer::Cut);
    round().await;
    smtp.behave(&json!({ "content": "451 disk full" }));
    receiver.answer(Answer::CutInStatus);
    round().await;
    let before = receiver.requests().len();
    let delivered_early = smtp.received().len();
    smtp.behave_well();
    receiver.answer(Answer::status(204));
    app.empty_outbox().await;
    let lines = app.lines().await;
    assert!(lines.len() == 10 && lines.iter().all(|line| line.state == "sent"), "{lines:?}");
    let mails = smtp.wait_for(5);
    assert_eq!((mails.len(), delivered_early), (5, 2), "two were taken while the server refused the first three");
    for n in 0..5 {
        let own = mails.iter().filter(|mail| mail.text().contains(&format!("<mail-{n}@"))).count();
        assert_eq!(own, 1, "mail-{n}");
    }
    let taken = receiver.requests().split_off(before);
    let mut ids: Vec<String> = taken.iter().map(|taken| taken.header("webhook-id").unwrap().to_owned()).collect();
    ids.sort();
    assert_eq!(ids, (0..5).map(|n| format!("hook-{n}")).collect::<Vec<_>>());
    for line in lines.iter().filter(|line| line.channel_id.is_some()) {
        let tries = app.attempts(line.seq).await;
        let told: Vec<(i32, &str)> = tries.iter().map(|(number, outcome, _)| (*number, outcome.as_str())).collect();
        assert_eq!(told, [(1, "later"), (2, "later"), (3, "later"), (4, "later"), (5, "delivered")]);
        assert!(tries[0].2.contains("500") && tries[1].2.contains("429"), "{tries:?}");
        assert!(tries.iter().all(|(_, _, reply)| !reply.is_empty() && !reply.contains("gullfugl")), "{tries:?}");
    }
    let page = app.text("/messages").await;
    assert!(page.contains("Vaktsystemet") && !page.contains("gullfugl") && !page.contains("Meld bruddet"));
}

#[actix_web::test]
async fn a_channel_of_each_kind_is_made_by_form_and_wrong_input_is_kept() {
    let receiver = HttpReceiver::start();
    let app = TestApp::with_outside(out(None)).await;
    let url = receiver.url("/gullfugl");
    let (status, place, _) = app
        .form(
            "/channels",
            &[
                ("kind", "mail"),
                ("name", "Ledelsen"),
                ("recipient", "Ledelse@smbmobil.example"),
                ("circle", "management"),
            ],
        )
        .await;
    assert!(status == 303 && place.ends_with("?done=made"), "{status} {place}");
    for kind in ["teams", "slack"] {
        let form = [
            ("kind", kind),
            ("name", kind),
            ("url", &url),
            ("circle", "team"),
            ("about", "privacy"),
            ("language", "nn"),
        ];
        assert_eq!(app.form("/channels", &form).await.0, 303, "{kind}");
    }
    let body = r#"{"to":"{to}","text":"{text}","password":"gullfugl"}"#;
    let mut sms = vec![
        ("kind", "sms"),
        ("name", "SMS <b>"),
        ("url", &url),
        ("headers", "X-Api-Key: gullfugl"),
        ("body", body),
        ("longest", "30"),
        ("delivered", "abc"),
        ("recipient", "12"),
        ("circle", "team"),
    ];
    let (status, _, page) = app.form("/channels", &sms).await;
    assert_eq!(status, 422);
    for words in [
        "value=\"SMS &lt;b&gt;\"",
        "id=\"sms-recipient-wrong\"",
        "id=\"sms-longest-wrong\"",
        "id=\"sms-delivered-wrong\"",
        "id=\"sms-circle-wrong\"",
        "value=\"12\"",
        "X-Api-Key: gullfugl",
        "href=\"#sms-longest\"",
        "<details open id=\"new-sms\">",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    for (name, value) in [("longest", "160"), ("delivered", "200, 202"), ("recipient", ""), ("circle", "none")] {
        sms.iter_mut().find(|(own, _)| *own == name).unwrap().1 = value;
    }
    assert_eq!(app.form("/channels", &sms).await.0, 303);
    assert_eq!(app.form("/channels", &sms).await.0, 422, "a name is had once");
    let (_, all) = app.get("/channels").await;
    assert_eq!(all["items"].as_array().unwrap().len(), 4);
    for (lang, title) in [("nb", "Kanaler"), ("nn", "Kanalar"), ("en", "Channels")] {
        app.page(Method::POST, "/language").form(&[("lang", lang), ("next", "/")]).send().await.unwrap();
        let mut paths = vec!["/channels".to_owned(), "/messages".to_owned(), "/settings".to_owned()];
        paths.extend(
            all["items"].as_array().unwrap().iter().map(|own| format!("/channels/{}", own["id"].as_str().unwrap())),
        );
        for path in paths {
            let page = app.text(&path).await;
            for missing in [">page-", ">channel-", ">message-", ">error-", "gullfugl", " style="] {
                assert!(!page.contains(missing), "{lang} {path}: {missing}\n{page}");
            }
            assert!(path != "/channels" || page.contains(&format!("<h1>{title}</h1>")), "{lang}");
        }
    }
    assert!(!all.to_string().contains("gullfugl"), "{all}");
    let (_, refused) = app
        .post("/channels", &json!({ "kind": "teams", "name": "x", "url": "https://10.0.0.1/krok", "nmae": 1 }))
        .await;
    assert_eq!(refused["errors"][0]["code"], "unknown_key");
    for (url, code) in [
        ("https://10.0.0.1/krok", "address_in_closed_network"),
        ("http://93.184.216.34/", "address_not_encrypted"),
        ("ftp://x", "address_not_web"),
    ] {
        let (status, refused) = app.post("/channels", &json!({ "kind": "teams", "name": "x", "url": url })).await;
        assert_eq!(
            (status, &refused["errors"][0]["path"], &refused["errors"][0]["code"]),
            (422, &json!("url"), &json!(code))
        );
    }
    app.page(Method::POST, "/language").form(&[("lang", "nb"), ("next", "/")]).send().await.unwrap();
    let (_, _, page) =
        app.form("/channels", &[("kind", "slack"), ("name", "y"), ("url", "https://192.168.1.1/a")]).await;
    assert!(page.contains("lukket nett") && page.contains("value=\"https://192.168.1.1/a\""), "{page}");
}

#[actix_web::test]
async fn a_webhooks_secret_is_shown_once_and_the_old_one_signs_until_the_next_change() {
    let receiver = HttpReceiver::start();
    let app = TestApp::with_outside(out(None)).await;
    let url = receiver.url("/krok/gullfugl");
    let (status, _, page) = app.form("/channels", &[("kind", "webhook"), ("name", "Krok"), ("url", &url)]).await;
    let secret = page
        .split("id=\"signing-secret\">")
        .nth(1)
        .and_then(|rest| rest.split('<').next())
        .unwrap()
        .replace("&#x3D;", "=");
    assert!(status == 200 && secret.starts_with("whsec_"), "{page}");
    let id = app.get("/channels").await.1["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/channels/{id}");
    let page = app.text(&path).await;
    assert!(!page.contains("whsec_") && !page.contains("gullfugl") && page.contains("http://127.0.0.1"), "{page}");
    let place = app.form(&format!("{path}/test"), &[]).await.1;
    let page = app.text(&place).await;
    assert!(place.contains("?test=") && page.contains("Levert") && page.contains("so be it"), "{place}\n{page}");
    let sent = receiver.last();
    let signed = |sent: &crate::http::Request| sent.header("webhook-signature").unwrap().split(' ').count();
    let own = |secret: &str| {
        let at = sent.header("webhook-timestamp").unwrap().parse().unwrap();
        varsel::outbox::transport::signature(&Secret::from(secret), sent.header("webhook-id").unwrap(), at, &sent.body)
            .unwrap()
    };
    assert_eq!(sent.header("webhook-signature"), Some(own(&secret).as_str()));
    assert_eq!((signed(&sent), &sent.json()["type"]), (1, &json!("varsel.channel-test")));
    assert_eq!(app.form(&format!("{path}/secret"), &[("version", "7")]).await.0, 409);
    let (status, drawn) = app.post(&format!("{path}/secret"), &json!({ "version": 1 })).await;
    assert!(status == 200 && drawn["secret"].as_str().unwrap() != secret, "{drawn}");
    receiver.answer(Answer::status(503));
    let (_, tried) = app.post(&format!("{path}/test"), &json!({})).await;
    assert!(tried["outcome"] == "later" && tried["reply"].as_str().unwrap().contains("503"), "{tried}");
    assert_eq!(signed(&receiver.last()), 2);
    let (_, message) = app.get(&format!("/messages/{}", tried["message"].as_str().unwrap())).await;
    assert_eq!(message["state"], "cancelled", "a trial is made once");
    let (status, changed) = app.send(Method::PUT, &path, &json!({ "version": 2, "name": "Kroken" })).await;
    assert!(status == 200 && changed.get("secret").is_none() && changed["version"] == 3, "{changed}");
    receiver.answer(Answer::status(200));
    app.post(&format!("{path}/test"), &json!({})).await;
    assert_eq!(
        (signed(&receiver.last()), receiver.last().path.as_str()),
        (1, "/krok/gullfugl"),
        "the address was kept"
    );
    let (status, _, page) = app
        .form(
            &path,
            &[("version", "2"), ("name", "Mitt navn"), ("circle", "none"), ("about", "all"), ("language", "nb")],
        )
        .await;
    assert_eq!(status, 409);
    for words in ["Mitt navn", "<td>Kroken</td>", "name=\"version\" value=\"3\""] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let (status, problem) = app.send(Method::PUT, &path, &json!({ "version": 1, "name": "Noe" })).await;
    assert_eq!(
        (status, &problem["current_version"], &problem["changes"]),
        (409, &json!(3), &json!([{ "path": "name", "to": "Kroken" }]))
    );
    app.put(draft("waits", Address::Channel { id: Id::parse(&id).unwrap() })).await;
    assert_eq!(app.form(&format!("{path}/switch"), &[("version", "3"), ("on", "no")]).await.0, 303);
    assert_eq!(
        app.db.read(|conn| counts(conn, Sight::everything())).await.unwrap().waiting,
        0,
        "what waited is taken back"
    );
    assert_eq!(app.post(&format!("{path}/test"), &json!({})).await.1["type"], "urn:varsel:problem:channel-off");
    app.put(draft("late", Address::Channel { id: Id::parse(&id).unwrap() })).await;
    app.worker.round().await.unwrap();
    assert_eq!(app.lines().await[0].state, "gave_up");
    assert_eq!(app.get("/channels/0").await.0, 404);
}

#[actix_web::test]
async fn a_gateway_sends_to_persons_and_is_tried_with_a_number() {
    let receiver = HttpReceiver::start();
    let app = TestApp::with_outside(out(None)).await;
    let wish = json!({
        "kind": "sms", "name": "SMS", "url": receiver.url("/sms"), "headers": { "X-Api-Key": "gullfugl" },
        "body": "to={to}&text={text}", "content": "form", "delivered": [202], "longest": 160,
    });
    let (status, made) = app.post("/channels", &wish).await;
    assert_eq!((status, &made["header_names"], &made["delivered"]), (201, &json!(["X-Api-Key"]), &json!("202")));
    let path = format!("/channels/{}", made["id"].as_str().unwrap());
    let (status, _, page) = app.form(&format!("{path}/test"), &[("number", "12")]).await;
    assert!(status == 422 && page.contains("value=\"12\"") && page.contains("id=\"number-wrong\""), "{page}");
    receiver.answer(Answer::status(202));
    let place = app.form(&format!("{path}/test"), &[("number", "900 12 345")]).await.1;
    assert!(app.text(&place).await.contains("Levert"));
    assert!(String::from_utf8(receiver.last().body).unwrap().starts_with("to=%2B4790012345&text="));
    assert_eq!(receiver.last().header("x-api-key"), Some("gullfugl"));
    let gateway = Id::parse(made["id"].as_str().unwrap()).unwrap();
    app.put(draft("p", Address::Phone { gateway, number: "+4790054321".into(), name: "Ola".into() })).await;
    app.worker.round().await.unwrap();
    assert!(String::from_utf8(receiver.last().body).unwrap().contains("4790054321"));
    let changed = app.send(Method::PUT, &path, &json!({ "version": 1, "from": "SMB" })).await.1;
    assert_eq!(
        (&changed["from"], &changed["header_names"], &changed["delivered"]),
        (&json!("SMB"), &json!(["X-Api-Key"]), &json!("202"))
    );
}

#[actix_web::test]
async fn another_key_makes_trouble_that_people_see_until_the_right_one_is_back() {
    let receiver = HttpReceiver::start();
    let app = TestApp::with_outside(out(None)).await;
    let (id, _) = webhook(&app, &receiver).await;
    app.put(draft("a", Address::Channel { id: Id::parse(&id).unwrap() })).await;
    let other = tempfile::tempdir().unwrap();
    let lost = Worker { seal: Seal::kept_in(&other.path().join("k")).unwrap(), ..app.worker.clone() };
    assert_eq!(lost.round().await.unwrap(), 1);
    let line = app.lines().await.remove(0);
    assert!(line.state == "waiting" && line.last_reply.unwrap().contains("VARSEL_SECRET_KEY"));
    assert!(app.text("/").await.contains("Én ting virker ikke"));
    assert!(app.text("/messages").await.contains("Innstillingene til kanalen «Vaktsystemet»"));
    app.empty_outbox().await;
    assert_eq!(
        (receiver.requests().len(), app.db.read(|conn| counts(conn, Sight::everything())).await.unwrap().troubles),
        (1, 0)
    );
    assert!(!app.text("/").await.contains("virker ikke"));
}

#[actix_web::test]
async fn the_loop_goes_round_by_itself_until_it_is_told_to_stop() {
    let app = TestApp::with_outside(out(None)).await;
    let (stop, told_to) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(app.worker.clone().run(told_to));
    app.put(draft("a", kari())).await;
    for _ in 0..100 {
        if app.db.read(|conn| counts(conn, Sight::everything())).await.unwrap().waiting == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(app.lines().await[0].state, "sent");
    stop.send(true).unwrap();
    tokio::time::timeout(std::time::Duration::from_secs(2), running).await.unwrap().unwrap();
}

#[actix_web::test]
async fn programs_are_told_what_is_wrong_with_what_they_send() {
    let app = TestApp::start().await;
    let plain =
        app.client.post(format!("{}/api/v1/channels", app.url)).header("content-type", "application/json").body("{");
    assert_eq!(told(plain.send().await.unwrap()).await.0, 400);
    for (body, path) in [
        (json!({}), "kind"),
        (json!({ "kind": "fax" }), "kind"),
        (json!({ "kind": "mail", "name": "a", "recipient": "nobody" }), "recipient"),
        (json!({ "kind": "mail", "name": "", "recipient": "a@b.example" }), "name"),
        (json!({ "kind": "mail", "name": "a\0", "recipient": "a@b.example" }), "name"),
        (json!({ "kind": "mail", "name": "a".repeat(61), "recipient": "a@b.example" }), "name"),
        (json!({ "kind": "slack", "name": "a" }), "url"),
        (json!({ "kind": "mail", "name": ["a"], "recipient": "a@b.example" }), "name"),
        (json!({ "kind": "mail", "name": "a", "recipient": "a@b.example", "about": "odd" }), "about"),
    ] {
        let (status, problem) = app.post("/channels", &body).await;
        assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!(path)), "{problem}");
        let message: &Value = &problem["errors"][0]["message"];
        assert!(message.as_str().is_some_and(|words| !words.starts_with("error-")), "{problem}");
    }
}
