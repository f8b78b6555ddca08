//! Working together on an incident: comments, tasks, who else is there, and what to do when two write the same.

use chrono::Duration;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::access::{api, browse, person};
use crate::app::{TestApp, at};
use crate::case::{key, leak, log};
use crate::reminders::{messages, say};

async fn page(app: &TestApp, who: &Client, path: &str) -> String {
    let (status, text) = browse(app, who, Method::GET, path, &[]).await;
    assert_eq!(status, 200, "{path}: {text}");
    let is_our_own = path.ends_with("/comments") || path.contains("/tasks");
    assert!(!is_our_own || text.len() < 100_000, "{path} weighs {} bytes", text.len());
    text
}

async fn me(app: &TestApp) -> String {
    let people = app.get("/people").await.1;
    let me = people["items"].as_array().unwrap().iter().find(|one| one["name"] == "Kari Nordmann").unwrap();
    me["id"].as_str().unwrap().to_owned()
}

async fn restrict(app: &TestApp, reference: &str, who: &[&str]) {
    let sent = json!({ "readers": who, "reason": "Gjelder en ansatt" });
    let (status, told) = app.send(Method::PUT, &format!("/incidents/{reference}/readers"), &sent).await;
    assert_eq!(status, 200, "{told}");
}

/// Whom mails of this kind went to, by the beginning of their key.
async fn told(app: &TestApp, kind: &str) -> Vec<(String, String)> {
    say(app).await;
    let all = messages(app).await.into_iter();
    all.filter(|(.., key)| key.starts_with(kind)).map(|(to, _, text, _)| (to, text)).collect()
}

#[actix_web::test]
async fn what_is_said_stays_a_correction_stands_beside_it_and_only_its_author_makes_one() {
    let app = TestApp::start().await;
    let reference = key(&log(&app, &leak()).await);
    let (mona, _) = person(&app, "Mona", &["manager"]).await;
    let (alf, _) = person(&app, "Alf", &["auditor"]).await;
    let path = format!("/incidents/{reference}/comments");
    let before = app.get(&format!("/incidents/{reference}")).await.1["version"].clone();
    let (status, first) = app.post(&path, &json!({ "words": "Serveren er <tatt ned>\nog byttet" })).await;
    assert_eq!((status, &first["by"]), (201, &json!("Kari Nordmann")), "{first}");
    let id = first["id"].as_str().unwrap();
    let (status, second) = api(&app, &mona, Method::POST, &path, json!({ "words": "Bra. Hvem ringer Nkom?" })).await;
    assert_eq!(status, 201, "a manager may: {second}");
    let (status, _) = api(&app, &alf, Method::POST, &path, json!({ "words": "Nei" })).await;
    assert_eq!(status, 403, "an auditor changes nothing");
    let fix = json!({ "words": "Serveren er tatt ned, ikke byttet", "replaces": id });
    let (status, why) = api(&app, &mona, Method::POST, &path, fix.clone()).await;
    assert_eq!((status, why["type"].as_str()), (409, Some("urn:varsel:problem:comment-not-yours")));
    let (status, fixed) = app.post(&path, &fix).await;
    assert_eq!((status, &fixed["replaces"]), (201, &json!(id)));
    let (status, why) = app.post(&path, &fix).await;
    assert_eq!((status, why["type"].as_str()), (409, Some("urn:varsel:problem:comment-replaced")));
    let (_, all) = api(&app, &alf, Method::GET, &path, json!(null)).await;
    assert_eq!(all["items"].as_array().unwrap().len(), 3, "all of it can be read");
    assert_eq!((&all["items"][0]["replaced_by"], &all["items"][0]["words"]), (&fixed["id"], &first["words"]));
    assert_eq!(app.get(&format!("/incidents/{reference}")).await.1["version"], before, "nobody's form is stale");

    let shown = page(&app, &mona, &path).await;
    assert!(shown.contains("<s>Serveren er &lt;tatt ned&gt;\nog byttet</s>") && shown.contains("Slik stod det før"));
    let order = ["Bra. Hvem ringer Nkom?", "Serveren er tatt ned, ikke byttet"].map(|words| shown.find(words).unwrap());
    assert!(order[0] < order[1], "in the order of time");
    let case = page(&app, &alf, &format!("/incidents/{reference}")).await;
    assert!(case.contains("Serveren er tatt ned, ikke byttet") && !case.contains("og byttet"), "what stands");
    assert!(!case.contains("id=\"comment\""), "no form for whoever may not");
    let edited = page(&app, &app.client, &format!("/incidents/{reference}?edit=personal_data")).await;
    assert!(!edited.contains("Serveren"), "left out where the page is heavy");

    // By the form: what was refused is kept, and what is told to nobody is told to nobody.
    let long = "æ".repeat(4_001);
    let (status, refused) = browse(&app, &app.client, Method::POST, &path, &[("words", &long)]).await;
    assert!(status == 422 && refused.contains(&long) && refused.contains("4001"), "{status}");
    let (status, to) = browse(&app, &mona, Method::POST, &path, &[("words", "Takk")]).await;
    assert!(status == 303 && to.starts_with(&format!("/incidents/{reference}/comments?done=said#comment-")), "{to}");
    // What tells the script that what was typed need not be kept any longer.
    assert!(page(&app, &mona, to.split('#').next().unwrap()).await.contains("data-done"), "{to}");
    assert_eq!(told(&app, "mention-").await, []);
    let chain = crate::signin::stored(&app, "audit_entry");
    assert!(chain.contains("comment.added") && !chain.contains("tatt ned"), "the chain holds the digest alone");
}

#[actix_web::test]
async fn whoever_is_mentioned_gets_one_mail_if_they_may_see_the_incident() {
    let app = TestApp::start().await;
    let (_, olas) = person(&app, "Ola", &["responder"]).await;
    let (_, mona) = person(&app, "Mona", &["manager"]).await;
    person(&app, "Rita", &["reporter"]).await;
    let reference = key(&log(&app, &leak()).await);
    let path = format!("/incidents/{reference}/comments");
    let said = json!({ "words": "@Ola og @Rita, og @Kari selv: hemmelig ord", "mentions": [mona] });
    let (status, first) = app.post(&path, &said).await;
    assert_eq!(status, 201, "{first}");
    let all = told(&app, "mention-").await;
    let whom: Vec<&str> = all.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(whom, ["ola@smbmobil.example", "mona@smbmobil.example"], "not who reads nothing, and not oneself");
    assert!(
        all[0].1.contains("Kari Nordmann har nevnt deg") && all[0].1.contains("/comments#comment-"),
        "{}",
        all[0].1
    );
    assert!(!all[0].1.contains("hemmelig ord"), "what was said stays where it was said");
    let fix = json!({ "words": "@Ola: rettet", "replaces": first["id"] });
    assert_eq!(app.post(&path, &fix).await.0, 201);
    assert_eq!(told(&app, "mention-").await.len(), 2, "a correction tells nobody twice");

    restrict(&app, &reference, &[&me(&app).await]).await;
    assert_eq!(app.post(&path, &json!({ "words": "@Ola, kom" })).await.0, 201);
    assert_eq!(told(&app, "mention-").await.len(), 2, "he must not learn that it exists");
    let (status, why) = app.post(&path, &json!({ "words": "x", "mentions": [olas] })).await;
    assert_eq!((status, &why["errors"][0]["code"]), (422, &json!("mention_unknown")));
    let form = page(&app, &app.client, &path).await;
    assert!(!form.contains("Mona"), "and is not on the list");
}

#[actix_web::test]
async fn a_task_is_given_done_taken_up_again_and_reminded_of_once() {
    let app = TestApp::start().await;
    let (ola, olas) = person(&app, "Ola", &["responder"]).await;
    let (mona, monas) = person(&app, "Mona", &["manager"]).await;
    let reference = key(&log(&app, &leak()).await);
    let path = format!("/incidents/{reference}/tasks");
    let wish = json!({ "what": "Ring Nkom", "owner": olas, "due_at": "2026-10-23T14:00:00Z" });
    let (status, task) = app.post(&path, &wish).await;
    assert_eq!((status, &task["owner"], &task["version"]), (201, &json!("Ola"), &json!(1)), "{task}");
    let one = format!("{path}/{}", task["id"].as_str().unwrap());
    let given = told(&app, "task-").await;
    assert_eq!(given.len(), 1, "{given:?}");
    assert!(
        given[0].0 == "ola@smbmobil.example" && given[0].1.contains("Ring Nkom") && given[0].1.contains("kl. 16.00")
    );
    let (_, own) = api(&app, &ola, Method::GET, "/tasks", json!(null)).await;
    assert_eq!(
        (&own["items"][0]["what"], &own["items"][0]["incident"]["reference"]),
        (&json!("Ring Nkom"), &json!(reference))
    );
    assert!(page(&app, &ola, "/tasks").await.contains("Ring Nkom"));
    assert!(page(&app, &app.client, &format!("/incidents/{reference}")).await.contains("Ring Nkom"));

    // Changed by what was seen; given to somebody else, who hears of it.
    let (status, why) = app.send(Method::PATCH, &one, &json!({ "version": 9, "what": "x" })).await;
    assert_eq!((status, &why["current_version"]), (409, &json!(1)));
    let (status, task) = app.send(Method::PATCH, &one, &json!({ "version": 1, "owner": monas })).await;
    assert_eq!(
        (status, &task["due_at"]),
        (200, &json!("2026-10-23T14:00:00.000000Z")),
        "what is left out stays: {task}"
    );
    assert_eq!(told(&app, "task-").await.last().unwrap().0, "mona@smbmobil.example");

    // Its time comes: once, whoever runs, and not before.
    app.clock.advance(at("2026-10-23T13:59:59Z") - app.clock.now());
    assert_eq!(told(&app, "task-due-").await.len(), 0);
    app.advance(Duration::seconds(2));
    let due = told(&app, "task-due-").await;
    assert!(due.len() == 1 && due[0].0 == "mona@smbmobil.example" && due[0].1.contains("Tiden er ute"), "{due:?}");
    app.advance(Duration::hours(1));
    assert_eq!(told(&app, "task-due-").await.len(), 1, "once");
    assert!(page(&app, &mona, "/tasks").await.contains("Over tiden"));

    // Done by whom and when, and taken up again; a manager does her own and nobody else's.
    let (status, task) = app.post(&path, &json!({ "what": "Kun Olas", "owner": olas })).await;
    assert_eq!(status, 201);
    let other = format!("{path}/{}/completion", task["id"].as_str().unwrap());
    let (status, why) = api(&app, &mona, Method::POST, &other, json!({})).await;
    assert_eq!((status, why["type"].as_str()), (409, Some("urn:varsel:problem:task-not-yours")));
    let (status, done) = api(&app, &mona, Method::POST, &format!("{one}/completion"), json!({})).await;
    assert_eq!((status, &done["endings"][0]["by"]), (201, &json!("Mona")), "{done}");
    assert_eq!(api(&app, &mona, Method::POST, &format!("{one}/completion"), json!({})).await.0, 409);
    assert!(page(&app, &mona, &path).await.contains("Gjort av Mona 23.10.2026"));
    let (status, again) = api(&app, &ola, Method::DELETE, &format!("{one}/completion"), json!({})).await;
    assert_eq!((status, &again["done_at"], &again["endings"][1]["what"]), (200, &Value::Null, &json!("reopened")));
    assert_eq!(told(&app, "task-due-").await.len(), 1, "what is late already is not told again");
    let (status, why) = app.send(Method::PATCH, &one, &json!({ "version": 4, "owner": "x", "what": " " })).await;
    assert_eq!(status, 422, "{why}");

    // By the form.
    let typed = [("todo", ""), ("doer", olas.as_str()), ("due", "2026-10-24T09:00")];
    let (status, refused) = browse(&app, &app.client, Method::POST, &path, &typed).await;
    assert!(
        status == 422 && refused.contains("value=\"2026-10-24T09:00\"") && refused.contains("new-todo-wrong"),
        "{refused}"
    );
    let typed = [("todo", "Hent loggene"), ("doer", olas.as_str()), ("due", "2026-10-24T09:00")];
    assert_eq!(browse(&app, &app.client, Method::POST, &path, &typed).await.0, 303);
    let (_, all) = app.get(&path).await;
    let last = all["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["what"], &last["due_at"]), (&json!("Hent loggene"), &json!("2026-10-24T07:00:00.000000Z")));
    let id = last["id"].as_str().unwrap();
    let change = page(&app, &app.client, &format!("{path}?change={id}")).await;
    assert!(change.contains("value=\"Hent loggene\"") && change.contains("value=\"2026-10-24T09:00\""), "{change}");
    let stale = [("todo", "Hent alle"), ("doer", olas.as_str()), ("due", ""), ("version", "7")];
    let (status, refused) = browse(&app, &app.client, Method::POST, &format!("{path}/{id}"), &stale).await;
    assert!(status == 409 && refused.contains("value=\"Hent alle\""), "nothing typed is lost: {refused}");
    let against = refused.split("<div class=\"compare\">").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(against.contains("<td>Hent alle</td><td><b>Hent loggene</b></td>"), "both are shown: {against}");
    assert!(against.contains("<td>–</td><td><b>24.10.2026") && !against.contains("Hvem gjør det?"), "{against}");
    let (status, to) = browse(&app, &ola, Method::POST, &format!("{path}/{id}/completion"), &[("from", "own")]).await;
    assert_eq!((status, to.as_str()), (303, "/tasks"));
    let chain = crate::signin::stored(&app, "audit_entry");
    for act in ["task.added", "task.changed", "task.done", "task.reopened"] {
        assert!(chain.contains(act), "{act}");
    }
    assert!(!chain.contains("Ring Nkom"), "the chain holds the digest alone");
    say(&app).await;
}

#[actix_web::test]
async fn an_incident_closes_with_tasks_open_and_tells_which_and_an_outsider_hears_nothing() {
    let app = TestApp::start().await;
    let (_, olas) = person(&app, "Ola", &["responder"]).await;
    let case = log(&app, &json!({ "title": "Tapt telefon", "personal_data": { "breach": false } })).await;
    let (reference, path) = (key(&case), format!("/incidents/{}", key(&case)));
    for duty in case["duties"].as_array().unwrap() {
        if ["required", "undetermined"].contains(&duty["state"].as_str().unwrap()) {
            let settle = format!("{path}/duties/{}/settlement", duty["id"].as_str().unwrap());
            assert!(app.post(&settle, &json!({ "reason": "Prøve" })).await.0 < 300);
        }
    }
    let wish = json!({ "what": "Skriv læringspunkter", "owner": olas, "due_at": "2026-10-24T12:00:00Z" });
    assert_eq!(app.post(&format!("{path}/tasks"), &wish).await.0, 201);
    let shown = page(&app, &app.client, &path).await;
    assert!(shown.contains("Hendelsen kan lukkes likevel") && shown.contains("Skriv læringspunkter (Ola)"), "{shown}");
    let version = app.get(&path).await.1["version"].to_string();
    let form = [("form", "closure"), ("version", version.as_str()), ("reason", "Ferdig")];
    let (status, to) = browse(&app, &app.client, Method::POST, &format!("{path}/closure"), &form).await;
    assert_eq!(status, 303, "{to}");
    let done = page(&app, &app.client, to.split('#').next().unwrap()).await;
    assert!(done.contains("Disse oppgavene er fortsatt åpne: Skriv læringspunkter (Ola)."), "{done}");
    assert_eq!(app.get(&path).await.1["open_tasks"][0]["what"], "Skriv læringspunkter");

    // Restricted before its time comes: whoever sees to the incident hears of it, and Ola does not.
    restrict(&app, &reference, &[&me(&app).await]).await;
    let before = told(&app, "task-").await;
    app.advance(Duration::hours(25));
    let after = told(&app, "task-due-").await;
    assert!(before.iter().all(|(_, text)| !text.contains("Tiden er ute")));
    assert_eq!(after.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["kari@smbmobil.example"]);
    assert!(after[0].1.contains("Ola har den, men ser ikke hendelsen nå"), "{}", after[0].1);
    app.sign_in().await;
    let (status, why) = app.post(&format!("{path}/tasks"), &json!({ "what": "x", "owner": olas })).await;
    assert_eq!((status, &why["errors"][0]["code"]), (422, &json!("task_owner")));
    let ola = crate::app::new_client();
    let words = json!({ "email": "ola@smbmobil.example", "password": "en ku hopper over månen sent" });
    assert_eq!(api(&app, &ola, Method::POST, "/session", words).await.0, 204);
    let (_, own) = api(&app, &ola, Method::GET, "/tasks", json!(null)).await;
    assert_eq!(own["items"], json!([]), "what is out of sight is on no list");
    assert!(!page(&app, &ola, "/tasks").await.contains("læringspunkter"));
}

#[actix_web::test]
async fn a_page_says_who_else_is_on_it_for_a_minute_and_a_half_and_keeps_no_session_alive() {
    let app = TestApp::start().await;
    let reference = key(&log(&app, &leak()).await);
    let (ola, _) = person(&app, "Ola", &["responder"]).await;
    let (mona, _) = person(&app, "Mona", &["manager"]).await;
    let path = format!("/incidents/{reference}");
    assert!(!page(&app, &ola, &path).await.contains("hendelsen åpen nå"), "nobody else is there");
    let shown = page(&app, &app.client, &path).await;
    let said = "aria-live=\"polite\" data-presence=\"/incidents/2026-0001/presence\">Ola har også hendelsen åpen nå.";
    assert!(shown.contains(said), "the load of the page counts: {shown}");
    let beat = async |who: &Client| {
        let (status, said) = browse(&app, who, Method::POST, &format!("{path}/presence"), &[]).await;
        assert_eq!(status, 200, "{said}");
        serde_json::from_str::<Value>(&said).unwrap()["said"].as_str().unwrap().to_owned()
    };
    assert_eq!(beat(&mona).await, "Kari Nordmann og Ola har også hendelsen åpen nå.");
    app.advance(Duration::seconds(60));
    assert_eq!(beat(&ola).await, "Kari Nordmann og Mona har også hendelsen åpen nå.");
    app.advance(Duration::seconds(31));
    assert_eq!(beat(&mona).await, "Ola har også hendelsen åpen nå.", "Kari went away");
    let (_, asked) = app.get(&format!("{path}/presence")).await;
    assert_eq!(asked["items"].as_array().unwrap().len(), 2, "a program may ask: {asked}");
    assert_eq!(beat(&mona).await, "Ola har også hendelsen åpen nå.", "and is nobody on the page");
    assert_eq!(browse(&app, &ola, Method::POST, &format!("{path}/presence?left"), &[]).await.0, 204);
    assert_eq!(beat(&mona).await, "", "who leaves is gone at once");
    app.advance(Duration::minutes(11));
    beat(&mona).await;
    assert_eq!(crate::signin::stored(&app, "presence").matches("2026-10-23").count(), 1, "old notes go");
    // A page that lies open beats for hours, and the session ends all the same.
    for _ in 0..8 {
        app.advance(Duration::hours(1));
        let (status, _) = browse(&app, &ola, Method::POST, &format!("{path}/presence"), &[]).await;
        if status == 303 {
            say(&app).await;
            return;
        }
    }
    panic!("the beat kept the session alive");
}

#[actix_web::test]
async fn of_two_who_wrote_the_same_each_field_is_chosen_and_nothing_typed_is_lost() {
    let app = TestApp::start().await;
    let facts = json!({ "title": "Tale nede", "services": { "customers_affected": 10, "duration_minutes": 5 } });
    let path = format!("/incidents/{}", key(&log(&app, &facts).await));
    let (ola, _) = person(&app, "Ola", &["responder"]).await;
    let theirs = json!({ "version": 1, "services": { "customers_affected": 5000, "duration_minutes": 30 } });
    assert_eq!(api(&app, &ola, Method::PATCH, &path, theirs).await.0, 200);
    app.advance(Duration::minutes(1));
    let more = json!({ "version": 2, "description": "Noe annet" });
    assert_eq!(app.send(Method::PATCH, &path, &more).await.0, 200, "somebody else changed something else since");
    let mut form = vec![
        ("form", "facts:services"),
        ("version", "1"),
        ("services.customers_affected", "6000"),
        ("services.duration_minutes", "45"),
        ("services.customers_total", "40000"),
    ];
    let (status, shown) = browse(&app, &app.client, Method::POST, &format!("{path}/facts"), &form).await;
    assert_eq!(status, 409);
    assert!(shown.contains("<td>6000<") && shown.contains("<td>5000<") && shown.contains("value=\"40000\""), "{shown}");
    assert!(shown.contains("Ola, 23.10.2026"), "by whoever changed this field, not by whoever was last");
    for part in
        ["name=\"services.customers_affected~choice\"", "form=\"form-facts-services\"", "id=\"form-facts-services\""]
    {
        assert!(shown.contains(part), "{part}");
    }
    form[1] = ("version", "3");
    form.push(("services.customers_affected~choice", "theirs"));
    form.push(("services.duration_minutes~choice", "mine"));
    assert_eq!(browse(&app, &app.client, Method::POST, &format!("{path}/facts"), &form).await.0, 303);
    let services = app.get(&path).await.1["facts"]["services"].clone();
    assert_eq!(
        (&services["customers_affected"], &services["duration_minutes"], &services["customers_total"]),
        (&json!(5000), &json!(45), &json!(40_000))
    );

    // A question that the other answered is asked no more: what was typed stands where it is chosen.
    let path = format!("/incidents/{}", key(&log(&app, &json!({ "title": "Noe er galt" })).await));
    let theirs = json!({ "version": 1, "services": { "availability": "none" } });
    assert_eq!(api(&app, &ola, Method::PATCH, &path, theirs).await.0, 200);
    let form = [("form", "ask:services.availability"), ("version", "1"), ("services.availability", "occurred")];
    let (status, shown) = browse(&app, &app.client, Method::POST, &format!("{path}/facts"), &form).await;
    assert_eq!(status, 409);
    assert!(shown.contains("type=\"hidden\" name=\"services.availability\" value=\"occurred\""), "{shown}");
    assert!(
        shown.contains("type=\"hidden\" name=\"version\" value=\"2\"") && shown.contains("Lagre med disse valgene")
    );
    let mut again = form.to_vec();
    again[1] = ("version", "2");
    again.push(("services.availability~choice", "mine"));
    assert_eq!(browse(&app, &app.client, Method::POST, &format!("{path}/facts"), &again).await.0, 303);
    assert_eq!(app.get(&path).await.1["facts"]["services"]["availability"], "occurred");
    say(&app).await;
}

#[actix_web::test]
async fn what_colleagues_said_stays_in_the_house_is_found_for_a_person_and_goes_in_time() {
    let app = TestApp::start().await;
    let case = log(&app, &json!({ "title": "Tapt telefon", "personal_data": { "breach": false } })).await;
    let path = format!("/incidents/{}", key(&case));
    for duty in case["duties"].as_array().unwrap() {
        if ["required", "undetermined"].contains(&duty["state"].as_str().unwrap()) {
            let settle = format!("{path}/duties/{}/settlement", duty["id"].as_str().unwrap());
            assert!(app.post(&settle, &json!({ "reason": "Prøve" })).await.0 < 300);
        }
    }
    assert_eq!(app.post(&format!("{path}/comments"), &json!({ "words": "Gunnar Fiksdal ringte" })).await.0, 201);
    let (_, task) = app.post(&format!("{path}/tasks"), &json!({ "what": "Ring Gunnar Fiksdal" })).await;
    let archive = async |whom: &str| {
        let answer = app.page(Method::GET, &format!("{path}/dossier.zip?for={whom}")).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let bytes = answer.bytes().await.unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
        let mut all = String::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            all.push_str(file.name());
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut content).unwrap();
            all.push_str(&String::from_utf8_lossy(&content));
        }
        all
    };
    let (ours, theirs) = (archive("internal").await, archive("datatilsynet").await);
    assert!(ours.contains("comments.json") && ours.contains("tasks.json") && ours.contains("Gunnar Fiksdal"));
    assert!(!theirs.contains("comments.json") && !theirs.contains("tasks.json") && !theirs.contains("Gunnar"));

    let (status, found) = browse(&app, &app.client, Method::POST, "/requests", &[("q", "Gunnar Fiksdal")]).await;
    assert!(
        status == 200 && found.contains("Gunnar Fiksdal ringte") && found.contains("Ring Gunnar Fiksdal"),
        "{found}"
    );
    let done = format!("{path}/tasks/{}/completion", task["id"].as_str().unwrap());
    assert_eq!(app.post(&done, &json!({})).await.0, 201);
    assert!(app.post(&format!("{path}/closure"), &json!({ "reason": "Ferdig" })).await.0 < 300);
    say(&app).await;
    app.advance(Duration::days(3 * 365 - 2));
    app.daily.round().await.unwrap();
    let kept = crate::signin::stored(&app, "incident_comment") + &crate::signin::stored(&app, "task");
    assert_eq!(kept.matches("Gunnar").count(), 2, "{kept}");
    app.advance(Duration::days(4));
    app.daily.round().await.unwrap();
    let kept = crate::signin::stored(&app, "incident_comment") + &crate::signin::stored(&app, "task");
    assert_eq!(kept.matches("Gunnar").count(), 0, "{kept}");
    app.sign_in().await;
    assert!(page(&app, &app.client, &format!("{path}/comments")).await.contains("Teksten er fjernet."));
    while app.worker.round().await.unwrap() > 0 {}
}
