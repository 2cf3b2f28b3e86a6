//! VS Code as a server, to be used in a browser.

use std::path::PathBuf;

use anyhow::Result;

use super::node::Node;
use crate::process;

const VERSION: &str = "4.139.1";

/// The script that `node` runs to start VS Code.
///
/// # Errors
/// When it cannot be installed.
pub fn entry(node: &Node) -> Result<PathBuf> {
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
        let mut npm = node.npm(folder)?;
        npm.args(["install", "--no-save", "--prefix"]).arg(folder).arg(format!("code-server@{VERSION}"));
        process::logged(&mut npm, log)
    })?;
    Ok(folder.join("node_modules/code-server/out/node/entry.js"))
}
