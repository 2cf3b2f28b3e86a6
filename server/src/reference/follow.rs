//! References that follow their clauses when these are renumbered.

use std::collections::HashMap;

use super::resolve::counts_alike;
use super::words::ordinal_like;
use super::{Owner, PartName, Reference, Resolved, Resolver, Step, Target};
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

/// The edits by which one reference of a tracked text names again what it named in the text as in force: for each label
/// of it that a clause has taken over, the label that the clause meant has now. `None` where one of them has no label or
/// cannot be written.
pub fn restore(text: &str, document: &Document, reference: &Reference, stale: &[Stale<'_>]) -> Option<Vec<TextEdit>> {
    let mut writer = Writer { text, document, tracked: HashMap::new() };
    let write = |stale: &Stale<'_>| {
        let label = stale.now.as_ref()?;
        if let Some(ordinal) = stale.step.ordinal {
            return writer.number(reference.paragraph, stale.step, ordinal, label.value);
        }
        let old = stale.step.labels.iter().find(|old| label.style.numeral.same_kind(old.style.numeral));
        let old = old.or(stale.step.labels.first())?.clone();
        writer.edit(reference.paragraph, stale.step, &LabelChange { paragraph: stale.clause, old, new: label.clone() })
    };
    stale.iter().map(write).collect()
}

/// A label of a reference that no longer names the clause that it named.
#[derive(Debug, Clone)]
pub struct Stale<'a> {
    /// The label in the reference.
    pub step: &'a Step,
    /// The clause that it named in the text as in force.
    pub clause: ParagraphIndex,
    /// The clause that it names as amended.
    pub instead: ParagraphIndex,
    /// The label that the clause has as amended, or its place in the preamble; `None` where it is deleted.
    pub now: Option<Label>,
}

/// The labels of a reference that name another clause as amended than in force, though nobody changed the reference.
pub fn stale<'a>(document: &Document, resolver: &Resolver<'_>, reference: &'a Reference) -> Vec<Stale<'a>> {
    if reference.owner != Owner::This || !reference.in_both {
        return Vec::new();
    }
    let resolution = document.paragraph(reference.paragraph).resolution;
    let mut found = Vec::new();
    for pinpoint in &reference.pinpoints {
        for step in &pinpoint.steps {
            let (Target::Clause(clause), Target::Clause(instead)) = (step.target.in_force, step.target.amended) else {
                break;
            };
            if clause == instead {
                continue;
            }
            // A clause that kept its number is what the reference means, whatever else has taken that number.
            if step.ordinal.is_none() && meant(document, step) == Some(clause) {
                break;
            }
            let paragraph = document.paragraph(clause);
            let now = match step.ordinal {
                Some(_) if reference.part == Some(PartName::Preamble) => {
                    let preamble = resolver.preamble(resolution, Side::Amended);
                    let place = preamble.iter().position(|other| *other == clause);
                    place.and_then(|place| Label::parse(&(place + 1).to_string()).into_iter().next())
                }
                _ => {
                    let label = paragraph.label.as_ref().and_then(|label| label.text.amended.as_deref());
                    let labels = label.filter(|_| paragraph.is_in(Side::Amended)).map(Label::parse).unwrap_or_default();
                    let alike = |label: &&Label| {
                        step.ordinal.is_some()
                            || step.labels.iter().any(|cited| counts_alike(cited.style.numeral, label.style.numeral))
                    };
                    labels.iter().find(alike).or(labels.first()).cloned()
                }
            };
            found.push(Stale { step, clause, instead, now });
            // What stands below another clause is another thing, too.
            break;
        }
    }
    found
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
        if let Some(ordinal) = step.ordinal {
            return match ordinal == change.old.value && change.old.path.is_empty() {
                true => self.number(paragraph, step, ordinal, change.new.value),
                false => None,
            };
        }
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
        self.write(paragraph, step, &written.core())
    }

    /// Another number for an ordinal or for what is counted without a label: “fourth” for “third”, 4 for 3.
    fn number(&mut self, paragraph: ParagraphIndex, step: &Step, old: u32, new: u32) -> Option<TextEdit> {
        if old == new {
            return None;
        }
        let written = match ordinal_like(&step.text, new) {
            Some(word) if step.text.starts_with(char::is_uppercase) => {
                let mut letters = word.chars();
                let first = letters.next()?;
                first.to_uppercase().chain(letters).collect()
            }
            Some(word) => word.to_owned(),
            None => {
                let digits = Label::parse(&step.text).into_iter().find(|label| label.value == old)?;
                digits.with(new, 0).core()
            }
        };
        self.write(paragraph, step, &written)
    }

    fn write(&mut self, paragraph: ParagraphIndex, step: &Step, words: &str) -> Option<TextEdit> {
        let paragraph = self.document.paragraph(paragraph);
        let resolution = paragraph.resolution;
        let tracked = *self.tracked.entry(resolution).or_insert_with(|| is_tracked(self.document, resolution));
        rewrite(self.text, paragraph, &step.core, words, tracked)
    }
}
