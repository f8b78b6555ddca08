//! The same done to several cases, for programs: an answer for each.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::body::Body;
use super::{Answered, App};
use crate::account::By;
use crate::account::right::Work;
use crate::db::Id;
use crate::error::{Error, FieldError};
use crate::i18n::Lang;
use crate::incident::actions::{self, Picked, Together};

/// Gives an owner, closes, restricts or opens up, case by case.
pub async fn bulk(request: HttpRequest, (db, clock): App, By(by, sent): By<Work, web::Bytes>) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let (picked, what) = (picked(body.list("incidents"))?, body.must("do"));
    let what = match what.as_str() {
        "own" => {
            let owner = body.nullable("owner");
            let owner = owner.map(|id| Id::parse(&id).ok_or_else(|| Error::field("owner", "owner_not_here")));
            Together::Own(owner.transpose()?)
        }
        "close" => Together::Close(body.must("reason")),
        "open_up" => Together::OpenUp(body.must("reason")),
        "restrict" => {
            let named = body.texts("readers");
            let named = named.iter().map(|id| Id::parse(id).ok_or_else(|| Error::field("readers", "reader_unknown")));
            Together::Restrict(named.collect::<Result<_, _>>()?, body.must("reason"))
        }
        other => {
            let fault = FieldError::new("do", "wrong_choice").with("given", other);
            return Err(Error::Invalid(vec![fault.with("choices", vec!["own", "close", "restrict", "open_up"])]));
        }
    };
    body.done()?;
    let ended = actions::each(&db, by.id, picked, what, clock.now()).await?;
    let items: Vec<Value> = ended.iter().map(|(key, ended)| item(by.lang, key, ended)).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items })))
}

fn item(lang: Lang, key: &str, ended: &Result<crate::incident::Head, Error>) -> Value {
    match ended {
        Ok(head) => json!({ "incident": head.reference, "done": true, "version": head.version }),
        Err(why) => {
            let problem = why.problem(lang, &format!("/api/v1/incidents/{key}"));
            json!({ "incident": key, "done": false, "problem": problem })
        }
    }
}

/// Each with the version last seen of it.
fn picked(listed: Vec<Value>) -> Result<Vec<Picked>, Error> {
    let one = |(at, value): (usize, Value)| {
        let missing = |name: &str, code: &str| Error::field(format!("incidents[{at}].{name}"), code);
        let key = value["incident"].as_str().ok_or_else(|| missing("incident", "missing"))?.to_owned();
        let version = value["version"].as_i64().and_then(|version| i32::try_from(version).ok());
        Ok((key, version.ok_or_else(|| missing("version", "version_missing"))?))
    };
    listed.into_iter().enumerate().map(one).collect()
}
