//! The command line: a few lines a command.

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use varsel::account::Sight;
use varsel::account::actions::tokens::{self, Actor, Wish};
use varsel::account::person::Entry;
use varsel::account::store::Member;
use varsel::account::{Role, actions as accounts};
use varsel::assess::Assess;
use varsel::audit::store::Filter;
use varsel::audit::{self, Noted};
use varsel::backup::{self, Done};
use varsel::clock::Clock;
use varsel::config::{Config, NO_KEY, Options};
use varsel::db::{Database, Db, Id};
use varsel::dossier::Audience;
use varsel::dossier::actions::{self as dossiers, Form};
use varsel::error::Error;
use varsel::i18n::{self, Lang};
use varsel::outbox::transport::Outside;
use varsel::outbox::{Worker, channel, store as messages};
use varsel::seal::Seal;
use varsel::trail::export::{self, Format};
use varsel::{app, demo, drill, private, telemetry};

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
    /// Works on the tokens of programs.
    Token(TokenArgs),
    /// Puts a backup into an empty database.
    Restore {
        /// The backup; `-` is standard input.
        file: PathBuf,
    },
    /// Writes the dossier of an incident to a file that does not exist yet: a document or an archive, by its ending.
    Dossier {
        /// The reference of the incident, as 2026-0001.
        key: String,
        /// A file that ends in .pdf or .zip.
        file: PathBuf,
        /// Whom it is for: datatilsynet or internal.
        #[arg(long = "for", default_value = "internal")]
        audience: String,
        /// The language: nb, nn or en.
        #[arg(long, default_value = "nb")]
        lang: Lang,
        /// The instant at which the case is judged, as 2026-10-23T16:00:00+02:00; now without it.
        #[arg(long)]
        as_of: Option<chrono::DateTime<chrono::Utc>>,
    },
    /// Works on the key that seals what is kept secret.
    Key(KeyArgs),
    /// Writes the report of a drill to a file that does not exist yet.
    DrillReport {
        /// The reference of the drill, as OV-2026-0001.
        key: String,
        /// A file that ends in .pdf.
        file: PathBuf,
        /// The language: nb, nn or en.
        #[arg(long, default_value = "nb")]
        lang: Lang,
    },
    /// Fills an empty database with two years of made-up incidents and prints who can sign in, once; it stays a demonstration.
    Demo,
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
    /// Takes somebody's second factor away, passkeys among it, who lost the telephone and the recovery codes.
    SecondFactorOff {
        /// The e-mail the person signs in with.
        email: String,
    },
    /// Lists everybody, a line each: e-mail, name, telephone, roles, language, and whether they can sign in.
    List,
}

#[derive(Args)]
struct TokenArgs {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Makes a token and prints it, once.
    Add {
        /// The e-mail of the person it is for, or with --machine the name of another system, which is added if it is new.
        whose: String,
        /// What the token is for.
        #[arg(long)]
        name: String,
        /// A right it may use, as report or read; may be given several times.
        #[arg(long = "scope", required = true)]
        scopes: Vec<String>,
        /// How many days it lasts, 365 at most.
        #[arg(long)]
        days: Option<i64>,
        /// The token is for another system, not for a person.
        #[arg(long)]
        machine: bool,
        /// The roles of a machine that is new; may be given several times.
        #[arg(long = "role", default_value = "reporter")]
        roles: Vec<String>,
    },
    /// Lists every token, a line each: its number, whose it is, its name, rights, expiry, last use, and whether it works.
    List,
    /// Takes a token out of use.
    Revoke {
        /// The number that `list` prints.
        id: String,
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
        /// A head printed or sent earlier, plain as 12:9f86… or signed as 12:9f86…@…/…; the chain must still hold it.
        #[arg(long)]
        noted: Option<Noted>,
        /// The public key that a signed head is checked with, where the signing key is not here.
        #[arg(long)]
        public_key: Option<String>,
    },
    /// Prints the public key that signed heads are checked with.
    Key,
    /// Prints the head of the chain, signed.
    Head,
    /// Writes the whole chain as lines of JSON that can be checked by themselves, or as CSV.
    Export {
        /// A file that does not exist yet; `-` is standard output.
        file: PathBuf,
        /// jsonl or csv.
        #[arg(long, default_value = "jsonl")]
        format: String,
    },
    /// Checks an export by itself; needs no database.
    Check {
        /// The export, as lines of JSON; `-` is standard input.
        file: PathBuf,
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
        Some(Command::Audit(AuditArgs { command })) => audit(&cli.options, command),
        Some(Command::Backup { file }) => back_up(&cli.options, &file),
        Some(Command::Token(TokenArgs { command })) => token(&cli.options, command),
        Some(Command::Restore { file }) => restore(&cli.options, &file),
        Some(Command::Dossier { key, file, audience, lang, as_of }) => {
            write_dossier(&cli.options, &key, &file, (&audience, lang, as_of))
        }
        Some(Command::DrillReport { key, file, lang }) => write_drill_report(&cli.options, &key, &file, lang),
        Some(Command::Demo) => demonstrate(&cli.options),
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
        AccountCommand::SecondFactorOff { email } => second_factor_off(&db, &email),
        AccountCommand::List => list(&db),
    }
}

/// What was wrong, in words.
fn said(why: &Error) -> String {
    match why.fields() {
        [] => why.title_and_detail(Lang::En).1,
        wrong => wrong.iter().map(|field| field.message(Lang::En)).collect::<Vec<_>>().join(" "),
    }
}

fn token(options: &Options, command: TokenCommand) -> Result<(), String> {
    let config = Config::load(options)?;
    let db = Db::open(&config.database, config.upkeep)?;
    let (now, actor) = (Clock::System.now(), Actor { id: None, address: String::new() });
    match command {
        TokenCommand::Add { whose, name, scopes, days, machine, roles } => {
            let wish = Wish { name, scopes, days };
            let made = db.write_blocking(move |conn| {
                let of = match machine {
                    true => tokens::machine_called(conn, &actor, (&whose, &roles), now)?,
                    false => tokens::person_called(conn, &whose)?,
                };
                tokens::make_in(conn, &actor, of, &wish, now)
            });
            println!("{}", made.map_err(|why| said(&why))?.secret);
        }
        TokenCommand::List => {
            for (token, of) in db.read_all(tokens::everything).map_err(|why| said(&why))? {
                let used = token.last_used_at.map_or_else(|| "-".to_owned(), |at| at.to_string());
                let state = if token.is_live(now) && of.left_at.is_none() { "works" } else { "dead" };
                let (id, name, scopes) = (token.id, &token.name, token.scopes().join(","));
                println!("{id}\t{}\t{name}\t{scopes}\t{}\t{used}\t{state}", of.name, token.expires_at);
            }
        }
        TokenCommand::Revoke { id } => {
            let id = Id::parse(&id).ok_or("There is no such token.")?;
            let revoked = db.write_blocking(move |conn| tokens::revoke_by_id(conn, &actor, id, now));
            revoked.map_err(|why| match why {
                Error::NotFound => "There is no such token.".to_owned(),
                why => said(&why),
            })?;
            println!("The token is revoked.");
        }
    }
    Ok(())
}

fn add(config: &Config, db: &Db, entry: &Entry) -> Result<(), String> {
    let told = |why: Error| match why.fields() {
        [] => format!("Nobody was added: {why}."),
        _ => said(&why),
    };
    let newcomer = entry.newcomer(Lang::default()).map_err(told)?;
    let invited = accounts::add_blocking(db, newcomer, Clock::System.now()).map_err(told)?;
    let (name, here) = (invited.member.account.name, config.base_url(config.listen));
    println!("{name} comes in by this link, once, within three days: {here}/setup/{}", invited.secret.reveal());
    Ok(())
}

fn list(db: &Db) -> Result<(), String> {
    for Member { account, roles, linked, .. } in accounts::everybody_blocking(db).map_err(|why| why.to_string())? {
        let roles: Vec<&str> = roles.into_iter().map(Role::word).collect();
        let state = match (account.left_at, account.has_password() || linked) {
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

fn second_factor_off(db: &Db, email: &str) -> Result<(), String> {
    match accounts::reset_factor_blocking(db, email, Clock::System.now()) {
        Ok(true) => println!("The second factor of {email} is off; whoever was signed in as {email} signs in again."),
        Ok(false) => println!("{email} has no second factor."),
        Err(Error::NotFound) => return Err(format!("Nobody has the e-mail {email} here.")),
        Err(why) => return Err(format!("The second factor stays: {why}.")),
    }
    Ok(())
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
            Some(channel) => channel::actions::test(&worker, None, channel.id, number).await,
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
        let sight = Sight::everything();
        let waiting = messages::list(conn, &of("waiting"), sight)?;
        let gave_up = messages::list(conn, &of("gave_up"), sight)?;
        Ok((waiting.items.into_iter().chain(gave_up.items).collect::<Vec<_>>(), messages::counts(conn, sight)?))
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

const NO_SIGNING_KEY: &str =
    "VARSEL_SIGNING_KEY is missing; heads are signed with it, made once with «openssl rand -base64 32».";

fn audit(options: &Options, command: AuditCommand) -> Result<(), String> {
    match command {
        AuditCommand::Verify { noted, public_key } => verify(options, noted.as_ref(), public_key),
        AuditCommand::Key => {
            println!("{}", Config::load(options)?.signer.ok_or(NO_SIGNING_KEY)?.public_key());
            Ok(())
        }
        AuditCommand::Head => {
            let (signer, db) = (Config::load(options)?.signer.ok_or(NO_SIGNING_KEY)?, open(options)?);
            let head = db.read_all(audit::store::head).map_err(|why| why.to_string())?;
            println!("{}", signer.sign(&head, Clock::System.now()));
            Ok(())
        }
        AuditCommand::Export { file, format } => export_audit(options, &file, &format),
        AuditCommand::Check { file } => check_export(&file),
    }
}

/// Writes down that somebody at the terminal took everything out.
fn taken_out(db: &Db, what: &'static str, detail: serde_json::Value) -> Result<(), String> {
    let written = db.write_blocking(move |conn| {
        let (detail, now) = (detail.clone(), Clock::System.now().into());
        audit::append(conn, &audit::Entry { actor: None, address: "", what, subject: "audit", detail }, now)
    });
    written.map_err(|why| why.to_string())
}

fn export_audit(options: &Options, file: &Path, format: &str) -> Result<(), String> {
    let format = Format::parse(format).ok_or("Write --format jsonl or --format csv.")?;
    let db = open(options)?;
    taken_out(&db, "audit.exported", serde_json::json!({ "format": format.ending(), "by": "terminal" }))?;
    if file == Path::new("-") {
        return export::to_stream(&db, Filter::default(), format, &mut std::io::stdout().lock());
    }
    let made = std::fs::File::create_new(file).map_err(|why| format!("{} cannot be made: {why}.", file.display()))?;
    export::to_stream(&db, Filter::default(), format, &mut std::io::BufWriter::new(made))
}

fn check_export(file: &Path) -> Result<(), String> {
    let checked = if file == Path::new("-") {
        audit::exported::check(std::io::stdin().lock())?
    } else {
        let opened = std::fs::File::open(file).map_err(|why| format!("{} cannot be read: {why}.", file.display()))?;
        audit::exported::check(std::io::BufReader::new(opened))?
    };
    match checked.broken {
        Some(broken) => Err(format!("The export is broken: {broken}.")),
        None => {
            let (entries, gaps, withheld, head) = (checked.entries, checked.gaps, checked.withheld, checked.head);
            println!("The export holds: {entries} entries, {gaps} gaps, {withheld} withheld, head {head}");
            Ok(())
        }
    }
}

fn verify(options: &Options, noted: Option<&Noted>, public_key: Option<String>) -> Result<(), String> {
    let db = open(options)?;
    if let Some(Noted::Signed(signed)) = noted {
        let own = || Config::load(options).map(|config| config.signer.map(|signer| signer.public_key()));
        let key = public_key.map_or_else(own, |key| Ok(Some(key)))?;
        let key = key.ok_or("Say whose signature it is: --public-key, or VARSEL_SIGNING_KEY.")?;
        if !signed.holds(&key) {
            return Err("The signature of the noted head does not hold: another key, or the head was changed.".into());
        }
    }
    let noted = noted.map(Noted::head);
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
    taken_out(&db, "backup.made", serde_json::json!({ "by": "terminal" }))?;
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
    let parts = varsel::incident::attachment::store::reseal_all(&db, &old, &new).map_err(cannot)?;
    let rest = move |conn: &mut varsel::db::Conn| {
        let keys = (&old, &new);
        let factors = varsel::account::store::reseal_factors(conn, keys)?;
        let links = varsel::outbox::store::reseal_links(conn, keys)?;
        Ok((channel::store::reseal(conn, keys)?, factors, links))
    };
    let (channels, factors, links) = db.write_blocking(rest).map_err(cannot)?;
    println!(
        "Sealed anew: {persons} of the affected, {parts} parts of files, {channels} channels, {factors} second factors, \
         {links} links. Give the app the new key before it starts."
    );
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

type Wanted<'a> = (&'a str, Lang, Option<chrono::DateTime<chrono::Utc>>);

fn write_dossier(options: &Options, key: &str, file: &Path, (audience, lang, as_of): Wanted<'_>) -> Result<(), String> {
    let form = match file.extension().and_then(|ending| ending.to_str()) {
        Some("pdf") => Form::Pdf,
        Some("zip") => Form::Zip,
        _ => return Err(format!("{} must end in .pdf or .zip.", file.display())),
    };
    let told = |why: Error| match why {
        Error::NotFound => format!("There is no incident {key}."),
        other => match other.fields() {
            [] => format!("No dossier was made: {other}."),
            fields => fields.iter().map(|field| field.message(Lang::En)).collect::<Vec<_>>().join(" "),
        },
    };
    let audience = Audience::parse(audience).map_err(told)?;
    let config = Config::load(options)?;
    let seal = config.seal.ok_or(NO_KEY)?;
    let db = open(options)?;
    let opened = dossiers::open(&db, None, key.to_owned(), (form, audience, lang), (as_of, Clock::System.now()));
    let (reference, order) = actix_web::rt::System::new().block_on(opened).map_err(told)?;
    let cannot = |why: std::io::Error| format!("{} cannot be made: {why}.", file.display());
    let mut out = private::new_file(file).map_err(cannot)?;
    let made = match form {
        Form::Zip => dossiers::archive_into(&db, &reference, order, &seal, &mut out).map_err(told),
        Form::Pdf => dossiers::document(&db, &reference, order)
            .map_err(told)
            .and_then(|bytes| std::io::Write::write_all(&mut out, &bytes).map_err(cannot)),
    };
    if made.is_err() {
        // Half a dossier is none.
        let _ = std::fs::remove_file(file);
    }
    made
}

fn write_drill_report(options: &Options, key: &str, file: &Path, lang: Lang) -> Result<(), String> {
    if file.extension().and_then(|ending| ending.to_str()) != Some("pdf") {
        return Err(format!("{} must end in .pdf.", file.display()));
    }
    let db = open(options)?;
    let made = drill::api::make(&db, key, Sight::everything(), (lang, Clock::System.now()));
    let (_, bytes) = made.map_err(|why| match why {
        Error::NotFound => format!("There is no drill {key}."),
        why => said(&why),
    })?;
    let cannot = |why: std::io::Error| format!("{} cannot be made: {why}.", file.display());
    let mut out = private::new_file(file).map_err(cannot)?;
    std::io::Write::write_all(&mut out, &bytes).map_err(cannot)
}

fn demonstrate(options: &Options) -> Result<(), String> {
    let config = Config::load(options)?;
    let db = Db::open(&config.database, config.upkeep)?;
    let filled = actix_web::rt::System::new().block_on(demo::fill(&db, Clock::System.now()));
    let (people, many) = filled.map_err(|why| why.to_string())?;
    println!("A demonstration with {many} made-up incidents. These can sign in; the passwords are shown once:");
    for person in people {
        let roles: Vec<&str> = person.roles.iter().map(|role| role.word()).collect();
        println!("{:<28} {:<26} {:<16} {}", person.email, person.password, person.name, roles.join(","));
    }
    println!("Start the app with «varsel» and sign in at {}.", config.base_url(config.listen));
    Ok(())
}
