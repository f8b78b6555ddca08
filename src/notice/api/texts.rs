//! The texts over the API: what stands, saving, approving, sending, and the fields of the common template.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::actions::{self, Leaving, Of, Text, Way};
use super::super::desk::{self, Desk};
use super::super::store::{self, Sent, Version};
use super::super::{Notices, Stage, diff, edpb as form};
use crate::account::right::{Approve, Read, Work};
use crate::account::{By, Officer};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::i18n::Lang;
use crate::incident::api::body::Body;
use crate::incident::store::head;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>, web::Data<Notices>);
type KeyAndDuty = web::Path<(String, String)>;

/// Which text, and in which manner.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    lang: Option<String>,
    stage: Option<String>,
    #[serde(rename = "for")]
    for_whom: Option<String>,
    #[serde(rename = "as")]
    as_what: Option<String>,
}

fn lang(given: Option<&str>) -> Result<Option<Lang>, Error> {
    let Some(given) = given else { return Ok(None) };
    Lang::parse(given).map(Some).ok_or_else(|| wrong("lang", given, Lang::ALL.map(Lang::code).to_vec()))
}

fn stage(given: Option<&str>) -> Result<Option<Stage>, Error> {
    let Some(given) = given else { return Ok(None) };
    Stage::parse(given).map(Some).ok_or_else(|| wrong("stage", given, Stage::ALL.map(Stage::word).to_vec()))
}

fn wrong(path: &str, given: &str, choices: Vec<&str>) -> Error {
    Error::Invalid(vec![FieldError::new(path, "wrong_choice").with("given", given).with("choices", choices)])
}

fn of(path: KeyAndDuty, for_whom: Option<String>) -> Of {
    let (key, duty) = path.into_inner();
    Of { key, duty, for_whom }
}

/// Lists the newest text of every duty that has one, and everything that left.
pub async fn all((db, clock, _): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    actions::record_arrivals(&db, clock.now()).await?;
    let sight = by.sight();
    let (versions, approvals, sent) = db
        .read(move |conn| {
            let seq = head(conn, &key, sight)?.seq;
            let versions = store::all_latest(conn, seq)?;
            let seqs: Vec<i64> = versions.iter().map(|version| version.seq).collect();
            Ok((versions, store::approvals(conn, &seqs)?, store::sent(conn, seq)?))
        })
        .await?;
    let one = |saved: &Version| {
        let approved = approvals.iter().find(|approval| approval.notice_seq == saved.seq);
        let mut shown = version(saved);
        shown["approved_by"] = json!(approved.map(|approval| approval.by.as_str()));
        shown["approved_at"] = json!(approved.map(|approval| approval.at));
        shown
    };
    let items: Vec<Value> = versions.iter().map(one).collect();
    let sent: Vec<Value> = sent.iter().map(|sent| left(sent, None)).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items, "sent": sent })))
}

fn version(version: &Version) -> Value {
    json!({
        "duty": version.duty_id, "for": Some(&version.for_whom).filter(|name| !name.is_empty()), "version": version.version,
        "stage": version.stage().word(), "lang": version.lang().code(), "subject": version.subject, "body": version.body,
        "sms": version.sms, "fields": version.fields(), "digest": version.digest, "by": version.by, "at": version.at,
    })
}

fn left(sent: &Sent, state: Option<&str>) -> Value {
    let content: Value = serde_json::from_str(&sent.content).unwrap_or_default();
    json!({
        "number": sent.seq, "duty": sent.duty_id, "for": Some(&sent.for_whom).filter(|name| !name.is_empty()), "how": sent.how, "to": sent.recipient,
        "reference": sent.reference, "note": sent.note, "complete": sent.complete, "by": sent.by, "at": sent.at,
        "arrived_at": sent.arrived_at, "receipt": sent.receipt, "state": state, "content": content,
    })
}

/// Shows a text: the newest version, what the program writes now, what differs, what left.
pub async fn show(
    (db, clock, notices): App,
    By(by, (path, asked)): By<Read, (KeyAndDuty, web::Query<Asked>)>,
) -> Answered {
    let asked = asked.into_inner();
    let (wanted, part) = (lang(asked.lang.as_deref())?, stage(asked.stage.as_deref())?);
    let desk = desk::open(&db, &clock, by.sight(), &of(path, asked.for_whom)).await?;
    answer(&desk, &notices, (wanted, part), StatusCode::OK)
}

fn answer(
    desk: &Desk,
    notices: &Notices,
    (wanted, part): (Option<Lang>, Option<Stage>),
    status: StatusCode,
) -> Answered {
    let latest = desk.latest();
    let lang = wanted.or(latest.map(Version::lang)).unwrap_or_default();
    let stage = part.or(latest.map(Version::stage)).unwrap_or_else(|| desk.usual_stage());
    let draft = desk.draft(notices, lang, stage, desk.typed())?;
    let changed = latest.map(|version| diff::changes(&version.draft, &draft.body, 0));
    let edited = latest.map(|version| diff::changes(&draft.body, &version.body, 0));
    let sent: Vec<Value> = desk.left().map(|sent| left(sent, Some(desk.state_of(sent).0))).collect();
    let duty = &desk.status().duty;
    let approval = desk.approval.as_ref();
    let shown = json!({
        "duty": duty.id, "for": duty.for_whom.as_deref(), "state": desk.status().state, "reader": desk.reader().word(),
        "text": latest.map(version), "draft": draft.json(lang), "changed_since": changed, "edited": edited,
        "approved": approval.map(|approval| json!({ "digest": approval.digest, "by": approval.by, "at": approval.at })),
        "sent": sent,
    });
    let tag = latest.map_or(0, |latest| latest.version);
    Ok(HttpResponse::build(status).insert_header((ETAG, format!("\"{tag}\""))).json(shown))
}

/// Saves a text; what is left out stays as the program writes it.
pub async fn save(
    request: HttpRequest,
    (db, clock, notices): App,
    By(by, (path, sent)): By<Work, (KeyAndDuty, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let seen = body.version(&request)?;
    let for_whom = body.optional("for", 200);
    let (wanted, part) = (body.optional("lang", 10), body.optional("stage", 40));
    let (subject, letter, sms) =
        (body.optional("subject", 1_000), body.optional("body", 100_000), body.optional("sms", 2_000));
    let fields = body.object("fields");
    body.done()?;
    let of = of(path, for_whom);
    let desk = desk::open(&db, &clock, by.sight(), &of).await?;
    let latest = desk.latest();
    let lang = lang(wanted.as_deref())?.or(latest.map(Version::lang)).unwrap_or(Lang::Nb);
    let stage = stage(part.as_deref())?.or(latest.map(Version::stage)).unwrap_or_else(|| desk.usual_stage());
    let fields = if fields.is_null() { desk.typed().clone() } else { fields };
    let draft = desk.draft(&notices, lang, stage, &fields)?;
    let text = Text {
        stage,
        lang,
        subject: subject.unwrap_or(draft.subject),
        body: letter.unwrap_or_else(|| draft.body.clone()),
        sms: sms.or(draft.sms).unwrap_or_default(),
        fields: if fields.is_null() { json!({}) } else { fields },
        draft: draft.body,
    };
    actions::save(&db, by.id, of.clone(), seen, text, clock.now()).await?;
    answer(&desk::open(&db, &clock, by.sight(), &of).await?, &notices, (None, None), StatusCode::OK)
}

/// Approves the text with this digest.
pub async fn approve(
    request: HttpRequest,
    (db, clock, notices): App,
    By(by, (path, sent)): By<Approve, (KeyAndDuty, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let (for_whom, digest) = (body.optional("for", 200), body.must("digest"));
    body.done()?;
    let of = of(path, for_whom);
    actions::approve(&db, by.id, of.clone(), digest, clock.now()).await?;
    answer(&desk::open(&db, &clock, by.sight(), &of).await?, &notices, (None, None), StatusCode::CREATED)
}

/// Sends the approved text by mail (`how` left out or `mail`), or records that it was sent by hand.
pub async fn send(
    request: HttpRequest,
    (db, clock, notices): App,
    By(by, (path, sent)): By<Work, (KeyAndDuty, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let (for_whom, how, to) = (body.optional("for", 200), body.optional("how", 40), body.optional("to", 254));
    let (sent_at, reference) = (body.time("sent_at", false), body.optional("reference", 200));
    let note = body.optional("note", 4_000).unwrap_or_default();
    let complete = if body.has("complete") { body.flag("complete") } else { true };
    let covers = body.texts("covers");
    body.done()?;
    let of = of(path, for_whom);
    let desk = desk::open(&db, &clock, by.sight(), &of).await?;
    let way = match how.as_deref() {
        None | Some("mail") => Way::Mail(to),
        Some(how) => Way::Hand { how: how.to_owned(), sent_at: sent_at.unwrap_or(desk.case.now), reference, note },
    };
    let leaving = Leaving { way, complete, covers, form: desk.form(&by) };
    actions::send(&db, by.id, of.clone(), leaving, clock.now()).await?;
    answer(&desk::open(&db, &clock, by.sight(), &of).await?, &notices, (None, None), StatusCode::CREATED)
}

/// The fields of the common template and of Altinn's form, as JSON or as text.
pub async fn edpb((db, clock, _): App, By(by, (path, asked)): By<Read, (KeyAndDuty, web::Query<Asked>)>) -> Answered {
    let asked = asked.into_inner();
    let (wanted, part) = (lang(asked.lang.as_deref())?, stage(asked.stage.as_deref())?);
    let desk = desk::open(&db, &clock, by.sight(), &of(path, asked.for_whom)).await?;
    if !desk.has_stages() {
        return Err(Error::NotFound);
    }
    let latest = desk.latest();
    let lang = wanted.or(latest.map(Version::lang)).unwrap_or_default();
    let stage = part.or(latest.map(Version::stage)).unwrap_or_else(|| desk.usual_stage());
    fields(&desk, &by, (lang, stage), asked.as_what.as_deref())
}

fn fields(desk: &Desk, by: &Officer, (lang, stage): (Lang, Stage), as_what: Option<&str>) -> Answered {
    let filled = desk.edpb(by, lang, stage);
    match as_what {
        None | Some("json") => {}
        Some("text") => {
            let text = form::text(&filled, lang);
            return Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(text));
        }
        Some(other) => return Err(wrong("as", other, vec!["json", "text"])),
    }
    let missing: Vec<u8> = filled.iter().filter(|one| one.is_missing()).map(|one| one.field.no).collect();
    let changed = desk.before().map(|before| form::changed(&filled, &before["form"]["edpb"], lang));
    Ok(HttpResponse::Ok().json(json!({
        "template": "EDPB art. 33, 1.0 (2026-06, consultation)", "lang": lang.code(), "stage": stage.word(),
        "complete": missing.is_empty(), "missing": missing, "changed": changed,
        "fields": filled.iter().map(|one| one.json(lang)).collect::<Vec<_>>(),
        "altinn": desk.altinn(lang, stage).iter().map(|row| row.json(lang)).collect::<Vec<_>>(),
    })))
}
