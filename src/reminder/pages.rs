//! Reminders for people: what was said of each duty to whom, what was answered, what comes next, and an answer to it.

mod form;
pub mod ladders;
mod phrases;

use actix_web::http::StatusCode;
use actix_web::web;
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::{self, Reply};
use super::phrase::Voice;
use super::store::{Answered as Given, Taken};
use super::{Circle, Next, Standing, standings, step_words};
use crate::account::right::{Approve, Read};
use crate::account::{By, Officer};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::incident::pages::{Answered, App, Field, Filling, Sent, Typed, anchor, frame, go_to, summary};
use crate::incident::store::head;
use phrases::{circle, names};

/// How many duties a page shows; those of the others stand one address away.
const SHOWN: usize = 40;
/// The snoozes that one press gives, in minutes.
const QUICK: [i64; 3] = [15, 60, 240];

/// What the address of the page may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The anchor of the duty that is looked for; it is shown however many there are.
    duty: String,
    /// The number of the duty that was just answered.
    done: String,
}

/// An answer that was not taken: of which duty, what was typed, what was wrong.
struct Refused {
    duty: i64,
    typed: Typed,
    wrong: Vec<FieldError>,
    /// A fault of the whole, in words.
    whole: Option<String>,
    status: StatusCode,
}

/// Shows what was said of each duty that is open or was reminded of.
pub async fn show(app: App, By(by, (key, asked)): By<Read, (web::Path<String>, web::Query<Asked>)>) -> Answered {
    page(&app, &by, key.into_inner(), &asked.into_inner(), None).await
}

/// Takes an answer to the step that was said last, or shows the page again with everything typed kept.
pub async fn answer(app: App, By(by, (path, sent)): By<Approve, (web::Path<(String, String)>, Sent)>) -> Answered {
    let (key, seq) = path.into_inner();
    let duty: i64 = seq.parse().map_err(|_| Error::NotFound)?;
    let typed = Typed::new(sent.into_inner());
    let now = app.1.now();
    let (wanted, sight) = (key.clone(), by.sight());
    let here = app.0.read(move |conn| Ok(head(conn, &wanted, sight)?.here(now))).await?;
    let ended = match reply(&typed, here) {
        Ok(reply) => {
            let said = typed.one("said").parse().ok();
            actions::answer(&app.0, by.id, (key.clone(), duty), (reply, said), now).await
        }
        Err(why) => Err(Error::Invalid(vec![why])),
    };
    let Err(why) = ended else { return Ok(go_to(format!("/incidents/{key}/reminders?done={duty}#main"))) };
    let status = why.status_and_code().0;
    let (wrong, whole) = match why {
        Error::Invalid(wrong) => (wrong, None),
        Error::Conflict { .. } => (Vec::new(), Some(why.title_and_detail(by.lang).1)),
        other => return Err(other),
    };
    let refused = Refused { duty, typed, wrong, whole, status };
    page(&app, &by, key, &Asked::default(), Some(&refused)).await
}

/// What a form says: seen, in so many minutes, or at a moment.
fn reply(typed: &Typed, now: DateTime<Utc>) -> Result<Reply, FieldError> {
    if typed.one("reply") == "seen" {
        return Ok(Reply::Acknowledge);
    }
    if let Some(minutes) = typed.one("minutes").parse().ok().filter(|minutes| QUICK.contains(minutes)) {
        return Ok(Reply::Snooze(now + Duration::minutes(minutes)));
    }
    typed.time("until")?.map(Reply::Snooze).ok_or_else(|| FieldError::new("until", "missing"))
}

async fn page(app: &App, by: &Officer, key: String, asked: &Asked, refused: Option<&Refused>) -> Answered {
    let (db, clock, templates) = app;
    let (now, sight) = (clock.now(), by.sight());
    let (case, mut all) = db.read(move |conn| standings(conn, &key, sight, now)).await?;
    let now = case.here(now);
    let view = View { voice: Voice { lang: by.lang, now }, refused, may_answer: by.may::<Approve>() };
    let done = asked.done.parse().ok().and_then(|seq: i64| all.iter().find(|one| one.duty.seq == seq));
    let done = done.and_then(|standing| view.done(standing));
    let wanted = |one: &Standing| {
        Some(one.duty.seq) == refused.map(|refused| refused.duty)
            || (!asked.duty.is_empty() && place(one) == asked.duty)
    };
    let more = all.len().saturating_sub(SHOWN);
    if more > 0 {
        all.sort_by_key(|one| !wanted(one));
        all.truncate(SHOWN);
    }
    let own = json!({
        "reference": case.reference, "case": case.title, "done": done,
        "trouble": refused.map(|refused| view.trouble(refused)),
        "duties": all.iter().map(|one| view.duty(one)).collect::<Vec<_>>(),
        "more": (more > 0).then(|| i18n::text_with(by.lang, "page-reminders-more", &[("n", more.into())])),
    });
    let title = format!("{} {}", i18n::text(by.lang, "page-reminders"), case.reference);
    let here = format!("/incidents/{}/reminders", case.reference);
    let status = refused.map_or(StatusCode::OK, |refused| refused.status);
    frame(by, clock, here, title).answer(templates, status, "reminder/show", &own)
}

/// Where a duty stands, on this page as on its incident's.
fn place(standing: &Standing) -> String {
    anchor(&standing.duty.duty_id, whom(standing))
}

fn whom(standing: &Standing) -> Option<&str> {
    Some(standing.duty.for_whom.as_str()).filter(|name| !name.is_empty())
}

/// What a part of the page is made from.
struct View<'a> {
    voice: Voice,
    refused: Option<&'a Refused>,
    /// Whether the reader may answer at all.
    may_answer: bool,
}

impl View<'_> {
    fn lang(&self) -> Lang {
        self.voice.lang
    }

    fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        i18n::text_with(self.lang(), key, args)
    }

    fn short(&self, at: DateTime<Utc>) -> String {
        i18n::instant_short(self.lang(), at)
    }

    /// What was just answered, and what comes now.
    fn done(&self, standing: &Standing) -> Option<Value> {
        let answer = standing.answer()?;
        let title = self.voice.duty(&standing.duty.duty_id, whom(standing));
        let said = match answer.snoozed_until {
            None => self.say("page-reminders-done-seen", &[("duty", title.into())]),
            Some(until) => {
                let until = self.short(until.utc());
                self.say("page-reminders-done-snoozed", &[("duty", title.into()), ("when", until.into())])
            }
        };
        let next = standing.next.as_ref();
        let next = next.map(|next| self.say("page-reminders-done-next", &[("when", self.short(next.at).into())]));
        Some(json!({ "said": said, "next": next }))
    }

    fn trouble(&self, refused: &Refused) -> Value {
        let wrong = summary(self.lang(), &prefix(refused.duty), &refused.wrong, &["until".to_owned()]);
        let whole = refused.whole.as_ref().map(|words| json!({ "words": words, "named": [] }));
        json!({ "whole": whole, "wrong": wrong, "conflicts": [], "since": false, "form": null })
    }

    fn duty(&self, standing: &Standing) -> Value {
        let duty = &standing.duty;
        let deadline = duty.next_at.map(crate::db::Instant::utc);
        let key = if duty.is_target() { "reminder-plain-target" } else { "reminder-plain-deadline" };
        let (now, before) = self.events(standing);
        json!({
            "seq": duty.seq, "anchor": place(standing), "title": self.voice.duty(&duty.duty_id, whom(standing)),
            "state": duty.state, "state_words": self.voice.text(&format!("state-{}", duty.state)), "is_open": duty.is_open(),
            "deadline": deadline.map(|at| self.say(key, &[("words", i18n::instant(self.lang(), at).into())])),
            "due": deadline.filter(|_| duty.is_open()).map(|at| at.to_rfc3339()),
            "staffing": deadline.filter(|_| duty.is_open()).and_then(|at| self.voice.staffing(at)),
            "next": standing.next.as_ref().map(|next| self.next(next)),
            "answer": standing.answer().map(|answer| self.answered(answer)),
            "forms": standing.latest.filter(|_| self.may_answer).map(|latest| self.forms(standing, latest)),
            "events": now, "before": before,
        })
    }

    fn next(&self, next: &Next) -> Value {
        let why = match (next.due.escalated, next.due.again) {
            (true, _) => Some("page-reminders-next-unanswered"),
            (_, true) => Some("page-reminders-next-again"),
            _ => None,
        };
        let when = if next.at <= self.voice.now {
            self.voice.text("page-reminders-next-now")
        } else {
            i18n::instant_plain(self.lang(), next.at)
        };
        json!({
            "when": when, "step": step_words(self.lang(), next.due.step), "why": why.map(|key| self.voice.text(key)),
            "to": self.say("page-reminders-next-to", &self.whom_and_who(next.due.circle, &next.told)),
        })
    }

    fn whom_and_who(&self, to: Circle, told: &[String]) -> [(&'static str, Arg<'static>); 2] {
        [("circle", circle(self.lang(), to).into()), ("names", names(self.lang(), told).into())]
    }

    fn answered(&self, answer: &Given) -> String {
        let by = ("by", Arg::from(answer.by.clone()));
        match answer.snoozed_until {
            None => self.say("page-reminders-seen-by", &[by]),
            Some(until) => self.say("page-reminders-snoozed-by", &[by, ("when", self.short(until.utc()).into())]),
        }
    }

    /// The forms to answer with: seen, again in a while, again at a moment.
    fn forms(&self, standing: &Standing, latest: DateTime<Utc>) -> Value {
        let (seq, now) = (standing.duty.seq, self.voice.now);
        let prefix = prefix(seq);
        let refused = self.refused.filter(|refused| refused.duty == seq);
        let nothing = Typed::default();
        let filling = match refused {
            Some(refused) => {
                Filling { lang: self.lang(), typed: &refused.typed, wrong: &refused.wrong, prefix: &prefix }
            }
            None => Filling { lang: self.lang(), typed: &nothing, wrong: &[], prefix: &prefix },
        };
        let quick = |minutes: i64| {
            let span = Duration::minutes(minutes);
            (now + span < latest).then(|| json!({ "minutes": minutes, "words": i18n::span(self.lang(), span) }))
        };
        let seen = standing.answer().is_some_and(|answer| answer.snoozed_until.is_none());
        json!({
            "seen": seen, "said": standing.taken.len(), "quick": QUICK.into_iter().filter_map(quick).collect::<Vec<_>>(),
            "bound": self.say("page-reminders-bound", &[("when", self.short(latest).into())]),
            "until": filling.own("until", Field::at), "refused": refused.is_some(),
        })
    }

    /// What was said and answered, the newest first: since the duty stands as it does, and before that.
    fn events(&self, standing: &Standing) -> (Vec<Value>, Vec<Value>) {
        let armed = standing.duty.armed();
        let mut all = Vec::new();
        for (at, step) in standing.taken.iter().enumerate() {
            let mut earlier = standing.taken.iter().take(at);
            let same = earlier.rfind(|one| one.armed_at == step.armed_at && one.step == step.step);
            all.push((step.fired_at, step.armed_at == armed, self.step(step, same)));
        }
        for answer in &standing.answers {
            let said = json!({
                "at": answer.at.utc().to_rfc3339(), "what": self.answered(answer), "told": null, "late": null, "why": null,
            });
            all.push((answer.at, answer.armed_at == armed, said));
        }
        all.sort_by_key(|(at, ..)| *at);
        let of = |now: bool| all.iter().rev().filter(|one| one.1 == now).map(|one| one.2.clone()).collect();
        (of(true), of(false))
    }

    fn step(&self, step: &Taken, same: Option<&Taken>) -> Value {
        let told: Vec<String> =
            step.told.0.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        let what = step.step.parse().map_or_else(|_| step.step.clone(), |step| step_words(self.lang(), step));
        let to = Circle::parse(&step.circle);
        let key = if told.is_empty() { "page-reminders-told-nobody" } else { "page-reminders-told" };
        let late = step.is_late().then(|| i18n::span(self.lang(), step.fired_at.utc() - step.due_at.utc()));
        let why = same.map(|same| {
            let key = if same.circle == step.circle { "page-reminders-again" } else { "page-reminders-further" };
            self.voice.text(key)
        });
        json!({
            "at": step.fired_at.utc().to_rfc3339(), "what": what,
            "told": to.map(|to| self.say(key, &self.whom_and_who(to, &told))),
            "late": late.map(|span| self.say("page-reminders-late", &[("span", span.into())])), "why": why,
        })
    }
}

/// Keeps the ids of two duties' forms apart.
fn prefix(duty: i64) -> String {
    format!("reminder-{duty}-")
}
