//! The sandbox of a worker, from the inside: native code that tries every way out it knows, as if the engine were
//! broken. Linux alone: elsewhere the README says what holds.
#![cfg(target_os = "linux")]
#![allow(
    unsafe_code,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what broken native code would do; a test ends by panicking"
)]

use std::fs;
use std::io;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::AsRawFd;
use std::os::unix::net::{UnixDatagram, UnixListener, UnixStream};
use std::path::Path;
use std::process::Command;

use hookbench::runner::modules::Folders;
use hookbench::runner::platform;
use hookbench::runner::supervisor::Supervisor;
use hookbench::runner::{RunRequest, request};

/// Set in the process that tries the ways out: `port,descriptor,folder`.
const INSIDE: &str = "HOOKBENCH_TEST_INSIDE";

/// What became of one attempt.
fn told(name: &str, result: io::Result<()>) -> String {
    match result {
        Ok(()) => format!("{name}: OPEN"),
        Err(error) => match error.raw_os_error() {
            Some(libc::EPERM | libc::EACCES | libc::EMFILE) => format!("{name}: refused"),
            other => format!("{name}: failed for another reason: {other:?} {error}"),
        },
    }
}

/// A system call made directly.
fn call(number: i64, args: [i64; 6]) -> io::Result<()> {
    let [a, b, c, d, e, f] = args;
    // SAFETY: every call of this test is refused before it reads or writes anything; what it would do if it were not
    // is the failure that the test is for.
    let result = unsafe { libc::syscall(number, a, b, c, d, e, f) };
    if result == -1 {
        Err(io::Error::last_os_error())
    } else {
        Ok(())
    }
}

fn files(folder: &Path) -> Vec<String> {
    let inside = |name: &str| folder.join(name);
    vec![
        told("read a file", fs::read("/etc/passwd").map(drop)),
        told("read a file of ours", fs::read(inside("there")).map(drop)),
        told("create a file", fs::write(inside("new"), "x")),
        told(
            "append",
            fs::OpenOptions::new()
                .append(true)
                .open(inside("there"))
                .map(drop),
        ),
        told("list a folder", fs::read_dir("/").map(drop)),
        told("look at a file", fs::metadata("/etc/passwd").map(drop)),
        told("make a folder", fs::create_dir(inside("folder"))),
        told("remove a file", fs::remove_file(inside("there"))),
        told(
            "rename a file",
            fs::rename(inside("there"), inside("other")),
        ),
        told(
            "make a symbolic link",
            std::os::unix::fs::symlink("/", inside("link")),
        ),
        told(
            "make a hard link",
            fs::hard_link(inside("there"), inside("hard")),
        ),
        told("follow a link", fs::read_link("/proc/self/exe").map(drop)),
        told(
            "read the own environment",
            fs::read("/proc/self/environ").map(drop),
        ),
        told(
            "open the own memory",
            fs::File::open("/proc/self/mem").map(drop),
        ),
        told(
            "look at another process",
            fs::read("/proc/1/status").map(drop),
        ),
        told("list descriptors", fs::read_dir("/proc/self/fd").map(drop)),
        told("change the folder", std::env::set_current_dir("/tmp")),
    ]
}

fn sockets(port: u16) -> Vec<String> {
    vec![
        told("connect", TcpStream::connect(("127.0.0.1", port)).map(drop)),
        told(
            "connect with IPv6",
            TcpStream::connect(("::1", port)).map(drop),
        ),
        told("listen", TcpListener::bind("127.0.0.1:0").map(drop)),
        told(
            "make a UDP socket",
            UdpSocket::bind("127.0.0.1:0").map(drop),
        ),
        told(
            "connect to a Unix socket",
            UnixStream::connect("/run/x").map(drop),
        ),
        told(
            "listen on a Unix socket",
            UnixListener::bind("/tmp/hookbench-x").map(drop),
        ),
        told("make a pair of sockets", UnixDatagram::pair().map(drop)),
    ]
}

fn processes() -> Vec<String> {
    let parent = i64::from(std::os::unix::process::parent_id());
    vec![
        told(
            "start a program",
            Command::new("/bin/true").spawn().map(drop),
        ),
        told(
            "start a shell",
            Command::new("/bin/sh")
                .arg("-c")
                .arg("true")
                .spawn()
                .map(drop),
        ),
        told(
            "fork",
            call(libc::SYS_clone, [i64::from(libc::SIGCHLD), 0, 0, 0, 0, 0]),
        ),
        told("become another program", call(libc::SYS_execve, [0; 6])),
        told(
            "end the parent",
            call(libc::SYS_kill, [parent, 9, 0, 0, 0, 0]),
        ),
        told(
            "ask whether the parent is there",
            call(libc::SYS_kill, [parent, 0, 0, 0, 0, 0]),
        ),
        told(
            "signal a thread of the parent",
            call(libc::SYS_tgkill, [parent, parent, 0, 0, 0, 0]),
        ),
        told(
            "trace the parent",
            call(libc::SYS_ptrace, [16, parent, 0, 0, 0, 0]),
        ),
        told(
            "read the parent's memory",
            call(libc::SYS_process_vm_readv, [parent, 0, 0, 0, 0, 0]),
        ),
        told(
            "write the parent's memory",
            call(libc::SYS_process_vm_writev, [parent, 0, 0, 0, 0, 0]),
        ),
        told(
            "hold the parent",
            call(libc::SYS_pidfd_open, [parent, 0, 0, 0, 0, 0]),
        ),
        told(
            "take a descriptor of the parent",
            call(libc::SYS_pidfd_getfd, [0; 6]),
        ),
        told(
            "forget the parent",
            call(
                libc::SYS_prctl,
                [i64::from(libc::PR_SET_PDEATHSIG), 0, 0, 0, 0, 0],
            ),
        ),
        told("leave the group", call(libc::SYS_setsid, [0; 6])),
    ]
}

fn kernel(descriptor: i64) -> Vec<String> {
    let executable = i64::from(libc::PROT_READ | libc::PROT_EXEC);
    let anonymous = i64::from(libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    vec![
        told(
            "read an inherited descriptor",
            call(libc::SYS_read, [descriptor, 0, 0, 0, 0, 0]),
        ),
        told(
            "write an inherited descriptor",
            call(libc::SYS_write, [descriptor, 0, 0, 0, 0, 0]),
        ),
        told(
            "map an inherited descriptor",
            call(libc::SYS_mmap, [0, 4096, 1, 2, descriptor, 0]),
        ),
        told("copy a descriptor", call(libc::SYS_dup, [0; 6])),
        told(
            "pass a descriptor on",
            call(libc::SYS_sendmsg, [1, 0, 0, 0, 0, 0]),
        ),
        told("make a pipe", call(libc::SYS_pipe2, [0; 6])),
        told(
            "make a file in memory",
            call(libc::SYS_memfd_create, [0; 6]),
        ),
        told(
            "map memory to execute",
            call(libc::SYS_mmap, [0, 4096, executable, anonymous, -1, 0]),
        ),
        told(
            "make memory executable",
            call(libc::SYS_mprotect, [0, 4096, executable, 0, 0, 0]),
        ),
        told(
            "write to the terminal's input",
            call(libc::SYS_ioctl, [0, 0x5412, 0, 0, 0, 0]),
        ),
        told(
            "use io_uring",
            call(libc::SYS_io_uring_setup, [1, 0, 0, 0, 0, 0]),
        ),
        told(
            "load a program into the kernel",
            call(libc::SYS_bpf, [0; 6]),
        ),
        told(
            "watch performance events",
            call(libc::SYS_perf_event_open, [0; 6]),
        ),
        told("mount", call(libc::SYS_mount, [0; 6])),
        told(
            "make namespaces",
            call(libc::SYS_unshare, [0x1000_0000, 0, 0, 0, 0, 0]),
        ),
        told("enter a namespace", call(libc::SYS_setns, [0; 6])),
        told("change the root", call(libc::SYS_chroot, [0; 6])),
        told(
            "share memory",
            call(libc::SYS_shmget, [0, 4096, 0o1600, 0, 0, 0]),
        ),
        told("read the keyring", call(libc::SYS_keyctl, [0; 6])),
        told("watch files", call(libc::SYS_inotify_init1, [0; 6])),
        told(
            "raise a limit",
            call(libc::SYS_prlimit64, [0, 7, 0, 0, 0, 0]),
        ),
        told("become root", call(libc::SYS_setuid, [0; 6])),
        told("set the clock", call(libc::SYS_clock_settime, [0; 6])),
    ]
}

/// Not a test of its own: what the process that stands for a worker does.
fn inside(orders: &str) -> ! {
    let mut orders = orders.splitn(3, ',');
    let mut next = || orders.next().unwrap_or_default();
    let port = next().parse().unwrap();
    let descriptor = next().parse().unwrap();
    let folder = next().to_owned();
    let mut protections = platform::prepare();
    platform::contain(&mut protections);
    let mut lines = files(Path::new(&folder));
    lines.extend(sockets(port));
    lines.extend(processes());
    lines.extend(kernel(descriptor));
    println!("\nprotections: {protections:?}");
    println!("{}", lines.join("\n"));
    std::process::exit(0);
}

#[test]
fn every_way_out_is_refused() {
    if let Ok(orders) = std::env::var(INSIDE) {
        inside(&orders);
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("there"), "still here").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // A descriptor that is handed down, as a careless shell does.
    let inherited = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(folder.path().join("there"))
        .unwrap();
    let descriptor = inherited.as_raw_fd();
    rustix::io::fcntl_setfd(&inherited, rustix::io::FdFlags::empty()).unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "every_way_out_is_refused", "--nocapture"])
        .env(
            INSIDE,
            format!("{port},{descriptor},{}", folder.path().display()),
        )
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{output:?}");
    let attempts: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.starts_with("protections: "))
        .skip(1)
        .collect();
    assert!(attempts.len() > 55, "{text}");
    let open: Vec<&&str> = attempts
        .iter()
        .filter(|line| !line.ends_with(": refused"))
        .collect();
    assert!(open.is_empty(), "{open:#?}\n{text}");
    let kept = fs::read_to_string(folder.path().join("there")).unwrap();
    assert_eq!(kept, "still here");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_worker_tells_what_holds_it_in() {
    let point = hookbench::auth0::Point::PostUserRegistration;
    let supervisor = Supervisor::new(env!("CARGO_BIN_EXE_hookbench").into());
    assert_eq!(supervisor.protections(), None);
    let report = supervisor.run(RunRequest {
        program: hookbench::engine::Program {
            point,
            kind: hookbench::auth0::Kind::Hook,
            file_name: "hook.js".to_owned(),
            source: point.starter_code().to_owned(),
            body: point.default_body().to_owned(),
            secrets: std::collections::BTreeMap::new(),
            storage: None,
        },
        limits: request::Limits::default(),
        network: request::Network::Offline,
        mocks: Vec::new(),
        answers: request::Answers::default(),
        modules: Folders::default(),
        reveal_secrets: false,
    });
    assert_eq!(report.error, None);
    let protections = supervisor.protections().unwrap();
    for (name, holds) in protections.list() {
        assert!(holds, "{name}: {protections:?}");
    }
}
