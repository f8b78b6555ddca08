//! What the address of a list says, and the address that says it.

use serde::Deserialize;

use crate::error::Error;
use crate::incident::store::{self, Filter};
use crate::law::fact::choices::{RISK, ROOT_CAUSE, SEVERITY};

/// The view that is no view: the whole list, whatever it opens with otherwise.
pub const WHOLE: &str = "all";

/// What the address of a list may say; anything else in it is not read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) status: String,
    pub(super) severity: String,
    pub(super) risk: String,
    pub(super) duty_state: String,
    pub(super) month_from: String,
    pub(super) month_to: String,
    pub(super) kind: String,
    pub(super) cause: String,
    pub(super) drill: String,
    pub(super) q: String,
    pub(super) cursor: String,
    pub(super) view: String,
}

impl Asked {
    /// Reads what stands behind the question mark of an address.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(query: &str) -> Result<Self, Error> {
        let read = actix_web::web::Query::<Self>::from_query(query.trim_start_matches('?'));
        read.map(actix_web::web::Query::into_inner).map_err(|_| Error::field("filter", "filter_unreadable"))
    }

    /// The same without words that nothing goes by.
    #[must_use]
    pub fn known(mut self) -> Self {
        for (word, known) in [
            (&mut self.status, &["open", "closed"][..]),
            (&mut self.severity, SEVERITY),
            (&mut self.risk, &[RISK, &["undetermined"]].concat()),
            (&mut self.kind, store::KINDS),
            (&mut self.drill, &["no", "yes", "all"][..]),
            (&mut self.duty_state, &["required", "undetermined", "fulfilled", "exempt"][..]),
            (&mut self.cause, &[ROOT_CAUSE, &["unknown"]].concat()),
        ] {
            if !known.contains(&word.as_str()) {
                word.clear();
            }
        }
        self
    }

    /// What the store is asked.
    #[must_use]
    pub fn filter(&self, status: Option<&str>) -> Filter {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Filter {
            status: status.map(str::to_owned).or_else(|| some(&self.status)),
            severity: some(&self.severity),
            risk: some(&self.risk),
            duty_state: some(&self.duty_state),
            month_from: some(&self.month_from),
            month_to: some(&self.month_to),
            kind: some(&self.kind),
            cause: some(&self.cause),
            drill: some(&self.drill),
            q: some(&self.q),
            cursor: some(&self.cursor),
            ..Filter::default()
        }
    }

    /// Whether anything is narrowed.
    pub(super) fn narrowed(&self) -> bool {
        !self.query().is_empty()
    }

    /// The predicates as the end of an address, always in the same order.
    #[must_use]
    pub fn query(&self) -> String {
        self.written(&self.status, "")
    }

    /// The same list from another place.
    pub(super) fn address(&self, status: &str, cursor: &str) -> String {
        format!("/incidents?{}", self.written(status, cursor))
    }

    fn written(&self, status: &str, cursor: &str) -> String {
        let all = [
            ("status", status),
            ("severity", &self.severity),
            ("risk", &self.risk),
            ("duty_state", &self.duty_state),
            ("month_from", &self.month_from),
            ("month_to", &self.month_to),
            ("kind", &self.kind),
            ("cause", &self.cause),
            ("drill", &self.drill),
            ("q", &self.q),
            ("cursor", cursor),
        ];
        let part = |(name, value): &(&str, &str)| format!("{name}={}", escape(value.trim()));
        all.iter().filter(|(_, value)| !value.trim().is_empty()).map(part).collect::<Vec<_>>().join("&")
    }
}

/// A text as a part of an address.
pub(crate) fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_written_as_it_is_read_and_what_nothing_goes_by_is_left_out() {
        let asked = Asked::read("q=k%C3%B8 %26&status=open&severity=worst&cursor=31&x=y").unwrap().known();
        assert_eq!(asked.query(), "status=open&q=k%C3%B8%20%26");
        assert_eq!(Asked::read(&asked.query()).unwrap().query(), asked.query());
        assert!(!Asked::read("view=all&cursor=31").unwrap().narrowed());
        assert!(Asked::read("status=open&status=open").is_err());
    }
}
