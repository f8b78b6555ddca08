//! The ways out that the company sets up: what is written about one, what is wrong with it, and what may be shown.

pub mod actions;
pub mod api;
mod form;
pub mod pages;
pub mod store;

use std::collections::BTreeMap;

use crate::account::looks_like_email;
use crate::error::{Error, FieldError};
use crate::i18n::Lang;
use crate::outbox::transport::{
    Content, Flaw, Gateway, Header, Outside, Route, Secret, Verb, Webhook, e164, new_signing_secret,
};
use store::Channel;

/// The kinds of channels.
pub const KINDS: [&str; 5] = ["mail", "webhook", "teams", "slack", "sms"];
const CIRCLES: [&str; 3] = ["none", "team", "management"];
const ABOUT: [&str; 3] = ["all", "privacy", "network"];
const METHODS: [&str; 2] = ["POST", "PUT"];
const CONTENTS: [&str; 2] = ["json", "form"];
const LONGEST_NAME: usize = 60;
const LONGEST_TEXTS: std::ops::RangeInclusive<usize> = 70..=1600;

/// What is written about a channel, field by field, as a form or a program sends it.
pub type Typed = BTreeMap<String, String>;

/// The fields that a kind has, in the order of its form.
pub fn fields(kind: &str) -> &'static [&'static str] {
    match kind {
        "mail" => &["name", "recipient", "circle", "about", "language"],
        "sms" => &[
            "name",
            "url",
            "method",
            "headers",
            "content",
            "body",
            "from",
            "delivered",
            "longest",
            "recipient",
            "circle",
            "about",
            "language",
        ],
        _ => &["name", "url", "circle", "about", "language"],
    }
}

/// The fields whose content is never shown again; left empty, what stands is kept.
pub const SECRETS: [&str; 3] = ["url", "headers", "body"];

/// A channel as written, checked: it can be stored.
struct Checked {
    name: String,
    recipient: String,
    circle: Option<String>,
    about: String,
    language: String,
    route: Route,
}

/// Reads what was written; `stands` is the route that it changes.
fn check(kind: &str, typed: &Typed, stands: Option<&Route>, outside: &Outside) -> Result<Checked, Error> {
    let mut reading = Reading { typed, wrong: Vec::new() };
    let name = reading.name();
    let circle = Some(reading.choice("circle", &CIRCLES)).filter(|circle| circle != "none");
    let about = reading.choice("about", &ABOUT);
    let language = reading.choice("language", &Lang::ALL.map(Lang::code));
    let recipient = reading.recipient(kind);
    if kind == "sms" && recipient.is_empty() && circle.is_some() {
        reading.refuse("circle", "gateway_has_no_circle");
    }
    let route = reading.route(kind, stands);
    if let Some(route) = &route
        && let Err(flaw) = outside.look_at(route)
    {
        reading.flaw(flaw);
    }
    match (route, reading.wrong) {
        (Some(route), wrong) if wrong.is_empty() => Ok(Checked { name, recipient, circle, about, language, route }),
        (_, wrong) => Err(Error::Invalid(wrong)),
    }
}

struct Reading<'a> {
    typed: &'a Typed,
    wrong: Vec<FieldError>,
}

impl Reading<'_> {
    fn text(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", |text| text.trim())
    }

    fn refuse(&mut self, field: &str, code: &str) {
        self.wrong.push(FieldError::new(field, code));
    }

    fn flaw(&mut self, flaw: Flaw) {
        if !self.wrong.iter().any(|fault| fault.path == flaw.field()) {
            self.refuse(flaw.field(), flaw.code());
        }
    }

    fn name(&mut self) -> String {
        let name = self.text("name").split_whitespace().collect::<Vec<_>>().join(" ");
        let long = name.chars().count();
        if name.is_empty() {
            self.refuse("name", "missing");
        } else if name.contains(char::is_control) {
            self.refuse("name", "unprintable");
        } else if long > LONGEST_NAME {
            self.wrong.push(FieldError::new("name", "too_long").with("given", long).with("max", LONGEST_NAME));
        }
        name
    }

    /// One of the words; the first where nothing is said.
    fn choice(&mut self, field: &str, words: &[&str]) -> String {
        let given = self.text(field).to_owned();
        if given.is_empty() {
            return words.first().copied().unwrap_or_default().to_owned();
        }
        if !words.contains(&given.as_str()) {
            let fault = FieldError::new(field, "wrong_choice").with("given", given.as_str());
            self.wrong.push(fault.with("choices", words.to_vec()));
        }
        given
    }

    fn recipient(&mut self, kind: &str) -> String {
        let given = self.text("recipient").to_owned();
        match kind {
            "mail" if given.is_empty() => self.refuse("recipient", "missing"),
            "mail" if !looks_like_email(&given) => self.refuse("recipient", "not_an_email"),
            "mail" => return given.to_lowercase(),
            "sms" if given.is_empty() => {}
            "sms" => match e164(&given) {
                Some(number) => return number,
                None => self.wrong.push(FieldError::new("recipient", "not_a_phone").with("given", given)),
            },
            _ => {}
        }
        String::new()
    }

    fn route(&mut self, kind: &str, stands: Option<&Route>) -> Option<Route> {
        if kind == "mail" {
            return Some(Route::Mail);
        }
        let url = self.secret("url", stands.and_then(url_of))?;
        match kind {
            "webhook" => {
                // A secret that was replaced is honoured until here.
                let secret = match stands {
                    Some(Route::Webhook(webhook)) => webhook.secret.clone(),
                    _ => new_signing_secret(),
                };
                Some(Route::Webhook(Webhook { url, secret, old_secret: None }))
            }
            "teams" => Some(Route::Teams { url }),
            "slack" => Some(Route::Slack { url }),
            _ => self.gateway(url, stands).map(Route::Sms),
        }
    }

    /// A secret as typed, else the one that stands.
    fn secret(&mut self, field: &str, stands: Option<&Secret>) -> Option<Secret> {
        match (self.text(field), stands) {
            ("", Some(stands)) => Some(stands.clone()),
            ("", None) => {
                self.refuse(field, "missing");
                None
            }
            (typed, _) => Some(Secret::from(typed)),
        }
    }

    fn gateway(&mut self, url: Secret, stands: Option<&Route>) -> Option<Gateway> {
        let stands = match stands {
            Some(Route::Sms(gateway)) => Some(gateway),
            _ => None,
        };
        let method = if self.choice("method", &METHODS) == "PUT" { Verb::Put } else { Verb::Post };
        let content = if self.choice("content", &CONTENTS) == "form" { Content::Form } else { Content::Json };
        let headers = match (self.text("headers"), stands) {
            ("", Some(stands)) => stands.headers.clone(),
            ("-", _) => Vec::new(),
            (typed, _) => {
                let read = typed.lines().filter(|line| !line.trim().is_empty()).map(|line| {
                    let (name, value) = line.split_once(':')?;
                    Some(Header { name: name.trim().to_owned(), value: Secret::from(value.trim()) })
                });
                read.collect::<Option<Vec<_>>>().unwrap_or_else(|| {
                    self.flaw(Flaw::NotAHeader);
                    Vec::new()
                })
            }
        };
        let words: Vec<&str> = self.text("delivered").split([',', ' ']).filter(|word| !word.is_empty()).collect();
        let statuses = words.iter().map(|word| word.parse().ok().filter(|status| (100..600).contains(status)));
        let delivered: Vec<u16> = statuses.collect::<Option<_>>().unwrap_or_else(|| {
            self.refuse("delivered", "not_a_status");
            Vec::new()
        });
        let longest = match self.text("longest") {
            "" => 459,
            text => text.parse().ok().filter(|most| LONGEST_TEXTS.contains(most)).unwrap_or_else(|| {
                self.refuse("longest", "longest_out_of_range");
                459
            }),
        };
        let body = self.secret("body", stands.map(|gateway| &gateway.body))?;
        let from = self.text("from").chars().filter(|c| !c.is_control()).collect();
        Some(Gateway { url, method, headers, content, body, from, delivered, longest })
    }
}

fn url_of(route: &Route) -> Option<&Secret> {
    match route {
        Route::Webhook(webhook) => Some(&webhook.url),
        Route::Teams { url } | Route::Slack { url } => Some(url),
        Route::Sms(gateway) => Some(&gateway.url),
        Route::Mail | Route::Folder => None,
    }
}

/// What may be shown of an address: the scheme and the host.
fn host_of(route: &Route) -> Option<String> {
    let url = reqwest::Url::parse(url_of(route)?.reveal().trim()).ok()?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}://{}{port}", url.scheme(), url.host_str()?))
}

/// The fields of a channel that may be shown, as they would be typed.
fn shown(channel: &Channel, route: Option<&Route>) -> Typed {
    let mut all = vec![
        ("name", channel.name.clone()),
        ("recipient", channel.recipient.clone()),
        ("circle", channel.circle.clone().unwrap_or_else(|| "none".into())),
        ("about", channel.about.clone()),
        ("language", channel.language.clone()),
    ];
    if let Some(Route::Sms(gateway)) = route {
        let statuses: Vec<String> = gateway.delivered.iter().map(ToString::to_string).collect();
        all.extend([
            ("method", if gateway.method == Verb::Put { "PUT" } else { "POST" }.to_owned()),
            ("content", if gateway.content == Content::Form { "form" } else { "json" }.to_owned()),
            ("from", gateway.from.clone()),
            ("delivered", statuses.join(", ")),
            ("longest", gateway.longest.to_string()),
        ]);
    }
    let has = fields(&channel.kind);
    all.into_iter().filter(|(name, _)| has.contains(name)).map(|(name, text)| (name.to_owned(), text)).collect()
}
