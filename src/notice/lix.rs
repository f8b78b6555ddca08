//! LIX, the readability figure: the words of a sentence on average, and how many of a hundred are long.
//!
//! The script of the pages counts the same way while somebody writes; both say less than reading aloud does.

use serde_json::{Value, json};

use crate::i18n::{self, Lang};

/// A word of more letters than this is long.
const LONG: usize = 6;
/// Under 30 very easy, 40 easy, 50 middling, 60 hard, then very hard.
const BANDS: [(u32, &str); 4] = [(30, "very_easy"), (40, "easy"), (50, "middling"), (60, "hard")];

/// The figure of a text, rounded; nought for a text without words.
#[must_use]
pub fn lix(text: &str) -> u32 {
    let words: Vec<usize> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\''))
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).count())
        .filter(|letters| *letters > 0)
        .collect();
    if words.is_empty() {
        return 0;
    }
    let long = words.iter().filter(|letters| **letters > LONG).count();
    let (all, long, sentences) = (words.len() as f64, long as f64, sentences(text).max(1) as f64);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 100 and the words of one text"
    )]
    let rounded = (all / sentences + 100.0 * long / all).round() as u32;
    rounded
}

/// What ends a sentence: a full stop, a question, a colon before a blank, and a line that ends, as in a list.
fn sentences(text: &str) -> usize {
    let ends = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
        let inside = words.iter().rev().skip(1).filter(|word| word.ends_with(['.', '!', '?', ':'])).count();
        if words.is_empty() { 0 } else { inside + 1 }
    };
    text.lines().map(ends).sum()
}

/// The band that a figure falls in.
#[must_use]
pub fn band(lix: u32) -> &'static str {
    BANDS.iter().find(|(below, _)| lix < *below).map_or("very_hard", |(_, name)| name)
}

/// The figure with its words.
pub(super) fn shown(lang: Lang, text: &str) -> Value {
    let figure = lix(text);
    json!({ "figure": figure, "band": band(figure), "words": i18n::text(lang, &format!("lix-{}", band(figure))) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_words_a_sentence_and_long_words_in_a_hundred() {
        assert_eq!(lix("Vi ringer deg. Du svarer oss."), 3);
        assert_eq!(lix("Personopplysninger forsvant."), 102);
        assert_eq!(lix("- bytt passord\n- ring oss"), 2 + 25);
        assert_eq!((lix(""), lix(" … ")), (0, 0));
    }

    #[test]
    fn a_figure_has_a_band() {
        assert_eq!(
            [0, 29, 30, 45, 59, 60, 200].map(band),
            ["very_easy", "very_easy", "easy", "middling", "hard", "very_hard", "very_hard"]
        );
    }
}
