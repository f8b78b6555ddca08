//! The typefaces: which glyph a character has, and how wide it is.

use std::collections::HashMap;
use std::sync::LazyLock;

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::error::Error;

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Bold.ttf");
const MONO: &[u8] = include_bytes!("../../assets/fonts/NotoSansMono-Regular.ttf");

/// What stands where no typeface has the character: a box that is seen.
const NO_GLYPH: char = '□';

/// A way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Regular,
    Bold,
    Mono,
}

/// A typeface as it is measured and drawn.
struct Face {
    font: Font,
    glyphs: HashMap<char, (u32, f32)>,
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let font = Font::new(bytes.into(), 0)?;
        let read = FontRef::new(bytes).ok()?;
        let metrics = read.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = f32::from(read.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let glyph = |(code, id): (u32, skrifa::GlyphId)| {
            Some((char::from_u32(code)?, (id.to_u32(), metrics.advance_width(id)? / em)))
        };
        Some(Self { font, glyphs: read.charmap().mappings().filter_map(glyph).collect() })
    }
}

/// A character on its way to the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// The character that is meant, which is what is copied out of the document.
    pub(super) means: char,
    /// Whose glyph it is.
    pub(super) style: Style,
    /// The number of the glyph in its typeface.
    pub(super) id: u32,
    /// How wide it is, in parts of the size.
    pub(super) width: f32,
}

/// The three typefaces.
pub(super) struct Faces([Face; 3]);

impl Faces {
    /// The typefaces of the program.
    pub(super) fn get() -> Result<&'static Self, Error> {
        static ALL: LazyLock<Option<Faces>> =
            LazyLock::new(|| Some(Faces([Face::read(REGULAR)?, Face::read(BOLD)?, Face::read(MONO)?])));
        ALL.as_ref().ok_or_else(|| Error::internal("a typeface of the program cannot be read"))
    }

    fn face(&self, style: Style) -> &Face {
        let [regular, bold, mono] = &self.0;
        match style {
            Style::Regular => regular,
            Style::Bold => bold,
            Style::Mono => mono,
        }
    }

    /// The typeface for drawing.
    pub(super) fn font(&self, style: Style) -> Font {
        self.face(style).font.clone()
    }

    /// Whether a typeface has the character.
    pub(super) fn has(&self, c: char, style: Style) -> bool {
        [style, Style::Mono].iter().any(|style| self.face(*style).glyphs.contains_key(&c))
    }

    /// The glyph of a character: in the style asked for, else in one that has it, else a box.
    pub(super) fn glyph(&self, means: char, style: Style) -> Glyph {
        let of = |shown: char, style: Style| {
            self.face(style).glyphs.get(&shown).map(|&(id, width)| Glyph { means, style, id, width })
        };
        of(means, style).or_else(|| of(means, Style::Mono)).or_else(|| of(NO_GLYPH, Style::Mono)).unwrap_or(Glyph {
            means,
            style,
            id: 0,
            width: 0.6,
        })
    }
}
