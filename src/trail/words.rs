//! Entries of the chain in words.

use serde_json::{Value, json};

use super::is_reference;
use crate::account::store::Member;
use crate::audit::store::Written;
use crate::db::Id;
use crate::i18n::{self, Lang};

/// How many particulars a page shows of one entry, and how long each may be; the rest stands in the export.
const MOST: usize = 12;
const LONGEST: usize = 160;

/// What was done, in words; the stable word where nobody has written any.
pub fn what(lang: Lang, kind: &str) -> String {
    let key = format!("audit-what-{}", kind.replace(['.', '_'], "-"));
    i18n::find(lang, &key, &[]).unwrap_or_else(|| kind.to_owned())
}

/// An entry as the page shows it.
pub fn entry(lang: Lang, entry: &Written, people: &[Member], shown: bool) -> Value {
    let name = |id: Id| people.iter().find(|member| member.account.id == id).map(|member| member.account.name.clone());
    let named = Id::parse(&entry.subject).and_then(name);
    let known = i18n::find(lang, &format!("audit-subject-{}", entry.subject), &[]);
    let rows = if shown { rows(lang, &entry.detail.0) } else { Vec::new() };
    let more = rows.len().saturating_sub(MOST);
    json!({
        "no": entry.number, "at": entry.at, "who": entry.name.clone().unwrap_or_else(|| i18n::text(lang, "line-by-itself")),
        "address": entry.address, "what": what(lang, &entry.what), "kind": entry.what, "withheld": !shown,
        "subject": named.or(known).unwrap_or_else(|| entry.subject.clone()), "is_case": is_reference(&entry.subject),
        "reference": entry.subject, "digest": entry.digest, "more": more,
        "rows": rows.into_iter().take(MOST).collect::<Vec<_>>(),
    })
}

/// The particulars, a line each: before and after where both are known.
fn rows(lang: Lang, detail: &Value) -> Vec<Value> {
    let Some(fields) = detail.as_object() else { return Vec::new() };
    let (before, after) = (fields.get("before"), fields.get("after"));
    let mut all = Vec::new();
    let mut names: Vec<&String> =
        [before, after].into_iter().flatten().filter_map(Value::as_object).flat_map(|o| o.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let of = |side: Option<&Value>| side.and_then(|side| side.get(name)).map(said).unwrap_or_default();
        all.push(json!({ "label": label(lang, name), "from": of(before), "to": of(after), "changed": true }));
    }
    for change in fields.get("changes").and_then(Value::as_array).into_iter().flatten() {
        let path = change["path"].as_str().unwrap_or_default();
        let row = json!({ "label": label(lang, path), "from": said(&change["from"]), "to": said(&change["to"]), "changed": true });
        all.push(row);
    }
    for (name, value) in fields {
        if !["before", "after", "changes"].contains(&name.as_str()) {
            all.push(json!({ "label": label(lang, name), "from": "", "to": said(value), "changed": false }));
        }
    }
    all
}

/// The label of a field: our own, that of a fact, or its name.
fn label(lang: Lang, name: &str) -> String {
    let own = i18n::find(lang, &format!("audit-field-{}", name.replace('_', "-")), &[]);
    let fact = || i18n::find(lang, &format!("fact-{}", name.replace('.', "-")), &[]);
    own.or_else(fact).unwrap_or_else(|| name.to_owned())
}

fn said(value: &Value) -> String {
    let text = match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
            items.iter().map(said).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
