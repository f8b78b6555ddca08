//! A file with persons: brought, looked at, its columns named, read in, taken away.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use futures_util::StreamExt;
use serde_json::{Value, json};

use super::{App, Form, Key, KeyAndId, Refused, option};
use crate::account::right::{ReadPersons, Work};
use crate::account::{By, Officer};
use crate::affected::actions::{self, Incoming};
use crate::affected::row::{FIELDS, Mapping};
use crate::affected::{api, store, words};
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::incident::pages::{Answered, Sent, Typed, frame, go_to};

pub(super) fn counts(lang: Lang, import: &Value) -> String {
    let many = |name: &str| import[name].as_i64().unwrap_or(0);
    let n = |number: i64| Arg::from(i18n::number(lang, number));
    let (rows, empty) = (many("rows"), many("rows") - many("taken") - many("joined") - many("bad"));
    let key = if empty > 0 { "affected-import-counts-empty" } else { "affected-import-counts" };
    let args = [("rows", n(rows)), ("taken", n(many("taken"))), ("joined", n(many("joined"))), ("bad", n(many("bad")))];
    i18n::text_with(lang, key, &[args.as_slice(), &[("empty", n(empty))]].concat())
}

/// The first file of a form, with its name.
async fn file_of(form: &mut Multipart) -> Result<(String, actix_multipart::Field), Error> {
    while let Some(part) = form.next().await {
        let unreadable = |why: actix_multipart::MultipartError| {
            Error::Malformed(crate::error::FieldError::new("file", "unreadable").with("reason", why.to_string()))
        };
        let part = part.map_err(unreadable)?;
        let name = part.content_disposition().and_then(|head| head.get_filename().map(str::to_owned));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            return Ok((name, part));
        }
    }
    Err(Error::field("file", "missing"))
}

/// Takes a file in and shows what is in it.
pub async fn bring((db, worker, clock, _templates): App, By(by, (key, form)): By<Work, (Key, Multipart)>) -> Answered {
    let key = key.into_inner();
    // The form must live as long as its file is read.
    let mut form = form;
    let (name, file) = file_of(&mut form).await?;
    let incoming = Incoming { key: key.clone(), name, by: by.id };
    let import = actions::receive(&db, &worker.seal, incoming, file, clock.now()).await?;
    Ok(go_to(format!("/incidents/{key}/affected/imports/{}", import.id)))
}

/// Shows a file: its first rows and which column holds what, or how far it has been read.
pub async fn import(app: App, By(by, path): By<ReadPersons, KeyAndId>) -> Answered {
    looked(app, &by, path.into_inner(), None).await
}

async fn looked(
    (db, worker, clock, templates): App,
    by: &Officer,
    path: (String, String),
    refused: Option<&Refused>,
) -> Answered {
    let (lang, form) = (by.lang, Form::of(refused, "mapping"));
    let key = path.0.clone();
    let (import, preview) = api::look(&db, &worker.seal, path, (by.id, clock.now())).await?;
    let mapping = import.mapping();
    let field = |name: &&str| {
        let chosen = form.text(name, &mapping.0.get(*name).map_or_else(String::new, usize::to_string));
        let column = |(n, header): (usize, &String)| option(&n.to_string(), header.clone(), chosen == n.to_string());
        let columns = preview.headers.iter().enumerate().map(column);
        json!({ "name": name, "label": i18n::text(lang, &format!("affected-field-{name}")), "columns": columns.collect::<Vec<_>>() })
    };
    let asked = import.seq;
    let bad = db.read(move |conn| store::bad(conn, asked, 20)).await?;
    let bad = bad.iter().map(|one| {
        let (line, reason, _) = words::bad(&worker.seal, &import, one);
        json!({ "line": line, "reason": i18n::text(lang, &format!("affected-bad-{reason}")) })
    });
    let own = json!({
        "reference": key, "id": import.id, "name": import.name, "waits": import.state == "waiting", "works": by.may::<Work>(),
        "state": i18n::text(lang, &format!("affected-import-{}", import.state)), "counts": counts(lang, &words::import(&import)),
        "form": format!("{} {} {}", import.kind.to_uppercase(), import.encoding, if import.separator == "\t" { "TAB" } else { &import.separator }),
        "headers": preview.headers, "rows": preview.rows, "fields": FIELDS.iter().map(field).collect::<Vec<_>>(),
        "bad": bad.collect::<Vec<_>>(), "running": import.state == "running", "note": import.note, "wrong": refused.map(|refused| &refused.said),
    });
    let title = format!("{} {}", i18n::text(lang, "affected-import"), import.name);
    frame(by, &clock, format!("/incidents/{key}/affected/imports/{}", import.id), title).answer(
        &templates,
        refused.map_or(StatusCode::OK, |refused| refused.status),
        "affected/import",
        &own,
    )
}

/// Reads a file in by the mapping of the form.
pub async fn begin(app: App, By(by, (path, sent)): By<Work, (KeyAndId, Sent)>) -> Answered {
    let (db, worker, clock, _) = &app;
    let (key, given) = path.into_inner();
    let typed = Typed::new(sent.into_inner());
    let (import, preview) = api::look(db, &worker.seal, (key.clone(), given.clone()), (by.id, clock.now())).await?;
    let column = |name: &&str| Some(((*name).to_owned(), typed.one(name).parse::<usize>().ok()?));
    let mapping = Mapping(FIELDS.iter().filter_map(column).collect());
    let columns = preview.headers.len();
    let begun = actions::begin(db, (key.clone(), import.id), (mapping, columns), (by.id, clock.now())).await;
    match begun {
        Ok(_) => Ok(go_to(format!("/incidents/{key}/affected/imports/{}", import.id))),
        Err(why) if !by.may::<ReadPersons>() => Err(why),
        Err(why) => {
            let refused = Refused::new(by.lang, "mapping", typed, why)?;
            looked(app.clone(), &by, (key, given), Some(&refused)).await
        }
    }
}

/// Takes a file away again.
pub async fn remove((db, _worker, clock, _templates): App, By(by, path): By<Work, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    actions::remove(&db, (key.clone(), api::id(&given)?), (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected?done=removed")))
}
