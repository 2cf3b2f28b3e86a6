//! What an editor is told. Each test shows a workspace, with `$0` where the cursor is, and the answer.

use std::fmt::Write;
use std::path::Path;

use expect_test::{Expect, expect};
use jiff::civil::date;

use super::actions::{ActionKind, Detail, actions};
use super::definition::{Destination, Target, definition};
use super::hover::hover;
use super::references::references;
use super::symbols::{Symbol, symbols};
use super::tokens::tokens;
use crate::fixture::Fixture;
use crate::syntax::{TextEdit, TextRange, TextSize};
use crate::workspace::{FileId, Location, Snapshot, Workspace};

/// A workspace of the texts behind lines `//- name`; a text without such a line is `main.resmark`.
pub(super) fn workspace(fixture: &str) -> (Snapshot, FileId, TextSize) {
    let mut workspace = Workspace::new(date(2026, 1, 1));
    let mut cursor = None;
    let files = if fixture.starts_with("//- ") { fixture.to_owned() } else { format!("//- main.resmark\n{fixture}") };
    for part in files.split("//- ").skip(1) {
        let (name, text) = part.split_once('\n').expect("a file's name ends its line");
        let fixture = Fixture::parse(text);
        let id = workspace.load_text(Location::from(Path::new(name)), &fixture.text).expect("a text that can be read");
        cursor = cursor.or(fixture.cursor.map(|offset| (id, offset)));
        cursor = cursor.or(Some((id, 0.into())).filter(|_| !files.contains("$0")));
    }
    let (file, offset) = cursor.expect("some text has a cursor");
    (workspace.snapshot(), file, offset)
}

fn check_hover(fixture: &str, expected: Expect) {
    let (snapshot, file, offset) = workspace(fixture);
    let text = snapshot.file(file).expect("loaded").text().to_owned();
    let shown = hover(&snapshot, file, offset).map(|hover| format!("[{}]\n{}", &text[hover.range], hover.markdown));
    expected.assert_eq(&shown.unwrap_or_else(|| "nothing\n".to_owned()));
}

fn check_definition(fixture: &str, expected: Expect) {
    let (snapshot, file, offset) = workspace(fixture);
    expected.assert_eq(&shown(&snapshot, file, definition(&snapshot, file, offset)));
}

/// Where targets lead: the words that they start from, and the file with what is selected there, or the page.
pub(super) fn shown(snapshot: &Snapshot, file: FileId, targets: Vec<Target>) -> String {
    let mut out = String::new();
    for target in targets {
        let origin = &snapshot.file(file).expect("loaded").text()[target.origin];
        let _ = match target.destination {
            Destination::File { file, selection, range } => {
                assert!(range.contains_range(selection));
                let file = snapshot.file(file).expect("loaded");
                writeln!(out, "{origin} → {}: {}", file.location.name(), &file.text()[selection])
            }
            Destination::Page { id, version } => writeln!(out, "{origin} → page {}", id.at(version.as_deref())),
        };
    }
    out
}

const RESOLUTION_140: &str = "# Resolution 140 (Rev. Bucharest, 2022)\n## The summit outcomes\n\n\
    The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),\n\n\
    *recalling*\n\na) the summit;\nb) its outcomes,\n\n*resolves*\n\n1. to go on;\n2. to report.\n";

#[test]
fn hover_shows_the_versions_of_a_cited_resolution() {
    check_hover(
        "*recalling*\n\na) Resolution 1$040 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\n",
        expect![[r#"
            [Resolution 140 (Rev. Dubai, 2018)]
            **Resolution 140 (Rev. Dubai, 2018)** · `PP-140@2018`

            Plenipotentiary Conference of the International Telecommunication Union

            *ITU's role in implementing the outcomes of the World Summit on the Information Society and in the overall review by United Nations General Assembly of their implementation*

            In force: **Bucharest, 2022**

            Cited here: Dubai, 2018, which has been revised since

            Versions: Antalya, 2006 → Busan, 2014 → Dubai, 2018 → **Bucharest, 2022**

            Sources: ITU proposals and resolutions, 2018–2024; [internetdistinction.com](http://internetdistinction.com/wsisimpacts/wsis/plenipotentiary/pp-2014/pp-2014_140/)

            Read as PP: named beside it
        "#]],
    );
}

#[test]
fn hover_calls_a_first_version_no_revision() {
    check_hover(
        "# Resolution 190 (Kigali, 2022)\n\nThe World Telecommunication Development Conference (Kigali, 2022),\n\n\
         *resolves*\n\nto bring Resolution 1$090 (Kigali, 2022) to the attention of all,\n",
        expect![[r#"
            [Resolution 190 (Kigali, 2022)]
            **Resolution 190 (Kigali, 2022)** · `WTDC-190@2022`

            World Telecommunication Development Conference

            In force: **Kigali, 2022** is the latest version known; the session of 2025 may have revised it

            Source: `main.resmark` in this workspace

            Read as WTDC: WTDC met in Kigali in 2022

            ---

            From `main.resmark`

            > *resolves*
            >
            > to bring Resolution 190 (Kigali, 2022) to the attention of all,
            >
        "#]],
    );
}

#[test]
fn hover_shows_the_first_clauses_where_the_workspace_has_the_text() {
    check_hover(
        &format!(
            "//- a.resmark\n*recalling*\n\na) Resolution 1$040 (Rev. Bucharest, 2022) of the Plenipotentiary \
             Conference,\n//- b.resmark\n{RESOLUTION_140}"
        ),
        expect![[r#"
            [Resolution 140 (Rev. Bucharest, 2022)]
            **Resolution 140 (Rev. Bucharest, 2022)** · `PP-140@2022`

            Plenipotentiary Conference of the International Telecommunication Union

            *The summit outcomes*

            In force: **Bucharest, 2022**, since 14 October 2022

            Versions: Antalya, 2006 → Busan, 2014 → Dubai, 2018 → **Bucharest, 2022**

            Source: `b.resmark` in this workspace

            Read as PP: named beside it

            ---

            From `b.resmark`

            > *recalling*
            >
            > a) the summit;
            >
            > b) its outcomes,
            >
            > *resolves*
            >
            > 1\. to go on;
            >
            > …
        "#]],
    );
}

#[test]
fn hover_says_what_was_in_force_on_the_day_of_the_text() {
    check_hover(
        "# Resolution 300 (Dubai, 2018)\n\nThe Plenipotentiary Conference of the International Telecommunication Union \
         (Dubai, 2018),\n\n*recalling*\n\na) Resolution 1$040 (Rev. Busan, 2014),\n",
        expect![[r#"
            [Resolution 140 (Rev. Busan, 2014)]
            **Resolution 140 (Rev. Busan, 2014)** · `PP-140@2014`

            Plenipotentiary Conference of the International Telecommunication Union

            *ITU's role in implementing the outcomes of the World Summit on the Information Society and in the overall review by United Nations General Assembly of their implementation*

            In force: **Bucharest, 2022**

            Cited here: Busan, 2014, which has been revised since

            On 16 November 2018, the day of this text, Dubai, 2018 was in force

            Versions: Antalya, 2006 → Busan, 2014 → Dubai, 2018 → **Bucharest, 2022**

            Sources: ITU proposals and resolutions, 2018–2024; [internetdistinction.com](http://internetdistinction.com/wsisimpacts/wsis/plenipotentiary/pp-2014/pp-2014_140/)

            Read as PP: PP met in Busan in 2014
        "#]],
    );
}

#[test]
fn hover_on_a_united_nations_resolution_tells_when_it_was_adopted() {
    check_hover(
        "The General Assembly,\n\n*Recalling* its resolution 70/$01,\n",
        expect![[r#"
            [resolution 70/1]
            **General Assembly resolution 70/1** · `UNGA-70/1`

            United Nations General Assembly

            *Transforming our world: the 2030 Agenda for Sustainable Development*

            Adopted on 25 September 2015

            Source: cited in basic-texts-2023 RES-030; date 25 September 2015 from sources/U…

            Read as UNGA: the text calls it its own, and UNGA acts
        "#]],
    );
}

#[test]
fn what_is_said_in_short_shows_what_was_said_in_full() {
    let text = "*recalling*\n\na) Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference, and resolves 2 \
                of that resol$0ution;\n";
    check_hover(
        text,
        expect![[r#"
        [that resolution]
        **Resolution 140 (Rev. Bucharest, 2022)** · `PP-140@2022`

        Plenipotentiary Conference of the International Telecommunication Union

        *ITU's role in implementing the outcomes of the World Summit on the Information Society and in the overall review by United Nations General Assembly of their implementation*

        In force: **Bucharest, 2022**

        Versions: Antalya, 2006 → Busan, 2014 → Dubai, 2018 → **Bucharest, 2022**

        Sources: ITU proposals and resolutions, 2018–2024; [internetdistinction.com](http://internetdistinction.com/wsisimpacts/wsis/plenipotentiary/pp-2014/pp-2014_140/)

        In short for “Resolution 140 (Rev. Bucharest, 2022)”
    "#]],
    );
    let fixture = format!(
        "//- a.resmark\n{}//- b.resmark\n{RESOLUTION_140}",
        text.replace("$0", "").replace("that re", "that re$0")
    );
    check_definition(
        &fixture,
        expect![[r#"
        that resolution → b.resmark: # Resolution 140 (Rev. Bucharest, 2022)
    "#]],
    );
}

#[test]
fn a_range_of_resolutions_lists_them_all() {
    let text = "The General Assembly,\n\n*Recalling* its resolutions 70/124 t$0o 70/126,\n";
    check_hover(
        text,
        expect![[r#"
            [70/124 to 70/126]
            **3 resolutions**

            - General Assembly resolution 70/124
            - General Assembly resolution 70/125: overall review of the implementation of the outcomes of the World Summit on the Information Society
            - General Assembly resolution 70/126: Promoting social integration through social inclusion
        "#]],
    );
    check_definition(
        text,
        expect![[r#"
        70/124 to 70/126 → page UNGA-70/125
        70/124 to 70/126 → page UNGA-70/126
    "#]],
    );
}

#[test]
fn a_provision_says_of_what_it_is() {
    check_hover(
        "---\nprofile: itu\n---\n\na) No. 8$01 of the Convention;\n",
        expect![[r#"
        [No. 81 of the Convention]
        **No. 81 of the Convention**

        Convention of the International Telecommunication Union

        A provision of a treaty. It is not judged as a resolution is.
    "#]],
    );
    let text = "a) article 3$0 of the Convention on the Rights of the Child,\n";
    check_hover(
        text,
        expect![[r#"
            [article 3 of the Convention on the Rights of the Child]
            **article 3 of the Convention on the Rights of the Child**

            Convention on the Rights of the Child

            A provision of a treaty. It is not judged as a resolution is.

            Its text is in General Assembly resolution 44/25 · `UNGA-44/25`
        "#]],
    );
    check_definition(
        text,
        expect![[r#"
        article 3 of the Convention on the Rights of the Child → page UNGA-44/25
    "#]],
    );
}

#[test]
fn a_pin_with_a_clause_shows_and_leads_to_that_clause() {
    let fixture = format!("//- a.resmark\na) [the report](PP-140@2022#resol$0ves-2);\n//- b.resmark\n{RESOLUTION_140}");
    check_hover(
        &fixture,
        expect![[r#"
            [the report]
            **Resolution 140 (Rev. Bucharest, 2022)** · `PP-140@2022`

            Plenipotentiary Conference of the International Telecommunication Union

            *The summit outcomes*

            In force: **Bucharest, 2022**, since 14 October 2022

            Versions: Antalya, 2006 → Busan, 2014 → Dubai, 2018 → **Bucharest, 2022**

            Source: `b.resmark` in this workspace

            Read as PP: named by the pin

            ---

            From `b.resmark`

            > 2\. to report.
            >
        "#]],
    );
    check_definition(
        &fixture,
        expect![[r#"
        the report → b.resmark: 2. to report.
    "#]],
    );
    let words = fixture.replace("$0", "").replace("the rep", "the rep$0");
    check_definition(
        &words,
        expect![[r#"
        the report → b.resmark: 2. to report.
    "#]],
    );
}

#[test]
fn hover_on_words_tells_nothing() {
    check_hover("*recalling*\n\na) the w$0ords,\n", expect![["nothing\n"]]);
}

#[test]
fn hover_on_a_footnote_mark_shows_the_footnote() {
    check_hover(
        "a) the plan[^$01];\n\n[^1]: Adopted in *2003*.\n",
        expect![[r#"
            [[^1]]
            Adopted in 2003."#]],
    );
}

#[test]
fn a_citation_leads_to_the_text_in_the_workspace() {
    check_definition(
        &format!(
            "//- a.resmark\n*recalling*\n\na) Resolution 1$040 (Rev. Bucharest, 2022) of the Plenipotentiary \
             Conference,\n//- b.resmark\n{RESOLUTION_140}"
        ),
        expect![[r#"
            Resolution 140 (Rev. Bucharest, 2022) → b.resmark: # Resolution 140 (Rev. Bucharest, 2022)
        "#]],
    );
}

#[test]
fn a_citation_leads_to_a_page_where_only_the_catalogue_knows() {
    check_definition(
        "*recalling*\n\na) General Assembly resolution 70$0/125,\n",
        expect![[r#"
        resolution 70/125 → page UNGA-70/125
    "#]],
    );
}

#[test]
fn a_proposal_without_the_text_is_no_text() {
    check_definition(
        "//- a.resmark\n*recalling*\n\na) Resolution 1$040 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\n\
         //- b.resmark\nNOC INS/9/1\n\n# Resolution 140 (Rev. Dubai, 2018)\n\nThe Plenipotentiary Conference of the \
         International Telecommunication Union (Bucharest, 2022),\n\nReasons: It serves its purpose.\n",
        expect![[r#"
            Resolution 140 (Rev. Dubai, 2018) → page PP-140@2018
        "#]],
    );
}

#[test]
fn the_examples_lead_where_their_guide_says() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut workspace = Workspace::new(date(2026, 1, 1));
    workspace.load_folder(&examples);
    let snapshot = workspace.snapshot();
    let start = snapshot.file_at(&examples.join("start-here.resmark")).expect("the examples are in the repository");
    let leads_to = |words: &str| {
        let at = start.text().find(words).expect("the example says so") as u32 + 1;
        let [target] = &definition(&snapshot, start.id, at.into())[..] else { panic!("{words} leads to one place") };
        match &target.destination {
            Destination::File { file, selection, .. } => {
                let file = snapshot.file(*file).expect("loaded");
                format!("{}: {}", file.location.name(), file.text()[*selection].lines().next().unwrap_or_default())
            }
            Destination::Page { id, version } => format!("page {}", id.at(version.as_deref())),
        }
    };
    assert_eq!(leads_to("Resolution 140"), "page PP-140@2014");
    assert_eq!(leads_to("Resolution 191"), "wtdc-191.resmark: # Resolution 191 (Kigali, 2022)");
    assert_eq!(
        leads_to("resolves* 4"),
        "start-here.resmark: 4. to invite the operators of such networks to the annual forum of the Sector;"
    );
}

#[test]
fn a_footnote_mark_leads_to_the_footnote() {
    check_definition(
        "a) the plan[^1$0];\n\n[^1]: Adopted in 2003.\n",
        expect![[r#"
            [^1] → main.resmark: [^1]: Adopted in 2003.
        "#]],
    );
}

#[test]
fn a_reference_leads_to_its_clause() {
    check_definition(
        "*recalling*\n\na) one;\nb) two,\n\n*resolves*\n\n1. to act on *recalling* $0b) above.\n",
        expect![[r#"
            b) → main.resmark: b) two,
        "#]],
    );
}

#[test]
fn a_label_and_a_title_lead_to_themselves() {
    check_definition(
        "*recalling*\n\n$0a) one;\n",
        expect![[r#"
        a) → main.resmark: a)
    "#]],
    );
    let fixture = RESOLUTION_140.replace("Resolution 140", "Reso$0lution 140");
    check_definition(
        &fixture,
        expect![[r#"
        # Resolution 140 (Rev. Bucharest, 2022) → main.resmark: # Resolution 140 (Rev. Bucharest, 2022)
    "#]],
    );
    check_definition(&RESOLUTION_140.replace("summit outcomes", "sum$0mit outcomes"), expect![[""]]);
}

#[test]
fn a_pinpoint_leads_to_the_clause_of_the_other_resolution() {
    check_definition(
        &format!(
            "//- a.resmark\n*recalling*\n\na) *res$0olves* 2 of Resolution 140 (Rev. Bucharest, 2022) of the \
             Plenipotentiary Conference,\n//- b.resmark\n{RESOLUTION_140}"
        ),
        expect![[r#"
            *resolves* 2 → b.resmark: 2. to report.
        "#]],
    );
}

#[test]
fn hover_on_a_pinpoint_quotes_the_clause() {
    check_hover(
        &format!(
            "//- a.resmark\n*recalling*\n\na) *res$0olves* 2 of Resolution 140 (Rev. Bucharest, 2022) of the \
             Plenipotentiary Conference,\n//- b.resmark\n{RESOLUTION_140}"
        ),
        expect![[r#"
            [*resolves* 2]
            **Resolution 140 (Rev. Bucharest, 2022)** · `PP-140@2022`

            Plenipotentiary Conference of the International Telecommunication Union

            *The summit outcomes*

            In force: **Bucharest, 2022**, since 14 October 2022

            Versions: Antalya, 2006 → Busan, 2014 → Dubai, 2018 → **Bucharest, 2022**

            Source: `b.resmark` in this workspace

            Read as PP: named beside it

            ---

            From `b.resmark`

            > 2\. to report.
            >
        "#]],
    );
}

#[test]
fn of_two_pinpoints_that_share_a_citation_the_one_at_hand_is_quoted() {
    let text = |first: &str, second: &str| {
        format!(
            "//- a.resmark\n*recalling*\n\na) resolves 1{first} and *recalling* b){second} of Resolution 140 (Rev. \
             Bucharest, 2022) of the Plenipotentiary Conference,\n//- b.resmark\n{RESOLUTION_140}"
        )
    };
    let quoted = |fixture: &str| {
        let (snapshot, file, offset) = workspace(fixture);
        let shown = hover(&snapshot, file, offset).expect("a reference").markdown;
        shown.lines().filter(|line| line.starts_with("> ")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(quoted(&text("$0", "")), "> 1\\. to go on;");
    assert_eq!(quoted(&text("", "$0")), "> b) its outcomes,");
}

#[test]
fn hover_on_a_reference_quotes_the_clause_with_its_sub_clauses() {
    check_hover(
        "*resolves*\n\n1. to act:\n   a) now;\n   b) later;\n2. to go on with *resolves* $01 above.\n",
        expect![[r#"
            [*resolves* 1 above]
            > 1\. to act:
            >
            >  a) now;
            >
            >  b) later;
            >
        "#]],
    );
}

fn check_references(fixture: &str, expected: Expect) {
    let (snapshot, file, offset) = workspace(fixture);
    let mut out = String::new();
    for (file, range) in references(&snapshot, file, offset, true) {
        let file = snapshot.file(file).expect("loaded");
        let line = file.text()[..range.start().into()].matches('\n').count() + 1;
        let _ = writeln!(out, "{}:{line}: {}", file.location.name(), &file.text()[range]);
    }
    expected.assert_eq(&out);
}

#[test]
fn all_references_to_a_clause_are_found_from_its_label() {
    check_references(
        "*recalling*\n\na) one;\n$0b) two,\n\n*resolves*\n\n1. to act on *recalling* b) above;\n\
         2. to weigh *recalling* a) and b) above.\n",
        expect![[r#"
            main.resmark:4: b)
            main.resmark:8: b)
            main.resmark:9: b)
        "#]],
    );
}

#[test]
fn all_citations_of_a_resolution_are_found_from_any() {
    check_references(
        &format!(
            "//- a.resmark\n*recalling*\n\na) Resolution 1$040 (Rev. Dubai, 2018) of the Plenipotentiary \
             Conference,\n//- b.resmark\n{RESOLUTION_140}//- c.resmark\n*notant*\n\na) la Résolution 140 (Rév. \
             Bucarest, 2022) de la Conférence de plénipotentiaires,\n"
        ),
        expect![[r#"
            b.resmark:1: # Resolution 140 (Rev. Bucharest, 2022)
            a.resmark:3: Resolution 140 (Rev. Dubai, 2018)
            c.resmark:3: Résolution 140 (Rév. Bucarest, 2022)
        "#]],
    );
}

#[test]
fn a_clause_is_referred_to_from_other_files() {
    let cited = RESOLUTION_140
        .replace("2. to report", "$02. to report on *resolves* 1")
        .replace("1. to go on", "1. to go on after 2 below");
    let citing = "*recalling*\n\na) resolves 1 and 2 of Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference;\n\
                  b) *resolves* 2 of Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference;\n\
                  c) *resolves* 2 of Resolution 140 of the Plenipotentiary Conference;\n\
                  d) [the report](PP-140@2022#resolves-2);\n";
    let fixture = format!("//- b.resmark\n{cited}//- a.resmark\n{citing}");
    // Of the version of 2018, which the workspace has not, the second clause may be another.
    check_references(
        &fixture,
        expect![[r#"
        b.resmark:14: 2.
        a.resmark:3: 2
        a.resmark:5: 2
        a.resmark:6: the report
    "#]],
    );
    // The same from there.
    let fixture = format!(
        "//- b.resmark\n{}//- a.resmark\n{}",
        cited.replace("$0", ""),
        citing.replacen("1 and 2", "1 and $02", 1)
    );
    check_references(
        &fixture,
        expect![[r#"
        b.resmark:14: 2.
        a.resmark:3: 2
        a.resmark:5: 2
        a.resmark:6: the report
    "#]],
    );
    let (snapshot, file, offset) = workspace(&fixture);
    let without = references(&snapshot, file, offset, false);
    assert_eq!(without.len() + 1, references(&snapshot, file, offset, true).len());
}

#[test]
fn a_pinpoint_of_a_text_that_is_not_there_finds_the_citations() {
    check_references(
        "//- a.resmark\n*recalling*\n\na) *resolves* $02 of Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference;\n",
        expect![[r#"
            a.resmark:3: Resolution 140 (Rev. Dubai, 2018)
        "#]],
    );
}

#[test]
fn a_footnote_finds_its_marks() {
    let text = "a) the plan[^$01];\nb) the list[^1];\n\n[^1]: Adopted in 2003.\n";
    check_references(
        text,
        expect![[r#"
            main.resmark:4: [^1]
            main.resmark:1: [^1]
            main.resmark:2: [^1]
        "#]],
    );
    check_references(
        &text.replace("$0", "").replace("[^1]:", "[^$01]:"),
        expect![[r#"
            main.resmark:4: [^1]
            main.resmark:1: [^1]
            main.resmark:2: [^1]
        "#]],
    );
}

/// The text after the first action whose title begins so, in every file that it changes.
fn check_action(fixture: &str, kind: ActionKind, expected: Expect) {
    let (snapshot, file, offset) = workspace(fixture);
    let actions = actions(&snapshot, file, TextRange::empty(offset), Detail::Whole, |wanted| wanted == kind);
    let mut out = String::new();
    for action in &actions {
        let _ = writeln!(out, "{}{}", action.title, if action.preferred { " (preferred)" } else { "" });
    }
    for (file, edits) in actions.first().into_iter().flat_map(|action| &action.edits) {
        let file = snapshot.file(*file).expect("loaded");
        let text = TextEdit::apply_all(file.text(), edits).expect("edits that do not overlap");
        let _ = write!(out, "--- {}\n{text}", file.location.name());
    }
    expected.assert_eq(&out);
}

#[test]
fn a_gap_is_renumbered_with_its_references() {
    check_action(
        "*resolves*\n\n1. to act;\n$03. to report on *resolves* 1 above;\n4. to repeat *resolves* 3 above.\n",
        ActionKind::QuickFix,
        expect![[r#"
            Renumber this list and the references to it (preferred)
            Excuse this here: allow numbering/gap
            --- main.resmark
            *resolves*

            1. to act;
            2. to report on *resolves* 1 above;
            3. to repeat *resolves* 2 above.
        "#]],
    );
}

#[test]
fn renumbering_reaches_the_files_that_cite_the_clause() {
    check_action(
        &format!(
            "//- b.resmark\n{}//- a.resmark\n*recalling*\n\na) *resolves* 3 of Resolution 140 (Rev. Bucharest, 2022) \
             of the Plenipotentiary Conference,\n",
            RESOLUTION_140.replace("2. to report", "3. to re$0port")
        ),
        ActionKind::RenumberList,
        expect![[r#"
            Renumber this list
            --- b.resmark
            # Resolution 140 (Rev. Bucharest, 2022)
            ## The summit outcomes

            The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),

            *recalling*

            a) the summit;
            b) its outcomes,

            *resolves*

            1. to go on;
            2. to report.
            --- a.resmark
            *recalling*

            a) *resolves* 2 of Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference,
        "#]],
    );
}

#[test]
fn renumbering_a_tracked_proposal_is_tracked() {
    check_action(
        "MOD A/1\n\n# Resolution 1 (Rev. Dubai, 2018)\n\n*resolves*\n\n1. to act;\n{++2. to insert;++}\n\
         $02. to report on *resolves* 2 above.\n",
        ActionKind::RenumberDocument,
        expect![[r#"
            Renumber the whole document
            --- main.resmark
            MOD A/1

            # Resolution 1 (Rev. Dubai, 2018)

            *resolves*

            1. to act;
            {++2. to insert;++}
            {~~2~>3~~}. to report on *resolves* {~~2~>3~~} above.
        "#]],
    );
}

#[test]
fn what_is_in_order_offers_no_renumbering() {
    check_action("*resolves*\n\n1. to $0act;\n2. to report.\n", ActionKind::RenumberDocument, expect![[""]]);
}

#[test]
fn an_outdated_citation_is_brought_to_the_version_in_force() {
    check_action(
        "*recalling*\n\na) Resolution 14$00 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\n",
        ActionKind::QuickFix,
        expect![[r#"
            Cite (Rev. Bucharest, 2022) (preferred)
            Pin this citation: the old text is meant
            Excuse this here: allow citation/outdated
            --- main.resmark
            *recalling*

            a) Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference,
        "#]],
    );
}

/// The outline, a line for each entry: its kind, its name, and behind a bar its details; `-` where it is deleted.
fn check_outline(text: &str, expected: Expect) {
    fn write(out: &mut String, symbols: &[Symbol], depth: usize) {
        for symbol in symbols {
            let detail = if symbol.detail.is_empty() { String::new() } else { format!(" | {}", symbol.detail) };
            let deleted = if symbol.deleted { "-" } else { "" };
            let _ = writeln!(out, "{}{deleted}{:?} {}{detail}", "  ".repeat(depth), symbol.kind, symbol.name);
            write(out, &symbol.children, depth + 1);
        }
    }
    let (snapshot, file, _) = workspace(text);
    let mut out = String::new();
    write(&mut out, &symbols(&snapshot, file), 0);
    expected.assert_eq(&out);
}

#[test]
fn the_outline_nests_clauses_sections_and_divisions() {
    check_outline(
        "MOD A/1\n\n# Resolution 1\n## On texts\n\nThe Conference,\n\n*resolves*\n\n1. to act:\n   a) now;\n   b) later;\n\
         2. to wait.\n\n### Annex\n\n*Aims*\n\na) one.\n",
        expect![[r#"
            Resolution Resolution 1 | A/1 · On texts
              Section resolves
                Clause 1. to act:
                  Clause a) now;
                  Clause b) later;
                Clause 2. to wait.
              Division Annex
                Section Aims
                  Clause a) one.
        "#]],
    );
}

#[test]
fn the_outline_says_what_stands_below_a_heading_without_clauses() {
    check_outline(
        "# Resolution 1\n\n*invites Member States*\n\nto lend their benches.\n\n### Annex 1\nBenches to lend\n\n1. One of \
         oak.\n\n### Annex 2\n\nWhere they stand\n",
        expect![[r#"
            Resolution Resolution 1
              Section invites Member States | to lend their benches.
              Division Annex 1 | Benches to lend
                Clause 1. One of oak.
              Division Annex 2 | Where they stand
        "#]],
    );
}

#[test]
fn the_outline_says_what_tracked_changes_do() {
    check_outline(
        "*resolves*\n\n1. to stay;\n{--2. to sit;--}\n{++2. to stand;++}\n{~~3~>4~~}. to go;\n5. to {++never ++}come.\n\n\
         {++*invites*++}\n\n{++all.++}\n",
        expect![[r#"
            Section resolves
              Clause 1. to stay;
              -Clause 2. to sit; | deleted
              Clause 2. to stand; | inserted
              Clause 4. to go; | changed
              Clause 5. to never come. | changed
            Section invites | inserted · all.
        "#]],
    );
}

#[test]
fn the_outline_of_other_houses_and_scripts() {
    check_outline(
        "# Resolution 80/1\n\nThe General Assembly,\n\n*Recalling* its resolution 70/1,\n\n1. *Decides* to go on;\n\n\
         (a) on foot;\n\n2. *Requests* more.\n",
        expect![[r#"
            Resolution Resolution 80/1
              Clause Recalling its resolution 70/1,
              Clause 1. Decides to go on;
              Clause (a) on foot;
              Clause 2. Requests more.
        "#]],
    );
    check_outline(
        "# 第1号决议（2022年，布加勒斯特）\n## 长椅\n\n*做出决议，责成秘书长*\n\n1.\t修理长椅；\n2.\t报告。\n",
        expect![[r#"
            Resolution 第1号决议（2022年，布加勒斯特） | 长椅
              Section 做出决议，责成秘书长
                Clause 1. 修理长椅；
                Clause 2. 报告。
        "#]],
    );
    check_outline(
        "# القرار 1 (كيغالي، 2022)\n\n*يقرر*\n\n1. أن يُصلح؛\nأ) المقاعد؛\n",
        expect![[r#"
        Resolution القرار 1 (كيغالي، 2022)
          Section يقرر
            Clause 1. أن يُصلح؛
            Clause أ)‎ المقاعد؛
    "#]],
    );
}

#[test]
fn labels_verbs_and_changes_are_told_apart() {
    let (snapshot, file, _) = workspace("*resolves*\n\n{~~1~>2~~}. to {++now ++}act;\n");
    let text = snapshot.file(file).expect("loaded").text();
    let mut out = String::new();
    for token in tokens(&snapshot, file) {
        let _ = writeln!(out, "{:?} {} +{} -{}", token.kind, &text[token.range], token.inserted, token.deleted);
    }
    expect![[r#"
        Verb resolves +false -false
        Label {~~ +false -false
        Label 1 +false -true
        Label ~> +false -false
        Label 2 +true -false
        Label ~~}. +false -false
        Inserted now  +true -false
    "#]]
    .assert_eq(&out);
}
