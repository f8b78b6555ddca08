//! Writes entries of the audit chain, reads it through, and finds entries in it.

mod search;

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::{Broken, Chain, Entry, Fault, Follower, Head};
use crate::canonical::{canonical, items, quoted};
use crate::db::{self, Conn, Instant, Json};
use crate::error::Error;
use crate::origin::Origin;
use crate::schema::audit_entry as a;

pub use search::{Filter, Found, Written, head, kinds, search};

/// Writes down what was done, in the caller's transaction.
pub fn append(conn: &mut Conn, entry: &Entry<'_>, at: Instant) -> Result<(), Error> {
    let last: Option<(i64, String)> =
        a::table.order(a::seq.desc()).select((a::seq, a::digest)).first(conn).optional()?;
    let (last, before) = last.unwrap_or_default();
    let seq = last + 1;
    let actor = entry.actor.map_or_else(|| "null".to_owned(), |actor| quoted(&actor.to_string()));
    let origin = Origin::current();
    let from = if entry.address.is_empty() { origin.address() } else { entry.address };
    let [address, what, subject] = [from, entry.what, entry.subject].map(quoted);
    let detail = canonical(&entry.detail.to_string()).ok_or_else(|| Error::internal("a number beyond all bounds"))?;
    let at_text = quoted(&at.to_string());
    let contents = [seq.to_string(), at_text, actor, address, what, subject, detail, quoted(&before)].join(",");
    let row = (a::seq.eq(seq), a::at.eq(at), a::actor.eq(entry.actor), a::address.eq(from));
    let row = (row, a::what.eq(entry.what), a::subject.eq(entry.subject), a::detail.eq(Json(entry.detail.clone())));
    let digest = digest(&format!("[{contents}]"));
    diesel::insert_into(a::table).values((row, a::before.eq(before), a::digest.eq(digest))).execute(conn)?;
    Ok(())
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

/// The digest of an entry's contents.
pub(super) fn digest(contents: &str) -> String {
    Sha256::digest(contents).iter().map(|byte| format!("{byte:02x}")).collect()
}
