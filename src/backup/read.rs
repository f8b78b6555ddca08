//! Reads a backup: once to see that it is whole, and once more to put it into an empty database.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::Path;
use std::sync::Arc;

use flate2::bufread::GzDecoder;
use sha2::{Digest, Sha256};

use super::{Done, FORMAT, FORMAT_VERSION, Footer, Header, Heading, carried, heading, sentence};
use crate::audit;
use crate::canonical::items;
use crate::db::{self, Conn, Database, Table, rows, tables};
use crate::digest::hex;
use crate::error::Error;
use crate::private;

/// No row is longer than this.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;
/// Rows that go in together: so many, or so many bytes.
const TOGETHER: usize = 500;
const BYTES_TOGETHER: usize = 512 * 1024;

/// Puts a backup into an empty database, whichever engine it is; nothing is written unless all of it is.
///
/// # Errors
/// One sentence for the operator.
pub fn restore(database: &Database, path: &Path) -> Result<Done, String> {
    let file = File::open(path).map_err(|why| format!("{} cannot be read: {why}.", path.display()))?;
    restore_from(database, file)
}

/// Does the same from a stream, which is kept in a temporary file on the way.
///
/// # Errors
/// One sentence for the operator.
pub fn restore_stream(database: &Database, input: &mut dyn Read) -> Result<Done, String> {
    let cannot = |why: std::io::Error| format!("The backup cannot be kept in a temporary file: {why}.");
    let mut file = private::nameless(&std::env::temp_dir()).map_err(cannot)?;
    std::io::copy(input, &mut file).map_err(cannot)?;
    restore_from(database, file)
}

/// Reads a backup through and answers what it holds, or in one sentence why it is none.
///
/// # Errors
/// One sentence for the operator.
pub fn look(path: &Path) -> Result<(Header, Footer), String> {
    let file = File::open(path).map_err(|why| format!("{} cannot be read: {why}.", path.display()))?;
    read(&file, is_a_row).map_err(sentence)
}

fn restore_from(database: &Database, mut file: File) -> Result<Done, String> {
    file.rewind().map_err(|why| format!("The backup cannot be read: {why}."))?;
    let (header, footer) = read(&file, is_a_row).map_err(sentence)?;
    if is_newer(&header) {
        return Err(format!("The backup was made by a newer varsel ({}); use that one.", header.made_by));
    }
    if has_holes(&header) {
        return Err(sentence(spoilt("it names tables that no version had")));
    }
    // One of an older version goes into the tables of its time, which are brought up to date with what is in them.
    db::fill_at(database, &header.migrations, |conn| fill(conn, &file, &footer)).map_err(sentence)
}

fn is_newer(header: &Header) -> bool {
    let ours = db::known_migrations();
    header.migrations.iter().any(|theirs| !ours.contains(theirs))
}

/// Whether a migration is missing below the last one; they are counted by their last six figures.
fn has_holes(header: &Header) -> bool {
    let mut numbers: Vec<usize> =
        header.migrations.iter().filter_map(|name| name.get(name.len().checked_sub(6)?..)?.parse().ok()).collect();
    numbers.sort_unstable();
    !numbers.iter().copied().eq(1..=header.migrations.len())
}

fn is_older(header: &Header) -> bool {
    db::known_migrations().iter().any(|known| !header.migrations.contains(known))
}

fn fill(conn: &mut Conn, mut file: &File, footer: &Footer) -> Result<Done, Error> {
    rows::take_time(conn)?;
    let mut made = Vec::new();
    for table in tables() {
        if !rows::is_there(conn, table)? {
            continue;
        }
        made.push(table.name);
        let there = rows::count(conn, table)?;
        if there > 0 {
            let name = table.name;
            return Err(Error::Internal(format!(
                "The database is not empty: {name} holds {there} rows. A backup goes into an empty one only."
            )));
        }
    }
    file.rewind().map_err(|why| Error::Internal(format!("The backup cannot be read again: {why}.")))?;
    let mut batch = Batch::default();
    let (_, again) = read(file, |table, row| batch.add(conn, table, row))?;
    batch.write(conn)?;
    if again.sha256 != footer.sha256 {
        return Err(spoilt("it changed while it was read"));
    }
    for table in carried().filter(|table| made.contains(&table.name)) {
        rows::count_on(conn, table)?;
    }
    let chain = audit::verify(conn, None)?;
    if chain.head.to_string() != footer.audit_head {
        return Err(spoilt("its audit chain ends otherwise than it says"));
    }
    let rows = carried().map(|table| (table.name, footer.rows.get(table.name).copied().unwrap_or(0))).collect();
    Ok(Done { rows, chain })
}

/// Rows of one table on their way in.
#[derive(Default)]
struct Batch {
    table: Option<Arc<Table>>,
    rows: String,
    count: usize,
}

impl Batch {
    fn add(&mut self, conn: &mut Conn, table: &Arc<Table>, row: &str) -> Result<(), Error> {
        let full = self.count >= TOGETHER || self.rows.len() + row.len() > BYTES_TOGETHER;
        if full || self.table.as_ref().is_none_or(|last| !Arc::ptr_eq(last, table)) {
            self.write(conn)?;
            self.table = Some(table.clone());
        }
        self.rows.push(if self.count == 0 { '[' } else { ',' });
        self.rows.push_str(row);
        self.count += 1;
        Ok(())
    }

    fn write(&mut self, conn: &mut Conn) -> Result<(), Error> {
        if let Some(table) = &self.table
            && self.count > 0
        {
            self.rows.push(']');
            let refused = |why: Error| match why {
                Error::Internal(why) => Error::Internal(format!("The database refuses rows of {}: {why}.", table.name)),
                other => other,
            };
            let written = rows::insert(conn, table, &self.rows).map_err(refused)?;
            if written != self.count {
                return Err(Error::Internal(format!("The database lost rows of {}.", table.name)));
            }
        }
        self.rows.clear();
        self.count = 0;
        Ok(())
    }
}

fn spoilt(why: impl std::fmt::Display) -> Error {
    Error::Internal(format!("The backup is damaged and nothing was restored: {why}."))
}

fn is_a_row(table: &Arc<Table>, row: &str) -> Result<(), Error> {
    match items(row) {
        Some(items) if items.len() == table.columns.len() => Ok(()),
        _ => Err(spoilt(format!("a row of {} is not one", table.name))),
    }
}

/// Reads a backup from where the file stands to its end, checks it as far as one can, and hands over every row.
fn read(file: &File, mut then: impl FnMut(&Arc<Table>, &str) -> Result<(), Error>) -> Result<(Header, Footer), Error> {
    let mut lines = Lines::new(file);
    let first = lines.next()?.ok_or_else(|| spoilt("it is empty"))?;
    let header = header(&first)?;
    lines.sum.update(&first);
    let older = is_older(&header);
    let mut sections: Vec<(Arc<Table>, u64)> = Vec::new();
    let mut expected = carried();
    let footer: Footer = loop {
        let line = lines.next()?.ok_or_else(|| spoilt("its end is missing"))?;
        let text = std::str::from_utf8(&line).map_err(spoilt)?.trim_end_matches('\n');
        if let (Some(row), Some((table, count))) = (text.starts_with('[').then_some(text), sections.last_mut()) {
            *count += 1;
            then(table, row)?;
        } else if let Ok(found) = serde_json::from_str::<Heading>(text) {
            let next = expected.find(|table| !older || table.name == found.table);
            let table = next.ok_or_else(|| spoilt(format!("{} has no place there", found.table)))?;
            let whole = older || found.columns == heading(table).columns;
            let read = table.with(&found.columns).filter(|_| whole && found.table == table.name);
            let read =
                read.ok_or_else(|| spoilt(format!("{} does not stand where {} should", found.table, table.name)))?;
            sections.push((Arc::new(read), 0));
        } else {
            break serde_json::from_str(text).map_err(spoilt)?;
        }
        lines.sum.update(&line);
    };
    let sum = hex(&lines.sum.clone().finalize());
    lines.end()?;
    if sum != footer.sha256 {
        return Err(spoilt("its checksum is another"));
    }
    let counts = sections.iter().map(|(table, count)| (table.name.to_owned(), *count)).collect();
    if (!older && expected.next().is_some()) || footer.rows != counts {
        return Err(spoilt("rows are missing"));
    }
    Ok((header, footer))
}

fn header(line: &[u8]) -> Result<Header, Error> {
    let no_backup = || Error::Internal("This is no backup of varsel.".into());
    let any: serde_json::Value = serde_json::from_slice(line).map_err(|_| no_backup())?;
    if any["format"] != FORMAT {
        return Err(no_backup());
    }
    if any["format_version"].as_u64().is_none_or(|version| version > u64::from(FORMAT_VERSION)) {
        return Err(Error::Internal(format!(
            "The backup was made by a newer varsel ({}); use that one.",
            any["made_by"]
        )));
    }
    serde_json::from_value(any).map_err(spoilt)
}

/// The lines of a file, unpacked as they are read.
struct Lines<'a> {
    input: BufReader<GzDecoder<BufReader<&'a File>>>,
    sum: Sha256,
}

impl<'a> Lines<'a> {
    fn new(file: &'a File) -> Self {
        Self { input: BufReader::new(GzDecoder::new(BufReader::new(file))), sum: Sha256::new() }
    }

    fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let mut line = Vec::new();
        self.input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(spoilt)?;
        match line.last() {
            None => Ok(None),
            Some(b'\n') => Ok(Some(line)),
            Some(_) => Err(spoilt("a line does not end")),
        }
    }

    /// Makes sure that nothing follows, neither inside nor behind.
    fn end(mut self) -> Result<(), Error> {
        if self.next()?.is_some() {
            return Err(spoilt("something follows its end"));
        }
        let mut behind = self.input.into_inner().into_inner();
        if behind.fill_buf().map_err(spoilt)?.is_empty() { Ok(()) } else { Err(spoilt("something follows its end")) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::LEFT_OUT;
    use super::*;

    #[test]
    fn every_table_is_carried_but_those_that_are_named() {
        let left_out: Vec<_> = LEFT_OUT.iter().map(|(name, _)| *name).collect();
        assert_eq!(
            left_out,
            [
                "session",
                "one_time_link",
                "half_sign_in",
                "passkey_try",
                "openid_try",
                "api_token",
                "calendar_token",
                "presence",
                "figure_sum"
            ]
        );
        assert_eq!(carried().count() + left_out.len(), tables().len());
        assert!(left_out.iter().all(|name| db::table(name).is_some()));
    }
}
