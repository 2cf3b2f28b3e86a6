//! The crates of the project, as `cargo metadata` tells of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use semver::Version;
use serde_json::Value;

use crate::process;

/// A crate in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    pub name: String,
    pub version: Version,
    /// The expression by which it says its licence.
    pub licence: Option<String>,
    /// The registry or repository; `None` for the project's own.
    pub source: Option<String>,
    pub repository: Option<String>,
    /// The folder of its source.
    pub folder: PathBuf,
    /// The crates that its manifest names, and whether each goes into a program that uses it (and is not only for building
    /// or testing).
    pub named: Vec<(String, bool)>,
}

/// All of them, and which needs which.
#[derive(Debug, Default)]
pub struct Tree {
    pub packages: BTreeMap<String, Package>,
    /// The project's own, by id.
    pub members: Vec<String>,
    /// By id: the ids of those that it needs, and whether each goes into the program.
    pub needs: BTreeMap<String, Vec<(String, bool)>>,
    /// Whether those are there that only other systems need.
    pub whole: bool,
}

impl Tree {
    /// Asks cargo, which asks nobody.
    ///
    /// # Errors
    /// When cargo does not have all crates yet: see [`fetch`].
    pub fn read() -> Result<Tree> {
        let ask = |more: &[&str]| {
            let mut cargo = process::cargo();
            cargo.args(["metadata", "--offline", "--locked", "--format-version", "1"]).args(more);
            process::capture(&mut cargo)
        };
        // Those for other systems may never have been fetched.
        let (printed, whole) = match ask(&[]) {
            Ok(printed) => (printed, true),
            Err(_) => {
                let unknown = "not all crates are on this machine: run `cargo fetch --locked` once, with a network";
                (ask(&["--filter-platform", &host()?]).context(unknown)?, false)
            }
        };
        Tree::of(&serde_json::from_str(&printed).context("cargo metadata prints JSON")?, whole)
    }

    fn of(metadata: &Value, whole: bool) -> Result<Tree> {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let word = |value: &Value| value.as_str().map(str::to_owned);
        let mut tree = Tree { whole, ..Tree::default() };
        for found in list(&metadata["packages"]) {
            let manifest = PathBuf::from(word(&found["manifest_path"]).context("a crate has a manifest")?);
            let named = list(&found["dependencies"])
                .into_iter()
                .filter_map(|own| Some((word(&own["name"])?, own["kind"].is_null())));
            let package = Package {
                name: word(&found["name"]).context("a crate has a name")?,
                version: word(&found["version"]).context("a crate has a version")?.parse()?,
                licence: word(&found["license"]),
                source: word(&found["source"]),
                repository: word(&found["repository"]),
                named: named.collect(),
                folder: manifest.parent().context("a manifest lies in a folder")?.to_owned(),
            };
            tree.packages.insert(word(&found["id"]).context("a crate has an id")?, package);
        }
        tree.members = list(&metadata["workspace_members"]).iter().filter_map(word).collect();
        for node in list(&metadata["resolve"]["nodes"]) {
            let needs = list(&node["deps"]).into_iter().filter_map(|need| {
                let runs = list(&need["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
                Some((word(&need["pkg"])?, runs))
            });
            tree.needs.insert(word(&node["id"]).context("a node has an id")?, needs.collect());
        }
        Ok(tree)
    }

    /// What is compiled into the program, itself and what runs while building it included.
    pub fn shipped(&self) -> Vec<&Package> {
        let own = |id: &&String| self.packages.get(*id).is_some_and(|package| package.name == "resmark");
        self.reached(self.members.iter().filter(own).cloned().collect(), true)
    }

    /// All that is used, for tests as well.
    pub fn used(&self) -> Vec<&Package> {
        self.reached(self.members.clone(), false)
    }

    fn reached(&self, mut from: Vec<String>, running: bool) -> Vec<&Package> {
        let mut seen = BTreeSet::new();
        while let Some(id) = from.pop() {
            if seen.insert(id.clone()) {
                let needs = self.needs.get(&id).into_iter().flatten();
                from.extend(needs.filter(|(_, runs)| *runs || !running).map(|(id, _)| id.clone()));
            }
        }
        let mut found: Vec<&Package> = seen.iter().filter_map(|id| self.packages.get(id)).collect();
        found.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
        found
    }
}

/// Fetches the crates that are not on this machine yet; where all are, nobody is asked.
///
/// # Errors
/// When one is missing and cannot be fetched.
pub fn fetch() -> Result<()> {
    let mut cargo = process::cargo();
    process::capture(cargo.args(["fetch", "--locked", "--target", &host()?])).map(drop)
}

/// The name of this kind of machine, as rustc has it.
fn host() -> Result<String> {
    let printed = process::capture(std::process::Command::new("rustc").arg("-vV"))?;
    let host = printed.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc says which machine it is for")?.to_owned())
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A tree of `resmark`, which needs these crates, each with its licence.
    pub fn tree(crates: &[(&str, &str, &str)]) -> Tree {
        let mut tree = Tree { members: vec!["resmark".to_owned()], whole: true, ..Tree::default() };
        let registry = Some("registry+https://github.com/rust-lang/crates.io-index".to_owned());
        for (name, version, licence) in [&[("resmark", "0.1.0", "MIT")], crates].concat() {
            let package = Package {
                name: name.to_owned(),
                version: version.parse().expect("a version"),
                licence: (!licence.is_empty()).then(|| licence.to_owned()),
                source: registry.clone().filter(|_| name != "resmark"),
                repository: None,
                folder: PathBuf::from("/there/is/none"),
                named: Vec::new(),
            };
            let id = if name == "resmark" { name.to_owned() } else { format!("{name} {version}") };
            tree.packages.insert(id, package);
        }
        let needs = tree.packages.keys().filter(|id| *id != "resmark").map(|id| (id.clone(), true)).collect();
        tree.needs.insert("resmark".to_owned(), needs);
        tree
    }
}
