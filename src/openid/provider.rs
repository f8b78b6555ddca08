//! The provider itself: where its doors are, which keys it signs with, and the exchange of a code for a person.
//!
//! Nothing is asked before somebody wants in. What the provider says of itself is believed for an hour; its keys are
//! read anew when a token names one that is not known.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Client, RequestBuilder, StatusCode, Url, redirect};
use rustls::ClientConfig;
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::claims::{self, Expected};
use super::setup::is_safe;
use super::token::{self, Flaw, Key};
use super::{Fault, Person, Setup};
use crate::outbox::transport::trusted;

/// How long what the provider says of itself is believed.
const BELIEVED: TimeDelta = TimeDelta::hours(1);
const CONNECT: Duration = Duration::from_secs(5);
const TOTAL: Duration = Duration::from_secs(10);
/// No answer of a provider is longer, in bytes.
const MOST_READ: usize = 1024 * 1024;

/// The identity provider of the company. A clone is the same one.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    setup: Setup,
    client: Client,
    known: Mutex<Option<Arc<Known>>>,
}

/// What the provider said of itself, and when.
struct Known {
    doors: Doors,
    keys: Vec<Key>,
    at: DateTime<Utc>,
}

/// The addresses of the provider, as its discovery document has them.
#[derive(Clone, Debug, Deserialize)]
struct Doors {
    issuer: String,
    authorization_endpoint: Place,
    token_endpoint: Place,
    jwks_uri: Place,
    userinfo_endpoint: Option<Place>,
    end_session_endpoint: Option<Place>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// An address of the provider where nobody on the way can listen.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Place(Url);

impl TryFrom<String> for Place {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match Url::parse(&text) {
            Ok(url) if is_safe(&url) => Ok(Self(url)),
            _ => Err(format!("the address {text} is not https")),
        }
    }
}

/// What belongs to one sign-in.
pub(super) struct Secrets {
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// What came back with the browser.
pub(super) struct Returned<'a> {
    pub code: &'a str,
    pub verifier: &'a str,
    pub nonce_hash: &'a str,
    pub redirect: &'a str,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Provider").field(&self.0.setup.issuer).finish()
    }
}

impl Provider {
    pub(super) fn new(setup: Setup, http_ca: Option<&Path>) -> Result<Self, String> {
        let wrong =
            |why: &dyn std::fmt::Display| format!("The client for the identity provider cannot be made: {why}.");
        let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|why| wrong(&why))?
            .with_root_certificates(trusted(http_ca)?)
            .with_no_client_auth();
        let client = Client::builder()
            .user_agent(concat!("varsel/", env!("CARGO_PKG_VERSION")))
            .tls_backend_preconfigured(tls)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(TOTAL)
            .build()
            .map_err(|why| wrong(&why))?;
        Ok(Self(Arc::new(Inner { setup, client, known: Mutex::new(None) })))
    }

    /// What the operator has said of it.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.0.setup
    }

    /// Where the browser is sent to sign in.
    pub(super) async fn way_in(
        &self,
        secrets: &Secrets,
        (redirect, lang): (&str, &str),
        now: DateTime<Utc>,
    ) -> Result<String, Fault> {
        let known = self.known(now).await?;
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(secrets.verifier.as_bytes()));
        let mut url = known.doors.authorization_endpoint.0.clone();
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", self.0.setup.client_id.as_str()),
            ("redirect_uri", redirect),
            ("scope", &self.0.setup.scopes),
            ("state", &secrets.state),
            ("nonce", &secrets.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("ui_locales", lang),
        ]);
        Ok(url.into())
    }

    /// Where the browser is sent to sign out there as well, if the provider has such a place.
    pub(super) async fn way_out(&self, back: &str, now: DateTime<Utc>) -> Result<Option<String>, Fault> {
        let Some(Place(mut url)) = self.known(now).await?.doors.end_session_endpoint.clone() else { return Ok(None) };
        let about = [("client_id", self.0.setup.client_id.as_str()), ("post_logout_redirect_uri", back)];
        url.query_pairs_mut().extend_pairs(about);
        Ok(Some(url.into()))
    }

    /// Checks the issuer that an answer names; one that never names it is trusted only where it does not promise to.
    pub(super) async fn check_issuer(&self, named: Option<&str>, now: DateTime<Utc>) -> Result<(), Fault> {
        let promised = self.known(now).await?.doors.authorization_response_iss_parameter_supported;
        match named {
            Some(named) if named == self.0.setup.issuer => Ok(()),
            None if !promised => Ok(()),
            _ => Err(Fault::Issuer),
        }
    }

    /// Exchanges a code for a person.
    pub(super) async fn identify(&self, returned: &Returned<'_>, now: DateTime<Utc>) -> Result<Person, Fault> {
        let known = self.known(now).await?;
        let setup = &self.0.setup;
        let answer = self.exchange(&known.doors, returned).await?;
        let word = |name: &str| answer.get(name).and_then(Value::as_str);
        let id_token = word("id_token").ok_or_else(|| odd("The answer to the code has no id_token."))?;
        let mut said = match token::verify(id_token, &known.keys) {
            Err(Flaw::UnknownKey) => token::verify(id_token, &self.read(now).await?.keys),
            told => told,
        }
        .map_err(|flaw| Fault::Token(flaw.words()))?;
        let expected = Expected { issuer: &setup.issuer, client_id: &setup.client_id, nonce_hash: returned.nonce_hash };
        let subject = claims::check(&said, &expected, now)?;
        let lacks = |name: &str| claims::find(&said, name).is_none();
        let incomplete = lacks(&setup.groups_claim) || lacks("email") || lacks("name");
        // Some providers tell of a person only where they are asked for that; a few more words never replace signed ones.
        if let (true, Some(Place(url)), Some(access)) =
            (incomplete, &known.doors.userinfo_endpoint, word("access_token"))
        {
            for (name, value) in self.userinfo(url, access, &subject).await? {
                said.entry(name).or_insert(value);
            }
        }
        if claims::has_overage(&said, &setup.groups_claim) {
            return Err(Fault::Overage);
        }
        Ok(claims::person(&said, (&setup.issuer, subject), &setup.groups_claim))
    }

    async fn exchange(&self, doors: &Doors, returned: &Returned<'_>) -> Result<Map<String, Value>, Fault> {
        let setup = &self.0.setup;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", returned.code),
            ("redirect_uri", returned.redirect),
            ("code_verifier", returned.verifier),
        ];
        let methods = doors.token_endpoint_auth_methods_supported.as_deref();
        // RFC 8414: who names no method takes the secret in the header.
        let in_header = methods.is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic"));
        let mut request = self.0.client.post(doors.token_endpoint.0.clone());
        if in_header {
            let pair = format!("{}:{}", encoded(&setup.client_id), encoded(setup.client_secret.reveal()));
            request = request.header(AUTHORIZATION, format!("Basic {}", BASE64_STANDARD.encode(pair)));
        } else {
            form.extend([("client_id", setup.client_id.as_str()), ("client_secret", setup.client_secret.reveal())]);
        }
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form_of(&form));
        let (status, body) = fetch(request).await?;
        let answer = object(&body, "The answer to the code");
        match answer {
            Ok(answer) if status == StatusCode::OK => Ok(answer),
            Ok(answer) if answer.contains_key("error") => Err(refused(&answer)),
            Err(why) if status == StatusCode::OK => Err(why),
            _ if status.is_server_error() => Err(Fault::Away(format!("the token endpoint answered {status}"))),
            _ => Err(odd(&format!("The token endpoint answered {status}."))),
        }
    }

    async fn userinfo(&self, url: &Url, access: &str, subject: &str) -> Result<Map<String, Value>, Fault> {
        let request = self.0.client.get(url.clone()).header(AUTHORIZATION, format!("Bearer {access}"));
        let (status, body) = fetch(request).await?;
        if status != StatusCode::OK {
            return Err(odd(&format!("The userinfo endpoint answered {status}.")));
        }
        let told = object(&body, "The answer about the person")?;
        match told.get("sub").and_then(Value::as_str) {
            Some(about) if about == subject => Ok(told),
            _ => Err(Fault::Token("userinfo sub")),
        }
    }

    /// What the provider says of itself, asked again when that is too old.
    async fn known(&self, now: DateTime<Utc>) -> Result<Arc<Known>, Fault> {
        let known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match known {
            // A clock that was put back makes nothing fresh for ever.
            Some(known) if (now - known.at).abs() < BELIEVED => Ok(known),
            _ => self.read(now).await,
        }
    }

    async fn read(&self, now: DateTime<Utc>) -> Result<Arc<Known>, Fault> {
        let issuer = &self.0.setup.issuer;
        let place = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let doors: Doors = serde_json::from_value(Value::Object(self.document(&place).await?))
            .map_err(|why| odd(&format!("The provider's description of itself cannot be used: {why}.")))?;
        if doors.issuer != *issuer {
            return Err(odd(&format!("The provider calls itself «{}», not «{issuer}».", doors.issuer)));
        }
        let set = Value::Object(self.document(doors.jwks_uri.0.as_str()).await?);
        let keys = token::keys(&set).ok_or_else(|| odd("The provider's keys are no set of keys."))?;
        let known = Arc::new(Known { doors, keys, at: now });
        *self.0.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        Ok(known)
    }

    async fn document(&self, place: &str) -> Result<Map<String, Value>, Fault> {
        let (status, body) = fetch(self.0.client.get(place).header(ACCEPT, "application/json")).await?;
        match status {
            StatusCode::OK => object(&body, place),
            status if status.is_server_error() => Err(Fault::Away(format!("{place} answered {status}"))),
            status => Err(odd(&format!("{place} answered {status}."))),
        }
    }
}

fn odd(why: &str) -> Fault {
    Fault::Answer(why.to_owned())
}

/// What the token endpoint says when it says no.
fn refused(answer: &Map<String, Value>) -> Fault {
    let word = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default();
    refusal(word("error"), word("error_description"))
}

/// A refusal of the provider, cut to what a page can show.
pub(super) fn refusal(code: &str, words: &str) -> Fault {
    let cut = |text: &str, most| {
        let flat = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        flat.collect::<Vec<_>>().join(" ").chars().take(most).collect::<String>()
    };
    Fault::Refused { code: cut(code, 60), words: cut(words, 400) }
}

fn object(body: &[u8], what: &str) -> Result<Map<String, Value>, Fault> {
    serde_json::from_slice(body).map_err(|_| odd(&format!("{what} is not a JSON object.")))
}

async fn fetch(request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), Fault> {
    // The address of a request may hold a code.
    let away = |why: reqwest::Error| Fault::Away(why.without_url().to_string());
    let mut answer = request.send().await.map_err(away)?;
    let (status, mut body) = (answer.status(), Vec::new());
    while let Some(chunk) = answer.chunk().await.map_err(away)? {
        if body.len() + chunk.len() > MOST_READ {
            return Err(odd("An answer of the provider is too long."));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((status, body))
}

fn form_of(pairs: &[(&str, &str)]) -> String {
    let Ok(mut url) = Url::parse("form:") else { return String::new() };
    url.query_pairs_mut().extend_pairs(pairs);
    url.query().unwrap_or_default().to_owned()
}

/// RFC 6749, 2.3.1: the two halves of the header are encoded as in a form.
fn encoded(text: &str) -> String {
    form_of(&[("", text)]).trim_start_matches('=').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_into_a_form_is_encoded_and_nothing_is_lost() {
        assert_eq!(form_of(&[("code", "a&b=c"), ("x", "æ ø")]), "code=a%26b%3Dc&x=%C3%A6+%C3%B8");
        assert_eq!(encoded("a:b%=+"), "a%3Ab%25%3D%2B");
        assert_eq!(encoded("=="), "%3D%3D");
    }

    #[test]
    fn what_a_provider_says_is_cut_to_one_line() {
        let Fault::Refused { code, words } = refusal("access_denied", &format!("Nei\n\u{7} {}", "x".repeat(900)))
        else {
            panic!()
        };
        assert_eq!((code.as_str(), words.chars().count()), ("access_denied", 400));
        assert!(words.starts_with("Nei xxx"));
    }
}
