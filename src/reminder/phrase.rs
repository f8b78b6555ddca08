//! What is said of one duty, sentence by sentence: how long is left, whose deadline it is, why the reminder comes.

use chrono::{DateTime, TimeDelta, Utc};

use super::words::{Item, Rearm};
use super::{Circle, Step, holiday};
use crate::i18n::{self, Arg, Lang};
use crate::law::book;
use crate::law::deadline::Deadline;
use crate::law::rule::Rule;

/// Facts named before the rest are counted.
const MOST_FACTS: usize = 8;

/// With more time than this left, somebody can be found for an odd hour.
const TIME_TO_PLAN: TimeDelta = TimeDelta::hours(4);

/// A language and the present moment.
#[derive(Clone, Copy)]
pub(super) struct Voice {
    pub lang: Lang,
    pub now: DateTime<Utc>,
}

impl Voice {
    pub fn text(self, key: &str) -> String {
        i18n::text(self.lang, key)
    }

    pub fn text_with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        i18n::text_with(self.lang, key, args)
    }

    /// How far it is to an instant, to the nearest minute: a reminder is always some seconds late.
    pub fn minutes_to(self, at: DateTime<Utc>) -> TimeDelta {
        let half = if at >= self.now { 30 } else { -30 };
        TimeDelta::minutes((at - self.now + TimeDelta::seconds(half)).num_minutes())
    }

    /// How long is left, as a phrase for subjects or as a sentence for texts: `reminder-left`, `reminder-it-is-left`.
    fn left(self, kind: &str, deadline: Option<DateTime<Utc>>, is_target: bool) -> String {
        let Some(at) = deadline else { return self.text(&format!("reminder-{kind}-none")) };
        let minutes = self.minutes_to(at);
        let way = match minutes.num_minutes() {
            1.. => "left",
            0 => "now",
            _ => "over",
        };
        let whose = if is_target { "target" } else { "deadline" };
        let span = i18n::span(self.lang, minutes);
        self.text_with(&format!("reminder-{kind}-{way}-{whose}"), &[("span", span.into())])
    }

    /// How long is left, as a phrase: «4 t igjen», «15 min OVER FRISTEN».
    pub fn left_phrase(self, deadline: Option<DateTime<Utc>>, is_target: bool) -> String {
        self.left("phrase", deadline, is_target)
    }

    /// A duty's title, with whom it is for.
    pub fn duty(self, id: &str, for_whom: Option<&str>) -> String {
        let title = self.text(&format!("duty-{id}"));
        for_whom.map_or(title.clone(), |whom| format!("{title} ({})", squeezed(whom)))
    }

    /// The day's name where a deadline that is still to come falls on a day off, or at an odd hour with time to plan.
    pub fn staffing(self, at: DateTime<Utc>) -> Option<String> {
        let note = holiday::staffing(at).filter(|_| at > self.now)?;
        match (note.is_working_day, self.minutes_to(at) > TIME_TO_PLAN) {
            (false, _) => Some(self.text_with("reminder-day-off", &[("day", note.day_name(self.lang).into())])),
            (true, true) => Some(self.text("reminder-odd-hour")),
            (true, false) => None,
        }
    }
}

/// One duty and how to speak of it.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub item: &'a Item,
    pub voice: Voice,
    /// The version of the rule with the basis that was applied, else the latest.
    rule: Option<&'static Rule>,
}

impl<'a> Told<'a> {
    pub fn new(item: &'a Item, voice: Voice) -> Self {
        let applied = book::rules().filter(|rule| rule.duty == item.duty_id && rule.basis == item.basis);
        let rule = applied.max_by_key(|rule| rule.from).or_else(|| book::in_force(&item.duty_id, book::LAST_DAY));
        Told { item, voice, rule }
    }

    pub fn what(self) -> String {
        self.voice.duty(&self.item.duty_id, self.item.for_whom.as_deref())
    }

    pub fn help(self) -> String {
        self.voice.text(&format!("duty-{}-help", self.item.duty_id))
    }

    pub fn title(self) -> String {
        squeezed(&self.item.title)
    }

    /// Who is told, and how; none for a duty that the book does not know.
    pub fn recipient(self) -> Option<(String, String)> {
        let rule = self.rule?;
        let named = |kind: &str, word: &str| self.voice.text(&format!("{kind}-{word}"));
        Some((named("recipient", rule.recipient), named("channel", rule.channel)))
    }

    pub fn left_phrase(self) -> String {
        self.voice.left_phrase(self.item.deadline, self.item.is_target)
    }

    /// How long is left and whose deadline it is, in sentences.
    pub fn time(self) -> String {
        if self.item.deadline.is_none() {
            let kind = self.rule.map_or("none", |rule| rule.deadline.kind());
            return self.voice.text(&format!("reminder-without-{kind}"));
        }
        let left = self.voice.left("sentence", self.item.deadline, self.item.is_target);
        format!("{left} {}", self.whose())
    }

    fn whose(self) -> String {
        let key = match (self.item.is_target, self.rule.map(|rule| rule.deadline)) {
            (true, rule) => {
                let kind = self.voice.text(&format!("deadline-{}", rule.map_or("none", Deadline::kind)));
                return self.voice.text_with("reminder-whose-target", &[("kind", kind.into())]);
            }
            (false, Some(Deadline::Ordered)) => "reminder-whose-order",
            (false, Some(Deadline::Contract)) => "reminder-whose-contract",
            (false, Some(Deadline::Before)) => "reminder-whose-before",
            (false, _) => match (self.is_over(), self.item.undetermined) {
                (false, _) => "reminder-whose-law",
                (true, false) => "reminder-whose-law-over",
                (true, true) => "reminder-whose-law-over-open",
            },
        };
        self.voice.text(key)
    }

    /// Whether the deadline has passed, to the nearest minute.
    pub fn is_over(self) -> bool {
        self.item.deadline.is_some_and(|at| self.voice.minutes_to(at) < TimeDelta::zero())
    }

    pub fn staffing(self) -> Option<String> {
        self.item.deadline.and_then(|at| self.voice.staffing(at))
    }

    /// Why the reminder comes as it does; empty for one that comes when it should.
    pub fn why(self) -> String {
        let due = &self.item.due;
        let mut said = Vec::new();
        if let Some(late) = due.late_by {
            let when = i18n::instant_plain(self.voice.lang, due.since);
            let span = i18n::span(self.voice.lang, late);
            said.push(self.voice.text_with("reminder-why-late", &[("when", when.into()), ("span", span.into())]));
        }
        if !due.missed.is_empty() {
            let steps: Vec<String> = due.missed.iter().map(|step| step_words(self.voice.lang, *step)).collect();
            let steps = i18n::list(self.voice.lang, &steps);
            said.push(self.voice.text_with("reminder-why-missed", &[("steps", steps.into())]));
        }
        if due.escalated {
            let key = if due.circle == Circle::Management { "reminder-why-management" } else { "reminder-why-team" };
            said.push(self.voice.text(key));
        }
        if due.again {
            said.push(self.voice.text("reminder-why-again"));
        }
        said.extend(self.rearmed());
        said.join(" ")
    }

    /// Why the duty begins anew; said by its first reminder and not by every later one.
    fn rearmed(self) -> Option<String> {
        let due = &self.item.due;
        let is_first = due.step == Step::AtOnce && !due.escalated && !due.again;
        if !is_first && !due.missed.contains(&Step::AtOnce) {
            return None;
        }
        let already = is_first && self.item.deadline.is_some_and(|deadline| deadline <= due.since);
        let anew = self.item.armed_again.map(|rearm| match (rearm, self.item.deadline) {
            (Rearm::Moved { from: Some(from) }, deadline) => {
                let key = if deadline.is_some() { "reminder-why-moved" } else { "reminder-why-without" };
                let from = i18n::instant_plain(self.voice.lang, from);
                self.voice.text_with(key, &[("from", from.into())])
            }
            (Rearm::Moved { from: None }, _) => self.voice.text("reminder-why-dated"),
            (Rearm::Confirmed, _) => self.voice.text("reminder-why-confirmed"),
            (Rearm::Reopened, _) => self.voice.text("reminder-why-reopened"),
        });
        let already = already.then(|| self.voice.text("reminder-why-already"));
        let said: Vec<String> = anew.into_iter().chain(already).collect();
        Some(said.join(" ")).filter(|said| !said.is_empty())
    }

    /// The labels of the facts that would settle the duty; beyond so many the rest are counted.
    pub fn facts(self) -> (Vec<String>, Option<String>) {
        let mut labels: Vec<String> = Vec::new();
        for path in self.item.decided_by.iter().filter(|_| self.item.undetermined) {
            let label = i18n::fact(self.voice.lang, path);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let more = u32::try_from(labels.len().saturating_sub(MOST_FACTS)).unwrap_or(u32::MAX);
        labels.truncate(MOST_FACTS);
        (labels, (more > 0).then(|| self.voice.text_with("reminder-more", &[("n", more.into())])))
    }

    /// The same inside a sentence: «Rolle», «Vesentlig?» og 2 til.
    pub fn quoted_facts(self) -> Option<String> {
        let (labels, more) = self.facts();
        let quoted = labels.iter().map(|label| i18n::quoted(self.voice.lang, label));
        let all: Vec<String> = quoted.chain(more).collect();
        (!all.is_empty()).then(|| i18n::list(self.voice.lang, &all))
    }

    /// What a subject says before the duty: that nobody answered, that it must be settled, that it begins anew.
    pub fn heads(self) -> Vec<String> {
        let due = &self.item.due;
        let anew = self.item.armed_again.filter(|_| due.step == Step::AtOnce).and_then(|rearm| match rearm {
            Rearm::Moved { .. } if self.item.deadline.is_none() => None,
            Rearm::Moved { .. } if self.item.is_target => Some("reminder-head-moved-target"),
            Rearm::Moved { .. } => Some("reminder-head-moved"),
            Rearm::Confirmed => Some("reminder-head-confirmed"),
            Rearm::Reopened => Some("reminder-head-reopened"),
        });
        let first = match (due.escalated, due.again) {
            (true, _) => Some("reminder-head-unanswered"),
            (_, true) => Some("reminder-head-again"),
            _ => anew,
        };
        let open = self.item.undetermined.then_some("reminder-head-settle");
        first.into_iter().chain(open).map(|key| self.voice.text(key)).collect()
    }

    /// When the next reminder comes.
    pub fn next(self) -> Option<String> {
        self.item.next.map(|at| i18n::instant_plain(self.voice.lang, at))
    }
}

/// A step in words that stand in a sentence: «24 t før fristen».
#[must_use]
pub fn step_words(lang: Lang, step: Step) -> String {
    let numbered = |key: &str, n: u32| i18n::text_with(lang, key, &[("n", Arg::from(n))]);
    match step {
        Step::AtOnce => i18n::text(lang, "reminder-step-at-once"),
        Step::Before(0) => i18n::text(lang, "reminder-step-at-deadline"),
        Step::Before(minutes) => {
            let span = i18n::span(lang, TimeDelta::minutes(i64::from(minutes)));
            i18n::text_with(lang, "reminder-step-before", &[("span", span.into())])
        }
        Step::Over(n) => numbered("reminder-step-over", n),
        Step::Idle(n) => numbered("reminder-step-idle", n),
    }
}

/// Words on one line, one blank between them.
pub(super) fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
