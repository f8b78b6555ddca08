//! Tokens of programs: how they are written, and how a request shows one.

use actix_web::HttpRequest;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderValue};

/// What every token begins with, so that one that leaked is recognised by whoever looks for such things.
const PREFIX: &str = "varsel_";

/// What a request shows instead of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// A secret that may be one of ours.
    Secret(String),
    /// Something that is none of ours.
    Nonsense,
}

/// The token as its holder gets it.
#[must_use]
pub fn spell(secret: &str) -> String {
    format!("{PREFIX}{secret}")
}

/// What a request shows. Whoever shows something gets in by that or not at all: a cookie beside it counts for nothing.
#[must_use]
pub fn shown(request: &HttpRequest) -> Shown {
    read(request.headers())
}

/// Whether a request brings a token along.
#[must_use]
pub fn is_shown(headers: &HeaderMap) -> bool {
    read(headers) != Shown::Nothing
}

fn read(headers: &HeaderMap) -> Shown {
    let bearing =
        |value: &&HeaderValue| value.as_bytes().get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"bearer"));
    let mut all = headers.get_all(AUTHORIZATION).filter(bearing);
    let (one, another) = (all.next(), all.next());
    // Another scheme is for whoever stands in front of us.
    let Some(one) = one else { return Shown::Nothing };
    let secret = one.to_str().ok().filter(|_| another.is_none()).and_then(|text| {
        let secret = text.get(6..)?.strip_prefix(' ')?.trim().strip_prefix(PREFIX)?;
        let is_ours = secret.len() == 64 && secret.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_ours.then(|| secret.to_owned())
    });
    secret.map_or(Shown::Nonsense, Shown::Secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&str]) -> HeaderMap {
        let mut all = HeaderMap::new();
        for value in values {
            all.append(AUTHORIZATION, value.parse().unwrap());
        }
        all
    }

    #[test]
    fn only_one_well_formed_token_is_a_token() {
        let secret = "0a".repeat(32);
        let good = format!("Bearer {}", spell(&secret));
        assert_eq!(read(&headers(&[&good])), Shown::Secret(secret.clone()));
        assert_eq!(read(&headers(&[])), Shown::Nothing);
        let cut = &good[..good.len() - 1];
        let basic = good.replace("Bearer", "Basic");
        let loud = good.to_uppercase();
        for other in [&basic, "", "Negotiate x"] {
            assert_eq!(read(&headers(&[other])), Shown::Nothing, "{other}");
        }
        for wrong in [cut, &loud, "Bearer", "bearervarsel_", "Bearer varsel_", "Bearer eyJhbGciOiJub25lIn0.e30."] {
            assert_eq!(read(&headers(&[wrong])), Shown::Nonsense, "{wrong}");
        }
        assert_eq!(read(&headers(&[&good, &good])), Shown::Nonsense, "two of them");
    }
}
