//! The tree-sitter command line, which runs the grammar's own tests. Only this needs it: the parser is committed.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process;

const VERSION: &str = "0.27.1";

/// The program: one in `PATH` of this very version, or one compiled on demand.
///
/// # Errors
/// When it cannot be compiled.
pub fn program() -> Result<PathBuf> {
    let right_version = |program: &PathBuf| {
        process::capture(Command::new(program).arg("--version")).is_ok_and(|printed| printed.contains(VERSION))
    };
    if let Some(found) = process::which("tree-sitter").filter(right_version) {
        return Ok(found);
    }
    let folder = super::tool("tree-sitter", VERSION, |folder, log| {
        let mut cargo = process::cargo();
        cargo.args(["install", "tree-sitter-cli", "--locked", "--version", VERSION, "--root"]).arg(folder);
        process::logged(&mut cargo, log)
    })?;
    Ok(folder.join("bin/tree-sitter"))
}
