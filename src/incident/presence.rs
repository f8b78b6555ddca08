//! Who has the page of a case open now, so that two who work on it know of each other.
//!
//! It is of interest for a minute and kept for ten: no part of the record, of the audit chain or of a backup.

pub mod actions;
pub mod pages;
pub mod store;
