//! The tasks of a case on a page of their own, the open ones on the page of the case, and everybody's own tasks.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::{self, Wish};
use super::store::{self, Task};
use super::{MOST, api};
use crate::account::right::{Approve, Read, Work};
use crate::account::{By, Desk, May, Officer};
use crate::db::Id;
use crate::error::{Error, FieldError};
use crate::i18n::{self, Lang};
use crate::incident::pages::{Answered, App, Field, Filling, Sent, Typed, frame, go_to};
use crate::incident::store::{self as cases, Head, People};

/// How many open tasks the page of the case shows.
const SHOWN: usize = 5;
/// How many of those that are done the page shows, the latest.
const DONE: usize = 50;

type OneTask = web::Path<(String, String)>;

/// What the address of the page may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The task to change.
    change: String,
    /// What was just done.
    done: String,
}

/// A form that was refused, with what was typed; none of a task is the form for a new one.
struct Refused {
    of: Option<String>,
    typed: Typed,
    wrong: Vec<FieldError>,
    whole: Option<String>,
    status: StatusCode,
    /// Whether somebody else was faster.
    stale: bool,
}

/// Shows the tasks of a case.
pub async fn show(app: App, By(by, (key, asked)): By<Read, (web::Path<String>, web::Query<Asked>)>) -> Answered {
    page(app, &by, key.into_inner(), asked.into_inner(), None).await
}

/// Writes a task down.
pub async fn add(
    app: App,
    desk: web::Data<Desk>,
    By(by, (key, sent)): By<Work, (web::Path<String>, Sent)>,
) -> Answered {
    let (key, typed) = (key.into_inner(), Typed::new(sent.into_inner()));
    let ended = match wish(&typed) {
        Ok(wish) => {
            actions::add(&app.0, desk.into_inner(), by.id, (key.clone(), wish), app.1.now()).await.map(|(head, _)| head)
        }
        Err(why) => Err(why),
    };
    end(app, &by, key, (None, typed), ended).await
}

/// Changes a task.
pub async fn change(app: App, desk: web::Data<Desk>, By(by, (path, sent)): By<Work, (OneTask, Sent)>) -> Answered {
    let ((key, id), typed) = (path.into_inner(), Typed::new(sent.into_inner()));
    let seen = typed.one("version").parse().ok();
    let ended = match wish(&typed) {
        Ok(wish) => {
            let which = (key.clone(), id.clone(), seen);
            actions::change(&app.0, desk.into_inner(), by.id, which, wish, app.1.now()).await
        }
        Err(why) => Err(why),
    };
    end(app, &by, key, (Some(id), typed), ended).await
}

/// Marks a task as done.
pub async fn finish(app: App, By(by, (path, sent)): By<Approve, (OneTask, Sent)>) -> Answered {
    turn(app, &by, path.into_inner(), &Typed::new(sent.into_inner()), true).await
}

/// Takes a task up again.
pub async fn reopen(app: App, By(by, (path, sent)): By<Approve, (OneTask, Sent)>) -> Answered {
    turn(app, &by, path.into_inner(), &Typed::new(sent.into_inner()), false).await
}

async fn turn(app: App, by: &Officer, (key, id): (String, String), typed: &Typed, done: bool) -> Answered {
    let who = (by.id, by.may::<Work>());
    match actions::end(&app.0, who, (key.clone(), id.clone()), done, app.1.now()).await {
        // Back to where the button was.
        Ok(_) if typed.one("from") == "own" => Ok(go_to("/tasks".into())),
        Ok(head) => Ok(go_to(format!("/incidents/{}/tasks#task-{id}", head.reference))),
        Err(why @ Error::Conflict { .. }) => end(app, by, key, (None, Typed::default()), Err(why)).await,
        Err(why) => Err(why),
    }
}

/// Shows one's own open tasks.
pub async fn own((db, clock, templates): App, by: May<Approve>) -> Answered {
    let (me, sight) = (by.id, by.sight());
    let all = db.read(move |conn| store::of_person(conn, me, sight, api::OWN)).await?;
    let one = |(task, reference, title): &(Task, String, String)| {
        let mut told = line(&by, task, clock.now());
        told["reference"] = json!(reference);
        told["title"] = json!(title);
        told
    };
    let own = json!({ "tasks": all.iter().map(one).collect::<Vec<Value>>() });
    let title = i18n::text(by.lang, "tasks-own");
    frame(&by, &clock, "/tasks", title).answer(&templates, StatusCode::OK, "together/own", &own)
}

/// The fault at the field of the form, which is called otherwise than that of the API.
fn at_its_field(fault: FieldError) -> FieldError {
    let path = match fault.path.as_str() {
        "what" => "todo".to_owned(),
        "owner" => "doer".to_owned(),
        _ => fault.path,
    };
    FieldError { path, ..fault }
}

fn wish(typed: &Typed) -> Result<Wish, Error> {
    let due_at = typed.time("due").map_err(|why| Error::Invalid(vec![why]))?;
    Ok(Wish { what: typed.one("todo").to_owned(), owner: typed.one("doer").to_owned(), due_at })
}

async fn end(
    app: App,
    by: &Officer,
    key: String,
    (of, typed): (Option<String>, Typed),
    ended: Result<Head, Error>,
) -> Answered {
    let why = match ended {
        Ok(head) => return Ok(go_to(format!("/incidents/{}/tasks?done=saved#main", head.reference))),
        Err(why) => why,
    };
    let status = why.status_and_code().0;
    let stale = matches!(why, Error::Stale { .. });
    let (wrong, whole) = match why {
        Error::Invalid(wrong) => (wrong.into_iter().map(at_its_field).collect(), None),
        Error::Stale { .. } => (Vec::new(), Some(i18n::text(by.lang, "task-stale"))),
        Error::Conflict { .. } => (Vec::new(), Some(why.title_and_detail(by.lang).1)),
        other => return Err(other),
    };
    let asked = Asked { change: of.clone().unwrap_or_default(), ..Asked::default() };
    page(app, by, key, asked, Some(Refused { of, typed, wrong, whole, status, stale })).await
}

async fn page(
    (db, clock, templates): App,
    by: &Officer,
    key: String,
    asked: Asked,
    refused: Option<Refused>,
) -> Answered {
    let sight = by.sight();
    let (head, all, people) = db
        .read(move |conn| {
            let head = cases::head(conn, &key, sight)?;
            let readers = cases::readers(conn, head.seq)?;
            let people = People::all(conn)?.among::<Approve>(&readers, &head);
            let all = store::list(conn, head.seq)?;
            Ok((head, all, people))
        })
        .await?;
    let works = by.may::<Work>();
    let (done, mut open): (Vec<Task>, Vec<Task>) = all.into_iter().partition(|task| task.done_at.is_some());
    store::by_due(&mut open);
    let told = |task: &Task| {
        let mut told = line(by, task, clock.now());
        let id = task.id.to_string();
        if works && id == asked.change {
            let refused = refused.as_ref().filter(|refused| refused.of.as_deref() == Some(id.as_str()));
            let mut known = people.clone();
            // It may stay with whom it is, whatever became of them.
            if !known.iter().any(|(who, _)| *who == task.owner) {
                known.push((task.owner, task.owner_name.clone()));
            }
            told["form"] = json!({ "fields": fields(by, &known, Some(task), refused), "version": task.version });
        }
        told
    };
    let refused_new = refused.as_ref().filter(|refused| refused.of.is_none());
    let latest = done.iter().rev().take(DONE).map(told).collect::<Vec<_>>();
    let against = refused.as_ref().filter(|refused| refused.stale).and_then(|refused| {
        let task = open.iter().find(|task| refused.of.as_deref() == Some(&task.id.to_string()))?;
        Some(differences(by.lang, &people, task, &refused.typed))
    });
    let own = json!({
        "reference": head.reference, "title": head.title, "works": works, "against": against, "saved": asked.done == "saved" && refused.is_none(),
        "open": open.iter().map(told).collect::<Vec<_>>(), "done": latest,
        "fields": works.then(|| fields(by, &people, None, refused_new)),
        "whole": refused.as_ref().and_then(|refused| refused.whole.clone()),
    });
    let status = refused.map_or(StatusCode::OK, |refused| refused.status);
    let title = format!("{} {}", i18n::text(by.lang, "tasks"), head.reference);
    let here = format!("/incidents/{}/tasks", head.reference);
    frame(by, &clock, here, title).answer(&templates, status, "together/tasks", &own)
}

/// What was typed beside what stands now, where the two differ.
fn differences(lang: Lang, people: &[(Id, String)], task: &Task, typed: &Typed) -> Vec<Value> {
    let named = |id: &str| people.iter().find(|(known, _)| known.to_string() == id).map(|(_, name)| name.clone());
    let when = |at: chrono::DateTime<chrono::Utc>| i18n::instant_short(lang, at);
    let doer = typed.one("doer");
    let due = typed.time("due").ok().flatten();
    let all = [
        ("todo", Some(typed.one("todo").trim().to_owned()), Some(task.what.clone())),
        ("doer", named(doer).or_else(|| Some(doer.to_owned())), Some(task.owner_name.clone())),
        ("due", due.map(when), task.due_at.map(|at| when(at.utc()))),
    ];
    let differing = all.into_iter().filter(|(_, yours, theirs)| yours != theirs);
    let row = |(name, yours, theirs): (&str, Option<String>, Option<String>)| json!({ "label": i18n::text(lang, &format!("page-field-{name}")), "yours": yours, "theirs": theirs });
    differing.map(row).collect()
}

/// The fields of a form: what was typed where it was refused, else what stands.
fn fields(by: &Officer, people: &[(Id, String)], task: Option<&Task>, refused: Option<&Refused>) -> Vec<Value> {
    let mut usual = Typed::default();
    usual.set("doer", by.id.to_string());
    if let Some(task) = task {
        usual.set("todo", task.what.clone());
        usual.set("doer", task.owner.to_string());
        if let Some(due) = task.due_at {
            usual.put_time("due", due.utc());
        }
    }
    let none = Vec::new();
    let prefix = task.map_or_else(|| "new-".to_owned(), |task| format!("{}-", task.id));
    let (typed, wrong) = refused.map_or((&usual, &none), |refused| (&refused.typed, &refused.wrong));
    let filling = Filling { lang: by.lang, typed, wrong, prefix: &prefix };
    let owners: Vec<(String, String)> = people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let owners: Vec<(&str, String)> = owners.iter().map(|(id, name)| (id.as_str(), name.clone())).collect();
    let todo = filling.own("todo", Field::one_line);
    let all = [todo, filling.select("doer", &owners), filling.own("due", Field::at)];
    all.iter().map(|field| serde_json::to_value(field).unwrap_or_default()).collect()
}

fn line(by: &Officer, task: &Task, now: chrono::DateTime<chrono::Utc>) -> Value {
    let history = task.endings.iter().map(|ending| {
        let args = [("by", ending.by.clone().into()), ("when", i18n::instant_short(by.lang, ending.at.utc()).into())];
        i18n::text_with(by.lang, &format!("task-was-{}", ending.what), &args)
    });
    let over = task.done_at.is_none() && task.due_at.is_some_and(|due| due.utc() < now);
    json!({
        "id": task.id, "what": what(by.lang, task), "owner": task.owner_name,
        "due": task.due_at.map(|due| due.utc().to_rfc3339()), "over": over, "is_done": task.done_at.is_some(),
        "may": by.may::<Work>() || (by.may::<Approve>() && task.owner == by.id), "history": history.collect::<Vec<_>>(),
        "form": null,
    })
}

fn what(lang: Lang, task: &Task) -> String {
    if task.what.is_empty() { i18n::text(lang, "task-gone") } else { task.what.clone() }
}

/// What the page of a case says of its tasks: the open ones that are nearest, and how many there are.
pub(in crate::incident) fn section(by: &Officer, open: &[Task], now: chrono::DateTime<chrono::Utc>) -> Value {
    let nearest: Vec<Value> = open.iter().take(SHOWN).map(|task| line(by, task, now)).collect();
    json!({ "nearest": nearest, "count": open.len(), "most": MOST })
}

/// The open tasks in words, as whoever closes the case is told.
pub(in crate::incident) fn left(lang: Lang, open: &[Task]) -> Vec<String> {
    open.iter().map(|task| format!("{} ({})", what(lang, task), task.owner_name)).collect()
}
