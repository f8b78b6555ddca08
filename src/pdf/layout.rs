//! Where everything stands: blocks are cut into lines, and lines put on pages, before anything is drawn.

use super::face::{Faces, Style};
use super::line::{Line, fixed, lines};
use super::{Block, Document};

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
pub(super) const LEFT: f32 = 62.0;
pub(super) const RIGHT: f32 = PAGE.0 - 62.0;
const WIDTH: f32 = RIGHT - LEFT;
const TOP: f32 = 76.0;
const BOTTOM: f32 = PAGE.1 - 70.0;
/// Where letters stand on their line, in parts of its height.
const BASE: f32 = 0.76;

/// The most lines of a table's head, which stands on every page of it.
const MOST_OF_A_HEAD: usize = 8;

/// How a text is set.
#[derive(Clone, Copy)]
struct Set {
    style: Style,
    size: f32,
    height: f32,
}

const TEXT: Set = Set { style: Style::Regular, size: 10.0, height: 14.0 };
const CELL: Set = Set { style: Style::Regular, size: 9.0, height: 12.5 };
const HEAD: Set = Set { style: Style::Bold, size: 8.5, height: 12.5 };
const LABEL: Set = Set { style: Style::Bold, size: 9.0, height: 12.5 };
const FIXED: Set = Set { style: Style::Mono, size: 8.0, height: 11.0 };

const SENDER: Set = Set { style: Style::Regular, size: 7.0, height: 10.0 };
/// Where the window of an envelope is when a page is folded twice: from the top, how wide, and where it ends.
const WINDOW: (f32, f32, f32) = (136.0, 226.0, 232.0);

/// The colour of a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Tone {
    Ink,
    Grey,
    Faint,
}

/// Something on a page.
pub(super) enum Mark {
    /// A line of text from the left edge and its base; of a node of the document, or of none.
    Text { x: f32, y: f32, line: Line, size: f32, tone: Tone, node: Option<usize> },
    /// A thin line.
    Rule { x: f32, y: f32, width: f32 },
    /// A grey area.
    Area { x: f32, y: f32, width: f32, height: f32 },
    /// The number of the page that an entry of the outline stands on, at the right edge, and the way there.
    Goal { y: f32, top: f32, bottom: f32, entry: usize, node: usize },
}

/// What a node of the document is, for whoever listens to it.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Root,
    Heading(u16, String),
    Paragraph,
    List,
    Item,
    ItemBody,
    Table,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Contents,
    ContentsItem,
    Link,
    Code,
}

/// A node of the document and where it hangs.
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) parent: usize,
}

/// A heading and where it stands.
pub(super) struct Entry {
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// All pages with what stands on them.
pub(super) struct Pages {
    pub(super) marks: Vec<Vec<Mark>>,
    pub(super) nodes: Vec<Node>,
    pub(super) entries: Vec<Entry>,
}

/// Puts a document on pages.
pub(super) fn lay_out(document: &Document, faces: &Faces) -> Pages {
    let root = Node { kind: Kind::Root, parent: 0 };
    let pages = Pages { marks: vec![Vec::new()], nodes: vec![root], entries: Vec::new() };
    let mut layout = Layout { faces, pages, y: TOP };
    let named: Vec<(u8, &str)> = document.blocks.iter().filter_map(heading).collect();
    for block in &document.blocks {
        layout.block(block, &named);
    }
    layout.pages
}

/// The headings that the outline names.
fn heading(block: &Block) -> Option<(u8, &str)> {
    match block {
        Block::Heading(level, text) if *level > 0 => Some((*level, text)),
        _ => None,
    }
}

struct Layout<'a> {
    faces: &'a Faces,
    pages: Pages,
    y: f32,
}

impl Layout<'_> {
    fn block(&mut self, block: &Block, named: &[(u8, &str)]) {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(text) => {
                let node = self.node(Kind::Paragraph, 0);
                self.text(text, TEXT, (LEFT, WIDTH), node);
                self.y += 6.0;
            }
            Block::Items(items) => self.items(items),
            Block::Pairs(pairs) => self.pairs(pairs),
            Block::Table { head, rows, widths } => self.table(head, rows, widths),
            Block::Fixed(text) => self.fixed(text),
            Block::Notice(text) => self.notice(text),
            Block::Address { from, to } => self.address(from, to),
            Block::Contents => self.contents(named),
            Block::Space => self.y += 12.0,
            Block::Break => {
                if !self.is_fresh() {
                    self.next_page();
                }
            }
        }
    }

    fn node(&mut self, kind: Kind, parent: usize) -> usize {
        self.pages.nodes.push(Node { kind, parent });
        self.pages.nodes.len() - 1
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.marks.last_mut() {
            page.push(mark);
        }
    }

    /// Whether nothing has taken room on the page: blank lines leave no mark, and take room all the same.
    fn is_fresh(&self) -> bool {
        self.y <= TOP
    }

    fn next_page(&mut self) {
        self.pages.marks.push(Vec::new());
        self.y = TOP;
    }

    /// Begins a new page unless so much room is left.
    fn keep(&mut self, room: f32) {
        if self.y + room > BOTTOM && !self.is_fresh() {
            self.next_page();
        }
    }

    fn line(&mut self, line: Line, set: Set, (x, y): (f32, f32), (tone, node): (Tone, Option<usize>)) {
        if !line.0.is_empty() {
            self.mark(Mark::Text { x, y: y + set.height * BASE, line, size: set.size, tone, node });
        }
    }

    fn cut(&self, text: &str, set: Set, width: f32) -> Vec<Line> {
        lines(self.faces, text, set.style, width / set.size)
    }

    /// Sets text that may run over pages; never a single line alone at the foot or on top where that can be helped.
    fn text(&mut self, text: &str, set: Set, (x, width): (f32, f32), node: usize) {
        let all = self.cut(text, set, width);
        let count = all.len();
        for (at, line) in all.into_iter().enumerate() {
            let alone = (at == 0 && count > 1) || (count > 2 && at + 2 == count);
            self.keep(set.height * if alone { 2.0 } else { 1.0 });
            self.line(line, set, (x, self.y), (Tone::Ink, Some(node)));
            self.y += set.height;
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        let (size, height, before, after) = match level {
            0 => (22.0, 28.0, 0.0, 12.0),
            1 => (15.0, 20.0, 20.0, 6.0),
            2 => (11.5, 16.0, 12.0, 4.0),
            _ => (10.0, 14.0, 8.0, 2.0),
        };
        let set = Set { style: Style::Bold, size, height };
        let all = self.cut(text, set, WIDTH);
        let count = u16::try_from(all.len()).unwrap_or(u16::MAX);
        // With at least three rows of what follows and the head above them.
        self.keep((before + f32::from(count) * height + after + 5.0 * TEXT.height).min(BOTTOM - TOP));
        if !self.is_fresh() {
            self.y += before;
        }
        let node = self.node(Kind::Heading(u16::from(level.max(1)), text.to_owned()), 0);
        if level > 0 {
            let page = self.pages.marks.len() - 1;
            self.pages.entries.push(Entry { level, text: text.to_owned(), page, y: self.y });
        }
        for line in all {
            self.keep(height);
            self.line(line, set, (LEFT, self.y), (Tone::Ink, Some(node)));
            self.y += height;
        }
        self.y += after;
    }

    fn items(&mut self, items: &[String]) {
        let list = self.node(Kind::List, 0);
        for item in items {
            let node = self.node(Kind::Item, list);
            let body = self.node(Kind::ItemBody, node);
            self.keep(TEXT.height * 2.0);
            let dot = Line::whole(self.faces, "•", Style::Regular);
            self.line(dot, TEXT, (LEFT + 4.0, self.y), (Tone::Ink, None));
            self.text(item, TEXT, (LEFT + 16.0, WIDTH - 16.0), body);
            self.y += 2.0;
        }
        self.y += 4.0;
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        let table = self.node(Kind::Table, 0);
        let widths = [WIDTH * 0.32, WIDTH * 0.68];
        for (label, said) in pairs {
            let row = self.node(Kind::Row, table);
            let cells = vec![
                (self.cut(label, LABEL, widths[0] - 10.0), LABEL, self.node(Kind::RowHead, row)),
                (self.cut(said, CELL, widths[1] - 6.0), CELL, self.node(Kind::Cell, row)),
            ];
            self.row(cells, &widths, None);
        }
        self.y += 8.0;
    }

    fn table(&mut self, head: &[String], rows: &[Vec<String>], widths: &[u16]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(head.len());
        if columns == 0 {
            return;
        }
        let weight = |at: usize| f32::from(widths.get(at).copied().unwrap_or(1).max(1));
        let all: f32 = (0..columns).map(weight).sum();
        let widths: Vec<f32> = (0..columns).map(|at| WIDTH * weight(at) / all).collect();
        let table = self.node(Kind::Table, 0);
        // The whole head, however many lines it takes, and three lines below it.
        let tall = |(text, width): (&String, &f32)| self.cut(text, HEAD, width - 8.0).len().min(MOST_OF_A_HEAD);
        let most = u16::try_from(head.iter().zip(&widths).map(tall).max().unwrap_or(0)).unwrap_or(u16::MAX);
        self.keep(f32::from(most) * HEAD.height + 3.0 * CELL.height + 12.0);
        if !head.is_empty() {
            let row = self.node(Kind::Row, table);
            self.head(head, &widths, Some(row));
        }
        for texts in rows {
            let row = self.node(Kind::Row, table);
            let cell = |layout: &mut Self, at: usize| {
                let text = texts.get(at).map_or("", String::as_str);
                (layout.cut(text, CELL, widths[at] - 8.0), CELL, layout.node(Kind::Cell, row))
            };
            let cells = (0..columns).map(|at| cell(self, at)).collect();
            self.row(cells, &widths, Some(head));
        }
        self.y += 10.0;
    }

    /// The head of a table: of its node where it stands first, of none where it is repeated.
    fn head(&mut self, head: &[String], widths: &[f32], row: Option<usize>) {
        let mut cells: Vec<Vec<Line>> =
            head.iter().zip(widths).map(|(text, width)| self.cut(text, HEAD, width - 8.0)).collect();
        for cell in &mut cells {
            cell.truncate(MOST_OF_A_HEAD);
        }
        let most = u16::try_from(cells.iter().map(Vec::len).max().unwrap_or(1)).unwrap_or(u16::MAX);
        let height = f32::from(most) * HEAD.height + 6.0;
        self.mark(Mark::Area { x: LEFT, y: self.y, width: WIDTH, height });
        let mut x = LEFT;
        for (cell, width) in cells.into_iter().zip(widths) {
            let node = row.map(|row| self.node(Kind::ColumnHead, row));
            let mut y = self.y + 3.0;
            for line in cell {
                self.line(line, HEAD, (x + 4.0, y), (Tone::Ink, node));
                y += HEAD.height;
            }
            x += width;
        }
        self.y += height;
    }

    /// A row that stays together where it can, and runs on where it is longer than what a page can spare.
    fn row(&mut self, mut cells: Vec<(Vec<Line>, Set, usize)>, widths: &[f32], head: Option<&[String]>) {
        let height = CELL.height;
        let fit = |room: f32| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than a page of lines")]
            let lines = ((room - 7.0) / height).max(0.0) as usize;
            lines
        };
        for (lines, ..) in &mut cells {
            lines.reverse();
        }
        // Once for what is left: on a page whose head fills it, the next one would be no better.
        let mut moved = false;
        loop {
            let most = cells.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0).max(1);
            let room = fit(BOTTOM - self.y);
            let whole = fit(BOTTOM - TOP) / 2;
            if !moved && most > room && (room < 3 || most <= whole) && !self.is_fresh() && self.y > TOP {
                moved = true;
                self.next_page();
                if let Some(head) = head.filter(|head| !head.is_empty()) {
                    self.head(head, widths, None);
                }
                continue;
            }
            let now = most.min(room.max(1));
            let mut x = LEFT;
            for ((lines, set, node), width) in cells.iter_mut().zip(widths) {
                let inset = if head.is_some() { 4.0 } else { 0.0 };
                for at in 0..now {
                    let Some(line) = lines.pop() else { break };
                    let down = u16::try_from(at).unwrap_or(u16::MAX);
                    let y = self.y + 3.0 + f32::from(down) * height;
                    self.line(line, *set, (x + inset, y), (Tone::Ink, Some(*node)));
                }
                x += width;
            }
            let down = u16::try_from(now).unwrap_or(u16::MAX);
            self.y += f32::from(down) * height + 7.0;
            self.mark(Mark::Rule { x: LEFT, y: self.y - 0.5, width: WIDTH });
            if cells.iter().all(|(lines, ..)| lines.is_empty()) {
                return;
            }
            moved = false;
        }
    }

    fn fixed(&mut self, text: &str) {
        let node = self.node(Kind::Code, 0);
        self.y += 2.0;
        for line in fixed(self.faces, text, (WIDTH - 16.0) / FIXED.size) {
            self.keep(FIXED.height);
            self.mark(Mark::Area { x: LEFT, y: self.y, width: WIDTH, height: FIXED.height + 0.3 });
            self.line(line, FIXED, (LEFT + 8.0, self.y), (Tone::Ink, Some(node)));
            self.y += FIXED.height;
        }
        self.y += 8.0;
    }

    fn notice(&mut self, text: &str) {
        let node = self.node(Kind::Paragraph, 0);
        let all = self.cut(text, TEXT, WIDTH - 24.0);
        let mut left = all.len();
        self.keep(TEXT.height * 2.0 + 16.0);
        let mut all = all.into_iter();
        while left > 0 {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than a page of lines")]
            let room = (((BOTTOM - self.y - 16.0) / TEXT.height).max(1.0)) as usize;
            let now = left.min(room);
            let height = f32::from(u16::try_from(now).unwrap_or(u16::MAX)) * TEXT.height + 16.0;
            self.mark(Mark::Area { x: LEFT, y: self.y, width: WIDTH, height });
            self.y += 8.0;
            for line in all.by_ref().take(now) {
                self.line(line, TEXT, (LEFT + 12.0, self.y), (Tone::Ink, Some(node)));
                self.y += TEXT.height;
            }
            self.y += 8.0;
            left -= now;
            if left > 0 {
                self.next_page();
            }
        }
        self.y += 8.0;
    }

    /// Whom a letter is for; what does not fit into the window is left out, for it could not be read there.
    fn address(&mut self, from: &str, to: &[String]) {
        if !self.is_fresh() {
            self.next_page();
        }
        let (top, width, bottom) = WINDOW;
        self.y = top;
        let node = self.node(Kind::Paragraph, 0);
        for line in self.cut(from, SENDER, width).into_iter().take(1) {
            self.line(line, SENDER, (LEFT, self.y), (Tone::Grey, Some(node)));
        }
        self.y += SENDER.height + 4.0;
        let node = self.node(Kind::Paragraph, 0);
        for line in to.iter().flat_map(|part| self.cut(part, TEXT, width)).collect::<Vec<_>>() {
            if self.y + TEXT.height > bottom {
                break;
            }
            self.line(line, TEXT, (LEFT, self.y), (Tone::Ink, Some(node)));
            self.y += TEXT.height;
        }
        self.y = bottom + 40.0;
    }

    fn contents(&mut self, named: &[(u8, &str)]) {
        let list = self.node(Kind::Contents, 0);
        for (entry, (level, text)) in named.iter().enumerate().filter(|(_, (level, _))| *level <= 2) {
            let set = if *level == 1 { Set { style: Style::Bold, ..TEXT } } else { TEXT };
            let x = LEFT + if *level == 1 { 0.0 } else { 14.0 };
            let item = self.node(Kind::ContentsItem, list);
            let node = self.node(Kind::Link, item);
            let all = self.cut(text, set, RIGHT - x - 40.0);
            let height = set.height * f32::from(u16::try_from(all.len()).unwrap_or(u16::MAX));
            if *level == 1 {
                self.y += 3.0;
            }
            self.keep(height);
            let top = self.y;
            for line in all {
                self.keep(set.height);
                self.line(line, set, (x, self.y), (Tone::Ink, Some(node)));
                self.y += set.height;
            }
            let y = self.y - set.height + set.height * BASE;
            self.mark(Mark::Goal { y, top: top.min(self.y - set.height), bottom: self.y, entry, node });
        }
        self.y += 8.0;
    }
}
