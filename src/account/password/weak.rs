//! What is guessed first: common words, walks over the keyboard, rows of letters and figures, years, repetitions, and
//! what is known of the person. A password that is little else is refused, however long it is.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words that passwords are made of, one a line, in small letters.
const COMMON: &str = include_str!("common.txt");
const ROWS: [&str; 8] = [
    "1234567890",
    "qwertyuiopå",
    "asdfghjkløæ",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyzæøå",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "qazwsxedcrfvtgbyhn",
    "azertyuiop",
];
/// The fewest letters of a word, or of a walk, that count.
const SHORTEST: usize = 3;
/// So many characters that nobody could guess make a password of its own.
const OWN: usize = 6;
/// So many guessable words in a row are as good as a sentence.
const WORDS: usize = 3;

/// Why a password would be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// It is little else than the name, the e-mail or the company.
    Own,
    /// It is little else than what many others have.
    Common,
}

/// What a stretch of a password is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Own,
    Word,
    Pattern,
}

/// Tells why a password would be guessed, or that it would not. `about` is what is known of the person.
pub fn weakness(password: &str, about: &[&str]) -> Option<Weakness> {
    let text: Vec<char> = password.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let known: BTreeSet<Vec<char>> = about.iter().flat_map(|text| parts(text)).collect();
    look(&text, &plain(&text), &known)
}

/// `plain` is the text with figures and signs read as letters; rows and years are looked for as they were typed.
fn look(text: &[char], plain: &[char], known: &BTreeSet<Vec<char>>) -> Option<Weakness> {
    let (mut at, mut left) = (0, 0);
    let (mut words, mut has_own) = (BTreeSet::new(), false);
    while at < text.len() {
        let Some((piece, length)) = longest((text, plain), at, known) else {
            // What parts words is no more than that.
            left += usize::from(text.get(at).is_some_and(|c| c.is_alphanumeric()));
            at += 1;
            continue;
        };
        if piece == Piece::Word {
            words.insert(plain[at..at + length].to_vec());
        }
        has_own |= piece == Piece::Own;
        at += length;
    }
    let guessed = left < OWN && words.len() < WORDS;
    guessed.then_some(if has_own { Weakness::Own } else { Weakness::Common })
}

/// The longest stretch from here on that is guessed as a whole.
fn longest((text, plain): (&[char], &[char]), at: usize, known: &BTreeSet<Vec<char>>) -> Option<(Piece, usize)> {
    let rest = &text[at..];
    let starts = |word: &[char]| rest.starts_with(word) || plain[at..].starts_with(word);
    let own = known.iter().filter(|word| starts(word)).map(|word| (word.len(), Piece::Own)).max();
    let word = common().iter().filter(|word| starts(word)).map(|word| (word.len(), Piece::Word)).max();
    let pattern = [walk(rest), same(rest), year(rest), again(text, at)].into_iter().flatten().max();
    let pattern = pattern.map(|length| (length, Piece::Pattern));
    // The longest counts; of two that are as long, the one that says more of the person.
    [pattern, word, own].into_iter().flatten().max_by_key(|(length, _)| *length).map(|(length, piece)| (piece, length))
}

fn common() -> &'static [Vec<char>] {
    static WORDS: LazyLock<Vec<Vec<char>>> =
        LazyLock::new(|| COMMON.lines().map(|word| word.chars().collect()).collect());
    &WORDS
}

/// Neighbours in a row of keys or letters, forwards or backwards.
fn walk(rest: &[char]) -> Option<usize> {
    let run = |row: &[char]| {
        let follows = |pair: &[char]| row.windows(2).any(|keys| keys == pair);
        1 + rest.windows(2).take_while(|pair| follows(pair)).count()
    };
    let both = |row: &str| {
        let row: Vec<char> = row.chars().collect();
        let back: Vec<char> = row.iter().rev().copied().collect();
        run(&row).max(run(&back))
    };
    ROWS.iter().map(|row| both(row)).max().filter(|length| *length >= SHORTEST)
}

/// One character over and over.
fn same(rest: &[char]) -> Option<usize> {
    let first = rest.first()?;
    Some(rest.iter().take_while(|c| *c == first).count()).filter(|length| *length >= SHORTEST)
}

fn year(rest: &[char]) -> Option<usize> {
    let digits: String = rest.iter().take(4).collect();
    digits.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year)).then_some(4)
}

/// What stood earlier in the password.
fn again(text: &[char], at: usize) -> Option<usize> {
    let common = |from: usize| text[from..at].iter().zip(&text[at..]).take_while(|(a, b)| a == b).count();
    (0..at).map(common).max().filter(|length| *length > SHORTEST)
}

/// The parts of a name or an address that somebody would try.
fn parts(text: &str) -> Vec<Vec<char>> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let whole: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    words
        .map(str::to_owned)
        .chain([whole])
        .map(|word| word.chars().collect::<Vec<_>>())
        .filter(|w| w.len() >= SHORTEST)
        .collect()
}

/// The letters that figures and signs stand for.
fn plain(text: &[char]) -> Vec<char> {
    let letter = |c: &char| match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        other => *other,
    };
    text.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: &[&str] = &["kari.nordmann@smbmobil.example", "Kari Nordmann", "SMB Mobil AS"];

    #[test]
    fn what_is_guessed_first_is_refused_however_long() {
        for common in [
            "password1234",
            "P@ssw0rd2026!!",
            "Passord-passord-1",
            "qwertyuiop123",
            "1qaz2wsx3edc",
            "aaaaaaaaaaaa",
            "abcdefghijklmn",
            "98765432109876",
            "Sommer2026!!",
            "hemmelig hemmelig",
            "velkommen2026",
            "banjobanjobanjobanjo",
            "correcthorsebatterystaple",
            "Admin123Admin123",
            "jegelskerdeg1",
            "mnbvcxz lkjhgfdsa",
        ] {
            assert_eq!(weakness(common, ABOUT), Some(Weakness::Common), "{common}");
        }
        for own in [
            "Kari Nordmann 2026",
            "smbmobil-smbmobil",
            "nordmann12345",
            "kari.nordmann@smbmobil.example",
            "SMB Mobil AS 1",
        ] {
            assert_eq!(weakness(own, ABOUT), Some(Weakness::Own), "{own}");
        }
    }

    #[test]
    fn sentences_and_random_texts_pass() {
        for good in [
            "en hest spiser gress om kvelden",
            "en ku hopper over månen sent",
            "tre ugler drikker te",
            "x7Kp2mQv9rTz",
            "kari liker brune sko i regn",
            "grønn sommerfugl på taket",
            "lampe stol vindu",
        ] {
            assert_eq!(weakness(good, ABOUT), None, "{good}");
        }
    }

    #[test]
    fn the_list_is_written_as_it_is_read() {
        let all: Vec<&str> = COMMON.lines().collect();
        let unique: BTreeSet<&&str> = all.iter().collect();
        assert!(all.len() > 300 && unique.len() == all.len());
        assert!(all.iter().all(|word| *word == word.to_lowercase().trim() && word.chars().count() >= SHORTEST));
    }
}
