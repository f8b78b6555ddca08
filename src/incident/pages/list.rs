//! The list: open incidents first, narrowed by what the address says, paged by where the last page ended.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answered, App, frame, go_to};
use crate::account::{
    By, Officer,
    right::{Anyone, Read, Report},
};
use crate::i18n::{self, Arg, Lang};
use crate::incident::Settings;
use crate::incident::actions::renew_outdated;
use crate::incident::store::{self, Filter, Listed, Page};
use crate::law::fact::choices::{RISK, ROOT_CAUSE, SEVERITY};
use crate::outbox;

/// What the address of a list may say; anything else in it is not read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    status: String,
    severity: String,
    risk: String,
    duty_state: String,
    month_from: String,
    month_to: String,
    kind: String,
    cause: String,
    drill: String,
    q: String,
    cursor: String,
}

impl Asked {
    fn filter(&self, status: Option<&str>) -> Filter {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Filter {
            status: status.map(str::to_owned).or_else(|| some(&self.status)),
            severity: some(&self.severity),
            risk: some(&self.risk),
            duty_state: some(&self.duty_state),
            month_from: some(&self.month_from),
            month_to: some(&self.month_to),
            kind: some(&self.kind),
            cause: some(&self.cause),
            drill: some(&self.drill),
            q: some(&self.q),
            cursor: some(&self.cursor),
            ..Filter::default()
        }
    }

    fn narrowed(&self) -> bool {
        let all = [&self.status, &self.severity, &self.risk, &self.q, &self.month_from, &self.month_to];
        all.iter()
            .chain([&&self.kind, &&self.cause, &&self.duty_state, &&self.drill])
            .any(|text| !text.trim().is_empty())
    }

    /// The same list from another place.
    fn address(&self, status: &str, cursor: &str) -> String {
        let all = [
            ("status", status),
            ("severity", &self.severity),
            ("risk", &self.risk),
            ("duty_state", &self.duty_state),
            ("month_from", &self.month_from),
            ("month_to", &self.month_to),
            ("kind", &self.kind),
            ("cause", &self.cause),
            ("drill", &self.drill),
            ("q", &self.q),
            ("cursor", cursor),
        ];
        let part = |(name, value): &(&str, &str)| format!("{name}={}", escape(value));
        let parts: Vec<String> = all.iter().filter(|(_, value)| !value.is_empty()).map(part).collect();
        format!("/incidents?{}", parts.join("&"))
    }
}

/// A text as a part of an address.
pub(crate) fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

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

async fn page(request: &HttpRequest, (db, clock, templates): App, by: &Officer, mut asked: Asked) -> Answered {
    for (word, known) in [
        (&mut asked.status, &["open", "closed"][..]),
        (&mut asked.severity, SEVERITY),
        (&mut asked.risk, &[RISK, &["undetermined"]].concat()),
        (&mut asked.kind, store::KINDS),
        (&mut asked.drill, &["no", "yes", "all"][..]),
        (&mut asked.duty_state, &["required", "undetermined", "fulfilled", "exempt"][..]),
        (&mut asked.cause, &[ROOT_CAUSE, &["unknown"]].concat()),
    ] {
        if !known.contains(&word.as_str()) {
            word.clear();
        }
    }
    let now = clock.now();
    renew_outdated(&db, now).await?;
    let (read, sight) = (asked.clone(), by.sight());
    let (open, closed, lacks, out) = db
        .read(move |conn| {
            let mut of = |status: &str| match read.status.as_str() {
                "" if !read.cursor.is_empty() && status == "closed" => Ok(None),
                chosen if chosen.is_empty() || chosen == status => {
                    store::list(conn, &read.filter(Some(status)), sight).map(Some)
                }
                _ => Ok(None),
            };
            Ok((of("open")?, of("closed")?, Settings::load(conn)?.company.lacks(), outbox::store::counts(conn, sight)?))
        })
        .await?;
    let sections = [section(by, now, (&asked, "open"), &open), section(by, now, (&asked, "closed"), &closed)];
    let empty = [&open, &closed].into_iter().flatten().all(|page| page.items.is_empty());
    let own = json!({
        "q": asked.q, "filters": filters(by.lang, &asked), "sections": sections,
        "empty": empty, "narrowed": asked.narrowed(), "lacks": lacking(by.lang, &lacks),
        "unsent": unsent(by.lang, &out),
    });
    let here = request.uri().path_and_query().map_or("/incidents", |path| path.as_str()).to_owned();
    frame(by, &clock, here, i18n::text(by.lang, "page-incidents")).answer(
        &templates,
        StatusCode::OK,
        "incident/list",
        &own,
    )
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
    json!({ "title": i18n::text(by.lang, &format!("page-{status}-cases")), "cases": cases, "older": older })
}

fn row(lang: Lang, now: DateTime<Utc>, Listed { head, owner, .. }: &Listed) -> Value {
    let text = |key: &str| i18n::text(lang, key);
    let now = head.here(now);
    let due = head.next_due_at.filter(|_| head.status == "open");
    json!({
        "reference": head.reference, "title": head.title, "severity": super::words::tone(&head.severity, &head.may_rise_to), "risk": head.risk,
        "severity_words": super::words::severity(lang, &head.severity, &head.may_rise_to),
        "risk_words": text(&format!("page-risk-{}", head.risk)),
        "owner": owner.name, "owner_lacks": super::words::owner_lacks(lang, owner), "restricted": head.restricted_at.is_some(),
        "drill": head.is_drill(), "left_here": due.filter(|_| head.is_drill()).map(|at| i18n::left(lang, now, at.utc())),
        "over": due.is_some_and(|at| at.utc() < now), "due": due.map(|at| at.utc().to_rfc3339()),
        "no_due": text(if head.status == "open" { "page-no-deadline" } else { "page-closed" }),
        "counts": i18n::text_with(lang, "page-counts", &[
            ("required", Arg::from(head.required)), ("open", head.undetermined.into()), ("done", head.fulfilled.into()),
        ]),
    })
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
