//! What every request passes on its way in and every answer on its way out: the check of where a change
//! comes from, and the dressing of errors for whoever asked.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, LOCATION, ORIGIN, REFERER, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use crate::account::caller::{self, Way};
use crate::account::{bearer, language_of, taken};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};
use crate::i18n;
use crate::incident::drill::{is_reference, store};
use crate::origin::Origin;
use crate::page::{Frame, Stand};
use crate::templates::Templates;

/// What programs send.
const OURS: [&str; 6] = [
    "application/json",
    "application/merge-patch+json",
    "text/csv",
    "message/rfc822",
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/// Whoever asks with HEAD gets what GET would answer, without its body: calendars and proxies ask so.
pub(super) async fn head(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if *request.method() != Method::HEAD {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    request.head_mut().method = Method::GET;
    let answer = next.call(request).await?;
    Ok(answer.map_body(|_, body| BoxBody::new(Bodiless(body.size()))))
}

/// A body that is only told of.
struct Bodiless(BodySize);

impl MessageBody for Bodiless {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        Poll::Ready(None)
    }
}

/// The middleware.
pub(super) async fn cross(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let way = caller::way(request.request());
    if let Some(refusal) = wrong_door(&request, &way) {
        return Ok(request.into_response(refusal));
    }
    if !comes_from_us(&request, &way) {
        // Who is no browser and sends something else than JSON only has to say so.
        let program = request.path().starts_with("/api/")
            && !request.headers().contains_key(ORIGIN)
            && !request.headers().contains_key("sec-fetch-site");
        let why = if program { Error::UnsupportedMedia } else { Error::CrossSite };
        let answer = dress(request.request(), &why);
        return Ok(request.into_response(answer));
    }
    let origin = Origin::of(&caller::address(request.request()));
    let response = match drill(&request).await {
        Some(stand) => origin.carry(stand.carry(next.call(request))).await?,
        None => origin.carry(next.call(request)).await?,
    };
    let Some(why) = response.response().error() else { return Ok(told_taken(response.map_into_boxed_body())) };
    let answer = match why.as_error::<Error>() {
        Some(ours) => dress(response.request(), ours),
        None => dress(response.request(), &translate(response.status(), why)),
    };
    Ok(response.into_response(answer))
}

/// Tells the browser that what it sent was taken, where that is so.
fn told_taken(mut response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let config = response.request().app_data::<web::Data<Config>>();
    let cookie = config.and_then(|config| taken::cookie(config, response.request()));
    let Some(cookie) = cookie.filter(|_| !response.status().is_client_error() && !response.status().is_server_error())
    else {
        return response;
    };
    if let Err(why) = response.response_mut().add_cookie(&cookie) {
        tracing::warn!(%why, "A browser could not be told that what it sent was taken");
    }
    response
}

/// The drill that the pages of this request are about, by the address; none where they are about none.
async fn drill(request: &ServiceRequest) -> Option<Stand> {
    let key = request.path().strip_prefix("/incidents/")?.split('/').next()?.to_owned();
    if !is_reference(&key) && Id::parse(&key).is_none() {
        return None;
    }
    let (db, now) = (request.app_data::<web::Data<Db>>()?, request.app_data::<web::Data<Clock>>()?.now());
    // Where the database fails, the page fails, too.
    let clock = db.read(move |conn| store::clock_named(conn, &key)).await.ok().flatten()?;
    Some(Stand { here: clock.at(now), factor: clock.factor() })
}

/// Tells whether a request that changes something comes from our own pages, or from a program that is no browser.
///
/// No page of another site can make a browser show a token, so whoever shows one and is no browser is believed.
fn comes_from_us(request: &ServiceRequest, way: &Way) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = header("sec-fetch-site");
    let origin = header(ORIGIN.as_str());
    if site.is_none() && origin.is_none() && bearer::is_shown(request.headers()) {
        return true;
    }
    if site.is_none() && origin.is_none() {
        let json = header(CONTENT_TYPE.as_str()).and_then(|kind| kind.split(';').next());
        // None of these can be sent by a form of another site. A gateway's call carries a secret of its own.
        let ours = |kind: &str| OURS.iter().any(|own| kind.trim().eq_ignore_ascii_case(own));
        let json = json.is_some_and(ours) || request.path().starts_with("/api/v1/callbacks/");
        return json && request.path().starts_with("/api/");
    }
    site.is_none_or(|site| site == "same-origin") && origin.is_none_or(|origin| is_ours(request, way, origin))
}

fn is_ours(request: &ServiceRequest, way: &Way, origin: &str) -> bool {
    let public = request.app_data::<web::Data<Config>>().and_then(|config| config.public_url.clone());
    if let Some(public) = public {
        return origin.eq_ignore_ascii_case(&public);
    }
    let named = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    named.is_some_and(|named| way.host.as_deref().is_some_and(|host| named.eq_ignore_ascii_case(host)))
}

/// Refuses what came to a host that is none of ours, or by a way nobody can make sense of; and leads from http to https
/// where a trusted proxy says that the browser came unencrypted.
///
/// The address we listen on is ours, too, and whether we are alive is told to whoever asks.
fn wrong_door(request: &ServiceRequest, way: &Way) -> Option<HttpResponse> {
    if way.is_contradictory {
        let fault = FieldError::new("", "unreadable").with("reason", "Forwarded and X-Forwarded-For differ");
        return Some(dress(request.request(), &Error::Malformed(fault)));
    }
    if matches!(request.path(), "/healthz" | "/readyz") {
        return None;
    }
    let public = request.app_data::<web::Data<Config>>()?.public_url.clone()?;
    let (scheme, name) = public.split_once("://")?;
    let here = request.app_config().local_addr();
    let is_ours = |host: &String| {
        let usual = if scheme == "https" { ":443" } else { ":80" };
        let bare = |host: &str| host.strip_suffix(usual).unwrap_or(host).to_ascii_lowercase();
        bare(host) == bare(name) || host.parse() == Ok(here)
    };
    if !way.host.as_ref().is_some_and(is_ours) {
        return Some(dress(request.request(), &Error::Misdirected));
    }
    if scheme == "https" && way.scheme.as_deref() == Some("http") {
        return Some(match *request.method() {
            Method::GET | Method::HEAD => {
                let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
                HttpResponse::PermanentRedirect().insert_header((LOCATION, format!("{public}{path}"))).finish()
            }
            _ => dress(request.request(), &Error::Misdirected),
        });
    }
    None
}

/// What an error of the framework is in our terms.
fn translate(status: StatusCode, why: &actix_web::Error) -> Error {
    match status {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Error::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Error::UnsupportedMedia,
        status if status.is_client_error() => {
            Error::Malformed(FieldError::new("", "unreadable").with("reason", why.to_string()))
        }
        _ => Error::internal(why),
    }
}

/// Writes an error for whoever asked: a problem document for programs, a page for people.
fn dress(request: &HttpRequest, why: &Error) -> HttpResponse {
    let (status, code) = why.status_and_code();
    let route = request.match_pattern().unwrap_or_else(|| "-".into());
    match why {
        Error::Unavailable(why) => {
            tracing::error!(method = %request.method(), route, why, "The database could not be reached")
        }
        Error::Internal(why) => tracing::error!(method = %request.method(), route, why, "A request failed"),
        _ => tracing::debug!(method = %request.method(), route, code, "A request was refused"),
    }
    let mut answer = if request.path().starts_with("/api/") || request.path() == "/healthz" {
        let problem = why.problem(language_of(request), request.path());
        HttpResponse::build(status).content_type("application/problem+json").body(problem.to_string())
    } else if matches!(why, Error::NotSignedIn) {
        return HttpResponse::SeeOther().insert_header((LOCATION, way_in(request))).finish();
    } else if matches!(why, Error::SecondFactorNeeded) {
        return HttpResponse::SeeOther().insert_header((LOCATION, "/account/second-factor")).finish();
    } else {
        page(request, why).unwrap_or_else(|| HttpResponse::new(status))
    };
    let retry_after = match why {
        Error::TooMany { retry_after } => Some(*retry_after),
        Error::Unavailable(_) => Some(5),
        _ => None,
    };
    if let Some(seconds) = retry_after {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// The sign-in page, with the way back: to what somebody wanted to look at, or to the page with the form that was sent.
fn way_in(request: &HttpRequest) -> String {
    let back = match *request.method() {
        Method::GET => request.uri().path_and_query().map(|path| path.as_str().to_owned()),
        _ => form_page(request),
    };
    let Some(back) = back.filter(|back| back != "/") else { return "/sign-in".into() };
    let next: String = back
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    if next.len() < 2000 { format!("/sign-in?next={next}") } else { "/sign-in".into() }
}

/// The page that a form was sent from, as the browser tells it; what comes from elsewhere was refused before.
fn form_page(request: &HttpRequest) -> Option<String> {
    let from = reqwest::Url::parse(request.headers().get(REFERER)?.to_str().ok()?).ok()?;
    let query = from.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}{query}", from.path())).filter(|page| !page.starts_with("/sign-in"))
}

fn page(request: &HttpRequest, why: &Error) -> Option<HttpResponse> {
    let templates = request.app_data::<web::Data<Templates>>()?;
    let lang = language_of(request);
    let (status, code) = why.status_and_code();
    let (title, detail) = why.title_and_detail(lang);
    let named = |path: &str| if path.is_empty() { String::new() } else { i18n::fact(lang, path) };
    let fields: Vec<_> =
        why.fields().iter().map(|f| json!({ "path": named(&f.path), "message": f.message(lang) })).collect();
    let own = json!({ "status": status.as_u16(), "code": code, "title": title, "detail": detail, "fields": fields });
    let now = request.app_data::<web::Data<Clock>>()?.now();
    let frame =
        Frame { lang, officer: None, person: None, rights: json!({}), here: "/".into(), now, title: title.clone() };
    frame.answer(templates, status, "error", &own).map_err(|why| tracing::error!(%why, "The error page failed")).ok()
}
