//! What goes out of the house: by which way a message travels and what became of it. It knows nothing of incidents.

pub mod channel;
pub mod store;
pub mod transport;
pub mod trouble;

use crate::db::Id;
use crate::i18n::Lang;
use serde_json::Value;

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Address {
    /// By mail.
    Person { email: String, name: String },
    /// By text message through a gateway.
    Telephone { channel: Id, number: String, name: String },
    /// By a channel.
    Channel { id: Id },
}

/// What is to be sent.
pub struct Draft {
    pub key: String,
    pub kind: String,
    pub to: Address,
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    pub link: Option<String>,
    pub data: Value,
    pub urgent: bool,
    pub incident_seq: Option<i64>,
}
