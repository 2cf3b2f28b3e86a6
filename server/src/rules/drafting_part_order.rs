//! `drafting/part-order`: a clause of the preamble stands behind the beginning of the operative part, or an operative one
//! before the preamble.

use super::drafting_common::{Opened, recites, sentences};
use super::{Finding, Input, Place, Rule, Scope, Severity};
use crate::drafting::part::{Form, Part};
use crate::drafting::verbs;
use crate::profile::Mark;
use crate::syntax::{Language, Side};

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/part-order",
    page: include_str!("../../../docs/rules/drafting-part-order.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for openings in input.openings() {
        let (resolution, language) = (openings.resolution, openings.language);
        let opened = openings.all(input);
        // What the clauses of a preamble end with.
        let semicolon =
            input.profile(resolution).is_some_and(|profile| profile.preamble.between_clauses == Mark::Semicolon);
        let closing = if semicolon { &[',', '，', '،', ';', '；', '؛'][..] } else { &[',', '，', '،'][..] };
        let known = opened.into_iter().filter(|opened| opened.form.is_some() && opened.part != Part::Other).collect();
        for (at, sentence) in sentences(input, known).iter().enumerate() {
            out.extend(misplaced(language, closing, sentence, at == 0));
        }
    }
}

fn acts(opened: &Opened<'_>) -> bool {
    opened.form == Some(Form::Operative)
}

/// The first that stands wrong in a sentence, which is the first of its resolution or not.
fn misplaced(language: Language, closing: &[char], opened: &[Opened<'_>], is_first: bool) -> Option<Finding> {
    let begin = opened.iter().position(acts)?;
    // A part of a list without labels closes as the list does: “;”.
    let open = |opened: &Opened<'_>| opened.heading || opened.rest(Side::Amended).trim_end().ends_with(closing);
    let recites = |opened: &Opened<'_>| recites(opened, language) && open(opened);
    let stray = opened.iter().skip(begin).position(recites)? + begin;
    let (first, stray_one) = (opened.get(begin)?, opened.get(stray)?);
    let next = opened.get(begin + 1)?;
    let goes_on = opened.get(stray..)?.iter().any(acts);
    // Without a number in the middle of the preamble: either that clause stands wrong or its verb has the wrong form.
    let unnumbered = first.number.is_none() && !first.heading && next.form == Some(Form::Preamble);
    if unnumbered && !goes_on {
        return None;
    }
    if unnumbered || (begin == 0 && is_first && stray == 1 && goes_on) {
        let written = first.words(Side::Amended).trim_end_matches([',', ':', ' ']);
        if unnumbered && verbs::in_form(written, Form::Preamble, language).is_some() {
            return None;
        }
        let what = if first.heading { "section" } else { "clause" };
        let message = format!("This operative {what} stands in the preamble. Move it behind the preamble.");
        let finding = Finding::new(RULE.id, RULE.severity, first.source(Side::Amended), message);
        return Some(finding.related(Place::Here(next.source(Side::Amended)), "The preamble goes on here"));
    }
    let what = if stray_one.heading { "section" } else { "clause" };
    let message =
        format!("This {what} of the preamble stands behind the beginning of the operative part. Move it before that.");
    let finding = Finding::new(RULE.id, RULE.severity, stray_one.source(Side::Amended), message);
    Some(finding.related(Place::Here(first.source(Side::Amended)), "The operative part begins here"))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::shown;

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&shown("drafting/part-order", text));
    }

    const BEHIND: &str = "stands behind the beginning of the operative part. Move it before that.";

    #[test]
    fn a_clause_of_the_preamble_behind_operative_ones_in_six_languages() {
        for (text, words) in [
            ("*Recalling* x,\n\n1. *Decides* y;\n\n*Noting* z,\n\n2. *Requests* w.\n", "Noting"),
            ("*Rappelant* le x,\n\n1. *Décide* y;\n\n*Notant* les z,\n\n2. *Prie* les w.\n", "Notant"),
            ("*Recordando* el x,\n\n1. *Decide* y;\n\n*Observando* los z,\n\n2. *Pide* los w.\n", "Observando"),
            ("*ссылаясь* на х,\n\n1. *постановляет* у;\n\n*отмечая* з,\n\n2. *просит* в.\n", "отмечая"),
            ("*忆及*甲，\n\n1. *决定*乙；\n\n*念及*丙，\n\n2. *请*丁。\n", "念及"),
            ("*إذ تشير* إلى أ،\n\n1. *تقرر* ب؛\n\n*وإذ تلاحظ* ج،\n\n2. *تطلب* د.\n", "وإذ تلاحظ"),
        ] {
            assert_eq!(
                shown("drafting/part-order", text),
                format!("*{words}*: This clause of the preamble {BEHIND}\n").replace('*', ""),
                "{text}"
            );
        }
    }

    #[test]
    fn a_section_of_the_preamble_behind_the_operative_part() {
        check(
            "*considering*\n\na) x,\n\n*resolves*\n\n1. y,\n\n*recalling*\n\na) z,\n\n*noting*\n\na) w,\n\n*instructs the Secretary-General*\n\n1. v.\n",
            expect![[r#"
                recalling: This section of the preamble stands behind the beginning of the operative part. Move it before that.
            "#]],
        );
    }

    #[test]
    fn an_operative_clause_before_the_preamble() {
        check(
            "The Council,\n\n1. *Decides* x;\n\n*Recalling* y,\n\n*Noting* z,\n\n2. *Requests* w.\n",
            expect![[r#"
                Decides: This operative clause stands in the preamble. Move it behind the preamble.
            "#]],
        );
    }

    #[test]
    fn the_text_as_amended_counts() {
        check(
            "*Recalling* x,\n\n1. *Decides* y;\n\n{--*Noting* z,--}\n\n2. *Requests* w;\n\n{++*Aware* of v,++}\n\n3. *Invites* u.\n",
            expect![[r#"
                Aware: This clause of the preamble stands behind the beginning of the operative part. Move it before that.
            "#]],
        );
    }

    #[test]
    fn another_preamble_is_in_its_place() {
        // Several texts in one resolution, a clause that recalls and decides, annexes, and texts without an operative part.
        check(
            "*Recalling* x,\n\n1. *Decides* y;\n\n2. *Requests* z.\n\n*Recalling* v,\n\n1. *Decides* w.\n",
            expect![""],
        );
        check("*Recalling* x,\n\n1. *Decides* y.\n\nThe Assembly,\n\n*Recalling* v,\n\n1. *Decides* w.\n", expect![""]);
        check("*Recalling* x,\n\n1. *Decides* y;\n\n2. *Recalling* z, decides w.\n", expect![""]);
        check("*Recalling* x,\n\n1. *Decides* y.\n\n### Annex\n\n*Recalling* v,\n\n*Noting* w.\n", expect![""]);
        check("*Recalling* x,\n\n*Noting* y,\n", expect![""]);
    }
}
