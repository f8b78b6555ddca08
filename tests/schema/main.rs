//! The tables of both engines: made, taken down and made again by every migration, and the same on both.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cluster;

#[path = "../support/postgres.rs"]
mod postgres;
