//! Find references: every citation of a resolution, every reference to a clause.

use super::target::{Thing, identity_of, thing_at, titled_at};
use crate::citation::{Citation, ResolutionId};
use crate::facts::Facts;
use crate::reference::{Owner, Reference, Step};
use crate::syntax::{ParagraphIndex, ParagraphKind, Side, TextRange, TextSize};
use crate::workspace::{File, FileId, Snapshot};

/// Where a resolution is cited or a clause is referred to.
///
/// On a citation, on words that name a clause of what is cited, or on the title or subject of a resolution: every
/// citation of that resolution in the workspace, whatever its version and however it is worded. On a reference to a
/// clause, or on the clause's label: every reference to that clause in its file. With `declaration` the title or the
/// clause itself comes first. In the order of files and texts.
pub fn references(snapshot: &Snapshot, file: FileId, offset: TextSize, declaration: bool) -> Vec<(FileId, TextRange)> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let facts = file.facts();
    match thing_at(facts, offset) {
        Some(Thing::Citation(citation)) => {
            citation.id.as_ref().map(|id| citations_of(snapshot, id, declaration)).unwrap_or_default()
        }
        Some(Thing::Reference(reference)) if matches!(reference.owner, Owner::Citation(_)) => {
            let id = facts.citation_of(reference).and_then(|citation| citation.id.as_ref());
            id.map(|id| citations_of(snapshot, id, declaration)).unwrap_or_default()
        }
        Some(Thing::Reference(reference)) => {
            let clause = step_at(reference, offset).and_then(target_of);
            clause.map(|clause| references_to(file, clause, declaration)).unwrap_or_default()
        }
        Some(Thing::Provision(_) | Thing::Footnote { .. }) => Vec::new(),
        None => of_declaration(snapshot, file, offset, declaration),
    }
}

/// The cursor stands on what is referred to: a title, or a clause's label.
fn of_declaration(snapshot: &Snapshot, file: &File, offset: TextSize, declaration: bool) -> Vec<(FileId, TextRange)> {
    let document = &file.facts().document;
    let Some(index) = document.paragraph_at(offset) else { return Vec::new() };
    let paragraph = document.paragraph(index);
    let on_label = paragraph.label.as_ref().is_some_and(|label| label.range.contains_inclusive(offset));
    if paragraph.kind == ParagraphKind::Clause && on_label {
        return references_to(file, index, declaration);
    }
    let Some(resolution) = titled_at(file, offset) else { return Vec::new() };
    let id = identity_of(file, resolution).and_then(|identity| identity.id.as_ref());
    id.map(|id| citations_of(snapshot, id, declaration)).unwrap_or_default()
}

/// The citations of a resolution in the workspace, in the order of files and texts; with `declaration` its titles first.
pub(super) fn citations_of(snapshot: &Snapshot, id: &ResolutionId, declaration: bool) -> Vec<(FileId, TextRange)> {
    let mut places = Vec::new();
    if declaration {
        places.extend(snapshot.defining(id).iter().filter_map(|definition| {
            let file = snapshot.file(definition.file)?;
            let (_, selection) = super::target::place_of(file, definition)?;
            Some((definition.file, selection))
        }));
    }
    for file in snapshot.citing(id).iter().filter_map(|file| snapshot.file(*file)) {
        places.extend(citations_in(file.facts(), id).map(|citation| (file.id, citation.range)));
    }
    places
}

/// The citations of a resolution in one file. One of which a tracked change makes another wording counts once, as
/// amended.
pub(super) fn citations_in<'a>(facts: &'a Facts, id: &'a ResolutionId) -> impl Iterator<Item = &'a Citation> {
    once_each(facts.citations.iter().filter(move |citation| citation.id.as_ref() == Some(id)))
}

/// Leaves out what the reading as in force cites where the reading as amended cites the same: the words of the two
/// overlap there.
pub(super) fn once_each<'a>(citations: impl Iterator<Item = &'a Citation>) -> impl Iterator<Item = &'a Citation> {
    let mut last: Option<&Citation> = None;
    citations.filter(move |citation| {
        let again = last.is_some_and(|last| {
            last.side != citation.side
                && last.id == citation.id
                && last.number_range.intersect(citation.number_range).is_some_and(|shared| !shared.is_empty())
        });
        if !again {
            last = Some(citation);
        }
        !again
    })
}

fn references_to(file: &File, clause: ParagraphIndex, declaration: bool) -> Vec<(FileId, TextRange)> {
    let facts = file.facts();
    let own = facts.document.paragraph(clause).label.as_ref().map(|label| label.range).filter(|_| declaration);
    let steps = steps(facts).filter(|step| target_of(step) == Some(clause)).map(|step| step.range);
    own.into_iter().chain(steps).map(|range| (file.id, range)).collect()
}

fn steps(facts: &Facts) -> impl Iterator<Item = &Step> {
    let own = facts.references.iter().filter(|reference| reference.owner == Owner::This);
    own.flat_map(|reference| reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps))
}

/// The label of a reference that the cursor stands on, else its last one.
pub(super) fn step_at(reference: &Reference, offset: TextSize) -> Option<&Step> {
    let mut steps = reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps);
    let at = steps.clone().find(|step| step.range.contains_inclusive(offset));
    at.or_else(|| steps.next_back())
}

/// The clause that a label names, as amended where the readings differ.
pub(super) fn target_of(step: &Step) -> Option<ParagraphIndex> {
    [Side::Amended, Side::InForce].iter().find_map(|side| step.target[*side].clause())
}
