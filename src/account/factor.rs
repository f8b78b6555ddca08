//! The second factor: codes that change with time (RFC 6238), their secret as text and as a drawing, and recovery codes.

use chrono::{DateTime, Utc};
use qrcode::{Color, EcLevel, QrCode};
use ring::hmac;

use super::token;
use crate::digest;
use crate::error::Error;

/// How many recovery codes are handed out.
pub const RECOVERY_CODES: usize = 10;
const STEP: i64 = 30;
const SECRET_BYTES: usize = 20;
const RECOVERY_LETTERS: usize = 16;
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The number of the half minute.
#[must_use]
pub fn step_at(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(STEP)
}

/// The six digits of a half minute.
#[must_use]
pub fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let from = usize::from(tag.last().copied().unwrap_or_default() & 0x0f);
    let four = tag.iter().skip(from).take(4).fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte));
    format!("{:06}", (four & 0x7fff_ffff) % 1_000_000)
}

/// The step whose code was typed, one half minute early or late included; none at or before the last one used.
#[must_use]
pub fn step_of(secret: &[u8], typed: &str, last: i64, now: DateTime<Utc>) -> Option<i64> {
    let typed = digest::sha256(tidy(typed).as_bytes());
    let this = step_at(now);
    // Digests are compared, so that the time it takes tells nothing of the code.
    (this - 1..=this + 1)
        .filter(|step| *step > last)
        .find(|step| digest::sha256(code(secret, *step).as_bytes()) == typed)
}

/// Draws a secret, as the text that a telephone takes.
#[must_use]
pub fn draw_secret() -> String {
    base32(&rand::random::<[u8; SECRET_BYTES]>())
}

/// Draws the codes for whoever loses the telephone, as they are written down: four groups of four.
#[must_use]
pub fn draw_recovery() -> Vec<String> {
    let one = |_| {
        let drawn = base32(&rand::random::<[u8; RECOVERY_LETTERS * 5 / 8]>());
        grouped(&drawn)
    };
    (0..RECOVERY_CODES).map(one).collect()
}

/// A text in groups of four, easier to type.
#[must_use]
pub fn grouped(text: &str) -> String {
    text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// What was typed, without what people put between groups.
#[must_use]
pub fn tidy(typed: &str) -> String {
    typed.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).take(64).collect()
}

/// Whether it looks like a recovery code, so that the right sentence can be said when it is wrong.
#[must_use]
pub fn is_recovery(typed: &str) -> bool {
    tidy(typed).len() == RECOVERY_LETTERS
}

/// What is kept of a recovery code. It has 80 random bits, so a plain hash is enough.
#[must_use]
pub fn recovery_hash(typed: &str) -> String {
    token::hash(&format!("recovery {}", tidy(typed)))
}

/// Bytes as RFC 4648 writes them, without padding.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    let bit = |n: usize| bytes.get(n / 8).is_some_and(|byte| byte >> (7 - n % 8) & 1 == 1);
    let letter = |n: usize| (0..5).fold(0_usize, |sum, k| sum << 1 | usize::from(bit(n * 5 + k)));
    (0..(bytes.len() * 8).div_ceil(5)).filter_map(|n| LETTERS.get(letter(n))).map(|c| char::from(*c)).collect()
}

/// Reads what [`base32`] wrote; none when there is another letter in it.
#[must_use]
pub fn from_base32(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for c in text.bytes() {
        let value = LETTERS.iter().position(|letter| *letter == c.to_ascii_uppercase())?;
        held = held << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// The address that a telephone reads off the drawing.
#[must_use]
pub fn uri(email: &str, secret: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte);
    let email: String =
        email.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("otpauth://totp/varsel:{email}?secret={secret}&issuer=varsel&algorithm=SHA1&digits=6&period=30")
}

/// A text as a square of dark modules: how many on a side, and the path of an SVG that fills them.
///
/// # Errors
/// When the text is too long to draw.
pub fn drawing(text: &str) -> Result<(usize, String), Error> {
    let drawn = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::internal)?;
    let width = drawn.width();
    let dark = drawn.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    // Four light modules all round, as the standard asks.
    let path = dark.map(|(n, _)| format!("M{} {}h1v1h-1z", n % width + 4, n / width + 4)).collect();
    Ok((width + 8, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of the eight digits it prints for SHA-1.
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(code(secret, step_at(at)), expected, "{seconds}");
        }
    }

    #[test]
    fn a_code_fits_half_a_minute_early_or_late_and_never_after_a_newer_one() {
        let (secret, now) = (b"12345678901234567890", DateTime::from_timestamp(1_111_111_111, 0).unwrap());
        let this = step_at(now);
        for step in this - 1..=this + 1 {
            assert_eq!(step_of(secret, &code(secret, step), 0, now), Some(step));
            assert_eq!(step_of(secret, &code(secret, step), step, now), None, "used already");
        }
        for far in [this - 2, this + 2] {
            assert_eq!(step_of(secret, &code(secret, far), 0, now), None);
        }
        assert_eq!(step_of(secret, "050 471", 0, now), Some(this), "written in groups");
        assert_eq!(step_of(secret, "", 0, now), None);
    }

    #[test]
    fn secrets_are_written_as_telephones_read_them() {
        for (bytes, text) in [("f", "MY"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(base32(bytes.as_bytes()), text);
            assert_eq!(from_base32(text).unwrap(), bytes.as_bytes());
        }
        assert_eq!(from_base32("M!"), None);
        let secret = draw_secret();
        assert_eq!((secret.len(), from_base32(&secret).unwrap().len()), (32, SECRET_BYTES));
        let codes = draw_recovery();
        assert!(codes.len() == RECOVERY_CODES && codes.iter().all(|code| code.len() == 19 && is_recovery(code)));
        assert_eq!(recovery_hash("abcd-efgh-ijkl-mnop"), recovery_hash("ABCD EFGH IJKL MNOP"));
        let (width, path) = drawing(&uri("kari+1@smbmobil.example", &secret)).unwrap();
        assert!(width > 40 && path.starts_with("M4 4h1v1h-1z"), "the corner is dark: {width}");
    }
}
