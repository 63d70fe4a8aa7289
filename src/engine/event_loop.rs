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
use boa_engine::realm::Realm;
use boa_engine::{Context, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue};

use super::node::{async_hooks, outbox};
use super::state::State;
use super::timers::Timer;
use super::{Event, Thrown, errors, process, sink};
use crate::syntax;

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
    /// What `eval` and `Function` are given: boa's parser recurses natively and would overflow its stack.
    fn ensure_can_compile_strings(
        &self,
        _: Realm,
        parameters: &[JsString],
        body: &JsString,
        direct: bool,
        _: &mut Context,
    ) -> JsResult<()> {
        let deep = |text: &JsString| syntax::is_too_deep(&text.to_std_string_lossy());
        if deep(body) || parameters.iter().any(deep) {
            return Err(JsNativeError::range()
                .with_message("Maximum call stack size exceeded")
                .into());
        }
        // Code for `eval` may use what only its surroundings allow; that of `new Function` stands for itself.
        let problem = (!direct)
            .then(|| {
                syntax::check(&body.to_std_string_lossy())
                    .into_iter()
                    .next()
            })
            .flatten();
        match problem {
            Some(problem) if !problem.v8.is_empty() => {
                Err(JsNativeError::syntax().with_message(problem.v8).into())
            }
            _ => Ok(()),
        }
    }

    fn make_job_callback(&self, callback: JsFunction, _: &mut Context) -> JobCallback {
        async_hooks::reaction(callback, &self.0)
    }

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

    fn local_timezone_offset_seconds(&self, _: i64) -> i32 {
        // Auth0 runs hooks in UTC, and the host's zone is no hook's business.
        0
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
        async_hooks::react(job, this, args, &self.0, context)
    }
}

/// Reports an error nobody caught. Node's process ends here, and so does the run.
pub(super) fn uncaught(error: JsError, context: &mut Context) {
    let value = errors::value_of(error, context);
    report(&value, None, context);
}

fn report(value: &JsValue, promise: Option<&JsObject>, context: &mut Context) {
    let Ok(state) = State::of(context) else {
        return;
    };
    // A listener of the script may take the error; one that throws itself has not.
    let thrown = match process::offer(value, promise, context) {
        Ok(true) => return,
        Ok(false) => errors::take_apart(value, context),
        Err(error) => {
            let value = errors::value_of(error, context);
            errors::take_apart(&value, context)
        }
    };
    tell(thrown, promise.is_some(), &state);
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
        for (promise, reason) in &rejected {
            if !state.ended.get() {
                report(reason, Some(promise), context);
            }
        }
        if !rejected.is_empty() && !state.ended.get() {
            continue;
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
        let calls = !state.calls.borrow().is_empty();
        if state.ended.get() || !(calls || state.timers.borrow().waiting()) {
            return;
        }
        if !state.timers.borrow().immediates.is_empty() {
            if calls {
                receive(Some(Duration::ZERO), state, context);
            }
            continue;
        }
        let due = state.timers.borrow().due.keys().next().map(|(due, _)| *due);
        let wait = due.map(|due| due.saturating_duration_since(Instant::now()));
        if calls {
            let heard = receive(wait, state, context);
            if !heard && wait.is_none() {
                // Nobody is left who could answer.
                return;
            }
        } else if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
            // Nothing can arrive from outside: only time has to pass.
            std::thread::sleep(wait);
        }
    }
}

/// Takes one message from outside, with what follows from it; false where none came.
fn receive(wait: Option<Duration>, state: &State, context: &mut Context) -> bool {
    let Some(incoming) = sink::receive(wait) else {
        return false;
    };
    outbox::deliver(incoming, state, context);
    settle(state, context);
    true
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
