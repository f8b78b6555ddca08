//! Names of files: as they are shown, and as they may be given to a disk or an archive.

/// The most characters of a name.
const MOST: usize = 160;

/// A name as it is kept and shown: the last part of a path, without what deceives the eye.
#[must_use]
pub fn clean(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = |c: char| {
        let unseen = c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}');
        if unseen { '\u{fffd}' } else { c }
    };
    let name: Vec<char> = last.trim().chars().map(seen).collect();
    if name.len() <= MOST {
        return name.into_iter().collect();
    }
    // The end is kept, for it says what the file is.
    name[..MOST - 20].iter().chain(['…'].iter()).chain(name[name.len() - 19..].iter()).collect()
}

/// A name that every disk and archive takes: plain letters, never hidden, never a device, with its ending.
#[must_use]
pub fn safe(name: &str) -> String {
    let plain = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => c.to_string(),
        'æ' => "ae".to_owned(),
        'Æ' => "Ae".to_owned(),
        'ø' | 'ö' => "o".to_owned(),
        'Ø' | 'Ö' => "O".to_owned(),
        'å' | 'ä' => "a".to_owned(),
        'Å' | 'Ä' => "A".to_owned(),
        _ => "_".to_owned(),
    };
    let plain: String = name.chars().map(plain).collect();
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((&plain, "bin"));
    let stem: String = stem.trim_matches(['.', '_']).replace("..", "_").chars().take(80).collect();
    let device = ["con", "prn", "aux", "nul"].contains(&stem.to_ascii_lowercase().as_str())
        || (stem.len() == 4 && ["com", "lpt"].iter().any(|start| stem.to_ascii_lowercase().starts_with(start)));
    let stem = if stem.is_empty() || device { format!("fil{stem}") } else { stem };
    format!("{stem}.{}", ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_a_path_and_deceives_nobody() {
        assert_eq!(clean("C:\\Users\\kari\\Logg æøå.txt"), "Logg æøå.txt");
        assert_eq!(clean("../../etc/passwd"), "passwd");
        assert_eq!(clean("faktura\u{202e}fdp.exe\n"), "faktura\u{fffd}fdp.exe");
        let long = clean(&format!("{}.pdf", "å".repeat(500)));
        assert!(long.chars().count() == MOST && long.ends_with(".pdf"));
    }

    #[test]
    fn a_safe_name_is_taken_by_every_disk() {
        assert_eq!(safe("Logg æøå (1).TXT"), "Logg_aeoa__1.txt");
        assert_eq!(safe("..\u{fffd}.pdf"), "fil.pdf");
        assert_eq!(safe("NUL.txt"), "filNUL.txt");
        assert_eq!(safe("com1.log"), "filcom1.log");
        assert_eq!(safe(".htaccess"), "fil.htaccess");
        assert!(safe(&"x".repeat(400)).len() < 100);
    }
}
