//! A copy of everything in one file that any engine can take back.
//!
//! The file is gzip of lines of JSON. The first says what it is; then each table begins with a line of its own, and its
//! rows follow, an array each; the last counts them, names the head of the audit chain, and holds the SHA-256 of every
//! byte before it. It is the same file whichever engine the rows lay in.

mod read;
mod write;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use read::{look, restore, restore_stream};
pub use write::{to_file, to_stream};

use crate::audit::Chain;
use crate::db::{Table, tables};
use crate::error::Error;

/// The name in the first line.
const FORMAT: &str = "varsel-backup";
/// Grows when a file can no longer be read as before.
const FORMAT_VERSION: u32 = 1;

/// The tables that stay behind, each with the reason.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("session", "whoever was signed in signs in again: a copy must not let anybody in"),
    ("one_time_link", "a link that was used or replaced since must not come to life again"),
    ("half_sign_in", "whoever owed a code begins anew"),
    ("passkey_try", "a question that a browser was asked is asked anew: nothing is answered twice"),
    ("openid_try", "a sign-in under way is begun again: a copy must not let anybody in"),
    ("api_token", "a token that was revoked since must not come to life again"),
    ("calendar_token", "an address that was ended since must not come to life again"),
    ("presence", "who had a page open when is of interest for minutes"),
    ("figure_sum", "the engine adds it up anew while the rows it counts are put back"),
];

/// The first line of a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Header {
    format: String,
    format_version: u32,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The version of the program that made it.
    pub made_by: String,
    /// The engine that the rows lay in.
    pub engine: String,
    migrations: Vec<String>,
}

/// The line before a table's rows.
#[derive(Serialize, Deserialize)]
struct Heading {
    table: String,
    columns: Vec<String>,
}

/// The last line of a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Footer {
    /// How many rows each table has.
    pub rows: BTreeMap<String, u64>,
    /// The last entry of the audit chain.
    pub audit_head: String,
    sha256: String,
}

/// What a backup or a restore did.
#[derive(Clone, Debug)]
pub struct Done {
    /// How many rows of each table, in the order of the file.
    pub rows: Vec<(&'static str, u64)>,
    /// The audit chain as it was found.
    pub chain: Chain,
}

/// The tables that are carried, in the order of the file.
fn carried() -> impl Iterator<Item = &'static Table> {
    tables().iter().filter(|table| LEFT_OUT.iter().all(|(name, _)| *name != table.name))
}

fn heading(table: &Table) -> Heading {
    let columns = table.columns.iter().map(|column| column.name.to_owned()).collect();
    Heading { table: table.name.to_owned(), columns }
}

/// One sentence for the operator.
fn sentence(why: Error) -> String {
    match why {
        Error::Internal(why) => why,
        other => format!("The database does not answer: {other}."),
    }
}
