//! What colleagues said and gave each other to do: for the company only.

use super::json;
use crate::db::Conn;
use crate::dossier::{Audience, Matter, Part};
use crate::error::Error;
use crate::incident::comment::{pages::archived, store as said};
use crate::incident::task::{Task, store as given};
use crate::pdf::Block;

/// The comments, the oldest first, those that were corrected among them.
pub fn comments(conn: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let all = said::list(conn, matter.case.head.seq)?;
    if matter.order.audience != Audience::Internal || all.is_empty() {
        return Ok(Part::default());
    }
    let replaced = |seq: i64| all.iter().any(|other| other.replaces == Some(seq));
    let row = |one: &said::Comment| {
        let words = if one.words.is_empty() { matter.text("comment-gone") } else { one.words.clone() };
        let words = if replaced(one.seq) { format!("{words}\n({})", matter.text("comment-was")) } else { words };
        vec![matter.when(one.at.utc()), one.by.clone(), words]
    };
    let head = ["dossier-when", "dossier-by", "comments"].map(|key| matter.text(key)).to_vec();
    let rows = all.iter().map(row).collect();
    let blocks = vec![Block::Table { head, rows, widths: vec![19, 18, 63] }];
    Ok(Part { blocks, files: vec![json("comments.json", &archived(&all))?] })
}

/// The tasks, the oldest first, those that are done among them.
pub fn tasks(conn: &mut Conn, matter: &Matter) -> Result<Part, Error> {
    let all = given::list(conn, matter.case.head.seq)?;
    if matter.order.audience != Audience::Internal || all.is_empty() {
        return Ok(Part::default());
    }
    let row = |task: &Task| {
        let what = if task.what.is_empty() { matter.text("task-gone") } else { task.what.clone() };
        let when = |at: Option<crate::db::Instant>| at.map(|at| matter.when(at.utc())).unwrap_or_default();
        vec![what, task.owner_name.clone(), when(task.due_at), when(task.done_at)]
    };
    let head =
        ["page-field-todo", "page-field-doer", "page-field-due", "task-done-at"].map(|key| matter.text(key)).to_vec();
    let rows = all.iter().map(row).collect();
    let blocks = vec![Block::Table { head, rows, widths: vec![46, 20, 17, 17] }];
    Ok(Part { blocks, files: vec![json("tasks.json", &all)?] })
}
