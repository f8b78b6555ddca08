//! Who may see which fact. Drafts and exports are made from what their receiver may see, and from nothing else.

use serde_json::{Value, json};

use crate::law::{Duty, Fact, Facts, fact};

/// Somebody who is told something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// Our own people on the case: they see everything.
    Internal,
    /// The data protection authority.
    Datatilsynet,
    /// The communications authority.
    Nkom,
    /// Another authority, such as NSM.
    Supervisor,
    /// A business customer whose data we process.
    Customer,
    /// The subscribers and persons affected.
    Affected,
    /// Everybody.
    Public,
    /// The management.
    Board,
}

impl Reader {
    /// All, in the order of the table on the page.
    pub const ALL: [Self; 8] = [
        Self::Internal,
        Self::Datatilsynet,
        Self::Nkom,
        Self::Supervisor,
        Self::Customer,
        Self::Affected,
        Self::Public,
        Self::Board,
    ];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Datatilsynet => "datatilsynet",
            Self::Nkom => "nkom",
            Self::Supervisor => "supervisor",
            Self::Customer => "customer",
            Self::Affected => "affected",
            Self::Public => "public",
            Self::Board => "board",
        }
    }

    /// Whoever a duty's notice goes to.
    #[must_use]
    pub fn of(duty: &Duty) -> Self {
        match duty.recipient {
            // A breach of personal data is told there in full, not as an outage is.
            _ if duty.id == "reg-611-authority" => Self::Supervisor,
            "datatilsynet" => Self::Datatilsynet,
            "nkom" => Self::Nkom,
            "nsm" | "supervisory_authority" => Self::Supervisor,
            "controller" => Self::Customer,
            "subscribers" | "data_subjects" => Self::Affected,
            "public" => Self::Public,
            "management" => Self::Board,
            _ => Self::Internal,
        }
    }

    /// Whether it is an authority.
    #[must_use]
    pub fn is_authority(self) -> bool {
        matches!(self, Self::Datatilsynet | Self::Nkom | Self::Supervisor)
    }

    fn letter(self) -> char {
        match self {
            Self::Internal => 'I',
            Self::Datatilsynet => 'D',
            Self::Nkom => 'N',
            Self::Supervisor => 'S',
            Self::Customer => 'C',
            Self::Affected => 'A',
            Self::Public => 'P',
            Self::Board => 'B',
        }
    }
}

/// The readers of each fact beside our own people: Datatilsynet, Nkom, Supervisor, Customer, Affected, Public, Board.
const fn readers(fact: Fact) -> &'static str {
    match fact {
        Fact::Title => "DNSB",
        Fact::Description | Fact::MeasuresTaken | Fact::MeasuresPlanned => "DNSCAPB",
        Fact::StartedAt | Fact::StartedEstimated | Fact::EndedAt => "DNSCAPB",
        Fact::NormalisedAt => "NSAPB",
        Fact::DetectedAt => "DNSCB",
        Fact::KnownAt => "DNSB",
        Fact::BreachAwareAt => "DSCB",
        Fact::HighRiskAt | Fact::DelayReasons => "DB",
        Fact::ChangedAt => "NB",
        Fact::Nature => "DNSCAB",
        Fact::Origin | Fact::RootCause | Fact::ThirdPartyFailure => "DNSCB",
        Fact::PlannedWork => "NSAPB",
        Fact::Availability | Fact::ServicesAffected | Fact::DurationMinutes => "NSAPB",
        Fact::Areas | Fact::AreaKind | Fact::AreaCode | Fact::AreaName => "NSAPB",
        Fact::AreaInhabitants
        | Fact::AreaCustomersAffected
        | Fact::AreaCustomersTotal
        | Fact::AreaStationsAffected
        | Fact::AreaStationsTotal
        | Fact::CustomersAffected
        | Fact::CustomersTotal
        | Fact::StationsAffected
        | Fact::StationsTotal => "NSB",
        Fact::LifeAndHealthUsers | Fact::HighRiskToLife | Fact::CriticalFunctions | Fact::OtherProviders => "NSB",
        Fact::SecurityBreach | Fact::CiaMaterial => "DNSAB",
        Fact::ParticularRisk | Fact::NegativeEffect => "DNSAB",
        Fact::ProtectionDocumented => "NB",
        Fact::Breach => "DNSCAPB",
        Fact::Role => "DSCB",
        Fact::Roles => "DSCB",
        // Which other customers are hit is nobody else's business; a customer is shown its own name only.
        Fact::RoleController => "CB",
        Fact::RoleHours => "B",
        Fact::BreachKinds | Fact::Confidentiality | Fact::Integrity | Fact::DataAvailability => "DNSCAPB",
        Fact::Unintelligible => "DNSCAPB",
        Fact::Backup | Fact::RestoreHours => "DSCB",
        Fact::Data => "DNSCAPB",
        Fact::Subjects | Fact::SubjectsCount | Fact::SubjectsCountExact => "DNSCPB",
        Fact::RecordsCount => "DSCB",
        Fact::Recipient | Fact::DeletionConfirmed | Fact::Recovered => "DSCAPB",
        Fact::RecipientsCount | Fact::Misuse | Fact::ExposureDays => "DSCB",
        Fact::MeasuresBefore => "DNSCB",
        Fact::Impacts => "DSCAPB",
        Fact::ImpactSeverity => "DSB",
        Fact::Countries => "DNSB",
        Fact::ExceptionProtected | Fact::ExceptionLaterMeasures | Fact::ExceptionEffort | Fact::ExceptionSecrecy => {
            "DB"
        }
        Fact::Risk | Fact::RiskReason => "DB",
        Fact::Orders | Fact::OrderKind | Fact::OrderAuthority | Fact::OrderedAt | Fact::OrderDueAt => "DNSPB",
        // The affected are told that Datatilsynet is; nobody is told which customers were.
        Fact::Sent | Fact::SentDuty | Fact::SentAt => "DNSAPB",
        Fact::SentStage | Fact::SentComplete => "DNSB",
        Fact::SentFor => "B",
        Fact::ServiceImpact | Fact::Insight | Fact::Identifiability => "DB",
        Fact::ProviderSeverity | Fact::Material => "NSB",
        Fact::Regulation611 | Fact::DigitalSecurityAct | Fact::SecurityAct | Fact::TrustService => "B",
    }
}

/// Whether a reader may see a fact.
#[must_use]
pub fn may_see(reader: Reader, fact: Fact) -> bool {
    reader == Reader::Internal || readers(fact).contains(reader.letter())
}

/// What a business customer may be told only of itself: with others hit as well, the numbers of all are not its own.
pub const OWN: [Fact; 5] =
    [Fact::Data, Fact::Subjects, Fact::SubjectsCount, Fact::SubjectsCountExact, Fact::RecordsCount];

/// Whether somebody else's data are hit beside this customer's, so that the numbers of the case are not theirs alone.
#[must_use]
pub fn is_shared(facts: &Facts, customer: &str) -> bool {
    let other = |role: &crate::law::Item| {
        role.word(Fact::Role) != Some("processor") || role.text(Fact::RoleController) != Some(customer)
    };
    facts.items(Fact::Roles).iter().any(other)
}

/// The names of business customers that a text for this reader must not mention.
#[must_use]
pub fn unmentionable<'a>(facts: &'a Facts, reader: Reader, customer: Option<&str>) -> Vec<&'a str> {
    if matches!(reader, Reader::Internal | Reader::Board) {
        return Vec::new();
    }
    let names = facts.items(Fact::Roles).iter().filter_map(|role| role.text(Fact::RoleController));
    names.filter(|name| Some(*name) != customer).collect()
}

/// The facts that a reader may see; what they may not see is unknown to them.
#[must_use]
pub fn seen(facts: &Facts, reader: Reader, customer: Option<&str>) -> Facts {
    if reader == Reader::Internal {
        return facts.clone();
    }
    let mut json = facts.to_json();
    for fact in fact::ALL.iter().filter(|fact| **fact != Fact::Title && !may_see(reader, **fact)) {
        take_away(&mut json, fact.path());
    }
    if let (Reader::Customer, Some(customer)) = (reader, customer) {
        if is_shared(facts, customer) {
            OWN.iter().for_each(|fact| take_away(&mut json, fact.path()));
        }
        if let Some(roles) = json["personal_data"]["roles"].as_array_mut() {
            roles.retain(|role| role["controller"] == customer);
        }
    }
    if !may_see(reader, Fact::Title) {
        // A case has a title; this one says nothing.
        json["title"] = json!("-");
    }
    // Taking facts away makes no other wrong; if it did, nothing would be the answer and not everything.
    Facts::from_stored(&json).or_else(|_| Facts::from_stored(&json!({ "title": "-" }))).unwrap_or_default()
}

fn take_away(json: &mut Value, path: &str) {
    let (first, rest) = path.split_once('.').map_or((path, ""), |(first, rest)| (first, rest));
    let (key, list) = first.strip_suffix("[]").map_or((first, false), |key| (key, true));
    let Some(object) = json.as_object_mut() else { return };
    if rest.is_empty() {
        object.remove(key);
        return;
    }
    match object.get_mut(key) {
        Some(Value::Array(items)) if list => items.iter_mut().for_each(|item| take_away(item, rest)),
        Some(inner) => take_away(inner, rest),
        None => {}
    }
}
