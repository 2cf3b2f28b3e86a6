//! References that follow their clauses when these are renumbered.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::resolve::counts_alike;
use super::words::ordinal_like;
use super::{Step, Target};
use crate::numbering::{Label, List, rewrite};
use crate::syntax::{Document, Paragraph, ParagraphIndex, Side, TextEdit};

/// What references mean where there is nothing but the text to go by.
pub struct Meaning<'a> {
    document: &'a Document,
    /// The wholly inserted clauses, by their words; `None` for words that several have.
    inserted: OnceCell<HashMap<&'a str, Option<ParagraphIndex>>>,
}

impl<'a> Meaning<'a> {
    /// Of the references of a document.
    pub fn new(document: &'a Document) -> Meaning<'a> {
        Meaning { document, inserted: OnceCell::new() }
    }

    /// The clause that a label of a reference means, as amended.
    ///
    /// Where two clauses have the same number, that is the one that it meant in the text as in force, also where that one
    /// was moved, and where nothing is tracked the first.
    pub fn of(&self, step: &Step) -> Option<ParagraphIndex> {
        if let Target::Clause(old) = step.target.in_force {
            let paragraph = self.document.paragraph(old);
            if !paragraph.is_in(Side::Amended) {
                // Moved, unless the number has been given to a third already.
                return step.target.amended.clause().or_else(|| self.now(old));
            }
            // A clause that has kept its number since the text in force is what an unchanged reference means, even if
            // an inserted clause took the same number.
            let label = paragraph.label.as_ref().and_then(|label| label.text.amended.as_deref());
            let kept = label.is_some_and(|label| Label::parse(label).iter().any(|label| cites(step, label)));
            if kept {
                return Some(old);
            }
        }
        step.target.amended.clause()
    }

    /// Where a clause of the text in force is as amended: where it was or, deleted in one place and inserted in another,
    /// there. `None` where it is no more.
    pub fn now(&self, old: ParagraphIndex) -> Option<ParagraphIndex> {
        let paragraph = self.document.paragraph(old);
        match paragraph.is_in(Side::Amended) {
            true => Some(old),
            false => self.inserted().get(plain_words(paragraph, Side::InForce)).copied().flatten(),
        }
    }

    fn inserted(&self) -> &HashMap<&'a str, Option<ParagraphIndex>> {
        self.inserted.get_or_init(|| {
            let mut found: HashMap<&str, Option<ParagraphIndex>> = HashMap::new();
            let document: &'a Document = self.document;
            for (index, paragraph) in document.iter().filter(|(_, paragraph)| !paragraph.is_in(Side::InForce)) {
                let words = plain_words(paragraph, Side::Amended);
                if !words.is_empty() {
                    found.entry(words).and_modify(|other| *other = None).or_insert(Some(index));
                }
            }
            found
        })
    }
}

/// The clauses of a list from `first` to `last`, in text order; `None` if no list has them in this order.
pub fn range_in(lists: &[List], first: ParagraphIndex, last: ParagraphIndex) -> Option<Vec<ParagraphIndex>> {
    // Items stand in text order.
    lists.iter().find_map(|list| {
        let at = |paragraph| list.items.iter().position(|item| item.paragraph == paragraph);
        let items = list.items.get(at(first)?..=at(last)?)?;
        Some(items.iter().map(|item| item.paragraph).collect())
    })
}

/// The words of a paragraph in one reading, without the punctuation at their end: what tells it from others wherever it
/// stands.
pub fn plain_words(paragraph: &Paragraph, side: Side) -> &str {
    const ENDS: [char; 11] = [';', ',', '.', ':', '；', '，', '。', '：', '؛', '،', '۔'];
    paragraph.views[side].text.trim_start().trim_end_matches(|c: char| c.is_whitespace() || ENDS.contains(&c))
}

/// The edit by which a label of a reference names a clause by the label that this has, in the digits or letters of the
/// reference; `None` if it does already. `paragraph` is where the reference stands; `tracked` whether changes are tracked
/// there, asked only where something changes.
pub fn carry(
    text: &str,
    paragraph: &Paragraph,
    step: &Step,
    label: &Label,
    tracked: impl FnOnce() -> bool,
) -> Option<TextEdit> {
    if cites(step, label) {
        // Only brackets differ, which references write in their own way.
        return None;
    }
    if let Some(ordinal) = step.ordinal {
        return carry_ordinal(text, paragraph, step, ordinal, label.value, tracked);
    }
    let mut written = label.clone();
    let numeral = |cited: &&Label| cited.style.numeral.same_kind(label.style.numeral);
    let alike = |cited: &&Label| counts_alike(cited.style.numeral, label.style.numeral);
    let cited = step.labels.iter().find(numeral).or_else(|| step.labels.iter().find(alike));
    if let Some(cited) = cited.filter(|cited| !numeral(cited)) {
        // 第3段 for 三、
        written.style.numeral = cited.style.numeral;
    }
    if let Some(cited) = cited.or(step.labels.first()).filter(|cited| cited.suffix > 0) {
        written.suffix_form = cited.suffix_form;
    }
    rewrite(text, paragraph, &step.core, &written.core(), tracked())
}

/// The edit after which an ordinal, or the number of what has no label, is another one: “fourth” for “third”, PP4 for
/// PP3.
pub(super) fn carry_ordinal(
    text: &str,
    paragraph: &Paragraph,
    step: &Step,
    old: u32,
    new: u32,
    tracked: impl FnOnce() -> bool,
) -> Option<TextEdit> {
    let written = match ordinal_like(&step.text, new) {
        Some(word) if step.text.starts_with(char::is_uppercase) => {
            let mut letters = word.chars();
            let first = letters.next()?;
            first.to_uppercase().chain(letters).collect()
        }
        Some(word) => word.to_owned(),
        None => Label::parse(&step.text).into_iter().find(|label| label.value == old)?.with(new, 0).core(),
    };
    (old != new).then(|| rewrite(text, paragraph, &step.core, &written, tracked())).flatten()
}

/// Whether a label of a reference names a clause by this label.
fn cites(step: &Step, label: &Label) -> bool {
    if let Some(ordinal) = step.ordinal {
        return label.rank() == (ordinal, 0) && label.path.is_empty();
    }
    step.labels.iter().any(|cited| {
        cited.rank() == label.rank()
            && cited.path == label.path
            && counts_alike(cited.style.numeral, label.style.numeral)
    })
}
