//! The report in words, once for the page and for the document.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::report::{Done, Report};
use crate::i18n::{self, Arg, Lang};
use crate::incident::CaseFile;
use crate::incident::pages::line;
use crate::reminder::step_words;

/// Everything the report says, in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// What the drill was: labels and what they stand for.
    pub facts: Vec<Pair>,
    /// How long things took.
    pub figures: Vec<Pair>,
    /// The duties.
    pub duties: Vec<Row>,
    /// What was never answered.
    pub unanswered: Vec<String>,
    /// What was said to whom.
    pub messages: Vec<Said>,
    /// The script.
    pub injects: Vec<Scripted>,
    /// Who did what.
    pub timeline: Vec<Step>,
}

/// A label and what it stands for.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// The label.
    pub label: String,
    /// What it stands for.
    pub value: String,
}

/// A duty against its limit.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The duty.
    pub title: String,
    /// When it was due.
    pub due: String,
    /// When it was done, and how.
    pub done: String,
    /// In time, late, or not done.
    pub outcome: String,
    /// `fulfilled`, `required` or `exempt`.
    pub tone: &'static str,
}

/// A reminder.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// When.
    pub at: String,
    /// Of what.
    pub what: String,
    /// To whom.
    pub told: String,
    /// Who answered, and when.
    pub answer: String,
}

/// Something of the script.
#[derive(Clone, Debug, Serialize)]
pub struct Scripted {
    /// After how many minutes.
    pub minute: i32,
    /// What.
    pub words: String,
    /// When it was told.
    pub shown: String,
}

/// Something that was done.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// When, by the clock of the drill.
    pub at: String,
    /// When really.
    pub real: String,
    /// Who.
    pub by: String,
    /// What.
    pub what: String,
    /// In the person's own words.
    pub words: Option<String>,
}

/// Says a report in a language.
#[must_use]
pub fn sheet(lang: Lang, case: &CaseFile, report: &Report) -> Sheet {
    let text = |key: &str| i18n::text(lang, key);
    let duties = report.duties.iter().map(|done| row(lang, done, report.is_over));
    let said = report.messages.iter().map(|message| {
        let step = message.step.parse().map_or_else(|_| message.step.clone(), |step| step_words(lang, step));
        Said {
            at: i18n::instant_short(lang, message.at.utc()),
            what: format!("{} ({step})", i18n::text(lang, &format!("duty-{}", message.duty))),
            told: i18n::list(lang, &message.told),
            answer: match (&message.answered_by, message.answered_at) {
                (Some(by), Some(at)) => format!("{by}, {}", i18n::instant_short(lang, at.utc())),
                _ => text("drill-nobody-answered"),
            },
        }
    });
    let scripted = report.injects.iter().map(|inject| Scripted {
        minute: inject.minute,
        words: inject.words.clone(),
        shown: inject.shown_at.map_or_else(|| text("drill-not-told"), |at| i18n::instant_short(lang, at.utc())),
    });
    let step = |one: &crate::incident::store::Line| Step {
        at: i18n::instant_short(lang, one.at.utc()),
        real: one.real_at.map(|at| i18n::instant_short(lang, at.utc())).unwrap_or_default(),
        by: line::by(lang, one),
        what: line::what(lang, &one.kind, &one.payload.0),
        words: ["reason", "words"]
            .iter()
            .find_map(|name| one.payload.0[*name].as_str())
            .filter(|words| !words.is_empty())
            .map(str::to_owned),
    };
    Sheet {
        facts: facts(lang, case, report),
        figures: figures(lang, report),
        duties: duties.collect(),
        unanswered: report.unanswered.iter().map(|path| i18n::fact(lang, path)).collect(),
        messages: said.collect(),
        injects: scripted.collect(),
        timeline: report.timeline.iter().map(step).collect(),
    }
}

fn facts(lang: Lang, case: &CaseFile, report: &Report) -> Vec<Pair> {
    let pair = |key: &str, value: String| Pair { label: i18n::text(lang, key), value };
    let both = |here: DateTime<Utc>, real: DateTime<Utc>| {
        let args = [("here", i18n::instant_short(lang, here).into()), ("real", i18n::instant_short(lang, real).into())];
        i18n::text_with(lang, "drill-both-clocks", &args)
    };
    let lasted = [
        ("here", Arg::from(i18n::span(lang, report.until - report.began_at))),
        ("real", i18n::span(lang, report.real_until - report.real_began_at).into()),
    ];
    let turn = |turn: &crate::incident::drill::store::Turn| {
        let how = match turn.factor {
            0 => i18n::text(lang, "drill-stands-still"),
            factor => i18n::text_with(lang, "drill-runs", &[("n", i64::from(factor).into())]),
        };
        format!("{}: {how} ({})", i18n::instant_short(lang, turn.here_at.utc()), turn.by)
    };
    let ends = if report.is_over { "drill-ended" } else { "drill-so-far" };
    vec![
        pair("drill-what", case.head.title.clone()),
        pair("drill-began", both(report.began_at, report.real_began_at)),
        pair(ends, both(report.until, report.real_until)),
        pair("drill-lasted", i18n::text_with(lang, "drill-lasted-both", &lasted)),
        pair("drill-participants", i18n::list(lang, &report.participants)),
        pair("drill-clock", report.clock.iter().map(turn).collect::<Vec<_>>().join("\n")),
    ]
}

fn figures(lang: Lang, report: &Report) -> Vec<Pair> {
    let one = |figure: &super::report::Figure| {
        let span = |minutes: i64| i18n::span(lang, TimeDelta::minutes(minutes));
        let value = match (figure.minutes, figure.real_minutes) {
            (Some(minutes), Some(real)) => {
                let args = [("here", Arg::from(span(minutes))), ("real", span(real).into())];
                i18n::text_with(lang, "drill-lasted-both", &args)
            }
            (Some(minutes), None) => span(minutes),
            (None, _) => i18n::text(lang, "drill-never"),
        };
        Pair { label: i18n::text(lang, &format!("drill-figure-{}", figure.what)), value }
    };
    report.figures.iter().map(one).collect()
}

fn row(lang: Lang, done: &Done, is_over: bool) -> Row {
    let text = |key: &str| i18n::text(lang, key);
    let title = i18n::text(lang, &format!("duty-{}", done.duty));
    let when = |at: DateTime<Utc>| i18n::instant_short(lang, at);
    let due = match (done.due_at, done.is_target) {
        (None, _) => text("page-no-deadline"),
        (Some(at), false) => when(at),
        (Some(at), true) => i18n::text_with(lang, "drill-own-target", &[("when", when(at).into())]),
    };
    let span = |minutes: i64| [("span", Arg::from(i18n::span(lang, TimeDelta::minutes(minutes.abs()))))];
    let (outcome, tone) = match (done.how, done.margin_minutes) {
        (Some(_), Some(margin)) if margin >= 0 => (i18n::text_with(lang, "drill-in-time", &span(margin)), "fulfilled"),
        (Some(_), Some(margin)) => (i18n::text_with(lang, "drill-late", &span(margin)), "required"),
        (Some(_), None) => (text("drill-done"), "fulfilled"),
        (None, Some(margin)) if margin < 0 => (i18n::text_with(lang, "drill-not-done-late", &span(margin)), "required"),
        (None, Some(_)) if !is_over => (text("drill-still-time"), "undetermined"),
        (None, Some(margin)) => (i18n::text_with(lang, "drill-not-done", &span(margin)), "undetermined"),
        (None, None) if is_over && matches!(done.state, "required" | "undetermined") => {
            (text("drill-left-open"), "undetermined")
        }
        (None, None) => (crate::incident::pages::cards::capital(&text(&format!("state-{}", done.state))), "exempt"),
    };
    let how = done.how.map(|how| text(&format!("drill-how-{how}")));
    Row {
        title: done.for_whom.as_ref().map_or_else(|| title.clone(), |name| format!("{title}: {name}")),
        due,
        done: match (done.done_at, how) {
            (Some(at), Some(how)) => format!("{} ({how})", when(at)),
            _ => "–".to_owned(),
        },
        outcome,
        tone,
    }
}
