//! The page of one text: write, compare, approve, send. Nothing typed is lost when something is refused.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::actions::{self, Leaving, Of, Text, Way};
use super::super::desk::{self, Desk};
use super::super::{Notices, OWN_FIELDS, Stage};
use super::show;
use crate::account::right::{Approve, Read, Work};
use crate::account::{By, Officer};
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::incident::pages::escape;
use crate::incident::pages::{App, Sent, Typed, frame, go_to};

type Answered = Result<HttpResponse, Error>;
type KeyAndDuty = web::Path<(String, String)>;

/// Which text is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    #[serde(rename = "for")]
    for_whom: String,
    lang: String,
    stage: String,
    fresh: String,
    done: String,
}

/// The address of a text's page.
pub fn address(reference: &str, duty: &str, whom: Option<&str>, query: &str) -> String {
    let mut parts: Vec<String> = whom.map(|name| format!("for={}", escape(name))).into_iter().collect();
    parts.extend(Some(query.to_owned()).filter(|query| !query.is_empty()));
    let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
    format!("/incidents/{reference}/notices/{duty}{query}")
}

pub(super) fn of(path: KeyAndDuty, whom: &str) -> Of {
    let (key, duty) = path.into_inner();
    Of { key, duty, for_whom: Some(whom.trim().to_owned()).filter(|name| !name.is_empty()) }
}

/// Shows a text with everything that belongs to it.
pub async fn show(
    app: App,
    notices: web::Data<Notices>,
    By(by, (path, asked)): By<Read, (KeyAndDuty, web::Query<Asked>)>,
) -> Answered {
    let desk = desk::open(&app.0, &app.1, by.sight(), &of(path, &asked.for_whom)).await?;
    let manner = (Lang::parse(&asked.lang), Stage::parse(&asked.stage), asked.fresh == "1");
    let editor = show::editor(&desk, &notices, &by, manner)?;
    let done = ["saved", "approved", "sent", "recorded", "contact"].into_iter().find(|done| *done == asked.done);
    answer(app, &by, &desk, &show::page(&desk, &by, &editor, (done.unwrap_or_default(), &[])), StatusCode::OK)
}

fn answer((_, clock, templates): App, by: &Officer, desk: &Desk, own: &Value, status: StatusCode) -> Answered {
    let duty = &desk.status().duty;
    let title = format!("{} {}", i18n::text(by.lang, &format!("duty-{}", duty.id)), desk.case.head.reference);
    let here = address(&desk.case.head.reference, duty.id, duty.for_whom.as_deref(), "");
    frame(by, &clock, here, title).answer(&templates, status, "notice/edit", own)
}

/// What was done on the page, and by whom.
struct Doing<'a> {
    app: App,
    notices: &'a Notices,
    by: &'a Officer,
    of: Of,
    typed: Typed,
}

impl Doing<'_> {
    /// Sends the browser back to the page, or shows it with what was typed and what was wrong.
    async fn end<T>(self, done: &str, ended: Result<T, Error>) -> Answered {
        let why = match ended {
            Ok(_) => {
                let query = format!("done={done}");
                return Ok(go_to(address(&self.of.key, &self.of.duty, self.of.for_whom.as_deref(), &query)));
            }
            Err(why) => why,
        };
        let lang = self.by.lang;
        let said: Vec<String> = match &why {
            Error::Invalid(fields) => fields
                .iter()
                .map(|field| {
                    let name = field.path.split('.').next_back().unwrap_or_default().replace('_', "-");
                    let label = i18n::find(lang, &format!("notice-field-{name}"), &[]);
                    label.map_or_else(|| field.message(lang), |label| format!("{label}: {}", field.message(lang)))
                })
                .collect(),
            Error::Conflict { .. } => vec![why.title_and_detail(lang).1],
            Error::Stale { .. } => vec![i18n::text(lang, "notice-stale")],
            _ => return Err(why),
        };
        let desk = desk::open(&self.app.0, &self.app.1, self.by.sight(), &self.of).await?;
        let manner = (Lang::parse(self.typed.one("lang")), Stage::parse(self.typed.one("stage")), false);
        let mut editor = show::editor(&desk, self.notices, self.by, manner)?;
        for (name, place) in [("subject", &mut editor.subject), ("body", &mut editor.body), ("sms", &mut editor.sms)] {
            if !self.typed.all(name).is_empty() {
                *place = self.typed.one(name).to_owned();
            }
        }
        let status = why.status_and_code().0;
        answer(self.app, self.by, &desk, &show::page(&desk, self.by, &editor, ("", &said)), status)
    }
}

/// Saves what was written.
pub async fn save(
    app: App,
    notices: web::Data<Notices>,
    By(by, (path, sent)): By<Work, (KeyAndDuty, Sent)>,
) -> Answered {
    let typed = Typed::new(sent.into_inner());
    let of = of(path, typed.one("for"));
    let desk = desk::open(&app.0, &app.1, by.sight(), &of).await?;
    let lang = Lang::parse(typed.one("lang")).unwrap_or(by.lang);
    let stage = Stage::parse(typed.one("stage")).unwrap_or_default();
    let fields = with_own(desk.typed(), &typed);
    let draft = desk.draft(&notices, lang, stage, &fields)?.body;
    // A draft that nobody touched is written anew with what was typed of the customer.
    let before = desk.draft(&notices, lang, stage, desk.typed())?.body;
    let written = super::super::tidy(&typed.one("body").replace("\r\n", "\n"));
    let body = if written == before { draft.clone() } else { written };
    let (subject, sms) = (typed.one("subject").to_owned(), typed.one("sms").to_owned());
    let text = Text { stage, lang, subject, body, sms, fields, draft };
    let seen = typed.one("version").parse().ok();
    let ended = actions::save(&app.0, by.id, of.clone(), seen, text, app.1.now()).await;
    Doing { app, notices: &notices, by: &by, of, typed }.end("saved", ended).await
}

/// What was typed for the text, with what this form has of it laid over.
fn with_own(kept: &Value, typed: &Typed) -> Value {
    let mut all: Map<String, Value> = kept.as_object().cloned().unwrap_or_default();
    for (_, name) in OWN_FIELDS {
        if !typed.all(name).is_empty() {
            all.insert(name.to_owned(), typed.one(name).into());
        }
    }
    Value::Object(all)
}

/// Approves the text that the page showed.
pub async fn approve(
    app: App,
    notices: web::Data<Notices>,
    By(by, (path, sent)): By<Approve, (KeyAndDuty, Sent)>,
) -> Answered {
    let typed = Typed::new(sent.into_inner());
    let of = of(path, typed.one("for"));
    let ended = actions::approve(&app.0, by.id, of.clone(), typed.one("digest").to_owned(), app.1.now()).await;
    Doing { app, notices: &notices, by: &by, of, typed }.end("approved", ended).await
}

/// Sends the text by mail, or records that it was sent by hand.
pub async fn send(
    app: App,
    notices: web::Data<Notices>,
    By(by, (path, sent)): By<Work, (KeyAndDuty, Sent)>,
) -> Answered {
    let typed = Typed::new(sent.into_inner());
    let of = of(path, typed.one("for"));
    let by_mail = typed.one("way") == "mail";
    let ended = match leaving(&app, &by, &of, &typed).await {
        Ok(leaving) => actions::send(&app.0, by.id, of.clone(), leaving, app.1.now()).await,
        Err(why) => Err(why),
    };
    let done = if by_mail { "sent" } else { "recorded" };
    Doing { app, notices: &notices, by: &by, of, typed }.end(done, ended).await
}

async fn leaving(app: &App, by: &Officer, of: &Of, typed: &Typed) -> Result<Leaving, Error> {
    let way = match typed.one("way") {
        "mail" => Way::Mail(typed.some("to")),
        _ => {
            let sent_at = typed.time("sent_at").map_err(|why| Error::Invalid(vec![why]))?;
            Way::Hand {
                how: typed.one("how").to_owned(),
                sent_at: sent_at.ok_or_else(|| Error::field("sent_at", "missing"))?,
                reference: typed.some("reference"),
                note: typed.one("note").to_owned(),
            }
        }
    };
    let desk = desk::open(&app.0, &app.1, by.sight(), of).await?;
    let complete = typed.one("complete") != "no";
    Ok(Leaving { way, complete, covers: typed.all("covers").to_vec(), form: desk.form(by) })
}

/// Records where a business customer is told, and what we may notify for them.
pub async fn contact(
    app: App,
    notices: web::Data<Notices>,
    By(by, (path, sent)): By<Work, (KeyAndDuty, Sent)>,
) -> Answered {
    let typed = Typed::new(sent.into_inner());
    let of = of(path, typed.one("for"));
    let ended = match &of.for_whom {
        None => Err(Error::NotFound),
        Some(name) => {
            let told = ["email", "authorised", "basis"].map(|name| typed.one(name).to_owned());
            let [email, authorised, basis] = told;
            actions::record_contact(
                &app.0,
                by.id,
                (of.key.clone(), name.clone()),
                (email, authorised, basis),
                app.1.now(),
            )
            .await
        }
    };
    Doing { app, notices: &notices, by: &by, of, typed }.end("contact", ended).await
}

/// The text as it stands, saved with other fields.
pub(super) fn with_fields(desk: &Desk, notices: &Notices, by: &Officer, fields: Value) -> Result<Text, Error> {
    let editor = show::editor(desk, notices, by, (None, None, false))?;
    let draft = desk.draft(notices, editor.lang, editor.stage, &fields)?;
    // The program's own words follow what is typed; a person's stay.
    let kept = editor.body != desk.latest().map_or(editor.draft.body.as_str(), |latest| latest.draft.as_str());
    let body = if kept { editor.body } else { draft.body.clone() };
    let fields = if fields.is_null() { json!({}) } else { fields };
    Ok(Text {
        stage: editor.stage,
        lang: editor.lang,
        subject: editor.subject,
        body,
        sms: editor.sms,
        fields,
        draft: draft.body,
    })
}
