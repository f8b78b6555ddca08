//! What `varsel assess --jsonl` gets through, and in how much memory: `cargo bench --bench jsonl`.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{BufWriter, Read, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value;

/// The facts of every acceptance case, one a line.
fn lines() -> Vec<String> {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases")).unwrap();
    let mut paths: Vec<_> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    paths.sort();
    let facts = |path: &std::path::PathBuf| {
        serde_json::from_slice::<Value>(&std::fs::read(path).unwrap()).unwrap()["facts"].to_string() + "\n"
    };
    paths.iter().map(facts).collect()
}

fn main() {
    // `cargo test --all-targets` starts benches, too; it is no place to measure.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let lines = lines();
    println!(
        "{:>10} {:>10} {:>12} {:>10} {:>10} {:>10}",
        "incidents", "seconds", "a second", "MB in", "MB out", "peak MB"
    );
    for many in [1_000, 10_000, 100_000] {
        let began = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_varsel"))
            .args(["assess", "--jsonl", "--at", "2026-11-22T12:00:00Z"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let reader = std::thread::spawn(move || {
            let (mut chunk, mut total) = (vec![0; 1 << 20], 0);
            loop {
                match stdout.read(&mut chunk).unwrap() {
                    0 => return total,
                    read => total += read,
                }
            }
        });
        let (mut stdin, mut sent) = (BufWriter::with_capacity(1 << 16, child.stdin.take().unwrap()), 0);
        for line in lines.iter().cycle().take(many) {
            stdin.write_all(line.as_bytes()).unwrap();
            sent += line.len();
        }
        stdin.flush().unwrap();
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        drop(stdin);
        let got = reader.join().unwrap();
        assert!(child.wait().unwrap().success());
        let seconds = began.elapsed().as_secs_f64();
        let peak: f64 = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .map_or(0.0, |kb| kb.trim().trim_end_matches(" kB").parse().unwrap());
        println!(
            "{many:>10} {seconds:>10.2} {:>12.0} {:>10.1} {:>10.1} {:>10.1}",
            many as f64 / seconds,
            sent as f64 / 1e6,
            got as f64 / 1e6,
            peak / 1024.0
        );
    }
}
