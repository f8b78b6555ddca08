//! The server goes away and comes back, and it proves who it is.

use std::time::{Duration, Instant};

use reqwest::redirect;
use serde_json::{Value, json};
use varsel::clock::Clock;
use varsel::config::Config;
use varsel::db::{Db, Server, Upkeep};

use crate::postgres::{Cluster, Options};
use crate::{number, open, run, server};

const PASSWORD: &str = "en hest spiser gress om kvelden";

#[actix_web::test]
async fn requests_get_503_while_the_server_is_away_and_what_was_acknowledged_is_there_afterwards() {
    varsel::seal::choose_cryptography();
    let cluster: &'static Cluster = Box::leak(Box::new(Cluster::new(Options { durable: true, ..Options::default() })));
    let made = cluster.database();
    let (listen, now) = ("127.0.0.1:0".parse().unwrap(), "2026-10-23T12:00:00Z".parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        listen,
        database: server(&made.url()),
        upkeep: Upkeep::Migrate,
        public_url: None,
        data_dir: folder.path().to_owned(),
        outside: varsel::outbox::transport::OutsideOptions::default(),
        seal: Some(varsel::seal::Seal::kept_in(&folder.path().join("secret.key")).unwrap()),
        signer: None,
        heartbeat_url: None,
        loops: false,
        openid: None,
        proxies: Vec::new(),
        patience: varsel::config::Patience::default(),
        attachment_limit: 2 * 1024 * 1024,
        security_contact: None,
        templates_dir: None,
    };
    let running = varsel::app::start(config, Clock::standing_at(now)).unwrap();
    let url = format!("http://{}", running.address);
    actix_web::rt::spawn(running.server);
    let db = running.db.clone();
    let link = actix_web::rt::task::spawn_blocking(move || varsel::account::actions::first_link(&db, now)).await;
    let client = reqwest::Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build().unwrap();
    let form = [("email", "kari@smbmobil.example"), ("name", "Kari"), ("password", PASSWORD), ("again", PASSWORD)];
    let setup = format!("{url}/setup/{}", link.unwrap().unwrap().unwrap());
    assert_eq!(client.post(setup).header("origin", &url).form(&form).send().await.unwrap().status(), 303);

    let ends = std::rc::Rc::new(std::cell::Cell::new(false));
    let workers: Vec<_> = (0..4)
        .map(|worker| {
            let (client, url, ends) = (client.clone(), url.clone(), ends.clone());
            actix_web::rt::spawn(async move {
                let (mut acknowledged, mut away, mut after) = (Vec::new(), 0, 0);
                for n in 0.. {
                    let body = json!({ "title": format!("Sak {worker}-{n}") }).to_string();
                    let request =
                        client.post(format!("{url}/api/v1/incidents")).header("content-type", "application/json");
                    let answer = request.body(body).send().await.unwrap();
                    match answer.status().as_u16() {
                        201 => {
                            let case: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
                            acknowledged.push(case["reference"].as_str().unwrap().to_owned());
                            after += u32::from(away > 0);
                        }
                        503 => {
                            assert!(answer.headers().contains_key("retry-after"));
                            away += 1;
                        }
                        // A commit of which nobody knows whether it held.
                        500 => {}
                        other => panic!("{other}: {}", answer.text().await.unwrap()),
                    }
                    if ends.get() && after > 2 {
                        break;
                    }
                }
                (acknowledged, away)
            })
        })
        .collect();
    let pause = async |millis| actix_web::rt::time::sleep(Duration::from_millis(millis)).await;
    pause(1500).await;
    actix_web::rt::task::spawn_blocking(|| cluster.stop()).await.unwrap();
    let began = Instant::now();
    let page = client.get(format!("{url}/incidents")).send().await.unwrap();
    assert_eq!(page.status(), 503, "a page says so, too");
    println!("a page answers 503 after {:.1} s", began.elapsed().as_secs_f64());
    pause(9000).await;
    actix_web::rt::task::spawn_blocking(|| cluster.start()).await.unwrap();
    let began = Instant::now();
    pause(500).await;
    ends.set(true);
    let (mut all, mut away) = (Vec::new(), 0);
    for worker in workers {
        let (acknowledged, times) = worker.await.unwrap();
        all.extend(acknowledged);
        away += times;
    }
    println!(
        "{} acknowledged, {away} told to come back; all at work again {:.1} s after the start",
        all.len(),
        began.elapsed().as_secs_f64()
    );
    assert!(away > 0 && all.len() > 8);
    let unique: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(unique.len(), all.len(), "no reference was given twice");
    for reference in &all {
        assert_eq!(
            client.get(format!("{url}/api/v1/incidents/{reference}")).send().await.unwrap().status(),
            200,
            "{reference}"
        );
    }
    let chain = running.db.read(|conn| varsel::audit::verify(conn, None)).await.unwrap();
    assert_eq!(chain.broken, None);
    actix_web::rt::task::spawn_blocking(|| cluster.stop()).await.unwrap();
}

#[test]
fn over_tls_the_server_must_prove_its_name() {
    let cluster = Cluster::new(Options { tls: &["localhost"], ..Options::default() });
    let made = cluster.database();
    let url = made.tls_url("localhost");
    let db = Db::open(&server(&url), Upkeep::Migrate).unwrap();
    let encrypted = "SELECT count(*) AS n FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl";
    assert_eq!(db.read_all(|conn| number(conn, encrypted)).unwrap(), 1);
    db.write_blocking(|conn| run(conn, "INSERT INTO reference_counter VALUES (1999, 7)")).unwrap();
    drop(db);
    assert_eq!(
        open(&server(&url)).read_all(|conn| number(conn, "SELECT count(*) AS n FROM reference_counter")).unwrap(),
        1
    );

    let wrong_name = made.tls_url("127.0.0.1");
    let stranger = tempfile::NamedTempFile::new().unwrap();
    let other = rcgen::generate_simple_self_signed(vec!["localhost".into()]).unwrap();
    std::fs::write(stranger.path(), other.cert.pem()).unwrap();
    let ours = cluster.ca_file();
    let unknown = url.replace(ours.to_str().unwrap(), stranger.path().to_str().unwrap());
    assert_ne!(unknown, url);
    for refused in [wrong_name, unknown] {
        let why = Db::open(&server(&refused), Upkeep::Check).err().expect("let in");
        assert!(why.starts_with("The database cannot be reached"), "{why}");
        assert!(why.contains("certificate") && why.lines().count() == 1, "{why}");
    }
    let nothing = url.replace(ours.to_str().unwrap(), "/nowhere/ca.pem");
    assert!(Server::parse(&nothing).unwrap_err().contains("sslrootcert /nowhere/ca.pem cannot be used"));
    let plain = made.url();
    assert!(Db::open(&server(&plain), Upkeep::Check).is_err(), "without TLS nobody is let in");
}
