//! What holds for every document, however odd what it says.

use chrono::TimeZone;
use proptest::prelude::*;

use super::layout::{LEFT, Mark, PAGE, Pages, RIGHT, lay_out};
use super::*;

fn document(blocks: Vec<Block>) -> Document {
    Document {
        across: None,
        mark: None,
        bare: false,
        title: "Saksmappe 2026-0001".to_owned(),
        author: "SMB Mobil AS".to_owned(),
        lang: Lang::Nb,
        made: Utc.with_ymd_and_hms(2026, 11, 25, 8, 0, 0).unwrap(),
        running: "2026-0001 · Samtalelogger på avveie".to_owned(),
        blocks,
    }
}

fn pages(blocks: Vec<Block>) -> Pages {
    lay_out(&document(blocks), face::Faces::get().unwrap())
}

fn said(pages: &Pages) -> Vec<String> {
    let text = |mark: &Mark| match mark {
        Mark::Text { line, .. } => Some(line.0.iter().map(|glyph| glyph.means).collect::<String>()),
        _ => None,
    };
    pages.marks.iter().map(|marks| marks.iter().filter_map(text).collect::<Vec<_>>().join("\n")).collect()
}

/// Marks that reach over an edge.
fn outside(pages: &Pages) -> usize {
    let is_outside = |mark: &&Mark| match mark {
        Mark::Text { x, y, line, size, .. } => {
            // A blank at the end may hang over.
            let ink = line.0.iter().rposition(|glyph| glyph.means != ' ').map_or(0, |last| last + 1);
            let width: f32 = line.0[..ink].iter().map(|glyph| glyph.width).sum::<f32>() * size;
            *x < LEFT - 0.1 || x + width > RIGHT + 0.1 || *y < 50.0 || *y > PAGE.1 - 60.0
        }
        Mark::Area { y, height, .. } => y + height > PAGE.1 - 50.0,
        _ => false,
    };
    pages.marks.iter().flatten().filter(is_outside).count()
}

fn table(rows: usize, text: &str) -> Block {
    let row = |at: usize| vec![at.to_string(), text.to_owned(), "ja".to_owned()];
    Block::Table {
        head: ["Nr.", "Hva som skjedde", "Meldt"].map(str::to_owned).to_vec(),
        rows: (0..rows).map(row).collect(),
        widths: vec![1, 6, 1],
    }
}

#[test]
fn the_same_document_makes_the_same_bytes_and_another_makes_others() {
    let blocks =
        vec![Block::Heading(1, "Fakta".into()), Block::Contents, table(90, "Varsel sendt → Nkom"), Block::Break];
    let once = write(&document(blocks.clone())).unwrap();
    assert_eq!(once, write(&document(blocks.clone())).unwrap());
    assert!(once.starts_with(b"%PDF-1.7") && once.len() > 10_000);
    let other = Document { made: Utc.with_ymd_and_hms(2026, 11, 25, 8, 0, 1).unwrap(), ..document(blocks.clone()) };
    assert_ne!(once, write(&other).unwrap());
    let other = [blocks, vec![Block::Paragraph("Og mer.".into())]].concat();
    assert_ne!(once, write(&document(other)).unwrap());
}

#[test]
fn a_table_repeats_its_head_on_every_page_and_loses_no_row() {
    let pages = pages(vec![table(200, "En linje")]);
    let said = said(&pages);
    assert!(said.len() > 3, "{}", said.len());
    assert!(said.iter().all(|page| page.starts_with("Nr.\nHva som skjedde\nMeldt")), "{said:?}");
    let all = said.join("\n");
    assert!((0..200).all(|at| all.lines().any(|line| line == at.to_string())));
    assert_eq!(outside(&pages), 0);
}

#[test]
fn a_row_longer_than_a_page_runs_on_and_nothing_of_it_is_lost() {
    let long = (0..3000).map(|at| format!("ord{at}")).collect::<Vec<_>>().join(" ");
    let pages = pages(vec![table(1, &long), Block::Notice(long.clone()), Block::Fixed(long.clone())]);
    let words = said(&pages).join("\n").matches("ord").count();
    // What is kept as written may be cut within a word.
    assert!(words >= 3 * 3000 - 300, "{words}");
    assert!(pages.marks.len() > 6);
    assert_eq!(outside(&pages), 0);
}

#[test]
fn a_heading_is_never_the_last_on_its_page() {
    for filling in 1..60 {
        let mut blocks = vec![Block::Paragraph("linje\n".repeat(filling))];
        blocks.extend([Block::Heading(2, "Vurdering".into()), Block::Paragraph("Det som ble vurdert.".into())]);
        for page in said(&pages(blocks)) {
            assert!(!page.ends_with("Vurdering"), "{filling}");
        }
    }
}

#[test]
fn the_table_of_contents_tells_the_page_each_heading_stands_on() {
    let part = |name: &str| vec![Block::Heading(1, name.into()), Block::Break];
    let blocks = [vec![Block::Heading(0, "Saksmappe".into()), Block::Contents, Block::Break], part("A"), part("B")];
    let pages = pages(blocks.concat());
    let found: Vec<(&str, usize)> = pages.entries.iter().map(|entry| (entry.text.as_str(), entry.page)).collect();
    assert_eq!(found, [("A", 1), ("B", 2)]);
    let goals = pages.marks[0].iter().filter(|mark| matches!(mark, Mark::Goal { .. })).count();
    assert_eq!(goals, 2);
}

fn block() -> impl Strategy<Value = Block> {
    let text = "(\\PC|[ \\n\\t\u{ad}\u{1f600}\u{202e}\u{0}æøå-]){0,300}";
    prop_oneof![
        (0..5u8, text).prop_map(|(level, text)| Block::Heading(level, text)),
        text.prop_map(Block::Paragraph),
        text.prop_map(Block::Fixed),
        text.prop_map(Block::Notice),
        prop::collection::vec(text, 0..4).prop_map(Block::Items),
        prop::collection::vec((text, text), 0..4).prop_map(Block::Pairs),
        (prop::collection::vec(text, 0..5), prop::collection::vec(prop::collection::vec(text, 0..6), 0..5))
            .prop_map(|(head, rows)| Block::Table { head, rows, widths: vec![1, 0, 9] }),
        Just(Block::Contents),
        Just(Block::Break),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_said_a_file_is_made_and_stays_within_its_edges(blocks in prop::collection::vec(block(), 0..12)) {
        prop_assert_eq!(outside(&pages(blocks.clone())), 0);
        prop_assert!(write(&document(blocks)).is_ok());
    }
}

/// Writes a specimen to a file for whoever wants to look: `VARSEL_SPECIMEN=folder`.
#[test]
fn a_specimen_in_three_languages_can_be_looked_at() {
    let Ok(folder) = std::env::var("VARSEL_SPECIMEN") else { return };
    for lang in Lang::ALL {
        let pairs = vec![
            ("Sak".to_owned(), "2026-0001".to_owned()),
            ("Virksomhet".to_owned(), "SMB Mobil AS, org.nr. 999 999 999. Ærlig, øvd og åpen. ".repeat(5)),
            ("En merkelapp som er for lang til å stå på én linje".to_owned(), "kort".to_owned()),
        ];
        let blocks = vec![
            Block::Heading(0, "Saksmappe for brudd på personopplysningssikkerheten".into()),
            Block::Pairs(pairs),
            Block::Notice("Opplysninger som ingen har gitt, er ukjente og betyr ikke «nei».".into()),
            Block::Contents,
            Block::Break,
            Block::Heading(1, "Fakta".into()),
            Block::Paragraph("Samtalelogger lå åpne på nettet → ≤ 40 000 personer 😀 漢字 Ω ж. ".repeat(12)),
            Block::Items(vec!["Første punkt. ".repeat(15), "Andre".into(), "Tredje".into()]),
            Block::Heading(2, "Hvem som er berørt".into()),
            table(45, "Noe som skjedde, fortalt i en setning som er lang nok til å gå over to linjer i tabellen"),
            Block::Heading(2, "Varsel slik det ble sendt".into()),
            Block::Fixed("Til: Datatilsynet\n\tInnrykk\n\n  * punkt\n".repeat(4) + &"x".repeat(300)),
            Block::Heading(1, "Vurderinger".into()),
            Block::Paragraph("a".repeat(400)),
        ];
        let bytes = write(&Document { lang, ..document(blocks) }).unwrap();
        std::fs::write(format!("{folder}/specimen-{lang}.pdf"), bytes).unwrap();
    }
}
