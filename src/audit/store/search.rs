//! Finds entries of the chain, a page at a time, however long it is.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::audit::Head;
use crate::canonical::{canonical, quoted};
use crate::db::{Conn, Id, Instant, Json, containing};
use crate::error::Error;
use crate::schema::{account, audit_entry as a};

/// How many entries are looked through for a word at a time, and how often before the reader is asked to go on.
const WINDOW: i64 = 20_000;
const WINDOWS: usize = 5;
/// By how much an entry may be older than the one before it: whoever waited for a turn to write had read the clock before.
const DISORDER: Duration = Duration::hours(1);

/// Which entries to find. Everything is optional.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Not older than this.
    pub from: Option<DateTime<Utc>>,
    /// Older than this.
    pub until: Option<DateTime<Utc>>,
    /// Done by this account.
    pub actor: Option<Id>,
    /// The stable word for what was done.
    pub what: Option<String>,
    /// What it was done to.
    pub subject: Option<String>,
    /// Words in the particulars, the address or the subject.
    pub words: Option<String>,
    /// Where the last page ended: the number of its last entry.
    pub cursor: Option<i64>,
    /// At most this many.
    pub limit: i64,
    /// The oldest first, as an export has them.
    pub oldest_first: bool,
}

/// An entry as it is stored.
#[derive(Clone, Debug, Queryable)]
pub struct Written {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: Option<Id>,
    /// The name of that account.
    pub name: Option<String>,
    /// From where.
    pub address: String,
    /// The stable word for what was done.
    pub what: String,
    /// What it was done to.
    pub subject: String,
    /// The particulars.
    pub detail: Json,
    /// The digest of the entry before.
    pub before: String,
    /// Its own digest.
    pub digest: String,
}

impl Written {
    /// The entry as a line that can be checked by itself: the canonical array of what its digest is made of, and the digest.
    ///
    /// # Errors
    /// When the particulars hold a number beyond all bounds, which [`super::append`] refuses.
    pub fn line(&self) -> Result<String, Error> {
        let actor = self.actor.map_or_else(|| "null".to_owned(), |actor| quoted(&actor.to_string()));
        let detail =
            canonical(&self.detail.0.to_string()).ok_or_else(|| Error::internal("a number beyond all bounds"))?;
        let texts = [&self.address, &self.what, &self.subject].map(|text| quoted(text)).join(",");
        let (at, before, digest) = (quoted(&self.at.to_string()), quoted(&self.before), quoted(&self.digest));
        Ok(format!("[{},{at},{actor},{texts},{detail},{before},{digest}]", self.number))
    }
}

/// A page of entries.
#[derive(Clone, Debug)]
pub struct Found {
    /// The entries.
    pub items: Vec<Written>,
    /// Where to go on; none after the last.
    pub next: Option<i64>,
    /// Whether there may be more although the page is not full: so many entries were looked through already.
    pub paused: bool,
}

type Query<'a> = a::BoxedQuery<'a, crate::db::Backend>;

/// The last entry.
pub fn head(conn: &mut Conn) -> Result<Head, Error> {
    let last = a::table.order(a::seq.desc()).select((a::seq, a::digest)).first(conn).optional()?;
    Ok(last.map(|(number, digest)| Head { number, digest }).unwrap_or_default())
}

/// Every kind of act that stands in the chain. It jumps from kind to kind in their index.
pub fn kinds(conn: &mut Conn) -> Result<Vec<String>, Error> {
    let mut all: Vec<String> = Vec::new();
    loop {
        let last = all.last().cloned().unwrap_or_default();
        let next = a::table.filter(a::what.gt(last)).order((a::what, a::seq)).select(a::what);
        match next.first(conn).optional()? {
            Some(kind) => all.push(kind),
            None => return Ok(all),
        }
    }
}

/// Finds a page of entries.
pub fn search(conn: &mut Conn, filter: &Filter) -> Result<Found, Error> {
    let Some(bounds) = bounds(conn, filter)? else { return Ok(Found { items: Vec::new(), next: None, paused: false }) };
    match filter.words.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => by_words(conn, filter, words, bounds),
        None => {
            let mut items = load(conn, filter, None, bounds, filter.limit + 1)?;
            let more = i64::try_from(items.len()).is_ok_and(|found| found > filter.limit);
            if more {
                items.pop();
            }
            let next = items.last().filter(|_| more).map(|last| last.number);
            Ok(Found { items, next, paused: false })
        }
    }
}

/// The first and the last number that can be meant; none where nothing can.
fn bounds(conn: &mut Conn, filter: &Filter) -> Result<Option<(i64, i64)>, Error> {
    let (mut low, mut high) = (0, i64::MAX);
    if let Some(from) = filter.from {
        let first = a::table.filter(a::at.ge(Instant::from(from - DISORDER))).order(a::at).select(a::seq);
        let Some(first) = first.first::<i64>(conn).optional()? else { return Ok(None) };
        low = first;
    }
    if let Some(until) = filter.until {
        let last = a::table.filter(a::at.lt(Instant::from(until + DISORDER))).order(a::at.desc()).select(a::seq);
        let Some(last) = last.first::<i64>(conn).optional()? else { return Ok(None) };
        high = last;
    }
    match (filter.cursor, filter.oldest_first) {
        (Some(cursor), true) => low = low.max(cursor + 1),
        (Some(cursor), false) => high = high.min(cursor - 1),
        (None, _) => {}
    }
    Ok((low <= high).then_some((low, high)))
}

fn load(
    conn: &mut Conn,
    filter: &Filter,
    words: Option<&str>,
    (low, high): (i64, i64),
    limit: i64,
) -> Result<Vec<Written>, Error> {
    let mut query: Query<'_> = a::table.filter(a::seq.ge(low)).filter(a::seq.le(high)).into_boxed();
    if let Some(from) = filter.from {
        query = query.filter(a::at.ge(Instant::from(from)));
    }
    if let Some(until) = filter.until {
        query = query.filter(a::at.lt(Instant::from(until)));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(a::actor.eq(actor));
    }
    if let Some(what) = &filter.what {
        query = query.filter(a::what.eq(what));
    }
    if let Some(subject) = &filter.subject {
        query = query.filter(a::subject.eq(subject));
    }
    if let Some(words) = words {
        let text = "lower(CAST(detail AS TEXT) || ' ' || address || ' ' || subject) LIKE lower(";
        let holds = diesel::dsl::sql::<Bool>(text).bind::<Text, _>(containing(words)).sql(") ESCAPE '\\'");
        query = query.filter(holds);
    }
    query = if filter.oldest_first { query.order(a::seq.asc()) } else { query.order(a::seq.desc()) };
    type Row = (i64, Instant, Option<Id>, String, String, String, Json, String, String);
    let columns = (a::seq, a::at, a::actor, a::address, a::what, a::subject, a::detail, a::before, a::digest);
    let rows: Vec<Row> = query.limit(limit).select(columns).load(conn)?;
    let actors: Vec<Id> = rows.iter().filter_map(|row| row.2).collect();
    let names: Vec<(Id, String)> =
        account::table.filter(account::id.eq_any(actors)).select((account::id, account::name)).load(conn)?;
    let name = |id: Id| names.iter().find(|(other, _)| *other == id).map(|(_, name)| name.clone());
    let one = |(number, at, actor, address, what, subject, detail, before, digest): Row| Written {
        name: actor.and_then(name),
        number,
        at,
        actor,
        address,
        what,
        subject,
        detail,
        before,
        digest,
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Looks for words window by window, so that a rare one costs no more than a common one, and says how far it came.
fn by_words(conn: &mut Conn, filter: &Filter, words: &str, (low, high): (i64, i64)) -> Result<Found, Error> {
    let (low, mut high) = (low.max(1), high.min(head(conn)?.number));
    let (mut low, mut items) = (low, Vec::<Written>::new());
    for _ in 0..WINDOWS {
        if low > high {
            return Ok(Found { items, next: None, paused: false });
        }
        let window = match filter.oldest_first {
            true => (low, high.min(low + WINDOW - 1)),
            false => (low.max(high - WINDOW + 1), high),
        };
        let wanted = filter.limit - i64::try_from(items.len()).unwrap_or(filter.limit);
        items.extend(load(conn, filter, Some(words), window, wanted)?);
        if i64::try_from(items.len()).is_ok_and(|found| found >= filter.limit) {
            let next = items.last().map(|last| last.number);
            return Ok(Found { items, next, paused: false });
        }
        if filter.oldest_first { low = window.1 + 1 } else { high = window.0 - 1 }
    }
    let next = (low <= high).then_some(if filter.oldest_first { low - 1 } else { high + 1 });
    Ok(Found { items, paused: next.is_some(), next })
}
