//! Helix, which Debian 12 does not have.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use super::debian;
use crate::process;

/// The program: the one that `RESMARK_HELIX` names, or one installed on demand.
///
/// # Errors
/// When it cannot be installed or does not run.
pub fn program() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("RESMARK_HELIX") {
        return Ok(PathBuf::from(named));
    }
    let folder = debian::root("helix", "hx")?;
    // Where the package keeps its themes and queries.
    let runtime = ("HELIX_RUNTIME", "$root/usr/lib/hx/runtime".to_owned());
    let program = debian::starter(&folder, "usr/bin/hx", &[runtime], &[])?;
    let printed = process::capture(Command::new(&program).arg("--version"))?;
    if !printed.starts_with("helix ") {
        bail!("{} is not Helix: it says {printed:?}", program.display());
    }
    Ok(program)
}
