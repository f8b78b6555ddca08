//! Texts that go out: written, compared, approved, sent by a real mail server, and told to their duties once.

use reqwest::{Client, Method};
use serde_json::{Value, json};
use varsel::outbox::transport::{OutsideOptions, Secret};

use crate::app::{TestApp, new_client, told};
use crate::case::{duty, key, leak, log};
use crate::smtp::SmtpServer;

fn outage() -> Value {
    json!({
        "title": "Tale nede i Molde", "description": "Tale falt ut klokken seks.",
        "timeline": { "known_at": "2026-10-23T11:50:00Z", "started_at": "2026-10-23T11:40:00Z" },
        "cause": { "root_cause": "system_failure" },
        "services": {
            "availability": "occurred", "affected": ["voice"], "customers_affected": 21, "customers_total": 4000, "duration_minutes": 60,
            "areas": [{ "kind": "municipality", "code": "1506", "name": "Molde", "customers_affected": 21, "customers_total": 40 }],
        },
        "personal_data": { "breach": false },
    })
}

async fn with_mail(smtp: &SmtpServer) -> TestApp {
    TestApp::with_outside(OutsideOptions {
        smtp_url: Some(Secret::from(smtp.url())),
        mail_from: Some("SMB Mobil <varsel@smbmobil.example>".into()),
        ..OutsideOptions::default()
    })
    .await
}

async fn saved(app: &TestApp, path: &str, text: &Value) -> Value {
    let (status, shown) = app.send(Method::PUT, path, text).await;
    assert_eq!(status, 200, "{shown}");
    shown
}

async fn approved(app: &TestApp, path: &str, shown: &Value, whom: Option<&str>) {
    let body = json!({ "digest": shown["text"]["digest"], "for": whom });
    let (status, why) = app.post(&format!("{path}/approval"), &body).await;
    assert_eq!(status, 201, "{why}");
}

fn code(problem: &Value) -> &str {
    problem["type"].as_str().unwrap_or_default().rsplit(':').next().unwrap()
}

#[actix_web::test]
async fn a_notice_to_nkom_leaves_when_it_is_approved_and_meets_its_duty_once() {
    let smtp = SmtpServer::start();
    let app = with_mail(&smtp).await;
    let case = key(&log(&app, &outage()).await);
    let path = format!("/incidents/{case}/notices/nkom-availability");
    let (_, shown) = app.get(&path).await;
    assert!(shown["draft"]["body"].as_str().unwrap().contains("bokstav a"), "which always-case applies: {shown}");
    assert_eq!(shown["text"], Value::Null);

    let (status, why) = app.post(&format!("{path}/sending"), &json!({})).await;
    assert_eq!((status, code(&why)), (409, "text-not-approved"));
    let body = "Varsel til Nkom\n\nTale er nede i Molde. Vi ringer også.\n";
    let shown = saved(&app, &path, &json!({ "subject": "Varsel: tale nede", "body": body, "version": 0 })).await;
    let (status, why) = app.post(&format!("{path}/sending"), &json!({})).await;
    assert_eq!((status, code(&why)), (409, "text-not-approved"), "saved is not approved");
    let (status, why) = app.post(&format!("{path}/approval"), &json!({ "digest": "0" })).await;
    assert_eq!((status, code(&why)), (409, "text-changed"));
    approved(&app, &path, &shown, None).await;

    let (status, shown) = app.post(&format!("{path}/sending"), &json!({ "covers": ["nkom-own-severity"] })).await;
    assert!(status == 201 || status == 422, "{shown}");
    let (status, shown) =
        if status == 422 { app.post(&format!("{path}/sending"), &json!({})).await } else { (status, shown) };
    assert_eq!((status, &shown["sent"][0]["state"]), (201, &json!("waiting")), "{shown}");
    assert_eq!(duty(&app.get(&format!("/incidents/{case}")).await.1, "nkom-availability")["state"], "required");
    assert_eq!(app.worker.round().await.unwrap(), 1);
    let mail = smtp.wait_for(1).remove(0);
    assert_eq!(mail.to, ["ekomvarsling@nkom.no"]);
    assert!(
        mail.text().contains("Subject: Varsel: tale nede") && !mail.text().contains("auto-generated"),
        "{}",
        mail.text()
    );
    let parsed = mail_parser::MessageParser::default().parse(&mail.raw).unwrap();
    assert_eq!(
        parsed.body_text(0).unwrap().replace("\r\n", "\n").trim_end(),
        body.trim_end(),
        "not a word more or less"
    );

    for _ in 0..2 {
        let (_, shown) = app.get(&path).await;
        assert_eq!((&shown["sent"][0]["state"], &shown["state"]), (&json!("arrived"), &json!("fulfilled")), "{shown}");
        assert_eq!(shown["sent"][0]["content"]["text"]["body"], body);
    }
    let case_now = app.get(&format!("/incidents/{case}")).await.1;
    let submissions = duty(&case_now, "nkom-availability")["submissions"].as_array().unwrap().clone();
    assert_eq!((submissions.len(), &submissions[0]["channel"]), (1, &json!("email")), "{submissions:?}");
    let (status, why) = app.post(&format!("{path}/sending"), &json!({})).await;
    assert_eq!((status, code(&why)), (409, "text-already-sent"));

    let (_, update) = app.get(&format!("/incidents/{case}/notices/nkom-update")).await;
    assert_eq!(update["reader"], "nkom");
    let kinds: Vec<String> = app.get(&format!("/incidents/{case}/timeline")).await.1["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["kind"].as_str().unwrap().to_owned())
        .collect();
    for kind in ["notice.saved", "notice.approved", "notice.queued", "submission.recorded"] {
        assert_eq!(kinds.iter().filter(|other| *other == kind).count(), 1, "{kind}: {kinds:?}");
    }
}

#[actix_web::test]
async fn a_call_to_nkom_is_logged_with_what_was_said_and_needs_no_text() {
    let app = TestApp::start().await;
    let case = key(&log(&app, &outage()).await);
    let path = format!("/incidents/{case}/notices/nkom-availability");
    let (status, why) = app.post(&format!("{path}/sending"), &json!({ "how": "phone" })).await;
    assert_eq!((status, &why["errors"][0]["path"]), (422, &json!("note")), "{why}");
    let call = json!({ "how": "phone", "note": "Vakthavende Berg, fikk alle seks punktene.", "sent_at": "2026-10-23T11:58:00Z" });
    let (status, shown) = app.post(&format!("{path}/sending"), &call).await;
    assert_eq!((status, &shown["state"]), (201, &json!("fulfilled")), "{shown}");
    assert_eq!((&shown["sent"][0]["how"], &shown["sent"][0]["content"]["text"]), (&json!("phone"), &Value::Null));
    let page = read(&app, &format!("/incidents/{case}/notices/nkom-update")).await;
    assert!(!page.contains("Vakthavende Berg"), "it was said for another duty");
    assert!(read(&app, &format!("/incidents/{case}/notices/nkom-availability")).await.contains("Vakthavende Berg"));
}

async fn read(app: &TestApp, path: &str) -> String {
    let answer = app.page(Method::GET, path).send().await.unwrap();
    let status = answer.status();
    let text = answer.text().await.unwrap();
    assert_eq!(status, 200, "{path}: {text}");
    text
}

async fn ola(app: &TestApp, roles: &[&str]) -> Client {
    let person = json!({ "name": "Ola Hansen", "email": "ola@smbmobil.example", "roles": roles, "language": "nb" });
    let (status, added) = app.post("/people", &person).await;
    assert_eq!(status, 201, "{added}");
    let client = new_client();
    let form = [("password", "en ku hopper over månen sent"), ("again", "en ku hopper over månen sent")];
    let answer =
        client.post(added["link"].as_str().unwrap()).header("origin", &app.url).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    client
}

#[actix_web::test]
async fn where_the_company_wants_four_eyes_another_approves_and_only_to_authorities() {
    let app = TestApp::start().await;
    let ola = ola(&app, &["manager"]).await;
    let settings = json!({ "version": 0, "company": { "four_eyes": true } });
    let (status, why) = app.send(Method::PUT, "/settings", &settings).await;
    assert_eq!(status, 200, "{why}");
    let case = key(&log(&app, &outage()).await);
    let path = format!("/incidents/{case}/notices/nkom-availability");
    let shown = saved(&app, &path, &json!({})).await;
    let digest = json!({ "digest": shown["text"]["digest"] });
    let (status, why) = app.post(&format!("{path}/approval"), &digest).await;
    assert_eq!((status, code(&why)), (409, "text-own"));
    assert!(read(&app, &path).await.contains("Du lagret teksten. En annen må godkjenne"));
    let other = ola.post(format!("{}/api/v1{path}/approval", app.url)).header("content-type", "application/json");
    let (status, why) = told(other.body(digest.to_string()).send().await.unwrap()).await;
    assert_eq!((status, &why["approved"]["by"]), (201, &json!("Ola Hansen")), "{why}");
    let report = format!("/incidents/{case}/notices/management-report");
    let shown = saved(&app, &report, &json!({})).await;
    approved(&app, &report, &shown, None).await;
    let edit = ola.put(format!("{}/api/v1{path}", app.url)).header("content-type", "application/json").body("{}");
    assert_eq!(edit.send().await.unwrap().status(), 403, "a manager approves and does not write");
}

#[actix_web::test]
async fn each_business_customer_is_told_of_itself_only_and_what_we_may_notify_for_it_is_on_record() {
    let smtp = SmtpServer::start();
    let app = with_mail(&smtp).await;
    let case = key(&log(&app, &leak()).await);
    let path = format!("/incidents/{case}/notices/gdpr-33-2-controller");
    let (_, shown) = app.get(&format!("{path}?for=Bedrift%20A%20AS")).await;
    let body = shown["draft"]["body"].as_str().unwrap();
    assert!(body.contains("Antall personer: ikke kjent"), "forty is the number of all: {body}");
    let own = json!({ "for": "Bedrift A AS", "fields": { "own_count": "7 ansatte", "own_data": "anropslogg" } });
    let shown = saved(&app, &path, &own).await;
    let body = shown["text"]["body"].as_str().unwrap();
    assert!(body.contains("Antall personer: 7 ansatte") && body.contains("Opplysninger: anropslogg"), "{body}");

    let naming = json!({ "for": "Bedrift A AS", "body": format!("{body}\nDet samme gjelder Bedrift B AS.") });
    let wrong = saved(&app, &path, &naming).await;
    let (status, why) = app
        .post(&format!("{path}/approval"), &json!({ "for": "Bedrift A AS", "digest": wrong["text"]["digest"] }))
        .await;
    assert_eq!((status, code(&why), &why["names"]), (409, "text-names-another", &json!(["Bedrift B AS"])));
    let shown = saved(&app, &path, &json!({ "for": "Bedrift A AS", "body": body })).await;
    approved(&app, &path, &shown, Some("Bedrift A AS")).await;
    let (status, why) = app.post(&format!("{path}/sending"), &json!({ "for": "Bedrift A AS" })).await;
    assert_eq!((status, &why["errors"][0]["path"]), (422, &json!("to")), "nobody knows the address yet: {why}");

    let form =
        [("for", "Bedrift A AS"), ("email", "sikkerhet@bedrift-a.example"), ("authorised", "first"), ("basis", "")];
    let contact = async |form: &[(&str, &str)]| {
        app.page(Method::POST, &format!("{path}/contact")).form(form).send().await.unwrap().status().as_u16()
    };
    assert_eq!(contact(&form).await, 422, "an authorisation stands somewhere");
    let form = [form[0], form[1], form[2], ("basis", "Databehandleravtalen av 3. mars 2025, punkt 9")];
    assert_eq!(contact(&form).await, 303);
    let page = read(&app, &format!("{path}?for=Bedrift%20A%20AS")).await;
    assert!(page.contains("Databehandleravtalen av 3. mars 2025") && page.contains("value=\"first\" selected"));
    assert!(page.contains("Gjelder for Bedrift A AS") && !page.contains("Bedrift B AS"));
    let other = read(&app, &format!("{path}?for=Bedrift%20B%20AS")).await;
    assert!(other.contains("Avtalen gir 12 timer"), "the contract's deadline is told");

    let (status, why) = app.post(&format!("{path}/sending"), &json!({ "for": "Bedrift A AS" })).await;
    assert_eq!(status, 201, "{why}");
    app.worker.round().await.unwrap();
    assert_eq!(smtp.wait_for(1)[0].to, ["sikkerhet@bedrift-a.example"]);
    let (_, a) = app.get(&format!("{path}?for=Bedrift%20A%20AS")).await;
    let (_, b) = app.get(&format!("{path}?for=Bedrift%20B%20AS")).await;
    assert_eq!((&a["state"], &b["state"]), (&json!("fulfilled"), &json!("required")));
}

#[actix_web::test]
async fn what_a_person_wrote_is_kept_when_the_facts_change_and_the_difference_is_shown() {
    let app = TestApp::start().await;
    let logged = log(&app, &outage()).await;
    let case = key(&logged);
    let path = format!("/incidents/{case}/notices/nkom-availability");
    let (_, shown) = app.get(&path).await;
    let mine = format!("{}\nVi har satt krisestab.\n", shown["draft"]["body"].as_str().unwrap());
    saved(&app, &path, &json!({ "body": mine })).await;
    let patch = json!({ "version": 1, "services": { "customers_affected": 900 } });
    let (status, why) = app.send(Method::PATCH, &format!("/incidents/{case}"), &patch).await;
    assert_eq!(status, 200, "{why}");
    let (_, shown) = app.get(&path).await;
    assert!(shown["text"]["body"].as_str().unwrap().contains("krisestab"), "what was written stands");
    let new: Vec<&str> = shown["changed_since"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["fate"] == "new")
        .map(|line| line["text"].as_str().unwrap())
        .collect();
    assert!(new.iter().any(|line| line.contains("900 av 4000")), "{new:?}");
    let page = read(&app, &path).await;
    assert!(
        page.contains("Opplysningene i hendelsen er endret siden teksten ble lagret") && page.contains("krisestab")
    );
    let (status, why) = app.send(Method::PUT, &path, &json!({ "version": 0, "body": "Annen tekst" })).await;
    assert_eq!((status, code(&why), &why["current_version"]), (409, "stale", &json!(1)));
    saved(&app, &path, &json!({ "body": mine })).await;
    assert_eq!(
        app.get(&format!("/incidents/{case}/notices")).await.1["items"][0]["version"],
        1,
        "the same again is no version"
    );
}

#[actix_web::test]
async fn datatilsynet_is_told_in_parts_and_each_part_shows_what_changed() {
    let app = TestApp::start().await;
    let case = key(&log(&app, &leak()).await);
    let path = format!("/incidents/{case}/notices/gdpr-33-authority");
    let (_, form) = app.get(&format!("{path}/edpb")).await;
    assert_eq!(form["fields"].as_array().unwrap().len(), 100);
    assert!(
        form["missing"].as_array().unwrap().contains(&json!(50)) && form["complete"] == false,
        "{}",
        form["missing"]
    );
    let altinn: Vec<&str> =
        form["altinn"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(&altinn[altinn.len() - 3..], ["planned", "informed", "contact"]);
    let text = read(&app, &format!("/api/v1{path}/edpb?as=text&lang=en")).await;
    assert!(text.contains("48 When the controller became aware of the breach: ") && text.contains("MISSING"), "{text}");

    let least =
        saved(&app, &path, &json!({ "stage": "least", "fields": { "50": "d", "51": "En forsker ringte." } })).await;
    assert!(least["text"]["body"].as_str().unwrap().contains("første, ufullstendig melding"));
    approved(&app, &path, &least, None).await;
    let (status, why) = app.post(&format!("{path}/sending"), &json!({})).await;
    assert_eq!((status, code(&why)), (409, "text-not-by-mail"), "Altinn's form is filled in by hand");
    let receipt = json!({ "how": "altinn", "reference": "AR555111", "complete": false });
    let (status, shown) = app.post(&format!("{path}/sending"), &receipt).await;
    assert_eq!((status, &shown["state"]), (201, &json!("fulfilled")), "{shown}");
    assert_eq!(shown["sent"][0]["content"]["form"]["edpb"].as_array().unwrap().len(), 100, "all that was told is kept");

    let more = format!("/incidents/{case}/notices/gdpr-33-phased");
    assert_eq!(app.get(&more).await.1["state"], "required", "the rest is owed");
    let patch = json!({ "version": 2, "personal_data": { "subjects_count": 61 } });
    assert_eq!(app.send(Method::PATCH, &format!("/incidents/{case}"), &patch).await.0, 200);
    let (_, form) = app.get(&format!("{more}/edpb?stage=supplementary")).await;
    let field = |no: u64| form["fields"].as_array().unwrap().iter().find(|field| field["no"] == no).unwrap().clone();
    assert_eq!(
        (field(6)["value"].as_str(), field(50)["value"].as_str()),
        (Some("AR555111"), Some("d")),
        "what was typed goes on"
    );
    let changed: Vec<u64> =
        form["changed"].as_array().unwrap().iter().map(|change| change["no"].as_u64().unwrap()).collect();
    assert_eq!(changed, [68, 110, 111].into_iter().filter(|no| changed.contains(no)).collect::<Vec<u64>>());
    assert!(changed.contains(&68), "{changed:?}");
    let page = read(&app, &more).await;
    assert!(page.contains("Endret siden sist det ble sendt") && page.contains("AR555111"));
    let last = saved(&app, &more, &json!({ "stage": "final" })).await;
    approved(&app, &more, &last, None).await;
    let (status, shown) = app.post(&format!("{more}/sending"), &json!({ "how": "altinn", "complete": true })).await;
    assert_eq!((status, &shown["state"]), (201, &json!("fulfilled")), "{shown}");
    let withdrawn =
        saved(&app, &path, &json!({ "stage": "withdrawn", "fields": { "5": "Samme brudd var meldt før." } })).await;
    let body = withdrawn["text"]["body"].as_str().unwrap();
    assert!(body.contains("Samme brudd var meldt før.") && body.contains("trekker tilbake"), "{body}");
}

#[actix_web::test]
async fn the_pages_write_approve_and_record_in_three_languages_without_a_script() {
    let app = TestApp::start().await;
    let case = key(&log(&app, &leak()).await);
    let place = format!("/incidents/{case}/notices");
    for lang in ["nb", "nn", "en"] {
        let form = [("lang", lang), ("next", "/")];
        assert_eq!(app.page(Method::POST, "/language").form(&form).send().await.unwrap().status(), 303);
        for path in [
            place.clone(),
            format!("{place}/gdpr-33-authority"),
            format!("{place}/gdpr-33-authority?lang={lang}&stage=withdrawn&fresh=1"),
            format!("{place}/gdpr-33-authority/edpb"),
            format!("{place}/gdpr-34-subjects"),
            format!("{place}/nkom-privacy"),
            format!("{place}/gdpr-33-2-controller?for=Bedrift%20A%20AS"),
            "/settings/templates".into(),
            "/settings/templates?show=gdpr-34-subjects.nn".into(),
        ] {
            let page = read(&app, &path).await;
            assert!(page.len() < 100_000, "{path} weighs {} bytes", page.len());
            let shown: Vec<&str> =
                page.split('>').filter_map(|part| part.split('<').next()).flat_map(str::split_whitespace).collect();
            let machine = ["notice-", "edpb-", "altinn-", "stage-", "reader-", "lix-", "page-", "authorised-"];
            let keys: Vec<&&str> =
                shown.iter().filter(|word| machine.iter().any(|key| word.starts_with(key))).collect();
            assert!(keys.is_empty(), "{lang} {path}: {keys:?}");
        }
    }
    let path = format!("{place}/gdpr-34-subjects");
    let form =
        [("lang", "en"), ("stage", "initial"), ("version", "0"), ("subject", ""), ("body", "Dear all."), ("sms", "x")];
    let refused = app.page(Method::POST, &path).form(&form).send().await.unwrap();
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains(">Dear all.") && page.contains("Subject"), "nothing typed is lost");
    let form = [form[0], form[1], form[2], ("subject", "Your data"), form[4], form[5]];
    assert_eq!(app.page(Method::POST, &path).form(&form).send().await.unwrap().status(), 303);
    let page = read(&app, &path).await;
    assert!(page.contains("2, very easy"), "the readability of two words");
    let digest = page.split("name=\"digest\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let approve = app.page(Method::POST, &format!("{path}/approval")).form(&[("digest", digest.as_str())]);
    assert_eq!(approve.send().await.unwrap().status(), 303);
    let sent = [
        ("way", "hand"),
        ("how", "letter"),
        ("sent_at", "2026-10-23T13:55"),
        ("complete", "yes"),
        ("note", "Posten, 40 brev"),
    ];
    let answer = app.page(Method::POST, &format!("{path}/sending")).form(&sent).send().await.unwrap();
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    let page = read(&app, &path).await;
    assert!(page.contains("Posten, 40 brev") && page.contains("Approved by Kari Nordmann"));
    let fields = [("version", "0"), ("50", "f"), ("51", "Vi så det selv"), ("94", ""), ("94", "b"), ("94", "d")];
    let edpb = format!("{place}/gdpr-33-authority/edpb");
    assert_eq!(app.page(Method::POST, &edpb).form(&fields).send().await.unwrap().status(), 303);
    let (_, form) = app.get(&edpb).await;
    let of =
        |no: u64| form["fields"].as_array().unwrap().iter().find(|field| field["no"] == no).unwrap()["value"].clone();
    assert_eq!((of(50), of(94)), (json!("f"), json!(["b", "d"])));
    let all = read(&app, &place).await;
    assert!(all.contains("Sent") && all.contains("Saved, not approved"));
}

#[test]
fn a_company_writes_its_own_templates_and_a_wrong_one_stops_the_start_with_file_and_line() {
    let load = |files: &[(&str, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        for (name, source) in files {
            std::fs::write(folder.path().join(name), source).unwrap();
        }
        varsel::notice::custom::load(Some(folder.path()))
    };
    let good = load(&[
        ("planned-outage.nb.hbs", "Hei fra {{sender.name}}: vi jobber {{known time.started}}.\n"),
        ("README.txt", "x"),
    ]);
    let notices = good.unwrap();
    assert_eq!(notices.1, ["planned-outage.nb"]);
    let company = varsel::incident::settings::Company::default();
    let preview = varsel::notice::custom::preview(&notices, &company, "planned-outage.nb").unwrap();
    assert!(preview.starts_with("Hei fra SMB Mobil: vi jobber"), "{preview}");
    let fault = |files: &[(&str, &str)]| load(files).err().unwrap();
    let unknown = fault(&[("planed-outage.nb.hbs", "x")]);
    assert!(
        unknown.contains("planed-outage.nb.hbs") && unknown.contains("nearest is planned-outage.nb.hbs"),
        "{unknown}"
    );
    let broken = fault(&[("planned-outage.nb.hbs", "Hei\n{{#if services}}\nuten slutt\n")]);
    assert!(broken.contains("planned-outage.nb.hbs") && broken.contains("line "), "{broken}");
    let empty = fault(&[("planned-outage.nb.hbs", "Hei\n\n{{sender.nmae}}\n")]);
    assert!(empty.contains("planned-outage.nb.hbs, line 3,") && empty.contains("nmae"), "{empty}");
    assert!(empty.contains("the nearest is sender.name"), "{empty}");
    let silent = fault(&[("planned-outage.nb.hbs", "Hei\n{{known time.startet}}\n")]);
    assert!(silent.contains("planned-outage.nb.hbs, line 2, names time.startet"), "{silent}");
    let silent = fault(&[("gdpr-34-subjects.nn.hbs", "{{#if data.sheild}}x{{/if}}\n")]);
    assert!(silent.contains("line 1, names data.sheild") && silent.contains("data.shield"), "{silent}");
    let source = |name: &'static str| varsel::templates::Templates::notice_source(name).unwrap();
    let ours: Vec<(String, &str)> =
        varsel::templates::Templates::notice_names().map(|name| (format!("{name}.hbs"), source(name))).collect();
    let ours: Vec<(&str, &str)> = ours.iter().map(|(name, source)| (name.as_str(), *source)).collect();
    assert_eq!(load(&ours).unwrap().1.len(), ours.len(), "the program's own are taken as they are");
    assert!(
        varsel::notice::custom::load(Some(std::path::Path::new("/nowhere/at/all")))
            .err()
            .unwrap()
            .contains("cannot be read")
    );
}
