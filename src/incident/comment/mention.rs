//! Who a text mentions: `@` and a name, or the first name where only one has it.

use crate::db::Id;

/// Those of these people whom a text mentions, each once.
pub(super) fn named(words: &str, people: &[(Id, String)]) -> Vec<Id> {
    let lower: Vec<(Id, String)> = people.iter().map(|(id, name)| (*id, name.to_lowercase())).collect();
    let text = words.to_lowercase();
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let is_in_a_word = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let Some(id) = (!is_in_a_word).then(|| at_the_start(&text[at + 1..], &lower)).flatten() else { continue };
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// Whoever a text begins with: the longest name that fits, else a first name that only one has.
fn at_the_start(text: &str, people: &[(Id, String)]) -> Option<Id> {
    let fits = |name: &str| {
        let rest = text.strip_prefix(name).filter(|_| !name.is_empty());
        rest.is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
    };
    let whole = people.iter().filter(|(_, name)| fits(name)).max_by_key(|(_, name)| name.len());
    // Two of the same name: nobody knows which of them is meant.
    let only = |name: &str| people.iter().filter(|(_, other)| other == name).count() == 1;
    if let Some((id, name)) = whole {
        return only(name).then_some(*id);
    }
    let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_owned();
    let mut by_first = people.iter().filter(|(_, name)| fits(&first(name)));
    let (id, _) = by_first.next()?;
    by_first.next().is_none().then_some(*id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_after_the_sign_is_a_mention_and_what_only_looks_like_one_is_none() {
        let people: Vec<(Id, String)> =
            ["Kari Nordmann", "Ola", "Ola Berg", "Åse Ødegård", "Per Dahl", "Per Moe", "Liv Li", "Liv Li"]
                .iter()
                .map(|name| (Id::new(), (*name).to_owned()))
                .collect();
        let who = |words: &str| {
            let name = |id: Id| people.iter().find(|(known, _)| *known == id).unwrap().1.clone();
            named(words, &people).into_iter().map(name).collect::<Vec<_>>()
        };
        assert_eq!(who("@Kari Nordmann, se på loggen"), ["Kari Nordmann"]);
        assert_eq!(who("Spør @kari. Og @ÅSE ødegård! @Kari"), ["Kari Nordmann", "Åse Ødegård"]);
        assert_eq!(who("@Ola Berg og @Ola"), ["Ola Berg", "Ola"], "the longest name that fits");
        assert_eq!(who("@Olav"), [""; 0], "another name that begins alike");
        assert_eq!(who("@Per"), [""; 0], "two are called so");
        assert_eq!(who("@Liv Li"), [""; 0], "two have the whole name");
        assert_eq!(who("skriv til kari@ola.example"), [""; 0], "an e-mail address mentions nobody");
        assert_eq!(who("@ @@Kari"), ["Kari Nordmann"]);
    }
}
