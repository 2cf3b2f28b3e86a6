//! The licences of what is handed out: of the crates in the program, and of the packages in the extension for VS Code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::tree::Tree;

/// How files begin that say under which licence something stands.
const NAMES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];

/// How deep below a crate's folder they are looked for: parts that come from others have theirs beside them.
const DEPTH: usize = 3;

/// What the extension brings along, and all that this needs.
const BUNDLED: &str = "vscode-languageclient";

/// Something that is handed out.
struct Part {
    name: String,
    licence: String,
    home: String,
    texts: Vec<String>,
}

/// The page. `modules` is the folder of the extension's npm packages, which may not be there.
///
/// # Errors
/// When a licence cannot be read.
pub fn text(tree: &Tree, modules: &Path) -> Result<String> {
    let mut parts = Vec::new();
    for package in tree.shipped().into_iter().filter(|package| package.source.is_some()) {
        let mut texts = Vec::new();
        licences(&package.folder, DEPTH, &mut texts)?;
        parts.push(Part {
            name: format!("{} {}", package.name, package.version),
            licence: package.licence.clone().unwrap_or_default(),
            home: package.repository.clone().unwrap_or_default(),
            texts,
        });
    }
    if modules.is_dir() {
        parts.extend(bundled(modules)?);
    }
    Ok(page(&parts))
}

fn page(parts: &[Part]) -> String {
    let mut page =
        "# Third-party notices\n\nResmark is made with the following, each under its own licence. The source of \
                    each is at the address that is given; none of it was changed.\n\n"
            .to_owned();
    // One line of white space is as good as another.
    let key = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut texts: BTreeMap<String, (usize, Vec<&str>, &str)> = BTreeMap::new();
    for part in parts {
        let _ = writeln!(page, "- {} ({}) {}", part.name, part.licence, part.home);
        for text in &part.texts {
            let next = texts.len();
            let (_, names, _) = texts.entry(key(text)).or_insert((next, Vec::new(), text));
            if !names.contains(&part.name.as_str()) {
                names.push(&part.name);
            }
        }
    }
    let mut texts: Vec<_> = texts.into_values().collect();
    texts.sort();
    for (_, names, text) in texts {
        let _ = write!(page, "\n## {}\n\n```text\n{}\n```\n", names.join(", "), text.trim().replace("```", "'''"));
    }
    page
}

/// The texts of licences in a folder and, `depth` levels deep, below.
fn licences(folder: &Path, depth: usize, texts: &mut Vec<String>) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_dir() {
            if depth > 0 && !matches!(name.as_str(), "NODE_MODULES" | "TESTS" | "TEST" | "BENCHES" | "EXAMPLES") {
                licences(&path, depth - 1, texts)?;
            }
        } else if NAMES.iter().any(|begins| name.starts_with(begins)) && !name.ends_with(".RS") {
            texts.push(String::from_utf8_lossy(&std::fs::read(&path)?).into_owned());
        }
    }
    Ok(())
}

/// The npm packages that the extension brings along.
fn bundled(modules: &Path) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut seen = BTreeSet::new();
    let mut wanted = vec![(BUNDLED.to_owned(), modules.join(BUNDLED))];
    while let Some((name, folder)) = wanted.pop() {
        if !seen.insert(folder.clone()) {
            continue;
        }
        let manifest = std::fs::read_to_string(folder.join("package.json"))
            .with_context(|| format!("npm has not installed {name}"))?;
        let manifest: Value = serde_json::from_str(&manifest)?;
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut texts = Vec::new();
        licences(&folder, 0, &mut texts)?;
        parts.push(Part {
            name: format!("{name} {}", word(&manifest["version"])),
            licence: word(&manifest["license"]),
            home: word(if manifest["repository"].is_string() {
                &manifest["repository"]
            } else {
                &manifest["repository"]["url"]
            }),
            texts,
        });
        for (need, _) in manifest["dependencies"].as_object().into_iter().flatten() {
            let own = folder.join("node_modules").join(need);
            wanted.push((need.clone(), if own.is_dir() { own } else { modules.join(need) }));
        }
    }
    parts.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_several_share_stands_once() {
        let part = |name: &str, texts: &[&str]| Part {
            name: name.to_owned(),
            licence: "MIT".to_owned(),
            home: "https://example.org".to_owned(),
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        };
        let page = page(&[part("a 1.0.0", &["Do as you\nlike.\n"]), part("b 2.0.0", &["Do as you like.", "Or not."])]);
        assert_eq!(page.matches("like.").count(), 1, "{page}");
        assert!(page.contains("- a 1.0.0 (MIT) https://example.org\n"));
        assert!(page.contains("## a 1.0.0, b 2.0.0\n\n```text\nDo as you\nlike.\n```\n"));
        assert!(page.contains("## b 2.0.0\n\n```text\nOr not.\n```\n"));
    }

    #[test]
    fn every_crate_of_the_program_is_named_with_its_licence() {
        let tree = Tree::read().expect("cargo knows the project's crates");
        let text = text(&tree, Path::new("/there/is/none")).expect("their licences can be read");
        for package in tree.shipped().into_iter().filter(|package| package.source.is_some()) {
            assert!(text.contains(&format!("- {} {} (", package.name, package.version)), "{}", package.name);
        }
        for words in ["Permission is hereby granted", "Mozilla Public License", "Apache License"] {
            assert!(text.contains(words), "{words}");
        }
    }
}
