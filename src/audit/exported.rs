//! Checks an export of the chain by itself, without the database it came from.
//!
//! An export is a line of column names and then a line an entry: the array that its digest is made of, with the digest
//! behind. A line of ten holds an entry whose particulars are withheld from whoever exported it.

use std::io::BufRead;

use super::{Broken, Fault, Head};
use crate::canonical::items;
use crate::digest::sha256;

/// The first line of an export.
pub const COLUMNS: &str =
    "[\"number\",\"at\",\"actor\",\"address\",\"what\",\"subject\",\"detail\",\"before\",\"digest\"]";

/// What a check of an export found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many entries it holds.
    pub entries: u64,
    /// How many of them hold no particulars, so that their digests cannot be worked out.
    pub withheld: u64,
    /// How many times entries were left out in between, as a narrowed export leaves them.
    pub gaps: u64,
    /// The last entry.
    pub head: Head,
    /// The first entry that is wrong.
    pub broken: Option<Broken>,
}

/// Reads an export to its end.
///
/// # Errors
/// One sentence, when it cannot be read or is no export.
pub fn check(mut from: impl BufRead) -> Result<Checked, String> {
    let mut line = String::new();
    let mut next = |line: &mut String| {
        line.clear();
        from.read_line(line).map_err(|why| format!("The export cannot be read: {why}."))
    };
    next(&mut line)?;
    if line.trim() != COLUMNS {
        return Err("This is no export of the audit chain as lines of JSON.".into());
    }
    let mut all = Checked::default();
    while next(&mut line)? > 0 {
        let entry = items(line.trim()).unwrap_or_default();
        let text =
            |n: usize| entry.get(n).and_then(|item| serde_json::from_str::<String>(item).ok()).unwrap_or_default();
        let number: i64 = entry.first().and_then(|number| number.parse().ok()).unwrap_or_default();
        let (before, own) = (text(7), text(8));
        let (follows, withheld) = (number == all.head.number + 1, entry.len() == 10);
        let contents = format!("[{}]", entry.get(..8).unwrap_or_default().join(","));
        let fault = if !withheld && sha256(contents.as_bytes()) != own {
            Some(Fault::Changed)
        } else if number <= all.head.number || (follows && before != all.head.digest) {
            Some(Fault::OutOfPlace)
        } else {
            None
        };
        all.broken = all.broken.or(fault.map(|fault| Broken { number, fault }));
        all.gaps += u64::from(!follows && all.entries > 0);
        all.withheld += u64::from(withheld);
        all.entries += 1;
        all.head = Head { number, digest: own };
    }
    Ok(all)
}
