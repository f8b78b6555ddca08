//! What went out and to whom, whether the affected were told, and the files of the case.

use super::json;
use crate::db::Conn;
use crate::dossier::{Audience, Matter, Part};
use crate::error::Error;
use crate::incident::DutyStatus;
use crate::incident::attachment::pages::size;
use crate::incident::attachment::{Attachment, safe};
use crate::incident::pages::{cards, words};
use crate::incident::store::Submission;
use crate::law::question::TELLING;
use crate::pdf::Block;

/// Everything that was recorded as sent, the oldest first, with the receiver's reference.
pub fn sent(_: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let mut all: Vec<(&DutyStatus, &Submission)> =
        matter.case.duties.iter().flat_map(|duty| duty.submissions.iter().map(move |sent| (duty, sent))).collect();
    all.sort_by_key(|(_, sent)| (sent.sent_at, sent.seq));
    let blocks = match all.is_empty() {
        true => vec![Block::Paragraph(matter.text("dossier-nothing-sent"))],
        false => vec![table(matter, &all)],
    };
    let is_drill = matter.case.head.is_drill();
    let file: Vec<_> = all.iter().map(|(_, sent)| sent.json(is_drill)).collect();
    Ok(Part { blocks, files: vec![json("submissions.json", &file)?] })
}

fn table(matter: &Matter, all: &[(&DutyStatus, &Submission)]) -> Block {
    let mark = if matter.case.head.is_drill() { format!("{}: ", matter.text("drill-mark")) } else { String::new() };
    let row = |(duty, sent): &(&DutyStatus, &Submission)| {
        let channel = sent.channel.as_deref().map_or_else(String::new, |word| {
            crate::i18n::find(matter.order.lang, &format!("channel-{word}"), &[]).unwrap_or_else(|| word.to_owned())
        });
        vec![
            matter.when(sent.sent_at.utc()),
            format!("{mark}{}", cards::title(&matter.view(), duty)),
            channel,
            sent.reference.clone().unwrap_or_default(),
            matter.text(if sent.complete { "word-yes" } else { "word-no" }),
            format!("{}, {}", sent.by, matter.when(sent.recorded_at.utc())),
        ]
    };
    let head = [
        "dossier-sent-at",
        "dossier-notice",
        "dossier-channel",
        "dossier-receipt",
        "dossier-complete",
        "dossier-recorded",
    ];
    Block::Table {
        head: head.map(|key| matter.text(key)).to_vec(),
        rows: all.iter().map(row).collect(),
        widths: vec![16, 28, 13, 16, 9, 18],
    }
}

/// Whether the affected must be told, by which rules, and what was recorded of it.
pub fn told(conn: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let (answer, ids) = matter.case.must_be_told();
    let help = matter.text(&format!("page-told-{answer}-help"));
    let mut blocks = vec![Block::Paragraph(format!("{}. {help}", matter.text(&format!("page-told-{answer}"))))];
    let telling = |duty: &&DutyStatus| TELLING.contains(&duty.duty.id);
    let rules: Vec<String> = matter
        .case
        .duties
        .iter()
        .filter(|duty| ids.contains(&duty.duty.id))
        .map(|duty| {
            let state = matter.text(&format!("state-{}", duty.state.word()));
            let basis = words::cite(matter.order.lang, duty.duty.basis);
            format!("{} ({basis}): {state}", cards::title(&matter.view(), duty))
        })
        .collect();
    if !rules.is_empty() {
        blocks.push(Block::Items(rules));
    }
    let sent: Vec<(&DutyStatus, &Submission)> = matter
        .case
        .duties
        .iter()
        .filter(telling)
        .flat_map(|duty| duty.submissions.iter().map(move |sent| (duty, sent)))
        .collect();
    match sent.is_empty() {
        true => blocks.push(Block::Paragraph(matter.text("dossier-nobody-told"))),
        false => blocks.push(table(matter, &sent)),
    }
    let Part { blocks: more, files } = super::telling::telling(conn, matter)?;
    blocks.extend(more);
    Ok(Part { blocks, files })
}

/// The name of a file in the archive. An authority is not told what it was called here: a name may name a customer.
#[must_use]
pub fn path(matter: &Matter, at: usize, file: &Attachment) -> String {
    match matter.order.audience {
        Audience::Internal => format!("attachments/{:03}-{}", at + 1, safe(&file.name)),
        Audience::Datatilsynet => format!("attachments/{}", neutral(at, &file.name)),
    }
}

/// A name that says nothing but the number of the file and its kind.
#[must_use]
pub fn neutral(at: usize, name: &str) -> String {
    let kind = safe(name).rsplit_once('.').map(|(_, kind)| kind.to_lowercase()).unwrap_or_default();
    format!("vedlegg-{:03}.{kind}", at + 1).trim_end_matches('.').to_owned()
}

/// The files with their digests, those that were taken away among them.
pub fn attachments(_: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let lang = matter.order.lang;
    let row = |(at, file): (usize, &Attachment)| {
        let gone = file.removed.as_ref().map(|gone| gone.told(lang, matter.when(gone.at.utc())));
        let place = gone.unwrap_or_else(|| path(matter, at, file));
        vec![
            file.name.clone(),
            size(lang, file.size),
            format!("{}, {}", file.by, matter.when(file.at.utc())),
            format!("{place}\nSHA-256 {}", file.sha256),
        ]
    };
    let rows: Vec<_> = matter.files().iter().enumerate().map(row).collect();
    let head =
        ["dossier-file", "dossier-size", "dossier-attached", "dossier-place"].map(|key| matter.text(key)).to_vec();
    let blocks = match rows.is_empty() {
        true => vec![Block::Paragraph(matter.text("attachments-none"))],
        false => vec![
            Block::Table { head, rows, widths: vec![26, 9, 21, 44] },
            Block::Paragraph(matter.text(match matter.order.audience {
                Audience::Internal => "dossier-files-named",
                Audience::Datatilsynet => "dossier-files-numbered",
            })),
        ],
    };
    Ok(Part { blocks, files: vec![json("attachments.json", &matter.files())?] })
}
