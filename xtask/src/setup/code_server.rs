//! VS Code as a server, to be used in a browser.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::process;

const VERSION: &str = "4.139.1";

/// The script that `node` runs to start VS Code.
///
/// # Errors
/// When it cannot be installed.
pub fn entry(node: &Path) -> Result<PathBuf> {
    let folder = super::tool("code-server", VERSION, |folder, log| {
        // What its native modules are compiled from.
        super::debian_packages(&[
            "build-essential",
            "pkg-config",
            "python3",
            "libkrb5-dev",
            "libx11-dev",
            "libxkbfile-dev",
            "libsecret-1-dev",
        ])?;
        let mut npm = super::node::npm(node)?;
        npm.args(["install", "--no-save", "--prefix"]).arg(folder).arg(format!("code-server@{VERSION}"));
        process::logged(npm.current_dir(folder), log)
    })?;
    Ok(folder.join("node_modules/code-server/out/node/entry.js"))
}
