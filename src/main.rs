//! The command line: a few lines a command.

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use varsel::account::actions as accounts;
use varsel::assess::Assess;
use varsel::audit::{self, Head};
use varsel::backup::{self, Done};
use varsel::clock::Clock;
use varsel::config::{Config, Options};
use varsel::db::{Database, Db};
use varsel::error::Error;
use varsel::{app, telemetry};

/// Incident and breach notifications: who must be told, by when, and why.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the pages and the API (what happens without a command, too).
    Serve,
    /// Assesses an incident's facts from a file: severity, risk, who must be told and by when.
    Assess(Assess),
    /// Brings the database up to date, and does nothing else.
    Migrate,
    /// Works on accounts.
    Account(AccountArgs),
    /// Works on the audit chain.
    Audit(AuditArgs),
    /// Writes everything to one file while the app runs; whichever engine, it can be restored into the other.
    Backup {
        /// A file that does not exist yet; `-` is standard output.
        file: PathBuf,
    },
    /// Puts a backup into an empty database.
    Restore {
        /// The backup; `-` is standard input.
        file: PathBuf,
    },
}

#[derive(Args)]
struct AccountArgs {
    #[command(subcommand)]
    command: AccountCommand,
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Prints a link with which the holder of this e-mail sets a new password, once, within a day.
    Reset {
        /// The e-mail the person signs in with.
        email: String,
    },
}

#[derive(Args)]
struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Reads the whole chain and names the first entry that was changed, left out or put in.
    Verify {
        /// A head printed earlier, as 12:9f86…; the chain must still hold it.
        #[arg(long)]
        noted: Option<Head>,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    varsel::seal::choose_cryptography();
    let outcome = match cli.command {
        Some(Command::Assess(args)) => return varsel::assess::run(&args, &Clock::System),
        None | Some(Command::Serve) => serve(&cli.options),
        Some(Command::Migrate) => migrate(&cli.options),
        Some(Command::Account(AccountArgs { command: AccountCommand::Reset { email } })) => reset(&cli.options, &email),
        Some(Command::Audit(AuditArgs { command: AuditCommand::Verify { noted } })) => {
            verify(&cli.options, noted.as_ref())
        }
        Some(Command::Backup { file }) => back_up(&cli.options, &file),
        Some(Command::Restore { file }) => restore(&cli.options, &file),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("varsel: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn serve(options: &Options) -> Result<(), String> {
    telemetry::start();
    let config = Config::load(options)?;
    let clock = Clock::System;
    actix_web::rt::System::new().block_on(async {
        let running = app::start(config.clone(), clock.clone())?;
        let here = config.base_url(running.address);
        let db = running.db.clone();
        let link = actix_web::rt::task::spawn_blocking(move || accounts::first_link(&db, clock.now()));
        match link.await.map_err(|why| why.to_string())?.map_err(|why| why.to_string())? {
            Some(secret) => println!("Make the first administrator, once, within a day: {here}/setup/{secret}"),
            None => println!("varsel is ready: {here}"),
        }
        running.server.await.map_err(|why| format!("The server stopped: {why}."))
    })
}

fn migrate(options: &Options) -> Result<(), String> {
    let config = Config::load(options)?;
    varsel::db::migrate(&config.database)?;
    println!("The database is up to date.");
    Ok(())
}

fn reset(options: &Options, email: &str) -> Result<(), String> {
    let config = Config::load(options)?;
    let db = Db::open(&config.database, config.upkeep)?;
    match accounts::reset_link(&db, email, Clock::System.now()) {
        Ok(secret) => {
            println!("A new password, once, within a day: {}/setup/{secret}", config.base_url(config.listen));
            Ok(())
        }
        Err(Error::NotFound) => Err(format!("Nobody has the e-mail {email} here.")),
        Err(why) => Err(format!("No link could be made: {why}.")),
    }
}

/// Opens a database that must be there already.
fn open(options: &Options) -> Result<Db, String> {
    let config = Config::load(options)?;
    match &config.database {
        Database::File(path) if !path.exists() => Err(format!("There is no database {}.", path.display())),
        database => Db::open(database, config.upkeep),
    }
}

fn verify(options: &Options, noted: Option<&Head>) -> Result<(), String> {
    let db = open(options)?;
    let chain = db.read_all(|conn| audit::verify(conn, noted)).map_err(|why| why.to_string())?;
    match chain.broken {
        Some(broken) => Err(format!("The audit chain is broken: {broken}.")),
        None => {
            println!("The audit chain holds: {} entries, head {}", chain.head.number, chain.head);
            Ok(())
        }
    }
}

fn back_up(options: &Options, file: &Path) -> Result<(), String> {
    let db = open(options)?;
    let now = Clock::System.now();
    let done = match file == Path::new("-") {
        true => backup::to_stream(&db, &mut std::io::stdout().lock(), now)?,
        false => backup::to_file(&db, file, now)?,
    };
    warn(&done);
    eprintln!("Backed up {} rows; audit head {}", all(&done), done.chain.head);
    Ok(())
}

fn restore(options: &Options, file: &Path) -> Result<(), String> {
    let config = Config::load(options)?;
    let done = match file == Path::new("-") {
        true => backup::restore_stream(&config.database, &mut std::io::stdin().lock())?,
        false => backup::restore(&config.database, file)?,
    };
    for (table, rows) in &done.rows {
        println!("{rows:>10}  {table}");
    }
    println!("{:>10}  rows in all; audit head {}", all(&done), done.chain.head);
    warn(&done);
    Ok(())
}

fn all(done: &Done) -> u64 {
    done.rows.iter().map(|(_, rows)| rows).sum()
}

fn warn(done: &Done) {
    if let Some(broken) = &done.chain.broken {
        eprintln!("varsel: WARNING: The audit chain is broken: {broken}. Everything was carried over as it stands.");
    }
}
