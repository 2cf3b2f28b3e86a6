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

/// The versions of Neovim that the scripts are run in, by the variables that say where they are.
const NEOVIMS: [(&str, &str); 2] = [("Neovim", "RESMARK_NVIM"), ("the older Neovim", "RESMARK_NVIM_OLDER")];

/// Runs the script `name` in each Neovim, with `file` open in the folder that `folder` makes.
fn neovim<F: AsRef<Path>>(name: &str, folder: impl Fn() -> F, file: &str) {
    for (editor, variable) in NEOVIMS {
        match (equipment(variable), equipment("RESMARK_NVIM_PLUGIN")) {
            (Ok(program), Ok(plugin)) => {
                if let Err(printed) = run_neovim(&program, &plugin, name, folder().as_ref(), file) {
                    panic!("{editor}: {printed}");
                }
            }
            (Err(why), _) | (_, Err(why)) => skip(&format!("{editor}: {name}"), &why),
        }
    }
}

/// Opens `file` of `folder` in a headless Neovim that has the plugin and nothing of the user's, and runs the script
/// `name` there.
///
/// # Errors
/// What the script printed, when it failed.
fn run_neovim(program: &str, plugin: &str, name: &str, folder: &Path, file: &str) -> Result<(), String> {
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
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn neovim_shows_and_mends_the_examples() {
    neovim("examples.lua", examples, "start-here.resmark");
}

#[test]
fn neovim_colours_and_folds_without_the_server() {
    neovim("without_server.lua", examples, "start-here.resmark");
}

#[test]
fn neovim_opens_the_next_clause_on_enter() {
    neovim("typing.lua", examples, "start-here.resmark");
}

#[test]
fn neovim_completes_citations() {
    neovim("completion.lua", examples, "start-here.resmark");
}

#[test]
fn neovim_offers_to_renumber_and_renames_clauses() {
    neovim("renumbering.lua", examples, "start-here.resmark");
}

#[test]
fn neovim_leads_to_versions_and_shows_what_belongs_together() {
    neovim("reading.lua", examples, "start-here.resmark");
}

#[test]
fn neovim_updates_citations() {
    neovim("updating.lua", examples, "start-here.resmark");
}

#[test]
fn neovim_fixes_on_save_and_follows_the_configuration() {
    neovim("settings.lua", examples, "start-here.resmark");
}

#[test]
fn neovim_shows_who_cites_whom() {
    neovim("graph.lua", examples, "itu/wtdc-191.resmark");
}

#[test]
fn neovim_has_commands() {
    neovim("commands.lua", examples, "start-here.resmark");
}

#[test]
fn neovim_moves_by_clauses_and_sections() {
    neovim("moving.lua", examples, "README.md");
}

#[test]
fn neovim_shows_the_printed_resolution_and_its_citations() {
    neovim("previewing.lua", examples, "README.md");
}

#[test]
fn neovim_opens_the_browser() {
    neovim("browser.lua", examples, "README.md");
}

#[test]
fn neovim_has_a_status_of_the_resolution() {
    neovim("statusline.lua", examples, "README.md");
}

#[test]
fn neovim_starts_the_server_in_each_way() {
    neovim("starting.lua", examples, "README.md");
}

#[test]
fn neovim_has_colours_that_can_be_read() {
    neovim("colours.lua", examples, "README.md");
}

#[test]
fn neovim_has_help_on_all_there_is() {
    neovim("help.lua", examples, "README.md");
}

/// The first day of somebody new, from a home with nothing in it.
#[test]
fn neovim_serves_a_newcomer() {
    neovim("walk.lua", examples, "README.md");
}

#[test]
fn neovim_says_that_a_server_is_too_old() {
    neovim("older_server.lua", examples, "README.md");
}

/// What `cargo xtask try` shows without a terminal.
#[test]
fn neovim_gives_the_tour() {
    neovim("tour.lua", examples, "start-here.resmark");
}

#[test]
fn neovim_has_nothing_to_complain_of_in_its_health() {
    neovim("health.lua", examples, "start-here.resmark");
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
    // A copy for each, as the script changes it.
    let copy = || {
        let own = tempfile::tempdir().expect("a temporary folder can be made");
        std::fs::copy(&imported, own.path().join("004.resmark")).expect("the text can be copied");
        own
    };
    neovim("imported.lua", copy, "004.resmark");
}

/// Runs the tests in `tests/editors/emacs` in the Emacs that the variable `program` names, with the modes and, if
/// `grammars` are wanted, the grammar.
fn emacs(program: &str, grammars: bool) {
    let name = format!("Emacs: {program}");
    let program = match equipment(program) {
        Ok(program) => program,
        Err(why) => return skip(&name, &why),
    };
    let (folder, home) = (examples(), tempfile::tempdir().expect("a temporary folder can be made"));
    let mut emacs = Command::new(program);
    if grammars {
        match equipment("RESMARK_EMACS_GRAMMARS") {
            Ok(_) => emacs.env("RESMARK_EMACS_TREESIT", "1"),
            Err(why) => return skip(&name, &why),
        };
    }
    let output = emacs
        // `-q`: nothing of the user's, but the packages of the machine, of which eglot may be one.
        .args(["--batch", "-q", "-l"])
        .arg(root().join("tests/editors/emacs/resmark-test.el"))
        .args(["-f", "ert-run-tests-batch-and-exit"])
        .env("RESMARK_EMACS_LISP", root().join("editors/emacs"))
        .env("RESMARK_SERVER", binary())
        .env("HOME", home.path())
        .env("LC_ALL", "C.UTF-8")
        .current_dir(folder.path())
        .output()
        .expect("Emacs can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The machine's own Emacs, 28 in Debian 12: colours by regexps.
#[test]
fn emacs_shows_and_mends_the_examples() {
    emacs("RESMARK_EMACS", false);
}

/// A newer one: colours by the grammar.
#[test]
fn emacs_with_tree_sitter_shows_and_mends_the_examples() {
    emacs("RESMARK_EMACS_NEW", true);
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
    // A script that needs no VS Code starts the server itself.
    node.env("RESMARK_SERVER", binary());
    let output = node.arg(root().join("tests/editors/vscode").join(script)).arg(root().join("examples")).output();
    let output = output.expect("Node.js can be started");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}\n{}", String::from_utf8_lossy(&output.stderr));
    println!("{printed}");
}

/// The pages that `resmark/previewAddress` serves, in a browser alone.
#[test]
fn a_browser_shows_the_preview() {
    vscode("preview.mjs");
}

/// Each file of `tests/editors/vscode/features`, in one VS Code.
#[test]
fn vscode_has_its_features() {
    vscode("test.mjs");
}

/// From an empty home folder to a resolution of one's own, as a new user goes.
#[test]
fn vscode_leads_a_new_user() {
    vscode("walk.mjs");
}

/// What the grammar for VS Code makes of each construct of the markup.
#[test]
fn vscode_colours_without_the_server() {
    vscode("colours.mjs");
}
