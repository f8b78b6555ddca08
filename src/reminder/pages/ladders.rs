//! The page of the ladders: each as rows to fill in and in words beside, with everything typed kept and its history.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;
use serde_json::{Value, json};

use super::form::{self, Typed, UNITS, rung};
use super::phrases;
use crate::account::{
    By, Officer,
    right::{KeepHouse, ReadHouse},
};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::incident::pages::{Answered, App, Sent, frame, go_to};
use crate::reminder::actions::save_ladders;
use crate::reminder::change::{at, paths};
use crate::reminder::plan::LADDERS;
use crate::reminder::store::{self, Saving};
use crate::reminder::{Circle, Ladders};

/// How many savings the page shows.
const HISTORY: i64 = 20;
/// How many empty rows stand ready below the filled ones.
const SPARE: usize = 2;

/// What the address says of the last thing done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// How a saving ended that was not taken, or that one was.
#[derive(Default)]
struct Refused {
    typed: Option<Typed>,
    wrong: Vec<FieldError>,
    /// What was typed and what others changed meanwhile.
    conflicts: Vec<Conflict>,
    done: bool,
}

/// A field that two changed, each to something else.
struct Conflict {
    path: String,
    yours: Value,
    theirs: Value,
}

/// Shows the ladders.
pub async fn show(app: App, By(by, asked): By<ReadHouse, web::Query<Asked>>) -> Answered {
    let shown = Refused { done: asked.done == "saved", ..Refused::default() };
    page(app, &by, shown, StatusCode::OK).await
}

/// Saves the ladders, or shows the page again with what was wrong and everything typed kept.
pub async fn save(app: App, By(by, sent): By<KeepHouse, Sent>) -> Answered {
    let mut typed: Typed = sent.into_inner().into_iter().map(|(name, text)| (name, text.replace('\0', ""))).collect();
    if typed.contains_key("defaults") {
        typed.retain(|name, _| name == "version");
        typed.extend(form::fill(&Ladders::default()));
    }
    let read = form::read(&typed);
    let mut given = Value::Object(read.given.clone());
    let Some(seen) = typed.get("version").and_then(|version| version.parse().ok()) else {
        return refuse(app, &by, typed, vec![FieldError::new("version", "version_missing")]).await;
    };
    if !read.wrong.is_empty() {
        let (_, stands) = app.0.read(store::ladders).await?;
        let also = stands.with(&given).err().unwrap_or_default();
        let also = also.into_iter().map(|fault| read.place(by.lang, fault));
        let wrong = read.wrong.iter().cloned().chain(also).collect();
        return refuse(app, &by, typed, wrong).await;
    }
    let mut outcome = save_ladders(&app.0, by.id, seen, given.clone(), app.1.now()).await;
    let mut conflicts = Vec::new();
    if let Err(Error::Stale { current, changes }) = &outcome {
        let current = *current;
        conflicts = take_over(&mut typed, &mut given, changes);
        typed.insert("version".into(), current.to_string());
        if conflicts.is_empty() {
            outcome = save_ladders(&app.0, by.id, current, given, app.1.now()).await;
        }
    }
    match outcome {
        Ok(()) => Ok(go_to("/settings/reminders?done=saved".into())),
        Err(Error::Invalid(wrong)) => {
            let wrong = wrong.into_iter().map(|fault| read.place(by.lang, fault)).collect();
            refuse(app, &by, typed, wrong).await
        }
        Err(Error::Stale { .. }) => {
            let refused = Refused { typed: Some(typed), conflicts, ..Refused::default() };
            page(app, &by, refused, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

async fn refuse(app: App, by: &Officer, typed: Typed, wrong: Vec<FieldError>) -> Answered {
    let refused = Refused { typed: Some(typed), wrong, ..Refused::default() };
    page(app, by, refused, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Takes over what others changed and was not touched here; answers what both changed, each to something else.
fn take_over(typed: &mut Typed, given: &mut Value, changes: &Value) -> Vec<Conflict> {
    let mut theirs = Ladders::default();
    let mut both = Vec::new();
    for change in changes.as_array().into_iter().flatten() {
        let path = change["path"].as_str().unwrap_or_default();
        let (yours, to) = (at(given, path).clone(), &change["to"]);
        if yours == *to {
            continue;
        }
        if !yours.is_null() && yours != change["from"] {
            both.push(Conflict { path: path.to_owned(), yours, theirs: to.clone() });
            continue;
        }
        theirs = theirs.with(&tree(path, to.clone())).unwrap_or(theirs);
        let of =
            |name: &str| name.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '~']));
        typed.retain(|name, _| !of(name));
        typed.extend(form::fill(&theirs).into_iter().filter(|(name, _)| of(name)));
        lay(given, path, to.clone());
    }
    both
}

/// A tree that holds one value at a path.
fn tree(path: &str, value: Value) -> Value {
    path.rsplit('.').fold(value, |inner, key| json!({ key: inner }))
}

fn lay(tree: &mut Value, path: &str, value: Value) {
    match path.split_once('.') {
        Some((ladder, key)) => tree[ladder][key] = value,
        None => tree[path] = value,
    }
}

async fn page((db, clock, templates): App, by: &Officer, refused: Refused, status: StatusCode) -> Answered {
    let read = db.read(|conn| Ok((store::ladders(conn)?, store::savings(conn, HISTORY)?))).await?;
    let ((version, stands), saved) = read;
    let (lang, filled) = (by.lang, form::fill(&stands));
    let typed = refused.typed.as_ref().unwrap_or(&filled);
    let view = Form { lang, typed, wrong: &refused.wrong };
    let all = [&stands.hours72, &stands.minutes30, &stands.target_long, &stands.target_short];
    let ladder = |(name, stands)| view.ladder(name, &phrases::ladder(lang, stands));
    // A form with faults still rests on the version it was made from; a conflict has been seen now.
    let seen = typed.get("version").and_then(|version| version.parse().ok()).unwrap_or(version);
    let theirs = saved.first().map_or_else(String::new, |latest| latest.by.clone());
    let conflict = |one: &Conflict| {
        json!({
            "label": label(lang, &one.path), "yours": phrases::said(lang, &one.path, &one.yours),
            "theirs": phrases::said(lang, &one.path, &one.theirs), "by": theirs,
        })
    };
    let own = json!({
        "version": seen, "current": version, "done": refused.done, "refused": refused.typed.is_some(),
        "wrong": refused.wrong.iter().map(|fault| view.summary(fault)).collect::<Vec<_>>(),
        "conflicts": refused.conflicts.iter().map(conflict).collect::<Vec<_>>(),
        "ladders": LADDERS.into_iter().zip(all).map(ladder).collect::<Vec<_>>(),
        "idle": view.span("idle_every"), "is_default": stands == Ladders::default(),
        "history": saved.iter().map(|one| saving(lang, one)).collect::<Vec<_>>(),
    });
    let title = i18n::text(lang, "page-ladders");
    frame(by, &clock, "/settings/reminders", title).answer(&templates, status, "reminder/ladders", &own)
}

fn saving(lang: Lang, saving: &Saving) -> Value {
    let when = i18n::instant_short(lang, saving.at.utc());
    let args = [("by", Arg::from(saving.by.clone())), ("when", when.into())];
    let change = |change: &Value| {
        let path = change["path"].as_str()?;
        let said = |name: &str| phrases::said(lang, path, &change[name]);
        Some(json!({ "label": label(lang, path), "from": said("from"), "to": said("to") }))
    };
    json!({
        "title": i18n::text_with(lang, "page-settings-saved-by", &args),
        "changes": saving.changes.iter().filter_map(change).collect::<Vec<_>>(),
    })
}

/// The label of a field with its ladder and, inside one, its row.
fn label(lang: Lang, path: &str) -> String {
    let text = |key: &str| i18n::text(lang, &format!("page-ladder-{key}"));
    let Some((ladder, rest)) = path.split_once('.') else { return text(path) };
    let (title, own) = (text(ladder), text(rest.rsplit('.').next().unwrap_or_default()));
    let row = rest.strip_prefix("rungs[").and_then(|rest| rest.split_once(']')?.0.parse::<usize>().ok());
    match row {
        Some(row) => {
            let step = i18n::text_with(lang, "page-ladder-rung", &[("n", (row + 1).into())]);
            format!("{title}, {step}, {own}")
        }
        None if rest == "rungs" => format!("{title}, {}", text("rungs")),
        None => format!("{title}, {own}"),
    }
}

/// What the fields are filled with.
struct Form<'a> {
    lang: Lang,
    typed: &'a Typed,
    wrong: &'a [FieldError],
}

impl Form<'_> {
    fn ladder(&self, name: &str, words: &str) -> Value {
        let rows = form::rows(self.typed, name);
        let row = |row: usize| {
            json!({
                "number": row + 1, "time": self.span(&rung(name, row, "minutes_before")),
                "circle": self.circle(&rung(name, row, "circle"), true),
            })
        };
        let of = |key: &str| format!("{name}.{key}");
        json!({
            "name": name, "title": self.text(&format!("page-ladder-{name}")),
            "help": self.text(&format!("page-ladder-{name}-help")), "words": words,
            "first": self.circle(&of("first"), false), "rungs": (0..rows + SPARE).map(row).collect::<Vec<_>>(),
            "rungs_id": id(&of("rungs")), "rungs_wrong": self.wrong(&of("rungs")),
            "again_every": self.span(&of("again_every")), "again": self.circle(&of("again"), false),
            "unanswered_after": self.span(&of("unanswered_after")),
        })
    }

    fn wrong(&self, path: &str) -> Option<String> {
        let of = self.wrong.iter().filter(|fault| fault.path == path);
        let words: Vec<String> = of.map(|fault| fault.message(self.lang)).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    fn one(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    fn text(&self, key: &str) -> String {
        i18n::text(self.lang, key)
    }

    fn own_label(&self, path: &str) -> String {
        self.text(&format!("page-ladder-{}", path.rsplit('.').next().unwrap_or_default()))
    }

    fn span(&self, path: &str) -> Value {
        let unit = format!("{path}~unit");
        let chosen = self.one(&unit);
        let units = UNITS.map(|(word, _)| {
            let checked = word == chosen || (chosen.is_empty() && word == "hours");
            json!({ "value": word, "label": self.text(&format!("unit-{word}")), "checked": checked })
        });
        json!({
            "id": id(path), "name": path, "label": self.own_label(path), "value": self.one(path),
            "unit_id": id(&unit), "unit_name": unit, "units": units, "wrong": self.wrong(path),
        })
    }

    fn circle(&self, path: &str, blank: bool) -> Value {
        let chosen = self.one(path);
        let option = |to: Circle| json!({ "value": to.word(), "label": phrases::circle(self.lang, to), "checked": to.word() == chosen });
        json!({
            "id": id(path), "name": path, "label": self.own_label(path), "options": Circle::ALL.map(option),
            "blank": blank || chosen.is_empty(), "wrong": self.wrong(path),
        })
    }

    fn summary(&self, fault: &FieldError) -> Value {
        let known = fault.path.contains(".rungs[") || paths().contains(&fault.path);
        json!({
            "id": known.then(|| id(&fault.path)), "label": known.then(|| label(self.lang, &fault.path)),
            "message": fault.message(self.lang),
        })
    }
}

fn id(path: &str) -> String {
    path.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect()
}
