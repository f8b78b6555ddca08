//! What an identity token says: whether it is for us, now and about this sign-in; and whom it is about.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::Fault;
use crate::account::{looks_like_email, token};
use crate::i18n::Lang;

/// How far the provider's clock and ours may differ, in seconds.
const LEEWAY: i64 = 60;
/// OpenID Connect allows no longer name for a person.
const LONGEST_SUBJECT: usize = 255;

/// What a token must be about.
pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce_hash: &'a str,
}

/// Somebody the provider vouches for.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who vouches.
    pub issuer: String,
    /// The provider's own name for the person, which never changes.
    pub subject: String,
    /// In lower case.
    pub email: Option<String>,
    /// Whether the provider has checked the e-mail; none where it does not say.
    pub verified: Option<bool>,
    /// What the person is called.
    pub name: Option<String>,
    /// The language the person reads.
    pub lang: Option<Lang>,
    /// The groups the person is in.
    pub groups: Vec<String>,
}

/// Checks a token whose signature holds, and answers whom it is about.
pub(super) fn check(claims: &Map<String, Value>, expected: &Expected<'_>, now: DateTime<Utc>) -> Result<String, Fault> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let whole = |name: &str| claims.get(name).map(|value| value.as_i64().or(value.as_f64().map(|at| at as i64)));
    let refuse = |check| Err(Fault::Token(check));
    if text("iss") != Some(expected.issuer) {
        return refuse("iss");
    }
    let audiences: Vec<&str> = match claims.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().map(|one| one.as_str().unwrap_or_default()).collect(),
        _ => Vec::new(),
    };
    if !audiences.contains(&expected.client_id) {
        return refuse("aud");
    }
    // A token that others may take as well must at least have been made for us.
    let party = claims.get("azp").map(|party| party.as_str() == Some(expected.client_id));
    if party == Some(false) || (party.is_none() && audiences.len() > 1) {
        return refuse("azp");
    }
    let now = now.timestamp();
    match whole("exp") {
        Some(Some(exp)) if now < exp.saturating_add(LEEWAY) => {}
        _ => return refuse("exp"),
    }
    match whole("iat") {
        Some(Some(iat)) if iat <= now + LEEWAY => {}
        _ => return refuse("iat"),
    }
    if whole("nbf").is_some_and(|from| from.is_none_or(|from| from > now + LEEWAY)) {
        return refuse("nbf");
    }
    if text("nonce").map(token::hash).as_deref() != Some(expected.nonce_hash) {
        return refuse("nonce");
    }
    match text("sub") {
        Some(subject) if !subject.is_empty() && subject.len() <= LONGEST_SUBJECT && !subject.contains('\0') => {
            Ok(subject.to_owned())
        }
        _ => refuse("sub"),
    }
}

/// Follows a dotted name into objects; a name that has the dots itself comes first.
pub(super) fn find<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    claims.get(name).or_else(|| {
        let (first, rest) = name.split_once('.')?;
        find(claims.get(first)?.as_object()?, rest)
    })
}

/// Whether the provider says that the groups stand elsewhere, because they are too many.
pub(super) fn has_overage(claims: &Map<String, Value>, groups: &str) -> bool {
    let elsewhere = claims.get("_claim_names").and_then(Value::as_object);
    elsewhere.is_some_and(|names| names.contains_key(groups))
        || (groups == "groups" && claims.contains_key("hasgroups"))
}

/// Reads whom the claims are about.
pub(super) fn person(claims: &Map<String, Value>, (issuer, subject): (&str, String), groups: &str) -> Person {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(flat).filter(|text| !text.is_empty());
    let address = |name: &str| text(name).map(|text| text.to_lowercase()).filter(|text| looks_like_email(text));
    let whole = || Some(format!("{} {}", text("given_name")?, text("family_name")?));
    let email = address("email");
    let groups = match find(claims, groups) {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    };
    Person {
        issuer: issuer.to_owned(),
        subject,
        verified: claims.get("email_verified").filter(|_| email.is_some()).map(|told| *told == Value::Bool(true)),
        name: text("name").or_else(whole).or_else(|| text("preferred_username")).or_else(|| email.clone()),
        // Entra ID tells the address as the name to sign in with, unless the claim is asked for.
        email: email.or_else(|| address("preferred_username")).or_else(|| address("upn")),
        lang: text("locale").as_deref().and_then(Lang::parse),
        groups,
    }
}

/// One line of at most 100 characters, as a name has.
fn flat(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(100).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_000_000, 0).unwrap()
    }

    fn good() -> Value {
        json!({
            "iss": "https://login.example", "aud": "varsel", "sub": "kari", "nonce": "n", "exp": 1_000_300, "iat": 1_000_000,
        })
    }

    fn checked(claims: &Value) -> Result<String, Fault> {
        let nonce_hash = token::hash("n");
        let expected = Expected { issuer: "https://login.example", client_id: "varsel", nonce_hash: &nonce_hash };
        check(claims.as_object().unwrap(), &expected, now())
    }

    #[test]
    fn each_claim_is_checked_and_named_when_it_is_wrong() {
        assert_eq!(checked(&good()).unwrap(), "kari");
        let long = "x".repeat(256);
        for (name, value, passes) in [
            ("iss", json!("https://login.example/"), false),
            ("iss", json!(null), false),
            ("aud", json!(["varsel"]), true),
            ("aud", json!("other"), false),
            ("aud", json!([]), false),
            ("aud", json!({ "varsel": 1 }), false),
            ("azp", json!("varsel"), true),
            ("azp", json!("other"), false),
            ("azp", json!(7), false),
            ("exp", json!(999_941), true),
            ("exp", json!(999_940), false),
            ("exp", json!("1000300"), false),
            ("exp", json!(1_000_300.5), true),
            ("exp", json!(null), false),
            ("iat", json!(1_000_060), true),
            ("iat", json!(1_000_061), false),
            ("iat", json!(null), false),
            ("nbf", json!(1_000_060), true),
            ("nbf", json!(1_000_061), false),
            ("nbf", json!("soon"), false),
            ("nonce", json!("m"), false),
            ("nonce", json!(null), false),
            ("sub", json!(""), false),
            ("sub", json!(7), false),
            ("sub", json!(long), false),
        ] {
            let mut claims = good();
            claims[name] = value.clone();
            let told = checked(&claims);
            let expected = if passes { told.is_ok() } else { told == Err(Fault::Token(name)) };
            assert!(expected, "{name} {value}: {told:?}");
        }
        let mut shared = good();
        shared["aud"] = json!(["varsel", "other"]);
        assert_eq!(checked(&shared), Err(Fault::Token("azp")), "a token for several must say that it was made for us");
        shared["azp"] = json!("varsel");
        assert!(checked(&shared).is_ok());
    }

    #[test]
    fn a_person_is_read_from_what_each_provider_calls_it() {
        let read = |claims: Value, groups: &str| person(claims.as_object().unwrap(), ("i", "s".into()), groups);
        let entra =
            json!({ "name": "Kari  Nordmann", "preferred_username": "Kari@SMB.example", "groups": ["g1", 7, "g2"] });
        let kari = read(entra, "groups");
        assert_eq!((kari.email.as_deref(), kari.verified), (Some("kari@smb.example"), None));
        assert_eq!((kari.name.as_deref(), kari.groups), (Some("Kari Nordmann"), vec!["g1".into(), "g2".into()]));
        let keycloak = json!({
            "email": "ola@smb.example", "email_verified": true, "given_name": "Ola", "family_name": "Hansen",
            "locale": "nn-NO", "realm_access": { "roles": ["vakt"] }, "a.b": "én",
        });
        let ola = read(keycloak.clone(), "realm_access.roles");
        assert_eq!((ola.verified, ola.lang, ola.name.as_deref()), (Some(true), Some(Lang::Nn), Some("Ola Hansen")));
        assert_eq!(ola.groups, ["vakt"]);
        assert_eq!(read(keycloak.clone(), "a.b").groups, ["én"]);
        assert_eq!(read(keycloak, "realm_access.roles.x").groups, [""; 0]);
        for told in [json!("true"), json!(1), json!(false), json!(null)] {
            let claims = json!({ "email": "a@b", "email_verified": told });
            assert_eq!(read(claims, "groups").verified, Some(false), "only true is true: {told}");
        }
        assert_eq!(read(json!({ "preferred_username": "kari" }), "groups").email, None);
    }

    #[test]
    fn groups_that_stand_elsewhere_are_noticed() {
        let told = |claims: Value| has_overage(claims.as_object().unwrap(), "groups");
        assert!(told(json!({ "_claim_names": { "groups": "src1" } })) && told(json!({ "hasgroups": true })));
        assert!(!told(json!({ "_claim_names": { "address": "src1" } })) && !told(json!({ "groups": [] })));
    }
}
