//! Renumbering.
use crate::syntax::{Document, Paragraph, ProposalKind, ResolutionIndex};

/// Whether changes to a resolution are tracked.
pub fn is_tracked(document: &Document, resolution: ResolutionIndex) -> bool {
    let resolution = document.resolution(resolution);
    resolution.proposal.as_ref().is_some_and(|mark| mark.kind == ProposalKind::Modify)
        || document.paragraphs.get(resolution.paragraphs.clone()).is_some_and(|p| p.iter().any(Paragraph::is_tracked))
}
