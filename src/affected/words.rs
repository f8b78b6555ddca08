//! The register as JSON, and its words for people.

use serde_json::{Value, json};

use super::store::{Approval, Bad, Decided, Import, Line, Wave};
use super::{Circle, Person, callback_path};
use crate::i18n::{self, Lang};
use crate::seal::Seal;

/// A file.
pub fn import(import: &Import) -> Value {
    json!({
        "id": import.id, "name": import.name, "kind": import.kind, "encoding": import.encoding,
        "separator": import.separator, "mapping": import.mapping(), "state": import.state, "bytes": import.bytes,
        "rows": import.rows_read, "taken": import.taken, "joined": import.joined, "bad": import.bad, "note": import.note,
        "at": import.at, "ended_at": import.ended_at,
    })
}

/// A row that was kept aside, opened.
pub fn bad(seal: &Seal, import: &Import, bad: &Bad) -> (i64, String, Vec<String>) {
    let cells = seal.open(&super::actions::bad_place(import.id, bad.line), &bad.sealed).unwrap_or_default();
    (bad.line, bad.reason.clone(), serde_json::from_str(&cells).unwrap_or_default())
}

/// A person, opened.
pub fn person(seal: &Seal, line: &Line) -> Value {
    let person = Person::open(seal, line.id, &line.sealed).unwrap_or_default();
    json!({
        "id": line.id, "name": person.name, "email": person.email, "phone": person.phone, "post": person.post,
        "customer": line.customer, "categories": line.categories.split(',').filter(|one| !one.is_empty()).collect::<Vec<_>>(),
        "minor": line.minor, "protected": line.protected, "language": line.language, "to_be_told": line.chosen,
        "joined": line.joined, "state": line.state, "way": line.way, "reply": line.reply, "changed_at": line.changed_at,
    })
}

/// The decision that holds.
pub fn decision(decided: &Decided) -> Value {
    json!({
        "answer": decided.answer, "chosen": decided.circle, "exceptions": decided.exceptions, "reason": decided.reason,
        "by": decided.by, "at": decided.at,
    })
}

/// A wave with the approvals of what it says.
pub fn wave(wave: &Wave, approvals: &[Approval], next: i64) -> Value {
    let approved = |approval: &Approval| json!({ "by": approval.by, "at": approval.at, "digest": approval.digest, "holds": approval.digest == wave.digest });
    json!({
        "id": wave.id, "name": wave.name, "duty": wave.duty_id, "chosen": wave.circle(), "texts": wave.texts(),
        "first": wave.first_way, "both": wave.both_ways, "rate": wave.rate, "state": wave.state, "digest": wave.digest, "edited_by": wave.edited_by,
        "approved": approvals.iter().any(|approval| approval.digest == wave.digest),
        "approvals": approvals.iter().map(approved).collect::<Vec<_>>(), "to_tell_next": next,
        "begun_at": wave.begun_at, "ended_at": wave.ended_at,
    })
}

/// Whom a wave or a decision is about, in words.
pub fn circle(lang: Lang, circle: &Circle) -> String {
    let mut parts: Vec<String> = circle.customers.clone();
    parts.extend(circle.categories.clone());
    parts.extend(circle.minor.map(|yes| i18n::text(lang, if yes { "affected-minors" } else { "affected-adults" })));
    parts.extend(circle.protected.filter(|yes| *yes).map(|_| i18n::text(lang, "affected-protected")));
    if parts.is_empty() { i18n::text(lang, "affected-everybody") } else { i18n::list(lang, &parts) }
}

/// The address a gateway calls back.
pub fn callback(seal: &Seal, base: &str, head: &crate::incident::store::Head) -> String {
    format!("{base}{}", callback_path(seal, head))
}
