//! The three languages: texts by key, and instants, spans and numbers in words.
//!
//! Bokmål is the default and the fallback; nynorsk and English are complete beside it. Nothing here reads
//! the clock: whoever asks how long is left says what the time is.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::{LanguageIdentifier, langid};
use serde::{Deserialize, Serialize};

mod cite;
mod number;
mod when;

pub use cite::{cite, quoted};
pub use fluent_templates::fluent_bundle::FluentValue as Arg;
pub use number::{decimal, number, org_number, percent};
pub use when::{day, instant, instant_plain, instant_short, left, month_name, span, weekday_name};

fluent_templates::static_loader! {
    static TEXTS = {
        locales: "./locales",
        fallback_language: "nb",
        customise: |bundle| {
            number::customise(bundle);
        },
    };
}

/// A language the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Bokmål, the default.
    #[default]
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

static NB: LanguageIdentifier = langid!("nb");
static NN: LanguageIdentifier = langid!("nn");
static EN: LanguageIdentifier = langid!("en");

impl Lang {
    /// Every language, the default first.
    pub const ALL: [Lang; 3] = [Lang::Nb, Lang::Nn, Lang::En];

    /// The code used in URLs, on the command line and in `<html lang>`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Nb => "nb",
            Lang::Nn => "nn",
            Lang::En => "en",
        }
    }

    /// Reads a code such as `nb`, `nn-NO`, `no` or `en-GB`; `None` for a language we do not speak.
    #[must_use]
    pub fn parse(code: &str) -> Option<Lang> {
        let primary = code.trim().split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "nb" | "no" => Some(Lang::Nb),
            "nn" => Some(Lang::Nn),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// Picks the best language a browser asks for; bokmål when it asks for none of ours.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Lang {
        let mut best: Option<(Lang, f32)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let Some(lang) = pieces.next().and_then(Lang::parse) else {
                continue;
            };
            let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
            if weight > 0.0 && best.is_none_or(|(_, w)| weight > w) {
                best = Some((lang, weight));
            }
        }
        best.map_or(Lang::default(), |(lang, _)| lang)
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Lang::Nb => &NB,
            Lang::Nn => &NN,
            Lang::En => &EN,
        }
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Lang {
    type Err = String;

    fn from_str(code: &str) -> Result<Lang, String> {
        Lang::parse(code).ok_or_else(|| format!("unknown language `{code}`: use nb, nn or en"))
    }
}

/// The text of a key; the key itself when no language has it, so that a slip is seen and nothing breaks.
#[must_use]
pub fn text(lang: Lang, key: &str) -> String {
    text_with(lang, key, &[])
}

/// The text of a key with named arguments. Numbers choose the plural and are grouped as the language does.
#[must_use]
pub fn text_with(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    find(lang, key, args).unwrap_or_else(|| key.to_owned())
}

/// The text of a key, or `None` when neither the language nor bokmål has it.
#[must_use]
pub fn find(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let args: HashMap<Cow<'_, str>, Arg<'_>> = args.iter().map(|(name, v)| (Cow::from(*name), v.clone())).collect();
    let look = |lang: Lang| TEXTS.lookup_single_language(lang.id(), key, Some(&args)).ok();
    look(lang).or_else(|| look(Lang::Nb))
}

/// Whether the language itself has the key, without the fallback.
#[must_use]
pub fn has(lang: Lang, key: &str) -> bool {
    let none: Option<&HashMap<Cow<'_, str>, Arg<'_>>> = None;
    match TEXTS.lookup_single_language(lang.id(), key, none) {
        Ok(_) => true,
        // A text with variables cannot be formatted without them, but it is there.
        Err(error) => error.to_string().contains("Fluent"),
    }
}

/// A fact path as it stands in text keys: `services.areas[0].code` becomes `services-areas-code`.
#[must_use]
pub fn path_key(path: &str) -> String {
    let mut key = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => {}
            '.' => key.push('-'),
            c => key.push(c),
        }
    }
    key
}

/// The label of a fact; its path when it has none.
#[must_use]
pub fn fact(lang: Lang, path: &str) -> String {
    find(lang, &format!("fact-{}", path_key(path)), &[]).unwrap_or_else(|| path.to_owned())
}

/// The sentence of help of a fact; empty when it has none.
#[must_use]
pub fn fact_help(lang: Lang, path: &str) -> String {
    find(lang, &format!("fact-{}-help", path_key(path)), &[]).unwrap_or_default()
}

/// The words of one choice of a fact; the choice itself when it has none.
#[must_use]
pub fn choice(lang: Lang, path: &str, value: &str) -> String {
    find(lang, &format!("choice-{}-{value}", path_key(path)), &[]).unwrap_or_else(|| value.to_owned())
}

/// Joins words as a sentence does: «a, b og c».
#[must_use]
pub fn list<S: AsRef<str>>(lang: Lang, items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let head = first.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
            format!("{head} {} {}", text(lang, "word-and"), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests;
