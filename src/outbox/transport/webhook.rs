//! Webhooks after Standard Webhooks 1.0.0: signed, with an identity that stays the same over all attempts.
//!
//! The request carries `webhook-id`, `webhook-timestamp` and `webhook-signature`; the body is
//! `{"type": "varsel.<kind>", "timestamp": …, "data": {…}}`. While a secret is being replaced both sign.

use base64::prelude::{BASE64_STANDARD, Engine};
use chrono::{DateTime, SecondsFormat, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;

use super::flaw::Flaw;
use super::http::{Request, Web};
use super::key::web_id;
use super::secret::Secret;
use super::{Letter, Outcome};

const PREFIX: &str = "whsec_";

/// A program that wants to be told, and what it knows us by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// Where to send.
    pub url: Secret,
    /// What to sign with, `whsec_` and Base64.
    pub secret: Secret,
    /// The secret before, while receivers may still know no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_secret: Option<Secret>,
}

/// Draws a new signing secret of 256 bits.
pub fn new_signing_secret() -> Secret {
    let bits: [u8; 32] = rand::random();
    Secret::from(format!("{PREFIX}{}", BASE64_STANDARD.encode(bits)))
}

/// Signs what goes over the wire: `v1,` and the Base64 of an HMAC-SHA256 over identity, time and body.
pub fn signature(secret: &Secret, id: &str, timestamp: i64, body: &[u8]) -> Result<String, Flaw> {
    let key = secret.reveal().strip_prefix(PREFIX).and_then(|text| BASE64_STANDARD.decode(text).ok());
    let key = key.filter(|key| (24..=64).contains(&key.len())).ok_or(Flaw::NotASigningSecret)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| Flaw::NotASigningSecret)?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    Ok(format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes())))
}

impl Webhook {
    /// Says what is wrong with the secrets, if anything is.
    pub(super) fn check(&self) -> Result<(), Flaw> {
        self.secrets().try_for_each(|secret| signature(secret, "", 0, b"").map(drop))
    }

    /// Sends the letter.
    pub(super) async fn send(&self, web: &Web, letter: &Letter, now: DateTime<Utc>) -> Outcome {
        let (id, body) = (web_id(&letter.key), body(letter));
        let signatures =
            self.secrets().map(|secret| signature(secret, &id, now.timestamp(), &body)).collect::<Result<Vec<_>, _>>();
        let signatures = match signatures {
            Ok(signatures) => signatures.join(" "),
            Err(flaw) => return Outcome::refused(flaw.to_string()),
        };
        let headers =
            [("webhook-id", id), ("webhook-timestamp", now.timestamp().to_string()), ("webhook-signature", signatures)]
                .into_iter()
                .filter_map(|(name, value)| Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?)))
                .collect();
        let secrets = self.secrets().map(Secret::reveal).collect();
        web.send(Request { headers, secrets, ..Request::json(&self.url, body) }, now).await
    }

    fn secrets(&self) -> impl Iterator<Item = &Secret> {
        std::iter::once(&self.secret).chain(&self.old_secret)
    }
}

/// The body: the letter's own particulars, and over them what every letter has.
fn body(letter: &Letter) -> Vec<u8> {
    let mut data = match &letter.data {
        Value::Object(particulars) => particulars.clone(),
        Value::Null => serde_json::Map::new(),
        other => serde_json::Map::from_iter([("value".to_owned(), other.clone())]),
    };
    for (name, value) in [
        ("key", json!(letter.key)),
        ("attempt", json!(letter.attempt)),
        ("subject", json!(letter.subject)),
        ("text", json!(letter.text)),
        ("link", json!(letter.link)),
        ("lang", json!(letter.lang)),
        ("urgent", json!(letter.urgent)),
    ] {
        data.insert(name.to_owned(), value);
    }
    let timestamp = letter.created_at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    json!({ "type": format!("varsel.{}", letter.kind), "timestamp": timestamp, "data": data }).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_one_that_the_standard_publishes() {
        let secret = Secret::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signed = signature(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signed.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_is_long_random_and_known_by_its_prefix() {
        let (one, other) = (new_signing_secret(), new_signing_secret());
        assert_ne!(one.reveal(), other.reveal());
        assert!(signature(&one, "a", 0, b"").is_ok());
        for wrong in ["", "whsec_", "whsec_abc", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_¤"] {
            assert_eq!(signature(&Secret::from(wrong), "a", 0, b"").unwrap_err(), Flaw::NotASigningSecret, "{wrong}");
        }
    }
}
