//! Which incidents somebody may see: every query that reads incidents takes a [`Sight`], so that none forgets to ask.

use super::Officer;
use crate::db::Id;

/// Whose eyes incidents are read with. One that is restricted does not exist for whoever is not among its readers.
/// Drills are out of sight, so that no list, figure or feed takes one for real, unless whoever asks wants them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight(pub(super) Eyes, pub(super) Drills);

/// Whether drills are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drills {
    Without,
    With,
    Only,
}

/// What there is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Eyes {
    Everything,
    Unrestricted,
    Of(Id),
}

impl Sight {
    /// What somebody sees who does something: whoever writes to an incident has to see it.
    #[must_use]
    pub const fn of(who: Id) -> Self {
        Self(Eyes::Of(who), Drills::Without)
    }

    /// What the program itself sees, where nobody is told of it: the scheduler, judging anew, a backup.
    #[must_use]
    pub const fn everything() -> Self {
        Self(Eyes::Everything, Drills::Without)
    }

    /// What may be told where nobody knows who reads it, as in a channel.
    #[must_use]
    pub const fn unrestricted() -> Self {
        Self(Eyes::Unrestricted, Drills::Without)
    }

    /// The same, and drills, too.
    #[must_use]
    pub const fn with_drills(self) -> Self {
        Self(self.0, Drills::With)
    }

    /// Of the same, drills alone.
    #[must_use]
    pub const fn drills_only(self) -> Self {
        Self(self.0, Drills::Only)
    }
}

impl Officer {
    /// What this person sees.
    #[must_use]
    pub const fn sight(&self) -> Sight {
        Sight::of(self.id)
    }
}
