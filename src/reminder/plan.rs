//! The ladders as the company sets them: how long before a deadline whom is told, and how often after it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Circle;
use crate::error::FieldError;
use crate::law::parse::nearest;

/// A reminder at a distance from the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// Minutes before the deadline; nought is the deadline itself.
    pub minutes_before: u32,
    /// Who is told.
    pub circle: Circle,
}

/// The reminders of one kind of deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// Who is told at once.
    pub first: Circle,
    /// The reminders up to the deadline, the earliest first.
    pub rungs: Vec<Rung>,
    /// Minutes between reminders once the deadline has passed.
    pub again_every: u32,
    /// Who is told by those.
    pub again: Circle,
    /// Minutes until a step that nobody answers goes one circle further; nought is never.
    pub unanswered_after: u32,
}

/// Every ladder of the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ladders {
    /// The law's deadlines of more than four hours.
    pub hours72: Ladder,
    /// The law's deadlines of four hours or less.
    pub minutes30: Ladder,
    /// The company's own targets of more than four hours.
    pub target_long: Ladder,
    /// The company's own targets of four hours or less.
    pub target_short: Ladder,
    /// Minutes between reminders of a duty without any deadline; its owner alone gets them.
    pub idle_every: u32,
}

const DAY: u32 = 24 * 60;

impl Ladder {
    fn long() -> Ladder {
        use Circle::{Management, Owner, Team};
        Ladder {
            first: Owner,
            rungs: rungs(&[
                (2 * DAY, Owner),
                (DAY, Team),
                (12 * 60, Team),
                (4 * 60, Management),
                (60, Management),
                (0, Management),
            ]),
            again_every: 4 * 60,
            again: Management,
            unanswered_after: 2 * 60,
        }
    }

    fn short() -> Ladder {
        use Circle::{Management, Team};
        Ladder {
            first: Team,
            rungs: rungs(&[(20, Team), (10, Management), (5, Management), (0, Management)]),
            again_every: 15,
            again: Management,
            unanswered_after: 5,
        }
    }
}

fn rungs(pairs: &[(u32, Circle)]) -> Vec<Rung> {
    pairs.iter().map(|(minutes_before, circle)| Rung { minutes_before: *minutes_before, circle: *circle }).collect()
}

impl Default for Ladders {
    fn default() -> Self {
        Ladders {
            hours72: Ladder::long(),
            minutes30: Ladder::short(),
            target_long: Ladder::long(),
            target_short: Ladder::short(),
            idle_every: 7 * DAY,
        }
    }
}

/// The ladders by name.
pub(super) const LADDERS: [&str; 4] = ["hours72", "minutes30", "target_long", "target_short"];
/// What each ladder holds.
pub(super) const KEYS: [&str; 5] = ["first", "rungs", "again_every", "again", "unanswered_after"];
/// The most rungs a ladder has, so that a reminder stays something one reads.
const MOST_RUNGS: usize = 20;

impl Ladders {
    /// These ladders with what is given laid over them; what is left out stays as it is. A list of rungs is given whole.
    ///
    /// # Errors
    /// Every fault at once, each with the path of its field, as `hours72.rungs[2].circle`.
    pub fn with(&self, given: &Value) -> Result<Ladders, Vec<FieldError>> {
        let mut read = Reading::default();
        let mut new = self.clone();
        let known = [LADDERS.as_slice(), &["idle_every"]].concat();
        for (key, value) in read.object("", given, &known) {
            match key {
                "hours72" => read.ladder(key, value, &mut new.hours72),
                "minutes30" => read.ladder(key, value, &mut new.minutes30),
                "target_long" => read.ladder(key, value, &mut new.target_long),
                "target_short" => read.ladder(key, value, &mut new.target_short),
                _ => read.whole(key, value, (60, 90 * DAY), &mut new.idle_every),
            }
        }
        if read.wrong.is_empty() { Ok(new) } else { Err(read.wrong) }
    }

    /// What is wrong with these ladders, each fault with the path of its field.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn check(&self) -> Result<(), Vec<FieldError>> {
        let tree = serde_json::to_value(self).unwrap_or_default();
        self.with(&tree).map(drop)
    }
}

/// Reads what is given and gathers what is wrong with it.
#[derive(Default)]
struct Reading {
    wrong: Vec<FieldError>,
}

impl Reading {
    fn ladder(&mut self, path: &str, given: &Value, into: &mut Ladder) {
        for (key, value) in self.object(path, given, &KEYS) {
            let path = format!("{path}.{key}");
            match key {
                "first" => self.circle(&path, value, &mut into.first),
                "again" => self.circle(&path, value, &mut into.again),
                "again_every" => self.whole(&path, value, (5, 7 * DAY), &mut into.again_every),
                "unanswered_after" => self.whole(&path, value, (0, 7 * DAY), &mut into.unanswered_after),
                _ => self.rungs(&path, value, &mut into.rungs),
            }
        }
    }

    fn rungs(&mut self, path: &str, given: &Value, into: &mut Vec<Rung>) {
        let Value::Array(rows) = given else { return self.wrong_type(path, "list", given) };
        if rows.is_empty() {
            return self.wrong.push(FieldError::new(path, "no_rungs"));
        }
        if rows.len() > MOST_RUNGS {
            let fault = FieldError::new(path, "too_many_rungs").with("max", MOST_RUNGS).with("given", rows.len());
            return self.wrong.push(fault);
        }
        let faults = self.wrong.len();
        let rung = |(at, row)| self.rung(&format!("{path}[{at}]"), row);
        let rungs: Vec<Rung> = rows.iter().enumerate().map(rung).collect();
        if self.wrong.len() == faults {
            self.falling(path, &rungs);
        }
        *into = rungs;
    }

    fn falling(&mut self, path: &str, rungs: &[Rung]) {
        for (at, (before, after)) in rungs.iter().zip(rungs.iter().skip(1)).enumerate() {
            if before.minutes_before <= after.minutes_before {
                let fault = FieldError::new(format!("{path}[{}].minutes_before", at + 1), "rung_not_falling");
                let fault = fault.with("before", before.minutes_before).with("given", after.minutes_before);
                self.wrong.push(fault);
            }
        }
    }

    fn rung(&mut self, path: &str, given: &Value) -> Rung {
        let mut rung = Rung { minutes_before: 0, circle: Circle::Owner };
        let faults = self.wrong.len();
        let fields = self.object(path, given, &["minutes_before", "circle"]);
        for key in ["minutes_before", "circle"] {
            let here = format!("{path}.{key}");
            match fields.iter().find(|(name, _)| *name == key) {
                Some((_, value)) if key == "circle" => self.circle(&here, value, &mut rung.circle),
                Some((_, value)) => self.whole(&here, value, (0, 30 * DAY), &mut rung.minutes_before),
                None if self.wrong.len() == faults => self.wrong.push(FieldError::new(here, "missing")),
                None => {}
            }
        }
        rung
    }

    fn circle(&mut self, path: &str, given: &Value, into: &mut Circle) {
        let Value::String(word) = given else { return self.wrong_type(path, "choice", given) };
        match Circle::parse(word) {
            Some(circle) => *into = circle,
            None => {
                let words = Circle::ALL.map(Circle::word);
                let fault = FieldError::new(path, "wrong_choice").with("given", shortened(word));
                let fault = fault.with("choices", words.to_vec());
                self.wrong.push(match nearest(word, words.into_iter()) {
                    Some(nearest) => fault.with("nearest", nearest),
                    None => fault,
                });
            }
        }
    }

    fn whole(&mut self, path: &str, given: &Value, (from, to): (u32, u32), into: &mut u32) {
        let Value::Number(number) = given else { return self.wrong_type(path, "whole", given) };
        match number.as_u64().and_then(|n| u32::try_from(n).ok()) {
            Some(n) if (from..=to).contains(&n) => *into = n,
            None if number.as_f64().is_some_and(|n| n.fract() != 0.0) => {
                self.wrong.push(FieldError::new(path, "not_whole").with("given", number.clone()));
            }
            _ => self.wrong.push(FieldError::new(path, "outside_range").with("from", from).with("to", to)),
        }
    }

    /// The fields of an object; what it has no place for is a fault.
    fn object<'a>(&mut self, path: &str, given: &'a Value, known: &[&'static str]) -> Vec<(&'static str, &'a Value)> {
        let Value::Object(fields) = given else {
            self.wrong_type(path, "object", given);
            return Vec::new();
        };
        self.unknown(path, fields, known);
        known.iter().filter_map(|key| Some((*key, fields.get(*key)?))).collect()
    }

    fn unknown(&mut self, path: &str, fields: &Map<String, Value>, known: &[&'static str]) {
        for key in fields.keys().filter(|key| !known.contains(&key.as_str())) {
            let here = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let fault = FieldError::new(here, "unknown_key");
            self.wrong.push(match nearest(key, known.iter().copied()) {
                Some(nearest) => fault.with("nearest", nearest),
                None => fault,
            });
        }
    }

    fn wrong_type(&mut self, path: &str, expected: &str, given: &Value) {
        let given = given.as_str().map_or_else(|| given.to_string(), str::to_owned);
        let fault = FieldError::new(path, "wrong_type").with("expected", expected);
        self.wrong.push(fault.with("given", shortened(&given)));
    }
}

fn shortened(given: &str) -> String {
    given.chars().take(60).collect()
}
