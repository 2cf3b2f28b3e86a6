//! What the fixes on final texts, proposals and footnotes leave.

use expect_test::{Expect, expect};

use super::Remedy;
use super::testing::{findings, findings_with};
use crate::config::Config;
use crate::syntax::TextEdit;

/// The text after the fix of this title of the first finding.
fn check(rule: &str, title: &str, text: &str, expected: Expect) {
    let fix = findings(rule, text).into_iter().flat_map(|finding| finding.fixes).find(|fix| fix.title == title);
    let edits = match fix.map(|fix| fix.remedy) {
        Some(Remedy::Edits(edits)) => edits,
        _ => panic!("{rule} offers no “{title}”"),
    };
    expected.assert_eq(&TextEdit::apply_all(text, &edits).expect("edits do not overlap"));
}

const FINAL: &str = "---\nfinal: yes\n---\n\n# Resolution 9 (Lima, 2024)\n\n*resolves*\n\n\
                     1. to paint {++[all] ++}benches{>>why?<<};\n{++2. to count them;++}\n3. to mend {--old --}them.\n";

#[test]
fn a_workspace_may_be_final() {
    let config = Config { is_final: true, ..Config::default() };
    let draft = FINAL.replace("final: yes", "final: no");
    for rule in ["drafting/brackets", "drafting/comment", "drafting/tracked-change"] {
        assert_eq!(findings_with(&config, rule, FINAL).len(), 1, "{rule}");
        assert_eq!(findings_with(&config, rule, &FINAL.replace("final: yes", "language: en")).len(), 1, "{rule}");
        // What a file says of itself wins.
        assert_eq!(findings_with(&config, rule, &draft), [], "{rule}");
        assert_eq!(findings(rule, &draft), [], "{rule}");
    }
}

#[test]
fn a_final_text_is_settled() {
    check(
        "drafting/tracked-change",
        "Accept all changes of this resolution",
        FINAL,
        expect![[r#"
        ---
        final: yes
        ---

        # Resolution 9 (Lima, 2024)

        *resolves*

        1. to paint [all] benches{>>why?<<};
        2. to count them;
        3. to mend them.
    "#]],
    );
    check(
        "drafting/tracked-change",
        "Reject all changes of this resolution",
        FINAL,
        expect![[r#"
        ---
        final: yes
        ---

        # Resolution 9 (Lima, 2024)

        *resolves*

        1. to paint benches{>>why?<<};
        3. to mend old them.
    "#]],
    );
}

#[test]
fn a_comment_goes_and_brackets_open() {
    let text = "---\nfinal: yes\n---\n\n1. to paint{>>why?<<} [all [old] benches];\n";
    check(
        "drafting/comment",
        "Remove the comment",
        text,
        expect![[r#"
        ---
        final: yes
        ---

        1. to paint [all [old] benches];
    "#]],
    );
    check(
        "drafting/brackets",
        "Keep the words without the brackets",
        text,
        expect![[r#"
        ---
        final: yes
        ---

        1. to paint{>>why?<<} all [old] benches;
    "#]],
    );
    assert_eq!(findings("drafting/brackets", text).len(), 1);
}

#[test]
fn a_new_text_is_accepted_without_asking() {
    let text = "ADD A/1\n\n# Resolution 9 (Lima, 2024)\n\n{++*resolves*++}\n\n{++to paint.++}\n\nReasons: Rust.\n";
    let found = findings("proposal/add-changes", text);
    assert!(found.iter().flat_map(|finding| &finding.fixes).all(|fix| fix.certain));
    check(
        "proposal/add-changes",
        "Accept all changes of this resolution",
        text,
        expect![[r#"
        ADD A/1

        # Resolution 9 (Lima, 2024)

        *resolves*

        to paint.

        Reasons: Rust.
    "#]],
    );
}

#[test]
fn a_proposal_gets_another_mark() {
    let text = "(NOC)* A/1\n\n# Resolution 9 (Lima, 2024)\n\n*resolves*\n\nto paint{++ all++}.\n";
    check(
        "proposal/noc-changes",
        "Propose an amendment: MOD",
        text,
        expect![[r#"
        (MOD)* A/1

        # Resolution 9 (Lima, 2024)

        *resolves*

        to paint{++ all++}.
    "#]],
    );
    let text = "MOD A/1\n\n# Resolution 9 (Lima, 2024)\n\n*resolves*\n\nto paint.\n";
    check(
        "proposal/mod-unchanged",
        "Propose no change: NOC",
        text,
        expect![[r#"
        NOC A/1

        # Resolution 9 (Lima, 2024)

        *resolves*

        to paint.
    "#]],
    );
}

#[test]
fn a_proposal_that_is_only_begun_is_not_unchanged() {
    assert_eq!(findings("proposal/mod-unchanged", "MOD A/1\n\n# Resolution 9 (Lima, 2024)\n"), []);
    assert_eq!(findings("proposal/reasons", "MOD A/1\n"), []);
}

#[test]
fn what_was_printed_into_the_text_is_found_elsewhere() {
    let text =
        "MOD A/1\n\n# 第9号决议（2024年，利马）\n\n*忆及*\n\n第140号决议（2014年，釜山2018年，迪拜，修订版），\n";
    assert_eq!(findings("citation/flattened", text).len(), 1);
    assert_eq!(findings("proposal/mod-unchanged", text), []);
}

#[test]
fn an_abrogated_text_goes() {
    let text = "SUP A/1\n\n# Resolution 9 (Lima, 2024)\n## Benches\n\nThe Council,\n\n*resolves*\n\nto paint.\n\nReasons: Rust.\n\nNOC A/2\n";
    check(
        "proposal/sup-text",
        "Remove the text, keep title and reasons",
        text,
        expect![[r#"
        SUP A/1

        # Resolution 9 (Lima, 2024)
        ## Benches

        Reasons: Rust.

        NOC A/2
    "#]],
    );
}

#[test]
fn reasons_are_begun_in_the_language_of_the_text() {
    for (verb, title, word) in [
        ("*resolves*\n\nto paint the benches.", "Add “Reasons:” below the text", "Reasons: "),
        ("*décide*\n\nde peindre les bancs.", "Add “Motifs :” below the text", "Motifs : "),
        ("*resuelve*\n\npintar los bancos del parque.", "Add “Motivos:” below the text", "Motivos: "),
        ("*решает*\n\nкрасить скамейки.", "Add “Основания:” below the text", "Основания: "),
        ("*做出决议*\n\n油漆长椅。", "Add “理由：” below the text", "理由："),
        ("*يقرر*\n\nطلاء المقاعد.", "Add “الأسباب:” below the text", "الأسباب: "),
    ] {
        let text = format!("ADD A/1\n\n{verb}\n\n[^1]: 1\n\nNOC A/2\n");
        let finding = findings("proposal/reasons", &text).pop().expect("no reasons are given");
        let fix = finding.fixes.into_iter().find(|fix| fix.title == title).expect("reasons can be added");
        let Remedy::Edits(edits) = fix.remedy else { panic!("words are added") };
        let fixed = TextEdit::apply_all(&text, &edits).expect("one edit");
        assert_eq!(fixed, text.replace("\n\n[^1]", &format!("\n\n{word}\n\n[^1]")));
        assert_eq!(findings("proposal/reasons", &fixed), []);
    }
}

#[test]
fn footnotes_are_numbered_in_their_order() {
    let text = "a) the map[^3];\nb) the plan[^1] and the map[^3] again,\n\n[^1]: One.\n\n[^2]: Two.\n\n[^3]: Three.\n";
    check(
        "footnote/order",
        "Number the footnotes in their order",
        text,
        expect![[r#"
        a) the map[^1];
        b) the plan[^2] and the map[^1] again,

        [^2]: One.

        [^3]: Two.

        [^1]: Three.
    "#]],
    );
    let tracked = text.replace("again", "{++again++}");
    assert!(findings("footnote/order", &tracked).iter().all(|finding| finding.fixes.is_empty()));
}

#[test]
fn a_footnote_gets_a_text() {
    let text =
        "# Resolution 9 (Lima, 2024)\n\nthe map[^x],\n\n# Resolution 10 (Lima, 2024)\n\nthe plan[^1],\n\n[^1]: One.\n";
    check(
        "footnote/undefined",
        "Add a text for this footnote at the end",
        text,
        expect![[r#"
        # Resolution 9 (Lima, 2024)

        the map[^x],

        [^x]: 

        # Resolution 10 (Lima, 2024)

        the plan[^1],

        [^1]: One.
    "#]],
    );
}
