//! What brings citations up to date, and their pinpoints with them.

use expect_test::{Expect, expect};

use super::testing::{fixed_lines, with_input};
use crate::syntax::TextEdit;

/// Two versions of a resolution, and the head of another one that cites it.
const TEXTS: &str = "\
# Resolution 301 (Dubai, 2018)

The Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),

*recalling*

a) the storm of the last winter,

*resolves*

1. to inspect all the bridges of the country every year;
2. to publish what was found on the bridges:
   a) in the language of the country;
   b) in two other languages;
3. to close every bridge that was found to be unsafe;
4. to count the boats,

# Resolution 301 (Rev. Bucharest, 2022)

The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),

*recalling*

a) the flood of this spring;
b) the storm of the last winter,

*resolves*

1. to build new bridges wherever there is none;
2. to inspect all the bridges of the country every two years;
3. to publish what was found on the bridges:
   a) in two other languages;
   b) in the language of the country,

*instructs the Director*

1. to close every bridge that was found to be unsafe,
";

fn citing(head: &str, words: &str) -> String {
    format!(
        "{TEXTS}\n{head}# Resolution 302 (Doha, 2026)\n\nThe Plenipotentiary Conference of the International \
         Telecommunication Union (Doha, 2026),\n\n*considering*\n\na) {words};\n"
    )
}

/// What updating does to `words`, a line for each citation, and the words afterwards.
fn check_in(head: &str, words: &str, expected: Expect) {
    let text = citing(head, words);
    let mut out = String::new();
    let mut edits: Vec<TextEdit> = Vec::new();
    for update in with_input(&text, super::updates) {
        out.push_str(&update.label());
        if let Err(why) = &update.outcome {
            out.push_str(&format!(" [left: {why}]"));
        }
        for pinpoint in &update.carried {
            out.push_str(&format!(" [{} → {}]", pinpoint.from, pinpoint.to));
        }
        for pinpoint in &update.doubts {
            out.push_str(&format!(" [look at {}: {}]", pinpoint.words, pinpoint.why));
        }
        out.push('\n');
        edits.extend(update.outcome.unwrap_or_default());
    }
    let after = TextEdit::apply_all(&text, &edits).expect("edits that fit together");
    out.push_str(after.lines().last().unwrap_or_default());
    out.push('\n');
    expected.assert_eq(&out);
    // A second update finds nothing more to do.
    let again = with_input(&after, super::updates);
    assert!(again.iter().all(|update| update.outcome.is_err()), "{again:?}");
}

fn check(words: &str, expected: Expect) {
    check_in("", words, expected);
}

#[test]
fn a_pinpoint_is_carried_to_the_same_clause() {
    check(
        "resolves 1 of Resolution 301 (Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [resolves 1 → resolves 2]
        a) resolves 2 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
    check(
        "acting on *recalling* a) and *resolves* 2 of Resolution 301 (Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [recalling a) → recalling b)] [resolves 2 → resolves 3]
        a) acting on *recalling* b) and *resolves* 3 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
    check(
        "resolves 2 b) of Resolution 301 (Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [resolves 2 b) → resolves 3 a)]
        a) resolves 3 a) of Resolution 301 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
    check(
        "resolves 1 and 2 of Resolution 301 (Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [resolves 1 and 2 → resolves 2 and 3]
        a) resolves 2 and 3 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
    check(
        "resolves 1 to 2 of Resolution 301 (Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [resolves 1 to 2 → resolves 2 to 3]
        a) resolves 2 to 3 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
}

#[test]
fn below_another_heading_it_gets_that_name() {
    check(
        "*resolves* 3 of Resolution 301 (Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [resolves 3 → instructs the Director 1]
        a) *instructs the Director* 1 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
    check(
        "resolves 2 and 3 of Resolution 301 (Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [look at resolves 2 and 3: in (Rev. Bucharest, 2022) it seems to be “resolves 3” and “instructs the Director 1”]
        a) resolves 2 and 3 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
}

#[test]
fn where_nothing_shows_the_clause_it_stays() {
    check(
        "resolves 4 of Resolution 301 (Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [look at resolves 4: no clause of (Rev. Bucharest, 2022) has the same words]
        a) resolves 4 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
    check(
        "resolves 9 of Resolution 301 (Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [look at resolves 9: it does not name one clause of (Dubai, 2018)]
        a) resolves 9 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
    check(
        "resolves 4 of Resolution 140 (Rev. Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 140: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022) [look at resolves 4: the workspace does not have the texts of both (Rev. Dubai, 2018) and (Rev. Bucharest, 2022)]
        a) resolves 4 of Resolution 140 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
}

#[test]
fn changes_to_a_proposal_are_tracked() {
    check_in(
        "MOD A/1\n\n",
        "resolves 1 of Resolution 301 (Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [resolves 1 → resolves 2]
        a) resolves {~~1~>2~~} of Resolution 301 ({++Rev. ++}{~~Dubai~>Bucharest~~}, {~~2018~>2022~~}) of this conference;
    "#]],
    );
    check_in(
        "MOD A/1\n\n",
        "*resolves* 3 of Resolution 301 ({++Dubai++}, 2018) of this conference",
        expect![[r#"
        Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [resolves 3 → instructs the Director 1]
        a) *{~~resolves~>instructs the Director~~}* {~~3~>1~~} of Resolution 301 ({++Rev. Bucharest++}, {~~2018~>2022~~}) of this conference;
    "#]],
    );
}

#[test]
fn what_is_taken_up_in_short_follows() {
    check(
        "Resolution 301 (Dubai, 2018) of this conference, and the inspections under resolves 1 of that resolution",
        expect![[r#"
            Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022) [resolves 1 → resolves 2]
            a) Resolution 301 (Rev. Bucharest, 2022) of this conference, and the inspections under resolves 2 of that resolution;
        "#]],
    );
}

#[test]
fn groups_change_together_or_not_at_all() {
    check(
        "Resolutions 140 and 200 (Rev. Dubai, 2018) of this conference",
        expect![[r#"
        Resolution 140, Resolution 200: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022)
        a) Resolutions 140 and 200 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
    check(
        "Resolutions 101 and 140 (Rev. Busan, 2014) of this conference",
        expect![[r#"
        Resolution 140: (Rev. Busan, 2014) → (Rev. Bucharest, 2022) [left: what it shares a parenthesis with is not to be cited in the same version]
        a) Resolutions 101 and 140 (Rev. Busan, 2014) of this conference;
    "#]],
    );
    check(
        "Resolution 140 (Rev. Dubai, 2018) and Resolution 200 (Rev. Busan, 2014) of this conference",
        expect![[r#"
        Resolution 140: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022)
        Resolution 200: (Rev. Busan, 2014) → (Rev. Bucharest, 2022)
        a) Resolution 140 (Rev. Bucharest, 2022) and Resolution 200 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
}

#[test]
fn what_is_meant_to_be_old_is_left_aside() {
    check(
        "[Resolution 140 (Rev. Dubai, 2018)](=) of this conference",
        expect![[r#"
        a) [Resolution 140 (Rev. Dubai, 2018)](=) of this conference;
    "#]],
    );
    check(
        "Resolution 140 (Rev. Bucharest, 2022) of this conference",
        expect![[r#"
        a) Resolution 140 (Rev. Bucharest, 2022) of this conference;
    "#]],
    );
    check(
        "Resolution 302 (Dubai, 2018) of this conference",
        expect![[r#"
        a) Resolution 302 (Dubai, 2018) of this conference;
    "#]],
    );
    check(
        "General Assembly resolution 36/151",
        expect![[r#"
        a) General Assembly resolution 36/151;
    "#]],
    );
    check(
        "draft resolution A/78/L.49 of the General Assembly",
        expect![[r#"
        Draft resolution A/78/L.49 → General Assembly resolution 78/265
        a) resolution 78/265 of the General Assembly;
    "#]],
    );
}

#[test]
fn a_fix_of_one_citation_says_what_becomes_of_its_pinpoint() {
    let text = citing("", "resolves 1 and resolves 4 of Resolution 301 (Dubai, 2018) of this conference");
    expect![[r#"
        Resolution 301 (Dubai, 2018): This version of Resolution 301 is out of date: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version, or pin the citation if the old one is meant.
          Cite (Rev. Bucharest, 2022), resolves 1 → resolves 2 (look at the pinpoint: resolves 4): a) resolves 2 and resolves 4 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
          Pin this citation: the old text is meant: a) resolves 1 and resolves 4 of [Resolution 301 (Dubai, 2018)](=) of this conference;
    "#]].assert_eq(&fixed_lines("citation/outdated", &text));
    let text = citing("", "resolves 4 of Resolution 301 (Dubai, 2018) of this conference");
    expect![[r#"
        Resolution 301 (Dubai, 2018): This version of Resolution 301 is out of date: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version, or pin the citation if the old one is meant.
          Cite (Rev. Bucharest, 2022) (look at the pinpoint: resolves 4): a) resolves 4 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
          Pin this citation: the old text is meant: a) resolves 4 of [Resolution 301 (Dubai, 2018)](=) of this conference;
    "#]].assert_eq(&fixed_lines("citation/outdated", &text));
    expect![[r#"
        4: In (Rev. Bucharest, 2022), the version in force, no clause has the words of “resolves 4”. Look at the pinpoint when you cite that version.
    "#]].assert_eq(&fixed_lines("citation/clause", &text));
    let text = citing("", "*resolves* 3 of Resolution 301 (Dubai, 2018) of this conference");
    expect![[r#"
        3: In (Rev. Bucharest, 2022), the version in force, “resolves 3” is “instructs the Director 1”. Change the pinpoint together with the version.
          Cite (Rev. Bucharest, 2022), resolves 3 → instructs the Director 1: a) *instructs the Director* 1 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
    "#]].assert_eq(&fixed_lines("citation/clause", &text));
    let text = citing("", "*resolves* 9 of Resolution 301 (Rev. Bucharest, 2022) of this conference");
    expect![[r#"
        9: There is no “9” in “resolves” of Resolution 301 (Rev. Bucharest, 2022). It has “1.” to “3.”.
    "#]]
    .assert_eq(&fixed_lines("citation/clause", &text));
}
