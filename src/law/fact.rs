//! The vocabulary: every fact an incident can have, in one table.
//!
//! The same list gives the form, the API's schema, the words of the rules and the rendered law. A fact that is
//! absent is [`super::Value::Unknown`], which is different from false, none or nought.

use std::collections::HashSet;
use std::fmt;

/// What a fact may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Free text of at most so many characters.
    Text(usize),
    /// Yes or no.
    Bool,
    /// A whole number, nought or more.
    Whole,
    /// A number, nought or more, decimals allowed.
    Number,
    /// An instant: RFC 3339 with an offset.
    Time,
    /// One word of a list.
    Choice(&'static [&'static str]),
    /// Any words of a list; a list that is present is complete.
    Choices(&'static [&'static str]),
    /// ISO 3166-1 alpha-2 codes.
    Countries,
    /// Objects with the facts that follow in the table.
    Items,
}

/// One row of the table of facts.
#[derive(Debug, Clone, Copy)]
pub struct Def {
    /// The fact's place in the JSON, `[]` marking a list of objects.
    pub path: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// Field of the EDPB's common art. 33 template (v1.0, June 2026) whose options this follows, in the same order.
    pub edpb: Option<u8>,
    /// A claim counts only when somebody states it; absent means not claimed.
    pub claim: bool,
}

macro_rules! edpb {
    () => {
        None
    };
    ($n:literal) => {
        Some($n)
    };
}
macro_rules! facts {
    ($( $name:ident $path:literal $kind:expr $(=> $edpb:literal)? $(, $claim:ident)? ; )*) => {
        /// A fact of an incident; its row is [`Fact::def`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        #[repr(u8)]
        pub enum Fact { $($name),* }
        /// Every fact, in the order of the contract.
        pub const ALL: &[Fact] = &[$(Fact::$name),*];
        const TABLE: &[Def] = &[$(Def { path: $path, kind: $kind, edpb: edpb!($($edpb)?), claim: facts!(@claim $($claim)?) }),*];
    };
    (@claim) => { false };
    (@claim claim) => { true };
}

use Kind::*;

/// The loss of service kinds and the other closed lists, named once.
pub mod choices {
    #![allow(missing_docs)]
    pub const SEVERITY: &[&str] = &["low", "moderate", "serious", "critical"];
    pub const NATURE: &[&str] = &[
        "privilege_abuse",
        "ransomware",
        "malware",
        "phishing",
        "exploited_vulnerability",
        "unauthorised_access",
        "exfiltration",
        "wrong_subject_shown",
        "device_lost",
        "e_waste",
        "paper_disposal",
        "mail_lost",
        "misconfiguration",
        "wrong_permissions",
        "paper_lost",
        "deleted",
        "shown_to_wrong_recipient",
        "sent_by_mistake",
        "open_recipient_list",
        "technical_malfunction",
        "unauthorised_modification",
        "unintended_publication",
        "verbal_disclosure",
        "undetermined",
        "other",
    ];
    pub const ORIGIN: &[&str] = &[
        "internal_non_malicious",
        "internal_malicious",
        "external_non_malicious",
        "external_malicious",
        "undetermined",
    ];
    pub const ROOT_CAUSE: &[&str] = &["system_failure", "human_error", "malicious_action", "natural_phenomenon"];
    pub const AVAILABILITY: &[&str] = &["none", "may_occur", "occurred"];
    pub const SERVICES: &[&str] = &[
        "voice",
        "sms",
        "mobile_data",
        "fixed_voice",
        "broadband",
        "roaming",
        "emergency_calls",
        "m2m",
        "voicemail",
        "number_porting",
        "customer_portal",
        "other",
    ];
    pub const AREA_KIND: &[&str] = &["municipality", "urban_area"];
    pub const NEGATIVE_EFFECT: &[&str] = &["none", "possible", "occurred"];
    pub const ROLE: &[&str] = &["controller", "joint_controller", "processor"];
    pub const BREACH_KINDS: &[&str] = &["confidentiality", "integrity", "availability"];
    pub const CONFIDENTIALITY: &[&str] = &["disclosed", "likely_disclosed", "not_disclosed", "not_assessable"];
    pub const UNINTELLIGIBLE: &[&str] = &["protected", "subvertible", "no", "not_assessable"];
    pub const INTEGRITY: &[&str] = &["altered_unused", "altered_used_reversible", "altered_used_irreversible"];
    pub const DATA_AVAILABILITY: &[&str] = &["temporary", "permanent"];
    pub const BACKUP: &[&str] = &["complete", "partial", "none"];
    pub const SERVICE_IMPACT: &[&str] = &["none", "minor", "major"];
    pub const DATA: &[&str] = &[
        "basic",
        "contact",
        "biometric",
        "criminal",
        "political",
        "racial_ethnic",
        "religious",
        "sex_life",
        "trade_union",
        "genetic",
        "health",
        "financial",
        "employment_health",
        "national_id",
        "location",
        "official_documents",
        "payment",
        "profile",
        "credentials",
        "traffic",
        "communication_content",
        "unknown",
        "other",
    ];
    pub const INSIGHT: &[&str] = &["little", "normal", "much"];
    pub const IDENTIFIABILITY: &[&str] = &["negligible", "limited", "significant", "maximum"];
    pub const SUBJECTS: &[&str] = &[
        "customers",
        "employees",
        "military_police",
        "minors",
        "patients",
        "students",
        "subscribers",
        "users",
        "vulnerable",
        "unknown",
        "other",
    ];
    pub const RECIPIENT: &[&str] = &["none", "trusted", "known", "unknown", "public", "attacker"];
    pub const MISUSE: &[&str] = &["none_seen", "suspected", "confirmed"];
    pub const MEASURES_BEFORE: &[&str] = &[
        "pseudonymisation",
        "backup",
        "encryption",
        "policies",
        "training",
        "incident_log",
        "access_levels",
        "access_control",
        "audits",
        "physical_access_control",
        "updated_systems",
        "other",
    ];
    pub const IMPACTS: &[&str] = &[
        "loss_of_control",
        "limitation_of_rights",
        "discrimination",
        "identity_theft",
        "fraud",
        "financial_loss",
        "pseudonymisation_reversed",
        "reputation",
        "professional_secrecy",
        "third_party_disclosure",
        "social_disadvantage",
        "physical_or_mental_harm",
        "property_damage",
        "other",
        "undetermined",
    ];
    pub const IMPACT_SEVERITY: &[&str] = &["minor", "moderate", "severe"];
    pub const RISK: &[&str] = &["unlikely", "risk", "high"];
    pub const ORDER_KIND: &[&str] = &["incident_report", "tell_subjects", "public_information"];
}
use choices as c;

facts! {
    Title "title" Text(200);
    Description "description" Text(20_000);
    ProviderSeverity "provider_severity" Choice(c::SEVERITY), claim;
    StartedAt "timeline.started_at" Time;
    StartedEstimated "timeline.started_estimated" Bool;
    EndedAt "timeline.ended_at" Time;
    DetectedAt "timeline.detected_at" Time;
    KnownAt "timeline.known_at" Time;
    BreachAwareAt "timeline.breach_aware_at" Time;
    HighRiskAt "timeline.high_risk_at" Time;
    NormalisedAt "timeline.normalised_at" Time;
    ChangedAt "timeline.changed_at" Time, claim;
    DelayReasons "timeline.delay_reasons" Text(4_000), claim;
    Nature "cause.nature" Choices(c::NATURE) => 60;
    Origin "cause.origin" Choice(c::ORIGIN) => 61;
    RootCause "cause.root_cause" Choice(c::ROOT_CAUSE);
    ThirdPartyFailure "cause.third_party_failure" Bool;
    PlannedWork "cause.planned_work" Bool;
    Availability "services.availability" Choice(c::AVAILABILITY);
    ServicesAffected "services.affected" Choices(c::SERVICES);
    CustomersAffected "services.customers_affected" Whole;
    CustomersTotal "services.customers_total" Whole;
    StationsAffected "services.base_stations_affected" Whole;
    StationsTotal "services.base_stations_total" Whole;
    Areas "services.areas" Items;
    AreaKind "services.areas[].kind" Choice(c::AREA_KIND);
    AreaCode "services.areas[].code" Text(20);
    AreaName "services.areas[].name" Text(200);
    AreaInhabitants "services.areas[].inhabitants" Whole;
    AreaCustomersAffected "services.areas[].customers_affected" Whole;
    AreaCustomersTotal "services.areas[].customers_total" Whole;
    AreaStationsAffected "services.areas[].base_stations_affected" Whole;
    AreaStationsTotal "services.areas[].base_stations_total" Whole;
    DurationMinutes "services.duration_minutes" Whole;
    LifeAndHealthUsers "services.life_and_health_users_affected" Bool;
    HighRiskToLife "services.high_risk_to_life_or_health" Bool;
    CriticalFunctions "services.critical_functions_affected" Bool;
    OtherProviders "services.other_providers_affected" Bool;
    Material "services.material" Bool;
    SecurityBreach "network_security.security_breach" Bool;
    ParticularRisk "network_security.particular_risk" Bool;
    NegativeEffect "network_security.negative_effect" Choice(c::NEGATIVE_EFFECT);
    ProtectionDocumented "network_security.protection_documented_to_nkom" Bool, claim;
    CiaMaterial "network_security.cia_material" Bool;
    Breach "personal_data.breach" Bool;
    Roles "personal_data.roles" Items;
    Role "personal_data.roles[].role" Choice(c::ROLE);
    RoleController "personal_data.roles[].controller" Text(200);
    RoleHours "personal_data.roles[].notify_within_hours" Number;
    BreachKinds "personal_data.kinds" Choices(c::BREACH_KINDS) => 55;
    Confidentiality "personal_data.confidentiality" Choice(c::CONFIDENTIALITY) => 56;
    Unintelligible "personal_data.unintelligible" Choice(c::UNINTELLIGIBLE) => 57;
    Integrity "personal_data.integrity" Choice(c::INTEGRITY) => 58;
    DataAvailability "personal_data.availability" Choice(c::DATA_AVAILABILITY) => 59;
    Backup "personal_data.backup" Choice(c::BACKUP);
    RestoreHours "personal_data.restore_hours" Number;
    ServiceImpact "personal_data.service_impact" Choice(c::SERVICE_IMPACT);
    Data "personal_data.data" Choices(c::DATA) => 70;
    Insight "personal_data.insight" Choice(c::INSIGHT);
    Identifiability "personal_data.identifiability" Choice(c::IDENTIFIABILITY);
    Subjects "personal_data.subjects" Choices(c::SUBJECTS) => 65;
    SubjectsCount "personal_data.subjects_count" Whole;
    SubjectsCountExact "personal_data.subjects_count_exact" Bool;
    RecordsCount "personal_data.records_count" Whole;
    Recipient "personal_data.recipient" Choice(c::RECIPIENT);
    RecipientsCount "personal_data.recipients_count" Whole;
    DeletionConfirmed "personal_data.deletion_confirmed" Bool;
    Recovered "personal_data.recovered" Bool;
    Misuse "personal_data.misuse" Choice(c::MISUSE);
    ExposureDays "personal_data.exposure_days" Number;
    MeasuresBefore "personal_data.measures_before" Choices(c::MEASURES_BEFORE) => 75;
    Impacts "personal_data.impacts" Choices(c::IMPACTS) => 85;
    ImpactSeverity "personal_data.impact_severity" Choice(c::IMPACT_SEVERITY) => 87;
    Countries "personal_data.countries" Kind::Countries;
    ExceptionProtected "personal_data.exceptions.protected" Bool, claim;
    ExceptionLaterMeasures "personal_data.exceptions.later_measures" Bool, claim;
    ExceptionEffort "personal_data.exceptions.disproportionate_effort" Bool, claim;
    ExceptionSecrecy "personal_data.exceptions.secrecy" Bool, claim;
    Risk "personal_data.risk" Choice(c::RISK), claim;
    RiskReason "personal_data.risk_reason" Text(4_000), claim;
    MeasuresTaken "measures.taken" Text(20_000), claim;
    MeasuresPlanned "measures.planned" Text(20_000), claim;
    Orders "orders" Items, claim;
    OrderKind "orders[].kind" Choice(c::ORDER_KIND), claim;
    OrderAuthority "orders[].authority" Text(200), claim;
    OrderedAt "orders[].ordered_at" Time, claim;
    OrderDueAt "orders[].due_at" Time, claim;
    Sent "sent" Items, claim;
    SentDuty "sent[].duty" Choice(super::book::DUTY_IDS), claim;
    SentFor "sent[].for" Text(200), claim;
    SentStage "sent[].stage" Text(40), claim;
    SentAt "sent[].sent_at" Time, claim;
    SentComplete "sent[].complete" Bool, claim;
    Regulation611 "organisation.regulation_611" Bool, claim;
    DigitalSecurityAct "organisation.digital_security_act" Bool, claim;
    SecurityAct "organisation.security_act" Bool, claim;
    TrustService "organisation.trust_service" Bool, claim;
}

/// How many facts the table has.
pub const COUNT: usize = ALL.len();

/// The list of objects that each fact stands in: the last list before it, where its path has a `[`.
const LIST_OF: [Option<Fact>; COUNT] = {
    let mut lists = [None; COUNT];
    let mut last = None;
    let mut i = 0;
    while i < COUNT {
        let path = TABLE[i].path.as_bytes();
        let mut at = 0;
        while at < path.len() {
            if path[at] == b'[' {
                lists[i] = last;
            }
            at += 1;
        }
        if matches!(TABLE[i].kind, Kind::Items) {
            last = Some(ALL[i]);
        }
        i += 1;
    }
    lists
};

impl Fact {
    /// The fact's row in the table.
    pub const fn def(self) -> &'static Def {
        &TABLE[self as usize]
    }
    /// The fact's place in the JSON, as `services.areas[].code`.
    pub const fn path(self) -> &'static str {
        self.def().path
    }
    /// The last part of the path: the key in its object.
    pub fn key(self) -> &'static str {
        self.path().rsplit('.').next().unwrap_or_default()
    }
    /// The list of objects this fact stands in, if any.
    pub const fn list(self) -> Option<Fact> {
        LIST_OF[self as usize]
    }
    /// The facts of each object of this list, in table order.
    pub fn items(self) -> &'static [Fact] {
        let first = self as usize + 1;
        let many = ALL[first..].iter().take_while(|fact| fact.list() == Some(self)).count();
        &ALL[first..first + many]
    }
    /// Finds a fact by its path in the table, `[]` included.
    pub fn by_path(path: &str) -> Option<Fact> {
        ALL.iter().copied().find(|fact| fact.path() == path)
    }
    /// The words a choice may take; empty for other kinds.
    pub const fn choices(self) -> &'static [&'static str] {
        match self.def().kind {
            Choice(words) | Choices(words) => words,
            _ => &[],
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path())
    }
}

/// One fact's place in one incident: the fact and, inside a list of objects, which object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path {
    /// Which fact.
    pub fact: Fact,
    /// Which object of its list, from nought.
    pub at: Option<u16>,
}

impl From<Fact> for Path {
    fn from(fact: Fact) -> Self {
        Path { fact, at: None }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at.and_then(|at| Some((at, self.fact.path().split_once("[]")?))) {
            Some((at, (list, rest))) => write!(f, "{list}[{at}]{rest}"),
            None => f.write_str(self.fact.path()),
        }
    }
}

impl serde::Serialize for Path {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Places in the order they were added, each once.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    /// The facts outside any list of objects, as bits.
    seen: u128,
    /// The facts inside lists of objects; most conditions look at none.
    seen_inside: Option<HashSet<Path>>,
    list: Vec<Path>,
}

const _: () = assert!(COUNT <= 128, "a fact's number no longer fits the bits of `Paths`");

impl Paths {
    /// Adds a place unless it is there.
    pub fn add(&mut self, path: impl Into<Path>) {
        let path = path.into();
        let bit = 1_u128 << path.fact as u8;
        let new = match path.at {
            None => self.seen & bit == 0,
            Some(_) => self.seen_inside.get_or_insert_default().insert(path),
        };
        if new {
            self.seen |= if path.at.is_none() { bit } else { 0 };
            self.list.push(path);
        }
    }
    /// Adds each of the places.
    pub fn add_all(&mut self, paths: &[Path]) {
        for path in paths {
            self.add(*path);
        }
    }
    /// The places so far.
    pub fn list(&self) -> &[Path] {
        &self.list
    }
    /// The places.
    pub fn into_vec(self) -> Vec<Path> {
        self.list
    }
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// The number of a choice's word; a rule that names a word the fact does not have does not compile.
#[allow(clippy::panic)] // reached at compile time only: the rules are constants
pub const fn word(fact: Fact, word: &str) -> u8 {
    let words = fact.choices();
    let mut i = 0;
    while i < words.len() {
        if same(words[i], word) {
            return i as u8;
        }
        i += 1;
    }
    panic!("a rule names a word that the fact does not have")
}

/// The set of a choice's words, as bits; checked at compile time like [`word`].
pub const fn words(fact: Fact, list: &[&str]) -> u64 {
    let mut bits = 0;
    let mut i = 0;
    while i < list.len() {
        bits |= 1 << word(fact, list[i]);
        i += 1;
    }
    bits
}
