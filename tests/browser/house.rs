//! A house that is lived in: an incident with everything that can hang on one, made by the same API that everybody uses,
//! and every address of a page in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use varsel::routes;

use super::come_in_by_the_link;
use super::driver::{App, Browser};

/// What is no page though its address can be asked for, or is none without what this house lacks.
const ELSEWHERE: [(&str, &str); 10] = [
    ("/.well-known/security.txt", "a text for whoever finds a weakness, there only where the operator says so"),
    ("/setup/{token}", "the link is used once, on the way in"),
    ("/session/renewed", "only says that the session was renewed, inside a dialog"),
    ("/sign-in/code", "there only between a password and a code"),
    ("/sign-in/openid", "leads to a provider"),
    ("/sign-in/openid/back", "leads back from one"),
    ("/sign-in/openid/out", "leads out by one"),
    ("/dashboard/events", "a stream, not a page"),
    ("/calendar/{token}.ics", "its secret address is shown once, and it is no page"),
    ("/incidents/{key}/affected/waves/{id}/letters.pdf", "there only where letters are left to send, and no page"),
];

/// Sends JSON as the person who is signed in, and answers what came back; the path is below /api/v1.
pub async fn send(browser: &Browser, method: &str, path: &str, body: &Value) -> Value {
    let body = if method == "GET" { "undefined".to_owned() } else { format!("JSON.stringify({body})") };
    let script = format!(
        "const answer = await fetch('/api/v1{path}', {{ method: '{method}', headers: {{ 'content-type': 'application/json' }}, body: {body} }});
         const text = await answer.text();
         return [answer.status, text ? JSON.parse(text) : null];"
    );
    let mut answer = browser.script(&script).await;
    assert!(answer[0].as_i64().is_some_and(|status| status < 300), "{method} {path}: {answer}");
    answer[1].take()
}

/// The example of the README, as if it had happened this morning.
pub fn this_morning() -> Value {
    let mut facts: Value = serde_json::from_str(include_str!("../../docs/example.json")).unwrap();
    let now = varsel::clock::Clock::System.now();
    for (moment, minutes) in [("started_at", 300), ("detected_at", 35), ("known_at", 20), ("breach_aware_at", 5)] {
        facts["timeline"][moment] = (now - chrono::Duration::minutes(minutes)).to_rfc3339().into();
    }
    facts
}

/// Moves in, and makes one of everything. Answers the reference of the incident.
pub async fn move_in(app: &App, browser: &Browser) -> String {
    come_in_by_the_link(app, browser).await;
    let person =
        json!({ "name": "Ola Vakt", "email": "ola@smbmobil.example", "roles": ["responder"], "language": "nb" });
    send(browser, "POST", "/people", &person).await;
    let channel =
        json!({ "name": "Vakta", "kind": "mail", "recipient": "vakta@smbmobil.example", "circle": "management" });
    send(browser, "POST", "/channels", &channel).await;
    send(browser, "POST", "/reports", &json!({ "what": "Rart vindu på kassa. Det ba om passordet." })).await;
    send(
        browser,
        "POST",
        "/incidents",
        &json!({ "title": "Tale nede i nord", "services": { "availability": "occurred" } }),
    )
    .await;
    let drill =
        json!({ "facts": { "title": "Øving: tale nede", "services": { "availability": "occurred" } }, "factor": 10 });
    send(browser, "POST", "/drills", &drill).await;
    let case = send(browser, "POST", "/incidents", &this_morning()).await;
    let reference = case["reference"].as_str().unwrap().to_owned();
    let path = format!("/incidents/{reference}");
    send(browser, "PUT", &format!("{path}/severity"), &json!({ "level": "critical", "reason": "Presse ringer." }))
        .await;
    let sent = json!({ "channel": "Telefon", "reference": "Vakt hos Nkom", "complete": false });
    send(browser, "POST", &format!("{path}/duties/management-report/submission"), &sent).await;
    let decision = json!({ "answer": "all", "reason": "Høy risiko for alle." });
    send(browser, "POST", &format!("{path}/affected/decision"), &decision).await;
    let text = json!({ "subject": "Viktig, {name}", "body": "Hei {name}\n\nBytt passord.", "sms": "Hei {name}. Bytt passord." });
    let wave = json!({ "name": "Første", "duty": "gdpr-34-subjects", "texts": { "nb": text } });
    send(browser, "POST", &format!("{path}/affected/waves"), &wave).await;
    browser
        .script(&format!(
            "const csv = 'navn;e-post;telefon\\nPer Hansen;per@example.org;90000001\\nUten vei;;\\n';
             const brought = await fetch('/api/v1{path}/affected/imports?name=kunder.csv&begin=yes', {{ method: 'POST', headers: {{ 'content-type': 'text/csv' }}, body: csv }});
             const form = new FormData();
             form.append('file', new Blob(['logg'], {{ type: 'text/plain' }}), 'svært-langt-navn-på-en-fil-med-logg-fra-brannmuren.txt');
             const attached = await fetch('{path}/attachments', {{ method: 'POST', body: form }});
             const machine = await fetch('/machines', {{ method: 'POST', body: new URLSearchParams({{ name: 'Overvåking', roles: 'reporter' }}) }});
             return [brought.status, attached.status, machine.status];"
        ))
        .await;
    reference
}

/// Puts more on everything, so that each page is seen with what it is for.
pub async fn fill_up(browser: &Browser, reference: &str) {
    let path = format!("/incidents/{reference}");
    let me = browser.script("return (await (await fetch('/api/v1/people')).json()).items.map((one) => one.id)").await;
    let (kari, ola) = (&me[0], &me[1]);
    let hour = |hours: i64| (varsel::clock::Clock::System.now() + chrono::Duration::hours(hours)).to_rfc3339();
    for (what, owner, due) in [
        ("Ring personvernombudet i Fjellheim", kari, Some(hour(-1))),
        ("Hent loggene fra lagringstjenesten", ola, Some(hour(3))),
        ("Steng tilgangen", kari, None),
    ] {
        let task = json!({ "what": what, "owner": owner, "due_at": due });
        let task = send(browser, "POST", &format!("{path}/tasks"), &task).await;
        if what == "Steng tilgangen" {
            let done = format!("{path}/tasks/{}/completion", task["id"].as_str().unwrap());
            send(browser, "POST", &done, &json!({})).await;
        }
    }
    for words in ["Tilgangen ble stengt 14.22. @Ola Vakt, kan du se på loggene?", "Leverandøren bekrefter tidsrommet."]
    {
        send(browser, "POST", &format!("{path}/comments"), &json!({ "words": words, "mentions": [] })).await;
    }
    for (name, filter) in [("Åpne og kritiske", "status=open&severity=critical"), ("Mine åpne", "status=open")] {
        send(browser, "POST", "/views", &json!({ "name": name, "filter": filter, "shared": true })).await;
    }
    send(browser, "POST", "/calendars", &json!({ "span": "mine" })).await;
    send(browser, "POST", "/reports", &json!({ "what": "Fikk en annens faktura på e-post" })).await;
    let injects = json!([{ "minute": 0, "words": "En kunde ringer." }, { "minute": 600, "words": "Pressen ringer." }]);
    let drill = json!({ "facts": { "title": "Øving: lekkasje", "personal_data": { "breach": true } }, "factor": 60, "injects": injects });
    send(browser, "POST", "/drills", &drill).await;
    browser
        .script(&format!(
            "const person = (n) => `Kunde ${{n}};kunde${{n}}@example.org;9100${{String(n).padStart(4, '0')}};`;
             const csv = 'navn;e-post;telefon;postadresse\\nOla Brev;;;Storgata 1, 0155 Oslo\\n' + [...Array(30).keys()].map(person).join('\\n');
             const bring = (name, begin) => fetch('/api/v1{path}/affected/imports?name=' + name + begin, {{ method: 'POST', headers: {{ 'content-type': 'text/csv' }}, body: csv }});
             await bring('flere.csv', '&begin=yes');
             await bring('venter.csv', '');
             const form = (data) => ({{ method: 'POST', body: new URLSearchParams(data) }});
             await fetch('/account/tokens', form({{ name: 'Rapportskript', days: '90', scopes: 'read' }}));
             return 0;"
        ))
        .await;
}

/// Every page that a GET answers, by its route, with an address that is there: the links of the pages lead to those that
/// hang on something. A route without one fails, so that no page is forgotten.
pub async fn pages(browser: &Browser, reference: &str) -> BTreeMap<&'static str, String> {
    let mut waiting: BTreeMap<&'static str, Option<String>> = BTreeMap::new();
    for entry in routes::all().into_iter().filter(|entry| entry.method == "GET" && !entry.path.starts_with("/api/")) {
        if !ELSEWHERE.iter().any(|(path, _)| *path == entry.path) {
            // What stands under something else than an incident has a name of its own, which only a link knows.
            let known = entry.path.replacen("/incidents/{key}", &format!("/incidents/{reference}"), 1);
            let filled = known.replace("{duty}", "gdpr-33-authority").replace("{name}", "varsel.css");
            // The case that is filled is none of a drill.
            let is_known = !filled.contains('{') && !entry.path.contains("{key}/drill");
            waiting.insert(entry.path, is_known.then_some(filled));
        }
    }
    let (mut found, mut links, mut nowhere) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
    while let Some((route, path)) = next(&mut waiting, (&links, &nowhere)) {
        let told = browser
            .script(&format!(
                "const answer = await fetch('{path}', {{ redirect: 'manual' }});
                 const kind = answer.headers.get('content-type') ?? '';
                 if (!kind.startsWith('text/html')) {{ answer.body?.cancel(); return [answer.status, kind, []]; }}
                 const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
                 return [answer.status, kind, [...page.querySelectorAll('a[href^=\"/\"]')].map((a) => a.getAttribute('href'))];"
            ))
            .await;
        if told[0] != 200 {
            // Made up and not there: a link may lead to another.
            nowhere.insert(path);
            waiting.insert(route, None);
            continue;
        }
        links.extend(told[2].as_array().unwrap().iter().map(|link| link.as_str().unwrap().to_owned()));
        if told[1].as_str().unwrap().starts_with("text/html") {
            found.insert(route, path);
        }
    }
    assert!(
        waiting.is_empty(),
        "no link leads to these pages; put something they hang on into `move_in`, or say in ELSEWHERE why they are no page: {:?}",
        waiting.keys()
    );
    found
}

/// A page with a known address, else one that a link leads to.
fn next(
    waiting: &mut BTreeMap<&'static str, Option<String>>,
    (links, nowhere): (&BTreeSet<String>, &BTreeSet<String>),
) -> Option<(&'static str, String)> {
    let known = waiting.iter().find_map(|(route, path)| Some((*route, path.clone()?)));
    let led = || {
        let plain = |link: &String| link.split(['?', '#']).next().unwrap_or_default().to_owned();
        waiting.keys().find_map(|route| {
            links.iter().map(plain).find(|link| fits(route, link) && !nowhere.contains(link)).map(|link| (*route, link))
        })
    };
    let (route, path) = known.or_else(led)?;
    waiting.remove(route);
    Some((route, path))
}

/// Whether an address is one of a route; a name stands for one part, and never for a word that other routes have there.
fn fits(route: &str, link: &str) -> bool {
    let (route, link): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), link.split('/').collect());
    let is_id = |part: &str| part.len() > 8 && part.contains(|c: char| c.is_ascii_digit());
    route.len() == link.len()
        && route.iter().zip(&link).all(|(name, part)| if name.starts_with('{') { is_id(part) } else { name == part })
}
