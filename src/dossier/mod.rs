//! The dossier of an incident (GDPR art. 33(5)): one document for people, and one archive with everything it rests on.
//!
//! It is made of sections. Whoever has more to tell of a case adds a function to [`SECTIONS`]: blocks for the document,
//! files for the archive. The same case as of the same instant makes the same bytes.

pub mod actions;
pub mod api;
mod archive;
mod document;
mod hidden;
mod section;
mod store;

use chrono::{DateTime, Utc};

pub use store::Matter;

use crate::db::Conn;
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::incident::pages::View;
use crate::law::Fact;
use crate::notice::audience::{Reader, may_see};
use crate::pdf::Block;

/// Whom a dossier is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// The supervisory authority.
    Datatilsynet,
    /// The company itself: with who looked where from, and everything that was noted.
    #[default]
    Internal,
}

impl Audience {
    /// Its stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Datatilsynet => "datatilsynet",
            Self::Internal => "internal",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    /// When nothing is made for such an audience.
    pub fn parse(word: &str) -> Result<Self, Error> {
        let all = [Self::Datatilsynet, Self::Internal];
        let wrong = || {
            let fault = FieldError::new("for", "wrong_choice").with("given", word);
            Error::Invalid(vec![fault.with("choices", all.map(Self::word).to_vec())])
        };
        all.into_iter().find(|audience| audience.word() == word).ok_or_else(wrong)
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// Whom it is for.
    pub audience: Audience,
    /// The language.
    pub lang: Lang,
    /// The instant at which the case is judged.
    pub as_of: DateTime<Utc>,
}

/// What a section has to tell.
#[derive(Default)]
pub struct Part {
    /// For the document; a section that has nothing to tell leaves it empty and gets no heading.
    pub blocks: Vec<Block>,
    /// For the archive: names with their contents.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A section: its heading's key, and what it tells of a case. It may ask the database itself.
pub type Section = (&'static str, fn(&mut Conn, &Matter) -> Result<Part, Error>);

/// Every section, in the order of the document.
pub const SECTIONS: &[Section] = &[
    ("dossier-summary", section::summary),
    ("page-facts", section::facts),
    ("page-moments", section::moments),
    ("dossier-assessments", section::assessments),
    ("dossier-duties", section::duties),
    ("dossier-sent", section::sent),
    ("dossier-texts", section::texts),
    ("dossier-told", section::told),
    ("attachments", section::attachments),
    ("page-timeline", section::timeline),
    ("comments", section::comments),
    ("tasks", section::tasks),
    ("dossier-audit", section::audit),
];

impl Matter {
    /// A text in the document's language.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        i18n::text(self.order.lang, key)
    }

    /// The same with arguments.
    #[must_use]
    pub fn text_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        i18n::text_with(self.order.lang, key, args)
    }

    /// Whether whoever it is made for may see a fact.
    #[must_use]
    pub fn may_see(&self, fact: Fact) -> bool {
        self.order.audience == Audience::Internal || may_see(Reader::Datatilsynet, fact)
    }

    /// An instant as tables have it.
    #[must_use]
    pub fn when(&self, at: impl Into<DateTime<Utc>>) -> String {
        i18n::instant_short(self.order.lang, at.into())
    }

    /// The case as the pages speak of it.
    fn view(&self) -> View<'_> {
        View { lang: self.order.lang, by: &self.nobody, case: &self.case, refused: None, acting: "", editing: false }
    }
}
