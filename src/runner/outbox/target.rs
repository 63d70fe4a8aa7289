//! Where a call goes: scheme, host and port of its URL, and which hosts and addresses a run may reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::pattern;

/// The server a URL names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// In lower case, IPv6 without brackets.
    pub host: String,
    pub port: u16,
}

impl Target {
    /// The target of an absolute `http` or `https` URL; none of anything else.
    #[must_use]
    pub fn of(url: &str) -> Option<Self> {
        let uri: ureq::http::Uri = url.parse().ok()?;
        let default = match uri.scheme_str()? {
            "http" => 80,
            "https" => 443,
            _ => return None,
        };
        let host = uri.host()?.trim_start_matches('[').trim_end_matches(']');
        (!host.is_empty()).then(|| Self {
            // A name with its root's dot is the same name.
            host: host.trim_end_matches('.').to_ascii_lowercase(),
            port: uri.port_u16().unwrap_or(default),
        })
    }

    /// The address, where the URL names one instead of a name.
    #[must_use]
    pub fn address(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }

    /// Whether a list of hosts names this one: `api.example.com`, `*.example.com`, or either with `:port`.
    #[must_use]
    pub fn is_among(&self, hosts: &[String]) -> bool {
        let with_port = if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        };
        hosts.iter().any(|host| {
            let host = host.trim().to_ascii_lowercase();
            let bare = host.trim_start_matches('[').trim_end_matches(']');
            pattern::matches(bare, &self.host) || pattern::matches(&host, &with_port)
        })
    }
}

/// Why a list of hosts may not hold this text; none where it may.
#[must_use]
pub fn host_problem(host: &str) -> Option<&'static str> {
    let host = host.trim();
    if host.is_empty() {
        return Some("is empty");
    }
    if host.contains('/') || host.contains('@') || host.contains(char::is_whitespace) {
        return Some("is no host; write its name alone, such as api.example.com or localhost:8080");
    }
    // `*` alone would open the machine's own network too.
    if host.trim_matches(['*', '.', ':']).is_empty() {
        return Some(
            "names every host; allow the whole network instead, which keeps private addresses closed",
        );
    }
    None
}

/// Whether an address lies beyond this machine and its own network: only such a one is reached without being named.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast()
        || a == 0
        || a >= 240
        // Carriers' shared space (RFC 6598), protocol assignments, benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [a, b, c, ..] = address.segments();
    let [.., h, l] = address.segments();
    let inner = Ipv4Addr::from((u32::from(h) << 16) | u32::from(l));
    // Addresses of version 4 inside: compatible, translated (64:ff9b::/96), and 6to4 (2002::/16).
    if address.segments()[..6] == [0; 6] && !address.is_unspecified() && !address.is_loopback() {
        return is_public_v4(inner);
    }
    if (a, b) == (0x64, 0xff9b) {
        return is_public_v4(inner);
    }
    if a == 0x2002 {
        return is_public_v4(Ipv4Addr::from((u32::from(b) << 16) | u32::from(c)));
    }
    !(address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        // Site-local, given up long ago and still routed inside.
        || (a & 0xffc0) == 0xfec0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_machine_and_its_network_are_not_public() {
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "fec0::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn hosts_are_named_exactly_by_their_domain_or_with_a_port() {
        let target = |url| Target::of(url).unwrap();
        let among = |url, host: &str| target(url).is_among(&[host.to_owned()]);
        assert!(among("https://API.example.com/x", "api.example.com"));
        assert!(among("https://api.example.com./x", "api.example.com"));
        assert!(among("https://api.example.com/x", "*.example.com"));
        assert!(!among("https://example.com.evil.org/x", "example.com"));
        assert!(among("http://localhost:8080/", "localhost:8080"));
        assert!(among("http://localhost:8080/", "localhost"));
        assert!(!among("http://localhost:8081/", "localhost:8080"));
        assert!(among("http://[::1]:80/", "[::1]") && among("http://[::1]:80/", "::1"));
        assert_eq!(target("https://a.com").port, 443);
        assert_eq!(Target::of("ftp://a.com/"), None);
        assert_eq!(Target::of("no url"), None);
        // Whoever stands before the @ is no host.
        assert_eq!(target("http://a.com@127.0.0.1/").host, "127.0.0.1");
    }

    #[test]
    fn a_list_of_hosts_holds_hosts() {
        for wrong in ["", "  ", "https://a.com", "a b", "*", "*.*"] {
            assert!(host_problem(wrong).is_some(), "{wrong}");
        }
        for right in ["a.com", "*.a.com", "localhost:8080", "[::1]:80"] {
            assert_eq!(host_problem(right), None, "{right}");
        }
    }
}
