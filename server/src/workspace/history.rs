//! Which clause each reference named when it was written.
//!
//! While a list is out of order, its labels do not tell any more what “resolves 2” names: a second clause 2 may have been
//! typed above the one that is meant. So a document that is edited remembers its clauses by what becomes of their words,
//! and of each reference which clause it named when it was typed or, if it is older than the edits, when the first of
//! them was made. A reference whose number is edited names what its text says then.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::facts::Facts;
use crate::numbering::{List, ProblemKind, lists as lists_of_reading};
use crate::reference::{Meaning, Reference, Role, Step, plain_words, range_in};
use crate::syntax::{ChangeKind, Paragraph, ParagraphIndex, ParagraphKind, Patches, Side, TextRange, TextSize};
use crate::workspace::Reading;

/// What a document remembers of its clauses and references; always of the text after the last edit.
#[derive(Debug, Clone)]
pub struct History {
    /// Where each clause stands; two of them in one paragraph where they were merged.
    places: BTreeMap<Clause, ParagraphIndex>,
    /// Of clauses that were merged, which words of their paragraph are theirs: it may be split again.
    parts: HashMap<Clause, TextRange>,
    /// The clause of each paragraph, the oldest of several.
    at: HashMap<ParagraphIndex, Clause>,
    /// The clauses that are gone, the latest last.
    gone: Vec<Gone>,
    /// The references in each paragraph, in order.
    bound: HashMap<ParagraphIndex, Vec<Bound>>,
    /// The last text in which the numbers were in order.
    clean: Option<Arc<Clean>>,
    /// The next clause that comes to be known.
    next: Clause,
}

/// What a document remembered of its last texts, for when an edit is undone: it is again as it was then.
#[derive(Debug, Default)]
pub(super) struct Past(VecDeque<Moment>);

#[derive(Debug, Clone)]
pub(super) struct Moment {
    /// A hash of the text.
    text: u64,
    pub history: Arc<History>,
    pub read_at: u64,
}

/// So many texts back an undone edit is recognised.
const PAST: usize = 32;

impl Past {
    /// Notes what a document remembers.
    pub fn note(&mut self, text: &str, history: &Arc<History>, read_at: u64) {
        let text = hash(text);
        self.0.retain(|moment| moment.text != text);
        self.0.push_back(Moment { text, history: Arc::clone(history), read_at });
        if self.0.len() > PAST {
            self.0.pop_front();
        }
    }

    /// The moment at which the document had this text.
    pub fn find(&self, text: &str) -> Option<&Moment> {
        let text = hash(text);
        self.0.iter().find(|moment| moment.text == text)
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A clause, whatever becomes of its label and its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Clause(u32);

/// A clause that is not in the text any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    clause: Clause,
    /// Its last label, as amended; empty if it had none.
    pub label: String,
    /// Its last words, as amended, without the punctuation at their end.
    pub words: String,
}

/// What a label of a reference named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    /// This clause, wherever it stands now.
    Clause(ParagraphIndex),
    /// A clause that has been deleted since.
    Gone(&'a Gone),
    /// Nothing is remembered: what the text says is what it means.
    Unknown,
}

/// A label of a reference.
#[derive(Debug, Clone)]
struct Bound {
    /// Its number in the text.
    range: TextRange,
    /// Its place among the paragraph's.
    ordinal: usize,
    /// A hash of the words that say what it names.
    wording: u64,
    clause: Clause,
    /// Of the end of a range, all the clauses that it named, if these are not too many.
    members: Arc<[Clause]>,
    /// The first clause that was not known then.
    known: Clause,
}

/// A text whose numbers were in order.
#[derive(Debug)]
struct Clean {
    facts: Arc<Facts>,
    clauses: HashMap<ParagraphIndex, Clause>,
    /// The last moment at which the text was so.
    until: u64,
}

/// The clauses of a range.
#[derive(Debug, Clone, Default)]
pub struct Members {
    /// Those that are left of it, in text order.
    pub clauses: Vec<ParagraphIndex>,
    /// Those that came to be since.
    pub new: HashSet<ParagraphIndex>,
}

/// Of a range of no more clauses each is remembered.
const MEMBERS: usize = 100;
/// So many deleted clauses are remembered.
const GONE: usize = 500;
/// Words shorter than this, in bytes, are not looked for inside of other clauses.
const TELLING: usize = 12;
/// What a comment begins with that renumbering leaves behind a reference.
pub const REMARK: &str = "renumbering:";

impl History {
    /// What a document remembers before the first edit.
    pub(super) fn first(reading: &Reading) -> History {
        let mut history = History {
            places: BTreeMap::new(),
            parts: HashMap::new(),
            at: HashMap::new(),
            gone: Vec::new(),
            bound: HashMap::new(),
            clean: None,
            next: Clause::default(),
        };
        for (index, _) in reading.facts.document.iter().filter(|(_, paragraph)| counts(paragraph)) {
            history.add(index);
        }
        history.note_places();
        history.bound = history.bind(reading, |_, _, _| None);
        history
    }

    /// What it remembers after the edits that `patches` sum up. `until` is the moment before these.
    pub(super) fn carried(&self, before: &Reading, patches: &Patches, after: &Reading, until: u64) -> History {
        let moves = Moves::find(self, &before.facts, patches, &after.facts);
        let mut history = History {
            places: BTreeMap::new(),
            parts: HashMap::new(),
            at: HashMap::new(),
            gone: self.gone.clone(),
            bound: HashMap::new(),
            clean: self.clean.clone(),
            next: self.next,
        };
        let new = &after.facts.document;
        let mut shared: HashMap<ParagraphIndex, usize> = HashMap::new();
        for (clause, old) in &self.places {
            let own = self.parts.get(clause).and_then(|part| patches.survivors(*part).first().copied());
            let apart = own.and_then(|own| new.paragraph_at(own.start())).filter(|at| counts(new.paragraph(*at)));
            if let Some(new) = apart.or(moves.to.get(old).copied()) {
                history.places.insert(*clause, new);
                *shared.entry(new).or_default() += 1;
                continue;
            }
            let paragraph = before.facts.document.paragraph(*old);
            let label = paragraph.label.as_ref().and_then(|label| label.text.amended.clone()).unwrap_or_default();
            history.gone.push(Gone { clause: *clause, label, words: words(paragraph).to_owned() });
        }
        for (clause, new) in history.places.iter().filter(|(_, new)| shared.get(new).is_some_and(|many| *many > 1)) {
            let old = self.places.get(clause).map(|old| before.facts.document.paragraph(*old).body);
            let left = self.parts.get(clause).copied().or(old).map(|part| patches.survivors(part)).unwrap_or_default();
            let within = after.facts.document.paragraph(*new).body;
            if let (Some(first), Some(last)) = (left.first(), left.last())
                && let Some(part) = first.cover(*last).intersect(within)
            {
                history.parts.insert(*clause, part);
            }
        }
        history.places.extend(&moves.back);
        history.gone.retain(|gone| !moves.back.contains_key(&gone.clause));
        let many = history.gone.len().saturating_sub(GONE);
        history.gone.drain(..many);
        let known: HashSet<ParagraphIndex> = history.places.values().copied().collect();
        for (index, _) in after.facts.document.iter().filter(|(index, p)| counts(p) && !known.contains(index)) {
            history.add(index);
        }
        history.note_places();
        history.bound = self.rebound(&history, &moves, patches, after);
        if self.clean.is_none() || in_order(&before.facts) {
            let clauses = self.places.iter().map(|(clause, place)| (*place, *clause)).collect();
            history.clean = Some(Arc::new(Clean { facts: Arc::clone(&before.facts), clauses, until }));
        }
        history
    }

    /// What a label of a reference, one of those of `paragraph`, named when it was written.
    pub fn named(&self, paragraph: ParagraphIndex, step: &Step) -> Named<'_> {
        let bound = self.bound.get(&paragraph).and_then(|bound| {
            let range = number(step)?;
            bound.iter().find(|bound| bound.range == range)
        });
        let Some(bound) = bound else { return Named::Unknown };
        match self.places.get(&bound.clause) {
            Some(place) => Named::Clause(*place),
            None => self.gone.iter().find(|gone| gone.clause == bound.clause).map_or(Named::Unknown, Named::Gone),
        }
    }

    /// The clauses of a range that ends with a label of a reference, one of those of `paragraph`.
    pub fn members(&self, paragraph: ParagraphIndex, step: &Step) -> Option<Members> {
        let range = number(step)?;
        let bound = self.bound.get(&paragraph)?.iter().find(|bound| bound.range == range)?;
        let clauses: BTreeSet<ParagraphIndex> =
            bound.members.iter().filter_map(|clause| self.places.get(clause).copied()).collect();
        let new = self.places.range(bound.known..).map(|(_, place)| *place);
        (!clauses.is_empty()).then(|| Members { clauses: clauses.into_iter().collect(), new: new.collect() })
    }

    /// The last text in which the numbers were in order, for a reference of another document that was there at the
    /// moment `since` and has not changed after it; `None` if that is too late for it.
    pub fn last_in_order(&self, since: u64) -> Option<&Facts> {
        self.clean.as_ref().filter(|clean| since <= clean.until).map(|clean| &*clean.facts)
    }

    /// Where a clause of the last text in order stands now.
    pub fn since_in_order(&self, old: ParagraphIndex) -> Named<'_> {
        let clause = self.clean.as_ref().and_then(|clean| clean.clauses.get(&old));
        let Some(clause) = clause else { return Named::Unknown };
        match self.places.get(clause) {
            Some(place) => Named::Clause(*place),
            None => self.gone.iter().find(|gone| gone.clause == *clause).map_or(Named::Unknown, Named::Gone),
        }
    }

    fn note_places(&mut self) {
        for (clause, place) in &self.places {
            self.at.entry(*place).or_insert(*clause);
        }
    }

    fn add(&mut self, place: ParagraphIndex) {
        self.places.insert(self.next, place);
        self.next = Clause(self.next.0.saturating_add(1));
    }

    /// The references after an edit: those that were there keep to their clauses, new ones mean what they say.
    fn rebound(
        &self,
        now: &History,
        moves: &Moves,
        patches: &Patches,
        after: &Reading,
    ) -> HashMap<ParagraphIndex, Vec<Bound>> {
        // By where their numbers stand now; those of an unchanged paragraph, which may have moved, by their order in it.
        let mut by_place: HashMap<TextRange, &Bound> = HashMap::new();
        let mut by_order: HashMap<(ParagraphIndex, usize), &Bound> = HashMap::new();
        let mut paragraphs: Vec<&ParagraphIndex> = self.bound.keys().collect();
        paragraphs.sort_by_key(|old| self.at.get(old).copied());
        for old in paragraphs {
            let (moved, bound) = (moves.whole.get(old), self.bound.get(old).map_or(&[][..], Vec::as_slice));
            for bound in bound {
                if let Some(new) = moved {
                    // Of a clause and its copy the older one tells.
                    by_order.entry((*new, bound.ordinal)).or_insert(bound);
                } else if let [range] = patches.survivors(bound.range).as_slice()
                    && range.len() == bound.range.len()
                {
                    by_place.insert(*range, bound);
                }
            }
        }
        now.bind(after, |paragraph, ordinal, range| {
            by_order.get(&(paragraph, ordinal)).or_else(|| by_place.get(&range)).copied()
        })
    }

    /// The clauses from one to another of a list.
    fn between(&self, lists: &[List], first: ParagraphIndex, last: ParagraphIndex) -> Option<Arc<[Clause]>> {
        let members = range_in(lists, first, last)?;
        let clauses = members.iter().filter_map(|place| self.at.get(place).copied());
        (members.len() <= MEMBERS).then(|| clauses.collect())
    }

    /// Finds the clause of each reference: that of the same reference before, if it has the same words and nobody has
    /// been told that its clause is gone, else what the text says.
    fn bind<'b>(
        &self,
        reading: &Reading,
        before: impl Fn(ParagraphIndex, usize, TextRange) -> Option<&'b Bound>,
    ) -> HashMap<ParagraphIndex, Vec<Bound>> {
        let facts = &reading.facts;
        let meaning = Meaning::new(&facts.document);
        let mut all: HashMap<ParagraphIndex, Vec<Bound>> = HashMap::new();
        let mut ordinals: HashMap<ParagraphIndex, usize> = HashMap::new();
        let lists = OnceCell::new();
        let lists = || lists.get_or_init(|| lists_of_reading(&facts.document, Side::Amended));
        let none: Arc<[Clause]> = Arc::from([]);
        for reference in facts.references.iter().filter(|reference| reference.is_own()) {
            let pinpoints = || reference.pinpoints.iter();
            let steps = pinpoints().flat_map(|pinpoint| pinpoint.steps.iter().map(move |step| (pinpoint, step)));
            // The clause that the last label named.
            let mut last = None;
            for (at_step, (pinpoint, step)) in steps.enumerate() {
                let ordinal = ordinals.entry(reference.paragraph).or_default();
                let this = *ordinal;
                *ordinal += 1;
                let Some(range) = number(step) else { continue };
                let words = said(reference, at_step);
                let paragraph = facts.document.paragraph(reference.paragraph);
                let kept =
                    before(reference.paragraph, this, range).filter(|bound| bound.wording == words).filter(|bound| {
                        self.places.contains_key(&bound.clause) || !is_remarked(&reading.text, paragraph, step)
                    });
                let bound = match kept {
                    Some(bound) => Some(Bound { range, ordinal: this, ..bound.clone() }),
                    None => meaning.of(step).and_then(|place| {
                        let clause = *self.at.get(&place)?;
                        let is_end = pinpoint.role == Role::To;
                        let members = last.filter(|_| is_end).and_then(|last| self.between(lists(), last, place));
                        let members = members.unwrap_or_else(|| Arc::clone(&none));
                        Some(Bound { range, ordinal: this, wording: words, clause, members, known: self.next })
                    }),
                };
                last = bound.as_ref().and_then(|bound| self.places.get(&bound.clause).copied());
                if let Some(bound) = bound {
                    all.entry(reference.paragraph).or_default().push(bound);
                }
            }
        }
        all
    }
}

/// Whether renumbering has left a remark behind a label of a reference.
pub fn is_remarked(text: &str, paragraph: &Paragraph, step: &Step) -> bool {
    let place = remark_place(paragraph, step);
    paragraph.changes.iter().any(|change| {
        let said = change.new.and_then(|said| text.get(usize::from(said.start())..usize::from(said.end())));
        change.kind == ChangeKind::Comment
            && change.range.start() == place
            && said.is_some_and(|said| said.trim_start().starts_with(REMARK))
    })
}

/// Where a remark on a label of a reference stands: behind it and the tracked changes that it is part of.
pub fn remark_place(paragraph: &Paragraph, step: &Step) -> TextSize {
    let end = step.range.end();
    let around = paragraph
        .changes
        .iter()
        .filter(|change| change.kind != ChangeKind::Comment && change.range.start() < end && end <= change.range.end());
    around.map(|change| change.range.end()).max().unwrap_or(end)
}

/// The number of a label in the text.
fn number(step: &Step) -> Option<TextRange> {
    Some(step.core.first()?.cover(*step.core.last()?))
}

/// A hash of the words that say what a label of a reference names: with the labels before it where these have a part in
/// it, and with all of them where there is a range.
fn said(reference: &Reference, at: usize) -> u64 {
    let mut words = DefaultHasher::new();
    reference.section.as_ref().map(|section| &section.text).hash(&mut words);
    let nested = reference.pinpoints.iter().any(|pinpoint| pinpoint.steps.len() > 1);
    let ranged = reference.pinpoints.iter().any(|pinpoint| pinpoint.role != Role::Single);
    let steps = reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps).enumerate();
    for (_, step) in steps.filter(|(index, _)| *index == at || ranged || (nested && *index < at)) {
        step.text.hash(&mut words);
    }
    words.finish()
}

/// Whether the numbers of a text, as amended, are in order.
fn in_order(facts: &Facts) -> bool {
    let of_numbers =
        |kind| matches!(kind, ProblemKind::Gap | ProblemKind::Duplicate | ProblemKind::Order | ProblemKind::Start);
    !facts.numbering.iter().any(|problem| problem.side != Some(Side::InForce) && of_numbers(problem.kind))
}

/// Whether a paragraph may be, or become, a clause that is referred to.
fn counts(paragraph: &Paragraph) -> bool {
    matches!(paragraph.kind, ParagraphKind::Clause | ParagraphKind::Text) && paragraph.is_in(Side::Amended)
}

/// What tells a paragraph from others.
fn words(paragraph: &Paragraph) -> &str {
    plain_words(paragraph, Side::Amended)
}

/// Where paragraphs went.
#[derive(Default)]
struct Moves {
    /// The new paragraph of each old one; one that was merged with another has the same.
    to: HashMap<ParagraphIndex, ParagraphIndex>,
    /// Those whose words are the same.
    whole: HashMap<ParagraphIndex, ParagraphIndex>,
    /// Deleted clauses that are back.
    back: BTreeMap<Clause, ParagraphIndex>,
}

impl Moves {
    /// Follows paragraphs by their words, wherever these stand now, and else by what is left of them in their place.
    fn find(history: &History, before: &Facts, patches: &Patches, after: &Facts) -> Moves {
        let (old, new) = (&before.document, &after.document);
        let mut moves = Moves::default();
        let mut taken: HashSet<ParagraphIndex> = HashSet::new();
        // Those that are not where they were, with what is left of them.
        let mut rest: Vec<(ParagraphIndex, Left)> = Vec::new();
        let places: BTreeSet<ParagraphIndex> = history.places.values().copied().collect();
        for index in places {
            let paragraph = old.paragraph(index);
            let left = Left::of(paragraph, patches);
            let at = left.place().and_then(|place| new.paragraph_at(place));
            match at.filter(|at| counts(new.paragraph(*at)) && words(new.paragraph(*at)) == words(paragraph)) {
                Some(at) if taken.insert(at) => {
                    moves.to.insert(index, at);
                    moves.whole.insert(index, at);
                }
                _ => rest.push((index, left)),
            }
        }
        let mut free: HashMap<&str, Vec<ParagraphIndex>> = HashMap::new();
        for (index, paragraph) in new.iter().filter(|(index, p)| counts(p) && !taken.contains(index)) {
            if !words(paragraph).is_empty() {
                free.entry(words(paragraph)).or_default().push(index);
            }
        }
        free.values_mut().for_each(|places| places.reverse());
        rest.retain(|(index, _)| {
            let Some(at) = free.get_mut(words(old.paragraph(*index))).and_then(Vec::pop) else { return true };
            taken.insert(at);
            moves.to.insert(*index, at);
            moves.whole.insert(*index, at);
            false
        });
        for gone in history.gone.iter().rev() {
            if let Some(at) = free.get_mut(gone.words.as_str()).and_then(Vec::pop) {
                taken.insert(at);
                moves.back.insert(gone.clause, at);
            }
        }
        // What was rewritten, split or merged. What has its words from elsewhere is another clause.
        let mut lost: Vec<ParagraphIndex> = Vec::new();
        for (index, left) in &rest {
            let at = left.place().and_then(|place| new.paragraph_at(place));
            let at = at.filter(|at| counts(new.paragraph(*at)) && !taken.contains(at));
            match at.filter(|at| left.most || left.has_label_in(new.paragraph(*at))) {
                Some(at) => {
                    moves.to.insert(*index, at);
                }
                None => lost.push(*index),
            }
        }
        // Merged where changes are tracked: the words are deleted here and inserted there.
        let changed: Vec<ParagraphIndex> = rest.iter().filter_map(|(index, _)| moves.to.get(index)).copied().collect();
        let within = |wanted: &str| {
            let holds = |at: &&ParagraphIndex| words(new.paragraph(**at)).contains(wanted);
            changed.iter().find(holds).copied().filter(|_| wanted.len() >= TELLING)
        };
        // Copied before it was deleted: the copy takes its place.
        let mut copies: HashMap<&str, ParagraphIndex> = HashMap::new();
        if !lost.is_empty() {
            for (index, paragraph) in new.iter().filter(|(_, paragraph)| counts(paragraph)) {
                copies.entry(words(paragraph)).or_insert(index);
            }
        }
        for index in lost {
            let words = words(old.paragraph(index));
            if let Some(copy) = copies.get(words).filter(|_| !words.is_empty()) {
                moves.to.insert(index, *copy);
                moves.whole.insert(index, *copy);
            } else if let Some(at) = within(words) {
                moves.to.insert(index, at);
            }
        }
        for gone in history.gone.iter().rev().filter(|_| !changed.is_empty()) {
            if !moves.back.contains_key(&gone.clause)
                && let Some(at) = within(&gone.words)
            {
                moves.back.insert(gone.clause, at);
            }
        }
        moves
    }
}

/// What is left of a paragraph.
struct Left {
    /// The first of its words that are left.
    words: Option<TextSize>,
    /// Whether that is at least half of them.
    most: bool,
    /// The beginning of its label.
    label: Option<TextSize>,
}

impl Left {
    fn of(paragraph: &Paragraph, patches: &Patches) -> Left {
        let words = patches.survivors(paragraph.body);
        let length: u32 = words.iter().map(|range| u32::from(range.len())).sum();
        let label = paragraph.label.as_ref().and_then(|label| {
            let begin = TextRange::at(label.range.start(), 1.into());
            patches.survivors(begin).first().map(|range| range.start())
        });
        let most = length > 0 && length * 2 >= u32::from(paragraph.body.len());
        Left { words: words.first().map(|range| range.start()), most, label }
    }

    /// Where to look for it.
    fn place(&self) -> Option<TextSize> {
        if self.most { self.words } else { self.label.or(self.words) }
    }

    fn has_label_in(&self, paragraph: &Paragraph) -> bool {
        self.label.is_some_and(|label| paragraph.range.contains_inclusive(label))
    }
}
