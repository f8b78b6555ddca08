//! The form of a channel as the template takes it: every field with its words, what was typed and what was wrong.

use serde::Serialize;

use super::{ABOUT, CIRCLES, CONTENTS, METHODS, SECRETS, Typed, fields};
use crate::error::FieldError;
use crate::i18n::{self, Lang};

/// A field, its words in the reader's language.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Entry {
    id: String,
    name: &'static str,
    label: String,
    help: String,
    value: String,
    kind: &'static str,
    must: bool,
    /// Whether no browser may keep what is typed.
    secret: bool,
    long: bool,
    options: Vec<Choice>,
    wrong: Option<String>,
    described: Option<String>,
}

/// A word to choose.
#[derive(Clone, Debug, Serialize)]
struct Choice {
    value: &'static str,
    label: String,
    chosen: bool,
}

/// What a form is filled with.
pub(super) struct Form<'a> {
    pub lang: Lang,
    pub kind: &'a str,
    pub typed: &'a Typed,
    pub wrong: &'a [FieldError],
    /// Whether the channel is there already, so that secrets may stay empty.
    pub stands: bool,
}

impl Form<'_> {
    /// Its fields in their order.
    pub fn entries(&self) -> Vec<Entry> {
        fields(self.kind).iter().map(|name| self.entry(name)).collect()
    }

    /// Where a field stands in the page.
    pub fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.kind)
    }

    fn entry(&self, name: &'static str) -> Entry {
        let lang = self.lang;
        let (id, value) = (self.id(name), self.typed.get(name).cloned().unwrap_or_default());
        let help = self.help(name);
        let wrong: Vec<String> =
            self.wrong.iter().filter(|fault| fault.path == name).map(|fault| fault.message(lang)).collect();
        let parts = [("help", !help.is_empty()), ("wrong", !wrong.is_empty())];
        let described: Vec<String> =
            parts.iter().filter(|(_, there)| *there).map(|(part, _)| format!("{id}-{part}")).collect();
        let words: &[&'static str] = match name {
            "circle" => &CIRCLES,
            "about" => &ABOUT,
            "language" => &["nb", "nn", "en"],
            "method" => &METHODS,
            "content" => &CONTENTS,
            _ => &[],
        };
        let label = |word: &str| match name {
            "method" => word.to_owned(),
            _ => i18n::text(lang, &format!("channel-{name}-{word}")),
        };
        let options = words.iter().map(|word| Choice { value: word, label: label(word), chosen: *word == value });
        Entry {
            label: i18n::text(lang, &format!("channel-field-{name}")),
            kind: match (self.kind, name) {
                ("mail", "recipient") => "email",
                ("sms", "recipient") => "tel",
                (_, "url") => "url",
                _ => "text",
            },
            must: match name {
                "name" => true,
                "url" | "body" => !self.stands,
                "recipient" => self.kind == "mail",
                _ => false,
            },
            secret: SECRETS.contains(&name),
            long: matches!(name, "headers" | "body"),
            options: options.collect(),
            wrong: (!wrong.is_empty()).then(|| wrong.join(" ")),
            described: (!described.is_empty()).then(|| described.join(" ")),
            id,
            name,
            help,
            value,
        }
    }

    fn help(&self, name: &str) -> String {
        let own = i18n::find(self.lang, &format!("channel-help-{}-{name}", self.kind), &[]);
        let help = own.or_else(|| i18n::find(self.lang, &format!("channel-help-{name}"), &[])).unwrap_or_default();
        if !self.stands || !SECRETS.contains(&name) {
            return help;
        }
        format!("{} {help}", i18n::text(self.lang, "channel-keeps")).trim().to_owned()
    }
}

/// A fault for the list above the form.
#[derive(Debug, Serialize)]
pub(super) struct Fault {
    id: Option<String>,
    label: Option<String>,
    message: String,
}

impl Fault {
    pub fn of(form: &Form<'_>, fault: &FieldError) -> Self {
        let known = fields(form.kind).contains(&fault.path.as_str());
        Self {
            id: known.then(|| form.id(&fault.path)),
            label: known.then(|| i18n::text(form.lang, &format!("channel-field-{}", fault.path))),
            message: fault.message(form.lang),
        }
    }
}
