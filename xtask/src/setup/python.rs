//! A Python environment of our own with packages from PyPI.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// The folder of a virtual environment with `packages` in it, each as pip takes it (`name==version`).
///
/// # Errors
/// When there is no Python 3 with `venv`, or a package cannot be had.
pub fn environment(name: &str, version: &str, packages: &[&str]) -> Result<PathBuf> {
    super::tool(name, version, |folder, log| {
        venv(folder, log)?;
        process::logged(Command::new(folder.join("bin/pip")).args(["install", "--quiet"]).args(packages), log)
    })
}

fn venv(folder: &Path, log: &Path) -> Result<()> {
    let make = || {
        let mut command = Command::new("python3");
        command.args(["-m", "venv", "--clear"]).arg(folder);
        command
    };
    if process::logged(&mut make(), log).is_ok() {
        return Ok(());
    }
    // Debian keeps `venv` in a package of its own.
    super::debian_packages(&["python3", "python3-venv"])?;
    process::logged(&mut make(), log).context("no Python environment could be made")
}
