//! What to ask next and what each answer would change, and two assessments side by side, for programs.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answered, App, find};
use crate::account::right::Read;
use crate::account::{By, language_of};
use crate::error::{Error, FieldError};
use crate::i18n::Lang;
use crate::incident::actions::renew_outdated;
use crate::incident::compare::{self, Pair};
use crate::incident::foresee::{Outlook, outlooks};
use crate::incident::pages::assessments::Versions;
use crate::incident::store::Assessed;

/// How many questions are answered with an outlook unless more are asked for, and how many at most.
const USUAL: usize = 5;
const MOST: usize = 50;

/// How many questions.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    limit: Option<String>,
}

impl Asked {
    fn limit(&self) -> Result<usize, Error> {
        let Some(given) = &self.limit else { return Ok(USUAL) };
        let read = given.parse().ok().filter(|limit| (1..=MOST).contains(limit));
        read.ok_or_else(|| Error::Invalid(vec![FieldError::new("limit", "questions_out_of_range").with("max", MOST)]))
    }
}

/// What to ask next, the most deciding first, and what each answer would change.
pub async fn questions(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, asked)): By<Read, (web::Path<String>, web::Query<Asked>)>,
) -> Answered {
    let limit = asked.limit()?;
    let lang = language_of(&request);
    let case = find(&db, key.into_inner(), by.sight(), &clock).await?;
    let all = &case.assessment.questions;
    let one = |question: &crate::law::Question| -> Result<Value, Error> {
        let outlooks = outlooks(&case, question.fact)?;
        let answers: Vec<Value> = outlooks.iter().map(|one| outlook(lang, one)).collect();
        Ok(json!({ "fact": question.fact, "decides": question.decides, "answers": answers }))
    };
    let items = all.iter().take(limit).map(one).collect::<Result<Vec<_>, _>>()?;
    Ok(HttpResponse::Ok()
        .json(json!({ "as_of": case.now, "version": case.head.version, "all": all.len(), "items": items })))
}

fn outlook(lang: Lang, one: &Outlook) -> Value {
    let fault = |fault: &FieldError| json!({ "path": fault.path, "code": fault.code, "message": fault.message(lang) });
    json!({
        "answers": one.answers, "refused": one.refused.iter().map(fault).collect::<Vec<_>>(), "duties": one.duties,
        "severity": one.severity, "risk": one.risk, "must_be_told": one.must_be_told,
    })
}

/// What differs between two assessments, by the versions of the case they belong to.
pub async fn compared(
    (db, clock): App,
    By(by, (key, asked)): By<Read, (web::Path<String>, web::Query<Versions>)>,
) -> Answered {
    renew_outdated(&db, clock.now()).await?;
    let (sight, key) = (by.sight(), key.into_inner());
    let pair = db.read(move |conn| compare::read(conn, &key, sight, (asked.from, asked.to))).await?;
    let Pair { head, from, to, compared, between } = &pair;
    let side = |one: &Assessed| json!({ "version": one.version, "rules_version": one.rules_version, "by": one.by, "at": one.at });
    Ok(HttpResponse::Ok().json(json!({
        "reference": head.reference, "from": side(from), "to": side(to), "differences": compared, "between": between,
    })))
}
