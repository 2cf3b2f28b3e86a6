//! What happens to programs: more than they asked for, clients that do not read or are gone, files that become something
//! else while they are read, disks that are full. Nothing hangs, nothing is lost, and memory comes back.
//!
//! `RESMARK_STRESS=1` asks for the largest ones as well. What needs Linux says so and is skipped elsewhere.
#![allow(clippy::unwrap_used)]

#[path = "stress/clients.rs"]
mod clients;
#[path = "stress/disks.rs"]
mod disks;
#[path = "stress/files.rs"]
mod files;
#[path = "stress/load.rs"]
mod load;

/// The URI of a file or folder whose name needs no escapes.
fn uri(path: &std::path::Path) -> String {
    format!("file://{}", path.display())
}
