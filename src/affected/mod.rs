//! The affected of an incident: who they are, who must be told, who was, how, and who could not be reached.
//!
//! Persons come in from files row by row and are kept sealed. A wave tells some of them: its words are approved as they
//! stand, its messages go through the outbox under a key of the person's own, and what becomes of each comes back to the
//! person. Everyone is told once.

pub mod actions;
pub mod api;
mod bounce;
pub mod clerk;
mod decode;
mod export;
pub mod letters;
pub mod pages;
mod row;
mod sheet;
pub mod store;
pub mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::canonical::canonical;
use crate::db::Id;
use crate::digest;
use crate::error::{Error, FieldError};
use crate::i18n::Lang;
use crate::seal::{Broken, Seal};

pub use clerk::Clerk;
pub use row::{FIELDS, Mapping, New};

/// The states of a person, in the order they are shown.
pub const STATES: [&str; 9] =
    ["not_yet", "queued", "sent", "delivered", "bounced", "unreachable", "uncertain", "told_otherwise", "declined"];
/// The ways to tell a person by a message.
pub const WAYS: [&str; 2] = ["email", "sms"];
/// The exceptions of art. 34(3) that a decision may rely upon.
pub const EXCEPTIONS: [&str; 3] = ["unintelligible", "measures", "disproportionate"];
/// The answers of a decision.
pub const ANSWERS: [&str; 3] = ["all", "some", "none"];
const LONGEST_SUBJECT: usize = 200;
const LONGEST_BODY: usize = 20_000;
const LONGEST_SMS: usize = 1_000;

/// What is known of a person and names them; kept sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// What the person is called; may be empty.
    #[serde(rename = "n", skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The e-mail address, in small letters; may be empty.
    #[serde(rename = "e", skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// The telephone number as E.164; may be empty.
    #[serde(rename = "p", skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The postal address; may be empty.
    #[serde(rename = "a", skip_serializing_if = "String::is_empty")]
    pub post: String,
}

impl Person {
    /// Seals it for the person of this id.
    ///
    /// # Errors
    /// When the cipher refuses.
    pub fn seal(&self, seal: &Seal, id: Id) -> Result<String, Error> {
        let json = serde_json::to_string(self).map_err(Error::internal)?;
        seal.seal(&place(id), &json).map_err(Error::internal)
    }

    /// Opens what was sealed for the person of this id; of one whose data are no longer kept, nothing is known.
    ///
    /// # Errors
    /// When it was sealed with another key.
    pub fn open(seal: &Seal, id: Id, sealed: &str) -> Result<Self, Broken> {
        if sealed.is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_str(&seal.open(&place(id), sealed)?).map_err(|_| Broken)
    }
}

fn place(id: Id) -> String {
    format!("affected {id}")
}

/// Some of the affected. What is empty does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Circle {
    /// The business customers they belong to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<String>,
    /// Whether they are minors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minor: Option<bool>,
    /// Whether their addresses are protected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protected: Option<bool>,
    /// Any of these categories of data.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
}

impl Circle {
    /// Whether one who is about to be taken in belongs to them.
    pub fn holds(&self, new: &New) -> bool {
        let any =
            |wanted: &[String], has: &dyn Fn(&str) -> bool| wanted.is_empty() || wanted.iter().any(|one| has(one));
        any(&self.customers, &|one| new.customer == one)
            && self.minor.is_none_or(|minor| new.minor == minor)
            && self.protected.is_none_or(|protected| new.protected == protected)
            && any(&self.categories, &|one| new.categories.contains(&format!(",{one},")))
    }

    /// Whether it narrows at all.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// What a wave says in one language. `{name}` stands for the person's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Text {
    /// The subject of the e-mail.
    pub subject: String,
    /// The e-mail.
    pub body: String,
    /// The text message.
    pub sms: String,
}

/// The words of a wave by the code of their language.
pub type Texts = BTreeMap<String, Text>;

/// The text for somebody who reads this language: its own, else the nearest there is.
pub fn text_for(texts: &Texts, lang: Lang) -> Option<(Lang, &Text)> {
    let nearest = match lang {
        Lang::Nb => [Lang::Nb, Lang::Nn, Lang::En],
        Lang::Nn => [Lang::Nn, Lang::Nb, Lang::En],
        Lang::En => [Lang::En, Lang::Nb, Lang::Nn],
    };
    nearest.into_iter().find_map(|lang| Some((lang, texts.get(lang.code())?)))
}

/// A text with the name in its place; without one, the blank before the place goes, too.
pub fn named(text: &str, name: &str) -> String {
    match name {
        "" => text.replace(" {name}", "").replace("{name}", ""),
        name => text.replace("{name}", name),
    }
}

/// Checks the words of a wave: every language that is begun has all that its ways need.
///
/// # Errors
/// What is missing or too long, field by field.
pub fn check_texts(texts: &Texts, first: &str, both: bool) -> Result<(), Error> {
    let mut wrong = Vec::new();
    let (mail, sms) = (both || first == "email", both || first == "sms");
    for (lang, text) in texts {
        if Lang::parse(lang).is_none() {
            wrong.push(FieldError::new(format!("texts.{lang}"), "affected_no_language"));
        }
        for (name, given, most, needed) in [
            ("subject", &text.subject, LONGEST_SUBJECT, mail),
            ("body", &text.body, LONGEST_BODY, mail),
            ("sms", &text.sms, LONGEST_SMS, sms),
        ] {
            let (path, count) = (format!("texts.{lang}.{name}"), given.chars().count());
            if needed && given.trim().is_empty() {
                wrong.push(FieldError::new(path, "missing"));
            } else if count > most {
                wrong.push(FieldError::new(path, "too_long").with("max", most).with("given", count));
            }
        }
    }
    if texts.is_empty() {
        wrong.push(FieldError::new("texts", "missing"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

/// The digest of all that an approval is for.
pub fn digest(duty: &str, chosen: &Circle, texts: &Texts, first: &str, both: bool) -> String {
    let all = json!({ "duty": duty, "chosen": chosen, "texts": texts, "first": first, "both": both }).to_string();
    let canonical = canonical(&all).unwrap_or(all);
    digest::sha256(canonical.as_bytes())
}

/// The key of the message that tells a person by a way: there is one for ever.
pub fn key_of(person: Id, way: &str) -> String {
    format!("affected-{person}-{way}")
}

/// Reads a key again.
pub fn read_key(key: &str) -> Option<(Id, &'static str)> {
    let (id, way) = key.strip_prefix("affected-")?.rsplit_once('-')?;
    Some((Id::parse(id)?, WAYS.into_iter().find(|one| *one == way)?))
}

/// Where a gateway calls back for an incident.
fn callback_path(seal: &Seal, head: &crate::incident::store::Head) -> String {
    format!("/api/v1/callbacks/affected/{}/{}", head.reference, actions::callback_token(seal, head.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_known_leaves_no_gap() {
        assert_eq!(named("Hei {name},", "Kari"), "Hei Kari,");
        assert_eq!(named("Hei {name},", ""), "Hei,");
        assert_eq!(named("{name}: hei", ""), ": hei");
    }

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let id = Id::new();
        assert_eq!(read_key(&key_of(id, "sms")), Some((id, "sms")));
        for wrong in ["affected-1-sms", &format!("affected-{id}-post"), &format!("other-{id}-sms")] {
            assert_eq!(read_key(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn whatever_is_approved_changes_the_digest() {
        let text = Text { subject: "a".into(), body: "b".into(), sms: "c".into() };
        let texts = Texts::from([("nb".to_owned(), text.clone())]);
        let first = digest("gdpr-34-subjects", &Circle::default(), &texts, "email", true);
        assert_eq!(first, digest("gdpr-34-subjects", &Circle::default(), &texts, "email", true));
        let minors = Circle { minor: Some(true), ..Circle::default() };
        let other = Texts::from([("nb".to_owned(), Text { body: "B".into(), ..text })]);
        for changed in [
            digest("gdpr-34-subjects", &minors, &texts, "email", true),
            digest("gdpr-34-subjects", &Circle::default(), &other, "email", true),
            digest("gdpr-34-subjects", &Circle::default(), &texts, "sms", true),
            digest("gdpr-34-subjects", &Circle::default(), &texts, "email", false),
        ] {
            assert_ne!(changed, first);
        }
    }

    #[test]
    fn a_language_without_words_falls_back_on_the_nearest() {
        let text = |body: &str| Text { subject: "s".into(), body: body.into(), sms: String::new() };
        let texts = Texts::from([("nb".to_owned(), text("nb")), ("en".to_owned(), text("en"))]);
        assert_eq!(text_for(&texts, Lang::Nn).map(|(lang, text)| (lang, text.body.as_str())), Some((Lang::Nb, "nb")));
        assert!(check_texts(&texts, "email", false).is_ok());
        assert!(check_texts(&texts, "email", true).is_err(), "the second way has no words");
    }
}
