//! How far the telling of the affected has come, in words, and the submission that follows when all are told.

use chrono::{DateTime, Utc};

use super::typed::Typed;
use crate::i18n::{self, Arg, Lang};
use crate::incident::store::Figures;
use crate::incident::{CaseFile, DutyStatus};
use crate::law::State;
use crate::law::question::TELLING;

/// How many are told, in a sentence.
#[must_use]
pub fn said(lang: Lang, figures: &Figures) -> String {
    let n = |number: i64| Arg::from(i18n::number(lang, number));
    let (key, left) = match (figures.all_told, figures.excused) {
        (false, _) => ("affected-figures", figures.remaining),
        (true, 0) => ("told-all", 0),
        (true, excused) => ("told-all-but", excused),
    };
    i18n::text_with(lang, key, &[("told", n(figures.told)), ("all", n(figures.to_tell)), ("left", n(left))])
}

/// The figures where the duty is met by telling each of the affected and all of them are told. An announcement to everybody
/// is another thing.
#[must_use]
pub fn all_told<'a>(case: &'a CaseFile, status: &DutyStatus) -> Option<&'a Figures> {
    let is_met = TELLING.contains(&status.duty.id) && status.duty.recipient != "public";
    case.figures.as_ref().filter(|figures| figures.all_told && is_met)
}

/// Whether all are told and the duty waits for nothing but that this is recorded.
#[must_use]
pub fn is_ready(case: &CaseFile, status: &DutyStatus) -> bool {
    status.state == State::Required && all_told(case, status).is_some()
}

/// Fills the form of a submission with how, how many and when all were told.
pub fn fill(lang: Lang, form: &mut Typed, figures: &Figures, now: DateTime<Utc>) {
    form.put_time("sent_at", figures.last_told_at.map_or(now, |at| at.utc()));
    if let Some(channel) = figures.channel() {
        form.set("channel", channel);
    }
    form.set("reference", reference(lang, figures));
    form.set("complete", "yes");
}

/// The figure as the reference of a submission, with how many by each way where there were several.
#[must_use]
pub fn reference(lang: Lang, figures: &Figures) -> String {
    let n = |number: i64| Arg::from(i18n::number(lang, number));
    let said = |way: &&str| {
        let many = figures.by_way.get(*way).copied().filter(|many| *many > 0)?;
        Some(i18n::text_with(lang, &format!("told-mix-{way}"), &[("n", n(many))]))
    };
    let mix: Vec<String> = ["email", "sms", "letter", "other"].iter().filter_map(said).collect();
    let key = if mix.len() > 1 { "told-reference-mix" } else { "told-reference" };
    let args = [("told", n(figures.told)), ("all", n(figures.to_tell)), ("mix", mix.join(", ").into())];
    i18n::text_with(lang, key, &args)
}
