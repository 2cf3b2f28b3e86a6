//! `citation/draft-symbol`: the symbol of a draft that has been adopted.

use super::citation_common::{Judge, Judged, Newer, newer, range, sentence, with_pin, with_resolution};
use super::{Finding, Input, Rule, Scope, Severity, citation_fix, citation_update};
use crate::citation::{ResolutionId, written};
use crate::syntax::Language;

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/draft-symbol",
    page: include_str!("../../../docs/rules/citation-draft-symbol.md"),
    severity: Severity::Warning,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for cited in judge.all() {
        if let Some(Newer::Adopted(id)) = newer(&cited, cited.written) {
            out.push(finding(&cited, id, true));
        } else if cited.past
            && let Some(Newer::Adopted(id)) = newer(&cited, input.today)
        {
            out.push(finding(&cited, id, false));
        }
    }
}

/// `before`: whether it had been adopted when the text was written.
fn finding(cited: &Judged<'_>, id: &ResolutionId, before: bool) -> Finding {
    let severity = if before && !cited.history { RULE.severity } else { Severity::Hint };
    let draft = &cited.citation.number;
    let kind = if id.body.ends_with(" Decision") { "decision" } else { "resolution" };
    let name = written(id, None, Language::En);
    let message = match before {
        true => format!("The draft {draft} has been adopted as {name}. Cite the {kind}."),
        false => format!(
            "Since this text was written, the draft {draft} has been adopted as {name}. Cite the {kind} if the text is \
             still being worked on."
        ),
    };
    let finding = Finding::new(RULE.id, severity, range(cited), message);
    let finding = with_resolution(finding, id, None, format!("{}, which it became", sentence(&name)));
    let mut finding = finding;
    let fix = |edits| citation_update::fix_to_adopted(cited, id, format!("Cite {name}"), edits);
    finding.fixes.extend(citation_fix::adopted(cited, id).map(fix));
    with_pin(finding, cited)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::fixed_lines;

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&fixed_lines(super::RULE.id, text));
    }

    #[test]
    fn a_draft_that_was_adopted_before_the_text_was_written() {
        assert(
            "as stated in draft resolution A/78/L.49 of the General Assembly\n",
            expect![[r#"
                resolution A/78/L.49: The draft A/78/L.49 has been adopted as General Assembly resolution 78/265. Cite the resolution.
                  Cite General Assembly resolution 78/265: as stated in resolution 78/265 of the General Assembly
                  Pin this citation: the old text is meant: as stated in draft [resolution A/78/L.49](=) of the General Assembly
            "#]],
        );
        assert(
            "联大A/78/L.49决议\n",
            expect![[r#"
                A/78/L.49决议: The draft A/78/L.49 has been adopted as General Assembly resolution 78/265. Cite the resolution.
                  Cite General Assembly resolution 78/265: 联大A/RES/78/265决议
                  Pin this citation: the old text is meant: 联大[A/78/L.49决议](=)
            "#]],
        );
        assert(
            "ссылаясь на проект резолюции A/78/L.49 Генеральной Ассамблеи\n",
            expect![[r#"
                резолюции A/78/L.49: The draft A/78/L.49 has been adopted as General Assembly resolution 78/265. Cite the resolution.
                  Cite General Assembly resolution 78/265: ссылаясь на резолюцию 78/265 Генеральной Ассамблеи
                  Pin this citation: the old text is meant: ссылаясь на проект [резолюции A/78/L.49](=) Генеральной Ассамблеи
            "#]],
        );
        assert(
            "проект резолюции A/78/L.49 Генеральной Ассамблеи\n",
            expect![[r#"
                резолюции A/78/L.49: The draft A/78/L.49 has been adopted as General Assembly resolution 78/265. Cite the resolution.
                  Pin this citation: the old text is meant: проект [резолюции A/78/L.49](=) Генеральной Ассамблеи
            "#]],
        );
    }

    #[test]
    fn a_draft_that_was_adopted_since() {
        assert(
            "---\ndate: 2024-03-01\n---\n\nto act on the draft A/78/L.49 of the General Assembly\n",
            expect![[r#"
                A/78/L.49: Since this text was written, the draft A/78/L.49 has been adopted as General Assembly resolution 78/265. Cite the resolution if the text is still being worked on.
                  Cite General Assembly resolution 78/265: to act on the resolution 78/265 of the General Assembly
                  Pin this citation: the old text is meant: to act on the draft [A/78/L.49](=) of the General Assembly
            "#]],
        );
    }

    #[test]
    fn changes_to_a_proposal_are_tracked() {
        assert(
            "MOD A/1\n\nto act on draft resolution A/78/L.49 of the General Assembly\n",
            expect![[r#"
                resolution A/78/L.49: The draft A/78/L.49 has been adopted as General Assembly resolution 78/265. Cite the resolution.
                  Cite General Assembly resolution 78/265: to act on {~~draft resolution A/78/L.49~>resolution 78/265~~} of the General Assembly
                  Pin this citation: the old text is meant: to act on draft [resolution A/78/L.49](=) of the General Assembly
            "#]],
        );
        assert(
            "MOD A/1\n\nto act on {++draft resolution A/78/L.49 of++} the General Assembly\n",
            expect![[r#"
                resolution A/78/L.49: The draft A/78/L.49 has been adopted as General Assembly resolution 78/265. Cite the resolution.
                  Cite General Assembly resolution 78/265: to act on {++resolution 78/265 of++} the General Assembly
                  Pin this citation: the old text is meant: to act on {++draft [resolution A/78/L.49](=) of++} the General Assembly
            "#]],
        );
        assert(
            "MOD A/1\n\nto act on draft {++resolution A/78/L.49++} of the General Assembly\n",
            expect![[r#"
                resolution A/78/L.49: The draft A/78/L.49 has been adopted as General Assembly resolution 78/265. Cite the resolution.
                  Pin this citation: the old text is meant: to act on draft {++[resolution A/78/L.49](=)++} of the General Assembly
            "#]],
        );
    }

    #[test]
    fn what_is_still_a_draft_or_is_meant_to_be_one() {
        assert("to act on draft resolution A/78/L.50 of the General Assembly\n", expect![""]);
        assert("to act on draft resolution [A/78/L.49](=) of the General Assembly\n", expect![""]);
    }
}
