//! What a person is here for: it decides what they may do, by the table in [`super::right`], and whom reminders go to.

/// A part a person plays; one may play several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reports incidents, and follows the own reports.
    Reporter,
    /// Sees to duties about the network and its services.
    Responder,
    /// Sees to duties about personal data.
    PrivacyOfficer,
    /// Stands behind both when time runs out.
    Manager,
    /// Keeps people and settings, and hears that something waits where nobody else is.
    Administrator,
    /// Looks things over.
    Auditor,
}

impl Role {
    /// Every role, in the order they are shown.
    pub const ALL: [Role; 6] =
        [Role::Reporter, Role::Responder, Role::PrivacyOfficer, Role::Manager, Role::Administrator, Role::Auditor];

    /// The roles of whoever comes first, so that nothing lacks a receiver.
    pub const OF_THE_FIRST: [Role; 3] = [Role::Responder, Role::PrivacyOfficer, Role::Administrator];

    /// The word it is stored under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Role::Reporter => "reporter",
            Role::Responder => "responder",
            Role::PrivacyOfficer => "privacy_officer",
            Role::Manager => "manager",
            Role::Administrator => "administrator",
            Role::Auditor => "auditor",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}
