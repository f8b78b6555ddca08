//! What goes out of the house: written with what causes it, carried until it has arrived or somebody is told. It knows
//! nothing of incidents.
//!
//! A [`Draft`] is put down by [`store::put`] in the caller's own transaction, so nothing happens without its message and
//! no message goes out for what did not happen. A [`Worker`] leases what is due, sends it outside any transaction, and
//! records every attempt with what the other side answered.

pub mod api;
pub mod channel;
pub mod pages;
pub mod store;
pub mod transport;
pub mod worker;

pub use worker::{Pulse, Worker};

use chrono::Duration;
use serde_json::Value;

use crate::db::{Conn, Id};
use crate::error::Error;
use crate::i18n::Lang;
use crate::seal::{Broken, Seal};

/// How long a message is tried before somebody must see to it.
pub const PATIENCE: Duration = Duration::hours(48);
/// The kind of the message that only tries a channel. It is tried once, and nobody misses it.
pub const TEST: &str = "channel-test";
/// The kind of a letter that a person wrote and approved.
pub const BY_PEOPLE: &str = "notice";

/// The kind of the messages of a wave. They keep neither address nor words: whoever sends asks a [`Finder`] for both by the
/// message's key. What nobody knows the end of is not sent again by itself.
pub const WAVE: &str = "affected";

/// Finds what a message of a wave says and to whom, by its key; nothing when it is no longer to be sent.
pub type Finder = fn(&mut Conn, &Seal, &str) -> Result<Option<Found>, Error>;

/// What a [`Finder`] finds.
#[derive(Clone)]
pub struct Found {
    /// E-mail address or telephone number.
    pub to: String,
    /// The receiver's name; may be empty.
    pub to_name: String,
    /// One line.
    pub subject: String,
    /// The message, plain text.
    pub text: String,
    /// The language of both.
    pub lang: Lang,
}

/// Which messages somebody sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lane {
    /// All.
    #[default]
    All,
    /// All but those of waves, so that no wave is in the way of a reminder.
    House,
    /// Those of waves.
    Waves,
}

/// To whom a message goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Address {
    /// To a person by mail.
    Person {
        /// The e-mail address.
        email: String,
        /// The person's name; may be empty.
        name: String,
    },
    /// To a person by text message.
    Phone {
        /// The channel that is a gateway for persons.
        gateway: Id,
        /// The number.
        number: String,
        /// The person's name; may be empty.
        name: String,
    },
    /// To wherever the channel leads when the message is sent.
    Channel {
        /// The channel.
        id: Id,
    },
}

/// What a caller wants sent.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it says, to whom, and for which step: the same key is never sent twice.
    pub key: String,
    /// What it is, as `reminder` or [`TEST`].
    pub kind: String,
    /// To whom.
    pub to: Address,
    /// The language of subject and text.
    pub lang: Lang,
    /// One line.
    pub subject: String,
    /// The message, plain text.
    pub text: String,
    /// Where to read on; [`sealed_link`] keeps one that opens something from whoever reads the table.
    pub link: Option<String>,
    /// Particulars for programs.
    pub data: Value,
    /// Whether it goes before others and is marked as important.
    pub urgent: bool,
    /// The incident it is about, by its inner number.
    pub incident_seq: Option<i64>,
}

/// Seals a link that is itself a permission, for the message of this key; it is opened when the message goes.
pub fn sealed_link(seal: &Seal, key: &str, link: &str) -> Result<String, Error> {
    seal.seal(&place(key), link).map_err(Error::internal)
}

/// The link as the receiver gets it.
fn open_link(seal: &Seal, key: &str, link: String) -> Result<String, Broken> {
    // Links begin with their scheme; what begins otherwise was sealed.
    if link.starts_with(crate::seal::MARK) { seal.open(&place(key), &link) } else { Ok(link) }
}

fn place(key: &str) -> String {
    format!("link of {key}")
}
