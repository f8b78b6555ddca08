//! What is known, who said so and when, and the moments with everything that was ever stated of them.

use serde_json::{Value, json as object};

use super::json;
use crate::db::Conn;
use crate::dossier::{Matter, Part};
use crate::error::Error;
use crate::i18n;
use crate::incident::pages::words;
use crate::incident::{MOMENTS, value_at};
use crate::law::fact::{self, Kind};
use crate::law::{Fact, Facts};
use crate::pdf::Block;

/// The facts by group, each with who said so and when; what is not known is named.
pub fn facts(_: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let lang = matter.order.lang;
    let (mut blocks, mut given, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    let mut group = "";
    let mut rows: Vec<Vec<String>> = Vec::new();
    for &fact in fact::ALL.iter().filter(|fact| fact.list().is_none() && **fact != Fact::Sent && matter.may_see(**fact))
    {
        if group_of(fact) != group {
            flush(matter, &mut blocks, group, &mut rows);
            group = group_of(fact);
        }
        let label = i18n::fact(lang, fact.path());
        let Some(said) = said(matter, fact) else {
            unknown.push(label);
            continue;
        };
        let (by, at) = matter.since(fact).map_or((String::new(), String::new()), |version| {
            (version.by.clone().unwrap_or_else(|| matter.text("line-by-itself")), matter.when(version.at.utc()))
        });
        rows.push(vec![label, said, by, at]);
        let version = matter.since(fact);
        given.push(object!({
            "path": fact.path(), "value": value_at(&matter.case.known, fact.path()),
            "stated_by": version.and_then(|version| version.by.clone()), "recorded_at": version.map(|version| version.at),
            "version": version.map(|version| version.version),
        }));
    }
    flush(matter, &mut blocks, group, &mut rows);
    if !unknown.is_empty() {
        blocks.push(Block::Heading(2, matter.text("dossier-unknown")));
        blocks.push(Block::Paragraph(matter.text("dossier-unknown-help")));
        blocks.push(Block::Paragraph(unknown.join(" · ")));
    }
    let file = object!({
        "reference": matter.case.head.reference, "version": matter.case.head.version, "as_of": matter.order.as_of,
        "facts": matter.case.known, "stated": given,
    });
    Ok(Part { blocks, files: vec![json("facts.json", &file)?] })
}

fn flush(matter: &Matter, blocks: &mut Vec<Block>, group: &str, rows: &mut Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    let head = ["dossier-fact", "dossier-answer", "dossier-by", "dossier-when"].map(|key| matter.text(key)).to_vec();
    blocks.push(Block::Heading(2, matter.text(&format!("group-{group}"))));
    blocks.push(Block::Table { head, rows: std::mem::take(rows), widths: vec![30, 36, 17, 17] });
}

fn group_of(fact: Fact) -> &'static str {
    match fact.path().split_once('.') {
        Some((group, _)) => group,
        None if matches!(fact, Fact::Orders) => fact.path(),
        None if fact.path().starts_with("provider") => "provider",
        None => "incident",
    }
}

fn said(matter: &Matter, fact: Fact) -> Option<String> {
    let lang = matter.order.lang;
    let facts = &matter.case.facts;
    if !matches!(fact.def().kind, Kind::Items) {
        return words::value(lang, fact, facts.get(fact));
    }
    let items = words::rows(lang, facts, fact)?;
    if items.is_empty() {
        return Some(matter.text("page-list-is-empty"));
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |item: &Vec<Value>| {
        let parts = item.iter().map(|part| format!("{} {}", text(&part["label"]), text(&part["value"])));
        parts.collect::<Vec<_>>().join("; ")
    };
    Some(items.iter().map(one).collect::<Vec<_>>().join("\n"))
}

impl Matter {
    /// The version that gave a fact the value it has.
    fn since(&self, fact: Fact) -> Option<&crate::incident::store::Version> {
        let now = value_of(&self.case.facts, fact);
        let changed = self.versions.iter().rposition(|version| value_of(&version.facts, fact) != now);
        self.versions.get(changed.map_or(0, |at| at + 1))
    }
}

fn value_of(facts: &Facts, fact: Fact) -> &crate::law::Value {
    facts.get(fact)
}

/// The four moments: what holds, and every statement with its reason.
pub fn moments(_: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let mut blocks = vec![Block::Paragraph(matter.text("page-moments-help"))];
    let head = ["dossier-value", "dossier-reason", "dossier-by", "dossier-when"].map(|key| matter.text(key)).to_vec();
    for (name, fact) in MOMENTS.into_iter().filter(|(_, fact)| matter.may_see(*fact)) {
        blocks.push(Block::Heading(2, i18n::fact(matter.order.lang, fact.path())));
        let row = |moment: &crate::incident::store::Moment| {
            let value = moment.value.map_or_else(|| matter.text("dossier-withdrawn"), |at| matter.when(at.utc()));
            let reason =
                if moment.reason.is_empty() { matter.text("dossier-with-logging") } else { moment.reason.clone() };
            vec![value, reason, moment.stated_by.clone(), matter.when(moment.recorded_at.utc())]
        };
        let rows: Vec<_> = matter.case.moments.iter().filter(|moment| moment.moment == name).map(row).collect();
        match rows.is_empty() {
            true => blocks.push(Block::Paragraph(matter.text("dossier-not-stated"))),
            false => blocks.push(Block::Table { head: head.clone(), rows, widths: vec![20, 44, 18, 18] }),
        }
    }
    Ok(Part { blocks, files: vec![json("moments.json", &matter.case.moments)?] })
}
