//! The door to the outside: what the operator has decided about it, checked once, and the sending itself.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::message::Mailbox;
use reqwest::dns::Resolve;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::flaw::Flaw;
use super::guard::{Guard, SystemNames};
use super::http::Web;
use super::line::flat;
use super::mail::{Mail, address};
use super::network::Network;
use super::secret::Secret;
use super::smtp::{Relay, ServerAddress};
use super::{Letter, Limits, Outcome, Route, folder, slack, teams};
use crate::private;

/// Whom mail comes from while nobody has said; the name is set aside for never being anybody's.
const NOBODY: &str = "varsel <varsel@varsel.invalid>";

/// What the operator decides about the outside.
#[derive(Clone, Default)]
pub struct OutsideOptions {
    /// `VARSEL_SMTP_URL`: the mail server; without it mail goes into the folder.
    pub smtp_url: Option<Secret>,
    /// `VARSEL_MAIL_FROM`: whom mail comes from, as `Varsel <varsel@example.no>`.
    pub mail_from: Option<String>,
    /// `VARSEL_SMTP_CA`: a PEM file of authorities to trust for the mail server, beside the system's.
    pub smtp_ca: Option<PathBuf>,
    /// `VARSEL_HTTP_CA`: the same for webhooks and other requests over the web.
    pub http_ca: Option<PathBuf>,
    /// `VARSEL_ALLOWED_NETWORKS`: networks inside the house that messages over the web may go to.
    pub allowed_networks: Option<String>,
    /// How long things may take.
    pub limits: Limits,
    /// Who looks names up; without one, the system.
    pub names: Option<Arc<dyn Resolve>>,
}

/// Where the mail server is may hold its password.
impl fmt::Debug for OutsideOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutsideOptions").field("mail_from", &self.mail_from).finish_non_exhaustive()
    }
}

/// The way to everything outside. Made once; a clone is the same door.
#[derive(Clone)]
pub struct Outside {
    door: Arc<Door>,
}

struct Door {
    relay: Option<Relay>,
    folder: PathBuf,
    from: Mailbox,
    web: Web,
    limits: Limits,
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outside").field("mail_folder", &self.mail_folder()).finish_non_exhaustive()
    }
}

impl Outside {
    /// Checks the options and makes the mail folder if it is needed; an error is one clear sentence for the operator.
    pub fn new(options: &OutsideOptions, data_dir: &Path) -> Result<Self, String> {
        let server = options.smtp_url.as_ref().map(|url| ServerAddress::parse(url.reveal())).transpose();
        let server = server.map_err(|why| format!("VARSEL_SMTP_URL {why}."))?;
        let from = sender(options.mail_from.as_deref(), server.is_some())?;
        let smtp_ca = options.smtp_ca.as_deref().map(|path| authorities("VARSEL_SMTP_CA", path)).transpose()?;
        let http_ca = options.http_ca.as_deref().map(|path| authorities("VARSEL_HTTP_CA", path)).transpose()?;
        let open = Network::parse_list(options.allowed_networks.as_deref().unwrap_or_default())
            .map_err(|why| format!("VARSEL_ALLOWED_NETWORKS: {why}."))?;
        let names = options.names.clone().unwrap_or_else(|| Arc::new(SystemNames));
        let web = Web::new(Guard::new(open), &names, roots(http_ca.as_deref())?, &options.limits)?;
        let relay = server
            .map(|server| Relay::new(server, smtp_ca.as_deref(), from.email.domain(), options.limits))
            .transpose()?;
        let mail = data_dir.join("mail");
        if relay.is_none() {
            private::folder(&mail)
                .map_err(|why| format!("The mail folder {} cannot be made: {why}.", mail.display()))?;
        }
        Ok(Self { door: Arc::new(Door { relay, folder: mail, from, web, limits: options.limits }) })
    }

    /// The folder that mail goes into, while there is no mail server.
    pub fn mail_folder(&self) -> Option<&Path> {
        self.door.relay.is_none().then_some(&self.door.folder)
    }

    /// The longest that one sending takes.
    pub fn longest(&self) -> Duration {
        self.door.limits.mail_total.max(self.door.limits.http_total)
    }

    /// Looks at a route without sending anything, so that a slip is told while it can be put right.
    pub fn look_at(&self, route: &Route) -> Result<(), Flaw> {
        let web = &self.door.web;
        match route {
            Route::Mail | Route::Folder => Ok(()),
            Route::Teams { url } | Route::Slack { url } => web.look_at(url),
            Route::Webhook(webhook) => web.look_at(&webhook.url).and_then(|()| webhook.check()),
            Route::Sms(gateway) => web.look_at(&gateway.url).and_then(|()| gateway.check()),
        }
    }

    /// Carries a letter by a route, once, and says what became of it. What is logged are its key and the outcome.
    pub async fn send(&self, route: &Route, letter: &Letter, now: DateTime<Utc>) -> Outcome {
        let sending = tokio::time::timeout(self.longest(), self.carry(route, letter, now));
        let outcome =
            sending.await.unwrap_or_else(|_| Outcome::later("The whole took too long and was broken off.".into()));
        let (kind, outcome_name) = (route.kind(), outcome.name());
        tracing::info!(
            key = letter.key,
            attempt = letter.attempt,
            route = kind,
            outcome = outcome_name,
            "Tried to send a message."
        );
        outcome
    }

    async fn carry(&self, route: &Route, letter: &Letter, now: DateTime<Utc>) -> Outcome {
        let Door { relay, folder: mail_folder, from, web, .. } = &*self.door;
        match (route, relay) {
            (Route::Mail, Some(relay)) => match Mail::write(letter, from) {
                Ok(mail) => relay.send(&from.email, &mail, now).await,
                Err(why) => Outcome::refused(why),
            },
            (Route::Mail, None) => folder::send(mail_folder, from, letter).await,
            (Route::Folder, _) => match private::folder(mail_folder) {
                Ok(()) => folder::send(mail_folder, from, letter).await,
                Err(why) => Outcome::later(format!("The mail folder cannot be made: {why}.")),
            },
            (Route::Webhook(webhook), _) => webhook.send(web, letter, now).await,
            (Route::Teams { url }, _) => teams::send(web, url, letter, now).await,
            (Route::Slack { url }, _) => slack::send(web, url, letter, now).await,
            (Route::Sms(gateway), _) => gateway.send(web, letter, now).await,
        }
    }
}

fn sender(written: Option<&str>, needed: bool) -> Result<Mailbox, String> {
    let text = match written.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => text,
        None if needed => {
            return Err("VARSEL_MAIL_FROM is missing; with VARSEL_SMTP_URL say whom mail comes from, as \
                        Varsel <varsel@example.no>."
                .into());
        }
        None => NOBODY,
    };
    let wrong = || format!("VARSEL_MAIL_FROM is «{}»; write one address, as Varsel <varsel@example.no>.", flat(text));
    let read: Mailbox = text.parse().map_err(|_| wrong())?;
    Ok(Mailbox::new(read.name, address(read.email.as_ref()).map_err(|_| wrong())?))
}

/// Reads a file of authorities and sees that it holds at least one.
fn authorities(variable: &str, path: &Path) -> Result<Vec<u8>, String> {
    let shown = path.display();
    let pem = std::fs::read(path).map_err(|why| format!("{variable}: {shown} cannot be read: {why}."))?;
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let added =
            certificate.map_err(|why| why.to_string()).and_then(|der| store.add(der).map_err(|why| why.to_string()));
        added.map_err(|why| format!("{variable}: {shown} holds a certificate that is not understood: {why}."))?;
    }
    if store.is_empty() { Err(format!("{variable}: {shown} holds no certificate in PEM.")) } else { Ok(pem) }
}

/// The authorities that whoever we speak to over the web is checked against: the system's and those of `VARSEL_HTTP_CA`.
///
/// # Errors
/// One sentence for the operator.
pub fn trusted(http_ca: Option<&Path>) -> Result<RootCertStore, String> {
    let pem = http_ca.map(|path| authorities("VARSEL_HTTP_CA", path)).transpose()?;
    roots(pem.as_deref())
}

/// The system's authorities and those of the operator.
fn roots(extra: Option<&[u8]>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    for certificate in CertificateDer::pem_slice_iter(extra.unwrap_or_default()) {
        let added =
            certificate.map_err(|why| why.to_string()).and_then(|der| roots.add(der).map_err(|why| why.to_string()));
        added.map_err(|why| format!("VARSEL_HTTP_CA is not understood: {why}."))?;
    }
    if roots.is_empty() {
        tracing::warn!("No certificate authority is known here, so no message can go over https.");
    }
    Ok(roots)
}
