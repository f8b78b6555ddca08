//! Texts cut to size: what the other side said as one line, and what a service takes no more of.

/// The longest answer that is kept, in characters.
const LONGEST: usize = 500;

/// What stands in the place of a secret.
const DOTS: &str = "•••";

/// A shorter text is no secret, and hiding it would only garble the answer.
const SHORTEST_SECRET: usize = 4;

/// Puts an answer on one line of at most 500 characters, without any of the secrets.
pub(super) fn one_line(text: &str, secrets: &[&str]) -> String {
    let mut told = text.to_owned();
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST_SECRET) {
        told = told.replace(secret, DOTS);
    }
    cut(&flat(&told), LONGEST, "…")
}

/// Makes every run of blanks, line ends and control characters one blank.
pub(super) fn flat(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Takes out the control characters that no text needs; line ends and tabs stay.
pub(super) fn readable(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Cuts a text to so many characters, the ellipsis among them.
pub(super) fn cut(text: &str, most: usize, ellipsis: &str) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(ellipsis.chars().count());
    let kept: String = text.chars().take(room).collect();
    let whole = format!("{}{ellipsis}", kept.trim_end());
    whole.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_one_short_line_without_secrets() {
        assert_eq!(one_line(" 550\r\n no\tsuch \u{7} user ", &[]), "550 no such user");
        assert_eq!(one_line("no key=hemmelig1 here", &["hemmelig1", ""]), "no key=••• here");
        let long = one_line(&"å".repeat(9000), &[]);
        assert_eq!(long.chars().count(), 500);
        assert!(long.ends_with("å…"));
    }

    #[test]
    fn a_cut_never_exceeds_its_measure() {
        assert_eq!(cut("📞📞📞", 3, "…"), "📞📞📞");
        assert_eq!(cut("📞📞📞📞", 3, "…"), "📞📞…");
        assert_eq!(cut("abcdef", 4, "..."), "a...");
        assert_eq!(cut("abcdef", 2, "..."), "..");
    }
}
