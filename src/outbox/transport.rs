//! The ways out: a mail server or a folder, webhooks, Teams, Slack and text messages. Each is a real delivery and its
//! outcome, and nothing else: no incident, no database, no retrying.
//!
//! An [`Outside`] is made once from what the operator has decided, and [`Outside::send`] carries one [`Letter`] by one
//! [`Route`]. What comes back is one of three: it was delivered, it may go better later, or it will never go. Whatever
//! the operator or the other side can put right, a wrong password, a full mailbox, an expired certificate, a moved
//! address, counts as later, so that no message is lost to a slip. [`Outside::longest`] is the longest that one
//! sending takes; whoever leases a message must lease it for longer.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::i18n::{self, Lang};

mod flaw;
mod folder;
mod guard;
mod http;
mod key;
mod line;
mod mail;
mod network;
mod outside;
mod phone;
mod secret;
mod slack;
mod sms;
mod smtp;
mod teams;
mod webhook;

pub use flaw::Flaw;
pub use network::Network;
pub use outside::{Outside, OutsideOptions, trusted};
pub use phone::e164;
pub use secret::Secret;
pub use sms::{Content, Gateway, Header, Verb};
pub use webhook::{Webhook, new_signing_secret, signature};

/// A message as a transport sees it.
#[derive(Clone)]
pub struct Letter {
    /// Unique to the message, the same over all attempts. May stand in a log.
    pub key: String,
    /// Which attempt this is; the first is 1.
    pub attempt: u32,
    /// What the message is, as `reminder` or `channel-test`.
    pub kind: String,
    /// E-mail address or telephone number; empty where the route itself is the address.
    pub to: String,
    /// The receiver's name; may be empty.
    pub to_name: String,
    /// One line.
    pub subject: String,
    /// The message, plain text.
    pub text: String,
    /// Where to read on; put below the text, or on a button.
    pub link: Option<String>,
    /// Particulars for programs, in the webhook's `data`.
    pub data: Value,
    /// The language that subject and text are in.
    pub lang: Lang,
    /// When the message was written.
    pub created_at: DateTime<Utc>,
    /// Whether it is to be marked as important.
    pub urgent: bool,
}

/// The receiver and the content are nobody's business in a log.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter")
            .field("key", &self.key)
            .field("attempt", &self.attempt)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl Letter {
    /// The title and the address of a button, where there is a link that a button may have.
    fn button(&self) -> Option<(String, &str)> {
        let link = self.link.as_deref()?;
        let fits = link.starts_with("https://") || link.starts_with("http://");
        fits.then(|| (i18n::text(self.lang, "transport-open"), link))
    }
}

/// Where a message goes. Kept as JSON, told apart by `kind`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Route {
    /// E-mail, by the mail server if there is one, else into the folder.
    Mail,
    /// A program, after Standard Webhooks.
    Webhook(Webhook),
    /// A channel in Microsoft Teams.
    Teams {
        /// The address of the workflow.
        url: Secret,
    },
    /// A channel in Slack.
    Slack {
        /// The address of the incoming webhook.
        url: Secret,
    },
    /// A text message.
    Sms(Gateway),
    /// E-mail into the folder, whether or not there is a mail server.
    Folder,
}

impl Route {
    /// The name of its kind, as it stands in the JSON.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Webhook(_) => "webhook",
            Self::Teams { .. } => "teams",
            Self::Slack { .. } => "slack",
            Self::Sms(_) => "sms",
            Self::Folder => "folder",
        }
    }
}

/// What became of a message. The reply is what the other side answered: one line, at most 500 characters, no secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The other side has taken it.
    Delivered {
        /// What it answered.
        reply: String,
    },
    /// It was not taken, and another time it may be.
    Later {
        /// What was answered, or what went wrong.
        reply: String,
        /// How long the other side asks us to wait.
        after: Option<Duration>,
    },
    /// It was not taken and never will be.
    Refused {
        /// What was answered, or what is wrong.
        reply: String,
    },
}

impl Outcome {
    /// What the other side answered, or what went wrong.
    pub fn reply(&self) -> &str {
        match self {
            Self::Delivered { reply } | Self::Later { reply, .. } | Self::Refused { reply } => reply,
        }
    }

    /// The outcome in a word, for logs and figures.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Delivered { .. } => "delivered",
            Self::Later { .. } => "later",
            Self::Refused { .. } => "refused",
        }
    }

    fn later(reply: String) -> Self {
        Self::Later { reply, after: None }
    }

    fn refused(reply: String) -> Self {
        Self::Refused { reply }
    }
}

/// How long each part of a sending may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To reach the mail server.
    pub mail_connect: Duration,
    /// For the mail server to answer a command.
    pub mail_command: Duration,
    /// To hand over the content and be told that it is taken.
    pub mail_content: Duration,
    /// For a whole mail, whatever happens.
    pub mail_total: Duration,
    /// To reach a host of the web, its name and its certificate included.
    pub http_connect: Duration,
    /// For a whole request, the reading of its answer included.
    pub http_total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            mail_connect: seconds(10),
            mail_command: seconds(15),
            mail_content: seconds(30),
            mail_total: seconds(45),
            http_connect: seconds(5),
            http_total: seconds(15),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter for the tests of this folder.
    pub fn letter() -> Letter {
        Letter {
            key: "reminder-7".into(),
            attempt: 1,
            kind: "reminder".into(),
            to: "kari@smbmobil.example".into(),
            to_name: "Kari Nordmann".into(),
            subject: "Frist om 4 timer".into(),
            text: "Meld bruddet til Nkom.".into(),
            link: Some("https://varsel.example/incidents/7".into()),
            data: Value::Null,
            lang: Lang::Nb,
            created_at: DateTime::parse_from_rfc3339("2026-11-24T12:00:00Z").unwrap().to_utc(),
            urgent: false,
        }
    }

    #[test]
    fn a_route_is_kept_as_json_and_shows_none_of_its_secrets() {
        let routes = [
            r#"{"kind":"mail"}"#,
            r#"{"kind":"webhook","url":"https://x.example/hemmelig","secret":"whsec_hemmelig"}"#,
            r#"{"kind":"webhook","url":"https://x.example/hemmelig","secret":"whsec_hemmelig","old_secret":"whsec_hemmelig2"}"#,
            r#"{"kind":"teams","url":"https://x.example/hemmelig"}"#,
            r#"{"kind":"slack","url":"https://x.example/hemmelig"}"#,
            r#"{"kind":"sms","url":"https://x.example/hemmelig","method":"PUT","headers":[{"name":"x-api-key","value":"hemmelig"}],"content":"form","body":"p=hemmelig&to={to}&t={text}","from":"SMB","delivered":[202],"longest":160}"#,
            r#"{"kind":"folder"}"#,
        ];
        for json in routes {
            let route: Route = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&route).unwrap(), json);
            assert!(json.contains(&format!(r#""kind":"{}""#, route.kind())));
            let shown = format!("{route:?}");
            assert!(!shown.contains("hemmelig"), "{shown}");
        }
        let short = r#"{"kind":"sms","url":"https://x.example/","body":"{}"}"#;
        let Route::Sms(gateway) = serde_json::from_str(short).unwrap() else { panic!("not a gateway") };
        assert_eq!((gateway.method, gateway.content, gateway.longest), (Verb::Post, Content::Json, 459));
        let shown = format!("{:?}", letter());
        assert!(!shown.contains("kari") && !shown.contains("Nkom"), "{shown}");
    }
}
