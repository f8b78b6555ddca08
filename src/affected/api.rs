//! The register for programs.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::{self, Decision, Entry, Incoming};
use super::row::Mapping;
use super::store::{self, Filter, Tally};
use super::{Circle, export, words};
use crate::account::By;
use crate::account::Sight;
use crate::account::right::{Approve, Read, ReadPersons, Work};
use crate::audit;
use crate::clock::Clock;
use crate::db::{Conn, Db, Id};
use crate::error::{Error, FieldError};
use crate::incident::store::head;
use crate::outbox::Worker;
use crate::seal::Seal;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Worker>, web::Data<Clock>);
type Key = web::Path<String>;
type KeyAndId = web::Path<(String, String)>;

pub(super) fn id(text: &str) -> Result<Id, Error> {
    Id::parse(text).ok_or(Error::NotFound)
}

/// What a list of persons can be asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    customer: String,
    category: String,
    minor: String,
    protected: String,
    q: String,
    cursor: String,
    limit: String,
}

impl Asked {
    /// The filter it means.
    ///
    /// # Errors
    /// When a number is none.
    pub fn filter(&self, seal: &Seal) -> Result<Filter, Error> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let number = |text: &str, field: &str, code: &str| {
            some(text).map(|text| text.parse().map_err(|_| Error::field(field, code))).transpose()
        };
        let yes = |text: &str| some(text).map(|text| matches!(text.as_str(), "yes" | "true" | "1"));
        let q = some(&self.q).map(|q| {
            let number = crate::outbox::transport::e164(&q);
            seal.lookup(&number.unwrap_or_else(|| q.to_lowercase()))
        });
        Ok(Filter {
            state: some(&self.state),
            circle: Circle {
                customers: some(&self.customer).into_iter().collect(),
                categories: some(&self.category).into_iter().collect(),
                minor: yes(&self.minor),
                protected: yes(&self.protected),
            },
            hash: q,
            cursor: number(&self.cursor, "cursor", "cursor_unknown")?,
            limit: number(&self.limit, "limit", "limit_out_of_range")?,
        })
    }

    /// The same as the rest of an address, without the cursor.
    pub fn query(&self) -> String {
        let all = [
            ("state", &self.state),
            ("customer", &self.customer),
            ("category", &self.category),
            ("minor", &self.minor),
            ("protected", &self.protected),
            ("q", &self.q),
        ];
        let given = all.iter().filter(|(_, value)| !value.is_empty());
        let mut url = reqwest::Url::parse("http://x/").ok();
        if let Some(url) = &mut url {
            url.query_pairs_mut().extend_pairs(given);
        }
        url.and_then(|url| url.query().map(str::to_owned)).unwrap_or_default()
    }

    pub(super) fn parts(&self) -> [(&'static str, &str); 4] {
        [("state", &self.state), ("customer", &self.customer), ("category", &self.category), ("q", &self.q)]
    }
}

/// Writes down that somebody read persons.
pub(super) fn audited(conn: &mut Conn, by: Id, subject: &str, detail: Value, now: DateTime<Utc>) -> Result<(), Error> {
    audit::read(conn, by, ("affected.read", subject), detail, now.into())
}

/// The register without its persons.
pub(super) async fn whole(db: &Db, sight: Sight, key: String) -> Result<Value, Error> {
    db.read(move |conn| {
        let head = head(conn, &key, sight)?;
        let figures = crate::incident::store::figures(conn, head.seq)?;
        let decided = store::decision(conn, head.seq)?;
        let imports = store::imports(conn, head.seq)?;
        let customers = store::customers(conn, head.seq)?;
        let mut waves = Vec::new();
        for wave in store::waves(conn, head.seq)? {
            let (approvals, next) = (store::approvals(conn, wave.seq)?, store::chosen_left(conn, &wave)?);
            waves.push(words::wave(&wave, &approvals, next));
        }
        let customers: Vec<Value> =
            customers.into_iter().map(|(name, many)| json!({ "name": name, "persons": many })).collect();
        Ok(json!({
            "incident": head.reference, "figures": figures, "decision": decided.as_ref().map(words::decision),
            "imports": imports.iter().map(words::import).collect::<Vec<_>>(), "waves": waves, "customers": customers,
        }))
    })
    .await
}

/// The figures, the decision, the files and the waves.
pub async fn show((db, _worker, _clock): App, By(by, key): By<Read, Key>) -> Answered {
    Ok(HttpResponse::Ok().json(whole(&db, by.sight(), key.into_inner()).await?))
}

/// Lists persons.
pub async fn persons(
    (db, worker, clock): App,
    By(by, (key, asked)): By<ReadPersons, (Key, web::Query<Asked>)>,
) -> Answered {
    let (filter, now, seal, by) = (asked.filter(&worker.seal)?, clock.now(), worker.seal.clone(), by.id);
    let key = key.into_inner();
    let read = db.write(move |conn| {
        let head = head(conn, &key, Sight::of(by))?;
        let page = store::list(conn, head.seq, &filter)?;
        audited(conn, by, &head.reference, json!({ "persons": page.items.len(), "state": filter.state }), now)?;
        Ok(page)
    });
    let page = read.await?;
    let items: Vec<Value> = page.items.iter().map(|line| words::person(&seal, line)).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items, "next": page.next.map(|next| next.to_string()) })))
}

/// Hands out persons as CSV.
pub async fn export(
    (db, worker, clock): App,
    By(by, (key, asked)): By<ReadPersons, (Key, web::Query<Asked>)>,
) -> Answered {
    let (filter, now, by, key) = (asked.filter(&worker.seal)?, clock.now(), by.id, key.into_inner());
    let state = filter.state.clone();
    let read = db.write(move |conn| {
        let head = head(conn, &key, Sight::of(by))?;
        audited(conn, by, &head.reference, json!({ "export": true, "state": state }), now)?;
        Ok(head)
    });
    let head = read.await?;
    Ok(export::persons(db, worker.seal.clone(), (&head.reference, head.seq), filter))
}

/// What the address of an import may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Named {
    name: String,
    /// `yes` reads the file in at once by the mapping that was guessed.
    begin: String,
}

/// Takes a file in; it is read when that is asked for.
pub async fn bring(
    (db, worker, clock): App,
    By(by, (key, named, body)): By<Work, (Key, web::Query<Named>, web::Payload)>,
) -> Answered {
    let now = clock.now();
    let name = if named.name.is_empty() { "import".to_owned() } else { named.name.clone() };
    let incoming = Incoming { key: key.to_string(), name, by: by.id };
    let mut import = actions::receive(&db, &worker.seal, incoming, body, now).await?;
    if named.begin == "yes" {
        let mapping = import.mapping();
        import = actions::begin(&db, (key.into_inner(), import.id), (mapping, usize::MAX), (by.id, now)).await?;
    }
    Ok(HttpResponse::Created().json(words::import(&import)))
}

/// A file and its first rows.
pub async fn import((db, worker, clock): App, By(by, path): By<ReadPersons, KeyAndId>) -> Answered {
    let (import, preview) = look(&db, &worker.seal, path.into_inner(), (by.id, clock.now())).await?;
    let mut shown = words::import(&import);
    shown["columns"] = json!(preview.headers);
    shown["first_rows"] = json!(preview.rows);
    Ok(HttpResponse::Ok().json(shown))
}

/// A file with its first rows, where it still waits to be read.
pub(super) async fn look(
    db: &web::Data<Db>,
    seal: &Seal,
    (key, given): (String, String),
    (by, now): (Id, DateTime<Utc>),
) -> Result<(store::Import, actions::Preview), Error> {
    let given = id(&given)?;
    let found = db.write(move |conn| {
        let head = head(conn, &key, Sight::of(by))?;
        let import = store::find_import(conn, head.seq, given)?;
        if import.state == "waiting" {
            audited(conn, by, &head.reference, json!({ "import": import.id }), now)?;
        }
        Ok(import)
    });
    let import = found.await?;
    if import.state != "waiting" {
        return Ok((import, actions::Preview::default()));
    }
    let (db, seal, asked) = (db.clone(), seal.clone(), import.clone());
    let preview = web::block(move || actions::preview(&db, &seal, &asked, 15)).await.map_err(Error::internal)?;
    Ok((import, preview.unwrap_or_default()))
}

/// Which column holds what, by the column's name or its place from 0.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Begin {
    mapping: Option<serde_json::Map<String, Value>>,
}

/// Reads a file in.
pub async fn begin((db, worker, clock): App, By(by, (path, body)): By<Work, (KeyAndId, web::Json<Begin>)>) -> Answered {
    let (key, given) = path.into_inner();
    let (import, preview) = look(&db, &worker.seal, (key.clone(), given), (by.id, clock.now())).await?;
    let mapping = match body.into_inner().mapping {
        None => import.mapping(),
        Some(given) => {
            let place = |(field, column): (String, Value)| {
                let by_name = |name: &str| preview.headers.iter().position(|header| header.trim() == name.trim());
                let at = column.as_u64().and_then(|at| usize::try_from(at).ok()).or_else(|| by_name(column.as_str()?));
                let at = at.ok_or_else(|| {
                    Error::Invalid(vec![FieldError::new(format!("mapping.{field}"), "affected_no_column")])
                })?;
                Ok((field, at))
            };
            Mapping(given.into_iter().map(place).collect::<Result<_, Error>>()?)
        }
    };
    let columns = preview.headers.len();
    let begun = actions::begin(&db, (key, import.id), (mapping, columns), (by.id, clock.now())).await?;
    Ok(HttpResponse::Accepted().json(words::import(&begun)))
}

/// Takes a file away again.
pub async fn remove((db, _worker, clock): App, By(by, path): By<Work, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    actions::remove(&db, (key, id(&given)?), (by.id, clock.now())).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Hands out the rows of a file that were kept aside.
pub async fn bad((db, worker, clock): App, By(by, path): By<ReadPersons, KeyAndId>) -> Answered {
    let ((key, given), by, now) = (path.into_inner(), by.id, clock.now());
    let given = id(&given)?;
    let read = db.write(move |conn| {
        let head = head(conn, &key, Sight::of(by))?;
        audited(conn, by, &head.reference, json!({ "bad_rows_of": given }), now)?;
        store::find_import(conn, head.seq, given)
    });
    let import = read.await?;
    Ok(export::bad(db, worker.seal.clone(), import))
}

/// Writes down whom to tell, and why.
pub async fn decide((db, _worker, clock): App, By(by, (key, body)): By<Work, (Key, web::Json<Decision>)>) -> Answered {
    let key = key.into_inner();
    actions::decide(&db, key.clone(), body.into_inner(), (by.id, clock.now())).await?;
    Ok(HttpResponse::Ok().json(whole(&db, by.sight(), key).await?))
}

/// Numbers where nobody has names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    total: i64,
    told: i64,
    note: String,
}

/// Writes numbers down.
pub async fn count((db, _worker, clock): App, By(by, (key, body)): By<Work, (Key, web::Json<Numbers>)>) -> Answered {
    let (key, Numbers { total, told, note }) = (key.into_inner(), body.into_inner());
    actions::count(&db, key.clone(), Tally { total, told, note }, (by.id, clock.now())).await?;
    Ok(HttpResponse::Ok().json(whole(&db, by.sight(), key).await?))
}

/// Where a person stands, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stands {
    state: String,
    reason: String,
}

/// Writes down where a person stands.
pub async fn answer(
    (db, _worker, clock): App,
    By(by, (path, body)): By<Work, (KeyAndId, web::Json<Stands>)>,
) -> Answered {
    let ((key, given), Stands { state, reason }) = (path.into_inner(), body.into_inner());
    actions::answer_person(&db, (key, id(&given)?), (state, reason), (by.id, clock.now())).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Makes a wave.
pub async fn make((db, _worker, clock): App, By(by, (key, body)): By<Work, (Key, web::Json<Entry>)>) -> Answered {
    let wave = actions::make(&db, key.into_inner(), body.into_inner(), (by.id, clock.now())).await?;
    Ok(HttpResponse::Created().json(words::wave(&wave, &[], 0)))
}

pub(super) async fn one_wave(db: &Db, sight: Sight, key: String, given: Id) -> Result<Value, Error> {
    db.read(move |conn| {
        let head = head(conn, &key, sight)?;
        let wave = store::find_wave(conn, head.seq, given)?;
        let (approvals, next) = (store::approvals(conn, wave.seq)?, store::chosen_left(conn, &wave)?);
        Ok(words::wave(&wave, &approvals, next))
    })
    .await
}

/// A wave.
pub async fn wave((db, _worker, _clock): App, By(by, path): By<Read, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    Ok(HttpResponse::Ok().json(one_wave(&db, by.sight(), key, id(&given)?).await?))
}

/// Writes a wave anew.
pub async fn change(
    (db, _worker, clock): App,
    By(by, (path, body)): By<Work, (KeyAndId, web::Json<Entry>)>,
) -> Answered {
    let (key, given) = path.into_inner();
    let given = id(&given)?;
    actions::change(&db, (key.clone(), given), body.into_inner(), (by.id, clock.now())).await?;
    Ok(HttpResponse::Ok().json(one_wave(&db, by.sight(), key, given).await?))
}

/// The digest of what was seen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    digest: String,
}

/// Approves a wave as it was seen.
pub async fn approve(
    (db, _worker, clock): App,
    By(by, (path, body)): By<Approve, (KeyAndId, web::Json<Seen>)>,
) -> Answered {
    let (key, given) = path.into_inner();
    let given = id(&given)?;
    actions::approve(&db, (key.clone(), given), body.into_inner().digest, (by.id, clock.now())).await?;
    Ok(HttpResponse::Ok().json(one_wave(&db, by.sight(), key, given).await?))
}

/// Lets a wave go.
pub async fn run((db, _worker, clock): App, By(by, path): By<Work, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    let given = id(&given)?;
    actions::run(&db, (key.clone(), given), (by.id, clock.now())).await?;
    Ok(HttpResponse::Ok().json(one_wave(&db, by.sight(), key, given).await?))
}

/// Holds a wave.
pub async fn halt((db, _worker, clock): App, By(by, path): By<Work, KeyAndId>) -> Answered {
    let (key, given) = path.into_inner();
    let given = id(&given)?;
    actions::halt(&db, (key.clone(), given), (by.id, clock.now())).await?;
    Ok(HttpResponse::Ok().json(one_wave(&db, by.sight(), key, given).await?))
}

/// Sends again to those of whom nobody knows whether they were told.
pub async fn again((db, _worker, clock): App, By(by, key): By<Work, Key>) -> Answered {
    let many = actions::tell_again(&db, key.into_inner(), (by.id, clock.now())).await?;
    Ok(HttpResponse::Ok().json(json!({ "sent_again": many })))
}

/// Takes a report of a mail server.
pub async fn bounce((db, worker, clock): App, By(by, (key, body)): By<Work, (Key, web::Bytes)>) -> Answered {
    let many = actions::take_bounce(&db, &worker.seal, key.into_inner(), &body, (by.id, clock.now())).await?;
    Ok(HttpResponse::Ok().json(json!({ "persons": many })))
}

/// Takes what a gateway says of a message: JSON or a form. The address holds the secret.
pub async fn callback((db, worker, clock): App, path: web::Path<(String, String)>, body: web::Bytes) -> Answered {
    let said = serde_json::from_slice(&body).unwrap_or_else(|_| {
        let url = reqwest::Url::parse(&format!("http://x/?{}", String::from_utf8_lossy(&body)));
        let pairs = url.map(|url| url.query_pairs().into_owned().collect::<std::collections::BTreeMap<_, _>>());
        json!(pairs.unwrap_or_default())
    });
    let found = actions::take_callback(&db, &worker.seal, path.into_inner(), &said, clock.now()).await?;
    Ok(HttpResponse::build(if found { StatusCode::OK } else { StatusCode::ACCEPTED }).finish())
}
