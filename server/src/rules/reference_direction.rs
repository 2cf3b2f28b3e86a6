//! `reference/direction`: “above” for what stands below, or “below” for what stands above.

use super::reference_common::{Known, side_of, words_at};
use super::{Finding, Input, Place, Remedy, Rule, Scope, Severity};
use crate::numbering::rewrite;
use crate::reference::{Direction, Owner, Reference, Target, opposite, stale};
use crate::syntax::{Document, ParagraphIndex, ParagraphKind};

/// The rule.
pub const RULE: Rule = Rule {
    id: "reference/direction",
    page: include_str!("../../../docs/rules/reference-direction.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    out.extend_from_slice(&input.references().direction);
}

/// Its findings.
pub(super) fn find(input: &Input<'_>, known: &Known<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let document = &input.facts.document;
    let pointing = |reference: &&Reference| reference.owner == Owner::This && !reference.direction_word.is_empty();
    let suspects: Vec<(&Reference, Direction, ParagraphIndex)> = input
        .facts
        .references
        .iter()
        .filter(pointing)
        .filter_map(|reference| {
            let direction = reference.direction?;
            Some((reference, direction, elsewhere(document, reference, direction)?))
        })
        .collect();
    for (reference, direction, target) in suspects {
        // Where the number has gone stale, the number is what is wrong.
        if stale(document, known.resolver(), known.meaning(), reference).is_empty() {
            found.push(finding(input, reference, direction, target));
        }
    }
    found
}

/// The clause that a reference names, where all that it names stands on the other side of it.
fn elsewhere(document: &Document, reference: &Reference, direction: Direction) -> Option<ParagraphIndex> {
    let from = reference.paragraph;
    // A footnote and the reasons stand wherever the page has room for them.
    let placed = matches!(document.paragraph(from).kind, ParagraphKind::Clause | ParagraphKind::Text);
    let side = side_of(reference);
    let mut named: Vec<ParagraphIndex> = Vec::new();
    for pinpoint in &reference.pinpoints {
        match pinpoint.steps.last().map(|step| step.target[side]) {
            Some(Target::Clause(clause)) => named.push(clause),
            _ => return None,
        }
    }
    if reference.pinpoints.is_empty() {
        let headings = reference.sections[side].iter().map(|section| document.section(*section).heading);
        named.extend(headings.collect::<Option<Vec<_>>>()?);
    }
    let wrong = |clause: &ParagraphIndex| match direction {
        Direction::Above => *clause > from,
        // A clause that the reference stands in is neither above nor below.
        Direction::Below => *clause < from && !holds(document, *clause, from),
    };
    (placed && named.iter().all(wrong)).then(|| named.first().copied()).flatten()
}

/// Whether a clause, or the section of a heading, holds another paragraph.
fn holds(document: &Document, outer: ParagraphIndex, inner: ParagraphIndex) -> bool {
    let own_heading = document.paragraph(inner).section.and_then(|section| document.section(section).heading);
    let parents = std::iter::successors(document.paragraph(inner).parent, |index| document.paragraph(*index).parent);
    own_heading == Some(outer) || parents.take(64).any(|parent| parent == outer)
}

fn finding(input: &Input<'_>, reference: &Reference, direction: Direction, target: ParagraphIndex) -> Finding {
    let document = &input.facts.document;
    let pieces = &reference.direction_word;
    let range = pieces.iter().copied().reduce(|a, b| a.cover(b)).unwrap_or(reference.range);
    let word = words_at(input.text, pieces);
    let stands = match direction {
        Direction::Above => "below",
        Direction::Below => "above",
    };
    let other = opposite(&word);
    let step = match other {
        Some(other) => format!("Write “{other}”, or name the clause that is meant."),
        None => "Name the clause that is meant.".to_owned(),
    };
    let message = format!("“{word}”, but what is named here stands {stands}. {step}");
    let place = document.paragraph(target).range;
    let finding =
        Finding::new(RULE.id, RULE.severity, range, message).related(Place::Here(place), "What the reference names");
    let paragraph = document.paragraph(reference.paragraph);
    let tracked = input.is_tracked(paragraph.resolution);
    match other.and_then(|other| Some((other, rewrite(input.text, paragraph, pieces, other, tracked)?))) {
        Some((other, edit)) => finding.sure_fix(format!("Change to “{other}”"), Remedy::Edits(vec![edit])),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::fixed_lines;

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&fixed_lines(super::RULE.id, text));
    }

    #[test]
    fn the_word_is_exchanged_in_its_language() {
        assert(
            "*a*\n1. see paragraph 2 above;\n2. see paragraph 1, below;\n3. see above-mentioned paragraph 4;\n4. x,\n",
            expect![[r#"
                above: “above”, but what is named here stands below. Write “below”, or name the clause that is meant.
                  Change to “below”: 1. see paragraph 2 below;
                below: “below”, but what is named here stands above. Write “above”, or name the clause that is meant.
                  Change to “above”: 2. see paragraph 1, above;
                above-mentioned: “above-mentioned”, but what is named here stands below. Write “below-mentioned”, or name the clause that is meant.
                  Change to “below-mentioned”: 3. see below-mentioned paragraph 4;
            "#]],
        );
        assert(
            "*décide*\n1. voir le point 2 ci-dessus;\n2. voir le point 1 infra;\n3. voir le point 4 susmentionné;\n4. x,\n",
            expect![[r#"
                ci-dessus: “ci-dessus”, but what is named here stands below. Write “ci-dessous”, or name the clause that is meant.
                  Change to “ci-dessous”: 1. voir le point 2 ci-dessous;
                infra: “infra”, but what is named here stands above. Write “supra”, or name the clause that is meant.
                  Change to “supra”: 2. voir le point 1 supra;
                susmentionné: “susmentionné”, but what is named here stands below. Name the clause that is meant.
            "#]],
        );
        assert(
            "*resuelve*\n1. ver el párrafo 2 *supra*;\n2. ver el párrafo 1 más abajo,\n",
            expect![[r#"
            supra: “supra”, but what is named here stands below. Write “infra”, or name the clause that is meant.
              Change to “infra”: 1. ver el párrafo 2 *infra*;
            más abajo: “más abajo”, but what is named here stands above. Write “más arriba”, or name the clause that is meant.
              Change to “más arriba”: 2. ver el párrafo 1 más arriba,
        "#]],
        );
        assert(
            "*решает*\n1. см. пункт 2 выше;\n2. см. нижеуказанный пункт 1,\n",
            expect![[r#"
            выше: “выше”, but what is named here stands below. Write “ниже”, or name the clause that is meant.
              Change to “ниже”: 1. см. пункт 2 ниже;
            нижеуказанный: “нижеуказанный”, but what is named here stands above. Write “вышеуказанный”, or name the clause that is meant.
              Change to “вышеуказанный”: 2. см. вышеуказанный пункт 1,
        "#]],
        );
        assert(
            "*做出决议*\n1. 见上述做出决议2；\n2. 见下文第1段，\n",
            expect![[r#"
            上述: “上述”, but what is named here stands below. Write “下述”, or name the clause that is meant.
              Change to “下述”: 1. 见下述做出决议2；
            下文: “下文”, but what is named here stands above. Write “上文”, or name the clause that is meant.
              Change to “上文”: 2. 见上文第1段，
        "#]],
        );
        assert(
            "*يقرر*\n1. انظر الفقرة 2 أعلاه؛\n2. انظر الفقرة 1 أدناه،\n",
            expect![[r#"
            أعلاه: “أعلاه”, but what is named here stands below. Write “أدناه”, or name the clause that is meant.
              Change to “أدناه”: 1. انظر الفقرة 2 أدناه؛
            أدناه: “أدناه”, but what is named here stands above. Write “أعلاه”, or name the clause that is meant.
              Change to “أعلاه”: 2. انظر الفقرة 1 أعلاه،
        "#]],
        );
    }

    #[test]
    fn sections() {
        assert(
            "*resolves*\n1. as the *noting* section above says,\n*noting*\nx,\n*invites*\n1. as the *noting* section below says,\n",
            expect![[r#"
                above: “above”, but what is named here stands below. Write “below”, or name the clause that is meant.
                  Change to “below”: 1. as the *noting* section below says,
                below: “below”, but what is named here stands above. Write “above”, or name the clause that is meant.
                  Change to “above”: 1. as the *noting* section above says,
            "#]],
        );
    }

    #[test]
    fn tracked_text() {
        assert(
            "*a*\n1. see paragraph 2 above;\n2. x;\n{++3. see paragraph 1 below;++}\n",
            expect![[r#"
            above: “above”, but what is named here stands below. Write “below”, or name the clause that is meant.
              Change to “below”: 1. see paragraph 2 {~~above~>below~~};
            below: “below”, but what is named here stands above. Write “above”, or name the clause that is meant.
              Change to “above”: {++3. see paragraph 1 above;++}
        "#]],
        );
        assert(
            "*a*\n1. see paragraph 2 {~~below~>above~~};\n2. x,\n",
            expect![[r#"
            above: “above”, but what is named here stands below. Write “below”, or name the clause that is meant.
              Change to “below”: 1. see paragraph 2 below;
        "#]],
        );
        assert("*a*\n{--1. y;--}\n{~~2~>1~~}. x;\n{~~3~>2~~}. see paragraph 2 above;\n{++3. y,++}\n", expect![[""]]);
    }

    #[test]
    fn what_is_right_or_not_certain() {
        assert(
            "*a*\n1. see paragraphs 1 and 3 above;\n2. see paragraph 2 above, and paragraph 2 a) below:\n   a) see paragraph 2 above;\n3. see paragraph 9 below[^1],\n\n[^1]: See paragraph 1 below.\n",
            expect![[""]],
        );
    }
}
