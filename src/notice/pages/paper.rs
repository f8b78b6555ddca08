//! A text as a file, the same for people and programs: a PDF or plain text.

use actix_web::http::header::HeaderName;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::super::desk;
use super::super::paper::paper;
use super::super::{Notices, actions::Of};
use crate::account::By;
use crate::account::right::Read;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::flow::download;
use crate::i18n::Lang;
use crate::pdf;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>, web::Data<Notices>);
type Wanted = (web::Path<(String, String)>, web::Query<Asked>);

/// Which text: for whom, in which language, and as it left under which number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(rename = "for")]
    for_whom: Option<String>,
    lang: Option<String>,
    sent: Option<i64>,
}

/// The header that says where the text stands.
const STATE: HeaderName = HeaderName::from_static("varsel-text-state");

async fn find(
    (db, clock, notices): &App,
    by: &crate::account::Officer,
    (path, asked): Wanted,
) -> Result<(desk::Desk, super::super::paper::Paper, String), Error> {
    let ((key, duty), asked) = (path.into_inner(), asked.into_inner());
    let wrong = |given: &str| {
        let fault = FieldError::new("lang", "wrong_choice").with("given", given);
        Error::Invalid(vec![fault.with("choices", Lang::ALL.map(Lang::code).to_vec())])
    };
    let lang = asked.lang.as_deref().filter(|given| !given.is_empty());
    let lang = lang.map(|given| Lang::parse(given).ok_or_else(|| wrong(given))).transpose()?;
    let for_whom = asked.for_whom.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let desk = desk::open(db, clock, by.sight(), &Of { key, duty, for_whom }).await?;
    let paper = paper(&desk, notices, (lang, asked.sent))?;
    let name = format!("{}-{}-{}", desk.status().duty.id, desk.case.head.reference, paper.lang().code());
    Ok((desk, paper, name))
}

/// The PDF.
pub async fn pdf(app: App, By(by, wanted): By<Read, Wanted>) -> Answered {
    let (desk, paper, name) = find(&app, &by, wanted).await?;
    let (document, name) = (paper.document(&desk), format!("{name}.pdf"));
    let made = web::block(move || pdf::write(&document)).await.map_err(Error::internal)??;
    let mut answer = download(&name, &name);
    Ok(answer.content_type("application/pdf").insert_header((STATE, paper.state())).body(made))
}

/// The plain text.
pub async fn text(app: App, By(by, wanted): By<Read, Wanted>) -> Answered {
    let (_, paper, name) = find(&app, &by, wanted).await?;
    let name = format!("{name}.txt");
    let mut answer = download(&name, &name);
    Ok(answer.content_type("text/plain; charset=utf-8").insert_header((STATE, paper.state())).body(paper.text()))
}
