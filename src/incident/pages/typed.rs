//! What a form sends, and its way to and from facts. Nothing typed is lost: a form is always shown from this.

use std::collections::BTreeMap;

use chrono::{DateTime, LocalResult, NaiveDateTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::{Europe::Oslo, OffsetName};
use serde_json::{Map, Number, Value as Json, json};

use crate::db::Id;
use crate::digest::sha256;
use crate::error::FieldError;
use crate::incident::actions::Repeatable;
use crate::law::fact::{self, Kind};
use crate::law::{Fact, Facts, Item, Value};

/// The word of a checkbox that says «none of these», which is different from unknown.
pub const NONE: &str = "-";
const MINUTE: &str = "%Y-%m-%dT%H:%M";

/// The fields of a form by name; a name may stand several times.
#[derive(Clone, Debug, Default)]
pub struct Typed(BTreeMap<String, Vec<String>>);

impl Typed {
    /// Takes what was sent.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let mut all = Self::default();
        for (name, value) in pairs {
            // Nobody types U+0000, and not every database can keep it.
            all.0.entry(name).or_default().push(value.replace('\0', ""));
        }
        all.close_up();
        all
    }

    /// The first value of a name, without blanks around it; empty when there is none.
    pub fn one(&self, name: &str) -> &str {
        self.all(name).first().map_or("", |value| value.trim())
    }

    /// Every value of a name.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The value of a name, unless there is none.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.one(name).to_owned()).filter(|value| !value.is_empty())
    }

    /// Puts one value in the place of whatever a name had.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), vec![value.into()]);
    }

    /// Puts these values in the place of whatever a name had.
    pub fn put_all(&mut self, name: &str, values: impl Iterator<Item = String>) {
        self.0.insert(name.to_owned(), values.collect());
    }

    /// The name of this sheet of a form, drawn when it was first shown: whoever sends the same twice means it once.
    pub fn sheet(&self) -> String {
        self.some("sheet").unwrap_or_else(|| Id::new().to_string())
    }

    /// The key by which the same sheet with the same on it is known again.
    pub fn again(&self) -> Option<Repeatable> {
        self.some("sheet")?;
        let digest = sha256(format!("{:?}", self.0).as_bytes());
        Some(Repeatable { key: format!("form {digest}"), digest })
    }

    /// Every name.
    pub fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    /// Takes over the values of a fact, and of what hangs on it, from elsewhere.
    pub fn take_over(&mut self, from: &Typed, fact: Fact) {
        let path = fact.path();
        let of = |name: &str| name == path || name.strip_prefix(path).is_some_and(|rest| rest.starts_with(['[', '~']));
        self.0.retain(|name, _| !of(name));
        self.0.extend(from.0.iter().filter(|(name, _)| of(name)).map(|(name, values)| (name.clone(), values.clone())));
    }

    /// How many rows a list of objects has.
    pub fn rows(&self, list: Fact) -> usize {
        (0..).take_while(|at| self.has_row(list, *at)).count()
    }

    fn has_row(&self, list: Fact, at: usize) -> bool {
        let place = format!("{}[{at}].", list.path());
        self.0.iter().any(|(name, values)| {
            name.starts_with(&place) && !name.contains('~') && values.iter().any(|v| !v.trim().is_empty())
        })
    }

    /// Numbers the rows of every list anew, the empty ones left out, as the facts will have them.
    fn close_up(&mut self) {
        for list in fact::ALL.iter().filter(|fact| matches!(fact.def().kind, Kind::Items)) {
            let place = format!("{}[", list.path());
            let mut numbers: Vec<usize> =
                self.0.keys().filter_map(|name| name.strip_prefix(&place)?.split(']').next()?.parse().ok()).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let mut next = 0;
            for at in numbers {
                let full = self.has_row(*list, at);
                let (old, new) = (format!("{place}{at}]"), format!("{place}{next}]"));
                let names: Vec<String> = self.0.keys().filter(|name| name.starts_with(&old)).cloned().collect();
                for name in names {
                    if let Some(values) = self.0.remove(&name).filter(|_| full) {
                        self.0.insert(name.replacen(&old, &new, 1), values);
                    }
                }
                next += usize::from(full);
            }
        }
    }

    /// The form as it would be filled from facts.
    pub fn of(facts: &Facts) -> Self {
        let mut all = Self::default();
        for fact in fact::ALL.iter().filter(|fact| fact.list().is_none()) {
            all.put(fact.path(), *fact, facts.get(*fact));
        }
        all
    }

    fn put(&mut self, name: &str, fact: Fact, value: &Value) {
        let words = match value {
            Value::Unknown => return,
            Value::Text(text) => vec![text.to_string()],
            Value::Bool(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
            Value::Whole(number) => vec![number.to_string()],
            Value::Number(number) => vec![number.to_string()],
            Value::Time(at) => return self.put_time(name, *at),
            Value::Choice(_) => value.word(fact).into_iter().map(str::to_owned).collect(),
            Value::Choices(0) => vec![NONE.to_owned()],
            Value::Choices(_) => value.words(fact).into_iter().map(str::to_owned).collect(),
            Value::Countries(codes) => vec![codes.join(", ")],
            Value::Items(items) => return self.put_items(name, fact, items),
        };
        self.0.insert(name.to_owned(), words);
    }

    fn put_items(&mut self, name: &str, list: Fact, items: &[Item]) {
        if items.is_empty() {
            self.set(name, NONE);
        }
        for (at, item) in items.iter().enumerate() {
            for fact in list.items() {
                self.put(&format!("{name}[{at}].{}", fact.key()), *fact, item.get(*fact));
            }
        }
    }

    /// Fills a moment: the minute in Norway, the exact instant behind it, the half of the doubled hour.
    pub fn put_time(&mut self, name: &str, at: DateTime<Utc>) {
        let local = at.with_timezone(&Oslo);
        self.set(name, local.format(MINUTE).to_string());
        self.set(&format!("{name}~was"), at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        if is_doubled(local.naive_local()) {
            self.set(&format!("{name}~zone"), local.offset().abbreviation().unwrap_or_default());
        }
    }

    /// What was typed for a fact, as the contract's JSON; null when it is unknown.
    pub fn json(&self, fact: Fact) -> Result<Json, Vec<FieldError>> {
        self.json_at(fact.path(), fact)
    }

    fn json_at(&self, name: &str, fact: Fact) -> Result<Json, Vec<FieldError>> {
        let one = self.one(name);
        match fact.def().kind {
            Kind::Items => return self.items(name, fact),
            Kind::Choices(_) => return Ok(self.choices(name)),
            _ if one.is_empty() => return Ok(Json::Null),
            Kind::Time => {
                return self.time(name).map(|at| at.map_or(Json::Null, |at| json!(at))).map_err(|why| vec![why]);
            }
            _ => {}
        }
        Ok(match fact.def().kind {
            Kind::Text(_) => one.replace("\r\n", "\n").into(),
            Kind::Bool => match one {
                "yes" => true.into(),
                "no" => false.into(),
                _ => Json::Null,
            },
            Kind::Whole | Kind::Number => return number(name, fact, one).map_err(|why| vec![why]),
            Kind::Countries => {
                let codes = one.split([',', ';', ' ', '\n']).map(|code| code.trim().to_uppercase());
                codes.filter(|code| !code.is_empty()).collect()
            }
            _ => one.into(),
        })
    }

    fn choices(&self, name: &str) -> Json {
        let words: Vec<&String> = self.all(name).iter().filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Json::Null,
            words => words.iter().filter(|word| *word != &NONE).map(|word| Json::from(word.as_str())).collect(),
        }
    }

    fn items(&self, name: &str, list: Fact) -> Result<Json, Vec<FieldError>> {
        let (mut rows, mut wrong) = (Vec::new(), Vec::new());
        for at in 0..self.rows(list) {
            let mut object = Map::new();
            for fact in list.items() {
                match self.json_at(&format!("{name}[{at}].{}", fact.key()), *fact) {
                    Ok(Json::Null) => {}
                    Ok(value) => drop(object.insert(fact.key().to_owned(), value)),
                    Err(more) => wrong.extend(more),
                }
            }
            rows.push(Json::Object(object));
        }
        match (wrong.is_empty(), rows.is_empty()) {
            (false, _) => Err(wrong),
            (true, true) if self.one(name) != NONE => Ok(Json::Null),
            _ => Ok(rows.into()),
        }
    }

    /// The instant that was typed as Norwegian time. An untouched field keeps its exact instant.
    pub fn time(&self, name: &str) -> Result<Option<DateTime<Utc>>, FieldError> {
        let one = self.one(name);
        if one.is_empty() {
            return Ok(None);
        }
        let minute = [
            "%Y-%m-%dT%H:%M",
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%d %H:%M",
            "%d.%m.%Y %H:%M",
            "%d.%m.%Y kl. %H.%M",
            "%d.%m.%Y %H.%M",
        ];
        let typed = minute
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(one, form).ok())
            .ok_or_else(|| FieldError::new(name, "local_not_a_time").with("given", one))?;
        let fault =
            |code: &str| FieldError::new(name, code).with("given", typed.format("%d.%m.%Y kl. %H.%M").to_string());
        let zone = self.one(&format!("{name}~zone")).to_owned();
        let was = DateTime::parse_from_rfc3339(self.one(&format!("{name}~was"))).ok().map(|at| at.to_utc());
        let is_in = |at: DateTime<Utc>| at.with_timezone(&Oslo).offset().abbreviation() == Some(zone.as_str());
        if let Some(was) = was.filter(|was| {
            was.with_timezone(&Oslo).format(MINUTE).to_string() == one && (zone.is_empty() || is_in(*was))
        }) {
            return Ok(Some(was));
        }
        match Oslo.from_local_datetime(&typed) {
            LocalResult::Single(at) => Ok(Some(at.to_utc())),
            LocalResult::None => Err(fault("local_skipped")),
            LocalResult::Ambiguous(first, second) => {
                let both = [first.to_utc(), second.to_utc()];
                both.into_iter().find(|at| is_in(*at)).map(Some).ok_or_else(|| fault("local_twice"))
            }
        }
    }

    /// Whether the moment typed here comes twice, so that the form has to ask which.
    pub fn is_twice(&self, name: &str) -> bool {
        NaiveDateTime::parse_from_str(self.one(name), MINUTE).is_ok_and(is_doubled)
    }
}

fn is_doubled(local: NaiveDateTime) -> bool {
    matches!(Oslo.from_local_datetime(&local), LocalResult::Ambiguous(..))
}

/// Reads a number as people write it: grouped by blanks, with a comma or a point.
fn number(name: &str, fact: Fact, text: &str) -> Result<Json, FieldError> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
    let plain = plain.replace(',', ".").replace('\u{2212}', "-");
    let whole = matches!(fact.def().kind, Kind::Whole);
    let parsed = match plain.parse::<i64>() {
        Ok(number) => Some(Json::from(number)),
        Err(_) => plain.parse::<f64>().ok().and_then(Number::from_f64).map(Json::Number),
    };
    let expected = if whole { "whole" } else { "number" };
    parsed.ok_or_else(|| {
        FieldError::new(name, "wrong_type").with("expected", expected).with("given", format!("«{text}»"))
    })
}

/// Puts a value at a fact's place in a tree of JSON.
pub fn place(tree: &mut Map<String, Json>, path: &str, value: Json) {
    match path.split_once('.') {
        None => drop(tree.insert(path.to_owned(), value)),
        Some((first, rest)) => {
            if let Json::Object(inner) = tree.entry(first).or_insert_with(|| Json::Object(Map::new())) {
                place(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn facts_survive_the_way_through_a_form() {
        for file in
            std::fs::read_dir("tests/cases").unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file())
        {
            let case: Json = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
            let facts = Facts::from_json(case.get("facts").or(case.get("incident")).unwrap_or(&case)).unwrap();
            let form = Typed::of(&facts);
            let mut tree = Map::new();
            for fact in fact::ALL.iter().filter(|fact| fact.list().is_none()) {
                place(&mut tree, fact.path(), form.json(*fact).unwrap());
            }
            assert_eq!(Facts::from_json(&tree.into()).unwrap(), facts);
        }
    }

    #[test]
    fn the_hour_that_comes_twice_is_asked_about_and_the_one_that_never_comes_is_refused() {
        let name = "timeline.known_at";
        assert_eq!(typed(&[(name, "2026-10-25T02:30")]).time(name).unwrap_err().code, "local_twice");
        let summer =
            typed(&[(name, "2026-10-25T02:30"), ("timeline.known_at~zone", "CEST")]).time(name).unwrap().unwrap();
        let winter =
            typed(&[(name, "2026-10-25T02:30"), ("timeline.known_at~zone", "CET")]).time(name).unwrap().unwrap();
        assert_eq!((winter - summer).num_minutes(), 60);
        assert_eq!(typed(&[(name, "2026-03-29T02:30")]).time(name).unwrap_err().code, "local_skipped");
        assert_eq!(typed(&[(name, "i går")]).time(name).unwrap_err().code, "local_not_a_time");
    }

    #[test]
    fn an_untouched_moment_keeps_its_seconds() {
        let at = DateTime::parse_from_rfc3339("2026-10-23T12:10:42.5Z").unwrap().to_utc();
        let mut form = Typed::default();
        form.put_time("x", at);
        assert_eq!(form.time("x").unwrap(), Some(at));
        form.set("x", "2026-10-23T14:11");
        assert_eq!(form.time("x").unwrap().unwrap().to_rfc3339(), "2026-10-23T12:11:00+00:00");
    }

    #[test]
    fn empty_rows_are_left_out_and_none_differs_from_unknown() {
        let form = typed(&[
            ("services.areas[0].name", " "),
            ("services.areas[3].name", "Alta"),
            ("services.areas[3].customers_affected", "1 200"),
        ]);
        assert_eq!(form.json(Fact::Areas).unwrap(), json!([{ "name": "Alta", "customers_affected": 1200 }]));
        assert_eq!(typed(&[]).json(Fact::Areas).unwrap(), Json::Null);
        assert_eq!(typed(&[("services.areas", NONE)]).json(Fact::Areas).unwrap(), json!([]));
        assert_eq!(typed(&[("cause.nature", NONE)]).json(Fact::Nature).unwrap(), json!([]));
        assert_eq!(
            typed(&[("services.customers_affected", "mange")]).json(Fact::CustomersAffected).unwrap_err()[0].code,
            "wrong_type"
        );
    }
}
