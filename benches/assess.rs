//! What an assessment costs on one core, and where the time goes; every figure stands beside the bare assessment in
//! the same run, for machines are noisy. `cargo bench --bench assess`.

use std::hint::black_box;
use std::time::Instant;
use varsel::law::{self, Facts, Thresholds};

const CASES: [&str; 3] = ["telecom-half-exactly", "edpb-01-2021-14", "telecom-first-minute"];
const ROUNDS: u32 = 20_000;

/// Nanoseconds a round, the best of five.
fn best(mut work: impl FnMut()) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            work();
        }
        best = best.min(start.elapsed().as_nanos() as f64 / f64::from(ROUNDS));
    }
    best
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `cargo test --all-targets` starts benches, too; it is no place to measure.
    if !std::env::args().any(|arg| arg == "--bench") {
        return Ok(());
    }
    let now = chrono::DateTime::parse_from_rfc3339("2026-10-05T10:40:00+02:00")?.to_utc();
    let thresholds = Thresholds::default();
    println!(
        "{:24} {:>12} {:>10} {:>10} {:>10} {:>12}",
        "case", "a second", "assess", "parse", "print", "of parse+print"
    );
    for case in CASES {
        let file = std::fs::read(format!("{}/tests/cases/{case}.json", env!("CARGO_MANIFEST_DIR")))?;
        let json = serde_json::to_vec(&serde_json::from_slice::<serde_json::Value>(&file)?["facts"])?;
        let facts = Facts::parse(&json).map_err(|errors| format!("{errors:?}"))?;
        let answer = law::assess(&facts, now, &thresholds)?;
        let assess = best(|| drop(black_box(law::assess(black_box(&facts), now, &thresholds))));
        let parse = best(|| drop(black_box(Facts::parse(black_box(&json)))));
        let print = best(|| drop(black_box(serde_json::to_vec(black_box(&answer)))));
        println!(
            "{case:24} {:>12.0} {assess:>8.0}ns {parse:>8.0}ns {print:>8.0}ns {:>11.2}×",
            1e9 / assess,
            assess / (parse + print)
        );
    }
    Ok(())
}
