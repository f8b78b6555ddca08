//! The dossier: everything about a case, the same bytes for the same case, and read by programs that are not ours.

use std::path::Path;
use std::process::Command;

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::attachments::{attach, digest};
use crate::case::{key, leak, log};

/// A case with everything in it, and a hostile word here and there.
async fn full(app: &TestApp) -> String {
    let mut facts = leak();
    facts["description"] = json!("Åpen lagring.\n\tRettet kl. 14 → «lukket». 😀 \u{202e}fdp");
    let case = log(app, &facts).await;
    let key = key(&case);
    let path = format!("/incidents/{key}");
    app.advance(Duration::minutes(20));
    let change = json!({ "version": 1, "personal_data": { "subjects_count": 1200 }, "measures": { "taken": "Stengt ".repeat(300) } });
    let (status, why) = app.send(Method::PATCH, &path, &change).await;
    assert_eq!(status, 200, "{why}");
    let moment =
        json!({ "moment": "breach_aware_at", "at": "2026-10-23T11:55:00Z", "reason": "Vakten leste loggen på nytt" });
    assert_eq!(app.post(&format!("{path}/moments"), &moment).await.0, 201);
    let risk = json!({ "level": "high", "reason": "Samtalelogger om mange" });
    assert_eq!(app.send(Method::PUT, &format!("{path}/risk"), &risk).await.0, 200);
    let sent =
        json!({ "channel": "altinn", "reference": "AR-4711", "complete": false, "sent_at": "2026-10-23T12:15:00Z" });
    let (status, why) = app.post(&format!("{path}/duties/gdpr-33-authority/submission"), &sent).await;
    assert_eq!(status, 201, "{why}");
    assert_eq!(attach(app, &key, "../../Logg æøå.txt", "linje\n".repeat(60_000).as_bytes()).await.0, 201);
    let (_, gone) = attach(app, &key, "feil.csv", b"a;b\n").await;
    let removal = format!("{path}/attachments/{}/removal", gone["id"].as_str().unwrap());
    assert_eq!(app.post(&removal, &json!({ "reason": "Feil sak" })).await.0, 201);
    // Changes of one instant are kept apart by microseconds.
    app.advance(Duration::seconds(1));
    key
}

async fn fetch(app: &TestApp, address: &str) -> Vec<u8> {
    let answer = app.client.get(format!("{}{address}", app.url)).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{address}: {}", answer.text().await.unwrap());
    assert!(
        answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"dossier-2026-")
    );
    answer.bytes().await.unwrap().to_vec()
}

/// Runs a program that reads what we wrote.
pub fn run(program: &str, package: &str, folder: &Path, args: &[&str]) -> String {
    let told = Command::new(program).args(args).current_dir(folder).output();
    let told = told.unwrap_or_else(|why| panic!("{program} does not start ({why}); install {package}"));
    let said = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success(), "{program}: {said}{}", String::from_utf8_lossy(&told.stderr));
    said
}

/// The words of a document, however its lines are broken.
pub fn words(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("it.pdf"), pdf).unwrap();
    let text = run("pdftotext", "poppler-utils", folder.path(), &["-raw", "it.pdf", "-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn the_document_tells_everything_in_three_languages() {
    let app = TestApp::start().await;
    let key = full(&app).await;
    for (lang, told) in [
        ("nb", ["Dokumentasjon av hendelsen", "Satt av en person", "Revisjonsloggen", "Side 2 av"]),
        ("nn", ["Dokumentasjon av hendinga", "Sett av ein person", "Underretting av dei råka", "Side 2 av"]),
        ("en", ["Documentation of the incident", "Set by a person", "The audit chain", "Page 2 of"]),
    ] {
        let pdf = fetch(&app, &format!("/incidents/{key}/dossier.pdf?for=datatilsynet&lang={lang}")).await;
        if let Ok(folder) = std::env::var("VARSEL_SPECIMEN") {
            std::fs::write(format!("{folder}/dossier-{lang}.pdf"), &pdf).unwrap();
        }
        let said = words(&pdf);
        let same = [
            "2026-0001",
            "Kari Nordmann",
            "Vakten leste loggen på nytt",
            "Samtalelogger om mange",
            "AR-4711",
            "attachments/vedlegg-001.txt",
            "«lukket»",
            "[U+1F600]",
            "Feil sak",
            "SMB Mobil",
        ];
        for words in told.iter().chain(&same) {
            assert!(said.contains(words), "{lang}: {words} is missing in {said}");
        }
        for slip in
            ["Logg æøå", "Logg_aeoa", "feil.csv", "dossier-", "page-", "group-", "line-", "reason-", "\u{202e}", "null"]
        {
            let slips = said.replace(&format!("dossier-{key}"), "").replace("dossier.", "");
            assert!(!slips.contains(slip), "{lang}: {slip} in {said}");
        }
        assert!(said.contains(&digest("linje\n".repeat(60_000).as_bytes())[..30]));
    }
}

#[actix_web::test]
async fn the_same_case_as_of_the_same_instant_makes_the_same_bytes_and_one_fact_makes_others() {
    let app = TestApp::start().await;
    let key = full(&app).await;
    let as_of = app.clock.now().to_rfc3339();
    let as_of = as_of.replace('+', "%2B");
    let of = |ending: &str| format!("/api/v1/incidents/{key}/dossier.{ending}?for=datatilsynet&lang=nb&as_of={as_of}");
    let (pdf, zip) = (fetch(&app, &of("pdf")).await, fetch(&app, &of("zip")).await);
    // Another hour, others that read, another case: nothing of it is in this one.
    app.advance(Duration::minutes(7));
    log(&app, &json!({ "title": "En annen sak" })).await;
    assert!(fetch(&app, &of("pdf")).await == pdf, "the document differs");
    assert!(fetch(&app, &of("zip")).await == zip, "the archive differs");
    let (_, case) = app.get(&format!("/incidents/{key}")).await;
    let change = json!({ "version": case["version"], "personal_data": { "subjects_count": 1201 } });
    assert_eq!(app.send(Method::PATCH, &format!("/incidents/{key}"), &change).await.0, 200);
    let (status, problem) = app.get(&of("pdf")["/api/v1".len()..]).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("dossier_as_of")), "the case has changed since");
    let now = format!("/incidents/{key}/dossier.zip?for=datatilsynet&lang=nb");
    let changed = fetch(&app, &now).await;
    assert_ne!(changed, zip);
    assert!(unzipped(&changed, "facts.json").contains("1201") && !unzipped(&zip, "facts.json").contains("1201"));
}

pub fn unzipped(zip: &[u8], name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("it.zip"), zip).unwrap();
    run("unzip", "unzip", folder.path(), &["-p", "it.zip", name])
}

#[actix_web::test]
async fn the_archive_opens_elsewhere_and_every_digest_is_true() {
    let app = TestApp::start().await;
    let key = full(&app).await;
    let zip = fetch(&app, &format!("/incidents/{key}/dossier.zip?for=internal&lang=en")).await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("it.zip"), &zip).unwrap();
    run("unzip", "unzip", folder.path(), &["-q", "it.zip", "-d", "out"]);
    let out = folder.path().join("out");
    let checked = run("sha256sum", "coreutils", &out, &["--check", "--strict", "digests.txt"]);
    assert!(checked.lines().count() >= 11 && checked.lines().all(|line| line.ends_with(": OK")), "{checked}");
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
    assert_eq!(read("attachments/001-Logg_aeoa.txt"), "linje\n".repeat(60_000));
    assert!(!out.join("attachments/002-feil.csv").exists(), "what was taken away is not in it");
    let facts: Value = serde_json::from_str(&read("facts.json")).unwrap();
    let count = facts["stated"].as_array().unwrap().iter().find(|fact| fact["path"] == "personal_data.subjects_count");
    let count = count.unwrap();
    assert_eq!(
        (&count["value"], &count["stated_by"], &count["version"]),
        (&json!(1200), &json!("Kari Nordmann"), &json!(2))
    );
    for name in
        ["assessments.json", "timeline.json", "duties.json", "submissions.json", "moments.json", "attachments.json"]
    {
        let list: Value = serde_json::from_str(&read(name)).unwrap();
        assert!(!list.as_array().unwrap().is_empty(), "{name}");
    }
    let mut heads = Vec::new();
    for line in read("audit.jsonl").lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        assert_eq!(entry["digest"], digest(entry["contents"].as_str().unwrap().as_bytes()), "{line}");
        heads.push(format!("{}:{}", entry["number"], entry["digest"].as_str().unwrap()));
    }
    let noted = heads.last().unwrap().parse().unwrap();
    let chain = app.db.read(move |conn| varsel::audit::verify(conn, Some(&noted))).await.unwrap();
    assert_eq!(chain.broken, None, "the last line of the extract is in the chain");
    assert!(std::fs::read(out.join(format!("dossier-{key}.pdf"))).unwrap().starts_with(b"%PDF-"));
    // For the authority without where people sat; and the reading itself is in the chain.
    let theirs = fetch(&app, &format!("/incidents/{key}/dossier.zip?for=datatilsynet")).await;
    assert!(!unzipped(&theirs, "audit.jsonl").contains("contents"));
    // And without what the files were called here, which may name a customer.
    assert_eq!(unzipped(&theirs, "attachments/vedlegg-001.txt"), "linje\n".repeat(60_000));
    for name in ["attachments.json", "timeline.json", "audit.jsonl", "digests.txt"] {
        let said = unzipped(&theirs, name);
        assert!(
            !said.contains("Logg æøå") && !said.contains("Logg_aeoa") && !said.contains("feil.csv"),
            "{name}: {said}"
        );
    }
    assert!(unzipped(&theirs, "attachments.json").contains("vedlegg-002.csv"), "the one that was taken away, too");
    let mut read = Vec::new();
    let key_of = key.clone();
    let read = app
        .db
        .read(move |conn| {
            read.clear();
            varsel::audit::each_of(conn, &key_of, |link| {
                read.push(link.what);
                Ok(())
            })?;
            Ok(read.iter().filter(|what| *what == "dossier.read").count())
        })
        .await
        .unwrap();
    assert_eq!(read, 2);
}

#[actix_web::test]
async fn what_cannot_be_asked_for_is_told() {
    let app = TestApp::start().await;
    let key = key(&log(&app, &leak()).await);
    for (asked, path) in
        [("for=nkom", "for"), ("lang=xx", "lang"), ("as_of=i+dag", "as_of"), ("as_of=2030-01-01T00:00:00Z", "as_of")]
    {
        let (status, problem) = app.get(&format!("/incidents/{key}/dossier.pdf?{asked}")).await;
        assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!(path)), "{asked}: {problem}");
    }
    assert_eq!(app.get("/incidents/2026-0099/dossier.zip").await.0, 404);
}
