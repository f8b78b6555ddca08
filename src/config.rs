//! What the operator decides before the start: where to listen, where the data lie, what the address is.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use crate::account::looks_like_email;
use crate::audit::Signer;
use crate::db::{Database, Server, Upkeep};
use crate::openid::{OpenIdOptions, Setup};
use crate::outbox::transport::{Network, OutsideOptions, Secret};
use crate::private;
use crate::seal::Seal;

/// The options of the server as written on the command line or in the environment.
#[derive(Args, Clone)]
pub struct Options {
    /// Address and port to listen on.
    #[arg(long, env = "VARSEL_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Folder for the database and everything else that is kept; made if it is missing.
    #[arg(long, env = "VARSEL_DATA_DIR", default_value = "./data")]
    pub data_dir: PathBuf,
    /// Database, as sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME; without it a file in the data folder.
    #[arg(long, env = "VARSEL_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Brings a PostgreSQL database up to date before serving; without this one that is behind is refused.
    #[arg(long, env = "VARSEL_MIGRATE")]
    pub migrate: bool,
    /// The address people use in the browser, scheme and host only; for links and cookies.
    #[arg(long, env = "VARSEL_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Mail server, as smtp://HOST, smtps://USER:PASSWORD@HOST; without it mail goes into the folder `mail` of the data.
    #[arg(long, env = "VARSEL_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<Secret>,
    /// Whom mail comes from, as Varsel <varsel@example.no>; needed with a mail server.
    #[arg(long, env = "VARSEL_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// PEM file of authorities to trust for the mail server, beside the system's.
    #[arg(long, env = "VARSEL_SMTP_CA")]
    pub smtp_ca: Option<PathBuf>,
    /// PEM file of authorities to trust for webhooks and gateways, beside the system's.
    #[arg(long, env = "VARSEL_HTTP_CA")]
    pub http_ca: Option<PathBuf>,
    /// Networks inside the house that webhooks may go to, as 10.1.0.0/16,192.168.7.4.
    #[arg(long, env = "VARSEL_ALLOWED_NETWORKS")]
    pub allowed_networks: Option<String>,
    /// Networks of proxies whose X-Forwarded-For, -Proto, -Host and Forwarded are believed, as 10.0.0.5,fd00::/8.
    #[arg(long, env = "VARSEL_TRUSTED_PROXIES")]
    pub trusted_proxies: Option<String>,
    /// Address that is called each minute while reminding and sending go well, so that silence is noticed outside.
    #[arg(long, env = "VARSEL_HEARTBEAT_URL", hide_env_values = true)]
    pub heartbeat_url: Option<Secret>,
    /// Folder with the company's own texts in the place of the program's, as gdpr-34-subjects.nb.hbs.
    #[arg(long, env = "VARSEL_TEMPLATES_DIR")]
    pub templates_dir: Option<PathBuf>,
    /// Key that seals what must be kept secret, the base64 of 32 bytes; without it one is kept in the data folder.
    #[arg(long, env = "VARSEL_SECRET_KEY", hide_env_values = true)]
    pub secret_key: Option<Secret>,
    /// Single sign-on.
    #[command(flatten)]
    pub openid: OpenIdOptions,
    /// The largest file that may be attached to an incident, in megabytes.
    #[arg(long, env = "VARSEL_ATTACHMENT_MB", default_value_t = 25, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub attachment_mb: u64,
    /// Where whoever finds a weakness writes to, an e-mail address or an https address; told in /.well-known/security.txt.
    #[arg(long, env = "VARSEL_SECURITY_CONTACT")]
    pub security_contact: Option<String>,
    /// Key that signs heads of the audit chain, the base64 of 32 bytes; without it one is kept in the data folder.
    #[arg(long, env = "VARSEL_SIGNING_KEY", hide_env_values = true)]
    pub signing_key: Option<Secret>,
}

/// The checked configuration; whoever holds one need not check again.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Which database.
    pub database: Database,
    /// What may be done to a server's tables at the start.
    pub upkeep: Upkeep,
    /// Scheme and host people use, without a slash at the end; absent means "as asked".
    pub public_url: Option<String>,
    /// Folder for everything that is kept in files.
    pub data_dir: PathBuf,
    /// What messages go out by.
    pub outside: OutsideOptions,
    /// Seals what must be kept secret; none where a server's users were given no key, and then nothing can be sent.
    pub seal: Option<Seal>,
    /// Signs heads of the audit chain; none where a server's users were given no key, and then no head is sent out.
    pub signer: Option<Signer>,
    /// Address that is called while all goes well.
    pub heartbeat_url: Option<String>,
    /// Whether the loops in the background run.
    pub loops: bool,
    /// The company's identity provider, if people may sign in by it.
    pub openid: Option<Setup>,
    /// Networks of proxies that are believed.
    pub proxies: Vec<Network>,
    /// How long a sender may take.
    pub patience: Patience,
    /// The largest file that may be attached, in bytes.
    pub attachment_limit: u64,
    /// Where whoever finds a weakness writes to, as a URI.
    pub security_contact: Option<String>,
    /// Folder with the company's own texts.
    pub templates_dir: Option<PathBuf>,
}

/// How long a sender may take before the line is cut.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of a request.
    pub head: Duration,
    /// For its body.
    pub body: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: Duration::from_secs(10), body: Duration::from_secs(60) }
    }
}

impl Config {
    /// Checks the options and makes the data folder; an error is one clear sentence for the operator.
    pub fn load(options: &Options) -> Result<Self, String> {
        let listen = options.listen.parse().map_err(|_| {
            format!("VARSEL_LISTEN is «{}»; write an IP address and a port, as 127.0.0.1:8080.", options.listen)
        })?;
        make_private_folder(&options.data_dir)?;
        let database = match options.database_url.as_deref() {
            None => Database::File(options.data_dir.join("varsel.sqlite")),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Database::Server(Server::parse(url)?)
            }
            Some(url) => Database::File(sqlite_path(url)?),
        };
        let upkeep = if options.migrate { Upkeep::Migrate } else { Upkeep::Check };
        let public_url = options.public_url.as_deref().map(origin).transpose()?;
        let seal = seal(options, &database)?;
        let signer = signer(options, &database)?;
        let outside = OutsideOptions {
            smtp_url: options.smtp_url.clone(),
            mail_from: options.mail_from.clone(),
            smtp_ca: options.smtp_ca.clone(),
            http_ca: options.http_ca.clone(),
            allowed_networks: options.allowed_networks.clone(),
            ..OutsideOptions::default()
        };
        let heartbeat_url = options.heartbeat_url.as_ref().map(|url| heartbeat(url.reveal())).transpose()?;
        let openid = Setup::parse(&options.openid)?;
        let proxies = Network::parse_list(options.trusted_proxies.as_deref().unwrap_or_default());
        let proxies = proxies.map_err(|why| format!("VARSEL_TRUSTED_PROXIES is wrong: {why}."))?;
        let security_contact = options.security_contact.as_deref().map(contact).transpose()?;
        let (data_dir, patience) = (options.data_dir.clone(), Patience::default());
        Ok(Self {
            listen,
            database,
            upkeep,
            public_url,
            data_dir,
            outside,
            seal,
            signer,
            heartbeat_url,
            loops: true,
            proxies,
            patience,
            openid,
            templates_dir: options.templates_dir.clone(),
            security_contact,
            attachment_limit: options.attachment_mb * 1024 * 1024,
        })
    }

    /// Tells whether browsers reach us over https, so that cookies can be marked Secure.
    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// Answers the address to print in links: the public one, else where we listen.
    pub fn base_url(&self, bound: SocketAddr) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{bound}"))
    }
}

/// Where to write to, as a URI (RFC 9116, section 2.5.3).
fn contact(given: &str) -> Result<String, String> {
    let given = given.trim();
    let mail = given.strip_prefix("mailto:").unwrap_or(given);
    let is_web = reqwest::Url::parse(given).is_ok_and(|url| url.scheme() == "https" && url.has_host());
    match is_web {
        true if !given.contains(char::is_whitespace) => Ok(given.to_owned()),
        false if looks_like_email(mail) => Ok(format!("mailto:{mail}")),
        _ => Err(format!(
            "VARSEL_SECURITY_CONTACT is «{given}»; write an e-mail address, as sikkerhet@example.no, or an address that begins with https://."
        )),
    }
}

/// The address to call; its path may be a secret, so that it is not repeated when it is wrong.
fn heartbeat(url: &str) -> Result<String, String> {
    let is_web = reqwest::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    is_web.then(|| url.to_owned()).ok_or_else(|| "VARSEL_HEARTBEAT_URL is not an address; write https://….".to_owned())
}

/// What whoever needs the operator's key is told when there is none.
pub const NO_KEY: &str = "VARSEL_SECRET_KEY is missing; with PostgreSQL every instance needs the same key, made once with \
                          «openssl rand -base64 32».";

/// The operator's key. One that is drawn here would be another on every machine, so a server's users must be given one.
fn seal(options: &Options, database: &Database) -> Result<Option<Seal>, String> {
    match (&options.secret_key, database) {
        (Some(key), _) => Seal::parse(key.reveal()).map(Some),
        (None, Database::File(_)) => Seal::kept_in(&options.data_dir.join("secret.key")).map(Some),
        (None, Database::Server(_)) => Ok(None),
    }
}

/// The key that signs, by the same rule.
fn signer(options: &Options, database: &Database) -> Result<Option<Signer>, String> {
    match (&options.signing_key, database) {
        (Some(key), _) => Signer::parse(key.reveal()).map(Some),
        (None, Database::File(_)) => Signer::kept_in(&options.data_dir.join("signing.key")).map(Some),
        (None, Database::Server(_)) => Ok(None),
    }
}

fn sqlite_path(url: &str) -> Result<PathBuf, String> {
    let path = match url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) {
        Some(path) if !path.is_empty() => PathBuf::from(path),
        _ => {
            return Err(
                "VARSEL_DATABASE_URL is not understood; write sqlite://PATH, as sqlite://./data/varsel.sqlite, \
                        or postgres://USER:PASSWORD@HOST:5432/NAME."
                    .into(),
            );
        }
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_private_folder(folder)?;
    }
    Ok(path)
}

fn origin(url: &str) -> Result<String, String> {
    let wrong = || format!("VARSEL_PUBLIC_URL is «{url}»; write scheme and host only, as https://varsel.example.");
    let parsed: actix_web::http::Uri = url.parse().map_err(|_| wrong())?;
    let scheme = parsed.scheme_str().filter(|s| matches!(*s, "http" | "https")).ok_or_else(wrong)?;
    let host = parsed.authority().filter(|a| !a.as_str().contains('@')).ok_or_else(wrong)?;
    if !matches!(parsed.path(), "" | "/") || parsed.query().is_some() {
        return Err(wrong());
    }
    Ok(format!("{scheme}://{host}"))
}

fn make_private_folder(folder: &Path) -> Result<(), String> {
    private::folder(folder).map_err(|why| format!("The data folder {} cannot be made: {why}.", folder.display()))
}
