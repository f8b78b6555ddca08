//! What a browser is told of what it sent under a mark: that it was taken, and nothing where it was not, so that it keeps it.

use reqwest::{Method, Response};

use crate::app::{TestApp, new_client};

async fn send(app: &TestApp, path: &str, form: &[(&str, &str)]) -> Response {
    app.page(Method::POST, path).form(form).send().await.unwrap()
}

/// The marks that come back, and whether scripts may read them.
fn taken(answer: &Response) -> Option<String> {
    let cookies = answer.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    let cookie = cookies.into_iter().find(|cookie| cookie.starts_with("varsel_taken="))?;
    assert!(!cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    Some(cookie.split(['=', ';']).nth(1).unwrap().to_owned())
}

#[actix_web::test]
async fn a_browser_hears_that_what_it_sent_was_taken_and_never_otherwise() {
    let app = TestApp::start().await;
    let spoken = [("lang", "nb"), ("next", "/")];
    let answer = send(&app, "/language?draft=first000", &spoken).await;
    assert_eq!((answer.status().as_u16(), taken(&answer).as_deref()), (303, Some("first000")));
    let refused = send(&app, "/language?draft=second00", &[("lang", "tlh")]).await;
    assert_eq!((refused.status().as_u16(), taken(&refused)), (422, None));
    let lost = send(&app, "/incidents/2026-0099/comments?draft=third000", &[("text", "Hei")]).await;
    assert_eq!((lost.status().as_u16(), taken(&lost)), (404, None));
    for mark in ["", "short", "Upper-000", "%22;x=1;00", &"a".repeat(33)] {
        let answer = send(&app, &format!("/language?draft={mark}"), &spoken).await;
        assert_eq!(taken(&answer), None, "{mark}");
    }
    assert_eq!(taken(&send(&app, "/language", &spoken).await), None);

    let looked = app.page(Method::GET, "/language?draft=fourth00").send().await.unwrap();
    assert_eq!(taken(&looked), None);
    for n in 1..=8 {
        send(&app, &format!("/language?draft=several{n}"), &spoken).await;
    }
    let answer = send(&app, "/language?draft=several2", &spoken).await;
    let marks = taken(&answer).unwrap();
    assert_eq!(marks.split('.').collect::<Vec<_>>()[6..], ["several8", "several2"], "{marks}");
    assert_eq!(marks.split('.').count(), 8, "{marks}");

    let stranger = new_client().post(format!("{}/language?draft=fifth000", app.url)).header("origin", &app.url);
    let answer = stranger.form(&spoken).send().await.unwrap();
    assert_eq!((answer.headers()["location"].to_str().unwrap(), taken(&answer)), ("/sign-in", None));
}
