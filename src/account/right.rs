//! What somebody may do, as types that stand in a handler's signature: a forgotten right does not compile into a hole.

use super::Role::{self, Administrator, Auditor, Manager, PrivacyOfficer, Reporter, Responder};

/// A right: its stable word, which is also the scope of a token, and the roles that hold it.
pub trait Right: 'static {
    /// The stable word, as `work`.
    const WORD: &'static str;
    /// Who holds it.
    const ROLES: &'static [Role];
}

/// A right as a value, for tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The stable word.
    pub word: &'static str,
    /// Who holds it.
    pub roles: &'static [Role],
}

impl Named {
    /// The right as a value.
    #[must_use]
    pub const fn of<R: Right>() -> Self {
        Self { word: R::WORD, roles: R::ROLES }
    }

    /// Whether one of these roles holds it.
    #[must_use]
    pub fn is_held_by(&self, roles: &[Role]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident = $word:literal: $($role:ident),+;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub enum $name {}
            impl Right for $name {
                const WORD: &'static str = $word;
                const ROLES: &'static [Role] = &[$($role),+];
            }
        )+
        /// Every right there is.
        pub const ALL: &[Named] = &[$(Named::of::<$name>()),+];
    };
}

rights! {
    /// Whoever is signed in, in whatever role: the own account, the language, leaving.
    Anyone = "anyone": Reporter, Responder, PrivacyOfficer, Manager, Administrator, Auditor;
    /// Reports an incident and follows the own reports.
    Report = "report": Reporter, Responder, PrivacyOfficer, Manager;
    /// Reads the incidents one may see.
    Read = "read": Responder, PrivacyOfficer, Manager, Auditor;
    /// Works on incidents: facts, moments, severity, sendings, settlements.
    Work = "work": Responder, PrivacyOfficer;
    /// Judges the risk to persons, and sees to what the law gives persons: access and erasure.
    Judge = "judge": PrivacyOfficer;
    /// Approves what goes out, and answers the reminders of it.
    Approve = "approve": Responder, PrivacyOfficer, Manager;
    /// Reads the persons affected by an incident one may see.
    ReadPersons = "read-persons": Responder, PrivacyOfficer, Auditor;
    /// Reads figures over all incidents.
    Oversee = "oversee": Responder, PrivacyOfficer, Manager, Auditor;
    /// Reads settings, people, channels and messages.
    ReadHouse = "read-house": Responder, PrivacyOfficer, Manager, Administrator, Auditor;
    /// Sends a message again that could not be delivered.
    SendAgain = "send-again": Responder, PrivacyOfficer, Administrator;
    /// Changes settings, ladders and channels.
    KeepHouse = "keep-house": Administrator;
    /// Adds people, gives roles, makes tokens.
    KeepPeople = "keep-people": Administrator;
    /// Reads and exports the audit chain.
    ReadAudit = "read-audit": Auditor, Administrator;
}
