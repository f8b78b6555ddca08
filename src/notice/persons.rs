//! What is said to and about the persons: what happened, what it can lead to, what they should do.

use serde_json::{Value, json};

use crate::i18n::{self, Arg, Lang};
use crate::law::{Assessment, Fact, State};

use super::words::{Told, joined, small};

/// The data groups that share consequences and advice, the gravest first.
const GROUPS: &[(&str, &[&str])] = &[
    ("credentials", &["credentials"]),
    ("identity", &["national_id", "official_documents", "biometric"]),
    ("money", &["payment", "financial"]),
    ("content", &["communication_content"]),
    ("movements", &["traffic", "location"]),
    (
        "sensitive",
        &[
            "criminal",
            "political",
            "racial_ethnic",
            "religious",
            "sex_life",
            "trade_union",
            "genetic",
            "health",
            "employment_health",
        ],
    ),
    ("contact", &["basic", "contact", "profile"]),
];

/// The part of a letter that speaks of personal data.
pub fn data(told: Told<'_>) -> Value {
    let impacts = told.phrases(Fact::Impacts);
    json!({
        "kinds": told.list(Fact::BreachKinds),
        "list": told.list(Fact::Data),
        "items": told.phrases(Fact::Data),
        "subjects": told.list(Fact::Subjects),
        "count": people(told),
        "records": records(told),
        "where": whereabouts(told),
        "shield": told.sentence("notice-shield", Fact::Unintelligible),
        "impacts": if impacts.is_empty() { Value::Null } else { joined(told.lang, &impacts).into() },
        "impact_severity": told.word(Fact::ImpactSeverity),
        "before": told.list(Fact::MeasuresBefore),
        "backup": told.word(Fact::Backup),
        "countries": countries(told),
        "you": what_happened(told, "you"),
        "all": what_happened(told, "all"),
        "harms": by_group(told, "harm"),
        "advice": by_group(told, "advice"),
    })
}

fn people(told: Told<'_>) -> Value {
    let Some(n) = told.facts.number(Fact::SubjectsCount) else { return Value::Null };
    let exact = told.facts.bool(Fact::SubjectsCountExact) == Some(true);
    let key = if exact { "notice-people" } else { "notice-people-about" };
    i18n::text_with(told.lang, key, &[("n", n.into())]).into()
}

fn records(told: Told<'_>) -> Value {
    let said = |n: f64| i18n::text_with(told.lang, "notice-records", &[("n", n.into())]);
    told.facts.number(Fact::RecordsCount).map_or(Value::Null, |n| said(n).into())
}

/// Where the data are now: with whom, and whether they were deleted or recovered.
fn whereabouts(told: Told<'_>) -> String {
    let facts = told.facts;
    let left =
        facts.get(Fact::Confidentiality).is_known() || facts.words(Fact::BreachKinds).contains(&"confidentiality");
    let kept = facts.word(Fact::Confidentiality) == Some("not_disclosed")
        || (!left && facts.get(Fact::BreachKinds).is_known());
    let first = match told.sentence("notice-where", Fact::Recipient) {
        Some(sentence) => sentence,
        None if kept => i18n::text(told.lang, "notice-where-ours"),
        None => i18n::text(told.lang, "notice-where-open"),
    };
    let mut said = vec![first];
    for (fact, key) in [(Fact::DeletionConfirmed, "notice-where-deleted"), (Fact::Recovered, "notice-where-recovered")]
    {
        if facts.bool(fact) == Some(true) {
            said.push(i18n::text(told.lang, key));
        }
    }
    said.join(" ")
}

fn countries(told: Told<'_>) -> Value {
    let crate::law::Value::Countries(codes) = told.facts.get(Fact::Countries) else { return Value::Null };
    let name = |code: &str| i18n::find(told.lang, &format!("country-{code}"), &[]).unwrap_or_else(|| code.to_owned());
    let names: Vec<String> = codes.iter().map(|code| name(code)).collect();
    if names.is_empty() { Value::Null } else { i18n::list(told.lang, &names).into() }
}

/// Plain sentences about what happened to the data, to one person (`you`) or to all.
fn what_happened(told: Told<'_>, to: &str) -> Vec<String> {
    let facts = told.facts;
    let has = |kind| facts.words(Fact::BreachKinds).contains(&kind);
    let mut keys = Vec::new();
    match facts.word(Fact::Confidentiality) {
        Some("not_disclosed") => {}
        Some(how) => keys.push(how),
        None if has("confidentiality") => keys.push("not_assessable"),
        None => {}
    }
    if has("integrity") || facts.get(Fact::Integrity).is_known() {
        keys.push("altered");
    }
    match facts.word(Fact::DataAvailability) {
        Some(how) => keys.push(how),
        None if has("availability") => keys.push("temporary"),
        None => {}
    }
    if keys.is_empty() {
        keys.push("open");
    }
    keys.into_iter().map(|key| i18n::text(told.lang, &format!("notice-{to}-{key}"))).collect()
}

fn by_group(told: Told<'_>, what: &str) -> Vec<String> {
    let facts = told.facts;
    let data = facts.words(Fact::Data);
    let kept = facts.word(Fact::Confidentiality) == Some("not_disclosed");
    let mut groups: Vec<&str> = Vec::new();
    if !kept {
        groups.extend(
            GROUPS.iter().filter(|(_, members)| members.iter().any(|m| data.contains(m))).map(|(name, _)| *name),
        );
    }
    if facts.words(Fact::BreachKinds).contains(&"availability") || facts.get(Fact::DataAvailability).is_known() {
        groups.push("loss");
    }
    if groups.is_empty() {
        groups.push("open");
    }
    groups.iter().map(|group| i18n::text(told.lang, &format!("{what}-{group}"))).collect()
}

/// Whether the affected were told, as Datatilsynet asks.
pub fn told_sentence(told: Told<'_>, assessment: &Assessment) -> String {
    let lang = told.lang;
    let mut said = Vec::new();
    let subjects = assessment.duties.iter().find(|duty| duty.id == "gdpr-34-subjects");
    match subjects.map(|duty| duty.state) {
        Some(State::Fulfilled) => said.push(with_when(told, "notice-told-fulfilled", "gdpr-34-subjects")),
        Some(State::Exempt) => {
            let reasons = i18n::list(lang, &exceptions(told));
            said.push(i18n::text_with(lang, "notice-told-exempt", &[("exceptions", reasons.into())]));
        }
        Some(state) => said.push(i18n::text(lang, &format!("notice-told-{}", state.word()))),
        None => {}
    }
    if sent_at(told, "subscriber-breach").is_some() {
        said.push(with_when(told, "notice-told-subscribers", "subscriber-breach"));
    }
    said.join(" ")
}

fn exceptions(told: Told<'_>) -> Vec<String> {
    let all = [
        (Fact::ExceptionProtected, "protected"),
        (Fact::ExceptionLaterMeasures, "later_measures"),
        (Fact::ExceptionEffort, "disproportionate_effort"),
        (Fact::ExceptionSecrecy, "secrecy"),
    ];
    let claimed = all.iter().filter(|(fact, _)| told.facts.bool(*fact) == Some(true));
    claimed.map(|(_, name)| i18n::text(told.lang, &format!("notice-exception-{name}"))).collect()
}

fn with_when(told: Told<'_>, key: &str, duty: &str) -> String {
    let when = sent_at(told, duty).unwrap_or_else(|| i18n::text(told.lang, "notice-unknown"));
    i18n::text_with(told.lang, key, &[("when", when.into())])
}

/// When the first notice for a duty went out, in full.
pub fn sent_at(told: Told<'_>, duty: &str) -> Option<String> {
    let sent = told.facts.items(Fact::Sent).iter().filter(|item| item.word(Fact::SentDuty) == Some(duty));
    sent.filter_map(|item| item.time(Fact::SentAt)).min().map(|at| i18n::instant_plain(told.lang, at))
}

/// Everything that has gone out, in order of time: «varsel til Nkom om bortfall av tjeneste (…)».
pub fn all_sent(told: Told<'_>) -> Vec<String> {
    let mut sent: Vec<_> = told
        .facts
        .items(Fact::Sent)
        .iter()
        .filter_map(|item| Some((item.time(Fact::SentAt)?, item.word(Fact::SentDuty)?)))
        .collect();
    sent.sort_unstable();
    sent.into_iter()
        .map(|(at, duty)| {
            let args =
                [("duty", Arg::from(title(told.lang, duty))), ("when", i18n::instant_plain(told.lang, at).into())];
            i18n::text_with(told.lang, "notice-sent", &args)
        })
        .collect()
}

/// A duty's title inside a sentence.
pub fn title(lang: Lang, duty: &str) -> String {
    small(&i18n::text(lang, &format!("duty-{duty}")))
}
