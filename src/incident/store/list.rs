//! Lists of cases: filtered on indexes, paged by where the last page ended.

use diesel::helper_types::{AsSelect, IntoBoxed, Select};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::people::People;
use super::{Head, Owner};
use crate::account::Sight;
use crate::account::store::in_sight;
use crate::db::{Backend, Conn, Instant, containing, lower, titles_with};
use crate::error::Error;
use crate::incident::drill::MARK;
use crate::law::fact::choices::ROOT_CAUSE;
use crate::schema::{figure, incident};

/// How long a page is at most.
pub const LONGEST: i64 = 100;
/// The kinds that figures count by.
pub const KINDS: &[&str] = &["privacy", "security", "availability", "other", "near_miss"];
/// How long a page is when nobody says.
pub const USUAL: i64 = 20;

/// Which cases to list. Everything is optional.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Filter {
    /// `open` or `closed`.
    pub status: Option<String>,
    /// The certain severity.
    pub severity: Option<String>,
    /// The risk.
    pub risk: Option<String>,
    /// Cases with at least one duty in this state.
    pub duty_state: Option<String>,
    /// Logged in this month or later, as `2026-01`.
    pub month_from: Option<String>,
    /// Logged in this month or earlier.
    pub month_to: Option<String>,
    /// `privacy`, `security`, `availability`, `other` or `near_miss`.
    pub kind: Option<String>,
    /// The root cause, or `unknown`.
    pub cause: Option<String>,
    /// `no` leaves drills out, `yes` lists drills alone, `all` both; none is `no`, but for the reference of a drill.
    pub drill: Option<String>,
    /// Part of the title, or the beginning of the reference.
    pub q: Option<String>,
    /// Only what changed at this instant or later; then the oldest change comes first (unless `q` is given).
    pub updated_since: Option<Instant>,
    /// At most this many; 1 to 100.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub cursor: Option<String>,
}

impl Filter {
    /// What is seen of drills: they never stand between real cases unless somebody asks for both.
    fn drills(&self, sight: Sight) -> Result<Sight, Error> {
        let named = self.q.as_deref().is_some_and(|q| is_drill(q.trim()));
        Ok(match word(&self.drill, "drill", &["no", "yes", "all"])?.as_deref() {
            Some("yes") => sight.drills_only(),
            Some("all") => sight.with_drills(),
            None if named => sight.drills_only(),
            _ => sight,
        })
    }
}

/// A case in a list.
pub struct Listed {
    /// The head.
    pub head: Head,
    /// The name of who logged it.
    pub opened_by: String,
    /// Who sees to it.
    pub owner: Owner,
}

/// A page of cases and where the next one begins.
pub struct Page {
    /// The cases, the newest first (the oldest change first with `updated_since`).
    pub items: Vec<Listed>,
    /// For the next page; none after the last.
    pub next: Option<String>,
}

type Query<'a> = IntoBoxed<'a, Select<incident::table, AsSelect<Head, Backend>>, Backend>;

/// Lists the cases that are in sight.
pub fn list(conn: &mut Conn, filter: &Filter, sight: Sight) -> Result<Page, Error> {
    let limit = filter.limit.unwrap_or(USUAL);
    if !(1..=LONGEST).contains(&limit) {
        return Err(Error::field("limit", "limit_out_of_range"));
    }
    let cursor = filter.cursor.as_deref().map(Cursor::read).transpose()?;
    let q = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let by_change = filter.updated_since.is_some() && q.is_none();
    let mut heads = match q {
        Some(q) if q.chars().count() > 2 && !is_reference(q) => {
            by_title(conn, (filter, sight), q, (cursor, limit + 1))?
        }
        _ if by_change => oldest_change(narrow(filter, sight)?, cursor, limit + 1).load(conn)?,
        Some(q) if is_reference(q) => newest(begins_with(narrow(filter, sight)?, q), cursor, limit + 1).load(conn)?,
        Some(q) => {
            let titles = lower(incident::title).like(lower(containing(q))).escape('\\');
            newest(narrow(filter, sight)?.filter(titles), cursor, limit + 1).load(conn)?
        }
        None => newest(narrow(filter, sight)?, cursor, limit + 1).load(conn)?,
    };
    let more = i64::try_from(heads.len()).is_ok_and(|found| found > limit);
    if more {
        heads.pop();
    }
    let next = heads.last().filter(|_| more).map(|last| Cursor::after(last, by_change).write());
    Ok(Page { items: named(conn, heads)?, next })
}

fn named(conn: &mut Conn, heads: Vec<Head>) -> Result<Vec<Listed>, Error> {
    let people = People::of(conn, &heads)?;
    let one = |head: Head| Listed { opened_by: people.name(head.opened_by), owner: people.owner(&head), head };
    Ok(heads.into_iter().map(one).collect())
}

/// The predicates that are the same however the list is ordered.
fn narrow<'a>(filter: &Filter, sight: Sight) -> Result<Query<'a>, Error> {
    let mut query = incident::table.select(Head::as_select()).into_boxed();
    query = query.filter(in_sight(filter.drills(sight)?));
    if let Some(status) = word(&filter.status, "status", &["open", "closed"])? {
        query = query.filter(incident::status.eq(status));
    }
    if let Some(severity) = word(&filter.severity, "severity", crate::law::severity::LEVELS)? {
        query = query.filter(incident::severity.eq(severity));
    }
    if let Some(risk) = word(&filter.risk, "risk", &["unlikely", "risk", "high", "undetermined"])? {
        query = query.filter(incident::risk.eq(risk));
    }
    query = match word(&filter.duty_state, "duty_state", &["required", "undetermined", "fulfilled", "exempt"])?
        .as_deref()
    {
        Some("required") => query.filter(incident::required.gt(0)),
        Some("undetermined") => query.filter(incident::undetermined.gt(0)),
        Some("fulfilled") => query.filter(incident::fulfilled.gt(0)),
        Some(_) => query.filter(incident::exempt.gt(0)),
        None => query,
    };
    if let Some(Figured { kind, cause, months: (from, to) }) = figured(filter)? {
        use figure as f;
        // A predicate that was not asked for holds for all.
        let not = |asked: &str| kind.as_deref().is_none_or(|kind| kind != asked).into_sql::<Bool>();
        let none = f::breach.eq(false).and(f::security.eq(false)).and(f::availability.eq(false));
        let counted = f::table
            .filter(f::month.ge(from).and(f::month.le(to)))
            .filter(f::breach.or(not("privacy")))
            .filter(f::security.or(not("security")))
            .filter(f::availability.or(not("availability")))
            .filter(f::near_miss.or(not("near_miss")))
            .filter(none.or(not("other")))
            .filter(f::cause.eq(cause.clone().unwrap_or_default()).or(cause.is_none().into_sql::<Bool>()));
        query = query.filter(incident::seq.eq_any(counted.select(f::incident_seq)));
    }
    if let Some(since) = filter.updated_since {
        query = query.filter(incident::updated_at.ge(since));
    }
    Ok(query)
}

/// What a figure of the dashboard counts by; none when nothing of the kind is asked.
struct Figured {
    kind: Option<String>,
    cause: Option<String>,
    months: (String, String),
}

fn figured(filter: &Filter) -> Result<Option<Figured>, Error> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let kind = word(&filter.kind, "kind", KINDS)?;
    let causes: Vec<&str> = ROOT_CAUSE.iter().copied().chain(["unknown"]).collect();
    let cause =
        word(&filter.cause, "cause", &causes)?.map(|cause| if cause == "unknown" { String::new() } else { cause });
    let (from, to) = (given(&filter.month_from), given(&filter.month_to));
    if kind.is_none() && cause.is_none() && from.is_none() && to.is_none() {
        return Ok(None);
    }
    let months = (from.unwrap_or_default(), to.unwrap_or_else(|| "9999".into()));
    Ok(Some(Figured { kind, cause, months }))
}

/// One of the words, or a fault that lists them.
fn word(given: &Option<String>, name: &str, words: &[&str]) -> Result<Option<String>, Error> {
    match given.as_deref().filter(|given| !given.is_empty()) {
        None => Ok(None),
        Some(given) if words.contains(&given) => Ok(Some(given.to_owned())),
        Some(given) => {
            let fault = crate::error::FieldError::new(name, "wrong_choice").with("given", given);
            Err(Error::Invalid(vec![fault.with("choices", words.to_vec())]))
        }
    }
}

fn newest(query: Query<'_>, cursor: Option<Cursor>, limit: i64) -> Query<'_> {
    let query = match cursor {
        Some(cursor) => query.filter(incident::seq.lt(cursor.seq)),
        None => query,
    };
    query.order(incident::seq.desc()).limit(limit)
}

fn oldest_change(query: Query<'_>, cursor: Option<Cursor>, limit: i64) -> Query<'_> {
    let query = match cursor {
        Some(Cursor { seq, at: Some(at) }) => {
            query.filter(incident::updated_at.gt(at).or(incident::updated_at.eq(at).and(incident::seq.gt(seq))))
        }
        _ => query,
    };
    query.order((incident::updated_at, incident::seq)).limit(limit)
}

/// Walks the titles that hold the words, newest first, until the page is full.
fn by_title(
    conn: &mut Conn,
    (filter, sight): (&Filter, Sight),
    q: &str,
    (cursor, limit): (Option<Cursor>, i64),
) -> Result<Vec<Head>, Error> {
    let mut before = cursor.map_or(i64::MAX, |cursor| cursor.seq);
    // Most pages are full after the first look; each further one looks at twice as many.
    let mut look = limit;
    let mut found: Vec<Head> = Vec::new();
    loop {
        let candidates = titles_with(conn, q, before, look)?;
        let Some(last) = candidates.last().copied() else { return Ok(found) };
        let wanted = limit - i64::try_from(found.len()).unwrap_or(limit);
        let done = i64::try_from(candidates.len()).is_ok_and(|many| many < look);
        let here = narrow(filter, sight)?.filter(incident::seq.eq_any(candidates));
        found.extend(here.order(incident::seq.desc()).limit(wanted).load(conn)?);
        if done || i64::try_from(found.len()).is_ok_and(|many| many >= limit) {
            return Ok(found);
        }
        before = last;
        look = (look * 2).min(1_000);
    }
}

fn is_drill(q: &str) -> bool {
    q.strip_prefix(MARK).is_some_and(|rest| rest.is_empty() || is_reference(rest))
}

fn is_reference(q: &str) -> bool {
    q.strip_prefix(MARK).unwrap_or(q).split_once('-').is_some_and(|(year, number)| {
        year.len() == 4 && [year, number].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn begins_with<'a>(query: Query<'a>, q: &str) -> Query<'a> {
    // ':' is the character after '9'.
    query.filter(incident::reference.ge(q.to_owned())).filter(incident::reference.lt(format!("{q}:")))
}

/// Where a page ended; opaque to callers.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cursor {
    seq: i64,
    at: Option<Instant>,
}

impl Cursor {
    fn after(last: &Head, by_change: bool) -> Self {
        Self { seq: last.seq, at: by_change.then_some(last.updated_at) }
    }

    fn write(self) -> String {
        let text = match self.at {
            Some(at) => format!("{}@{at}", self.seq),
            None => self.seq.to_string(),
        };
        text.bytes().map(|byte| format!("{byte:02x}")).collect()
    }

    fn read(text: &str) -> Result<Self, Error> {
        Self::parse(text).ok_or_else(|| Error::field("cursor", "cursor_unknown"))
    }

    fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        let text = String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()?;
        let (seq, at) = match text.split_once('@') {
            Some((seq, at)) => (seq, Some(chrono::DateTime::parse_from_rfc3339(at).ok()?.to_utc().into())),
            None => (text.as_str(), None),
        };
        Some(Self { seq: seq.parse().ok()?, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_what_it_wrote_and_refuses_the_rest() {
        let at = Some(chrono::DateTime::UNIX_EPOCH.into());
        for cursor in [Cursor { seq: 42, at: None }, Cursor { seq: 42, at }] {
            assert_eq!(Cursor::parse(&cursor.write()), Some(cursor));
        }
        for wrong in ["", "zz", "4", "é", "2d2d"] {
            assert_eq!(Cursor::parse(wrong), None, "{wrong}");
        }
    }
}
