//! How a mail is set: cut to a length at a word, folded to lines that any program shows whole.

/// The longest line of a mail, unless a single word is longer.
const WIDTH: usize = 78;

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
        let hang = hanging(line);
        let mut length = 0;
        for (at, word) in line.trim_start().split(' ').enumerate() {
            let word_length = word.chars().count();
            if at == 0 {
                let indent = line.chars().take_while(|c| *c == ' ').count();
                out.extend(std::iter::repeat_n(' ', indent));
                length = indent + word_length;
            } else if length + 1 + word_length > WIDTH {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', hang));
                length = hang + word_length;
            } else {
                out.push(' ');
                length += 1 + word_length;
            }
            out.push_str(word);
        }
        out.push('\n');
    }
    out
}

/// How far in a line's words begin: after its blanks, its dash or its number.
fn hanging(line: &str) -> usize {
    let indent = line.chars().take_while(|c| *c == ' ').count();
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
