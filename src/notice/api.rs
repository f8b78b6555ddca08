//! The drafts of an incident, for programs: the same letters and the same gaps as the page shows.

pub mod texts;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Notices, draft};
use crate::account::right::Read;
use crate::account::{By, Sight, language_of};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::i18n::Lang;
use crate::incident::actions::current;
use crate::incident::{CaseFile, DutyStatus, Settings, explain};
use crate::law::State;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>, web::Data<Notices>);
type OneDuty = (web::Path<(String, String)>, web::Query<Asked>);

/// In which language to draft, and for which controller.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    lang: Option<String>,
    #[serde(rename = "for")]
    for_whom: Option<String>,
}

impl Asked {
    /// The language asked for; the reader's own when the address does not say.
    fn lang(&self, request: &HttpRequest) -> Result<Lang, Error> {
        let Some(given) = self.lang.as_deref() else { return Ok(language_of(request)) };
        Lang::parse(given).ok_or_else(|| {
            let fault = FieldError::new("lang", "wrong_choice").with("given", given);
            Error::Invalid(vec![fault.with("choices", Lang::ALL.map(Lang::code).to_vec())])
        })
    }
}

/// Drafts a letter for each duty that is open or fulfilled and met by sending something; `for` narrows to a controller.
pub async fn drafts(
    request: HttpRequest,
    (db, clock, notices): App,
    By(by, (key, asked)): By<Read, (web::Path<String>, web::Query<Asked>)>,
) -> Answered {
    let lang = asked.lang(&request)?;
    let (case, settings) = find(&db, key.into_inner(), by.sight(), &clock).await?;
    let outgoing = |status: &&DutyStatus| status.state.is_open() || status.state == State::Fulfilled;
    let wanted =
        |status: &&DutyStatus| asked.for_whom.is_none() || status.duty.for_whom.as_deref() == asked.for_whom.as_deref();
    let mut items = Vec::new();
    for status in case.duties.iter().filter(outgoing).filter(wanted) {
        items.extend(one(&notices, &case, &settings, status, lang)?);
    }
    Ok(HttpResponse::Ok().json(json!({ "items": items })))
}

/// Drafts the letter of one duty, whatever its state; a duty that is met without sending anything has none.
pub async fn of_duty(
    request: HttpRequest,
    (db, clock, notices): App,
    By(by, (path, asked)): By<Read, OneDuty>,
) -> Answered {
    let (key, duty) = path.into_inner();
    let lang = asked.lang(&request)?;
    let (case, settings) = find(&db, key, by.sight(), &clock).await?;
    let status = explain::duty(&case, &duty, asked.for_whom.as_deref())?;
    let drafted = one(&notices, &case, &settings, status, lang)?.ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok().json(drafted))
}

async fn find(db: &Db, key: String, sight: Sight, clock: &Clock) -> Result<(CaseFile, Settings), Error> {
    let case = current(db, key, sight, clock.now()).await?;
    Ok((case, db.read(Settings::load).await?))
}

fn one(
    notices: &Notices,
    case: &CaseFile,
    settings: &Settings,
    status: &DutyStatus,
    lang: Lang,
) -> Result<Option<Value>, Error> {
    let duty = &status.duty;
    let drafted =
        draft(&notices.0, duty, &case.facts, &case.assessment, &settings.company, lang).map_err(Error::internal)?;
    Ok(drafted.map(|drafted| {
        let mut shown = drafted.marked(case.head.is_drill(), lang).json(lang);
        shown["id"] = json!(duty.id);
        shown["for"] = json!(duty.for_whom);
        shown["state"] = json!(status.state);
        shown["lang"] = json!(lang.code());
        shown
    }))
}
