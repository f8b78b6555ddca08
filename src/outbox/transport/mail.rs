//! A letter as an e-mail, the same for the mail server and for the folder.
//!
//! All attempts of one key carry one Message-ID, so that a letter that arrives twice is seen to be the same.

use std::time::SystemTime;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{Address, address::AddressError};
use reqwest::Url;

use super::Letter;
use super::key::{plain_id, web_id};
use super::line::{cut, flat, readable};

const LONGEST_SUBJECT: usize = 200;
const LONGEST_NAME: usize = 100;

/// An e-mail that is ready to go, and whom it goes to.
pub(super) struct Mail {
    pub to: Address,
    pub bytes: Vec<u8>,
}

impl Mail {
    /// Writes the letter as an e-mail; an error is the sentence that says why it cannot be one.
    pub fn write(letter: &Letter, from: &Mailbox) -> Result<Self, String> {
        let to = address(&letter.to).map_err(|why| format!("The receiver's e-mail address cannot be used: {why}."))?;
        let name = cut(&flat(&letter.to_name), LONGEST_NAME, "…");
        let mailbox = Mailbox::new(Some(name).filter(|name| !name.is_empty()), to.clone());
        let mut mail = Message::builder()
            .from(from.clone())
            .to(mailbox)
            .subject(cut(&flat(&letter.subject), LONGEST_SUBJECT, "…"))
            .date(SystemTime::from(letter.created_at))
            .message_id(Some(format!("<{}@{}>", plain_id(&letter.key), from.email.domain())))
            .header(ContentType::TEXT_PLAIN);
        for (name, value) in headers(letter) {
            mail = mail.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
        }
        let mail = mail.body(body(letter)).map_err(|why| format!("The e-mail cannot be written: {why}."))?;
        Ok(Self { to, bytes: mail.formatted() })
    }
}

fn headers(letter: &Letter) -> Vec<(&'static str, String)> {
    let mut headers = Vec::new();
    // A letter that a person wrote and approved must not be put aside as a machine's.
    if letter.kind != crate::outbox::BY_PEOPLE {
        headers.push(("Auto-Submitted", "auto-generated".to_owned()));
    }
    headers.extend([
        ("Content-Language", letter.lang.code().to_owned()),
        ("Varsel-Key", web_id(&letter.key)),
        ("Varsel-Attempt", letter.attempt.to_string()),
    ]);
    if letter.urgent {
        headers.extend([("Importance", "high".to_owned()), ("X-Priority", "1".to_owned())]);
    }
    headers
}

fn body(letter: &Letter) -> String {
    let text = readable(&letter.text);
    let text = text.trim_end();
    match letter.link.as_deref().filter(|link| !text.contains(link)) {
        Some(link) => format!("{text}\n\n{}\n", flat(link)),
        None => format!("{text}\n"),
    }
}

/// Reads an e-mail address and writes its host as the name system does, so that every mail server takes it.
pub(super) fn address(text: &str) -> Result<Address, AddressError> {
    let address: Address = text.trim().parse()?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || !c.is_ascii();
    if address.user().chars().any(odd) {
        return Err(AddressError::InvalidUser);
    }
    if address.domain().is_ascii() {
        return Ok(address);
    }
    let host = Url::parse(&format!("https://{}/", address.domain())).map_err(|_| AddressError::InvalidDomain)?;
    Address::new(address.user(), host.host_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::transport::tests::letter;

    fn from() -> Mailbox {
        "Varsel <varsel@smbmobil.example>".parse().unwrap()
    }

    #[test]
    fn one_key_has_one_message_id_and_every_attempt_its_number() {
        let mut letter = letter();
        let id = |letter: &Letter| {
            let mail = String::from_utf8(Mail::write(letter, &from()).unwrap().bytes).unwrap();
            mail.lines().find(|line| line.starts_with("Message-ID: ")).unwrap().to_owned()
        };
        let first = id(&letter);
        assert_eq!(first, "Message-ID: <reminder-7@smbmobil.example>");
        letter.attempt = 2;
        assert_eq!(id(&letter), first);
        letter.key = "reminder:8>\r\nBcc: ond@x.example".into();
        let other = id(&letter);
        assert!(other.len() == "Message-ID: <@smbmobil.example>".len() + 64 && !other.contains("Bcc"), "{other}");
    }

    #[test]
    fn an_address_is_taken_as_mail_servers_take_it_or_not_at_all() {
        assert_eq!(address(" kari@smbmobil.example ").unwrap().to_string(), "kari@smbmobil.example");
        assert_eq!(address("kari@blåbær.example").unwrap().to_string(), "kari@xn--blbr-roah.example");
        for wrong in [
            "",
            "kari",
            "kari@",
            "@x.example",
            "kåre@x.example",
            "a b@x.example",
            "\"a b\"@x.example",
            "a@x.example>\r\nRCPT TO:<b@x.example",
            "a@x.example, b@x.example",
        ] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }
}
