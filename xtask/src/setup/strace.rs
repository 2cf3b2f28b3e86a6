//! strace, under which the tests see what the program asks of the system.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process;

/// The program: one in `PATH`, or one installed on demand.
///
/// # Errors
/// When there is none and it cannot be installed.
pub fn program() -> Result<PathBuf> {
    if process::which("strace").is_none() {
        super::debian_packages(&["strace"])?;
    }
    process::which("strace").context("the package strace brought no program of that name")
}
