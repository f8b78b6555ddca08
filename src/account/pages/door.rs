//! The pages at the door, beside signing in: the code of the second factor, a forgotten password, a session renewed.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;

use super::{frame, go_to, inner_path};
use crate::account::actions;
use crate::account::caller;
use crate::account::session::{self, Whence};
use crate::account::{Desk, May, Throttle, language_of, officer, right::Anyone};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::templates::Templates;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>, web::Data<Config>);

/// Where a renewal ends.
const RENEWED: &str = "/session/renewed";

/// The page that asks for the code, and leads on from there.
pub(super) fn code_path(next: &str) -> String {
    let url = reqwest::Url::parse_with_params("http://x/sign-in/code", &[("next", next)]);
    url.map_or_else(|_| "/sign-in/code".into(), |url| format!("{}?{}", url.path(), url.query().unwrap_or_default()))
}

/// What the form of the code sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Code {
    code: String,
    next: String,
}

/// Asks for the code; without a right password before, there is nothing to ask for.
pub async fn code_form(
    request: HttpRequest,
    (_, clock, config): App,
    templates: web::Data<Templates>,
    query: web::Query<Code>,
) -> Answered {
    match session::half_secret(&config, &request) {
        Some(_) => code_page(&templates, (language_of(&request), clock.now()), &query.next, None),
        None => Ok(go_to("/sign-in".into(), &[])),
    }
}

/// Takes the code and lets in, or asks again.
pub async fn code(
    request: HttpRequest,
    (db, clock, config): App,
    (throttle, desk): (web::Data<Throttle>, web::Data<Desk>),
    templates: web::Data<Templates>,
    form: web::Form<Code>,
) -> Answered {
    let (lang, now) = (language_of(&request), clock.now());
    let Some(half) = session::half_secret(&config, &request) else { return Ok(go_to("/sign-in".into(), &[])) };
    let held = (Whence::of(&request), session::secret(&config, &request));
    match actions::enter_by_code(&db, (&throttle, &desk), held, (&half, form.code.clone()), now).await {
        Ok(secret) => {
            let cookies = [session::cookie(&config, secret), session::half_removal(&config)];
            Ok(go_to(inner_path(&form.next), &cookies))
        }
        Err(why @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            code_page(&templates, (lang, now), &form.next, Some(&why))
        }
        Err(Error::NotSignedIn) => Ok(go_to("/sign-in".into(), &[session::half_removal(&config)])),
        Err(why) => Err(why),
    }
}

fn code_page(templates: &Templates, (lang, now): (Lang, DateTime<Utc>), next: &str, why: Option<&Error>) -> Answered {
    let (status, error) = told(lang, why);
    let own = json!({ "next": inner_path(next), "error": error });
    frame(lang, now, "signin-code").answer(templates, status, "signin/code", &own)
}

/// The status of a refusal, and its words.
fn told(lang: Lang, why: Option<&Error>) -> (StatusCode, Option<String>) {
    let status = match why {
        None => StatusCode::OK,
        Some(Error::Invalid(_)) => StatusCode::UNAUTHORIZED,
        Some(other) => other.status_and_code().0,
    };
    let words = why.map(|why| match why.fields() {
        [] => why.title_and_detail(lang).1,
        [first, ..] => first.message(lang),
    });
    (status, words)
}

/// What the form of a forgotten password sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Forgot {
    email: String,
}

/// Asks whose password is forgotten.
pub async fn forgot_form(request: HttpRequest, clock: web::Data<Clock>, templates: web::Data<Templates>) -> Answered {
    forgot_page(&templates, (language_of(&request), clock.now()), false, None)
}

/// Answers the same whether or not there is such an account, and as soon: what follows is done after the answer.
pub async fn forgot(
    request: HttpRequest,
    (db, clock, _): App,
    (throttle, desk): (web::Data<Throttle>, web::Data<Desk>),
    templates: web::Data<Templates>,
    form: web::Form<Forgot>,
) -> Answered {
    let (lang, now, from) = (language_of(&request), clock.now(), caller::address(&request));
    let email = form.into_inner().email;
    let refused = match email.trim() {
        "" => Some(Error::field("email", "not_an_email")),
        asked => throttle.admit(&from, &format!("forgotten {}", asked.to_lowercase()), now).err(),
    };
    if let Some(why) = refused {
        return forgot_page(&templates, (lang, now), false, Some(&why));
    }
    let (db, desk): (_, Arc<Desk>) = (db.as_ref().clone(), desk.into_inner());
    actix_web::rt::spawn(async move {
        if let Err(why) = actions::forgotten(&db, desk, (email, from), now).await {
            tracing::error!(%why, "A link for a forgotten password could not be made");
        }
    });
    forgot_page(&templates, (lang, now), true, None)
}

fn forgot_page(templates: &Templates, (lang, now): (Lang, DateTime<Utc>), sent: bool, why: Option<&Error>) -> Answered {
    let (status, error) = told(lang, why);
    let own = json!({ "sent": sent, "error": error });
    frame(lang, now, "signin-forgot").answer(templates, status, "signin/forgot", &own)
}

/// Asks for the password anew, so that the session goes on; in a dialog, or on a page of its own.
pub async fn renew_form(
    request: HttpRequest,
    (clock, templates): (web::Data<Clock>, web::Data<Templates>),
) -> Answered {
    let by = May::<Anyone>::extract(&request).await.ok();
    let own = json!({ "email": by.as_ref().map(|by| &by.email), "next": RENEWED });
    frame(language_of(&request), clock.now(), "signin-renew").answer(&templates, StatusCode::OK, "signin/renew", &own)
}

/// Says until when the renewed session lasts.
pub async fn renewed(
    request: HttpRequest,
    (clock, templates): (web::Data<Clock>, web::Data<Templates>),
    by: May<Anyone>,
) -> Answered {
    let (_, ends_at) = officer::held(&request)?;
    let ends = i18n::instant(by.lang, ends_at);
    frame(by.lang, clock.now(), "signin-renewed").answer(
        &templates,
        StatusCode::OK,
        "signin/renewed",
        &json!({ "ends": ends }),
    )
}
