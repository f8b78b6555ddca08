//! What colleagues said and gave each other to do: it goes some years after the incident was closed, that they did stays.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::{counted, due};
use crate::db::{Conn, Instant};
use crate::error::Error;
use crate::retention::{Due, Removed, Turn};
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
        pub fn $remove(conn: &mut Conn, Turn { before, .. }: Turn, most: i64) -> Result<Removed, Error> {
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
