//! Files that belong to a case: checked on their way in, sealed where they lie, handed out as downloads only.
//!
//! They lie in the database in sealed parts, on both engines: one backup holds them, several instances see them at once,
//! and a file and the line that tells of it are written together or not at all.

pub mod actions;
pub mod api;
mod kind;
mod name;
pub mod pages;
mod spool;
pub mod store;

pub use kind::Kind;
pub use name::{clean, safe};
pub use spool::Spool;
pub use store::Attachment;

/// How much of a file lies in one part, in bytes.
const PART: usize = 192 * 1024;

/// The place that a part is sealed for.
fn place(id: crate::db::Id, number: i32) -> String {
    format!("attachment {id} {number}")
}
