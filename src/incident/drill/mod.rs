//! Drills: incidents that are only practised, each on a clock of its own that may run faster than everybody's.

pub mod actions;
mod clock;
pub mod store;

pub use clock::{Clock, Span};

/// What the reference of a drill begins with, so that whoever reads no more than the reference knows.
pub const MARK: &str = "OV-";
/// How fast a clock may run, nought for standing still.
pub const FACTORS: std::ops::RangeInclusive<u32> = 0..=1440;
/// The most texts that are shown in the course of a drill.
pub const INJECTS: usize = 50;
/// The last minute of a drill at which one is shown: four weeks.
pub const LAST_MINUTE: u32 = 28 * 24 * 60;

/// What somebody decides who makes a drill.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Setup {
    /// Who takes part; whoever makes it always does.
    pub participants: Vec<crate::db::Id>,
    /// When it begins by its own clock; none is now.
    pub begins: Option<crate::db::Instant>,
    /// How many times as fast as everybody's its clock runs.
    pub factor: Option<u32>,
    /// Whether the company's own channels hear of it, too.
    pub channels: bool,
    /// What the participants are told in its course.
    pub injects: Vec<Inject>,
}

/// A text that is shown when the clock gets there.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Inject {
    /// After so many minutes of the drill.
    pub minute: u32,
    /// What is told.
    pub words: String,
}

/// Whether a reference is that of a drill.
#[must_use]
pub fn is_reference(reference: &str) -> bool {
    reference.starts_with(MARK)
}
