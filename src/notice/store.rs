//! The queries on texts: the versions, who approved which, what left and what arrived. Everything is only added to.

use diesel::prelude::*;

use super::Stage;
use crate::db::{Conn, Id, Instant, Json};
use crate::error::Error;
use crate::i18n::Lang;
use crate::schema::{
    account, controller_version, message, notice_approval, notice_receipt, notice_sending, notice_version,
};

/// A text as somebody saved it.
#[derive(Clone, Debug, Queryable)]
pub struct Version {
    /// Its number among all.
    pub seq: i64,
    /// Of which duty.
    pub duty_id: String,
    /// For which controller; empty for no one in particular.
    pub for_whom: String,
    /// Its number for this duty; grows by one.
    pub version: i32,
    stage: String,
    lang: String,
    /// The subject.
    pub subject: String,
    /// The letter.
    pub body: String,
    /// The short message; empty where there is none.
    pub sms: String,
    /// What the program had written when it was saved.
    pub draft: String,
    fields: Json,
    /// The version of the facts it was written by.
    pub facts_version: i32,
    /// Tells this text from every other.
    pub digest: String,
    /// The account of who saved it.
    pub author: Id,
    /// And the name.
    pub by: String,
    /// When.
    pub at: Instant,
}

impl Version {
    /// Which part of a notification it is.
    #[must_use]
    pub fn stage(&self) -> Stage {
        Stage::parse(&self.stage).unwrap_or_default()
    }

    /// Its language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        Lang::parse(&self.lang).unwrap_or_default()
    }

    /// What was typed because no fact holds it.
    #[must_use]
    pub fn fields(&self) -> &serde_json::Value {
        &self.fields.0
    }
}

/// An approval of a version.
#[derive(Clone, Debug, Queryable)]
pub struct Approval {
    /// Of which version.
    pub notice_seq: i64,
    /// What was approved.
    pub digest: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A text that may leave.
#[derive(Clone, Debug)]
pub struct Approved {
    /// The number of its version among all.
    pub id: i64,
    /// The subject.
    pub subject: String,
    /// The letter.
    pub body: String,
    /// The short message; empty where there is none.
    pub sms: String,
    /// Its language.
    pub lang: Lang,
    /// Tells this text from every other.
    pub digest: String,
    /// Who approved it.
    pub approved_by: String,
    /// When.
    pub approved_at: Instant,
}

/// Something that left the house, or waits in the outbox.
#[derive(Clone, Debug, Queryable)]
pub struct Sent {
    /// Its number.
    pub seq: i64,
    /// For which duty.
    pub duty_id: String,
    /// For which controller; empty for no one in particular.
    pub for_whom: String,
    /// The version that left; none for a call by telephone.
    pub notice_seq: Option<i64>,
    /// The way: `email`, `altinn`, `phone` and so on.
    pub how: String,
    /// To whom.
    pub recipient: String,
    /// The receiver's reference.
    pub reference: Option<String>,
    /// What was said, or what the sender noted.
    pub note: String,
    /// Whether nothing is left to send.
    pub complete: bool,
    /// What left, as JSON text, byte for byte.
    pub content: String,
    /// The key of the message in the outbox.
    pub message_key: Option<String>,
    /// Who sent it.
    pub by: String,
    /// When that was done.
    pub at: Instant,
    /// What the other side answered, once it has arrived.
    pub receipt: Option<String>,
    /// When it arrived.
    pub arrived_at: Option<Instant>,
    /// Whether its duty was told so.
    pub recorded: Option<bool>,
}

/// How a business customer is told, and what we may notify for them.
#[derive(Clone, Debug, Queryable)]
pub struct Contact {
    /// Where they are told.
    pub email: String,
    /// `none`, `first` (the notification that keeps the deadline) or `all`.
    pub authorised: String,
    /// Where that stands, as a contract and its date.
    pub basis: String,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: Instant,
}

macro_rules! version {
    () => {
        (
            (notice_version::seq, notice_version::duty_id, notice_version::for_whom, notice_version::version),
            (notice_version::stage, notice_version::lang, notice_version::subject, notice_version::body),
            (notice_version::sms, notice_version::draft, notice_version::fields, notice_version::facts_version),
            (notice_version::digest, notice_version::by_account, account::name, notice_version::at),
        )
    };
}

type Four<A, B, C, D> = (A, B, C, D);
type Row = (
    Four<i64, String, String, i32>,
    Four<String, String, String, String>,
    Four<String, String, Json, i32>,
    Four<String, Id, String, Instant>,
);

fn version(row: Row) -> Version {
    let ((seq, duty_id, for_whom, version), (stage, lang, subject, body), (sms, draft, fields, facts_version), last) =
        row;
    let (digest, author, by, at) = last;
    Version {
        seq,
        duty_id,
        for_whom,
        version,
        stage,
        lang,
        subject,
        body,
        sms,
        draft,
        fields,
        facts_version,
        digest,
        author,
        by,
        at,
    }
}

/// The versions of a duty's text, the newest first, at most so many.
pub fn versions(
    conn: &mut Conn,
    incident_seq: i64,
    duty: &str,
    for_whom: Option<&str>,
    most: i64,
) -> Result<Vec<Version>, Error> {
    let of = notice_version::table
        .inner_join(account::table)
        .filter(notice_version::incident_seq.eq(incident_seq))
        .filter(notice_version::duty_id.eq(duty))
        .filter(notice_version::for_whom.eq(for_whom.unwrap_or_default()));
    let rows: Vec<Row> = of.order(notice_version::version.desc()).limit(most).select(version!()).load(conn)?;
    Ok(rows.into_iter().map(version).collect())
}

/// The latest version of a duty's text, approved or not.
pub fn latest(
    conn: &mut Conn,
    incident_seq: i64,
    duty: &str,
    for_whom: Option<&str>,
) -> Result<Option<Version>, Error> {
    Ok(versions(conn, incident_seq, duty, for_whom, 1)?.pop())
}

/// The latest version of every text of an incident.
pub fn all_latest(conn: &mut Conn, incident_seq: i64) -> Result<Vec<Version>, Error> {
    let of = notice_version::table
        .inner_join(account::table)
        .filter(notice_version::incident_seq.eq(incident_seq))
        .order(notice_version::seq.desc());
    let rows: Vec<Row> = of.select(version!()).load(conn)?;
    let mut all: Vec<Version> = Vec::new();
    for found in rows.into_iter().map(version) {
        if !all.iter().any(|other| other.duty_id == found.duty_id && other.for_whom == found.for_whom) {
            all.push(found);
        }
    }
    Ok(all)
}

/// The approvals of these versions.
pub fn approvals(conn: &mut Conn, of: &[i64]) -> Result<Vec<Approval>, Error> {
    use notice_approval as a;
    let found = a::table.inner_join(account::table).filter(a::notice_seq.eq_any(of.to_vec()));
    Ok(found.select((a::notice_seq, a::digest, account::name, a::at)).load(conn)?)
}

/// The text of a duty that may leave: the latest version, if somebody approved that one.
pub fn approved(
    conn: &mut Conn,
    incident_seq: i64,
    duty: &str,
    for_whom: Option<&str>,
) -> Result<Option<Approved>, Error> {
    let Some(latest) = latest(conn, incident_seq, duty, for_whom)? else { return Ok(None) };
    let approval = approvals(conn, &[latest.seq])?.pop().filter(|approval| approval.digest == latest.digest);
    Ok(approval.map(|approval| Approved {
        id: latest.seq,
        lang: latest.lang(),
        subject: latest.subject,
        body: latest.body,
        sms: latest.sms,
        digest: latest.digest,
        approved_by: approval.by,
        approved_at: approval.at,
    }))
}

/// Everything that left for an incident, or waits to, the oldest first.
pub fn sent(conn: &mut Conn, incident_seq: i64) -> Result<Vec<Sent>, Error> {
    use notice_receipt as r;
    use notice_sending as s;
    let columns = (
        (s::seq, s::duty_id, s::for_whom, s::notice_seq, s::how, s::recipient, s::reference, s::note),
        (s::complete, s::content, s::message_key, account::name, s::at),
        (r::reply, r::at, r::recorded).nullable(),
    );
    type Row = (
        (i64, String, String, Option<i64>, String, String, Option<String>, String),
        (bool, String, Option<String>, String, Instant),
        Option<(String, Instant, bool)>,
    );
    let of = s::table.inner_join(account::table).left_join(r::table).filter(s::incident_seq.eq(incident_seq));
    let rows: Vec<Row> = of.order(s::seq).select(columns).load(conn)?;
    let sent = |(first, second, receipt): Row| {
        let (seq, duty_id, for_whom, notice_seq, how, recipient, reference, note) = first;
        let (complete, content, message_key, by, at) = second;
        let (receipt, arrived_at, recorded) =
            receipt.map_or((None, None, None), |(reply, at, recorded)| (Some(reply), Some(at), Some(recorded)));
        Sent {
            seq,
            duty_id,
            for_whom,
            notice_seq,
            how,
            recipient,
            reference,
            note,
            complete,
            content,
            message_key,
            by,
            at,
            receipt,
            arrived_at,
            recorded,
        }
    };
    Ok(rows.into_iter().map(sent).collect())
}

/// Where the messages of these keys stand: key, state, what was answered last.
pub fn states(conn: &mut Conn, keys: &[String]) -> Result<Vec<(String, String, Option<String>)>, Error> {
    let of = message::table.filter(message::key.eq_any(keys.to_vec()));
    Ok(of.select((message::key, message::state, message::last_reply)).load(conn)?)
}

/// What is recorded of a business customer last.
pub fn contact(conn: &mut Conn, name: &str) -> Result<Option<Contact>, Error> {
    use controller_version as c;
    let of = c::table.inner_join(account::table).filter(c::name.eq(name)).order(c::seq.desc());
    Ok(of.select((c::email, c::authorised, c::basis, account::name, c::at)).first(conn).optional()?)
}
