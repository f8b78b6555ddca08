//! The document: a cover, a table of contents, and the sections.

use super::{Audience, Matter, Part, SECTIONS, hidden, section};
use crate::db::{Conn, is_demo};
use crate::error::Error;
use crate::i18n;
use crate::pdf::{self, Block, Document};

/// The files that the sections have for the archive, each with its name.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// The document, and the files that the sections have for the archive.
pub(super) fn compose(conn: &mut Conn, matter: &Matter) -> Result<(Document, Files), Error> {
    let head = &matter.case.head;
    let mut blocks = cover(matter);
    let mut all = Vec::new();
    for (title, section) in SECTIONS {
        let Part { blocks: told, files } = section(conn, matter)?;
        if !told.is_empty() {
            blocks.push(Block::Heading(1, matter.text(title)));
            blocks.extend(told);
        }
        all.extend(files);
    }
    let mark = if head.is_drill() { format!("{}: ", matter.text("drill-mark")) } else { String::new() };
    let title = format!("{mark}{} {}", matter.text("dossier"), head.reference);
    // What was approved for its receiver names nobody; everything else is looked through.
    let names = &matter.names;
    let (mut blocks, mut title_of) = (blocks, head.title.clone());
    if !names.is_empty() {
        blocks = blocks.into_iter().map(|block| hidden::of_block(block, names)).collect();
        title_of = hidden::without(&title_of, names);
        let kept = |name: &str| name.starts_with(section::TEXTS);
        let file = |(name, content): (String, Vec<u8>)| match kept(&name) {
            true => (name, content),
            false => (name, hidden::of_file(content, names)),
        };
        all = all.into_iter().map(file).collect();
    }
    let is_demo = is_demo(conn)?;
    let document = Document {
        title: format!("{title}: {title_of}"),
        author: matter.company.name.clone(),
        lang: matter.order.lang,
        made: matter.order.as_of,
        running: format!("{mark}{} · {title} · {}", matter.company.name, title_of),
        across: None,
        mark: pdf::mark(matter.order.lang, head.is_drill(), is_demo),
        bare: false,
        blocks,
    };
    Ok((document, all))
}

fn cover(matter: &Matter) -> Vec<Block> {
    let (case, company) = (&matter.case, &matter.company);
    let lang = matter.order.lang;
    let mut pairs = vec![
        ("dossier-reference", case.head.reference.clone()),
        ("dossier-what", case.head.title.clone()),
        ("dossier-company", line(&[&company.name, &i18n::org_number(&company.org_number), &company.address])),
        ("dossier-contact", line(&[&company.contact_name, &company.contact_email, &company.contact_phone])),
        ("dossier-dpo", line(&[&company.dpo_name, &company.dpo_email, &company.dpo_phone])),
        ("dossier-logged", format!("{}, {}", i18n::instant(lang, case.head.created_at.utc()), case.opened_by)),
        ("dossier-changed", i18n::instant(lang, case.head.here(case.head.updated_at.utc()))),
        ("dossier-as-of", i18n::instant(lang, matter.order.as_of)),
        ("dossier-rules", case.assessment.rules_version.to_owned()),
        ("dossier-state", matter.text(&format!("page-status-{}", case.head.status))),
        ("dossier-for", matter.text(&format!("dossier-for-{}", matter.order.audience.word()))),
    ];
    pairs.retain(|(_, said)| !said.is_empty());
    let pairs = pairs.into_iter().map(|(key, said)| (matter.text(key), said)).collect();
    let about = match matter.order.audience {
        Audience::Datatilsynet => "dossier-about-datatilsynet",
        Audience::Internal => "dossier-about-internal",
    };
    let mut blocks = vec![
        Block::Heading(0, matter.text("dossier-title")),
        Block::Pairs(pairs),
        Block::Notice(format!("{} {}", matter.text(about), matter.text("dossier-unknown-is-not-no"))),
        Block::Heading(3, matter.text("dossier-contents")),
        Block::Contents,
        Block::Break,
    ];
    if case.head.is_drill() {
        blocks.insert(1, Block::Notice(format!("{}. {}", matter.text("drill-mark"), matter.text("drill-strip"))));
    }
    blocks
}

fn line(parts: &[&str]) -> String {
    let set: Vec<&str> = parts.iter().copied().filter(|part| !part.trim().is_empty()).collect();
    set.join(", ")
}
