//! The pages before one is in: signing in, the one-time link; and signing out, and the language.

pub mod door;
pub mod factor;
pub mod keys;
pub mod machines;
pub mod own;
pub mod passkeys;
pub mod people;
pub mod rules;
pub mod tokens;

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::Entered;
use super::session::Whence;
use super::{By, Desk, May, Throttle, Timely, Wish, actions, caller, language_of, password, right::Anyone, session};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::i18n::{self, Lang};
use crate::openid::{Door, pages as openid};
use crate::page::Frame;
use crate::templates::Templates;

/// What the sign-in form sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SignIn {
    email: String,
    password: String,
    next: String,
    /// What somebody has just left.
    out: String,
}

/// Shows the sign-in form.
pub async fn sign_in_form(
    request: HttpRequest,
    (templates, clock, config): (web::Data<Templates>, web::Data<Clock>, web::Data<Config>),
    query: web::Query<SignIn>,
) -> Result<HttpResponse, Error> {
    let form = SignIn { next: inner_path(&query.next), out: query.into_inner().out, ..SignIn::default() };
    sign_in_page(&request, (&templates, &config, clock.now()), &form, None)
}

/// Signs in, or shows the form again with what was wrong and nothing but the password lost.
pub async fn sign_in(
    request: HttpRequest,
    (db, clock, config): (web::Data<Db>, web::Data<Clock>, web::Data<Config>),
    (throttle, desk): (web::Data<Throttle>, web::Data<Desk>),
    templates: web::Data<Templates>,
    Timely(form): Timely<web::Form<SignIn>>,
) -> Result<HttpResponse, Error> {
    let held = (Whence::of(&request), session::secret(&config, &request));
    let tried = (form.email.as_str(), form.password.clone(), None);
    match actions::sign_in(&db, (&throttle, &desk), held, tried, clock.now()).await {
        Ok(entered) => Ok(let_in(&config, entered, &form.next)),
        Err(why @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            sign_in_page(&request, (&templates, &config, clock.now()), &form, Some(&why))
        }
        Err(why) => Err(why),
    }
}

/// Goes on with a new session, or to the code that is still owed.
fn let_in(config: &Config, entered: Entered, next: &str) -> HttpResponse {
    match entered {
        Entered::In(secret) => go_to(inner_path(next), &[session::cookie(config, secret)]),
        Entered::Half(secret) => go_to(door::code_path(&inner_path(next)), &[session::half_cookie(config, secret)]),
    }
}

fn go_to(place: String, cookies: &[Cookie<'static>]) -> HttpResponse {
    let mut answer = HttpResponse::SeeOther();
    for cookie in cookies {
        answer.cookie(cookie.clone());
    }
    answer.insert_header((LOCATION, place)).finish()
}

fn sign_in_page(
    request: &HttpRequest,
    (templates, config, now): (&Templates, &Config, DateTime<Utc>),
    form: &SignIn,
    why: Option<&Error>,
) -> Result<HttpResponse, Error> {
    let lang = language_of(request);
    let status = match why {
        None => StatusCode::OK,
        Some(Error::Invalid(_)) => StatusCode::UNAUTHORIZED,
        Some(other) => other.status_and_code().0,
    };
    let message = why.map(|why| match why.fields() {
        [] => why.title_and_detail(lang).1,
        [first, ..] => first.message(lang),
    });
    let next = inner_path(&form.next);
    let openid = openid::offer(config, lang, &next, form.out == "openid");
    let passkey = passkeys::offer(config, request, &next);
    let own = json!({ "email": form.email, "next": next, "error": message, "openid": openid, "passkey": passkey });
    frame(lang, now, "page-sign-in").answer(templates, status, "account/sign_in", &own)
}

/// Ends the session and shows the sign-in form.
pub async fn sign_out(
    request: HttpRequest,
    (db, clock, config): (web::Data<Db>, web::Data<Clock>, web::Data<Config>),
    door: web::Data<Door>,
    by: May<Anyone>,
) -> Result<HttpResponse, Error> {
    if let Some(secret) = session::secret(&config, &request) {
        actions::sign_out(&db, &caller::address(&request), &secret, clock.now()).await?;
    }
    let place = openid::after_leaving((&db, &door, &clock), by.id).await?;
    Ok(HttpResponse::SeeOther().cookie(session::removal(&config)).insert_header((LOCATION, place)).finish())
}

/// Shows what a one-time link is for.
pub async fn link_form(
    request: HttpRequest,
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    templates: web::Data<Templates>,
    secret: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let holder = Holder::of(&db, &secret, clock.now()).await?;
    link_page(&templates, (language_of(&request), clock.now()), (&secret, holder), &Wish::default(), &[])
}

/// Uses a one-time link, or shows it again with what was wrong.
pub async fn use_link(
    request: HttpRequest,
    (db, clock, config): (web::Data<Db>, web::Data<Clock>, web::Data<Config>),
    templates: web::Data<Templates>,
    secret: web::Path<String>,
    Timely(form): Timely<web::Form<Wish>>,
) -> Result<HttpResponse, Error> {
    let lang = language_of(&request);
    let wish = form.into_inner();
    match actions::use_link(&db, &secret, (wish.clone(), lang), Whence::of(&request), clock.now()).await {
        Ok(entered) => Ok(let_in(&config, entered, "/")),
        Err(Error::Invalid(wrong)) => {
            let holder = Holder::of(&db, &secret, clock.now()).await?;
            link_page(&templates, (lang, clock.now()), (&secret, holder), &wish, &wrong)
        }
        Err(why) => Err(why),
    }
}

/// Whose link is looked at: the e-mail, none where it makes the first administrator; and whether passkeys go with it.
struct Holder(Option<String>, bool);

impl Holder {
    async fn of(db: &Db, secret: &str, now: DateTime<Utc>) -> Result<Self, Error> {
        let Some(account) = actions::look_at_link(db, secret, now).await? else { return Ok(Self(None, false)) };
        let (keys, _) = actions::passkeys::own(db, account.id).await?;
        Ok(Self(Some(account.email), !keys.is_empty()))
    }
}

fn link_page(
    templates: &Templates,
    (lang, now): (Lang, DateTime<Utc>),
    (secret, Holder(holder, passkeys)): (&str, Holder),
    wish: &Wish,
    wrong: &[FieldError],
) -> Result<HttpResponse, Error> {
    let errors: Value = wrong.iter().map(|field| (field.path.clone(), json!(field.message(lang)))).collect();
    let of = |name: &str| errors.get(name).cloned().unwrap_or(Value::Null);
    let title = if holder.is_some() { "page-new-password" } else { "page-first-administrator" };
    let own = json!({
        "token": secret, "holder": holder, "passkeys": passkeys, "shortest": password::SHORTEST, "email": wish.email, "name": wish.name,
        "wrong": wrong.iter().map(|field| json!({ "id": field.path, "message": field.message(lang) })).collect::<Vec<_>>(),
        "errors": { "email": of("email"), "name": of("name"), "password": of("password"), "again": of("again") },
    });
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    frame(lang, now, title).answer(templates, status, "account/link", &own)
}

/// What the language form sends.
#[derive(Deserialize)]
pub struct Speak {
    lang: String,
    #[serde(default)]
    next: String,
}

/// Remembers in which language the person reads, and goes back to where they were.
pub async fn speak(db: web::Data<Db>, By(by, form): By<Anyone, web::Form<Speak>>) -> Result<HttpResponse, Error> {
    let lang = Lang::parse(&form.lang).ok_or_else(|| Error::field("lang", "language_unknown"))?;
    actions::speak(&db, by.id, lang).await?;
    Ok(HttpResponse::SeeOther().insert_header((LOCATION, inner_path(&form.next))).finish())
}

/// The frame of a page before one is in.
fn frame(lang: Lang, now: DateTime<Utc>, title: &str) -> Frame {
    Frame {
        lang,
        officer: None,
        person: None,
        rights: json!({}),
        here: "/".into(),
        now,
        title: i18n::text(lang, title),
    }
}

/// A path on this site to go on to; anything that leads elsewhere becomes the first page.
pub(crate) fn inner_path(next: &str) -> String {
    let inner = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    if inner { next.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::inner_path;

    #[test]
    fn the_way_on_after_signing_in_never_leaves_the_site() {
        assert_eq!(inner_path("/incidents/2026-0001?tab=a"), "/incidents/2026-0001?tab=a");
        for elsewhere in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"] {
            assert_eq!(inner_path(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
