//! The queries on the case file.

use chrono::{DateTime, Utc};
use diesel::dsl::{count_star, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde::Serialize;

use super::reconcile::{Answer, Settled, Standing, because, effective, holds};
use super::settings::Settings;
use super::{CaseFile, DutyStatus};
use crate::account::Sight;
use crate::account::store::in_sight;
use crate::db::{Conn, Id, Instant, Json};
use crate::error::Error;
use crate::law::{self, Facts, State};
use crate::schema::{
    account, assessment, closure, duty, facts_version, incident, moment, overruling, reference_counter, settlement,
    submission, timeline,
};

pub mod figure;
mod list;
mod people;
mod readers;
mod report;
mod rows;
mod told;
pub mod words;

pub use list::{Filter, KINDS, Listed, Page, list, rows as list_rows};
pub(super) use people::People;
pub use people::may_own;
pub(super) use readers::set_readers;
pub use readers::{left_alone, readers};
pub use report::{Page as Reports, forget_contact, own as own_report, own_all as own_reports};
pub use report::{Remark, Report, of_case as report_of};
pub(super) use report::{insert as insert_report, insert_remark};
pub use rows::clock_of;
pub use rows::{Assessed, Closure, Head, Line, Moment, Overruling, Owner, Settlement, Submission};
pub use told::{BY_LETTER, Figures, figures};

/// Those of these references whose incident may be seen.
pub fn seen_of(conn: &mut Conn, references: Vec<String>, sight: Sight) -> Result<Vec<String>, Error> {
    let seen = incident::table.filter(incident::reference.eq_any(references)).filter(in_sight(sight.with_drills()));
    Ok(seen.select(incident::reference).load(conn)?)
}

/// Whether a case is open, written out as its indexes are: what is bound to a statement opens no partial index of SQLite's.
pub fn is_open() -> SqlLiteral<Bool> {
    sql("incident.status = 'open'")
}

/// Whether a duty is open, written out likewise.
pub fn is_open_duty() -> SqlLiteral<Bool> {
    sql("duty.state IN ('required', 'undetermined')")
}

/// How many incidents in sight are open, by their certain severity.
pub fn open_by_severity(conn: &mut Conn, sight: Sight) -> Result<Vec<(String, i64)>, Error> {
    let open = incident::table.filter(is_open()).filter(in_sight(sight)).group_by(incident::severity);
    Ok(open.select((incident::severity, count_star())).load(conn)?)
}

/// Finds the head of a case by its id or its reference; one that is out of sight is not there.
pub fn head(conn: &mut Conn, key: &str, sight: Sight) -> Result<Head, Error> {
    let query = incident::table.filter(in_sight(sight.with_drills())).select(Head::as_select());
    Ok(match Id::parse(key) {
        Some(id) => query.filter(incident::id.eq(id)).first(conn)?,
        None => query.filter(incident::reference.eq(key)).first(conn)?,
    })
}

/// The facts as they stood at a version of the case.
pub fn facts_at(conn: &mut Conn, seq: i64, version: i32) -> Result<Facts, Error> {
    let stored: Json = facts_version::table
        .filter(facts_version::incident_seq.eq(seq))
        .filter(facts_version::version.le(version))
        .order(facts_version::version.desc())
        .select(facts_version::facts)
        .first(conn)?;
    // Facts were checked on their way in; a rule that has become stricter since must not lock the case.
    Facts::from_stored(&stored.0).map_err(|wrong| Error::internal(format!("stored facts of incident {seq}: {wrong:?}")))
}

/// The facts as a version of a case had them, with who gave it and when.
pub struct Version {
    /// The version of the case.
    pub version: i32,
    /// The facts.
    pub facts: Facts,
    /// Who gave them; nobody where time did.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}

/// Every version of the facts, the oldest first.
pub fn versions(conn: &mut Conn, seq: i64) -> Result<Vec<Version>, Error> {
    use facts_version as f;
    let of = f::table.left_join(account::table).filter(f::incident_seq.eq(seq)).order(f::version);
    let rows: Vec<(i32, Json, Option<String>, Instant)> =
        of.select((f::version, f::facts, account::name.nullable(), f::at)).load(conn)?;
    let one = |(version, facts, by, at): (i32, Json, Option<String>, Instant)| {
        let facts = Facts::from_stored(&facts.0)
            .map_err(|wrong| Error::internal(format!("stored facts of incident {seq}: {wrong:?}")))?;
        Ok(Version { version, facts, by, at })
    };
    rows.into_iter().map(one).collect()
}

/// Finds a whole case by its id or its reference, assessed at a real instant by its own clock.
pub fn find(conn: &mut Conn, key: &str, sight: Sight, real: DateTime<Utc>) -> Result<CaseFile, Error> {
    let head = head(conn, key, sight)?;
    let (seq, now) = (head.seq, head.here(real));
    let (people, named) = (People::all(conn)?, readers(conn, seq)?);
    let facts = facts_at(conn, seq, head.version)?;
    let settings = Settings::load(conn)?;
    let assessment = law::assess(&settings.complete(&facts)?, now, &settings.thresholds)?;
    let duties = duties(conn, seq, &assessment)?;
    Ok(CaseFile {
        opened_by: people.name(head.opened_by),
        owner: people.owner(&head),
        may_own: people.owners(&named, &head),
        readers: head.restricted_at.map(|_| people.named(&named)),
        may_read: people.readers(&head),
        report: report_of(conn, seq)?,
        duties,
        moments: moments(conn, seq)?,
        timeline: timeline(conn, seq)?,
        overrulings: overrulings(conn, seq)?,
        closures: closures(conn, seq)?,
        attachments: super::attachment::store::list(conn, seq)?,
        comments: super::comment::store::newest(conn, seq, 3)?,
        tasks: super::task::store::open(conn, seq)?,
        figures: figures(conn, seq)?,
        drill: if head.is_drill() { super::drill::store::drill(conn, seq)? } else { None },
        head,
        known: facts.to_json(),
        settings,
        facts,
        assessment,
        now,
    })
}

/// The rule's answers joined with what people decided and did.
pub(super) fn duties(conn: &mut Conn, seq: i64, assessment: &law::Assessment) -> Result<Vec<DutyStatus>, Error> {
    let settlements = settlements(conn, seq)?;
    let sent = submissions(conn, seq)?;
    type Row = (String, String, Instant, Option<i64>);
    let columns = (duty::duty_id, duty::for_whom, duty::opened_at, duty::settlement_seq);
    let rows: Vec<Row> = duty::table.filter(duty::incident_seq.eq(seq)).select(columns).load(conn)?;
    let status = |rule: &law::Duty| {
        let for_whom = rule.for_whom.as_deref().unwrap_or_default();
        let row = rows.iter().find(|row| row.0 == rule.id && row.1 == for_whom);
        let settlement = row.and_then(|row| row.3).and_then(|seq| settlements.iter().find(|s| s.seq == seq));
        // Time may have changed the rule's answer since the last action.
        let settlement = settlement.filter(|s| holds(&settled(s), rule.state, &because(rule)));
        DutyStatus {
            state: effective(rule.state, settlement.map(|s| settled(s).answer)),
            settlement: settlement.cloned(),
            submissions: sent.iter().filter(|s| s.duty == rule.id && s.for_whom == for_whom).cloned().collect(),
            opened_at: row.map(|row| row.2.utc()),
            duty: rule.clone(),
        }
    };
    Ok(assessment.duties.iter().map(status).collect())
}

/// A settlement as far as it matters for comparing.
pub(super) fn settled(row: &Settlement) -> Settled {
    let answer = if row.answer == "required" { Answer::Required } else { Answer::NotRequired };
    let because = row.questions.0["because"].as_array().into_iter().flatten();
    let because = because.filter_map(|entry| entry["path"].as_str().map(str::to_owned)).collect();
    Settled { seq: row.seq, answer, rule_state: state(&row.rule_state), because }
}

/// The state a word names; a word nobody knows is taken as open, so that it is looked at.
pub fn state(word: &str) -> State {
    let all = [State::Required, State::Fulfilled, State::Exempt, State::NotRequired];
    all.into_iter().find(|state| state.word() == word).unwrap_or(State::Undetermined)
}

/// The duties that stand in a case, for comparing.
pub(super) fn standings(conn: &mut Conn, seq: i64) -> Result<Vec<Standing>, Error> {
    let settlements = settlements(conn, seq)?;
    type Row = (String, String, String, Option<Instant>, Option<i64>);
    let columns = (duty::duty_id, duty::for_whom, duty::state, duty::next_at, duty::settlement_seq);
    let rows: Vec<Row> = duty::table.filter(duty::incident_seq.eq(seq)).select(columns).load(conn)?;
    let standing = |(id, for_whom, word, next_at, held): Row| Standing {
        id,
        for_whom,
        state: state(&word),
        next_at: next_at.map(Instant::utc),
        settlement: held.and_then(|seq| settlements.iter().find(|s| s.seq == seq)).map(settled),
    };
    Ok(rows.into_iter().map(standing).collect())
}

/// Lets a settlement hold for a duty from now on.
pub(super) fn hold(conn: &mut Conn, seq: i64, (id, for_whom): (&str, &str), settlement: i64) -> Result<(), Error> {
    let of =
        duty::table.filter(duty::incident_seq.eq(seq)).filter(duty::duty_id.eq(id)).filter(duty::for_whom.eq(for_whom));
    diesel::update(of).set(duty::settlement_seq.eq(settlement)).execute(conn)?;
    Ok(())
}

macro_rules! children {
    ($(#[$doc:meta] $name:ident -> $row:ident from $table:ident ($($column:ident),*);)*) => {$(
        #[$doc]
        pub fn $name(conn: &mut Conn, seq: i64) -> Result<Vec<$row>, Error> {
            Ok($table::table
                .inner_join(account::table)
                .filter($table::incident_seq.eq(seq))
                .order($table::seq)
                .select(($($table::$column,)* account::name, children!(@at $table)))
                .load(conn)?)
        }
    )*};
    (@at moment) => { moment::recorded_at };
    (@at submission) => { submission::recorded_at };
    (@at $table:ident) => { $table::at };
}

children! {
    /// Every statement of a moment, the oldest first.
    moments -> Moment from moment (seq, which, value, reason, supersedes);
    /// Severity and risk that a person set, the oldest first.
    overrulings -> Overruling from overruling (seq, what, value, proposed, reason);
    /// Closings and reopenings, the oldest first.
    closures -> Closure from closure (seq, what, reason);
    /// People's answers to duties, the oldest first.
    settlements -> Settlement from settlement (seq, duty_id, for_whom, answer, rule_state, rules_version, questions, reason);
    /// What was sent, the oldest first.
    submissions -> Submission from submission (seq, duty_id, for_whom, sent_at, channel, reference, complete, stage);
}

/// What happened, the oldest first.
pub fn timeline(conn: &mut Conn, seq: i64) -> Result<Vec<Line>, Error> {
    use timeline as t;
    let columns = (t::seq, t::version, t::kind, t::payload, account::name.nullable(), t::at, t::real_at);
    let of = t::table.left_join(account::table).filter(t::incident_seq.eq(seq));
    Ok(of.order(t::seq).select(columns).load(conn)?)
}

/// Every assessment as it was made, the oldest first.
pub fn assessments(conn: &mut Conn, seq: i64) -> Result<Vec<Assessed>, Error> {
    use assessment as a;
    let columns = (a::seq, a::version, a::rules_version, a::answer, account::name.nullable(), a::at);
    let of = a::table.left_join(account::table).filter(a::incident_seq.eq(seq));
    Ok(of.order(a::seq).select(columns).load(conn)?)
}

/// The open cases whose stored answer time alone has changed, the longest outdated first, at most so many.
pub(super) fn outdated(conn: &mut Conn, now: DateTime<Utc>, most: i64) -> Result<Vec<i64>, Error> {
    use incident as i;
    let due = i::table.filter(i::holds_until.lt(Instant::from(now)));
    Ok(due.order(i::holds_until).limit(most).select(i::seq).load(conn)?)
}

/// Takes the next reference of a year, inside the caller's transaction, so that none is lost or given twice.
pub(super) fn next_reference(conn: &mut Conn, year: i32) -> Result<String, Error> {
    let counted = diesel::update(reference_counter::table.find(year))
        .set(reference_counter::last.eq(reference_counter::last + 1))
        .returning(reference_counter::last)
        .get_result::<i32>(conn)
        .optional()?;
    let number = match counted {
        Some(number) => number,
        None => {
            let first = (reference_counter::year.eq(year), reference_counter::last.eq(1));
            diesel::insert_into(reference_counter::table).values(first).execute(conn)?;
            1
        }
    };
    Ok(format!("{year}-{number:04}"))
}

/// The instant of a change: now, but always after the last change of any case, so that whoever asks what was
/// updated since the last one seen misses nothing.
pub(super) fn next_update(conn: &mut Conn, now: DateTime<Utc>) -> Result<Instant, Error> {
    let last: Option<Instant> =
        incident::table.select(incident::updated_at).order(incident::updated_at.desc()).first(conn).optional()?;
    let after_last = last.map(|last| last.utc() + chrono::Duration::microseconds(1));
    Ok(after_last.map_or(now, |after| after.max(now)).into())
}

/// A JSON value for a column.
pub(super) fn json(value: impl Serialize) -> Result<Json, Error> {
    serde_json::to_value(value).map(Json).map_err(Error::internal)
}
