//! The page of one's own tokens; and what the pages of machines share with it.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::account::actions::tokens::{self, Actor, LONGEST, Made, USUAL, Wish};
use crate::account::right::{Anyone, KeepPeople};
use crate::account::store::tokens::ApiToken;
use crate::account::{By, May, Officer, Role, caller};
use crate::clock::Clock;
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::page::Frame;
use crate::templates::Templates;

pub(super) type Answered = Result<HttpResponse, Error>;
pub(super) type App = (web::Data<Db>, web::Data<Clock>, web::Data<Templates>);
pub(super) type Sent = web::Form<Vec<(String, String)>>;

/// What the address says of the last thing done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) done: String,
}

/// What a page shows beside what is stored.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) typed: Option<Wish>,
    pub(super) wrong: Vec<FieldError>,
    pub(super) refusal: Option<String>,
    pub(super) done: Option<String>,
    pub(super) made: Option<Made>,
}

impl Shown {
    /// What is shown of a refusal; a fault that is nobody's typing goes on.
    pub(super) fn refused(lang: Lang, typed: Option<Wish>, why: Error) -> Result<(StatusCode, Self), Error> {
        let status = why.status_and_code().0;
        match why {
            Error::Invalid(wrong) => Ok((status, Self { typed, wrong, ..Self::default() })),
            Error::Conflict { .. } => {
                let refusal = Some(why.title_and_detail(lang).1);
                Ok((status, Self { typed, refusal, ..Self::default() }))
            }
            other => Err(other),
        }
    }

    /// What came of a wish: the token, shown once, or what was wrong with it.
    pub(super) fn of(lang: Lang, typed: Wish, made: Result<Made, Error>) -> Result<(StatusCode, Self), Error> {
        match made {
            Ok(made) => Ok((StatusCode::CREATED, Self { made: Some(made), ..Self::default() })),
            Err(why) => Self::refused(lang, Some(typed), why),
        }
    }
}

/// Shows one's own tokens.
pub async fn own(app: App, By(by, asked): By<Anyone, web::Query<Asked>>) -> Answered {
    let done = Some(asked.into_inner().done).filter(|done| done == "revoked");
    page(&app, &by, Shown { done, ..Shown::default() }, StatusCode::OK).await
}

/// Makes a token, and shows its secret once.
pub async fn make(request: HttpRequest, app: App, By(by, sent): By<Anyone, Sent>) -> Answered {
    by.is_here_in_person()?;
    let typed = wish(sent.into_inner());
    let made = tokens::make(&app.0, actor(&request, &by), by.id, typed.clone(), app.1.now()).await;
    let (status, shown) = Shown::of(by.lang, typed, made)?;
    page(&app, &by, shown, status).await
}

/// Takes one's own token out of use.
pub async fn revoke(request: HttpRequest, app: App, By(by, id): By<Anyone, web::Path<String>>) -> Answered {
    let id = Id::parse(&id).ok_or(Error::NotFound)?;
    tokens::revoke(&app.0, actor(&request, &by), by.may::<KeepPeople>(), id, app.1.now()).await?;
    Ok(go_to("/account/tokens?done=revoked".into()))
}

async fn page((db, clock, templates): &App, by: &May<Anyone>, shown: Shown, status: StatusCode) -> Answered {
    let all = tokens::of(db, by.id).await?;
    let own = context((by, clock), &shown, (&all, &by.roles), "/account/tokens");
    let frame = frame(by, clock, "/account/tokens".into(), i18n::text(by.lang, "tokens-own"));
    frame.answer(templates, status, "tokens/own", &own)
}

pub(super) fn go_to(place: String) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, place)).finish()
}

pub(super) fn actor(request: &HttpRequest, by: &Officer) -> Actor {
    Actor { id: Some(by.id), address: caller::address(request) }
}

pub(super) fn frame(by: &Officer, clock: &Clock, here: String, title: String) -> Frame {
    Frame {
        lang: by.lang,
        officer: Some(by.name.clone()),
        person: Some(by.id),
        rights: by.rights(),
        here,
        now: clock.now(),
        title,
    }
}

/// What a form wishes for.
pub(super) fn wish(sent: Vec<(String, String)>) -> Wish {
    let mut wish = Wish::default();
    for (name, value) in sent {
        // Nobody types U+0000, and not every database can keep it.
        let value = value.replace('\0', "");
        match name.as_str() {
            "name" => wish.name = value,
            "scopes" => wish.scopes.push(value),
            // What is no number is no number of days, either.
            "days" => wish.days = Some(value.trim().parse().unwrap_or(0)),
            _ => {}
        }
    }
    wish
}

/// What every page of tokens shows: the table, the form, and the secret just made.
pub(super) fn context(
    (by, clock): (&Officer, &Clock),
    shown: &Shown,
    (all, roles): (&[ApiToken], &[Role]),
    place: &str,
) -> Value {
    let lang = by.lang;
    let usual = Wish { days: Some(USUAL), ..Wish::default() };
    let typed = shown.typed.as_ref().unwrap_or(&usual);
    let of = |path: &str| shown.wrong.iter().find(|fault| fault.path == path).map(|fault| fault.message(lang));
    let scope = |word: &&'static str| {
        json!({
            "word": word, "label": i18n::text(lang, &format!("scope-{word}")),
            "checked": typed.scopes.iter().any(|ticked| ticked == word),
        })
    };
    let label = |path: &str| i18n::text(lang, &format!("tokens-{path}"));
    let wrong =
        |fault: &FieldError| json!({ "id": fault.path, "label": label(&fault.path), "message": fault.message(lang) });
    let secret = shown.made.as_ref().map(|made| {
        let args = [("name", Arg::from(made.token.name.clone()))];
        json!({ "title": i18n::text_with(lang, "tokens-made", &args), "secret": made.secret })
    });
    json!({
        "place": place, "rows": all.iter().map(|token| row(lang, token, clock)).collect::<Vec<_>>(), "secret": secret,
        "done": shown.done.as_ref().map(|done| i18n::text(lang, &format!("tokens-done-{done}"))),
        "refusal": shown.refusal, "wrong": shown.wrong.iter().map(wrong).collect::<Vec<_>>(),
        "form": {
            "name": typed.name, "days": typed.days, "most": LONGEST,
            "scopes": tokens::grantable(roles).iter().map(scope).collect::<Vec<_>>(),
            "errors": { "name": of("name"), "days": of("days"), "scopes": of("scopes") },
        },
    })
}

fn row(lang: Lang, token: &ApiToken, clock: &Clock) -> Value {
    let scopes: Vec<String> =
        token.scopes().iter().map(|word| i18n::text(lang, &format!("scope-{word}")).to_lowercase()).collect();
    let when = |at: crate::db::Instant| vec![("when", Arg::from(i18n::instant_short(lang, at.utc())))];
    let (tone, status) = match token.revoked_at {
        Some(at) => ("exempt", i18n::text_with(lang, "tokens-revoked-at", &when(at))),
        None if token.is_live(clock.now()) => {
            ("fulfilled", i18n::text_with(lang, "tokens-until", &when(token.expires_at)))
        }
        None => ("exempt", i18n::text_with(lang, "tokens-expired-at", &when(token.expires_at))),
    };
    json!({
        "id": token.id, "name": token.name, "scopes": i18n::list(lang, &scopes), "tone": tone, "status": status,
        "live": token.is_live(clock.now()),
        "used": token.last_used_at.map(|at| i18n::instant_short(lang, at.utc())),
    })
}
