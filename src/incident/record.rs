//! Writes what an action brings about: facts, assessment, duties, timeline line and head, in the caller's transaction.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Map, Value, json};

use super::reconcile::{Step, reconcile};
use super::store::{self, Head};
use super::{MOMENTS, Settings, differences, settings, told};
use crate::account::Sight;
use crate::audit::{self, Entry};
use crate::db::{Conn, Id, Instant, Json, insert_many};
use crate::error::Error;
use crate::law::{self, Assessment, Fact, Facts, State};
use crate::schema::{assessment, duty, facts_version, incident, moment, timeline};

/// A case taken up for writing.
pub(super) struct Case {
    pub(super) head: Head,
    pub(super) facts: Facts,
}

/// Who does what, and when.
pub(super) struct Act {
    /// The stable word for the timeline.
    pub(super) kind: &'static str,
    /// The particulars for the timeline.
    pub(super) payload: Value,
    /// Who; nobody where time alone brings it about.
    pub(super) by: Option<Id>,
    pub(super) now: DateTime<Utc>,
}

/// Takes a case up for writing; refuses when the caller cannot see it, or last saw another version.
pub(super) fn take(conn: &mut Conn, by: Id, key: &str, seen: Option<i32>) -> Result<Case, Error> {
    let head = store::head(conn, key, Sight::of(by))?;
    let facts = store::facts_at(conn, head.seq, head.version)?;
    match seen {
        Some(seen) if seen != head.version => {
            let then = store::facts_at(conn, head.seq, seen.clamp(1, head.version))?;
            Err(Error::Stale { current: head.version, changes: differences(&then, &facts).into() })
        }
        _ => Ok(Case { head, facts }),
    }
}

/// Takes a case up that must be open.
pub(super) fn take_open(conn: &mut Conn, by: Id, key: &str, seen: Option<i32>) -> Result<Case, Error> {
    let case = take(conn, by, key, seen)?;
    if case.head.status == "open" { Ok(case) } else { Err(Error::conflict("closed")) }
}

/// Assesses facts with the company's switches and numbers.
pub(super) fn assess(conn: &mut Conn, facts: &Facts, now: DateTime<Utc>) -> Result<Assessment, Error> {
    let settings = Settings::load(conn)?;
    Ok(law::assess(&settings.complete(facts)?, now, &settings.thresholds)?)
}

/// Writes the next version of a case with these facts, and answers its new head.
pub(super) fn record(conn: &mut Conn, case: Case, facts: Facts, act: Act) -> Result<Head, Error> {
    // Everything in a case is reckoned by its own clock; only what is looked for among all cases is told by everybody's.
    let here = case.head.here(act.now);
    let (facts, assessed) = judge(conn, &case, facts, here)?;
    let new_facts = facts != case.facts;
    let Case { mut head, .. } = case;
    let is_new = head.version == 0;
    let (old, standings) = match is_new {
        true => (Vec::new(), Vec::new()),
        false => (rows(conn, head.seq)?, store::standings(conn, head.seq)?),
    };
    let steps = reconcile(&standings, &assessed);
    let before = (head.severity.clone(), head.risk.clone());
    // A version stands for what people know and did: time alone makes nobody's form stale.
    head.version += i32::from(act.by.is_some() || new_facts);
    fill(&mut head, &facts, (&assessed, &steps));
    let is_same =
        before == (head.severity.clone(), head.risk.clone()) && steps.iter().all(|step| step.change.is_none());
    if act.by.is_none() && !new_facts && is_same {
        diesel::update(incident::table.find(head.seq)).set(&head).execute(conn)?;
        return Ok(head);
    }
    head.updated_at = store::next_update(conn, act.now)?;
    head.judged_under = settings::judging(conn)?;
    if is_new {
        head.seq = insert_head(conn, &head)?;
    } else {
        diesel::update(incident::table.find(head.seq)).set(&head).execute(conn)?;
    }
    let (seq, at, by) = (head.seq, Instant::from(here), act.by);
    if is_new || new_facts {
        use facts_version as f;
        let row = (f::incident_seq.eq(seq), f::version.eq(head.version), f::facts.eq(store::json(facts.to_json())?));
        diesel::insert_into(f::table).values((row, f::by_account.eq(by), f::at.eq(at))).execute(conn)?;
    }
    write_assessment(conn, &head, &assessed, (by, at))?;
    write_duties(conn, seq, (&old, &steps), (at, act.now.into()))?;
    store::figure::write(conn, &head, &facts)?;
    let mut payload = act.payload;
    payload["consequences"] = consequences(before, &head, &steps);
    line(conn, &head, (act.kind, payload), (by, act.now.into()))?;
    Ok(head)
}

/// Assesses, and notes a change that Nkom has to hear of when something was sent there before.
fn judge(conn: &mut Conn, case: &Case, facts: Facts, now: DateTime<Utc>) -> Result<(Facts, Assessment), Error> {
    let assessed = assess(conn, &facts, now)?;
    let new_severity = assessed.severity_level() != case.head.severity;
    match noted(&case.facts, &facts, new_severity, now)?.filter(|_| case.head.version > 0) {
        None => Ok((facts, assessed)),
        Some(facts) => {
            let assessed = assess(conn, &facts, now)?;
            Ok((facts, assessed))
        }
    }
}

/// The facts with the note that something changed that Nkom has to hear of; none when nothing was sent there before, or
/// nothing changed that matters to them.
pub(super) fn noted(
    before: &Facts,
    facts: &Facts,
    new_severity: bool,
    now: DateTime<Utc>,
) -> Result<Option<Facts>, Error> {
    let told =
        facts.items(Fact::Sent).iter().any(|sent| sent.word(Fact::SentDuty).is_some_and(|id| id.starts_with("nkom-")));
    let of_note = |fact: &Fact| fact.path().starts_with("services.") || fact.path().starts_with("cause.");
    if !told || !(new_severity || before.diff(facts).iter().any(of_note)) {
        return Ok(None);
    }
    facts.patched(&json!({ "timeline": { "changed_at": now } })).map(Some).map_err(super::refuse)
}

fn fill(head: &mut Head, facts: &Facts, (assessed, steps): (&Assessment, &[Step<'_>])) {
    let count =
        |state: State| i32::try_from(steps.iter().filter(|step| step.state == state).count()).unwrap_or(i32::MAX);
    let next = steps.iter().filter(|step| step.state.is_open()).filter_map(|step| step.duty?.counts_down_to()).min();
    let states = steps.iter().filter_map(|step| Some((step.duty?.id, step.state)));
    head.title = facts.title().to_owned();
    head.severity = assessed.severity_level().to_owned();
    head.may_rise_to =
        law::severity::LEVELS.get(usize::from(assessed.severity.high)).copied().unwrap_or_default().to_owned();
    head.risk = assessed.risk_level().to_owned();
    head.must_be_told = told(states).0.to_owned();
    head.next_due_at = next.map(Instant::from);
    head.holds_until = assessed.holds_until.and_then(|until| head.clock().real_of(until)).map(Instant::from);
    head.required = count(State::Required);
    head.undetermined = count(State::Undetermined);
    head.fulfilled = count(State::Fulfilled);
    head.exempt = count(State::Exempt);
}

/// Writes the head of a case that is there already.
pub(super) fn save_head(conn: &mut Conn, head: &Head) -> Result<(), Error> {
    diesel::update(incident::table.find(head.seq)).set(head).execute(conn)?;
    Ok(())
}

fn insert_head(conn: &mut Conn, head: &Head) -> Result<i64, Error> {
    use incident as i;
    let row = (
        (i::id.eq(head.id), i::reference.eq(&head.reference), i::title.eq(&head.title), i::status.eq(&head.status)),
        (i::version.eq(head.version), i::severity.eq(&head.severity), i::may_rise_to.eq(&head.may_rise_to)),
        (i::risk.eq(&head.risk), i::must_be_told.eq(&head.must_be_told), i::next_due_at.eq(head.next_due_at)),
        (i::holds_until.eq(head.holds_until), i::required.eq(head.required), i::undetermined.eq(head.undetermined)),
        (i::fulfilled.eq(head.fulfilled), i::exempt.eq(head.exempt), i::opened_by.eq(head.opened_by)),
        (i::created_at.eq(head.created_at), i::updated_at.eq(head.updated_at), i::judged_under.eq(head.judged_under)),
        (i::clock_real.eq(head.clock_real), i::clock_here.eq(head.clock_here), i::clock_factor.eq(head.clock_factor)),
    );
    Ok(diesel::insert_into(i::table).values(row).returning(i::seq).get_result(conn)?)
}

fn write_assessment(
    conn: &mut Conn,
    head: &Head,
    assessed: &Assessment,
    (by, at): (Option<Id>, Instant),
) -> Result<(), Error> {
    use assessment as a;
    let row = (a::incident_seq.eq(head.seq), a::version.eq(head.version), a::rules_version.eq(assessed.rules_version));
    let row = (row, a::answer.eq(lean(assessed)?), a::by_account.eq(by), a::at.eq(at));
    diesel::insert_into(a::table).values(row).execute(conn)?;
    Ok(())
}

/// The assessment as it is kept: of a duty that is not required, only that, since when the rule holds, and why.
fn lean(assessed: &Assessment) -> Result<Json, Error> {
    let mut kept = store::json(assessed)?;
    let duties = kept.0["duties"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut);
    for duty in duties.filter(|duty| duty.get("state").is_some_and(|state| state == State::NotRequired.word())) {
        duty.retain(|name, _| matches!(name.as_str(), "id" | "for" | "state" | "rule_from" | "because"));
    }
    Ok(kept)
}

/// A duty's row without its number.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = duty, treat_none_as_null = true)]
struct Row {
    incident_seq: i64,
    duty_id: String,
    for_whom: String,
    state: String,
    rule_state: String,
    basis: String,
    clock_from: String,
    starts_at: Option<Instant>,
    due_at: Option<Instant>,
    target_at: Option<Instant>,
    next_at: Option<Instant>,
    opened_at: Instant,
    changed_at: Instant,
    settlement_seq: Option<i64>,
    armed_at: Option<Instant>,
    remind_at: Option<Instant>,
}

fn rows(conn: &mut Conn, seq: i64) -> Result<Vec<Row>, Error> {
    Ok(duty::table.filter(duty::incident_seq.eq(seq)).select(Row::as_select()).load(conn)?)
}

fn write_duties(
    conn: &mut Conn,
    seq: i64,
    (old, steps): (&[Row], &[Step<'_>]),
    (at, real): (Instant, Instant),
) -> Result<(), Error> {
    let mut new = Vec::new();
    for step in steps {
        match old.iter().find(|row| row.duty_id == step.id && row.for_whom == step.for_whom) {
            None => new.push(row(seq, step, (at, at), None, (at, real))),
            Some(was) => {
                let now = row(seq, step, (was.opened_at, was.changed_at), Some(was), (at, real));
                if now != *was {
                    let of = duty::table.filter(duty::incident_seq.eq(seq)).filter(duty::duty_id.eq(&step.id));
                    diesel::update(of.filter(duty::for_whom.eq(&step.for_whom)))
                        .set(Row { changed_at: at, ..now })
                        .execute(conn)?;
                }
            }
        }
    }
    if !new.is_empty() {
        insert_many!(conn, duty::table, &new)?;
    }
    Ok(())
}

fn row(
    incident_seq: i64,
    step: &Step<'_>,
    (opened_at, changed_at): (Instant, Instant),
    was: Option<&Row>,
    (now, real): (Instant, Instant),
) -> Row {
    let rule = step.duty;
    let next_at = rule.and_then(|rule| rule.counts_down_to()).map(Instant::from);
    // Another state or another deadline is looked at at once by whoever reminds, and nobody is reminded of the old one.
    let same = was.filter(|was| was.state == step.state.word() && was.next_at == next_at);
    let deadline = rule.map(|rule| &rule.deadline);
    let kept = |of: fn(&Row) -> &String| was.map(of).cloned().unwrap_or_default();
    Row {
        incident_seq,
        duty_id: step.id.clone(),
        for_whom: step.for_whom.clone(),
        state: step.state.word().to_owned(),
        rule_state: rule.map_or(State::NotRequired, |rule| rule.state).word().to_owned(),
        basis: rule.map_or_else(|| kept(|row| &row.basis), |rule| rule.basis.to_owned()),
        clock_from: rule.map_or_else(|| kept(|row| &row.clock_from), |rule| rule.clock.from.to_string()),
        starts_at: rule.and_then(|rule| rule.clock.starts_at).map(Instant::from),
        due_at: deadline.and_then(|deadline| deadline.due_at).map(Instant::from),
        target_at: deadline.and_then(|deadline| deadline.target_at).map(Instant::from),
        next_at,
        opened_at,
        changed_at,
        settlement_seq: step.settlement,
        armed_at: same.map_or(Some(now), |was| was.armed_at),
        remind_at: same.map_or_else(|| step.state.is_open().then_some(real), |was| was.remind_at),
    }
}

/// What followed, for the timeline: severity and risk where they changed, and every duty that did.
fn consequences((severity, risk): (String, String), head: &Head, steps: &[Step<'_>]) -> Value {
    let mut all = Map::new();
    if severity != head.severity {
        all.insert(
            "severity".into(),
            json!({ "from": word(&severity), "to": head.severity, "may_rise_to": head.may_rise_to }),
        );
    }
    if risk != head.risk {
        all.insert("risk".into(), json!({ "from": word(&risk), "to": head.risk }));
    }
    let duties: Vec<_> = steps.iter().filter_map(|step| step.change.as_ref()).collect();
    if !duties.is_empty() {
        all.insert("duties".into(), json!(duties));
    }
    Value::Object(all)
}

fn word(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Writes a line of the timeline, and of the audit chain; the instant is everybody's, and the timeline has the case's own.
pub(super) fn line(
    conn: &mut Conn,
    head: &Head,
    (kind, payload): (&str, Value),
    (by, at): (Option<Id>, Instant),
) -> Result<(), Error> {
    use timeline as t;
    let detail = payload.clone();
    audit::append(conn, &Entry { actor: by, address: "", what: kind, subject: &head.reference, detail }, at)?;
    let row = (t::incident_seq.eq(head.seq), t::version.eq(head.version), t::kind.eq(kind));
    let here = Instant::from(head.here(at.utc()));
    let row = (row, t::payload.eq(store::json(payload)?), t::by_account.eq(by), t::at.eq(here));
    let real = head.is_drill().then_some(at);
    diesel::insert_into(t::table).values((row, t::real_at.eq(real))).execute(conn)?;
    // Whatever changes a case writes a line, so nothing that is searched can be forgotten here.
    store::words::write(conn, head.seq)
}

/// Writes a statement of a moment beside the earlier ones, and answers the one it corrects.
pub(super) fn state_moment(
    conn: &mut Conn,
    seq: i64,
    (which, value, reason): (&str, Option<Instant>, &str),
    (by, at): (Id, Instant),
) -> Result<Option<Instant>, Error> {
    use moment as m;
    let stated = m::table.filter(m::incident_seq.eq(seq)).filter(m::which.eq(which));
    let last: Option<(i64, Option<Instant>)> =
        stated.order(m::seq.desc()).select((m::seq, m::value)).first(conn).optional()?;
    let row = (m::incident_seq.eq(seq), m::which.eq(which), m::value.eq(value), m::reason.eq(reason));
    let row = (row, m::supersedes.eq(last.map(|last| last.0)), m::stated_by.eq(by), m::recorded_at.eq(at));
    diesel::insert_into(m::table).values(row).execute(conn)?;
    Ok(last.and_then(|last| last.1))
}

/// The moments that the facts hold.
pub(super) fn moments_in(facts: &Facts) -> Vec<(&'static str, Instant)> {
    MOMENTS.iter().filter_map(|(name, fact)| Some((*name, facts.time(*fact)?.into()))).collect()
}
