//! Files of a case for programs: bytes in, bytes out, JSON about them.

use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use futures_core::Stream;
use serde::Deserialize;
use serde_json::json;

use super::store::{self, Attachment};
use super::{Spool, actions, safe};
use crate::account::right::{Read, Work};
use crate::account::{By, Officer};
use crate::clock::Clock;
use crate::config::{Config, NO_KEY};
use crate::db::Db;
use crate::error::Error;
use crate::flow::{Flow, download};
use crate::incident::api::body::Body;
use crate::incident::store as cases;

type Answered = Result<HttpResponse, Error>;
pub(super) type App = (web::Data<Db>, web::Data<Clock>, web::Data<Config>);
type OneFile = web::Path<(String, String)>;

/// What a file is called.
#[derive(Deserialize)]
pub struct Called {
    name: String,
}

/// Lists the files of a case, those that were taken away among them.
pub async fn list((db, ..): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    let sight = by.sight();
    let all = db.read(move |conn| cases::head(conn, &key, sight).and_then(|head| store::list(conn, head.seq))).await?;
    Ok(HttpResponse::Ok().json(json!({ "items": all })))
}

/// Attaches the body of the request, a file of the name that the address says.
pub async fn attach(
    (db, clock, config): App,
    By(by, (key, called, body)): By<Work, (web::Path<String>, web::Query<Called>, web::Payload)>,
) -> Answered {
    let key = key.into_inner();
    let spool = begin(&config, &called.name)?;
    let spool = receive(spool, body).await?;
    let (head, id) = actions::attach(&db, by.id, key, spool, clock.now()).await?;
    let file = db.read(move |conn| store::find(conn, head.seq, &id.to_string())).await?;
    let place = format!("/api/v1/incidents/{}/attachments/{id}", head.reference);
    Ok(HttpResponse::build(StatusCode::CREATED).insert_header((LOCATION, place)).json(file))
}

/// Hands a file out.
pub async fn show(app: App, By(by, path): By<Read, OneFile>) -> Answered {
    hand_out(app, &by, path.into_inner()).await
}

/// Takes a file away.
pub async fn remove(
    request: HttpRequest,
    (db, clock, _): App,
    By(by, (path, sent)): By<Work, (OneFile, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let reason = body.must("reason");
    body.done()?;
    let (key, id) = path.into_inner();
    let head = actions::remove(&db, by.id, (key, id.clone()), reason, clock.now()).await?;
    let file = db.read(move |conn| store::find(conn, head.seq, &id)).await?;
    Ok(HttpResponse::Created().json(file))
}

/// Begins to receive a file.
pub(super) fn begin(config: &Config, name: &str) -> Result<Spool, Error> {
    let seal = config.seal.clone().ok_or_else(|| Error::internal(NO_KEY))?;
    Spool::begin(&config.data_dir, seal, config.attachment_limit, name)
}

/// Takes a stream of bytes to its end.
pub(super) async fn receive<S, E>(mut spool: Spool, stream: S) -> Result<Spool, Error>
where
    S: Stream<Item = Result<web::Bytes, E>>,
    E: std::fmt::Display,
{
    let mut stream = std::pin::pin!(stream);
    while let Some(bytes) = std::future::poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
        let bytes = bytes.map_err(|why| unreadable(&why))?;
        // Sealing and writing may take a while, and others wait for this thread.
        let taken = web::block(move || spool.take(&bytes).map(|()| spool)).await;
        spool = taken.map_err(Error::internal)??;
    }
    Ok(spool)
}

/// A body that does not hold together.
pub(super) fn unreadable(why: &impl std::fmt::Display) -> Error {
    Error::Malformed(crate::error::FieldError::new("", "unreadable").with("reason", why.to_string()))
}

/// Streams a file, part by part, with its digest.
pub(super) async fn hand_out((db, clock, config): App, by: &Officer, path: (String, String)) -> Answered {
    let seal = config.seal.clone().ok_or_else(|| Error::internal(NO_KEY))?;
    let file = actions::hand_out(&db, by.id, path, clock.now()).await?;
    let (into, flow) = Flow::new(u64::try_from(file.size).unwrap_or_default());
    let mut answer = download(&safe(&file.name), &file.name);
    let digest: Vec<u8> = (0..file.sha256.len() / 2)
        .filter_map(|at| u8::from_str_radix(file.sha256.get(2 * at..2 * at + 2)?, 16).ok())
        .collect();
    answer
        .content_type("application/octet-stream")
        .insert_header((ETAG, format!("\"{}\"", file.sha256)))
        .insert_header(("Repr-Digest", format!("sha-256=:{}:", BASE64_STANDARD.encode(digest))));
    actix_web::rt::spawn(async move {
        for number in 0..file.parts {
            let piece = piece(&db, &seal, &file, number).await;
            let broken = piece.is_err();
            if into.send(piece).await.is_err() || broken {
                return;
            }
        }
    });
    Ok(answer.body(flow))
}

async fn piece(db: &Db, seal: &crate::seal::Seal, file: &Attachment, number: i32) -> Result<web::Bytes, Error> {
    let seq = file.seq;
    let sealed = db.read(move |conn| store::part(conn, seq, number)).await?;
    Ok(actions::open(seal, file, number, &sealed)?.into())
}
