//! The context of the templates: every fact in words, the unknown ones null.

use serde_json::{Map, Value, json};

use crate::i18n;
use crate::incident::settings::Company;
use crate::law::{Assessment, Duty, Fact, Facts, State};

use super::audience::Reader;
use super::words::{Told, set, small};
use super::{Gap, Manner, own_value, persons, scope};

/// One notice about one incident.
pub struct Case<'a> {
    pub duty: &'a Duty,
    pub facts: &'a Facts,
    pub assessment: &'a Assessment,
    pub company: &'a Company,
    pub manner: Manner<'a>,
    pub gaps: &'a [Gap],
}

impl Case<'_> {
    /// Everything a template may say. Strict templates: each key is always there.
    pub fn context(&self) -> Value {
        let lang = self.manner.lang;
        let told = Told { facts: self.facts, lang };
        let now = self.assessment.assessed_at;
        let missing: Vec<String> = self.gaps.iter().map(|gap| gap.label(lang)).collect();
        json!({
            "lang": lang.code(),
            "duty": self.duty.id,
            "today": i18n::day(lang, crate::law::norwegian_date(now)),
            "sender": self.sender(),
            "title": self.facts.title(),
            "description": told.text(Fact::Description),
            "time": self.times(told),
            "cause": self.cause(told),
            "services": told.list(Fact::ServicesAffected),
            "down": self.facts.word(Fact::Availability) == Some("occurred"),
            "may_fail": self.facts.word(Fact::Availability) == Some("may_occur"),
            "untouched": self.facts.word(Fact::Availability) == Some("none"),
            "scope": scope::scope(told, now),
            "network": self.network(told),
            "data": self.data(told),
            "breach": told.flag(Fact::Breach),
            "readable": self.facts.word(Fact::Unintelligible) == Some("no"),
            "unharmed": self.facts.bool(Fact::Breach) == Some(false),
            "role": self.role(),
            "controller": self.duty.for_whom.as_deref(),
            "taken": told.text(Fact::MeasuresTaken),
            "planned": told.text(Fact::MeasuresPlanned),
            "told": persons::told_sentence(told, self.assessment),
            "sent": persons::all_sent(told),
            "first_611": persons::sent_at(told, "reg-611-authority"),
            "first_notification": persons::sent_at(told, "gdpr-33-authority"),
            "late": is_late(self.assessment),
            "delay_reasons": told.text(Fact::DelayReasons),
            "missing": missing,
            "phased": !missing.is_empty(),
            "order": self.order(told),
            "withdrawal": self.manner.typed["5"].as_str().and_then(set),
            "altinn": self.manner.typed["6"].as_str().and_then(set),
            "judged": self.judged(),
            "open_duties": self.open_duties(),
            "questions": self.questions(),
        })
    }

    /// What was typed of one business customer stands in the place of what the case knows of all.
    fn data(&self, told: Told<'_>) -> Value {
        let mut data = persons::data(told);
        let (reader, typed) = (Reader::of(self.duty), self.manner.typed);
        let own = [
            (Fact::SubjectsCount, "count"),
            (Fact::RecordsCount, "records"),
            (Fact::Subjects, "subjects"),
            (Fact::Data, "list"),
        ];
        for (fact, name) in own {
            if let Some(text) = own_value(reader, fact, typed) {
                data[name] = text.into();
            }
        }
        data
    }

    fn sender(&self) -> Value {
        let mut all = Map::new();
        if let Ok(Value::Object(fields)) = serde_json::to_value(self.company) {
            for (name, value) in fields {
                let text = value.as_str().and_then(set).map_or(Value::Null, Value::from);
                all.insert(name, text);
            }
        }
        let unset = || i18n::text(self.manner.lang, "notice-unset");
        let joined = |parts: &[&str]| {
            let known: Vec<&str> = parts.iter().copied().filter_map(set).collect();
            if known.is_empty() { unset() } else { known.join(", ") }
        };
        let company = self.company;
        if set(&company.org_number).is_some() {
            all.insert("org_number".into(), i18n::org_number(company.org_number.trim()).into());
        }
        if set(&company.name).is_none() {
            all.insert("name".into(), unset().into());
        }
        let phone = set(&company.contact_phone).or(set(&company.telephone)).unwrap_or_default();
        let contact = joined(&[&company.contact_name, &company.contact_email, phone]);
        // Persons and Datatilsynet are given the data protection officer, and where there is none, the contact.
        let dpo = [&company.dpo_name, &company.dpo_email, &company.dpo_phone].map(String::as_str);
        let ask = if dpo.iter().skip(1).any(|way| set(way).is_some()) { joined(&dpo) } else { contact.clone() };
        all.insert("contact".into(), contact.into());
        all.insert("ask".into(), ask.into());
        Value::Object(all)
    }

    fn times(&self, told: Told<'_>) -> Value {
        json!({
            "started": told.time(Fact::StartedAt),
            "estimated": self.facts.bool(Fact::StartedEstimated) == Some(true),
            "ended": told.time(Fact::EndedAt),
            "detected": told.time(Fact::DetectedAt),
            "learnt": told.time(Fact::KnownAt),
            "aware": told.time(Fact::BreachAwareAt),
            "normalised": told.time(Fact::NormalisedAt),
            "changed": told.time(Fact::ChangedAt),
        })
    }

    fn cause(&self, told: Told<'_>) -> Value {
        json!({
            "nature": told.list(Fact::Nature),
            "origin": told.word(Fact::Origin),
            "root": told.word(Fact::RootCause),
            "third_party": self.facts.bool(Fact::ThirdPartyFailure) == Some(true),
            "third_party_word": told.yes_no(Fact::ThirdPartyFailure),
            "planned": self.facts.bool(Fact::PlannedWork) == Some(true),
        })
    }

    fn network(&self, told: Told<'_>) -> Value {
        json!({
            "security_breach": self.facts.bool(Fact::SecurityBreach) == Some(true),
            "particular_risk": self.facts.bool(Fact::ParticularRisk) == Some(true),
            "cia_material": self.facts.bool(Fact::CiaMaterial) == Some(true),
            "effect": self.facts.word(Fact::NegativeEffect) == Some("occurred"),
            "effect_possible": self.facts.word(Fact::NegativeEffect) == Some("possible"),
            "effect_word": told.word(Fact::NegativeEffect),
            "own_severity": self.duty.id == "nkom-own-severity",
        })
    }

    fn role(&self) -> Value {
        let roles: Vec<&str> = self.facts.items(Fact::Roles).iter().filter_map(|role| role.word(Fact::Role)).collect();
        let ours = ["controller", "joint_controller", "processor"].into_iter().find(|role| roles.contains(role));
        ours.map_or(Value::Null, |role| i18n::text(self.manner.lang, &format!("notice-role-{role}")).into())
    }

    fn order(&self, told: Told<'_>) -> Value {
        let at = self.duty.clock.from.at.map(usize::from);
        let Some(order) = at.and_then(|at| self.facts.items(Fact::Orders).get(at)) else {
            return json!({ "authority": null, "given": null, "due": null });
        };
        let when = |fact| order.time(fact).map(|at| i18n::instant_plain(told.lang, at));
        json!({
            "authority": order.text(Fact::OrderAuthority),
            "given": when(Fact::OrderedAt),
            "due": when(Fact::OrderDueAt),
        })
    }

    fn judged(&self) -> Value {
        let lang = self.manner.lang;
        let assessment = self.assessment;
        let severity = |at: u8| {
            let level = crate::law::severity::LEVELS.get(usize::from(at)).copied().unwrap_or("low");
            i18n::text(lang, &format!("severity-{level}"))
        };
        let sentences = |reasons: &[crate::law::risk::Reason]| {
            let said = |rule: &str| i18n::find(lang, &format!("reason-{rule}"), &[]);
            // That a person has set it is said by the person's own reason.
            let told = reasons.iter().filter(|reason| reason.rule != "stated-by-person");
            told.filter_map(|reason| said(reason.rule)).collect::<Vec<_>>()
        };
        let (low, high) = (assessment.severity.low, assessment.severity.high);
        json!({
            "severity": severity(low),
            "may_rise_to": (high > low).then(|| severity(high)),
            "severity_reasons": sentences(&assessment.severity.reasons),
            // Nkom's scale for trust services counts to five; what the rule takes for three is our moderate.
            "of_five": low.saturating_add(2).to_string(),
            "risk": i18n::text(lang, &format!("risk-{}", assessment.risk_level())),
            "risk_reasons": sentences(&assessment.risk.reasons),
            "risk_reason": self.facts.text(Fact::RiskReason),
            "must_be_told": i18n::text(lang, &format!("told-{}", assessment.affected_users.must_be_told)),
        })
    }

    /// The duties somebody still has to act on, nearest deadline first, for the management.
    fn open_duties(&self) -> Vec<Value> {
        let lang = self.manner.lang;
        let line = |duty: &&Duty| {
            json!({
                "title": i18n::text(lang, &format!("duty-{}", duty.id)),
                "whom": duty.for_whom.as_deref(),
                "state": i18n::text(lang, &format!("state-{}", duty.state.word())),
                "kind": i18n::text(lang, &format!("deadline-{}", duty.deadline.kind)),
                "due": duty.deadline.due_at.map(|at| i18n::instant_short(lang, at)),
                "target": duty.deadline.target_at.map(|at| i18n::instant_short(lang, at)),
                "remaining": duty.counts_down_to().map(|at| i18n::left(lang, self.assessment.assessed_at, at)),
            })
        };
        self.assessment.open_duties().iter().filter(|duty| duty.id != "management-report").map(line).collect()
    }

    /// What would settle most, for the management.
    fn questions(&self) -> Vec<String> {
        let label = |path: crate::law::Path| small(&i18n::fact(self.manner.lang, path.fact.path()));
        let mut labels: Vec<String> = Vec::new();
        for question in &self.assessment.questions {
            let label = label(question.fact);
            if labels.len() < 5 && !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels
    }
}

/// Whether the 72 hours have passed without a notification, or it went out after them.
pub(crate) fn is_late(assessment: &Assessment) -> bool {
    let late = |duty: &Duty| duty.id == "gdpr-33-delay-reasons" && duty.state == State::Required;
    assessment.duties.iter().any(late)
}
