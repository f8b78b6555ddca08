//! Reminders against the whole app with a clock that is moved: the ladder in order and once, whatever happens.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Europe::Oslo;
use diesel::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};
use varsel::db::Instant;
use varsel::reminder::actions::{Book, round};
use varsel::schema::{duty, message, reminder, trouble};
use varsel::templates::Templates;

use crate::app::{EMAIL, PASSWORD, TestApp, at};
use crate::case::{key, log};
use crate::time::plan_of;

/// What messages are written with in these stories.
pub fn book() -> Arc<Book> {
    Arc::new(Book { mails: Templates::mails().unwrap(), base: "https://varsel.example".into() })
}

/// Says what is due now; answers how many messages were written.
pub async fn say(app: &TestApp) -> usize {
    let written = round(&app.db, &book(), app.clock.now()).await.unwrap();
    send(app).await;
    written
}

/// Empties the outbox.
async fn send(app: &TestApp) {
    while app.worker.round().await.unwrap() > 0 {}
}

/// A written message: to whom, subject, text, key.
type Written = (String, String, String, String);

pub async fn messages(app: &TestApp) -> Vec<Written> {
    let read = app.db.read(|conn| {
        use message as m;
        Ok(m::table.order(m::seq).select((m::recipient, m::subject, m::body, m::key)).load::<Written>(conn)?)
    });
    read.await.unwrap()
}

/// The steps taken for a duty: step, circle, when.
async fn steps(app: &TestApp, id: &'static str) -> Vec<(String, String, DateTime<Utc>)> {
    let read = app.db.read(move |conn| {
        let of = reminder::table.inner_join(duty::table).filter(duty::duty_id.eq(id)).order(reminder::seq);
        let rows: Vec<(String, String, Instant)> =
            of.select((reminder::step, reminder::circle, reminder::fired_at)).load(conn)?;
        Ok(rows.into_iter().map(|(step, circle, at)| (step, circle, at.utc())).collect())
    });
    read.await.unwrap()
}

async fn sign_in(app: &TestApp) {
    assert_eq!(app.post("/session", &json!({ "email": EMAIL, "password": PASSWORD })).await.0, 204);
}

async fn add(app: &TestApp, name: &str, role: &str) {
    let person =
        json!({ "email": format!("{role}@smbmobil.example"), "name": name, "roles": [role], "language": "nb" });
    let (status, told) = app.post("/people", &person).await;
    assert_eq!(status, 201, "{told}");
}

/// A breach known on a Friday at 16:30 in Norway, of which nothing else is known than that it is one, and that we are its controller.
async fn friday(app: &TestApp) -> Value {
    app.clock.advance(at("2026-11-06T15:30:00Z") - app.clock.now());
    sign_in(app).await;
    let facts = json!({
        "title": "Eksport av kundelisten funnet hos en tredjepart",
        "timeline": { "breach_aware_at": "2026-11-06T16:30:00+01:00" },
        "personal_data": { "breach": true, "roles": [{ "role": "controller" }], "risk": "risk", "risk_reason": "Kontaktopplysninger hos ukjent" },
    });
    log(app, &facts).await
}

#[actix_web::test]
async fn nobody_answers_from_friday_on_and_the_whole_ladder_comes_in_order_and_once() {
    let app = TestApp::start().await;
    add(&app, "Per Vern", "privacy_officer").await;
    add(&app, "Liv Leder", "manager").await;
    friday(&app).await;
    let end = at("2026-11-10T00:00:00Z");
    while app.clock.now() < end {
        say(&app).await;
        say(&app).await;
        app.advance(Duration::minutes(5));
    }
    let told: Vec<String> = steps(&app, "gdpr-33-authority")
        .await
        .into_iter()
        .map(|(step, circle, at)| format!("{} {step} {circle}", at.with_timezone(&Oslo).format("%a %H:%M")))
        .collect();
    assert_eq!(
        told,
        [
            "Fri 16:30 at-once owner",
            "Fri 18:30 at-once team",
            "Fri 20:30 at-once management",
            "Sat 16:30 before-2880 owner",
            "Sat 18:30 before-2880 team",
            "Sat 20:30 before-2880 management",
            "Sun 16:30 before-1440 team",
            "Sun 18:30 before-1440 management",
            "Mon 04:30 before-720 team",
            "Mon 06:30 before-720 management",
            "Mon 12:30 before-240 management",
            "Mon 15:30 before-60 management",
            "Mon 16:30 before-0 management",
            "Mon 20:30 over-1 management",
            "Tue 00:30 over-2 management",
        ]
    );
    let mails = messages(&app).await;
    let mut keys: Vec<&String> = mails.iter().map(|mail| &mail.3).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), mails.len(), "no key twice");
    let to = |who: &str| mails.iter().filter(|mail| mail.0.starts_with(who)).count();
    assert!(to("kari@") > to("manager@") && to("privacy_officer@") > to("manager@") && to("manager@") > 5);
    let (_, subject, text, _) = mails.iter().rfind(|mail| mail.0.starts_with("manager@")).unwrap();
    assert!(subject.contains("2026-0001"), "{subject}");
    assert!(text.contains("CET") && text.contains("Liv Leder") && text.contains("Per Vern"), "{text}");
}

#[actix_web::test]
async fn a_duty_fulfilled_in_the_middle_falls_silent_and_a_moved_deadline_arms_it_anew() {
    let app = TestApp::start().await;
    let case = friday(&app).await;
    say(&app).await;
    app.advance(Duration::hours(25));
    sign_in(&app).await;
    say(&app).await;
    let before = steps(&app, "gdpr-33-authority").await.len();
    let path = format!("/incidents/{}", key(&case));
    let moved =
        json!({ "moment": "breach_aware_at", "at": "2026-11-07T12:00:00+01:00", "reason": "Først da visste vi det" });
    assert_eq!(app.post(&format!("{path}/moments"), &moved).await.0, 201);
    say(&app).await;
    let after = steps(&app, "gdpr-33-authority").await;
    assert_eq!((after.len(), after.last().unwrap().0.as_str()), (before + 1, "at-once"), "armed anew");
    assert!(
        messages(&app).await.last().unwrap().1.contains("ny frist")
            || messages(&app).await.last().unwrap().2.contains("flyttet")
    );
    let sent = json!({ "complete": true, "channel": "altinn" });
    assert_eq!(app.post(&format!("{path}/duties/gdpr-33-authority/submission"), &sent).await.0, 201);
    for _ in 0..100 {
        app.advance(Duration::hours(1));
        say(&app).await;
    }
    assert_eq!(steps(&app, "gdpr-33-authority").await.len(), after.len(), "silent");
}

#[actix_web::test]
async fn a_sleeping_machine_wakes_with_one_late_message_and_no_storm() {
    let app = TestApp::start().await;
    add(&app, "Liv Leder", "manager").await;
    friday(&app).await;
    say(&app).await;
    app.advance(Duration::hours(69));
    let before = messages(&app).await.len();
    say(&app).await;
    let taken = steps(&app, "gdpr-33-authority").await;
    assert_eq!(taken.last().unwrap().0, "before-240", "of all that was missed one step is said: {taken:?}");
    assert_eq!(taken.last().unwrap().1, "management", "to the largest circle of all that were missed");
    let mut new: Vec<Written> = messages(&app).await.split_off(before);
    new.retain(|mail| !mail.3.starts_with("summary-"));
    let receivers: std::collections::BTreeSet<&String> = new.iter().map(|mail| &mail.0).collect();
    assert_eq!(receivers.len(), new.len(), "one message each: {new:?}");
    assert!(
        new.iter().all(|mail| mail.1.contains("orsinket") || mail.2.contains("orsinket")),
        "it says that it is late: {new:?}"
    );
    // A clock that jumps back says nothing again.
    app.advance(Duration::hours(-10));
    let count = messages(&app).await.len();
    say(&app).await;
    assert_eq!(messages(&app).await.len(), count);
}

#[actix_web::test]
async fn two_schedulers_at_once_say_everything_once() {
    let app = TestApp::start().await;
    for n in 0..10 {
        log(&app, &json!({ "title": format!("Tale nede {n}"), "services": { "availability": "occurred" }, "timeline": { "known_at": "2026-10-23T11:55:00Z" } })).await;
    }
    let (book, now) = (book(), app.clock.now());
    let rounds = (0..6).map(|_| {
        let (db, book) = (app.db.clone(), book.clone());
        actix_web::rt::spawn(async move { round(&db, &book, now).await.unwrap() })
    });
    let mut written = 0;
    for one in rounds.collect::<Vec<_>>() {
        written += one.await.unwrap();
    }
    send(&app).await;
    assert_eq!(messages(&app).await.len(), written);
    let read = app.db.read(|conn| {
        Ok(duty::table.filter(duty::state.eq_any(["required", "undetermined"])).count().get_result::<i64>(conn)?)
    });
    let open = read.await.unwrap();
    let read = app.db.read(|conn| Ok(reminder::table.count().get_result::<i64>(conn)?));
    assert_eq!(read.await.unwrap(), open, "each open duty was said once");
}

#[actix_web::test]
async fn several_duties_that_fall_together_come_in_one_digest() {
    let app = TestApp::start().await;
    log(&app, &crate::case::leak()).await;
    assert_eq!(say(&app).await, 1, "{:?}", messages(&app).await);
    let (to, subject, text, key) = messages(&app).await.remove(0);
    assert!(to == EMAIL && key.starts_with("digest-"), "{subject}");
    assert!(text.contains("2026-0001") && text.contains("CEST"), "{text}");
}

#[actix_web::test]
async fn a_template_that_fails_sends_plain_words_and_shows_on_the_list() {
    let app = TestApp::start().await;
    friday(&app).await;
    let broken = Arc::new(Book { mails: Templates::notices().unwrap(), base: "https://varsel.example".into() });
    round(&app.db, &broken, app.clock.now()).await.unwrap();
    send(&app).await;
    let mails = messages(&app).await;
    assert!(!mails.is_empty() && mails[0].2.contains("2026-0001"), "{mails:?}");
    let read = app.db.read(|conn| Ok(trouble::table.select(trouble::name).load::<String>(conn)?));
    assert_eq!(read.await.unwrap(), ["mail-template"]);
    let page = app.page(Method::GET, "/incidents").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("role=\"status\"") || page.contains("role=\"alert\""), "the list shows it");
    app.advance(Duration::hours(24));
    say(&app).await;
    let read = app.db.read(|conn| Ok(trouble::table.count().get_result::<i64>(conn)?));
    assert_eq!(read.await.unwrap(), 0, "it goes when it works again");
}

#[actix_web::test]
async fn the_week_is_summed_up_once_on_monday_or_as_soon_as_the_program_runs() {
    let app = TestApp::start().await;
    add(&app, "Liv Leder", "manager").await;
    friday(&app).await;
    let summaries =
        async || messages(&app).await.into_iter().filter(|mail| mail.3.starts_with("summary-")).collect::<Vec<_>>();
    say(&app).await;
    let early = summaries().await.len();
    app.clock.advance(at("2026-11-09T06:59:00Z") - app.clock.now());
    say(&app).await;
    assert_eq!(summaries().await.len(), early);
    app.advance(Duration::hours(3));
    say(&app).await;
    say(&app).await;
    let all = summaries().await;
    let read = app
        .db
        .read(|conn| Ok(trouble::table.select((trouble::name, trouble::detail)).load::<(String, String)>(conn)?));
    assert_eq!(all.len(), early + 1, "late, but once: {:?}", read.await.unwrap());
    let (to, _, text, _) = all.last().unwrap();
    assert!(to == "manager@smbmobil.example" && text.contains("2026-0001"), "{text}");
}

#[actix_web::test]
async fn what_must_be_reminded_of_is_found_by_an_index_on_both_engines() {
    let app = TestApp::empty().await;
    let query = "SELECT seq FROM duty WHERE remind_at <= '2026-01-01T00:00:00Z' ORDER BY remind_at LIMIT 256";
    let plan = plan_of(&app, query).await;
    assert!(plan.contains("duty_remind") && !plan.to_lowercase().contains("sort"), "{plan}");
    let query =
        "SELECT seq FROM message WHERE state = 'waiting' AND due_at <= '2026-01-01T00:00:00Z' ORDER BY due_at LIMIT 16";
    let plan = plan_of(&app, query).await;
    assert!(plan.contains("message_due"), "{plan}");
}
