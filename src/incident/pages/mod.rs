//! The case file for people: the list, the form to log with, the page of an incident and everything answered on it.

mod answer;
mod asked;
pub mod assessments;
mod bulk;
pub(crate) mod cards;
mod field;
mod foreseen;
mod groups;
pub(crate) mod line;
mod list;
mod log;
mod readers;
pub mod reports;
pub mod settings;
mod show;
mod side;
pub(crate) mod told;
mod typed;
pub(crate) mod words;

pub(crate) use field::{Field, Filling, summary};
pub(crate) use typed::Typed;

pub use answer::{closure, facts, moment, owner, reopening, risk, settlement, severity, submission};
pub use asked::Asked;
pub(crate) use asked::escape;
pub use bulk::bulk;
pub use list::{home, list};
pub use log::{form as log_form, log};
pub use readers::{everybody, readers};
pub(crate) use show::View;
pub use show::show;

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web;

use crate::account::Officer;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Error;
use crate::page::Frame;
use crate::templates::Templates;

pub(crate) type Answered = Result<HttpResponse, Error>;
pub(crate) type App = (web::Data<Db>, web::Data<Clock>, web::Data<Templates>);
pub(crate) type Sent = web::Form<Vec<(String, String)>>;

/// The frame of a page for somebody who is signed in.
pub(crate) fn frame(by: &Officer, clock: &Clock, here: impl Into<String>, title: impl Into<String>) -> Frame {
    Frame {
        lang: by.lang,
        officer: Some(by.name.clone()),
        person: Some(by.id),
        rights: by.rights(),
        here: here.into(),
        now: clock.now(),
        title: title.into(),
    }
}

/// Sends the browser on, so that going back or reloading never repeats what was done.
pub(crate) fn go_to(place: String) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, place)).finish()
}

/// Where the card of a duty stands on the page of its incident.
#[must_use]
pub fn anchor(duty: &str, for_whom: Option<&str>) -> String {
    let key = for_whom.map_or_else(|| duty.to_owned(), |name| format!("{duty}:{name}"));
    side::prefix(&format!("duty:{key}"))
}
