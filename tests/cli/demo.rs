//! `varsel demo` as a process: it prints who can sign in, once, and leaves what is not empty alone.

use std::process::Command;

use super::{code, err, out};

#[test]
fn an_empty_database_is_filled_once_and_its_audit_chain_holds() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_varsel"))
            .arg("--data-dir")
            .arg(folder.path())
            .args(args)
            .env_clear()
            .output()
            .unwrap()
    };
    let made = run(&["demo"]);
    assert_eq!((code(&made), err(&made)), (0, ""));
    assert!(out(&made).contains("marte@smbmobil.example") && out(&made).lines().count() == 10, "{}", out(&made));
    let again = run(&["demo"]);
    assert_eq!((code(&again), out(&again)), (1, ""));
    assert!(err(&again).starts_with("varsel: The database is not empty: it has incidents."), "{}", err(&again));
    assert_eq!(code(&run(&["audit", "verify"])), 0);
    let report = run(&["drill-report", "OV-2026-0001", "rapport.pdf"]);
    assert_eq!((code(&report), err(&report)), (1, "varsel: There is no drill OV-2026-0001.\n"));
}
