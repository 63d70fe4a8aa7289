//! What a run costs beside the bare process under it: spawn and one empty frame there and back.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot go on has failed"
)]

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use hookbench::auth0::{Kind, Point};
use hookbench::engine::Program;
use hookbench::runner::RunRequest;
use hookbench::runner::modules::Folders;
use hookbench::runner::process::{Heard, Worker};
use hookbench::runner::protocol::{Order, Word};
use hookbench::runner::request::{Answers, Limits, Network};
use hookbench::runner::supervisor::Supervisor;

const EXE: &str = env!("CARGO_BIN_EXE_hookbench");

fn starter() -> RunRequest {
    let point = Point::PreUserRegistration;
    RunRequest {
        program: Program {
            point,
            kind: Kind::Hook,
            file_name: "hook.js".to_owned(),
            source: point.starter_code().to_owned(),
            body: point.default_body().to_owned(),
            secrets: Default::default(),
            storage: None,
        },
        limits: Limits::default(),
        network: Network::Offline,
        mocks: Vec::new(),
        answers: Answers::default(),
        modules: Folders::default(),
        reveal_secrets: false,
    }
}

fn round_trip() {
    let mut worker = Worker::spawn(Path::new(EXE)).expect("the worker starts");
    worker
        .send(Order::Nothing.into(), |error| eprintln!("{error}"))
        .expect("the order leaves");
    loop {
        match worker.next(Duration::from_secs(5)) {
            Heard::Word(Word::Done { .. }) => return,
            Heard::Word(_) => {}
            other => panic!("the worker said {other:?}"),
        }
    }
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("run");
    group.bench_function("bare process, empty frame there and back", |bencher| {
        bencher.iter(round_trip);
    });
    let cold = Supervisor::new(EXE.into());
    group.bench_function("starter hook, cold", |bencher| {
        bencher.iter_batched(
            starter,
            |request| black_box(cold.run(request)),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("starter hook, warm", |bencher| {
        // A supervisor for each run, so that making the next worker ready is not measured.
        bencher.iter_batched(
            || {
                let warm = Supervisor::new(EXE.into());
                warm.warm();
                while warm.ready_pid().is_none() {
                    std::thread::yield_now();
                }
                // Ready to be used, not just started.
                std::thread::sleep(Duration::from_millis(15));
                (warm, starter())
            },
            |(warm, request)| {
                let (sender, answered) = std::sync::mpsc::channel();
                let handle = warm.start(request, move |event| {
                    if let hookbench::runner::supervisor::RunEvent::Finished(report) = event {
                        // The bench has gone on when the receiver is gone.
                        let _ = sender.send(report);
                    }
                });
                (answered.recv(), handle)
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
