//! References that tracked changes made name another clause than the one they named.

use super::follow::{Meaning, carry, carry_ordinal};
use super::resolve::counts_alike;
use super::{Owner, PartName, Reference, Resolver, Step, Target};
use crate::numbering::{Label, is_tracked};
use crate::syntax::{Document, ParagraphIndex, Side, TextEdit};

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
/// `resolver` and `meaning` are of the document.
pub fn stale<'a>(
    document: &Document,
    resolver: &Resolver<'_>,
    meaning: &Meaning<'_>,
    reference: &'a Reference,
) -> Vec<Stale<'a>> {
    if reference.owner != Owner::This || !reference.in_both {
        return Vec::new();
    }
    let mut found = Vec::new();
    for pinpoint in &reference.pinpoints {
        for step in &pinpoint.steps {
            let (Target::Clause(clause), Target::Clause(instead)) = (step.target.in_force, step.target.amended) else {
                break;
            };
            let now = meaning.now(clause);
            if now == Some(instead) {
                continue;
            }
            // A clause that kept its number is what the reference means, whatever else has taken that number.
            let by_place = step.ordinal.is_some() && reference.part == Some(PartName::Preamble);
            if !by_place && now == Some(clause) && meaning.of(step) == now {
                break;
            }
            let now = now.and_then(|now| label_of(document, resolver, reference, step, now));
            found.push(Stale { step, clause, instead, now });
            // What stands below another clause is another thing, too.
            break;
        }
    }
    found
}

/// How a clause is named as amended in the way in which a reference names it.
fn label_of(
    document: &Document,
    resolver: &Resolver<'_>,
    reference: &Reference,
    step: &Step,
    clause: ParagraphIndex,
) -> Option<Label> {
    if step.ordinal.is_some() && reference.part == Some(PartName::Preamble) {
        let preamble = resolver.preamble(document.paragraph(clause).resolution, Side::Amended);
        let place = preamble.iter().position(|other| *other == clause)?;
        return Label::parse(&(place + 1).to_string()).into_iter().next();
    }
    let labels = Label::parse(document.paragraph(clause).label.as_ref()?.text.amended.as_deref()?);
    let counts = |label: &&Label| {
        step.ordinal.is_some() || step.labels.iter().any(|cited| counts_alike(cited.style.numeral, label.style.numeral))
    };
    labels.iter().find(counts).or(labels.first()).cloned()
}

/// The edits by which a reference of a tracked text names again what it named in the text as in force. `None` where a
/// clause has no label any more or one of them cannot be written.
pub fn restore(text: &str, document: &Document, reference: &Reference, stale: &[Stale<'_>]) -> Option<Vec<TextEdit>> {
    let paragraph = document.paragraph(reference.paragraph);
    let tracked = || is_tracked(document, paragraph.resolution);
    let write = |stale: &Stale<'_>| {
        let label = stale.now.as_ref()?;
        match stale.step.ordinal {
            Some(ordinal) => carry_ordinal(text, paragraph, stale.step, ordinal, label.value, tracked),
            None => carry(text, paragraph, stale.step, label, tracked),
        }
    };
    stale.iter().map(write).collect()
}
