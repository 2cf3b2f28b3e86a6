//! What a resolution in the workspace adds to the catalogue.

use super::format::{Certainty, Entry, Title, TitleKind, VersionFact, VersionKind};
use crate::citation::Identity;
use crate::syntax::{Language, ProposalKind};

/// What a resolution in the workspace says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceFact {
    pub(super) entry: Entry,
}

impl WorkspaceFact {
    /// The facts in an identity. `proposal` is what its proposal mark proposes, if it has one.
    ///
    /// A text proposed for adoption (`ADD`, or a title whose version is a tracked change) says that its new version
    /// has been proposed, not that it is in force; the version that the change takes away is. `None` for a text that
    /// does not say which resolution it is.
    pub fn new(identity: &Identity, proposal: Option<ProposalKind>) -> Option<WorkspaceFact> {
        let mut entry = Entry::new(identity.id.clone()?);
        let tracked = identity.version_in_force.is_some() && identity.version_in_force != identity.version;
        let proposed = tracked || proposal == Some(ProposalKind::Add);
        if let Some(version) = &identity.version
            && let Some(year) = year_of(version)
        {
            entry.versions.push(VersionFact {
                version: version.clone(),
                place: identity.place.clone(),
                year,
                date: identity.date,
                kind: if proposed { VersionKind::Proposed } else { VersionKind::AdoptedOrRevised },
                source: None,
                certainty: Certainty::Proven,
            });
        }
        if tracked
            && let Some(version) = &identity.version_in_force
            && let Some(year) = year_of(version)
        {
            entry.versions.push(VersionFact {
                version: version.clone(),
                place: None,
                year,
                date: None,
                kind: VersionKind::AdoptedOrRevised,
                source: None,
                certainty: Certainty::Proven,
            });
        }
        if let Some(subject) = identity.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty())
            && let Some(language) = identity.language.or_else(|| Language::guess(subject))
        {
            entry.titles.push(Title {
                language,
                text: subject.to_owned(),
                version: identity.version.clone(),
                kind: TitleKind::Title,
                source: None,
                certainty: Certainty::Proven,
            });
        }
        Some(WorkspaceFact { entry })
    }

    /// The facts as an entry of a catalogue file.
    pub fn into_entry(self) -> Entry {
        self.entry
    }
}

fn year_of(version: &str) -> Option<u16> {
    version.get(..4)?.parse().ok()
}
