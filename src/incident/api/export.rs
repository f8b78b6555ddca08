//! The list as CSV: every row of its filter, read page by page as fast as it is taken.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use chrono::SecondsFormat;
use chrono_tz::Europe::Oslo;
use futures_util::stream;
use serde_json::json;

use super::{Answered, App};
use crate::account::right::Read;
use crate::account::{May, Sight};
use crate::audit;
use crate::db::{Db, Id, Instant};
use crate::error::Error;
use crate::flow::harmless;
use crate::i18n::{self, Lang};
use crate::incident::actions;
use crate::incident::pages::Asked;
use crate::incident::store::{self, Filter, Listed};

/// How many rows are read at once.
const TOGETHER: i64 = 500;
/// The columns, each with its label under `export-column-`.
const COLUMNS: [&str; 17] = [
    "reference",
    "title",
    "status",
    "severity",
    "may-rise-to",
    "risk",
    "must-be-told",
    "next-due-at",
    "required",
    "undetermined",
    "fulfilled",
    "exempt",
    "owner",
    "opened-by",
    "restricted",
    "created-at",
    "updated-at",
];

/// An export under way.
struct Under {
    db: web::Data<Db>,
    by: (Id, Sight, Lang),
    /// What is still to be read; none after the last row.
    filter: Option<Filter>,
    heading: bool,
    rows: usize,
    told: serde_json::Value,
    at: Instant,
}

/// Sends every row of the filter, and writes down who took what out, and in the end how many.
pub async fn csv(request: HttpRequest, (db, clock): App, by: May<Read>) -> Answered {
    let asked = Asked::read(request.query_string())?;
    let (now, who) = (clock.now(), by.id);
    actions::renew_outdated(&db, now).await?;
    let filter = Filter { cursor: None, ..asked.filter(None) };
    let told = json!({ "filter": asked.query(), "format": "csv" });
    let (first, begun, sight) = (filter.clone(), told.clone(), by.sight());
    db.write(move |conn| {
        // A filter that nothing goes by is refused before anything is sent.
        store::list_rows(conn, &first, sight, 1)?;
        audit::read(conn, who, ("incidents.exported", "incidents"), begun.clone(), now.into())
    })
    .await?;
    let name = format!("attachment; filename=\"varsel-{}.csv\"", now.with_timezone(&Oslo).format("%Y-%m-%d"));
    let by = (who, sight, by.lang);
    let under = Under { db, by, filter: Some(filter), heading: true, rows: 0, told, at: now.into() };
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, name))
        .streaming(Box::pin(stream::unfold(Some(under), next))))
}

/// The next piece, and what is left; a piece that fails is the last.
async fn next(under: Option<Under>) -> Option<(Result<Bytes, Error>, Option<Under>)> {
    let mut under = under?;
    let Some(filter) = under.filter.take() else {
        return under.end().await.err().map(|why| (Err(why), None));
    };
    let (asked, (_, sight, lang)) = (filter.clone(), under.by);
    let page = under.db.read(move |conn| store::list_rows(conn, &asked, sight, TOGETHER)).await;
    let text = page.and_then(|page| {
        under.rows += page.items.len();
        under.filter = page.next.map(|cursor| Filter { cursor: Some(cursor), ..filter });
        let heading = std::mem::take(&mut under.heading).then(|| heading(lang));
        written(heading.into_iter().chain(page.items.iter().map(|item| row(lang, item))))
    });
    match text {
        Ok(text) => Some((Ok(text), Some(under))),
        Err(why) => Some((Err(why), None)),
    }
}

impl Under {
    /// Writes down how many rows went out.
    async fn end(self) -> Result<(), Error> {
        let (who, at, mut told) = (self.by.0, self.at, self.told);
        told["rows"] = json!(self.rows);
        let write = move |conn: &mut crate::db::Conn| {
            audit::read(conn, who, ("incidents.export_ended", "incidents"), told.clone(), at)
        };
        self.db.write(write).await
    }
}

/// Lines of cells, none of them a formula.
fn written(rows: impl Iterator<Item = Vec<String>>) -> Result<Bytes, Error> {
    let mut out = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        let (mark, rest) = match row.first().and_then(|first| first.strip_prefix(BOM)) {
            Some(first) => (BOM, first.to_owned()),
            None => ("", row.first().cloned().unwrap_or_default()),
        };
        let first = format!("{mark}{}", harmless(&rest));
        let others = row.iter().skip(1).map(|cell| harmless(cell));
        out.write_record(std::iter::once(first).chain(others)).map_err(Error::internal)?;
    }
    out.into_inner().map(Bytes::from).map_err(Error::internal)
}

/// Tells spreadsheets that this is UTF-8.
const BOM: &str = "\u{feff}";

fn heading(lang: Lang) -> Vec<String> {
    let mut labels: Vec<String> =
        COLUMNS.iter().map(|column| i18n::text(lang, &format!("export-column-{column}"))).collect();
    labels[0].insert_str(0, BOM);
    labels
}

fn row(lang: Lang, Listed { head, opened_by, owner, .. }: &Listed) -> Vec<String> {
    let word = |key: &str, word: &str| i18n::text(lang, &format!("{key}{word}"));
    let when = |at: Instant| at.utc().with_timezone(&Oslo).to_rfc3339_opts(SecondsFormat::Secs, false);
    let yes = if head.restricted_at.is_some() { "word-yes" } else { "word-no" };
    vec![
        head.reference.clone(),
        head.title.clone(),
        word("page-status-", &head.status),
        word("severity-", &head.severity),
        word("severity-", &head.may_rise_to),
        word("risk-", &head.risk),
        word("page-told-", &head.must_be_told),
        head.next_due_at.map(when).unwrap_or_default(),
        head.required.to_string(),
        head.undetermined.to_string(),
        head.fulfilled.to_string(),
        head.exempt.to_string(),
        owner.name.clone(),
        opened_by.clone(),
        i18n::text(lang, yes),
        when(head.created_at),
        when(head.updated_at),
    ]
}
