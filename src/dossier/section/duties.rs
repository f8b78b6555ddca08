//! Every duty with what it follows from, its deadline step by step, and what was decided and done about it.

use serde_json::Value;

use super::json;
use crate::db::Conn;
use crate::dossier::{Matter, Part};
use crate::error::Error;
use crate::i18n;
use crate::incident::pages::{cards, words};
use crate::incident::{DutyStatus, explain};
use crate::law::State;
use crate::pdf::Block;

/// The duties that apply, may apply or were settled; the others are only named.
pub fn duties(_: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let mut all: Vec<&DutyStatus> = matter.case.open_duties();
    let rest = |state: State| matter.case.duties.iter().filter(move |duty| duty.state == state);
    all.extend(rest(State::Fulfilled).chain(rest(State::Exempt)));
    let settled = |duty: &&DutyStatus| duty.settlement.is_some() || !duty.submissions.is_empty();
    all.extend(rest(State::NotRequired).filter(settled));
    let mut blocks = Vec::new();
    for status in &all {
        blocks.extend(one(matter, status));
    }
    let never: Vec<String> =
        rest(State::NotRequired).filter(|duty| !settled(duty)).map(|duty| cards::title(&matter.view(), duty)).collect();
    if !never.is_empty() {
        blocks.push(Block::Heading(2, matter.text("page-duties-never")));
        blocks.push(Block::Items(never));
    }
    let file: Vec<Value> = all.iter().map(|status| data(matter, status)).collect();
    Ok(Part { blocks, files: vec![json("duties.json", &file)?] })
}

fn one(matter: &Matter, status: &DutyStatus) -> Vec<Block> {
    let (lang, view) = (matter.order.lang, matter.view());
    let duty = &status.duty;
    let mut pairs = vec![
        ("dossier-state", format!("{}. {}", cards::capital(&state(matter, status)), state_help(matter, status))),
        ("dossier-basis", words::cite(lang, duty.basis)),
        ("dossier-rule", cards::rule(&view, status)),
        ("dossier-recipient", recipient(matter, status)),
        ("dossier-deadline", cards::clock(&view, status)),
        ("dossier-why", places(matter, &duty.because)),
        ("dossier-decided-by", labels(matter, &duty.decided_by)),
    ];
    pairs.retain(|(_, said)| !said.is_empty());
    let mut pairs: Vec<(String, String)> = pairs.into_iter().map(|(key, said)| (matter.text(key), said)).collect();
    let steps = explain::steps(&matter.case, status);
    let steps: Vec<String> =
        steps.iter().filter_map(|step| cards::step(&view, step)).map(|step| sentence(&step)).collect();
    if !steps.is_empty() {
        pairs.push((matter.text("dossier-steps"), steps.join("\n")));
    }
    if let Some(settled) = &status.settlement {
        let told = cards::settlement(&view, settled);
        let words = told["words"].as_str().unwrap_or_default();
        pairs.push((matter.text("dossier-settled"), format!("{words}\n«{}»", settled.reason)));
    }
    let sent: Vec<String> = status.submissions.iter().map(|sent| cards::submission(&view, sent)).collect();
    if !sent.is_empty() {
        pairs.push((matter.text("dossier-sent"), sent.join("\n")));
    }
    vec![Block::Heading(2, cards::title(&view, status)), Block::Pairs(pairs)]
}

fn state(matter: &Matter, status: &DutyStatus) -> String {
    matter.text(&format!("state-{}", status.state.word()))
}

/// What the state means; where a person decided, the rule's own help would say otherwise.
fn state_help(matter: &Matter, status: &DutyStatus) -> String {
    match status.settlement {
        Some(_) => matter.text("dossier-by-a-person"),
        None => matter.text(&format!("state-{}-help", status.state.word())),
    }
}

fn recipient(matter: &Matter, status: &DutyStatus) -> String {
    let recipient = matter.text(&format!("recipient-{}", status.duty.recipient));
    format!("{recipient} ({})", matter.text(&format!("channel-{}", status.duty.channel)))
}

fn places(matter: &Matter, paths: &[crate::law::Path]) -> String {
    let one = |path: &crate::law::Path| {
        let known = words::known(matter.order.lang, &matter.case.facts, *path);
        let value = known["value"].as_str().map_or_else(|| matter.text("word-unknown"), str::to_owned);
        format!("{} {value}", known["label"].as_str().unwrap_or_default())
    };
    let mut all: Vec<String> = paths.iter().map(one).collect();
    all.dedup();
    all.join("\n")
}

fn labels(matter: &Matter, paths: &[crate::law::Path]) -> String {
    let mut all: Vec<String> = Vec::new();
    for path in paths {
        let label = words::place(matter.order.lang, &matter.case.facts, *path);
        if !all.contains(&label) {
            all.push(label);
        }
    }
    all.join(" · ")
}

/// A step of a deadline: the sentence, and the instant it leads to.
fn sentence(step: &Value) -> String {
    let words = step["words"].as_str().unwrap_or_default();
    match step["at"]["words"].as_str() {
        Some(at) => format!("{words} {}", at),
        None => words.to_owned(),
    }
}

fn data(matter: &Matter, status: &DutyStatus) -> Value {
    let mut shown = serde_json::to_value(&status.duty).unwrap_or_default();
    shown["rule_state"] = shown["state"].take();
    shown["state"] = Value::from(status.state.word());
    shown["title"] = Value::from(i18n::text(matter.order.lang, &format!("duty-{}", status.duty.id)));
    shown["settlement"] = serde_json::to_value(&status.settlement).unwrap_or_default();
    shown["submissions"] = serde_json::to_value(&status.submissions).unwrap_or_default();
    shown["steps"] = serde_json::to_value(explain::steps(&matter.case, status)).unwrap_or_default();
    shown
}
