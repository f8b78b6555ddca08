//! What people reported themselves, and all that they may know of what became of it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::Head;
use crate::account::Sight;
use crate::account::store::in_sight;
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::incident::actions::Reported;
use crate::schema::{account, incident, report, report_remark, timeline};

/// A report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What happened, in the person's own words.
    pub what: String,
    /// When it was noticed.
    pub noticed_at: Instant,
    /// The service or the system; empty when nobody said.
    pub system: String,
    /// Whether personal data may be involved: `yes`, `no` or `unknown`.
    pub personal_data: String,
    /// Where to reach the person; empty when nobody said.
    pub contact: String,
    /// When it was reported.
    pub at: Instant,
    /// Who reported it.
    #[serde(skip)]
    pub by: String,
    /// What the person had to add, the oldest first.
    pub remarks: Vec<Remark>,
}

/// Something added to a report.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Remark {
    /// What was added.
    pub words: String,
    /// When.
    pub at: Instant,
}

/// A page of one's own reports, and where the next one begins.
pub struct Page {
    /// The newest first, each with how far it has come: `received`, `in_hand` or `closed`.
    pub items: Vec<(Head, Report, &'static str)>,
    /// For the next page; none after the last.
    pub next: Option<i64>,
}

type Columns = (String, Instant, String, String, String, Instant, String);

macro_rules! columns {
    () => {
        (
            report::what,
            report::noticed_at,
            report::system,
            report::personal_data,
            report::contact,
            report::at,
            account::name,
        )
    };
}

fn read((what, noticed_at, system, personal_data, contact, at, by): Columns, remarks: Vec<Remark>) -> Report {
    Report { what, noticed_at, system, personal_data, contact, at, by, remarks }
}

/// What a case was made of, if somebody reported it.
pub fn of_case(conn: &mut Conn, seq: i64) -> Result<Option<Report>, Error> {
    let of = report::table.inner_join(account::table).filter(report::incident_seq.eq(seq));
    let found: Option<Columns> = of.select(columns!()).first(conn).optional()?;
    found.map(|row| Ok(read(row, remarks(conn, seq)?))).transpose()
}

fn remarks(conn: &mut Conn, seq: i64) -> Result<Vec<Remark>, Error> {
    use report_remark as r;
    Ok(r::table.filter(r::incident_seq.eq(seq)).order(r::seq).select((r::words, r::at)).load(conn)?)
}

/// One's own report by the reference or the id of its case; those of others are not there.
pub fn own(conn: &mut Conn, by: Id, key: &str) -> Result<(Head, Report, &'static str), Error> {
    let head = super::head(conn, key, Sight::of(by))?;
    let of = report::table.inner_join(account::table).filter(report::incident_seq.eq(head.seq));
    let row: Columns = of.filter(report::by_account.eq(by)).select(columns!()).first(conn)?;
    let remarks = remarks(conn, head.seq)?;
    let state = state(&head, &taken_up(conn, by, &[head.seq])?);
    Ok((head, read(row, remarks), state))
}

/// One's own reports, the newest first; those below `before` only.
pub fn own_all(conn: &mut Conn, by: Id, before: Option<i64>, most: i64) -> Result<Page, Error> {
    let of = report::table.inner_join(account::table).inner_join(incident::table);
    let of = of.filter(report::by_account.eq(by)).filter(in_sight(Sight::of(by)));
    let of = of.filter(report::incident_seq.lt(before.unwrap_or(i64::MAX)));
    let of = of.order(report::incident_seq.desc()).limit(most + 1);
    let mut found: Vec<(Head, Columns)> = of.select((Head::as_select(), columns!())).load(conn)?;
    let more = i64::try_from(found.len()).is_ok_and(|found| found > most);
    if more {
        found.pop();
    }
    let next = found.last().filter(|_| more).map(|(last, _)| last.seq);
    let seqs: Vec<i64> = found.iter().map(|(head, _)| head.seq).collect();
    let taken_up = taken_up(conn, by, &seqs)?;
    let mut items = Vec::new();
    for (head, row) in found {
        let (state, remarks) = (state(&head, &taken_up), remarks(conn, head.seq)?);
        items.push((head, read(row, remarks), state));
    }
    Ok(Page { items, next })
}

/// The cases in which somebody else than the reporter has done something.
fn taken_up(conn: &mut Conn, by: Id, seqs: &[i64]) -> Result<BTreeSet<i64>, Error> {
    use timeline as t;
    let others = t::table.filter(t::incident_seq.eq_any(seqs.to_vec())).filter(t::by_account.ne(by));
    let found: Vec<i64> = others.select(t::incident_seq).distinct().load(conn)?;
    Ok(found.into_iter().collect())
}

fn state(head: &Head, taken_up: &BTreeSet<i64>) -> &'static str {
    match head.status.as_str() {
        "closed" => "closed",
        _ if taken_up.contains(&head.seq) => "in_hand",
        _ => "received",
    }
}

/// Writes a report beside the case that was made of it.
pub(in crate::incident) fn insert(
    conn: &mut Conn,
    head: &Head,
    reported: &Reported,
    (by, now): (Id, DateTime<Utc>),
) -> Result<(), Error> {
    use report as r;
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    let row = (r::incident_seq.eq(head.seq), r::by_account.eq(by), r::what.eq(&reported.what));
    let row = (row, r::noticed_at.eq(Instant::from(reported.noticed_at)), r::system.eq(text(&reported.system)));
    let row = (row, r::personal_data.eq(&reported.personal_data), r::contact.eq(text(&reported.contact)));
    diesel::insert_into(r::table).values((row, r::at.eq(Instant::from(now)))).execute(conn)?;
    // The line that tells of the case was written before it.
    super::words::write(conn, head.seq)
}

/// Takes away where to reach the reporter, and answers whether it was there.
pub fn forget_contact(conn: &mut Conn, seq: i64) -> Result<bool, Error> {
    let with = report::table.filter(report::incident_seq.eq(seq)).filter(report::contact.ne(""));
    Ok(diesel::update(with).set(report::contact.eq("")).execute(conn)? > 0)
}

/// Writes something added to a report.
pub(in crate::incident) fn insert_remark(
    conn: &mut Conn,
    seq: i64,
    words: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    use report_remark as r;
    let row = (r::incident_seq.eq(seq), r::words.eq(words), r::at.eq(Instant::from(now)));
    diesel::insert_into(r::table).values(row).execute(conn)?;
    Ok(())
}
