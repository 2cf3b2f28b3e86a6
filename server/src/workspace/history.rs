//! Which clause each reference named when it was written.
//!
//! While a list is out of order, its labels do not tell any more what “resolves 2” names: a second clause 2 may have been
//! typed above the one that is meant. So a document that is edited remembers its clauses by what becomes of their words,
//! and of each reference which clause it named when it was typed or, if it is older than the edits, when the first of
//! them was made. A reference whose number is edited names what its text says then.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use foldhash::fast::{FixedState, RandomState};

use crate::facts::Facts;
use crate::numbering::{List, ProblemKind, lists as lists_of_reading};
use crate::reference::{Meaning, Reference, Role, Step, plain_words, range_in};
use crate::syntax::{
    ChangeKind, Document, Paragraph, ParagraphIndex, ParagraphKind, Patches, Side, TextRange, TextSize,
};
use crate::workspace::Reading;

type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// What a document remembers of its clauses and references; always of the text after the last edit.
///
/// What an edit leaves as it is is shared with the history before it: most edits change the words of one paragraph.
#[derive(Debug, Clone)]
pub struct History {
    places: Arc<Places>,
    /// Of clauses that were merged, which words of their paragraph are theirs: it may be split again.
    parts: HashMap<Clause, TextRange>,
    /// The clauses that are gone, the latest last.
    gone: Arc<[Gone]>,
    /// The references in each paragraph that has any, in order.
    bound: Bounds,
    /// The last text in which the numbers were in order.
    clean: Option<Arc<Clean>>,
    /// The next clause that comes to be known.
    next: Clause,
}

/// Where clauses stand.
#[derive(Debug, Default)]
struct Places {
    /// Where each clause stands, in the order of the clauses; two of them in one paragraph where they were merged.
    of: Vec<(Clause, ParagraphIndex)>,
    /// The clause of each paragraph, the oldest of several.
    at: Vec<Option<Clause>>,
    /// Whether any were merged.
    merged: bool,
}

impl Places {
    /// Of clauses in their order.
    fn new(of: Vec<(Clause, ParagraphIndex)>) -> Places {
        let paragraphs = of.iter().map(|(_, place)| place.index() + 1).max().unwrap_or(0);
        let mut places = Places { at: vec![None; paragraphs], of, merged: false };
        for (clause, place) in &places.of {
            match places.at.get_mut(place.index()) {
                Some(free @ None) => *free = Some(*clause),
                _ => places.merged = true,
            }
        }
        places
    }

    /// Where a clause stands.
    fn get(&self, clause: Clause) -> Option<ParagraphIndex> {
        let index = self.of.binary_search_by_key(&clause, |(clause, _)| *clause).ok()?;
        self.of.get(index).map(|(_, place)| *place)
    }

    /// The clause of a paragraph, the oldest of several.
    fn at(&self, place: ParagraphIndex) -> Option<Clause> {
        self.at.get(place.index()).copied().flatten()
    }

    /// The clause of a paragraph, the youngest of several.
    fn youngest_at(&self, place: ParagraphIndex) -> Option<Clause> {
        match self.merged {
            true => self.of.iter().rev().find(|(_, other)| *other == place).map(|(clause, _)| *clause),
            false => self.at(place),
        }
    }

    /// Where the clauses from one on stand.
    fn from(&self, first: Clause) -> impl Iterator<Item = ParagraphIndex> {
        let from = self.of.partition_point(|(clause, _)| *clause < first);
        self.of.get(from..).unwrap_or_default().iter().map(|(_, place)| *place)
    }
}

/// The references of each paragraph that has any, in the order of the paragraphs.
type Bounds = Vec<(ParagraphIndex, Arc<[Bound]>)>;

/// The references of a paragraph.
fn bound_in(bounds: &Bounds, paragraph: ParagraphIndex) -> &[Bound] {
    let index = bounds.binary_search_by_key(&paragraph, |(paragraph, _)| *paragraph);
    index.ok().and_then(|index| bounds.get(index)).map_or(&[], |(_, bound)| bound)
}

/// What a document remembered of its last texts, for when an edit is undone: it is again as it was then.
#[derive(Debug, Default)]
pub(super) struct Past {
    moments: VecDeque<Moment>,
    hashes: RandomState,
}

#[derive(Debug, Clone)]
pub(super) struct Moment {
    /// The length of the text, and a hash of it.
    text: (usize, u64),
    pub history: Arc<History>,
    pub read_at: u64,
}

/// So many texts back an undone edit is recognised.
const PAST: usize = 32;

impl Past {
    /// Notes what a document remembers.
    pub fn note(&mut self, text: &str, history: &Arc<History>, read_at: u64) {
        let text = (text.len(), self.hashes.hash_one(text));
        self.moments.retain(|moment| moment.text != text);
        self.moments.push_back(Moment { text, history: Arc::clone(history), read_at });
        if self.moments.len() > PAST {
            self.moments.pop_front();
        }
    }

    /// The moment at which the document had this text.
    pub fn find(&self, text: &str) -> Option<&Moment> {
        // Most are new, and that their length is tells it.
        let hash = OnceCell::new();
        self.moments.iter().find(|moment| {
            moment.text.0 == text.len() && moment.text.1 == *hash.get_or_init(|| self.hashes.hash_one(text))
        })
    }
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
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bound {
    /// Its number, from the beginning of the paragraph.
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
    clauses: Arc<Places>,
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
        let clauses = reading.facts.document.iter().filter(|(_, paragraph)| counts(paragraph));
        let places: Vec<_> = (0..).map(Clause).zip(clauses.map(|(index, _)| index)).collect();
        let mut history = History {
            next: Clause(places.len() as u32),
            places: Arc::new(Places::new(places)),
            parts: HashMap::default(),
            gone: Arc::default(),
            bound: Bounds::new(),
            clean: None,
        };
        history.bound = history.bind(reading, &Bounds::new(), |_, _, _| None);
        history
    }

    /// What it remembers after the edits that `patches` sum up. `until` is the moment before these.
    pub(super) fn carried(&self, before: &Reading, patches: &Patches, after: &Reading, until: u64) -> History {
        let history = self.carried_in_place(before, patches, after);
        let mut history = history.unwrap_or_else(|| self.carried_elsewhere(before, patches, after));
        if self.clean.is_none() || in_order(&before.facts) {
            let facts = Arc::clone(&before.facts);
            history.clean = Some(Arc::new(Clean { facts, clauses: Arc::clone(&self.places), until }));
        }
        history
    }

    /// What it remembers after edits that left every clause where it was among the others, and changed the words of one
    /// of them at most: what is remembered of the clauses stays. `None` if the edits did more, or may have.
    fn carried_in_place(&self, before: &Reading, patches: &Patches, after: &Reading) -> Option<History> {
        let (old, new) = (&before.facts.document, &after.facts.document);
        if self.places.merged || !self.parts.is_empty() || old.paragraphs.len() != new.paragraphs.len() {
            return None;
        }
        let mut edited = None;
        for (index, (one, other)) in old.paragraphs.iter().zip(&new.paragraphs).enumerate() {
            let counted = counts(one);
            if counted != counts(other) || counted != (self.places.at(ParagraphIndex(index as u32)).is_some()) {
                return None;
            }
            let Some(start) = patches.untouched(one.range) else {
                if edited.replace(index).is_some() {
                    return None;
                }
                continue;
            };
            let next = new.paragraphs.get(index + 1).map(|next| next.range.start());
            let stays = start == other.range.start()
                && one.range.len() == other.range.len()
                && body_within(one) == body_within(other)
                && next.is_none_or(|next| next > other.body.start());
            // What has neither words nor a label cannot be followed.
            let is_empty = one.body.is_empty() && one.label.is_none();
            if !stays || (counted && (is_empty || !same_words(one, other))) {
                return None;
            }
        }
        let in_place = |index: usize| {
            let (one, other) = (old.paragraphs.get(index)?, new.paragraphs.get(index)?);
            let left = Left::of(one, patches);
            let at = left.place().and_then(|place| new.paragraph_at(place));
            let stays = !counts(one)
                || (at == Some(ParagraphIndex(index as u32)) && {
                    words(one) == words(other) || ((left.most || left.has_label_in(other)) && !self.is_back_in(other))
                });
            stays.then_some(words(one) != words(other))
        };
        // The paragraph whose words are others.
        let changed = match edited {
            Some(index) => in_place(index)?.then_some(index),
            None => None,
        };
        let mut history = History {
            places: Arc::clone(&self.places),
            parts: HashMap::default(),
            gone: Arc::clone(&self.gone),
            bound: Bounds::new(),
            clean: self.clean.clone(),
            next: self.next,
        };
        let moved_in = |index: usize| {
            let (one, other) = (old.paragraphs.get(index)?, new.paragraphs.get(index)?);
            let bound = bound_in(&self.bound, ParagraphIndex(index as u32)).iter();
            let survivor = |bound: &Bound| whole_survivor(patches, bound.range + one.range.start());
            let within =
                |range: TextRange| Some(TextRange::at(range.start().checked_sub(other.range.start())?, range.len()));
            let places = bound.map(|bound| (survivor(bound).and_then(within), bound));
            Some(places.collect::<Vec<_>>())
        };
        let edited = edited.map(|index| (index, moved_in(index).unwrap_or_default()));
        history.bound = history.bind(after, &self.bound, |paragraph, ordinal, range| {
            let index = paragraph.index();
            let counted = self.places.at(paragraph).is_some();
            match &edited {
                Some((edited, moved)) if *edited == index && (!counted || changed.is_some()) => {
                    moved.iter().rev().find(|(place, _)| *place == Some(range)).map(|(_, bound)| *bound)
                }
                _ if counted => bound_in(&self.bound, paragraph).iter().find(|bound| bound.ordinal == ordinal),
                _ => bound_in(&self.bound, paragraph).iter().rev().find(|bound| bound.range == range),
            }
        });
        Some(history)
    }

    /// Whether the words of a clause that is gone are, or are among, those of a paragraph.
    fn is_back_in(&self, paragraph: &Paragraph) -> bool {
        let words = words(paragraph);
        let is_here =
            |gone: &Gone| words == gone.words || (gone.words.len() >= TELLING && words.contains(gone.words.as_str()));
        self.gone.iter().any(is_here)
    }

    /// What it remembers after edits of any kind, but for the last text in order.
    fn carried_elsewhere(&self, before: &Reading, patches: &Patches, after: &Reading) -> History {
        let moves = Moves::find(self, &before.facts, patches, &after.facts);
        let mut places: BTreeMap<Clause, ParagraphIndex> = BTreeMap::new();
        let mut parts: HashMap<Clause, TextRange> = HashMap::default();
        let mut gone = self.gone.to_vec();
        let new = &after.facts.document;
        let mut shared: HashMap<ParagraphIndex, usize> = HashMap::default();
        for (clause, old) in &self.places.of {
            let own = self.parts.get(clause).and_then(|part| patches.survivors(*part).first().copied());
            let apart = own.and_then(|own| new.paragraph_at(own.start())).filter(|at| counts(new.paragraph(*at)));
            if let Some(new) = apart.or(moves.to.get(old).copied()) {
                places.insert(*clause, new);
                *shared.entry(new).or_default() += 1;
                continue;
            }
            let paragraph = before.facts.document.paragraph(*old);
            let label = paragraph.label.as_ref().and_then(|label| label.text.amended.clone()).unwrap_or_default();
            gone.push(Gone { clause: *clause, label, words: words(paragraph).to_owned() });
        }
        for (clause, new) in places.iter().filter(|(_, new)| shared.get(new).is_some_and(|many| *many > 1)) {
            let old = self.places.get(*clause).map(|old| before.facts.document.paragraph(old).body);
            let left = self.parts.get(clause).copied().or(old).map(|part| patches.survivors(part)).unwrap_or_default();
            let within = after.facts.document.paragraph(*new).body;
            if let (Some(first), Some(last)) = (left.first(), left.last())
                && let Some(part) = first.cover(*last).intersect(within)
            {
                parts.insert(*clause, part);
            }
        }
        places.extend(&moves.back);
        gone.retain(|gone| !moves.back.contains_key(&gone.clause));
        let many = gone.len().saturating_sub(GONE);
        gone.drain(..many);
        let known: HashSet<ParagraphIndex, RandomState> = places.values().copied().collect();
        let mut next = self.next;
        // New clauses are behind all others.
        let mut places: Vec<(Clause, ParagraphIndex)> = places.into_iter().collect();
        for (index, _) in after.facts.document.iter().filter(|(index, p)| counts(p) && !known.contains(index)) {
            places.push((next, index));
            next = Clause(next.0.saturating_add(1));
        }
        let mut history = History {
            places: Arc::new(Places::new(places)),
            parts,
            gone: gone.into(),
            bound: Bounds::new(),
            clean: self.clean.clone(),
            next,
        };
        history.bound = self.rebound(&history, &moves, (before, patches, after));
        history
    }

    /// What a label of a reference, one of those of `paragraph` in `document`, named when it was written. `document` is
    /// the one after the last edit.
    pub fn named(&self, document: &Document, paragraph: ParagraphIndex, step: &Step) -> Named<'_> {
        match self.bound_of(document, paragraph, step) {
            Some(bound) => self.now(bound.clause),
            None => Named::Unknown,
        }
    }

    /// The clauses of a range that ends with a label of a reference, one of those of `paragraph` in `document`.
    pub fn members(&self, document: &Document, paragraph: ParagraphIndex, step: &Step) -> Option<Members> {
        let bound = self.bound_of(document, paragraph, step)?;
        let clauses: BTreeSet<ParagraphIndex> =
            bound.members.iter().filter_map(|clause| self.places.get(*clause)).collect();
        let new = self.places.from(bound.known);
        (!clauses.is_empty()).then(|| Members { clauses: clauses.into_iter().collect(), new: new.collect() })
    }

    fn bound_of(&self, document: &Document, paragraph: ParagraphIndex, step: &Step) -> Option<&Bound> {
        let range = number(document.paragraph(paragraph), step)?;
        bound_in(&self.bound, paragraph).iter().find(|bound| bound.range == range)
    }

    /// Where a clause is now.
    fn now(&self, clause: Clause) -> Named<'_> {
        match self.places.get(clause) {
            Some(place) => Named::Clause(place),
            None => self.gone.iter().find(|gone| gone.clause == clause).map_or(Named::Unknown, Named::Gone),
        }
    }

    /// The last text in which the numbers were in order, for a reference of another document that was there at the
    /// moment `since` and has not changed after it; `None` if that is too late for it.
    pub fn last_in_order(&self, since: u64) -> Option<&Facts> {
        self.clean.as_ref().filter(|clean| since <= clean.until).map(|clean| &*clean.facts)
    }

    /// Where a clause of the last text in order stands now.
    pub fn since_in_order(&self, old: ParagraphIndex) -> Named<'_> {
        let clause = self.clean.as_ref().and_then(|clean| clean.clauses.youngest_at(old));
        clause.map_or(Named::Unknown, |clause| self.now(clause))
    }

    /// The references after an edit: those that were there keep to their clauses, new ones mean what they say.
    fn rebound(
        &self,
        now: &History,
        moves: &Moves,
        (before, patches, after): (&Reading, &Patches, &Reading),
    ) -> Bounds {
        // By where their numbers stand now; those of an unchanged paragraph, which may have moved, by their order in it.
        let mut by_place: HashMap<TextRange, &Bound> = HashMap::default();
        let mut by_order: HashMap<(ParagraphIndex, usize), &Bound> = HashMap::default();
        let mut paragraphs: Vec<&(ParagraphIndex, Arc<[Bound]>)> = self.bound.iter().collect();
        paragraphs.sort_by_key(|(old, _)| self.places.at(*old));
        for (old, bound) in paragraphs {
            let moved = moves.whole.get(old);
            let start = before.facts.document.paragraph(*old).range.start();
            for bound in bound.iter() {
                if let Some(new) = moved {
                    // Of a clause and its copy the older one tells.
                    by_order.entry((*new, bound.ordinal)).or_insert(bound);
                } else if let Some(range) = whole_survivor(patches, bound.range + start) {
                    by_place.insert(range, bound);
                }
            }
        }
        now.bind(after, &Bounds::new(), |paragraph, ordinal, range| {
            let start = after.facts.document.paragraph(paragraph).range.start();
            by_order.get(&(paragraph, ordinal)).or_else(|| by_place.get(&(range + start))).copied()
        })
    }

    /// The clauses from one to another of a list.
    fn between(&self, lists: &[List], first: ParagraphIndex, last: ParagraphIndex) -> Option<Arc<[Clause]>> {
        let members = range_in(lists, first, last)?;
        let clauses = members.iter().filter_map(|place| self.places.at(*place));
        (members.len() <= MEMBERS).then(|| clauses.collect())
    }

    /// Finds the clause of each reference: that of the same reference before, if it has the same words and nobody has
    /// been told that its clause is gone, else what the text says. Where the references of a paragraph are those in `old`
    /// they are shared with these.
    fn bind<'b>(
        &self,
        reading: &Reading,
        old: &Bounds,
        before: impl Fn(ParagraphIndex, usize, TextRange) -> Option<&'b Bound>,
    ) -> Bounds {
        let facts = &reading.facts;
        let meaning = Meaning::new(&facts.document);
        let mut all = Bounds::new();
        // The labels of the paragraph at hand, how many there were, and what they are bound to.
        let mut at_hand: Option<(ParagraphIndex, usize, Vec<Bound>)> = None;
        let mut done = |paragraph: ParagraphIndex, bound: Vec<Bound>| {
            if bound.is_empty() {
                return;
            }
            let index = old.binary_search_by_key(&paragraph, |(paragraph, _)| *paragraph);
            let same = index.ok().and_then(|index| old.get(index)).filter(|(_, old)| **old == *bound);
            all.push((paragraph, same.map_or_else(|| bound.into(), |(_, old)| Arc::clone(old))));
        };
        let lists = OnceCell::new();
        let lists = || lists.get_or_init(|| lists_of_reading(&facts.document, Side::Amended));
        let none: Arc<[Clause]> = Arc::from([]);
        for reference in facts.references.iter().filter(|reference| reference.is_own()) {
            let paragraph = facts.document.paragraph(reference.paragraph);
            if let Some((last, _, bound)) = at_hand.take_if(|(last, ..)| *last != reference.paragraph) {
                done(last, bound);
            }
            let (_, ordinal, bounds) = at_hand.get_or_insert((reference.paragraph, 0, Vec::new()));
            let pinpoints = || reference.pinpoints.iter();
            let steps = pinpoints().flat_map(|pinpoint| pinpoint.steps.iter().map(move |step| (pinpoint, step)));
            // The clause that the last label named.
            let mut last = None;
            for (at_step, (pinpoint, step)) in steps.enumerate() {
                let this = *ordinal;
                *ordinal += 1;
                let Some(range) = number(paragraph, step) else { continue };
                let words = said(reference, at_step);
                let kept =
                    before(reference.paragraph, this, range).filter(|bound| bound.wording == words).filter(|bound| {
                        self.places.get(bound.clause).is_some() || !is_remarked(&reading.text, paragraph, step)
                    });
                let bound = match kept {
                    Some(bound) => Some(Bound { range, ordinal: this, ..bound.clone() }),
                    None => meaning.of(step).and_then(|place| {
                        let clause = self.places.at(place)?;
                        let is_end = pinpoint.role == Role::To;
                        let members = last.filter(|_| is_end).and_then(|last| self.between(lists(), last, place));
                        let members = members.unwrap_or_else(|| Arc::clone(&none));
                        Some(Bound { range, ordinal: this, wording: words, clause, members, known: self.next })
                    }),
                };
                last = bound.as_ref().and_then(|bound| self.places.get(bound.clause));
                bounds.extend(bound);
            }
        }
        if let Some((last, _, bound)) = at_hand {
            done(last, bound);
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

/// The number of a label of a reference, from the beginning of its paragraph.
fn number(paragraph: &Paragraph, step: &Step) -> Option<TextRange> {
    let range = step.core.first()?.cover(*step.core.last()?);
    Some(TextRange::at(range.start().checked_sub(paragraph.range.start())?, range.len()))
}

/// Where a stretch of the text before stands of which nothing was touched.
fn whole_survivor(patches: &Patches, range: TextRange) -> Option<TextRange> {
    match patches.survivors(range).as_slice() {
        [left] if left.len() == range.len() => Some(*left),
        _ => None,
    }
}

/// A hash of the words that say what a label of a reference names: with the labels before it where these have a part in
/// it, and with all of them where there is a range.
fn said(reference: &Reference, at: usize) -> u64 {
    let mut words = FixedState::default().build_hasher();
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

/// Where the words of a paragraph stand in it.
fn body_within(paragraph: &Paragraph) -> Option<TextRange> {
    let start = paragraph.body.start().checked_sub(paragraph.range.start())?;
    Some(TextRange::at(start, paragraph.body.len()))
}

/// Whether two paragraphs have the same words.
fn same_words(one: &Paragraph, other: &Paragraph) -> bool {
    one.views.amended.text == other.views.amended.text
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
        let mut taken: HashSet<ParagraphIndex, RandomState> = HashSet::default();
        // Those that are not where they were, with what is left of them.
        let mut rest: Vec<(ParagraphIndex, Left)> = Vec::new();
        let places = (0..).map(ParagraphIndex).zip(&history.places.at);
        for index in places.filter(|(_, clause)| clause.is_some()).map(|(index, _)| index) {
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
        let mut free: HashMap<&str, Vec<ParagraphIndex>> = HashMap::default();
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
        let mut copies: HashMap<&str, ParagraphIndex> = HashMap::default();
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::reading::Draft;
    use super::*;
    use crate::syntax::Parser;

    const TEXT: &str = "# Resolution 1 (Dubai, 2018)\n\n*recalling*\na) pears are here to stay;\nb) plums are here to stay,\n\
        *resolves*\n1. to grow apples as in *recalling* b) above;\n2. to eat, under resolves 1 above:\n   a) pears;\n   \
        b) plums, as in resolves 2 a);\n3. to report on resolves 1 to 3,\nand to go on.\n[^1]: See resolves 2 above.\n";

    /// What is remembered, but for the last text in order.
    fn shown(history: &History) -> impl PartialEq + std::fmt::Debug + use<> {
        let bound: Vec<_> = history.bound.iter().map(|(paragraph, bound)| (*paragraph, bound.to_vec())).collect();
        let parts: BTreeMap<Clause, TextRange> = history.parts.iter().map(|(clause, part)| (*clause, *part)).collect();
        (history.places.of.clone(), history.gone.to_vec(), bound, parts, history.next)
    }

    proptest! {
        /// What is carried in place is what would have been found by looking for every clause.
        #[test]
        fn clauses_in_place_are_where_they_would_be_found(
            edits in prop::collection::vec(
                (0usize..400, 0usize..6, prop::sample::select(vec![
                    "", "", "x", " ", "\n", "2", "a)", "1. ", "*", "b) plums;\n", "{++", "++}", "pears are here to stay", ".",
                ])),
                1..12,
            ),
        ) {
            let mut parser = Parser::new();
            let mut before = Reading::edited(TEXT, &mut parser);
            let mut history = History::first(&before);
            let mut in_place = 0;
            for (at, deleted, inserted) in edits {
                let at = at.min(before.text.len());
                let end = (at + deleted).min(before.text.len());
                let range = TextRange::new(TextSize::new(at as u32), TextSize::new(end as u32));
                let mut draft = Draft::of(&before);
                draft.edit(range, inserted);
                let patches = draft.patches(&before.text);
                let after = draft.read(&mut parser, &before.facts, &patches);
                let slow = history.carried_elsewhere(&before, &patches, &after);
                if let Some(fast) = history.carried_in_place(&before, &patches, &after) {
                    in_place += 1;
                    prop_assert_eq!(shown(&fast), shown(&slow), "{:?} -> {:?}", before.text, after.text);
                }
                (history, before) = (slow, after);
            }
            prop_assume!(in_place > 0);
        }
    }
}
