//! A forgotten password: a link by mail for whoever has an account, and the same silence for whoever has none.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::{make_link, note, passkeys};
use crate::account::desk::{Desk, Why};
use crate::account::rules::Demand;
use crate::account::store::{self, Account};
use crate::db::Db;
use crate::error::Error;

/// How long the link lasts: whoever asked reads the mail now.
const LASTS: Duration = Duration::hours(1);
/// Nobody's mailbox is filled by somebody who asks again and again.
const PAUSE: Duration = Duration::minutes(5);

/// Mails a link to whoever has this e-mail and a password; otherwise does nothing, and says neither.
pub async fn forgotten(
    db: &Db,
    desk: Arc<Desk>,
    (email, address): (String, String),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let email = email.trim().to_lowercase();
    db.write(move |conn| {
        let Some(account) = store::by_email(conn, &email)?.filter(Account::may_sign_in) else { return Ok(()) };
        if store::has_link_since(conn, account.id, (now - PAUSE).into())? {
            return Ok(());
        }
        let (_, rules) = store::rules(conn)?;
        if rules.second_factor == Demand::All && passkeys::is_only_factor(conn, account.id)? {
            // A link takes the passkeys away: where they are the second factor that must be, a mailbox is not enough for it.
            return note(conn, (None, &address), "password.forgotten", Some(account.id), now);
        }
        // Links made before stay good: whoever asks in another's name takes nothing away from them.
        let secret = make_link(conn, None, Some(account.id), now, LASTS)?;
        note(conn, (None, &address), "password.forgotten", Some(account.id), now)?;
        desk.mail(conn, (&account, Why::Forgotten), (&secret, now + LASTS), now)
    })
    .await
}
