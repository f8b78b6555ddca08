//! Saved views of the list: what it is narrowed by, under a name, one's own or shared with the house.
//!
//! Whoever reads incidents keeps views of their own; sharing one, and changing one that is shared, is for those who work
//! on incidents. A view only narrows: everybody sees through it what they may see anyway.

pub mod actions;
pub mod api;
pub mod pages;
pub mod store;

pub use actions::Wish;
pub use store::View;
