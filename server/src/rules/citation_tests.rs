//! The rules about citations, on texts with their marks.
#![allow(clippy::unwrap_used)]

use expect_test::{Expect, expect};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Finding, Input, Remedy, Scope, check};
use crate::catalogue::Catalogue;
use crate::facts::Facts;
use crate::syntax::{TextEdit, parse};

const TODAY: Date = date(2024, 6, 1);

fn findings(text: &str, catalogue: &Catalogue) -> Vec<Finding> {
    findings_on(TODAY, text, catalogue)
}

fn findings_on(today: Date, text: &str, catalogue: &Catalogue) -> Vec<Finding> {
    let tree = parse(text);
    let facts = Facts::read(text, &tree);
    let input = Input::new(text, &facts, catalogue, today, Default::default());
    check(&input, Scope::Catalogue)
}

/// A head that says which body adopts the text, and when.
fn adopted(head: &str) -> &str {
    match head {
        "PP-14" => "# Resolution 201 (Busan, 2014)\n\n",
        "PP-18" => "# Resolution 213 (Dubai, 2018)\n\n",
        "PP-22" => "# Resolution 219 (Bucharest, 2022)\n\n",
        "WTDC-22" => {
            "# Resolution 90 (Kigali, 2022)\n\nThe World Telecommunication Development Conference (Kigali, 2022),\n\n"
        }
        other => other,
    }
}

/// Each finding with what it underlines, and each fix with the lines that it changes.
fn shows(head: &str, text: &str, expected: Expect) {
    shows_on(TODAY, head, text, expected);
}

fn shows_on(today: Date, head: &str, text: &str, expected: Expect) {
    let text = format!("{}{text}", adopted(head));
    let mut out = String::new();
    for finding in findings_on(today, &text, &Catalogue::bundled()) {
        let range = std::ops::Range::<usize>::from(finding.range);
        out.push_str(&format!("{} {:?} “{}”\n  {}\n", finding.rule, finding.severity, &text[range], finding.message));
        for fix in finding.fixes {
            let Remedy::Edits(edits) = fix.remedy else { continue };
            let fixed = TextEdit::apply_all(&text, &edits).unwrap();
            out.push_str(&format!("  {}\n", fix.title));
            for (_, new) in text.lines().zip(fixed.lines()).filter(|(old, new)| old != new) {
                out.push_str(&format!("    {new}\n"));
            }
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn out_of_date_when_it_was_written() {
    shows(
        "PP-22",
        "Resolution 140 (Rev. Busan, 2014) of the Plenipotentiary Conference\n",
        expect![[r#"
        citation/outdated Warning “Resolution 140 (Rev. Busan, 2014)”
          This version of Resolution 140 was out of date when this text was written: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version, or pin the citation if the old one is meant.
          Cite (Rev. Bucharest, 2022)
            Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference
          Pin this citation: the old text is meant
            [Resolution 140 (Rev. Busan, 2014)](=) of the Plenipotentiary Conference
    "#]],
    );
}

#[test]
fn revised_since() {
    shows(
        "WTDC-22",
        "全权代表大会第140号决议（2018年，迪拜，修订版）\n",
        expect![[r#"
        citation/revised-since Hint “第140号决议（2018年，迪拜，修订版）”
          Resolution 140 has been revised since this text was written: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version if the text is still being worked on.
          Cite (Rev. Bucharest, 2022)
            全权代表大会第140号决议（2022年，布加勒斯特，修订版）
          Pin this citation: the old text is meant
            全权代表大会[第140号决议（2018年，迪拜，修订版）](=)
    "#]],
    );
}

#[test]
fn the_version_in_force_is_right() {
    shows("PP-22", "Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference\n", expect![""]);
}

#[test]
fn a_pinned_citation_is_right() {
    shows("PP-22", "[Resolution 140 (Rev. Busan, 2014)](=) of the Plenipotentiary Conference\n", expect![""]);
}

#[test]
fn history_is_a_hint() {
    shows(
        "PP-22",
        "*recalling*\n\na) that Resolution 140 (Rev. Busan, 2014) of the Plenipotentiary Conference confirmed the role of the Union;\n",
        expect![[r#"
            citation/outdated Hint “Resolution 140 (Rev. Busan, 2014)”
              This version of Resolution 140 was out of date when this text was written: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Bucharest, 2022)
                a) that Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference confirmed the role of the Union;
              Pin this citation: the old text is meant
                a) that [Resolution 140 (Rev. Busan, 2014)](=) of the Plenipotentiary Conference confirmed the role of the Union;
        "#]],
    );
}

#[test]
fn a_text_without_a_date_is_judged_by_today() {
    shows(
        "",
        "Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference\n",
        expect![[r#"
        citation/outdated Warning “Resolution 140 (Rev. Dubai, 2018)”
          This version of Resolution 140 is out of date: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version, or pin the citation if the old one is meant.
          Cite (Rev. Bucharest, 2022)
            Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference
          Pin this citation: the old text is meant
            [Resolution 140 (Rev. Dubai, 2018)](=) of the Plenipotentiary Conference
    "#]],
    );
}

#[test]
fn a_proposal_is_judged_before_its_session_and_as_amended() {
    shows(
        "MOD EUR/1\n\n# Resolution 130 (Rev. {~~Dubai, 2018~>Bucharest, 2022~~})\n\nThe Plenipotentiary Conference (Bucharest, 2022),\n\n",
        "a) Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference;\nb) Resolution 140 (Rev. Busan, 2014) of the Plenipotentiary Conference;\nc) {--Resolution 102 (Rev. Guadalajara, 2010) of the Plenipotentiary Conference--};\nd) Resolution 140 (Rev. {~~Antalya, 2006~>Busan, 2014~~}) of the Plenipotentiary Conference;\ne) Resolution 140 (Rev. Busan, 20{~~06~>14~~}) of the Plenipotentiary Conference;\n",
        expect![[r#"
            citation/revised-since Hint “Resolution 140 (Rev. Dubai, 2018)”
              Resolution 140 has been revised since this text was written: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version if the text is still being worked on.
              Cite (Rev. Bucharest, 2022)
                a) Resolution 140 (Rev. {~~Dubai~>Bucharest~~}, {~~2018~>2022~~}) of the Plenipotentiary Conference;
              Pin this citation: the old text is meant
                a) [Resolution 140 (Rev. Dubai, 2018)](=) of the Plenipotentiary Conference;
            citation/outdated Warning “Resolution 140 (Rev. Busan, 2014)”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Dubai, 2018)
                b) Resolution 140 (Rev. {~~Busan~>Dubai~~}, {~~2014~>2018~~}) of the Plenipotentiary Conference;
              Cite (Rev. Bucharest, 2022)
                b) Resolution 140 (Rev. {~~Busan~>Bucharest~~}, {~~2014~>2022~~}) of the Plenipotentiary Conference;
              Pin this citation: the old text is meant
                b) [Resolution 140 (Rev. Busan, 2014)](=) of the Plenipotentiary Conference;
            citation/outdated Warning “Resolution 140 (Rev. {~~Antalya, 2006~>Busan, 2014~~})”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Dubai, 2018)
                d) Resolution 140 (Rev. {~~Antalya, 2006~>Dubai, 2018~~}) of the Plenipotentiary Conference;
              Cite (Rev. Bucharest, 2022)
                d) Resolution 140 (Rev. {~~Antalya, 2006~>Bucharest, 2022~~}) of the Plenipotentiary Conference;
              Pin this citation: the old text is meant
                d) [Resolution 140 (Rev. {~~Antalya, 2006~>Busan, 2014~~})](=) of the Plenipotentiary Conference;
            citation/outdated Warning “Resolution 140 (Rev. Busan, 20{~~06~>14~~})”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Pin this citation: the old text is meant
                e) [Resolution 140 (Rev. Busan, 20{~~06~>14~~})](=) of the Plenipotentiary Conference;
        "#]],
    );
}

#[test]
fn a_group_that_shares_a_parenthesis_is_brought_on_together() {
    shows(
        "PP-18",
        "全权代表大会第101和102号决议（2010年，瓜达拉哈拉，修订版）\n",
        expect![[r#"
        citation/outdated Warning “第101”
          This version of Resolution 101 was out of date when this text was written: (Rev. Busan, 2014) has been in force since 7 November 2014. Cite that version, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            全权代表大会[第101和102号决议（2010年，瓜达拉哈拉，修订版）](=)
        citation/outdated Warning “102号决议（2010年，瓜达拉哈拉，修订版）”
          This version of Resolution 102 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            全权代表大会[第101和102号决议（2010年，瓜达拉哈拉，修订版）](=)
    "#]],
    );
}

#[test]
fn a_group_that_would_fall_apart_is_left_alone() {
    shows(
        "PP-22",
        "Resolutions 135 and 102 (Rev. Guadalajara, 2010) of the Plenipotentiary Conference\n",
        expect![[r#"
        citation/outdated Warning “Resolutions 135”
          This version of Resolution 135 was out of date when this text was written: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version, or pin the citation if the old one is meant.
          Cite (Rev. Bucharest, 2022)
            Resolutions 135 and 102 (Rev. Bucharest, 2022) of the Plenipotentiary Conference
          Pin this citation: the old text is meant
            [Resolutions 135 and 102 (Rev. Guadalajara, 2010)](=) of the Plenipotentiary Conference
        citation/outdated Warning “102 (Rev. Guadalajara, 2010)”
          This version of Resolution 102 was out of date when this text was written: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version, or pin the citation if the old one is meant.
          Cite (Rev. Bucharest, 2022)
            Resolutions 135 and 102 (Rev. Bucharest, 2022) of the Plenipotentiary Conference
          Pin this citation: the old text is meant
            [Resolutions 135 and 102 (Rev. Guadalajara, 2010)](=) of the Plenipotentiary Conference
    "#]],
    );
}

#[test]
fn a_first_version_becomes_a_revision() {
    shows(
        "PP-18",
        "Resolution 140 (Antalya, 2006) of the Plenipotentiary Conference\n",
        expect![[r#"
            citation/outdated Warning “Resolution 140 (Antalya, 2006)”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Dubai, 2018)
                Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference
              Cite (Rev. Bucharest, 2022)
                Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference
              Pin this citation: the old text is meant
                [Resolution 140 (Antalya, 2006)](=) of the Plenipotentiary Conference
        "#]],
    );
    shows(
        "PP-18",
        "全权代表大会第140号决议（2006年，安塔利亚）\n",
        expect![[r#"
            citation/outdated Warning “第140号决议（2006年，安塔利亚）”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Dubai, 2018)
                全权代表大会第140号决议（2018年，迪拜，修订版）
              Cite (Rev. Bucharest, 2022)
                全权代表大会第140号决议（2022年，布加勒斯特，修订版）
              Pin this citation: the old text is meant
                全权代表大会[第140号决议（2006年，安塔利亚）](=)
        "#]],
    );
}

#[test]
fn years_alone_and_codes() {
    shows(
        "PP-22",
        "Council Resolution 1332 (Rev. 2011)\n",
        expect![[r#"
            citation/outdated Warning “Resolution 1332 (Rev. 2011)”
              This version of Council Resolution 1332 was out of date when this text was written: (Rev. 2019) has been in force since 20 June 2019. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. 2019)
                Council Resolution 1332 (Rev. 2019)
              Cite (Rev. 2023)
                Council Resolution 1332 (Rev. 2023)
              Pin this citation: the old text is meant
                Council [Resolution 1332 (Rev. 2011)](=)
        "#]],
    );
    shows(
        "PP-22",
        "Council Resolution 1332 (C11, last amended C16)\n",
        expect![[r#"
            citation/outdated Warning “Resolution 1332 (C11, last amended C16)”
              This version of Council Resolution 1332 was out of date when this text was written: (Rev. 2019) has been in force since 20 June 2019. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. 2019)
                Council Resolution 1332 (C11, last amended C19)
              Cite (Rev. 2023)
                Council Resolution 1332 (C11, last amended C23)
              Pin this citation: the old text is meant
                Council [Resolution 1332 (C11, last amended C16)](=)
        "#]],
    );
    shows(
        "PP-22",
        "Resolution 27 (Rev.WRC-12)\n",
        expect![[r#"
            citation/outdated Warning “Resolution 27 (Rev.WRC-12)”
              This version of Resolution 27 was out of date when this text was written: (Rev.WRC-19) has been in force since 22 November 2019. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev.WRC-19)
                Resolution 27 (Rev.WRC-19)
              Pin this citation: the old text is meant
                [Resolution 27 (Rev.WRC-12)](=)
        "#]],
    );
}

#[test]
fn abrogated() {
    shows(
        "PP-22",
        "Resolution 185 (Busan, 2014) of the Plenipotentiary Conference\n",
        expect![[r#"
            citation/abrogated Warning “Resolution 185 (Busan, 2014)”
              Resolution 185 was no longer in force when this text was written: abrogated on 16 November 2018 by PP-18. Cite what took its place, or pin the citation if it is named as history.
              Pin this citation: the old text is meant
                [Resolution 185 (Busan, 2014)](=) of the Plenipotentiary Conference
        "#]],
    );
    shows(
        "PP-18",
        "Resolution 185 (Busan, 2014) of the Plenipotentiary Conference\n",
        expect![[r#"
            citation/abrogated Hint “Resolution 185 (Busan, 2014)”
              Resolution 185 was no longer in force when this text was written: abrogated on 16 November 2018 by PP-18. Cite what took its place, or pin the citation if it is named as history.
              Pin this citation: the old text is meant
                [Resolution 185 (Busan, 2014)](=) of the Plenipotentiary Conference
        "#]],
    );
}

#[test]
fn unknown() {
    shows(
        "",
        "resolution WHA75.91 and resolution WHA75.8\n",
        expect![[r#"
            citation/unknown Warning “resolution WHA75.91”
              There is no Resolution WHA75.91: the list of the resolutions of the World Health Assembly is complete until 2022 and has none. Check the number.
        "#]],
    );
    shows(
        "",
        "General Assembly resolution 95/1\n",
        expect![[r#"
            citation/unknown Warning “resolution 95/1”
              There is no General Assembly resolution 95/1 yet: its number belongs to a session that begins on 1 September 2040. Check the number.
        "#]],
    );
    shows(
        "",
        "Security Council resolution 687 (1992)\n",
        expect![[r#"
        citation/unknown Warning “resolution 687 (1992)”
          The United Nations Security Council has adopted no resolution 687 (1992), but 687 (1991). Check the year.
    "#]],
    );
    shows(
        "PP-18",
        "Resolution 299 (Dubai, 2018) of the Plenipotentiary Conference\n",
        expect![[r#"
            citation/unknown Warning “Resolution 299 (Dubai, 2018)”
              There is no Resolution 299: by 2022 the Plenipotentiary Conference had given out the numbers up to 219. Check the number.
        "#]],
    );
    shows(
        "PP-18",
        "Resolution 171 (Guadalajara, 2010) of the Plenipotentiary Conference\n",
        expect![[r#"
        citation/abrogated Hint “Resolution 171 (Guadalajara, 2010)”
          Resolution 171 is no longer in force today: abrogated on 14 October 2022 or earlier (concluded, not proven). Look for what took its place if the text is still being worked on.
          Pin this citation: the old text is meant
            [Resolution 171 (Guadalajara, 2010)](=) of the Plenipotentiary Conference
    "#]],
    );
}

#[test]
fn unknown_versions() {
    shows(
        "PP-22",
        "Resolution 140 (Rev. Busan, 2018) of the Plenipotentiary Conference\n",
        expect![[r#"
            citation/unknown-version Warning “Resolution 140 (Rev. Busan, 2018)”
              The Plenipotentiary Conference met in Dubai in 2018, not in Busan. Check place and year.
              Cite (Rev. Bucharest, 2022)
                Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference
              Cite (Rev. Busan, 2014)
                Resolution 140 (Rev. Busan, 2014) of the Plenipotentiary Conference
              Cite (Rev. Dubai, 2018)
                Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference
              Pin this citation: the old text is meant
                [Resolution 140 (Rev. Busan, 2018)](=) of the Plenipotentiary Conference
        "#]],
    );
    shows(
        "PP-22",
        "Resolution 140 (Rev. Geneva, 2017) of the Plenipotentiary Conference\n",
        expect![[r#"
            citation/unknown-version Warning “Resolution 140 (Rev. Geneva, 2017)”
              The Plenipotentiary Conference did not meet in 2017. Check place and year.
              Cite (Rev. Bucharest, 2022)
                Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference
              Pin this citation: the old text is meant
                [Resolution 140 (Rev. Geneva, 2017)](=) of the Plenipotentiary Conference
        "#]],
    );
    shows(
        "PP-22",
        "Resolution 140 (Rev. Minneapolis, 1998) of the Plenipotentiary Conference\n",
        expect![[r#"
            citation/unknown-version Warning “Resolution 140 (Rev. Minneapolis, 1998)”
              Resolution 140 was first adopted in Antalya, 2006, so it had no version of 1998. Check place and year.
              Cite (Rev. Bucharest, 2022)
                Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference
              Pin this citation: the old text is meant
                [Resolution 140 (Rev. Minneapolis, 1998)](=) of the Plenipotentiary Conference
        "#]],
    );
}

#[test]
fn series_and_drafts() {
    shows(
        "",
        "General Assembly resolution 36/151\n",
        expect![[r#"
        citation/outdated Hint “resolution 36/151”
          There is a newer one on this subject: General Assembly resolution 49/176 (source: United Nations review of the resolutions cited in its programme plans). Cite it, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            General Assembly [resolution 36/151](=)
    "#]],
    );
    shows("", "General Assembly resolutions 36/151 and 49/176\n", expect![""]);
    shows("# Resolution 79/138\n\nThe General Assembly,\n\n", "General Assembly resolution 55/175\n", expect![""]);
    shows(
        "",
        "联大A/78/L.49决议\n",
        expect![[r#"
            citation/draft-symbol Warning “A/78/L.49决议”
              The draft A/78/L.49 has been adopted as General Assembly resolution 78/265. Cite the resolution.
              Cite General Assembly resolution 78/265
                联大A/RES/78/265决议
              Pin this citation: the old text is meant
                联大[A/78/L.49决议](=)
        "#]],
    );
}

#[test]
fn how_loudly_a_newer_one_of_a_series_is_named() {
    let in_draft = |text: &str, expected| {
        shows_on(date(2026, 1, 1), "# Draft resolution\n\nThe General Assembly,\n\n", text, expected);
    };
    // In the operative part, named outright.
    in_draft(
        "1. *Decides* to act under its resolution 77/150;\n",
        expect![[r#"
        citation/outdated Warning “resolution 77/150”
          There is a newer one on this subject: General Assembly resolution 79/194 (source: United Nations review of the resolutions cited in its programme plans). Cite it, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            1. *Decides* to act under its [resolution 77/150](=);
    "#]],
    );
    // In the preamble, with a paragraph of it, beside the latest, for what it founded, and another organ's.
    in_draft(
        "*Recalling* its resolution 77/150,\n",
        expect![[r#"
        citation/outdated Hint “resolution 77/150”
          There is a newer one on this subject: General Assembly resolution 79/194 (source: United Nations review of the resolutions cited in its programme plans). Cite it, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            *Recalling* its [resolution 77/150](=),
    "#]],
    );
    in_draft(
        "1. *Decides* to act under paragraph 12 of its resolution 77/150;\n",
        expect![[r#"
        citation/outdated Hint “resolution 77/150”
          There is a newer one on this subject: General Assembly resolution 79/194 (source: United Nations review of the resolutions cited in its programme plans). Cite it, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            1. *Decides* to act under paragraph 12 of its [resolution 77/150](=);
    "#]],
    );
    in_draft(
        "1. *Decides* to act under resolution 77/150;\n\n2. *Recalls* resolution 79/194;\n",
        expect![[r#"
        citation/outdated Hint “resolution 77/150”
          There is a newer one on this subject: General Assembly resolution 79/194 (source: United Nations review of the resolutions cited in its programme plans). Cite it, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            1. *Decides* to act under [resolution 77/150](=);
    "#]],
    );
    in_draft(
        "1. *Decides* to act under its resolution 46/182;\n",
        expect![[r#"
        citation/outdated Hint “resolution 46/182”
          There is a newer one on this subject: General Assembly resolution 48/57 (source: United Nations review of the resolutions cited in its programme plans). Cite it, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            1. *Decides* to act under its [resolution 46/182](=);
    "#]],
    );
    in_draft(
        "1. *Decides* to act under Human Rights Council resolution 28/16;\n",
        expect![[r#"
            citation/outdated Hint “resolution 28/16”
              There seems to be a newer one on this subject: General Assembly resolution 79/175 (concluded, not proven). Look whether it is the one to cite.
              Pin this citation: the old text is meant
                1. *Decides* to act under Human Rights Council [resolution 28/16](=);
        "#]],
    );
    // Two parts of one are as new as each other.
    in_draft(
        "1. *Decides* to act under its resolutions 77/256 A and B;\n",
        expect![[r#"
        citation/outdated Warning “resolutions 77/256 A”
          There is a newer one on this subject: General Assembly resolution 79/252 B (source: United Nations review of the resolutions cited in its programme plans). Cite it, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            1. *Decides* to act under its [resolutions 77/256 A](=) and B;
        citation/outdated Warning “B”
          There is a newer one on this subject: General Assembly resolution 79/252 B (source: United Nations review of the resolutions cited in its programme plans). Cite it, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            1. *Decides* to act under its resolutions 77/256 A and [B](=);
    "#]],
    );
}

#[test]
fn what_an_adopted_text_knew_of_a_series() {
    let adopted = |day: &str, text: &str, expected| {
        shows_on(date(2026, 1, 1), &format!("---\nbody: UNGA\ndate: {day}\n---\n\n"), text, expected);
    };
    // The latest was there; or only another of the series, which is a conclusion; or none.
    adopted(
        "2022-12-01",
        "under its resolution 68/198\n",
        expect![[r#"
        citation/outdated Hint “resolution 68/198”
          When this text was written, there was a newer one on this subject: General Assembly resolution 71/212 (source: United Nations review of the resolutions cited in its programme plans). Cite it, or pin the citation if the old one is meant.
          Pin this citation: the old text is meant
            under its [resolution 68/198](=)
    "#]],
    );
    adopted(
        "2022-11-01",
        "under its resolution 75/202\n",
        expect![[r#"
        citation/revised-since Hint “resolution 75/202”
          Since this text was written, there is a newer one on this subject: General Assembly resolution 79/194 (source: United Nations review of the resolutions cited in its programme plans). Look whether it is the one to cite if the text is still being worked on.
          Pin this citation: the old text is meant
            under its [resolution 75/202](=)
    "#]],
    );
    adopted(
        "2023-01-01",
        "under its resolution 77/150\n",
        expect![[r#"
        citation/revised-since Hint “resolution 77/150”
          Since this text was written, there is a newer one on this subject: General Assembly resolution 79/194 (source: United Nations review of the resolutions cited in its programme plans). Look whether it is the one to cite if the text is still being worked on.
          Pin this citation: the old text is meant
            under its [resolution 77/150](=)
    "#]],
    );
}

#[test]
fn each_language_keeps_its_form() {
    let head = "---\ndate: 2018-11-16\n---\n\n";
    shows(
        head,
        "la Résolution 140 (Rév. Busan, 2014) de la Conférence de plénipotentiaires\n",
        expect![[r#"
            citation/outdated Warning “Résolution 140 (Rév. Busan, 2014)”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Dubai, 2018)
                la Résolution 140 (Rév. Dubaï, 2018) de la Conférence de plénipotentiaires
              Cite (Rev. Bucharest, 2022)
                la Résolution 140 (Rév. Bucarest, 2022) de la Conférence de plénipotentiaires
              Pin this citation: the old text is meant
                la [Résolution 140 (Rév. Busan, 2014)](=) de la Conférence de plénipotentiaires
        "#]],
    );
    shows(
        head,
        "la Résolution 140 (Antalya, 2006) de la Conférence de plénipotentiaires\n",
        expect![[r#"
            citation/outdated Warning “Résolution 140 (Antalya, 2006)”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Dubai, 2018)
                la Résolution 140 (Rév. Dubaï, 2018) de la Conférence de plénipotentiaires
              Cite (Rev. Bucharest, 2022)
                la Résolution 140 (Rév. Bucarest, 2022) de la Conférence de plénipotentiaires
              Pin this citation: the old text is meant
                la [Résolution 140 (Antalya, 2006)](=) de la Conférence de plénipotentiaires
        "#]],
    );
    shows(
        head,
        "la Resolución 140 (Rev. Busán, 2014) de la Conferencia de Plenipotenciarios\n",
        expect![[r#"
            citation/outdated Warning “Resolución 140 (Rev. Busán, 2014)”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Dubai, 2018)
                la Resolución 140 (Rev. Dubái, 2018) de la Conferencia de Plenipotenciarios
              Cite (Rev. Bucharest, 2022)
                la Resolución 140 (Rev. Bucarest, 2022) de la Conferencia de Plenipotenciarios
              Pin this citation: the old text is meant
                la [Resolución 140 (Rev. Busán, 2014)](=) de la Conferencia de Plenipotenciarios
        "#]],
    );
    shows(
        head,
        "Резолюция 140 (Пересм. Пусан, 2014 г.) Полномочной конференции\n",
        expect![[r#"
            citation/outdated Warning “Резолюция 140 (Пересм. Пусан, 2014 г.)”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Dubai, 2018)
                Резолюция 140 (Пересм. Дубай, 2018 г.) Полномочной конференции
              Cite (Rev. Bucharest, 2022)
                Резолюция 140 (Пересм. Бухарест, 2022 г.) Полномочной конференции
              Pin this citation: the old text is meant
                [Резолюция 140 (Пересм. Пусан, 2014 г.)](=) Полномочной конференции
        "#]],
    );
    shows(
        head,
        "القرار 140 (المراجَع في بوسان، 2014) لمؤتمر المندوبين المفوضين\n",
        expect![[r#"
            citation/outdated Warning “القرار 140 (المراجَع في بوسان، 2014)”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Dubai, 2018)
                القرار 140 (المراجَع في دبي، 2018) لمؤتمر المندوبين المفوضين
              Cite (Rev. Bucharest, 2022)
                القرار 140 (المراجَع في بوخارست، 2022) لمؤتمر المندوبين المفوضين
              Pin this citation: the old text is meant
                [القرار 140 (المراجَع في بوسان، 2014)](=) لمؤتمر المندوبين المفوضين
        "#]],
    );
    shows(
        head,
        "القرار ١٤٠ (المراجع في بوسان، ٢٠١٤) لمؤتمر المندوبين المفوضين\n",
        expect![[r#"
            citation/outdated Warning “القرار ١٤٠ (المراجع في بوسان، ٢٠١٤)”
              This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
              Cite (Rev. Dubai, 2018)
                القرار ١٤٠ (المراجع في دبي، ٢٠١٨) لمؤتمر المندوبين المفوضين
              Cite (Rev. Bucharest, 2022)
                القرار ١٤٠ (المراجع في بوخارست، ٢٠٢٢) لمؤتمر المندوبين المفوضين
              Pin this citation: the old text is meant
                [القرار ١٤٠ (المراجع في بوسان، ٢٠١٤)](=) لمؤتمر المندوبين المفوضين
        "#]],
    );
}

proptest! {
    #[test]
    fn whatever_the_text_every_fix_can_be_applied(
        words in prop::collection::vec(prop::sample::select(vec![
            "Resolution 140 ", "第140号决议", "Resolutions 101 and 102 ", "(Rev. Busan, 2014)", "（2014年，釜山，修订版）", "(Busan, ",
            "20", "14)", "2014)", "{~~", "~>", "~~}", "{++", "++}", "{--", "--}", "[", "](=)", "{>>", "<<}", "\n\n", "\na) ",
            "of the Plenipotentiary Conference ", "全权代表大会", "A/78/L.49 ", "resolution 36/151 ", "WHA75.91 ", "*recalling* ",
            "# Resolution 219 (Bucharest, 2022)\n", "MOD EUR/1\n", "Council Resolution 1332 (C11) ", "القرار 140 ", "\r\n", "\t",
            "General Assembly resolution 70/1 of 27 September 2015", ", entitled “Transforming our word: the 2030 Agenda",
            " for Sustainable Development” ", "(Rev Dubai 2018)", "（迪拜，2018，修订版）", "2625(XXV) ", "resolution 33/10 ",
            "WHA 75.8 ", "of this conference ", "“", "”",
        ]), 0..30),
    ) {
        let text = words.concat();
        let facts = Facts::read(&text, &parse(&text));
        let catalogue = Catalogue::bundled();
        let input = Input::new(&text, &facts, &catalogue, TODAY, Default::default());
        for finding in [Scope::Document, Scope::Catalogue].into_iter().flat_map(|scope| check(&input, scope)) {
            prop_assert!(text.get(std::ops::Range::<usize>::from(finding.range)).is_some());
            for fix in &finding.fixes {
                if let Remedy::Edits(edits) = &fix.remedy {
                    prop_assert!(TextEdit::apply_all(&text, edits).is_some(), "{}: {edits:?}", fix.title);
                }
            }
        }
    }

    /// Whoever follows a fix has put that finding right, and brought in no other of the kind.
    #[test]
    fn a_fixed_citation_is_not_found_again(
        number in prop::sample::select(vec![70, 102, 130, 140, 175, 200]),
        version in prop::sample::select(vec!["Rev. Guadalajara, 2010", "Rev. Busan, 2014", "Rev. Dubai, 2018", "Antalya, 2006", "Rev. Busan, 2018"]),
        head in prop::sample::select(vec!["PP-14", "PP-18", "PP-22", "WTDC-22", "", "MOD EUR/1\n\n# Resolution 130 (Rev. {~~Dubai, 2018~>Bucharest, 2022~~})\n\n"]),
    ) {
        let text = format!("{}Resolution {number} ({version}) of the Plenipotentiary Conference\n", adopted(head));
        for finding in findings(&text, &Catalogue::bundled()) {
            for fix in &finding.fixes {
                let Remedy::Edits(edits) = &fix.remedy else { continue };
                let fixed = TextEdit::apply_all(&text, edits).unwrap();
                let again = findings(&fixed, &Catalogue::bundled());
                prop_assert!(again.iter().all(|other| other.rule != finding.rule), "{}\n{text}{fixed}{again:?}", fix.title);
            }
        }
    }
}

#[test]
fn an_opinion_of_another_forum_is_no_newer_version() {
    let text = format!("{}Opinion 4 (Lisbon, 2009) of the World Telecommunication Policy Forum\n", adopted("PP-22"));
    assert_eq!(findings(&text, &Catalogue::bundled()), []);
}

#[test]
fn cover_matter_is_judged_as_of_what_it_covers() {
    let text = "This proposal follows Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference.\n\n\
                MOD EUR/1\n\n# Resolution 130 (Rev. Dubai, 2018)\n\n\
                The Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),\n";
    let found: Vec<_> = findings(text, &Catalogue::bundled()).iter().map(|finding| finding.rule).collect();
    assert_eq!(found, ["citation/revised-since"], "today it would be out of date");
}
