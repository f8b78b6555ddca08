//! What management looks at: what is late, what falls due, and how the months went. Every figure leads to its rows.

pub mod api;
mod chart;
pub mod list;
mod live;
pub mod pages;
mod period;
pub mod report;
mod store;
mod sum;

pub use live::events;
pub use period::Period;
