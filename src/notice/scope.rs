//! How far an outage reaches, with its numbers: what Nkom asks for under «omfang».

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::i18n::{self, Arg};
use crate::law::{self, Fact, Item, Path, Tri, Value as Known};

use super::words::Told;

/// The scope of the loss of service.
pub fn scope(told: Told<'_>, now: DateTime<Utc>) -> Value {
    let facts = told.facts;
    let areas: Vec<String> = facts.items(Fact::Areas).iter().map(|area| area_line(told, area)).collect();
    json!({
        "customers": count(told, facts.get(Fact::CustomersAffected), facts.get(Fact::CustomersTotal), "notice-customers"),
        "stations": count(told, facts.get(Fact::StationsAffected), facts.get(Fact::StationsTotal), "notice-stations"),
        "areas": areas,
        "areas_known": facts.get(Fact::Areas).is_known(),
        "life_and_health": told.yes_no(Fact::LifeAndHealthUsers),
        "danger": told.yes_no(Fact::HighRiskToLife),
        "critical": told.yes_no(Fact::CriticalFunctions),
        "other_providers": told.yes_no(Fact::OtherProviders),
        "duration": duration(told),
        "always": always(told, now),
    })
}

/// How long it has lasted or will last.
fn duration(told: Told<'_>) -> Value {
    let Some(minutes) = told.facts.number(Fact::DurationMinutes) else { return Value::Null };
    let length = chrono::TimeDelta::try_milliseconds((minutes * 60_000.0).min(1e15).round() as i64).unwrap_or_default();
    i18n::span(told.lang, length).into()
}

/// «21 av 40 kunder (52,5 %)»; null when the part is unknown.
fn count(told: Told<'_>, part: &Known, whole: &Known, key: &str) -> Value {
    let (Some(part), whole) = (part.number(), whole.number()) else { return Value::Null };
    let number = |n: f64| Arg::from(i18n::decimal(told.lang, n));
    match whole.filter(|whole| *whole > 0.0) {
        Some(whole) => {
            let percent = Arg::from(share(told, part / whole));
            i18n::text_with(told.lang, key, &[("part", number(part)), ("whole", number(whole)), ("percent", percent)])
        }
        None => i18n::text_with(told.lang, &format!("{key}-part"), &[("part", number(part))]),
    }
    .into()
}

/// A share in per cent. One that rounds to where a limit is gets the decimals that show on which side it lies.
fn share(told: Told<'_>, share: f64) -> String {
    let percent = i18n::percent(told.lang, share);
    let off = |limit: &f64| (share - limit).abs() * 100.0;
    // A hair's breadth is how numbers are kept, and no side.
    let Some(off) = [0.0, 0.1, 0.5, 1.0].iter().map(off).find(|off| (1e-9..0.05).contains(off)) else {
        return percent;
    };
    let digits = (2..9).find(|digits| off >= 0.5 * 0.1_f64.powi(*digits)).unwrap_or(9);
    let exact = format!("{:.*}", usize::try_from(digits).unwrap_or(9), share * 100.0);
    let exact = if told.lang == i18n::Lang::En { exact } else { exact.replace('.', ",") };
    let sign = percent.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{exact}{sign}")
}

fn counts(told: Told<'_>, area: &Item) -> Vec<String> {
    let pairs = [
        (Fact::AreaCustomersAffected, Fact::AreaCustomersTotal, "notice-customers"),
        (Fact::AreaStationsAffected, Fact::AreaStationsTotal, "notice-stations"),
    ];
    let said = pairs.map(|(part, whole, key)| count(told, area.get(part), area.get(whole), key));
    said.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn place(told: Told<'_>, area: &Item) -> String {
    let kind = area.word(Fact::AreaKind).unwrap_or("municipality");
    match (area.text(Fact::AreaName), area.text(Fact::AreaCode), kind) {
        (Some(name), _, kind) => i18n::text_with(told.lang, &format!("notice-{kind}"), &[("name", name.into())]),
        (None, Some(code), "municipality") => {
            i18n::text_with(told.lang, "notice-unnamed-municipality", &[("code", code.into())])
        }
        _ => i18n::text(told.lang, "notice-unnamed-area"),
    }
}

fn area_line(told: Told<'_>, area: &Item) -> String {
    let mut numbers = counts(told, area);
    if let Some(people) = area.get(Fact::AreaInhabitants).number() {
        numbers.insert(0, i18n::text_with(told.lang, "notice-inhabitants", &[("n", people.into())]));
    }
    // No numbers: nobody has them, or they are not for this receiver.
    if numbers.is_empty() {
        return place(told, area);
    }
    let args = [("place", Arg::from(place(told, area))), ("counts", numbers.join(", ").into())];
    i18n::text_with(told.lang, "notice-area", &args)
}

/// The always-cases of ekomforskriften § 2-8 third paragraph that apply, each with the numbers that meet it.
fn always(told: Told<'_>, now: DateTime<Utc>) -> Vec<String> {
    let applies = law::always_cases(told.facts, now).into_iter().filter(|(_, tri, _)| *tri == Tri::True);
    applies
        .map(|(letter, _, paths)| {
            let numbers = match letter {
                'a' | 'b' => in_areas(told, &paths),
                'c' => nationally(told),
                _ => for_life(told),
            };
            i18n::text_with(told.lang, &format!("notice-case-{letter}"), &[("numbers", numbers.into())])
        })
        .collect()
}

fn in_areas(told: Told<'_>, paths: &[Path]) -> String {
    let mut at: Vec<usize> = paths.iter().filter_map(|path| path.at).map(usize::from).collect();
    at.sort_unstable();
    at.dedup();
    let areas = told.facts.items(Fact::Areas);
    at.into_iter().filter_map(|i| areas.get(i)).map(|area| area_line(told, area)).collect::<Vec<_>>().join("; ")
}

fn nationally(told: Told<'_>) -> String {
    let facts = told.facts;
    let customers =
        count(told, facts.get(Fact::CustomersAffected), facts.get(Fact::CustomersTotal), "notice-customers");
    let stations = count(told, facts.get(Fact::StationsAffected), facts.get(Fact::StationsTotal), "notice-stations");
    [customers, stations].iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
}

fn for_life(told: Told<'_>) -> String {
    let cases = [(Fact::LifeAndHealthUsers, "notice-case-d-users"), (Fact::HighRiskToLife, "notice-case-d-situation")];
    let true_ones = cases.iter().filter(|(fact, _)| told.facts.bool(*fact) == Some(true));
    let said: Vec<String> = true_ones.map(|(_, key)| i18n::text(told.lang, key)).collect();
    i18n::list(told.lang, &said)
}
