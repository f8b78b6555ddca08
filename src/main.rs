//! The command line: a few lines a command.

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use varsel::account::person::Entry;
use varsel::account::store::Member;
use varsel::account::{Role, actions as accounts};
use varsel::assess::Assess;
use varsel::audit::{self, Head};
use varsel::backup::{self, Done};
use varsel::clock::Clock;
use varsel::config::{Config, NO_KEY, Options};
use varsel::db::{Database, Db};
use varsel::error::Error;
use varsel::i18n::{self, Lang};
use varsel::outbox::transport::Outside;
use varsel::outbox::{Worker, channel, store as messages};
use varsel::seal::Seal;
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
    /// Works on the key that seals what is kept secret.
    Key(KeyArgs),
}

#[derive(Args)]
struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Seals everything anew with another key while the app is stopped; broken off, it can be run again.
    Rotate {
        /// The key so far, the base64 of 32 bytes.
        #[arg(long, env = "VARSEL_OLD_KEY", hide_env_values = true)]
        old: String,
        /// The key from now on.
        #[arg(long, env = "VARSEL_NEW_KEY", hide_env_values = true)]
        new: String,
    },
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
    /// Adds a person and prints the link they come in by, once, within three days.
    Add {
        /// The e-mail the person will sign in with.
        email: String,
        /// What the person is called.
        #[arg(long)]
        name: String,
        /// reporter, responder, privacy_officer, manager, administrator or auditor; may be given several times.
        #[arg(long = "role", required = true)]
        roles: Vec<String>,
        /// Where to reach the person by text message.
        #[arg(long)]
        phone: Option<String>,
        /// The language the person reads: nb, nn or en.
        #[arg(long)]
        language: Option<String>,
    },
    /// Lists everybody, a line each: e-mail, name, telephone, roles, language, and whether they can sign in.
    List,
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
        Some(Command::Channel(ChannelArgs { command: ChannelCommand::Test { to, number } })) => {
            test_channel(&cli.options, &to, &number)
        }
        Some(Command::Messages) => print_messages(&cli.options),
        Some(Command::Account(AccountArgs { command })) => account(&cli.options, command),
        Some(Command::Audit(AuditArgs { command: AuditCommand::Verify { noted } })) => {
            verify(&cli.options, noted.as_ref())
        }
        Some(Command::Backup { file }) => back_up(&cli.options, &file),
        Some(Command::Restore { file }) => restore(&cli.options, &file),
        Some(Command::Key(KeyArgs { command: KeyCommand::Rotate { old, new } })) => rotate(&cli.options, &old, &new),
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

fn account(options: &Options, command: AccountCommand) -> Result<(), String> {
    let config = Config::load(options)?;
    let db = Db::open(&config.database, config.upkeep)?;
    match command {
        AccountCommand::Reset { email } => reset(&config, &db, &email),
        AccountCommand::Add { email, name, roles, phone, language } => {
            add(&config, &db, &Entry { email: Some(email), name: Some(name), phone, roles: Some(roles), language })
        }
        AccountCommand::List => list(&db),
    }
}

fn add(config: &Config, db: &Db, entry: &Entry) -> Result<(), String> {
    let told = |why: Error| match why.fields() {
        [] => format!("Nobody was added: {why}."),
        wrong => wrong.iter().map(|field| field.message(Lang::En)).collect::<Vec<_>>().join(" "),
    };
    let newcomer = entry.newcomer(Lang::default()).map_err(told)?;
    let invited = accounts::add_blocking(db, newcomer, Clock::System.now()).map_err(told)?;
    let (name, here) = (invited.member.account.name, config.base_url(config.listen));
    println!("{name} comes in by this link, once, within three days: {here}/setup/{}", invited.secret);
    Ok(())
}

fn list(db: &Db) -> Result<(), String> {
    for Member { account, roles } in accounts::everybody_blocking(db).map_err(|why| why.to_string())? {
        let roles: Vec<&str> = roles.into_iter().map(Role::word).collect();
        let state = match (account.left_at, account.has_password()) {
            (Some(_), _) => "has left",
            (None, true) => "can sign in",
            (None, false) => "invited",
        };
        let phone = account.phone.unwrap_or_else(|| "-".to_owned());
        let (email, name, roles) = (account.email, account.name, roles.join(","));
        println!("{email}\t{name}\t{phone}\t{roles}\t{}\t{state}", account.language);
    }
    Ok(())
}

fn reset(config: &Config, db: &Db, email: &str) -> Result<(), String> {
    match accounts::reset_link(db, email, Clock::System.now()) {
        Ok(secret) => {
            println!("A new password, once, within a day: {}/setup/{secret}", config.base_url(config.listen));
            Ok(())
        }
        Err(Error::NotFound) => Err(format!("Nobody has the e-mail {email} here.")),
        Err(Error::Conflict { code: "has-left", .. }) => Err(format!("Whoever had the e-mail {email} has left.")),
        Err(why) => Err(format!("No link could be made: {why}.")),
    }
}

fn test_channel(options: &Options, to: &str, number: &str) -> Result<(), String> {
    let config = Config::load(options)?;
    let seal = config.seal.ok_or(NO_KEY)?;
    let db = Db::open(&config.database, config.upkeep)?;
    let outside = Outside::new(&config.outside, &config.data_dir)?;
    let worker = Worker::new(db, outside, seal, Clock::System);
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

fn rotate(options: &Options, old: &str, new: &str) -> Result<(), String> {
    let (old, new) = (Seal::parse(old)?, Seal::parse(new)?);
    let db = open(options)?;
    let cannot =
        |why: Error| format!("Not everything could be sealed anew: {why}. What was done stands; run it again.");
    let persons = varsel::affected::store::reseal_all(&db, &old, &new).map_err(cannot)?;
    let channels = db.write_blocking(move |conn| channel::store::reseal(conn, (&old, &new))).map_err(cannot)?;
    println!("Sealed anew: {persons} of the affected, {channels} channels. Give the app the new key before it starts.");
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
