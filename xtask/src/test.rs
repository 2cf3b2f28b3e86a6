//! `cargo xtask test`: every test there is, with what they need installed first, and one count of it all.

mod count;

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Result, bail};

use crate::{build, guide, paths, process, setup};
use count::Count;

/// Runs one part and counts.
type Part = fn(&mut Count) -> Result<()>;

/// Runs the parts whose name contains `only`, or all, and prints a summary.
///
/// # Errors
/// When a test failed.
pub fn run(only: Option<&str>) -> Result<()> {
    let parts: [(&str, Part); 4] =
        [("workspace", workspace), ("grammar", grammar), ("parser", parser_is_current), ("docs", guide_is_whole)];
    let mut total = Count::default();
    for (name, part) in parts.into_iter().filter(|(name, _)| only.is_none_or(|only| name.contains(only))) {
        let mut count = Count::default();
        if let Err(error) = part(&mut count) {
            count.fail(name, &format!("{error:#}"));
        }
        eprintln!("  {name}: {count}");
        total.add(count);
    }
    total.report();
    if total.failed() {
        bail!("tests failed; what they printed is kept in {}", paths::output("logs")?.display());
    }
    Ok(())
}

/// All that `cargo test` runs: the crates' own tests and the black-box tests, which drive the binary, a foreign client
/// of the protocol and real editors. These find what was installed for them in the environment, or why it was not.
fn workspace(count: &mut Count) -> Result<()> {
    let server = build::server(false)?;
    let mut cargo = process::cargo();
    cargo.args(["test", "--workspace", "--no-fail-fast", "--", "--show-output"]).env("RESMARK_BINARY", &server);
    for (variable, value) in equipment(&server) {
        cargo.env(variable, value);
    }
    let log = fresh_log("workspace")?;
    eprintln!("• Running the tests of the workspace …");
    let mut reader = count::LibtestReader::default();
    let succeeded = process::lines(&mut cargo, &log, |line| reader.line(line, count))?;
    if (!succeeded || count.is_empty()) && !count.failed() {
        count.fail("cargo test", &format!("did not get as far as running a test; see {}", log.display()));
    }
    Ok(())
}

/// The environment variables by which the tests find what was installed for them. Where something could not be had, its
/// variable ends in `_MISSING` and says why; the test that wants it says that it was skipped.
fn equipment(server: &Path) -> Vec<(String, OsString)> {
    let mut variables = Vec::new();
    let mut offer = |name: &str, found: Result<OsString>| match found {
        Ok(value) => variables.push((name.to_owned(), value)),
        Err(error) => {
            eprintln!("  cannot be had here: {error:#}");
            variables.push((format!("{name}_MISSING"), format!("{error:#}").replace('\n', " ").into()));
        }
    };
    offer("RESMARK_NVIM", setup::neovim::program().map(OsString::from));
    offer("RESMARK_NVIM_OLDER", setup::neovim::older().map(OsString::from));
    offer("RESMARK_NVIM_PLUGIN", build::neovim_plugin().map(OsString::from));
    offer("RESMARK_TMUX", setup::tmux::program().map(OsString::from));
    offer("RESMARK_STRACE", setup::strace::program().map(OsString::from));
    offer("RESMARK_HELIX", setup::helix::program().map(OsString::from));
    offer("RESMARK_HELIX_RUNTIME", build::helix_runtime().map(OsString::from));
    offer("RESMARK_EMACS", setup::emacs::program().map(OsString::from));
    offer("RESMARK_EMACS_NEW", setup::emacs::newer().map(OsString::from));
    offer("RESMARK_EMACS_GRAMMARS", build::emacs_grammars().map(OsString::from));
    offer("RESMARK_VSCODE", vscode(server));
    variables
}

/// The command that runs a script with VS Code at hand, as a JSON object of environment variables and `node`.
fn vscode(server: &Path) -> Result<OsString> {
    let node = setup::node::install()?;
    let entry = setup::code_server::entry(&node)?;
    let browser = setup::browser::program()?;
    setup::npm_packages(&node, &paths::root().join("tests/editors/vscode"))?;
    let package = build::extension(server)?;
    // A picture of what failed before is none of this run's.
    std::fs::remove_dir_all(paths::output("screenshots")?)?;
    let described = serde_json::json!({
        "node": node.program(),
        "RESMARK_CODE_SERVER": entry,
        "RESMARK_BROWSER": browser,
        "RESMARK_VSIX": package,
        "RESMARK_SCREENSHOTS": paths::output("screenshots")?,
        "RESMARK_SCHEMES": "light,dark",
    });
    Ok(described.to_string().into())
}

/// The grammar's own tests: each construct of the markup with its tree.
fn grammar(count: &mut Count) -> Result<()> {
    let program = match setup::tree_sitter::program() {
        Ok(program) => program,
        Err(error) => {
            count.skip("the grammar's corpus", &format!("{error:#}"));
            return Ok(());
        }
    };
    eprintln!("• Running the grammar's corpus …");
    let mut command = std::process::Command::new(program);
    command.arg("test").current_dir(paths::root().join("grammar")).env("NO_COLOR", "1");
    let log = fresh_log("grammar")?;
    let succeeded = process::lines(&mut command, &log, |line| count.corpus_line(line))?;
    if (!succeeded || count.is_empty()) && !count.failed() {
        count.fail("the grammar's corpus", &format!("see {}", log.display()));
    }
    Ok(())
}

/// That the committed parser is the one that the grammar generates.
fn parser_is_current(count: &mut Count) -> Result<()> {
    const NAME: &str = "the committed parser is what the grammar generates";
    let program = match setup::tree_sitter::program() {
        Ok(program) => program,
        Err(error) => {
            count.skip(NAME, &format!("{error:#}"));
            return Ok(());
        }
    };
    let grammar = paths::root().join("grammar");
    let generated = tempfile::tempdir()?;
    let mut command = std::process::Command::new(program);
    command
        .args(["generate", "--abi", "14", "--js-runtime", "native", "--output"])
        .arg(generated.path())
        .current_dir(&grammar);
    process::logged(&mut command, &fresh_log("parser")?)?;
    let same = |name: &str| {
        Ok::<_, std::io::Error>(
            std::fs::read(generated.path().join(name))? == std::fs::read(grammar.join("src").join(name))?,
        )
    };
    if same("parser.c")? {
        count.pass();
    } else {
        count.fail(NAME, "grammar/src/parser.c differs: run `tree-sitter generate --abi 14` in grammar/ and commit it");
    }
    Ok(())
}

/// That the site of the guide is built, which it is not where a link leads nowhere, and that a reader finds things in it.
fn guide_is_whole(count: &mut Count) -> Result<()> {
    const BUILT: &str = "the guide is built as a site and no link in it leads nowhere";
    const READ: &str = "the guide is read in a browser";
    let node = match setup::node::install() {
        Ok(node) => node,
        Err(error) => {
            count.skip(BUILT, &format!("{error:#}"));
            return Ok(());
        }
    };
    let site = guide::build(&node, "/resmark/")?;
    count.pass();
    let browser = match setup::browser::program() {
        Ok(browser) => browser,
        Err(error) => {
            count.skip(READ, &format!("{error:#}"));
            return Ok(());
        }
    };
    eprintln!("• Reading the guide in a browser …");
    let mut reader = std::process::Command::new(node.program());
    reader
        .arg(paths::root().join("site/test/read.mjs"))
        .env("RESMARK_SITE", &site)
        .env("RESMARK_SITE_BASE", "/resmark/")
        .env("RESMARK_BROWSER", browser)
        .env("RESMARK_SCREENSHOTS", paths::output("screenshots")?);
    let log = fresh_log("docs")?;
    let mut lines = count::LibtestReader::default();
    let succeeded = process::lines(&mut reader, &log, |line| lines.line(line, count))?;
    if !succeeded && !count.failed() {
        count.fail(READ, &format!("see {}", log.display()));
    }
    Ok(())
}

/// The path of the log `name`, with what an earlier run left there taken away.
fn fresh_log(name: &str) -> Result<std::path::PathBuf> {
    let log = paths::output("logs")?.join(format!("{name}.log"));
    let _ = std::fs::remove_file(&log);
    Ok(log)
}
