//! tmux, in which the tests look at editors that live in a terminal.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process;

/// The program: one in `PATH`, or one installed on demand.
///
/// # Errors
/// When there is none and it cannot be installed.
pub fn program() -> Result<PathBuf> {
    if process::which("tmux").is_none() {
        super::debian_packages(&["tmux"])?;
    }
    process::which("tmux").context("the package tmux brought no program of that name")
}
