//! Failures of calls in the shape Node gives them: code, number, system call, and where to, behind our own sentence.
//!
//! The numbers are Linux's, on which Auth0 ran hooks.

use super::target::Target;
use crate::engine::outside::HttpFailure;

/// Nobody answers: `why` is our sentence.
#[must_use]
pub fn refused(target: Option<&Target>, why: &str) -> HttpFailure {
    connecting("ECONNREFUSED", -111, target, why)
}

/// The server did not answer in time.
#[must_use]
pub fn timed_out(target: Option<&Target>, why: &str) -> HttpFailure {
    connecting("ETIMEDOUT", -110, target, why)
}

/// The server closed the connection in the middle.
#[must_use]
pub fn reset(why: &str) -> HttpFailure {
    HttpFailure {
        errno: Some(-104),
        syscall: Some("read".to_owned()),
        ..HttpFailure::new("ECONNRESET", told("read ECONNRESET", why))
    }
}

/// The server's name leads to no address.
#[must_use]
pub fn not_found(target: Option<&Target>, why: &str) -> HttpFailure {
    let host = target.map(|target| target.host.clone());
    let what = match &host {
        Some(host) => format!("getaddrinfo ENOTFOUND {host}"),
        None => "getaddrinfo ENOTFOUND".to_owned(),
    };
    HttpFailure {
        errno: Some(-3008),
        syscall: Some("getaddrinfo".to_owned()),
        hostname: host,
        ..HttpFailure::new("ENOTFOUND", told(&what, why))
    }
}

/// A failure that Node tells by its code and a text alone.
#[must_use]
pub fn plain(code: &str, what: &str, why: &str) -> HttpFailure {
    HttpFailure::new(code, told(what, why))
}

fn connecting(code: &str, errno: i32, target: Option<&Target>, why: &str) -> HttpFailure {
    let what = match target {
        Some(target) => format!("connect {code} {}:{}", target.host, target.port),
        None => format!("connect {code}"),
    };
    HttpFailure {
        errno: Some(errno),
        syscall: Some("connect".to_owned()),
        address: target
            .and_then(Target::address)
            .map(|address| address.to_string()),
        port: target.map(|target| target.port),
        ..HttpFailure::new(code, told(&what, why))
    }
}

fn told(what: &str, why: &str) -> String {
    if why.is_empty() {
        what.to_owned()
    } else {
        format!("{what}: {why}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_has_nodes_shape() {
        let target = Target::of("http://127.0.0.1:8080/x");
        let failure = refused(target.as_ref(), "nobody is there");
        assert_eq!(
            failure.message,
            "connect ECONNREFUSED 127.0.0.1:8080: nobody is there"
        );
        assert_eq!(failure.errno, Some(-111));
        assert_eq!(failure.syscall.as_deref(), Some("connect"));
        assert_eq!(failure.address.as_deref(), Some("127.0.0.1"));
        assert_eq!(failure.port, Some(8080));
        let named = refused(Target::of("https://a.com/").as_ref(), "");
        assert_eq!((named.address, named.port), (None, Some(443)));
        assert_eq!(named.message, "connect ECONNREFUSED a.com:443");
    }
}
