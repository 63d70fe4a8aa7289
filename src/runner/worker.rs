//! The worker's side: one process, one engine, one run, then the end. Started as `hookbench worker`.

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;

use super::bounds::Bounds;
use super::memory::Allocator;
use super::protocol::{Order, Word, read_frame, write_frame};
use crate::engine::{self, Engine, Program};

/// Exit code of a worker whose engine panicked; the panic's text stands on its standard error.
const PANICKED: i32 = 101;

/// Serves the one order that arrives on standard input. Returns only when the parent is gone or
/// the engine's thread could not be started: a served run ends the process itself.
pub fn main(allocator: &'static Allocator) -> ExitCode {
    let (orders, order) = mpsc::channel();
    let engine = thread::Builder::new()
        .name("engine".to_owned())
        .stack_size(engine::STACK_BYTES)
        .spawn(move || {
            let served = panic::catch_unwind(AssertUnwindSafe(|| serve(&order, allocator)));
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

fn serve(order: &mpsc::Receiver<Order>, allocator: &'static Allocator) {
    let engine = Engine::new();
    say(&Word::Ready);
    match order.recv() {
        Ok(Order::Run { program, memory }) => run(engine, &program, memory, allocator),
        Ok(Order::Nothing) => {}
        // The parent closed the pipe; the other thread ends the process.
        Err(mpsc::RecvError) => return,
    }
    say(&Word::Done {
        peak_memory_bytes: u64::try_from(allocator.max_allocated()).unwrap_or(u64::MAX),
    });
}

fn run(engine: Engine, program: &Program, memory: u64, allocator: &'static Allocator) {
    let memory = usize::try_from(memory).unwrap_or(usize::MAX);
    // Cannot fail: the new limit is never below what is held now.
    let _ = allocator.set_limit(allocator.allocated().saturating_add(memory));
    let mut bounds = Bounds::default();
    engine.run(program, &mut |event| {
        bounds.pass(event, &mut |event| say(&Word::Event(event)));
    });
    let _ = allocator.set_limit(usize::MAX);
}

/// Says a word; a parent that no longer listens has ended, and so does this process.
fn say(word: &Word) {
    if write_frame(&mut io::stdout().lock(), word).is_err() {
        std::process::exit(0);
    }
}
