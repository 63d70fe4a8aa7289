//! A virtual screen for tests of the real window: Xvfb, xdotool's keys and pointer, ImageMagick's pictures.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// An X server of its own, ended when dropped.
pub struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    /// Starts a screen, or says that the tools for it are not installed.
    ///
    /// Under CI a missing tool is a failure; elsewhere the test may end without a verdict.
    pub fn start(width: u32, height: u32) -> Option<Self> {
        for tool in ["Xvfb", "xdotool", "import", "identify"] {
            let found = Command::new("which")
                .arg(tool)
                .output()
                .is_ok_and(|out| out.status.success());
            if !found {
                assert!(
                    std::env::var_os("CI").is_none(),
                    "{tool} is not installed; .ci/run installs it"
                );
                eprintln!("not tried: {tool} is not installed");
                return None;
            }
        }
        // One after another: servers that look for a free display at the same moment can get into each other's way.
        static TURN: Mutex<()> = Mutex::new(());
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let size = format!("{width}x{height}x24");
        let screen = (0..5).find_map(|_| Self::try_start(&size));
        Some(screen.expect("Xvfb starts and answers"))
    }

    /// One attempt; a server that does not answer is ended again.
    fn try_start(size: &str) -> Option<Self> {
        let mut server = Command::new("Xvfb")
            // Without a reset when its last client goes: the next one could come in the middle of that.
            .args(["-displayfd", "1", "-noreset", "-screen", "0", size])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        let mut number = String::new();
        let out = server.stdout.take().expect("Xvfb's output is a pipe");
        BufReader::new(out)
            .read_line(&mut number)
            .expect("Xvfb names its display");
        let screen = Self {
            server,
            display: format!(":{}", number.trim()),
        };
        let answers = (0..50).any(|_| {
            let asked = screen.xdotool(&["getdisplaygeometry"]);
            if asked.is_empty() {
                std::thread::sleep(Duration::from_millis(100));
            }
            !asked.is_empty()
        });
        answers.then_some(screen)
    }

    /// A command that draws on this screen, with software OpenGL.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.display)
            .env_remove("WAYLAND_DISPLAY")
            .env("LIBGL_ALWAYS_SOFTWARE", "1");
        command
    }

    /// Runs xdotool and returns what it printed.
    pub fn xdotool(&self, arguments: &[&str]) -> String {
        let out: Output = self
            .command("xdotool")
            .args(arguments)
            .output()
            .expect("xdotool runs");
        String::from_utf8_lossy(&out.stdout).trim().to_owned()
    }

    /// Waits for a window whose title holds `title`, and gives it the keyboard.
    pub fn focus(&self, title: &str) -> String {
        let window = wait(&format!("a window called {title}"), || {
            let found = self.xdotool(&["search", "--onlyvisible", "--name", title]);
            found.lines().next().map(str::to_owned)
        });
        self.xdotool(&["windowfocus", "--sync", &window]);
        window
    }

    /// Presses keys, such as `ctrl+s`.
    pub fn key(&self, keys: &str) {
        self.xdotool(&["key", "--clearmodifiers", keys]);
    }

    /// Types text.
    pub fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "8", text]);
    }

    /// Takes a picture of the whole screen.
    pub fn picture(&self, path: &Path) {
        let status = self
            .command("import")
            .args(["-window", "root"])
            .arg(path)
            .status()
            .expect("import runs");
        assert!(status.success(), "no picture was taken");
    }

    /// How many colours a picture has: an empty window has a handful.
    pub fn colours(path: &Path) -> u32 {
        let out = Command::new("identify")
            .args(["-format", "%k"])
            .arg(path)
            .output()
            .expect("identify runs");
        String::from_utf8_lossy(&out.stdout)
            .trim()
            .parse()
            .expect("a number of colours")
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Asks again and again until there is an answer.
pub fn wait<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "waited a minute for {what}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}
