//! The last word on what is said of a drill: to those who take part and nobody else, and never without the mark.

use diesel::prelude::*;
use serde_json::json;

use crate::db::Conn;
use crate::error::Error;
use crate::i18n;
use crate::outbox::{Address, BY_PEOPLE, Draft, WAVE};
use crate::schema::{account, drill, drill_participant, incident};

/// Whether an incident is a drill.
pub(super) fn is_drill(conn: &mut Conn, incident_seq: i64) -> Result<bool, Error> {
    let of = incident::table.find(incident_seq).filter(incident::clock_real.is_not_null()).select(incident::seq);
    Ok(of.first::<i64>(conn).optional()?.is_some())
}

/// The message as it may be put down where it is about a drill; nothing where it is not.
///
/// # Errors
/// When it would leave the circle of those who take part.
pub(super) fn guard(conn: &mut Conn, draft: &Draft) -> Result<Option<Draft>, Error> {
    let Some(seq) = draft.incident_seq else { return Ok(None) };
    if !is_drill(conn, seq)? {
        return Ok(None);
    }
    let by_people = draft.kind == BY_PEOPLE || draft.kind == WAVE;
    if by_people || !stays_inside(conn, seq, &draft.to)? {
        return Err(Error::conflict("drill-stays-inside"));
    }
    let (mark, first) = (i18n::text(draft.lang, "drill-mark"), i18n::text(draft.lang, "drill-mail-first"));
    let mut data = draft.data.clone();
    if let Some(data) = data.as_object_mut() {
        data.insert("drill".to_owned(), json!(true));
    }
    // A text message has one line, and that begins with the mark.
    let short = matches!(draft.to, Address::Phone { .. });
    let text = if short { format!("{mark}: {}", draft.text) } else { format!("{first}\n\n{}", draft.text) };
    Ok(Some(Draft { subject: format!("{mark}: {}", draft.subject), text, data, ..draft.clone() }))
}

fn stays_inside(conn: &mut Conn, seq: i64, to: &Address) -> Result<bool, Error> {
    let of = drill_participant::table.inner_join(account::table).filter(drill_participant::incident_seq.eq(seq));
    let found = match to {
        Address::Person { email, .. } => {
            of.filter(account::email.eq(email)).select(account::id).first::<crate::db::Id>(conn).optional()?
        }
        Address::Phone { number, .. } => {
            of.filter(account::phone.eq(number)).select(account::id).first::<crate::db::Id>(conn).optional()?
        }
        Address::Channel { .. } => {
            return Ok(drill::table.find(seq).select(drill::channels).first(conn).optional()?.unwrap_or(false));
        }
    };
    Ok(found.is_some())
}
