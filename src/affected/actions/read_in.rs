//! Reading a file into the register, row by row and a thousand at a time, from wherever it was left.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Oslo;
use encoding_rs::Encoding;
use serde_json::json;

use super::receive::as_bytes;
use super::{bad_place, open, part_place, tell};
use crate::affected::decode::{TOO_LONG, Text};
use crate::affected::row::{self, Mapping, New};
use crate::affected::sheet;
use crate::affected::store::{self, Bad, Import};
use crate::db::{Db, Id};
use crate::error::Error;
use crate::seal::Seal;

const TOGETHER: usize = 1_000;
/// A row that was kept aside is kept so far.
const KEPT_OF_BAD: usize = 2_000;

/// A look at a file.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The names of the columns.
    pub headers: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
}

/// The bytes of a file, a piece at a time.
struct Pieces<'a> {
    db: &'a Db,
    seal: &'a Seal,
    import: (i64, Id),
    number: i32,
    piece: Vec<u8>,
    at: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.len() {
            let (seq, number) = (self.import.0, self.number);
            let sealed = self.db.read_all(|conn| store::part(conn, seq, number)).map_err(io::Error::other)?;
            let Some(sealed) = sealed else { return Ok(0) };
            let text = self.seal.open(&part_place(self.import.1, number), &sealed).map_err(io::Error::other)?;
            (self.piece, self.at) = (as_bytes(&text), 0);
            self.number += 1;
        }
        let many = into.len().min(self.piece.len() - self.at);
        into[..many].copy_from_slice(&self.piece[self.at..self.at + many]);
        self.at += many;
        Ok(many)
    }
}

/// Hands over every row with its line, the names of the columns first, until `then` answers false.
fn each_row(
    db: &Db,
    seal: &Seal,
    import: &Import,
    mut then: impl FnMut(u64, Vec<String>) -> bool,
) -> Result<(), String> {
    let mut pieces = Pieces { db, seal, import: (import.seq, import.id), number: 0, piece: Vec::new(), at: 0 };
    if import.kind == "xlsx" {
        let mut bytes = Vec::new();
        pieces.read_to_end(&mut bytes).map_err(|why| why.to_string())?;
        return sheet::each_row(bytes, then);
    }
    let encoding = Encoding::for_label(import.encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    let since = Rc::new(Cell::new(0));
    let text = Text::new(pieces, encoding, since.clone());
    let separator = import.separator.bytes().next().unwrap_or(b';');
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text);
    let mut record = csv::StringRecord::new();
    loop {
        let line = rows.position().line();
        match rows.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(why) if why.to_string().contains(TOO_LONG) => return Err(format!("long-row {line}")),
            Err(why) => return Err(why.to_string()),
        }
        since.set(0);
        let line = record.position().map_or(line, csv::Position::line);
        if !then(line, record.iter().map(str::to_owned).collect()) {
            return Ok(());
        }
    }
}

/// Looks at the first rows of a file.
///
/// # Errors
/// When it cannot be read as what it seems to be.
pub fn preview(db: &Db, seal: &Seal, import: &Import, most: usize) -> Result<Preview, Error> {
    let mut seen = Preview::default();
    let looked = each_row(db, seal, import, |_, row| {
        let short = |cell: String| cell.chars().take(80).collect::<String>();
        let row: Vec<String> = row.into_iter().take(200).map(short).collect();
        match seen.headers.is_empty() {
            true => seen.headers = row,
            false => seen.rows.push(row),
        }
        seen.rows.len() < most
    });
    match looked {
        // A row that cannot be read is told when the file is read in.
        _ if !seen.headers.is_empty() => Ok(seen),
        _ => Err(Error::field("file", "affected_unreadable")),
    }
}

/// Lets a file be read into the register by this mapping.
///
/// # Errors
/// When nobody could be told by it, or the file does not wait.
pub async fn begin(
    db: &Db,
    (key, id): (String, Id),
    (mapping, columns): (Mapping, usize),
    (by, now): (Id, DateTime<Utc>),
) -> Result<Import, Error> {
    mapping.check(columns)?;
    db.write(move |conn| {
        let head = open(conn, by, &key)?;
        let import = store::find_import(conn, head.seq, id)?;
        if !store::begin(conn, import.seq, &mapping)? {
            return Err(Error::conflict("affected-not-waiting"));
        }
        tell(conn, &head, ("affected.brought", json!({ "file": import.name, "import": import.id })), (by, now.into()))?;
        store::find_import(conn, head.seq, id)
    })
    .await
}

/// Takes a file away again, with its persons while none of them has been told.
///
/// # Errors
/// When one has, or the file is being read.
pub async fn remove(db: &Db, (key, id): (String, Id), (by, now): (Id, DateTime<Utc>)) -> Result<(), Error> {
    db.write(move |conn| {
        let head = open(conn, by, &key)?;
        let mut import = store::find_import(conn, head.seq, id)?;
        if matches!(import.state.as_str(), "running" | "removed") {
            return Err(Error::conflict("affected-not-waiting"));
        }
        store::remove(conn, &mut import, now)?;
        tell(conn, &head, ("affected.removed", json!({ "file": import.name, "import": import.id })), (by, now.into()))
    })
    .await
}

/// Reads a file into the register until its end, or until somebody says stop; it goes on from where it was left.
///
/// # Errors
/// When the database fails; it can be read on.
pub fn read_in(
    db: &Db,
    seal: &Seal,
    import: Import,
    now: impl Fn() -> DateTime<Utc>,
    stop: impl Fn() -> bool,
) -> Result<Import, Error> {
    let mapping = import.mapping();
    let today = now().with_timezone(&Oslo).date_naive();
    let mut reading = Reading { db, seal, import, new: Vec::new(), bad: Vec::new(), read: 0, failed: None };
    let (before, mut rows, mut stopped) = (reading.import.rows_read, -1, false);
    let whole = reading.import.clone();
    let ended = each_row(db, seal, &whole, |line, cells| {
        rows += 1;
        // The first row names the columns; what was read earlier is behind us.
        if rows == 0 || rows <= before {
            return true;
        }
        reading.read += 1;
        match row::read(&cells, &mapping, seal, today) {
            Ok(Some(new)) => reading.new.push(new),
            Ok(None) => {}
            Err(why) => reading.aside(line, why, &cells),
        }
        if reading.read == TOGETHER {
            reading.hand_over(now());
            stopped = stop();
        }
        !stopped && reading.failed.is_none()
    });
    if reading.failed.is_none() && reading.read > 0 {
        reading.hand_over(now());
    }
    if let Some(why) = reading.failed {
        return Err(why);
    }
    let mut import = reading.import;
    if stopped {
        return Ok(import);
    }
    import.state = if ended.is_ok() { "done" } else { "failed" }.into();
    import.note = ended.err().unwrap_or_default();
    import.ended_at = Some(now().into());
    let saved = import.clone();
    db.write_blocking(move |conn| store::finish(conn, &saved))?;
    Ok(import)
}

struct Reading<'a> {
    db: &'a Db,
    seal: &'a Seal,
    import: Import,
    new: Vec<New>,
    bad: Vec<Bad>,
    read: usize,
    failed: Option<Error>,
}

impl Reading<'_> {
    fn aside(&mut self, line: u64, why: &str, cells: &[String]) {
        let line = i64::try_from(line).unwrap_or(i64::MAX);
        let mut text = serde_json::to_string(cells).unwrap_or_default();
        if text.len() > KEPT_OF_BAD * 4 {
            let short: Vec<String> = cells.iter().take(50).map(|cell| cell.chars().take(40).collect()).collect();
            text = serde_json::to_string(&short).unwrap_or_default();
        }
        let sealed = self.seal.seal(&bad_place(self.import.id, line), &text).unwrap_or_default();
        self.bad.push(Bad { line, reason: why.to_owned(), sealed });
    }

    /// Writes what was read down, in one transaction with how far that is.
    fn hand_over(&mut self, now: DateTime<Utc>) {
        let (new, bad) = (std::mem::take(&mut self.new), std::mem::take(&mut self.bad));
        let read = i64::try_from(std::mem::take(&mut self.read)).unwrap_or(0);
        let (import, seal) = (self.import.clone(), self.seal.clone());
        let written = self.db.write_blocking(move |conn| {
            let mut import = import.clone();
            let decided = store::decision(conn, import.incident_seq)?;
            let chosen = |new: &New| decided.as_ref().is_none_or(|decided| decided.chooses(new));
            let new: Vec<(New, bool)> = new.iter().map(|new| (new.clone(), chosen(new))).collect();
            let mine = store::take_in(conn, &seal, &mut import, (&new, &bad, read), now)?;
            Ok((mine, import))
        });
        match written {
            Ok((true, import)) => self.import = import,
            Ok((false, _)) => self.failed = Some(Error::conflict("affected-not-waiting")),
            Err(why) => self.failed = Some(why),
        }
    }
}
