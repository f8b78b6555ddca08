//! What a dossier for the supervisory authority leaves out: facts it may not see, and the names of business customers.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Audience, Matter, section};
use crate::i18n::{self, Lang};
use crate::incident::{CaseFile, MOMENTS};
use crate::law::risk::Reason;
use crate::law::{Fact, Facts, Path};
use crate::notice::audience::{Reader, may_see, seen};
use crate::pdf::Block;

/// Names in the order in which they are looked for, each with what stands in its place.
pub type Names = Vec<(String, String)>;

/// A name that is shorter could be a part of any sentence.
const SHORTEST: usize = 2;

/// Takes out of a case what its reader may not see, and notes the names that must not be mentioned: those of the facts and
/// these of the register.
pub fn hide(matter: &mut Matter, customers: Vec<String>) {
    if matter.order.audience == Audience::Internal {
        return;
    }
    let (reader, lang) = (Reader::Datatilsynet, matter.order.lang);
    let versions: Vec<&Facts> = matter.versions.iter().map(|one| &one.facts).collect();
    matter.names = names(lang, &matter.case, &versions, customers);
    // What a file was called here may name a customer, too.
    let files = matter.files().iter().enumerate();
    let files: Names = files.map(|(at, file)| (file.name.clone(), section::neutral(at, &file.name))).collect();
    matter.names.extend(files);
    matter.names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
    let case = &mut matter.case;
    case.facts = seen(&case.facts, reader, None);
    case.known = case.facts.to_json();
    for version in &mut matter.versions {
        version.facts = seen(&version.facts, reader, None);
    }
    let open = |fact: Fact| may_see(reader, fact);
    case.moments.retain(|one| MOMENTS.iter().any(|(name, fact)| *name == one.moment && open(*fact)));
    for status in &mut case.duties {
        visible(&mut status.duty.because);
        visible(&mut status.duty.decided_by);
        if let Some(settled) = &mut status.settlement {
            scrub(&mut settled.questions.0);
        }
    }
    let assessed = &mut case.assessment;
    reasons(&mut assessed.severity.reasons);
    reasons(&mut assessed.risk.reasons);
    case.timeline.iter_mut().for_each(|line| scrub(&mut line.payload.0));
    matter.assessed.iter_mut().for_each(|one| scrub(&mut one.assessment.0));
}

fn visible(paths: &mut Vec<Path>) {
    paths.retain(|path| may_see(Reader::Datatilsynet, path.fact));
}

fn reasons(reasons: &mut [Reason]) {
    reasons.iter_mut().for_each(|reason| visible(&mut reason.because));
}

/// The business customers that the case has ever named, the longest name first, so that none is found inside another.
fn names(lang: Lang, case: &CaseFile, versions: &[&Facts], customers: Vec<String>) -> Names {
    let mut all: BTreeSet<String> = customers.into_iter().collect();
    for facts in versions.iter().copied().chain([&case.facts]) {
        let roles = facts.items(Fact::Roles).iter().filter_map(|role| role.text(Fact::RoleController));
        all.extend(roles.map(str::to_owned));
    }
    all.extend(case.duties.iter().filter_map(|status| status.duty.for_whom.as_deref().map(str::to_owned)));
    all.retain(|name| name.chars().count() >= SHORTEST);
    let stands = |n: usize| i18n::text_with(lang, "dossier-customer", &[("n", (n + 1).into())]);
    let mut names: Names = all.into_iter().enumerate().map(|(n, name)| (name, stands(n))).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
    names
}

/// The fact of a place as stored JSON spells it, with the number of its row or without.
fn fact_of(place: &str) -> Option<Fact> {
    let plain = place.split_once('[').and_then(|(list, rest)| Some(format!("{list}[]{}", rest.split_once(']')?.1)));
    Fact::by_path(plain.as_deref().unwrap_or(place))
}

fn may(value: &Value) -> bool {
    let place = value.as_str().or_else(|| value["path"].as_str()).or_else(|| value["fact"].as_str());
    place.and_then(fact_of).is_none_or(|fact| may_see(Reader::Datatilsynet, fact))
}

/// Takes places that may not be seen out of every list of stored JSON, out of changed lists of objects what may not be
/// seen of each, and who of the affected a line is about.
fn scrub(value: &mut Value) {
    match value {
        Value::Array(all) => {
            all.retain(may);
            all.iter_mut().for_each(scrub);
        }
        Value::Object(all) => {
            all.remove("person");
            let list = all.get("path").and_then(Value::as_str).and_then(fact_of);
            if let Some(list) = list.filter(|fact| !fact.items().is_empty()) {
                for name in ["from", "to", "value"] {
                    rows(all.get_mut(name), list);
                }
            }
            all.values_mut().for_each(scrub);
        }
        _ => {}
    }
}

fn rows(value: Option<&mut Value>, list: Fact) {
    for row in value.and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_object_mut) {
        for fact in list.items().iter().filter(|fact| !may_see(Reader::Datatilsynet, **fact)) {
            row.remove(fact.key());
        }
    }
}

/// A text without the names; a name is only found as whole words.
pub fn without(text: &str, names: &Names) -> String {
    let mut said = text.to_owned();
    for (name, stands) in names {
        let mut kept = String::with_capacity(said.len());
        let mut rest = said.as_str();
        while let Some(at) = rest.find(name.as_str()) {
            let (before, after) = (&rest[..at], &rest[at + name.len()..]);
            let inside = before.chars().next_back().is_some_and(char::is_alphanumeric)
                || after.chars().next().is_some_and(char::is_alphanumeric);
            kept.push_str(before);
            kept.push_str(if inside { name } else { stands });
            rest = after;
        }
        kept.push_str(rest);
        said = kept;
    }
    said
}

/// The same of a file of JSON, where a name may be escaped.
pub fn of_file(content: Vec<u8>, names: &Names) -> Vec<u8> {
    let escaped = |name: &String| {
        let text = serde_json::to_string(name).unwrap_or_default();
        text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(name).to_owned()
    };
    let both =
        names.iter().flat_map(|(name, stands)| [(name.clone(), stands.clone()), (escaped(name), stands.clone())]);
    match String::from_utf8(content) {
        Ok(text) => without(&text, &both.collect()).into_bytes(),
        Err(why) => why.into_bytes(),
    }
}

/// The same of a part of the document.
pub fn of_block(block: Block, names: &Names) -> Block {
    let say = |text: String| without(&text, names);
    let all = |texts: Vec<String>| texts.into_iter().map(say).collect::<Vec<_>>();
    match block {
        Block::Heading(level, text) => Block::Heading(level, say(text)),
        Block::Paragraph(text) => Block::Paragraph(say(text)),
        Block::Items(texts) => Block::Items(all(texts)),
        Block::Pairs(pairs) => Block::Pairs(pairs.into_iter().map(|(key, said)| (key, say(said))).collect()),
        Block::Table { head, rows, widths } => Block::Table { head, rows: rows.into_iter().map(all).collect(), widths },
        Block::Fixed(text) => Block::Fixed(say(text)),
        Block::Notice(text) => Block::Notice(say(text)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_out_as_whole_words_and_the_longest_first() {
        let names: Names = vec![("Fjord AS".into(), "kunde 1".into()), ("Fjord".into(), "kunde 2".into())];
        assert_eq!(without("Fjord AS og Fjord; Fjordland", &names), "kunde 1 og kunde 2; Fjordland");
        let quoted: Names = vec![("A \"B\"".into(), "kunde 1".into())];
        assert_eq!(of_file(br#"{"for":"A \"B\""}"#.to_vec(), &quoted), br#"{"for":"kunde 1"}"#);
    }

    #[test]
    fn what_may_not_be_seen_goes_out_of_every_list() {
        let mut payload = serde_json::json!({
            "changes": [{ "path": "services.customers_affected", "to": 5 }, { "path": "description", "to": "x" },
                { "path": "personal_data.roles", "to": [{ "role": "processor", "controller": "Fjord AS" }] }],
            "because": ["services.areas[0].inhabitants", "personal_data.breach"], "person": "0192",
        });
        scrub(&mut payload);
        assert_eq!(
            payload,
            serde_json::json!({ "changes": [{ "path": "description", "to": "x" },
                { "path": "personal_data.roles", "to": [{ "role": "processor" }] }], "because": ["personal_data.breach"] })
        );
    }
}
