//! The acceptance cases: the Board's own outcomes, the letter of the law, and arithmetic.

use super::{assess, time};
use serde_json::{Value, json};
use std::path::Path;
use varsel::law::Assessment;

fn misses(case: &Value) -> Vec<String> {
    let answer = assess(&case["facts"]);
    let json = serde_json::to_value(&answer).unwrap();
    let mut misses = Vec::new();
    for (what, want) in case["expect"].as_object().unwrap() {
        let at = format!("{} {what}", case["id"]);
        match what.as_str() {
            "severity" | "risk" => compare(&mut misses, &at, &json[what]["level"], want),
            "questions_at_least" => {
                let enough = answer.questions.len() as u64 >= want.as_u64().unwrap();
                compare(&mut misses, &at, &json!(enough), &json!(true));
            }
            _ => {
                for (id, want) in want.as_object().unwrap() {
                    compare_duty(&mut misses, &answer, what, id, want);
                }
            }
        }
    }
    misses
}

fn compare_duty(misses: &mut Vec<String>, answer: &Assessment, what: &str, id: &str, want: &Value) {
    let duties: Vec<_> = answer.duties.iter().filter(|duty| duty.id == id).collect();
    let first = duties.first().unwrap_or_else(|| panic!("no duty {id}"));
    let instant = |want: &Value| json!(want.as_str().map(time));
    match what {
        "duties" => duties.iter().for_each(|duty| compare(misses, id, &json!(duty.state), want)),
        "due" => compare(misses, id, &json!(first.deadline.due_at), &instant(want)),
        "reg_1182_71" => compare(misses, id, &json!(first.deadline.also[0].1), &instant(want)),
        "count" => {
            let required = duties.iter().filter(|duty| json!(duty.state) == json!("required")).count();
            compare(misses, id, &json!(required), want);
        }
        other => panic!("a case expects `{other}`, which nothing here judges"),
    }
}

fn compare(misses: &mut Vec<String>, what: &str, got: &Value, want: &Value) {
    if got != want {
        misses.push(format!("{what}: got {got}, want {want}"));
    }
}

fn every_case_in(folder: &str, at_least: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut misses_of_all = Vec::new();
    let mut cases = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let case: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
            misses_of_all.extend(misses(&case));
            cases += 1;
        }
    }
    assert!(misses_of_all.is_empty(), "{}", misses_of_all.join("\n"));
    assert!(cases >= at_least, "only {cases} cases found");
}

#[test]
fn the_acceptance_cases_hold() {
    every_case_in("tests/cases", 28);
}

#[test]
fn the_boards_other_examples_as_we_encode_them_hold() {
    every_case_in("tests/cases/own", 14);
}
