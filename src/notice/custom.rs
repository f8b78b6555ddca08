//! Texts of the company's own in the place of the program's: read when the program starts, and tried before anybody is.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::audience::{self, Reader};
use super::{Manner, Notices, Stage, context, form, named};
use crate::i18n::Lang;
use crate::incident::settings::Company;
use crate::law::{self, Assessment, Duty, Facts, Thresholds, parse};
use crate::templates::Templates;

/// The largest file that is read.
const LARGEST: u64 = 200_000;

/// Reads the templates, with those of a folder in the place of the program's; an error is one sentence for the operator.
///
/// # Errors
/// When the folder or a file cannot be read, a file is none of the templates, or one does not parse or cannot be filled.
pub fn load(folder: Option<&Path>) -> Result<Notices, String> {
    let Some(folder) = folder else {
        return Ok(Notices(Templates::notices().map_err(|why| why.to_string())?, Vec::new()));
    };
    let own = read(folder)?;
    let templates = Templates::notices_with(&own).map_err(|why| format!("VARSEL_TEMPLATES_DIR: {why}."))?;
    let known = every_field();
    for (_, place, source) in &own {
        if let Some((line, name)) = named::stranger(source, &known) {
            let nearest = parse::nearest(&name, known.iter().map(String::as_str));
            let nearest = nearest.map(|nearest| format!("; the nearest is {nearest}")).unwrap_or_default();
            return Err(format!(
                "VARSEL_TEMPLATES_DIR: the template {place}, line {line}, names {name}, which there is not{nearest}."
            ));
        }
    }
    for (name, place, _) in &own {
        attempt(&templates, name).map_err(|(of, line, fault)| {
            let place = own.iter().find(|(own, ..)| *own == of).map_or(place, |(_, place, _)| place);
            format!("VARSEL_TEMPLATES_DIR: the template {place}, line {line}, cannot be filled: {fault}.")
        })?;
    }
    Ok(Notices(templates, own.into_iter().map(|(name, ..)| name).collect()))
}

/// Name, place and source of each file.
fn read(folder: &Path) -> Result<Vec<(String, String, String)>, String> {
    let unreadable =
        |what: &Path, why: &std::io::Error| format!("VARSEL_TEMPLATES_DIR: {} cannot be read: {why}.", what.display());
    let entries = std::fs::read_dir(folder).map_err(|why| unreadable(folder, &why))?;
    let mut own = Vec::new();
    for entry in entries {
        let path = entry.map_err(|why| unreadable(folder, &why))?.path();
        if path.extension().is_none_or(|extension| extension != "hbs") {
            continue;
        }
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        if !Templates::notice_names().any(|known| known == name) {
            let nearest = parse::nearest(&name, Templates::notice_names()).unwrap_or("gdpr-34-subjects.nb");
            let (file, place) = (path.file_name().unwrap_or_default().to_string_lossy(), folder.display());
            return Err(format!(
                "VARSEL_TEMPLATES_DIR: {file} in {place} is none of the templates; the nearest is {nearest}.hbs."
            ));
        }
        let size = std::fs::metadata(&path).map_err(|why| unreadable(&path, &why))?.len();
        if size > LARGEST {
            return Err(format!("VARSEL_TEMPLATES_DIR: {} is larger than {LARGEST} bytes.", path.display()));
        }
        let source = std::fs::read_to_string(&path).map_err(|why| unreadable(&path, &why))?;
        own.push((name, path.display().to_string(), source));
    }
    own.sort();
    Ok(own)
}

/// Fills every text that a template has a part in, from much and from next to nothing.
fn attempt(templates: &Templates, own: &str) -> Result<(), (String, usize, String)> {
    let lang = own.rsplit_once('.').and_then(|(_, code)| Lang::parse(code)).unwrap_or_default();
    for facts in [sample(), bare()] {
        each(&facts, lang, |template, context| templates.attempt(&format!("{template}.{lang}"), context))?;
    }
    Ok(())
}

/// The template's name and its context, for every duty and stage.
fn each<E>(facts: &Facts, lang: Lang, mut with: impl FnMut(&str, &Value) -> Result<(), E>) -> Result<(), E> {
    let Some(assessment) = assessed(facts) else { return Ok(()) };
    for duty in &assessment.duties {
        let Some(of) = form::of(duty.id) else { continue };
        for stage in Stage::ALL {
            let template = stage.template(of.template);
            if stage == Stage::Initial || template != Stage::Initial.template(of.template) {
                with(template, &context_for(duty, (facts, &assessment), &Company::default(), (lang, stage)))?;
            }
        }
    }
    Ok(())
}

/// Every field that any text may be filled from.
fn every_field() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let _ = each(&sample(), Lang::Nb, |_, context| -> Result<(), ()> {
        all.extend(named::fields(context));
        Ok(())
    });
    all
}

fn context_for(
    duty: &Duty,
    (facts, assessment): (&Facts, &Assessment),
    company: &Company,
    (lang, stage): (Lang, Stage),
) -> Value {
    let facts = &audience::seen(facts, Reader::of(duty), duty.for_whom.as_deref());
    let gaps = form::of(duty.id).map(|form| form.gaps(facts)).unwrap_or_default();
    let manner = Manner { lang, stage, typed: &Value::Null };
    context::Case { duty, facts, assessment, company, manner, gaps: &gaps }.context()
}

fn assessed(facts: &Facts) -> Option<Assessment> {
    law::assess(facts, at(), &Thresholds::default()).ok()
}

/// The hour of the sample: some time after it began.
fn at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_793_001_600)
}

/// A text filled from the sample, as the page of templates shows it; none for what is only a part of others.
#[must_use]
pub fn preview(notices: &Notices, company: &Company, name: &str) -> Option<String> {
    let (template, code) = name.rsplit_once('.')?;
    let lang = Lang::parse(code)?;
    let facts = sample();
    let assessment = assessed(&facts)?;
    for duty in &assessment.duties {
        let Some(of) = form::of(duty.id) else { continue };
        let stage = Stage::ALL.into_iter().find(|stage| stage.template(of.template) == template);
        if let Some(stage) = stage {
            let context = context_for(duty, (&facts, &assessment), company, (lang, stage));
            return notices.0.render(name, &context).ok().map(|body| super::tidy(&body));
        }
    }
    None
}

/// The name of the duties that a template belongs to; empty for what is only a part of others.
#[must_use]
pub fn duties_of(template: &str) -> Vec<&'static str> {
    let of = |id: &&&str| {
        form::of(id).is_some_and(|form| Stage::ALL.iter().any(|stage| stage.template(form.template) == template))
    };
    law::book::DUTY_IDS.iter().filter(of).copied().collect()
}

/// Next to nothing.
fn bare() -> Facts {
    Facts::from_json(&json!({ "title": "-" })).unwrap_or_default()
}

/// An incident that has a bit of everything.
pub(super) fn sample() -> Facts {
    let all = json!({
        "title": "Samtalelogg og bortfall", "description": "Anrop fra kunder ble lest av uvedkommende. Samtidig falt tale ut.",
        "timeline": {
            "started_at": "2026-10-25T06:00:00+01:00", "detected_at": "2026-10-25T07:00:00+01:00",
            "known_at": "2026-10-25T07:10:00+01:00", "breach_aware_at": "2026-10-25T09:00:00+01:00",
            "ended_at": "2026-10-25T08:00:00+01:00", "normalised_at": "2026-10-25T08:30:00+01:00",
            "delay_reasons": "Loggene måtte hentes fra leverandøren.", "changed_at": "2026-10-25T08:10:00+01:00",
        },
        "cause": { "nature": ["unauthorised_access"], "origin": "external_malicious", "root_cause": "malicious_action", "third_party_failure": true, "planned_work": false },
        "services": {
            "availability": "occurred", "affected": ["voice"], "customers_affected": 800, "customers_total": 4000,
            "base_stations_affected": 10, "base_stations_total": 900, "duration_minutes": 120, "material": true,
            "life_and_health_users_affected": false, "high_risk_to_life_or_health": false, "critical_functions_affected": false, "other_providers_affected": false,
            "areas": [{ "kind": "municipality", "code": "1506", "name": "Molde", "customers_affected": 60, "customers_total": 100 }],
        },
        "network_security": { "security_breach": true, "particular_risk": true, "negative_effect": "occurred", "cia_material": true },
        "personal_data": {
            "breach": true, "roles": [{ "role": "controller" }, { "role": "processor", "controller": "Bedriften AS" }],
            "kinds": ["confidentiality"], "confidentiality": "disclosed", "unintelligible": "no", "backup": "complete",
            "data": ["contact", "traffic"], "insight": "much", "identifiability": "maximum", "subjects": ["customers"],
            "subjects_count": 120, "subjects_count_exact": true, "records_count": 9000, "recipient": "attacker",
            "measures_before": ["access_control"], "impacts": ["loss_of_control"], "impact_severity": "moderate", "countries": ["NO"],
        },
        "measures": { "taken": "Tilgangen er stengt.", "planned": "To trinn ved innlogging." },
        "sent": [{ "duty": "nkom-availability", "sent_at": "2026-10-25T07:30:00+01:00", "complete": true }],
    });
    Facts::from_stored(&all).unwrap_or_default()
}
