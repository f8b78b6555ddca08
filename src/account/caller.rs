//! Who asks, by which scheme and host: as the connection shows, or as a proxy says that the operator trusts.
//!
//! Headers like `X-Forwarded-For` can be written by anybody, so they are read only where the other end of the connection is
//! one of those proxies; and of the addresses in them the rightmost counts that is none of a trusted proxy, for what stands
//! to the left of it was written by a stranger.

use std::net::IpAddr;

use actix_web::http::header::{FORWARDED, HOST, HeaderMap};
use actix_web::{HttpRequest, web};

use crate::config::Config;
use crate::outbox::transport::Network;

/// What a request says of its way here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Where it comes from; none where the connection shows nothing.
    pub address: Option<IpAddr>,
    /// The scheme that the browser used, if a trusted proxy says.
    pub scheme: Option<String>,
    /// The host that the browser asked.
    pub host: Option<String>,
    /// Whether two headers name different addresses, of which one must be a stranger's.
    pub is_contradictory: bool,
}

/// Where a request comes from, for the throttle and the audit chain.
pub fn address(request: &HttpRequest) -> String {
    way(request).address.map_or_else(|| "unknown".into(), |address| address.to_string())
}

/// What a request says of its way here, as far as it may be believed.
pub fn way(request: &HttpRequest) -> Way {
    let trusted = request.app_data::<web::Data<Config>>().map(|config| config.proxies.as_slice()).unwrap_or_default();
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    read(peer, request.headers(), trusted)
}

fn read(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[Network]) -> Way {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.holds(address));
    let host = text(headers, HOST.as_str());
    let Some(proxy) = peer.filter(|peer| is_trusted(*peer)) else {
        return Way { address: peer, host, ..Way::default() };
    };
    let chain: Vec<String> = all(headers, "x-forwarded-for");
    let elements: Vec<String> = all(headers, FORWARDED.as_str());
    let said =
        |name: &str| elements.iter().map(|element| parameter(element, name).unwrap_or_default()).collect::<Vec<_>>();
    let by_list = last_stranger(proxy, &chain, is_trusted);
    let by_elements = last_stranger(proxy, &said("for"), is_trusted);
    let last = |name: &str| all(headers, name).pop().or_else(|| said(name.trim_start_matches("x-forwarded-")).pop());
    Way {
        address: Some(if chain.is_empty() { by_elements } else { by_list }),
        scheme: last("x-forwarded-proto").map(|scheme| scheme.to_ascii_lowercase()).filter(|scheme| !scheme.is_empty()),
        host: last("x-forwarded-host").filter(|host| !host.is_empty()).or(host),
        is_contradictory: !chain.is_empty() && !elements.is_empty() && by_list != by_elements,
    }
}

/// The rightmost address that is no trusted proxy's; what cannot be read ends the search where it stands.
fn last_stranger(proxy: IpAddr, chain: &[String], is_trusted: impl Fn(IpAddr) -> bool) -> IpAddr {
    let mut last = proxy;
    for entry in chain.iter().rev() {
        let Some(address) = ip(entry) else { break };
        last = address;
        if !is_trusted(address) {
            break;
        }
    }
    last
}

/// An address as such headers have it: bare, in brackets, with a port or without.
fn ip(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim().trim_matches('"');
    let bare = match entry.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None if entry.matches(':').count() == 1 => entry.split(':').next().unwrap_or_default(),
        None => entry,
    };
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// The entries of a list that may stand in several headers.
fn all(headers: &HeaderMap, name: &str) -> Vec<String> {
    let lists = headers.get_all(name).filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(|entry| entry.trim().to_owned()).collect()
}

fn parameter(element: &str, name: &str) -> Option<String> {
    let pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim_matches('"').to_owned()).next()
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn seen(peer: &str, headers: &[(&str, &str)]) -> Way {
        let trusted = Network::parse_list("10.0.0.0/8 fd00::/8").unwrap();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::try_from(*name).unwrap(), HeaderValue::try_from(*value).unwrap());
        }
        read(Some(peer.parse().unwrap()), &map, &trusted)
    }

    fn from(peer: &str, headers: &[(&str, &str)]) -> String {
        seen(peer, headers).address.unwrap().to_string()
    }

    #[test]
    fn a_stranger_who_forwards_is_believed_nothing() {
        let lies =
            [("x-forwarded-for", "1.2.3.4"), ("x-forwarded-proto", "https"), ("x-forwarded-host", "evil.example")];
        let way = seen("192.0.2.7", &[&lies[..], &[("host", "varsel.example")]].concat());
        assert_eq!((way.address.unwrap().to_string(), way.scheme), ("192.0.2.7".to_owned(), None));
        assert_eq!(way.host.as_deref(), Some("varsel.example"));
        assert_eq!(from("192.0.2.7", &[("forwarded", "for=1.2.3.4")]), "192.0.2.7");
    }

    #[test]
    fn of_a_chain_the_rightmost_counts_that_is_no_proxy_of_ours() {
        let list = |value| from("10.0.0.1", &[("x-forwarded-for", value)]);
        assert_eq!(list("6.6.6.6, 192.0.2.9, 10.2.2.2"), "192.0.2.9");
        assert_eq!(list("192.0.2.9:4711"), "192.0.2.9");
        assert_eq!(list("[2001:db8::7]:99"), "2001:db8::7");
        assert_eq!(list("::ffff:192.0.2.9"), "192.0.2.9");
        assert_eq!(list("6.6.6.6, unknown, 10.2.2.2"), "10.2.2.2", "what cannot be read hides what is behind it");
        assert_eq!(list(""), "10.0.0.1");
        assert_eq!(list("10.9.9.9, 10.8.8.8"), "10.9.9.9", "one of the house");
        assert_eq!(from("10.0.0.1", &[("x-forwarded-for", "6.6.6.6"), ("x-forwarded-for", "192.0.2.9")]), "192.0.2.9");
        assert_eq!(
            from("::ffff:10.0.0.1", &[("x-forwarded-for", "192.0.2.9")]),
            "192.0.2.9",
            "a proxy in IPv6 clothes"
        );
    }

    #[test]
    fn the_standard_header_counts_where_the_other_is_missing_and_a_contradiction_is_seen() {
        let both = [("forwarded", "for=6.6.6.6;proto=http, for=\"[2001:db8::7]:1\";proto=https;host=varsel.example")];
        let way = seen("fd00::1", &both);
        assert_eq!(way.address.unwrap().to_string(), "2001:db8::7");
        assert_eq!((way.scheme.as_deref(), way.host.as_deref()), (Some("https"), Some("varsel.example")));
        assert!(!way.is_contradictory);
        let torn = [("x-forwarded-for", "192.0.2.9"), ("forwarded", "for=1.2.3.4")];
        assert!(seen("10.0.0.1", &torn).is_contradictory);
        assert!(!seen("192.0.2.7", &torn).is_contradictory, "a stranger's headers say nothing at all");
        assert!(
            !seen("10.0.0.1", &[("x-forwarded-for", "192.0.2.9"), ("forwarded", "for=192.0.2.9")]).is_contradictory
        );
    }
}
