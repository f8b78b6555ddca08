//! Letters to those whom no message reached, each on pages of its own with the address where an envelope's window is. They
//! are printed some at a time, so that memory does not grow with their number.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::store::{self, Line, Wave};
use super::{Person, actions, api, named, text_for};
use crate::account::By;
use crate::account::Sight;
use crate::account::right::{ReadPersons, Work};
use crate::clock::Clock;
use crate::db::{Db, Id, is_demo};
use crate::error::Error;
use crate::flow::download;
use crate::i18n::{self, Lang};
use crate::incident::Settings;
use crate::incident::settings::Company;
use crate::incident::store::head;
use crate::notice::paper::letter;
use crate::outbox::Worker;
use crate::pdf::{self, Block, Document};
use crate::seal::Seal;

/// The most letters of one file.
pub const TOGETHER: usize = 500;

/// Behind which person a file begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    after: i64,
}

type Wanted = (web::Path<(String, String)>, web::Query<Asked>);

/// The letters of a wave as a PDF.
pub async fn pdf(
    (db, worker, clock): (web::Data<Db>, web::Data<Worker>, web::Data<Clock>),
    By(by, (path, asked)): By<ReadPersons, Wanted>,
) -> Result<HttpResponse, Error> {
    let ((key, given), who, now, after) = (path.into_inner(), by.id, clock.now(), asked.after);
    let (id, seal) = (api::id(&given)?, worker.seal.clone());
    let (head, wave, approved, persons, company, is_demo) = db
        .write(move |conn| {
            let head = head(conn, &key, Sight::of(who))?;
            let wave = store::find_wave(conn, head.seq, id)?;
            let approved = store::approvals(conn, wave.seq)?.into_iter().find(|one| one.digest == wave.digest);
            let persons = store::by_letter(conn, &wave, after, TOGETHER)?;
            let detail = json!({ "wave": wave.id, "letters": persons.len() });
            api::audited(conn, who, &head.reference, detail, now)?;
            Ok((head, wave, approved, persons, Settings::load(conn)?.company, is_demo(conn)?))
        })
        .await?;
    if persons.is_empty() {
        return Err(Error::NotFound);
    }
    let reference = &head.reference;
    let made = approved.as_ref().map_or(wave.created_at, |approval| approval.at);
    let document = Document {
        title: format!("{} {reference}", wave.name),
        author: company.name.clone(),
        lang: Lang::Nb,
        made: made.utc(),
        running: String::new(),
        across: approved.is_none().then_some("UTKAST"),
        mark: pdf::mark(by.lang, head.is_drill(), is_demo),
        bare: true,
        blocks: letters(&seal, &wave, &persons, &company, now),
    };
    let made = web::block(move || pdf::write(&document)).await.map_err(Error::internal)??;
    let name = format!("letters-{reference}-{after}.pdf");
    Ok(download(&name, &name).content_type("application/pdf").body(made))
}

fn letters(
    seal: &Seal,
    wave: &Wave,
    persons: &[Line],
    company: &Company,
    now: chrono::DateTime<chrono::Utc>,
) -> Vec<Block> {
    let texts = wave.texts();
    let from = [company.name.as_str(), company.address.as_str()].map(str::trim);
    let from = from.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let mut blocks = Vec::new();
    for line in persons {
        let person = Person::open(seal, line.id, &line.sealed).unwrap_or_default();
        let Some((lang, text)) = text_for(&texts, Lang::parse(&line.language).unwrap_or_default()) else { continue };
        if person.post.is_empty() {
            continue;
        }
        let lines = person.post.split([',', ';']).map(|part| part.trim().to_owned());
        let to = std::iter::once(person.name.clone()).chain(lines).filter(|line| !line.is_empty()).collect();
        blocks.push(Block::Address { from: from.clone(), to });
        blocks.push(Block::Paragraph(i18n::day(lang, now.with_timezone(&chrono_tz::Europe::Oslo).date_naive())));
        blocks.push(Block::Heading(2, named(&text.subject, &person.name)));
        blocks.extend(letter(&named(&text.body, &person.name), 3));
    }
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(i18n::text(Lang::Nb, "told-letters-no-post")));
    }
    blocks
}

/// Writes down that the letters of a wave were sent.
pub async fn posted(
    (db, worker, clock): (web::Data<Db>, web::Data<Worker>, web::Data<Clock>),
    By(by, path): By<Work, web::Path<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let (key, given) = path.into_inner();
    let what: (String, Id) = (key, api::id(&given)?);
    let many = actions::posted(&db, &worker.seal, what, (by.id, by.lang, clock.now())).await?;
    Ok(HttpResponse::Ok().json(json!({ "persons": many })))
}
