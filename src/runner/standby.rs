//! The worker that stands ready, and what it has compiled meanwhile for the run that is expected.
//!
//! It is asked for one module at a time: what one asks for in turn tells what comes next. A worker that dies over a
//! module, or takes too long, is thrown away by its owner, and no other one is given that text.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{Hash, Hasher};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::forecast::Forecast;
use super::modules::{Folders, Modules};
use super::platform::Protections;
use super::process::{Heard, Worker, lock};
use super::protocol::{Order, Preparation, Word};
use crate::engine::outside::{ModuleAnswer, ModuleAsk, ModuleFormat, ModuleText, Wanted};
use crate::engine::{core_module_named, stand_in_for};

/// The most modules one worker prepares.
const MOST_MODULES: usize = 1_000;
/// The most text it prepares, in bytes: compiled, it holds about ten times as much.
const MOST_BYTES: usize = 4 << 20;
/// How long it may take over one module.
const MODULE_PATIENCE: Duration = Duration::from_secs(5);
/// How long a forecast may take as a whole; what is not prepared then is compiled by the run.
const PATIENCE: Duration = Duration::from_secs(15);
/// The longest name that a worker is believed to have found in a text, in bytes.
const LONGEST_NAME: usize = 1_000;

/// A worker that stands ready.
pub struct Standby {
    worker: Worker,
    /// Whose modules it has compiled; a run of another folder is not given this worker.
    folders: Option<Folders>,
    /// What it was given, by path, with what stands for the text.
    modules: HashMap<String, u64>,
    core: HashSet<String>,
    bytes: usize,
    /// The last forecast it was prepared for.
    done: Option<Arc<Forecast>>,
}

/// Texts that a worker did not survive, by path, with what stands for them.
pub type Shunned = HashMap<String, u64>;

/// A worker that is of no use any more, and the module it was at, where it was at one.
pub struct Spoiled(pub Option<(String, u64)>);

impl Standby {
    /// Starts a plain one.
    ///
    /// # Errors
    /// When the worker cannot be started.
    pub fn spawn(exe: &Path) -> io::Result<Self> {
        Ok(Self {
            worker: Worker::spawn(exe)?,
            folders: None,
            modules: HashMap::new(),
            core: HashSet::new(),
            bytes: 0,
            done: None,
        })
    }

    pub fn worker(&self) -> &Worker {
        &self.worker
    }

    /// The paths of the modules it was given, in the order of their names.
    pub fn modules(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.modules.keys().cloned().collect();
        paths.sort();
        paths
    }

    /// Hands the worker over to a run.
    pub fn into_worker(self) -> Worker {
        self.worker
    }

    /// Whether a run with these folders may have it: what belongs to one folder does not meet the secrets of another.
    pub fn serves(&self, folders: &Folders) -> bool {
        self.folders.as_ref().is_none_or(|own| own == folders)
    }

    /// Whether it was prepared for this forecast, or another could not be.
    pub fn is_done(&self, forecast: &Arc<Forecast>) -> bool {
        self.done
            .as_ref()
            .is_some_and(|done| Arc::ptr_eq(done, forecast))
    }

    /// Notes that nothing more is prepared for this forecast.
    pub fn set_done(&mut self, forecast: &Arc<Forecast>) {
        self.done = Some(Arc::clone(forecast));
    }

    /// Whether a forecast is better prepared by a new worker: this one belongs to another folder, or holds much already.
    pub fn is_used_up(&self, forecast: &Forecast) -> bool {
        !self.serves(&forecast.folders) || self.bytes > MOST_BYTES / 2
    }

    /// Has the worker compile what is expected; returns when it has, and when it has taken long enough.
    ///
    /// # Errors
    /// When the worker died, said nothing in time, or said what is no word.
    pub fn prepare(
        &mut self,
        forecast: &Arc<Forecast>,
        shunned: &Shunned,
        protections: &Mutex<Option<Protections>>,
    ) -> Result<(), Spoiled> {
        let until = Instant::now() + PATIENCE;
        self.set_done(forecast);
        self.folders = Some(forecast.folders.clone());
        for name in &forecast.core {
            self.prepare_core(name, protections)?;
        }
        let mut modules = Modules::new(&forecast.folders);
        let mut asks: VecDeque<ModuleAsk> = forecast.asks.clone().into();
        let mut seen = HashSet::new();
        while let Some(ask) = asks.pop_front() {
            if Instant::now() >= until || self.modules.len() >= MOST_MODULES {
                break;
            }
            let (path, format, source) = match modules.find(&ask) {
                ModuleAnswer::Found {
                    path,
                    format: format @ (ModuleFormat::CommonJs | ModuleFormat::Module),
                    source: Some(source),
                    ..
                } => (path, format, source),
                ModuleAnswer::Missing { .. } => {
                    if let Some(name) = stand_in_for(&ask.specifier) {
                        self.prepare_core(name, protections)?;
                    }
                    continue;
                }
                ModuleAnswer::Found { .. } | ModuleAnswer::Refused { .. } => continue,
            };
            let text = hash_of(&source);
            if !seen.insert(path.clone())
                || shunned.get(&path) == Some(&text)
                || self.bytes.saturating_add(source.len()) > MOST_BYTES
            {
                continue;
            }
            // What it knows already was followed when it learned it.
            if self.modules.get(&path) == Some(&text) {
                continue;
            }
            self.bytes += source.len();
            self.modules.insert(path.clone(), text);
            let module = ModuleText {
                path: path.clone(),
                format,
                source,
            };
            let wanted = self
                .occupy(Preparation::Module(module), protections)
                .map_err(|Silent| Spoiled(Some((path.clone(), text))))?;
            if forecast.follow {
                self.follow(&path, wanted, &mut asks, protections)?;
            }
        }
        Ok(())
    }

    /// Takes what a module asks for into the forecast.
    fn follow(
        &mut self,
        from: &str,
        wanted: Vec<Wanted>,
        asks: &mut VecDeque<ModuleAsk>,
        protections: &Mutex<Option<Protections>>,
    ) -> Result<(), Spoiled> {
        for Wanted { specifier, import } in wanted.into_iter().take(MOST_MODULES) {
            if let Some(core) = core_module_named(&specifier) {
                self.prepare_core(core, protections)?;
            } else if specifier.len() <= LONGEST_NAME && asks.len() < MOST_MODULES {
                asks.push_back(ModuleAsk {
                    from: from.to_owned(),
                    specifier,
                    with_source: true,
                    import,
                });
            }
        }
        Ok(())
    }

    fn prepare_core(
        &mut self,
        name: &str,
        protections: &Mutex<Option<Protections>>,
    ) -> Result<(), Spoiled> {
        if self.core.insert(name.to_owned()) {
            self.occupy(Preparation::Core(name.to_owned()), protections)
                .map_err(|Silent| Spoiled(None))?;
        }
        Ok(())
    }

    /// Has the worker do one thing and waits until it has.
    fn occupy(
        &mut self,
        what: Preparation,
        protections: &Mutex<Option<Protections>>,
    ) -> Result<Vec<Wanted>, Silent> {
        let until = Instant::now() + MODULE_PATIENCE;
        self.worker
            .occupy(Order::Prepare(what))
            .map_err(|_| Silent)?;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.worker.next(left) {
                Heard::Word(Word::Prepared { wanted }) => return Ok(wanted),
                Heard::Word(Word::Ready(told)) => *lock(protections) = Some(told),
                // Nothing else can be said before a run.
                Heard::Word(_)
                | Heard::Ended(_)
                | Heard::Nothing
                | Heard::Gone
                | Heard::Garbage(_) => return Err(Silent),
            }
        }
    }
}

/// A worker that did not answer.
struct Silent;

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
