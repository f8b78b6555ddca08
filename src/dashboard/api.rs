//! The figures for programs.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::Period;
use super::pages::{Asked, Figures, gather};
use super::sum::{Months, Sums};
use crate::account::By;
use crate::account::right::Oversee;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Error;

/// What is late and falls due, and the figures of a period (`from`, `to`: months) with those of the one before.
pub async fn show(
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    By(by, asked): By<Oversee, web::Query<Asked>>,
) -> Result<HttpResponse, Error> {
    let now = clock.now();
    let period = asked.period(now).ok_or_else(|| Error::field("from", "no_period"))?;
    let sight = by.sight();
    let figures = db.read(move |conn| gather(conn, sight, period, now)).await?;
    Ok(HttpResponse::Ok().json(told(&figures, period, now)))
}

fn told(figures: &Figures, period: Period, now: chrono::DateTime<chrono::Utc>) -> Value {
    let due = |(rows, all): &(Vec<super::store::Due>, i64)| {
        let row = |due: &super::store::Due| {
            json!({ "incident": due.reference, "title": due.title, "duty": due.duty, "for": due.for_whom,
                    "state": due.state, "at": due.at })
        };
        json!({ "count": all, "first": rows.iter().map(row).collect::<Vec<_>>() })
    };
    let persons =
        |persons: super::store::Persons| json!({ "persons": persons.known, "incidents_unknown": persons.unknown });
    let times = |told: &[(&'static str, super::sum::Told)]| -> Value {
        told.iter()
            .map(|(who, told)| {
                let one = json!({
                    "sent": told.many, "measured": told.measured, "in_time": told.in_time, "by_own_target": told.by_target,
                    "median_minutes": told.median, "longest_minutes": told.longest,
                });
                ((*who).to_owned(), one)
            })
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let of = |sums: &Sums, told: &[(&'static str, super::sum::Told)]| {
        json!({
            "incidents": sums.all, "near_misses": sums.near_misses, "by_severity": months(&sums.by_severity),
            "by_kind": months(&sums.by_kind), "user_hours_lost": months(&sums.lost), "losses_unmeasured": sums.unmeasured,
            "by_root_cause": sums.causes.iter().map(|(cause, many)| json!({ "cause": Some(cause).filter(|c| !c.is_empty()), "count": many })).collect::<Vec<_>>(),
            "told": times(told),
        })
    };
    json!({
        "as_of": now, "from": period.first.to_string(), "to": period.last.to_string(),
        "late": due(&figures.late), "next_24_hours": due(&figures.next),
        "to_be_settled_within_24_hours": due(&figures.unsettled),
        "open_by_severity": figures.open.iter().map(|(word, many)| (word.clone(), json!(many))).collect::<serde_json::Map<_, _>>(),
        "affected": { "to_be_told": persons(figures.to_be_told), "told": persons(figures.told_persons) },
        "period": of(&figures.sums, &figures.told),
        "before": of(&figures.before, &figures.told_before),
    })
}

fn months(months: &Months) -> Value {
    let series: serde_json::Map<String, Value> =
        months.series.iter().map(|(word, numbers)| ((*word).to_owned(), json!(numbers))).collect();
    json!({ "months": months.months, "series": series })
}
