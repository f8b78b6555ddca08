//! The style sheet, the script and the icons, held in the program itself, each at an address that changes with its content.

/// One file that browsers fetch.
pub struct Asset {
    /// The last part of its address.
    pub name: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// Its content.
    pub body: &'static str,
}

/// Every file.
pub const ALL: &[Asset] = &[
    Asset { name: "varsel.css", kind: "text/css; charset=utf-8", body: include_str!("../static/varsel.css") },
    Asset { name: "varsel.js", kind: "text/javascript; charset=utf-8", body: include_str!("../static/varsel.js") },
    Asset { name: "icons.svg", kind: "image/svg+xml", body: include_str!("../static/icons.svg") },
    Asset { name: "icon.svg", kind: "image/svg+xml", body: include_str!("../static/icon.svg") },
];

/// Finds a file by its name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.name == name)
}

/// The address of a file, with a mark of its content, so that browsers may keep it for good.
#[must_use]
pub fn address(name: &str) -> Option<String> {
    find(name).map(|asset| format!("/static/{}?v={:08x}", asset.name, mark(asset.body)))
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
        assert!(weight < 48 * 1024, "style, script and icons weigh {weight} bytes");
    }
}
