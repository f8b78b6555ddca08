//! Lists of cases: filtered on indexes, paged by where the last page ended.

use diesel::helper_types::{AsSelect, IntoBoxed, Select};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::people::People;
use super::{Head, Owner, words};
use crate::account::Sight;
use crate::account::store::in_sight;
use crate::db::{Backend, Conn, Instant, Wanted, cases_with};
use crate::error::Error;
use crate::incident::drill::MARK;
use crate::incident::search::{Piece, Sought};
use crate::law::fact::choices::ROOT_CAUSE;
use crate::schema::{figure, incident};

/// How long a page is at most.
pub const LONGEST: i64 = 100;
/// The kinds that figures count by.
pub const KINDS: &[&str] = &["privacy", "security", "availability", "other", "near_miss"];
/// How many cases a page looks through at most for those that all its predicates hold for; whoever asks for more goes on.
const MOST_LOOKED: i64 = 4_000;
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
    /// Words, or their beginnings, that all stand in the texts of the case; or the beginning of the reference.
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
    /// The title with the words that were looked for marked; none where none were.
    pub title: Option<Vec<Piece>>,
    /// Where they stand otherwise.
    pub snippet: Vec<Piece>,
}

/// A page of cases and where the next one begins.
pub struct Page {
    /// The cases, the newest first (the oldest change first with `updated_since`).
    pub items: Vec<Listed>,
    /// For the next page; none after the last.
    pub next: Option<String>,
    /// Whether the page is not full though more may follow: what is looked for is rare among what there is.
    pub paused: bool,
}

type Query<'a> = IntoBoxed<'a, Select<incident::table, AsSelect<Head, Backend>>, Backend>;

/// Lists the cases that are in sight.
pub fn list(conn: &mut Conn, filter: &Filter, sight: Sight) -> Result<Page, Error> {
    let limit = filter.limit.unwrap_or(USUAL);
    if !(1..=LONGEST).contains(&limit) {
        return Err(Error::field("limit", "limit_out_of_range"));
    }
    let (heads, next, paused) = some(conn, filter, sight, limit)?;
    let q = filter.q.as_deref().map(Sought::read).filter(|sought| !sought.is_empty());
    Ok(Page { items: named(conn, heads, q.as_ref())?, next, paused })
}

/// Does the same for an export: pages of any length, with nothing marked.
pub fn rows(conn: &mut Conn, filter: &Filter, sight: Sight, limit: i64) -> Result<Page, Error> {
    let (heads, next, paused) = some(conn, filter, sight, limit)?;
    Ok(Page { items: named(conn, heads, None)?, next, paused })
}

/// A page of heads, where the next one begins, and whether it stopped looking before it was full.
fn some(
    conn: &mut Conn,
    filter: &Filter,
    sight: Sight,
    limit: i64,
) -> Result<(Vec<Head>, Option<String>, bool), Error> {
    let cursor = filter.cursor.as_deref().map(Cursor::read).transpose()?;
    let q = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let by_change = filter.updated_since.is_some() && q.is_none();
    let figured = figured(filter)?;
    let (mut heads, paused) = match (q, figured) {
        (Some(q), _) if is_reference(q) && is_known(conn, filter, sight)? => {
            (newest(begins_with(narrow(filter, sight)?, q), cursor, limit + 1).load(conn)?, None)
        }
        (Some(q), _) => match Sought::read(q).wanted() {
            none if none.is_empty() => (Vec::new(), None),
            words => walk(conn, &Among::Words(words), (filter, sight), (cursor, limit + 1))?,
        },
        _ if by_change => (oldest_change(narrow(filter, sight)?, cursor, limit + 1).load(conn)?, None),
        (None, Some(figured)) => match bounds(conn, &figured.months)? {
            None => (Vec::new(), None),
            Some(bounds) => walk(conn, &Among::Figures(figured, bounds), (filter, sight), (cursor, limit + 1))?,
        },
        (None, None) => (newest(narrow(filter, sight)?, cursor, limit + 1).load(conn)?, None),
    };
    let more = i64::try_from(heads.len()).is_ok_and(|found| found > limit);
    if more {
        heads.pop();
    }
    let last = heads.last().filter(|_| more).map(|last| Cursor::after(last, by_change));
    let looked = paused.filter(|_| !more).map(|seq| Cursor { seq, at: None });
    Ok((heads, last.or(looked).map(Cursor::write), looked.is_some()))
}

fn named(conn: &mut Conn, heads: Vec<Head>, sought: Option<&Sought>) -> Result<Vec<Listed>, Error> {
    let people = People::of(conn, &heads)?;
    let one = |head: Head| {
        let (mut title, mut snippet) = (None, Vec::new());
        if let Some(sought) = sought {
            let texts = words::texts(conn, head.seq)?;
            title = Some(sought.mark(&head.title));
            // The title and the reference are there anyway.
            snippet = sought.snippet(texts.iter().skip(2).map(String::as_str));
        }
        Ok(Listed { opened_by: people.name(head.opened_by), owner: people.owner(&head), head, title, snippet })
    };
    heads.into_iter().map(one).collect()
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
    if let Some(state) = word(&filter.duty_state, "duty_state", &["required", "undetermined", "fulfilled", "exempt"])? {
        // In the words of its index.
        query = query.filter(diesel::dsl::sql::<Bool>(&format!("incident.{state} > 0")));
    }
    if let Some(Figured { kind, cause, months: (from, to) }) = figured(filter)? {
        let kind = kind.as_deref().map_or("(1 = 1)", kind_in_sql);
        // Every cause is at least nothing.
        let (compared, cause) = cause.map_or((">=", String::new()), |cause| ("=", cause));
        let counted = "EXISTS (SELECT 1 FROM figure WHERE figure.incident_seq = incident.seq AND figure.month >= ";
        let counted = diesel::dsl::sql::<Bool>(counted).bind::<Text, _>(from).sql(" AND figure.month <= ");
        let counted = counted.bind::<Text, _>(to).sql(&format!(" AND {kind} AND figure.cause {compared} "));
        query = query.filter(counted.bind::<Text, _>(cause).sql(")"));
    }
    if let Some(since) = filter.updated_since {
        query = query.filter(incident::updated_at.ge(since));
    }
    Ok(query)
}

/// What figures of a kind are, in the words of its index.
fn kind_in_sql(kind: &str) -> &'static str {
    match kind {
        "privacy" => "figure.breach",
        "security" => "figure.security",
        "availability" => "figure.availability",
        "near_miss" => "figure.near_miss",
        _ => "(NOT figure.breach AND NOT figure.security AND NOT figure.availability)",
    }
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

/// Where the candidates for a page come from, newest first.
enum Among {
    /// The index of words.
    Words(Vec<Wanted>),
    /// The figures, between the first and the last case of the months.
    Figures(Figured, (i64, i64)),
}

impl Among {
    fn candidates(&self, conn: &mut Conn, before: i64, limit: i64) -> Result<Vec<i64>, Error> {
        use figure as f;
        let (figured, (first, last)) = match self {
            Self::Words(words) => return Ok(cases_with(conn, words, before, limit)?),
            Self::Figures(figured, bounds) => (figured, *bounds),
        };
        let before = before.min(last.saturating_add(1));
        let mut of = f::table.filter(f::incident_seq.lt(before).and(f::incident_seq.ge(first))).into_boxed();
        if let Some(cause) = &figured.cause {
            of = of.filter(f::cause.eq(cause.clone()));
        }
        if let Some(kind) = &figured.kind {
            of = of.filter(diesel::dsl::sql::<Bool>(kind_in_sql(kind)));
        }
        Ok(of.order(f::incident_seq.desc()).limit(limit).select(f::incident_seq).load(conn)?)
    }
}

/// The first and the last case of these months; none where there is none.
///
/// Cases come month by month, but two that are logged at the turn of a month may come in the other order: so the month
/// beside is looked at, too.
fn bounds(conn: &mut Conn, (from, to): &(String, String)) -> Result<Option<(i64, i64)>, Error> {
    use figure as f;
    let months = || f::table.filter(f::month.between(from, to)).select(f::month);
    let Some(first) = months().order(f::month).first::<String>(conn).optional()? else { return Ok(None) };
    let Some(last) = months().order(f::month.desc()).first::<String>(conn).optional()? else { return Ok(None) };
    let second = months().filter(f::month.gt(&first)).order(f::month).first::<String>(conn).optional()?;
    let before = months().filter(f::month.lt(&last)).order(f::month.desc()).first::<String>(conn).optional()?;
    let (mut least, mut most) = (i64::MAX, i64::MIN);
    for month in [Some(first), second].into_iter().flatten() {
        let of = f::table.filter(f::month.eq(month)).select(f::incident_seq);
        least = least.min(of.order(f::incident_seq).first(conn)?);
    }
    for month in [Some(last), before].into_iter().flatten() {
        let of = f::table.filter(f::month.eq(month)).select(f::incident_seq);
        most = most.max(of.order(f::incident_seq.desc()).first(conn)?);
    }
    Ok(Some((least, most)))
}

/// Looks through candidates, newest first, until the page is full or enough was looked at; answers where it stopped then.
fn walk(
    conn: &mut Conn,
    among: &Among,
    (filter, sight): (&Filter, Sight),
    (cursor, limit): (Option<Cursor>, i64),
) -> Result<(Vec<Head>, Option<i64>), Error> {
    let mut before = cursor.map_or(i64::MAX, |cursor| cursor.seq);
    // Most pages are full after the first look; each further one looks at twice as many.
    let (mut look, mut looked) = (limit, 0);
    let mut found: Vec<Head> = Vec::new();
    loop {
        let candidates = among.candidates(conn, before, look)?;
        let Some(last) = candidates.last().copied() else { return Ok((found, None)) };
        let wanted = limit - i64::try_from(found.len()).unwrap_or(limit);
        let done = i64::try_from(candidates.len()).is_ok_and(|many| many < look);
        let here = narrow(filter, sight)?.filter(incident::seq.eq_any(candidates));
        found.extend(here.order(incident::seq.desc()).limit(wanted).load::<Head>(conn)?);
        looked += look;
        if done || i64::try_from(found.len()).is_ok_and(|many| many >= limit) {
            return Ok((found, None));
        }
        if looked >= MOST_LOOKED {
            return Ok((found, Some(last)));
        }
        before = last;
        look = (look * 2).min(1_000).max(limit);
    }
}

fn is_drill(q: &str) -> bool {
    q.strip_prefix(MARK).is_some_and(|rest| rest.is_empty() || is_reference(rest))
}

/// Whether there is a case whose reference begins as what is looked for.
fn is_known(conn: &mut Conn, filter: &Filter, sight: Sight) -> Result<bool, Error> {
    let alone = Filter { q: filter.q.clone(), drill: filter.drill.clone(), ..Filter::default() };
    let any = begins_with(narrow(&alone, sight)?, alone.q.as_deref().unwrap_or_default().trim());
    Ok(any.limit(1).load::<Head>(conn)?.pop().is_some())
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
        crate::digest::hex(text.as_bytes())
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
