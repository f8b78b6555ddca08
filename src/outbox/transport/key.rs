//! A letter's key as each way out can carry it. What cannot be carried as it stands is carried as its hash.

use crate::digest::sha256;

const LONGEST: usize = 100;

/// The key as the left side of a Message-ID and as part of a file's name.
pub(super) fn plain_id(key: &str) -> String {
    carried(key, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// The key as the identity of a webhook and as a header's value. A dot is left out because it parts what is signed.
pub(super) fn web_id(key: &str) -> String {
    carried(key, |c| c.is_ascii_graphic() && c != '.')
}

fn carried(key: &str, fits: impl Fn(char) -> bool) -> String {
    if !key.is_empty() && key.len() <= LONGEST && key.chars().all(fits) {
        key.to_owned()
    } else {
        sha256(key.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_carried_as_it_is_or_as_its_hash() {
        assert_eq!(plain_id("reminder-17_h24"), "reminder-17_h24");
        assert_eq!(web_id("reminder:17:+24h"), "reminder:17:+24h");
        for odd in ["", "..", "a/b", "a\r\nb", "æ", "a.b", &"x".repeat(101)] {
            assert_eq!(plain_id(odd).len(), 64, "{odd}");
        }
        assert_ne!(plain_id("a:b"), plain_id("a:c"));
        assert_eq!(web_id("a.b").len(), 64);
        assert_eq!(web_id("a b").len(), 64);
    }
}
