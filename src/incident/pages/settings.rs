//! The page of settings: every field with its words, what was wrong with it, and everything typed kept.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;
use serde_json::{Value, json};

use super::field::id;
use super::{Answered, App, Sent, frame, go_to, words};
use crate::account::{
    By, Officer,
    right::{KeepHouse, ReadHouse},
};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg, Lang};
use crate::incident::settings::{FIELDS, Field, Kind, Settings, Version, actions};
use crate::law::book::{self, LAST_DAY};

/// How many savings the page shows.
const HISTORY: i64 = 20;
/// The groups of texts, by their last words.
const GROUPS: [(&str, &[&str]); 4] = [
    ("company", &["name", "org_number", "address", "telephone"]),
    ("contact", &["contact_name", "contact_email", "contact_phone"]),
    ("dpo", &["dpo_name", "dpo_email", "dpo_phone"]),
    ("nkom", &["nkom_email"]),
];
/// The switches with the duties behind each, and whether the law behind it is in force.
const SWITCHES: [(&str, &[&str], bool); 4] = [
    ("regulation_611", &["reg-611-authority", "reg-611-subscriber"], false),
    ("digital_security_act", &["digital-security-act"], true),
    ("security_act", &["security-act"], true),
    ("trust_service", &["trust-service"], true),
];

/// What the address says of the last thing done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// What was sent, field by field.
type Typed = BTreeMap<String, String>;

/// How a saving ended that was not taken.
#[derive(Default)]
struct Refused {
    typed: Option<Typed>,
    wrong: Vec<FieldError>,
    /// What others changed since; null when nobody did.
    changes: Value,
    done: bool,
}

/// Shows the settings.
pub async fn show(app: App, By(by, asked): By<ReadHouse, web::Query<Asked>>) -> Answered {
    let shown = Refused { done: asked.done == "saved", ..Refused::default() };
    page(app, &by, shown, StatusCode::OK).await
}

/// Saves the settings, or shows the page again with what was wrong and everything typed kept.
pub async fn save(app: App, By(by, sent): By<KeepHouse, Sent>) -> Answered {
    let mut typed: Typed = sent.into_inner().into_iter().collect();
    let seen = typed.get("version").and_then(|version| version.parse().ok());
    let save =
        async |seen: i32, typed: &Typed| actions::save(&app.0, by.id, seen, given(by.lang, typed), app.1.now()).await;
    let mut outcome = match seen {
        Some(seen) => save(seen, &typed).await,
        None => Err(Error::field("version", "version_missing")),
    };
    if let Err(Error::Stale { current, changes }) = &mut outcome {
        // What only the others changed is theirs; only what both changed has to be asked about.
        *changes = take_over(by.lang, &mut typed, changes);
        if changes == &json!([]) {
            let current = *current;
            outcome = save(current, &typed).await;
        }
    }
    let Err(why) = outcome else { return Ok(go_to("/settings?done=saved".into())) };
    let status = why.status_and_code().0;
    let refused = match why {
        Error::Invalid(wrong) => Refused { typed: Some(typed), wrong, ..Refused::default() },
        Error::Stale { changes, .. } => Refused { typed: Some(typed), changes, ..Refused::default() },
        other => return Err(other),
    };
    page(app, &by, refused, status).await
}

/// Takes over what others changed and was not touched here; answers what both changed, each to something else.
fn take_over(lang: Lang, typed: &mut Typed, changes: &Value) -> Value {
    let mut both = Vec::new();
    for changed in changes.as_array().into_iter().flatten() {
        let Some(field) = FIELDS.iter().find(|field| changed["path"] == field.path) else { continue };
        let (from, to) = (typable(lang, *field, &changed["from"]), typable(lang, *field, &changed["to"]));
        let mine = typed.get(field.path).map_or("", |text| text.trim()).to_owned();
        let sent = field.kind == Kind::Switch || typed.contains_key(field.path);
        if !sent || mine == from {
            typed.insert(field.path.to_owned(), to);
        } else if mine != to {
            both.push(changed.clone());
        }
    }
    both.into()
}

/// What was typed, to be laid over the settings. A text or number that was not sent stays as it is; a box not ticked is off.
fn given(lang: Lang, typed: &Typed) -> Value {
    let mut tree = json!({ "company": {}, "organisation": {}, "thresholds": { "enisa": [{}, {}, {}, {}, {}] } });
    for field in &FIELDS {
        let value = match (field.kind, typed.get(field.path).map(|text| text.trim())) {
            (Kind::Switch, text) => Value::Bool(text == Some("yes")),
            (_, None) => continue,
            (Kind::Number(_) | Kind::Whole(_), Some(text)) => number(lang, text),
            (_, Some(text)) => text.into(),
        };
        let pointer = field.pointer();
        if let Some((above, name)) = pointer.rsplit_once('/')
            && let Some(Value::Object(above)) = tree.pointer_mut(above)
        {
            above.insert(name.to_owned(), value);
        }
    }
    tree
}

/// A number as the language writes it; what is none stays a text, and is refused as one.
fn number(lang: Lang, text: &str) -> Value {
    let bare = text.chars().filter(|c| !c.is_whitespace());
    let plain: String = match lang {
        Lang::En => bare.filter(|c| *c != ',').collect(),
        _ => bare.map(|c| if c == ',' { '.' } else { c }).collect(),
    };
    match plain.parse::<f64>() {
        _ if plain.is_empty() => Value::Null,
        Ok(number) if number.is_finite() => number.into(),
        _ => text.into(),
    }
}

async fn page((db, clock, templates): App, by: &Officer, refused: Refused, status: StatusCode) -> Answered {
    let saved = db.read(|conn| Version::newest(conn, HISTORY + 1)).await?;
    let stands = saved.first().map_or_else(|| Ok(Settings::default()), Version::settings)?;
    let lang = by.lang;
    let form = Form { lang, stands: &stands.tree(), typed: refused.typed.as_ref(), wrong: &refused.wrong };
    let group = |(name, fields): &(&str, &[&str])| {
        let fields: Vec<Value> = fields.iter().filter_map(|name| form.field(&format!("company.{name}"))).collect();
        json!({
            "title": i18n::text(lang, &format!("page-settings-{name}")), "help": i18n::text(lang, &format!("page-settings-{name}-help")),
            "fields": fields,
        })
    };
    let numbers = ["main_service_share", "loss_minutes", "disclosed_persons", "user_hours"];
    let row = |at: usize| json!({ "number": at + 1, "fields": form.fields(&[format!("thresholds.enisa[{at}].minutes"), format!("thresholds.enisa[{at}].share")]) });
    let by_whom = saved.first().map_or_else(String::new, |latest| latest.by.clone());
    let wrong: Vec<Value> = refused.wrong.iter().map(|fault| summary(lang, fault)).collect();
    let own = json!({
        "version": saved.first().map_or(0, |latest| latest.version), "done": refused.done, "wrong": wrong,
        "refused": refused.typed.is_some(),
        "conflicts": conflicts(&form, &refused.changes, &by_whom),
        "groups": GROUPS.iter().map(group).collect::<Vec<_>>(),
        "four_eyes": { "id": id("", "company.four_eyes"), "on": form.is_on("company.four_eyes") },
        "switches": SWITCHES.iter().map(|switch| form.switch(switch)).collect::<Vec<_>>(),
        "numbers": form.fields(&numbers.map(|name| format!("thresholds.{name}"))),
        "enisa": (0..5).map(row).collect::<Vec<_>>(),
        "history": history(lang, &saved)?,
    });
    frame(by, &clock, "/settings", i18n::text(lang, "page-settings")).answer(
        &templates,
        status,
        "incident/settings",
        &own,
    )
}

/// What the fields are filled with.
struct Form<'a> {
    lang: Lang,
    stands: &'a Value,
    typed: Option<&'a Typed>,
    wrong: &'a [FieldError],
}

impl Form<'_> {
    fn fields(&self, paths: &[String]) -> Vec<Value> {
        paths.iter().filter_map(|path| self.field(path)).collect()
    }

    fn field(&self, path: &str) -> Option<Value> {
        let field = FIELDS.iter().find(|field| field.path == path)?;
        let value = match self.typed {
            Some(typed) => typed.get(path).cloned().unwrap_or_default(),
            None => typable(self.lang, *field, self.stands.pointer(&field.pointer())?),
        };
        let numeric = matches!(field.kind, Kind::Number(_) | Kind::Whole(_));
        let (kind, complete) = match (field.kind, path) {
            (Kind::Email, _) => ("email", "off"),
            (Kind::Phone, _) => ("tel", "off"),
            (_, "company.name") => ("text", "organization"),
            (_, "company.address") => ("text", "street-address"),
            _ => ("text", "off"),
        };
        let wrong: Vec<String> =
            self.wrong.iter().filter(|fault| fault.path == path).map(|fault| fault.message(self.lang)).collect();
        let default = numeric.then(|| said(self.lang, *field, &field.default())).flatten();
        let (own, help) = (id("", path), help(self.lang, path));
        let parts = [("help", !help.is_empty()), ("default", default.is_some()), ("wrong", !wrong.is_empty())];
        let described: Vec<String> =
            parts.iter().filter(|(_, there)| *there).map(|(part, _)| format!("{own}-{part}")).collect();
        Some(json!({
            "id": own, "name": path, "label": label(self.lang, path), "help": help, "value": value, "described": described.join(" "),
            "kind": kind, "complete": complete, "numeric": numeric, "must": field.must, "default": default,
            "wrong": (!wrong.is_empty()).then(|| wrong.join(" ")),
        }))
    }

    fn is_on(&self, path: &str) -> bool {
        match self.typed {
            Some(typed) => typed.get(path).is_some_and(|typed| typed == "yes"),
            None => self.stands.pointer(&format!("/{}", path.replace('.', "/"))) == Some(&Value::Bool(true)),
        }
    }

    fn switch(&self, (name, duties, in_force): &(&str, &[&str], bool)) -> Value {
        let path = format!("organisation.{name}");
        let on = self.is_on(&path);
        let duty = |id: &&str| {
            json!({
                "title": i18n::text(self.lang, &format!("duty-{id}")), "help": i18n::text(self.lang, &format!("duty-{id}-help")),
                "basis": book::in_force(id, LAST_DAY).map(|rule| i18n::cite(self.lang, rule.basis)),
            })
        };
        let status = if *in_force { "page-settings-in-force" } else { "page-settings-not-in-force" };
        json!({
            "id": id("", &path), "name": path, "label": label(self.lang, &path), "help": help(self.lang, &path), "on": on,
            "in_force": in_force, "status": i18n::text(self.lang, status), "duties": duties.iter().map(duty).collect::<Vec<_>>(),
        })
    }
}

fn key(path: &str) -> String {
    format!("setting-{}", i18n::path_key(path))
}

/// The label of a setting, with the number of its row where it stands in one.
pub fn label(lang: Lang, path: &str) -> String {
    let label = i18n::text(lang, &key(path));
    match path.split_once('[').and_then(|(_, rest)| rest.split_once(']')?.0.parse::<usize>().ok()) {
        Some(at) => i18n::text_with(lang, "page-settings-in-row", &[("label", label.into()), ("n", (at + 1).into())]),
        None => label,
    }
}

/// The sentence of help of a setting; the rows of the table have theirs once, above.
fn help(lang: Lang, path: &str) -> String {
    i18n::find(lang, &format!("{}-help", key(path)), &[]).unwrap_or_default()
}

/// What a setting is, in words; none when it is empty.
pub fn said(lang: Lang, field: Field, value: &Value) -> Option<String> {
    match value {
        Value::Bool(yes) => Some(i18n::text(lang, if *yes { "word-yes" } else { "word-no" })),
        Value::Number(number) => Some(match number.as_i64() {
            Some(whole) => i18n::number(lang, whole),
            None => i18n::decimal(lang, number.as_f64().unwrap_or_default()),
        }),
        Value::String(text) if field.kind == Kind::OrgNumber => {
            Some(i18n::org_number(text)).filter(|text| !text.is_empty())
        }
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// A setting as it can be typed: numbers without groups, a switch as its box sends it.
fn typable(lang: Lang, field: Field, value: &Value) -> String {
    match value {
        Value::Bool(yes) => {
            if *yes {
                "yes".to_owned()
            } else {
                String::new()
            }
        }
        Value::Number(number) if lang == Lang::En => number.to_string(),
        Value::Number(number) => number.to_string().replace('.', ","),
        other => said(lang, field, other).unwrap_or_default(),
    }
}

/// A change of the history as label, from and to.
pub fn change(lang: Lang, change: &Value) -> Option<Value> {
    let path = change["path"].as_str()?;
    let field = FIELDS.iter().find(|field| field.path == path)?;
    Some(
        json!({ "label": words::before(&label(lang, path)), "from": said(lang, *field, &change["from"]), "to": said(lang, *field, &change["to"]) }),
    )
}

fn summary(lang: Lang, fault: &FieldError) -> Value {
    let field = FIELDS.iter().find(|field| field.path == fault.path);
    json!({
        "id": field.map(|field| id("", field.path)), "label": field.map(|field| label(lang, field.path)),
        "message": fault.message(lang),
    })
}

/// What others changed since the form was made, beside what was typed.
fn conflicts(form: &Form<'_>, changes: &Value, by: &str) -> Vec<Value> {
    let one = |changed: &Value| {
        let path = changed["path"].as_str()?;
        let field = FIELDS.iter().find(|field| field.path == path)?;
        let theirs = said(form.lang, *field, &changed["to"]);
        let typed =
            form.typed.and_then(|typed| typed.get(path)).map(|typed| typed.trim().to_owned()).unwrap_or_default();
        let yours = match field.kind {
            Kind::Switch => said(form.lang, *field, &Value::Bool(typed == "yes")),
            _ => Some(typed).filter(|typed| !typed.is_empty()),
        };
        Some(json!({ "label": label(form.lang, path), "yours": yours, "theirs": theirs, "by": by }))
    };
    changes.as_array().into_iter().flatten().filter_map(one).collect()
}

fn history(lang: Lang, saved: &[Version]) -> Result<Vec<Value>, Error> {
    let mut all = Vec::new();
    for (at, version) in saved.iter().enumerate().take(usize::try_from(HISTORY).unwrap_or(usize::MAX)) {
        let before = saved.get(at + 1).map_or_else(|| Ok(Settings::default()), Version::settings)?;
        let changes = before.changes(&version.settings()?);
        let changes: Vec<Value> = changes.iter().filter_map(|(_, changed)| change(lang, changed)).collect();
        let when = i18n::instant_short(lang, version.at.utc());
        let title = i18n::text_with(
            lang,
            "page-settings-saved-by",
            &[("by", Arg::from(version.by.clone())), ("when", when.into())],
        );
        all.push(json!({ "title": title, "changes": changes }));
    }
    Ok(all)
}
