//! What is typed about a person, and what can be stored of it: name, e-mail, telephone, roles, language.

use super::{Role, looks_like_email};
use crate::error::{Error, FieldError};
use crate::i18n::Lang;
use crate::outbox::transport::e164;

/// A person as a form, a program or the command line gives it. What is none was not given.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Where to write to the person; the name to sign in with.
    pub email: Option<String>,
    /// What the person is called.
    pub name: Option<String>,
    /// Where to reach the person by text message; empty takes it away.
    pub phone: Option<String>,
    /// The words of the roles.
    pub roles: Option<Vec<String>>,
    /// The language the person reads.
    pub language: Option<String>,
}

/// A person that has been checked.
pub struct Newcomer {
    /// Lower case, with one @.
    pub email: String,
    /// 1 to 100 characters.
    pub name: String,
    /// As E.164.
    pub phone: Option<String>,
    /// At least one, none twice.
    pub roles: Vec<Role>,
    /// The language to read.
    pub lang: Lang,
}

/// What is to change about a person; what is none stays.
#[derive(Default)]
pub struct Change {
    /// 1 to 100 characters.
    pub name: Option<String>,
    /// As E.164; the inner none takes it away.
    pub phone: Option<Option<String>>,
    /// At least one, none twice.
    pub roles: Option<Vec<Role>>,
    /// The language to read.
    pub lang: Option<Lang>,
}

impl Entry {
    /// Checks somebody new; a language that is not given is `usual`.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn newcomer(&self, usual: Lang) -> Result<Newcomer, Error> {
        let email = self.email.as_deref().unwrap_or_default().trim().to_lowercase();
        let mut wrong = Vec::new();
        if !looks_like_email(&email) {
            wrong.push(FieldError::new("email", "not_an_email"));
        }
        let name = gather(&mut wrong, name(self.name.as_deref().unwrap_or_default()));
        let phone = gather(&mut wrong, phone(self.phone.as_deref().unwrap_or_default()));
        let roles = gather(&mut wrong, roles(self.roles.as_deref().unwrap_or_default()));
        let lang = gather(&mut wrong, self.language.as_deref().map_or(Ok(usual), language));
        match (name, phone, roles, lang) {
            (Some(name), Some(phone), Some(roles), Some(lang)) if wrong.is_empty() => {
                Ok(Newcomer { email, name, phone, roles, lang })
            }
            _ => Err(Error::Invalid(wrong)),
        }
    }

    /// Checks what is to change about somebody; an e-mail is not changed.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn change(&self) -> Result<Change, Error> {
        let mut wrong = Vec::new();
        let change = Change {
            name: self.name.as_deref().and_then(|text| gather(&mut wrong, name(text))),
            phone: self.phone.as_deref().and_then(|text| gather(&mut wrong, phone(text))),
            roles: self.roles.as_deref().and_then(|words| gather(&mut wrong, roles(words))),
            lang: self.language.as_deref().and_then(|text| gather(&mut wrong, language(text))),
        };
        if wrong.is_empty() { Ok(change) } else { Err(Error::Invalid(wrong)) }
    }
}

fn gather<T>(wrong: &mut Vec<FieldError>, read: Result<T, FieldError>) -> Option<T> {
    read.map_err(|fault| wrong.push(fault)).ok()
}

fn name(text: &str) -> Result<String, FieldError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(FieldError::new("name", "person_without_name")),
        101.. => Err(FieldError::new("name", "name_too_long")),
        _ if name.contains(char::is_control) => Err(FieldError::new("name", "name_unprintable")),
        _ => Ok(name),
    }
}

fn phone(text: &str) -> Result<Option<String>, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let refused = || FieldError::new("phone", "not_a_mobile").with("given", text.chars().take(40).collect::<String>());
    e164(text).map(Some).ok_or_else(refused)
}

fn roles(words: &[String]) -> Result<Vec<Role>, FieldError> {
    let mut roles = Vec::new();
    for word in words {
        let Some(role) = Role::parse(word) else {
            let given = word.chars().take(40).collect::<String>();
            let fault = FieldError::new("roles", "wrong_choice").with("given", given);
            return Err(fault.with("choices", Role::ALL.map(Role::word).to_vec()));
        };
        roles.push(role);
    }
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() { Err(FieldError::new("roles", "no_role")) } else { Ok(roles) }
}

fn language(text: &str) -> Result<Lang, FieldError> {
    Lang::parse(text).ok_or_else(|| FieldError::new("language", "language_unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let entry = Entry { email: Some("ola".into()), phone: Some("112".into()), ..Entry::default() };
        let why = entry.newcomer(Lang::Nb).err().unwrap();
        let told: Vec<(&str, &str)> = why.fields().iter().map(|f| (f.path.as_str(), f.code.as_str())).collect();
        assert_eq!(
            told,
            [
                ("email", "not_an_email"),
                ("name", "person_without_name"),
                ("phone", "not_a_mobile"),
                ("roles", "no_role")
            ]
        );
    }

    #[test]
    fn a_person_is_stored_in_one_spelling() {
        let entry = Entry {
            email: Some(" Ola@SMBMobil.example ".into()),
            name: Some("Ola \n Hansen".into()),
            phone: Some("900 12 345".into()),
            roles: Some(vec!["manager".into(), "responder".into(), "manager".into()]),
            language: None,
        };
        let ola = entry.newcomer(Lang::Nn).unwrap();
        assert_eq!((ola.email.as_str(), ola.name.as_str()), ("ola@smbmobil.example", "Ola Hansen"));
        assert_eq!((ola.phone.as_deref(), ola.lang), (Some("+4790012345"), Lang::Nn));
        assert_eq!(ola.roles, [Role::Responder, Role::Manager]);
    }
}
