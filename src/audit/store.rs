//! Writes entries of the audit chain, reads it through, and finds entries in it.

mod search;

use diesel::prelude::*;

use super::{Broken, Chain, Entry, Fault, Follower, Head};
use crate::canonical::{canonical, items, quoted};
use crate::db::{self, Conn, Instant, Json};
use crate::digest::sha256;
use crate::error::Error;
use crate::origin::Origin;
use crate::schema::{account, audit_entry as a};

/// How many entries are read at a time.
const TOGETHER: i64 = 500;

pub use search::{Filter, Found, Written, head, kinds, search};

/// Writes down what was done, in the caller's transaction.
pub fn append(conn: &mut Conn, entry: &Entry<'_>, at: Instant) -> Result<(), Error> {
    let last: Option<(i64, String)> =
        a::table.order(a::seq.desc()).select((a::seq, a::digest)).first(conn).optional()?;
    let (last, before) = last.unwrap_or_default();
    let seq = last + 1;
    let origin = Origin::current();
    let from = if entry.address.is_empty() { origin.address() } else { entry.address };
    let entry = &Entry { address: from, ..entry.clone() };
    let contents = contents(seq, at, entry, &before)?;
    let row = (a::seq.eq(seq), a::at.eq(at), a::actor.eq(entry.actor), a::address.eq(entry.address));
    let row = (row, a::what.eq(entry.what), a::subject.eq(entry.subject), a::detail.eq(Json(entry.detail.clone())));
    let digest = sha256(contents.as_bytes());
    diesel::insert_into(a::table).values((row, a::before.eq(before), a::digest.eq(digest))).execute(conn)?;
    Ok(())
}

/// An entry as it stands in the chain.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Instant,
    /// The name of who did it; none where the program did it by itself.
    pub by: Option<String>,
    /// The stable word for it.
    pub what: String,
    /// The JSON array whose SHA-256 is the digest.
    pub contents: String,
    /// Its digest.
    pub digest: String,
}

/// Hands over the entries about a subject in their order, one at a time.
pub fn each_of(conn: &mut Conn, subject: &str, mut then: impl FnMut(Link) -> Result<(), Error>) -> Result<(), Error> {
    let columns = (a::seq, a::at, a::actor, a::address, a::what, a::detail, a::before, a::digest);
    let mut after = 0;
    loop {
        let of = a::table.left_join(account::table).filter(a::subject.eq(subject)).filter(a::seq.gt(after));
        let rows = of.order(a::seq).limit(TOGETHER).select((columns, account::name.nullable()));
        type Columns = (i64, Instant, Option<crate::db::Id>, String, String, Json, String, String);
        let rows: Vec<(Columns, Option<String>)> = rows.load(conn)?;
        let Some(((last, ..), _)) = rows.last() else { return Ok(()) };
        after = *last;
        for ((number, at, actor, address, what, detail, before, digest), by) in rows {
            let entry = Entry { actor, address: &address, what: &what, subject, detail: detail.0 };
            let contents = contents(number, at, &entry, &before)?;
            then(Link { number, at, by, what, contents, digest })?;
        }
    }
}

/// The JSON array of an entry's columns but the last, whose digest that is.
fn contents(number: i64, at: Instant, entry: &Entry<'_>, before: &str) -> Result<String, Error> {
    let actor = entry.actor.map_or_else(|| "null".to_owned(), |actor| quoted(&actor.to_string()));
    let [address, what, subject] = [entry.address, entry.what, entry.subject].map(quoted);
    let detail = canonical(&entry.detail.to_string()).ok_or_else(|| Error::internal("a number beyond all bounds"))?;
    let at = quoted(&at.to_string());
    Ok(format!("[{}]", [number.to_string(), at, actor, address, what, subject, detail, quoted(before)].join(",")))
}

/// Reads the whole chain, an entry at a time, and answers its head and the first entry that is wrong.
///
/// With a head that somebody noted down earlier, the chain must still hold it.
pub fn verify(conn: &mut Conn, noted: Option<&Head>) -> Result<Chain, Error> {
    let table = db::table("audit_entry").ok_or_else(|| Error::internal("no table of the audit chain"))?;
    let mut follower = Follower::default();
    let mut differs = noted.map(|noted| Broken { number: noted.number, fault: Fault::Missing });
    db::rows::each(conn, table, |line| {
        let entry = items(line).unwrap_or_default();
        let text = |n: usize| entry.get(n).and_then(|item| serde_json::from_str::<String>(item).ok());
        let number = entry.first().and_then(|number| number.parse().ok()).unwrap_or_default();
        let (before, digest) = (text(7).unwrap_or_default(), text(8).unwrap_or_default());
        let contents = entry.get(..8).unwrap_or_default().join(",");
        follower.step(number, (&format!("[{contents}]"), &before, &digest));
        if noted.is_some_and(|noted| noted.number == number) {
            let same = noted.is_some_and(|noted| noted.digest == digest);
            differs = (!same).then_some(Broken { number, fault: Fault::Changed });
        }
        Ok(())
    })?;
    let differs = differs.filter(|differs| differs.number != 0);
    Ok(Chain { head: follower.last, broken: follower.broken.or(differs) })
}
