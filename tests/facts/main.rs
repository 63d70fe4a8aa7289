//! The facts against each other, against Node and against boa: every asset parses, passes its checks, is recognised and
//! runs, and the tables of refusals, wire formats and outcomes hold.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy lets tests do this, but not the functions tests share"
)]

mod answers;
mod assets;
mod licences;
#[path = "../support/node.rs"]
mod node;

use hookbench::auth0::Point;

const EVERY: [Point; 7] = [
    Point::PreUserRegistration,
    Point::PostUserRegistration,
    Point::CredentialsExchange,
    Point::PostChangePassword,
    Point::SendPhoneMessage,
    Point::PasswordExchange,
    Point::Generic,
];
