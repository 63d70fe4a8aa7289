//! The thread that finds the colours, one for all editors. It is told of edits, parses in short turns, the lines in
//! view first, and asks for a repaint only when these have changed.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};

use eframe::egui::Context;
use ropey::Rope;

use super::parser::{Grammars, LineParser};
use super::spans::{LineSpans, Span};
use crate::gui::editor::buffer::Language;
use crate::gui::editor::transaction::LineEdit;

/// How long one text is parsed before others and new edits get their turn.
const TURN: Duration = Duration::from_millis(6);
/// Lines further than this ahead of the parser are guessed at when they come into view.
const AHEAD: usize = 60;

/// The window's end: sends edits, takes in what was found.
#[derive(Debug, Default)]
pub struct Highlighter {
    link: Option<Arc<Link>>,
    id: u64,
    /// Counts what was sent; what comes back says which count it belongs to.
    sent: u64,
    /// Edits sent since the last answer, to bring late answers to the right lines.
    log: Vec<(u64, LineEdit)>,
}

/// What both ends hold of one text.
#[derive(Debug)]
struct Link {
    found: Mutex<Vec<Found>>,
    /// Lines in view.
    first: AtomicUsize,
    last: AtomicUsize,
    ctx: Context,
}

#[derive(Debug)]
struct Found {
    /// The count of the last message the thread had read.
    as_of: u64,
    lines: Vec<(usize, Arc<[Span]>)>,
}

enum Message {
    /// Nothing but loading the grammars.
    Warm,
    Open {
        id: u64,
        link: Weak<Link>,
        language: Language,
        rope: Rope,
        sent: u64,
    },
    Edit {
        id: u64,
        rope: Rope,
        edits: Vec<LineEdit>,
        sent: u64,
    },
}

impl Highlighter {
    /// True when the thread knows the text.
    pub fn is_open(&self) -> bool {
        self.link.is_some()
    }

    /// Has the thread forget the text: it was replaced.
    pub fn close(&mut self) {
        self.link = None;
        self.log.clear();
    }

    /// Gives the thread a text to begin with.
    pub fn open(&mut self, ctx: &Context, language: Language, rope: &Rope, view: (usize, usize)) {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        self.id = NEXT.fetch_add(1, Ordering::Relaxed);
        self.sent += 1;
        self.log.clear();
        let link = Arc::new(Link {
            found: Mutex::default(),
            first: AtomicUsize::new(view.0),
            last: AtomicUsize::new(view.1),
            ctx: ctx.clone(),
        });
        send(Message::Open {
            id: self.id,
            link: Arc::downgrade(&link),
            language,
            rope: rope.clone(),
            sent: self.sent,
        });
        self.link = Some(link);
    }

    /// Tells the thread of edits that led to `rope`.
    pub fn edit(&mut self, rope: &Rope, edits: Vec<LineEdit>) {
        if self.link.is_none() || edits.is_empty() {
            return;
        }
        self.sent += 1;
        self.log.extend(edits.iter().map(|edit| (self.sent, *edit)));
        send(Message::Edit {
            id: self.id,
            rope: rope.clone(),
            edits,
            sent: self.sent,
        });
    }

    /// Says which lines are in view, and brings what was found into `spans`.
    pub fn take_in(&mut self, view: (usize, usize), spans: &mut LineSpans) {
        let Some(link) = &self.link else {
            return;
        };
        link.first.store(view.0, Ordering::Relaxed);
        link.last.store(view.1, Ordering::Relaxed);
        let found = std::mem::take(&mut *link.found.lock().unwrap_or_else(PoisonError::into_inner));
        for part in found {
            self.log.retain(|(sent, _)| *sent > part.as_of);
            for (line, colours) in part.lines {
                if let Some(line) = carried(line, &self.log) {
                    spans.set(line, colours);
                }
            }
        }
    }
}

/// Where `line` went by the edits of `log`; `None` when one of them changed it: it will be parsed again.
fn carried(line: usize, log: &[(u64, LineEdit)]) -> Option<usize> {
    log.iter().try_fold(line, |line, (_, edit)| {
        if line < edit.first {
            Some(line)
        } else if line >= edit.first + edit.old {
            Some(line - edit.old + edit.new)
        } else {
            None
        }
    })
}

/// Starts the thread and has it load the grammars, so that the first text is not kept waiting.
pub fn warm_up() {
    send(Message::Warm);
}

fn send(message: Message) {
    static THREAD: OnceLock<Option<Sender<Message>>> = OnceLock::new();
    let sender = THREAD.get_or_init(|| {
        let (sender, receiver) = channel();
        // Where no thread can be had, texts stay plain; nothing else depends on it.
        std::thread::Builder::new()
            .name("highlight".to_owned())
            .spawn(move || work(&receiver))
            .ok()
            .map(|_| sender)
    });
    if let Some(sender) = sender {
        // It ends with the program only.
        let _ = sender.send(message);
    }
}

struct Text {
    id: u64,
    link: Weak<Link>,
    parser: LineParser,
    as_of: u64,
    /// Lines guessed at since the last edit.
    guessed: Option<(usize, usize)>,
}

fn work(receiver: &Receiver<Message>) {
    let mut grammars = Grammars::load();
    for language in [Language::JavaScript, Language::Json] {
        // The first use of a pattern compiles it.
        let sample = Rope::from_str("{\n  \"a\": [1, 'b', `c`] // d\n}\nvar e = function () {};\n");
        let mut parser = LineParser::new(&grammars, language, sample);
        while parser.advance(&mut grammars).is_some() {}
    }
    let mut texts: Vec<Text> = Vec::new();
    loop {
        texts.retain(|text| text.link.strong_count() > 0);
        let busy = texts.iter().any(|text| !text.parser.is_done());
        let message = if busy {
            match receiver.try_recv() {
                Ok(message) => Some(message),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => return,
            }
        } else {
            match receiver.recv() {
                Ok(message) => Some(message),
                Err(_) => return,
            }
        };
        if let Some(message) = message {
            read(message, &grammars, &mut texts);
            continue;
        }
        // Each in its turn, the one that was told of last first.
        if let Some(next) = texts.iter().position(|text| !text.parser.is_done()) {
            let mut text = texts.remove(next);
            turn(&mut text, &mut grammars);
            texts.push(text);
        }
    }
}

fn read(message: Message, grammars: &Grammars, texts: &mut Vec<Text>) {
    match message {
        Message::Warm => {}
        Message::Open {
            id,
            link,
            language,
            rope,
            sent,
        } => texts.insert(
            0,
            Text {
                id,
                link,
                parser: LineParser::new(grammars, language, rope),
                as_of: sent,
                guessed: None,
            },
        ),
        Message::Edit {
            id,
            rope,
            edits,
            sent,
        } => {
            let Some(place) = texts.iter().position(|text| text.id == id) else {
                return;
            };
            let mut text = texts.remove(place);
            text.parser.edit(rope, &edits);
            text.as_of = sent;
            text.guessed = None;
            texts.insert(0, text);
        }
    }
}

fn turn(text: &mut Text, grammars: &mut Grammars) {
    let Some(link) = text.link.upgrade() else {
        return;
    };
    let began = Instant::now();
    let mut lines = Vec::new();
    let view = (
        link.first.load(Ordering::Relaxed),
        link.last.load(Ordering::Relaxed),
    );
    let far = view.0 > AHEAD && !text.parser.has_reached(view.0 - AHEAD);
    if far && text.guessed != Some(view) {
        lines = text.parser.guess(grammars, view.0..view.1 + 1);
        text.guessed = Some(view);
    } else {
        while began.elapsed() < TURN {
            match text.parser.advance(grammars) {
                Some(line) => lines.push(line),
                None => break,
            }
        }
    }
    let seen = lines
        .iter()
        .any(|(line, _)| (view.0..=view.1).contains(line));
    let found = Found {
        as_of: text.as_of,
        lines,
    };
    link.found
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(found);
    if seen {
        link.ctx.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_answers_find_their_lines() {
        let edit = |first, old, new| {
            let edit = LineEdit {
                first,
                old,
                new,
                column: 0,
                removed: 0,
                inserted: 0,
            };
            (1, edit)
        };
        let log = [edit(5, 1, 3), edit(0, 2, 1)];
        assert_eq!(carried(10, &log), Some(11));
        assert_eq!(carried(5, &log), None);
        assert_eq!(carried(3, &log), Some(2));
        assert_eq!(carried(1, &log), None);
    }
}
