//! Facts, places and citations in the reader's words: nothing of the machine's vocabulary reaches a page.

use serde_json::{Value as Json, json};

use crate::i18n::{self, Lang};
use crate::law::fact::Kind;
use crate::law::{Fact, Facts, Item, Path, Value};

/// A severity that is certain, and what it may still rise to.
pub fn severity(lang: Lang, level: &str, may_rise_to: &str) -> String {
    let word = |level: &str| i18n::text(lang, &format!("severity-{level}"));
    if level == may_rise_to {
        return i18n::text_with(lang, "page-severity-is", &[("level", word(level).into())]);
    }
    i18n::text_with(
        lang,
        "page-severity-may-rise",
        &[("level", word(level).into()), ("highest", word(may_rise_to).into())],
    )
}

/// Why whoever is the owner cannot see to a case; none when they can.
pub fn owner_lacks(lang: Lang, owner: &crate::incident::store::Owner) -> Option<String> {
    let key = match (owner.has_left, owner.sees_to_it) {
        (true, _) => "page-owner-left-short",
        (false, false) => "page-owner-reported-short",
        (false, true) => return None,
    };
    Some(i18n::text(lang, key))
}

/// The tone of a severity: its own, or that of the undecided while it may rise.
pub fn tone<'a>(level: &'a str, may_rise_to: &str) -> &'a str {
    if level == may_rise_to || level == "critical" { level } else { "undetermined" }
}

/// The same without the word «severity» before it.
pub fn level(lang: Lang, level: &str, may_rise_to: &str) -> String {
    let word = |level: &str| i18n::text(lang, &format!("severity-{level}"));
    if level == may_rise_to {
        return word(level);
    }
    i18n::text_with(
        lang,
        "page-level-may-rise",
        &[("level", word(level).into()), ("highest", word(may_rise_to).into())],
    )
}

/// What is known of a fact; none when it is unknown or a list of objects.
pub fn value(lang: Lang, fact: Fact, value: &Value) -> Option<String> {
    let choice =
        |word: &str| if fact == Fact::SentDuty { duty(lang, word) } else { i18n::choice(lang, fact.path(), word) };
    Some(match value {
        Value::Unknown | Value::Items(_) => return None,
        Value::Text(text) => text.to_string(),
        Value::Bool(yes) => i18n::text(lang, if *yes { "word-yes" } else { "word-no" }),
        Value::Whole(number) => i18n::number(lang, i64::try_from(*number).unwrap_or(i64::MAX)),
        Value::Number(number) => i18n::decimal(lang, *number),
        Value::Time(at) => i18n::instant_short(lang, *at),
        Value::Choice(_) => choice(value.word(fact)?),
        Value::Choices(0) => i18n::text(lang, "page-none-of-these"),
        Value::Choices(_) => value.words(fact).into_iter().map(choice).collect::<Vec<_>>().join(" · "),
        Value::Countries(codes) => codes.join(", "),
    })
}

/// The title of a duty.
pub fn duty(lang: Lang, id: &str) -> String {
    i18n::text(lang, &format!("duty-{id}"))
}

/// The objects of a list, each as its known facts; none when the list is unknown.
pub fn rows(lang: Lang, facts: &Facts, list: Fact) -> Option<Vec<Vec<Json>>> {
    facts.get(list).is_known().then(|| facts.items(list).iter().map(|item| row(lang, list, item)).collect())
}

fn row(lang: Lang, list: Fact, item: &Item) -> Vec<Json> {
    let known = list.items().iter().filter_map(|fact| Some((fact, value(lang, *fact, item.get(*fact))?)));
    known.map(|(fact, said)| json!({ "label": before(&i18n::fact(lang, fact.path())), "value": said })).collect()
}

/// The label of a place: the fact, and which object of its list.
pub fn place(lang: Lang, facts: &Facts, path: Path) -> String {
    let label = i18n::fact(lang, path.fact.path());
    let Some((at, list)) = path.at.zip(path.fact.list()) else { return label };
    let item = facts.items(list).get(usize::from(at));
    let name = item.and_then(|item| {
        let named = [Fact::AreaName, Fact::AreaCode, Fact::RoleController, Fact::OrderAuthority];
        named
            .into_iter()
            .filter(|fact| item.holds(*fact) && *fact != path.fact)
            .find_map(|fact| value(lang, fact, item.get(fact)))
    });
    let which = name.unwrap_or_else(|| i18n::text_with(lang, "page-row", &[("n", (at + 1).into())]));
    format!("{label} ({which})")
}

/// A label before its value: with a colon, unless it is a question.
pub fn before(label: &str) -> String {
    if label.ends_with('?') { label.to_owned() } else { format!("{label}:") }
}

/// A place with what is known there: label and value.
pub fn known(lang: Lang, facts: &Facts, path: Path) -> Json {
    let said = match facts.at(path) {
        Value::Items(items) if items.is_empty() => Some(i18n::text(lang, "page-list-is-empty")),
        Value::Items(items) => {
            let named = |item: &Item| {
                let words = path.fact.items().iter().filter_map(|fact| value(lang, *fact, item.get(*fact)));
                words.take(2).collect::<Vec<_>>().join(", ")
            };
            Some(items.iter().map(named).collect::<Vec<_>>().join("; "))
        }
        known => value(lang, path.fact, known),
    };
    json!({ "label": before(&place(lang, facts, path)), "value": said })
}

/// What a value of the contract's JSON says of a fact, as the timeline and the comparison of versions hold it.
pub fn of_json(lang: Lang, fact: Fact, json: &Json) -> Option<String> {
    match (fact.def().kind, json) {
        (_, Json::Null) => None,
        (Kind::Items, Json::Array(items)) if items.is_empty() => Some(i18n::text(lang, "page-list-is-empty")),
        (Kind::Items, Json::Array(items)) => {
            Some(items.iter().map(|item| object(lang, fact, item)).collect::<Vec<_>>().join("; "))
        }
        (Kind::Choices(_), Json::Array(words)) if words.is_empty() => Some(i18n::text(lang, "page-none-of-these")),
        (_, Json::Array(words)) => {
            Some(words.iter().filter_map(|word| scalar(lang, fact, word)).collect::<Vec<_>>().join(" · "))
        }
        (_, json) => scalar(lang, fact, json),
    }
}

fn object(lang: Lang, list: Fact, item: &Json) -> String {
    let one = |fact: &Fact| {
        Some(format!("{} {}", before(&i18n::fact(lang, fact.path())), scalar(lang, *fact, &item[fact.key()])?))
    };
    list.items().iter().filter_map(one).collect::<Vec<_>>().join(", ")
}

fn scalar(lang: Lang, fact: Fact, json: &Json) -> Option<String> {
    Some(match (fact.def().kind, json) {
        (_, Json::Null) => return None,
        (_, Json::Bool(yes)) => i18n::text(lang, if *yes { "word-yes" } else { "word-no" }),
        (_, Json::Number(number)) => match number.as_i64() {
            Some(whole) => i18n::number(lang, whole),
            None => i18n::decimal(lang, number.as_f64().unwrap_or_default()),
        },
        (Kind::Time, Json::String(at)) => instant(lang, at).unwrap_or_else(|| at.clone()),
        (Kind::Choice(_) | Kind::Choices(_), Json::String(word)) if fact == Fact::SentDuty => duty(lang, word),
        (Kind::Choice(_) | Kind::Choices(_), Json::String(word)) => i18n::choice(lang, fact.path(), word),
        (_, Json::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    })
}

/// An instant of JSON, short.
pub fn instant(lang: Lang, rfc3339: &str) -> Option<String> {
    chrono::DateTime::parse_from_rfc3339(rfc3339).ok().map(|at| i18n::instant_short(lang, at.to_utc()))
}

/// Words of citations that differ between the languages, and the keys of their words. The law cites Norwegian rules in
/// bokmål and European guidance in English.
const CITED: &[(&str, &str)] = &[
    ("første og tredje ledd", "paragraph-1-3"),
    ("første ledd", "paragraph-1"),
    ("annet ledd", "paragraph-2"),
    ("tredje ledd", "paragraph-3"),
    ("annet punktum", "sentence-2"),
    ("bokstav ", "letter"),
    ("punkt ", "section"),
    ("Nkoms varslingsrutine", "nkom-procedure"),
    ("personvernerklæringen", "privacy-statement"),
    ("SMB Mobil: alvorlighetsgrader", "classes"),
    ("Nkoms skjema", "nkom-form"),
    ("(oppdatert varsel)", "updated"),
    ("(normalisert)", "normalised"),
    ("forordning (EU)", "regulation"),
    (" og ", "and"),
    ("(number of individuals)", "number"),
    ("(severity of consequences)", "consequences"),
    ("(nature and sensitivity)", "nature"),
    ("(trusted recipient)", "trusted"),
    ("(exfiltration by an attacker)", "exfiltration"),
    ("template field", "template-field"),
    ("band very high", "band-very-high"),
    ("band high", "band-high"),
    ("recital", "recital"),
    ("annex B", "annex-b"),
    ("cases ", "cases"),
    ("case ", "case"),
    (" and ", "and"),
    ("GDPR", "gdpr"),
];

/// A citation as a reader of the language writes it.
pub fn cite(lang: Lang, citation: &str) -> String {
    CITED.iter().fold(citation.to_owned(), |said, (written, key)| {
        if !said.contains(written) {
            return said;
        }
        let blank = |yes: bool| if yes { " " } else { "" };
        let word = i18n::text(lang, &format!("cite-{key}"));
        said.replace(written, &format!("{}{word}{}", blank(written.starts_with(' ')), blank(written.ends_with(' '))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_read_in_the_language_of_the_reader() {
        let cited = "ekomforskriften § 2-8 annet ledd; GDPR art. 33(2) og 28(3)(f)";
        assert_eq!(
            cite(Lang::Nb, cited),
            "ekomforskriften § 2-8 annet ledd; personvernforordningen art. 33(2) og 28(3)(f)"
        );
        assert_eq!(
            cite(Lang::Nn, cited),
            "ekomforskriften § 2-8 andre ledd; personvernforordninga art. 33(2) og 28(3)(f)"
        );
        assert_eq!(cite(Lang::En, cited), "ekomforskriften § 2-8 second paragraph; GDPR art. 33(2) and 28(3)(f)");
        assert_eq!(
            cite(Lang::Nb, "EDPB 01/2021 case 1; 9/2022 annex B iii"),
            "EDPB 01/2021 eksempel 1; 9/2022 vedlegg B iii"
        );
    }

    #[test]
    fn every_citation_of_the_book_is_free_of_the_other_language() {
        for rule in crate::law::book::rules() {
            let english = cite(Lang::En, rule.basis);
            for norwegian in [" ledd", "punktum", " og ", "varslingsrutine", "punkt ", "skjema"] {
                assert!(!english.contains(norwegian), "{english}");
            }
        }
    }
}
