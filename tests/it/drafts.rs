//! The drafts over the API: every outgoing duty's letter with what it lacks, in the language asked for.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::case::{key, leak, log};

fn of<'a>(drafts: &'a Value, id: &str) -> Vec<&'a Value> {
    drafts["items"].as_array().unwrap().iter().filter(|draft| draft["id"] == id).collect()
}

#[actix_web::test]
async fn every_open_duty_that_goes_out_has_its_letter_with_gaps() {
    let app = TestApp::start().await;
    let path = format!("/incidents/{}/drafts", key(&log(&app, &leak()).await));
    let (status, drafts) = app.get(&path).await;
    assert_eq!(status, 200, "{drafts}");
    assert_eq!(of(&drafts, "gdpr-33-2-controller").len(), 2, "one for each controller");
    assert!(of(&drafts, "gdpr-33-5-register").is_empty(), "nothing is sent to the register");
    let first = of(&drafts, "gdpr-33-authority")[0];
    assert_eq!((&first["state"], &first["lang"], &first["for"]), (&json!("required"), &json!("nb"), &Value::Null));
    assert_eq!(first["subject"], "Melding om brudd på personopplysningssikkerheten");
    let gap = &first["gaps"].as_array().unwrap()[0];
    assert!(["fact", "label", "asked_by"].iter().all(|name| gap[name].is_string()), "{gap}");
    assert!(first["unset"].as_array().unwrap().contains(&json!("org_number")));
}

#[actix_web::test]
async fn a_letter_is_written_in_the_language_asked_for() {
    let app = TestApp::start().await;
    let path = format!("/incidents/{}/drafts/gdpr-34-subjects", key(&log(&app, &leak()).await));
    let mut letters = Vec::new();
    for lang in ["nb", "nn", "en"] {
        let (status, draft) = app.get(&format!("{path}?lang={lang}")).await;
        assert_eq!((status, &draft["lang"]), (200, &json!(lang)));
        letters.push(draft["body"].as_str().unwrap().to_owned());
    }
    letters.dedup();
    assert_eq!(letters.len(), 3);
    let (status, problem) = app.get(&format!("{path}?lang=sv")).await;
    assert_eq!(
        (status, &problem["errors"][0]["path"], &problem["errors"][0]["choices"]),
        (422, &json!("lang"), &json!(["nb", "nn", "en"]))
    );
    assert_eq!(app.get(&format!("{path}?langg=nb")).await.0, 400, "nothing is silently dropped");
}

#[actix_web::test]
async fn a_letter_to_one_of_several_controllers_is_asked_for_by_name() {
    let app = TestApp::start().await;
    let path = format!("/incidents/{}/drafts/gdpr-33-2-controller", key(&log(&app, &leak()).await));
    let (status, problem) = app.get(&path).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("which_controller")));
    let (status, draft) = app.get(&format!("{path}?for=Bedrift%20B%20AS")).await;
    assert_eq!((status, &draft["for"]), (200, &json!("Bedrift B AS")));
    let body = draft["body"].as_str().unwrap();
    assert!(body.contains("Bedrift B AS") && !body.contains("Bedrift A AS"), "{body}");
    assert_eq!(app.get(&format!("{path}?for=Ingen%20AS")).await.0, 404);
}

#[actix_web::test]
async fn a_fulfilled_duty_keeps_its_letter_and_one_that_sends_nothing_has_none() {
    let app = TestApp::start().await;
    let path = format!("/incidents/{}", key(&log(&app, &leak()).await));
    let sent = json!({ "complete": true });
    assert_eq!(app.post(&format!("{path}/duties/nkom-privacy/submission"), &sent).await.0, 201);
    let (_, drafts) = app.get(&format!("{path}/drafts")).await;
    assert_eq!(of(&drafts, "nkom-privacy")[0]["state"], "fulfilled");
    assert!(of(&drafts, "nkom-incident-report").is_empty(), "what is not required is not drafted");
    for duty in ["gdpr-33-5-register", "no-such-duty"] {
        assert_eq!(app.get(&format!("{path}/drafts/{duty}")).await.0, 404, "{duty}");
    }
    assert_eq!(app.get("/incidents/2026-0999/drafts").await.0, 404);
}
