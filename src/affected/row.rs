//! A row of a file as a person: which column holds what, and every value in one form.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Person;
use crate::account::looks_like_email;
use crate::db::Id;
use crate::error::{Error, FieldError};
use crate::i18n::Lang;
use crate::outbox::transport::e164;
use crate::seal::Seal;

/// What a column may hold, each with the names it goes by.
const NAMES: &[(&str, &[&str])] = &[
    (
        "name",
        &["navn", "namn", "name", "fullt navn", "full name", "fornavn", "førenamn", "first name", "kontaktperson"],
    ),
    ("surname", &["etternavn", "etternamn", "last name", "surname", "family name"]),
    ("email", &["e-post", "epost", "e-mail", "email", "mail", "e-postadresse", "epostadresse", "email address"]),
    (
        "phone",
        &["telefon", "mobil", "tlf", "phone", "mobile", "telefonnummer", "mobilnummer", "mobiltelefon", "msisdn"],
    ),
    ("post", &["adresse", "postadresse", "address", "postal address"]),
    ("born", &["født", "fødd", "fødselsdato", "born", "date of birth", "birth date"]),
    ("minor", &["mindreårig", "barn", "minor", "child"]),
    ("protected", &["fortrolig", "adressesperre", "skjermet", "skjerma", "sperret adresse", "protected"]),
    ("customer", &["kunde", "bedriftskunde", "virksomhet", "verksemd", "customer", "company", "business customer"]),
    ("language", &["språk", "målform", "language", "lang"]),
    ("categories", &["kategori", "kategorier", "opplysninger", "opplysningar", "data", "category", "categories"]),
];

/// What a column may hold, in the order it is asked for.
pub const FIELDS: [&str; 11] =
    ["name", "surname", "email", "phone", "post", "born", "minor", "protected", "customer", "language", "categories"];
const WIDEST: usize = 500;
const OF_AGE: i32 = 18;

/// Which column holds what, by the column's place from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping(pub BTreeMap<String, usize>);

impl Mapping {
    /// Guesses from the names of the columns; the first that fits is taken.
    pub fn guess(headers: &[String]) -> Self {
        let plain: Vec<String> = headers.iter().map(|name| name.trim().to_lowercase().replace('_', " ")).collect();
        let place = |names: &[&str]| plain.iter().position(|header| names.contains(&header.as_str()));
        Self(NAMES.iter().filter_map(|(field, names)| Some(((*field).to_owned(), place(names)?))).collect())
    }

    /// Refuses a mapping by which nobody could be told.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, columns: usize) -> Result<(), Error> {
        if let Some((field, _)) = self.0.iter().find(|(field, at)| !FIELDS.contains(&field.as_str()) || **at >= columns)
        {
            return Err(Error::Invalid(vec![FieldError::new(format!("mapping.{field}"), "affected_no_column")]));
        }
        let reaches = ["email", "phone", "post"].iter().any(|field| self.0.contains_key(*field));
        if reaches { Ok(()) } else { Err(Error::field("mapping", "affected_no_address")) }
    }

    /// What a row has for a field.
    pub fn value<'a>(&self, row: &'a [String], field: &str) -> &'a str {
        self.0.get(field).and_then(|at| row.get(*at)).map_or("", |text| text.trim())
    }
}

/// Somebody who is about to be taken in.
#[derive(Clone, Debug)]
pub struct New {
    /// The name of the new row.
    pub id: Id,
    /// What names the person.
    pub person: Person,
    /// The same, sealed.
    pub sealed: String,
    /// The keyed hash of the e-mail address.
    pub email_hash: Option<String>,
    /// The keyed hash of the telephone number.
    pub phone_hash: Option<String>,
    /// The business customer the person belongs to.
    pub customer: String,
    /// The categories of data, as `,contact,payment,`.
    pub categories: String,
    /// Whether the person is not of age.
    pub minor: bool,
    /// Whether the address is protected.
    pub protected: bool,
    /// The language the person reads.
    pub language: Lang,
}

/// Reads a row; none for one that is blank.
///
/// # Errors
/// The word for what is wrong with it; its sentence stands under `affected-bad-` in the locales.
pub fn read(row: &[String], mapping: &Mapping, seal: &Seal, today: NaiveDate) -> Result<Option<New>, &'static str> {
    if row.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(None);
    }
    if FIELDS.iter().any(|field| mapping.value(row, field).chars().count() > WIDEST) {
        return Err("too-long");
    }
    let value = |field: &str| mapping.value(row, field).replace(char::is_control, " ");
    let given = (value("email"), value("phone"), value("post"));
    let email = Some(given.0.to_lowercase()).filter(|email| is_address(email)).unwrap_or_default();
    let phone = e164(&given.1).unwrap_or_default();
    if email.is_empty() && phone.is_empty() && given.2.is_empty() {
        let nothing = given.0.is_empty() && given.1.is_empty();
        return Err(if nothing { "no-address" } else { "bad-address" });
    }
    let name = [value("name"), value("surname")].join(" ").trim().to_owned();
    let person = Person { name, email, phone, post: given.2 };
    let id = Id::new();
    let hash = |text: &str| (!text.is_empty()).then(|| seal.lookup(text));
    let sealed = person.seal(seal, id).map_err(|_| "sealing")?;
    let born = born(&value("born"));
    Ok(Some(New {
        id,
        sealed,
        email_hash: hash(&person.email),
        phone_hash: hash(&person.phone),
        customer: value("customer"),
        categories: categories(&value("categories")),
        minor: yes(&value("minor")) || born.is_some_and(|born| is_minor(born, today)),
        protected: yes(&value("protected")),
        language: language(&value("language")),
        person,
    }))
}

/// An address that a mail server would take: one at sign, a host with a dot, nothing that could end a line or a list.
fn is_address(email: &str) -> bool {
    let plain = |c: char| !c.is_control() && !matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')' | '\\');
    looks_like_email(email)
        && email.parse::<lettre::Address>().is_ok()
        && email.chars().all(plain)
        && email.split('@').next_back().is_some_and(|host| host.contains('.'))
}

fn yes(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "ja" | "j" | "yes" | "y" | "true" | "sann" | "1" | "x")
}

fn born(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y%m%d"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

fn is_minor(born: NaiveDate, today: NaiveDate) -> bool {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i32::from(!had_birthday) < OF_AGE
}

fn language(text: &str) -> Lang {
    match text.to_lowercase().as_str() {
        "nn" | "nynorsk" | "nno" => Lang::Nn,
        "en" | "eng" | "engelsk" | "english" => Lang::En,
        _ => Lang::Nb,
    }
}

/// The categories in one form, so that each is found between commas.
fn categories(text: &str) -> String {
    let words = text.split([',', ';', '|']).map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.collect();
    if words.is_empty() { String::new() } else { format!(",{},", words.join(",")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal() -> Seal {
        Seal::parse("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=").unwrap()
    }

    fn cells(line: &str) -> Vec<String> {
        line.split(';').map(str::to_owned).collect()
    }

    fn one(headers: &str, line: &str) -> Result<Option<New>, &'static str> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        read(&cells(line), &Mapping::guess(&cells(headers)), &seal(), today)
    }

    #[test]
    fn columns_are_found_by_their_names_in_any_order() {
        let new = one(
            "Mobil;Fødselsdato;E-POST;Etternavn;Fornavn;Språk;Kunde;Fortrolig;Data",
            "900 12 345;26.11.2008;Kari@SMB.example;Nordmann;Kari;nynorsk;Fjord AS;ja;Contact, Payment",
        )
        .unwrap()
        .unwrap();
        let person = Person::open(&seal(), new.id, &new.sealed).unwrap();
        assert_eq!(person, new.person);
        assert_eq!(
            (person.name.as_str(), person.email.as_str(), person.phone.as_str()),
            ("Kari Nordmann", "kari@smb.example", "+4790012345")
        );
        assert!(new.minor && new.protected && !new.sealed.contains("kari"));
        assert_eq!(
            (new.language, new.customer.as_str(), new.categories.as_str()),
            (Lang::Nn, "Fjord AS", ",contact,payment,")
        );
        assert!(!one("epost;født", "a@b.example;2008-11-25").unwrap().unwrap().minor, "eighteen today");
    }

    #[test]
    fn the_same_address_has_the_same_hash_however_it_is_written() {
        let hash = |line: &str| one("epost;mobil", line).unwrap().unwrap();
        let (a, b) = (hash("Kari@X.example;+47 900 12 345"), hash(" kari@x.EXAMPLE ;90012345"));
        assert_eq!((a.email_hash, a.phone_hash), (b.email_hash, b.phone_hash));
    }

    #[test]
    fn a_row_that_nobody_can_be_reached_by_says_why() {
        for (line, why) in [
            ("kari;;;", "no-address"),
            ("kari;kari;12;", "bad-address"),
            ("x;a@b;;", "bad-address"),
            ("x;a b@c.no;;", "bad-address"),
            ("x;a@b.no,c@d.no;;", "bad-address"),
            ("x;<a@b.no>;;", "bad-address"),
        ] {
            assert_eq!(one("navn;epost;mobil;adresse", line).map(|_| ()).unwrap_err(), why, "{line}");
        }
        assert!(one("navn;epost", ";;;").unwrap().is_none());
        assert_eq!(one("navn;epost", &format!("{};a@b.no", "x".repeat(501))).map(|_| ()), Err("too-long"));
        assert!(one("navn;epost;mobil;adresse", "kari;;;Storgata 1").unwrap().is_some(), "there is the post");
    }
}
