//! The register for people: figures, whom to tell, files, persons, and waves with their words and approvals.

mod file;
mod person;
mod register;
mod wave;

pub use file::{begin, bring, import, remove};
pub use person::{answer, persons};
pub use register::{again, bounce, count, decide, show};
pub use wave::{approve, change, halt, make, posted, run, wave};

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Circle;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::i18n::{self, Lang};
use crate::incident::pages::Typed;
use crate::outbox::Worker;
use crate::templates::Templates;

type App = (web::Data<Db>, web::Data<Worker>, web::Data<Clock>, web::Data<Templates>);
type Key = web::Path<String>;
type KeyAndId = web::Path<(String, String)>;

/// What the address may say was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
    /// Which page of the files of letters, from 0.
    letters: usize,
}

impl Done {
    fn words(&self, lang: Lang) -> Option<String> {
        let known = [
            "decided", "counted", "removed", "approved", "begun", "paused", "saved", "answered", "again", "bounced",
            "posted",
        ];
        known.contains(&self.done.as_str()).then(|| i18n::text(lang, &format!("affected-done-{}", self.done)))
    }
}

fn option(value: &str, label: String, chosen: bool) -> Value {
    json!({ "value": value, "label": label, "chosen": chosen })
}

fn state_words(lang: Lang, state: &str) -> String {
    i18n::text(lang, &format!("affected-state-{}", state.replace('_', "-")))
}

/// A form that was refused: what was typed in it, and what is wrong.
struct Refused {
    /// Which form of the page.
    form: &'static str,
    typed: Typed,
    said: Vec<String>,
    status: StatusCode,
}

impl Refused {
    /// Takes a refusal that is told at its form; anything else is an error of the page.
    fn new(lang: Lang, form: &'static str, typed: Typed, why: Error) -> Result<Self, Error> {
        let label = |field: &FieldError| {
            let last = field.path.split('.').next_back().unwrap_or_default();
            let first = field.path.split('.').next().unwrap_or_default();
            let names = [last, first].map(|name| format!("told-field-{}", name.replace('_', "-")));
            let label = names.iter().find_map(|key| i18n::find(lang, key, &[]));
            label.map_or_else(|| field.message(lang), |label| format!("{label}: {}", field.message(lang)))
        };
        let said = match &why {
            Error::Invalid(fields) => fields.iter().map(label).collect(),
            Error::Conflict { .. } => vec![why.title_and_detail(lang).1],
            _ => return Err(why),
        };
        Ok(Self { form, typed, said, status: why.status_and_code().0 })
    }
}

/// A form of a page: what was typed when it was refused, else what is usual.
#[derive(Clone, Copy)]
struct Form<'a>(Option<&'a Typed>);

impl<'a> Form<'a> {
    fn of(refused: Option<&'a Refused>, form: &str) -> Self {
        Self(refused.filter(|refused| refused.form == form).map(|refused| &refused.typed))
    }

    fn is_refused(self) -> bool {
        self.0.is_some()
    }

    fn text(self, name: &str, usual: &str) -> String {
        self.0.map_or(usual, |typed| typed.one(name)).to_owned()
    }

    fn is_on(self, name: &str, usual: bool) -> bool {
        self.0.map_or(usual, |typed| typed.one(name) == "yes")
    }

    /// Whom it is about, as the fields of the form have it.
    fn circle(self, usual: &Circle) -> Value {
        json!({
            "customers": self.text("customers", &usual.customers.join("\n")),
            "categories": self.text("categories", &usual.categories.join(", ")),
            "only_minors": self.is_on("minors", usual.minor == Some(true)),
        })
    }
}

fn circle(typed: &Typed) -> Circle {
    let several = |name: &str, signs: &[char]| {
        let parts = typed.one(name).split(signs).map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>()
    };
    Circle {
        customers: several("customers", &['\n']),
        categories: several("categories", &[',', '\n']).into_iter().map(|one| one.to_lowercase()).collect(),
        minor: (typed.one("minors") == "yes").then_some(true),
        protected: None,
    }
}
