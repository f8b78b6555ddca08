//! Server-sent events: a page that hangs on a wall is told when something changed, and asks for itself anew.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use tokio::sync::mpsc;

use super::store::last_change;
use crate::account::May;
use crate::account::right::Oversee;
use crate::db::Db;

/// How often we look.
const LOOK: Duration = Duration::from_secs(5);
/// How many looks one connection lives; the browser comes again, and its right is asked for anew.
const LOOKS: u32 = 120;

struct Events(mpsc::Receiver<web::Bytes>);

impl MessageBody for Events {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<web::Bytes, Self::Error>>> {
        self.0.poll_recv(cx).map(|next| next.map(Ok))
    }
}

/// Says «change» when an incident changed since the last look, and each minute, because deadlines pass by themselves.
pub async fn events(db: web::Data<Db>, _by: May<Oversee>) -> HttpResponse {
    let (tell, hear) = mpsc::channel(4);
    tokio::spawn(async move {
        let mut last = None;
        for look in 0..LOOKS {
            let now = db.read(last_change).await.ok();
            let news = look > 0 && (now != last || look % 12 == 0);
            last = now;
            // A comment keeps the connection open through proxies, and finds out when the reader is gone.
            let line: &'static [u8] = if news { b"event: change\ndata: now\n\n" } else { b": still here\n\n" };
            if tell.send(web::Bytes::from_static(line)).await.is_err() {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    });
    HttpResponse::Ok().content_type("text/event-stream").insert_header((CACHE_CONTROL, "no-store")).body(Events(hear))
}
