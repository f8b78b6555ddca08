//! Personal data over time: found for whoever asks for their own, sealed anew, and taken away when no longer needed.

use diesel::prelude::*;

use crate::affected::Person;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::Error;
use crate::outbox::transport::e164;
use crate::schema::{affected, affected_bad, affected_import, affected_part, incident};
use crate::seal::Seal;

/// A person among the affected of an incident.
#[derive(Clone, Debug)]
pub struct Found {
    /// The incident's reference.
    pub incident: String,
    /// The row.
    pub id: Id,
    /// What is known of the person.
    pub person: Person,
    /// Where the telling stands.
    pub state: String,
    /// The categories of data between commas.
    pub categories: String,
    /// When the state last changed.
    pub changed_at: Instant,
}

/// The states in which nobody means to reach the person any more.
const SETTLED: [&str; 4] = ["sent", "delivered", "told_otherwise", "declined"];
/// How many rows are opened at a time where every one is looked at.
const TOGETHER: i64 = 1000;

impl Found {
    /// Whether what names the person may be taken away: whoever is still to be told must be reachable.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        SETTLED.contains(&self.state.as_str())
    }
}

type Row = (i64, String, Id, String, String, String, Instant);

fn opened(seal: &Seal, (_, incident, id, sealed, state, categories, changed_at): Row) -> Result<Found, Error> {
    let person = Person::open(seal, id, &sealed).map_err(Error::internal)?;
    Ok(Found { incident, id, person, state, categories, changed_at })
}

/// Finds a person in every incident by an e-mail address, a telephone number or a keyed hash of either.
pub fn find_person(conn: &mut Conn, seal: &Seal, text: &str) -> Result<Vec<Found>, Error> {
    use affected as a;
    let text = text.trim();
    let mut hashes = vec![seal.lookup(&text.to_lowercase()), text.to_owned()];
    hashes.extend(e164(text).map(|number| seal.lookup(&number)));
    let columns = (a::seq, incident::reference, a::id, a::sealed, a::state, a::categories, a::changed_at);
    let of = a::table.inner_join(incident::table.on(incident::seq.eq(a::incident_seq)));
    let rows: Vec<Row> = of
        .filter(a::email_hash.eq_any(hashes.clone()).or(a::phone_hash.eq_any(hashes)))
        .order(a::seq)
        .limit(TOGETHER)
        .select(columns)
        .load(conn)?;
    rows.into_iter().map(|row| opened(seal, row)).collect()
}

/// Finds persons in every incident by what they are called or where they live; every row is opened, since names have no hash.
pub fn find_named(
    conn: &mut Conn,
    seal: &Seal,
    is_it: impl Fn(&Person) -> bool,
    most: usize,
) -> Result<Vec<Found>, Error> {
    use affected as a;
    let (mut found, mut after) = (Vec::new(), 0);
    while found.len() < most {
        let columns = (a::seq, incident::reference, a::id, a::sealed, a::state, a::categories, a::changed_at);
        let of = a::table.inner_join(incident::table.on(incident::seq.eq(a::incident_seq)));
        let rows: Vec<Row> = of
            .filter(a::seq.gt(after).and(a::sealed.ne("")))
            .order(a::seq)
            .limit(TOGETHER)
            .select(columns)
            .load(conn)?;
        let Some((last, ..)) = rows.last() else { break };
        after = *last;
        for row in rows {
            let one = opened(seal, row)?;
            if is_it(&one.person) {
                found.push(one);
            }
        }
    }
    found.truncate(most);
    Ok(found)
}

/// Takes away what names one person whom nobody means to reach any more, and answers whether there was one.
pub fn forget_one(conn: &mut Conn, id: Id) -> Result<bool, Error> {
    use affected as a;
    let of = a::table.filter(a::id.eq(id)).filter(a::state.eq_any(SETTLED)).select(a::seq);
    let Some(seq) = of.first::<i64>(conn).optional()? else { return Ok(false) };
    Ok(forget(conn, &[seq])? > 0)
}

/// Takes the personal data of these persons away; where each of them stands is kept.
pub fn forget(conn: &mut Conn, persons: &[i64]) -> Result<usize, Error> {
    use affected as a;
    let none = None::<String>;
    let gone =
        (a::sealed.eq(""), a::email_hash.eq(&none), a::phone_hash.eq(&none), a::customer.eq(""), a::reply.eq(""));
    Ok(diesel::update(a::table.filter(a::seq.eq_any(persons))).set(gone).execute(conn)?)
}

/// Takes away what is left of the files that the persons of these incidents came in.
pub fn forget_files(conn: &mut Conn, incidents: &[i64]) -> Result<(), Error> {
    let files = || affected_import::table.filter(affected_import::incident_seq.eq_any(incidents));
    let of = affected_part::table.filter(affected_part::import_seq.eq_any(files().select(affected_import::seq)));
    diesel::delete(of).execute(conn)?;
    let of = affected_bad::table.filter(affected_bad::import_seq.eq_any(files().select(affected_import::seq)));
    diesel::delete(of).execute(conn)?;
    Ok(())
}

/// Seals everything of this module anew, some at a time, so that it can be broken off and taken up again; answers how
/// many were changed.
pub fn reseal_all(db: &Db, old: &Seal, new: &Seal) -> Result<usize, Error> {
    let (mut after, mut many) = (0, 0);
    loop {
        let (old, new) = (old.clone(), new.clone());
        match db.write_blocking(move |conn| reseal(conn, (&old, &new), after))? {
            Some((last, changed)) => (after, many) = (last, many + changed),
            None => break,
        }
    }
    let imports: Vec<(i64, Id)> = db.read_all(|conn| {
        Ok(affected_import::table.select((affected_import::seq, affected_import::id)).load(conn)?)
    })?;
    for import in imports {
        let (old, new) = (old.clone(), new.clone());
        many += db.write_blocking(move |conn| reseal_parts(conn, (&old, &new), import))?;
    }
    Ok(many)
}

/// Seals some persons anew, with hashes of the new key, behind the number `after`. Answers the last number, and how many
/// were changed; those that the new key opens already stay as they are.
fn reseal(conn: &mut Conn, (old, new): (&Seal, &Seal), after: i64) -> Result<Option<(i64, usize)>, Error> {
    use affected as a;
    let rows: Vec<(i64, Id, String)> =
        a::table.filter(a::seq.gt(after)).order(a::seq).limit(500).select((a::seq, a::id, a::sealed)).load(conn)?;
    let Some(last) = rows.last().map(|row| row.0) else { return Ok(None) };
    let mut many = 0;
    for (seq, id, sealed) in rows {
        if sealed.is_empty() || Person::open(new, id, &sealed).is_ok() {
            continue;
        }
        let person = Person::open(old, id, &sealed).map_err(Error::internal)?;
        let hash = |text: &str| (!text.is_empty()).then(|| new.lookup(text));
        let hashes = (a::email_hash.eq(hash(&person.email)), a::phone_hash.eq(hash(&person.phone)));
        diesel::update(a::table.find(seq)).set((a::sealed.eq(person.seal(new, id)?), hashes)).execute(conn)?;
        many += 1;
    }
    Ok(Some((last, many)))
}

/// Seals the pieces of a file and its rows kept aside anew; answers how many were changed.
fn reseal_parts(conn: &mut Conn, (old, new): (&Seal, &Seal), import: (i64, Id)) -> Result<usize, Error> {
    use affected_bad as b;
    use affected_part as p;
    let mut many = 0;
    let anew = |place: &str, sealed: &str| -> Result<Option<String>, Error> {
        if new.open(place, sealed).is_ok() {
            return Ok(None);
        }
        let text = old.open(place, sealed).map_err(Error::internal)?;
        new.seal(place, &text).map(Some).map_err(Error::internal)
    };
    let numbers: Vec<i32> =
        p::table.filter(p::import_seq.eq(import.0)).order(p::number).select(p::number).load(conn)?;
    for number in numbers {
        let sealed: String = p::table.find((import.0, number)).select(p::sealed).first(conn)?;
        if let Some(sealed) = anew(&crate::affected::actions::part_place(import.1, number), &sealed)? {
            diesel::update(p::table.find((import.0, number))).set(p::sealed.eq(sealed)).execute(conn)?;
            many += 1;
        }
    }
    let mut line = -1;
    loop {
        let rows = super::each_bad(conn, import.0, line)?;
        let Some(last) = rows.last() else { return Ok(many) };
        line = last.line;
        for row in &rows {
            if let Some(sealed) = anew(&crate::affected::actions::bad_place(import.1, row.line), &row.sealed)? {
                diesel::update(b::table.find((import.0, row.line))).set(b::sealed.eq(sealed)).execute(conn)?;
                many += 1;
            }
        }
    }
}
