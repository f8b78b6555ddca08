//! What each answer to a question would change, before anybody gives it: the case is judged with the answer in place,
//! and nothing is written. Pure.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::reconcile::{Change, Standing, reconcile};
use super::record::noted;
use super::store::settled;
use super::{CaseFile, DutyStatus, refuse, told};
use crate::error::{Error, FieldError};
use crate::law::fact::Kind;
use crate::law::{self, Assessment, Facts, Path, State, risk, severity};

/// Something that would become something else.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Turn<T> {
    /// What it is.
    pub from: T,
    /// What it would be.
    pub to: T,
}

/// A scale that is certain so far, and how far it may still rise.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Grade {
    /// The lowest that is possible.
    pub lowest: &'static str,
    /// The highest that is possible.
    pub highest: &'static str,
}

/// What follows from answers that all lead to the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The answers, as the facts would hold them; of a number those `from` one `to` another, both among them, and without
    /// `to` all above.
    pub answers: Vec<Value>,
    /// Why they cannot stand beside what is known, where they cannot.
    pub refused: Vec<FieldError>,
    /// What would happen to each duty that does not stay as it is.
    pub duties: Vec<Change>,
    /// The severity, where it would change.
    pub severity: Option<Turn<Grade>>,
    /// The risk to the persons, where it would change.
    pub risk: Option<Turn<Grade>>,
    /// Whether the affected must be told, where that would change.
    pub must_be_told: Option<Turn<&'static str>>,
}

impl Outlook {
    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        let quiet = self.severity.is_none() && self.risk.is_none() && self.must_be_told.is_none();
        self.refused.is_empty() && self.duties.is_empty() && quiet
    }

    /// Whether the same follows. What refuses two numbers is the same rule, whichever number it names.
    fn leads_where(&self, other: &Self) -> bool {
        let rules = |one: &Self| one.refused.iter().map(|why| (why.path.clone(), why.code.clone())).collect::<Vec<_>>();
        let bare = |one: &Self| Self { answers: Vec::new(), refused: Vec::new(), ..one.clone() };
        rules(self) == rules(other) && bare(self) == bare(other)
    }
}

/// The answers a question can have, each as the facts would hold it: of several choices each alone, and a moment as now.
/// None where the answers are without number; see [`ranges`] for whole numbers.
fn answers(path: Path, now: DateTime<Utc>) -> Vec<Value> {
    if path.at.is_some() || path.fact.list().is_some() {
        return Vec::new();
    }
    match path.fact.def().kind {
        Kind::Bool => vec![json!(true), json!(false)],
        Kind::Choice(words) => words.iter().map(|word| json!(word)).collect(),
        Kind::Choices(words) => {
            let each = words.iter().map(|word| json!([word]));
            std::iter::once(json!([])).chain(each).collect()
        }
        Kind::Time => vec![json!(now)],
        Kind::Text(_) | Kind::Whole | Kind::Number | Kind::Countries | Kind::Items => Vec::new(),
    }
}

/// What each answer to a question would change; answers that lead to the same stand together, in the order of the first.
///
/// # Errors
/// When the facts that stand cannot be judged.
pub fn outlooks(case: &CaseFile, path: Path) -> Result<Vec<Outlook>, Error> {
    let standing: Vec<Standing> = case.duties.iter().filter_map(standing).collect();
    if asks_for_number(path) {
        return ranges(&|number| outlook(case, &standing, path, json!(number)));
    }
    let mut all: Vec<Outlook> = Vec::new();
    for answer in answers(path, case.now) {
        let one = outlook(case, &standing, path, answer)?;
        match all.iter_mut().find(|known| known.leads_where(&one)) {
            Some(known) => known.answers.extend(one.answers),
            None => all.push(one),
        }
    }
    Ok(all)
}

fn asks_for_number(path: Path) -> bool {
    path.at.is_none() && path.fact.list().is_none() && path.fact.def().kind == Kind::Whole
}

/// The whole numbers that are tried at first; where two neighbours differ, the limit between them is sought.
const TRIED: [u64; 9] = [0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
/// More limits than this are no help to anybody.
const MOST_LIMITS: usize = 8;

/// What each whole number would lead to, from limit to limit; nothing where there are too many limits to be of help.
fn ranges(of: &dyn Fn(u64) -> Result<Outlook, Error>) -> Result<Vec<Outlook>, Error> {
    let mut begin = vec![(0, of(0)?)];
    for number in &TRIED[1..] {
        let below = begin.last().cloned().unwrap_or((0, of(0)?));
        limits(of, below, (*number, of(*number)?), &mut begin)?;
        if begin.len() > MOST_LIMITS {
            return Ok(Vec::new());
        }
    }
    let ends: Vec<Option<u64>> = begin.iter().skip(1).map(|(next, _)| Some(next - 1)).chain([None]).collect();
    let one = |((from, outlook), to): ((u64, Outlook), Option<u64>)| {
        let range = to.map_or_else(|| json!({ "from": from }), |to| json!({ "from": from, "to": to }));
        Outlook { answers: vec![range], ..outlook }
    };
    Ok(begin.into_iter().zip(ends).map(one).collect())
}

/// Seeks every number between two from which on something else follows.
fn limits(
    of: &dyn Fn(u64) -> Result<Outlook, Error>,
    (low, below): (u64, Outlook),
    (high, above): (u64, Outlook),
    begin: &mut Vec<(u64, Outlook)>,
) -> Result<(), Error> {
    if below.leads_where(&above) || begin.len() > MOST_LIMITS {
        return Ok(());
    }
    if high - low == 1 {
        begin.push((high, above));
        return Ok(());
    }
    let middle = low + (high - low) / 2;
    let between = of(middle)?;
    limits(of, (low, below), (middle, between.clone()), begin)?;
    limits(of, (middle, between), (high, above), begin)
}

fn standing(status: &DutyStatus) -> Option<Standing> {
    let arose = status.opened_at.is_some() || status.state != State::NotRequired;
    arose.then(|| Standing {
        id: status.duty.id.to_owned(),
        for_whom: status.duty.for_whom.as_deref().unwrap_or_default().to_owned(),
        state: status.state,
        next_at: status.duty.counts_down_to(),
        settlement: status.settlement.as_ref().map(settled),
    })
}

fn outlook(case: &CaseFile, standing: &[Standing], path: Path, answer: Value) -> Result<Outlook, Error> {
    let mut patch = answer.clone();
    for part in path.fact.path().rsplit('.') {
        patch = json!({ part: patch });
    }
    let nothing = Outlook {
        answers: vec![answer],
        refused: Vec::new(),
        duties: Vec::new(),
        severity: None,
        risk: None,
        must_be_told: None,
    };
    let facts = match case.facts.patched(&patch).map_err(refuse) {
        Ok(facts) => facts,
        Err(Error::Invalid(refused)) => return Ok(Outlook { refused, ..nothing }),
        Err(why) => return Err(why),
    };
    let mut assessed = judge(case, &facts)?;
    let new_severity = assessed.severity_level() != case.assessment.severity_level();
    if let Some(facts) = noted(&case.facts, &facts, new_severity, case.now)? {
        assessed = judge(case, &facts)?;
    }
    let steps = reconcile(standing, &assessed);
    let states = steps.iter().filter_map(|step| Some((step.duty?.id, step.state)));
    let (is_told, would_be_told) = (case.must_be_told().0, told(states).0);
    Ok(Outlook {
        severity: turn(severity_of(&case.assessment), severity_of(&assessed)),
        risk: turn(risk_of(&case.assessment), risk_of(&assessed)),
        must_be_told: turn(is_told, would_be_told),
        duties: steps.into_iter().filter_map(|step| step.change).collect(),
        ..nothing
    })
}

fn judge(case: &CaseFile, facts: &Facts) -> Result<Assessment, Error> {
    Ok(law::assess(&case.settings.complete(facts)?, case.now, &case.settings.thresholds)?)
}

fn turn<T: PartialEq>(from: T, to: T) -> Option<Turn<T>> {
    (from != to).then_some(Turn { from, to })
}

fn grade(levels: &[&'static str], low: u8, high: u8) -> Grade {
    let at = |at: u8| levels.get(usize::from(at)).copied().unwrap_or_default();
    Grade { lowest: at(low), highest: at(high) }
}

fn severity_of(assessed: &Assessment) -> Grade {
    grade(severity::LEVELS, assessed.severity.low, assessed.severity.high)
}

fn risk_of(assessed: &Assessment) -> Grade {
    grade(risk::LEVELS, assessed.risk.low, assessed.risk.high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grave(from: &'static str, limits: &[u64], number: u64) -> Outlook {
        let level = limits.iter().filter(|limit| number >= **limit).count();
        let grade = Grade { lowest: from, highest: severity::LEVELS[level.min(3)] };
        let severity = Some(Turn { from: grade, to: grade });
        Outlook {
            answers: Vec::new(),
            refused: Vec::new(),
            duties: Vec::new(),
            severity,
            risk: None,
            must_be_told: None,
        }
    }

    #[test]
    fn every_limit_between_numbers_is_found_to_the_one() {
        for (limits, expected) in [
            (vec![], vec![json!({ "from": 0 })]),
            (vec![1], vec![json!({ "from": 0, "to": 0 }), json!({ "from": 1 })]),
            (
                vec![60, 501, 502],
                vec![
                    json!({ "from": 0, "to": 59 }),
                    json!({ "from": 60, "to": 500 }),
                    json!({ "from": 501, "to": 501 }),
                    json!({ "from": 502 }),
                ],
            ),
            (vec![9_999_999], vec![json!({ "from": 0, "to": 9_999_998 }), json!({ "from": 9_999_999 })]),
        ] {
            let found = ranges(&|number| Ok(grave("low", &limits, number))).unwrap();
            assert_eq!(found.into_iter().flat_map(|one| one.answers).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn where_each_number_leads_elsewhere_nothing_is_said() {
        let each = |number: u64| {
            let refused = vec![FieldError::new(number.to_string(), "x")];
            Ok(Outlook { refused, ..grave("low", &[], 0) })
        };
        assert_eq!(ranges(&each).unwrap(), Vec::new());
    }
}
