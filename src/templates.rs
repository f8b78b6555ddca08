//! The three template registries: pages, which escape HTML, and notices and mails, which are plain prose and do not.
//!
//! All are strict: a template that names what its context lacks fails. All templates are embedded.
//! The language of a render is `lang` at the root of its context; `{{left}}` also reads `now` there.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use handlebars::{
    Context, Handlebars, Helper, HelperDef, RenderContext, RenderError, RenderErrorReason, ScopedJson, no_escape,
};
use serde::Serialize;
use serde_json::Value;

use crate::i18n::{self, Arg, Lang};

/// A notice's name and its embedded source.
macro_rules! notice {
    ($name:literal, $lang:literal) => {
        (concat!($name, ".", $lang), include_str!(concat!("../templates/notices/", $name, ".", $lang, ".hbs")))
    };
}

/// A mail's name and its embedded source.
macro_rules! mail {
    ($name:literal, $lang:literal) => {
        (concat!($name, ".", $lang), include_str!(concat!("../templates/mails/", $name, ".", $lang, ".hbs")))
    };
}

/// The templates of pages, by name: `incident/show` stands in `templates/pages/incident/show.hbs`.
const PAGES: &[(&str, &str)] = &[
    ("account/link", include_str!("../templates/pages/account/link.hbs")),
    ("account/invited", include_str!("../templates/pages/account/invited.hbs")),
    ("account/people", include_str!("../templates/pages/account/people.hbs")),
    ("account/person", include_str!("../templates/pages/account/person.hbs")),
    ("account/person_fields", include_str!("../templates/pages/account/person_fields.hbs")),
    ("account/person_roles", include_str!("../templates/pages/account/person_roles.hbs")),
    ("account/sign_in", include_str!("../templates/pages/account/sign_in.hbs")),
    ("error", include_str!("../templates/pages/error.hbs")),
    ("incident/duty", include_str!("../templates/pages/incident/duty.hbs")),
    ("incident/judged", include_str!("../templates/pages/incident/judged.hbs")),
    ("incident/list", include_str!("../templates/pages/incident/list.hbs")),
    ("incident/new", include_str!("../templates/pages/incident/new.hbs")),
    ("incident/settings", include_str!("../templates/pages/incident/settings.hbs")),
    ("incident/show", include_str!("../templates/pages/incident/show.hbs")),
    ("incident/trouble", include_str!("../templates/pages/incident/trouble.hbs")),
    ("notice/drafts", include_str!("../templates/pages/notice/drafts.hbs")),
    ("outbox/channel", include_str!("../templates/pages/outbox/channel.hbs")),
    ("outbox/channels", include_str!("../templates/pages/outbox/channels.hbs")),
    ("outbox/messages", include_str!("../templates/pages/outbox/messages.hbs")),
    ("parts/entry", include_str!("../templates/pages/parts/entry.hbs")),
    ("reminder/circle", include_str!("../templates/pages/reminder/circle.hbs")),
    ("reminder/events", include_str!("../templates/pages/reminder/events.hbs")),
    ("reminder/ladders", include_str!("../templates/pages/reminder/ladders.hbs")),
    ("reminder/show", include_str!("../templates/pages/reminder/show.hbs")),
    ("reminder/span", include_str!("../templates/pages/reminder/span.hbs")),
    ("parts/field", include_str!("../templates/pages/parts/field.hbs")),
    ("parts/setting", include_str!("../templates/pages/parts/setting.hbs")),
    ("parts/kept", include_str!("../templates/pages/parts/kept.hbs")),
    ("parts/wrong", include_str!("../templates/pages/parts/wrong.hbs")),
    ("parts/frame", include_str!("../templates/pages/parts/frame.hbs")),
    ("report/list", include_str!("../templates/pages/report/list.hbs")),
    ("report/new", include_str!("../templates/pages/report/new.hbs")),
    ("report/show", include_str!("../templates/pages/report/show.hbs")),
    ("report/told", include_str!("../templates/pages/report/told.hbs")),
    ("incident/readers", include_str!("../templates/pages/incident/readers.hbs")),
    ("dashboard/show", include_str!("../templates/pages/dashboard/show.hbs")),
    ("dashboard/list", include_str!("../templates/pages/dashboard/list.hbs")),
    ("dashboard/months", include_str!("../templates/pages/dashboard/months.hbs")),
    ("passkeys/add", include_str!("../templates/pages/passkeys/add.hbs")),
    ("passkeys/door", include_str!("../templates/pages/passkeys/door.hbs")),
    ("passkeys/panel", include_str!("../templates/pages/passkeys/panel.hbs")),
    ("signin/account", include_str!("../templates/pages/signin/account.hbs")),
    ("signin/code", include_str!("../templates/pages/signin/code.hbs")),
    ("signin/factor", include_str!("../templates/pages/signin/factor.hbs")),
    ("signin/forgot", include_str!("../templates/pages/signin/forgot.hbs")),
    ("signin/recovery", include_str!("../templates/pages/signin/recovery.hbs")),
    ("signin/renew", include_str!("../templates/pages/signin/renew.hbs")),
    ("signin/renewed", include_str!("../templates/pages/signin/renewed.hbs")),
    ("signin/rules", include_str!("../templates/pages/signin/rules.hbs")),
    ("openid/offer", include_str!("../templates/pages/openid/offer.hbs")),
    ("openid/refused", include_str!("../templates/pages/openid/refused.hbs")),
    ("openid/welcome", include_str!("../templates/pages/openid/welcome.hbs")),
    ("tokens/form", include_str!("../templates/pages/tokens/form.hbs")),
    ("tokens/machine", include_str!("../templates/pages/tokens/machine.hbs")),
    ("tokens/machines", include_str!("../templates/pages/tokens/machines.hbs")),
    ("tokens/own", include_str!("../templates/pages/tokens/own.hbs")),
    ("tokens/secret", include_str!("../templates/pages/tokens/secret.hbs")),
    ("tokens/table", include_str!("../templates/pages/tokens/table.hbs")),
    ("attachment/section", include_str!("../templates/pages/attachment/section.hbs")),
    ("attachment/show", include_str!("../templates/pages/attachment/show.hbs")),
    ("notice/all", include_str!("../templates/pages/notice/all.hbs")),
    ("notice/change", include_str!("../templates/pages/notice/change.hbs")),
    ("notice/edit", include_str!("../templates/pages/notice/edit.hbs")),
    ("notice/edpb", include_str!("../templates/pages/notice/edpb.hbs")),
    ("notice/templates", include_str!("../templates/pages/notice/templates.hbs")),
    ("trail/audit", include_str!("../templates/pages/trail/audit.hbs")),
    ("trail/retention", include_str!("../templates/pages/trail/retention.hbs")),
    ("trail/requests", include_str!("../templates/pages/trail/requests.hbs")),
    ("affected/import", include_str!("../templates/pages/affected/import.hbs")),
    ("affected/persons", include_str!("../templates/pages/affected/persons.hbs")),
    ("affected/show", include_str!("../templates/pages/affected/show.hbs")),
    ("affected/wave", include_str!("../templates/pages/affected/wave.hbs")),
    ("drill/new", include_str!("../templates/pages/drill/new.hbs")),
    ("drill/show", include_str!("../templates/pages/drill/show.hbs")),
    ("calendar/own", include_str!("../templates/pages/calendar/own.hbs")),
    ("together/comments", include_str!("../templates/pages/together/comments.hbs")),
    ("together/own", include_str!("../templates/pages/together/own.hbs")),
    ("together/section", include_str!("../templates/pages/together/section.hbs")),
    ("together/task", include_str!("../templates/pages/together/task.hbs")),
    ("together/tasks", include_str!("../templates/pages/together/tasks.hbs")),
    ("assessment/compared", include_str!("../templates/pages/assessment/compared.hbs")),
    ("assessment/list", include_str!("../templates/pages/assessment/list.hbs")),
    ("assessment/outlooks", include_str!("../templates/pages/assessment/outlooks.hbs")),
    ("dashboard/why", include_str!("../templates/pages/dashboard/why.hbs")),
    ("keys/show", include_str!("../templates/pages/keys/show.hbs")),
    ("keys/switch", include_str!("../templates/pages/keys/switch.hbs")),
    ("view/bulk", include_str!("../templates/pages/view/bulk.hbs")),
    ("view/show", include_str!("../templates/pages/view/show.hbs")),
];

/// The templates of notices, by name: `gdpr-33-authority.nb` stands in `templates/notices/`.
const NOTICES: &[(&str, &str)] = &[
    notice!("authority-parts", "nb"),
    notice!("authority-parts", "nn"),
    notice!("authority-parts", "en"),
    notice!("digital-security-act", "nb"),
    notice!("digital-security-act", "nn"),
    notice!("digital-security-act", "en"),
    notice!("gdpr-33-2-controller", "nb"),
    notice!("gdpr-33-2-controller", "nn"),
    notice!("gdpr-33-2-controller", "en"),
    notice!("gdpr-33-authority", "nb"),
    notice!("gdpr-33-authority", "nn"),
    notice!("gdpr-33-authority", "en"),
    notice!("gdpr-33-delay-reasons", "nb"),
    notice!("gdpr-33-delay-reasons", "nn"),
    notice!("gdpr-33-delay-reasons", "en"),
    notice!("gdpr-33-phased", "nb"),
    notice!("gdpr-33-phased", "nn"),
    notice!("gdpr-33-phased", "en"),
    notice!("gdpr-34-public", "nb"),
    notice!("gdpr-34-public", "nn"),
    notice!("gdpr-34-public", "en"),
    notice!("gdpr-34-subjects", "nb"),
    notice!("gdpr-34-subjects", "nn"),
    notice!("gdpr-34-subjects", "en"),
    notice!("management-report", "nb"),
    notice!("management-report", "nn"),
    notice!("management-report", "en"),
    notice!("nkom-incident-report", "nb"),
    notice!("nkom-incident-report", "nn"),
    notice!("nkom-incident-report", "en"),
    notice!("nkom-normalised", "nb"),
    notice!("nkom-normalised", "nn"),
    notice!("nkom-normalised", "en"),
    notice!("nkom-notice", "nb"),
    notice!("nkom-notice", "nn"),
    notice!("nkom-notice", "en"),
    notice!("nkom-points", "nb"),
    notice!("nkom-points", "nn"),
    notice!("nkom-points", "en"),
    notice!("nkom-protection-evidence", "nb"),
    notice!("nkom-protection-evidence", "nn"),
    notice!("nkom-protection-evidence", "en"),
    notice!("nkom-update", "nb"),
    notice!("nkom-update", "nn"),
    notice!("nkom-update", "en"),
    notice!("nkom-why", "nb"),
    notice!("nkom-why", "nn"),
    notice!("nkom-why", "en"),
    notice!("planned-outage", "nb"),
    notice!("planned-outage", "nn"),
    notice!("planned-outage", "en"),
    notice!("public-information-order", "nb"),
    notice!("public-information-order", "nn"),
    notice!("public-information-order", "en"),
    notice!("reg-611-authority", "nb"),
    notice!("reg-611-authority", "nn"),
    notice!("reg-611-authority", "en"),
    notice!("reg-611-subscriber", "nb"),
    notice!("reg-611-subscriber", "nn"),
    notice!("reg-611-subscriber", "en"),
    notice!("security-act", "nb"),
    notice!("security-act", "nn"),
    notice!("security-act", "en"),
    notice!("subscriber-breach", "nb"),
    notice!("subscriber-breach", "nn"),
    notice!("subscriber-breach", "en"),
    notice!("subscriber-particular-risk", "nb"),
    notice!("subscriber-particular-risk", "nn"),
    notice!("subscriber-particular-risk", "en"),
    notice!("trust-service", "nb"),
    notice!("trust-service", "nn"),
    notice!("trust-service", "en"),
    notice!("gdpr-33-least", "nb"),
    notice!("gdpr-33-least", "nn"),
    notice!("gdpr-33-least", "en"),
    notice!("gdpr-33-withdrawn", "nb"),
    notice!("gdpr-33-withdrawn", "nn"),
    notice!("gdpr-33-withdrawn", "en"),
];

/// The templates of the mails that go to our own people, by name: `reminder.nb` stands in `templates/mails/`.
const MAILS: &[(&str, &str)] = &[
    mail!("digest", "nb"),
    mail!("digest", "nn"),
    mail!("digest", "en"),
    mail!("reminder", "nb"),
    mail!("reminder", "nn"),
    mail!("reminder", "en"),
    mail!("summary", "nb"),
    mail!("summary", "nn"),
    mail!("summary", "en"),
    mail!("invitation", "nb"),
    mail!("invitation", "nn"),
    mail!("invitation", "en"),
    mail!("new-password", "nb"),
    mail!("new-password", "nn"),
    mail!("new-password", "en"),
    mail!("forgotten", "nb"),
    mail!("forgotten", "nn"),
    mail!("forgotten", "en"),
    mail!("audit-head", "nb"),
    mail!("audit-head", "nn"),
    mail!("audit-head", "en"),
    mail!("remark", "nb"),
    mail!("remark", "nn"),
    mail!("remark", "en"),
    mail!("mention", "nb"),
    mail!("mention", "nn"),
    mail!("mention", "en"),
    mail!("task", "nb"),
    mail!("task", "nn"),
    mail!("task", "en"),
    mail!("task-due", "nb"),
    mail!("task-due", "nn"),
    mail!("task-due", "en"),
];

/// Whether everything is made up; set when it is found out, and the same for every clone.
#[derive(Clone, Debug, Default)]
pub struct Demo(Arc<AtomicBool>);

impl Demo {
    /// Notes that it is.
    pub fn found(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it is.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A set of parsed templates.
pub struct Templates(Handlebars<'static>, Demo);

/// Why a template could not be read or filled.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The template does not parse: found when the program starts.
    #[error("the template {0} does not parse: {1}")]
    Parse(String, String),
    /// The template asks for what its context lacks.
    #[error("the template {0} could not be filled: {1}")]
    Render(String, String),
}

impl Templates {
    /// The pages: everything written into them is escaped for HTML.
    ///
    /// # Errors
    /// When a template does not parse.
    pub fn pages() -> Result<Templates, TemplateError> {
        let mut registry = Handlebars::new();
        registry.register_escape_fn(handlebars::html_escape);
        Templates::read(registry, PAGES)
    }

    /// The notices: plain text, nothing is escaped.
    ///
    /// # Errors
    /// When a template does not parse.
    pub fn notices() -> Result<Templates, TemplateError> {
        let mut registry = Handlebars::new();
        registry.register_escape_fn(no_escape);
        Templates::read(registry, NOTICES)
    }

    /// The notices with some of them in other words: name, where it stands, and source.
    ///
    /// # Errors
    /// When one does not parse: where it stands, the line and the fault.
    pub fn notices_with(own: &[(String, String, String)]) -> Result<Templates, TemplateError> {
        let mut templates = Templates::notices()?;
        for (name, place, source) in own {
            templates.0.register_template_string(name, source).map_err(|why| {
                let line = why.pos().map_or(1, |(line, _)| line);
                TemplateError::Parse(format!("{place}, line {line},"), why.reason().to_string())
            })?;
        }
        Ok(templates)
    }

    /// The names of the notices, one for each language.
    pub fn notice_names() -> impl Iterator<Item = &'static str> {
        NOTICES.iter().map(|(name, _)| *name)
    }

    /// The embedded source of a notice.
    #[must_use]
    pub fn notice_source(name: &str) -> Option<&'static str> {
        NOTICES.iter().find(|(known, _)| *known == name).map(|(_, source)| *source)
    }

    /// The mails: plain text, nothing is escaped.
    ///
    /// # Errors
    /// When a template does not parse.
    pub fn mails() -> Result<Templates, TemplateError> {
        let mut registry = Handlebars::new();
        registry.register_escape_fn(no_escape);
        Templates::read(registry, MAILS)
    }

    fn read(mut registry: Handlebars<'static>, all: &[(&str, &str)]) -> Result<Templates, TemplateError> {
        registry.set_strict_mode(true);
        register_helpers(&mut registry);
        for (name, source) in all {
            registry
                .register_template_string(name, source)
                .map_err(|e| TemplateError::Parse((*name).to_owned(), e.to_string()))?;
        }
        Ok(Templates(registry, Demo::default()))
    }

    /// Whether pages say that everything is made up.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.1.is_on()
    }

    /// The same templates, told by another's flag whether everything is made up.
    #[must_use]
    pub fn told_by(self, demo: Demo) -> Self {
        Self(self.0, demo)
    }

    /// What tells them so.
    #[must_use]
    pub fn demo(&self) -> Demo {
        self.1.clone()
    }

    /// Whether there is a template of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.has_template(name)
    }

    /// Fills a template.
    ///
    /// # Errors
    /// When there is no such template or it asks for what the context lacks.
    pub fn render(&self, name: &str, context: &impl Serialize) -> Result<String, TemplateError> {
        self.0.render(name, context).map_err(|e| TemplateError::Render(name.to_owned(), e.to_string()))
    }

    /// Tries a template; an error is the template and line where it goes wrong, and what is wrong there.
    ///
    /// # Errors
    /// When it asks for what the context lacks.
    pub fn attempt(&self, name: &str, context: &impl Serialize) -> Result<(), (String, usize, String)> {
        let place = |why: &RenderError| why.template_name.clone().unwrap_or_else(|| name.to_owned());
        let tried = self.0.render(name, context);
        tried.map(drop).map_err(|why| (place(&why), why.line_no.unwrap_or(1), why.reason().to_string()))
    }
}

/// One of our helpers: what it makes of its parameters in a language. The registry escapes the answer.
struct Words(fn(Lang, &Helper<'_>, &Context) -> Result<String, String>);

impl HelperDef for Words {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let lang = context.data().get("lang").and_then(Value::as_str).and_then(Lang::parse).unwrap_or_default();
        let said = (self.0)(lang, helper, context)
            .map_err(|why| RenderErrorReason::Other(format!("{}: {why}", helper.name())))?;
        Ok(ScopedJson::Derived(Value::String(said)))
    }
}

fn register_helpers(registry: &mut Handlebars<'static>) {
    let all: [(&str, Words); 13] = [
        // {{t "key" name=value}}: a text; numbers choose the plural.
        ("t", Words(|lang, h, _| Ok(i18n::text_with(lang, &word(h, 0)?, &named(h))))),
        // {{fact path}} and {{help path}}: the label of a fact, its sentence of help.
        ("fact", Words(|lang, h, _| Ok(i18n::fact(lang, &word(h, 0)?)))),
        ("help", Words(|lang, h, _| Ok(i18n::fact_help(lang, &word(h, 0)?)))),
        // {{choice path value}}: the words of a choice.
        ("choice", Words(|lang, h, _| Ok(i18n::choice(lang, &word(h, 0)?, &word(h, 1)?)))),
        // {{cite basis}}: a citation of the rule book in the reader's language.
        ("cite", Words(|lang, h, _| Ok(i18n::cite(lang, &word(h, 0)?)))),
        // {{when instant}} in full, {{when-short instant}} for tables.
        ("when", Words(|lang, h, _| Ok(i18n::instant(lang, moment(h.param(0).map(|p| p.value()))?)))),
        ("when-short", Words(|lang, h, _| Ok(i18n::instant_short(lang, moment(h.param(0).map(|p| p.value()))?)))),
        // {{left instant}}: how long is left, seen from `now` of the context.
        (
            "left",
            Words(|lang, h, c| {
                let now = moment(c.data().get("now")).map_err(|e| format!("now: {e}"))?;
                Ok(i18n::left(lang, now, moment(h.param(0).map(|p| p.value()))?))
            }),
        ),
        // {{known words}}: the words, or what may stand where they are not known. {{cap words}}: a large first letter.
        ("known", Words(|lang, h, _| Ok(known(lang, h.param(0).map(|p| p.value()))))),
        (
            "cap",
            Words(|_, h, _| {
                let words = word(h, 0)?;
                let mut chars = words.chars();
                Ok(chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect()))
            }),
        ),
        // {{asset "varsel.css"}}: where a file of the program's own stands.
        ("asset", Words(|_, h, _| crate::assets::address(&word(h, 0)?).ok_or_else(|| "no such file".to_owned()))),
        // {{number n}}: grouped.
        ("number", Words(|lang, h, _| figure(lang, h))),
        // {{list words}}: «a, b og c».
        (
            "list",
            Words(|lang, h, _| {
                let items = h.param(0).and_then(|p| p.value().as_array()).ok_or("a list is needed")?;
                Ok(i18n::list(lang, &items.iter().filter_map(Value::as_str).collect::<Vec<_>>()))
            }),
        ),
    ];
    for (name, helper) in all {
        registry.register_helper(name, Box::new(helper));
    }
}

fn word(helper: &Helper<'_>, at: usize) -> Result<String, String> {
    match helper.param(at).map(|p| p.value()) {
        Some(Value::String(s)) => Ok(s.clone()),
        other => Err(format!("parameter {} must be a text, not {other:?}", at + 1)),
    }
}

fn known(lang: Lang, value: Option<&Value>) -> String {
    match value {
        Some(Value::String(words)) if !words.is_empty() => words.clone(),
        _ => i18n::text(lang, "notice-unknown"),
    }
}

fn moment(value: Option<&Value>) -> Result<DateTime<Utc>, String> {
    let given = value.and_then(Value::as_str).ok_or("an instant in RFC 3339 is needed")?;
    DateTime::parse_from_rfc3339(given).map(|t| t.to_utc()).map_err(|e| format!("{given}: {e}"))
}

fn figure(lang: Lang, helper: &Helper<'_>) -> Result<String, String> {
    let value = helper.param(0).map(|p| p.value()).ok_or("a number is needed")?;
    match (value.as_i64(), value.as_f64()) {
        (Some(whole), _) => Ok(i18n::number(lang, whole)),
        (None, Some(fraction)) => Ok(i18n::decimal(lang, fraction)),
        _ => Err(format!("{value} is not a number")),
    }
}

fn named<'a>(helper: &'a Helper<'_>) -> Vec<(&'a str, Arg<'a>)> {
    let arg = |value: &'a Value| match value {
        Value::String(s) => Arg::from(s.as_str()),
        Value::Number(n) => n.as_f64().map_or(Arg::None, Arg::from),
        other => Arg::from(other.to_string()),
    };
    helper.hash().iter().map(|(name, p)| (*name, arg(p.value()))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fill(source: &str, context: &Value) -> Result<String, TemplateError> {
        let mut registry = Handlebars::new();
        registry.register_escape_fn(handlebars::html_escape);
        Templates::read(registry, &[("it", source)])?.render("it", context)
    }

    #[test]
    fn helpers_speak_the_language_of_the_context_and_escape_what_they_say() {
        let context = json!({
            "lang": "nn", "now": "2026-10-23T12:00:00Z", "due": "2026-10-23T12:12:00Z", "who": "<b>", "n": 40000,
            "words": ["a", "b"],
        });
        assert_eq!(fill("{{left due}}", &context).unwrap(), "12 min att");
        assert_eq!(fill("{{t \"time-left\" span=who}}", &context).unwrap(), "&lt;b&gt; att");
        assert_eq!(fill("{{number n}} {{list words}}", &context).unwrap(), "40\u{a0}000 a og b");
        assert_eq!(fill("{{when-short due}}", &context).unwrap(), "23.10.2026 kl. 14.12");
        assert_eq!(fill("{{#each words}}{{t \"word-unknown\"}} {{/each}}", &context).unwrap(), "ukjend ukjend ");
    }

    #[test]
    fn a_template_that_asks_for_what_is_not_there_fails() {
        assert!(fill("{{nothing}}", &json!({"lang": "nb"})).is_err());
        assert!(fill("{{left due}}", &json!({"lang": "nb"})).is_err());
        assert!(fill("{{#if}}", &json!({})).is_err());
    }

    #[test]
    fn every_template_parses() {
        Templates::pages().map(drop).unwrap();
        Templates::notices().map(drop).unwrap();
        Templates::mails().map(drop).unwrap();
    }

    #[test]
    fn every_template_file_is_embedded() {
        for (folder, list) in [("templates/pages", PAGES), ("templates/notices", NOTICES), ("templates/mails", MAILS)] {
            let mut open = vec![std::path::PathBuf::from(folder)];
            while let Some(dir) = open.pop() {
                for entry in std::fs::read_dir(dir).unwrap() {
                    let path = entry.unwrap().path();
                    if path.is_dir() {
                        open.push(path);
                    } else if path.extension().is_some_and(|e| e == "hbs") {
                        let name = path.strip_prefix(folder).unwrap().with_extension("");
                        let name = name.to_str().unwrap().replace('\\', "/");
                        assert!(list.iter().any(|(n, _)| *n == name), "{path:?} is not listed in src/templates.rs");
                    }
                }
            }
        }
    }
}
