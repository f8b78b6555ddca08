//! What every page stands in: the header, the language, the instant the page was written.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use crate::db::Id;
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::templates::Templates;

/// The languages as they call themselves.
pub const TONGUES: [(Lang, &str); 3] = [(Lang::Nb, "Bokmål"), (Lang::Nn, "Nynorsk"), (Lang::En, "English")];

tokio::task_local! {
    static DRILL: Stand;
}

/// How the clock of the drill stands that every page of a request is about.
#[derive(Clone, Copy, Debug)]
pub struct Stand {
    /// What it shows.
    pub here: DateTime<Utc>,
    /// How fast it runs; nought is standing still.
    pub factor: u32,
}

impl Stand {
    /// Runs what answers a request, so that each page it writes is marked as one of a drill. Set at the border by the
    /// address, so that no page can forget it.
    pub async fn carry<F: Future>(self, answering: F) -> F::Output {
        DRILL.scope(self, answering).await
    }
}

/// What the header of a page says.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language of the page.
    pub lang: Lang,
    /// Who is signed in, if anybody.
    pub officer: Option<String>,
    /// Whose page it is, by the account; what is typed is kept under it. None before one is in.
    pub person: Option<Id>,
    /// What this person may do, each right by its word; empty before one is in.
    pub rights: Value,
    /// Path and query of the page, to come back to when the language is switched.
    pub here: String,
    /// The instant the page is written, UTC; countdowns start from it.
    pub now: DateTime<Utc>,
    /// The page's title.
    pub title: String,
}

impl Frame {
    /// The context of a template: the frame's words beside the page's own.
    ///
    /// # Errors
    /// When the page's own context is not an object.
    pub fn around(&self, own: &impl Serialize) -> Result<Value, Error> {
        let tongue =
            |(lang, name): &(Lang, &str)| json!({ "code": lang.code(), "name": name, "current": *lang == self.lang });
        let settings = ["/settings", "/channels", "/messages", "/audit", "/requests"];
        let at_settings = settings.iter().any(|place| self.here.starts_with(place));
        let mut all = json!({
            "lang": self.lang.code(), "officer": self.officer, "person": self.person.map(|id| id.to_string()), "rights": self.rights, "here": self.here, "page_title": self.title,
            "now": self.now.to_rfc3339_opts(SecondsFormat::Secs, true),
            "tongues": TONGUES.iter().map(tongue).collect::<Vec<_>>(),
            "at_list": self.here == "/" || self.here == "/incidents" || self.here.starts_with("/incidents?"),
            "at_log": self.here == "/incidents/new", "at_report": self.here == "/reports/new",
            "at_reports": self.here == "/reports" || self.here.starts_with("/reports?"),
            "at_dashboard": self.here.starts_with("/dashboard"),
            "at_people": self.here == "/people" || self.here.starts_with("/people/"),
            "at_settings": at_settings, "page_mark": null, "at_tasks": self.here == "/tasks",
        });
        all["demo"] = json!(false);
        all["drill"] = Value::Null;
        if let Ok(stand) = DRILL.try_with(|stand| *stand) {
            // What is left is reckoned by the drill's own clock.
            all["drill"] = json!({
                "real_now": all["now"], "here": stand.here, "factor": stand.factor,
                "still": stand.factor == 0, "fast": stand.factor > 1,
            });
            all["now"] = json!(stand.here.to_rfc3339_opts(SecondsFormat::Secs, true));
            let mark = i18n::text(self.lang, "drill-mark");
            all["page_mark"] = json!(mark);
        }
        let own = serde_json::to_value(own).map_err(Error::internal)?;
        match (all.as_object_mut(), own) {
            (Some(all), Value::Object(own)) => all.extend(own),
            _ => return Err(Error::internal("the context of a page is not an object")),
        }
        Ok(all)
    }

    /// Answers with a page, which nobody may keep a copy of.
    ///
    /// # Errors
    /// When the template asks for what its context lacks.
    pub fn answer(
        &self,
        templates: &Templates,
        status: StatusCode,
        name: &str,
        own: &impl Serialize,
    ) -> Result<HttpResponse, Error> {
        let mut context = self.around(own)?;
        context["demo"] = json!(templates.is_demo());
        let html = templates.render(name, &context).map_err(Error::internal)?;
        Ok(HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .insert_header((CACHE_CONTROL, "no-store"))
            .body(html))
    }
}
