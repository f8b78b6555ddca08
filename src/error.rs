//! One enum of everything that can go wrong for a caller, and one table of what each is over HTTP.
//!
//! The API answers RFC 9457 problem details, pages answer HTML; [`crate::app`] dresses the error for the
//! caller, because only there path and language are known.

use actix_web::http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::i18n::{self, Arg, Lang};

/// What one field of the input has wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// The field's path, as `services.areas[0].code`; empty for the whole.
    pub path: String,
    /// The stable name of the fault; the words stand under `error-<code>` in the locales.
    pub code: String,
    /// What the words mention.
    pub args: Map<String, Value>,
}

impl FieldError {
    /// Makes a fault that needs no further words.
    pub fn new(path: impl Into<String>, code: impl Into<String>) -> Self {
        Self { path: path.into(), code: code.into(), args: Map::new() }
    }

    /// Adds something the words mention.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.into(), value.into());
        self
    }

    /// Says in a language what was wrong and what would be right.
    ///
    /// The words stand under `error-<code>`; a nearest word or the rule of a contradiction has words of its own.
    pub fn message(&self, lang: Lang) -> String {
        let key = format!("error-{}", self.code);
        let narrower =
            match (self.args.get("nearest").and_then(Value::as_str), self.args.get("rule").and_then(Value::as_str)) {
                (Some(_), _) => format!("{key}-nearest"),
                (None, Some(rule)) => format!("{key}-{rule}"),
                (None, None) => key.clone(),
            };
        let args = said_all(lang, &self.args);
        i18n::find(lang, &narrower, &args).unwrap_or_else(|| i18n::text_with(lang, &key, &args))
    }
}

/// Everything that can go wrong for a caller.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or not for this caller.
    #[error("not found")]
    NotFound,
    /// The address exists, but not with this method.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// Somebody is signed in who may not do this.
    #[error("forbidden")]
    Forbidden,
    /// Everybody must have a second factor, and this person has none yet.
    #[error("second factor needed")]
    SecondFactorNeeded,
    /// The request changes something and does not come from our own pages.
    #[error("cross-site request refused")]
    CrossSite,
    /// The body is not what it says it is: not JSON, not UTF-8.
    #[error("malformed: {}", .0.path)]
    Malformed(FieldError),
    /// The body is of a kind that is not read here.
    #[error("unsupported media type")]
    UnsupportedMedia,
    /// The request came to a host that is none of ours.
    #[error("misdirected")]
    Misdirected,
    /// What was sent took too long to come.
    #[error("too slow")]
    TooSlow,
    /// The body is too large.
    #[error("body too large")]
    TooLarge,
    /// The input is understood and wrong, field by field.
    #[error("invalid input")]
    Invalid(Vec<FieldError>),
    /// Somebody changed it since; carries the present version and what changed, field by field.
    #[error("stale version")]
    Stale { current: i32, changes: Value },
    /// It cannot be done in the present state; the code says which rule, `about` what it mentions.
    #[error("conflict: {code}")]
    Conflict { code: &'static str, about: Map<String, Value> },
    /// Too many tries; the caller may come back after so many seconds.
    #[error("too many tries")]
    TooMany { retry_after: i64 },
    /// The database cannot be reached, or asks to be asked again; the caller may come back.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Our own fault; told to the log and to nobody else.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// Wraps a fault of ours, to be logged and not shown.
    pub fn internal(why: impl std::fmt::Display) -> Self {
        Self::Internal(why.to_string())
    }

    /// Refuses one field.
    pub fn field(path: impl Into<String>, code: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(path, code)])
    }

    /// Refuses because of the present state.
    pub fn conflict(code: &'static str) -> Self {
        Self::Conflict { code, about: Map::new() }
    }

    /// The one table of status and stable code.
    pub fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed"),
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, "not-signed-in"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Self::SecondFactorNeeded => (StatusCode::FORBIDDEN, "second-factor-needed"),
            Self::CrossSite => (StatusCode::FORBIDDEN, "cross-site"),
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "malformed"),
            Self::UnsupportedMedia => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media"),
            Self::Misdirected => (StatusCode::MISDIRECTED_REQUEST, "misdirected"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too-slow"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::Stale { .. } => (StatusCode::CONFLICT, "stale"),
            Self::Conflict { code, .. } => (StatusCode::CONFLICT, code),
            Self::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }

    /// The faults of single fields.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Invalid(fields) => fields,
            Self::Malformed(field) => std::slice::from_ref(field),
            _ => &[],
        }
    }

    /// The problem in a language: its title, and a sentence that says what to do.
    pub fn title_and_detail(&self, lang: Lang) -> (String, String) {
        let (_, code) = self.status_and_code();
        let title = i18n::text(lang, &format!("problem-{code}"));
        let detail = match self {
            Self::Conflict { about, .. } => words(lang, &format!("problem-{code}-detail"), about),
            Self::Stale { current, .. } => {
                i18n::text_with(lang, "problem-stale-detail", &[("current", Arg::from(*current))])
            }
            Self::TooMany { retry_after } => {
                i18n::text_with(lang, "problem-too-many-detail", &[("seconds", Arg::from(*retry_after))])
            }
            _ => i18n::text(lang, &format!("problem-{code}-detail")),
        };
        (title, detail)
    }

    /// The RFC 9457 problem document.
    pub fn problem(&self, lang: Lang, instance: &str) -> Value {
        let (status, code) = self.status_and_code();
        let (title, detail) = self.title_and_detail(lang);
        let mut problem = json!({
            "type": format!("urn:varsel:problem:{code}"), "title": title, "status": status.as_u16(),
            "detail": detail, "instance": instance,
        });
        if !self.fields().is_empty() {
            problem["errors"] = self.fields().iter().map(|field| entry(field, lang)).collect();
        }
        match self {
            Self::Stale { current, changes } => {
                problem["current_version"] = json!(current);
                problem["changes"] = changes.clone();
            }
            Self::Conflict { about, .. } => {
                for (name, value) in about {
                    problem[name] = value.clone();
                }
            }
            _ => {}
        }
        problem
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    code: &'a str,
    message: String,
    #[serde(flatten)]
    args: &'a Map<String, Value>,
}

fn entry(field: &FieldError, lang: Lang) -> Value {
    let entry = Entry { path: &field.path, code: &field.code, message: field.message(lang), args: &field.args };
    serde_json::to_value(entry).unwrap_or(Value::Null)
}

/// Fills a text with whatever its arguments are.
fn words(lang: Lang, key: &str, args: &Map<String, Value>) -> String {
    i18n::text_with(lang, key, &said_all(lang, args))
}

/// Arguments as the words take them: choices and limits are what is expected, a field is named by its label.
fn said_all(lang: Lang, args: &Map<String, Value>) -> Vec<(&str, Arg<'static>)> {
    let one = |(name, value): (&'_ String, &Value)| -> (&str, Arg<'static>) {
        match (name.as_str(), value) {
            ("choices" | "max", value) => ("expected", said(lang, value)),
            ("possible", Value::Array(names)) if names.is_empty() => {
                ("duties", Arg::from(i18n::text(lang, "error-nothing_possible")))
            }
            ("duties" | "possible", Value::Array(names)) => {
                ("duties", Arg::from(i18n::list(lang, &duties(lang, names))))
            }
            ("latest", Value::String(at)) => ("", Arg::from(instant(lang, at))),
            ("other", Value::String(path)) => ("other", Arg::from(i18n::fact(lang, path))),
            ("expected", Value::String(kind)) => ("expected", Arg::from(i18n::text(lang, &format!("expected-{kind}")))),
            (_, value) => ("", said(lang, value)),
        }
    };
    let named = |pair| match one(pair) {
        ("", said) => (pair.0.as_str(), said),
        renamed => renamed,
    };
    args.iter().map(named).collect()
}

/// An instant of JSON in the time of Oslo.
fn instant(lang: Lang, rfc3339: &str) -> String {
    let read = chrono::DateTime::parse_from_rfc3339(rfc3339);
    read.map_or_else(|_| rfc3339.to_owned(), |at| i18n::instant_short(lang, at.to_utc()))
}

/// The titles of duties given as `id` or `id (whom for)`.
fn duties(lang: Lang, names: &[Value]) -> Vec<String> {
    let title = |name: &str| {
        let (id, whom) = name.split_once(' ').unwrap_or((name, ""));
        let title = i18n::find(lang, &format!("duty-{id}"), &[]).unwrap_or_else(|| id.to_owned());
        format!("{title} {whom}").trim_end().to_owned()
    };
    names.iter().filter_map(Value::as_str).map(title).collect()
}

fn said(lang: Lang, value: &Value) -> Arg<'static> {
    match value {
        Value::Null => Arg::from("none"),
        Value::String(text) => Arg::from(text.clone()),
        Value::Number(number) => number.as_f64().map_or(Arg::None, Arg::from),
        Value::Array(items) => {
            let items: Vec<String> =
                items.iter().map(|i| i.as_str().map_or_else(|| i.to_string(), str::to_owned)).collect();
            Arg::from(i18n::list(lang, &items))
        }
        other => Arg::from(other.to_string()),
    }
}

impl From<diesel::result::Error> for Error {
    fn from(why: diesel::result::Error) -> Self {
        match why {
            diesel::result::Error::NotFound => Self::NotFound,
            passing if crate::db::is_passing(&passing) => Self::Unavailable(passing.to_string()),
            other => Self::internal(other),
        }
    }
}

impl actix_web::ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status_and_code().0
    }

    // The body is written in `crate::app`, where path and language are known.
    fn error_response(&self) -> actix_web::HttpResponse {
        actix_web::HttpResponse::new(self.status_code())
    }
}
