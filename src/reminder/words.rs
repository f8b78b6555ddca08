//! Reminders in words: one duty in full, several in one digest.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Due;
use super::layout::{cut, fold};
use super::phrase::{Told, Voice, squeezed};
use crate::i18n::{self, Arg, Lang};
use crate::notice::tidy;
use crate::templates::{TemplateError, Templates};

pub use super::phrase::step_words;

/// The longest subject, in characters.
pub(super) const SUBJECT: usize = 120;

/// A duty that somebody is reminded of.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The incident's reference.
    pub reference: String,
    /// The incident's title.
    pub title: String,
    /// The duty's stable id.
    pub duty_id: String,
    /// The controller it is for.
    pub for_whom: Option<String>,
    /// The citation, as the duty has it.
    pub basis: String,
    /// Whether it is not settled that the duty holds.
    pub undetermined: bool,
    /// The paths of the facts that would settle it.
    pub decided_by: Vec<String>,
    /// What the countdown runs to.
    pub deadline: Option<DateTime<Utc>>,
    /// Whether that is the company's own target.
    pub is_target: bool,
    /// The whole address of the duty on its page.
    pub link: String,
    /// The step that is said.
    pub due: Due,
    /// The names of everybody who is told by this step.
    pub told: Vec<String>,
    /// When the next reminder comes if nobody answers.
    pub next: Option<DateTime<Utc>>,
    /// Why the duty's reminders began anew, if they did.
    pub armed_again: Option<Rearm>,
}

/// Why the reminders of a duty began anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rearm {
    /// Its deadline moved, or it got one, or lost it.
    Moved {
        /// What the countdown ran to.
        from: Option<DateTime<Utc>>,
    },
    /// It was open whether it holds, and now it does.
    Confirmed,
    /// It was answered for, and no longer is.
    Reopened,
}

/// A message, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The subject, one line of at most 120 characters.
    pub subject: String,
    /// The text, plain.
    pub text: String,
}

/// The message to one person about what is due: one duty in full, or several in a digest by deadline.
///
/// # Errors
/// When a template asks for what its context lacks, which a test rules out; [`super::plain()`] needs no template.
pub fn compose(
    templates: &Templates,
    lang: Lang,
    now: DateTime<Utc>,
    to_name: &str,
    items: &[Item],
) -> Result<Said, TemplateError> {
    let voice = Voice { lang, now };
    let items = by_deadline(items);
    let told: Vec<Told<'_>> = items.iter().map(|item| Told::new(item, voice)).collect();
    let to_name = squeezed(to_name);
    let mut context = json!({ "lang": lang, "now": now, "to": to_name });
    let name = match told.as_slice() {
        [only] => {
            context["item"] = context_of(*only, &to_name);
            "reminder"
        }
        all => {
            context["items"] = numbered(all.iter().map(|told| context_of(*told, &to_name)));
            "digest"
        }
    };
    let text = templates.render(&format!("{name}.{lang}"), &context)?;
    Ok(Said { subject: subject(voice, &told, SUBJECT), text: fold(&tidy(&text)) })
}

/// The items with the nearest deadline first, those without one last.
pub(super) fn by_deadline(items: &[Item]) -> Vec<&Item> {
    let mut sorted: Vec<&Item> = items.iter().collect();
    sorted.sort_by_key(|item| (item.deadline.is_none(), item.deadline, item.undetermined));
    sorted
}

fn numbered(items: impl Iterator<Item = Value>) -> Value {
    let number = |(n, mut item): (usize, Value)| {
        item["number"] = json!(n.to_string());
        item
    };
    (1..).zip(items).map(number).collect()
}

fn context_of(told: Told<'_>, to_name: &str) -> Value {
    let item = told.item;
    let others: Vec<String> =
        item.told.iter().map(|name| squeezed(name)).filter(|name| name != to_name && !name.is_empty()).collect();
    let (labels, more) = told.facts();
    let (recipient, channel) = told.recipient().unzip();
    json!({
        "open": item.undetermined, "what": told.what(), "help": told.help(), "why": told.why(),
        "reference": item.reference, "title": told.title(), "recipient": recipient, "channel": channel, "basis": item.basis,
        "deadline": item.deadline, "is_target": item.is_target, "time": told.time(), "staffing": told.staffing(),
        "facts": labels.into_iter().chain(more).collect::<Vec<_>>(), "quoted_facts": told.quoted_facts(), "others": others, "next": told.next(), "link": item.link,
    })
}

/// The subject: what, which incident, how long is left; at most so many characters.
pub(super) fn subject(voice: Voice, told: &[Told<'_>], most: usize) -> String {
    let late = told.iter().any(|told| told.item.due.late_by.is_some());
    let late = if late { format!("{} ", voice.text("reminder-head-late")) } else { String::new() };
    match told {
        [only] => {
            let subject = about_one(*only, &late, most);
            with_title(&subject, &only.title(), most)
        }
        several => cut(&about_several(voice, several, &late, most), most),
    }
}

/// The duty's name gives way to how long is left and to which incident it is.
fn about_one(told: Told<'_>, late: &str, most: usize) -> String {
    let heads = capital(&told.heads().join(", "));
    let key = if heads.is_empty() { "reminder-subject" } else { "reminder-subject-head" };
    let with = |what: String| {
        let args = [("what", Arg::from(what)), ("left", told.left_phrase().into()), ("head", heads.clone().into())];
        let said = capital(&told.voice.text_with(key, &args));
        format!("{late}{said}, {}", squeezed(&told.item.reference))
    };
    fitted(&told.what(), most, with)
}

/// Says something of a duty whose name is cut where the whole would be too long.
fn fitted(what: &str, most: usize, said: impl Fn(String) -> String) -> String {
    let excess = said(what.to_owned()).chars().count().saturating_sub(most);
    said(cut(what, what.chars().count().saturating_sub(excess)))
}

/// Adds as much of the incident's title as there is room for.
fn with_title(subject: &str, title: &str, most: usize) -> String {
    const LEAST: usize = 12;
    let room = most.saturating_sub(subject.chars().count() + 3);
    if title.is_empty() || room < LEAST { cut(subject, most) } else { format!("{subject} ({})", cut(title, room)) }
}

fn about_several(voice: Voice, told: &[Told<'_>], late: &str, most: usize) -> String {
    let count = |n: usize| Arg::from(u32::try_from(n).unwrap_or(u32::MAX));
    let (n, over) = (count(told.len()), told.iter().filter(|told| told.is_over()).count());
    let Some((nearest, at)) = told.first().and_then(|told| Some((told, told.item.deadline?))) else {
        return format!("{late}{}", voice.text_with("reminder-digest-without", &[("n", n)]));
    };
    let key = if over > 0 { "reminder-digest-over" } else { "reminder-digest" };
    let dated = if told.iter().all(|told| told.item.deadline.is_some()) { "all" } else { "some" };
    let span = i18n::span(voice.lang, voice.minutes_to(at));
    let with = |what: String| {
        let (over, span) = (count(over), span.clone().into());
        let args = [("n", n.clone()), ("dated", dated.into()), ("over", over), ("span", span), ("what", what.into())];
        format!("{late}{}, {}", voice.text_with(key, &args), squeezed(&nearest.item.reference))
    };
    fitted(&nearest.what(), most, with)
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
