//! Reports for people: the short form that anybody can fill in, one's own reports, and what a responder sees of one.

use actix_web::http::StatusCode;
use actix_web::web;
use chrono::DurationRound;
use serde::Deserialize;
use serde_json::{Value, json};

use super::field::{Field, Filling, summary};
use super::show::View;
use super::typed::Typed;
use super::{Answered, App, Sent, frame, go_to};
use crate::account::right::Report;
use crate::account::{By, Desk, May, Officer};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Lang};
use crate::incident::actions::{self, INVOLVED, Logged, Reported};
use crate::incident::store;

/// How many reports a page shows.
const SHOWN: i64 = 20;
const FIELDS: [&str; 5] = ["what", "noticed_at", "system", "personal_data", "contact"];

/// What the address of a page may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    cursor: String,
    done: String,
}

/// Shows the form, with now as the moment it was noticed.
pub async fn form(app: App, by: May<Report>) -> Answered {
    let now = app.1.now().duration_trunc(chrono::Duration::minutes(1)).map_err(Error::internal)?;
    let mut typed = Typed::default();
    typed.put_time("noticed_at", now);
    ask(&app, &by, &typed, &[])
}

/// Takes a report, or shows the form again with what was wrong and everything typed kept.
pub async fn report(app: App, By(by, sent): By<Report, Sent>) -> Answered {
    let typed = Typed::new(sent.into_inner());
    let reported = match read(&typed) {
        Ok(reported) => actions::report(&app.0, by.id, reported, typed.again(), app.1.now()).await,
        Err(why) => Err(why),
    };
    match reported {
        Ok(Logged::New(head)) => Ok(go_to(format!("/reports/{}?done=reported#main", head.reference))),
        Ok(Logged::Before(reference)) => Ok(go_to(format!("/reports/{reference}?done=reported#main"))),
        Err(Error::Invalid(wrong)) => ask(&app, &by, &typed, &wrong),
        Err(why) => Err(why),
    }
}

fn read(typed: &Typed) -> Result<Reported, Error> {
    let mut wrong = Vec::new();
    let noticed_at = typed.time("noticed_at").unwrap_or_else(|why| {
        wrong.push(why);
        None
    });
    let missing = [("noticed_at", noticed_at.is_none() && wrong.is_empty()), ("what", typed.one("what").is_empty())];
    let missing = missing.iter().filter(|(_, is)| *is).map(|(name, _)| FieldError::new(*name, "missing"));
    wrong.extend(missing.collect::<Vec<_>>());
    if typed.one("personal_data").is_empty() {
        wrong.push(FieldError::new("personal_data", "missing"));
    }
    match noticed_at {
        Some(noticed_at) if wrong.is_empty() => Ok(Reported {
            what: typed.one("what").to_owned(),
            noticed_at,
            system: typed.some("system"),
            personal_data: typed.one("personal_data").to_owned(),
            contact: typed.some("contact"),
        }),
        _ => Err(Error::Invalid(wrong)),
    }
}

fn ask((_, clock, templates): &App, by: &Officer, typed: &Typed, wrong: &[FieldError]) -> Answered {
    let filling = Filling { lang: by.lang, typed, wrong, prefix: "" };
    let involved = INVOLVED.map(|word| (word, i18n::text(by.lang, &format!("report-involved-{word}"))));
    let mut what = filling.own("what", Field::lines);
    what.first = wrong.is_empty();
    let own = json!({
        "fields": [
            what, filling.own("noticed_at", Field::at), filling.own("system", Field::one_line),
            filling.choose("personal_data", &involved), filling.own("contact", Field::one_line),
        ],
        "wrong": summary(by.lang, "", wrong, &FIELDS.map(str::to_owned)), "sheet": typed.sheet(),
    });
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = i18n::text(by.lang, "page-report");
    frame(by, clock, "/reports/new", title).answer(templates, status, "report/new", &own)
}

/// Shows one's own reports, the newest first.
pub async fn list((db, clock, templates): App, By(by, asked): By<Report, web::Query<Asked>>) -> Answered {
    let (who, before) = (by.id, asked.cursor.parse().ok());
    let page = db.read(move |conn| store::own_reports(conn, who, before, SHOWN)).await?;
    let row = |(head, report, state): &(store::Head, store::Report, &'static str)| {
        let (tone, words) = state_words(by.lang, state);
        json!({
            "reference": head.reference, "what": first_line(&report.what), "at": report.at.utc().to_rfc3339(),
            "tone": tone, "state": words,
        })
    };
    let own = json!({
        "reports": page.items.iter().map(row).collect::<Vec<_>>(),
        "older": page.next.map(|next| format!("/reports?cursor={next}")),
    });
    let title = i18n::text(by.lang, "page-reports");
    frame(&by, &clock, "/reports", title).answer(&templates, StatusCode::OK, "report/list", &own)
}

/// Shows one of one's own reports.
pub async fn show(app: App, By(by, (key, asked)): By<Report, (web::Path<String>, web::Query<Asked>)>) -> Answered {
    one(&app, &by, key.into_inner(), &asked.done, (&Typed::default(), &[])).await
}

/// Adds to one of one's own reports.
pub async fn remark(
    app: App,
    desk: web::Data<Desk>,
    By(by, (key, sent)): By<Report, (web::Path<String>, Sent)>,
) -> Answered {
    let (key, typed) = (key.into_inner(), Typed::new(sent.into_inner()));
    let said = (key.clone(), typed.one("words").to_owned());
    match actions::remark(&app.0, desk.into_inner(), by.id, said, app.1.now()).await {
        Ok(()) => Ok(go_to(format!("/reports/{key}?done=added#main"))),
        Err(Error::Invalid(wrong)) => one(&app, &by, key, "", (&typed, &wrong)).await,
        Err(why) => Err(why),
    }
}

async fn one(
    (db, clock, templates): &App,
    by: &Officer,
    key: String,
    done: &str,
    (typed, wrong): (&Typed, &[FieldError]),
) -> Answered {
    let (who, lang) = (by.id, by.lang);
    let (head, report, state) = db.read(move |conn| store::own_report(conn, who, &key)).await?;
    let (tone, words) = state_words(lang, state);
    let done = ["reported", "added"].contains(&done).then(|| i18n::text(lang, &format!("page-report-done-{done}")));
    let filling = Filling { lang, typed, wrong, prefix: "" };
    let own = json!({
        "reference": head.reference, "tone": tone, "state": words, "state_help": i18n::text(lang, &format!("report-{state}-help")),
        "report": told(lang, &report), "done": done, "remark": filling.own("words", Field::lines),
        "wrong": summary(lang, "", wrong, &["words".to_owned()]),
    });
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = format!("{} {}", i18n::text(lang, "page-report-own"), head.reference);
    frame(by, clock, format!("/reports/{}", head.reference), title).answer(templates, status, "report/show", &own)
}

/// The icon of a state, and the state in words.
fn state_words(lang: Lang, state: &str) -> (&'static str, String) {
    let tone = match state {
        "closed" => "fulfilled",
        "in_hand" => "exempt",
        _ => "undetermined",
    };
    (tone, i18n::text(lang, &format!("report-{state}")))
}

/// What was reported, as both the reporter and those who work on it read it.
fn told(lang: Lang, report: &store::Report) -> Value {
    let remark = |remark: &store::Remark| json!({ "words": remark.words, "at": remark.at.utc().to_rfc3339() });
    json!({
        "what": report.what, "noticed": report.noticed_at.utc().to_rfc3339(), "system": report.system,
        "involved": i18n::text(lang, &format!("report-involved-{}", report.personal_data)), "contact": report.contact,
        "at": report.at.utc().to_rfc3339(), "by": report.by,
        "remarks": report.remarks.iter().map(remark).collect::<Vec<_>>(),
    })
}

/// What somebody reported, on the page of the incident that was made of it.
pub fn reported(view: &View<'_>) -> Option<Value> {
    view.case.report.as_ref().map(|report| told(view.lang, report))
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    let short: String = line.chars().take(120).collect();
    if short == line { short } else { format!("{}…", short.trim_end()) }
}
