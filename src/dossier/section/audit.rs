//! The entries of the audit chain about the case, and the last of them, by which anyone can see later that none was touched.

use serde_json::json;

use super::MOST;
use crate::audit::{self, Link};
use crate::db::Conn;
use crate::dossier::{Audience, Matter, Part};
use crate::error::Error;
use crate::pdf::Block;

/// Everything that was done to the case. That somebody read it is told to the company only, and never here: it would make
/// each dossier differ from the one before.
pub fn audit(conn: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let (mut rows, mut lines, mut last) = (Vec::new(), Vec::new(), None);
    audit::each_of(conn, &matter.case.head.reference, |link| {
        if link.what.ends_with(".read") {
            return Ok(());
        }
        lines.extend(line(matter, &link)?);
        let by = link.by.clone().unwrap_or_else(|| matter.text("line-by-itself"));
        rows.push(vec![
            link.number.to_string(),
            matter.when(link.at.utc()),
            by,
            link.what.clone(),
            link.digest.clone(),
        ]);
        last = Some(format!("{}:{}", link.number, link.digest));
        Ok(())
    })?;
    let mut blocks = vec![Block::Paragraph(matter.text("dossier-audit-help"))];
    if let Some(last) = last {
        blocks.push(Block::Paragraph(matter.text("dossier-audit-head")));
        blocks.push(Block::Fixed(last));
    }
    let skipped = rows.len().saturating_sub(MOST);
    if skipped > 0 {
        blocks.push(Block::Notice(matter.text_with("dossier-lines-skipped", &[("n", skipped.into())])));
    }
    let head = ["dossier-number", "dossier-when", "dossier-by", "dossier-happened", "dossier-digest"];
    blocks.push(Block::Table {
        head: head.map(|key| matter.text(key)).to_vec(),
        rows: rows.split_off(skipped),
        widths: vec![7, 19, 17, 20, 37],
    });
    Ok(Part { blocks, files: vec![("audit.jsonl".to_owned(), lines)] })
}

/// A line of the extract: for the company with the contents whose digest it is, for others without where people sat.
fn line(matter: &Matter, link: &Link) -> Result<Vec<u8>, Error> {
    let mut entry = json!({
        "number": link.number, "at": link.at, "by": link.by, "what": link.what, "digest": link.digest,
    });
    if matter.order.audience == Audience::Internal {
        entry["contents"] = json!(link.contents);
    }
    let mut line = serde_json::to_vec(&entry).map_err(Error::internal)?;
    line.push(b'\n');
    Ok(line)
}
