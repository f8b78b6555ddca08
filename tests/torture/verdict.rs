//! What is left after the torture, counted in the database and at the mail server.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use varsel::db::{Database, Db, Upkeep};
use varsel::schema::{duty, facts_version, incident, message, reminder, timeline};

use crate::smtp::Received;

/// The table.
pub struct Verdict {
    kills: u32,
    took: Duration,
    acknowledged: usize,
    stored: usize,
    missing: Vec<String>,
    gaps: Vec<String>,
    untold: i64,
    messages: usize,
    arrived: usize,
    unsent: Vec<String>,
    unknown: Vec<String>,
    doubles: usize,
    unmarked: Vec<String>,
    broken: Vec<String>,
}

fn open(database: &Database) -> Db {
    Db::open(database, Upkeep::Check).unwrap()
}

/// The keys that are not sent yet.
pub fn unsent(database: &Database) -> Vec<String> {
    open(database)
        .read_all(|conn| Ok(message::table.filter(message::state.ne("sent")).select(message::key).load(conn)?))
        .unwrap()
}

/// Waits until no duty waits to be reminded of and every message is sent.
pub fn wait_until_all_is_sent(database: &Database, most: Duration) -> bool {
    let (db, began) = (open(database), Instant::now());
    while began.elapsed() < most {
        let left: i64 = db
            .read_all(|conn| {
                let waiting: i64 = message::table.filter(message::state.eq("waiting")).count().get_result(conn)?;
                let now = varsel::db::Instant::from(varsel::clock::Clock::System.now());
                let due: i64 = duty::table.filter(duty::remind_at.le(now)).count().get_result(conn)?;
                Ok(waiting + due)
            })
            .unwrap();
        if left == 0 {
            return true;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    false
}

/// The value of a header of a mail.
fn header(mail: &Received, name: &str) -> String {
    let text = mail.text();
    let head = text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let found = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned));
    found.unwrap_or_else(|| panic!("{name} is not in {head}"))
}

/// Counts.
pub fn judge(
    database: &Database,
    acknowledged: &BTreeMap<String, String>,
    mails: &[Received],
    (kills, took): (u32, Duration),
) -> Verdict {
    let db = open(database);
    let stored: Vec<(i64, String, String, i32)> = db
        .read_all(|conn| {
            let columns = (incident::seq, incident::reference, incident::title, incident::version);
            Ok(incident::table.order(incident::seq).select(columns).load(conn)?)
        })
        .unwrap();
    let by_reference: BTreeMap<&str, &str> = stored.iter().map(|row| (row.1.as_str(), row.2.as_str())).collect();
    let missing =
        acknowledged.iter().filter(|(key, reference)| by_reference.get(reference.as_str()) != Some(&key.as_str()));
    let missing = missing.map(|(key, reference)| format!("{key} as {reference}")).collect();
    // No number is left out, none is given twice, and no key was logged twice.
    let year = stored.first().map_or("", |row| &row.1[..4]);
    let gaps =
        (1..=stored.len()).map(|n| format!("{year}-{n:04}")).filter(|name| !by_reference.contains_key(name.as_str()));
    let mut gaps: Vec<String> = gaps.collect();
    let titles: BTreeSet<&str> = stored.iter().map(|row| row.2.as_str()).collect();
    if titles.len() != stored.len() {
        gaps.push(format!("{} incidents have {} keys", stored.len(), titles.len()));
    }
    let broken = stored.iter().filter(|(seq, ..)| {
        let whole: (i64, i64) = db
            .read_all(|conn| {
                let lines = timeline::table.filter(timeline::incident_seq.eq(seq)).count().get_result(conn)?;
                Ok((lines, facts_version::table.filter(facts_version::incident_seq.eq(seq)).count().get_result(conn)?))
            })
            .unwrap();
        whole.0 < 1 || whole.1 < 1
    });
    let broken = broken.map(|row| row.1.clone()).collect();
    let untold = db
        .read_all(|conn| {
            let told = reminder::table.select(reminder::duty_seq);
            let open = duty::table.filter(duty::state.eq_any(["required", "undetermined"]));
            Ok(open.filter(duty::seq.ne_all(told)).count().get_result(conn)?)
        })
        .unwrap();
    let messages: Vec<(String, String)> =
        db.read_all(|conn| Ok(message::table.select((message::key, message::state)).load(conn)?)).unwrap();
    let keys: BTreeSet<&str> = messages.iter().map(|(key, _)| key.as_str()).collect();
    let mut attempts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in mails {
        attempts.entry(header(mail, "Varsel-Key")).or_default().push(header(mail, "Varsel-Attempt"));
    }
    let unsent = messages.iter().filter(|(key, state)| state != "sent" || !attempts.contains_key(key));
    let unmarked =
        attempts.iter().filter(|(_, numbers)| numbers.iter().collect::<BTreeSet<_>>().len() != numbers.len());
    Verdict {
        kills,
        took,
        acknowledged: acknowledged.len(),
        stored: stored.len(),
        missing,
        gaps,
        untold,
        messages: messages.len(),
        arrived: attempts.len(),
        unsent: unsent.map(|(key, state)| format!("{key} {state}")).collect(),
        unknown: attempts.keys().filter(|key| !keys.contains(key.as_str())).cloned().collect(),
        doubles: attempts.values().filter(|numbers| numbers.len() > 1).count(),
        unmarked: unmarked.map(|(key, numbers)| format!("{key} {numbers:?}")).collect(),
        broken,
    }
}

impl Verdict {
    /// Fails unless everything is as it must be.
    pub fn insist(&self) {
        assert!(self.acknowledged > 0 && self.messages > 0, "nothing happened");
        assert!(self.missing.is_empty(), "acknowledged and lost: {:?}", self.missing);
        assert!(self.gaps.is_empty(), "numbers are not whole: {:?}", self.gaps);
        assert!(self.broken.is_empty(), "half a case: {:?}", self.broken);
        assert_eq!(self.untold, 0, "open duties that nobody was reminded of");
        assert!(self.unsent.is_empty(), "never arrived: {:?}", self.unsent);
        assert!(self.unknown.is_empty(), "arrived and not known: {:?}", self.unknown);
        assert!(self.unmarked.is_empty(), "arrived twice without a mark: {:?}", self.unmarked);
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "kills {:>28}", self.kills)?;
        writeln!(f, "incidents acknowledged {:>11}", self.acknowledged)?;
        writeln!(f, "incidents stored {:>17}", self.stored)?;
        writeln!(f, "acknowledged and lost {:>12}", self.missing.len())?;
        writeln!(f, "numbers missing or double {:>8}", self.gaps.len())?;
        writeln!(f, "cases without history {:>12}", self.broken.len())?;
        writeln!(f, "open duties not said {:>13}", self.untold)?;
        writeln!(f, "messages written {:>17}", self.messages)?;
        writeln!(f, "messages arrived {:>17}", self.arrived)?;
        writeln!(f, "messages never arrived {:>11}", self.unsent.len())?;
        writeln!(f, "keys that arrived twice {:>10}", self.doubles)?;
        writeln!(f, "  of these without a mark {:>8}", self.unmarked.len())?;
        write!(f, "seconds {:>26}", self.took.as_secs())
    }
}
