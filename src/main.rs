//! The command line: a few lines a command.

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use varsel::account::actions as accounts;
use varsel::assess::Assess;
use varsel::clock::Clock;
use varsel::config::{Config, Options};
use varsel::db::Db;
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

fn main() -> ExitCode {
    let cli = Cli::parse();
    varsel::seal::choose_cryptography();
    let outcome = match cli.command {
        Some(Command::Assess(args)) => return varsel::assess::run(&args, &Clock::System),
        None | Some(Command::Serve) => serve(&cli.options),
        Some(Command::Migrate) => migrate(&cli.options),
        Some(Command::Account(AccountArgs { command: AccountCommand::Reset { email } })) => reset(&cli.options, &email),
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
