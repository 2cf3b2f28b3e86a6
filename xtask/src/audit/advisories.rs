//! Advisories, from a copy of the RustSec database: files `crates/NAME/RUSTSEC-….md` that begin with a block of TOML.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use semver::{Version, VersionReq};
use toml::{Table, Value};

use super::policy::Policy;
use super::tree::Tree;

/// What is known of one crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advisory {
    pub id: String,
    pub package: String,
    /// The first heading behind the block.
    pub title: String,
    /// Set where nothing is broken: `unmaintained`, `unsound`, `notice`.
    pub informational: Option<String>,
    /// The versions that it does not concern.
    pub safe: Vec<VersionReq>,
}

/// All advisories below a folder that were not withdrawn; none where there is no such folder.
///
/// # Errors
/// When one of them cannot be read: then nobody knows what it warns of.
pub fn read(folder: &Path) -> Result<Vec<Advisory>> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        found.extend(parse(&text).with_context(|| file.display().to_string())?);
    }
    Ok(found)
}

/// The files of advisories below a folder, in order.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            // Those about Rust itself are not about crates.
            if name != "rust" && !name.starts_with('.') {
                collect(&path, files);
            }
        } else if name.starts_with("RUSTSEC-") && name.ends_with(".md") {
            files.push(path);
        }
    }
}

/// `None` for one that was withdrawn.
fn parse(text: &str) -> Result<Option<Advisory>> {
    let (_, rest) = text.split_once("```toml").context("it has no block of TOML")?;
    let (block, rest) = rest.split_once("```").context("its block of TOML has no end")?;
    let table: Table = block.parse()?;
    let about = table.get("advisory").and_then(Value::as_table).context("it has no [advisory]")?;
    let word = |name: &str| about.get(name).and_then(Value::as_str).map(str::to_owned);
    if about.contains_key("withdrawn") {
        return Ok(None);
    }
    let versions = |name: &str| -> Result<Vec<VersionReq>> {
        let list = table.get("versions").and_then(|it| it.get(name)).and_then(Value::as_array);
        let list = list.into_iter().flatten().filter_map(Value::as_str);
        list.map(|range| range.parse().with_context(|| format!("“{range}” is no range of versions"))).collect()
    };
    let title = rest.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default();
    Ok(Some(Advisory {
        id: word("id").context("it has no id")?,
        package: word("package").context("it names no package")?,
        title: title.trim().to_owned(),
        informational: word("informational"),
        safe: [versions("patched")?, versions("unaffected")?].concat(),
    }))
}

/// Those about a version that is used and that the policy does not leave aside, a line each; and what the policy leaves aside
/// for nothing.
pub fn that_concern(all: &[Advisory], tree: &Tree, policy: &Policy) -> Vec<String> {
    let used = tree.used();
    let mut problems = Vec::new();
    let mut left_aside = Vec::new();
    for advisory in all {
        for package in used.iter().filter(|package| package.source.is_some() && package.name == advisory.package) {
            if advisory.safe.iter().any(|range| matches(range, &package.version)) {
                continue;
            }
            if policy.ignored.contains(&advisory.id) {
                left_aside.push(advisory.id.as_str());
                continue;
            }
            let kind = advisory.informational.as_deref().unwrap_or("vulnerable");
            problems.push(format!("{} {}: {kind}, {}: {}", package.name, package.version, advisory.id, advisory.title));
        }
    }
    let idle = policy.ignored.iter().filter(|id| !left_aside.contains(&id.as_str()));
    problems.extend(idle.map(|id| format!("{id}: `deny.toml` leaves it aside, and it concerns nothing here")));
    problems
}

/// A version that comes before another one, as `1.0.0-beta`, lies in the ranges by its number, unlike for cargo.
fn matches(range: &VersionReq, version: &Version) -> bool {
    range.matches(version)
        || (!version.pre.is_empty() && range.matches(&Version::new(version.major, version.minor, version.patch)))
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    const PLANTED: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2026-0001\"\npackage = \"teapot\"\ndate = \"2026-01-01\"\n\n\
        [versions]\npatched = [\">= 1.2.3, < 2.0.0\", \">= 2.0.1\"]\nunaffected = [\"< 1.0.0\"]\n```\n\n# It boils over\n\nText.\n";

    fn database(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        folder
    }

    fn concerned(version: &str, policy: &Policy) -> Vec<String> {
        let folder = database(&[
            ("crates/teapot/RUSTSEC-2026-0001.md", PLANTED),
            ("README.md", "x"),
            ("rust/std/RUSTSEC-1.md", "x"),
        ]);
        let all = read(folder.path()).expect("they can be read");
        assert_eq!(all.len(), 1);
        that_concern(&all, &tree(&[("teapot", version, "MIT")]), policy)
    }

    #[test]
    fn a_planted_advisory_is_found() {
        let found = "vulnerable, RUSTSEC-2026-0001: It boils over";
        for version in ["1.0.0", "1.2.2", "2.0.0"] {
            assert_eq!(concerned(version, &Policy::default()), [format!("teapot {version}: {found}")]);
        }
        for version in ["0.9.9", "1.2.3", "1.9.0", "2.0.1", "3.0.0", "3.0.0-beta.1"] {
            assert_eq!(concerned(version, &Policy::default()), Vec::<String>::new(), "{version}");
        }
    }

    #[test]
    fn the_policy_leaves_one_aside_as_long_as_it_concerns_something() {
        let policy = Policy { ignored: ["RUSTSEC-2026-0001".to_owned()].into(), ..Policy::default() };
        assert_eq!(concerned("1.0.0", &policy), Vec::<String>::new());
        let idle = ["RUSTSEC-2026-0001: `deny.toml` leaves it aside, and it concerns nothing here"];
        assert_eq!(concerned("1.2.3", &policy), idle);
    }

    #[test]
    fn one_that_was_withdrawn_counts_no_more_and_one_that_cannot_be_read_does() {
        let withdrawn = PLANTED.replace("date =", "withdrawn = \"2026-02-02\"\ndate =");
        assert_eq!(parse(&withdrawn).expect("it can be read"), None);
        let informational = PLANTED.replace("date =", "informational = \"unmaintained\"\ndate =");
        let read_again = parse(&informational).expect("it can be read").expect("it counts");
        assert_eq!(read_again.informational.as_deref(), Some("unmaintained"));
        let folder = database(&[("crates/x/RUSTSEC-2026-0002.md", "no block")]);
        assert!(read(folder.path()).is_err());
        assert_eq!(read(Path::new("/there/is/none")).expect("nothing is no error"), []);
    }
}
