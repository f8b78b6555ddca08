//! The hundred fields in the order of the template: what each holds, when it is asked for, and what the facts say.

use serde_json::Value;

use super::known as k;
use super::{Answers, Ask, Field, Holds, Need, Options, Source};
use crate::law::Fact;
use crate::law::fact::choices as c;
use crate::notice::Stage;

use Holds::{Line, Many, One, Text, Time, Whole};
use Need::{Conditional, Optional, Required};

type Asked = fn(&Answers) -> Ask;
type Known = fn(&Source<'_>, &Answers) -> Value;

const fn own(count: u8) -> Options {
    Options { count, of: "", fact: None }
}
const fn group(of: &'static str, count: u8) -> Options {
    Options { count, of, fact: None }
}
const fn fact(count: u8, fact: Fact, words: &'static [&'static str]) -> Options {
    Options { count, of: "", fact: Some((fact, words)) }
}

/// The letters of persons and data where the template's order differs from that of the facts.
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
    "other",
    "unknown",
];
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
    "unknown",
    "other",
];
/// The template tells «to be determined» from «unknown»; the facts know the first.
pub const ORIGIN: &[&str] = &[
    "internal_non_malicious",
    "internal_malicious",
    "external_non_malicious",
    "external_malicious",
    "undetermined",
    "",
];

fn must(_: &Answers) -> Ask {
    Ask::Must
}
fn may(_: &Answers) -> Ask {
    Ask::May
}
/// What only concerns controllers outside the EEA, or authorities that ask for it: not Datatilsynet, and not us.
fn hidden(_: &Answers) -> Ask {
    Ask::Hidden
}
fn when(asked: bool) -> Ask {
    if asked { Ask::Must } else { Ask::Hidden }
}
fn may_when(asked: bool) -> Ask {
    if asked { Ask::May } else { Ask::Hidden }
}

const fn row(no: u8, part: &'static str, need: Need, holds: Holds, asked: Asked, known: Known) -> Field {
    Field { no, part, need, holds, asked, known }
}

const YES_NO_UNKNOWN: Options = group("known", 3);
const NUMBER: Options = group("number", 4);

/// Every field.
pub const FIELDS: &[Field] = &[
    row(3, "about", Required, One(own(2)), must, k::kind),
    row(4, "about", Required, One(own(3)), may, k::nothing),
    row(5, "about", Conditional, Text, |a| when(a.stage == Stage::Withdrawn), k::nothing),
    row(6, "about", Conditional, Line, |a| when(a.has(3, "b")), k::previous),
    row(7, "about", Optional, Line, may, k::reference),
    row(10, "controller", Conditional, One(own(3)), may, k::identifier_kind),
    row(11, "controller", Conditional, Line, |a| when(!a.get(10).is_null()), k::org_number),
    row(12, "controller", Required, Line, must, k::name),
    row(13, "controller", Required, Line, must, k::address),
    row(14, "controller", Optional, One(own(2)), may, k::nothing),
    row(15, "controller", Optional, One(own(4)), |a| may_when(a.has(14, "a")), k::nothing),
    row(16, "controller", Optional, Line, |a| may_when(a.has(15, "d")), k::nothing),
    row(17, "controller", Optional, Line, may, k::nothing),
    row(18, "controller", Conditional, Line, hidden, k::nothing),
    row(19, "controller", Optional, Line, hidden, k::nothing),
    row(21, "reporter", Required, Line, must, k::reporter),
    row(22, "reporter", Required, Line, must, k::reporter_contact),
    row(23, "reporter", Required, One(own(3)), must, k::nothing),
    row(24, "reporter", Conditional, Line, |a| when(a.has(23, "c")), k::nothing),
    row(25, "reporter", Conditional, Line, hidden, k::nothing),
    row(26, "reporter", Conditional, Line, hidden, k::nothing),
    row(29, "contact", Required, One(group("yes", 2)), |a| when(!a.has(23, "a")), k::has_dpo),
    row(30, "contact", Required, Line, |a| when(!a.has(23, "a") && a.has(29, "a")), k::dpo),
    row(31, "contact", Required, Line, |a| when(!a.has(23, "a") && a.has(29, "a")), k::dpo_contact),
    row(33, "contact", Optional, One(own(3)), may, k::whom_to_ask),
    row(34, "contact", Conditional, Line, |a| when(a.has(33, "c")), k::contact),
    row(35, "contact", Conditional, Line, |a| when(a.has(33, "c")), k::nothing),
    row(36, "contact", Conditional, Line, |a| when(a.has(33, "c")), k::contact_ways),
    row(38, "others", Required, One(group("yes", 2)), must, k::others),
    row(39, "others", Required, Line, |a| when(a.has(38, "a")), k::nothing),
    row(40, "others", Required, Line, |a| when(a.has(38, "a")), k::nothing),
    row(41, "others", Required, Line, |a| when(a.has(38, "a")), k::nothing),
    row(44, "time", Required, One(own(5)), must, k::period),
    row(45, "time", Optional, One(group("yes", 2)), may, k::estimated),
    row(46, "time", Conditional, Time, |a| when(a.has(44, "abc")), k::started),
    row(47, "time", Conditional, Time, |a| when(a.has(44, "ab")), k::ended),
    row(48, "time", Required, Time, must, k::aware),
    row(49, "time", Conditional, Text, |a| when(a.late && a.has(3, "a")), k::delay),
    row(50, "time", Required, One(own(6)), must, k::nothing),
    row(51, "time", Required, Text, must, k::nothing),
    row(52, "time", Conditional, Time, |a| when(a.has(50, "bcdef")), k::nothing),
    row(53, "time", Conditional, Text, may, k::nothing),
    row(55, "breach", Required, Many(fact(3, Fact::BreachKinds, c::BREACH_KINDS)), must, k::breach_kinds),
    row(
        56,
        "breach",
        Conditional,
        One(fact(5, Fact::Confidentiality, c::CONFIDENTIALITY)),
        |a| when(a.has(55, "a")),
        k::confidentiality,
    ),
    row(
        57,
        "breach",
        Conditional,
        One(fact(5, Fact::Unintelligible, c::UNINTELLIGIBLE)),
        |a| when(a.has(55, "a")),
        k::unintelligible,
    ),
    row(58, "breach", Conditional, One(fact(3, Fact::Integrity, c::INTEGRITY)), |a| when(a.has(55, "b")), k::integrity),
    row(
        59,
        "breach",
        Conditional,
        One(fact(3, Fact::DataAvailability, c::DATA_AVAILABILITY)),
        |a| when(a.has(55, "c")),
        k::availability,
    ),
    row(60, "breach", Required, Many(fact(25, Fact::Nature, c::NATURE)), must, k::nature),
    row(61, "breach", Required, One(fact(6, Fact::Origin, ORIGIN)), must, k::origin),
    row(62, "breach", Required, Text, must, k::description),
    row(63, "breach", Required, Text, must, k::nothing),
    row(65, "persons", Required, Many(fact(11, Fact::Subjects, SUBJECTS)), must, k::subjects),
    row(66, "persons", Required, Text, must, k::subjects_words),
    row(67, "persons", Required, One(NUMBER), must, k::subjects_how),
    row(68, "persons", Conditional, Whole, |a| when(a.has(67, "ab")), k::subjects_count),
    row(70, "data", Required, Many(fact(21, Fact::Data, DATA)), must, k::data),
    row(71, "data", Required, Text, must, k::data_words),
    row(72, "data", Required, One(NUMBER), must, k::records_how),
    row(73, "data", Required, Whole, |a| when(!a.has(72, "cd")), k::records_count),
    row(75, "before", Required, Many(fact(12, Fact::MeasuresBefore, c::MEASURES_BEFORE)), must, k::measures_before),
    row(76, "before", Required, Text, must, k::nothing),
    row(79, "consequences", Conditional, Many(own(5)), |a| when(a.has(55, "a")), k::nothing),
    row(80, "consequences", Conditional, Text, |a| when(a.has(79, "d")), k::nothing),
    row(81, "consequences", Conditional, Many(own(4)), |a| when(a.has(55, "b")), k::nothing),
    row(82, "consequences", Conditional, Text, |a| when(a.has(81, "c")), k::nothing),
    row(83, "consequences", Conditional, Many(own(4)), |a| when(a.has(55, "c")), k::service_impact),
    row(84, "consequences", Conditional, Text, |a| when(a.has(83, "c")), k::nothing),
    row(85, "consequences", Required, Many(fact(15, Fact::Impacts, c::IMPACTS)), must, k::impacts),
    row(86, "consequences", Conditional, Text, |a| when(a.has(85, "n")), k::nothing),
    row(87, "consequences", Required, One(fact(4, Fact::ImpactSeverity, c::IMPACT_SEVERITY)), must, k::impact_severity),
    row(89, "risk", Required, One(own(4)), must, k::risk),
    row(90, "risk", Required, Text, must, k::risk_words),
    row(92, "measures", Required, Text, must, k::taken),
    row(94, "measures", Required, Many(own(15)), must, k::nothing),
    row(95, "measures", Required, Text, must, k::planned),
    // The letters are a, b, b1, c, d, e in the template; here they run on.
    row(97, "told", Required, One(own(6)), must, k::told),
    row(98, "told", Conditional, Time, |a| when(a.has(97, "a")), k::told_at),
    row(99, "told", Conditional, Time, |a| when(a.has(97, "b")), k::nothing),
    row(100, "told", Conditional, Many(own(3)), |a| when(a.has(97, "f")), k::exceptions),
    row(101, "told", Conditional, Text, |a| when(a.has(97, "f")), k::nothing),
    row(102, "told", Conditional, One(own(2)), |a| when(a.has(97, "a")), k::nothing),
    row(103, "told", Conditional, Text, |a| when(a.has(102, "b")), k::nothing),
    row(104, "told", Conditional, Many(own(3)), |a| when(a.has(97, "a")), k::means),
    row(105, "told", Optional, Text, |a| may_when(a.has(104, "c")), k::nothing),
    row(106, "told", Conditional, Text, |a| when(a.has(97, "a")), k::letter_sent),
    row(109, "elsewhere", Optional, One(YES_NO_UNKNOWN), may, k::nothing),
    row(110, "elsewhere", Optional, One(YES_NO_UNKNOWN), may, k::other_authorities),
    row(111, "elsewhere", Conditional, Text, |a| when(a.has(109, "a") || a.has(110, "a")), k::which_authorities),
    row(113, "abroad", Required, One(YES_NO_UNKNOWN), must, k::abroad),
    row(114, "abroad", Conditional, Line, |a| when(a.has(113, "a")), k::nothing),
    row(115, "abroad", Conditional, Line, |a| when(a.has(113, "a")), k::nothing),
    row(116, "abroad", Conditional, Line, |a| when(a.has(113, "a")), k::countries),
    row(117, "abroad", Conditional, Line, |a| when(a.has(113, "a")), k::nothing),
    row(118, "abroad", Conditional, Line, |a| when(a.has(113, "a")), k::nothing),
    row(120, "abroad", Required, One(YES_NO_UNKNOWN), must, k::not_outside),
    row(121, "abroad", Conditional, Line, |a| when(a.has(120, "a")), k::nothing),
    row(122, "abroad", Conditional, Line, |a| when(a.has(120, "a")), k::nothing),
    row(123, "abroad", Conditional, Line, |a| when(a.has(120, "a")), k::nothing),
    row(125, "attachments", Optional, Many(own(10)), may, k::nothing),
    row(126, "attachments", Conditional, Line, |a| when(a.has(125, "j")), k::nothing),
];
