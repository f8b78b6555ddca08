//! The common template of the European Data Protection Board for a notification under art. 33: a hundred fields, filled
//! from the facts as far as they go, the rest typed by a person and kept with the text.
//!
//! The template is version 1.0, for consultation until August 2026; the words of the fields are ours.

pub mod altinn;
mod known;
mod table;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Stage;
use crate::i18n::{self, Lang};
use crate::incident::settings::Company;
use crate::law::{Assessment, Fact, Facts};

pub use table::FIELDS;

/// Whether the template asks for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// When other answers call for it.
    Conditional,
    /// Never; it may be given.
    Optional,
}

impl Need {
    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Conditional => "conditional",
            Self::Optional => "optional",
        }
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// One line.
    Line,
    /// A text.
    Text,
    /// An instant.
    Time,
    /// A whole number.
    Whole,
    /// One letter of a list.
    One(Options),
    /// Any letters of a list.
    Many(Options),
}

/// The letters of a list, from `a` on, and where their words stand.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many there are.
    pub count: u8,
    /// The words stand under `edpb-<of>-<letter>`; empty for the field's own number.
    pub of: &'static str,
    /// The fact whose choices the letters are; `words[0]` is letter a. An empty word has words of the template's own.
    pub fact: Option<(Fact, &'static [&'static str])>,
}

/// Whether a field is asked for, given the answers before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// It is not shown.
    Hidden,
    /// It may be given.
    May,
    /// It must be given.
    Must,
}

/// A field of the template.
pub struct Field {
    /// Its number.
    pub no: u8,
    /// The part of the form it stands in.
    pub part: &'static str,
    /// Whether it is asked for at all.
    pub need: Need,
    /// What it holds.
    pub holds: Holds,
    /// Whether it is asked for after the answers before it.
    pub asked: fn(&Answers) -> Ask,
    /// What the facts say; null when they do not.
    pub known: fn(&Source<'_>, &Answers) -> Value,
}

/// The answers so far, by number, and what they are given for.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    given: BTreeMap<u8, Value>,
    /// Which part of the notification it is.
    pub stage: Stage,
    /// Whether the 72 hours have passed without one.
    pub late: bool,
}

impl Answers {
    /// The answer of a field; null when there is none.
    #[must_use]
    pub fn get(&self, no: u8) -> &Value {
        self.given.get(&no).unwrap_or(&Value::Null)
    }

    /// Whether a field has one of these letters among its answers.
    #[must_use]
    pub fn has(&self, no: u8, letters: &str) -> bool {
        match self.get(no) {
            Value::String(letter) => letter.len() <= 2 && letters.contains(letter.as_str()) && !letter.is_empty(),
            Value::Array(all) => all.iter().filter_map(Value::as_str).any(|letter| letters.contains(letter)),
            _ => false,
        }
    }
}

/// Everything that answers may be made from: what Datatilsynet may see, and what the text itself holds.
pub struct Source<'a> {
    /// The facts, as far as Datatilsynet may see them.
    pub facts: &'a Facts,
    /// What follows from all of them.
    pub assessment: &'a Assessment,
    /// Who we are.
    pub company: &'a Company,
    /// The language of texts.
    pub lang: Lang,
    /// Which part of the notification it is.
    pub stage: Stage,
    /// The incident's reference.
    pub reference: &'a str,
    /// Who fills it in: name and e-mail.
    pub reporter: (&'a str, &'a str),
    /// The reference of what was sent before.
    pub previous: Option<&'a str>,
    /// The letter that the persons were sent.
    pub letter: Option<&'a str>,
    /// What was typed, by the field's number.
    pub typed: &'a Value,
    /// Now.
    pub now: DateTime<Utc>,
}

/// A field with its answer.
pub struct Filled {
    /// The field.
    pub field: &'static Field,
    /// Whether it is asked for.
    pub ask: Ask,
    /// The answer; null when there is none.
    pub value: Value,
    /// Whether the facts gave it.
    pub from_facts: bool,
}

impl Filled {
    /// Whether it must be given and is not.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.ask == Ask::Must && self.value.is_null()
    }

    /// The answer in words; none when there is none.
    #[must_use]
    pub fn words(&self, lang: Lang) -> Option<String> {
        words(self.field, &self.value, lang)
    }

    /// The field as programs get it.
    #[must_use]
    pub fn json(&self, lang: Lang) -> Value {
        let field = self.field;
        json!({
            "no": field.no, "part": field.part, "label": label(lang, field.no), "need": field.need.word(),
            "asked": self.ask != Ask::Hidden, "missing": self.is_missing(), "value": self.value, "words": self.words(lang),
            "from": match (self.value.is_null(), self.from_facts) { (true, _) => None, (_, true) => Some("facts"), _ => Some("person") },
        })
    }
}

/// The name of a field.
#[must_use]
pub fn label(lang: Lang, no: u8) -> String {
    i18n::text(lang, &format!("edpb-{no}"))
}

/// The words of a letter of a list.
#[must_use]
pub fn option_words(lang: Lang, no: u8, options: Options, letter: &str) -> String {
    let at = letter.bytes().next().and_then(|b| b.checked_sub(b'a')).map(usize::from).unwrap_or_default();
    if let Some((fact, words)) = options.fact
        && let Some(word) = words.get(at).filter(|word| !word.is_empty())
    {
        return i18n::choice(lang, fact.path(), word);
    }
    let own = no.to_string();
    let of = if options.of.is_empty() { own.as_str() } else { options.of };
    i18n::text(lang, &format!("edpb-{of}-{letter}"))
}

/// The letters of a list.
#[must_use]
pub fn letters(options: Options) -> Vec<String> {
    (0..options.count).map(|at| char::from(b'a' + at).to_string()).collect()
}

fn words(field: &Field, value: &Value, lang: Lang) -> Option<String> {
    let one = |options: Options, letter: &str| option_words(lang, field.no, options, letter);
    match (field.holds, value) {
        (_, Value::Null) => None,
        (Holds::One(options), Value::String(letter)) => Some(one(options, letter)),
        (Holds::Many(options), Value::Array(all)) => {
            let all: Vec<String> = all.iter().filter_map(Value::as_str).map(|letter| one(options, letter)).collect();
            Some(all.join("; ")).filter(|text| !text.is_empty())
        }
        (Holds::Time, Value::String(at)) => {
            let read = DateTime::parse_from_rfc3339(at).ok();
            Some(read.map_or_else(|| at.clone(), |at| i18n::instant_plain(lang, at.to_utc())))
        }
        (Holds::Whole, Value::Number(n)) => Some(n.as_f64().map_or_else(|| n.to_string(), |n| i18n::decimal(lang, n))),
        (_, Value::String(text)) => Some(text.clone()),
        (_, other) => Some(other.to_string()),
    }
}

/// Fills every field in order. What the facts say stands before what was typed, so that a text never says otherwise than
/// the case.
#[must_use]
pub fn fill(source: &Source<'_>) -> Vec<Filled> {
    let late = is_late(source);
    let mut answers = Answers { stage: source.stage, late, ..Answers::default() };
    let mut all: Vec<Filled> = Vec::with_capacity(FIELDS.len());
    for field in FIELDS {
        let ask = (field.asked)(&answers);
        let known = if ask == Ask::Hidden { Value::Null } else { (field.known)(source, &answers) };
        let from_facts = !known.is_null();
        let typed = || typed(field, &source.typed[field.no.to_string()]);
        let value = if from_facts || ask == Ask::Hidden { known } else { typed() };
        if !value.is_null() {
            answers.given.insert(field.no, value.clone());
        }
        all.push(Filled { field, ask, value, from_facts });
    }
    // Whether it is complete is known when all the rest is.
    let complete = !all.iter().any(|filled| filled.field.no != 4 && filled.is_missing());
    if let Some(kind) = all.iter_mut().find(|filled| filled.field.no == 4) {
        let letter = match source.stage {
            Stage::Withdrawn => "c",
            Stage::Final | Stage::Initial if complete => "a",
            _ => "b",
        };
        (kind.value, kind.from_facts) = (letter.into(), true);
    }
    all
}

/// Whether the notification is later than the 72 hours.
fn is_late(source: &Source<'_>) -> bool {
    let aware = source.facts.time(Fact::BreachAwareAt);
    let sent = source.facts.items(Fact::Sent).iter().any(|sent| sent.word(Fact::SentDuty) == Some("gdpr-33-authority"));
    super::context::is_late(source.assessment)
        || (!sent && aware.is_some_and(|at| source.now > at + chrono::TimeDelta::hours(72)))
}

/// What was typed for a field, if it is of the kind that the field holds.
fn typed(field: &Field, given: &Value) -> Value {
    let is_letter = |options: Options, letter: &str| letters(options).iter().any(|known| known == letter);
    match (field.holds, given) {
        (Holds::One(options), Value::String(letter)) if is_letter(options, letter) => given.clone(),
        (Holds::One(options), Value::Array(all))
            if all.len() == 1 && all[0].as_str().is_some_and(|l| is_letter(options, l)) =>
        {
            all[0].clone()
        }
        (Holds::Many(options), Value::String(letter)) if is_letter(options, letter) => json!([letter]),
        (Holds::Many(options), Value::Array(all)) => {
            let known: Vec<&str> = all.iter().filter_map(Value::as_str).filter(|l| is_letter(options, l)).collect();
            if known.is_empty() { Value::Null } else { json!(known) }
        }
        (Holds::Whole, Value::String(text)) => {
            let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            digits.parse::<u64>().map_or_else(|_| set(text), Value::from)
        }
        (Holds::Line | Holds::Text | Holds::Time, Value::String(text)) => set(text),
        _ => Value::Null,
    }
}

fn set(text: &str) -> Value {
    super::words::set(text).map_or(Value::Null, Value::from)
}

/// What differs from what was sent before: the fields whose answer is another, with what it was in words.
#[must_use]
pub fn changed(now: &[Filled], before: &Value, lang: Lang) -> Vec<Value> {
    let was = |no: u8| before.as_array().into_iter().flatten().find(|field| field["no"] == no);
    let one = |filled: &Filled| {
        let before = was(filled.field.no)?;
        let value = &before["value"];
        // Who fills it in, and which part it is, differ by nature.
        let by_nature = matches!(filled.field.no, 3..=6 | 21..=24);
        (*value != filled.value && !by_nature).then(|| {
            json!({
                "no": filled.field.no, "label": label(lang, filled.field.no),
                "from": words(filled.field, value, lang), "to": filled.words(lang),
            })
        })
    };
    now.iter().filter_map(one).collect()
}

/// The whole template as plain text: part for part, each field that is asked for with its answer or that it is missing.
#[must_use]
pub fn text(all: &[Filled], lang: Lang) -> String {
    let mut out = String::new();
    let mut part = "";
    for filled in all.iter().filter(|filled| filled.ask != Ask::Hidden) {
        if filled.field.part != part {
            part = filled.field.part;
            out.push_str(&format!("\n{}\n\n", i18n::text(lang, &format!("edpb-part-{part}"))));
        }
        let answer = filled.words(lang).unwrap_or_else(|| {
            let key = if filled.is_missing() { "edpb-missing" } else { "edpb-not-given" };
            i18n::text(lang, key)
        });
        out.push_str(&format!("{} {}: {}\n", filled.field.no, label(lang, filled.field.no), answer));
    }
    out.trim_start().to_owned()
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::source;
