//! The hundred fields of the common template: what the facts give, what a person types, what is missing.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::desk::{self, Desk};
use super::super::edpb::{Ask, FIELDS, Filled, Holds, letters, option_words};
use super::super::store::Version;
use super::super::{Notices, actions};
use super::edit::{self, address};
use crate::account::By;
use crate::account::right::{Read, Work};
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::incident::pages::{App, Sent, Typed, frame, go_to};

type Answered = Result<HttpResponse, Error>;
type KeyAndDuty = web::Path<(String, String)>;

/// What the address says of the last thing done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// Shows the fields that are asked for now.
pub async fn show(app: App, By(by, (path, asked)): By<Read, (KeyAndDuty, web::Query<Asked>)>) -> Answered {
    let desk = desk::open(&app.0, &app.1, by.sight(), &edit::of(path, "")).await?;
    if !desk.has_stages() {
        return Err(Error::NotFound);
    }
    let lang = desk.latest().map_or(Lang::Nb, Version::lang);
    let stage = desk.latest().map_or_else(|| desk.usual_stage(), Version::stage);
    let filled = desk.edpb(&by, lang, stage);
    let mut parts: Vec<Value> = Vec::new();
    for one in filled.iter().filter(|filled| filled.ask != Ask::Hidden) {
        if parts.last().is_none_or(|part| part["name"] != one.field.part) {
            let title = i18n::text(by.lang, &format!("edpb-part-{}", one.field.part));
            parts.push(json!({ "name": one.field.part, "title": title, "fields": [] }));
        }
        if let Some(fields) = parts.last_mut().and_then(|part| part["fields"].as_array_mut()) {
            fields.push(field(one, by.lang, lang));
        }
    }
    let missing = filled.iter().filter(|filled| filled.is_missing()).count();
    let duty = desk.status().duty.id;
    let reference = &desk.case.head.reference;
    let own = json!({
        "reference": reference, "case": desk.case.head.title, "id": duty, "parts": parts,
        "version": desk.latest().map_or(0, |latest| latest.version), "done": asked.done == "saved",
        "may_work": by.may::<Work>() && desk.case.head.status == "open",
        "missing": i18n::text_with(by.lang, "edpb-so-many-missing", &[("n", missing.into())]),
        "complete": missing == 0, "back": address(reference, duty, None, ""), "letters": lang.code(),
    });
    let title = format!("{} {reference}", i18n::text(by.lang, "page-edpb"));
    frame(&by, &app.1, format!("{}/edpb", address(reference, duty, None, "")), title).answer(
        &app.2,
        StatusCode::OK,
        "notice/edpb",
        &own,
    )
}

fn field(filled: &Filled, lang: Lang, of_text: Lang) -> Value {
    let no = filled.field.no;
    let options = match filled.field.holds {
        Holds::One(options) | Holds::Many(options) => Some(options),
        _ => None,
    };
    let chosen = |letter: &str| match &filled.value {
        Value::String(one) => one == letter,
        Value::Array(all) => all.iter().any(|one| one == letter),
        _ => false,
    };
    let option = |letter: String| json!({ "words": option_words(lang, no, options.unwrap_or(super::super::edpb::Options { count: 0, of: "", fact: None }), &letter), "chosen": chosen(&letter), "code": letter });
    let typable = !filled.from_facts && no != 4;
    json!({
        "no": no, "label": super::super::edpb::label(lang, no), "missing": filled.is_missing(),
        "need": i18n::text(lang, &format!("edpb-need-{}", filled.field.need.word())), "words": filled.words(of_text),
        "typable": typable, "many": matches!(filled.field.holds, Holds::Many(_)), "long": matches!(filled.field.holds, Holds::Text),
        "text": filled.value.as_str().map(str::to_owned).or_else(|| filled.value.as_u64().map(|n| n.to_string())).unwrap_or_default(),
        "options": options.filter(|_| typable).map(|options| letters(options).into_iter().map(option).collect::<Vec<_>>()),
    })
}

/// Saves what was typed, beside the text as it stands.
pub async fn save(
    app: App,
    notices: web::Data<Notices>,
    By(by, (path, sent)): By<Work, (KeyAndDuty, Sent)>,
) -> Answered {
    let of = edit::of(path, "");
    let desk = desk::open(&app.0, &app.1, by.sight(), &of).await?;
    if !desk.has_stages() {
        return Err(Error::NotFound);
    }
    let typed = Typed::new(sent.into_inner());
    let text = edit::with_fields(&desk, &notices, &by, fields(&desk, &typed))?;
    let seen = typed.one("version").parse().ok();
    actions::save(&app.0, by.id, of.clone(), seen, text, app.1.now()).await?;
    Ok(go_to(format!("{}/edpb?done=saved", address(&of.key, &of.duty, None, ""))))
}

/// What was typed before with what was sent laid over it; an empty field takes its answer away.
fn fields(desk: &Desk, typed: &Typed) -> Value {
    let mut all: Map<String, Value> = desk.typed().as_object().cloned().unwrap_or_default();
    for field in FIELDS {
        let name = field.no.to_string();
        let sent: Vec<&String> = typed.all(&name).iter().filter(|value| !value.trim().is_empty()).collect();
        if typed.all(&name).is_empty() {
            continue;
        }
        let value = match (field.holds, sent.as_slice()) {
            (_, []) => Value::Null,
            (Holds::Many(_), many) => json!(many),
            (_, [first, ..]) => json!(first.trim()),
        };
        if value.is_null() { drop(all.remove(&name)) } else { drop(all.insert(name, value)) }
    }
    Value::Object(all)
}
