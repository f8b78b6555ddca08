//! Thousands of incidents go through little memory.

use std::process::Stdio;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::place::{App, Place};

const MANY: u32 = 4_000;
const MOST_KB: u64 = 80 * 1024;

/// Runs the program and watches how much memory it takes at most, in kB.
fn watched(place: &Place, words: &[&str]) -> (Duration, u64) {
    let mut child = place.varsel(words).stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let (began, mut most) = (Instant::now(), 0);
    let status = loop {
        let text = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = most.max(peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(status.success() && most > 0);
    (began.elapsed(), most)
}

#[actix_web::test]
async fn thousands_of_incidents_take_no_more_memory_than_twenty() {
    let [first, server] = Place::both();
    let last = Place::sqlite();
    let app = App::on(&first).await;
    let facts = json!({ "title": "Lekkasje", "personal_data": { "breach": true, "kinds": ["confidentiality"], "roles": [{ "role": "controller" }], "subjects_count": 40 } });
    for _ in 0..20 {
        app.log(&facts).await;
    }
    let copies = MANY / 20 - 1;
    app.db
        .write(move |conn| {
            let times = format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {copies})");
            for table in varsel::db::tables() {
                let linked = table.columns.iter().any(|column| column.name == "incident_seq");
                if table.name != "incident" && !linked || table.name == "message" {
                    continue;
                }
                let one = |name: &str| match name {
                    "seq" => "seq + i * 100000".to_owned(),
                    "incident_seq" => "incident_seq + i * 100000".to_owned(),
                    "reference" if table.name == "incident" => "reference || '-' || i".to_owned(),
                    "id" => "substr(id, 1, 24) || substr(lower(hex(randomblob(6))), 1, 12)".to_owned(),
                    other => other.to_owned(),
                };
                let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
                let values: Vec<String> = names.iter().map(|name| one(name)).collect();
                let (table, names, values) = (table.name, names.join(", "), values.join(", "));
                let query = format!("INSERT INTO {table} ({names}) {times} SELECT {values} FROM n, {table}");
                conn.batch_execute(&query)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    drop(app);
    let (one, two) = (first.folder.path().join("one"), first.folder.path().join("two"));
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());
    let steps = [
        ("backup from SQLite", &first, ["backup", one]),
        ("restore into PostgreSQL", &server, ["restore", one]),
        ("backup from PostgreSQL", &server, ["backup", two]),
        ("restore into SQLite", &last, ["restore", two]),
    ];
    let mut too_much = Vec::new();
    for (what, place, words) in steps {
        let (took, most) = watched(place, &words);
        println!("{what}: {:.1} s, {} MB at most", took.as_secs_f64(), most / 1024);
        if most > MOST_KB {
            too_much.push(what);
        }
    }
    let (_, footer) = varsel::backup::look(std::path::Path::new(two)).unwrap();
    assert_eq!(footer.rows["incident"], u64::from(MANY));
    println!("{} rows, {} bytes", footer.rows.values().sum::<u64>(), std::fs::metadata(two).unwrap().len());
    assert!(too_much.is_empty(), "{too_much:?} took more than {} MB", MOST_KB / 1024);
}
