//! Every single setting in one list: the form, the API, the checks and the history are made from it.

use serde_json::{Value, json};

use super::{Company, Organisation, Settings};
use crate::error::{Error, FieldError};
use crate::law::{Thresholds, parse};

/// What a setting holds, and so what is right for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// One line of at most so many characters.
    Text(usize),
    /// An e-mail address.
    Email,
    /// A telephone number as people write it.
    Phone,
    /// A Norwegian organisation number: nine digits, the last of which checks the others.
    OrgNumber,
    /// Yes or no.
    Switch,
    /// A number from nought to this; empty gives the default back.
    Number(f64),
    /// The same, without decimals.
    Whole(f64),
}

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Where it stands, as `thresholds.enisa[0].share`.
    pub path: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be given.
    pub must: bool,
}

const fn may(path: &'static str, kind: Kind) -> Field {
    Field { path, kind, must: false }
}
const fn must(path: &'static str, kind: Kind) -> Field {
    Field { path, kind, must: true }
}
/// The longest duration a threshold can ask for, in minutes: a year.
const MINUTES: Kind = Kind::Number(525_600.0);
const SHARE: Kind = Kind::Number(100.0);

/// Every setting, in the order of the page.
pub static FIELDS: [Field; 30] = [
    must("company.name", Kind::Text(200)),
    may("company.org_number", Kind::OrgNumber),
    may("company.address", Kind::Text(300)),
    may("company.telephone", Kind::Phone),
    may("company.contact_name", Kind::Text(200)),
    may("company.contact_email", Kind::Email),
    may("company.contact_phone", Kind::Phone),
    may("company.dpo_name", Kind::Text(200)),
    may("company.dpo_email", Kind::Email),
    may("company.dpo_phone", Kind::Phone),
    must("company.nkom_email", Kind::Email),
    may("company.four_eyes", Kind::Switch),
    may("organisation.regulation_611", Kind::Switch),
    may("organisation.digital_security_act", Kind::Switch),
    may("organisation.security_act", Kind::Switch),
    may("organisation.trust_service", Kind::Switch),
    may("thresholds.main_service_share", SHARE),
    may("thresholds.loss_minutes", MINUTES),
    may("thresholds.disclosed_persons", Kind::Whole(100_000_000.0)),
    may("thresholds.user_hours", Kind::Number(1e12)),
    may("thresholds.enisa[0].minutes", MINUTES),
    may("thresholds.enisa[0].share", SHARE),
    may("thresholds.enisa[1].minutes", MINUTES),
    may("thresholds.enisa[1].share", SHARE),
    may("thresholds.enisa[2].minutes", MINUTES),
    may("thresholds.enisa[2].share", SHARE),
    may("thresholds.enisa[3].minutes", MINUTES),
    may("thresholds.enisa[3].share", SHARE),
    may("thresholds.enisa[4].minutes", MINUTES),
    may("thresholds.enisa[4].share", SHARE),
];

impl Field {
    /// Where it stands in a tree of JSON.
    pub fn pointer(&self) -> String {
        format!("/{}", self.path.replace('[', ".").replace(']', "").replace('.', "/"))
    }

    /// Whether incidents are judged by it.
    pub fn judges(&self) -> bool {
        !self.path.starts_with("company.")
    }

    /// The value that stands until somebody has saved another.
    pub fn default(&self) -> Value {
        Settings::default().tree().pointer(&self.pointer()).cloned().unwrap_or_default()
    }

    /// The value as it is kept, or what is wrong with it.
    fn check(&self, given: &Value) -> Result<Value, FieldError> {
        let wrong_type = |expected: &str| {
            let given: String =
                given.as_str().map_or_else(|| given.to_string(), str::to_owned).chars().take(60).collect();
            Err(FieldError::new(self.path, "wrong_type").with("expected", expected).with("given", given))
        };
        match (self.kind, given) {
            (Kind::Switch, Value::Bool(_)) => Ok(given.clone()),
            (Kind::Switch, Value::Null) => Ok(Value::Bool(false)),
            (Kind::Switch, _) => wrong_type("bool"),
            (Kind::Number(_) | Kind::Whole(_), Value::Null) => Ok(self.default()),
            (Kind::Number(most) | Kind::Whole(most), Value::Number(number)) => {
                let number = number.as_f64().unwrap_or(f64::MAX);
                if !(0.0..=most).contains(&number) {
                    return Err(FieldError::new(self.path, "outside_range").with("from", 0).with("to", figure(most)));
                }
                if matches!(self.kind, Kind::Whole(_)) && number.fract() != 0.0 {
                    return Err(FieldError::new(self.path, "not_whole").with("given", number));
                }
                Ok(figure(number))
            }
            (Kind::Number(_) | Kind::Whole(_), _) => wrong_type("number"),
            (_, Value::Null) => self.text(""),
            (_, Value::String(text)) => self.text(text),
            (_, _) => wrong_type("text"),
        }
    }

    fn text(&self, given: &str) -> Result<Value, FieldError> {
        let text = given.split_whitespace().collect::<Vec<_>>().join(" ");
        let most = if let Kind::Text(most) = self.kind { most } else { 254 };
        let length = text.chars().count();
        if text.is_empty() {
            return if self.must { Err(FieldError::new(self.path, "missing")) } else { Ok(text.into()) };
        }
        if length > most {
            return Err(FieldError::new(self.path, "too_long").with("max", most).with("given", length));
        }
        let not = |code: &str| Err(FieldError::new(self.path, code).with("given", text.clone()));
        match self.kind {
            Kind::Email if !crate::account::looks_like_email(&text) => not("not_an_email"),
            Kind::Phone if !looks_like_phone(&text) => not("not_a_phone"),
            Kind::OrgNumber => {
                let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
                if is_org_number(&digits) { Ok(digits.into()) } else { not("not_an_org_number") }
            }
            _ => Ok(text.into()),
        }
    }
}

fn looks_like_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (3..=15).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +()-".contains(c))
}

/// Whether these are nine digits of which the last checks the first eight (modulo 11).
pub fn is_org_number(digits: &str) -> bool {
    const WEIGHTS: [u32; 8] = [3, 2, 7, 6, 5, 4, 3, 2];
    let Some(figures) = digits.chars().map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>() else { return false };
    let [first @ .., check] = figures.as_slice() else { return false };
    let sum: u32 = first.iter().zip(WEIGHTS).map(|(figure, weight)| figure * weight).sum();
    first.len() == WEIGHTS.len() && first.first() != Some(&0) && (11 - sum % 11) % 11 == *check
}

/// A number in JSON, without a decimal point where it has no decimals.
fn figure(number: f64) -> Value {
    number.to_string().parse::<i64>().map_or_else(|_| number.into(), Value::from)
}

impl Settings {
    /// The settings as JSON, as the API and the history have them.
    pub fn tree(&self) -> Value {
        let numbers = &self.thresholds;
        let row = |(minutes, share): &(f64, f64)| json!({ "minutes": figure(*minutes), "share": figure(*share) });
        json!({
            "company": self.company, "organisation": self.organisation,
            "thresholds": {
                "main_service_share": figure(numbers.main_service_share), "loss_minutes": figure(numbers.loss_minutes),
                "disclosed_persons": figure(numbers.disclosed_persons), "user_hours": figure(numbers.user_hours),
                "enisa": numbers.enisa.iter().map(row).collect::<Vec<_>>(),
            },
        })
    }

    /// These settings with what is given laid over them; what is left out stays as it is.
    ///
    /// # Errors
    /// Every fault at once, each with the path of its field.
    pub fn with(&self, given: &Value) -> Result<Self, Error> {
        let (mut tree, mut wrong) = (self.tree(), Vec::new());
        lay(&mut tree, given, "", &mut wrong);
        for field in &FIELDS {
            let pointer = field.pointer();
            let told = wrong.iter().any(|fault| field.path.starts_with(&fault.path));
            if let (Some(place), false) = (tree.pointer_mut(&pointer), told) {
                match field.check(place) {
                    Ok(value) => *place = value,
                    Err(fault) => wrong.push(fault),
                }
            }
        }
        if wrong.is_empty() { Self::of_tree(&tree) } else { Err(Error::Invalid(wrong)) }
    }

    fn of_tree(tree: &Value) -> Result<Self, Error> {
        let company: Company = serde_json::from_value(tree["company"].clone()).map_err(Error::internal)?;
        let organisation: Organisation =
            serde_json::from_value(tree["organisation"].clone()).map_err(Error::internal)?;
        let number = |place: &Value| place.as_f64().unwrap_or_default();
        let numbers = &tree["thresholds"];
        let row = |at: usize| (number(&numbers["enisa"][at]["minutes"]), number(&numbers["enisa"][at]["share"]));
        let thresholds = Thresholds {
            main_service_share: number(&numbers["main_service_share"]),
            loss_minutes: number(&numbers["loss_minutes"]),
            disclosed_persons: number(&numbers["disclosed_persons"]),
            user_hours: number(&numbers["user_hours"]),
            enisa: [row(0), row(1), row(2), row(3), row(4)],
        };
        Ok(Self { company, organisation, thresholds })
    }

    /// Which settings differ in others, and how: path, from, to.
    pub fn changes(&self, new: &Self) -> Vec<(Field, Value)> {
        let (before, after) = (self.tree(), new.tree());
        let one = |field: &Field| {
            let of = |tree: &Value| tree.pointer(&field.pointer()).cloned().unwrap_or_default();
            let (from, to) = (of(&before), of(&after));
            (from != to).then(|| (*field, json!({ "path": field.path, "from": from, "to": to })))
        };
        FIELDS.iter().filter_map(one).collect()
    }
}

/// Lays what is given over a tree; what the tree has no place for is a fault.
fn lay(tree: &mut Value, given: &Value, path: &str, wrong: &mut Vec<FieldError>) {
    match (tree, given) {
        (Value::Object(tree), Value::Object(given)) => {
            for (key, value) in given {
                let here = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                if let Some(inner) = tree.get_mut(key) {
                    lay(inner, value, &here, wrong);
                    continue;
                }
                let fault = FieldError::new(here, "unknown_key");
                wrong.push(match parse::nearest(key, tree.keys().map(String::as_str)) {
                    Some(nearest) => fault.with("nearest", nearest),
                    None => fault,
                });
            }
        }
        (Value::Array(tree), Value::Array(given)) if tree.len() == given.len() => {
            for (at, (inner, value)) in tree.iter_mut().zip(given).enumerate() {
                lay(inner, value, &format!("{path}[{at}]"), wrong);
            }
        }
        (Value::Array(tree), Value::Array(given)) => {
            wrong.push(FieldError::new(path, "wrong_length").with("max", tree.len()).with("given", given.len()));
        }
        (Value::Object(_), other) => {
            wrong.push(FieldError::new(path, "wrong_type").with("expected", "object").with("given", other.to_string()))
        }
        (Value::Array(_), other) => {
            wrong.push(FieldError::new(path, "wrong_type").with("expected", "list").with("given", other.to_string()))
        }
        (place, value) => *place = value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, has, path_key};

    #[test]
    fn an_organisation_number_is_checked_by_its_last_digit() {
        for right in ["974760673", "971526920", "889640782", "982463718"] {
            assert!(is_org_number(right), "{right}");
        }
        for wrong in ["974760674", "97476067", "9747606733", "", "97476067x", "123456789", "000000000"] {
            assert!(!is_org_number(wrong), "{wrong}");
        }
    }

    #[test]
    fn every_setting_has_a_place_and_its_words() {
        for field in &FIELDS {
            let tree = Settings::default().tree();
            assert!(tree.pointer(&field.pointer()).is_some(), "{}", field.path);
            let mut keys = vec![format!("setting-{}", path_key(field.path))];
            if !field.path.contains('[') {
                keys.push(format!("setting-{}-help", path_key(field.path)));
            }
            for (lang, key) in Lang::ALL.into_iter().flat_map(|lang| keys.iter().map(move |key| (lang, key))) {
                assert!(has(lang, key), "{lang}: {key}");
            }
        }
    }

    #[test]
    fn settings_go_through_their_tree_unchanged_and_say_what_differs() {
        let old = Settings::default();
        assert_eq!(Settings::of_tree(&old.tree()).unwrap(), old);
        let new = old
            .with(&json!({ "company": { "org_number": "974 760 673" }, "thresholds": { "loss_minutes": 20.5 } }))
            .unwrap();
        assert_eq!((new.company.org_number.as_str(), new.thresholds.loss_minutes), ("974760673", 20.5));
        let changed: Vec<&str> = old.changes(&new).iter().map(|(field, _)| field.path).collect();
        assert_eq!(changed, ["company.org_number", "thresholds.loss_minutes"]);
        assert_eq!(
            new.with(&json!({ "thresholds": { "loss_minutes": null } })).unwrap().thresholds,
            old.thresholds,
            "null gives the default back"
        );
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_path() {
        let given = json!({
            "company": { "name": " ", "org_number": "974760674", "contact_phone": "ring oss", "dpo_email": "x", "nmae": "y" },
            "organisation": { "trust_service": "yes" },
            "thresholds": { "main_service_share": 101, "disclosed_persons": 1.5, "enisa": [] },
        });
        let Err(Error::Invalid(wrong)) = Settings::default().with(&given) else { panic!("taken") };
        let mut told: Vec<(&str, &str)> =
            wrong.iter().map(|fault| (fault.path.as_str(), fault.code.as_str())).collect();
        told.sort_unstable();
        assert_eq!(
            told,
            [
                ("company.contact_phone", "not_a_phone"),
                ("company.dpo_email", "not_an_email"),
                ("company.name", "missing"),
                ("company.nmae", "unknown_key"),
                ("company.org_number", "not_an_org_number"),
                ("organisation.trust_service", "wrong_type"),
                ("thresholds.disclosed_persons", "not_whole"),
                ("thresholds.enisa", "wrong_length"),
                ("thresholds.main_service_share", "outside_range"),
            ]
        );
    }
}
