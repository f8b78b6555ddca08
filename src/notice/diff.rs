//! What differs between two texts, line by line: the longest run of lines they share stays, the rest came or went.

use serde::Serialize;

/// More cells than this are not compared one by one; the middle is then told as taken away and put in.
const MOST: usize = 4_000_000;

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It stands in both.
    Same,
    /// It stands in the old text only.
    Gone,
    /// It stands in the new text only.
    New,
}

/// A line and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line<'a> {
    /// What became of it.
    pub fate: Fate,
    /// The line.
    pub text: &'a str,
}

/// The lines of both texts in order.
#[must_use]
pub fn lines<'a>(old: &'a str, new: &'a str) -> Vec<Line<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let same = |text: &&'a str| Line { fate: Fate::Same, text };
    let mut all: Vec<Line<'a>> = old[..head].iter().map(same).collect();
    middle(&old[head..old.len() - tail], &new[head..new.len() - tail], &mut all);
    all.extend(old[old.len() - tail..].iter().map(same));
    all
}

fn middle<'a>(old: &[&'a str], new: &[&'a str], all: &mut Vec<Line<'a>>) {
    let (rows, columns) = (old.len(), new.len());
    let width = columns + 1;
    let mut shared = Vec::new();
    if rows * columns <= MOST {
        // How many lines are shared from here to the end.
        shared = vec![0u32; (rows + 1) * width];
        for i in (0..rows).rev() {
            for j in (0..columns).rev() {
                shared[i * width + j] = if old[i] == new[j] {
                    shared[(i + 1) * width + j + 1] + 1
                } else {
                    shared[(i + 1) * width + j].max(shared[i * width + j + 1])
                };
            }
        }
    }
    let left = |i: usize, j: usize| shared.get(i * width + j).copied().unwrap_or(0);
    let (mut i, mut j) = (0, 0);
    while i < rows || j < columns {
        let (fate, text) = match (old.get(i), new.get(j)) {
            (Some(was), Some(is)) if was == is && !shared.is_empty() => (Fate::Same, *was),
            (Some(was), Some(_)) if shared.is_empty() || left(i + 1, j) >= left(i, j + 1) => (Fate::Gone, *was),
            (Some(was), None) => (Fate::Gone, *was),
            (_, Some(is)) => (Fate::New, *is),
            (None, None) => return,
        };
        i += usize::from(fate != Fate::New);
        j += usize::from(fate != Fate::Gone);
        all.push(Line { fate, text });
    }
}

/// The lines that differ, each with at most so many around it that do not; empty when the texts are alike.
#[must_use]
pub fn changes<'a>(old: &'a str, new: &'a str, around: usize) -> Vec<Line<'a>> {
    let all = lines(old, new);
    let near = |at: usize| {
        let from = at.saturating_sub(around);
        all.iter().skip(from).take(at - from + around + 1).any(|line| line.fate != Fate::Same)
    };
    let kept: Vec<bool> = (0..all.len()).map(near).collect();
    all.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(line, _)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> String {
        let sign = |fate| match fate {
            Fate::Same => ' ',
            Fate::Gone => '-',
            Fate::New => '+',
        };
        lines(old, new)
            .iter()
            .map(|line| format!("{}{} ", sign(line.fate), line.text))
            .collect::<String>()
            .trim_end()
            .to_owned()
    }

    #[test]
    fn what_both_share_stays_and_the_rest_came_or_went() {
        assert_eq!(told("a\nb\nc\nd", "a\nx\nc\nd"), " a -b +x  c  d");
        assert_eq!(told("", "a"), "+a");
        assert_eq!(told("a", ""), "-a");
        assert_eq!(told("a\nb\nc", "c\na\nb"), "+c  a  b -c");
    }

    #[test]
    fn both_texts_can_be_read_off_the_difference() {
        let (old, new) = ("a\nb\na\nc\nd\ne", "b\na\nd\nc\ne\nf");
        let all = lines(old, new);
        let of = |gone: Fate| {
            all.iter().filter(|line| line.fate != gone).map(|line| line.text).collect::<Vec<_>>().join("\n")
        };
        assert_eq!((of(Fate::New), of(Fate::Gone)), (old.to_owned(), new.to_owned()));
    }

    #[test]
    fn alike_texts_have_no_changes_and_others_only_what_is_near() {
        assert!(changes("a\nb", "a\nb", 1).is_empty());
        let near: Vec<&str> = changes("a\nb\nc\nd\ne", "a\nb\nc\nd\nx", 1).iter().map(|line| line.text).collect();
        assert_eq!(near, ["d", "e", "x"]);
    }
}
