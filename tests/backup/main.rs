//! The audit chain, and the copy of everything: from one engine to the other and back, row by row, and nothing half done.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code, unused_imports)]

mod chain;
mod damage;
mod much;
mod older;
mod place;
#[path = "../support/postgres.rs"]
mod postgres;
mod round;
