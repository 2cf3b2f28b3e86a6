//! Go to definition: from a citation to the resolution, from a reference to its clause, from `[^1]` to the footnote.

use super::references::{step_at, target_of};
use super::target::{
    Thing, best_definition, labelled_at, language_at, meant, pinned_clause, place_of, place_of_resolution, thing_at,
    titled_at, whole_range,
};
use crate::citation::{Citation, Provision, ResolutionId, Version, treaty};
use crate::facts::Facts;
use crate::reference::{Owner, Reference};
use crate::syntax::{ParagraphIndex, TextRange, TextSize};
use crate::workspace::{File, FileId, Snapshot};

/// Where to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Into a text of the workspace.
    File {
        /// The file.
        file: FileId,
        /// All of the resolution or clause.
        range: TextRange,
        /// What to select: the title, the clause; within `range`.
        selection: TextRange,
    },
    /// To the page about a resolution that only the catalogue knows.
    Page {
        /// The resolution.
        id: ResolutionId,
        /// The version that the text cites.
        version: Option<Version>,
    },
}

/// A place to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What the cursor stands on, in the file asked about.
    pub origin: TextRange,
    /// Where it leads.
    pub destination: Destination,
}

/// Where what stands at `offset` leads; several places where a reference names several clauses. A label and a title lead
/// to themselves: an editor that is asked to go there shows who refers to them instead. Empty where there is nothing, and
/// for a citation of a resolution that nobody knows.
pub fn definition(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Vec<Target> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let facts = file.facts();
    match thing_at(facts, offset) {
        Some(Thing::Citation(citation)) => {
            let all = whole_range(facts, citation).into_iter();
            let destinations = all.filter_map(|citation| of_citation(snapshot, facts, citation));
            destinations.map(|destination| Target { origin: citation.range, destination }).collect()
        }
        Some(Thing::Reference(reference)) => of_reference(snapshot, file, reference, offset),
        Some(Thing::Provision(provision)) => {
            let destination = of_provision(snapshot, facts, provision);
            destination.map(|destination| Target { origin: provision.range, destination }).into_iter().collect()
        }
        Some(Thing::Footnote { range, text }) => {
            vec![Target { origin: range, destination: of_paragraph(file, text) }]
        }
        None => itself(file, offset).into_iter().collect(),
    }
}

/// The clause whose label, or the resolution whose title, stands at `offset`.
fn itself(file: &File, offset: TextSize) -> Option<Target> {
    let document = &file.facts().document;
    if let Some((clause, label)) = labelled_at(document, offset) {
        return Some(Target { origin: label, destination: of_label(file, clause) });
    }
    let (range, selection) = place_of_resolution(file, titled_at(file, offset)?)?;
    // The subject has words of its own, which are no name of anything.
    let on_title = selection.contains_inclusive(offset);
    on_title.then_some(Target { origin: selection, destination: Destination::File { file: file.id, range, selection } })
}

/// The resolution that a citation names: its text in the workspace, else the page about it.
pub(super) fn of_citation(snapshot: &Snapshot, facts: &Facts, citation: &Citation) -> Option<Destination> {
    let id = citation.id.as_ref()?;
    let language = language_at(facts, citation.range.start());
    if let Some((file, definition)) = best_definition(snapshot, id, citation.version.as_ref(), language) {
        if let Some(clause) = pinned_clause(facts, citation, &file.facts().document, definition.resolution) {
            return Some(of_paragraph(file, clause));
        }
        let (range, selection) = place_of(file, definition)?;
        return Some(Destination::File { file: file.id, range, selection });
    }
    snapshot.catalogue().get(id)?;
    Some(Destination::Page { id: id.clone(), version: citation.version.clone() })
}

/// The resolution that holds a treaty or outcome document.
pub(super) fn of_provision(snapshot: &Snapshot, facts: &Facts, provision: &Provision) -> Option<Destination> {
    let id: ResolutionId = treaty(provision.treaty)?.resolution.as_deref()?.parse().ok()?;
    let language = language_at(facts, provision.range.start());
    if let Some((file, definition)) = best_definition(snapshot, &id, None, language) {
        let (range, selection) = place_of(file, definition)?;
        return Some(Destination::File { file: file.id, range, selection });
    }
    snapshot.catalogue().get(&id)?;
    Some(Destination::Page { id, version: None })
}

pub(super) fn of_paragraph(file: &File, paragraph: ParagraphIndex) -> Destination {
    let range = file.facts().document.paragraph(paragraph).range;
    Destination::File { file: file.id, range, selection: range }
}

/// A clause, with its label to be selected; a heading or other paragraph as a whole.
pub(super) fn of_label(file: &File, paragraph: ParagraphIndex) -> Destination {
    let paragraph = file.facts().document.paragraph(paragraph);
    let selection = paragraph.label.as_ref().map_or(paragraph.range, |label| label.range);
    Destination::File { file: file.id, range: paragraph.range.cover(selection), selection }
}

/// The clause under the cursor, or all that the reference names; for a pinpoint of another resolution, the clauses
/// there, else that resolution.
fn of_reference(snapshot: &Snapshot, file: &File, reference: &Reference, offset: TextSize) -> Vec<Target> {
    let facts = file.facts();
    if reference.owner == Owner::This {
        let step = step_at(reference, offset).filter(|step| step.range.contains_inclusive(offset));
        if let Some((step, clause)) = step.and_then(|step| Some((step, target_of(step)?))) {
            return vec![Target { origin: step.range, destination: of_paragraph(file, clause) }];
        }
        let places = meant(reference, &facts.document, None);
        let target = |place| Target { origin: reference.range, destination: of_paragraph(file, place) };
        return places.into_iter().map(target).collect();
    }
    let places = outside(snapshot, facts, reference);
    if !places.is_empty() {
        return places.into_iter().map(|destination| Target { origin: reference.range, destination }).collect();
    }
    let Some(citation) = facts.citation_of(reference) else { return Vec::new() };
    let destination = of_citation(snapshot, facts, citation);
    destination.map(|destination| Target { origin: reference.range, destination }).into_iter().collect()
}

/// The clauses of another resolution that a reference names, in the text that the workspace has of it.
pub(super) fn outside(snapshot: &Snapshot, facts: &Facts, reference: &Reference) -> Vec<Destination> {
    let clauses = || {
        let citation = facts.citation_of(reference)?;
        let language = language_at(facts, citation.range.start());
        let (there, definition) =
            best_definition(snapshot, citation.id.as_ref()?, citation.version.as_ref(), language)?;
        let places = meant(reference, &there.facts().document, Some(definition.resolution));
        Some(places.into_iter().map(|place| of_paragraph(there, place)).collect())
    };
    clauses().unwrap_or_default()
}
