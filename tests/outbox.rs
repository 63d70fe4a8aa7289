//! The outbox against servers on this machine: live calls, what is closed to a run, recording, breaking off.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use hookbench::auth0::{Kind, Point};
use hookbench::engine::Program;
use hookbench::engine::outside::HttpCall;
use hookbench::runner::RunRequest;
use hookbench::runner::modules::Folders;
use hookbench::runner::outbox::mock;
use hookbench::runner::outbox::recording::{self, Recorded};
use hookbench::runner::outbox::{Answered, Ended, Later, Outbox};
use hookbench::runner::request::{Answers, Limits, Network};

/// Longer than anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

fn request(network: Network, answers: Answers) -> RunRequest {
    RunRequest {
        program: Program {
            point: Point::PreUserRegistration,
            kind: Kind::Hook,
            file_name: "hook.js".to_owned(),
            source: String::new(),
            body: "{}".to_owned(),
            secrets: [("KEY".to_owned(), "top-secret".to_owned())].into(),
            storage: None,
        },
        limits: Limits::default(),
        network,
        mocks: Vec::new(),
        answers,
        modules: Folders::default(),
        reveal_secrets: false,
    }
}

fn call(id: u32, method: &str, url: &str, body: &str) -> HttpCall {
    HttpCall {
        id,
        at_ms: 0.0,
        method: method.to_owned(),
        url: url.to_owned(),
        headers: vec![
            ("X-Own".to_owned(), "1".to_owned()),
            ("Accept-Encoding".to_owned(), "gzip".to_owned()),
        ],
        body: body.as_bytes().to_vec(),
        line: None,
        after_response: false,
    }
}

/// A run's outbox, and what ends late in it.
struct Run {
    outbox: Outbox,
    later: Later,
    ends: mpsc::Receiver<Ended>,
}

impl Run {
    fn new(mut request: RunRequest) -> Self {
        let (sender, ends) = mpsc::channel();
        Self {
            outbox: Outbox::new(&mut request),
            later: Arc::new(move |ended| drop(sender.send(ended))),
            ends,
        }
    }

    fn take(&mut self, call: &HttpCall) -> Option<Ended> {
        let until = Instant::now() + PATIENCE;
        self.outbox.take(call, Some(until), &self.later)
    }

    fn ended(&mut self, call: &HttpCall) -> (Ended, Option<Recorded>) {
        let mut ended = match self.take(call) {
            Some(ended) => ended,
            None => self.ends.recv_timeout(PATIENCE).unwrap(),
        };
        let (_, recorded) = self.outbox.close(&mut ended).unwrap();
        (ended, recorded)
    }
}

fn allowing(hosts: &[&str]) -> Answers {
    Answers {
        allowed_hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
        ..Answers::default()
    }
}

/// A server that hears each request's head and body and answers with these bytes.
fn server(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> (u16, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, heard) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let text = read_request(&stream);
            let answer = answer(&text);
            let _ = sender.send(text);
            let _ = (&stream).write_all(&answer);
        }
    });
    (port, heard)
}

fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut text = String::new();
    loop {
        let before = text.len();
        if reader.read_line(&mut text).unwrap_or(0) == 0 || text[before..].trim().is_empty() {
            break;
        }
    }
    let length = text
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    text + &String::from_utf8_lossy(&body)
}

fn answering(body: &'static str) -> (u16, mpsc::Receiver<String>) {
    server(move |_| {
        format!(
            "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    })
}

#[test]
fn a_host_allowed_by_name_is_reached_though_the_run_is_offline() {
    let (port, heard) = answering("{\"ok\":true}");
    let mut run = Run::new(request(Network::Offline, allowing(&["127.0.0.1"])));
    let url = format!("http://127.0.0.1:{port}/a%20b?c=d");
    let (ended, recorded) = run.ended(&call(1, "POST", &url, "hello"));
    assert_eq!((ended.answered, recorded), (Answered::Live, None));
    let response = ended.end.unwrap();
    assert_eq!(
        (
            response.status,
            response.status_text.as_str(),
            response.body.as_slice()
        ),
        (201, "Created", b"{\"ok\":true}".as_slice())
    );
    let cookies = response
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie");
    assert_eq!(cookies.count(), 2);
    let text = heard.recv_timeout(PATIENCE).unwrap();
    assert!(
        text.starts_with("POST /a%20b?c=d HTTP/1.1\r\n") && text.ends_with("\r\n\r\nhello"),
        "{text}"
    );
    let lower = text.to_ascii_lowercase();
    assert!(
        lower.contains("x-own: 1") && lower.contains("content-length: 5"),
        "{text}"
    );
    for added in ["user-agent", "accept", "cookie", "gzip"] {
        assert!(!lower.contains(added), "{added} in {text}");
    }
}

#[test]
fn this_machine_is_closed_to_a_run_that_is_live() {
    let (port, heard) = answering("{}");
    let mut run = Run::new(request(Network::Live, Answers::default()));
    for host in [
        "127.0.0.1",
        "localhost",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "127.1",
    ] {
        let (ended, _) = run.ended(&call(1, "GET", &format!("http://{host}:{port}/"), ""));
        let failure = ended.end.unwrap_err();
        assert_eq!(
            (ended.answered, failure.code.as_str()),
            (Answered::Refused, "ECONNREFUSED"),
            "{host}"
        );
        assert!(
            failure.message.contains("--allow-host"),
            "{}",
            failure.message
        );
    }
    assert!(heard.try_recv().is_err(), "nothing was sent");
    let (ended, _) = run.ended(&call(
        2,
        "GET",
        "http://169.254.169.254/latest/meta-data/",
        "",
    ));
    assert_eq!(ended.answered, Answered::Refused);
}

#[test]
fn offline_nothing_is_reached_and_the_sentence_names_the_call() {
    let mut run = Run::new(request(Network::Offline, allowing(&["other.com"])));
    let ended = run
        .take(&call(1, "POST", "https://hooks.slack.com/services/x", ""))
        .unwrap();
    let failure = ended.end.unwrap_err();
    assert_eq!(ended.answered, Answered::Refused);
    assert_eq!(
        (failure.code.as_str(), failure.errno, failure.port),
        ("ECONNREFUSED", Some(-111), Some(443))
    );
    assert!(
        failure
            .message
            .starts_with("connect ECONNREFUSED hooks.slack.com:443: ")
            && failure
                .message
                .contains("POST https://hooks.slack.com/services/x"),
        "{}",
        failure.message
    );
}

#[test]
fn redirects_are_left_to_the_code() {
    let (port, heard) = server(|_| {
        b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .to_vec()
    });
    let mut run = Run::new(request(Network::Offline, allowing(&["localhost"])));
    let (ended, _) = run.ended(&call(
        1,
        "GET",
        &format!("http://localhost:{port}/first"),
        "",
    ));
    let response = ended.end.unwrap();
    assert_eq!(response.status, 302);
    assert!(
        response
            .headers
            .contains(&("location".to_owned(), "/next".to_owned()))
    );
    heard.recv_timeout(PATIENCE).unwrap();
    assert!(heard.try_recv().is_err(), "asked once");
}

#[test]
fn failures_of_the_network_are_nodes() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let (breaking, _heard) =
        server(|_| b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".to_vec());
    let (silent, _heard2) = server(|_| Vec::new());
    let (garbage, _heard3) = server(|_| b"this is no HTTP\r\n\r\n".to_vec());
    let mut run = Run::new(request(
        Network::Offline,
        allowing(&["127.0.0.1", "*.invalid"]),
    ));
    for (url, code) in [
        (format!("http://127.0.0.1:{free}/"), "ECONNREFUSED"),
        (format!("http://127.0.0.1:{breaking}/"), "ECONNRESET"),
        (format!("http://127.0.0.1:{silent}/"), "ECONNRESET"),
        (
            format!("http://127.0.0.1:{garbage}/"),
            "HPE_INVALID_CONSTANT",
        ),
        ("http://no-such-host.invalid/".to_owned(), "ENOTFOUND"),
        (format!("https://127.0.0.1:{garbage}/"), "EPROTO"),
    ] {
        let (ended, _) = run.ended(&call(1, "GET", &url, ""));
        let failure = ended.end.unwrap_err();
        assert_eq!(
            (failure.code.as_str(), ended.answered),
            (code, Answered::Live),
            "{url}: {}",
            failure.message
        );
    }
}

#[test]
fn a_slow_server_keeps_nobody_waiting_and_is_broken_off() {
    // Accepts and never answers; the end of a connection is heard.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, closed) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let sender = sender.clone();
            std::thread::spawn(move || {
                read_request(&stream);
                let _ = sender.send("asked");
                let _ = (&stream).read(&mut [0]);
                let _ = sender.send("closed");
            });
        }
    });
    let url = format!("http://127.0.0.1:{port}/");
    let mut run = Run::new(request(Network::Offline, allowing(&["127.0.0.1"])));
    // More than are made at once: the others wait, and the run goes on.
    for id in 1..=40 {
        assert_eq!(run.take(&call(id, "GET", &url, "")), None);
    }
    for _ in 0..16 {
        assert_eq!(closed.recv_timeout(PATIENCE).unwrap(), "asked");
    }
    for id in 1..=16 {
        run.outbox.abort(id);
    }
    let mut seen = Vec::new();
    while seen.iter().filter(|word| **word == "closed").count() < 16 {
        seen.push(closed.recv_timeout(PATIENCE).unwrap());
    }
    // The end of the run breaks off the rest, and nobody hears of what was broken off.
    let Run {
        outbox,
        ends,
        later,
    } = run;
    drop(outbox);
    drop(later);
    assert!(ends.iter().next().is_none());
}

#[test]
fn live_answers_are_recorded_without_secrets_and_replayed_without_a_server() {
    let (port, _heard) = answering("{\"echo\":\"top-secret\",\"access_token\":\"eyJhbGci\"}");
    let url = format!("http://127.0.0.1:{port}/top-secret?q=1");
    let answers = Answers {
        record: true,
        ..allowing(&["127.0.0.1"])
    };
    let mut run = Run::new(request(Network::Offline, answers));
    let asked = call(1, "POST", &url, "{\"key\":\"top-secret\"}");
    let (_, recorded) = run.ended(&asked);
    let text = recording::write(&[recorded.unwrap()]);
    for gone in ["top-secret", "eyJhbGci", "set-cookie"] {
        assert!(!text.contains(gone), "{gone} in {text}");
    }
    let answers = Answers {
        replay: recording::read(&text).unwrap(),
        ..Answers::default()
    };
    let mut run = Run::new(request(Network::Offline, answers));
    let (ended, _) = run.ended(&asked);
    assert_eq!(ended.answered, Answered::Replayed);
    let body = String::from_utf8(ended.end.unwrap().body).unwrap();
    assert!(body.contains("\"echo\":\"top-secret\""), "{body}");
}

#[test]
fn delays_pass_and_silence_ends_with_the_call() {
    let mut request = request(Network::Offline, Answers::default());
    request.mocks = mock::read(
        r#"[{"method":"GET","url":"*/slow","respond":{"delay_ms":30}},
            {"method":"GET","url":"*/never","respond":{"fault":"timeout"}},
            {"method":"GET","url":"*/reset","respond":{"fault":"reset"}}]"#,
    )
    .unwrap();
    let mut run = Run::new(request);
    assert_eq!(run.take(&call(1, "GET", "http://a/slow", "")), None);
    assert_eq!(run.take(&call(2, "GET", "http://a/slow", "")), None);
    assert_eq!(run.take(&call(3, "GET", "http://a/never", "")), None);
    let reset = run.take(&call(4, "GET", "http://a/reset", "")).unwrap();
    assert_eq!(
        (reset.answered, reset.end.unwrap_err().code.as_str()),
        (Answered::Fault, "ECONNRESET")
    );
    let due = run.outbox.next_due().unwrap();
    assert!(run.outbox.due(due - Duration::from_millis(1)).is_empty());
    run.outbox.abort(2);
    let ended = run.outbox.due(due + Duration::from_secs(1));
    assert_eq!(ended.iter().map(|ended| ended.id).collect::<Vec<_>>(), [1]);
    assert_eq!(run.outbox.next_due(), None);
    // A call that was given up has no end.
    let mut late = Ended {
        id: 2,
        ..ended[0].clone()
    };
    assert!(run.outbox.close(&mut late).is_none());
}
