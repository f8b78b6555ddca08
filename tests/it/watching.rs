//! Whether the instance does its work: what is told to a load balancer, and to somebody outside who notices silence.

use chrono::Duration;
use serde_json::{Value, json};
use varsel::outbox::Pulse;
use varsel::outbox::transport::Outcome;
use varsel::watch::{Pulses, call, ready};

use crate::app::TestApp;
use crate::http::{Answer, HttpReceiver};
use crate::outbox::{draft, kari};

/// What `/readyz` answers an instance with these loops.
async fn asked(app: &TestApp, pulses: &Pulses) -> (u16, Value) {
    use actix_web::{body, web::Data};
    let given = (Data::new(app.db.clone()), Data::new(app.clock.clone()), Data::new(pulses.clone()));
    let answer = ready(given).await;
    let status = answer.status().as_u16();
    let bytes = body::to_bytes(answer.into_body()).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap())
}

fn beating(app: &TestApp) -> Pulses {
    let pulses = Pulses { running: true, worker: Pulse::default(), scheduler: Pulse::default() };
    pulses.worker.beat(app.clock.now());
    pulses.scheduler.beat(app.clock.now());
    pulses
}

#[actix_web::test]
async fn an_instance_whose_loops_stand_still_is_not_ready_and_says_which() {
    let app = TestApp::start().await;
    let pulses = beating(&app);
    let (status, told) = asked(&app, &pulses).await;
    assert_eq!((status, &told["status"], &told["worker_age_seconds"]), (200, &json!("ok"), &json!(0)));
    app.advance(Duration::seconds(120));
    assert_eq!(asked(&app, &pulses).await.0, 200);
    pulses.worker.beat(app.clock.now());
    app.advance(Duration::seconds(1));
    let (status, told) = asked(&app, &pulses).await;
    assert_eq!((status, &told["status"]), (503, &json!("down")));
    assert_eq!((&told["worker_age_seconds"], &told["scheduler_age_seconds"]), (&json!(1), &json!(121)));
    pulses.scheduler.beat(app.clock.now());
    assert_eq!(asked(&app, &pulses).await.0, 200);
    let never = Pulses { running: true, ..Pulses::default() };
    assert_eq!(asked(&app, &never).await.0, 503, "loops that never went round");
    assert_eq!(asked(&app, &Pulses::default()).await.0, 200, "an instance without loops serves");
    let over_http: Value = app.client.get(format!("{}/readyz", app.url)).send().await.unwrap().json().await.unwrap();
    assert_eq!((&over_http["loops"], &over_http["migrations_current"]), (&json!(false), &json!(true)));
}

#[actix_web::test]
async fn the_oldest_unsent_message_and_what_was_given_up_are_told() {
    let app = TestApp::start().await;
    let pulses = beating(&app);
    app.put(draft("a", kari())).await;
    app.advance(Duration::minutes(10));
    app.put(draft("b", kari())).await;
    app.advance(Duration::minutes(6));
    let (worker, scheduler) = (&pulses.worker, &pulses.scheduler);
    worker.beat(app.clock.now());
    scheduler.beat(app.clock.now());
    let (status, told) = asked(&app, &pulses).await;
    assert_eq!((status, &told["status"]), (200, &json!("degraded")));
    assert_eq!((&told["messages_waiting"], &told["oldest_unsent_seconds"]), (&json!(2), &json!(16 * 60)));
    let now = app.clock.now();
    let refuse = move |conn: &mut varsel::db::Conn| {
        for message in varsel::outbox::store::claim(conn, "w", now, Duration::minutes(6), 16)? {
            let refused = Outcome::Refused { reply: "550 nobody".into() };
            varsel::outbox::store::record(conn, &message, now, now, &refused)?;
        }
        Ok(())
    };
    app.db.write(refuse).await.unwrap();
    let (_, told) = asked(&app, &pulses).await;
    assert_eq!((&told["status"], &told["messages_given_up"]), (&json!("degraded"), &json!(2)));
    assert_eq!((&told["messages_waiting"], &told["oldest_unsent_seconds"]), (&json!(0), &Value::Null));
}

#[actix_web::test]
async fn the_address_outside_is_called_while_all_is_well_and_not_when_it_is_not() {
    let app = TestApp::start().await;
    let receiver = HttpReceiver::start();
    receiver.answer(Answer::status(200));
    let once = async |pulses: Pulses| {
        let before = receiver.requests().len();
        let (stop, told) = tokio::sync::watch::channel(false);
        let calling = tokio::spawn(call(receiver.url("/puls/hemmelig"), pulses.clone(), app.clock.clone(), told));
        if pulses.are_well(app.clock.now()) {
            for _ in 0..200 {
                if receiver.requests().len() > before {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        }
        stop.send(true).unwrap();
        tokio::time::timeout(std::time::Duration::from_secs(5), calling).await.unwrap().unwrap();
        receiver.requests().len() - before
    };
    let pulses = beating(&app);
    assert_eq!(once(pulses.clone()).await, 1);
    assert_eq!((receiver.last().method.as_str(), receiver.last().path.as_str()), ("GET", "/puls/hemmelig"));
    receiver.answer(Answer::status(500));
    assert_eq!(once(pulses.clone()).await, 1, "an answer that is no good ends nothing");
    app.advance(Duration::seconds(121));
    assert_eq!(once(pulses.clone()).await, 0, "silent while the loops stand still");
    pulses.worker.beat(app.clock.now());
    assert_eq!(once(pulses.clone()).await, 0, "one of the two is not enough");
    pulses.scheduler.beat(app.clock.now());
    assert_eq!(once(pulses).await, 1);
}
