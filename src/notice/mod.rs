//! First drafts of everything that goes out, written from the facts in the reader's language.
//!
//! A draft is pure: facts, an assessment and the company's settings in, a subject, a letter and its gaps out.
//! What is not known is said in words that may stand in the letter, and a gap names the fact and who asks for it.
//! A person reads, completes and approves; nothing here sends anything.

use crate::i18n::{self, Arg, Lang};
use crate::incident::settings::Company;
use crate::law::{Assessment, Duty, Fact, Facts};
use crate::templates::{TemplateError, Templates};

pub mod api;
mod context;
mod form;
pub mod pages;
mod persons;
mod scope;
mod words;

/// The templates of notices, which escape nothing; a type of its own so that no page is ever written with them.
pub struct Notices(pub Templates);

/// A first draft of one notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The address it is sent to, where the settings have one.
    pub to: Option<String>,
    /// The subject line.
    pub subject: String,
    /// The letter, plain text.
    pub body: String,
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
    /// The draft as the API gives it: each gap with its label and who asks, in a language.
    #[must_use]
    pub fn json(&self, lang: Lang) -> serde_json::Value {
        let gap = |gap: &Gap| serde_json::json!({ "fact": gap.fact.path(), "label": gap.label(lang), "asked_by": gap.reason(lang) });
        serde_json::json!({
            "to": self.to,
            "subject": self.subject,
            "body": self.body,
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
    let Some(form) = form::of(duty.id) else { return Ok(None) };
    let mut gaps = form.gaps(facts);
    if form.template == "gdpr-33-authority" && context::is_late(assessment) && facts.text(Fact::DelayReasons).is_none()
    {
        gaps.push(Gap { fact: Fact::DelayReasons, why: "why-dt-delay" });
    }
    let case = context::Case { duty, facts, assessment, company, lang, gaps: &gaps };
    let body = templates.render(&format!("{}.{lang}", form.template), &case.context())?;
    let subject = [
        (
            "sender",
            Arg::from(words::set(&company.name).map_or_else(|| i18n::text(lang, "notice-unset"), str::to_owned)),
        ),
        ("title", facts.title().into()),
    ];
    let by_email = duty.recipient == "nkom" && duty.channel.starts_with("email");
    Ok(Some(Draft {
        to: set_if(by_email, &company.nkom_email),
        subject: i18n::text_with(lang, &format!("notice-subject-{}", form.template), &subject),
        body: tidy(&body),
        gaps,
        unset: form.unset(company),
    }))
}

fn set_if(wanted: bool, text: &str) -> Option<String> {
    words::set(text).filter(|_| wanted).map(str::to_owned)
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
mod tests;
#[cfg(test)]
mod wording;
