//! The engine from outside: what hooks do, what comes out, and how that compares with Node.

mod support;

mod callback;
mod node;
mod places;
mod starters;
mod world;
