//! The other side of the HTTP suites: one table of answers, told over a real socket to `node` and through `Outside` to
//! our engine, so that both hear the same.

#![allow(clippy::unwrap_used, reason = "a test ends by panicking")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use hookbench::engine::Event;
use hookbench::engine::outside::{
    HttpCall, HttpFailure, HttpResponse, Incoming, ModuleAnswer, ModuleAsk, Outside,
};

/// `hello world`, packed.
const GZIP: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 87, 40, 207, 47, 202, 73, 1, 0, 133,
    17, 74, 13, 11, 0, 0, 0,
];

type Pairs = Vec<(String, String)>;

/// What is answered: a response after a while, or a connection that breaks off.
enum Reply {
    Answer(HttpResponse, Duration),
    Reset,
}

fn text(status: u16, kind: &str, body: impl Into<Vec<u8>>, more: &[(&str, &str)]) -> Reply {
    let mut headers = vec![("Content-Type".to_owned(), kind.to_owned())];
    headers.extend(
        more.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    Reply::Answer(
        HttpResponse {
            status,
            status_text: String::new(),
            headers,
            body: body.into(),
        },
        Duration::ZERO,
    )
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair: Vec<u8> = rest.by_ref().take(2).collect();
            let code = std::str::from_utf8(&pair).unwrap();
            bytes.push(u8::from_str_radix(code, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn answer(method: &str, target: &str, headers: &Pairs, body: &[u8]) -> Reply {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let plain = "text/plain";
    if let Some(status) = path.strip_prefix("/status/") {
        return text(
            status.parse().unwrap(),
            plain,
            format!("status {status}"),
            &[],
        );
    }
    if let Some(status) = path.strip_prefix("/redirect/") {
        let to = query
            .split('&')
            .find_map(|part| part.strip_prefix("to="))
            .map(unescape)
            .unwrap_or_default();
        return text(
            status.parse().unwrap(),
            plain,
            "moved",
            &[("Location", &to)],
        );
    }
    match path {
        "/echo" => {
            let body: String = body.iter().map(|byte| char::from(*byte)).collect();
            let seen = serde_json::json!({"method": method, "url": target, "headers": headers, "body": body});
            text(200, "application/json", seen.to_string(), &[])
        }
        "/head" => text(
            200,
            "text/html; charset=utf-8",
            "head",
            &[
                ("X-A", "1"),
                ("x-a", "2"),
                ("Set-Cookie", "a=1"),
                ("Set-Cookie", "b=2"),
                ("ETag", "\"e\""),
                ("etag", "\"f\""),
            ],
        ),
        "/big" => text(200, plain, "x".repeat(100_000), &[]),
        "/gzip" => text(200, plain, GZIP, &[("Content-Encoding", "gzip")]),
        "/json" => text(200, "application/json", "{\"a\":[1,2,{\"b\":null}]}", &[]),
        "/form" => text(
            200,
            "application/x-www-form-urlencoded",
            "a=1&b=two+words",
            &[],
        ),
        "/close" => text(200, plain, "closed", &[("Connection", "close")]),
        "/empty" => text(204, plain, "", &[]),
        "/slow" => match text(200, plain, "late", &[]) {
            Reply::Answer(response, _) => Reply::Answer(response, Duration::from_millis(300)),
            Reply::Reset => Reply::Reset,
        },
        "/reset" => Reply::Reset,
        _ => text(404, plain, format!("nothing at {path}"), &[]),
    }
}

/// The head as both sides hear it.
fn finished(mut response: HttpResponse) -> HttpResponse {
    if !matches!(response.status, 204 | 304) {
        let length = response.body.len().to_string();
        response.headers.push(("Content-Length".to_owned(), length));
    }
    response.status_text = match response.status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        418 => "I'm a Teapot",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        other => unreachable!("no text for {other}"),
    }
    .to_owned();
    response
}

/// Listens for the rest of the test; the port.
pub fn start() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || serve(stream));
        }
    });
    port
}

/// Answers one connection until the other side leaves.
fn serve(mut stream: TcpStream) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some((method, target, headers)) = head(&mut reader) {
        let of = |name: &str| {
            headers
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.as_str())
        };
        let mut body = Vec::new();
        if let Some(length) = of("content-length") {
            body.resize(length.parse().unwrap(), 0);
            if reader.read_exact(&mut body).is_err() {
                return;
            }
        } else if of("transfer-encoding") == Some("chunked")
            && chunks(&mut reader, &mut body).is_none()
        {
            return;
        }
        let closes = of("connection") == Some("close");
        let (response, wait) = match answer(&method, &target, &headers, &body) {
            Reply::Answer(response, wait) => (finished(response), wait),
            Reply::Reset => return,
        };
        std::thread::sleep(wait);
        let mut out = format!("HTTP/1.1 {} {}\r\n", response.status, response.status_text);
        for (name, value) in &response.headers {
            out.push_str(&format!("{name}: {value}\r\n"));
        }
        if closes {
            out.push_str("Connection: close\r\n");
        }
        out.push_str("\r\n");
        let mut out = out.into_bytes();
        if method != "HEAD" {
            out.extend_from_slice(&response.body);
        }
        let closes = closes
            || response
                .headers
                .iter()
                .any(|(name, _)| name == "Connection");
        if stream.write_all(&out).is_err() || closes {
            return;
        }
    }
}

fn line(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes).ok()?;
    // Header values are latin1.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    text.strip_suffix("\r\n").map(str::to_owned)
}

fn head(reader: &mut BufReader<TcpStream>) -> Option<(String, String, Pairs)> {
    let first = line(reader)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let next = line(reader)?;
        if next.is_empty() {
            return Some((method, target, headers));
        }
        let (name, value) = next.split_once(": ").unwrap_or((&next, ""));
        headers.push((name.trim_end_matches(':').to_owned(), value.to_owned()));
    }
}

fn chunks(reader: &mut BufReader<TcpStream>, body: &mut Vec<u8>) -> Option<()> {
    loop {
        let size = usize::from_str_radix(&line(reader)?, 16).ok()?;
        let mut chunk = vec![0; size];
        reader.read_exact(&mut chunk).ok()?;
        body.append(&mut chunk);
        line(reader)?;
        if size == 0 {
            return Some(());
        }
    }
}

/// The same answers without a socket, and every event that was told.
#[derive(Default)]
pub struct World {
    pub events: Vec<Event>,
    /// By the time they are due, soonest first.
    waiting: Vec<(Instant, Incoming)>,
}

impl World {
    fn called(&mut self, call: &HttpCall) {
        let rest = call.url.split_once("://").map_or("", |(_, rest)| rest);
        let (host, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
        let (end, wait) = if host.ends_with(":1") || host.ends_with(":2") {
            let failure = HttpFailure::new("ECONNREFUSED", format!("connect ECONNREFUSED {host}"));
            (Err(failure), Duration::ZERO)
        } else {
            match answer(&call.method, path, &call.headers, &call.body) {
                Reply::Answer(response, wait) => (Ok(finished(response)), wait),
                Reply::Reset => (
                    Err(HttpFailure::new("ECONNRESET", "socket hang up")),
                    Duration::ZERO,
                ),
            }
        };
        // A socket is never at once.
        let due = Instant::now() + wait + Duration::from_millis(2);
        self.waiting
            .push((due, Incoming::Http { id: call.id, end }));
        self.waiting.sort_by_key(|(due, _)| *due);
    }
}

impl Outside for World {
    fn tell(&mut self, event: Event) {
        match &event {
            Event::Request(call) => self.called(call),
            Event::RequestAborted { id, .. } => self
                .waiting
                .retain(|(_, Incoming::Http { id: other, .. })| other != id),
            _ => {}
        }
        self.events.push(event);
    }

    fn module(&mut self, ask: &ModuleAsk) -> ModuleAnswer {
        ModuleAnswer::Missing {
            message: format!("Cannot find module '{}'", ask.specifier),
        }
    }

    fn receive(&mut self, wait: Option<Duration>) -> Option<Incoming> {
        let now = Instant::now();
        let due = self
            .waiting
            .first()
            .map(|(due, _)| due.saturating_duration_since(now));
        match (due, wait) {
            (None, None) => None,
            (None, Some(wait)) => {
                std::thread::sleep(wait);
                None
            }
            (Some(due), wait) if wait.is_none_or(|wait| due <= wait) => {
                std::thread::sleep(due);
                Some(self.waiting.remove(0).1)
            }
            (Some(_), wait) => {
                std::thread::sleep(wait.unwrap_or_default());
                None
            }
        }
    }
}
