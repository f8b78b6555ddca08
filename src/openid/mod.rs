//! Signing in by the company's own identity provider: OpenID Connect, the authorisation code with PKCE.
//!
//! The browser is sent to the provider with a secret of its own in a cookie; what comes back is taken once, exchanged for
//! an identity token over a connection of ours, and checked with the same library that does all other cryptography here
//! (ring): no second one comes in, and none that knows how to sign with RSA. What the token says of groups gives roles.

pub mod actions;
mod claims;
mod fault;
pub mod pages;
mod provider;
mod setup;
pub mod store;
mod token;

pub use claims::Person;
pub use fault::Fault;
pub use provider::Provider;
pub use setup::{OpenIdOptions, Setup};

/// The way in by the identity provider, where the operator has named one.
#[derive(Clone, Debug)]
pub struct Door(pub Option<Provider>);

impl Door {
    /// Makes the door; nobody is asked before somebody wants in, so a provider that is away stops nothing.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub fn new(setup: Option<Setup>, authorities: Option<&std::path::Path>) -> Result<Self, String> {
        setup.map(|setup| Provider::new(setup, authorities)).transpose().map(Self)
    }
}
