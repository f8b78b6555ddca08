//! Finding incidents again: searching, saved views, several changed at once, the list as a file.

use chrono::Duration;
use diesel::connection::SimpleConnection;
use reqwest::Method;
use serde_json::{Value, json};
use varsel::incident::store::words;

use crate::access::{api, browse, person};
use crate::app::TestApp;
use crate::case::{key, leak, log};

/// The references that a search finds, in the order they come.
async fn found(app: &TestApp, q: &str) -> Vec<String> {
    let q: String = q.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let (status, page) = app.get(&format!("/incidents?limit=100&q={q}")).await;
    assert_eq!(status, 200, "{q}: {page}");
    // As many as one may search in a minute are soon used up here.
    app.advance(Duration::seconds(2));
    page["items"].as_array().unwrap().iter().map(key).collect()
}

#[actix_web::test]
async fn every_text_of_an_incident_is_searched_in_all_forms_of_its_words() {
    let app = TestApp::start().await;
    for (title, more) in [
        (
            "Kundedatabase lå åpen på nettet",
            json!({ "description": "Årsaken var en feilkonfigurert brannmur i Tromsø." }),
        ),
        ("TELE NEDE i Ålesund", json!({ "measures": { "taken": "Ruteren ble byttet", "planned": "Nye øvelser" } })),
        ("Sms på avveie", json!({ "timeline": { "delay_reasons": "Leverandøren svarte ikke" } })),
        (
            "Innbrudd",
            json!({ "personal_data": { "roles": [{ "role": "processor", "controller": "Fjellheim Kraftlag SA" }] } }),
        ),
        ("Lekkasjene i portalen", json!({})),
    ] {
        let mut facts = json!({ "title": title });
        facts.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        log(&app, &facts).await;
    }
    for (q, expected) in [
        ("kundedat", &["2026-0001"][..]),
        ("KUNDEDATABASEN", &["2026-0001"]),
        ("åpen", &["2026-0001"]),
        ("ÅPEN", &["2026-0001"]),
        ("A\u{30a}PEN", &["2026-0001"]),
        ("apen", &[]),
        ("tromsø", &["2026-0001"]),
        ("årsak brannmuren", &["2026-0001"]),
        ("brannmur tele", &[]),
        ("ålesund", &["2026-0002"]),
        ("øvelse", &["2026-0002"]),
        ("rutere", &["2026-0002"]),
        ("leverandør", &["2026-0003"]),
        ("fjellheim", &["2026-0004"]),
        ("lekkasje", &["2026-0005"]),
        ("på", &["2026-0003", "2026-0001"]),
        ("2026-0002", &["2026-0002"]),
        ("2026-000", &["2026-0005", "2026-0004", "2026-0003", "2026-0002", "2026-0001"]),
        ("finnesikke", &[]),
        ("!!!", &[]),
    ] {
        assert_eq!(found(&app, q).await, expected, "{q}");
    }
    let (_, page) = app.get("/incidents?q=brannmur").await;
    let hit = &page["items"][0]["found"]["snippet"];
    assert!(hit.as_array().unwrap().contains(&json!({ "text": "brannmur", "hit": true })), "{hit}");
}

#[actix_web::test]
async fn what_is_typed_is_never_syntax() {
    let app = TestApp::start().await;
    log(&app, &json!({ "title": "Kunde OR \"nett\" (a* -b) 50% _x_ c:d" })).await;
    let long = "lang ".repeat(2_000);
    for q in [
        "\"",
        "'",
        "''; DROP TABLE incident;--",
        "NEAR(a b)",
        "words:kunde",
        "kunde*",
        "*",
        "^kunde",
        "a AND",
        "OR",
        "NOT x",
        "(",
        ")",
        "\\",
        "%",
        "_",
        "':*",
        "!kunde",
        "kunde & nett",
        "kunde | tull",
        "<->",
        "\0",
        "kun\0de",
        "🦀",
        "\u{202e}abc",
        "e\u{301}",
        &long,
        &"x".repeat(5_000),
        "1e5",
        "-1",
        "@@",
        "{a}",
        "§kund",
    ] {
        found(&app, q).await;
    }
    assert_eq!(found(&app, "\"kunde\" AND nett").await.len(), 0, "AND is a word like others");
    assert_eq!(found(&app, "\"kunde\" OR nett").await.len(), 1);
    assert_eq!(found(&app, "kunde&nett").await.len(), 1);
    let page = app.page(Method::GET, "/incidents?q=%3Cscript%3Ekunde").send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("<script>kunde") && page.contains("&lt;script&gt;kunde"));
}

#[actix_web::test]
async fn marked_words_are_escaped_on_the_page() {
    let app = TestApp::start().await;
    log(&app, &json!({ "title": "<b>Kunde</b>", "description": "før & etter <i>kunden</i>" })).await;
    let page = app.page(Method::GET, "/incidents?q=kunde").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("&lt;b&gt;<mark>Kunde</mark>&lt;/b&gt;"), "{page}");
    assert!(page.contains("før &amp; etter &lt;i&gt;<mark>kunden</mark>&lt;/i&gt;"), "{page}");
}

#[actix_web::test]
async fn the_index_follows_facts_submissions_and_reports_and_is_made_anew_when_it_is_lost() {
    let app = TestApp::start().await;
    let case = log(&app, &leak()).await;
    let path = format!("/incidents/{}", key(&case));
    let (status, why) =
        app.send(Method::PATCH, &path, &json!({ "version": 1, "title": "Omdøpt", "description": "Sjelden" })).await;
    assert_eq!(status, 200, "{why}");
    assert_eq!((found(&app, "samtalelogg").await.len(), found(&app, "omdøpt sjelden").await.len()), (0, 1));
    let sent =
        json!({ "sent_at": "2026-10-23T12:00:00Z", "channel": "altinn", "reference": "AR-987654", "complete": true });
    let (status, why) = app.post(&format!("{path}/duties/gdpr-33-authority/submission"), &sent).await;
    assert_eq!(status, 201, "{why}");
    assert_eq!(found(&app, "AR-987654").await, [key(&case)]);
    let report = json!({ "what": "Mistet en minnepinne", "noticed_at": "2026-10-23T11:00:00Z", "system": "Arkivet", "personal_data": "unknown", "contact": "99887766" });
    let (status, reported) = app.post("/reports", &report).await;
    assert_eq!(status, 201, "{reported}");
    let of = reported["reference"].as_str().unwrap().to_owned();
    assert_eq!(app.post(&format!("/reports/{of}/remarks"), &json!({ "words": "Funnet i garderoben" })).await.0, 201);
    assert_eq!(found(&app, "minnepinne arkiv garderobe").await, std::slice::from_ref(&of));
    assert_eq!(found(&app, "99887766").await.len(), 0, "how to reach somebody is not searched");
    let reported_anew = app.get(&format!("/incidents/{of}")).await.1["version"].clone();
    let (status, _) = app
        .send(
            Method::PATCH,
            &format!("/incidents/{of}"),
            &json!({ "version": reported_anew, "description": "Noe annet" }),
        )
        .await;
    assert_eq!(status, 200);
    assert_eq!(found(&app, "minnepinne").await, std::slice::from_ref(&of), "the reporter's own words stay found");

    let db = app.db.clone();
    db.write(|conn| Ok(conn.batch_execute("UPDATE incident_text SET words = 'tull' WHERE incident_seq = 1")?))
        .await
        .unwrap();
    assert_eq!(db.read(words::untrue).await.unwrap(), [key(&case)], "the check sees a row that is not as it should be");
    db.write(|conn| Ok(conn.batch_execute("DELETE FROM incident_text")?)).await.unwrap();
    assert_eq!((found(&app, "tull").await.len(), db.read(words::untrue).await.unwrap().len()), (0, 2));
    assert_eq!(words::catch_up(&db).await.unwrap(), 2);
    assert_eq!(words::catch_up(&db).await.unwrap(), 0);
    assert_eq!(found(&app, "omdøpt").await, [key(&case)]);
}

#[actix_web::test]
async fn what_is_found_is_paged_and_narrowed_without_loss() {
    let app = TestApp::start().await;
    for n in 0..45 {
        let down = json!({ "title": format!("Vanlig sak {n}"), "services": { "availability": "occurred" } });
        log(
            &app,
            &if n % 9 == 0 {
                json!({ "title": "Vanlig svakhet", "network_security": { "particular_risk": true } })
            } else {
                down
            },
        )
        .await;
    }
    for (query, many) in [
        ("q=vanlig", 45),
        ("kind=near_miss", 5),
        ("q=vanlig&kind=near_miss", 5),
        ("kind=availability&month_from=2026-10", 40),
        ("month_to=2026-09", 0),
        ("q=sak&status=open&cause=unknown", 40),
    ] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let (status, page) = app.get(&format!("/incidents?{query}&limit=7{cursor}")).await;
            assert_eq!(status, 200, "{page}");
            seen.extend(page["items"].as_array().unwrap().iter().map(key));
            let Some(next) = page["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        app.advance(Duration::seconds(60));
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        sorted.reverse();
        assert_eq!((seen.len(), &seen), (many, &sorted), "{query}");
    }
}

#[actix_web::test]
async fn a_restricted_incident_is_in_no_search_no_file_and_no_change_of_several() {
    let app = TestApp::start().await;
    let (ola, _) = person(&app, "Ola", &["responder"]).await;
    let case = log(&app, &json!({ "title": "Hemmelig varsling" })).await;
    let me =
        app.get("/people").await.1["items"].as_array().unwrap().iter().find(|p| p["name"] == "Kari Nordmann").unwrap()
            ["id"]
            .clone();
    let path = format!("/incidents/{}/readers", key(&case));
    let (status, why) =
        app.send(Method::PUT, &path, &json!({ "readers": [me], "reason": "Varsler", "version": 1 })).await;
    assert_eq!(status, 200, "{why}");
    assert_eq!(found(&app, "hemmelig").await.len(), 1);
    for path in ["/incidents?q=hemmelig", "/incidents?q=2026-0001", "/incidents?kind=other"] {
        let (status, page) = api(&app, &ola, Method::GET, path, json!({})).await;
        assert_eq!((status, page["items"].as_array().unwrap().len()), (200, 0), "{path}");
    }
    let (status, csv) = browse(&app, &ola, Method::GET, "/incidents.csv?q=hemmelig", &[]).await;
    assert_eq!((status, csv.lines().count()), (200, 1), "{csv}");
    let close = json!({ "do": "close", "reason": "Ferdig", "incidents": [{ "incident": key(&case), "version": 2 }] });
    let (status, answer) = api(&app, &ola, Method::POST, "/incidents/bulk", close).await;
    assert_eq!((status, &answer["items"][0]["problem"]["status"]), (200, &json!(404)), "{answer}");
    let form = [("pick", "2026-0001:2"), ("do", "close"), ("reason", "Ferdig")];
    let (_, page) = browse(&app, &ola, Method::POST, "/incidents/bulk", &form).await;
    assert!(!page.contains("Hemmelig"), "{page}");
}

async fn bulk(app: &TestApp, what: Value, picked: &[(&str, i32)]) -> Vec<Value> {
    let picked: Vec<Value> = picked.iter().map(|(key, seen)| json!({ "incident": key, "version": seen })).collect();
    let mut body = what;
    body["incidents"] = json!(picked);
    let (status, answer) = app.post("/incidents/bulk", &body).await;
    assert_eq!(status, 200, "{answer}");
    answer["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn several_are_changed_each_by_itself_and_the_answer_tells_what_happened_to_each() {
    let app = TestApp::start().await;
    let (_, ola) = person(&app, "Ola", &["responder"]).await;
    let quiet = json!({ "title": "Øvelse", "services": { "availability": "none" }, "cause": { "planned_work": false },
        "network_security": { "security_breach": false, "particular_risk": false, "cia_material": false }, "personal_data": { "breach": false } });
    for facts in [quiet.clone(), leak(), quiet.clone(), quiet] {
        log(&app, &facts).await;
    }
    let all = [("2026-0001", 1), ("2026-0002", 1), ("2026-0003", 7), ("2026-0099", 1)];
    let ended = bulk(&app, json!({ "do": "own", "owner": ola }), &all).await;
    let told: Vec<_> = ended.iter().map(|one| one["problem"]["type"].as_str().unwrap_or("done")).collect();
    assert_eq!(told, ["done", "done", "urn:varsel:problem:stale", "urn:varsel:problem:not-found"]);
    assert_eq!(app.get("/incidents/2026-0003").await.1["version"], 1, "a stale one is not overwritten");
    let case = app.get("/incidents/2026-0001").await.1;
    let open = case["duties"].as_array().unwrap().iter();
    let open: Vec<&Value> =
        open.filter(|duty| duty["state"] == "required" || duty["state"] == "undetermined").collect();
    let mut version = 2;
    for duty in open {
        let path = format!("/incidents/2026-0001/duties/{}/settlement", duty["id"].as_str().unwrap());
        assert_eq!(app.post(&path, &json!({ "reason": "En øvelse" })).await.0, 201);
        version += 1;
    }
    let ended =
        bulk(&app, json!({ "do": "close", "reason": "Ferdig" }), &[("2026-0001", version), ("2026-0002", 2)]).await;
    assert_eq!(ended[0]["done"], true, "{ended:?}");
    assert_eq!(ended[1]["problem"]["type"], "urn:varsel:problem:open-duties");
    assert!(!ended[1]["problem"]["duties"].as_array().unwrap().is_empty());
    let (_, lines) = app.get("/incidents/2026-0001/timeline").await;
    let kinds: Vec<&str> =
        lines["items"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!((kinds[1], kinds[kinds.len() - 1]), ("owner.changed", "incident.closed"));

    let restricted =
        bulk(&app, json!({ "do": "restrict", "reason": "Varsler" }), &[("2026-0002", 2), ("2026-0003", 1)]).await;
    assert!(restricted.iter().all(|one| one["done"] == true), "{restricted:?}");
    let readers = app.get("/incidents/2026-0002").await.1["readers"].as_array().unwrap().len();
    assert_eq!(readers, 2, "whoever restricts it and whoever sees to it");
    let opened = bulk(&app, json!({ "do": "open_up", "reason": "Over" }), &[("2026-0002", 3), ("2026-0003", 2)]).await;
    assert!(opened.iter().all(|one| one["done"] == true), "{opened:?}");

    let form = [
        ("pick", "2026-0002:4"),
        ("pick", "2026-0004:1"),
        ("do", "close"),
        ("reason", "Ferdig"),
        ("back", "status=open"),
    ];
    let answer = app.page(Method::POST, "/incidents/bulk").form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Melding til Datatilsynet") && page.contains("1 av 2 er endret"), "{page}");
    assert!(page.contains("href=\"/incidents?status&#x3D;open\""));
    let case = app.get("/incidents/2026-0004").await.1;
    let kari = case["owner"]["id"].as_str().unwrap();
    let form = [("pick", "2026-0003:3"), ("pick", "2026-0002:9"), ("do", "own"), ("owner", kari)];
    let page = app.page(Method::POST, "/incidents/bulk").form(&form).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Eieren er satt") && page.contains("Noen har endret"), "{page}");
    for form in [&[("do", "close"), ("reason", "x")][..], &[("pick", "2026-0002:4"), ("do", "close"), ("reason", " ")]]
    {
        assert_eq!(app.page(Method::POST, "/incidents/bulk").form(form).send().await.unwrap().status(), 422);
    }
    for (body, code) in [
        (json!({ "do": "close", "reason": "x", "incidents": [] }), "none_picked"),
        (json!({ "do": "close", "reason": "x", "incidents": [{ "incident": "2026-0002" }] }), "version_missing"),
        (json!({ "do": "burn", "incidents": [{ "incident": "2026-0002", "version": 1 }] }), "wrong_choice"),
        (
            json!({ "do": "close", "reason": "x", "incidents": vec![json!({ "incident": "2026-0002", "version": 4 }); 101] }),
            "too_many_picked",
        ),
    ] {
        let (status, problem) = app.post("/incidents/bulk", &body).await;
        assert_eq!((status, problem["errors"][0]["code"].as_str()), (422, Some(code)), "{problem}");
    }
}

#[actix_web::test]
async fn a_view_is_saved_shared_opened_with_renamed_and_removed() {
    let app = TestApp::start().await;
    let (ola, _) = person(&app, "Ola", &["responder"]).await;
    let (leser, _) = person(&app, "Lise", &["manager"]).await;
    log(&app, &leak()).await;
    log(&app, &json!({ "title": "Tale nede" })).await;
    let form = [("name", "Kritiske"), ("filter", "severity=serious&cursor=1&x=1"), ("shared", "yes")];
    let answer = app.page(Method::POST, "/views").form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert!(answer.headers()["location"].to_str().unwrap().starts_with("/incidents?severity=serious&view="));
    let view = app.get("/views").await.1["items"][0].clone();
    assert_eq!(
        (&view["name"], &view["filter"], &view["mine"]),
        (&json!("Kritiske"), &json!("severity=serious"), &json!(true))
    );
    let (_, page) = browse(&app, &ola, Method::GET, "/incidents", &[]).await;
    assert!(page.contains(">Kritiske</a>") && page.contains("Tale nede"), "a shared view stands above the list");

    let id = view["id"].as_str().unwrap();
    let path = format!("/views/{id}");
    let first = json!({ "name": "Kritiske", "filter": "severity=serious", "shared": true, "first": true });
    assert_eq!(
        api(&app, &leser, Method::PUT, &path, first.clone()).await.0,
        200,
        "what one's own list opens with is one's own"
    );
    let (_, page) = browse(&app, &leser, Method::GET, "/incidents", &[]).await;
    assert!(!page.contains("Tale nede") && page.contains("Samtalelogg"), "the list opens with it");
    let (_, page) = browse(&app, &leser, Method::GET, "/incidents?view=all", &[]).await;
    assert!(page.contains("Tale nede"));
    let mut renamed = first.clone();
    renamed["name"] = json!("Verste");
    assert_eq!(
        api(&app, &leser, Method::PUT, &path, renamed.clone()).await.0,
        403,
        "whoever only reads changes nothing of the house"
    );
    assert_eq!(
        api(&app, &leser, Method::POST, "/views", json!({ "name": "x", "filter": "", "shared": true })).await.0,
        403
    );
    assert_eq!(api(&app, &leser, Method::DELETE, &path, json!({})).await.0, 403);
    let mut taken = first;
    taken["shared"] = json!(false);
    assert_eq!(api(&app, &ola, Method::PUT, &path, taken).await.0, 403, "nobody takes it for themselves");
    assert_eq!(api(&app, &ola, Method::PUT, &path, renamed).await.0, 200);
    let (status, own) =
        api(&app, &leser, Method::POST, "/views", json!({ "name": "Mine", "filter": "?status=closed" })).await;
    assert_eq!((status, &own["filter"]), (201, &json!("status=closed")));
    let hidden = format!("/views/{}", own["id"].as_str().unwrap());
    assert_eq!(
        app.send(Method::DELETE, &hidden, &json!({})).await.0,
        404,
        "what others keep for themselves is not there"
    );
    for (body, code) in [
        (json!({ "name": " ", "filter": "" }), "missing"),
        (json!({ "name": "x", "filter": "a=%FF&status=open&status=open" }), "filter_unreadable"),
    ] {
        let (status, problem) = app.post("/views", &body).await;
        assert_eq!((status, problem["errors"][0]["code"].as_str()), (422, Some(code)), "{problem}");
    }
    let answer = app.page(Method::POST, &format!("{path}/removal")).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let (_, page) = browse(&app, &leser, Method::GET, "/incidents", &[]).await;
    assert!(page.contains("Tale nede"), "without the view the list opens as before");
    let (_, page) = browse(&app, &leser, Method::GET, "/views", &[]).await;
    assert!(page.contains("Mine") && !page.contains("Verste"));
    let acts: Vec<Value> = app.get("/audit?what=view.changed").await.1["items"].as_array().cloned().unwrap_or_default();
    assert!(acts.iter().any(|act| act["detail"]["after"]["name"] == "Verste"), "{acts:?}");
}

#[actix_web::test]
async fn the_list_is_a_file_that_a_norwegian_spreadsheet_reads() {
    let app = TestApp::start().await;
    log(&app, &json!({ "title": "=HYPERLINK(\"x\");æøå" })).await;
    for n in 0..520 {
        log(&app, &json!({ "title": format!("Sak {n}") })).await;
    }
    let answer = app.page(Method::GET, "/incidents.csv").header("accept-language", "nb").send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap()),
        (200, "text/csv; charset=utf-8")
    );
    assert!(
        answer.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment; filename=\"varsel-2026-10-23")
    );
    let text = answer.text().await.unwrap();
    let bytes = app.page(Method::GET, "/incidents.csv").send().await.unwrap().bytes().await.unwrap();
    assert_eq!(&bytes[..3], [0xEF, 0xBB, 0xBF], "the mark of UTF-8 comes first");
    let mut lines = text.trim_start_matches('\u{feff}').split("\r\n").filter(|line| !line.is_empty());
    assert!(lines.next().unwrap().starts_with("Referanse;Tittel;Status;Alvorlighetsgrad;"));
    let lines: Vec<&str> = lines.collect();
    assert_eq!(lines.len(), 521);
    assert!(lines[0].starts_with("2026-0521;Sak 519;Åpen;"), "{}", lines[0]);
    assert!(lines[0].contains("2026-10-23T14:00:00+02:00"), "{}", lines[0]);
    assert!(lines[520].starts_with("2026-0001;\"'=HYPERLINK(\"\"x\"\");æøå\";"), "{}", lines[520]);
    let (_, few) = app.get("/incidents?q=HYPERLINK").await;
    assert_eq!(few["items"].as_array().unwrap().len(), 1);
    let narrowed = app.page(Method::GET, "/incidents.csv?q=hyperlink").send().await.unwrap().text().await.unwrap();
    assert_eq!(narrowed.lines().count(), 2);
    assert_eq!(app.api(Method::GET, "/incidents.csv?severity=worst").send().await.unwrap().status(), 422);
    let told = app.get("/audit?what=incidents.export_ended").await.1;
    assert_eq!(told["items"][0]["detail"]["filter"], "q=hyperlink", "{told}");
    assert_eq!((&told["items"][0]["detail"]["rows"], &told["items"][1]["detail"]["rows"]), (&json!(1), &json!(521)));
    assert_eq!(app.get("/audit?what=incidents.exported").await.1["items"].as_array().unwrap().len(), 3);
}
