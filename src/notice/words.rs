//! Facts in words that may stand inside a sentence.

use serde_json::Value;

use crate::i18n::{self, Lang};
use crate::law::{Fact, Facts};

/// A setting that has been filled in.
pub fn set(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// The words with a small first letter, unless they begin with an abbreviation.
pub fn small(words: &str) -> String {
    let mut chars = words.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(words.chars().skip(1)).collect()
        }
        _ => words.to_owned(),
    }
}

/// Phrases in a row: as a sentence joins them, or between semicolons where one has a comma of its own.
pub fn joined(lang: Lang, phrases: &[String]) -> String {
    match phrases.iter().any(|phrase| phrase.contains(',')) {
        true => phrases.join("; "),
        false => i18n::list(lang, phrases),
    }
}

/// Facts told in one language; what is unknown is null.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub facts: &'a Facts,
    pub lang: Lang,
}

impl Told<'_> {
    /// An instant, in Norwegian time.
    pub fn time(self, fact: Fact) -> Value {
        self.facts.time(fact).map_or(Value::Null, |at| i18n::instant_plain(self.lang, at).into())
    }

    /// A text as it was written.
    pub fn text(self, fact: Fact) -> Value {
        self.facts.text(fact).map(str::trim).filter(|text| !text.is_empty()).map_or(Value::Null, Value::from)
    }

    /// A yes or no for conditions.
    pub fn flag(self, fact: Fact) -> Value {
        self.facts.bool(fact).map_or(Value::Null, Value::from)
    }

    /// A yes or no in words.
    pub fn yes_no(self, fact: Fact) -> Value {
        let key = |yes| if yes { "word-yes" } else { "word-no" };
        self.facts.bool(fact).map_or(Value::Null, |yes| i18n::text(self.lang, key(yes)).into())
    }

    /// A choice, to stand inside a sentence.
    pub fn word(self, fact: Fact) -> Value {
        let said = |word| small(&i18n::choice(self.lang, fact.path(), word));
        self.facts.word(fact).filter(|word| *word != "undetermined").map_or(Value::Null, |word| said(word).into())
    }

    /// Chosen words as a list of phrases; what says «not known» is left out.
    pub fn phrases(self, fact: Fact) -> Vec<String> {
        let known = self.facts.words(fact).into_iter().filter(|word| !matches!(*word, "unknown" | "undetermined"));
        known.map(|word| small(&i18n::choice(self.lang, fact.path(), word))).collect()
    }

    /// Chosen words joined as in a sentence.
    pub fn list(self, fact: Fact) -> Value {
        let phrases = self.phrases(fact);
        if phrases.is_empty() { Value::Null } else { joined(self.lang, &phrases).into() }
    }

    /// A sentence chosen by a word: `prefix-word`.
    pub fn sentence(self, prefix: &str, fact: Fact) -> Option<String> {
        self.facts.word(fact).map(|word| i18n::text(self.lang, &format!("{prefix}-{word}")))
    }
}
