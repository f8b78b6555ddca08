//! What other systems report: monitoring's alerts, each of which becomes a case once and never closes one.

pub mod actions;
mod alert;
mod alertmanager;
pub mod api;
mod store;

use chrono::{DateTime, Utc};

/// How far ahead of ours the clock of another system may be, in minutes.
const AHEAD: i64 = 5;
/// The most alerts one message may hold.
const MOST_ALERTS: usize = 500;
/// The longest key that is kept as it is; a longer one is kept as its digest.
const LONGEST_KEY: usize = 200;

/// What a message of monitoring says, whoever wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Which system it is, so that two of them may use the same keys.
    pub source: String,
    /// The same for every message about the same trouble.
    pub key: String,
    /// The case's title.
    pub title: String,
    /// What is told at first.
    pub text: String,
    /// What is told of a change, a line.
    pub line: String,
    /// Whether it goes on.
    pub is_firing: bool,
    /// When the trouble began.
    pub started_at: DateTime<Utc>,
    /// The latest beginning of any part of it.
    pub latest_start: DateTime<Utc>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
    /// Which service it strikes, a word of the facts.
    pub service: Option<String>,
    /// How many users it strikes.
    pub users: Option<u64>,
    /// How long it lasted, in minutes.
    pub minutes: Option<u64>,
    /// The same for messages that say the same.
    pub digest: String,
}

/// Cuts a text to so many characters and takes away what no text has.
fn tidy(text: &str, most: usize) -> String {
    let fine = |c: &char| !c.is_control() || *c == '\n';
    let clean: String = text.replace("\r\n", "\n").chars().filter(fine).collect();
    let clean = clean.trim();
    match clean.char_indices().nth(most.saturating_sub(1)) {
        Some((at, last)) if at + last.len_utf8() < clean.len() => format!("{}…", &clean[..at]),
        _ => clean.to_owned(),
    }
}

/// The same in one line.
fn tidy_line(text: &str, most: usize) -> String {
    tidy(&text.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_and_keeps_no_control_characters() {
        assert_eq!(tidy("blåbær", 6), "blåbær");
        assert_eq!(tidy("blåbærsyltetøy", 6), "blåbæ…");
        assert_eq!(tidy(" a\0b\u{1b}[31m\r\nc ", 20), "ab[31m\nc");
        assert_eq!(tidy_line("a\n\tb", 20), "a b");
    }
}
