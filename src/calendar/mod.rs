//! Deadlines for the calendars of people: a feed by a secret address, and one deadline to take along.
//!
//! The feed shows what its person sees now, judged anew at each fetch. A duty that is done or settled is not in it, and a
//! calendar that subscribes takes it away. Whoever may no longer read incidents gets an empty calendar, not an error: an
//! error would leave what was shown before in the calendar for good.

pub mod actions;
pub mod api;
mod deadline;
pub mod ical;
pub mod pages;
pub mod store;

use crate::error::Error;

/// What a feed shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Incidents that the person owns, and duties whose reminders reach the person.
    Mine,
    /// Everything that the person may see.
    Company,
}

impl Span {
    /// Its stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Company => "company",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    /// When nothing is called so.
    pub fn parse(word: &str) -> Result<Self, Error> {
        let all = [Self::Mine, Self::Company];
        let wrong = || {
            let fault = crate::error::FieldError::new("span", "wrong_choice").with("given", word);
            Error::Invalid(vec![fault.with("choices", all.map(Self::word).to_vec())])
        };
        all.into_iter().find(|span| span.word() == word).ok_or_else(wrong)
    }
}
