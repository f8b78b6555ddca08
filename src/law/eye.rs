//! Judges conditions against the facts, and explains what made them what they are.

use super::cond::Cond;
use super::cond::Tri::{self, False, Open, True};
use super::enisa::Score;
use super::fact::{ALL, Fact, Path, Paths};
use super::risk::Risk;
use super::severity::Severity;
use super::value::{Facts, Item, Value};
use super::{Thresholds, book};
use chrono::{DateTime, Utc};

/// How many objects of one list a reason names: one is enough to show why, and nobody reads a thousand.
const MOST_REASONS: usize = 50;

/// What a condition is judged against.
pub struct Eye<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// The instant of the assessment, UTC.
    pub now: DateTime<Utc>,
    /// The company's numbers.
    pub thresholds: &'a Thresholds,
    /// The object of a list in which the condition is judged.
    pub item: Option<(u16, &'a Item)>,
    /// ENISA's score, once computed.
    pub score: Score,
    /// The risk, once judged.
    pub risk: Option<&'a Risk>,
    /// The severity, once judged.
    pub severity: Option<&'a Severity>,
}

impl<'a> Eye<'a> {
    /// What is known of a fact, in the list's object if there is one.
    pub fn get(&self, fact: Fact) -> &'a Value {
        if let Some((_, item)) = self.item {
            let value = item.get(fact);
            if value.is_known() || item.holds(fact) {
                return value;
            }
        }
        self.facts.get(fact)
    }

    fn path(&self, fact: Fact) -> Path {
        let at = self.item.filter(|(_, item)| item.holds(fact)).map(|(at, _)| at);
        Path { fact, at }
    }

    /// Judges the condition.
    pub fn judge(&self, cond: &Cond) -> Tri {
        match *cond {
            Cond::All(conds) => self.every(conds, False, True),
            Cond::Any(conds) => self.every(conds, True, False),
            Cond::Not(cond) => self.judge(cond).not(),
            Cond::Term(term) => self.judge(&term.cond),
            Cond::Yes(fact) => match self.get(fact) {
                Value::Bool(yes) => Tri::from(*yes),
                _ if fact.def().claim => False,
                _ => Open,
            },
            Cond::Stated(fact) => self.get(fact).bool().map_or(Open, Tri::from),
            Cond::Is(fact, bits) => match self.get(fact) {
                Value::Choice(word) => Tri::from(bits >> word & 1 == 1),
                _ => Open,
            },
            Cond::Has(fact, bits) => match self.get(fact) {
                Value::Choices(has) => Tri::from(has & bits != 0),
                _ => Open,
            },
            Cond::MayBe(fact, bits, open) => match self.get(fact) {
                Value::Choice(word) if bits >> word & 1 == 1 => True,
                Value::Choice(word) if open >> word & 1 == 0 => False,
                Value::Choices(has) if has & bits != 0 => True,
                Value::Choices(has) if has & open == 0 => False,
                _ => Open,
            },
            Cond::OfKind(kind, fact, bits) => match (self.get(Fact::BreachKinds), self.get(fact)) {
                (Value::Choices(kinds), _) => Tri::from(kinds >> kind & 1 == 1),
                (_, Value::Choice(word)) if bits >> word & 1 == 1 => True,
                _ => Open,
            },
            Cond::Known(fact) => {
                if self.get(fact).is_known() {
                    True
                } else {
                    Open
                }
            }
            Cond::AtLeast(fact, floor) => {
                self.get(fact).number().map_or(Open, |number| Tri::from(number >= floor.of(self.thresholds)))
            }
            Cond::MoreThan(fact, limit) => {
                self.get(fact).number().map_or(Open, |number| Tri::from(number > limit.of(self.thresholds)))
            }
            Cond::ShareOver(part, whole, share) => {
                share_over(self.get(part), self.get(whole), share.of(self.thresholds))
            }
            Cond::UserHoursOver(limit) => {
                match (self.get(Fact::CustomersAffected).number(), self.get(Fact::DurationMinutes).number()) {
                    (Some(users), Some(minutes)) => Tri::from(users * minutes / 60.0 > limit.of(self.thresholds)),
                    (Some(0.0), None) | (None, Some(0.0)) => False,
                    _ => Open,
                }
            }
            Cond::AnyItem(list, cond) => self.any_item(list, cond),
            Cond::Severity(level) => self.severity.map_or(Open, |severity| severity.at_least(level)),
            Cond::Risk(level) => self.risk.map_or(Open, |risk| risk.at_least(level)),
            Cond::Score(floor) => Tri::at_least(self.score.total.0, self.score.total.1, floor),
            Cond::Context(floor) => Tri::at_least(self.score.context.0, self.score.context.1, floor),
            Cond::Ordered(kinds) => Tri::from(book::orders(self.facts, kinds).next().is_some()),
            Cond::Sent(duties) => Tri::from(book::sendings(self.facts, duties).next().is_some()),
            Cond::SentBefore(duties, fact) => {
                let last = book::sendings(self.facts, duties).filter_map(|(_, item)| item.time(Fact::SentAt)).max();
                Tri::from(last.zip(self.facts.time(fact)).is_some_and(|(sent, since)| sent < since))
            }
            Cond::SentIncomplete(duties) => match book::first_sending(self.facts, duties) {
                Some((_, item)) => item.get(Fact::SentComplete).bool().map_or(Open, |complete| Tri::from(!complete)),
                None => False,
            },
            Cond::LateBy(fact, minutes, duties) => self.late(fact, minutes, duties),
            Cond::AnyPersonalData => match self.facts.bool(Fact::Breach) {
                Some(breach) => Tri::from(breach),
                None if self.personal_data().next().is_some() => True,
                None => Open,
            },
        }
    }

    /// `Any` ends at the first true and is false when all are; `All` is the mirror.
    fn every(&self, conds: &[Cond], ends: Tri, otherwise: Tri) -> Tri {
        let mut result = otherwise;
        for cond in conds {
            match self.judge(cond) {
                Open => result = Open,
                tri if tri == ends => return ends,
                _ => {}
            }
        }
        result
    }

    fn any_item(&self, list: Fact, cond: &Cond) -> Tri {
        if !self.facts.get(list).is_known() {
            return Open;
        }
        let mut result = False;
        for eye in self.each(list) {
            match eye.judge(cond) {
                True => return True,
                Open => result = Open,
                False => {}
            }
        }
        result
    }

    fn each(&self, list: Fact) -> impl Iterator<Item = Eye<'a>> + '_ {
        self.facts.items(list).iter().zip(0..).map(|(item, at)| Eye { item: Some((at, item)), ..*self })
    }

    fn late(&self, fact: Fact, minutes: i64, duties: u64) -> Tri {
        let Some(from) = self.facts.time(fact) else { return Open };
        let mark = super::deadline::after(from, minutes);
        let in_time =
            book::sendings(self.facts, duties).filter_map(|(_, item)| item.time(Fact::SentAt)).any(|sent| sent <= mark);
        Tri::from(!in_time && self.now > mark)
    }

    fn personal_data(&self) -> impl Iterator<Item = Fact> + '_ {
        let first = Fact::Roles as usize;
        let last = Fact::Countries as usize;
        ALL[first..=last].iter().copied().filter(|fact| self.facts.get(*fact).is_known())
    }

    /// The facts that make the condition what it is: those that decided it, or, while it is open, the unknown ones
    /// that would.
    pub fn explain(&self, cond: &Cond, into: &mut Paths) {
        self.explain_as(cond, self.judge(cond), into);
    }

    /// Explains a condition that has been judged already.
    pub fn explain_as(&self, cond: &Cond, tri: Tri, into: &mut Paths) {
        match *cond {
            Cond::All(conds) => self.explain_children(conds, tri, False, into),
            Cond::Any(conds) => self.explain_children(conds, tri, True, into),
            Cond::Not(cond) => self.explain_as(cond, tri.not(), into),
            Cond::Term(term) => self.explain_as(&term.cond, tri, into),
            Cond::AnyItem(list, cond) => {
                if !self.facts.get(list).is_known() || self.facts.items(list).is_empty() {
                    into.add(list);
                }
                for eye in self.each(list).filter(|eye| eye.judge(cond) == tri).take(MOST_REASONS) {
                    eye.explain_as(cond, tri, into);
                }
            }
            Cond::Severity(_) => {
                if let Some(severity) = self.severity {
                    into.add_all(if tri == Open { &severity.open } else { &severity.because });
                }
            }
            Cond::Risk(level) => {
                if let Some(risk) = self.risk {
                    let open = &risk.open[usize::from(level > 1)];
                    into.add_all(if tri == Open { open } else { &risk.because });
                }
            }
            Cond::Score(_) => self.explain_facts(Score::FACTS, tri, into),
            Cond::Context(_) => self.explain_facts(Score::CONTEXT, tri, into),
            Cond::ShareOver(part, whole, _) => self.explain_facts(&[part, whole], tri, into),
            Cond::UserHoursOver(_) => self.explain_facts(&[Fact::CustomersAffected, Fact::DurationMinutes], tri, into),
            Cond::Ordered(kinds) => {
                for (at, _) in book::orders(self.facts, kinds) {
                    into.add(Path { fact: Fact::OrderKind, at: Some(at) });
                }
            }
            Cond::Sent(duties) | Cond::SentIncomplete(duties) => self.explain_sent(duties, into),
            Cond::SentBefore(duties, fact) => {
                into.add(fact);
                self.explain_sent(duties, into);
            }
            Cond::LateBy(fact, _, duties) => {
                into.add(fact);
                self.explain_sent(duties, into);
            }
            Cond::AnyPersonalData if tri == True && self.facts.bool(Fact::Breach).is_none() => {
                for fact in self.personal_data() {
                    into.add(fact);
                }
            }
            Cond::AnyPersonalData => into.add(Fact::Breach),
            Cond::OfKind(_, fact, _) => {
                let known = self.get(Fact::BreachKinds).is_known() || tri == Open;
                into.add(if known { Fact::BreachKinds } else { fact });
            }
            Cond::Yes(fact)
            | Cond::Stated(fact)
            | Cond::Is(fact, _)
            | Cond::Has(fact, _)
            | Cond::MayBe(fact, ..)
            | Cond::Known(fact)
            | Cond::AtLeast(fact, _)
            | Cond::MoreThan(fact, _) => into.add(self.path(fact)),
        }
    }

    fn explain_children(&self, conds: &[Cond], tri: Tri, ends: Tri, into: &mut Paths) {
        if tri == ends && ends == False {
            // One failed part is reason enough; the first is the gate.
            if let Some(failed) = conds.iter().find(|cond| self.judge(cond) == False) {
                self.explain_as(failed, False, into);
            }
            return;
        }
        // Where the whole is decided by every part, every part is what the whole is.
        let all_alike = tri != ends && tri != Open;
        for cond in conds.iter().filter(|cond| all_alike || self.judge(cond) == tri) {
            self.explain_as(cond, tri, into);
        }
    }

    fn explain_facts(&self, facts: &[Fact], tri: Tri, into: &mut Paths) {
        for fact in facts.iter().filter(|fact| self.get(**fact).is_known() == (tri != Open)) {
            into.add(self.path(*fact));
        }
    }

    fn explain_sent(&self, duties: u64, into: &mut Paths) {
        for (at, _) in book::sendings(self.facts, duties) {
            into.add(Path { fact: Fact::SentAt, at: Some(at) });
        }
    }
}

/// More than so many per cent, strictly; nobody is no share of anything.
fn share_over(part: &Value, whole: &Value, share: f64) -> Tri {
    match (part, whole) {
        (Value::Whole(0), _) | (_, Value::Whole(0)) => False,
        (Value::Whole(part), Value::Whole(whole)) => Tri::from(*part as f64 * 100.0 > *whole as f64 * share),
        _ => Open,
    }
}
