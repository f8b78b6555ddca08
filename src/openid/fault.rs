//! Why somebody does not get in by the identity provider; each has its words in the three languages.

use actix_web::http::StatusCode;

/// What went wrong, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The provider could not be reached, or did not answer in time; why, for the log.
    Away(String),
    /// The provider answered what it should not; why, for the log and the page.
    Answer(String),
    /// Nothing of this kind is under way: never begun, too old, or come back before.
    Unknown,
    /// It was begun in another browser.
    OtherBrowser,
    /// The provider said no; its code and, maybe, its words.
    Refused {
        /// The code of RFC 6749 or OpenID Connect, as `access_denied`.
        code: String,
        /// What the provider says of it.
        words: String,
    },
    /// The answer names another issuer than the one that was asked (RFC 9207).
    Issuer,
    /// The identity token does not pass; which check.
    Token(&'static str),
    /// There are more groups than fit into the token, so the provider left them out.
    Overage,
    /// The provider tells no e-mail.
    NoEmail,
    /// The provider says itself that nobody has checked the e-mail.
    Unverified,
    /// The e-mail is somebody's who is here by other means.
    EmailTaken,
    /// The person has left.
    Left,
    /// No group of the person gives a role.
    NoRole,
}

impl Fault {
    /// The last word of its texts.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Away(_) => "away",
            Self::Answer(_) => "answer",
            Self::Unknown => "unknown",
            Self::OtherBrowser => "other-browser",
            Self::Refused { .. } => "refused",
            Self::Issuer => "issuer",
            Self::Token(_) => "token",
            Self::Overage => "overage",
            Self::NoEmail => "no-email",
            Self::Unverified => "unverified",
            Self::EmailTaken => "email-taken",
            Self::Left => "left",
            Self::NoRole => "no-role",
        }
    }

    /// The status of the page that tells it.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Answer(_) => StatusCode::BAD_GATEWAY,
            Self::Unknown | Self::OtherBrowser | Self::Refused { .. } | Self::Issuer | Self::Token(_) => {
                StatusCode::BAD_REQUEST
            }
            Self::Overage | Self::NoEmail | Self::Unverified | Self::EmailTaken | Self::Left | Self::NoRole => {
                StatusCode::FORBIDDEN
            }
        }
    }

    /// What was said or found, for whoever has to put it right; never of the person.
    #[must_use]
    pub fn particulars(&self) -> String {
        match self {
            Self::Answer(why) => why.clone(),
            Self::Refused { code, words } if words.is_empty() => code.clone(),
            Self::Refused { code, words } => format!("{code}: {words}"),
            Self::Token(check) => (*check).to_owned(),
            _ => String::new(),
        }
    }
}
