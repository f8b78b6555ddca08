//! What drafts must and must never say.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::*;
use crate::law::{self, Thresholds, book::DUTY_IDS};

pub(super) fn company() -> Company {
    Company {
        name: "SMB Mobil AS".into(),
        org_number: "999 888 777".into(),
        address: "Storgata 1, 0155 Oslo".into(),
        contact_name: "Vakthavende".into(),
        contact_email: "vakt@smbmobil.no".into(),
        contact_phone: "21 00 00 00".into(),
        dpo_name: "Personvernombudet".into(),
        dpo_email: "personvern@smbmobil.no".into(),
        dpo_phone: "21 00 00 01".into(),
        telephone: "21 00 00 02".into(),
        nkom_email: "ekomvarsling@nkom.no".into(),
        four_eyes: false,
    }
}

pub(super) fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-10-05T12:00:00+02:00").unwrap().to_utc()
}

fn facts(json: &Value) -> Facts {
    Facts::from_json(json).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// Every draft of an incident in a language.
fn drafts(facts: &Facts, lang: Lang) -> Vec<(&'static str, Option<Box<str>>, Draft)> {
    static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::notices().unwrap());
    let templates = &*TEMPLATES;
    let assessment = law::assess(facts, now(), &Thresholds::default()).unwrap();
    let mut all = Vec::new();
    for duty in &assessment.duties {
        let draft = draft(templates, duty, facts, &assessment, &company(), lang).unwrap();
        all.extend(draft.map(|draft| (duty.id, duty.for_whom.clone(), draft)));
    }
    all
}

fn one(json: &Value, duty: &str, lang: Lang) -> Draft {
    let found = drafts(&facts(json), lang).into_iter().find(|(id, _, _)| *id == duty);
    found.unwrap_or_else(|| panic!("no draft for {duty}")).2
}

pub(super) fn cases() -> Vec<(String, Facts)> {
    let mut all: Vec<_> = fs::read_dir("tests/cases")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .map(|path| {
            let case: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            (case["id"].as_str().unwrap_or_default().to_owned(), facts(&case["facts"]))
        })
        .collect();
    all.push(("nothing known".into(), facts(&json!({ "title": "Noe er galt" }))));
    all
}

/// Words such as `loss_of_control`, and braces: what must never stand in a letter.
fn raw_words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '{' || c == '}'));
    words.filter(|word| word.contains('_') || word.contains('{') || word.contains('}')).collect()
}

/// Keys that were not found and stand as themselves, as `notice-where-x`.
fn raw_keys(text: &str) -> Vec<&str> {
    let prefixes =
        ["notice-", "fact-", "choice-", "duty-", "reason-", "harm-", "advice-", "state-", "deadline-", "word-"];
    text.split_whitespace().filter(|word| prefixes.iter().any(|prefix| word.starts_with(prefix))).collect()
}

#[test]
fn every_outgoing_duty_is_drafted_in_each_language_for_each_case() {
    for (id, facts) in cases() {
        for lang in Lang::ALL {
            let drafts = drafts(&facts, lang);
            assert!(drafts.len() >= 20, "{id}: {}", drafts.len());
            for (duty, _, draft) in drafts {
                let at = format!("{id}, {duty}, {lang}:\n{}\n{}", draft.subject, draft.body);
                assert_eq!(raw_words(&draft.body), Vec::<&str>::new(), "{at}");
                assert_eq!(raw_words(&draft.subject), Vec::<&str>::new(), "{at}");
                assert_eq!(raw_keys(&draft.body), Vec::<&str>::new(), "{at}");
                assert!(!draft.body.contains("\n\n\n") && draft.body.len() > 150, "{at}");
                assert!(!draft.body.contains(" .") && !draft.body.contains(" ,"), "{at}");
                assert!(draft.unset.is_empty(), "{at}");
            }
        }
    }
}

#[test]
fn every_gap_is_a_fact_that_exists_and_says_who_asks() {
    for (_, facts) in cases() {
        for (duty, _, draft) in drafts(&facts, Lang::Nn) {
            for gap in &draft.gaps {
                assert_eq!(Fact::by_path(gap.fact.path()), Some(gap.fact));
                assert!(!facts.get(gap.fact).is_known() || audience::OWN.contains(&gap.fact), "{duty}: {}", gap.fact);
                for lang in Lang::ALL {
                    assert!(i18n::has(lang, gap.why), "{}", gap.why);
                    assert_ne!(gap.label(lang), gap.fact.path());
                }
            }
        }
    }
}

#[test]
fn what_is_not_sent_has_no_draft() {
    let without: BTreeSet<&str> = DUTY_IDS.iter().copied().filter(|duty| !has_draft(duty)).collect();
    assert_eq!(without, ["gdpr-33-5-register"].into());
}

#[test]
fn nkom_is_told_which_always_case_applies_with_its_numbers() {
    let outage = json!({
        "title": "Mobildata nede i Alta",
        "timeline": { "started_at": "2026-10-05T10:20:00+02:00", "known_at": "2026-10-05T10:31:00+02:00" },
        "services": {
            "availability": "occurred", "affected": ["mobile_data", "sms"], "duration_minutes": 95,
            "life_and_health_users_affected": false, "customers_affected": 5000, "customers_total": 40000,
            "areas": [{ "kind": "municipality", "code": "5601", "name": "Alta", "customers_affected": 21, "customers_total": 40 }],
        },
    });
    let draft = one(&outage, "nkom-availability", Lang::Nb);
    assert_eq!(draft.subject, "Varsel fra SMB Mobil AS: Mobildata nede i Alta");
    for words in [
        "bokstav a, mer enn halvparten i en kommune: Alta kommune: 21 av 40 kunder (52,5\u{a0}%)",
        "bokstav c, mer enn ti prosent i landet: 5000 av 40\u{a0}000 kunder (12,5\u{a0}%)",
        "SMS og mobildata.",
        "1 t 35 min",
        "Grunnårsak: ikke kjent på nåværende tidspunkt.",
        "mandag 5. oktober 2026 kl. 10.20.",
    ] {
        assert!(draft.body.contains(words), "{words}\n{}", draft.body);
    }
    let asked: Vec<&str> = draft.gaps.iter().map(|gap| gap.why).collect();
    assert!(asked.is_sorted(), "in the order of Nkom's points: {asked:?}");
}

#[test]
fn a_controller_is_told_of_itself_and_of_no_other_customer() {
    let breach = json!({
        "title": "Samtalestatistikk vist til feil kunde",
        "timeline": { "breach_aware_at": "2026-10-05T11:00:00+02:00" },
        "personal_data": {
            "breach": true,
            "roles": [{ "role": "processor", "controller": "Vidda Bygg AS" }, { "role": "processor", "controller": "Fjord Regnskap AS" }],
            "kinds": ["confidentiality"], "confidentiality": "disclosed", "data": ["traffic"],
        },
    });
    for lang in Lang::ALL {
        let letters = drafts(&facts(&breach), lang);
        let letters: Vec<_> = letters.into_iter().filter(|(id, _, _)| *id == "gdpr-33-2-controller").collect();
        assert_eq!(letters.len(), 2);
        for (_, whom, draft) in letters {
            let whom = whom.unwrap();
            let other = if &*whom == "Vidda Bygg AS" { "Fjord Regnskap AS" } else { "Vidda Bygg AS" };
            assert!(draft.body.contains(&*whom) && !draft.body.contains(other), "{}", draft.body);
        }
    }
}

#[test]
fn the_affected_are_told_in_plain_words_what_to_do() {
    let breach = json!({
        "title": "internal title",
        "timeline": { "started_at": "2026-10-01T02:00:00+02:00" },
        "personal_data": { "breach": true, "roles": [{ "role": "controller" }], "kinds": ["confidentiality"],
            "confidentiality": "disclosed", "data": ["credentials", "national_id"], "recipient": "attacker" },
        "measures": { "taken": "Vi stengte tilgangen samme natt." },
    });
    let draft = one(&breach, "gdpr-34-subjects", Lang::Nn);
    for words in
        ["Til deg som er råka", "Byt passord", "kredittsperre", "Vi stengte tilgangen", "personvern@smbmobil.no"]
    {
        assert!(draft.body.contains(words), "{words}\n{}", draft.body);
    }
    assert!(!draft.body.contains("internal title") && !draft.subject.contains("internal title"));
}

#[test]
fn a_first_notification_says_that_more_follows_and_a_late_one_why() {
    let breach = json!({
        "title": "Brudd",
        "timeline": { "breach_aware_at": "2026-10-01T08:00:00+02:00", "delay_reasons": "Loggene måtte gjenopprettes først." },
        "personal_data": { "breach": true, "roles": [{ "role": "controller" }], "kinds": ["confidentiality"],
            "confidentiality": "disclosed", "risk": "risk", "risk_reason": "fødselsnummer" },
    });
    let draft = one(&breach, "gdpr-33-authority", Lang::Nb);
    for words in [
        "Dette er en første melding",
        "senere enn 72 timer",
        "Loggene måtte gjenopprettes først.",
        "mangler og ettersendes",
    ] {
        assert!(draft.body.contains(words), "{words}\n{}", draft.body);
    }
    assert_eq!(draft.gaps.first().map(|gap| gap.fact), Some(Fact::Nature));
}

#[test]
fn the_letters_under_regulation_611_follow_its_annexes() {
    let breach = json!({
        "title": "Brudd",
        "timeline": { "breach_aware_at": "2026-10-05T08:00:00+02:00" },
        "personal_data": { "breach": true, "roles": [{ "role": "controller" }], "data": ["traffic"], "risk": "risk", "risk_reason": "r" },
        "organisation": { "regulation_611": true },
        "sent": [{ "duty": "reg-611-authority", "sent_at": "2026-10-05T10:00:00+02:00", "complete": false }],
    });
    for (duty, last) in [("reg-611-authority", 17), ("reg-611-subscriber", 9)] {
        for lang in Lang::ALL {
            let body = one(&breach, duty, lang).body;
            let mut numbers =
                body.lines().filter_map(|line| line.split_once(['.', ' '])?.0.parse::<u32>().ok()).collect::<Vec<_>>();
            numbers.dedup();
            let expected: Vec<u32> =
                (1..=last).filter(|point| duty == "reg-611-subscriber" || !(14..=15).contains(point)).collect();
            assert_eq!(numbers, expected, "{body}");
        }
    }
    let second = one(&breach, "reg-611-authority", Lang::Nb);
    assert!(second.body.contains("Andre varsel.") && second.body.contains("kl. 10.00"), "{}", second.body);
    let asked: Vec<&str> = second.gaps.iter().map(|gap| gap.why).collect();
    assert!(asked.is_sorted(), "in the order of the annex: {asked:?}");
}

#[test]
fn an_empty_company_is_named_as_something_to_fill_in() {
    let facts = facts(&json!({ "title": "x" }));
    let assessment = law::assess(&facts, now(), &Thresholds::default()).unwrap();
    let duty = assessment.duties.iter().find(|duty| duty.id == "nkom-availability").unwrap();
    let templates = Templates::notices().unwrap();
    let nameless = Company { name: String::new(), contact_email: " ".into(), ..Company::default() };
    let draft = draft(&templates, duty, &facts, &assessment, &nameless, Lang::En).unwrap().unwrap();
    assert_eq!(draft.unset, ["name", "contact_name", "contact_email", "contact_phone"]);
    assert!(draft.body.contains("(not given)"));
}

/// Prints the drafts of one case, for reading: `VARSEL_DRAFTS=edpb-01-2021-17 cargo test print_drafts -- --nocapture`.
#[test]
fn print_drafts() {
    let Ok(wanted) = std::env::var("VARSEL_DRAFTS") else { return };
    for (id, facts) in cases().into_iter().filter(|(id, _)| *id == wanted) {
        for lang in Lang::ALL {
            for (duty, whom, draft) in drafts(&facts, lang) {
                println!("=== {id} {duty} {whom:?} {lang}: {}\n{}\n--- {:?}\n", draft.subject, draft.body, draft.gaps);
            }
        }
    }
}

#[test]
fn no_letter_says_what_the_facts_deny() {
    let breach = |word: &str| {
        json!({
            "title": "Brudd", "services": { "availability": "none" },
            "network_security": { "security_breach": true, "particular_risk": true, "negative_effect": "possible" },
            "personal_data": { "breach": true, "roles": [{ "role": "controller" }], "data": ["basic", "national_id"], "unintelligible": word },
            "organisation": { "security_act": true, "trust_service": true, "digital_security_act": true },
        })
    };
    let letter = |word, duty, lang| one(&breach(word), duty, lang).body;
    let evidence = letter("no", "nkom-protection-evidence", Lang::Nb);
    assert!(evidence.contains("Unntaket gjelder da ikke") && !evidence.contains("tilfredsstillende"), "{evidence}");
    assert!(letter("protected", "nkom-protection-evidence", Lang::Nb).contains("tilfredsstillende"));
    let danger = letter("no", "subscriber-particular-risk", Lang::Nn);
    assert!(danger.contains("Etter ekomlova") && !danger.contains("Ingenting er kjent brote"), "{danger}");
    for (duty, words) in [
        ("security-act", "Tjenester: ingen er falt ut."),
        ("trust-service", "Tjenester: ingen er falt ut."),
        ("digital-security-act", "Tjenestene virker."),
    ] {
        let body = letter("no", duty, Lang::Nb);
        assert!(body.contains(words) && !body.contains("Varighet"), "{body}");
    }
    let breach = letter("no", "gdpr-33-authority", Lang::Nb);
    assert!(breach.contains("Opplysninger: navn, fødselsdato og lignende; fødselsnummer eller D-nummer."), "{breach}");
}

#[test]
fn a_share_beside_a_limit_shows_on_which_side_it_lies() {
    let outage = |part: u32| json!({ "title": "Utfall", "services": { "availability": "occurred", "customers_affected": part, "customers_total": 40_000 } });
    let said = |part, lang| one(&outage(part), "nkom-availability", lang).body;
    assert!(said(3, Lang::Nb).contains("3 av 40\u{a0}000 kunder (0,01\u{a0}%)"), "{}", said(3, Lang::Nb));
    assert!(said(4001, Lang::Nn).contains("(10,002\u{a0}%)") && said(4001, Lang::En).contains("(10.002%)"));
    assert!(said(4000, Lang::Nb).contains("(10\u{a0}%)") && said(39_992, Lang::Nb).contains("(99,98\u{a0}%)"));
    assert!(said(0, Lang::Nb).contains("(0\u{a0}%)") && said(4961, Lang::Nb).contains("(12,4\u{a0}%)"));
}
