//! Keeps secrets that must be stored: they are sealed with the operator's key and opened only to be used.
//!
//! A sealed text is `v1.` and the base64 of a random nonce and the encrypted text with its tag (ChaCha20-Poly1305, RFC
//! 8439). Where it belongs goes into the tag, so that a sealed text copied to another place does not open there.

use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;

use crate::digest::hex;
use crate::private;

/// Chooses the one library that does cryptography for every TLS connection of this process; later calls change nothing.
pub fn choose_cryptography() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// How every sealed text begins.
pub const MARK: &str = "v1.";
const KEY_BYTES: usize = 32;

/// The operator's key. Cheap to clone; its `Debug` says nothing of it.
#[derive(Clone)]
pub struct Seal(Arc<Keys>);

/// What is made from the operator's key: one key to seal with, one to find things by.
struct Keys {
    cipher: LessSafeKey,
    lookup: hmac::Key,
}

impl Seal {
    /// Reads a key as the operator gives it: the base64 of 32 bytes.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bytes = BASE64_STANDARD.decode(text.trim()).ok().filter(|bytes| bytes.len() == KEY_BYTES);
        let keys = bytes.and_then(|bytes| {
            let cipher = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok()?);
            let derived = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &bytes), b"varsel lookup");
            Some(Keys { cipher, lookup: hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()) })
        });
        keys.map(|keys| Self(Arc::new(keys))).ok_or_else(|| {
            "VARSEL_SECRET_KEY is not the base64 of 32 bytes; make one with «openssl rand -base64 32».".to_owned()
        })
    }

    /// Reads the key that lies in a file, and draws one and keeps it there when there is none.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub fn kept_in(path: &Path) -> Result<Self, String> {
        Self::parse(&kept(path)?).map_err(|_| format!("The key in {} is not the base64 of 32 bytes.", path.display()))
    }

    /// Seals a text for one place, named by `place`, as `channel 0192…`.
    ///
    /// # Errors
    /// When the machine's cipher refuses, which it has no reason to.
    pub fn seal(&self, place: &str, text: &str) -> Result<String, Broken> {
        self.seal_bytes(place, text.as_bytes())
    }

    /// Seals bytes for one place.
    ///
    /// # Errors
    /// When the machine's cipher refuses, which it has no reason to.
    pub fn seal_bytes(&self, place: &str, plain: &[u8]) -> Result<String, Broken> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut bytes = plain.to_vec();
        let aad = Aad::from(place.as_bytes());
        self.0
            .cipher
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut bytes)
            .map_err(|_| Broken)?;
        Ok(format!("{MARK}{}", BASE64_STANDARD.encode([nonce.as_slice(), &bytes].concat())))
    }

    /// A keyed hash by which the same text is found again, and by which nobody without the key finds the text.
    pub fn lookup(&self, text: &str) -> String {
        hex(&hmac::sign(&self.0.lookup, text.as_bytes()).as_ref()[..16])
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// When it was sealed with another key, for another place, or was changed.
    pub fn open(&self, place: &str, sealed: &str) -> Result<String, Broken> {
        String::from_utf8(self.open_bytes(place, sealed)?).map_err(|_| Broken)
    }

    /// Opens bytes that were sealed for this place.
    ///
    /// # Errors
    /// When they were sealed with another key, for another place, or were changed.
    pub fn open_bytes(&self, place: &str, sealed: &str) -> Result<Vec<u8>, Broken> {
        let bytes = sealed.strip_prefix(MARK).and_then(|rest| BASE64_STANDARD.decode(rest).ok()).ok_or(Broken)?;
        let (nonce, rest) = bytes.split_at_checked(NONCE_LEN).ok_or(Broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Broken)?;
        let mut rest = rest.to_vec();
        let plain = self.0.cipher.open_in_place(nonce, Aad::from(place.as_bytes()), &mut rest).map_err(|_| Broken)?;
        Ok(plain.to_vec())
    }
}

/// The key that lies in a file as the base64 of 32 bytes; one is drawn and kept there when there is none.
pub(crate) fn kept(path: &Path) -> Result<String, String> {
    use std::io::Write;
    let cannot = |why: std::io::Error| format!("The key {} cannot be kept: {why}.", path.display());
    match private::new_file(path) {
        Ok(mut file) => {
            let drawn: [u8; KEY_BYTES] = rand::random();
            let text = BASE64_STANDARD.encode(drawn);
            file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(cannot)?;
            Ok(text)
        }
        Err(why) if why.kind() == std::io::ErrorKind::AlreadyExists => std::fs::read_to_string(path).map_err(cannot),
        Err(why) => Err(cannot(why)),
    }
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

/// A sealed text that does not open with this key at this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed text does not open: another key (VARSEL_SECRET_KEY), or it was changed")]
pub struct Broken;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_at_its_place_with_its_key_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let (seal, again) = (Seal::kept_in(&path).unwrap(), Seal::kept_in(&path).unwrap());
        let sealed = seal.seal("channel a", "https://hooks.example/T0/hemmelig").unwrap();
        assert!(
            !sealed.contains("hemmelig")
                && sealed != seal.seal("channel a", "https://hooks.example/T0/hemmelig").unwrap()
        );
        assert_eq!(again.open("channel a", &sealed).unwrap(), "https://hooks.example/T0/hemmelig");
        assert_eq!(seal.open("channel b", &sealed), Err(Broken));
        assert_eq!(Seal::kept_in(&folder.path().join("other")).unwrap().open("channel a", &sealed), Err(Broken));
        for spoilt in ["", "v1.", "v1.AAAA", &sealed[..sealed.len() - 4], &sealed.replace("v1.", "v2.")] {
            assert_eq!(seal.open("channel a", spoilt), Err(Broken), "{spoilt}");
        }
        assert_eq!(seal.lookup("kari@smbmobil.example"), again.lookup("kari@smbmobil.example"));
        let other = Seal::kept_in(&folder.path().join("other")).unwrap();
        assert_ne!(seal.lookup("kari@smbmobil.example"), other.lookup("kari@smbmobil.example"));
        assert!(Seal::parse("kort").unwrap_err().contains("VARSEL_SECRET_KEY"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
