//! Packages of a Debian release other than the one that this machine runs, unpacked into a folder of their own.
//!
//! apt fetches and checks them with its ordinary keys, and keeps its lists in that folder as well: what is installed on the
//! machine is neither asked nor changed, and nobody has to be root.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// Where Debian keeps the keys that its releases are signed with.
const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Unpacks `names` of the release `suite`, with all that they need down to the C library, into `folder/root`, and returns
/// that path.
///
/// # Errors
/// When there is no apt here, the keys are missing, or a package cannot be had.
pub fn unpack(folder: &Path, log: &Path, suite: &str, names: &[&str]) -> Result<PathBuf> {
    let (Some(_), Some(_)) = (process::which("apt-get"), process::which("dpkg")) else {
        bail!("the packages {} of Debian are wanted, and there is no apt-get here to fetch them", names.join(", "));
    };
    if !Path::new(KEYS).is_file() {
        bail!("Debian's keys are not at {KEYS}: install the package debian-archive-keyring");
    }
    let apt = folder.join("apt");
    for part in ["state/lists/partial", "cache/archives/partial"] {
        std::fs::create_dir_all(apt.join(part))?;
    }
    // Nothing counts as installed, so that all comes along which the packages need.
    std::fs::write(apt.join("status"), "")?;
    std::fs::write(
        apt.join("sources.list"),
        format!("deb [signed-by={KEYS}] http://deb.debian.org/debian {suite} main\n"),
    )?;
    let apt_get = || {
        let mut command = Command::new("apt-get");
        for (option, value) in [("Dir::State", "state"), ("Dir::State::status", "status"), ("Dir::Cache", "cache")] {
            command.arg("-o").arg(format!("{option}={}", apt.join(value).display()));
        }
        command.arg("-o").arg(format!("Dir::Etc::sourcelist={}", apt.join("sources.list").display()));
        for option in ["Dir::Etc::sourceparts", "Dir::Etc::preferences", "Dir::Etc::preferencesparts"] {
            command.arg("-o").arg(format!("{option}=/dev/null"));
        }
        // What the packages are described with is of no use here.
        command.args([
            "-o",
            "Acquire::Languages=none",
            "-o",
            "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
        ]);
        command
    };
    process::logged(apt_get().arg("update"), log)?;
    process::logged(apt_get().args(["install", "-y", "--no-install-recommends", "--download-only"]).args(names), log)?;
    let root = folder.join("root");
    let archives = std::fs::read_dir(apt.join("cache/archives")).context("apt has fetched nothing")?;
    for archive in archives.flatten().map(|entry| entry.path()) {
        if archive.extension().is_some_and(|it| it == "deb") {
            process::logged(Command::new("dpkg").arg("--extract").arg(&archive).arg(&root), log)?;
        }
    }
    std::fs::remove_dir_all(&apt)?;
    Ok(root)
}
