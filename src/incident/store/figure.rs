//! What figures over all incidents count by: read off the facts, written with every change.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Oslo;
use diesel::prelude::*;

use super::Head;
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::law::{Fact, Facts};
use crate::schema::{figure, incident};

/// The most users times minutes that one incident may bear: a million users for two years. What is more is a slip of the
/// pen, counted as unknown, so that sums never run over.
const MOST_USER_MINUTES: i64 = 1_000_000_000_000;
/// How many incidents without a row are seen to in one transaction.
const TOGETHER: i64 = 200;

#[derive(Clone, Debug, PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = figure, treat_none_as_null = true)]
struct Row {
    incident_seq: i64,
    month: String,
    severity: String,
    risk: String,
    breach: bool,
    security: bool,
    availability: bool,
    near_miss: bool,
    cause: &'static str,
    persons: Option<i64>,
    user_minutes: Option<i64>,
}

/// The month of an instant in Norway, as `2026-10`.
#[must_use]
pub fn month_of(at: DateTime<Utc>) -> String {
    at.with_timezone(&Oslo).format("%Y-%m").to_string()
}

fn row(head: &Head, facts: &Facts) -> Row {
    let is = |fact| facts.bool(fact) == Some(true);
    let availability = facts.word(Fact::Availability);
    let (breach, security) = (is(Fact::Breach), is(Fact::SecurityBreach));
    let down = availability == Some("occurred");
    // It was looked into and nothing had happened, but it might have.
    let danger = is(Fact::ParticularRisk) || availability == Some("may_occur");
    Row {
        incident_seq: head.seq,
        month: month_of(head.created_at.utc()),
        severity: head.severity.clone(),
        risk: head.risk.clone(),
        breach,
        security,
        availability: down,
        near_miss: danger && !breach && !security && !down,
        cause: facts.word(Fact::RootCause).unwrap_or_default(),
        persons: whole(facts, Fact::SubjectsCount),
        user_minutes: down.then(|| user_minutes(facts)).flatten(),
    }
}

/// Users times minutes of a loss of service.
fn user_minutes(facts: &Facts) -> Option<i64> {
    let between = || Some((facts.time(Fact::EndedAt)? - facts.time(Fact::StartedAt)?).num_minutes());
    let minutes = whole(facts, Fact::DurationMinutes).or_else(between)?;
    let lost = whole(facts, Fact::CustomersAffected)?.checked_mul(minutes)?;
    (0..=MOST_USER_MINUTES).contains(&lost).then_some(lost)
}

fn whole(facts: &Facts, fact: Fact) -> Option<i64> {
    let number = facts.number(fact)?;
    (number.fract() == 0.0 && (0.0..9e15).contains(&number)).then_some(number as i64)
}

/// Writes the row of an incident anew.
pub(in crate::incident) fn write(conn: &mut Conn, head: &Head, facts: &Facts) -> Result<(), Error> {
    if head.is_drill() {
        // What is only practised is counted by no figure.
        return Ok(());
    }
    let row = row(head, facts);
    let changed = diesel::update(figure::table.find(head.seq)).set(&row).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(figure::table).values(&row).execute(conn)?;
    }
    Ok(())
}

/// Writes the rows of incidents that have none yet, as after an update of the program; answers how many.
pub async fn catch_up(db: &Db) -> Result<usize, Error> {
    let mut all = 0;
    loop {
        // Looked for among the readers: at most starts there is nothing to write, and nobody need wait.
        let seqs = db.read(lacking).await?;
        if seqs.is_empty() {
            return Ok(all);
        }
        all += seqs.len();
        db.write(move |conn| some(conn, &seqs)).await?;
    }
}

fn lacking(conn: &mut Conn) -> Result<Vec<i64>, Error> {
    let lacking = incident::table.left_join(figure::table).filter(figure::incident_seq.nullable().is_null());
    let lacking = lacking.filter(incident::clock_real.is_null());
    Ok(lacking.order(incident::seq).limit(TOGETHER).select(incident::seq).load(conn)?)
}

fn some(conn: &mut Conn, seqs: &[i64]) -> Result<(), Error> {
    let heads: Vec<Head> = incident::table.filter(incident::seq.eq_any(seqs)).select(Head::as_select()).load(conn)?;
    for head in &heads {
        let facts = super::facts_at(conn, head.seq, head.version)?;
        write(conn, head, &facts)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Id;

    fn of(facts: &str) -> Row {
        let facts = Facts::parse(facts.as_bytes()).unwrap();
        let at = DateTime::parse_from_rfc3339("2026-10-31T23:30:00Z").unwrap().to_utc();
        row(&Head::new("2026-0001".into(), Id::new(), at), &facts)
    }

    #[test]
    fn the_month_is_norways_and_lost_hours_are_users_times_minutes() {
        let down = of(
            r#"{"title":"Nede","services":{"availability":"occurred","customers_affected":400,"duration_minutes":90}}"#,
        );
        assert_eq!((down.month.as_str(), down.user_minutes, down.near_miss), ("2026-11", Some(36_000), false));
        let unknown = of(r#"{"title":"Nede","services":{"availability":"occurred","customers_affected":400}}"#);
        assert_eq!(unknown.user_minutes, None, "what is unknown is not nought");
        let slip = of(
            r#"{"title":"Nede","services":{"availability":"occurred","customers_affected":5000000000,"duration_minutes":90000}}"#,
        );
        assert_eq!((slip.availability, slip.user_minutes), (true, None), "a slip of the pen is not measured");
    }

    #[test]
    fn a_near_miss_is_a_danger_in_which_nothing_happened() {
        assert!(of(r#"{"title":"Svakhet","network_security":{"particular_risk":true}}"#).near_miss);
        let hit = of(r#"{"title":"Svakhet","network_security":{"particular_risk":true,"security_breach":true}}"#);
        assert!(!hit.near_miss && hit.security);
        assert!(!of(r#"{"title":"Ukjent"}"#).near_miss);
    }
}
