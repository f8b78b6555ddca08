//! The stages of a notification that is given in parts.

/// Which of the parts a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The first one with the least that is allowed, to keep the deadline.
    Least,
    /// The first one.
    #[default]
    Initial,
    /// More, and not all yet.
    Supplementary,
    /// All there is.
    Final,
    /// The first one is taken back.
    Withdrawn,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Least, Self::Initial, Self::Supplementary, Self::Final, Self::Withdrawn];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Least => "least",
            Self::Initial => "initial",
            Self::Supplementary => "supplementary",
            Self::Final => "final",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The stage of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }

    /// Whether it begins a notification.
    #[must_use]
    pub fn is_first(self) -> bool {
        matches!(self, Self::Least | Self::Initial)
    }

    /// The template of a duty's text at this stage; only Datatilsynet is told in stages.
    #[must_use]
    pub fn template(self, of_duty: &'static str) -> &'static str {
        match (of_duty, self) {
            ("gdpr-33-authority" | "gdpr-33-phased", Self::Least) => "gdpr-33-least",
            ("gdpr-33-authority" | "gdpr-33-phased", Self::Initial) => "gdpr-33-authority",
            ("gdpr-33-authority" | "gdpr-33-phased", Self::Withdrawn) => "gdpr-33-withdrawn",
            ("gdpr-33-authority" | "gdpr-33-phased", _) => "gdpr-33-phased",
            (other, _) => other,
        }
    }
}
