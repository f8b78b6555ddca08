//! The facts in groups, read at a glance and edited one group at a time; both are made from the law's table of facts.

use serde_json::{Value, json};

use super::show::View;
use super::side::prefix;
use super::typed::Typed;
use super::words;
use crate::account::right::Work;
use crate::i18n::{self};
use crate::incident::MOMENTS;
use crate::law::Fact;
use crate::law::fact::{self, Kind};

/// How many rows of a list the page shows; the form has them all.
const ROWS: usize = 40;

/// The groups in the order they are asked for at night.
const GROUPS: [&str; 8] =
    ["incident", "services", "network_security", "personal_data", "cause", "timeline", "measures", "orders"];

/// The group a fact stands in.
fn group(fact: Fact) -> &'static str {
    match fact.path().split_once('.') {
        _ if matches!(fact, Fact::Orders | Fact::Sent) => fact.path(),
        Some((group, _)) => group,
        None => "incident",
    }
}

/// Whether a fact has a place and an action of its own on the page.
fn is_elsewhere(fact: Fact) -> bool {
    let own = [Fact::ProviderSeverity, Fact::Risk, Fact::RiskReason, Fact::Sent, Fact::ChangedAt];
    fact.list().is_some() || own.contains(&fact) || MOMENTS.iter().any(|(_, moment)| *moment == fact)
}

/// The facts that are edited together as a group.
pub fn facts_of(name: &str) -> Vec<Fact> {
    fact::ALL.iter().copied().filter(|fact| group(*fact) == name && !is_elsewhere(*fact)).collect()
}

/// All groups; the one in `edit` as a form.
pub fn all(view: &View<'_>, edit: &str) -> Vec<Value> {
    GROUPS.iter().map(|name| one(view, name, *name == edit && view.can::<Work>())).collect()
}

fn one(view: &View<'_>, name: &str, edit: bool) -> Value {
    let facts = facts_of(name);
    let known = facts.iter().filter(|fact| view.case.facts.get(**fact).is_known()).count();
    let args = [("known", known.into()), ("unknown", (facts.len() - known).into())];
    let form = format!("facts:{name}");
    json!({
        "name": name, "title": view.text(&format!("group-{name}")), "count": i18n::text_with(view.lang, "page-group-count", &args),
        "rows": if edit { Vec::new() } else { facts.iter().map(|fact| row(view, *fact)).collect() },
        "open": edit, "can": view.can::<Work>(), "form": edit.then(|| editor(view, &form, &facts)),
    })
}

fn row(view: &View<'_>, fact: Fact) -> Value {
    let said = words::value(view.lang, fact, view.case.facts.get(fact));
    let rows =
        if matches!(fact.def().kind, Kind::Items) { words::rows(view.lang, &view.case.facts, fact) } else { None };
    let empty = rows.as_ref().is_some_and(Vec::is_empty);
    let rows = rows.map(|mut rows| {
        let more = rows.len().saturating_sub(ROWS);
        if more > 0 {
            rows.truncate(ROWS);
            let said = i18n::text_with(view.lang, "page-and-more", &[("n", more.into())]);
            rows.push(vec![json!({ "label": "", "value": said })]);
        }
        rows
    });
    json!({
        "label": i18n::fact(view.lang, fact.path()),
        "value": if empty { Some(view.text("page-list-is-empty")) } else { said },
        "rows": rows.filter(|rows| !rows.is_empty()), "claim": fact.def().claim,
    })
}

fn editor(view: &View<'_>, form: &str, facts: &[Fact]) -> Value {
    let prefix = prefix(form);
    let usual = Typed::of(&view.case.facts);
    let filling = view.filling(form, &prefix, &usual);
    json!({ "name": form, "fields": facts.iter().map(|fact| filling.fact(*fact)).collect::<Vec<_>>(), "refused": view.is_refused(form) })
}
