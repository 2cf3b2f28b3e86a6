//! Language servers for other markups, to measure beside.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::json;

use crate::process;

const RUFF: &str = "0.17.6";
const TEXLAB: &str = "4.3.2";
/// Of `vscode-markdown-languageserver`.
const MARKDOWN: &str = "0.5.0";
/// What reads Markdown, which that server leaves to its client.
const MARKDOWN_IT: &str = "14.1.0";

/// Where they are and in which versions, as JSON for what measures; what cannot be had is left out, and that is said.
pub fn all() -> String {
    let there = |name: &str, found: Result<serde_json::Value>| match found {
        Ok(found) => found,
        Err(error) => {
            eprintln!("  {name} cannot be had here: {error:#}");
            serde_json::Value::Null
        }
    };
    json!({
        "ruff": there("ruff", ruff().map(|program| json!(program))),
        "texlab": there("texlab", texlab().map(|program| json!(program))),
        "markdown": there("the Markdown server", markdown().map(|found| json!(found))),
        "versions": { "ruff": RUFF, "texlab": TEXLAB, "markdown": MARKDOWN },
    })
    .to_string()
}

fn ruff() -> Result<PathBuf> {
    Ok(super::python::environment("ruff", RUFF, &[&format!("ruff=={RUFF}")])?.join("bin/ruff"))
}

fn texlab() -> Result<PathBuf> {
    let folder = super::tool("texlab", TEXLAB, |folder, log| {
        let mut cargo = process::cargo();
        cargo.args(["install", "texlab", "--locked", "--version", TEXLAB, "--root"]).arg(folder);
        process::logged(&mut cargo, log)
    })?;
    Ok(folder.join("bin/texlab"))
}

/// Node.js, and the folder of the server's packages.
fn markdown() -> Result<(PathBuf, PathBuf)> {
    let node = super::node::install()?;
    let folder = super::tool("markdown", MARKDOWN, |folder, log| {
        let mut npm = node.npm(folder)?;
        npm.args(["install", "--no-save", "--prefix"]).arg(folder);
        npm.args([format!("vscode-markdown-languageserver@{MARKDOWN}"), format!("markdown-it@{MARKDOWN_IT}")]);
        process::logged(&mut npm, log)
    })?;
    Ok((node.program(), folder))
}
