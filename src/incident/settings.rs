//! The company: what notices say of it, what it is subject to, and its own numbers.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::db::{Conn, Instant, Json};
use crate::error::Error;
use crate::law::{Fact, Facts, Thresholds};
use crate::schema::{account, settings_version};

pub mod actions;
mod fields;

pub use fields::{FIELDS, Field, Kind};

/// Who we are, as notices say it. An empty text is a gap that a draft shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Company {
    /// The company's name.
    pub name: String,
    /// Nine digits.
    pub org_number: String,
    /// The postal address, on one line.
    pub address: String,
    /// Whom an authority can ask.
    pub contact_name: String,
    /// Where to reach them.
    pub contact_email: String,
    /// Day and night.
    pub contact_phone: String,
    /// The data protection officer, where there is one.
    pub dpo_name: String,
    /// Where to reach the data protection officer.
    pub dpo_email: String,
    /// And by telephone.
    pub dpo_phone: String,
    /// The whole company's telephone.
    pub telephone: String,
    /// Where Nkom takes notices.
    pub nkom_email: String,
    /// Whether a notice to an authority is approved by somebody other than its author.
    pub four_eyes: bool,
}

/// What every letter signs with, in the order of the page of settings.
const SIGNED_WITH: [&str; 5] = ["name", "org_number", "contact_name", "contact_email", "contact_phone"];

impl Company {
    /// What letters sign with and nobody has filled in yet: names of fields.
    pub fn lacks(&self) -> Vec<&'static str> {
        let all = [&self.name, &self.org_number, &self.contact_name, &self.contact_email, &self.contact_phone];
        SIGNED_WITH.into_iter().zip(all).filter(|(_, text)| text.trim().is_empty()).map(|(name, _)| name).collect()
    }
}

impl Default for Company {
    fn default() -> Self {
        let empty = String::new;
        Self {
            name: "SMB Mobil".into(),
            org_number: empty(),
            address: empty(),
            contact_name: empty(),
            // The privacy statement's own address.
            contact_email: "personvern@smbmobil.no".into(),
            contact_phone: empty(),
            dpo_name: empty(),
            dpo_email: empty(),
            dpo_phone: empty(),
            telephone: empty(),
            nkom_email: "ekomvarsling@nkom.no".into(),
            four_eyes: false,
        }
    }
}

/// What the company is subject to beyond the ordinary; all off until somebody switches it on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Organisation {
    /// Regulation (EU) 611/2013.
    pub regulation_611: bool,
    /// Digitalsikkerhetsloven.
    pub digital_security_act: bool,
    /// Sikkerhetsloven.
    pub security_act: bool,
    /// A trust service provider under eIDAS.
    pub trust_service: bool,
}

/// Everything a company sets once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Who we are.
    pub company: Company,
    /// What we are subject to.
    pub organisation: Organisation,
    /// Our own numbers for severity.
    pub thresholds: Thresholds,
}

impl Settings {
    /// Reads the settings; the defaults stand until somebody has saved others.
    pub fn load(conn: &mut Conn) -> Result<Self, Error> {
        let columns = (settings_version::company, settings_version::organisation, settings_version::thresholds);
        let latest = settings_version::table.order(settings_version::version.desc()).select(columns);
        latest.first(conn).optional()?.map_or_else(|| Ok(Self::default()), Self::of)
    }

    fn of((company, organisation, thresholds): (Json, Json, Json)) -> Result<Self, Error> {
        Ok(Self {
            company: serde_json::from_value(company.0).map_err(Error::internal)?,
            organisation: serde_json::from_value(organisation.0).map_err(Error::internal)?,
            thresholds: serde_json::from_value(thresholds.0).map_err(Error::internal)?,
        })
    }

    /// The facts with the company's switches added where the incident itself says nothing of them.
    pub fn complete(&self, facts: &Facts) -> Result<Facts, Error> {
        let organisation = &self.organisation;
        let switches = [
            (Fact::Regulation611, "regulation_611", organisation.regulation_611),
            (Fact::DigitalSecurityAct, "digital_security_act", organisation.digital_security_act),
            (Fact::SecurityAct, "security_act", organisation.security_act),
            (Fact::TrustService, "trust_service", organisation.trust_service),
        ];
        let mut patch = serde_json::Map::new();
        for (fact, name, on) in switches {
            if on && !facts.get(fact).is_known() {
                patch.insert(name.into(), Value::Bool(true));
            }
        }
        if patch.is_empty() {
            return Ok(facts.clone());
        }
        facts.patched(&json!({ "organisation": patch })).map_err(super::refuse)
    }
}

/// One saving of the settings: who and when.
#[derive(Clone, Debug, Queryable)]
pub struct Version {
    /// Its number; grows by one.
    pub version: i32,
    company: Json,
    organisation: Json,
    thresholds: Json,
    /// The version in which the switches or the numbers of severity last changed.
    pub judging: i32,
    /// Who saved it.
    pub by: String,
    /// When.
    pub at: Instant,
}

impl Version {
    /// The latest versions, the newest first.
    pub fn newest(conn: &mut Conn, most: i64) -> Result<Vec<Self>, Error> {
        use settings_version as s;
        let columns = (s::version, s::company, s::organisation, s::thresholds, s::judging, account::name, s::at);
        Ok(s::table.inner_join(account::table).order(s::version.desc()).limit(most).select(columns).load(conn)?)
    }

    /// The version that holds; none until somebody has saved.
    pub fn latest(conn: &mut Conn) -> Result<Option<Self>, Error> {
        Ok(Self::newest(conn, 1)?.pop())
    }

    /// The settings as they were saved.
    pub fn settings(&self) -> Result<Settings, Error> {
        Settings::of((self.company.clone(), self.organisation.clone(), self.thresholds.clone()))
    }
}

/// The settings as they stood at a version; the defaults before the first.
fn at(conn: &mut Conn, version: i32) -> Result<Settings, Error> {
    let columns = (settings_version::company, settings_version::organisation, settings_version::thresholds);
    let found = settings_version::table.find(version).select(columns).first(conn).optional()?;
    found.map_or_else(|| Ok(Settings::default()), Settings::of)
}

/// The version of the settings that cases are judged by.
pub(super) fn judging(conn: &mut Conn) -> Result<i32, Error> {
    let latest = settings_version::table.order(settings_version::version.desc()).select(settings_version::judging);
    Ok(latest.first(conn).optional()?.unwrap_or(0))
}
