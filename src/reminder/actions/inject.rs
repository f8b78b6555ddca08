//! Tells those who take part in a drill what its script has for them, when the clock gets there.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

use super::Book;
use crate::account::right::{Named, Read};
use crate::account::store as people;
use crate::db::{Conn, Instant};
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::incident::actions::note;
use crate::incident::drill::store as drill;
use crate::incident::store::{Head, readers};
use crate::outbox::store as outbox;
use crate::outbox::{Address, Draft};
use crate::schema::incident;

/// How many are told in one transaction; the next round goes on.
const TOGETHER: i64 = 32;

/// Tells what has come due; answers how many messages were written.
pub(super) fn tell(conn: &mut Conn, book: &Book, now: DateTime<Utc>) -> Result<usize, Error> {
    let mut written = 0;
    for (seq, of, words) in drill::waiting_injects(conn, now, TOGETHER)? {
        let head: Head = incident::table.find(of).select(Head::as_select()).first(conn)?;
        if head.status != "open" {
            drill::inject_done(conn, seq, None)?;
            continue;
        }
        drill::inject_done(conn, seq, Some(Instant::from(head.here(now))))?;
        note(conn, of, ("drill.inject", json!({ "words": words })), (None, now.into()))?;
        written += mail(conn, &head, (seq, &words), (book, now))?;
    }
    Ok(written)
}

fn mail(
    conn: &mut Conn,
    head: &Head,
    (seq, words): (i64, &str),
    (book, now): (&Book, DateTime<Utc>),
) -> Result<usize, Error> {
    let named = readers(conn, head.seq)?;
    let mut written = 0;
    for who in drill::participants(conn, head.seq)? {
        let seen = head.restricted_at.is_none() || named.contains(&who);
        let Some(member) = people::member(conn, who)?.filter(|_| seen) else { continue };
        if member.account.left_at.is_some() || !Named::of::<Read>().is_held_by(&member.roles) {
            continue;
        }
        let lang = Lang::parse(&member.account.language).unwrap_or_default();
        let subject = [("reference", Arg::from(head.reference.clone())), ("title", head.title.clone().into())];
        let link = format!("{}/incidents/{}", book.base, head.reference);
        let draft = Draft {
            key: format!("inject-{seq}-{who}"),
            kind: "drill".into(),
            to: Address::Person { email: member.account.email, name: member.account.name },
            lang,
            subject: i18n::text_with(lang, "drill-inject-subject", &subject),
            text: format!("{words}\n\n{link}"),
            link: Some(link),
            data: json!({ "incident": head.reference }),
            urgent: false,
            incident_seq: Some(head.seq),
        };
        written += usize::from(outbox::put(conn, &draft, now)?);
    }
    Ok(written)
}
