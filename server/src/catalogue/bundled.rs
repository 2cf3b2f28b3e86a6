//! The facts that come with the program: one file for each family of bodies, read when first asked for.

use std::sync::OnceLock;

use super::store::SourceFile;

/// A file of `server/catalogue/` and the bodies whose resolutions it lists. What belongs to a body besides its
/// resolutions (`PP Decision`, `WTPF Opinion`) is in the same file.
struct Family {
    bodies: &'static [&'static str],
    name: &'static str,
    text: &'static str,
    file: OnceLock<SourceFile>,
}

macro_rules! families {
    ($count:literal; $($name:literal: $($body:literal)+;)*) => {
        static FAMILIES: [Family; $count] = [$(Family {
            bodies: &[$($body),+],
            name: $name,
            text: include_str!(concat!("../../catalogue/", $name)),
            file: OnceLock::new(),
        }),*];
    };
}

families! {
    7;
    "itu.json": "PP" "Council" "WTSA" "WTDC" "ITU-R" "WRC" "WCIT" "WATTC" "WTPF";
    "general-assembly.json": "UNGA";
    "security-council.json": "UNSC";
    "economic-and-social-council.json": "ECOSOC";
    "human-rights-council.json": "HRC";
    "world-health-assembly.json": "WHA";
    "others.json": "IWC";
}

impl Family {
    fn file(&'static self) -> &'static SourceFile {
        self.file.get_or_init(|| {
            // The files are checked by tests; a program built with a broken one knows nothing of that family.
            let file = serde_json::from_str(self.text).unwrap_or_default();
            SourceFile::new(self.name, file)
        })
    }
}

/// The file that lists the resolutions, decisions or opinions of a body.
pub(super) fn of_body(body: &str) -> Option<&'static SourceFile> {
    let base = base_body(body);
    FAMILIES.iter().find(|family| family.bodies.contains(&base)).map(Family::file)
}

/// The files that list bodies whose name begins with, or is the beginning of, `prefix`.
pub(super) fn with_prefix(prefix: &str) -> impl Iterator<Item = &'static SourceFile> {
    FAMILIES
        .iter()
        .filter(move |family| family.bodies.iter().any(|body| body.starts_with(prefix) || prefix.starts_with(body)))
        .map(Family::file)
}

/// The name and the text of each file.
#[cfg(test)]
pub(super) fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    FAMILIES.iter().map(|family| (family.name, family.text))
}

/// `PP` for `PP Decision`.
pub(super) fn base_body(body: &str) -> &str {
    body.split(' ').next().unwrap_or(body)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::catalogue::read::parse;

    #[test]
    fn every_bundled_file_reads_strictly_and_holds_its_own_bodies() {
        for family in &FAMILIES {
            let file = parse(family.text, family.name).unwrap();
            assert!(!file.resolutions.is_empty(), "{} is empty", family.name);
            let bodies = file.resolutions.iter().map(|entry| &entry.id.body);
            for body in bodies.chain(file.coverage.iter().map(|coverage| &coverage.body)) {
                assert!(family.bodies.contains(&base_body(body)), "{body} does not belong into {}", family.name);
            }
        }
    }

    #[test]
    fn every_bundled_fact_has_a_source() {
        for family in &FAMILIES {
            let file = parse(family.text, family.name).unwrap();
            if file.source.is_some() {
                continue;
            }
            for entry in &file.resolutions {
                let sourced = entry.titles.iter().all(|fact| fact.source.is_some())
                    && entry.versions.iter().all(|fact| fact.source.is_some())
                    && entry.in_force.iter().all(|fact| fact.source.is_some())
                    && entry.abrogated.iter().all(|fact| fact.source.is_some())
                    && entry.succeeded_by.iter().all(|fact| fact.source.is_some())
                    && entry.adopted_as.iter().all(|fact| fact.source.is_some());
                assert!(sourced, "{}: {} has a fact without a source", family.name, entry.id);
            }
        }
    }

    #[test]
    fn bundled_files_are_sorted_and_name_a_resolution_once() {
        for family in &FAMILIES {
            let file = parse(family.text, family.name).unwrap();
            assert!(file.resolutions.windows(2).all(|pair| pair[0].id < pair[1].id), "{}", family.name);
        }
    }
}
