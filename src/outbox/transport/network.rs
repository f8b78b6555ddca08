//! Networks and addresses: which lie out in the open internet, and which only the operator may point at.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A network as the operator writes it: `10.20.0.0/16`, `fd00::/8`, or one address alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    length: u8,
}

impl Network {
    /// Reads one network; an error is the half sentence that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let first: IpAddr =
            address.parse().map_err(|_| format!("«{text}» is not a network; write it as 10.20.0.0/16 or fd00::/8"))?;
        let widest = if first.is_ipv4() { 32 } else { 128 };
        let length = match length {
            None => widest,
            Some(digits) => digits
                .parse()
                .ok()
                .filter(|length| *length <= widest && digits.bytes().all(|byte| byte.is_ascii_digit()))
                .ok_or_else(|| format!("«{text}» must end in a number from 0 to {widest}"))?,
        };
        let network = Self { first, length };
        if first.to_canonical() != first {
            return Err(format!("«{text}» is an IPv4 address in disguise; write {}", first.to_canonical()));
        }
        if network.masked(first) == Some(bits(first)) {
            Ok(network)
        } else {
            Err(format!("«{text}» is not the beginning of a network of that size"))
        }
    }

    /// Reads a list separated by commas or blanks.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, String> {
        text.split(|c: char| c == ',' || c.is_whitespace()).filter(|part| !part.is_empty()).map(Self::parse).collect()
    }

    /// Tells whether the address lies in it; an IPv4 address in IPv6 clothes counts as what it is.
    pub fn holds(&self, address: IpAddr) -> bool {
        self.masked(address.to_canonical()).is_some_and(|masked| masked == bits(self.first))
    }

    fn masked(&self, address: IpAddr) -> Option<u128> {
        if address.is_ipv4() != self.first.is_ipv4() {
            return None;
        }
        let size: u32 = if address.is_ipv4() { 32 } else { 128 };
        let spare = size - u32::from(self.length);
        Some(bits(address).checked_shr(spare).unwrap_or(0).checked_shl(spare).unwrap_or(0))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.length)
    }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(v4.to_bits()),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

/// Tells whether an address is one of the open internet: nobody's private net, no machine of our own, no special use.
///
/// The list follows the special-purpose registries of IANA. Forms of IPv6 that carry an IPv4 address (mapped, NAT64,
/// 6to4) count as the address they carry.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)     // this network, private, loopback, multicast, reserved and broadcast
        | (100, 64..=127, _)                 // between carrier and customer
        | (169, 254, _)                      // link-local, where clouds keep their metadata
        | (172, 16..=31, _)                  // private
        | (192, 168, _)                      // private
        | (192, 0, 0 | 2)                    // protocol assignments, documentation
        | (192, 88, 99)                      // relays of 6to4
        | (198, 18 | 19, _)                  // measuring
        | (198, 51, 100)                     // documentation
        | (203, 0, 113) // documentation
    );
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let carried = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match (a, b) {
        (0x64, 0xff9b) if [c, d, e, f] == [0; 4] => is_public_v4(carried(g, h)), // NAT64
        (0x2002, _) => is_public_v4(carried(b, c)),                              // 6to4
        (0x2001, 0..=0x1ff | 0xdb8) => false,                                    // protocols, Teredo, documentation
        (0x3fff, 0..=0xfff) => false,                                            // documentation
        _ => a & 0xe000 == 0x2000,                                               // the only part given out so far
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn the_open_internet_is_public_and_everything_special_is_not() {
        for open in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.0.3.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2a02:c0::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::",
        ] {
            assert!(is_public(ip(open)), "{open}");
        }
        for special in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.0",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.0.0",
            "169.254.169.254",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.0",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "2002:c0a8:101::1",
            "3fff::1",
            "fc00::1",
            "fdff:ffff::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ] {
            assert!(!is_public(ip(special)), "{special}");
        }
    }

    #[test]
    fn a_network_holds_its_first_and_last_address_and_no_neighbour() {
        let net = Network::parse("10.20.0.0/14").unwrap();
        for (address, held) in [
            ("10.20.0.0", true),
            ("10.23.255.255", true),
            ("::ffff:10.21.0.1", true),
            ("10.19.255.255", false),
            ("10.24.0.0", false),
            ("fd00::1", false),
        ] {
            assert_eq!(net.holds(ip(address)), held, "{address}");
        }
        assert!(Network::parse("0.0.0.0/0").unwrap().holds(ip("8.8.8.8")));
        assert!(!Network::parse("0.0.0.0/0").unwrap().holds(ip("::1")));
        assert!(Network::parse("::/0").unwrap().holds(ip("fe80::1")));
        assert!(Network::parse("fd00::/8").unwrap().holds(ip("fdff::1")));
        assert!(Network::parse("127.0.0.1").unwrap().holds(ip("127.0.0.1")));
        assert!(!Network::parse("127.0.0.1").unwrap().holds(ip("127.0.0.2")));
    }

    #[test]
    fn a_network_that_is_written_wrong_is_said_to_be_so() {
        let list = Network::parse_list(" 10.0.0.0/8,\n fd00::/8 , ").unwrap();
        assert_eq!(list.iter().map(ToString::to_string).collect::<Vec<_>>(), ["10.0.0.0/8", "fd00::/8"]);
        for (wrong, why) in [
            ("internal", "is not a network"),
            ("10.0.0.0/33", "0 to 32"),
            ("10.0.0.0/+8", "0 to 32"),
            ("10.0.0.0/", "0 to 32"),
            ("fd00::/129", "0 to 128"),
            ("10.0.0.1/8", "not the beginning"),
            ("::ffff:10.0.0.0/104", "write 10.0.0.0"),
        ] {
            let said = Network::parse(wrong).unwrap_err();
            assert!(said.contains(why), "{wrong}: {said}");
        }
    }
}
