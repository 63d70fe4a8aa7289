//! CPU of one frame of the whole window: idle, and one key in the middle of a 3,000-line hook.

#![allow(clippy::expect_used)] // a bench that cannot be set up has nothing to measure

use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use eframe::egui::{self, Event};
use egui_kittest::Harness;
use hookbench::gui::background::Mailbox;
use hookbench::gui::dialogs::native::{Ask, Dialogs};
use hookbench::gui::{HookbenchApp, Services};
use hookbench::workspace::DataDir;

struct NoDialogs;

impl Dialogs for NoDialogs {
    fn ask(&self, _ask: Ask, _mailbox: Mailbox) {}
}

fn window(folder: &Path, lines: usize) -> Harness<'static, HookbenchApp> {
    let file = folder.join(format!("{lines}.js"));
    let mut code = String::from("module.exports = function (user, context, cb) {\n");
    for line in 2..lines {
        code.push_str(&format!("  const value{line} = {{ id: {line}, name: \"user {line}\", ok: line{line}(user.email) }};\n"));
    }
    code.push_str("};\n");
    std::fs::write(&file, code).expect("a hook");
    let services = Services {
        data: DataDir::at(folder.join("data")),
        worker: env!("CARGO_BIN_EXE_hookbench").into(),
        dialogs: Box::new(NoDialogs),
        open: Some(file),
    };
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .build_eframe(|cc| HookbenchApp::new(&cc.egui_ctx, services));
    // The file is read and coloured off this thread.
    for _ in 0..60 {
        harness.step();
        std::thread::sleep(Duration::from_millis(20));
    }
    for _ in 0..lines / 80 {
        harness.key_press(egui::Key::PageDown);
        harness.step();
    }
    harness
}

fn frames(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut group = criterion.benchmark_group("window_frame");
    for lines in [100, 3_000] {
        let mut harness = window(folder.path(), lines);
        group.bench_function(format!("idle/{lines}"), |bencher| {
            bencher.iter(|| harness.step())
        });
        group.bench_function(format!("key/{lines}"), |bencher| {
            bencher.iter_batched(
                || (),
                |()| {
                    harness.input_mut().events.push(Event::Text("x".to_owned()));
                    harness.step();
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
    longest_frames(folder.path());
}

/// Criterion tells averages; the longest frame is what a typist feels.
fn longest_frames(folder: &Path) {
    let mut harness = window(folder, 3_000);
    let mut times: Vec<_> = (0..400)
        .map(|_| {
            harness.input_mut().events.push(Event::Text("x".to_owned()));
            let start = Instant::now();
            harness.step();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "400 keys in 3,000 lines, one frame each: median {:?}, 95th percentile {:?}, longest {:?}",
        times[200], times[380], times[399]
    );
}

criterion_group!(benches, frames);
criterion_main!(benches);
