//! Sessions: a random cookie for the browser, its hash for us, two limits in time, and where each began.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::USER_AGENT;
use chrono::{DateTime, Duration, Utc};

use super::rules::Rules;
use super::store::Session;
use crate::config::Config;
use crate::digest;

/// How stale the stored «last seen» may be before it is written anew.
pub const SEEN_EVERY: Duration = Duration::minutes(1);
const LONGEST_BROWSER: usize = 60;

/// When a session ends unless it is used until then.
pub fn ends_at(held: &Session, rules: &Rules) -> DateTime<Utc> {
    (held.created_at.utc() + rules.absolute()).min(held.last_seen_at.utc() + rules.idle())
}

/// The name of a session for whoever lists or ends it; it lets nobody in.
pub fn name_of(token_hash: &str) -> String {
    digest::sha256(token_hash.as_bytes()).chars().take(32).collect()
}

/// Where a request comes from, as far as the connection and the browser say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whence {
    /// The address.
    pub address: String,
    /// The browser in a few words, as `Firefox, Windows`.
    pub browser: String,
    /// Whether whoever asks has shown a passkey: the session that takes the place of theirs is as good.
    pub by_passkey: bool,
}

impl Whence {
    /// Reads a request.
    pub fn of(request: &HttpRequest) -> Self {
        let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        let address = super::caller::address(request);
        let by_passkey = super::officer::held(request).is_ok_and(|(held, _)| held.by_passkey);
        Self { address, browser: browser(agent), by_passkey }
    }
}

/// Browsers claim to be each other; whoever claims least is asked last.
fn browser(agent: &str) -> String {
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let which = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let on = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (which, on) {
        (Some(which), Some(on)) => format!("{which}, {on}"),
        (Some(which), None) => which.to_owned(),
        // A program says its name and version first.
        _ => agent.split_whitespace().next().unwrap_or_default().chars().take(LONGEST_BROWSER).collect(),
    }
}

pub(super) fn name(config: &Config, what: &str) -> String {
    // The prefix makes browsers refuse the cookie from a subdomain or over http.
    if config.is_https() { format!("__Host-varsel_{what}") } else { format!("varsel_{what}") }
}

fn build(config: &Config, what: &str, secret: String) -> Cookie<'static> {
    Cookie::build(name(config, what), secret)
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Strict)
        .finish()
}

/// The cookie that carries the secret.
pub fn cookie(config: &Config, secret: String) -> Cookie<'static> {
    build(config, "session", secret)
}

/// The cookie of a browser that was asked for a passkey.
pub fn asked_cookie(config: &Config, secret: String) -> Cookie<'static> {
    build(config, "passkey", secret)
}

/// The cookie that takes back what [`asked_cookie`] gave.
pub fn asked_removal(config: &Config) -> Cookie<'static> {
    emptied(asked_cookie(config, String::new()))
}

/// The secret of a browser that was asked for a passkey, if any.
pub fn asked_secret(config: &Config, request: &HttpRequest) -> Option<String> {
    read(config, "passkey", request)
}

/// The cookie of whoever owes the code of a second factor.
pub fn half_cookie(config: &Config, secret: String) -> Cookie<'static> {
    build(config, "half", secret)
}

fn emptied(mut cookie: Cookie<'static>) -> Cookie<'static> {
    cookie.make_removal();
    cookie
}

/// The cookie that takes the secret back.
pub fn removal(config: &Config) -> Cookie<'static> {
    emptied(cookie(config, String::new()))
}

/// The cookie that takes back what [`half_cookie`] gave.
pub fn half_removal(config: &Config) -> Cookie<'static> {
    emptied(half_cookie(config, String::new()))
}

fn read(config: &Config, what: &str, request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(&name(config, what))?;
    (cookie.value().len() == 64).then(|| cookie.value().to_owned())
}

/// The secret that a request carries, if any.
pub fn secret(config: &Config, request: &HttpRequest) -> Option<String> {
    read(config, "session", request)
}

/// The secret of a sign-in that owes the code, if any.
pub fn half_secret(config: &Config, request: &HttpRequest) -> Option<String> {
    read(config, "half", request)
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn browsers_are_told_in_a_few_words() {
        let mozilla = "Mozilla/5.0 ";
        for (agent, told) in [
            ("(X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
            (
                "(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge, Windows",
            ),
            (
                "(iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "(Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
        ] {
            assert_eq!(browser(&format!("{mozilla}{agent}")), told);
        }
        assert_eq!((browser("curl/8.9.1"), browser("")), ("curl/8.9.1".into(), String::new()));
        assert_eq!(browser(&"x".repeat(5000)).len(), 60);
    }
}
