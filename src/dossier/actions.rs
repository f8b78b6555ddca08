//! Making a dossier: the case brought up to date, the reading written down, and the document or the archive made at one instant.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Audience, Matter, Order, archive, document};
use crate::account::Sight;
use crate::audit::{self, Entry};
use crate::db::{Db, Id};
use crate::error::Error;
use crate::i18n::Lang;
use crate::incident::actions::current;
use crate::seal::Seal;
use crate::{pdf, private};

/// The form of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The document alone.
    Pdf,
    /// The archive.
    Zip,
}

impl Form {
    /// The ending of its name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Zip => "zip",
        }
    }
}

/// Brings a case up to date, settles as of when it is told, and writes down that somebody reads it. Answers the reference.
///
/// # Errors
/// When there is no such case, or it has changed since the instant asked for.
pub async fn open(
    db: &Db,
    by: Option<Id>,
    key: String,
    (form, audience, lang): (Form, Audience, Lang),
    (as_of, now): (Option<DateTime<Utc>>, DateTime<Utc>),
) -> Result<(String, Order), Error> {
    let head = current(db, key, by.map_or(Sight::everything(), Sight::of), now).await?.head;
    let seq = head.seq;
    let moved = db.read(move |conn| super::store::moved_at(conn, seq)).await?;
    let earliest = head.updated_at.utc().max(moved.map_or(DateTime::UNIX_EPOCH, |at| at.utc()));
    let as_of = match as_of {
        None => now.max(earliest),
        Some(as_of) if (earliest..=now.max(earliest)).contains(&as_of) => as_of,
        Some(_) => return Err(Error::field("as_of", "dossier_as_of")),
    };
    let order = Order { audience, lang, as_of };
    let subject = head.reference.clone();
    db.write(move |conn| {
        let detail = json!({ "form": form.ending(), "for": audience.word(), "as_of": as_of, "lang": lang.code() });
        let entry = Entry { actor: by, address: "", what: "dossier.read", subject: &subject, detail };
        audit::append(conn, &entry, now.into())
    })
    .await?;
    Ok((head.reference, order))
}

/// Makes the document; blocks while it does.
///
/// # Errors
/// When the case cannot be read.
pub fn document(db: &Db, key: &str, order: Order) -> Result<Vec<u8>, Error> {
    let document = db.read_all(|conn| {
        let matter = Matter::read(conn, key, order)?;
        Ok(document::compose(conn, &matter)?.0)
    })?;
    pdf::write(&document)
}

/// Makes the archive in a file that has no name in this folder; blocks while it does.
///
/// # Errors
/// When the case cannot be read, a file of it does not open, or nothing can be written there.
pub fn archive(db: &Db, key: &str, order: Order, seal: &Seal, folder: &Path) -> Result<File, Error> {
    let mut file =
        private::nameless(folder).map_err(|why| Error::internal(format!("An archive cannot be made: {why}")))?;
    archive_into(db, key, order, seal, &mut file)?;
    Ok(file)
}

/// Makes the archive in this file.
///
/// # Errors
/// The same.
pub fn archive_into(db: &Db, key: &str, order: Order, seal: &Seal, file: &mut File) -> Result<(), Error> {
    db.read_all(|conn| {
        // A reading that is tried again begins anew.
        file.set_len(0).and_then(|()| file.rewind()).map_err(Error::internal)?;
        let matter = Matter::read(conn, key, order)?;
        let mut out = BufWriter::new(&*file);
        archive::write(conn, &matter, seal, &mut out)?;
        out.flush().map_err(Error::internal)
    })
}
