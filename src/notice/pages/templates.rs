//! The templates of all texts: which are the program's, which the company wrote itself, and what each makes of a sample.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{Notices, custom};
use crate::account::By;
use crate::account::right::ReadHouse;
use crate::error::Error;
use crate::i18n;
use crate::incident::Settings;
use crate::incident::pages::{App, frame};
use crate::templates::Templates;

/// Which one is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    show: String,
}

/// Lists the templates, and shows one with what it makes of a sample.
pub async fn show(
    (db, clock, templates): App,
    notices: web::Data<Notices>,
    By(by, asked): By<ReadHouse, web::Query<Asked>>,
) -> Result<HttpResponse, Error> {
    let settings = db.read(Settings::load).await?;
    let lang = by.lang;
    let mut rows: Vec<Value> = Vec::new();
    for name in Templates::notice_names() {
        let Some((template, code)) = name.rsplit_once('.') else { continue };
        let one = json!({ "name": name, "code": code, "own": notices.1.iter().any(|own| own == name), "chosen": name == asked.show });
        if let Some(row) = rows.iter_mut().find(|row| row["template"] == template) {
            row["languages"].as_array_mut().into_iter().for_each(|all| all.push(one.clone()));
            continue;
        }
        let duties: Vec<String> =
            custom::duties_of(template).iter().map(|id| i18n::text(lang, &format!("duty-{id}"))).collect();
        rows.push(json!({ "template": template, "duties": duties, "languages": [one] }));
    }
    let known = Templates::notice_names().find(|name| *name == asked.show);
    let shown = known.map(|name| {
        json!({
            "name": name, "code": name.rsplit_once('.').map_or("nb", |(_, code)| code),
            "preview": custom::preview(&notices, &settings.company, name), "source": Templates::notice_source(name),
            "own": notices.1.iter().any(|own| own == name),
        })
    });
    let own = json!({ "rows": rows, "shown": shown, "any": !notices.1.is_empty() });
    frame(&by, &clock, "/settings/templates", i18n::text(lang, "page-templates")).answer(
        &templates,
        StatusCode::OK,
        "notice/templates",
        &own,
    )
}
