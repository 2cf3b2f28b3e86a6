//! Findings on numbering with their fixes, in both readings.
#![allow(clippy::unwrap_used)]

use expect_test::{Expect, expect};
use jiff::civil::date;

use super::{Input, Remedy, Scope, check};
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::facts::Facts;
use crate::syntax::{TextEdit, parse};

/// The findings on numbering, each with what its first fix makes of the text.
fn shows(text: &str, expected: Expect) {
    let facts = Facts::read(text, &parse(text));
    let catalogue = Catalogue::default();
    let config = Config::default().of_file(&facts.document);
    let input = Input::new(text, &facts, &catalogue, date(2024, 6, 1), config);
    let mut out = String::new();
    for finding in check(&input, Scope::Document) {
        if !finding.rule.starts_with("numbering/") {
            continue;
        }
        out.push_str(&format!("{} {}\n", finding.rule, finding.message));
        if let Some(fix) = finding.fixes.first() {
            let sure = if fix.certain { "!" } else { "" };
            match &fix.remedy {
                Remedy::Edits(edits) => {
                    let fixed = TextEdit::apply_all(text, edits).unwrap();
                    out.push_str(&format!("-{sure} {}\n{fixed}", fix.title));
                }
                Remedy::Renumber(_) => out.push_str(&format!("-{sure} {}\n", fix.title)),
            }
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn sub_clauses_that_are_flush_are_set_in_with_what_is_below_them() {
    shows(
        "*x*\n\n1. one:\na) in it:\n   - and in that;\nb) also in it;\n2. two,\n",
        expect![[r#"
        numbering/indentation “a)” is a sub-clause of “1.” and stands at the same column. Set the list in.
        -! Set this list in
        *x*

        1. one:
           a) in it:
              - and in that;
           b) also in it;
        2. two,
    "#]],
    );
    shows(
        "*x*\n\n1. one:\na) in it:\ni) below;\nii) below;\nb) also in it;\n2. two,\n",
        expect![[r#"
        numbering/indentation “a)” is a sub-clause of “1.” and stands at the same column. Set the list in.
        -! Set this list in
        *x*

        1. one:
           a) in it:
        i) below;
        ii) below;
           b) also in it;
        2. two,
        numbering/indentation “i)” is a sub-clause of “a)” and stands at the same column. Set the list in.
        -! Set this list in
        *x*

        1. one:
        a) in it:
              i) below;
              ii) below;
        b) also in it;
        2. two,
    "#]],
    );
}

#[test]
fn a_clause_at_another_column_is_set_at_that_of_its_list() {
    shows(
        "*x*\n\n1. one;\n   2. two:\n      a) in it;\n      b) in it;\n3. three,\n",
        expect![[r#"
        numbering/indentation “2.” stands at another column than “1.” of the same list.
        -! Set the clauses of this list at one column
        *x*

        1. one;
        2. two:
           a) in it;
           b) in it;
        3. three,
    "#]],
    );
    // Where most are set in below the first, that one stands right.
    shows(
        "*x*\n\na) one;\n  b) two;\n  c) three,\n",
        expect![[r#"
        numbering/indentation “b)” stands at another column than “a)” of the same list.
        -! Set the clauses of this list at one column
        *x*

        a) one;
        b) two;
        c) three,
    "#]],
    );
    shows(
        "*x*\n\n1. one;\n 2. two;\n3. three,\n",
        expect![[r#"
        numbering/indentation “2.” stands at another column than “1.” of the same list.
        -! Set the clauses of this list at one column
        *x*

        1. one;
        2. two;
        3. three,
    "#]],
    );
}

#[test]
fn a_lone_label_is_one_in_the_reading_that_has_it_alone() {
    shows(
        "*x*\n\na) one;\n{--b) two,--}\n",
        expect![[r#"
        numbering/lone In the text as amended: “a)” is the only label of its list. Leave it out, or give the clauses that follow theirs.
    "#]],
    );
    shows("*x*\n\na) one, and b) two,\n", expect![[""]]);
    shows("*x*\n\n1. one,\n\n*y*\n\n2. two,\n", expect![[""]]);
}

#[test]
fn lists_of_one_level_look_alike() {
    shows(
        "*resolves*\n\n1. one:\n   a) x;\n   b) y;\n2. two:\n   i) x;\n   ii) y,\n",
        expect![[r#"
        numbering/mixed This list is counted “i)”, others of the same level “a)”. Count them alike.
        - Count this list “a)” and so on
        *resolves*

        1. one:
           a) x;
           b) y;
        2. two:
           a) x;
           b) y,
    "#]],
    );
    shows(
        "*resolves*\n\n1. one:\n   a) x;\n   b) y;\n2. two:\n   a. x;\n   b. y,\n",
        expect![[r#"
        numbering/mixed This list is counted “a.”, others of the same level “a)”. Count them alike.
        - Count this list “a)” and so on
        *resolves*

        1. one:
           a) x;
           b) y;
        2. two:
           a) x;
           b) y,
    "#]],
    );
}

#[test]
fn what_lost_changes_explain_is_one_finding() {
    shows(
        "*recalling*\n\na) one;\nb) two;\ncb) three;\ndc) four,\n",
        expect![[r#"
        numbering/flattened “cb)” looks like two labels printed into one: tracked changes were lost when this text was copied. Make the changes in this list tracked changes again.
        - Make the changes in this list tracked again
        *recalling*

        a) one;
        {--b) two;--}
        {~~c~>b~~}) three;
        {~~d~>c~~}) four,
    "#]],
    );
    shows(
        "*resolves*\n\n1. one;\n2. two;\n23. three;\n34. four,\n",
        expect![[r#"
        numbering/flattened “23.” looks like two labels printed into one: tracked changes were lost when this text was copied. Make the changes in this list tracked changes again.
        - Make the changes in this list tracked again
        *resolves*

        1. one;
        {++2. two;++}
        {~~2~>3~~}. three;
        {~~3~>4~~}. four,
    "#]],
    );
}

#[test]
fn sections_are_counted_as_the_house_does() {
    let text = |profile: &str, first: &str, second: &str| {
        format!(
            "---\nprofile: {profile}\n---\n\n*decides*\n\n1. to go;\n2. to stay,\n\n*requests*\n\n{first}. to look;\n{second}. to see.\n"
        )
    };
    shows(
        &text("itu", "3", "4"),
        expect![[r#"
        numbering/start This section begins with “3.”; in texts of ITU conferences, assemblies and Council each section is counted from its beginning, here “1.”.
        - Count this list “1.” and so on
        ---
        profile: itu
        ---

        *decides*

        1. to go;
        2. to stay,

        *requests*

        1. to look;
        2. to see.
    "#]],
    );
    shows(&text("itu", "1", "2"), expect![[""]]);
    shows(
        &text("unga", "1", "2"),
        expect![[r#"
        numbering/start This section begins with “1.”; in texts of United Nations General Assembly and other United Nations organs the count runs on through all sections, here “3.”.
        - Count this list “3.” and so on
        ---
        profile: unga
        ---

        *decides*

        1. to go;
        2. to stay,

        *requests*

        3. to look;
        4. to see.
    "#]],
    );
    shows(&text("unga", "3", "4"), expect![[""]]);
}

#[test]
fn a_list_that_is_interrupted_goes_on() {
    // Headings of a report among its paragraphs, which run on.
    shows(
        "### Annex\n\n1. First matter\n\n1. We saw it.\n2. We liked it.\n\n2. Second matter\n\n3. We saw that.\n4. We left.\n",
        expect![[""]],
    );
    // What is left out, what is typed among the words, what is quoted.
    shows("*x*\n\n1. one;\n\n[…]\n\n5. five;\n6. six,\n", expect![[""]]);
    shows("*x*\n\n1. (a) one;\n   (b) two;\n2. two,\n", expect![[""]]);
    shows("*x*\n\nReplace paragraph 5 by the following:\n\n5. To look;\n6. To see,\n", expect![[""]]);
    // But a sub-list that begins in the middle does not go on from that of another clause.
    shows(
        "*x*\n\n1. one:\n   a) x;\n   b) y;\n2. two:\n   c) x;\n   d) y,\n",
        expect![[r#"
        numbering/start This list begins with “c)” instead of “a)”.
        - Renumber this list and the references to it
    "#]],
    );
}

#[test]
fn an_arabic_list_may_count_in_either_order() {
    shows("*إذ يذكر*\n\nأ) جسر؛\nب) نهر؛\nج) طريق؛\nد) سوق،\n", expect![[""]]);
    shows("*إذ يذكر*\n\nأ) جسر؛\nب) نهر؛\nت) طريق؛\nث) سوق؛\nج) بيت،\n", expect![[""]]);
    shows(
        "*إذ يذكر*\n\n1 - جسر؛\n3 - نهر؛\n4 - سوق،\n",
        expect![[r#"
        numbering/gap “2 -” is missing before “3 -”. Add what is missing, or renumber the list.
        - Renumber this list and the references to it
    "#]],
    );
}
