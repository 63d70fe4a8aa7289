//! The worker's side: one process, one engine, one run, then the end. Started as `hookbench worker`.

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;

use super::memory::Allocator;
use super::platform::{self, Protections};
use super::protocol::{Order, Preparation, Word, read_frame};
use super::worker_outside::{Parent, say};
use crate::engine::{self, Engine, Program};

/// Exit code of a worker whose engine panicked; the panic's text stands on its standard error.
const PANICKED: i32 = 101;

/// Serves the one order that arrives on standard input. Returns only when the parent is gone or
/// the engine's thread could not be started: a served run ends the process itself.
pub fn main(allocator: &'static Allocator) -> ExitCode {
    let mut protections = platform::prepare();
    let (orders, order) = mpsc::channel();
    let (up, is_up) = mpsc::channel();
    let (contained, gate) = mpsc::channel();
    let engine = thread::Builder::new()
        .name("engine".to_owned())
        .stack_size(engine::STACK_BYTES)
        .spawn(move || {
            // Its libraries have asked for what a thread needs at its start.
            let _ = up.send(());
            // Nothing is prepared, and no word of an order read, before the process is contained.
            let Ok(protections) = gate.recv() else {
                return;
            };
            let served = panic::catch_unwind(AssertUnwindSafe(|| {
                serve(protections, &order, allocator);
            }));
            // Ends at once, whatever is still allocated: the process is not used again.
            std::process::exit(if served.is_ok() { 0 } else { PANICKED });
        });
    if let Err(error) = engine {
        // Collected by the parent for its report.
        let _ = writeln!(
            io::stderr(),
            "the engine's thread could not be started: {error}"
        );
        return ExitCode::FAILURE;
    }
    if is_up.recv().is_err() {
        return ExitCode::FAILURE;
    }
    platform::contain(&mut protections);
    if contained.send(protections).is_err() {
        return ExitCode::FAILURE;
    }
    // This thread reads on while the engine runs: the end of the pipe means that the parent is gone,
    // and nobody is left to stop a loop that never ends.
    let mut stdin = io::stdin().lock();
    while let Ok(frame) = read_frame::<Order>(&mut stdin) {
        if orders.send(frame).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

/// Bytes of heap that everything prepared may take together beyond what the worker holds at rest; past that the
/// process ends, and the parent starts another.
const PREPARING_BYTES: usize = 256 << 20;

fn serve(protections: Protections, orders: &mpsc::Receiver<Order>, allocator: &'static Allocator) {
    let mut engine = Engine::new();
    let preparing = allocator.allocated().saturating_add(PREPARING_BYTES);
    say(&Word::Ready(protections));
    let (core, peak) = loop {
        match orders.recv() {
            Ok(Order::Prepare(what)) => prepare(&mut engine, what, preparing, allocator),
            Ok(Order::Run { program, memory }) => {
                break run(engine, &program, memory, orders, allocator);
            }
            Ok(Order::Nothing | Order::Module(_) | Order::Incoming(_)) => break Default::default(),
            // The parent closed the pipe; the other thread ends the process.
            Err(mpsc::RecvError) => return,
        }
    };
    say(&Word::Done {
        peak_memory_bytes: u64::try_from(peak).unwrap_or(u64::MAX),
        core,
    });
}

fn prepare(engine: &mut Engine, what: Preparation, limit: usize, allocator: &'static Allocator) {
    // Refused where the order itself is already too large: then it is compiled within what is held now.
    if allocator.set_limit(limit).is_err() {
        let _ = allocator.set_limit(allocator.allocated());
    }
    let held = || allocator.allocated();
    let wanted = match what {
        Preparation::Module(module) => engine.prepare(module, &held),
        Preparation::Core(name) => {
            engine.prepare_core(&name, &held);
            Vec::new()
        }
    };
    // Cannot fail: there is no limit above.
    let _ = allocator.set_limit(usize::MAX);
    say(&Word::Prepared { wanted });
}

/// Runs a program; the core modules it loaded, and the most bytes of heap held at once.
fn run(
    engine: Engine,
    program: &Program,
    memory: u64,
    orders: &mpsc::Receiver<Order>,
    allocator: &'static Allocator,
) -> (Vec<String>, usize) {
    let before = allocator.max_allocated();
    let memory = usize::try_from(memory).unwrap_or(usize::MAX);
    // Cannot fail: the new limit is never below what is held now.
    let _ = allocator.set_limit(allocator.allocated().saturating_add(memory));
    let mut parent = Parent::new(orders, allocator);
    let core = engine.run(program, &mut parent);
    let _ = allocator.set_limit(usize::MAX);
    let peak = match allocator.max_allocated() {
        // Preparing held more, which is no matter of the run's: what it was seen to hold stands for its peak.
        most if most == before => parent.most_seen(),
        most => most,
    };
    (core, peak)
}
