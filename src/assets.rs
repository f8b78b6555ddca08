//! The style sheet, the script and the icons, held in the program itself, each at an address that changes with its content.

use std::sync::LazyLock;

/// One file that browsers fetch.
pub struct Asset {
    /// The last part of its address.
    pub name: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// Its content as it is sent: without comments, indentation and empty lines.
    pub body: String,
}

/// Every file.
pub static ALL: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        Asset { name: "varsel.css", kind: "text/css; charset=utf-8", body: bare(include_str!("../static/varsel.css")) },
        Asset {
            name: "varsel.js",
            kind: "text/javascript; charset=utf-8",
            body: bare(include_str!("../static/varsel.js")),
        },
        Asset { name: "icons.svg", kind: "image/svg+xml", body: include_str!("../static/icons.svg").to_owned() },
        Asset { name: "icon.svg", kind: "image/svg+xml", body: include_str!("../static/icon.svg").to_owned() },
    ]
});

/// A file without what is there for whoever works on it: indentation, empty lines, lines that are only a comment. Line by
/// line, so that a fault in a browser still leads to a line that can be read.
fn bare(text: &str) -> String {
    let is_comment =
        |line: &&str| line.starts_with("//") || line.starts_with("/*") && line.find("*/") == Some(line.len() - 2);
    let mut kept = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line)) {
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// Finds a file by its name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.name == name)
}

/// The address of a file, with a mark of its content, so that browsers may keep it for good.
#[must_use]
pub fn address(name: &str) -> Option<String> {
    find(name).map(|asset| format!("/static/{}?v={:08x}", asset.name, mark(&asset.body)))
}

/// FNV-1a, 32 bits: enough to tell one edition from the next.
const fn mark(body: &str) -> u32 {
    let bytes = body.as_bytes();
    let mut hash = 0x811c_9dc5_u32;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_changes_with_the_content_and_a_page_stays_light() {
        assert!(address("varsel.css").unwrap().starts_with("/static/varsel.css?v="));
        assert_ne!(mark("a"), mark("b"));
        assert!(address("nothing.css").is_none());
        let weight: usize = ALL.iter().map(|asset| asset.body.len()).sum();
        // Half of what a whole page may weigh, which the stories in a browser measure.
        assert!(weight < 52 * 1024, "style, script and icons weigh {weight} bytes");
    }

    #[test]
    fn what_is_sent_lacks_nothing_but_comments_and_room() {
        assert_eq!(
            bare("a {\n  /* why */\n\n  b: c; /* d */\n}\n/* e */ f {} /* g */"),
            "a {\nb: c; /* d */\n}\n/* e */ f {} /* g */\n"
        );
        assert_eq!(bare("// Why.\nx('//');\n  // More.\n  y();"), "x('//');\ny();\n");
        // A text over several lines would be changed.
        for line in include_str!("../static/varsel.js").lines() {
            assert_eq!(line.matches('`').count() % 2, 0, "{line}");
        }
    }
}
