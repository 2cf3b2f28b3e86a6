//! Find references: every citation of a resolution, every reference to a clause.

use super::target::{Thing, thing_at};
use crate::citation::ResolutionId;
use crate::facts::Facts;
use crate::reference::{Owner, Reference, Step};
use crate::syntax::{ParagraphIndex, ParagraphKind, Side, TextRange, TextSize};
use crate::workspace::{File, FileId, Snapshot};

/// Where a resolution is cited or a clause is referred to.
///
/// On a citation, or on the title of a resolution: every citation of that resolution in the workspace, whatever its
/// version. On a reference to a clause, or on the clause's label: every reference to that clause in its file. With
/// `declaration` the title or the clause itself comes first. In the order of files and texts.
pub fn references(snapshot: &Snapshot, file: FileId, offset: TextSize, declaration: bool) -> Vec<(FileId, TextRange)> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let facts = file.facts();
    match thing_at(facts, offset) {
        Some(Thing::Citation(citation)) => {
            citation.id.as_ref().map(|id| citations_of(snapshot, id, declaration)).unwrap_or_default()
        }
        Some(Thing::Reference(reference)) => {
            let clause = step_at(reference, offset).and_then(target_of);
            clause.map(|clause| references_to(file, clause, declaration)).unwrap_or_default()
        }
        Some(Thing::Footnote { .. }) => Vec::new(),
        None => of_declaration(snapshot, file, offset, declaration),
    }
}

/// The cursor stands on what is referred to: a title, or a clause's label.
fn of_declaration(snapshot: &Snapshot, file: &File, offset: TextSize, declaration: bool) -> Vec<(FileId, TextRange)> {
    let document = &file.facts().document;
    let Some(index) = document.paragraph_at(offset) else { return Vec::new() };
    let paragraph = document.paragraph(index);
    let on_label = paragraph.label.as_ref().is_some_and(|label| label.range.contains_inclusive(offset));
    match paragraph.kind {
        ParagraphKind::Title => {
            let identity = file.facts().identities.iter().find(|i| i.resolution == paragraph.resolution);
            let id = identity.and_then(|identity| identity.id.as_ref());
            id.map(|id| citations_of(snapshot, id, declaration)).unwrap_or_default()
        }
        ParagraphKind::Clause if on_label => references_to(file, index, declaration),
        _ => Vec::new(),
    }
}

fn citations_of(snapshot: &Snapshot, id: &ResolutionId, declaration: bool) -> Vec<(FileId, TextRange)> {
    let mut places = Vec::new();
    if declaration {
        places.extend(snapshot.defining(id).iter().filter_map(|definition| {
            let file = snapshot.file(definition.file)?;
            let (_, selection) = super::target::place_of(file, definition)?;
            Some((definition.file, selection))
        }));
    }
    for file in snapshot.citing(id).iter().filter_map(|file| snapshot.file(*file)) {
        let of_it = file.facts().citations.iter().filter(|citation| citation.id.as_ref() == Some(id));
        places.extend(of_it.map(|citation| (file.id, citation.range)));
    }
    places
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
