//! Taking a file in, piece by piece, each sealed before it is kept.

use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt};

use super::{open, part_place};
use crate::affected::Mapping;
use crate::affected::decode::{Guess, separator};
use crate::affected::store::{self, Import};
use crate::db::{Db, Id};
use crate::error::Error;
use crate::seal::Seal;

const PIECE: usize = 128 * 1024;
/// The longest file.
const LONGEST: i64 = 512 * 1024 * 1024;
/// The longest workbook: it is read from memory.
const LONGEST_BOOK: i64 = 96 * 1024 * 1024;

/// What a file is.
pub struct Incoming {
    /// The incident.
    pub key: String,
    /// What the file is called.
    pub name: String,
    /// Who brings it.
    pub by: Id,
}

/// A piece of a file as text that can be sealed: a character for each byte.
fn as_text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The same back.
pub(super) fn as_bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// Keeps a file as it comes and looks at it; nothing is read into the register yet.
///
/// # Errors
/// When it is too long, is empty, or stops coming.
pub async fn receive<E: std::fmt::Display>(
    db: &Db,
    seal: &Seal,
    incoming: Incoming,
    mut stream: impl Stream<Item = Result<actix_web::web::Bytes, E>> + Unpin,
    now: DateTime<Utc>,
) -> Result<Import, Error> {
    let (mut guess, mut head, mut piece) = (Guess::default(), Vec::new(), Vec::with_capacity(PIECE));
    let (mut import, mut number, mut bytes): (Option<Import>, i32, i64) = (None, 0, 0);
    loop {
        let came = match stream.next().await {
            Some(Ok(came)) => came,
            Some(Err(why)) => {
                return Err(Error::Malformed(
                    crate::error::FieldError::new("file", "unreadable").with("reason", why.to_string()),
                ));
            }
            None => break,
        };
        bytes += i64::try_from(came.len()).unwrap_or(LONGEST);
        if bytes > LONGEST {
            return Err(Error::TooLarge);
        }
        guess.look(&came);
        head.extend_from_slice(&came[..came.len().min(PIECE.saturating_sub(head.len()))]);
        piece.extend_from_slice(&came);
        while piece.len() >= PIECE {
            let rest = piece.split_off(PIECE);
            let full = std::mem::replace(&mut piece, rest);
            keep(db, seal, (&mut import, &mut number), (&incoming, &head, &full), now).await?;
        }
    }
    if bytes == 0 {
        return Err(Error::field("file", "missing"));
    }
    if !piece.is_empty() {
        keep(db, seal, (&mut import, &mut number), (&incoming, &head, &piece), now).await?;
    }
    let Some(mut import) = import else { return Err(Error::field("file", "missing")) };
    if import.kind == "xlsx" && bytes > LONGEST_BOOK {
        return Err(Error::TooLarge);
    }
    let encoding = guess.encoding();
    import.bytes = bytes;
    import.state = "waiting".into();
    if import.kind == "csv" {
        import.encoding = encoding.name().to_owned();
        import.separator = char::from(separator(&encoding.decode(&head).0)).to_string();
    }
    let (seal, db_again) = (seal.clone(), db.clone());
    let found = import.clone();
    // What cannot be looked at is told when somebody looks.
    let headers = actix_web::web::block(move || super::read_in::preview(&db_again, &seal, &found, 1)).await;
    if let Ok(Ok(preview)) = headers.map_err(Error::internal) {
        import.map(&Mapping::guess(&preview.headers));
    }
    let saved = import.clone();
    db.write(move |conn| store::save_import(conn, &saved)).await?;
    Ok(import)
}

async fn keep(
    db: &Db,
    seal: &Seal,
    (import, number): (&mut Option<Import>, &mut i32),
    (incoming, head, piece): (&Incoming, &[u8], &[u8]),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let here = match import {
        Some(import) => import.clone(),
        None => {
            let (key, name, by) = (incoming.key.clone(), incoming.name.clone(), incoming.by);
            let name: String = name.chars().filter(|c| !c.is_control()).take(120).collect();
            let kind = if head.starts_with(b"PK\x03\x04") { "xlsx" } else { "csv" };
            let new = db.write(move |conn| {
                let head = open(conn, by, &key)?;
                store::new_import(conn, head.seq, (&name, kind), (by, now.into()))
            });
            import.insert(new.await?).clone()
        }
    };
    let sealed = seal.seal(&part_place(here.id, *number), &as_text(piece)).map_err(Error::internal)?;
    let this = *number;
    db.write(move |conn| store::put_part(conn, here.seq, this, &sealed)).await?;
    *number += 1;
    Ok(())
}
