//! What accounts are kept with: the key that seals, the words of mails, the address of the house.

use std::sync::Arc;

use actix_web::{HttpRequest, web};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::store::Account;
use crate::db::{Conn, Id};
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::outbox::{Address, Draft, sealed_link, store};
use crate::seal::Seal;
use crate::templates::Templates;

/// Made once when the app starts.
pub struct Desk {
    /// Seals the secrets of second factors, and links on their way.
    pub seal: Seal,
    /// The templates of mails.
    pub mails: Templates,
    /// Scheme and host that people use, without a slash at the end.
    pub base: String,
    /// Whether mail leaves the house; else it only lies in a folder, and links are shown to whoever makes them.
    pub by_server: bool,
}

/// Why somebody gets a one-time link by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They are new here, or were taken back.
    Invitation,
    /// An administrator made them a new one.
    NewPassword,
    /// Somebody said on the page that they had forgotten the password.
    Forgotten,
}

impl Why {
    const fn word(self) -> &'static str {
        match self {
            Why::Invitation => "invitation",
            Why::NewPassword => "new-password",
            Why::Forgotten => "forgotten",
        }
    }
}

impl Desk {
    /// The one of the app that a request came to.
    pub fn of(request: &HttpRequest) -> Result<Arc<Self>, Error> {
        let desk = request.app_data::<web::Data<Self>>().ok_or_else(|| Error::internal("the app has no desk"))?;
        Ok(desk.clone().into_inner())
    }

    /// Puts the mail with a one-time link down, in the transaction that made the link. The link is sealed until it goes.
    pub(super) fn mail(
        &self,
        conn: &mut Conn,
        (to, why): (&Account, Why),
        (secret, until): (&str, DateTime<Utc>),
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let lang = Lang::parse(&to.language).unwrap_or_default();
        let word = why.word();
        let context = json!({ "lang": lang.code(), "name": to.name, "until": until, "now": now });
        let text = self.mails.render(&format!("{word}.{lang}"), &context).map_err(Error::internal)?;
        let key = format!("{word}-{}", Id::new());
        let link = sealed_link(&self.seal, &key, &format!("{}/setup/{secret}", self.base))?;
        let draft = Draft {
            key,
            kind: word.into(),
            to: Address::Person { email: to.email.clone(), name: to.name.clone() },
            lang,
            subject: i18n::text(lang, &format!("mail-{word}")),
            text,
            link: Some(link),
            data: Value::Null,
            urgent: true,
            incident_seq: None,
        };
        store::put(conn, &draft, now).map(drop)
    }
}
