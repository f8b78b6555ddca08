//! Files with persons: their pieces, how far they have been read, and the rows that were kept aside.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::affected::{Mapping, New};
use crate::db::{Conn, Id, Instant, Json, insert_many};
use crate::error::Error;
use crate::schema::{affected, affected_bad, affected_import, affected_part};
use crate::seal::Seal;

/// A file with persons.
#[derive(Clone, Debug, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = affected_import, primary_key(seq), treat_none_as_null = true)]
pub struct Import {
    /// Its inner number.
    pub seq: i64,
    /// Its name for people and programs.
    pub id: Id,
    /// Of which incident.
    pub incident_seq: i64,
    /// What the file is called.
    pub name: String,
    /// `csv` or `xlsx`.
    pub kind: String,
    /// The encoding's name.
    pub encoding: String,
    /// What parts the columns.
    pub separator: String,
    mapping: Json,
    /// `coming`, `waiting`, `running`, `done`, `failed` or `removed`.
    pub state: String,
    /// How long the file is.
    pub bytes: i64,
    /// How many rows have been read.
    pub rows_read: i64,
    /// How many persons they made.
    pub taken: i64,
    /// How many rows were joined with a person who was there.
    pub joined: i64,
    /// How many could not be taken.
    pub bad: i64,
    /// Why it failed.
    pub note: String,
    /// Who brought it.
    pub by_account: Id,
    /// When.
    pub at: Instant,
    /// When the last row was read.
    pub ended_at: Option<Instant>,
}

impl Import {
    /// Which column holds what.
    pub fn mapping(&self) -> Mapping {
        serde_json::from_value(self.mapping.0.clone()).unwrap_or_default()
    }

    /// Sets which column holds what.
    pub fn map(&mut self, mapping: &Mapping) {
        self.mapping = Json(serde_json::json!(mapping));
    }
}

/// A row that could not be taken.
#[derive(Clone, Debug)]
pub struct Bad {
    /// Its line in the file.
    pub line: i64,
    /// The word for why.
    pub reason: String,
    /// The row, sealed.
    pub sealed: String,
}

/// Writes down that a file comes.
pub fn new_import(
    conn: &mut Conn,
    incident_seq: i64,
    (name, kind): (&str, &str),
    (by, at): (Id, Instant),
) -> Result<Import, Error> {
    use affected_import as i;
    let what = (i::id.eq(Id::new()), i::incident_seq.eq(incident_seq), i::name.eq(name), i::kind.eq(kind));
    let form =
        (i::encoding.eq(""), i::separator.eq(""), i::mapping.eq(Json(serde_json::json!({}))), i::state.eq("coming"));
    let counts = (i::bytes.eq(0), i::rows_read.eq(0), i::taken.eq(0), i::joined.eq(0), i::bad.eq(0), i::note.eq(""));
    let row = (what, form, counts, i::by_account.eq(by), i::at.eq(at));
    let seq: i64 = diesel::insert_into(i::table).values(row).returning(i::seq).get_result(conn)?;
    Ok(i::table.find(seq).select(Import::as_select()).first(conn)?)
}

/// Writes down how far a file has come.
pub fn save_import(conn: &mut Conn, import: &Import) -> Result<(), Error> {
    diesel::update(affected_import::table.find(import.seq)).set(import).execute(conn)?;
    Ok(())
}

/// Writes down that a file has been read; its pieces are no longer needed.
pub fn finish(conn: &mut Conn, import: &Import) -> Result<(), Error> {
    diesel::delete(affected_part::table.filter(affected_part::import_seq.eq(import.seq))).execute(conn)?;
    save_import(conn, import)
}

/// Lets the reading of a file begin; answers false when it does not wait.
pub fn begin(conn: &mut Conn, seq: i64, mapping: &Mapping) -> Result<bool, Error> {
    use affected_import as i;
    let waits = i::table.find(seq).filter(i::state.eq("waiting"));
    let begun = (i::state.eq("running"), i::mapping.eq(Json(serde_json::json!(mapping))));
    Ok(diesel::update(waits).set(begun).execute(conn)? == 1)
}

/// The files of an incident, the newest first.
pub fn imports(conn: &mut Conn, incident_seq: i64) -> Result<Vec<Import>, Error> {
    use affected_import as i;
    let of = i::table.filter(i::incident_seq.eq(incident_seq)).order(i::seq.desc()).limit(50);
    Ok(of.select(Import::as_select()).load(conn)?)
}

/// A file of an incident.
pub fn find_import(conn: &mut Conn, incident_seq: i64, id: Id) -> Result<Import, Error> {
    use affected_import as i;
    let of = i::table.filter(i::id.eq(id)).filter(i::incident_seq.eq(incident_seq));
    Ok(of.select(Import::as_select()).first(conn)?)
}

/// The file that is being read and has been for longest.
pub fn running(conn: &mut Conn) -> Result<Option<Import>, Error> {
    use affected_import as i;
    let running = i::table.filter(diesel::dsl::sql::<diesel::sql_types::Bool>("affected_import.state = 'running'"));
    Ok(running.order(i::seq).select(Import::as_select()).first(conn).optional()?)
}

/// Keeps a piece of a file.
pub fn put_part(conn: &mut Conn, seq: i64, number: i32, sealed: &str) -> Result<(), Error> {
    use affected_part as p;
    let row = (p::import_seq.eq(seq), p::number.eq(number), p::sealed.eq(sealed));
    diesel::insert_into(p::table).values(row).execute(conn)?;
    Ok(())
}

/// A piece of a file.
pub fn part(conn: &mut Conn, seq: i64, number: i32) -> Result<Option<String>, Error> {
    use affected_part as p;
    Ok(p::table.find((seq, number)).select(p::sealed).first(conn).optional()?)
}

/// Takes a file's pieces away, its rows kept aside, and its persons where none of them has been told.
pub fn remove(conn: &mut Conn, import: &mut Import, now: DateTime<Utc>) -> Result<(), Error> {
    use affected as a;
    let touched = a::table.filter(a::import_seq.eq(import.seq)).filter(a::state.ne_all(["not_yet", "unreachable"]));
    if touched.select(a::seq).first::<i64>(conn).optional()?.is_some() {
        return Err(Error::conflict("affected-already-told"));
    }
    diesel::delete(a::table.filter(a::import_seq.eq(import.seq))).execute(conn)?;
    diesel::delete(affected_part::table.filter(affected_part::import_seq.eq(import.seq))).execute(conn)?;
    diesel::delete(affected_bad::table.filter(affected_bad::import_seq.eq(import.seq))).execute(conn)?;
    import.state = "removed".into();
    import.ended_at = Some(now.into());
    save_import(conn, import)
}

/// The first rows that were kept aside.
pub fn bad(conn: &mut Conn, seq: i64, most: i64) -> Result<Vec<Bad>, Error> {
    after(conn, seq, -1, most)
}

fn after(conn: &mut Conn, seq: i64, line: i64, most: i64) -> Result<Vec<Bad>, Error> {
    use affected_bad as b;
    let of = b::table.filter(b::import_seq.eq(seq)).filter(b::line.gt(line)).order(b::line).limit(most);
    let rows: Vec<(i64, String, String)> = of.select((b::line, b::reason, b::sealed)).load(conn)?;
    Ok(rows.into_iter().map(|(line, reason, sealed)| Bad { line, reason, sealed }).collect())
}

/// A thousand rows that were kept aside, behind this line.
pub fn each_bad(conn: &mut Conn, seq: i64, line: i64) -> Result<Vec<Bad>, Error> {
    after(conn, seq, line, 1000)
}

/// Where somebody with an address is already.
#[derive(Clone, Copy)]
enum Known {
    /// Among the rows that stand.
    Row(i64),
    /// Among those that are about to be written.
    New(usize),
}

/// What is added to a person who was there.
#[derive(Clone, Copy, Default)]
struct More {
    joined: i32,
    minor: bool,
    protected: bool,
}

/// Takes some rows in, each person once, and writes down that so many rows of the file are read. Answers false when
/// somebody else has read them meanwhile.
pub fn take_in(
    conn: &mut Conn,
    seal: &Seal,
    import: &mut Import,
    (new, bad, read): (&[(New, bool)], &[Bad], i64),
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    use affected_import as i;
    let here = i::table.find(import.seq).filter(i::state.eq("running")).filter(i::rows_read.eq(import.rows_read));
    if here.select(i::seq).first::<i64>(conn).optional()?.is_none() {
        return Ok(false);
    }
    let (emails, phones) = known(conn, import.incident_seq, new)?;
    let mut places = Places { emails, phones, ..Places::default() };
    for (new, chosen) in new {
        places.put(conn, seal, new, *chosen)?;
    }
    let at = Instant::from(now);
    for (seq, more) in &places.more {
        let of = affected::table.find(*seq);
        diesel::update(of).set(affected::joined.eq(affected::joined + more.joined)).execute(conn)?;
        if more.minor {
            diesel::update(of).set(affected::minor.eq(true)).execute(conn)?;
        }
        if more.protected {
            diesel::update(of).set(affected::protected.eq(true)).execute(conn)?;
        }
    }
    let rows: Vec<_> = places.new.iter().map(|(new, more, chosen)| row(import, new, *more, *chosen, at)).collect();
    let taken = rows.len();
    for some in rows.chunks(500) {
        insert_many!(conn, affected::table, some.to_vec())?;
    }
    use affected_bad as b;
    let aside = |bad: &Bad| {
        let what = (b::reason.eq(bad.reason.clone()), b::sealed.eq(bad.sealed.clone()));
        (b::import_seq.eq(import.seq), b::line.eq(bad.line), what)
    };
    for some in bad.chunks(500) {
        let rows: Vec<_> = some.iter().map(aside).collect();
        insert_many!(conn, affected_bad::table, rows)?;
    }
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    import.taken += count(taken);
    import.joined += count(new.len() - taken);
    import.bad += count(bad.len());
    import.rows_read += read;
    save_import(conn, import)?;
    Ok(true)
}

type Standing = (HashMap<String, Known>, HashMap<String, (Known, bool)>);

/// Who stands already under the addresses of these.
fn known(conn: &mut Conn, incident_seq: i64, new: &[(New, bool)]) -> Result<Standing, Error> {
    use affected as a;
    let emails: Vec<&String> = new.iter().filter_map(|(new, _)| new.email_hash.as_ref()).collect();
    let phones: Vec<&String> = new.iter().filter_map(|(new, _)| new.phone_hash.as_ref()).collect();
    let of = |_: ()| a::table.filter(a::incident_seq.eq(incident_seq));
    let found: Vec<(Option<String>, i64)> =
        of(()).filter(a::email_hash.eq_any(emails)).select((a::email_hash, a::seq)).load(conn)?;
    let emails = found.into_iter().filter_map(|(hash, seq)| Some((hash?, Known::Row(seq)))).collect();
    let found: Vec<(Option<String>, i64, Option<String>)> = of(())
        .filter(a::phone_hash.eq_any(phones))
        .order(a::seq.desc())
        .select((a::phone_hash, a::seq, a::email_hash))
        .load(conn)?;
    let phones = found.into_iter().filter_map(|(hash, seq, email)| Some((hash?, (Known::Row(seq), email.is_some()))));
    Ok((emails, phones.collect()))
}

/// Who is where while some rows are taken in.
#[derive(Default)]
struct Places {
    emails: HashMap<String, Known>,
    /// By telephone number, and whether there is an e-mail address, too.
    phones: HashMap<String, (Known, bool)>,
    new: Vec<(New, More, bool)>,
    more: HashMap<i64, More>,
}

impl Places {
    /// Joins somebody with who has the same e-mail address, or, where one of both has none, the same number.
    fn put(&mut self, conn: &mut Conn, seal: &Seal, new: &New, chosen: bool) -> Result<(), Error> {
        let by_phone = new.phone_hash.as_ref().and_then(|hash| self.phones.get(hash)).copied();
        let place = match (&new.email_hash, by_phone) {
            (Some(email), by_phone) => match (self.emails.get(email).copied(), by_phone) {
                (Some(known), _) => Some(known),
                (None, Some((known, false))) => {
                    self.complete(conn, seal, known, new)?;
                    Some(known)
                }
                (None, _) => None,
            },
            (None, Some((known, _))) => Some(known),
            (None, None) => None,
        };
        let place = match place {
            Some(known) => {
                let more = match known {
                    Known::Row(seq) => self.more.entry(seq).or_default(),
                    Known::New(at) => &mut self.new[at].1,
                };
                more.joined += 1;
                more.minor |= new.minor;
                more.protected |= new.protected;
                known
            }
            None => {
                self.new.push((new.clone(), More::default(), chosen));
                Known::New(self.new.len() - 1)
            }
        };
        if let Some(email) = &new.email_hash {
            self.emails.insert(email.clone(), place);
        }
        if let Some(phone) = &new.phone_hash {
            let has_email = new.email_hash.is_some();
            self.phones.entry(phone.clone()).and_modify(|known| known.1 |= has_email).or_insert((place, has_email));
        }
        Ok(())
    }

    /// Gives the e-mail address to who had a number only.
    fn complete(&mut self, conn: &mut Conn, seal: &Seal, known: Known, new: &New) -> Result<(), Error> {
        match known {
            Known::New(at) => {
                let there = &mut self.new[at].0;
                there.person.email.clone_from(&new.person.email);
                there.email_hash.clone_from(&new.email_hash);
                there.sealed = there.person.seal(seal, there.id)?;
            }
            Known::Row(seq) => {
                let id: Id = affected::table.find(seq).select(affected::id).first(conn)?;
                let whole = (affected::sealed.eq(new.person.seal(seal, id)?), affected::email_hash.eq(&new.email_hash));
                diesel::update(affected::table.find(seq)).set(whole).execute(conn)?;
            }
        }
        Ok(())
    }
}

#[derive(Clone, Insertable)]
#[diesel(table_name = affected)]
struct Row {
    id: Id,
    incident_seq: i64,
    import_seq: i64,
    sealed: String,
    email_hash: Option<String>,
    phone_hash: Option<String>,
    customer: String,
    categories: String,
    minor: bool,
    protected: bool,
    language: &'static str,
    chosen: bool,
    joined: i32,
    state: &'static str,
    way: &'static str,
    tried: i32,
    reply: &'static str,
    changed_at: Instant,
}

fn row(import: &Import, new: &New, more: More, chosen: bool, at: Instant) -> Row {
    let by_post = new.email_hash.is_none() && new.phone_hash.is_none();
    Row {
        id: new.id,
        incident_seq: import.incident_seq,
        import_seq: import.seq,
        sealed: new.sealed.clone(),
        email_hash: new.email_hash.clone(),
        phone_hash: new.phone_hash.clone(),
        customer: new.customer.clone(),
        categories: new.categories.clone(),
        minor: new.minor || more.minor,
        protected: new.protected || more.protected,
        language: new.language.code(),
        chosen,
        joined: more.joined,
        state: if by_post { "unreachable" } else { "not_yet" },
        way: "",
        tried: 0,
        reply: "",
        changed_at: at,
    }
}
