//! What a file may be. Its name says it and its content must bear it out; what the sender calls it besides counts for nothing.

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The ending of its name.
    pub ending: &'static str,
    content: Content,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// Begins with one of these.
    Begins(&'static [&'static [u8]]),
    /// A ZIP archive that holds this near its beginning.
    Holds(&'static [u8]),
    /// Text in whichever encoding.
    Text,
    /// Text that begins with the fields of a mail.
    Mail,
}

const ZIP: &[u8] = b"PK\x03\x04";
/// What every file of an office program holds first.
const OFFICE: &[u8] = b"[Content_Types].xml";

/// Everything that may be attached.
pub const ALL: &[Kind] = &[
    Kind { ending: "pdf", content: Content::Begins(&[b"%PDF-"]) },
    Kind { ending: "png", content: Content::Begins(&[b"\x89PNG\r\n\x1a\n"]) },
    Kind { ending: "jpg", content: Content::Begins(&[b"\xff\xd8\xff"]) },
    Kind { ending: "jpeg", content: Content::Begins(&[b"\xff\xd8\xff"]) },
    Kind { ending: "txt", content: Content::Text },
    Kind { ending: "log", content: Content::Text },
    Kind { ending: "csv", content: Content::Text },
    Kind { ending: "eml", content: Content::Mail },
    Kind { ending: "docx", content: Content::Holds(OFFICE) },
    Kind { ending: "xlsx", content: Content::Holds(OFFICE) },
    Kind { ending: "zip", content: Content::Begins(&[ZIP, b"PK\x05\x06"]) },
    Kind {
        ending: "pcap",
        content: Content::Begins(&[b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d"]),
    },
    Kind { ending: "pcapng", content: Content::Begins(&[b"\x0a\x0d\x0d\x0a"]) },
];

impl Kind {
    /// The kind that a name says; none when such files are not taken.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        ALL.iter().find(|kind| kind.ending.eq_ignore_ascii_case(ending)).copied()
    }

    /// The endings that are taken, for people.
    #[must_use]
    pub fn endings() -> Vec<&'static str> {
        ALL.iter().map(|kind| kind.ending).collect()
    }

    /// Whether a file that begins like this, and holds or does not hold a byte of nothing, is of this kind.
    #[must_use]
    pub fn is_borne_out(self, head: &[u8], has_nul: bool) -> bool {
        match self.content {
            Content::Begins(any) => any.iter().any(|start| head.starts_with(start)),
            Content::Holds(inside) => head.starts_with(ZIP) && head.windows(inside.len()).any(|part| part == inside),
            Content::Text => is_text(head, has_nul),
            Content::Mail => is_text(head, has_nul) && begins_with_a_field(head),
        }
    }
}

/// Text holds no byte of nothing, unless it says that each letter has two; and it does not begin as a program or a picture.
fn is_text(head: &[u8], has_nul: bool) -> bool {
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let other = [b"MZ\x90".as_slice(), b"\x7fELF", b"%PDF-", ZIP, b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"GIF8"];
    (!has_nul || wide) && !other.iter().any(|start| head.starts_with(start))
}

fn begins_with_a_field(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    line.len() > name.len() && !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(name: &str, head: &[u8]) -> bool {
        Kind::of(name).is_some_and(|kind| kind.is_borne_out(head, head.contains(&0)))
    }

    #[test]
    fn a_file_is_what_its_name_says_only_if_its_content_bears_it_out() {
        assert!(fits("a.PDF", b"%PDF-1.7") && !fits("a.pdf", b"<html>"));
        assert!(fits("skjerm.png", b"\x89PNG\r\n\x1a\n...") && !fits("skjerm.jpg", b"\x89PNG\r\n\x1a\n"));
        assert!(fits("a.log", "æøå og mer".as_bytes()) && fits("a.csv", b"") && !fits("a.txt", b"MZ\x90\0"));
        assert!(fits("a.log", b"\xff\xfea\0b\0") && !fits("a.log", b"a\0b"));
        assert!(fits("a.eml", b"Received: from x\r\n") && !fits("a.eml", b"Hei du\n: x"));
        assert!(fits("a.docx", b"PK\x03\x04....[Content_Types].xml") && !fits("a.docx", b"PK\x03\x04....evil.js"));
        assert!(
            fits("a.zip", b"PK\x03\x04")
                && fits("a.pcap", b"\xd4\xc3\xb2\xa1")
                && fits("a.pcapng", b"\x0a\x0d\x0d\x0a")
        );
    }

    #[test]
    fn what_is_not_on_the_list_is_not_taken() {
        for name in ["a.exe", "a.html", "a.svg", "a.pdf.js", "pdf", "a.", "", "a.docm"] {
            assert_eq!(Kind::of(name), None, "{name}");
        }
    }
}
