//! Letting a text leave: by the outbox, or by hand with its receipt. Nothing leaves that nobody approved.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::{Found, Of, find};
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::i18n;
use crate::incident::actions::{Sending, submit, tell};
use crate::notice::audience::Reader;
use crate::notice::store::{self, Approved};
use crate::outbox::{self, Address, BY_PEOPLE, Draft};
use crate::schema::{notice_receipt, notice_sending};

/// The ways a person may have taken.
const BY_HAND: [&str; 7] = ["altinn", "phone", "email", "letter", "sms", "web", "other"];

/// By which way something leaves.
#[derive(Clone, Debug)]
pub enum Way {
    /// By the outbox to this address; none is the one that stands for the receiver. In a drill nothing leaves: it is
    /// recorded as done.
    Mail(Option<String>),
    /// By a person's own hand.
    Hand {
        /// One of `altinn`, `phone`, `email`, `letter`, `sms`, `web`, `other`.
        how: String,
        /// When.
        sent_at: DateTime<Utc>,
        /// The receiver's reference, such as Altinn's.
        reference: Option<String>,
        /// With whom one spoke and what was said; needed for a call.
        note: String,
    },
}

/// What leaves, beside its text.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// By which way.
    pub way: Way,
    /// Whether nothing is left to send.
    pub complete: bool,
    /// Other duties that the same message answers.
    pub covers: Vec<String>,
    /// What goes with the letter, such as the fields of a form; null for nothing.
    pub form: Value,
}

/// Sends the approved text of a duty, or records that a person did; answers the number of the sending.
pub async fn send(db: &Db, by: Id, of: Of, leaving: Leaving, now: DateTime<Utc>) -> Result<i64, Error> {
    db.write(move |conn| send_in(conn, by, &of, &leaving, now)).await
}

/// Does the same in the caller's transaction.
pub(crate) fn send_in(conn: &mut Conn, by: Id, of: &Of, leaving: &Leaving, now: DateTime<Utc>) -> Result<i64, Error> {
    let found = find(conn, by, of, now)?;
    let approved = store::approved(conn, found.head.seq, &of.duty, found.for_whom.as_deref())?;
    match &leaving.way {
        Way::Mail(to) => {
            let approved = approved.ok_or_else(|| Error::conflict("text-not-approved"))?;
            let to = receiver(conn, &found, to.as_deref())?;
            if found.head.is_drill() {
                return by_nobody(conn, (by, now), (of, &found), (leaving, &approved, &to));
            }
            by_mail(conn, (by, now), (of, &found), (leaving, &approved, &to))
        }
        Way::Hand { how, sent_at, reference, note } => {
            let called = how == "phone";
            let mut wrong = Vec::new();
            if !BY_HAND.contains(&how.as_str()) {
                let fault = FieldError::new("how", "wrong_choice").with("given", how.as_str());
                wrong.push(fault.with("choices", BY_HAND.to_vec()));
            }
            wrong.extend(super::fault("note", note, 4_000, called));
            wrong.extend(super::fault("reference", reference.as_deref().unwrap_or_default(), 200, false));
            if !wrong.is_empty() {
                return Err(Error::Invalid(wrong));
            }
            if approved.is_none() && !called {
                return Err(Error::conflict("text-not-approved"));
            }
            let approved = approved.filter(|_| !called);
            let row = Row { of, found: &found, how, to: "", key: None, approved: approved.as_ref() };
            let seq = row.insert(conn, (by, now), leaving)?;
            let stage = row.stage(conn)?;
            let sending = Sending {
                duty: of.duty.clone(),
                for_whom: found.for_whom.clone(),
                sent_at: Instant::from(*sent_at),
                channel: Some(how.clone()),
                reference: reference.clone(),
                complete: leaving.complete,
                stage,
            };
            submit(conn, by, (&of.key, None), (&sending, &leaving.covers), now)?;
            receipt(conn, seq, (reference.as_deref().unwrap_or_default(), true), Instant::from(*sent_at))?;
            Ok(seq)
        }
    }
}

/// The address that stands for whoever the duty speaks to. Nkom has the one of the settings and no other.
fn receiver(conn: &mut Conn, found: &Found, asked: Option<&str>) -> Result<String, Error> {
    let asked = asked.map(str::trim).filter(|to| !to.is_empty()).map(str::to_owned);
    let to = match (found.reader, found.for_whom.as_deref()) {
        (Reader::Nkom, _) => Some(crate::incident::Settings::load(conn)?.company.nkom_email),
        (Reader::Customer, Some(name)) => match asked {
            Some(asked) => Some(asked),
            None => store::contact(conn, name)?.map(|contact| contact.email),
        },
        (Reader::Board, _) => asked,
        // Persons are told in waves, and the forms of authorities are filled in by hand.
        _ => return Err(Error::conflict("text-not-by-mail")),
    };
    let to =
        to.map(|to| to.trim().to_owned()).filter(|to| !to.is_empty()).ok_or_else(|| Error::field("to", "missing"))?;
    if crate::account::looks_like_email(&to) {
        Ok(to)
    } else {
        Err(Error::Invalid(vec![FieldError::new("to", "not_an_email").with("given", to)]))
    }
}

fn by_mail(
    conn: &mut Conn,
    (by, now): (Id, DateTime<Utc>),
    (of, found): (&Of, &Found),
    (leaving, approved, to): (&Leaving, &Approved, &str),
) -> Result<i64, Error> {
    let key = format!("notice:{}:{}", approved.id, to.to_lowercase());
    let draft = Draft {
        key: key.clone(),
        kind: BY_PEOPLE.to_owned(),
        to: Address::Person { email: to.to_owned(), name: String::new() },
        lang: approved.lang,
        subject: approved.subject.clone(),
        text: approved.body.clone(),
        link: None,
        data: json!({ "incident": found.head.reference, "duty": of.duty, "for": found.for_whom }),
        urgent: found.reader.is_authority(),
        incident_seq: Some(found.head.seq),
    };
    if !outbox::store::put(conn, &draft, now)? {
        return Err(Error::conflict("text-already-sent"));
    }
    let row = Row { of, found, how: "email", to, key: Some(&key), approved: Some(approved) };
    let seq = row.insert(conn, (by, now), leaving)?;
    let payload = json!({ "duty": of.duty, "for": found.for_whom, "to": to, "digest": approved.digest });
    tell(conn, &found.head, ("notice.queued", payload), (by, now))?;
    Ok(seq)
}

/// In a drill the letter stays in the house, and is taken as arrived at once.
fn by_nobody(
    conn: &mut Conn,
    (by, now): (Id, DateTime<Utc>),
    (of, found): (&Of, &Found),
    (leaving, approved, to): (&Leaving, &Approved, &str),
) -> Result<i64, Error> {
    let at = Instant::from(found.head.here(now));
    let row = Row { of, found, how: "email", to, key: None, approved: Some(approved) };
    let seq = row.insert(conn, (by, now), leaving)?;
    let sending = Sending {
        duty: of.duty.clone(),
        for_whom: found.for_whom.clone(),
        sent_at: at,
        channel: Some("email".to_owned()),
        reference: None,
        complete: leaving.complete,
        stage: row.stage(conn)?,
    };
    submit(conn, by, (&of.key, None), (&sending, &leaving.covers), now)?;
    receipt(conn, seq, (&i18n::text(approved.lang, "drill-not-sent"), true), at)?;
    Ok(seq)
}

/// A sending that is about to be written down.
struct Row<'a> {
    of: &'a Of,
    found: &'a Found,
    how: &'a str,
    to: &'a str,
    key: Option<&'a str>,
    approved: Option<&'a Approved>,
}

impl Row<'_> {
    fn insert(&self, conn: &mut Conn, (by, now): (Id, DateTime<Utc>), leaving: &Leaving) -> Result<i64, Error> {
        use notice_sending as s;
        let text = self.approved.map(|approved| {
            json!({
                "subject": approved.subject, "body": approved.body, "sms": approved.sms,
                "lang": approved.lang.code(), "digest": approved.digest,
            })
        });
        let content = json!({ "text": text, "covers": leaving.covers, "form": leaving.form });
        let (reference, note) = match &leaving.way {
            Way::Mail(_) => (None, ""),
            Way::Hand { reference, note, .. } => (reference.as_deref(), note.trim()),
        };
        let which = (
            s::incident_seq.eq(self.found.head.seq),
            s::duty_id.eq(&self.of.duty),
            s::for_whom.eq(self.found.for_whom.as_deref().unwrap_or_default()),
            s::notice_seq.eq(self.approved.map(|approved| approved.id)),
        );
        let what = (
            s::how.eq(self.how),
            s::recipient.eq(self.to),
            s::reference.eq(reference),
            s::note.eq(note),
            s::complete.eq(leaving.complete),
            s::content.eq(content.to_string()),
            s::message_key.eq(self.key),
        );
        let who = (s::by_account.eq(by), s::at.eq(Instant::from(self.found.head.here(now))));
        Ok(diesel::insert_into(s::table).values((which, what, who)).returning(s::seq).get_result(conn)?)
    }

    /// The word of the stage for the submission.
    fn stage(&self, conn: &mut Conn) -> Result<Option<String>, Error> {
        if self.approved.is_none() {
            return Ok(None);
        }
        let latest = store::latest(conn, self.found.head.seq, &self.of.duty, self.found.for_whom.as_deref())?;
        Ok(latest.map(|latest| latest.stage().word().to_owned()))
    }
}

/// Writes down that a sending arrived, once.
pub(super) fn receipt(
    conn: &mut Conn,
    sending: i64,
    (reply, recorded): (&str, bool),
    at: Instant,
) -> Result<(), Error> {
    use notice_receipt as r;
    let row = (r::sending_seq.eq(sending), r::reply.eq(reply), r::recorded.eq(recorded), r::at.eq(at));
    diesel::insert_into(r::table).values(row).execute(conn)?;
    Ok(())
}
