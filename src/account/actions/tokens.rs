//! What is done with tokens and machines: making, listing, revoking.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use crate::account::right::{self, Named};
use crate::account::store::tokens::{self as store, ApiToken};
use crate::account::store::{self as accounts, Account, Member};
use crate::account::token::Token;
use crate::account::{Role, bearer};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Id, Json};
use crate::error::{Error, FieldError};
use crate::i18n::Lang;

/// The most days a token lasts.
pub const LONGEST: i64 = 365;
/// How many days a token lasts where nobody says.
pub const USUAL: i64 = 90;
/// The most tokens an account has that let somebody in.
const MOST: usize = 50;

/// A token as it is wished for.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// What it is for.
    pub name: String,
    /// The words of rights.
    pub scopes: Vec<String>,
    /// How many days it lasts; the usual number where nobody says.
    pub days: Option<i64>,
}

/// A token that was made; its secret is not kept and cannot be shown again.
#[derive(Clone, Debug)]
pub struct Made {
    /// What is kept of it.
    pub token: ApiToken,
    /// What the program shows.
    pub secret: String,
}

/// Who does something, and where the request came from.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Nobody where the command line does it.
    pub id: Option<Id>,
    /// Empty where that is not known.
    pub address: String,
}

/// Every token of an account, the newest first.
pub async fn of(db: &Db, account: Id) -> Result<Vec<ApiToken>, Error> {
    db.read(move |conn| store::tokens_of(conn, account)).await
}

/// Every machine with its roles.
pub async fn machines(db: &Db) -> Result<Vec<Member>, Error> {
    db.read(store::machines).await
}

/// Finds one machine.
pub async fn machine(db: &Db, id: Id) -> Result<Member, Error> {
    db.read(move |conn| found(conn, id)).await
}

/// Makes a token for an account.
pub async fn make(db: &Db, by: Actor, of: Id, wish: Wish, now: DateTime<Utc>) -> Result<Made, Error> {
    db.write(move |conn| make_in(conn, &by, of, &wish, now)).await
}

/// Makes a token for a machine, and for nobody else.
pub async fn make_for_machine(db: &Db, by: Actor, of: Id, wish: Wish, now: DateTime<Utc>) -> Result<Made, Error> {
    db.write(move |conn| {
        found(conn, of)?;
        make_in(conn, &by, of, &wish, now)
    })
    .await
}

/// Makes a token in the caller's transaction.
///
/// # Errors
/// Everything that is wrong with the wish; a conflict when the holder has left or has too many.
pub fn make_in(conn: &mut Conn, by: &Actor, of: Id, wish: &Wish, now: DateTime<Utc>) -> Result<Made, Error> {
    let account = accounts::by_id(conn, of)?.ok_or(Error::NotFound)?;
    if account.left_at.is_some() {
        return Err(Error::conflict("has-left"));
    }
    let (name, scopes, days) = check(wish, &accounts::roles(conn, of)?)?;
    if store::tokens_of(conn, of)?.iter().filter(|token| token.is_live(now)).count() >= MOST {
        return Err(Error::conflict("too-many-tokens"));
    }
    let drawn = Token::draw();
    let token = ApiToken {
        id: Id::new(),
        account_id: of,
        name,
        token_hash: drawn.hash,
        scopes: Json(json!(scopes)),
        made_by: by.id,
        made_at: now.into(),
        expires_at: (now + Duration::days(days)).into(),
        last_used_at: None,
        revoked_at: None,
        revoked_by: None,
    };
    store::insert_token(conn, &token)?;
    let detail = json!({ "token": token.id, "scopes": scopes, "expires_at": token.expires_at });
    note(conn, by, ("token.made", of, detail), now)?;
    Ok(Made { token, secret: bearer::spell(&drawn.secret) })
}

/// Takes a token out of use; somebody else's only where `keeps` says that the caller keeps people.
pub async fn revoke(db: &Db, by: Actor, keeps: bool, token: Id, now: DateTime<Utc>) -> Result<(), Error> {
    db.write(move |conn| {
        let found = store::token_by_id(conn, token)?.ok_or(Error::NotFound)?;
        if !keeps && by.id != Some(found.account_id) {
            return Err(Error::NotFound);
        }
        revoke_in(conn, &by, &found, now)
    })
    .await
}

/// Takes a token out of use in the caller's transaction; one that is out of use already stays as it is.
pub fn revoke_in(conn: &mut Conn, by: &Actor, token: &ApiToken, now: DateTime<Utc>) -> Result<(), Error> {
    if token.revoked_at.is_some() {
        return Ok(());
    }
    store::revoke(conn, token.id, (by.id, now.into()))?;
    note(conn, by, ("token.revoked", token.account_id, json!({ "token": token.id })), now)
}

/// Adds a machine.
pub async fn add_machine(
    db: &Db,
    by: Actor,
    (name, roles, lang): (String, Vec<String>, Lang),
    now: DateTime<Utc>,
) -> Result<Member, Error> {
    db.write(move |conn| add_machine_in(conn, &by, (&name, &roles, lang), now)).await
}

/// Adds a machine in the caller's transaction.
///
/// # Errors
/// When the name is empty, too long or taken, or when a role is unknown or there is none.
pub fn add_machine_in(
    conn: &mut Conn,
    by: &Actor,
    (name, roles, lang): (&str, &[String], Lang),
    now: DateTime<Utc>,
) -> Result<Member, Error> {
    let id = Id::new();
    let entry = crate::account::person::Entry {
        // A name under a domain that no mail ever reaches; the column wants one of its own for everybody.
        email: Some(format!("{id}@machine.invalid")),
        name: Some(name.to_owned()),
        roles: Some(roles.to_vec()),
        ..Default::default()
    };
    let new = entry.newcomer(lang)?;
    let taken = store::machines(conn)?
        .into_iter()
        .any(|other| other.account.left_at.is_none() && other.account.name.to_lowercase() == new.name.to_lowercase());
    if taken {
        return Err(Error::Invalid(vec![FieldError::new("name", "machine_name_taken")]));
    }
    let account = Account {
        id,
        email: new.email,
        name: new.name,
        password_hash: String::new(),
        language: lang.code().to_owned(),
        created_at: now.into(),
        phone: None,
        left_at: None,
    };
    store::insert_machine(conn, &account, &new.roles, by.id)?;
    note(conn, by, ("machine.made", id, json!({ "roles": roles })), now)?;
    Ok(Member { account, roles: new.roles, linked: false, governed: false })
}

/// Finds the person with this e-mail.
///
/// # Errors
/// When nobody has it.
pub fn person_called(conn: &mut Conn, email: &str) -> Result<Id, Error> {
    let account = accounts::by_email(conn, &email.trim().to_lowercase())?;
    account.map(|account| account.id).ok_or_else(|| Error::field("email", "token_for_nobody"))
}

/// Finds the machine of this name, or adds it with these roles.
///
/// # Errors
/// As [`add_machine_in`].
pub fn machine_called(
    conn: &mut Conn,
    by: &Actor,
    (name, roles): (&str, &[String]),
    now: DateTime<Utc>,
) -> Result<Id, Error> {
    let mut live = store::machines(conn)?.into_iter().filter(|one| one.account.left_at.is_none());
    match live.find(|one| one.account.name.to_lowercase() == name.trim().to_lowercase()) {
        Some(machine) => Ok(machine.account.id),
        None => Ok(add_machine_in(conn, by, (name, roles, Lang::default()), now)?.account.id),
    }
}

/// Every token there is with its holder, the newest first.
pub fn everything(conn: &mut Conn) -> Result<Vec<(ApiToken, Account)>, Error> {
    store::all_tokens(conn)
}

/// Takes any token out of use, in the caller's transaction.
///
/// # Errors
/// When there is no such token.
pub fn revoke_by_id(conn: &mut Conn, by: &Actor, id: Id, now: DateTime<Utc>) -> Result<(), Error> {
    let token = store::token_by_id(conn, id)?.ok_or(Error::NotFound)?;
    revoke_in(conn, by, &token, now)
}

/// Takes a machine out of use for good: its tokens die, what it reported keeps its name.
pub async fn retire(db: &Db, by: Actor, id: Id, now: DateTime<Utc>) -> Result<(), Error> {
    db.write(move |conn| {
        if found(conn, id)?.account.left_at.is_some() {
            return Ok(());
        }
        accounts::leave(conn, id, now.into())?;
        note(conn, &by, ("machine.retired", id, json!({})), now)
    })
    .await
}

fn found(conn: &mut Conn, id: Id) -> Result<Member, Error> {
    store::machines(conn)?.into_iter().find(|one| one.account.id == id).ok_or(Error::NotFound)
}

/// The scopes an account may give away: the rights it holds itself.
#[must_use]
pub fn grantable(roles: &[Role]) -> Vec<&'static str> {
    right::ALL.iter().filter(|right| right.is_held_by(roles)).map(|right| right.word).collect()
}

fn check(wish: &Wish, roles: &[Role]) -> Result<(String, Vec<&'static str>, i64), Error> {
    let mut wrong = Vec::new();
    let name = wish.name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => wrong.push(FieldError::new("name", "token_without_name")),
        101.. => wrong.push(FieldError::new("name", "name_too_long")),
        _ if name.contains(char::is_control) => wrong.push(FieldError::new("name", "name_unprintable")),
        _ => {}
    }
    let days = wish.days.unwrap_or(USUAL);
    if !(1..=LONGEST).contains(&days) {
        wrong.push(FieldError::new("days", "token_days").with("most", LONGEST));
    }
    let mut scopes: Vec<&'static str> = Vec::new();
    for word in &wish.scopes {
        let known = right::ALL.iter().find(|right: &&Named| right.word == word);
        match known.filter(|right| right.is_held_by(roles)) {
            Some(right) if scopes.contains(&right.word) => {}
            Some(right) => scopes.push(right.word),
            None => {
                let given: String = word.chars().take(40).collect();
                let code = if known.is_some() { "scope_not_held" } else { "wrong_choice" };
                let fault = FieldError::new("scopes", code).with("given", given);
                wrong.push(fault.with("choices", grantable(roles)));
                break;
            }
        }
    }
    if wish.scopes.is_empty() {
        wrong.push(FieldError::new("scopes", "no_scope"));
    }
    if wrong.is_empty() { Ok((name, scopes, days)) } else { Err(Error::Invalid(wrong)) }
}

fn note(
    conn: &mut Conn,
    by: &Actor,
    (what, whose, detail): (&str, Id, serde_json::Value),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let entry = Entry { actor: by.id, address: &by.address, what, subject: &whose.to_string(), detail };
    audit::append(conn, &entry, now.into())
}
