//! What the project itself makes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::{paths, process, setup};

/// The licences of what the program and the extension are made from, to be handed out with them.
const NOTICES: &str = "THIRD-PARTY-NOTICES.md";

/// Builds the server, optimised with `release`, and returns the path of the binary. Beside an
/// optimised one, which is to be handed out, lie the licences of what it is made from.
///
/// # Errors
/// When it does not compile.
pub fn server(release: bool) -> Result<PathBuf> {
    process::step("Building the server", || {
        let mut cargo = process::cargo();
        // With this very task chosen as well, the dependencies have the features that they were compiled with for it, and
        // are not compiled again.
        cargo.args(["build", "--package", "resmark", "--package", "xtask", "--bin", "resmark"]);
        if release {
            cargo.arg("--release");
        }
        process::run(&mut cargo)
    })?;
    let folder = paths::target().join(if release { "release" } else { "debug" });
    if release {
        crate::audit::notices(&folder.join(NOTICES))?;
    }
    Ok(folder.join(format!("resmark{}", std::env::consts::EXE_SUFFIX)))
}

/// Completes the Neovim plugin with what is made from the grammar, the parser as a shared library and the queries, and with
/// the tags of its help, so that `:help resmark` finds it at once. All are ignored by git.
///
/// # Errors
/// When there is no C compiler or the folder cannot be written.
pub fn neovim_plugin() -> Result<PathBuf> {
    let grammar = paths::root().join("grammar");
    let plugin = paths::root().join("editors/neovim");
    parser(&grammar.join("src"), &plugin.join("parser/resmark.so"))?;

    copy_queries(&grammar.join("queries"), &plugin.join("queries/resmark"))?;
    let help = std::fs::read_to_string(plugin.join("doc/resmark.txt")).context("the plugin has no help")?;
    std::fs::write(plugin.join("doc/tags"), help_tags(&help, "resmark.txt"))?;
    Ok(plugin)
}

/// The file of tags that Neovim's `:helptags` makes of the help `text` in `file`: each `*tag*` with where it is, in order.
fn help_tags(text: &str, file: &str) -> String {
    let tag = |word: &str| Some(word.strip_prefix('*')?.strip_suffix('*')?.to_owned());
    let mut tags: Vec<String> = text.split_whitespace().filter_map(tag).collect();
    tags.retain(|tag| !tag.is_empty() && !tag.contains('*'));
    tags.sort_unstable();
    tags.iter().map(|tag| format!("{tag}\t{file}\t/*{tag}*\n")).collect()
}

/// Makes what Helix wants in its runtime folder: the parser as a shared library, the queries that are written for Helix,
/// and of the grammar's the one that Helix reads like every editor.
///
/// # Errors
/// When there is no C compiler or the folder cannot be written.
pub fn helix_runtime() -> Result<PathBuf> {
    let grammar = paths::root().join("grammar");
    let helix = paths::root().join("editors/helix");
    let runtime = helix.join("runtime");
    parser(&grammar.join("src"), &runtime.join("grammars/resmark.so"))?;
    let queries = runtime.join("queries/resmark");
    copy_queries(&helix.join("queries"), &queries)?;
    std::fs::copy(grammar.join("queries/injections.scm"), queries.join("injections.scm"))?;
    Ok(runtime)
}

/// Makes the parser under the name by which Emacs 29 and later load it, and returns the folder.
///
/// # Errors
/// When there is no C compiler or the folder cannot be written.
pub fn emacs_grammars() -> Result<PathBuf> {
    let folder = paths::root().join("editors/emacs/tree-sitter");
    parser(&paths::root().join("grammar/src"), &folder.join("libtree-sitter-resmark.so"))?;
    Ok(folder)
}

/// Copies the queries in `from` to the folder `to`.
fn copy_queries(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| format!("no queries in {}", from.display()))? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.extension().is_some_and(|it| it == "scm")) {
            std::fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// Compiles the generated parser and its scanner into the shared library `library`, unless that is newer than all of them.
fn parser(sources: &Path, library: &Path) -> Result<()> {
    let changed = |path: &Path| path.metadata().and_then(|it| it.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let files: Vec<PathBuf> =
        ["parser.c", "scanner.c"].iter().map(|name| sources.join(name)).filter(|path| path.is_file()).collect();
    let headers = std::fs::read_dir(sources.join("scanner")).into_iter().flatten().flatten().map(|entry| entry.path());
    let parts: Vec<PathBuf> = files.iter().cloned().chain(headers).collect();
    if library.is_file() && parts.iter().all(|part| changed(part) < changed(library)) {
        return Ok(());
    }
    let folder = library.parent().context("the parser lies in a folder")?;
    std::fs::create_dir_all(folder)?;
    // Renamed into place: an editor that has the old one open keeps it whole.
    let unfinished = library.with_extension("new");
    process::step(&format!("Compiling the parser into {}", library.display()), || {
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let mut cc = Command::new(compiler);
        cc.args(["-shared", "-fPIC", "-O2", "-std=c11", "-I"]).arg(sources).args(&files).arg("-o").arg(&unfinished);
        process::run(&mut cc)
    })?;
    std::fs::rename(&unfinished, library)?;
    Ok(())
}

/// Builds and packages the VS Code extension with the binary `server` in it, for the kind of machine that this is, and
/// returns the path of the `.vsix`. Where VS Code has no name for that kind, the package has no server and suits all.
///
/// # Errors
/// When Node.js or a package cannot be had, or the extension does not compile.
pub fn extension(server: &Path) -> Result<PathBuf> {
    let node = setup::node::install()?;
    let folder = paths::root().join("editors/vscode");
    setup::npm_packages(&node, &folder)?;

    let bundled = folder.join("server");
    if bundled.is_dir() {
        std::fs::remove_dir_all(&bundled)?;
    }
    let target = vscode_target();
    if target.is_some() {
        std::fs::create_dir_all(&bundled)?;
        let name = server.file_name().context("the server is a file")?;
        std::fs::copy(server, bundled.join(name))?;
        strip(&bundled.join(name));
    }

    // What has its one source elsewhere in the project: the schemas beside the types that they describe, the page of every
    // preview, an example, the licences.
    copy_into(&folder.join("schema"), "server/schema", &["resmark.schema.json"])?;
    copy_into(&folder.join("schema"), "server/catalogue/schema", &["catalogue.schema.json"])?;
    copy_into(&folder.join("media"), "server/preview", &["preview.css", "preview.js"])?;
    copy_into(&folder.join("examples"), "examples", &["start-here.resmark"])?;
    copy_into(&folder, "", &["LICENSE", "LICENSE-APACHE", "LICENSE-MIT"])?;
    crate::audit::notices(&folder.join(NOTICES))?;

    let package = paths::output("packages")?.join("resmark.vsix");
    let log = paths::output("logs")?.join("vscode.log");
    process::step("Packaging the VS Code extension", || {
        process::logged(node.npm(&folder)?.args(["run", "check"]), &log)?;
        let mut npm = node.npm(&folder)?;
        npm.args(["run", "package", "--", "--out"]).arg(&package);
        if let Some(target) = target {
            npm.args(["--target", target]);
        }
        process::logged(&mut npm, &log)
    })?;
    Ok(package)
}

/// What VS Code calls the kind of machine that this is built for.
fn vscode_target() -> Option<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH, cfg!(target_env = "musl")) {
        ("linux", "x86_64", false) => Some("linux-x64"),
        ("linux", "aarch64", false) => Some("linux-arm64"),
        ("linux", "x86_64", true) => Some("alpine-x64"),
        ("linux", "aarch64", true) => Some("alpine-arm64"),
        ("linux", "arm", false) => Some("linux-armhf"),
        ("macos", "x86_64", _) => Some("darwin-x64"),
        ("macos", "aarch64", _) => Some("darwin-arm64"),
        ("windows", "x86_64", _) => Some("win32-x64"),
        ("windows", "aarch64", _) => Some("win32-arm64"),
        _ => None,
    }
}

/// Takes what is for debugging out of the program, where there is a tool for it: two thirds of a build that is not
/// optimised. On other systems than Linux it might spoil the program's signature.
fn strip(program: &Path) {
    if cfg!(target_os = "linux") {
        // Without it the package is larger, and nothing else.
        let _ = Command::new("strip").arg(program).status();
    }
}

/// Copies the files `names` of `from`, a folder of the repository, into `folder`.
fn copy_into(folder: &Path, from: &str, names: &[&str]) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for name in names {
        let source = paths::root().join(from).join(name);
        std::fs::copy(&source, folder.join(name)).with_context(|| format!("cannot copy {}", source.display()))?;
    }
    Ok(())
}
