//! What the facts say to each field of the template: pure, and null where they say nothing.

use chrono_tz::Europe::Oslo;
use serde_json::{Value, json};

use super::table::{DATA, ORIGIN, SUBJECTS};
use super::{Answers, Source};
use crate::i18n::{self, Arg};
use crate::law::{Fact, State, fact::choices as c};
use crate::notice::persons;
use crate::notice::words::{Told, set};

type S<'a> = Source<'a>;

fn letter(at: usize) -> Value {
    u8::try_from(at).map_or(Value::Null, |at| char::from(b'a' + at).to_string().into())
}

/// The letter of a choice.
fn one(s: &S<'_>, fact: Fact, words: &[&str]) -> Value {
    let word = s.facts.word(fact);
    word.and_then(|word| words.iter().position(|known| *known == word)).map_or(Value::Null, letter)
}

/// The letters of the choices; what the template has no letter for is «other».
fn many(s: &S<'_>, fact: Fact, words: &[&str]) -> Value {
    let chosen = s.facts.words(fact);
    let other = words.iter().position(|word| *word == "other");
    let mut at: Vec<usize> =
        chosen.iter().filter_map(|word| words.iter().position(|known| known == word).or(other)).collect();
    at.sort_unstable();
    at.dedup();
    if at.is_empty() { Value::Null } else { at.into_iter().map(letter).collect() }
}

fn text(s: &S<'_>, fact: Fact) -> Value {
    s.facts.text(fact).and_then(set).map_or(Value::Null, Value::from)
}

fn time(s: &S<'_>, fact: Fact) -> Value {
    s.facts.time(fact).map_or(Value::Null, |at| at.to_rfc3339().into())
}

fn whole(s: &S<'_>, fact: Fact) -> Value {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number, nought or more")]
    s.facts.number(fact).map_or(Value::Null, |n| (n as u64).into())
}

fn speak<'a>(s: &'a S<'a>) -> Told<'a> {
    Told { facts: s.facts, lang: s.lang }
}

fn joined(parts: &[&str]) -> Value {
    let known: Vec<&str> = parts.iter().copied().filter_map(set).collect();
    if known.is_empty() { Value::Null } else { known.join(", ").into() }
}

pub fn nothing(_: &S<'_>, _: &Answers) -> Value {
    Value::Null
}
pub fn kind(s: &S<'_>, _: &Answers) -> Value {
    if s.stage.is_first() { "a" } else { "b" }.into()
}
pub fn previous(s: &S<'_>, _: &Answers) -> Value {
    s.previous.and_then(set).map_or(Value::Null, Value::from)
}
pub fn reference(s: &S<'_>, _: &Answers) -> Value {
    s.reference.into()
}
pub fn identifier_kind(s: &S<'_>, _: &Answers) -> Value {
    set(&s.company.org_number).map_or(Value::Null, |_| "b".into())
}
pub fn org_number(s: &S<'_>, _: &Answers) -> Value {
    set(&s.company.org_number).map_or(Value::Null, |number| i18n::org_number(number).into())
}
pub fn name(s: &S<'_>, _: &Answers) -> Value {
    set(&s.company.name).map_or(Value::Null, Value::from)
}
pub fn address(s: &S<'_>, _: &Answers) -> Value {
    joined(&[&s.company.address, &s.company.telephone, &s.company.contact_email])
}
pub fn reporter(s: &S<'_>, _: &Answers) -> Value {
    set(s.reporter.0).map_or(Value::Null, Value::from)
}
pub fn reporter_contact(s: &S<'_>, _: &Answers) -> Value {
    let phone = set(&s.company.contact_phone).unwrap_or(&s.company.telephone);
    if set(s.reporter.1).is_none() { Value::Null } else { joined(&[s.reporter.1, phone]) }
}
pub fn has_dpo(s: &S<'_>, a: &Answers) -> Value {
    if dpo(s, a).is_null() && dpo_contact(s, a).is_null() { Value::Null } else { "a".into() }
}
pub fn dpo(s: &S<'_>, _: &Answers) -> Value {
    set(&s.company.dpo_name).map_or(Value::Null, Value::from)
}
pub fn dpo_contact(s: &S<'_>, _: &Answers) -> Value {
    joined(&[&s.company.dpo_email, &s.company.dpo_phone])
}
pub fn whom_to_ask(s: &S<'_>, a: &Answers) -> Value {
    if has_dpo(s, a).is_null() { Value::Null } else { "a".into() }
}
pub fn contact(s: &S<'_>, _: &Answers) -> Value {
    set(&s.company.contact_name).map_or(Value::Null, Value::from)
}
pub fn contact_ways(s: &S<'_>, _: &Answers) -> Value {
    joined(&[&s.company.contact_email, &s.company.contact_phone])
}
pub fn others(s: &S<'_>, _: &Answers) -> Value {
    let joint = s.facts.items(Fact::Roles).iter().any(|role| role.word(Fact::Role) == Some("joint_controller"));
    let supplier = s.facts.bool(Fact::ThirdPartyFailure);
    match (joint, supplier) {
        (true, _) | (_, Some(true)) => "a".into(),
        (false, Some(false)) if s.facts.get(Fact::Roles).is_known() => "b".into(),
        _ => Value::Null,
    }
}
pub fn period(s: &S<'_>, _: &Answers) -> Value {
    let day = |fact| s.facts.time(fact).map(|at| at.with_timezone(&Oslo).date_naive());
    match (day(Fact::StartedAt), day(Fact::EndedAt)) {
        (Some(from), Some(to)) if from == to => "a".into(),
        (Some(_), Some(_)) => "b".into(),
        _ => Value::Null,
    }
}
pub fn estimated(s: &S<'_>, _: &Answers) -> Value {
    s.facts.bool(Fact::StartedEstimated).map_or(Value::Null, |yes| if yes { "a" } else { "b" }.into())
}
pub fn started(s: &S<'_>, _: &Answers) -> Value {
    time(s, Fact::StartedAt)
}
pub fn ended(s: &S<'_>, _: &Answers) -> Value {
    time(s, Fact::EndedAt)
}
pub fn aware(s: &S<'_>, _: &Answers) -> Value {
    time(s, Fact::BreachAwareAt)
}
pub fn delay(s: &S<'_>, _: &Answers) -> Value {
    text(s, Fact::DelayReasons)
}
pub fn breach_kinds(s: &S<'_>, _: &Answers) -> Value {
    many(s, Fact::BreachKinds, c::BREACH_KINDS)
}
pub fn confidentiality(s: &S<'_>, _: &Answers) -> Value {
    one(s, Fact::Confidentiality, c::CONFIDENTIALITY)
}
pub fn unintelligible(s: &S<'_>, _: &Answers) -> Value {
    one(s, Fact::Unintelligible, c::UNINTELLIGIBLE)
}
pub fn integrity(s: &S<'_>, _: &Answers) -> Value {
    one(s, Fact::Integrity, c::INTEGRITY)
}
pub fn availability(s: &S<'_>, _: &Answers) -> Value {
    one(s, Fact::DataAvailability, c::DATA_AVAILABILITY)
}
pub fn nature(s: &S<'_>, _: &Answers) -> Value {
    many(s, Fact::Nature, c::NATURE)
}
pub fn origin(s: &S<'_>, _: &Answers) -> Value {
    one(s, Fact::Origin, ORIGIN)
}
pub fn description(s: &S<'_>, _: &Answers) -> Value {
    text(s, Fact::Description)
}
pub fn subjects(s: &S<'_>, _: &Answers) -> Value {
    many(s, Fact::Subjects, SUBJECTS)
}
pub fn subjects_words(s: &S<'_>, _: &Answers) -> Value {
    speak(s).list(Fact::Subjects)
}
pub fn subjects_how(s: &S<'_>, _: &Answers) -> Value {
    match (s.facts.number(Fact::SubjectsCount), s.facts.bool(Fact::SubjectsCountExact)) {
        (None, _) => Value::Null,
        (Some(_), Some(true)) => "a".into(),
        (Some(_), _) => "b".into(),
    }
}
pub fn subjects_count(s: &S<'_>, _: &Answers) -> Value {
    whole(s, Fact::SubjectsCount)
}
pub fn data(s: &S<'_>, _: &Answers) -> Value {
    many(s, Fact::Data, DATA)
}
pub fn data_words(s: &S<'_>, _: &Answers) -> Value {
    speak(s).list(Fact::Data)
}
pub fn records_how(s: &S<'_>, _: &Answers) -> Value {
    s.facts.number(Fact::RecordsCount).map_or(Value::Null, |_| "b".into())
}
pub fn records_count(s: &S<'_>, _: &Answers) -> Value {
    whole(s, Fact::RecordsCount)
}
pub fn measures_before(s: &S<'_>, _: &Answers) -> Value {
    many(s, Fact::MeasuresBefore, c::MEASURES_BEFORE)
}
pub fn service_impact(s: &S<'_>, _: &Answers) -> Value {
    match s.facts.word(Fact::ServiceImpact) {
        Some("major") => json!(["a"]),
        Some("minor") => json!(["b"]),
        _ => Value::Null,
    }
}
pub fn impacts(s: &S<'_>, _: &Answers) -> Value {
    many(s, Fact::Impacts, c::IMPACTS)
}
pub fn impact_severity(s: &S<'_>, _: &Answers) -> Value {
    one(s, Fact::ImpactSeverity, c::IMPACT_SEVERITY)
}
pub fn risk(s: &S<'_>, _: &Answers) -> Value {
    match s.assessment.risk_level() {
        "high" => "a",
        "risk" => "b",
        "unlikely" => "c",
        _ => "d",
    }
    .into()
}
pub fn risk_words(s: &S<'_>, _: &Answers) -> Value {
    let risk = &s.assessment.risk;
    let mut said: Vec<String> = s.facts.text(Fact::RiskReason).and_then(set).map(str::to_owned).into_iter().collect();
    said.extend(risk.reasons.iter().filter_map(|reason| i18n::find(s.lang, &format!("reason-{}", reason.rule), &[])));
    let (low, high) = risk.score.total;
    if !said.is_empty() && low == high {
        said.push(i18n::text_with(s.lang, "edpb-enisa", &[("score", Arg::from(i18n::decimal(s.lang, low)))]));
    }
    if said.is_empty() { Value::Null } else { said.join(" ").into() }
}
pub fn taken(s: &S<'_>, _: &Answers) -> Value {
    text(s, Fact::MeasuresTaken)
}
pub fn planned(s: &S<'_>, _: &Answers) -> Value {
    text(s, Fact::MeasuresPlanned)
}
fn state(s: &S<'_>, id: &str) -> Option<State> {
    s.assessment.duties.iter().find(|duty| duty.id == id).map(|duty| duty.state)
}
fn told_how(s: &S<'_>) -> &'static str {
    let sent = |id| state(s, id) == Some(State::Fulfilled);
    match state(s, "gdpr-34-subjects") {
        _ if sent("gdpr-34-subjects") || sent("gdpr-34-public") || sent("gdpr-34-order") => "a",
        Some(State::Required) => "c",
        Some(State::Exempt) => "f",
        Some(State::NotRequired) if s.assessment.risk_level() != "undetermined" => "e",
        _ => "d",
    }
}
pub fn told(s: &S<'_>, _: &Answers) -> Value {
    told_how(s).into()
}
pub fn told_at(s: &S<'_>, _: &Answers) -> Value {
    let persons = ["gdpr-34-subjects", "gdpr-34-public", "gdpr-34-order"];
    let sent = s.facts.items(Fact::Sent).iter();
    let of = sent.filter(|item| item.word(Fact::SentDuty).is_some_and(|duty| persons.contains(&duty)));
    of.filter_map(|item| item.time(Fact::SentAt)).min().map_or(Value::Null, |at| at.to_rfc3339().into())
}
pub fn exceptions(s: &S<'_>, _: &Answers) -> Value {
    let all = [Fact::ExceptionProtected, Fact::ExceptionLaterMeasures, Fact::ExceptionEffort];
    let claimed: Vec<Value> = all
        .iter()
        .enumerate()
        .filter(|(_, fact)| s.facts.bool(**fact) == Some(true))
        .map(|(at, _)| letter(at))
        .collect();
    if claimed.is_empty() { Value::Null } else { claimed.into() }
}
pub fn means(s: &S<'_>, _: &Answers) -> Value {
    let sent = |id: &str| s.facts.items(Fact::Sent).iter().any(|item| item.word(Fact::SentDuty) == Some(id));
    let mut means = Vec::new();
    if sent("gdpr-34-subjects") || sent("gdpr-34-order") {
        means.push("a");
    }
    if sent("gdpr-34-public") {
        means.push("b");
    }
    if means.is_empty() { Value::Null } else { json!(means) }
}
pub fn letter_sent(s: &S<'_>, _: &Answers) -> Value {
    s.letter.and_then(set).map_or(Value::Null, Value::from)
}
fn elsewhere(s: &S<'_>) -> Vec<String> {
    let speak = speak(s);
    let others = |item: &&crate::law::Item| {
        let duty = item.word(Fact::SentDuty).unwrap_or_default();
        duty.starts_with("nkom-") || matches!(duty, "digital-security-act" | "security-act" | "trust-service")
    };
    let mut duties: Vec<&str> =
        s.facts.items(Fact::Sent).iter().filter(others).filter_map(|item| item.word(Fact::SentDuty)).collect();
    duties.sort_unstable();
    duties.dedup();
    let said = |duty: &str| {
        let when = persons::sent_at(speak, duty).unwrap_or_default();
        let args = [("duty", Arg::from(i18n::text(s.lang, &format!("duty-{duty}")))), ("when", when.into())];
        i18n::text_with(s.lang, "notice-sent", &args)
    };
    duties.into_iter().map(said).collect()
}
pub fn other_authorities(s: &S<'_>, _: &Answers) -> Value {
    if elsewhere(s).is_empty() { Value::Null } else { "a".into() }
}
pub fn which_authorities(s: &S<'_>, _: &Answers) -> Value {
    let all = elsewhere(s);
    if all.is_empty() { Value::Null } else { all.join("; ").into() }
}
pub fn abroad(s: &S<'_>, _: &Answers) -> Value {
    match s.facts.get(Fact::Countries) {
        crate::law::Value::Countries(codes) if codes.iter().all(|code| &**code == "NO") && !codes.is_empty() => {
            "b".into()
        }
        _ => Value::Null,
    }
}
pub fn countries(s: &S<'_>, _: &Answers) -> Value {
    persons::data(speak(s))["countries"].clone()
}
/// We are established in Norway.
pub fn not_outside(_: &S<'_>, _: &Answers) -> Value {
    "b".into()
}
