//! What a reference means: from a section's name and labels to clauses.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::scan::Found;
use super::{Direction, Reference, Target};
use crate::numbering::{Label, List, Numeral, Rank, lists};
use crate::syntax::{Document, Paragraph, ParagraphIndex, ResolutionIndex, SectionIndex, Side, Sides, TextSize, fold};

/// Answers what references mean, for one document. Made once; each question is then quick.
pub struct Resolver<'a> {
    document: &'a Document,
    lists: Sides<Vec<List>>,
    /// The clauses of a number in the lists of a section, or below a clause.
    places: Sides<HashMap<(ListPlace, Rank), Vec<ItemPlace>>>,
    /// The clauses of a number that are no sub-clauses, in a resolution.
    tops: Sides<HashMap<(ResolutionIndex, Rank), Vec<ItemPlace>>>,
    /// The list of each clause.
    of_clause: Sides<HashMap<ParagraphIndex, usize>>,
    /// The sections of each resolution that have a name, folded.
    names: Sides<HashMap<ResolutionIndex, Vec<(SectionIndex, String)>>>,
    /// The sections that a name means, once asked.
    known: RefCell<HashMap<SectionQuery, Rc<[SectionIndex]>>>,
}

/// A name that more sections than this share says nothing.
const SHARED: usize = 32;

/// Where a list stands: its section and the clause that it is below.
type ListPlace = (SectionIndex, Option<ParagraphIndex>);

/// A name, folded, and the resolution and reading in which it is looked for.
type SectionQuery = (ResolutionIndex, Side, String);

/// A list, and an item in it.
type ItemPlace = (usize, usize);

/// What a reference means in one reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    /// The sections it may mean.
    pub sections: Vec<SectionIndex>,
    /// What each label of each pinpoint means, in order.
    pub targets: Vec<Vec<Target>>,
}

/// A reference as far as its meaning depends on it.
struct Question<'q> {
    resolution: ResolutionIndex,
    /// Where it stands, if in this document.
    from: Option<ParagraphIndex>,
    name: Option<&'q str>,
    direction: Option<Direction>,
    sub: bool,
    side: Side,
}

impl<'a> Resolver<'a> {
    /// Reads the lists and headings of a document.
    pub fn new(document: &'a Document) -> Resolver<'a> {
        let amended = lists(document, Side::Amended);
        let tracked = document.paragraphs.iter().any(Paragraph::is_tracked);
        let in_force = if tracked { lists(document, Side::InForce) } else { amended.clone() };
        let lists = Sides { in_force, amended };
        let mut places: Sides<HashMap<(ListPlace, Rank), Vec<ItemPlace>>> = Sides::default();
        let mut tops: Sides<HashMap<(ResolutionIndex, Rank), Vec<ItemPlace>>> = Sides::default();
        let mut of_clause: Sides<HashMap<ParagraphIndex, usize>> = Sides::default();
        for side in Side::BOTH {
            for (index, list) in lists[side].iter().enumerate() {
                let resolution = document.section(list.section).resolution;
                for (at, item) in list.items.iter().enumerate() {
                    let rank = item.label.rank();
                    of_clause[side].insert(item.paragraph, index);
                    places[side].entry(((list.section, list.parent), rank)).or_default().push((index, at));
                    if list.parent.is_none() {
                        tops[side].entry((resolution, rank)).or_default().push((index, at));
                    }
                }
            }
        }
        let names = Sides::from_fn(|side| {
            let mut names: HashMap<_, Vec<(SectionIndex, String)>> = HashMap::new();
            for (index, section) in document.sections.iter().enumerate() {
                let Some(heading) = section.heading.map(|heading| document.paragraph(heading)) else { continue };
                let name = section_name(&heading.views[side].text);
                if heading.is_in(side) && !name.is_empty() {
                    names.entry(section.resolution).or_default().push((SectionIndex(index as u32), name));
                }
            }
            names
        });
        Resolver { document, lists, places, tops, of_clause, names, known: RefCell::default() }
    }

    /// The lists of a reading, in the order of their first clauses.
    pub fn lists(&self, side: Side) -> &[List] {
        &self.lists[side]
    }

    /// The names of a resolution's sections in a reading, folded, in text order.
    pub(super) fn names(&self, resolution: ResolutionIndex, side: Side) -> &[(SectionIndex, String)] {
        self.names[side].get(&resolution).map_or(&[], Vec::as_slice)
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
        let document = self.document;
        let from = document.paragraph(reference.paragraph);
        let sections = &reference.sections[side];
        let of_list = |list: &&List| match parent {
            Some(parent) => list.parent == Some(parent),
            None if reference.section.is_some() => list.parent.is_none() && sections.contains(&list.section),
            None => list.parent.is_none() && document.section(list.section).resolution == from.resolution,
        };
        self.lists[side].iter().filter(of_list).flat_map(|list| &list.items).map(|item| &item.label).collect()
    }

    /// What a reference from another text to a resolution of this document means: its section's name and labels, read
    /// in this document.
    pub fn from_outside(&self, reference: &Reference, resolution: ResolutionIndex, side: Side) -> Resolved {
        let labels: Vec<Vec<&[Label]>> =
            reference.pinpoints.iter().map(|p| p.steps.iter().map(|step| step.labels.as_slice()).collect()).collect();
        let name = reference.section.as_ref().map(|name| section_name(&name.text));
        let question = Question { resolution, from: None, name: name.as_deref(), direction: None, sub: false, side };
        self.answer(&question, &labels)
    }

    pub(super) fn inside(&self, found: &Found, name: Option<&str>, from: ParagraphIndex, side: Side) -> Resolved {
        let labels: Vec<Vec<&[Label]>> =
            found.pinpoints.iter().map(|p| p.labels.iter().map(|label| label.labels.as_slice()).collect()).collect();
        let name = name.map(section_name);
        let question = Question {
            resolution: self.document.paragraph(from).resolution,
            from: Some(from),
            name: name.as_deref(),
            direction: found.direction,
            sub: found.sub,
            side,
        };
        self.answer(&question, &labels)
    }

    fn answer(&self, question: &Question<'_>, pinpoints: &[Vec<&[Label]>]) -> Resolved {
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
                .map(|parent| self.below(*parent, first, question.side))
                .filter(|target| target.clause().is_some());
            let kept = if sibling.is_some() { above.len().saturating_sub(1) } else { 0 };
            let mut target = match sibling {
                Some(target) => target,
                None => self.top(question, &sections, first),
            };
            above.truncate(kept);
            let mut found = vec![target];
            above.extend(target.clause());
            for step in rest {
                target = match target {
                    Target::Clause(parent) => self.below(parent, step, question.side),
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
    fn sections(&self, question: &Question<'_>, name: &str) -> Vec<SectionIndex> {
        let key = (question.resolution, question.side, name.to_owned());
        let known = self.known.borrow().get(&key).map(Rc::clone);
        let found = known.unwrap_or_else(|| {
            let found: Rc<[SectionIndex]> = self.sections_named(question.resolution, question.side, name).into();
            self.known.borrow_mut().insert(key, Rc::clone(&found));
            found
        });
        if found.len() > SHARED {
            // Enough to tell that there are too many.
            return found.iter().copied().take(SHARED + 1).collect();
        }
        let division = question.from.map(|from| self.division(from));
        let own = |section: &SectionIndex| Some(self.document.section(*section).division) == division;
        let near: Vec<SectionIndex> = found.iter().copied().filter(own).collect();
        if near.is_empty() { found.to_vec() } else { near }
    }

    fn sections_named(&self, resolution: ResolutionIndex, side: Side, name: &str) -> Vec<SectionIndex> {
        let fits: [fn(&str, &str) -> bool; 4] = [
            |heading, name| heading == name,
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
        let names = self.names(resolution, side);
        let found = fits.iter().map(|fits| {
            let fitting = names.iter().filter(|(_, heading)| fits(heading, name));
            fitting.map(|(section, _)| *section).collect::<Vec<_>>()
        });
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn division(&self, paragraph: ParagraphIndex) -> Option<crate::syntax::DivisionIndex> {
        self.document.paragraph(paragraph).section.and_then(|section| self.document.section(section).division)
    }

    /// A clause of the named sections or, without a name, of the resolution.
    fn top(&self, question: &Question<'_>, sections: &[SectionIndex], label: &[Label]) -> Target {
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
        if question.sub {
            return self.sub(question, label);
        }
        let Some(from) = question.from else {
            let found = self.numbered(question, |_| true, label);
            return self.choose(question, found, false);
        };
        let division = self.division(from);
        let own = self.document.paragraph(from).section;
        // Where numbers begin again behind a paragraph, the list at hand is meant.
        let mut clause = Some(from);
        while let Some(index) = clause {
            if let Some(own) = self.of_clause[question.side].get(&index) {
                let near = self.numbered(question, |list| list == *own, label);
                if let target @ Target::Clause(_) = self.choose(question, near, false) {
                    return target;
                }
            }
            clause = self.document.paragraph(index).parent;
        }
        let section_of = |list: usize| self.lists[question.side].get(list).map(|list| list.section);
        let division_of = |list: usize| section_of(list).and_then(|section| self.document.section(section).division);
        // In a text whose sections count each for itself, “paragraph 2 above” is the section's own.
        let near = self.numbered(question, |list| section_of(list) == own, label);
        if let target @ Target::Clause(_) = self.choose(question, near, false) {
            return target;
        }
        let found = self.numbered(question, |list| division_of(list) == division, label);
        match (self.choose(question, found, false), division) {
            (Target::Missing | Target::Open, Some(_)) => {
                let body = self.numbered(question, |list| division_of(list).is_none(), label);
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
            [] => Target::Missing,
            [only] => Target::Clause(*only),
            // A label that is there twice: what was written first is meant.
            [first, ..] => Target::Clause(*first),
        }
    }

    fn in_list(
        &self,
        section: SectionIndex,
        parent: Option<ParagraphIndex>,
        label: &[Label],
        side: Side,
    ) -> Vec<ParagraphIndex> {
        let mut found = Vec::new();
        for label in label {
            let places = self.places[side].get(&((section, parent), label.rank()));
            self.collect(side, places, &|_| true, label, &mut found);
        }
        found.sort();
        found.dedup();
        found
    }

    /// The clauses at some places whose label is the one that is cited.
    fn collect(
        &self,
        side: Side,
        places: Option<&Vec<ItemPlace>>,
        within: &dyn Fn(usize) -> bool,
        label: &Label,
        found: &mut Vec<ParagraphIndex>,
    ) {
        for (list, item) in places.into_iter().flatten() {
            let Some(list) = self.lists[side].get(*list).filter(|_| within(*list)) else { continue };
            found.extend(list.items.get(*item).filter(|item| same(label, &item.label)).map(|item| item.paragraph));
        }
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

    /// The clauses of a number at the top of the sections that `within` allows.
    fn numbered(
        &self,
        question: &Question<'_>,
        within: impl Fn(usize) -> bool,
        label: &[Label],
    ) -> Vec<ParagraphIndex> {
        let mut found = Vec::new();
        for label in label {
            let places = self.tops[question.side].get(&(question.resolution, label.rank()));
            self.collect(question.side, places, &within, label, &mut found);
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

    /// One of several clauses that have the label: the only one, or the only one in the direction that is named.
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
        let start = |index: &&ParagraphIndex| self.document.paragraph(**index).range.start();
        let here: TextSize = self.document.paragraph(from).range.start();
        let in_direction: Vec<&ParagraphIndex> = match question.direction {
            Some(Direction::Above) => found.iter().filter(|index| start(index) <= here).collect(),
            Some(Direction::Below) => found.iter().filter(|index| start(index) > here).collect(),
            None => Vec::new(),
        };
        match in_direction.as_slice() {
            [only] => Target::Clause(**only),
            _ => Target::Open,
        }
    }
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
