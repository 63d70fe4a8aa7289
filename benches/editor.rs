//! What a frame of the code widget costs: a keystroke, nothing, a scroll, an opening; egui's own text field beside it.
//! A frame is everything egui does on the CPU, tessellation included.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};
use eframe::egui::{
    self, Context, Event, Id, Key, Modifiers, MouseWheelSource, MouseWheelUnit, RawInput, Rect,
    TouchPhase, pos2, vec2,
};
use egui_extras::syntax_highlighting::{CodeTheme, highlight};
use hookbench::assist;
use hookbench::gui::editor::{CodeEditor, EditorState, Language};
use hookbench::gui::theme;

const SIZES: [usize; 3] = [100, 3_000, 50_000];

const BLOCK: &str = "module.exports = function (user, context, cb) {
  var response = {};

  // keep the plan
  response.user = { app_metadata: { plan: 'free', score: 7 } };
  console.log(`got ${user.email}`);
  cb(null, response);
};";

fn source(lines: usize) -> String {
    let mut text = String::with_capacity(lines * 40);
    for line in BLOCK.lines().cycle().take(lines) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// A window without a screen.
struct Bench {
    ctx: Context,
    time: f64,
}

impl Bench {
    fn new() -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        Self { ctx, time: 0.0 }
    }

    /// One frame of 900 by 700 points with `events`.
    fn frame(&mut self, events: Vec<Event>, mut show: impl FnMut(&mut egui::Ui)) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(900.0, 700.0))),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| show(ui));
        // There is no screen to bring the glyphs to.
        output.textures_delta.clear();
        let shapes = std::mem::take(&mut output.shapes);
        black_box(self.ctx.tessellate(shapes, output.pixels_per_point));
    }
}

fn key(key: Key) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

fn wheel(lines: f32) -> Vec<Event> {
    vec![
        Event::PointerMoved(pos2(400.0, 300.0)),
        Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: vec2(0.0, lines),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        },
    ]
}

/// Times the frame of a typed letter; the one that takes it back is not counted.
fn keystrokes(bench: &mut Bench, rounds: u64, show: impl FnMut(&mut egui::Ui)) -> Duration {
    each_keystroke(bench, rounds, show).iter().sum()
}

fn each_keystroke(
    bench: &mut Bench,
    rounds: u64,
    mut show: impl FnMut(&mut egui::Ui),
) -> Vec<Duration> {
    (0..rounds)
        .map(|_| {
            let typed = vec![Event::Text("x".to_owned())];
            let began = Instant::now();
            bench.frame(typed, &mut show);
            let spent = began.elapsed();
            bench.frame(vec![key(Key::Backspace)], &mut show);
            spent
        })
        .collect()
}

/// Criterion tells averages; what a typist feels is the slow ones.
fn slow_keystrokes(name: &str, bench: &mut Bench, show: impl FnMut(&mut egui::Ui)) {
    let mut times = each_keystroke(bench, 400, show);
    times.sort_unstable();
    println!(
        "{name}: of 400 keystrokes median {:?}, 95th percentile {:?}, longest {:?}",
        times[200], times[380], times[399]
    );
}

fn editor(c: &mut Criterion) {
    for lines in SIZES {
        let text = source(lines);
        let mut group = c.benchmark_group(format!("editor, {lines} lines"));
        let mut bench = Bench::new();
        let mut state = EditorState::new(&text, Language::JavaScript);
        let show = |state: &mut EditorState, ui: &mut egui::Ui| {
            CodeEditor::new(state).id(Id::unique("bench")).show(ui);
        };
        state.request_focus();
        state.goto(u32::try_from(lines / 2).unwrap_or(1), 3);
        for _ in 0..10 {
            bench.frame(Vec::new(), |ui| show(&mut state, ui));
        }
        measure(&mut group, &mut bench, &mut state, show);
        slow_keystrokes(&format!("editor, {lines} lines"), &mut bench, |ui| {
            show(&mut state, ui);
        });
        group.bench_function("idle frame", |b| {
            b.iter(|| bench.frame(Vec::new(), |ui| show(&mut state, ui)));
        });
        group.finish();
    }
}

/// A keystroke where the cursor is, a scroll, and the first frame of the text.
fn measure(
    group: &mut BenchmarkGroup<'_, WallTime>,
    bench: &mut Bench,
    state: &mut EditorState,
    show: impl Fn(&mut EditorState, &mut egui::Ui),
) {
    group.bench_function("one keystroke in the middle", |b| {
        b.iter_custom(|rounds| keystrokes(bench, rounds, |ui| show(state, ui)));
    });
    group.bench_function("scroll frame", |b| {
        let mut down = false;
        b.iter(|| {
            down = !down;
            let by = if down { -9.0 } else { 9.0 };
            bench.frame(wheel(by), |ui| show(state, ui));
        });
    });
    let (text, (line, column)) = (state.text(), state.cursor());
    group.bench_function("opening frame", |b| {
        b.iter(|| {
            state.reset(&text);
            bench.frame(Vec::new(), |ui| show(state, ui));
        });
    });
    let place = [line, column].map(|at| u32::try_from(at).unwrap_or(1));
    state.goto(place[0], place[1]);
    bench.frame(Vec::new(), |ui| show(state, ui));
}

/// Lines that go on in the next row: many of them, and one alone.
fn wrapped(c: &mut Criterion) {
    let many: String = source(200_000)
        .split_inclusive('\n')
        .enumerate()
        .map(|(line, text)| if line % 4 == 3 { text } else { text.trim_end() })
        .collect();
    let one = "word, ".repeat(1_000_000 / 6);
    for (name, text) in [("50,000 lines", many), ("one line of 1 MB", one)] {
        let mut group = c.benchmark_group(format!("wrapped, {name}"));
        let mut bench = Bench::new();
        let mut state = EditorState::new(&text, Language::JavaScript);
        let show = |state: &mut EditorState, ui: &mut egui::Ui| {
            CodeEditor::new(state)
                .id(Id::unique("bench"))
                .wrap(true)
                .show(ui);
        };
        state.request_focus();
        let lines = state.rope().len_lines();
        let column = if lines < 10 { 500_000 } else { 3 };
        state.goto(u32::try_from(lines / 2 + 1).unwrap_or(1), column);
        for _ in 0..10 {
            bench.frame(Vec::new(), |ui| show(&mut state, ui));
        }
        measure(&mut group, &mut bench, &mut state, show);
        group.finish();
    }
}

fn text_edit(c: &mut Criterion) {
    for lines in SIZES {
        let mut text = source(lines);
        let mut group = c.benchmark_group(format!("egui::TextEdit without colours, {lines} lines"));
        group.sample_size(10);
        let mut bench = Bench::new();
        let id = Id::unique("bench text edit");
        let show = |text: &mut String, ui: &mut egui::Ui| {
            egui::ScrollArea::both().show(ui, |ui| {
                ui.add(
                    egui::TextEdit::multiline(text)
                        .id(id)
                        .code_editor()
                        .desired_width(f32::INFINITY),
                );
            });
        };
        bench.ctx.memory_mut(|memory| memory.request_focus(id));
        for _ in 0..10 {
            bench.frame(Vec::new(), |ui| show(&mut text, ui));
        }
        group.bench_function("one keystroke in the middle", |b| {
            b.iter_custom(|rounds| keystrokes(&mut bench, rounds, |ui| show(&mut text, ui)));
        });
        group.bench_function("idle frame", |b| {
            b.iter(|| bench.frame(Vec::new(), |ui| show(&mut text, ui)));
        });
        group.finish();
    }
}

/// egui's text field with the colours of its companion crate, which parses the whole text anew at each key.
fn coloured_text_edit(c: &mut Criterion) {
    for lines in [100, 3_000] {
        let mut text = source(lines);
        let name = format!("egui::TextEdit with egui_extras' colours, {lines} lines");
        let mut group = c.benchmark_group(name);
        group.sample_size(10);
        let mut bench = Bench::new();
        let id = Id::unique("bench coloured text edit");
        let show = |text: &mut String, ui: &mut egui::Ui| {
            let theme = CodeTheme::from_style(ui.style());
            let mut layouter = |ui: &egui::Ui, text: &dyn egui::TextBuffer, _width: f32| {
                let job = highlight(ui.ctx(), ui.style(), &theme, text.as_str(), "js");
                ui.fonts_mut(|fonts| fonts.layout_job(job))
            };
            egui::ScrollArea::both().show(ui, |ui| {
                ui.add(
                    egui::TextEdit::multiline(text)
                        .id(id)
                        .code_editor()
                        .layouter(&mut layouter)
                        .desired_width(f32::INFINITY),
                );
            });
        };
        bench.ctx.memory_mut(|memory| memory.request_focus(id));
        for _ in 0..3 {
            bench.frame(Vec::new(), |ui| show(&mut text, ui));
        }
        group.bench_function("one keystroke in the middle", |b| {
            b.iter_custom(|rounds| keystrokes(&mut bench, rounds, |ui| show(&mut text, ui)));
        });
        group.finish();
    }
}

/// What is suggested behind `user.` in the midst of a hook, the parse of the hook included.
fn suggestions(c: &mut Criterion) {
    let point = hookbench::auth0::Point::PreUserRegistration;
    let facts = assist::Facts {
        point,
        kind: hookbench::auth0::Kind::Hook,
        body: serde_json::from_str(point.default_body()).ok(),
        secrets: Vec::new(),
        modules: Vec::new(),
    };
    for lines in [100, 3_000] {
        let before = source(lines / 2 / 8 * 8);
        let text = format!(
            "{before}module.exports = function (user, context, cb) {{\n  user.\n}};\n{}",
            source(lines / 2)
        );
        let at = before.len() + "module.exports = function (user, context, cb) {\n  user.".len();
        c.bench_function(&format!("suggestions, {lines} lines"), |b| {
            b.iter(|| black_box(assist::complete(&text, at, &facts)));
        });
    }
}

criterion_group!(
    benches,
    editor,
    wrapped,
    suggestions,
    text_edit,
    coloured_text_edit
);
criterion_main!(benches);
