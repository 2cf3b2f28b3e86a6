//! What becomes of a text.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::outline::{Block, Kind};
use super::*;
use crate::syntax::ParagraphKind;

fn check(text: &str, expected: Expect) {
    let imported = import(text, &Options::default());
    expected.assert_eq(&imported.text);
    assert_eq!(import(&imported.text, &Options::default()).text, imported.text, "a second import changes something");
}

#[test]
fn a_resolution_from_a_word_processor() {
    check(
        "RESOLUTION 999 (REV. DUBAI, 2018)\n\
         Use of plain text\n\
         in drafting\n\
         The Plenipotentiary Conference (Dubai, 2018),\n\
         recalling\n\
         a)\tResolution 140 (Rev. Dubai, 2018) of this conference;\n\
         b)\tthe work done so far,\n\
         resolves to instruct the Secretary-General\n\
         1\tto report each year, covering:\n\
         i)\tprogress;\n\
         ii)\tcosts;\n\
         2\tto publish the report,\n\
         invites Member States\n\
         to contribute.\n",
        expect![[r#"
            # RESOLUTION 999 (REV. DUBAI, 2018)
            ## Use of plain text in drafting

            The Plenipotentiary Conference (Dubai, 2018),

            *recalling*

            a) Resolution 140 (Rev. Dubai, 2018) of this conference;
            b) the work done so far,

            *resolves to instruct the Secretary-General*

            1. to report each year, covering:
               i) progress;
               ii) costs;
            2. to publish the report,

            *invites Member States*

            to contribute.
        "#]],
    );
}

#[test]
fn markdown_of_a_converter() {
    check(
        "## 第999号决议（2022年，基加利，修订版）\n\n### 关于纯文本 的决议\n\n世界电信发展大会（2022年，基加利），\n\n**忆及**\n\n\
         - a) 第30号决议；\n- b) 其他决议，\n\n*注意到*\n\n*a)* 发展中国家<sup>1</sup>的需要；\n\n---\n\n<sup>1</sup> 包括小岛屿国家。\n\n\
         *b)* 进展，\n\n做出决议，责成主任\n\n- 1 报告；\n- 2 公布。\n",
        expect![[r#"
            # 第999号决议（2022年，基加利，修订版）
            ## 关于纯文本的决议

            世界电信发展大会（2022年，基加利），

            *忆及*

            a) 第30号决议；
            b) 其他决议，

            *注意到*

            a) 发展中国家[^1]的需要；
            b) 进展，

            [^1]: 包括小岛屿国家。

            *做出决议，责成主任*

            1. 报告；
            2. 公布。
        "#]],
    );
}

#[test]
fn several_proposals_with_covers_reasons_and_footnotes() {
    check(
        "Proposals for the conference\nMOD\tABC/1/1\n[bookmark: _Toc1]RESOLUTION 7 (Rev. Busan, 2014)\nOn tabs\n\
         The Plenipotentiary Conference (Busan, 2014),\nresolves\nto keep tabs[footnoteRef:1]1, [1: 1\tOf any width.] \n\
         instructs the Council\nto count them.\nReasons:\tTabs are few.\n* * * * *\nSUP\tABC/1/2\nRESOLUTION 8 (Busan, 2014)\nOn spaces\nReasons:\tDone.\n",
        expect![[r#"
            Proposals for the conference

            MOD ABC/1/1

            # RESOLUTION 7 (Rev. Busan, 2014)
            ## On tabs

            The Plenipotentiary Conference (Busan, 2014),

            *resolves*

            to keep tabs[^1],

            [^1]: Of any width.

            *instructs the Council*

            to count them.

            Reasons: Tabs are few.

            ---

            SUP ABC/1/2

            # RESOLUTION 8 (Busan, 2014)
            ## On spaces

            Reasons: Done.
        "#]],
    );
}

#[test]
fn united_nations_style() {
    check(
        "Resolution adopted by the General Assembly on 1 May 2020\n74/999.\tPlain text\nThe General Assembly,\n\
         Recalling its resolution 70/1 of 25 September 2015,\nRecalling also its resolution 70/125,\n\
         1.\tCalls for plain text;\n2.\tDecides:\n(a)\tTo write;\n(b)\tTo read.\n",
        expect![[r#"
            Resolution adopted by the General Assembly on 1 May 2020

            # 74/999.
            ## Plain text

            The General Assembly,

            *Recalling* its resolution 70/1 of 25 September 2015,

            *Recalling also* its resolution 70/125,

            1. *Calls for* plain text;
            2. *Decides*:
               (a) To write;
               (b) To read.
        "#]],
    );
}

#[test]
fn united_nations_lists_stand_in_their_clause() {
    let text = "70/179.\tOn lists\nThe General Assembly,\nReaffirming that the Plan was developed:\n(a)\tTo promote;\n\
                (b)\tTo help,\nRecalling its resolutions,\n1.\tUrges all States:\n(a)\tTo act;\n(b)\tTo report;\n2.\tDecides to stop.\n";
    check(
        text,
        expect![[r#"
            # 70/179.
            ## On lists

            The General Assembly,

            *Reaffirming* that the Plan was developed:

               (a) To promote;
               (b) To help,

            *Recalling* its resolutions,

            1. *Urges* all States:
               (a) To act;
               (b) To report;
            2. *Decides* to stop.
        "#]],
    );
    let (blocks, _) = blocks(text, Format::Guess);
    let (result, _) = write::write(&blocks);
    assert_eq!(read(&result), written(&blocks));
}

#[test]
fn a_proposal_whose_changes_ran_together() {
    check(
        "MOD\tABC/1/1\nRESOLUTION 140 (REV. BUSAN, 2014DUBAI, 2018)\nOn changes\n\
         The Plenipotentiary Conference (Busan, 2014Dubai, 2018),\nrecalling\na)\tthe first report;\nb)\tthe second report;\n\
         cb)\tthe third report;\ndc)\tthe last report,\nresolves\n1\tto go on;\n2\tto begin;\n23\tto report:\ni)\tonce;\nii)\ttwice.\n",
        expect![[r#"
            MOD ABC/1/1

            # RESOLUTION 140 (REV. {~~BUSAN, 2014~>DUBAI, 2018~~})
            ## On changes

            The Plenipotentiary Conference ({~~Busan, 2014~>Dubai, 2018~~}),

            *recalling*

            a) the first report;
            {--b) the second report;--}
            {~~c~>b~~}) the third report;
            {~~d~>c~~}) the last report,

            *resolves*

            1. to go on;
            {++2. to begin;++}
            {~~2~>3~~}. to report:
               i) once;
               ii) twice.
        "#]],
    );
}

#[test]
fn a_list_with_two_readings_stays_as_it_is() {
    let text = "RESOLUTION 140 (DUBAI, 2018)\nOn changes\nThe Plenipotentiary Conference (Dubai, 2018),\nrecalling\n\
                a)\tone\nba)\ttwo\ncb)\tthree\nc)\tfour\nd)\tfive\n";
    let imported = import(text, &Options::default());
    assert!(imported.text.contains("ba) two") && !imported.text.contains("{~~"));
    assert_eq!(imported.notes.len(), 1);
    assert_eq!(imported.notes[0].line, 6);
}

#[test]
fn a_heading_run_into_the_line_before_it() {
    check(
        "RESOLUTION 9 (Dubai, 2018)\nOn lines\nThe Plenipotentiary Conference (Dubai, 2018),\nnoting\n\
         a) the lines;\nb)\tthe columns, considering their number, instructs the Director\n1\tto count;\n2\tto sum up.\n",
        expect![[r#"
            # RESOLUTION 9 (Dubai, 2018)
            ## On lines

            The Plenipotentiary Conference (Dubai, 2018),

            *noting*

            a) the lines;
            b) the columns, considering their number,

            *instructs the Director*

            1. to count;
            2. to sum up.
        "#]],
    );
}

#[test]
fn lines_broken_at_a_width_are_joined() {
    check(
        "RESOLUTION 9 (Dubai, 2018)\n\nOn lines\n\nThe Plenipotentiary Conference (Dubai, 2018),\n\nnoting\n\n\
         a) that the lines of this text are broken at a width that nobody\n   chose, and that they are to be joined again before anyone reads\n   them;\n\
         b) that a second clause follows at once, and is no part of the first\n   one,\n\nresolves\n\nto join the lines of this text again, wherever they were broken, so\nthat it can be read.\n",
        expect![[r#"
            # RESOLUTION 9 (Dubai, 2018)
            ## On lines

            The Plenipotentiary Conference (Dubai, 2018),

            *noting*

            a) that the lines of this text are broken at a width that nobody chose, and that they are to be joined again before anyone reads them;
            b) that a second clause follows at once, and is no part of the first one,

            *resolves*

            to join the lines of this text again, wherever they were broken, so that it can be read.
        "#]],
    );
}

#[test]
fn what_looks_like_markup_is_not_made_markup() {
    check(
        "The price is 3 * 4 * 5 {++ and more.\nSee [Annex](1) and [brackets].\n",
        expect![[r#"
            The price is 3 \* 4 \* 5 \{++ and more.

            See [Annex]\(1) and [brackets].
        "#]],
    );
}

#[test]
fn byte_order_marks_line_ends_and_controls() {
    let imported = import("\u{feff}a)\tone;\r\nb)\ttwo\0.\r\n", &Options::default());
    assert_eq!(imported.text, "a) one;\nb) two.\n");
    assert_eq!(imported.dropped.len(), 2);
    assert_eq!(imported.dropped[1].line, 2);
}

#[test]
fn nothing_comes_of_nothing() {
    for text in ["", "\n", " \t\n\n"] {
        assert_eq!(import(text, &Options::default()), Imported::default(), "{text:?}");
    }
}

#[test]
fn resmark_stays_as_it_is() {
    let text = "MOD EUR/1/1\n\n# Resolution 1 (Dubai, 2018)\n## On *nothing*\n\nThe Council,\n\n*recalling*\n\na)\tone;\n  i) two;\n\n\
                {++b) three++}\n\n1\tfour\n* * *\n";
    assert_eq!(import(text, &Options::default()).text, text);
}

#[test]
fn entities_and_tags() {
    let imported = import("<p>WSIS&amp;SDG <b>of</b> &lt;ITU&gt;<br/></p>\n", &Options::default());
    assert_eq!(imported.text, "WSIS&SDG of <ITU>\n");
    assert!(imported.dropped.iter().any(|dropped| dropped.what == Marker::Entity && dropped.text == "&amp;"));
}

/// What the parser reads in the result, a line for each paragraph.
fn read(text: &str) -> Vec<String> {
    let document = crate::syntax::lower(text, &crate::syntax::parse(text));
    assert_eq!(document.problems, [], "{text}");
    let of = |label: &crate::syntax::LabelText| {
        let side = |text: &Option<String>| text.clone().unwrap_or_default();
        format!("{}>{}", side(&label.text.in_force), side(&label.text.amended))
    };
    document
        .paragraphs
        .iter()
        .map(|paragraph| match paragraph.kind {
            ParagraphKind::Clause | ParagraphKind::Text => {
                format!("Text {} {}", paragraph.level, paragraph.label.as_ref().map(of).unwrap_or_default())
            }
            kind => format!("{kind:?}"),
        })
        .collect()
}

/// What was written, in the same form.
fn written(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .filter_map(|block| {
            let label = block.label.as_ref().map(|label| format!("{0}>{0}", label.text()));
            Some(match &block.kind {
                Kind::Proposal | Kind::Break => return None,
                Kind::Title => "Title".to_owned(),
                Kind::Subject => "Subject".to_owned(),
                Kind::Division => "DivisionHeading".to_owned(),
                Kind::Heading => "SectionHeading".to_owned(),
                Kind::Reasons => "Reasons".to_owned(),
                Kind::Footnote(_) => "Footnote".to_owned(),
                Kind::Paragraph => format!("Text {} {}", block.level, label.unwrap_or_default()),
            })
        })
        .collect()
}

#[test]
fn a_line_of_dashes_with_a_note_is_no_break() {
    for line in ["[^1]---", "---[^1]", "***[^note]"] {
        for format in [Format::Guess, Format::Plain, Format::Markdown] {
            let imported = import(&format!("{line}\n# R"), &Options { format });
            let name = line.trim_matches(['-', '*']);
            assert!(imported.text.contains(name), "{line} as {format:?}: {}", imported.text);
        }
    }
}

fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// Lines such as stand in real texts, in any order.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "RESOLUTION 7 (Rev. Busan, 2014)",
            "第7号决议（2014年，釜山，修订版）",
            "MOD\tABC/1/1",
            "recalling",
            "忆及",
            "做出决议，责成秘书长",
            "The Plenipotentiary Conference (Busan, 2014),",
            "a)\tone;",
            "b)\ttwo,",
            "hg)\tthree；，",
            "35\tfour;",
            "1\tfive",
            "2 six;",
            "- a) seven",
            "*i)* eight",
            "i)\tnine; ii) ten",
            "–\televen",
            "附件",
            "Reasons:\ttwelve",
            "---",
            "* * *",
            "",
            "",
            "## Heading",
            "# Title",
            "text *emphasis* **strong**",
            "noting this, instructs the Director",
            "[bookmark: x]y",
            "z[footnoteRef:1]1 w [1: 1\tnote]",
            "<sup>1</sup> below",
            "p<sup>1</sup>",
            "{++open",
            "{--a--}{~~b~>c~~}",
            "Recalling its resolution,",
            "1.\tDecides to do;",
            "(a)\tthat;",
            "\tindented",
            "   deeper",
            "[^1]: note",
            "q[^1]",
            "74/1.\tSubject",
            "===",
            "\\* \\a",
            "70/1&amp;c",
        ])
        .prop_map(str::to_owned),
        "[ \\t]{0,4}[-*_#a-c1-3(){}+~>|\\[\\].\\\\ ,;、，；决议a-e]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_letter_is_lost(lines in prop::collection::vec(line(), 0..14)) {
        let text = lines.join("\n");
        let imported = import(&text, &Options::default());
        let mut result = imported.text.clone();
        imported.dropped.iter().for_each(|dropped| result.push_str(&dropped.text));
        let (mut have, want) = (letters(&result), letters(&text));
        // The names of footnotes are new letters: the rest must be there.
        for letter in want {
            let at = have.iter().position(|other| *other == letter);
            prop_assert!(at.is_some(), "{letter:?} of {text:?} is not in {:?}", imported.text);
            have.remove(at.unwrap_or_default());
        }
    }

    #[test]
    fn a_second_import_changes_nothing(lines in prop::collection::vec(line(), 0..14)) {
        // A text with a title and a heading shows that it is Resmark.
        let text = format!("RESOLUTION 8 (Busan, 2014)\nOn nothing\nThe Council,\n*recalling*\na) one;\n{}", lines.join("\n"));
        let once = import(&text, &Options::default()).text;
        let twice = import(&once, &Options::default()).text;
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn the_parser_reads_what_was_meant(lines in prop::collection::vec(line(), 0..14)) {
        let text = lines.join("\n");
        let (blocks, _) = blocks(&text, Format::Guess);
        let (result, _) = write::write(&blocks);
        prop_assert_eq!(read(&result), written(&blocks), "{}", result);
    }

    #[test]
    fn no_text_makes_it_stumble(text in "(\\PC|[\\n\\t\\r\\x00\\x0b\\x0c]){0,80}") {
        let _ = import(&text, &Options::default());
    }
}
