//! Mail into a folder: one file a message, for the owner alone, and never one over another.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use varsel::outbox::transport::{Outside, OutsideOptions, Route};

use crate::smtp::SmtpServer;
use crate::{delivered, later, letter, now, options, refused};

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[actix_web::test]
async fn without_a_mail_server_mail_becomes_files_for_the_owner_alone() {
    let data = tempfile::tempdir().unwrap();
    let outside = Outside::new(&OutsideOptions { mail_from: None, ..options() }, data.path()).unwrap();
    let folder = outside.mail_folder().unwrap().to_owned();
    assert_eq!(folder, data.path().join("mail"));
    assert_eq!(mode(&folder), 0o700);
    let mut letter = letter("reminder-7");
    let outcome = outside.send(&Route::Mail, &letter, now()).await;
    assert_eq!(delivered(&outcome), "Written as 20261124T115930Z-reminder-7-1.eml.");
    let file = folder.join("20261124T115930Z-reminder-7-1.eml");
    assert_eq!(mode(&file), 0o600);
    let mail = fs::read_to_string(&file).unwrap();
    assert!(mail.contains("\r\nVarsel-Key: reminder-7\r\n") && mail.contains("Meld bruddet til Nkom."), "{mail}");
    assert!(mail.contains("<reminder-7@varsel.invalid>"));

    // The same again is the same file; another attempt, another key, another file.
    delivered(&outside.send(&Route::Folder, &letter, now()).await);
    assert_eq!(names(&folder).len(), 1);
    assert_eq!(fs::read_to_string(&file).unwrap(), mail);
    letter.attempt = 2;
    delivered(&outside.send(&Route::Folder, &letter, now()).await);
    for key in ["../../etc/passwd", "a/b", "a:b", ".", "x\0y", "æøå"] {
        let outcome = outside.send(&Route::Folder, &super::letter(key), now()).await;
        delivered(&outcome);
    }
    let names = names(&folder);
    assert_eq!(names.len(), 8, "{names:?}");
    assert!(names.iter().all(|name| name.ends_with(".eml") && !name.starts_with('.')), "{names:?}");
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 1, "nothing is written beside the folder");
}

#[actix_web::test]
async fn many_at_once_leave_whole_files_and_no_scraps() {
    let data = tempfile::tempdir().unwrap();
    let outside = Outside::new(&options(), data.path()).unwrap();
    let sendings: Vec<_> = (0..40)
        .map(|n| {
            let outside = outside.clone();
            actix_web::rt::spawn(async move {
                let mut letter = letter(&format!("k{}", n % 10));
                letter.text = "x".repeat(50_000);
                outside.send(&Route::Mail, &letter, now()).await
            })
        })
        .collect();
    for sending in sendings {
        delivered(&sending.await.unwrap());
    }
    let folder = outside.mail_folder().unwrap();
    assert_eq!(names(folder).len(), 10);
    for name in names(folder) {
        assert!(fs::metadata(folder.join(&name)).unwrap().len() > 50_000, "{name}");
    }
}

#[actix_web::test]
async fn the_folder_is_there_beside_a_mail_server_and_may_be_asked_for() {
    let server = SmtpServer::start();
    let data = tempfile::tempdir().unwrap();
    let options = OutsideOptions { smtp_url: Some(server.url().as_str().into()), ..options() };
    let outside = Outside::new(&options, data.path()).unwrap();
    assert_eq!(outside.mail_folder(), None);
    assert!(names(data.path()).is_empty(), "no folder before it is needed");
    delivered(&outside.send(&Route::Folder, &letter("f"), now()).await);
    delivered(&outside.send(&Route::Mail, &letter("m"), now()).await);
    assert_eq!(names(&data.path().join("mail")), BTreeSet::from(["20261124T115930Z-f-1.eml".to_owned()]));
    assert_eq!(server.wait_for(1).len(), 1);
}

#[actix_web::test]
async fn a_folder_that_went_away_is_made_again_and_one_that_cannot_be_means_later() {
    let data = tempfile::tempdir().unwrap();
    let outside = Outside::new(&options(), data.path()).unwrap();
    let folder = outside.mail_folder().unwrap().to_owned();
    fs::remove_dir(&folder).unwrap();
    delivered(&outside.send(&Route::Mail, &letter("x"), now()).await);
    assert_eq!(mode(&folder), 0o700);
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let outcome = outside.send(&Route::Mail, &letter("x"), now()).await;
    assert!(later(&outcome).contains("mail folder"), "{outcome:?}");
    let mut nobody = letter("x");
    nobody.to = "nobody".into();
    refused(&outside.send(&Route::Mail, &nobody, now()).await);
}
