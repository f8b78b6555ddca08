//! Numbers as each language writes them.

use fluent_templates::FluentBundle;
use fluent_templates::fluent_bundle::{FluentResource, FluentValue};

use super::Lang;

/// A no-break space: the grouping mark of Norwegian numbers, and what keeps a number with its sign.
const NBSP: char = '\u{a0}';

/// A whole number, grouped: `40 000` in Norwegian, `40,000` in English.
#[must_use]
pub fn number(lang: Lang, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    // Norwegian leaves four digits whole; English groups them.
    let (mark, from) = if lang == Lang::En { (',', 4) } else { (NBSP, 5) };
    let mut out = String::with_capacity(digits.len() + 4);
    if value < 0 {
        out.push('\u{2212}');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && digits.len() >= from && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(c);
    }
    out
}

/// An organisation number in groups of three, as it is printed; anything else as it is.
#[must_use]
pub fn org_number(digits: &str) -> String {
    match (digits.get(..3), digits.get(3..6), digits.get(6..)) {
        (Some(a), Some(b), Some(c)) if digits.len() == 9 => format!("{a}{NBSP}{b}{NBSP}{c}"),
        _ => digits.to_owned(),
    }
}

/// A number with at most two decimals, trailing zeros left out: `0,75` in Norwegian, `0.75` in English.
#[must_use]
pub fn decimal(lang: Lang, value: f64) -> String {
    let fixed = format!("{:.2}", value.abs());
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let whole = whole.parse::<i64>().map_or_else(|_| whole.to_owned(), |n| number(lang, n));
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0.0 && fixed != "0.00" { "\u{2212}" } else { "" };
    match (fraction, lang) {
        ("", _) => format!("{sign}{whole}"),
        (f, Lang::En) => format!("{sign}{whole}.{f}"),
        (f, _) => format!("{sign}{whole},{f}"),
    }
}

/// A share (0.124) as a percentage with one decimal at most: `12,4 %` in Norwegian, `12.4%` in English.
#[must_use]
pub fn percent(lang: Lang, share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    match lang {
        Lang::En => format!("{}%", decimal(lang, tenths)),
        _ => format!("{}{NBSP}%", decimal(lang, tenths)),
    }
}

/// Prepares a bundle: no invisible isolation marks, and numbers as its language writes them.
pub(super) fn customise(bundle: &mut FluentBundle<&'static FluentResource>) {
    bundle.set_use_isolating(false);
    let english = bundle.locales.first().is_some_and(|id| id.language.as_str() == "en");
    bundle.set_formatter(Some(if english { |v, _| format(Lang::En, v) } else { |v, _| format(Lang::Nb, v) }));
}

fn format(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(decimal(lang, n.value)),
        _ => None,
    }
}
