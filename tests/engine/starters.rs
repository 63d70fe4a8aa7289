//! The starter hook of every point runs and answers.

use hookbench::auth0::Point;
use hookbench::engine::{Answer, Event};

use super::support::{program, run};

#[test]
fn every_starter_answers() {
    for point in Point::ALL {
        let result = run(program(point, point.starter_code(), point.default_body()));
        assert!(
            matches!(result.answer(), Some(Answer::Success { .. })),
            "{point:?}: {result:?}"
        );
        assert!(
            matches!(result.events.last(), Some(Event::Finished(_))),
            "{point:?}"
        );
    }
}

#[test]
fn every_gallery_hook_answers_or_says_what_it_misses() {
    for item in hookbench::auth0::gallery::GALLERY {
        let result = run(program(
            item.point,
            item.code,
            item.body.unwrap_or(item.point.default_body()),
        ));
        assert!(
            result.answer().is_some() || !result.logs().is_empty() || result.uncaught().is_some(),
            "{}: {result:?}",
            item.id
        );
        assert!(
            !matches!(
                result.answer(),
                Some(Answer::Failure {
                    kind: hookbench::engine::FailureKind::Compile,
                    ..
                })
            ),
            "{}: {result:?}",
            item.id
        );
    }
}
