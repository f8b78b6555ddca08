//! Telling the affected to the end: by text message too, held and taken up again, by letter, on paper, in the dossier.

use std::io::Write;
use std::process::Command;

use diesel::connection::SimpleConnection;
use reqwest::Method;
use serde_json::{Value, json};
use varsel::affected::Clerk;
use varsel::affected::store::find_person;
use varsel::outbox::transport::OutsideOptions;
use varsel::seal::Seal;

use crate::access::{api, person};
use crate::affected::smtp;
use crate::app::{Engine, TestApp, engine, told};
use crate::attachments::attach;
use crate::case::{key, leak, log};
use crate::dossier::{run, unzipped, words};
use crate::http::{Answer, HttpReceiver};
use crate::smtp::SmtpServer;

/// A workbook with one sheet.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |cells: &&[&str]| format!("<row>{}</row>", cells.iter().map(cell).collect::<String>());
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{}</sheetData></worksheet>",
        rows.iter().map(row).collect::<String>()
    );
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let files = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{office}\"><sheets><sheet name=\"Kunder\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

impl TestApp {
    async fn figures(&self, key: &str) -> Value {
        self.register(key).await["figures"].clone()
    }

    async fn form_of(&self, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        let answer = self.page(Method::POST, path).form(form).send().await.unwrap();
        let (status, to) = (answer.status().as_u16(), answer.headers().get("location").cloned());
        (status, to.map_or(answer.text().await.unwrap(), |to| to.to_str().unwrap().to_owned()))
    }

    async fn seen(&self, path: &str) -> String {
        let answer = self.page(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    }

    async fn file(&self, path: &str) -> (Vec<u8>, String) {
        let answer = self.page(Method::GET, path).send().await.unwrap();
        let state = answer.headers().get("varsel-text-state").map_or("", |state| state.to_str().unwrap()).to_owned();
        assert_eq!(answer.status(), 200, "{path}");
        (answer.bytes().await.unwrap().to_vec(), state)
    }

    async fn gateway(&self, receiver: &HttpReceiver) {
        let wish = json!({
            "kind": "sms", "name": "SMS", "url": receiver.url("/sms"), "body": "key={key}&to={to}&text={text}",
            "content": "form", "delivered": [202], "longest": 459,
        });
        let (status, made) = self.post("/channels", &wish).await;
        assert_eq!(status, 201, "{made}");
        receiver.answer(Answer::status(202));
    }
}

/// Where a PDF is laid when somebody wants to look at it.
fn specimen(name: &str, pdf: &[u8]) {
    if let Ok(folder) = std::env::var("VARSEL_SPECIMEN") {
        std::fs::write(format!("{folder}/{name}.pdf"), pdf).unwrap();
    }
}

/// Changes parts of files as nobody may.
async fn unguarded(app: &TestApp, sql: &'static str) {
    let (down, up) = match engine() {
        Engine::Sqlite => (
            "DROP TRIGGER attachment_part_keep",
            "CREATE TRIGGER attachment_part_keep BEFORE UPDATE ON attachment_part BEGIN SELECT RAISE(ABORT, 'attachment_part is append-only'); END",
        ),
        _ => (
            "ALTER TABLE attachment_part DISABLE TRIGGER attachment_part_keep",
            "ALTER TABLE attachment_part ENABLE TRIGGER attachment_part_keep",
        ),
    };
    let change = move |conn: &mut varsel::db::Conn| {
        for one in [down, sql, up] {
            conn.batch_execute(one)?;
        }
        Ok(())
    };
    app.db.write(change).await.unwrap();
}

/// The house's own networks are open to gateways.
fn outside(server: &SmtpServer) -> OutsideOptions {
    OutsideOptions { allowed_networks: Some("127.0.0.0/8".into()), ..smtp(server) }
}

#[actix_web::test]
async fn a_workbook_is_read_in_as_a_file_of_text_is() {
    let app = TestApp::start().await;
    let key = app.incident().await;
    let book = workbook(&[
        &["Navn", "E-post", "Mobil", "Fødselsdato"],
        &["Kari &amp; Ola", "kari@x.example", "90012345", "2015-02-03"],
        &["Ingen", "", "", ""],
        &["Kari igjen", "KARI@x.example", "", ""],
    ]);
    let import = app.bring(&key, book).await;
    assert_eq!((&import["kind"], &import["state"]), (&json!("xlsx"), &json!("done")), "{import}");
    assert_eq!((&import["taken"], &import["joined"], &import["bad"]), (&json!(1), &json!(1), &json!(1)), "{import}");
    let (_, page) = app.get(&format!("/incidents/{key}/affected/persons")).await;
    let one = &page["items"][0];
    assert_eq!(
        (&one["name"], &one["phone"], &one["minor"]),
        (&json!("Kari & Ola"), &json!("+4790012345"), &json!(true))
    );
}

#[actix_web::test]
async fn whom_mail_does_not_reach_is_told_by_text_message_and_the_gateway_says_what_became_of_it() {
    let (mut server, receiver) = (SmtpServer::start(), HttpReceiver::start());
    server.behave(&json!({ "receivers": { "a@x.example": "550 5.1.1 no such user" } }));
    let app = TestApp::with_outside(outside(&server)).await;
    app.gateway(&receiver).await;
    let key = app.incident().await;
    app.bring(&key, "epost;navn;mobil\na@x.example;Kari;90012345\n;Per;90054321\nb@x.example;Ola;\n").await;
    app.wave(&key).await;
    app.work().await;
    let sent: Vec<String> =
        receiver.requests().iter().map(|request| String::from_utf8(request.body.clone()).unwrap()).collect();
    assert_eq!((server.received().len(), sent.len()), (1, 2), "{sent:?}");
    assert!(
        sent.iter().any(|one| one.contains("to=%2B4790012345") && one.contains("Kari")),
        "the second way: {sent:?}"
    );
    let figures = app.figures(&key).await;
    assert_eq!((&figures["told"], &figures["by_way"]), (&json!(3), &json!({ "email": 1, "sms": 2 })), "{figures}");

    let page = app.seen(&format!("/incidents/{key}/affected")).await;
    let at = page.find("/api/v1/callbacks/affected/").unwrap();
    let callback = page[at..].split(['<', '"']).next().unwrap().to_owned();
    let said = async |body: &'static str, to: &str| {
        let request = app.client.post(format!("{}{to}", app.url)).header("content-type", "application/json");
        request.body(body).send().await.unwrap().status().as_u16()
    };
    assert_eq!(said(r#"{"to":"+4790012345","status":"DELIVERED"}"#, &callback).await, 200);
    assert_eq!(said(r#"{"to":"+4790054321","status":"undeliverable"}"#, &callback).await, 200);
    assert_eq!(said(r#"{"to":"+4711111111","status":"DELIVERED"}"#, &callback).await, 202, "nobody here");
    let wrong = format!("{}x", &callback[..callback.len() - 1]);
    assert_eq!(said(r#"{"to":"+4790012345","status":"failed"}"#, &wrong).await, 404, "the address holds the secret");
    let figures = app.figures(&key).await;
    assert_eq!(
        (&figures["states"]["delivered"], &figures["states"]["unreachable"]),
        (&json!(1), &json!(1)),
        "{figures}"
    );
    let (_, lost) = app.get(&format!("/incidents/{key}/affected/persons?state=unreachable")).await;
    assert_eq!((&lost["items"][0]["name"], &lost["items"][0]["reply"]), (&json!("Per"), &json!("undeliverable")));
}

#[actix_web::test]
async fn a_wave_that_was_held_goes_on_where_it_stopped_and_tells_nobody_twice() {
    let server = SmtpServer::start();
    let app = TestApp::with_outside(smtp(&server)).await;
    let key = app.incident().await;
    let rows: String = (0..30).map(|n| format!("p{n}@x.example\n")).collect();
    app.bring(&key, format!("epost\n{rows}")).await;
    let path = app.wave(&key).await;
    let (_, wave) = app.get(&path).await;
    assert_eq!(app.send(Method::DELETE, &format!("{path}/run"), &json!({})).await.0, 200);
    let slow = json!({ "name": wave["name"], "duty": wave["duty"], "texts": wave["texts"], "rate": 10 });
    assert_eq!(app.send(Method::PUT, &path, &slow).await.0, 200, "a change of the rate needs no new approval");
    assert_eq!(app.post(&format!("{path}/run"), &json!({})).await.0, 200);
    app.clerk().round().await.unwrap();
    assert_eq!(app.figures(&key).await["states"]["queued"], 10);
    assert_eq!(app.send(Method::DELETE, &format!("{path}/run"), &json!({})).await.0, 200);
    app.work().await;
    assert_eq!((server.received().len(), &app.get(&path).await.1["state"]), (10, &json!("paused")));
    assert_eq!(app.post(&format!("{path}/run"), &json!({})).await.0, 200);
    app.work().await;
    let mut to: Vec<String> = server.received().into_iter().flat_map(|mail| mail.to).collect();
    assert_eq!(to.len(), 30);
    to.sort();
    to.dedup();
    assert_eq!((to.len(), &app.get(&path).await.1["state"]), (30, &json!("done")));
}

#[actix_web::test]
async fn another_key_opens_everything_after_it_was_changed_and_the_old_one_nothing() {
    let app = TestApp::start().await;
    let key = app.incident().await;
    app.bring(&key, "epost;navn\nkari@x.example;Kari\nikke noe;Ola\n").await;
    let content = "hemmelig\n".repeat(100_000);
    assert_eq!(attach(&app, &key, "logg.txt", content.as_bytes()).await.0, 201);
    assert_eq!(attach(&app, &key, "mer.txt", b"enda mer\n").await.0, 201);
    let old = std::fs::read_to_string(app.folder.path().join("secret.key")).unwrap();
    let new = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    let rotate = || {
        let ended = Command::new(env!("CARGO_BIN_EXE_varsel"))
            .args(["key", "rotate", "--old", old.trim(), "--new", new])
            .env("VARSEL_DATA_DIR", app.folder.path())
            .env("VARSEL_DATABASE_URL", app.database_url())
            .output()
            .unwrap();
        (
            ended.status.success(),
            format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr)),
        )
    };
    // The second file does not open: what was done before it stands, and the guard is up again.
    let spoil =
        "UPDATE attachment_part SET content = '#' || content WHERE attachment_seq = (SELECT max(seq) FROM attachment)";
    let mend = "UPDATE attachment_part SET content = substr(content, 2) WHERE content LIKE '#%'";
    unguarded(&app, spoil).await;
    let (whole, said) = rotate();
    assert!(!whole && said.contains("What was done stands; run it again"), "{said}");
    let refused = app.db.write(|conn| Ok(conn.batch_execute("UPDATE attachment_part SET content = 'x'")?)).await;
    assert!(refused.unwrap_err().to_string().contains("append-only"), "nobody changes a part");
    unguarded(&app, mend).await;
    let (whole, said) = rotate();
    assert!(whole && said.contains("Sealed anew: 0 of the affected, 1 parts of files"), "only what was left: {said}");
    let (whole, said) = rotate();
    assert!(whole && said.contains("Sealed anew: 0 of the affected, 0 parts"), "nothing is sealed twice: {said}");
    let refused = app.db.write(|conn| Ok(conn.batch_execute("UPDATE attachment_part SET content = 'x'")?)).await;
    assert!(refused.unwrap_err().to_string().contains("append-only"), "nobody changes a part");
    let (old, new) = (app.worker.seal.clone(), Seal::parse(new).unwrap());
    let seal = new.clone();
    let found = app.db.read(move |conn| find_person(conn, &seal, "Kari@x.example")).await.unwrap();
    assert_eq!((found.len(), found[0].person.name.as_str()), (1, "Kari"));
    let found = app.db.read(move |conn| find_person(conn, &old, "Kari@x.example")).await.unwrap();
    assert!(found.is_empty(), "the old key finds nobody");
    let (_, list) = app.get(&format!("/incidents/{key}/attachments")).await;
    let path = format!("{}/api/v1/incidents/{key}/attachments/{}", app.url, list["items"][0]["id"].as_str().unwrap());
    let broken = match app.client.get(&path).send().await {
        Ok(answer) => answer.status() != 200 || answer.bytes().await.map_or(true, |bytes| bytes != content.as_bytes()),
        Err(_) => true,
    };
    assert!(broken, "the app has the old key still");
    // The same app with the new key: a file is whole, and who was here is known again.
    let clerk = Clerk { seal: new.clone(), ..app.clerk() };
    let place = app.folder.path().join("whole.zip");
    let order = varsel::dossier::Order {
        audience: varsel::dossier::Audience::Internal,
        lang: varsel::i18n::Lang::Nb,
        as_of: app.clock.now(),
    };
    let mut file = std::fs::File::options().create_new(true).read(true).write(true).open(&place).unwrap();
    let db = app.db.clone();
    let reference = key.clone();
    let archive = move || varsel::dossier::actions::archive_into(&db, &reference, order, &new, &mut file);
    actix_web::web::block(archive).await.unwrap().unwrap();
    let archive = std::fs::read(&place).unwrap();
    assert_eq!(unzipped(&archive, "attachments/001-logg.txt"), content);
    assert_eq!(unzipped(&archive, "attachments/002-mer.txt"), "enda mer\n");
    drop(clerk);
}

#[actix_web::test]
async fn when_all_are_told_the_duty_is_met_by_one_click() {
    let mut server = SmtpServer::start();
    server.behave(&json!({ "receivers": { "c@x.example": "550 5.1.1 no such user" } }));
    let app = TestApp::with_outside(smtp(&server)).await;
    let case = log(&app, &leak()).await;
    let key = key(&case);
    app.bring(&key, "epost;navn\na@x.example;Kari\nb@x.example;Per\nc@x.example;Ola\n").await;
    app.wave(&key).await;
    app.work().await;
    let page = app.seen(&format!("/incidents/{key}")).await;
    assert!(page.contains("2 av 3 har fått beskjed; 1 gjenstår") && !page.contains("Alle er varslet"), "{page}");
    let (_, lost) = app.get(&format!("/incidents/{key}/affected/persons?state=unreachable")).await;
    let path = format!("/incidents/{key}/affected/persons/{}", lost["items"][0]["id"].as_str().unwrap());
    let (status, page) = app.form_of(&path, &[("state", "unreachable"), ("reason", " ")]).await;
    assert!(status == 422 && page.contains("Hvorfor:") && page.contains("Ola"), "{status} {page}");
    let why = [("state", "unreachable"), ("reason", "Ukjent adresse, forsøkt tre ganger")];
    assert_eq!(app.form_of(&path, &why).await.0, 303);
    let figures = app.figures(&key).await;
    assert_eq!(
        (&figures["all_told"], &figures["excused"], &figures["remaining"]),
        (&json!(true), &json!(1), &json!(0)),
        "{figures}"
    );
    let (_, shown) = app.get(&format!("/incidents/{key}/duties")).await;
    let duties = shown["items"].as_array().unwrap();
    let duty = duties.iter().find(|duty| duty["id"] == "subscriber-breach").unwrap();
    assert_eq!((&duty["told"]["told"], &duty["told"]["by_way"]["email"]), (&json!(2), &json!(2)), "{duty}");
    let page = app.seen(&format!("/incidents/{key}")).await;
    assert!(
        page.contains("Alle er varslet: 2 av 3 har fått beskjed, og for 1 er det ført inn hvorfor ikke."),
        "{page}"
    );
    assert!(page.contains("value=\"2 av 3 varslet\""), "the form is filled: {page}");
    let page = app.seen(&format!("/incidents/{key}/affected")).await;
    let form = page.split("/duties/subscriber-breach/submission").nth(1).unwrap().split("</form>").next().unwrap();
    let fields: Vec<(&str, &str)> = form
        .split("name=\"")
        .skip(1)
        .map(|field| {
            (field.split('"').next().unwrap(), field.split("value=\"").nth(1).unwrap().split('"').next().unwrap())
        })
        .collect();
    let (status, to) = app.form_of(&format!("/incidents/{key}/duties/subscriber-breach/submission"), &fields).await;
    assert!(status == 303 && to.contains("done=sent"), "{status} {to}");
    let (_, case) = app.get(&format!("/incidents/{key}")).await;
    let duty = crate::case::duty(&case, "subscriber-breach");
    let sent = &duty["submissions"][0];
    assert_eq!(
        (&duty["state"], &sent["channel"], &sent["reference"]),
        (&json!("fulfilled"), &json!("email"), &json!("2 av 3 varslet")),
        "{duty}"
    );
}

#[actix_web::test]
async fn the_words_of_a_wave_greet_by_name_and_say_in_a_text_message_whom_to_ask_and_what_to_do() {
    let app = TestApp::start().await;
    let key = key(&log(&app, &leak()).await);
    app.bring(&key, "epost;navn\na@x.example;Kari\n;;\n").await;
    let page = app.seen(&format!("/incidents/{key}/affected")).await;
    assert!(page.contains("2 rader lest: 1 tatt inn, 0 slått sammen med andre, 0 lagt til side, 1 tomme."), "{page}");
    let form = [("name", "Første"), ("duty", "gdpr-34-subjects")];
    let (status, path) = app.form_of(&format!("/incidents/{key}/affected/waves"), &form).await;
    assert_eq!(status, 303, "{path}");
    let (_, wave) = app.get(&path).await;
    for (lang, greeting, first, sms) in [
        ("nb", "Hei {name}\n\nVi skriver til deg", "Til deg", "Ta kontakt for hele beskjeden: personvern@smbmobil.no"),
        ("nn", "Hei {name}\n\nVi skriv til deg", "Til deg", "Ta kontakt for heile beskjeden: personvern@smbmobil.no"),
        ("en", "Dear {name}\n\nWe are writing", "To you", "Contact us for the whole message: personvern@smbmobil.no"),
    ] {
        let (body, short) = (&wave["texts"][lang]["body"], &wave["texts"][lang]["sms"]);
        let (body, short) = (body.as_str().unwrap(), short.as_str().unwrap());
        assert!(body.starts_with(greeting) && !body.contains(&format!("\n{first} ")), "{lang}: {body}");
        assert!(short.ends_with(sms) && short.starts_with("SMB Mobil: ") && short.len() < 320, "{lang}: {short}");
    }
}

#[actix_web::test]
async fn where_the_company_wants_four_eyes_nobody_approves_their_own_wave() {
    let app = TestApp::start().await;
    let (ola, _) = person(&app, "ola", &["manager"]).await;
    let settings = json!({ "version": 0, "company": { "four_eyes": true } });
    assert_eq!(app.send(Method::PUT, "/settings", &settings).await.0, 200);
    let key = app.incident().await;
    let text = json!({ "subject": "s", "body": "b", "sms": "s" });
    let (_, wave) = app
        .post(&format!("/incidents/{key}/affected/waves"), &json!({ "name": "Første", "texts": { "nb": text } }))
        .await;
    let path = format!("/incidents/{key}/affected/waves/{}", wave["id"].as_str().unwrap());
    let digest = json!({ "digest": wave["digest"] });
    let (status, why) = app.post(&format!("{path}/approval"), &digest).await;
    assert_eq!((status, &why["type"]), (409, &json!("urn:varsel:problem:wave-own")), "{why}");
    assert!(app.seen(&path).await.contains("Du skrev utsendingen. En annen må godkjenne den."));
    let (status, why) = api(&app, &ola, Method::POST, &format!("{path}/approval"), digest).await;
    assert_eq!((status, &why["approved"]), (200, &json!(true)), "{why}");
}

#[actix_web::test]
async fn a_form_that_is_refused_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let key = app.incident().await;
    let at = format!("/incidents/{key}/affected");
    let decision = [("answer", "some"), ("reason", "Bare kundene i Fjord"), ("exception_measures", "Passord byttet")];
    let (status, page) = app.form_of(&format!("{at}/decision"), &decision).await;
    assert!(status == 422 && page.contains("Hvem av dem:"), "{status} {page}");
    assert!(
        page.contains("Bare kundene i Fjord")
            && page.contains("Passord byttet")
            && page.contains("value=\"some\" checked")
    );
    let (status, page) =
        app.form_of(&format!("{at}/numbers"), &[("total", "12 x"), ("told", "9"), ("note", "Kunden")]).await;
    assert!(status == 422 && page.contains("value=\"12 x\"") && page.contains("value=\"Kunden\""), "{status} {page}");
    let (status, page) = app.form_of(&format!("{at}/bounces"), &[("report", "Hei, jeg er på ferie")]).await;
    assert!(status == 422 && page.contains("Hei, jeg er på ferie"), "{status} {page}");
    let long = "x".repeat(200);
    let (status, page) =
        app.form_of(&format!("{at}/waves"), &[("name", long.as_str()), ("duty", "subscriber-breach")]).await;
    assert!(status == 422 && page.contains(&long) && page.contains("value=\"subscriber-breach\" selected"), "{status}");

    let (_, wave) = app.post(&format!("{at}/waves"), &json!({ "name": "Første" })).await;
    let path = format!("{at}/waves/{}", wave["id"].as_str().unwrap());
    let change =
        [("name", "Andre"), ("duty", "gdpr-34-subjects"), ("first", "sms"), ("rate", "0"), ("body_nb", "Hei {name}")];
    let (status, page) = app.form_of(&path, &change).await;
    assert!(status == 422 && page.contains("Høyst så mange i minuttet:"), "{status} {page}");
    assert!(page.contains("value=\"Andre\"") && page.contains("Hei {name}") && page.contains("value=\"sms\" selected"));
    let (status, page) = app.form_of(&format!("{path}/run"), &[]).await;
    assert!(status == 409 && page.contains("må godkjenne den slik den står"), "{status}");

    let request =
        app.client.post(format!("{}/api/v1{at}/imports?name=k.csv", app.url)).header("content-type", "text/csv");
    let (_, import) = told(request.body("epost;navn\na@x.example;Kari\n").send().await.unwrap()).await;
    let path = format!("{at}/imports/{}/start", import["id"].as_str().unwrap());
    let (status, page) = app.form_of(&path, &[("name", "1"), ("customer", "0")]).await;
    assert!(status == 422 && page.contains("Velg minst én kolonne"), "{status} {page}");
    let customer = page.split("id=\"m-customer\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert!(customer.contains("value=\"0\" selected"), "{customer}");
}

#[actix_web::test]
async fn a_text_is_a_draft_on_paper_until_it_is_approved_and_stands_as_it_left() {
    let app = TestApp::start().await;
    let key = key(&log(&app, &leak()).await);
    let path = format!("/incidents/{key}/notices/gdpr-33-authority");
    for (lang, draft, title) in
        [("nb", "UTKAST", "Melding"), ("nn", "UTKAST", "Melding"), ("en", "DRAFT", "Notification")]
    {
        let (pdf, state) = app.file(&format!("{path}/notice.pdf?lang={lang}")).await;
        specimen(&format!("notice-{lang}"), &pdf);
        let said = words(&pdf);
        assert!(state == "draft" && said.contains(draft) && said.contains(title), "{lang}: {said}");
        for slip in ["notice-", "recipient-", "null"] {
            assert!(!said.contains(slip), "{lang}: {slip} in {said}");
        }
    }
    let (again, _) = app.file(&format!("/api/v1{path}/notice.pdf?lang=nb")).await;
    assert!(again == app.file(&format!("{path}/notice.pdf?lang=nb")).await.0, "the same text makes the same bytes");
    let text = String::from_utf8(app.file(&format!("{path}/notice.txt")).await.0).unwrap();
    assert!(text.starts_with("UTKAST."), "{text}");
    let (_, shown) = app.send(Method::PUT, &path, &json!({ "body": "Dette er meldingen.\n\n- ett\n- to" })).await;
    assert_eq!(app.file(&format!("{path}/notice.pdf")).await.1, "draft");
    let approval = json!({ "digest": shown["text"]["digest"] });
    assert_eq!(app.post(&format!("{path}/approval"), &approval).await.0, 201);
    let (pdf, state) = app.file(&format!("{path}/notice.pdf")).await;
    specimen("notice-approved", &pdf);
    let said = words(&pdf);
    assert!(state == "approved" && said.contains("Godkjent") && !said.contains("UTKAST"), "{said}");
    assert!(said.contains("Dette er meldingen.") && said.contains("• ett"), "{said}");
    let sent = json!({ "how": "altinn", "reference": "AR-1", "sent_at": "2026-10-23T12:00:00Z" });
    let (status, why) = app.post(&format!("{path}/sending"), &sent).await;
    assert_eq!(status, 201, "{why}");
    app.send(Method::PUT, &path, &json!({ "body": "Noe annet." })).await;
    let page = app.seen(&path).await.replace("&#x3D;", "=");
    let at = page.find("notice.pdf?sent=").unwrap();
    let place = format!("{path}/{}", page[at..].split('"').next().unwrap());
    let (pdf, state) = app.file(&place).await;
    let said = words(&pdf);
    assert!(state == "sent" && said.contains("Dette er meldingen.") && said.contains("AR-1"), "{said}");
    assert_eq!(app.get(&format!("{path}/notice.pdf?sent=999")).await.0, 404);
    assert_eq!(app.get(&format!("{path}/notice.pdf?lang=xx")).await.0, 422);
}

#[actix_web::test]
async fn whom_no_message_reaches_gets_a_letter_with_the_address_in_the_window() {
    let app = TestApp::start().await;
    let key = key(&log(&app, &leak()).await);
    app.bring(
        &key,
        "navn;adresse;epost;språk\nKari Nordmann;Storgata 1, 0155 Oslo;;nb\nPer Hansen;Lillegata 2, 5003 Bergen;;nn\nOla;;ola@x.example;nb\n",
    )
    .await;
    let reference = key.clone();
    let path = app.wave(&key).await;
    app.work().await;
    assert!(app.seen(&path).await.contains("Brev 1–2 (PDF)"));
    let id = varsel::db::Id::parse(path.rsplit('/').next().unwrap()).unwrap();
    let pages = app.db.read(move |conn| {
        let head = varsel::incident::store::head(conn, &reference, varsel::account::Sight::everything())?;
        let wave = varsel::affected::store::find_wave(conn, head.seq, id)?;
        (0..3)
            .map(|page| varsel::affected::store::letters_begin(conn, &wave, (1, 1), page))
            .collect::<Result<Vec<_>, _>>()
    });
    let pages = pages.await.unwrap();
    let begins: Vec<usize> = pages.iter().map(|(begins, _)| begins.len()).collect();
    assert_eq!((begins, pages[0].0[0]), (vec![1, 1, 0], 0), "a file a page, and nothing behind the last");
    assert!(pages[1].0[0] > 0 && pages.iter().all(|(_, many)| *many == 2), "{pages:?}");
    let (pdf, _) = app.file(&format!("{path}/letters.pdf")).await;
    specimen("letters", &pdf);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("it.pdf"), &pdf).unwrap();
    let pages = run("pdfinfo", "poppler-utils", folder.path(), &["it.pdf"]);
    assert!(pages.contains("Pages:           2"), "{pages}");
    let window = ["-f", "2", "-l", "2", "-x", "56", "-y", "134", "-W", "240", "-H", "100", "it.pdf", "-"];
    let window = run("pdftotext", "poppler-utils", folder.path(), &window);
    assert!(window.contains("Per Hansen") && window.contains("5003 Bergen") && !window.contains("Hei"), "{window}");
    let said = words(&pdf);
    assert!(said.contains("Hei Kari Nordmann") && !said.contains("UTKAST") && !said.contains("Ola"), "{said}");
    let (status, to) = app.form_of(&format!("{path}/letters"), &[]).await;
    assert!(status == 303 && to.contains("done=posted"), "{to}");
    let figures = app.figures(&key).await;
    assert_eq!((&figures["all_told"], &figures["by_way"]["letter"]), (&json!(true), &json!(2)), "{figures}");
    let page = app.seen(&format!("/incidents/{key}")).await;
    assert!(page.contains("value=\"3 av 3 varslet (e-post 1, brev 2)\""), "the mix of ways: {page}");
    assert!(page.contains("<option value=\"mixed\" selected>Flere måter</option>"), "{page}");
    assert_eq!(app.get(&format!("{path}/letters.pdf")).await.0, 404, "nobody is left to write to");
}

#[actix_web::test]
async fn the_dossier_tells_how_the_affected_were_told_and_the_authority_what_it_may_see() {
    let mut server = SmtpServer::start();
    server.behave(&json!({ "receivers": { "b@x.example": "550 5.1.1 no such user" } }));
    let app = TestApp::with_outside(smtp(&server)).await;
    let mut facts = leak();
    facts["description"] = json!("Loggen til Bedrift A AS lå åpent.");
    let key = key(&log(&app, &facts).await);
    app.bring(&key, "epost;navn;kunde\na@x.example;Kari;Fjord AS\nb@x.example;Per;\n").await;
    app.wave(&key).await;
    app.work().await;
    let path = format!("/incidents/{key}/notices");
    for (duty, body) in
        [("gdpr-33-authority", "Til Datatilsynet: slik var det."), ("management-report", "Bare for ledelsen.")]
    {
        let (status, shown) = app.send(Method::PUT, &format!("{path}/{duty}"), &json!({ "body": body })).await;
        assert_eq!(status, 200, "{shown}");
        let approval = json!({ "digest": shown["text"]["digest"] });
        assert_eq!(app.post(&format!("{path}/{duty}/approval"), &approval).await.0, 201);
        let sent = json!({ "how": "altinn", "reference": "AR-1", "sent_at": "2026-10-23T12:00:00Z" });
        let (status, why) = app.post(&format!("{path}/{duty}/sending"), &sent).await;
        assert_eq!(status, 201, "{why}");
    }
    app.advance(chrono::Duration::seconds(1));
    let as_of = app.clock.now().to_rfc3339().replace('+', "%2B");
    let fetch = async |ending: &str, whom: &str| {
        app.file(&format!("/api/v1/incidents/{key}/dossier.{ending}?for={whom}&lang=nb&as_of={as_of}")).await.0
    };
    let (own, theirs) = (fetch("zip", "internal").await, fetch("zip", "datatilsynet").await);
    assert!(theirs == fetch("zip", "datatilsynet").await, "the same case makes the same bytes");
    specimen("dossier-told-internal", &fetch("pdf", "internal").await);
    let pdf = fetch("pdf", "datatilsynet").await;
    specimen("dossier-told", &pdf);
    let said = words(&pdf);
    for told in [
        "1 av 2 har fått beskjed",
        "Høy risiko for alle.",
        "Til Datatilsynet: slik var det.",
        "Bytt passord.",
        "bedriftskunde 1",
        "Denne teksten gikk til en annen",
    ] {
        assert!(said.contains(told), "{told} is missing in {said}");
    }
    let list = |zip: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("it.zip"), zip).unwrap();
        run("unzip", "unzip", folder.path(), &["-Z1", "it.zip"])
    };
    let mut all = said;
    for name in list(&theirs).lines().filter(|name| !name.ends_with(".pdf") && !name.starts_with("notices/")) {
        all += &unzipped(&theirs, &name.replace('[', "?"));
    }
    for secret in [
        "Bedrift A AS",
        "Bedrift B AS",
        "Fjord AS",
        "Kari Nordmann lå",
        "a@x.example",
        "notify_within_hours",
        "Bare for ledelsen",
    ] {
        assert!(!all.contains(secret), "{secret} is told to the authority");
    }
    assert!(list(&own).contains("affected.jsonl") && !list(&theirs).contains("affected.jsonl"), "one by one is for us");
    assert_eq!(unzipped(&own, "affected.jsonl").lines().count(), 2);
    assert_eq!(unzipped(&theirs, "notices/001-gdpr-33-authority.txt"), "Til Datatilsynet: slik var det.\n");
    assert!(unzipped(&own, "duties.json").contains("Bedrift A AS"), "to us everything is told");
    let index: Value = serde_json::from_str(&unzipped(&own, "notices.json")).unwrap();
    let content = unzipped(&own, "notices/001-gdpr-33-authority.json");
    assert_eq!(index[0]["sha256"], crate::attachments::digest(content.as_bytes()), "byte for byte");
}
