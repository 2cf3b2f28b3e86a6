//! Rename: a clause gets another number, and moves to the place that this number has.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use super::block::{Nesting, range_of, source_of};
use super::relabel::{Part, carry_out};
use super::renumber::Renumbering;
use crate::facts::Facts;
use crate::numbering::{Extent, Label, List, Numeral, core, is_tracked, lists, plan, rewrite};
use crate::reference::{Owner, Step, reference_at};
use crate::syntax::{Document, Paragraph, ParagraphIndex, Side, TextEdit, TextRange, TextSize, lower, parse};
use crate::workspace::{FileId, Snapshot};

/// What can be renamed at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamable {
    /// What stands there, in the text: the number of a label or of a reference, without brackets and points; all of it
    /// where a tracked change runs through it.
    pub range: TextRange,
    /// The number as amended: `2`, `b`, `1bis`.
    pub placeholder: String,
}

/// Why a clause cannot have the number that is asked for, as a sentence for the drafter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// What a rename at `offset` (in bytes) would change: the label of a clause, or the number in a reference to one.
/// `None` where there is neither.
pub fn prepare(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Option<Renamable> {
    let file = snapshot.file(file)?;
    clause_at(file.facts(), file.text(), offset).map(|(_, renamable)| renamable)
}

/// Gives the clause whose label stands at `offset` (in bytes), or that the reference there names, the number
/// `new_name`: the clause moves to where that number is, with its sub-clauses; labels and references follow, here and
/// in the documents that cite it. The punctuation that closes the list, or its parts, stays where it is. Where changes are
/// tracked, the clause is deleted in the one place and inserted in the other.
///
/// # Errors
///
/// When there is no clause, or it cannot have that number.
pub fn rename(snapshot: &Snapshot, file: FileId, offset: TextSize, new_name: &str) -> Result<Renumbering, Refusal> {
    let nothing =
        || Refusal("Put the cursor on the label of a clause, or on the number in a reference to one".to_owned());
    let file = snapshot.file(file).ok_or_else(nothing)?;
    let document = &file.facts().document;
    let (clause, _) = clause_at(file.facts(), file.text(), offset).ok_or_else(nothing)?;
    let lists = lists(document, Side::Amended);
    let in_list = |list: &List| list.items.iter().position(|item| item.paragraph == clause);
    let (list, from) = lists.iter().find_map(|list| Some((list, in_list(list)?))).ok_or_else(nothing)?;
    let in_order = plan(document, Extent::List(clause), &HashMap::new()).labels;
    let slots: Vec<&Label> = list.items.iter().filter_map(|item| in_order.get(&item.paragraph)).collect();
    let to = slot(&slots, new_name).ok_or_else(|| impossible(&slots, new_name))?;
    let mut order: Vec<ParagraphIndex> = list.items.iter().map(|item| item.paragraph).collect();
    order.remove(from);
    order.insert(to, clause);
    let given: HashMap<ParagraphIndex, Label> =
        order.iter().zip(&slots).map(|(paragraph, label)| (*paragraph, (*label).clone())).collect();
    let plan = plan(document, Extent::List(clause), &given);
    let part = Part { file, changes: plan.changes, labels: plan.labels, lists: plan.lists };
    let mut renumbering = carry_out(snapshot, &[part]);
    if from != to {
        let nesting = Nesting::new(document, &lists);
        let slots: Vec<Range<usize>> = list.items.iter().map(|item| nesting.block(document, item.paragraph)).collect();
        let edits = renumbering.edits.remove(&file.id).unwrap_or_default();
        let edits = moved(file.text(), document, &slots, from, to, edits);
        renumbering.edits.insert(
            file.id,
            edits.ok_or_else(|| {
                Refusal(
                    "This clause cannot be moved: tracked changes reach beyond it; move it by hand and renumber"
                        .to_owned(),
                )
            })?,
        );
    }
    Ok(renumbering)
}

/// The place in a list that a number names.
fn slot(slots: &[&Label], name: &str) -> Option<usize> {
    let readings = Label::parse(name.trim());
    let names = |label: &Label| {
        readings.iter().any(|reading| {
            let (asked, has) = (reading.style.numeral, label.style.numeral);
            reading.rank() == label.rank()
                && (reading.path.is_empty() || reading.path == label.path)
                && (asked.same_kind(has) || (is_figure(asked) && is_figure(has)))
        })
    };
    slots.iter().position(|label| names(label))
}

/// Whether a numeral is written in figures of some script, which people type in those of another.
fn is_figure(numeral: Numeral) -> bool {
    matches!(numeral, Numeral::Digits { .. } | Numeral::Chinese | Numeral::Circled)
}

fn impossible(slots: &[&Label], name: &str) -> Refusal {
    let possible = match slots {
        [] => "has no numbered clauses".to_owned(),
        [only] => format!("has one clause only, {}", only.core()),
        [first, .., last] => format!("goes from {} to {}", first.core(), last.core()),
    };
    Refusal(format!("“{}” is not possible: this list {possible}. To add a clause, write it and renumber", name.trim()))
}

/// The edits that move a block, from one place among `slots` to another, on top of the `edits` that change labels and
/// references. `None` where these do not fit together.
fn moved(
    text: &str,
    document: &Document,
    slots: &[Range<usize>],
    from: usize,
    to: usize,
    edits: Vec<TextEdit>,
) -> Option<Vec<TextEdit>> {
    let block = slots.get(from)?;
    let range = range_of(document, block)?;
    let tracked = is_tracked(document, document.paragraphs.get(block.start)?.resolution);
    // Paragraphs keep their indices while labels and references change.
    let relabelled = TextEdit::apply_all(text, &edits)?;
    let after = lower(&relabelled, &parse(&relabelled));
    let mut edits: Vec<TextEdit> = edits.into_iter().filter(|edit| !range.contains_range(edit.range)).collect();

    let in_force = |paragraph: &Paragraph| tracked && paragraph.is_in(Side::InForce);
    let (left, mut taken) = if document.paragraphs.get(block.clone())?.iter().any(in_force) {
        let deleted = written(&relabelled, &after, block, Side::InForce, "{--", "--}")?;
        (Some(deleted), written(&relabelled, &after, block, Side::Amended, "{++", "++}")?)
    } else {
        (None, slice(&relabelled, range_of(&after, block)?)?.to_owned())
    };
    let sigil = if left.is_some() { "++}" } else { "" };

    // Each place keeps the punctuation that closes it.
    let mut order: Vec<usize> = (0..slots.len()).collect();
    order.remove(from);
    order.insert(to, from);
    for place in from.min(to)..=from.max(to) {
        let (due, has) = (Tail::of(document, slots.get(place)?)?, Tail::of(document, slots.get(*order.get(place)?)?)?);
        if due.text == has.text {
            continue;
        }
        if order.get(place) == Some(&from) {
            let words = taken.strip_suffix(sigil).unwrap_or(&taken);
            let words = words.strip_suffix(has.text).unwrap_or(words);
            taken = format!("{words}{}{sigil}", due.text);
        } else {
            edits.extend(has.replaced(text, due.text, tracked));
        }
    }

    let before = &text.get(..usize::from(range.start()))?;
    let behind = text.get(usize::from(range.end())..)?;
    let gap_before = size(before.len() - before.trim_end().len());
    let gap_behind = size(behind.len() - behind.trim_start().len());
    let target = range_of(document, slots.get(to)?)?;
    let (gap, removed, place) = match from < to {
        true => (
            TextRange::at(range.end(), gap_behind),
            TextRange::new(range.start(), range.end() + gap_behind),
            target.end(),
        ),
        false => (
            TextRange::new(range.start() - gap_before, range.start()),
            TextRange::new(range.start() - gap_before, range.end()),
            target.start(),
        ),
    };
    let gap = slice(text, gap)?;
    edits.push(match left {
        Some(left) => TextEdit::replace(range, left),
        None => TextEdit::replace(removed, ""),
    });
    let inserted = if from < to { format!("{gap}{taken}") } else { format!("{taken}{gap}") };
    edits.push(TextEdit::replace(TextRange::empty(place), inserted));
    edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    TextEdit::apply_all(text, &edits).is_some().then_some(edits)
}

/// The paragraphs of a block in one reading, each between two sigils; those that this reading has not are left out.
fn written(
    text: &str,
    document: &Document,
    block: &Range<usize>,
    side: Side,
    open: &str,
    close: &str,
) -> Option<String> {
    let mut out = String::new();
    let mut end = None;
    for paragraph in document.paragraphs.get(block.clone())? {
        if paragraph.is_in(side) {
            if let (Some(end), false) = (end, out.is_empty()) {
                out.push_str(slice(text, TextRange::new(end, paragraph.range.start()))?);
            }
            out.push_str(&format!("{open}{}{close}", source_of(text, paragraph, side)));
        }
        end = Some(paragraph.range.end());
    }
    Some(out)
}

/// How a block ends, as amended: `;`, `, and`, `.`
struct Tail<'a> {
    paragraph: &'a Paragraph,
    text: &'a str,
    /// In the view.
    range: TextRange,
}

impl<'a> Tail<'a> {
    fn of(document: &'a Document, block: &Range<usize>) -> Option<Tail<'a>> {
        const MARKS: [char; 9] = [';', ',', '.', '；', '，', '。', '؛', '،', '۔'];
        const WORDS: [&str; 16] =
            ["and", "or", "et", "ou", "y", "e", "o", "u", "и", "или", "و", "أو", "和", "及", "以及", "或"];
        let mut paragraphs = document.paragraphs.get(block.clone())?.iter();
        let paragraph = paragraphs.rfind(|paragraph| paragraph.is_in(Side::Amended))?;
        let words = paragraph.views.amended.text.trim_end();
        let mark = |words: &'a str| words.strip_suffix(MARKS);
        // `; and`, also with a comma behind it.
        let joined = WORDS.iter().find_map(|word| {
            let words = words.strip_suffix(',').unwrap_or(words).strip_suffix(word)?.trim_end();
            mark(words)
        });
        let rest = joined.or_else(|| mark(words)).unwrap_or(words);
        let range = TextRange::new(TextSize::of(rest), TextSize::of(words));
        Some(Tail { paragraph, text: words.get(rest.len()..)?, range })
    }

    /// The edit by which the block ends otherwise.
    fn replaced(&self, text: &str, new: &str, tracked: bool) -> Option<TextEdit> {
        let view = &self.paragraph.views.amended;
        if self.text.is_empty() {
            let end = view.to_source(TextRange::up_to(self.range.end()))?.end();
            let new = if tracked { format!("{{++{new}++}}") } else { new.to_owned() };
            return Some(TextEdit::replace(TextRange::empty(end), new));
        }
        rewrite(text, self.paragraph, &view.source_pieces(self.range), new, tracked)
    }
}

fn slice(text: &str, range: TextRange) -> Option<&str> {
    text.get(usize::from(range.start())..usize::from(range.end()))
}

/// The clause at a place, and what stands there of its label.
fn clause_at(facts: &Facts, text: &str, offset: TextSize) -> Option<(ParagraphIndex, Renamable)> {
    let document = &facts.document;
    if let Some(index) = document.paragraph_at(offset) {
        let label = document.paragraph(index).label.as_ref().filter(|label| label.range.contains_inclusive(offset));
        if let Some(label) = label {
            let amended = label.text.amended.as_deref()?;
            let inner = core(amended)?;
            let placeholder = amended.get(inner.clone())?.to_owned();
            let written = text.get(usize::from(label.range.start())..usize::from(label.range.end()))?;
            let range = match written == amended {
                true => TextRange::at(label.range.start() + size(inner.start), size(inner.len())),
                false => label.range,
            };
            return Some((index, Renamable { range, placeholder }));
        }
    }
    let reference = reference_at(&facts.references, offset).filter(|reference| reference.owner == Owner::This)?;
    let mut steps = reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps);
    let step: &Step = steps.find(|step| step.range.contains_inclusive(offset))?;
    let clause = step.target[Side::Amended].clause()?;
    let range = step.core.first()?.cover(*step.core.last()?);
    let placeholder =
        step.core.iter().filter_map(|piece| text.get(usize::from(piece.start())..usize::from(piece.end())));
    Some((clause, Renamable { range, placeholder: placeholder.collect() }))
}

fn size(bytes: usize) -> TextSize {
    TextSize::new(bytes as u32)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::{Expect, expect};
    use jiff::civil::date;

    use super::*;
    use crate::fixture::Fixture;
    use crate::workspace::{Location, Workspace};

    /// The text after the clause at `$0` got another number, or why it did not.
    fn check(fixture: &str, new_name: &str, expected: Expect) {
        let fixture = Fixture::parse(fixture);
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let id = workspace.load_text(Location::from(Path::new("a.resmark")), &fixture.text).expect("a short text");
        let result = rename(&workspace.snapshot(), id, fixture.cursor.expect("a cursor"), new_name);
        let after = match result {
            Ok(result) => {
                let none = Vec::new();
                let edits = result.edits.get(&id).unwrap_or(&none);
                TextEdit::apply_all(&fixture.text, edits).expect("edits that fit together")
            }
            Err(refusal) => format!("{refusal}\n"),
        };
        expected.assert_eq(&after);
    }

    const GARDEN: &str = "*resolves*\n\n1. to dig;\n2. to water:\n   a) daily;\n   b) weekly;\n3. to sow as in resolves 2 a), and\n4. to pick as in *resolves* 1 to 3.\n";

    fn at(words: &str) -> String {
        GARDEN.replacen(words, &format!("$0{words}"), 1)
    }

    #[test]
    fn a_clause_moves_down_with_its_sub_clauses() {
        check(
            &at("2. to"),
            "3",
            expect![[r#"
                *resolves*

                1. to dig;
                2. to sow as in resolves 3 a);
                3. to water:
                   a) daily;
                   b) weekly, and
                4. to pick as in *resolves* 1 to 3.
            "#]],
        );
    }

    #[test]
    fn the_punctuation_that_closes_a_list_stays() {
        check(
            &at("1. to"),
            "4",
            expect![[r#"
                *resolves*

                1. to water:
                   a) daily;
                   b) weekly;
                2. to sow as in resolves 1 a);
                3. to pick as in *resolves* 2 to 4{>>renumbering: the ends of this range have changed places<<}, and
                4. to dig.
            "#]],
        );
        check(
            &at("4. to"),
            "2",
            expect![[r#"
            *resolves*

            1. to dig;
            2. to pick as in *resolves* 1 to 4;
            3. to water:
               a) daily;
               b) weekly, and
            4. to sow as in resolves 3 a).
        "#]],
        );
    }

    #[test]
    fn a_sub_clause_moves_in_its_list() {
        check(
            &at("a) daily"),
            "b",
            expect![[r#"
            *resolves*

            1. to dig;
            2. to water:
               a) weekly;
               b) daily;
            3. to sow as in resolves 2 b), and
            4. to pick as in *resolves* 1 to 3.
        "#]],
        );
    }

    #[test]
    fn from_a_reference_the_clause_that_it_names() {
        check(
            &GARDEN.replace("1 to 3", "$01 to 3"),
            "2",
            expect![[r#"
                *resolves*

                1. to water:
                   a) daily;
                   b) weekly;
                2. to dig;
                3. to sow as in resolves 1 a), and
                4. to pick as in *resolves* 1 to 3.
            "#]],
        );
    }

    #[test]
    fn a_number_that_the_list_has_not_is_refused() {
        check(
            &at("1. to"),
            "5",
            expect![[r#"
            “5” is not possible: this list goes from 1 to 4. To add a clause, write it and renumber
        "#]],
        );
        check(
            &at("1. to"),
            "b",
            expect![[r#"
            “b” is not possible: this list goes from 1 to 4. To add a clause, write it and renumber
        "#]],
        );
        check(
            &at("1. to"),
            "2bis",
            expect![[r#"
            “2bis” is not possible: this list goes from 1 to 4. To add a clause, write it and renumber
        "#]],
        );
        check(
            &at("to sow"),
            "2",
            expect![[r#"
            Put the cursor on the label of a clause, or on the number in a reference to one
        "#]],
        );
    }

    #[test]
    fn the_same_number_changes_nothing() {
        check(
            &at("1. to"),
            " 1. ",
            expect![[r#"
            *resolves*

            1. to dig;
            2. to water:
               a) daily;
               b) weekly;
            3. to sow as in resolves 2 a), and
            4. to pick as in *resolves* 1 to 3.
        "#]],
        );
    }

    #[test]
    fn where_changes_are_tracked_the_move_is() {
        check(
            "MOD X/1\n# Resolution 1 (Kigali, 2022)\n\n*resolves*\n\n1. to dig;\n$02. to water {--slowly --}as in resolves 1:\n   a) daily;\n   {++b) weekly;++}\n3. to sow as in resolves 2.\n",
            "3",
            expect![[r#"
                MOD X/1
                # Resolution 1 (Kigali, 2022)

                *resolves*

                1. to dig;
                {--2. to water slowly as in resolves 1:--}
                   {--a) daily;--}
                {~~3~>2~~}. to sow as in resolves {~~2~>3~~}{~~.~>;~~}
                {++3. to water as in resolves 1:++}
                   {++a) daily;++}
                   {++b) weekly.++}
            "#]],
        );
        check(
            "MOD X/1\n# Resolution 1 (Kigali, 2022)\n\n*resolves*\n\n1. to dig;\n{++$02. to water;++}\n{~~2~>3~~}. to sow as in resolves {++2 and ++}1.\n",
            "1",
            expect![[r#"
                MOD X/1
                # Resolution 1 (Kigali, 2022)

                *resolves*

                {++1. to water;++}
                {~~1~>2~~}. to dig;
                {~~2~>3~~}. to sow as in resolves {++1 and ++}{~~1~>2~~}.
            "#]],
        );
    }

    #[test]
    fn any_script() {
        check(
            "*做出决议*\n一、甲；\n二、乙；\n$0三、落实上述做出决议2和1。\n",
            "一",
            expect![[r#"
            *做出决议*
            一、落实上述做出决议3和2；
            二、甲；
            三、乙。
        "#]],
        );
        check(
            "*يقرر*\nأ) x؛\n$0ب) y؛\nج) z، انظر يقرر ب) أعلاه.\n",
            "ج",
            expect![[r#"
            *يقرر*
            أ) x؛
            ب) z، انظر يقرر ج) أعلاه؛
            ج) y.
        "#]],
        );
    }

    #[test]
    fn what_can_be_renamed() {
        let fixture = Fixture::parse(&at("2. to water"));
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let id = workspace.load_text(Location::from(Path::new("a.resmark")), &fixture.text).expect("a short text");
        let snapshot = workspace.snapshot();
        let label = prepare(&snapshot, id, fixture.cursor.expect("a cursor")).expect("a label");
        assert_eq!((&fixture.text[label.range], label.placeholder.as_str()), ("2", "2"));
        let words = TextSize::of("*resolves*\n\n1. to d");
        assert_eq!(prepare(&snapshot, id, words), None);
    }
}
