//! What colleagues said and gave each other to do: it goes some years after the incident was closed, that they did stays.

use std::collections::BTreeMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::closings;
use crate::db::{Conn, Instant};
use crate::error::Error;
use crate::retention::{Due, Removed};
use crate::schema::{incident_comment, task};

macro_rules! of_closed {
    ($(#[$doc:meta])* $due:ident, $remove:ident, $table:ident.$words:ident in $column:literal) => {
        $(#[$doc])*
        pub fn $due(conn: &mut Conn, before: Instant, most: i64) -> Result<Vec<Due>, Error> {
            use $table as t;
            let says = t::table.filter(t::$words.ne("")).filter(expired!($column, before));
            let counted = says.group_by(t::incident_seq).order(t::incident_seq);
            let counted: Vec<(i64, i64)> = counted.select((t::incident_seq, count_star())).limit(most).load(conn)?;
            due(conn, &counted)
        }

        /// Takes the words away, and answers of which incident how many.
        pub fn $remove(conn: &mut Conn, before: Instant, most: i64) -> Result<Removed, Error> {
            use $table as t;
            let says = t::table.filter(t::$words.ne("")).filter(expired!($column, before));
            let says = says.order((t::incident_seq, t::seq)).limit(most);
            let rows: Vec<(i64, i64)> = says.select((t::seq, t::incident_seq)).load(conn)?;
            let seqs: Vec<i64> = rows.iter().map(|(seq, _)| *seq).collect();
            diesel::update(t::table.filter(t::seq.eq_any(seqs))).set(t::$words.eq("")).execute(conn)?;
            Ok(counted(&rows))
        }
    };
}

of_closed! {
    /// Comments on incidents that were closed.
    comments_due, remove_comments, incident_comment.words in "incident_comment.incident_seq"
}
of_closed! {
    /// Tasks of incidents that were closed.
    tasks_due, remove_tasks, task.what in "task.incident_seq"
}

fn due(conn: &mut Conn, counted: &[(i64, i64)]) -> Result<Vec<Due>, Error> {
    let seqs: Vec<i64> = counted.iter().map(|(seq, _)| *seq).collect();
    let rows = |seq: i64| counted.iter().find(|(of, _)| *of == seq).map_or(0, |(_, rows)| *rows);
    let due = |(seq, reference, since)| Due { incident: Some((seq, reference)), since, rows: rows(seq) };
    Ok(closings(conn, &seqs)?.into_iter().map(due).collect())
}

fn counted(rows: &[(i64, i64)]) -> Removed {
    let mut removed = BTreeMap::<Option<i64>, i64>::new();
    for (_, incident_seq) in rows {
        *removed.entry(Some(*incident_seq)).or_default() += 1;
    }
    removed.into_iter().collect()
}
