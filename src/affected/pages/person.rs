//! The persons, for whoever may read them.

use actix_web::http::StatusCode;
use actix_web::web;
use serde_json::{Map, Value, json};

use super::{App, Form, Key, KeyAndId, Refused, option, state_words};
use crate::account::right::{ReadPersons, Work};
use crate::account::{By, Officer, Sight};
use crate::affected::api::{self, Asked, audited};
use crate::affected::{STATES, actions, store, words};
use crate::db::Id;
use crate::i18n;
use crate::incident::pages::{Answered, Sent, Typed, frame, go_to};
use crate::incident::store::head;

/// Lists persons.
pub async fn persons(app: App, By(by, (key, asked)): By<ReadPersons, (Key, web::Query<Asked>)>) -> Answered {
    listed(app, &by, (key.into_inner(), &asked), None).await
}

/// The list; where a person's form was refused, that person alone with the form as it was typed.
async fn listed(
    (db, worker, clock, templates): App,
    by: &Officer,
    (key, asked): (String, &Asked),
    refused: Option<(Id, &Refused)>,
) -> Answered {
    let (lang, who, now) = (by.lang, by.id, clock.now());
    let filter = asked.filter(&worker.seal)?;
    let one = refused.map(|(id, _)| id);
    let chosen = filter.state.clone().unwrap_or_default();
    let read = db.write(move |conn| {
        let head = head(conn, &key, Sight::of(who))?;
        let page = match one {
            Some(id) => store::Page { items: vec![store::by_id(conn, head.seq, id)?], next: None },
            None => store::list(conn, head.seq, &filter)?,
        };
        audited(conn, who, &head.reference, json!({ "persons": page.items.len(), "state": filter.state }), now)?;
        Ok((head, page))
    });
    let (head, page) = read.await?;
    let row = |line: &store::Line| {
        let mut shown = words::person(&worker.seal, line);
        shown["state_words"] = json!(state_words(lang, &line.state));
        shown["tone"] = json!(match line.state.as_str() {
            "sent" | "delivered" | "told_otherwise" => "fulfilled",
            "bounced" | "unreachable" | "uncertain" => "required",
            "queued" => "undetermined",
            _ => "open",
        });
        let reach = ["email", "phone", "post"].map(|way| shown[way].as_str().unwrap_or_default().to_owned());
        shown["reach"] = json!(reach.into_iter().filter(|way| !way.is_empty()).collect::<Vec<_>>().join(" · "));
        let form = Form(refused.filter(|(id, _)| *id == line.id).map(|(_, refused)| &refused.typed));
        let chosen = form.text("state", "told_otherwise");
        let by_hand = actions::BY_HAND.map(|state| option(state, state_words(lang, state), state == chosen));
        shown["by_hand"] = json!(by_hand);
        shown["reason"] = json!(form.text("reason", ""));
        shown["refused"] = json!(form.is_refused());
        shown
    };
    let any = option("", i18n::text(lang, "affected-any"), chosen.is_empty());
    let states = STATES.iter().map(|state| option(state, state_words(lang, state), *state == chosen));
    let query = asked.query();
    let parts: Map<String, Value> =
        asked.parts().into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
    let own = json!({
        "reference": head.reference, "case": head.title, "persons": page.items.iter().map(row).collect::<Vec<_>>(),
        "states": std::iter::once(any).chain(states).collect::<Vec<_>>(), "asked": parts, "works": by.may::<Work>(),
        "wrong": refused.map(|(_, refused)| &refused.said),
        "older": page.next.map(|next| format!("/incidents/{}/affected/persons?{query}&cursor={next}", head.reference)),
        "csv": format!("/incidents/{}/affected/export?{query}", head.reference),
    });
    let title = format!("{} {}", i18n::text(lang, "affected-persons"), head.reference);
    frame(by, &clock, format!("/incidents/{}/affected/persons", head.reference), title).answer(
        &templates,
        refused.map_or(StatusCode::OK, |(_, refused)| refused.status),
        "affected/persons",
        &own,
    )
}

/// Writes down where a person stands.
pub async fn answer(app: App, By(by, (path, sent)): By<Work, (KeyAndId, Sent)>) -> Answered {
    let ((key, given), typed) = (path.into_inner(), Typed::new(sent.into_inner()));
    let says = (typed.one("state").to_owned(), typed.one("reason").to_owned());
    let (id, now) = (api::id(&given)?, app.2.now());
    match actions::answer_person(&app.0, (key.clone(), id), says, (by.id, now)).await {
        Ok(()) => Ok(go_to(format!("/incidents/{key}/affected/persons?state={}", typed.one("state")))),
        Err(why) if !by.may::<ReadPersons>() => Err(why),
        Err(why) => {
            let refused = Refused::new(by.lang, "person", typed, why)?;
            listed(app, &by, (key, &Asked::default()), Some((id, &refused))).await
        }
    }
}
