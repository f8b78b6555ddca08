//! Sessions: a random cookie for the browser, its hash for us, and two limits in time.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use chrono::{DateTime, Duration, Utc};

use crate::config::Config;

/// How long a session lasts without use.
pub const IDLE: Duration = Duration::hours(8);
/// How long a session lasts at most.
pub const ABSOLUTE: Duration = Duration::hours(24);
/// How stale the stored «last seen» may be before it is written anew.
pub const SEEN_EVERY: Duration = Duration::minutes(1);

/// Tells whether a session that began and was last seen then is still good.
pub fn is_alive(created: DateTime<Utc>, last_seen: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < created + ABSOLUTE && now < last_seen + IDLE
}

fn name(config: &Config) -> &'static str {
    // The prefix makes browsers refuse the cookie from a subdomain or over http.
    if config.is_https() { "__Host-varsel_session" } else { "varsel_session" }
}

/// The cookie that carries the secret.
pub fn cookie(config: &Config, secret: String) -> Cookie<'static> {
    Cookie::build(name(config), secret)
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Strict)
        .finish()
}

/// The cookie that takes the secret back.
pub fn removal(config: &Config) -> Cookie<'static> {
    let mut cookie = cookie(config, String::new());
    cookie.make_removal();
    cookie
}

/// The secret that a request carries, if any.
pub fn secret(config: &Config, request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(name(config))?;
    (cookie.value().len() == 64).then(|| cookie.value().to_owned())
}
