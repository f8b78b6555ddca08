//! The pages of people: everybody, adding one, and one person with what can be done about them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::tokens::{frame, go_to};
use crate::account::actions::{self, Invited};
use crate::account::person::{Change, Entry};
use crate::account::store::Member;
use crate::account::{
    By, Desk, Officer, Role, caller,
    right::{KeepPeople, ReadHouse},
};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::page::TONGUES;
use crate::templates::Templates;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>, web::Data<Templates>);
type Sent = web::Form<Vec<(String, String)>>;

/// What the address says of the last thing done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// What a page shows beside what is stored.
#[derive(Default)]
struct Shown {
    typed: Option<Entry>,
    wrong: Vec<FieldError>,
    /// A refusal of the whole, in words.
    refusal: Option<String>,
    /// What was done, as the last word of its text.
    done: Option<String>,
    invited: Option<Value>,
}

impl Shown {
    /// What is shown of a refusal; a fault that is nobody's typing goes on.
    fn refused(lang: Lang, typed: Option<Entry>, why: Error) -> Result<(StatusCode, Self), Error> {
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
}

/// Shows everybody, and the form to add one more.
pub async fn list(app: App, By(by, asked): By<ReadHouse, web::Query<Asked>>) -> Answered {
    let done = Some(asked.into_inner().done).filter(|done| done == "left");
    everybody(&app, &by, Shown { done, ..Shown::default() }, StatusCode::OK).await
}

/// Adds a person, and shows their link once.
pub async fn add(
    request: HttpRequest,
    app: App,
    config: web::Data<Config>,
    By(by, sent): By<KeepPeople, Sent>,
) -> Answered {
    let typed = entry(sent.into_inner());
    let added = match typed.newcomer(by.lang) {
        Ok(newcomer) => actions::add(&app.0, by.id, newcomer, &Desk::of(&request)?, app.1.now()).await,
        Err(why) => Err(why),
    };
    let (status, shown) = match added {
        Ok(invited) => {
            (StatusCode::CREATED, told(by.lang, &link(&request, &config, invited.secret.reveal()), &invited))
        }
        Err(why) => Shown::refused(by.lang, Some(typed), why)?,
    };
    everybody(&app, &by, shown, status).await
}

/// Shows one person.
pub async fn show(app: App, By(by, (id, asked)): By<ReadHouse, (web::Path<String>, web::Query<Asked>)>) -> Answered {
    let done = Some(asked.into_inner().done);
    let done = done.filter(|done| ["changed", "signed_out", "factor_reset"].contains(&done.as_str()));
    one(&app, &by, parse(&id)?, Shown { done, ..Shown::default() }, StatusCode::OK).await
}

/// Saves what was changed about a person.
pub async fn change(app: App, By(by, (id, sent)): By<KeepPeople, (web::Path<String>, Sent)>) -> Answered {
    let id = parse(&id)?;
    let mut typed = entry(sent.into_inner());
    if actions::member(&app.0, id).await?.governed {
        // The form has no boxes then.
        typed.roles = None;
    }
    let changed = match typed.change() {
        Ok(change) => actions::change(&app.0, by.id, id, (change, None), app.1.now()).await,
        Err(why) => Err(why),
    };
    match changed {
        Ok(_) => Ok(go_to(format!("/people/{id}?done=changed"))),
        Err(why) => {
            let (status, shown) = Shown::refused(by.lang, Some(typed), why)?;
            one(&app, &by, id, shown, status).await
        }
    }
}

/// Makes a new link for a person, and shows it once.
pub async fn invite(
    request: HttpRequest,
    app: App,
    config: web::Data<Config>,
    By(by, id): By<KeepPeople, web::Path<String>>,
) -> Answered {
    let id = parse(&id)?;
    let (status, shown) = match actions::invite_again(&app.0, by.id, id, &Desk::of(&request)?, app.1.now()).await {
        Ok(invited) => {
            (StatusCode::CREATED, told(by.lang, &link(&request, &config, invited.secret.reveal()), &invited))
        }
        Err(why) => Shown::refused(by.lang, None, why)?,
    };
    one(&app, &by, id, shown, status).await
}

/// Notes that a person has left.
pub async fn leave(app: App, By(by, id): By<KeepPeople, web::Path<String>>) -> Answered {
    let id = parse(&id)?;
    match actions::change(&app.0, by.id, id, (Change::default(), Some(true)), app.1.now()).await {
        Ok(_) => Ok(go_to("/people?done=left".into())),
        Err(why) => {
            let (status, shown) = Shown::refused(by.lang, None, why)?;
            one(&app, &by, id, shown, status).await
        }
    }
}

/// Takes a person back who had left, and shows their new link once.
pub async fn come_back(
    request: HttpRequest,
    app: App,
    config: web::Data<Config>,
    By(by, id): By<KeepPeople, web::Path<String>>,
) -> Answered {
    let id = parse(&id)?;
    let Some(invited) = actions::come_back(&app.0, by.id, id, &Desk::of(&request)?, app.1.now()).await? else {
        return Ok(go_to(format!("/people/{id}?done=changed")));
    };
    let shown = told(by.lang, &link(&request, &config, invited.secret.reveal()), &invited);
    one(&app, &by, id, shown, StatusCode::CREATED).await
}

/// Ends every session of a person.
pub async fn end_sessions(request: HttpRequest, app: App, By(by, id): By<KeepPeople, web::Path<String>>) -> Answered {
    let id = parse(&id)?;
    actions::end_all(&app.0, (by.id, caller::address(&request)), id, app.1.now()).await?;
    Ok(go_to(format!("/people/{id}?done=signed_out")))
}

/// Takes a person's second factor away.
pub async fn reset_factor(request: HttpRequest, app: App, By(by, id): By<KeepPeople, web::Path<String>>) -> Answered {
    let id = parse(&id)?;
    actions::reset_factor(&app.0, (by.id, caller::address(&request)), id, app.1.now()).await?;
    Ok(go_to(format!("/people/{id}?done=factor_reset")))
}

/// The address of a one-time link, as the person will open it.
pub fn link(request: &HttpRequest, config: &Config, secret: &str) -> String {
    format!("{}/setup/{secret}", config.base_url(request.app_config().local_addr()))
}

fn told(lang: Lang, link: &str, invited: &Invited) -> Shown {
    if invited.mailed {
        return Shown { done: Some("mailed".into()), ..Shown::default() };
    }
    let account = &invited.member.account;
    let args = [("name", Arg::from(account.name.clone()))];
    let key = if account.has_password() { "people-link-reset" } else { "people-link-invited" };
    let until = [("when", Arg::from(i18n::instant(lang, invited.expires_at)))];
    Shown {
        invited: Some(json!({
            "title": i18n::text_with(lang, key, &args), "link": link,
            "until": i18n::text_with(lang, "people-link-until", &until),
        })),
        ..Shown::default()
    }
}

fn parse(id: &str) -> Result<Id, Error> {
    Id::parse(id).ok_or(Error::NotFound)
}

/// What a form sent. Its boxes are all there or none: no box ticked is no role, not «as before».
fn entry(sent: Vec<(String, String)>) -> Entry {
    let mut entry = Entry { roles: Some(Vec::new()), ..Entry::default() };
    for (name, value) in sent {
        // Nobody types U+0000, and not every database can keep it.
        let value = value.replace('\0', "");
        match name.as_str() {
            "email" => entry.email = Some(value),
            "name" => entry.name = Some(value),
            "phone" => entry.phone = Some(value),
            "language" => entry.language = Some(value),
            "roles" => entry.roles.get_or_insert_default().push(value),
            _ => {}
        }
    }
    entry
}

async fn everybody((db, clock, templates): &App, by: &Officer, shown: Shown, status: StatusCode) -> Answered {
    let lang = by.lang;
    let rows: Vec<Value> = actions::everybody(db).await?.iter().map(|member| row(lang, member)).collect();
    let usual = Entry { language: Some(lang.code().to_owned()), ..Entry::default() };
    let mut own = common(lang, &shown, &usual);
    own["rows"] = rows.into();
    own["keeps_people"] = by.may::<KeepPeople>().into();
    let frame = frame(by, clock, "/people".into(), i18n::text(lang, "page-people"));
    frame.answer(templates, status, "account/people", &own)
}

async fn one((db, clock, templates): &App, by: &Officer, id: Id, shown: Shown, status: StatusCode) -> Answered {
    let lang = by.lang;
    let member = actions::member(db, id).await?;
    let account = &member.account;
    let usual = Entry {
        email: None,
        name: Some(account.name.clone()),
        phone: account.phone.clone(),
        roles: Some(member.roles.iter().map(|role| role.word().to_owned()).collect()),
        language: Some(account.language.clone()),
    };
    let mut own = common(lang, &shown, &usual);
    own["person"] = row(lang, &member);
    let found = actions::own(db, id, clock.now()).await?;
    own["sessions"] = i18n::text_with(lang, "signin-person-sessions", &[("n", Arg::from(found.sessions.len()))]).into();
    own["has_factor"] = found.has_factor.into();
    frame(by, clock, format!("/people/{id}"), account.name.clone()).answer(templates, status, "account/person", &own)
}

/// What both pages show: what was done or refused, and the fields, filled with what was typed or what stands.
fn common(lang: Lang, shown: &Shown, usual: &Entry) -> Value {
    let label = |path: &str| i18n::text(lang, &format!("people-{path}"));
    let wrong: Vec<Value> = shown
        .wrong
        .iter()
        .map(|fault| json!({ "id": fault.path, "label": label(&fault.path), "message": fault.message(lang) }))
        .collect();
    let done = shown.done.as_ref().map(|done| i18n::text(lang, &format!("people-done-{done}")));
    json!({
        "wrong": wrong, "refusal": shown.refusal, "done": done, "invited": shown.invited,
        "refused": shown.typed.is_some(), "form": fields(lang, shown.typed.as_ref().unwrap_or(usual), &shown.wrong),
    })
}

fn fields(lang: Lang, entry: &Entry, wrong: &[FieldError]) -> Value {
    let of = |path: &str| wrong.iter().find(|fault| fault.path == path).map(|fault| fault.message(lang));
    let ticked = |role: Role| entry.roles.iter().flatten().any(|word| word == role.word());
    let role = |role: Role| {
        let word = role.word();
        json!({
            "word": word, "label": i18n::text(lang, &format!("role-{word}")), "checked": ticked(role),
            "help": i18n::text(lang, &format!("role-{word}-help")),
        })
    };
    let tongue = |(tongue, name): &(Lang, &str)| json!({ "code": tongue.code(), "name": name, "chosen": entry.language.as_deref() == Some(tongue.code()) });
    json!({
        "email": entry.email, "name": entry.name, "phone": entry.phone, "roles": Role::ALL.map(role),
        "tongues": TONGUES.iter().map(tongue).collect::<Vec<_>>(),
        "errors": {
            "email": of("email"), "name": of("name"), "phone": of("phone"), "roles": of("roles"),
            "language": of("language"),
        },
    })
}

/// A person as the table shows them.
fn row(lang: Lang, member: &Member) -> Value {
    let account = &member.account;
    let tongue = TONGUES.iter().find(|(tongue, _)| tongue.code() == account.language).map(|(_, name)| *name);
    let roles: Vec<String> =
        member.roles.iter().map(|role| i18n::text(lang, &format!("role-{}", role.word())).to_lowercase()).collect();
    let (tone, status) = match (account.left_at, account.has_password() || member.linked) {
        (Some(at), _) => {
            let when = [("when", Arg::from(i18n::instant_short(lang, at.utc())))];
            ("exempt", i18n::text_with(lang, "people-left-at", &when))
        }
        (None, true) if member.governed => ("fulfilled", i18n::text(lang, "openid-people-active")),
        (None, true) => ("fulfilled", i18n::text(lang, "people-active")),
        (None, false) => ("undetermined", i18n::text(lang, "people-invited")),
    };
    json!({
        "id": account.id, "name": account.name, "email": account.email, "phone": account.phone, "roles": i18n::list(lang, &roles),
        "language": tongue, "tone": tone, "status": status, "has_left": account.left_at.is_some(),
        "has_password": account.has_password(), "governed": member.governed,
    })
}
