//! The verbs of a case. Each is one transaction: what changed, what follows from it, and its line in the timeline.

use chrono::{DateTime, Datelike, Duration, Utc};
use chrono_tz::Europe::Oslo;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::record::{self, Act, Case, assess, record, take, take_open};
use super::reconcile::{Answer, because};
use super::store::{self, Head};
use super::{CaseFile, MOMENTS, differences, refuse, value_at};
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::law::{self, Fact, Facts};
use crate::schema::{closure, idempotency_key, overruling, settlement, submission};

/// How far a clock may be ahead of ours before a moment counts as in the future.
const AHEAD: Duration = Duration::minutes(5);
/// How long an answered request is remembered.
const REMEMBERED: Duration = Duration::days(7);

/// The key of a request that may be repeated without harm.
pub struct Repeatable {
    /// The caller's key.
    pub key: String,
    /// The digest of what was sent.
    pub digest: String,
    /// Writes the answer that a repetition gets again.
    pub answer: fn(&CaseFile) -> String,
}

/// How a request to log an incident ended.
pub enum Logged {
    /// It is logged now.
    New(Head),
    /// The same request was answered before, with this.
    Before(String),
}

/// Logs an incident: the case, its first facts, what follows from them.
pub async fn log_incident(db: &Db, by: Id, facts: Facts, again: Option<Repeatable>, now: DateTime<Utc>) -> Result<Logged, Error> {
    db.write(move |conn| {
        let Some(again) = again else { return log(conn, by, facts, now).map(Logged::New) };
        if let Some(answer) = answered(conn, by, &again)? {
            return Ok(Logged::Before(answer));
        }
        let head = log(conn, by, facts, now)?;
        let case = store::find(conn, &head.reference, now)?;
        remember(conn, by, (&again, (again.answer)(&case)), now)?;
        Ok(Logged::New(head))
    })
    .await
}

fn log(conn: &mut Conn, by: Id, facts: Facts, now: DateTime<Utc>) -> Result<Head, Error> {
    let reference = store::next_reference(conn, now.with_timezone(&Oslo).year())?;
    let head = Head::new(reference, by, now);
    let (moments, stated) = (record::moments_in(&facts), stated(&facts));
    let sent = facts.to_json()["sent"].clone();
    let act = Act { kind: "incident.logged", payload: json!({ "title": facts.title() }), by, now };
    let case = Case { head, facts: Facts::default() };
    let assessed = if stated.is_empty() && sent.is_null() { None } else { Some(assess(conn, &facts, now)?) };
    let head = record(conn, case, facts, act)?;
    let at = Instant::from(now);
    for (which, value) in moments {
        record::state_moment(conn, head.seq, (which, Some(value), ""), (by, at))?;
    }
    for (what, value, reason) in stated {
        let proposed = assessed.as_ref().map_or("", |assessed| proposal(assessed, what));
        overrule(conn, head.seq, (what, Some(value), proposed, &reason), (by, at))?;
    }
    for sending in sent.as_array().into_iter().flatten() {
        let of = |key: &str| sending[key].as_str().map(str::to_owned);
        let when = of("sent_at").and_then(|at| DateTime::parse_from_rfc3339(&at).ok()).map_or(at, |at| at.to_utc().into());
        let sending = Sending {
            duty: of("duty").unwrap_or_default(),
            // With one controller only, nobody has to name it.
            for_whom: of("for").or_else(|| {
                let duty = find_duty(assessed.as_ref()?, sending["duty"].as_str()?, None).ok()?;
                duty.for_whom.as_deref().map(str::to_owned)
            }),
            sent_at: when,
            channel: None,
            reference: None,
            complete: sending["complete"].as_bool().unwrap_or(false),
            stage: of("stage"),
        };
        insert_submission(conn, head.seq, &sending, (by, at))?;
    }
    Ok(head)
}

/// The severity and risk that people stated among the facts, with the reason.
fn stated(facts: &Facts) -> Vec<(&'static str, &'static str, String)> {
    let severity = facts.word(Fact::ProviderSeverity).map(|level| ("severity", level, String::new()));
    let reason = facts.text(Fact::RiskReason).unwrap_or_default().to_owned();
    let risk = facts.word(Fact::Risk).map(|level| ("risk", level, reason));
    severity.into_iter().chain(risk).collect()
}

/// Changes facts by a JSON merge patch; `seen` is the version the caller last saw.
pub async fn change_facts(db: &Db, by: Id, key: String, seen: i32, patch: Value, now: DateTime<Utc>) -> Result<Head, Error> {
    db.write(move |conn| {
        let case = take_open(conn, &key, Some(seen))?;
        let facts = case.facts.patched(&patch).map_err(refuse)?;
        let locked: Vec<FieldError> = case.facts.diff(&facts).into_iter().filter_map(lock).collect();
        if !locked.is_empty() {
            return Err(Error::Invalid(locked));
        }
        let changes = differences(&case.facts, &facts);
        if changes.is_empty() {
            return Ok(case.head);
        }
        record(conn, case, facts, Act { kind: "facts.changed", payload: json!({ "changes": changes }), by, now })
    })
    .await
}

/// Facts that have an action of their own, so that they are never changed in passing.
fn lock(fact: Fact) -> Option<FieldError> {
    let code = match fact {
        fact if MOMENTS.iter().any(|(_, moment)| *moment == fact) => "use_moments",
        Fact::ProviderSeverity => "use_severity",
        Fact::Risk | Fact::RiskReason => "use_risk",
        Fact::Sent => "use_submission",
        Fact::ChangedAt => "set_by_program",
        _ => return None,
    };
    Some(FieldError::new(fact.path(), code))
}

/// States one of the four moments (or takes it back), beside all earlier statements.
pub async fn state_moment(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    (which, value, reason): (String, Option<DateTime<Utc>>, String),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let Some((name, fact)) = MOMENTS.into_iter().find(|(name, _)| *name == which) else {
        let names: Vec<&str> = MOMENTS.iter().map(|(name, _)| *name).collect();
        let fault = FieldError::new("moment", "wrong_choice").with("given", which).with("choices", names);
        return Err(Error::Invalid(vec![fault]));
    };
    let reason = words("reason", &reason, 4_000)?;
    if value.is_some_and(|at| at > now + AHEAD) {
        return Err(Error::field(fact.path(), "in_future"));
    }
    db.write(move |conn| {
        let case = take_open(conn, &key, seen)?;
        let facts = case.facts.patched(&json!({ "timeline": { name: value } })).map_err(refuse)?;
        let value = facts.time(fact).map(Instant::from);
        let was = record::state_moment(conn, case.head.seq, (name, value, &reason), (by, now.into()))?;
        let payload = json!({ "moment": name, "value": value, "was": was, "reason": reason });
        record(conn, case, facts, Act { kind: "moment.stated", payload, by, now })
    })
    .await
}

/// Sets the severity by a person's judgement, or takes it back.
pub async fn overrule_severity(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    (level, reason): (Option<String>, String),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| {
        let patch = json!({ "provider_severity": level });
        overrule_by(conn, by, (&key, seen), ("severity", patch, level.as_deref(), &reason), now)
    })
    .await
}

/// Sets the risk by a person's judgement, or takes it back.
pub async fn overrule_risk(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    (level, reason): (Option<String>, String),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| {
        let kept = level.as_ref().map(|_| &reason);
        let patch = json!({ "personal_data": { "risk": level, "risk_reason": kept } });
        overrule_by(conn, by, (&key, seen), ("risk", patch, level.as_deref(), &reason), now)
    })
    .await
}

fn overrule_by(
    conn: &mut Conn,
    by: Id,
    (key, seen): (&str, Option<i32>),
    (what, patch, level, reason): (&'static str, Value, Option<&str>, &str),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let case = take_open(conn, key, seen)?;
    let facts = case.facts.patched(&patch).map_err(|wrong| at_level(refuse(wrong)))?;
    let assessed = assess(conn, &facts, now)?;
    let proposed = proposal(&assessed, what);
    overrule(conn, case.head.seq, (what, level, proposed, reason), (by, now.into()))?;
    let payload = json!({ "level": level, "proposed": proposed, "reason": reason });
    let kind = if what == "risk" { "risk.overruled" } else { "severity.overruled" };
    record(conn, case, facts, Act { kind, payload, by, now })
}

/// The level is wrong, not the fact it is kept in.
fn at_level(why: Error) -> Error {
    match why {
        Error::Invalid(fields) => Error::Invalid(fields.into_iter().map(|field| FieldError { path: "level".into(), ..field }).collect()),
        other => other,
    }
}

fn proposal(assessed: &law::Assessment, what: &str) -> &'static str {
    let level = |levels: &[&'static str], at: u8| levels.get(usize::from(at)).copied().unwrap_or("undetermined");
    match what {
        "severity" => level(law::severity::LEVELS, assessed.severity.proposed.0),
        _ if assessed.risk.proposed.0 == assessed.risk.proposed.1 => level(law::risk::LEVELS, assessed.risk.proposed.0),
        _ => "undetermined",
    }
}

fn overrule(
    conn: &mut Conn,
    seq: i64,
    (what, value, proposed, reason): (&str, Option<&str>, &str, &str),
    (by, at): (Id, Instant),
) -> Result<(), Error> {
    use overruling as o;
    let row = (o::incident_seq.eq(seq), o::what.eq(what), o::value.eq(value), o::proposed.eq(proposed));
    diesel::insert_into(o::table).values((row, o::reason.eq(reason), o::by_account.eq(by), o::at.eq(at))).execute(conn)?;
    Ok(())
}

/// Answers a duty that the rules leave to a person: not telling is a decision and is kept with all it rested on.
pub async fn settle_duty(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    (duty, for_whom): (String, Option<String>),
    (answer, reason): (Answer, String),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| {
        let case = take_open(conn, &key, seen)?;
        let assessed = assess(conn, &case.facts, now)?;
        let rule = find_duty(&assessed, &duty, for_whom.as_deref())?;
        if !rule.state.is_open() {
            return Err(Error::conflict("duty-not-open"));
        }
        let word = if answer == Answer::Required { "required" } else { "not_required" };
        let questions = snapshot(&case.facts, &assessed, rule);
        use settlement as s;
        let name = rule.for_whom.as_deref().unwrap_or_default().to_owned();
        let row = (s::incident_seq.eq(case.head.seq), s::duty_id.eq(&duty), s::for_whom.eq(&name), s::answer.eq(word));
        let row = (row, s::rule_state.eq(rule.state.word()), s::rules_version.eq(assessed.rules_version));
        let row = (row, s::questions.eq(store::json(questions)?), s::reason.eq(&reason));
        let row = (row, s::by_account.eq(by), s::at.eq(Instant::from(now)));
        let settled: i64 = diesel::insert_into(s::table).values(row).returning(s::seq).get_result(conn)?;
        store::hold(conn, case.head.seq, (&duty, &name), settled)?;
        let payload = json!({ "duty": duty, "for": rule.for_whom, "answer": word, "reason": reason, "rule_state": rule.state });
        let facts = case.facts.clone();
        record(conn, case, facts, Act { kind: "duty.settled", payload, by, now })
    })
    .await
}

/// What was asked and known when a duty was settled, as art. 33(5) wants it kept.
fn snapshot(facts: &Facts, assessed: &law::Assessment, rule: &law::Duty) -> Value {
    let known = facts.to_json();
    let because: Vec<Value> =
        because(rule).into_iter().map(|path| json!({ "value": value_at(&known, &path), "path": path })).collect();
    json!({
        "state": rule.state, "basis": rule.basis, "rule_from": rule.rule_from, "because": because,
        "unknown": rule.decided_by, "severity": assessed.severity_level(), "risk": assessed.risk_level(),
    })
}

/// The duty by its id, and by its controller where there are several.
pub(super) fn find_duty<'a>(assessed: &'a law::Assessment, id: &str, for_whom: Option<&str>) -> Result<&'a law::Duty, Error> {
    let all: Vec<&law::Duty> = assessed.duties.iter().filter(|duty| duty.id == id).collect();
    match (all.as_slice(), for_whom) {
        ([], _) => Err(Error::NotFound),
        ([only], None) => Ok(only),
        (several, None) => {
            let names: Vec<&str> = several.iter().filter_map(|duty| duty.for_whom.as_deref()).collect();
            Err(Error::Invalid(vec![FieldError::new("for", "which_controller").with("choices", names)]))
        }
        (several, Some(name)) => {
            several.iter().find(|duty| duty.for_whom.as_deref() == Some(name)).copied().ok_or(Error::NotFound)
        }
    }
}

/// Something that has gone out, to be recorded.
pub struct Sending {
    /// The duty's stable id.
    pub duty: String,
    /// The controller it is for.
    pub for_whom: Option<String>,
    /// When it went out.
    pub sent_at: Instant,
    /// How.
    pub channel: Option<String>,
    /// The receiver's reference.
    pub reference: Option<String>,
    /// Whether nothing is left to send.
    pub complete: bool,
    /// Which of several stages.
    pub stage: Option<String>,
}

/// Records that a notification was sent.
pub async fn record_submission(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    sending: Sending,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    if sending.sent_at.utc() > now + AHEAD {
        return Err(Error::field("sent_at", "in_future"));
    }
    db.write(move |conn| {
        let case = take_open(conn, &key, seen)?;
        let assessed = assess(conn, &case.facts, now)?;
        let for_whom = find_duty(&assessed, &sending.duty, sending.for_whom.as_deref())?.for_whom.clone();
        let sending = Sending { for_whom: for_whom.map(String::from), ..sending };
        let mut json = case.facts.to_json();
        let mut all = json["sent"].as_array().cloned().unwrap_or_default();
        let place = format!("sent[{}].", all.len());
        all.push(json!({
            "duty": sending.duty, "for": sending.for_whom, "stage": sending.stage,
            "sent_at": sending.sent_at, "complete": sending.complete,
        }));
        json["sent"] = all.into();
        let facts = Facts::from_json(&json).map_err(|wrong| without(&place, refuse(wrong)))?;
        insert_submission(conn, case.head.seq, &sending, (by, now.into()))?;
        let payload = json!({
            "duty": sending.duty, "for": sending.for_whom, "sent_at": sending.sent_at, "channel": sending.channel,
            "reference": sending.reference, "complete": sending.complete, "stage": sending.stage,
        });
        record(conn, case, facts, Act { kind: "submission.recorded", payload, by, now })
    })
    .await
}

/// The same faults with the paths that the caller knows.
fn without(place: &str, why: Error) -> Error {
    let strip = |field: FieldError| FieldError { path: field.path.replace(place, ""), ..field };
    match why {
        Error::Invalid(fields) => Error::Invalid(fields.into_iter().map(strip).collect()),
        other => other,
    }
}

fn insert_submission(conn: &mut Conn, seq: i64, sending: &Sending, (by, at): (Id, Instant)) -> Result<(), Error> {
    use submission as s;
    let for_whom = sending.for_whom.as_deref().unwrap_or_default();
    let row = (s::incident_seq.eq(seq), s::duty_id.eq(&sending.duty), s::for_whom.eq(for_whom), s::sent_at.eq(sending.sent_at));
    let row = (row, s::channel.eq(&sending.channel), s::reference.eq(&sending.reference), s::complete.eq(sending.complete));
    let row = (row, s::stage.eq(&sending.stage), s::by_account.eq(by), s::recorded_at.eq(at));
    diesel::insert_into(s::table).values(row).execute(conn)?;
    Ok(())
}

/// Assesses the same facts anew, as when time has passed or the rules have changed.
pub async fn assess_again(db: &Db, by: Id, key: String, now: DateTime<Utc>) -> Result<Head, Error> {
    db.write(move |conn| {
        let case = take_open(conn, &key, None)?;
        let facts = case.facts.clone();
        record(conn, case, facts, Act { kind: "assessment.made", payload: json!({}), by, now })
    })
    .await
}

/// Closes a case; one with open duties is refused, and they are named.
pub async fn close(db: &Db, by: Id, (key, seen): (String, Option<i32>), reason: String, now: DateTime<Utc>) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| {
        take_open(conn, &key, seen)?;
        let case = store::find(conn, &key, now)?;
        let name = |duty: &super::DutyStatus| match &duty.duty.for_whom {
            Some(name) => format!("{} ({name})", duty.duty.id),
            None => duty.duty.id.to_owned(),
        };
        let open: Vec<String> = case.open_duties().into_iter().map(name).collect();
        if !open.is_empty() {
            return Err(Error::Conflict { code: "open-duties", about: [("duties".to_owned(), json!(open))].into_iter().collect() });
        }
        end(conn, case.head, ("closed", "incident.closed", &reason), by, now)
    })
    .await
}

/// Opens a closed case again.
pub async fn reopen(db: &Db, by: Id, (key, seen): (String, Option<i32>), reason: String, now: DateTime<Utc>) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| {
        let case = take(conn, &key, seen)?;
        if case.head.status == "open" {
            return Err(Error::conflict("not-closed"));
        }
        end(conn, case.head, ("reopened", "incident.reopened", &reason), by, now)
    })
    .await
}

fn end(conn: &mut Conn, mut head: Head, (what, kind, reason): (&str, &str, &str), by: Id, now: DateTime<Utc>) -> Result<Head, Error> {
    use closure as c;
    let at = Instant::from(now);
    let row = (c::incident_seq.eq(head.seq), c::what.eq(what), c::reason.eq(reason), c::by_account.eq(by), c::at.eq(at));
    diesel::insert_into(c::table).values(row).execute(conn)?;
    head.version += 1;
    head.status = if what == "closed" { "closed" } else { "open" }.to_owned();
    head.updated_at = at;
    diesel::update(crate::schema::incident::table.find(head.seq)).set(&head).execute(conn)?;
    record::line(conn, &head, (kind, json!({ "reason": reason })), (by, at))?;
    Ok(head)
}

/// A text a person must give: not blank, not too long.
pub(super) fn words(field: &str, text: &str, most: usize) -> Result<String, Error> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Error::field(field, "missing")),
        given if given > most => {
            Err(Error::Invalid(vec![FieldError::new(field, "too_long").with("max", most).with("given", given)]))
        }
        _ => Ok(text.to_owned()),
    }
}

/// What the same request was answered before, or that the key was used for another.
fn answered(conn: &mut Conn, by: Id, again: &Repeatable) -> Result<Option<String>, Error> {
    use idempotency_key as k;
    let kept: Option<(String, String)> =
        k::table.find((by, &again.key)).select((k::digest, k::body)).first(conn).optional()?;
    match kept {
        Some((digest, body)) if digest == again.digest => Ok(Some(body)),
        Some(_) => Err(Error::field("Idempotency-Key", "key_used")),
        None => Ok(None),
    }
}

fn remember(conn: &mut Conn, by: Id, (again, body): (&Repeatable, String), now: DateTime<Utc>) -> Result<(), Error> {
    use idempotency_key as k;
    diesel::delete(k::table.filter(k::created_at.lt(Instant::from(now - REMEMBERED)))).execute(conn)?;
    let row = (k::account_id.eq(by), k::key.eq(&again.key), k::digest.eq(&again.digest), k::status.eq(201));
    diesel::insert_into(k::table).values((row, k::body.eq(body), k::created_at.eq(Instant::from(now)))).execute(conn)?;
    Ok(())
}
