//! A backup that is not whole is refused before anything is written; a broken chain is carried over and told loudly.

use std::io::{Read, Write};
use std::path::PathBuf;

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::place::{App, Place, lines, restore, said};

async fn small(place: &Place) -> PathBuf {
    let app = App::on(place).await;
    for n in 0..3 {
        app.log(&json!({ "title": format!("Sak {n}"), "personal_data": { "breach": true } })).await;
    }
    place.back_up("small.varsel")
}

fn refused(bytes: &[u8]) -> String {
    let place = Place::sqlite();
    let file = place.folder.path().join("damaged");
    std::fs::write(&file, bytes).unwrap();
    let why = restore(&place, &file).expect_err("restored");
    assert!(!place.path().exists(), "something was written: {why}");
    why
}

fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut all).ok().map(|_| all)
}

/// A file of these lines, with a last line that fits them when `signed`.
fn packed(lines: &[String], signed: bool) -> Vec<u8> {
    let mut lines = lines.to_vec();
    if signed {
        let mut footer: serde_json::Value = serde_json::from_str(&lines.pop().unwrap()).unwrap();
        let all: String = lines.iter().map(|line| format!("{line}\n")).collect();
        footer["sha256"] = Sha256::digest(all).iter().map(|byte| format!("{byte:02x}")).collect::<String>().into();
        lines.push(footer.to_string());
    }
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    lines.iter().for_each(|line| writeln!(out, "{line}").unwrap());
    out.finish().unwrap()
}

#[actix_web::test]
async fn a_file_cut_short_lengthened_or_with_one_bit_turned_is_refused() {
    let bytes = std::fs::read(small(&Place::sqlite()).await).unwrap();
    let mut cuts: Vec<usize> = (0..bytes.len()).step_by(997).collect();
    cuts.extend(bytes.len() - 12..bytes.len());
    for cut in &cuts {
        refused(&bytes[..*cut]);
    }
    refused(&[&bytes[..], b"x"].concat());
    refused(&[&bytes[..], &bytes[..]].concat());
    let (whole, mut unharmed, mut turned) = (unpacked(&bytes).unwrap(), 0, 0);
    for bit in (0..bytes.len() * 8).step_by(61) {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        // The heading of gzip has a date and the like, and its last byte bits that are not read.
        if unpacked(&changed).as_ref() == Some(&whole) {
            unharmed += 1;
            continue;
        }
        turned += 1;
        refused(&changed);
    }
    println!("{} bytes: refused {} cuts and {turned} turned bits; {unharmed} harm nothing", bytes.len(), cuts.len());
}

#[actix_web::test]
async fn lines_that_are_out_of_order_or_not_ours_are_refused() {
    let good = lines(&small(&Place::sqlite()).await);
    assert!(unpacked(&packed(&good, true)).is_some());
    let last = good.len() - 1;
    for (one, two) in [(0, 1), (1, 2), (2, 3), (last - 1, last - 2), (last - 1, last), (5, 9)] {
        let mut swapped = good.clone();
        swapped.swap(one, two);
        if swapped != good {
            refused(&packed(&swapped, false));
        }
    }
    let headings: Vec<usize> = (0..last).filter(|n| good[*n].starts_with("{\"table\"")).collect();
    let mut swapped = good.clone();
    swapped.swap(headings[1], headings[2]);
    assert!(refused(&packed(&swapped, true)).contains("does not stand where"));
    for left_out in [headings[3], last - 1] {
        let mut less = good.clone();
        less.remove(left_out);
        refused(&packed(&less, true));
    }
    let mut twice = good.clone();
    twice.insert(last, good[last].clone());
    refused(&packed(&twice, false));
    for (find, replace, says) in [
        ("\"format_version\":1", "\"format_version\":2", "newer varsel"),
        ("\"migrations\":[", "\"migrations\":[\"20991231000001\",", "newer varsel"),
        ("\"migrations\":[\"20261122000001\",", "\"migrations\":[", "no version had"),
        ("varsel-backup", "varsel-archive", "no backup of varsel"),
    ] {
        let mut changed = good.clone();
        assert!(changed[0].contains(find), "{find} in {}", changed[0]);
        changed[0] = changed[0].replacen(find, replace, 1);
        assert!(refused(&packed(&changed, true)).contains(says), "{find}");
    }
    for nonsense in [&b""[..], b"hello", b"\x1f\x8b", &packed(&["x".into()], false), &packed(&["{}".into()], false)] {
        refused(nonsense);
    }
}

#[actix_web::test]
async fn what_the_database_refuses_leaves_it_empty() {
    for place in Place::both() {
        let source = Place::sqlite();
        let good = small(&source).await;
        let mut bad = lines(&good);
        let row = bad.iter().position(|line| line.starts_with("{\"table\":\"timeline\"")).unwrap() + 2;
        bad[row] = bad[row - 1].clone();
        let file = place.folder.path().join("twice");
        std::fs::write(&file, packed(&bad, true)).unwrap();
        let why = restore(&place, &file).unwrap_err();
        assert!(why.contains("refuses rows of timeline"), "{why}");
        place
            .open()
            .read_all(|conn| {
                for table in varsel::db::tables() {
                    assert_eq!(varsel::db::rows::count(conn, table)?, 0, "{}", table.name);
                }
                Ok(())
            })
            .unwrap();
        restore(&place, &good).expect("what is right goes in afterwards");
    }
}

#[actix_web::test]
async fn nothing_is_overwritten_and_only_an_empty_database_is_filled() {
    for place in Place::both() {
        let file = small(&place).await;
        let before = std::fs::read(&file).unwrap();
        let ended = place.run(&["backup", file.to_str().unwrap()]);
        assert!(!ended.status.success() && said(&ended).contains("overwrites nothing"), "{}", said(&ended));
        assert_eq!(std::fs::read(&file).unwrap(), before);
        let ended = place.run(&["restore", file.to_str().unwrap()]);
        assert!(
            !ended.status.success() && said(&ended).contains("The database is not empty: account holds 1 rows"),
            "{}",
            said(&ended)
        );
        let ended = place.run(&["backup", "/nowhere/x"]);
        assert!(!ended.status.success() && said(&ended).lines().count() == 1, "{}", said(&ended));
        let left = std::fs::read_dir(place.folder.path())
            .unwrap()
            .filter(|e| e.as_ref().unwrap().path().extension().is_some_and(|x| x == "part"));
        assert_eq!(left.count(), 0);
    }
    let nothing = Place::sqlite();
    let ended = nothing.run(&["backup", "x"]);
    assert!(said(&ended).contains("There is no database"), "{}", said(&ended));
}

#[actix_web::test]
async fn an_archive_whose_chain_is_broken_is_still_carried_over_and_told_loudly() {
    for (from, to) in [(Place::sqlite(), Place::postgres()), (Place::postgres(), Place::sqlite())] {
        drop(App::on(&from).await);
        from.tamper("UPDATE audit_entry SET subject = 'x' WHERE seq = 3");
        let file = from.folder.path().join("broken");
        for ended in [from.run(&["backup", file.to_str().unwrap()]), to.run(&["restore", file.to_str().unwrap()])] {
            assert!(ended.status.success(), "{}", said(&ended));
            let loud = String::from_utf8_lossy(&ended.stderr).into_owned();
            assert!(loud.contains("WARNING: The audit chain is broken: entry 3 was changed"), "{loud}");
        }
        let ended = to.run(&["audit", "verify"]);
        assert_eq!((ended.status.code(), said(&ended).contains("entry 3 was changed")), (Some(1), true));
    }
}

/// Where a table stands that others refer to.
#[test]
fn a_table_stands_after_those_it_refers_to() {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Refers {
        #[diesel(sql_type = diesel::sql_types::Text)]
        from_table: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        to_table: String,
    }
    let place = Place::sqlite();
    drop(place.open());
    let mut conn = SqliteConnection::establish(place.path().to_str().unwrap()).unwrap();
    diesel::connection::SimpleConnection::batch_execute(&mut conn, "PRAGMA busy_timeout = 10000").unwrap();
    let query =
        "SELECT m.name AS from_table, f.\"table\" AS to_table FROM sqlite_master m, pragma_foreign_key_list(m.name) f";
    let refers: Vec<Refers> = diesel::sql_query(query).load(&mut conn).unwrap();
    assert!(refers.len() > 20);
    let at = |name: &str| varsel::db::tables().iter().position(|table| table.name == name).expect(name);
    for Refers { from_table, to_table } in refers {
        assert!(at(&from_table) >= at(&to_table), "{from_table} refers to {to_table}: move it down in schema.rs");
    }
    let query = "SELECT name AS from_table, '' AS to_table FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'incident_search%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'";
    let there: Vec<Refers> = diesel::sql_query(query).load(&mut conn).unwrap();
    assert_eq!(there.len(), varsel::db::tables().len());
    assert!(there.iter().all(|row| at(&row.from_table) < there.len()));
}
