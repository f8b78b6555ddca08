//! One request over the web and what its answer means; webhooks, chats and text messages all go through here.
//!
//! No redirect is followed, no proxy is taken from the environment, and no more than [`MOST_READ`] bytes of an answer
//! are read. What the operator of either side can put right is tried again later; only what the other side says is
//! wrong with the message itself is given up.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};
use reqwest::dns::Resolve;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Method, Response, StatusCode, redirect, retry};
use rustls::{ClientConfig, RootCertStore};

use super::flaw::Flaw;
use super::guard::{Guard, Lookup};
use super::line::one_line;
use super::secret::Secret;
use super::{Limits, Outcome};

/// So much of an answer is read, in bytes; the rest is of no interest.
const MOST_READ: usize = 8 * 1024;

/// No other side may ask us to wait longer.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// The two clients: one for https, one for the plain http that the operator has allowed.
#[derive(Clone)]
pub(super) struct Web {
    guard: Guard,
    encrypted: Client,
    plain: Client,
}

/// A request to be sent once.
pub(super) struct Request<'a> {
    pub method: Method,
    pub url: &'a Secret,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub content_type: &'static str,
    pub body: Vec<u8>,
    /// What must not be found in the answer that is kept; the address is left out without being named here.
    pub secrets: Vec<&'a str>,
    /// The statuses that mean delivered; empty means every one from 200 to 299.
    pub delivered: &'a [u16],
}

impl<'a> Request<'a> {
    /// A POST of JSON with nothing special.
    pub fn json(url: &'a Secret, body: Vec<u8>) -> Self {
        let content_type = "application/json";
        Self { method: Method::POST, url, headers: Vec::new(), content_type, body, secrets: Vec::new(), delivered: &[] }
    }
}

impl Web {
    /// Makes the clients. The roots are the authorities that certificates are checked against.
    pub fn new(guard: Guard, names: &Arc<dyn Resolve>, roots: RootCertStore, limits: &Limits) -> Result<Self, String> {
        let wrong = |why: &dyn std::fmt::Display| format!("The client for the web cannot be made: {why}.");
        let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|why| wrong(&why))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = |encrypted: bool| {
            Client::builder()
                .user_agent(concat!("varsel/", env!("CARGO_PKG_VERSION")))
                .tls_backend_preconfigured(tls.clone())
                .https_only(encrypted)
                .dns_resolver(Lookup { guard: guard.clone(), encrypted, names: names.clone() })
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                .referer(false)
                .no_proxy()
                .connect_timeout(limits.http_connect)
                .timeout(limits.http_total)
                .pool_idle_timeout(Duration::from_secs(30))
                .build()
                .map_err(|why| wrong(&why))
        };
        Ok(Self { encrypted: client(true)?, plain: client(false)?, guard: guard.clone() })
    }

    /// Looks at an address without sending anything.
    pub fn look_at(&self, url: &Secret) -> Result<(), Flaw> {
        self.guard.admit(url.reveal()).map(drop)
    }

    /// Sends a request and says what became of it.
    pub async fn send(&self, request: Request<'_>, now: DateTime<Utc>) -> Outcome {
        let url = match self.guard.admit(request.url.reveal()) {
            Ok(url) => url,
            Err(flaw) => return Outcome::refused(flaw.to_string()),
        };
        let mut secrets = request.secrets;
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        secrets.extend([request.url.reveal(), url.as_str(), &path]);
        let client = if url.scheme() == "https" { &self.encrypted } else { &self.plain };
        let mut headers: HeaderMap = request.headers.into_iter().collect();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(request.content_type));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        match client.request(request.method, url.clone()).headers(headers).body(request.body).send().await {
            Ok(answer) => judge(answer, request.delivered, &secrets, now).await,
            Err(why) => not_answered(&why, &secrets),
        }
    }
}

async fn judge(mut answer: Response, delivered: &[u16], secrets: &[&str], now: DateTime<Utc>) -> Outcome {
    let status = answer.status();
    let after = wait_asked(status, answer.headers(), now);
    let said = format!("{status}: {}", beginning(&mut answer).await);
    let reply = one_line(said.trim_end().trim_end_matches(':'), secrets);
    let success = if delivered.is_empty() { status.is_success() } else { delivered.contains(&status.as_u16()) };
    match status.as_u16() {
        _ if success => Outcome::Delivered { reply },
        300..=399 | 400 | 410 | 413 | 422 => Outcome::Refused { reply },
        _ => Outcome::Later { reply, after },
    }
}

/// Reads the beginning of an answer's body. What breaks off is as good as what ends: the status has been said.
async fn beginning(answer: &mut Response) -> String {
    let mut read = Vec::new();
    while let Ok(Some(chunk)) = answer.chunk().await {
        let room = MOST_READ - read.len();
        read.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if read.len() == MOST_READ {
            break;
        }
    }
    String::from_utf8_lossy(&read).into_owned()
}

/// How long the other side asks us to wait, in seconds or until a moment; an hour at most.
fn wait_asked(status: StatusCode, headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    if ![StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&status) {
        return None;
    }
    let asked = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = if asked.bytes().all(|byte| byte.is_ascii_digit()) && !asked.is_empty() {
        asked.parse().unwrap_or(u64::MAX)
    } else {
        (moment(asked)? - now).num_seconds().try_into().unwrap_or(0)
    };
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

/// Reads the three ways in which HTTP writes a moment.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|moment| moment.and_utc())
}

/// No answer came: the guard's refusal is final, everything else may go better later.
fn not_answered(why: &reqwest::Error, secrets: &[&str]) -> Outcome {
    let (mut deepest, mut flaw): (&dyn Error, Option<Flaw>) = (why, None);
    while let Some(source) = deepest.source() {
        deepest = source;
        flaw = flaw.or(deepest.downcast_ref().copied());
    }
    if let Some(flaw) = flaw {
        return Outcome::refused(flaw.to_string());
    }
    let reply = if why.is_timeout() {
        "No answer came in time.".to_owned()
    } else if why.is_dns() {
        format!("The host's name could not be looked up: {deepest}.")
    } else if why.is_connect() {
        format!("The host could not be reached: {deepest}.")
    } else {
        format!("The connection broke before an answer came: {deepest}.")
    };
    Outcome::later(one_line(&reply, secrets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_read_as_seconds_or_as_a_moment_and_is_an_hour_at_most() {
        let now = DateTime::parse_from_rfc3339("2026-11-24T12:00:00Z").unwrap().to_utc();
        let asked = |status: u16, text: &str| {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_str(text).unwrap())]);
            wait_asked(StatusCode::from_u16(status).unwrap(), &headers, now).map(|wait| wait.as_secs())
        };
        for (text, seconds) in [
            ("0", Some(0)),
            ("120", Some(120)),
            ("3601", Some(3600)),
            ("99999999999999999999999", Some(3600)),
            ("Tue, 24 Nov 2026 12:02:00 GMT", Some(120)),
            ("Tuesday, 24-Nov-26 12:02:00 GMT", Some(120)),
            ("Tue Nov 24 12:02:00 2026", Some(120)),
            ("Tue, 24 Nov 2026 11:00:00 GMT", Some(0)),
            ("Tue, 24 Nov 2099 12:00:00 GMT", Some(3600)),
            ("soon", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(asked(429, text), seconds, "{text}");
            assert_eq!(asked(503, text), seconds, "{text}");
            assert_eq!(asked(500, text), None, "only two statuses ask for a wait");
        }
    }
}
