//! Compares the duties that stand with a new assessment and says what opens, moves, is confirmed or lifted. Pure.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::law::{Assessment, Duty, State};

/// A person's answer to a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It shall be done, though the rule leaves it open.
    Required,
    /// It shall not be done; not telling is a decision.
    NotRequired,
}

/// A settlement as far as it matters for comparing.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// Its row.
    pub seq: i64,
    /// What the person answered.
    pub answer: Answer,
    /// What the rule said then.
    pub rule_state: State,
    /// The facts behind a rule's «required» then.
    pub because: Vec<String>,
}

/// A duty as it stands in the case.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The duty's stable id.
    pub id: String,
    /// The controller it is for; empty for the others.
    pub for_whom: String,
    /// Where it stands, the settlement counted in.
    pub state: State,
    /// What its countdown runs to.
    pub next_at: Option<DateTime<Utc>>,
    /// The settlement that holds.
    pub settlement: Option<Settled>,
}

/// What happened to a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It arose, or may have.
    Opened,
    /// It was open and is now required for certain.
    Confirmed,
    /// It was required and is now open again.
    Loosened,
    /// Its deadline moved and nothing else.
    Moved,
    /// It was done.
    Fulfilled,
    /// An exception lifts it.
    Exempted,
    /// It turned out not to be required.
    Lifted,
    /// A person settled it.
    Settled,
    /// It was answered for, and the answer no longer holds.
    Reopened,
}

/// A line of what happened to one duty, as it goes into the timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What happened.
    pub change: Kind,
    /// The duty's stable id.
    pub duty: String,
    /// The controller it is for.
    #[serde(rename = "for")]
    pub for_whom: Option<String>,
    /// Where it stood.
    pub from: Option<State>,
    /// Where it stands.
    pub to: State,
    /// What its countdown ran to, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was_due_at: Option<DateTime<Utc>>,
    /// What its countdown runs to.
    pub due_at: Option<DateTime<Utc>>,
    /// The facts behind it.
    pub because: Vec<String>,
}

/// A duty after the comparison: how it stands now, and what happened to it.
pub struct Step<'a> {
    /// The duty's stable id.
    pub id: String,
    /// The controller it is for; empty for the others.
    pub for_whom: String,
    /// The rule's answer; none for a controller that is no longer named.
    pub duty: Option<&'a Duty>,
    /// Where it stands, the settlement counted in.
    pub state: State,
    /// The settlement that still holds.
    pub settlement: Option<i64>,
    /// Whether it stood in the case before.
    pub is_old: bool,
    /// What happened, if anything.
    pub change: Option<Change>,
}

/// Compares what stands with a new assessment. Duties that never arose and do not arise now are left out.
pub fn reconcile<'a>(old: &[Standing], new: &'a Assessment) -> Vec<Step<'a>> {
    let same =
        |duty: &Duty, was: &Standing| duty.id == was.id && duty.for_whom.as_deref().unwrap_or_default() == was.for_whom;
    let known = new.duties.iter().map(|duty| (old.iter().find(|was| same(duty, was)), Some(duty)));
    let gone = old.iter().filter(|was| !new.duties.iter().any(|duty| same(duty, was))).map(|was| (Some(was), None));
    known
        .chain(gone)
        .filter(|(was, duty)| was.is_some() || duty.is_some_and(|duty| duty.state != State::NotRequired))
        .map(|(was, duty)| step(was, duty))
        .collect()
}

fn step<'a>(was: Option<&Standing>, duty: Option<&'a Duty>) -> Step<'a> {
    let rule = duty.map_or(State::NotRequired, |duty| duty.state);
    let because: Vec<String> = duty.map_or_else(Vec::new, because);
    let held = was.and_then(|was| was.settlement.as_ref());
    let settlement = held.filter(|settled| holds(settled, rule, &because));
    let state = effective(rule, settlement.map(|settled| settled.answer));
    let id = duty.map(|duty| duty.id.to_owned()).or_else(|| was.map(|was| was.id.clone())).unwrap_or_default();
    let for_whom = duty.and_then(|duty| duty.for_whom.as_deref()).map(str::to_owned);
    let for_whom = for_whom.or_else(|| was.map(|was| was.for_whom.clone())).unwrap_or_default();
    let next_at = duty.and_then(Duty::counts_down_to);
    let from = was.map(|was| was.state);
    let was_next = was.and_then(|was| was.next_at);
    let dropped = held.is_some() && settlement.is_none();
    let by_person = rule.is_open() && !state.is_open();
    let change = kind(from, state, (state.is_open() && was_next != next_at, dropped)).map(|change| Change {
        change: if change == Kind::Lifted && by_person { Kind::Settled } else { change },
        duty: id.clone(),
        for_whom: Some(for_whom.clone()).filter(|name| !name.is_empty()),
        from,
        to: state,
        was_due_at: was_next.filter(|_| was_next != next_at),
        due_at: next_at,
        because,
    });
    Step { id, for_whom, duty, state, settlement: settlement.map(|settled| settled.seq), is_old: was.is_some(), change }
}

/// The facts behind the rule's answer, as paths.
pub fn because(duty: &Duty) -> Vec<String> {
    duty.because.iter().map(ToString::to_string).collect()
}

/// Where a duty stands when a person has answered it: the answer counts only while the rule leaves something to do.
pub fn effective(rule: State, answer: Option<Answer>) -> State {
    match (rule, answer) {
        (State::Required | State::Undetermined, Some(Answer::NotRequired)) => State::NotRequired,
        (State::Undetermined, Some(Answer::Required)) => State::Required,
        _ => rule,
    }
}

/// Whether a settlement outlives a new answer of the rule. It does until the rule says more than it did then:
/// what was open has become required, or is required for other reasons.
pub fn holds(settled: &Settled, rule: State, because: &[String]) -> bool {
    match (settled.answer, rule) {
        (Answer::NotRequired, State::Required) => settled.rule_state == State::Required && settled.because == because,
        (Answer::Required, State::NotRequired | State::Exempt) => false,
        _ => true,
    }
}

/// What happened to a duty between two states, whether its deadline `moved` and whether an answer was `dropped`.
pub(super) fn kind(from: Option<State>, to: State, (moved, dropped): (bool, bool)) -> Option<Kind> {
    use State::{Exempt, Fulfilled, NotRequired, Required, Undetermined};
    match (from, to) {
        (None, Required | Undetermined) => Some(Kind::Opened),
        (Some(NotRequired | Exempt | Fulfilled), Required | Undetermined) if dropped => Some(Kind::Reopened),
        (Some(NotRequired | Exempt), Required | Undetermined) => Some(Kind::Opened),
        (Some(Fulfilled), Required | Undetermined) => Some(Kind::Reopened),
        (Some(Undetermined), Required) => Some(Kind::Confirmed),
        (Some(Required), Undetermined) => Some(Kind::Loosened),
        (Some(from), to) if from == to => (moved).then_some(Kind::Moved),
        (_, Fulfilled) => Some(Kind::Fulfilled),
        (_, Exempt) => Some(Kind::Exempted),
        (None, NotRequired) => None,
        (Some(_), _) => Some(Kind::Lifted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(answer: Answer, rule_state: State) -> Settled {
        Settled { seq: 1, answer, rule_state, because: vec!["personal_data.breach".into()] }
    }

    #[test]
    fn a_settlement_holds_until_the_rule_says_more() {
        let because = vec!["personal_data.breach".to_owned()];
        let open = settled(Answer::NotRequired, State::Undetermined);
        assert!(holds(&open, State::Undetermined, &[]));
        assert!(holds(&open, State::NotRequired, &[]));
        assert!(!holds(&open, State::Required, &because));
        let known = settled(Answer::NotRequired, State::Required);
        assert!(holds(&known, State::Required, &because));
        assert!(holds(&known, State::Undetermined, &[]));
        assert!(!holds(&known, State::Required, &["personal_data.data".to_owned()]), "required for other reasons");
        assert!(!holds(&settled(Answer::Required, State::Undetermined), State::NotRequired, &[]));
    }

    #[test]
    fn a_persons_answer_counts_only_while_something_is_left_to_do() {
        assert_eq!(effective(State::Undetermined, Some(Answer::NotRequired)), State::NotRequired);
        assert_eq!(effective(State::Undetermined, Some(Answer::Required)), State::Required);
        assert_eq!(effective(State::Fulfilled, Some(Answer::NotRequired)), State::Fulfilled);
        assert_eq!(effective(State::Exempt, Some(Answer::Required)), State::Exempt);
    }

    #[test]
    fn each_way_from_one_state_to_another_has_its_name() {
        use State::{Exempt, Fulfilled, NotRequired, Required, Undetermined};
        let still = (false, false);
        assert_eq!(kind(None, Undetermined, still), Some(Kind::Opened));
        assert_eq!(kind(Some(Undetermined), Required, (true, false)), Some(Kind::Confirmed));
        assert_eq!(kind(Some(Required), Undetermined, still), Some(Kind::Loosened));
        assert_eq!(kind(Some(Required), Required, (true, false)), Some(Kind::Moved));
        assert_eq!(kind(Some(Required), Required, still), None);
        assert_eq!(kind(Some(Required), Fulfilled, still), Some(Kind::Fulfilled));
        assert_eq!(kind(Some(Required), Exempt, still), Some(Kind::Exempted));
        assert_eq!(kind(Some(Undetermined), NotRequired, still), Some(Kind::Lifted));
        assert_eq!(kind(Some(NotRequired), Required, (false, true)), Some(Kind::Reopened));
        assert_eq!(kind(Some(Fulfilled), Required, still), Some(Kind::Reopened));
        assert_eq!(kind(Some(NotRequired), NotRequired, still), None);
    }
}
