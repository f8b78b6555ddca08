//! The case in a few lines, and every assessment with its reasons and the rules it was made by.

use super::{MOST, json};
use crate::db::Conn;
use crate::dossier::{Matter, Part};
use crate::error::Error;
use crate::i18n;
use crate::incident::pages::words;
use crate::incident::store::{Assessed, Overruling};
use crate::law::risk::Reason;
use crate::law::{State, risk, severity};
use crate::pdf::Block;

/// Severity, risk, whether the affected must be told, and what is open.
pub fn summary(_: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let case = &matter.case;
    let count = |state: State| case.duties.iter().filter(|duty| duty.state == state).count();
    let number = |count: usize| i18n::number(matter.order.lang, i64::try_from(count).unwrap_or(i64::MAX));
    let pairs = [
        ("page-severity", severity_words(matter)),
        ("page-risk", risk_words(matter)),
        ("page-told", matter.text(&format!("page-told-{}", case.must_be_told().0))),
        ("page-duties-required", number(count(State::Required))),
        ("page-duties-undetermined", number(count(State::Undetermined))),
        ("page-duties-fulfilled", number(count(State::Fulfilled))),
    ];
    let mut blocks = vec![Block::Pairs(pairs.into_iter().map(|(key, said)| (matter.text(key), said)).collect())];
    let closures = case.closures.iter().map(|closure| {
        let what = matter.text(&format!("line-incident-{}", closure.what));
        format!("{what}, {} ({}): {}", matter.when(closure.at.utc()), closure.by, closure.reason)
    });
    let closures: Vec<String> = closures.collect();
    if !closures.is_empty() {
        blocks.push(Block::Items(closures));
    }
    Ok(Part { blocks, files: Vec::new() })
}

fn severity_words(matter: &Matter) -> String {
    let assessed = &matter.case.assessment;
    let highest = severity::LEVELS.get(usize::from(assessed.severity.high)).copied().unwrap_or_default();
    words::level(matter.order.lang, assessed.severity_level(), highest)
}

fn risk_words(matter: &Matter) -> String {
    let assessed = &matter.case.assessment.risk;
    let name = |at: u8| matter.text(&format!("risk-{}", risk::LEVELS.get(usize::from(at)).unwrap_or(&"undetermined")));
    if assessed.low == assessed.high {
        return name(assessed.low);
    }
    let args = [("lowest", name(assessed.low).into()), ("highest", name(assessed.high).into())];
    matter.text_with("dossier-risk-between", &args)
}

/// The assessment that holds with its reasons, what people decided besides, and all that were made before it.
pub fn assessments(_: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let assessed = &matter.case.assessment;
    let args = [("when", matter.when(matter.order.as_of).into()), ("version", assessed.rules_version.into())];
    let mut blocks = vec![Block::Paragraph(matter.text_with("dossier-assessed", &args))];
    let parts = [
        ("page-severity", severity_words(matter), &assessed.severity.reasons, "severity"),
        ("page-risk", risk_words(matter), &assessed.risk.reasons, "risk"),
    ];
    for (title, level, reasons, what) in parts {
        blocks.push(Block::Heading(2, matter.text(title)));
        blocks.push(Block::Paragraph(level));
        let reasons: Vec<String> = reasons.iter().map(|why| reason(matter, why)).collect();
        if !reasons.is_empty() {
            blocks.push(Block::Items(reasons));
        }
        let rows: Vec<_> = matter.case.overrulings.iter().filter(|one| one.what == what).collect();
        if !rows.is_empty() {
            blocks.push(Block::Paragraph(matter.text("dossier-overruled")));
            blocks.push(overrulings(matter, what, &rows));
        }
    }
    blocks.push(Block::Heading(2, matter.text("dossier-earlier")));
    blocks.push(Block::Paragraph(matter.text("dossier-earlier-help")));
    let head = ["dossier-when", "dossier-by", "dossier-rules", "page-severity", "page-risk", "page-duties-required"];
    let skipped = matter.assessed.len().saturating_sub(MOST);
    blocks.push(Block::Table {
        head: head.map(|key| matter.text(key)).to_vec(),
        rows: matter.assessed.iter().skip(skipped).map(|one| row(matter, one)).collect(),
        widths: vec![19, 18, 14, 17, 18, 14],
    });
    Ok(Part { blocks, files: vec![json("assessments.json", &matter.assessed)?] })
}

fn reason(matter: &Matter, why: &Reason) -> String {
    let lang = matter.order.lang;
    let mut labels: Vec<String> = Vec::new();
    for path in &why.because {
        let label = words::place(lang, &matter.case.facts, *path);
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let words = matter.text(&format!("reason-{}", why.rule));
    let source = words::cite(lang, why.source);
    if labels.is_empty() {
        return format!("{words} ({source})");
    }
    let args = [("facts", i18n::list(lang, &labels).into())];
    format!("{words} ({source}) {}", matter.text_with("dossier-because", &args))
}

fn overrulings(matter: &Matter, what: &str, rows: &[&Overruling]) -> Block {
    let level =
        |word: &str| i18n::find(matter.order.lang, &format!("{what}-{word}"), &[]).unwrap_or_else(|| word.to_owned());
    let row = |one: &&Overruling| {
        let value = one.value.as_deref().map_or_else(|| matter.text("dossier-withdrawn"), level);
        let reason = if one.reason.is_empty() { matter.text("dossier-with-logging") } else { one.reason.clone() };
        vec![value, level(&one.proposed), reason, one.by.clone(), matter.when(one.at.utc())]
    };
    let head = ["dossier-level", "dossier-proposed", "dossier-reason", "dossier-by", "dossier-when"];
    Block::Table {
        head: head.map(|key| matter.text(key)).to_vec(),
        rows: rows.iter().map(row).collect(),
        widths: vec![14, 14, 38, 16, 18],
    }
}

fn row(matter: &Matter, one: &Assessed) -> Vec<String> {
    let answer = &one.assessment.0;
    let word = |what: &str| {
        let level = answer[what]["level"].as_str().unwrap_or("undetermined");
        matter.text(&format!("{what}-{level}"))
    };
    let required = answer["duties"].as_array().into_iter().flatten().filter(|duty| duty["state"] == "required");
    vec![
        matter.when(one.at.utc()),
        one.by.clone().unwrap_or_else(|| matter.text("line-by-itself")),
        one.rules_version.clone(),
        word("severity"),
        word("risk"),
        required.count().to_string(),
    ]
}
