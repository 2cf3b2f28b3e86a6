//! The lists of a document: which clauses are counted together, and how.

use std::collections::HashMap;

use super::align::{Alignment, Origin, Rank, Step, align, follower};
use super::label::{Label, Style, is_bullet};
use super::numeral::{Numeral, Run};
use crate::syntax::{DivisionIndex, Document, ParagraphIndex, ParagraphKind, ResolutionIndex, SectionIndex, Side};

/// A clause in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The clause.
    pub paragraph: ParagraphIndex,
    /// Its label, in the reading that the whole list decides.
    pub label: Label,
    /// What happens here to the row of numbers.
    pub step: Step,
}

/// A list in one reading of the text: clauses that are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The section it stands in.
    pub section: SectionIndex,
    /// The clause whose sub-clauses they are: by indentation or, in a text set flush left, by what their labels say.
    pub parent: Option<ParagraphIndex>,
    /// How most of its labels look.
    pub style: Style,
    /// Its clauses, in text order.
    pub items: Vec<Item>,
    /// The list that it goes on from, in the same vector of lists.
    pub continues: Option<usize>,
}

impl List {
    /// The number before its first: `(0, 0)` unless it goes on from another list.
    fn last_rank(&self) -> Option<Rank> {
        self.items.last().map(|item| item.label.rank())
    }
}

/// The lists of a document in one reading, in the order of their first clauses.
///
/// A list is what stands at one level of a section or below one clause. Labels that begin again in another style inside
/// it are a list of their own, below the clause before them; so is what begins again behind a paragraph without a label.
/// A list goes on from an earlier one of the same resolution (and annex) when it begins with the number behind that
/// one's last. Clauses that the reading has not, clauses without a label, and bullets do not count.
pub fn lists(document: &Document, side: Side) -> Vec<List> {
    let mut lists = Vec::new();
    let mut groups: HashMap<Option<ParagraphIndex>, usize> = HashMap::new();
    for section in (0..document.sections.len()).map(|index| SectionIndex(index as u32)) {
        groups.clear();
        // Groups in order of their first paragraph, each with what it holds.
        let mut found: Vec<(Option<ParagraphIndex>, Vec<Element>)> = Vec::new();
        for (index, paragraph) in document.paragraphs_of(section) {
            if !paragraph.is_in(side) || paragraph.kind == ParagraphKind::Footnote {
                continue;
            }
            let group = *groups.entry(paragraph.parent).or_insert_with(|| {
                found.push((paragraph.parent, Vec::new()));
                found.len() - 1
            });
            let typed = paragraph.label.as_ref().and_then(|label| label.text[side].as_deref());
            let element = match typed.map(|text| (text, Label::parse(text))) {
                Some((_, readings)) if !readings.is_empty() => {
                    let ends = End::of(&paragraph.views[side].text);
                    Element::Labelled(index, readings, ends)
                }
                Some((text, _)) if is_bullet(text) => Element::Break,
                _ => Element::Break,
            };
            found[group].1.push(element);
        }
        for (parent, elements) in found {
            for chain in chains(parent, &elements) {
                lists.push((section, chain));
            }
        }
    }
    // In the order of the text, so that a list is settled before one that goes on from it.
    lists.sort_by_key(|(_, chain)| chain.items.first().map(|(index, _)| *index));
    settle(document, lists)
}

/// What stands in a list.
enum Element {
    /// A clause with its label, and how its words end.
    Labelled(ParagraphIndex, Vec<Label>, End),
    /// A paragraph that is not counted; behind it a list may begin again.
    Break,
}

/// How the words of a clause end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// With a full stop: another list may begin behind it.
    Stop,
    /// With a colon: sub-clauses follow.
    Colon,
    /// In any other way: the list goes on.
    Open,
}

impl End {
    fn of(words: &str) -> End {
        match words.trim_end().chars().last() {
            Some('.' | '。' | '．' | '۔' | '…' | '!' | '?') => End::Stop,
            Some(':' | '：' | '︰') => End::Colon,
            _ => End::Open,
        }
    }
}

/// Clauses that are counted together, before it is decided how their labels are read.
struct Chain {
    parent: Option<ParagraphIndex>,
    /// How deep it is set inside of a list that is flush left.
    depth: usize,
    items: Vec<(ParagraphIndex, Vec<Label>)>,
    /// The readings of the last label that agree with those before it.
    alive: Vec<Label>,
    /// How labels in it look, each once.
    looks: Vec<Style>,
    /// Whether something without a label stands behind the last clause.
    broken: bool,
}

/// No list is set deeper than this inside of another one without indentation.
const DEPTH: usize = 8;

/// Tells the lists apart that stand at one level.
fn chains(parent: Option<ParagraphIndex>, elements: &[Element]) -> Vec<Chain> {
    let mut done: Vec<Chain> = Vec::new();
    let mut open: Vec<Chain> = Vec::new();
    // How the clause before ends.
    let mut ended = End::Open;
    for (at, element) in elements.iter().enumerate() {
        let Element::Labelled(index, readings, ends) = element else {
            open.iter_mut().for_each(|chain| chain.broken = true);
            ended = End::Open;
            continue;
        };
        let next = elements[at + 1..].iter().find_map(|element| match element {
            Element::Labelled(_, readings, _) => Some(readings.as_slice()),
            Element::Break => None,
        });
        match place(&open, readings, next, ended) {
            Placement::Join(depth) => {
                done.extend(open.drain(depth + 1..));
                if let Some(chain) = open.last_mut() {
                    chain.push(*index, readings);
                }
            }
            Placement::Begin(depth) => {
                done.extend(open.drain(depth.min(DEPTH)..));
                let parent = open.last().and_then(|chain| chain.items.last()).map(|(index, _)| *index).or(parent);
                let mut chain = Chain {
                    parent,
                    depth: open.len(),
                    items: Vec::new(),
                    alive: Vec::new(),
                    looks: Vec::new(),
                    broken: false,
                };
                chain.push(*index, readings);
                chain.decide_first(next);
                open.push(chain);
            }
        }
        ended = *ends;
    }
    done.extend(open);
    done
}

impl Chain {
    fn push(&mut self, index: ParagraphIndex, readings: &[Label]) {
        let agreeing: Vec<Label> = readings
            .iter()
            .filter(|label| self.alive.is_empty() || self.alive.iter().any(|last| last.style.same(&label.style)))
            .cloned()
            .collect();
        self.alive = if agreeing.is_empty() { readings.to_vec() } else { agreeing };
        for label in &self.alive {
            if self.looks.len() < 16 && !self.looks.contains(&label.style) {
                self.looks.push(label.style.clone());
            }
        }
        self.items.push((index, readings.to_vec()));
        self.broken = false;
    }

    /// A list that may begin with its first number does so, unless the label behind tells otherwise: `I.` is the first
    /// of a list before `A.`, the ninth before `J.`
    fn decide_first(&mut self, next: Option<&[Label]>) {
        let counted = |label: &Label| {
            next.is_some_and(|next| next.iter().any(|n| label.looks_like(n) && label.is_followed_by(n)))
        };
        if self.alive.iter().any(|label| label.value == 1)
            && !self.alive.iter().any(|label| label.value > 1 && counted(label))
        {
            self.alive.retain(|label| label.value == 1);
        }
    }

    fn is_followed_by(&self, label: &Label) -> bool {
        // Behind `h.` among `g)` and `i)` the list is the same.
        let looks = |last: &Label| {
            last.looks_like(label)
                || (last.style.numeral.same_kind(label.style.numeral)
                    && last.path == label.path
                    && self.looks.iter().any(|look| look.same(&label.style)))
        };
        self.alive.iter().any(|last| looks(last) && last.is_followed_by(label))
    }
}

impl Label {
    /// Whether they could stand in one list.
    fn looks_like(&self, other: &Label) -> bool {
        self.style.same(&other.style) && self.path == other.path
    }

    fn is_followed_by(&self, label: &Label) -> bool {
        label.rank() == follower(self.rank(), label.rank())
    }
}

/// Compares the last label of a list with one that may follow.
type Like = fn(&Label, &Label) -> bool;

enum Placement {
    /// It goes on in the open list at this depth.
    Join(usize),
    /// It begins a list at this depth, which closes those from there on.
    Begin(usize),
}

/// Where a label belongs, `open` being the lists it may stand in, the innermost last, `next` the label behind it, and
/// `ended` how the clause before it ends.
fn place(open: &[Chain], readings: &[Label], next: Option<&[Label]>, ended: End) -> Placement {
    let depths = || (0..open.len()).rev();
    let exact = depths().find(|depth| readings.iter().any(|label| open[*depth].is_followed_by(label)));
    let is_open = |label: &Label| open.iter().any(|chain| chain.alive.iter().any(|last| last.looks_like(label)));
    // A first letter that two alphabets share begins no list of the one where it continues a list of the other.
    let open_alike = readings.iter().any(|label| label.value == 1 && is_open(label));
    let begins = |label: &&Label| label.value == 1 && label.suffix == 0 && !open_alike;
    let first = readings.iter().find(begins);
    if let Some(depth) = exact {
        // `i)` behind `h)` with `ii)` behind it is the first of a list of its own.
        let opens = first.is_some_and(|first| {
            next.is_some_and(|next| {
                next.iter().any(|next| first.looks_like(next) && first.is_followed_by(next))
                    && !readings.iter().any(|label| {
                        open[depth].is_followed_by(label)
                            && next.iter().any(|next| label.looks_like(next) && label.is_followed_by(next))
                    })
            })
        });
        return if opens { Placement::Begin(open.len()) } else { Placement::Join(depth) };
    }
    // `i)` behind `g)`: with `j)` behind it, or alone, it is a letter that leaves one out; with `ii)` the first of a list.
    let is_letter = |first: &Label| {
        let goes_on = |label: &Label| {
            next.is_some_and(|next| next.iter().any(|next| label.looks_like(next) && label.is_followed_by(next)))
        };
        let near = |label: &Label, last: &Label| {
            last.looks_like(label) && last.value < label.value && label.value <= last.value + 3
        };
        let rivals = readings.iter().filter(|label| label.value != 1 && is_open(label));
        rivals.into_iter().any(|label| {
            let near = open.iter().any(|chain| chain.alive.iter().any(|last| near(label, last)));
            goes_on(label) || (near && !goes_on(first))
        })
    };
    if let Some(first) = first.filter(|first| !is_letter(first)) {
        // `2.1` behind `1.2` takes the place of the list before, at its depth.
        let sibling = depths().find(|depth| {
            let chain = &open[*depth];
            !first.path.is_empty()
                && chain.alive.iter().any(|last| last.style.same(&first.style) && !last.path.is_empty())
        });
        return Placement::Begin(sibling.unwrap_or(open.len()));
    }
    let alike =
        |label: &Label, like: Like| depths().find(|depth| open[*depth].alive.iter().any(|last| like(last, label)));
    if ended == End::Colon && readings.iter().any(|label| label.value == 1) {
        // The same count below a clause that announces it.
        return Placement::Begin(open.len());
    }
    for label in readings.iter().filter(|label| label.value == 1) {
        // The same count begins again: rightly so behind a paragraph of its own, and where a full stop ends the
        // clause before and the new count goes on, as in the articles of a convention.
        let goes_on =
            next.is_some_and(|next| next.iter().any(|next| label.looks_like(next) && label.is_followed_by(next)));
        let again = |depth: &usize| open[*depth].broken || (ended == End::Stop && goes_on);
        if let Some(depth) = alike(label, |last, label| last.looks_like(label)).filter(again) {
            return Placement::Begin(depth);
        }
    }
    let follows: [Like; 3] = [
        // `9.` among `1.` and `2.`: the same look, another number.
        |last, label| last.looks_like(label),
        // `c.` behind `b)`: the same count, otherwise set off.
        |last, label| last.style.numeral.same_kind(label.style.numeral) && last.is_followed_by(label),
        |last, label| last.style.numeral.same_kind(label.style.numeral) && last.path == label.path,
    ];
    for like in follows {
        if let Some(depth) = readings.iter().find_map(|label| alike(label, like)) {
            return Placement::Join(depth);
        }
    }
    // `c)` behind `2.` where 3 is due: the same list in another style.
    let due =
        |label: &Label| open.last().is_some_and(|chain| chain.alive.iter().any(|last| last.is_followed_by(label)));
    if readings.iter().any(due) { Placement::Join(open.len() - 1) } else { Placement::Begin(open.len()) }
}

/// What an earlier list leaves for one that may go on from it.
struct Tail {
    list: usize,
    resolution: ResolutionIndex,
    division: Option<DivisionIndex>,
    depth: usize,
    parent: Option<ParagraphIndex>,
    heading: Option<String>,
}

/// Decides how the labels of each list are read and which list goes on from which.
fn settle(document: &Document, chains: Vec<(SectionIndex, Chain)>) -> Vec<List> {
    let mut lists: Vec<List> = Vec::with_capacity(chains.len());
    let mut tails: Vec<Tail> = Vec::new();
    // Whether lists of this resolution go on from section to section.
    let mut runs_on: HashMap<ResolutionIndex, bool> = HashMap::new();
    for (section_index, chain) in chains {
        let section = document.section(section_index);
        if tails.last().is_some_and(|tail| tail.resolution != section.resolution || tail.division != section.division) {
            tails.clear();
        }
        let heading = section.heading.map(|heading| {
            let view = &document.paragraph(heading).views.amended;
            view.text.trim().trim_end_matches([',', ':', ';', '，', '：', '؛', '،']).to_lowercase()
        });
        let Some((first, first_readings)) = chain.items.first() else { continue };
        let level = usize::from(document.paragraph(*first).level) + chain.depth;
        // Where it may go on: the last list before it at its level, and the last one under a heading of the same words.
        let mut before: Vec<usize> = Vec::new();
        let candidates = tails
            .iter()
            .rev()
            .take(64)
            .filter(|tail| tail.depth == level && (level == 0 || tail.parent != chain.parent));
        let mut nearest = None;
        let mut namesake = None;
        for tail in candidates {
            let last = lists[tail.list].items.last();
            let style = &lists[tail.list].style;
            let fits =
                |label: &Label| style.same(&label.style) && last.is_some_and(|last| last.label.path == label.path);
            let alike = first_readings.iter().any(fits);
            if alike {
                nearest = nearest.or(Some(tail.list));
                if level == 0 && heading.is_some() && tail.heading == heading {
                    namesake = namesake.or(Some(tail.list));
                }
            }
        }
        before.extend(nearest);
        before.extend(namesake.filter(|list| Some(*list) != nearest));

        let runs = runs_on.get(&section.resolution).copied().unwrap_or(false) && level == 0;
        let list = read(section_index, chain, &lists, &before, runs);
        if list.continues.is_some() && level == 0 {
            runs_on.insert(section.resolution, true);
        }
        tails.push(Tail {
            list: lists.len(),
            resolution: section.resolution,
            division: section.division,
            depth: level,
            parent: list.parent,
            heading,
        });
        lists.push(list);
    }
    lists
}

/// The labels of a list read in one number system.
#[derive(Default)]
struct Reading {
    /// What the mistakes in it cost.
    cost: u32,
    alignment: Alignment,
    labels: Vec<Label>,
    /// The list that each origin of the alignment stands for.
    sources: Vec<Option<usize>>,
}

/// Reads the labels of one list in the number system that explains them best.
fn read(section: SectionIndex, chain: Chain, lists: &[List], before: &[usize], runs: bool) -> List {
    let mut numerals: Vec<Numeral> = Vec::new();
    for label in chain.items.iter().flat_map(|(_, readings)| readings) {
        if !numerals.contains(&label.style.numeral) && numerals.len() < 12 {
            numerals.push(label.style.numeral);
        }
    }
    let mut best: Option<Reading> = None;
    for numeral in numerals {
        let mut foreign = 0;
        let labels: Vec<Label> = chain
            .items
            .iter()
            .filter_map(|(_, readings)| {
                let exact = readings.iter().find(|label| label.style.numeral == numeral);
                let kin = exact.or_else(|| readings.iter().find(|label| label.style.numeral.same_kind(numeral)));
                // A label that cannot be read so costs less than a slip, for the number may still be right.
                foreign += u32::from(exact.is_none() && kin.is_none_or(|label| label.value > 33)) * 40;
                kin.or_else(|| readings.first()).cloned()
            })
            .collect();
        let mut origins = vec![Origin { before: (0, 0), cost: if runs { 5 } else { 0 } }];
        let mut sources: Vec<Option<usize>> = vec![None];
        for &list in before {
            let earlier = &lists[list];
            if let Some(rank) = earlier.last_rank().filter(|_| earlier.style.numeral.same_kind(numeral)) {
                origins.push(Origin { before: rank, cost: if runs { 0 } else { 20 } });
                sources.push(Some(list));
            }
        }
        let row: Vec<Rank> = labels.iter().map(Label::rank).collect();
        let alignment = align(&row, &origins);
        let cost = alignment.cost + foreign;
        if best.as_ref().is_none_or(|best| cost < best.cost) {
            best = Some(Reading { cost, alignment, labels, sources });
        }
    }
    let Reading { alignment, labels, sources, .. } = best.unwrap_or_default();
    let style = common_style(&labels);
    let items = chain
        .items
        .iter()
        .zip(labels)
        .zip(&alignment.steps)
        .map(|(((paragraph, _), label), step)| Item { paragraph: *paragraph, label, step: *step })
        .collect();
    List { section, parent: chain.parent, style, items, continues: sources.get(alignment.origin).copied().flatten() }
}

/// How most of the labels look; among equals the first. Letters go on in columns if any label does.
fn common_style(labels: &[Label]) -> Style {
    let mut counts: Vec<(Style, usize)> = Vec::new();
    let mut columns = false;
    for label in labels {
        columns |= matches!(label.style.numeral, Numeral::Letters { run: Run::Columns, .. });
        if let Some((_, count)) = counts.iter_mut().find(|(style, _)| style.same(&label.style)) {
            *count += 1;
        } else if counts.len() < 16 {
            counts.push((label.style.clone(), 1));
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let style = counts.into_iter().find(|(_, count)| *count == most).map(|(style, _)| style);
    let mut style =
        style.unwrap_or(Style { open: String::new(), numeral: Numeral::Digits { zero: '0' }, close: String::new() });
    if columns {
        style.numeral = style.numeral.with_run(Run::Columns);
    }
    style
}
