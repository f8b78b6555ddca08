//! How a drill went, from what was written down in its course: what was done when against the limits, and what was not.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::account::Sight;
use crate::db::{Conn, Instant};
use crate::error::Error;
use crate::incident::drill::store::{Drill, Told, Turn};
use crate::incident::{CaseFile, DutyStatus, store};
use crate::law::{Fact, State};
use crate::reminder::store as reminders;

/// The report of a drill. Every instant is one of its own clock unless it is called real.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// When it began.
    pub began_at: DateTime<Utc>,
    /// The same by everybody's clock.
    pub real_began_at: DateTime<Utc>,
    /// Until when it is told: its end, or now.
    pub until: DateTime<Utc>,
    /// The same by everybody's clock.
    pub real_until: DateTime<Utc>,
    /// Whether it is over.
    pub is_over: bool,
    /// Who takes part.
    pub participants: Vec<String>,
    /// How the clock was turned.
    pub clock: Vec<Turn>,
    /// How long each first thing took from the moment we knew, in minutes; none where it was never done.
    pub figures: Vec<Figure>,
    /// Every duty that arose.
    pub duties: Vec<Done>,
    /// The paths of the facts that open duties still wait for.
    pub unanswered: Vec<String>,
    /// What was said to whom, and when somebody answered.
    pub messages: Vec<Message>,
    /// What the script had for the participants.
    pub injects: Vec<Told>,
    /// Everything that was done, the oldest first.
    pub timeline: Vec<store::Line>,
}

/// How long something took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// What, as a word.
    pub what: &'static str,
    /// Minutes of the drill's clock since we knew.
    pub minutes: Option<i64>,
    /// Minutes of everybody's clock since the drill began.
    pub real_minutes: Option<i64>,
}

/// A duty against its limit.
#[derive(Clone, Debug, Serialize)]
pub struct Done {
    /// The duty's stable id.
    pub duty: String,
    /// The controller it is for.
    #[serde(rename = "for")]
    pub for_whom: Option<String>,
    /// Where it stands.
    pub state: &'static str,
    /// When it was due.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether that is the company's own target.
    pub is_target: bool,
    /// When it was met, or settled.
    pub done_at: Option<DateTime<Utc>>,
    /// How it was met: `sent` or `settled`; none where it was not.
    pub how: Option<&'static str>,
    /// Minutes to spare; below nought it was late. Of what was never done, counted to the end.
    pub margin_minutes: Option<i64>,
}

/// A reminder and its answer.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// When it was said.
    pub at: Instant,
    /// The duty.
    pub duty: String,
    /// The step of the ladder.
    pub step: String,
    /// To whom, by name.
    pub told: Vec<String>,
    /// Who answered first.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<Instant>,
}

/// Reads the case of a drill and tells how it went.
///
/// # Errors
/// When there is no such case, or it is no drill.
pub fn of(conn: &mut Conn, key: &str, sight: Sight, now: DateTime<Utc>) -> Result<(CaseFile, Report), Error> {
    let case = store::find(conn, key, sight, now)?;
    let Some(drill) = case.drill.clone() else { return Err(Error::NotFound) };
    let messages = messages(conn, case.head.seq)?;
    let report = report(&case, &drill, messages, now);
    Ok((case, report))
}

fn report(case: &CaseFile, drill: &Drill, messages: Vec<Message>, now: DateTime<Utc>) -> Report {
    let closed = case.closures.last().filter(|last| last.what == "closed").map(|last| last.at.utc());
    let began = case.head.created_at.utc();
    let (until, real) = (closed.unwrap_or(case.now), |at: DateTime<Utc>| drill.clock.real_of(at).unwrap_or(now));
    let mut unanswered: Vec<String> = Vec::new();
    for question in &case.assessment.questions {
        let open = |id: &&'static str| case.duties.iter().any(|duty| duty.duty.id == *id && duty.state.is_open());
        let path = question.fact.fact.path().to_owned();
        if question.decides.iter().any(open) && !unanswered.contains(&path) {
            unanswered.push(path);
        }
    }
    Report {
        began_at: began,
        real_began_at: real(began),
        until,
        real_until: if closed.is_some() { real(until) } else { now },
        is_over: closed.is_some(),
        participants: drill.participants.iter().map(|(_, name)| name.clone()).collect(),
        clock: drill.turns.clone(),
        figures: figures(case, drill),
        duties: case.duties.iter().filter_map(|status| done(status, until)).collect(),
        unanswered,
        messages,
        injects: drill.injects.clone(),
        timeline: case.timeline.clone(),
    }
}

/// How long the first of each took.
fn figures(case: &CaseFile, drill: &Drill) -> Vec<Figure> {
    let began = case.head.created_at.utc();
    let known = case.facts.time(Fact::KnownAt).unwrap_or(began);
    let first = |kinds: &[&str]| case.timeline.iter().find(|line| kinds.contains(&line.kind.as_str()));
    let judged = case.timeline.iter().find(|line| {
        let to = &line.payload.0["consequences"]["severity"];
        line.kind == "severity.overruled" || (line.by.is_some() && line.kind != "incident.logged" && !to.is_null())
    });
    let since = |from: DateTime<Utc>, to: DateTime<Utc>| (to - from).num_minutes();
    let figure = |what: &'static str, line: Option<&store::Line>| {
        let real = line.and_then(|line| line.real_at).map(Instant::utc);
        let began = drill.clock.spans().first().map(|span| span.real);
        Figure {
            what,
            minutes: line.map(|line| since(known, line.at.utc())),
            real_minutes: began.zip(real).map(|(began, real)| since(began, real)),
        }
    };
    vec![
        figure("facts", first(&["facts.changed"])),
        figure("severity", judged),
        figure("risk", first(&["risk.overruled"])),
        figure("settled", first(&["duty.settled"])),
        figure("text", first(&["notice.approved"])),
        figure("sent", first(&["submission.recorded"])),
    ]
}

fn done(status: &DutyStatus, until: DateTime<Utc>) -> Option<Done> {
    let sent = status.submissions.iter().find(|sent| sent.complete).or(status.submissions.first());
    let settled = status.settlement.as_ref().filter(|settled| settled.answer == "not_required");
    if status.state == State::NotRequired && sent.is_none() && settled.is_none() {
        return None;
    }
    let deadline = &status.duty.deadline;
    let due_at = deadline.due_at.or(deadline.target_at);
    let (done_at, how) = match (sent, settled) {
        (Some(sent), _) => (Some(sent.sent_at.utc()), Some("sent")),
        (None, Some(settled)) => (Some(settled.at.utc()), Some("settled")),
        (None, None) => (None, None),
    };
    let owed = done_at.is_some() || status.state.is_open();
    Some(Done {
        duty: status.duty.id.to_owned(),
        for_whom: status.duty.for_whom.as_deref().map(str::to_owned),
        state: status.state.word(),
        due_at,
        is_target: deadline.due_at.is_none(),
        done_at,
        how,
        margin_minutes: due_at.filter(|_| owed).map(|due| (due - done_at.unwrap_or(until)).num_minutes()),
    })
}

fn messages(conn: &mut Conn, seq: i64) -> Result<Vec<Message>, Error> {
    let duties = reminders::duties_of(conn, seq)?;
    let answers = reminders::answers_in(conn, seq)?;
    let mut all = Vec::new();
    for (duty, taken) in reminders::taken_in(conn, seq)? {
        let answer = answers.iter().find(|(of, answer)| {
            *of == duty && answer.armed_at == taken.armed_at && answer.step == taken.step && answer.at >= taken.fired_at
        });
        let told = taken.told.0.as_array().into_iter().flatten();
        all.push(Message {
            at: taken.fired_at,
            duty: duties.iter().find(|one| one.seq == duty).map(|one| one.duty_id.clone()).unwrap_or_default(),
            step: taken.step,
            told: told.filter_map(|name| name.as_str().map(str::to_owned)).collect(),
            answered_by: answer.map(|(_, answer)| answer.by.clone()),
            answered_at: answer.map(|(_, answer)| answer.at),
        });
    }
    Ok(all)
}
