//! Every assessment that was made of an incident, and two of them side by side.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answered, App, frame, line, words};
use crate::account::By;
use crate::account::right::Read;
use crate::i18n::{self, Lang};
use crate::incident::actions::renew_outdated;
use crate::incident::compare::{self, Comparison, DutyTurn, Pair};
use crate::incident::store::{self, Assessed, Line};
use crate::law::State;

/// How many are shown at a time.
const SHOWN: usize = 40;

/// Which part of the list is asked for: those before a version of the case.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    before: Option<i32>,
}

/// Lists the assessments, the newest first.
pub async fn list(
    request: HttpRequest,
    (db, clock, templates): App,
    By(by, (key, asked)): By<Read, (web::Path<String>, web::Query<Asked>)>,
) -> Answered {
    renew_outdated(&db, clock.now()).await?;
    let (sight, key) = (by.sight(), key.into_inner());
    let (head, all, lines) = db
        .read(move |conn| {
            let head = store::head(conn, &key, sight)?;
            let (all, lines) = (store::assessments(conn, head.seq)?, store::timeline(conn, head.seq)?);
            Ok((head, all, lines))
        })
        .await?;
    let before = asked.before.unwrap_or(i32::MAX);
    let mut shown: Vec<&Assessed> = all.iter().rev().filter(|one| one.version < before).collect();
    let older = shown.get(SHOWN).is_some().then(|| shown[SHOWN - 1].version);
    shown.truncate(SHOWN);
    let rows = shown.iter().enumerate().map(|(at, one)| row(by.lang, one, &lines, at));
    let own = json!({
        "reference": head.reference, "case": head.title, "rows": rows.collect::<Vec<_>>(), "older": older,
        "several": shown.len() > 1,
    });
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let title = format!("{} – {}", i18n::text(by.lang, "compare-all"), head.reference);
    frame(&by, &clock, here, title).answer(&templates, StatusCode::OK, "assessment/list", &own)
}

fn row(lang: Lang, one: &Assessed, lines: &[Line], at: usize) -> Value {
    let answer = &one.assessment.0;
    let count = |state: State| {
        let duties = answer["duties"].as_array().into_iter().flatten();
        duties.filter(|duty| duty["state"] == state.word()).count()
    };
    let done = lines.iter().find(|line| line.version == one.version);
    json!({
        "version": one.version, "at": one.at.utc().to_rfc3339(), "by": by(lang, one), "rules": one.rules_version,
        "what": done.map(|done| line::what(lang, &done.kind, &done.payload.0)),
        "severity": severity(lang, &answer["severity"]), "risk": risk(lang, &answer["risk"]),
        "required": count(State::Required), "open": count(State::Undetermined),
        // The last two stand against each other until somebody chooses.
        "from": at == 1, "to": at == 0,
    })
}

fn by(lang: Lang, one: &Assessed) -> String {
    one.by.clone().unwrap_or_else(|| i18n::text(lang, "line-by-itself"))
}

fn word<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name].as_str().unwrap_or("undetermined")
}

fn severity(lang: Lang, of: &Value) -> String {
    words::level(lang, word(of, "level"), word(of, "may_rise_to"))
}

fn risk(lang: Lang, of: &Value) -> String {
    let level = |word: &str| i18n::text(lang, &format!("risk-{word}"));
    match (of["level"].as_str(), of["between"][0].as_str().zip(of["between"][1].as_str())) {
        (Some("undetermined"), Some((lowest, highest))) => {
            let args = [("lowest", level(lowest).into()), ("highest", level(highest).into())];
            i18n::text_with(lang, "page-risk-between", &args)
        }
        (known, _) => level(known.unwrap_or("undetermined")),
    }
}

/// Which two are asked for, by the versions of the case.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Versions {
    /// The earlier one; the one before the later where nothing is said.
    pub from: Option<i32>,
    /// The later one; the last one where nothing is said.
    pub to: Option<i32>,
}

/// Shows two assessments side by side.
pub async fn compared(
    request: HttpRequest,
    (db, clock, templates): App,
    By(by, (key, asked)): By<Read, (web::Path<String>, web::Query<Versions>)>,
) -> Answered {
    renew_outdated(&db, clock.now()).await?;
    let (sight, key) = (by.sight(), key.into_inner());
    let pair = db.read(move |conn| compare::read(conn, &key, sight, (asked.from, asked.to))).await?;
    let lang = by.lang;
    let Pair { head, from, to, compared, between } = &pair;
    let own = json!({
        "reference": head.reference, "case": head.title, "before": side(lang, from), "after": side(lang, to),
        "same": from.version == to.version, "judged": judged(lang, from, to, compared),
        "facts": facts(lang, compared),
        "duties": compared.duties.iter().map(|one| duty(lang, one)).collect::<Vec<_>>(),
        "lines": between.iter().map(|one| line::one(lang, one)).collect::<Vec<_>>(),
    });
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let title = format!("{} – {}", i18n::text(lang, "compare-title"), head.reference);
    frame(&by, &clock, here, title).answer(&templates, StatusCode::OK, "assessment/compared", &own)
}

fn side(lang: Lang, one: &Assessed) -> Value {
    json!({ "version": one.version, "at": one.at.utc().to_rfc3339(), "by": by(lang, one) })
}

/// The facts that differ, each under its name.
fn facts(lang: Lang, compared: &Comparison) -> Vec<Value> {
    let mut all = line::changes(lang, &json!({ "changes": compared.facts }));
    for fact in &mut all {
        fact["label"] = json!(fact["label"].as_str().unwrap_or_default().trim_end_matches(':'));
    }
    all
}

/// Severity, risk, telling and the rule book in both, and whether they differ.
fn judged(lang: Lang, from: &Assessed, to: &Assessed, compared: &Comparison) -> Vec<Value> {
    let (was, is) = (&from.assessment.0, &to.assessment.0);
    let told = |of: &Value| i18n::text(lang, &format!("page-told-{}", word(&of["affected_users"], "must_be_told")));
    // A person may have set what was proposed, and that is a difference, too.
    let stated = |of: &Value| match of["stated"] == true {
        true => format!("{} ({})", severity(lang, of), i18n::text(lang, "compare-by-person")),
        false => severity(lang, of),
    };
    let row = |key: &str, from: String, to: String, differs: bool| json!({ "label": i18n::text(lang, key), "from": from, "to": to, "differs": differs });
    vec![
        row("page-severity", stated(&was["severity"]), stated(&is["severity"]), compared.severity.is_some()),
        row("page-risk", risk(lang, &was["risk"]), risk(lang, &is["risk"]), compared.risk.is_some()),
        row("page-told", told(was), told(is), compared.must_be_told.is_some()),
        row("compare-rules", from.rules_version.clone(), to.rules_version.clone(), compared.rules_version.is_some()),
    ]
}

fn duty(lang: Lang, one: &DutyTurn) -> Value {
    let title = words::duty(lang, &one.duty);
    let side = |state: State, due_at: Option<chrono::DateTime<chrono::Utc>>| {
        json!({ "state": state.word(), "words": i18n::text(lang, &format!("state-{}", state.word())),
                "due": due_at.map(|at| i18n::instant_short(lang, at)) })
    };
    let change = serde_json::to_value(one.change).unwrap_or_default();
    let (old, new) = (&one.rule_from.from, &one.rule_from.to);
    json!({
        "title": one.for_whom.as_ref().map_or_else(|| title.clone(), |whom| format!("{title} ({whom})")),
        "change": i18n::text(lang, &format!("compare-{}", change.as_str().unwrap_or_default())),
        "from": side(one.state.from, one.due_at.from), "to": side(one.state.to, one.due_at.to),
        "another_rule": !old.is_null() && !new.is_null() && old != new,
    })
}
