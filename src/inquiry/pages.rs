//! The page of a person's request: the search, what it finds and where, the export, the erasure.
//!
//! Whom somebody asks about stands in no address, so that it ends up in no log.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::actions::{self, Found};
use super::{Hit, MOST, Needle};
use crate::account::right::Judge;
use crate::account::{By, May, Officer};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::incident::pages::{Answered, App, Sent, frame};
use crate::outbox::Worker;
use crate::retention::day;

/// The longest that a page shows of one text; the export has all of it.
const LONGEST: usize = 240;
/// How many hits of a place the page shows.
const SHOWN: usize = 25;

/// Shows the form.
pub async fn form(app: App, by: May<Judge>) -> Answered {
    page(&app, &by, ("", None), &[], None, StatusCode::OK)
}

/// Searches.
pub async fn search(app: App, worker: web::Data<Worker>, By(by, sent): By<Judge, Sent>) -> Answered {
    let typed = typed(sent, "q");
    let needle = match Needle::read(&typed, &worker.seal) {
        Ok(needle) => needle,
        Err(Error::Invalid(wrong)) => {
            return page(&app, &by, (&typed, None), &wrong, None, StatusCode::UNPROCESSABLE_ENTITY);
        }
        Err(other) => return Err(other),
    };
    let found = actions::search(&app.0, by.id, &needle, "request.searched", app.1.now()).await?;
    page(&app, &by, (&needle.words, Some(&found)), &[], None, StatusCode::OK)
}

/// Sends everything that was found, as JSON or as a text to read.
pub async fn export((db, clock, _): App, worker: web::Data<Worker>, By(by, sent): By<Judge, Sent>) -> Answered {
    let sent = sent.into_inner();
    let field = |name: &str| sent.iter().find(|(own, _)| own == name).map_or("", |(_, text)| text.as_str());
    let (needle, as_text, now) = (Needle::read(field("q"), &worker.seal)?, field("format") == "text", clock.now());
    let found = actions::search(&db, by.id, &needle, "request.exported", now).await?;
    let lang = Lang::parse(field("lang")).unwrap_or(by.lang);
    let (kind, ending, body) = match as_text {
        true => ("text/plain; charset=utf-8", "txt", readable(lang, &needle, &found, now)),
        false => ("application/json", "json", structured(&by, &needle, &found, now)),
    };
    let name = format!("attachment; filename=\"varsel-request-{}.{ending}\"", day(now));
    Ok(HttpResponse::Ok().content_type(kind).insert_header((CONTENT_DISPOSITION, name)).body(body))
}

/// Erases what was chosen, and shows what is left.
pub async fn erase(app: App, worker: web::Data<Worker>, By(by, sent): By<Judge, Sent>) -> Answered {
    let sent = sent.into_inner();
    let field = |name: &str| sent.iter().find(|(own, _)| own == name).map_or("", |(_, text)| text.as_str());
    let (needle, now) = (Needle::read(field("q"), &worker.seal)?, app.1.now());
    let reason = field("reason").replace('\0', "");
    let chosen = sent.iter().filter(|(name, _)| name == "item").map(|(_, item)| item.clone()).collect();
    let (wrong, done, status) = match actions::erase(&app.0, by.id, &needle, (chosen, &reason), now).await {
        Ok(went) => (Vec::new(), Some(went), StatusCode::OK),
        Err(Error::Invalid(wrong)) => (wrong, None, StatusCode::UNPROCESSABLE_ENTITY),
        Err(other) => return Err(other),
    };
    let found = actions::search(&app.0, by.id, &needle, "request.searched", now).await?;
    page(&app, &by, (&needle.words, Some(&found)), &wrong, done, status)
}

fn typed(sent: Sent, name: &str) -> String {
    sent.into_inner().into_iter().find(|(own, _)| own == name).map(|(_, text)| text).unwrap_or_default()
}

fn page(
    (_, clock, templates): &App,
    by: &Officer,
    (q, found): (&str, Option<&Found>),
    wrong: &[FieldError],
    went: Option<i64>,
    status: StatusCode,
) -> Answered {
    let lang = by.lang;
    let wrong: Vec<Value> = wrong
        .iter()
        .map(|fault| {
            let label = i18n::text(lang, &format!("inquiry-{}", fault.path));
            json!({ "id": fault.path, "label": label, "message": fault.message(lang) })
        })
        .collect();
    let places: Vec<Value> = found
        .into_iter()
        .flatten()
        .filter(|(_, hits)| !hits.is_empty())
        .map(|(place, hits)| {
            let more = i64::try_from(hits.len()).is_ok_and(|many| many >= MOST);
            json!({
                "title": i18n::text(lang, &format!("inquiry-{}", place.name)), "n": hits.len(), "more": more,
                "stays": i18n::text(lang, &format!("inquiry-{}-stays", place.name)),
                "hidden": hits.len().saturating_sub(SHOWN),
                "hits": hits.iter().take(SHOWN).map(|hit| row(lang, place.name, hit)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let erasable = found.into_iter().flatten().flat_map(|(_, hits)| hits).any(|hit| hit.erasable);
    let own = json!({
        "q": q, "wrong": wrong, "searched": found.is_some(), "places": places, "erasable": erasable,
        "done": went.map(|n| i18n::text_with(lang, "inquiry-erased", &[("n", Arg::from(n))])),
    });
    frame(by, clock, "/requests", i18n::text(lang, "page-requests")).answer(templates, status, "trail/requests", &own)
}

fn row(lang: Lang, place: &str, hit: &Hit) -> Value {
    let line = |(name, value): (String, String)| json!({ "label": label(lang, &name), "text": cut(&value) });
    json!({
        "item": format!("{place}:{}", hit.id), "reference": hit.reference, "at": hit.at, "erasable": hit.erasable,
        "lines": said(hit).into_iter().map(line).collect::<Vec<_>>(),
    })
}

/// What a hit says, field by field, without what is empty.
fn said(hit: &Hit) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let fields = hit.says.as_object().into_iter().flatten();
    fields
        .filter(|(_, value)| !value.is_null() && *value != "")
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
}

fn label(lang: Lang, name: &str) -> String {
    let own = i18n::find(lang, &format!("audit-field-{}", name.replace('_', "-")), &[]);
    own.or_else(|| i18n::find(lang, &format!("fact-{}", name.replace('.', "-")), &[]))
        .unwrap_or_else(|| name.to_owned())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The export for programs.
fn structured(by: &Officer, needle: &Needle, found: &Found, now: DateTime<Utc>) -> String {
    let hit = |hit: &Hit| json!({ "id": hit.id, "reference": hit.reference, "at": hit.at, "says": hit.says, "may_be_erased": hit.erasable });
    let places: Vec<Value> = found
        .iter()
        .map(|(place, hits)| json!({ "place": place.name, "hits": hits.iter().map(hit).collect::<Vec<_>>() }))
        .collect();
    let all = json!({ "asked": needle.words, "at": now, "by": by.name, "most_of_each": MOST, "places": places });
    format!("{all:#}\n")
}

/// The export to read: what stands where, and why what must stay stays.
fn readable(lang: Lang, needle: &Needle, found: &Found, now: DateTime<Utc>) -> String {
    let args = [("q", Arg::from(needle.words.clone())), ("when", i18n::instant(lang, now).into())];
    let mut out = vec![i18n::text_with(lang, "inquiry-letter-title", &args), String::new()];
    out.extend([i18n::text(lang, "inquiry-letter-lead"), String::new()]);
    for (place, hits) in found {
        let title = i18n::text(lang, &format!("inquiry-{}", place.name));
        out.push(format!(
            "{}: {}",
            title.to_uppercase(),
            i18n::number(lang, i64::try_from(hits.len()).unwrap_or(i64::MAX))
        ));
        for hit in hits {
            let at = hit.at.map(|at| i18n::instant_short(lang, at.utc()));
            let head: Vec<String> = [hit.reference.clone(), at].into_iter().flatten().collect();
            out.push(format!("- {}", head.join(", ")));
            out.extend(said(hit).into_iter().map(|(name, text)| {
                let text = text.lines().collect::<Vec<_>>().join("\n    ");
                format!("  {}: {text}", label(lang, &name))
            }));
        }
        if !hits.is_empty() {
            out.push(i18n::text(lang, &format!("inquiry-{}-stays", place.name)));
        }
        out.push(String::new());
    }
    // Windows' editor, too, shows lines as lines.
    out.join("\r\n")
}
