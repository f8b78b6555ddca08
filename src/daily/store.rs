//! Writes the letters with the signed head, and that the day's are written.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::Error;
use crate::i18n::Lang;
use crate::outbox::channel::store as channels;
use crate::outbox::store::{self as outbox, trouble};
use crate::outbox::{Address, Draft};
use crate::retention::store as retention;

const NAME: &str = "audit-head";
/// What does not work when the chain is broken.
const BROKEN: &str = "audit-chain";

/// What the day's letters tell.
#[derive(Clone)]
pub struct Letter {
    /// The day.
    pub day: String,
    /// The head of the chain.
    pub head: String,
    /// What is wrong with it, if anything is.
    pub broken: Option<String>,
}

/// Whether the day's letters are written.
pub fn was_sent(conn: &mut Conn, day: &str) -> Result<bool, Error> {
    retention::was_done(conn, NAME, day)
}

/// The receiver in a word, for the key.
pub fn way(to: &Address) -> String {
    match to {
        Address::Person { email, .. } => format!("mail {email}"),
        Address::Phone { number, .. } => format!("sms {number}"),
        Address::Channel { id } => format!("channel {id}"),
    }
}

/// Writes the day's letters unless somebody has, and answers how many.
pub fn send(
    conn: &mut Conn,
    letter: &Letter,
    write: &impl Fn(&Address, Lang) -> Result<Option<Draft>, Error>,
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    if was_sent(conn, &letter.day)? {
        return Ok(0);
    }
    match &letter.broken {
        Some(how) => trouble::raise(conn, BROKEN, how, now)?,
        None => trouble::clear(conn, BROKEN)?,
    }
    let (_, keeping) = retention::keeping(conn)?;
    let mut receivers: Vec<(Address, Lang)> = Vec::new();
    for email in &keeping.head_to {
        let account = crate::account::store::by_email(conn, email)?;
        let lang = account.as_ref().and_then(|account| Lang::parse(&account.language)).unwrap_or_default();
        let name = account.map(|account| account.name).unwrap_or_default();
        receivers.push((Address::Person { email: email.clone(), name }, lang));
    }
    for id in &keeping.head_channels {
        let on = channels::find(conn, *id)?.filter(|channel| channel.enabled);
        if let Some(channel) = on {
            receivers.push((Address::Channel { id: *id }, Lang::parse(&channel.language).unwrap_or_default()));
        }
    }
    let mut written = 0;
    for (to, lang) in &receivers {
        if let Some(draft) = write(to, *lang)? {
            written += usize::from(outbox::put(conn, &draft, now)?);
        }
    }
    let detail = json!({ "head": letter.head, "broken": letter.broken, "receivers": written });
    audit::append(conn, &Entry { actor: None, address: "", what: "audit.checked", subject: NAME, detail }, now.into())?;
    retention::mark_done(conn, NAME, &letter.day, now.into())?;
    Ok(written)
}
