//! The register: how far the telling has come, whom to tell, and everything that can be done about it.

use actix_web::http::StatusCode;
use actix_web::web;
use serde_json::{Map, Value, json};

use super::file::counts;
use super::{App, Done, Form, Key, Refused, circle, option, state_words};
use crate::account::right::{Read, ReadPersons, Work};
use crate::account::{By, Officer};
use crate::affected::actions::{self, Decision};
use crate::affected::store::Tally;
use crate::affected::{ANSWERS, Circle, EXCEPTIONS, STATES, api, words};
use crate::config::Config;
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::incident::CaseFile;
use crate::incident::actions::current;
use crate::incident::pages::{Answered, Sent, Typed, frame, go_to, told};
use crate::incident::store::{Figures, head};
use crate::law::question::TELLING;

/// The longest report that is pasted or sent, and what is kept of one that was refused.
const LONGEST_REPORT: usize = 1024 * 1024;
const KEPT_OF_REPORT: usize = 20_000;

fn figures(lang: Lang, told: &Figures) -> Value {
    let state = |state: &&str| {
        let many = told.states.get(*state)?;
        Some(json!({ "state": state, "label": state_words(lang, state), "many": i18n::number(lang, *many) }))
    };
    json!({
        "sentence": told::said(lang, told), "total": i18n::number(lang, told.total), "all_told": told.all_told,
        "counted": told.counted, "states": STATES.iter().filter_map(state).collect::<Vec<_>>(),
    })
}

/// The open duties that are met now that all are told, each with its submission as it will stand.
fn ready(case: &CaseFile, figures: &Figures, lang: Lang) -> Vec<Value> {
    let open = case.duties.iter().filter(|status| told::is_ready(case, status));
    let one = |status: &crate::incident::DutyStatus| {
        let mut form = Typed::default();
        told::fill(lang, &mut form, figures, case.now);
        let channel = Some(form.one("channel").to_owned()).filter(|channel| !channel.is_empty());
        let duty = i18n::text(lang, &format!("duty-{}", status.duty.id));
        json!({
            "id": status.duty.id, "sent_at": form.one("sent_at"), "was": form.one("sent_at~was"), "zone": form.one("sent_at~zone"),
            "at": figures.last_told_at, "channel": channel,
            "way": channel.as_ref().map(|word| i18n::text(lang, &format!("channel-{word}"))),
            "reference": form.one("reference"), "record": i18n::text_with(lang, "told-record", &[("duty", Arg::from(duty))]),
        })
    };
    open.map(one).collect()
}

/// Shows the register: how far the telling has come, and everything that can be done about it.
pub async fn show(
    app: App,
    config: web::Data<Config>,
    By(by, (key, done)): By<Read, (Key, web::Query<Done>)>,
) -> Answered {
    shown((app, config), &by, (key.into_inner(), &done), None).await
}

/// Shows the register with a form as it was typed and what is wrong with it.
pub(super) async fn refuse(
    app: (App, web::Data<Config>),
    by: &Officer,
    key: String,
    (form, typed, why): (&'static str, Typed, Error),
) -> Answered {
    let refused = Refused::new(by.lang, form, typed, why)?;
    shown(app, by, (key, &Done::default()), Some(&refused)).await
}

async fn shown(
    ((db, worker, clock, templates), config): (App, web::Data<Config>),
    by: &Officer,
    (key, done): (String, &Done),
    refused: Option<&Refused>,
) -> Answered {
    let (lang, sight, asked) = (by.lang, by.sight(), key.clone());
    let (decide, count) = (Form::of(refused, "decide"), Form::of(refused, "count"));
    let (bounce, make) = (Form::of(refused, "bounce"), Form::of(refused, "make"));
    let shown = api::whole(&db, sight, key.clone()).await?;
    let (head, told) = db
        .read(move |conn| {
            let head = head(conn, &asked, sight)?;
            let told = crate::incident::store::figures(conn, head.seq)?;
            Ok((head, told))
        })
        .await?;
    let ready = match told.as_ref().filter(|told| told.all_told && by.may::<Work>()) {
        Some(told) => ready(&current(&db, key, sight, clock.now()).await?, told, lang),
        None => Vec::new(),
    };
    let decided = &shown["decision"];
    let circle: Circle = serde_json::from_value(decided["chosen"].clone()).unwrap_or_default();
    let answer = decided["answer"].as_str().unwrap_or_default();
    let chosen = decide.text("answer", answer);
    let exceptions = EXCEPTIONS.map(|name| {
        let label = i18n::text(lang, &format!("affected-exception-{name}"));
        let usual = decided["exceptions"][name].as_str().unwrap_or_default();
        json!({ "name": name, "label": label, "evidence": decide.text(&format!("exception_{name}"), usual) })
    });
    let made_for = make.text("duty", "gdpr-34-subjects");
    // A report that is longer is not sent back and forth.
    let report: String = bounce.text("report", "").chars().take(KEPT_OF_REPORT).collect();
    let wave = |wave: &Value| {
        let state = wave["state"].as_str().unwrap_or_default();
        json!({
            "id": wave["id"], "name": wave["name"], "approved": wave["approved"], "next": wave["to_tell_next"],
            "state": i18n::text(lang, &format!("wave-state-{state}")),
            "tone": match state { "done" => "fulfilled", "going" => "undetermined", _ => "open" },
        })
    };
    let file = |import: &Value| {
        let state = import["state"].as_str().unwrap_or_default();
        json!({ "id": import["id"], "name": import["name"], "state": i18n::text(lang, &format!("affected-import-{state}")),
                "counts": (!matches!(state, "coming" | "waiting")).then(|| counts(lang, import)) })
    };
    let all = |name: &str| shown[name].as_array().cloned().unwrap_or_default();
    let base = config.public_url.clone().unwrap_or_default();
    let own = json!({
        "reference": head.reference, "case": head.title, "is_open": head.status == "open", "done": done.words(lang),
        "figures": told.as_ref().map(|told| figures(lang, told)), "ready": ready, "wrong": refused.map(|refused| &refused.said), "works": by.may::<Work>(), "reads": by.may::<ReadPersons>(),
        "decision": (!decided.is_null()).then(|| json!({
            "answer": i18n::text(lang, &format!("affected-answer-{answer}")), "reason": decided["reason"], "by": decided["by"],
            "at": decided["at"], "whom": (circle != Circle::default()).then(|| words::circle(lang, &circle)),
        })),
        "answers": ANSWERS.map(|one| option(one, i18n::text(lang, &format!("affected-answer-{one}")), one == chosen)),
        "exceptions": exceptions, "circle": decide.circle(&circle), "reason": decide.text("reason", ""),
        "deciding": decided.is_null() || decide.is_refused(), "narrowed": decide.is_refused(),
        "counting": count.is_refused(), "total": count.text("total", ""), "told": count.text("told", ""), "count_note": count.text("note", ""),
        "bouncing": bounce.is_refused(), "report": report, "wave_name": make.text("name", ""), "making": make.is_refused(),
        "imports": all("imports").iter().filter(|one| one["state"] != "removed").map(file).collect::<Vec<_>>(),
        "waves": all("waves").iter().map(wave).collect::<Vec<_>>(),
        "uncertain": shown["figures"]["states"]["uncertain"].as_i64().unwrap_or(0),
        "duties": TELLING.iter().map(|id| option(id, i18n::text(lang, &format!("duty-{id}")), *id == made_for)).collect::<Vec<_>>(),
        "callback": by.may::<Work>().then(|| words::callback(&worker.seal, &base, &head)),
    });
    let title = format!("{} {}", i18n::text(lang, "affected-title"), head.reference);
    frame(by, &clock, format!("/incidents/{}/affected", head.reference), title).answer(
        &templates,
        refused.map_or(StatusCode::OK, |refused| refused.status),
        "affected/show",
        &own,
    )
}

/// Writes down whom to tell, and why.
pub async fn decide(app: App, config: web::Data<Config>, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let (key, typed) = (key.into_inner(), Typed::new(sent.into_inner()));
    let evidence = |name: &&str| {
        let given = typed.one(&format!("exception_{name}")).trim().to_owned();
        (!given.is_empty()).then(|| ((*name).to_owned(), Value::String(given)))
    };
    let exceptions: Map<String, Value> = EXCEPTIONS.iter().filter_map(evidence).collect();
    let (answer, reason) = (typed.one("answer").to_owned(), typed.one("reason").to_owned());
    let decision = Decision { answer, chosen: circle(&typed), exceptions, reason };
    match actions::decide(&app.0, key.clone(), decision, (by.id, app.2.now())).await {
        Ok(()) => Ok(go_to(format!("/incidents/{key}/affected?done=decided"))),
        Err(why) => refuse((app, config), &by, key, ("decide", typed, why)).await,
    }
}

/// Writes numbers down.
pub async fn count(app: App, config: web::Data<Config>, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let (key, typed) = (key.into_inner(), Typed::new(sent.into_inner()));
    let number = |name: &str| {
        let digits: String = typed.one(name).chars().filter(|c| !c.is_whitespace()).collect();
        digits.parse::<i64>().map_err(|_| Error::field(name, "affected_more_than_all"))
    };
    let tally = number("total").and_then(|total| Ok((total, number("told")?)));
    let ended = match tally {
        Ok((total, told)) => {
            let tally = Tally { total, told, note: typed.one("note").to_owned() };
            actions::count(&app.0, key.clone(), tally, (by.id, app.2.now())).await
        }
        Err(why) => Err(why),
    };
    match ended {
        Ok(()) => Ok(go_to(format!("/incidents/{key}/affected?done=counted"))),
        Err(why) => refuse((app, config), &by, key, ("count", typed, why)).await,
    }
}

/// Takes a report of a mail server, pasted.
pub async fn bounce(app: App, config: web::Data<Config>, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let (key, typed) = (key.into_inner(), Typed::new(sent.into_inner()));
    let report: Vec<u8> = typed.one("report").bytes().take(LONGEST_REPORT).collect();
    match actions::take_bounce(&app.0, &app.1.seal, key.clone(), &report, (by.id, app.2.now())).await {
        Ok(_) => Ok(go_to(format!("/incidents/{key}/affected?done=bounced"))),
        Err(why) => refuse((app, config), &by, key, ("bounce", typed, why)).await,
    }
}

/// Sends again to those of whom nobody knows whether they were told.
pub async fn again((db, _worker, clock, _templates): App, By(by, key): By<Work, Key>) -> Answered {
    let key = key.into_inner();
    actions::tell_again(&db, key.clone(), (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected?done=again")))
}
