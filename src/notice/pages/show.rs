//! The page of one text as its template takes it.

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::super::audience::Reader;
use super::super::desk::Desk;
use super::super::store::{Sent, Version};
use super::super::{Draft, Notices, OWN_FIELDS, Stage, diff, lix};
use super::all::name;
use super::edit::address;
use crate::account::Officer;
use crate::account::right::{Approve, Work};
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::incident::actions::can_cover;
use crate::page::TONGUES;

/// What stands in the editor, and where it comes from.
pub struct Editor {
    pub lang: Lang,
    pub stage: Stage,
    pub subject: String,
    pub body: String,
    pub sms: String,
    /// What the program writes now, in the same manner.
    pub draft: Draft,
    /// Whether it is the saved text and not a draft.
    pub saved: bool,
}

/// The editor with the newest version, or with a draft where there is none or another manner was asked for.
pub fn editor(
    desk: &Desk,
    notices: &Notices,
    by: &Officer,
    asked: (Option<Lang>, Option<Stage>, bool),
) -> Result<Editor, Error> {
    let (lang, stage, fresh) = asked;
    let latest = desk.latest();
    let usual = if desk.reader().is_authority() { Lang::Nb } else { by.lang };
    let lang = lang.or(latest.map(Version::lang)).unwrap_or(usual);
    let stage = stage.or(latest.map(Version::stage)).unwrap_or_else(|| desk.usual_stage());
    let stage = if desk.has_stages() { stage } else { Stage::Initial };
    let draft = desk.draft(notices, lang, stage, desk.typed())?;
    let kept = latest.filter(|version| !fresh && version.lang() == lang && version.stage() == stage);
    let sms = draft.sms.clone().unwrap_or_default();
    Ok(match kept {
        Some(version) => Editor {
            lang,
            stage,
            subject: version.subject.clone(),
            body: version.body.clone(),
            sms: version.sms.clone(),
            draft,
            saved: true,
        },
        None => {
            Editor { lang, stage, subject: draft.subject.clone(), body: draft.body.clone(), sms, draft, saved: false }
        }
    })
}

/// Everything the template of the page needs.
pub fn page(desk: &Desk, by: &Officer, editor: &Editor, said: (&str, &[String])) -> Value {
    let lang = by.lang;
    let status = desk.status();
    let duty = &status.duty;
    let whom = duty.for_whom.as_deref();
    let reference = &desk.case.head.reference;
    let title = i18n::text(lang, &format!("duty-{}", duty.id));
    let latest = desk.latest();
    let text = |key: &str| i18n::text(lang, key);
    let (done, wrong) = said;
    let current = editor.saved && latest.is_some();
    let about = json!({
        "reference": reference, "case": desk.case.head.title, "id": duty.id, "whom": whom, "title": title,
        "state": status.state.word(), "state_words": text(&format!("state-{}", status.state.word())),
        "recipient": text(&format!("recipient-{}", duty.recipient)), "channel": text(&format!("channel-{}", duty.channel)),
        "sees": name(lang, desk.reader()), "next": status.next_at().map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        "action": address(reference, duty.id, None, ""), "call": (desk.reader() == Reader::Nkom && status.state.is_open()).then(|| text("notice-call-nkom")),
        "contract": contract(desk, lang),
        "done": (!done.is_empty()).then(|| text(&format!("notice-done-{done}"))), "wrong": wrong,
        "is_open": desk.case.head.status == "open", "may_work": by.may::<Work>(), "may_approve": by.may::<Approve>(),
    });
    let written = json!({
        "letters": editor.lang.code(), "stage": editor.stage.word(),
        "tongues_of": TONGUES.iter().map(|(code, name)| json!({ "code": code.code(), "name": name, "chosen": *code == editor.lang })).collect::<Vec<_>>(),
        "stages": desk.has_stages().then(|| Stage::ALL.iter().map(|stage| json!({ "code": stage.word(), "name": text(&format!("stage-{}", stage.word())), "chosen": *stage == editor.stage })).collect::<Vec<_>>()),
        "stage_help": desk.has_stages().then(|| text(&format!("stage-{}-help", editor.stage.word()))),
        "subject": editor.subject, "body": editor.body, "sms": editor.draft.sms.as_ref().map(|_| editor.sms.clone()),
        "sms_length": editor.sms.chars().count(),
        "lix": lix::shown(lang, &editor.body), "version": latest.map_or(0, |latest| latest.version), "saved": current,
    });
    let followed = json!({
        "gaps": gaps(desk, editor, lang), "unset": unset(&editor.draft, lang), "own": own(desk, lang),
        "renewed": renewed(editor, latest, lang), "since": since(desk, editor, lang),
        "approval": approval(desk, by, editor), "sending": sending(desk, editor, lang),
        "altinn": desk.has_stages().then(|| altinn(desk, editor, lang)), "contact": contact(desk, lang),
        "left": desk.left().rev().map(|sent| left(desk, sent, lang)).collect::<Vec<_>>(),
        "versions": desk.versions.iter().map(|version| said_version(version, lang)).collect::<Vec<_>>(),
        "paper": paper(desk, editor, lang),
        "fresh": address(reference, duty.id, whom, &format!("lang={}&stage={}&fresh=1", editor.lang.code(), editor.stage.word())),
    });
    let mut all = serde_json::Map::new();
    for part in [about, written, followed] {
        all.extend(part.as_object().cloned().unwrap_or_default());
    }
    Value::Object(all)
}

/// The text as a file: where it stands, and where the files are.
fn paper(desk: &Desk, editor: &Editor, lang: Lang) -> Value {
    let duty = &desk.status().duty;
    let language = format!("lang={}", editor.lang.code());
    let place = |ending: &str| {
        let at = format!("{}/notice.{ending}", duty.id);
        address(&desk.case.head.reference, &at, duty.for_whom.as_deref(), &language)
    };
    let state = if editor.saved && desk.approval.is_some() { "approved" } else { "draft" };
    json!({ "pdf": place("pdf"), "txt": place("txt"), "state": i18n::text(lang, &format!("notice-paper-{state}")) })
}

fn said_version(version: &Version, lang: Lang) -> String {
    let args = [
        ("n", Arg::from(version.version.to_string())),
        ("by", version.by.clone().into()),
        ("when", i18n::instant_short(lang, version.at.utc()).into()),
        ("stage", i18n::text(lang, &format!("stage-{}", version.stage().word())).into()),
    ];
    i18n::text_with(lang, "notice-version", &args)
}

fn gaps(desk: &Desk, editor: &Editor, lang: Lang) -> Vec<Value> {
    let reference = &desk.case.head.reference;
    let one = |gap: &super::super::Gap| {
        let path = gap.fact.path();
        let own = desk.reader() == Reader::Customer && OWN_FIELDS.iter().any(|(fact, _)| *fact == gap.fact);
        let group = path.split(['.', '[']).next().unwrap_or_default();
        let group = if matches!(path, "title" | "description") { "incident" } else { group };
        let href = if own { "#own".to_owned() } else { format!("/incidents/{reference}?edit={group}#facts-{group}") };
        json!({ "label": gap.label(lang), "reason": gap.reason(lang), "href": href })
    };
    editor.draft.gaps.iter().map(one).collect()
}

fn unset(draft: &Draft, lang: Lang) -> Option<String> {
    let names: Vec<String> = draft.unset.iter().map(|name| i18n::text(lang, &format!("page-company-{name}"))).collect();
    (!names.is_empty())
        .then(|| i18n::text_with(lang, "page-drafts-unset", &[("names", Arg::from(i18n::list(lang, &names)))]))
}

/// What may be typed of one business customer, since the facts hold the numbers of all.
fn own(desk: &Desk, lang: Lang) -> Option<Vec<Value>> {
    let whom = desk.status().duty.for_whom.as_deref()?;
    let typed = desk.typed();
    let field = |(_, name): &(crate::law::Fact, &str)| json!({ "name": name, "label": i18n::text_with(lang, &format!("notice-{}", name.replace('_', "-")), &[("whom", whom.into())]), "value": typed[*name].as_str().unwrap_or_default() });
    Some(OWN_FIELDS.iter().map(field).collect())
}

/// How long the contract gives for telling this customer.
fn contract(desk: &Desk, lang: Lang) -> Option<String> {
    use crate::law::Fact;
    let whom = desk.status().duty.for_whom.as_deref()?;
    let roles = desk.case.facts.items(Fact::Roles);
    let role = roles.iter().find(|role| role.text(Fact::RoleController) == Some(whom))?;
    let hours = role.get(Fact::RoleHours).number()?;
    let due = desk.status().duty.deadline.due_at.map(|at| i18n::instant_short(lang, at)).unwrap_or_default();
    let args = [("hours", Arg::from(i18n::decimal(lang, hours))), ("due", due.into())];
    Some(i18n::text_with(lang, "notice-contract", &args))
}

/// Lines that came and went.
fn shown(lines: &[diff::Line<'_>]) -> Vec<Value> {
    let one = |line: &diff::Line<'_>| json!({ "gone": line.fate == diff::Fate::Gone, "new": line.fate == diff::Fate::New, "text": line.text });
    lines.iter().map(one).collect()
}

/// What the program writes otherwise since the text was saved, and how the text differs from what it writes now.
fn renewed(editor: &Editor, latest: Option<&Version>, _lang: Lang) -> Value {
    let Some(version) = latest.filter(|_| editor.saved && !editor.body.is_empty()) else { return Value::Null };
    let since = diff::changes(&version.draft, &editor.draft.body, 1);
    let edited = diff::changes(&editor.draft.body, &editor.body, 1);
    if since.is_empty() && edited.is_empty() {
        return Value::Null;
    }
    json!({ "since": shown(&since), "edited": shown(&edited) })
}

/// What differs from the part that left last.
fn since(desk: &Desk, editor: &Editor, lang: Lang) -> Value {
    let Some(before) = desk.before() else { return Value::Null };
    let body = before["text"]["body"].as_str().unwrap_or_default();
    let lines = diff::changes(body, &editor.body, 0);
    let fields = match desk.has_stages() {
        true => super::super::edpb::changed(
            &desk.edpb(&Officer::nobody(lang), editor.lang, editor.stage),
            &before["form"]["edpb"],
            lang,
        ),
        false => Vec::new(),
    };
    json!({ "lines": shown(&lines), "fields": fields })
}

fn approval(desk: &Desk, by: &Officer, editor: &Editor) -> Value {
    let lang = by.lang;
    let Some(latest) = desk.latest().filter(|_| editor.saved) else {
        return json!({ "done": null, "digest": null, "bar": null });
    };
    let done = desk.approval.as_ref().map(|approval| {
        let args = [
            ("by", Arg::from(approval.by.clone())),
            ("when", i18n::instant_short(lang, approval.at.utc()).into()),
            ("digest", approval.digest.chars().take(12).collect::<String>().into()),
        ];
        i18n::text_with(lang, "notice-approved-by", &args)
    });
    let bar = desk.bars(by).map(|code| i18n::text(lang, &format!("problem-{code}-detail")));
    json!({ "done": done, "digest": latest.digest, "bar": bar })
}

fn sending(desk: &Desk, editor: &Editor, lang: Lang) -> Value {
    let duty = &desk.status().duty;
    let (mail, fixed) = match desk.reader() {
        Reader::Nkom => (Some(desk.settings.company.nkom_email.clone()), true),
        Reader::Customer => {
            (Some(desk.contact.as_ref().map_or_else(String::new, |contact| contact.email.clone())), false)
        }
        Reader::Board => (Some(desk.managers.first().cloned().unwrap_or_default()), false),
        _ => (None, false),
    };
    let covers: Vec<Value> = desk
        .case
        .duties
        .iter()
        .filter(|other| can_cover(duty, other))
        .map(|other| json!({ "id": other.duty.id, "title": i18n::text(lang, &format!("duty-{}", other.duty.id)) }))
        .collect();
    let ways = ["altinn", "email", "phone", "letter", "sms", "web", "other"];
    let usual = match desk.reader() {
        Reader::Datatilsynet => "altinn",
        Reader::Nkom => "phone",
        Reader::Public => "web",
        Reader::Affected => "letter",
        _ => "email",
    };
    let way = |way: &&str| json!({ "code": way, "name": i18n::text(lang, &format!("channel-{way}")), "chosen": *way == usual });
    let oslo = desk.case.now.with_timezone(&chrono_tz::Europe::Oslo).format("%Y-%m-%dT%H:%M").to_string();
    let complete = match editor.stage {
        Stage::Least => false,
        Stage::Supplementary => false,
        Stage::Initial => !desk.has_stages() || editor.draft.gaps.is_empty(),
        Stage::Final | Stage::Withdrawn => true,
    };
    json!({
        "approved": desk.approval.is_some() && editor.saved, "mail": mail, "fixed": fixed, "covers": covers, "ways": ways.iter().map(way).collect::<Vec<_>>(),
        "now": oslo, "complete": complete, "staged": desk.has_stages(), "nkom": desk.reader() == Reader::Nkom,
    })
}

fn altinn(desk: &Desk, editor: &Editor, lang: Lang) -> Vec<Value> {
    let mut parts: Vec<Value> = Vec::new();
    for row in desk.altinn(editor.lang, editor.stage) {
        if parts.last().is_none_or(|part| part["name"] != row.part) {
            parts.push(json!({ "name": row.part, "title": i18n::text(lang, &format!("altinn-part-{}", row.part)), "rows": [] }));
        }
        let shown = json!({ "id": format!("altinn-{}", row.name), "label": i18n::text(lang, &format!("altinn-{}", row.name)), "value": row.value });
        if let Some(rows) = parts.last_mut().and_then(|part| part["rows"].as_array_mut()) {
            rows.push(shown);
        }
    }
    parts
}

fn contact(desk: &Desk, lang: Lang) -> Value {
    let Some(whom) = desk.status().duty.for_whom.as_deref() else { return Value::Null };
    let held = desk.contact.as_ref();
    let chosen = held.map_or("none", |contact| contact.authorised.as_str());
    let option = |code: &&str| json!({ "code": code, "name": i18n::text(lang, &format!("authorised-{code}")), "chosen": *code == chosen });
    json!({
        "whom": whom, "email": held.map(|contact| contact.email.clone()).unwrap_or_default(), "basis": held.map(|contact| contact.basis.clone()).unwrap_or_default(),
        "options": (["none", "first", "all"].iter().map(option).collect::<Vec<_>>()),
        "by": held.map(|contact| i18n::text_with(lang, "notice-contact-by", &[("by", contact.by.clone().into()), ("when", i18n::instant_short(lang, contact.at.utc()).into())])),
    })
}

fn left(desk: &Desk, sent: &Sent, lang: Lang) -> Value {
    let (state, reply) = desk.state_of(sent);
    let content: Value = serde_json::from_str(&sent.content).unwrap_or_default();
    let when = sent.arrived_at.unwrap_or(sent.at).utc();
    let args = [
        ("how", Arg::from(i18n::text(lang, &format!("channel-{}", sent.how)))),
        ("to", sent.recipient.clone().into()),
        ("by", sent.by.clone().into()),
        ("when", i18n::instant_short(lang, when).into()),
    ];
    let key = if sent.recipient.is_empty() { "notice-left" } else { "notice-left-to" };
    json!({
        "words": i18n::text_with(lang, key, &args), "state": i18n::text(lang, &format!("notice-sending-{state}")), "reply": reply,
        "note": Some(&sent.note).filter(|note| !note.is_empty()), "reference": sent.reference,
        "subject": content["text"]["subject"].as_str(), "body": content["text"]["body"].as_str(),
        "pdf": address(
            &desk.case.head.reference, &format!("{}/notice.pdf", sent.duty_id),
            Some(sent.for_whom.as_str()).filter(|name| !name.is_empty()), &format!("sent={}", sent.seq),
        ),
        "unrecorded": sent.recorded == Some(false),
    })
}
