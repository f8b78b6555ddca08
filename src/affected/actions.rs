//! The verbs of telling the affected. Each is one transaction with its line in the timeline.

mod decide;
mod reach;
mod read_in;
mod receive;
mod tell;

use serde_json::Value;

pub use decide::{Decision, count, decide};
pub use reach::{BY_HAND, answer_person, callback_token, take_bounce, take_callback};
pub use read_in::{Preview, begin, preview, read_in, remove};
pub use receive::{Incoming, receive};
pub use tell::{Entry, approve, change, halt, make, posted, run, tell_again};

use crate::account::Sight;
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::incident::actions::{note, words};
use crate::incident::store;
use crate::incident::store::Head;

/// Where a piece of a file is sealed for.
pub fn part_place(import: Id, number: i32) -> String {
    format!("affected part {import} {number}")
}

/// Where a row that was kept aside is sealed for.
pub fn bad_place(import: Id, line: i64) -> String {
    format!("affected bad {import} {line}")
}

/// The head of a case that must be open.
fn open(conn: &mut Conn, by: Id, key: &str) -> Result<Head, Error> {
    let head = store::head(conn, key, Sight::of(by))?;
    if head.status == "open" { Ok(head) } else { Err(Error::conflict("closed")) }
}

fn tell(
    conn: &mut Conn,
    head: &Head,
    (kind, payload): (&'static str, Value),
    (by, at): (Id, Instant),
) -> Result<(), Error> {
    note(conn, head.seq, (kind, payload), (Some(by), at))
}
