//! A backup of an earlier version: the rows go into the tables of their time, and those are brought up to date.

use std::path::Path;

use serde_json::json;
use varsel::audit;
use varsel::backup;

use crate::place::{self, App, Place, said};

/// Made by the program of 25 November 2026, which had the first seventeen migrations.
const OLD: &str = "tests/backup/old/seventeen-migrations.backup";

#[actix_web::test]
async fn a_backup_of_an_earlier_version_is_restored_and_brought_up_to_date_on_both_engines() {
    let (_, footer) = backup::look(Path::new(OLD)).unwrap();
    for place in Place::both() {
        let ended = place.run(&["restore", OLD]);
        assert!(ended.status.success(), "{}", said(&ended));
        let chain = place.open().read_all(|conn| audit::verify(conn, None)).unwrap();
        assert_eq!((chain.broken, chain.head.to_string()), (None, footer.audit_head.clone()));
        let app = App::on(&place).await;
        let case = app.get("/incidents/2026-0001").await;
        assert_eq!(case["title"], "Samtalelogger lå åpne på nettet");
        let duty = case["duties"].as_array().unwrap().iter().find(|duty| duty["id"] == "subscriber-breach").unwrap();
        assert_eq!(duty["state"], "fulfilled");
        assert_eq!(app.get("/incidents?limit=1").await["items"][0]["title"], "Æøå: utlevert kundeliste «øst»");
        assert_eq!(app.log(&json!({ "title": "Etterpå" })).await["reference"], "2026-0003");
        drop(app);
        let again = place.back_up("new.backup");
        place::restore(&Place::sqlite(), &again).unwrap();
    }
}

#[actix_web::test]
async fn an_older_backup_does_not_go_into_newer_tables() {
    for place in Place::both() {
        drop(place.open());
        let why = place::restore(&place, Path::new(OLD)).unwrap_err();
        assert!(why.contains("newer tables than the backup"), "{why}");
        drop(place.open());
    }
}
