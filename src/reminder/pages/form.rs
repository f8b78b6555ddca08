//! What is typed for the ladders, read as what is saved, and back. Times are typed as a number and a unit.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::phrases;
use crate::error::FieldError;
use crate::i18n::Lang;
use crate::reminder::plan::LADDERS;
use crate::reminder::{Ladder, Ladders};

/// What was sent, field by field.
pub type Typed = BTreeMap<String, String>;

/// The units, the smallest first, with their minutes.
pub const UNITS: [(&str, u32); 3] = [("minutes", 1), ("hours", 60), ("days", 24 * 60)];
/// More rows than this nobody fills in; what lies beyond is not read.
const MOST_ROWS: usize = 100;

/// What was typed, as far as it could be read.
#[derive(Default)]
pub struct Read {
    /// What is to be laid over the ladders that stand.
    pub given: Map<String, Value>,
    /// What could not be read, at the field it was typed in.
    pub wrong: Vec<FieldError>,
    /// The typed row of each rung that is given, since rungs are sorted and empty rows left out.
    rows: BTreeMap<&'static str, Vec<usize>>,
}

/// The name of a rung's field in a row.
pub fn rung(ladder: &str, row: usize, key: &str) -> String {
    format!("{ladder}.rungs[{row}].{key}")
}

/// How many rows of a ladder there are, up to the last with something in it.
pub fn rows(typed: &Typed, ladder: &str) -> usize {
    let filled =
        |row: &usize| ["minutes_before", "circle"].iter().any(|key| !text(typed, &rung(ladder, *row, key)).is_empty());
    (0..MOST_ROWS).rev().find(filled).map_or(0, |last| last + 1)
}

fn text<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", |text| text.trim())
}

/// Reads what was typed. A field that was not sent stays as it is; a row without a time is taken away.
pub fn read(typed: &Typed) -> Read {
    let mut read = Read::default();
    for ladder in LADDERS {
        let mut tree = Map::new();
        for key in ["first", "again"] {
            if let Some(word) = typed.get(&format!("{ladder}.{key}")) {
                tree.insert(key.into(), word.trim().into());
            }
        }
        for key in ["again_every", "unanswered_after"] {
            if let Some(minutes) = read.span(typed, &format!("{ladder}.{key}")) {
                tree.insert(key.into(), minutes);
            }
        }
        let prefix = format!("{ladder}.rungs[");
        if typed.keys().any(|name| name.starts_with(&prefix)) {
            read.rungs(typed, ladder, &mut tree);
        }
        if !tree.is_empty() {
            read.given.insert(ladder.into(), tree.into());
        }
    }
    if let Some(minutes) = read.span(typed, "idle_every") {
        read.given.insert("idle_every".into(), minutes);
    }
    read
}

impl Read {
    fn rungs(&mut self, typed: &Typed, ladder: &'static str, tree: &mut Map<String, Value>) {
        let faults = self.wrong.len();
        let mut found: Vec<(u64, usize, &str)> = Vec::new();
        for row in 0..rows(typed, ladder) {
            let (path, to) = (rung(ladder, row, "minutes_before"), rung(ladder, row, "circle"));
            if text(typed, &path).is_empty() {
                continue;
            }
            let minutes = self.span(typed, &path).and_then(|minutes| minutes.as_u64());
            let circle = text(typed, &to);
            if circle.is_empty() {
                self.wrong.push(FieldError::new(to, "missing"));
            }
            match minutes {
                Some(minutes) if found.iter().any(|(other, ..)| *other == minutes) => {
                    self.wrong.push(FieldError::new(path, "rung_twice"));
                }
                Some(minutes) if !circle.is_empty() => found.push((minutes, row, circle)),
                _ => {}
            }
        }
        found.sort_by_key(|(minutes, ..)| std::cmp::Reverse(*minutes));
        // With faults of its own, an empty list is not what was meant.
        if found.is_empty() && self.wrong.len() > faults {
            return;
        }
        let given = found.iter().map(|(minutes, _, circle)| json!({ "minutes_before": minutes, "circle": circle }));
        tree.insert("rungs".into(), given.collect());
        self.rows.insert(ladder, found.iter().map(|(_, row, _)| *row).collect());
    }

    fn span(&mut self, typed: &Typed, path: &str) -> Option<Value> {
        let given = typed.get(path)?.trim();
        if given.is_empty() {
            // Nothing is never; everything else needs its time.
            if path.ends_with(".unanswered_after") {
                return Some(0.into());
            }
            self.wrong.push(FieldError::new(path, "missing"));
            return None;
        }
        let read = minutes(given, text(typed, &format!("{path}~unit")));
        if read.is_none() {
            let given: String = given.chars().take(60).collect();
            self.wrong.push(FieldError::new(path, "span_unreadable").with("given", given));
        }
        read.map(Value::from)
    }

    /// A fault of what was given, at the field it was typed in and in the words of the form.
    pub fn place(&self, lang: Lang, fault: FieldError) -> FieldError {
        let limits = ["from", "to"].map(|name| fault.args.get(name).and_then(Value::as_u64));
        let mut placed = match (fault.code.as_str(), limits) {
            ("outside_range", [Some(from), Some(to)]) => {
                let words = |minutes: u64| phrases::span(lang, u32::try_from(minutes).unwrap_or(u32::MAX));
                FieldError::new(fault.path, "span_outside_range").with("from", words(from)).with("to", words(to))
            }
            _ => fault,
        };
        if let Some(path) = self.typed_at(&placed.path) {
            placed.path = path;
        }
        placed
    }

    fn typed_at(&self, path: &str) -> Option<String> {
        let (ladder, rest) = path.split_once(".rungs[")?;
        let (at, key) = rest.split_once("].")?;
        let row = self.rows.get(ladder)?.get(at.parse::<usize>().ok()?)?;
        Some(rung(ladder, *row, key))
    }
}

/// Whole minutes of what people type: «1,5» hours are ninety.
fn minutes(given: &str, unit: &str) -> Option<u64> {
    let plain: String = given.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    let per = UNITS.iter().find(|(word, _)| *word == unit).map_or(1, |(_, minutes)| *minutes);
    let exact = plain.parse::<f64>().ok().filter(|number| number.is_finite())? * f64::from(per);
    let whole = exact.round();
    let is_whole = (exact - whole).abs() < 1e-6 && (0.0..1e9).contains(&whole);
    is_whole.then(|| format!("{:.0}", whole.abs()).parse().ok()).flatten()
}

/// The ladders as they can be typed.
pub fn fill(ladders: &Ladders) -> Typed {
    let mut typed = Typed::new();
    let all = [&ladders.hours72, &ladders.minutes30, &ladders.target_long, &ladders.target_short];
    for (name, ladder) in LADDERS.into_iter().zip(all) {
        fill_one(&mut typed, name, ladder);
    }
    put(&mut typed, "idle_every", ladders.idle_every);
    typed
}

fn fill_one(typed: &mut Typed, name: &str, ladder: &Ladder) {
    typed.insert(format!("{name}.first"), ladder.first.word().into());
    typed.insert(format!("{name}.again"), ladder.again.word().into());
    put(typed, &format!("{name}.again_every"), ladder.again_every);
    put(typed, &format!("{name}.unanswered_after"), ladder.unanswered_after);
    for (row, step) in ladder.rungs.iter().enumerate() {
        put(typed, &rung(name, row, "minutes_before"), step.minutes_before);
        typed.insert(rung(name, row, "circle"), step.circle.word().into());
    }
}

/// A time in the largest unit that has it whole; two days are said as two days, one as 24 hours.
fn put(typed: &mut Typed, path: &str, minutes: u32) {
    let fits = |(_, per): &&(&str, u32)| minutes.is_multiple_of(*per) && (*per < 24 * 60 || minutes > *per);
    let (unit, per) = UNITS.iter().rev().filter(|_| minutes > 0).find(fits).copied().unwrap_or(UNITS[0]);
    typed.insert(path.to_owned(), (minutes / per).to_string());
    typed.insert(format!("{path}~unit"), unit.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ladders_survive_the_way_through_the_form() {
        let ladders = Ladders::default();
        let read = read(&fill(&ladders));
        assert!(read.wrong.is_empty(), "{:?}", read.wrong);
        let one = json!({ "hours72": { "rungs": [{ "minutes_before": 7, "circle": "team" }] } });
        let other = ladders.with(&one).unwrap();
        assert_eq!(other.with(&read.given.into()).unwrap(), ladders);
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        assert_eq!(minutes("1,5", "hours"), Some(90));
        assert_eq!(minutes("0.5", "days"), Some(720));
        assert_eq!(minutes(" 1 000 ", "minutes"), Some(1000));
        for wrong in ["", "to", "-1", "0,3333", "inf", "1e30"] {
            assert_eq!(minutes(wrong, "minutes"), None, "{wrong}");
        }
    }

    #[test]
    fn rows_may_stand_in_any_order_and_faults_come_home_to_theirs() {
        let mut typed = Typed::new();
        for (row, time) in ["1", "40000", "", "3"].into_iter().enumerate() {
            typed.insert(rung("hours72", row, "minutes_before"), time.into());
            typed.insert(format!("{}~unit", rung("hours72", row, "minutes_before")), "hours".into());
            typed.insert(rung("hours72", row, "circle"), "team".into());
        }
        let read = read(&typed);
        let wrong = Ladders::default().with(&read.given.clone().into()).unwrap_err();
        let placed = read.place(Lang::Nb, wrong[0].clone());
        assert_eq!(
            (placed.path.as_str(), placed.code.as_str()),
            ("hours72.rungs[1].minutes_before", "span_outside_range")
        );
    }
}
