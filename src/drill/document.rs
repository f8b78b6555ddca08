//! The report as a document.

use chrono::{DateTime, Utc};

use super::sheet::{Pair, Sheet};
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::incident::store::Head;
use crate::pdf::{self, Block, Document};

/// Sets the report; every page is marked as one of a drill.
pub(super) fn pdf(
    lang: Lang,
    head: &Head,
    company: &str,
    sheet: &Sheet,
    (made, is_demo): (DateTime<Utc>, bool),
) -> Result<Vec<u8>, Error> {
    let text = |key: &str| i18n::text(lang, key);
    let mark = text("drill-mark");
    let title = format!("{mark}: {} {}", text("drill-report"), head.reference);
    let pairs = |all: &[Pair]| Block::Pairs(all.iter().map(|one| (one.label.clone(), one.value.clone())).collect());
    let mut blocks = vec![
        Block::Heading(0, title.clone()),
        Block::Notice(text("drill-strip")),
        pairs(&sheet.facts),
        Block::Heading(1, text("drill-figures")),
        pairs(&sheet.figures),
        Block::Heading(1, text("drill-duties")),
        table(
            lang,
            &["drill-duty", "drill-due", "drill-when-done", "drill-outcome"],
            sheet
                .duties
                .iter()
                .map(|one| vec![one.title.clone(), one.due.clone(), one.done.clone(), one.outcome.clone()]),
            &[34, 22, 22, 22],
        ),
    ];
    blocks.push(Block::Heading(1, text("drill-unanswered")));
    blocks.push(match sheet.unanswered.is_empty() {
        true => Block::Paragraph(text("drill-all-answered")),
        false => Block::Items(sheet.unanswered.clone()),
    });
    if !sheet.injects.is_empty() {
        blocks.push(Block::Heading(1, text("drill-injects")));
        let rows = sheet.injects.iter().map(|one| vec![one.minute.to_string(), one.words.clone(), one.shown.clone()]);
        blocks.push(table(lang, &["drill-minute", "drill-told-what", "drill-told-when"], rows, &[12, 60, 28]));
    }
    if !sheet.messages.is_empty() {
        blocks.push(Block::Heading(1, text("drill-messages")));
        let rows = sheet
            .messages
            .iter()
            .map(|one| vec![one.at.clone(), one.what.clone(), one.told.clone(), one.answer.clone()]);
        let heads = ["drill-here", "drill-reminder", "drill-told-whom", "drill-answered"];
        blocks.push(table(lang, &heads, rows, &[20, 36, 22, 22]));
    }
    blocks.push(Block::Heading(1, text("drill-course")));
    let rows = sheet.timeline.iter().map(|one| {
        let what = one.words.as_ref().map_or_else(|| one.what.clone(), |words| format!("{}\n«{words}»", one.what));
        vec![one.at.clone(), one.real.clone(), one.by.clone(), what]
    });
    blocks.push(table(lang, &["drill-here", "drill-really", "drill-who", "drill-what-done"], rows, &[18, 18, 18, 46]));
    let running = format!("{mark} · {company} · {} {} · {}", text("drill-report"), head.reference, head.title);
    pdf::write(&Document {
        title,
        author: company.to_owned(),
        lang,
        made,
        running,
        across: None,
        mark: pdf::mark(lang, true, is_demo),
        bare: false,
        blocks,
    })
}

fn table(lang: Lang, heads: &[&str], rows: impl Iterator<Item = Vec<String>>, widths: &[u16]) -> Block {
    let head = heads.iter().map(|key| i18n::text(lang, key)).collect();
    Block::Table { head, rows: rows.collect(), widths: widths.to_vec() }
}
