//! `varsel assess` as a process: what goes in, what comes out, and how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod demo;
mod lines;
mod one;
mod outbox;
mod people;
mod rough;
mod tokens;

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

const AT: &str = "2026-11-22T12:00:00Z";

/// The program about to be started with `assess` and these words.
fn assess(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
    command.arg("assess").args(args).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Writes all of it to the program and hears it out.
fn tell(args: &[&str], input: &[u8]) -> Output {
    let mut child = assess(args).spawn().unwrap();
    feed(&mut child, input.to_vec());
    child.wait_with_output().unwrap()
}

/// Writes from a thread of its own, so that neither side waits for the other. A program that reads no further is no fault.
fn feed(child: &mut Child, input: Vec<u8>) {
    let mut stdin = child.stdin.take().unwrap();
    std::thread::spawn(move || drop(stdin.write_all(&input)));
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it was not killed")
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// The answers of `--jsonl`, one a line.
fn answers(output: &Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The facts of every acceptance case, by the name of its file.
fn cases() -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir("tests/cases").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            let mut case: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            all.push((path.file_stem().unwrap().to_str().unwrap().to_owned(), case["facts"].take()));
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(all.len() > 20);
    all
}

fn case(name: &str) -> Value {
    cases().into_iter().find(|(id, _)| id == name).unwrap().1
}
