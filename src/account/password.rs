//! Passwords: long rather than odd, kept as argon2id, checked off the async threads and few at a time.

mod weak;

use std::sync::OnceLock;

use actix_web::web;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::error::{Error, FieldError};
use weak::{Weakness, weakness};

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
const LONGEST: usize = 256;

// Each hash takes 19 MiB for a moment; this many at a time keeps the process small and guessing slow.
static AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// Answers what is wrong with a password, if anything: its length, or that it would be guessed. `about` is what is known of
/// the person: the e-mail, the name, the company.
pub fn refuse(password: &str, about: &[&str]) -> Option<FieldError> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(FieldError::new("password", "password_short").with("min", SHORTEST));
    }
    if length > LONGEST {
        return Some(FieldError::new("password", "password_long").with("most", LONGEST));
    }
    let code = match weakness(password, about)? {
        Weakness::Own => "password_is_name",
        Weakness::Common => "password_common",
    };
    Some(FieldError::new("password", code))
}

/// Answers the argon2id text to keep.
pub async fn hash(password: String) -> Result<String, Error> {
    let _turn = AT_A_TIME.acquire().await.map_err(Error::internal)?;
    web::block(move || hash_now(&password)).await.map_err(Error::internal)?
}

/// Tells whether the password fits; without a kept text it takes as long and answers no.
pub async fn fits(password: String, kept: Option<String>) -> Result<bool, Error> {
    let _turn = AT_A_TIME.acquire().await.map_err(Error::internal)?;
    let check = move || {
        let known = kept.is_some();
        let kept = kept.map_or_else(decoy, Ok)?;
        let kept = PasswordHash::new(&kept).map_err(Error::internal)?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &kept).is_ok() && known)
    };
    web::block(check).await.map_err(Error::internal)?
}

fn hash_now(password: &str) -> Result<String, Error> {
    Ok(Argon2::default().hash_password(password.as_bytes()).map_err(Error::internal)?.to_string())
}

/// What an unknown account is checked against, so that its answer comes no sooner.
fn decoy() -> Result<String, Error> {
    static DECOY: OnceLock<String> = OnceLock::new();
    match DECOY.get() {
        Some(kept) => Ok(kept.clone()),
        None => hash_now("nobody has this password").map(|made| DECOY.get_or_init(|| made).clone()),
    }
}
