//! The page of an incident: everything about it on one page, and every answer given where it is asked.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::CHOICE;
use super::field::{Filling, summary};
use super::typed::Typed;
use super::{Answered, App, cards, frame, groups, line, readers, reports, side, words};
use crate::account::right::{Read, Right, Work};
use crate::account::{By, Officer};
use crate::clock::Clock;
use crate::error::FieldError;
use crate::i18n::{self, Arg, Lang};
use crate::incident::actions::current;
use crate::incident::{CaseFile, comment, presence, task};
use crate::law::State;
use crate::templates::Templates;

/// What the address of the page may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The group of facts to edit.
    edit: String,
    /// The duty to act on.
    act: String,
    /// What was just done.
    done: String,
}

/// A form that was refused: which, what was typed, what was wrong with it.
pub struct Refused {
    /// The form's own name, as it sends it.
    pub form: String,
    /// What was typed.
    pub typed: Typed,
    /// What was wrong, field by field.
    pub wrong: Vec<FieldError>,
    /// A fault of the whole, in words, and what it names.
    pub whole: Option<(String, Vec<String>)>,
    /// What was typed beside what somebody else wrote meanwhile.
    pub conflicts: Vec<Value>,
    /// The answer's status.
    pub status: StatusCode,
}

/// What a part of the page is made from.
pub struct View<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// The reader.
    pub by: &'a Officer,
    /// The case.
    pub case: &'a CaseFile,
    /// The form that was refused, if any.
    pub refused: Option<&'a Refused>,
    /// The anchor of the duty to act on.
    pub acting: &'a str,
    /// Whether a group of facts is being filled in, so that everything else stands back and the page stays light.
    pub editing: bool,
}

impl View<'_> {
    /// The filling of a form: what was typed when it was refused, else what `usual` says.
    pub fn filling<'b>(&'b self, form: &str, prefix: &'b str, usual: &'b Typed) -> Filling<'b> {
        match self.refused.filter(|refused| refused.form == form) {
            Some(refused) => Filling { lang: self.lang, typed: &refused.typed, wrong: &refused.wrong, prefix },
            None => Filling { lang: self.lang, typed: usual, wrong: &[], prefix },
        }
    }

    /// Whether this form was refused, so that it stands open.
    pub fn is_refused(&self, form: &str) -> bool {
        self.refused.is_some_and(|refused| refused.form == form)
    }

    /// A text in the reader's language.
    pub fn text(&self, key: &str) -> String {
        i18n::text(self.lang, key)
    }

    /// Whether anything may still be changed.
    pub fn is_open(&self) -> bool {
        self.case.head.status == "open"
    }

    /// Whether the reader may change it: it is open, and they hold the right.
    pub fn can<R: Right>(&self) -> bool {
        self.is_open() && self.by.may::<R>()
    }
}

/// Shows an incident.
pub async fn show(
    request: HttpRequest,
    (db, clock, templates): App,
    By(by, (key, asked)): By<Read, (web::Path<String>, web::Query<Asked>)>,
) -> Answered {
    let case = current(&db, key.into_inner(), by.sight(), clock.now()).await?;
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let present = presence::pages::on_page(&db, &by, case.head.seq, &clock).await;
    page((&clock, &templates), (&by, &here, &present), &case, &asked.into_inner(), None)
}

/// Shows an incident with a form that was refused, everything typed kept.
pub fn refuse((clock, templates): (&Clock, &Templates), by: &Officer, case: &CaseFile, refused: &Refused) -> Answered {
    let edit = refused.form.strip_prefix("facts:").unwrap_or_default().to_owned();
    let here = format!("/incidents/{}", case.head.reference);
    page((clock, templates), (by, &here, ""), case, &Asked { edit, ..Asked::default() }, Some(refused))
}

fn page(
    (clock, templates): (&Clock, &Templates),
    (by, here, present): (&Officer, &str, &str),
    case: &CaseFile,
    asked: &Asked,
    refused: Option<&Refused>,
) -> Answered {
    let view = View { lang: by.lang, by, case, refused, acting: &asked.act, editing: !asked.edit.is_empty() };
    let head = &case.head;
    let own = json!({
        "reference": head.reference, "title": head.title, "version": head.version, "is_open": view.is_open(),
        "state": state_line(&view), "badges": badges(&view), "opened": opened(&view), "owner": side::owner(&view),
        "done": done(&view, &asked.done), "trouble": trouble(&view),
        "duties": cards::all(&view), "questions": side::questions(&view), "told": side::told(&view),
        "severity": side::severity(&view), "risk": side::risk(&view), "moments": side::moments(&view),
        "editing": view.editing, "groups": groups::all(&view, &asked.edit), "lines": line::lines(by.lang, case),
        "ending": by.may::<Work>().then(|| side::ending(&view)), "readers": readers::panel(&view, &asked.edit), "reported": reports::reported(&view),
        "attachments": crate::incident::attachment::pages::section(by.lang, head, &case.attachments), "present": present,
        "comments": comment::pages::section(by, (&case.comments.0, case.comments.1)),
        "tasks": task::pages::section(by, &case.tasks, case.now),
    });
    let status = refused.map_or(StatusCode::OK, |refused| refused.status);
    let title = format!("{} {}", head.reference, head.title);
    frame(by, clock, here, title).answer(templates, status, "incident/show", &own)
}

/// The state in one line: open or closed, how many must be done, when the next is due.
fn state_line(view: &View<'_>) -> String {
    if !view.is_open() {
        let closed = view.case.closures.iter().rfind(|closure| closure.what == "closed");
        let args = closed.map_or_else(Vec::new, |c| {
            vec![
                ("by", Arg::from(c.by.clone())),
                ("when", i18n::instant_short(view.lang, c.at.utc()).into()),
                ("reason", c.reason.clone().into()),
            ]
        });
        return i18n::text_with(view.lang, "page-state-closed", &args);
    }
    let count = |state: State| view.case.duties.iter().filter(|duty| duty.state == state).count();
    let args = [("required", Arg::from(count(State::Required))), ("open", count(State::Undetermined).into())];
    let key = match (count(State::Required), count(State::Undetermined)) {
        (0, 0) => "page-state-done",
        (0, _) => "page-state-undecided",
        _ => "page-state-open",
    };
    i18n::text_with(view.lang, key, &args)
}

fn badges(view: &View<'_>) -> Value {
    let head = &view.case.head;
    let assessed = &view.case.assessment;
    let highest = crate::law::severity::LEVELS.get(usize::from(assessed.severity.high)).copied().unwrap_or_default();
    let risk = assessed.risk_level();
    let next = view.case.open_duties().iter().find_map(|duty| duty.next_at());
    json!({
        "status": head.status, "status_words": view.text(&format!("page-status-{}", head.status)),
        "severity": words::tone(assessed.severity_level(), highest), "severity_words": words::severity(view.lang, assessed.severity_level(), highest),
        "risk": risk, "risk_words": view.text(&format!("page-risk-{risk}")),
        "next": next.filter(|_| view.is_open()).map(|at| at.to_rfc3339()),
    })
}

fn opened(view: &View<'_>) -> String {
    let head = &view.case.head;
    let args = [
        ("by", Arg::from(view.case.opened_by.clone())),
        ("when", i18n::instant_short(view.lang, head.created_at.utc()).into()),
    ];
    i18n::text_with(view.lang, "page-opened", &args)
}

/// What was just done, and what it brought about.
fn done(view: &View<'_>, done: &str) -> Option<Value> {
    if !["logged", "saved", "stated", "sent", "settled", "overruled", "owner", "closed", "reopened", "readers"]
        .contains(&done)
        || view.refused.is_some()
    {
        return None;
    }
    let brought = match done {
        "logged" => Vec::new(),
        // Whoever closes a case is told what is still to be done about it.
        "closed" if !view.case.tasks.is_empty() => {
            let args = [("tasks", i18n::list(view.lang, &task::pages::left(view.lang, &view.case.tasks)).into())];
            vec![i18n::text_with(view.lang, "task-left", &args)]
        }
        _ => line::newest(view.lang, view.case),
    };
    Some(json!({ "title": view.text(&format!("page-done-{done}")), "brought": brought }))
}

/// The summary on top when a form was refused.
fn trouble(view: &View<'_>) -> Option<Value> {
    let refused = view.refused?;
    let prefix = side::prefix(&refused.form);
    let mut names = refused.typed.names();
    let untyped = refused
        .wrong
        .iter()
        .map(|fault| fault.path.clone())
        .filter(|path| !names.iter().any(|name| path.starts_with(name.as_str())));
    names.extend(untyped.collect::<Vec<_>>());
    Some(json!({
        "whole": refused.whole.as_ref().map(|(words, named)| json!({ "words": words, "named": named })),
        "wrong": summary(view.lang, &prefix, &refused.wrong, &names), "conflicts": refused.conflicts,
        "since": !(refused.form.starts_with("facts:") || refused.form.starts_with("ask:")),
        "form": refused.form.strip_prefix("facts:").map(|group| format!("facts-{group}")),
        "again": refused.form.starts_with("ask:").then(|| typed_again(refused)),
    }))
}

/// Everything that was typed, to be sent again from where it is chosen what holds: the question itself may be gone, since
/// somebody else answered it.
fn typed_again(refused: &Refused) -> Value {
    let typed = &refused.typed;
    let pairs = |name: &String| typed.all(name).iter().map(|value| json!([name, value])).collect::<Vec<_>>();
    let names = typed.names();
    json!(names.iter().filter(|name| !name.ends_with(CHOICE)).flat_map(pairs).collect::<Vec<_>>())
}
