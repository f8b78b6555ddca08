//! What the fields of the template say of a case, and that none is forgotten.

use std::fs;

use super::*;
use crate::law::{self, Thresholds};
use crate::notice::audience::{self, Reader};
use crate::notice::tests::{cases, company, now};

pub(in crate::notice) fn source<'a>(facts: &'a Facts, assessment: &'a Assessment, typed: &'a Value) -> Source<'a> {
    static COMPANY: std::sync::LazyLock<Company> = std::sync::LazyLock::new(company);
    Source {
        facts,
        assessment,
        company: &COMPANY,
        lang: Lang::Nb,
        stage: Stage::Initial,
        reference: "2026-0001",
        reporter: ("Kari Nordmann", "kari@smbmobil.no"),
        previous: None,
        letter: None,
        typed,
        now: now(),
    }
}

fn filled(json: &Value, typed: &Value, change: impl Fn(&mut Source<'_>)) -> Vec<Filled> {
    let facts = Facts::from_json(json).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let assessment = law::assess(&facts, now(), &Thresholds::default()).unwrap();
    let facts = audience::seen(&facts, Reader::Datatilsynet, None);
    let mut source = source(&facts, &assessment, typed);
    change(&mut source);
    fill(&source)
}

fn at(all: &[Filled], no: u8) -> &Filled {
    all.iter().find(|one| one.field.no == no).unwrap()
}

fn leak() -> Value {
    json!({
        "title": "intern tittel", "description": "Samtalelogg lå åpen.",
        "timeline": { "started_at": "2026-10-01T08:00:00+02:00", "ended_at": "2026-10-03T08:00:00+02:00", "breach_aware_at": "2026-10-04T08:00:00+02:00" },
        "cause": { "nature": ["misconfiguration", "other"], "origin": "internal_non_malicious" },
        "personal_data": {
            "breach": true, "roles": [{ "role": "controller" }], "kinds": ["confidentiality"], "confidentiality": "likely_disclosed",
            "unintelligible": "no", "data": ["contact", "traffic"], "subjects": ["customers", "other", "unknown"],
            "subjects_count": 40, "subjects_count_exact": true, "measures_before": ["backup"], "impacts": ["fraud"], "impact_severity": "severe",
            "countries": ["NO"],
        },
    })
}

#[test]
fn there_are_a_hundred_fields_as_many_of_each_need_as_the_template_has() {
    let numbers: Vec<u8> = FIELDS.iter().map(|field| field.no).collect();
    assert_eq!(numbers.len(), 100);
    assert!(numbers.is_sorted_by(|a, b| a < b), "in the template's order, each once");
    let count = |need| FIELDS.iter().filter(|field| field.need == need).count();
    assert_eq!((count(Need::Required), count(Need::Conditional), count(Need::Optional)), (42, 46, 12));
}

#[test]
fn every_field_part_and_choice_has_its_words() {
    for field in FIELDS {
        for lang in Lang::ALL {
            for key in [
                format!("edpb-{}", field.no),
                format!("edpb-part-{}", field.part),
                format!("edpb-need-{}", field.need.word()),
            ] {
                assert!(i18n::has(lang, &key), "{lang}: {key}");
            }
            if let Holds::One(options) | Holds::Many(options) = field.holds {
                for letter in letters(options) {
                    let words = option_words(lang, field.no, options, &letter);
                    assert!(!words.starts_with("edpb-") && !words.starts_with("choice-"), "{lang}: {words}");
                }
            }
        }
    }
}

#[test]
fn the_facts_give_the_letters_of_the_template() {
    let all = filled(&leak(), &Value::Null, |_| {});
    let value = |no| &at(&all, no).value;
    assert_eq!(value(44), "b", "from a date to a date");
    assert_eq!((value(55), value(56), value(57)), (&json!(["a"]), &json!("b"), &json!("c")));
    assert_eq!((value(60), value(61)), (&json!(["m", "y"]), &json!("a")));
    assert_eq!(value(65), &json!(["a", "j", "k"]), "the template has «additional» before «not yet known»");
    assert_eq!((value(67), value(68)), (&json!("a"), &json!(40)));
    assert_eq!(value(70), &json!(["b", "u"]), "call records are an additional kind of data");
    assert!(value(71).as_str().unwrap().contains("rafikk"), "{}", value(71));
    assert_eq!((value(75), value(85), value(87)), (&json!(["b"]), &json!(["e"]), &json!("c")));
    assert_eq!((value(3), value(4), value(113)), (&json!("a"), &json!("b"), &json!("b")));
    assert_eq!(at(&all, 58).ask, Ask::Hidden, "only confidentiality was breached");
    assert!(
        !all.iter()
            .any(|one| one.words(Lang::Nb).is_some_and(|words| words.contains("intern tittel") && one.field.no != 62))
    );
}

#[test]
fn what_is_missing_is_told_and_what_is_typed_fills_it() {
    let missing = |typed: &Value| {
        let all = filled(&leak(), typed, |_| {});
        all.iter().filter(|one| one.is_missing()).map(|one| one.field.no).collect::<Vec<u8>>()
    };
    let before = missing(&Value::Null);
    assert!(before.contains(&50) && before.contains(&51) && !before.contains(&52), "{before:?}");
    let after = missing(&json!({ "50": "d", "51": "En forsker ringte.", "44": "c", "72": "c" }));
    assert!(!after.contains(&50) && after.contains(&52), "who told us, and when: {after:?}");
    assert!(!after.contains(&73), "a number that cannot be determined is not asked for: {after:?}");
    let all = filled(&leak(), &json!({ "44": "c", "50": "zz", "73": "12 000" }), |_| {});
    assert_eq!(at(&all, 44).value, "b", "what the facts say stands");
    assert_eq!((&at(&all, 50).value, &at(&all, 73).value), (&Value::Null, &json!(12_000)));
}

#[test]
fn a_withdrawal_and_a_late_first_one_are_asked_why() {
    let all = filled(&leak(), &json!({ "5": "Samme sak" }), |source| source.stage = Stage::Withdrawn);
    assert_eq!(
        (&at(&all, 5).value, &at(&all, 4).value, &at(&all, 3).value),
        (&json!("Samme sak"), &json!("c"), &json!("b"))
    );
    assert_eq!(at(&all, 49).ask, Ask::Hidden);
    let late = filled(&leak(), &Value::Null, |source| source.now = now() + chrono::TimeDelta::days(9));
    assert!(at(&late, 49).is_missing(), "later than 72 hours");
    assert_eq!(at(&filled(&leak(), &Value::Null, |_| {}), 49).ask, Ask::Hidden);
}

#[test]
fn what_changed_since_the_last_part_is_told_field_by_field() {
    let first = filled(&leak(), &Value::Null, |_| {});
    let kept: Vec<Value> = first.iter().map(|one| one.json(Lang::Nb)).collect();
    let mut more = leak();
    more["personal_data"]["subjects_count"] = json!(55);
    let second = filled(&more, &json!({ "51": "Vår egen overvåking" }), |source| source.stage = Stage::Supplementary);
    let changes = changed(&second, &json!(kept), Lang::Nb);
    let told: Vec<(u64, &str)> =
        changes.iter().map(|change| (change["no"].as_u64().unwrap(), change["to"].as_str().unwrap())).collect();
    assert_eq!(told, [(51, "Vår egen overvåking"), (68, "55")]);
}

#[test]
fn every_case_fills_the_template_and_prints_it() {
    assert!(fs::read_dir("tests/cases").unwrap().count() > 20);
    for (id, facts) in cases() {
        let assessment = law::assess(&facts, now(), &Thresholds::default()).unwrap();
        let facts = audience::seen(&facts, Reader::Datatilsynet, None);
        let all = fill(&source(&facts, &assessment, &Value::Null));
        for lang in Lang::ALL {
            let text = text(&all, lang);
            assert!(text.len() > 1_000 && !text.contains("edpb-") && !text.contains("choice-"), "{id}: {text}");
        }
    }
}
