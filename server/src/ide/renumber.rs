//! Renumbering: labels in order, and every reference to them along with them.

use std::collections::{BTreeMap, HashMap};

use super::relabel::{Part, carry_out};
use crate::facts::Facts;
use crate::numbering::{Extent, LabelChange, lists, plan};
use crate::syntax::{Document, ParagraphIndex, SectionIndex, Side, TextEdit, TextRange, TextSize};
use crate::workspace::{File, FileId, Snapshot};

/// How much is renumbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The list that stands at this place, or nearest before it in its section, with the lists that go on from it.
    List(TextSize),
    /// The section at this place.
    Section(TextSize),
    /// The resolution at this place.
    Resolution(TextSize),
    /// The whole document.
    Document,
    /// Every document of the workspace.
    Workspace,
}

/// What renumbering changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renumbering {
    /// The edits of each document, in text order, none overlapping.
    pub edits: BTreeMap<FileId, Vec<TextEdit>>,
    /// How many labels change.
    pub labels: usize,
    /// How many references follow them, in all documents.
    pub references: usize,
    /// References that a person has to look at; a remark is left in the text behind each.
    pub doubts: Vec<Doubt>,
    /// Whether labels change outside of the list that [`Scope::List`] names: in those that go on from it.
    pub reaches_on: bool,
}

/// A reference that would name another clause than before, because the one that it named is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The document in which it stands.
    pub file: FileId,
    /// Its label, in the text as it was.
    pub range: TextRange,
    /// What is the matter, as a sentence for the drafter.
    pub message: String,
}

/// Puts labels in order, with every reference to them: in this document, and in those that cite clauses of its
/// resolutions in this version. `None` when all is in order.
///
/// A reference keeps to the clause that it named when it was written, as far as the workspace has seen the edits since;
/// else it means what the text says. One whose clause is gone stays as it is; if another clause gets that number, a
/// comment behind the reference says so.
pub fn renumber(snapshot: &Snapshot, file: FileId, scope: Scope) -> Option<Renumbering> {
    if scope == Scope::Workspace {
        return renumber_files(snapshot, all(snapshot));
    }
    let file = snapshot.file(file)?;
    let (part, reaches_on) = part(file, extent(file.facts(), scope)?)?;
    finish(snapshot, &[part], reaches_on)
}

/// Whether renumbering would change anything, found out without following references as far as that goes: what would be
/// changed, without the edits. `None` when all is in order.
pub fn is_wanted(snapshot: &Snapshot, file: FileId, scope: Scope) -> Option<Renumbering> {
    let labels = |file: &File, extent: Extent| {
        let (part, reaches_on) = part(file, extent)?;
        (!part.changes.is_empty()).then(|| Renumbering {
            labels: part.changes.len(),
            reaches_on,
            ..Renumbering::default()
        })
    };
    let found = if scope == Scope::Workspace {
        out_of_order(snapshot, &all(snapshot)).into_iter().find_map(|file| labels(file, Extent::Document))
    } else {
        let file = snapshot.file(file)?;
        labels(file, extent(file.facts(), scope)?)
    };
    // Labels may be in order where a reference names a clause that is gone.
    found.or_else(|| renumber(snapshot, file, scope))
}

/// Puts the labels of several documents in order at once, with every reference to them, also among these.
pub fn renumber_files(snapshot: &Snapshot, files: impl IntoIterator<Item = FileId>) -> Option<Renumbering> {
    let files: Vec<FileId> = files.into_iter().collect();
    let files = out_of_order(snapshot, &files).into_iter();
    let parts: Vec<Part<'_>> = files.filter_map(|file| part(file, Extent::Document)).map(|(part, _)| part).collect();
    finish(snapshot, &parts, false)
}

fn all(snapshot: &Snapshot) -> Vec<FileId> {
    snapshot.files().map(|file| file.id).collect()
}

/// Those of some documents that have labels out of order, or remember the texts before: few of all, and only these are
/// kept at hand.
fn out_of_order<'s>(snapshot: &'s Snapshot, files: &[FileId]) -> Vec<&'s File> {
    let asked = snapshot.ask_each(files, |file, reading| {
        let document = &reading.facts.document;
        let changes = || !plan(document, Extent::Document, &HashMap::new()).changes.is_empty();
        (file.history().is_some() || changes()).then_some(file.id)
    });
    asked.into_iter().flatten().filter_map(|file| snapshot.file(file)).map(|file| &**file).collect()
}

/// Gives clauses of a document their new labels, and takes along every reference to them: in this document, and in those
/// that cite clauses of its resolutions in this version.
pub(super) fn relabel(snapshot: &Snapshot, file: &File, changes: &[LabelChange]) -> Renumbering {
    let labels = changes.iter().map(|change| (change.paragraph, change.new.clone())).collect();
    let lists = lists(&file.facts().document, Side::Amended);
    carry_out(snapshot, &[Part { file, changes: changes.to_vec(), labels, lists }])
}

/// What changes of one document's labels; `None` if nothing does and nothing may have to be said of its references.
fn part(file: &File, extent: Extent) -> Option<(Part<'_>, bool)> {
    let plan = plan(&file.facts().document, extent, &HashMap::new());
    let part = Part { file, changes: plan.changes, labels: plan.labels, lists: plan.lists };
    (!part.changes.is_empty() || file.history().is_some()).then_some((part, plan.reaches_on))
}

fn finish(snapshot: &Snapshot, parts: &[Part<'_>], reaches_on: bool) -> Option<Renumbering> {
    let renumbering = Renumbering { reaches_on, ..carry_out(snapshot, parts) };
    (!renumbering.edits.is_empty()).then_some(renumbering)
}

fn extent(facts: &Facts, scope: Scope) -> Option<Extent> {
    let document = &facts.document;
    Some(match scope {
        Scope::List(offset) => Extent::List(clause_near(document, offset)?),
        Scope::Section(offset) => Extent::Section(section_at(document, offset)?),
        Scope::Resolution(offset) => Extent::Resolution(document.resolution_at(offset)),
        Scope::Document | Scope::Workspace => Extent::Document,
    })
}

fn section_at(document: &Document, offset: TextSize) -> Option<SectionIndex> {
    let before = document.sections.partition_point(|section| section.range.start() <= offset);
    before.checked_sub(1).map(|index| SectionIndex(index as u32))
}

/// The clause at a place, or the last one before it in its section, else the first of the section: on the line where a
/// clause was deleted, its list is still the one at hand.
fn clause_near(document: &Document, offset: TextSize) -> Option<ParagraphIndex> {
    let labelled = document.paragraphs_of(section_at(document, offset)?).filter(|(_, paragraph)| {
        paragraph.is_in(Side::Amended) && paragraph.label.as_ref().is_some_and(|label| label.text.amended.is_some())
    });
    let mut near = None;
    for (index, paragraph) in labelled {
        if paragraph.range.start() > offset && near.is_some() {
            break;
        }
        near = Some(index);
    }
    near
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::{Expect, expect};
    use jiff::civil::date;

    use super::*;
    use crate::fixture::Fixture;
    use crate::workspace::{Location, Workspace};

    /// The text after renumbering the list at `$0`, or everything.
    fn renumbered(fixture: &str) -> String {
        let fixture = Fixture::parse(fixture);
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let id = workspace.load_text(Location::from(Path::new("a.resmark")), &fixture.text).expect("a short text");
        let scope = fixture.cursor.map_or(Scope::Document, Scope::List);
        match renumber(&workspace.snapshot(), id, scope) {
            Some(result) => TextEdit::apply_all(&fixture.text, &result.edits[&id]).expect("edits that fit together"),
            None => "nothing\n".to_owned(),
        }
    }

    fn assert(fixture: &str, expected: Expect) {
        expected.assert_eq(&renumbered(fixture));
    }

    #[test]
    fn labels_and_references_change_together() {
        assert(
            "*resolves*\n1. grow;\n2. water:\n   a) daily;\n   b) weekly;\n4. pick;\n5. report on *resolves* 4, resolves 2 b) and 5, and resolves 1 to 5,\n",
            expect![[r#"
                *resolves*
                1. grow;
                2. water:
                   a) daily;
                   b) weekly;
                3. pick;
                4. report on *resolves* 3, resolves 2 b) and 4, and resolves 1 to 4,
            "#]],
        );
    }

    #[test]
    fn only_the_list_at_the_cursor() {
        assert(
            "*recalling*\na) x;\nc) y,\n*noting*\na) x;\n$0c) see recalling c) and noting c) above,\n",
            expect![[r#"
                *recalling*
                a) x;
                c) y,
                *noting*
                a) x;
                b) see recalling c) and noting b) above,
            "#]],
        );
    }

    #[test]
    fn nothing_to_do() {
        assert(
            "*recalling*\na) x;\nb) y,\n",
            expect![[r#"
            nothing
        "#]],
        );
    }

    #[test]
    fn a_range_takes_in_what_is_inserted_and_a_list_follows_each_clause() {
        assert(
            "*resolves*\n1. a;\n2. b;\n2. new;\n3. c;\n4. d,\n*invites*\nas in *resolves* 1 to 4, *resolves* 1, 3 and 4 above,\n",
            expect![[r#"
                *resolves*
                1. a;
                2. b;
                3. new;
                4. c;
                5. d,
                *invites*
                as in *resolves* 1 to 5, *resolves* 1, 4 and 5 above,
            "#]],
        );
    }

    #[test]
    fn changes_to_a_tracked_text_are_tracked() {
        assert(
            "MOD X/1\n# Resolution 1 (Kigali, 2022)\n\n*recalling*\n\na) x;\n{++b) new;++}\nb) y;\n{--c) old;--}\nd) z, see *recalling* b) and d) above;\n{++e) see *recalling* d);++}\n",
            expect![[r#"
                MOD X/1
                # Resolution 1 (Kigali, 2022)

                *recalling*

                a) x;
                {++b) new;++}
                {~~b~>c~~}) y;
                {--c) old;--}
                d) z, see *recalling* {~~b~>c~~}) and d) above;
                {++e) see *recalling* d);++}
            "#]],
        );
        assert(
            "*recalling*\na) x;\n{++b) new;++}\n{~~b~>c~~}) y;\n{++c) newer;++}\n{~~c~>d~~}) z as in *recalling* {~~b~>c~~}) and {~~c~>d~~});\n",
            expect![[r#"
                *recalling*
                a) x;
                {++b) new;++}
                {~~b~>c~~}) y;
                {++d) newer;++}
                {~~c~>e~~}) z as in *recalling* {~~b~>c~~}) and {~~c~>e~~});
            "#]],
        );
        assert(
            "*a*\n1. x;\n{--2. y;--}\n{~~3~>2~~}. z;\n{~~4~>4~~}. v;\n{++9. w as a 1{~~2~>0~~};++}\n",
            expect![[r#"
                *a*
                1. x;
                {--2. y;--}
                {~~3~>2~~}. z;
                {~~4~>3~~}. v;
                {++4. w as a 1{~~2~>0~~};++}
            "#]],
        );
    }

    #[test]
    fn a_change_that_is_taken_back_leaves_no_trace() {
        assert(
            "*a*\na) x;\n{~~b~>c~~}) y;\n{~~c~>d~~}) z as in *a* {~~b~>c~~}) above,\n",
            expect![[r#"
            *a*
            a) x;
            b) y;
            c) z as in *a* b) above,
        "#]],
        );
    }

    #[test]
    fn any_script_and_style() {
        assert(
            "*忆及*\n（一）甲；\n（三）乙；\n*做出决议*\n1\t甲；\n3\t落实上述做出决议3和忆及三；\n",
            expect![[r#"
                *忆及*
                （一）甲；
                （二）乙；
                *做出决议*
                1	甲；
                2	落实上述做出决议2和忆及二；
            "#]],
        );
        assert(
            "*إذ يذكر*\nأ) x؛\nج) y؛\nد) z، انظر إذ يذكر د) أعلاه،\n",
            expect![[r#"
            *إذ يذكر*
            أ) x؛
            ب) y؛
            ج) z، انظر إذ يذكر ج) أعلاه،
        "#]],
        );
        assert(
            "*признавая*\nа) x;\nв) y, см. признавая в) выше,\n",
            expect![[r#"
            *признавая*
            а) x;
            б) y, см. признавая б) выше,
        "#]],
        );
        assert(
            "1. x\n1.1 y\n1.3 z\n3. v\n3.1 w\n",
            expect![[r#"
            1. x
            1.1 y
            1.2 z
            2. v
            2.1 w
        "#]],
        );
        assert(
            "*a*\na) x;\nb. y;\nd) z;\n",
            expect![[r#"
            *a*
            a) x;
            b) y;
            c) z;
        "#]],
        );
        assert(
            "*a*\nx) x;\ny) x;\nz) y;\nab) y;\nad) y;\n",
            expect![[r#"
            *a*
            a) x;
            b) x;
            c) y;
            d) y;
            e) y;
        "#]],
        );
    }

    #[test]
    fn lists_that_go_on_from_one_another_are_renumbered_together() {
        assert(
            "*resolves*\n1. x;\n$03. y,\n*instructs*\n4. z;\n5. see resolves 3 above and instructs 5,\n",
            expect![[r#"
                *resolves*
                1. x;
                2. y,
                *instructs*
                3. z;
                4. see resolves 2 above and instructs 4,
            "#]],
        );
    }

    #[test]
    fn clauses_in_between_keep_their_place() {
        assert(
            "*a*\n1. x;\n3. y;\n3bis. z;\n4. see *a* 3bis above,\n",
            expect![[r#"
            *a*
            1. x;
            2. y;
            2bis. z;
            3. see *a* 2bis above,
        "#]],
        );
    }

    #[test]
    fn who_cites_this_version_follows() {
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let mut load =
            |name: &str, text: &str| workspace.load_text(Location::from(Path::new(name)), text).expect("a short text");
        let head = "---\nbody: WTDC\nlanguage: en\n---\n\n# Resolution";
        let first = load("a.resmark", &format!("{head} 191 (Kigali, 2022)\n\n*resolves*\n\n1. x;\n3. y,\n"));
        let text = format!(
            "{head} 190 (Kigali, 2022)\n\n*resolves*\n\n1. to follow resolves 3 of Resolution 191 (Kigali, 2022) and resolves 3 of Resolution 191 (Dubai, 2014);\n2. y,\n"
        );
        let second = load("b.resmark", &text);
        let result = renumber(&workspace.snapshot(), first, Scope::Document).expect("a gap");
        assert_eq!((result.labels, result.references), (1, 1));
        let after = TextEdit::apply_all(&text, &result.edits[&second]).expect("edits that fit together");
        expect![
            "1. to follow resolves 2 of Resolution 191 (Kigali, 2022) and resolves 3 of Resolution 191 (Dubai, 2014);"
        ]
        .assert_eq(after.lines().nth(9).expect("a clause"));
    }

    /// Gives the edits of a renumbering to a document one by one, the last first, and looks at it after each.
    fn apply_one_by_one(workspace: &mut Workspace, file: FileId, edits: &[TextEdit]) {
        for (index, edit) in edits.iter().rev().enumerate() {
            if index > 0 {
                workspace.goes_on(file);
            }
            workspace.edit(file, edit.range, &edit.text).expect("a short text");
            let _ = workspace.snapshot();
        }
    }

    #[test]
    fn edits_that_come_one_by_one_are_one() {
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let text = "*resolves*\n1. x;\n2. y;\n4. z;\n5. see *resolves* 4 above,\n*invites*\nas in *resolves* 2, 4 and 5 above,\n";
        let file = workspace.load_text(Location::from(Path::new("a.resmark")), text).expect("a short text");
        let renumbering = renumber(&workspace.snapshot(), file, Scope::Document).expect("a gap");
        apply_one_by_one(&mut workspace, file, &renumbering.edits[&file]);
        let snapshot = workspace.snapshot();
        expect![[r#"
            *resolves*
            1. x;
            2. y;
            3. z;
            4. see *resolves* 3 above,
            *invites*
            as in *resolves* 2, 3 and 4 above,
        "#]]
        .assert_eq(snapshot.file(file).expect("loaded").text());
        assert_eq!(renumber(&snapshot, file, Scope::Document), None);
        // What comes later is another edit.
        let at = text.find("2. y").expect("it is there") as u32;
        workspace.edit(file, TextRange::empty(at.into()), "2. new;\n").expect("a short text");
        let snapshot = workspace.snapshot();
        let renumbering = renumber(&snapshot, file, Scope::Document).expect("a number is there twice");
        let text = snapshot.file(file).expect("loaded").text();
        let after = TextEdit::apply_all(text, &renumbering.edits[&file]).expect("edits that fit together");
        assert!(after.ends_with("as in *resolves* 3, 4 and 5 above,\n"), "{after}");
    }

    /// A document that is open in an editor.
    struct Open {
        workspace: Workspace,
        file: FileId,
    }

    impl Open {
        fn new(text: &str) -> Open {
            let mut workspace = Workspace::new(date(2026, 1, 1));
            let file = workspace.open(Location::from(Path::new("a.resmark")), 1, text).expect("a short text");
            Open { workspace, file }
        }

        fn text(&mut self) -> String {
            let file = self.file;
            self.workspace.snapshot().file(file).expect("it is open").text().to_owned()
        }

        /// Types `new` in the place of the first `old`.
        fn replace(&mut self, old: &str, new: &str) -> &mut Open {
            let at = self.text().find(old).expect("words of the text");
            let range = TextRange::at(TextSize::new(at as u32), TextSize::of(old));
            self.workspace.edit(self.file, range, new).expect("a short text");
            self
        }

        /// Renumbers, as an editor would, and says what a person has to look at.
        fn renumber(&mut self) -> Vec<Doubt> {
            let file = self.file;
            let result = renumber(&self.workspace.snapshot(), file, Scope::Document).unwrap_or_default();
            for edit in result.edits.get(&file).into_iter().flatten().rev() {
                self.workspace.edit(file, edit.range, &edit.text).expect("a short text");
            }
            result.doubts
        }
    }

    const GARDEN: &str = "*resolves*\n1. to dig;\n2. to water;\n3. to sow as in *resolves* 2;\n4. to pick,\n";

    #[test]
    fn a_reference_keeps_to_the_clause_that_it_was_written_for() {
        let mut open = Open::new(GARDEN);
        open.replace("2. to water", "2. to weed;\n2. to water").renumber();
        expect![[r#"
            *resolves*
            1. to dig;
            2. to weed;
            3. to water;
            4. to sow as in *resolves* 3;
            5. to pick,
        "#]]
        .assert_eq(&open.text());
    }

    #[test]
    fn also_where_labels_were_typed_by_hand() {
        let mut open = Open::new(GARDEN);
        open.replace("2. to water", "2. to weed;\n3. to water").replace("3. to sow", "4. to sow");
        open.replace("4. to pick", "5. to pick").renumber();
        expect![[r#"
            *resolves*
            1. to dig;
            2. to weed;
            3. to water;
            4. to sow as in *resolves* 3;
            5. to pick,
        "#]]
        .assert_eq(&open.text());
    }

    #[test]
    fn a_number_that_is_typed_anew_means_what_it_says() {
        let mut open = Open::new(GARDEN);
        open.replace("2. to water", "2. to weed;\n3. to water").text();
        open.replace("*resolves* 2", "*resolves* 1").renumber();
        expect![[r#"
            *resolves*
            1. to dig;
            2. to weed;
            3. to water;
            4. to sow as in *resolves* 1;
            5. to pick,
        "#]]
        .assert_eq(&open.text());
    }

    #[test]
    fn a_reference_to_a_deleted_clause_says_so() {
        let mut open = Open::new(GARDEN);
        let doubts = open.replace("2. to water;\n", "").renumber();
        expect![[r#"
            *resolves*
            1. to dig;
            2. to sow as in *resolves* 2{>>renumbering: this named a clause that was deleted, “2. to water”<<};
            3. to pick,
        "#]]
        .assert_eq(&open.text());
        expect![[r#"The clause that this reference named, “2. to water”, has been deleted, and its number is now another clause’s; look at the remark behind it"#]]
        .assert_eq(&doubts[0].message);
        assert_eq!(open.renumber(), []);
    }

    #[test]
    fn a_clause_that_is_pasted_elsewhere_is_the_same() {
        let mut open = Open::new(GARDEN);
        open.replace("2. to water;\n", "").text();
        open.replace("4. to pick,\n", "4. to pick,\n2. to water;\n").renumber();
        expect![[r#"
            *resolves*
            1. to dig;
            2. to sow as in *resolves* 4;
            3. to pick,
            4. to water;
        "#]]
        .assert_eq(&open.text());
    }

    #[test]
    fn a_reference_of_the_text_alone_that_named_nothing_is_not_given_a_clause_silently() {
        assert(
            "*resolves*\n1. to dig;\n3. to sow as in *resolves* 2;\n",
            expect![[r#"
                *resolves*
                1. to dig;
                2. to sow as in *resolves* 2{>>renumbering: this named no clause before<<};
            "#]],
        );
    }

    #[test]
    fn a_range_stands_for_its_clauses() {
        let range = GARDEN.replace("*resolves* 2", "*resolves* 1 to 3");
        let mut open = Open::new(&range);
        open.replace("2. to water;\n", "2. to weed;\n3. to hoe;\n2. to water;\n").renumber();
        assert!(open.text().contains("*resolves* 1 to 5;"), "{}", open.text());
        let mut open = Open::new(&range);
        open.replace("1. to dig;\n", "").renumber();
        assert!(open.text().contains("*resolves* 1 to 2;"), "{}", open.text());
    }

    #[test]
    fn files_that_cite_one_another_are_renumbered_at_once() {
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let text = |number: u32, other: u32| {
            format!(
                "---\nbody: WTDC\nlanguage: en\n---\n\n# Resolution {number} (Kigali, 2022)\n\n*resolves*\n\n1. x;\n\
                 3. to follow resolves 4 of Resolution {other} (Kigali, 2022);\n4. y,\n"
            )
        };
        let mut load =
            |name: &str, text: &str| workspace.load_text(Location::from(Path::new(name)), text).expect("a short text");
        let (first, second) = (load("a.resmark", &text(190, 191)), load("b.resmark", &text(191, 190)));
        let result = renumber(&workspace.snapshot(), first, Scope::Workspace).expect("gaps");
        for (file, text) in [(first, text(190, 191)), (second, text(191, 190))] {
            let after = TextEdit::apply_all(&text, &result.edits[&file]).expect("edits that fit together");
            assert!(after.contains("2. to follow resolves 3 of Resolution"), "{after}");
        }
    }

    #[test]
    fn a_reference_of_another_file_keeps_to_its_clause() {
        let head = "---\nbody: WTDC\nlanguage: en\n---\n\n# Resolution";
        let mut open = Open::new(&format!("{head} 191 (Kigali, 2022)\n\n{GARDEN}"));
        let text = format!(
            "{head} 190 (Kigali, 2022)\n\n*resolves*\n\n1. to follow resolves 2 of Resolution 191 (Kigali, 2022),\n"
        );
        let other = open.workspace.load_text(Location::from(Path::new("b.resmark")), &text).expect("a short text");
        open.replace("2. to water", "2. to weed;\n2. to water");
        let result = renumber(&open.workspace.snapshot(), open.file, Scope::Document).expect("two of one number");
        let after = TextEdit::apply_all(&text, &result.edits[&other]).expect("edits that fit together");
        assert!(after.contains("to follow resolves 3 of"), "{after}");
    }

    #[test]
    fn a_list_says_that_others_go_on_from_it() {
        let fixture = Fixture::parse("*resolves*\n1. x;\n$03. y,\n*instructs*\n4. z,\n");
        let mut open = Open::new(&fixture.text);
        let scope = Scope::List(fixture.cursor.expect("a cursor"));
        assert!(renumber(&open.workspace.snapshot(), open.file, scope).expect("a gap").reaches_on);
    }
}
