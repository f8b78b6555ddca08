//! The drafts of an incident, for people: each letter with what it lacks, to be read, completed and sent by hand.

pub mod all;
pub mod edit;
pub mod edpb;
pub mod paper;
mod show;
pub mod templates;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Draft, Notices, draft};
use crate::account::By;
use crate::account::right::Read;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::incident::actions::current;
use crate::incident::pages::{anchor, frame};
use crate::incident::{CaseFile, DutyStatus, Settings};
use crate::templates::Templates;

/// The language to draft in; the reader's own when the address does not say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    letters: String,
    /// The anchor of the duty that is looked for; it is shown however many there are.
    duty: String,
}

/// How many letters a page shows; those of the other duties stand one address away.
const SHOWN: usize = 40;

/// Shows a draft for each duty that is open and met by sending something.
pub async fn drafts(
    request: HttpRequest,
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    (templates, notices): (web::Data<Templates>, web::Data<Notices>),
    By(by, (key, asked)): By<Read, (web::Path<String>, web::Query<Asked>)>,
) -> Result<HttpResponse, Error> {
    let (key, now) = (key.into_inner(), clock.now());
    let case = current(&db, key, by.sight(), now).await?;
    let settings = db.read(Settings::load).await?;
    let letters = Lang::parse(&asked.letters).unwrap_or(by.lang);
    let mut all = Vec::new();
    let mut open = case.open_duties();
    let wanted = |status: &DutyStatus| {
        !asked.duty.is_empty() && anchor(status.duty.id, status.duty.for_whom.as_deref()) == asked.duty
    };
    if open.len() > SHOWN {
        open.sort_by_cached_key(|status| !wanted(status));
        open.truncate(SHOWN);
    }
    open.sort_by_key(|status| status.state);
    for status in open {
        let drafted = draft(&notices.0, &status.duty, &case.facts, &case.assessment, &settings.company, letters)
            .map_err(Error::internal)?;
        let drafted = drafted.map(|drafted| drafted.marked(case.head.is_drill(), letters));
        all.extend(drafted.map(|drafted| one(by.lang, &case, status, &drafted)));
    }
    let head = &case.head;
    let tongue = |(lang, name): (Lang, &str)| json!({ "code": lang.code(), "name": name, "current": lang == letters });
    let own = json!({
        "reference": head.reference, "case": head.title, "drafts": all, "letters": letters.code(),
        "letter_tongues": [tongue((Lang::Nb, "Bokmål")), tongue((Lang::Nn, "Nynorsk")), tongue((Lang::En, "English"))],
    });
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let title = format!("{} {}", i18n::text(by.lang, "page-drafts"), head.reference);
    frame(&by, &clock, here, title).answer(&templates, StatusCode::OK, "notice/drafts", &own)
}

fn one(lang: Lang, case: &CaseFile, status: &DutyStatus, drafted: &Draft) -> Value {
    let duty = &status.duty;
    let title = i18n::text(lang, &format!("duty-{}", duty.id));
    let gap = |gap: &super::Gap| {
        let path = gap.fact.path();
        let group = path.split(['.', '[']).next().unwrap_or_default();
        let group = if matches!(path, "title" | "description") { "incident" } else { group };
        json!({ "label": gap.label(lang), "reason": gap.reason(lang), "href": format!("/incidents/{}?edit={group}#facts-{group}", case.head.reference) })
    };
    let unset: Vec<String> =
        drafted.unset.iter().map(|name| i18n::text(lang, &format!("page-company-{name}"))).collect();
    json!({
        "anchor": anchor(duty.id, duty.for_whom.as_deref()), "state": status.state.word(),
        "state_words": i18n::text(lang, &format!("state-{}", status.state.word())),
        "title": duty.for_whom.as_deref().map_or_else(|| title.clone(), |name| format!("{title}: {name}")),
        "recipient": i18n::text(lang, &format!("recipient-{}", duty.recipient)), "channel": i18n::text(lang, &format!("channel-{}", duty.channel)),
        "next": status.next_at().map(|at| at.to_rfc3339()), "to": drafted.to, "subject": drafted.subject, "body": drafted.body,
        "gaps": drafted.gaps.iter().map(gap).collect::<Vec<_>>(),
        "unset": (!unset.is_empty()).then(|| i18n::text_with(lang, "page-drafts-unset", &[("names", Arg::from(i18n::list(lang, &unset)))])),
    })
}
