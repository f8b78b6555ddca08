//! Builds the whole app and serves it.

mod border;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App, HttpServer, web};
use tokio::sync::watch as signal;
use tokio::task::JoinHandle;

use crate::account::{Desk, Limits, Throttle};
use crate::affected::{self, Clerk};
use crate::clock::Clock;
use crate::config::{Config, NO_KEY};
use crate::daily::Daily;
use crate::db::{Db, is_demo};
use crate::incident::settings::actions::judge_open;
use crate::incident::store::{figure, words};
use crate::notice;
use crate::openid::Door;
use crate::outbox::transport::Outside;
use crate::outbox::{Lane, Pulse, Worker};
use crate::reminder::Scheduler;
use crate::reminder::actions::Book;
use crate::routes;
use crate::templates::Templates;
use crate::watch::{self, Pulses};

/// The most a request may carry, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;
/// The most connections one of the server's threads holds at once.
const MOST_CONNECTIONS: usize = 2_000;
const BLOCKING_THREADS: usize = 4;
/// How long what is being sent may still take when the program ends.
const LAST_SECONDS: Duration = Duration::from_secs(5);

/// An app that listens; it serves when `server` is awaited.
pub struct Running {
    /// Where it listens, with the real port.
    pub address: SocketAddr,
    /// The database it uses.
    pub db: Db,
    /// The server itself.
    pub server: Server,
    /// Whoever empties the outbox; where the loops do not run, somebody else says when.
    pub worker: Worker,
    /// Whoever reminds; the same holds.
    pub scheduler: Scheduler,
    /// Whoever does what is done daily; the same holds.
    pub daily: Daily,
    /// What runs beside the server.
    pub loops: Loops,
}

/// What runs in the background until it is told to stop.
pub struct Loops {
    stop: signal::Sender<bool>,
    running: Vec<JoinHandle<()>>,
}

impl Loops {
    /// Starts sending and reminding, and the call to the address outside where there is one.
    fn start(
        (worker, scheduler, daily): (&Worker, &Scheduler, &Daily),
        pulses: &Pulses,
        heartbeat: Option<String>,
    ) -> Self {
        let (stop, told) = signal::channel(false);
        let mut running = Vec::new();
        if pulses.running {
            running.push(tokio::spawn(daily.clone().run(told.clone())));
            for lane in [Lane::House, Lane::Waves] {
                running.push(tokio::spawn(worker.in_lane(lane).run(told.clone())));
            }
            let clerk = Clerk { db: worker.db.clone(), seal: worker.seal.clone(), clock: worker.clock.clone() };
            running.push(tokio::spawn(clerk.run(told.clone())));
            running.push(tokio::spawn(scheduler.clone().run(told.clone())));
            let call = |url| tokio::spawn(watch::call(url, pulses.clone(), scheduler.clock.clone(), told.clone()));
            running.extend(heartbeat.map(call));
        }
        Self { stop, running }
    }

    /// Tells all to stop and waits a little for what they are in the middle of. What is not ended then is made again
    /// by whoever comes next.
    pub async fn end(self) {
        let _ = self.stop.send(true);
        let ended = async {
            for one in self.running {
                let _ = one.await;
            }
        };
        if tokio::time::timeout(LAST_SECONDS, ended).await.is_err() {
            tracing::warn!("Messages were still being sent when the program ended; they will be sent again.");
        }
    }
}

/// Opens the database, reads the templates and listens; an error is one sentence for the operator.
pub fn start(config: Config, clock: Clock) -> Result<Running, String> {
    let seal = config.seal.clone().ok_or(NO_KEY)?;
    let db = Db::open(&config.database, config.upkeep)?;
    let pages = Templates::pages().map_err(|why| why.to_string())?;
    let demo = pages.demo();
    if db.read_all(is_demo).map_err(|why| why.to_string())? {
        demo.found();
    }
    let templates = web::Data::new(pages);
    let notice::Notices(texts, own) = notice::custom::load(config.templates_dir.as_deref())?;
    let notices = web::Data::new(notice::Notices(texts.told_by(demo.clone()), own));
    let outside = Outside::new(&config.outside, &config.data_dir)?;
    let worker = Worker::new(db.clone(), outside.clone(), seal.clone(), clock.clone()).finding(affected::store::find);
    let door = web::Data::new(Door::new(config.openid.clone(), config.outside.http_ca.as_deref())?);
    let listener = TcpListener::bind(config.listen)
        .map_err(|why| format!("Nobody can listen on {}: {why}. Choose another with VARSEL_LISTEN.", config.listen))?;
    let address = listener.local_addr().map_err(|why| format!("The listening address is unknown: {why}."))?;
    let (waiting, now) = (db.clone(), clock.now());
    // Cases that still waited for new settings when the program last stopped.
    tokio::spawn(async move {
        if let Err(why) = figure::catch_up(&waiting).await {
            tracing::error!(%why, "Figures of older cases could not be written");
        }
        if let Err(why) = words::catch_up(&waiting).await {
            tracing::error!(%why, "What is searched in older cases could not be written");
        }
        judge_open(&waiting, now).await.inspect_err(|why| tracing::error!(%why, "Open cases could not be judged"))
    });
    let book = Book { mails: Templates::mails().map_err(|why| why.to_string())?, base: config.base_url(address) };
    let desk = web::Data::new(Desk {
        seal,
        mails: Templates::mails().map_err(|why| why.to_string())?,
        base: config.base_url(address),
        by_server: outside.mail_folder().is_none(),
    });
    let book = Arc::new(book);
    let daily = Daily { db: db.clone(), book: book.clone(), signer: config.signer.clone(), clock: clock.clone() };
    let scheduler = Scheduler { db: db.clone(), book, clock: clock.clone(), pulse: Pulse::default(), demo };
    let pulses = Pulses { running: config.loops, worker: worker.pulse.clone(), scheduler: scheduler.pulse.clone() };
    let loops = Loops::start((&worker, &scheduler, &daily), &pulses, config.heartbeat_url.clone());
    let pulses = web::Data::new(pulses);
    let data_worker = web::Data::new(worker.clone());
    let (data_db, clock) = (web::Data::new(db.clone()), web::Data::new(clock));
    let (config, throttle) = (web::Data::new(config), web::Data::from(Arc::new(Throttle::default())));
    let limits = web::Data::from(Arc::new(Limits::default()));
    let (patience, is_https) = (config.patience, config.is_https());
    let server = HttpServer::new(move || {
        App::new()
            .app_data(data_db.clone())
            .app_data(clock.clone())
            .app_data(config.clone())
            .app_data(throttle.clone())
            .app_data(desk.clone())
            .app_data(limits.clone())
            .app_data(templates.clone())
            .app_data(notices.clone())
            .app_data(data_worker.clone())
            .app_data(pulses.clone())
            .app_data(door.clone())
            .app_data(web::PayloadConfig::new(BODY_LIMIT))
            .app_data(web::FormConfig::default().limit(BODY_LIMIT))
            .wrap(from_fn(border::cross))
            .wrap(headers(is_https))
            .wrap(Compress::default())
            .wrap(from_fn(border::head))
            .configure(routes::register)
    })
    .worker_max_blocking_threads(BLOCKING_THREADS)
    .shutdown_timeout(5)
    .client_request_timeout(patience.head)
    .client_disconnect_timeout(Duration::from_secs(2))
    .max_connections(MOST_CONNECTIONS)
    .listen(listener)
    .map_err(|why| format!("The server cannot start: {why}."))?
    .run();
    Ok(Running { address, db, server, worker, scheduler, daily, loops })
}

/// What every answer tells the browser: nothing from elsewhere, nothing inline, no frames, no referrer; and where people
/// come by https, never otherwise.
fn headers(is_https: bool) -> DefaultHeaders {
    let policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
    let powers = "accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), \
                  magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(self), usb=()";
    let all = DefaultHeaders::new()
        .add(("Content-Security-Policy", policy))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("X-Frame-Options", "DENY"))
        // Nothing is told to other sites. «no-referrer» would make browsers send our own forms from nowhere.
        .add(("Referrer-Policy", "same-origin"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("Cross-Origin-Resource-Policy", "same-origin"))
        .add(("Permissions-Policy", powers))
        .add(("Cache-Control", "no-store"));
    if is_https { all.add(("Strict-Transport-Security", "max-age=31536000; includeSubDomains")) } else { all }
}
