//! `varsel token` as a process: a machine gets a token, it is listed without its secret, and revoked.

use std::path::Path;
use std::process::{Command, Output};

use super::{code, err, out};

fn token(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
    command.arg("--data-dir").arg(folder).arg("token").args(args).env_clear().output().unwrap()
}

#[test]
fn a_machine_gets_a_token_that_is_listed_and_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let add = ["add", "Alertmanager", "--machine", "--name", "Vakt", "--scope", "report", "--days", "30"];
    let added = token(folder.path(), &add);
    assert_eq!((code(&added), err(&added)), (0, ""));
    let secret = out(&added).trim();
    assert!(secret.starts_with("varsel_") && secret.len() == 71, "{secret}");
    let listed = token(folder.path(), &["list"]);
    let line = out(&listed).trim().to_owned();
    let parts: Vec<&str> = line.split('\t').collect();
    assert_eq!((parts[1], parts[2], parts[3], parts[5], parts[6]), ("Alertmanager", "Vakt", "report", "-", "works"));
    assert!(!line.contains(&secret[7..]));
    let revoked = token(folder.path(), &["revoke", parts[0]]);
    assert_eq!((code(&revoked), out(&revoked)), (0, "The token is revoked.\n"));
    assert!(out(&token(folder.path(), &["list"])).trim().ends_with("\tdead"));
}

#[test]
fn what_cannot_be_given_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let add = |args: &[&str]| token(folder.path(), &[&["add", "Grafana", "--machine", "--name", "x"], args].concat());
    for (args, words) in [
        (&["--scope", "keep-people"][..], "a right the account does not hold itself"),
        (&["--scope", "report", "--days", "400"], "from 1 to 365"),
        (&["--scope", "report", "--role", "boss"], "reporter, responder"),
    ] {
        let refused = add(args);
        assert_eq!((code(&refused), out(&refused)), (1, ""));
        assert!(err(&refused).contains(words), "{}", err(&refused));
    }
    let nobody = token(folder.path(), &["add", "kari@smbmobil.example", "--name", "x", "--scope", "read"]);
    assert_eq!(err(&nobody), "varsel: Nobody has this e-mail here.\n");
    assert_eq!(err(&token(folder.path(), &["revoke", "0"])), "varsel: There is no such token.\n");
}
