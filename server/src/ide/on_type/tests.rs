//! Enter, pressed at `$0`.

use std::path::Path;

use expect_test::{Expect, expect};
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::fixture::Fixture;
use crate::syntax::{lower, parse};
use crate::workspace::{Location, Workspace};

/// The text after Enter was pressed at `$0`, with `|` where the cursor is then. Lines behind `//- b` are another file.
/// An editor indents the new line like the one before it.
fn entered(fixture: &str) -> String {
    let (fixture, other) = fixture.split_once("//- b\n").unwrap_or((fixture, ""));
    let Fixture { text, cursor, .. } = Fixture::parse(fixture);
    let cursor = usize::from(cursor.expect("a cursor"));
    let line = text[..cursor].rfind('\n').map_or(0, |at| at + 1);
    let indent = text[line..cursor].len() - text[line..cursor].trim_start().len();
    let eol = if text.contains('\r') { "\r\n" } else { "\n" };
    let typed = format!("{eol}{}", &text[line..line + indent]);
    let text = format!("{}{typed}{}", &text[..cursor], &text[cursor..]);
    let cursor = cursor + typed.len();
    let mut workspace = Workspace::new(date(2026, 1, 1));
    let mut load =
        |name: &str, text: &str| workspace.load_text(Location::from(Path::new(name)), text).expect("a short text");
    let id = load("a.resmark", &text);
    load("b.resmark", other);
    let edits = on_type(&workspace.snapshot(), id, TextSize::new(cursor as u32), '\n').unwrap_or_default();
    let mut result = TextEdit::apply_all(&text, &edits).expect("edits that fit together");
    // An editor keeps the cursor behind what was put there.
    let mut at = cursor as i64;
    for edit in edits.iter().filter(|edit| usize::from(edit.range.start()) <= cursor) {
        let removed = usize::from(edit.range.end()).min(cursor) - usize::from(edit.range.start());
        at += edit.text.len() as i64 - removed as i64;
        if edit.text.ends_with("++}")
            && usize::from(edit.range.end()) == cursor
            && text[cursor..].starts_with(['\n', '\r'])
        {
            at -= 3;
        }
    }
    result.insert(at as usize, '|');
    result
}

fn enter(fixture: &str, expected: Expect) {
    expected.assert_eq(&entered(fixture));
}

#[test]
fn the_next_clause_is_opened() {
    enter(
        "*recalling*\n\na) x;\nb) y;$0\n",
        expect![[r#"
        *recalling*

        a) x;
        b) y;
        c) |
    "#]],
    );
    enter(
        "*resolves*\n\n1. x:\n   a) y;$0",
        expect![[r#"
        *resolves*

        1. x:
           a) y;
           b) |"#]],
    );
    enter(
        "*resolves*\n\n1\tx;$0\n",
        expect![[r#"
        *resolves*

        1	x;
        2	|
    "#]],
    );
    enter(
        "– x;$0\n",
        expect![[r#"
        – x;
        – |
    "#]],
    );
    enter(
        "*忆及*\n\n（一）甲；$0\n",
        expect![[r#"
        *忆及*

        （一）甲；
        （二）|
    "#]],
    );
    enter(
        "*做出决议*\n\n一、甲；\n二、乙；$0\n",
        expect![[r#"
        *做出决议*

        一、甲；
        二、乙；
        三、|
    "#]],
    );
    enter(
        "*إذ يذكر*\n\nأ) x؛$0\n",
        expect![[r#"
        *إذ يذكر*

        أ) x؛
        ب) |
    "#]],
    );
    enter(
        "*признавая*\n\nа) x;\nб) y;$0\n",
        expect![[r#"
        *признавая*

        а) x;
        б) y;
        в) |
    "#]],
    );
}

#[test]
fn clauses_that_stand_apart_go_on_doing_so() {
    enter(
        "1. *Decides* to begin;\n\n2. *Requests* the committee to go on;$0\n",
        expect![[r#"
        1. *Decides* to begin;

        2. *Requests* the committee to go on;

        3. |
    "#]],
    );
    enter(
        "1. *Decides* to begin;\n\n2. *Requests* the committee to go on;$0\n\n3. *Decides* to end.\n",
        expect![[r#"
        1. *Decides* to begin;

        2. *Requests* the committee to go on;

        3. |

        4. *Decides* to end.
    "#]],
    );
    enter(
        "1. *Decides* to begin;$0\n",
        expect![[r#"
        1. *Decides* to begin;

        2. |
    "#]],
    );
}

#[test]
fn what_follows_moves_on_with_its_references() {
    enter(
        "*resolves*\n\n1. x;$0\n2. y;\n3. to report on *resolves* 2 and 3 and 1 to 3,\n\n*invites*\n\nas in *resolves* 1 and 2 above.\n",
        expect![[r#"
            *resolves*

            1. x;
            2. |
            3. y;
            4. to report on *resolves* 3 and 4 and 1 to 4,

            *invites*

            as in *resolves* 1 and 3 above.
        "#]],
    );
    enter(
        "*resolves*\n\n1. x;$0\n3. y;\n4. z.\n",
        expect![[r#"
        *resolves*

        1. x;
        2. |
        3. y;
        4. z.
    "#]],
    );
}

#[test]
fn nothing_moves_that_another_file_cites() {
    let head = "---\nbody: WTDC\nlanguage: en\n---\n\n# Resolution";
    enter(
        &format!(
            "{head} 191 (Kigali, 2022)\n\n*resolves*\n\n1. x;$0\n2. y.\n//- b\n{head} 190 (Kigali, 2022)\n\n*resolves*\n\n1. to \
             follow resolves 2 of Resolution 191 (Kigali, 2022).\n"
        ),
        expect![[r#"
            ---
            body: WTDC
            language: en
            ---

            # Resolution 191 (Kigali, 2022)

            *resolves*

            1. x;
            2. |
            2. y.
        "#]],
    );
}

#[test]
fn a_colon_opens_a_sub_clause() {
    enter(
        "*resolves*\n\n1. to report, covering:$0\n2. y.\n",
        expect![[r#"
        *resolves*

        1. to report, covering:
           a) |
        2. y.
    "#]],
    );
    enter(
        "*resolves*\n\na) x:$0\n",
        expect![[r#"
        *resolves*

        a) x:
           i) |
    "#]],
    );
    enter(
        "*resolves*\n\n1. x:\n    (i) y;\n    (ii) z;\n2. v:$0\n",
        expect![[r#"
        *resolves*

        1. x:
            (i) y;
            (ii) z;
        2. v:
            (i) |
    "#]],
    );
    enter(
        "*resolves*\n\n1. x:\n\t– y;\n2. v:$0\n",
        expect![[r#"
        *resolves*

        1. x:
        	– y;
        2. v:
        	– |
    "#]],
    );
    enter(
        "*resolves*\n\n1. x:\n   1.1 y;\n2. v:$0\n",
        expect![[r#"
        *resolves*

        1. x:
           1.1 y;
        2. v:
           2.1 |
    "#]],
    );
    enter(
        "*resolves*\n\n1. x:$0\n   a) y;\n   b) z, see 1 a) above;\n",
        expect![[r#"
        *resolves*

        1. x:
           a) |
           b) y;
           c) z, see 1 a) above;
    "#]],
    );
    enter(
        "一、甲：$0\n",
        expect![[r#"
        一、甲：
           （一）|
    "#]],
    );
    enter(
        "*يقرر*\n\n1. أن يقدم:$0\n",
        expect![[r#"
        *يقرر*

        1. أن يقدم:
           أ) |
    "#]],
    );
    enter(
        "---\nprofile: unga\n---\n\n*The General Assembly*,\n\n1. *Requests* the committee:$0\n",
        expect![[r#"
        ---
        profile: unga
        ---

        *The General Assembly*,

        1. *Requests* the committee:

           (a) |
    "#]],
    );
    enter(
        "---\nprofile: unga\n---\n\n*The General Assembly*,\n\n*Requests* the committee:$0\n",
        expect![[r#"
        ---
        profile: unga
        ---

        *The General Assembly*,

        *Requests* the committee:

           (a) |
    "#]],
    );
}

#[test]
fn a_colon_that_is_not_read_announces_nothing() {
    enter(
        "1. x: {>>which?<<}$0\n",
        expect![[r#"
            1. x: {>>which?<<}
               a) |
        "#]],
    );
    enter(
        "1. x; {>>see:<<}$0\n",
        expect![[r#"
            1. x; {>>see:<<}
            2. |
        "#]],
    );
}

#[test]
fn an_empty_clause_ends_the_list() {
    enter(
        "*resolves*\n\n1. x;\n2. $0\n",
        expect![[r#"
        *resolves*

        1. x;

        |
    "#]],
    );
    enter(
        "*resolves*\n\n1. x;\n\n2. $0\n",
        expect![[r#"
        *resolves*

        1. x;

        |
    "#]],
    );
    enter(
        "*resolves*\n\n1. x;\n2. $0\n3. y, see *resolves* 3 above,\n",
        expect![[r#"
        *resolves*

        1. x;

        |
        2. y, see *resolves* 2 above,
    "#]],
    );
    enter(
        "*resolves*\n\n1. x;\n2. $0\n3. y, see *resolves* 2 and 3 above,\n",
        expect![[r#"
        *resolves*

        1. x;

        |
        3. y, see *resolves* 2 and 3 above,
    "#]],
    );
    enter(
        "– x;\n– $0\n",
        expect![[r#"
        – x;

        |
    "#]],
    );
    enter(
        "*resolves*\n\n1. x;\n2.$0",
        expect![[r#"
        *resolves*

        1. x;

        |"#]],
    );
}

#[test]
fn an_empty_sub_clause_goes_on_further_out() {
    enter(
        "*resolves*\n\n1. x:\n   a) y;\n   b) $0\n2. z, see *resolves* 2 above,\n",
        expect![[r#"
        *resolves*

        1. x:
           a) y;
        2. |
        3. z, see *resolves* 3 above,
    "#]],
    );
    enter(
        "*resolves*\n\n1. x:\n   a) $0\n   b) y;\n",
        expect![[r#"
        *resolves*

        1. x:

        |
           a) y;
    "#]],
    );
    enter(
        "*Requests* the committee:\n\n   (a) To count;\n\n   (b) $0\n",
        expect![[r#"
        *Requests* the committee:

           (a) To count;

        |
    "#]],
    );
}

#[test]
fn amid_a_clause_only_the_end_of_a_part_makes_two_of_it() {
    enter(
        "*resolves*\n\n1. to begin; $0to end;\n2. y, see *resolves* 2,\n",
        expect![[r#"
        *resolves*

        1. to begin;
        2. |to end;
        3. y, see *resolves* 3,
    "#]],
    );
    enter(
        "*resolves*\n\n1. to report on: $0what came in;\n",
        expect![[r#"
        *resolves*

        1. to report on:
           a) |what came in;
    "#]],
    );
    enter(
        "*resolves*\n\n1. to begin,$0 to end;\n",
        expect![[r#"
        *resolves*

        1. to begin,
        | to end;
    "#]],
    );
    enter(
        "*resolves*\n\n1. to keep No. $05;\n",
        expect![[r#"
        *resolves*

        1. to keep No. 
        |5;
    "#]],
    );
    enter(
        "*resolves*\n\n1. to keep this. $0To end it.\n",
        expect![[r#"
        *resolves*

        1. to keep this.
        2. |To end it.
    "#]],
    );
    enter(
        "*做出决议*\n\n1. 甲；$0乙；\n",
        expect![[r#"
        *做出决议*

        1. 甲；
        2. |乙；
    "#]],
    );
    enter(
        "*resolves*\n\n1. to [keep; $0mend] it;\n",
        expect![[r#"
        *resolves*

        1. to [keep; 
        |mend] it;
    "#]],
    );
}

#[test]
fn a_line_break_elsewhere_is_just_that() {
    for fixture in [
        "# Resolution 1$0\n",
        "*resolves*$0\n",
        "The Conference,$0\n",
        "*resolves*\n\nto begin;$0\n",
        "*Recalling* its decision,$0\n",
        "*resolves*\n\n1. to$0 begin;\n",
        "*resolves*\n\n1. $0to begin;\n",
        "*resolves*\n\n$01. to begin;\n",
        "*resolves*\n\n1. to begin;\n$0\n",
        "*resolves*\n\n1. to begin$0\n   and to end;\n",
        "*resolves*\n\n1. x,$0\n\n   each year;\n2. z.\n",
        "Reasons: none;$0\n",
        "[^1]: Adopted;$0\n",
        "$0",
        "1. a; {--old;$0 older;--}\n",
        "hg) x;$0\n",
    ] {
        let plain = fixture.replacen("$0", "", 1);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join("");
        let after = entered(fixture);
        assert_eq!(words(&after.replacen('|', "", 1)), words(&plain), "{fixture}: {after}");
    }
}

#[test]
fn a_clause_that_is_new_in_a_tracked_text_is_an_insertion() {
    let head = "MOD X/1\n\n# Resolution 1\n\n*resolves*\n\n";
    let after = |fixture: &str| entered(&format!("{head}{fixture}"))[head.len()..].to_owned();
    expect![[r#"
        1. x;
        {++2. |++}
        {~~2~>3~~}. y, see *resolves* {~~2~>3~~} above;
    "#]]
    .assert_eq(&after("1. x;$0\n2. y, see *resolves* 2 above;\n"));
    expect![[r#"
        1. x;
        {++2. new;++}
        {++3. |++}
        {~~2~>4~~}. y;
    "#]]
    .assert_eq(&after("1. x;\n{++2. new;$0++}\n{~~2~>3~~}. y;\n"));
    expect![[r#"
        1. x;
        {++2. new;++}
        {++3. |++}
    "#]]
    .assert_eq(&after("1. x;\n{++2. new;++}$0\n"));
    expect![[r#"
        1. x;

        |
        2. y;
    "#]]
    .assert_eq(&after("1. x;\n{++2. $0++}\n{~~2~>3~~}. y;\n"));
    expect![[r#"
        1. x;

        |
        2. y;
    "#]]
    .assert_eq(&after("1. x;\n{++2. ++}$0\n{~~2~>3~~}. y;\n"));
    expect![[r#"
        1. x;
        {--2. old;--}
        {++2. |++}
        3. y;
    "#]]
    .assert_eq(&after("1. x;\n{--2. old;--}$0\n{~~3~>2~~}. y;\n"));
    expect![[r#"
        1. x:
           a) y;
        {++2. |++}
    "#]]
    .assert_eq(&after("1. x:\n   a) y;\n   {++b) $0++}\n"));
    expect![[r#"
        1. x;
        {++2. one; ++}
        {++3. |two;++}
    "#]]
    .assert_eq(&after("1. x;\n{++2. one; $0two;++}\n"));
    expect![[r#"
        1. x;
        {++2. ++}|and y;
    "#]]
    .assert_eq(&after("1. x; $0and y;\n"));
}

#[test]
fn line_ends_and_indentation_stay_as_they_are() {
    let shown = |fixture: &str| entered(fixture).replace('\r', "␍").replace('\t', "→");
    expect![[r#"
        1. x:␍
        →a) y;␍
        →b) |␍
    "#]]
    .assert_eq(&shown("1. x:\r\n\ta) y;$0\r\n"));
    expect![[r#"
        1. x;␍
        ␍
        2. y;␍
        ␍
        3. |␍
        ␍
        4. z.␍
    "#]]
    .assert_eq(&shown("1. x;\r\n\r\n2. y;$0\r\n\r\n3. z.\r\n"));
    expect![[r#"
        1. x;␍
        ␍
        |␍
    "#]]
    .assert_eq(&shown("1. x;\r\n2. $0\r\n"));
    expect![[r#"
        1. x;␍
        ␍
        |"#]]
    .assert_eq(&shown("1. x;\r\n\r\n2. $0"));
}

#[test]
fn in_an_annex_the_numbers_are_its_own() {
    enter(
        "### Annex 1\n\n1. x.$0\n\n### Annex 2\n\n1. x.\n2. y.\n",
        expect![[r#"
        ### Annex 1

        1. x.
        2. |

        ### Annex 2

        1. x.
        2. y.
    "#]],
    );
}

#[test]
fn letters_go_on_behind_the_last_one_as_the_profile_says() {
    let text = |profile: &str| {
        let letters: String = ('a'..='z').map(|letter| format!("{letter}) x;\n")).collect();
        let text = entered(&format!("---\nprofile: {profile}\n---\n\n{letters}aa) x;$0\n"));
        text.lines().last().unwrap_or_default().to_owned()
    };
    expect!["bb) |"].assert_eq(&text("itu"));
}

proptest! {
    #[test]
    fn a_list_in_order_stays_so(
        style in prop::sample::select(vec!["1.", "1", "a)", "(a)", "（一）", "أ)", "а)", "1.1."]),
        count in 1u32..28,
        at in 0u32..28,
        apart in any::<bool>(),
        tracked in any::<bool>(),
    ) {
        let (at, first) = (at % count, Label::parse(style).remove(0));
        let mut text = if tracked { "MOD X/1\n\n# Resolution 1\n\n".to_owned() } else { String::new() };
        text.push_str("*resolves*\n\n");
        let gap = if gap_behind(style) == "\t" { "\t" } else { " " };
        for value in 1..=count {
            let cursor = if value == at + 1 { "$0" } else { "" };
            let end = if apart { "\n\n" } else { "\n" };
            text.push_str(&format!("{}{gap}w{value};{cursor}{end}", first.with(value, 0)));
        }
        let after = entered(&text).replacen('|', "new;", 1);
        let document = lower(&after, &parse(&after));
        prop_assert_eq!(crate::numbering::check(&document), [], "{}", after);
        let words: Vec<&str> = document.paragraphs.iter().map(|p| p.views.amended.text.trim()).collect();
        let new = words.iter().position(|word| *word == "new;").expect("the new clause");
        prop_assert_eq!(words[new - 1], format!("w{};", at + 1), "{}", after);
    }

    #[test]
    fn no_text_makes_it_stumble(
        lines in prop::collection::vec(
            "( {0,4}|\t)(\\{\\+\\+|\\{--|)(1\\.|a\\)|b\\)|–|i\\)|\\*x\\*|一、|)( |)(word[;:.,]|词：|\\[x|)(\\+\\+\\}|--\\}|) ?",
            1..8,
        ),
        at in any::<prop::sample::Index>(),
    ) {
        let text = lines.join("\n");
        let places: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let at = *at.get(&places);
        let _ = entered(&format!("{}$0{}", &text[..at], &text[at..]));
    }
}
