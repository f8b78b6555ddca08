//! The JSON Schema of the facts, made from the law's own table.

use serde_json::{Map, Value, json};

use crate::i18n::{self, Lang};
use crate::law::fact::{self, Fact, Kind};

/// The JSON Schema of an incident's facts, with labels and help in a language.
pub fn schema(lang: Lang) -> Value {
    let mut root = Map::new();
    for fact in fact::ALL.iter().filter(|fact| fact.list().is_none()) {
        insert(&mut root, fact.path(), one(*fact, lang));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object", "additionalProperties": false, "required": ["title"], "properties": root,
    })
}

fn insert(properties: &mut Map<String, Value>, path: &str, schema: Value) {
    match path.split_once('.') {
        None => drop(properties.insert(path.to_owned(), schema)),
        Some((group, rest)) => {
            let group = properties.entry(group).or_insert_with(
                || json!({ "type": ["object", "null"], "additionalProperties": false, "properties": {} }),
            );
            if let Some(inner) = group["properties"].as_object_mut() {
                insert(inner, rest, schema);
            }
        }
    }
}

fn one(fact: Fact, lang: Lang) -> Value {
    let null_too = |words: &[&str]| words.iter().map(|word| json!(word)).chain([Value::Null]).collect::<Vec<_>>();
    let mut schema = match fact.def().kind {
        Kind::Text(max) if fact == Fact::Title => json!({ "type": "string", "minLength": 1, "maxLength": max }),
        Kind::Text(max) => json!({ "type": ["string", "null"], "maxLength": max }),
        Kind::Bool => json!({ "type": ["boolean", "null"] }),
        Kind::Whole => json!({ "type": ["integer", "null"], "minimum": 0 }),
        Kind::Number => json!({ "type": ["number", "null"], "minimum": 0 }),
        Kind::Time => json!({ "type": ["string", "null"], "format": "date-time" }),
        Kind::Choice(words) => json!({ "enum": null_too(words) }),
        Kind::Choices(words) => json!({ "type": ["array", "null"], "items": { "enum": words } }),
        Kind::Countries => json!({ "type": ["array", "null"], "items": { "type": "string", "pattern": "^[A-Z]{2}$" } }),
        Kind::Items => {
            let inner: Map<String, Value> =
                fact.items().iter().map(|fact| (fact.key().to_owned(), one(*fact, lang))).collect();
            let item = json!({ "type": "object", "additionalProperties": false, "properties": inner });
            json!({ "type": ["array", "null"], "items": item })
        }
    };
    schema["title"] = i18n::fact(lang, fact.path()).into();
    let help = i18n::fact_help(lang, fact.path());
    if !help.is_empty() {
        schema["description"] = help.into();
    }
    schema
}
