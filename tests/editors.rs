//! Real editors, driven by scripts: `tests/editors/neovim/*.lua` and `tests/editors/vscode/*.mjs`.
//!
//! `cargo xtask test` installs the editors and says in the environment where they are, or why there is none
//! (`…_MISSING`). Without that, these tests say that they were skipped.

#[path = "editors/helix.rs"]
mod helix;

use std::path::{Path, PathBuf};
use std::process::Command;

use resmark_tests::{binary, root, shared, skip};
use tempfile::TempDir;

/// The value of the environment variable `name`, or the reason why what it names is not there.
fn equipment(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|_| {
        std::env::var(format!("{name}_MISSING")).unwrap_or_else(|_| "run it through `cargo xtask test`".to_owned())
    })
}

/// A copy of the example workspace, outside the repository so that it is a workspace of its own.
fn examples() -> TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder can be made");
    let copied = Command::new("cp").arg("-r").arg(root().join("examples/.")).arg(copy.path()).status();
    assert!(copied.is_ok_and(|status| status.success()), "the examples cannot be copied");
    copy
}

/// Opens `file` of `folder` in a headless Neovim that has the plugin and nothing of the user's, and runs the script
/// `name` there.
fn neovim(name: &str, folder: &Path, file: &str) {
    let (program, plugin) = match (equipment("RESMARK_NVIM"), equipment("RESMARK_NVIM_PLUGIN")) {
        (Ok(program), Ok(plugin)) => (program, plugin),
        (Err(why), _) | (_, Err(why)) => return skip(&format!("Neovim: {name}"), &why),
    };
    let state = tempfile::tempdir().expect("a temporary folder can be made");
    let output = Command::new(program)
        .args(["--clean", "--headless"])
        .args(["--cmd", "lua vim.opt.runtimepath:prepend(vim.env.RESMARK_NVIM_PLUGIN)"])
        .args(["--cmd", "lua vim.g.resmark = { cmd = { vim.env.RESMARK_SERVER, 'lsp' } }"])
        .arg(file)
        .arg("-c")
        .arg(format!("luafile {}", root().join("tests/editors/neovim").join(name).display()))
        .env("RESMARK_NVIM_PLUGIN", plugin)
        .env("RESMARK_SERVER", binary())
        // The log of the language client goes here, not to the user's.
        .env("XDG_STATE_HOME", state.path())
        .current_dir(folder)
        .output()
        .expect("Neovim can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn neovim_shows_and_mends_the_examples() {
    neovim("examples.lua", examples().path(), "start-here.resmark");
}

#[test]
fn neovim_colours_and_folds_without_the_server() {
    neovim("without_server.lua", examples().path(), "start-here.resmark");
}

#[test]
fn neovim_opens_the_next_clause_on_enter() {
    neovim("typing.lua", examples().path(), "start-here.resmark");
}

#[test]
fn neovim_completes_citations() {
    neovim("completion.lua", examples().path(), "start-here.resmark");
}

#[test]
fn neovim_offers_to_renumber_and_renames_clauses() {
    neovim("renumbering.lua", examples().path(), "start-here.resmark");
}

#[test]
fn neovim_updates_citations() {
    neovim("updating.lua", examples().path(), "start-here.resmark");
}

#[test]
fn neovim_fixes_on_save_and_follows_the_configuration() {
    neovim("settings.lua", examples().path(), "start-here.resmark");
}

#[test]
fn neovim_shows_who_cites_whom() {
    neovim("graph.lua", examples().path(), "itu/wtdc-191.resmark");
}

#[test]
fn neovim_has_commands() {
    neovim("commands.lua", examples().path(), "start-here.resmark");
}

/// What `cargo xtask try` shows without a terminal.
#[test]
fn neovim_gives_the_tour() {
    neovim("tour.lua", examples().path(), "start-here.resmark");
}

#[test]
fn neovim_has_nothing_to_complain_of_in_its_health() {
    neovim("health.lua", examples().path(), "start-here.resmark");
}

/// What a drafter does with a real resolution, from the text that a converter left to the renumbered one.
#[test]
fn neovim_takes_an_imported_resolution_all_the_way() {
    const NAME: &str = "Neovim: an imported resolution";
    let source = shared().map(|folder| folder.join("seeds/004_88187c1c78d8be9e.txt")).filter(|path| path.is_file());
    let Some(source) = source else { return skip(NAME, "the real texts are not here") };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let imported: PathBuf = folder.path().join("004.resmark");
    let output = Command::new(binary()).arg("import").arg(source).arg("-o").arg(&imported).output();
    let output = output.expect("the resmark binary can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    neovim("imported.lua", folder.path(), "004.resmark");
}

#[test]
fn helix_shows_and_mends_the_examples() {
    helix::walk();
}

/// Runs `script` of `tests/editors/vscode` on the example workspace; what it prints, a line for each feature, is shown.
fn vscode(script: &str) {
    let described = match equipment("RESMARK_VSCODE") {
        Ok(described) => described,
        Err(why) => return skip(&format!("VS Code: {script}"), &why),
    };
    let described: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&described).expect("RESMARK_VSCODE is a JSON object");
    let value = |name: &str| described.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let mut node = Command::new(value("node"));
    for (name, value) in described.iter().filter(|(name, _)| name.starts_with("RESMARK_")) {
        node.env(name, value.as_str().unwrap_or_default());
    }
    let output = node.arg(root().join("tests/editors/vscode").join(script)).arg(root().join("examples")).output();
    let output = output.expect("Node.js can be started");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}\n{}", String::from_utf8_lossy(&output.stderr));
    println!("{printed}");
}

/// Each file of `tests/editors/vscode/features`, in one VS Code.
#[test]
fn vscode_has_its_features() {
    vscode("test.mjs");
}
