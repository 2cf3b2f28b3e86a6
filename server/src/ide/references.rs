//! Find references: every citation of a resolution, every reference to a clause.

use std::collections::HashSet;

use super::target::{
    Thing, best_definition, footnote_name, footnotes, identity_of, labelled_at, language_at, pinned_clause, thing_at,
    titled_at,
};
use crate::citation::{Citation, Identity, ResolutionId};
use crate::facts::Facts;
use crate::reference::{Owner, Reference, Resolver, Step};
use crate::syntax::{ParagraphIndex, Side, TextRange, TextSize};
use crate::workspace::{File, FileId, Snapshot};

/// Where a resolution is cited, a clause is referred to or a footnote belongs.
///
/// On a citation, on words that name a section of what is cited, or on the title or subject of a resolution: every
/// citation of that resolution in the workspace, whatever its version and however it is worded. On a reference to a
/// clause, also to one of another text, or on the clause's label: every reference to that clause, in its file and in
/// those that cite its resolution. On a footnote or its mark: the marks. With `declaration` the title, the clause's label
/// or the footnote comes first. In the order of files and texts.
pub fn references(snapshot: &Snapshot, file: FileId, offset: TextSize, declaration: bool) -> Vec<(FileId, TextRange)> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let facts = file.facts();
    match thing_at(facts, offset) {
        Some(Thing::Citation(citation)) => {
            citation.id.as_ref().map(|id| citations_of(snapshot, id, declaration)).unwrap_or_default()
        }
        Some(Thing::Reference(reference)) => match clause_at(snapshot, file, reference, offset) {
            Some((there, clause)) => references_to(snapshot, there, clause, declaration),
            None => {
                let id = facts.citation_of(reference).and_then(|citation| citation.id.as_ref());
                id.map(|id| citations_of(snapshot, id, declaration)).unwrap_or_default()
            }
        },
        Some(Thing::Footnote { text, .. }) => marks_of(file, text, declaration),
        Some(Thing::Provision(_)) => Vec::new(),
        None => of_declaration(snapshot, file, offset, declaration),
    }
}

/// The cursor stands on what is referred to: a title, a clause's label, a footnote.
fn of_declaration(snapshot: &Snapshot, file: &File, offset: TextSize, declaration: bool) -> Vec<(FileId, TextRange)> {
    if let Some((clause, _)) = labelled_at(&file.facts().document, offset) {
        return references_to(snapshot, file, clause, declaration);
    }
    if let Some(note) = note_at(file.facts(), offset) {
        return marks_of(file, note, declaration);
    }
    let Some(resolution) = titled_at(file, offset) else { return Vec::new() };
    let id = identity_of(file, resolution).and_then(|identity| identity.id.as_ref());
    id.map(|id| citations_of(snapshot, id, declaration)).unwrap_or_default()
}

/// The footnote in front of whose text `offset` stands, on `[^1]`.
pub(super) fn note_at(facts: &Facts, offset: TextSize) -> Option<ParagraphIndex> {
    let index = facts.document.paragraph_at(offset)?;
    let name = footnote_name(facts.document.paragraph(index))?;
    name.contains_inclusive(offset).then_some(index)
}

/// The marks of a footnote, in text order; with `declaration` its own `[^1]` first.
pub(super) fn marks_of(file: &File, note: ParagraphIndex, declaration: bool) -> Vec<(FileId, TextRange)> {
    let own = footnote_name(file.facts().document.paragraph(note)).filter(|_| declaration);
    let marks = footnotes(file.facts()).into_iter().filter(|(_, text)| *text == note).map(|(range, _)| range);
    let mut seen = HashSet::new();
    own.into_iter().chain(marks).filter(|range| seen.insert(*range)).map(|range| (file.id, range)).collect()
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
        places.extend(file.summary().citations_of(id).map(|(range, _)| (file.id, range)));
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

fn references_to(
    snapshot: &Snapshot,
    file: &File,
    clause: ParagraphIndex,
    declaration: bool,
) -> Vec<(FileId, TextRange)> {
    let own = file.facts().document.paragraph(clause).label.as_ref().map(|label| label.range);
    let own = own.filter(|_| declaration).map(|range| (file.id, range));
    own.into_iter().chain(mentions_of(snapshot, file, clause, None)).collect()
}

/// The words that name a clause, in its own file first, then in those that cite its resolution: labels of references and
/// the words of pins that lead to it. What the two readings have in common is listed once. With `only` those of one file.
pub(super) fn mentions_of(
    snapshot: &Snapshot,
    file: &File,
    clause: ParagraphIndex,
    only: Option<FileId>,
) -> Vec<(FileId, TextRange)> {
    let own = steps(file.facts()).filter(|step| target_of(step) == Some(clause)).map(|step| (file.id, step.range));
    let wanted = |file: &FileId| only.is_none_or(|only| only == *file);
    let mut mentions: Vec<(FileId, TextRange)> = own.filter(|(file, _)| wanted(file)).collect();
    from_outside(snapshot, file, clause, &wanted, &mut mentions);
    let mut seen = HashSet::new();
    mentions.retain(|mention| seen.insert(*mention));
    mentions
}

/// Where the resolution of a clause is cited with that clause.
fn from_outside(
    snapshot: &Snapshot,
    file: &File,
    clause: ParagraphIndex,
    wanted: &dyn Fn(&FileId) -> bool,
    mentions: &mut Vec<(FileId, TextRange)>,
) {
    let facts = file.facts();
    let Some(identity) = identity_of(file, facts.document.paragraph(clause).resolution) else { return };
    let Some(id) = &identity.id else { return };
    let into_it = |citing: &FileId| snapshot.file(*citing).is_some_and(|citing| citing.summary().pinpoints(id));
    let citing: Vec<&FileId> = snapshot.citing(id).iter().filter(|file| wanted(file) && into_it(file)).collect();
    if citing.is_empty() {
        return;
    }
    let resolver = Resolver::new(&facts.document);
    for citing in citing.into_iter().filter_map(|citing| snapshot.file(*citing)) {
        let reading = citing.glance();
        let other = &*reading.facts;
        let means = |citation: &Citation| {
            let of_it = citation.id.as_ref() == Some(id);
            reading_of(snapshot, file, identity, other, citation).filter(|_| of_it)
        };
        for reference in other.references.iter().filter(|reference| reference.owner != Owner::This) {
            let Some(side) = other.citation_of(reference).and_then(means) else { continue };
            let named = resolver.from_outside(reference, identity.resolution, side).targets;
            let steps = reference.pinpoints.iter().zip(&named).flat_map(|(own, named)| own.steps.iter().zip(named));
            let steps = steps.filter(|(_, target)| target.clause() == Some(clause));
            mentions.extend(steps.map(|(step, _)| (citing.id, step.range)));
        }
        let pins = other.citations.iter().filter(|citation| citation.pinned && means(citation).is_some());
        let pins = pins.filter(|pin| pinned_clause(other, pin, &facts.document, identity.resolution) == Some(clause));
        mentions.extend(pins.map(|pin| (citing.id, pin.range)));
    }
}

/// The reading of a text that a citation of its resolution means; `None` where it means another version, of which the
/// numbers may be others. A citation without a version means the text that it leads to.
fn reading_of(
    snapshot: &Snapshot,
    file: &File,
    identity: &Identity,
    citing: &Facts,
    citation: &Citation,
) -> Option<Side> {
    let id = identity.id.as_ref()?;
    let Some(version) = &citation.version else {
        let language = language_at(citing, citation.range.start());
        let (there, definition) = best_definition(snapshot, id, None, language)?;
        return ((there.id, definition.resolution) == (file.id, identity.resolution)).then_some(Side::Amended);
    };
    if identity.version.as_ref() == Some(version) {
        return Some(Side::Amended);
    }
    // The text in force that a proposal changes, where the workspace has it nowhere else.
    let elsewhere = || snapshot.defining(id).iter().any(|text| text.version.as_ref() == Some(version));
    (identity.version_in_force.as_ref() == Some(version) && !elsewhere()).then_some(Side::InForce)
}

/// The clause that the label at `offset` names, and the text that has it; of a reference inside its resolution, the last
/// one where the cursor stands on no label.
pub(super) fn clause_at<'a>(
    snapshot: &'a Snapshot,
    file: &'a File,
    reference: &Reference,
    offset: TextSize,
) -> Option<(&'a File, ParagraphIndex)> {
    if reference.owner == Owner::This {
        return Some((file, step_at(reference, offset).and_then(target_of)?));
    }
    let (pinpoint, step) = reference.pinpoints.iter().enumerate().find_map(|(at, pinpoint)| {
        let step = pinpoint.steps.iter().position(|step| step.range.contains_inclusive(offset))?;
        Some((at, step))
    })?;
    let facts = file.facts();
    let citation = facts.citation_of(reference)?;
    let language = language_at(facts, citation.range.start());
    let (there, definition) = best_definition(snapshot, citation.id.as_ref()?, citation.version.as_ref(), language)?;
    let identity = identity_of(there, definition.resolution)?;
    // A text of another version has other numbers.
    let side = reading_of(snapshot, there, identity, file.facts(), citation)?;
    let named = Resolver::new(&there.facts().document).from_outside(reference, definition.resolution, side).targets;
    Some((there, named.get(pinpoint)?.get(step)?.clause()?))
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
