//! People and how they are known: accounts, passwords, sessions, one-time links, and the extractor that is the permission.

pub mod actions;
pub mod api;
pub mod bearer;
pub mod caller;
pub mod desk;
pub mod factor;
pub mod limits;
pub mod officer;
pub mod pages;
pub mod passkey;
pub mod password;
pub mod person;
pub mod right;
pub mod role;
pub mod rules;
pub mod session;
pub mod sight;
pub mod store;
pub mod taken;
pub mod throttle;
pub mod timely;
pub mod token;

pub use desk::Desk;
pub use limits::Limits;
pub use officer::{By, May, Officer, language_of};
pub use role::Role;
pub use sight::Sight;
pub use throttle::Throttle;
pub use timely::Timely;

use crate::error::{Error, FieldError};
use crate::outbox::transport::Secret;

/// Who wants to be the administrator, or wants a new password, as the form has it.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Wish {
    /// Where to reach the person; also the name to sign in with.
    pub email: String,
    /// What the person is called, as it will stand in the timeline.
    pub name: String,
    /// The new password.
    pub password: Secret,
    /// The new password once more.
    pub again: Secret,
}

/// A wish that has been checked: it can be stored as it is.
pub struct Applicant {
    /// Lower case, with one @.
    pub email: String,
    /// 1 to 100 characters.
    pub name: String,
    /// Fulfils [`password::refuse`].
    pub password: String,
}

impl Wish {
    /// Checks everything at once, so that all that is wrong is told at once. The company's name makes no password.
    pub fn check(&self, company: &str) -> Result<Applicant, Error> {
        let email = self.email.trim().to_lowercase();
        let name = self.name.trim().to_owned();
        let mut wrong = Vec::new();
        if !looks_like_email(&email) {
            wrong.push(FieldError::new("email", "not_an_email"));
        }
        if name.is_empty() {
            wrong.push(FieldError::new("name", "name_missing"));
        } else if name.chars().count() > 100 {
            wrong.push(FieldError::new("name", "name_too_long"));
        }
        wrong.extend(password::refuse(self.password.reveal(), &[&email, &name, company]));
        if self.password != self.again {
            wrong.push(FieldError::new("again", "passwords_differ"));
        }
        if wrong.is_empty() {
            Ok(Applicant { email, name, password: self.password.reveal().to_owned() })
        } else {
            Err(Error::Invalid(wrong))
        }
    }
}

/// Whether a text could be an e-mail address: a name, one @ and a host, without blanks.
pub fn looks_like_email(email: &str) -> bool {
    let dull = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control() || c == '@');
    email.len() <= 254 && email.split_once('@').is_some_and(|(local, host)| dull(local) && dull(host))
}
