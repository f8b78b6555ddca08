//! Every fact, choice, duty, reason and fault of the law has its words in each language.

use std::collections::BTreeSet;
use std::fs;

use crate::i18n::{Lang, has, path_key};
use crate::law::{book, fact, risk, severity};

fn missing(keys: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let lacks = |key: &String| Lang::ALL.into_iter().any(|lang| !has(lang, key));
    keys.into_iter().filter(lacks).collect()
}

fn none() -> BTreeSet<String> {
    BTreeSet::new()
}

/// The string literals of the law's sources, those outside tests included in the hope of finding too many.
fn literals(file: &str) -> Vec<String> {
    let source = fs::read_to_string(format!("src/law/{file}")).unwrap();
    source.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_fact_has_a_label_a_sentence_of_help_and_a_group() {
    let keys = fact::ALL.iter().flat_map(|fact| {
        let key = format!("fact-{}", path_key(fact.path()));
        [format!("{key}-help"), key]
    });
    assert_eq!(missing(keys), none());
    let groups = fact::ALL.iter().filter_map(|fact| fact.path().split_once('.')).map(|(group, _)| group);
    assert_eq!(missing(groups.map(|group| format!("group-{}", group.trim_end_matches("[]")))), none());
}

#[test]
fn every_choice_has_its_words() {
    let choices = fact::ALL
        .iter()
        .filter(|fact| fact.path() != "sent[].duty")
        .flat_map(|fact| fact.choices().iter().map(|word| format!("choice-{}-{word}", path_key(fact.path()))));
    assert_eq!(missing(choices), none());
}

#[test]
fn every_duty_has_a_title_and_help_and_its_receiver_and_channel_have_names() {
    let duties = book::DUTY_IDS.iter().flat_map(|duty| [format!("duty-{duty}"), format!("duty-{duty}-help")]);
    assert_eq!(missing(duties), none());
    let rules = book::rules().flat_map(|rule| {
        [
            format!("recipient-{}", rule.recipient),
            format!("channel-{}", rule.channel),
            format!("deadline-{}", rule.deadline.kind()),
        ]
    });
    assert_eq!(missing(rules), none());
}

#[test]
fn states_and_levels_have_their_words() {
    let states = ["required", "not_required", "undetermined", "exempt", "fulfilled"];
    assert_eq!(missing(states.iter().flat_map(|s| [format!("state-{s}"), format!("state-{s}-help")])), none());
    assert_eq!(missing(severity::LEVELS.iter().map(|level| format!("severity-{level}"))), none());
    let risks = risk::LEVELS.iter().chain(&["undetermined"]);
    assert_eq!(missing(risks.map(|level| format!("risk-{level}"))), none());
}

#[test]
fn every_reason_is_said_in_words() {
    let classes = severity::CLASSES.iter().map(|class| class.term.id);
    let factors = book::factors::WAYS.iter().flat_map(|way| way.factors).map(|factor| factor.term.id);
    let mut rules: Vec<String> = classes.chain(factors).map(|id| format!("reason-{id}")).collect();
    for file in ["severity.rs", "risk.rs"] {
        let source = fs::read_to_string(format!("src/law/{file}")).unwrap();
        let named = source.split("rule: \"").skip(1).filter_map(|rest| rest.split('"').next());
        rules.extend(named.map(|id| format!("reason-{id}")));
    }
    assert!(rules.len() > 30);
    assert_eq!(missing(rules), none());
}

#[test]
fn every_fault_in_the_facts_is_said_in_words() {
    let codes = [
        "not_json",
        "unknown_key",
        "unknown_key-nearest",
        "duplicate_key",
        "missing",
        "wrong_type",
        "wrong_choice",
        "wrong_choice-nearest",
        "not_a_time",
        "no_offset",
        "empty",
        "too_long",
        "negative",
        "not_whole",
        "too_large",
        "not_a_country",
        "contradiction",
    ];
    assert_eq!(missing(codes.iter().map(|code| format!("error-{code}"))), none());
    let words: BTreeSet<&str> = fact::ALL.iter().flat_map(|fact| fact.choices()).copied().collect();
    let rule = |text: &String| text.matches('_').count() >= 2 && !text.contains(' ') && !words.contains(text.as_str());
    let rules: Vec<String> = literals("contradiction.rs").into_iter().filter(rule).collect();
    assert!(rules.len() >= 8, "{rules:?}");
    assert_eq!(missing(rules.iter().map(|rule| format!("error-contradiction-{rule}"))), none());
    let expected = ["object", "list", "text", "bool", "whole", "number", "time", "choice", "country"];
    assert_eq!(missing(expected.iter().map(|kind| format!("expected-{kind}"))), none());
}

/// The files of a folder and the folders in it.
fn files(folder: &str) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(path.to_str().unwrap()) } else { vec![path] }).collect()
}

#[test]
fn every_key_named_in_a_source_or_a_template_has_its_words() {
    let prefixes = [
        "page-",
        "action-",
        "error-",
        "problem-",
        "assess-",
        "word-",
        "notice-",
        "group-",
        "told-",
        "holiday-",
        "people-",
        "reminder-",
        "summary-",
    ];
    let made_of_parts = ["notice-shield", "notice-where", "notice-subject"];
    // Keys of messages in tests, which only look like keys of words.
    let of_messages = ["reminder-7", "reminder-17_h24"];
    let is_key = |text: &&str| {
        prefixes.iter().any(|prefix| text.starts_with(prefix) && text.len() > prefix.len())
            && !text.ends_with('-')
            && !made_of_parts.contains(text)
            && !of_messages.contains(text)
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
    };
    let mut keys = BTreeSet::new();
    for path in files("src").into_iter().chain(files("templates")) {
        let source = fs::read_to_string(path).unwrap_or_default();
        keys.extend(source.split('"').filter(is_key).map(str::to_owned));
    }
    assert!(keys.len() > 50);
    assert_eq!(missing(keys), none());
}
