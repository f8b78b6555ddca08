//! A person's request (GDPR art. 15 and 17): one search over everything that can hold persons, one export, and the erasure
//! of what may be erased, with the reason for what must stay.
//!
//! Whoever keeps what can hold persons adds a [`Place`] to [`PLACES`].

pub mod actions;
pub mod pages;
pub mod store;

use serde_json::Value;

use crate::db::{Conn, Instant};
use crate::error::Error;
use crate::outbox::transport::e164;
use crate::seal::Seal;

/// The shortest that is searched for, in characters.
pub const SHORTEST: usize = 3;
/// How many hits each place answers.
pub const MOST: i64 = 200;

/// A hit: where it stands and what it says of the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its name within the place.
    pub id: String,
    /// The incident, by its reference.
    pub reference: Option<String>,
    /// When it was written.
    pub at: Option<Instant>,
    /// What it says, by field.
    pub says: Value,
    /// Whether it may be erased now.
    pub erasable: bool,
}

/// Erases one hit by its id, and answers whether it was there.
pub type Erase = fn(&mut Conn, &str) -> Result<bool, Error>;

/// A place that can hold persons.
pub struct Place {
    /// Its stable word; `inquiry-WORD` and `inquiry-WORD-stays` are its texts.
    pub name: &'static str,
    /// Finds what is there, at most so many.
    pub find: fn(&mut Conn, &Needle, i64) -> Result<Vec<Hit>, Error>,
    /// How a hit is erased; none where everything must stay.
    pub erase: Option<Erase>,
}

/// Every place that is searched, in the order of the page.
pub const PLACES: &[Place] = &[
    Place { name: "accounts", find: store::accounts, erase: Some(store::erase_account) },
    Place { name: "messages", find: store::messages, erase: Some(store::erase_message) },
    Place { name: "facts", find: store::facts, erase: None },
    Place { name: "timeline", find: store::timeline, erase: None },
    Place { name: "affected", find: store::affected, erase: Some(store::erase_affected) },
    Place { name: "reports", find: store::reports, erase: Some(store::erase_report) },
    Place { name: "comments", find: store::comments, erase: Some(store::erase_comment) },
    Place { name: "tasks", find: store::tasks, erase: Some(store::erase_task) },
    Place { name: "reminders", find: store::reminders, erase: None },
    Place { name: "attempts", find: store::attempts, erase: None },
    Place { name: "channels", find: store::channels, erase: None },
    Place { name: "settings", find: store::settings, erase: None },
    Place { name: "audit", find: store::audit, erase: None },
];

/// A name, an e-mail or a telephone number that is looked for.
#[derive(Clone)]
pub struct Needle {
    /// As it was typed, without blanks around it.
    pub words: String,
    /// The spellings that databases are asked for: not all of them know the small letter of `Å`.
    pub spellings: [String; 5],
    /// What opens the register of the affected.
    pub seal: Seal,
}

impl Needle {
    /// Reads what was typed.
    ///
    /// # Errors
    /// When it is too short to tell anybody apart.
    pub fn read(typed: &str, seal: &Seal) -> Result<Self, Error> {
        let words = typed.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() < SHORTEST {
            return Err(Error::field("q", "needle_too_short"));
        }
        let title = |word: &str| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect())
        };
        let titled: Vec<String> = words.split(' ').filter_map(title).collect();
        let phone = e164(&words).unwrap_or_else(|| words.clone());
        let spellings = [words.clone(), words.to_lowercase(), words.to_uppercase(), titled.join(" "), phone];
        Ok(Self { words, spellings, seal: seal.clone() })
    }

    /// Whether a text holds it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.spellings.iter().any(|spelling| text.contains(&spelling.to_lowercase()))
    }

    /// What is written down of it: enough to know it again, too little to be one more copy.
    #[must_use]
    pub fn masked(&self) -> String {
        let short = |word: &str| format!("{}…", word.chars().take(1).collect::<String>());
        match self.words.split_once('@') {
            Some((local, host)) => format!("{}@{host}", short(local)),
            None => self.words.split(' ').map(short).collect::<Vec<_>>().join(" "),
        }
    }

    /// The texts of a value that hold it, each with its place in the value.
    #[must_use]
    pub fn within(&self, value: &Value) -> Value {
        let mut found = serde_json::Map::new();
        self.walk(String::new(), value, &mut found);
        Value::Object(found)
    }

    fn walk(&self, path: String, value: &Value, found: &mut serde_json::Map<String, Value>) {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match value {
            Value::String(text) if self.is_in(text) => drop(found.insert(path, value.clone())),
            Value::Array(items) => {
                for (n, item) in items.iter().enumerate() {
                    self.walk(below(&n.to_string()), item, found);
                }
            }
            Value::Object(fields) => {
                for (name, field) in fields {
                    self.walk(below(name), field, found);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_person_is_found_however_the_name_is_written_and_little_of_it_is_kept() {
        let seal = Seal::parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
        let needle = Needle::read("  åse   ØDEGÅRD ", &seal).unwrap();
        assert!(needle.is_in("Ringte Åse Ødegård i dag") && !needle.is_in("Åse Berg"));
        assert_eq!(needle.masked(), "å… Ø…");
        assert_eq!(Needle::read("kari@smbmobil.example", &seal).unwrap().masked(), "k…@smbmobil.example");
        assert!(Needle::read("900 12 345", &seal).unwrap().is_in("+4790012345"));
        assert!(Needle::read("ab", &seal).is_err());
        let said = needle.within(&json!({ "a": ["x", "Åse Ødegård"], "b": { "c": "åse ødegård ringte", "d": 1 } }));
        assert_eq!(said, json!({ "a.1": "Åse Ødegård", "b.c": "åse ødegård ringte" }));
    }
}
