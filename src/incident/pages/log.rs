//! The form to log an incident with: three questions, what they ask for first, and everything else folded.

use actix_web::http::StatusCode;
use chrono::DurationRound;
use serde_json::{Map, Value, json};

use super::field::{Filling, summary};
use super::typed::{Typed, place};
use super::{Answered, App, Sent, frame, go_to};
use crate::account::{By, May, Officer, right::Work};
use crate::clock::Clock;
use crate::error::{Error, FieldError};
use crate::i18n;
use crate::incident::actions::{self, Logged};
use crate::incident::{CaseFile, refuse};
use crate::law::{Fact, Facts};
use crate::templates::Templates;

/// The three kinds: the question, and the facts that matter first when the answer is yes.
const KINDS: [(Fact, &[Fact]); 3] = [
    (
        Fact::Availability,
        &[
            Fact::ServicesAffected,
            Fact::CustomersAffected,
            Fact::CustomersTotal,
            Fact::LifeAndHealthUsers,
            Fact::DurationMinutes,
        ],
    ),
    (Fact::SecurityBreach, &[Fact::NegativeEffect, Fact::CiaMaterial]),
    (
        Fact::Breach,
        &[
            Fact::BreachAwareAt,
            Fact::Roles,
            Fact::BreachKinds,
            Fact::Data,
            Fact::SubjectsCount,
            Fact::Confidentiality,
            Fact::Unintelligible,
        ],
    ),
];
/// What can wait.
const REST: &[Fact] = &[
    Fact::DetectedAt,
    Fact::EndedAt,
    Fact::Nature,
    Fact::Origin,
    Fact::ParticularRisk,
    Fact::PlannedWork,
    Fact::ThirdPartyFailure,
    Fact::HighRiskToLife,
    Fact::MeasuresTaken,
];
const FIRST: [Fact; 4] = [Fact::Title, Fact::KnownAt, Fact::StartedAt, Fact::Description];

fn all() -> impl Iterator<Item = Fact> {
    FIRST
        .into_iter()
        .chain(KINDS.iter().flat_map(|(main, more)| std::iter::once(*main).chain(more.iter().copied())))
        .chain(REST.iter().copied())
}

/// Shows the form, with now as the moment we knew.
pub async fn form((_, clock, templates): App, by: May<Work>) -> Answered {
    let now = clock.now().duration_trunc(chrono::Duration::minutes(1)).map_err(Error::internal)?;
    let mut typed = Typed::default();
    for fact in [Fact::KnownAt, Fact::BreachAwareAt] {
        typed.put_time(fact.path(), now);
    }
    page((&clock, &templates), &by, &typed, &[])
}

/// Logs an incident, or shows the form again with what was wrong and everything typed kept.
pub async fn log((db, clock, templates): App, By(by, sent): By<Work, Sent>) -> Answered {
    let typed = Typed::new(sent.into_inner());
    let logged = match facts(&typed) {
        Ok(facts) => {
            let answer = |case: &CaseFile| case.head.reference.clone();
            actions::log_incident(&db, by.id, facts, (typed.again(), answer), clock.now()).await
        }
        Err(why) => Err(why),
    };
    match logged {
        Ok(Logged::New(head)) => Ok(go_to(format!("/incidents/{}?done=logged", head.reference))),
        Ok(Logged::Before(reference)) => Ok(go_to(format!("/incidents/{reference}?done=logged"))),
        Err(Error::Invalid(wrong)) => page((&clock, &templates), &by, &typed, &wrong),
        Err(why) => Err(why),
    }
}

/// What was typed, as facts; every fault is told at once.
fn facts(typed: &Typed) -> Result<Facts, Error> {
    let (mut tree, mut wrong) = (Map::new(), Vec::new());
    // The moment of awareness is filled in beforehand and counts only where there is something to be aware of.
    let aware = typed.one(Fact::Breach.path()) == "yes";
    for fact in all().filter(|fact| *fact != Fact::BreachAwareAt || aware) {
        match typed.json(fact) {
            Ok(Value::Null) => {}
            Ok(value) => place(&mut tree, fact.path(), value),
            Err(more) => wrong.extend(more),
        }
    }
    match Facts::from_json(&Value::Object(tree)).map_err(refuse) {
        Ok(facts) if wrong.is_empty() => Ok(facts),
        Ok(_) => Err(Error::Invalid(wrong)),
        Err(Error::Invalid(more)) => Err(Error::Invalid(wrong.into_iter().chain(more).collect())),
        Err(why) => Err(why),
    }
}

fn page((clock, templates): (&Clock, &Templates), by: &Officer, typed: &Typed, wrong: &[FieldError]) -> Answered {
    let filling = Filling { lang: by.lang, typed, wrong, prefix: "" };
    let kinds: Vec<Value> = KINDS
        .iter()
        .map(|(main, more)| {
            let more: Vec<_> = more.iter().map(|fact| filling.fact(*fact)).collect();
            let asked = i18n::text(by.lang, &format!("page-kind-{}", main.key()));
            json!({ "main": filling.fact(*main), "asked": asked, "more": more })
        })
        .collect();
    let rest: Vec<_> = REST.iter().map(|fact| filling.fact(*fact)).collect();
    let names: Vec<String> = all().map(|fact| fact.path().to_owned()).collect();
    let mut title = filling.fact(Fact::Title);
    title.first = wrong.is_empty();
    let own = json!({
        "title": title, "known": filling.fact(Fact::KnownAt), "started": filling.fact(Fact::StartedAt),
        "description": filling.fact(Fact::Description), "kinds": kinds, "rest": rest,
        "rest_open": REST.iter().any(|fact| !typed.one(fact.path()).is_empty()),
        "wrong": summary(by.lang, "", wrong, &names), "sheet": typed.sheet(),
    });
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = i18n::text(by.lang, "page-log-title");
    frame(by, clock, "/incidents/new", title).answer(templates, status, "incident/new", &own)
}
