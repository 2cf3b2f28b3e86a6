//! What became of what is cited, of each citation.

use std::collections::HashMap;

use crate::catalogue::{Existence, Status};
use crate::citation::{Citation, Wording};
use crate::rules::Finding;
use crate::syntax::TextRange;
use crate::workspace::{FileId, Snapshot};

/// What became of what is cited; the names are in `docs/command-line.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// In force, in the version that is cited.
    InForce,
    /// Out of date when the text was written, or history.
    Outdated,
    /// Revised since the text was written.
    RevisedSince,
    /// No longer in force.
    Abrogated,
    /// There is a newer one in its series.
    Superseded,
    /// A draft that was adopted.
    DraftAdopted,
    /// Proposed, and not known to have been adopted.
    Proposed,
    /// Not adopted yet today.
    NotYet,
    /// There is none of this number.
    Unknown,
    /// It was never adopted or revised there and then.
    UnknownVersion,
    /// The catalogue does not say.
    NotInCatalogue,
    /// The text leaves open which body adopted it.
    Open,
}

impl Standing {
    /// What scripts call it.
    pub fn name(self) -> &'static str {
        match self {
            Standing::InForce => "in-force",
            Standing::Outdated => "outdated",
            Standing::RevisedSince => "revised-since",
            Standing::Abrogated => "abrogated",
            Standing::Superseded => "superseded",
            Standing::DraftAdopted => "draft-adopted",
            Standing::Proposed => "proposed",
            Standing::NotYet => "not-yet",
            Standing::Unknown => "unknown",
            Standing::UnknownVersion => "unknown-version",
            Standing::NotInCatalogue => "not-in-catalogue",
            Standing::Open => "open",
        }
    }
}

/// The standing of each citation of a file, in the order of its facts. What a finding says of a citation is its standing:
/// findings and this list never differ.
pub fn standings(snapshot: &Snapshot, file: FileId) -> Vec<Standing> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let findings = snapshot.findings(file.id);
    let found: HashMap<TextRange, Standing> =
        findings.iter().filter_map(|finding| Some((finding.range, of_finding(finding)?))).collect();
    let of_citation = |citation: &Citation| standing(citation, found.get(&judged_at(citation)).copied(), snapshot);
    file.facts().citations.iter().map(of_citation).collect()
}

/// Where a citation is judged: a short form where what it takes up stands in full.
pub(super) fn judged_at(citation: &Citation) -> TextRange {
    match citation.wording {
        Wording::Short(full) => full,
        Wording::Full | Wording::Between => citation.range,
    }
}

fn of_finding(finding: &Finding) -> Option<Standing> {
    Some(match finding.rule {
        "citation/draft-symbol" => Standing::DraftAdopted,
        "citation/outdated" => Standing::Outdated,
        "citation/revised-since" => Standing::RevisedSince,
        "citation/abrogated" => Standing::Abrogated,
        "citation/unknown" => Standing::Unknown,
        "citation/unknown-version" => Standing::UnknownVersion,
        _ => return None,
    })
}

/// What a finding says, or else what the catalogue does: nothing is found where an old text is meant.
fn standing(citation: &Citation, found: Option<Standing>, snapshot: &Snapshot) -> Standing {
    let Some(id) = &citation.id else { return Standing::Open };
    let (catalogue, today) = (snapshot.catalogue(), snapshot.today());
    match catalogue.status(id, today) {
        Status::NewerInSeries { .. } => Standing::Superseded,
        Status::DraftAdopted { .. } => Standing::DraftAdopted,
        _ if found.is_some() => found.unwrap_or(Standing::Open),
        Status::Abrogated { .. } => Standing::Abrogated,
        Status::ProposedOnly => Standing::Proposed,
        Status::NotAdoptedYet { .. } => Standing::NotYet,
        Status::InForce { version } => match (&citation.version, version) {
            (None, _) => Standing::InForce,
            (Some(cited), Some(current)) if cited == current.version => Standing::InForce,
            (Some(cited), Some(current)) if cited < current.version => Standing::RevisedSince,
            (Some(_), _) => Standing::NotInCatalogue,
        },
        Status::Unknown => {
            let year = citation.cited_version.as_ref().map(|version| version.year);
            match catalogue.existence(id, year, today) {
                Existence::Never { .. } | Existence::OtherYear { .. } => Standing::Unknown,
                Existence::NotYet { .. } => Standing::NotYet,
                Existence::Listed | Existence::Open => Standing::NotInCatalogue,
            }
        }
    }
}
