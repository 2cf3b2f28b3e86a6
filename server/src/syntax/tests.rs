//! What a text is read as. Each test shows a text and the outline that it gives.

use std::fmt::Write;

use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&outline(text));
}

/// One line for each paragraph: kind, level, label and words; where the readings differ, both.
fn outline(text: &str) -> String {
    let document = lower(text, &parse(text));
    let mut out = String::new();
    for entry in &document.metadata {
        let _ = writeln!(out, "metadata {}={}", entry.key, entry.value);
    }
    let mut resolution = None;
    for (index, paragraph) in document.iter() {
        if resolution != Some(paragraph.resolution) {
            resolution = Some(paragraph.resolution);
            let resolution = document.resolution(paragraph.resolution);
            let proposal = resolution.proposal.as_ref().map(|p| format!(" {:?} {}", p.kind, p.number));
            let _ = writeln!(out, "resolution{}", proposal.unwrap_or_default());
        }
        let enacting = document.resolution(paragraph.resolution).enacting == Some(index);
        let _ = write!(out, "{}{:?}", "  ".repeat(paragraph.level as usize + 1), paragraph.kind);
        if enacting {
            out.push_str(" enacting");
        }
        if let Some(label) = &paragraph.label {
            match (&label.text.in_force, &label.text.amended) {
                (old, new) if old == new => {
                    let _ = write!(out, " <{}>", new.as_deref().unwrap_or(""));
                }
                (old, new) => {
                    let _ = write!(out, " <{}→{}>", old.as_deref().unwrap_or(""), new.as_deref().unwrap_or(""));
                }
            }
        }
        if let Some(name) = &paragraph.footnote {
            let _ = write!(out, " ^{name}");
        }
        let Sides { in_force, amended } = &paragraph.views;
        if in_force.text == amended.text {
            let _ = write!(out, " “{}”", amended.text);
        } else {
            let _ = write!(out, " “{}” → “{}”", in_force.text, amended.text);
        }
        for mark in &amended.marks {
            let range: std::ops::Range<usize> = mark.range.into();
            let target = if mark.target.is_empty() { String::new() } else { format!(" {}", mark.target) };
            let _ = write!(out, " {:?}({}{target})", mark.kind, &amended.text[range]);
        }
        out.push('\n');
    }
    for problem in &document.problems {
        let _ = writeln!(out, "problem {:?} at {:?}", problem.kind, problem.range);
    }
    out
}

#[test]
fn a_whole_resolution() {
    check(
        "---\nbody: PP\nlanguage: en\n---\n\nMOD EUR/48A1/9\n\n# Resolution 140 (Rev. Dubai, 2018)\n## The Union's role\n\n\
         The Plenipotentiary Conference (Dubai, 2018),\n\n*recalling*\n\na) the first;\nb) the second,\n\n*resolves*\n\n\
         1. to act:\n   a) at once;\n   b) later.\n\nReasons: none.\n\n### Annex 1\nTerms of reference\n",
        expect![[r#"
            metadata body=PP
            metadata language=en
            resolution Modify EUR/48A1/9
              Title “Resolution 140 (Rev. Dubai, 2018)”
              Subject “The Union's role”
              Text enacting “The Plenipotentiary Conference (Dubai, 2018),”
              SectionHeading “recalling” Emphasis(recalling)
              Clause <a)> “the first;”
              Clause <b)> “the second,”
              SectionHeading “resolves” Emphasis(resolves)
              Clause <1.> “to act:”
                Clause <a)> “at once;”
                Clause <b)> “later.”
              Reasons “Reasons: none.”
              DivisionHeading “Annex 1”
              Text “Terms of reference”
        "#]],
    );
}

#[test]
fn changes_give_two_readings() {
    check(
        "a) resolution {~~68/302~>70/125~~} of the{++ General++} Assembly{-- again--}{>>why?<<};\n",
        expect![[r#"
            resolution
              Clause <a)> “resolution 68/302 of the Assembly again;” → “resolution 70/125 of the General Assembly;”
        "#]],
    );
}

#[test]
fn labels_are_tracked() {
    check(
        "{~~c~>d~~}) one;\n{++e)++} two;\n1{++bis++}. three;\n{++f) four;++}\n{--g) five;--}\n",
        expect![[r#"
            resolution
              Clause <c)→d)> “one;”
              Clause <→e)> “two;”
              Clause <1.→1bis.> “three;”
              Clause <→f)> “” → “four;”
              Clause <g)→> “five;” → “”
        "#]],
    );
}

#[test]
fn a_soft_line_break_is_a_space_but_in_chinese() {
    check(
        "first line\nsecond line\n\n第一行\n第二行\n",
        expect![[r#"
            resolution
              Text enacting “first line second line”
              Text “第一行第二行”
        "#]],
    );
}

#[test]
fn marks_carry_their_places() {
    check(
        "a) *recalling* b) above, [the resources] and [Resolution 169](=)[^1] \\* more;\n\n[^1]: Adopted in 2003.\n",
        expect![[r#"
            resolution
              Clause <a)> “recalling b) above, [the resources] and Resolution 169 * more;” Emphasis(recalling) Bracketed([the resources]) Pinned(Resolution 169 =) Footnote( 1)
              Footnote ^1 “Adopted in 2003.”
        "#]],
    );
}

#[test]
fn an_unclosed_change_is_text_and_a_problem() {
    check(
        "a) open {++ change\n\nb) next\n",
        expect![[r#"
            resolution
              Clause <a)> “open {++ change”
              Clause <b)> “next”
            problem UnclosedChange at 8..11
        "#]],
    );
}

#[test]
fn metadata_that_never_ends_is_a_problem() {
    assert_eq!(
        lower("---\nbody: PP\n\ntext\n", &parse("---\nbody: PP\n\ntext\n")).problems,
        [SyntaxProblem { kind: SyntaxProblemKind::UnclosedMetadata, range: TextRange::new(0.into(), 3.into()) }]
    );
}

#[test]
fn ranges_are_of_the_words_alone() {
    let text = "*resolves*\n\n1. to act:\n\n   a) at once;  \n";
    let document = lower(text, &parse(text));
    let ranges: Vec<&str> = document.paragraphs.iter().map(|paragraph| &text[paragraph.range]).collect();
    assert_eq!(ranges, ["*resolves*", "1. to act:", "a) at once;"]);
    let bodies: Vec<&str> = document.paragraphs.iter().map(|paragraph| &text[paragraph.body]).collect();
    assert_eq!(bodies, ["*resolves*", "to act:", "at once;"]);
}

#[test]
fn text_in_front_of_the_first_mark_is_a_resolution_of_its_own() {
    check(
        "Cover page\n\nMOD A/1\n# Resolution 1\n\nMOD A/2\n# Resolution 2\n\na) text.\n",
        expect![[r#"
            resolution
              Text enacting “Cover page”
            resolution Modify A/1
              Title “Resolution 1”
            resolution Modify A/2
              Title “Resolution 2”
              Clause <a)> “text.”
        "#]],
    );
}
