//! What the operator decides before the start: where to listen, where the data lie, what the address is.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::db::{Database, Server, Upkeep};

/// The options of the server as written on the command line or in the environment.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Address and port to listen on.
    #[arg(long, env = "VARSEL_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Folder for the database and everything else that is kept; made if it is missing.
    #[arg(long, env = "VARSEL_DATA_DIR", default_value = "./data")]
    pub data_dir: PathBuf,
    /// Database, as sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME; without it a file in the data folder.
    #[arg(long, env = "VARSEL_DATABASE_URL")]
    pub database_url: Option<String>,
    /// Brings a PostgreSQL database up to date before serving; without this one that is behind is refused.
    #[arg(long, env = "VARSEL_MIGRATE")]
    pub migrate: bool,
    /// The address people use in the browser, scheme and host only; for links and cookies.
    #[arg(long, env = "VARSEL_PUBLIC_URL")]
    pub public_url: Option<String>,
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
        Ok(Self { listen, database, upkeep, public_url })
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
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|why| format!("The data folder {} cannot be made: {why}.", folder.display()))
}
