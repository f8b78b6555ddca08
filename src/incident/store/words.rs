//! What is searched in an incident: read off the rows it stands in, and written with every line of its timeline.

use diesel::prelude::*;
use serde_json::Value;

use crate::db::{Conn, Db, Json};
use crate::error::Error;
use crate::incident::search::kept;
use crate::law::fact::{ALL, Kind};
use crate::schema::{facts_version, incident, incident_text, report, report_remark, submission};

/// How many incidents are seen to in one transaction.
const TOGETHER: i64 = 200;

/// The texts of an incident: its title and reference, every text among the facts, what receivers call what was sent to
/// them, and what was reported.
pub fn texts(conn: &mut Conn, seq: i64) -> Result<Vec<String>, Error> {
    use {facts_version as f, report as r, report_remark as m, submission as s};
    let (title, reference): (String, String) =
        incident::table.find(seq).select((incident::title, incident::reference)).first(conn)?;
    let facts = f::table.filter(f::incident_seq.eq(seq)).order(f::version.desc()).select(f::facts);
    let facts: Option<Json> = facts.first(conn).optional()?;
    let mut all = vec![title, reference];
    let of_kind = ALL.iter().map(|fact| fact.def()).filter(|def| matches!(def.kind, Kind::Text(_)));
    for def in of_kind.filter(|def| def.path != "title") {
        facts.iter().for_each(|facts| collect(&facts.0, def.path, &mut all));
    }
    let called = s::table.filter(s::incident_seq.eq(seq)).filter(s::reference.is_not_null()).order(s::seq);
    let called: Vec<Option<String>> = called.select(s::reference).load(conn)?;
    all.extend(called.into_iter().flatten());
    let reported: Option<(String, String)> = r::table.find(seq).select((r::what, r::system)).first(conn).optional()?;
    all.extend(reported.into_iter().flat_map(|(what, system)| [what, system]));
    let remarks = m::table.filter(m::incident_seq.eq(seq)).order(m::seq).select(m::words);
    all.extend(remarks.load::<String>(conn)?);
    Ok(all)
}

/// The texts at a path of the table of facts, where `[]` stands for every item of a list.
fn collect(json: &Value, path: &str, into: &mut Vec<String>) {
    let (part, rest) = path.split_once('.').map_or((path, None), |(part, rest)| (part, Some(rest)));
    let here = &json[part.trim_end_matches("[]")];
    let items =
        if part.ends_with("[]") { here.as_array().map_or(&[][..], Vec::as_slice) } else { std::slice::from_ref(here) };
    for item in items {
        match (rest, item.as_str()) {
            (Some(rest), _) => collect(item, rest, into),
            (None, Some(text)) => into.push(text.to_owned()),
            (None, None) => {}
        }
    }
}

fn words(conn: &mut Conn, seq: i64) -> Result<String, Error> {
    Ok(kept(texts(conn, seq)?.iter().map(String::as_str)))
}

/// Writes anew what is searched in an incident.
pub(in crate::incident) fn write(conn: &mut Conn, seq: i64) -> Result<(), Error> {
    use incident_text as t;
    let words = words(conn, seq)?;
    let stands: Option<String> = t::table.find(seq).select(t::words).first(conn).optional()?;
    match stands {
        Some(stands) if stands == words => {}
        Some(_) => drop(diesel::update(t::table.find(seq)).set(t::words.eq(words)).execute(conn)?),
        None => {
            let row = (t::incident_seq.eq(seq), t::words.eq(words));
            diesel::insert_into(t::table).values(row).execute(conn)?;
        }
    }
    Ok(())
}

/// Writes what is searched in incidents that have nothing yet, as after an update of the program; answers how many.
pub async fn catch_up(db: &Db) -> Result<usize, Error> {
    let (mut all, mut after) = (0, i64::MIN);
    loop {
        let seqs = db.read(move |conn| lacking(conn, after)).await?;
        let Some(last) = seqs.last().copied() else { return Ok(all) };
        (all, after) = (all + seqs.len(), last);
        db.write(move |conn| seqs.iter().try_for_each(|seq| write(conn, *seq))).await?;
    }
}

fn lacking(conn: &mut Conn, after: i64) -> Result<Vec<i64>, Error> {
    let lacking =
        incident::table.left_join(incident_text::table).filter(incident_text::incident_seq.nullable().is_null());
    let lacking = lacking.filter(incident::seq.gt(after)).order(incident::seq).limit(TOGETHER);
    Ok(lacking.select(incident::seq).load(conn)?)
}

/// The incidents of which something else is searched than stands in them; there should be none.
pub fn untrue(conn: &mut Conn) -> Result<Vec<String>, Error> {
    let all: Vec<(i64, String)> = incident::table.select((incident::seq, incident::reference)).load(conn)?;
    let mut wrong = Vec::new();
    for (seq, reference) in all {
        let stands = incident_text::table.find(seq).select(incident_text::words).first::<String>(conn).optional()?;
        if stands != Some(words(conn, seq)?) {
            wrong.push(reference);
        }
    }
    Ok(wrong)
}
