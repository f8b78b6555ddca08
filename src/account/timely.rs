//! What is sent must come within reasonable time: whoever drips byte by byte is cut off.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use crate::config::Config;
use crate::error::Error;

/// What was sent, and came in time.
pub struct Timely<T>(pub T);

impl<T: FromRequest + 'static> FromRequest for Timely<T> {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { in_time(&request, payload).await.map(Self) })
    }
}

/// Reads what was sent, for as long as a sender may take.
///
/// # Errors
/// When it takes longer, and whatever reading it brings.
pub async fn in_time<T: FromRequest>(request: &HttpRequest, mut payload: Payload) -> Result<T, actix_web::Error> {
    let patience = request.app_data::<web::Data<Config>>().map(|config| config.patience.body).unwrap_or_default();
    match tokio::time::timeout(patience, T::from_request(request, &mut payload)).await {
        Ok(read) => read.map_err(Into::into),
        Err(_) => Err(Error::TooSlow.into()),
    }
}
