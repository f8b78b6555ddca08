//! Draws laid-out pages into a file, with its outline and its structure.

use std::num::NonZeroU16;

use chrono::{Datelike, Timelike};
use krilla::SerializeSettings;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::destination::{Destination, XyzDestination};
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind,
    TagTree,
};
use krilla::text::{GlyphId, KrillaGlyph};

use super::Document;
use super::face::{Faces, Style};
use super::layout::{Entry, Kind, LEFT, Mark, Node, PAGE, Pages, RIGHT, Tone};
use super::line::Line;
use crate::error::Error;
use crate::i18n::{self, Lang};

const INK: (u8, u8, u8) = (0x1a, 0x1a, 0x1a);
const GREY: (u8, u8, u8) = (0x5a, 0x5a, 0x5a);
const AREA: (u8, u8, u8) = (0xf0, 0xf1, 0xf3);
const RULE: (u8, u8, u8) = (0xc8, 0xca, 0xce);
const FAINT: (u8, u8, u8) = (0xea, 0xeb, 0xee);
const SMALL: f32 = 8.0;
/// How wide a word across a page is, in points.
const ACROSS: f32 = 520.0;

/// Draws the pages of a document.
pub(super) fn draw(document: &Document, faces: &Faces, pages: Pages) -> Result<Vec<u8>, Error> {
    let settings = SerializeSettings { enable_tagging: true, ..SerializeSettings::default() };
    let mut file = krilla::Document::new_with(settings);
    let mut drawing = Drawing { faces, entries: &pages.entries, found: vec![Vec::new(); pages.nodes.len()] };
    let count = pages.marks.len();
    for (at, marks) in pages.marks.iter().enumerate() {
        let size = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| Error::internal("a page without a size"))?;
        let mut page = file.start_page_with(size);
        let mut surface = page.surface();
        let mut links = Vec::new();
        let first = document.mark.as_deref().and_then(|mark| mark.split(':').next());
        if let Some(word) = document.across.or(first) {
            drawing.across(&mut surface, word);
        }
        if let Some(mark) = &document.mark {
            drawing.above(&mut surface, mark);
        }
        for mark in marks {
            drawing.mark(&mut surface, mark, &mut links);
        }
        if !document.bare {
            drawing.margins(&mut surface, document, (at, count));
        }
        surface.finish();
        for (rect, entry, node) in links {
            let goal = pages.entries.get(entry).map(|entry| (goal(entry), entry.text.clone()));
            if let Some((goal, text)) = goal {
                let link = LinkAnnotation::new(rect, Target::Destination(Destination::Xyz(goal)));
                let id = page.add_tagged_annotation(Annotation::new_link(link, Some(text)));
                drawing.belongs(node, id);
            }
        }
        page.finish();
    }
    file.set_outline(outline(&pages.entries));
    file.set_metadata(metadata(document));
    file.set_tag_tree(tree(&pages.nodes, drawing.found, document.lang));
    file.finish().map_err(|why| Error::internal(format!("The PDF cannot be made: {why:?}")))
}

struct Drawing<'a> {
    faces: &'a Faces,
    entries: &'a [Entry],
    /// What was drawn of each node.
    found: Vec<Vec<Identifier>>,
}

impl Drawing<'_> {
    fn belongs(&mut self, node: usize, id: Identifier) {
        if let Some(found) = self.found.get_mut(node) {
            found.push(id);
        }
    }

    fn mark(&mut self, surface: &mut Surface<'_>, mark: &Mark, links: &mut Vec<(Rect, usize, usize)>) {
        match mark {
            Mark::Text { x, y, line, size, tone, node } => match node {
                Some(node) => {
                    let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                    self.text(surface, line, (*x, *y), *size, *tone);
                    surface.end_tagged();
                    self.belongs(*node, id);
                }
                None => artifact(surface, ArtifactType::Layout, |surface| {
                    self.text(surface, line, (*x, *y), *size, *tone);
                }),
            },
            Mark::Rule { x, y, width } => area(surface, (*x, *y, *width, 0.5), RULE),
            Mark::Area { x, y, width, height } => area(surface, (*x, *y, *width, *height), AREA),
            Mark::Goal { y, top, bottom, entry, node } => {
                let number = self.entries.get(*entry).map_or(0, |entry| entry.page + 1).to_string();
                let line = Line::whole(self.faces, &number, Style::Regular);
                let x = RIGHT - line.width(10.0);
                let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                self.text(surface, &line, (x, *y), 10.0, Tone::Ink);
                surface.end_tagged();
                self.belongs(*node, id);
                links.extend(Rect::from_ltrb(LEFT, *top, RIGHT, *bottom).map(|rect| (rect, *entry, *node)));
            }
        }
    }

    /// A word from the lower left to the upper right, under everything else.
    fn across(&self, surface: &mut Surface<'_>, word: &str) {
        let line = Line::whole(self.faces, word, Style::Bold);
        let size = ACROSS / line.width(1.0).max(0.1);
        let turn = std::f32::consts::FRAC_1_SQRT_2;
        let turned = Transform::from_row(turn, -turn, turn, turn, PAGE.0 / 2.0, PAGE.1 / 2.0);
        surface.push_transform(&turned);
        artifact(surface, ArtifactType::Layout, |surface| {
            self.text(surface, &line, (-ACROSS / 2.0, size / 3.0), size, Tone::Faint);
        });
        surface.pop();
    }

    /// What nobody may overlook, in the middle above everything else.
    fn above(&self, surface: &mut Surface<'_>, mark: &str) {
        let line = Line::whole(self.faces, mark, Style::Bold);
        let x = (PAGE.0 - line.width(10.0)) / 2.0;
        artifact(surface, ArtifactType::Header, |surface| self.text(surface, &line, (x, 28.0), 10.0, Tone::Ink));
    }

    /// The running line and the number of the page, which are no part of what the document says.
    fn margins(&self, surface: &mut Surface<'_>, document: &Document, (at, count): (usize, usize)) {
        if at > 0 {
            let mut line = Line::whole(self.faces, &document.running, Style::Regular);
            while line.width(SMALL) > RIGHT - LEFT {
                line.0.pop();
            }
            artifact(surface, ArtifactType::Header, |surface| {
                self.text(surface, &line, (LEFT, 44.0), SMALL, Tone::Grey)
            });
            area(surface, (LEFT, 52.0, RIGHT - LEFT, 0.5), RULE);
        }
        let args = [("page", (at + 1).into()), ("of", count.into())];
        let number = i18n::text_with(document.lang, "pdf-page", &args);
        let line = Line::whole(self.faces, &number, Style::Regular);
        let x = RIGHT - line.width(SMALL);
        artifact(surface, ArtifactType::Footer, |surface| {
            self.text(surface, &line, (x, PAGE.1 - 40.0), SMALL, Tone::Grey);
        });
    }

    /// Draws a line, each run of it in its typeface.
    fn text(&self, surface: &mut Surface<'_>, line: &Line, (mut x, y): (f32, f32), size: f32, tone: Tone) {
        surface.set_fill(Some(fill(match tone {
            Tone::Ink => INK,
            Tone::Grey => GREY,
            Tone::Faint => FAINT,
        })));
        for run in line.0.chunk_by(|one, next| one.style == next.style) {
            let Some(style) = run.first().map(|glyph| glyph.style) else { continue };
            let mut text = String::new();
            let mut glyphs = Vec::with_capacity(run.len());
            for glyph in run {
                let start = text.len();
                text.push(glyph.means);
                glyphs.push(KrillaGlyph::new(
                    GlyphId::new(glyph.id),
                    glyph.width,
                    0.0,
                    0.0,
                    0.0,
                    start..text.len(),
                    None,
                ));
            }
            surface.draw_glyphs(Point::from_xy(x, y), &glyphs, self.faces.font(style), &text, size, false);
            x += run.iter().map(|glyph| glyph.width).sum::<f32>() * size;
        }
    }
}

fn fill((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn artifact(surface: &mut Surface<'_>, kind: ArtifactType, draw: impl FnOnce(&mut Surface<'_>)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
    draw(surface);
    surface.end_tagged();
}

fn area(surface: &mut Surface<'_>, (x, y, width, height): (f32, f32, f32, f32), colour: (u8, u8, u8)) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        artifact(surface, ArtifactType::Layout, |surface| {
            surface.set_fill(Some(fill(colour)));
            surface.draw_path(&path);
        });
    }
}

fn goal(entry: &Entry) -> XyzDestination {
    XyzDestination::new(entry.page, Point::from_xy(0.0, (entry.y - 12.0).max(0.0)))
}

/// The headings as a tree: each under the nearest one before it that is higher.
fn outline(entries: &[Entry]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = entries;
    while let Some((node, after)) = branch(rest) {
        outline.push_child(node);
        rest = after;
    }
    outline
}

fn branch(entries: &[Entry]) -> Option<(OutlineNode, &[Entry])> {
    let (first, mut rest) = entries.split_first()?;
    let mut node = OutlineNode::new(first.text.clone(), goal(first));
    while rest.first().is_some_and(|next| next.level > first.level) {
        let (child, after) = branch(rest)?;
        node.push_child(child);
        rest = after;
    }
    Some((node, rest))
}

fn language(lang: Lang) -> String {
    match lang {
        Lang::Nb => "nb-NO".to_owned(),
        Lang::Nn => "nn-NO".to_owned(),
        Lang::En => "en-GB".to_owned(),
    }
}

fn metadata(document: &Document) -> Metadata {
    let made = document.made;
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let date = DateTime::new(u16::try_from(made.year()).unwrap_or_default())
        .month(small(made.month()))
        .day(small(made.day()))
        .hour(small(made.hour()))
        .minute(small(made.minute()))
        .second(small(made.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(document.title.clone())
        .authors(vec![document.author.clone()])
        .creator("varsel".to_owned())
        .language(language(document.lang))
        .creation_date(date)
}

/// The structure: every node with its children and with what was drawn of it.
fn tree(nodes: &[Node], found: Vec<Vec<Identifier>>, lang: Lang) -> TagTree {
    let mut groups: Vec<Option<TagGroup>> = nodes.iter().map(|node| tag(&node.kind).map(TagGroup::new)).collect();
    for (group, found) in groups.iter_mut().zip(found) {
        if let Some(group) = group {
            for id in found {
                group.push(id);
            }
        }
    }
    let mut tree = TagTree::new().with_lang(Some(language(lang)));
    // A node stands after its parent, so that going backwards every child is whole before it is hung up.
    let mut children: Vec<Vec<TagGroup>> = nodes.iter().map(|_| Vec::new()).collect();
    for at in (1..nodes.len()).rev() {
        let Some(mut group) = groups.get_mut(at).and_then(Option::take) else { continue };
        if let Some(own) = children.get_mut(at) {
            for child in std::mem::take(own).into_iter().rev() {
                group.push(child);
            }
        }
        if let Some(siblings) = nodes.get(at).and_then(|node| children.get_mut(node.parent)) {
            siblings.push(group);
        }
    }
    if let Some(all) = children.first_mut() {
        for child in std::mem::take(all).into_iter().rev() {
            tree.push(child);
        }
    }
    tree
}

fn tag(kind: &Kind) -> Option<TagKind> {
    Some(match kind {
        Kind::Root => return None,
        Kind::Heading(level, text) => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::List => Tag::L(ListNumbering::Circle).into(),
        Kind::Item => Tag::LI.into(),
        Kind::ItemBody => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Kind::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
        Kind::Contents => Tag::TOC.into(),
        Kind::ContentsItem => Tag::TOCI.into(),
        Kind::Link => Tag::Link.into(),
        Kind::Code => Tag::Code.into(),
    })
}
