//! What SECURITY.md says is true: every test it names exists. And what is built in is what `deny.toml` allows.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The words in back quotes that are names of tests, and the attacks.
fn named(text: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let table = text.lines().filter(|line| line.starts_with("| V"));
    let (mut tests, mut attacks) = (BTreeSet::new(), BTreeSet::new());
    for line in table {
        let shown = line.split('|').nth(3).unwrap_or_default();
        tests.extend(shown.split('`').skip(1).step_by(2).map(str::to_owned));
        attacks.extend(shown.split(", ").filter_map(|part| part.trim().strip_prefix("Attack: ")).map(str::to_owned));
    }
    (tests, attacks)
}

/// Every function that is marked as a test, in the program and beside it.
fn tests() -> BTreeSet<String> {
    let (mut found, mut open) = (BTreeSet::new(), vec!["src".to_owned(), "tests".to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path.to_str().unwrap().to_owned());
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.extend(tests_in(&fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

fn tests_in(text: &str) -> Vec<String> {
    let marked = text.split("#[test]").skip(1).chain(text.split("#[actix_web::test]").skip(1));
    let name = |rest: &str| Some(rest.split("fn ").nth(1)?.split('(').next()?.to_owned());
    marked.filter_map(name).collect()
}

fn missing(text: &str) -> Vec<String> {
    let (named, attacks) = named(text);
    let known = tests();
    let list = fs::read_to_string("tests/attack/main.rs").unwrap();
    let tests = named.into_iter().filter(|name| !known.contains(name));
    tests.chain(attacks.into_iter().filter(|name| !list.contains(&format!("(\"{name}\", ")))).collect()
}

#[test]
fn every_test_that_the_checklist_names_exists() {
    let text = fs::read_to_string("SECURITY.md").unwrap();
    assert_eq!(missing(&text), Vec::<String>::new());
    for chapter in 1..=17 {
        assert!(text.contains(&format!("\n| V{chapter} ")), "chapter V{chapter} is missing");
    }
    let planted = "| V1 x | y | `no_test_is_called_so`, Attack: boredom | |";
    assert_eq!(missing(planted), ["no_test_is_called_so", "boredom"]);
    assert!(named(&text).0.len() > 20 && named(&text).1.len() > 10);
    assert!(
        text.contains("every_attack_is_tried_refused_and_listed")
            && tests().contains("every_attack_is_tried_refused_and_listed")
    );
}

/// The strings of a list in `deny.toml`, so that there is one list of licences for the tool and for us.
fn listed(name: &str) -> BTreeSet<String> {
    let text = fs::read_to_string("deny.toml").unwrap();
    let (_, rest) = text.split_once(&format!("\n{name} = [")).unwrap();
    let list = rest.split("\n]").next().unwrap();
    let of = |line: &str| match line.split_once("crate = \"") {
        Some((_, rest)) => rest.split('"').next().map(str::to_owned),
        None => line.split('"').nth(1).map(str::to_owned),
    };
    list.lines().filter_map(of).collect()
}

/// Whether one way through an expression of licences is allowed.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    // «(A OR B) AND C» is read as every part needing one of its choices.
    expression.split(" AND ").all(|part| part.split(" OR ").any(|one| allowed.contains(one.trim())))
}

#[test]
fn what_is_built_in_is_licensed_known_and_has_one_cryptography() {
    let allowed = listed("allow");
    let banned: BTreeSet<String> = listed("deny");
    assert!(allowed.contains("MIT") && banned.contains("openssl-sys") && banned.contains("aws-lc-rs"));
    assert!(is_allowed("(MIT OR GPL-3.0) AND Zlib", &allowed) && !is_allowed("MIT AND GPL-3.0", &allowed));
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    // What is built for the machines we run on; a crate for another system is never downloaded there.
    let metadata = ["metadata", "--format-version=1", "--locked", "--filter-platform=x86_64-unknown-linux-gnu"];
    let output = Command::new(cargo).args(metadata).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let used: BTreeSet<&str> =
        all["resolve"]["nodes"].as_array().unwrap().iter().filter_map(|node| node["id"].as_str()).collect();
    let mut faults = Vec::new();
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for one in all["packages"].as_array().unwrap().iter().filter(|one| used.contains(one["id"].as_str().unwrap())) {
        let name = one["name"].as_str().unwrap();
        if name == "varsel" {
            continue;
        }
        *versions.entry(name).or_default() += 1;
        let licence = one["license"].as_str().unwrap_or_default();
        if !is_allowed(licence, &allowed) {
            faults.push(format!("{name} has the licence «{licence}»"));
        }
        let source = one["source"].as_str().unwrap_or("a folder");
        if source != "registry+https://github.com/rust-lang/crates.io-index" {
            faults.push(format!("{name} comes from {source}"));
        }
        if banned.contains(name) {
            faults.push(format!("{name} is not wanted here"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for single in ["rustls", "ring", "diesel", "actix-web", "libsqlite3-sys"] {
        assert_eq!(versions.get(single), Some(&1), "{single} is there more than once, or not at all");
    }
    assert!(Path::new("Cargo.lock").exists());
}
