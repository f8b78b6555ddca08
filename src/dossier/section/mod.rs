//! What the sections of a dossier tell, each from the case as it was read.

mod audit;
mod duties;
mod facts;
mod judged;
mod sent;
mod talk;
mod telling;
mod texts;
mod timeline;

pub use audit::audit;
pub use duties::duties;
pub use facts::{facts, moments};
pub use judged::{assessments, summary};
pub use sent::{attachments, neutral, path, sent, told};
pub use talk::{comments, tasks};
pub use telling::{PERSONS, each_person};
pub use texts::{TEXTS, texts};
pub use timeline::timeline;

use serde::Serialize;

use crate::error::Error;

/// The most rows of a table in the document; the archive always has all.
const MOST: usize = 1000;

/// A file of JSON, indented so that people can read it, too.
fn json(name: &str, value: &impl Serialize) -> Result<(String, Vec<u8>), Error> {
    let mut text = serde_json::to_vec_pretty(value).map_err(Error::internal)?;
    text.push(b'\n');
    Ok((name.to_owned(), text))
}
