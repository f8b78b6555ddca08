//! The timeline: a sentence for each thing that was done, and what followed from it.

use serde_json::{Value, json};

use super::words;
use crate::i18n::{self, Arg, Lang};
use crate::incident::CaseFile;
use crate::incident::store::Line;
use crate::law::Fact;

/// How many consequences of one change the page tells.
const SAID: usize = 40;

/// The timeline, the newest first.
pub fn lines(lang: Lang, case: &CaseFile) -> Vec<Value> {
    case.timeline.iter().rev().map(|line| one(lang, line)).collect()
}

/// What the last action brought about, to be told when it is done.
pub fn newest(lang: Lang, case: &CaseFile) -> Vec<String> {
    case.timeline.last().map_or_else(Vec::new, |line| shortened(lang, consequences(lang, &line.payload.0)))
}

/// One line in words.
pub fn one(lang: Lang, line: &Line) -> Value {
    let payload = &line.payload.0;
    json!({
        "at": line.at.utc().to_rfc3339(), "by": by(lang, line), "what": what(lang, &line.kind, payload),
        "reason": payload["reason"].as_str().or(payload["words"].as_str()).filter(|reason| !reason.is_empty()),
        "changes": changes(lang, payload), "consequences": shortened(lang, consequences(lang, payload)),
    })
}

/// Who did it, or that it came about by itself.
pub fn by(lang: Lang, line: &Line) -> String {
    line.by.clone().unwrap_or_else(|| i18n::text(lang, "line-by-itself"))
}

/// What happened, in a sentence.
pub fn what(lang: Lang, kind: &str, payload: &Value) -> String {
    let word = |prefix: &str, name: &str| {
        payload[name].as_str().map_or_else(String::new, |word| i18n::text(lang, &format!("{prefix}-{word}")))
    };
    let key = format!("line-{}", kind.replace('.', "-"));
    let time = |name: &str| payload[name].as_str().and_then(|at| words::instant(lang, at)).unwrap_or_default();
    let args: Vec<(&str, Arg<'_>)> = match kind {
        "moment.stated" => {
            let fact = payload["moment"]
                .as_str()
                .map_or_else(String::new, |name| i18n::fact(lang, &format!("timeline.{name}")));
            let key = if payload["value"].is_null() { "line-moment-withdrawn" } else { "line-moment-stated" };
            return i18n::text_with(lang, key, &[("fact", fact.into()), ("when", time("value").into())]);
        }
        "severity.overruled" | "risk.overruled" => {
            let name = if kind.starts_with("risk") { "risk" } else { "severity" };
            let key = if payload["level"].is_null() { format!("line-{name}-withdrawn") } else { key };
            let args = [("level", word(name, "level").into()), ("proposed", word(name, "proposed").into())];
            return i18n::text_with(lang, &key, &args);
        }
        "owner.changed" => {
            let name = |name: &str| Arg::from(payload[name].as_str().unwrap_or_default().to_owned());
            let key = if payload["owner"].is_null() { "line-owner-withdrawn" } else { "line-owner-changed" };
            return i18n::text_with(lang, key, &[("from", name("from")), ("to", name("to"))]);
        }
        "readers.named" | "readers.passed_on" => {
            let names = payload["readers"].as_array().into_iter().flatten().filter_map(Value::as_str);
            vec![("names", i18n::list(lang, &names.map(str::to_owned).collect::<Vec<_>>()).into())]
        }
        "attachment.added" | "attachment.removed" => {
            vec![("name", payload["name"].as_str().unwrap_or_default().to_owned().into())]
        }
        "retention.removed" => {
            let count = |(name, n): (&String, &Value)| {
                let n = [("n", n.as_i64().unwrap_or_default().into())];
                i18n::text_with(lang, &format!("retention-count-{name}"), &n)
            };
            let counts: Vec<String> = payload["removed"].as_object().into_iter().flatten().map(count).collect();
            vec![("what", i18n::list(lang, &counts).into())]
        }
        "drill.clock" => {
            return match payload["to"].as_u64() {
                Some(0) => i18n::text(lang, "line-drill-paused"),
                to => i18n::text_with(
                    lang,
                    "line-drill-clock",
                    &[("to", Arg::from(to.and_then(|to| i64::try_from(to).ok()).unwrap_or(1)))],
                ),
            };
        }
        "duty.settled" => vec![("duty", duty(lang, payload).into()), ("answer", word("state", "answer").into())],
        kind if kind.starts_with("notice.") => vec![
            ("duty", duty(lang, payload).into()),
            ("to", payload["to"].as_str().unwrap_or_default().to_owned().into()),
        ],
        "submission.recorded" => vec![("duty", sent(lang, payload).into()), ("when", time("sent_at").into())],
        _ => Vec::new(),
    };
    i18n::text_with(lang, &key, &args)
}

/// The title of the duty a line speaks of, and for whom.
fn duty(lang: Lang, payload: &Value) -> String {
    let title = payload["duty"].as_str().map_or_else(String::new, |id| words::duty(lang, id));
    match payload["for"].as_str().filter(|name| !name.is_empty()) {
        Some(name) => format!("{title} ({name})"),
        None => title,
    }
}

/// The titles of all duties that what was sent answers.
fn sent(lang: Lang, payload: &Value) -> String {
    let covers = payload["covers"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let all: Vec<String> = std::iter::once(duty(lang, payload)).chain(covers.map(|id| words::duty(lang, id))).collect();
    i18n::list(lang, &all)
}

/// Which facts changed and how: label, from, to.
pub fn changes(lang: Lang, payload: &Value) -> Vec<Value> {
    let change = |change: &Value| {
        let Some(fact) = Fact::by_path(change["path"].as_str()?) else { return super::settings::change(lang, change) };
        let said = |name: &str| words::of_json(lang, fact, &change[name]);
        Some(json!({ "label": words::before(&i18n::fact(lang, fact.path())), "from": said("from"), "to": said("to") }))
    };
    payload["changes"].as_array().into_iter().flatten().filter_map(change).collect()
}

/// The first of many sentences, and how many more there are; the dossier has them all.
pub fn shortened(lang: Lang, mut said: Vec<String>) -> Vec<String> {
    let more = said.len().saturating_sub(SAID);
    if more > 0 {
        said.truncate(SAID);
        said.push(i18n::text_with(lang, "page-and-more", &[("n", more.into())]));
    }
    said
}

/// What followed from it, a sentence each.
pub fn consequences(lang: Lang, payload: &Value) -> Vec<String> {
    let all = &payload["consequences"];
    let mut said = Vec::new();
    for name in ["severity", "risk"] {
        if let Some(to) = all[name]["to"].as_str() {
            let level = i18n::text(lang, &format!("{name}-{to}"));
            said.push(i18n::text_with(lang, &format!("line-{name}-now"), &[("level", level.into())]));
        }
    }
    for change in all["duties"].as_array().into_iter().flatten() {
        let key = match change["change"].as_str().unwrap_or_default() {
            "settled" => "line-duty-settled-by-person".to_owned(),
            happened => format!("line-duty-{happened}"),
        };
        let state = change["to"].as_str().map_or_else(String::new, |to| i18n::text(lang, &format!("state-{to}")));
        let due = change["due_at"].as_str().and_then(|at| words::instant(lang, at));
        let mut sentence = i18n::text_with(lang, &key, &[("duty", duty(lang, change).into()), ("state", state.into())]);
        let is_open = matches!(change["to"].as_str(), Some("required" | "undetermined"));
        if let Some(due) = due.filter(|_| is_open) {
            sentence = format!("{sentence} {}", i18n::text_with(lang, "line-due", &[("when", due.into())]));
        }
        said.push(sentence);
    }
    said
}
