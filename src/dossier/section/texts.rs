//! The texts as they left, byte for byte, with their digests and receipts.

use serde_json::{Value, json as object};

use super::json;
use crate::db::Conn;
use crate::digest::sha256;
use crate::dossier::{Audience, Matter, Part};
use crate::error::Error;
use crate::incident::DutyStatus;
use crate::incident::pages::cards;
use crate::notice::audience::Reader;
use crate::notice::store::{self, Sent};
use crate::pdf::Block;

/// Where the texts lie in the archive.
pub const TEXTS: &str = "notices/";

/// Whether the reader of the dossier may read what was written to somebody else: the authority reads its own, and what the
/// affected and everybody were told.
fn may_read(matter: &Matter, duty: &str) -> bool {
    let reader = matter.case.duties.iter().find(|status| status.duty.id == duty).map(|found| Reader::of(&found.duty));
    let open = [Reader::Datatilsynet, Reader::Affected, Reader::Public];
    matter.order.audience == Audience::Internal || reader.is_some_and(|reader| open.contains(&reader))
}

/// Every text that left, the oldest first.
pub fn texts(conn: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let sent = store::sent(conn, matter.case.head.seq)?;
    let (mut blocks, mut files, mut list) = (Vec::new(), Vec::new(), Vec::new());
    for (at, one) in sent.iter().enumerate() {
        let open = may_read(matter, &one.duty_id);
        let name = format!("{TEXTS}{:03}-{}", at + 1, one.duty_id);
        let content: Value = serde_json::from_str(&one.content).unwrap_or_default();
        blocks.extend(told(matter, one, open.then_some(&content)));
        list.push(entry(one, &name, open));
        if open {
            files.push((format!("{name}.json"), one.content.clone().into_bytes()));
            if let Some(body) = content["text"]["body"].as_str() {
                files.push((format!("{name}.txt"), body.to_owned().into_bytes()));
            }
        }
    }
    if !list.is_empty() {
        blocks.insert(0, Block::Paragraph(matter.text("dossier-texts-help")));
        files.insert(0, json("notices.json", &list)?);
    }
    Ok(Part { blocks, files })
}

fn entry(sent: &Sent, name: &str, open: bool) -> Value {
    object!({
        "duty": sent.duty_id, "for": Some(&sent.for_whom).filter(|name| !name.is_empty()), "how": sent.how,
        "to": open.then_some(&sent.recipient), "reference": sent.reference, "note": open.then_some(&sent.note),
        "complete": sent.complete, "by": sent.by, "at": sent.at, "arrived_at": sent.arrived_at,
        "receipt": open.then_some(sent.receipt.as_ref()).flatten(), "sha256": sha256(sent.content.as_bytes()),
        "file": open.then(|| format!("{name}.json")),
    })
}

fn told(matter: &Matter, sent: &Sent, content: Option<&Value>) -> Vec<Block> {
    let status = |status: &&DutyStatus| {
        status.duty.id == sent.duty_id && status.duty.for_whom.as_deref().unwrap_or_default() == sent.for_whom
    };
    let title = match matter.case.duties.iter().find(status) {
        Some(status) => cards::title(&matter.view(), status),
        None => matter.text(&format!("duty-{}", sent.duty_id)),
    };
    let text = |name: &str| content.and_then(|content| content["text"][name].as_str()).unwrap_or_default();
    let open = content.is_some();
    let receipt = sent.arrived_at.map(|at| {
        let said = sent.receipt.as_deref().filter(|_| open).unwrap_or_default();
        format!("{} {said}", matter.when(at.utc())).trim().to_owned()
    });
    let mut pairs = vec![
        ("dossier-channel", matter.text(&format!("channel-{}", sent.how))),
        ("dossier-recipient", if open { sent.recipient.clone() } else { String::new() }),
        ("dossier-sent-at", format!("{}, {}", matter.when(sent.at.utc()), sent.by)),
        ("dossier-receipt", sent.reference.clone().unwrap_or_default()),
        ("notice-paper-arrived", receipt.unwrap_or_default()),
        ("dossier-note", if open { sent.note.clone() } else { String::new() }),
        ("dossier-digest", sha256(sent.content.as_bytes())),
    ];
    pairs.retain(|(_, said)| !said.is_empty());
    let pairs = pairs.into_iter().map(|(key, said)| (matter.text(key), said)).collect();
    let mut blocks = vec![Block::Heading(2, title), Block::Pairs(pairs)];
    match (open, text("body")) {
        (false, _) => blocks.push(Block::Paragraph(matter.text("dossier-text-of-others"))),
        (true, "") => {}
        (true, body) => blocks.push(Block::Fixed(format!("{}\n\n{body}", text("subject")))),
    }
    blocks
}
