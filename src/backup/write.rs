//! Writes a backup while others go on working: all of it is as of one instant.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::{Done, FORMAT, FORMAT_VERSION, Footer, Header, carried, heading, sentence};
use crate::audit;
use crate::db::{Conn, Db, rows};
use crate::digest::hex;
use crate::error::Error;
use crate::private;

/// Writes a backup to a file that does not exist yet, readable by its owner only. It appears when it is whole.
///
/// # Errors
/// One sentence for the operator; no file is left behind then.
pub fn to_file(db: &Db, path: &Path, now: DateTime<Utc>) -> Result<Done, String> {
    let exists = || format!("{} exists already; a backup overwrites nothing.", path.display());
    if path.symlink_metadata().is_ok() {
        return Err(exists());
    }
    let (unfinished, mut file) = unfinished(path)?;
    let done = db
        .read_all(|conn| {
            // A reading that is tried again begins anew.
            file.set_len(0).and_then(|()| file.rewind()).map_err(cannot)?;
            write(conn, BufWriter::new(&file), now)
        })
        .map_err(sentence)
        .and_then(|done| {
            file.sync_all().map_err(|why| format!("{} cannot be written: {why}.", path.display()))?;
            publish(&unfinished, path).map_err(|why| match why.kind() {
                ErrorKind::AlreadyExists => exists(),
                _ => format!("{} cannot be made: {why}.", path.display()),
            })?;
            Ok(done)
        });
    // After a success it is a second name of the same file, if it is there at all.
    let _ = std::fs::remove_file(&unfinished);
    done
}

/// Writes a backup to a stream.
///
/// # Errors
/// One sentence for the operator; what has gone out by then is no backup, and a restore refuses it.
pub fn to_stream(db: &Db, out: &mut dyn Write, now: DateTime<Utc>) -> Result<Done, String> {
    let mut begun = false;
    db.read_all(|conn| {
        if std::mem::replace(&mut begun, true) {
            return Err(Error::internal("The database was lost on the way; make the backup again."));
        }
        write(conn, BufWriter::new(&mut *out), now)
    })
    .map_err(sentence)
}

fn unfinished(path: &Path) -> Result<(PathBuf, File), String> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", uuid::Uuid::now_v7().as_simple()));
    let name = PathBuf::from(name);
    let file = private::new_file(&name).map_err(|why| format!("{} cannot be made: {why}.", name.display()))?;
    Ok((name, file))
}

/// Gives a file its name unless something has it; a rename would put it in its place.
fn publish(from: &Path, to: &Path) -> std::io::Result<()> {
    match std::fs::hard_link(from, to) {
        Err(why) if why.kind() != ErrorKind::AlreadyExists && to.symlink_metadata().is_err() => {
            // A file system without second names.
            std::fs::rename(from, to)?;
        }
        other => other?,
    }
    // So that the name is on disk, too; where a folder cannot be opened, nothing more can be done.
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).map_or(Ok(()), |folder| folder.sync_all())
}

fn cannot(why: impl std::fmt::Display) -> Error {
    Error::Internal(format!("The backup cannot be written: {why}."))
}

/// Lines, counted into a digest on their way.
struct Lines<W: Write> {
    out: GzEncoder<W>,
    sum: Sha256,
}

impl<W: Write> Lines<W> {
    fn line(&mut self, text: &str) -> Result<(), Error> {
        for bytes in [text.as_bytes(), b"\n"] {
            self.sum.update(bytes);
            self.out.write_all(bytes).map_err(cannot)?;
        }
        Ok(())
    }

    fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Error> {
        self.line(&serde_json::to_string(value).map_err(cannot)?)
    }
}

fn write(conn: &mut Conn, out: impl Write, now: DateTime<Utc>) -> Result<Done, Error> {
    let chain = audit::verify(conn, None)?;
    let mut lines = Lines { out: GzEncoder::new(out, Compression::default()), sum: Sha256::new() };
    lines.json(&Header {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        made_at: now,
        made_by: env!("CARGO_PKG_VERSION").to_owned(),
        engine: rows::engine(conn).to_owned(),
        migrations: rows::applied(conn)?,
    })?;
    let mut counts = Vec::new();
    for table in carried() {
        lines.json(&heading(table))?;
        let mut count = 0;
        rows::each(conn, table, |row| {
            count += 1;
            lines.line(row)
        })?;
        counts.push((table.name, count));
    }
    let rows = counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    let sha256 = hex(&lines.sum.clone().finalize());
    lines.json(&Footer { rows, audit_head: chain.head.to_string(), sha256 })?;
    let mut out = lines.out.finish().map_err(cannot)?;
    out.flush().map_err(cannot)?;
    Ok(Done { rows: counts, chain })
}
