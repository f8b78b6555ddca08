//! The queries on tasks.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use crate::account::Sight;
use crate::account::store::in_sight;
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::{account, incident, task, task_ending};

/// A task.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
    /// Its number.
    #[serde(skip)]
    pub seq: i64,
    /// Its id.
    pub id: Id,
    /// What is to be done; empty when it was taken away.
    pub what: String,
    /// Who is to do it.
    #[serde(rename = "owner_id")]
    pub owner: Id,
    /// What that person is called.
    #[serde(rename = "owner")]
    pub owner_name: String,
    /// By when.
    pub due_at: Option<Instant>,
    /// Grows with every change.
    pub version: i32,
    /// When it was written down.
    pub made_at: Instant,
    /// When it was done; none while it is open.
    pub done_at: Option<Instant>,
    /// That it was done or taken up again, the oldest first.
    pub endings: Vec<Ending>,
}

/// That a task was done, or taken up again.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Ending {
    #[serde(skip)]
    task_seq: i64,
    /// `done` or `reopened`.
    pub what: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
}

type Row = (i64, Id, String, Id, String, Option<Instant>, i32, Instant, Option<Instant>);

macro_rules! columns {
    () => {{
        use task as t;
        (t::seq, t::id, t::what, t::owner, account::name, t::due_at, t::version, t::made_at, t::done_at)
    }};
}

fn with_endings(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Task>, Error> {
    use task_ending as e;
    let of: Vec<i64> = rows.iter().map(|row| row.0).collect();
    let all = e::table.inner_join(account::table).filter(e::task_seq.eq_any(of)).order(e::seq);
    let all: Vec<Ending> = all.select((e::task_seq, e::what, account::name, e::at)).load(conn)?;
    let one = |(seq, id, what, owner, owner_name, due_at, version, made_at, done_at): Row| {
        let endings = all.iter().filter(|ending| ending.task_seq == seq).cloned().collect();
        Task { seq, id, what, owner, owner_name, due_at, version, made_at, done_at, endings }
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Every task of a case, the oldest first.
pub fn list(conn: &mut Conn, incident: i64) -> Result<Vec<Task>, Error> {
    let of = task::table.inner_join(account::table.on(account::id.eq(task::owner)));
    let rows = of.filter(task::incident_seq.eq(incident)).order(task::seq).select(columns!()).load(conn)?;
    with_endings(conn, rows)
}

/// The open tasks of a case, the nearest first, those without a day last.
pub fn open(conn: &mut Conn, incident: i64) -> Result<Vec<Task>, Error> {
    let of = task::table.inner_join(account::table.on(account::id.eq(task::owner)));
    let of = of.filter(task::incident_seq.eq(incident)).filter(task::done_at.is_null());
    let rows = of.order(task::seq).select(columns!()).load(conn)?;
    let mut all = with_endings(conn, rows)?;
    by_due(&mut all);
    Ok(all)
}

/// Puts the nearest first, those without a day last.
pub fn by_due(all: &mut [Task]) {
    all.sort_by_key(|task| (task.due_at.is_none(), task.due_at, task.seq));
}

/// A task of a case by its id.
pub fn find(conn: &mut Conn, incident: i64, id: &str) -> Result<Task, Error> {
    let id = Id::parse(id).ok_or(Error::NotFound)?;
    let of = task::table.inner_join(account::table.on(account::id.eq(task::owner)));
    let of = of.filter(task::incident_seq.eq(incident)).filter(task::id.eq(id));
    let row: Row = of.select(columns!()).first(conn)?;
    with_endings(conn, vec![row])?.pop().ok_or(Error::NotFound)
}

/// The open tasks that somebody is to do, each with the reference and the title of its case, as far as they may see it.
pub fn of_person(conn: &mut Conn, who: Id, sight: Sight, most: i64) -> Result<Vec<(Task, String, String)>, Error> {
    let of = task::table
        .inner_join(account::table.on(account::id.eq(task::owner)))
        .inner_join(incident::table)
        .filter(task::owner.eq(who))
        .filter(task::done_at.is_null())
        .filter(in_sight(sight));
    let of = of.order((task::due_at.is_null(), task::due_at, task::seq)).limit(most);
    let rows: Vec<(Row, String, String)> = of.select((columns!(), incident::reference, incident::title)).load(conn)?;
    let (rows, of): (Vec<Row>, Vec<(String, String)>) =
        rows.into_iter().map(|(row, reference, title)| (row, (reference, title))).unzip();
    let all = with_endings(conn, rows)?.into_iter().zip(of);
    Ok(all.map(|(task, (reference, title))| (task, reference, title)).collect())
}

/// The tasks whose owner is to be reminded by now, each with its case, the longest waiting first, at most so many.
pub(super) fn waiting(conn: &mut Conn, now: DateTime<Utc>, most: i64) -> Result<Vec<(i64, i64)>, Error> {
    let due = task::table.filter(task::remind_at.le(Instant::from(now))).order(task::remind_at).limit(most);
    Ok(due.select((task::seq, task::incident_seq)).load(conn)?)
}

/// A task by its number.
pub(super) fn by_seq(conn: &mut Conn, seq: i64) -> Result<Task, Error> {
    let of = task::table.inner_join(account::table.on(account::id.eq(task::owner))).filter(task::seq.eq(seq));
    let row: Row = of.select(columns!()).first(conn)?;
    with_endings(conn, vec![row])?.pop().ok_or(Error::NotFound)
}
