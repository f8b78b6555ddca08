//! The weekly summary to management: what is open, what is late, what is coming, what went out.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::layout::{cut, fold};
use super::phrase::{Voice, squeezed};
use super::words::{SUBJECT, Said};
use crate::i18n::{self, Arg, Lang};
use crate::law::severity;
use crate::notice::tidy;
use crate::templates::{TemplateError, Templates};

/// A week as management is told of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Week {
    /// How many incidents are open, by severity.
    pub open: Vec<Open>,
    /// Duties whose deadline has passed.
    pub overdue: Vec<Coming>,
    /// Duties whose deadline comes in the next seven days.
    pub coming: Vec<Coming>,
    /// What was recorded as sent in the last seven days.
    pub sent: Vec<Sent>,
    /// Messages that could not be delivered.
    pub given_up: Vec<GivenUp>,
    /// The whole address of the list of incidents.
    pub link: String,
}

/// Open incidents of one severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The level's word, as `serious`.
    pub severity: String,
    /// How many.
    pub incidents: u32,
}

/// An open duty with its deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// The incident's reference.
    pub reference: String,
    /// The incident's title.
    pub title: String,
    /// The duty's stable id.
    pub duty_id: String,
    /// The controller it is for.
    pub for_whom: Option<String>,
    /// Whether it is not settled that the duty holds.
    pub undetermined: bool,
    /// What the countdown runs to.
    pub deadline: DateTime<Utc>,
    /// Whether that is the company's own target.
    pub is_target: bool,
    /// The whole address of the duty on its page.
    pub link: String,
}

/// A notice that went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The incident's reference.
    pub reference: String,
    /// The duty that it met.
    pub duty_id: String,
    /// The controller it was for.
    pub for_whom: Option<String>,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// By when it was due.
    pub deadline: Option<DateTime<Utc>>,
    /// Whether that was the company's own target.
    pub is_target: bool,
}

/// A message that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// Its subject.
    pub subject: String,
    /// Who was to have it, by name or role.
    pub to: String,
    /// When it was given up.
    pub at: DateTime<Utc>,
}

/// Lines of one list before the rest are counted.
const MOST: usize = 25;

/// The weekly summary.
///
/// # Errors
/// When a template asks for what its context lacks, which a test rules out.
pub fn summary(templates: &Templates, lang: Lang, now: DateTime<Utc>, week: &Week) -> Result<Said, TemplateError> {
    let voice = Voice { lang, now };
    let (in_time, late): (Vec<&Sent>, Vec<&Sent>) =
        week.sent.iter().partition(|sent| sent.deadline.is_none_or(|deadline| sent.sent_at <= deadline));
    let incidents: u32 = week.open.iter().map(|open| open.incidents).sum();
    let context = json!({
        "lang": lang, "now": now, "link": week.link,
        "incidents": i18n::number(lang, incidents.into()),
        "open": open(voice, &week.open),
        "overdue": duties(voice, &week.overdue), "coming": duties(voice, &week.coming),
        "in_time": sent(voice, &in_time), "late": sent(voice, &late),
        "given_up": given_up(voice, &week.given_up),
    });
    let text = templates.render(&format!("summary.{lang}"), &context)?;
    let count = |n: usize| Arg::from(u32::try_from(n).unwrap_or(u32::MAX));
    let parts = [
        voice.text_with("summary-open", &[("n", incidents.into())]),
        voice.text_with("summary-overdue", &[("n", count(week.overdue.len()))]),
        voice.text_with("summary-coming", &[("n", count(week.coming.len()))]),
    ];
    let subject = voice.text_with("summary-subject", &[("parts", parts.join(", ").into())]);
    Ok(Said { subject: cut(&subject, SUBJECT), text: fold(&tidy(&text)) })
}

/// Levels that have incidents, the gravest first.
fn open(voice: Voice, open: &[Open]) -> Value {
    let rank = |word: &str| severity::LEVELS.iter().position(|level| *level == word);
    let mut sorted: Vec<&Open> = open.iter().filter(|open| open.incidents > 0).collect();
    sorted.sort_by_key(|open| std::cmp::Reverse(rank(&open.severity)));
    let line = |open: &&Open| {
        let args =
            [("level", Arg::from(voice.text(&format!("severity-{}", open.severity)))), ("n", open.incidents.into())];
        voice.text_with("summary-severity", &args)
    };
    sorted.iter().map(line).collect()
}

/// Duties by deadline, each with what is to be thought of for staffing.
fn duties(voice: Voice, duties: &[Coming]) -> Value {
    let mut sorted: Vec<&Coming> = duties.iter().collect();
    sorted.sort_by_key(|duty| duty.deadline);
    let line = |duty: &&Coming| {
        json!({
            "what": voice.duty(&duty.duty_id, duty.for_whom.as_deref()), "open": duty.undetermined,
            "reference": duty.reference, "title": squeezed(&duty.title), "deadline": duty.deadline,
            "is_target": duty.is_target, "left": voice.left_phrase(Some(duty.deadline), duty.is_target),
            "staffing": voice.staffing(duty.deadline), "link": duty.link,
        })
    };
    listed(voice, sorted.iter().map(line).collect())
}

fn sent(voice: Voice, sent: &[&Sent]) -> Value {
    let mut sorted = sent.to_vec();
    sorted.sort_by_key(|sent| sent.sent_at);
    let line = |sent: &&Sent| {
        let whose = if sent.is_target { "summary-past-target" } else { "summary-past-deadline" };
        let past = sent.deadline.filter(|deadline| sent.sent_at > *deadline).map(|deadline| {
            let span = i18n::span(voice.lang, sent.sent_at - deadline);
            voice.text_with(whose, &[("span", span.into())])
        });
        json!({
            "what": voice.duty(&sent.duty_id, sent.for_whom.as_deref()), "reference": sent.reference,
            "at": sent.sent_at, "past": past,
        })
    };
    listed(voice, sorted.iter().map(line).collect())
}

fn given_up(voice: Voice, given_up: &[GivenUp]) -> Value {
    let mut sorted: Vec<&GivenUp> = given_up.iter().collect();
    sorted.sort_by_key(|message| message.at);
    let line = |message: &&GivenUp| json!({ "subject": squeezed(&message.subject), "to": squeezed(&message.to), "at": message.at });
    listed(voice, sorted.iter().map(line).collect())
}

/// The first lines, and in words how many more there are.
fn listed(voice: Voice, mut lines: Vec<Value>) -> Value {
    let more = u32::try_from(lines.len().saturating_sub(MOST)).unwrap_or(u32::MAX);
    lines.truncate(MOST);
    let more = (more > 0).then(|| voice.text_with("summary-more", &[("n", more.into())]));
    json!({ "lines": lines, "more": more })
}
