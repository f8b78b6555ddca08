//! What was wrong with a field, and what would be right.

use std::fmt;

/// What was wrong with one field.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FactError {
    /// The field's path, as `services.areas[0].code`; empty for the whole document.
    pub path: String,
    /// What was wrong, and what would be right.
    #[serde(flatten)]
    pub problem: Problem,
}

/// The ways a field can be wrong; the words for a person stand under `error-<code>` in the locales.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Problem {
    /// The text is not JSON.
    NotJson { line: usize, column: usize, reason: String },
    /// The key is not in the contract.
    UnknownKey { nearest: Option<String> },
    /// The same key stands twice in one object.
    DuplicateKey,
    /// A field that must be there is not.
    Missing,
    /// A value of another type; `expected` is one of object, list, text, bool, whole, number, time, choice, country.
    WrongType { expected: &'static str, given: String },
    /// Not a word of the list.
    WrongChoice { given: String, choices: Vec<&'static str>, nearest: Option<&'static str> },
    /// Not an RFC 3339 instant.
    NotATime { given: String },
    /// A time without an offset: it could be any of several instants.
    NoOffset { given: String },
    /// Nothing but blanks.
    Empty,
    /// More characters than the field takes.
    TooLong { max: usize, given: usize },
    /// The character U+0000, which not every database can keep.
    Unprintable,
    /// Below nought.
    Negative { given: String },
    /// Not a whole number.
    NotWhole { given: String },
    /// Above what the field can hold.
    TooLarge { max: u64, given: String },
    /// Not an ISO 3166-1 alpha-2 code.
    NotACountry { given: String },
    /// A moment outside the dates that the rule book covers.
    OutsideBook { on: chrono::NaiveDate, first: chrono::NaiveDate, last: chrono::NaiveDate },
    /// Two fields that can't both be true; `rule` names the contradiction, `other` the other field.
    Contradiction { rule: &'static str, other: String },
}

impl FactError {
    pub(super) fn new(path: impl Into<String>, problem: Problem) -> Self {
        FactError { path: path.into(), problem }
    }
}

impl From<super::OutsideBook> for FactError {
    fn from(outside: super::OutsideBook) -> Self {
        let (first, last) = (super::book::FIRST_DAY, super::book::LAST_DAY);
        FactError::new(outside.fact.path(), Problem::OutsideBook { on: outside.on, first, last })
    }
}

impl fmt::Display for FactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        match &self.problem {
            Problem::NotJson { line, column, reason } => {
                write!(f, "not JSON at line {line}, column {column}: {reason}")
            }
            Problem::UnknownKey { nearest: Some(nearest) } => write!(f, "unknown key; did you mean `{nearest}`?"),
            Problem::UnknownKey { nearest: None } => write!(f, "unknown key"),
            Problem::DuplicateKey => write!(f, "the key stands twice; give it once"),
            Problem::Missing => write!(f, "is missing and must be given"),
            Problem::WrongType { expected, given } => write!(f, "must be {expected}, not {given}"),
            Problem::WrongChoice { given, choices, nearest } => {
                write!(f, "`{given}` is not a choice")?;
                if let Some(nearest) = nearest {
                    write!(f, " (did you mean `{nearest}`?)")?;
                }
                write!(f, "; choose one of {}", choices.join(", "))
            }
            Problem::NotATime { given } => write!(f, "`{given}` is not a time; write 2026-10-23T14:10:00+02:00"),
            Problem::NoOffset { given } => write!(f, "`{given}` has no offset; write {given}+01:00, +02:00 or Z"),
            Problem::Empty => write!(f, "is empty; write at least one character"),
            Problem::Unprintable => write!(f, "holds the character U+0000, which cannot be kept; leave it out"),
            Problem::TooLong { max, given } => write!(f, "has {given} characters; {max} at most"),
            Problem::Negative { given } => write!(f, "{given} is below nought"),
            Problem::NotWhole { given } => write!(f, "{given} is not a whole number"),
            Problem::TooLarge { max, given } => write!(f, "{given} is too large; {max} at most"),
            Problem::NotACountry { given } => write!(f, "`{given}` is not a country code; write two letters, as NO"),
            Problem::OutsideBook { on, first, last } => {
                write!(f, "{on} is outside the rule book, which covers incidents from {first} to {last}")
            }
            Problem::Contradiction { rule, other } => {
                write!(f, "contradicts {other}: {}", rule.replace('_', " "))
            }
        }
    }
}
