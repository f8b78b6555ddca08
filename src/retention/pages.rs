//! The page of retention: how long things are kept, what goes when, what is held back, and who gets the signed head.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web;
use chrono::{DateTime, Days, Months, Utc};
use chrono_tz::Europe::Oslo;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Due, Keeping, LONGEST, SWEEPS, Sweep, actions, store};
use crate::account::right::{Judge, KeepHouse, ReadHouse};
use crate::account::{By, Officer, Sight};
use crate::audit::Signer;
use crate::config::Config;
use crate::db::{Conn, Id};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Lang};
use crate::incident::pages::{Answered, App, Sent, frame, go_to};
use crate::incident::store::seen_of;
use crate::outbox::channel::store as channels;

/// How far the preview looks ahead, and how many lines each kind has at most.
const AHEAD: Months = Months::new(12);
const LINES: i64 = 50;

/// What the address says of the last thing done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// What the page shows beside what is stored.
#[derive(Default)]
struct Shown {
    typed: Option<BTreeMap<String, String>>,
    wrong: Vec<FieldError>,
    refusal: Option<String>,
    done: String,
}

/// Shows the page.
pub async fn show(app: App, config: web::Data<Config>, By(by, asked): By<ReadHouse, web::Query<Asked>>) -> Answered {
    let known = ["saved", "held", "released"];
    let done = Some(asked.into_inner().done).filter(|done| known.contains(&done.as_str())).unwrap_or_default();
    page(app, &config, &by, Shown { done, ..Shown::default() }, StatusCode::OK).await
}

/// Saves what was chosen, or shows the page again with what was wrong.
pub async fn save(app: App, config: web::Data<Config>, By(by, sent): By<KeepHouse, Sent>) -> Answered {
    let sent = sent.into_inner();
    let head_channels = sent.iter().filter(|(name, _)| name == "head_channel").filter_map(|(_, id)| Id::parse(id));
    let mut keeping = Keeping { head_channels: head_channels.collect(), ..Keeping::default() };
    let typed: BTreeMap<String, String> = sent.into_iter().map(|(name, text)| (name, text.replace('\0', ""))).collect();
    let mut wrong = Vec::new();
    for sweep in SWEEPS {
        match typed.get(sweep.name).and_then(|text| text.trim().parse().ok()) {
            Some(months) => drop(keeping.months.insert(sweep.name.to_owned(), months)),
            None => wrong.push(FieldError::new(sweep.name, "months_out_of_range").with("max", LONGEST)),
        }
    }
    let addresses = typed.get("head_to").map_or("", String::as_str).split([',', ';', '\n', ' ', '\r']);
    keeping.head_to = addresses.map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty()).collect();
    let seen = typed.get("version").and_then(|text| text.parse().ok());
    let outcome = match (seen, wrong.is_empty()) {
        (None, _) => Err(Error::field("version", "version_missing")),
        (Some(_), false) => Err(Error::Invalid(wrong)),
        (Some(seen), true) => actions::save(&app.0, by.id, seen, keeping, app.1.now()).await,
    };
    match outcome {
        Ok(()) => Ok(go_to("/settings/retention?done=saved".into())),
        Err(why) => refused(app, &config, &by, Some(typed), why).await,
    }
}

/// Holds an incident back, or releases it.
pub async fn hold(app: App, config: web::Data<Config>, By(by, sent): By<Judge, Sent>) -> Answered {
    let typed: BTreeMap<String, String> =
        sent.into_inner().into_iter().map(|(name, text)| (name, text.replace('\0', ""))).collect();
    let field = |name: &str| typed.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let holds = field("hold") != "no";
    match actions::hold(&app.0, by.id, field("reference"), field("reason"), holds, app.1.now()).await {
        Ok(()) => Ok(go_to(format!("/settings/retention?done={}", if holds { "held" } else { "released" }))),
        Err(why) => refused(app, &config, &by, None, why).await,
    }
}

async fn refused(
    app: App,
    config: &Config,
    by: &Officer,
    typed: Option<BTreeMap<String, String>>,
    why: Error,
) -> Answered {
    let status = why.status_and_code().0;
    let shown = match why {
        Error::Invalid(wrong) => Shown { typed, wrong, ..Shown::default() },
        Error::Conflict { .. } | Error::Stale { .. } => {
            Shown { typed, refusal: Some(why.title_and_detail(by.lang).1), ..Shown::default() }
        }
        other => return Err(other),
    };
    page(app, config, by, shown, status).await
}

/// What goes within the time that the preview looks ahead, of incidents that are seen.
fn coming(
    conn: &mut Conn,
    keeping: &Keeping,
    sight: Sight,
    now: DateTime<Utc>,
) -> Result<Vec<(&'static Sweep, Due)>, Error> {
    // The last day counts, so that what was closed today and is kept for a year is told of.
    let until = now.checked_add_months(AHEAD).unwrap_or(now) + Days::new(1);
    let mut all = Vec::new();
    for sweep in SWEEPS {
        let due = (sweep.due)(conn, keeping.before(sweep, until).into(), LINES)?;
        all.extend(due.into_iter().map(|due| (sweep, due)));
    }
    let named =
        all.iter().filter_map(|(_, due): &(_, Due)| due.incident.as_ref().map(|(_, reference)| reference.clone()));
    let seen = seen_of(conn, named.collect(), sight)?;
    all.retain(|(_, due)| due.incident.as_ref().is_none_or(|(_, reference)| seen.contains(reference)));
    all.sort_by_key(|(sweep, due)| keeping.goes_at(sweep, due.since.utc()));
    Ok(all)
}

async fn page(
    (db, clock, templates): App,
    config: &Config,
    by: &Officer,
    shown: Shown,
    status: StatusCode,
) -> Answered {
    let (lang, now, sight) = (by.lang, clock.now(), by.sight().with_drills());
    let read = move |conn: &mut Conn| {
        let (version, keeping) = store::keeping(conn)?;
        let coming = coming(conn, &keeping, sight, now)?;
        Ok((version, keeping, coming, store::holds(conn, sight)?, channels::all(conn)?))
    };
    let (version, keeping, coming, holds, channels) = db.read(read).await?;
    let typed =
        |name: &str, stands: String| shown.typed.as_ref().and_then(|typed| typed.get(name).cloned()).unwrap_or(stands);
    let fault = |name: &str| shown.wrong.iter().find(|fault| fault.path == name).map(|fault| fault.message(lang));
    let kind = |sweep: &Sweep| {
        let text = |end: &str| i18n::text(lang, &format!("retention-{}{end}", sweep.name));
        json!({
            "id": sweep.name, "label": text(""), "about": text("-help"), "usual": sweep.months,
            "value": typed(sweep.name, keeping.months_of(sweep).to_string()), "error": fault(sweep.name),
        })
    };
    let wrong: Vec<Value> = shown
        .wrong
        .iter()
        .map(|fault| {
            let label = i18n::find(lang, &format!("retention-{}", fault.path.replace('_', "-")), &[]);
            json!({ "id": fault.path, "label": label, "message": fault.message(lang) })
        })
        .collect();
    let line = |(sweep, due): &(&Sweep, Due)| {
        let at = keeping.goes_at(sweep, due.since.utc()).max(now);
        json!({
            "what": counted(lang, sweep, due.rows), "reference": due.incident.as_ref().map(|incident| &incident.1),
            "day": i18n::day(lang, at.with_timezone(&Oslo).date_naive()),
        })
    };
    let held = |(reference, reason, name, at): &store::Held| json!({ "reference": reference, "reason": reason, "name": name, "at": at });
    let channel = |channel: &channels::Channel| json!({ "id": channel.id, "name": channel.name, "chosen": keeping.head_channels.contains(&channel.id) });
    let own = json!({
        "version": version, "wrong": wrong, "refusal": shown.refusal,
        "done": (!shown.done.is_empty()).then(|| i18n::text(lang, &format!("retention-done-{}", shown.done))),
        "kinds": SWEEPS.iter().map(kind).collect::<Vec<_>>(), "coming": coming.iter().map(line).collect::<Vec<_>>(),
        "holds": holds.iter().map(held).collect::<Vec<_>>(),
        "head_to": typed("head_to", keeping.head_to.join("\n")), "head_to_error": fault("head_to"),
        "channels": channels.iter().map(channel).collect::<Vec<_>>(),
        "public_key": config.signer.as_ref().map(Signer::public_key),
        "reference_error": fault("reference"), "reason_error": fault("reason"),
        "may_keep": by.may::<KeepHouse>(), "may_hold": by.may::<Judge>(),
    });
    let title = i18n::text(lang, "page-retention");
    frame(by, &clock, "/settings/retention", title).answer(&templates, status, "trail/retention", &own)
}

fn counted(lang: Lang, sweep: &Sweep, rows: i64) -> String {
    i18n::text_with(lang, &format!("retention-count-{}", sweep.name), &[("n", rows.into())])
}
