//! The chain as a file: lines of JSON that can be checked by themselves, or CSV for a spreadsheet.

use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;
use tokio::sync::mpsc;

use super::visible;
use crate::account::Officer;
use crate::audit::exported::COLUMNS;
use crate::audit::store::{Filter, Written, search};
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::flow::harmless;

const TOGETHER: i64 = 500;
/// How many pieces wait for a reader that is slow.
const AHEAD: usize = 4;

/// How an export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A line an entry, with its digest.
    Lines,
    /// For a spreadsheet.
    Csv,
}

impl Format {
    /// Reads the word of a form or of the command line.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "jsonl" => Some(Self::Lines),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The end of a file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Lines => "jsonl",
            Self::Csv => "csv",
        }
    }

    /// The kind of content, as HTTP names it.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Lines => "application/jsonl; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    fn heading(self) -> String {
        match self {
            Self::Lines => format!("{COLUMNS}\n"),
            // The mark tells spreadsheets that this is UTF-8.
            Self::Csv => "\u{feff}number,at,actor,name,address,what,subject,detail,before,digest\r\n".to_owned(),
        }
    }

    fn entry(self, entry: &Written, shown: bool) -> Result<String, Error> {
        match self {
            Self::Lines if shown => Ok(format!("{}\n", entry.line()?)),
            Self::Lines => {
                let bare = Written { detail: crate::db::Json(serde_json::Value::Null), ..entry.clone() }.line()?;
                Ok(format!("{},\"withheld\"]\n", bare.trim_end_matches(']')))
            }
            Self::Csv => {
                let detail = if shown { entry.detail.0.to_string() } else { "withheld".to_owned() };
                let actor = entry.actor.map(|id| id.to_string()).unwrap_or_default();
                let cells = [
                    entry.number.to_string(),
                    entry.at.to_string(),
                    actor,
                    entry.name.clone().unwrap_or_default(),
                    entry.address.clone(),
                    entry.what.clone(),
                    entry.subject.clone(),
                    detail,
                    entry.before.clone(),
                    entry.digest.clone(),
                ];
                let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
                Ok(format!("{}\r\n", cells.join(",")))
            }
        }
    }
}

/// A cell of CSV as it stands between commas.
fn cell(text: &str) -> String {
    let text = harmless(text);
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The next piece of an export, and where the one after it begins.
fn piece(
    conn: &mut Conn,
    filter: &Filter,
    format: Format,
    by: Option<&Officer>,
) -> Result<(String, Option<i64>), Error> {
    let found = search(conn, filter)?;
    let shown = by.map(|by| visible(conn, by, &found.items)).transpose()?;
    let may = |entry: &Written| shown.as_ref().is_none_or(|shown| shown.contains(&entry.subject));
    let lines: Vec<String> =
        found.items.iter().map(|entry| format.entry(entry, may(entry))).collect::<Result<_, _>>()?;
    Ok((lines.concat(), found.next))
}

fn whole(filter: Filter) -> Filter {
    Filter { cursor: None, limit: TOGETHER, oldest_first: true, ..filter }
}

/// Writes an export, for the command line.
///
/// # Errors
/// One sentence for the operator.
pub fn to_stream(db: &Db, filter: Filter, format: Format, out: &mut dyn Write) -> Result<(), String> {
    let cannot = |why: std::io::Error| format!("The export cannot be written: {why}.");
    out.write_all(format.heading().as_bytes()).map_err(cannot)?;
    let mut filter = whole(filter);
    loop {
        let (text, next) = db.read_all(|conn| piece(conn, &filter, format, None)).map_err(|why| why.to_string())?;
        out.write_all(text.as_bytes()).map_err(cannot)?;
        match next {
            Some(next) => filter.cursor = Some(next),
            None => return out.flush().map_err(cannot),
        }
    }
}

/// An export on its way to a browser: read piece by piece, as fast as the reader takes it.
pub struct Sending(mpsc::Receiver<Result<Bytes, Error>>);

impl Sending {
    /// Begins to read.
    #[must_use]
    pub fn begin(db: Db, by: Officer, filter: Filter, format: Format) -> Self {
        let (sender, receiver) = mpsc::channel(AHEAD);
        actix_web::rt::spawn(async move {
            let mut filter = whole(filter);
            let mut heading = format.heading();
            loop {
                let (asked, by) = (filter.clone(), by.clone());
                let read = db.read(move |conn| piece(conn, &asked, format, Some(&by))).await;
                let (sent, next) = match read {
                    Ok((text, next)) => (Ok(Bytes::from(std::mem::take(&mut heading) + &text)), next),
                    Err(why) => (Err(why), None),
                };
                if sender.send(sent).await.is_err() {
                    return;
                }
                match next {
                    Some(next) => filter.cursor = Some(next),
                    None => return,
                }
            }
        });
        Self(receiver)
    }
}

impl MessageBody for Sending {
    type Error = Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        self.0.poll_recv(context)
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula_and_each_stays_in_its_place() {
        for (text, written) in [
            ("plain", "plain"),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1", "'-1"),
            ("\t=1", "'\t=1"),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
            ("=a\nb", "\"'=a\nb\""),
        ] {
            assert_eq!(cell(text), written);
        }
    }
}
