//! From SQLite to PostgreSQL and into a new SQLite: the same rows byte for byte, and the work goes on.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use diesel::connection::SimpleConnection;
use reqwest::Method;
use serde_json::{Value, json};
use varsel::audit;
use varsel::backup;

use crate::place::{self, App, Place, lines, now, said};

const ODD: &str = "Æøå 📞 «x» \"y\" 'z' \\ %_ {{t}} <b>\tline\nnext \u{7f}\u{200b}é e\u{301}";

/// What people do, with everything that the cases of the tests know.
async fn stories(app: &App) -> Vec<String> {
    let company = json!({ "name": ODD, "address": "Storgata 1", "contact_name": "O'Hara \\ \"Sønn\"" });
    let (status, answer) = app.send(Method::PUT, "/settings", &json!({ "version": 0, "company": company })).await;
    assert_eq!(status, 200, "{answer}");
    let (mut keys, mut sent, mut settled) = (Vec::new(), 0, 0);
    let mut files: Vec<_> =
        ["tests/cases", "tests/cases/own"].iter().flat_map(|f| std::fs::read_dir(f).unwrap()).collect();
    files.sort_by_key(|entry| entry.as_ref().unwrap().path());
    for entry in files {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            let mut case: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let case = app.log(&case["facts"].take()).await;
            keys.push(case["reference"].as_str().unwrap().to_owned());
            let duties = case["duties"].as_array().unwrap();
            let of = |state: &str| duties.iter().find(|duty| duty["state"] == state).cloned().unwrap_or_default();
            let path = format!("/incidents/{}/duties", keys.last().unwrap());
            let (required, open) = (of("required"), of("undetermined"));
            let sending = json!({ "channel": ODD, "reference": "utsending 14", "complete": true });
            let to = format!("{path}/{}/submission", required["id"].as_str().unwrap_or("none"));
            sent += u32::from(app.send(Method::POST, &to, &sending).await.0 < 300);
            let settling = json!({ "answer": "not_required", "reason": ODD });
            let to = format!("{path}/{}/settlement", open["id"].as_str().unwrap_or("none"));
            settled += u32::from(app.send(Method::POST, &to, &settling).await.0 < 300);
        }
    }
    assert!(keys.len() > 30 && sent > 5 && settled > 2, "{} {sent} {settled}", keys.len());
    let odd = app.log(&json!({ "title": ODD.replace(['\n', '\t'], " "), "description": ODD })).await;
    let key = odd["reference"].as_str().unwrap().to_owned();
    let path = format!("/incidents/{key}");
    let moment = json!({ "moment": "known_at", "at": "2026-10-23T10:00:00.123456Z", "reason": ODD });
    let (status, answer) = app.send(Method::POST, &format!("{path}/moments"), &moment).await;
    assert!(status < 300, "{answer}");
    let judged = json!({ "level": "critical", "reason": ODD });
    let (status, answer) = app.send(Method::PUT, &format!("{path}/severity"), &judged).await;
    assert!(status < 300, "{answer}");
    let closed = app.log(&json!({ "title": "Lukket", "personal_data": { "breach": false } })).await;
    let path = format!("/incidents/{}", closed["reference"].as_str().unwrap());
    for duty in closed["duties"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|d| ["undetermined", "required"].contains(&d["state"].as_str().unwrap()))
    {
        let to = format!("{path}/duties/{}/settlement", duty["id"].as_str().unwrap());
        app.send(Method::POST, &to, &json!({ "answer": "not_required", "reason": "nei" })).await;
    }
    let (status, answer) = app.send(Method::POST, &format!("{path}/closure"), &json!({ "reason": ODD })).await;
    assert!(status < 300, "{answer}");
    let again = app
        .client
        .post(format!("{}/api/v1/incidents", app.url))
        .header("idempotency-key", "alarm-æ-4711".replace('æ', "e"));
    let again = again.header("content-type", "application/json").body(json!({ "title": "Fra alarm" }).to_string());
    assert_eq!(again.send().await.unwrap().status(), 201);
    keys.push(key);
    keys
}

/// Rows of tables that no page writes yet.
fn others() -> String {
    let odd = ODD.replace('\'', "''");
    let (account, incident, duty) =
        ("(SELECT id FROM account)", "(SELECT min(seq) FROM incident)", "(SELECT min(seq) FROM duty)");
    let (at, id) = ("'2026-10-23T12:00:00.000001Z'", "'01890000-0000-7000-8000-00000000abcd'");
    format!(
        "INSERT INTO account_role SELECT id, 'auditor' FROM account;
         UPDATE account SET phone = '+4721000000';
         INSERT INTO channel VALUES ({id}, '{odd}', 'webhook', '', NULL, 'all', 'nn', 'v1.x', 1, 3, {account}, {at}, {at});
         INSERT INTO channel VALUES ('01890000-0000-7000-8000-00000000abce', 'to', 'sms', '+4790000000', 'team', 'all', 'nb', '', 0, 3, {account}, {at}, {at});
         INSERT INTO message (seq, id, key, kind, channel_id, recipient, recipient_name, language, subject, body, data, urgent, incident_seq, state, created_at, due_at, give_up_at, attempts)
            VALUES (7, {id}, 'k', 'reminder', {id}, 'r', '{odd}', 'nb', 's', '{odd}', '{{\"b\": [], \"a\": 1.50, \"c\": {{}}}}', 1, {incident}, 'sent', {at}, {at}, {at}, 1);
         INSERT INTO attempt VALUES (3, 7, 1, 'w', {at}, {at}, 'delivered', '{odd}');
         INSERT INTO reminder VALUES (2, {duty}, {at}, 'required', NULL, 's', 'team', 0, {at}, {at}, '[\"Kari\"]');
         INSERT INTO reminder_answer VALUES (9, {duty}, {at}, 's', NULL, {account}, {at});
         INSERT INTO ladders_version VALUES (1, '{{\"z\": 1e3, \"a\": -0.5e-3}}', {account}, {at});
         INSERT INTO occasion VALUES ('ø', 'b', {at}); INSERT INTO occasion VALUES ('Z', 'a', {at});
         INSERT INTO occasion VALUES ('a', 'å', {at}); INSERT INTO occasion VALUES ('a', 'Å', {at}); INSERT INTO occasion VALUES ('z-a', 'x', {at});
         INSERT INTO hold VALUES (3, {incident}, 'held', '{odd}', {account}, {at});
         INSERT INTO keeping_version VALUES (1, '{{\"months\": {{\"messages\": 6}}}}', {account}, {at});
         INSERT INTO trouble VALUES ('mail', '{odd}', 2, {at}, {at});
         INSERT INTO report (incident_seq, by_account, what, noticed_at, system, personal_data, contact, at)
            VALUES ({incident}, {account}, '{odd}', {at}, '{odd}', 'yes', '{odd}', {at});
         INSERT INTO report_remark (seq, incident_seq, words, at)
            VALUES (1, (SELECT min(incident_seq) FROM report), '{odd}', {at});
         INSERT INTO incident_reader (incident_seq, account_id)
            VALUES ({incident}, {account});
         INSERT INTO second_factor (account_id, sealed_secret, made_at, confirmed_at, last_step)
            VALUES ({account}, '{odd}', {at}, NULL, 1);
         INSERT INTO recovery_code (code_hash, account_id, made_at, used_at)
            VALUES ('{odd}', {account}, {at}, NULL);
         INSERT INTO passkey (id, account_id, name, credential_id, public_key, state, transports, made_at, last_used_at)
            VALUES ({id}, {account}, '{odd}', '{odd}', '{odd}', '{odd}', 3, {at}, NULL);
         INSERT INTO sign_in_version (version, rules, by_account, at)
            VALUES (1, '{{\"idle_minutes\": 480, \"absolute_hours\": 24, \"second_factor\": \"off\"}}', {account}, {at});
         INSERT INTO openid_subject (issuer, subject, account_id, governs_roles, linked_at)
            VALUES ('{odd}', '{odd}', {account}, 1, {at});
         INSERT INTO alert (seq, source, key, incident_seq, state, started_at, told, digest, times, first_at, last_at)
            VALUES (1, '{odd}', '{odd}', {incident}, 'firing', {at}, '{{}}', '{odd}', 1, {at}, {at});
         INSERT INTO attachment (seq, id, incident_seq, name, kind, size, parts, sha256, by_account, at)
            VALUES (1, {id}, {incident}, '{odd}', '{odd}', 1, 1, '{odd}', {account}, {at});
         INSERT INTO attachment_removal (attachment_seq, reason, by_account, at)
            VALUES ((SELECT min(seq) FROM attachment), '{odd}', {account}, {at});
         INSERT INTO attachment_part (attachment_seq, number, content)
            VALUES ((SELECT min(seq) FROM attachment), 1, '{odd}');
         INSERT INTO notice_version (seq, incident_seq, duty_id, for_whom, version, stage, lang, subject, body, sms, draft, fields, facts_version, digest, by_account, at)
            VALUES (1, {incident}, '{odd}', '{odd}', 1, 'least', '{odd}', '{odd}', '{odd}', '{odd}', '{odd}', '{{}}', 1, '{odd}', {account}, {at});
         INSERT INTO notice_approval (seq, notice_seq, digest, by_account, at)
            VALUES (1, (SELECT min(seq) FROM notice_version), '{odd}', {account}, {at});
         INSERT INTO notice_sending (seq, incident_seq, duty_id, for_whom, notice_seq, how, recipient, reference, note, complete, content, message_key, by_account, at)
            VALUES (1, {incident}, '{odd}', '{odd}', (SELECT min(seq) FROM notice_version), '{odd}', '{odd}', NULL, '{odd}', 1, '{odd}', NULL, {account}, {at});
         INSERT INTO notice_receipt (seq, sending_seq, reply, recorded, at)
            VALUES (1, (SELECT min(seq) FROM notice_sending), '{odd}', 1, {at});
         INSERT INTO controller_version (seq, name, email, authorised, basis, by_account, at)
            VALUES (1, '{odd}', '{odd}', 'none', '{odd}', {account}, {at});
         INSERT INTO affected_import (seq, id, incident_seq, name, kind, encoding, separator, mapping, state, bytes, rows_read, taken, joined, bad, note, by_account, at, ended_at)
            VALUES (1, {id}, {incident}, '{odd}', 'csv', '{odd}', '{odd}', '{{}}', 'coming', 1, 1, 1, 1, 1, '{odd}', {account}, {at}, NULL);
         INSERT INTO affected_part (import_seq, number, sealed)
            VALUES ((SELECT min(seq) FROM affected_import), 1, '{odd}');
         INSERT INTO affected_bad (import_seq, line, reason, sealed)
            VALUES ((SELECT min(seq) FROM affected_import), 1, '{odd}', '{odd}');
         INSERT INTO affected (seq, id, incident_seq, import_seq, sealed, email_hash, phone_hash, customer, categories, minor, protected, language, chosen, joined, state, way, tried, wave_seq, reply, changed_at)
            VALUES (1, {id}, {incident}, (SELECT min(seq) FROM affected_import), '{odd}', NULL, NULL, '{odd}', '{odd}', 1, 1, 'nb', 1, 1, 'not_yet', '', 1, (SELECT min(seq) FROM wave), '{odd}', {at});
         INSERT INTO affected_decision (seq, incident_seq, answer, chosen, exceptions, reason, by_account, at)
            VALUES (1, {incident}, 'all', '{{}}', '{{}}', '{odd}', {account}, {at});
         INSERT INTO affected_tally (seq, incident_seq, total, told, note, by_account, at)
            VALUES (1, {incident}, 1, 1, '{odd}', {account}, {at});
         INSERT INTO wave (seq, id, incident_seq, name, duty_id, chosen, texts, first_way, both_ways, rate, state, digest, edited_by, created_at, fed_at, begun_at, ended_at)
            VALUES (1, {id}, {incident}, '{odd}', '{odd}', '{{}}', '{{}}', 'email', 1, 1, 'draft', '{odd}', {account}, {at}, NULL, NULL, NULL);
         INSERT INTO wave_approval (seq, wave_seq, digest, by_account, at)
            VALUES (1, (SELECT min(seq) FROM wave), '{odd}', {account}, {at});
         INSERT INTO incident_comment (seq, id, incident_seq, words, replaces_seq, by_account, at)
            VALUES (1, {id}, {incident}, '{odd}', NULL, {account}, {at}),
                (2, '01890000-0000-7000-8000-00000000abce', {incident}, '', 1, {account}, {at});
         INSERT INTO task (seq, id, incident_seq, what, owner, due_at, remind_at, version, made_by, made_at, done_by, done_at)
            VALUES (1, {id}, {incident}, '{odd}', {account}, {at}, NULL, 2, {account}, {at}, {account}, {at});
         INSERT INTO task_ending (seq, task_seq, what, by_account, at)
            VALUES (1, (SELECT min(seq) FROM task), 'done', {account}, {at});
         INSERT INTO account (id, email, name, password_hash, language, created_at)
            VALUES ('01890000-0000-7000-8000-00000000abcf', 'maskin@machine.invalid', '{odd}', '', 'nb', {at});
         INSERT INTO machine (account_id, made_by, made_at)
            VALUES ('01890000-0000-7000-8000-00000000abcf', NULL, {at});
         INSERT INTO drill (incident_seq, channels, by_account, at)
            VALUES ({incident}, 1, (SELECT min(id) FROM account), {at});
         INSERT INTO drill_clock (seq, incident_seq, real_at, here_at, factor, by_account)
            VALUES (1, {incident}, {at}, {at}, 60, (SELECT min(id) FROM account));
         INSERT INTO drill_participant (incident_seq, account_id)
            VALUES ({incident}, (SELECT min(id) FROM account));
         INSERT INTO drill_inject (seq, incident_seq, minute, words, shows_at, look_at, shown_at)
            VALUES (1, {incident}, 20, '{odd}', {at}, {at}, NULL);
         INSERT INTO demonstration (id, at) VALUES (1, {at});
         INSERT INTO saved_view (id, account_id, name, filter, shared, created_at)
            VALUES ('01890000-0000-7000-8000-00000000abd0', (SELECT min(id) FROM account), '{odd}', 'status=open', 1, {at});
         INSERT INTO first_view (account_id, view_id)
            VALUES ((SELECT min(id) FROM account), '01890000-0000-7000-8000-00000000abd0');"
    )
}

fn restore(from: &Path, to: &Place) {
    let ended = to.run(&["restore", from.to_str().unwrap()]);
    assert!(ended.status.success(), "{}", said(&ended));
    assert!(said(&ended).contains("rows in all; audit head"), "{}", said(&ended));
}

/// The rows, without the lines that tell of the making: the first, the last, and the entry that each making leaves.
fn rows(file: &Path) -> Vec<String> {
    let all = lines(file);
    all[1..all.len() - 1].iter().filter(|line| !line.contains("\"backup.made\"")).cloned().collect()
}

fn same(one: &Path, two: &Path) {
    let (one, two) = (rows(one), rows(two));
    for (one, two) in one.iter().zip(&two) {
        assert_eq!(one, two);
    }
    assert_eq!(one.len(), two.len());
}

/// The app opens it, shows the case as it was, and goes on with the next number.
async fn goes_on(place: &Place, key: &str, was: &Value) {
    let before = place.open().read_all(|conn| audit::verify(conn, None)).unwrap();
    assert_eq!(before.broken, None);
    let app = App::on(place).await;
    assert_eq!(&app.get(&format!("/incidents/{key}")).await, was);
    let listed = app.get("/incidents?limit=1&q=Lukket").await;
    assert_eq!(listed["items"][0]["title"], "Lukket", "titles are found again: {listed}");
    let last = app.get("/incidents?limit=1").await["items"][0]["reference"].as_str().unwrap().to_owned();
    let number = |reference: &str| reference[5..].parse::<u32>().unwrap();
    let next = app.log(&json!({ "title": "Etterpå" })).await;
    assert_eq!(number(next["reference"].as_str().unwrap()), number(&last) + 1);
    let (status, _) = app
        .send(
            Method::PATCH,
            &format!("/incidents/{}", next["reference"].as_str().unwrap()),
            &json!({ "version": 1, "title": "Siden" }),
        )
        .await;
    assert_eq!(status, 200);
    let noted = before.head.clone();
    let after = app.db.read(move |conn| audit::verify(conn, Some(&noted))).await.unwrap();
    assert_eq!((after.broken, after.head.number), (None, before.head.number + 3));
}

#[actix_web::test]
async fn everything_goes_from_sqlite_to_postgresql_and_back_byte_for_byte() {
    let [first, server] = Place::both();
    let last = Place::sqlite();
    let app = App::on(&first).await;
    let keys = stories(&app).await;
    app.db.write(|conn| Ok(conn.batch_execute(&others())?)).await.unwrap();
    let key = keys.last().unwrap();
    let was = app.get(&format!("/incidents/{key}")).await;
    drop(app);

    let one = first.back_up("one.varsel");
    assert_eq!(std::fs::metadata(&one).unwrap().permissions().mode() & 0o777, 0o600);
    let (header, footer) = backup::look(&one).unwrap();
    assert_eq!(header.engine, "sqlite");
    for (table, count) in &footer.rows {
        assert!(*count > 0, "{table} is empty: this proves nothing for it");
    }
    restore(&one, &server);
    let two = server.back_up("two.varsel");
    assert_eq!(backup::look(&two).unwrap().0.engine, "postgresql");
    same(&one, &two);
    restore(&two, &last);
    let three = last.back_up("three.varsel");
    same(&two, &three);
    println!("{} rows the same in three files of {} bytes", rows(&one).len(), std::fs::metadata(&one).unwrap().len());

    goes_on(&server, key, &was).await;
    goes_on(&last, key, &was).await;
}

#[actix_web::test]
async fn a_backup_goes_through_pipes() {
    let [first, server] = Place::both();
    let app = App::on(&first).await;
    app.log(&json!({ "title": ODD.replace(['\n', '\t'], " ") })).await;
    let ended = first.run(&["backup", "-"]);
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let mut child = server
        .varsel(&["restore", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), &ended.stdout).unwrap();
    let restored = child.wait_with_output().unwrap();
    assert!(restored.status.success(), "{}", said(&restored));
    same(&first.back_up("one"), &server.back_up("two"));
}

#[actix_web::test]
async fn a_backup_made_while_others_write_is_of_one_instant() {
    for place in Place::both() {
        let app = std::rc::Rc::new(App::on(&place).await);
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let app = app.clone();
                actix_web::rt::spawn(async move {
                    for n in 0..25 {
                        app.log(&json!({ "title": format!("Samtidig {writer}-{n}") })).await;
                    }
                })
            })
            .collect();
        let mut files = Vec::new();
        for n in 0..4 {
            let (db, file) = (app.db.clone(), place.folder.path().join(format!("live-{n}")));
            actix_web::rt::time::sleep(std::time::Duration::from_millis(150)).await;
            let to = file.clone();
            actix_web::rt::task::spawn_blocking(move || backup::to_file(&db, &to, now())).await.unwrap().unwrap();
            files.push(file);
        }
        let amid = backup::look(&files[0]).unwrap().1.rows["incident"];
        for writer in writers {
            writer.await.unwrap();
        }
        assert!(amid < 100, "the first backup was made while others wrote");
        for file in files {
            let (_, footer) = backup::look(&file).unwrap();
            let entries: Vec<Value> = lines(&file)
                .iter()
                .skip_while(|line| !line.starts_with("{\"table\":\"audit_entry\""))
                .skip(1)
                .take_while(|line| line.starts_with('['))
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            let last = entries.last().unwrap();
            assert_eq!(footer.audit_head, format!("{}:{}", last[0], last[8].as_str().unwrap()));
            let logged = entries.iter().filter(|entry| entry[4] == "incident.logged").count() as u64;
            assert_eq!(logged, footer.rows["incident"]);
            assert_eq!(logged, footer.rows["timeline"]);
            let copy = Place::sqlite();
            assert_eq!(place::restore(&copy, &file).unwrap().chain.broken, None);
        }
    }
}
