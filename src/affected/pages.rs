//! The register for people: figures, whom to tell, files, persons, and waves with their words and approvals.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web;
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::actions::{self, Decision, Entry, Incoming};
use super::api::{self, Asked, audited};
use super::row::{FIELDS, Mapping};
use super::store::{self, Tally};
use super::{ANSWERS, Circle, EXCEPTIONS, STATES, Text, Texts, words};
use crate::account::Sight;
use crate::account::right::{Approve, Read, ReadPersons, Work};
use crate::account::{By, Officer};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Id};
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::incident::pages::{Answered, Sent, Typed, frame, go_to};
use crate::incident::store::head;
use crate::incident::{Settings, actions::current};
use crate::law::question::TELLING;
use crate::notice::{self, Notices};
use crate::outbox::Worker;
use crate::templates::Templates;

type App = (web::Data<Db>, web::Data<Worker>, web::Data<Clock>, web::Data<Templates>);
type Key = web::Path<String>;
type KeyAndId = web::Path<(String, String)>;

/// The longest report that is pasted or sent.
const LONGEST_REPORT: usize = 1024 * 1024;

/// What the address may say was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

impl Done {
    fn words(&self, lang: Lang) -> Option<String> {
        let known =
            ["decided", "counted", "removed", "approved", "begun", "paused", "saved", "answered", "again", "bounced"];
        known.contains(&self.done.as_str()).then(|| i18n::text(lang, &format!("affected-done-{}", self.done)))
    }
}

fn option(value: &str, label: String, chosen: bool) -> Value {
    json!({ "value": value, "label": label, "chosen": chosen })
}

fn state_words(lang: Lang, state: &str) -> String {
    i18n::text(lang, &format!("affected-state-{}", state.replace('_', "-")))
}

fn figures(lang: Lang, shown: &Value) -> Value {
    let figures = &shown["figures"];
    if figures.is_null() {
        return Value::Null;
    }
    let n = |name: &str| i18n::number(lang, figures[name].as_i64().unwrap_or(0));
    let args = [("told", Arg::from(n("told"))), ("all", n("to_tell").into()), ("left", n("remaining").into())];
    let state = |state: &&str| {
        let many = figures["states"][*state].as_i64()?;
        Some(json!({ "state": state, "label": state_words(lang, state), "many": i18n::number(lang, many) }))
    };
    json!({
        "sentence": i18n::text_with(lang, "affected-figures", &args), "total": n("total"),
        "counted": figures["counted"], "states": STATES.iter().filter_map(state).collect::<Vec<_>>(),
    })
}

/// Shows the register: how far the telling has come, and everything that can be done about it.
pub async fn show(
    (db, worker, clock, templates): App,
    config: web::Data<Config>,
    By(by, (key, done)): By<Read, (Key, web::Query<Done>)>,
) -> Answered {
    let (key, lang) = (key.into_inner(), by.lang);
    let shown = api::whole(&db, by.sight(), key.clone()).await?;
    let asked = key.clone();
    let sight = by.sight();
    let head = db.read(move |conn| head(conn, &asked, sight)).await?;
    let decided = &shown["decision"];
    let circle: Circle = serde_json::from_value(decided["chosen"].clone()).unwrap_or_default();
    let answer = decided["answer"].as_str().unwrap_or_default();
    let exceptions = EXCEPTIONS.map(|name| {
        let label = i18n::text(lang, &format!("affected-exception-{name}"));
        json!({ "name": name, "label": label, "evidence": decided["exceptions"][name].as_str().unwrap_or_default() })
    });
    let wave = |wave: &Value| {
        let state = wave["state"].as_str().unwrap_or_default();
        json!({
            "id": wave["id"], "name": wave["name"], "approved": wave["approved"], "next": wave["to_tell_next"],
            "state": i18n::text(lang, &format!("wave-state-{state}")),
            "tone": match state { "done" => "fulfilled", "going" => "undetermined", _ => "exempt" },
        })
    };
    let file = |import: &Value| {
        let state = import["state"].as_str().unwrap_or_default();
        json!({ "id": import["id"], "name": import["name"], "state": i18n::text(lang, &format!("affected-import-{state}")), "counts": counts(lang, import) })
    };
    let all = |name: &str| shown[name].as_array().cloned().unwrap_or_default();
    let base = config.public_url.clone().unwrap_or_default();
    let own = json!({
        "reference": head.reference, "case": head.title, "is_open": head.status == "open", "done": done.words(lang),
        "figures": figures(lang, &shown), "works": by.may::<Work>(), "reads": by.may::<ReadPersons>(),
        "decision": (!decided.is_null()).then(|| json!({
            "answer": i18n::text(lang, &format!("affected-answer-{answer}")), "reason": decided["reason"], "by": decided["by"],
            "at": decided["at"], "whom": words::circle(lang, &circle),
        })),
        "answers": ANSWERS.map(|one| option(one, i18n::text(lang, &format!("affected-answer-{one}")), one == answer)),
        "exceptions": exceptions, "customers": circle.customers.join("\n"), "categories": circle.categories.join(", "),
        "only_minors": circle.minor == Some(true),
        "imports": all("imports").iter().filter(|one| one["state"] != "removed").map(file).collect::<Vec<_>>(),
        "waves": all("waves").iter().map(wave).collect::<Vec<_>>(),
        "uncertain": shown["figures"]["states"]["uncertain"].as_i64().unwrap_or(0),
        "duties": TELLING.iter().map(|id| option(id, i18n::text(lang, &format!("duty-{id}")), *id == "gdpr-34-subjects")).collect::<Vec<_>>(),
        "callback": by.may::<Work>().then(|| words::callback(&worker.seal, &base, &head)),
    });
    let title = format!("{} {}", i18n::text(lang, "affected-title"), head.reference);
    frame(&by, &clock, format!("/incidents/{}/affected", head.reference), title).answer(
        &templates,
        StatusCode::OK,
        "affected/show",
        &own,
    )
}

fn counts(lang: Lang, import: &Value) -> String {
    let n = |name: &str| Arg::from(i18n::number(lang, import[name].as_i64().unwrap_or(0)));
    let args = [("rows", n("rows")), ("taken", n("taken")), ("joined", n("joined")), ("bad", n("bad"))];
    i18n::text_with(lang, "affected-import-counts", &args)
}

fn circle(typed: &Typed) -> Circle {
    let several = |name: &str, signs: &[char]| {
        let parts = typed.one(name).split(signs).map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>()
    };
    Circle {
        customers: several("customers", &['\n']),
        categories: several("categories", &[',', '\n']).into_iter().map(|one| one.to_lowercase()).collect(),
        minor: (typed.one("minors") == "yes").then_some(true),
        protected: None,
    }
}

/// Writes down whom to tell, and why.
pub async fn decide((db, _worker, clock, _templates): App, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let (key, typed) = (key.into_inner(), Typed::new(sent.into_inner()));
    let evidence = |name: &&str| {
        let given = typed.one(&format!("exception_{name}")).trim().to_owned();
        (!given.is_empty()).then(|| ((*name).to_owned(), Value::String(given)))
    };
    let exceptions: Map<String, Value> = EXCEPTIONS.iter().filter_map(evidence).collect();
    let (answer, reason) = (typed.one("answer").to_owned(), typed.one("reason").to_owned());
    let decision = Decision { answer, chosen: circle(&typed), exceptions, reason };
    actions::decide(&db, key.clone(), decision, (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected?done=decided")))
}

/// Writes numbers down.
pub async fn count((db, _worker, clock, _templates): App, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let (key, typed) = (key.into_inner(), Typed::new(sent.into_inner()));
    let number = |name: &str| {
        let digits: String = typed.one(name).chars().filter(|c| !c.is_whitespace()).collect();
        digits.parse::<i64>().map_err(|_| Error::field(name, "affected_more_than_all"))
    };
    let tally = Tally { total: number("total")?, told: number("told")?, note: typed.one("note").to_owned() };
    actions::count(&db, key.clone(), tally, (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected?done=counted")))
}

/// The first file of a form, with its name.
async fn file_of(form: &mut Multipart) -> Result<(String, actix_multipart::Field), Error> {
    while let Some(part) = form.next().await {
        let unreadable = |why: actix_multipart::MultipartError| {
            Error::Malformed(crate::error::FieldError::new("file", "unreadable").with("reason", why.to_string()))
        };
        let part = part.map_err(unreadable)?;
        let name = part.content_disposition().and_then(|head| head.get_filename().map(str::to_owned));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            return Ok((name, part));
        }
    }
    Err(Error::field("file", "missing"))
}

/// Takes a file in and shows what is in it.
pub async fn bring((db, worker, clock, _templates): App, By(by, (key, form)): By<Work, (Key, Multipart)>) -> Answered {
    let key = key.into_inner();
    // The form must live as long as its file is read.
    let mut form = form;
    let (name, file) = file_of(&mut form).await?;
    let incoming = Incoming { key: key.clone(), name, by: by.id };
    let import = actions::receive(&db, &worker.seal, incoming, file, clock.now()).await?;
    Ok(go_to(format!("/incidents/{key}/affected/imports/{}", import.id)))
}

/// Shows a file: its first rows and which column holds what, or how far it has been read.
pub async fn import((db, worker, clock, templates): App, By(by, path): By<ReadPersons, KeyAndId>) -> Answered {
    let (lang, path) = (by.lang, path.into_inner());
    let key = path.0.clone();
    let (import, preview) = api::look(&db, &worker.seal, path, (by.id, clock.now())).await?;
    let mapping = import.mapping();
    let field = |name: &&str| {
        let at = mapping.0.get(*name).copied();
        let columns =
            preview.headers.iter().enumerate().map(|(n, header)| option(&n.to_string(), header.clone(), at == Some(n)));
        json!({ "name": name, "label": i18n::text(lang, &format!("affected-field-{name}")), "columns": columns.collect::<Vec<_>>() })
    };
    let asked = import.seq;
    let bad = db.read(move |conn| store::bad(conn, asked, 20)).await?;
    let bad = bad.iter().map(|one| {
        let (line, reason, _) = words::bad(&worker.seal, &import, one);
        json!({ "line": line, "reason": i18n::text(lang, &format!("affected-bad-{reason}")) })
    });
    let own = json!({
        "reference": key, "id": import.id, "name": import.name, "waits": import.state == "waiting", "works": by.may::<Work>(),
        "state": i18n::text(lang, &format!("affected-import-{}", import.state)), "counts": counts(lang, &words::import(&import)),
        "form": format!("{} {} {}", import.kind.to_uppercase(), import.encoding, if import.separator == "\t" { "TAB" } else { &import.separator }),
        "headers": preview.headers, "rows": preview.rows, "fields": FIELDS.iter().map(field).collect::<Vec<_>>(),
        "bad": bad.collect::<Vec<_>>(), "running": import.state == "running", "note": import.note,
    });
    let title = format!("{} {}", i18n::text(lang, "affected-import"), import.name);
    frame(&by, &clock, format!("/incidents/{key}/affected/imports/{}", import.id), title).answer(
        &templates,
        StatusCode::OK,
        "affected/import",
        &own,
    )
}

/// Reads a file in by the mapping of the form.
pub async fn begin((db, worker, clock, _templates): App, By(by, (path, sent)): By<Work, (KeyAndId, Sent)>) -> Answered {
    let (key, given) = path.into_inner();
    let typed = Typed::new(sent.into_inner());
    let (import, preview) = api::look(&db, &worker.seal, (key.clone(), given), (by.id, clock.now())).await?;
    let column = |name: &&str| Some(((*name).to_owned(), typed.one(name).parse::<usize>().ok()?));
    let mapping = Mapping(FIELDS.iter().filter_map(column).collect());
    actions::begin(&db, (key.clone(), import.id), (mapping, preview.headers.len()), (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected/imports/{}", import.id)))
}

/// Takes a file away again.
pub async fn remove((db, _worker, clock, _templates): App, By(by, path): By<Work, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    actions::remove(&db, (key.clone(), api::id(&given)?), (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected?done=removed")))
}

/// Lists persons.
pub async fn persons(
    (db, worker, clock, templates): App,
    By(by, (key, asked)): By<ReadPersons, (Key, web::Query<Asked>)>,
) -> Answered {
    let (lang, key, who, now) = (by.lang, key.into_inner(), by.id, clock.now());
    let filter = asked.filter(&worker.seal)?;
    let chosen = filter.state.clone().unwrap_or_default();
    let read = db.write(move |conn| {
        let head = head(conn, &key, Sight::of(who))?;
        let page = store::list(conn, head.seq, &filter)?;
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
            _ => "exempt",
        });
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
        "older": page.next.map(|next| format!("/incidents/{}/affected/persons?{query}&cursor={next}", head.reference)),
        "csv": format!("/incidents/{}/affected/export?{query}", head.reference),
    });
    let title = format!("{} {}", i18n::text(lang, "affected-persons"), head.reference);
    frame(&by, &clock, format!("/incidents/{}/affected/persons", head.reference), title).answer(
        &templates,
        StatusCode::OK,
        "affected/persons",
        &own,
    )
}

/// Writes down where a person stands.
pub async fn answer(
    (db, _worker, clock, _templates): App,
    By(by, (path, sent)): By<Work, (KeyAndId, Sent)>,
) -> Answered {
    let ((key, given), typed) = (path.into_inner(), Typed::new(sent.into_inner()));
    let says = (typed.one("state").to_owned(), typed.one("reason").to_owned());
    actions::answer_person(&db, (key.clone(), api::id(&given)?), says, (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected/persons?state={}", typed.one("state"))))
}

/// Takes a report of a mail server, pasted.
pub async fn bounce((db, worker, clock, _templates): App, By(by, (key, sent)): By<Work, (Key, Sent)>) -> Answered {
    let (key, typed) = (key.into_inner(), Typed::new(sent.into_inner()));
    let report: Vec<u8> = typed.one("report").bytes().take(LONGEST_REPORT).collect();
    actions::take_bounce(&db, &worker.seal, key.clone(), &report, (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected?done=bounced")))
}

/// Makes a wave whose words are those of the drafts of its duty, in the three languages.
pub async fn make(
    (db, _worker, clock, _templates): App,
    notices: web::Data<Notices>,
    By(by, (key, sent)): By<Work, (Key, Sent)>,
) -> Answered {
    let (key, typed, now) = (key.into_inner(), Typed::new(sent.into_inner()), clock.now());
    let duty = typed.one("duty").to_owned();
    let texts = drafted(&db, &notices, by.sight(), (&key, &duty), &clock).await?;
    let name = Some(typed.one("name").trim().to_owned()).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| i18n::text(by.lang, "wave-first-name"));
    let entry = Entry { name, duty, texts, ..Entry::default() };
    let wave = actions::make(&db, key.clone(), entry, (by.id, now)).await?;
    Ok(go_to(format!("/incidents/{key}/affected/waves/{}", wave.id)))
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
            let sms = i18n::text_with(lang, "wave-sms", &[("subject", Arg::from(draft.subject.clone()))]);
            let body = format!("{}\n\n{}", i18n::text(lang, "wave-greeting").replace("NAME", "{name}"), draft.body);
            texts.insert(lang.code().to_owned(), Text { subject: draft.subject, body, sms });
        }
    }
    Ok(texts)
}

/// Shows a wave.
pub async fn wave(
    (db, _worker, clock, templates): App,
    By(by, (path, done)): By<Read, (KeyAndId, web::Query<Done>)>,
) -> Answered {
    let ((key, given), lang) = (path.into_inner(), by.lang);
    let shown = api::one_wave(&db, by.sight(), key.clone(), api::id(&given)?).await?;
    let state = shown["state"].as_str().unwrap_or_default().to_owned();
    let whom: Circle = serde_json::from_value(shown["chosen"].clone()).unwrap_or_default();
    let tongue = |(lang, name): &(Lang, &str)| {
        let text = &shown["texts"][lang.code()];
        let of = |part: &str| text[part].as_str().unwrap_or_default().to_owned();
        json!({ "code": lang.code(), "tongue": name, "subject": of("subject"), "body": of("body"), "sms": of("sms") })
    };
    let approval = |one: &Value| json!({ "by": one["by"], "at": one["at"], "holds": one["holds"] });
    let may_change = matches!(state.as_str(), "draft" | "paused");
    let text = |name: &str| shown[name].as_str().unwrap_or_default().to_owned();
    let own = json!({
        "reference": key, "id": shown["id"], "name": text("name"), "digest": text("digest"), "short": text("digest").chars().take(12).collect::<String>(),
        "done": done.words(lang), "state": i18n::text(lang, &format!("wave-state-{state}")), "approved": shown["approved"],
        "works": by.may::<Work>(), "approves": by.may::<Approve>(), "may_change": may_change, "going": state == "going",
        "startable": shown["approved"] == true && may_change, "next": i18n::number(lang, shown["to_tell_next"].as_i64().unwrap_or(0)),
        "texts": crate::page::TONGUES.iter().map(tongue).collect::<Vec<_>>(), "whom": words::circle(lang, &whom),
        "customers": whom.customers.join("\n"), "categories": whom.categories.join(", "), "only_minors": whom.minor == Some(true),
        "duties": TELLING.iter().map(|id| option(id, i18n::text(lang, &format!("duty-{id}")), *id == text("duty"))).collect::<Vec<_>>(),
        "ways": super::WAYS.map(|way| option(way, i18n::text(lang, &format!("affected-way-{way}")), way == text("first"))),
        "both": shown["both"], "rate": shown["rate"],
        "approvals": shown["approvals"].as_array().into_iter().flatten().map(approval).collect::<Vec<_>>(),
    });
    let title = format!("{} {key}", text("name"));
    frame(&by, &clock, format!("/incidents/{key}/affected/waves/{given}"), title).answer(
        &templates,
        StatusCode::OK,
        "affected/wave",
        &own,
    )
}

/// Writes a wave anew.
pub async fn change(
    (db, _worker, clock, _templates): App,
    By(by, (path, sent)): By<Work, (KeyAndId, Sent)>,
) -> Answered {
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
    actions::change(&db, (key.clone(), api::id(&given)?), entry, (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected/waves/{given}?done=saved")))
}

/// Approves a wave as it was seen.
pub async fn approve(
    (db, _worker, clock, _templates): App,
    By(by, (path, sent)): By<Approve, (KeyAndId, Sent)>,
) -> Answered {
    let ((key, given), typed) = (path.into_inner(), Typed::new(sent.into_inner()));
    let seen = typed.one("digest").to_owned();
    actions::approve(&db, (key.clone(), api::id(&given)?), seen, (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected/waves/{given}?done=approved")))
}

/// Lets a wave go.
pub async fn run((db, _worker, clock, _templates): App, By(by, path): By<Work, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    step(&db, &by, (&key, &given, true), &clock).await
}

/// Holds a wave.
pub async fn halt((db, _worker, clock, _templates): App, By(by, path): By<Work, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    step(&db, &by, (&key, &given, false), &clock).await
}

async fn step(db: &Db, by: &Officer, (key, given, go): (&str, &str, bool), clock: &Clock) -> Answered {
    let (what, now): ((String, Id), _) = ((key.to_owned(), api::id(given)?), clock.now());
    match go {
        true => actions::run(db, what, (by.id, now)).await?,
        false => actions::halt(db, what, (by.id, now)).await?,
    }
    let done = if go { "begun" } else { "paused" };
    Ok(go_to(format!("/incidents/{key}/affected/waves/{given}?done={done}")))
}

/// Sends again to those of whom nobody knows whether they were told.
pub async fn again((db, _worker, clock, _templates): App, By(by, key): By<Work, Key>) -> Answered {
    let key = key.into_inner();
    actions::tell_again(&db, key.clone(), (by.id, clock.now())).await?;
    Ok(go_to(format!("/incidents/{key}/affected?done=again")))
}
