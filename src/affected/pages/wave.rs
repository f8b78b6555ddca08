//! A wave: made from drafts, written, approved as it stands, let go and held.

use actix_web::http::StatusCode;
use actix_web::web;
use serde_json::{Value, json};

use super::{App, Done, Form, Key, KeyAndId, Refused, circle, option, register};
use crate::account::right::{Approve, Read, ReadPersons, Work};
use crate::account::{By, Officer, Sight};
use crate::affected::actions::{self, Entry};
use crate::affected::{Circle, Text, Texts, WAYS, api, letters, store, words};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::incident::pages::{Answered, Sent, Typed, frame, go_to};
use crate::incident::store::head;
use crate::incident::{Settings, actions::current};
use crate::law::question::TELLING;
use crate::notice::{self, Notices};

/// The most files of letters that a page names.
const FILES: usize = 40;

/// Makes a wave whose words are those of the drafts of its duty, in the three languages.
pub async fn make(
    app: App,
    config: web::Data<Config>,
    notices: web::Data<Notices>,
    By(by, (key, sent)): By<Work, (Key, Sent)>,
) -> Answered {
    let (db, _, clock, _) = &app;
    let (key, typed, now) = (key.into_inner(), Typed::new(sent.into_inner()), clock.now());
    let duty = typed.one("duty").to_owned();
    let texts = drafted(db, &notices, by.sight(), (&key, &duty), clock).await?;
    let name = Some(typed.one("name").trim().to_owned()).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| i18n::text(by.lang, "wave-first-name"));
    let entry = Entry { name, duty, texts, ..Entry::default() };
    match actions::make(db, key.clone(), entry, (by.id, now)).await {
        Ok(wave) => Ok(go_to(format!("/incidents/{key}/affected/waves/{}", wave.id))),
        Err(why) => register::refuse((app, config), &by, key, ("make", typed, why)).await,
    }
}

/// The words of a duty's drafts, with a greeting that has a place for the name.
async fn drafted(
    db: &Db,
    notices: &Notices,
    sight: Sight,
    (key, duty): (&str, &str),
    clock: &Clock,
) -> Result<Texts, Error> {
    let case = current(db, key.to_owned(), sight, clock.now()).await?;
    let settings = db.read(Settings::load).await?;
    let mut texts = Texts::new();
    let Some(status) = case.duties.iter().find(|status| status.duty.id == duty) else { return Ok(texts) };
    for lang in Lang::ALL {
        let draft = notice::draft(&notices.0, &status.duty, &case.facts, &case.assessment, &settings.company, lang);
        if let Some(draft) = draft.map_err(Error::internal)? {
            let draft = draft.marked(case.head.is_drill(), lang);
            // The short message of the duty says what to do and whom to ask.
            let plain = || i18n::text_with(lang, "wave-sms", &[("subject", Arg::from(draft.subject.clone()))]);
            let sms = draft.sms.clone().unwrap_or_else(plain);
            let greeting = i18n::text(lang, "wave-greeting").replace("NAME", "{name}");
            let body = format!("{greeting}\n\n{}", unaddressed(&draft.body));
            texts.insert(lang.code().to_owned(), Text { subject: draft.subject, body, sms });
        }
    }
    Ok(texts)
}

/// A letter without its line to everybody, where each is greeted by name; the mark of a drill or a demonstration stays.
fn unaddressed(body: &str) -> String {
    let parts: Vec<&str> = body.split("\n\n").collect();
    let is_address = |part: &&&str| !part.contains('\n') && !part.trim_end().ends_with(['.', ':', '!', '?']);
    let at = parts.iter().take(2).position(|part| is_address(&part));
    let kept = parts.iter().enumerate().filter(|(place, _)| Some(*place) != at).map(|(_, part)| *part);
    kept.collect::<Vec<_>>().join("\n\n")
}

/// Shows a wave.
pub async fn wave(app: App, By(by, (path, done)): By<Read, (KeyAndId, web::Query<Done>)>) -> Answered {
    shown(app, &by, (path.into_inner(), &done), None).await
}

async fn shown(
    (db, _worker, clock, templates): App,
    by: &Officer,
    ((key, given), done): ((String, String), &Done),
    refused: Option<&Refused>,
) -> Answered {
    let (lang, form) = (by.lang, Form::of(refused, "change"));
    let shown = api::one_wave(&db, by.sight(), key.clone(), api::id(&given)?).await?;
    let page = done.letters;
    let (asked, sight, id) = (key.clone(), by.sight(), api::id(&given)?);
    let (company, letters) = db
        .read(move |conn| {
            let head = head(conn, &asked, sight)?;
            let wave = store::find_wave(conn, head.seq, id)?;
            Ok((Settings::load(conn)?.company, store::letters_begin(conn, &wave, (letters::TOGETHER, FILES), page)?))
        })
        .await?;
    let state = shown["state"].as_str().unwrap_or_default().to_owned();
    let whom: Circle = serde_json::from_value(shown["chosen"].clone()).unwrap_or_default();
    let tongue = |(lang, name): &(Lang, &str)| {
        let text = &shown["texts"][lang.code()];
        let of = |part: &str| form.text(&format!("{part}_{lang}"), text[part].as_str().unwrap_or_default());
        json!({ "code": lang.code(), "tongue": name, "subject": of("subject"), "body": of("body"), "sms": of("sms") })
    };
    let approval = |one: &Value| json!({ "by": one["by"], "at": one["at"], "holds": one["holds"] });
    let may_change = matches!(state.as_str(), "draft" | "paused");
    let text = |name: &str| shown[name].as_str().unwrap_or_default().to_owned();
    let (duty, first) = (form.text("duty", &text("duty")), form.text("first", &text("first")));
    let own_words = shown["edited_by"] == json!(by.id) && company.four_eyes;
    let own = json!({
        "reference": key, "id": shown["id"], "name": form.text("name", &text("name")), "digest": text("digest"), "short": text("digest").chars().take(12).collect::<String>(),
        "done": done.words(lang), "state": i18n::text(lang, &format!("wave-state-{state}")), "approved": shown["approved"],
        "works": by.may::<Work>(), "approves": by.may::<Approve>(), "may_write": may_change && by.may::<Work>(), "going": state == "going",
        "startable": shown["approved"] == true && may_change, "next": i18n::text_with(lang, "wave-next", &[("n", shown["to_tell_next"].as_i64().unwrap_or(0).into())]),
        "texts": crate::page::TONGUES.iter().map(tongue).collect::<Vec<_>>(), "whom": words::circle(lang, &whom),
        "circle": form.circle(&whom), "wrong": refused.map(|refused| &refused.said),
        "letters": by.may::<ReadPersons>().then(|| files(lang, &letters, page)), "unreached": letters.1,
        "letter_pages": by.may::<ReadPersons>().then(|| pages(lang, letters.1, page)),
        "bar": own_words.then(|| i18n::text(lang, "problem-wave-own-detail")),
        "duties": TELLING.iter().map(|id| option(id, i18n::text(lang, &format!("duty-{id}")), *id == duty)).collect::<Vec<_>>(),
        "ways": WAYS.map(|way| option(way, i18n::text(lang, &format!("affected-way-{way}")), way == first)),
        "both": form.is_on("both", shown["both"] == true), "rate": form.text("rate", &shown["rate"].to_string()),
        "approvals": shown["approvals"].as_array().into_iter().flatten().map(approval).collect::<Vec<_>>(),
    });
    let title = i18n::text_with(lang, "wave-title", &[("name", text("name").into())]);
    frame(by, &clock, format!("/incidents/{key}/affected/waves/{given}"), title).answer(
        &templates,
        refused.map_or(StatusCode::OK, |refused| refused.status),
        "affected/wave",
        &own,
    )
}

/// The files of letters: what each is called, and behind which person it begins.
fn files(lang: Lang, (begins, many): &(Vec<i64>, i64), page: usize) -> Vec<Value> {
    let together = i64::try_from(letters::TOGETHER).unwrap_or(i64::MAX);
    let one = |(at, after): (usize, &i64)| {
        let first = i64::try_from(page.saturating_mul(FILES).saturating_add(at)).unwrap_or(0).saturating_mul(together);
        let args = [
            ("first", Arg::from(i18n::number(lang, first + 1))),
            ("last", i18n::number(lang, (first + together).min(*many)).into()),
        ];
        let key = if first + 1 == *many { "told-letters-last" } else { "told-letters-file" };
        json!({ "after": after, "label": i18n::text_with(lang, key, &args) })
    };
    begins.iter().enumerate().map(one).collect()
}

/// The pages of files of letters, each called by the letters in it; none where one page holds all.
fn pages(lang: Lang, many: i64, page: usize) -> Vec<Value> {
    let (many, on_one) = (usize::try_from(many).unwrap_or(0), letters::TOGETHER * FILES);
    let all = many.div_ceil(on_one);
    let one = |at: usize| {
        let number = |n: usize| Arg::from(i18n::number(lang, i64::try_from(n).unwrap_or(i64::MAX)));
        let args = [("first", number(at * on_one + 1)), ("last", number(((at + 1) * on_one).min(many)))];
        json!({ "page": at, "label": i18n::text_with(lang, "told-letters-page", &args), "current": at == page })
    };
    if all > 1 { (0..all).map(one).collect() } else { Vec::new() }
}

/// Sends the browser back to the wave, or shows it with the form as it was typed and what is wrong.
async fn end<T>(
    app: App,
    by: &Officer,
    (key, given): (String, String),
    (form, done, typed): (&'static str, &str, Typed),
    ended: Result<T, Error>,
) -> Answered {
    match ended {
        Ok(_) => Ok(go_to(format!("/incidents/{key}/affected/waves/{given}?done={done}"))),
        Err(why) => {
            let refused = Refused::new(by.lang, form, typed, why)?;
            shown(app, by, ((key, given), &Done::default()), Some(&refused)).await
        }
    }
}

/// Writes a wave anew.
pub async fn change(app: App, By(by, (path, sent)): By<Work, (KeyAndId, Sent)>) -> Answered {
    let ((key, given), typed) = (path.into_inner(), Typed::new(sent.into_inner()));
    let mut texts = Texts::new();
    for lang in Lang::ALL {
        let of = |part: &str| typed.one(&format!("{part}_{lang}")).replace("\r\n", "\n");
        let text = Text { subject: of("subject"), body: of("body"), sms: of("sms") };
        if text != Text::default() {
            texts.insert(lang.code().to_owned(), text);
        }
    }
    let entry = Entry {
        name: typed.one("name").to_owned(),
        duty: typed.one("duty").to_owned(),
        chosen: circle(&typed),
        texts,
        first: typed.one("first").to_owned(),
        both: typed.one("both") == "yes",
        rate: typed.one("rate").trim().parse().unwrap_or(0),
    };
    let ended = actions::change(&app.0, (key.clone(), api::id(&given)?), entry, (by.id, app.2.now())).await;
    end(app, &by, (key, given), ("change", "saved", typed), ended).await
}

/// Approves a wave as it was seen.
pub async fn approve(app: App, By(by, (path, sent)): By<Approve, (KeyAndId, Sent)>) -> Answered {
    let ((key, given), typed) = (path.into_inner(), Typed::new(sent.into_inner()));
    let seen = typed.one("digest").to_owned();
    let ended = actions::approve(&app.0, (key.clone(), api::id(&given)?), seen, (by.id, app.2.now())).await;
    end(app, &by, (key, given), ("approve", "approved", typed), ended).await
}

/// Writes down that the letters of a wave were sent.
pub async fn posted(app: App, By(by, path): By<Work, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    let what = (key.clone(), api::id(&given)?);
    let ended = actions::posted(&app.0, &app.1.seal, what, (by.id, by.lang, app.2.now())).await;
    end(app, &by, (key, given), ("posted", "posted", Typed::default()), ended).await
}

/// Lets a wave go.
pub async fn run(app: App, By(by, path): By<Work, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    let ended = actions::run(&app.0, (key.clone(), api::id(&given)?), (by.id, app.2.now())).await;
    end(app, &by, (key, given), ("run", "begun", Typed::default()), ended).await
}

/// Holds a wave.
pub async fn halt(app: App, By(by, path): By<Work, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    let ended = actions::halt(&app.0, (key.clone(), api::id(&given)?), (by.id, app.2.now())).await;
    end(app, &by, (key, given), ("run", "paused", Typed::default()), ended).await
}
