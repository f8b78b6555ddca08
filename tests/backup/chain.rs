//! Whatever is done to the chain is found, and names its entry.

use diesel::connection::SimpleConnection;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use reqwest::Method;
use serde_json::{Value, json};
use varsel::audit::{self, Broken, Entry, Fault, Head, append, verify};
use varsel::db::{Conn, Instant};

use crate::place::{App, Place, apart, now, said};

/// A database with an account and a chain of eleven entries.
async fn filled(place: &Place) {
    let app = App::on(place).await;
    app.db.write(seven).await.unwrap();
    let chain = app.db.read(|conn| verify(conn, None)).await.unwrap();
    assert_eq!((chain.head.number, chain.broken), (11, None));
}

fn seven(conn: &mut Conn) -> Result<(), varsel::error::Error> {
    let details = [
        json!({}),
        json!({ "b": [1.0, 1e300, 0.1, -0.0, 1e-7, 1.5e16], "a": null }),
        json!({ "text": "æøå 📞 \"'\\ \n\u{1}", "z": { "y": [], "x": {} } }),
        json!([i64::MIN, u64::MAX, 0.1 + 0.2, 5e-324, f64::MAX]),
        json!("bare"),
        json!(false),
        json!({ "": "" }),
    ];
    for (n, detail) in details.into_iter().enumerate() {
        let subject = format!("2026-000{n}");
        let entry = Entry { actor: None, address: "192.0.2.1", what: "tried", subject: &subject, detail };
        append(conn, &entry, Instant::from(now()))?;
    }
    Ok(())
}

/// What a check finds after these changes, which are undone.
fn found(place: &Place, sql: &str, noted: Option<&Head>) -> Option<Broken> {
    let mut conn = place.burglar();
    conn.batch_execute("BEGIN").unwrap();
    if let Conn::Sqlite(conn) = &mut conn {
        conn.batch_execute("DROP TRIGGER IF EXISTS audit_entry_keep; DROP TRIGGER IF EXISTS audit_entry_stay").unwrap();
    }
    conn.batch_execute(sql).unwrap_or_else(|why| panic!("{sql}: {why}"));
    let chain = verify(&mut conn, noted).unwrap();
    conn.batch_execute("ROLLBACK").unwrap();
    chain.broken
}

#[actix_web::test]
async fn a_change_of_any_column_of_any_entry_is_found() {
    for place in Place::both() {
        filled(&place).await;
        for seq in 1..=11 {
            let changes = [
                "at = '2020-01-01T00:00:00.000000Z'",
                "at = '2026-10-23T12:00:00.000001Z'",
                "address = address || ' '",
                "what = 'else'",
                "subject = subject || 'x'",
                "detail = '{\"b\": 1}'",
                "digest = 'ab'",
            ];
            for change in changes {
                let sql = format!("UPDATE audit_entry SET {change} WHERE seq = {seq}");
                let changed = Some(Broken { number: seq, fault: Fault::Changed });
                assert_eq!(found(&place, &sql, None), changed, "{sql}");
            }
            let sql = format!(
                "UPDATE audit_entry SET actor = CASE WHEN actor IS NULL THEN (SELECT id FROM account) END WHERE seq = {seq}"
            );
            assert_eq!(found(&place, &sql, None), Some(Broken { number: seq, fault: Fault::Changed }), "{sql}");
            let sql = format!("UPDATE audit_entry SET before = 'ab' WHERE seq = {seq}");
            assert_eq!(found(&place, &sql, None), Some(Broken { number: seq, fault: Fault::Changed }), "{sql}");
            for to in [-1, 0, 99] {
                let sql = format!("UPDATE audit_entry SET seq = {to} WHERE seq = {seq}");
                let broken = found(&place, &sql, None);
                assert!(broken.is_some(), "{sql}");
            }
        }
    }
}

#[actix_web::test]
async fn an_entry_left_out_put_in_or_swapped_is_found() {
    for place in Place::both() {
        filled(&place).await;
        for seq in 1..=10 {
            let gone = found(&place, &format!("DELETE FROM audit_entry WHERE seq = {seq}"), None);
            assert_eq!(gone, Some(Broken { number: seq, fault: Fault::Missing }));
            let swap = format!(
                "UPDATE audit_entry SET seq = -1 WHERE seq = {seq};
                 UPDATE audit_entry SET seq = {seq} WHERE seq = {next};
                 UPDATE audit_entry SET seq = {next} WHERE seq = -1",
                next = seq + 1
            );
            assert_eq!(found(&place, &swap, None), Some(Broken { number: seq, fault: Fault::Changed }));
        }
        let copy = |seq: i64| {
            format!(
                "INSERT INTO audit_entry SELECT {seq}, at, actor, address, what, subject, detail, before, 'x' \
                 FROM audit_entry WHERE seq = 5"
            )
        };
        assert_eq!(found(&place, &copy(12), None), Some(Broken { number: 12, fault: Fault::Changed }));
        assert_eq!(found(&place, &copy(14), None), Some(Broken { number: 12, fault: Fault::Missing }));
        assert_eq!(found(&place, &copy(0), None), Some(Broken { number: 0, fault: Fault::OutOfPlace }));
        if place.url().starts_with("sqlite") {
            for bad in ["not json", "{\"b\": }", ""] {
                let sql = format!("UPDATE audit_entry SET detail = '{bad}', at = 'x' WHERE seq = 3");
                assert_eq!(found(&place, &sql, None), Some(Broken { number: 3, fault: Fault::Changed }), "{bad}");
            }
        }
    }
}

#[actix_web::test]
async fn a_chain_cut_off_or_written_anew_is_found_by_a_head_noted_earlier() {
    for place in Place::both() {
        filled(&place).await;
        let noted = place.open().read_all(|conn| verify(conn, None)).unwrap().head;
        assert_eq!(found(&place, "UPDATE account SET name = name", Some(&noted)), None);
        let cut = "DELETE FROM audit_entry WHERE seq > 9";
        assert_eq!(found(&place, cut, None), None, "what is left holds");
        assert_eq!(found(&place, cut, Some(&noted)), Some(Broken { number: 11, fault: Fault::Missing }));
        place.tamper("DELETE FROM audit_entry WHERE seq > 4");
        apart(|| place.open().write_blocking(seven).unwrap());
        assert_eq!(found(&place, "UPDATE account SET name = name", Some(&noted)), None, "the very same again");
        place.tamper("DELETE FROM audit_entry WHERE seq > 10");
        let other = Entry { actor: None, address: "", what: "other", subject: "", detail: json!({}) };
        apart(|| place.open().write_blocking(move |conn| append(conn, &other, Instant::from(now()))).unwrap());
        let anew = Some(Broken { number: 11, fault: Fault::Changed });
        assert_eq!(found(&place, "UPDATE account SET name = name", Some(&noted)), anew);
        let ended = place.run(&["audit", "verify", "--noted", &noted.to_string()]);
        assert_eq!(ended.status.code(), Some(1), "{}", said(&ended));
        assert_eq!(said(&ended), "varsel: The audit chain is broken: entry 11 was changed.\n");
    }
}

#[actix_web::test]
async fn the_program_verifies_and_names_the_first_broken_entry() {
    for place in Place::both() {
        filled(&place).await;
        let ended = place.run(&["audit", "verify"]);
        assert!(ended.status.success() && said(&ended).starts_with("The audit chain holds: 11 entries, head 11:"));
        place.tamper("UPDATE audit_entry SET subject = 'x' WHERE seq IN (7, 9)");
        let ended = place.run(&["audit", "verify"]);
        assert_eq!(ended.status.code(), Some(1));
        assert_eq!(said(&ended), "varsel: The audit chain is broken: entry 7 was changed.\n");
    }
}

#[test]
fn any_detail_reads_back_with_its_digest_on_both_engines() {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        "[\u{1}-\u{7f}]{0,8}".prop_map(Value::from),
    ];
    let detail = leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("\\PC{0,4}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    for place in Place::both() {
        drop(place.open());
        let mut runner = TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
        runner
            .run(&(prop::collection::vec(detail.clone(), 1..6), "\\PC{0,9}"), |(details, text)| {
                let mut conn = place.burglar();
                conn.batch_execute("BEGIN").unwrap();
                for detail in details {
                    let entry = Entry { actor: None, address: &text, what: &text, subject: &text, detail };
                    append(&mut conn, &entry, Instant::from(now())).unwrap();
                }
                let chain = verify(&mut conn, None).unwrap();
                conn.batch_execute("ROLLBACK").unwrap();
                prop_assert_eq!(chain.broken, None);
                Ok(())
            })
            .unwrap();
    }
}

#[actix_web::test]
async fn every_change_people_make_leaves_an_entry() {
    for place in Place::both() {
        let app = App::on(&place).await;
        let case = app.log(&json!({ "title": "Tapt telefon" })).await;
        let path = format!("/incidents/{}", case["reference"].as_str().unwrap());
        let patch = json!({ "version": 1, "personal_data": { "breach": false } });
        assert_eq!(app.send(Method::PATCH, &path, &patch).await.0, 200);
        let settings = json!({ "version": 0, "company": { "name": "SMB Mobil AS" } });
        assert_eq!(app.send(Method::PUT, "/settings", &settings).await.0, 200);
        assert_eq!(app.send(Method::DELETE, "/session", &json!({})).await.0, 204);
        let table = varsel::db::table("audit_entry").unwrap();
        let entries = app.db.read_all(|conn| {
            let mut all: Vec<Value> = Vec::new();
            varsel::db::rows::each(conn, table, |row| {
                all.push(serde_json::from_str(row).unwrap());
                Ok(())
            })?;
            assert_eq!(audit::verify(conn, None)?.broken, None);
            Ok(all)
        });
        let entries = entries.unwrap();
        let what: Vec<&str> = entries.iter().map(|entry| entry[4].as_str().unwrap()).collect();
        let mut expected = vec!["link.made", "link.used", "account.made", "session.begun"];
        expected.extend(["incident.logged", what[5], "settings.saved", "session.ended"]);
        assert_eq!(what, expected);
        assert!(what[5].starts_with("facts") || what[5].starts_with("incident"), "{}", what[5]);
        assert_eq!(entries[4][5], "2026-0001");
        assert_eq!(entries[7][3], "127.0.0.1", "where the request came from");
        assert!(entries[2..].iter().all(|entry| entry[2].is_string()), "everybody is named");
        assert_eq!(entries[6][6]["changes"][0]["path"], "company.name");
    }
}
