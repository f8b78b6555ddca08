//! What one sees of a drill: how it is made, how its clock is turned, and the report of how it went.

pub mod api;
mod document;
pub mod pages;
mod report;
mod sheet;

pub use report::{Report, of};
