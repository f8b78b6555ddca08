//! A device that holds passkeys, in a few lines: what a browser and its authenticator do together, and what they never would.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// One passkey on a device. Every field may be set to what an attacker would have there.
pub struct Device {
    key: Ed25519KeyPair,
    pub id: Vec<u8>,
    /// Whom the device believes to sign in.
    pub handle: Value,
    /// The origin that the browser writes down.
    pub origin: String,
    /// Whose page it is.
    pub rp: String,
    /// How often it has signed.
    pub count: u32,
    /// Whether the device knew its owner again.
    pub verifies: bool,
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Device {
    pub fn new(origin: &str) -> Device {
        let mut drawn = [0_u8; 48];
        SystemRandom::new().fill(&mut drawn).unwrap();
        let key = Ed25519KeyPair::from_seed_unchecked(&drawn[..32]).unwrap();
        let id = drawn[32..].to_vec();
        let (origin, rp) = (origin.to_owned(), "localhost".to_owned());
        Device { key, id, handle: Value::Null, origin, rp, count: 1, verifies: true }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let data =
            json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false });
        data.to_string().into_bytes()
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = Sha256::digest(self.rp.as_bytes()).to_vec();
        data.push(PRESENT | verified | more);
        data.extend(self.count.to_be_bytes());
        data
    }

    fn credential(&self, response: Value) -> Value {
        json!({ "id": text(&self.id), "rawId": text(&self.id), "type": "public-key", "response": response,
                "authenticatorAttachment": "platform", "clientExtensionResults": {} })
    }

    /// Makes the key that is asked for.
    pub fn make(&mut self, options: &Value) -> Value {
        self.handle = options["user"]["id"].clone();
        let mut data = self.data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        // COSE, RFC 9053: an Ed25519 key for EdDSA.
        data.extend([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20]);
        data.extend(self.key.public_key().as_ref());
        let mut attested = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        attested.push(u8::try_from(data.len()).unwrap());
        attested.extend(data);
        let client = self.client_data("webauthn.create", options);
        self.credential(json!({
            "clientDataJSON": text(&client), "attestationObject": text(&attested), "transports": ["internal"],
        }))
    }

    /// Signs what is asked.
    pub fn sign(&mut self, options: &Value) -> Value {
        self.count += 1;
        let client = self.client_data("webauthn.get", options);
        let data = self.data(0);
        let signed = [data.as_slice(), Sha256::digest(&client).as_slice()].concat();
        let signature = self.key.sign(&signed);
        self.credential(json!({
            "clientDataJSON": text(&client), "authenticatorData": text(&data), "signature": text(signature.as_ref()),
            "userHandle": self.handle,
        }))
    }
}
