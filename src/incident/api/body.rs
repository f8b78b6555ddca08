//! Reads the small bodies of the API: every fault names its field, nothing is silently dropped.

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_TYPE, IF_MATCH};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::error::{Error, FieldError};
use crate::incident::refuse;
use crate::law::{Fact, Facts, json, parse};

/// The body of a request, from which fields are taken one by one.
pub(crate) struct Body {
    left: Map<String, Value>,
    asked: Vec<&'static str>,
    wrong: Vec<FieldError>,
}

/// Refuses a body that does not say it is JSON.
pub(crate) fn is_json(request: &HttpRequest) -> Result<(), Error> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/json" | "application/merge-patch+json" => Ok(()),
        _ => Err(Error::UnsupportedMedia),
    }
}

impl Body {
    /// Reads a JSON object; nothing at all is an empty one.
    pub(crate) fn read(request: &HttpRequest, sent: &[u8]) -> Result<Self, Error> {
        is_json(request)?;
        let left = match sent {
            [] => Map::new(),
            sent => match json::read(sent).map_err(|wrong| refuse(vec![wrong]))? {
                Value::Object(left) => left,
                other => {
                    let fault = FieldError::new("", "wrong_type").with("expected", "object");
                    return Err(Error::Invalid(vec![fault.with("given", kind(&other))]));
                }
            },
        };
        Ok(Self { left, asked: Vec::new(), wrong: Vec::new() })
    }

    /// The version the caller last saw: from `If-Match`, else from `version`.
    pub(crate) fn version(&mut self, request: &HttpRequest) -> Result<Option<i32>, Error> {
        let unreadable = || Error::field("version", "version_unreadable");
        let inside = self.take("version");
        if let Some(tag) = request.headers().get(IF_MATCH) {
            let tag = tag.to_str().map_err(|_| unreadable())?.trim();
            if tag == "*" {
                return Ok(None);
            }
            let version = tag.trim_start_matches("W/").trim_matches('"');
            return version.parse().map(Some).map_err(|_| unreadable());
        }
        match inside {
            None => Ok(None),
            Some(version) => {
                let version = version.as_i64().and_then(|version| i32::try_from(version).ok());
                version.map(Some).ok_or_else(unreadable)
            }
        }
    }

    /// Whether a field is given, and not null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.left.get(name).is_some_and(|value| !value.is_null())
    }

    /// Whether a field is given as null, which is another thing than left out.
    pub(crate) fn is_null(&mut self, name: &'static str) -> bool {
        let is = self.left.get(name).is_some_and(Value::is_null);
        if is {
            self.take(name);
        }
        is
    }

    fn take(&mut self, name: &'static str) -> Option<Value> {
        self.asked.push(name);
        self.left.remove(name).filter(|value| !value.is_null())
    }

    fn text(&mut self, name: &'static str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) if text.contains('\0') => {
                self.wrong.push(FieldError::new(name, "unprintable"));
                None
            }
            Value::String(text) => Some(text),
            other => {
                self.fail(name, "text", &other);
                None
            }
        }
    }

    fn fail(&mut self, name: &str, expected: &str, given: &Value) {
        self.wrong.push(FieldError::new(name, "wrong_type").with("expected", expected).with("given", kind(given)));
    }

    /// A text that must be there; whether it is good is for the action to say.
    pub(crate) fn must(&mut self, name: &'static str) -> String {
        let before = self.wrong.len();
        let text = self.text(name);
        if text.is_none() && self.wrong.len() == before {
            self.wrong.push(FieldError::new(name, "missing"));
        }
        text.unwrap_or_default()
    }

    /// A text that may be left out, of at most so many characters.
    pub(crate) fn optional(&mut self, name: &'static str, most: usize) -> Option<String> {
        let text = self.text(name)?;
        let given = text.chars().count();
        if given > most {
            self.wrong.push(FieldError::new(name, "too_long").with("max", most).with("given", given));
        }
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A list of texts that may be left out.
    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<String> {
        let mut texts = Vec::new();
        for (at, value) in self.list(name).into_iter().enumerate() {
            match value {
                Value::String(text) => texts.push(text.trim().to_owned()),
                other => {
                    self.fail(&format!("{name}[{at}]"), "text", &other);
                    break;
                }
            }
        }
        texts
    }

    /// A list of whatever it may be; nothing when it is left out.
    pub(crate) fn list(&mut self, name: &'static str) -> Vec<Value> {
        match self.take(name) {
            None => Vec::new(),
            Some(Value::Array(listed)) => listed,
            Some(other) => {
                self.fail(name, "list", &other);
                Vec::new()
            }
        }
    }

    /// A text that must be mentioned, and may be null.
    pub(crate) fn nullable(&mut self, name: &'static str) -> Option<String> {
        if self.left.contains_key(name) { self.text(name) } else { Some(self.must(name)) }
    }

    /// An object that may be left out; null when it is.
    pub(crate) fn object(&mut self, name: &'static str) -> Value {
        match self.take(name) {
            None => Value::Null,
            Some(object @ Value::Object(_)) => object,
            Some(other) => {
                self.fail(name, "object", &other);
                Value::Null
            }
        }
    }

    /// A yes or no that must be there.
    pub(crate) fn flag(&mut self, name: &'static str) -> bool {
        match self.take(name) {
            Some(Value::Bool(yes)) => return yes,
            Some(other) => self.fail(name, "bool", &other),
            None => self.wrong.push(FieldError::new(name, "missing")),
        }
        false
    }

    /// A whole number from nought to `most` that may be left out.
    pub(crate) fn whole(&mut self, name: &'static str, most: u64) -> Option<u64> {
        let given = self.take(name)?;
        let number = given.as_u64().filter(|number| *number <= most);
        if number.is_none() {
            self.fail(name, "whole", &given);
        }
        number
    }

    /// An instant; `mentioned` when it must at least be null.
    pub(crate) fn time(&mut self, name: &'static str, mentioned: bool) -> Option<DateTime<Utc>> {
        if mentioned && !self.left.contains_key(name) {
            self.wrong.push(FieldError::new(name, "missing"));
        }
        let text = self.text(name)?;
        match time(name, &text) {
            Ok(at) => Some(at),
            Err(why) => {
                self.wrong.extend_from_slice(why.fields());
                None
            }
        }
    }

    /// All that is left, as the merge patch of a change.
    pub(crate) fn rest(self) -> Value {
        Value::Object(self.left)
    }

    /// Refuses if anything was wrong, or if something is left that nobody asked for.
    pub(crate) fn done(mut self) -> Result<(), Error> {
        for name in self.left.keys() {
            let nearest = parse::nearest(name, self.asked.iter().copied());
            let fault = FieldError::new(name, "unknown_key");
            self.wrong.push(match nearest {
                Some(nearest) => fault.with("nearest", nearest),
                None => fault,
            });
        }
        if self.wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(self.wrong)) }
    }
}

fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Array(_) => "[…]".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
        other => other.to_string().chars().take(60).collect(),
    }
}

/// Reads an instant by the same rule as the facts: RFC 3339 with an offset.
pub(crate) fn time(path: &str, text: &str) -> Result<DateTime<Utc>, Error> {
    let wrapped = json!({ "title": "-", "timeline": { "started_at": text } });
    match Facts::from_json(&wrapped) {
        Ok(facts) => facts.time(Fact::StartedAt).ok_or_else(|| Error::field(path, "missing")),
        Err(wrong) => Err(match refuse(wrong) {
            Error::Invalid(fields) => {
                Error::Invalid(fields.into_iter().map(|field| FieldError { path: path.to_owned(), ..field }).collect())
            }
            other => other,
        }),
    }
}
