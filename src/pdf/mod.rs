//! Documents of text as PDF: pages of A4 with headings, lists and tables, for people, for screen readers and for archives.
//!
//! The same document makes the same bytes: nothing is drawn by chance and no time is read.

mod draw;
mod face;
mod layout;
mod line;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use crate::error::Error;
use crate::i18n::{self, Lang};

/// A document before it is set.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is called, in the reader's window and in archives.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// The language it is written in.
    pub lang: Lang,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// What stands at the top of every page but the first.
    pub running: String,
    /// A word across every page, as that it is a draft.
    pub across: Option<&'static str>,
    /// What stands on top of every page, as that nothing of it happened.
    pub mark: Option<String>,
    /// Whether pages carry nothing of their own, as where each begins a letter to somebody else.
    pub bare: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading of a level from 1; level 0 is the title of the whole, which no table of contents names.
    Heading(u8, String),
    /// Running text; line breaks are kept.
    Paragraph(String),
    /// A list.
    Items(Vec<String>),
    /// Labels with what they stand for, side by side.
    Pairs(Vec<(String, String)>),
    /// A table whose head is repeated on every page it runs over.
    Table {
        /// The heads of the columns.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
        /// The widths of the columns beside each other; equal where none is given.
        widths: Vec<u16>,
    },
    /// Text as it was written, every blank and line kept, in letters of one width.
    Fixed(String),
    /// What must not be overlooked, in a box.
    Notice(String),
    /// A new page with whom it is for where the window of an envelope is, and who sends it in small letters above.
    Address {
        /// Who sends it.
        from: String,
        /// Whom it is for, line by line.
        to: Vec<String>,
    },
    /// The table of contents: headings of the levels 1 and 2 with their pages.
    Contents,
    /// A little room.
    Space,
    /// The next page.
    Break,
}

/// What every page says where nothing of it happened: that all is made up, or that it is a drill.
#[must_use]
pub fn mark(lang: Lang, is_drill: bool, is_demo: bool) -> Option<String> {
    let marks = [(is_demo, "paper-mark-demo"), (is_drill, "paper-mark-drill")];
    let marks: Vec<String> = marks.iter().filter(|(is, _)| *is).map(|(_, key)| i18n::text(lang, key)).collect();
    (!marks.is_empty()).then(|| marks.join(" · "))
}

/// Sets a document and answers the bytes of the PDF.
///
/// # Errors
/// When the typefaces of the program cannot be read or the file cannot be made: both are faults of ours.
pub fn write(document: &Document) -> Result<Vec<u8>, Error> {
    let faces = face::Faces::get()?;
    draw::draw(document, faces, layout::lay_out(document, faces))
}
