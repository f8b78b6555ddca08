//! How the affected were told: whom it was decided to tell and why, the waves with their words, and where everyone stands.

use serde_json::{Value, json as object};

use super::{MOST, json};
use crate::affected::store::{self, Approval, Decided, Filter, Line, Wave};
use crate::affected::{STATES, words};
use crate::db::Conn;
use crate::dossier::{Audience, Matter, Part};
use crate::error::Error;
use crate::i18n;
use crate::incident::pages::told;
use crate::pdf::Block;

/// Where everyone stands, one by one, in the company's own archive. Who they are stays sealed in the register.
pub const PERSONS: &str = "affected.jsonl";

/// The states of those whom the company's own document names one by one.
const LEFT: [&str; 6] = ["not_yet", "bounced", "unreachable", "uncertain", "told_otherwise", "declined"];

/// The telling of the affected; nothing where nobody is registered and nothing was decided.
pub(super) fn telling(conn: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let seq = matter.case.head.seq;
    let (decided, waves) = (store::decision(conn, seq)?, store::waves(conn, seq)?);
    let mut blocks = Vec::new();
    if let Some(figures) = &matter.case.figures {
        blocks.push(Block::Heading(2, matter.text("affected-how-far")));
        blocks.push(Block::Paragraph(told::said(matter.order.lang, figures)));
        let number = |n: &i64| i18n::number(matter.order.lang, *n);
        let states =
            STATES.iter().filter_map(|state| Some((state_words(matter, state), number(figures.states.get(*state)?))));
        let states: Vec<(String, String)> = states.collect();
        if figures.counted {
            blocks.push(Block::Paragraph(matter.text("affected-counted")));
        } else if !states.is_empty() {
            blocks.push(Block::Pairs(states));
        }
    }
    blocks.extend(decided.iter().flat_map(|decided| decision(matter, decided)));
    let mut shown = Vec::new();
    for wave in &waves {
        let approvals = store::approvals(conn, wave.seq)?;
        blocks.extend(one_wave(matter, wave, &approvals));
        shown.push(data(wave, &approvals));
    }
    if matter.order.audience == Audience::Internal {
        blocks.extend(left(conn, matter)?);
    }
    if blocks.is_empty() {
        return Ok(Part::default());
    }
    let file = object!({
        "figures": matter.case.figures, "decision": decided.as_ref().map(words::decision), "waves": shown,
    });
    Ok(Part { blocks, files: vec![json("affected.json", &file)?] })
}

fn state_words(matter: &Matter, state: &str) -> String {
    matter.text(&format!("affected-state-{}", state.replace('_', "-")))
}

fn decision(matter: &Matter, decided: &Decided) -> Vec<Block> {
    let whom = words::circle(matter.order.lang, &decided.circle);
    let mut pairs = vec![
        (
            matter.text("affected-whom"),
            format!("{} ({whom})", matter.text(&format!("affected-answer-{}", decided.answer))),
        ),
        (matter.text("dossier-reason"), decided.reason.clone()),
    ];
    for (name, evidence) in &decided.exceptions {
        let said = evidence.as_str().unwrap_or_default().to_owned();
        pairs.push((matter.text(&format!("affected-exception-{name}")), said));
    }
    pairs.push((matter.text("dossier-recorded"), format!("{}, {}", decided.by, matter.when(decided.at.utc()))));
    vec![Block::Heading(2, matter.text("affected-decision")), Block::Pairs(pairs)]
}

fn one_wave(matter: &Matter, wave: &Wave, approvals: &[Approval]) -> Vec<Block> {
    let approved: Vec<String> = approvals
        .iter()
        .filter(|approval| approval.digest == wave.digest)
        .map(|approval| format!("{}, {}", approval.by, matter.when(approval.at.utc())))
        .collect();
    let mut pairs = vec![
        ("wave-duty", matter.text(&format!("duty-{}", wave.duty_id))),
        ("affected-whom", words::circle(matter.order.lang, &wave.circle())),
        ("wave-first", matter.text(&format!("affected-way-{}", wave.first_way))),
        ("dossier-state", matter.text(&format!("wave-state-{}", wave.state))),
        ("wave-approval", approved.join("\n")),
        ("dossier-begun", wave.begun_at.map_or_else(String::new, |at| matter.when(at.utc()))),
        ("dossier-ended", wave.ended_at.map_or_else(String::new, |at| matter.when(at.utc()))),
        ("dossier-digest", wave.digest.clone()),
    ];
    pairs.retain(|(_, said)| !said.is_empty());
    let pairs = pairs.into_iter().map(|(key, said)| (matter.text(key), said)).collect();
    let mut blocks = vec![Block::Heading(2, wave.name.clone()), Block::Pairs(pairs)];
    for (lang, text) in wave.texts() {
        let parts = [text.subject, text.body, text.sms];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
        blocks.push(Block::Heading(3, lang));
        blocks.push(Block::Fixed(parts.join("\n\n")));
    }
    blocks
}

/// A wave as the archive has it: as the register, and not how many are left to tell, which is another figure.
fn data(wave: &Wave, approvals: &[Approval]) -> Value {
    let mut shown = words::wave(wave, approvals, 0);
    if let Some(shown) = shown.as_object_mut() {
        shown.remove("to_tell_next");
    }
    shown
}

/// Those who were not simply told by a message, one by one: as many as a table takes, the others in the archive.
fn left(conn: &mut Conn, matter: &Matter) -> Result<Vec<Block>, Error> {
    let mut rows = Vec::new();
    for state in LEFT {
        let filter = Filter { state: Some(state.to_owned()), ..Filter::default() };
        let found = store::each(conn, matter.case.head.seq, &filter)?;
        rows.extend(found.iter().filter(|line| line.chosen).map(|line| row(matter, line)));
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let more = rows.len() >= MOST;
    rows.truncate(MOST);
    let head = ["dossier-person", "dossier-state", "dossier-reason", "dossier-when"];
    let mut blocks = vec![Block::Heading(2, matter.text("dossier-one-by-one"))];
    blocks.push(Block::Table { head: head.map(|key| matter.text(key)).to_vec(), rows, widths: vec![32, 20, 32, 16] });
    if more {
        blocks.push(Block::Paragraph(matter.text("dossier-rest-in-archive")));
    }
    Ok(blocks)
}

fn row(matter: &Matter, line: &Line) -> Vec<String> {
    vec![line.id.to_string(), state_words(matter, &line.state), line.reply.clone(), matter.when(line.changed_at.utc())]
}

/// Hands over every person as a line of JSON, without name and address.
pub fn each_person(
    conn: &mut Conn,
    matter: &Matter,
    mut take: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut filter = Filter::default();
    loop {
        let some = store::each(conn, matter.case.head.seq, &filter)?;
        let Some(last) = some.last() else { return Ok(()) };
        filter.cursor = Some(last.seq);
        for line in &some {
            let person = object!({
                "id": line.id, "to_be_told": line.chosen, "state": line.state, "way": line.way, "reply": line.reply,
                "minor": line.minor, "protected": line.protected, "language": line.language, "customer": line.customer,
                "changed_at": line.changed_at,
            });
            let mut text = serde_json::to_vec(&person).map_err(Error::internal)?;
            text.push(b'\n');
            take(&text)?;
        }
    }
}
