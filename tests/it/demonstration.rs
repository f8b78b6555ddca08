//! The demonstration: two made-up years that show what the program does, say so everywhere, and send nothing.

use reqwest::Method;
use serde_json::{Value, json};
use varsel::db::{Db, Upkeep};
use varsel::demo::{self, Person};

use crate::app::{TestApp, at};

/// An app on a database that was filled before it started, and who can sign in.
async fn demonstration() -> (TestApp, Vec<Person>) {
    let mut people = Vec::new();
    let app = TestApp::decided(|config| {
        let database = config.database.clone();
        let filled = std::thread::spawn(move || {
            let db = Db::open(&database, Upkeep::Migrate).unwrap();
            let work = demo::fill(&db, at("2026-10-23T12:00:00Z"));
            actix_web::rt::System::new().block_on(work).unwrap_or_else(|why| panic!("{why}"))
        });
        people = filled.join().unwrap().0;
    })
    .await;
    (app, people)
}

async fn sign_in(app: &TestApp, people: &[Person], name: &str) {
    let person = people.iter().find(|person| person.email.starts_with(name)).unwrap();
    let (status, why) = app.post("/session", &json!({ "email": person.email, "password": person.password })).await;
    assert_eq!(status, 204, "{why}");
}

fn sum(series: &Value) -> i64 {
    series["series"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|numbers| numbers.as_array().unwrap())
        .filter_map(Value::as_i64)
        .sum()
}

#[actix_web::test]
async fn two_made_up_years_add_up_say_so_on_every_page_and_send_nothing() {
    let (app, people) = demonstration().await;
    let html = async |path: &str| {
        app.page(Method::GET, path).header("accept-language", "nb").send().await.unwrap().text().await.unwrap()
    };
    let strip = "Demonstrasjon: oppdiktede hendelser";
    assert!(html("/sign-in?lang=nb").await.contains(strip));
    sign_in(&app, &people, "marte").await;
    let (status, figures) = app.get("/dashboard?from=2024-10&to=2026-10").await;
    assert_eq!(status, 200, "{figures}");
    let period = &figures["period"];
    let all = period["incidents"].as_i64().unwrap();
    assert!((150..=250).contains(&all), "{all}");
    assert_eq!(sum(&period["by_severity"]), all);
    let levels = period["by_severity"]["series"].as_object().unwrap();
    assert!(levels.values().all(|months| months.as_array().unwrap().iter().any(|many| many != 0)), "{levels:?}");
    let told = &period["told"]["datatilsynet"];
    let (measured, in_time) = (told["measured"].as_i64().unwrap(), told["in_time"].as_i64().unwrap());
    assert!(measured > 20 && in_time < measured && in_time * 10 > measured * 7, "{told}");
    assert!(period["near_misses"].as_i64() > Some(3) && figures["late"]["count"].as_i64() > Some(0), "{figures}");
    assert!(
        figures["next_24_hours"]["count"].as_i64().unwrap()
            + figures["to_be_settled_within_24_hours"]["count"].as_i64().unwrap()
            > 0
    );
    // The list holds what the figure says.
    let (mut listed, mut cursor, mut closed) = (0, String::new(), String::new());
    loop {
        let (_, page) = app.get(&format!("/incidents?limit=100{cursor}")).await;
        let items = page["items"].as_array().unwrap();
        listed += items.len();
        if let Some(one) = items.iter().find(|item| item["status"] == "closed") {
            closed = one["reference"].as_str().unwrap().to_owned();
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(i64::try_from(listed).unwrap(), all);
    sign_in(&app, &people, "ingrid").await;
    let case = format!("/incidents/{closed}");
    for path in [
        "/",
        "/dashboard",
        "/incidents",
        "/incidents/new",
        "/drills/new",
        "/settings",
        "/channels",
        "/messages",
        "/people",
        "/account",
        "/nowhere",
        &case,
        &format!("{case}/notices"),
        &format!("{case}/drafts"),
        &format!("{case}/affected"),
        &format!("{case}/reminders"),
    ] {
        let page = html(path).await;
        assert!(page.contains(strip) || page.is_empty(), "{path}: {page}");
    }
    // Nothing of the past waits to be sent, and what is sent goes into the folder.
    let (_, waiting) = app.get("/messages?limit=100").await;
    assert_eq!(waiting["items"], json!([]), "{waiting}");
    let hook = json!({ "name": "Krok", "kind": "webhook", "url": "https://example.com/hook", "circle": "team" });
    let (status, channel) = app.post("/channels", &hook).await;
    assert_eq!(status, 201, "{channel}");
    let (_, tested) = app.post(&format!("/channels/{}/test", channel["id"].as_str().unwrap()), &json!({})).await;
    assert!(tested.to_string().contains("This is a demonstration"), "{tested}");
    crate::reminders::say(&app).await;
    let mails = std::fs::read_dir(app.folder.path().join("mail")).unwrap().count();
    assert!(mails > 0, "what is due now is said, into the folder");
    for mail in std::fs::read_dir(app.folder.path().join("mail")).unwrap() {
        let mail = std::fs::read_to_string(mail.unwrap().path()).unwrap();
        assert!(
            mail.contains("Subject: DEMONSTRA") && mail.contains("DEMONSTRASJON. Hendelsen er oppdiktet"),
            "{mail}"
        );
    }
    // What is taken out of it says so, too.
    let paper = format!("{case}/notices/management-report");
    for (lang, mark) in
        [("nb", "DEMONSTRASJON: oppdiktede"), ("nn", "DEMONSTRASJON: oppdikta"), ("en", "DEMONSTRATION: made-up")]
    {
        for path in [format!("{paper}/notice.pdf?lang={lang}"), format!("{case}/dossier.pdf?lang={lang}")] {
            let answer = app.page(Method::GET, &path).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            let said = crate::dossier::words(&answer.bytes().await.unwrap());
            assert!(said.starts_with(mark) || said.contains(&format!(" {mark}")), "{path}: {said}");
        }
        assert!(html(&format!("{paper}/notice.txt?lang={lang}")).await.starts_with(mark), "{lang}");
    }
    sign_in(&app, &people, "marte").await;
    let month = app.page(Method::GET, "/dashboard/month.pdf?month=2026-09").send().await.unwrap();
    assert_eq!(month.status(), 200);
    assert!(crate::dossier::words(&month.bytes().await.unwrap()).contains("DEMONSTRA"), "the month");
    // It is whole, and no second one goes on top of it.
    let chain = app.db.read(|conn| varsel::audit::verify(conn, None)).await.unwrap();
    assert!(chain.broken.is_none() && chain.head.number > 1_000, "{:?}", chain.broken);
    let again = demo::fill(&app.db, app.clock.now()).await.err().unwrap().to_string();
    assert!(again.contains("not empty") && again.contains("incidents"), "{again}");
}

#[actix_web::test]
async fn a_database_with_people_in_it_is_no_place_for_a_demonstration() {
    let app = TestApp::start().await;
    let refused = demo::fill(&app.db, app.clock.now()).await.err().unwrap().to_string();
    assert!(refused.contains("it has people"), "{refused}");
    let page = app.page(Method::GET, "/incidents").send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("class=\"strip demo\""), "{page}");
}
