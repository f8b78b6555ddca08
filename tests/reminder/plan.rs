//! The ladders as they are kept and changed.

use serde_json::{Value, json};
use varsel::i18n::Lang;
use varsel::reminder::{Circle, Ladders, Rung};

#[test]
fn the_defaults_are_sound_and_go_through_json_unchanged() {
    let ladders = Ladders::default();
    assert_eq!(ladders.check(), Ok(()));
    let json = serde_json::to_value(&ladders).unwrap();
    assert_eq!(serde_json::from_value::<Ladders>(json.clone()).unwrap(), ladders);
    assert_eq!(ladders.with(&json).unwrap(), ladders);
    assert_eq!(serde_json::from_value::<Ladders>(json!({})).unwrap(), ladders);
    assert_eq!(json["minutes30"]["rungs"][1], json!({ "minutes_before": 10, "circle": "management" }));
}

#[test]
fn what_is_given_is_laid_over_what_stands() {
    let ladders = Ladders::default();
    let given = json!({
        "hours72": { "first": "team", "rungs": [{ "minutes_before": 600, "circle": "management" }] },
        "idle_every": 1440,
    });
    let new = ladders.with(&given).unwrap();
    assert_eq!(new.hours72.first, Circle::Team);
    assert_eq!(new.hours72.rungs, [Rung { minutes_before: 600, circle: Circle::Management }]);
    assert_eq!((new.hours72.again_every, new.idle_every), (240, 1440));
    assert_eq!(new.target_long, ladders.target_long);
}

fn faults(given: &Value) -> Vec<(String, String)> {
    let wrong = Ladders::default().with(given).unwrap_err();
    for fault in &wrong {
        for lang in Lang::ALL {
            let said = fault.message(lang);
            assert!(!said.starts_with("error-") && !said.contains('{') && !said.contains('$'), "{said}");
        }
    }
    wrong.into_iter().map(|fault| (fault.path, fault.code)).collect()
}

#[test]
fn every_fault_is_told_at_once_with_its_path() {
    let given = json!({
        "hours27": {},
        "hours72": {
            "first": "ownr", "again_every": 4, "unanswered_after": 1.5, "agian": "team",
            "rungs": [
                { "minutes_before": 60, "circle": "team" },
                { "minutes_before": 60, "circle": "team" },
                { "minutes_before": 90, "circle": "team" },
            ],
        },
        "minutes30": { "rungs": [{ "minutes_before": -1, "circle": 7 }, { "circle": "team" }, 5] },
        "target_long": { "rungs": [] },
        "target_short": { "rungs": (0..21).rev().map(|n| json!({ "minutes_before": n, "circle": "team" })).collect::<Vec<_>>() },
        "idle_every": "weekly",
    });
    let mut told = faults(&given);
    told.sort();
    let told: Vec<(&str, &str)> = told.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    assert_eq!(
        told,
        [
            ("hours27", "unknown_key"),
            ("hours72.again_every", "outside_range"),
            ("hours72.agian", "unknown_key"),
            ("hours72.first", "wrong_choice"),
            ("hours72.rungs[1].minutes_before", "rung_not_falling"),
            ("hours72.rungs[2].minutes_before", "rung_not_falling"),
            ("hours72.unanswered_after", "not_whole"),
            ("idle_every", "wrong_type"),
            ("minutes30.rungs[0].circle", "wrong_type"),
            ("minutes30.rungs[0].minutes_before", "outside_range"),
            ("minutes30.rungs[1].minutes_before", "missing"),
            ("minutes30.rungs[2]", "wrong_type"),
            ("target_long.rungs", "no_rungs"),
            ("target_short.rungs", "too_many_rungs"),
        ]
    );
    assert_eq!(faults(&json!([])), [(String::new(), "wrong_type".to_owned())]);
}

#[test]
fn ladders_that_were_made_by_hand_are_checked_too() {
    let mut ladders = Ladders::default();
    ladders.hours72.rungs.clear();
    ladders.idle_every = 0;
    let paths: Vec<String> = ladders.check().unwrap_err().into_iter().map(|fault| fault.path).collect();
    assert_eq!(paths, ["hours72.rungs", "idle_every"]);
}
