//! How a mail is set: cut to a length at a word, folded to lines that any program shows whole.

/// The longest line of a mail, unless a single word is longer.
const WIDTH: usize = 96;

/// The text in at most so many characters, cut after a word where there is one to cut after.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    let word = head.rfind(' ').filter(|at| *at * 2 > head.len());
    let whole = word.map_or(head.as_str(), |at| &head[..at]);
    format!("{}…", whole.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// The text in lines that are not too long; what goes over continues under the words it belongs to.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        let (indent, hang) = (blanks(line), hanging(line));
        out.extend(std::iter::repeat_n(' ', indent));
        let mut length = indent;
        for (at, word) in words(line).into_iter().enumerate() {
            let word_length = word.chars().count();
            if at > 0 && length + 1 + word_length > WIDTH {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', hang));
                length = hang;
            } else if at > 0 {
                out.push(' ');
                length += 1;
            }
            out.push_str(&word);
            length += word_length;
        }
        out.push('\n');
    }
    out
}

/// The words of a line, a number being one with the word that follows: «3 t» stays together.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut after_number = false;
    for word in line.trim_start().split(' ') {
        match words.last_mut().filter(|_| after_number) {
            Some(last) => *last = format!("{last} {word}"),
            None => words.push(word.to_owned()),
        }
        after_number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    }
    words
}

fn blanks(line: &str) -> usize {
    line.chars().take_while(|c| *c == ' ').count()
}

/// How far in a line's words begin: after its blanks, its dash or its number.
fn hanging(line: &str) -> usize {
    let indent = blanks(line);
    let first = line.trim_start().split(' ').next().unwrap_or_default();
    let is_mark = first == "-" || first.strip_suffix('.').is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()));
    if is_mark && !first.is_empty() { indent + first.chars().count() + 1 } else { indent }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_after_a_word_and_a_long_word_anywhere() {
        assert_eq!(cut("Samtalelogger lå åpne", 30), "Samtalelogger lå åpne");
        assert_eq!(cut("Samtalelogger lå åpne på nettet", 24), "Samtalelogger lå åpne…");
        assert_eq!(cut("Samtalelogger, lå", 15), "Samtalelogger…");
        assert_eq!(cut(&"å".repeat(30), 10), format!("{}…", "å".repeat(9)));
    }

    #[test]
    fn long_lines_are_folded_under_their_words() {
        let long = "ord ".repeat(40);
        let folded = fold(&format!("- {}\n   {}\nhttps://{}", long.trim_end(), long.trim_end(), "x".repeat(100)));
        let lines: Vec<&str> = folded.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH || line.starts_with("https")), "{folded}");
        assert!(lines[0].starts_with("- ord") && lines[1].starts_with("  ord"), "{folded}");
        assert!(lines.iter().any(|line| line.starts_with("   ord")), "{folded}");
        assert!(lines.iter().all(|line| *line == line.trim_end()), "{folded}");
        assert_eq!(folded.matches("ord").count(), 80);
    }
}
