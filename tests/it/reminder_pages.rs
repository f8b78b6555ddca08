//! The faces of reminders: what was said is seen and answered, and the ladders are set, by people and by programs.

use std::sync::Arc;

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};
use varsel::reminder::actions::{Book, round};
use varsel::templates::Templates;

use crate::app::{EMAIL, PASSWORD, TestApp, at};
use crate::case::{key, log};

/// Says what is due now.
async fn say(app: &TestApp) {
    let book = Arc::new(Book { mails: Templates::mails().unwrap(), base: "https://varsel.example".into() });
    round(&app.db, &book, app.clock.now()).await.unwrap();
    while app.worker.round().await.unwrap() > 0 {}
}

/// Comes in anew, as after a night.
async fn sign_in(app: &TestApp) {
    assert_eq!(app.post("/session", &json!({ "email": EMAIL, "password": PASSWORD })).await.0, 204);
}

/// A breach known on a Wednesday at 10:00 in Norway, so that its 72 hours end on a Saturday; answers its path.
async fn breach(app: &TestApp) -> String {
    app.clock.advance(at("2026-11-04T09:00:00Z") - app.clock.now());
    sign_in(app).await;
    let facts = json!({
        "title": "Kundelisten <funnet> hos en tredjepart",
        "timeline": { "breach_aware_at": "2026-11-04T10:00:00+01:00" },
        "personal_data": { "breach": true, "roles": [{ "role": "controller" }], "risk": "risk", "risk_reason": "Kontaktopplysninger hos ukjent" },
    });
    format!("/incidents/{}", key(&log(app, &facts).await))
}

async fn page(app: &TestApp, path: &str) -> String {
    let answer = app.page(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

async fn send(app: &TestApp, path: &str, form: &[(&str, &str)]) -> (u16, String) {
    let answer = app.page(Method::POST, path).form(form).send().await.unwrap();
    let status = answer.status().as_u16();
    let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
    (
        status,
        match to {
            Some(to) => to,
            None => answer.text().await.unwrap(),
        },
    )
}

/// What the API says of one duty's reminders.
async fn of(app: &TestApp, path: &str, id: &str) -> Value {
    let (status, all) = app.get(&format!("{path}/reminders")).await;
    assert_eq!(status, 200, "{all}");
    all["items"].as_array().unwrap().iter().find(|one| one["duty"] == id).unwrap().clone()
}

fn contains(page: &str, all: &[&str]) {
    for words in all {
        assert!(page.contains(words), "{words} is not in\n{page}");
    }
}

const DUTY: &str = "gdpr-33-authority";

#[actix_web::test]
async fn what_was_said_is_seen_and_so_is_what_comes_next() {
    let app = TestApp::start().await;
    let path = breach(&app).await;
    let shown = page(&app, &format!("{path}/reminders")).await;
    contains(
        &shown,
        &["Ingenting er sagt ennå.", "Neste påminnelse: <b>om et øyeblikk</b>", "Kundelisten &lt;funnet&gt;"],
    );
    assert!(!shown.contains("value=\"seen\""), "there is nothing to answer yet");
    contains(
        &page(&app, &path).await,
        &["/reminders?duty=duty-gdpr-33-authority-#duty-gdpr-33-authority-", "Se påminnelsene"],
    );
    app.advance(Duration::minutes(5));
    say(&app).await;
    let shown = page(&app, &format!("{path}/reminders?duty=duty-gdpr-33-authority-")).await;
    contains(
        &shown,
        &[
            "id=\"duty-gdpr-33-authority-\"",
            "Straks plikten oppsto",
            "5 min forsinket",
            "Sagt til den ansvarlige: Kari Nordmann.",
            "Frist: lørdag 7. november 2026 kl. 10.00",
            "2 døgn 23 t igjen",
            "fridag (lørdag)",
            "onsdag 4. november 2026 kl. 12.05",
            "Den går til flere fordi ingen har svart.",
        ],
    );
    let duty = of(&app, &path, DUTY).await;
    assert_eq!(
        (&duty["taken"][0]["step"], &duty["taken"][0]["late"], &duty["can_answer"]),
        (&json!("at-once"), &json!(true), &json!(true))
    );
    assert_eq!(duty["taken"][0]["told"], json!(["Kari Nordmann"]));
    assert_eq!(
        (&duty["next"]["at"], &duty["next"]["escalated"], &duty["next"]["circle"]),
        (&json!("2026-11-04T11:05:00Z"), &json!(true), &json!("team"))
    );
    assert_eq!(duty["staffing"]["working_day"], false);
    app.advance(Duration::hours(2));
    say(&app).await;
    contains(&page(&app, &format!("{path}/reminders")).await, &["Ingen svarte, så den gikk til flere."]);
}

#[actix_web::test]
async fn a_step_is_seen_or_snoozed_and_the_duty_stays_open() {
    let app = TestApp::start().await;
    let path = breach(&app).await;
    say(&app).await;
    let seq = of(&app, &path, DUTY).await["seq"].as_i64().unwrap();
    let answer = format!("{path}/reminders/{seq}/answer");
    let (status, to) = send(&app, &answer, &[("minutes", "60")]).await;
    assert_eq!((status, to.as_str()), (303, format!("{path}/reminders?done={seq}#main").as_str()));
    let shown = page(&app, &format!("{path}/reminders?done={seq}")).await;
    contains(
        &shown,
        &[
            "påminnelsen er utsatt til 4.11.2026 kl. 11.00",
            "Neste påminnelse kommer 4.11.2026 kl. 11.00",
            "Da er utsettelsen over.",
            "role=\"status\" data-done",
        ],
    );
    assert_eq!(send(&app, &answer, &[("reply", "seen")]).await.0, 303);
    let shown = page(&app, &format!("{path}/reminders?done={seq}")).await;
    contains(
        &shown,
        &[
            "påminnelsen er sett. Plikten står fortsatt åpen.",
            "Sett av Kari Nordmann",
            "Neste påminnelse kommer 5.11.2026 kl. 10.00",
        ],
    );
    let duty = of(&app, &path, DUTY).await;
    assert_eq!((&duty["state"], duty["answers"].as_array().unwrap().len()), (&json!("required"), 2));
    app.advance(Duration::hours(20));
    say(&app).await;
    sign_in(&app).await;
    assert_eq!(of(&app, &path, DUTY).await["taken"].as_array().unwrap().len(), 1, "the step is silent");
    contains(&shown, &["value=\"15\"", "value=\"60\"", "value=\"240\""]);
    app.advance(Duration::hours(2));
    let shown = page(&app, &format!("{path}/reminders?duty=duty-gdpr-33-authority-")).await;
    let own = shown.split("<section").find(|part| part.contains("id=\"duty-gdpr-33-authority-\"")).unwrap();
    assert!(
        own.contains("value=\"60\"") && !own.contains("value=\"240\""),
        "only what ends before the next step\n{own}"
    );
}

#[actix_web::test]
async fn a_wrong_snooze_is_told_at_its_field_and_what_was_typed_is_kept() {
    let app = TestApp::start().await;
    let path = breach(&app).await;
    say(&app).await;
    let seq = of(&app, &path, DUTY).await["seq"].as_i64().unwrap();
    let answer = format!("{path}/reminders/{seq}/answer");
    for (typed, words) in [
        ("2026-11-06T12:00", "senest 5.11.2026 kl. 10.00"),
        ("2026-11-03T12:00", "senest 5.11.2026 kl. 10.00"),
        ("i morgen", "«i morgen» er ikke et tidspunkt"),
        ("", "Feltet må fylles ut."),
    ] {
        let (status, shown) = send(&app, &answer, &[("until", typed)]).await;
        assert_eq!(status, 422, "{typed}");
        contains(
            &shown,
            &[words, &format!("name=\"until\" value=\"{typed}\""), &format!("href=\"#reminder-{seq}-until\"")],
        );
    }
    let (status, problem) = app.post(&answer, &json!({ "snooze_until": "2026-11-06T12:00:00+01:00" })).await;
    let fault = &problem["errors"][0];
    assert_eq!(
        (status, &fault["path"], &fault["code"], &fault["latest"]),
        (422, &json!("snooze_until"), &json!("snooze_out_of_range"), &json!("2026-11-05T09:00:00.000000Z"))
    );
    assert!(fault["message"].as_str().unwrap().contains("5.11.2026 kl. 10.00"), "{fault}");
    for (body, code) in [
        (json!({}), "either_answer"),
        (json!({ "acknowledge": false }), "either_answer"),
        (json!({ "acknowledge": true, "snooze_until": "2026-11-04T12:00:00Z" }), "either_answer"),
        (json!({ "acknowledge": "yes" }), "wrong_type"),
        (json!({ "snooze_until": "2026-11-04T12:00" }), "no_offset"),
        (json!({ "acknowledge": true, "snoze_until": 1 }), "unknown_key"),
    ] {
        let (status, problem) = app.post(&answer, &body).await;
        assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!(code)), "{body} {problem}");
    }
    let (status, told) = app.post(&answer, &json!({ "snooze_until": "2026-11-04T11:00:00Z" })).await;
    assert_eq!(status, 200, "{told}");
    assert_eq!(app.post(&answer, &json!({ "acknowledge": true })).await.0, 200);
    for wrong in [
        format!("{path}/reminders/999999/answer"),
        format!("{path}/reminders/x/answer"),
        format!("/incidents/2026-0999/reminders/{seq}/answer"),
    ] {
        assert_eq!(app.post(&wrong, &json!({ "acknowledge": true })).await.0, 404, "{wrong}");
    }
}

#[actix_web::test]
async fn an_answer_to_one_reminder_is_not_taken_for_an_answer_to_the_next() {
    let app = TestApp::start().await;
    let path = breach(&app).await;
    say(&app).await;
    let duty = of(&app, &path, DUTY).await;
    let (seq, said) = (duty["seq"].as_i64().unwrap(), duty["said"].as_u64().unwrap());
    let answer = format!("{path}/reminders/{seq}/answer");
    let open = page(&app, &format!("{path}/reminders")).await;
    assert!(open.contains(&format!("name=\"said\" value=\"{said}\"")), "the form knows what it answers");
    // The next step comes while the page lies open.
    app.advance(Duration::hours(24));
    say(&app).await;
    sign_in(&app).await;
    let (status, shown) = send(&app, &answer, &[("reply", "seen"), ("said", &said.to_string())]).await;
    assert_eq!(status, 409);
    contains(&shown, &["role=\"alert\"", "En ny påminnelse er sagt siden du åpnet siden."]);
    let (status, problem) = app.post(&answer, &json!({ "acknowledge": true, "said": said })).await;
    assert_eq!((status, &problem["type"]), (409, &json!("urn:varsel:problem:reminded-since")));
    assert_eq!(of(&app, &path, DUTY).await["answers"], json!([]));
    let (status, problem) = app.post(&answer, &json!({ "acknowledge": true, "said": "to" })).await;
    assert_eq!((status, &problem["errors"][0]["path"]), (422, &json!("said")), "{problem}");
    let now = of(&app, &path, DUTY).await["said"].clone();
    assert_eq!(app.post(&answer, &json!({ "acknowledge": true, "said": now })).await.0, 200);
}

#[actix_web::test]
async fn what_cannot_be_answered_says_why() {
    let app = TestApp::start().await;
    let path = breach(&app).await;
    let seq = of(&app, &path, DUTY).await["seq"].as_i64().unwrap();
    let answer = format!("{path}/reminders/{seq}/answer");
    let (status, shown) = send(&app, &answer, &[("reply", "seen")]).await;
    assert_eq!(status, 409);
    contains(&shown, &["role=\"alert\"", "Ingen påminnelse er sagt siden plikten ble slik den er nå."]);
    assert_eq!(
        app.post(&answer, &json!({ "acknowledge": true })).await.1["type"],
        "urn:varsel:problem:nothing-to-answer"
    );
    say(&app).await;
    let sent = json!({ "complete": true, "channel": "altinn" });
    assert_eq!(app.post(&format!("{path}/duties/{DUTY}/submission"), &sent).await.0, 201);
    let (status, shown) = send(&app, &answer, &[("reply", "seen")]).await;
    assert_eq!(status, 409);
    contains(&shown, &["Bare en plikt som er påkrevd eller uavklart", "Straks plikten oppsto"]);
    let duty = of(&app, &path, DUTY).await;
    assert_eq!(
        (&duty["state"], &duty["next"], &duty["can_answer"]),
        (&json!("fulfilled"), &Value::Null, &json!(false))
    );
}

#[actix_web::test]
async fn ladders_that_are_saved_change_the_next_reminder_and_the_defaults_come_back() {
    let app = TestApp::start().await;
    let path = breach(&app).await;
    say(&app).await;
    contains(&page(&app, "/settings").await, &["href=\"/settings/reminders\""]);
    let shown = page(&app, "/settings/reminders").await;
    contains(
        &shown,
        &[
            "Straks (den ansvarlige), 2 døgn, 24 t (teamet), 12 t, 4 t (teamet og ledelsen), 1 t, ved fristen, deretter hver 4 t",
            "name=\"hours72.rungs[0].minutes_before\"",
            "name=\"hours72.rungs[7].minutes_before\"",
            "Ingen har lagret trinn ennå.",
            "Alt står som standard.",
        ],
    );
    assert!(!shown.contains("hours72.rungs[8]"), "two rows to spare");
    let form = [
        ("version", "0"),
        ("hours72.unanswered_after", "0,5"),
        ("hours72.unanswered_after~unit", "hours"),
        ("hours72.rungs[0].minutes_before", ""),
        ("hours72.rungs[0].circle", "owner"),
        ("hours72.rungs[1].minutes_before", "0"),
        ("hours72.rungs[1].circle", "management"),
        ("hours72.rungs[5].minutes_before", "2,5"),
        ("hours72.rungs[5].minutes_before~unit", "days"),
        ("hours72.rungs[5].circle", "team"),
    ];
    assert_eq!(send(&app, "/settings/reminders", &form).await, (303, "/settings/reminders?done=saved".into()));
    let (_, saved) = app.get("/settings/reminders").await;
    assert_eq!(
        saved["hours72"]["rungs"],
        json!([{ "minutes_before": 3600, "circle": "team" }, { "minutes_before": 0, "circle": "management" }])
    );
    assert_eq!((&saved["version"], &saved["minutes30"]), (&json!(1), &saved["defaults"]["minutes30"]));
    assert_eq!(of(&app, &path, DUTY).await["next"]["at"], "2026-11-04T09:30:00Z", "half an hour without an answer");
    let seq = of(&app, &path, DUTY).await["seq"].as_i64().unwrap();
    assert_eq!(app.post(&format!("{path}/reminders/{seq}/answer"), &json!({ "acknowledge": true })).await.0, 200);
    assert_eq!(of(&app, &path, DUTY).await["next"]["at"], "2026-11-04T21:00:00Z", "sixty hours before the deadline");
    let shown = page(&app, "/settings/reminders?done=saved").await;
    contains(
        &shown,
        &[
            "Trinnene er lagret.",
            "straks (den ansvarlige), 2 døgn 12 t (teamet), ved fristen (teamet og ledelsen)"
                .replace("straks", "Straks")
                .as_str(),
            "Kari Nordmann, 4.11.2026 kl. 10.00",
            "name=\"defaults\"",
        ],
    );
    assert_eq!(send(&app, "/settings/reminders", &[("version", "1"), ("defaults", "yes")]).await.0, 303);
    let (_, back) = app.get("/settings/reminders").await;
    assert_eq!((&back["version"], &back["hours72"]), (&json!(2), &back["defaults"]["hours72"]));
    assert_eq!(back["history"].as_array().unwrap().len(), 2);
    assert_eq!(back["history"][0]["changes"][1], json!({ "path": "hours72.unanswered_after", "from": 30, "to": 120 }));
}

#[actix_web::test]
async fn each_fault_of_a_ladder_stands_at_its_field_and_nothing_typed_is_lost() {
    let app = TestApp::start().await;
    let form = [
        ("version", "0"),
        ("hours72.again_every", "ofte"),
        ("hours72.again_every~unit", "hours"),
        ("minutes30.again_every", "1"),
        ("minutes30.again_every~unit", "minutes"),
        ("minutes30.first", "everybody"),
        ("target_long.rungs[0].minutes_before", "2"),
        ("target_long.rungs[0].minutes_before~unit", "hours"),
        ("target_long.rungs[0].circle", "team"),
        ("target_long.rungs[1].minutes_before", "120"),
        ("target_long.rungs[1].minutes_before~unit", "minutes"),
        ("target_long.rungs[1].circle", "owner"),
        ("target_short.rungs[0].minutes_before", ""),
        ("idle_every", "<i>"),
    ];
    let (status, shown) = send(&app, "/settings/reminders", &form).await;
    assert_eq!(status, 422);
    contains(
        &shown,
        &[
            "«ofte» er ikke en tid i hele minutter",
            "name=\"hours72.again_every\" inputmode=\"decimal\" autocomplete=\"off\" value=\"ofte\" aria-invalid=\"true\"",
            "Oppgi en tid fra 5 min til 7 døgn.",
            "«everybody» er ikke et av valgene",
            "To trinn har samme tid.",
            "id=\"target_long-rungs-1--minutes_before-wrong\"",
            "Stigen må ha minst ett trinn.",
            "value=\"&lt;i&gt;\"",
        ],
    );
    let (status, problem) = app.send(Method::PUT, "/settings/reminders", &json!({ "version": 0, "hours72": { "rungs": [{ "minutes_before": 60, "circle": "team" }, { "minutes_before": 60, "circle": "teem" }] }, "idle": 1 })).await;
    let codes: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().filter_map(|fault| fault["code"].as_str()).collect();
    assert_eq!((status, codes), (422, vec!["unknown_key", "wrong_choice"]), "{problem}");
    assert_eq!(
        app.send(Method::PUT, "/settings/reminders", &json!({ "idle_every": 1440 })).await.1["errors"][0]["code"],
        "version_missing"
    );
    assert_eq!(app.get("/settings/reminders").await.1["version"], 0, "nothing was stored");
}

#[actix_web::test]
async fn what_others_saved_meanwhile_is_taken_over_or_asked_about() {
    let app = TestApp::start().await;
    let put = async |body: Value| app.send(Method::PUT, "/settings/reminders", &body).await;
    let (status, saved) = put(json!({ "version": 0, "idle_every": 1440, "hours72": { "again_every": 60 } })).await;
    assert_eq!((status, &saved["version"]), (200, &json!(1)));
    let (status, problem) = put(json!({ "version": 0, "idle_every": 2880 })).await;
    assert_eq!((status, &problem["current_version"]), (409, &json!(1)));
    assert_eq!(problem["changes"][1], json!({ "path": "idle_every", "from": 10080, "to": 1440 }));
    let (status, same) = put(saved.clone()).await;
    assert_eq!((status, &same), (200, &saved), "an answer sent back as it is changes nothing");
    let form = [
        ("version", "0"),
        ("idle_every", "3"),
        ("idle_every~unit", "days"),
        ("hours72.again_every", "4"),
        ("hours72.again_every~unit", "hours"),
        ("hours72.unanswered_after", "3"),
        ("hours72.unanswered_after~unit", "hours"),
    ];
    let (status, shown) = send(&app, "/settings/reminders", &form).await;
    assert_eq!(status, 409);
    contains(
        &shown,
        &[
            "<td>3 døgn</td><td>24 t<br><span class=\"soft small\">Kari Nordmann</span>",
            "name=\"version\" value=\"1\"",
            "name=\"idle_every\" inputmode=\"decimal\" autocomplete=\"off\" value=\"3\"",
            "name=\"hours72.again_every\" inputmode=\"decimal\" autocomplete=\"off\" value=\"1\"",
            "name=\"hours72.unanswered_after\" inputmode=\"decimal\" autocomplete=\"off\" value=\"3\"",
        ],
    );
    let rest: Vec<(&str, &str)> = form.into_iter().filter(|(name, _)| !name.starts_with("idle_every")).collect();
    assert_eq!(send(&app, "/settings/reminders", &rest).await.0, 303, "nothing was changed by both");
    let (_, saved) = app.get("/settings/reminders").await;
    assert_eq!(
        (&saved["idle_every"], &saved["hours72"]["again_every"], &saved["hours72"]["unanswered_after"]),
        (&json!(1440), &json!(60), &json!(180))
    );
}

#[actix_web::test]
async fn the_pages_speak_three_languages() {
    let app = TestApp::start().await;
    let path = breach(&app).await;
    say(&app).await;
    for (lang, words) in [
        ("nn", ["Påminningar", "Minn meg på att om …", "Stega i påminningane", "den ansvarlege"]),
        ("en", ["Reminders", "Remind me again in …", "Reminder steps", "the owner"]),
        ("nb", ["Påminnelser", "Minn meg på igjen om …", "Påminnelsenes trinn", "den ansvarlige"]),
    ] {
        assert_eq!(send(&app, "/language", &[("lang", lang), ("next", "/")]).await.0, 303);
        let shown = page(&app, &format!("{path}/reminders")).await;
        contains(&shown, &words);
        assert!(!shown.contains("page-") && !shown.contains("reminder-step"), "{lang}: a text is missing\n{shown}");
        let shown = page(&app, "/settings/reminders").await;
        contains(&shown, &words[2..]);
        assert!(!shown.contains("page-ladder"), "{lang}: a text is missing");
    }
}
