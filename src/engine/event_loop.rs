//! Node's event loop for one run: ticks, microtasks, rejections, timers, immediates; it sleeps and never spins.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

use boa_engine::builtins::promise::PromiseState;
use boa_engine::builtins::promise::{OperationType, Promise};
use boa_engine::context::HostHooks;
use boa_engine::job::{Job, JobCallback, JobExecutor, NativeAsyncJob, PromiseJob};
use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue};

use super::state::State;
use super::timers::Timer;
use super::{Event, Thrown, errors, sink};

/// Takes boa's jobs into the run's own queues.
pub(super) struct Queue(pub Rc<State>);

impl JobExecutor for Queue {
    fn enqueue_job(self: Rc<Self>, job: Job, _: &mut Context) {
        let job = match job {
            Job::PromiseJob(job) => job,
            Job::GenericJob(job) => PromiseJob::new(move |context| job.call(context)),
            Job::AsyncJob(job) => PromiseJob::new(move |context| wait_for(job, context)),
            Job::TimeoutJob(job) => PromiseJob::new(move |context| job.call(context)),
            // Cleanup of finalization registries promises no time; a short run never does it.
            _ => return,
        };
        self.0.microtasks.borrow_mut().push_back(job);
    }

    fn run_jobs(self: Rc<Self>, _: &mut Context) -> JsResult<()> {
        Ok(())
    }
}

/// Completes a job of boa that is written as a future; none of those we use waits for the outside.
fn wait_for(job: NativeAsyncJob, context: &mut Context) -> JsResult<JsValue> {
    let context = RefCell::new(context);
    let mut future = std::pin::pin!(job.call(&context));
    let mut task = std::task::Context::from_waker(Waker::noop());
    loop {
        match future.as_mut().poll(&mut task) {
            Poll::Ready(result) => return result,
            Poll::Pending => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// Hears of rejected promises, and mends errors on their way into promise reactions.
pub(super) struct Hooks(pub Rc<State>);

impl HostHooks for Hooks {
    fn promise_rejection_tracker(
        &self,
        promise: &JsObject<Promise>,
        operation: OperationType,
        context: &mut Context,
    ) {
        let promise = promise.clone().upcast();
        let mut rejections = self.0.rejections.borrow_mut();
        match operation {
            OperationType::Reject => {
                let reason =
                    match JsPromise::from_object(promise.clone()).map(|promise| promise.state()) {
                        Ok(PromiseState::Rejected(reason)) => reason,
                        _ => JsValue::undefined(),
                    };
                drop(rejections);
                errors::mend(&reason, context);
                self.0.rejections.borrow_mut().push((promise, reason));
            }
            OperationType::Handle => {
                rejections.retain(|(known, _)| !JsObject::equals(known, &promise))
            }
        }
    }

    fn call_job_callback(
        &self,
        job: &JobCallback,
        this: &JsValue,
        args: &[JsValue],
        context: &mut Context,
    ) -> JsResult<JsValue> {
        if let Some(reason) = args.first() {
            errors::mend(reason, context);
        }
        job.callback().call(this, args, context)
    }
}

/// Reports an error nobody caught. Node's process ends here, and so does the run.
pub(super) fn uncaught(error: JsError, context: &mut Context) {
    let value = errors::value_of(error, context);
    report(&value, false, context);
}

fn report(value: &JsValue, rejected: bool, context: &mut Context) {
    let Ok(state) = State::of(context) else {
        return;
    };
    let thrown = errors::take_apart(value, context);
    tell(thrown, rejected, &state);
}

/// Reports an exception of the platform's own code that nothing catches.
pub(super) fn end_of_process(thrown: Thrown, state: &State) {
    tell(thrown, false, state);
}

fn tell(thrown: Thrown, rejected: bool, state: &State) {
    state.ended.set(true);
    sink::send(Event::Uncaught {
        at_ms: state.now_ms(),
        thrown,
        rejected,
        after_response: state.answered.get(),
    });
}

/// Runs `process.nextTick` callbacks and microtasks until both are empty, then looks at rejections.
pub(super) fn settle(state: &State, context: &mut Context) {
    loop {
        if state.ended.get() {
            return;
        }
        let tick = state.ticks.borrow_mut().pop_front();
        if let Some((callback, args)) = tick {
            if let Err(error) = callback.call(&JsValue::undefined(), &args, context) {
                uncaught(error, context);
            }
            // Node drains every tick before the first microtask.
            if !state.ticks.borrow().is_empty() {
                continue;
            }
        }
        drain_microtasks(state, context);
        if !state.ticks.borrow().is_empty() {
            continue;
        }
        let rejected = std::mem::take(&mut *state.rejections.borrow_mut());
        if let Some((_, reason)) = rejected.first() {
            if !state.ended.get() {
                report(reason, true, context);
            }
            return;
        }
        if state.microtasks.borrow().is_empty() {
            return;
        }
    }
}

fn drain_microtasks(state: &State, context: &mut Context) {
    loop {
        if state.ended.get() {
            return;
        }
        let Some(job) = state.microtasks.borrow_mut().pop_front() else {
            break;
        };
        if let Err(error) = job.call(context) {
            uncaught(error, context);
        }
    }
    context.clear_kept_objects();
}

/// Runs until nothing is left that keeps Node alive, or an uncaught error ends the run.
pub(super) fn run(state: &State, context: &mut Context) {
    settle(state, context);
    // Node takes more than a millisecond to start: a `setTimeout(…, 0)` of the first turn comes before its immediates.
    let mut head_start = Duration::from_millis(1);
    while !state.ended.get() {
        run_due_timers(Instant::now() + head_start, state, context);
        head_start = Duration::ZERO;
        run_immediates(state, context);
        if state.ended.get() || !state.timers.borrow().waiting() {
            return;
        }
        if state.timers.borrow().immediates.is_empty()
            && let Some(due) = state.timers.borrow().due.keys().next().map(|(due, _)| *due)
        {
            // Nothing can arrive from outside while the thread is parked: only time has to pass.
            let wait = due.saturating_duration_since(Instant::now());
            if !wait.is_zero() {
                std::thread::sleep(wait);
            }
        }
    }
}

fn run_due_timers(now: Instant, state: &State, context: &mut Context) {
    loop {
        if state.ended.get() {
            return;
        }
        let timer = {
            let mut timers = state.timers.borrow_mut();
            let Some(key) = timers
                .due
                .keys()
                .next()
                .copied()
                .filter(|(due, _)| *due <= now)
            else {
                return;
            };
            let Some(timer) = timers.due.remove(&key) else {
                return;
            };
            timer
        };
        let (id, repeat) = (timer.id, timer.repeat);
        if let Some(every) = repeat {
            // Back in the queue before the call, so that the callback can clear it.
            let next = Timer {
                id,
                callback: timer.callback.clone(),
                args: timer.args.clone(),
                object: timer.object.clone(),
                repeat,
                after: timer.after,
                referenced: timer.referenced,
            };
            let due = Instant::now() + Duration::from_millis(every);
            state.timers.borrow_mut().due.insert((due, id), next);
        }
        call(&timer, state, context);
    }
}

fn run_immediates(state: &State, context: &mut Context) {
    let turn: Vec<u32> = state.timers.borrow().immediates.keys().copied().collect();
    for id in turn {
        if state.ended.get() {
            return;
        }
        let timer = state.timers.borrow_mut().immediates.remove(&id);
        if let Some(timer) = timer {
            call(&timer, state, context);
        }
    }
}

fn call(timer: &Timer, state: &State, context: &mut Context) {
    let this = JsValue::from(timer.object.clone());
    if let Some(callback) = JsFunction::from_object(timer.callback.clone())
        && let Err(error) = callback.call(&this, &timer.args, context)
    {
        uncaught(error, context);
    }
    settle(state, context);
}
