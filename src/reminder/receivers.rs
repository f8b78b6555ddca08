//! Whom a reminder goes to: persons by their part in the case, and the channels of the company.

use std::collections::BTreeMap;

use super::actions::watched;
use super::store::Open;
use super::{Circle, Ladders, ladder_for};
use crate::account::Role;
use crate::account::right::{Named, Read, Right};
use crate::account::store::{self as people, Account};
use crate::db::{Conn, Id};
use crate::error::Error;
use crate::i18n::Lang;
use crate::incident::drill::store as drill;
use crate::incident::store::readers;
use crate::outbox::Address;
use crate::outbox::channel::store::{self as outbox, Channel};

/// Somebody, or something, that a reminder goes to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Receiver {
    /// Where to.
    pub to: Address,
    /// As the others are told.
    pub name: String,
    /// The language it is written in.
    pub lang: Lang,
    /// Whether long texts are out of place.
    pub is_short: bool,
    /// The person; nobody where it goes to a channel.
    pub who: Option<Id>,
    /// Whether it may be told what the incident is about.
    pub may_read: bool,
}

/// Answers who stands in which circle; what it has looked up once it keeps for the run.
#[derive(Default)]
pub struct Receivers {
    kept: BTreeMap<(i64, bool, Circle, bool), Vec<Receiver>>,
}

impl Receivers {
    /// Everybody within a circle for a duty. There is always somebody: where a circle is empty, the administrators stand in.
    pub fn of(
        &mut self,
        conn: &mut Conn,
        duty: &Open,
        (circle, urgent): (Circle, bool),
    ) -> Result<Vec<Receiver>, Error> {
        let private = is_about_privacy(&duty.duty_id);
        let key = (duty.incident_seq, private, circle, urgent);
        if let Some(known) = self.kept.get(&key) {
            return Ok(known.clone());
        }
        let mut all = Vec::new();
        for one in Circle::ALL.into_iter().filter(|one| *one <= circle) {
            all.extend(within(conn, duty, (one, private, urgent))?);
        }
        all.sort();
        all.dedup();
        self.kept.insert(key, all.clone());
        Ok(all)
    }
}

/// The largest circle that the reminders of a duty reach, when somebody answers them.
#[must_use]
pub fn widest(duty: &Open, ladders: &Ladders) -> Circle {
    let ladder = ladder_for(ladders, &watched(duty, &[], &[]));
    ladder.rungs.iter().map(|rung| rung.circle).chain([ladder.first, ladder.again]).fold(Circle::Owner, Circle::max)
}

/// Whether a duty is about persons' data, and so the privacy officer's, or about the network, and so the responders'.
fn is_about_privacy(duty: &str) -> bool {
    duty.starts_with("gdpr-") || duty.starts_with("reg-611-") || duty == "management-report"
}

fn within(
    conn: &mut Conn,
    duty: &Open,
    (circle, private, urgent): (Circle, bool, bool),
) -> Result<Vec<Receiver>, Error> {
    let team = if private { Role::PrivacyOfficer } else { Role::Responder };
    let persons = match circle {
        Circle::Owner => match owner(conn, duty)? {
            Some(owner) => vec![owner],
            // Whoever only reported it has no part in it: the team sees to it until somebody is named.
            None => people::members(conn, team)?,
        },
        Circle::Team => people::members(conn, team)?,
        Circle::Management => people::members(conn, Role::Manager)?,
    };
    if duty.is_drill() {
        return among_participants(conn, duty, persons, (circle, private, urgent));
    }
    if duty.restricted_at.is_some() {
        return among_readers(conn, duty, persons, urgent);
    }
    let mut found = reach(conn, persons, urgent)?;
    if circle != Circle::Owner {
        let about = if private { "privacy" } else { "network" };
        found.extend(outbox::channels_for(conn, circle.word(), about)?.into_iter().map(of_channel));
    }
    if found.is_empty() {
        let administrators = people::members(conn, Role::Administrator)?;
        found = reach(conn, administrators, urgent)?;
    }
    Ok(found)
}

/// Whoever sees to the incident, if they may read incidents at all.
fn owner(conn: &mut Conn, duty: &Open) -> Result<Option<Account>, Error> {
    let owner = people::member(conn, duty.owner.unwrap_or(duty.opened_by))?;
    Ok(owner.filter(|owner| may::<Read>(&owner.roles)).map(|owner| owner.account))
}

/// Those of a circle who are readers of a restricted incident; where there are none, all its readers. A channel is
/// nobody in particular, so nothing goes there.
fn among_readers(
    conn: &mut Conn,
    duty: &Open,
    mut persons: Vec<Account>,
    urgent: bool,
) -> Result<Vec<Receiver>, Error> {
    let named = readers(conn, duty.incident_seq)?;
    persons.retain(|person| named.contains(&person.id));
    let mut found = reach(conn, persons, urgent)?;
    if found.is_empty() {
        let mut all = Vec::new();
        for id in named {
            all.extend(people::member(conn, id)?.filter(|one| may::<Read>(&one.roles)).map(|one| one.account));
        }
        found = reach(conn, all, urgent)?;
    }
    if found.is_empty() {
        let administrators = people::members(conn, Role::Administrator)?;
        // They hear that something waits, and nothing of what it is.
        found = reach(conn, administrators, urgent)?;
        for receiver in &mut found {
            receiver.may_read = false;
        }
    }
    Ok(found)
}

/// Those of a circle who take part in a drill; where there are none, everybody who does. Nobody else hears of it, and the
/// company's own channels only where that was decided.
fn among_participants(
    conn: &mut Conn,
    duty: &Open,
    mut persons: Vec<Account>,
    (circle, private, urgent): (Circle, bool, bool),
) -> Result<Vec<Receiver>, Error> {
    let mut named = drill::participants(conn, duty.incident_seq)?;
    if duty.restricted_at.is_some() {
        let readers = readers(conn, duty.incident_seq)?;
        named.retain(|id| readers.contains(id));
    }
    persons.retain(|person| named.contains(&person.id));
    let mut found = reach(conn, persons, urgent)?;
    if found.is_empty() {
        let mut all = Vec::new();
        for id in named {
            all.extend(people::member(conn, id)?.map(|one| one.account));
        }
        found = reach(conn, all, urgent)?;
    }
    let wide = circle != Circle::Owner && duty.restricted_at.is_none();
    if wide && drill::has_channels(conn, duty.incident_seq)? {
        let about = if private { "privacy" } else { "network" };
        found.extend(outbox::channels_for(conn, circle.word(), about)?.into_iter().map(of_channel));
    }
    Ok(found)
}

fn may<R: Right>(roles: &[Role]) -> bool {
    Named::of::<R>().is_held_by(roles)
}

/// Everybody of management, for what is said to management alone.
pub fn management(conn: &mut Conn) -> Result<Vec<Receiver>, Error> {
    let managers = people::members(conn, Role::Manager)?;
    let mut found = reach(conn, managers, false)?;
    found.extend(outbox::channels_for(conn, Circle::Management.word(), "all")?.into_iter().map(of_channel));
    if found.is_empty() {
        let administrators = people::members(conn, Role::Administrator)?;
        found = reach(conn, administrators, false)?;
    }
    Ok(found)
}

/// The ways to persons who are still here: mail, and a text message too where it is urgent and there is a gateway.
fn reach(conn: &mut Conn, persons: Vec<Account>, urgent: bool) -> Result<Vec<Receiver>, Error> {
    let gateway = if urgent { outbox::gateway(conn)? } else { None };
    let mut found = Vec::new();
    for person in persons.into_iter().filter(|person| person.left_at.is_none()) {
        let lang = Lang::parse(&person.language).unwrap_or_default();
        let (who, may_read) = (Some(person.id), may::<Read>(&people::roles(conn, person.id)?));
        let name = person.name;
        if let (Some(gateway), Some(number)) = (gateway, person.phone) {
            let to = Address::Phone { gateway, number, name: name.clone() };
            found.push(Receiver { to, name: name.clone(), lang, is_short: true, who, may_read });
        }
        let to = Address::Person { email: person.email, name: name.clone() };
        found.push(Receiver { to, name, lang, is_short: false, who, may_read });
    }
    Ok(found)
}

fn of_channel(channel: Channel) -> Receiver {
    let lang = Lang::parse(&channel.language).unwrap_or_default();
    let is_short = channel.kind == "sms";
    Receiver { to: Address::Channel { id: channel.id }, name: channel.name, lang, is_short, who: None, may_read: true }
}
