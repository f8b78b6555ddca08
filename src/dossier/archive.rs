//! The archive: the document, the data it was made from, every file of the case, and the digest of each.

use std::io::{Seek, Write};

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Audience, Matter, document, hidden, section};
use crate::db::{Conn, is_demo};
use crate::digest::hex;
use crate::error::Error;
use crate::incident::attachment::{actions, store};
use crate::pdf;
use crate::seal::Seal;

/// Writes the archive; a file of the case is never in memory as a whole.
pub(super) fn write(conn: &mut Conn, matter: &Matter, seal: &Seal, out: impl Write + Seek) -> Result<(), Error> {
    let (document, files) = document::compose(conn, matter)?;
    let mut archive = Archive::new(out, matter.order.as_of);
    archive.file(&format!("dossier-{}.pdf", matter.case.head.reference), &pdf::write(&document)?)?;
    archive.file("about.json", &hidden::of_file(about(matter, is_demo(conn)?)?, &matter.names))?;
    for (name, content) in files {
        archive.file(&name, &content)?;
    }
    if matter.order.audience == Audience::Internal && matter.case.figures.as_ref().is_some_and(|told| !told.counted) {
        archive.begin(section::PERSONS)?;
        section::each_person(conn, matter, |line| archive.piece(line))?;
        archive.end();
    }
    for (at, file) in matter.files().iter().enumerate().filter(|(_, file)| file.removed.is_none()) {
        archive.begin(&section::path(matter, at, file))?;
        for number in 0..file.parts {
            let sealed = store::part(conn, file.seq, number)?;
            archive.piece(&actions::open(seal, file, number, &sealed)?)?;
        }
        if archive.end() != file.sha256 {
            return Err(Error::internal(format!("The attachment {} is not what it was when it came", file.id)));
        }
    }
    archive.finish()
}

fn about(matter: &Matter, is_demo: bool) -> Result<Vec<u8>, Error> {
    let about = json!({
        "reference": matter.case.head.reference, "id": matter.case.head.id, "title": matter.case.head.title,
        "drill": matter.case.head.is_drill(), "demonstration": is_demo,
        "version": matter.case.head.version, "as_of": matter.order.as_of, "for": matter.order.audience.word(),
        "language": matter.order.lang.code(), "rules_version": matter.case.assessment.rules_version,
        "made_by": concat!("varsel ", env!("CARGO_PKG_VERSION")),
        "digest": "audit.jsonl: SHA-256 of contents, UTF-8; digests.txt: sha256sum --check digests.txt",
    });
    let mut text = serde_json::to_vec_pretty(&about).map_err(Error::internal)?;
    text.push(b'\n');
    Ok(text)
}

struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    options: SimpleFileOptions,
    name: String,
    sum: Sha256,
    digests: String,
}

impl<W: Write + Seek> Archive<W> {
    fn new(out: W, as_of: DateTime<Utc>) -> Self {
        let small = |number: u32| u8::try_from(number).unwrap_or_default();
        let (year, month, day) =
            (u16::try_from(as_of.year()).unwrap_or(1980), small(as_of.month()), small(as_of.day()));
        let time = (small(as_of.hour()), small(as_of.minute()), small(as_of.second()));
        let at = zip::DateTime::from_date_and_time(year, month, day, time.0, time.1, time.2).unwrap_or_default();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(at)
            .unix_permissions(0o644);
        Self { zip: ZipWriter::new(out), options, name: String::new(), sum: Sha256::new(), digests: String::new() }
    }

    fn begin(&mut self, name: &str) -> Result<(), Error> {
        name.clone_into(&mut self.name);
        self.sum = Sha256::new();
        self.zip.start_file(name, self.options).map_err(cannot)
    }

    fn piece(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.sum.update(bytes);
        self.zip.write_all(bytes).map_err(cannot)
    }

    /// Ends a file, and answers its digest.
    fn end(&mut self) -> String {
        let digest = hex(&self.sum.finalize_reset());
        self.digests.push_str(&format!("{digest}  {}\n", self.name));
        digest
    }

    fn file(&mut self, name: &str, content: &[u8]) -> Result<(), Error> {
        self.begin(name)?;
        self.piece(content)?;
        self.end();
        Ok(())
    }

    fn finish(mut self) -> Result<(), Error> {
        self.zip.start_file("digests.txt", self.options).map_err(cannot)?;
        self.zip.write_all(self.digests.as_bytes()).map_err(cannot)?;
        let mut out = self.zip.finish().map_err(cannot)?;
        out.flush().map_err(cannot)
    }
}

fn cannot(why: impl std::fmt::Display) -> Error {
    Error::internal(format!("The archive cannot be written: {why}"))
}
