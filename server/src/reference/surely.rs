//! Which clauses a text has for certain: enough to say of most references from other texts, without the text, that what
//! they name is there.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;

use super::Reference;
use super::resolve::section_name;
use crate::numbering::{Label, List, Lists, Numeral, Run};
use crate::syntax::{Document, Paragraph, ResolutionIndex, Side};

/// The clauses of a resolution that stand in sections with a name and are no sub-clauses, in each reading; each as a number
/// that is made of the section's name and its label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    amended: Box<[u64]>,
    /// `None` where it is the same as the text as amended.
    in_force: Option<Box<[u64]>>,
}

/// The clauses that a reference from another text names, in the same numbers: one of each group has to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted(Box<[Box<[u64]>]>);

impl Known {
    /// Of a resolution of a document with these lists.
    pub fn of(document: &Document, lists: &Lists, resolution: ResolutionIndex) -> Known {
        let Some(own) = document.resolutions.get(resolution.index()) else { return Known::default() };
        let paragraphs = document.paragraphs.get(own.paragraphs.clone()).unwrap_or_default();
        let tracked = paragraphs.iter().any(Paragraph::is_tracked);
        let read = |side: Side| {
            let mut numbers: Vec<u64> = Vec::new();
            // Lists stand in the order of their first clauses.
            let place = |list: &List| list.items.first().map_or(0, |item| item.paragraph.index());
            let first = lists[side].partition_point(|list| place(list) < own.paragraphs.start);
            let own = lists[side][first..].iter().take_while(|list| place(list) < own.paragraphs.end);
            for list in own.filter(|list| list.parent.is_none()) {
                let Some(section) = document.sections.get(list.section.index()) else { continue };
                let heading = section.heading.and_then(|heading| document.paragraphs.get(heading.index()));
                let Some(heading) = heading.filter(|heading| heading.is_in(side)) else { continue };
                let name = section_name(&heading.views[side].text);
                if !name.is_empty() {
                    numbers.extend(list.items.iter().map(|item| number(&name, &item.label)));
                }
            }
            numbers.sort_unstable();
            numbers.dedup();
            numbers.into_boxed_slice()
        };
        Known { amended: read(Side::Amended), in_force: tracked.then(|| read(Side::InForce)) }
    }

    /// Whether what is wanted is there in a reading: then [`super::Resolver::from_outside`] does not say of any of it that
    /// it is missing. That it is not here says nothing.
    pub fn have(&self, wanted: &Wanted, side: Side) -> bool {
        let numbers = match (side, &self.in_force) {
            (Side::InForce, Some(in_force)) => in_force,
            _ => &self.amended,
        };
        wanted.0.iter().all(|group| group.iter().any(|number| numbers.binary_search(number).is_ok()))
    }
}

impl Wanted {
    /// What a reference names; `None` where the text has to be asked: where it names no section, or a sub-clause.
    pub fn by(reference: &Reference) -> Option<Wanted> {
        let name = section_name(&reference.section.as_ref()?.text);
        let group = |steps: &[super::Step]| match steps {
            [only] => Some(only.labels.iter().map(|label| number(&name, label)).collect()),
            _ => None,
        };
        let groups = reference.pinpoints.iter().map(|pinpoint| group(&pinpoint.steps));
        groups.collect::<Option<_>>().map(Wanted)
    }
}

/// The number of a clause: the same for labels that name one another ([`super::Resolver`]), in sections of one name.
fn number(section: &str, label: &Label) -> u64 {
    let counted = match label.style.numeral {
        Numeral::Digits { .. } | Numeral::Chinese | Numeral::Circled => None,
        other => Some(other.with_run(Run::Doubled)),
    };
    FixedState::default().hash_one((section, counted, label.rank(), &label.path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::reference::{Owner, Resolver, Target};
    use crate::syntax::parse;

    #[test]
    fn what_is_surely_there_is_what_the_text_has() {
        let text = "# Resolution 9001 (Geneva, 2018)\n\n*resolves*\n\n1. to paint it:\n   a) red;\n   b) blue;\n\
                    {++2. to close it;++}\n\n*instructs the Director, and the Council*\n\n(i) to go;\nii) to stay.\n\n\
                    to rest:\n\n   a) long.\n";
        let cited = Facts::read(text, &parse(text));
        let resolver = Resolver::new(&cited.document);
        let known = Known::of(&cited.document, &cited.lists, ResolutionIndex(0));
        // Words, whether they are surely there in the text as in force and as amended.
        let cases = [
            ("*resolves* 1", [true, true]),
            ("*resolves* 2", [false, true]),
            ("*resolves* 3", [false, false]),
            ("*resolves* 1 and 2", [false, true]),
            ("*resolves* 1 and 3", [false, false]),
            ("*Resolves* 1", [true, true]),
            // Below another clause; this, and what is named by a part of its name, the text is asked.
            ("*resolves* 1 a)", [false, false]),
            ("*resolves* a)", [false, false]),
            ("*instructs the Director* i)", [false, false]),
            ("*instructs the Director, and the Council* (ii)", [true, true]),
            ("*notes* 1", [false, false]),
        ];
        for (words, surely) in cases {
            let citing = format!("a) {words} of Resolution 9001 (Geneva, 2018) of the Plenipotentiary Conference;\n");
            let facts = Facts::read(&citing, &parse(&citing));
            let reference = facts.references.iter().find(|reference| reference.owner != Owner::This).expect(words);
            for (side, surely) in Side::BOTH.into_iter().zip(surely) {
                let had = Wanted::by(reference).is_some_and(|wanted| known.have(&wanted, side));
                assert_eq!(had, surely, "{words} in {side:?}");
                let resolved = resolver.from_outside(reference, ResolutionIndex(0), side);
                let missing = resolved.targets.iter().flatten().any(|target| *target == Target::Missing);
                assert!(!(had && missing), "{words} in {side:?}: {resolved:?}");
            }
        }
    }
}
