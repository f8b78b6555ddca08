//! A file of text as it comes: which encoding, which separator, and its characters piece by piece.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The longest row: a quotation mark that nobody closed must not swallow the file.
pub const LONGEST_ROW: usize = 256 * 1024;
/// What a row that is too long is told by.
pub const TOO_LONG: &str = "a row is too long";

/// Looks at all bytes as they pass and tells in the end which encoding they are in.
pub struct Guess {
    bom: Option<&'static Encoding>,
    /// Zero bytes at even and at odd places of the beginning.
    zeros: [usize; 2],
    seen: usize,
    utf8: Decoder,
    is_utf8: bool,
    scratch: Vec<u8>,
}

impl Default for Guess {
    fn default() -> Self {
        let utf8 = UTF_8.new_decoder_without_bom_handling();
        Self { bom: None, zeros: [0, 0], seen: 0, utf8, is_utf8: true, scratch: vec![0; 8192] }
    }
}

impl Guess {
    /// Looks at the next bytes.
    pub fn look(&mut self, bytes: &[u8]) {
        if self.seen == 0 {
            self.bom = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
        }
        for (at, _) in bytes.iter().take(4096).enumerate().filter(|(_, byte)| **byte == 0) {
            self.zeros[(self.seen + at) % 2] += 1;
        }
        self.seen += bytes.len();
        let mut rest = bytes;
        while self.is_utf8 && !rest.is_empty() {
            let (_, read, _, had_errors) = self.utf8.decode_to_utf8(rest, &mut self.scratch, false);
            self.is_utf8 = !had_errors;
            rest = &rest[read..];
        }
    }

    /// The encoding.
    pub fn encoding(&self) -> &'static Encoding {
        match (self.bom, self.zeros) {
            (Some(encoding), _) => encoding,
            (None, [even, odd]) if odd > 4 && odd > even * 4 => UTF_16LE,
            (None, [even, odd]) if even > 4 && even > odd * 4 => UTF_16BE,
            _ if self.is_utf8 => UTF_8,
            _ => WINDOWS_1252,
        }
    }
}

/// The separator of a header line: whichever stands there most, outside quotation marks.
pub fn separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b';', 0), (b',', 0), (b'\t', 0)];
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            c if !quoted => {
                counts.iter_mut().filter(|(sign, _)| char::from(*sign) == c).for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    // The first of those that stand there as often.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b';', |(sign, _)| *sign)
}

/// Hands out as UTF-8 what comes in any encoding, and stops where no row ends.
pub struct Text<R> {
    inner: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    filled: usize,
    at: usize,
    ended: bool,
    out: Vec<u8>,
    out_at: usize,
    since: Rc<Cell<usize>>,
}

impl<R: Read> Text<R> {
    /// Reads from `inner`. Whoever takes a row sets `since` to nothing.
    pub fn new(inner: R, encoding: &'static Encoding, since: Rc<Cell<usize>>) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self {
            inner,
            decoder,
            bytes: vec![0; 16 * 1024],
            filled: 0,
            at: 0,
            ended: false,
            out: Vec::new(),
            out_at: 0,
            since,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.at == self.filled && !self.ended {
            self.filled = self.inner.read(&mut self.bytes)?;
            self.at = 0;
            self.ended = self.filled == 0;
        }
        let mut out = vec![0; 64 * 1024];
        let (result, read, written, _) =
            self.decoder.decode_to_utf8(&self.bytes[self.at..self.filled], &mut out, self.ended);
        self.at += read;
        out.truncate(written);
        (self.out, self.out_at) = (out, 0);
        if self.ended && result == CoderResult::InputEmpty {
            self.at = self.filled;
        }
        Ok(())
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.out_at == self.out.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let many = into.len().min(self.out.len() - self.out_at);
        into[..many].copy_from_slice(&self.out[self.out_at..self.out_at + many]);
        self.out_at += many;
        self.since.set(self.since.get() + many);
        if self.since.get() > LONGEST_ROW {
            return Err(io::Error::new(io::ErrorKind::InvalidData, TOO_LONG));
        }
        Ok(many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut guess = Guess::default();
        bytes.chunks(3).for_each(|some| guess.look(some));
        let mut text = String::new();
        Text::new(bytes, guess.encoding(), Rc::default()).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn the_same_words_are_read_in_every_encoding() {
        let words = "navn;e-post\nBjørg Ærlig;bjørg@x.example\nSøren Å;s@x.example\n";
        let wide = |le: bool| {
            words.encode_utf16().flat_map(|unit| if le { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        };
        let (le, be): (Vec<u8>, Vec<u8>) = (wide(true), wide(false));
        assert_eq!(read(words.as_bytes()), words);
        assert_eq!(read(&["\u{feff}".as_bytes(), words.as_bytes()].concat()), words);
        assert_eq!(read(&WINDOWS_1252.encode(words).0), words);
        assert_eq!(read(&le), words);
        assert_eq!(read(&be), words);
        assert_eq!(read(&[&[0xff, 0xfe], le.as_slice()].concat()), words);
    }

    #[test]
    fn the_separator_is_the_one_that_stands_there_most() {
        for (line, sign) in [
            ("a;b;c", b';'),
            ("a,b,c", b','),
            ("a\tb\tc", b'\t'),
            ("\"a,b,c\";d", b';'),
            ("a;b\n,,,,", b';'),
            ("a", b';'),
        ] {
            assert_eq!(separator(line), sign, "{line}");
        }
    }

    #[test]
    fn a_row_that_never_ends_is_cut_off() {
        let endless = io::repeat(b'x');
        let mut reader = csv::ReaderBuilder::new().from_reader(Text::new(endless, UTF_8, Rc::default()));
        assert!(reader.records().next().unwrap().is_err() || reader.headers().is_err());
    }
}
