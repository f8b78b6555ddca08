//! Every address, and who may call it. The handler's signature enforces it; this page tells it.

use actix_web::http::Method;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, Route, web};

use crate::account::right::{Anyone, Approve, Named, Read, ReadPersons, Right, Work};
use crate::db::Db;
use crate::error::Error;
use crate::outbox::{self, channel};
use crate::watch;
use crate::{account, assets};
use crate::{affected, incident, notice, reminder};

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
        get(may::<Read>(), "/incidents/{key}/affected", web::get().to(affected::pages::show)),
        post(may::<Work>(), "/incidents/{key}/affected/decision", web::post().to(affected::pages::decide)),
        post(may::<Work>(), "/incidents/{key}/affected/numbers", web::post().to(affected::pages::count)),
        post(may::<Work>(), "/incidents/{key}/affected/bounces", web::post().to(affected::pages::bounce)),
        post(may::<Work>(), "/incidents/{key}/affected/again", web::post().to(affected::pages::again)),
        get(may::<ReadPersons>(), "/incidents/{key}/affected/persons", web::get().to(affected::pages::persons)),
        get(may::<ReadPersons>(), "/incidents/{key}/affected/export", web::get().to(affected::api::export)),
        post(may::<Work>(), "/incidents/{key}/affected/persons/{id}", web::post().to(affected::pages::answer)),
        post(may::<Work>(), "/incidents/{key}/affected/imports", web::post().to(affected::pages::bring)),
        get(may::<ReadPersons>(), "/incidents/{key}/affected/imports/{id}", web::get().to(affected::pages::import)),
        post(may::<Work>(), "/incidents/{key}/affected/imports/{id}/start", web::post().to(affected::pages::begin)),
        post(may::<Work>(), "/incidents/{key}/affected/imports/{id}/removal", web::post().to(affected::pages::remove)),
        get(may::<ReadPersons>(), "/incidents/{key}/affected/imports/{id}/bad", web::get().to(affected::api::bad)),
        post(may::<Work>(), "/incidents/{key}/affected/waves", web::post().to(affected::pages::make)),
        get(may::<Read>(), "/incidents/{key}/affected/waves/{id}", web::get().to(affected::pages::wave)),
        post(may::<Work>(), "/incidents/{key}/affected/waves/{id}", web::post().to(affected::pages::change)),
        post(
            may::<Approve>(),
            "/incidents/{key}/affected/waves/{id}/approval",
            web::post().to(affected::pages::approve),
        ),
        post(may::<Work>(), "/incidents/{key}/affected/waves/{id}/run", web::post().to(affected::pages::run)),
        post(may::<Work>(), "/incidents/{key}/affected/waves/{id}/pause", web::post().to(affected::pages::halt)),
        get(may::<Read>(), "/api/v1/incidents/{key}/affected", web::get().to(affected::api::show)),
        post(may::<Work>(), "/api/v1/incidents/{key}/affected/decision", web::post().to(affected::api::decide)),
        post(may::<Work>(), "/api/v1/incidents/{key}/affected/numbers", web::post().to(affected::api::count)),
        post(may::<Work>(), "/api/v1/incidents/{key}/affected/bounces", web::post().to(affected::api::bounce)),
        post(may::<Work>(), "/api/v1/incidents/{key}/affected/again", web::post().to(affected::api::again)),
        get(may::<ReadPersons>(), "/api/v1/incidents/{key}/affected/persons", web::get().to(affected::api::persons)),
        get(may::<ReadPersons>(), "/api/v1/incidents/{key}/affected/export", web::get().to(affected::api::export)),
        put(may::<Work>(), "/api/v1/incidents/{key}/affected/persons/{id}", web::put().to(affected::api::answer)),
        post(may::<Work>(), "/api/v1/incidents/{key}/affected/imports", web::post().to(affected::api::bring)),
        get(
            may::<ReadPersons>(),
            "/api/v1/incidents/{key}/affected/imports/{id}",
            web::get().to(affected::api::import),
        ),
        delete(may::<Work>(), "/api/v1/incidents/{key}/affected/imports/{id}", web::delete().to(affected::api::remove)),
        post(
            may::<Work>(),
            "/api/v1/incidents/{key}/affected/imports/{id}/start",
            web::post().to(affected::api::begin),
        ),
        get(
            may::<ReadPersons>(),
            "/api/v1/incidents/{key}/affected/imports/{id}/bad",
            web::get().to(affected::api::bad),
        ),
        post(may::<Work>(), "/api/v1/incidents/{key}/affected/waves", web::post().to(affected::api::make)),
        get(may::<Read>(), "/api/v1/incidents/{key}/affected/waves/{id}", web::get().to(affected::api::wave)),
        put(may::<Work>(), "/api/v1/incidents/{key}/affected/waves/{id}", web::put().to(affected::api::change)),
        post(
            may::<Approve>(),
            "/api/v1/incidents/{key}/affected/waves/{id}/approval",
            web::post().to(affected::api::approve),
        ),
        post(may::<Work>(), "/api/v1/incidents/{key}/affected/waves/{id}/run", web::post().to(affected::api::run)),
        delete(may::<Work>(), "/api/v1/incidents/{key}/affected/waves/{id}/run", web::delete().to(affected::api::halt)),
        post(Anybody, "/api/v1/callbacks/affected/{key}/{token}", web::post().to(affected::api::callback)),
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
