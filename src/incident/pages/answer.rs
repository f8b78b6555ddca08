//! What is answered on the page of an incident. Each form names itself, so that a refusal is shown at the form, nothing typed lost.

mod change;

pub use change::facts;

use actix_web::web;
use serde_json::{Map, Value, json};

use super::show::{Refused, refuse};
use super::typed::Typed;
use super::{Answered, App, Sent, go_to, words};
use crate::account::{
    By, Officer,
    right::{Judge, Work},
};
use crate::db::{Id, Instant};
use crate::error::{Error, FieldError};
use crate::i18n;
use crate::incident::CaseFile;
use crate::incident::actions::{self, Sending};
use crate::incident::reconcile::Answer;
use crate::incident::store::Head;
use crate::law::Fact;

/// What stands behind the name of a fact where it is chosen whose of two values holds.
pub(super) const CHOICE: &str = "~choice";

type Key = web::Path<String>;
type KeyAndDuty = web::Path<(String, String)>;

/// Who answers which form of which case.
pub(super) struct Asking {
    pub(super) app: App,
    pub(super) by: Officer,
    pub(super) key: String,
    pub(super) typed: Typed,
}

impl Asking {
    /// The version the form was made from.
    pub(super) fn seen(&self) -> Option<i32> {
        self.typed.one("version").parse().ok()
    }

    async fn case(&self) -> Result<CaseFile, Error> {
        actions::current(&self.app.0, self.key.clone(), self.by.sight(), self.app.1.now()).await
    }

    /// Sends the browser back to the page, or shows the page with the form and what was wrong.
    pub(super) async fn end(self, done: &str, ended: Result<Head, Error>) -> Answered {
        let why = match ended {
            Ok(head) => return Ok(go_to(format!("/incidents/{}?done={done}#main", head.reference))),
            Err(why) => why,
        };
        let status = why.status_and_code().0;
        let (mut wrong, mut whole, mut conflicts) = (Vec::new(), None, Vec::new());
        let case = self.case().await?;
        let mut typed = self.typed.clone();
        match why {
            Error::Invalid(fields) => wrong = fields,
            Error::Stale { ref changes, .. } => {
                conflicts = changed(self.by.lang, &case, changes);
                whole = Some((i18n::text(self.by.lang, "page-stale-since"), Vec::new()));
                typed.set("version", case.head.version.to_string());
            }
            Error::Conflict { ref about, .. } => whole = Some(refusal(self.by.lang, &why, about)),
            other => return Err(other),
        }
        let refused = Refused { form: typed.one("form").to_owned(), typed, wrong, whole, conflicts, status };
        refuse((&self.app.1, &self.app.2), &self.by, &case, &refused)
    }
}

/// The refusal in words; one that names duties has them listed.
pub(super) fn refusal(lang: i18n::Lang, why: &Error, about: &Map<String, Value>) -> (String, Vec<String>) {
    match about.get("duties").and_then(Value::as_array) {
        Some(duties) => {
            (i18n::text(lang, "page-closure-open"), duties.iter().filter_map(|duty| duty_words(lang, duty)).collect())
        }
        None => (why.title_and_detail(lang).1, Vec::new()),
    }
}

/// A duty that is named by its id, with its controller after it in brackets.
fn duty_words(lang: i18n::Lang, duty: &Value) -> Option<String> {
    let id = duty.as_str()?;
    Some(match id.split_once(" (") {
        Some((id, rest)) => format!("{} ({rest}", words::duty(lang, id)),
        None => words::duty(lang, id),
    })
}

/// What others changed since: the label, what stood, what stands.
fn changed(lang: i18n::Lang, case: &CaseFile, changes: &Value) -> Vec<Value> {
    let one = |change: &Value| {
        let fact = Fact::by_path(change["path"].as_str()?)?;
        let said = |name: &str| words::of_json(lang, fact, &change[name]);
        Some(
            json!({ "label": i18n::fact(lang, fact.path()), "yours": said("from"), "theirs": said("to"), "by": change::last_by(lang, case, fact.path()) }),
        )
    };
    changes.as_array().into_iter().flatten().filter_map(one).collect()
}

/// States one of the four moments, beside all that was stated before.
pub async fn moment(app: App, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let asking = Asking { app, by: by.into(), key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let typed = &asking.typed;
    let at = match typed.time("at") {
        Ok(None) if typed.one("withdraw") != "yes" => Err(Error::field("at", "missing")),
        Ok(at) => Ok(at),
        Err(why) => Err(Error::Invalid(vec![why])),
    };
    let at = at.map_err(|why| also_without_reason(typed, why));
    let ended = match at {
        Ok(at) => {
            let statement = (typed.one("moment").to_owned(), at, typed.one("reason").to_owned());
            actions::state_moment(db, asking.by.id, (asking.key.clone(), None), statement, clock.now())
                .await
                .map_err(at_the_field)
        }
        Err(why) => Err(why),
    };
    asking.end("stated", ended).await
}

/// Tells a missing reason together with whatever else is wrong.
fn also_without_reason(typed: &Typed, why: Error) -> Error {
    match why {
        Error::Invalid(mut fields) if typed.one("reason").is_empty() => {
            fields.push(FieldError::new("reason", "missing"));
            Error::Invalid(fields)
        }
        other => other,
    }
}

/// A fault of the moment's fact is a fault of the field it was typed in.
fn at_the_field(why: Error) -> Error {
    let to_field = |field: FieldError| {
        if field.path.starts_with("timeline.") { FieldError { path: "at".into(), ..field } } else { field }
    };
    match why {
        Error::Invalid(fields) => Error::Invalid(fields.into_iter().map(to_field).collect()),
        other => other,
    }
}

/// Sets the severity by a person's judgement.
pub async fn severity(app: App, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let asking = Asking { app, by: by.into(), key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let ended = match judgement(&asking.typed) {
        Ok(judged) => {
            actions::overrule_severity(db, asking.by.id, (asking.key.clone(), None), judged, clock.now()).await
        }
        Err(why) => Err(why),
    };
    asking.end("overruled", ended).await
}

/// Sets the risk by a person's judgement.
pub async fn risk(app: App, By(by, (key, sent)): By<Judge, (Key, Sent)>) -> Answered {
    let asking = Asking { app, by: by.into(), key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let ended = match judgement(&asking.typed) {
        Ok(judged) => actions::overrule_risk(db, asking.by.id, (asking.key.clone(), None), judged, clock.now()).await,
        Err(why) => Err(why),
    };
    asking.end("overruled", ended).await
}

/// The level and the reason; «proposal» takes a judgement back.
fn judgement(typed: &Typed) -> Result<(Option<String>, String), Error> {
    let reason = typed.one("reason").to_owned();
    match typed.one("level") {
        "" => Err(also_without_reason(typed, Error::field("level", "missing"))),
        "proposal" => Ok((None, reason)),
        level => Ok((Some(level.to_owned()), reason)),
    }
}

/// Records that a notification has gone out.
pub async fn submission(app: App, By(by, (path, sent)): By<Work, (KeyAndDuty, Sent)>) -> Answered {
    let (key, duty) = path.into_inner();
    let asking = Asking { app, by: by.into(), key, typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let typed = &asking.typed;
    let mut wrong = Vec::new();
    let sent_at = typed.time("sent_at").unwrap_or_else(|why| {
        wrong.push(why);
        None
    });
    if sent_at.is_none() && wrong.is_empty() {
        wrong.push(FieldError::new("sent_at", "missing"));
    }
    if !matches!(typed.one("complete"), "yes" | "no") {
        wrong.push(FieldError::new("complete", "missing"));
    }
    let ended = match sent_at {
        Some(at) if wrong.is_empty() => {
            let sending = Sending {
                duty,
                for_whom: typed.some("for"),
                sent_at: Instant::from(at),
                channel: typed.some("channel"),
                reference: typed.some("reference"),
                complete: typed.one("complete") == "yes",
                stage: None,
            };
            let covers = typed.all("covers").to_vec();
            actions::record_submission(db, asking.by.id, (asking.key.clone(), None), (sending, covers), clock.now())
                .await
        }
        _ => Err(Error::Invalid(wrong)),
    };
    asking.end("sent", ended).await
}

/// Settles a duty that the rules leave to a person.
pub async fn settlement(app: App, By(by, (path, sent)): By<Work, (KeyAndDuty, Sent)>) -> Answered {
    let (key, duty) = path.into_inner();
    let asking = Asking { app, by: by.into(), key, typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let typed = &asking.typed;
    let answer = match typed.one("answer") {
        "required" => Ok(Answer::Required),
        "not_required" => Ok(Answer::NotRequired),
        _ => Err(also_without_reason(typed, Error::field("answer", "missing"))),
    };
    let ended = match answer {
        Ok(answer) => {
            let settled = (answer, typed.one("reason").to_owned());
            actions::settle_duty(
                db,
                asking.by.id,
                (asking.key.clone(), asking.seen()),
                (duty, typed.some("for")),
                settled,
                clock.now(),
            )
            .await
        }
        Err(why) => Err(why),
    };
    asking.end("settled", ended).await
}

/// Names who sees to the incident; the empty choice gives it back to who logged it.
pub async fn owner(app: App, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let asking = Asking { app, by: by.into(), key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let named =
        asking.typed.some("owner").map(|id| Id::parse(&id).ok_or_else(|| Error::field("owner", "owner_not_here")));
    let ended = match named.transpose() {
        Ok(named) => {
            actions::set_owner(db, asking.by.id, (asking.key.clone(), asking.seen()), named, clock.now()).await
        }
        Err(why) => Err(why),
    };
    asking.end("owner", ended).await
}

/// Closes the incident.
pub async fn closure(app: App, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let asking = Asking { app, by: by.into(), key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let reason = asking.typed.one("reason").to_owned();
    let ended = actions::close(db, asking.by.id, (asking.key.clone(), asking.seen()), reason, clock.now()).await;
    asking.end("closed", ended).await
}

/// Opens the incident again.
pub async fn reopening(app: App, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let asking = Asking { app, by: by.into(), key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let reason = asking.typed.one("reason").to_owned();
    let ended = actions::reopen(db, asking.by.id, (asking.key.clone(), asking.seen()), reason, clock.now()).await;
    asking.end("reopened", ended).await
}
