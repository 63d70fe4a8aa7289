//! Runs every combination, one after another, on a thread of its own; streams the rows and can be stopped.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use super::axes::{Axes, Cell};
use super::table::{Row, sight};
use crate::runner::mask::Masker;
use crate::runner::supervisor::{RunEvent, RunHandle, Supervisor};
use crate::runner::{RunReport, RunRequest};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum MatrixEvent {
    /// A combination has run; they come in their order.
    Row(Box<Row>),
    /// Last of all; true where Stop ended it before the last row.
    Finished { stopped: bool },
}

/// Stops its matrix. Dropping it lets the matrix go on.
pub struct MatrixHandle {
    control: Arc<Control>,
}

#[derive(Default)]
struct Control {
    stopped: AtomicBool,
    running: Mutex<Option<RunHandle>>,
}

impl MatrixHandle {
    /// Ends the present run at once and begins no other.
    pub fn stop(&self) {
        self.control.stopped.store(true, Ordering::SeqCst);
        if let Some(run) = lock(&self.control.running).as_ref() {
            run.stop();
        }
    }
}

/// Runs `request` once for each cell, with the cell's body, and returns at once.
///
/// # Errors
/// The system gives no thread for it; then nothing has begun.
pub fn start(
    supervisor: Supervisor,
    request: RunRequest,
    axes: Axes,
    cells: Vec<Cell>,
    mut sink: impl FnMut(MatrixEvent) + Send + 'static,
) -> std::io::Result<MatrixHandle> {
    let control = Arc::new(Control::default());
    let steered = Arc::clone(&control);
    thread::Builder::new()
        .name("matrix".to_owned())
        .spawn(move || {
            let masker = Masker::new(&request.program.secrets, request.reveal_secrets);
            let mut stopped = false;
            for cell in cells {
                let mut request = request.clone();
                request.program.body.clone_from(&cell.body);
                let report = one(&supervisor, request, &steered);
                stopped = steered.stopped.load(Ordering::SeqCst);
                let Some(report) = report.filter(|_| !stopped) else {
                    break;
                };
                let names = axes.list().iter().map(|axis| axis.name.clone());
                let mut values = names.zip(cell.values).collect();
                masked(&masker, &mut values);
                sink(MatrixEvent::Row(Box::new(Row {
                    values,
                    sight: sight(&report),
                    report: Arc::from(report),
                })));
            }
            sink(MatrixEvent::Finished { stopped });
        })?;
    Ok(MatrixHandle { control })
}

fn one(supervisor: &Supervisor, request: RunRequest, control: &Control) -> Option<Box<RunReport>> {
    let (sender, reports) = mpsc::channel();
    let run = supervisor.start(request, move |event| {
        if let RunEvent::Finished(report) = event {
            // The receiver waits below for exactly this.
            let _ = sender.send(report);
        }
    });
    *lock(&control.running) = Some(run);
    // Stop may have come between two runs, when there was nothing to end.
    if control.stopped.load(Ordering::SeqCst)
        && let Some(run) = lock(&control.running).as_ref()
    {
        run.stop();
    }
    reports.recv().ok()
}

fn masked(masker: &Masker, values: &mut serde_json::Map<String, serde_json::Value>) {
    for value in values.values_mut() {
        masker.value(value);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
