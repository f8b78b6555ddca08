//! Two years of made-up incidents in an empty database, so that a newcomer sees the program alive.
//!
//! They are made by the same actions as real ones, at instants in the past, with a fixed seed. Nothing of what is past is
//! sent: the steps of reminders are taken by the app from now on, and its mail goes into the folder alone.

mod chance;
mod plots;
mod story;

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use crate::account::password;
use crate::account::person::Newcomer;
use crate::account::{Role, Sight, actions as accounts, store as people, token::Token};
use crate::db::{self, Db, Id};
use crate::error::Error;
use crate::i18n::Lang;
use crate::incident::settings::actions as settings;
use crate::incident::{Filter, store};
use crate::notice::Notices;
use crate::templates::Templates;

/// The seed: the same two years each time, seen from now.
const SEED: u64 = 0x5eed_2026;
/// How far back it goes.
const YEARS: Duration = Duration::days(730);

/// Somebody made up.
pub struct Person {
    /// What they sign in with.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they do.
    pub roles: Vec<Role>,
    /// The password, shown once.
    pub password: String,
}

/// Who is there: name, e-mail, roles.
const PEOPLE: [(&str, &str, &[Role]); 8] = [
    ("Ingrid Solheim", "ingrid", &[Role::Administrator, Role::Responder]),
    ("Jonas Bakke", "jonas", &[Role::Responder]),
    ("Amina Yusuf", "amina", &[Role::Responder]),
    ("Kari Lunde", "kari", &[Role::PrivacyOfficer]),
    ("Lars Eide", "lars", &[Role::PrivacyOfficer, Role::Responder]),
    ("Marte Hauge", "marte", &[Role::Manager]),
    ("Per Nygård", "per", &[Role::Reporter]),
    ("Sunniva Tveit", "sunniva", &[Role::Auditor]),
];

/// Why nothing is filled in.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is something in the database.
    #[error("The database is not empty: it has {0}. A demonstration is made in an empty one, and stays one.")]
    NotEmpty(&'static str),
    /// It failed.
    #[error("The demonstration could not be made: {0}.")]
    Failed(#[from] Error),
}

/// Fills an empty database; answers who can sign in, with their passwords, and how many incidents there are.
///
/// # Errors
/// When it is not empty, or the database fails.
pub async fn fill(db: &Db, now: DateTime<Utc>) -> Result<(Vec<Person>, usize), Refusal> {
    if let Some(there) = db.read(what_is_there).await? {
        return Err(Refusal::NotEmpty(there));
    }
    let mut all = Vec::new();
    let mut hashes = Vec::new();
    for (name, email, roles) in PEOPLE {
        let password = phrase(&Token::draw().secret);
        hashes.push(password::hash(password.clone()).await?);
        let email = format!("{email}@smbmobil.example");
        all.push(Person { email, name: name.to_owned(), roles: roles.to_vec(), password });
    }
    let began = now - YEARS;
    let newcomers: Vec<(Newcomer, String)> = all.iter().map(newcomer).zip(hashes).collect();
    let house = db
        .write(move |conn| {
            // Looked at again among the writers, so that two commands at once make one demonstration.
            if what_is_there(conn)?.is_some() {
                return Err(Error::conflict("not-empty"));
            }
            db::mark_demo(conn, now)?;
            let who: Vec<Id> = newcomers
                .iter()
                .map(|(one, hash)| accounts::add_with_password(conn, one, hash, began))
                .collect::<Result<_, _>>()?;
            settings::write(conn, who.first().copied().unwrap_or_else(Id::nil), 0, &company(), began)?;
            Ok(who)
        })
        .await?;
    let notices = Notices(Templates::notices().map_err(Error::internal)?, Vec::new());
    let many = story::tell(db, &house, std::sync::Arc::new(notices), (SEED, began, now)).await?;
    Ok((all, many))
}

fn what_is_there(conn: &mut db::Conn) -> Result<Option<&'static str>, Error> {
    let any = Filter { drill: Some("all".into()), limit: Some(1), ..Filter::default() };
    if !store::list(conn, &any, Sight::everything())?.items.is_empty() {
        return Ok(Some("incidents"));
    }
    Ok((!people::everybody(conn)?.is_empty()).then_some("people"))
}

fn newcomer(person: &Person) -> Newcomer {
    Newcomer {
        email: person.email.clone(),
        name: person.name.clone(),
        phone: None,
        roles: person.roles.clone(),
        lang: Lang::Nb,
    }
}

/// A password that can be typed: groups of a secret that was drawn.
fn phrase(secret: &str) -> String {
    let groups: Vec<String> =
        secret.as_bytes().chunks(4).take(5).map(|four| String::from_utf8_lossy(four).into()).collect();
    groups.join("-")
}

fn company() -> serde_json::Value {
    json!({ "company": {
        "name": "SMB Mobil", "org_number": "310000000", "address": "Storgata 1, 0155 Oslo", "contact_name": "Vakthavende", "contact_phone": "+47 22 00 00 00",
        "contact_email": "vakt@smbmobil.example", "dpo_name": "Kari Lunde", "dpo_email": "personvern@smbmobil.example",
        "nkom_email": "nkom@smbmobil.example", "telephone": "+47 22 00 00 01",
    } })
}
