//! What the house has agreed on, read off the source itself. Each rule is tried on a planted fault as well.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "architecture/source.rs"]
mod source;

use std::collections::BTreeSet;
use std::fs;

use source::{Source, sources, walk};
use varsel::i18n::{self, Lang};
use varsel::law::book;
use varsel::notice;
use varsel::templates::Templates;

/// The rungs of the ladder, lowest first. A module may use those on its own rung, further up this list, never further down.
/// The law stands apart: it uses nothing of ours.
const LADDER: &[&[&str]] = &[
    &[
        "assets",
        "canonical",
        "clock",
        "digest",
        "i18n",
        "origin",
        "private",
        "seal",
        "telemetry",
        "templates",
        "error",
        "flow",
        "page",
        "pdf",
        "db",
        "schema",
    ],
    &["law"],
    &["assess", "assess_text", "config", "account", "audit", "backup", "outbox", "openid"],
    &["incident"],
    &["notice"],
    &["affected"],
    &["reminder"],
    &["dashboard", "calendar"],
    &["intake"],
    &["dossier", "drill"],
    &["trail", "retention", "inquiry"],
    &["daily", "demo"],
    &["watch", "routes", "app"],
];

/// Who may speak diesel: the kit that owns the engine, and inside a feature its store and its actions.
const DIESEL: &[&str] = &["db", "schema", "error", "store", "actions", "record", "settings"];

/// Who may print: the two commands that speak to a terminal.
const PRINTS: &[&str] = &["src/main.rs", "src/assess.rs"];

/// Files longer than [`LONGEST`] lines, each with the reason.
const LONG: &[(&str, &str)] = &[
    ("src/main.rs", "one command after the other, none of them long"),
    ("src/schema.rs", "every table stands in it, a list that is looked up and not read"),
];
const LONGEST: usize = 600;

/// Names that say nothing about the trade.
const EMPTY_NAMES: &[&str] =
    &["utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "common", "misc"];

fn holds(rule: impl Fn(&Source) -> Vec<String>) {
    let faults: Vec<String> = sources().iter().flat_map(rule).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn catches(rule: impl Fn(&Source) -> Vec<String>, path: &str, text: &str) {
    assert!(!rule(&Source::new(path, text)).is_empty(), "{path} passes with {text:?}");
}

fn passes(rule: impl Fn(&Source) -> Vec<String>, path: &str, text: &str) {
    assert_eq!(rule(&Source::new(path, text)), Vec::<String>::new(), "{path}: {text:?}");
}

/// Every module of ours that a file names, by `crate::x`, `crate::{x, y}` or a `super` that leads to the root.
fn uses(source: &Source) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let depth = source.path.trim_end_matches("/mod.rs").matches('/').count();
    let root = "super::".repeat(depth);
    for (start, door) in source.code.match_indices("crate::").chain(source.code.match_indices(&root)) {
        let nested = door != "crate::" && source.code[..start].rsplit('\n').next().unwrap().starts_with(' ');
        if nested || source.code[..start].ends_with("super::") || door.is_empty() {
            continue;
        }
        let rest = &source.code[start + door.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            continue;
        };
        let (mut inner, mut name) = (0, String::new());
        for c in group.chars().filter(|c| !c.is_whitespace()) {
            match c {
                '}' if inner == 0 => break,
                '{' => inner += 1,
                '}' => inner -= 1,
                ',' if inner == 0 => drop(found.insert(std::mem::take(&mut name))),
                _ if inner == 0 => name.push(c),
                _ => {}
            }
        }
        found.insert(name);
    }
    let first = |name: &String| name.split("::").next().unwrap_or_default().to_owned();
    found.iter().map(first).filter(|name| !name.is_empty()).collect()
}

fn rung(module: &str) -> Option<usize> {
    LADDER.iter().position(|rung| rung.contains(&module))
}

fn climbs(source: &Source) -> Vec<String> {
    let module = source.module();
    if module == "main" || module == "lib" {
        return Vec::new();
    }
    let Some(own) = rung(module) else { return vec![format!("{}: {module} has no rung on the ladder", source.path)] };
    let wrong = |used: &String| {
        let other = rung(used);
        if module == "law" { used != "law" } else { other.is_some_and(|other| other > own) }
    };
    uses(source)
        .into_iter()
        .filter(wrong)
        .map(|used| format!("{}: {module} must not use {used}", source.path))
        .collect()
}

#[test]
fn imports_only_go_down_the_ladder_and_the_law_imports_nothing() {
    holds(climbs);
    catches(climbs, "src/law/cond.rs", "use crate::clock::Clock;");
    catches(climbs, "src/law/mod.rs", "use super::i18n;");
    catches(climbs, "src/law/book/gdpr.rs", "use super::super::super::error::Error;");
    catches(climbs, "src/db.rs", "use crate::{error::Error, incident::store};");
    catches(climbs, "src/account/api.rs", "fn f() { crate::routes::all(); }");
    catches(climbs, "src/invoicing/mod.rs", "");
    passes(climbs, "src/law/book/gdpr.rs", "use super::super::cond::Cond; // crate::error");
    passes(
        climbs,
        "src/incident/store.rs",
        "use crate::{\n    law::{Fact, Facts},\n    db::Db,\n};\n#[cfg(test)]\nmod tests { use crate::app; }",
    );
}

#[test]
fn the_tour_in_lib_names_every_module_in_the_order_of_the_ladder() {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let modules: Vec<&str> = text
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    let rungs: Vec<_> =
        modules.iter().map(|module| rung(module).unwrap_or_else(|| panic!("{module} has no rung"))).collect();
    assert!(rungs.is_sorted(), "{modules:?}");
    for entry in fs::read_dir("src").unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            ["main", "lib"].contains(&name.as_str()) || modules.contains(&name.as_str()),
            "{name} is not in src/lib.rs"
        );
    }
}

fn reads_the_time(source: &Source) -> Vec<String> {
    if source.path == "src/clock.rs" {
        return Vec::new();
    }
    source.find(&["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "UNIX_EPOCH.elapsed"]).collect()
}

#[test]
fn only_the_clock_reads_the_time() {
    holds(reads_the_time);
    catches(reads_the_time, "src/incident/actions.rs", "let now = chrono::Utc::now();");
    passes(reads_the_time, "src/incident/actions.rs", "// never Utc::now()\nlet said = \"Utc::now\";");
}

fn gives_up(source: &Source) -> Vec<String> {
    let loud = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!("];
    // The law's constants are checked while they compile: a wrong word or day there stops the build, not the program.
    let compiled = ["src/law/rule.rs", "src/law/fact.rs"].contains(&source.path.as_str());
    source.find(&loud).filter(|fault| !compiled || !fault.ends_with("panic!(")).collect()
}

#[test]
fn nothing_gives_up_outside_tests() {
    holds(gives_up);
    catches(gives_up, "src/page.rs", "let x = y.unwrap();");
    catches(gives_up, "src/page.rs", "y\n    .expect(\"it\");");
    passes(
        gives_up,
        "src/page.rs",
        "let x = y.unwrap_or_default();\n#[cfg(test)]\nmod tests { fn f() { y.unwrap(); } }",
    );
}

fn speaks_to_the_database(source: &Source) -> Vec<String> {
    let mut parts = source.path.trim_end_matches(".rs").split('/');
    if parts.any(|part| DIESEL.contains(&part)) {
        Vec::new()
    } else {
        source.find(&["diesel::", "use diesel", "schema::"]).collect()
    }
}

#[test]
fn only_stores_and_actions_speak_to_the_database() {
    holds(speaks_to_the_database);
    catches(speaks_to_the_database, "src/incident/pages/show.rs", "use diesel::prelude::*;");
    catches(speaks_to_the_database, "src/notice/mod.rs", "use crate::schema::incident;");
    passes(speaks_to_the_database, "src/incident/store/list.rs", "use diesel::prelude::*;");
}

fn prints(source: &Source) -> Vec<String> {
    if PRINTS.contains(&source.path.as_str()) {
        Vec::new()
    } else {
        source.find(&["println!(", "print!(", "eprint!("]).collect()
    }
}

#[test]
fn only_the_commands_print() {
    holds(prints);
    catches(prints, "src/incident/actions.rs", "eprintln!(\"{title}\");");
}

fn too_long(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    let excused = LONG.iter().any(|(path, _)| *path == source.path);
    if lines > LONGEST && !excused { vec![format!("{}: {lines} lines", source.path)] } else { Vec::new() }
}

#[test]
fn files_stay_readable_and_exceptions_stay_true() {
    holds(too_long);
    catches(too_long, "src/page.rs", &"\n".repeat(LONGEST + 1));
    for (path, reason) in LONG {
        let lines = fs::read_to_string(path).unwrap().lines().count();
        assert!(lines > LONGEST && !reason.is_empty(), "{path} needs no exception: {lines} lines");
    }
}

fn untold(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    if !source.text.starts_with("//! ") {
        faults.push(format!("{}: begins without a sentence on what it is", source.path));
    }
    let part = |part: &str| EMPTY_NAMES.contains(&part);
    if source.path.trim_end_matches(".rs").split('/').any(part) {
        faults.push(format!("{}: a name that says nothing", source.path));
    }
    faults
}

#[test]
fn every_file_says_what_it_is_and_has_a_name_of_the_trade() {
    holds(untold);
    catches(untold, "src/page.rs", "use std::fmt;\n");
    catches(untold, "src/incident/helpers.rs", "//! Things.\n");
    for path in walk("tests", ".rs").into_iter().chain(walk("benches", ".rs")) {
        assert!(
            fs::read_to_string(&path).unwrap().starts_with("//! "),
            "{path} begins without a sentence on what it is"
        );
    }
}

/// What the policy of the pages forbids, and what would be fetched from elsewhere.
fn unsafe_for_pages(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lower = text.to_lowercase();
    for bad in [" style=", "<style", "javascript:", "{{{", "src=\"http", "href=\"http", "//cdn"] {
        if lower.contains(bad) {
            faults.push(format!("{path}: {bad}"));
        }
    }
    for tag in lower.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        if tag.starts_with("script") && !tag.contains(" src=") {
            faults.push(format!("{path}: a script in the page"));
        }
        let handler = |word: &str| {
            word.strip_prefix("on").is_some_and(|rest| {
                rest.split('=').next().is_some_and(|name| !name.is_empty() && name.chars().all(char::is_alphabetic))
                    && rest.contains("=\"")
            })
        };
        if tag.split_whitespace().skip(1).any(handler) {
            faults.push(format!("{path}: a handler in <{tag}>"));
        }
    }
    faults
}

#[test]
fn pages_have_nothing_inline_nothing_unescaped_and_nothing_from_elsewhere() {
    for path in walk("templates/pages", ".hbs") {
        let faults = unsafe_for_pages(&path, &fs::read_to_string(&path).unwrap());
        assert!(faults.is_empty(), "{faults:?}");
    }
    for bad in [
        "<p style=\"color:red\">",
        "<script>alert()</script>",
        "<a onclick=\"f()\">",
        "{{{title}}}",
        "<img src=\"https://x.example/a.png\">",
    ] {
        assert!(!unsafe_for_pages("x.hbs", bad).is_empty(), "{bad} passes");
    }
    assert!(
        unsafe_for_pages("x.hbs", "<script src=\"/static/varsel.js\" defer></script><p data-on=\"x\">{{title}}</p>")
            .is_empty()
    );
}

fn not_embedded(folder: &str, templates: &Templates, paths: &[String]) -> Vec<String> {
    let name = |path: &&String| path[folder.len() + 1..].trim_end_matches(".hbs").to_owned();
    paths.iter().filter(|path| !templates.has(&name(path))).cloned().collect()
}

#[test]
fn every_template_and_every_text_is_embedded() {
    for (folder, templates) in [
        ("templates/pages", Templates::pages().unwrap()),
        ("templates/notices", Templates::notices().unwrap()),
        ("templates/mails", Templates::mails().unwrap()),
    ] {
        assert_eq!(not_embedded(folder, &templates, &walk(folder, ".hbs")), Vec::<String>::new());
        assert_eq!(not_embedded(folder, &templates, &[format!("{folder}/nowhere.hbs")]).len(), 1);
    }
    for path in walk("locales", ".ftl") {
        let lang = Lang::parse(path.split('/').nth(1).unwrap()).unwrap();
        for key in keys(&fs::read_to_string(&path).unwrap()) {
            assert!(i18n::has(lang, &key), "{path}: {key} is not in the program");
        }
    }
    assert!(!i18n::has(Lang::En, "page-that-is-not-there"));
}

fn keys(ftl: &str) -> BTreeSet<String> {
    let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
    ftl.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic())).filter_map(key).collect()
}

#[test]
fn the_three_languages_have_the_same_texts_in_the_same_files() {
    for path in walk("locales/nb", ".ftl") {
        let of = |lang: &str| {
            keys(&fs::read_to_string(path.replace("locales/nb", &format!("locales/{lang}"))).unwrap_or_default())
        };
        for lang in ["nn", "en"] {
            let missing: Vec<_> = of("nb").symmetric_difference(&of(lang)).cloned().collect();
            assert!(missing.is_empty(), "{path} and {lang} differ: {missing:?}");
        }
    }
    assert_eq!(keys("a-b = c\n    d = e\n# f = g\n.h = i").len(), 1);
}

#[test]
fn every_duty_has_its_words_and_every_outgoing_one_a_letter_in_three_languages() {
    let letters = Templates::notices().unwrap();
    for id in book::DUTY_IDS {
        for lang in Lang::ALL {
            for key in [format!("duty-{id}"), format!("duty-{id}-help")] {
                assert!(i18n::has(lang, &key), "{lang} lacks {key}");
            }
        }
        let rule = book::in_force(id, book::LAST_DAY).unwrap();
        let goes_out = rule.recipient != "register";
        assert_eq!(notice::has_draft(id), goes_out, "{id}");
    }
    let mails = Templates::mails().unwrap();
    for (folder, templates) in [("templates/notices/", &letters), ("templates/mails/", &mails)] {
        assert_eq!(unwritten(folder, templates, &walk(folder.trim_end_matches('/'), ".hbs")), Vec::<String>::new());
        assert_eq!(unwritten(folder, templates, &[format!("{folder}nowhere.nn.hbs")]).len(), 3);
    }
}

/// What is written in one language and not in each of the three.
fn unwritten(folder: &str, templates: &Templates, paths: &[String]) -> Vec<String> {
    let names: BTreeSet<&str> = paths
        .iter()
        .filter_map(|path| path[folder.len()..].trim_end_matches(".hbs").rsplit_once('.'))
        .map(|n| n.0)
        .collect();
    let all = names.iter().flat_map(|name| Lang::ALL.map(|lang| format!("{name}.{lang}")));
    all.filter(|name| !templates.has(name)).collect()
}
