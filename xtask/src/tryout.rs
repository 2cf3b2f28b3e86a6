//! `cargo xtask try`: a copy of the example workspace in a real editor.

use std::io::IsTerminal;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::{build, paths, process, setup};

/// The example that is opened first.
const FIRST: &str = "start-here.resmark";

/// Opens the examples in Neovim; without a terminal, drives Neovim by a script.
///
/// # Errors
/// When something cannot be built or installed, or the script found nothing to show.
pub fn neovim() -> Result<()> {
    let server = build::server(false)?;
    let plugin = build::neovim_plugin()?;
    let program = setup::neovim::program()?;
    let examples = Examples::copy()?;

    let mut editor = Command::new(program);
    editor
        .arg("--clean")
        .args(["--cmd", "lua vim.opt.runtimepath:prepend(vim.env.RESMARK_PLUGIN)"])
        .args(["--cmd", "lua vim.g.resmark = { cmd = { vim.env.RESMARK_SERVER, 'lsp' } }"])
        .env("RESMARK_PLUGIN", &plugin)
        .env("RESMARK_SERVER", &server)
        .current_dir(examples.folder());
    if is_terminal() {
        eprintln!("• Opening a copy of the examples in Neovim. Start with `:help resmark`; leave with `:qa!`.");
        return process::run(editor.arg(FIRST));
    }
    eprintln!("• No terminal here: Neovim is driven by a script, and this is what a drafter would have seen.");
    let tour = paths::root().join("tests/editors/neovim/tour.lua");
    // Neovim wants this option before the file.
    process::run(editor.arg("--headless").arg(FIRST).arg("-c").arg(format!("luafile {}", tour.display())))
}

/// Serves VS Code with the examples open and prints its address; without a terminal, drives it by a script.
///
/// # Errors
/// When something cannot be built or installed, or the script found nothing to show.
pub fn code() -> Result<()> {
    let server = build::server(false)?;
    let package = build::extension(&server)?;
    let node = setup::node::install()?;
    let entry = setup::code_server::entry(&node)?;
    let scripts = paths::root().join("tests/editors/vscode");

    let mut script = Command::new(node.program());
    script.env("RESMARK_CODE_SERVER", entry).env("RESMARK_VSIX", package);
    let examples = Examples::copy()?;
    if is_terminal() {
        script.arg(scripts.join("serve.mjs"));
    } else {
        setup::npm_packages(&node, &scripts)?;
        script.env("RESMARK_BROWSER", setup::browser::program()?);
        script.env("RESMARK_SCREENSHOTS", paths::output("screenshots")?);
        script.arg(scripts.join("tour.mjs"));
        eprintln!("• No terminal here: VS Code is driven by a script, and this is what a drafter would have seen.");
    }
    process::run(script.arg(examples.folder()).arg(FIRST))
}

fn is_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// A copy of the examples, outside the repository so that it is a workspace of its own; gone when this is dropped.
struct Examples(TempDir);

impl Examples {
    fn copy() -> Result<Examples> {
        let folder = tempfile::Builder::new().prefix("resmark-examples-").tempdir()?;
        copy_folder(&paths::root().join("examples"), folder.path())?;
        Ok(Examples(folder))
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in std::fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir_all(&target)?;
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
