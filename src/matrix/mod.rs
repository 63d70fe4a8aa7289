//! One Hook or Action over languages, connections and chosen payload values: what each visitor would see.
//!
//! `axes` says which payloads there are (pure), `conduct` runs them one after another in workers. The command line and the
//! window share it.

mod axes;
mod conduct;
mod table;

pub use axes::{Axes, Axis, AxisProblem, Cell, MOST_CELLS};
pub use conduct::{MatrixEvent, MatrixHandle, start};
pub use table::{Row, Sight, sight};
