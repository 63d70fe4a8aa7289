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
