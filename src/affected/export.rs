//! The register as CSV, piece by piece, with cells that no spreadsheet takes for a formula.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{self, Bytes};
use futures_util::stream;

use super::store::{self, Filter, Import};
use super::{Person, words};
use crate::db::Db;
use crate::error::Error;
use crate::flow::harmless;
use crate::seal::Seal;

fn lines(rows: &[Vec<String>]) -> Result<Bytes, Error> {
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    for row in rows {
        out.write_record(row.iter().map(|cell| harmless(cell))).map_err(Error::internal)?;
    }
    out.into_inner().map(Bytes::from).map_err(Error::internal)
}

fn answer(name: &str, body: impl futures_util::Stream<Item = Result<Bytes, Error>> + 'static) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")))
        .streaming(Box::pin(body))
}

/// The persons that a filter holds.
pub fn persons(db: web::Data<Db>, seal: Seal, (reference, seq): (&str, i64), filter: Filter) -> HttpResponse {
    let head = ["id", "name", "email", "phone", "post", "customer", "categories", "minor", "protected", "language"];
    let head = [head.as_slice(), &["to_be_told", "state", "way", "reply", "changed_at"]].concat();
    let head: Vec<String> = head.into_iter().map(str::to_owned).collect();
    let body = stream::unfold((Some(filter), Some(head)), move |(filter, head)| {
        let (db, seal) = (db.clone(), seal.clone());
        async move {
            let filter = filter?;
            let asked = filter.clone();
            let some = db.read(move |conn| store::each(conn, seq, &asked)).await;
            let some = match some {
                Ok(some) => some,
                Err(why) => return Some((Err(why), (None, None))),
            };
            let next = some.last().map(|last| Filter { cursor: Some(last.seq), ..filter });
            let rows = some.iter().map(|line| {
                let person = Person::open(&seal, line.id, &line.sealed).unwrap_or_default();
                let yes = |yes: bool| if yes { "1" } else { "0" }.to_owned();
                let categories = line.categories.trim_matches(',').to_owned();
                vec![
                    line.id.to_string(),
                    person.name,
                    person.email,
                    person.phone,
                    person.post,
                    line.customer.clone(),
                    categories,
                    yes(line.minor),
                    yes(line.protected),
                    line.language.clone(),
                    yes(line.chosen),
                    line.state.clone(),
                    line.way.clone(),
                    line.reply.clone(),
                    line.changed_at.to_string(),
                ]
            });
            let rows: Vec<Vec<String>> = head.into_iter().chain(rows).collect();
            if rows.is_empty() {
                return None;
            }
            Some((lines(&rows), (next, None)))
        }
    });
    answer(&format!("{reference}-affected"), body)
}

/// The rows of a file that were kept aside.
pub fn bad(db: web::Data<Db>, seal: Seal, import: Import) -> HttpResponse {
    let name = format!("{}-bad", import.id);
    let head = Some(vec!["line".to_owned(), "reason".to_owned()]);
    let body = stream::unfold((Some(-1), head), move |(after, head)| {
        let (db, seal, import) = (db.clone(), seal.clone(), import.clone());
        async move {
            let after = after?;
            let seq = import.seq;
            let some = match db.read(move |conn| store::each_bad(conn, seq, after)).await {
                Ok(some) => some,
                Err(why) => return Some((Err(why), (None, None))),
            };
            let next = some.last().map(|last| last.line);
            let rows = some.iter().map(|one| {
                let (line, reason, cells) = words::bad(&seal, &import, one);
                [vec![line.to_string(), reason], cells].concat()
            });
            let rows: Vec<Vec<String>> = head.into_iter().chain(rows).collect();
            if rows.is_empty() {
                return None;
            }
            let mut out = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
            let written = rows.iter().try_for_each(|row| out.write_record(row.iter().map(|cell| harmless(cell))));
            let bytes = written.map_err(Error::internal).and_then(|()| out.into_inner().map_err(Error::internal));
            Some((bytes.map(Bytes::from), (next, None)))
        }
    });
    answer(&name, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, safe) in
            [("=1+1", "'=1+1"), ("+4790012345", "'+4790012345"), ("@x", "'@x"), ("-1", "'-1"), ("Kari", "Kari")]
        {
            assert_eq!(harmless(cell), safe);
        }
    }
}
