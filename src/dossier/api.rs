//! The dossier as a download, the same for people and programs.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::Audience;
use super::actions::{self, Form};
use crate::account::right::Read;
use crate::account::{By, language_of};
use crate::clock::Clock;
use crate::config::{Config, NO_KEY};
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::flow::{Flow, download};
use crate::i18n::Lang;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>, web::Data<Config>);
type Wanted = (web::Path<String>, web::Query<Asked>);

/// Whom a dossier is for, in which language, as of when.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(rename = "for")]
    audience: Option<String>,
    lang: Option<String>,
    as_of: Option<String>,
}

impl Asked {
    fn read(&self, request: &HttpRequest) -> Result<(Audience, Lang, Option<DateTime<Utc>>), Error> {
        let lang = match self.lang.as_deref() {
            None => language_of(request),
            Some(given) => Lang::parse(given).ok_or_else(|| {
                let fault = FieldError::new("lang", "wrong_choice").with("given", given);
                Error::Invalid(vec![fault.with("choices", Lang::ALL.map(Lang::code).to_vec())])
            })?,
        };
        let audience = self.audience.as_deref().map_or(Ok(Audience::default()), Audience::parse)?;
        // A plus sign that was not escaped arrives as a blank.
        let time = |text: &String| {
            DateTime::parse_from_rfc3339(&text.replace(' ', "+"))
                .map(|at| at.to_utc())
                .map_err(|_| Error::Invalid(vec![FieldError::new("as_of", "not_a_time").with("given", text.as_str())]))
        };
        Ok((audience, lang, self.as_of.as_ref().map(time).transpose()?))
    }
}

/// The document.
pub async fn pdf(request: HttpRequest, app: App, By(by, (key, asked)): By<Read, Wanted>) -> Answered {
    let (audience, lang, as_of) = asked.read(&request)?;
    let (db, clock, _) = app;
    let times = (as_of, clock.now());
    let (key, order) = actions::open(&db, Some(by.id), key.into_inner(), (Form::Pdf, audience, lang), times).await?;
    let name = format!("dossier-{key}.pdf");
    let made = web::block(move || actions::document(&db, &key, order)).await.map_err(Error::internal)??;
    Ok(download(&name, &name).content_type("application/pdf").body(made))
}

/// The archive.
pub async fn zip(request: HttpRequest, app: App, By(by, (key, asked)): By<Read, Wanted>) -> Answered {
    let (audience, lang, as_of) = asked.read(&request)?;
    let (db, clock, config) = app;
    let seal = config.seal.clone().ok_or_else(|| Error::internal(NO_KEY))?;
    let times = (as_of, clock.now());
    let (key, order) = actions::open(&db, Some(by.id), key.into_inner(), (Form::Zip, audience, lang), times).await?;
    let name = format!("dossier-{key}.zip");
    let made = move || actions::archive(&db, &key, order, &seal, &config.data_dir);
    let file = web::block(made).await.map_err(Error::internal)??;
    Ok(download(&name, &name).content_type("application/zip").body(Flow::of_file(file)?))
}
