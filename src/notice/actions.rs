//! The verbs of a text: save it, approve it, let it leave, note that it arrived. Each is one transaction with its line.

mod arrive;
mod send;

pub use arrive::record_arrivals;
pub(crate) use send::send_in;
pub use send::{Leaving, Way, send};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::Stage;
use super::audience::{Reader, unmentionable};
use super::store::{self, Version};
use crate::account::Sight;
use crate::db::{Conn, Db, Id, Instant, Json};
use crate::digest::sha256;
use crate::error::{Error, FieldError};
use crate::i18n::Lang;
use crate::incident::actions::tell;
use crate::incident::store::{Head, facts_at, head};
use crate::incident::{Settings, explain, store as incidents};
use crate::schema::{controller_version, notice_approval, notice_version};

const SUBJECT: usize = 200;
const BODY: usize = 60_000;
const SMS: usize = 1_000;
const FIELD: usize = 20_000;

/// Which text: the incident's key, the duty, and the controller it is for.
#[derive(Clone, Debug)]
pub struct Of {
    /// The incident's id or reference.
    pub key: String,
    /// The duty's stable id.
    pub duty: String,
    /// The controller.
    pub for_whom: Option<String>,
}

/// A text to be saved.
#[derive(Clone, Debug)]
pub struct Text {
    /// Which part of a notification it is.
    pub stage: Stage,
    /// Its language.
    pub lang: Lang,
    /// The subject.
    pub subject: String,
    /// The letter.
    pub body: String,
    /// The short message; may be empty.
    pub sms: String,
    /// What was typed because no fact holds it: texts and lists of texts by name.
    pub fields: Value,
    /// What the program writes now.
    pub draft: String,
}

/// The duty as it stands, for an action that needs to know whom it speaks to.
struct Found {
    head: Head,
    reader: Reader,
    for_whom: Option<String>,
}

fn find(conn: &mut Conn, by: Id, of: &Of, now: DateTime<Utc>) -> Result<Found, Error> {
    let case = incidents::find(conn, &of.key, Sight::of(by), now)?;
    let status = explain::duty(&case, &of.duty, of.for_whom.as_deref())?;
    if !super::has_draft(status.duty.id) {
        return Err(Error::NotFound);
    }
    let (reader, for_whom) = (Reader::of(&status.duty), status.duty.for_whom.as_deref().map(str::to_owned));
    if case.head.status != "open" {
        return Err(Error::conflict("closed"));
    }
    Ok(Found { reader, for_whom, head: case.head })
}

/// Saves a text beside those before it; `seen` is the version the caller last saw, nought for none. The same text again
/// is no new version.
pub async fn save(
    db: &Db,
    by: Id,
    of: Of,
    seen: Option<i32>,
    text: Text,
    now: DateTime<Utc>,
) -> Result<Version, Error> {
    db.write(move |conn| save_in(conn, by, &of, (seen, &text), now)).await
}

/// Saves it in the caller's transaction.
pub(crate) fn save_in(
    conn: &mut Conn,
    by: Id,
    of: &Of,
    (seen, text): (Option<i32>, &Text),
    now: DateTime<Utc>,
) -> Result<Version, Error> {
    let text = checked(text.clone())?;
    let found = find(conn, by, of, now)?;
    // Nobody takes the mark of a drill off its texts.
    let body = if found.head.is_drill() { super::drill_body(text.lang, &text.body) } else { text.body.clone() };
    let text = Text { body, ..text.clone() };
    let before = store::latest(conn, found.head.seq, &of.duty, found.for_whom.as_deref())?;
    let current = before.as_ref().map_or(0, |before| before.version);
    if seen.is_some_and(|seen| seen != current) {
        return Err(Error::Stale { current, changes: json!([]) });
    }
    let told = json!({
        "incident": found.head.reference, "duty": of.duty, "for": found.for_whom, "stage": text.stage.word(),
        "lang": text.lang.code(), "subject": text.subject, "body": text.body, "sms": text.sms, "fields": text.fields,
    });
    let written = crate::canonical::canonical(&told.to_string()).unwrap_or_else(|| told.to_string());
    let digest = sha256(written.as_bytes());
    if let Some(before) = before.filter(|before| before.digest == digest) {
        return Ok(before);
    }
    insert(conn, (&found, &of.duty), (current + 1, &digest, &text), (by, found.head.here(now).into()))?;
    let payload = json!({
        "duty": of.duty, "for": found.for_whom, "version": current + 1, "stage": text.stage.word(), "digest": digest,
    });
    tell(conn, &found.head, ("notice.saved", payload), (by, now))?;
    store::latest(conn, found.head.seq, &of.duty, found.for_whom.as_deref())?.ok_or(Error::NotFound)
}

fn insert(
    conn: &mut Conn,
    (found, duty): (&Found, &str),
    (version, digest, text): (i32, &str, &Text),
    (by, at): (Id, Instant),
) -> Result<(), Error> {
    use notice_version as n;
    let which = (
        n::incident_seq.eq(found.head.seq),
        n::duty_id.eq(duty),
        n::for_whom.eq(found.for_whom.as_deref().unwrap_or_default()),
        n::version.eq(version),
        n::facts_version.eq(found.head.version),
    );
    let what = (
        n::stage.eq(text.stage.word()),
        n::lang.eq(text.lang.code()),
        n::subject.eq(&text.subject),
        n::body.eq(&text.body),
        n::sms.eq(&text.sms),
        n::draft.eq(&text.draft),
        n::fields.eq(Json(text.fields.clone())),
        n::digest.eq(digest),
    );
    diesel::insert_into(n::table).values((which, what, n::by_account.eq(by), n::at.eq(at))).execute(conn)?;
    Ok(())
}

/// The text as it is kept, or everything that is wrong with it.
fn checked(text: Text) -> Result<Text, Error> {
    let subject = text.subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let body = super::tidy(&text.body.replace("\r\n", "\n"));
    let sms = text.sms.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut wrong = Vec::new();
    for (path, text, most, must) in
        [("subject", &subject, SUBJECT, true), ("body", &body, BODY, true), ("sms", &sms, SMS, false)]
    {
        wrong.extend(fault(path, text, most, must));
    }
    let fields = text.fields.as_object().cloned().unwrap_or_default();
    let mut kept = serde_json::Map::new();
    for (name, value) in fields {
        let texts: Vec<&str> = match &value {
            Value::String(text) => vec![text],
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
            Value::Null => continue,
            _ => {
                wrong.push(FieldError::new(format!("fields.{name}"), "wrong_type").with("expected", "text"));
                continue;
            }
        };
        wrong.extend(texts.iter().filter_map(|text| fault(&format!("fields.{name}"), text, FIELD, false)));
        if texts.iter().any(|text| !text.trim().is_empty()) {
            kept.insert(name, value);
        }
    }
    if wrong.is_empty() {
        Ok(Text { subject, body, sms, fields: Value::Object(kept), ..text })
    } else {
        Err(Error::Invalid(wrong))
    }
}

fn fault(path: &str, text: &str, most: usize, must: bool) -> Option<FieldError> {
    let given = text.chars().count();
    if text.contains('\0') {
        return Some(FieldError::new(path, "unprintable"));
    }
    if text.trim().is_empty() {
        return must.then(|| FieldError::new(path, "missing"));
    }
    (given > most).then(|| FieldError::new(path, "too_long").with("max", most).with("given", given))
}

/// Approves the text with this digest. Nobody approves what they have not seen, and where the company wants four eyes,
/// nobody approves their own text to an authority.
pub async fn approve(db: &Db, by: Id, of: Of, seen: String, now: DateTime<Utc>) -> Result<Version, Error> {
    db.write(move |conn| approve_in(conn, by, &of, &seen, now)).await
}

/// Approves it in the caller's transaction.
pub(crate) fn approve_in(conn: &mut Conn, by: Id, of: &Of, seen: &str, now: DateTime<Utc>) -> Result<Version, Error> {
    let found = find(conn, by, of, now)?;
    let latest = store::latest(conn, found.head.seq, &of.duty, found.for_whom.as_deref())?;
    let latest = latest.ok_or_else(|| Error::conflict("text-not-saved"))?;
    if latest.digest != seen {
        return Err(Error::conflict("text-changed"));
    }
    if !store::approvals(conn, &[latest.seq])?.is_empty() {
        return Ok(latest);
    }
    if Settings::load(conn)?.company.four_eyes && found.reader.is_authority() && latest.author == by {
        return Err(Error::conflict("text-own"));
    }
    let facts = facts_at(conn, found.head.seq, found.head.version)?;
    let text = format!("{}\n{}\n{}", latest.subject, latest.body, latest.sms);
    let named: Vec<&str> = unmentionable(&facts, found.reader, found.for_whom.as_deref())
        .into_iter()
        .filter(|name| text.contains(name))
        .collect();
    if !named.is_empty() {
        let about = serde_json::Map::from_iter([("names".to_owned(), json!(named))]);
        return Err(Error::Conflict { code: "text-names-another", about });
    }
    use notice_approval as a;
    let row = (a::notice_seq.eq(latest.seq), a::digest.eq(&latest.digest), a::by_account.eq(by));
    diesel::insert_into(a::table).values((row, a::at.eq(Instant::from(found.head.here(now))))).execute(conn)?;
    let payload = json!({
        "duty": of.duty, "for": found.for_whom, "version": latest.version, "digest": latest.digest,
    });
    tell(conn, &found.head, ("notice.approved", payload), (by, now))?;
    Ok(latest)
}

/// Records where a business customer is told, and what we may notify for them.
pub async fn record_contact(
    db: &Db,
    by: Id,
    (key, name): (String, String),
    (email, authorised, basis): (String, String, String),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut wrong = Vec::new();
    let (email, basis) = (email.trim().to_owned(), basis.trim().to_owned());
    if !email.is_empty() && !crate::account::looks_like_email(&email) {
        wrong.push(FieldError::new("email", "not_an_email").with("given", email.as_str()));
    }
    if !["none", "first", "all"].contains(&authorised.as_str()) {
        wrong.push(FieldError::new("authorised", "missing"));
    }
    // What was agreed must be found again when somebody asks.
    wrong.extend(fault("basis", &basis, 500, authorised != "none"));
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    db.write(move |conn| {
        let head = head(conn, &key, Sight::of(by))?;
        if head.is_drill() {
            // What is recorded of a customer holds for every incident, real ones too.
            return Err(Error::conflict("drill-keeps-contacts"));
        }
        use controller_version as c;
        let row = (c::name.eq(&name), c::email.eq(&email), c::authorised.eq(&authorised), c::basis.eq(&basis));
        diesel::insert_into(c::table)
            .values((row, c::by_account.eq(by), c::at.eq(Instant::from(now))))
            .execute(conn)?;
        let payload = json!({ "for": name, "duty": "gdpr-33-2-controller", "authorised": authorised, "basis": basis });
        tell(conn, &head, ("notice.contact", payload), (by, now))
    })
    .await
}
