//! Tells the two years: incidents are logged, looked into, judged, notified and closed, each thing at its time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::chance::Chance;
use super::plots::{CUSTOMERS, PLACES, PLOTS, Plot};
use crate::account::Sight;
use crate::affected::store as affected;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::Error;
use crate::i18n::Lang;
use crate::incident::actions::{Sending, change_facts_in, close_in, log_in, note, overrule_risk_in, settle_in, submit};
use crate::incident::reconcile::Answer;
use crate::incident::{CaseFile, DutyStatus, Settings, refuse, store};
use crate::law::question::TELLING;
use crate::law::{Facts, State};
use crate::notice::actions::{Leaving, Of, Text, Way, approve_in, save_in, send_in};
use crate::notice::{Notices, Stage, draft, has_draft};

/// How many days lie between two incidents, in hours at least and at most.
const APART: (i64, i64) = (40, 134);
/// How many things are done in one transaction.
const TOGETHER: usize = 250;
/// How many duties of a case are looked at before it is left for somebody else.
const MOST: u32 = 40;

/// Who does what.
#[derive(Clone, Copy)]
struct House {
    responders: [Id; 3],
    privacy: Id,
    manager: Id,
}

/// An incident that goes its way.
#[derive(Clone)]
struct Course {
    plot: &'static Plot,
    title: String,
    description: String,
    customer: &'static str,
    place: &'static str,
    many: i64,
    minutes: i64,
    key: String,
    by: Id,
    /// Whether nobody gets to it in time.
    is_late: bool,
    /// Whether nobody gets to it at all.
    is_stuck: bool,
    looked: u32,
}

/// What comes next in an incident.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Log,
    Early,
    Learn,
    Judge,
    Act,
    Close,
}

/// When something happens, in which incident, and what.
type Next = Reverse<(DateTime<Utc>, usize, Turn)>;

/// Tells everything up to now; answers how many incidents there are.
pub(super) async fn tell(
    db: &Db,
    who: &[Id],
    notices: Arc<Notices>,
    (seed, began, now): (u64, DateTime<Utc>, DateTime<Utc>),
) -> Result<usize, Error> {
    let of = |at: usize| who.get(at).copied().unwrap_or_else(Id::nil);
    let house = House { responders: [of(0), of(1), of(2)], privacy: of(3), manager: of(5) };
    let mut teller = Teller::new(house, notices, seed, (began, now));
    let many = teller.courses.len();
    loop {
        let done = {
            let carried = Arc::new(Mutex::new(teller));
            let work = carried.clone();
            let done = db.write(move |conn| {
                let mut teller = work.lock().map_err(|_| Error::internal("the story was broken off"))?;
                // A transaction that is tried again begins where the last one ended.
                let mut tried = teller.clone();
                let done = tried.some(conn, now)?;
                *teller = tried;
                Ok(done)
            });
            let done = done.await?;
            teller = carried.lock().map_err(|_| Error::internal("the story was broken off"))?.clone();
            done
        };
        if done == 0 {
            return Ok(many);
        }
    }
}

#[derive(Clone)]
struct Teller {
    house: House,
    notices: Arc<Notices>,
    chance: Chance,
    courses: Vec<Course>,
    ahead: BinaryHeap<Next>,
}

impl Teller {
    fn new(house: House, notices: Arc<Notices>, seed: u64, (began, now): (DateTime<Utc>, DateTime<Utc>)) -> Self {
        let mut teller =
            Self { house, notices, chance: Chance::of(seed), courses: Vec::new(), ahead: BinaryHeap::new() };
        let mut at = began + Duration::hours(9);
        while at < now - Duration::hours(70) {
            teller.plan(at);
            at += Duration::hours(teller.chance.between(APART.0, APART.1))
                + Duration::minutes(teller.chance.between(0, 59));
        }
        // What stands on the table today: something that nobody got to, and some of the last days with their clocks running.
        for (hours, plot, stuck) in
            [(118, 6, true), (52, 7, false), (29, 13, false), (11, 8, false), (3, 0, false), (1, 6, false)]
        {
            teller.plan_as(now - Duration::hours(hours) - Duration::minutes(17), plot, stuck);
        }
        teller
    }

    fn plan(&mut self, at: DateTime<Utc>) {
        let all: i64 = PLOTS.iter().map(|plot| plot.weight).sum();
        let mut drawn = self.chance.between(1, all);
        let mut which = 0;
        for (index, plot) in PLOTS.iter().enumerate() {
            drawn -= plot.weight;
            which = index;
            if drawn <= 0 {
                break;
            }
        }
        self.plan_as(at, which, false);
    }

    fn plan_as(&mut self, at: DateTime<Utc>, which: usize, is_stuck: bool) {
        let Some(plot) = PLOTS.get(which) else { return };
        let (place, customer) = (pick(&mut self.chance, PLACES), pick(&mut self.chance, CUSTOMERS));
        // Most are small.
        let (low, high) = plot.many;
        let most = self.chance.between(low, high);
        let many = self.chance.between(low, most);
        let minutes = self.chance.between(plot.minutes.0, plot.minutes.1);
        let title = pick(&mut self.chance, plot.titles);
        let by = self.responder();
        let is_late = self.chance.percent(13);
        let course = Course {
            plot,
            title: filled(title, (place, customer), (many, minutes)),
            description: filled(plot.description, (place, customer), (many, minutes)),
            customer,
            place,
            many,
            minutes,
            key: String::new(),
            by,
            is_late,
            is_stuck,
            looked: 0,
        };
        self.courses.push(course);
        self.ahead.push(Reverse((at, self.courses.len() - 1, Turn::Log)));
    }

    fn responder(&mut self) -> Id {
        let at = usize::try_from(self.chance.between(0, 2)).unwrap_or(0);
        self.house.responders.get(at).copied().unwrap_or(self.house.manager)
    }

    /// Does what comes next until a transaction is full; answers how much it did.
    fn some(&mut self, conn: &mut Conn, now: DateTime<Utc>) -> Result<usize, Error> {
        let mut done = 0;
        while done < TOGETHER {
            let Some(Reverse((at, which, turn))) = self.ahead.pop() else { break };
            // What lies ahead of now has not happened: such a case stands open.
            if at > now {
                continue;
            }
            let Some(mut course) = self.courses.get(which).cloned() else { continue };
            let next = self.turn(conn, &mut course, turn, at)?;
            if let Some((after, turn)) = next {
                self.ahead.push(Reverse((at + after, which, turn)));
            }
            if let Some(place) = self.courses.get_mut(which) {
                *place = course;
            }
            done += 1;
        }
        Ok(done)
    }

    /// One turn of one incident; answers what comes next and after how long.
    fn turn(
        &mut self,
        conn: &mut Conn,
        course: &mut Course,
        turn: Turn,
        at: DateTime<Utc>,
    ) -> Result<Option<(Duration, Turn)>, Error> {
        match turn {
            Turn::Log => {
                let known = at - Duration::minutes(self.chance.between(2, 25));
                let started = known - Duration::minutes(course.minutes.min(self.chance.between(20, 600)));
                let head = log_in(conn, course.by, facts(course, (started, known))?, at)?;
                course.key = head.reference;
                if course.is_stuck {
                    return Ok(None);
                }
                Ok(Some((Duration::minutes(self.chance.between(3, 12)), Turn::Early)))
            }
            Turn::Early => self.early(conn, course, at),
            Turn::Learn => {
                let patch = patch(course.plot.later, course)?;
                change_facts_in(conn, course.by, (&course.key, None), &patch, at)?;
                let late = course.is_late && self.chance.percent(60);
                let minutes = if late { self.chance.between(90, 160) * 60 } else { self.chance.between(8, 300) };
                Ok(Some((Duration::minutes(minutes), Turn::Judge)))
            }
            Turn::Judge => {
                let (level, why) = course.plot.risk;
                if !level.is_empty() {
                    overrule_risk_in(conn, self.house.privacy, &course.key, (level, why), at)?;
                }
                Ok(Some((Duration::minutes(self.chance.between(5, 50)), Turn::Act)))
            }
            Turn::Act => self.act(conn, course, at),
            Turn::Close => {
                let why = [
                    "Årsaken er funnet og rettet.",
                    "Alt er gjort, og tiltakene er fulgt opp.",
                    "Gått gjennom i ukemøtet; ingenting gjenstår.",
                ];
                let why = pick(&mut self.chance, &why);
                match close_in(conn, course.by, (&course.key, None), why, at) {
                    Ok(_) => Ok(None),
                    // Something has come up since, as a deadline for a last report.
                    Err(Error::Conflict { .. }) => Ok(Some((Duration::hours(4), Turn::Act))),
                    Err(why) => Err(why),
                }
            }
        }
    }

    /// What must be said within the hour is said at once by whoever has the watch, most of the time.
    fn early(
        &mut self,
        conn: &mut Conn,
        course: &mut Course,
        at: DateTime<Utc>,
    ) -> Result<Option<(Duration, Turn)>, Error> {
        course.looked += 1;
        let case = store::find(conn, &course.key, Sight::of(course.by), at)?;
        let soon = |status: &&DutyStatus| {
            let near = status.next_at().is_some_and(|next| next - at < Duration::hours(2));
            near && status.state == State::Required && status.duty.id.starts_with("nkom-")
        };
        let open = case.open_duties();
        match open.into_iter().find(soon).filter(|_| !course.is_late && course.looked < 6) {
            Some(status) => {
                self.send(conn, course, (&case, status, course.by), at)?;
                Ok(Some((Duration::minutes(self.chance.between(2, 6)), Turn::Early)))
            }
            None => {
                let until = self.chance.between(10, 45).max(course.minutes.min(240));
                Ok(Some((Duration::minutes(until), Turn::Learn)))
            }
        }
    }

    /// Sees to the duty that is due next.
    fn act(
        &mut self,
        conn: &mut Conn,
        course: &mut Course,
        at: DateTime<Utc>,
    ) -> Result<Option<(Duration, Turn)>, Error> {
        course.looked += 1;
        let case = store::find(conn, &course.key, Sight::of(course.by), at)?;
        let open = case.open_duties();
        let Some(status) = open.first().copied().filter(|_| course.looked < MOST) else {
            return Ok(Some((Duration::hours(self.chance.between(20, 200)), Turn::Close)));
        };
        let by = if status.duty.id.starts_with("gdpr-") { self.house.privacy } else { course.by };
        match status.state {
            State::Undetermined => self.settle(conn, course, (status, by), at)?,
            _ => self.send(conn, course, (&case, status, by), at)?,
        }
        let wait = if open.len() > 1 { self.chance.between(3, 70) } else { self.chance.between(30, 600) };
        Ok(Some((Duration::minutes(wait), Turn::Act)))
    }

    fn settle(
        &mut self,
        conn: &mut Conn,
        course: &Course,
        (status, by): (&DutyStatus, Id),
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let whys: &[&str] = if TELLING.contains(&status.duty.id) {
            &[
                "Kundene kan ikke gjøre noe selv, og faren er over.",
                "De berørte er få og er ringt opp; et eget varsel trengs ikke.",
            ]
        } else {
            &[
                "Vurdert med driftsvakten: terskelen er ikke nådd.",
                "Omfanget er lite, og tjenesten var oppe igjen før noen merket det.",
                "Drøftet med personvernombudet; plikten gjelder ikke her.",
            ]
        };
        let why = pick(&mut self.chance, whys);
        let whom = status.duty.for_whom.as_deref();
        settle_in(conn, by, (&course.key, None), (status.duty.id, whom), (Answer::NotRequired, why), at).map(drop)
    }

    /// Records what was sent; some of it with the text that was written and approved for it.
    fn send(
        &mut self,
        conn: &mut Conn,
        course: &Course,
        (case, status, by): (&CaseFile, &DutyStatus, Id),
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let duty = &status.duty;
        let to_authority = duty.id.starts_with("nkom-") || duty.id == "gdpr-33-authority";
        let how = match duty.channel {
            "altinn" => "altinn",
            channel if channel.starts_with("email") => "email",
            _ if TELLING.contains(&duty.id) => "sms",
            _ => "other",
        };
        let reference = (how == "altinn").then(|| format!("AR{}", self.chance.between(500_000_000, 799_999_999)));
        if to_authority && has_draft(duty.id) && self.chance.percent(55) {
            self.written(conn, (case, status), (by, how, reference), at)?;
        } else {
            let sending = Sending {
                duty: duty.id.to_owned(),
                for_whom: duty.for_whom.as_deref().map(str::to_owned),
                sent_at: Instant::from(at),
                channel: Some(how.to_owned()),
                reference,
                complete: true,
                stage: None,
            };
            submit(conn, by, (&course.key, None), (&sending, &[]), at)?;
        }
        if TELLING.contains(&duty.id) && course.many > 0 {
            let tally =
                affected::Tally { total: course.many, told: course.many, note: "Talt opp fra kunderegisteret.".into() };
            affected::tally(conn, case.head.seq, &tally, (by, at.into()))?;
            let payload = json!({ "total": tally.total, "told": tally.told, "reason": tally.note });
            note(conn, case.head.seq, ("affected.counted", payload), (Some(by), at.into()))?;
        }
        Ok(())
    }

    fn written(
        &mut self,
        conn: &mut Conn,
        (case, status): (&CaseFile, &DutyStatus),
        (by, how, reference): (Id, &str, Option<String>),
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let company = Settings::load(conn)?.company;
        let lang = Lang::Nb;
        let drafted = draft(&self.notices.0, &status.duty, &case.facts, &case.assessment, &company, lang);
        let Some(drafted) = drafted.map_err(Error::internal)? else { return Err(Error::NotFound) };
        let of = Of {
            key: case.head.reference.clone(),
            duty: status.duty.id.to_owned(),
            for_whom: status.duty.for_whom.as_deref().map(str::to_owned),
        };
        let text = Text {
            stage: Stage::Initial,
            lang,
            subject: drafted.subject,
            body: drafted.body.clone(),
            sms: String::new(),
            fields: json!({}),
            draft: drafted.body,
        };
        let saved = save_in(conn, by, &of, (None, &text), at)?;
        approve_in(conn, self.house.manager, &of, &saved.digest, at)?;
        let way = Way::Hand { how: how.to_owned(), sent_at: at, reference, note: String::new() };
        let leaving = Leaving { way, complete: true, covers: Vec::new(), form: Value::Null };
        send_in(conn, by, &of, &leaving, at).map(drop)
    }
}

fn pick<'a>(chance: &mut Chance, of: &[&'a str]) -> &'a str {
    chance.one(of).unwrap_or_default()
}

fn filled(text: &str, (place, customer): (&str, &str), (many, minutes): (i64, i64)) -> String {
    let text = text.replace("{place}", place).replace("{customer}", customer);
    text.replace("{many}", &many.to_string()).replace("{minutes}", &minutes.to_string())
}

fn patch(of: &str, course: &Course) -> Result<Value, Error> {
    let text = filled(of, (course.place, course.customer), (course.many, course.minutes));
    serde_json::from_str(&text).map_err(Error::internal)
}

/// What is written down first.
fn facts(course: &Course, (started, known): (DateTime<Utc>, DateTime<Utc>)) -> Result<Facts, Error> {
    let mut all = patch(course.plot.first, course)?;
    all["title"] = json!(course.title);
    all["description"] = json!(course.description);
    let instant = Instant::from;
    all["timeline"] =
        json!({ "started_at": instant(started), "detected_at": instant(known), "known_at": instant(known) });
    if all["personal_data"]["breach"] == json!(true) {
        all["timeline"]["breach_aware_at"] = json!(instant(known));
    }
    Facts::from_json(&all).map_err(refuse)
}
