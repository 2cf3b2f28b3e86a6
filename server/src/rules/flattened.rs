//! Tracked changes that were printed into a text: what the findings on them share, and an import uses.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::citation::{Flattened, Reading, flattened_in};
use crate::numbering::Numeral;
use crate::numbering::core;
use crate::numbering::flattened::{Ending, Entry, Mark, Order, Place, Story, cut, solve};
use crate::numbering::nest::{Family, Item, nest};
use crate::syntax::{
    Document, Paragraph, ParagraphIndex, ParagraphKind, SectionIndex, Side, TextEdit, TextRange, TextSize,
};

/// A list of which the labels of two texts are printed into one another.
#[derive(Debug, Clone)]
pub(crate) struct FlattenedList {
    /// The first label that shows it, or the end of the clause that does.
    pub range: TextRange,
    /// What stands there.
    pub words: String,
    /// The clauses of the list.
    pub clauses: Vec<ParagraphIndex>,
    /// The readings that are possible.
    pub stories: Vec<Reread>,
    /// Whether the labels alone show it. `12.` behind `1.` may be a slip for `2.` as well.
    certain: bool,
}

/// One reading of such a list.
#[derive(Debug, Clone)]
pub(crate) struct Reread {
    /// The labels of clauses that are in the text as in force only.
    pub deleted: Vec<String>,
    /// The labels of clauses that are in the text as amended only.
    pub inserted: Vec<String>,
    /// What makes them tracked changes.
    pub edits: Vec<TextEdit>,
}

/// Whether it is worth while to look for them: a text without brackets that hold two years, labels that hold two
/// numbers and two marks in a row has none.
pub(crate) fn is_likely(text: &str) -> bool {
    text.lines().any(|line| {
        let start = line.trim_start();
        let label = start.split([')', '.', ' ', '\t', '）']).next().unwrap_or_default();
        let pair = (2..9).contains(&label.len()) && label.chars().all(|c| c.is_ascii_alphanumeric());
        pair || !flattened_in(line).is_empty()
    })
}

/// By paragraph: the versions of citations that are printed into one another; ranges are relative to the paragraph's.
pub(crate) type InParagraphs = Vec<InParagraph>;

/// Those of one paragraph.
#[derive(Clone)]
pub(crate) struct InParagraph(Option<Arc<[Flattened]>>);

impl InParagraph {
    /// Of most paragraphs there are none.
    fn of(found: Vec<Flattened>) -> InParagraph {
        InParagraph((!found.is_empty()).then(|| found.into()))
    }
}

impl std::ops::Deref for InParagraph {
    type Target = [Flattened];
    fn deref(&self) -> &[Flattened] {
        self.0.as_deref().unwrap_or_default()
    }
}

/// Looks through all paragraphs.
pub(crate) fn in_paragraphs(text: &str, document: &Document) -> InParagraphs {
    let words = |range| text.get(std::ops::Range::<usize>::from(range));
    let in_paragraph = |paragraph: &Paragraph| {
        let found = || InParagraph::of(words(paragraph.range).map(flattened_in).unwrap_or_default());
        paragraph.remembered(found).clone()
    };
    document.paragraphs.iter().map(in_paragraph).collect()
}

/// The versions of citations that are printed into one another, each with the markup that tells them apart.
pub(crate) fn citations(text: &str, document: &Document) -> Vec<(TextRange, String)> {
    citations_among(text, document, &in_paragraphs(text, document))
}

/// The same of what was found in the paragraphs.
pub(crate) fn citations_among(text: &str, document: &Document, all: &InParagraphs) -> Vec<(TextRange, String)> {
    let mut found = Vec::new();
    for (paragraph, citations) in document.paragraphs.iter().zip(all) {
        if citations.is_empty() || paragraph.is_tracked() {
            continue;
        }
        let Some(words) = text.get(std::ops::Range::<usize>::from(paragraph.range)) else { continue };
        for citation in citations.iter() {
            let range = citation.range() + paragraph.range.start();
            // What is left are comments, whose words are not of the text.
            if paragraph.changes.iter().all(|comment| comment.range.intersect(range).is_none()) {
                found.push((range, citation.markup(words)));
            }
        }
    }
    found
}

/// The lists of a document whose labels are printed into one another.
pub(crate) fn lists(text: &str, document: &Document) -> Vec<FlattenedList> {
    lists_among(text, document, &in_paragraphs(text, document))
}

/// The same, with the versions of citations that were found in the paragraphs.
pub(crate) fn lists_among(text: &str, document: &Document, all: &InParagraphs) -> Vec<FlattenedList> {
    let cited = all.iter().any(|found| !found.is_empty());
    let reader = Reader { text, document, order: order(all), citations: all, read: RefCell::default() };
    let mut found: Vec<FlattenedList> =
        (0..document.sections.len()).flat_map(|section| reader.section(SectionIndex(section as u32))).collect();
    // One certain sign tells what sort of text this is.
    let certain = cited || found.iter().any(|list| list.certain);
    found.retain(|_| certain);
    found.sort_by_key(|list| list.range.start());
    found
}

/// The clauses that edits wrap as a whole.
pub(crate) fn whole(edits: &[TextEdit]) -> Vec<TextRange> {
    let mut wrapped = Vec::new();
    let mut open: Option<TextSize> = None;
    let mut edits: Vec<&TextEdit> = edits.iter().filter(|edit| edit.range.is_empty()).collect();
    edits.sort_by_key(|edit| edit.range.start());
    for edit in edits {
        match open.take() {
            None => open = Some(edit.range.start()),
            Some(start) => wrapped.push(TextRange::new(start, edit.range.end())),
        }
    }
    wrapped
}

/// In which order running text prints changes, as the years of its citations tell.
fn order(citations: &InParagraphs) -> Order {
    let (mut old_first, mut new_first) = (0, 0);
    for citation in citations.iter().flat_map(|found| found.iter()) {
        match citation.pieces.iter().find(|(reading, _)| *reading != Reading::Both) {
            Some((Reading::Old, _)) => old_first += 1,
            Some((Reading::New, _)) => new_first += 1,
            _ => {}
        }
    }
    match (old_first, new_first) {
        (1.., 0) => Order::OldFirst,
        (0, 1..) => Order::NewFirst,
        _ => Order::Unknown,
    }
}

struct Reader<'a> {
    text: &'a str,
    document: &'a Document,
    order: Order,
    /// For each paragraph the versions that are printed into one another.
    citations: &'a InParagraphs,
    /// What labels can be read as: most of them stand in many lists.
    read: RefCell<HashMap<&'a str, Item>>,
}

/// A clause in its list.
struct Clause {
    paragraph: ParagraphIndex,
    /// How deep it is nested, as its label says.
    level: usize,
    /// The paragraphs below it.
    below: Vec<ParagraphIndex>,
    item: Item,
}

impl<'a> Reader<'a> {
    fn section(&self, section: SectionIndex) -> Vec<FlattenedList> {
        let paragraphs: Vec<ParagraphIndex> = self
            .document
            .paragraphs_of(section)
            .filter(|(_, paragraph)| !matches!(paragraph.kind, ParagraphKind::Footnote | ParagraphKind::Reasons))
            .map(|(index, _)| index)
            .collect();
        if self.order == Order::Unknown && !paragraphs.iter().any(|index| self.may_be_two(*index)) {
            return Vec::new();
        }
        let items: Vec<Item> = paragraphs.iter().map(|index| self.item(*index)).collect();
        let places = nest(&items);
        let mut lists: Vec<Vec<Clause>> = Vec::new();
        let mut open: Vec<(usize, usize)> = Vec::new();
        for ((paragraph, item), place) in paragraphs.into_iter().zip(items).zip(places) {
            // What is open below this level ends here; what is above it holds this paragraph.
            for (list, level) in &open {
                if let Some(clause) =
                    lists.get_mut(*list).and_then(|list| list.last_mut()).filter(|_| *level < place.level)
                {
                    clause.below.push(paragraph);
                }
            }
            open.retain(|(_, level)| *level < place.level);
            if item.labelled {
                if lists.len() <= place.list {
                    lists.resize_with(place.list + 1, Vec::new);
                }
                if let Some(list) = lists.get_mut(place.list) {
                    list.push(Clause { paragraph, level: place.level, below: Vec::new(), item });
                }
                open.push((place.list, place.level));
            }
        }
        lists.iter().filter_map(|list| self.list(list)).collect()
    }

    fn item(&self, index: ParagraphIndex) -> Item {
        let item = self.label(index).map(|label| self.read(label, Item::clone)).unwrap_or_default();
        Item { indent: self.document.paragraph(index).indent as usize, ..item }
    }

    /// Whether a label can be read as two.
    fn may_be_two(&self, index: ParagraphIndex) -> bool {
        self.label(index).is_some_and(|label| self.read(label, |item| !item.pairs.is_empty()))
    }

    fn label(&self, index: ParagraphIndex) -> Option<&'a str> {
        let label = self.document.paragraph(index).label.as_ref()?;
        label.text[Side::Amended].as_deref().or(label.text[Side::InForce].as_deref())
    }

    /// What a label can be read as.
    fn read<T>(&self, label: &'a str, look: impl FnOnce(&Item) -> T) -> T {
        look(self.read.borrow_mut().entry(label).or_insert_with(|| Item::labelled(label)))
    }

    fn list(&self, clauses: &[Clause]) -> Option<FlattenedList> {
        // What is tracked already needs no guessing.
        if clauses.iter().any(|clause| self.document.paragraph(clause.paragraph).is_tracked_as_clause()) {
            return None;
        }
        let family = family(clauses)?;
        let entries: Vec<Entry> = clauses.iter().map(|clause| self.entry(clause, &family)).collect();
        if !entries.iter().any(|entry| !entry.pairs.is_empty() || matches!(entry.ending, Ending::Two(..))) {
            return None;
        }
        let stories = match solve(&entries, self.order) {
            Story::Plain | Story::None => return None,
            Story::One(places) => vec![places],
            Story::Several(stories) => stories,
        };
        // The first label that is two in some reading, or the first clause that ends with two marks.
        let two_labels = |index: &usize| {
            stories.iter().any(|places| {
                places
                    .get(*index)
                    .is_some_and(|place| place.old.is_some() && place.new.is_some() && place.old != place.new)
            })
        };
        let labelled = (0..clauses.len()).find(two_labels);
        let letters = family.numeral.is_some_and(Numeral::is_letters);
        let certain = labelled.is_some() && (letters || (0..clauses.len()).filter(two_labels).count() > 1);
        let first = labelled.or_else(|| entries.iter().position(|entry| matches!(entry.ending, Ending::Two(..))))?;
        let paragraph = self.document.paragraph(clauses.get(first)?.paragraph);
        let label = paragraph.label.as_ref().filter(|_| labelled.is_some());
        let range = label.map_or(paragraph.range, |label| label.range);
        let words = self.words(range).to_owned();
        let stories = stories
            .iter()
            .map(|places| {
                let labels = |wanted: fn(&Place) -> bool| {
                    let of = clauses.iter().zip(places).filter(|(_, place)| wanted(place));
                    of.filter_map(|(clause, _)| {
                        let label = self.document.paragraph(clause.paragraph).label.as_ref()?;
                        Some(self.words(label.range).to_owned())
                    })
                    .collect()
                };
                Reread {
                    deleted: labels(|place| place.new.is_none()),
                    inserted: labels(|place| place.old.is_none()),
                    edits: self.edits(clauses, places, &entries, &family),
                }
            })
            .collect();
        let clauses = clauses.iter().map(|clause| clause.paragraph).collect();
        Some(FlattenedList { range, words, clauses, stories, certain })
    }

    fn words(&self, range: TextRange) -> &str {
        self.text.get(std::ops::Range::<usize>::from(range)).unwrap_or_default()
    }

    fn entry(&self, clause: &Clause, family: &Family) -> Entry {
        let plain = clause.item.readings.iter().find(|(other, _)| other == family).map(|(_, value)| *value);
        let pairs =
            clause.item.pairs.iter().filter(|(other, ..)| other == family).map(|(_, old, new)| (*old, *new)).collect();
        // Only the clauses of a section itself end with the marks that its last one tells from the others.
        let end = self.document.paragraph(*clause.below.last().unwrap_or(&clause.paragraph));
        let ending = if clause.level == 0 { Ending::of(&end.views[Side::Amended].text) } else { Ending::Open };
        let in_both = std::iter::once(&clause.paragraph)
            .chain(&clause.below)
            .any(|index| self.citations.get(index.index()).is_some_and(|found| !found.is_empty()));
        Entry { plain, pairs, ending, in_both }
    }

    /// What makes a story tracked changes.
    fn edits(&self, clauses: &[Clause], places: &[Place], entries: &[Entry], family: &Family) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        let last = |side: fn(&Place) -> Option<u32>| places.iter().rposition(|place| side(place).is_some());
        let (last_old, last_new) = (last(|place| place.old), last(|place| place.new));
        for (index, ((clause, place), entry)) in clauses.iter().zip(places).zip(entries).enumerate() {
            match (place.old, place.new) {
                (Some(old), Some(new)) => {
                    edits.extend(
                        family
                            .numeral
                            .filter(|_| old != new)
                            .and_then(|numeral| self.relabel(clause, numeral, old, new)),
                    );
                    if let Ending::Two(first, _) = entry.ending {
                        let old_first = match (last_old == Some(index), last_new == Some(index), self.order) {
                            // In one text it is the last clause: the comma is of that text.
                            (true, false, _) => Some(first == Mark::Last),
                            (false, true, _) => Some(first == Mark::Between),
                            (.., Order::OldFirst) => Some(true),
                            (.., Order::NewFirst) => Some(false),
                            (.., Order::Unknown) => None,
                        };
                        edits.extend(old_first.and_then(|old_first| self.marks(clause, old_first)));
                    }
                }
                (old, _) => {
                    let (open, close) = if old.is_some() { ("{--", "--}") } else { ("{++", "++}") };
                    // A change does not go over the end of a paragraph: each has its own.
                    for index in std::iter::once(&clause.paragraph).chain(&clause.below) {
                        let paragraph = self.document.paragraph(*index);
                        let words = self.words(paragraph.range);
                        let clashes = ["++}", "--}", "~~}", "~>"].iter().any(|sigil| words.contains(sigil));
                        if paragraph.changes.is_empty() && !clashes && !words.is_empty() {
                            edits.push(TextEdit::replace(TextRange::empty(paragraph.range.start()), open));
                            edits.push(TextEdit::replace(TextRange::empty(paragraph.range.end()), close));
                        }
                    }
                }
            }
        }
        edits
    }

    fn relabel(&self, clause: &Clause, numeral: Numeral, old: u32, new: u32) -> Option<TextEdit> {
        let label = self.document.paragraph(clause.paragraph).label.as_ref()?;
        let words = self.words(label.range);
        let core = core(words)?;
        let (old, new) = cut(words.get(core.clone())?, numeral, old, new)?;
        let at = label.range.start() + TextSize::new(u32::try_from(core.start).ok()?);
        let range = TextRange::at(at, TextSize::new(u32::try_from(core.len()).ok()?));
        Some(TextEdit::replace(range, format!("{{~~{old}~>{new}~~}}")))
    }

    /// Tells the two marks at the end of a clause apart.
    fn marks(&self, clause: &Clause, old_first: bool) -> Option<TextEdit> {
        let end = self.document.paragraph(*clause.below.last().unwrap_or(&clause.paragraph));
        let words = self.words(end.range);
        let mut chars = words.char_indices().rev();
        let (_, second) = chars.next()?;
        let (at, first) = chars.next()?;
        if !first.is_ascii_punctuation() && first.is_alphanumeric() {
            return None;
        }
        let (old, new) = if old_first { (first, second) } else { (second, first) };
        let start = end.range.start() + TextSize::new(u32::try_from(at).ok()?);
        Some(TextEdit::replace(TextRange::new(start, end.range.end()), format!("{{~~{old}~>{new}~~}}")))
    }
}

impl Paragraph {
    /// Whether its label or the whole of it is tracked.
    fn is_tracked_as_clause(&self) -> bool {
        self.label.as_ref().is_some_and(crate::syntax::LabelText::is_tracked)
    }
}

/// How the labels of a list count: what most of them can be read as, the likeliest reading of the first among those.
fn family(clauses: &[Clause]) -> Option<Family> {
    let mut counts: Vec<(Family, usize)> = Vec::new();
    for clause in clauses {
        let readings = clause.item.readings.iter().map(|(family, _)| family);
        let pairs = clause.item.pairs.iter().map(|(family, ..)| family);
        let mut seen: Vec<&Family> = Vec::new();
        for family in readings.chain(pairs).filter(|family| family.numeral.is_some() && family.path.is_empty()) {
            if seen.contains(&family) {
                continue;
            }
            seen.push(family);
            match counts.iter_mut().find(|(other, _)| other == family) {
                Some((_, count)) => *count += 1,
                None => counts.push((family.clone(), 1)),
            }
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(family, _)| family)
}
