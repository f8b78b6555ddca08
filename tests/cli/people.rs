//! `varsel account` as a process: a person is added, listed, and refused with words.

use std::path::Path;
use std::process::{Command, Output};

use super::{code, err, out};

fn account(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
    command.arg("--data-dir").arg(folder).arg("account").args(args).env_clear().output().unwrap()
}

#[test]
fn a_person_is_added_with_a_link_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    let ola = ["add", "Ola@smbmobil.example", "--name", "Ola Hansen", "--role", "manager", "--role", "responder"];
    let added = account(folder.path(), &[&ola[..], &["--phone", "900 12 345", "--language", "nn"]].concat());
    assert_eq!((code(&added), err(&added)), (0, ""));
    let link = out(&added).trim().rsplit('/').next().unwrap();
    assert!(out(&added).contains("/setup/") && link.len() == 64, "{}", out(&added));
    let listed = account(folder.path(), &["list"]);
    assert_eq!(out(&listed), "ola@smbmobil.example\tOla Hansen\t+4790012345\tresponder,manager\tnn\tinvited\n");
    let again = account(folder.path(), &ola);
    assert_eq!((code(&again), out(&again)), (1, ""));
    assert_eq!(err(&again), "varsel: Ola Hansen is here already with this address.\n");
}

#[test]
fn what_is_wrong_is_told_at_once_and_nobody_is_added() {
    let folder = tempfile::tempdir().unwrap();
    let refused = account(folder.path(), &["add", "ola", "--name", "Ola", "--role", "boss", "--phone", "112"]);
    assert_eq!((code(&refused), out(&refused)), (1, ""));
    for words in ["not an e-mail", "“112” is not a telephone number", "reporter, responder"] {
        assert!(err(&refused).contains(words), "{}", err(&refused));
    }
    assert_eq!(out(&account(folder.path(), &["list"])), "");
}

#[test]
fn a_second_factor_is_switched_off_by_whoever_has_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = account(folder.path(), &["second-factor-off", "ola@smbmobil.example"]);
    assert_eq!((code(&nobody), err(&nobody)), (1, "varsel: Nobody has the e-mail ola@smbmobil.example here.\n"));
    account(folder.path(), &["add", "ola@smbmobil.example", "--name", "Ola", "--role", "manager"]);
    let none = account(folder.path(), &["second-factor-off", "ola@smbmobil.example"]);
    assert_eq!((code(&none), out(&none)), (0, "ola@smbmobil.example has no second factor.\n"));
}
