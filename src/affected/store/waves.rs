//! Waves: what they say, who approved it, whom they have reached, and whom they tell next.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::{Line, within};
use crate::affected::{Circle, Person, Texts, digest, key_of, named, read_key, text_for};
use crate::db::{Conn, Id, Instant, Json};
use crate::error::Error;
use crate::i18n::Lang;
use crate::outbox;
use crate::outbox::channel::store::gateway;
use crate::outbox::store::{LOST, Mention, put_wave, settled, untried_of_waves};
use crate::schema::{account, affected, wave, wave_approval};
use crate::seal::Seal;

/// At most so many messages of waves wait for their first attempt, so that a pause is a pause and a reminder gets through.
const ROOM: i64 = 1_000;
/// A wave that could not be fed for a while does not make up for more than this.
const LONGEST_GAP: TimeDelta = TimeDelta::seconds(60);

/// A wave.
#[derive(Clone, Debug, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = wave, primary_key(seq), treat_none_as_null = true)]
pub struct Wave {
    /// Its inner number.
    pub seq: i64,
    /// Its name for programs.
    pub id: Id,
    /// Of which incident.
    pub incident_seq: i64,
    /// What people call it.
    pub name: String,
    /// The duty it meets.
    pub duty_id: String,
    chosen: Json,
    texts: Json,
    /// `email` or `sms`: the way that is tried first.
    pub first_way: String,
    /// Whether the other way is tried when the first fails.
    pub both_ways: bool,
    /// At most so many messages a minute.
    pub rate: i32,
    /// `draft`, `going`, `paused` or `done`.
    pub state: String,
    /// Of everything that is approved.
    pub digest: String,
    /// Who last wrote in it.
    pub edited_by: Id,
    /// When it was made.
    pub created_at: Instant,
    fed_at: Option<Instant>,
    /// When it first went.
    pub begun_at: Option<Instant>,
    /// When nobody was left to tell.
    pub ended_at: Option<Instant>,
}

impl Wave {
    /// Whom it tells.
    pub fn circle(&self) -> Circle {
        serde_json::from_value(self.chosen.0.clone()).unwrap_or_default()
    }

    /// What it says.
    pub fn texts(&self) -> Texts {
        serde_json::from_value(self.texts.0.clone()).unwrap_or_default()
    }

    /// Sets whom it tells and what it says, and the digest of it all.
    pub fn say(&mut self, circle: &Circle, texts: &Texts) {
        self.chosen = Json(serde_json::json!(circle));
        self.texts = Json(serde_json::json!(texts));
        self.digest = digest(&self.duty_id, circle, texts, &self.first_way, self.both_ways);
    }

    /// Lets it go from now on; a minute's worth at once.
    pub fn go(&mut self, now: DateTime<Utc>) {
        self.state = "going".into();
        self.fed_at = Some((now - LONGEST_GAP).into());
        self.begun_at = self.begun_at.or(Some(now.into()));
    }
}

/// Stores a new wave.
pub fn new_wave(
    conn: &mut Conn,
    incident_seq: i64,
    (name, duty, rate): (&str, &str, i32),
    (first, both): (&str, bool),
    (by, at): (Id, Instant),
) -> Result<Wave, Error> {
    use wave as w;
    let empty = || Json(serde_json::json!({}));
    let what = (w::id.eq(Id::new()), w::incident_seq.eq(incident_seq), w::name.eq(name), w::duty_id.eq(duty));
    let how = (w::first_way.eq(first), w::both_ways.eq(both), w::rate.eq(rate), w::state.eq("draft"), w::digest.eq(""));
    let row = (what, how, w::chosen.eq(empty()), w::texts.eq(empty()), w::edited_by.eq(by), w::created_at.eq(at));
    let seq: i64 = diesel::insert_into(w::table).values(row).returning(w::seq).get_result(conn)?;
    Ok(w::table.find(seq).select(Wave::as_select()).first(conn)?)
}

/// Stores a changed wave.
pub fn save_wave(conn: &mut Conn, changed: &Wave) -> Result<(), Error> {
    diesel::update(wave::table.find(changed.seq)).set(changed).execute(conn)?;
    Ok(())
}

/// A wave of an incident.
pub fn find_wave(conn: &mut Conn, incident_seq: i64, id: Id) -> Result<Wave, Error> {
    let of = wave::table.filter(wave::id.eq(id)).filter(wave::incident_seq.eq(incident_seq));
    Ok(of.select(Wave::as_select()).first(conn)?)
}

/// The waves of an incident, the first one first.
pub fn waves(conn: &mut Conn, incident_seq: i64) -> Result<Vec<Wave>, Error> {
    let of = wave::table.filter(wave::incident_seq.eq(incident_seq)).order(wave::seq).limit(100);
    Ok(of.select(Wave::as_select()).load(conn)?)
}

/// The waves that go, and those whose messages are still on their way.
pub fn going(conn: &mut Conn) -> Result<Vec<Wave>, Error> {
    use wave as w;
    let waiting: Vec<Option<i64>> = affected::table
        .filter(affected::state.eq("queued"))
        .filter(affected::wave_seq.eq_any(w::table.filter(w::state.ne("draft")).select(w::seq.nullable())))
        .select(affected::wave_seq)
        .distinct()
        .load(conn)?;
    let waiting: Vec<i64> = waiting.into_iter().flatten().collect();
    let of = w::table.filter(w::state.eq("going").or(w::seq.eq_any(waiting))).order(w::seq);
    Ok(of.select(Wave::as_select()).load(conn)?)
}

/// An approval of a wave.
#[derive(Clone, Debug, Queryable)]
pub struct Approval {
    /// What was approved.
    pub digest: String,
    /// Who approved it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// The approvals of a wave, the last first.
pub fn approvals(conn: &mut Conn, seq: i64) -> Result<Vec<Approval>, Error> {
    use wave_approval as v;
    let of = v::table.inner_join(account::table).filter(v::wave_seq.eq(seq)).order(v::seq.desc());
    Ok(of.select((v::digest, account::name, v::at)).load(conn)?)
}

/// Writes an approval down.
pub fn approve(conn: &mut Conn, wave: &Wave, (by, at): (Id, Instant)) -> Result<(), Error> {
    use wave_approval as v;
    let row = (v::wave_seq.eq(wave.seq), v::digest.eq(&wave.digest), v::by_account.eq(by), v::at.eq(at));
    diesel::insert_into(v::table).values(row).execute(conn)?;
    Ok(())
}

/// How many this wave would tell next.
pub fn chosen_left(conn: &mut Conn, wave: &Wave) -> Result<i64, Error> {
    use affected as a;
    let of = a::table.filter(within(wave.incident_seq, &wave.circle())).filter(a::chosen.eq(true));
    Ok(of.filter(a::state.eq("not_yet")).count().get_result(conn)?)
}

/// Those of a wave whom no message reaches and nobody has excused, behind the number `after`.
pub fn by_letter(conn: &mut Conn, wave: &Wave, after: i64, most: usize) -> Result<Vec<Line>, Error> {
    use affected as a;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let of = a::table.filter(unreached(wave)).filter(a::seq.gt(after));
    Ok(of.order(a::seq).limit(most).select(Line::as_select()).load(conn)?)
}

/// The condition of the same.
fn unreached(wave: &Wave) -> super::Condition {
    use affected as a;
    let left = a::state.eq("unreachable").and(a::chosen.eq(true)).and(a::excused.eq(false));
    Box::new(within(wave.incident_seq, &wave.circle()).and(left))
}

/// Behind which person each file of letters begins, and how many they are; so many in a file, and so many files at most.
pub fn letters_begin(
    conn: &mut Conn,
    wave: &Wave,
    (together, files): (usize, usize),
    page: usize,
) -> Result<(Vec<i64>, i64), Error> {
    use affected as a;
    let of = a::table.filter(unreached(wave));
    let many: i64 = of.count().get_result(conn)?;
    let before = i64::try_from(together.saturating_mul(files).saturating_mul(page)).unwrap_or(i64::MAX);
    let mut begins = Vec::new();
    let mut after = match before {
        0 => 0,
        before => {
            let of = a::table.filter(unreached(wave)).order(a::seq).offset(before - 1).limit(1);
            of.select(a::seq).first::<i64>(conn).optional()?.unwrap_or(i64::MAX)
        }
    };
    let most = i64::try_from(together).unwrap_or(i64::MAX);
    while begins.len() < files {
        let of = a::table.filter(unreached(wave)).filter(a::seq.gt(after));
        let seqs: Vec<i64> = of.order(a::seq).limit(most).select(a::seq).load(conn)?;
        let Some(last) = seqs.last() else { break };
        begins.push(after);
        after = *last;
    }
    Ok((begins, many))
}

/// The state after a way has failed: another may be left.
pub fn bounced(wave: Option<&Wave>, has: (bool, bool), tried: i32) -> &'static str {
    let left = (has.0 && tried & 1 == 0) || (has.1 && tried & 2 == 0);
    if wave.is_none_or(|wave| wave.both_ways) && left { "bounced" } else { "unreachable" }
}

/// Takes back what became of the messages of a wave; answers how many were settled.
pub fn settle(conn: &mut Conn, wave: &Wave, now: DateTime<Utc>) -> Result<usize, Error> {
    use affected as a;
    type Row = (i64, Id, String, i32, Option<String>, Option<String>);
    let queued = a::table.filter(a::wave_seq.eq(wave.seq)).filter(a::state.eq("queued")).order(a::seq);
    let columns = (a::seq, a::id, a::way, a::tried, a::email_hash, a::phone_hash);
    // Those that wait for their turn again must not hide those behind them.
    let (mut from, mut many) = (0, 0);
    loop {
        let rows: Vec<Row> = queued.filter(a::seq.gt(from)).select(columns).limit(500).load(conn)?;
        let Some(last) = rows.last() else { return Ok(many) };
        from = last.0;
        let keys: Vec<String> = rows.iter().map(|row| key_of(row.1, &row.2)).collect();
        let ended = settled(conn, &keys)?;
        many += ended.len();
        let mut sent = Vec::new();
        for (key, state, reply) in ended {
            let Some(row) = read_key(&key).and_then(|(id, _)| rows.iter().find(|row| row.1 == id)) else { continue };
            match state.as_str() {
                "sent" => sent.push(row.0),
                _ if reply == LOST => super::set_state(conn, row.0, "uncertain", Some(""), now)?,
                _ => {
                    let state = bounced(Some(wave), (row.4.is_some(), row.5.is_some()), row.3);
                    super::set_state(conn, row.0, state, Some(&reply), now)?;
                }
            }
        }
        if !sent.is_empty() {
            let at = Instant::from(now);
            let told = (a::state.eq("sent"), a::changed_at.eq(at), a::reply.eq(""));
            diesel::update(a::table.filter(a::seq.eq_any(sent))).set(told).execute(conn)?;
        }
    }
}

/// Whom a wave tells next: number, name, language, whether there is an e-mail address and a number, ways tried.
type Next = (i64, Id, String, Option<String>, Option<String>, i32);

/// Hands the next messages of a wave to the outbox, as many as its rate and the room allow; answers how many, and whether
/// nobody is left.
pub fn feed(conn: &mut Conn, wave: &mut Wave, subject: &str, now: DateTime<Utc>) -> Result<(usize, bool), Error> {
    use affected as a;
    let since = wave.fed_at.map_or(LONGEST_GAP, |fed| (now - fed.utc()).clamp(TimeDelta::zero(), LONGEST_GAP));
    let due = since.num_milliseconds() * i64::from(wave.rate) / 60_000;
    let most = due.min(ROOM - untried_of_waves(conn)?);
    if most <= 0 {
        return Ok((0, false));
    }
    let columns = (a::seq, a::id, a::language, a::email_hash, a::phone_hash, a::tried);
    let first = a::table.filter(within(wave.incident_seq, &wave.circle())).filter(a::chosen.eq(true));
    let mut next: Vec<Next> =
        first.filter(a::state.eq("not_yet")).order(a::seq).limit(most).select(columns).load(conn)?;
    let room = most - i64::try_from(next.len()).unwrap_or(most);
    if wave.both_ways && room > 0 {
        let again = a::table.filter(a::wave_seq.eq(wave.seq)).filter(a::state.eq("bounced")).order(a::seq);
        next.extend(again.limit(room).select(columns).load::<Next>(conn)?);
    }
    let gateway = gateway(conn)?;
    let (mut mentions, mut by_way) = (Vec::new(), [Vec::new(), Vec::new()]);
    for (seq, id, language, email, phone, tried) in &next {
        let can = [email.is_some() && tried & 1 == 0, phone.is_some() && tried & 2 == 0 && gateway.is_some()];
        let first = usize::from(wave.first_way == "sms");
        let free = wave.both_ways || *tried != 0;
        // Who lacks the address of the first way is told by the other.
        let lacks = if first == 0 { email.is_none() } else { phone.is_none() };
        let way = if can[first] { Some(first) } else { (can[1 - first] && (free || lacks)).then_some(1 - first) };
        match way {
            Some(way) => {
                let lang = Lang::parse(language).unwrap_or_default();
                let gateway = gateway.filter(|_| way == 1);
                mentions.push(Mention { key: key_of(*id, ["email", "sms"][way]), gateway, lang });
                by_way[way].push(*seq);
            }
            None => super::set_state(conn, *seq, "unreachable", None, now)?,
        }
    }
    put_wave(conn, (wave.incident_seq, subject), &mentions, now)?;
    for ((seqs, way), bit) in by_way.into_iter().zip(["email", "sms"]).zip([1, 2]) {
        for some in seqs.chunks(500) {
            let queued = (a::state.eq("queued"), a::way.eq(way), a::tried.eq(a::tried + bit));
            let queued = (queued, a::wave_seq.eq(wave.seq), a::changed_at.eq(Instant::from(now)));
            diesel::update(a::table.filter(a::seq.eq_any(some.to_vec()))).set(queued).execute(conn)?;
        }
    }
    wave.fed_at = Some(now.into());
    let idle = next.is_empty() && nobody_on_the_way(conn, wave)?;
    Ok((next.len(), idle))
}

fn nobody_on_the_way(conn: &mut Conn, wave: &Wave) -> Result<bool, Error> {
    use affected as a;
    let of = a::table.filter(a::wave_seq.eq(wave.seq)).filter(a::state.eq("queued"));
    Ok(of.select(a::seq).first::<i64>(conn).optional()?.is_none())
}

/// Finds what a message says and to whom, as the outbox asks; nothing when the person is no longer to be told by it.
pub fn find(conn: &mut Conn, seal: &Seal, key: &str) -> Result<Option<outbox::Found>, Error> {
    use affected as a;
    let Some((id, way)) = read_key(key) else { return Ok(None) };
    type Row = (String, String, String, String, Json);
    let row: Option<Row> = a::table
        .inner_join(wave::table)
        .filter(a::id.eq(id))
        .select((a::sealed, a::language, a::state, a::way, wave::texts))
        .first(conn)
        .optional()?;
    let Some((sealed, language, state, tried, texts)) = row else { return Ok(None) };
    let Ok(person) = Person::open(seal, id, &sealed) else { return Ok(None) };
    let texts: Texts = serde_json::from_value(texts.0).unwrap_or_default();
    let text = text_for(&texts, Lang::parse(&language).unwrap_or_default());
    let to = if way == "email" { &person.email } else { &person.phone };
    let (Some((lang, text)), "queued", false) = (text, state.as_str(), to.is_empty() || tried != way) else {
        return Ok(None);
    };
    Ok(Some(outbox::Found {
        to: to.clone(),
        to_name: person.name.clone(),
        subject: named(&text.subject, &person.name),
        text: named(if way == "email" { &text.body } else { &text.sms }, &person.name),
        lang,
    }))
}
