//! The comments on a case on a page of their own, and the newest of them on the page of the case.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::{self, Said};
use super::store::{self, Comment};
use super::{MOST, api};
use crate::account::right::{Approve, Read};
use crate::account::{By, Desk, Officer};
use crate::db::Id;
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::incident::pages::{Answered, App, Sent, frame, go_to};
use crate::incident::store::{self as cases, People};

/// How many bytes of words a page shows; what is older stands on the page before it.
const ROOM: usize = 40_000;
/// How many characters of a comment the page of the case shows.
const BEGINNING: usize = 400;

/// What the address of the page may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Only what is older than this comment.
    before: String,
    /// The own comment to correct.
    correct: String,
    /// What was just done.
    done: String,
}

/// A form that was refused, with what was typed.
struct Refused {
    said: Said,
    why: String,
    status: StatusCode,
}

/// Shows the comments on a case.
pub async fn show(app: App, By(by, (key, asked)): By<Read, (web::Path<String>, web::Query<Asked>)>) -> Answered {
    page(app, &by, key.into_inner(), asked.into_inner(), None).await
}

/// Adds a comment, or a correction.
pub async fn add(
    app: App,
    desk: web::Data<Desk>,
    By(by, (key, sent)): By<Approve, (web::Path<String>, Sent)>,
) -> Answered {
    let (key, mut said) = (key.into_inner(), Said::default());
    for (name, value) in sent.into_inner() {
        let value = value.replace('\0', "");
        match name.as_str() {
            "words" => said.words = value,
            "mentions" => said.to.push(value),
            "replaces" => said.replaces = Some(value).filter(|id| !id.is_empty()),
            _ => {}
        }
    }
    match actions::comment(&app.0, desk.into_inner(), by.id, (key.clone(), said.clone()), app.1.now()).await {
        Ok((head, id)) => Ok(go_to(format!("/incidents/{}/comments?done=said#comment-{id}", head.reference))),
        Err(why) => {
            let status = why.status_and_code().0;
            let words = match &why {
                Error::Invalid(wrong) => wrong.iter().map(|fault| fault.message(by.lang)).collect::<Vec<_>>().join(" "),
                Error::Conflict { .. } => why.title_and_detail(by.lang).1,
                _ => return Err(why),
            };
            let asked = Asked { correct: said.replaces.clone().unwrap_or_default(), ..Asked::default() };
            page(app, &by, key, asked, Some(Refused { said, why: words, status })).await
        }
    }
}

async fn page(
    (db, clock, templates): App,
    by: &Officer,
    key: String,
    asked: Asked,
    refused: Option<Refused>,
) -> Answered {
    let sight = by.sight();
    let (head, all, people) = db
        .read(move |conn| {
            let head = cases::head(conn, &key, sight)?;
            let readers = cases::readers(conn, head.seq)?;
            let people = People::all(conn)?.among::<Read>(&readers, &head);
            Ok((store::list(conn, head.seq)?, head, people))
        })
        .await
        .map(|(all, head, people)| (head, all, people))?;
    let corrected = Id::parse(&asked.correct).and_then(|id| all.iter().find(|one| one.id == id && one.by_id == by.id));
    let typed = refused.as_ref().map(|refused| &refused.said);
    let words = typed.map(|said| said.words.clone()).or_else(|| corrected.map(|one| one.words.clone()));
    let pick = |(id, name): &(Id, String)| {
        let id = id.to_string();
        json!({ "checked": typed.is_some_and(|said| said.to.contains(&id)), "id": id, "name": name })
    };
    let may = by.may::<Approve>();
    let (shown, older) = part(by, may, &all, &asked.before);
    let form = may.then(|| {
        json!({
            "words": words.unwrap_or_default(), "most": MOST,
            "replaces": corrected.map(|one| one.id), "why": refused.as_ref().map(|refused| refused.why.clone()),
            "people": people.iter().filter(|(id, _)| *id != by.id).map(pick).collect::<Vec<_>>(),
        })
    });
    let own = json!({
        "reference": head.reference, "title": head.title, "comments": shown, "older": older, "form": form,
        "newer": !asked.before.is_empty(), "done": asked.done == "said" && refused.is_none(),
    });
    let status = refused.map_or(StatusCode::OK, |refused| refused.status);
    let title = format!("{} {}", i18n::text(by.lang, "comments"), head.reference);
    let here = format!("/incidents/{}/comments", head.reference);
    frame(by, &clock, here, title).answer(&templates, status, "together/comments", &own)
}

/// The newest comments that stand and find room, the oldest of them first, and where the older ones begin.
fn part(by: &Officer, may: bool, all: &[Comment], before: &str) -> (Vec<Value>, Option<Id>) {
    let end = Id::parse(before).and_then(|id| all.iter().position(|one| one.id == id)).unwrap_or(all.len());
    let is_replaced = |one: &Comment| all.iter().any(|other| other.replaces == Some(one.seq));
    let (mut shown, mut room, mut first) = (Vec::new(), ROOM, None);
    for one in all[..end].iter().rev().filter(|one| !is_replaced(one)) {
        let earlier = earlier(all, one);
        let takes: usize = std::iter::once(one).chain(earlier.iter().copied()).map(|one| one.words.len() + 300).sum();
        if takes > room && first.is_some() {
            shown.reverse();
            return (shown, first);
        }
        room = room.saturating_sub(takes);
        first = Some(one.id);
        let mut told = line(by.lang, one);
        told["earlier"] = earlier.iter().map(|one| line(by.lang, one)).collect();
        told["own"] = json!(may && one.by_id == by.id && !one.words.is_empty());
        shown.push(told);
    }
    shown.reverse();
    (shown, None)
}

/// What a comment corrects, and what that corrects, the newest first.
fn earlier<'a>(all: &'a [Comment], of: &'a Comment) -> Vec<&'a Comment> {
    let mut found = Vec::new();
    let mut here = of;
    while let Some(before) = here.replaces.and_then(|seq| all.iter().find(|other| other.seq == seq)) {
        found.push(before);
        here = before;
    }
    found
}

fn line(lang: Lang, one: &Comment) -> Value {
    let gone = one.words.is_empty().then(|| i18n::text(lang, "comment-gone"));
    json!({ "id": one.id, "words": one.words, "gone": gone, "by": one.by, "at": one.at.utc().to_rfc3339() })
}

/// What the page of a case says of its comments: the newest, and how many there are.
pub(in crate::incident) fn section(by: &Officer, (newest, count): (&[Comment], i64)) -> Value {
    let one = |comment: &Comment| {
        let mut told = line(by.lang, comment);
        if let Some((end, _)) = comment.words.char_indices().nth(BEGINNING) {
            told["words"] = json!(format!("{}…", &comment.words[..end]));
        }
        told["corrected"] = json!(comment.replaces.is_some());
        told
    };
    json!({
        "newest": newest.iter().map(one).collect::<Vec<_>>(), "count": count, "may": by.may::<Approve>(), "most": MOST,
    })
}

/// Every comment as an archive keeps it.
pub(crate) fn archived(all: &[Comment]) -> Vec<Value> {
    all.iter().map(|one| api::shown(all, one)).collect()
}
