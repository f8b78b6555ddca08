//! The signature of an identity token (RFC 7515), with the provider's public keys (RFC 7517) and nothing but those.
//!
//! Which algorithm is right follows from the kind of key, not from what the token says: a token that names another one,
//! none, or one with a shared secret, has no key here that fits.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::signature::{
    self, ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, RsaParameters, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The longest token that is read.
const LONGEST: usize = 256 * 1024;

/// What is wrong with a token's form or signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It is not three parts of base64 with JSON in the first two.
    Malformed,
    /// It is signed in a way that is not trusted here.
    Algorithm,
    /// None of the keys is the one it names.
    UnknownKey,
    /// The signature is not that of the key.
    Signature,
}

impl Flaw {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Algorithm => "alg",
            Self::UnknownKey => "kid",
            Self::Signature => "signature",
        }
    }
}

/// A public key of the provider.
#[derive(Clone, Debug)]
pub(super) struct Key {
    kid: Option<String>,
    alg: Option<String>,
    material: Material,
}

#[derive(Clone, Debug)]
enum Material {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
    P384(Vec<u8>),
    Ed25519(Vec<u8>),
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// Reads a set of keys; those of a kind that is not used here, or for another use, are passed over.
pub(super) fn keys(set: &Value) -> Option<Vec<Key>> {
    let all = set.get("keys")?.as_array()?;
    Some(all.iter().filter_map(|jwk| Jwk::deserialize(jwk).ok()).filter_map(key).collect())
}

fn key(jwk: Jwk) -> Option<Key> {
    if jwk.purpose.is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let bytes = |text: Option<String>| BASE64_URL_SAFE_NO_PAD.decode(text?).ok();
    // Ring wants a number without zeros before it.
    let number = |text| bytes(text).map(|all| all.into_iter().skip_while(|byte| *byte == 0).collect::<Vec<u8>>());
    let point = |x, y, size| {
        let (x, y) = (bytes(x)?, bytes(y)?);
        (x.len() == size && y.len() == size).then(|| [&[4], x.as_slice(), &y].concat())
    };
    let material = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
        ("RSA", _) => Material::Rsa { n: number(jwk.n)?, e: number(jwk.e)? },
        ("EC", Some("P-256")) => Material::P256(point(jwk.x, jwk.y, 32)?),
        ("EC", Some("P-384")) => Material::P384(point(jwk.x, jwk.y, 48)?),
        ("OKP", Some("Ed25519")) => Material::Ed25519(bytes(jwk.x).filter(|x| x.len() == 32)?),
        _ => return None,
    };
    Some(Key { kid: jwk.kid, alg: jwk.alg, material })
}

impl Key {
    /// Whether it is the key that a token names, and of a kind that signs in the way the token names.
    fn fits(&self, header: &Header) -> bool {
        let same = |own: &Option<String>, named: &Option<String>| own.is_none() || named.is_none() || own == named;
        let kind = match self.material {
            Material::Rsa { .. } => rsa(&header.alg).is_some(),
            Material::P256(_) => header.alg == "ES256",
            Material::P384(_) => header.alg == "ES384",
            Material::Ed25519(_) => matches!(header.alg.as_str(), "EdDSA" | "Ed25519"),
        };
        kind && same(&self.kid, &header.kid) && self.alg.as_ref().is_none_or(|alg| *alg == header.alg)
    }

    fn signed(&self, alg: &str, said: &[u8], signature: &[u8]) -> bool {
        let plain = |how: &'static dyn signature::VerificationAlgorithm, key: &[u8]| {
            UnparsedPublicKey::new(how, key).verify(said, signature).is_ok()
        };
        match &self.material {
            Material::Rsa { n, e } => {
                rsa(alg).is_some_and(|how| RsaPublicKeyComponents { n, e }.verify(how, said, signature).is_ok())
            }
            Material::P256(key) => plain(&ECDSA_P256_SHA256_FIXED, key),
            Material::P384(key) => plain(&ECDSA_P384_SHA384_FIXED, key),
            Material::Ed25519(key) => plain(&ED25519, key),
        }
    }
}

/// The ways in which RSA signs, none with keys of less than 2048 bits.
fn rsa(alg: &str) -> Option<&'static RsaParameters> {
    Some(match alg {
        "RS256" => &signature::RSA_PKCS1_2048_8192_SHA256,
        "RS384" => &signature::RSA_PKCS1_2048_8192_SHA384,
        "RS512" => &signature::RSA_PKCS1_2048_8192_SHA512,
        "PS256" => &signature::RSA_PSS_2048_8192_SHA256,
        "PS384" => &signature::RSA_PSS_2048_8192_SHA384,
        "PS512" => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// What must be understood; nothing of the kind is.
    crit: Option<Value>,
}

/// Answers what a token says, if one of these keys has signed it.
pub(super) fn verify(token: &str, keys: &[Key]) -> Result<Map<String, Value>, Flaw> {
    let (said, signature) = token.rsplit_once('.').filter(|_| token.len() <= LONGEST).ok_or(Flaw::Malformed)?;
    let (header, payload) = said.split_once('.').ok_or(Flaw::Malformed)?;
    let bytes = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| Flaw::Malformed);
    let header: Header = serde_json::from_slice(&bytes(header)?).map_err(|_| Flaw::Malformed)?;
    let (payload, signature) = (bytes(payload)?, bytes(signature)?);
    let known = rsa(&header.alg).is_some() || matches!(header.alg.as_str(), "ES256" | "ES384" | "EdDSA" | "Ed25519");
    if header.crit.is_some() || !known {
        return Err(Flaw::Algorithm);
    }
    let mut fitting = keys.iter().filter(|key| key.fits(&header)).peekable();
    if fitting.peek().is_none() {
        return Err(Flaw::UnknownKey);
    }
    if !fitting.any(|key| key.signed(&header.alg, said.as_bytes(), &signature)) {
        return Err(Flaw::Signature);
    }
    serde_json::from_slice(&payload).map_err(|_| Flaw::Malformed)
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
    use serde_json::json;

    use super::*;

    fn base64(bytes: impl AsRef<[u8]>) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    fn said(alg: &str, kid: &str) -> String {
        let header = json!({ "alg": alg, "kid": kid });
        format!("{}.{}", base64(header.to_string()), base64(json!({ "sub": "kari" }).to_string()))
    }

    struct Curve(EcdsaKeyPair);

    impl Curve {
        fn draw() -> Self {
            let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &SystemRandom::new());
            Self(pair.unwrap())
        }

        fn jwk(&self, kid: &str) -> Value {
            let point = self.0.public_key().as_ref();
            json!({ "kty": "EC", "crv": "P-256", "kid": kid, "x": base64(&point[1..33]), "y": base64(&point[33..]) })
        }

        fn token(&self, alg: &str, kid: &str) -> String {
            let said = said(alg, kid);
            let signature = self.0.sign(&SystemRandom::new(), said.as_bytes()).unwrap();
            format!("{said}.{}", base64(signature))
        }
    }

    #[test]
    fn a_token_is_taken_from_the_key_it_names_and_from_no_other() {
        let (own, foreign) = (Curve::draw(), Curve::draw());
        let keys = keys(&json!({ "keys": [{ "kty": "oct", "k": "AAAA" }, own.jwk("a")] })).unwrap();
        let token = own.token("ES256", "a");
        assert_eq!(verify(&token, &keys).unwrap()["sub"], "kari");
        assert_eq!(verify(&own.token("ES256", "b"), &keys), Err(Flaw::UnknownKey));
        assert_eq!(verify(&foreign.token("ES256", "a"), &keys), Err(Flaw::Signature));
        assert_eq!(verify(&own.token("RS256", "a"), &keys), Err(Flaw::UnknownKey), "no key of that kind");
        for alg in ["none", "HS256", "ES512", ""] {
            assert_eq!(verify(&own.token(alg, "a"), &keys), Err(Flaw::Algorithm), "{alg}");
        }
        let (unsigned, _) = token.rsplit_once('.').unwrap();
        assert_eq!(verify(&format!("{unsigned}."), &keys), Err(Flaw::Signature));
        let (head, rest) = token.split_once('.').unwrap();
        let (_, signature) = rest.split_once('.').unwrap();
        let other = base64(json!({ "sub": "ola" }).to_string());
        assert_eq!(verify(&format!("{head}.{other}.{signature}"), &keys), Err(Flaw::Signature));
        for broken in ["", ".", "..", "a.b", "a.b.c", unsigned, &"x".repeat(LONGEST + 1)] {
            assert_eq!(verify(broken, &keys), Err(Flaw::Malformed), "{broken:.20}");
        }
    }

    #[test]
    fn a_key_for_another_use_or_another_way_signs_nothing() {
        let own = Curve::draw();
        let with = |name: &str, value: &str| {
            let mut jwk = own.jwk("a");
            jwk[name] = value.into();
            verify(&own.token("ES256", "a"), &keys(&json!({ "keys": [jwk] })).unwrap())
        };
        assert!(with("use", "sig").is_ok() && with("alg", "ES256").is_ok());
        assert_eq!(with("use", "enc"), Err(Flaw::UnknownKey));
        assert_eq!(with("alg", "ES384"), Err(Flaw::UnknownKey));
        assert_eq!(with("x", "AAAA"), Err(Flaw::UnknownKey));
        assert!(keys(&json!({})).is_none());
        let header = base64(json!({ "alg": "ES256", "crit": ["exp"] }).to_string());
        assert_eq!(verify(&format!("{header}.e30.AAAA"), &[]), Err(Flaw::Algorithm));
    }

    #[test]
    fn edwards_curves_are_taken_under_both_their_names() {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": base64(pair.public_key()) });
        let keys = keys(&json!({ "keys": [jwk] })).unwrap();
        for alg in ["EdDSA", "Ed25519"] {
            let said = said(alg, "whatever");
            let token = format!("{said}.{}", base64(pair.sign(said.as_bytes())));
            assert!(verify(&token, &keys).is_ok(), "{alg}");
        }
    }
}
