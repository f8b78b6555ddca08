//! Who gets what, on one screen: every text of an incident with its receiver, where it stands and what was sent.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::super::audience::{Reader, may_see};
use super::super::store::{self, Approval, Sent, Version};
use super::super::{actions, has_draft};
use super::edit::address;
use crate::account::May;
use crate::account::right::Read;
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::incident::actions::current;
use crate::incident::pages::{App, frame};
use crate::incident::{CaseFile, DutyStatus};
use crate::law::{State, fact};

/// Shows every text that goes out or went out.
pub async fn show((db, clock, templates): App, by: May<Read>, key: web::Path<String>) -> Result<HttpResponse, Error> {
    actions::record_arrivals(&db, clock.now()).await?;
    let case = current(&db, key.into_inner(), by.sight(), clock.now()).await?;
    let seq = case.head.seq;
    let (latest, approvals, sent) = db
        .read(move |conn| {
            let latest = store::all_latest(conn, seq)?;
            let seqs: Vec<i64> = latest.iter().map(|version| version.seq).collect();
            Ok((latest, store::approvals(conn, &seqs)?, store::sent(conn, seq)?))
        })
        .await?;
    let lang = by.lang;
    let mut rows: Vec<(&DutyStatus, Option<&Version>)> = Vec::new();
    for status in case.duties.iter().filter(|status| has_draft(status.duty.id)) {
        let whom = status.duty.for_whom.as_deref().unwrap_or_default();
        let version = latest.iter().find(|version| version.duty_id == status.duty.id && version.for_whom == whom);
        let goes_out = status.state.is_open() || status.state == State::Fulfilled;
        if goes_out || version.is_some() {
            rows.push((status, version));
        }
    }
    rows.sort_by_key(|(status, _)| (!status.state.is_open(), status.next_at().is_none(), status.next_at()));
    let shown: Vec<Value> =
        rows.iter().map(|(status, version)| row(lang, &case, status, *version, (&approvals, &sent))).collect();
    let readers: Vec<String> = Reader::ALL.iter().map(|reader| name(lang, *reader)).collect();
    let own = json!({
        "reference": case.head.reference, "case": case.head.title, "rows": shown, "readers": readers, "facts": facts(lang, &case),
    });
    let title = format!("{} {}", i18n::text(lang, "page-notices"), case.head.reference);
    let here = format!("/incidents/{}/notices", case.head.reference);
    frame(&by, &clock, here, title).answer(&templates, StatusCode::OK, "notice/all", &own)
}

/// A reader in words.
pub fn name(lang: Lang, reader: Reader) -> String {
    i18n::text(lang, &format!("reader-{}", reader.word()))
}

fn row(
    lang: Lang,
    case: &CaseFile,
    status: &DutyStatus,
    version: Option<&Version>,
    (approvals, sent): (&[Approval], &[Sent]),
) -> Value {
    let duty = &status.duty;
    let approved = version.and_then(|version| approvals.iter().find(|approval| approval.notice_seq == version.seq));
    let whom = duty.for_whom.as_deref().unwrap_or_default();
    let left = sent.iter().rev().find(|sent| sent.duty_id == duty.id && sent.for_whom == whom);
    let how_far = match (version, approved, left) {
        (_, _, Some(left)) if left.arrived_at.is_some() => "sent",
        (_, _, Some(_)) => "waiting",
        _ if status.state == State::Fulfilled => "sent",
        (_, Some(_), None) => "approved",
        (Some(_), None, None) => "saved",
        (None, None, None) => "draft",
    };
    json!({
        "title": i18n::text(lang, &format!("duty-{}", duty.id)), "whom": duty.for_whom.as_deref(),
        "href": address(&case.head.reference, duty.id, duty.for_whom.as_deref(), ""),
        "recipient": i18n::text(lang, &format!("recipient-{}", duty.recipient)),
        "channel": i18n::text(lang, &format!("channel-{}", duty.channel)),
        "state": status.state.word(), "state_words": i18n::text(lang, &format!("state-{}", status.state.word())),
        "next": status.next_at().map(|at| at.to_rfc3339()), "how_far": i18n::text(lang, &format!("notice-far-{how_far}")),
        "by": approved.map(|approval| approval.by.clone()).or_else(|| version.map(|version| version.by.clone())),
        "sees": name(lang, Reader::of(duty)),
    })
}

/// Which fact of this case goes to whom.
fn facts(lang: Lang, case: &CaseFile) -> Vec<Value> {
    let known = |fact: &&fact::Def| !fact.path.contains("[]");
    let mut all = Vec::new();
    for fact in crate::law::fact::ALL.iter().filter(|fact| known(&fact.def()) && case.facts.get(**fact).is_known()) {
        let sees: Vec<bool> = Reader::ALL.iter().map(|reader| may_see(*reader, *fact)).collect();
        all.push(json!({ "label": i18n::fact(lang, fact.path()), "sees": sees }));
    }
    all
}
