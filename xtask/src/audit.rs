//! `cargo xtask audit`: what the project is made from, held against the policy in `deny.toml` and `supply-chain/`, without
//! a network.
//!
//! - `tree`: the crates, as cargo sees them. `policy`: what is allowed.
//! - `checks`: licences, sources, what comes twice, what each is for, what speaks of sockets, what was taken back.
//! - `advisories`: a copy of the RustSec database, where there is one. `notices`: the licences of what is handed out.

mod advisories;
mod checks;
mod notices;
mod policy;
mod tree;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::paths;
use policy::Policy;
use tree::Tree;

/// What `cargo xtask audit` is told.
#[derive(Args)]
pub struct Audit {
    /// A copy of the RustSec advisory database; without it `supply-chain/advisories`, where there is one.
    #[arg(long, value_name = "FOLDER")]
    database: Option<PathBuf>,
    /// Write the licences of what is handed out to this file as well.
    #[arg(long, value_name = "FILE")]
    notices: Option<PathBuf>,
}

/// Checks everything and prints what is wrong.
///
/// # Errors
/// When something is wrong, or cargo or the policy cannot be read.
pub fn run(audit: &Audit) -> Result<()> {
    let (tree, policy) = (Tree::read()?, Policy::read(paths::root())?);
    let mut problems = checks::all(&tree, &policy);
    println!("crates: {}, {} of them in the program", tree.used().len(), tree.shipped().len());
    if !tree.whole {
        println!("  those that only other systems need are not on this machine, and none was looked at");
    }
    println!("licences, sources, second versions, reasons, sockets: {}", found(problems.len()));
    let unknown = checks::not_in_the_index(&tree);
    if !unknown.is_empty() {
        println!("  cargo's index does not tell here whether these were taken back: {}", unknown.join(", "));
    }
    let database = audit.database.clone().unwrap_or_else(|| paths::root().join("supply-chain/advisories"));
    match advisories::read(&database)? {
        all if all.is_empty() && audit.database.is_none() => {
            println!("advisories: not looked at, as there is no copy of them here; `--database FOLDER` names one");
        }
        all if all.is_empty() => bail!("{}: this is no folder with advisories in it", database.display()),
        all => {
            let concern = advisories::that_concern(&all, &tree, &policy);
            println!("advisories: {} looked at, {}", all.len(), found(concern.len()));
            problems.extend(concern);
        }
    }
    if let Some(file) = &audit.notices {
        write_notices(&tree, file)?;
        println!("licences of what is in the program: {}", file.display());
    }
    for problem in &problems {
        println!("- {problem}");
    }
    match problems.len() {
        0 => Ok(()),
        1 => bail!("one thing is not as `deny.toml` and `supply-chain/` say"),
        count => bail!("{count} things are not as `deny.toml` and `supply-chain/` say"),
    }
}

/// What there is to say of so many problems.
fn found(problems: usize) -> String {
    match problems {
        0 => "nothing wrong".to_owned(),
        count => format!("{count} wrong"),
    }
}

/// Writes the licences of all that is in the program to `file`. What cargo has not fetched yet it fetches: to tell what is
/// in the program it wants what is needed for tests as well.
///
/// # Errors
/// When cargo cannot say what is in it, or the file cannot be written.
pub fn notices(file: &Path) -> Result<()> {
    tree::fetch()?;
    write_notices(&Tree::read()?, file)
}

fn write_notices(tree: &Tree, file: &Path) -> Result<()> {
    let bundled = paths::root().join("editors/vscode/node_modules");
    let text = notices::text(tree, &bundled)?;
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_holds_to_its_policy() {
        let tree = Tree::read().expect("cargo knows the project's crates");
        let policy = Policy::read(paths::root()).expect("the policy is in the repository");
        assert_eq!(checks::all(&tree, &policy), Vec::<String>::new());
        let shipped = tree.shipped().len();
        assert!((100..400).contains(&shipped) && tree.used().len() > shipped, "{shipped}");
    }
}
