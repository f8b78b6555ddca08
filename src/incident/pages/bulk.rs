//! The same done to the incidents that were ticked in the list; the answer says for each what happened.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::answer::refusal;
use super::{Answered, App, Asked, Sent, frame};
use crate::account::right::Work;
use crate::account::{By, Officer};
use crate::db::Id;
use crate::error::{Error, FieldError};
use crate::i18n::{self, Arg};
use crate::incident::actions::{self, Picked, Together};
use crate::incident::store::{self, Head};

/// What was sent by the form of the list.
#[derive(Default)]
struct Typed {
    picked: Vec<Picked>,
    what: String,
    owner: String,
    reason: String,
    /// Where to go back to.
    back: String,
}

impl Typed {
    fn read(sent: Vec<(String, String)>) -> Result<Self, Error> {
        let mut typed = Self::default();
        for (name, text) in sent {
            match name.as_str() {
                "pick" => {
                    let pick = text.split_once(':').and_then(|(key, seen)| Some((key.to_owned(), seen.parse().ok()?)));
                    typed.picked.push(pick.ok_or_else(|| Error::field("version", "version_missing"))?);
                }
                "do" => typed.what = text,
                "owner" => typed.owner = text,
                "reason" => typed.reason = text,
                "back" => typed.back = text,
                _ => {}
            }
        }
        Ok(typed)
    }

    fn wanted(&self) -> Result<Together, Error> {
        let reason = || {
            // Said once for all of them; each of them would be refused for the same.
            actions::words("reason", &self.reason, 4_000)
        };
        match self.what.as_str() {
            "own" => {
                let owner = Id::parse(&self.owner).ok_or_else(|| Error::field("owner", "missing"))?;
                Ok(Together::Own(Some(owner)))
            }
            "close" => reason().map(Together::Close),
            "restrict" => reason().map(|reason| Together::Restrict(Vec::new(), reason)),
            "open_up" => reason().map(Together::OpenUp),
            _ => Err(Error::field("do", "missing")),
        }
    }
}

/// Does what was chosen to each that was ticked.
pub async fn bulk((db, clock, templates): App, By(by, sent): By<Work, Sent>) -> Answered {
    let typed = Typed::read(sent.into_inner())?;
    let ended = match typed.wanted() {
        Ok(what) => actions::each(&db, by.id, typed.picked, what, clock.now()).await,
        Err(why) => Err(why),
    };
    let back = Asked::read(&typed.back).map(|asked| asked.query()).unwrap_or_default();
    let (status, ended, wrong) = match ended {
        Ok(ended) => (StatusCode::OK, ended, Vec::new()),
        Err(Error::Invalid(wrong)) => (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), wrong),
        Err(other) => return Err(other),
    };
    let keys: Vec<String> = ended.iter().map(|(key, _)| key.clone()).collect();
    let sight = by.sight();
    let titles = db
        .read(move |conn| {
            let title = |conn: &mut _, key: &str| match store::head(conn, key, sight) {
                Ok(head) => Ok(Some(head.title)),
                Err(Error::NotFound) => Ok(None),
                Err(why) => Err(why),
            };
            keys.iter().map(|key| title(conn, key)).collect::<Result<Vec<_>, _>>()
        })
        .await?;
    let done = ended.iter().filter(|(_, ended)| ended.is_ok()).count();
    let rows: Vec<Value> =
        ended.iter().zip(titles).map(|((key, ended), title)| row(&by, &typed.what, (key, title), ended)).collect();
    let own = json!({
        "rows": rows, "back": back, "wrong": wrong.iter().map(|fault| said(by.lang, fault)).collect::<Vec<_>>(),
        "sum": i18n::text_with(by.lang, "bulk-sum", &[
            ("done", Arg::from(i64::try_from(done).unwrap_or_default())),
            ("all", i64::try_from(rows.len()).unwrap_or_default().into()),
        ]),
    });
    let title = i18n::text(by.lang, "bulk-title");
    frame(&by, &clock, "/incidents?view=all", title).answer(&templates, status, "view/bulk", &own)
}

fn said(lang: i18n::Lang, fault: &FieldError) -> String {
    let label = i18n::find(lang, &format!("bulk-field-{}", fault.path), &[]);
    let message = fault.message(lang);
    label.map_or(message.clone(), |label| format!("{label}: {message}"))
}

/// What happened to one.
fn row(by: &Officer, what: &str, (key, title): (&str, Option<String>), ended: &Result<Head, Error>) -> Value {
    let (words, duties) = match ended {
        Ok(_) => (i18n::text(by.lang, &format!("bulk-done-{}", what.replace('_', "-"))), Vec::new()),
        Err(Error::Stale { .. }) => (i18n::text(by.lang, "bulk-stale"), Vec::new()),
        Err(why @ Error::Conflict { about, .. }) => refusal(by.lang, why, about),
        Err(Error::Invalid(wrong)) => {
            (wrong.iter().map(|fault| fault.message(by.lang)).collect::<Vec<_>>().join(" "), Vec::new())
        }
        Err(why) => (why.title_and_detail(by.lang).1, Vec::new()),
    };
    json!({ "reference": key, "title": title, "done": ended.is_ok(), "words": words, "duties": duties })
}
