//! Reads the contract's JSON into [`Facts`]: every error names its field, nothing is silently dropped.

use super::fact::{self, Fact, Kind};
use super::fault::{FactError, Problem};
use super::json::read;
use super::value::{Facts, Item, Value};
use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use serde_json::{Map, Value as Json};

/// The largest count a field takes: more than all people there are.
const MOST: u64 = 1_000_000_000_000;
/// The most objects a list takes: more than there are municipalities and urban areas, or business customers.
const MOST_OBJECTS: usize = 1_000;
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

impl Facts {
    /// Reads the contract's JSON.
    ///
    /// # Errors
    /// Every field that is wrong, each with its path; contradictions only when the fields themselves are right.
    pub fn parse(bytes: &[u8]) -> Result<Facts, Vec<FactError>> {
        Facts::from_json(&read(bytes).map_err(|error| vec![error])?)
    }

    /// Reads facts from JSON that is already a tree.
    ///
    /// # Errors
    /// As [`Facts::parse`].
    pub fn from_json(json: &Json) -> Result<Facts, Vec<FactError>> {
        let facts = Facts::from_stored(json)?;
        let contradictions = super::contradiction::find(&facts);
        if contradictions.is_empty() { Ok(facts) } else { Err(contradictions) }
    }

    /// Reads facts that were accepted once; what counts as a contradiction may have grown stricter since.
    ///
    /// # Errors
    /// Every field that is wrong, each with its path.
    pub fn from_stored(json: &Json) -> Result<Facts, Vec<FactError>> {
        let mut reader = Reader::default();
        let mut facts = Facts::default();
        match json {
            Json::Object(top) => reader.object(top, "", &mut |fact, value| facts.values[fact as usize] = value),
            other => reader.wrong("", "object", other),
        }
        if reader.errors.is_empty() { Ok(facts) } else { Err(reader.errors) }
    }

    /// The facts after a JSON merge patch (RFC 7396): null makes a fact unknown again.
    ///
    /// # Errors
    /// As [`Facts::parse`], of the result.
    pub fn patched(&self, patch: &Json) -> Result<Facts, Vec<FactError>> {
        let mut json = self.to_json();
        merge(&mut json, patch);
        Facts::from_json(&json)
    }
}

fn merge(target: &mut Json, patch: &Json) {
    match (target, patch) {
        (Json::Object(target), Json::Object(patch)) => {
            for (key, value) in patch {
                merge(target.entry(key.as_str()).or_insert(Json::Null), value);
            }
        }
        (target, Json::Object(_)) => {
            *target = Json::Object(Map::new());
            merge(target, patch);
        }
        (target, _) => *target = patch.clone(),
    }
}

#[derive(Default)]
struct Reader {
    errors: Vec<FactError>,
}

impl Reader {
    fn fail(&mut self, path: &str, problem: Problem) {
        self.errors.push(FactError::new(path, problem));
    }

    fn wrong(&mut self, path: &str, expected: &'static str, given: &Json) {
        let given = match given {
            Json::Null => "null".to_owned(),
            Json::Array(_) => "a list".to_owned(),
            Json::Object(_) => "an object".to_owned(),
            other => shorten(&other.to_string()),
        };
        self.fail(path, Problem::WrongType { expected, given });
    }

    /// Reads the object at a table prefix (`""`, `services.` …), which may hold facts and further objects.
    fn object(&mut self, object: &Map<String, Json>, prefix: &str, put: &mut dyn FnMut(Fact, Value)) {
        if prefix.is_empty() && object.get("title").is_none_or(Json::is_null) {
            self.fail("title", Problem::Missing);
        }
        for (key, json) in object {
            let path = format!("{prefix}{key}");
            if let Some(fact) = fact::Fact::by_path(&path) {
                if let Some(value) = self.value(fact, &path, json) {
                    put(fact, value);
                }
            } else if fact::ALL
                .iter()
                .any(|fact| fact.path().strip_prefix(&path).is_some_and(|rest| rest.starts_with('.')))
            {
                match json {
                    Json::Null => {}
                    Json::Object(inner) => self.object(inner, &format!("{path}."), put),
                    other => self.wrong(&path, "object", other),
                }
            } else {
                self.fail(&path, Problem::UnknownKey { nearest: nearest_key(prefix, key) });
            }
        }
    }

    fn value(&mut self, fact: Fact, path: &str, json: &Json) -> Option<Value> {
        if json.is_null() {
            return None;
        }
        match (fact.def().kind, json) {
            (Kind::Text(max), Json::String(text)) => self.text(path, text, max),
            (Kind::Bool, Json::Bool(yes)) => Some(Value::Bool(*yes)),
            (Kind::Whole, Json::Number(number)) => self.whole(path, number),
            (Kind::Number, Json::Number(number)) => self.number(path, number),
            (Kind::Time, Json::String(text)) => self.time(path, text),
            (Kind::Choice(words), Json::String(word)) => self.word(path, words, word).map(Value::Choice),
            (Kind::Choices(words), Json::Array(list)) => Some(self.words(path, words, list)),
            (Kind::Countries, Json::Array(list)) => Some(self.countries(path, list)),
            (Kind::Items, Json::Array(list)) => Some(self.items(fact, path, list)),
            (kind, other) => {
                self.wrong(path, expected(kind), other);
                None
            }
        }
    }

    fn text(&mut self, path: &str, text: &str, max: usize) -> Option<Value> {
        let length = text.chars().count();
        if path == "title" && text.trim().is_empty() {
            self.fail(path, Problem::Empty);
        } else if text.contains('\0') {
            self.fail(path, Problem::Unprintable);
        } else if length > max {
            self.fail(path, Problem::TooLong { max, given: length });
        } else {
            return Some(Value::Text(text.into()));
        }
        None
    }

    fn whole(&mut self, path: &str, number: &serde_json::Number) -> Option<Value> {
        let given = || number.to_string();
        let problem = match (number.as_u64(), number.as_f64()) {
            (Some(whole), _) if whole <= MOST => return Some(Value::Whole(whole)),
            (Some(_), _) => Problem::TooLarge { max: MOST, given: given() },
            (None, Some(number)) if number < 0.0 => Problem::Negative { given: given() },
            _ => Problem::NotWhole { given: given() },
        };
        self.fail(path, problem);
        None
    }

    fn number(&mut self, path: &str, number: &serde_json::Number) -> Option<Value> {
        let given = || number.to_string();
        let value = number.as_f64().unwrap_or(f64::MAX);
        if value < 0.0 {
            self.fail(path, Problem::Negative { given: given() });
        } else if value > 1e6 {
            self.fail(path, Problem::TooLarge { max: 1_000_000, given: given() });
        } else {
            return Some(Value::Number(value));
        }
        None
    }

    fn time(&mut self, path: &str, text: &str) -> Option<Value> {
        match DateTime::parse_from_rfc3339(text) {
            Ok(at) => return Some(Value::Time(at.with_timezone(&Utc).trunc_subsecs(6))),
            Err(_) if has_no_offset(text) => self.fail(path, Problem::NoOffset { given: shorten(text) }),
            Err(_) => self.fail(path, Problem::NotATime { given: shorten(text) }),
        }
        None
    }

    fn word(&mut self, path: &str, words: &'static [&'static str], word: &str) -> Option<u8> {
        let found = words.iter().position(|known| *known == word).and_then(|at| u8::try_from(at).ok());
        if found.is_none() {
            let nearest = nearest(word, words.iter().copied());
            self.fail(path, Problem::WrongChoice { given: shorten(word), choices: words.to_vec(), nearest });
        }
        found
    }

    fn words(&mut self, path: &str, words: &'static [&'static str], list: &[Json]) -> Value {
        let mut bits = 0;
        for (i, json) in list.iter().enumerate() {
            let path = format!("{path}[{i}]");
            match json {
                Json::String(word) => bits |= self.word(&path, words, word).map_or(0, |word| 1 << word),
                other => self.wrong(&path, "choice", other),
            }
        }
        Value::Choices(bits)
    }

    fn countries(&mut self, path: &str, list: &[Json]) -> Value {
        let mut codes = Vec::with_capacity(list.len());
        for (i, json) in list.iter().enumerate() {
            let path = format!("{path}[{i}]");
            match json {
                Json::String(code) if COUNTRIES.split(' ').any(|known| known == code) => {
                    codes.push(code.as_str().into())
                }
                Json::String(code) => self.fail(&path, Problem::NotACountry { given: shorten(code) }),
                other => self.wrong(&path, "country", other),
            }
        }
        Value::Countries(codes.into())
    }

    fn items(&mut self, list: Fact, path: &str, objects: &[Json]) -> Value {
        let facts = list.items();
        let mut items = Vec::with_capacity(objects.len());
        // Each of a thousand controllers may be told, some twice, and the authorities besides.
        let most = if list == Fact::Sent { 4 * MOST_OBJECTS } else { MOST_OBJECTS };
        if objects.len() > most {
            self.fail(path, Problem::TooLarge { max: most as u64, given: objects.len().to_string() });
            return Value::Items(Box::default());
        }
        for (i, json) in objects.iter().enumerate() {
            let here = format!("{path}[{i}]");
            let Json::Object(object) = json else {
                self.wrong(&here, "object", json);
                continue;
            };
            let mut values = vec![Value::Unknown; facts.len()];
            for (key, json) in object {
                let here = format!("{here}.{key}");
                match facts.iter().position(|fact| fact.key() == key) {
                    Some(at) => values[at] = self.value(facts[at], &here, json).unwrap_or_default(),
                    None => {
                        let nearest = nearest(key, facts.iter().map(|fact| fact.key())).map(str::to_owned);
                        self.fail(&here, Problem::UnknownKey { nearest });
                    }
                }
            }
            items.push(Item { first: facts[0], values: values.into() });
        }
        Value::Items(items.into())
    }
}

fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "text",
        Kind::Bool => "bool",
        Kind::Whole => "whole",
        Kind::Number => "number",
        Kind::Time => "time",
        Kind::Choice(_) => "choice",
        Kind::Choices(_) | Kind::Countries | Kind::Items => "list",
    }
}

/// A time that would be right if it only had an offset: with `T` or a blank, with or without seconds.
fn has_no_offset(text: &str) -> bool {
    let text = text.replacen(' ', "T", 1);
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"].iter().any(|form| NaiveDateTime::parse_from_str(&text, form).is_ok())
        || chrono::NaiveDate::parse_from_str(&text, "%Y-%m-%d").is_ok()
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn nearest_key(prefix: &str, key: &str) -> Option<String> {
    let mut keys: Vec<&str> = Vec::new();
    for fact in fact::ALL.iter().filter(|fact| !fact.path().contains("[]")) {
        if let Some(rest) = fact.path().strip_prefix(prefix) {
            keys.push(rest.split('.').next().unwrap_or(rest));
        }
    }
    if let Some(near) = nearest(key, keys.into_iter()) {
        return Some(format!("{prefix}{near}"));
    }
    // A key that is right elsewhere: `known_at` beside the timeline, not in it.
    fact::ALL.iter().find(|fact| fact.key() == key).map(|fact| fact.path().to_owned())
}

/// The nearest word within a third of its length by edit distance.
pub fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let given: Vec<char> = given.chars().take(64).collect();
    known
        .map(|word| (distance(&given, word), word))
        .filter(|(distance, word)| *distance <= 1 + word.len() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Levenshtein's distance with neighbours swapped counted as one.
fn distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
