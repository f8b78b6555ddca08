//! Jobs: all or nothing, tried again when that helps, ended when it does not, and none lost among many.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use varsel::error::Error;

use crate::postgres::Cluster;
use crate::{both, number, open, run, server};

const HELD: &str =
    "INSERT INTO trouble VALUES ('x', '', 1, '2026-10-23T12:00:00.000000Z', '2026-10-23T12:00:00.000000Z')";
const COUNT: &str = "SELECT count(*) AS n FROM trouble";

#[actix_web::test]
async fn a_job_that_fails_or_panics_leaves_no_trace_and_the_next_one_works() {
    for (database, _held) in both() {
        let db = open(&database);
        for _ in 0..20 {
            let failed = db.write(|conn| run(conn, HELD).and(Err::<(), _>(Error::NotFound))).await;
            assert!(matches!(failed, Err(Error::NotFound)));
            let panicked = db.write::<(), _>(|conn| run(conn, HELD).map(|()| panic!("on purpose"))).await;
            assert!(matches!(panicked, Err(Error::Internal(_))), "{panicked:?}");
            let inside = db
                .write::<(), _>(|conn| {
                    diesel::Connection::transaction(conn, |conn| {
                        run(conn, HELD)?;
                        if true { panic!("on purpose, in a transaction of its own") } else { Ok::<_, Error>(()) }
                    })
                })
                .await;
            assert!(matches!(inside, Err(Error::Internal(_))), "{inside:?}");
            let broken = db.write(|conn| run(conn, HELD).and_then(|()| run(conn, "SELECT nothing FROM nowhere"))).await;
            assert!(broken.is_err());
        }
        assert_eq!(db.read(|conn| number(conn, COUNT)).await.unwrap(), 0);
        db.write(|conn| run(conn, HELD)).await.unwrap();
        assert_eq!(db.read(|conn| number(conn, COUNT)).await.unwrap(), 1);
        let panicked = db.read::<(), _>(|_| panic!("on purpose")).await;
        assert!(matches!(panicked, Err(Error::Internal(_))));
        assert!(db.read(|conn| run(conn, "DELETE FROM trouble")).await.is_err(), "a read may not write");
        assert_eq!(db.read(|conn| number(conn, COUNT)).await.unwrap(), 1);
    }
}

/// Runs a job whose first try meets something, and answers how often it was tried.
async fn tried(
    db: &varsel::db::Db,
    first: impl Fn(&mut varsel::db::Conn) -> Result<(), Error> + Send + 'static,
) -> u32 {
    let tries = Arc::new(AtomicU32::new(0));
    let counted = tries.clone();
    db.write(move |conn| {
        run(conn, HELD)?;
        match counted.fetch_add(1, Ordering::SeqCst) {
            0 => first(conn),
            _ => Ok(()),
        }
    })
    .await
    .unwrap();
    assert_eq!(db.read(|conn| number(conn, COUNT)).await.unwrap(), 1, "done once");
    db.write(|conn| run(conn, "DELETE FROM trouble")).await.unwrap();
    tries.load(Ordering::SeqCst)
}

#[actix_web::test]
async fn what_the_server_asks_to_repeat_is_repeated() {
    let (database, held) = both().pop().unwrap();
    let made = held.downcast::<crate::postgres::Database>().unwrap();
    let db = open(&database);
    let raise = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE = 'could not serialize access'; END $$";
    assert_eq!(tried(&db, move |conn| run(conn, raise)).await, 2);
    assert_eq!(tried(&db, |conn| run(conn, "SELECT pg_terminate_backend(pg_backend_pid())")).await, 2);

    // A real deadlock: somebody else holds one row and waits for the other, and is more patient than we are.
    made.connect()
        .batch_execute("CREATE TABLE pair (id integer PRIMARY KEY, n integer); INSERT INTO pair VALUES (1, 0), (2, 0)")
        .unwrap();
    let mut rival = made.connect_as_admin();
    rival.batch_execute("SET deadlock_timeout = '60s'; BEGIN; UPDATE pair SET n = 7 WHERE id = 2").unwrap();
    let (ours, theirs) = mpsc::channel::<()>();
    let waiting = std::thread::spawn(move || {
        theirs.recv().unwrap();
        rival.batch_execute("UPDATE pair SET n = 7 WHERE id = 1; COMMIT").unwrap();
    });
    let tries = tried(&db, move |conn| {
        run(conn, "UPDATE pair SET n = n + 1 WHERE id = 1")?;
        ours.send(()).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        run(conn, "UPDATE pair SET n = n + 1 WHERE id = 2")
    })
    .await;
    waiting.join().unwrap();
    assert_eq!(tries, 2);
}

#[actix_web::test]
async fn a_server_that_makes_everything_serializable_loses_nothing_either() {
    let (database, held) = both().pop().unwrap();
    let made = held.downcast::<crate::postgres::Database>().unwrap();
    let name = made.name().to_owned();
    let set = format!("ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'");
    made.connect_as_admin().batch_execute(&set).unwrap();
    increment([open(&database), open(&database)], 8, 10).await;
}

#[actix_web::test]
async fn a_statement_that_takes_too_long_is_ended_and_not_tried_again() {
    let (database, _held) = both().pop().unwrap();
    let db = open(&database);
    let began = Instant::now();
    let slow = db.read(|conn| run(conn, "SELECT pg_sleep(60)")).await;
    assert!(matches!(slow, Err(Error::Unavailable(_))), "{slow:?}");
    assert!((9..14).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    let all = actix_web::rt::task::spawn_blocking({
        let db = db.clone();
        move || db.read_all(|conn| run(conn, "SELECT pg_sleep(11)"))
    });
    all.await.unwrap().unwrap();
}

#[actix_web::test]
async fn a_writer_whose_turn_does_not_come_is_told_so_in_time() {
    let (database, held) = both().pop().unwrap();
    let made = held.downcast::<crate::postgres::Database>().unwrap();
    let db = open(&database);
    let mut rival = made.connect();
    rival.batch_execute("BEGIN; SELECT id FROM turn FOR UPDATE").unwrap();
    let began = Instant::now();
    let waited = db.write(|conn| run(conn, HELD)).await;
    assert!(matches!(waited, Err(Error::Unavailable(_))), "{waited:?}");
    assert!((9..14).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    rival.batch_execute("ROLLBACK").unwrap();
    db.write(|conn| run(conn, HELD)).await.unwrap();
}

/// Reads a number and writes it back greater by one, many at once; every one of them counts.
async fn increment(dbs: [varsel::db::Db; 2], tasks: usize, times: i64) {
    dbs[0].write(|conn| run(conn, "CREATE TABLE tally (n bigint); INSERT INTO tally VALUES (0)")).await.unwrap();
    let all: Vec<_> = (0..tasks)
        .map(|task| {
            let db = dbs[task % 2].clone();
            actix_web::rt::spawn(async move {
                for _ in 0..times {
                    db.write(|conn| {
                        let n = number(conn, "SELECT n FROM tally")?;
                        run(conn, &format!("UPDATE tally SET n = {}", n + 1))
                    })
                    .await
                    .unwrap();
                }
            })
        })
        .collect();
    let count = all.len() as i64 * times;
    for one in all {
        one.await.unwrap();
    }
    assert_eq!(dbs[1].read(|conn| number(conn, "SELECT n FROM tally")).await.unwrap(), count);
}

#[actix_web::test]
async fn eight_tasks_on_two_handles_lose_nothing() {
    for (database, _held) in both() {
        increment([open(&database), open(&database)], 8, 50).await;
    }
}

#[actix_web::test]
async fn behind_a_pooler_nothing_is_lost_either() {
    let made = Cluster::shared().copy_of("migrated", |empty| varsel::db::migrate(&server(&empty.url())).unwrap());
    let pooler = crate::postgres::Pooler::new(Cluster::shared(), 2);
    let database = server(&pooler.url(&made));
    increment([open(&database), open(&database)], 8, 20).await;
}

#[actix_web::test]
async fn a_reader_sees_one_instant() {
    for (database, _held) in both() {
        let db = open(&database);
        let (begun, go_on) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let (told, wait) = (begun.clone(), go_on.clone());
        let reading = db.clone();
        let read = actix_web::rt::spawn(async move {
            reading
                .read(move |conn| {
                    let before = number(conn, COUNT)?;
                    told.store(1, Ordering::SeqCst);
                    while wait.load(Ordering::SeqCst) == 0 {
                        std::thread::sleep(Duration::from_millis(5));
                    }
                    Ok((before, number(conn, COUNT)?))
                })
                .await
        });
        while begun.load(Ordering::SeqCst) == 0 {
            actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        }
        db.write(|conn| run(conn, HELD)).await.unwrap();
        go_on.store(1, Ordering::SeqCst);
        assert_eq!(read.await.unwrap().unwrap(), (0, 0));
    }
}
