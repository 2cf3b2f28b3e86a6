//! References that follow their clauses when these are renumbered.

use std::collections::HashMap;

use super::resolve::counts_alike;
use super::{Owner, Reference, Resolved, Step, Target};
use crate::numbering::{Label, LabelChange, is_tracked, rewrite};
use crate::syntax::{Document, ParagraphIndex, ResolutionIndex, Side, TextEdit};

/// The edits by which the references of a document follow its own clauses. `references` are those of the document,
/// `changes` what its labels become.
///
/// Where two clauses have the same number, a reference stays with the one that it meant in the text as in force and,
/// where nothing is tracked, with the first.
pub fn follow(text: &str, document: &Document, references: &[Reference], changes: &[LabelChange]) -> Vec<TextEdit> {
    let renewed: HashMap<ParagraphIndex, &LabelChange> =
        changes.iter().map(|change| (change.paragraph, change)).collect();
    let own = references.iter().filter(|reference| reference.owner == Owner::This && stands(reference));
    let steps = own.flat_map(|reference| {
        let steps = reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps);
        steps.map(move |step| (reference.paragraph, step))
    });
    let mut writer = Writer { text, document, tracked: HashMap::new() };
    steps
        .filter_map(|(paragraph, step)| {
            let change = renewed.get(&meant(document, step)?)?;
            writer.edit(paragraph, step, change)
        })
        .collect()
}

/// The edits by which one reference of another text follows clauses of a document whose labels change. `text` and
/// `document` are those of the reference, `resolved` what it means in the other document.
pub fn follow_outside(
    text: &str,
    document: &Document,
    reference: &Reference,
    resolved: &Resolved,
    changes: &[LabelChange],
) -> Vec<TextEdit> {
    if !stands(reference) {
        return Vec::new();
    }
    let mut writer = Writer { text, document, tracked: HashMap::new() };
    let mut edits = Vec::new();
    for (pinpoint, targets) in reference.pinpoints.iter().zip(&resolved.targets) {
        for (step, target) in pinpoint.steps.iter().zip(targets) {
            let change = target.clause().and_then(|clause| changes.iter().find(|change| change.paragraph == clause));
            edits.extend(change.and_then(|change| writer.edit(reference.paragraph, step, change)));
        }
    }
    edits
}

/// Whether a reference stands in the text as amended, which is the one that is renumbered.
fn stands(reference: &Reference) -> bool {
    reference.in_both || reference.side == Side::Amended
}

/// The clause that a label means.
pub(super) fn meant(document: &Document, step: &Step) -> Option<ParagraphIndex> {
    // A clause that has kept its number since the text in force is what an unchanged reference means, even if an
    // inserted clause took the same number.
    if let Target::Clause(old) = step.target.in_force {
        let paragraph = document.paragraph(old);
        let label = paragraph.label.as_ref().and_then(|label| label.text.amended.as_deref());
        let kept = label.is_some_and(|label| Label::parse(label).iter().any(|label| cites(step, label).is_some()));
        if kept && paragraph.is_in(Side::Amended) {
            return Some(old);
        }
    }
    step.target.amended.clause()
}

/// The reading of a reference's label that names a clause's label.
fn cites<'a>(step: &'a Step, label: &Label) -> Option<&'a Label> {
    let alike = |cited: &&Label| {
        cited.rank() == label.rank()
            && cited.path == label.path
            && counts_alike(cited.style.numeral, label.style.numeral)
    };
    step.labels.iter().find(alike)
}

struct Writer<'a> {
    text: &'a str,
    document: &'a Document,
    tracked: HashMap<ResolutionIndex, bool>,
}

impl Writer<'_> {
    fn edit(&mut self, paragraph: ParagraphIndex, step: &Step, change: &LabelChange) -> Option<TextEdit> {
        let cited = cites(step, &change.old)?;
        let (old, new) = (&change.old, &change.new);
        if new.rank() == old.rank() && new.path == old.path && new.style.numeral.same_kind(old.style.numeral) {
            // Only the brackets changed, which references write in their own way.
            return None;
        }
        let mut written = new.clone();
        if new.style.numeral.same_kind(old.style.numeral) {
            // In the digits or letters of the reference: 第3段 for 三、
            written.style.numeral = match cited.style.numeral.same_kind(new.style.numeral) {
                true => new.style.numeral,
                false => cited.style.numeral,
            };
        }
        if cited.suffix > 0 {
            written.suffix_form = cited.suffix_form;
        }
        let paragraph = self.document.paragraph(paragraph);
        let resolution = paragraph.resolution;
        let tracked = *self.tracked.entry(resolution).or_insert_with(|| is_tracked(self.document, resolution));
        rewrite(self.text, paragraph, &step.core, &written.core(), tracked)
    }
}
