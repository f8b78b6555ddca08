//! The dashboard for people: five seconds for whether anything is late, then how the months went.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Period;
use super::chart::bars;
use super::period::Month;
use super::store::{self, Due, Persons};
use super::sum::{Months, Sums, Told, sums, told};
use crate::account::right::Oversee;
use crate::account::{By, Sight};
use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::incident::drill::store::running;
use crate::incident::pages::anchor;
use crate::incident::pages::frame;
use crate::incident::store::{Head, open_by_severity};
use crate::law::State;
use crate::law::severity::LEVELS;
use crate::outbox::store::counts;
use crate::templates::Templates;

/// How many of the duties behind a figure are read, behind none.
const FIRST: (i64, i64) = (6, 0);
/// How many duties stand in a tile.
const IN_A_TILE: usize = 3;
/// How many running drills are shown.
const DRILLS: i64 = 10;

/// Which months; the twelve last when nothing is said.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    from: String,
    to: String,
    #[serde(rename = "lang")]
    _lang: String,
}

impl Asked {
    /// These months.
    pub(super) fn of(from: &str, to: &str) -> Self {
        Self { from: from.to_owned(), to: to.to_owned(), ..Self::default() }
    }

    /// The months asked for; none when they are no period.
    pub(super) fn period(&self, now: DateTime<Utc>) -> Option<Period> {
        match (self.from.as_str(), self.to.as_str()) {
            ("", "") => Some(Period::year_until(now)),
            (from, to) => Period::parse(from, to),
        }
    }
}

/// Everything that is shown, as of one instant.
pub(super) struct Figures {
    pub(super) late: (Vec<Due>, i64),
    pub(super) next: (Vec<Due>, i64),
    pub(super) unsettled: (Vec<Due>, i64),
    pub(super) open: Vec<(String, i64)>,
    pub(super) to_be_told: Persons,
    pub(super) told_persons: Persons,
    pub(super) sums: Sums,
    pub(super) before: Sums,
    pub(super) told: Vec<(&'static str, Told)>,
    pub(super) told_before: Vec<(&'static str, Told)>,
    pub(super) unsent: (i64, i64),
    pub(super) drills: Vec<Head>,
}

pub(super) fn gather(conn: &mut Conn, sight: Sight, period: Period, now: DateTime<Utc>) -> Result<Figures, Error> {
    let before = period.before();
    let (out, tomorrow) = (counts(conn, sight)?, now + TimeDelta::hours(24));
    Ok(Figures {
        late: store::due(conn, sight, State::Required, (None, now), FIRST)?,
        next: store::due(conn, sight, State::Required, (Some(now), tomorrow), FIRST)?,
        unsettled: store::due(conn, sight, State::Undetermined, (None, tomorrow), FIRST)?,
        open: open_by_severity(conn, sight)?,
        to_be_told: store::persons(&store::waiting_to_be_told(conn, sight)?),
        told_persons: store::persons(&store::completely_told(conn, sight, period)?),
        sums: sums(period, &store::groups(conn, sight, period)?),
        before: sums(before, &store::groups(conn, sight, before)?),
        told: told(&store::sendings(conn, sight, period)?),
        told_before: told(&store::sendings(conn, sight, before)?),
        unsent: (out.gave_up, out.troubles),
        drills: running(conn, sight, DRILLS)?,
    })
}

/// Shows the dashboard.
pub async fn show(
    request: HttpRequest,
    (db, clock, templates): (web::Data<Db>, web::Data<Clock>, web::Data<Templates>),
    By(by, asked): By<Oversee, web::Query<Asked>>,
) -> Result<HttpResponse, Error> {
    let now = clock.now();
    let wished = asked.period(now);
    let period = wished.unwrap_or_else(|| Period::year_until(now));
    let sight = by.sight();
    let figures = db.read(move |conn| gather(conn, sight, period, now)).await?;
    let own = context(by.lang, now, period, &figures, (&asked, wished.is_none()));
    let here = request.uri().path_and_query().map_or("/dashboard", |path| path.as_str()).to_owned();
    let title = i18n::text(by.lang, "dashboard-title");
    frame(&by, &clock, here, title).answer(&templates, StatusCode::OK, "dashboard/show", &own)
}

fn context(lang: Lang, now: DateTime<Utc>, period: Period, figures: &Figures, (asked, wrong): (&Asked, bool)) -> Value {
    let text = |key: &str| i18n::text(lang, key);
    let (first, last) = (period.first.to_string(), period.last.to_string());
    let status = match (figures.late.1, figures.next.1) {
        (0, 0) => ("good", text("dashboard-calm")),
        (0, next) => ("warn", i18n::text_with(lang, "dashboard-soon", &[("n", Arg::from(next))])),
        (late, _) => ("bad", i18n::text_with(lang, "dashboard-late-now", &[("n", Arg::from(late))])),
    };
    let open_of = |word: &str| figures.open.iter().find(|(known, _)| known == word).map_or(0, |(_, many)| *many);
    let open: Vec<Value> = LEVELS
        .iter()
        .rev()
        .map(|word| {
            json!({ "word": word, "label": text(&format!("severity-{word}")), "many": open_of(word),
                    "href": format!("/incidents?status=open&severity={word}") })
        })
        .collect();
    let list = format!("/incidents?month_from={first}&month_to={last}");
    json!({
        "tone": status.0, "says": status.1, "as_of": i18n::text_with(lang, "dashboard-reckoned", &[("when", Arg::from(i18n::instant(lang, now)))]),
        "month_report": format!("/dashboard/month.pdf?month={last}"), "month_words": month_in_words(lang, period.last),
        "late": duties(lang, &figures.late), "late_many": figures.late.1,
        "unsettled": duties(lang, &figures.unsettled), "unsettled_many": figures.unsettled.1,
        "soon": duties(lang, &figures.next), "soon_many": figures.next.1,
        "open": open, "open_all": figures.open.iter().map(|(_, many)| many).sum::<i64>(),
        "to_be_told": persons(lang, figures.to_be_told), "told_persons": persons(lang, figures.told_persons),
        "drills": drills(now, &figures.drills),
        "unsent": figures.unsent.0 + figures.unsent.1 > 0,
        "from": first, "to": last, "asked_from": asked.from, "asked_to": asked.to, "wrong": wrong,
        "period": words(lang, period), "before": words(lang, period.before()), "presets": presets(lang, period, now),
        "all": change(lang, figures.sums.all, figures.before.all), "all_href": list,
        "misses": change(lang, figures.sums.near_misses, figures.before.near_misses),
        "misses_href": format!("{list}&kind=near_miss"), "lost_href": format!("{list}&kind=availability"),
        "kinds": months(lang, "dashboard-by-kind", "dashboard-kind-", &figures.sums.by_kind, &format!("{list}&kind=")),
        "severities": months(lang, "dashboard-by-severity", "severity-", &figures.sums.by_severity, &format!("{list}&severity=")),
        "lost": months(lang, "dashboard-lost", "dashboard-", &figures.sums.lost, ""),
        "lost_all": change(lang, total(&figures.sums.lost), total(&figures.before.lost)),
        "unmeasured": (figures.sums.unmeasured > 0).then(|| i18n::text_with(lang, "dashboard-unmeasured", &[("n", Arg::from(figures.sums.unmeasured))])),
        "causes": causes(lang, &figures.sums, &list),
        "times": times(lang, &figures.told, &figures.told_before),
    })
}

/// The drills that go on, apart from every figure.
fn drills(now: DateTime<Utc>, heads: &[Head]) -> Vec<Value> {
    let one = |head: &Head| {
        let href = format!("/incidents/{}/drill", head.reference);
        json!({ "reference": head.reference, "title": head.title, "href": href, "here": head.here(now) })
    };
    heads.iter().map(one).collect()
}

/// The sum of everything in a chart.
pub(super) fn total(months: &Months) -> i64 {
    months.series.iter().flat_map(|(_, numbers)| numbers).sum()
}

fn duties(lang: Lang, (rows, all): &(Vec<Due>, i64)) -> Value {
    let row = |due: &Due| {
        let whom = Some(due.for_whom.as_str()).filter(|whom| !whom.is_empty());
        let title = i18n::text(lang, &format!("duty-{}", due.duty));
        json!({
            "href": format!("/incidents/{}#{}", due.reference, anchor(&due.duty, whom)),
            "duty": whom.map_or_else(|| title.clone(), |whom| format!("{title}: {whom}")),
            "reference": due.reference, "incident": due.title, "state": due.state,
            "at": due.at.map(|at| at.utc().to_rfc3339()),
        })
    };
    // A tile is glanced at; the rest stands behind its figure.
    let rows = rows.get(..IN_A_TILE).unwrap_or(rows);
    let more = all - i64::try_from(rows.len()).unwrap_or(0);
    json!({ "rows": rows.iter().map(row).collect::<Vec<_>>(),
            "more": (more > 0).then(|| i18n::text_with(lang, "dashboard-more", &[("n", Arg::from(more))])) })
}

fn persons(lang: Lang, persons: Persons) -> Value {
    let unknown = (persons.unknown > 0)
        .then(|| i18n::text_with(lang, "dashboard-persons-unknown", &[("n", Arg::from(persons.unknown))]));
    json!({ "many": persons.known, "unknown": unknown })
}

/// A number beside that of the period before.
fn change(lang: Lang, many: i64, before: i64) -> Value {
    json!({ "many": many, "before": i18n::text_with(lang, "dashboard-before", &[("n", Arg::from(before))]) })
}

/// A month as `oktober 2026`.
pub(super) fn month_in_words(lang: Lang, month: Month) -> String {
    format!("{} {}", i18n::month_name(lang, month.number()), month.year())
}

pub(super) fn words(lang: Lang, period: Period) -> String {
    if period.first == period.last {
        return month_in_words(lang, period.first);
    }
    let (from, to) = (month_in_words(lang, period.first), month_in_words(lang, period.last));
    i18n::text_with(lang, "dashboard-from-to", &[("from", Arg::from(from)), ("to", Arg::from(to))])
}

/// Periods that people ask for.
fn presets(lang: Lang, chosen: Period, now: DateTime<Utc>) -> Vec<Value> {
    let this = Period { first: Month::of(now), last: Month::of(now) };
    let year = |year: i32, last: Month| Period::parse(&format!("{year}-01"), &last.to_string());
    let december = |year: i32| Month::parse(&format!("{year}-12"));
    let all = [
        ("dashboard-this-month", Some(this)),
        ("dashboard-last-month", Some(this.before())),
        ("dashboard-this-year", year(this.last.year(), this.last)),
        ("dashboard-last-year", december(this.last.year() - 1).and_then(|last| year(last.year(), last))),
        ("dashboard-twelve", Some(Period::year_until(now))),
    ];
    let mut marked = false;
    let one = |(key, period): (&str, Option<Period>)| {
        let period = period?;
        let href = format!("/dashboard?from={}&to={}", period.first, period.last);
        // Two names may mean the same months, as «this year» and «twelve months» do in December: the first is marked.
        let current = period == chosen && !marked;
        marked |= current;
        Some(json!({ "label": i18n::text(lang, key), "href": href, "current": current }))
    };
    all.into_iter().filter_map(one).collect()
}

/// A chart with its table.
fn months(lang: Lang, title: &str, key: &str, months: &Months, href: &str) -> Value {
    let names: Vec<String> = months.series.iter().map(|(word, _)| i18n::text(lang, &format!("{key}{word}"))).collect();
    let parsed: Vec<Month> = months.months.iter().filter_map(|month| Month::parse(month)).collect();
    let short: Vec<String> = parsed.iter().map(|month| short(lang, *month)).collect();
    let long: Vec<String> = parsed.iter().map(|month| month_in_words(lang, *month)).collect();
    let of = |at: usize| {
        let cells: Vec<i64> = months.series.iter().map(|(_, numbers)| numbers[at]).collect();
        json!({ "month": parsed.get(at).map(|m| month_in_words(lang, *m)), "cells": cells })
    };
    let legend = |(at, (word, numbers)): (usize, &(&str, Vec<i64>))| {
        json!({ "class": format!("c{}", at + 1), "label": names[at], "many": numbers.iter().sum::<i64>(),
                "href": (!href.is_empty()).then(|| format!("{href}{word}")) })
    };
    json!({
        "title": i18n::text(lang, title), "why": i18n::text(lang, &format!("{title}-why")),
        "chart": bars(lang, months, &names, (&short, &long)), "names": names,
        "rows": (0..months.months.len()).map(of).collect::<Vec<_>>(),
        "legend": months.series.iter().enumerate().map(legend).collect::<Vec<_>>(), "id": title,
    })
}

/// A month below its bar, as `okt. 26`.
fn short(lang: Lang, month: Month) -> String {
    let name = i18n::month_name(lang, month.number());
    let three: String = name.chars().take(3).collect();
    if month.number() == 1 { format!("{three} {:02}", month.year() % 100) } else { three }
}

fn causes(lang: Lang, sums: &Sums, list: &str) -> Vec<Value> {
    let most = sums.causes.iter().map(|(_, many)| *many).max().unwrap_or(0).max(1);
    let one = |(cause, many): &(String, i64)| {
        let label = match cause.as_str() {
            "" => i18n::text(lang, "dashboard-cause-unknown"),
            known => i18n::choice(lang, "cause.root_cause", known),
        };
        let word = if cause.is_empty() { "unknown" } else { cause };
        json!({ "label": label, "many": many, "most": most, "href": format!("{list}&cause={word}") })
    };
    sums.causes.iter().map(one).collect()
}

fn times(lang: Lang, now: &[(&'static str, Told)], before: &[(&'static str, Told)]) -> Vec<Value> {
    let span = |minutes: Option<i64>| {
        minutes.map_or_else(|| "–".to_owned(), |minutes| i18n::span(lang, TimeDelta::minutes(minutes)))
    };
    let share = |told: &Told| told.share(lang);
    let one = |((who, told), (_, was)): (&(&str, Told), &(&str, Told))| {
        let of = [("in_time", Arg::from(told.in_time)), ("measured", Arg::from(told.measured))];
        json!({
            "who": i18n::text(lang, &format!("dashboard-to-{who}")), "receiver": who, "many": told.many,
            "share": share(told).unwrap_or_else(|| "–".into()),
            "of": i18n::text_with(lang, "dashboard-in-time-of", &of),
            "by_target": (told.by_target > 0).then(|| i18n::text_with(lang, "dashboard-by-target", &[("n", Arg::from(told.by_target))])),
            "late": told.in_time < told.measured,
            "median": span(told.median), "longest": span(told.longest),
            "before": share(was).unwrap_or_else(|| "–".into()),
        })
    };
    now.iter().zip(before).map(one).collect()
}
