//! A file on its way in: counted, digested and sealed part by part, so that no more of it than a part is ever in memory,
//! and none of it in the clear on a disk.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Kind, PART, place};
use crate::db::Id;
use crate::digest::hex;
use crate::error::{Error, FieldError};
use crate::private;
use crate::seal::Seal;

/// A file that is being received.
pub struct Spool {
    /// The id it will have.
    pub id: Id,
    /// Its name as it is shown.
    pub name: String,
    /// What its name says it is.
    pub kind: Kind,
    /// How many bytes came so far.
    pub size: u64,
    /// How many parts were sealed.
    pub parts: i32,
    seal: Seal,
    limit: u64,
    file: File,
    waiting: Vec<u8>,
    head: Vec<u8>,
    has_nul: bool,
    sum: Sha256,
}

impl Spool {
    /// Begins to receive a file; what is kept on the way lies in this folder under no name.
    ///
    /// # Errors
    /// When files of such names are not taken, or nothing can be written there.
    pub fn begin(folder: &Path, seal: Seal, limit: u64, given: &str) -> Result<Self, Error> {
        let name = super::clean(given);
        let unknown = || FieldError::new("file", "attachment_kind").with("choices", Kind::endings());
        let kind = Kind::of(&name).ok_or_else(|| Error::Invalid(vec![unknown()]))?;
        let file = private::nameless(folder).map_err(unkept)?;
        let (waiting, head) = (Vec::with_capacity(PART), Vec::new());
        let id = Id::new();
        Ok(Self {
            id,
            name,
            kind,
            size: 0,
            parts: 0,
            seal,
            limit,
            file,
            waiting,
            head,
            has_nul: false,
            sum: Sha256::new(),
        })
    }

    /// Takes the next bytes; blocks while they are written.
    ///
    /// # Errors
    /// When it is more than may be attached, or it cannot be kept.
    pub fn take(&mut self, mut bytes: &[u8]) -> Result<(), Error> {
        self.size += bytes.len() as u64;
        if self.size > self.limit {
            let most = self.limit / (1024 * 1024);
            return Err(Error::Invalid(vec![FieldError::new("file", "attachment_large").with("max", most)]));
        }
        self.sum.update(bytes);
        self.has_nul |= bytes.contains(&0);
        while !bytes.is_empty() {
            let (now, rest) = bytes.split_at(bytes.len().min(PART - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = rest;
            if self.waiting.len() == PART {
                self.part()?;
            }
        }
        Ok(())
    }

    fn part(&mut self) -> Result<(), Error> {
        if self.parts == 0 {
            self.head = self.waiting.clone();
        }
        let sealed = self.seal.seal_bytes(&place(self.id, self.parts), &self.waiting).map_err(Error::internal)?;
        self.file.write_all(sealed.as_bytes()).and_then(|()| self.file.write_all(b"\n")).map_err(unkept)?;
        self.waiting.clear();
        self.parts += 1;
        Ok(())
    }

    /// Ends a file, and checks that it is what its name says.
    ///
    /// # Errors
    /// When it is empty or something else.
    pub fn end(mut self) -> Result<Received, Error> {
        if self.size == 0 {
            return Err(Error::field("file", "attachment_empty"));
        }
        if !self.waiting.is_empty() {
            self.part()?;
        }
        if !self.kind.is_borne_out(&self.head, self.has_nul) {
            let fault = FieldError::new("file", "attachment_other").with("given", self.kind.ending);
            return Err(Error::Invalid(vec![fault]));
        }
        let sha256 = hex(&self.sum.finalize());
        let size = i64::try_from(self.size).unwrap_or(i64::MAX);
        let Self { id, name, kind, parts, file, .. } = self;
        Ok(Received { id, name, kind: kind.ending, size, parts, sha256, file })
    }
}

/// A file that was received and waits to be written into the case.
pub struct Received {
    /// Its id.
    pub id: Id,
    /// Its name as it is shown.
    pub name: String,
    /// The ending that says what it is.
    pub kind: &'static str,
    /// How many bytes it has.
    pub size: i64,
    /// How many parts.
    pub parts: i32,
    /// The digest of its content.
    pub sha256: String,
    file: File,
}

impl Received {
    /// Hands over its sealed parts in their order.
    pub(super) fn each(&mut self, mut then: impl FnMut(i32, String) -> Result<(), Error>) -> Result<(), Error> {
        self.file.rewind().map_err(unkept)?;
        let lines = BufReader::new(&self.file).lines();
        for (number, line) in (0..self.parts).zip(lines) {
            then(number, line.map_err(unkept)?)?;
        }
        Ok(())
    }
}

fn unkept(why: std::io::Error) -> Error {
    Error::internal(format!("A file cannot be kept on its way in: {why}"))
}
