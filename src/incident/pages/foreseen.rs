//! What each answer would change, in words under its question.

use serde_json::{Value, json};

use super::show::View;
use super::words;
use crate::i18n::{self, Arg};
use crate::incident::foresee::{Grade, Outlook, Turn, outlooks};
use crate::incident::reconcile::{Change, Kind};
use crate::law::fact::Kind as Holds;
use crate::law::{Fact, Path, State};

/// How many duties and answers are named before the others are only counted.
const NAMED: usize = 3;

/// What each answer to a question would change; empty where the answers are without number, or none changes anything.
pub fn lines(view: &View<'_>, path: Path) -> Vec<Value> {
    let all = outlooks(view.case, path).unwrap_or_default();
    if all.iter().all(Outlook::is_empty) {
        return Vec::new();
    }
    all.iter().map(|one| json!({ "answers": answers(view, path.fact, one), "lines": told(view, one) })).collect()
}

fn answers(view: &View<'_>, fact: Fact, one: &Outlook) -> String {
    if fact.def().kind == Holds::Time {
        return view.text("foresee-now");
    }
    if fact.def().kind == Holds::Whole {
        return one.answers.first().map(|range| span(view, range)).unwrap_or_default();
    }
    let said: Vec<String> = one.answers.iter().filter_map(|answer| words::of_json(view.lang, fact, answer)).collect();
    capital(&some(view, &said, "word-or"))
}

/// A range of numbers.
fn span(view: &View<'_>, range: &Value) -> String {
    let end = |name: &str| range[name].as_i64().map(|number| i18n::number(view.lang, number));
    match (end("from").unwrap_or_default(), end("to")) {
        (_, None) if range["from"] == 0 => view.text("foresee-any"),
        (from, None) => i18n::text_with(view.lang, "foresee-from", &[("n", from.into())]),
        (from, Some(to)) if from == to => from,
        (from, Some(to)) => format!("{from}–{to}"),
    }
}

/// A large first letter.
fn capital(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A few of many: «a, b og 4 til».
fn some(view: &View<'_>, all: &[String], joined: &str) -> String {
    if all.len() > NAMED + 1 {
        let more = [("n", Arg::from(all.len() - NAMED))];
        return format!("{} {}", all[..NAMED].join(", "), i18n::text_with(view.lang, "foresee-more", &more));
    }
    match all {
        [first @ .., last] if !first.is_empty() => format!("{} {} {last}", first.join(", "), view.text(joined)),
        all => all.concat(),
    }
}

fn told(view: &View<'_>, one: &Outlook) -> Vec<Value> {
    let mut lines = Vec::new();
    let mut line = |tone: &str, key: &str, what: String| {
        let words = i18n::text_with(view.lang, key, &[("what", what.into())]);
        lines.push(json!({ "tone": tone, "words": words }));
    };
    if let Some(fault) = one.refused.first() {
        line("undetermined", "foresee-refused", fault.message(view.lang));
        return lines;
    }
    for (tone, key, of) in GROUPS {
        let named: Vec<String> =
            one.duties.iter().filter(|change| of(change)).map(|change| duty(view, change)).collect();
        if !named.is_empty() {
            line(tone, key, some(view, &named, "word-and"));
        }
    }
    if let Some(turn) = &one.must_be_told {
        line("told", &format!("foresee-told-{}", turn.to), String::new());
    }
    if let Some(said) = grade(view, "severity", one.severity.as_ref()) {
        line("grade", "foresee-severity", said);
    }
    if let Some(said) = grade(view, "risk", one.risk.as_ref()) {
        line("grade", "foresee-risk", said);
    }
    if lines.is_empty() {
        lines.push(json!({ "tone": "nothing", "words": view.text("foresee-nothing") }));
    }
    lines
}

type Group = (&'static str, &'static str, fn(&Change) -> bool);

/// What may happen to duties, the gravest first.
const GROUPS: [Group; 5] = [
    ("required", "foresee-must", |change| change.change != Kind::Moved && change.to == State::Required),
    ("undetermined", "foresee-may", |change| change.change != Kind::Moved && change.to == State::Undetermined),
    ("undetermined", "foresee-moves", |change| change.change == Kind::Moved),
    ("fulfilled", "foresee-done", |change| change.to == State::Fulfilled),
    ("not_required", "foresee-falls", |change| matches!(change.to, State::NotRequired | State::Exempt)),
];

/// A duty with its whom and its instant.
fn duty(view: &View<'_>, change: &Change) -> String {
    let title = words::duty(view.lang, &change.duty);
    let title = change.for_whom.as_ref().map_or_else(|| title.clone(), |whom| format!("{title} ({whom})"));
    match change.due_at.filter(|_| change.to.is_open()) {
        Some(at) => {
            let args = [("duty", Arg::from(title)), ("when", i18n::instant_short(view.lang, at).into())];
            i18n::text_with(view.lang, "foresee-due", &args)
        }
        None => title,
    }
}

fn grade(view: &View<'_>, what: &str, turn: Option<&Turn<Grade>>) -> Option<String> {
    let Grade { lowest, highest } = turn?.to;
    let word = |level: &str| view.text(&format!("{what}-{level}"));
    if lowest == highest {
        return Some(word(lowest));
    }
    let args = [("lowest", Arg::from(word(lowest))), ("highest", word(highest).into())];
    Some(i18n::text_with(view.lang, "foresee-between", &args))
}
