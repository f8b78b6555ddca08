//! Instants and spans in words, always in the time of Oslo.

use chrono::{DateTime, Datelike, LocalResult, NaiveDate, Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::{Europe::Oslo, OffsetName, Tz};

use super::{Arg, Lang, text, text_with};

/// The name of a weekday, 1 for Monday to 7 for Sunday.
#[must_use]
pub fn weekday_name(lang: Lang, from_monday: u32) -> String {
    text(lang, &format!("weekday-{from_monday}"))
}

/// The name of a month, 1 to 12.
#[must_use]
pub fn month_name(lang: Lang, month: u32) -> String {
    text(lang, &format!("month-{month}"))
}

/// A day in words: «fredag 23. oktober 2026».
#[must_use]
pub fn day(lang: Lang, date: NaiveDate) -> String {
    let args = [
        ("weekday", Arg::from(weekday_name(lang, date.weekday().number_from_monday()))),
        ("day", date.day().to_string().into()),
        ("month", month_name(lang, date.month()).into()),
        ("year", date.year().to_string().into()),
    ];
    text_with(lang, "day-long", &args)
}

/// An instant in full: «fredag 23. oktober 2026 kl. 14.10 norsk sommertid (CEST, UTC+2)».
#[must_use]
pub fn instant(lang: Lang, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&Oslo);
    let name = local.offset().abbreviation().unwrap_or("UTC");
    let hours = local.offset().fix().local_minus_utc() / 3600;
    let season = if hours == 2 { "zone-summer" } else { "zone-normal" };
    let zone = [("name", Arg::from(name)), ("offset", format!("+{hours}").into())];
    let args = [
        ("day", Arg::from(day(lang, local.date_naive()))),
        ("time", clock(lang, &local).into()),
        ("zone", text_with(lang, season, &zone).into()),
    ];
    text_with(lang, "instant-long", &args)
}

/// An instant inside a letter that says whose time it keeps: «fredag 23. oktober 2026 kl. 14.10». The zone is named
/// only in the hour that comes twice in autumn.
#[must_use]
pub fn instant_plain(lang: Lang, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&Oslo);
    let args = [("day", Arg::from(day(lang, local.date_naive()))), ("time", clock(lang, &local).into())];
    zone_if_needed(text_with(lang, "instant-plain", &args), &local)
}

/// An instant for tables: «23.10.2026 kl. 14.10». The zone is named only in the hour that comes twice in autumn.
#[must_use]
pub fn instant_short(lang: Lang, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&Oslo);
    let args = [
        ("day", Arg::from(local.day().to_string())),
        ("month", text(lang, &format!("month-{}-short", local.month())).into()),
        ("year", local.year().to_string().into()),
        ("time", clock(lang, &local).into()),
    ];
    zone_if_needed(text_with(lang, "instant-short", &args), &local)
}

fn zone_if_needed(said: String, local: &DateTime<Tz>) -> String {
    match Oslo.from_local_datetime(&local.naive_local()) {
        LocalResult::Ambiguous(..) => format!("{said} {}", local.offset().abbreviation().unwrap_or("UTC")),
        _ => said,
    }
}

fn clock(lang: Lang, local: &DateTime<Tz>) -> String {
    let mark = if lang == Lang::En { ':' } else { '.' };
    format!("{:02}{mark}{:02}", local.hour(), local.minute())
}

/// A length of time in words, its sign left out: «2 døgn 3 t», «3 t 12 min», «12 min».
#[must_use]
pub fn span(lang: Lang, length: TimeDelta) -> String {
    let minutes = length.abs().num_minutes();
    let (hours, rest) = (minutes / 60, minutes % 60);
    let part = |key: &str, n: i64| (n > 0).then(|| text_with(lang, key, &[("n", Arg::from(n))]));
    let parts = match hours {
        48.. => [part("span-days", hours / 24), part("span-hours", hours % 24)],
        _ => [part("span-hours", hours), part("span-minutes", rest)],
    };
    let said = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if said.is_empty() { text(lang, "span-nothing") } else { said }
}

/// How far it is from now to a deadline: «3 t 12 min igjen» or «2 døgn over fristen».
#[must_use]
pub fn left(lang: Lang, now: DateTime<Utc>, due: DateTime<Utc>) -> String {
    let key = if due >= now { "time-left" } else { "time-over" };
    text_with(lang, key, &[("span", span(lang, due - now).into())])
}
