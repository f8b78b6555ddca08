//! The addresses of single sign-on: the way to the provider, the way back, and the way out there as well.
//!
//! The session's cookie is Strict: a browser does not send it along while it comes from another site, redirects included.
//! So the way back ends in a page of ours with status 200 that leads on by itself (`Refresh`): that step comes from here,
//! and the cookie is sent. The cookie of a sign-in under way is Lax for the same reason, and lives for minutes.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, REFRESH};
use actix_web::{HttpRequest, HttpResponse, cookie, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::{self, LASTS};
use super::provider::{Returned, refusal};
use super::store::Try;
use super::{Door, Fault, Provider};
use crate::account::pages::inner_path;
use crate::account::{language_of, session};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Id};
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::page::Frame;
use crate::templates::Templates;

/// The path the provider sends the browser back to.
pub const BACK: &str = "/sign-in/openid/back";

type App = (web::Data<Db>, web::Data<Clock>, web::Data<Config>, web::Data<Door>, web::Data<Templates>);
type Answered = Result<HttpResponse, Error>;

/// Where to go on to.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Way {
    next: String,
}

/// What the provider sends back with the browser.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Answer {
    state: String,
    code: String,
    error: String,
    error_description: String,
    iss: Option<String>,
}

/// Sends the browser to the provider.
pub async fn begin(request: HttpRequest, app: App, way: web::Query<Way>) -> Answered {
    let (db, clock, config, door, _) = &app;
    let (provider, lang) = (provider(door)?, language_of(&request));
    let back = format!("{}{BACK}", base(&request, config));
    let about = (spelt(&way.next), back.as_str(), lang);
    match actions::begin((db, provider), secret(config, &request), about, clock.now()).await? {
        Ok(begun) => Ok(HttpResponse::SeeOther()
            .cookie(cookie(config, begun.browser))
            .insert_header((LOCATION, begun.location))
            .finish()),
        Err(fault) => told(&app, lang, &fault),
    }
}

/// Takes the browser back, with a session or with the reason why not.
pub async fn back(request: HttpRequest, app: App, answer: web::Query<Answer>) -> Answered {
    let (db, clock, config, door, templates) = &app;
    let (provider, lang, now) = (provider(door)?, language_of(&request), clock.now());
    let held = secret(config, &request);
    let taken = match actions::take(db, (&answer.state, held.as_deref()), now).await? {
        Ok(taken) => taken,
        Err(fault) => return told(&app, lang, &fault),
    };
    let person = match identify(provider, &answer, &taken, (&base(&request, config), clock)).await {
        Ok(person) => person,
        Err(fault) => return told(&app, lang, &fault),
    };
    match actions::enter(db, provider.setup(), (person, lang), session::Whence::of(&request), now).await? {
        Ok(session) => {
            let frame = frame(lang, clock, "openid-welcome");
            let mut page = frame.answer(templates, StatusCode::OK, "openid/welcome", &json!({ "next": taken.next }))?;
            for cookie in [session::cookie(config, session), removal(config)] {
                page.add_cookie(&cookie).map_err(Error::internal)?;
            }
            let on = format!("0; url={}", taken.next).parse().map_err(Error::internal)?;
            page.headers_mut().insert(REFRESH, on);
            Ok(page)
        }
        Err(fault) => told(&app, lang, &fault),
    }
}

async fn identify(
    provider: &Provider,
    answer: &Answer,
    taken: &Try,
    (base, clock): (&str, &web::Data<Clock>),
) -> Result<super::Person, Fault> {
    let now = clock.now();
    provider.check_issuer(answer.iss.as_deref(), now).await?;
    if !answer.error.is_empty() {
        return Err(refusal(&answer.error, &answer.error_description));
    }
    if answer.code.is_empty() {
        return Err(Fault::Answer("The provider sent neither a code nor an error.".to_owned()));
    }
    let redirect = format!("{base}{BACK}");
    let (code, verifier, nonce_hash) = (answer.code.as_str(), taken.verifier.as_str(), taken.nonce_hash.as_str());
    provider.identify(&Returned { code, verifier, nonce_hash, redirect: &redirect }, now).await
}

/// Sends the browser to the provider to sign out there as well.
pub async fn out(request: HttpRequest, app: App) -> Answered {
    let (_, clock, config, door, _) = &app;
    let back = format!("{}/sign-in", base(&request, config));
    match provider(door)?.way_out(&back, clock.now()).await {
        Ok(place) => {
            let place = place.unwrap_or_else(|| "/sign-in".to_owned());
            Ok(HttpResponse::SeeOther().insert_header((LOCATION, place)).finish())
        }
        Err(fault) => told(&app, language_of(&request), &fault),
    }
}

/// Where somebody goes who has signed out: the page offers to sign out at the provider, if they came from there and can.
pub async fn after_leaving((db, door, clock): (&Db, &Door, &Clock), who: Id) -> Result<&'static str, Error> {
    let plain = "/sign-in";
    let Some(provider) = &door.0 else { return Ok(plain) };
    if !actions::is_linked(db, who).await? {
        return Ok(plain);
    }
    let place = provider.way_out("/", clock.now()).await;
    Ok(if matches!(place, Ok(Some(_))) { "/sign-in?out=openid" } else { plain })
}

/// What the sign-in page offers: nothing, or the button and maybe the way out at the provider.
pub fn offer(config: &Config, lang: Lang, next: &str, has_left: bool) -> Value {
    let Some(setup) = &config.openid else { return Value::Null };
    let name = setup.name.clone().unwrap_or_else(|| i18n::text(lang, "openid-provider"));
    let with = |key: &str| i18n::text_with(lang, key, &[("name", Arg::from(name.clone()))]);
    json!({
        "way": way_in(next), "button": with("openid-button"), "left": has_left.then(|| with("openid-left")),
        "out": with("openid-out"),
    })
}

fn way_in(next: &str) -> String {
    let way = reqwest::Url::parse_with_params("http://here/sign-in/openid", [("next", next)]);
    way.map_or_else(
        |_| "/sign-in/openid".to_owned(),
        |url| format!("{}?{}", url.path(), url.query().unwrap_or_default()),
    )
}

/// The page to go on to, as it can stand in a header.
fn spelt(next: &str) -> String {
    let here = reqwest::Url::parse("http://here/").and_then(|here| here.join(&inner_path(next)));
    let path = here.map_or_else(
        |_| "/".to_owned(),
        |url| url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())),
    );
    if path.len() < 2000 { path } else { "/".to_owned() }
}

fn provider(door: &Door) -> Result<&Provider, Error> {
    door.0.as_ref().ok_or(Error::NotFound)
}

fn base(request: &HttpRequest, config: &Config) -> String {
    config.base_url(request.app_config().local_addr())
}

/// The page that says why not.
fn told((_, clock, _, door, templates): &App, lang: Lang, fault: &Fault) -> Answered {
    let particulars = fault.particulars();
    match fault {
        Fault::Away(why) => tracing::error!(why, "The identity provider could not be reached"),
        _ => tracing::warn!(fault = fault.word(), particulars, "A sign-in by the identity provider was refused"),
    }
    let name = door.0.as_ref().and_then(|provider| provider.setup().name.clone());
    let args = [("name", Arg::from(name.unwrap_or_else(|| i18n::text(lang, "openid-provider"))))];
    let key = format!("openid-fault-{}", fault.word());
    let own = json!({
        "detail": i18n::text_with(lang, &format!("{key}-detail"), &args), "particulars": particulars,
    });
    frame(lang, clock, &key).answer(templates, fault.status(), "openid/refused", &own)
}

fn frame(lang: Lang, clock: &Clock, title: &str) -> Frame {
    Frame {
        lang,
        officer: None,
        person: None,
        rights: serde_json::json!({}),
        here: "/".into(),
        now: clock.now(),
        title: i18n::text(lang, title),
    }
}

fn name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-varsel_openid" } else { "varsel_openid" }
}

fn cookie(config: &Config, secret: String) -> Cookie<'static> {
    Cookie::build(name(config), secret)
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Lax)
        .max_age(cookie::time::Duration::minutes(LASTS.num_minutes()))
        .finish()
}

fn removal(config: &Config) -> Cookie<'static> {
    let mut cookie = cookie(config, String::new());
    cookie.make_removal();
    cookie
}

/// What the browser kept of a sign-in under way.
fn secret(config: &Config, request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(name(config))?;
    (cookie.value().len() == 64).then(|| cookie.value().to_owned())
}
