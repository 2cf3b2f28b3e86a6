//! What is allowed: `deny.toml`, in the form of `cargo deny`, and the lists in `supply-chain/`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use semver::VersionReq;
use toml::{Table, Value};

/// The policy.
#[derive(Debug, Default)]
pub struct Policy {
    /// Licences that may be handed out.
    pub licences: BTreeSet<String>,
    /// Where crates may come from.
    pub registries: BTreeSet<String>,
    /// Crates that are never let in.
    pub denied: BTreeSet<String>,
    /// Crates that may come in a second version, and which.
    pub twice: Vec<(String, VersionReq)>,
    /// Advisories that do not concern us.
    pub ignored: BTreeSet<String>,
    /// What each crate is for that a manifest names.
    pub reasons: BTreeMap<String, String>,
    /// Crates whose source speaks of sockets or of running programs, and why nothing comes of it.
    pub sockets: BTreeMap<String, String>,
}

impl Policy {
    /// Reads it from the repository at `root`.
    ///
    /// # Errors
    /// When a file is not there or is no such list.
    pub fn read(root: &Path) -> Result<Policy> {
        let deny = table(&root.join("deny.toml"))?;
        let words = |part: &str, name: &str| -> Vec<Value> {
            let list = deny.get(part).and_then(|part| part.get(name)).and_then(Value::as_array);
            list.cloned().unwrap_or_default()
        };
        let strings =
            |part: &str, name: &str| words(part, name).iter().filter_map(|it| it.as_str().map(str::to_owned)).collect();
        let crates = |name: &str| -> Vec<String> {
            let named = words("bans", name);
            named.iter().filter_map(|it| it.get("crate").and_then(Value::as_str).map(str::to_owned)).collect()
        };
        let ignored = words("advisories", "ignore");
        let id = |it: &Value| it.as_str().or_else(|| it.get("id")?.as_str()).map(str::to_owned);
        let reasons = table(&root.join("supply-chain/dependencies.toml"))?;
        Ok(Policy {
            licences: strings("licenses", "allow"),
            registries: strings("sources", "allow-registry"),
            denied: crates("deny").into_iter().collect(),
            twice: crates("skip").iter().map(|it| spec(it)).collect::<Result<_>>()?,
            ignored: ignored.iter().filter_map(id).collect(),
            reasons: reasons.values().filter_map(Value::as_table).flat_map(lines).collect(),
            sockets: lines(&table(&root.join("supply-chain/sockets.toml"))?).into_iter().collect(),
        })
    }
}

/// `name:0.14` is what goes with that version, `name@0.14.5` is that one alone.
fn spec(written: &str) -> Result<(String, VersionReq)> {
    let (name, versions) = match (written.split_once(':'), written.split_once('@')) {
        (Some((name, versions)), _) => (name, versions.to_owned()),
        (None, Some((name, version))) => (name, format!("={version}")),
        (None, None) => (written, "*".to_owned()),
    };
    Ok((name.to_owned(), versions.parse().with_context(|| format!("{written} names no version"))?))
}

fn table(path: &Path) -> Result<Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.parse().with_context(|| path.display().to_string())
}

fn lines(table: &Table) -> Vec<(String, String)> {
    table.iter().filter_map(|(name, why)| Some((name.clone(), why.as_str()?.to_owned()))).collect()
}
