//! Which incidents somebody may see: every query that reads incidents takes a [`Sight`], so that none forgets to ask.

use super::Officer;
use crate::db::Id;

/// Whose eyes incidents are read with. One that is restricted does not exist for whoever is not among its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight(pub(super) Eyes);

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
        Self(Eyes::Of(who))
    }

    /// What the program itself sees, where nobody is told of it: the scheduler, judging anew, a backup.
    #[must_use]
    pub const fn everything() -> Self {
        Self(Eyes::Everything)
    }

    /// What may be told where nobody knows who reads it, as in a channel.
    #[must_use]
    pub const fn unrestricted() -> Self {
        Self(Eyes::Unrestricted)
    }
}

impl Officer {
    /// What this person sees.
    #[must_use]
    pub const fn sight(&self) -> Sight {
        Sight::of(self.id)
    }
}
