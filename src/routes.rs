//! Every address, and who may call it. The handler's signature enforces it; this page tells it.

use actix_web::http::Method;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, Route, web};
use chrono::Days;

use crate::account::right::{
    Anyone, Approve, Judge, KeepHouse, KeepPeople, Named, Oversee, Read, ReadAudit, ReadHouse, ReadPersons, Report,
    Right, SendAgain, Work,
};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::Error;
use crate::incident::{attachment, comment, presence, task, view};
use crate::outbox::{self, channel};
use crate::watch;
use crate::{
    account, affected, assets, calendar, dashboard, dossier, drill, incident, inquiry, intake, notice, openid,
    reminder, retention, trail,
};

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

/// Every address there is; nothing is registered elsewhere. What answers GET answers HEAD, too (`app/border.rs`).
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
        get(Anybody, "/.well-known/security.txt", web::get().to(security_txt)),
        get(Anybody, "/static/{name}", web::get().to(asset)),
        get(Anybody, "/sign-in", web::get().to(account::pages::sign_in_form)),
        post(Anybody, "/sign-in", web::post().to(account::pages::sign_in)),
        post(may::<Anyone>(), "/sign-out", web::post().to(account::pages::sign_out)),
        post(may::<Anyone>(), "/language", web::post().to(account::pages::speak)),
        get(Anybody, "/setup/{token}", web::get().to(account::pages::link_form)),
        post(Anybody, "/setup/{token}", web::post().to(account::pages::use_link)),
        get(may::<Anyone>(), "/", web::get().to(incident::pages::home)),
        get(may::<Read>(), "/incidents", web::get().to(incident::pages::list)),
        get(may::<Work>(), "/incidents/new", web::get().to(incident::pages::log_form)),
        post(may::<Work>(), "/incidents", web::post().to(incident::pages::log)),
        // Before the key, which would be taken for it.
        post(may::<Work>(), "/incidents/bulk", web::post().to(incident::pages::bulk)),
        get(may::<Read>(), "/incidents/{key}", web::get().to(incident::pages::show)),
        get(may::<Read>(), "/incidents/{key}/drafts", web::get().to(notice::pages::drafts)),
        get(may::<Read>(), "/incidents/{key}/reminders", web::get().to(reminder::pages::show)),
        post(may::<Approve>(), "/incidents/{key}/reminders/{seq}/answer", web::post().to(reminder::pages::answer)),
        post(may::<Work>(), "/incidents/{key}/facts", web::post().to(incident::pages::facts)),
        post(may::<Work>(), "/incidents/{key}/moments", web::post().to(incident::pages::moment)),
        post(may::<Work>(), "/incidents/{key}/severity", web::post().to(incident::pages::severity)),
        post(may::<Judge>(), "/incidents/{key}/risk", web::post().to(incident::pages::risk)),
        post(may::<Work>(), "/incidents/{key}/owner", web::post().to(incident::pages::owner)),
        post(may::<Work>(), "/incidents/{key}/duties/{duty}/submission", web::post().to(incident::pages::submission)),
        post(may::<Work>(), "/incidents/{key}/duties/{duty}/settlement", web::post().to(incident::pages::settlement)),
        post(may::<Work>(), "/incidents/{key}/closure", web::post().to(incident::pages::closure)),
        post(may::<Work>(), "/incidents/{key}/reopening", web::post().to(incident::pages::reopening)),
        get(may::<ReadHouse>(), "/settings", web::get().to(incident::pages::settings::show)),
        post(may::<KeepHouse>(), "/settings", web::post().to(incident::pages::settings::save)),
        get(may::<ReadHouse>(), "/channels", web::get().to(channel::pages::list)),
        post(may::<KeepHouse>(), "/channels", web::post().to(channel::pages::create)),
        get(may::<ReadHouse>(), "/channels/{id}", web::get().to(channel::pages::show)),
        post(may::<KeepHouse>(), "/channels/{id}", web::post().to(channel::pages::change)),
        post(may::<KeepHouse>(), "/channels/{id}/switch", web::post().to(channel::pages::switch)),
        post(may::<KeepHouse>(), "/channels/{id}/secret", web::post().to(channel::pages::secret)),
        post(may::<KeepHouse>(), "/channels/{id}/test", web::post().to(channel::pages::test)),
        get(may::<ReadHouse>(), "/messages", web::get().to(outbox::pages::list)),
        post(may::<SendAgain>(), "/messages/{id}/resend", web::post().to(outbox::pages::resend)),
        get(may::<ReadHouse>(), "/people", web::get().to(account::pages::people::list)),
        post(may::<KeepPeople>(), "/people", web::post().to(account::pages::people::add)),
        get(may::<ReadHouse>(), "/people/{id}", web::get().to(account::pages::people::show)),
        post(may::<KeepPeople>(), "/people/{id}", web::post().to(account::pages::people::change)),
        post(may::<KeepPeople>(), "/people/{id}/link", web::post().to(account::pages::people::invite)),
        post(may::<KeepPeople>(), "/people/{id}/leaving", web::post().to(account::pages::people::leave)),
        post(may::<KeepPeople>(), "/people/{id}/return", web::post().to(account::pages::people::come_back)),
        get(may::<ReadHouse>(), "/settings/reminders", web::get().to(reminder::pages::ladders::show)),
        post(may::<KeepHouse>(), "/settings/reminders", web::post().to(reminder::pages::ladders::save)),
        post(Anybody, "/api/v1/session", web::post().to(account::api::begin)),
        delete(may::<Anyone>(), "/api/v1/session", web::delete().to(account::api::end)),
        get(may::<Anyone>(), "/api/v1/schema/facts", web::get().to(incident::api::facts_schema)),
        get(may::<ReadHouse>(), "/api/v1/settings", web::get().to(incident::api::settings::show)),
        put(may::<KeepHouse>(), "/api/v1/settings", web::put().to(incident::api::settings::save)),
        get(may::<ReadHouse>(), "/api/v1/channels", web::get().to(channel::api::list)),
        post(may::<KeepHouse>(), "/api/v1/channels", web::post().to(channel::api::create)),
        get(may::<ReadHouse>(), "/api/v1/channels/{id}", web::get().to(channel::api::show)),
        put(may::<KeepHouse>(), "/api/v1/channels/{id}", web::put().to(channel::api::change)),
        post(may::<KeepHouse>(), "/api/v1/channels/{id}/secret", web::post().to(channel::api::secret)),
        post(may::<KeepHouse>(), "/api/v1/channels/{id}/test", web::post().to(channel::api::test)),
        get(may::<ReadHouse>(), "/api/v1/messages", web::get().to(outbox::api::list)),
        get(may::<ReadHouse>(), "/api/v1/messages/{id}", web::get().to(outbox::api::show)),
        post(may::<SendAgain>(), "/api/v1/messages/{id}/resend", web::post().to(outbox::api::resend)),
        get(may::<ReadHouse>(), "/api/v1/people", web::get().to(account::api::people::list)),
        post(may::<KeepPeople>(), "/api/v1/people", web::post().to(account::api::people::add)),
        patch(may::<KeepPeople>(), "/api/v1/people/{id}", web::patch().to(account::api::people::change)),
        post(may::<KeepPeople>(), "/api/v1/people/{id}/link", web::post().to(account::api::people::invite)),
        get(may::<ReadHouse>(), "/api/v1/settings/reminders", web::get().to(reminder::api::ladders)),
        put(may::<KeepHouse>(), "/api/v1/settings/reminders", web::put().to(reminder::api::save_ladders)),
        get(may::<Read>(), "/api/v1/incidents", web::get().to(incident::api::list)),
        post(may::<Work>(), "/api/v1/incidents", web::post().to(incident::api::log)),
        post(may::<Work>(), "/api/v1/incidents/bulk", web::post().to(incident::api::bulk)),
        get(may::<Read>(), "/api/v1/incidents/{key}", web::get().to(incident::api::show)),
        patch(may::<Work>(), "/api/v1/incidents/{key}", web::patch().to(incident::api::change)),
        post(may::<Work>(), "/api/v1/incidents/{key}/moments", web::post().to(incident::api::moment)),
        get(may::<Read>(), "/api/v1/incidents/{key}/assessments", web::get().to(incident::api::assessments)),
        post(may::<Work>(), "/api/v1/incidents/{key}/assessments", web::post().to(incident::api::assess)),
        get(may::<Read>(), "/api/v1/incidents/{key}/duties", web::get().to(incident::api::duties)),
        post(
            may::<Work>(),
            "/api/v1/incidents/{key}/duties/{duty}/submission",
            web::post().to(incident::api::submission),
        ),
        post(
            may::<Work>(),
            "/api/v1/incidents/{key}/duties/{duty}/settlement",
            web::post().to(incident::api::settlement),
        ),
        get(
            may::<Read>(),
            "/api/v1/incidents/{key}/duties/{duty}/explanation",
            web::get().to(incident::api::explanation),
        ),
        put(may::<Work>(), "/api/v1/incidents/{key}/severity", web::put().to(incident::api::severity)),
        put(may::<Judge>(), "/api/v1/incidents/{key}/risk", web::put().to(incident::api::risk)),
        put(may::<Work>(), "/api/v1/incidents/{key}/owner", web::put().to(incident::api::owner)),
        get(may::<Read>(), "/api/v1/incidents/{key}/drafts", web::get().to(notice::api::drafts)),
        get(may::<Read>(), "/api/v1/incidents/{key}/drafts/{duty}", web::get().to(notice::api::of_duty)),
        get(may::<Read>(), "/api/v1/incidents/{key}/reminders", web::get().to(reminder::api::show)),
        post(may::<Approve>(), "/api/v1/incidents/{key}/reminders/{seq}/answer", web::post().to(reminder::api::answer)),
        get(may::<Read>(), "/api/v1/incidents/{key}/timeline", web::get().to(incident::api::timeline)),
        post(may::<Work>(), "/api/v1/incidents/{key}/closure", web::post().to(incident::api::close)),
        delete(may::<Work>(), "/api/v1/incidents/{key}/closure", web::delete().to(incident::api::reopen)),
        get(may::<Report>(), "/reports", web::get().to(incident::pages::reports::list)),
        post(may::<Report>(), "/reports", web::post().to(incident::pages::reports::report)),
        get(may::<Report>(), "/reports/new", web::get().to(incident::pages::reports::form)),
        get(may::<Report>(), "/reports/{key}", web::get().to(incident::pages::reports::show)),
        post(may::<Report>(), "/reports/{key}/remarks", web::post().to(incident::pages::reports::remark)),
        get(may::<Report>(), "/api/v1/reports", web::get().to(incident::api::reports::list)),
        post(may::<Report>(), "/api/v1/reports", web::post().to(incident::api::reports::report)),
        get(may::<Report>(), "/api/v1/reports/{key}", web::get().to(incident::api::reports::show)),
        post(may::<Report>(), "/api/v1/reports/{key}/remarks", web::post().to(incident::api::reports::remark)),
        post(may::<Work>(), "/incidents/{key}/readers", web::post().to(incident::pages::readers)),
        post(may::<Work>(), "/incidents/{key}/readers/everybody", web::post().to(incident::pages::everybody)),
        put(may::<Work>(), "/api/v1/incidents/{key}/readers", web::put().to(incident::api::readers)),
        get(may::<Oversee>(), "/dashboard", web::get().to(dashboard::pages::show)),
        get(may::<Oversee>(), "/dashboard/events", web::get().to(dashboard::events)),
        get(may::<Oversee>(), "/api/v1/dashboard", web::get().to(dashboard::api::show)),
        get(may::<Anyone>(), "/account", web::get().to(account::pages::own::show)),
        post(may::<Anyone>(), "/account/password", web::post().to(account::pages::own::change_password)),
        get(may::<Anyone>(), "/account/second-factor", web::get().to(account::pages::factor::show)),
        post(may::<Anyone>(), "/account/second-factor", web::post().to(account::pages::factor::begin)),
        post(may::<Anyone>(), "/account/second-factor/confirmation", web::post().to(account::pages::factor::confirm)),
        post(may::<Anyone>(), "/account/second-factor/removal", web::post().to(account::pages::factor::remove)),
        post(may::<Anyone>(), "/account/recovery-codes", web::post().to(account::pages::factor::new_codes)),
        post(may::<Anyone>(), "/account/sessions/others/end", web::post().to(account::pages::own::end_others)),
        post(may::<Anyone>(), "/account/sessions/{id}/end", web::post().to(account::pages::own::end_one)),
        get(Anybody, "/sign-in/code", web::get().to(account::pages::door::code_form)),
        post(Anybody, "/sign-in/code", web::post().to(account::pages::door::code)),
        get(Anybody, "/forgot", web::get().to(account::pages::door::forgot_form)),
        post(Anybody, "/forgot", web::post().to(account::pages::door::forgot)),
        get(Anybody, "/session/renew", web::get().to(account::pages::door::renew_form)),
        get(may::<Anyone>(), "/session/renewed", web::get().to(account::pages::door::renewed)),
        get(may::<ReadHouse>(), "/settings/sign-in", web::get().to(account::pages::rules::show)),
        post(may::<KeepHouse>(), "/settings/sign-in", web::post().to(account::pages::rules::save)),
        post(may::<KeepPeople>(), "/people/{id}/sign-out", web::post().to(account::pages::people::end_sessions)),
        post(
            may::<KeepPeople>(),
            "/people/{id}/second-factor/removal",
            web::post().to(account::pages::people::reset_factor),
        ),
        get(may::<Anyone>(), "/api/v1/session", web::get().to(account::api::show)),
        get(may::<Anyone>(), "/api/v1/sessions", web::get().to(account::api::list)),
        delete(may::<Anyone>(), "/api/v1/sessions", web::delete().to(account::api::end_others)),
        delete(may::<Anyone>(), "/api/v1/sessions/{id}", web::delete().to(account::api::end_one)),
        delete(may::<KeepPeople>(), "/api/v1/people/{id}/sessions", web::delete().to(account::api::end_all)),
        delete(may::<KeepPeople>(), "/api/v1/people/{id}/second-factor", web::delete().to(account::api::reset_factor)),
        get(may::<ReadHouse>(), "/api/v1/settings/sign-in", web::get().to(account::api::rules)),
        put(may::<KeepHouse>(), "/api/v1/settings/sign-in", web::put().to(account::api::save_rules)),
        post(may::<Anyone>(), "/account/passkeys/{id}/removal", web::post().to(account::pages::passkeys::remove)),
        get(may::<Anyone>(), "/api/v1/passkeys", web::get().to(account::api::passkeys::list)),
        post(may::<Anyone>(), "/api/v1/passkeys", web::post().to(account::api::passkeys::add)),
        post(may::<Anyone>(), "/api/v1/passkeys/options", web::post().to(account::api::passkeys::ask_new)),
        post(may::<Anyone>(), "/api/v1/passkeys/{id}/removal", web::post().to(account::api::passkeys::remove)),
        post(Anybody, "/api/v1/session/passkey/options", web::post().to(account::api::passkeys::ask_any)),
        post(Anybody, "/api/v1/session/passkey", web::post().to(account::api::passkeys::enter)),
        get(Anybody, "/sign-in/openid", web::get().to(openid::pages::begin)),
        get(Anybody, openid::pages::BACK, web::get().to(openid::pages::back)),
        get(Anybody, "/sign-in/openid/out", web::get().to(openid::pages::out)),
        get(may::<Anyone>(), "/account/tokens", web::get().to(account::pages::tokens::own)),
        post(may::<Anyone>(), "/account/tokens", web::post().to(account::pages::tokens::make)),
        post(may::<Anyone>(), "/account/tokens/{id}/revocation", web::post().to(account::pages::tokens::revoke)),
        get(may::<KeepPeople>(), "/machines", web::get().to(account::pages::machines::list)),
        post(may::<KeepPeople>(), "/machines", web::post().to(account::pages::machines::add)),
        get(may::<KeepPeople>(), "/machines/{id}", web::get().to(account::pages::machines::show)),
        post(may::<KeepPeople>(), "/machines/{id}/tokens", web::post().to(account::pages::machines::make)),
        post(
            may::<KeepPeople>(),
            "/machines/{id}/tokens/{token}/revocation",
            web::post().to(account::pages::machines::revoke),
        ),
        post(may::<KeepPeople>(), "/machines/{id}/retirement", web::post().to(account::pages::machines::retire)),
        get(may::<Anyone>(), "/api/v1/tokens", web::get().to(account::api::tokens::list)),
        post(may::<Anyone>(), "/api/v1/tokens", web::post().to(account::api::tokens::make)),
        delete(may::<Anyone>(), "/api/v1/tokens/{id}", web::delete().to(account::api::tokens::revoke)),
        post(may::<Report>(), "/api/v1/intake/alertmanager", web::post().to(intake::api::alertmanager)),
        post(may::<Report>(), "/api/v1/intake/alert", web::post().to(intake::api::alert)),
        get(may::<Read>(), "/incidents/{key}/attachments", web::get().to(attachment::pages::show)),
        post(may::<Work>(), "/incidents/{key}/attachments", web::post().to(attachment::pages::attach)),
        get(may::<Read>(), "/incidents/{key}/attachments/{id}", web::get().to(attachment::pages::file)),
        post(may::<Work>(), "/incidents/{key}/attachments/{id}/removal", web::post().to(attachment::pages::remove)),
        get(may::<Read>(), "/api/v1/incidents/{key}/attachments", web::get().to(attachment::api::list)),
        post(may::<Work>(), "/api/v1/incidents/{key}/attachments", web::post().to(attachment::api::attach)),
        get(may::<Read>(), "/api/v1/incidents/{key}/attachments/{id}", web::get().to(attachment::api::show)),
        post(
            may::<Work>(),
            "/api/v1/incidents/{key}/attachments/{id}/removal",
            web::post().to(attachment::api::remove),
        ),
        get(may::<Read>(), "/incidents/{key}/dossier.pdf", web::get().to(dossier::api::pdf)),
        get(may::<Read>(), "/incidents/{key}/dossier.zip", web::get().to(dossier::api::zip)),
        get(may::<Read>(), "/api/v1/incidents/{key}/dossier.pdf", web::get().to(dossier::api::pdf)),
        get(may::<Read>(), "/api/v1/incidents/{key}/dossier.zip", web::get().to(dossier::api::zip)),
        get(may::<Read>(), "/incidents/{key}/notices", web::get().to(notice::pages::all::show)),
        get(may::<Read>(), "/incidents/{key}/notices/{duty}", web::get().to(notice::pages::edit::show)),
        post(may::<Work>(), "/incidents/{key}/notices/{duty}", web::post().to(notice::pages::edit::save)),
        post(
            may::<Approve>(),
            "/incidents/{key}/notices/{duty}/approval",
            web::post().to(notice::pages::edit::approve),
        ),
        post(may::<Work>(), "/incidents/{key}/notices/{duty}/sending", web::post().to(notice::pages::edit::send)),
        post(may::<Work>(), "/incidents/{key}/notices/{duty}/contact", web::post().to(notice::pages::edit::contact)),
        get(may::<Read>(), "/incidents/{key}/notices/{duty}/edpb", web::get().to(notice::pages::edpb::show)),
        post(may::<Work>(), "/incidents/{key}/notices/{duty}/edpb", web::post().to(notice::pages::edpb::save)),
        get(may::<ReadHouse>(), "/settings/templates", web::get().to(notice::pages::templates::show)),
        get(may::<Read>(), "/api/v1/incidents/{key}/notices", web::get().to(notice::api::texts::all)),
        get(may::<Read>(), "/api/v1/incidents/{key}/notices/{duty}", web::get().to(notice::api::texts::show)),
        put(may::<Work>(), "/api/v1/incidents/{key}/notices/{duty}", web::put().to(notice::api::texts::save)),
        post(
            may::<Approve>(),
            "/api/v1/incidents/{key}/notices/{duty}/approval",
            web::post().to(notice::api::texts::approve),
        ),
        post(may::<Work>(), "/api/v1/incidents/{key}/notices/{duty}/sending", web::post().to(notice::api::texts::send)),
        get(may::<Read>(), "/api/v1/incidents/{key}/notices/{duty}/edpb", web::get().to(notice::api::texts::edpb)),
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
        get(may::<Work>(), "/drills/new", web::get().to(drill::pages::form)),
        post(may::<Work>(), "/drills", web::post().to(drill::pages::begin)),
        get(may::<Read>(), "/incidents/{key}/drill", web::get().to(drill::pages::show)),
        post(may::<Work>(), "/incidents/{key}/drill/clock", web::post().to(drill::pages::turn)),
        get(may::<Read>(), "/incidents/{key}/drill/report.pdf", web::get().to(drill::api::pdf)),
        post(may::<Work>(), "/api/v1/drills", web::post().to(drill::api::begin)),
        get(may::<Read>(), "/api/v1/incidents/{key}/drill", web::get().to(drill::api::show)),
        post(may::<Work>(), "/api/v1/incidents/{key}/drill/clock", web::post().to(drill::api::turn)),
        get(may::<Read>(), "/api/v1/incidents/{key}/drill/report.pdf", web::get().to(drill::api::pdf)),
        get(Anybody, "/calendar/{token}.ics", web::get().to(calendar::pages::feed)),
        get(may::<Anyone>(), "/account/calendar", web::get().to(calendar::pages::own)),
        post(may::<Read>(), "/account/calendar", web::post().to(calendar::pages::make)),
        post(may::<Anyone>(), "/account/calendar/{id}/end", web::post().to(calendar::pages::end)),
        get(may::<Read>(), "/incidents/{key}/duties/{duty}/deadline.ics", web::get().to(calendar::pages::one)),
        get(may::<Anyone>(), "/api/v1/calendars", web::get().to(calendar::api::list)),
        post(may::<Read>(), "/api/v1/calendars", web::post().to(calendar::api::make)),
        delete(may::<Anyone>(), "/api/v1/calendars/{id}", web::delete().to(calendar::api::end)),
        get(may::<Read>(), "/incidents/{key}/comments", web::get().to(comment::pages::show)),
        post(may::<Approve>(), "/incidents/{key}/comments", web::post().to(comment::pages::add)),
        get(may::<Read>(), "/api/v1/incidents/{key}/comments", web::get().to(comment::api::list)),
        post(may::<Approve>(), "/api/v1/incidents/{key}/comments", web::post().to(comment::api::add)),
        get(may::<Approve>(), "/tasks", web::get().to(task::pages::own)),
        get(may::<Read>(), "/incidents/{key}/tasks", web::get().to(task::pages::show)),
        post(may::<Work>(), "/incidents/{key}/tasks", web::post().to(task::pages::add)),
        post(may::<Work>(), "/incidents/{key}/tasks/{id}", web::post().to(task::pages::change)),
        post(may::<Approve>(), "/incidents/{key}/tasks/{id}/completion", web::post().to(task::pages::finish)),
        post(may::<Approve>(), "/incidents/{key}/tasks/{id}/reopening", web::post().to(task::pages::reopen)),
        get(may::<Approve>(), "/api/v1/tasks", web::get().to(task::api::own)),
        get(may::<Read>(), "/api/v1/incidents/{key}/tasks", web::get().to(task::api::list)),
        post(may::<Work>(), "/api/v1/incidents/{key}/tasks", web::post().to(task::api::add)),
        patch(may::<Work>(), "/api/v1/incidents/{key}/tasks/{id}", web::patch().to(task::api::change)),
        post(may::<Approve>(), "/api/v1/incidents/{key}/tasks/{id}/completion", web::post().to(task::api::finish)),
        delete(may::<Approve>(), "/api/v1/incidents/{key}/tasks/{id}/completion", web::delete().to(task::api::reopen)),
        post(may::<Read>(), "/incidents/{key}/presence", web::post().to(presence::pages::beat)),
        get(may::<Read>(), "/api/v1/incidents/{key}/presence", web::get().to(presence::pages::show)),
        get(may::<Read>(), "/incidents/{key}/notices/{duty}/notice.pdf", web::get().to(notice::pages::paper::pdf)),
        get(may::<Read>(), "/incidents/{key}/notices/{duty}/notice.txt", web::get().to(notice::pages::paper::text)),
        get(
            may::<Read>(),
            "/api/v1/incidents/{key}/notices/{duty}/notice.pdf",
            web::get().to(notice::pages::paper::pdf),
        ),
        get(
            may::<Read>(),
            "/api/v1/incidents/{key}/notices/{duty}/notice.txt",
            web::get().to(notice::pages::paper::text),
        ),
        get(
            may::<ReadPersons>(),
            "/incidents/{key}/affected/waves/{id}/letters.pdf",
            web::get().to(affected::letters::pdf),
        ),
        post(may::<Work>(), "/incidents/{key}/affected/waves/{id}/letters", web::post().to(affected::pages::posted)),
        get(
            may::<ReadPersons>(),
            "/api/v1/incidents/{key}/affected/waves/{id}/letters.pdf",
            web::get().to(affected::letters::pdf),
        ),
        post(
            may::<Work>(),
            "/api/v1/incidents/{key}/affected/waves/{id}/letters",
            web::post().to(affected::letters::posted),
        ),
        get(may::<Read>(), "/incidents/{key}/assessments", web::get().to(incident::pages::assessments::list)),
        get(
            may::<Read>(),
            "/incidents/{key}/assessments/compared",
            web::get().to(incident::pages::assessments::compared),
        ),
        get(
            may::<Read>(),
            "/api/v1/incidents/{key}/assessments/compared",
            web::get().to(incident::api::ahead::compared),
        ),
        get(may::<Read>(), "/api/v1/incidents/{key}/questions", web::get().to(incident::api::ahead::questions)),
        get(may::<Oversee>(), "/dashboard/month.pdf", web::get().to(dashboard::report::pdf)),
        get(may::<Oversee>(), "/dashboard/list", web::get().to(dashboard::list::show)),
        get(may::<Oversee>(), "/api/v1/dashboard/list", web::get().to(dashboard::list::rows)),
        get(may::<Anyone>(), "/keys", web::get().to(account::pages::keys::show)),
        post(may::<Anyone>(), "/account/keys", web::post().to(account::pages::keys::switch)),
        get(may::<Read>(), "/incidents.csv", web::get().to(incident::api::csv)),
        get(may::<Read>(), "/api/v1/incidents.csv", web::get().to(incident::api::csv)),
        get(may::<Read>(), "/views", web::get().to(view::pages::show)),
        post(may::<Read>(), "/views", web::post().to(view::pages::save)),
        post(may::<Read>(), "/views/{id}", web::post().to(view::pages::change)),
        post(may::<Read>(), "/views/{id}/removal", web::post().to(view::pages::remove)),
        get(may::<Read>(), "/api/v1/views", web::get().to(view::api::list)),
        post(may::<Read>(), "/api/v1/views", web::post().to(view::api::save)),
        put(may::<Read>(), "/api/v1/views/{id}", web::put().to(view::api::change)),
        delete(may::<Read>(), "/api/v1/views/{id}", web::delete().to(view::api::remove)),
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

/// For how many days what is said of reporting weaknesses may be relied on.
const SAID_FOR: Days = Days::new(90);

/// Where to report a weakness (RFC 9116); not found where the operator says nothing.
async fn security_txt(config: web::Data<Config>, clock: web::Data<Clock>) -> Result<HttpResponse, Error> {
    let contact = config.security_contact.as_ref().ok_or(Error::NotFound)?;
    let until = clock.now() + SAID_FOR;
    let mut text = format!(
        "Contact: {contact}\nExpires: {}\nPreferred-Languages: nb, nn, en\n",
        until.format("%Y-%m-%dT00:00:00Z")
    );
    if let Some(url) = &config.public_url {
        text.push_str(&format!("Canonical: {url}/.well-known/security.txt\n"));
    }
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}

/// A file of the program's own; its address changes with its content, so browsers may keep it.
async fn asset(name: web::Path<String>) -> Result<HttpResponse, Error> {
    let asset = assets::find(&name).ok_or(Error::NotFound)?;
    let kept = (CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok(HttpResponse::Ok().content_type(asset.kind).insert_header(kept).body(asset.body.as_str()))
}
