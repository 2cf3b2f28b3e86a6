//! What the rules on proposals share.

use super::Input;
use crate::syntax::{
    Document, Paragraph, ParagraphKind, ProposalKind, ProposalMark, ResolutionIndex, TextEdit, TextRange,
};

/// The resolutions of a document that have a proposal mark of one of these kinds.
pub(super) fn proposals<'a>(
    input: &'a Input<'_>,
    kinds: &'a [ProposalKind],
) -> impl Iterator<Item = (ResolutionIndex, &'a ProposalMark)> {
    let resolutions = input.facts.document.resolutions.iter().enumerate();
    resolutions.filter_map(|(index, resolution)| {
        let mark = resolution.proposal.as_ref().filter(|mark| kinds.contains(&mark.kind))?;
        Some((ResolutionIndex(index as u32), mark))
    })
}

/// The paragraphs of a resolution.
pub(super) fn paragraphs(document: &Document, resolution: ResolutionIndex) -> &[Paragraph] {
    document.paragraphs.get(document.resolution(resolution).paragraphs.clone()).unwrap_or_default()
}

/// Whether a paragraph is of the text that is decided on: a heading of a section, or a clause.
pub(super) fn is_text(paragraph: &Paragraph) -> bool {
    matches!(paragraph.kind, ParagraphKind::SectionHeading | ParagraphKind::Clause)
}

/// The edit that writes another mark in the place of this one: `NOC` for `MOD`.
pub(super) fn remark(input: &Input<'_>, mark: &ProposalMark, name: &str) -> Option<TextEdit> {
    let line = input.text.get(std::ops::Range::<usize>::from(mark.range))?;
    let at = line.find(|c: char| c.is_ascii_uppercase())?;
    let old = line.get(at..)?.split(|c: char| !c.is_ascii_uppercase()).next()?;
    let start = mark.range.start() + crate::syntax::TextSize::of(line.get(..at)?);
    Some(TextEdit::replace(TextRange::at(start, crate::syntax::TextSize::of(old)), name))
}
