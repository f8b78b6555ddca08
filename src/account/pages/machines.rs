//! The pages of machines: other systems that get in by a token alone.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde_json::{Value, json};

use super::tokens::{Answered, App, Asked, Sent, Shown, actor, context, frame, go_to, wish};
use crate::account::actions::tokens;
use crate::account::right::KeepPeople;
use crate::account::store::Member;
use crate::account::{By, Officer, Role};
use crate::db::Id;
use crate::error::Error;
use crate::i18n::{self, Lang};

/// Shows every machine, and the form to add one.
pub async fn list(app: App, By(by, asked): By<KeepPeople, web::Query<Asked>>) -> Answered {
    let done = Some(asked.into_inner().done).filter(|done| done == "retired");
    all(&app, &by, (Shown { done, ..Shown::default() }, String::new(), Vec::new()), StatusCode::OK).await
}

/// Adds a machine, and goes on to its page.
pub async fn add(request: HttpRequest, app: App, By(by, sent): By<KeepPeople, Sent>) -> Answered {
    let (mut name, mut roles) = (String::new(), Vec::new());
    for (field, value) in sent.into_inner() {
        match field.as_str() {
            "name" => name = value.replace('\0', ""),
            "roles" => roles.push(value.replace('\0', "")),
            _ => {}
        }
    }
    let new = (name.clone(), roles.clone(), by.lang);
    match tokens::add_machine(&app.0, actor(&request, &by), new, app.1.now()).await {
        Ok(machine) => Ok(go_to(format!("/machines/{}", machine.account.id))),
        Err(why) => {
            let (status, shown) = Shown::refused(by.lang, None, why)?;
            all(&app, &by, (shown, name, roles), status).await
        }
    }
}

/// Shows one machine with its tokens.
pub async fn show(app: App, By(by, (id, asked)): By<KeepPeople, (web::Path<String>, web::Query<Asked>)>) -> Answered {
    let done = Some(asked.into_inner().done).filter(|done| done == "revoked");
    one(&app, &by, parse(&id)?, Shown { done, ..Shown::default() }, StatusCode::OK).await
}

/// Makes a token for a machine, and shows its secret once.
pub async fn make(
    request: HttpRequest,
    app: App,
    By(by, (id, sent)): By<KeepPeople, (web::Path<String>, Sent)>,
) -> Answered {
    by.is_here_in_person()?;
    let (id, typed) = (parse(&id)?, wish(sent.into_inner()));
    let made = tokens::make_for_machine(&app.0, actor(&request, &by), id, typed.clone(), app.1.now()).await;
    let (status, shown) = Shown::of(by.lang, typed, made)?;
    one(&app, &by, id, shown, status).await
}

/// Takes a token of a machine out of use.
pub async fn revoke(
    request: HttpRequest,
    app: App,
    By(by, path): By<KeepPeople, web::Path<(String, String)>>,
) -> Answered {
    let (id, token) = path.into_inner();
    let (id, token) = (parse(&id)?, parse(&token)?);
    tokens::machine(&app.0, id).await?;
    tokens::revoke(&app.0, actor(&request, &by), true, token, app.1.now()).await?;
    Ok(go_to(format!("/machines/{id}?done=revoked")))
}

/// Takes a machine out of use for good.
pub async fn retire(request: HttpRequest, app: App, By(by, id): By<KeepPeople, web::Path<String>>) -> Answered {
    tokens::retire(&app.0, actor(&request, &by), parse(&id)?, app.1.now()).await?;
    Ok(go_to("/machines?done=retired".into()))
}

fn parse(id: &str) -> Result<Id, Error> {
    Id::parse(id).ok_or(Error::NotFound)
}

async fn all(
    (db, clock, templates): &App,
    by: &Officer,
    (shown, name, roles): (Shown, String, Vec<String>),
    status: StatusCode,
) -> Answered {
    let lang = by.lang;
    let rows: Vec<Value> = tokens::machines(db).await?.iter().map(|machine| row(lang, machine)).collect();
    let mut own = context((by, clock), &shown, (&[], &[]), "/machines");
    own["rows"] = rows.into();
    own["form"]["name"] = name.into();
    let of = |path: &str| shown.wrong.iter().find(|fault| fault.path == path).map(|fault| fault.message(lang));
    own["form"]["errors"]["roles"] = of("roles").into();
    own["form"]["roles"] = Role::ALL
        .map(|role| {
            let word = role.word();
            json!({
                "word": word, "label": i18n::text(lang, &format!("role-{word}")),
                "checked": roles.iter().any(|ticked| ticked == word),
            })
        })
        .to_vec()
        .into();
    let frame = frame(by, clock, "/machines".into(), i18n::text(lang, "machines"));
    frame.answer(templates, status, "tokens/machines", &own)
}

async fn one((db, clock, templates): &App, by: &Officer, id: Id, shown: Shown, status: StatusCode) -> Answered {
    let machine = tokens::machine(db, id).await?;
    let all = tokens::of(db, id).await?;
    let mut own = context((by, clock), &shown, (&all, &machine.roles), &format!("/machines/{id}/tokens"));
    own["machine"] = row(by.lang, &machine);
    let frame = frame(by, clock, format!("/machines/{id}"), machine.account.name.clone());
    frame.answer(templates, status, "tokens/machine", &own)
}

fn row(lang: Lang, machine: &Member) -> Value {
    let roles: Vec<String> =
        machine.roles.iter().map(|role| i18n::text(lang, &format!("role-{}", role.word())).to_lowercase()).collect();
    let gone = machine.account.left_at.is_some();
    let (tone, status) = if gone { ("exempt", "machines-retired") } else { ("fulfilled", "machines-active") };
    json!({
        "id": machine.account.id, "name": machine.account.name, "roles": i18n::list(lang, &roles), "gone": gone,
        "tone": tone, "status": i18n::text(lang, status),
    })
}
