//! The pages of the audit chain: search, export, and the check.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::export::{Format, Sending};
use super::{Asked, visible, words};
use crate::account::right::ReadAudit;
use crate::account::{By, May, Officer, store as people};
use crate::audit::{self, store};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::incident::pages::escape;
use crate::incident::pages::{Answered, App, frame};
use crate::retention::day;

/// What a check of the chain found, as the page tells it.
struct Checked {
    good: bool,
    words: String,
    signed: Option<String>,
}

/// Shows the newest entries, or those that are asked for.
pub async fn list(app: App, config: web::Data<Config>, By(by, asked): By<ReadAudit, web::Query<Asked>>) -> Answered {
    page(app, &config, &by, asked.into_inner(), None).await
}

/// Reads the whole chain and tells whether it holds, and its head.
pub async fn check(app: App, config: web::Data<Config>, by: May<ReadAudit>) -> Answered {
    let (db, lang, now) = (app.0.clone(), by.lang, app.1.now());
    let read = web::block(move || db.read_all(|conn| audit::verify(conn, None)));
    let chain = read.await.map_err(Error::internal)??;
    let entries = ("n", Arg::from(chain.head.number));
    let words = match &chain.broken {
        None => i18n::text_with(lang, "audit-holds", &[entries]),
        Some(broken) => i18n::text_with(lang, "audit-broken", &[entries, ("entry", broken.number.into())]),
    };
    let signed = config.signer.as_ref().map(|signer| signer.sign(&chain.head, now).to_string());
    let detail = json!({ "head": chain.head.to_string(), "broken": chain.broken.as_ref().map(ToString::to_string) });
    let actor = by.id;
    app.0.write(move |conn| audit::read(conn, actor, ("audit.verified", "audit"), detail.clone(), now.into())).await?;
    let signed = signed.or(Some(chain.head.to_string()));
    page(app, &config, &by, Asked::default(), Some(Checked { good: chain.broken.is_none(), words, signed })).await
}

async fn page(
    (db, clock, templates): App,
    config: &Config,
    by: &Officer,
    asked: Asked,
    checked: Option<Checked>,
) -> Answered {
    let (lang, reader, sought) = (by.lang, by.clone(), asked.clone());
    let read = db.read(move |conn| {
        let (people, kinds) = (people::everybody(conn)?, store::kinds(conn)?);
        let found = match sought.filter(conn) {
            Ok(filter) => Ok(store::search(conn, &filter)?),
            Err(Error::Invalid(wrong)) => Err(wrong),
            Err(other) => return Err(other),
        };
        let shown = visible(conn, &reader, found.as_ref().map_or(&[], |found| &found.items))?;
        Ok((people, kinds, found, shown))
    });
    let (people, kinds, found, shown) = read.await?;
    let (found, wrong): (_, Vec<FieldError>) = match found {
        Ok(found) => (Some(found), Vec::new()),
        Err(wrong) => (None, wrong),
    };
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let entries: Vec<Value> = found
        .iter()
        .flat_map(|found| &found.items)
        .map(|entry| words::entry(lang, entry, &people, shown.contains(&entry.subject)))
        .collect();
    let option =
        |value: &str, label: String, chosen: &str| json!({ "value": value, "label": label, "chosen": value == chosen });
    let any = |key: &str, chosen: &str| option("", i18n::text(lang, key), chosen);
    let whom =
        people.iter().map(|member| option(&member.account.id.to_string(), member.account.name.clone(), &asked.person));
    let mut acts: Vec<(String, &String)> = kinds.iter().map(|kind| (words::what(lang, kind), kind)).collect();
    acts.sort();
    let acts = acts.into_iter().map(|(label, kind)| option(kind, label, &asked.what));
    let faults: Vec<Value> = wrong
        .iter()
        .map(|fault| {
            let label = i18n::text(lang, &format!("audit-{}", fault.path));
            json!({ "id": fault.path, "label": label, "message": fault.message(lang) })
        })
        .collect();
    let (next, paused) = found.map_or((None, false), |found| (found.next, found.paused));
    let older = next.map(|next| format!("/audit?{}", address(&Asked { cursor: next.to_string(), ..asked.clone() })));
    let own = json!({
        "wrong": faults, "entries": entries, "older": older, "paused": paused.then_some(next),
        "from": asked.from, "until": asked.until, "subject": asked.subject, "q": asked.q,
        "people": std::iter::once(any("audit-anybody", &asked.person)).chain(whom).collect::<Vec<_>>(),
        "acts": std::iter::once(any("audit-anything", &asked.what)).chain(acts).collect::<Vec<_>>(),
        "narrowed": !address(&Asked { cursor: String::new(), ..asked.clone() }).is_empty(),
        "export": address(&Asked { cursor: String::new(), ..asked }),
        "checked": checked.map(|checked| json!({ "good": checked.good, "words": checked.words, "signed": checked.signed })),
        "public_key": config.signer.as_ref().map(audit::Signer::public_key),
    });
    frame(by, &clock, "/audit", i18n::text(lang, "page-audit")).answer(&templates, status, "trail/audit", &own)
}

/// The search as the end of an address.
fn address(asked: &Asked) -> String {
    let all = [
        ("from", &asked.from),
        ("until", &asked.until),
        ("person", &asked.person),
        ("what", &asked.what),
        ("subject", &asked.subject),
        ("q", &asked.q),
        ("cursor", &asked.cursor),
    ];
    let part = |(name, value): &(&str, &String)| format!("{name}={}", escape(value.trim()));
    all.iter().filter(|(_, value)| !value.trim().is_empty()).map(part).collect::<Vec<_>>().join("&")
}

/// How an export is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    format: String,
}

/// Sends what a search finds as a file, and writes down that it was taken out.
pub async fn export(
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    By(by, (asked, wanted)): By<ReadAudit, (web::Query<Asked>, web::Query<Wanted>)>,
) -> Answered {
    let format = Format::parse(&wanted.format).unwrap_or(Format::Lines);
    let (asked, actor, now) = (asked.into_inner(), by.id, clock.now());
    let filter = db
        .write(move |conn| {
            let filter = asked.filter(conn)?;
            let narrowed = json!({
                "from": asked.from, "until": asked.until, "person": asked.person, "what": asked.what,
                "subject": asked.subject, "q": asked.q,
            });
            let detail = json!({ "format": format.ending(), "search": narrowed });
            audit::read(conn, actor, ("audit.exported", "audit"), detail, now.into())?;
            Ok(filter)
        })
        .await?;
    let name = format!("attachment; filename=\"varsel-audit-{}.{}\"", day(now), format.ending());
    let sending = Sending::begin((**db).clone(), (*by).clone(), filter, format);
    Ok(HttpResponse::Ok().content_type(format.kind()).insert_header((CONTENT_DISPOSITION, name)).body(sending))
}

/// The texts that a kind of act has.
#[must_use]
pub fn has_words(lang: Lang, kind: &str) -> bool {
    words::what(lang, kind) != kind
}
