//! Text cut into lines of a width: at blanks and hyphens where it can, within a word where it must.

use std::fmt::Write;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::face::{Faces, Glyph, Style};

const SOFT_HYPHEN: char = '\u{ad}';
const NO_WIDTH: char = '\u{200b}';

/// A line as it is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Line(pub(super) Vec<Glyph>);

impl Line {
    /// A line that is not broken however long it is.
    pub(super) fn whole(faces: &Faces, text: &str, style: Style) -> Self {
        let text = clean(faces, text, style);
        Self(text.chars().filter(|c| !is_unseen(*c)).map(|c| faces.glyph(blank(c), style)).collect())
    }

    /// How wide it is at a size.
    pub(super) fn width(&self, size: f32) -> f32 {
        self.0.iter().map(|glyph| glyph.width).sum::<f32>() * size
    }
}

/// Characters that take no room and may only end a line, or end none.
fn is_unseen(c: char) -> bool {
    matches!(c, SOFT_HYPHEN | NO_WIDTH)
}

/// Every kind of blank and line break is a blank where lines are not kept.
fn blank(c: char) -> char {
    if c == '\n' { ' ' } else { c }
}

/// Text as it can be set: composed, without what only steers a screen. What would be unseen and is not harmless is seen.
/// What no typeface has is named by its number, so that two such characters are not alike.
fn clean(faces: &Faces, text: &str, style: Style) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let mut clean = String::with_capacity(composed.len());
    let mut chars = composed.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\n' | '\t' => clean.push(c),
            '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => clean.push(' '),
            // Joiners and the choice between a coloured and a plain sign.
            '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => {}
            // Turning the direction of writing is how a name pretends to be another.
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' => {
                clean.push('\u{fffd}')
            }
            c if c.is_control() => clean.push('\u{fffd}'),
            // The shade of a face or a hand, and the frame of a key: the sign before them says it.
            '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}' => {}
            // A flag is written with the letters of its country.
            '\u{1f1e6}'..='\u{1f1ff}' => clean.extend(char::from_u32(u32::from(c) - 0x1f1e6 + u32::from('A'))),
            c if is_unseen(c) || faces.has(c, style) => clean.push(c),
            c => {
                // Writing to a text cannot fail.
                let _ = write!(clean, "[U+{:04X}]", u32::from(c));
            }
        }
    }
    clean
}

/// Cuts running text into lines no wider than `width` in parts of the size.
pub(super) fn lines(faces: &Faces, text: &str, style: Style, width: f32) -> Vec<Line> {
    let text = clean(faces, text, style);
    text.trim_end().split('\n').flat_map(|part| wrapped(faces, part.trim_end(), style, width)).collect()
}

fn wrapped(faces: &Faces, text: &str, style: Style, width: f32) -> Vec<Line> {
    let chars: Vec<char> = text.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
    let mut all = Vec::new();
    let mut line = Line::default();
    // Where the line can end: how many of its glyphs stay, whether a hyphen is added.
    let mut end: Option<(usize, bool)> = None;
    let mut used = 0.0;
    for (at, &c) in chars.iter().enumerate() {
        if is_unseen(c) {
            // A hyphen needs room of its own.
            let hyphen = c == SOFT_HYPHEN;
            if !hyphen || used + faces.glyph('-', style).width <= width {
                end = Some((line.0.len(), hyphen));
            }
            continue;
        }
        let glyph = faces.glyph(c, style);
        used += glyph.width;
        line.0.push(glyph);
        // A blank at the end hangs over the edge.
        while used > width && c != ' ' && line.0.len() > 1 {
            let (stay, hyphen) = end.filter(|(stay, _)| *stay > 0).unwrap_or((line.0.len() - 1, false));
            let rest = line.0.split_off(stay);
            if hyphen {
                line.0.push(Glyph { means: SOFT_HYPHEN, ..faces.glyph('-', style) });
            }
            all.push(std::mem::replace(&mut line, Line(rest)));
            used = line.0.iter().map(|glyph| glyph.width).sum();
            end = None;
        }
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let can_end = match c {
            ' ' => next != ' ',
            '-' | '–' | '—' | '/' => next.is_alphabetic() && before.is_alphanumeric(),
            _ => false,
        };
        if can_end {
            end = Some((line.0.len(), false));
        }
    }
    all.push(line);
    all
}

/// Cuts text whose blanks and lines are kept, as code and mails are.
pub(super) fn fixed(faces: &Faces, text: &str, width: f32) -> Vec<Line> {
    let text = clean(faces, text, Style::Mono);
    let advance = faces.glyph('0', Style::Mono).width;
    // As many as fit; a page is never a million wide.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of characters")]
    let columns = ((width / advance + 0.001) as usize).max(1);
    let mut all = Vec::new();
    for part in text.trim_end().split('\n') {
        let mut line = Line::default();
        for c in part.chars().filter(|c| !is_unseen(*c)) {
            let times = if c == '\t' { 4 - line.0.len() % 4 } else { 1 };
            for _ in 0..times {
                if line.0.len() == columns {
                    all.push(std::mem::take(&mut line));
                }
                let glyph = faces.glyph(if c == '\t' { ' ' } else { c }, Style::Mono);
                line.0.push(Glyph { width: advance, ..glyph });
            }
        }
        all.push(line);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, width: f32) -> Vec<String> {
        let faces = Faces::get().unwrap();
        lines(faces, text, Style::Regular, width).iter().map(|line| line.0.iter().map(|g| g.means).collect()).collect()
    }

    #[test]
    fn lines_end_at_blanks_and_hyphens_and_a_blank_stays_at_the_end_so_that_words_stay_apart() {
        assert_eq!(cut("en liten tekst", 4.0), ["en liten ", "tekst"]);
        assert_eq!(cut("IP-adresse", 4.0), ["IP-", "adresse"].map(str::to_owned));
        assert_eq!(cut("2026-10-23", 2.0).concat(), "2026-10-23");
        assert_eq!(cut("a\r\nb\rc\u{2028}d\te", 40.0), ["a", "b", "c", "d e"]);
        assert_eq!(cut("", 40.0), [""]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut_where_it_must_be_and_none_of_it_is_lost() {
        let long = "x".repeat(500);
        let cut = cut(&long, 10.0);
        assert!(cut.len() > 20 && cut.concat() == long);
        assert_eq!(self::cut("abc", 0.1), ["a", "b", "c"]);
    }

    #[test]
    fn a_soft_hyphen_is_seen_only_where_the_line_ends() {
        assert_eq!(cut("nødvarsling\u{ad}s\u{ad}system", 40.0), ["nødvarslingssystem"]);
        let broken = cut("nødvarslings\u{ad}system", 7.5);
        assert_eq!(broken, ["nødvarslings\u{ad}", "system"]);
    }

    #[test]
    fn what_no_typeface_has_is_named_by_its_number_and_never_a_box() {
        let faces = Faces::get().unwrap();
        let said = |text: &str, style| Line::whole(faces, text, style).0.iter().map(|g| g.means).collect::<String>();
        assert_eq!(said("a\u{1f600}漢", Style::Regular), "a[U+1F600][U+6F22]");
        assert_eq!(said("👍🏽 1\u{fe0f}\u{20e3} 🇳🇴", Style::Bold), "[U+1F44D] 1 NO");
        let joined: String = fixed(faces, "👩\u{200d}🚒", 90.0)[0].0.iter().map(|g| g.means).collect();
        assert_eq!(joined, "[U+1F469][U+1F692]");
        assert_eq!(cut("ekte → æøåšžáñ «–» €", 90.0), ["ekte → æøåšžáñ «–» €"], "what there is, is kept");
        let shown = faces.glyph('□', Style::Mono).id;
        for style in [Style::Regular, Style::Bold, Style::Mono] {
            let line = Line::whole(faces, "😀漢字\u{e000}\u{10ffff}", style);
            assert!(line.0.iter().all(|glyph| glyph.id != 0 && glyph.id != shown), "{style:?}");
        }
    }

    #[test]
    fn direction_marks_are_seen_and_letters_are_composed() {
        assert_eq!(cut("fdp.\u{202e}exe", 40.0), ["fdp.\u{fffd}exe"]);
        assert_eq!(cut("bla\u{30a}\u{0}", 40.0), ["blå\u{fffd}"]);
    }

    #[test]
    fn kept_lines_keep_their_blanks() {
        let faces = Faces::get().unwrap();
        let all = fixed(faces, "  a\tb\n\ncdefgh", 2.5);
        let all: Vec<String> = all.iter().map(|line| line.0.iter().map(|g| g.means).collect()).collect();
        assert_eq!(all, ["  a ", "b", "", "cdef", "gh"]);
    }
}
