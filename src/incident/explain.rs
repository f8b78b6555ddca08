//! Explains a deadline: every step from the event to the instant, with the rule's version, in UTC and in Oslo.

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Europe::Oslo;
use serde::Serialize;
use serde_json::{Value, json};

use super::{CaseFile, DutyStatus, MOMENTS, value_at};
use crate::error::{Error, FieldError};
use crate::law::norwegian_date;

/// A step from the event to the instant.
#[derive(Debug, Serialize)]
pub struct Step {
    /// What the step is: `moment`, `rule`, `deadline`, `target`, `also`, `contract`, `settlement`, `submission`.
    pub step: &'static str,
    /// The instant it leads to, where it leads to one.
    #[serde(flatten)]
    pub at: Option<Both>,
    /// The particulars.
    #[serde(flatten)]
    pub more: Value,
}

/// An instant in both times.
#[derive(Debug, Serialize)]
pub struct Both {
    /// RFC 3339, UTC.
    pub utc: DateTime<Utc>,
    /// RFC 3339 with the offset of Oslo at that instant.
    pub oslo: String,
}

impl From<DateTime<Utc>> for Both {
    fn from(utc: DateTime<Utc>) -> Self {
        Self { utc, oslo: utc.with_timezone(&Oslo).to_rfc3339_opts(SecondsFormat::AutoSi, false) }
    }
}

/// Finds a duty of a case, by its controller where there are several.
pub fn duty<'a>(case: &'a CaseFile, id: &str, for_whom: Option<&str>) -> Result<&'a DutyStatus, Error> {
    let all: Vec<&DutyStatus> = case.duties.iter().filter(|status| status.duty.id == id).collect();
    match (all.as_slice(), for_whom) {
        ([only], None) => Ok(only),
        ([], _) => Err(Error::NotFound),
        (several, None) => {
            let names: Vec<&str> = several.iter().filter_map(|status| status.duty.for_whom.as_deref()).collect();
            Err(Error::Invalid(vec![FieldError::new("for", "which_controller").with("choices", names)]))
        }
        (several, name) => {
            several.iter().find(|status| status.duty.for_whom.as_deref() == name).copied().ok_or(Error::NotFound)
        }
    }
}

/// Every step of a duty's deadline.
pub fn steps(case: &CaseFile, status: &DutyStatus) -> Vec<Step> {
    let duty = &status.duty;
    let start = duty.clock.starts_at;
    let elapsed = |at: DateTime<Utc>| start.map(|start| (at - start).num_minutes());
    let mut steps = vec![moment(case, status), rule(case, status)];
    if let Some(at) = duty.deadline.due_at {
        let more = json!({ "kind": duty.deadline.kind, "elapsed_minutes": elapsed(at) });
        steps.push(Step { step: "deadline", at: Some(at.into()), more });
    } else {
        steps.push(Step { step: "deadline", at: None, more: json!({ "kind": duty.deadline.kind }) });
    }
    if let Some(at) = duty.deadline.target_at {
        steps.push(Step { step: "target", at: Some(at.into()), more: json!({ "elapsed_minutes": elapsed(at) }) });
    }
    for (name, at) in &duty.deadline.also {
        let more = json!({ "name": name, "elapsed_minutes": elapsed(*at) });
        steps.push(Step { step: "also", at: Some((*at).into()), more });
    }
    if let Some(settled) = &status.settlement {
        let more = json!({ "answer": settled.answer, "reason": settled.reason, "by": settled.by });
        steps.push(Step { step: "settlement", at: Some(settled.at.utc().into()), more });
    }
    for sent in &status.submissions {
        let more =
            json!({ "channel": sent.channel, "reference": sent.reference, "complete": sent.complete, "by": sent.by });
        steps.push(Step { step: "submission", at: Some(sent.sent_at.utc().into()), more });
    }
    steps
}

/// The event that starts the clock: the fact, and who stated it.
fn moment(case: &CaseFile, status: &DutyStatus) -> Step {
    let clock = &status.duty.clock;
    let path = clock.from.to_string();
    let name = MOMENTS.iter().find(|(_, fact)| *fact == clock.from.fact).map(|(name, _)| *name);
    let stated = name.and_then(|name| case.moments.iter().rfind(|moment| moment.moment == name));
    let more = json!({
        "fact": path,
        "value": value_at(&case.known, &path),
        "stated_by": stated.map(|moment| &moment.stated_by),
        "recorded_at": stated.map(|moment| moment.recorded_at),
        "reason": stated.map(|moment| &moment.reason),
        "corrections": name.map_or(0, |name| case.moments.iter().filter(|moment| moment.moment == name).count().saturating_sub(1)),
    });
    Step { step: "moment", at: clock.starts_at.map(Into::into), more }
}

/// The version of the rule that the event selects.
fn rule(case: &CaseFile, status: &DutyStatus) -> Step {
    let rule = status.duty.rule;
    let on = status.duty.clock.starts_at.map(norwegian_date);
    let more = json!({
        "rules_version": case.assessment.rules_version, "basis": rule.basis, "in_force_from": rule.from,
        "in_force_until": rule.until, "verified_on": rule.verified_on, "selected_by_date": on, "note": rule.note,
    });
    Step { step: "rule", at: None, more }
}
