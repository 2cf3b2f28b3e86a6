//! Linked editing: the number of a clause and every reference to it in the same text, typed over at once.

use super::references::mentions_of;
use super::target::labelled_at;
use crate::facts::Facts;
use crate::numbering::{core, is_tracked, lists};
use crate::reference::{Reference, Step};
use crate::syntax::{Change, ChangeKind, Document, ParagraphIndex, Side, TextRange, TextSize};
use crate::workspace::{File, FileId, Named, Snapshot};

/// Stretches of one text that say the same and are edited together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The number of the label and those in the references, without brackets and points, in text order.
    pub ranges: Vec<TextRange>,
    /// Whether the number has points in it: `1.1`.
    pub dotted: bool,
}

/// The number of the clause whose label, or a reference to which, stands at `offset`, with all that name it.
///
/// What is typed counts, here as anywhere: with a number that another clause has, the references name that one. A rename
/// moves the clause and keeps the references to it; this is for who numbers by hand.
///
/// All or none: `None` where a reference to the clause says its number in other words, where another text cites the
/// clause (a rename takes that along), where two clauses of the list have this number or the reference keeps to another
/// clause than its words say, and where a change of the number would have to be tracked.
pub fn linked(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Option<Linked> {
    let file = snapshot.file(file)?;
    let facts = file.facts();
    let document = &facts.document;
    let at_label = labelled_at(document, offset).map(|(clause, _)| clause);
    let clause = at_label.or_else(|| named_at(facts, offset))?;
    let own = number_of(file, clause)?;
    let text = slice(file, own)?;
    let mut ranges = vec![own];
    for (reference, step) in steps(facts) {
        let named = file.history().map_or(Named::Unknown, |history| history.named(document, reference.paragraph, step));
        let says = step.target.amended.clause() == Some(clause);
        let means = match named {
            Named::Clause(other) => other == clause,
            Named::Gone(_) => false,
            Named::Unknown => says,
        };
        match (says, means) {
            (false, false) => {}
            (true, true) => match step.core.as_slice() {
                [number] if slice(file, *number) == Some(text) => ranges.push(*number),
                _ => return None,
            },
            // The words say one clause, and another is remembered.
            _ => return None,
        }
    }
    ranges.sort_by_key(|range| range.start());
    ranges.dedup();
    let at_cursor = ranges.iter().any(|range| range.contains_inclusive(offset));
    let apart = ranges.windows(2).all(|pair| matches!(pair, [one, next] if one.end() <= next.start()));
    if ranges.len() < 2 || !at_cursor || !apart || !may_change(document, clause, &ranges) {
        return None;
    }
    let elsewhere = mentions_of(snapshot, file, clause, None).iter().any(|(other, _)| *other != file.id);
    (!elsewhere && is_alone(document, clause, text)).then(|| Linked { ranges, dotted: text.contains('.') })
}

/// The clause that the label of a reference at `offset` names.
fn named_at(facts: &Facts, offset: TextSize) -> Option<ParagraphIndex> {
    let step = steps(facts).map(|(_, step)| step).find(|step| step.range.contains_inclusive(offset))?;
    step.target.amended.clause()
}

/// The labels of the references that a text as amended makes to its own clauses.
fn steps(facts: &Facts) -> impl Iterator<Item = (&Reference, &Step)> {
    let own = facts.references.iter().filter(|reference| reference.is_own());
    own.flat_map(|reference| {
        reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps).map(move |s| (reference, s))
    })
}

/// The number in a clause's label; `None` where it has none, or a tracked change runs through it.
fn number_of(file: &File, clause: ParagraphIndex) -> Option<TextRange> {
    let label = file.facts().document.paragraph(clause).label.as_ref()?;
    let amended = label.text.amended.as_deref().filter(|amended| slice(file, label.range) == Some(*amended))?;
    let number = core(amended)?;
    let (start, length) = (u32::try_from(number.start).ok()?, u32::try_from(number.len()).ok()?);
    Some(TextRange::at(label.range.start() + TextSize::new(start), TextSize::new(length)))
}

fn slice(file: &File, range: TextRange) -> Option<&str> {
    file.text().get(usize::from(range.start())..usize::from(range.end()))
}

/// Whether no other clause of the list has this number.
fn is_alone(document: &Document, clause: ParagraphIndex, number: &str) -> bool {
    let lists = lists(document, Side::Amended);
    let of_it = lists.iter().find(|list| list.items.iter().any(|item| item.paragraph == clause));
    let has_number = |clause: ParagraphIndex| {
        let label = document.paragraph(clause).label.as_ref().and_then(|label| label.text.amended.as_deref());
        label.is_some_and(|label| core(label).and_then(|own| label.get(own)) == Some(number))
    };
    of_it.is_some_and(|list| list.items.iter().filter(|item| has_number(item.paragraph)).count() == 1)
}

/// Whether these stretches may change as they stand: nothing is tracked, or all of them are part of insertions.
fn may_change(document: &Document, clause: ParagraphIndex, ranges: &[TextRange]) -> bool {
    if !is_tracked(document, document.paragraph(clause).resolution) {
        return true;
    }
    ranges.iter().all(|range| {
        let paragraph = document.paragraph_at(range.start()).map(|index| document.paragraph(index));
        let inserted = |change: Change| {
            change.kind != ChangeKind::Comment && change.new.is_some_and(|new| new.contains_range(*range))
        };
        paragraph.is_some_and(|paragraph| paragraph.changes.iter().any(inserted))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::{Expect, expect};
    use jiff::civil::date;

    use super::*;
    use crate::fixture::Fixture;
    use crate::ide::renumber::{Scope, renumber};
    use crate::ide::tests::workspace;
    use crate::syntax::TextEdit;
    use crate::workspace::{Location, Workspace};

    /// What is typed over together: what `^^^` underlines; nothing, if that underlines nothing.
    fn check(fixture: &str) {
        let marked = Fixture::parse(fixture);
        let expected: Vec<TextRange> = marked.marks.iter().map(|(range, _)| *range).collect();
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let file = workspace.load_text(Location::from(Path::new("a.resmark")), &marked.text).expect("a short text");
        let found = linked(&workspace.snapshot(), file, marked.cursor.expect("a cursor"));
        let found = found.map(|linked| linked.ranges).unwrap_or_default();
        assert_eq!(found, expected, "{fixture}");
    }

    #[test]
    fn a_label_and_the_references_to_it() {
        check(
            "*resolves*\n\n$01. to act;\n^\n2. to report on *resolves* 1 above;\n                           ^\n3. to weigh \
             resolves 1 and 2.\n                     ^\n",
        );
        check(
            "*recalling*\n\na) one;\n^\nb) two,\n\n*resolves*\n\nto act on *recalling* $0a).\n                      ^\n",
        );
        check(
            "*resolves*\n\n1. to act:\n   a) here;\n   ^\n   b) there;\n2. to report on *resolves* 1 $0a).\n                             ^\n",
        );
        check("*做出决议*\n\n1. 甲；\n^\n2. 落实上述做出决议$01。\n                   ^\n");
    }

    #[test]
    fn a_label_alone_is_no_company() {
        check("*resolves*\n\n$01. to act;\n2. to rest.\n");
        check("*resolves*\n\n1. to $0act;\n2. to go on as in resolves 1.\n");
    }

    #[test]
    fn all_or_none() {
        // The number in words would be left behind.
        check("*做出决议*\n\n$0一、甲；\n二、落实上述做出决议1。\n");
        // Which of the two is meant?
        check("*resolves*\n\n$01. to act;\n1. to rest;\n2. to go on as in resolves 1.\n");
    }

    #[test]
    fn what_another_text_cites_is_for_a_rename() {
        let text = "//- a.resmark\n# Resolution 9001 (Bucharest, 2022)\n\nThe Plenipotentiary Conference of the \
            International Telecommunication Union (Bucharest, 2022),\n\n*resolves*\n\n$01. to act;\n2. to go on as in resolves \
            1.\n";
        let (snapshot, file, offset) = workspace(text);
        assert!(linked(&snapshot, file, offset).is_some());
        let (snapshot, file, offset) = workspace(&format!(
            "{text}//- b.resmark\na) *resolves* 1 of Resolution 9001 (Bucharest, 2022) of the Plenipotentiary Conference;\n"
        ));
        assert_eq!(linked(&snapshot, file, offset), None);
    }

    #[test]
    fn where_changes_are_tracked_only_what_is_inserted() {
        check("MOD A/1\n# Resolution 1\n\n*resolves*\n\n$01. to act;\n2. to go on as in resolves 1.\n");
        check("*resolves*\n\n{~~1~>$02~~}. to act;\n3. to go on as in resolves {~~1~>2~~}.\n");
        check(
            "*resolves*\n\n1. to act;\n{++2. to rest;++}\n   ^\n{++3. to go on as in resolves $02.++}\n                              ^\n",
        );
        check("*resolves*\n\n1. to act;\n{++$02. to rest;++}\n{--2.--}{++3.++} to go on as in resolves 2.\n");
    }

    /// Types `number` over all that is linked at `$0`, as one edit of the client, and renumbers: the text after each.
    fn typed(fixture: &str, number: &str, expected: Expect) {
        let fixture = Fixture::parse(fixture);
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let location = Location::from(Path::new("a.resmark"));
        let file = workspace.open(location, 1, &fixture.text).expect("a short text");
        let found =
            linked(&workspace.snapshot(), file, fixture.cursor.expect("a cursor")).expect("something is linked");
        for range in found.ranges.iter().rev() {
            workspace.edit(file, *range, number).expect("an edit inside of the text");
        }
        let snapshot = workspace.snapshot();
        let typed = snapshot.file(file).expect("open").text();
        let edits =
            renumber(&snapshot, file, Scope::Document).map(|mut all| all.edits.remove(&file).unwrap_or_default());
        let after = TextEdit::apply_all(typed, &edits.unwrap_or_default()).expect("edits that fit together");
        expected.assert_eq(&format!("{typed}---\n{after}"));
    }

    /// With 1 the reference names the first clause, as if the drafter had typed it there.
    #[test]
    fn what_is_typed_counts() {
        const TEXT: &str = "*resolves*\n\n1. to act;\n$02. to rest;\n3. to go on as in *resolves* 2.\n";
        typed(
            TEXT,
            "7",
            expect![[r#"
            *resolves*

            1. to act;
            7. to rest;
            3. to go on as in *resolves* 7.
            ---
            *resolves*

            1. to act;
            2. to rest;
            3. to go on as in *resolves* 2.
        "#]],
        );
        typed(
            TEXT,
            "3",
            expect![[r#"
            *resolves*

            1. to act;
            3. to rest;
            3. to go on as in *resolves* 3.
            ---
            *resolves*

            1. to act;
            2. to rest;
            3. to go on as in *resolves* 2.
        "#]],
        );
        typed(
            TEXT,
            "1",
            expect![[r#"
            *resolves*

            1. to act;
            1. to rest;
            3. to go on as in *resolves* 1.
            ---
            *resolves*

            1. to act;
            2. to rest;
            3. to go on as in *resolves* 1.
        "#]],
        );
    }
}
