//! Mails to colleagues about a case: somebody mentioned them, or gave them something to do.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::store::Head;
use crate::account::{Desk, store as accounts};
use crate::db::{Conn, Id};
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::outbox::{Address, Draft, store as outbox};
use crate::templates::Templates;

/// What mails are written with.
#[derive(Clone, Copy)]
pub struct Pen<'a> {
    /// The templates of mails.
    pub mails: &'a Templates,
    /// Scheme and host that people use, without a slash at the end.
    pub base: &'a str,
}

impl Desk {
    /// What mails are written with.
    #[must_use]
    pub fn pen(&self) -> Pen<'_> {
        Pen { mails: &self.mails, base: &self.base }
    }
}

/// A mail that is to be written.
pub(super) struct Letter<'a> {
    /// The name of its template, and what it is called among the messages.
    pub(super) kind: &'static str,
    /// The same key is never sent twice.
    pub(super) key: String,
    /// Who gets it.
    pub(super) to: Id,
    /// The case it is about.
    pub(super) head: &'a Head,
    /// Where to read on, what follows the address of the case.
    pub(super) place: String,
    /// What the template needs beside all that.
    pub(super) more: Value,
}

/// Puts a mail down in the caller's transaction. What was said is not repeated in it: that would be one more copy of it.
pub(super) fn put(conn: &mut Conn, pen: Pen<'_>, letter: Letter<'_>, now: DateTime<Utc>) -> Result<(), Error> {
    let Letter { kind, key, to, head, place, more } = letter;
    let Some(account) = accounts::by_id(conn, to)?.filter(|account| account.left_at.is_none()) else { return Ok(()) };
    let lang = Lang::parse(&account.language).unwrap_or_default();
    let link = format!("{}/incidents/{}{place}", pen.base, head.reference);
    let mut context = json!({
        "lang": lang.code(), "name": account.name, "reference": head.reference, "title": head.title, "link": link, "now": now,
    });
    if let (Some(context), Value::Object(more)) = (context.as_object_mut(), more) {
        context.extend(more);
    }
    let text = pen.mails.render(&format!("{kind}.{lang}"), &context).map_err(Error::internal)?;
    let draft = Draft {
        key,
        kind: kind.into(),
        to: Address::Person { email: account.email, name: account.name },
        lang,
        subject: i18n::text_with(lang, &format!("mail-{kind}"), &[("reference", head.reference.clone().into())]),
        text,
        link: Some(link),
        data: json!({ "incident": head.reference }),
        urgent: false,
        incident_seq: Some(head.seq),
    };
    outbox::put(conn, &draft, now).map(drop)
}
