//! What somebody is to do about a case: who, by when, and whether it is done.
//!
//! Like comments it is among colleagues: it stands in the audit chain with before and after, and not in the timeline.

pub mod actions;
pub mod api;
pub mod pages;
pub mod store;

pub use store::Task;

/// The most characters of what is to be done.
pub const MOST: usize = 300;
