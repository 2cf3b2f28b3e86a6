//! What can be told of the crates by looking at them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use semver::VersionReq;
use spdx::{Expression, ParseMode};

use super::policy::Policy;
use super::tree::{Package, Tree};

/// Words by which a source speaks of other machines or of running programs. Declarations of the system's calls are known by
/// the names that they have everywhere.
const WORDS: [&str; 7] =
    ["TcpStream", "TcpSocket", "UdpSocket", "ToSocketAddrs", "getaddrinfo", "fn connect(", "process::Command"];

/// All that is not as the policy says, a line each.
pub fn all(tree: &Tree, policy: &Policy) -> Vec<String> {
    let used = tree.used();
    let mut problems = Vec::new();
    for package in used.iter().filter(|package| package.source.is_some()) {
        problems.extend(licence(package, policy));
        problems.extend(source(package, policy));
        if policy.denied.contains(&package.name) {
            problems.push(format!("{}: `deny.toml` never lets it in", name(package)));
        }
        if is_yanked(package) == Some(true) {
            problems.push(format!("{}: this version was taken back", name(package)));
        }
    }
    problems.extend(twice(&used, tree.whole, policy));
    problems.extend(reasons(tree, policy));
    problems.extend(sockets(&tree.shipped(), tree.whole, policy));
    problems
}

/// The crates of which cargo's copy of the index says nothing.
pub fn not_in_the_index(tree: &Tree) -> Vec<String> {
    let used = tree.used().into_iter().filter(|package| package.source.is_some());
    used.filter(|package| is_yanked(package).is_none()).map(name).collect()
}

fn name(package: &Package) -> String {
    format!("{} {}", package.name, package.version)
}

fn licence(package: &Package, policy: &Policy) -> Option<String> {
    let Some(written) = &package.licence else {
        return Some(format!("{}: it does not say its licence", name(package)));
    };
    // Before the standard was settled, a slash meant “or”.
    let Ok(expression) = Expression::parse_mode(written, ParseMode::LAX) else {
        return Some(format!("{}: “{written}” is no licence expression", name(package)));
    };
    let allowed = expression.evaluate(|asked| {
        let id = asked.license.id().map(|id| id.name.to_owned()).unwrap_or_else(|| asked.license.to_string());
        asked.addition.is_none() && policy.licences.contains(&id)
    });
    (!allowed).then(|| format!("{}: the licence {written} is not allowed by `deny.toml`", name(package)))
}

fn source(package: &Package, policy: &Policy) -> Option<String> {
    let source = package.source.as_deref()?;
    let known = source.strip_prefix("registry+").is_some_and(|registry| policy.registries.contains(registry));
    (!known).then(|| format!("{}: it comes from {source}", name(package)))
}

/// Crates in several versions, and lines of the policy about such that there are not.
fn twice(used: &[&Package], whole: bool, policy: &Policy) -> Vec<String> {
    let mut found: BTreeMap<&str, Vec<&Package>> = BTreeMap::new();
    for package in used {
        found.entry(&package.name).or_default().push(package);
    }
    let skipped = |package: &&&Package| {
        let is = |(name, versions): &(String, VersionReq)| *name == package.name && versions.matches(&package.version);
        policy.twice.iter().any(is)
    };
    let mut problems = Vec::new();
    for (crate_name, packages) in &found {
        let others: Vec<_> =
            packages.iter().filter(|package| !skipped(package)).map(|package| package.version.to_string()).collect();
        if others.len() > 1 {
            problems.push(format!("{crate_name}: it comes in the versions {}", others.join(" and ")));
        }
    }
    for (crate_name, versions) in &policy.twice {
        let is_needed = found.get(crate_name.as_str()).is_some_and(|packages| packages.len() > 1);
        // What only other systems need may be the other one.
        if !is_needed && whole {
            problems.push(format!("{crate_name} {versions}: `deny.toml` allows it twice, and it is not there twice"));
        }
    }
    problems
}

/// Crates that a manifest of the project names without a reason being given, and the other way round.
fn reasons(tree: &Tree, policy: &Policy) -> Vec<String> {
    let members: Vec<&Package> = tree.members.iter().filter_map(|id| tree.packages.get(id)).collect();
    let own: BTreeSet<&str> = members.iter().map(|package| package.name.as_str()).collect();
    let named = members.iter().flat_map(|package| &package.named).map(|(name, _)| name.as_str());
    let named: BTreeSet<&str> = named.filter(|name| !own.contains(name)).collect();
    let given: BTreeSet<&str> = policy.reasons.keys().map(String::as_str).collect();
    let missing = named
        .difference(&given)
        .map(|name| format!("{name}: `supply-chain/dependencies.toml` does not say what it is for"));
    let left = given
        .difference(&named)
        .map(|name| format!("{name}: `supply-chain/dependencies.toml` names it, and no manifest does"));
    missing.chain(left).collect()
}

/// Crates of the program that speak of sockets without that being explained, and the other way round.
fn sockets(shipped: &[&Package], whole: bool, policy: &Policy) -> Vec<String> {
    let mut problems = Vec::new();
    let mut found = BTreeSet::new();
    for package in shipped.iter().filter(|package| package.source.is_some()) {
        let mut files = Vec::new();
        sources(&package.folder.join("src"), &mut files);
        let speaks = |file: &PathBuf| {
            let text = std::fs::read(file).unwrap_or_default();
            let text = String::from_utf8_lossy(&text).into_owned();
            WORDS.iter().find(|word| text.contains(**word)).copied()
        };
        if let Some(word) = files.iter().find_map(speaks) {
            found.insert(package.name.as_str());
            if !policy.sockets.contains_key(&package.name) {
                problems.push(format!(
                    "{}: its source has the word {word}, and `supply-chain/sockets.toml` does not say why",
                    name(package)
                ));
            }
        }
    }
    let left = policy.sockets.keys().filter(|name| whole && !found.contains(name.as_str()));
    problems.extend(
        left.map(|name| {
            format!("{name}: `supply-chain/sockets.toml` names it, and its source has none of these words")
        }),
    );
    problems
}

/// The Rust files in a folder, with those below.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// Whether a version was taken back, as cargo's copy of the index has it: a file for each crate, with a line of JSON for each
/// version. `None` where it has no such file, or a form of it that is not known here.
fn is_yanked(package: &Package) -> Option<bool> {
    let cargo =
        std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".cargo")))?;
    let lower = package.name.to_lowercase();
    let path = match lower.len() {
        0 => return None,
        1 => PathBuf::from("1").join(&lower),
        2 => PathBuf::from("2").join(&lower),
        3 => Path::new("3").join(lower.get(..1)?).join(&lower),
        _ => Path::new(lower.get(..2)?).join(lower.get(2..4)?).join(&lower),
    };
    let registries = std::fs::read_dir(cargo.join("registry/index")).ok()?.flatten();
    let files = registries.filter_map(|registry| std::fs::read(registry.path().join(".cache").join(&path)).ok());
    files.into_iter().find_map(|file| yanked_in(&file, &package.version.to_string()))
}

/// The same, from the bytes of that file.
fn yanked_in(file: &[u8], version: &str) -> Option<bool> {
    let mut lines = file
        .split(|byte| *byte == 0 || *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok());
    lines.find(|line| line["vers"] == version)?["yanked"].as_bool()
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    fn policy() -> Policy {
        Policy {
            licences: ["MIT", "MPL-2.0", "Unicode-3.0"].map(str::to_owned).into(),
            registries: ["https://github.com/rust-lang/crates.io-index".to_owned()].into(),
            denied: ["reqwest".to_owned()].into(),
            ..Policy::default()
        }
    }

    fn check(crates: &[(&str, &str, &str)], expected: &[&str]) {
        assert_eq!(all(&tree(crates), &policy()), expected);
    }

    #[test]
    fn a_licence_has_to_be_allowed() {
        check(
            &[
                ("a", "1.0.0", "MIT"),
                ("b", "1.0.0", "GPL-3.0 OR MIT"),
                ("c", "1.0.0", "MIT/Apache-2.0"),
                ("d", "1.0.0", "MPL-2.0+"),
            ],
            &[],
        );
        check(&[("a", "1.0.0", "GPL-3.0-only")], &["a 1.0.0: the licence GPL-3.0-only is not allowed by `deny.toml`"]);
        check(&[("a", "1.0.0", "MIT AND ISC")], &["a 1.0.0: the licence MIT AND ISC is not allowed by `deny.toml`"]);
        check(&[("a", "1.0.0", "")], &["a 1.0.0: it does not say its licence"]);
        check(&[("a", "1.0.0", "my own")], &["a 1.0.0: “my own” is no licence expression"]);
    }

    #[test]
    fn some_are_never_let_in() {
        check(&[("reqwest", "1.0.0", "MIT")], &["reqwest 1.0.0: `deny.toml` never lets it in"]);
    }

    #[test]
    fn a_crate_comes_from_the_registry() {
        let mut tree = tree(&[("a", "1.0.0", "MIT")]);
        let package = tree.packages.get_mut("a 1.0.0").expect("it is there");
        package.source = Some("git+https://example.org/a".to_owned());
        assert_eq!(all(&tree, &policy()), ["a 1.0.0: it comes from git+https://example.org/a"]);
    }

    #[test]
    fn a_second_version_is_explained() {
        let crates = [("a", "1.2.0", "MIT"), ("a", "2.0.0", "MIT")];
        check(&crates, &["a: it comes in the versions 1.2.0 and 2.0.0"]);
        let twice = vec![("a".to_owned(), "1".parse().expect("a version"))];
        assert_eq!(all(&tree(&crates), &Policy { twice: twice.clone(), ..policy() }), Vec::<String>::new());
        let left = all(&tree(&[("a", "2.0.0", "MIT")]), &Policy { twice, ..policy() });
        assert_eq!(left, ["a ^1: `deny.toml` allows it twice, and it is not there twice"]);
    }

    #[test]
    fn what_a_manifest_names_has_a_reason() {
        let mut tree = tree(&[("a", "1.0.0", "MIT")]);
        tree.packages.get_mut("resmark").expect("it is there").named.push(("a".to_owned(), true));
        assert_eq!(all(&tree, &policy()), ["a: `supply-chain/dependencies.toml` does not say what it is for"]);
        let reasons = BTreeMap::from([("a".to_owned(), "it".to_owned()), ("b".to_owned(), "more".to_owned())]);
        let left = all(&tree, &Policy { reasons, ..policy() });
        assert_eq!(left, ["b: `supply-chain/dependencies.toml` names it, and no manifest does"]);
    }

    #[test]
    fn a_source_that_speaks_of_sockets_is_explained() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("src/deep")).expect("a folder");
        std::fs::write(folder.path().join("src/deep/x.rs"), "use std::net::TcpStream;").expect("a file");
        let mut tree = tree(&[("a", "1.0.0", "MIT")]);
        tree.packages.get_mut("a 1.0.0").expect("it is there").folder = folder.path().to_owned();
        assert!(all(&tree, &policy())[0].contains("the word TcpStream"));
        let sockets = BTreeMap::from([("a".to_owned(), "why".to_owned())]);
        assert_eq!(all(&tree, &Policy { sockets, ..policy() }), Vec::<String>::new());
    }

    #[test]
    fn the_index_says_what_was_taken_back() {
        let file = b"\x03\x02etag: x\0" as &[u8];
        let lines = b"1.0.0\0{\"vers\":\"1.0.0\",\"yanked\":true}\x001.0.1\0{\"vers\":\"1.0.1\",\"yanked\":false}\0";
        let file = [file, lines].concat();
        assert_eq!(yanked_in(&file, "1.0.0"), Some(true));
        assert_eq!(yanked_in(&file, "1.0.1"), Some(false));
        assert_eq!(yanked_in(&file, "1.0.2"), None);
    }
}
