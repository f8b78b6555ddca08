//! First drafts of everything that goes out, written from the facts in the reader's language.
//!
//! A draft is pure: facts, an assessment and the company's settings in, a subject, a letter and its gaps out.
//! What is not known is said in words that may stand in the letter, and a gap names the fact and who asks for it.
//! A person reads, completes and approves; nothing here sends anything.

use crate::i18n::{self, Arg, Lang};
use crate::incident::settings::Company;
use crate::law::{Assessment, Duty, Fact, Facts};
use crate::templates::{TemplateError, Templates};

pub mod actions;
pub mod api;
pub mod audience;
mod context;
pub mod custom;
pub(crate) mod desk;
pub mod diff;
pub mod edpb;
mod form;
pub mod lix;
mod named;
pub mod pages;
pub mod paper;
mod persons;
mod scope;
mod stage;
pub mod store;
mod words;

pub use stage::Stage;

use audience::Reader;

/// The templates of notices, which escape nothing; a type of its own so that no page is ever written with them. Beside
/// them the names of those that the company wrote itself.
pub struct Notices(pub Templates, pub Vec<String>);

/// What a text is drafted with beside the facts: its language, which part it is, and what was typed for it.
#[derive(Clone, Copy)]
pub struct Manner<'a> {
    /// The language.
    pub lang: Lang,
    /// Which part of a notification.
    pub stage: Stage,
    /// What was typed because no fact holds it, by name.
    pub typed: &'a serde_json::Value,
}

/// A first draft of one notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The address it is sent to, where the settings have one.
    pub to: Option<String>,
    /// The subject line.
    pub subject: String,
    /// The letter, plain text.
    pub body: String,
    /// The same in the space of a text message, where persons are told.
    pub sms: Option<String>,
    /// What the receiver asks for and we do not know yet, in the order they ask.
    pub gaps: Vec<Gap>,
    /// The settings of [`Company`] that the letter needs and the company has not filled in.
    pub unset: Vec<&'static str>,
}

/// A fact that the receiver asks for and nobody has given yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The fact; its label stands under `fact-…` in the locales.
    pub fact: Fact,
    /// The key of the sentence that says who asks and where.
    pub why: &'static str,
}

impl Draft {
    /// The same, for a drill marked where nobody can overlook it: the first line, the subject, the text message.
    #[must_use]
    pub fn marked(self, is_drill: bool, lang: Lang) -> Self {
        if !is_drill {
            return self;
        }
        let mark = i18n::text(lang, "drill-mark");
        Self {
            subject: format!("{mark}: {}", self.subject),
            body: drill_body(lang, &self.body),
            sms: self.sms.map(|sms| format!("{mark}: {sms}")),
            ..self
        }
    }

    /// The same where everything is made up.
    fn made_up(self, lang: Lang) -> Self {
        let mark = i18n::text(lang, "demo-mark");
        Self {
            subject: format!("{mark}: {}", self.subject),
            body: format!("{}\n\n{}", i18n::text(lang, "demo-first"), self.body),
            sms: self.sms.map(|sms| format!("{mark}: {sms}")),
            ..self
        }
    }

    /// The draft as the API gives it: each gap with its label and who asks, in a language.
    #[must_use]
    pub fn json(&self, lang: Lang) -> serde_json::Value {
        let gap = |gap: &Gap| serde_json::json!({ "fact": gap.fact.path(), "label": gap.label(lang), "asked_by": gap.reason(lang) });
        serde_json::json!({
            "to": self.to,
            "subject": self.subject,
            "body": self.body,
            "sms": self.sms,
            "gaps": self.gaps.iter().map(gap).collect::<Vec<_>>(),
            "unset": self.unset,
        })
    }
}

impl Gap {
    /// The fact's label in a language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        i18n::fact(lang, self.fact.path())
    }

    /// Who asks for it, and where.
    #[must_use]
    pub fn reason(&self, lang: Lang) -> String {
        i18n::text(lang, self.why)
    }
}

/// Whether a duty is met by sending something that can be drafted.
#[must_use]
pub fn has_draft(duty: &str) -> bool {
    form::of(duty).is_some()
}

/// Drafts the notice that would meet a duty; `None` for a duty that is not met by sending anything.
///
/// # Errors
/// When a template asks for what its context lacks, which a test rules out.
pub fn draft(
    templates: &Templates,
    duty: &Duty,
    facts: &Facts,
    assessment: &Assessment,
    company: &Company,
    lang: Lang,
) -> Result<Option<Draft>, TemplateError> {
    let stage = if duty.id == "gdpr-33-phased" { Stage::Supplementary } else { Stage::Initial };
    let manner = Manner { lang, stage, typed: &serde_json::Value::Null };
    draft_as(templates, duty, (facts, assessment), company, manner)
}

/// Drafts it as one of several parts, and with what was typed for it. Only what the receiver may see is written of.
///
/// # Errors
/// When a template asks for what its context lacks.
pub fn draft_as(
    templates: &Templates,
    duty: &Duty,
    (facts, assessment): (&Facts, &Assessment),
    company: &Company,
    manner: Manner<'_>,
) -> Result<Option<Draft>, TemplateError> {
    let Some(form) = form::of(duty.id) else { return Ok(None) };
    let (lang, reader) = (manner.lang, Reader::of(duty));
    let facts = &audience::seen(facts, reader, duty.for_whom.as_deref());
    let template = manner.stage.template(form.template);
    let mut gaps = form.gaps(facts);
    gaps.retain(|gap| own_value(reader, gap.fact, manner.typed).is_none());
    if template == "gdpr-33-authority" && context::is_late(assessment) && facts.text(Fact::DelayReasons).is_none() {
        gaps.push(Gap { fact: Fact::DelayReasons, why: "why-dt-delay" });
    }
    let case = context::Case { duty, facts, assessment, company, manner, gaps: &gaps };
    let context = case.context();
    let body = templates.render(&format!("{template}.{lang}"), &context)?;
    let sender = words::set(&company.name).map_or_else(|| i18n::text(lang, "notice-unset"), str::to_owned);
    let subject = [("sender", Arg::from(sender.clone())), ("title", facts.title().into())];
    let by_email = reader == Reader::Nkom && duty.channel.starts_with("email");
    let draft = Draft {
        to: set_if(by_email, &company.nkom_email),
        subject: i18n::text_with(lang, &format!("notice-subject-{template}"), &subject),
        body: tidy(&body),
        sms: form.sms.map(|key| sms(lang, key, &sender, &context)),
        gaps,
        unset: form.unset(company),
    };
    Ok(Some(if templates.is_demo() { draft.made_up(lang) } else { draft }))
}

/// The short message: who writes, what it is about, the first advice, where to ask.
fn sms(lang: Lang, key: &str, sender: &str, context: &serde_json::Value) -> String {
    let of = |pointer: &str| context.pointer(pointer).and_then(serde_json::Value::as_str).map(str::to_owned);
    let ask = of("/sender/contact_phone").or(of("/sender/telephone")).or(of("/sender/contact_email"));
    let unknown = || i18n::text(lang, "notice-unknown");
    let advice = of("/data/advice/0").unwrap_or_default();
    let args = [
        ("sender", Arg::from(sender.to_owned())),
        ("advice", advice.split_inclusive(['.', '!']).next().unwrap_or_default().trim().to_owned().into()),
        ("started", of("/time/started").unwrap_or_else(unknown).into()),
        ("duration", of("/scope/duration").unwrap_or_else(unknown).into()),
        ("ask", ask.unwrap_or_else(|| i18n::text(lang, "notice-unset")).into()),
    ];
    i18n::text_with(lang, key, &args)
}

/// What was typed of a business customer in the place of a fact of the whole case.
pub(crate) fn own_value(reader: Reader, fact: Fact, typed: &serde_json::Value) -> Option<String> {
    let (_, name) = OWN_FIELDS.iter().find(|(of, _)| *of == fact).filter(|_| reader == Reader::Customer)?;
    typed[*name].as_str().and_then(words::set).map(str::to_owned)
}

/// The fields of a text to a business customer that stand in the place of facts of the whole case.
pub(crate) const OWN_FIELDS: [(Fact, &str); 4] = [
    (Fact::Data, "own_data"),
    (Fact::Subjects, "own_subjects"),
    (Fact::SubjectsCount, "own_count"),
    (Fact::RecordsCount, "own_records"),
];

fn set_if(wanted: bool, text: &str) -> Option<String> {
    words::set(text).filter(|_| wanted).map(str::to_owned)
}

/// A text whose first line says that it is a drill.
pub(crate) fn drill_body(lang: Lang, body: &str) -> String {
    let first = i18n::text(lang, "drill-draft-first");
    if body.starts_with(&first) { body.to_owned() } else { format!("{first}\n\n{body}") }
}

/// Takes away blanks at the end of lines and blank lines beyond one.
pub(crate) fn tidy(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut blank = 0;
    for line in body.trim().lines() {
        blank = if line.trim().is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod held;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wording;
