//! Everything a dossier is made from, read at one instant.

use super::Order;
use crate::account::{Officer, Sight};
use crate::db::Conn;
use crate::error::Error;
use crate::incident::settings::{Company, Settings};
use crate::incident::store::{self, Assessed, Version};
use crate::incident::{CaseFile, attachment::Attachment};

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
    /// A document is read by nobody in particular, who may change nothing.
    pub(super) nobody: Officer,
}

impl Matter {
    /// Reads a case that somebody was let see by [`super::actions::open`].
    pub(super) fn read(conn: &mut Conn, key: &str, order: Order) -> Result<Self, Error> {
        let case = store::find(conn, key, Sight::everything(), order.as_of)?;
        let seq = case.head.seq;
        Ok(Self {
            nobody: Officer::nobody(order.lang),
            order,
            company: Settings::load(conn)?.company,
            versions: store::versions(conn, seq)?,
            assessed: store::assessments(conn, seq)?,
            case,
        })
    }

    /// The files of the case.
    #[must_use]
    pub fn files(&self) -> &[Attachment] {
        &self.case.attachments
    }
}
