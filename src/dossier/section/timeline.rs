//! What happened, the oldest first.

use serde_json::Value;

use super::{MOST, json};
use crate::db::Conn;
use crate::dossier::{Matter, Part};
use crate::error::Error;
use crate::incident::pages::line;
use crate::incident::store::Line;
use crate::pdf::Block;

/// Every line with what changed and what followed.
pub fn timeline(_: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let lines = &matter.case.timeline;
    let skipped = lines.len().saturating_sub(MOST);
    let mut blocks = Vec::new();
    if skipped > 0 {
        blocks.push(Block::Notice(matter.text_with("dossier-lines-skipped", &[("n", skipped.into())])));
    }
    let head = ["dossier-when", "dossier-by", "dossier-happened"].map(|key| matter.text(key)).to_vec();
    let rows = lines.iter().skip(skipped).map(|line| row(matter, line)).collect();
    blocks.push(Block::Table { head, rows, widths: vec![19, 18, 63] });
    Ok(Part { blocks, files: vec![json("timeline.json", lines)?] })
}

fn row(matter: &Matter, one: &Line) -> Vec<String> {
    let (lang, payload) = (matter.order.lang, &one.payload.0);
    let mut said = vec![line::what(lang, &one.kind, payload)];
    if let Some(reason) = payload["reason"].as_str().filter(|reason| !reason.is_empty()) {
        said.push(format!("«{reason}»"));
    }
    let unknown = matter.text("word-unknown");
    let text = |value: &Value| value.as_str().map_or_else(|| unknown.clone(), str::to_owned);
    for change in line::changes(lang, payload) {
        said.push(format!("– {} {} → {}", text(&change["label"]), text(&change["from"]), text(&change["to"])));
    }
    said.extend(line::consequences(lang, payload).into_iter().map(|sentence| format!("– {sentence}")));
    vec![matter.when(one.at.utc()), line::by(lang, one), said.join("\n")]
}
