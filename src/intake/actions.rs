//! Taking a report in: a case the first time, a change when something changed, nothing when it is the same again.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::Report;
use super::store::{self, Heard, Known};
use crate::account::Officer;
use crate::account::Sight;
use crate::db::{Conn, Db, Id, Json};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::incident::actions::{change_facts_in, log_in};
use crate::incident::store as cases;
use crate::incident::{refuse, value_at};
use crate::law::Facts;

/// The most characters of a description.
const DESCRIPTION: usize = 20_000;

/// What became of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// `opened`, `added`, `ended` or `unchanged`.
    pub outcome: &'static str,
    /// The case, if there is one.
    pub reference: Option<String>,
}

/// Who reports, and in which language what is said of it is written.
#[derive(Clone, Debug)]
struct Reporter {
    id: Id,
    name: String,
    lang: Lang,
}

/// Takes a report in. A case that is closed is left alone: trouble that began after that is another case.
pub async fn take(db: &Db, by: &Officer, report: Report, now: DateTime<Utc>) -> Result<Taken, Error> {
    let by = Reporter { id: by.id, name: by.name.clone(), lang: by.lang };
    db.write(move |conn| take_in(conn, &by, &report, now)).await
}

fn take_in(conn: &mut Conn, by: &Reporter, report: &Report, now: DateTime<Utc>) -> Result<Taken, Error> {
    // Nobody writes into what another system reported.
    let source = format!("{}/{}", by.id, report.source);
    let Some(known) = store::find(conn, (&source, &report.key))? else {
        return open(conn, by, (&source, report), now);
    };
    let is_open = known.status == "open";
    let is_new = report.latest_start > known.started_at.utc();
    let same = Taken { outcome: "unchanged", reference: Some(known.reference.clone()) };
    if known.digest == report.digest {
        store::again(conn, known.seq, now.into())?;
        return Ok(same);
    }
    let goes_on = known.state == "firing";
    match (report.is_firing, is_open) {
        // It began after what the closed case was about.
        (true, false) if is_new => open(conn, by, (&source, report), now),
        // Old messages that come late, or ends of what has ended.
        (true, true) if !goes_on && !is_new => Ok(same),
        (false, true) if !goes_on => Ok(same),
        (_, false) => Ok(same),
        (true, true) => add(conn, by, (&known, report), now),
        (false, true) => end(conn, by, (&known, report), now),
    }
}

fn open(conn: &mut Conn, by: &Reporter, (source, report): (&str, &Report), now: DateTime<Utc>) -> Result<Taken, Error> {
    let told = told(report);
    let mut facts = json!({
        "title": report.title,
        "description": first_words(by, report),
        "timeline": { "started_at": report.started_at, "detected_at": now },
    });
    if let Some(service) = &report.service {
        facts["services"]["affected"] = json!([service]);
    }
    set(&mut facts, &told);
    let facts = Facts::from_json(&facts).map_err(|wrong| in_their_words(refuse(wrong)))?;
    let head = log_in(conn, by.id, facts, now).map_err(in_their_words)?;
    store::insert(conn, (source, &report.key, head.seq), heard(report, (told, 1), now))?;
    Ok(Taken { outcome: "opened", reference: Some(head.reference) })
}

fn add(conn: &mut Conn, by: &Reporter, (known, report): (&Known, &Report), now: DateTime<Utc>) -> Result<Taken, Error> {
    let key = if known.state == "firing" { "intake-changed" } else { "intake-again" };
    write(conn, by, (known, report, key), now)?;
    Ok(Taken { outcome: "added", reference: Some(known.reference.clone()) })
}

fn end(conn: &mut Conn, by: &Reporter, (known, report): (&Known, &Report), now: DateTime<Utc>) -> Result<Taken, Error> {
    write(conn, by, (known, report, "intake-ended"), now)?;
    Ok(Taken { outcome: "ended", reference: Some(known.reference.clone()) })
}

/// Appends a line to the description and states what the report states. What a person wrote since stays.
fn write(
    conn: &mut Conn,
    by: &Reporter,
    (known, report, key): (&Known, &Report, &str),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let head = cases::head(conn, &known.reference, Sight::of(by.id))?;
    let facts = cases::facts_at(conn, head.seq, head.version)?;
    let present = facts.to_json();
    let args = [
        ("when", Arg::from(i18n::instant(by.lang, now))),
        ("name", Arg::from(by.name.clone())),
        ("what", Arg::from(report.line.clone())),
    ];
    let mut patch = json!({});
    let description = present["description"].as_str().unwrap_or_default();
    let longer = format!("{description}\n\n{}", i18n::text_with(by.lang, key, &args)).trim_start().to_owned();
    if longer.chars().count() <= DESCRIPTION {
        patch["description"] = longer.into();
    }
    let (before, mut kept) = (&known.told.0, Map::new());
    let mut wanted = told(report);
    if report.is_firing && before["timeline.ended_at"].is_string() {
        wanted.insert("timeline.ended_at".into(), Value::Null);
    }
    for (path, value) in wanted {
        let here = value_at(&present, &path);
        // Only what nobody knows, or what we stated ourselves and nobody has corrected.
        if here.is_null() || same(here, &before[&path]) {
            let mut longer = patch.clone();
            set(&mut longer, &Map::from_iter([(path.clone(), value.clone())]));
            // A start that a person corrected may lie after this end; then the line has to do.
            if facts.patched(&longer).is_ok() {
                patch = longer;
                kept.insert(path, value);
            }
        }
    }
    change_facts_in(conn, by.id, (&known.reference, None), &patch, now).map_err(in_their_words)?;
    let mut told = before.as_object().cloned().unwrap_or_default();
    told.extend(kept);
    store::update(conn, known.seq, heard(report, (told, known.times.saturating_add(1)), now))
}

/// Instants may be spelt differently and mean the same.
fn same(here: &Value, told: &Value) -> bool {
    let at = |value: &Value| value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    here == told || at(here).is_some_and(|here| Some(here) == at(told))
}

/// The facts a report states, by their paths.
fn told(report: &Report) -> Map<String, Value> {
    let all = [
        ("timeline.ended_at", report.ended_at.map(|at| json!(at))),
        ("services.customers_affected", report.users.map(Value::from)),
        ("services.duration_minutes", report.minutes.map(Value::from)),
    ];
    all.into_iter().filter_map(|(path, value)| Some((path.to_owned(), value?))).collect()
}

fn set(facts: &mut Value, told: &Map<String, Value>) {
    for (path, value) in told {
        if let Some((group, name)) = path.split_once('.') {
            facts[group][name] = value.clone();
        }
    }
}

fn heard(report: &Report, (told, times): (Map<String, Value>, i32), now: DateTime<Utc>) -> Heard<'_> {
    Heard {
        state: if report.is_firing { "firing" } else { "resolved" },
        started_at: report.latest_start.into(),
        told: Json(Value::Object(told)),
        digest: &report.digest,
        times,
        last_at: now.into(),
    }
}

fn first_words(by: &Reporter, report: &Report) -> String {
    let args = [("name", Arg::from(by.name.clone()))];
    let said = i18n::text_with(by.lang, "intake-opened", &args);
    format!("{}\n\n{said}", report.text).trim_start().to_owned()
}

/// What is wrong with the case is told by the names that reporters use.
fn in_their_words(why: Error) -> Error {
    let ours = [
        ("timeline.started_at", "started_at"),
        ("timeline.detected_at", "started_at"),
        ("timeline.ended_at", "ended_at"),
        ("services.customers_affected", "users"),
        ("services.duration_minutes", "minutes"),
        ("description", "text"),
    ];
    match why {
        Error::Invalid(fields) => Error::Invalid(
            fields
                .into_iter()
                .map(|field| match ours.iter().find(|(path, _)| *path == field.path) {
                    Some((_, name)) => FieldError { path: (*name).to_owned(), ..field },
                    None => field,
                })
                .collect(),
        ),
        other => other,
    }
}
