//! Saving facts from a form: what was changed and nothing else, and what to do when others changed the same.

use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Asking, CHOICE};
use crate::account::By;
use crate::account::right::Work;
use crate::error::Error;
use crate::i18n;
use crate::incident::CaseFile;
use crate::incident::actions;
use crate::incident::pages::show::{Refused, refuse};
use crate::incident::pages::typed::{Typed, place};
use crate::incident::pages::{Answered, App, Sent, groups, line, words};
use crate::incident::store::{self, Head};
use crate::incident::value_at;
use crate::law::{Fact, Facts};

/// A fact and what was typed for it.
type Written = (Fact, Value);

/// Saves a group of facts, or the answer to one question.
pub async fn facts(app: App, By(by, (key, sent)): By<Work, (super::Key, Sent)>) -> Answered {
    let asking = Asking { app, by: by.into(), key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let asked: Vec<Fact> = match asking.typed.one("form").split_once(':') {
        Some(("facts", group)) => groups::facts_of(group),
        Some(("ask", path)) => Fact::by_path(path).into_iter().collect(),
        _ => Vec::new(),
    };
    let seen = asking.seen();
    if asked.is_empty() || seen.is_none() {
        return Err(Error::NotFound);
    }
    let (mut values, mut wrong) = (Vec::new(), Vec::new());
    for fact in &asked {
        match asking.typed.json(*fact) {
            Ok(value) => values.push((*fact, value)),
            Err(more) => wrong.extend(more),
        }
    }
    if !wrong.is_empty() {
        return asking.end("saved", Err(Error::Invalid(wrong))).await;
    }
    // Of what two people wrote, whoever is asked chooses; what the other wrote stands already.
    values.retain(|(fact, _)| asking.typed.one(&format!("{}{CHOICE}", fact.path())) != "theirs");
    save(asking, seen.unwrap_or_default(), values).await
}

/// Saves what was changed in the form and nothing else. What others changed meanwhile stays,
/// unless it is the same fact: then both are shown and the person chooses.
async fn save(asking: Asking, seen: i32, values: Vec<Written>) -> Answered {
    let (key, sight) = (asking.key.clone(), asking.by.sight());
    let (head, base, now) = asking
        .app
        .0
        .read(move |conn| {
            let head = store::head(conn, &key, sight)?;
            let base = store::facts_at(conn, head.seq, seen.clamp(1, head.version))?;
            let now = store::facts_at(conn, head.seq, head.version)?;
            Ok((head, base, now))
        })
        .await?;
    let (before, after) = (canonical(&base), canonical(&now));
    let mine: Vec<&Written> =
        values.iter().filter(|(fact, value)| !is_same(*fact, value, value_at(&before, fact.path()))).collect();
    let theirs = |fact: Fact| value_at(&before, fact.path()) != value_at(&after, fact.path());
    let both: Vec<&Written> = mine
        .iter()
        .copied()
        .filter(|(fact, value)| theirs(*fact) && !is_same(*fact, value, value_at(&after, fact.path())))
        .collect();
    if !both.is_empty() {
        return conflict(&asking, &head, (&before, &after), &mine, &both).await;
    }
    let mut patch = Map::new();
    for (fact, value) in &mine {
        place(&mut patch, fact.path(), value.clone());
    }
    let (db, clock, _) = &asking.app;
    let ended =
        actions::change_facts(db, asking.by.id, asking.key.clone(), head.version, Value::Object(patch), clock.now())
            .await;
    asking.end("saved", ended).await
}

/// The facts with nothing but what is known, in one spelling.
fn canonical(facts: &Facts) -> Value {
    facts.to_json()
}

/// Whether a typed value says the same as a stored one, however it is spelled.
fn is_same(fact: Fact, typed: &Value, stored: &Value) -> bool {
    let read = |value: &Value| {
        let mut tree = Map::from_iter([("title".to_owned(), json!("x"))]);
        place(&mut tree, fact.path(), value.clone());
        Facts::from_json(&Value::Object(tree)).map(|facts| facts.get(fact).clone()).ok()
    };
    typed == stored || read(typed).is_some_and(|typed| Some(typed) == read(stored))
}

/// Shows the form again: mine kept, theirs taken over where I changed nothing, and both side by side where we differ.
async fn conflict(
    asking: &Asking,
    head: &Head,
    (before, after): (&Value, &Value),
    mine: &[&Written],
    both: &[&Written],
) -> Answered {
    let lang = asking.by.lang;
    let case = asking.case().await?;
    let row = |(fact, value): &Written| {
        json!({
            "label": i18n::fact(lang, fact.path()), "choice": format!("{}{CHOICE}", fact.path()), "yours": words::of_json(lang, *fact, value),
            "theirs": words::of_json(lang, *fact, value_at(after, fact.path())),
            "was": words::of_json(lang, *fact, value_at(before, fact.path())), "by": last_by(lang, &case, fact.path()),
        })
    };
    let conflicts = both.iter().copied().map(row).collect();
    let mut typed = Typed::of(&case.facts);
    for (fact, _) in mine {
        typed.take_over(&asking.typed, *fact);
    }
    typed.set("form", asking.typed.one("form"));
    typed.set("version", head.version.to_string());
    let whole = Some((i18n::text(lang, "page-stale"), Vec::new()));
    let refused = Refused {
        form: typed.one("form").to_owned(),
        typed,
        wrong: Vec::new(),
        whole,
        conflicts,
        status: StatusCode::CONFLICT,
    };
    refuse((&asking.app.1, &asking.app.2), &asking.by, &case, &refused)
}

/// Who changed a fact last, and when.
pub(super) fn last_by(lang: i18n::Lang, case: &CaseFile, path: &str) -> String {
    let names = |line: &&store::Line| {
        let mut changes = line.payload.0["changes"].as_array().into_iter().flatten();
        changes.any(|change| change["path"] == path)
    };
    let last = case.timeline.iter().rfind(names).or_else(|| case.timeline.iter().rfind(|line| line.by.is_some()));
    last.map(|line| format!("{}, {}", line::by(lang, line), i18n::instant_short(lang, line.at.utc())))
        .unwrap_or_default()
}
