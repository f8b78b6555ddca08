//! `varsel channel test` and `varsel messages` as processes, with the database in a temporary folder.

use std::path::Path;
use std::process::{Command, Output};

use super::{code, err, out};

fn run(folder: &Path, args: &[&str], settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
    command.env_clear().env("VARSEL_DATA_DIR", folder).envs(settings.iter().copied()).args(args).output().unwrap()
}

#[test]
fn a_mail_is_tried_and_its_answer_decides_the_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let tried = run(folder.path(), &["channel", "test", "kari@smbmobil.example"], &[]);
    assert_eq!((code(&tried), err(&tried)), (0, ""));
    assert!(out(&tried).starts_with("Delivered: Written as "), "{}", out(&tried));
    assert_eq!(std::fs::read_dir(folder.path().join("mail")).unwrap().count(), 1);
    // Nothing listens on port 1.
    let away = [("VARSEL_SMTP_URL", "smtp://127.0.0.1:1"), ("VARSEL_MAIL_FROM", "varsel@smbmobil.example")];
    let tried = run(folder.path(), &["channel", "test", "kari@smbmobil.example"], &away);
    assert_eq!(code(&tried), 1);
    assert!(out(&tried).starts_with("Not delivered: "), "{}", out(&tried));
    let unknown = run(folder.path(), &["channel", "test", "Vakta"], &[]);
    assert_eq!((code(&unknown), err(&unknown)), (1, "varsel: No channel is called Vakta.\n"));
    let listed = run(folder.path(), &["messages"], &[]);
    assert_eq!(code(&listed), 0);
    assert!(out(&listed).ends_with("0 wait, 0 were given up.\n"), "a trial is made once: {}", out(&listed));
}

#[test]
fn a_server_without_the_common_key_is_refused_and_help_tells_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("VARSEL_DATABASE_URL", "postgres://varsel:gullfugl@127.0.0.1:1/varsel")];
    let refused = run(folder.path(), &["channel", "test", "Vakta"], &settings);
    assert_eq!(code(&refused), 1);
    assert!(err(&refused).starts_with("varsel: VARSEL_SECRET_KEY is missing"), "{}", err(&refused));
    let wrong = run(folder.path(), &["messages"], &[("VARSEL_SECRET_KEY", "gullfugl")]);
    assert!(code(&wrong) == 1 && err(&wrong).contains("32 bytes") && !err(&wrong).contains("gullfugl"));
    let secrets = [settings[0], ("VARSEL_SECRET_KEY", "gullfugl"), ("VARSEL_SMTP_URL", "smtps://a:gullfugl@b")];
    let help = run(folder.path(), &["--help"], &secrets);
    assert!(code(&help) == 0 && !out(&help).contains("gullfugl"), "{}", out(&help));
}
