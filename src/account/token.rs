//! Secrets that are handed out once: 256 random bits for the holder, only their hash for us.

use crate::digest::{hex, sha256};

/// A secret to hand out, and what we keep of it.
pub struct Token {
    /// For the holder, as text fit for a URL or a cookie.
    pub secret: String,
    /// For the database.
    pub hash: String,
}

impl Token {
    /// Draws a new one from the system's random source.
    pub fn draw() -> Self {
        let bits: [u8; 32] = rand::random();
        let secret = hex(&bits);
        let hash = hash(&secret);
        Self { secret, hash }
    }
}

/// Answers what we would have kept of this secret. The secret has 256 bits, so a plain hash is enough.
pub fn hash(secret: &str) -> String {
    sha256(secret.as_bytes())
}
