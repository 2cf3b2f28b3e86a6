//! The lists of a document: which clauses are counted together, and how.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use foldhash::fast::RandomState;

use super::align::{Alignment, Origin, Rank, Step, align, follower};
use super::label::{Label, Style};
use super::numeral::{Numeral, Run};
use crate::syntax::{
    DivisionIndex, Document, Paragraph, ParagraphIndex, ParagraphKind, ResolutionIndex, Section, SectionIndex, Side,
    Sides,
};

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
    /// How deep it is set inside of lists that have no more indentation; 0 where indentation tells its level.
    pub depth: usize,
    /// Whether clauses before it are left out or have lost their labels, so that it may begin with any number.
    pub torn: bool,
    /// Whether each label looks as those of the list do and has the number behind that of the one before it.
    pub even: bool,
}

impl List {
    /// The number before its first: `(0, 0)` unless it goes on from another list.
    fn last_rank(&self) -> Option<Rank> {
        self.last_counted().map(|item| item.label.rank())
    }

    /// The last clause that its row of numbers has: one that is out of place there does not lead on.
    fn last_counted(&self) -> Option<&Item> {
        self.items.iter().rev().find(|item| item.step != Step::Extra).or(self.items.last())
    }
}

/// The lists of a document in one reading, in the order of their first clauses.
///
/// A list is what stands at one level of a section or below one clause. Labels that begin again in another style inside
/// it are a list of their own, below the clause before them; so is what begins again behind a paragraph without a label.
/// Lists may be interrupted: the paragraphs of a report count on while the headings between them count by themselves.
/// A list goes on from an earlier one of the same resolution (and annex) when it begins with the number behind that
/// one's last. Clauses that the reading has not, clauses without a label, and bullets do not count; nor does what has
/// figures for words, the row of a table.
pub fn lists(document: &Document, side: Side) -> Vec<List> {
    let mut lists = Vec::new();
    let mut labels = Labels::default();
    for section in (0..document.sections.len()).map(|index| SectionIndex(index as u32)) {
        let (elements, groups) = elements(document, section, side, &mut labels);
        lists.extend(chains(&elements, &groups).into_iter().map(|chain| (section, chain)));
    }
    // In the order of the text, so that a list is settled before one that goes on from it.
    lists.sort_by_key(|(_, chain)| chain.items.first().map(|(index, _)| *index));
    let mut lists = settle(document, lists);
    for list in &mut lists {
        list.even = list.even && !list.items.iter().any(|item| is_misread(document, item, side));
    }
    lists
}

/// The label of an item as it is typed in the reading.
pub(super) fn typed<'a>(document: &'a Document, item: &Item, side: Side) -> Option<&'a str> {
    document.paragraph(item.paragraph).label.as_ref()?.text[side].as_deref()
}

/// Whether a label is not written as its number is: `l.` for `1.`
pub(super) fn is_misread(document: &Document, item: &Item, side: Side) -> bool {
    matches!(item.label.style.numeral, Numeral::Digits { zero: '0' })
        && typed(document, item, side).is_some_and(|label| !label.contains(|c: char| c.is_numeric()))
}

/// The lists of both readings.
pub type Lists = Sides<Arc<Vec<List>>>;

/// The lists of a document in both readings; those of a text without tracked changes are the same.
pub fn both(document: &Document) -> Lists {
    let amended = Arc::new(lists(document, Side::Amended));
    let tracked = document.paragraphs.iter().any(Paragraph::is_tracked);
    let in_force = if tracked { Arc::new(lists(document, Side::InForce)) } else { Arc::clone(&amended) };
    Sides { in_force, amended }
}

/// The same for a document that is being edited: where no paragraph looks otherwise in its list than in the document
/// `before`, nor stands elsewhere, the lists of that one, which are shared.
pub fn both_again(document: &Document, before: Option<(&Document, &Lists)>) -> Lists {
    match before {
        Some((old, lists)) if stand_the_same(old, document) => lists.clone(),
        _ => both(document),
    }
}

/// Whether everything that lists are made of is the same in two documents.
fn stand_the_same(old: &Document, new: &Document) -> bool {
    let section = |old: &Section, new: &Section| {
        (old.resolution, old.division, old.heading, &old.paragraphs)
            == (new.resolution, new.division, new.heading, &new.paragraphs)
    };
    let paragraph = |old: &Paragraph, new: &Paragraph| {
        (old.parent, old.level) == (new.parent, new.level) && (old.shares_words_with(new) || look_the_same(old, new))
    };
    old.is_edited()
        && new.is_edited()
        && old.sections.len() == new.sections.len()
        && old.paragraphs.len() == new.paragraphs.len()
        && old.divisions.iter().map(|division| division.heading).eq(new.divisions.iter().map(|d| d.heading))
        && old.sections.iter().zip(&new.sections).all(|(old, new)| section(old, new))
        && old.paragraphs.iter().zip(&new.paragraphs).all(|(old, new)| paragraph(old, new))
}

/// Whether two paragraphs that have other words are the same to the lists.
fn look_the_same(old: &Paragraph, new: &Paragraph) -> bool {
    let is_clause = |paragraph: &Paragraph| matches!(paragraph.kind, ParagraphKind::Clause | ParagraphKind::Text);
    // Of headings the words themselves count.
    is_clause(old)
        && old.label.as_ref().map(|label| &label.text) == new.label.as_ref().map(|label| &label.text)
        && old.kind == new.kind
        && old.is_tracked() == new.is_tracked()
        && *old.remembered(|| Looks::of(old)) == *new.remembered(|| Looks::of(new))
}

/// What labels can be read as. A text has many clauses and few labels: each is read once.
#[derive(Default)]
struct Labels<'a> {
    known: HashMap<&'a str, Arc<[Label]>, RandomState>,
    none: Arc<[Label]>,
}

impl<'a> Labels<'a> {
    fn of(&mut self, typed: Option<&'a str>) -> Arc<[Label]> {
        let Some(typed) = typed else { return Arc::clone(&self.none) };
        let read = || {
            let mut readings = Label::parse(typed);
            // A clause is never the noughth; `0.` begins a figure of a table.
            readings.retain(|label| label.value > 0);
            readings.into()
        };
        Arc::clone(self.known.entry(typed).or_insert_with(read))
    }
}

/// The paragraphs of one parent.
struct Group {
    parent: Option<ParagraphIndex>,
    /// How deep they are set in.
    level: u16,
    /// Whether the parent looks like a heading.
    below_heading: bool,
}

/// What stands in a list.
enum Element {
    /// A clause with its label.
    Labelled(Entry),
    /// A paragraph that is not counted; behind it a list may begin again.
    Break,
    /// Dots in the place of what is left out.
    Elision,
}

/// A clause with its label.
struct Entry {
    paragraph: ParagraphIndex,
    /// What the label can be read as.
    readings: Arc<[Label]>,
    /// How its words end.
    ends: End,
    /// Whether it looks like a heading between paragraphs.
    heading: bool,
    /// Whether its words begin with a capital.
    capital: bool,
}

/// How the words of a clause end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// With a full stop: another list may begin behind it.
    Stop,
    /// With a colon: sub-clauses follow.
    Colon,
    /// With a mark behind which the list goes on.
    Open,
    /// Without any mark.
    Bare,
}

impl End {
    fn of(words: &str) -> End {
        let words = words.trim_end().trim_end_matches(['”', '’', '"', '»', ')', ']', '）']);
        match words.chars().last() {
            Some('.' | '。' | '．' | '۔' | '…' | '!' | '?') => End::Stop,
            Some(':' | '：' | '︰') => End::Colon,
            Some(';' | '；' | '؛' | ',' | '，' | '،' | '、') => End::Open,
            // Words behind the last full stop that are no sentence: `… of the State. ARTICLE 14`.
            _ => match words.char_indices().rev().take(41).find(|(_, c)| matches!(c, '.' | '。')) {
                Some((before, _)) if before > 0 => End::Stop,
                _ => End::Bare,
            },
        }
    }
}

/// Dots that stand for paragraphs left out: `…`, `[...]`, `. . .`
pub(super) fn is_elision(words: &str) -> bool {
    let words = words.trim().trim_matches(['[', ']', '(', ')', '“', '”', '"', '【', '】', '（', '）']);
    let dots = words.chars().filter(|c| !c.is_whitespace());
    dots.clone().all(|c| matches!(c, '.' | '…' | '⋯'))
        && words.contains(['.', '…', '⋯'])
        && (dots.count() > 2 || words.contains(['…', '⋯']))
}

/// Whether the words of a paragraph look like a heading: a few of them, with a capital and without a mark at the end.
/// Looked at once in a document that is being edited.
pub fn is_heading(paragraph: &Paragraph, side: Side) -> bool {
    match paragraph.is_kept() {
        true => paragraph.remembered(|| Looks::of(paragraph)).is_heading[side],
        false => looks_like_heading(paragraph, side),
    }
}

fn looks_like_heading(paragraph: &Paragraph, side: Side) -> bool {
    let words = paragraph.views[side].text.trim();
    let Some(last) = words.chars().last() else { return false };
    let Some(first) = words.chars().find(|c| c.is_alphabetic()) else { return false };
    let most = if first.is_lowercase() || first.is_uppercase() { 120 } else { 24 };
    !first.is_lowercase()
        && (last.is_alphanumeric() || matches!(last, ')' | '”' | '"' | '»' | '’' | '）' | '》'))
        && words.chars().nth(most).is_none()
        // A sentence that ends before them is a clause's, with a heading run into it.
        && !words.contains(". ")
        && paragraph.opening(side).is_none()
}

/// Whether a paragraph has figures or a dash for words: a row of a table, or the number of a page.
fn is_figures(words: &str) -> bool {
    let words = words.trim();
    let (mut letters, mut digits, mut left) = (0, 0, words.len());
    for c in words.chars() {
        letters += usize::from(c.is_alphabetic());
        digits += usize::from(c.is_numeric());
        left -= c.len_utf8();
        // However many digits follow, they are not enough.
        if letters > 0 && letters * 3 >= digits + left {
            return false;
        }
    }
    digits > letters * 3 || (letters == 0 && digits > 0) || matches!(words, "-" | "–" | "—" | "*")
}

/// What a paragraph says of its place in a list, in one reading.
#[derive(Debug, Clone, PartialEq)]
enum Look {
    /// It is not in this reading, or in no list of any.
    Hidden,
    /// It has a label, and figures for words.
    Figures,
    /// It is not counted.
    Break,
    /// It is dots in the place of what is left out.
    Elision,
    /// It is a clause with a label.
    Labelled { readings: Arc<[Label]>, ends: End, heading: bool, capital: bool },
}

impl Look {
    fn of<'a>(paragraph: &'a Paragraph, side: Side, labels: &mut Labels<'a>) -> Look {
        if !paragraph.is_in(side) || paragraph.kind == ParagraphKind::Footnote {
            return Look::Hidden;
        }
        let words = &paragraph.views[side].text;
        let readings = labels.of(paragraph.label.as_ref().and_then(|label| label.text[side].as_deref()));
        if readings.is_empty() {
            return if is_elision(words) { Look::Elision } else { Look::Break };
        }
        if is_figures(words) {
            return Look::Figures;
        }
        let heading = looks_like_heading(paragraph, side);
        let capital = words.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        Look::Labelled { readings, ends: End::of(words), heading, capital }
    }
}

/// How a paragraph looks in both readings, and whether like a heading to what stands below it.
#[derive(PartialEq)]
struct Looks {
    look: Sides<Look>,
    is_heading: Sides<bool>,
}

impl Looks {
    fn of(paragraph: &Paragraph) -> Looks {
        let of = |side| (Look::of(paragraph, side, &mut Labels::default()), looks_like_heading(paragraph, side));
        let amended = of(Side::Amended);
        let in_force = if paragraph.is_tracked() { of(Side::InForce) } else { amended.clone() };
        Looks {
            look: Sides { in_force: in_force.0, amended: amended.0 },
            is_heading: Sides { in_force: in_force.1, amended: amended.1 },
        }
    }
}

/// The paragraphs of a section with the group that each is of.
fn elements<'a>(
    document: &'a Document,
    section: SectionIndex,
    side: Side,
    labels: &mut Labels<'a>,
) -> (Vec<(usize, Element)>, Vec<Group>) {
    let mut indices: HashMap<Option<ParagraphIndex>, usize, RandomState> = HashMap::default();
    let mut groups: Vec<Group> = Vec::new();
    let mut elements = Vec::new();
    let edited = document.is_edited();
    for (index, paragraph) in document.paragraphs_of(section) {
        let look = match edited {
            true => paragraph.remembered(|| Looks::of(paragraph)).look[side].clone(),
            false => Look::of(paragraph, side, labels),
        };
        if matches!(look, Look::Hidden) {
            continue;
        }
        let group = *indices.entry(paragraph.parent).or_insert_with(|| {
            let below_heading = paragraph.parent.is_some_and(|parent| is_heading(document.paragraph(parent), side));
            groups.push(Group { parent: paragraph.parent, level: paragraph.level, below_heading });
            groups.len() - 1
        });
        let element = match look {
            Look::Hidden | Look::Figures => continue,
            Look::Break => Element::Break,
            Look::Elision => Element::Elision,
            Look::Labelled { readings, ends, heading, capital } => {
                Element::Labelled(Entry { paragraph: index, readings, ends, heading, capital })
            }
        };
        elements.push((group, element));
    }
    lookalikes(&mut elements);
    (elements, groups)
}

/// `l.` before `2.` is a one that was typed, or read by a machine, as the letter that looks like it.
fn lookalikes(elements: &mut [(usize, Element)]) {
    let mut behind: Option<Label> = None;
    for (_, element) in elements.iter_mut().rev() {
        let Element::Labelled(entry) = element else { continue };
        let second = |label: &&Label| label.value == 2 && matches!(label.style.numeral, Numeral::Digits { zero: '0' });
        if let Some(two) = behind.as_ref().filter(second)
            && entry.readings.first().is_some_and(|label| {
                label.core() == "l" && label.style.open == two.style.open && label.style.close == two.style.close
            })
        {
            entry.readings = [two.with(1, 0)].into();
        }
        behind = entry.readings.first().cloned();
    }
}

/// Clauses that are counted together, before it is decided how their labels are read.
struct Chain {
    parent: Option<ParagraphIndex>,
    /// How deep it is set inside of a list that is flush left.
    depth: usize,
    items: Vec<(ParagraphIndex, Arc<[Label]>)>,
    /// The readings of the last label.
    last: Arc<[Label]>,
    /// Those of them that agree with the labels before it.
    alive: Vec<usize>,
    /// How labels in it look, each once.
    looks: Vec<Style>,
    /// How deep its clauses are set in.
    level: u16,
    /// How many paragraphs without a label stand behind the last clause.
    breaks: usize,
    /// Whether the last clause looks like a heading.
    heading: bool,
    /// Whether a clause before the last one ends with a mark.
    marked: bool,
    /// Whether its clauses stand among those of other lists.
    interleaved: bool,
    /// Whether what stands before it is left out or has lost its labels, so that it may begin with any number.
    torn: bool,
}

/// No list is set deeper than this inside of another one without indentation.
const DEPTH: usize = 8;
/// So many paragraphs without a label between clauses that have one are clauses which lost theirs.
const TORN: usize = 3;
/// From here on a number is not mistaken for the first of a list.
const LONG: u32 = 5;
/// How many lists are looked at for one that a label goes on.
const RECENT: usize = 24;

/// What is open where a label stands.
struct Open<'a> {
    chains: &'a [Chain],
    /// The lists of the group, the innermost last.
    stack: &'a [usize],
    /// Lists of the section that have been gone on with, the latest last.
    recent: &'a [usize],
    /// The list that the parent of the group counts in.
    parent: Option<usize>,
    /// The labelled clauses of the group that follow.
    behind: &'a [&'a Entry],
}

/// So many clauses ahead are looked at.
const AHEAD: usize = 8;

/// Tells the lists of a section apart.
fn chains(elements: &[(usize, Element)], groups: &[Group]) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    let mut stacks: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    // How the clause before ends, for each group.
    let mut ended: Vec<End> = vec![End::Open; groups.len()];
    // The labelled clauses of each group in order.
    let mut entries: Vec<Vec<&Entry>> = vec![Vec::new(); groups.len()];
    for (group, element) in elements {
        if let Element::Labelled(entry) = element {
            entries[*group].push(entry);
        }
    }
    let mut reached: Vec<usize> = vec![0; groups.len()];
    // The list of each clause.
    let mut lists: HashMap<ParagraphIndex, usize, RandomState> = HashMap::default();
    let mut last_end: Option<(usize, End)> = None;
    // The lists in the order in which they were last gone on with.
    let mut recent: Vec<usize> = Vec::new();
    let mut elided = false;
    for (group, element) in elements {
        let entry = match element {
            Element::Labelled(entry) => entry,
            Element::Break | Element::Elision => {
                elided |= matches!(element, Element::Elision);
                stacks[*group].iter().for_each(|chain| chains[*chain].breaks += 1);
                ended[*group] = End::Open;
                last_end = None;
                continue;
            }
        };
        let stack = &mut stacks[*group];
        reached[*group] += 1;
        let behind = entries[*group].get(reached[*group]..).unwrap_or_default();
        let next = behind.first().copied();
        let behind = &behind[..behind.len().min(AHEAD)];
        let parent = groups[*group].parent.and_then(|parent| lists.get(&parent).copied());
        let open = Open { chains: &chains, stack, recent: &recent, parent, behind };
        // How the words before it end, those of sub-clauses included.
        let elsewhere = last_end.is_some_and(|(other, _)| other != *group);
        let before = last_end.filter(|(other, _)| other != group).map_or(ended[*group], |(_, end)| end);
        let torn = elided || stack.last().is_some_and(|chain| chains[*chain].breaks >= TORN);
        let current = match place(&open, entry, before, elsewhere, &groups[*group], torn) {
            Placement::Join(depth) => {
                stack.truncate(depth + 1);
                stack.last().copied()
            }
            Placement::Resume(chain) => {
                chains[chain].interleaved = true;
                stack.truncate(chains[chain].depth.min(DEPTH));
                stack.push(chain);
                Some(chain)
            }
            Placement::Begin(depth) => {
                stack.truncate(depth.min(DEPTH));
                let above = stack.last().and_then(|chain| chains[*chain].items.last()).map(|(index, _)| *index);
                chains.push(Chain {
                    parent: above.or(groups[*group].parent),
                    depth: stack.len(),
                    items: Vec::new(),
                    last: Arc::default(),
                    alive: Vec::new(),
                    looks: Vec::new(),
                    level: groups[*group].level,
                    breaks: 0,
                    heading: false,
                    marked: false,
                    interleaved: false,
                    torn,
                });
                stack.push(chains.len() - 1);
                None
            }
        };
        elided = false;
        ended[*group] = entry.ends;
        last_end = Some((*group, entry.ends));
        let index = current.unwrap_or(chains.len() - 1);
        if let Some(chain) = chains.get_mut(index) {
            chain.push(entry);
            if current.is_none() {
                chain.decide_first(next.map(|next| &*next.readings));
            }
        }
        lists.insert(entry.paragraph, index);
        if recent.last() != Some(&index) {
            recent.retain(|chain| *chain != index);
            recent.push(index);
            if recent.len() > RECENT {
                recent.remove(0);
            }
        }
    }
    chains
}

impl Chain {
    fn push(&mut self, entry: &Entry) {
        let readings = &entry.readings;
        let agrees = |label: &Label| self.alive.is_empty() || self.alive().any(|last| last.style.same(&label.style));
        let agreeing: Vec<usize> = (0..readings.len()).filter(|index| agrees(&readings[*index])).collect();
        self.alive = if agreeing.is_empty() { (0..readings.len()).collect() } else { agreeing };
        self.last = Arc::clone(readings);
        for label in self.alive.iter().filter_map(|index| readings.get(*index)) {
            if self.looks.len() < 16 && !self.looks.contains(&label.style) {
                self.looks.push(label.style.clone());
            }
        }
        self.items.push((entry.paragraph, Arc::clone(readings)));
        self.breaks = 0;
        self.heading = entry.heading;
        self.marked |= entry.ends != End::Bare;
    }

    /// The readings of the last label that agree with those before it.
    fn alive(&self) -> impl Iterator<Item = &Label> {
        self.alive.iter().filter_map(|index| self.last.get(*index))
    }

    /// A list that may begin with its first number does so, unless the label behind tells otherwise: `I.` is the first
    /// of a list before `A.`, the ninth before `J.`
    fn decide_first(&mut self, next: Option<&[Label]>) {
        let counted = |label: &Label| {
            next.is_some_and(|next| next.iter().any(|n| label.looks_like(n) && label.is_followed_by(n)))
        };
        if self.alive().any(|label| label.value == 1) && !self.alive().any(|label| label.value > 1 && counted(label)) {
            let last = &self.last;
            self.alive.retain(|index| last.get(*index).is_some_and(|label| label.value == 1));
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
        self.alive().any(|last| looks(last) && last.is_followed_by(label))
    }

    fn looks_like(&self, label: &Label) -> bool {
        self.alive().any(|last| last.looks_like(label))
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
    /// It goes on in a list that was interrupted.
    Resume(usize),
    /// It begins a list at this depth, which closes those from there on.
    Begin(usize),
}

/// Where a label belongs, `ended` being how the clause before it ends. `torn`: what stands before it has lost its labels.
/// `elsewhere`: that clause is set in otherwise.
fn place(open: &Open<'_>, entry: &Entry, ended: End, elsewhere: bool, group: &Group, torn: bool) -> Placement {
    let readings = &entry.readings;
    let next = open.behind.first().copied();
    let depths = || (0..open.stack.len()).rev();
    let at = |depth: usize| open.chains.get(open.stack[depth]);
    let innermost = open.stack.last().and_then(|chain| open.chains.get(*chain));
    let goes_on = |label: &Label| {
        next.is_some_and(|next| next.readings.iter().any(|n| label.looks_like(n) && label.is_followed_by(n)))
    };
    let follows = |chain: &Chain| readings.iter().any(|label| chain.is_followed_by(label));
    let exact = depths()
        .find(|depth| at(*depth).is_some_and(|chain| follows(chain) && chain.heading == entry.heading))
        .or_else(|| depths().find(|depth| at(*depth).is_some_and(follows)));
    let is_open = |label: &Label| depths().any(|depth| at(depth).is_some_and(|chain| chain.looks_like(label)));
    // A first letter that two alphabets share begins no list of the one where it continues a list of the other.
    let open_alike = readings.iter().any(|label| label.value == 1 && is_open(label));
    let begins = |label: &&Label| label.value == 1 && label.suffix == 0 && !open_alike;
    let first = readings.iter().find(begins);
    // A list that was interrupted goes on with its next number. A sub-clause of another clause does not: there every
    // list begins anew, unless its row is long, or its clauses stand one by one among those of another list.
    let resumes = |alike: bool| {
        let free = entry.heading
            || match innermost {
                Some(chain) => chain.heading,
                None => group.parent.is_none() || group.below_heading,
            };
        let resting = open.recent.iter().rev().copied().filter(|chain| !open.stack.contains(chain));
        resting.into_iter().find(|index| {
            let Some(chain) = open.chains.get(*index) else { return false };
            let last = chain.items.last().map(|(paragraph, _)| *paragraph);
            // What stands below it, by indentation, began behind it: the list that holds all goes on.
            let outer = open.stack.is_empty()
                && open
                    .parent
                    .and_then(|parent| open.chains.get(parent)?.items.first())
                    .is_some_and(|(first, _)| last.is_some_and(|last| last < *first || group.parent == Some(last)));
            let free = free || outer || chain.interleaved || chain.items.len() == 1;
            // A row is long that has many clauses, not one whose last letter was mistyped: a label leaves one out in its
            // own list sooner than it goes on with sub-clauses that are set further in.
            let is_long = chain.items.len() >= LONG as usize || chain.level <= group.level;
            (!alike || chain.heading == entry.heading)
                && readings.iter().any(|label| {
                    chain.is_followed_by(label)
                        && label.value > 1
                        && (free || (label.value >= LONG && is_long) || !label.path.is_empty())
                        && (goes_on(label) || readings.iter().all(|other| other.value != 1))
                })
        })
    };
    if let Some(depth) = exact {
        // `i)` behind `h)` with `ii)` behind it is the first of a list of its own.
        let opens = first.is_some_and(|first| {
            next.is_some_and(|next| {
                let next = &next.readings;
                next.iter().any(|next| first.looks_like(next) && first.is_followed_by(next))
                    && !readings.iter().any(|label| {
                        at(depth).is_some_and(|chain| chain.is_followed_by(label))
                            && next.iter().any(|next| label.looks_like(next) && label.is_followed_by(next))
                    })
            })
        });
        // Headings go on with headings, and paragraphs with paragraphs.
        let other = at(depth).is_some_and(|chain| chain.heading != entry.heading).then(|| resumes(true)).flatten();
        return match (opens, other) {
            (true, _) => Placement::Begin(open.stack.len()),
            (false, Some(chain)) => Placement::Resume(chain),
            (false, None) => Placement::Join(depth),
        };
    }
    if let Some(chain) = resumes(true).or_else(|| resumes(false)) {
        return Placement::Resume(chain);
    }
    // `i)` behind `g)`: with `j)` behind it, or alone, it is a letter that leaves one out; with `ii)` the first of a list.
    let is_letter = |first: &Label| {
        let near = |label: &Label, last: &Label| {
            last.looks_like(label) && last.value < label.value && label.value <= last.value + 3
        };
        let rivals = readings.iter().filter(|label| label.value != 1 && is_open(label));
        rivals.into_iter().any(|label| {
            let near = depths().any(|depth| at(depth).is_some_and(|chain| chain.alive().any(|last| near(label, last))));
            goes_on(label) || (near && !goes_on(first))
        })
    };
    if let Some(first) = first.filter(|first| !is_letter(first)) {
        // `2.1` behind `1.2` takes the place of the list before, at its depth.
        let sibling = depths().find(|depth| {
            !first.path.is_empty()
                && at(*depth).is_some_and(|chain| {
                    chain.alive().any(|last| last.style.same(&first.style) && !last.path.is_empty())
                })
        });
        return Placement::Begin(sibling.unwrap_or(open.stack.len()));
    }
    let alike = |label: &Label, like: Like| {
        depths().find(|depth| at(*depth).is_some_and(|chain| chain.alive().any(|last| like(last, label))))
    };
    let ones = || readings.iter().filter(|label| label.value == 1);
    if ended == End::Colon && ones().next().is_some() {
        // The same count below a clause that announces it; below another one than that of the list, in its place.
        let place = ones().find_map(|label| alike(label, |last, label| last.looks_like(label)));
        return Placement::Begin(place.filter(|_| elsewhere).unwrap_or(open.stack.len()));
    }
    // A clause without a mark at its end, among others that have one, has the words of a heading behind it.
    let ended = match ended {
        End::Bare if innermost.is_some_and(|chain| chain.marked) => End::Stop,
        ended => ended,
    };
    let counts = |label: &Label| {
        let seconds = open.behind.iter().flat_map(|entry| entry.readings.iter());
        seconds.into_iter().any(|n| label.looks_like(n) && label.is_followed_by(n))
    };
    for label in ones() {
        let headings = depths().find(|depth| at(*depth).is_some_and(|chain| chain.heading && chain.looks_like(label)));
        let set_off = ended == End::Stop || innermost.is_some_and(|chain| chain.breaks > 0);
        // `1. Purpose` and below it `1. The fund …`; the other way round a heading that paragraphs counted alike stand
        // before.
        let below = depths().find(|depth| at(*depth).is_some_and(|chain| !chain.heading && chain.looks_like(label)));
        match headings {
            Some(heading) if !entry.heading && goes_on(label) && below.is_none_or(|below| below < heading) => {
                return Placement::Begin(open.stack.len());
            }
            Some(depth) if entry.heading && set_off => return Placement::Begin(depth),
            None if entry.heading && set_off => return Placement::Begin(open.stack.len()),
            _ => {}
        }
        // The same count begins again: rightly so behind a paragraph of its own, and where a full stop ends the
        // clause before and the new count goes on, as in the articles of a convention.
        // So it is in notes that end without a mark, one row behind the other.
        let again = |depth: &usize| {
            let notes = |chain: &Chain| entry.capital && !chain.marked && chain.items.len() > 2;
            at(*depth).is_some_and(|chain| chain.breaks > 0 || ((ended == End::Stop || notes(chain)) && counts(label)))
        };
        if let Some(depth) = alike(label, |last, label| last.looks_like(label)).filter(again) {
            return Placement::Begin(depth);
        }
    }
    if torn && !open.stack.is_empty() {
        return Placement::Begin(0);
    }
    let follows: [Like; 3] = [
        // `9.` among `1.` and `2.`: the same look, another number.
        |last, label| last.looks_like(label),
        // `c.` behind `b)`: the same count, otherwise set off.
        |last, label| last.style.numeral.same_kind(label.style.numeral) && last.is_followed_by(label),
        |last, label| last.style.numeral.same_kind(label.style.numeral) && last.path == label.path,
    ];
    // `(ii)` among `(a)` to `(d)` is the second roman number, and not the thirty-fifth letter.
    let far = |label: &Label| {
        depths().all(|depth| {
            at(depth).is_none_or(|chain| chain.alive().all(|last| label.value > last.value.saturating_add(20)))
        })
    };
    if readings.iter().any(|label| label.value <= 3 && !is_open(label))
        && readings.iter().any(is_open)
        && readings.iter().all(|label| !is_open(label) || far(label))
    {
        return Placement::Begin(open.stack.len());
    }
    for like in follows {
        if let Some(depth) = readings.iter().find_map(|label| alike(label, like)) {
            return Placement::Join(depth);
        }
    }
    // `c)` behind `2.` where 3 is due: the same list in another style.
    let due = |label: &Label| innermost.is_some_and(|chain| chain.alive().any(|last| last.is_followed_by(label)));
    if readings.iter().any(due) { Placement::Join(open.stack.len() - 1) } else { Placement::Begin(open.stack.len()) }
}

/// What an earlier list leaves for one that may go on from it.
struct Tail {
    list: usize,
    resolution: ResolutionIndex,
    division: Option<DivisionIndex>,
    depth: usize,
    parent: Option<ParagraphIndex>,
    heading: Option<Arc<str>>,
}

/// Decides how the labels of each list are read and which list goes on from which.
fn settle(document: &Document, chains: Vec<(SectionIndex, Chain)>) -> Vec<List> {
    let mut lists: Vec<List> = Vec::with_capacity(chains.len());
    let mut tails: Vec<Tail> = Vec::new();
    // Whether lists of this resolution go on from section to section.
    let mut runs_on: HashMap<ResolutionIndex, bool> = HashMap::new();
    // The heading of the section at hand.
    let mut headed: Option<(SectionIndex, Option<Arc<str>>)> = None;
    for (section_index, chain) in chains {
        let section = document.section(section_index);
        if tails.last().is_some_and(|tail| tail.resolution != section.resolution) {
            tails.clear();
        } else if tails.last().is_some_and(|tail| tail.division != section.division) {
            // An annex counts anew. The parts and articles of a text may count on.
            match section.division {
                Some(division) if !is_annex(document, division) => {}
                _ => tails.clear(),
            }
        }
        let heading = match &headed {
            Some((section, heading)) if *section == section_index => heading.clone(),
            _ => section.heading.map(|heading| {
                let view = &document.paragraph(heading).views.amended;
                view.text.trim().trim_end_matches([',', ':', ';', '，', '：', '؛', '،']).to_lowercase().into()
            }),
        };
        headed = Some((section_index, heading.clone()));
        let Some((first, first_readings)) = chain.items.first() else { continue };
        let level = usize::from(document.paragraph(*first).level) + chain.depth;
        // Where it may go on: the last list before it at its level, and the last one under a heading of the same words.
        let mut before: Vec<usize> = Vec::new();
        // Sub-clauses count anew below each clause, but not below headings that have labels; decimal numbers say
        // themselves where they belong.
        let below_heading = chain.parent.is_none_or(|parent| is_heading(document.paragraph(parent), Side::Amended));
        let decimal = first_readings.iter().any(|label| !label.path.is_empty());
        let long = first_readings.iter().all(|label| label.value >= LONG);
        let candidates = tails.iter().rev().take(64).filter(|tail| {
            decimal
                || (long && level > 0)
                || (tail.depth == level && (level == 0 || (below_heading && tail.parent != chain.parent)))
                || (below_heading && level > 0)
        });
        let mut nearest = None;
        let mut namesake = None;
        for tail in candidates {
            if nearest.is_some() && (namesake.is_some() || level > 0 || heading.is_none()) {
                break;
            }
            let last = lists[tail.list].last_counted();
            let style = &lists[tail.list].style;
            let fits =
                |label: &Label| style.same(&label.style) && last.is_some_and(|last| last.label.path == label.path);
            let alike = first_readings.iter().any(fits);
            // At another level only the very next number goes on.
            let next = || {
                last.is_some_and(|last| {
                    first_readings.iter().any(|label| fits(label) && last.label.is_followed_by(label))
                })
            };
            if alike && (tail.depth == level || next()) {
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

/// Whether a division is an annex, in which counters start again, by the word that its heading begins with.
fn is_annex(document: &Document, division: DivisionIndex) -> bool {
    #[derive(serde::Deserialize)]
    struct Layout {
        annexes: HashMap<String, Vec<String>>,
    }
    static ANNEXES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let layout: Layout = serde_json::from_str(include_str!("../../data/layout.json"))
            .expect("the bundled layout.json is of this shape");
        layout.annexes.into_values().flatten().collect()
    });
    let heading = document.divisions.get(division.index()).map(|division| document.paragraph(division.heading));
    heading.is_none_or(|heading| {
        let words = heading.views.amended.text.trim().to_lowercase();
        ANNEXES.iter().any(|annex| words.starts_with(annex.as_str()))
    })
}

/// The labels of a list read in one number system.
#[derive(Default)]
struct Reading {
    /// What the mistakes in it cost.
    cost: u32,
    alignment: Alignment,
    /// Which reading of each label it takes.
    picks: Vec<usize>,
    /// The list that each origin of the alignment stands for.
    sources: Vec<Option<usize>>,
}

/// Reads the labels of one list in the number system that explains them best.
fn read(section: SectionIndex, chain: Chain, lists: &[List], before: &[usize], runs: bool) -> List {
    let mut numerals: Vec<Numeral> = Vec::new();
    for label in chain.items.iter().flat_map(|(_, readings)| readings.iter()) {
        if !numerals.contains(&label.style.numeral) && numerals.len() < 12 {
            numerals.push(label.style.numeral);
        }
    }
    let mut best: Option<Reading> = None;
    for numeral in numerals {
        let mut foreign = 0;
        let mut picks: Vec<usize> = Vec::with_capacity(chain.items.len());
        let mut row: Vec<Rank> = Vec::with_capacity(chain.items.len());
        for (_, readings) in &chain.items {
            let exact = readings.iter().position(|label| label.style.numeral == numeral);
            let kin = exact.or_else(|| readings.iter().position(|label| label.style.numeral.same_kind(numeral)));
            let is_far = || kin.and_then(|index| readings.get(index)).is_none_or(|label| label.value > 33);
            // A label that cannot be read so costs less than a slip, for the number may still be right.
            foreign += u32::from(exact.is_none() && is_far()) * 40;
            // Every clause of a list has a label that can be read.
            let pick = kin.unwrap_or(0);
            picks.push(pick);
            row.extend(readings.get(pick).map(Label::rank));
        }
        let mut origins = vec![Origin { before: (0, 0), cost: if runs { 5 } else { 0 } }];
        let mut sources: Vec<Option<usize>> = vec![None];
        for &list in before {
            let earlier = &lists[list];
            if let Some(rank) = earlier.last_rank().filter(|_| earlier.style.numeral.same_kind(numeral)) {
                origins.push(Origin { before: rank, cost: if runs { 0 } else { 20 } });
                sources.push(Some(list));
            }
        }
        let alignment = align(&row, &origins);
        let cost = alignment.cost + foreign;
        if best.as_ref().is_none_or(|best| cost < best.cost) {
            best = Some(Reading { cost, alignment, picks, sources });
        }
        if cost == 0 {
            // None is cheaper.
            break;
        }
    }
    let Reading { alignment, picks, sources, .. } = best.unwrap_or_default();
    let picked = chain.items.iter().zip(&picks);
    let picked = picked.filter_map(|((paragraph, readings), pick)| Some((*paragraph, readings.get(*pick)?)));
    let style = common_style(picked.clone().map(|(_, label)| label));
    let items: Vec<Item> = picked
        .zip(&alignment.steps)
        .map(|((paragraph, label), step)| Item { paragraph, label: label.clone(), step: *step })
        .collect();
    let even = items.iter().all(|item| item.step == Step::Follows && item.label.style.same(&style));
    List {
        section,
        parent: chain.parent,
        style,
        items,
        continues: sources.get(alignment.origin).copied().flatten(),
        depth: chain.depth,
        torn: chain.torn,
        even,
    }
}

/// How most of the labels look; among equals the first. Letters go on in columns if any label does.
fn common_style<'a>(labels: impl Iterator<Item = &'a Label>) -> Style {
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
