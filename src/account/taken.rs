//! Which of the things that a browser sent were taken. A page keeps what is typed until it knows, and sends it under a mark
//! (`?draft=…` at the address of the form); once the server has done as asked, the mark comes back in a cookie that the
//! page's script can read. Where no answer comes, or a refusal, the mark stays away and the draft stays.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::Method;

use super::session;
use crate::config::Config;

/// How many marks come back; more than a person sends before the next page is read.
const KEPT: usize = 8;
/// As long as a browser keeps a draft.
const LIFE: Duration = Duration::days(7);

/// The cookie for an answer to a request that did as asked; none where nothing was sent under a mark. It lets nobody in,
/// so scripts may read it.
pub fn cookie(config: &Config, request: &HttpRequest) -> Option<Cookie<'static>> {
    if *request.method() != Method::POST {
        return None;
    }
    let mark = request.query_string().split('&').find_map(|part| part.strip_prefix("draft=")).filter(is_mark)?;
    let name = session::name(config, "taken");
    let before = request.cookie(&name);
    let marks = before.iter().flat_map(|cookie| cookie.value().split('.')).filter(is_mark);
    let marks: Vec<&str> = marks.filter(|other| *other != mark).chain([mark]).collect();
    let last: Vec<&str> = marks.iter().skip(marks.len().saturating_sub(KEPT)).copied().collect();
    let cookie = Cookie::build(name, last.join(".")).path("/").secure(config.is_https()).same_site(SameSite::Strict);
    Some(cookie.max_age(LIFE).finish())
}

fn is_mark(text: &&str) -> bool {
    (8..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
