//! iCalendar (RFC 5545) as calendars read it: pure, from events to text.

use chrono::{DateTime, Utc};

use crate::digest::sha256;

/// The most octets of a line before it is folded.
const WIDEST: usize = 75;

/// An event that lasts no time: a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Stays the same for as long as it is the same deadline.
    pub uid: String,
    /// Grows whenever anything about it changes.
    pub sequence: i64,
    /// When anything about it last changed.
    pub modified: DateTime<Utc>,
    /// When it is.
    pub at: DateTime<Utc>,
    /// One line.
    pub summary: String,
    /// The rest, with line breaks.
    pub description: String,
    /// Where to read on.
    pub url: String,
    /// Whether it is not settled that it holds.
    pub tentative: bool,
    /// How many minutes before it the calendar rings.
    pub alarms: Vec<u32>,
}

/// Writes a calendar with these events, as of an instant.
#[must_use]
pub fn write(name: &str, events: &[Event], now: DateTime<Utc>) -> String {
    let mut out = Lines(String::new());
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", concat!("-//varsel//varsel ", env!("CARGO_PKG_VERSION"), "//NO"));
    out.line("CALSCALE", "GREGORIAN");
    out.line("METHOD", "PUBLISH");
    out.line("NAME", &text(name));
    out.line("X-WR-CALNAME", &text(name));
    out.line("REFRESH-INTERVAL;VALUE=DURATION", "PT30M");
    // Outlook reads this one.
    out.line("X-PUBLISHED-TTL", "PT30M");
    for event in events {
        out.event(event, now);
    }
    out.line("END", "VCALENDAR");
    out.0
}

/// What tells one state of a calendar from the next: everything in it but the instant it was written.
#[must_use]
pub fn mark(name: &str, events: &[Event]) -> String {
    sha256(write(name, events, DateTime::UNIX_EPOCH).as_bytes()).chars().take(32).collect()
}

struct Lines(String);

impl Lines {
    fn event(&mut self, event: &Event, now: DateTime<Utc>) {
        self.line("BEGIN", "VEVENT");
        self.line("UID", &text(&event.uid));
        self.line("DTSTAMP", &instant(now));
        self.line("LAST-MODIFIED", &instant(event.modified));
        self.line("SEQUENCE", &event.sequence.to_string());
        self.line("DTSTART", &instant(event.at));
        self.line("SUMMARY", &text(&event.summary));
        self.line("DESCRIPTION", &text(&event.description));
        self.line("URL", &event.url);
        self.line("STATUS", if event.tentative { "TENTATIVE" } else { "CONFIRMED" });
        self.line("CLASS", "PRIVATE");
        // Nobody is busy at a deadline.
        self.line("TRANSP", "TRANSPARENT");
        for minutes in &event.alarms {
            self.line("BEGIN", "VALARM");
            self.line("ACTION", "DISPLAY");
            self.line("DESCRIPTION", &text(&event.summary));
            self.line("TRIGGER", &format!("-PT{minutes}M"));
            self.line("END", "VALARM");
        }
        self.line("END", "VEVENT");
    }

    /// One line, folded between letters so that no part has more octets than may be.
    fn line(&mut self, name: &str, value: &str) {
        let mut room = WIDEST;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = WIDEST - 1;
            }
            self.0.push(letter);
            room -= letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text with what has a meaning of its own escaped, and without what no line may hold.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(summary: &str) -> Event {
        let at = DateTime::parse_from_rfc3339("2026-10-26T11:50:00Z").unwrap().to_utc();
        Event {
            uid: "a@varsel".into(),
            sequence: 3,
            modified: at,
            at,
            summary: summary.into(),
            description: "En, to;\r\ntre\\fire\u{7}".into(),
            url: "https://varsel.example/incidents/2026-0001#x".into(),
            tentative: true,
            alarms: vec![60],
        }
    }

    #[test]
    fn no_line_has_more_than_seventy_five_octets_and_none_is_cut_within_a_letter() {
        let long = "Frist: Melding om brudd på «personopplysningssikkerheten» 📞 ".repeat(6);
        let written = write("æ".repeat(90).as_str(), &[event(&long)], DateTime::UNIX_EPOCH);
        assert!(written.ends_with("END:VCALENDAR\r\n") && !written.replace("\r\n", "").contains(['\r', '\n']));
        for line in written.split("\r\n") {
            assert!(line.len() <= WIDEST, "{} octets: {line}", line.len());
        }
        assert!(written.replace("\r\n ", "").contains(&format!("SUMMARY:{long}")), "unfolded it is what it was");
    }

    #[test]
    fn what_has_a_meaning_of_its_own_is_escaped_and_nothing_can_be_smuggled_in() {
        let written = write("n", &[event("a\r\nATTENDEE:mailto:x@y.example")], DateTime::UNIX_EPOCH);
        assert!(written.contains("DESCRIPTION:En\\, to\\;\\ntre\\\\fire\r\n"), "{written}");
        assert!(written.contains("SUMMARY:a\\nATTENDEE:mailto:x@y.example\r\n") && !written.contains("\nATTENDEE"));
        assert!(written.contains("DTSTART:20261026T115000Z\r\n") && written.contains("TRIGGER:-PT60M\r\n"));
    }
}
