//! What is wrong with the numbering of a document.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use super::align::{Rank, Step, follower};
use super::context;
use super::label::Label;
use super::numeral::{Numeral, Run};
use super::sequence::{Item, List, Lists, both, is_heading, is_misread, typed};
use crate::syntax::{Document, Language, Paragraph, ParagraphIndex, ResolutionIndex, Side};

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// Numbers are left out: a, b, d.
    Gap,
    /// A number is used twice: a, b, b.
    Duplicate,
    /// A number stands in the wrong place: a, c, b.
    Order,
    /// A list does not begin with its first number, nor with the one behind another list's last.
    Start,
    /// A label is set otherwise than those of its list: `a)`, `b)`, `c.`.
    Style,
}

/// A mistake in the numbering. One mistake is one problem, at the label where the list breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The clause whose label does not fit.
    pub paragraph: ParagraphIndex,
    /// The one reading in which it is wrong; `None` when it is wrong in both, or when the text has but one.
    pub side: Option<Side>,
    /// Its label as that reading shows it.
    pub label: String,
    /// The label that is due here, in the style of the list. For a gap the first one that is missing.
    pub expected: String,
    /// For a gap that is wider than one, the last label that is missing.
    pub missing_to: Option<String>,
    /// The clause to compare it with: the one before it, or the one that has the same label already.
    pub related: Option<ParagraphIndex>,
    /// Whether renumbering puts it right. What is wrong in the text as in force stays as it is in an amendment.
    pub renumbers: bool,
}

/// The problems of a document in the order of the text, both readings looked at.
pub fn check(document: &Document) -> Vec<Problem> {
    check_lists(document, &both(document))
}

/// The problems of a document of which the lists are known.
pub fn check_lists(document: &Document, lists: &Lists) -> Vec<Problem> {
    let tracked = document.paragraphs.iter().any(Paragraph::is_tracked);
    let mut problems = of_reading(document, &lists.amended, Side::Amended, tracked);
    if tracked {
        // Those of the text as amended come first in this: a problem of both readings is told once, in its words.
        let told = problems.iter().enumerate().map(|(index, problem)| ((problem.paragraph, problem.kind), index));
        let told: HashMap<(ParagraphIndex, ProblemKind), usize, RandomState> = told.collect();
        let mut in_tracked: HashMap<ResolutionIndex, bool, RandomState> = HashMap::default();
        for mut problem in of_reading(document, &lists.in_force, Side::InForce, true) {
            let same = told.get(&(problem.paragraph, problem.kind)).and_then(|index| problems.get_mut(*index));
            match same {
                Some(same) => same.side = None,
                None => {
                    let resolution = document.paragraph(problem.paragraph).resolution;
                    let in_tracked = in_tracked.entry(resolution);
                    problem.renumbers &= !*in_tracked.or_insert_with(|| in_tracked_text(document, problem.paragraph));
                    problems.push(problem);
                }
            }
        }
    }
    problems.sort_by_key(|problem| (problem.paragraph, problem.kind));
    problems
}

/// Whether a change to a label of this clause is itself tracked: in a proposal to modify a text, and wherever changes are
/// tracked already.
pub(super) fn in_tracked_text(document: &Document, paragraph: ParagraphIndex) -> bool {
    super::renumber::is_tracked(document, document.paragraph(paragraph).resolution)
}

fn of_reading(document: &Document, lists: &[List], side: Side, tracked: bool) -> Vec<Problem> {
    let around = Around { document, lists, kin: OnceCell::new() };
    let mut problems = Vec::new();
    for list in lists.iter().filter(|list| !list.even) {
        numbers(&around, list, side, &mut problems);
        style(document, list, side, &mut problems);
    }
    for problem in &mut problems {
        problem.side = tracked.then_some(side);
    }
    problems
}

/// The lists of a reading, for what explains a slip in one of them.
struct Around<'a> {
    document: &'a Document,
    lists: &'a [List],
    /// The clauses of each resolution by how their lists count, in text order.
    kin: OnceCell<HashMap<Kin<'a>, Vec<ParagraphIndex>, RandomState>>,
}

/// Lists of a resolution that count alike: what stands around their numbers, and the system of these.
type Kin<'a> = (ResolutionIndex, &'a str, &'a str, Numeral);

impl Around<'_> {
    /// The last clause before another one of those that count like a list of the same resolution.
    fn alike_before(&self, list: &List, at: ParagraphIndex) -> Option<ParagraphIndex> {
        let kin_of = |list: &List| {
            let (resolution, numeral) = (self.document.section(list.section).resolution, list.style.numeral);
            (resolution, numeral.with_run(Run::Doubled))
        };
        let kin = self.kin.get_or_init(|| {
            let mut kin: HashMap<Kin<'_>, Vec<ParagraphIndex>, RandomState> = HashMap::default();
            for list in self.lists {
                let (resolution, numeral) = kin_of(list);
                let key = (resolution, list.style.open.as_str(), list.style.close.as_str(), numeral);
                kin.entry(key).or_default().extend(list.items.iter().map(|item| item.paragraph));
            }
            kin.values_mut().for_each(|clauses| clauses.sort_unstable());
            kin
        });
        let (resolution, numeral) = kin_of(list);
        let clauses = kin.get(&(resolution, list.style.open.as_str(), list.style.close.as_str(), numeral))?;
        let before = clauses.partition_point(|clause| *clause < at);
        before.checked_sub(1).and_then(|index| clauses.get(index)).copied()
    }
}

/// Slips in the row of numbers.
fn numbers(around: &Around<'_>, list: &List, side: Side, problems: &mut Vec<Problem>) {
    if list.items.iter().all(|item| item.step == Step::Follows) {
        return;
    }
    let Around { document, lists, .. } = *around;
    let mut found: Vec<(usize, ProblemKind, Rank)> = Vec::new();
    let before = list.continues.and_then(|earlier| lists[earlier].items.last());
    let mut at = before.map_or((0, 0), |item| item.label.rank());
    // Where each number was seen last.
    let mut seen: HashMap<Rank, usize> = HashMap::new();
    let mut twins: Vec<Option<usize>> = Vec::with_capacity(list.items.len());
    for (index, item) in list.items.iter().enumerate() {
        let rank = item.label.rank();
        let due = follower(at, rank);
        let twin = seen.insert(rank, index);
        twins.push(twin);
        let again = if twin.is_some() { ProblemKind::Duplicate } else { ProblemKind::Order };
        let problem = match item.step {
            Step::Follows => None,
            Step::Gap(_) | Step::Instead(_) if index == 0 && list.continues.is_none() => {
                Some((ProblemKind::Start, (1, 0)))
            }
            Step::Gap(first) => Some((ProblemKind::Gap, first)),
            Step::Back | Step::Extra => Some((again, due)),
            Step::Instead(due) => Some((again, due)),
        };
        if item.step != Step::Extra {
            at = if let Step::Instead(due) = item.step { due } else { rank };
        }
        found.extend(problem.map(|(kind, due)| (index, kind, due)));
    }
    // Numbers that keep no order are a table or a text torn apart, and no list with so many mistakes.
    let slips = list.items.iter().filter(|item| item.step != Step::Follows).count();
    if slips > 3 && slips * 3 > list.items.len() {
        return;
    }
    if are_headings(document, list, side) {
        return;
    }
    merge(list, &mut found);
    found.retain(|(index, kind, _)| !is_explained(around, list, *index, *kind, side));
    for (index, kind, due) in found {
        let item = &list.items[index];
        let previous = index.checked_sub(1).and_then(|index| list.items.get(index)).or(before);
        let related = match kind {
            ProblemKind::Duplicate => twins[index].and_then(|twin| list.items.get(twin)).or(previous),
            _ => previous,
        };
        let in_style = |rank: Rank| Label { style: list.style.clone(), ..item.label.with(rank.0, rank.1) }.to_string();
        let rank = item.label.rank();
        let last = if rank.1 > due.1 && rank.0 == due.0 {
            (rank.0, rank.1 - 1)
        } else {
            (rank.0.saturating_sub(u32::from(rank.1 == 0)), 0)
        };
        problems.push(Problem {
            kind,
            paragraph: item.paragraph,
            side: None,
            label: shown(document, item, side),
            expected: in_style(due),
            missing_to: (kind == ProblemKind::Gap && last > due).then(|| in_style(last)),
            related: related.map(|item| item.paragraph),
            renumbers: true,
        });
    }
}

/// Whether a list is the headings of parts of a text, `I.` or `A.` before a few words without a mark at the end, which
/// are no clauses: pages repeat them, and tables of contents and agendas quote them.
fn are_headings(document: &Document, list: &List, side: Side) -> bool {
    let heads = list.items.iter().filter(|item| is_heading(document.paragraph(item.paragraph), side)).count();
    is_capital(list.style.numeral) && heads * 2 >= list.items.len()
}

fn is_capital(numeral: Numeral) -> bool {
    matches!(numeral, Numeral::Roman { upper: true } | Numeral::Letters { upper: true, .. } | Numeral::Chinese)
}

/// Whether what stands before a label tells why it is not the next of its row.
fn is_explained(around: &Around<'_>, list: &List, index: usize, kind: ProblemKind, side: Side) -> bool {
    let document = around.document;
    let item = &list.items[index];
    let at = item.paragraph;
    if index == 0 && list.torn {
        return true;
    }
    let before = index.checked_sub(1).and_then(|index| list.items.get(index)).map(|item| item.paragraph);
    let start = || ParagraphIndex(document.section(list.section).paragraphs.start.try_into().unwrap_or(at.0));
    let from = before.or(list.parent).unwrap_or_else(start);
    let last = before.or_else(|| around.alike_before(list, at));
    if context::is_elided(document, last.unwrap_or_else(start), at, side) {
        return true;
    }
    let heads = |item: &Item| is_heading(document.paragraph(item.paragraph), side);
    // A lone decimal number is no list: it may be a figure that begins a line. A lone heading may be the head of a page,
    // and one with a capital the second of two parts of which the first needs no name.
    if kind == ProblemKind::Start
        && list.items.len() == 1
        && (!item.label.path.is_empty() || heads(item) || is_capital(list.style.numeral))
    {
        return true;
    }
    // The heading of something else among clauses.
    let other = heads(item) && list.items.iter().filter(|item| heads(item)).count() * 3 <= list.items.len();
    let previous = index.checked_sub(1).and_then(|index| list.items.get(index));
    let far = previous.is_some_and(|previous| !heads(previous) && item.label.value > previous.label.value + 3);
    if (item.step == Step::Extra && other) || (heads(item) && far) {
        return true;
    }
    // The same text in another language, printed beside it.
    let words = |index: ParagraphIndex| &document.paragraph(index).views[side].text;
    let long = |index: ParagraphIndex| words(index).len() > 40;
    if last.is_some_and(|last| long(last) && long(at) && Language::differ(words(last), words(at))) {
        return true;
    }
    // The label before it in any of its readings, which is typed but is no label.
    let typed = document.paragraph(at).label.as_ref().and_then(|label| label.text[side].as_deref());
    let mut readings = typed.map(Label::parse).unwrap_or_default();
    readings.push(item.label.clone());
    let hidden = readings.iter().filter(|label| label.value > 1 || label.suffix > 0).any(|label| {
        let due = match label.suffix {
            0 => label.with(label.value - 1, 0),
            suffix => label.with(label.value, suffix - 1),
        };
        let near = ParagraphIndex(at.0.saturating_sub(12));
        context::is_typed(document, &due, from, at, side)
            || (kind == ProblemKind::Start && context::is_run_in(document, &due, near, at, side))
    });
    hidden || (kind == ProblemKind::Start && context::is_announced(document, &item.label, at, side))
}

/// Two slips that are one mistake become one: a clause that stands elsewhere leaves a gap where it should be, and
/// several labels in a row that repeat others were repeated together.
fn merge(list: &List, found: &mut Vec<(usize, ProblemKind, Rank)>) {
    // Gaps of a single number, by that number.
    let mut gaps: HashMap<Rank, usize> = HashMap::new();
    for (index, kind, due) in found.iter() {
        if *kind == ProblemKind::Gap && list.items[*index].label.rank() == follower(*due, (0, 0)) {
            gaps.insert(*due, *index);
        }
    }
    let moved = |(index, kind, _): &(usize, ProblemKind, Rank)| {
        *kind == ProblemKind::Order && list.items[*index].step == Step::Extra
    };
    let filled: HashSet<usize> = found
        .iter()
        .filter(|slip| moved(slip))
        .filter_map(|(index, ..)| gaps.get(&list.items[*index].label.rank()).copied())
        .collect();
    found.retain(|(index, kind, _)| *kind != ProblemKind::Gap || !filled.contains(index));
    let mut last: Option<(usize, ProblemKind)> = None;
    found.retain(|(index, kind, _)| {
        let repeats = matches!(kind, ProblemKind::Duplicate | ProblemKind::Order);
        let goes_on = repeats && last.is_some_and(|(before, same)| before + 1 == *index && same == *kind);
        last = Some((*index, *kind));
        !goes_on
    });
}

/// The first label that is set otherwise than its list.
fn style(document: &Document, list: &List, side: Side, problems: &mut Vec<Problem>) {
    let is_odd = |item: &&Item| !item.label.style.same(&list.style) || is_misread(document, item, side);
    let Some(odd) = list.items.iter().find(is_odd) else { return };
    let usual = list.items.iter().find(|item| item.label.style.same(&list.style));
    let expected = Label { style: list.style.clone(), ..odd.label.clone() }.to_string();
    problems.push(Problem {
        kind: ProblemKind::Style,
        paragraph: odd.paragraph,
        side: None,
        label: shown(document, odd, side),
        expected,
        missing_to: None,
        related: usual.map(|item| item.paragraph),
        renumbers: true,
    });
}

/// The label as the reading shows it.
fn shown(document: &Document, item: &Item, side: Side) -> String {
    typed(document, item, side).map_or_else(|| item.label.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::syntax::{lower, parse};

    fn print(document: &Document) -> String {
        let mut lines = String::new();
        for p in check(document) {
            let kind = format!("{:?}", p.kind).to_lowercase();
            let to = p.missing_to.map(|to| format!("..{to}")).unwrap_or_default();
            let side = p.side.map(|side| format!(" {}", side.name())).unwrap_or_default();
            let words = document.paragraph(p.paragraph).views.amended.text.trim();
            lines.push_str(&format!("{kind} {} [{words}] due {}{to}{side}\n", p.label, p.expected));
        }
        lines
    }

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&print(&lower(text, &parse(text))));
    }

    #[test]
    fn a_list_in_order_has_no_problem() {
        assert("*recalling*\na) x\nb) y\nc) z\n*resolves*\n1. x\n   a) i\n   b) j\n2. y\n", expect![[""]]);
    }

    #[test]
    fn a_clause_without_common_words_is_of_the_language_of_the_others() {
        assert(
            "*décide*\n1. que nulle réunion ne durera plus de trois heures;\n\
             3. de revoir l'application du point 1 après deux années entières.\n",
            expect![[r#"
                gap 3. [de revoir l'application du point 1 après deux années entières.] due 2.
            "#]],
        );
    }

    #[test]
    fn the_same_clauses_in_another_language_are_no_gap() {
        assert(
            "*resolves*\n1. that the length of the meeting be announced by the Chair;\n\
             3. que la durée de la réunion soit annoncée par le président dans la salle.\n",
            expect![[""]],
        );
    }

    #[test]
    fn each_kind_of_mistake_is_one_problem() {
        assert(
            "*recalling*\nb) late\nc) x\n*considering*\na) x\nb) y\nb) twice\n*noting*\na) x\nc) gap\nd) y\n\
             *recognizing*\na) x\nc) early\nb) y\n*resolves*\n1. x\n2. y\nc) odd\n4. z\n",
            expect![[r#"
                start b) [late] due a)
                duplicate b) [twice] due c)
                gap c) [gap] due b)
                order c) [early] due b)
                style c) [odd] due 3.
            "#]],
        );
    }

    #[test]
    fn what_follows_a_mistake_is_no_mistake() {
        assert(
            "*a*\n1. x\n2. y\n2. twice\n3. z\n4. z\n*b*\n1. x\n2. y\n2. instead\n4. z\n5. z\n",
            expect![[r#"
            duplicate 2. [twice] due 3.
            duplicate 2. [instead] due 3.
        "#]],
        );
        assert(
            "*a*\n1. x\n2. y\n4. early\n3. z\n5. z\n*b*\n1. x\n5. gap\n6. y\n*c*\n1. x\n2. x\n1. again\n2. y\n3. z\n",
            expect![[r#"
                order 4. [early] due 3.
                gap 5. [gap] due 2...4.
                duplicate 1. [again] due 3.
            "#]],
        );
        assert(
            "*a*\n1. x\n1. x\n1. x\n1. x\n",
            expect![[r#"
            duplicate 1. [x] due 2.
        "#]],
        );
    }

    #[test]
    fn numbers_may_run_on_through_the_sections() {
        assert("*resolves*\n1. x\n2. y\n*instructs*\n3. x\n4. y\n*invites*\n5. z\n", expect![[""]]);
        assert(
            "*resolves*\n1. x\n2. y\n*instructs*\n3. x\n4. y\n*invites*\n6. z\n",
            expect![[r#"
            gap 6. [z] due 5.
        "#]],
        );
        assert("*recalling*\na) x\nb) y\n*noting*\na) x\n*recalling*\nc) z\n", expect![[""]]);
        assert(
            "### Annex A\n1. x\n2. y\n### Annex B\n3. x\n",
            expect![[r#"
            start 3. [x] due 1.
        "#]],
        );
    }

    #[test]
    fn roman_or_letter_shows_in_the_list() {
        assert(
            "*a*\ng) x\n",
            expect![[r#"
            start g) [x] due a)
        "#]],
        );
        assert(
            "*a*\n1. x\n  (i) x\n  (ii) y\n*b*\na) x\nb) x\nc) x\nd) x\ne) x\nf) x\ng) x\nh) x\ni) x\nj) x\n",
            expect![[""]],
        );
        assert("*b*\na) x\nb) x\nc) x\nd) x\ne) x\nf) x\ng) x\nh) x\ni) x\nii) x\niii) x\ni) x\nj) x\n", expect![[""]]);
    }

    #[test]
    fn a_letter_that_leaves_one_out_is_no_roman_number() {
        assert(
            "*a*\nf) x\ng) x\ni) x\nj) x\n",
            expect![[r#"
            start f) [x] due a)
            gap i) [x] due h)
        "#]],
        );
        assert(
            "*a*\na) x\nb) x\nc) x\nd) x\ne) x\nf) x\ng) x\ni) x\n",
            expect![[r#"
            gap i) [x] due h)
        "#]],
        );
        assert("*a*\na) x\nb) x\nc) x\nd) x\ne) x\nf) x\ng) x\ni) x\nii) x\n", expect![[""]]);
    }

    #[test]
    fn lists_set_flush_left_are_told_apart() {
        assert("1. x\na) x\nb) y\n2. y\na) x\ni) x\nii) y\nb) y\nc) z\n3. z\n", expect![[""]]);
        assert("text\n\na) x\nb) y\n\ntext\n\na) x\nb) y\n", expect![""]);
        assert(
            "1.1 x\n1.2 y\n2.1 x\n2.2 y\n2.4 z\n",
            expect![[r#"
                gap 2.4 [z] due 2.3
            "#]],
        );
        assert("1. x\n1.1 x\n1.2 y\n2. y\n2.1 x\n", expect![""]);
    }

    #[test]
    fn the_same_count_may_be_set_below_a_colon_or_begin_behind_a_full_stop() {
        assert("1. x:\n1. a;\n2. b;\n2. y:\n1. c;\n3. z;\n", expect![[""]]);
        assert("1. A.\n2. B.\n1. C.\n2. D.\n", expect![[""]]);
        assert(
            "1. A;\n2. B;\n1. C;\n2. D;\n",
            expect![[r#"
            duplicate 1. [C;] due 3.
        "#]],
        );
    }

    #[test]
    fn bullets_and_unlabelled_paragraphs_do_not_count() {
        assert("*a*\n- x\n- y\na) x\ntext\nb) y\n", expect![[""]]);
    }

    #[test]
    fn a_clause_in_between_is_right() {
        assert(
            "*a*\n1. x\n1bis. y\n1ter. z\n2. x\n2ter. y\n",
            expect![[r#"
            gap 2ter. [y] due 2bis.
        "#]],
        );
    }

    #[test]
    fn each_reading_is_judged_on_its_own() {
        assert("*a*\na) x\n{++b) new++}\n{~~b~>c~~}) y\n", expect![[""]]);
        assert(
            "*a*\na) x\n{++b) new++}\nb) y\n",
            expect![[r#"
            duplicate b) [y] due c) as amended
        "#]],
        );
        assert(
            "*a*\na) x\n{--b) old--}\nc) y\n",
            expect![[r#"
            gap c) [y] due b) as amended
        "#]],
        );
        assert(
            "*a*\na) x\nc) y\n{++d) new++}\n",
            expect![[r#"
            gap c) [y] due b)
        "#]],
        );
        assert(
            "*a*\na) x\n{~~b~>c~~}) y\n",
            expect![[r#"
            gap c) [y] due b) as amended
        "#]],
        );
    }

    #[test]
    fn any_script_counts() {
        assert(
            "*忆及*\na) x\nc) y\n*做出决议*\n一、x\n二、x\n四、x\n",
            expect![[r#"
            gap c) [y] due b)
            gap 四、 [x] due 三、
        "#]],
        );
        assert(
            "*признавая*\nа) x\nб) x\nг) x\n",
            expect![[r#"
            gap г) [x] due в)
        "#]],
        );
        assert(
            "*إذ يذكر*\nأ) x\nب) x\nد) x\n",
            expect![[r#"
            gap د) [x] due ج)
        "#]],
        );
    }
}
