//! The guard at the door: which addresses of the web a message may be carried to.
//!
//! Whoever may enter the address of a webhook could else make varsel knock on doors inside the house. So an address
//! is looked at twice: as it is written, and as what its name means. The second look is part of the only lookup
//! there is, and the connection goes to what was looked at; a name that means something else a moment later has
//! gained nothing.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::flaw::Flaw;
use super::network::{Network, is_public};

/// What the operator has opened beside the open internet.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    open: Arc<[Network]>,
}

impl Guard {
    pub fn new(open: Vec<Network>) -> Self {
        Self { open: open.into() }
    }

    /// Reads an address and says whether it may be used, as far as its spelling tells.
    pub fn admit(&self, address: &str) -> Result<Url, Flaw> {
        let url = Url::parse(address.trim()).map_err(|_| Flaw::NotAnAddress)?;
        let encrypted = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(Flaw::NotTheWeb),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Flaw::LoginInAddress);
        }
        let host = url.host_str().ok_or(Flaw::NotAnAddress)?;
        // The parser has made one spelling of all the odd ones: 0x7f000001, 127.1 and 2130706433 are 127.0.0.1 here.
        match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(ip) => self.let_through(ip, encrypted)?,
            Err(_) if !encrypted && self.open.is_empty() => return Err(Flaw::NotEncrypted),
            Err(_) => {}
        }
        Ok(url)
    }

    /// Says whether an address may be connected to; unencrypted, only if the operator has opened its network.
    fn let_through(&self, ip: IpAddr, encrypted: bool) -> Result<(), Flaw> {
        if self.open.iter().any(|network| network.holds(ip)) || (encrypted && is_public(ip)) {
            Ok(())
        } else if is_public(ip) {
            Err(Flaw::NotEncrypted)
        } else {
            Err(Flaw::ClosedNetwork)
        }
    }
}

/// The lookup of names that leaves out every address the guard does not let through.
pub(super) struct Lookup {
    pub guard: Guard,
    pub encrypted: bool,
    pub names: Arc<dyn Resolve>,
}

impl Resolve for Lookup {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, encrypted, found) = (self.guard.clone(), self.encrypted, self.names.resolve(name));
        Box::pin(async move {
            let mut flaw = None;
            let mut through: Vec<SocketAddr> = Vec::new();
            for address in found.await? {
                match guard.let_through(address.ip(), encrypted) {
                    Ok(()) => through.push(address),
                    Err(why) => flaw = Some(why),
                }
            }
            match flaw {
                Some(why) if through.is_empty() => Err(why.into()),
                _ => Ok(Box::new(through.into_iter()) as Addrs),
            }
        })
    }
}

/// The names as the machine knows them.
pub(super) struct SystemNames;

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(open: &str) -> Guard {
        Guard::new(Network::parse_list(open).unwrap())
    }

    #[test]
    fn an_address_is_judged_by_where_it_leads_and_not_by_how_it_is_spelt() {
        for spelling in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://0177.0.0.1/",
            "https://127.0.0.1./",
            "https://１２７.0.0.1/",
            "https://127。0。0。1/",
            "https://%31%32%37.0.0.1/",
            "https://[::1]/",
            "https://[0:0:0:0:0:0:0:1]:8443/",
            "https://[::ffff:10.0.0.1]/",
            "https://[::ffff:a00:1]/",
            "https://[64:ff9b::10.0.0.1]/",
            "https://[2002:a00:1::]/",
            "https://[fe80::1]/",
            "https://[fd12:3456::1]/",
            "https://0/",
            "https://169.254.169.254/latest/meta-data/",
            "https:\\\\10.0.0.1\\",
            " https://192.168.1.1 ",
            "http://0x7f000001/",
            "http://127.1/",
            "http://[::ffff:10.0.0.1]/",
            "http://2130706433/",
        ] {
            assert_eq!(guard("").admit(spelling).unwrap_err(), Flaw::ClosedNetwork, "{spelling}");
        }
    }

    #[test]
    fn what_is_not_a_plain_address_of_the_web_is_told_apart() {
        for (address, flaw) in [
            ("", Flaw::NotAnAddress),
            ("hooks.example.com/x", Flaw::NotAnAddress),
            ("https://", Flaw::NotAnAddress),
            ("https://256.0.0.1/", Flaw::NotAnAddress),
            ("https://[fe80::1%25eth0]/", Flaw::NotAnAddress),
            ("https://example.com:99999/", Flaw::NotAnAddress),
            ("ftp://example.com/", Flaw::NotTheWeb),
            ("file:///etc/passwd", Flaw::NotTheWeb),
            ("gopher://127.0.0.1:25/", Flaw::NotTheWeb),
            ("https://user@example.com/", Flaw::LoginInAddress),
            ("https://:word@example.com/", Flaw::LoginInAddress),
            ("https://example.com@127.0.0.1/", Flaw::LoginInAddress),
            ("http://example.com/", Flaw::NotEncrypted),
            ("http://1.1.1.1/", Flaw::NotEncrypted),
        ] {
            assert_eq!(guard("").admit(address).map(|_| ()).unwrap_err(), flaw, "{address}");
        }
    }

    #[test]
    fn the_open_internet_is_open_on_any_port_and_the_rest_where_the_operator_opens_it() {
        for address in [
            "https://example.com/",
            "https://example.com.:8443/x?y=z",
            "https://1.1.1.1:1/",
            "https://[2606:4700::1111]/",
        ] {
            assert!(guard("").admit(address).is_ok(), "{address}");
        }
        let inside = guard("10.0.0.0/8 fd00::/8");
        for address in ["http://10.1.2.3:9000/", "https://10.1.2.3/", "http://[fd00::5]/", "http://[::ffff:10.0.0.1]/"]
        {
            assert!(inside.admit(address).is_ok(), "{address}");
        }
        assert_eq!(inside.admit("http://192.168.0.1/").unwrap_err(), Flaw::ClosedNetwork);
        assert_eq!(inside.admit("http://1.1.1.1/").unwrap_err(), Flaw::NotEncrypted);
        assert!(
            inside.admit("http://alarm.internal/").is_ok(),
            "what the name means is looked at when it is looked up"
        );
    }
}
