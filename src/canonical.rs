//! One text for each JSON value, whichever database kept it: what is hashed, and what a backup holds.
//!
//! Names are sorted, blanks are gone, and numbers are written out as PostgreSQL's jsonb does: `1e3` is `1000`, `1.0` stays
//! `1.0`. Digits are never turned into floating point on the way, so nothing is rounded.

use std::collections::BTreeMap;

/// How deep values may lie in each other.
const DEEPEST: usize = 128;
/// The greatest power of ten that a number may bear; floating point ends at 308.
const GREATEST_POWER: i64 = 400;

/// Writes a JSON text anew in the one form that its value has; none where it is not JSON.
pub fn canonical(json: &str) -> Option<String> {
    let mut out = String::with_capacity(json.len());
    let mut reader = Reader { json, at: 0 };
    reader.value(&mut out, 0)?;
    reader.blanks();
    (reader.at == json.len()).then_some(out)
}

/// The canonical texts of an array's items; none where the text is no array.
pub fn items(json: &str) -> Option<Vec<String>> {
    let (mut out, mut ends) = (String::with_capacity(json.len()), Vec::new());
    let mut reader = Reader { json, at: 0 };
    reader.array(&mut out, 0, &mut |end| ends.push(end))?;
    reader.blanks();
    if reader.at != json.len() {
        return None;
    }
    let begins = std::iter::once(1).chain(ends.iter().map(|end| end + 1));
    begins.zip(&ends).map(|(begin, end)| out.get(begin..*end).map(str::to_owned)).collect()
}

/// Writes a text as JSON does.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

struct Reader<'a> {
    json: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        self.blanks();
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn blanks(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    }

    /// Steps over bytes of a kind, and answers them.
    fn skip(&mut self, of: impl Fn(u8) -> bool) -> &str {
        let begin = self.at;
        while self.peek().is_some_and(&of) {
            self.at += 1;
        }
        self.json.get(begin..self.at).unwrap_or_default()
    }

    fn value(&mut self, out: &mut String, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        self.blanks();
        match self.peek()? {
            b'{' => self.object(out, depth),
            b'[' => self.array(out, depth, &mut |_| {}),
            b'"' => self.string(out),
            b't' | b'f' | b'n' => {
                let word = self.skip(|byte| byte.is_ascii_lowercase());
                matches!(word, "true" | "false" | "null").then(|| out.push_str(word))
            }
            _ => self.number(out),
        }
    }

    fn object(&mut self, out: &mut String, depth: usize) -> Option<()> {
        self.take(b'{')?;
        out.push('{');
        let begin = out.len();
        // Where each field's text and each field's value begin in what was written.
        let mut fields: Vec<(usize, usize)> = Vec::new();
        if self.take(b'}').is_none() {
            loop {
                self.blanks();
                let name = out.len();
                self.string(out)?;
                self.take(b':')?;
                out.push(':');
                fields.push((name, out.len()));
                self.value(out, depth + 1)?;
                if self.take(b',').is_none() {
                    self.take(b'}')?;
                    break;
                }
                out.push(',');
            }
        }
        sort(out, begin, &fields)?;
        out.push('}');
        Some(())
    }

    /// Reads an array, and tells where in what was written each item ends.
    fn array(&mut self, out: &mut String, depth: usize, ends: &mut dyn FnMut(usize)) -> Option<()> {
        self.take(b'[')?;
        out.push('[');
        if self.take(b']').is_none() {
            loop {
                self.value(out, depth + 1)?;
                ends(out.len());
                if self.take(b',').is_none() {
                    self.take(b']')?;
                    break;
                }
                out.push(',');
            }
        }
        out.push(']');
        Some(())
    }

    fn string(&mut self, out: &mut String) -> Option<()> {
        let begin = self.at;
        if self.peek()? != b'"' {
            return None;
        }
        let mut plain = true;
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => {
                    plain = false;
                    self.at += 2;
                }
                0..=0x1f => return None,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        let token = self.json.get(begin..self.at)?;
        // What has nothing to escape is written as it was read.
        match plain {
            true => out.push_str(token),
            false => out.push_str(&quoted(&serde_json::from_str::<String>(token).ok()?)),
        }
        Some(())
    }

    fn number(&mut self, out: &mut String) -> Option<()> {
        let negative = self.peek()? == b'-';
        self.at += usize::from(negative);
        let digit = |byte: u8| byte.is_ascii_digit();
        let whole = self.skip(digit).to_owned();
        if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
            return None;
        }
        let mut fraction = String::new();
        if self.peek() == Some(b'.') {
            self.at += 1;
            fraction = self.skip(digit).to_owned();
            if fraction.is_empty() {
                return None;
            }
        }
        let mut power = 0;
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            let down = self.peek() == Some(b'-');
            self.at += usize::from(matches!(self.peek(), Some(b'-' | b'+')));
            power = self.skip(digit).parse::<i64>().ok().filter(|power| *power <= GREATEST_POWER)?;
            power = if down { -power } else { power };
        }
        out.push_str(&written_out(negative, &whole, &fraction, power)?);
        Some(())
    }
}

/// Puts the fields written since `begin` in the order of their names, where they are not.
fn sort(out: &mut String, begin: usize, fields: &[(usize, usize)]) -> Option<()> {
    let ends = fields.iter().skip(1).map(|(next, _)| next - 1).chain([out.len()]);
    let mut named: Vec<(String, &str)> = Vec::with_capacity(fields.len());
    for ((name, value), end) in fields.iter().zip(ends) {
        let token = out.get(*name..value - 1)?;
        let plain = token.get(1..token.len() - 1)?;
        let name_said = if plain.contains('\\') { serde_json::from_str(token).ok()? } else { plain.to_owned() };
        named.push((name_said, out.get(*name..end)?));
    }
    if named.is_sorted_by(|one, two| one.0 < two.0) {
        return Some(());
    }
    // Of a name that stands twice the last holds, as both databases have it.
    let sorted: BTreeMap<String, &str> = named.into_iter().collect();
    let text = sorted.into_values().collect::<Vec<_>>().join(",");
    out.truncate(begin);
    out.push_str(&text);
    Some(())
}

/// A decimal number without a power of ten, with as many decimals as it was given.
fn written_out(negative: bool, whole: &str, fraction: &str, power: i64) -> Option<String> {
    let mut digits = format!("{whole}{fraction}");
    let mut point = i64::try_from(whole.len()).ok()? + power;
    if point < 1 {
        digits.insert_str(0, &"0".repeat(usize::try_from(1 - point).ok()?));
        point = 1;
    }
    let point = usize::try_from(point).ok()?;
    if point > digits.len() {
        digits.push_str(&"0".repeat(point - digits.len()));
    }
    let (whole, fraction) = digits.split_at_checked(point)?;
    let whole = whole.trim_start_matches('0');
    let sign = if negative && digits.bytes().any(|digit| digit != b'0') { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    let dot = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{dot}{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_way_to_write_a_value_becomes_one() {
        for (given, one) in [
            (" { \"b\" : [ 1 , 2.50 ] , \"a\" : null } ", r#"{"a":null,"b":[1,2.50]}"#),
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
            (r#""\u00e6\/\ud83d\udcde\u000a""#, r#""æ/📞\n""#),
            ("[1e3,1.0,1.50e1,15e-1,-0.0,0e9,1E+2,-12.5e-3]", "[1000,1.0,15.0,1.5,0.0,0,100,-0.0125]"),
            ("[]", "[]"),
            ("{}", "{}"),
            ("18446744073709551616", "18446744073709551616"),
        ] {
            assert_eq!(canonical(given).as_deref(), Some(one), "{given}");
            assert_eq!(canonical(one).as_deref(), Some(one));
        }
        assert_eq!(items(" [1, \"a,b\", [2, 3]]").unwrap(), ["1", "\"a,b\"", "[2,3]"]);
    }

    #[test]
    fn what_is_not_json_has_no_form() {
        for bad in
            ["", "{", "[1,]", "[1 2]", "01", "1.", ".5", "nul", "\"a", "\"\\", "{a:1}", "1 1", "+1", "1e999", "-"]
        {
            assert_eq!(canonical(bad), None, "{bad}");
        }
        assert_eq!(canonical(&"[".repeat(100_000)), None, "as deep as one likes");
    }

    proptest! {
        #[test]
        fn a_text_is_read_as_serde_reads_it(text: String, number: f64, whole: i64) {
            let value = serde_json::json!({ "z": text, text.clone(): [number, whole], "a": { "b": text } });
            let one = canonical(&value.to_string()).unwrap();
            prop_assert_eq!(canonical(&one), Some(one.clone()));
            let again: serde_json::Value = serde_json::from_str(&one).unwrap();
            prop_assert_eq!(&again["z"], &value["z"]);
            prop_assert_eq!(&again["a"], &value["a"]);
        }

        #[test]
        fn nothing_brings_the_reader_down(text in "[\\[\\]{}\",:0-9eE+.\\\\a-z\u{e6} -]{0,40}") {
            let ours = canonical(&text);
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            if theirs.is_ok() && !text.contains(['e', 'E']) {
                prop_assert!(ours.is_some(), "{}", text);
            }
            if ours.is_some() {
                prop_assert!(theirs.is_ok(), "{}", text);
            }
        }
    }
}
