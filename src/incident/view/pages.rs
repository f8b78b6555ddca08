//! Saved views for people: saved above the list, named anew and removed on a page of their own.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;
use serde_json::{Value, json};

use super::store::{self, View};
use super::{Wish, actions};
use crate::account::right::{Read, Work};
use crate::account::{By, May, Officer};
use crate::error::{Error, FieldError};
use crate::i18n;
use crate::incident::pages::{Answered, App, frame, go_to};

/// What is typed about a view.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    name: String,
    filter: String,
    shared: String,
    first: String,
}

impl From<Typed> for Wish {
    fn from(typed: Typed) -> Self {
        let yes = |text: &str| text == "yes";
        Self { name: typed.name, filter: typed.filter, shared: yes(&typed.shared), first: yes(&typed.first) }
    }
}

/// A form that was refused: of which view, none for a new one.
struct Refused {
    of: Option<String>,
    typed: Typed,
    wrong: Vec<FieldError>,
    status: StatusCode,
}

/// Shows all views.
pub async fn show(app: App, by: May<Read>) -> Answered {
    page(app, &by, None).await
}

/// Saves the list as it is narrowed now, and shows it.
pub async fn save(app: App, By(by, typed): By<Read, web::Form<Typed>>) -> Answered {
    let typed = typed.into_inner();
    match actions::save(&app.0, &by, typed.clone().into(), app.1.now()).await {
        Ok(view) => Ok(go_to(format!("/incidents?{}&view={}", view.filter, view.id))),
        Err(why) => refused(app, &by, None, typed, why).await,
    }
}

/// Changes a view.
pub async fn change(app: App, By(by, (id, typed)): By<Read, (web::Path<String>, web::Form<Typed>)>) -> Answered {
    let (id, typed) = (id.into_inner(), typed.into_inner());
    match actions::change(&app.0, &by, id.clone(), typed.clone().into(), app.1.now()).await {
        Ok(_) => Ok(go_to("/views".into())),
        Err(why) => refused(app, &by, Some(id), typed, why).await,
    }
}

/// Removes a view.
pub async fn remove(app: App, By(by, id): By<Read, web::Path<String>>) -> Answered {
    actions::remove(&app.0, &by, id.into_inner(), app.1.now()).await?;
    Ok(go_to("/views".into()))
}

async fn refused(app: App, by: &Officer, of: Option<String>, typed: Typed, why: Error) -> Answered {
    let status = why.status_and_code().0;
    let Error::Invalid(wrong) = why else { return Err(why) };
    page(app, by, Some(Refused { of, typed, wrong, status })).await
}

async fn page((db, clock, templates): App, by: &Officer, refused: Option<Refused>) -> Answered {
    let who = by.id;
    let all = db.read(move |conn| store::all(conn, who)).await?;
    let (lang, works) = (by.lang, by.may::<Work>());
    let of = |id: Option<&str>| refused.as_ref().filter(|refused| refused.of.as_deref() == id);
    let form = |id: &str, view: Option<&View>, refused: Option<&Refused>| -> Value {
        let typed = refused.map(|refused| &refused.typed);
        let said = |typed: Option<String>, stands: Option<String>| typed.or(stands).unwrap_or_default();
        let ticked = |typed: Option<bool>, stands: bool| typed.unwrap_or(stands);
        json!({
            "id": id, "address": view.map_or_else(|| "/views".to_owned(), |view| format!("/views/{}", view.id)),
            "name": said(typed.map(|typed| typed.name.clone()), view.map(|view| view.name.clone())),
            "title": view.map(|view| view.name.clone()),
            "filter": said(typed.map(|typed| typed.filter.clone()), view.map(|view| view.filter.clone())),
            "shared": ticked(typed.map(|typed| typed.shared == "yes"), view.is_some_and(|view| view.shared)),
            "first": ticked(typed.map(|typed| typed.first == "yes"), view.is_some_and(|view| view.first)),
            "by": view.filter(|view| !view.mine).map(|view| view.by.clone()),
            "may": view.is_none_or(|view| !view.shared || works), "may_own": view.is_none_or(|view| view.mine),
            "may_share": works, "wrong": refused.map(|refused| message(lang, refused)),
        })
    };
    let mut forms: Vec<Value> = Vec::new();
    if let Some(refused) = of(None) {
        forms.push(form("new", None, Some(refused)));
    }
    forms.extend(
        all.iter().enumerate().map(|(at, view)| form(&format!("v{at}"), Some(view), of(Some(&view.id.to_string())))),
    );
    let own = json!({ "forms": forms });
    let status = refused.as_ref().map_or(StatusCode::OK, |refused| refused.status);
    frame(by, &clock, "/views", i18n::text(lang, "view-title")).answer(&templates, status, "view/show", &own)
}

fn message(lang: i18n::Lang, refused: &Refused) -> String {
    refused.wrong.iter().map(|fault| fault.message(lang)).collect::<Vec<_>>().join(" ")
}
