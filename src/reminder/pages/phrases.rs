//! Ladders and circles in words: «straks (den ansvarlige), 2 døgn, 24 t (teamet), ved fristen».

use chrono::TimeDelta;
use serde_json::Value;

use crate::i18n::{self, Lang};
use crate::reminder::{Circle, Ladder, Rung};

/// A circle as it stands in a sentence.
pub fn circle(lang: Lang, circle: Circle) -> String {
    i18n::text(lang, &format!("circle-{}", circle.word()))
}

/// Names in a sentence; a word for nobody.
pub fn names(lang: Lang, told: &[String]) -> String {
    if told.is_empty() { i18n::text(lang, "page-reminders-nobody") } else { i18n::list(lang, told) }
}

/// A number of minutes in words.
pub fn span(lang: Lang, minutes: u32) -> String {
    match minutes {
        0 => i18n::text_with(lang, "span-minutes", &[("n", 0.into())]),
        _ => i18n::span(lang, TimeDelta::minutes(i64::from(minutes))),
    }
}

/// A ladder in words; each circle is named where it changes.
pub fn ladder(lang: Lang, ladder: &Ladder) -> String {
    let first = (i18n::text(lang, "page-ladder-at-once"), ladder.first);
    let rungs = ladder.rungs.iter().map(|rung| (distance(lang, *rung), rung.circle));
    let every = [("span", span(lang, ladder.again_every).into())];
    let again = (i18n::text_with(lang, "page-ladder-then-every", &every), ladder.again);
    let course = steps(lang, [first].into_iter().chain(rungs).chain([again]));
    if ladder.unanswered_after == 0 {
        return format!("{course}.");
    }
    let wait = [("span", span(lang, ladder.unanswered_after).into())];
    format!("{course}. {}", i18n::text_with(lang, "page-ladder-unanswered", &wait))
}

/// What a field of the ladders says; its path says which.
pub fn said(lang: Lang, path: &str, value: &Value) -> Option<String> {
    Some(match (path.rsplit('.').next().unwrap_or_default(), value) {
        ("rungs", Value::Array(_)) => {
            let rungs: Vec<Rung> = serde_json::from_value(value.clone()).ok()?;
            steps(lang, rungs.into_iter().map(|rung| (distance(lang, rung), rung.circle)))
        }
        ("first" | "again", Value::String(word)) => circle(lang, Circle::parse(word)?),
        ("unanswered_after", value) if value.as_u64() == Some(0) => i18n::text(lang, "page-ladder-never"),
        (_, value) => span(lang, value.as_u64().and_then(|minutes| u32::try_from(minutes).ok())?),
    })
}

fn distance(lang: Lang, rung: Rung) -> String {
    match rung.minutes_before {
        0 => i18n::text(lang, "page-ladder-at-deadline"),
        minutes => span(lang, minutes),
    }
}

fn steps(lang: Lang, all: impl Iterator<Item = (String, Circle)>) -> String {
    let (mut said, mut last) = (Vec::new(), None);
    for (words, to) in all {
        let named = last != Some(to);
        said.push(if named { format!("{words} ({})", circle(lang, to)) } else { words });
        last = Some(to);
    }
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reminder::Ladders;

    #[test]
    fn a_ladder_is_said_in_words() {
        assert_eq!(
            ladder(Lang::Nb, &Ladders::default().hours72),
            "straks (den ansvarlige), 2 døgn, 24 t (teamet), 12 t, 4 t (teamet og ledelsen), 1 t, ved fristen, deretter hver 4 t. Svarer ingen på 2 t, går den til flere."
        );
    }
}
