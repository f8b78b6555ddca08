//! Everything that is on the table when somebody writes, approves or sends the text of one duty.

use serde_json::{Value, json};

use super::actions::Of;
use super::audience::{self, Reader};
use super::edpb::{self, Filled, altinn};
use super::store::{self, Approval, Contact, Sent, Version};
use super::{Draft, Manner, Notices, Stage, context, draft_as, form};
use crate::account::Sight;
use crate::account::{Officer, Role, store as accounts};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Error;
use crate::i18n::Lang;
use crate::incident::actions::current;
use crate::incident::{CaseFile, DutyStatus, Settings, explain};

/// How many versions of a text are shown.
const VERSIONS: i64 = 20;
/// The duties that are parts of one notification to Datatilsynet.
const FAMILY: [&str; 2] = ["gdpr-33-authority", "gdpr-33-phased"];
/// Letters to the persons; what one of them said, Datatilsynet is shown.
const LETTERS: [&str; 3] = ["gdpr-34-subjects", "gdpr-34-order", "gdpr-34-public"];

/// One text with all that belongs to it.
pub struct Desk {
    /// The case.
    pub case: CaseFile,
    at: usize,
    /// The settings.
    pub settings: Settings,
    /// The versions, the newest first.
    pub versions: Vec<Version>,
    /// The approval of the newest version.
    pub approval: Option<Approval>,
    /// What left for this incident, the oldest first.
    pub sent: Vec<Sent>,
    /// Where the messages stand: key, state, what was answered.
    pub states: Vec<(String, String, Option<String>)>,
    /// What is recorded of the customer.
    pub contact: Option<Contact>,
    /// The e-mail addresses of the management.
    pub managers: Vec<String>,
    /// What was typed for the other part of the same notification.
    family: Value,
}

/// Opens the desk of a duty's text, after recording what has arrived since.
pub async fn open(db: &Db, clock: &Clock, sight: Sight, of: &Of) -> Result<Desk, Error> {
    super::actions::record_arrivals(db, clock.now()).await?;
    let case = current(db, of.key.clone(), sight, clock.now()).await?;
    let found = explain::duty(&case, &of.duty, of.for_whom.as_deref())?;
    if !super::has_draft(found.duty.id) {
        return Err(Error::NotFound);
    }
    let (id, whom) = (found.duty.id, found.duty.for_whom.as_deref().map(str::to_owned));
    let is_it = |status: &DutyStatus| status.duty.id == id && status.duty.for_whom.as_deref() == whom.as_deref();
    let at = case.duties.iter().position(is_it).ok_or(Error::NotFound)?;
    let seq = case.head.seq;
    db.read(move |conn| {
        let versions = store::versions(conn, seq, id, whom.as_deref(), VERSIONS)?;
        let newest: Vec<i64> = versions.first().map(|version| version.seq).into_iter().collect();
        let sent = store::sent(conn, seq)?;
        let keys: Vec<String> = sent.iter().filter_map(|sent| sent.message_key.clone()).collect();
        let mut family = Value::Null;
        for other in FAMILY.iter().filter(|other| FAMILY.contains(&id) && **other != id) {
            family = store::latest(conn, seq, other, None)?.map_or(Value::Null, |version| version.fields().clone());
        }
        let contact = whom.as_deref().map(|name| store::contact(conn, name)).transpose()?.flatten();
        let managers = accounts::members(conn, Role::Manager)?.into_iter().map(|account| account.email).collect();
        Ok((
            versions,
            store::approvals(conn, &newest)?.pop(),
            (sent, store::states(conn, &keys)?),
            (Settings::load(conn)?, contact, managers),
            family,
        ))
    })
    .await
    .map(|(versions, approval, (sent, states), (settings, contact, managers), family)| Desk {
        case,
        at,
        settings,
        versions,
        approval,
        sent,
        states,
        contact,
        managers,
        family,
    })
}

impl Desk {
    /// The duty as it stands.
    pub fn status(&self) -> &DutyStatus {
        &self.case.duties[self.at]
    }

    /// Whom it speaks to.
    pub fn reader(&self) -> Reader {
        Reader::of(&self.status().duty)
    }

    /// The newest version.
    pub fn latest(&self) -> Option<&Version> {
        self.versions.first()
    }

    /// Whether it is given in stages.
    pub fn has_stages(&self) -> bool {
        FAMILY.contains(&self.status().duty.id)
    }

    /// What has left of the same notification, the oldest first.
    pub fn left(&self) -> impl DoubleEndedIterator<Item = &Sent> {
        let duty = &self.status().duty;
        let whom = duty.for_whom.as_deref().unwrap_or_default();
        let same = move |sent: &&Sent| {
            let family = FAMILY.contains(&duty.id) && FAMILY.contains(&sent.duty_id.as_str());
            (sent.duty_id == duty.id || family) && sent.for_whom == whom
        };
        self.sent.iter().filter(same)
    }

    /// The stage that comes next where nobody chose one.
    pub fn usual_stage(&self) -> Stage {
        let duty = &self.status().duty;
        let told = FAMILY.contains(&duty.id) && (self.left().next().is_some() || !self.told_before().is_empty());
        match duty.id {
            "gdpr-33-phased" => Stage::Supplementary,
            _ if told => Stage::Supplementary,
            _ => Stage::Initial,
        }
    }

    /// The references that were recorded for the notification, the newest last.
    fn told_before(&self) -> Vec<Option<&str>> {
        let of = |status: &&DutyStatus| FAMILY.contains(&status.duty.id);
        let all = self.case.duties.iter().filter(of).flat_map(|status| &status.submissions);
        all.map(|submission| submission.reference.as_deref()).collect()
    }

    /// What was typed for the text.
    pub fn typed(&self) -> &Value {
        self.latest().map_or(&self.family, Version::fields)
    }

    /// What the program writes now.
    pub fn draft(&self, notices: &Notices, lang: Lang, stage: Stage, typed: &Value) -> Result<Draft, Error> {
        let manner = Manner { lang, stage, typed };
        let of = (&self.case.facts, &self.case.assessment);
        draft_as(&notices.0, &self.status().duty, of, &self.settings.company, manner)
            .map_err(Error::internal)?
            .map(|draft| draft.marked(self.case.head.is_drill(), lang))
            .ok_or(Error::NotFound)
    }

    /// The hundred fields of the common template.
    pub fn edpb(&self, by: &Officer, lang: Lang, stage: Stage) -> Vec<Filled> {
        let facts = audience::seen(&self.case.facts, Reader::Datatilsynet, None);
        let letter = self.sent.iter().rev().find(|sent| LETTERS.contains(&sent.duty_id.as_str()));
        let letter = letter.and_then(|sent| serde_json::from_str::<Value>(&sent.content).ok());
        edpb::fill(&edpb::Source {
            facts: &facts,
            assessment: &self.case.assessment,
            company: &self.settings.company,
            lang,
            stage,
            reference: &self.case.head.reference,
            reporter: (&by.name, &by.email),
            previous: self.previous(),
            letter: letter.as_ref().and_then(|content| content["text"]["body"].as_str()),
            typed: self.typed(),
            now: self.case.now,
        })
    }

    /// The reference that Datatilsynet gave last.
    fn previous(&self) -> Option<&str> {
        let sent = self.left().rev().find_map(|sent| sent.reference.as_deref());
        sent.or_else(|| self.told_before().into_iter().rev().flatten().next())
    }

    /// Altinn's form, ready to be copied.
    pub fn altinn(&self, lang: Lang, stage: Stage) -> Vec<altinn::Row> {
        let duty = &self.status().duty;
        let facts = audience::seen(&self.case.facts, Reader::Datatilsynet, None);
        let gaps = form::of(duty.id).map(|form| form.gaps(&facts)).unwrap_or_default();
        let mut typed = self.typed().clone();
        if let (true, Some(previous)) = (typed["6"].is_null(), self.previous()) {
            typed = match typed {
                Value::Object(mut all) => {
                    all.insert("6".to_owned(), previous.into());
                    Value::Object(all)
                }
                _ => json!({ "6": previous }),
            };
        }
        let manner = Manner { lang, stage, typed: &typed };
        let company = &self.settings.company;
        let of = context::Case { duty, facts: &facts, assessment: &self.case.assessment, company, manner, gaps: &gaps };
        altinn::fill(&of.context(), stage, lang)
    }

    /// What goes with a letter to Datatilsynet and is kept with it; null for others.
    pub fn form(&self, by: &Officer) -> Value {
        if !self.has_stages() {
            return Value::Null;
        }
        let lang = self.latest().map_or(Lang::default(), Version::lang);
        let stage = self.latest().map_or_else(|| self.usual_stage(), Version::stage);
        let edpb: Vec<Value> = self.edpb(by, lang, stage).iter().map(|filled| filled.json(lang)).collect();
        let altinn: Vec<Value> = self.altinn(lang, stage).iter().map(|row| row.json(lang)).collect();
        json!({ "edpb": edpb, "altinn": altinn, "stage": stage.word() })
    }

    /// What left last of the same notification: its content, as it was kept.
    pub fn before(&self) -> Option<Value> {
        let last = self.left().rev().find(|sent| sent.notice_seq.is_some())?;
        serde_json::from_str(&last.content).ok()
    }

    /// Where a sending stands: `arrived`, or the state of its message.
    pub fn state_of<'a>(&'a self, sent: &'a Sent) -> (&'a str, Option<&'a str>) {
        if sent.arrived_at.is_some() {
            return ("arrived", sent.receipt.as_deref());
        }
        let found = self.states.iter().find(|(key, ..)| Some(key) == sent.message_key.as_ref());
        found.map_or(("waiting", None), |(_, state, reply)| (state, reply.as_deref()))
    }

    /// Why this person may not approve the newest version, as the code of the conflict.
    pub fn bars(&self, by: &Officer) -> Option<&'static str> {
        let latest = self.latest()?;
        let own = latest.author == by.id && self.reader().is_authority();
        (own && self.settings.company.four_eyes).then_some("text-own")
    }
}
