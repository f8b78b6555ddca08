//! What is wrong with a way out, before anything is sent on it.

use std::fmt;

use crate::i18n::{self, Lang};

/// Why a route is not used as it stands. The words are in the locales, under `error-` and the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The address cannot be read.
    NotAnAddress,
    /// The address is not of the web.
    NotTheWeb,
    /// A user or a password stands in the address.
    LoginInAddress,
    /// Unencrypted http to a host that the operator has not allowed.
    NotEncrypted,
    /// The address leads into a network that is closed unless the operator opens it.
    ClosedNetwork,
    /// The signing secret is not `whsec_` and 24 to 64 bytes in Base64.
    NotASigningSecret,
    /// A header's name or value cannot be sent, or is one that varsel sets.
    NotAHeader,
    /// The body of the text message's request is not a template of its kind.
    NotATemplate,
    /// The template lacks the place of the number or of the text.
    PlaceMissing,
}

impl Flaw {
    /// The stable name, as in a field error of the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAnAddress => "address_not_understood",
            Self::NotTheWeb => "address_not_web",
            Self::LoginInAddress => "address_with_login",
            Self::NotEncrypted => "address_not_encrypted",
            Self::ClosedNetwork => "address_in_closed_network",
            Self::NotASigningSecret => "not_a_signing_secret",
            Self::NotAHeader => "not_a_header",
            Self::NotATemplate => "not_a_template",
            Self::PlaceMissing => "template_lacks_place",
        }
    }

    /// The field of the route that it is about.
    pub const fn field(self) -> &'static str {
        match self {
            Self::NotAnAddress | Self::NotTheWeb | Self::LoginInAddress | Self::NotEncrypted | Self::ClosedNetwork => {
                "url"
            }
            Self::NotASigningSecret => "secret",
            Self::NotAHeader => "headers",
            Self::NotATemplate | Self::PlaceMissing => "body",
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&i18n::text(Lang::En, &format!("error-{}", self.code())))
    }
}

impl std::error::Error for Flaw {}
