//! Everything a dossier is made from, read at one instant.

use super::Order;
use crate::account::{Officer, Sight};
use crate::affected::store as affected;
use crate::db::{Conn, Instant};
use crate::error::Error;
use crate::incident::settings::{Company, Settings};
use crate::incident::store::{self, Assessed, Version};
use crate::incident::{CaseFile, attachment::Attachment};
use crate::notice::store as notice;

/// When the telling of the affected last moved, or a text last arrived, which changes no fact of the case.
pub(super) fn moved_at(conn: &mut Conn, seq: i64) -> Result<Option<Instant>, Error> {
    let told = affected::moved_at(conn, seq)?;
    let arrived = notice::sent(conn, seq)?.into_iter().filter_map(|sent| sent.arrived_at).max();
    Ok(told.max(arrived))
}

/// A case as a dossier tells of it.
pub struct Matter {
    /// What was asked for.
    pub order: Order,
    /// The case, judged at the instant asked for.
    pub case: CaseFile,
    /// Whose case it is.
    pub company: Company,
    /// Every version of the facts, the oldest first.
    pub versions: Vec<Version>,
    /// Every assessment as it was made, the oldest first.
    pub assessed: Vec<Assessed>,
    /// Names that must not be mentioned, each with what stands in its place.
    pub(super) names: super::hidden::Names,
    /// A document is read by nobody in particular, who may change nothing.
    pub(super) nobody: Officer,
}

impl Matter {
    /// Reads a case that somebody was let see by [`super::actions::open`].
    pub(super) fn read(conn: &mut Conn, key: &str, order: Order) -> Result<Self, Error> {
        let case = store::find(conn, key, Sight::everything(), order.as_of)?;
        let seq = case.head.seq;
        let mut matter = Self {
            names: Vec::new(),
            nobody: Officer::nobody(order.lang),
            order,
            company: Settings::load(conn)?.company,
            versions: store::versions(conn, seq)?,
            assessed: store::assessments(conn, seq)?,
            case,
        };
        let customers = affected::customers_named(conn, seq)?;
        super::hidden::hide(&mut matter, customers);
        Ok(matter)
    }

    /// The files of the case.
    #[must_use]
    pub fn files(&self) -> &[Attachment] {
        &self.case.attachments
    }
}
