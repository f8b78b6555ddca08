//! The list: open incidents first, narrowed by what the address says, paged by where the last page ended.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::asked::WHOLE;
use super::{Answered, App, Asked, frame, go_to};
use crate::account::{
    By, Officer,
    right::{Anyone, Read, Report, Work},
};
use crate::i18n::{self, Arg, Lang};
use crate::incident::Settings;
use crate::incident::actions::renew_outdated;
use crate::incident::store::{self, Head, Listed, Page};
use crate::incident::view::{self, View};
use crate::law::fact::choices::SEVERITY;
use crate::outbox;

/// Shows the first page: the list to those who read incidents, to others what they are here for.
pub async fn home(request: HttpRequest, app: App, By(by, asked): By<Anyone, web::Query<Asked>>) -> Answered {
    if by.may::<Read>() {
        return page(&request, app, &by, asked.into_inner()).await;
    }
    Ok(go_to(if by.may::<Report>() { "/reports" } else { "/settings" }.into()))
}

/// Shows the list.
pub async fn list(request: HttpRequest, app: App, By(by, asked): By<Read, web::Query<Asked>>) -> Answered {
    page(&request, app, &by, asked.into_inner()).await
}

async fn page(request: &HttpRequest, (db, clock, templates): App, by: &Officer, asked: Asked) -> Answered {
    let now = clock.now();
    renew_outdated(&db, now).await?;
    let (mut asked, sight, who, works) = (asked.known(), by.sight(), by.id, by.may::<Work>());
    let views = db.read(move |conn| view::store::all(conn, who)).await?;
    // Whoever comes without a wish gets the view that they want to begin with.
    if let Some(first) = views.iter().find(|view| view.first)
        && request.query_string().is_empty()
    {
        asked = Asked::read(&first.filter)?;
    }
    let read = asked.clone();
    let (open, closed, lacks, out, owners) = db
        .read(move |conn| {
            let mut of = |status: &str| match read.status.as_str() {
                "" if !read.cursor.is_empty() && status == "closed" => Ok(None),
                chosen if chosen.is_empty() || chosen == status => {
                    store::list(conn, &read.filter(Some(status)), sight).map(Some)
                }
                _ => Ok(None),
            };
            let (open, closed) = (of("open")?, of("closed")?);
            let owners = if works { store::may_own(conn)? } else { Vec::new() };
            Ok((open, closed, Settings::load(conn)?.company.lacks(), outbox::store::counts(conn, sight)?, owners))
        })
        .await?;
    let sections = [section(by, now, (&asked, "open"), &open), section(by, now, (&asked, "closed"), &closed)];
    let pages = || [&open, &closed].into_iter().flatten();
    let empty = pages().all(|page| page.items.is_empty());
    let paused = pages().any(|page| page.paused);
    let query = asked.query();
    let owners: Vec<Value> =
        owners.iter().map(|(id, name)| json!({ "value": id, "label": name, "chosen": *id == by.id })).collect();
    let own = json!({
        "q": asked.q, "filters": filters(by.lang, &asked), "kept": kept(&asked), "sections": sections,
        "empty": empty && !paused, "narrowed": asked.narrowed(), "paused": paused, "lacks": lacking(by.lang, &lacks),
        "unsent": unsent(by.lang, &out), "views": shown(by, &views, &query), "query": query,
        "whole": format!("/incidents?view={WHOLE}"), "can_share": works, "offers": asked.narrowed() || !empty, "picking": works && !empty, "owners": owners,
    });
    let here = request.uri().path_and_query().map_or("/incidents", |path| path.as_str()).to_owned();
    frame(by, &clock, here, i18n::text(by.lang, "page-incidents")).answer(
        &templates,
        StatusCode::OK,
        "incident/list",
        &own,
    )
}

/// The saved views above the list, the one that is shown now marked.
fn shown(by: &Officer, views: &[View], query: &str) -> Vec<Value> {
    let link =
        |name: String, address: String, current: bool| json!({ "name": name, "address": address, "current": current });
    if views.is_empty() {
        return Vec::new();
    }
    let whole = link(i18n::text(by.lang, "view-all"), format!("/incidents?view={WHOLE}"), query.is_empty());
    let one = |view: &View| {
        let filter = if view.filter.is_empty() { format!("view={WHOLE}") } else { view.filter.clone() };
        let address = format!("/incidents?{filter}");
        link(view.name.clone(), address, !query.is_empty() && view.filter == query)
    };
    std::iter::once(whole).chain(views.iter().map(one)).collect()
}

/// What narrows the list and has no field in the form: it stays when the form is sent.
fn kept(asked: &Asked) -> Vec<Value> {
    let all = [
        ("duty_state", &asked.duty_state),
        ("month_from", &asked.month_from),
        ("month_to", &asked.month_to),
        ("kind", &asked.kind),
        ("cause", &asked.cause),
    ];
    let given = all.iter().filter(|(_, value)| !value.trim().is_empty());
    given.map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

/// What letters lack of the sender, in a sentence; none when nothing is missing.
fn lacking(lang: Lang, lacks: &[&str]) -> Option<String> {
    let names: Vec<String> = lacks.iter().map(|name| i18n::text(lang, &format!("page-company-{name}"))).collect();
    (!names.is_empty())
        .then(|| i18n::text_with(lang, "page-settings-missing", &[("names", Arg::from(i18n::list(lang, &names)))]))
}

/// What the outbox needs somebody for; none when it needs nobody.
fn unsent(lang: Lang, out: &outbox::store::Counts) -> Option<String> {
    let gave_up =
        (out.gave_up > 0).then(|| i18n::text_with(lang, "message-some-gave-up", &[("n", Arg::from(out.gave_up))]));
    let troubles =
        (out.troubles > 0).then(|| i18n::text_with(lang, "message-some-trouble", &[("n", Arg::from(out.troubles))]));
    let all: Vec<String> = [gave_up, troubles].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn section(by: &Officer, now: DateTime<Utc>, (asked, status): (&Asked, &str), page: &Option<Page>) -> Value {
    let cases: Vec<Value> = page.iter().flat_map(|page| &page.items).map(|case| row(by.lang, now, case)).collect();
    let older = page.as_ref().and_then(|page| page.next.as_deref()).map(|next| asked.address(status, next));
    json!({ "title": i18n::text(by.lang, &format!("page-{status}-cases")), "paused": page.as_ref().is_some_and(|page| page.paused), "shown": !cases.is_empty() || older.is_some(), "cases": cases, "older": older })
}

fn row(lang: Lang, now: DateTime<Utc>, Listed { head, owner, title, snippet, .. }: &Listed) -> Value {
    let text = |key: &str| i18n::text(lang, key);
    let now = head.here(now);
    let due = head.next_due_at.filter(|_| head.status == "open");
    json!({
        "reference": head.reference, "title": head.title, "version": head.version, "parts": title, "snippet": snippet,
        "severity": super::words::tone(&head.severity, &head.may_rise_to), "risk": head.risk,
        "severity_words": super::words::severity(lang, &head.severity, &head.may_rise_to),
        "risk_words": text(&format!("page-risk-{}", head.risk)),
        "owner": owner.name, "owner_lacks": super::words::owner_lacks(lang, owner), "restricted": head.restricted_at.is_some(),
        "drill": head.is_drill(), "left_here": due.filter(|_| head.is_drill()).map(|at| i18n::left(lang, now, at.utc())),
        "over": due.is_some_and(|at| at.utc() < now), "due": due.map(|at| at.utc().to_rfc3339()),
        "no_due": text(if head.status == "open" { "page-no-deadline" } else { "page-closed" }),
        "counts": counts(lang, head),
    })
}

/// How many duties stand how, without those that are none.
fn counts(lang: Lang, head: &Head) -> String {
    let all = [("required", head.required), ("open", head.undetermined), ("done", head.fulfilled)];
    let some = all.into_iter().filter(|(_, many)| *many > 0);
    let words = some.map(|(key, many)| i18n::text_with(lang, &format!("page-counts-{key}"), &[("n", Arg::from(many))]));
    let words: Vec<String> = words.collect();
    if words.is_empty() { i18n::text(lang, "page-counts-none") } else { words.join(", ") }
}

fn filters(lang: Lang, asked: &Asked) -> Vec<Value> {
    let text = |key: String| i18n::text(lang, &key);
    let select = |name: &str, chosen: &str, words: &[&str], key: &str| {
        let any = json!({ "value": "", "label": text(format!("page-any-{name}")), "chosen": chosen.is_empty() });
        let option =
            |word: &&str| json!({ "value": word, "label": text(format!("{key}{word}")), "chosen": *word == chosen });
        let options: Vec<Value> = std::iter::once(any).chain(words.iter().map(option)).collect();
        json!({ "name": name, "label": text(format!("page-filter-{name}")), "options": options })
    };
    vec![
        select("status", &asked.status, &["open", "closed"], "page-status-"),
        select("severity", &asked.severity, SEVERITY, "severity-"),
        select("risk", &asked.risk, &["high", "risk", "unlikely", "undetermined"], "risk-"),
        select("drill", &asked.drill, &["all", "yes"], "drill-filter-"),
    ]
}
