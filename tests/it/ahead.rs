//! What each answer would change before it is given, two assessments side by side, the report of a month, and the keys.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::case::{key, leak, log};
use crate::dossier::words;

async fn page(app: &TestApp, path: &str) -> String {
    let answer = app.page(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

/// The facts with one of them answered.
fn patch(path: &str, answer: &Value) -> Value {
    path.rsplit('.').fold(answer.clone(), |inner, part| json!({ part: inner }))
}

#[actix_web::test]
async fn what_is_foreseen_of_an_answer_is_what_happens_when_it_is_given() {
    let app = TestApp::start().await;
    let (mut tried, mut numbers) = (0, 0);
    let down = json!({ "title": "Tale nede", "services": { "availability": "occurred" } });
    for (facts, limit) in [(down.clone(), 4), (leak(), 4), (down, 50)] {
        let first = key(&log(&app, &facts).await);
        let (status, asked) = app.get(&format!("/incidents/{first}/questions?limit={limit}")).await;
        assert_eq!(status, 200, "{asked}");
        for question in asked["items"].as_array().unwrap() {
            let fact = question["fact"].as_str().unwrap();
            let all = question["answers"].as_array().unwrap().iter();
            // Of all the questions those for a number: on both sides of each limit.
            let ends = |foreseen: &Value| match &foreseen["answers"][0] {
                Value::Object(range) => vec![range.get("from").cloned(), range.get("to").cloned()],
                _ if limit == 50 => Vec::new(),
                answer => vec![Some(answer.clone())],
            };
            let all =
                all.flat_map(|foreseen| ends(foreseen).into_iter().flatten().map(move |answer| (foreseen, answer)));
            for (foreseen, answer) in all {
                let answer = &answer;
                numbers += usize::from(answer.is_u64());
                // Moments are stated with a reason, each for itself.
                if fact.starts_with("timeline.") {
                    continue;
                }
                let path = format!("/incidents/{}", key(&log(&app, &facts).await));
                let mut change = patch(fact, answer);
                change["version"] = json!(1);
                let (status, case) = app.send(Method::PATCH, &path, &change).await;
                if foreseen["refused"].as_array().is_some_and(|all| !all.is_empty()) {
                    assert_eq!(status, 422, "{fact} {answer}: {case}");
                    continue;
                }
                assert_eq!(status, 200, "{fact} {answer}: {case}");
                let (_, lines) = app.get(&format!("{path}/timeline")).await;
                let happened = &lines["items"][1]["payload"]["consequences"];
                let none = json!([]);
                assert_eq!(&foreseen["duties"], happened.get("duties").unwrap_or(&none), "{fact} {answer}");
                if let Some(to) = foreseen["must_be_told"]["to"].as_str() {
                    assert_eq!(case["affected_users"]["must_be_told"], to, "{fact} {answer}");
                }
                if let Some(lowest) = foreseen["severity"]["to"]["lowest"].as_str() {
                    assert_eq!(case["severity"]["level"], lowest, "{fact} {answer}");
                }
                tried += 1;
            }
        }
        assert_eq!(app.get(&format!("/incidents/{first}")).await.1["version"], 1, "looking ahead changes nothing");
    }
    assert!(tried > 10 && numbers > 5, "{tried} answers were tried, {numbers} numbers");
}

#[actix_web::test]
async fn a_question_says_what_each_answer_would_change_in_the_readers_words() {
    let app = TestApp::start().await;
    let reference = key(&log(&app, &json!({ "title": "Tale nede", "services": { "availability": "occurred" } })).await);
    let shown = page(&app, &format!("/incidents/{reference}")).await;
    assert!(shown.contains("Hva svaret endrer") && shown.contains("<dt>Ja</dt>"), "{shown}");
    assert!(
        shown.contains("Må gjøres: ") && shown.contains("Faller bort: ") && shown.contains("(innen 23.10.2026 kl.")
    );
    assert!(!shown.contains("foresee-"), "no key in the place of words");
    let (status, wrong) = app.get(&format!("/incidents/{reference}/questions?limit=0")).await;
    assert_eq!((status, &wrong["errors"][0]["code"]), (422, &json!("questions_out_of_range")));
    assert!(wrong["errors"][0]["message"].as_str().unwrap().contains("1 til 50"), "{wrong}");
}

#[actix_web::test]
async fn two_assessments_stand_side_by_side_with_what_set_them_apart() {
    let app = TestApp::start().await;
    let case = log(&app, &json!({ "title": "Tale nede", "services": { "availability": "occurred" } })).await;
    let path = format!("/incidents/{}", key(&case));
    let (_, only) = app.get(&format!("{path}/assessments/compared")).await;
    assert_eq!((&only["from"]["version"], &only["to"]["version"]), (&json!(1), &json!(1)));
    app.advance(Duration::minutes(5));
    let change = json!({ "version": 1, "personal_data": { "breach": false }, "services": { "material": true } });
    let (status, why) = app.send(Method::PATCH, &path, &change).await;
    assert_eq!(status, 200, "{why}");
    app.advance(Duration::minutes(5));
    let severity = json!({ "level": "critical", "reason": "Nødanrop" });
    assert_eq!(app.send(Method::PUT, &format!("{path}/severity"), &severity).await.0, 200);

    let (status, told) = app.get(&format!("{path}/assessments/compared?from=1&to=2")).await;
    assert_eq!(status, 200, "{told}");
    let differences = &told["differences"];
    let paths: Vec<&str> =
        differences["facts"].as_array().unwrap().iter().map(|fact| fact["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&"personal_data.breach") && paths.contains(&"services.material"), "{differences}");
    let turn = |id: &str| {
        let all = differences["duties"].as_array().unwrap();
        all.iter().find(|duty| duty["duty"] == id).unwrap_or_else(|| panic!("{id} in {differences}")).clone()
    };
    assert_eq!(turn("gdpr-33-authority")["change"], "lifted");
    assert_eq!(turn("nkom-availability")["change"], "confirmed");
    assert_eq!(turn("nkom-availability")["state"], json!({ "from": "undetermined", "to": "required" }));
    assert_eq!(differences["rules_version"], Value::Null);
    assert_eq!(told["between"].as_array().map(Vec::len), Some(1));
    let (_, turned) = app.get(&format!("{path}/assessments/compared?from=2&to=1")).await;
    assert_eq!(turned, told, "the earlier one stands first whichever way they are named");
    let (_, last) = app.get(&format!("{path}/assessments/compared")).await;
    assert_eq!((&last["from"]["version"], &last["to"]["version"]), (&json!(2), &json!(3)));
    assert_eq!(last["differences"]["severity"]["to"]["level"], "critical");
    assert_eq!(app.get(&format!("{path}/assessments/compared?from=1&to=9")).await.0, 404);

    let list = page(&app, &format!("{path}/assessments")).await;
    assert_eq!(list.matches("name=\"from\"").count(), 3);
    let shown = page(&app, &format!("{path}/assessments/compared?from=1&to=2")).await;
    for words in
        ["Melding til Datatilsynet", "falt bort", "ble avklart: må gjøres", "Fakta som skiller", "Gjort imellom"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[actix_web::test]
async fn the_report_of_a_month_has_the_figures_of_the_dashboard() {
    let app = TestApp::start().await;
    let reference = key(&log(&app, &leak()).await);
    let down = json!({ "title": "Tale nede", "cause": { "root_cause": "human_error" },
        "services": { "availability": "occurred", "customers_affected": 40_000, "duration_minutes": 90 } });
    log(&app, &down).await;
    let path = format!("/incidents/{reference}/duties/gdpr-33-authority/submission");
    let (status, why) = app.post(&path, &json!({ "channel": "Altinn", "complete": true })).await;
    assert!(status < 300, "{why}");
    app.advance(Duration::hours(10));
    app.sign_in().await;
    for (lang, told) in [
        (
            "nb",
            [
                "Hendelser og varsling i oktober 2026",
                "Nestenhendelser 0 0",
                "Tapte brukertimer 60 000 0",
                "Slik er det regnet",
                "100 %",
            ],
        ),
        ("nn", ["Hendingar og varsling i oktober 2026", "0 0", "60 000 0", "Kari Nordmann", "100 %"]),
        ("en", ["Incidents and notices in October 2026", "0 0", "60,000 0", "Kari Nordmann", "100%"]),
    ] {
        let answer =
            app.page(Method::GET, &format!("/dashboard/month.pdf?month=2026-10&lang={lang}")).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["content-type"]),
            (200, &"application/pdf".parse().unwrap())
        );
        let pdf = answer.bytes().await.unwrap();
        if let Ok(folder) = std::env::var("VARSEL_SPECIMEN") {
            std::fs::write(format!("{folder}/month-{lang}.pdf"), &pdf).unwrap();
        }
        let text = words(&pdf);
        for one in told {
            assert!(text.contains(one), "{lang}: «{one}» is not in {text}");
        }
    }
    let answer = app.page(Method::GET, "/dashboard/month.pdf?month=2026-13").send().await.unwrap();
    assert_eq!(answer.status(), 422);
    let shown = page(&app, "/dashboard").await;
    assert!(shown.contains("60\u{a0}000") && shown.contains("/dashboard/month.pdf?month&#x3D;2026-10"), "{shown}");
    let why = shown.matches("Slik er det regnet").count();
    assert_eq!(shown.matches("Slik tallene var").count(), why, "each figure says as of when");
}

#[actix_web::test]
async fn the_keys_are_listed_and_turned_off_in_one_browser() {
    let app = TestApp::start().await;
    assert!(page(&app, "/keys").await.contains("<kbd>n</kbd>"));
    let answer = app.page(Method::POST, "/account/keys").form(&[("keys", "off")]).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert!(answer.headers()["set-cookie"].to_str().unwrap().starts_with("keys=off"));
    assert!(page(&app, "/account").await.contains("De er av i denne nettleseren"));
    assert!(page(&app, "/keys").await.contains("Hurtigtastene er slått av"));
}
