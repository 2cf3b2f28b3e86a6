//! What a reference means: from a section's name and labels to clauses.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::places::{ItemPlace, Places};
use super::scan::Found;
use super::words::words;
use super::{Direction, PartName, Reference, Step, Target};
use crate::numbering::{Item, Label, List, Lists, Numeral, both};
use crate::syntax::{
    DivisionIndex, Document, Paragraph, ParagraphIndex, ParagraphKind, ResolutionIndex, SectionIndex, Side, Sides, fold,
};

/// Answers what references mean, for one document. Made once; each question is then quick.
pub struct Resolver<'a> {
    document: &'a Document,
    lists: Lists,
    /// Where clauses stand. The readings of a text without tracked changes share this and what follows.
    places: Sides<Rc<Places>>,
    /// The sections of each resolution that have a name, folded.
    names: Sides<Rc<Vec<Names>>>,
    /// The same by their names, once asked.
    by_name: Sides<OnceCell<ByName>>,
    /// The sections that a name means, once asked.
    known: RefCell<HashMap<SectionQuery, Rc<[SectionIndex]>, RandomState>>,
    /// The annexes of each resolution by number (and whether it is a letter), and all of them.
    divisions: Sides<Rc<Divisions>>,
    /// The paragraphs of each preamble that have no label, once asked.
    preambles: RefCell<HashMap<(ResolutionIndex, Side), Preamble>>,
}

/// A name that more sections than this share says nothing.
const SHARED: usize = 32;

/// The sections of a resolution that have a name, with it.
type Names = Vec<(SectionIndex, Arc<str>)>;

/// The sections of each resolution by their whole names.
type ByName = HashMap<(ResolutionIndex, Arc<str>), Vec<SectionIndex>, RandomState>;

/// A name, folded, and the resolution and reading in which it is looked for.
type SectionQuery = (ResolutionIndex, Side, Arc<str>);

/// The number of an annex and whether it is a letter, in a resolution; without one, all its annexes.
type DivisionQuery = (ResolutionIndex, Option<(u32, bool)>);

/// Annexes by what is asked for.
type Divisions = HashMap<DivisionQuery, Vec<DivisionIndex>, RandomState>;

/// The paragraphs of a preamble that are counted.
type Preamble = Rc<[ParagraphIndex]>;

/// What a reference means in one reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    /// The sections it may mean.
    pub sections: Vec<SectionIndex>,
    /// What each label of each pinpoint means, in order.
    pub targets: Vec<Vec<Target>>,
}

/// A label of a reference.
#[derive(Debug, Clone, Copy)]
struct Cited<'q> {
    labels: &'q [Label],
    ordinal: Option<u32>,
}

/// A reference as far as its meaning depends on it.
struct Question<'q> {
    resolution: ResolutionIndex,
    /// Where it stands, if in this document.
    from: Option<ParagraphIndex>,
    name: Option<&'q Arc<str>>,
    part: Option<PartName>,
    division: Option<DivisionIndex>,
    /// Whether it says “of this resolution”, which in an annex is the resolution and not the annex.
    whole: bool,
    direction: Option<Direction>,
    sub: bool,
    side: Side,
}

impl<'a> Resolver<'a> {
    /// Reads the lists and headings of a document.
    pub fn new(document: &'a Document) -> Resolver<'a> {
        Resolver::with_lists(document, both(document))
    }

    /// Reads the headings of a document of which the lists are known.
    pub fn with_lists(document: &'a Document, lists: Lists) -> Resolver<'a> {
        let tracked = document.paragraphs.iter().any(Paragraph::is_tracked);
        let places = by_side(tracked, |side| Places::new(document, &lists[side]));
        let names = by_side(tracked, |side| names(document, side));
        let divisions = by_side(tracked, |side| divisions(document, side));
        Resolver {
            document,
            lists,
            places,
            names,
            by_name: Sides::default(),
            known: RefCell::default(),
            divisions,
            preambles: RefCell::default(),
        }
    }

    /// The annex of a resolution with this number or, without one, its only annex.
    pub(super) fn division_of(
        &self,
        resolution: ResolutionIndex,
        labels: &[Label],
        side: Side,
    ) -> Option<DivisionIndex> {
        let of = |key| self.divisions[side].get(&(resolution, key)).map_or(&[][..], Vec::as_slice);
        let found: Vec<DivisionIndex> = match labels {
            [] => of(None).to_vec(),
            labels => {
                let mut found: Vec<_> = labels.iter().flat_map(|label| of(Some(number_of(label)))).copied().collect();
                found.sort();
                found.dedup();
                found
            }
        };
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The paragraphs of a preamble that open with a verb and have no label: those that are counted as the first, the
    /// second and so on.
    pub fn preamble(&self, resolution: ResolutionIndex, side: Side) -> Preamble {
        let known = self.preambles.borrow().get(&(resolution, side)).map(Rc::clone);
        known.unwrap_or_else(|| {
            let found: Preamble = self.read_preamble(resolution, side).into();
            self.preambles.borrow_mut().insert((resolution, side), Rc::clone(&found));
            found
        })
    }

    fn read_preamble(&self, resolution: ResolutionIndex, side: Side) -> Vec<ParagraphIndex> {
        let document = self.document;
        let whole = document.resolution(resolution);
        let mut found = Vec::new();
        for index in whole.paragraphs.clone().map(|index| ParagraphIndex(index as u32)) {
            let paragraph = document.paragraph(index);
            let in_annex = paragraph.section.is_some_and(|section| document.section(section).division.is_some());
            if !paragraph.is_in(side) || paragraph.level > 0 || in_annex || whole.enacting == Some(index) {
                continue;
            }
            let labelled = paragraph.label.as_ref().is_some_and(|label| label.text[side].is_some());
            let verb = paragraph.opening(side).map(|range| fold(&paragraph.views[side].text[range]));
            match (paragraph.kind, verb) {
                // The operative part begins with its first number.
                (ParagraphKind::Clause, _) if labelled => break,
                (ParagraphKind::Clause, Some(_)) => found.push(index),
                _ => {}
            }
        }
        found
    }

    /// The clauses that the first label of a pinpoint may mean in a reading, where it is open which; nothing where it is
    /// not known at all.
    pub fn candidates(&self, reference: &Reference, pinpoint: usize, side: Side) -> Vec<ParagraphIndex> {
        let Some(step) = reference.pinpoints.get(pinpoint).and_then(|pinpoint| pinpoint.steps.first()) else {
            return Vec::new();
        };
        if reference.sub || reference.part.is_some() || step.target[side] != Target::Open {
            return Vec::new();
        }
        let question = self.question(reference, None, side);
        let found: Vec<ParagraphIndex> = match &reference.section {
            Some(_) => {
                let sections = reference.sections[side].iter().filter(|_| reference.sections[side].len() <= SHARED);
                sections.flat_map(|section| self.in_list(*section, None, &step.labels, side)).collect()
            }
            None => {
                let division = question.division.or_else(|| self.division(reference.paragraph));
                self.numbered(&question, Within::Division(division), &step.labels)
            }
        };
        let pointed: Vec<ParagraphIndex> =
            found.iter().copied().filter(|clause| self.agrees(&question, *clause)).collect();
        if pointed.len() > 1 { pointed } else { found }
    }

    /// The resolution that a reference of this document stands in.
    pub fn resolution_of(&self, reference: &Reference) -> ResolutionIndex {
        self.document.paragraph(reference.paragraph).resolution
    }

    /// The labels among which a label of a reference from another text was looked for, of which `resolved` says what the
    /// reference means.
    pub fn siblings_outside(
        &self,
        reference: &Reference,
        resolved: &Resolved,
        step: &Step,
        resolution: ResolutionIndex,
        side: Side,
    ) -> Vec<&Label> {
        let steps = reference.pinpoints.iter().zip(&resolved.targets);
        let mut parent = None;
        for (pinpoint, targets) in steps {
            parent = None;
            for (other, target) in pinpoint.steps.iter().zip(targets) {
                if std::ptr::eq(other, step) {
                    return self.labels_of(parent, reference.section.is_some(), &resolved.sections, resolution, side);
                }
                parent = target.clause();
            }
        }
        self.labels_of(parent, reference.section.is_some(), &resolved.sections, resolution, side)
    }

    fn labels_of(
        &self,
        parent: Option<ParagraphIndex>,
        named: bool,
        sections: &[SectionIndex],
        resolution: ResolutionIndex,
        side: Side,
    ) -> Vec<&Label> {
        let of_list = |list: &&List| match parent {
            Some(parent) => list.parent == Some(parent),
            None if named => list.parent.is_none() && sections.contains(&list.section),
            None => list.parent.is_none() && self.document.section(list.section).resolution == resolution,
        };
        self.lists[side].iter().filter(of_list).flat_map(|list| &list.items).map(|item| &item.label).collect()
    }

    fn question<'q>(&self, reference: &Reference, name: Option<&'q Arc<str>>, side: Side) -> Question<'q> {
        Question {
            resolution: self.document.paragraph(reference.paragraph).resolution,
            from: Some(reference.paragraph),
            name,
            part: reference.part,
            division: reference.division.as_ref().and_then(|name| name.divisions[side]),
            whole: false,
            direction: reference.direction,
            sub: reference.sub,
            side,
        }
    }

    /// The lists of a reading, in the order of their first clauses.
    pub fn lists(&self, side: Side) -> &[List] {
        &self.lists[side]
    }

    /// The names of a resolution's sections in a reading, folded, in text order.
    pub(super) fn names(&self, resolution: ResolutionIndex, side: Side) -> &[(SectionIndex, Arc<str>)] {
        self.names[side].get(resolution.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether the readings have the same names of sections: whether nothing tells them apart.
    pub(super) fn reads_once(&self) -> bool {
        Rc::ptr_eq(&self.names.in_force, &self.names.amended)
    }

    /// The sections of a resolution that have a name in a reading, with their names as written, in text order.
    pub fn headings(&self, resolution: ResolutionIndex, side: Side) -> Vec<(SectionIndex, String)> {
        let written = |section: SectionIndex| {
            let heading = self.document.section(section).heading?;
            let text = &self.document.paragraph(heading).views[side].text;
            Some((section, text.trim().trim_end_matches([',', ':', ';', '，', '：', '；', '،', '؛', ' ']).to_owned()))
        };
        self.names(resolution, side).iter().filter_map(|(section, _)| written(*section)).collect()
    }

    /// The labels among which a label of a reference is looked for: of the sub-clauses of `parent`, of the sections that
    /// the reference names, or of the numbered clauses of its resolution.
    pub fn siblings(&self, reference: &Reference, parent: Option<ParagraphIndex>, side: Side) -> Vec<&Label> {
        let named = reference.section.is_some();
        self.labels_of(parent, named, &reference.sections[side], self.resolution_of(reference), side)
    }

    /// What a reference from another text to a resolution of this document means: its section's name and labels, read
    /// in this document.
    pub fn from_outside(&self, reference: &Reference, resolution: ResolutionIndex, side: Side) -> Resolved {
        let cited: Vec<Vec<Cited<'_>>> = reference
            .pinpoints
            .iter()
            .map(|p| p.steps.iter().map(|step| Cited { labels: &step.labels, ordinal: step.ordinal }).collect())
            .collect();
        let name = reference.section.as_ref().map(|name| section_name(&name.text).into());
        let question = Question {
            resolution,
            from: None,
            name: name.as_ref(),
            part: reference.part,
            division: None,
            whole: false,
            direction: None,
            sub: false,
            side,
        };
        self.answer(&question, &cited)
    }

    /// What a reference of this document means. `placed` is the same reference, of which the annex is known.
    pub(super) fn inside(&self, found: &Found, placed: &Reference, from: ParagraphIndex, side: Side) -> Resolved {
        let cited: Vec<Vec<Cited<'_>>> = found
            .pinpoints
            .iter()
            .map(|p| p.labels.iter().map(|label| Cited { labels: &label.labels, ordinal: label.ordinal }).collect())
            .collect();
        let name = found.name.as_ref().map(|name| &name.folded);
        let whole = found.this && !found.bare && !found.sub;
        let question = Question { from: Some(from), whole, ..self.question(placed, name, side) };
        self.answer(&question, &cited)
    }

    fn answer(&self, question: &Question<'_>, pinpoints: &[Vec<Cited<'_>>]) -> Resolved {
        let sections = match question.name {
            Some(name) => self.sections(question, name),
            None => Vec::new(),
        };
        let mut targets: Vec<Vec<Target>> = Vec::with_capacity(pinpoints.len());
        // The clauses that the pinpoint before went through, for “2 b) and c)”.
        let mut above: Vec<ParagraphIndex> = Vec::new();
        for steps in pinpoints {
            let Some((first, rest)) = steps.split_first() else {
                targets.push(Vec::new());
                continue;
            };
            // `c)` behind `2 b)` is a sub-clause of 2 sooner than a clause.
            let sibling = above
                .split_last()
                .and_then(|(_, parents)| parents.last())
                .map(|parent| self.below(*parent, first.labels, question.side))
                .filter(|target| target.clause().is_some());
            let kept = if sibling.is_some() { above.len().saturating_sub(1) } else { 0 };
            let mut target = match sibling {
                Some(target) => target,
                None => self.top(question, &sections, *first),
            };
            above.truncate(kept);
            let mut found = vec![target];
            above.extend(target.clause());
            for step in rest {
                target = match target {
                    Target::Clause(parent) => self.below(parent, step.labels, question.side),
                    Target::Open | Target::Missing => Target::Open,
                };
                found.push(target);
                above.extend(target.clause());
            }
            targets.push(found);
        }
        Resolved { sections, targets }
    }

    /// The sections that a name may mean where the reference stands: in an annex its own, if it has them.
    fn sections(&self, question: &Question<'_>, name: &Arc<str>) -> Vec<SectionIndex> {
        let key = (question.resolution, question.side, Arc::clone(name));
        let known = self.known.borrow().get(&key).map(Rc::clone);
        let found = known.unwrap_or_else(|| {
            let found: Rc<[SectionIndex]> = self.sections_named(&key).into();
            self.known.borrow_mut().insert(key, Rc::clone(&found));
            found
        });
        if found.len() > SHARED {
            // Enough to tell that there are too many.
            return found.iter().copied().take(SHARED + 1).collect();
        }
        let division = match question.division {
            Some(named) => Some(Some(named)),
            None => question.from.map(|from| self.division(from)),
        };
        let own = |section: &SectionIndex| Some(self.document.section(*section).division) == division;
        let near: Vec<SectionIndex> = found.iter().copied().filter(own).collect();
        if near.is_empty() { found.to_vec() } else { near }
    }

    fn sections_named(&self, (resolution, side, name): &SectionQuery) -> Vec<SectionIndex> {
        let by_name = self.by_name[*side].get_or_init(|| {
            let mut by_name = ByName::default();
            let resolutions = (0..).map(ResolutionIndex).zip(self.names[*side].iter());
            for (resolution, (section, name)) in resolutions.flat_map(|(of, names)| names.iter().map(move |n| (of, n)))
            {
                by_name.entry((resolution, Arc::clone(name))).or_default().push(*section);
            }
            by_name
        });
        if let Some(found) = by_name.get(&(*resolution, Arc::clone(name))) {
            return found.clone();
        }
        let fits: [fn(&str, &str) -> bool; 3] = [
            |heading, name| parts(heading).any(|part| part == name) || joined(heading).eq(joined(name)),
            // “resolves” for “resolves to instruct the Secretary-General”
            |heading, name| {
                heading.strip_prefix(name).is_some_and(|rest| {
                    rest.starts_with(|c: char| !c.is_alphabetic())
                        || name.chars().last().is_some_and(|c| c > '\u{2e7f}')
                })
            },
            // “instructs the Secretary-General” for “resolves to instruct the Secretary-General”
            |heading, name| {
                name.split_once(' ').is_some_and(|(verb, object)| {
                    let stem: String = verb.chars().take(5).collect();
                    heading
                        .strip_suffix(object)
                        .is_some_and(|front| front.split_whitespace().skip(1).any(|word| word.starts_with(&stem)))
                })
            },
        ];
        let names = self.names(*resolution, *side);
        let found = fits.iter().map(|fits| {
            let fitting = names.iter().filter(|(_, heading)| fits(heading, name));
            fitting.map(|(section, _)| *section).collect::<Vec<_>>()
        });
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn division(&self, paragraph: ParagraphIndex) -> Option<DivisionIndex> {
        self.document.paragraph(paragraph).section.and_then(|section| self.document.section(section).division)
    }

    /// A clause of the named sections or, without a name, of the resolution.
    fn top(&self, question: &Question<'_>, sections: &[SectionIndex], cited: Cited<'_>) -> Target {
        let label = cited.labels;
        if question.name.is_some() {
            if sections.is_empty() || sections.len() > SHARED {
                return Target::Open;
            }
            let mut found: Vec<ParagraphIndex> =
                sections.iter().flat_map(|section| self.in_list(*section, None, label, question.side)).collect();
            if found.is_empty() {
                // Sub-clauses below a paragraph without a label.
                found = self.anywhere(sections, label, question.side);
            }
            return self.choose(question, found, true);
        }
        match (question.part, cited.ordinal) {
            (Some(PartName::Preamble), Some(number)) => return self.preambular(question, number),
            (Some(PartName::Preamble), None) => return Target::Open,
            (Some(PartName::Operative), Some(number)) => {
                let number = Label::parse(&number.to_string());
                return self.operative(question, &number);
            }
            (Some(PartName::Operative), None) => return self.operative(question, label),
            (None, _) => {}
        }
        if let Some(division) = question.division {
            let found = self.numbered(question, Within::Division(Some(division)), label);
            return match self.choose(question, found, false) {
                // What an annex counts may be articles or lines of a table.
                Target::Missing => Target::Open,
                target => target,
            };
        }
        if question.sub {
            return self.sub(question, label);
        }
        let Some(from) = question.from else {
            let found = self.numbered(question, Within::Resolution, label);
            return match self.choose(question, found, false) {
                Target::Missing if !self.has_numbers(question, label) => Target::Open,
                target => target,
            };
        };
        if question.whole && self.division(from).is_some() {
            let body = self.numbered(question, Within::Division(None), label);
            if let target @ Target::Clause(_) = self.choose(question, body, false) {
                return target;
            }
        }
        // What fits but for the direction.
        let mut elsewhere = None;
        let mut settle = |target: Target| match target {
            Target::Clause(clause) if self.agrees(question, clause) => Some(target),
            Target::Clause(_) => {
                elsewhere = elsewhere.or(Some(target));
                None
            }
            Target::Open | Target::Missing => None,
        };
        let division = self.division(from);
        let own = self.document.paragraph(from).section;
        // Where numbers begin again behind a paragraph, the list at hand is meant.
        let mut clause = Some(from);
        while let Some(index) = clause {
            if let Some(own) = self.places[question.side].list_of(index) {
                let near = self.numbered(question, Within::List(own), label);
                if let Some(target) = settle(self.choose(question, near, false)) {
                    return target;
                }
            }
            clause = self.document.paragraph(index).parent;
        }
        // In a text whose sections count each for itself, “paragraph 2 above” is the section's own.
        let near = own.map(|own| self.numbered(question, Within::Section(own), label)).unwrap_or_default();
        if let Some(target) = settle(self.choose(question, near, false)) {
            return target;
        }
        let found = self.numbered(question, Within::Division(division), label);
        let several = found.iter().filter(|clause| self.agrees(question, **clause)).count() > 1;
        let target = self.choose(question, found, false);
        if let Some(target) = settle(target) {
            return target;
        }
        if let Some(target) = elsewhere.filter(|_| !several) {
            return target;
        }
        match (target, division) {
            (Target::Missing | Target::Open, Some(_)) => {
                let body = self.numbered(question, Within::Division(None), label);
                match self.choose(question, body, false) {
                    Target::Missing => Target::Open,
                    target => target,
                }
            }
            // Only where clauses are numbered with figures at all can one be missing.
            (Target::Missing, None) if !self.has_numbers(question, label) => Target::Open,
            (target, _) => target,
        }
    }

    /// Whether a clause stands where the reference points, if it points anywhere.
    fn agrees(&self, question: &Question<'_>, clause: ParagraphIndex) -> bool {
        match (question.direction, question.from) {
            (Some(Direction::Above), Some(from)) => clause <= from,
            (Some(Direction::Below), Some(from)) => clause > from,
            _ => true,
        }
    }

    /// The third paragraph of the preamble.
    fn preambular(&self, question: &Question<'_>, number: u32) -> Target {
        let preamble = self.preamble(question.resolution, question.side);
        let at = number.checked_sub(1).and_then(|at| preamble.get(at as usize));
        match at {
            Some(clause) => Target::Clause(*clause),
            // A preamble of a single emphasis may be something else.
            None if preamble.len() > 1 => Target::Missing,
            None => Target::Open,
        }
    }

    /// An operative paragraph.
    fn operative(&self, question: &Question<'_>, label: &[Label]) -> Target {
        let found = self.numbered(question, Within::Division(None), label);
        match self.choose(question, found, false) {
            Target::Missing if !self.has_numbers(question, label) => Target::Open,
            target => target,
        }
    }

    /// A sub-clause of the clause at hand, or its neighbour.
    fn sub(&self, question: &Question<'_>, label: &[Label]) -> Target {
        let mut clause = question.from;
        while let Some(index) = clause {
            if let target @ Target::Clause(_) = self.below(index, label, question.side) {
                return target;
            }
            clause = self.document.paragraph(index).parent;
        }
        Target::Open
    }

    /// The sub-clause of a clause.
    fn below(&self, parent: ParagraphIndex, label: &[Label], side: Side) -> Target {
        let Some(section) = self.document.paragraph(parent).section else { return Target::Open };
        let found = self.in_list(section, Some(parent), label, side);
        match found.as_slice() {
            // `(h) (i) …`: the first sub-clause stands on the line of its clause.
            [] if self.opens_with(parent, label, side) => Target::Clause(parent),
            [] => Target::Missing,
            [only] => Target::Clause(*only),
            // A label that is there twice: what was written first is meant.
            [first, ..] => Target::Clause(*first),
        }
    }

    /// Whether the words of a clause begin with a label of its sub-clauses.
    fn opens_with(&self, clause: ParagraphIndex, label: &[Label], side: Side) -> bool {
        let words = self.document.paragraph(clause).views[side].text.trim_start().chars().take(8);
        let first: String = words.scan(false, |ended, c| (!std::mem::replace(ended, c == ')')).then_some(c)).collect();
        first.ends_with(')') && Label::parse(&first).iter().any(|first| label.iter().any(|label| same(label, first)))
    }

    fn in_list(
        &self,
        section: SectionIndex,
        parent: Option<ParagraphIndex>,
        label: &[Label],
        side: Side,
    ) -> Vec<ParagraphIndex> {
        let places = &self.places[side];
        let mut found = Vec::new();
        for label in label {
            for list in places.lists_at((section, parent)) {
                let items = places.in_list(&self.lists[side], *list, label.rank());
                found.extend(clauses(items, label));
            }
        }
        found.sort();
        found.dedup();
        found
    }

    fn anywhere(&self, sections: &[SectionIndex], label: &[Label], side: Side) -> Vec<ParagraphIndex> {
        let lists = || self.lists[side].iter().filter(|list| sections.contains(&list.section));
        let counts = |list: &List| label.iter().any(|label| counts_alike(label.style.numeral, list.style.numeral));
        if lists().any(|list| list.parent.is_none() && counts(list)) {
            // The clauses themselves count so: a sub-clause would be named with its clause.
            return Vec::new();
        }
        let items = lists().flat_map(|list| &list.items);
        let found: Vec<ParagraphIndex> = items
            .filter(|item| label.iter().any(|label| same(label, &item.label)))
            .map(|item| item.paragraph)
            .collect();
        // Below several clauses the same letter: none is meant for certain.
        if found.len() == 1 { found } else { Vec::new() }
    }

    /// The clauses of a number at the top of the sections of a resolution.
    fn numbered(&self, question: &Question<'_>, within: Within, label: &[Label]) -> Vec<ParagraphIndex> {
        let (places, lists) = (&self.places[question.side], &*self.lists[question.side]);
        let is_top = |list: &usize| {
            lists.get(*list).is_some_and(|list| {
                list.parent.is_none() && self.document.section(list.section).resolution == question.resolution
            })
        };
        let at = |places: &[ItemPlace], label: &Label, found: &mut Vec<ParagraphIndex>| {
            let items = places.iter().filter_map(|(list, item)| lists.get(*list)?.items.get(*item));
            found.extend(clauses(items, label));
        };
        let mut found = Vec::new();
        for label in label {
            let rank = label.rank();
            match within {
                Within::List(list) => {
                    let list = Some(list).filter(is_top);
                    let items = list.into_iter().flat_map(|list| places.in_list(lists, list, rank));
                    found.extend(clauses(items, label));
                }
                Within::Section(section) => {
                    let list = places.lists_at((section, None)).iter().copied().filter(is_top);
                    let items = list.flat_map(|list| places.in_list(lists, list, rank));
                    found.extend(clauses(items, label));
                }
                Within::Division(division) => {
                    let place = (question.resolution, division);
                    at(places.in_division(self.document, lists, place, rank), label, &mut found);
                }
                Within::Resolution => {
                    at(places.in_resolution(self.document, lists, question.resolution, rank), label, &mut found);
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }

    fn has_numbers(&self, question: &Question<'_>, label: &[Label]) -> bool {
        self.top_lists(question).any(|list| label.iter().any(|label| label.style.numeral.same_kind(list.style.numeral)))
    }

    fn top_lists(&self, question: &Question<'_>) -> impl Iterator<Item = &List> {
        let resolution = question.resolution;
        let sections = self.document.resolution(resolution).sections.clone();
        // Lists stand in text order, those of one resolution together.
        let lists = &self.lists[question.side];
        let first = lists.partition_point(|list| list.section.index() < sections.start);
        lists[first..]
            .iter()
            .take_while(move |list| list.section.index() < sections.end)
            .filter(|list| list.parent.is_none())
    }

    /// One of several clauses that have the label: the only one, the only one in the direction that is named or, of
    /// sections that share a name, that of the section at hand.
    fn choose(&self, question: &Question<'_>, found: Vec<ParagraphIndex>, named: bool) -> Target {
        if let [only] = found.as_slice() {
            return Target::Clause(*only);
        }
        let Some(first) = found.first() else { return Target::Missing };
        // A number that is twice in one list: references stay with the clause that had it first.
        let section = |index: &ParagraphIndex| self.document.paragraph(*index).section;
        if named && found.iter().all(|other| section(other) == section(first)) {
            return Target::Clause(*first);
        }
        let Some(from) = question.from else { return Target::Open };
        if question.direction.is_some() {
            let pointed: Vec<&ParagraphIndex> = found.iter().filter(|index| self.agrees(question, **index)).collect();
            if let [only] = pointed.as_slice() {
                return Target::Clause(**only);
            }
        }
        let own = self.document.paragraph(from).section;
        let at_hand: Vec<&ParagraphIndex> =
            found.iter().filter(|index| section(index) == own && self.agrees(question, **index)).collect();
        match at_hand.as_slice() {
            [only] if named => Target::Clause(**only),
            _ => Target::Open,
        }
    }
}

/// Where a clause is looked for: always among those that are no sub-clauses.
#[derive(Debug, Clone, Copy)]
enum Within {
    List(usize),
    Section(SectionIndex),
    /// An annex, or what stands outside of any.
    Division(Option<DivisionIndex>),
    Resolution,
}

/// The clauses among these whose label is the one that is cited.
fn clauses<'l>(items: impl Iterator<Item = &'l Item>, cited: &Label) -> impl Iterator<Item = ParagraphIndex> {
    items.filter(|item| same(cited, &item.label)).map(|item| item.paragraph)
}

/// Makes something for each reading; once where these are the same.
fn by_side<T>(tracked: bool, make: impl Fn(Side) -> T) -> Sides<Rc<T>> {
    let amended = Rc::new(make(Side::Amended));
    let in_force = if tracked { Rc::new(make(Side::InForce)) } else { Rc::clone(&amended) };
    Sides { in_force, amended }
}

/// The name that a heading gives its section, in both readings.
struct HeadingName(Sides<Arc<str>>);

impl HeadingName {
    fn of(heading: &Paragraph) -> HeadingName {
        HeadingName(Sides::from_fn(|side| section_name(&heading.views[side].text).into()))
    }
}

/// The names of the sections of each resolution.
fn names(document: &Document, side: Side) -> Vec<Names> {
    let mut names = vec![Names::new(); document.resolutions.len()];
    // Annexes have the same headings again and again.
    let mut known: HashMap<&str, Arc<str>, RandomState> = HashMap::default();
    let edited = document.is_edited();
    for (index, section) in document.sections.iter().enumerate() {
        let Some(heading) = section.heading.map(|heading| document.paragraph(heading)) else { continue };
        let text = heading.views[side].text.as_str();
        let name = known.entry(text).or_insert_with(|| match edited {
            true => Arc::clone(&heading.remembered(|| HeadingName::of(heading)).0[side]),
            false => section_name(text).into(),
        });
        if let Some(names) = names.get_mut(section.resolution.index())
            && heading.is_in(side)
            && !name.is_empty()
        {
            names.push((SectionIndex(index as u32), Arc::clone(name)));
        }
    }
    names
}

/// The annexes of every resolution, by number and all together.
fn divisions(document: &Document, side: Side) -> Divisions {
    let mut found: Divisions = HashMap::default();
    for (index, division) in document.divisions.iter().enumerate() {
        let heading = document.paragraph(division.heading);
        if !heading.is_in(side) {
            continue;
        }
        let name = fold(&heading.views[side].text);
        let name = name.trim_start();
        let Some(rest) = words().division.iter().find_map(|word| name.strip_prefix(word.as_str())) else { continue };
        if rest.starts_with(|c: char| c.is_alphabetic() && c < '\u{2e80}') {
            continue;
        }
        let index = DivisionIndex(index as u32);
        found.entry((division.resolution, None)).or_default().push(index);
        let number: String = rest
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() && (*c < '\u{2e80}' || "一二三四五六七八九十".contains(*c)))
            .take(8)
            .collect();
        let mut numbers: Vec<(u32, bool)> = Label::parse(&number).iter().map(number_of).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            found.entry((division.resolution, Some(number))).or_default().push(index);
        }
    }
    found
}

/// The number of an annex, and whether it is a letter: Annex I is Annex 1, Annex A is not.
fn number_of(label: &Label) -> (u32, bool) {
    (label.value, label.style.numeral.is_letters())
}

/// Whether a label of a reference names the label of a clause: the same number in the same system, whatever brackets
/// stand around it.
fn same(cited: &Label, label: &Label) -> bool {
    cited.rank() == label.rank() && cited.path == label.path && counts_alike(cited.style.numeral, label.style.numeral)
}

/// Whether two systems may name one another's clauses.
pub(super) fn counts_alike(cited: Numeral, label: Numeral) -> bool {
    use Numeral::{Chinese, Circled, Digits};
    match (cited, label) {
        // 第2段 for 二、, and digits of any script for one another.
        (Digits { .. } | Chinese | Circled, Digits { .. } | Chinese | Circled) => true,
        (cited, label) => cited.same_kind(label),
    }
}

/// The name of a section, folded, without the punctuation behind it.
pub(super) fn section_name(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ").trim_matches([',', ':', ';', '.', '、', ' ']).to_owned()
}

/// 做出决议 and 责成秘书长 of 做出决议，责成秘书长.
pub(super) fn parts(heading: &str) -> impl Iterator<Item = &str> {
    heading.split([',', '、']).map(str::trim).filter(move |part| part.len() < heading.len())
}

fn joined(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !matches!(c, ',' | '、' | ' '))
}
