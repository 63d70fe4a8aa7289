//! From the start of a process to its first painted frame: Hookbench's window beside an empty eframe window.
//!
//! Needs Xvfb. The bench program starts itself as the child that is measured.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a bench that cannot be set up has nothing to measure

#[path = "../tests/support/screen.rs"]
#[allow(dead_code)] // the bench needs no keys and no pictures
mod screen;

use std::process::Stdio;
use std::time::{Duration, Instant};

use criterion::Criterion;
use eframe::egui;
use hookbench::gui::dialogs::native::SystemDialogs;
use hookbench::gui::{HookbenchApp, Services};
use hookbench::workspace::DataDir;
use screen::Screen;

const ROLE: &str = "HOOKBENCH_BENCH_WINDOW";
const HOOK: &str = "HOOKBENCH_BENCH_HOOK";

/// Closes the window when the first frame has been painted, which the second call of `ui` shows.
struct Once<A> {
    app: A,
    frames: u32,
}

impl<A: eframe::App> eframe::App for Once<A> {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.app.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        if self.frames == 1 {
            std::process::exit(0);
        }
        self.frames += 1;
        self.app.ui(ui, frame);
        ui.ctx().request_repaint();
    }
}

struct Empty;

impl eframe::App for Empty {
    fn ui(&mut self, _ui: &mut egui::Ui, _frame: &mut eframe::Frame) {}
}

fn window(role: &str) {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]),
        ..Default::default()
    };
    let result = if role == "empty" {
        eframe::run_native(
            "empty",
            options,
            Box::new(|_| {
                Ok(Box::new(Once {
                    app: Empty,
                    frames: 0,
                }))
            }),
        )
    } else {
        eframe::run_native(
            "hookbench",
            options,
            Box::new(|cc| {
                let services = Services {
                    data: DataDir::of_user()?,
                    worker: env!("CARGO_BIN_EXE_hookbench").into(),
                    dialogs: Box::new(SystemDialogs),
                    open: std::env::var_os(HOOK).map(Into::into),
                };
                let app = HookbenchApp::new(&cc.egui_ctx, services);
                Ok(Box::new(Once { app, frames: 0 }))
            }),
        )
    };
    if let Err(error) = result {
        eprintln!("{role}: {error}");
        std::process::exit(1);
    }
}

fn main() {
    if let Ok(role) = std::env::var(ROLE) {
        window(&role);
        return;
    }
    let Some(screen) = Screen::start(1400, 900) else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let hook = folder.path().join("hook.js");
    std::fs::write(
        &hook,
        "module.exports = function (user, context, cb) {\n  cb(null, { user });\n};\n",
    )
    .expect("a hook");
    let me = std::env::current_exe().expect("this program");
    let mut criterion = Criterion::default()
        .sample_size(10)
        .measurement_time(Duration::from_secs(12))
        .configure_from_args();
    let mut group = criterion.benchmark_group("first_frame");
    for role in ["empty", "hookbench"] {
        group.bench_function(role, |bencher| {
            bencher.iter_custom(|times| {
                let mut total = Duration::ZERO;
                for _ in 0..times {
                    let start = Instant::now();
                    let status = screen
                        .command(&me)
                        .env(ROLE, role)
                        .env(HOOK, &hook)
                        .env("HOOKBENCH_DATA_DIR", folder.path().join("data"))
                        .stdout(Stdio::null())
                        .status()
                        .expect("the window starts");
                    total += start.elapsed();
                    assert!(status.success(), "{role} did not paint");
                }
                total
            });
        });
    }
    group.finish();
    criterion.final_summary();
}
