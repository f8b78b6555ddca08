//! The affected: brought in from a file, decided on, told in waves, each once.

use reqwest::Method;
use serde_json::{Value, json};
use varsel::affected::Clerk;
use varsel::affected::store::find_person;
use varsel::outbox::transport::{OutsideOptions, Secret};
use varsel::retention::Turn;
use varsel::retention::store::remove_affected;

use crate::app::{TestApp, told};
use crate::smtp::SmtpServer;

pub fn smtp(server: &SmtpServer) -> OutsideOptions {
    OutsideOptions {
        smtp_url: Some(Secret::from(server.url())),
        mail_from: Some("Varsel <varsel@smbmobil.example>".into()),
        ..OutsideOptions::default()
    }
}

impl TestApp {
    pub fn clerk(&self) -> Clerk {
        Clerk { db: self.db.clone(), seal: self.worker.seal.clone(), clock: self.clock.clone() }
    }

    pub async fn incident(&self) -> String {
        let (status, case) = self.post("/incidents", &json!({ "title": "Kunder på avveie" })).await;
        assert_eq!(status, 201, "{case}");
        case["reference"].as_str().unwrap().to_owned()
    }

    /// Brings a file in and reads it.
    pub async fn bring(&self, key: &str, csv: impl Into<Vec<u8>>) -> Value {
        let path = format!("/incidents/{key}/affected/imports?name=kunder.csv&begin=yes");
        let request = self.client.post(format!("{}/api/v1{path}", self.url)).header("content-type", "text/csv");
        let (status, import) = told(request.body(csv.into()).send().await.unwrap()).await;
        assert_eq!(status, 201, "{import}");
        self.clerk().round().await.unwrap();
        self.get(&format!("/incidents/{key}/affected/imports/{}", import["id"].as_str().unwrap())).await.1
    }

    pub async fn register(&self, key: &str) -> Value {
        self.get(&format!("/incidents/{key}/affected")).await.1
    }

    /// Makes a wave, approves it and lets it go.
    pub async fn wave(&self, key: &str) -> String {
        let decision = json!({ "answer": "all", "reason": "Høy risiko for alle." });
        assert_eq!(self.post(&format!("/incidents/{key}/affected/decision"), &decision).await.0, 200);
        let text = json!({ "subject": "Viktig, {name}", "body": "Hei {name}\n\nBytt passord.", "sms": "Hei {name}. Bytt passord." });
        let entry = json!({ "name": "Første", "duty": "gdpr-34-subjects", "texts": { "nb": text } });
        let (status, wave) = self.post(&format!("/incidents/{key}/affected/waves"), &entry).await;
        assert_eq!(status, 201, "{wave}");
        let path = format!("/incidents/{key}/affected/waves/{}", wave["id"].as_str().unwrap());
        let (status, why) = self.post(&format!("{path}/run"), &json!({})).await;
        assert_eq!((status, why["type"].as_str()), (409, Some("urn:varsel:problem:wave-not-approved")), "{why}");
        let (status, why) = self.post(&format!("{path}/approval"), &json!({ "digest": "another" })).await;
        assert_eq!(status, 409, "{why}");
        let (status, why) = self.post(&format!("{path}/approval"), &json!({ "digest": wave["digest"] })).await;
        assert_eq!(status, 200, "{why}");
        for _ in 0..2 {
            assert_eq!(self.post(&format!("{path}/run"), &json!({})).await.0, 200, "pressing twice is pressing once");
        }
        path
    }

    /// Lets clerk and outbox work until nothing is left to do.
    pub async fn work(&self) {
        for _ in 0..60 {
            let fed = self.clerk().round().await.unwrap();
            while self.worker.round().await.unwrap() > 0 {}
            let settled = self.clerk().round().await.unwrap();
            if fed + settled == 0 {
                return;
            }
            self.advance(chrono::Duration::seconds(30));
        }
        panic!("there is always something left");
    }
}

#[actix_web::test]
async fn a_file_is_read_in_whatever_its_columns_and_its_encoding() {
    let app = TestApp::start().await;
    let key = app.incident().await;
    let csv = "Mobil;Navn;E-post;Født;Kunde\n90012345;Bjørg Ærlig;bjorg@x.example;1980-01-01;Fjord AS\n\
               ;Ola;OLA@x.example;2015-01-01;\n;Ola igjen;ola@x.example;;\n;;;;\n12;Ingen;ikke e-post;;\n+4790012345;Samme;;;\n";
    let latin: Vec<u8> = csv.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let import = app.bring(&key, latin).await;
    assert_eq!(
        (&import["state"], &import["encoding"], &import["separator"]),
        (&json!("done"), &json!("windows-1252"), &json!(";"))
    );
    assert_eq!((&import["taken"], &import["joined"], &import["bad"]), (&json!(2), &json!(2), &json!(1)), "{import}");
    let (_, page) = app.get(&format!("/incidents/{key}/affected/persons")).await;
    let first = &page["items"][0];
    assert_eq!(
        (&first["name"], &first["phone"], &first["joined"]),
        (&json!("Bjørg Ærlig"), &json!("+4790012345"), &json!(1))
    );
    assert_eq!(page["items"][1]["minor"], true);
    let (_, one) = app.get(&format!("/incidents/{key}/affected/persons?q=Ola@X.example")).await;
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
    let bad =
        app.api(Method::GET, &format!("/incidents/{key}/affected/imports/{}/bad", import["id"].as_str().unwrap()));
    let bad = bad.send().await.unwrap().text().await.unwrap();
    assert!(bad.contains("6;bad-address;12;Ingen;ikke e-post"), "{bad}");
    let file = std::fs::read(app.folder.path().join("varsel.sqlite")).unwrap_or_default();
    for secret in ["ola@x.example", "Ærlig", "+4790012345"] {
        assert!(!file.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret} lies there in clear");
    }
    let csv =
        app.api(Method::GET, &format!("/incidents/{key}/affected/export")).send().await.unwrap().text().await.unwrap();
    assert!(csv.contains("'+4790012345") && csv.lines().count() == 3, "{csv}");
    app.bring(&key, "epost\nola@x.example\nny@x.example\n").await;
    assert_eq!(app.register(&key).await["figures"]["total"], 3);
}

#[actix_web::test]
async fn a_hostile_file_does_no_harm() {
    let app = TestApp::start().await;
    let key = app.incident().await;
    let endless = format!("epost;navn\na@x.example;\"{}", "x".repeat(600_000));
    let import = app.bring(&key, endless).await;
    assert_eq!((&import["state"], &import["taken"]), (&json!("failed"), &json!(0)), "{import}");
    let wide = format!("epost;{}\na@x.example;b\n", "c;".repeat(5_000));
    assert_eq!(app.bring(&key, wide).await["taken"], 1);
    let odd = b"epost;navn\nb@x.example;\"a\"\"b\0\xc3\x28\nc@x.example;=cmd|' /C calc'!A0\n".to_vec();
    let import = app.bring(&key, odd).await;
    assert!(import["state"] == "done" || import["state"] == "failed", "{import}");
    let post = |body: &str| {
        app.client
            .post(format!("{}/api/v1/incidents/{key}/affected/imports", app.url))
            .header("content-type", "text/csv")
            .body(body.to_owned())
    };
    assert_eq!(post("").send().await.unwrap().status(), 422);
    let (_, nobody) = told(post("a;b\n1;2\n").send().await.unwrap()).await;
    let path = format!("/incidents/{key}/affected/imports/{}", nobody["id"].as_str().unwrap());
    assert_eq!(app.post(&format!("{path}/start"), &json!({})).await.0, 422, "nobody could be told");
    assert_eq!(app.post(&format!("{path}/start"), &json!({ "mapping": { "email": "c" } })).await.0, 422);
    assert_eq!(app.send(Method::DELETE, &path, &json!({})).await.0, 204);
}

#[actix_web::test]
async fn a_wave_tells_everyone_once_and_lists_who_could_not_be_reached() {
    let mut server = SmtpServer::start();
    server.behave(&json!({ "receivers": { "p3@x.example": "550 5.1.1 <p3@x.example>: no such user" } }));
    let app = TestApp::with_outside(smtp(&server)).await;
    let key = app.incident().await;
    let rows: String = (0..20).map(|n| format!("p{n}@x.example;Person {n}\n")).collect();
    app.bring(&key, format!("epost;navn\n{rows}")).await;
    let path = app.wave(&key).await;
    app.work().await;
    let mails = server.received();
    let mut to: Vec<&String> = mails.iter().flat_map(|mail| &mail.to).collect();
    to.sort();
    to.dedup();
    assert_eq!((mails.len(), to.len()), (19, 19));
    assert!(mails.iter().any(|mail| mail.text().contains("Person 7") && mail.text().contains("Bytt passord")));
    let register = app.register(&key).await;
    assert_eq!(
        (&register["figures"]["told"], &register["figures"]["remaining"]),
        (&json!(19), &json!(1)),
        "{register}"
    );
    assert_eq!(app.get(&path).await.1["state"], "done");
    let (_, lost) = app.get(&format!("/incidents/{key}/affected/persons?state=unreachable")).await;
    assert_eq!(lost["items"][0]["email"], "p3@x.example");
    let reply = lost["items"][0]["reply"].as_str().unwrap();
    assert!(reply.contains("550") && !reply.contains("p3@"), "{reply}");
    let (_, case) = app.get(&format!("/incidents/{key}")).await;
    assert_eq!(case["affected_users"]["figures"]["told"], 19);

    // A report that comes later, and the same report again.
    let (_, page) = app.get(&format!("/incidents/{key}/affected/persons?q=p5@x.example")).await;
    let id = page["items"][0]["id"].as_str().unwrap();
    let report = format!(
        "From: MAILER-DAEMON@x.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x.example\r\n\r\nFinal-Recipient: rfc822; p5@x.example\r\n\
         Action: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <affected-{id}-email@x>\r\n\r\n--b--\r\n"
    );
    for many in [1, 0] {
        let request = app
            .client
            .post(format!("{}/api/v1/incidents/{key}/affected/bounces", app.url))
            .header("content-type", "message/rfc822");
        let (status, answer) = told(request.body(report.clone()).send().await.unwrap()).await;
        assert_eq!((status, &answer["persons"]), (200, &json!(many)), "{answer}");
    }
    assert_eq!(app.register(&key).await["figures"]["told"], 18);

    // Found by whoever asks for their own, and gone when the time is up.
    let seal = app.worker.seal.clone();
    let found = app.db.read(move |conn| find_person(conn, &seal, "P7@x.example")).await.unwrap();
    assert_eq!((found.len(), found[0].person.name.as_str(), found[0].state.as_str()), (1, "Person 7", "sent"));
    let later = app.clock.now() + chrono::Duration::days(1);
    let sweep = async |most: i64| -> i64 {
        let removed = app
            .db
            .write(move |conn| remove_affected(conn, Turn { before: later.into(), at: later.into() }, most))
            .await
            .unwrap();
        removed.iter().map(|(_, rows)| rows).sum()
    };
    assert_eq!(sweep(100).await, 0, "the case is open");
    use diesel::connection::SimpleConnection;
    let close = |conn: &mut varsel::db::Conn| Ok(conn.batch_execute("UPDATE incident SET status = 'closed'")?);
    app.db.write(close).await.unwrap();
    assert_eq!(sweep(15).await, 15);
    assert_eq!(sweep(15).await, 5);
    let register = app.register(&key).await;
    assert_eq!((&register["figures"]["total"], &register["figures"]["told"]), (&json!(20), &json!(18)));
    let (_, page) = app.get(&format!("/incidents/{key}/affected/persons")).await;
    assert!(page["items"].as_array().unwrap().iter().all(|one| one["email"] == "" && one["name"] == ""));
}

#[actix_web::test]
async fn whoever_was_being_told_when_the_program_died_is_not_told_again_by_itself() {
    let server = SmtpServer::start();
    let app = TestApp::with_outside(smtp(&server)).await;
    let key = app.incident().await;
    app.bring(&key, "epost\na@x.example\n").await;
    app.wave(&key).await;
    app.clerk().round().await.unwrap();
    let now = app.clock.now();
    let claimed = app
        .db
        .write(move |conn| varsel::outbox::store::claim(conn, "dead", now, chrono::Duration::minutes(1), 16))
        .await
        .unwrap();
    assert_eq!(claimed.len(), 1);
    app.advance(chrono::Duration::minutes(2));
    app.work().await;
    assert_eq!(server.received().len(), 0);
    let register = app.register(&key).await;
    assert_eq!(register["figures"]["states"]["uncertain"], 1, "{register}");
    let (_, again) = app.post(&format!("/incidents/{key}/affected/again"), &json!({})).await;
    assert_eq!(again["sent_again"], 1);
    app.work().await;
    assert_eq!(server.wait_for(1).len(), 1);
    assert_eq!(app.register(&key).await["figures"]["told"], 1);
}

#[actix_web::test]
async fn the_pages_show_the_register_and_every_step() {
    let app = TestApp::start().await;
    let key = app.incident().await;
    app.bring(&key, "epost;navn;mobil\na@x.example;<b>Kari</b>;\n;Per;90012345\n").await;
    let path = app.wave(&key).await;
    let form = [("answer", "some"), ("reason", "Bare mindreårige."), ("minors", "yes")];
    let answer =
        app.page(Method::POST, &format!("/incidents/{key}/affected/decision")).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(app.register(&key).await["figures"]["to_tell"], 0);
    for place in [
        format!("/incidents/{key}"),
        format!("/incidents/{key}/affected"),
        format!("/incidents/{key}/affected/persons"),
        path,
    ] {
        for lang in ["nb", "nn", "en"] {
            let _ =
                app.page(Method::POST, "/language").form(&[("lang", lang), ("language", lang)]).send().await.unwrap();
            let answer = app.page(Method::GET, &place).send().await.unwrap();
            let (status, text) = (answer.status(), answer.text().await.unwrap());
            assert_eq!(status, 200, "{place}: {text}");
            assert!(text.len() < 100_000 && !text.contains("<b>Kari</b>"), "{place}");
        }
    }
    let part = (
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"mer.csv\"\r\nContent-Type: text/csv\r\n\r\n\
         epost\r\nc@x.example\r\n\r\n--b--\r\n",
    );
    let answer = app.page(Method::POST, &format!("/incidents/{key}/affected/imports"));
    let answer = answer.header("content-type", part.0).body(part.1).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let place = answer.headers()["location"].to_str().unwrap().to_owned();
    let text = app.page(Method::GET, &place).send().await.unwrap().text().await.unwrap();
    assert!(text.contains("c@x.example") && text.contains("selected"), "{text}");
    let answer = app.page(Method::POST, &format!("{place}/start")).form(&[("email", "0")]).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    app.clerk().round().await.unwrap();
    assert_eq!(app.register(&key).await["figures"]["total"], 3);
}
