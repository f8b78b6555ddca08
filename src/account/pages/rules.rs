//! The page of the rules for signing in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::go_to;
use crate::account::caller;
use crate::account::right::{KeepHouse, ReadHouse};
use crate::account::rules::{ABSOLUTE, Demand, IDLE, Rules};
use crate::account::{By, Officer, actions};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::page::Frame;
use crate::templates::Templates;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>, web::Data<Templates>);

/// What the form sends.
#[derive(Clone, Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    version: String,
    idle_minutes: String,
    absolute_hours: String,
    second_factor: String,
}

/// What the address says of the last thing done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// Shows the rules.
pub async fn show(app: App, By(by, asked): By<ReadHouse, web::Query<Asked>>) -> Answered {
    page(&app, &by, (asked.done == "saved", None, &[]), StatusCode::OK).await
}

/// Saves the rules, or shows them again with what was wrong.
pub async fn save(request: HttpRequest, app: App, By(by, sent): By<KeepHouse, web::Form<Typed>>) -> Answered {
    let typed = sent.into_inner();
    let whole = |text: &str| text.trim().parse().ok();
    let rules = Rules::check(whole(&typed.idle_minutes), whole(&typed.absolute_hours), Some(&typed.second_factor));
    let version = typed.version.parse().map_err(|_| Error::field("version", "version_unreadable"));
    let saved = match (rules, version) {
        (Ok(rules), Ok(version)) => {
            actions::save_rules(&app.0, (by.id, caller::address(&request)), (version, rules), app.1.now()).await
        }
        (Err(why), _) | (_, Err(why)) => Err(why),
    };
    match saved {
        Ok(_) => Ok(go_to("/settings/sign-in?done=saved".into(), &[])),
        Err(Error::Invalid(wrong)) => {
            page(&app, &by, (false, Some(typed), &wrong), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(why) => Err(why),
    }
}

async fn page(
    (db, clock, templates): &App,
    by: &Officer,
    (done, typed, wrong): (bool, Option<Typed>, &[FieldError]),
    status: StatusCode,
) -> Answered {
    let lang = by.lang;
    let (version, rules) = actions::rules(db).await?;
    let refused = typed.is_some();
    let shown = typed.unwrap_or_else(|| Typed {
        version: version.to_string(),
        idle_minutes: rules.idle_minutes.to_string(),
        absolute_hours: rules.absolute_hours.to_string(),
        second_factor: rules.second_factor.word().into(),
    });
    let demand = |demand: Demand| {
        let word = demand.word();
        json!({ "value": word, "label": i18n::text(lang, &format!("signin-demand-{word}")), "chosen": shown.second_factor == word })
    };
    let usual = Rules::default();
    let context = json!({
        "done": done, "refused": refused, "version": shown.version, "may": by.may::<KeepHouse>(),
        "wrong": wrong.iter().map(|fault| json!({
            "id": fault.path, "label": i18n::find(lang, &format!("signin-field-{}", fault.path), &[]),
            "message": fault.message(lang),
        })).collect::<Vec<_>>(),
        "fields": [
            number(lang, "idle_minutes", (&shown.idle_minutes, usual.idle_minutes), IDLE, wrong),
            number(lang, "absolute_hours", (&shown.absolute_hours, usual.absolute_hours), ABSOLUTE, wrong),
        ],
        "demands": Demand::ALL.map(demand),
    });
    let (title, here) = (i18n::text(lang, "signin-rules"), "/settings/sign-in".into());
    let frame = Frame {
        lang,
        officer: Some(by.name.clone()),
        person: Some(by.id),
        rights: by.rights(),
        here,
        now: clock.now(),
        title,
    };
    frame.answer(templates, status, "signin/rules", &context)
}

fn number(lang: Lang, id: &str, (value, usual): (&str, i64), (from, to): (i64, i64), wrong: &[FieldError]) -> Value {
    let help =
        i18n::text_with(lang, &format!("signin-field-{id}-help"), &[("from", Arg::from(from)), ("to", Arg::from(to))]);
    let wrong = wrong.iter().find(|fault| fault.path == id).map(|fault| fault.message(lang));
    let described = if wrong.is_some() { format!("{id}-help {id}-wrong") } else { format!("{id}-help") };
    json!({
        "id": id, "name": id, "kind": "text", "complete": "off", "label": i18n::text(lang, &format!("signin-field-{id}")),
        "help": help, "wrong": wrong, "described": described, "must": true, "value": value, "numeric": true,
        "default": usual.to_string(),
    })
}
