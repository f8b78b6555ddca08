//! The parts beside the duties: what to ask next, whether the affected must be told, severity and risk, the four moments, the end.

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::cards;
use super::field::{self, Field};
use super::foreseen;
use super::show::View;
use super::told;
use super::typed::Typed;
use super::words;
use crate::account::right::{Judge, Work};
use crate::db::Id;
use crate::i18n::{self, Arg};
use crate::incident::MOMENTS;
use crate::law::enisa::Score;
use crate::law::risk::Reason;
use crate::law::{Fact, Path, risk as risks, severity as severities};

/// How many questions are asked at a time.
const ASKED: usize = 5;

/// Keeps the ids of a form's fields apart from those of others.
pub fn prefix(form: &str) -> String {
    field::id("", &format!("{form}-"))
}

/// The next questions, each answerable where it stands.
pub fn questions(view: &View<'_>) -> Value {
    let all = &view.case.assessment.questions;
    let settled = |id: &str| !view.case.duties.iter().any(|duty| duty.duty.id == id && duty.state.is_open());
    let open: Vec<(Path, Vec<&str>)> = all
        .iter()
        .map(|question| (question.fact, question.decides.iter().copied().filter(|id| !settled(id)).collect::<Vec<_>>()))
        .filter(|(_, decides)| !decides.is_empty())
        .collect();
    let more = open.len().saturating_sub(ASKED);
    let list: Vec<Value> = if view.is_open() {
        open.iter().take(ASKED).map(|(fact, decides)| question(view, *fact, decides)).collect()
    } else {
        Vec::new()
    };
    json!({ "list": list, "more": (more > 0).then(|| i18n::text_with(view.lang, "page-more-questions", &[("n", more.into())])) })
}

fn question(view: &View<'_>, path: Path, decides: &[&str]) -> Value {
    let decides: Vec<String> = decides.iter().map(|id| words::duty(view.lang, id)).collect();
    let fact = path.fact;
    let moment = MOMENTS.iter().find(|(_, moment)| *moment == fact).map(|(name, _)| *name);
    let name = moment.map_or_else(|| format!("ask:{}", fact.path()), |name| format!("asked:{name}"));
    let place = prefix(&name);
    let usual = Typed::of(&view.case.facts);
    let filling = view.filling(&name, &place, &usual);
    let (fields, action) = match (moment, path.at.is_some() || fact.list().is_some()) {
        (Some(_), _) => {
            let mut at = filling.own("at", Field::at);
            at.name_after(view.lang, fact);
            (vec![at, filling.own("reason", Field::lines)], "moments")
        }
        (None, true) => (Vec::new(), ""),
        (None, false) => (vec![filling.fact(fact)], "facts"),
    };
    let group = fact.path().split('.').next().unwrap_or_default().split('[').next().unwrap_or_default();
    let can = view.can::<Work>();
    let outlooks = foreseen::lines(view, path);
    json!({
        "outlooks": outlooks, "form": name, "fields": if can { fields } else { Vec::new() }, "action": action, "moment": moment, "of": fact.path(),
        "label": words::place(view.lang, &view.case.facts, path), "help": i18n::fact_help(view.lang, fact.path()), "group": can.then_some(group),
        "decides": i18n::text_with(view.lang, "page-decides", &[("n", decides.len().into())]), "duties": decides,
    })
}

/// Whether the affected must be told, by which rules, and what is still to be decided.
pub fn told(view: &View<'_>) -> Value {
    let (answer, ids) = view.case.must_be_told();
    let of: Vec<_> = view.case.duties.iter().filter(|duty| ids.contains(&duty.duty.id)).collect();
    let duties: Vec<Value> = of
        .iter()
        .filter(|duty| duty.state.is_open() || duty.state == crate::law::State::Fulfilled)
        .map(|duty| {
            json!({ "title": cards::title(view, duty), "basis": words::cite(view.lang, duty.duty.basis), "state": duty.state.word(), "state_words": view.text(&format!("state-{}", duty.state.word())) })
        })
        .collect();
    let mut undecided: Vec<String> = Vec::new();
    for path in of.iter().filter(|duty| duty.state.is_open()).flat_map(|duty| &duty.duty.decided_by) {
        let label = words::place(view.lang, &view.case.facts, *path);
        if !undecided.contains(&label) {
            undecided.push(label);
        }
    }
    json!({
        "answer": answer, "words": view.text(&format!("page-told-{answer}")), "help": view.text(&format!("page-told-{answer}-help")),
        "icon": match answer { "yes" => "required", "no" => "not_required", _ => "undetermined" },
        "duties": duties, "undecided": undecided, "figures": figures(view),
    })
}

/// How many are told, in a sentence.
pub fn figures(view: &View<'_>) -> Option<String> {
    view.case.figures.as_ref().map(|figures| told::said(view.lang, figures))
}

/// The severity, its reasons, and a person's own beside the proposal.
pub fn severity(view: &View<'_>) -> Value {
    let severity = &view.case.assessment.severity;
    let level = |at: u8| severities::LEVELS.get(usize::from(at)).copied().unwrap_or("low");
    let proposed = words::level(view.lang, level(severity.proposed.0), level(severity.proposed.1));
    json!({
        "level": words::tone(level(severity.low), level(severity.high)), "words": words::level(view.lang, level(severity.low), level(severity.high)),
        "between": null, "meter": meter(4, severity.low, severity.high), "reasons": reasons(view, &severity.reasons),
        "proposed": severity.stated.then(|| i18n::text_with(view.lang, "page-proposed-was", &[("level", proposed.into())])),
        "decided_by": places(view, &severity.open), "history": history(view, "severity"),
        "form": overrule(view, "severity", severities::LEVELS, severity.stated),
    })
}

/// The risk, its reasons, ENISA's number in its parts, and a person's own beside the proposal.
pub fn risk(view: &View<'_>) -> Value {
    let risk = &view.case.assessment.risk;
    let level =
        |at: u8| view.text(&format!("risk-{}", risks::LEVELS.get(usize::from(at)).copied().unwrap_or("undetermined")));
    let between = |low: u8, high: u8| {
        if low == high {
            level(low)
        } else {
            i18n::text_with(
                view.lang,
                "page-risk-between",
                &[("lowest", level(low).into()), ("highest", level(high).into())],
            )
        }
    };
    json!({
        "level": view.case.assessment.risk_level(), "words": view.text(&format!("risk-{}", view.case.assessment.risk_level())),
        "between": (risk.low != risk.high).then(|| between(risk.low, risk.high)), "meter": meter(3, risk.low, risk.high),
        "reasons": reasons(view, &risk.reasons),
        "proposed": risk.stated.then(|| {
            let words = between(risk.proposed.0, risk.proposed.1);
            i18n::text_with(view.lang, "page-proposed-was", &[("level", words.into())])
        }),
        "decided_by": places(view, &risk.open[1]), "enisa": (view.case.facts.bool(Fact::Breach) != Some(false)).then(|| enisa(view, &risk.score)), "history": history(view, "risk"),
        "form": overrule(view, "risk", risks::LEVELS, risk.stated),
    })
}

/// Steps of a scale: certain, possible, not.
fn meter(steps: u8, low: u8, high: u8) -> Vec<&'static str> {
    (0..steps)
        .map(|at| {
            if at <= low {
                "on"
            } else if at <= high {
                "may"
            } else {
                "off"
            }
        })
        .collect()
}

fn places(view: &View<'_>, paths: &[Path]) -> Vec<String> {
    paths.iter().map(|path| words::place(view.lang, &view.case.facts, *path)).collect()
}

fn reasons(view: &View<'_>, reasons: &[Reason]) -> Vec<Value> {
    let one = |reason: &Reason| {
        let because: Vec<Value> =
            reason.because.iter().map(|path| words::known(view.lang, &view.case.facts, *path)).collect();
        json!({ "words": view.text(&format!("reason-{}", reason.rule)), "source": words::cite(view.lang, reason.source), "because": because })
    };
    reasons.iter().map(one).collect()
}

fn enisa(view: &View<'_>, score: &Score) -> Value {
    let range = |(low, high): (f64, f64)| {
        let said = |number: f64| i18n::decimal(view.lang, number);
        if low == high { said(low) } else { format!("{}–{}", said(low), said(high)) }
    };
    let band = |at: f64| view.text(&format!("band-{}", Score::band(at)));
    let (low, high) = (band(score.total.0), band(score.total.1));
    let part = |key: &str, value: (f64, f64)| json!({ "label": view.text(key), "value": range(value) });
    json!({
        "score": range(score.total), "band": if low == high { low } else { format!("{low}–{high}") },
        "parts": [
            part("page-enisa-dpc", score.context), part("page-enisa-ei", score.identification), part("page-enisa-cb", score.circumstances),
        ],
    })
}

fn history(view: &View<'_>, what: &str) -> Vec<Value> {
    let one = |one: &crate::incident::store::Overruling| {
        let word = |level: &str| view.text(&format!("{what}-{level}"));
        let key = if one.value.is_some() { "page-overruled" } else { "page-overruled-withdrawn" };
        let args = [
            ("level", Arg::from(one.value.as_deref().map_or_else(String::new, word))),
            ("proposed", word(&one.proposed).into()),
            ("by", one.by.clone().into()),
            ("when", i18n::instant_short(view.lang, one.at.utc()).into()),
        ];
        json!({ "words": i18n::text_with(view.lang, key, &args), "reason": Some(&one.reason).filter(|reason| !reason.is_empty()) })
    };
    view.case.overrulings.iter().rev().filter(|one| one.what == what).map(one).collect()
}

fn overrule(view: &View<'_>, what: &str, levels: &[&str], stated: bool) -> Value {
    let prefix = prefix(what);
    let usual = Typed::default();
    let filling = view.filling(what, &prefix, &usual);
    let mut choices: Vec<(&str, String)> =
        levels.iter().map(|level| (*level, view.text(&format!("{what}-{level}")))).collect();
    if stated {
        choices.push(("proposal", view.text("page-follow-proposal")));
    }
    let fields = [filling.choose("level", &choices), filling.own("reason", Field::lines)];
    json!({ "form": what, "fields": fields, "refused": view.is_refused(what), "can": if what == "risk" { view.can::<Judge>() } else { view.can::<Work>() } })
}

/// The four moments: what holds, who said so and why, and the form that adds a statement.
pub fn moments(view: &View<'_>) -> Vec<Value> {
    MOMENTS.iter().map(|(name, fact)| moment(view, name, *fact)).collect()
}

fn moment(view: &View<'_>, name: &str, fact: Fact) -> Value {
    let form = format!("moment:{name}");
    let prefix = prefix(&form);
    let mut usual = Typed::default();
    let held = view.case.facts.time(fact);
    if let Some(at) = held {
        usual.put_time("at", at);
    }
    let filling = view.filling(&form, &prefix, &usual);
    let stated: Vec<Value> = view
        .case
        .moments
        .iter()
        .rev()
        .filter(|one| one.moment == name)
        .enumerate()
        .map(|(place, one)| {
            let said =
                one.value.map_or_else(|| view.text("page-moment-withdrawn"), |at| i18n::instant(view.lang, at.utc()));
            let args = [
                ("by", Arg::from(one.stated_by.clone())),
                ("when", i18n::instant_short(view.lang, one.recorded_at.utc()).into()),
            ];
            json!({
                "value": said, "holds": place == 0, "stated": i18n::text_with(view.lang, "page-moment-stated", &args),
                "reason": if one.reason.is_empty() { view.text("page-moment-at-logging") } else { one.reason.clone() },
            })
        })
        .collect();
    json!({
        "anchor": prefix, "name": name, "label": i18n::fact(view.lang, fact.path()), "help": i18n::fact_help(view.lang, fact.path()),
        "value": held.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true)), "stated": stated, "form": form,
        "can": view.can::<Work>(), "refused": view.is_refused(&form), "known": held.is_some(),
        "fields": [filling.own("at", Field::at), filling.own("reason", Field::lines)],
    })
}

/// Who sees to the incident, and who else could.
pub fn owner(view: &View<'_>) -> Value {
    let case = view.case;
    let prefix = prefix("owner");
    let mut usual = Typed::default();
    usual.set("owner", case.head.owner.map_or_else(String::new, |id| id.to_string()));
    let filling = view.filling("owner", &prefix, &usual);
    let chosen = filling.typed.one("owner").to_owned();
    let option = |(id, name): &(Id, String)| {
        let value = id.to_string();
        json!({ "checked": value == chosen, "value": value, "label": name })
    };
    let may: Vec<Value> = case.may_own.iter().map(option).collect();
    let logged = i18n::text_with(view.lang, "page-owner-logged", &[("name", case.opened_by.clone().into())]);
    let wrong: Vec<String> = filling.wrong.iter().map(|fault| fault.message(view.lang)).collect();
    json!({
        "name": case.owner.name, "has_left": case.owner.has_left, "named": case.owner.named, "can": view.can::<Work>(),
        "lacks": words::owner_lacks(view.lang, &case.owner), "reported": !case.owner.has_left && !case.owner.sees_to_it,
        "refused": view.is_refused("owner"), "id": field::id(&prefix, "owner"), "may": may, "logged": logged,
        "can_give_back": case.may_own.iter().any(|(id, _)| *id == case.head.opened_by),
        "wrong": (!wrong.is_empty()).then(|| wrong.join(" ")),
    })
}

/// Closing or opening again.
pub fn ending(view: &View<'_>) -> Value {
    let form = if view.is_open() { "closure" } else { "reopening" };
    let prefix = prefix(form);
    let usual = Typed::default();
    let filling = view.filling(form, &prefix, &usual);
    let open = view.case.open_duties();
    let open = super::line::shortened(view.lang, open.iter().map(|duty| cards::title(view, duty)).collect());
    json!({
        "form": form, "title": view.text(&format!("page-{form}")), "help": view.text(&format!("page-{form}-help")),
        "fields": [filling.own("reason", Field::lines)], "refused": view.is_refused(form),
        "open": if view.is_open() { open } else { Vec::new() },
        "tasks": if view.is_open() { crate::incident::task::pages::left(view.lang, &view.case.tasks) } else { Vec::new() },
    })
}
