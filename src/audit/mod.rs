//! What was done, by whom, when: entries that hang together like a chain, and the check that none was touched.
//!
//! An entry's digest is the SHA-256 of the JSON array of its other columns in their canonical form, the digest of the entry
//! before it among them. Whoever does something writes it down with [`append`] in the same transaction.

pub mod exported;
pub mod signed;
pub mod store;

use serde_json::{Map, Value, json};

pub use signed::{Noted, Signed, Signer};
pub use store::{Link, append, each_of, verify};

use crate::db::{Conn, Id, Instant};
use crate::digest::sha256;
use crate::error::Error;

/// Something that was done.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Who did it; nobody where the program did it by itself.
    pub actor: Option<Id>,
    /// Where the request came from; where it is empty, [`append`] takes the address of the request that is being answered.
    pub address: &'a str,
    /// The stable word for it, such as `session.begun`.
    pub what: &'a str,
    /// The case by its reference, or whatever else it was done to.
    pub subject: &'a str,
    /// The particulars.
    pub detail: Value,
}

/// Writes down that somebody read or took out what is about persons.
///
/// Personal data in this sense are lists of affected persons, a reporter's contact data, exports, backups, the export of
/// the audit chain, and what messages say; not the names of colleagues in the timeline, nor the facts of an incident.
pub fn read(conn: &mut Conn, by: Id, (what, subject): (&str, &str), detail: Value, at: Instant) -> Result<(), Error> {
    append(conn, &Entry { actor: Some(by), address: "", what, subject, detail }, at)
}

/// Writes down a change: of what was and what is now, only that which differs.
pub fn change(
    conn: &mut Conn,
    by: Option<Id>,
    (what, subject): (&str, &str),
    (before, after): (Value, Value),
    at: Instant,
) -> Result<(), Error> {
    let detail = json!({ "before": differing(&before, &after), "after": differing(&after, &before) });
    append(conn, &Entry { actor: by, address: "", what, subject, detail }, at)
}

/// The fields of one object that the other has not, or has otherwise.
fn differing(one: &Value, other: &Value) -> Value {
    let fields = one.as_object().into_iter().flatten().filter(|(name, value)| other.get(name) != Some(value));
    Value::Object(fields.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>())
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
            _ if sha256(contents.as_bytes()) != digest => Some((number, Fault::Changed)),
            _ if before != self.last.digest => Some((number, Fault::OutOfPlace)),
            _ => None,
        };
        if self.broken.is_none() {
            self.broken = fault.map(|(number, fault)| Broken { number, fault });
        }
        self.last = Head { number, digest: digest.to_owned() };
    }
}
