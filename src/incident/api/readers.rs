//! Who may see a case, for programs.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};

use super::body::Body;
use super::{Answered, App, whole};
use crate::account::By;
use crate::account::right::Work;
use crate::db::Id;
use crate::error::Error;
use crate::incident::actions;

/// Restricts a case to named people; null opens it up for everybody who reads incidents.
pub async fn readers(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Work, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let (seen, everybody) = (body.version(&request)?, body.is_null("readers"));
    let named = if everybody { Vec::new() } else { body.texts("readers") };
    let reason = body.must("reason");
    body.done()?;
    let key = (key.into_inner(), seen);
    let head = if everybody {
        actions::open_up(&db, by.id, key, reason, clock.now()).await?
    } else {
        let named = named.iter().map(|id| Id::parse(id).ok_or_else(|| Error::field("readers", "reader_unknown")));
        let named = named.collect::<Result<_, _>>()?;
        actions::restrict(&db, by.id, key, (named, reason), clock.now()).await?
    };
    whole(&db, head.reference, by.sight(), &clock, StatusCode::OK).await
}
