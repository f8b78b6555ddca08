//! Giving somebody something to do about a case, doing it, taking it up again, and the reminder when its time has come.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::MOST;
use super::store::{self, Task};
use crate::account::right::{Approve, Read};
use crate::account::{Desk, Sight};
use crate::audit;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::Error;
use crate::incident::actions::{touch, words};
use crate::incident::letter::{self, Letter, Pen};
use crate::incident::store::{self as cases, Head, People};
use crate::schema::{incident, task, task_ending};

/// The most open tasks of a case, so that its pages can show them.
const OPEN: usize = 100;
/// How many reminders are written in one transaction.
const TOGETHER: i64 = 100;

/// What is to be done, by whom and by when.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// What.
    pub what: String,
    /// Who: the id of an account.
    pub owner: String,
    /// By when.
    pub due_at: Option<DateTime<Utc>>,
}

/// Writes a task down; whoever is to do it gets a mail.
pub async fn add(
    db: &Db,
    desk: Arc<Desk>,
    by: Id,
    (key, wish): (String, Wish),
    now: DateTime<Utc>,
) -> Result<(Head, Id), Error> {
    db.write(move |conn| {
        let head = cases::head(conn, &key, Sight::of(by))?;
        let (what, owner) = check(conn, &head, &wish, None)?;
        if store::open(conn, head.seq)?.len() >= OPEN {
            return Err(Error::conflict("tasks-full"));
        }
        use task as t;
        let (id, due) = (Id::new(), wish.due_at.map(Instant::from));
        let row = (t::id.eq(id), t::incident_seq.eq(head.seq), t::what.eq(&what), t::owner.eq(owner));
        let row = (row, t::due_at.eq(due), t::remind_at.eq(due), t::version.eq(1));
        let made = (t::made_by.eq(by), t::made_at.eq(Instant::from(now)));
        diesel::insert_into(t::table).values((row, made)).execute(conn)?;
        let made = store::find(conn, head.seq, &id.to_string())?;
        note(conn, &head, "task.added", (json!({}), told(&made)), (by, now))?;
        assign(conn, desk.pen(), &head, &made, (by, now))?;
        Ok((head, id))
    })
    .await
}

/// Changes what is to be done, by whom or by when. Whoever is given it gets a mail.
pub async fn change(
    db: &Db,
    desk: Arc<Desk>,
    by: Id,
    (key, id, seen): (String, String, Option<i32>),
    wish: Wish,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    db.write(move |conn| {
        let (head, was) = found(conn, by, &key, &id)?;
        if was.done_at.is_some() {
            return Err(Error::conflict("task-done"));
        }
        if seen.is_some_and(|seen| seen != was.version) {
            let changes = Value::Array(Vec::new());
            return Err(Error::Stale { current: was.version, changes });
        }
        let (what, owner) = check(conn, &head, &wish, Some(&was))?;
        let due = wish.due_at.map(Instant::from);
        if what == was.what && owner == was.owner && due == was.due_at {
            return Ok(head);
        }
        use task as t;
        let new = (t::what.eq(&what), t::owner.eq(owner), t::due_at.eq(due), t::version.eq(was.version + 1));
        diesel::update(t::table.find(was.seq)).set(new).execute(conn)?;
        if due != was.due_at {
            diesel::update(t::table.find(was.seq)).set(t::remind_at.eq(due)).execute(conn)?;
        }
        let is = store::by_seq(conn, was.seq)?;
        note(conn, &head, "task.changed", (told(&was), told(&is)), (by, now))?;
        if owner != was.owner {
            assign(conn, desk.pen(), &head, &is, (by, now))?;
        }
        Ok(head)
    })
    .await
}

/// Marks a task as done, or takes it up again. Whoever does not work on incidents does only what is their own.
pub async fn end(
    db: &Db,
    (by, works): (Id, bool),
    (key, id): (String, String),
    done: bool,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    db.write(move |conn| {
        let (head, was) = found(conn, by, &key, &id)?;
        if !works && was.owner != by {
            return Err(Error::conflict("task-not-yours"));
        }
        if was.done_at.is_some() == done {
            return Err(Error::conflict(if done { "task-done" } else { "task-open" }));
        }
        use task as t;
        use task_ending as e;
        let at = Instant::from(now);
        // Whoever takes it up again is reminded when its time comes, not of a time that has passed.
        let again = was.due_at.filter(|due| !done && due.utc() > now);
        let new = (t::done_by.eq(done.then_some(by)), t::done_at.eq(done.then_some(at)), t::remind_at.eq(again));
        diesel::update(t::table.find(was.seq)).set((new, t::version.eq(was.version + 1))).execute(conn)?;
        let what = if done { "done" } else { "reopened" };
        let row = (e::task_seq.eq(was.seq), e::what.eq(what), e::by_account.eq(by), e::at.eq(at));
        diesel::insert_into(e::table).values(row).execute(conn)?;
        let kind = if done { "task.done" } else { "task.reopened" };
        let is = store::by_seq(conn, was.seq)?;
        note(conn, &head, kind, (told(&was), told(&is)), (by, now))?;
        Ok(head)
    })
    .await
}

fn found(conn: &mut Conn, by: Id, key: &str, id: &str) -> Result<(Head, Task), Error> {
    let head = cases::head(conn, key, Sight::of(by))?;
    let task = store::find(conn, head.seq, id)?;
    Ok((head, task))
}

/// What is to be done and by whom; only whoever may see the case can be given something to do about it. A task may stay
/// with whom it is, whatever became of them.
fn check(conn: &mut Conn, head: &Head, wish: &Wish, was: Option<&Task>) -> Result<(String, Id), Error> {
    let mut wrong = Vec::new();
    let what = words("what", &wish.what, MOST).unwrap_or_else(|why| {
        wrong.extend_from_slice(why.fields());
        String::new()
    });
    let readers = cases::readers(conn, head.seq)?;
    let may = People::all(conn)?.among::<Approve>(&readers, head);
    let fits = |id: &Id| may.iter().any(|(known, _)| known == id) || was.is_some_and(|was| was.owner == *id);
    match Id::parse(wish.owner.trim()).filter(fits) {
        Some(owner) if wrong.is_empty() => Ok((what, owner)),
        Some(_) => Err(Error::Invalid(wrong)),
        None => {
            let code = if wish.owner.trim().is_empty() { "missing" } else { "task_owner" };
            wrong.push(crate::error::FieldError::new("owner", code));
            Err(Error::Invalid(wrong))
        }
    }
}

/// A task as the audit chain tells of it; what is to be done stands there by its digest, so that it can be taken away.
fn told(task: &Task) -> Value {
    json!({
        "sha256": crate::digest::sha256(task.what.as_bytes()), "owner": task.owner_name, "due_at": task.due_at,
        "done_at": task.done_at,
    })
}

fn note(
    conn: &mut Conn,
    head: &Head,
    what: &str,
    change: (Value, Value),
    (by, now): (Id, DateTime<Utc>),
) -> Result<(), Error> {
    touch(conn, head, now)?;
    audit::change(conn, Some(by), (what, &head.reference), change, now.into())
}

/// Tells whoever is given a task; who gave it to themselves knows.
fn assign(
    conn: &mut Conn,
    pen: Pen<'_>,
    head: &Head,
    task: &Task,
    (by, now): (Id, DateTime<Utc>),
) -> Result<(), Error> {
    if task.owner == by {
        return Ok(());
    }
    let by = People::all(conn)?.name(by);
    let more = json!({ "by": by, "what": task.what, "due": task.due_at.map(|due| due.utc().to_rfc3339()) });
    let key = format!("task-{}-{}-{}", task.id, task.version, task.owner);
    let place = format!("/tasks#task-{}", task.id);
    letter::put(conn, pen, Letter { kind: "task", key, to: task.owner, head, place, more }, now)
}

/// Reminds of the tasks whose time has come, once each, and answers how many mails were written. Who may no longer see
/// the case hears nothing; whoever sees to it does in their place.
///
/// # Errors
/// When the database fails; the next round makes up for it.
pub async fn remind<B: Send + Sync + 'static>(
    db: &Db,
    (book, pen): (Arc<B>, fn(&B) -> Pen<'_>),
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    if db.read(move |conn| store::waiting(conn, now, 1)).await?.is_empty() {
        return Ok(0);
    }
    db.write(move |conn| {
        let waiting = store::waiting(conn, now, TOGETHER)?;
        for (seq, incident_seq) in &waiting {
            let head: Head = incident::table.find(incident_seq).select(Head::as_select()).first(conn)?;
            let one = store::by_seq(conn, *seq)?;
            let readers = cases::readers(conn, *incident_seq)?;
            let people = People::all(conn)?;
            let may_see = people.among::<Read>(&readers, &head);
            let sees = |id: Id| may_see.iter().any(|(known, _)| *known == id);
            let to = [one.owner, people.owner(&head).id].into_iter().find(|id| sees(*id));
            if let (Some(to), Some(due)) = (to, one.due_at) {
                let more = json!({ "what": one.what, "owner": one.owner_name, "own": to == one.owner, "due": due.utc().to_rfc3339() });
                let key = format!("task-due-{}-{}-{to}", one.id, due);
                let place = format!("/tasks#task-{}", one.id);
                letter::put(conn, pen(&book), Letter { kind: "task-due", key, to, head: &head, place, more }, now)?;
            }
            diesel::update(task::table.find(seq)).set(task::remind_at.eq(None::<Instant>)).execute(conn)?;
        }
        Ok(waiting.len())
    })
    .await
}
