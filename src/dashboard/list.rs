//! The rows behind a figure: the same query that counts it, a page at a time, for people and for programs.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Period;
use super::pages::Asked;
use super::store::{self, Due, Sending};
use super::sum::{RECEIVERS, first_of_each};
use crate::account::right::Oversee;
use crate::account::{By, Sight};
use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::incident::pages::{anchor, frame};
use crate::law::State;
use crate::templates::Templates;

/// How many rows stand on a page.
const SHOWN: usize = 50;
/// The figures that have rows, beside the receivers of what was sent.
const FIGURES: [&str; 5] = ["late", "soon", "unsettled", "to_be_told", "told"];

/// Which figure, and which of its pages.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    of: String,
    page: String,
    from: String,
    to: String,
}

impl Which {
    fn of(&self) -> Result<&'static str, Error> {
        let known = FIGURES.iter().chain(&RECEIVERS);
        let asked = if self.of.is_empty() { "late" } else { &self.of };
        known.copied().find(|known| *known == asked).ok_or_else(|| Error::field("of", "no_figure"))
    }

    fn page(&self) -> Result<usize, Error> {
        let asked = if self.page.is_empty() { "1" } else { &self.page };
        asked.parse().ok().filter(|page| (1..=10_000).contains(page)).ok_or_else(|| Error::field("page", "no_page"))
    }

    fn period(&self, now: DateTime<Utc>) -> Result<Period, Error> {
        Asked::of(&self.from, &self.to).period(now).ok_or_else(|| Error::field("from", "no_period"))
    }
}

/// One row: an incident, and the duty in it where the figure counts duties.
enum Row {
    Duty(Due),
    Persons { reference: String, title: String, persons: Option<i64> },
    Sent { reference: String, title: String, sending: Sending },
}

/// The rows of one page, how many there are in all, and what they add up to where they are persons.
struct Rows {
    rows: Vec<Row>,
    all: i64,
    persons: Option<store::Persons>,
}

fn gather(
    conn: &mut Conn,
    sight: Sight,
    (of, page): (&'static str, usize),
    (period, now): (Period, DateTime<Utc>),
) -> Result<Rows, Error> {
    let tomorrow = now + TimeDelta::hours(24);
    let (state, span) = match of {
        "late" => (State::Required, (None, now)),
        "soon" => (State::Required, (Some(now), tomorrow)),
        "unsettled" => (State::Undetermined, (None, tomorrow)),
        "to_be_told" => {
            let all = store::waiting_to_be_told(conn, sight)?;
            return persons(conn, &all, page);
        }
        "told" => {
            let all = store::completely_told(conn, sight, period)?;
            return persons(conn, &all, page);
        }
        receiver => return sent(conn, sight, (receiver, page), period),
    };
    let (most, before) = (i64::try_from(SHOWN).unwrap_or(i64::MAX), i64::try_from((page - 1) * SHOWN).unwrap_or(0));
    let (rows, all) = store::due(conn, sight, state, span, (most, before))?;
    Ok(Rows { rows: rows.into_iter().map(Row::Duty).collect(), all, persons: None })
}

fn persons(conn: &mut Conn, all: &[(i64, Option<i64>)], page: usize) -> Result<Rows, Error> {
    let shown: Vec<_> = part(all, page).to_vec();
    let names = store::names(conn, shown.iter().map(|(seq, _)| *seq).collect())?;
    let row = |(seq, persons): (i64, Option<i64>)| {
        let (reference, title) = names.get(&seq).cloned().unwrap_or_default();
        Row::Persons { reference, title, persons }
    };
    let sum = store::persons(all);
    Ok(Rows { rows: shown.into_iter().map(row).collect(), all: many(all), persons: Some(sum) })
}

fn sent(conn: &mut Conn, sight: Sight, (receiver, page): (&'static str, usize), period: Period) -> Result<Rows, Error> {
    let sendings = store::sendings(conn, sight, period)?;
    let all: Vec<&Sending> =
        first_of_each(&sendings).filter(|(of, _)| *of == receiver).map(|(_, sending)| sending).collect();
    let shown = part(&all, page);
    let names = store::names(conn, shown.iter().map(|sending| sending.incident_seq).collect())?;
    let row = |sending: &&Sending| {
        let (reference, title) = names.get(&sending.incident_seq).cloned().unwrap_or_default();
        Row::Sent { reference, title, sending: (*sending).clone() }
    };
    Ok(Rows { rows: shown.iter().map(row).collect(), all: many(&all), persons: None })
}

fn part<T>(all: &[T], page: usize) -> &[T] {
    let from = ((page - 1) * SHOWN).min(all.len());
    &all[from..(from + SHOWN).min(all.len())]
}

fn many<T>(all: &[T]) -> i64 {
    i64::try_from(all.len()).unwrap_or(i64::MAX)
}

/// Shows the rows behind a figure.
pub async fn show(
    request: HttpRequest,
    (db, clock, templates): (web::Data<Db>, web::Data<Clock>, web::Data<Templates>),
    By(by, which): By<Oversee, web::Query<Which>>,
) -> Result<HttpResponse, Error> {
    let now = clock.now();
    let (of, page, period, sight) = (which.of()?, which.page()?, which.period(now)?, by.sight());
    let found = db.read(move |conn| gather(conn, sight, (of, page), (period, now))).await?;
    let lang = by.lang;
    let text = |key: String| i18n::text(lang, &key);
    let (key, in_period) = match of {
        "soon" => ("next", false),
        "late" | "unsettled" => (of, false),
        "to_be_told" => ("persons", false),
        "told" => ("persons", true),
        _ => ("times", true),
    };
    let title = match of {
        "to_be_told" | "told" => text(format!("dashboard-list-{}", of.replace('_', "-"))),
        "late" | "soon" | "unsettled" => text(format!("dashboard-{key}")),
        receiver => {
            let args = [("who", Arg::from(text(format!("dashboard-to-{receiver}"))))];
            i18n::text_with(lang, "dashboard-list-sent", &args)
        }
    };
    let months = format!("from={}&to={}", period.first, period.last);
    let next = (many(&found.rows) + i64::try_from((page - 1) * SHOWN).unwrap_or(0) < found.all)
        .then(|| format!("/dashboard/list?of={of}&page={}&{months}", page + 1));
    let own = json!({
        "many": found.persons.map_or(found.all, |persons| persons.known),
        "unknown": found.persons.filter(|persons| persons.unknown > 0).map(|persons| {
            i18n::text_with(lang, "dashboard-persons-unknown", &[("n", Arg::from(persons.unknown))])
        }),
        "period": in_period.then(|| super::pages::words(lang, period)),
        "why": text(format!("dashboard-{key}-why")), "as_of": i18n::text_with(lang, "dashboard-reckoned", &[("when", Arg::from(i18n::instant(lang, now)))]),
        "rows": found.rows.iter().map(|row| told(lang, now, row)).collect::<Vec<_>>(), "next": next,
        "back": format!("/dashboard?{months}"),
    });
    let here = request.uri().path_and_query().map_or("/dashboard/list", |path| path.as_str()).to_owned();
    frame(&by, &clock, here, title).answer(&templates, StatusCode::OK, "dashboard/list", &own)
}

fn told(lang: Lang, now: DateTime<Utc>, row: &Row) -> Value {
    let to_duty = |reference: &str, duty: &str, for_whom: &str| {
        let whom = Some(for_whom).filter(|whom| !whom.is_empty());
        let title = i18n::text(lang, &format!("duty-{duty}"));
        let what = whom.map_or_else(|| title.clone(), |whom| format!("{title}: {whom}"));
        (format!("/incidents/{reference}#{}", anchor(duty, whom)), what)
    };
    match row {
        Row::Duty(due) => {
            let (href, what) = to_duty(&due.reference, &due.duty, &due.for_whom);
            let at = due.at.map(|at| at.utc());
            json!({ "href": href, "what": what, "reference": due.reference, "title": due.title, "says": null,
                    "at": at.map(|at| at.to_rfc3339()), "bad": at.is_some_and(|at| at < now) })
        }
        Row::Persons { reference, title, persons } => {
            let says = persons.map_or_else(
                || i18n::text(lang, "dashboard-list-unknown"),
                |n| i18n::text_with(lang, "dashboard-list-persons", &[("n", Arg::from(n))]),
            );
            json!({ "href": format!("/incidents/{reference}/affected"), "what": title, "reference": reference, "title": "",
                    "says": says, "at": null, "bad": false })
        }
        Row::Sent { reference, title, sending } => {
            let (href, what) = to_duty(reference, &sending.duty, &sending.for_whom);
            let when = i18n::instant_short(lang, sending.sent_at.utc());
            let took = sending.took().map(|took| i18n::span(lang, took));
            let says = match (took, sending.in_time()) {
                (Some(span), Some(in_time)) => {
                    let key = if in_time { "dashboard-list-in-time" } else { "dashboard-list-late" };
                    i18n::text_with(lang, key, &[("when", Arg::from(when)), ("span", span.into())])
                }
                _ => i18n::text_with(lang, "dashboard-list-when", &[("when", Arg::from(when))]),
            };
            json!({ "href": href, "what": what, "reference": reference, "title": title, "says": says, "at": null,
                    "bad": sending.in_time() == Some(false) })
        }
    }
}

/// The rows behind a figure, for programs.
pub async fn rows(
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    By(by, which): By<Oversee, web::Query<Which>>,
) -> Result<HttpResponse, Error> {
    let now = clock.now();
    let (of, page, period, sight) = (which.of()?, which.page()?, which.period(now)?, by.sight());
    let found = db.read(move |conn| gather(conn, sight, (of, page), (period, now))).await?;
    let one = |row: &Row| match row {
        Row::Duty(due) => json!({ "incident": due.reference, "title": due.title, "duty": due.duty,
            "for": due.for_whom, "state": due.state, "at": due.at }),
        Row::Persons { reference, title, persons } => {
            json!({ "incident": reference, "title": title, "persons": persons })
        }
        Row::Sent { reference, title, sending } => json!({ "incident": reference, "title": title, "duty": sending.duty,
            "for": sending.for_whom, "sent_at": sending.sent_at, "in_time": sending.in_time(),
            "took_minutes": sending.took().map(|took| took.num_minutes()) }),
    };
    Ok(HttpResponse::Ok().json(json!({
        "of": of, "count": found.all, "persons": found.persons.map(|persons| persons.known), "page": page,
        "items": found.rows.iter().map(one).collect::<Vec<_>>(), "as_of": now,
    })))
}
