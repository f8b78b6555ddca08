//! Who was told, counted at the mail server and in the register.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use crate::case::Case;
use crate::smtp::Received;

/// The table.
pub struct Told {
    persons: usize,
    told: usize,
    /// By address: the keys and the attempts of every mail.
    arrived: BTreeMap<String, Vec<(String, String)>>,
    bounces: usize,
    unreached: Vec<(String, String, String)>,
    kills: usize,
    uncertain: usize,
    took: Duration,
    peak: u64,
}

/// The value of a header of a mail.
fn header(mail: &Received, name: &str) -> String {
    let text = mail.text();
    let head = text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let found = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned));
    found.unwrap_or_else(|| panic!("{name} is not in {head}"))
}

impl Told {
    /// Counts.
    pub fn judge(
        case: &Case,
        mails: &[Received],
        (persons, bounces): (usize, usize),
        (kills, uncertain): (usize, usize),
        took: Duration,
    ) -> Self {
        let mut arrived: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        // Reminders to our own people go by the same server.
        for mail in mails.iter().filter(|mail| !mail.to[0].ends_with("@smbmobil.example")) {
            assert_eq!(mail.to.len(), 1, "a mail to several");
            let mark = (header(mail, "Varsel-Key"), header(mail, "Varsel-Attempt"));
            arrived.entry(mail.to[0].clone()).or_default().push(mark);
        }
        let (told, unreached, peak) = (case.told(), case.unreached(), case.peak());
        Self { persons, told, arrived, bounces, unreached, kills, uncertain, took, peak }
    }

    fn twice(&self) -> usize {
        self.arrived.values().filter(|marks| marks.len() > 1).count()
    }

    /// Fails unless everything is as it must be; `nth` is the address of the nth person, none of one who does not exist.
    pub fn insist(&self, nth: impl Fn(usize) -> Option<String>, most_memory: u64) {
        let never: Vec<String> =
            (0..self.persons).filter_map(&nth).filter(|address| !self.arrived.contains_key(address)).collect();
        assert!(never.is_empty(), "never told: {never:?}");
        assert_eq!(self.arrived.len(), self.persons - self.bounces, "somebody else was told");
        assert_eq!(self.told, self.persons - self.bounces, "the register says otherwise");
        for (address, marks) in self.arrived.iter().filter(|(_, marks)| marks.len() > 1) {
            let keys: BTreeSet<&str> = marks.iter().map(|(key, _)| key.as_str()).collect();
            let attempts: BTreeSet<&str> = marks.iter().map(|(_, attempt)| attempt.as_str()).collect();
            assert_eq!((keys.len(), attempts.len()), (1, marks.len()), "{address} cannot tell them apart: {marks:?}");
        }
        assert!(self.twice() <= self.uncertain, "somebody was told twice whom nobody asked about");
        assert_eq!(self.unreached.len(), self.bounces, "not all who could not be reached are listed");
        for (address, _, reply) in &self.unreached {
            assert!(reply.contains("550") && !reply.contains(address.as_str()), "{address}: {reply}");
        }
        assert!(self.peak < most_memory, "{} MB", self.peak);
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.took.as_secs_f64();
        writeln!(f, "persons {:>26}", self.persons)?;
        writeln!(f, "told {:>29}", self.told)?;
        writeln!(f, "mails arrived {:>20}", self.arrived.values().map(Vec::len).sum::<usize>())?;
        writeln!(f, "arrived twice, marked {:>12}", self.twice())?;
        writeln!(f, "bounced {:>26}", self.unreached.len())?;
        writeln!(f, "kills {:>28}", self.kills)?;
        writeln!(f, "unknown after the kills {:>10}", self.uncertain)?;
        writeln!(f, "seconds of sending {:>15.1}", seconds)?;
        writeln!(f, "persons per second {:>15.0}", self.persons as f64 / seconds)?;
        write!(f, "most memory, MB {:>18}", self.peak)
    }
}
