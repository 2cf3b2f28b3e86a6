//! What is allowed: `deny.toml`, in the form of `cargo deny`, and the lists in `supply-chain/`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
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
    /// Crates that may come in a second version: the name, and the beginning of the version.
    pub twice: Vec<(String, String)>,
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
            twice: crates("skip")
                .iter()
                .filter_map(|it| it.split_once('@'))
                .map(|(name, version)| (name.to_owned(), version.to_owned()))
                .collect(),
            ignored: ignored.iter().filter_map(id).collect(),
            reasons: reasons.values().filter_map(Value::as_table).flat_map(lines).collect(),
            sockets: lines(&table(&root.join("supply-chain/sockets.toml"))?).into_iter().collect(),
        })
    }
}

fn table(path: &Path) -> Result<Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.parse().with_context(|| path.display().to_string())
}

fn lines(table: &Table) -> Vec<(String, String)> {
    table.iter().filter_map(|(name, why)| Some((name.clone(), why.as_str()?.to_owned()))).collect()
}
