//! What is searched for and where it stands: texts taken apart into words, the same for what is asked and what is kept.
//!
//! The engines get words that are words already, so that both find the same: letter case and ways of writing a letter are
//! laid aside here, and so are the endings of Norwegian.

mod stem;

use std::collections::BTreeSet;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::db::Wanted;
use stem::stem;

/// Letters of a word that count.
const LONGEST: usize = 40;
/// Words of a question that count; nobody means more.
const MOST: usize = 16;
/// How much of a text a hit shows, and how much of that before the first word found.
const SHOWN: usize = 180;
const BEFORE: usize = 60;
/// Begins the kept form of what is left of a word without its ending; no word has it.
const MARK: char = '§';

/// The words of a text, in small letters.
fn words_in(text: &str) -> impl Iterator<Item = String> {
    let text = ComposingNormalizerBorrowed::new_nfkc().normalize(text).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(LONGEST).collect()).collect::<Vec<String>>().into_iter()
}

/// The words of these texts as they are kept, each once: with what is left without its ending where that is another.
#[must_use]
pub fn kept<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut all = BTreeSet::new();
    for word in texts.into_iter().flat_map(words_in) {
        let bare = stem(&word);
        if bare != word {
            all.insert(format!("{MARK}{bare}"));
        }
        all.insert(word);
    }
    all.into_iter().collect::<Vec<_>>().join(" ")
}

/// What somebody looks for: all of these words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought(Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    begins: String,
    bare: String,
}

/// A piece of a text that is shown, and whether it is a word that was looked for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Piece {
    /// The piece.
    pub text: String,
    /// Whether it was looked for.
    pub hit: bool,
}

impl Sought {
    /// Reads what somebody typed; whatever is no letter and no digit only parts the words.
    #[must_use]
    pub fn read(q: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        for begins in words_in(q) {
            let word = Word { bare: stem(&begins), begins };
            if !words.contains(&word) && words.len() < MOST {
                words.push(word);
            }
        }
        Self(words)
    }

    /// Whether nothing is left to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same as the engines are asked: a word that begins so, or one of these as they stand.
    #[must_use]
    pub fn wanted(&self) -> Vec<Wanted> {
        let one = |word: &Word| Wanted {
            begins: word.begins.clone(),
            or: vec![format!("{MARK}{}", word.bare), word.bare.clone()],
        };
        self.0.iter().map(one).collect()
    }

    fn is_hit(&self, run: &str) -> bool {
        words_in(run).any(|found| {
            let bare = stem(&found);
            self.0.iter().any(|word| found.starts_with(&word.begins) || bare == word.bare)
        })
    }

    /// A text in pieces, the words found apart.
    #[must_use]
    pub fn mark(&self, text: &str) -> Vec<Piece> {
        let text = ComposingNormalizerBorrowed::new_nfc().normalize(text);
        let mut pieces: Vec<Piece> = Vec::new();
        for run in text.chunk_by_kind() {
            let hit = run.starts_with(char::is_alphanumeric) && self.is_hit(run);
            match pieces.last_mut().filter(|last| last.hit == hit) {
                Some(last) => last.text.push_str(run),
                None => pieces.push(Piece { text: run.to_owned(), hit }),
            }
        }
        pieces
    }

    /// The part of the first text that holds one of the words, in pieces; nothing where none does.
    #[must_use]
    pub fn snippet<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Vec<Piece> {
        texts.into_iter().find_map(|text| self.part_of(text)).unwrap_or_default()
    }

    fn part_of(&self, text: &str) -> Option<Vec<Piece>> {
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let flat = ComposingNormalizerBorrowed::new_nfc().normalize(&flat).into_owned();
        let mut at = 0;
        let first = flat.as_str().chunk_by_kind().find_map(|run| {
            let here = at;
            at += run.len();
            (run.starts_with(char::is_alphanumeric) && self.is_hit(run)).then_some(here)
        })?;
        let from = flat[..first].char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
        // Begins and ends with a whole word where there is one.
        let from = if from == 0 { 0 } else { flat[from..first].find(' ').map_or(from, |gap| from + gap + 1) };
        let end = flat[from..].char_indices().nth(SHOWN).map_or(flat.len(), |(end, _)| from + end);
        let end = if end == flat.len() { end } else { flat[first..end].rfind(' ').map_or(end, |gap| first + gap) };
        let mut pieces = self.mark(&flat[from..end]);
        let dots = |text: &str| Piece { text: text.to_owned(), hit: false };
        if from > 0 {
            pieces.insert(0, dots("… "));
        }
        if end < flat.len() {
            pieces.push(dots(" …"));
        }
        Some(pieces)
    }
}

/// Parts a text where letters begin and where they end.
trait Runs {
    fn chunk_by_kind(&self) -> impl Iterator<Item = &str>;
}

impl Runs for str {
    fn chunk_by_kind(&self) -> impl Iterator<Item = &str> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let end = rest.find(|c: char| c.is_alphanumeric() != first.is_alphanumeric()).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            rest = after;
            Some(run)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn words_are_kept_once_in_small_letters_with_what_their_endings_hang_on() {
        assert_eq!(
            kept(["Kundedatabasen lå ÅPEN", "åpen – «AR123/4»"]),
            "4 ar123 kundedatabasen lå §kundedatabas åpen"
        );
        assert_eq!(kept(["A\u{30a}pen"]), "åpen", "a letter in two parts is the same letter");
        assert_eq!(kept(["", "!!! \0 *"]), "");
        assert_eq!(kept([&*"x".repeat(100)]).len(), LONGEST);
    }

    #[test]
    fn what_is_typed_is_words_and_nothing_else() {
        let words = |q: &str| Sought::read(q).0.into_iter().map(|word| word.begins).collect::<Vec<_>>();
        assert_eq!(words("\"KUNDE\" OR -nett* NEAR(a) ' ; DROP\0"), ["kunde", "or", "nett", "near", "a", "drop"]);
        assert!(Sought::read(" \" * \0 ").is_empty());
        assert_eq!(words(&"ord1 ord2 ".repeat(1_000)).len(), 2);
        assert!(words(&"x".repeat(10_000)).iter().all(|word| word.len() == LONGEST));
        assert_eq!(words(&(0..100).map(|n| format!("{n} ")).collect::<String>()).len(), MOST);
    }

    #[test]
    fn a_word_is_found_by_its_beginning_and_in_its_other_forms() {
        let marked = |q: &str, text: &str| shown(&Sought::read(q).mark(text));
        assert_eq!(marked("kundedat", "Hele kundedatabasen."), "Hele [kundedatabasen].");
        assert_eq!(marked("databasene", "en database"), "en [database]");
        assert_eq!(marked("ÅPEN", "åpent og apen"), "[åpent] og apen");
        assert_eq!(marked("b", "<b>&"), "<[b]>&");
        assert_eq!(marked("brudd", "bruddene"), "[bruddene]");
        assert_eq!(marked("bruddene", "et brudd"), "et [brudd]");
    }

    #[test]
    fn a_snippet_is_the_part_around_the_first_word_found() {
        let long = format!("{}her ligger lekkasjen og resten {}", "fyll ".repeat(60), "mer ".repeat(60));
        let part = Sought::read("lekkasje").snippet(["uten", &long]);
        let said = shown(&part);
        assert!(said.starts_with("… fyll") && said.ends_with(" …") && said.contains("[lekkasjen]"), "{said}");
        assert!(said.chars().count() < SHOWN + 10);
        assert_eq!(Sought::read("x").snippet(["", "ingen"]), []);
        assert_eq!(shown(&Sought::read("sist").snippet(["helt til sist"])), "helt til [sist]");
    }
}
