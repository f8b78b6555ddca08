//! The permission that stands in a handler's signature: whoever has no live session never gets an [`Officer`].

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::{session, store, token};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Id};
use crate::error::Error;
use crate::i18n::Lang;

/// A person who is signed in and may work on incidents.
#[derive(Clone, Debug)]
pub struct Officer {
    /// The account.
    pub id: Id,
    /// As shown in the timeline.
    pub name: String,
    /// The name to sign in with.
    pub email: String,
    /// The language the person reads.
    pub lang: Lang,
}

/// Left on the request for [`language_of`].
struct Reads(Lang);

impl FromRequest for Officer {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { recognise(&request).await })
    }
}

/// An officer and what they send: the body is not even read for strangers.
pub struct By<T>(pub Officer, pub T);

impl<T: FromRequest + 'static> FromRequest for By<T> {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let officer = recognise(&request).await?;
            let sent = T::from_request(&request, &mut payload).await.map_err(Into::into)?;
            Ok(Self(officer, sent))
        })
    }
}

async fn recognise(request: &HttpRequest) -> Result<Officer, Error> {
    let missing = || Error::internal("the app has no database, clock or configuration");
    let db = request.app_data::<web::Data<Db>>().ok_or_else(missing)?.clone();
    let now = request.app_data::<web::Data<Clock>>().ok_or_else(missing)?.now();
    let config = request.app_data::<web::Data<Config>>().ok_or_else(missing)?;
    let hash = token::hash(&session::secret(config, request).ok_or(Error::NotSignedIn)?);
    let asked = hash.clone();
    let found = db.read(move |conn| store::session(conn, &asked)).await?;
    let (held, account) = found.ok_or(Error::NotSignedIn)?;
    if !session::is_alive(held.created_at.utc(), held.last_seen_at.utc(), now) {
        return Err(Error::NotSignedIn);
    }
    if now - held.last_seen_at.utc() >= session::SEEN_EVERY {
        db.write(move |conn| store::seen(conn, &hash, now.into())).await?;
    }
    let lang = Lang::parse(&account.language).unwrap_or_default();
    request.extensions_mut().insert(Reads(lang));
    Ok(Officer { id: account.id, name: account.name, email: account.email, lang })
}

/// The language to answer a request in: what the address asks for, else the person's own, else the browser's.
pub fn language_of(request: &HttpRequest) -> Lang {
    #[derive(serde::Deserialize)]
    struct Asked {
        lang: Option<String>,
    }
    let asked = web::Query::<Asked>::from_query(request.query_string()).ok().and_then(|q| q.into_inner().lang);
    if let Some(lang) = asked.as_deref().and_then(Lang::parse) {
        return lang;
    }
    if let Some(Reads(lang)) = request.extensions().get::<Reads>() {
        return *lang;
    }
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok());
    header.map(Lang::from_accept_language).unwrap_or_default()
}
