//! The pages of the own second factor: the drawing to photograph, the first code, the recovery codes.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::own::{Answered, App, changed_session, field, own_frame, page, summary};
use super::{go_to, passkeys};
use crate::account::actions::{self, Enrolment};
use crate::account::rules::Demand;
use crate::account::session::{self, Whence};
use crate::account::{By, Desk, May, Officer, Throttle, factor, right::Anyone};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Error, FieldError};
use crate::i18n;
use crate::outbox::transport::Secret;
use crate::templates::Templates;

/// Shows what to do to get a second factor.
pub async fn show(request: HttpRequest, app: App, desk: web::Data<Desk>, by: May<Anyone>) -> Answered {
    enrolment(&request, &app, &desk, &by, &[]).await
}

async fn enrolment(
    request: &HttpRequest,
    (db, clock, templates): &App,
    desk: &web::Data<Desk>,
    by: &Officer,
    wrong: &[FieldError],
) -> Answered {
    let (_, rules) = actions::rules(db).await?;
    let must = rules.second_factor == Demand::All;
    let passkeys = passkeys::panel(request, db, by, wrong).await?;
    let mut context = json!({
        "must": must, "first": must && passkeys["first"] == true, "wrong": summary(by.lang, wrong), "waits": false,
        "code": field(by.lang, "code", "one-time-code", wrong), "passkeys": passkeys,
    });
    match actions::enrolment(db, desk, by.id).await? {
        Enrolment::On(_) => return Ok(go_to("/account".into(), &[])),
        Enrolment::Off => {}
        Enrolment::Waits(secret) => {
            let (size, path) = factor::drawing(&factor::uri(&by.email, &secret))?;
            context["waits"] = true.into();
            context["secret"] = factor::grouped(&secret).replace('-', " ").into();
            (context["size"], context["path"]) = (size.into(), path.into());
        }
    }
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    own_frame(by, clock, "signin-factor").answer(templates, status, "signin/factor", &context)
}

/// Draws a secret and shows it.
pub async fn begin(request: HttpRequest, (db, clock, _): App, desk: web::Data<Desk>, by: May<Anyone>) -> Answered {
    actions::begin_factor(&db, &desk, (Whence::of(&request), by.id), clock.now()).await?;
    Ok(go_to("/account/second-factor".into(), &[]))
}

/// What a form with a code sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Code {
    code: String,
}

/// Switches the second factor on by its first code, and shows the recovery codes once.
pub async fn confirm(
    request: HttpRequest,
    app: App,
    (config, throttle, desk): (web::Data<Config>, web::Data<Throttle>, web::Data<Desk>),
    By(by, sent): By<Anyone, web::Form<Code>>,
) -> Answered {
    let (whence, given) = (Whence::of(&request), (by.id, sent.into_inner().code));
    match actions::confirm_factor(&app.0, (&throttle, &desk), whence, given, app.1.now()).await {
        Ok((secret, codes)) => {
            let mut answer = recovery(&app.1, &app.2, &by, (&codes, true))?;
            answer.add_cookie(&session::cookie(&config, secret)).map_err(Error::internal)?;
            Ok(answer)
        }
        Err(Error::Invalid(wrong)) => enrolment(&request, &app, &desk, &by, &wrong).await,
        Err(why) => Err(why),
    }
}

/// Hands out new recovery codes, and shows them once.
pub async fn new_codes(
    request: HttpRequest,
    app: App,
    (throttle, desk): (web::Data<Throttle>, web::Data<Desk>),
    By(by, sent): By<Anyone, web::Form<Code>>,
) -> Answered {
    let (whence, given) = (Whence::of(&request), (by.id, sent.into_inner().code));
    match actions::new_recovery_codes(&app.0, (&throttle, &desk), whence, given, app.1.now()).await {
        Ok(codes) => recovery(&app.1, &app.2, &by, (&codes, false)),
        Err(Error::Invalid(wrong)) => page(&request, &app, &desk, &by, (None, &wrong)).await,
        Err(why) => Err(why),
    }
}

fn recovery(clock: &Clock, templates: &Templates, by: &Officer, (codes, first): (&[String], bool)) -> Answered {
    let done = first.then(|| i18n::text(by.lang, "signin-done-factor_on"));
    let context = json!({ "codes": codes.join("\n"), "done": Value::from(done) });
    let answer: HttpResponse =
        own_frame(by, clock, "signin-recovery").answer(templates, StatusCode::OK, "signin/recovery", &context)?;
    Ok(answer)
}

/// What the form that gives the second factor up sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Removal {
    off_password: Secret,
}

/// Gives the own second factor up.
pub async fn remove(
    request: HttpRequest,
    app: App,
    (config, throttle, desk): (web::Data<Config>, web::Data<Throttle>, web::Data<Desk>),
    By(by, sent): By<Anyone, web::Form<Removal>>,
) -> Answered {
    let given = (by.id, sent.off_password.reveal().to_owned());
    let removed = actions::remove_factor(&app.0, &throttle, Whence::of(&request), given, app.1.now()).await;
    changed_session(&request, &app, (&config, &desk), &by, (removed, "factor_off")).await
}
