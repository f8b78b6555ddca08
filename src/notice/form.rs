//! Which template a duty takes, and what its receiver asks for, in the order they ask.

use crate::incident::settings::Company;
use crate::law::{Fact, Facts};

use super::Gap;

/// What the receiver of a notice asks for.
pub struct Form {
    /// The template's name, without its language.
    pub template: &'static str,
    needs: &'static [Need],
    settings: &'static [&'static str],
    /// The key of the short message, where persons are told.
    pub sms: Option<&'static str>,
}

/// A fact, the key that says who asks for it, and when they do.
type Need = (Fact, &'static str, fn(&Facts) -> bool);

fn always(_: &Facts) -> bool {
    true
}
fn left_hands(facts: &Facts) -> bool {
    facts.words(Fact::BreachKinds).contains(&"confidentiality") || !facts.get(Fact::BreachKinds).is_known()
}
fn was_lost(facts: &Facts) -> bool {
    facts.words(Fact::BreachKinds).contains(&"availability")
}
fn is_down(facts: &Facts) -> bool {
    matches!(facts.word(Fact::Availability), Some("occurred" | "may_occur") | None)
}
fn has_breach(facts: &Facts) -> bool {
    facts.bool(Fact::Breach) == Some(true)
}
fn is_broken(facts: &Facts) -> bool {
    facts.bool(Fact::SecurityBreach) == Some(true)
}
fn in_regions(facts: &Facts) -> bool {
    is_down(facts) && facts.number(Fact::CustomersAffected) != Some(0.0)
}

/// Datatilsynet, in the order of the parts of its form (law/forms.md § 1.2).
const AUTHORITY: &[Need] = &[
    (Fact::Roles, "why-dt-description", always),
    (Fact::BreachKinds, "why-dt-description", always),
    (Fact::Nature, "why-dt-description", always),
    (Fact::StartedAt, "why-dt-description", always),
    (Fact::EndedAt, "why-dt-description", always),
    (Fact::DetectedAt, "why-dt-description", always),
    (Fact::BreachAwareAt, "why-dt-description", always),
    (Fact::SubjectsCount, "why-dt-description", always),
    (Fact::RecordsCount, "why-dt-description", always),
    (Fact::Description, "why-dt-description", always),
    (Fact::RootCause, "why-dt-description", always),
    (Fact::Data, "why-dt-description", always),
    (Fact::Subjects, "why-dt-description", always),
    (Fact::Recipient, "why-dt-description", left_hands),
    (Fact::Unintelligible, "why-dt-description", left_hands),
    (Fact::Backup, "why-dt-description", was_lost),
    (Fact::Countries, "why-dt-countries", always),
    (Fact::Impacts, "why-dt-consequences", always),
    (Fact::ImpactSeverity, "why-dt-consequences", always),
    (Fact::MeasuresBefore, "why-dt-measures", always),
    (Fact::MeasuresTaken, "why-dt-measures", always),
    (Fact::MeasuresPlanned, "why-dt-measures", always),
];
const DELAY: &[Need] = &[(Fact::BreachAwareAt, "why-dt-delay", always), (Fact::DelayReasons, "why-dt-delay", always)];
/// Nkom, in the order of its six points (law/forms.md § 2.1).
const NKOM: &[Need] = &[
    (Fact::StartedAt, "why-nkom-1", always),
    (Fact::KnownAt, "why-nkom-1", always),
    (Fact::ServicesAffected, "why-nkom-2", is_down),
    (Fact::Description, "why-nkom-3", always),
    (Fact::Areas, "why-nkom-3", in_regions),
    (Fact::CustomersAffected, "why-nkom-3", is_down),
    (Fact::StationsAffected, "why-nkom-3", is_down),
    (Fact::CriticalFunctions, "why-nkom-3", is_down),
    (Fact::OtherProviders, "why-nkom-3", is_down),
    (Fact::LifeAndHealthUsers, "why-nkom-3", is_down),
    (Fact::HighRiskToLife, "why-nkom-3", is_down),
    (Fact::NegativeEffect, "why-nkom-3", is_broken),
    (Fact::Data, "why-nkom-3", has_breach),
    (Fact::SubjectsCount, "why-nkom-3", has_breach),
    (Fact::DurationMinutes, "why-nkom-4", is_down),
    (Fact::RootCause, "why-nkom-5", always),
];
const NORMALISED: &[Need] = &[
    (Fact::NormalisedAt, "why-nkom-4", always),
    (Fact::StartedAt, "why-nkom-1", always),
    (Fact::DurationMinutes, "why-nkom-4", always),
    (Fact::ServicesAffected, "why-nkom-2", always),
    (Fact::CustomersAffected, "why-nkom-3", always),
    (Fact::RootCause, "why-nkom-5", always),
    (Fact::MeasuresTaken, "why-nkom-5", always),
];
/// Nkom's outline of a report (law/forms.md § 2.2).
const REPORT: &[Need] = &[
    (Fact::StartedAt, "why-nkom-report", always),
    (Fact::DetectedAt, "why-nkom-report", always),
    (Fact::KnownAt, "why-nkom-report", always),
    (Fact::Description, "why-nkom-report", always),
    (Fact::RootCause, "why-nkom-report", always),
    (Fact::ServicesAffected, "why-nkom-report", is_down),
    (Fact::Areas, "why-nkom-report", in_regions),
    (Fact::CustomersAffected, "why-nkom-report", is_down),
    (Fact::StationsAffected, "why-nkom-report", is_down),
    (Fact::DurationMinutes, "why-nkom-report", is_down),
    (Fact::OtherProviders, "why-nkom-report", is_down),
    (Fact::CriticalFunctions, "why-nkom-report", is_down),
    (Fact::LifeAndHealthUsers, "why-nkom-report", is_down),
    (Fact::Data, "why-nkom-report", has_breach),
    (Fact::SubjectsCount, "why-nkom-report", has_breach),
    (Fact::NormalisedAt, "why-nkom-report", is_down),
    (Fact::MeasuresBefore, "why-nkom-report", always),
    (Fact::MeasuresTaken, "why-nkom-report", always),
    (Fact::MeasuresPlanned, "why-nkom-report", always),
];
const EVIDENCE: &[Need] = &[
    (Fact::Unintelligible, "why-nkom-evidence", always),
    (Fact::Data, "why-nkom-evidence", always),
    (Fact::MeasuresBefore, "why-nkom-evidence", always),
    (Fact::KnownAt, "why-nkom-evidence", always),
];
/// The customer's own notification needs the same as ours (art. 33(3)).
const CONTROLLER: &[Need] = &[
    (Fact::StartedAt, "why-controller", always),
    (Fact::BreachAwareAt, "why-controller", always),
    (Fact::Description, "why-controller", always),
    (Fact::BreachKinds, "why-controller", always),
    (Fact::Data, "why-controller", always),
    (Fact::Subjects, "why-controller", always),
    (Fact::SubjectsCount, "why-controller", always),
    (Fact::RecordsCount, "why-controller", always),
    (Fact::Recipient, "why-controller", left_hands),
    (Fact::Unintelligible, "why-controller", left_hands),
    (Fact::MeasuresTaken, "why-controller", always),
    (Fact::MeasuresPlanned, "why-controller", always),
];
const PERSONS: &[Need] = &[
    (Fact::BreachKinds, "why-persons", always),
    (Fact::StartedAt, "why-persons", always),
    (Fact::Description, "why-persons", always),
    (Fact::Data, "why-persons", always),
    (Fact::Impacts, "why-persons", always),
    (Fact::MeasuresTaken, "why-persons", always),
];
/// Everybody is told how many they are and who, so that each can see whether it is about them.
const EVERYBODY: &[Need] = &[
    (Fact::BreachKinds, "why-persons", always),
    (Fact::StartedAt, "why-persons", always),
    (Fact::Description, "why-persons", always),
    (Fact::Subjects, "why-persons", always),
    (Fact::SubjectsCount, "why-persons", always),
    (Fact::Data, "why-persons", always),
    (Fact::Impacts, "why-persons", always),
    (Fact::MeasuresTaken, "why-persons", always),
];
const SUBSCRIBERS: &[Need] = &[
    (Fact::StartedAt, "why-subscribers", always),
    (Fact::Description, "why-subscribers", always),
    (Fact::NegativeEffect, "why-subscribers", always),
    (Fact::Data, "why-subscribers", always),
    (Fact::MeasuresTaken, "why-subscribers", always),
];
const DANGER: &[Need] =
    &[(Fact::Description, "why-subscribers", always), (Fact::MeasuresTaken, "why-subscribers", always)];
const PLANNED: &[Need] = &[
    (Fact::StartedAt, "why-planned", always),
    (Fact::DurationMinutes, "why-planned", always),
    (Fact::ServicesAffected, "why-planned", always),
    (Fact::Areas, "why-planned", always),
    (Fact::Description, "why-planned", always),
];
const PUBLIC: &[Need] = &[
    (Fact::Description, "why-public", always),
    (Fact::StartedAt, "why-public", always),
    (Fact::ServicesAffected, "why-public", is_down),
    (Fact::MeasuresTaken, "why-public", always),
];
const MANAGEMENT: &[Need] = &[
    (Fact::Description, "why-management", always),
    (Fact::StartedAt, "why-management", always),
    (Fact::KnownAt, "why-management", always),
    (Fact::Breach, "why-management", always),
    (Fact::SubjectsCount, "why-management", has_breach),
    (Fact::Data, "why-management", has_breach),
    (Fact::MeasuresTaken, "why-management", always),
];

/// The authority under Regulation (EU) 611/2013, in the order of Annex I (law/forms.md § 4).
const REG_611: &[Need] = &[
    (Fact::StartedAt, "why-611-first", always),
    (Fact::DetectedAt, "why-611-first", always),
    (Fact::BreachAwareAt, "why-611-first", always),
    (Fact::BreachKinds, "why-611-first", always),
    (Fact::Nature, "why-611-first", always),
    (Fact::RootCause, "why-611-first", always),
    (Fact::Data, "why-611-first", always),
    (Fact::RecordsCount, "why-611-first", always),
    (Fact::MeasuresBefore, "why-611-first", always),
    (Fact::Unintelligible, "why-611-first", left_hands),
    (Fact::ThirdPartyFailure, "why-611-first", always),
    (Fact::Description, "why-611-further", always),
    (Fact::Recipient, "why-611-further", left_hands),
    (Fact::SubjectsCount, "why-611-further", always),
    (Fact::Subjects, "why-611-further", always),
    (Fact::Impacts, "why-611-further", always),
    (Fact::MeasuresTaken, "why-611-further", always),
    (Fact::Countries, "why-611-further", always),
];
/// The subscriber under the same regulation, in the order of Annex II.
const REG_611_PERSONS: &[Need] = &[
    (Fact::BreachKinds, "why-611-persons", always),
    (Fact::Description, "why-611-persons", always),
    (Fact::StartedAt, "why-611-persons", always),
    (Fact::Data, "why-611-persons", always),
    (Fact::Nature, "why-611-persons", always),
    (Fact::Recipient, "why-611-persons", left_hands),
    (Fact::MeasuresTaken, "why-611-persons", always),
];
/// Digitalsikkerhetsforskriften § 17 (law/forms.md § 5).
const DIGITAL_SECURITY: &[Need] = &[
    (Fact::ServicesAffected, "why-digital-security", is_down),
    (Fact::Description, "why-digital-security", always),
    (Fact::StartedAt, "why-digital-security", always),
    (Fact::KnownAt, "why-digital-security", always),
    (Fact::RootCause, "why-digital-security", always),
    (Fact::DurationMinutes, "why-digital-security", is_down),
    (Fact::CriticalFunctions, "why-digital-security", is_down),
    (Fact::CustomersAffected, "why-digital-security", always),
    (Fact::Areas, "why-digital-security", in_regions),
    (Fact::Countries, "why-digital-security", always),
    (Fact::MeasuresTaken, "why-digital-security", always),
];
/// NSM's form (law/forms.md § 5).
const SECURITY_ACT: &[Need] = &[
    (Fact::Description, "why-security-act", always),
    (Fact::Nature, "why-security-act", always),
    (Fact::StartedAt, "why-security-act", always),
    (Fact::KnownAt, "why-security-act", always),
    (Fact::ServicesAffected, "why-security-act", is_down),
    (Fact::Data, "why-security-act", |facts| facts.bool(Fact::Breach) != Some(false)),
    (Fact::CriticalFunctions, "why-security-act", is_down),
    (Fact::RootCause, "why-security-act", always),
    (Fact::Origin, "why-security-act", always),
    (Fact::MeasuresTaken, "why-security-act", always),
    (Fact::MeasuresPlanned, "why-security-act", always),
];
/// Nkom's form for trust services (law/forms.md § 2.3).
const TRUST_SERVICE: &[Need] = &[
    (Fact::Description, "why-trust-service", always),
    (Fact::StartedAt, "why-trust-service", always),
    (Fact::DetectedAt, "why-trust-service", always),
    (Fact::KnownAt, "why-trust-service", always),
    (Fact::ServicesAffected, "why-trust-service", is_down),
    (Fact::CustomersAffected, "why-trust-service", always),
    (Fact::DurationMinutes, "why-trust-service", is_down),
    (Fact::Data, "why-trust-service", |facts| facts.bool(Fact::Breach) != Some(false)),
    (Fact::Countries, "why-trust-service", |facts| facts.bool(Fact::Breach) != Some(false)),
    (Fact::RootCause, "why-trust-service", always),
    (Fact::MeasuresTaken, "why-trust-service", always),
];

const TO_AUTHORITY: &[&str] = &["name", "org_number", "dpo_name", "dpo_email"];
const TO_NKOM: &[&str] = &["name", "contact_name", "contact_email", "contact_phone"];
const TO_SUPERVISORS: &[&str] = &["name", "org_number", "contact_name", "contact_email", "contact_phone"];
const TO_OTHERS: &[&str] = &["name", "dpo_name", "dpo_email", "contact_phone"];

/// The form of a duty's notice; `None` where nothing is sent.
pub fn of(duty: &str) -> Option<Form> {
    let sms = match duty {
        "gdpr-34-subjects" | "gdpr-34-order" | "subscriber-breach" | "reg-611-subscriber" => Some("sms-breach"),
        "subscriber-particular-risk" => Some("sms-risk"),
        "planned-outage" => Some("sms-planned"),
        _ => None,
    };
    let form = |template, needs, settings| Some(Form { template, needs, settings, sms });
    match duty {
        "gdpr-33-authority" => form("gdpr-33-authority", AUTHORITY, TO_AUTHORITY),
        "gdpr-33-phased" => form("gdpr-33-phased", AUTHORITY, TO_AUTHORITY),
        "gdpr-33-delay-reasons" => form("gdpr-33-delay-reasons", DELAY, TO_AUTHORITY),
        "gdpr-33-2-controller" => form("gdpr-33-2-controller", CONTROLLER, TO_OTHERS),
        "gdpr-34-subjects" | "gdpr-34-order" => form("gdpr-34-subjects", PERSONS, TO_OTHERS),
        "gdpr-34-public" => form("gdpr-34-public", EVERYBODY, TO_OTHERS),
        "nkom-availability" | "nkom-availability-risk" | "nkom-cia" | "nkom-own-severity" | "nkom-privacy" => {
            form("nkom-notice", NKOM, TO_NKOM)
        }
        "nkom-update" => form("nkom-update", NKOM, TO_NKOM),
        "nkom-normalised" => form("nkom-normalised", NORMALISED, TO_NKOM),
        "nkom-incident-report" => form("nkom-incident-report", REPORT, TO_NKOM),
        "nkom-protection-evidence" => form("nkom-protection-evidence", EVIDENCE, TO_NKOM),
        "subscriber-breach" => form("subscriber-breach", SUBSCRIBERS, TO_OTHERS),
        "subscriber-particular-risk" => form("subscriber-particular-risk", DANGER, TO_OTHERS),
        "planned-outage" => form("planned-outage", PLANNED, &["name", "contact_phone"]),
        "public-information-order" => form("public-information-order", PUBLIC, TO_OTHERS),
        "reg-611-authority" => form("reg-611-authority", REG_611, TO_AUTHORITY),
        "reg-611-subscriber" => form("reg-611-subscriber", REG_611_PERSONS, TO_OTHERS),
        "digital-security-act" => form("digital-security-act", DIGITAL_SECURITY, TO_SUPERVISORS),
        "security-act" => form("security-act", SECURITY_ACT, TO_SUPERVISORS),
        "trust-service" => form("trust-service", TRUST_SERVICE, TO_SUPERVISORS),
        "management-report" => form("management-report", MANAGEMENT, &["name"]),
        _ => None,
    }
}

impl Form {
    /// What is asked for and not known, in the order it is asked.
    pub fn gaps(&self, facts: &Facts) -> Vec<Gap> {
        let open = |(fact, _, when): &&Need| when(facts) && !facts.get(*fact).is_known();
        self.needs.iter().filter(open).map(|(fact, why, _)| Gap { fact: *fact, why }).collect()
    }

    /// The settings the letter signs with that are empty.
    pub fn unset(&self, company: &Company) -> Vec<&'static str> {
        let Ok(serde_json::Value::Object(set)) = serde_json::to_value(company) else { return Vec::new() };
        let empty = |name: &&str| set.get(*name).and_then(|v| v.as_str()).is_none_or(|v| v.trim().is_empty());
        self.settings.iter().copied().filter(empty).collect()
    }
}
