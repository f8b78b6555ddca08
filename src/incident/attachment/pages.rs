//! Files of a case for people: what there is, one more, one less.

use actix_multipart::{Field, Multipart};
use actix_web::http::StatusCode;
use actix_web::web;
use futures_core::Stream;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{App as Files, begin, hand_out, receive, unreadable};
use super::store::{self, Attachment};
use super::{Kind, actions};
use crate::account::right::{Read, Work};
use crate::account::{By, Officer};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Lang};
use crate::incident::pages::{Answered, App, frame, go_to};
use crate::incident::store as cases;
use crate::incident::store::Head;

type OneFile = web::Path<(String, String)>;

/// What is typed to take a file away.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    reason: String,
}

/// A form that was refused: which file's, or none's for a new one, with why and what was typed.
struct Refused {
    of: Option<String>,
    why: String,
    typed: String,
    status: StatusCode,
}

/// Shows the files of a case.
pub async fn show(app: App, files: Files, By(by, key): By<Read, web::Path<String>>) -> Answered {
    page((&app, &files), &by, key.into_inner(), None).await
}

/// Hands a file out.
pub async fn file(files: Files, By(by, path): By<Read, OneFile>) -> Answered {
    hand_out(files, &by, path.into_inner()).await
}

/// Attaches a file.
pub async fn attach(
    app: App,
    files: Files,
    By(by, (key, mut form)): By<Work, (web::Path<String>, Multipart)>,
) -> Answered {
    let key = key.into_inner();
    let attached = match received(&files, &mut form).await {
        Ok(spool) => actions::attach(&files.0, by.id, key.clone(), spool, files.1.now()).await,
        Err(why) => Err(why),
    };
    match attached {
        Ok((head, id)) => Ok(go_to(format!("/incidents/{}/attachments#file-{id}", head.reference))),
        Err(why) => page((&app, &files), &by, key, Some(refused(by.lang, None, String::new(), why)?)).await,
    }
}

/// Takes a file away.
pub async fn remove(app: App, files: Files, By(by, (path, typed)): By<Work, (OneFile, web::Form<Typed>)>) -> Answered {
    let ((key, id), typed) = (path.into_inner(), typed.into_inner().reason);
    match actions::remove(&files.0, by.id, (key.clone(), id.clone()), typed.clone(), files.1.now()).await {
        Ok(head) => Ok(go_to(format!("/incidents/{}/attachments#file-{id}", head.reference))),
        Err(why) => page((&app, &files), &by, key, Some(refused(by.lang, Some(id), typed, why)?)).await,
    }
}

/// The file of a form; its other fields are passed over.
async fn received(files: &Files, form: &mut Multipart) -> Result<super::Spool, Error> {
    loop {
        let next = std::future::poll_fn(|cx| std::pin::Pin::new(&mut *form).poll_next(cx)).await;
        let field: Field = match next {
            None => return Err(Error::field("file", "missing")),
            Some(field) => field.map_err(|why| unreadable(&why))?,
        };
        if field.name() != Some("file") {
            continue;
        }
        let given = field.content_disposition().and_then(|told| told.get_filename()).unwrap_or_default().to_owned();
        if given.is_empty() {
            return Err(Error::field("file", "missing"));
        }
        return receive(begin(&files.2, &given)?, field).await;
    }
}

fn refused(lang: Lang, of: Option<String>, typed: String, why: Error) -> Result<Refused, Error> {
    let status = why.status_and_code().0;
    let words = match &why {
        Error::Invalid(fields) => {
            fields.iter().map(|field: &FieldError| field.message(lang)).collect::<Vec<_>>().join(" ")
        }
        Error::Conflict { .. } => why.title_and_detail(lang).1,
        _ => return Err(why),
    };
    Ok(Refused { of, why: words, typed, status })
}

async fn page(
    ((db, clock, templates), files): (&App, &Files),
    by: &Officer,
    key: String,
    refused: Option<Refused>,
) -> Answered {
    let sight = by.sight();
    let (head, all) = db
        .read(move |conn| {
            let head = cases::head(conn, &key, sight)?;
            let all = store::list(conn, head.seq)?;
            Ok((head, all))
        })
        .await?;
    let can = by.may::<Work>() && head.status == "open";
    let refused_new = refused.as_ref().filter(|refused| refused.of.is_none()).map(|refused| refused.why.clone());
    let one = |file: &Attachment| {
        let id = file.id.to_string();
        let refused = refused.as_ref().filter(|refused| refused.of.as_deref() == Some(id.as_str()));
        let mut shown = line(by.lang, file);
        shown["can"] = json!(can && file.removed.is_none());
        shown["refused"] = json!(refused.map(|refused| json!({ "why": refused.why, "typed": refused.typed })));
        shown
    };
    let own = json!({
        "reference": head.reference, "title": head.title, "can": can, "files": all.iter().map(one).collect::<Vec<_>>(),
        "wrong": refused_new, "kinds": i18n::list(by.lang, &Kind::endings()),
        "accept": Kind::endings().iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(","),
        "most": files.2.attachment_limit / (1024 * 1024),
    });
    let title = format!("{} {}", i18n::text(by.lang, "attachments"), head.reference);
    let status = refused.map_or(StatusCode::OK, |refused| refused.status);
    let here = format!("/incidents/{}/attachments", head.reference);
    frame(by, clock, here, title).answer(templates, status, "attachment/show", &own)
}

/// What the page of a case says of its files: the newest, and how many there are.
pub(in crate::incident) fn section(lang: Lang, _head: &Head, all: &[Attachment]) -> Value {
    let newest: Vec<Value> = all.iter().rev().take(8).map(|file| line(lang, file)).collect();
    json!({ "files": newest, "count": all.len() })
}

fn line(lang: Lang, file: &Attachment) -> Value {
    let gone = file.removed.as_ref().map(|gone| gone.told(lang, i18n::instant_short(lang, gone.at.utc())));
    json!({
        "id": file.id, "name": file.name, "size": size(lang, file.size), "sha256": file.sha256, "by": file.by,
        "at": file.at.utc().to_rfc3339(), "gone": gone,
    })
}

/// A size in words.
pub(crate) fn size(lang: Lang, bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{} B", i18n::number(lang, bytes)),
        1024..1_048_576 => format!("{} kB", i18n::number(lang, (bytes + 512) / 1024)),
        _ => format!("{} MB", i18n::number(lang, (bytes + 524_288) / 1_048_576)),
    }
}
