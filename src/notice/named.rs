//! The fields that a template of the company's own names: one that there is not would stand as unknown for ever, or silence
//! a part, and nobody would see it.

use std::collections::BTreeSet;

use serde_json::Value;

/// Words of templates that are no fields.
const OWN_WORDS: [&str; 8] = ["else", "if", "unless", "each", "this", "null", "true", "false"];

/// Every field that a text may be filled from: `sender.name`, and `title` of what is in a list.
#[must_use]
pub fn fields(context: &Value) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    gather(context, "", &mut all);
    all
}

fn gather(value: &Value, above: &str, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
                gather(value, &path, all);
                all.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, "", all)),
        _ => {}
    }
}

/// The first field that a source names and that there is not, with its line.
#[must_use]
pub fn stranger(source: &str, fields: &BTreeSet<String>) -> Option<(usize, String)> {
    let mut at = 0;
    while let Some(begin) = source[at..].find("{{").map(|found| at + found + 2) {
        let end = source[begin..].find("}}").map_or(source.len(), |found| begin + found);
        let named = names(&source[begin..end]).into_iter().find(|name| !fields.contains(name));
        if let Some(name) = named {
            return Some((source[..begin].matches('\n').count() + 1, name));
        }
        at = end;
    }
    None
}

/// What a tag names, without its helper, its literals and its comments.
fn names(tag: &str) -> Vec<String> {
    let tag = tag.trim_matches(['~', '{', ' ']);
    // Parts, comments, ends, and lists whose rows have a name of the author's own.
    if tag.starts_with(['!', '/', '>', '&', '^']) || tag.starts_with("#>") || tag.contains('|') {
        return Vec::new();
    }
    let literals = tag.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = literals.trim_start_matches('#').split([' ', '\n', '\t']).collect();
    let alone = words.iter().filter(|word| !word.is_empty()).count() == 1;
    let mut all = Vec::new();
    for (at, word) in words.into_iter().enumerate() {
        let is_helper = word.starts_with('(') || (at == 0 && (!alone || tag.contains('"')));
        let word = word.trim_matches(['(', ')']);
        let word = word.split_once('=').map_or(word, |(_, value)| value);
        let name = word.trim_start_matches("../").trim_start_matches("this.");
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !OWN_WORDS.contains(&name);
        if is_name && !is_helper {
            all.push(name.to_owned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_template_names_is_a_field_or_is_told_with_its_line() {
        let context =
            serde_json::json!({ "time": { "started": null }, "open": [{ "title": "x" }], "sent": ["a"], "today": "b" });
        let fields = fields(&context);
        let fine = "{{today}}\n{{#if time.started}}{{known time.started}}{{else}}{{known null}}{{/if}}{{! any thing }}\n\
                    {{#each open}}{{title}} {{this.title}} {{../today}}{{@index}}{{/each}}{{cap (list sent)}}{{t \"some-key\"}}{{> part.nb}}";
        assert_eq!(stranger(fine, &fields), None);
        for (wrong, line, name) in [
            ("a\n{{known time.begun}}", 2, "time/begun"),
            ("{{#if tiem.started}}x{{/if}}", 1, "tiem/started"),
            ("\n\n{{cap (list snt)}}", 3, "snt"),
            ("{{todai}}", 1, "todai"),
            ("{{t \"key\" name=todai}}", 1, "todai"),
        ] {
            assert_eq!(stranger(wrong, &fields), Some((line, name.replace('/', "."))), "{wrong}");
        }
    }
}
