//! `drafting/verb`: a clause or section opens with a word that is nearly an opening verb, or with the form of the verb
//! that the other part has.

use super::drafting_common::{Opened, replace, sentences};
use super::{Finding, Fix, Input, Remedy, Rule, Scope, Severity};
use crate::drafting::part::{Form, Part};
use crate::drafting::verbs;
use crate::syntax::{Language, Side, TextRange, TextSize};

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/verb",
    page: include_str!("../../../docs/rules/drafting-verb.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for openings in input.openings() {
        let language = openings.language;
        let opened = openings.all(input);
        // A text of which no verb is known is no resolution, or one in a language that the data does not have.
        if opened.iter().all(|opened| opened.part == Part::Other) {
            continue;
        }
        out.extend(opened.iter().filter(|opened| opened.marked).filter_map(|opened| slip(input, language, opened)));
        for sentence in sentences(input, opened) {
            out.extend(wrong_form(input, language, &sentence));
        }
    }
}

fn slip(input: &Input<'_>, language: Language, opened: &Opened<'_>) -> Option<Finding> {
    let words = opened.words(Side::Amended);
    let slip = verbs::slip(words, language)?;
    let at = usize::from(opened.range.start());
    let place =
        TextRange::new(TextSize::try_from(at + slip.range.start).ok()?, TextSize::try_from(at + slip.range.end).ok()?);
    let written = words.get(slip.range)?;
    let listed: Vec<String> = slip.suggestions.iter().map(|word| format!("“{word}”")).collect();
    let message = format!("“{written}” is no opening verb. Did you mean {}?", listed.join(" or "));
    let mut finding =
        Finding::new(RULE.id, RULE.severity, opened.paragraph.views[Side::Amended].to_source(place)?, message);
    for word in slip.suggestions {
        finding.fixes.extend(change(input, opened, place, &word));
    }
    Some(finding)
}

fn change(input: &Input<'_>, opened: &Opened<'_>, place: TextRange, new: &str) -> Option<Fix> {
    let edit = replace(input, opened.paragraph, Side::Amended, place, new)?;
    Some(Fix { title: format!("Change to “{new}”"), remedy: Remedy::Edits(vec![edit]), certain: false })
}

/// “Recalls” among the clauses of the preamble, “Deciding” among those of the operative part. Only where those around it
/// leave no doubt of the part, and where the other form of the verb is known.
fn wrong_form(input: &Input<'_>, language: Language, opened: &[Opened<'_>]) -> Option<Finding> {
    let is = |opened: &Opened<'_>, form| opened.form == Some(form);
    let acts = |opened: &Opened<'_>| is(opened, Form::Operative) && opened.number.is_some();
    let first = opened.iter().position(acts)?;
    let (preamble, operative) = opened.split_at(first);
    // A finite verb without a number, with the preamble going on behind it; or at its end, closed by a comma as the rest.
    let mut finite = (0..preamble.len()).filter(|&index| preamble.get(index).is_some_and(|o| is(o, Form::Operative)));
    if let (Some(index), None) = (finite.next(), finite.next())
        && let Some(clause) = preamble.get(index)
        // An operative section of one clause has no label either; one with letters is of the preamble.
        && (clause.heading && clause.labelled
            || !clause.heading && clause.rest(Side::Amended).trim_end().ends_with([',', '，', '،']))
        && preamble
            .get(index + 1)
            .map_or(!clause.heading && index > 0, |next| is(next, Form::Preamble) && next.heading == clause.heading)
        && index.checked_sub(1).and_then(|before| preamble.get(before)).is_none_or(|before| is(before, Form::Preamble))
    {
        return other_form(input, language, clause, Form::Preamble);
    }
    // A participle that stands in no preamble, with a number among numbered clauses that act.
    let stray = operative.windows(2).position(|pair| {
        let [before, clause] = pair else { return false };
        acts(before)
            && is(clause, Form::Preamble)
            && clause.number.is_some()
            && clause.heading == before.heading
            && verbs::opening(clause.words(Side::Amended), language).is_none()
            && !verbs::acts_later(clause.rest(Side::Amended), language)
    })?;
    let next = operative.get(stray + 2);
    if next.is_some_and(|next| !acts(next)) {
        return None;
    }
    other_form(input, language, operative.get(stray + 1)?, Form::Operative)
}

fn other_form(input: &Input<'_>, language: Language, clause: &Opened<'_>, due: Form) -> Option<Finding> {
    let words = clause.words(Side::Amended);
    let written = words.trim_end().trim_end_matches([',', ':', '，', '：', '،']);
    let new = verbs::in_form(written, due, language)?;
    let part = if due == Form::Preamble { "the operative part" } else { "the preamble" };
    let here = if due == Form::Preamble { "a clause of the preamble" } else { "an operative clause" };
    let place = TextRange::at(clause.range.start(), TextSize::of(written));
    let message = format!("“{written}” is the form for {part}, and this is {here}. Write “{new}”.");
    let mut finding =
        Finding::new(RULE.id, RULE.severity, clause.paragraph.views[Side::Amended].to_source(place)?, message);
    finding.fixes.extend(change(input, clause, place, &new));
    Some(finding)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::shown;

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&shown("drafting/verb", text));
    }

    #[test]
    fn slips_in_clauses_of_six_languages() {
        check(
            "The General Assembly,\n\n*Recaling* its plan,\n\n1. *Decidess* to paint;\n\n2. *Requests* brushes.\n",
            expect![[r#"
                Recaling: “Recaling” is no opening verb. Did you mean “Recalling”? [Change to “Recalling”: Recalling]
                Decidess: “Decidess” is no opening verb. Did you mean “Decides”? [Change to “Decides”: Decides]
            "#]],
        );
        check(
            "L’Assemblée générale,\n\n*considerant* la rouille et les bancs,\n\n1. *décide* de peindre les bancs;\n",
            expect![[r#"
                considerant: “considerant” is no opening verb. Did you mean “considérant”? [Change to “considérant”: considérant]
            "#]],
        );
        check(
            "La Asamblea General,\n\n*Recordandoo* el plan de los bancos,\n\n1. *Pide* pintura para los bancos.\n",
            expect![[r#"
                Recordandoo: “Recordandoo” is no opening verb. Did you mean “Recordando”? [Change to “Recordando”: Recordando]
            "#]],
        );
        check(
            "Генеральная Ассамблея,\n\n*ссылясь* на план,\n\n1. *постановляет* красить.\n",
            expect![[r#"
                ссылясь: “ссылясь” is no opening verb. Did you mean “ссылаясь”? [Change to “ссылаясь”: ссылаясь]
            "#]],
        );
        check(
            "大会，\n\n*忆极*其计划，\n\n1. *决定*修理长椅。\n",
            expect![[r#"
                忆极: “忆极” is no opening verb. Did you mean “忆及”? [Change to “忆及”: 忆及]
            "#]],
        );
        check(
            "الجمعية العامة،\n\n*إذ تلاحض* حالة المقاعد،\n\n1. *تقرر* طلاءها.\n",
            expect![[r#"
                تلاحض: “تلاحض” is no opening verb. Did you mean “تلاحظ”? [Change to “تلاحظ”: تلاحظ]
            "#]],
        );
    }

    #[test]
    fn of_a_heading_the_verb_alone_is_judged() {
        check(
            "*recalling*\n\na) x,\n\n*resovles to instruct the Secretary-Genral*\n\n1. to y;\n\n*instructs the Secretary-Genral*\n\n1. to z.\n",
            expect![[r#"
                resovles: “resovles” is no opening verb. Did you mean “resolves”? [Change to “resolves”: resolves]
            "#]],
        );
    }

    #[test]
    fn in_a_tracked_text_the_text_as_amended_is_judged_and_the_fix_is_tracked() {
        check(
            "*recalling*\n\na) x,\n\n*{~~decids~>resovles~~}*\n\n1. to y;\n{--*invitess*--}\n\n*instucts*\n\n2. {++z++}.\n",
            expect![[r#"
                resovles: “resovles” is no opening verb. Did you mean “resolves”? [Change to “resolves”: resolves]
                instucts: “instucts” is no opening verb. Did you mean “instructs”? [Change to “instructs”: {~~instucts~>instructs~~}]
            "#]],
        );
    }

    #[test]
    fn other_emphases_are_left_alone() {
        check(
            "*Recalling* the *Nottes* of the bureau,\n\n*Inter alia*, benches,\n\n1. *Decides* to buy *Requets*, a book;\n   a) *Nots* too;\n\n### Annex\n\n*Recaling*\n\n*Dates*\n",
            expect![""],
        );
        check("*Nottes*\n\nThis is a page about *Decidess* and others.\n", expect![""]);
    }

    #[test]
    fn the_form_of_the_other_part() {
        check(
            "The Council,\n\n*Noting* rust,\n\n*Recalls* its plan,\n\n*Aware* of rain,\n\n1. *Decides* to paint;\n\n2. *Requesting* brushes;\n\n3. *Invites* all.\n",
            expect![[r#"
                Recalls: “Recalls” is the form for the operative part, and this is a clause of the preamble. Write “Recalling”. [Change to “Recalling”: Recalling]
            "#]],
        );
        check(
            "The Council,\n\n*Noting* rust,\n\n1. *Decides* to paint;\n\n2. *Deciding* also to dry;\n\n3. *Invites* all.\n",
            expect![[r#"
                Deciding: “Deciding” is the form for the preamble, and this is an operative clause. Write “Decides”. [Change to “Decides”: Decides]
            "#]],
        );
        check(
            "*considering*\n\na) x,\n\n*recognizes*\n\na) y,\n\n*noting*\n\na) z,\n\n*resolves*\n\n1. w.\n",
            expect![[r#"
                recognizes: “recognizes” is the form for the operative part, and this is a clause of the preamble. Write “recognizing”. [Change to “recognizing”: recognizing]
            "#]],
        );
    }

    #[test]
    fn a_form_that_may_be_meant_is_left_alone() {
        // A clause may begin with a participle and decide all the same; operative clauses may stand without numbers.
        check(
            "The Council,\n\n*Noting* rust,\n\n1. *Decides* to paint;\n\n2. *Recalling* its plan, decides to dry;\n\n3. *Invites* all.\n",
            expect![""],
        );
        check("The Council,\n\n*Noting* rust,\n\n*Decides* to paint;\n\n*Requests* brushes.\n", expect![""]);
    }
}
