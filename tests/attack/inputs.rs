//! What is written into fields: more fields than there are, line ends for headers, words that templates understand, and
//! formulas for whoever opens a table in a spreadsheet.

use reqwest::Method;
use serde_json::{Value, json};

use crate::Tally;
use crate::app::TestApp;

/// Fields that only the program sets.
fn ours() -> [(&'static str, Value); 9] {
    let id = "00000000-0000-7000-8000-000000000000";
    [
        ("id", json!(id)),
        ("reference", json!("2026-9999")),
        ("opened_by", json!(id)),
        ("created_at", json!("2020-01-01T00:00:00Z")),
        ("status", json!("closed")),
        ("severity", json!("low")),
        ("password_hash", json!("x")),
        ("by_account", json!(id)),
        ("is_admin", json!(true)),
    ]
}

pub async fn mass_assignment() -> Tally {
    let mut tally = Tally::of("mass assignment");
    let app = TestApp::start().await;
    let (_, case) = app.post("/incidents", &json!({ "title": "En sak" })).await;
    let path = format!("/incidents/{}", case["reference"].as_str().unwrap());
    let (_, kari) = app.get("/people").await;
    let kari = kari["items"][0].clone();
    let person = format!("/people/{}", kari["id"].as_str().unwrap());
    let alert = json!({ "source": "s", "key": "k", "title": "t", "started_at": "2026-10-23T11:00:00Z" });
    let doors = [
        (Method::POST, "/incidents".to_owned(), json!({ "title": "x" })),
        (Method::PATCH, path.clone(), json!({ "title": "x", "version": 1 })),
        (Method::POST, format!("{path}/moments"), json!({ "moment": "known_at", "at": null, "reason": "r" })),
        (Method::PUT, format!("{path}/owner"), json!({ "owner": null })),
        (Method::POST, format!("{path}/closure"), json!({ "reason": "r" })),
        (Method::POST, "/people".to_owned(), json!({ "name": "X", "email": "x@y.example", "roles": ["reporter"] })),
        (Method::PATCH, person, json!({ "name": "Kari Nordmann" })),
        (Method::POST, "/tokens".to_owned(), json!({ "name": "x", "scopes": ["read"] })),
        (Method::POST, "/intake/alert".to_owned(), alert),
    ];
    for (method, path, body) in doors {
        for (name, value) in ours() {
            // What is a field of the door's own is no attack on it.
            if body.get(name).is_some() {
                continue;
            }
            let mut more = body.clone();
            more[name] = value;
            let (status, answer) = app.send(method.clone(), &path, &more).await;
            let named = answer["errors"].to_string().contains(name);
            tally.tried(format!("{method} {path} takes {name}: {status} {answer}"), status == 422 && named);
        }
    }
    let (_, people) = app.get("/people").await;
    tally.tried("somebody was changed", people["items"] == json!([kari]));
    let (_, still) = app.get(&path).await;
    tally.tried("the case was changed", (&still["version"], &still["status"]) == (&json!(1), &json!("open")));
    // A form passes over what it does not know: it must have no effect.
    let form = [
        ("name", "Per"),
        ("email", "per@y.example"),
        ("roles", "reporter"),
        ("language", "nb"),
        ("id", "00000000-0000-7000-8000-000000000000"),
        ("password_hash", "x"),
        ("left", "true"),
        ("has_password", "true"),
    ];
    let added = app.page(Method::POST, "/people").form(&form).send().await.unwrap();
    assert_eq!(added.status(), 201);
    let (_, people) = app.get("/people").await;
    let per = people["items"].as_array().unwrap().iter().find(|one| one["name"] == "Per").unwrap().clone();
    tally.tried("a form sets the number", per["id"] != "00000000-0000-7000-8000-000000000000");
    tally.tried("a form sets a password", per["has_password"] == false && per["left_at"].is_null());
    let strangers = TestApp::empty().await;
    let secret = strangers.first_link().await.unwrap();
    let password = "en hest spiser gress om kvelden";
    let wish =
        [("email", "a@b.example"), ("name", "A"), ("password", password), ("again", password), ("roles", "auditor")];
    strangers.page(Method::POST, &format!("/setup/{secret}")).form(&wish).send().await.unwrap();
    let (_, people) = strangers.get("/people").await;
    tally.tried("a link gives a role that was not offered", !people.to_string().contains("auditor"));
    tally
}

pub async fn header_injection() -> Tally {
    let mut tally = Tally::of("header injection");
    let app = TestApp::start().await;
    let evil = "x\r\nSet-Cookie: evil=1\r\n\r\n<script>";
    for field in ["next", "lang"] {
        for place in ["/language", "/sign-in"] {
            let form = [("email", "x@y"), ("password", "x"), ("lang", "nb"), (field, evil)];
            let answer = app.page(Method::POST, place).form(&form).send().await.unwrap();
            let cookies =
                answer.headers().get_all("set-cookie").iter().any(|value| value.to_str().unwrap().contains("evil"));
            tally.tried(format!("{place} {field}"), !cookies);
        }
    }
    for path in [
        "/%0d%0aset-cookie:evil=1",
        "/incidents/%0d%0aset-cookie:evil=1",
        "/sign-in?next=%0d%0aset-cookie:evil=1",
        "/incidents?lang=%0d%0aset-cookie:evil=1",
    ] {
        for client in [&app.client, &crate::app::new_client()] {
            let answer = client.get(format!("{}{path}", app.url)).send().await.unwrap();
            let place = answer.headers().get("location").map_or("", |place| place.to_str().unwrap_or("\r"));
            tally.tried(path, !answer.headers().contains_key("set-cookie") && !place.contains(['\r', '\n']));
        }
    }
    // What becomes the head of a mail: names and addresses of people and channels.
    let nasty = "Kari\r\nBcc: ond@elsewhere.example";
    let (status, added) =
        app.post("/people", &json!({ "name": nasty, "email": "k@y.example", "roles": ["reporter"] })).await;
    tally.tried("a name with line ends", status == 422 || !added["name"].as_str().unwrap().contains(['\r', '\n']));
    for email in ["k@y.example\r\nBcc: ond@x.example", "k@y\nx.example", "k @y.example", "k@y.example\0"] {
        let (status, _) = app.post("/people", &json!({ "name": "K", "email": email, "roles": ["reporter"] })).await;
        tally.tried(format!("the address {email:?}"), status == 422);
    }
    let (status, made) = app.post("/tokens", &json!({ "name": nasty, "scopes": ["read"] })).await;
    tally.tried("a token's name", status == 422 || !made["name"].as_str().unwrap().contains(['\r', '\n']));
    // And a mail that is really written, with a title that tries.
    let (db, now) = (app.db.clone(), app.clock.now());
    let draft = varsel::outbox::Draft {
        key: "k".into(),
        kind: "reminder".into(),
        to: varsel::outbox::Address::Person { email: "kari@smbmobil.example".into(), name: nasty.into() },
        lang: varsel::i18n::Lang::Nb,
        subject: "Frist\r\nBcc: ond@elsewhere.example\r\n\r\nNy tekst".into(),
        text: "Tekst".into(),
        link: None,
        data: json!({}),
        urgent: false,
        incident_seq: None,
    };
    db.write(move |conn| varsel::outbox::store::put(conn, &draft, now)).await.unwrap();
    while app.worker.round().await.unwrap() > 0 {}
    let mails = std::fs::read_dir(app.folder.path().join("mail")).unwrap().flatten();
    let heads: Vec<String> = mails
        .map(|file| std::fs::read_to_string(file.path()).unwrap())
        .map(|mail| mail.split("\r\n\r\n").next().unwrap().to_lowercase())
        .collect();
    tally.tried(
        "a mail gets another receiver",
        !heads.is_empty() && heads.iter().all(|head| !head.contains("\r\nbcc:")),
    );
    tally
}

pub async fn template_injection() -> Tally {
    let mut tally = Tally::of("template injection");
    let app = TestApp::start().await;
    let nasty =
        "{{7*7}}{{this}}{{#each @root}}x{{/each}}{{{page_title}}}{{> parts/frame}}{ $name }{ 7 }<%= 7*7 %>${7*7}";
    let shown = "{{7*7}}{{this}}{{#each @root}}x{{/each}}{{{page_title}}}{{&gt; parts/frame}}{ $name }{ 7 }&lt;%= 7*7 %&gt;${7*7}";
    let facts = json!({
        "title": nasty, "description": nasty, "cause": { "planned_work": false },
        "services": { "areas": [{ "kind": "municipality", "name": nasty }] },
        "personal_data": { "breach": true, "roles": [{ "role": "processor", "controller": nasty }] },
        "orders": [{ "kind": "incident_report", "authority": nasty, "ordered_at": "2026-10-23T11:55:00Z" }],
        "measures": { "taken": nasty, "planned": nasty },
    });
    let (status, case) = app.post("/incidents", &facts).await;
    assert_eq!(status, 201, "{case}");
    let path = format!("/incidents/{}", case["reference"].as_str().unwrap());
    app.post(
        &format!("{path}/moments"),
        &json!({ "moment": "known_at", "at": "2026-10-23T11:45:00Z", "reason": nasty }),
    )
    .await;
    app.send(Method::PUT, &format!("{path}/risk"), &json!({ "level": "high", "reason": nasty })).await;
    app.post(
        "/people",
        &json!({ "name": nasty.chars().take(90).collect::<String>(), "email": "x@y.example", "roles": ["reporter"] }),
    )
    .await;
    let (_, token) = app.post("/tokens", &json!({ "name": "{{7*7}}{ $name }${7*7}", "scopes": ["read"] })).await;
    assert!(token["token"].is_string());
    let reads = [
        (path.clone(), shown),
        (format!("{path}?edit=incident"), shown),
        (format!("{path}?edit=services"), shown),
        (format!("{path}?edit=orders"), shown),
        (format!("{path}?edit=personal_data"), shown),
        (format!("{path}?edit=measures"), shown),
        ("/incidents".to_owned(), shown),
        ("/people".to_owned(), "{{7*7}}{{this}}{{#each @root}}x{{/each}}{{{page_title}}}"),
        ("/account/tokens".to_owned(), "{{7*7}}{ $name }${7*7}"),
        (format!("{path}/drafts"), "{{7*7}}{{this}}"),
    ];
    for (place, expected) in reads {
        let answer = app.page(Method::GET, &place).send().await.unwrap();
        let status = answer.status();
        let page = answer.text().await.unwrap().replace("&#x3D;", "=").replace("&quot;", "\"");
        tally.tried(format!("{place}: {status}"), status == 200 && page.contains(expected));
    }
    let query = app.page(Method::GET, "/incidents?q=%7B%7B7*7%7D%7D").send().await.unwrap().text().await.unwrap();
    tally.tried("a search", query.contains("{{7*7}}"));
    tally
}

/// What a spreadsheet would calculate.
const FORMULAS: [&str; 6] =
    ["=HYPERLINK(\"http://x.example\",\"a\")", "+1+1", "-2+3", "@SUM(1+1)", "＝1+1", "=cmd|' /C calc'!A0"];

/// The cells of a table that a spreadsheet would calculate.
fn live(table: &str) -> Vec<String> {
    let delimiter = if table.lines().next().unwrap_or_default().contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cells = rows.iter().flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>());
    cells.filter(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])).collect()
}

pub async fn formulas() -> Tally {
    let mut tally = Tally::of("formulas in tables");
    let app = TestApp::start().await;
    let mut case = String::new();
    for formula in FORMULAS {
        let facts = json!({ "title": formula, "description": formula, "measures": { "taken": formula } });
        let (status, made) = app.post("/incidents", &facts).await;
        assert_eq!(status, 201, "{made}");
        case = made["reference"].as_str().unwrap().to_owned();
        let comment = json!({ "words": formula });
        assert_eq!(app.post(&format!("/incidents/{case}/comments"), &comment).await.0, 201);
    }
    let quoted: Vec<String> = FORMULAS.iter().map(|formula| format!("\"{}\"", formula.replace('"', "\"\""))).collect();
    // Rows that are taken, and rows that are not and are handed back.
    let good: String = quoted.iter().map(|one| format!("{one};a@x.example;{one}\n")).collect();
    let bad: String = quoted.iter().map(|one| format!("{one};{one};\n")).collect();
    let path = format!("/incidents/{case}/affected/imports?name=k.csv&begin=yes");
    let request = app.client.post(format!("{}/api/v1{path}", app.url)).header("content-type", "text/csv");
    let import = request.body(format!("navn;e-post;adresse\n{good}{bad}")).send().await.unwrap();
    let import = crate::app::told(import).await.1;
    let clerk = varsel::affected::Clerk { db: app.db.clone(), seal: app.worker.seal.clone(), clock: app.clock.clone() };
    clerk.round().await.unwrap();
    let import = import["id"].as_str().unwrap();
    for (place, at_least) in [
        ("/incidents.csv".to_owned(), 6),
        (format!("/incidents/{case}/affected/export"), 1),
        (format!("/incidents/{case}/affected/imports/{import}/bad"), 6),
        ("/audit/export?format=csv".to_owned(), 6),
    ] {
        let answer = app.page(Method::GET, &place).send().await.unwrap();
        let (status, table) = (answer.status(), answer.text().await.unwrap());
        assert!(status == 200 && table.lines().count() > at_least, "{place}: {status} {table}");
        for formula in FORMULAS {
            let live = live(&table);
            tally.tried(
                format!("{place}: {live:?}"),
                live.iter().all(|cell| !cell.starts_with(formula.chars().next().unwrap())),
            );
        }
    }
    tally
}
