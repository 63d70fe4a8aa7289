//! The log lines of a window: what the dashboard's log panel printed, and how it is searched and saved.

use std::fmt::Write as _;

use jiff::Zoned;

use crate::engine::Level;

/// The most lines the panel keeps; the oldest go first.
pub const MOST_LINES: usize = 200_000;

/// What kind of line it is, which decides its colour and whether a level filter hides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `Connected to …`.
    Connected,
    /// `new webtask request …`.
    Request,
    /// `finished webtask request … with HTTP 200 in 33ms`.
    Finished { good: bool },
    /// What the hook printed.
    Console(Level),
    /// What Hookbench says about the run.
    Notice,
}

/// One line of the panel; text of several lines becomes several of these.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// `10:46:11.204`, empty for the second and later lines of one text.
    pub time: String,
    pub kind: Kind,
    pub text: String,
    /// 1-based line of the hook that printed it.
    pub source_line: Option<u32>,
}

/// The least level that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Threshold {
    #[default]
    All,
    Info,
    Warn,
    Error,
}

impl Threshold {
    /// In the order of the menu.
    pub const ALL: [Self; 4] = [Self::All, Self::Info, Self::Warn, Self::Error];

    /// The menu's text.
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "All levels",
            Self::Info => "Info and above",
            Self::Warn => "Warnings and errors",
            Self::Error => "Errors only",
        }
    }

    fn shows(self, kind: Kind) -> bool {
        let Kind::Console(level) = kind else {
            return true;
        };
        match self {
            Self::All => true,
            Self::Info => !matches!(level, Level::Debug | Level::Trace),
            Self::Warn => matches!(level, Level::Warn | Level::Error),
            Self::Error => level == Level::Error,
        }
    }
}

/// The lines with their filter; the filtered view is rebuilt only when lines, search or level change.
#[derive(Debug, Default)]
pub struct Logs {
    lines: Vec<Line>,
    pub search: String,
    pub threshold: Threshold,
    shown: Vec<usize>,
    shown_for: Option<(usize, u64, String, Threshold)>,
    generation: u64,
    dropped: usize,
}

impl Logs {
    /// Adds a text at `at`, split into lines.
    pub fn push(&mut self, at: &Zoned, kind: Kind, text: &str, source_line: Option<u32>) {
        let time = at.strftime("%H:%M:%S%.3f").to_string();
        for (index, part) in text.split('\n').enumerate() {
            self.lines.push(Line {
                time: if index == 0 {
                    time.clone()
                } else {
                    String::new()
                },
                kind,
                text: part.trim_end_matches('\r').to_owned(),
                source_line: source_line.filter(|_| index == 0),
            });
        }
        if self.lines.len() > MOST_LINES {
            // A tenth at once, so that a chatty hook does not move the whole list for every line.
            let oldest = self.lines.len() - MOST_LINES + MOST_LINES / 10;
            self.lines.drain(..oldest);
            self.dropped += oldest;
            self.generation += 1;
        }
    }

    /// Forgets every line.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.dropped = 0;
        self.generation += 1;
    }

    /// True when there is nothing to clear or save.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many older lines are no longer there.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// How many lines there are, hidden ones included.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// How many lines pass the filter.
    pub fn shown_count(&mut self) -> usize {
        self.refresh();
        self.shown.len()
    }

    /// The `index`th line that passes the filter.
    pub fn shown_line(&self, index: usize) -> Option<&Line> {
        self.shown.get(index).and_then(|&at| self.lines.get(at))
    }

    fn refresh(&mut self) {
        let key = (
            self.lines.len(),
            self.generation,
            self.search.clone(),
            self.threshold,
        );
        if self.shown_for.as_ref() == Some(&key) {
            return;
        }
        let needle = self.search.to_lowercase();
        // Only new lines are looked at while the filter stays the same.
        let from = match &self.shown_for {
            Some((seen, generation, search, threshold))
                if *generation == self.generation
                    && *search == self.search
                    && *threshold == self.threshold
                    && *seen <= self.lines.len() =>
            {
                *seen
            }
            _ => {
                self.shown.clear();
                0
            }
        };
        for (index, line) in self.lines.iter().enumerate().skip(from) {
            let found = needle.is_empty()
                || line.text.to_lowercase().contains(&needle)
                || line.time.contains(&needle);
            if found && self.threshold.shows(line.kind) {
                self.shown.push(index);
            }
        }
        self.shown_for = Some(key);
    }

    /// The lines as the saved file holds them, filtered or not.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            if line.time.is_empty() {
                let _ = writeln!(text, "{:12} {}", "", line.text);
            } else {
                let _ = writeln!(text, "{} {}", line.time, line.text);
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> Zoned {
        "2026-11-20T10:46:11.204[UTC]".parse().unwrap()
    }

    fn filled() -> Logs {
        let mut logs = Logs::default();
        logs.push(&at(), Kind::Request, "new webtask request 1.2", None);
        logs.push(&at(), Kind::Console(Level::Debug), "quiet", Some(3));
        logs.push(&at(), Kind::Console(Level::Error), "Loud\nsecond", Some(4));
        logs
    }

    #[test]
    fn a_text_of_two_lines_takes_two_rows_and_one_time() {
        let mut logs = filled();
        assert_eq!(logs.shown_count(), 4);
        assert_eq!(logs.shown_line(2).unwrap().time, "10:46:11.204");
        assert_eq!(logs.shown_line(3).unwrap().time, "");
        assert_eq!(logs.shown_line(3).unwrap().source_line, None);
    }

    #[test]
    fn search_ignores_case_and_sees_lines_that_come_later() {
        let mut logs = filled();
        logs.search = "LOUD".to_owned();
        assert_eq!(logs.shown_count(), 1);
        logs.push(&at(), Kind::Console(Level::Log), "loud again", None);
        assert_eq!(logs.shown_count(), 2);
    }

    #[test]
    fn a_level_hides_console_lines_but_never_the_request() {
        let mut logs = filled();
        logs.threshold = Threshold::Error;
        assert_eq!(logs.shown_count(), 3);
        logs.threshold = Threshold::Info;
        assert_eq!(logs.shown_count(), 3);
    }

    #[test]
    fn an_endless_printer_does_not_grow_the_list_without_end() {
        let mut logs = Logs::default();
        for n in 0..MOST_LINES + 10 {
            logs.push(&at(), Kind::Console(Level::Log), &n.to_string(), None);
        }
        assert!(logs.len() <= MOST_LINES);
        let count = logs.shown_count();
        assert_eq!(count, logs.len());
        assert_eq!(
            logs.shown_line(count - 1).unwrap().text,
            (MOST_LINES + 9).to_string()
        );
    }

    #[test]
    fn the_saved_text_holds_every_line() {
        assert_eq!(filled().to_text().lines().count(), 4);
    }
}
