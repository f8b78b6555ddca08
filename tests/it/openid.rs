//! Single sign-on against a certified identity provider that the test starts: the whole way, and every way it can go wrong.

use chrono::Duration;
use reqwest::{Client, Method, Response, Url};
use serde_json::{Value, json};

use crate::app::{EMAIL, PASSWORD, TestApp, new_client, told};
use crate::provider::Provider;

const ROLES: &str = "sikkerhet=responder,ledelse=manager,pvo=privacy_officer,drift=administrator";
const OLA: &str = "ola@smbmobil.example";

struct House {
    app: TestApp,
    provider: Provider,
}

impl House {
    async fn start(everybody: &str) -> Self {
        Self::with(everybody, json!({})).await
    }

    /// An app and its provider, which has Ola in the group of security.
    async fn with(everybody: &str, wishes: Value) -> Self {
        let provider = Provider::start();
        let app = TestApp::with_openid(provider.setup(ROLES, everybody)).await;
        provider.begin(&app.url, wishes).await;
        let house = Self { app, provider };
        house.ola(json!({})).await;
        house
    }

    /// What the provider says of Ola from now on.
    async fn ola(&self, changes: Value) {
        let mut ola = json!({
            "name": "Ola Hansen", "email": OLA, "email_verified": true, "locale": "nn", "groups": ["sikkerhet"],
        });
        for (name, value) in changes.as_object().unwrap() {
            ola[name] = value.clone();
        }
        self.provider.tell(json!({ "people": { "ola-1": ola } })).await;
    }

    async fn get(&self, client: &Client, url: &str) -> Response {
        client.get(url).header("accept-language", "nb").send().await.unwrap()
    }

    /// Begins in a browser and goes through the provider's own pages, up to the address it sends the browser back to.
    async fn go_there(&self, client: &Client, login: &str) -> String {
        let mut url = Url::parse(&format!("{}/sign-in/openid?next=/incidents%3Fq%3D%C3%B8", self.app.url)).unwrap();
        for _ in 0..8 {
            let answer = match url.path().starts_with("/interaction/") {
                true => client.post(url.clone()).form(&[("login", login)]).send().await.unwrap(),
                false => self.get(client, url.as_str()).await,
            };
            assert_eq!(answer.status(), 303, "{url}: {}", answer.text().await.unwrap());
            url = url.join(answer.headers()["location"].to_str().unwrap()).unwrap();
            if url.as_str().starts_with(&self.app.url) {
                return url.into();
            }
        }
        panic!("the provider never comes to an end: {url}");
    }

    async fn sign_in(&self, client: &Client, login: &str) -> Response {
        let back = self.go_there(client, login).await;
        self.get(client, &back).await
    }

    /// Somebody who is not let in: the words of the page, after it was made sure that no session began.
    async fn refused(&self, client: &Client, answer: Response, status: u16) -> String {
        let told = answer.status();
        let page = answer.text().await.unwrap();
        assert_eq!(told, status, "{page}");
        assert_eq!(self.inside(client).await, None, "nobody is signed in");
        page
    }

    /// The roles of whoever is signed in in this browser, as the list of people has them.
    async fn inside(&self, client: &Client) -> Option<Value> {
        let (status, _) = told(client.get(format!("{}/api/v1/schema/facts", self.app.url)).send().await.unwrap()).await;
        if status == 401 {
            return None;
        }
        assert_eq!(status, 200);
        let person = self.person().await;
        Some(person["roles"].clone())
    }

    /// Ola as the administrator sees him.
    async fn person(&self) -> Value {
        let (status, people) = self.app.get("/people").await;
        assert_eq!(status, 200);
        let all = people["items"].as_array().unwrap();
        all.iter().find(|person| person["email"] == OLA).cloned().unwrap_or(Value::Null)
    }

    /// What the audit chain has of Ola.
    async fn audited(&self) -> Vec<(String, Value)> {
        use diesel::prelude::*;
        use varsel::schema::audit_entry as entry;
        let id = self.person().await["id"].as_str().unwrap().to_owned();
        let read = move |conn: &mut varsel::db::Conn| {
            let of = entry::table.filter(entry::subject.eq(&id)).order(entry::seq);
            let rows: Vec<(String, varsel::db::Json)> = of.select((entry::what, entry::detail)).load(conn)?;
            Ok(rows.into_iter().map(|(what, detail)| (what, detail.0)).collect())
        };
        self.app.db.read(read).await.unwrap()
    }
}

#[actix_web::test]
async fn somebody_signs_in_by_the_company_and_has_the_roles_of_the_groups() {
    let house = House::start("none").await;
    let page = house.get(&new_client(), &format!("{}/sign-in?next=/incidents%3Fq%3Da", house.app.url)).await;
    let page = page.text().await.unwrap();
    assert!(page.contains("Logg inn med SMB &lt;innlogging&gt;"), "{page}");
    assert!(page.contains("/sign-in/openid?next&#x3D;%2Fincidents%3Fq%3Da"), "{page}");

    let ola = new_client();
    let answer = house.sign_in(&ola, "ola-1").await;
    assert_eq!(answer.status(), 200, "a page of ours, so that the browser sends the strict cookie with the next step");
    assert_eq!(answer.headers()["refresh"], "0; url=/incidents?q=%C3%B8");
    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().map(|c| c.to_str().unwrap()).collect();
    assert!(cookies[0].starts_with("varsel_session=") && cookies[0].contains("SameSite=Strict"), "{cookies:?}");
    assert!(cookies[1].starts_with("varsel_openid=;") && cookies[1].contains("Max-Age=0"), "{cookies:?}");
    assert_eq!(house.inside(&ola).await, Some(json!(["responder"])));
    let person = house.person().await;
    assert_eq!((&person["name"], &person["language"]), (&json!("Ola Hansen"), &json!("nn")));
    assert_eq!((&person["has_password"], &person["roles_by_openid"]), (&json!(false), &json!(true)));
    let audited = house.audited().await;
    let what: Vec<&str> = audited.iter().map(|(what, _)| what.as_str()).collect();
    assert_eq!(what, ["account.made", "session.begun"]);
    assert_eq!(audited[0].1, json!({ "by": "openid", "roles": ["responder"] }));

    assert_eq!(house.sign_in(&new_client(), "ola-1").await.status(), 200, "a second time it is the same account");
    assert_eq!(house.app.get("/people").await.1["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn a_provider_that_tells_everything_in_the_token_is_understood_as_well() {
    let house = House::with("none", json!({ "inToken": true, "method": "client_secret_post" })).await;
    let ola = new_client();
    assert_eq!(house.sign_in(&ola, "ola-1").await.status(), 200);
    assert_eq!(house.inside(&ola).await, Some(json!(["responder"])));
}

#[actix_web::test]
async fn roles_follow_the_groups_at_each_sign_in_and_who_has_none_left_is_out_everywhere() {
    let house = House::start("none").await;
    let (first, second) = (new_client(), new_client());
    assert_eq!(house.sign_in(&first, "ola-1").await.status(), 200);
    house.ola(json!({ "groups": ["ledelse", "pvo", "kantine"] })).await;
    assert_eq!(house.sign_in(&second, "ola-1").await.status(), 200);
    assert_eq!(house.inside(&second).await, Some(json!(["privacy_officer", "manager"])));
    let changed = house.audited().await.into_iter().find(|(what, _)| what == "roles.changed").unwrap().1;
    assert_eq!(changed, json!({ "by": "openid", "from": ["responder"], "to": ["privacy_officer", "manager"] }));

    house.ola(json!({ "groups": ["kantine"] })).await;
    let third = new_client();
    let answer = house.sign_in(&third, "ola-1").await;
    let page = house.refused(&third, answer, 403).await;
    assert!(page.contains("Du har ingen tilgang her ennå") && page.contains("Be en administrator"), "{page}");
    assert_eq!(house.inside(&first).await, None, "sessions begun before are over");
    assert_eq!(house.person().await["roles"], json!([]));
}

#[actix_web::test]
async fn whoever_signs_in_by_the_company_may_report_if_so_configured() {
    let house = House::start("reporter").await;
    house.ola(json!({ "groups": [] })).await;
    let ola = new_client();
    assert_eq!(house.sign_in(&ola, "ola-1").await.status(), 200);
    assert_eq!(house.inside(&ola).await, Some(json!(["reporter"])));
    house.ola(json!({ "groups": ["sikkerhet"] })).await;
    assert_eq!(house.sign_in(&ola, "ola-1").await.status(), 200);
    assert_eq!(house.inside(&ola).await, Some(json!(["responder"])));
}

#[actix_web::test]
async fn without_a_role_nothing_is_kept() {
    let house = House::start("none").await;
    house.ola(json!({ "groups": null })).await;
    let ola = new_client();
    let answer = house.sign_in(&ola, "ola-1").await;
    house.refused(&ola, answer, 403).await;
    assert_eq!(house.person().await, Value::Null);
}

#[actix_web::test]
async fn a_way_back_is_good_once_in_one_browser_for_ten_minutes() {
    let house = House::start("none").await;
    let (ola, stranger) = (new_client(), new_client());
    for unknown in ["", "?state=0&code=x", "?code=x", "?error=access_denied&error_description=Ring+evil.example"] {
        let answer = house.get(&stranger, &format!("{}/sign-in/openid/back{unknown}", house.app.url)).await;
        let page = house.refused(&stranger, answer, 400).await;
        assert!(page.contains("Begynn innloggingen på nytt") && !page.contains("evil"), "{page}");
    }

    let back = house.go_there(&ola, "ola-1").await;
    let page = {
        let answer = house.get(&stranger, &back).await;
        house.refused(&stranger, answer, 400).await
    };
    assert!(page.contains("annen nettleser"), "a code that was begun elsewhere signs nobody in: {page}");
    let answer = house.get(&ola, &back).await;
    house.refused(&ola, answer, 400).await;

    let back = house.go_there(&ola, "ola-1").await;
    let other = house.go_there(&stranger, "ola-1").await;
    let answer = house.get(&stranger, &back).await;
    house.refused(&stranger, answer, 400).await;
    assert_eq!(house.get(&stranger, &other).await.status(), 200, "the own one is good all the same");

    let back = house.go_there(&ola, "ola-1").await;
    assert_eq!(house.get(&ola, &back).await.status(), 200);
    let replayed = house.get(&ola, &back).await;
    assert_eq!(replayed.status(), 400, "a second time it is nothing");

    let late = new_client();
    let back = house.go_there(&late, "ola-1").await;
    house.app.advance(Duration::minutes(10));
    let answer = house.get(&late, &back).await;
    house.refused(&late, answer, 400).await;
}

#[actix_web::test]
async fn a_token_that_is_not_the_providers_or_not_for_this_sign_in_lets_nobody_in() {
    let house = House::start("none").await;
    for (spoil, check) in [
        ("foreign-key", "signature"),
        ("next-key", "kid"),
        ("shared-secret", "alg"),
        ("unsigned", "alg"),
        ("nonce", "nonce"),
        ("no-nonce", "nonce"),
        ("audience", "aud"),
        ("audiences", "azp"),
        ("party", "azp"),
        ("issuer", "iss"),
        ("expired", "exp"),
    ] {
        house.provider.tell(json!({ "spoil": spoil })).await;
        let ola = new_client();
        let answer = house.sign_in(&ola, "ola-1").await;
        let page = house.refused(&ola, answer, 400).await;
        assert!(
            page.contains("Beviset holdt ikke") && page.contains(&format!("rette det: {check}<")),
            "{spoil}: {page}"
        );
    }
    assert_eq!(house.person().await, Value::Null);
    house.provider.tell(json!({ "spoil": "" })).await;
    assert_eq!(house.sign_in(&new_client(), "ola-1").await.status(), 200, "the same without the fault");
}

#[actix_web::test]
async fn a_new_key_of_the_provider_is_found_when_it_is_first_used() {
    let house = House::start("none").await;
    assert_eq!(house.sign_in(&new_client(), "ola-1").await.status(), 200);
    house.provider.tell(json!({ "spoil": "next-key", "publish": true })).await;
    assert_eq!(house.sign_in(&new_client(), "ola-1").await.status(), 200);
}

#[actix_web::test]
async fn an_answer_of_another_issuer_is_refused() {
    let house = House::start("none").await;
    for change in ["&iss=https%3A%2F%2Flogin.evil.example", ""] {
        let ola = new_client();
        let back = house.go_there(&ola, "ola-1").await;
        let (before, _) = back.split_once("&iss=").expect("the provider names itself");
        let answer = house.get(&ola, &format!("{before}{change}")).await;
        let page = house.refused(&ola, answer, 400).await;
        assert!(page.contains("Svaret kom fra feil sted"), "{page}");
    }
}

#[actix_web::test]
async fn what_the_provider_refuses_is_told_in_its_words() {
    let house = House::start("none").await;
    let ola = new_client();
    let answer = house.sign_in(&ola, "refuse").await;
    let page = house.refused(&ola, answer, 400).await;
    assert!(page.contains("access_denied: &lt;b&gt;Ikke&lt;/b&gt; i dag"), "{page}");
    let back = house.go_there(&ola, "ola-1").await;
    let answer = house.get(&ola, &back.replace("code=", "code=x")).await;
    let page = house.refused(&ola, answer, 400).await;
    assert!(page.contains("invalid_grant"), "{page}");
}

#[actix_web::test]
async fn groups_that_do_not_fit_into_the_token_are_said_to_be_too_many() {
    let house = House::start("reporter").await;
    house.provider.tell(json!({ "spoil": "overage" })).await;
    let ola = new_client();
    let answer = house.sign_in(&ola, "ola-1").await;
    let page = house.refused(&ola, answer, 403).await;
    assert!(page.contains("For mange grupper"), "{page}");
}

#[actix_web::test]
async fn an_account_is_not_taken_over_by_an_e_mail() {
    let house = House::start("reporter").await;
    house.ola(json!({ "email": EMAIL.to_uppercase(), "groups": ["drift"] })).await;
    let thief = new_client();
    let answer = house.sign_in(&thief, "ola-1").await;
    let page = house.refused(&thief, answer, 403).await;
    assert!(page.contains("E-posten er i bruk her"), "{page}");
    let form = [("email", EMAIL), ("password", PASSWORD)];
    assert_eq!(house.app.page(Method::POST, "/sign-in").form(&form).send().await.unwrap().status(), 303);
    for (changes, told) in [
        (json!({ "email_verified": false }), "ikke bekreftet"),
        (json!({ "email": null }), "E-post mangler"),
        (json!({ "email": "ola" }), "E-post mangler"),
    ] {
        house.ola(changes).await;
        let answer = house.sign_in(&thief, "ola-1").await;
        let page = house.refused(&thief, answer, 403).await;
        assert!(page.contains(told), "{page}");
    }
}

#[actix_web::test]
async fn an_invitation_ties_the_checked_e_mail_to_the_account_once_and_the_administrators_roles_stay() {
    let house = House::start("none").await;
    let invited = json!({ "name": "Ola", "email": OLA, "roles": ["auditor"] });
    let (_, added) = house.app.post("/people", &invited).await;
    house.ola(json!({ "email_verified": false })).await;
    let ola = new_client();
    let answer = house.sign_in(&ola, "ola-1").await;
    house.refused(&ola, answer, 403).await;
    house.ola(json!({})).await;
    assert_eq!(house.sign_in(&ola, "ola-1").await.status(), 200);
    assert_eq!(house.inside(&ola).await, Some(json!(["auditor"])));
    let link = added["link"].as_str().unwrap();
    assert_eq!(new_client().get(link).send().await.unwrap().status(), 404, "the invitation is used up");
    assert_eq!(house.person().await["roles_by_openid"], false);
    // Somebody else who is given the address later is somebody else.
    let heir = json!({ "name": "Per", "email": OLA, "email_verified": true, "groups": ["sikkerhet"] });
    house.provider.tell(json!({ "people": { "per-2": heir } })).await;
    let id = house.person().await["id"].as_str().unwrap().to_owned();
    assert_eq!(house.app.post(&format!("/people/{id}/link"), &json!({})).await.0, 201);
    let per = new_client();
    let answer = house.sign_in(&per, "per-2").await;
    house.refused(&per, answer, 403).await;
}

#[actix_web::test]
async fn who_has_left_stays_out_and_comes_back_without_a_link() {
    let house = House::start("none").await;
    let ola = new_client();
    assert_eq!(house.sign_in(&ola, "ola-1").await.status(), 200);
    let place = format!("/people/{}", house.person().await["id"].as_str().unwrap());
    assert_eq!(house.app.send(Method::PATCH, &place, &json!({ "left": true })).await.0, 200);
    assert_eq!(house.inside(&ola).await, None);
    for email in [OLA, "ola.hansen@smbmobil.example"] {
        house.ola(json!({ "email": email, "groups": ["drift"] })).await;
        let answer = house.sign_in(&ola, "ola-1").await;
        let page = house.refused(&ola, answer, 403).await;
        assert!(page.contains("ført opp som sluttet"), "{page}");
    }
    let back = house.app.page(Method::POST, &format!("{place}/return")).send().await.unwrap();
    assert_eq!(back.headers()["location"], format!("{place}?done=changed"));
    assert_eq!(house.sign_in(&ola, "ola-1").await.status(), 200);
    assert_eq!(house.inside(&ola).await, Some(json!(["administrator"])));
}

#[actix_web::test]
async fn roles_that_follow_groups_are_shown_and_cannot_be_changed_here() {
    let house = House::start("none").await;
    assert_eq!(house.sign_in(&new_client(), "ola-1").await.status(), 200);
    let person = house.person().await;
    let place = format!("/people/{}", person["id"].as_str().unwrap());
    let page = house.app.page(Method::GET, &place).send().await.unwrap().text().await.unwrap();
    assert!(
        page.contains("Rollene følger gruppene i firmapåloggingen og endres der. Nå: hendelsesansvarlig."),
        "{page}"
    );
    assert!(!page.contains("name=\"roles\"") && !page.contains(&format!("{place}/link")), "{page}");
    let list = house.app.page(Method::GET, "/people").send().await.unwrap().text().await.unwrap();
    assert!(list.contains("Logger inn med firmapålogging"), "{list}");
    let form = [("name", "Ola H. Hansen"), ("phone", ""), ("language", "nb"), ("roles", "administrator")];
    let saved = house.app.page(Method::POST, &place).form(&form).send().await.unwrap();
    assert_eq!(saved.headers()["location"], format!("{place}?done=changed"), "the rest can be changed");
    let (status, problem) = house.app.send(Method::PATCH, &place, &json!({ "roles": ["administrator"] })).await;
    assert_eq!((status, &problem["type"]), (409, &json!("urn:varsel:problem:governed-elsewhere")));
    assert_eq!(house.app.send(Method::PATCH, &place, &json!({ "roles": ["responder"] })).await.0, 200, "no change");
    assert_eq!(house.app.post(&format!("{place}/link"), &json!({})).await.0, 409, "no password beside the provider");
    let person = house.person().await;
    assert_eq!((&person["name"], &person["roles"]), (&json!("Ola H. Hansen"), &json!(["responder"])));
}

#[actix_web::test]
async fn signing_out_offers_to_sign_out_at_the_provider_too() {
    let house = House::start("none").await;
    let ola = new_client();
    assert_eq!(house.sign_in(&ola, "ola-1").await.status(), 200);
    let out = format!("{}/sign-out", house.app.url);
    let answer = ola.post(out).header("origin", &house.app.url).send().await.unwrap();
    assert_eq!(answer.headers()["location"], "/sign-in?out=openid");
    assert_eq!(house.inside(&ola).await, None);
    let page = house.get(&ola, &format!("{}/sign-in?out=openid", house.app.url)).await.text().await.unwrap();
    assert!(
        page.contains("fortsatt logget inn hos SMB &lt;innlogging&gt;") && page.contains("/sign-in/openid/out"),
        "{page}"
    );
    let there = house.get(&ola, &format!("{}/sign-in/openid/out", house.app.url)).await;
    let there = there.headers()["location"].to_str().unwrap().to_owned();
    assert!(there.starts_with(&format!("{}/session/end?client_id=varsel&", house.provider.issuer)), "{there}");
    let asked = house.get(&ola, &there).await;
    assert_eq!(asked.status(), 200, "the provider takes the address to come back to");

    // Whoever signed in by password is not sent anywhere.
    let kari = house.app.page(Method::POST, "/sign-out").send().await.unwrap();
    assert_eq!(kari.headers()["location"], "/sign-in");
    let house = House::with("none", json!({ "staysIn": true })).await;
    assert_eq!(house.sign_in(&ola, "ola-1").await.status(), 200);
    let out = format!("{}/sign-out", house.app.url);
    let answer = ola.post(out).header("origin", &house.app.url).send().await.unwrap();
    assert_eq!(answer.headers()["location"], "/sign-in", "a provider without such a place");
}

#[actix_web::test]
async fn a_provider_that_is_away_stops_nobody_with_a_password() {
    let House { app, provider } = House::start("none").await;
    let client = new_client();
    let begin = async || client.get(format!("{}/sign-in/openid?lang=en", app.url)).send().await.unwrap();
    assert_eq!(begin().await.status(), 303);
    drop(provider);
    assert_eq!(begin().await.status(), 303, "what it said of itself is believed for an hour");
    app.advance(Duration::hours(1));
    let answer = begin().await;
    assert_eq!(answer.status(), 503);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("SMB &lt;innlogging&gt; cannot be reached now") && page.contains("href=\"/sign-in\""),
        "{page}"
    );
    let form = [("email", EMAIL), ("password", PASSWORD)];
    assert_eq!(app.page(Method::POST, "/sign-in").form(&form).send().await.unwrap().status(), 303);
    assert_eq!(app.get("/people").await.0, 200);
}

#[actix_web::test]
async fn without_a_provider_there_is_no_such_door() {
    let app = TestApp::start().await;
    for path in ["/sign-in/openid", "/sign-in/openid/back?state=x&code=y", "/sign-in/openid/out"] {
        assert_eq!(app.page(Method::GET, path).send().await.unwrap().status(), 404, "{path}");
    }
    let page = app.page(Method::GET, "/sign-in").send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("openid"), "{page}");
}
