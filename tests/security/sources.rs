//! What the source does not have: unsafe code, programs that are run, text of a document that is run as a script.

use std::path::{Path, PathBuf};

use resmark_tests::root;

/// The binding of the generated parser: a language is a C function, and to say so is unsafe.
const BINDING: &str = "grammar/bindings/rust/lib.rs";

/// The files below `folder` that end in `ending`, as paths from the root, with what is in them. What was built or installed
/// is none of the source.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !matches!(name.as_str(), "node_modules" | "target" | "dist") && !name.starts_with('.') {
                    walk(&path, ending, found);
                }
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    assert!(!found.is_empty(), "{folder} has no files {ending}");
    found.sort();
    let name = |path: &PathBuf| path.strip_prefix(root()).unwrap().display().to_string();
    found.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The lines that hold one of these, as `file: line`.
fn lines_with(files: &[(String, String)], words: &[&str]) -> Vec<String> {
    let lines = files.iter().flat_map(|(name, text)| text.lines().map(move |line| (name, line.trim())));
    let found = lines.filter(|(_, line)| words.iter().any(|word| line.contains(word)));
    found.map(|(name, line)| format!("{name}: {line}")).collect()
}

#[test]
fn every_crate_forbids_unsafe_code_but_the_binding_of_the_parser() {
    let manifest: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    assert_eq!(manifest["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    let members = manifest["workspace"]["members"].as_array().unwrap();
    assert!(members.len() >= 4);
    for member in members.iter().map(|member| member.as_str().unwrap()) {
        let path = root().join(member).join("Cargo.toml");
        let manifest: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        let inherits = manifest["lints"].get("workspace").and_then(toml::Value::as_bool) == Some(true);
        assert_eq!(inherits, member != "grammar", "{member}");
    }
    let all: Vec<_> = ["grammar", "server", "xtask", "tests"].iter().flat_map(|folder| files(folder, ".rs")).collect();
    // The word in a comment, in a string or in the name of the lint is none; a block, a function, a trait is.
    let keyword = ["unsafe {", "unsafe fn", "unsafe impl", "unsafe extern", "unsafe trait", "unsafe(", "allow(unsafe"];
    let found = lines_with(&all, &keyword);
    let (binding, elsewhere): (Vec<_>, Vec<_>) = found.iter().partition(|line| line.starts_with(BINDING));
    let elsewhere: Vec<_> =
        elsewhere.into_iter().filter(|line| !line.starts_with("tests/security/sources.rs")).collect();
    assert_eq!(elsewhere, Vec::<&String>::new());
    assert_eq!(binding.len(), 3, "that it is allowed, a declaration, and the call that trusts it: {binding:?}");
}

#[test]
fn the_program_runs_no_other_and_the_lint_that_says_so_has_one_exception() {
    let server: Vec<_> = files("server/src", ".rs");
    let exceptions = lines_with(&server, &["clippy::disallowed"]);
    let (tests, others): (Vec<_>, Vec<_>) =
        exceptions.into_iter().partition(|line| line.contains("makes no pipes with a name"));
    assert_eq!(tests.len(), 3, "{tests:?}");
    assert!(matches!(&others[..], [one] if one.starts_with("server/src/lsp/preview_server.rs: ")), "{others:?}");
    // `unsafe`, and by the language: what is set in the environment is seen by other threads.
    assert_eq!(lines_with(&server, &["env::set_var", "env::remove_var"]), Vec::<String>::new());
}

#[test]
fn files_are_written_in_one_place_and_nothing_is_deleted() {
    let server = files("server/src", ".rs");
    let code: Vec<_> = server
        .into_iter()
        .filter(|(name, _)| !name.ends_with("tests.rs") && !name.ends_with("workspace/file_io.rs"))
        .map(|(name, text)| (name, text.split("#[cfg(test)]\nmod").next().unwrap_or_default().to_owned()))
        .collect();
    let words = [
        "fs::write(",
        "File::create",
        "OpenOptions",
        "fs::remove_",
        "fs::rename",
        "fs::copy",
        "fs::create_dir",
        "set_permissions",
    ];
    assert_eq!(lines_with(&code, &words), Vec::<String>::new());
}

/// `vim.cmd` runs what it is given; here it is given words of ours alone, or, where it takes a name, one that is escaped.
#[test]
fn neovim_runs_no_text_of_a_document_or_of_the_server() {
    let lua = files("editors/neovim/lua", ".lua");
    let never = [
        "os.execute",
        "io.popen",
        "loadstring",
        "load(",
        "dofile(",
        "fn.system",
        "fn.eval",
        "nvim_exec",
        "nvim_eval",
        "nvim_command",
        "fn.execute",
        "luaeval",
        "exrc",
    ];
    let mut found = lines_with(&lua, &never);
    // `package.loaded`, and the plugin's own `load(name)` of its parser, are none of these.
    found.retain(|line| !line.contains("-- ") && !line.contains("function "));
    assert_eq!(found, Vec::<String>::new());
    let fixed = |rest: &str| {
        // A literal and nothing more: `vim.cmd('cfirst')`, `vim.cmd("normal! m'")`.
        ['\'', '"'].iter().any(|quote| {
            rest.strip_prefix('(')
                .and_then(|rest| rest.strip_prefix(*quote))
                .is_some_and(|rest| rest.split_once(*quote).is_some_and(|(_, rest)| rest.starts_with(')')))
        })
    };
    let known = [
        "vim.cmd(('normal! %d\\5'):format(missing))",
        "vim.cmd('normal! ' .. (vim.fn.mode():lower():find('^[v\\22]') and '\\27' or '') .. how)",
        "vim.cmd('Resmark ' .. command[2])",
        "vim.cmd.tabedit(vim.fn.fnameescape(file))",
    ];
    for line in lines_with(&lua, &["vim.cmd(", "vim.cmd."]) {
        let (_, code) = line.split_once(": ").unwrap();
        let rest = code.split_once("vim.cmd").unwrap().1;
        let plain = ["enew", "startinsert", "redrawstatus"].iter().any(|name| rest.starts_with(&format!(".{name}")));
        assert!(fixed(rest) || plain || known.iter().any(|known| code.contains(known)), "{line}");
    }
    // Programs are run by a list of words, never by a shell, and only the one that the user named.
    for line in lines_with(&lua, &["vim.system(", "jobstart(", "uv.spawn(", "termopen("]) {
        assert!(line.contains("vim.system({ command[1], "), "{line}");
    }
}

#[test]
fn vs_code_runs_the_server_alone_and_lets_pages_do_little() {
    let typescript = files("editors/vscode/src", ".ts");
    let all = lines_with(
        &typescript,
        &[
            "child_process",
            "eval(",
            "new Function",
            "createTerminal",
            "supportHtml",
            "isTrusted",
            "enableCommandUris: true",
            "XMLHttpRequest",
            "fetch(",
        ],
    );
    assert_eq!(
        all,
        ["editors/vscode/src/import.ts: import { execFile } from \"node:child_process\";"],
        "no shell, no network"
    );
    let manifest = std::fs::read_to_string(root().join("editors/vscode/package.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let restricted = manifest["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"].as_array().unwrap();
    let settings = manifest["contributes"]["configuration"]["properties"].as_object().unwrap();
    for (name, setting) in settings {
        // Which program is run, and what it is told, is for the user's own settings.
        let of_a_program =
            ["path", "args", "env", "command", "trace"].iter().any(|word| name.to_lowercase().contains(word));
        if of_a_program {
            assert!(restricted.iter().any(|it| it == name), "{name} has to be restricted");
            assert!(
                matches!(setting["scope"].as_str(), Some("machine" | "machine-overridable" | "application" | "window")),
                "{name}"
            );
        }
    }
    assert_eq!(settings["resmark.server.path"]["scope"], "machine", "a folder's settings do not name a program");
}
