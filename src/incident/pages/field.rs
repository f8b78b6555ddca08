//! A field of a form as the template takes it: one generic form is made from the law's table of facts.

use serde::Serialize;

use super::typed::{NONE, Typed};
use crate::error::FieldError;
use crate::i18n::{self, Lang};
use crate::law::Fact;
use crate::law::fact::Kind;

/// A field, its words in the reader's language.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Field {
    /// Where links and labels point.
    pub id: String,
    /// What the form sends it as.
    pub name: String,
    label: String,
    help: String,
    value: String,
    wrong: Option<String>,
    described: Option<String>,
    text: bool,
    long: bool,
    number: bool,
    moment: bool,
    radio: bool,
    boxes: bool,
    optional: bool,
    picks: Vec<Pick>,
    options: Option<Vec<Pick>>,
    rows: Option<Vec<Row>>,
    was: Option<String>,
    zone: Option<Vec<Pick>>,
    /// Whether the cursor stands here when the page opens.
    pub first: bool,
}

/// A choice to tick.
#[derive(Clone, Debug, Serialize)]
pub struct Pick {
    id: String,
    value: String,
    label: String,
    checked: bool,
    /// The visible «unknown».
    open: bool,
    /// The answer that unfolds more.
    yes: bool,
}

/// One object of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    number: usize,
    spare: bool,
    fields: Vec<Field>,
}

/// What a form is filled with.
#[derive(Clone, Copy)]
pub struct Filling<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// What stands in the fields.
    pub typed: &'a Typed,
    /// What was wrong with it.
    pub wrong: &'a [FieldError],
    /// Keeps the ids of two forms on one page apart.
    pub prefix: &'a str,
}

/// The id of a field.
pub fn id(prefix: &str, name: &str) -> String {
    let mut id = prefix.to_owned();
    for c in name.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || c == '_' => id.push(c),
            c if c.is_ascii() => id.push('-'),
            // Two customers' names stay apart though they differ in a letter that no id should hold.
            c => id.push_str(&format!("u{:x}", u32::from(c))),
        }
    }
    id
}

impl Filling<'_> {
    /// The field of a fact.
    pub fn fact(&self, fact: Fact) -> Field {
        self.fact_at(fact.path(), fact)
    }

    fn fact_at(&self, name: &str, fact: Fact) -> Field {
        let mut field = self.plain(name);
        field.label = i18n::fact(self.lang, fact.path());
        field.help = i18n::fact_help(self.lang, fact.path());
        field.optional = fact != Fact::Title;
        match fact.def().kind {
            Kind::Text(most) => {
                (field.long, field.text) = (most > 200, most <= 200);
            }
            Kind::Countries => field.text = true,
            Kind::Whole | Kind::Number => field.number = true,
            Kind::Time => self.moment(&mut field),
            Kind::Bool => {
                field.radio = true;
                field.picks = self.bool_picks(name, fact.def().claim);
            }
            Kind::Choice(words) => {
                field.radio = true;
                field.picks = words.iter().map(|word| self.pick(name, word, self.choice(fact, word))).collect();
                field.picks.push(self.open(name));
            }
            Kind::Choices(words) => {
                field.boxes = true;
                field.picks = words.iter().map(|word| self.pick(name, word, self.choice(fact, word))).collect();
                field.picks.push(self.pick(name, NONE, i18n::text(self.lang, "page-none-of-these")));
            }
            Kind::Items => {
                field.boxes = self.typed.rows(fact) == 0;
                field.rows = Some(self.rows(name, fact));
                field.picks = vec![self.pick(name, NONE, i18n::text(self.lang, "page-list-none"))];
            }
        }
        field.describe();
        field
    }

    fn choice(&self, fact: Fact, word: &str) -> String {
        if fact == Fact::SentDuty {
            i18n::text(self.lang, &format!("duty-{word}"))
        } else {
            i18n::choice(self.lang, fact.path(), word)
        }
    }

    /// A field that is no fact: its words stand under `page-field-<name>`.
    pub fn own(&self, name: &str, of: fn(&mut Field)) -> Field {
        let mut field = self.plain(name);
        field.label = i18n::text(self.lang, &format!("page-field-{name}"));
        field.help = i18n::find(self.lang, &format!("page-field-{name}-help"), &[]).unwrap_or_default();
        of(&mut field);
        if field.moment {
            self.moment(&mut field);
        }
        field.describe();
        field
    }

    /// A field of our own with choices: value and words.
    pub fn choose(&self, name: &str, words: &[(&str, String)]) -> Field {
        let mut field = self.own(name, |field| field.radio = true);
        field.picks = words.iter().map(|(value, words)| self.pick(name, value, words.clone())).collect();
        field
    }

    /// A field of our own with boxes to tick; none ticked says none.
    pub fn tick(&self, name: &str, words: &[(&str, String)]) -> Field {
        let mut field = self.choose(name, words);
        field.radio = false;
        field
    }

    /// Whether something was wrong with a field.
    pub fn is_wrong(&self, name: &str) -> bool {
        self.plain(name).wrong.is_some()
    }

    /// A field of our own with choices in a list that unfolds.
    pub fn select(&self, name: &str, words: &[(&str, String)]) -> Field {
        let mut field = self.choose(name, words);
        field.radio = false;
        field.options = Some(std::mem::take(&mut field.picks));
        field
    }

    fn plain(&self, name: &str) -> Field {
        let base = |path: &str| {
            path.strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || (rest.starts_with('[') && !rest.contains("].")))
        };
        let wrong: Vec<String> =
            self.wrong.iter().filter(|wrong| base(&wrong.path)).map(|wrong| wrong.message(self.lang)).collect();
        Field {
            id: id(self.prefix, name),
            name: name.to_owned(),
            value: self.typed.one(name).to_owned(),
            wrong: (!wrong.is_empty()).then(|| wrong.join(" ")),
            ..Field::default()
        }
    }

    fn moment(&self, field: &mut Field) {
        field.moment = true;
        field.was = self.typed.some(&format!("{}~was", field.name));
        let name = format!("{}~zone", field.name);
        if self.typed.is_twice(&field.name) {
            let zones = [("CEST", "page-zone-first"), ("CET", "page-zone-second")];
            field.zone =
                Some(zones.iter().map(|(zone, key)| self.pick(&name, zone, i18n::text(self.lang, key))).collect());
        }
    }

    fn bool_picks(&self, name: &str, claim: bool) -> Vec<Pick> {
        let mut yes = self.pick(name, "yes", i18n::text(self.lang, "page-yes"));
        yes.yes = true;
        let mut open = self.open(name);
        if claim {
            open.label = i18n::text(self.lang, "page-not-claimed");
        }
        vec![yes, self.pick(name, "no", i18n::text(self.lang, "page-no")), open]
    }

    fn pick(&self, name: &str, value: &str, label: String) -> Pick {
        let checked = self.typed.all(name).iter().any(|typed| typed == value);
        Pick {
            id: id(self.prefix, &format!("{name}-{value}")),
            value: value.to_owned(),
            label,
            checked,
            open: false,
            yes: value == "occurred" || value == "may_occur",
        }
    }

    fn open(&self, name: &str) -> Pick {
        let checked = self.typed.one(name).is_empty();
        Pick {
            // Some lists have «unknown» among their words, which is an answer; this is none.
            id: id(self.prefix, &format!("{name}-open")),
            value: String::new(),
            label: i18n::text(self.lang, "page-dont-know"),
            checked,
            open: true,
            yes: false,
        }
    }

    fn rows(&self, name: &str, list: Fact) -> Vec<Row> {
        let filled = self.typed.rows(list);
        let row = |at: usize| Row {
            number: at + 1,
            spare: at == filled,
            fields: list
                .items()
                .iter()
                .map(|fact| self.fact_at(&format!("{name}[{at}].{}", fact.key()), *fact))
                .collect(),
        };
        (0..=filled).map(row).collect()
    }
}

impl Field {
    /// Gives the field the words of a fact.
    pub fn name_after(&mut self, lang: Lang, fact: Fact) {
        self.label = i18n::fact(lang, fact.path());
        self.help = i18n::fact_help(lang, fact.path());
        self.describe();
    }
    /// Names what a reader of the screen should hear with the field: its help, and what is wrong.
    fn describe(&mut self) {
        let parts = [("help", !self.help.is_empty()), ("wrong", self.wrong.is_some())];
        let ids: Vec<String> =
            parts.iter().filter(|(_, is)| *is).map(|(part, _)| format!("{}-{part}", self.id)).collect();
        self.described = (!ids.is_empty()).then(|| ids.join(" "));
    }
    /// One line of text.
    pub fn one_line(&mut self) {
        self.text = true;
    }
    /// Several lines that must be given.
    pub fn lines(&mut self) {
        self.long = true;
    }
    /// A moment in Norwegian time.
    pub fn at(&mut self) {
        self.moment = true;
    }
}

/// The summary on top of a form that was refused: every fault with the field it is at.
pub fn summary(lang: Lang, prefix: &str, wrong: &[FieldError], fields: &[String]) -> Vec<serde_json::Value> {
    let place = |fault: &FieldError| {
        fields.iter().position(|name| fault.path.starts_with(name.as_str())).unwrap_or(fields.len())
    };
    let mut wrong: Vec<&FieldError> = wrong.iter().collect();
    wrong.sort_by_key(|fault| place(fault));
    let line = |fault: &FieldError| {
        let name = fields.iter().filter(|name| fault.path.starts_with(name.as_str())).max_by_key(|name| name.len());
        let of_fact = Some(i18n::fact(lang, &fault.path)).filter(|label| *label != fault.path);
        let label = of_fact.or_else(|| i18n::find(lang, &format!("page-field-{}", fault.path), &[]));
        serde_json::json!({ "id": name.map(|name| id(prefix, name)), "label": label, "message": fault.message(lang) })
    };
    wrong.into_iter().map(line).collect()
}
