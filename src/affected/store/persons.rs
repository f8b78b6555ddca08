//! The persons of an incident, who of them is to be told, and their number where nobody has their names.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::within;
use crate::affected::{Circle, STATES};
use crate::db::{Conn, Id, Instant, Json};
use crate::error::{Error, FieldError};
use crate::incident::store::BY_LETTER;
use crate::schema::{account, affected, affected_decision, affected_tally};

const USUAL: i64 = 50;
const LONGEST: i64 = 200;

/// A person as stored.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = affected)]
pub struct Line {
    /// The inner number.
    pub seq: i64,
    /// The name for people and programs.
    pub id: Id,
    /// Name and addresses, sealed.
    pub sealed: String,
    /// The keyed hash of the e-mail address.
    pub email_hash: Option<String>,
    /// The keyed hash of the telephone number.
    pub phone_hash: Option<String>,
    /// The business customer.
    pub customer: String,
    /// The categories of data between commas.
    pub categories: String,
    /// Whether the person is not of age.
    pub minor: bool,
    /// Whether the address is protected.
    pub protected: bool,
    /// nb, nn or en.
    pub language: String,
    /// Whether this one is to be told.
    pub chosen: bool,
    /// How many rows were joined into this one.
    pub joined: i32,
    /// One of [`STATES`].
    pub state: String,
    /// The way that was tried last.
    pub way: String,
    /// The ways that were tried: 1 is e-mail, 2 is text message, 4 is a letter.
    pub tried: i32,
    /// The wave that told, or tried.
    pub wave_seq: Option<i64>,
    /// What was answered last.
    pub reply: String,
    /// When the state last changed.
    pub changed_at: Instant,
}

/// Which persons to list. Everything is optional.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One of [`STATES`].
    pub state: Option<String>,
    /// Which of them.
    pub circle: Circle,
    /// The keyed hash of an address.
    pub hash: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<i64>,
    /// At most this many.
    pub limit: Option<i64>,
}

/// A page of persons.
pub struct Page {
    /// The persons.
    pub items: Vec<Line>,
    /// Where the next page begins; none after the last.
    pub next: Option<i64>,
}

/// Lists persons in the order they came.
pub fn list(conn: &mut Conn, incident_seq: i64, filter: &Filter) -> Result<Page, Error> {
    let limit = filter.limit.unwrap_or(USUAL);
    if !(1..=LONGEST).contains(&limit) {
        return Err(Error::field("limit", "limit_out_of_range"));
    }
    if let Some(state) = filter.state.as_ref().filter(|state| !STATES.contains(&state.as_str())) {
        let fault = FieldError::new("state", "wrong_choice").with("given", state.as_str());
        return Err(Error::Invalid(vec![fault.with("choices", STATES.to_vec())]));
    }
    let mut items = some(conn, incident_seq, filter, limit + 1)?;
    let more = i64::try_from(items.len()).is_ok_and(|found| found > limit);
    if more {
        items.pop();
    }
    let next = items.last().filter(|_| more).map(|last| last.seq);
    Ok(Page { items, next })
}

fn some(conn: &mut Conn, incident_seq: i64, filter: &Filter, limit: i64) -> Result<Vec<Line>, Error> {
    use affected as a;
    let of = a::table.filter(within(incident_seq, &filter.circle)).filter(a::seq.gt(filter.cursor.unwrap_or(0)));
    let mut query = of.select(Line::as_select()).order(a::seq).limit(limit).into_boxed();
    if let Some(state) = &filter.state {
        query = query.filter(a::state.eq(state.clone()));
    }
    if let Some(hash) = &filter.hash {
        query = query.filter(a::email_hash.eq(hash.clone()).or(a::phone_hash.eq(hash.clone())));
    }
    Ok(query.load(conn)?)
}

/// A thousand persons behind the cursor of the filter.
pub fn each(conn: &mut Conn, incident_seq: i64, filter: &Filter) -> Result<Vec<Line>, Error> {
    some(conn, incident_seq, filter, 1000)
}

/// A person of an incident.
pub fn by_id(conn: &mut Conn, incident_seq: i64, id: Id) -> Result<Line, Error> {
    use affected as a;
    let of = a::table.filter(a::id.eq(id)).filter(a::incident_seq.eq(incident_seq));
    Ok(of.select(Line::as_select()).first(conn)?)
}

/// The persons of an incident who have an address with this keyed hash.
pub fn by_hash(conn: &mut Conn, incident_seq: i64, hash: &str) -> Result<Vec<Line>, Error> {
    let filter = Filter { hash: Some(hash.to_owned()), ..Filter::default() };
    each(conn, incident_seq, &filter)
}

/// When a person of an incident last changed.
pub fn moved_at(conn: &mut Conn, incident_seq: i64) -> Result<Option<Instant>, Error> {
    use affected as a;
    Ok(a::table.filter(a::incident_seq.eq(incident_seq)).select(diesel::dsl::max(a::changed_at)).first(conn)?)
}

/// The state of a person.
pub fn state_of(conn: &mut Conn, seq: i64) -> Result<String, Error> {
    Ok(affected::table.find(seq).select(affected::state).first(conn)?)
}

/// Writes down a person's state, and what was answered.
pub fn set_state(conn: &mut Conn, seq: i64, state: &str, reply: Option<&str>, now: DateTime<Utc>) -> Result<(), Error> {
    use affected as a;
    diesel::update(a::table.find(seq)).set((a::state.eq(state), a::changed_at.eq(Instant::from(now)))).execute(conn)?;
    if let Some(reply) = reply {
        diesel::update(a::table.find(seq)).set(a::reply.eq(reply)).execute(conn)?;
    }
    Ok(())
}

/// Writes down by hand where a person stands, and why; who cannot be reached is waited for no longer.
pub fn write_down(conn: &mut Conn, seq: i64, (state, reason): (&str, &str), now: DateTime<Utc>) -> Result<(), Error> {
    use affected as a;
    let stands = (a::state.eq(state), a::reply.eq(reason), a::excused.eq(state == "unreachable"));
    diesel::update(a::table.find(seq)).set((stands, a::changed_at.eq(Instant::from(now)))).execute(conn)?;
    Ok(())
}

/// Writes down that a letter went to somebody whom no message reached.
pub fn posted(conn: &mut Conn, seq: i64, reason: &str, now: DateTime<Utc>) -> Result<(), Error> {
    use affected as a;
    write_down(conn, seq, ("told_otherwise", reason), now)?;
    diesel::update(a::table.find(seq)).set(a::tried.eq(a::tried + BY_LETTER)).execute(conn)?;
    Ok(())
}

/// The business customers of the affected, at most a hundred, each with how many.
pub fn customers(conn: &mut Conn, incident_seq: i64) -> Result<Vec<(String, i64)>, Error> {
    use affected as a;
    let of = a::table.filter(a::incident_seq.eq(incident_seq)).filter(a::customer.ne(""));
    Ok(of
        .group_by(a::customer)
        .select((a::customer, diesel::dsl::count_star()))
        .order(a::customer)
        .limit(100)
        .load(conn)?)
}

/// Every business customer that the register names: of persons, and of whom a decision or a wave is about.
pub fn customers_named(conn: &mut Conn, incident_seq: i64) -> Result<Vec<String>, Error> {
    use affected as a;
    let of = a::table.filter(a::incident_seq.eq(incident_seq)).filter(a::customer.ne(""));
    let mut names: Vec<String> = of.select(a::customer).distinct().load(conn)?;
    names.extend(decision(conn, incident_seq)?.into_iter().flat_map(|decided| decided.circle.customers));
    names.extend(super::waves(conn, incident_seq)?.into_iter().flat_map(|wave| wave.circle().customers));
    Ok(names)
}

/// The decision that holds.
#[derive(Clone, Debug)]
pub struct Decided {
    /// `all`, `some` or `none`.
    pub answer: String,
    /// Which of them, where it is some.
    pub circle: Circle,
    /// The exceptions relied upon, each with its evidence.
    pub exceptions: serde_json::Map<String, serde_json::Value>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Instant,
}

impl Decided {
    /// Whether somebody in this circle or outside it is to be told.
    pub fn chooses(&self, new: &crate::affected::New) -> bool {
        match self.answer.as_str() {
            "none" => false,
            "some" => self.circle.holds(new),
            _ => true,
        }
    }
}

/// The decision that holds, if there is one.
pub fn decision(conn: &mut Conn, incident_seq: i64) -> Result<Option<Decided>, Error> {
    use affected_decision as d;
    type Row = (String, Json, Json, String, String, Instant);
    let of = d::table.inner_join(account::table).filter(d::incident_seq.eq(incident_seq)).order(d::seq.desc());
    let columns = (d::answer, d::chosen, d::exceptions, d::reason, account::name, d::at);
    let row: Option<Row> = of.select(columns).first(conn).optional()?;
    Ok(row.map(|(answer, circle, exceptions, reason, by, at)| Decided {
        answer,
        circle: serde_json::from_value(circle.0).unwrap_or_default(),
        exceptions: exceptions.0.as_object().cloned().unwrap_or_default(),
        reason,
        by,
        at,
    }))
}

/// Writes a decision down and marks who is to be told by it.
pub fn decide(
    conn: &mut Conn,
    incident_seq: i64,
    (answer, circle): (&str, &Circle),
    (exceptions, reason): (&serde_json::Value, &str),
    (by, at): (Id, Instant),
) -> Result<(), Error> {
    use affected as a;
    use affected_decision as d;
    let what = (d::incident_seq.eq(incident_seq), d::answer.eq(answer), d::chosen.eq(Json(serde_json::json!(circle))));
    let why = (d::exceptions.eq(Json(exceptions.clone())), d::reason.eq(reason));
    diesel::insert_into(d::table).values((what, why, d::by_account.eq(by), d::at.eq(at))).execute(conn)?;
    let of = a::table.filter(a::incident_seq.eq(incident_seq));
    diesel::update(of).set(a::chosen.eq(answer == "all")).execute(conn)?;
    if answer == "some" {
        diesel::update(a::table.filter(within(incident_seq, circle))).set(a::chosen.eq(true)).execute(conn)?;
    }
    Ok(())
}

/// How many there are and how many are told, where nobody has their names.
#[derive(Clone, Debug)]
pub struct Tally {
    /// How many there are.
    pub total: i64,
    /// How many are told.
    pub told: i64,
    /// Where the numbers come from.
    pub note: String,
}

/// Writes numbers down.
pub fn tally(conn: &mut Conn, incident_seq: i64, tally: &Tally, (by, at): (Id, Instant)) -> Result<(), Error> {
    use affected_tally as t;
    let row = (t::incident_seq.eq(incident_seq), t::total.eq(tally.total), t::told.eq(tally.told));
    let row = (row, t::note.eq(&tally.note), t::by_account.eq(by), t::at.eq(at));
    diesel::insert_into(t::table).values(row).execute(conn)?;
    Ok(())
}
