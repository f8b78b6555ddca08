//! What is answered on the page of an incident. Each form names itself, so that a refusal is shown at the form, nothing typed lost.

use actix_web::http::StatusCode;
use actix_web::web;
use serde_json::{Map, Value, json};

use super::show::{Refused, refuse};
use super::typed::{Typed, place};
use super::{Answered, App, Sent, go_to, groups, words};
use crate::account::{By, Officer};
use crate::db::Instant;
use crate::error::{Error, FieldError};
use crate::i18n;
use crate::incident::actions::{self, Sending};
use crate::incident::reconcile::Answer;
use crate::incident::store::{self, Head};
use crate::incident::{CaseFile, value_at};
use crate::law::{Fact, Facts};

type Key = web::Path<String>;
/// A fact and what was typed for it.
type Written = (Fact, Value);
type KeyAndDuty = web::Path<(String, String)>;

/// Who answers which form of which case.
struct Asking {
    app: App,
    by: Officer,
    key: String,
    typed: Typed,
}

impl Asking {
    /// The version the form was made from.
    fn seen(&self) -> Option<i32> {
        self.typed.one("version").parse().ok()
    }

    async fn case(&self) -> Result<CaseFile, Error> {
        let (key, now) = (self.key.clone(), self.app.1.now());
        self.app.0.read(move |conn| store::find(conn, &key, now)).await
    }

    /// Sends the browser back to the page, or shows the page with the form and what was wrong.
    async fn end(self, done: &str, ended: Result<Head, Error>) -> Answered {
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
                whole = Some((i18n::text(self.by.lang, "page-stale"), Vec::new()));
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
fn refusal(lang: i18n::Lang, why: &Error, about: &Map<String, Value>) -> (String, Vec<String>) {
    match about.get("duties").and_then(Value::as_array) {
        Some(duties) => (i18n::text(lang, "page-closure-open"), duties.iter().filter_map(|duty| duty_words(lang, duty)).collect()),
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
    let by = case.timeline.last().map_or_else(String::new, |line| line.by.clone());
    let one = |change: &Value| {
        let fact = Fact::by_path(change["path"].as_str()?)?;
        let said = |name: &str| words::of_json(lang, fact, &change[name]);
        Some(json!({ "label": i18n::fact(lang, fact.path()), "yours": said("from"), "theirs": said("to"), "by": by }))
    };
    changes.as_array().into_iter().flatten().filter_map(one).collect()
}

/// Saves a group of facts, or the answer to one question.
pub async fn facts(app: App, By(by, (key, sent)): By<(Key, Sent)>) -> Answered {
    let asking = Asking { app, by, key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let asked: Vec<Fact> = match asking.typed.one("form").split_once(':') {
        Some(("facts", group)) => groups::facts_of(group),
        Some(("ask", path)) => Fact::by_path(path).into_iter().collect(),
        _ => Vec::new(),
    };
    let seen = asking.seen();
    if asked.is_empty() || seen.is_none() {
        return Err(Error::NotFound);
    }
    let (mut values, mut wrong) = (Vec::new(), Vec::new());
    for fact in &asked {
        match asking.typed.json(*fact) {
            Ok(value) => values.push((*fact, value)),
            Err(more) => wrong.extend(more),
        }
    }
    if !wrong.is_empty() {
        return asking.end("saved", Err(Error::Invalid(wrong))).await;
    }
    save(asking, seen.unwrap_or_default(), values).await
}

/// Saves what was changed in the form and nothing else. What others changed meanwhile stays,
/// unless it is the same fact: then both are shown and the person chooses.
async fn save(asking: Asking, seen: i32, values: Vec<Written>) -> Answered {
    let key = asking.key.clone();
    let (head, base, now) = asking
        .app
        .0
        .read(move |conn| {
            let head = store::head(conn, &key)?;
            let base = store::facts_at(conn, head.seq, seen.clamp(1, head.version))?;
            let now = store::facts_at(conn, head.seq, head.version)?;
            Ok((head, base, now))
        })
        .await?;
    let (before, after) = (canonical(&base), canonical(&now));
    let mine: Vec<&Written> = values.iter().filter(|(fact, value)| !is_same(*fact, value, value_at(&before, fact.path()))).collect();
    let theirs = |fact: Fact| value_at(&before, fact.path()) != value_at(&after, fact.path());
    let both: Vec<&Written> =
        mine.iter().copied().filter(|(fact, value)| theirs(*fact) && !is_same(*fact, value, value_at(&after, fact.path()))).collect();
    if !both.is_empty() {
        return conflict(&asking, &head, (&before, &after), &mine, &both).await;
    }
    let mut patch = Map::new();
    for (fact, value) in &mine {
        place(&mut patch, fact.path(), value.clone());
    }
    let (db, clock, _) = &asking.app;
    let ended = actions::change_facts(db, asking.by.id, asking.key.clone(), head.version, Value::Object(patch), clock.now()).await;
    asking.end("saved", ended).await
}

/// The facts with nothing but what is known, in one spelling.
fn canonical(facts: &Facts) -> Value {
    facts.to_json()
}

/// Whether a typed value says the same as a stored one, however it is spelled.
fn is_same(fact: Fact, typed: &Value, stored: &Value) -> bool {
    let read = |value: &Value| {
        let mut tree = Map::from_iter([("title".to_owned(), json!("x"))]);
        place(&mut tree, fact.path(), value.clone());
        Facts::from_json(&Value::Object(tree)).map(|facts| facts.get(fact).clone()).ok()
    };
    typed == stored || read(typed).is_some_and(|typed| Some(typed) == read(stored))
}

/// Shows the form again: mine kept, theirs taken over where I changed nothing, and both side by side where we differ.
async fn conflict(asking: &Asking, head: &Head, (before, after): (&Value, &Value), mine: &[&Written], both: &[&Written]) -> Answered {
    let lang = asking.by.lang;
    let case = asking.case().await?;
    let last = case.timeline.iter().rfind(|line| line.kind == "facts.changed");
    let who = last.map(|line| format!("{}, {}", line.by, i18n::instant_short(lang, line.at.utc()))).unwrap_or_default();
    let row = |(fact, value): &Written| {
        json!({
            "label": i18n::fact(lang, fact.path()), "yours": words::of_json(lang, *fact, value),
            "theirs": words::of_json(lang, *fact, value_at(after, fact.path())),
            "was": words::of_json(lang, *fact, value_at(before, fact.path())), "by": who,
        })
    };
    let conflicts = both.iter().copied().map(row).collect();
    let mut typed = Typed::of(&case.facts);
    for (fact, _) in mine {
        typed.take_over(&asking.typed, *fact);
    }
    typed.set("form", asking.typed.one("form"));
    typed.set("version", head.version.to_string());
    let whole = Some((i18n::text(lang, "page-stale"), Vec::new()));
    let refused = Refused { form: typed.one("form").to_owned(), typed, wrong: Vec::new(), whole, conflicts, status: StatusCode::CONFLICT };
    refuse((&asking.app.1, &asking.app.2), &asking.by, &case, &refused)
}

/// States one of the four moments, beside all that was stated before.
pub async fn moment(app: App, By(by, (key, sent)): By<(Key, Sent)>) -> Answered {
    let asking = Asking { app, by, key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
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
            actions::state_moment(db, asking.by.id, (asking.key.clone(), None), statement, clock.now()).await.map_err(at_the_field)
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
    let to_field = |field: FieldError| if field.path.starts_with("timeline.") { FieldError { path: "at".into(), ..field } } else { field };
    match why {
        Error::Invalid(fields) => Error::Invalid(fields.into_iter().map(to_field).collect()),
        other => other,
    }
}

/// Sets the severity by a person's judgement.
pub async fn severity(app: App, By(by, (key, sent)): By<(Key, Sent)>) -> Answered {
    let asking = Asking { app, by, key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let ended = match judgement(&asking.typed) {
        Ok(judged) => actions::overrule_severity(db, asking.by.id, (asking.key.clone(), None), judged, clock.now()).await,
        Err(why) => Err(why),
    };
    asking.end("overruled", ended).await
}

/// Sets the risk by a person's judgement.
pub async fn risk(app: App, By(by, (key, sent)): By<(Key, Sent)>) -> Answered {
    let asking = Asking { app, by, key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
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
pub async fn submission(app: App, By(by, (path, sent)): By<(KeyAndDuty, Sent)>) -> Answered {
    let (key, duty) = path.into_inner();
    let asking = Asking { app, by, key, typed: Typed::new(sent.into_inner()) };
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
            actions::record_submission(db, asking.by.id, (asking.key.clone(), None), (sending, covers), clock.now()).await
        }
        _ => Err(Error::Invalid(wrong)),
    };
    asking.end("sent", ended).await
}

/// Settles a duty that the rules leave to a person.
pub async fn settlement(app: App, By(by, (path, sent)): By<(KeyAndDuty, Sent)>) -> Answered {
    let (key, duty) = path.into_inner();
    let asking = Asking { app, by, key, typed: Typed::new(sent.into_inner()) };
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
            actions::settle_duty(db, asking.by.id, (asking.key.clone(), asking.seen()), (duty, typed.some("for")), settled, clock.now()).await
        }
        Err(why) => Err(why),
    };
    asking.end("settled", ended).await
}

/// Closes the incident.
pub async fn closure(app: App, By(by, (key, sent)): By<(Key, Sent)>) -> Answered {
    let asking = Asking { app, by, key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let reason = asking.typed.one("reason").to_owned();
    let ended = actions::close(db, asking.by.id, (asking.key.clone(), asking.seen()), reason, clock.now()).await;
    asking.end("closed", ended).await
}

/// Opens the incident again.
pub async fn reopening(app: App, By(by, (key, sent)): By<(Key, Sent)>) -> Answered {
    let asking = Asking { app, by, key: key.into_inner(), typed: Typed::new(sent.into_inner()) };
    let (db, clock, _) = &asking.app;
    let reason = asking.typed.one("reason").to_owned();
    let ended = actions::reopen(db, asking.by.id, (asking.key.clone(), asking.seen()), reason, clock.now()).await;
    asking.end("reopened", ended).await
}
