//! People for programs: listing, adding, changing, and a new link.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};

use crate::account::actions::{self, Invited};
use crate::account::pages::people::link;
use crate::account::person::Entry;
use crate::account::store::Member;
use crate::account::{
    By, Desk, May, Role,
    right::{KeepPeople, ReadHouse},
};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>, web::Data<Config>);

/// Lists everybody; who has left comes last.
pub async fn list(db: web::Data<Db>, _by: May<ReadHouse>) -> Answered {
    let items: Vec<Value> = actions::everybody(&db).await?.iter().map(shown).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items })))
}

/// Adds a person; the answer holds their one-time link, which is not shown again.
pub async fn add(request: HttpRequest, (db, clock, config): App, By(by, sent): By<KeepPeople, web::Bytes>) -> Answered {
    let mut body = Body::read(&sent)?;
    let entry = Entry { email: body.text("email"), ..body.entry() };
    body.done()?;
    let invited = actions::add(&db, by.id, entry.newcomer(by.lang)?, &Desk::of(&request)?, clock.now()).await?;
    Ok(created(&request, &config, &invited))
}

/// Changes a person; what is left out stays, null takes the telephone away, `left` lets them go or takes them back.
pub async fn change(
    (db, clock, _): App,
    By(by, (id, sent)): By<KeepPeople, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let id = Id::parse(&id).ok_or(Error::NotFound)?;
    let mut body = Body::read(&sent)?;
    let (entry, left) = (body.entry(), body.flag("left"));
    body.done()?;
    let member = actions::change(&db, by.id, id, (entry.change()?, left), clock.now()).await?;
    Ok(HttpResponse::Ok().json(shown(&member)))
}

/// Makes a new link for a person; the older one dies.
pub async fn invite(
    request: HttpRequest,
    (db, clock, config): App,
    By(by, id): By<KeepPeople, web::Path<String>>,
) -> Answered {
    let id = Id::parse(&id).ok_or(Error::NotFound)?;
    let invited = actions::invite_again(&db, by.id, id, &Desk::of(&request)?, clock.now()).await?;
    Ok(created(&request, &config, &invited))
}

fn created(request: &HttpRequest, config: &Config, invited: &Invited) -> HttpResponse {
    let mut answer = shown(&invited.member);
    if !invited.mailed {
        answer["link"] = link(request, config, invited.secret.reveal()).into();
    }
    answer["mailed"] = invited.mailed.into();
    answer["link_expires_at"] = json!(invited.expires_at);
    HttpResponse::build(StatusCode::CREATED).insert_header(("cache-control", "no-store")).json(answer)
}

fn shown(member: &Member) -> Value {
    let account = &member.account;
    let roles: Vec<&str> = member.roles.iter().copied().map(Role::word).collect();
    json!({
        "id": account.id, "name": account.name, "email": account.email, "phone": account.phone, "roles": roles,
        "language": account.language, "has_password": account.has_password(), "created_at": account.created_at,
        "left_at": account.left_at, "signs_in_by_openid": member.linked, "roles_by_openid": member.governed,
    })
}

/// The body of a request, from which fields are taken one by one.
pub(super) struct Body {
    left: Map<String, Value>,
    wrong: Vec<FieldError>,
}

impl Body {
    pub(super) fn read(sent: &[u8]) -> Result<Self, Error> {
        match super::json_of(sent)? {
            Value::Object(left) => Ok(Self { left, wrong: Vec::new() }),
            other => Err(Error::Invalid(vec![wrong_type("", "object", &other)])),
        }
    }

    /// What is given of a person, but for the e-mail.
    fn entry(&mut self) -> Entry {
        let takes_away = self.left.get("phone").is_some_and(Value::is_null);
        Entry {
            email: None,
            name: self.text("name"),
            phone: self.text("phone").or_else(|| takes_away.then(String::new)),
            roles: self.texts("roles"),
            language: self.text("language"),
        }
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.left.remove(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            other => {
                self.wrong.push(wrong_type(name, "text", &other));
                None
            }
        }
    }

    pub(super) fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let given = self.take(name)?;
        let words = given.as_array().and_then(|all| all.iter().map(|word| word.as_str().map(str::to_owned)).collect());
        if words.is_none() {
            self.wrong.push(wrong_type(name, "list", &given));
        }
        words
    }

    pub(super) fn whole(&mut self, name: &str) -> Option<i64> {
        let given = self.take(name)?;
        if given.as_i64().is_none() {
            self.wrong.push(wrong_type(name, "whole", &given));
        }
        given.as_i64()
    }

    fn flag(&mut self, name: &str) -> Option<bool> {
        match self.take(name)? {
            Value::Bool(yes) => Some(yes),
            other => {
                self.wrong.push(wrong_type(name, "bool", &other));
                None
            }
        }
    }

    /// Refuses if anything was wrong, or if something is left that nobody asked for.
    pub(super) fn done(self) -> Result<(), Error> {
        let unknown = self.left.keys().map(|name| FieldError::new(name, "unknown_key"));
        let wrong: Vec<FieldError> = self.wrong.iter().cloned().chain(unknown).collect();
        if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
    }
}

fn wrong_type(name: &str, expected: &str, given: &Value) -> FieldError {
    let given: String = given.to_string().chars().take(60).collect();
    FieldError::new(name, "wrong_type").with("expected", expected).with("given", given)
}
