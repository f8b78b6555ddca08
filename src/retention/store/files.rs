//! What came with a case: the files that were attached to it, and where to reach whoever reported it.

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{counted, due};
use crate::db::{Conn, Instant};
use crate::error::Error;
use crate::incident::{attachment, store as cases};
use crate::retention::{Due, Removed, Turn};
use crate::schema::{attachment as file, report};

/// The condition that nobody has taken a file away.
fn is_there() -> diesel::expression::SqlLiteral<Bool> {
    diesel::dsl::sql("NOT EXISTS (SELECT 1 FROM attachment_removal AS gone WHERE gone.attachment_seq = attachment.seq)")
}

/// Files of incidents that were closed.
pub fn attachments_due(conn: &mut Conn, before: Instant, most: i64) -> Result<Vec<Due>, Error> {
    let there = file::table.filter(is_there()).filter(expired!("attachment.incident_seq", before));
    let counted = there.group_by(file::incident_seq).order(file::incident_seq);
    let counted: Vec<(i64, i64)> = counted.select((file::incident_seq, count_star())).limit(most).load(conn)?;
    due(conn, &counted)
}

/// Takes their content away; what each was called and its digest stay.
pub fn remove_attachments(conn: &mut Conn, Turn { before, at }: Turn, most: i64) -> Result<Removed, Error> {
    let there = file::table.filter(is_there()).filter(expired!("attachment.incident_seq", before));
    let there = there.order((file::incident_seq, file::seq)).limit(most);
    let rows: Vec<(i64, i64)> = there.select((file::seq, file::incident_seq)).load(conn)?;
    for (seq, _) in &rows {
        attachment::store::take_away(conn, *seq, (None, ""), at)?;
    }
    Ok(counted(&rows))
}

/// Reports of incidents that were closed, with where to reach the reporter.
pub fn reports_due(conn: &mut Conn, before: Instant, most: i64) -> Result<Vec<Due>, Error> {
    let with = report::table.filter(report::contact.ne("")).filter(expired!("report.incident_seq", before));
    let seqs: Vec<i64> = with.order(report::incident_seq).select(report::incident_seq).limit(most).load(conn)?;
    due(conn, &seqs.into_iter().map(|seq| (seq, 1)).collect::<Vec<_>>())
}

/// Takes away where to reach the reporter; what was reported, and by whom, stays.
pub fn remove_reports(conn: &mut Conn, Turn { before, .. }: Turn, most: i64) -> Result<Removed, Error> {
    let with = report::table.filter(report::contact.ne("")).filter(expired!("report.incident_seq", before));
    let seqs: Vec<i64> = with.order(report::incident_seq).select(report::incident_seq).limit(most).load(conn)?;
    for seq in &seqs {
        cases::forget_contact(conn, *seq)?;
    }
    Ok(seqs.into_iter().map(|seq| (Some(seq), 1)).collect())
}
