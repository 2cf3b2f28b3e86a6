//! Everything that can be known of a document by reading that document alone. Kept for each document and made anew
//! only when it changes.

use tree_sitter::Tree;

use crate::citation::{self, Citation, Citations, Identity, Provision};
use crate::drafting::{self, Part};
use crate::excuse::{self, Excuse};
use crate::numbering::{self, Lists, Problem};
use crate::reference::{self, Owner, Reference};
use crate::syntax::{Document, Patches, lower, lower_again};
use crate::threads::{WORTH_A_THREAD, both};

/// What one document says.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Its structure.
    pub document: Document,
    /// Which resolution each of its resolutions is.
    pub identities: Vec<Identity>,
    /// What it cites, in text order.
    pub citations: Vec<Citation>,
    /// The articles, numbers and paragraphs of treaties and outcome documents that it names, in text order.
    pub provisions: Vec<Provision>,
    /// Its lists of clauses, in both readings.
    pub lists: Lists,
    /// What is wrong with its numbering, in text order.
    pub numbering: Vec<Problem>,
    /// Its references to its own clauses, and to clauses of the texts that it cites, in text order.
    pub references: Vec<Reference>,
    /// By paragraph: whether it is of the preamble or of the operative part.
    pub parts: Vec<Part>,
    /// Comments that excuse findings, in text order.
    pub excuses: Vec<Excuse>,
}

impl Facts {
    /// Reads `text`, which `tree` was parsed from.
    pub fn read(text: &str, tree: &Tree) -> Facts {
        Facts::of(text, lower(text, tree), None)
    }

    /// Reads a text that is being edited: what is made of each of its paragraphs is kept as long as its words are the
    /// same ([`crate::syntax::Paragraph::remembered`]). `before` is what the text said before the edits that the patches
    /// sum up, if it was known. The result is that of [`Facts::read`].
    pub fn read_again(text: &str, tree: &Tree, before: Option<(&Facts, &Patches)>) -> Facts {
        let document = lower_again(text, tree, before.map(|(facts, patches)| (&facts.document, patches)));
        Facts::of(text, document, before.map(|(facts, _)| facts))
    }

    /// Whether what is made of its paragraphs is kept.
    pub fn is_edited(&self) -> bool {
        self.document.is_edited()
    }

    fn of(text: &str, document: Document, before: Option<&Facts>) -> Facts {
        let cite = || citation::read(&document);
        let number = || {
            let lists = numbering::both_again(&document, before.map(|before| (&before.document, &before.lists)));
            let numbering = numbering::check_lists(&document, &lists);
            let references = reference::read_with_lists(&document, &lists);
            (lists, numbering, references)
        };
        // Somebody waits for what is being edited; other texts are read on all cores already.
        let apart = document.is_edited() && text.len() >= WORTH_A_THREAD;
        let (cited, numbered) = if apart { both(cite, number) } else { (cite(), number()) };
        let Citations { identities, citations, provisions } = cited;
        let (lists, numbering, mut references) = numbered;
        // What a treaty's name says is not said of this resolution: “paragraph 35 of the Tunis Agenda”.
        let of_a_treaty = |reference: &Reference| {
            let place = |provision: &Provision| (provision.paragraph, provision.range.start());
            let behind = provisions
                .partition_point(|provision| place(provision) <= (reference.paragraph, reference.range.start()));
            // The two readings may each have one at the same place.
            let near = provisions[..behind].iter().rev().take(2);
            near.into_iter().any(|provision| provision.range.contains_range(reference.range))
        };
        references.retain(|reference| reference.owner != Owner::This || !of_a_treaty(reference));
        let parts = drafting::parts(&document);
        let excuses = excuse::read(text, &document);
        Facts { document, identities, citations, provisions, lists, numbering, references, parts, excuses }
    }

    /// The citation that a reference belongs to: “Resolution 140 (Rev. Dubai, 2018)” for “resolves 2” in front of it.
    /// `None` for a reference to this resolution, and for one to a text that is no resolution.
    pub fn citation_of(&self, reference: &Reference) -> Option<&Citation> {
        let Owner::Citation(owner) = reference.owner else { return None };
        // Citations stand in the order of their numbers: the one meant is among the few around the end of the owner.
        let place = |citation: &Citation| (citation.paragraph, citation.number_range.start());
        let behind = self.citations.partition_point(|citation| place(citation) < (reference.paragraph, owner.end()));
        let near = behind.saturating_sub(8)..self.citations.len().min(behind + 8);
        let near = self.citations.get(near).unwrap_or_default().iter();
        near.filter(|citation| citation.paragraph == reference.paragraph)
            .filter(|citation| citation.range.intersect(owner).is_some_and(|shared| !shared.is_empty()))
            .min_by_key(|citation| (citation.side != reference.side && !citation.in_both, citation.range.start()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::syntax::parse;

    /// What changes how a paragraph stands in its list, and what does not.
    const PIECES: &[&str] = &[
        "a) ",
        "b) ",
        "c. ",
        "i) ",
        "ii) ",
        "1. ",
        "l. ",
        "2. ",
        "2.1 ",
        "3bis. ",
        "– ",
        "（一）",
        "*recalling*\n\n",
        "*resolves*\n\n",
        "### Annex 1\n\n",
        "### Part 2\n\n",
        "# Resolution 7\n\n",
        "   ",
        "\n",
        "\n\n",
        "words",
        " and more",
        "Heading",
        ":",
        ";",
        ".",
        "…",
        "70.125",
        "{++a) ",
        "++}",
        "{--",
        "--}",
        "{~~1~>2~~}. ",
        "[^1]: ",
        "Reasons: ",
    ];

    fn again(before: &Facts, old: &str, new: &str) -> Facts {
        Facts::read_again(new, &parse(new), Some((before, &Patches::between(old, new))))
    }

    #[test]
    fn words_inside_of_a_clause_leave_the_lists_as_they_are() {
        let old = "*resolves*\n\n1. to paint;\n   a) legs;\n   b) backs;\n2. to count.\n";
        let before = Facts::read_again(old, &parse(old), None);
        let same = |new: &str| Arc::ptr_eq(&again(&before, old, new).lists.amended, &before.lists.amended);
        assert!(same(&old.replace("paint", "paint and mend")));
        assert!(same(&old.replace("backs", "the backs")));
        assert!(!same(&old.replace("b)", "c)")));
        assert!(!same(&old.replace("legs;", "legs.")));
        assert!(!same(&old.replace("   a)", "a)")));
        assert!(!same(&old.replace("2. to", "to")));
        assert!(!same(&old.replace("*resolves*", "*resolves further*")));
    }

    proptest! {
        /// Whatever is taken over from the text before is what would be read from nothing.
        #[test]
        fn lists_behind_an_edit_are_those_read_from_nothing(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 1..24),
            edits in prop::collection::vec((any::<prop::sample::Index>(), prop::option::of(prop::sample::select(PIECES))), 1..4),
        ) {
            let mut pieces = pieces;
            let mut old = pieces.concat();
            let mut before = Facts::read_again(&old, &parse(&old), None);
            for (at, piece) in edits {
                let at = at.index(pieces.len());
                match piece {
                    Some(piece) => pieces.insert(at, piece),
                    None if pieces.len() > 1 => { pieces.remove(at); }
                    None => {}
                }
                let new = pieces.concat();
                let facts = again(&before, &old, &new);
                let fresh = Facts::read(&new, &parse(&new));
                prop_assert_eq!(&facts.lists, &fresh.lists, "{:?} behind {:?}", new, old);
                prop_assert_eq!(&facts.numbering, &fresh.numbering, "{:?} behind {:?}", new, old);
                (old, before) = (new, facts);
            }
        }
    }
}
