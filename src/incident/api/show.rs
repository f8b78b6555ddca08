//! How a case looks as JSON: the contract's answer of an assessment, with what people decided and did.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::incident::store::{Head, Listed};
use crate::incident::{CaseFile, DutyStatus};
use crate::law::question::TELLING;

/// A whole case.
pub(crate) fn case(case: &CaseFile) -> Value {
    let head = &case.head;
    let (must_be_told, telling) = case.must_be_told();
    let mut shown = serde_json::to_value(&case.assessment).unwrap_or_default();
    let duties: Vec<Value> = case.duties.iter().map(|status| duty_of(case, status)).collect();
    let more = json!({
        "id": head.id, "reference": head.reference, "title": head.title, "status": head.status, "version": head.version,
        "opened_by": case.opened_by, "owner": case.owner,
        "readers": case.readers.as_ref().map(|all| all.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect::<Vec<_>>()),
        "report": case.report.as_ref().map(reported), "created_at": head.created_at, "updated_at": head.updated_at,
        "facts": case.known,
        "duties": duties,
        "affected_users": { "must_be_told": must_be_told, "duties": telling, "figures": case.figures },
        "next_due_at": case.open_duties().iter().find_map(|duty| duty.next_at()),
        "drill": case.drill.as_ref().map(|_| of_drill(&case.head, case.now)),
        "open_tasks": case.tasks, "moments": case.moments, "overrulings": case.overrulings, "closures": case.closures,
    });
    if let (Value::Object(shown), Value::Object(more)) = (&mut shown, more) {
        shown.extend(more);
    }
    shown
}

/// What tells a drill from a real case: its clock.
pub(crate) fn of_drill(head: &Head, now: DateTime<Utc>) -> Value {
    json!({ "now": now, "factor": head.clock().factor() })
}

/// What somebody reported, and who.
fn reported(report: &crate::incident::store::Report) -> Value {
    let mut shown = serde_json::to_value(report).unwrap_or_default();
    shown["by"] = json!(report.by);
    shown
}

/// A duty of a case; one that is met by telling the affected says how far that has come.
pub(super) fn duty_of(case: &CaseFile, status: &DutyStatus) -> Value {
    let mut shown = duty(status, case.head.is_drill());
    if TELLING.contains(&status.duty.id) {
        shown["told"] = json!(case.figures);
    }
    shown
}

/// A duty, with the rule's answer beside where it stands.
pub(super) fn duty(status: &DutyStatus, is_drill: bool) -> Value {
    let mut shown = serde_json::to_value(&status.duty).unwrap_or_default();
    shown["rule_state"] = shown["state"].take();
    shown["state"] = json!(status.state);
    shown["settlement"] = json!(status.settlement);
    shown["submissions"] = status.submissions.iter().map(|sent| sent.json(is_drill)).collect();
    shown["opened_at"] = json!(status.opened_at);
    shown
}

/// A case in a list.
pub(super) fn listed(Listed { head, opened_by, owner, title, snippet }: &Listed, now: DateTime<Utc>) -> Value {
    let mut shown = json!({
        "id": head.id, "reference": head.reference, "title": head.title, "status": head.status, "version": head.version,
        "severity": { "level": head.severity, "may_rise_to": head.may_rise_to },
        "risk": { "level": head.risk },
        "affected_users": { "must_be_told": head.must_be_told },
        "next_due_at": head.next_due_at,
        "duties": {
            "required": head.required, "undetermined": head.undetermined, "fulfilled": head.fulfilled, "exempt": head.exempt,
        },
        "opened_by": opened_by, "owner": owner, "restricted": head.restricted_at.is_some(),
        "drill": head.is_drill().then(|| of_drill(head, head.here(now))),
        "created_at": head.created_at, "updated_at": head.updated_at,
    });
    if let Some(title) = title {
        shown["found"] = json!({ "title": title, "snippet": snippet });
    }
    shown
}
