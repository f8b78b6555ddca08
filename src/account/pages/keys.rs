//! The shortcuts: the page that lists them, and the switch that turns them off in one browser.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;
use serde_json::json;

use super::go_to;
use super::own::{Answered, App, own_frame};
use crate::account::{By, May, right::Anyone};
use crate::config::Config;

/// What the script reads; there is nothing to be had from it.
const COOKIE: &str = "keys";

/// Whether the shortcuts are on in the browser that asks.
pub(super) fn are_on(request: &HttpRequest) -> bool {
    request.cookie(COOKIE).is_none_or(|cookie| cookie.value() != "off")
}

/// Lists the shortcuts.
pub async fn show(request: HttpRequest, (_, clock, templates): App, by: May<Anyone>) -> Answered {
    let own = json!({ "on": are_on(&request) });
    own_frame(&by, &clock, "keys-title").answer(&templates, StatusCode::OK, "keys/show", &own)
}

/// What the switch sends.
#[derive(Deserialize)]
pub struct Switch {
    keys: String,
}

/// Turns the shortcuts on or off in this browser, since the next person at it may need the other.
pub async fn switch(config: web::Data<Config>, By(_, sent): By<Anyone, web::Form<Switch>>) -> Answered {
    let word = if sent.keys == "off" { "off" } else { "on" };
    let secure = config.is_https();
    let cookie =
        Cookie::build(COOKIE, word).path("/").same_site(SameSite::Lax).secure(secure).max_age(Duration::days(365));
    Ok(go_to(format!("/account?done=keys_{word}"), &[cookie.finish()]))
}
