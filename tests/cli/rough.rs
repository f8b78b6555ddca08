//! Input nobody meant: too large, too deep, broken, and mutated by chance. It is refused with words, never with a crash.

use std::io::Read;

use serde_json::json;

use super::{AT, answers, assess, cases, code, err, feed, out, tell};

fn refused(input: &[u8], says: &str) {
    let output = tell(&["--lang", "en"], input);
    assert_eq!((code(&output), out(&output)), (2, ""));
    assert!(err(&output).contains(says), "{}", err(&output).chars().take(300).collect::<String>());
    assert!(err(&output).len() < 2_000, "the fault is told briefly, not with the input");
    let line = tell(&["--jsonl"], input);
    assert_eq!(code(&line), 2);
    assert!(answers(&line).iter().all(|answer| answer["error"].is_object()));
}

#[test]
fn ten_megabytes_are_refused_by_name_of_the_field() {
    let facts = json!({ "title": "x", "description": "a".repeat(10 << 20) });
    refused(facts.to_string().as_bytes(), "description:");
    refused(
        " ".repeat(10 << 20).trim_end().as_bytes().iter().chain(b"nei").copied().collect::<Vec<u8>>().as_slice(),
        "not valid JSON",
    );
}

#[test]
fn a_nest_too_deep_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nest = format!("{{\"title\":\"x\",\"services\":{}1{}}}", open.repeat(100_000), close.repeat(100_000));
        refused(nest.as_bytes(), "not valid JSON");
    }
    refused("[".repeat(1 << 20).as_bytes(), "not valid JSON");
}

#[test]
fn broken_utf_8_is_refused_and_an_emoji_is_welcome() {
    refused(b"{\"title\":\"\xff\xfe\"}", "not valid JSON");
    refused(b"{\"title\":\"\xf0\x9f\x93\"}", "not valid JSON");
    refused(b"\x00\x01\x02", "not valid JSON");
    for title in ["\u{1F4DE} nede", "<script>alert(1)</script>", "Ærfuglvegen \"99\" \\ %s {{title}}"] {
        let output = tell(&["--lang", "en", "--at", AT], json!({ "title": title }).to_string().as_bytes());
        assert_eq!((code(&output), err(&output)), (0, ""));
        assert!(out(&output).contains(title), "{}", out(&output));
    }
}

#[test]
fn numbers_beyond_reason_are_refused_or_judged_but_never_crash() {
    for number in ["1e999", "-1", "9223372036854775807", "18446744073709551616", "0.1", "1e18", "-0"] {
        let facts = format!(
            "{{\"title\":\"x\",\"timeline\":{{\"known_at\":\"2026-10-05T10:31:00+02:00\"}},\"services\":{{\"duration_minutes\":{number},\"customers_affected\":{number}}},\"personal_data\":{{\"restore_hours\":{number}}}}}"
        );
        let output = tell(&["--at", AT], facts.as_bytes());
        assert!(matches!(code(&output), 0 | 2), "{number}: {}", err(&output));
        assert!(!err(&output).contains("panicked"), "{number}: {}", err(&output));
    }
    for time in [
        "9999-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "2026-10-05T10:31:61+02:00",
        "2026-02-30T10:00:00Z",
        "+262142-12-31T23:59:59Z",
    ] {
        let output =
            tell(&["--at", AT], json!({ "title": "x", "timeline": { "known_at": time } }).to_string().as_bytes());
        assert_eq!(code(&output), 2, "{time}: {}", out(&output));
    }
    let far = tell(&["--at", "2100-01-01T00:00:00Z"], br#"{"title":"x"}"#);
    assert!(code(&far) == 2 && err(&far).lines().count() == 1, "{} {}", code(&far), err(&far));
}

/// Marsaglia's xorshift: the same mutations every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// A case with a few bytes flipped, cut out, doubled or replaced by what JSON is made of.
fn mutated(source: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = source.to_vec();
    for _ in 0..=chance.below(2) {
        let at = chance.below(bytes.len() - 1);
        match chance.below(5) {
            0 => bytes[at] ^= 1 << chance.below(8),
            1 => drop(bytes.remove(at)),
            2 => bytes[at] = b"{}[]\",:0-e.tfn"[chance.below(14)],
            3 => bytes[at] = b"0123456789"[chance.below(10)],
            _ => {
                let end = (at + 1 + chance.below(12)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes.retain(|byte| *byte != b'\n');
    bytes
}

#[test]
fn two_thousand_mutated_inputs_are_judged_or_refused_and_never_crash() {
    let cases: Vec<Vec<u8>> = cases().iter().map(|(_, facts)| facts.to_string().into_bytes()).collect();
    let mut chance = Chance(0x5eed_2026_1122);
    let inputs: Vec<Vec<u8>> = (0..2_000).map(|n| mutated(&cases[n % cases.len()], &mut chance)).collect();
    let all: Vec<u8> = inputs.iter().flat_map(|input| input.iter().copied().chain([b'\n'])).collect();
    let output = tell(&["--jsonl", "--at", AT], &all);
    assert_eq!((code(&output), err(&output)), (2, ""));
    let answers = answers(&output);
    assert_eq!(answers.len(), inputs.len());
    let judged: Vec<usize> = (0..inputs.len()).filter(|at| answers[*at]["error"].is_null()).collect();
    assert!(judged.len() > 40 && judged.len() < 1_900, "{} of the mutations still make sense", judged.len());

    // A process of its own for some that are judged, in words, and some that are refused.
    let refused = (0..inputs.len()).filter(|at| !answers[*at]["error"].is_null());
    for (at, lang) in
        judged.iter().copied().take(40).chain(refused.take(40)).zip(["nb", "nn", "en"].into_iter().cycle())
    {
        let output = tell(&["--lang", lang, "--at", AT], &inputs[at]);
        let expected = if answers[at]["error"].is_null() { 0 } else { 2 };
        assert_eq!(code(&output), expected, "{}\n{}", String::from_utf8_lossy(&inputs[at]), err(&output));
        assert!(!err(&output).contains("panicked") && (expected == 0) == err(&output).is_empty(), "{}", err(&output));
    }
}

#[test]
fn an_input_that_never_ends_a_line_is_still_only_one_incident() {
    let mut child = assess(&["--jsonl"]).spawn().unwrap();
    feed(&mut child, vec![b'7'; 10 << 20]);
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((said.lines().count(), child.wait().unwrap().code()), (1, Some(2)));
}
