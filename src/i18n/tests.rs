//! What the texts of the three languages must hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;

fn at(rfc3339: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(rfc3339).unwrap().to_utc()
}

#[test]
fn an_instant_is_told_in_full_in_the_time_of_oslo() {
    let when = at("2026-10-23T14:10:00+02:00");
    assert_eq!(instant(Lang::Nb, when), "fredag 23. oktober 2026 kl. 14.10 norsk sommertid (CEST, UTC+2)");
    assert_eq!(instant(Lang::Nn, when), "fredag 23. oktober 2026 kl. 14.10 norsk sommartid (CEST, UTC+2)");
    assert_eq!(instant(Lang::En, when), "Friday 23 October 2026 at 14:10 Norwegian summer time (CEST, UTC+2)");
    let winter = at("2026-12-26T15:20:00Z");
    assert_eq!(instant(Lang::Nn, winter), "laurdag 26. desember 2026 kl. 16.20 norsk normaltid (CET, UTC+1)");
    assert_eq!(instant_short(Lang::Nb, winter), "26.12.2026 kl. 16.20");
    assert_eq!(instant_short(Lang::En, winter), "26 Dec 2026, 16:20");
}

#[test]
fn the_hour_that_comes_twice_in_autumn_names_its_zone() {
    assert_eq!(instant_short(Lang::Nb, at("2026-10-25T00:30:00Z")), "25.10.2026 kl. 02.30 CEST");
    assert_eq!(instant_short(Lang::Nb, at("2026-10-25T01:30:00Z")), "25.10.2026 kl. 02.30 CET");
}

#[test]
fn what_is_left_and_what_is_overdue_are_said_in_words() {
    let now = at("2026-10-23T12:00:00Z");
    let nb = |minutes| left(Lang::Nb, now, now + TimeDelta::minutes(minutes));
    assert_eq!(nb(192), "3 t 12 min igjen");
    assert_eq!(nb(60), "1 t igjen");
    assert_eq!(nb(0), "under 1 min igjen");
    assert_eq!(nb(-2 * 24 * 60), "2 døgn over fristen");
    assert_eq!(nb(71 * 60 + 30), "2 døgn 23 t igjen");
    assert_eq!(left(Lang::Nn, now, now + TimeDelta::minutes(12)), "12 min att");
    assert_eq!(left(Lang::En, now, now - TimeDelta::hours(51)), "2 days 3 h overdue");
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    assert_eq!(number(Lang::Nb, 40_000), "40\u{a0}000");
    assert_eq!(number(Lang::Nb, 4_000), "4000");
    assert_eq!(number(Lang::En, 1_234_567), "1,234,567");
    assert_eq!(decimal(Lang::Nb, 0.75), "0,75");
    assert_eq!(decimal(Lang::En, 3.0), "3");
    assert_eq!(percent(Lang::Nb, 0.1234), "12,3\u{a0}%");
    assert_eq!(percent(Lang::En, 0.5), "50%");
}

#[test]
fn a_language_is_read_from_codes_and_from_browsers() {
    assert_eq!(Lang::parse("no"), Some(Lang::Nb));
    assert_eq!(Lang::parse("nn-NO"), Some(Lang::Nn));
    assert_eq!(Lang::parse("de"), None);
    assert_eq!(Lang::from_accept_language("de-DE, en;q=0.7, nn;q=0.9"), Lang::Nn);
    assert_eq!(Lang::from_accept_language("en-GB,en;q=0.9"), Lang::En);
    assert_eq!(Lang::from_accept_language("de"), Lang::Nb);
    assert_eq!(Lang::from_accept_language(""), Lang::Nb);
}

#[test]
fn a_missing_key_is_shown_and_breaks_nothing() {
    assert_eq!(text(Lang::Nn, "no-such-key"), "no-such-key");
    assert!(!has(Lang::Nb, "no-such-key"));
    assert!(has(Lang::En, "time-left"));
}

#[test]
fn a_path_becomes_a_key_without_its_indexes() {
    assert_eq!(path_key("services.areas[0].customers_affected"), "services-areas-customers_affected");
    assert_eq!(path_key("cause.nature[]"), "cause-nature");
}

#[test]
fn a_citation_is_read_in_the_readers_language() {
    let ecom = "ekomforskriften § 2-8 første og tredje ledd; ekomloven § 3-3 første ledd annet punktum";
    assert_eq!(cite(Lang::Nb, ecom), ecom);
    assert_eq!(
        cite(Lang::Nn, ecom),
        "ekomforskrifta § 2-8 første og tredje ledd; ekomlova § 3-3 første ledd andre punktum"
    );
    assert_eq!(
        cite(Lang::En, "digitalsikkerhetsloven § 8; GDPR art. 33(2) og 28(3)(f)"),
        "Digital Security Act (digitalsikkerhetsloven) § 8; GDPR art. 33(2) and 28(3)(f)"
    );
    let board = "EDPB 01/2021 cases 5 and 17 (exfiltration by an attacker)";
    assert_eq!(cite(Lang::Nb, board), "EDPB 01/2021 sakene 5 og 17 (en angriper henter ut data)");
    assert_eq!(cite(Lang::En, board), board);
    assert_eq!(cite(Lang::En, "logged"), "logged");
}

#[test]
fn words_are_joined_as_in_a_sentence() {
    assert_eq!(list(Lang::Nb, &["a", "b", "c"]), "a, b og c");
    assert_eq!(list(Lang::En, &["a", "b"]), "a and b");
    assert_eq!(list::<&str>(Lang::En, &[]), "");
}

/// Every message of a language's files: its key, its variables and its words.
fn messages(lang: Lang) -> BTreeMap<String, (BTreeSet<String>, String)> {
    let mut all = BTreeMap::new();
    for file in fs::read_dir(format!("locales/{lang}")).unwrap() {
        let path = file.unwrap().path();
        let mut key = String::new();
        for line in fs::read_to_string(&path).unwrap().lines().filter(|l| !l.starts_with('#')) {
            let start = line.split_once(" = ").filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic()));
            let words = match start {
                Some((name, words)) => {
                    key = name.to_owned();
                    let old = all.insert(key.clone(), (BTreeSet::new(), String::new()));
                    assert!(old.is_none(), "{key} stands twice in {lang}");
                    words
                }
                None if line.trim().is_empty() => continue,
                None => line,
            };
            let entry = all.get_mut(&key).unwrap_or_else(|| panic!("{path:?}: what is {line:?}?"));
            entry.0.extend(
                words
                    .split('$')
                    .skip(1)
                    .map(|v| v.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()),
            );
            entry.1.push_str(words);
        }
    }
    all
}

#[test]
fn the_three_languages_have_the_same_keys_with_the_same_variables() {
    let nb = messages(Lang::Nb);
    for lang in [Lang::Nn, Lang::En] {
        let other = messages(lang);
        let of = |m: &BTreeMap<String, (BTreeSet<String>, String)>| {
            m.iter().map(|(k, (vars, _))| (k.clone(), vars.clone())).collect::<BTreeSet<_>>()
        };
        let differ: Vec<_> = of(&nb).symmetric_difference(&of(&other)).cloned().collect();
        assert!(differ.is_empty(), "{lang}: {differ:?}");
    }
}

#[test]
fn every_text_is_read_by_the_loader_in_each_language() {
    for lang in Lang::ALL {
        for (key, (_, words)) in messages(lang) {
            assert!(has(lang, &key), "{lang} lacks {key}");
            assert!(!words.trim().is_empty(), "{lang} {key} is empty");
        }
    }
}

#[test]
fn nynorsk_is_not_bokmål_copied() {
    let (nb, nn) = (messages(Lang::Nb), messages(Lang::Nn));
    let same: Vec<_> =
        nb.iter().filter(|(k, (_, words))| words.len() > 60 && nn[*k].1 == *words).map(|(k, _)| k).collect();
    assert!(same.is_empty(), "the same sentence in both: {same:?}");
}
