//! Telephone numbers as the network wants them.

/// Writes a number in the international form of E.164; a Norwegian one gets its +47. `None` if it is no number.
///
/// Norwegian numbers have 8 digits, those between machines 12, beginning with 58 or 59.
pub fn e164(number: &str) -> Option<String> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2013}');
    let bare: String = number.chars().filter(|c| !blank(*c)).collect();
    let abroad = bare.strip_prefix('+').or_else(|| bare.strip_prefix("00"));
    let digits = abroad.unwrap_or(&bare);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let norwegian = |own: &str| match own.len() {
        8 => !own.starts_with(['0', '1']),
        12 => own.starts_with("58") || own.starts_with("59"),
        _ => false,
    };
    match (abroad, digits.strip_prefix("47")) {
        (Some(_), Some(own)) => norwegian(own).then(|| format!("+47{own}")),
        (Some(_), None) => ((8..=15).contains(&digits.len()) && !digits.starts_with('0')).then(|| format!("+{digits}")),
        (None, _) if norwegian(digits) => Some(format!("+47{digits}")),
        (None, Some(own)) if own.len() == 8 && norwegian(own) => Some(format!("+47{own}")),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_one_way_however_people_write_it() {
        for same in [
            "90012345",
            "900 12 345",
            "+47 900 12 345",
            "0047 90012345",
            "4790012345",
            "(+47) 900-12-345",
            "900\u{a0}12\u{a0}345",
        ] {
            assert_eq!(e164(same).as_deref(), Some("+4790012345"), "{same}");
        }
        assert_eq!(e164("22 34 56 78").as_deref(), Some("+4722345678"));
        assert_eq!(
            e164("47001234").as_deref(),
            Some("+4747001234"),
            "eight digits are a whole number, whatever they begin with"
        );
        assert_eq!(e164("580012345678").as_deref(), Some("+47580012345678"));
        assert_eq!(e164("+46 70 123 45 67").as_deref(), Some("+46701234567"));
        for wrong in [
            "",
            "+",
            "1234567",
            "112",
            "02800",
            "+47 9001234",
            "+47 900123456",
            "+4712345678",
            "900123456",
            "kari",
            "9001234a",
            "+1234567890123456",
            "٩٠٠١٢٣٤٥",
        ] {
            assert_eq!(e164(wrong), None, "{wrong}");
        }
    }
}
