//! Heads of the chain that are signed, so that they can be sent out: who keeps one can show later what the chain was.
//!
//! A signed head is one word: `NUMBER:DIGEST@INSTANT/SIGNATURE`. The signature is Ed25519 (RFC 8032) over the words
//! `varsel audit head`, a blank, and everything before the slash; it is written in base64 for addresses, without padding.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat, Utc};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use super::Head;
use crate::seal;

const MEANING: &str = "varsel audit head";

/// The key that signs. Cheap to clone; its `Debug` says nothing of it.
#[derive(Clone)]
pub struct Signer(Arc<Ed25519KeyPair>);

impl Signer {
    /// Reads a key as the operator gives it: the base64 of 32 bytes.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub fn parse(text: &str) -> Result<Self, String> {
        let seed = BASE64_STANDARD.decode(text.trim()).ok();
        let pair = seed.and_then(|seed| Ed25519KeyPair::from_seed_unchecked(&seed).ok());
        pair.map(|pair| Self(Arc::new(pair))).ok_or_else(|| {
            "VARSEL_SIGNING_KEY is not the base64 of 32 bytes; make one with «openssl rand -base64 32».".to_owned()
        })
    }

    /// Reads the key that lies in a file, and draws one and keeps it there when there is none.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub fn kept_in(path: &Path) -> Result<Self, String> {
        Self::parse(&seal::kept(path)?)
            .map_err(|_| format!("The key in {} is not the base64 of 32 bytes.", path.display()))
    }

    /// The key that others check with, in base64.
    #[must_use]
    pub fn public_key(&self) -> String {
        BASE64_STANDARD.encode(self.0.public_key().as_ref())
    }

    /// Signs a head as it was at an instant.
    #[must_use]
    pub fn sign(&self, head: &Head, at: DateTime<Utc>) -> Signed {
        let said = said(head, at);
        let signature = self.0.sign(format!("{MEANING} {said}").as_bytes());
        Signed { head: head.clone(), said, signature: BASE64_URL_SAFE_NO_PAD.encode(signature.as_ref()) }
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer")
    }
}

fn said(head: &Head, at: DateTime<Utc>) -> String {
    format!("{head}@{}", at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A head that somebody signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The head.
    pub head: Head,
    said: String,
    signature: String,
}

impl Signed {
    /// Whether the holder of this public key signed it.
    #[must_use]
    pub fn holds(&self, public_key: &str) -> bool {
        let key = BASE64_STANDARD.decode(public_key.trim()).unwrap_or_default();
        let signature = BASE64_URL_SAFE_NO_PAD.decode(&self.signature).unwrap_or_default();
        let said = format!("{MEANING} {}", self.said);
        UnparsedPublicKey::new(&ED25519, key).verify(said.as_bytes(), &signature).is_ok()
    }
}

impl std::fmt::Display for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.said, self.signature)
    }
}

/// A head that was noted earlier: as it is printed, or signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noted {
    /// Number and digest alone.
    Plain(Head),
    /// With a signature.
    Signed(Signed),
}

impl Noted {
    /// The head itself.
    #[must_use]
    pub fn head(&self) -> &Head {
        match self {
            Self::Plain(head) | Self::Signed(Signed { head, .. }) => head,
        }
    }
}

impl FromStr for Noted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text: String = text.split_whitespace().collect();
        let Some((said, signature)) = text.split_once('/') else { return text.parse().map(Self::Plain) };
        let (head, _) = said.split_once('@').ok_or("a signed head reads 12:9f86…@2026-…/…")?;
        Ok(Self::Signed(Signed { head: head.parse()?, said: said.to_owned(), signature: signature.to_owned() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_head_holds_as_long_as_nothing_of_it_is_changed() {
        let signer = Signer::parse(&BASE64_STANDARD.encode([7; 32])).unwrap();
        let other = Signer::parse(&BASE64_STANDARD.encode([8; 32])).unwrap();
        let head = Head { number: 12, digest: "9f86d081".into() };
        let word = signer.sign(&head, DateTime::UNIX_EPOCH).to_string();
        assert!(word.starts_with("12:9f86d081@1970-01-01T00:00:00Z/"), "{word}");
        let read = |word: &str| match word.parse::<Noted>().unwrap() {
            Noted::Signed(signed) => signed,
            Noted::Plain(_) => panic!("{word}"),
        };
        assert_eq!(read(&word).head, head);
        assert!(read(&word).holds(&signer.public_key()) && !read(&word).holds(&other.public_key()));
        // Mail programs break long lines.
        assert!(read(&format!("{}\r\n {}", &word[..40], &word[40..])).holds(&signer.public_key()));
        for spoilt in [word.replace("12:", "13:"), word.replace("1970", "1971"), word.replace("9f86", "9f87")] {
            assert!(!read(&spoilt).holds(&signer.public_key()), "{spoilt}");
        }
        assert!(!read("1:a@b/").holds(&signer.public_key()));
        assert_eq!("12:9f86d081".parse(), Ok(Noted::Plain(head)));
        for wrong in ["", "12", "x:y", "12:a/b"] {
            assert!(wrong.parse::<Noted>().is_err(), "{wrong}");
        }
        assert!(Signer::parse("kort").unwrap_err().contains("VARSEL_SIGNING_KEY"));
    }
}
