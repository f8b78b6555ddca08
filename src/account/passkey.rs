//! Passkeys (Web Authentication): what a browser is asked, and whether what it answers is right. `webauthn_rp` judges;
//! here stands what is asked of it, and how its values are written down.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use serde_json::Value;
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::{AuthenticationVerificationOptions, SignatureCounterEnforcement};
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialCreationOptions, PublicKeyCredentialUserEntity,
    RegistrationVerificationOptions, UserHandle16, Username,
};
use webauthn_rp::request::{AsciiDomain, ExtensionInfo, PublicKeyCredentialDescriptor, RpId};
use webauthn_rp::response::register::{DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, Registration, RegistrationServerState,
};

use super::store::Account;
use super::store::passkeys::Passkey;
use crate::config::Config;
use crate::db::Id;
use crate::error::Error;

/// How long a browser may take to answer.
pub const LASTS: Duration = Duration::minutes(5);

const HANDLE_BYTES: usize = 16;

/// Whom passkeys are made for: our own host, and the origin that its pages have.
pub struct Party {
    rp: RpId,
    origin: String,
}

/// A question to a browser, and what its answer will be held against.
pub struct Asked {
    /// What the script hands to the browser, as Web Authentication writes it in JSON.
    pub options: Value,
    /// What is kept until the answer.
    pub state: String,
}

/// A key that a browser has just made.
pub struct Made {
    /// What the device calls it.
    pub credential_id: String,
    /// What its signatures are checked with.
    pub public_key: String,
    /// What changes with use.
    pub state: String,
    /// The ways a browser reaches it.
    pub transports: i32,
}

/// Why an answer was not taken, for the log; whoever sent it is told no more than that.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(String);

impl Refusal {
    fn of(why: impl std::fmt::Display) -> Self {
        Self(why.to_string())
    }

    /// One for a reason of our own.
    pub(super) fn new(why: &str) -> Self {
        Self(why.to_owned())
    }
}

/// An answer to the question for any passkey, read and not yet believed.
pub struct Shown(DiscoverableAuthentication<HANDLE_BYTES>);

impl Party {
    /// The one for a browser that asked this host. None where browsers make no passkeys: they want https and a name, or
    /// localhost. Without a public address nobody knows how people reach us, so that only localhost is left.
    #[must_use]
    pub fn of(config: &Config, host: Option<&str>) -> Option<Self> {
        let origin = match &config.public_url {
            Some(public) => public.to_ascii_lowercase(),
            None => format!("http://{}", host?.to_ascii_lowercase()),
        };
        let url = reqwest::Url::parse(&origin).ok()?;
        let name = url.domain()?.to_owned();
        let fits = name == "localhost" || (url.scheme() == "https" && config.public_url.is_some());
        let rp = RpId::Domain(AsciiDomain::try_from(name).ok()?);
        fits.then_some(Self { rp, origin: url.origin().ascii_serialization() })
    }

    /// Asks for a new key that is none of those held.
    ///
    /// # Errors
    /// When what is held cannot be read.
    pub fn ask_new(&self, who: &Account, held: &[Passkey]) -> Result<Asked, Error> {
        let handle = handle(who.id);
        let known = held.iter().map(descriptor).collect::<Result<Vec<_>, _>>()?;
        // Names are for the person's own eyes; one that no device shows gives way to the number of the account.
        let number = who.id.to_string();
        let name = Username::try_from(who.email.as_str()).or_else(|_| Username::try_from(number.as_str()));
        let name = name.map_err(|why| Error::internal(format!("{why:?}")))?;
        let display_name = Nickname::try_from(who.name.as_str()).ok();
        let user = PublicKeyCredentialUserEntity { name, id: &handle, display_name };
        let mut asked = PublicKeyCredentialCreationOptions::passkey(&self.rp, user, known);
        // Wished for, not enforced: phones and password managers know no such protection, and browsers would make no key.
        asked.extensions.cred_protect = CredProtect::UserVerificationRequired(ExtensionInfo::AllowDontEnforceValue);
        let (server, client) = asked.start_ceremony().map_err(|why| Error::internal(format!("{why:?}")))?;
        let state = URL_SAFE_NO_PAD.encode(server.encode().map_err(Error::internal)?);
        Ok(Asked { options: serde_json::to_value(&client).map_err(Error::internal)?, state })
    }

    /// Sees that a key was made as it was asked for, by a person whom the device knew again.
    ///
    /// # Errors
    /// When the answer is to another question, from another page, or not whole.
    pub fn take_new(&self, state: &str, answer: &Value) -> Result<Made, Refusal> {
        let state = URL_SAFE_NO_PAD.decode(state).map_err(Refusal::of)?;
        let state = RegistrationServerState::<HANDLE_BYTES>::decode(&state).map_err(Refusal::of)?;
        let answer = serde_json::to_vec(answer).map_err(Refusal::of)?;
        let answer = Registration::from_json_relaxed(&answer).map_err(Refusal::of)?;
        let options = RegistrationVerificationOptions::<&str, &str> {
            allowed_origins: &[self.origin.as_str()],
            // Browsers and password managers add what nobody asked for; it is left unread.
            error_on_unsolicited_extensions: false,
            ..RegistrationVerificationOptions::default()
        };
        let made = state.verify(&self.rp, &answer, &options).map_err(Refusal::of)?;
        let Ok(public_key) = made.static_state().encode();
        let Ok(state) = made.dynamic_state().encode();
        let Ok(transports) = made.transports().encode();
        Ok(Made {
            credential_id: URL_SAFE_NO_PAD.encode(made.id().as_ref()),
            public_key: URL_SAFE_NO_PAD.encode(public_key),
            state: URL_SAFE_NO_PAD.encode(state),
            transports: transports.into(),
        })
    }

    /// Asks for any passkey of ours.
    ///
    /// # Errors
    /// When the question cannot be written down.
    pub fn ask_any(&self) -> Result<Asked, Error> {
        let asked = DiscoverableCredentialRequestOptions::passkey(&self.rp).start_ceremony();
        let (server, client) = asked.map_err(|why| Error::internal(format!("{why:?}")))?;
        let state = URL_SAFE_NO_PAD.encode(server.encode().map_err(Error::internal)?);
        Ok(Asked { options: serde_json::to_value(&client).map_err(Error::internal)?, state })
    }

    /// Sees that an answer was signed with this key, to this question, on a page of ours, by a person whom the device knew
    /// again, and that no copy of the key has signed in the meantime. Answers what changed.
    ///
    /// # Errors
    /// When any of it is not so.
    pub fn take(&self, state: &str, shown: &Shown, kept: &Passkey) -> Result<String, Refusal> {
        let state = URL_SAFE_NO_PAD.decode(state).map_err(Refusal::of)?;
        let state = DiscoverableAuthenticationServerState::decode(&state).map_err(Refusal::of)?;
        let id = URL_SAFE_NO_PAD.decode(&kept.credential_id).map_err(Refusal::of)?;
        let id = CredentialId::<&[u8]>::decode(&id).map_err(Refusal::of)?;
        let public_key = URL_SAFE_NO_PAD.decode(&kept.public_key).map_err(Refusal::of)?;
        let public_key = StaticState::decode(public_key.as_slice()).map_err(Refusal::of)?;
        let changing = URL_SAFE_NO_PAD.decode(&kept.state).map_err(Refusal::of)?;
        let changing = changing.try_into().map_err(|_| Refusal::new("a state of another length"))?;
        let changing = DynamicState::decode(changing).map_err(Refusal::of)?;
        let handle = handle(kept.account_id);
        let mut key = AuthenticatedCredential::new(id, &handle, public_key, changing).map_err(Refusal::of)?;
        let options = AuthenticationVerificationOptions::<&str, &str> {
            allowed_origins: &[self.origin.as_str()],
            error_on_unsolicited_extensions: false,
            sig_counter_enforcement: SignatureCounterEnforcement::Fail,
            ..AuthenticationVerificationOptions::default()
        };
        state.verify(&self.rp, &shown.0, &mut key, &options).map_err(Refusal::of)?;
        let Ok(changed) = key.dynamic_state().encode();
        Ok(URL_SAFE_NO_PAD.encode(changed))
    }
}

impl Shown {
    /// Reads an answer.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(answer: &Value) -> Result<Self, Refusal> {
        let answer = serde_json::to_vec(answer).map_err(Refusal::of)?;
        DiscoverableAuthentication::from_json_relaxed(&answer).map(Self).map_err(Refusal::of)
    }

    /// What the device calls the key.
    #[must_use]
    pub fn credential_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.raw_id().as_ref())
    }
}

/// What a device knows a person by: the number of the account, which tells nothing of them.
fn handle(of: Id) -> UserHandle16 {
    let Ok(handle) = UserHandle16::decode(of.bytes());
    handle
}

fn descriptor(held: &Passkey) -> Result<PublicKeyCredentialDescriptor<Vec<u8>>, Error> {
    let id = URL_SAFE_NO_PAD.decode(&held.credential_id).map_err(Error::internal)?;
    let id = CredentialId::<Vec<u8>>::decode(id).map_err(Error::internal)?;
    let transports = u8::try_from(held.transports).map_err(Error::internal)?;
    let transports = AuthTransports::decode(transports).map_err(Error::internal)?;
    Ok(PublicKeyCredentialDescriptor { id, transports })
}
