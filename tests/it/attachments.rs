//! Files of an incident: what is taken and what is not, that they come back as they went in and run nowhere, and what stays
//! when one is taken away.

use reqwest::{Method, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::app::{TestApp, told};
use crate::case::{key, leak, log};

pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub async fn attach(app: &TestApp, key: &str, name: &str, content: &[u8]) -> (u16, Value) {
    let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let request = app.client.post(format!("{}/api/v1/incidents/{key}/attachments?name={name}", app.url));
    let request = request.header("content-type", "application/octet-stream").header("accept-language", "en");
    told(request.body(content.to_vec()).send().await.unwrap()).await
}

async fn download(app: &TestApp, key: &str, id: &Value) -> Response {
    let path = format!("/incidents/{key}/attachments/{}", id.as_str().unwrap());
    app.api(Method::GET, &path).send().await.unwrap()
}

/// A form as a browser sends it.
async fn form(app: &TestApp, key: &str, name: &str, content: &[u8]) -> Response {
    let head = format!(
        "--grense\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhei\r\n--grense\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n"
    );
    let body = [head.as_bytes(), content, b"\r\n--grense--\r\n"].concat();
    let request = app.page(Method::POST, &format!("/incidents/{key}/attachments"));
    request.header("content-type", "multipart/form-data; boundary=grense").body(body).send().await.unwrap()
}

#[actix_web::test]
async fn a_file_comes_back_byte_for_byte_as_a_download_that_runs_nowhere() {
    let app = TestApp::start().await;
    let key = key(&log(&app, &leak()).await);
    // More than two parts, and no whole number of them.
    let content: Vec<u8> = (0..500_001_u32).map(|n| b"abcdefghij \n"[(n % 12) as usize]).collect();
    let (status, file) = attach(&app, &key, "C:\\logger\\Logg <script>æ.txt", &content).await;
    assert_eq!(status, 201, "{file}");
    assert_eq!(
        (&file["name"], &file["size"], &file["sha256"], &file["by"]),
        (&json!("Logg <script>æ.txt"), &json!(500_001), &json!(digest(&content)), &json!("Kari Nordmann"))
    );
    let answer = download(&app, &key, &file["id"]).await;
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(answer.status(), 200);
    assert_eq!(header("content-type"), "application/octet-stream");
    assert!(
        header("content-disposition")
            .starts_with("attachment; filename=\"Logg__script_ae.txt\"; filename*=UTF-8''Logg%20%3C")
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert_eq!(header("etag"), format!("\"{}\"", digest(&content)));
    assert!(header("repr-digest").starts_with("sha-256=:"));
    assert_eq!(answer.bytes().await.unwrap(), content);
    let (_, timeline) = app.get(&format!("/incidents/{key}/timeline")).await;
    let line = timeline["items"].as_array().unwrap().last().unwrap();
    assert_eq!((&line["kind"], &line["payload"]["sha256"]), (&json!("attachment.added"), &file["sha256"]));
    // Sealed where it lies.
    let backup = app.folder.path().join("copy");
    let (db, now, to) = (app.db.clone(), app.clock.now(), backup.clone());
    actix_web::rt::task::spawn_blocking(move || varsel::backup::to_file(&db, &to, now).unwrap()).await.unwrap();
    let (_, footer) = varsel::backup::look(&backup).unwrap();
    assert_eq!((footer.rows["attachment"], footer.rows["attachment_part"]), (1, 3));
    let packed = std::fs::read(&backup).unwrap();
    let mut plain = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut plain).unwrap();
    assert!(!plain.contains("abcdefghij") && plain.contains(&digest(&content)));
}

#[actix_web::test]
async fn what_is_not_what_its_name_says_too_large_empty_or_there_already_is_refused_and_leaves_nothing() {
    let app = TestApp::start().await;
    let key = key(&log(&app, &leak()).await);
    let over = vec![b'a'; 2 * 1024 * 1024 + 1];
    for (name, content, code) in [
        ("virus.exe", b"MZ\x90\0".as_slice(), "attachment_kind"),
        ("side.html", b"<script>alert(1)</script>", "attachment_kind"),
        ("noname", b"x", "attachment_kind"),
        ("virus.pdf", b"MZ\x90\0", "attachment_other"),
        ("bilde.png", b"<svg onload=alert(1)>", "attachment_other"),
        ("logg.txt", b"a\0b", "attachment_other"),
        ("tom.txt", b"", "attachment_empty"),
        ("stor.txt", &over, "attachment_large"),
    ] {
        let (status, problem) = attach(&app, &key, name, content).await;
        assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!(code)), "{name}: {problem}");
        assert!(!problem["errors"][0]["message"].as_str().unwrap().contains("error-"), "{problem}");
    }
    assert_eq!(attach(&app, &key, "stor.txt", &over[1..]).await.0, 201, "just as large as may be");
    let (status, problem) = attach(&app, &key, "annet navn.log", &over[1..]).await;
    assert_eq!((status, &problem["type"]), (409, &json!("urn:varsel:problem:attachment-there")));
    let (_, all) = app.get(&format!("/incidents/{key}/attachments")).await;
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    assert_eq!(attach(&app, "2026-0099", "a.txt", b"a").await.0, 404);
    let left: Vec<_> = std::fs::read_dir(app.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[actix_web::test]
async fn a_file_that_is_taken_away_leaves_its_digest_and_the_reason() {
    let app = TestApp::start().await;
    let key = key(&log(&app, &leak()).await);
    let (_, file) = attach(&app, &key, "feil kunde.csv", b"navn;nummer\nOla;99999999\n").await;
    let path = format!("/incidents/{key}/attachments/{}", file["id"].as_str().unwrap());
    let (status, problem) = app.post(&format!("{path}/removal"), &json!({ "reason": " " })).await;
    assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!("reason")));
    let (status, gone) = app.post(&format!("{path}/removal"), &json!({ "reason": "Gjaldt en annen kunde" })).await;
    assert_eq!((status, &gone["removed"]["reason"]), (201, &json!("Gjaldt en annen kunde")), "{gone}");
    assert_eq!(gone["sha256"], file["sha256"]);
    assert_eq!(download(&app, &key, &file["id"]).await.status(), 404);
    assert_eq!(app.post(&format!("{path}/removal"), &json!({ "reason": "igjen" })).await.0, 409);
    let rows = app.db.read(|conn| varsel::incident::attachment::store::part(conn, 1, 0)).await;
    assert!(matches!(rows, Err(varsel::error::Error::NotFound)), "nothing of its content is left");
    // The same file may come again, and nothing can be attached to a closed case.
    assert_eq!(attach(&app, &key, "feil kunde.csv", b"navn;nummer\nOla;99999999\n").await.0, 201);
}

#[actix_web::test]
async fn people_attach_and_remove_with_forms_and_are_told_what_was_wrong() {
    let app = TestApp::start().await;
    let key = key(&log(&app, &leak()).await);
    let place = format!("/incidents/{key}/attachments");
    let refused = form(&app, &key, "skjerm.png", b"ikke et bilde").await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains("Filen er ikke det navnet sier (.png)") && page.contains("aria-invalid"), "{page}");
    let nothing = form(&app, &key, "", b"").await;
    assert_eq!(nothing.status(), 422);
    let taken = form(&app, &key, "skjerm &lt;b&gt;.png", b"\x89PNG\r\n\x1a\nog mer").await;
    assert_eq!(taken.status(), 303);
    assert!(taken.headers()["location"].to_str().unwrap().starts_with(&place));
    let page = app.page(Method::GET, &place).send().await.unwrap().text().await.unwrap();
    assert!(page.contains(&digest(b"\x89PNG\r\n\x1a\nog mer")) && page.len() < 100_000);
    assert!(page.contains("skjerm &amp;lt;b&amp;gt;.png"), "the name is shown as it is");
    let case = app.page(Method::GET, &format!("/incidents/{key}")).send().await.unwrap().text().await.unwrap();
    assert!(case.contains("La ved «skjerm") && case.contains(&format!("{place}\"")) && case.contains("dossier.pdf"));
    let (_, all) = app.get(&format!("/incidents/{key}/attachments")).await;
    let id = all["items"][0]["id"].as_str().unwrap().to_owned();
    let remove = |reason: &'static str| {
        app.page(Method::POST, &format!("{place}/{id}/removal")).form(&[("reason", reason)]).send()
    };
    let answer = remove("").await.unwrap();
    assert_eq!(answer.status(), 422);
    assert_eq!(remove("Feil sak").await.unwrap().status(), 303);
    let page = app.page(Method::GET, &place).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Fjernet av Kari Nordmann") && page.contains("«Feil sak»"));
}
