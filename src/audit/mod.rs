//! What was done, by whom, when: entries that hang together like a chain, and the check that none was touched.
//!
//! An entry's digest is the SHA-256 of the JSON array of its other columns in their canonical form, the digest of the entry
//! before it among them. Whoever does something writes it down with [`append`] in the same transaction.

mod store;

use serde_json::Value;

pub use store::{Link, append, each_of, verify};

use crate::db::Id;

/// Something that was done.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Who did it; nobody where the program did it by itself.
    pub actor: Option<Id>,
    /// Where the request came from; empty where that is not known.
    pub address: &'a str,
    /// The stable word for it, such as `session.begun`.
    pub what: &'a str,
    /// The case by its reference, or whatever else it was done to.
    pub subject: &'a str,
    /// The particulars.
    pub detail: Value,
}

/// The last entry of a chain: whoever notes it down can tell later whether the chain was cut off or written anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Its number; 0 while there is none.
    pub number: i64,
    /// Its digest.
    pub digest: String,
}

impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.number, self.digest)
    }
}

impl std::str::FromStr for Head {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = |(number, digest): (&str, &str)| Some((number.parse().ok()?, digest.to_owned()));
        let (number, digest) =
            text.split_once(':').and_then(read).ok_or("write the number and the digest, as 12:9f86…")?;
        Ok(Self { number, digest })
    }
}

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its digest is not that of its contents.
    Changed,
    /// There is none of this number.
    Missing,
    /// It does not follow from the one before it.
    OutOfPlace,
}

/// The first entry that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its number.
    pub number: i64,
    /// What is wrong.
    pub fault: Fault,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let how = match self.fault {
            Fault::Changed => "was changed",
            Fault::Missing => "is missing",
            Fault::OutOfPlace => "does not follow from the one before it",
        };
        write!(f, "entry {} {how}", self.number)
    }
}

/// What became of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The last entry.
    pub head: Head,
    /// The first entry that is wrong, if any is.
    pub broken: Option<Broken>,
}

/// Follows a chain from entry to entry.
#[derive(Default)]
struct Follower {
    last: Head,
    broken: Option<Broken>,
}

impl Follower {
    /// Takes the next entry: its canonical line, and the last two of its columns.
    fn step(&mut self, number: i64, (contents, before, digest): (&str, &str, &str)) {
        let expected = self.last.number + 1;
        let fault = match number {
            number if number > expected => Some((expected, Fault::Missing)),
            number if number < expected => Some((number, Fault::OutOfPlace)),
            _ if store::digest(contents) != digest => Some((number, Fault::Changed)),
            _ if before != self.last.digest => Some((number, Fault::OutOfPlace)),
            _ => None,
        };
        if self.broken.is_none() {
            self.broken = fault.map(|(number, fault)| Broken { number, fault });
        }
        self.last = Head { number, digest: digest.to_owned() };
    }
}
