//! Every address, and who may call it. The handler's signature enforces it; this page tells it.

use actix_web::http::Method;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, Route, web};

use crate::account::right::{Anyone, Judge, KeepHouse, Named, ReadAudit, ReadHouse, Right};
use crate::db::Db;
use crate::error::Error;
use crate::outbox::{self, channel};
use crate::watch;
use crate::{account, assets};
use crate::{incident, notice, reminder};
use crate::{inquiry, retention, trail};

/// Who may call an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody: only what is needed to get in, and whether we are alive.
    Anybody,
    /// Whoever holds this right; the handler's signature asks for the same.
    May(Named),
}

/// Whoever holds the right.
const fn may<R: Right>() -> Who {
    Who::May(Named::of::<R>())
}

/// One address with one method.
pub struct Entry {
    /// The method.
    pub method: Method,
    /// The address as actix reads it, with `{names}`.
    pub path: &'static str,
    /// Who may call it.
    pub who: Who,
    route: Route,
}

/// Every address there is; nothing is registered elsewhere.
pub fn all() -> Vec<Entry> {
    use Who::Anybody;
    let of = |method: Method, who, path, route: Route| Entry { method, path, who, route };
    let get = |who, path, route| of(Method::GET, who, path, route);
    let post = |who, path, route| of(Method::POST, who, path, route);
    let put = |who, path, route| of(Method::PUT, who, path, route);
    let patch = |who, path, route| of(Method::PATCH, who, path, route);
    let delete = |who, path, route| of(Method::DELETE, who, path, route);
    vec![
        get(Anybody, "/healthz", web::get().to(alive)),
        get(Anybody, "/readyz", web::get().to(watch::ready)),
        get(Anybody, "/static/{name}", web::get().to(asset)),
        get(Anybody, "/sign-in", web::get().to(account::pages::sign_in_form)),
        post(Anybody, "/sign-in", web::post().to(account::pages::sign_in)),
        post(may::<Anyone>(), "/sign-out", web::post().to(account::pages::sign_out)),
        post(may::<Anyone>(), "/language", web::post().to(account::pages::speak)),
        get(Anybody, "/setup/{token}", web::get().to(account::pages::link_form)),
        post(Anybody, "/setup/{token}", web::post().to(account::pages::use_link)),
        get(may::<Anyone>(), "/", web::get().to(incident::pages::list)),
        get(may::<Anyone>(), "/incidents", web::get().to(incident::pages::list)),
        get(may::<Anyone>(), "/incidents/new", web::get().to(incident::pages::log_form)),
        post(may::<Anyone>(), "/incidents", web::post().to(incident::pages::log)),
        get(may::<Anyone>(), "/incidents/{key}", web::get().to(incident::pages::show)),
        get(may::<Anyone>(), "/incidents/{key}/drafts", web::get().to(notice::pages::drafts)),
        get(may::<Anyone>(), "/incidents/{key}/reminders", web::get().to(reminder::pages::show)),
        post(may::<Anyone>(), "/incidents/{key}/reminders/{seq}/answer", web::post().to(reminder::pages::answer)),
        post(may::<Anyone>(), "/incidents/{key}/facts", web::post().to(incident::pages::facts)),
        post(may::<Anyone>(), "/incidents/{key}/moments", web::post().to(incident::pages::moment)),
        post(may::<Anyone>(), "/incidents/{key}/severity", web::post().to(incident::pages::severity)),
        post(may::<Anyone>(), "/incidents/{key}/risk", web::post().to(incident::pages::risk)),
        post(may::<Anyone>(), "/incidents/{key}/owner", web::post().to(incident::pages::owner)),
        post(may::<Anyone>(), "/incidents/{key}/duties/{duty}/submission", web::post().to(incident::pages::submission)),
        post(may::<Anyone>(), "/incidents/{key}/duties/{duty}/settlement", web::post().to(incident::pages::settlement)),
        post(may::<Anyone>(), "/incidents/{key}/closure", web::post().to(incident::pages::closure)),
        post(may::<Anyone>(), "/incidents/{key}/reopening", web::post().to(incident::pages::reopening)),
        get(may::<Anyone>(), "/settings", web::get().to(incident::pages::settings::show)),
        post(may::<Anyone>(), "/settings", web::post().to(incident::pages::settings::save)),
        get(may::<Anyone>(), "/channels", web::get().to(channel::pages::list)),
        post(may::<Anyone>(), "/channels", web::post().to(channel::pages::create)),
        get(may::<Anyone>(), "/channels/{id}", web::get().to(channel::pages::show)),
        post(may::<Anyone>(), "/channels/{id}", web::post().to(channel::pages::change)),
        post(may::<Anyone>(), "/channels/{id}/switch", web::post().to(channel::pages::switch)),
        post(may::<Anyone>(), "/channels/{id}/secret", web::post().to(channel::pages::secret)),
        post(may::<Anyone>(), "/channels/{id}/test", web::post().to(channel::pages::test)),
        get(may::<Anyone>(), "/messages", web::get().to(outbox::pages::list)),
        post(may::<Anyone>(), "/messages/{id}/resend", web::post().to(outbox::pages::resend)),
        get(may::<Anyone>(), "/people", web::get().to(account::pages::people::list)),
        post(may::<Anyone>(), "/people", web::post().to(account::pages::people::add)),
        get(may::<Anyone>(), "/people/{id}", web::get().to(account::pages::people::show)),
        post(may::<Anyone>(), "/people/{id}", web::post().to(account::pages::people::change)),
        post(may::<Anyone>(), "/people/{id}/link", web::post().to(account::pages::people::invite)),
        post(may::<Anyone>(), "/people/{id}/leaving", web::post().to(account::pages::people::leave)),
        post(may::<Anyone>(), "/people/{id}/return", web::post().to(account::pages::people::come_back)),
        get(may::<Anyone>(), "/settings/reminders", web::get().to(reminder::pages::ladders::show)),
        post(may::<Anyone>(), "/settings/reminders", web::post().to(reminder::pages::ladders::save)),
        post(Anybody, "/api/v1/session", web::post().to(account::api::begin)),
        delete(may::<Anyone>(), "/api/v1/session", web::delete().to(account::api::end)),
        get(may::<Anyone>(), "/api/v1/schema/facts", web::get().to(incident::api::facts_schema)),
        get(may::<Anyone>(), "/api/v1/settings", web::get().to(incident::api::settings::show)),
        put(may::<Anyone>(), "/api/v1/settings", web::put().to(incident::api::settings::save)),
        get(may::<Anyone>(), "/api/v1/channels", web::get().to(channel::api::list)),
        post(may::<Anyone>(), "/api/v1/channels", web::post().to(channel::api::create)),
        get(may::<Anyone>(), "/api/v1/channels/{id}", web::get().to(channel::api::show)),
        put(may::<Anyone>(), "/api/v1/channels/{id}", web::put().to(channel::api::change)),
        post(may::<Anyone>(), "/api/v1/channels/{id}/secret", web::post().to(channel::api::secret)),
        post(may::<Anyone>(), "/api/v1/channels/{id}/test", web::post().to(channel::api::test)),
        get(may::<Anyone>(), "/api/v1/messages", web::get().to(outbox::api::list)),
        get(may::<Anyone>(), "/api/v1/messages/{id}", web::get().to(outbox::api::show)),
        post(may::<Anyone>(), "/api/v1/messages/{id}/resend", web::post().to(outbox::api::resend)),
        get(may::<Anyone>(), "/api/v1/people", web::get().to(account::api::people::list)),
        post(may::<Anyone>(), "/api/v1/people", web::post().to(account::api::people::add)),
        patch(may::<Anyone>(), "/api/v1/people/{id}", web::patch().to(account::api::people::change)),
        post(may::<Anyone>(), "/api/v1/people/{id}/link", web::post().to(account::api::people::invite)),
        get(may::<Anyone>(), "/api/v1/settings/reminders", web::get().to(reminder::api::ladders)),
        put(may::<Anyone>(), "/api/v1/settings/reminders", web::put().to(reminder::api::save_ladders)),
        get(may::<Anyone>(), "/api/v1/incidents", web::get().to(incident::api::list)),
        post(may::<Anyone>(), "/api/v1/incidents", web::post().to(incident::api::log)),
        get(may::<Anyone>(), "/api/v1/incidents/{key}", web::get().to(incident::api::show)),
        patch(may::<Anyone>(), "/api/v1/incidents/{key}", web::patch().to(incident::api::change)),
        post(may::<Anyone>(), "/api/v1/incidents/{key}/moments", web::post().to(incident::api::moment)),
        get(may::<Anyone>(), "/api/v1/incidents/{key}/assessments", web::get().to(incident::api::assessments)),
        post(may::<Anyone>(), "/api/v1/incidents/{key}/assessments", web::post().to(incident::api::assess)),
        get(may::<Anyone>(), "/api/v1/incidents/{key}/duties", web::get().to(incident::api::duties)),
        post(
            may::<Anyone>(),
            "/api/v1/incidents/{key}/duties/{duty}/submission",
            web::post().to(incident::api::submission),
        ),
        post(
            may::<Anyone>(),
            "/api/v1/incidents/{key}/duties/{duty}/settlement",
            web::post().to(incident::api::settlement),
        ),
        get(
            may::<Anyone>(),
            "/api/v1/incidents/{key}/duties/{duty}/explanation",
            web::get().to(incident::api::explanation),
        ),
        put(may::<Anyone>(), "/api/v1/incidents/{key}/severity", web::put().to(incident::api::severity)),
        put(may::<Anyone>(), "/api/v1/incidents/{key}/risk", web::put().to(incident::api::risk)),
        put(may::<Anyone>(), "/api/v1/incidents/{key}/owner", web::put().to(incident::api::owner)),
        get(may::<Anyone>(), "/api/v1/incidents/{key}/drafts", web::get().to(notice::api::drafts)),
        get(may::<Anyone>(), "/api/v1/incidents/{key}/drafts/{duty}", web::get().to(notice::api::of_duty)),
        get(may::<Anyone>(), "/api/v1/incidents/{key}/reminders", web::get().to(reminder::api::show)),
        post(may::<Anyone>(), "/api/v1/incidents/{key}/reminders/{seq}/answer", web::post().to(reminder::api::answer)),
        get(may::<Anyone>(), "/api/v1/incidents/{key}/timeline", web::get().to(incident::api::timeline)),
        post(may::<Anyone>(), "/api/v1/incidents/{key}/closure", web::post().to(incident::api::close)),
        delete(may::<Anyone>(), "/api/v1/incidents/{key}/closure", web::delete().to(incident::api::reopen)),
        // The audit chain, retention, and a person's request.
        get(may::<ReadAudit>(), "/audit", web::get().to(trail::pages::list)),
        get(may::<ReadAudit>(), "/audit/export", web::get().to(trail::pages::export)),
        post(may::<ReadAudit>(), "/audit/check", web::post().to(trail::pages::check)),
        get(may::<ReadAudit>(), "/api/v1/audit", web::get().to(trail::api::list)),
        get(may::<ReadAudit>(), "/api/v1/audit/head", web::get().to(trail::api::head)),
        get(may::<ReadHouse>(), "/settings/retention", web::get().to(retention::pages::show)),
        post(may::<KeepHouse>(), "/settings/retention", web::post().to(retention::pages::save)),
        post(may::<Judge>(), "/settings/retention/holds", web::post().to(retention::pages::hold)),
        get(may::<Judge>(), "/requests", web::get().to(inquiry::pages::form)),
        post(may::<Judge>(), "/requests", web::post().to(inquiry::pages::search)),
        post(may::<Judge>(), "/requests/export", web::post().to(inquiry::pages::export)),
        post(may::<Judge>(), "/requests/erasure", web::post().to(inquiry::pages::erase)),
    ]
}

/// Registers every address of [`all`]; what is not there is not found.
pub fn register(app: &mut web::ServiceConfig) {
    let mut waiting = all();
    while let Some(first) = waiting.first() {
        let path = first.path;
        let (here, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|entry| entry.path == path);
        let resource =
            web::resource(path).default_service(web::to(async || Err::<HttpResponse, _>(Error::MethodNotAllowed)));
        app.service(here.into_iter().fold(resource, |resource, entry| resource.route(entry.route)));
        waiting = rest;
    }
    app.default_service(web::to(async || Err::<HttpResponse, _>(Error::NotFound)));
}

/// Answers only when the database does, too.
async fn alive(db: web::Data<Db>) -> Result<HttpResponse, Error> {
    db.ping().await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "status": "ok" })))
}

/// A file of the program's own; its address changes with its content, so browsers may keep it.
async fn asset(name: web::Path<String>) -> Result<HttpResponse, Error> {
    let asset = assets::find(&name).ok_or(Error::NotFound)?;
    let kept = (CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok(HttpResponse::Ok().content_type(asset.kind).insert_header(kept).body(asset.body))
}
