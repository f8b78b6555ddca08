//! Making the address of a calendar, ending it, and handing out what it shows now.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::deadline::{Mine, event};
use super::store::{self, Address};
use super::{Span, ical};
use crate::account::right::{Named, Read};
use crate::account::session::SEEN_EVERY;
use crate::account::store::Account;
use crate::account::token::{self, Token};
use crate::account::{Limits, Officer, Sight, limits::Costly};
use crate::audit::{self, Entry};
use crate::db::{Db, Id};
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::incident::actions::renew_outdated;
use crate::incident::store as cases;
use crate::reminder::store as duties;

/// The most addresses of one account that work.
const MOST: usize = 20;

/// The addresses of an account that work, the newest first.
pub async fn of(db: &Db, who: Id) -> Result<Vec<Address>, Error> {
    db.read(move |conn| store::of(conn, who)).await
}

/// Makes an address, and answers it with its secret, which is not kept.
pub async fn make(db: &Db, by: &Officer, span: Span, now: DateTime<Utc>) -> Result<(Address, String), Error> {
    // What a token could give itself would outlive it.
    by.is_here_in_person()?;
    let who = by.id;
    db.write(move |conn| {
        if store::of(conn, who)?.len() >= MOST {
            return Err(Error::conflict("too-many-calendars"));
        }
        let drawn = Token::draw();
        let address = Address {
            id: Id::new(),
            account_id: who,
            span: span.word().to_owned(),
            token_hash: drawn.hash,
            made_at: now.into(),
            last_used_at: None,
            ended_at: None,
        };
        store::insert(conn, &address)?;
        let detail = json!({ "calendar": address.id, "span": span.word() });
        let (what, subject) = ("calendar.made", who.to_string());
        audit::append(conn, &Entry { actor: Some(who), address: "", what, subject: &subject, detail }, now.into())?;
        Ok((address, drawn.secret))
    })
    .await
}

/// Ends one of one's own addresses.
pub async fn end(db: &Db, who: Id, id: Id, now: DateTime<Utc>) -> Result<(), Error> {
    db.write(move |conn| {
        if !store::end(conn, (id, who), now.into())? {
            return Err(Error::NotFound);
        }
        let (what, subject, detail) = ("calendar.ended", who.to_string(), json!({ "calendar": id }));
        audit::append(conn, &Entry { actor: Some(who), address: "", what, subject: &subject, detail }, now.into())
    })
    .await
}

/// What the address of this secret shows now, and the mark of it. A secret that is none costs, so that nobody tries many.
///
/// # Errors
/// Not found when no address that works has this secret; too many when it is asked for too often.
pub async fn feed(
    db: &Db,
    limits: &Limits,
    (secret, from): (&str, String),
    base: String,
    now: DateTime<Utc>,
) -> Result<(String, String), Error> {
    limits.check(Costly::Guess, &from, now)?;
    let hash = token::hash(secret);
    let found = db.read(move |conn| store::by_hash(conn, &hash)).await?;
    let Some((address, account)) = found else {
        return limits.take(Costly::Guess, &[&from], now).and(Err(Error::NotFound));
    };
    limits.take(Costly::Feed, &[&address.id.to_string(), &format!("from {from}")], now)?;
    if address.last_used_at.is_none_or(|last| now - last.utc() >= SEEN_EVERY) {
        let id = address.id;
        db.write(move |conn| store::used(conn, id, now.into())).await?;
    }
    renew_outdated(db, now).await?;
    let span = Span::parse(&address.span)?;
    db.read(move |conn| {
        let lang = Lang::parse(&account.language).unwrap_or_default();
        let events = events(conn, (&account, lang), (span, &base), now)?;
        let name = i18n::text(lang, &format!("calendar-name-{}", span.word()));
        Ok((ical::write(&name, &events, now), ical::mark(&name, &events)))
    })
    .await
}

fn events(
    conn: &mut crate::db::Conn,
    (account, lang): (&Account, Lang),
    (span, base): (Span, &str),
    now: DateTime<Utc>,
) -> Result<Vec<ical::Event>, Error> {
    if !Named::of::<Read>().is_held_by(&store::roles(conn, account.id)?) {
        return Ok(Vec::new());
    }
    let mut mine = Mine::of(account.id, duties::ladders(conn)?.1);
    let mut all = Vec::new();
    for (duty, changed) in store::deadlines(conn, Sight::of(account.id), now)? {
        if span == Span::Company || mine.holds(conn, &duty)? {
            // What everybody's deadlines are is looked at; one's own ring.
            all.extend(event(lang, (&duty, changed), (base, span == Span::Mine), now));
        }
    }
    Ok(all)
}

/// One deadline of a case, to take along.
///
/// # Errors
/// Not found when the case cannot be seen, or has no such duty that is open and has a deadline or target.
pub async fn one(
    db: &Db,
    by: &Officer,
    (key, duty_id, whom): (String, String, String),
    base: String,
    now: DateTime<Utc>,
) -> Result<(String, String), Error> {
    let (sight, lang) = (by.sight(), by.lang);
    renew_outdated(db, now).await?;
    db.read(move |conn| {
        let head = cases::head(conn, &key, sight)?;
        let of = duties::duties_of(conn, head.seq)?.into_iter();
        let open: Vec<_> =
            of.filter(|duty| duty.duty_id == duty_id && duty.for_whom == whom && duty.is_open()).collect();
        let found = store::with_change(conn, open)?;
        let events: Vec<_> =
            found.iter().filter_map(|(duty, changed)| event(lang, (duty, *changed), (&base, true), now)).collect();
        if events.is_empty() {
            return Err(Error::NotFound);
        }
        let name = i18n::text_with(lang, "calendar-name-one", &[("reference", head.reference.clone().into())]);
        Ok((format!("{}-{duty_id}.ics", head.reference), ical::write(&name, &events, now)))
    })
    .await
}
