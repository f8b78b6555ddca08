//! The facts of one incident: values, and how they become JSON again.

use super::fact::{self, COUNT, Fact, Path};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value as Json};

/// What is known of one fact.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nobody has said; different from false, none or nought.
    #[default]
    Unknown,
    /// Free text.
    Text(Box<str>),
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Whole(u64),
    /// A number.
    Number(f64),
    /// An instant, UTC, whole microseconds.
    Time(DateTime<Utc>),
    /// The number of the word in the fact's list.
    Choice(u8),
    /// The words of the fact's list, as bits; complete.
    Choices(u64),
    /// ISO 3166-1 alpha-2 codes; complete.
    Countries(Box<[Box<str>]>),
    /// Objects; complete.
    Items(Box<[Item]>),
}

/// One object of a list: its values in the order of [`Fact::items`].
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub(super) first: Fact,
    pub(super) values: Box<[Value]>,
}

impl Item {
    /// What is known of one fact of this object.
    pub fn get(&self, fact: Fact) -> &Value {
        self.values.get((fact as usize).wrapping_sub(self.first as usize)).unwrap_or(&Value::Unknown)
    }
    /// Whether the fact is one of this object's.
    pub fn holds(&self, fact: Fact) -> bool {
        (fact as usize).wrapping_sub(self.first as usize) < self.values.len()
    }
    /// A text of this object.
    pub fn text(&self, fact: Fact) -> Option<&str> {
        self.get(fact).text()
    }
    /// An instant of this object, UTC.
    pub fn time(&self, fact: Fact) -> Option<DateTime<Utc>> {
        self.get(fact).time()
    }
    /// The word chosen in this object.
    pub fn word(&self, fact: Fact) -> Option<&'static str> {
        self.get(fact).word(fact)
    }
}

impl Value {
    /// Whether anybody has said anything.
    pub fn is_known(&self) -> bool {
        *self != Value::Unknown
    }
    /// The text, if this is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
    /// The instant, if this is one.
    pub fn time(&self) -> Option<DateTime<Utc>> {
        match self {
            Value::Time(at) => Some(*at),
            _ => None,
        }
    }
    /// The answer, if this is a yes or no.
    pub fn bool(&self) -> Option<bool> {
        match self {
            Value::Bool(yes) => Some(*yes),
            _ => None,
        }
    }
    /// The number, if this is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Whole(number) => Some(*number as f64),
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
    /// The chosen word, if this is a choice of that fact.
    pub fn word(&self, fact: Fact) -> Option<&'static str> {
        match self {
            Value::Choice(word) => fact.choices().get(usize::from(*word)).copied(),
            _ => None,
        }
    }
    /// The chosen words, in the list's order; empty unless this is a list of choices.
    pub fn words(&self, fact: Fact) -> Vec<&'static str> {
        match self {
            Value::Choices(bits) => {
                fact.choices().iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, word)| *word).collect()
            }
            _ => Vec::new(),
        }
    }
    fn to_json(&self, fact: Fact) -> Json {
        match self {
            Value::Unknown => Json::Null,
            Value::Text(text) => Json::from(&**text),
            Value::Bool(yes) => Json::from(*yes),
            Value::Whole(number) => Json::from(*number),
            Value::Number(number) => Json::from(*number),
            Value::Time(at) => Json::from(at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Value::Choice(_) => self.word(fact).map_or(Json::Null, Json::from),
            Value::Choices(_) => Json::from(self.words(fact)),
            Value::Countries(codes) => codes.iter().map(|code| Json::from(&**code)).collect(),
            Value::Items(items) => items.iter().map(Item::to_json).collect(),
        }
    }
}

impl Item {
    fn to_json(&self) -> Json {
        let known = fact::ALL[self.first as usize..].iter().zip(&self.values).filter(|(_, value)| value.is_known());
        Json::Object(known.map(|(fact, value)| (fact.key().to_owned(), value.to_json(*fact))).collect())
    }
}

/// All that is known of one incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    pub(super) values: Box<[Value]>,
}

impl Default for Facts {
    fn default() -> Self {
        Facts { values: vec![Value::Unknown; COUNT].into_boxed_slice() }
    }
}

impl Facts {
    /// What is known of one fact; unknown for a fact inside a list of objects (see [`Facts::items`]).
    pub fn get(&self, fact: Fact) -> &Value {
        &self.values[fact as usize]
    }
    /// The value at a place, inside a list of objects too.
    pub fn at(&self, path: Path) -> &Value {
        match (path.at, path.fact.list()) {
            (Some(at), Some(list)) => {
                self.items(list).get(usize::from(at)).map_or(&Value::Unknown, |item| item.get(path.fact))
            }
            _ => self.get(path.fact),
        }
    }
    /// The objects of a list; none when the list is unknown (see [`Value::is_known`] for the difference).
    pub fn items(&self, list: Fact) -> &[Item] {
        match self.get(list) {
            Value::Items(items) => items,
            _ => &[],
        }
    }
    /// The incident's title.
    pub fn title(&self) -> &str {
        self.text(Fact::Title).unwrap_or_default()
    }
    /// A text.
    pub fn text(&self, fact: Fact) -> Option<&str> {
        self.get(fact).text()
    }
    /// An instant, UTC.
    pub fn time(&self, fact: Fact) -> Option<DateTime<Utc>> {
        self.get(fact).time()
    }
    /// A yes or no.
    pub fn bool(&self, fact: Fact) -> Option<bool> {
        self.get(fact).bool()
    }
    /// A number.
    pub fn number(&self, fact: Fact) -> Option<f64> {
        self.get(fact).number()
    }
    /// The chosen word.
    pub fn word(&self, fact: Fact) -> Option<&'static str> {
        self.get(fact).word(fact)
    }
    /// The chosen words.
    pub fn words(&self, fact: Fact) -> Vec<&'static str> {
        self.get(fact).words(fact)
    }
    /// Forgets a fact; for asking what would be left open without it.
    pub fn forget(&mut self, fact: Fact) {
        self.values[fact as usize] = Value::Unknown;
    }
    /// The top-level facts whose values differ, in table order; a list of objects counts as one.
    pub fn diff(&self, other: &Facts) -> Vec<Fact> {
        fact::ALL.iter().copied().filter(|fact| self.get(*fact) != other.get(*fact)).collect()
    }
    /// The contract's JSON: known facts only, instants in UTC, table's spelling.
    pub fn to_json(&self) -> Json {
        let mut top = Map::new();
        for fact in fact::ALL.iter().filter(|fact| self.get(**fact).is_known()) {
            let mut object = &mut top;
            let mut parts = fact.path().split('.').peekable();
            while let Some(part) = parts.next() {
                if parts.peek().is_none() {
                    object.insert(part.to_owned(), self.get(*fact).to_json(*fact));
                    break;
                }
                let inner = object.entry(part).or_insert_with(|| Json::Object(Map::new()));
                match inner {
                    Json::Object(inner) => object = inner,
                    _ => break,
                }
            }
        }
        Json::Object(top)
    }
}
