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
use varsel::i18n::{self, Lang};
use varsel::outbox::transport::Outside;
use varsel::outbox::{Worker, channel, store as messages};
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
    /// Works on channels.
    Channel(ChannelArgs),
    /// Prints which messages wait and which were given up.
    Messages,
}

#[derive(Args)]
struct ChannelArgs {
    #[command(subcommand)]
    command: ChannelCommand,
}

#[derive(Subcommand)]
enum ChannelCommand {
    /// Sends a message by a channel, or a mail to an address, and prints what the other side answered.
    Test {
        /// The name of the channel, or an e-mail address.
        to: String,
        /// The number to send to, for a gateway that has none of its own.
        #[arg(long, default_value = "")]
        number: String,
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

fn main() -> ExitCode {
    let cli = Cli::parse();
    varsel::seal::choose_cryptography();
    let outcome = match cli.command {
        Some(Command::Assess(args)) => return varsel::assess::run(&args, &Clock::System),
        None | Some(Command::Serve) => serve(&cli.options),
        Some(Command::Migrate) => migrate(&cli.options),
        Some(Command::Account(AccountArgs { command: AccountCommand::Reset { email } })) => reset(&cli.options, &email),
        Some(Command::Channel(ChannelArgs { command: ChannelCommand::Test { to, number } })) => {
            test_channel(&cli.options, &to, &number)
        }
        Some(Command::Messages) => print_messages(&cli.options),
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
        let ended = running.server.await.map_err(|why| format!("The server stopped: {why}."));
        running.loops.end().await;
        ended
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

fn test_channel(options: &Options, to: &str, number: &str) -> Result<(), String> {
    let config = Config::load(options)?;
    let db = Db::open(&config.database, config.upkeep)?;
    let outside = Outside::new(&config.outside, &config.data_dir)?;
    let worker = Worker::new(db, outside, config.seal, Clock::System);
    let name = to.trim().to_owned();
    let tested = actix_web::rt::System::new().block_on(async {
        let asked = name.clone();
        match worker.db.read(move |conn| channel::store::by_name(conn, &asked)).await? {
            Some(channel) => channel::actions::test(&worker, channel.id, number).await,
            None if name.contains('@') => channel::actions::test_mail(&worker, &name, Lang::Nb).await,
            None => Err(Error::NotFound),
        }
    });
    let (_, outcome) = tested.map_err(|why| match why {
        Error::NotFound => format!("No channel is called {name}."),
        other => match other.fields() {
            [] => other.title_and_detail(Lang::En).1,
            fields => fields.iter().map(|field| field.message(Lang::En)).collect::<Vec<_>>().join(" "),
        },
    })?;
    println!("{}: {}", i18n::text(Lang::En, &format!("attempt-{}", outcome.name())), outcome.reply());
    if outcome.name() == "delivered" { Ok(()) } else { Err("The message was not delivered.".into()) }
}

fn print_messages(options: &Options) -> Result<(), String> {
    let config = Config::load(options)?;
    let db = Db::open(&config.database, config.upkeep)?;
    let of = |state: &str| messages::Filter { state: Some(state.into()), limit: Some(100), ..Default::default() };
    let read = |conn: &mut varsel::db::Conn| {
        let (waiting, gave_up) = (messages::list(conn, &of("waiting"))?, messages::list(conn, &of("gave_up"))?);
        Ok((waiting.items.into_iter().chain(gave_up.items).collect::<Vec<_>>(), messages::counts(conn)?))
    };
    let (lines, counts) = db.read_all(read).map_err(|why| format!("The messages cannot be read: {why}."))?;
    println!("{:<17} {:<9} {:<16} {:<24} {:>8}  answered last", "written (UTC)", "state", "kind", "to", "attempts");
    for (line, channel) in &lines {
        let to = channel.as_ref().map_or(&line.recipient_name, |(name, _)| name);
        let (at, reply) = (line.created_at.utc().format("%Y-%m-%d %H:%M"), line.last_reply.as_deref().unwrap_or("-"));
        println!("{at:<17} {:<9} {:<16} {to:<24} {:>8}  {reply}", line.state, line.kind, line.attempts);
    }
    println!("{} wait, {} were given up.", counts.waiting, counts.gave_up);
    Ok(())
}
