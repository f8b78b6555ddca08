//! What people say to each other about a case: only added to, a correction stands beside what it corrects.
//!
//! It is talk among colleagues and no part of what goes to anybody outside. So it stands in the audit chain by its digest
//! and not in the timeline, which the authority is shown.

pub mod actions;
pub mod api;
mod mention;
pub mod pages;
pub mod store;

pub use store::Comment;

/// The most characters of a comment.
pub const MOST: usize = 4000;
