//! What the rules about references share.

use std::cell::OnceCell;

use super::{
    Finding, Input, reference_ambiguous as ambiguous, reference_dangling as dangling, reference_direction as direction,
    reference_stale as stale,
};
use crate::facts::Facts;
use crate::numbering::Label;
use crate::reference::{Meaning, Reference, Resolver, Step};
use crate::syntax::{Document, ParagraphIndex, Side, TextRange};

/// What is wrong with the references of a document, each rule's findings apart. They are looked for together: most documents
/// have nothing to look at, and where they have, what tells the meaning of references is made once.
pub(super) struct Found {
    pub ambiguous: Vec<Finding>,
    pub dangling: Vec<Finding>,
    pub direction: Vec<Finding>,
    pub stale: Vec<Finding>,
}

/// Looks for what is wrong.
pub(super) fn read(input: &Input<'_>) -> Found {
    let known = Known { facts: input.facts, resolver: OnceCell::new(), meaning: OnceCell::new() };
    Found {
        ambiguous: ambiguous::find(input, &known),
        dangling: dangling::find(input, &known),
        direction: direction::find(input, &known),
        stale: stale::find(input, &known),
    }
}

/// What tells the meaning of references, made when first asked for.
pub(super) struct Known<'a> {
    facts: &'a Facts,
    resolver: OnceCell<Resolver<'a>>,
    meaning: OnceCell<Meaning<'a>>,
}

impl<'a> Known<'a> {
    pub fn resolver(&self) -> &Resolver<'a> {
        self.resolver.get_or_init(|| Resolver::with_lists(&self.facts.document, self.facts.lists.clone()))
    }

    pub fn meaning(&self) -> &Meaning<'a> {
        self.meaning.get_or_init(|| Meaning::new(&self.facts.document))
    }
}

/// The reading in which a reference is judged: as amended, if it stands there.
pub(super) fn side_of(reference: &Reference) -> Side {
    if reference.in_both { Side::Amended } else { reference.side }
}

/// The words of some pieces of the source, one behind the other.
pub(super) fn words_at(text: &str, pieces: &[TextRange]) -> String {
    pieces.iter().filter_map(|piece| text.get(usize::from(piece.start())..usize::from(piece.end()))).collect()
}

/// The first words of a clause in a reading, for a message: “3. to report each year on …”.
pub(super) fn first_words(document: &Document, clause: ParagraphIndex, side: Side) -> String {
    let paragraph = document.paragraph(clause);
    let words = paragraph.views[side].text.trim();
    let short: String = words.chars().take(40).collect();
    // Not in the middle of a word, where words are set apart.
    let short = match short.len() < words.len() {
        true => format!("{} …", short.rsplit_once(' ').map_or(short.as_str(), |(front, _)| front).trim_end()),
        false => short.trim_end_matches([',', ';', '.', '；', '，', '。', '؛', '،']).to_owned(),
    };
    match paragraph.label.as_ref().and_then(|label| label.text[side].as_deref()) {
        Some(label) => format!("{label} {short}"),
        None => short,
    }
}

/// Among the labels of lists of several kinds, those that count as the reference does.
pub(super) fn alike<'a>(step: &Step, labels: &[&'a Label]) -> Vec<&'a Label> {
    let counted = |label: &&Label| step.labels.iter().any(|cited| cited.style.numeral.same_kind(label.style.numeral));
    let alike: Vec<&Label> = labels.iter().copied().filter(counted).collect();
    if alike.is_empty() { labels.to_vec() } else { alike }
}

/// “1 to 4”, “a) to c)”, “a)”.
pub(super) fn existing(labels: &[&Label]) -> Option<String> {
    let (first, last) = (labels.first()?, labels.last()?);
    Some(if labels.len() == 1 { format!("“{first}” alone") } else { format!("“{first}” to “{last}”") })
}
