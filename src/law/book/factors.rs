//! The EDPB's factors of the risk to the persons (Guidelines 9/2022 and 01/2021), one way of being hurt at a time.

use crate::law::cond::{Cond, Number, Term};
use crate::law::enisa::SENSITIVE;
use crate::law::fact::{Fact, word, words};
use crate::law::risk::{Effect, Factor, Way};
use Cond::{All, Any, Context, Is, MayBe, MoreThan, Not, Yes};

/// ENISA's flag for volume: more persons than this are not few.
const FEW_PERSONS: Number = Number::Law(100.0);
/// Volume that by itself makes malice against simple data a high risk (EDPB 01/2021 case 11: many thousands).
const MANY_PERSONS: Number = Number::Law(1_000.0);

const fn harmless(id: &'static str, source: &'static str, cond: Cond) -> Factor {
    Factor { term: Term { id, cond, source }, effect: Effect::Harmless }
}
const fn high(id: &'static str, source: &'static str, cond: Cond) -> Factor {
    Factor { term: Term { id, cond, source }, effect: Effect::High }
}
const fn is(fact: Fact, list: &[&str]) -> Cond {
    Is(fact, words(fact, list))
}
const fn kind(name: &str, fact: Fact, list: &[&str]) -> Cond {
    Cond::OfKind(word(Fact::BreachKinds, name), fact, words(fact, list))
}

const NO_MISUSE: Cond = is(Fact::Misuse, &["none_seen"]);
/// Hands whose intentions nobody knows, or knows to be bad.
const OUT_OF_HAND: Cond = is(Fact::Recipient, &["unknown", "public", "attacker"]);
const IDENTIFIABLE: Cond = is(Fact::Identifiability, &["significant", "maximum"]);
const REVEALING: Cond = is(Fact::Insight, &["normal", "much"]);
const EXTERNAL_MALICE: Cond =
    MayBe(Fact::Origin, words(Fact::Origin, &["external_malicious"]), words(Fact::Origin, &["undetermined"]));
/// Data that open the way to identity theft or fraud.
const FRAUD_DATA: Cond = MayBe(
    Fact::Data,
    words(Fact::Data, &["national_id", "official_documents", "payment", "credentials"]),
    words(Fact::Data, &["unknown"]),
);
const SENSITIVE_DATA: Cond = MayBe(Fact::Data, SENSITIVE, words(Fact::Data, &["unknown"]));
/// It left, or likely left; «cannot be assessed» leaves it open.
static LEAKED: Term = Term {
    id: "data-left",
    cond: MayBe(
        Fact::Confidentiality,
        words(Fact::Confidentiality, &["disclosed", "likely_disclosed"]),
        words(Fact::Confidentiality, &["not_assessable"]),
    ),
    source: "EDPB template field 56",
};

/// The ways and their factors.
pub static WAYS: &[Way] = &[
    Way {
        name: "confidentiality",
        present: kind("confidentiality", Fact::Confidentiality, &["disclosed", "likely_disclosed", "not_assessable"]),
        factors: &[
            harmless(
                "not-disclosed",
                "EDPB 9/2022 § 4; template field 56",
                is(Fact::Confidentiality, &["not_disclosed"]),
            ),
            harmless(
                "unintelligible",
                "EDPB 9/2022 annex B i; GDPR art. 34(3)(a)",
                is(Fact::Unintelligible, &["protected"]),
            ),
            harmless(
                "trusted-recipient",
                "EDPB 9/2022 § 4 (trusted recipient); 01/2021 case 9",
                All(&[is(Fact::Recipient, &["trusted"]), Yes(Fact::DeletionConfirmed), NO_MISUSE]),
            ),
            harmless(
                "recovered-in-time",
                "EDPB 01/2021 case 10",
                All(&[
                    Yes(Fact::Recovered),
                    NO_MISUSE,
                    is(Fact::Confidentiality, &["not_assessable"]),
                    Not(&is(Fact::Recipient, &["public", "attacker"])),
                ]),
            ),
            harmless(
                "few-and-trivial",
                "EDPB 01/2021 cases 13 and 15; 9/2022 annex B x",
                All(&[
                    is(Fact::Insight, &["little"]),
                    is(Fact::Recipient, &["none", "trusted", "known"]),
                    Not(&MoreThan(Fact::SubjectsCount, FEW_PERSONS)),
                    NO_MISUSE,
                    Not(&Cond::Score(2.0)),
                    Any(&[is(Fact::ImpactSeverity, &["minor"]), Yes(Fact::DeletionConfirmed), Yes(Fact::Recovered)]),
                ]),
            ),
            high(
                "fraud-data-out-of-hand",
                "EDPB 01/2021 cases 4, 7, 14, 18; GDPR recital 75",
                All(&[Cond::Term(&LEAKED), FRAUD_DATA, OUT_OF_HAND, IDENTIFIABLE]),
            ),
            high(
                "sensitive-data-revealed",
                "EDPB 9/2022 § 4 (nature and sensitivity); 01/2021 case 12",
                All(&[
                    Cond::Term(&LEAKED),
                    SENSITIVE_DATA,
                    Any(&[
                        All(&[OUT_OF_HAND, REVEALING]),
                        All(&[is(Fact::Recipient, &["known"]), is(Fact::Insight, &["much"])]),
                    ]),
                ]),
            ),
            high(
                "taken-by-outsider",
                "EDPB 01/2021 cases 5 and 17 (exfiltration by an attacker)",
                All(&[
                    Cond::Term(&LEAKED),
                    is(Fact::Recipient, &["attacker"]),
                    EXTERNAL_MALICE,
                    IDENTIFIABLE,
                    Any(&[REVEALING, MoreThan(Fact::SubjectsCount, FEW_PERSONS)]),
                ]),
            ),
            high(
                "malice-at-volume",
                "EDPB 01/2021 case 11; 9/2022 § 4 (number of individuals)",
                All(&[
                    Cond::Term(&LEAKED),
                    OUT_OF_HAND,
                    EXTERNAL_MALICE,
                    IDENTIFIABLE,
                    MoreThan(Fact::SubjectsCount, MANY_PERSONS),
                ]),
            ),
            high(
                "published-at-volume",
                "EDPB 9/2022 § 4 (number of individuals); annex B vi",
                All(&[
                    Cond::Term(&LEAKED),
                    is(Fact::Recipient, &["public"]),
                    Context(2.0),
                    IDENTIFIABLE,
                    MoreThan(Fact::SubjectsCount, FEW_PERSONS),
                ]),
            ),
            high(
                "score-very-high",
                "ENISA 2013, band very high",
                All(&[Cond::Term(&LEAKED), Cond::Score(4.0), Any(&[OUT_OF_HAND, is(Fact::Recipient, &["known"])])]),
            ),
            high(
                "score-high",
                "ENISA 2013, band high",
                All(&[
                    Cond::Term(&LEAKED),
                    Cond::Score(3.0),
                    Any(&[OUT_OF_HAND, All(&[is(Fact::Recipient, &["known"]), is(Fact::Insight, &["much"])])]),
                ]),
            ),
            high(
                "severe-consequences",
                "EDPB 9/2022 § 4 (severity of consequences); template field 87",
                All(&[Cond::Term(&LEAKED), is(Fact::ImpactSeverity, &["severe"]), Context(2.0), Cond::Score(2.0)]),
            ),
            high(
                "misused",
                "EDPB 01/2021 case 17; 9/2022 § 4",
                All(&[
                    Cond::Term(&LEAKED),
                    Any(&[
                        All(&[is(Fact::Misuse, &["confirmed"]), Cond::Score(3.0)]),
                        All(&[is(Fact::Misuse, &["suspected", "confirmed"]), FRAUD_DATA, IDENTIFIABLE]),
                    ]),
                ]),
            ),
        ],
    },
    Way {
        name: "integrity",
        present: kind("integrity", Fact::Integrity, &["altered_used_reversible", "altered_used_irreversible"]),
        factors: &[
            harmless("altered-unused", "EDPB template field 58", is(Fact::Integrity, &["altered_unused"])),
            high(
                "altered-with-effect",
                "EDPB 9/2022 § 4 (severity of consequences)",
                All(&[
                    is(Fact::Integrity, &["altered_used_reversible", "altered_used_irreversible"]),
                    is(Fact::ServiceImpact, &["major"]),
                ]),
            ),
        ],
    },
    Way {
        name: "availability",
        // Says nothing by its words alone: a lost device is «temporary» too.
        present: kind("availability", Fact::DataAvailability, &[]),
        factors: &[
            harmless(
                "restored-without-effect",
                "EDPB 01/2021 case 1; 9/2022 § 2 and annex B iii",
                Any(&[
                    All(&[is(Fact::ServiceImpact, &["none"]), is(Fact::Backup, &["complete"])]),
                    All(&[
                        is(Fact::ServiceImpact, &["none", "minor"]),
                        is(Fact::DataAvailability, &["temporary"]),
                        Not(&MoreThan(Fact::RestoreHours, Number::Law(24.0))),
                    ]),
                ]),
            ),
            high(
                "loss-reaches-persons",
                "EDPB 01/2021 case 3; 9/2022 annex B viii",
                is(Fact::ServiceImpact, &["major"]),
            ),
        ],
    },
];
