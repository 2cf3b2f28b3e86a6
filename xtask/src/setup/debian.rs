//! Programs of a newer Debian than the machine's: unpacked, with all they need, into a folder of the cache. They run from
//! there by that Debian's own loader, so that nothing of the machine is changed and nobody has to be root to run them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// The Debian release that the programs come from.
const RELEASE: &str = "trixie";

/// Where Debian keeps the keys that its releases are signed with.
const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// The folder with a small Debian that has the package `package` in it.
///
/// # Errors
/// When there is no debootstrap and none can be installed, when not root, or when a package cannot be had.
pub fn root(name: &str, package: &str) -> Result<PathBuf> {
    super::tool(name, RELEASE, |folder, log| {
        if process::capture(Command::new("id").arg("-u"))? != "0" {
            bail!("not root: {name} comes by debootstrap, which only root can run");
        }
        if process::which("debootstrap").is_none() {
            super::debian_packages(&["debootstrap"])?;
        }
        let mut debootstrap = Command::new("debootstrap");
        debootstrap.arg("--variant=minbase").arg(format!("--include={package}")).arg(RELEASE).arg(folder);
        process::logged(&mut debootstrap, log)?;
        // The packages themselves, half of it all.
        let _ = std::fs::remove_dir_all(folder.join("var/cache/apt"));
        let _ = std::fs::remove_dir_all(folder.join("var/lib/apt/lists"));
        Ok(())
    })
}

/// Unpacks `names` of that release, with all that they need down to the C library, into `folder/root`, and returns
/// that path. apt fetches and checks them with its ordinary keys, and keeps its lists in `folder` as well; nobody has to be
/// root, and what has to be set up after it was unpacked is not.
///
/// # Errors
/// When there is no apt here, the keys are missing, or a package cannot be had.
pub fn unpack(folder: &Path, log: &Path, names: &[&str]) -> Result<PathBuf> {
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
    std::fs::write(apt.join("sources.list"), format!("deb [signed-by={KEYS}] {} {RELEASE} main\n", mirror()?))?;
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

/// Where this machine gets its own Debian packages from, which has the other releases as well.
fn mirror() -> Result<String> {
    let mut apt = Command::new("apt-get");
    apt.args(["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]);
    let addresses = process::capture(&mut apt)?;
    let own = addresses.lines().map(str::trim).find(|address| address.trim_end_matches('/').ends_with("/debian"));
    own.map(str::to_owned).context("apt names no place that has Debian's packages")
}

/// Writes the script `folder/start`, which runs `program` of the Debian in `folder` with `environment`, in which `$root`
/// stands for that folder, and `options` in front of its own arguments; and returns its path.
///
/// # Errors
/// When that Debian has no loader, or the script cannot be written.
pub fn starter(folder: &Path, program: &str, environment: &[(&str, String)], options: &[String]) -> Result<PathBuf> {
    let libraries = std::fs::read_dir(folder.join("usr/lib"))?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.to_string_lossy().ends_with("-linux-gnu"))
        .context("no folder of libraries")?;
    let loader = std::fs::read_dir(&libraries)?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("ld-linux")))
        .with_context(|| format!("no loader in {}", libraries.display()))?;
    let inside = |path: &Path| format!("\"$root/{}\"", path.strip_prefix(folder).unwrap_or(path).display());
    let mut script = format!("#!/bin/sh\nroot={}\n", quoted(folder)?);
    for (name, value) in environment {
        script.push_str(&format!("export {name}=\"{value}\"\n"));
    }
    script.push_str(&format!(
        "exec {} --library-path {} --argv0 \"$root/{program}\" \"$root/{program}\" {} \"$@\"\n",
        inside(&loader),
        inside(&libraries),
        options.iter().map(|option| format!("\"{option}\"")).collect::<Vec<_>>().join(" "),
    ));
    let start = folder.join("start");
    // Renamed into place: another run may be starting it.
    let unfinished = folder.join(format!("start.{}", std::process::id()));
    std::fs::write(&unfinished, script)?;
    process::run(Command::new("chmod").arg("+x").arg(&unfinished))?;
    std::fs::rename(&unfinished, &start)?;
    Ok(start)
}

/// A path as a word of a shell script.
fn quoted(path: &Path) -> Result<String> {
    let path = path.to_str().map(OsString::from).and_then(|path| path.into_string().ok());
    let path = path.context("the path of the cache is no UTF-8")?;
    Ok(format!("'{}'", path.replace('\'', r"'\''")))
}
