//! What the program never does, as `SECURITY.md` says: ask a network, run a program, leave the workspace, let a page ask for
//! more than it should. `watched` looks over its shoulder, the others look at what it answers and what it is made of.
#![allow(clippy::unwrap_used)]

#[path = "security/paths.rs"]
mod paths;
#[path = "security/preview.rs"]
mod preview;
#[path = "security/server.rs"]
mod server;
#[path = "security/sources.rs"]
mod sources;
#[path = "security/watched.rs"]
mod watched;
