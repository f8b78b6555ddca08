//! Reads the program's own source: what is code in it, and what is only said or tested.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A source file: its path, its text, and its code without comments, strings and tests (lines stay where they are).
pub struct Source {
    pub path: String,
    pub text: String,
    pub code: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        let bare = bare(text);
        Source { path: path.to_owned(), text: text.to_owned(), code: without_tests(&bare) }
    }

    /// The module below `src`: `incident` for `src/incident/pages/show.rs`.
    pub fn module(&self) -> &str {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        inner.split('/').next().unwrap()
    }

    /// Every line of code in which one of these stands.
    pub fn find<'a>(&'a self, needles: &'a [&str]) -> impl Iterator<Item = String> + 'a {
        let line = |(at, line): (usize, &str)| {
            let found = needles.iter().find(|needle| line.contains(**needle))?;
            Some(format!("{}:{}: {found}", self.path, at + 1))
        };
        self.code.lines().enumerate().filter_map(line)
    }
}

/// The text with comments and literals blanked, so that words in them count for nothing.
fn bare(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    let blank = |out: &mut String, from: usize, to: usize| {
        out.extend(chars[from..to.min(chars.len())].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
    };
    while at < chars.len() {
        let here = &chars[at..];
        let word_before = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
        let end = match here {
            ['/', '/', ..] => at + here.iter().position(|c| *c == '\n').unwrap_or(here.len()),
            ['/', '*', ..] => at + 4 + here[2..].windows(2).position(|w| w == ['*', '/']).unwrap_or(here.len()),
            ['r', '"' | '#', ..] if !word_before => {
                let hashes = here[1..].iter().take_while(|c| **c == '#').count();
                let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                match here.get(1 + hashes) {
                    Some('"') => {
                        let inner = &here[2 + hashes..];
                        at + 2
                            + hashes
                            + inner.windows(close.len()).position(|w| w == close).unwrap_or(inner.len())
                            + close.len()
                    }
                    _ => at,
                }
            }
            ['"', ..] => {
                let mut end = 1;
                while end < here.len() && here[end] != '"' {
                    end += if here[end] == '\\' { 2 } else { 1 };
                }
                at + end + 1
            }
            ['\'', '\\', ..] => at + 3 + here[3..].iter().position(|c| *c == '\'').unwrap_or(0),
            ['\'', _, '\'', ..] => at + 3,
            _ => at,
        };
        if end > at {
            blank(&mut out, at, end);
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// The bare code without what is compiled for tests only.
fn without_tests(bare: &str) -> String {
    let mut out = String::with_capacity(bare.len());
    let mut rest = bare;
    while let Some(start) = rest.find("#[cfg(test)]") {
        out.push_str(&rest[..start]);
        let mut depth = 0;
        let end = rest[start..].char_indices().find_map(|(at, c)| {
            depth += match c {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            (depth == 0 && matches!(c, '}' | ';')).then_some(start + at + 1)
        });
        let end = end.unwrap_or(rest.len());
        out.extend(rest[start..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    out + rest
}

/// Every file below a folder whose name ends so.
pub fn walk(folder: &str, end: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).unwrap_or_else(|why| panic!("{dir}: {why}")) {
            let path = entry.unwrap().path().to_str().unwrap().to_owned();
            if Path::new(&path).is_dir() {
                open.push(path);
            } else if path.ends_with(end) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "nothing in {folder}");
    found
}

/// Every file of the program; those of tests have no code that counts.
pub fn sources() -> Vec<Source> {
    let mut all: Vec<_> =
        walk("src", ".rs").iter().map(|path| Source::new(path, &fs::read_to_string(path).unwrap())).collect();
    let tests: BTreeSet<String> = all.iter().flat_map(files_of_tests).collect();
    for source in &mut all {
        if tests.contains(&source.path) {
            source.code.clear();
        }
    }
    all
}

/// The files that a `#[cfg(test)] mod x;` of this one brings in.
fn files_of_tests(source: &Source) -> Vec<String> {
    let folder = source.path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
    let name = |rest: &str| Some(rest.trim_start().strip_prefix("mod ")?.split_once(';')?.0.to_owned());
    let names = source.text.split("#[cfg(test)]").skip(1).filter_map(name).filter(|name| !name.contains('{'));
    names.map(|name| format!("{folder}/{name}.rs")).collect()
}
