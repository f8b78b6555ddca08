//! What people do with channels: make one, change it, switch it, give it a new secret, try it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::store::{self, Channel};
use super::{Checked, KINDS, Typed, check, shown};
use crate::audit::{self, Entry};
use crate::db::{Conn, Id, Instant};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::outbox::store as messages;
use crate::outbox::transport::{Outcome, Route, Secret, Webhook, e164, new_signing_secret};
use crate::outbox::{Address, Draft, TEST, Worker};

/// Makes a channel. A webhook's signing secret is answered, once.
pub async fn create(worker: &Worker, by: Id, kind: &str, typed: &Typed) -> Result<(Channel, Option<Secret>), Error> {
    if !KINDS.contains(&kind) {
        let fault = FieldError::new("kind", "wrong_choice").with("given", kind);
        return Err(Error::Invalid(vec![fault.with("choices", KINDS.to_vec())]));
    }
    let checked = check(kind, typed, None, &worker.outside)?;
    let (id, now) = (Id::new(), worker.clock.now().into());
    let secret = signing_secret(&checked.route).cloned();
    let sealed_route = Channel::seal(&worker.seal, id, &checked.route)?;
    let Checked { name, recipient, circle, about, language, .. } = checked;
    let kind = kind.to_owned();
    let (enabled, version) = (true, 1);
    let new = Channel {
        id,
        name,
        kind,
        recipient,
        circle,
        about,
        language,
        sealed_route,
        enabled,
        version,
        created_by: by,
        created_at: now,
        updated_at: now,
    };
    let stored = new.clone();
    worker
        .db
        .write(move |conn| {
            free_name(conn, &stored)?;
            store::insert(conn, &stored)?;
            note(conn, by, "channel.made", (None, &stored), now)
        })
        .await?;
    Ok((new, secret))
}

fn free_name(conn: &mut Conn, of: &Channel) -> Result<(), Error> {
    match store::by_name(conn, &of.name)? {
        Some(other) if other.id != of.id => Err(Error::field("name", "channel_name_taken")),
        _ => Ok(()),
    }
}

/// Changes a channel; what is not said, and a secret left empty, stays. A webhook's replaced secret ends here.
///
/// A secret is answered where a new one had to be drawn because the old ones do not open any more.
pub async fn change(
    worker: &Worker,
    by: Id,
    (id, seen): (Id, i32),
    typed: &Typed,
) -> Result<(Channel, Option<Secret>), Error> {
    let stands = find(worker, id).await?;
    let route = stands.open(&worker.seal).ok();
    fresh(&stands, seen, typed)?;
    let mut all = shown(&stands, route.as_ref());
    all.extend(typed.clone());
    let checked = check(&stands.kind, &all, route.as_ref(), &worker.outside)?;
    let secret = signing_secret(&checked.route).filter(|_| route.is_none()).cloned();
    let sealed_route = Channel::seal(&worker.seal, id, &checked.route)?;
    let Checked { name, recipient, circle, about, language, .. } = checked;
    let changed = Channel { name, recipient, circle, about, language, sealed_route, ..stands };
    Ok((write(worker, by, "channel.changed", seen, changed).await?, secret))
}

/// Switches a channel on or off. What waited for it when it is switched off is taken back.
pub async fn switch(worker: &Worker, by: Id, (id, seen): (Id, i32), on: bool) -> Result<Channel, Error> {
    let stands = find(worker, id).await?;
    fresh(&stands, seen, &Typed::new())?;
    write(worker, by, "channel.switched", seen, Channel { enabled: on, ..stands }).await
}

/// Draws a new signing secret for a webhook and answers it, once; until the next change both sign.
pub async fn new_secret(worker: &Worker, by: Id, (id, seen): (Id, i32)) -> Result<(Channel, Secret), Error> {
    let stands = find(worker, id).await?;
    fresh(&stands, seen, &Typed::new())?;
    let Ok(Route::Webhook(webhook)) = stands.open(&worker.seal) else {
        return Err(Error::conflict("channel-without-secret"));
    };
    let new = new_signing_secret();
    let route = Route::Webhook(Webhook { old_secret: Some(webhook.secret), secret: new.clone(), url: webhook.url });
    let sealed_route = Channel::seal(&worker.seal, id, &route)?;
    let changed = Channel { sealed_route, ..stands };
    Ok((write(worker, by, "channel.secret-drawn", seen, changed).await?, new))
}

/// Finds a channel, or says that there is none.
pub async fn find(worker: &Worker, id: Id) -> Result<Channel, Error> {
    worker.db.read(move |conn| store::find(conn, id)).await?.ok_or(Error::NotFound)
}

fn signing_secret(route: &Route) -> Option<&Secret> {
    match route {
        Route::Webhook(webhook) => Some(&webhook.secret),
        _ => None,
    }
}

/// Refuses what was written on an older version, with what stands where something else was meant.
fn fresh(stands: &Channel, seen: i32, typed: &Typed) -> Result<(), Error> {
    if stands.version == seen {
        return Ok(());
    }
    let now = shown(stands, None);
    let other = now.iter().filter(|(name, text)| typed.get(*name).is_some_and(|typed| typed.trim() != text.as_str()));
    let changes: Vec<Value> = other.map(|(name, text)| json!({ "path": name, "to": text })).collect();
    Err(Error::Stale { current: stands.version, changes: changes.into() })
}

/// A channel as the audit chain tells of it: of a route no more than that it is another one.
fn told(channel: &Channel, other_route: bool) -> Value {
    let mut all = json!(shown(channel, None));
    all["kind"] = json!(channel.kind);
    all["enabled"] = json!(channel.enabled);
    all["route"] = json!(if other_route { "changed" } else { "as before" });
    all
}

/// Writes down what was done to a channel.
fn note(
    conn: &mut Conn,
    by: Id,
    what: &str,
    (before, after): (Option<&Channel>, &Channel),
    at: Instant,
) -> Result<(), Error> {
    let other_route = before.is_none_or(|before| before.sealed_route != after.sealed_route);
    let was = before.map_or_else(|| json!({}), |before| told(before, false));
    audit::change(conn, Some(by), (what, &after.name), (was, told(after, other_route)), at)
}

async fn write(worker: &Worker, by: Id, what: &'static str, seen: i32, changed: Channel) -> Result<Channel, Error> {
    let now = worker.clock.now();
    let changed = Channel { version: seen + 1, updated_at: now.into(), ..changed };
    let stored = changed.clone();
    worker
        .db
        .write(move |conn| {
            let stands = store::find(conn, stored.id)?.ok_or(Error::NotFound)?;
            fresh(&stands, seen, &shown(&stored, None))?;
            free_name(conn, &stored)?;
            store::update(conn, &stored)?;
            note(conn, by, what, (Some(&stands), &stored), now.into())?;
            if !stored.enabled {
                messages::cancel_all(conn, stored.id, now)?;
            }
            Ok(())
        })
        .await?;
    Ok(changed)
}

/// Sends a message by a channel at once, and answers its id and what the other side said. `number` is for a gateway
/// that has none of its own.
pub async fn test(worker: &Worker, by: Option<Id>, id: Id, number: &str) -> Result<(Id, Outcome), Error> {
    let channel = find(worker, id).await?;
    if !channel.enabled {
        return Err(Error::conflict("channel-off"));
    }
    let to = match (channel.kind.as_str(), channel.recipient.is_empty()) {
        ("sms", true) => {
            let wrong = || FieldError::new("number", "not_a_phone").with("given", number);
            let number = e164(number).ok_or_else(|| Error::Invalid(vec![wrong()]))?;
            Address::Phone { gateway: id, name: channel.name.clone(), number }
        }
        _ => Address::Channel { id },
    };
    let lang = Lang::parse(&channel.language).unwrap_or_default();
    try_out(worker, by, to, lang, &channel.name.clone(), Some(channel)).await
}

/// Sends a mail to an address at once, to try the way there.
pub async fn test_mail(worker: &Worker, email: &str, lang: Lang) -> Result<(Id, Outcome), Error> {
    let to = Address::Person { email: email.to_owned(), name: String::new() };
    try_out(worker, None, to, lang, email, None).await
}

async fn try_out(
    worker: &Worker,
    by: Option<Id>,
    to: Address,
    lang: Lang,
    name: &str,
    channel: Option<Channel>,
) -> Result<(Id, Outcome), Error> {
    let now = worker.clock.now();
    let draft = trial(to, lang, name, now);
    let (claimant, lease) = (worker.name.clone(), worker.lease());
    let subject = channel.as_ref().map_or_else(|| "mail".to_owned(), |channel| channel.name.clone());
    let message = worker
        .db
        .write(move |conn| {
            messages::put(conn, &draft, now)?;
            let detail = json!({ "key": draft.key });
            let entry = Entry { actor: by, address: "", what: "channel.tried", subject: &subject, detail };
            audit::append(conn, &entry, now.into())?;
            messages::claim_one(conn, &draft.key, &claimant, now, lease)?.ok_or(Error::NotFound)
        })
        .await?;
    let id = message.id;
    let sender = worker.clone();
    // Whoever asked may go away; what has begun is still recorded.
    let sent = tokio::spawn(async move { sender.deliver(message, channel, None).await });
    Ok((id, sent.await.map_err(Error::internal)??))
}

fn trial(to: Address, lang: Lang, name: &str, now: DateTime<Utc>) -> Draft {
    let said = [("name", Arg::from(name.to_owned())), ("when", Arg::from(i18n::instant(lang, now)))];
    Draft {
        key: format!("{TEST}:{}", Id::new()),
        kind: TEST.into(),
        to,
        lang,
        subject: i18n::text(lang, "channel-trial-subject"),
        text: i18n::text_with(lang, "channel-trial-text", &said),
        link: None,
        data: json!({}),
        urgent: false,
        incident_seq: None,
    }
}
