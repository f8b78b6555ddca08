//! What the operator may decide, and the one clear sentence for every slip.

use std::io::Write;
use std::path::{Path, PathBuf};

use varsel::outbox::transport::{Outside, OutsideOptions};

use crate::options;

fn fault(options: &OutsideOptions) -> String {
    let data = tempfile::tempdir().unwrap();
    let said = Outside::new(options, data.path()).map(|_| ()).unwrap_err();
    assert!(said.ends_with('.') && !said.contains('\n') && !said.contains(".."), "one sentence: {said}");
    said
}

fn with_server(url: &str) -> OutsideOptions {
    OutsideOptions { smtp_url: Some(url.into()), ..options() }
}

#[test]
fn every_slip_is_one_sentence_that_names_the_variable_and_no_password() {
    for url in [
        "mail.example",
        "http://mail.example",
        "smtp://u:hemmelig@mail.example?tls=maybe",
        "smtp://hemmelig@mail.example",
        "smtps://u:hemmelig@h/x",
    ] {
        let said = fault(&with_server(url));
        assert!(said.starts_with("VARSEL_SMTP_URL ") && !said.contains("hemmelig"), "{said}");
    }
    for from in [
        None,
        Some(""),
        Some("varsel"),
        Some("a@b.example, c@d.example"),
        Some("Varsel <kåre@b.example>"),
        Some("a@b.example\r\nBcc: x@y.example"),
    ] {
        let options = OutsideOptions { mail_from: from.map(str::to_owned), ..with_server("smtp://mail.example") };
        let data = tempfile::tempdir().unwrap();
        let said = Outside::new(&options, data.path()).map(|_| ()).unwrap_err();
        assert!(said.starts_with("VARSEL_MAIL_FROM "), "{from:?}: {said}");
    }
    for networks in ["office", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/8,,x"] {
        let said = fault(&OutsideOptions { allowed_networks: Some(networks.into()), ..options() });
        assert!(said.starts_with("VARSEL_ALLOWED_NETWORKS: "), "{said}");
    }
}

#[test]
fn a_file_of_authorities_must_be_there_and_hold_some() {
    let written = |text: &str| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    };
    let (empty, broken) =
        (written("nothing here"), written("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    for path in [Path::new("/nonexistent/ca.pem"), empty.path(), broken.path()] {
        let path: PathBuf = path.into();
        let smtp = fault(&OutsideOptions { smtp_ca: Some(path.clone()), ..with_server("smtp://mail.example") });
        assert!(smtp.starts_with("VARSEL_SMTP_CA: "), "{smtp}");
        let http = fault(&OutsideOptions { http_ca: Some(path), ..options() });
        assert!(http.starts_with("VARSEL_HTTP_CA: "), "{http}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_stops_the_start() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("mail"), "in the way").unwrap();
    let said = Outside::new(&options(), data.path()).map(|_| ()).unwrap_err();
    assert!(said.starts_with("The mail folder "), "{said}");
}

#[test]
fn nothing_need_be_decided() {
    let data = tempfile::tempdir().unwrap();
    let outside = Outside::new(&OutsideOptions::default(), data.path()).unwrap();
    assert!(outside.mail_folder().is_some());
    assert_eq!(outside.longest().as_secs(), 45, "what a dead worker held goes out within a minute");
    assert!(Outside::new(&OutsideOptions { allowed_networks: Some("  ".into()), ..options() }, data.path()).is_ok());
}
