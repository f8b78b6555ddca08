//! A folder instead of a mail server: one `.eml` file a message, readable by the owner of the program alone.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use lettre::message::Mailbox;

use super::key::plain_id;
use super::mail::Mail;
use super::{Letter, Outcome};
use crate::private;

/// Writes the letter; the same key and attempt make the same file, so writing twice is writing once.
pub(super) async fn send(folder: &Path, from: &Mailbox, letter: &Letter) -> Outcome {
    let mail = match Mail::write(letter, from) {
        Ok(mail) => mail,
        Err(why) => return Outcome::refused(why),
    };
    let (folder, name) = (folder.to_owned(), file_name(letter));
    let reply = format!("Written as {name}.");
    match tokio::task::spawn_blocking(move || write(&folder, &name, &mail.bytes)).await {
        Ok(Ok(())) => Outcome::Delivered { reply },
        Ok(Err(why)) => Outcome::later(format!("The mail folder cannot be written to: {why}.")),
        Err(why) => Outcome::later(format!("The mail folder was not written to: {why}.")),
    }
}

fn file_name(letter: &Letter) -> String {
    let when = letter.created_at.format("%Y%m%dT%H%M%SZ");
    format!("{when}-{}-{}.eml", plain_id(&letter.key), letter.attempt)
}

/// Writes beside and renames, so that nobody ever reads half a message and a power cut leaves all or nothing.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    private::folder(folder)?;
    let beside: PathBuf = folder.join(format!(".{name}.{:016x}", rand::random::<u64>()));
    let written = private::new_file(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, folder.join(name))
    });
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written?;
    File::open(folder)?.sync_all()
}
