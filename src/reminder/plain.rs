//! The same without any template: for when one fails, and for messages that are short.

use chrono::{DateTime, Utc};

use super::layout::{cut, fold};
use super::phrase::{Told, Voice, squeezed};
use super::words::{Item, SUBJECT, Said, by_deadline, subject};
use crate::i18n::{self, Lang};
use crate::notice::tidy;

/// The longest short message, in characters.
const SHORT: usize = 300;

/// What is due, said without any template: a fault in one must not keep anybody from being told.
#[must_use]
pub fn plain(lang: Lang, now: DateTime<Utc>, items: &[Item]) -> Said {
    let voice = Voice { lang, now };
    let items = by_deadline(items);
    let told: Vec<Told<'_>> = items.iter().map(|item| Told::new(item, voice)).collect();
    let mut parts = vec![voice.text("reminder-plain-lead")];
    parts.extend(told.iter().map(|told| one(*told)));
    parts.push(voice.text_with("reminder-plain-written", &[("when", i18n::instant(lang, now).into())]));
    Said { subject: subject(voice, &told, SUBJECT), text: fold(&tidy(&parts.join("\n\n"))) }
}

fn one(told: Told<'_>) -> String {
    let item = told.item;
    let voice = told.voice;
    let line = |key: &str, words: String| voice.text_with(key, &[("words", words.into())]);
    let names: Vec<String> = item.told.iter().map(|name| squeezed(name)).collect();
    let deadline = item.deadline.map(|at| {
        let key = if item.is_target { "reminder-plain-target" } else { "reminder-plain-deadline" };
        line(key, i18n::instant(voice.lang, at))
    });
    let recipient = told.recipient().map(|(recipient, channel)| {
        let args = [("recipient", recipient.into()), ("channel", channel.into())];
        voice.text_with("reminder-plain-recipient", &args)
    });
    let must = if item.undetermined { "reminder-plain-settle" } else { "reminder-plain-do" };
    let lines = [
        Some(line(must, told.what())),
        Some(line("reminder-plain-incident", format!("{} {}", item.reference, told.title()))),
        deadline,
        Some(told.time()),
        told.staffing(),
        Some(told.why()),
        Some(told.help()),
        recipient,
        Some(line("reminder-plain-basis", i18n::cite(voice.lang, &item.basis))),
        told.quoted_facts().map(|facts| line("reminder-plain-facts", facts)),
        (!names.is_empty()).then(|| line("reminder-plain-told", i18n::list(voice.lang, &names))),
        told.next().map(|when| line("reminder-plain-next", when)),
        Some(line("reminder-plain-link", item.link.clone())),
    ];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What is due in at most 300 characters, for SMS and the headlines of a chat.
#[must_use]
pub fn short(lang: Lang, now: DateTime<Utc>, items: &[Item]) -> String {
    let voice = Voice { lang, now };
    let items = by_deadline(items);
    let told: Vec<Told<'_>> = items.iter().map(|item| Told::new(item, voice)).collect();
    let first = items.first();
    let deadline = first.and_then(|item| {
        let key = if item.is_target { "reminder-short-target" } else { "reminder-short-deadline" };
        Some(voice.text_with(key, &[("when", i18n::instant_short(lang, item.deadline?).into())]))
    });
    let tail: String = deadline.map_or(String::new(), |deadline| format!(". {deadline}"));
    // A link that leaves no room for words is left out; half a link leads nowhere.
    let link = first.map_or("", |item| item.link.as_str());
    let link = if link.chars().count() > SHORT / 2 { String::new() } else { format!(" {link}") };
    let room = SHORT.saturating_sub(tail.chars().count() + link.chars().count() + 2);
    cut(format!("{}{tail}.{link}", subject(voice, &told, room)).trim(), SHORT)
}
