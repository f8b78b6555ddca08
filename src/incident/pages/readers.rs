//! Who may see an incident, on its page: the names, and the forms to restrict it and to open it up.

use actix_web::web;
use serde_json::{Value, json};

use super::answer::Asking;
use super::field::Field;
use super::show::View;
use super::side::prefix;
use super::typed::Typed;
use super::{Answered, App, Sent};
use crate::account::By;
use crate::account::right::Work;
use crate::db::Id;
use crate::error::Error;
use crate::i18n;
use crate::incident::actions;

/// The panel: who may see the incident now, and what whoever works on it can do about it.
pub fn panel(view: &View<'_>, edit: &str) -> Value {
    let case = view.case;
    let names = |all: &[(Id, String)]| all.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>();
    let said = match &case.readers {
        Some(all) => {
            i18n::text_with(view.lang, "page-readers-named", &[("names", i18n::list(view.lang, &names(all)).into())])
        }
        None => view.text("page-readers-everybody"),
    };
    let can = view.by.may::<Work>();
    // The forms stand one address away, so that the page stays light.
    let asked = can && (edit == "readers" || view.is_refused("readers") || view.is_refused("everybody"));
    json!({
        // Whoever edits something else has no use for it.
        "shown": edit.is_empty() || edit == "readers" || case.readers.is_some(),
        "restricted": case.readers.is_some(), "said": said, "can": can && !asked, "restrict": asked.then(|| restricting(view)),
        "open_up": (asked && case.readers.is_some()).then(|| opening(view)),
    })
}

fn restricting(view: &View<'_>) -> Value {
    let (case, prefix) = (view.case, prefix("readers"));
    let mut usual = Typed::default();
    // Whoever must stay is ticked beforehand.
    let now: Vec<Id> = match &case.readers {
        Some(all) => all.iter().map(|(id, _)| *id).collect(),
        None => vec![view.by.id, case.owner.id],
    };
    usual.put_all("readers", now.iter().map(Id::to_string));
    let filling = view.filling("readers", &prefix, &usual);
    let ids: Vec<(String, String)> = case.may_read.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let people: Vec<(&str, String)> = ids.iter().map(|(id, name)| (id.as_str(), name.clone())).collect();
    let fields = [filling.tick("readers", &people), filling.own("reason", Field::lines)];
    json!({ "fields": fields, "refused": !view.is_refused("everybody") })
}

fn opening(view: &View<'_>) -> Value {
    let (prefix, usual) = (prefix("everybody"), Typed::default());
    let filling = view.filling("everybody", &prefix, &usual);
    json!({ "fields": [filling.own("reason", Field::lines)], "refused": view.is_refused("everybody") })
}

/// Restricts the incident to those ticked.
pub async fn readers(app: App, By(by, (key, sent)): By<Work, (web::Path<String>, Sent)>) -> Answered {
    let asking = Asking { app, by: by.into(), key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let named: Option<Vec<Id>> = asking.typed.all("readers").iter().map(|id| Id::parse(id)).collect();
    let reason = asking.typed.one("reason").to_owned();
    let ended = match named {
        Some(named) => {
            let case = (asking.key.clone(), asking.seen());
            actions::restrict(db, asking.by.id, case, (named, reason), clock.now()).await
        }
        None => Err(Error::field("readers", "reader_unknown")),
    };
    asking.end("readers", ended).await
}

/// Opens the incident up for everybody who reads incidents.
pub async fn everybody(app: App, By(by, (key, sent)): By<Work, (web::Path<String>, Sent)>) -> Answered {
    let asking = Asking { app, by: by.into(), key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let reason = asking.typed.one("reason").to_owned();
    let ended = actions::open_up(db, asking.by.id, (asking.key.clone(), asking.seen()), reason, clock.now()).await;
    asking.end("readers", ended).await
}
