//! Text messages through a gateway: a request over the web that the administrator describes, not a supplier of ours.
//!
//! The body is a template with the places `{to}`, `{digits}` (the number without its +), `{text}`, `{from}` and
//! `{key}`. In JSON they stand inside strings, in a form as values; either way what is put in cannot break out.

use chrono::{DateTime, Utc};
use reqwest::Method;
use reqwest::header::{CONTENT_LENGTH, HOST, HeaderName, HeaderValue, TRANSFER_ENCODING};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::flaw::Flaw;
use super::http::{Request, Web};
use super::line::{cut, readable};
use super::phone::e164;
use super::secret::Secret;
use super::{Letter, Outcome};

/// Three parts of a long message; an ellipsis of three dots, for «…» would make every part half as long.
const THREE_PARTS: usize = 459;
const ELLIPSIS: &str = "...";

/// No gateway takes less, so a smaller measure is a slip.
const SHORTEST: usize = 70;

/// A gateway for text messages, and how it wants to be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gateway {
    /// Where to send.
    pub url: Secret,
    /// With which method.
    #[serde(default)]
    pub method: Verb,
    /// Further headers, such as the one that holds the key.
    #[serde(default)]
    pub headers: Vec<Header>,
    /// How the body is written.
    #[serde(default)]
    pub content: Content,
    /// The template of the body; a user and a password may stand in it.
    pub body: Secret,
    /// Whom the message shall seem to come from.
    #[serde(default)]
    pub from: String,
    /// The statuses that mean delivered; none means every one from 200 to 299.
    #[serde(default)]
    pub delivered: Vec<u16>,
    /// The longest text, in characters.
    #[serde(default = "three_parts")]
    pub longest: usize,
}

/// A header of the request to a gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value, which is often a key.
    pub value: Secret,
}

/// The methods a gateway may want.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Verb {
    /// POST.
    #[default]
    Post,
    /// PUT.
    Put,
}

/// How the body of the request is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// JSON.
    #[default]
    Json,
    /// As a browser sends a form.
    Form,
}

fn three_parts() -> usize {
    THREE_PARTS
}

impl Gateway {
    /// Says what is wrong with the headers or the template, if anything is.
    pub(super) fn check(&self) -> Result<(), Flaw> {
        self.headers()?;
        self.fill(&[])?;
        let has = |place: &str| self.body.reveal().contains(place);
        if has("{text}") && (has("{to}") || has("{digits}")) { Ok(()) } else { Err(Flaw::PlaceMissing) }
    }

    /// Sends the letter to its telephone number.
    pub(super) async fn send(&self, web: &Web, letter: &Letter, now: DateTime<Utc>) -> Outcome {
        let Some(to) = e164(&letter.to) else {
            return Outcome::refused("The receiver has no telephone number that can be used.".into());
        };
        let text = self.text(letter);
        let places =
            [("to", to.as_str()), ("digits", &to[1..]), ("text", &text), ("from", &self.from), ("key", &letter.key)];
        let request = self.check().and_then(|()| Ok((self.headers()?, self.fill(&places)?)));
        let (headers, body) = match request {
            Ok(request) => request,
            Err(flaw) => return Outcome::refused(flaw.to_string()),
        };
        let (method, content_type) = (self.method.method(), self.content.name());
        let constants = self.constants();
        let secrets = self
            .headers
            .iter()
            .map(|header| header.value.reveal())
            .chain(constants.iter().map(String::as_str))
            .collect();
        let request =
            Request { method, url: &self.url, headers, content_type, body, secrets, delivered: &self.delivered };
        web.send(request, now).await
    }

    /// The text, and the link after it where it fits; a message without the link is better than none.
    fn text(&self, letter: &Letter) -> String {
        let text = readable(&letter.text);
        let text = text.trim();
        let link = letter.link.as_deref().filter(|link| !text.contains(link)).map(|link| format!("\n{link}"));
        let room = self.longest.max(SHORTEST);
        match link.filter(|link| link.chars().count() + ELLIPSIS.len() < room) {
            Some(link) => cut(text, room - link.chars().count(), ELLIPSIS) + &link,
            None => cut(text, room, ELLIPSIS),
        }
    }

    fn headers(&self) -> Result<Vec<(HeaderName, HeaderValue)>, Flaw> {
        let read = |header: &Header| {
            let name = HeaderName::from_bytes(header.name.trim().as_bytes()).map_err(|_| Flaw::NotAHeader)?;
            let mut value = HeaderValue::from_str(header.value.reveal().trim()).map_err(|_| Flaw::NotAHeader)?;
            value.set_sensitive(true);
            let ours = [HOST, CONTENT_LENGTH, TRANSFER_ENCODING].contains(&name);
            if ours { Err(Flaw::NotAHeader) } else { Ok((name, value)) }
        };
        self.headers.iter().map(read).collect()
    }

    /// The body with its places filled.
    fn fill(&self, places: &[(&str, &str)]) -> Result<Vec<u8>, Flaw> {
        match self.content {
            Content::Form => Ok(filled(self.body.reveal().trim(), places, in_form).into_bytes()),
            Content::Json => {
                let mut body = self.template()?;
                each_string(&mut body, &mut |text| *text = filled(text, places, str::to_owned));
                Ok(body.to_string().into_bytes())
            }
        }
    }

    fn template(&self) -> Result<Value, Flaw> {
        let template: Value = serde_json::from_str(self.body.reveal()).map_err(|_| Flaw::NotATemplate)?;
        if template.is_object() || template.is_array() { Ok(template) } else { Err(Flaw::NotATemplate) }
    }

    /// What stands in the template without a place in it: it may be a password, so no answer may repeat it.
    fn constants(&self) -> Vec<String> {
        let mut found = Vec::new();
        match self.content {
            Content::Form => {
                found.extend(self.body.reveal().split('&').filter_map(|pair| Some(pair.split_once('=')?.1.to_owned())));
            }
            Content::Json => {
                let mut body = self.template().unwrap_or_default();
                each_string(&mut body, &mut |text| found.push(text.clone()));
            }
        }
        found.retain(|text| !text.contains('{'));
        found
    }
}

impl Verb {
    fn method(self) -> Method {
        match self {
            Self::Post => Method::POST,
            Self::Put => Method::PUT,
        }
    }
}

impl Content {
    fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
        }
    }
}

/// Visits every string value of a JSON document; names of members are left alone.
fn each_string(value: &mut Value, visit: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_string(item, visit)),
        Value::Object(members) => members.values_mut().for_each(|member| each_string(member, visit)),
        _ => {}
    }
}

/// Fills the places of a template in one pass, so that nothing that was put in is taken for a place.
fn filled(template: &str, places: &[(&str, &str)], dress: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let place = places
            .iter()
            .find_map(|(name, value)| Some((rest.strip_prefix('{')?.strip_prefix(name)?.strip_prefix('}')?, *value)));
        match place {
            Some((after, value)) => {
                out.push_str(&dress(value));
                rest = after;
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// Writes a text as a value in a form.
fn in_form(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::transport::tests::letter;

    fn gateway(content: Content, body: &str) -> Gateway {
        Gateway {
            url: "https://sms.example/send".into(),
            method: Verb::Post,
            headers: vec![],
            content,
            body: body.into(),
            from: "SMB & Mobil".into(),
            delivered: vec![],
            longest: 160,
        }
    }

    #[test]
    fn what_is_put_into_a_template_cannot_break_out() {
        let evil = "\"},{\"a\":\"&to=+4711111111\r\n{key}\\";
        let places = [("to", "+4790012345"), ("text", evil), ("key", "hemmelig"), ("from", "SMB & Mobil")];
        let json =
            gateway(Content::Json, r#"{"to": "{to}", "messages": [{"text": "Hei: {text}", "n": 1, "x": "{y} {"}]}"#);
        let body: Value = serde_json::from_slice(&json.fill(&places).unwrap()).unwrap();
        assert_eq!(body["to"], "+4790012345");
        assert_eq!(body["messages"][0]["text"], format!("Hei: {evil}"));
        assert_eq!(body["messages"][0]["x"], "{y} {");
        let form = gateway(Content::Form, "to={to}&from={from}&msg={text}&fixed=a%20b");
        let body = String::from_utf8(form.fill(&places).unwrap()).unwrap();
        let pairs: Vec<_> =
            reqwest::Url::parse(&format!("https://x.example/?{body}")).unwrap().query_pairs().into_owned().collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            pairs,
            [pair("to", "+4790012345"), pair("from", "SMB & Mobil"), pair("msg", evil), pair("fixed", "a b")]
        );
    }

    #[test]
    fn a_template_that_cannot_work_is_told_at_once() {
        for (content, body, flaw) in [
            (Content::Json, "to={to}&text={text}", Flaw::NotATemplate),
            (Content::Json, "\"{to}{text}\"", Flaw::NotATemplate),
            (Content::Json, r#"{"to": {to}, "text": "{text}"}"#, Flaw::NotATemplate),
            (Content::Json, r#"{"to": "{to}"}"#, Flaw::PlaceMissing),
            (Content::Form, "text={text}", Flaw::PlaceMissing),
        ] {
            assert_eq!(gateway(content, body).check().unwrap_err(), flaw, "{body}");
        }
        assert!(gateway(Content::Form, "nr={digits}&text={text}").check().is_ok());
        for (name, value) in [("x y", "1"), ("", "1"), ("x", "a\r\nb: c"), ("Host", "x"), ("content-length", "1")] {
            let header = Header { name: name.into(), value: value.into() };
            let gateway = Gateway { headers: vec![header], ..gateway(Content::Form, "nr={to}&text={text}") };
            assert_eq!(gateway.check().unwrap_err(), Flaw::NotAHeader, "{name}: {value}");
        }
    }

    #[test]
    fn the_text_keeps_within_its_measure_and_the_link_goes_first() {
        let mut letter = letter();
        letter.text = "å".repeat(500);
        let gateway = gateway(Content::Form, "");
        let text = gateway.text(&letter);
        assert_eq!(text.chars().count(), 160);
        assert!(text.ends_with("...\nhttps://varsel.example/incidents/7"), "{text}");
        letter.link = Some(format!("https://varsel.example/{}", "x".repeat(200)));
        assert_eq!(gateway.text(&letter).chars().count(), 160);
        (letter.text, letter.link) = ("Se https://v.example/1 nå".into(), Some("https://v.example/1".into()));
        assert_eq!(gateway.text(&letter), "Se https://v.example/1 nå");
    }
}
