//! No receiver learns what they may not see, and no text lacks what the facts could give it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::audience::{self, Reader};
use super::tests::{cases, company, now};
use super::*;
use crate::law::fact::{self, Kind};
use crate::law::{self, Thresholds};

/// The case with everything that it does not say filled in from the sample.
fn rich(facts: &Facts) -> Facts {
    let mut all = custom::sample().to_json();
    lay(&mut all, &facts.to_json());
    let sent = [("gdpr-33-authority", false), ("reg-611-authority", false), ("nkom-availability", true)];
    all["sent"] = sent
        .iter()
        .map(|(duty, complete)| json!({ "duty": duty, "sent_at": "2026-10-25T11:00:00+01:00", "complete": complete }))
        .collect();
    all["orders"] = ["incident_report", "tell_subjects", "public_information"]
        .iter()
        .map(|kind| json!({ "kind": kind, "authority": "Nkom", "ordered_at": "2026-10-25T10:00:00+01:00", "due_at": "2026-10-28T10:00:00+01:00" }))
        .collect();
    Facts::from_stored(&all).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

fn lay(all: &mut Value, over: &Value) {
    match (all, over) {
        (Value::Object(all), Value::Object(over)) => {
            for (key, value) in over {
                lay(all.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        // What a case leaves open is what is to be filled in.
        (_, Value::Null) => {}
        (place, value) => *place = value.clone(),
    }
}

#[test]
fn no_text_has_a_gap_that_the_facts_could_fill() {
    let templates = Templates::notices().unwrap();
    let typed = json!({
        "own_data": "anropslogg", "own_subjects": "ansatte", "own_count": "12", "own_records": "300", "5": "Samme sak.", "6": "AR1",
    });
    let mut seen = BTreeSet::new();
    for (id, facts) in cases() {
        let facts = rich(&facts);
        let Ok(assessment) = law::assess(&facts, now(), &Thresholds::default()) else { panic!("{id}") };
        for (duty, lang) in assessment.duties.iter().flat_map(|duty| Lang::ALL.map(|lang| (duty, lang))) {
            for stage in Stage::ALL {
                let manner = Manner { lang, stage, typed: &typed };
                let drafted = draft_as(&templates, duty, (&facts, &assessment), &company(), manner).unwrap();
                let Some(drafted) = drafted else { continue };
                seen.insert(duty.id);
                let gaps: Vec<&str> = drafted.gaps.iter().map(|gap| gap.fact.path()).collect();
                assert!(gaps.is_empty(), "{id}, {}, {lang}: {gaps:?}", duty.id);
                let unknown = i18n::text(lang, "notice-unknown");
                assert!(!drafted.body.contains(&unknown), "{id}, {}, {lang}, {stage:?}:\n{}", duty.id, drafted.body);
                assert!(!drafted.body.contains('{') && !drafted.subject.contains("notice-"), "{}", drafted.body);
                assert!(
                    drafted.sms.as_ref().is_none_or(|sms| (40..=320).contains(&sms.chars().count())),
                    "{:?}",
                    drafted.sms
                );
            }
        }
    }
    let all = law::book::DUTY_IDS.iter().filter(|id| has_draft(id));
    assert_eq!(seen, all.copied().collect(), "every duty that is met by sending something was drafted");
}

#[test]
fn whatever_a_text_calls_unknown_is_named_as_a_gap() {
    let templates = Templates::notices().unwrap();
    let all = rich(&Facts::default()).to_json();
    let unknown = i18n::text(Lang::Nb, "notice-unknown");
    let mut silent = BTreeSet::new();
    for fact in fact::ALL.iter().filter(|fact| !fact.path().contains("[]")) {
        let mut json = all.clone();
        put(&mut json, fact.path(), &Value::Null);
        let Ok(facts) = Facts::from_stored(&json) else { continue };
        let assessment = law::assess(&facts, now(), &Thresholds::default()).unwrap();
        for duty in &assessment.duties {
            let typed = json!({ "own_data": "x", "own_subjects": "x", "own_count": "1", "own_records": "1" });
            let manner = Manner { lang: Lang::Nb, stage: Stage::Initial, typed: &typed };
            let drafted = draft_as(&templates, duty, (&facts, &assessment), &company(), manner).unwrap();
            if drafted.is_some_and(|drafted| drafted.body.contains(&unknown) && drafted.gaps.is_empty()) {
                silent.insert((duty.id, fact.path()));
            }
        }
    }
    assert_eq!(silent, BTreeSet::new(), "a text says «{unknown}» and names nothing that would fill it");
}

/// A mark that stands in nothing but this fact.
fn marked(facts: &Facts) -> (Facts, Vec<(Fact, String)>) {
    let mut json = facts.to_json();
    let mut marks = Vec::new();
    for (at, fact) in fact::ALL.iter().enumerate() {
        let mark = match fact.def().kind {
            Kind::Text(_) if *fact != Fact::AreaCode => json!(format!("MERKE{at}X")),
            Kind::Whole => json!(31_000 + 17 * at),
            _ => continue,
        };
        put(&mut json, fact.path(), &mark);
        let said = mark.as_str().map_or_else(|| i18n::decimal(Lang::Nb, mark.as_f64().unwrap()), str::to_owned);
        marks.push((*fact, said));
    }
    // Each customer has a name of its own.
    json["personal_data"]["roles"] = json!([
        { "role": "controller" }, { "role": "processor", "controller": "EGEN KUNDE" }, { "role": "processor", "controller": "ANNEN KUNDE" },
    ]);
    marks.retain(|(fact, _)| *fact != Fact::RoleController);
    (Facts::from_stored(&json).unwrap(), marks)
}

fn put(json: &mut Value, path: &str, mark: &Value) {
    let (first, rest) = path.split_once('.').map_or((path, ""), |(first, rest)| (first, rest));
    let (key, list) = first.strip_suffix("[]").map_or((first, false), |key| (key, true));
    match (&mut json[key], rest, list) {
        (place, "", _) => *place = mark.clone(),
        (Value::Array(items), rest, true) => items.iter_mut().for_each(|item| put(item, rest, mark)),
        (Value::Null, ..) if list => {}
        (inner, rest, _) => put(inner, rest, mark),
    }
}

#[test]
fn no_draft_and_no_export_mentions_what_its_receiver_may_not_see() {
    let templates = Templates::notices().unwrap();
    let (facts, marks) = marked(&rich(&Facts::default()));
    assert!(marks.len() > 20);
    let assessment = law::assess(&facts, now(), &Thresholds::default()).unwrap();
    let mut told = BTreeSet::new();
    for duty in &assessment.duties {
        let reader = Reader::of(duty);
        for stage in Stage::ALL {
            let manner = Manner { lang: Lang::Nb, stage, typed: &Value::Null };
            let drafted = draft_as(&templates, duty, (&facts, &assessment), &company(), manner).unwrap();
            let Some(drafted) = drafted else { continue };
            let text = format!("{}\n{}\n{:?}", drafted.subject, drafted.body, drafted.sms);
            check(&text, reader, duty.for_whom.as_deref(), &facts, &marks, &mut told);
        }
    }
    let seen = audience::seen(&facts, Reader::Datatilsynet, None);
    let filled = edpb::fill(&edpb::source(&seen, &assessment, &Value::Null));
    check(&edpb::text(&filled, Lang::Nb), Reader::Datatilsynet, None, &facts, &marks, &mut told);
    assert!(told.len() > 10, "the marks that may be seen are seen: {told:?}");
}

fn check(
    text: &str,
    reader: Reader,
    customer: Option<&str>,
    facts: &Facts,
    marks: &[(Fact, String)],
    told: &mut BTreeSet<&'static str>,
) {
    for (fact, _) in marks.iter().filter(|(_, mark)| text.contains(mark.as_str())) {
        let own = reader != Reader::Customer || !audience::OWN.contains(fact);
        assert!(audience::may_see(reader, *fact) && own, "{reader:?} is told {fact}:\n{text}");
        told.insert(fact.path());
    }
    for name in audience::unmentionable(facts, reader, customer) {
        assert!(!text.contains(name), "{reader:?} is told of {name}:\n{text}");
    }
}

#[test]
fn every_fact_has_its_readers_and_our_own_people_see_all() {
    for fact in fact::ALL {
        assert!(audience::may_see(Reader::Internal, *fact), "{fact}");
        assert!(audience::may_see(Reader::Board, *fact), "{fact}");
    }
    assert!(!audience::may_see(Reader::Affected, Fact::Title) && audience::may_see(Reader::Nkom, Fact::Title));
}

#[test]
fn the_words_of_every_reader_stage_and_field_are_there() {
    let mut keys: Vec<String> = Reader::ALL.iter().map(|reader| format!("reader-{}", reader.word())).collect();
    keys.extend(
        Stage::ALL.iter().flat_map(|stage| [format!("stage-{}", stage.word()), format!("stage-{}-help", stage.word())]),
    );
    keys.extend(edpb::altinn::PARTS.iter().flat_map(|(part, names)| {
        names.iter().map(|name| format!("altinn-{name}")).chain([format!("altinn-part-{part}")])
    }));
    for figure in [0, 35, 45, 55, 70] {
        keys.push(format!("lix-{}", lix::band(figure)));
    }
    for code in ["not-saved", "changed", "own", "names-another", "not-approved", "not-by-mail", "already-sent"] {
        keys.extend([format!("problem-text-{code}"), format!("problem-text-{code}-detail")]);
    }
    for (lang, key) in Lang::ALL.into_iter().flat_map(|lang| keys.iter().map(move |key| (lang, key))) {
        assert!(i18n::has(lang, key), "{lang}: {key}");
    }
}
