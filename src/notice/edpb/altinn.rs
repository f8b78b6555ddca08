//! Datatilsynet's form in Altinn as its contents are published: the fields in their order, each ready to be copied.

use serde_json::{Value, json};

use crate::i18n::{self, Lang};
use crate::notice::Stage;

/// The parts of the form and the fields in each, in order.
pub const PARTS: [(&str, &[&str]); 6] = [
    ("stage", &["stage", "previous", "missing", "late", "withdrawal"]),
    (
        "breach",
        &["cause", "period", "detected", "aware", "count", "happened", "how", "data", "relation", "whereabouts"],
    ),
    ("consequences", &["consequences"]),
    ("measures", &["taken", "planned"]),
    ("informed", &["informed"]),
    ("contact", &["contact"]),
];

/// A field of the form.
pub struct Row {
    /// The part it stands in.
    pub part: &'static str,
    /// Its stable name.
    pub name: &'static str,
    /// What is to be pasted; none when it is not known.
    pub value: Option<String>,
}

impl Row {
    /// The field as programs get it.
    #[must_use]
    pub fn json(&self, lang: Lang) -> Value {
        json!({ "name": self.name, "label": i18n::text(lang, &format!("altinn-{}", self.name)), "value": self.value })
    }
}

/// Fills the form from what a template of a notice is filled from. What the form asks for only in some cases is left out
/// in the others.
#[must_use]
pub fn fill(context: &Value, stage: Stage, lang: Lang) -> Vec<Row> {
    let mut rows = Vec::new();
    for (part, names) in PARTS {
        for name in names {
            if is_asked(name, context, stage) {
                rows.push(Row { part, name, value: value(name, context, stage, lang) });
            }
        }
    }
    rows
}

fn is_asked(name: &str, context: &Value, stage: Stage) -> bool {
    match name {
        "previous" => !stage.is_first(),
        "missing" => matches!(stage, Stage::Least | Stage::Initial | Stage::Supplementary) && context["phased"] == true,
        "late" => stage.is_first() && context["late"] == true,
        "withdrawal" => stage == Stage::Withdrawn,
        _ => true,
    }
}

fn value(name: &str, context: &Value, stage: Stage, lang: Lang) -> Option<String> {
    let of = |pointer: &str| {
        let text = context.pointer(pointer).and_then(Value::as_str);
        text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let list = |pointer: &str| {
        let all = context.pointer(pointer).and_then(Value::as_array)?;
        let all: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
        (!all.is_empty()).then(|| all.join(" "))
    };
    let sentences = |parts: Vec<Option<String>>| {
        let known: Vec<String> = parts.into_iter().flatten().collect();
        (!known.is_empty()).then(|| known.join(". "))
    };
    match name {
        "stage" => Some(i18n::text(lang, &format!("stage-{}", stage.word()))),
        "previous" => of("/altinn"),
        "missing" => {
            let all = context["missing"].as_array()?.iter().filter_map(Value::as_str).collect::<Vec<_>>();
            Some(all.join(", ")).filter(|text| !text.is_empty())
        }
        "late" => of("/delay_reasons"),
        "withdrawal" => of("/withdrawal"),
        "cause" => of("/cause/nature"),
        "period" => {
            let from = of("/time/started")?;
            let estimated =
                if context["time"]["estimated"] == true { i18n::text(lang, "altinn-estimated") } else { String::new() };
            let to = of("/time/ended").unwrap_or_else(|| i18n::text(lang, "altinn-end-unknown"));
            Some(format!("{from}{estimated} – {to}"))
        }
        "detected" => of("/time/detected"),
        "aware" => of("/time/aware"),
        "count" => sentences(vec![of("/data/count"), of("/data/records")]),
        "happened" => of("/description"),
        "how" => sentences(vec![of("/cause/root"), of("/cause/origin")]),
        "data" => of("/data/list"),
        "relation" => of("/data/subjects"),
        "whereabouts" => {
            sentences(vec![of("/data/where").map(|text| text.trim_end_matches('.').to_owned()), of("/data/shield")])
        }
        "consequences" => match of("/data/impacts") {
            Some(impacts) => sentences(vec![Some(impacts), of("/data/impact_severity")]),
            None => list("/data/harms").filter(|_| of("/data/list").is_some()),
        },
        "taken" => of("/taken"),
        "planned" => of("/planned"),
        "informed" => of("/told"),
        _ => of("/sender/ask").filter(|_| of("/sender/dpo_email").or(of("/sender/contact_email")).is_some()),
    }
}
