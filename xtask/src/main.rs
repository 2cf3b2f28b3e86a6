//! The project's own tasks: `cargo xtask try`, `cargo xtask test` and what they are made of.
//!
//! - `paths`: where things lie. `process`: running programs and keeping what they print.
//! - `setup`: one file for each foreign program that is installed on demand, into a cache, once.
//! - `build`: what the project itself makes: the server, the parser, the plugin, the extension.
//! - `catalogue`: the bundled facts, made from tables.
//! - `accuracy`: how well citations are read in real texts.
//! - `fuzz`: inputs that nobody would write, for as long as one likes.
//! - `bench`: how long a drafter waits, beside what cannot be gone below and beside other language servers.
//! - `guide`: the user's guide as a site.
//! - `audit`: what the project is made from, held against its policy.
//! - `tryout`: opens the examples in a real editor. `test`: runs every test there is and counts.

mod accuracy;
mod audit;
mod bench;
mod build;
mod catalogue;
mod fuzz;
mod guide;
mod paths;
mod pictures;
mod process;
mod setup;
mod test;
mod tryout;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Tasks of the Resmark project.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and open a copy of the example workspace in Neovim.
    ///
    /// Without a terminal the same editor is driven by a script, which prints what a drafter would have seen.
    Try {
        /// Open it in VS Code, in a browser, instead.
        #[arg(long)]
        code: bool,
    },
    /// Install what the tests need and run them all.
    ///
    /// What cannot be installed here is skipped by name and counted. The last line reads `N passed, N failed, N skipped`.
    Test {
        /// Run only the parts whose name contains this: workspace, grammar, parser, docs.
        #[arg(value_name = "PART")]
        only: Option<String>,
    },
    /// Install what `try` and `test` need, and nothing more; later runs then do without the network.
    Setup,
    /// Build the server, the tree-sitter parser, the Neovim plugin and the parts for Helix and Emacs; with `--code` the VS Code extension too.
    Build {
        /// Build and package the VS Code extension as well (needs Node and the network once).
        #[arg(long)]
        code: bool,
        /// Build the server optimised, as it is handed out.
        #[arg(long)]
        release: bool,
    },
    /// Build the user's guide as a static site with search.
    ///
    /// It works behind any static server, without a network.
    Docs {
        /// Serve it on this machine afterwards, until Ctrl+C.
        #[arg(long)]
        serve: bool,
        /// The path below which it will be served.
        #[arg(long, value_name = "PATH", default_value = "/")]
        base: String,
    },
    /// Make the pictures of the README anew, in `docs/images`, by the test that looks at the same in VS Code.
    Pictures,
    /// Measure how well citations are read in the real texts beside the repository (or where RESMARK_SHARED says).
    ///
    /// The report goes to `target/accuracy/`; what counts as true is said in `tests/accuracy.md`.
    Accuracy(accuracy::Accuracy),
    /// Try inputs at random on everything that reads, edits and answers, for as long as asked, on one core.
    ///
    /// What is found is made small and kept in a file. The exit code is 1 when something was found; see `tests/fuzz.md`.
    Fuzz(fuzz::Fuzz),
    /// Check what the project is made from: licences, sources, advisories, without a network.
    ///
    /// The policy is `deny.toml`; what else is checked is said in `supply-chain/README.md`.
    Audit(audit::Audit),
    /// Measure how long a drafter waits, beside what cannot be gone below, and compare with the figures that are kept.
    ///
    /// The page goes to `target/bench/figures.md`. It fails when a ratio to its limit is worse by a third than the one in
    /// `tests/bench/ratios.json`.
    Bench(bench::Bench),
    /// Make the bundled catalogue anew from tables of facts.
    #[command(subcommand)]
    Catalogue(catalogue::CatalogueTask),
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What went wrong, not where in the tasks' own source.
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Try { code: false } => tryout::neovim(),
        Task::Try { code: true } => tryout::code(),
        Task::Test { only } => test::run(only.as_deref()),
        Task::Setup => setup::everything(),
        Task::Docs { serve, base } => guide::run(&base, serve),
        Task::Pictures => pictures::make(),
        Task::Accuracy(task) => accuracy::run(&task),
        Task::Fuzz(task) => fuzz::run(&task),
        Task::Audit(task) => audit::run(&task),
        Task::Bench(task) => bench::run(&task),
        Task::Catalogue(task) => catalogue::run(task),
        Task::Build { code, release } => {
            let server = build::server(release)?;
            println!("server: {}", server.display());
            println!("Neovim plugin: {}", build::neovim_plugin()?.display());
            println!("Helix runtime: {}", build::helix_runtime()?.display());
            println!("Emacs grammar: {}", build::emacs_grammars()?.display());
            if code {
                println!("VS Code extension: {}", build::extension(&server)?.display());
            }
            Ok(())
        }
    }
}
