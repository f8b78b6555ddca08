//! The company: what notices say of it, what it is subject to, and its own numbers.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::db::{Conn, Json};
use crate::error::Error;
use crate::law::{Fact, Facts, Thresholds};
use crate::schema::settings;

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
        type Row = (Json, Json, Json);
        let columns = (settings::company, settings::organisation, settings::thresholds);
        let row: Option<Row> = settings::table.find(1).select(columns).first(conn).optional()?;
        let Some((company, organisation, thresholds)) = row else { return Ok(Self::default()) };
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
