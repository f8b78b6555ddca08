//! A [`Sight`] as a condition on the table of incidents, the same in every query.

use diesel::dsl::sql;
use diesel::expression::{AsExpression, SqlLiteral, UncheckedBind};
use diesel::sql_types::Bool;

use crate::account::sight::{Drills, Eyes, Sight};
use crate::db::{Id, UuidText};

/// The condition; it names `incident` by its own name, so the table must be in the query under that name.
pub type InSight = SqlLiteral<Bool, UncheckedBind<SqlLiteral<Bool>, <Id as AsExpression<UuidText>>::Expression>>;

/// Whether an incident may be seen.
///
/// One is looked up by its key among the readers, so a list stays as flat as it is without.
pub fn in_sight(sight: Sight) -> InSight {
    let nobody = Id::nil();
    let (before, who, after) = match sight.0 {
        Eyes::Everything => ("((1 = 1 OR incident.id = ", nobody, ")"),
        Eyes::Unrestricted => ("((incident.restricted_at IS NULL AND (1 = 1 OR incident.id = ", nobody, "))"),
        Eyes::Of(who) => (
            "((incident.restricted_at IS NULL OR EXISTS (SELECT 1 FROM incident_reader \
             WHERE incident_reader.incident_seq = incident.seq AND incident_reader.account_id = ",
            who,
            "))",
        ),
    };
    let drills = match sight.1 {
        Drills::Without => " AND incident.clock_real IS NULL)",
        Drills::With => ")",
        Drills::Only => " AND incident.clock_real IS NOT NULL)",
    };
    sql::<Bool>(before).bind::<UuidText, _>(who).sql(&format!("{after}{drills}"))
}
