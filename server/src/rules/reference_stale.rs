//! `reference/stale`: a reference that tracked changes made name another clause.

use super::reference_common::{Known, first_words, words_at};
use super::{Finding, Input, Place, Remedy, Rule, Scope, Severity};
use crate::reference::{Owner, Reference, Stale, restore, stale};
use crate::syntax::Side;

/// The rule.
pub const RULE: Rule = Rule {
    id: "reference/stale",
    page: include_str!("../../../docs/rules/reference-stale.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    out.extend_from_slice(&input.references().stale);
}

/// Its findings.
pub(super) fn find(input: &Input<'_>, known: &Known<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let document = &input.facts.document;
    let moved = |reference: &&Reference| {
        let steps = reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps);
        reference.owner == Owner::This
            && reference.in_both
            && steps.into_iter().any(|step| step.target.in_force != step.target.amended)
    };
    let suspects: Vec<&Reference> = input.facts.references.iter().filter(moved).collect();
    for reference in suspects {
        let stale = stale(document, known.resolver(), known.meaning(), reference);
        found.extend(finding(input, reference, &stale));
    }
    found
}

/// One finding for a reference, however many of its labels are stale.
fn finding(input: &Input<'_>, reference: &Reference, stale: &[Stale<'_>]) -> Option<Finding> {
    let document = &input.facts.document;
    let first = stale.first()?;
    let range = stale.iter().map(|stale| stale.step.range).reduce(|a, b| a.cover(b))?;
    let cited = words_at(input.text, &first.step.core);
    let was = first_words(document, first.clause, Side::InForce);
    let is = first_words(document, first.instead, Side::Amended);
    let edits = restore(input.text, document, reference, stale);
    let next = match (&first.now, &edits) {
        (Some(now), Some(_)) if first.step.ordinal.is_none() => format!("The former is now “{}”.", now.core()),
        (Some(_), _) => "The former has another number now.".to_owned(),
        (None, _) => "The former is deleted: name another clause.".to_owned(),
    };
    let message = format!("“{cited}” is “{was}” in the text in force, and “{is}” as amended. {next}");
    let mut finding = Finding::new(RULE.id, RULE.severity, range, message)
        .related(Place::Here(document.paragraph(first.clause).range), "What it named in the text in force")
        .related(Place::Here(document.paragraph(first.instead).range), "What it names as amended");
    if let Some(edits) = edits.filter(|edits| !edits.is_empty()) {
        let now = stale.iter().filter(|stale| stale.step.ordinal.is_none()).filter_map(|stale| stale.now.as_ref());
        let new = now.map(|label| format!("“{}”", label.core())).collect::<Vec<_>>().join(", ");
        let title = match new.as_str() {
            "" => "Name the same clause again".to_owned(),
            new => format!("Name the same clause again: {new}"),
        };
        finding = finding.fix(title, Remedy::Edits(edits));
    }
    Some(finding)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::fixed_lines;

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&fixed_lines(super::RULE.id, text));
    }

    #[test]
    fn what_tracked_changes_moved() {
        assert(
            "*resolves*\n1. x;\n{++2. new;++}\n{~~2~>3~~}. y;\n{~~3~>4~~}. z,\n*invites*\nto do as resolves 1, 2 and 3 above say,\n",
            expect![[r#"
                2 and 3: “2” is “2. y” in the text in force, and “2. new” as amended. The former is now “3”.
                  Name the same clause again: “3”, “4”: to do as resolves 1, {~~2~>3~~} and {~~3~>4~~} above say,
            "#]],
        );
        assert(
            "*recalling*\na) x;\n{++b) new;++}\n{~~b~>c~~}) y,\n*resolves*\n1. to act on *recalling* b):\n   a) as *recalling* a) says,\n",
            expect![[r#"
                b): “b” is “b) y” in the text in force, and “b) new” as amended. The former is now “c”.
                  Name the same clause again: “c”: 1. to act on *recalling* {~~b~>c~~}):
            "#]],
        );
        assert(
            "*resolves*\n1. x:\n   a) y;\n   {++b) new;++}\n   {~~b~>c~~}) z;\n2. see resolves 1 b),\n",
            expect![[r#"
                b): “b” is “b) z” in the text in force, and “b) new” as amended. The former is now “c”.
                  Name the same clause again: “c”: 2. see resolves 1 {~~b~>c~~}),
            "#]],
        );
        assert(
            "*做出决议*\n1. 甲；\n{++2. 新；++}\n{~~2~>3~~}. 乙；\n{~~3~>4~~}. 落实上述做出决议2，\n",
            expect![[r#"
                2: “2” is “2. 乙” in the text in force, and “2. 新” as amended. The former is now “3”.
                  Name the same clause again: “3”: {~~3~>4~~}. 落实上述做出决议{~~2~>3~~}，
            "#]],
        );
    }

    #[test]
    fn a_clause_that_is_deleted_or_moved() {
        assert(
            "*resolves*\n1. x;\n{--2. y;--}\n{~~3~>2~~}. z,\n*invites*\nto do as resolves 2 above says,\n",
            expect![[r#"
                2: “2” is “2. y” in the text in force, and “2. z” as amended. The former is deleted: name another clause.
            "#]],
        );
        assert(
            "*resolves*\n{--1. x y;--}\n{~~2~>1~~}. z;\n{++2. x y;++}\n*invites*\nto do as resolves 1 above says,\n",
            expect![[r#"
                1: “1” is “1. x y” in the text in force, and “1. z” as amended. The former is now “2”.
                  Name the same clause again: “2”: to do as resolves {~~1~>2~~} above says,
            "#]],
        );
    }

    #[test]
    fn paragraphs_by_number_and_by_order() {
        assert(
            "*Recalling* x,\n\n{++*Noting* new,++}\n\n*Stressing* y,\n\n1. *Decides* z;\n\n{++2. *Asks* new;++}\n\n{~~2~>3~~}. *Stresses* the second preambular paragraph, PP2, OP2 and paragraph 2 of the present resolution.\n",
            expect![[r#"
                second: “second” is “Stressing y” in the text in force, and “Noting new” as amended. The former has another number now.
                  Name the same clause again: {~~2~>3~~}. *Stresses* the {~~second~>third~~} preambular paragraph, PP2, OP2 and paragraph 2 of the present resolution.
                2: “2” is “Stressing y” in the text in force, and “Noting new” as amended. The former has another number now.
                  Name the same clause again: {~~2~>3~~}. *Stresses* the second preambular paragraph, PP{~~2~>3~~}, OP2 and paragraph 2 of the present resolution.
                2: “2” is “2. Stresses the second preambular …” in the text in force, and “2. Asks new” as amended. The former is now “3”.
                  Name the same clause again: “3”: {~~2~>3~~}. *Stresses* the second preambular paragraph, PP2, OP{~~2~>3~~} and paragraph 2 of the present resolution.
                2: “2” is “2. Stresses the second preambular …” in the text in force, and “2. Asks new” as amended. The former is now “3”.
                  Name the same clause again: “3”: {~~2~>3~~}. *Stresses* the second preambular paragraph, PP2, OP2 and paragraph {~~2~>3~~} of the present resolution.
            "#]],
        );
    }

    #[test]
    fn what_was_written_for_the_text_as_amended() {
        assert(
            "*resolves*\n1. x;\n{++2. new, see resolves 2;++}\n{~~2~>3~~}. y {++as resolves 2 says++},\n*invites*\nto do as resolves {~~2~>3~~} above says,\n",
            expect![[""]],
        );
        assert("*resolves*\n1. x;\n{++2. new;++}\n2. y,\n*invites*\nto do as resolves 2 above says,\n", expect![[""]]);
        assert(
            "*resolves*\n1. x;\n{++1bis. new;++}\n2. y,\n*invites*\nto do as resolves 2 above says,\n",
            expect![[""]],
        );
        assert("*resolves*\n1. x;\n2. y,\n*invites*\nto do as resolves 2 above says,\n", expect![[""]]);
    }
}
