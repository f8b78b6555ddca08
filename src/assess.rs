//! The command `varsel assess`: judges facts from a file or standard input; needs no database.

use crate::clock::Clock;
use crate::i18n::Lang;
use crate::law::{self, Assessment, FactError, Facts, Thresholds};
use chrono::{DateTime, SubsecRound, Utc};
use serde_json::json;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Assess an incident: severity, risk, who must be told and by when.
#[derive(Debug, clap::Args)]
pub struct Assess {
    /// The facts as JSON, in the form of the contract; `-` reads standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// Print the assessment as JSON.
    #[arg(long)]
    pub json: bool,
    /// Read one incident a line and write one answer a line, in the same order.
    #[arg(long, conflicts_with = "json")]
    pub jsonl: bool,
    /// The instant to judge at, RFC 3339 with an offset (default: now).
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub at: Option<DateTime<Utc>>,
    /// The language of the text for a person: nb, nn or en.
    #[arg(long, default_value = "nb", value_parser = language)]
    pub lang: Lang,
}

fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc).trunc_subsecs(6))
        .map_err(|_| format!("`{text}` is not a time with an offset; write 2026-10-23T14:10:00+02:00"))
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| format!("`{text}` is not a language here; choose nb, nn or en"))
}

/// What a file's facts come to: an assessment, or every error in them.
fn judge(bytes: &[u8], now: DateTime<Utc>) -> Result<(Facts, Assessment), Vec<FactError>> {
    let facts = Facts::parse(bytes)?;
    let assessment = law::assess(&facts, now, &Thresholds::default()).map_err(|outside| vec![outside.into()])?;
    Ok((facts, assessment))
}

/// Runs the command: exit 0 with an assessment, 2 with bad input and a line per error on standard error.
pub fn run(args: &Assess, clock: &Clock) -> ExitCode {
    let now = args.at.unwrap_or_else(|| clock.now());
    let done = open(&args.file).and_then(|input| match args.jsonl {
        true => lines(input, now),
        false => one(input, now, args),
    });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        // The reader of our output has gone; nothing is left to say.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", args.file.display());
            ExitCode::from(2)
        }
    }
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)))
}

fn one(mut input: Box<dyn BufRead>, now: DateTime<Utc>, args: &Assess) -> io::Result<bool> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match judge(&bytes, now) {
        Ok((_, assessment)) if args.json => {
            serde_json::to_writer_pretty(&mut out, &assessment)?;
            writeln!(out)?;
        }
        Ok((facts, assessment)) => {
            out.write_all(crate::assess_text::print(&facts, &assessment, args.lang).as_bytes())?
        }
        Err(errors) => {
            for error in errors {
                eprintln!("{}", crate::assess_text::error(&error, args.lang));
            }
            return Ok(false);
        }
    }
    out.flush()?;
    Ok(true)
}

/// One incident a line; a bad line gives its error in its place and the rest go on. Blank lines are passed over.
fn lines(mut input: Box<dyn BufRead>, now: DateTime<Utc>) -> io::Result<bool> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut line = Vec::new();
    let mut all_good = true;
    let mut number = 0_u64;
    while input.read_until(b'\n', &mut line)? > 0 {
        number += 1;
        if !line.iter().all(u8::is_ascii_whitespace) {
            match judge(&line, now) {
                Ok((_, assessment)) => serde_json::to_writer(&mut out, &assessment)?,
                Err(errors) => {
                    all_good = false;
                    let messages: Vec<String> = errors.iter().map(ToString::to_string).collect();
                    let error = json!({ "line": number, "message": messages.join("; "), "errors": errors });
                    serde_json::to_writer(&mut out, &json!({ "error": error }))?;
                }
            }
            writeln!(out)?;
        }
        line.clear();
    }
    out.flush()?;
    Ok(all_good)
}
