//! One incident: a file or standard input, for a person or a program.

use std::fs;

use serde_json::{Value, json};

use super::{AT, assess, case, code, err, out, tell};

#[test]
fn a_file_and_standard_input_give_the_same_assessment() {
    let facts = case("telecom-three-of-five").to_string();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hendelse med mellomrom æøå.json");
    fs::write(&path, &facts).unwrap();
    let file = tell(&[path.to_str().unwrap(), "--json", "--at", AT], b"");
    assert_eq!((code(&file), err(&file)), (0, ""));
    for args in [&["-", "--json", "--at", AT][..], &["--json", "--at", AT]] {
        let stdin = tell(args, facts.as_bytes());
        assert_eq!((code(&stdin), out(&stdin)), (0, out(&file)));
    }
    let answer: Value = serde_json::from_str(out(&file)).unwrap();
    assert_eq!(answer["assessed_at"], "2026-11-22T12:00:00Z");
    assert_eq!(answer["severity"]["level"], "serious");
    let duty = answer["duties"].as_array().unwrap().iter().find(|duty| duty["id"] == "nkom-availability").unwrap();
    assert_eq!((&duty["state"], &duty["deadline"]["kind"]), (&json!("required"), &json!("fixed")));
    let due = chrono::DateTime::parse_from_rfc3339(duty["deadline"]["due_at"].as_str().unwrap()).unwrap();
    assert_eq!(due, chrono::DateTime::parse_from_rfc3339("2026-10-05T11:01:00+02:00").unwrap());
}

#[test]
fn an_answer_has_every_part_of_the_contract() {
    let output = tell(&["--json", "--at", AT], br#"{"title":"ukjent"}"#);
    let answer: Value = serde_json::from_str(out(&output)).unwrap();
    for part in ["rules_version", "assessed_at", "severity", "risk", "duties", "affected_users", "questions"] {
        assert!(!answer[part].is_null(), "{part}");
    }
    for part in [
        "/severity/level",
        "/severity/may_rise_to",
        "/severity/proposed",
        "/severity/reasons",
        "/risk/level",
        "/risk/enisa",
        "/affected_users/must_be_told",
        "/affected_users/duties",
    ] {
        assert!(answer.pointer(part).is_some(), "{part}");
    }
    for duty in answer["duties"].as_array().unwrap() {
        for part in
            ["id", "for", "state", "basis", "recipient", "channel", "clock", "deadline", "because", "decided_by"]
        {
            assert!(duty.get(part).is_some(), "{part} of {duty}");
        }
    }
    assert!(answer["questions"].as_array().unwrap().iter().all(|q| q["fact"].is_string() && q["decides"].is_array()));
}

#[test]
fn now_is_what_at_says_and_the_clock_without_it() {
    let facts = case("telecom-three-of-five").to_string();
    let early = tell(&["--lang", "en", "--at", "2026-10-05T10:40:00+02:00"], facts.as_bytes());
    let late = tell(&["--lang", "en", "--at", "2026-10-06T10:40:00+02:00"], facts.as_bytes());
    assert_eq!((code(&early), code(&late)), (0, 0));
    assert!(out(&early).contains("21 min left"), "{}", out(&early));
    assert!(!out(&late).contains("21 min left"));
    let now: Value = serde_json::from_str(out(&tell(&["--json"], facts.as_bytes()))).unwrap();
    assert!(now["assessed_at"].as_str().unwrap().starts_with("20"));
    for wrong in ["yesterday", "2026-10-05T10:40:00", ""] {
        let output = tell(&["--at", wrong], facts.as_bytes());
        assert_eq!((code(&output), out(&output)), (2, ""), "{wrong}");
        assert!(wrong.is_empty() || err(&output).contains("offset"), "{}", err(&output));
    }
}

#[test]
fn people_read_it_in_three_languages() {
    let facts = case("telecom-two-controllers").to_string();
    let say = |lang: &str| tell(&["--lang", lang, "--at", AT], facts.as_bytes());
    let said = ["nb", "nn", "en"].map(|lang| out(&say(lang)).to_owned());
    assert!(said[0] != said[1] && said[1] != said[2] && said[0] != said[2]);
    assert_eq!(out(&tell(&["--at", AT], facts.as_bytes())), said[0], "bokmål is the default");
    for text in &said {
        let left = ["{$", "assess-", "duty-", "fact-", "reason-", "state-", "choice-"]
            .iter()
            .find(|left| text.contains(**left));
        assert!(left.is_none(), "{left:?} stands in\n{text}");
        assert!(text.lines().count() > 20, "{text}");
    }
    let wrong = say("fr");
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("nb, nn or en"), "{}", err(&wrong));
}

#[test]
fn an_unknown_key_names_the_nearest_and_every_fault_has_its_own_line() {
    let facts = json!({ "title": "x", "timeline": { "knwon_at": null }, "services": { "availability": "ocurred", "customers_total": -1 } });
    let output = tell(&["--lang", "en"], facts.to_string().as_bytes());
    assert_eq!((code(&output), out(&output)), (2, ""));
    let lines: Vec<&str> = err(&output).lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    let says = |path: &str, words: &str| lines.iter().any(|line| line.starts_with(path) && line.contains(words));
    assert!(says("timeline.knwon_at:", "timeline.known_at"), "{lines:?}");
    assert!(says("services.availability:", "occurred"), "{lines:?}");
    assert!(says("services.customers_total:", ""), "{lines:?}");
    let json = tell(&["--json", "--lang", "en"], facts.to_string().as_bytes());
    assert_eq!((code(&json), out(&json), err(&json)), (2, "", err(&output)), "a program gets the same faults");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    for path in ["/finnes/ikke.json", "/"] {
        let output = tell(&[path], b"");
        assert_eq!((code(&output), out(&output)), (2, ""));
        assert!(err(&output).starts_with(path) && err(&output).lines().count() == 1, "{}", err(&output));
    }
}

#[test]
fn wrong_options_are_refused_with_two() {
    for args in [&["--jsn"][..], &["--json", "--jsonl"], &["a.json", "b.json"]] {
        let output = tell(args, b"");
        assert_eq!((code(&output), out(&output)), (2, ""), "{args:?}");
        assert!(!err(&output).is_empty());
    }
    let help = assess(&["--help"]).output().unwrap();
    assert_eq!(code(&help), 0);
    for word in ["--json", "--jsonl", "--at", "--lang", "FILE"] {
        assert!(out(&help).contains(word), "{word}");
    }
}

#[test]
fn it_needs_no_database_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = assess(&["--json"]);
    command.current_dir(folder.path()).env("VARSEL_DATABASE_URL", "postgres://nowhere");
    let mut child = command.spawn().unwrap();
    super::feed(&mut child, br#"{"title":"x"}"#.to_vec());
    assert_eq!(code(&child.wait_with_output().unwrap()), 0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
