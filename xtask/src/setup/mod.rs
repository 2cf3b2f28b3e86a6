//! Foreign programs, installed on demand into the cache and kept there.
//!
//! Each comes by the ordinary client of a package registry, by name and version. A tool's folder is whole only when it
//! holds the stamp, which is written last: what an interrupted run left is removed and installed anew. Some of the tools
//! know their own path, so nothing is moved once it is installed.

pub mod browser;
pub mod code_server;
pub mod debian;
pub mod emacs;
pub mod helix;
pub mod neovim;
pub mod node;
pub mod peers;
pub mod python;
pub mod strace;
pub mod tmux;
pub mod tree_sitter;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{paths, process};

const STAMP: &str = ".complete";

/// Installs every tool, and says of each where it is.
///
/// # Errors
/// When one cannot be had; the others are installed all the same.
pub fn everything() -> Result<()> {
    let tools: [(&str, Result<PathBuf>); 11] = [
        ("Neovim", neovim::program()),
        ("the older Neovim", neovim::older()),
        ("Node.js", node::install().map(|node| node.program())),
        ("a browser", browser::program()),
        ("code-server", node::install().and_then(|node| code_server::entry(&node))),
        ("tree-sitter", tree_sitter::program()),
        ("tmux", tmux::program()),
        ("strace", strace::program()),
        ("Helix", helix::program()),
        ("Emacs", emacs::program()),
        ("a newer Emacs", emacs::newer()),
    ];
    let mut missing = Vec::new();
    for (name, found) in tools {
        match found {
            Ok(path) => println!("{name}: {}", path.display()),
            Err(error) => {
                println!("{name}: {error:#}");
                missing.push(name);
            }
        }
    }
    if !missing.is_empty() {
        bail!("not installed: {}", missing.join(", "));
    }
    Ok(())
}

/// The folder of the tool `name` in `version`, made by `install` when it is not there yet. `install` gets the empty
/// folder and the file to log to.
///
/// # Errors
/// When `install` fails; what it left is taken away by the next call.
fn tool(name: &str, version: &str, install: impl FnOnce(&Path, &Path) -> Result<()>) -> Result<PathBuf> {
    let folder = paths::cache()?.join("tools").join(format!("{name}-{version}"));
    let parent = folder.parent().context("a tool's folder has a parent")?;
    std::fs::create_dir_all(parent).with_context(|| format!("cannot make the folder {}", parent.display()))?;
    // Held until the end of this function; another run waits here and then finds the stamp.
    let lock = File::create(parent.join(format!("{name}-{version}.lock")))?;
    lock.lock()?;
    if folder.join(STAMP).is_file() {
        return Ok(folder);
    }
    let log = paths::cache()?.join("logs").join(format!("{name}-{version}.log"));
    process::step(&format!("Installing {name} {version}"), || {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove the unfinished {}", folder.display()))?;
        }
        std::fs::create_dir_all(&folder)?;
        install(&folder, &log)?;
        std::fs::write(folder.join(STAMP), version)?;
        Ok(())
    })?;
    Ok(folder)
}

/// Installs Debian packages, as root, where that can be done without asking anyone.
///
/// # Errors
/// When this is no Debian, or not root, or apt fails.
fn debian_packages(names: &[&str]) -> Result<()> {
    let Some(apt) = process::which("apt-get") else {
        bail!("the packages {} are wanted, and there is no apt-get here to install them", names.join(", "));
    };
    if process::capture(Command::new("id").arg("-u"))? != "0" {
        bail!("not root: install the packages {} and run this again", names.join(", "));
    }
    let log = paths::cache()?.join("logs/apt.log");
    process::step(&format!("Installing the Debian packages {}", names.join(" ")), || {
        let apt_get = || {
            let mut command = Command::new(&apt);
            command.env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        // The lists on the machine may be too old to install from; that there are newer ones to be had is not certain.
        let _ = process::logged(apt_get().arg("update"), &log);
        process::logged(apt_get().args(["install", "-y", "--no-install-recommends"]).args(names), &log)
    })
}

/// Installs what `folder/package-lock.json` names into `folder/node_modules`, unless that was done already for the same
/// lock file.
///
/// # Errors
/// When npm fails.
pub fn npm_packages(node: &node::Node, folder: &Path) -> Result<()> {
    let lock = std::fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("cannot read package-lock.json in {}", folder.display()))?;
    let stamp = folder.join("node_modules").join(STAMP);
    if std::fs::read(&stamp).is_ok_and(|done| done == lock) {
        return Ok(());
    }
    let log = paths::output("logs")?.join("npm.log");
    let name = folder.strip_prefix(paths::root()).unwrap_or(folder);
    process::step(&format!("Installing the npm packages of {}", name.display()), || {
        process::logged(node.npm(folder)?.arg("ci"), &log)?;
        std::fs::write(&stamp, lock)?;
        Ok(())
    })
}
