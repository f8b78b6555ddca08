//! Many incidents, one a line: the order is kept, a bad line harms no other, and memory stays flat.

use std::io::{BufRead, BufReader, Write};

use super::{AT, answers, assess, case, cases, code, err, tell};
use serde_json::{Value, json};

#[test]
fn a_bad_line_gives_its_error_in_its_place_and_the_rest_go_on() {
    let good = cases();
    let mut input: Vec<u8> = Vec::new();
    for (at, (_, facts)) in good.iter().enumerate() {
        input.extend(facts.to_string().bytes());
        input.push(b'\n');
        if at == 4 {
            input.extend(b"{\"title\": }\n{\"title\":\"x\",\"tittle\":1}\n{\"title\":\"\xff\"}\n");
        }
    }
    let output = tell(&["--jsonl", "--at", AT], &input);
    assert_eq!((code(&output), err(&output)), (2, ""));
    let answers = answers(&output);
    assert_eq!(answers.len(), good.len() + 3);
    let errors: Vec<usize> = (0..answers.len()).filter(|at| answers[*at].get("error").is_some()).collect();
    assert_eq!(errors, [5, 6, 7]);
    let nearest = &answers[6]["error"]["errors"][0];
    assert_eq!(
        (&nearest["path"], &nearest["nearest"], &answers[6]["error"]["line"]),
        (&json!("tittle"), &json!("title"), &json!(7))
    );
    let mut rest = answers.iter().filter(|answer| answer.get("error").is_none());
    for (name, facts) in &good {
        let alone = tell(&["--json", "--at", AT], facts.to_string().as_bytes());
        let alone: Value = serde_json::from_slice(&alone.stdout).unwrap();
        assert_eq!(rest.next(), Some(&alone), "{name} is out of order or judged otherwise");
    }
}

#[test]
fn good_lines_end_with_nought_and_the_last_needs_no_line_end() {
    let output = tell(&["--jsonl", "--at", AT], b"{\"title\":\"a\"}\r\n{\"title\":\"b\"}");
    assert_eq!((code(&output), answers(&output).len()), (0, 2));
    let nothing = tell(&["--jsonl"], b"");
    assert_eq!((code(&nothing), nothing.stdout.len()), (0, 0));
}

#[test]
fn a_file_of_lines_is_read_as_standard_input_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let lines: String = cases().iter().map(|(_, facts)| format!("{facts}\n")).collect();
    std::fs::write(&path, &lines).unwrap();
    let file = tell(&["--jsonl", path.to_str().unwrap(), "--at", AT], b"");
    assert_eq!(code(&file), 0);
    assert_eq!(file.stdout, tell(&["--jsonl", "--at", AT], lines.as_bytes()).stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let mut child = assess(&["--jsonl", "--at", AT]).spawn().unwrap();
    super::feed(&mut child, "{\"title\":\"x\"}\n".repeat(2_000).into_bytes());
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"rules_version\""));
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), err(&output)), (0, ""));
}

/// The most memory the program had while it judged so many incidents, in kB.
fn peak(many: usize) -> u64 {
    let line = format!("{}\n", case("edpb-01-2021-12"));
    let mut child = assess(&["--jsonl", "--at", AT]).spawn().unwrap();
    let (mut stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let answers = std::thread::spawn(move || {
        let mut stdout = BufReader::with_capacity(1 << 20, stdout);
        let mut count = 0;
        loop {
            let chunk = stdout.fill_buf().unwrap();
            if chunk.is_empty() {
                return count;
            }
            count += chunk.iter().filter(|byte| **byte == b'\n').count();
            let read = chunk.len();
            stdout.consume(read);
        }
    });
    for _ in 0..many {
        stdin.write_all(line.as_bytes()).unwrap();
    }
    // All but the last few lines are judged by now: a pipe holds 64 kB.
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    drop(stdin);
    assert_eq!(answers.join().unwrap(), many);
    assert!(child.wait().unwrap().success());
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn a_hundred_thousand_incidents_take_no_more_memory_than_a_thousand() {
    let (few, many) = (peak(1_000), peak(100_000));
    println!("peak memory: {few} kB for 1 000 incidents, {many} kB for 100 000");
    assert!(many < few + few / 4, "{few} kB for 1 000 incidents, {many} kB for 100 000");
}
