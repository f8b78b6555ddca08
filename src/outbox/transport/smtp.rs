//! Mail over SMTP, one step of the conversation at a time, each with a time limit of its own.
//!
//! The steps are told apart because the same answer means different things in them: a 550 for the receiver is about
//! this message, a 535 for our password is about us and is put right by the operator while the message waits. A
//! connection that has served well is kept for the next message; one that has failed in any other way than by a
//! plain answer is dropped.

use std::error::Error as _;
use std::fmt;
use std::future::Future;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use lettre::transport::smtp::{self};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::time::timeout;

mod address;
mod wire;

pub(super) use address::ServerAddress;
use address::{Encryption, Login};
use wire::Wire;

use super::line::one_line;
use super::mail::Mail as Written;
use super::{Limits, Outcome};

/// So many connections are kept while nothing is sent, and so long.
const MOST_KEPT: usize = 32;
const LONGEST_KEPT: TimeDelta = TimeDelta::seconds(60);

/// Farewells are not waited for longer.
const FAREWELL: Duration = Duration::from_secs(1);

/// The mail server, and the connections to it that wait for the next message.
pub(super) struct Relay {
    server: ServerAddress,
    tls: Option<TlsParameters>,
    hello: ClientId,
    limits: Limits,
    kept: Mutex<Vec<Kept>>,
}

struct Kept {
    connection: AsyncSmtpConnection,
    since: DateTime<Utc>,
}

impl Relay {
    /// Makes the relay; nothing is connected yet. The hello is the name we give ourselves.
    pub fn new(server: ServerAddress, ca: Option<&[u8]>, hello: &str, limits: Limits) -> Result<Self, String> {
        let tls = match server.encryption {
            Encryption::None => None,
            _ => Some(
                tls(&server.host, ca).map_err(|why| format!("TLS to the mail server cannot be prepared: {why}."))?,
            ),
        };
        Ok(Self { server, tls, hello: ClientId::Domain(hello.to_owned()), limits, kept: Mutex::default() })
    }

    /// Hands the mail over and says what became of it.
    pub async fn send(&self, from: &Address, mail: &Written, now: DateTime<Utc>) -> Outcome {
        let mut connection = match self.connection(now).await {
            Ok(connection) => connection,
            Err(failure) => return self.outcome(failure),
        };
        match self.deliver(&mut connection, from, mail).await {
            Ok(response) => {
                self.keep(connection, now).await;
                Outcome::Delivered { reply: one_line(&said(&response), &[]) }
            }
            Err(failure) => {
                // An answer to the content may have come before all of it was read, so that one is not built upon.
                let plain_answer = failure.code().is_some_and(|code| code != 421) && failure.step != Step::Content;
                if plain_answer && self.step(Step::Content, FAREWELL, connection.command(Rset)).await.is_ok() {
                    self.keep(connection, now).await;
                } else if failure.code().is_some() {
                    farewell(connection).await;
                }
                self.outcome(failure)
            }
        }
    }

    async fn deliver(
        &self,
        connection: &mut AsyncSmtpConnection,
        from: &Address,
        mail: &Written,
    ) -> Result<Response, Failure> {
        let limit = self.limits.mail_command;
        self.step(Step::Sender, limit, connection.command(Mail::new(Some(from.clone()), vec![]))).await?;
        self.step(Step::Receiver, limit, connection.command(Rcpt::new(mail.to.clone(), vec![]))).await?;
        self.step(Step::Receiver, limit, connection.command(Data)).await?;
        // The end of the content brings a line end of its own.
        let content = mail.bytes.strip_suffix(b"\r\n").unwrap_or(&mail.bytes);
        self.step(Step::Content, self.limits.mail_content, connection.message(content)).await
    }

    /// A connection that still answers, else a new one.
    async fn connection(&self, now: DateTime<Utc>) -> Result<AsyncSmtpConnection, Failure> {
        loop {
            let Some(Kept { mut connection, since }) = self.kept.lock().await.pop() else { break };
            let fresh = now - since < LONGEST_KEPT;
            if fresh && self.step(Step::Connect, self.limits.mail_command, connection.command(Noop)).await.is_ok() {
                return Ok(connection);
            }
            farewell(connection).await;
        }
        self.connect().await
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let (host, port, hello) = (self.server.host.as_str(), self.server.port, &self.hello);
        let greeted = self.limits.mail_command.saturating_mul(2);
        let mut connection = match self.server.encryption {
            Encryption::Wrapped => {
                let limit = self.limits.mail_connect;
                let opening =
                    AsyncSmtpConnection::connect_tokio1((host, port), Some(limit), hello, self.tls.clone(), None);
                self.step(Step::Connect, limit.saturating_add(greeted), opening).await?
            }
            encryption => {
                let opening = timeout(self.limits.mail_connect, TcpStream::connect((host, port)));
                let stream = match opening.await {
                    Ok(Ok(stream)) => stream,
                    Ok(Err(why)) => {
                        return Err(Failure { step: Step::Connect, why: Why::Unreachable(why.to_string()) });
                    }
                    Err(_) => return Err(Failure { step: Step::Connect, why: Why::Silence }),
                };
                let wire = Box::new(Wire::new(stream, encryption != Encryption::None));
                let opening = AsyncSmtpConnection::connect_with_transport(wire, hello);
                self.step(Step::Connect, greeted, opening).await?
            }
        };
        self.encrypt(&mut connection).await?;
        if let Some(login) = &self.server.login {
            self.sign_in(&mut connection, login).await?;
        }
        Ok(connection)
    }

    async fn encrypt(&self, connection: &mut AsyncSmtpConnection) -> Result<(), Failure> {
        let (offered, limit) = (connection.can_starttls(), self.limits.mail_command.saturating_mul(2));
        match (self.server.encryption, &self.tls) {
            (Encryption::Required, _) if !offered => Err(Failure { step: Step::Encrypt, why: Why::NoEncryption }),
            (Encryption::Required | Encryption::Opportunistic, Some(tls)) if offered => {
                self.step(Step::Encrypt, limit, connection.starttls(tls.clone(), &self.hello)).await
            }
            _ => Ok(()),
        }
    }

    async fn sign_in(&self, connection: &mut AsyncSmtpConnection, login: &Login) -> Result<(), Failure> {
        if self.server.encryption != Encryption::None && !connection.is_encrypted() {
            return Err(Failure { step: Step::SignIn, why: Why::NoEncryption });
        }
        let who = Credentials::new(login.user.reveal().to_owned(), login.password.reveal().to_owned());
        let signing_in = connection.auth(DEFAULT_MECHANISMS, &who);
        self.step(Step::SignIn, self.limits.mail_command.saturating_mul(2), signing_in).await.map(drop)
    }

    async fn keep(&self, connection: AsyncSmtpConnection, now: DateTime<Utc>) {
        let mut kept = self.kept.lock().await;
        if kept.len() < MOST_KEPT {
            kept.push(Kept { connection, since: now });
        } else {
            drop(kept);
            farewell(connection).await;
        }
    }

    async fn step<T>(
        &self,
        step: Step,
        limit: Duration,
        doing: impl Future<Output = Result<T, smtp::Error>>,
    ) -> Result<T, Failure> {
        match timeout(limit, doing).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(why)) => Err(Failure { step, why: Why::Error(why) }),
            Err(_) => Err(Failure { step, why: Why::Silence }),
        }
    }

    fn outcome(&self, failure: Failure) -> Outcome {
        let secrets = self.server.login.as_ref().map(Login::spellings).unwrap_or_default();
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        let reply = one_line(&failure.to_string(), &secrets);
        if failure.is_final() { Outcome::Refused { reply } } else { Outcome::Later { reply, after: None } }
    }
}

fn tls(host: &str, ca: Option<&[u8]>) -> Result<TlsParameters, smtp::Error> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(pem) = ca {
        tls = tls.add_root_certificate(Certificate::from_pem(pem)?);
    }
    tls.build()
}

/// Takes leave politely, but not at any price; then the connection is closed.
async fn farewell(mut connection: AsyncSmtpConnection) {
    if !connection.has_broken() {
        let _ = timeout(FAREWELL, connection.command(Quit)).await;
    }
}

fn said(response: &Response) -> String {
    format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "))
}

/// Where in the conversation we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Connect,
    Encrypt,
    SignIn,
    Sender,
    Receiver,
    Content,
}

/// Why the conversation ended early.
struct Failure {
    step: Step,
    why: Why,
}

enum Why {
    Unreachable(String),
    NoEncryption,
    Silence,
    Error(smtp::Error),
}

impl Failure {
    /// The answer's code, if the server answered.
    fn code(&self) -> Option<u16> {
        match &self.why {
            Why::Error(why) => why.status().map(u16::from),
            _ => None,
        }
    }

    /// The words of the server, or of whatever else went wrong.
    fn words(why: &smtp::Error) -> String {
        why.source().map_or_else(|| why.to_string(), ToString::to_string)
    }

    /// Whether the server has refused this receiver or this content. All else the operator can put right, also a
    /// server that does not know us (530 to 538) or does not let us send to this receiver (5.7.x).
    fn is_final(&self) -> bool {
        let (Why::Error(why), Some(code)) = (&self.why, self.code()) else { return false };
        let about_us = matches!(code, 502 | 503 | 530..=538);
        match self.step {
            Step::Receiver => code >= 500 && !about_us && !Self::words(why).trim_start().starts_with("5.7."),
            Step::Content => code >= 500 && !about_us,
            _ => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = match self.step {
            Step::Connect => "connecting to the mail server",
            Step::Encrypt => "encrypting the line to the mail server",
            Step::SignIn => "signing in at the mail server",
            Step::Sender => "naming the sender",
            Step::Receiver => "naming the receiver",
            Step::Content => "handing over the content",
        };
        match (&self.why, self.code()) {
            (Why::Error(why), Some(code)) if self.step == Step::Receiver || self.step == Step::Content => {
                write!(f, "{code} {}", Self::words(why))
            }
            (Why::Error(why), Some(code)) => write!(f, "{code} {} (when {about})", Self::words(why)),
            (Why::Error(why), None) => write!(f, "It broke when {about}: {}.", Self::words(why)),
            (Why::Unreachable(why), _) => write!(f, "It broke when {about}: {why}."),
            (Why::Silence, _) => write!(f, "No answer came in time when {about}."),
            (Why::NoEncryption, _) => {
                write!(f, "The mail server offers no encryption (STARTTLS), so nothing was sent.")
            }
        }
    }
}
