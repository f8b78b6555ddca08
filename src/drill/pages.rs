//! Drills for people: the form that makes one, and the page with its clock, its script and its report.

use actix_web::http::StatusCode;
use actix_web::web;
use serde_json::{Value, json};

use super::{report, sheet};
use crate::account::right::{Read, Work};
use crate::account::{By, May, Officer, Role, store as accounts};
use crate::db::Id;
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::incident::drill::{Inject, Setup, actions};
use crate::incident::pages::{Answered, App, Field, Filling, Sent, Typed, frame, go_to, summary};
use crate::incident::refuse;
use crate::law::{Fact, Facts};

/// The speeds that one press gives.
const QUICK: [u32; 5] = [0, 1, 10, 60, 360];
const FIELDS: [&str; 7] = ["title", "description", "participants", "begins", "factor", "channels", "injects"];

/// Shows the form that makes a drill.
pub async fn form(app: App, by: May<Work>) -> Answered {
    let mut typed = Typed::default();
    typed.set("factor", "1");
    ask(&app, &by, &typed, &[]).await
}

/// Makes a drill, or shows the form again with what was wrong and everything typed kept.
pub async fn begin(app: App, By(by, sent): By<Work, Sent>) -> Answered {
    let typed = Typed::new(sent.into_inner());
    let begun = match read(&typed) {
        Ok((facts, setup)) => actions::begin(&app.0, by.id, facts, setup, app.1.now()).await,
        Err(why) => Err(why),
    };
    match begun {
        Ok(head) => Ok(go_to(format!("/incidents/{}/drill#main", head.reference))),
        Err(Error::Invalid(wrong)) => ask(&app, &by, &typed, &wrong).await,
        Err(why) => Err(why),
    }
}

fn read(typed: &Typed) -> Result<(Facts, Setup), Error> {
    let mut wrong = Vec::new();
    let begins = typed.time("begins").unwrap_or_else(|why| {
        wrong.push(why);
        None
    });
    let factor = typed.one("factor").parse().ok();
    let injects = script(typed.one("injects")).unwrap_or_else(|why| {
        wrong.push(why);
        Vec::new()
    });
    let participants: Vec<Id> = typed.all("participants").iter().filter_map(|id| Id::parse(id)).collect();
    let facts = json!({ "title": typed.one("title"), "description": typed.some("description") });
    match Facts::from_json(&facts).map_err(refuse) {
        Ok(facts) if wrong.is_empty() => {
            let channels = typed.one("channels") == "yes";
            Ok((facts, Setup { participants, begins: begins.map(Into::into), factor, channels, injects }))
        }
        Ok(_) => Err(Error::Invalid(wrong)),
        Err(Error::Invalid(more)) => Err(Error::Invalid(wrong.into_iter().chain(more).collect())),
        Err(why) => Err(why),
    }
}

/// The script as it is typed: a line each, the minute, a colon, what is told.
fn script(typed: &str) -> Result<Vec<Inject>, FieldError> {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    let one = |line: &str| {
        let (minute, words) = line.split_once(':')?;
        Some(Inject { minute: minute.trim().parse().ok()?, words: words.trim().to_owned() })
    };
    lines
        .map(|line| {
            let shown: String = line.chars().take(60).collect();
            one(line).ok_or_else(|| FieldError::new("injects", "inject_unreadable").with("given", shown))
        })
        .collect()
}

fn speed(lang: Lang, factor: u32) -> String {
    match factor {
        0 => i18n::text(lang, "drill-stop"),
        factor => i18n::text_with(lang, "drill-speed", &[("n", Arg::from(i64::from(factor)))]),
    }
}

async fn ask((db, clock, templates): &App, by: &Officer, typed: &Typed, wrong: &[FieldError]) -> Answered {
    let everybody = db.read(accounts::everybody).await?;
    let may_read = |roles: &[Role]| crate::account::right::Named::of::<Read>().is_held_by(roles);
    let others: Vec<(String, String)> = everybody
        .iter()
        .filter(|one| one.account.left_at.is_none() && one.account.id != by.id && may_read(&one.roles))
        .map(|one| (one.account.id.to_string(), one.account.name.clone()))
        .collect();
    let others: Vec<(&str, String)> = others.iter().map(|(id, name)| (id.as_str(), name.clone())).collect();
    let filling = Filling { lang: by.lang, typed, wrong, prefix: "" };
    let speeds: Vec<(String, String)> =
        QUICK.iter().skip(1).map(|factor| (factor.to_string(), speed(by.lang, *factor))).collect();
    let speeds: Vec<(&str, String)> = speeds.iter().map(|(value, words)| (value.as_str(), words.clone())).collect();
    let mut title = filling.fact(Fact::Title);
    title.first = wrong.is_empty();
    let fields = vec![
        title,
        filling.fact(Fact::Description),
        filling.tick("participants", &others),
        filling.own("begins", Field::at),
        filling.choose("factor", &speeds),
        filling.own("injects", Field::lines),
        filling.tick("channels", &[("yes", i18n::text(by.lang, "drill-channels-too"))]),
    ];
    let own = json!({ "fields": fields, "wrong": summary(by.lang, "", wrong, &FIELDS.map(str::to_owned)) });
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    frame(by, clock, "/drills/new", i18n::text(by.lang, "drill-new")).answer(templates, status, "drill/new", &own)
}

/// Shows the clock, the script and the report of a drill.
pub async fn show(app: App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    page(&app, &by, key.into_inner(), None).await
}

/// Turns the clock.
pub async fn turn(app: App, By(by, (key, sent)): By<Work, (web::Path<String>, Sent)>) -> Answered {
    let (key, typed) = (key.into_inner(), Typed::new(sent.into_inner()));
    let factor = typed.one("factor").parse().map_err(|_| Error::field("factor", "missing"));
    let turned = match factor {
        Ok(factor) => actions::turn(&app.0, by.id, key.clone(), factor, app.1.now()).await,
        Err(why) => Err(why),
    };
    match turned {
        Ok(head) => Ok(go_to(format!("/incidents/{}/drill#clock", head.reference))),
        Err(why @ (Error::Invalid(_) | Error::Conflict { .. })) => page(&app, &by, key, Some(&why)).await,
        Err(why) => Err(why),
    }
}

async fn page((db, clock, templates): &App, by: &Officer, key: String, refused: Option<&Error>) -> Answered {
    let (sight, now) = (by.sight(), clock.now());
    // What time alone has changed is written down before it is told.
    crate::incident::actions::current(db, key.clone(), sight, now).await?;
    let (case, report) = db.read(move |conn| report::of(conn, &key, sight, now)).await?;
    let lang = by.lang;
    let head = &case.head;
    let runs = head.clock().factor();
    let quick = |factor: &u32| json!({ "value": factor, "label": speed(lang, *factor), "current": *factor == runs });
    let why = refused.map(|why| match why.fields() {
        [] => why.title_and_detail(lang).1,
        fields => fields.iter().map(|field| field.message(lang)).collect::<Vec<_>>().join(" "),
    });
    let is_open = head.status == "open";
    let coming: Vec<Value> = report
        .injects
        .iter()
        .rev()
        .filter_map(|inject| {
            let at = inject.shown_at?;
            Some(json!({ "words": inject.words, "at": at.utc().to_rfc3339() }))
        })
        .collect();
    let own = json!({
        "reference": head.reference, "case": head.title, "is_open": is_open,
        "turns": is_open && by.may::<Work>(), "speeds": QUICK.iter().map(quick).collect::<Vec<_>>(), "refused": why,
        "shown": coming, "is_over": report.is_over, "sheet": sheet::sheet(lang, &case, &report),
    });
    let status = refused.map_or(StatusCode::OK, |why| why.status_and_code().0);
    let title = format!("{} {}", i18n::text(lang, "drill-title"), head.reference);
    let here = format!("/incidents/{}/drill", head.reference);
    frame(by, clock, here, title).answer(templates, status, "drill/show", &own)
}
