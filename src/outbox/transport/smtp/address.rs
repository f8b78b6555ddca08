//! The address of a mail server, as the operator writes it in `VARSEL_SMTP_URL`.

use base64::prelude::{BASE64_STANDARD, Engine};
use reqwest::Url;

use crate::outbox::transport::secret::Secret;

/// How the line to the mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::outbox::transport) enum Encryption {
    /// From the first byte.
    Wrapped,
    /// By STARTTLS, else nothing is sent.
    Required,
    /// By STARTTLS where the server offers it; a password is never sent without.
    Opportunistic,
    /// Not at all.
    None,
}

/// Where the mail server is, how to speak to it, and as whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::outbox::transport) struct ServerAddress {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    pub login: Option<Login>,
}

/// A user and a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::outbox::transport) struct Login {
    pub user: Secret,
    pub password: Secret,
}

impl Login {
    /// The password in every spelling in which it goes over the wire.
    pub(super) fn spellings(&self) -> Vec<String> {
        let (user, password) = (self.user.reveal(), self.password.reveal());
        let plain = BASE64_STANDARD.encode(format!("\0{user}\0{password}"));
        vec![plain, BASE64_STANDARD.encode(password), password.to_owned()]
    }
}

const FORM: &str = "write it as smtps://user:password@host:465 or smtp://user:password@host:587";

impl ServerAddress {
    /// Reads the address; an error is the half sentence that says what is wrong, and repeats nothing of it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text.trim()).map_err(|_| format!("is not understood; {FORM}"))?;
        let wrapped = match url.scheme() {
            "smtps" => true,
            "smtp" => false,
            _ => return Err(format!("does not begin with smtp:// or smtps://; {FORM}")),
        };
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if host.is_empty() || !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(format!("is not a mail server's address; {FORM}"));
        }
        let encryption = encryption(&url, wrapped, &host)?;
        let usual = match encryption {
            Encryption::Wrapped => 465,
            Encryption::Required | Encryption::Opportunistic => 587,
            Encryption::None => 25,
        };
        let login = login(&url)?;
        Ok(Self { host, port: url.port().unwrap_or(usual), encryption, login })
    }
}

fn encryption(url: &Url, wrapped: bool, host: &str) -> Result<Encryption, String> {
    let mut chosen = match (wrapped, is_loopback(host)) {
        (true, _) => Encryption::Wrapped,
        (false, true) => Encryption::None,
        (false, false) => Encryption::Required,
    };
    for (name, value) in url.query_pairs() {
        chosen = match (&*name, &*value, wrapped) {
            ("tls", "required", true) => Encryption::Wrapped,
            ("tls", "required", false) => Encryption::Required,
            ("tls", "opportunistic", false) => Encryption::Opportunistic,
            ("tls", "none", false) => Encryption::None,
            _ => {
                return Err(
                    "may end in ?tls=required, ?tls=opportunistic or ?tls=none, the last two with smtp:// only".into(),
                );
            }
        };
    }
    Ok(chosen)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn login(url: &Url) -> Result<Option<Login>, String> {
    let wrong = || "has a user or a password that is not understood; write signs such as @ : / % as %40 %3A %2F %25";
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err(format!("needs both a user and a password, or neither; {FORM}")),
        (user, Some(password)) => {
            let (user, password) = (decoded(user).ok_or_else(wrong)?, decoded(password).ok_or_else(wrong)?);
            Ok(Some(Login { user: user.into(), password: password.into() }))
        }
    }
}

/// Undoes percent-encoding; `None` where it is broken or no text comes out.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains(['\0', '\r', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, u16, Encryption) {
        let address = ServerAddress::parse(text).unwrap();
        (address.host, address.port, address.encryption)
    }

    #[test]
    fn scheme_and_host_choose_port_and_encryption() {
        for (text, host, port, encryption) in [
            ("smtps://mail.example", "mail.example", 465, Encryption::Wrapped),
            ("smtps://mail.example:4650/", "mail.example", 4650, Encryption::Wrapped),
            ("smtps://mail.example?tls=required", "mail.example", 465, Encryption::Wrapped),
            ("smtp://mail.example", "mail.example", 587, Encryption::Required),
            ("smtp://mail.example:25", "mail.example", 25, Encryption::Required),
            ("smtp://mail.example?tls=opportunistic", "mail.example", 587, Encryption::Opportunistic),
            ("smtp://mail.example?tls=none", "mail.example", 25, Encryption::None),
            ("smtp://10.0.0.5", "10.0.0.5", 587, Encryption::Required),
            ("smtp://localhost", "localhost", 25, Encryption::None),
            ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, Encryption::None),
            ("smtp://[::1]:2525", "::1", 2525, Encryption::None),
            ("smtp://localhost?tls=required", "localhost", 587, Encryption::Required),
        ] {
            assert_eq!(read(text), (host.to_owned(), port, encryption), "{text}");
        }
    }

    #[test]
    fn user_and_password_are_decoded_and_never_shown() {
        let address = ServerAddress::parse("smtps://varsel%40smb.example:p%C3%A5%20%3A%2F%25ss@mail.example").unwrap();
        let login = address.login.clone().unwrap();
        assert_eq!((login.user.reveal(), login.password.reveal()), ("varsel@smb.example", "på :/%ss"));
        let shown = format!("{address:?}");
        assert!(!shown.contains("på") && !shown.contains("varsel@") && shown.contains("mail.example"), "{shown}");
    }

    #[test]
    fn a_wrong_address_is_one_half_sentence_without_the_password() {
        for wrong in [
            "",
            "mail.example",
            "http://u:hemmelig@mail.example",
            "smtp://",
            "smtp://u:hemmelig@/",
            "smtp://u:hemmelig@mail.example/path",
            "smtp://u:hemmelig@mail.example#x",
            "smtp://u:hemmelig@mail.example?tls=maybe",
            "smtp://u:hemmelig@mail.example?starttls=1",
            "smtps://u:hemmelig@mail.example?tls=none",
            "smtp://hemmelig@mail.example",
            "smtp://:hemmelig@mail.example",
            "smtp://u:hemmelig%zz@mail.example",
            "smtp://u:hemmelig%ff@mail.example",
            "smtp://u:hemmelig%0d%0a@mail.example",
            "smtp://u:hemmelig@mail.example:99999",
        ] {
            let said = ServerAddress::parse(wrong).unwrap_err();
            assert!(!said.contains("hemmelig") && !said.is_empty(), "{wrong}: {said}");
        }
    }
}
