//! `reference/dangling`: a reference to a clause, section or annex that the resolution does not have.

use super::reference_common::{Known, alike, existing, side_of};
use super::{Finding, Fix, Input, Place, Remedy, Rule, Scope, Severity};
use crate::numbering::{Label, rewrite};
use crate::reference::{Owner, PartName, Reference, Resolver, Role, Step, Target, stale};
use crate::syntax::{DivisionIndex, Paragraph, ParagraphIndex, Side, TextEdit, TextRange};

/// The rule.
pub const RULE: Rule = Rule {
    id: "reference/dangling",
    page: include_str!("../../../docs/rules/reference-dangling.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    out.extend_from_slice(&input.references().dangling);
}

/// Its findings.
pub(super) fn find(input: &Input<'_>, known: &Known<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let references = input.facts.references.iter().filter(|reference| reference.owner == Owner::This);
    let suspects: Vec<&Reference> =
        references.filter(|r| is_missing(r) || names_nothing(r) || names_no_annex(r)).collect();
    for reference in suspects {
        if names_no_annex(reference) {
            found.extend(no_annex(input, reference));
        } else if names_nothing(reference) {
            found.extend(no_section(input, known.resolver(), reference));
        } else if stale(&input.facts.document, known.resolver(), known.meaning(), reference).is_empty() {
            // What is stale is reported as that.
            no_clauses(input, known.resolver(), reference, &mut found);
        }
    }
    found
}

/// Whether it names, beyond doubt, an annex that is not there.
fn names_no_annex(reference: &Reference) -> bool {
    let annex = |side: Side| reference.division.as_ref().is_some_and(|name| name.divisions[side].is_none());
    reference.division.is_some() && reference.sides().all(annex)
}

fn no_annex(input: &Input<'_>, reference: &Reference) -> Option<Finding> {
    let document = &input.facts.document;
    let name = reference.division.as_ref()?;
    let resolution = document.paragraph(reference.paragraph).resolution;
    let side = side_of(reference);
    let headings: Vec<&str> = (0..document.divisions.len())
        .map(|index| &document.divisions[DivisionIndex(index as u32).index()])
        .filter(|division| division.resolution == resolution)
        .map(|division| document.paragraph(division.heading))
        .filter(|heading| heading.is_in(side))
        .map(|heading| heading.views[side].text.trim())
        .collect();
    // Annexes may be in files of their own; and where none has a number, any may be meant.
    let numbered = headings.iter().filter(|heading| heading.contains(|c: char| c.is_ascii_digit())).count();
    let number = name.text.contains(|c: char| c.is_ascii_digit());
    if !number || numbered != headings.len() || headings.is_empty() {
        return None;
    }
    let short = |heading: &&str| {
        let line = heading.lines().next().unwrap_or_default();
        format!("“{}”", line.chars().take(30).collect::<String>())
    };
    let listed: Vec<String> = headings.iter().take(6).map(short).collect();
    let message = format!("There is no “{}” in this resolution. It has {}.", name.text, listed.join(", "));
    Some(Finding::new(RULE.id, RULE.severity, name.range, message))
}

fn is_missing(reference: &Reference) -> bool {
    let side = side_of(reference);
    reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps).any(|step| step.target[side] == Target::Missing)
}

/// Whether it names, beyond doubt, a section that is not there: with a label and “above” or “below”.
fn names_nothing(reference: &Reference) -> bool {
    reference.section.is_some()
        && reference.direction.is_some()
        && !reference.pinpoints.is_empty()
        && reference.sides().all(|side| reference.sections[side].is_empty())
}

fn no_section(input: &Input<'_>, resolver: &Resolver<'_>, reference: &Reference) -> Option<Finding> {
    let document = &input.facts.document;
    let section = reference.section.as_ref()?;
    let side = side_of(reference);
    let resolution = document.paragraph(reference.paragraph).resolution;
    let headings = resolver.headings(resolution, side);
    if headings.is_empty() {
        // A text without headings names its clauses in another way; nothing can be said.
        return None;
    }
    let listed: Vec<String> = headings.iter().take(6).map(|(_, name)| format!("“{name}”")).collect();
    let more = if headings.len() > 6 { ", …" } else { "" };
    let message = format!(
        "There is no section “{}” in this resolution. Its sections are {}{more}.",
        section.text,
        listed.join(", ")
    );
    let mut finding = Finding::new(RULE.id, RULE.severity, reference.range, message);
    let alike = |name: &str| {
        similar::TextDiff::from_chars(name.to_lowercase().as_str(), section.text.to_lowercase().as_str()).ratio() > 0.8
    };
    let mut close = headings.iter().filter(|(_, name)| alike(name));
    if let (Some((_, name)), None) = (close.next(), close.next()) {
        let paragraph = document.paragraph(reference.paragraph);
        let edit = replacement(input, paragraph, &[section.range], name);
        finding.fixes.extend(edit.map(|edit| change_to(name, edit)));
    }
    Some(finding)
}

/// One finding for each label that means nothing.
fn no_clauses(input: &Input<'_>, resolver: &Resolver<'_>, reference: &Reference, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    let side = side_of(reference);
    let mut parent: Option<(ParagraphIndex, &Step)> = None;
    for pinpoint in &reference.pinpoints {
        for (depth, step) in pinpoint.steps.iter().enumerate() {
            let above = if depth > 0 { parent } else { None };
            match step.target[side] {
                Target::Clause(clause) => parent = Some((clause, step)),
                Target::Open => break,
                Target::Missing => {
                    let range = step.range;
                    let mut finding =
                        Finding::new(RULE.id, RULE.severity, range, message(resolver, reference, above, step, side));
                    if let Some(section) = reference.sections[side].first().and_then(|s| document.section(*s).heading) {
                        finding =
                            finding.related(Place::Here(document.paragraph(section).range), "The section it names");
                    }
                    if reference.pinpoints.len() == 1 || pinpoint.role == Role::Single {
                        finding.fixes.extend(moved(input, reference, step));
                    }
                    out.push(finding);
                    break;
                }
            }
        }
    }
}

fn message(
    resolver: &Resolver<'_>,
    reference: &Reference,
    above: Option<(ParagraphIndex, &Step)>,
    step: &Step,
    side: Side,
) -> String {
    if reference.part == Some(PartName::Preamble) && above.is_none() {
        let count = resolver.preamble(resolver.resolution_of(reference), side).len();
        return format!("There is no “{}” paragraph in the preamble. It has {count}.", step.text);
    }
    let labels = alike(step, &resolver.siblings(reference, above.map(|(clause, _)| clause), side));
    let label = &step.text;
    let place = match (above, &reference.section) {
        (Some((_, above)), _) => format!("“{}”", above.text),
        (None, Some(section)) => format!("“{}”", section.text),
        (None, None) => "this resolution".to_owned(),
    };
    let there = match existing(&labels) {
        Some(there) => format!("It has {there}."),
        None => "It has no numbered clauses.".to_owned(),
    };
    let kind = if reference.section.is_none() && above.is_none() { "no paragraph " } else { "no clause " };
    let reading = if reference.in_both
        && reference.pinpoints.iter().flat_map(|p| &p.steps).any(|s| s.target.in_force != s.target.amended)
    {
        format!(", in the text {}", side.name())
    } else {
        String::new()
    };
    format!("There is {kind}“{label}” in {place}{reading}. {there}")
}

/// The clause that had the number in the text as in force has another one now.
fn moved(input: &Input<'_>, reference: &Reference, step: &Step) -> Option<Fix> {
    let document = &input.facts.document;
    let clause = step.target.in_force.clause().filter(|_| reference.in_both)?;
    let label = document.paragraph(clause).label.as_ref()?.text.amended.as_deref()?;
    let numeral = step.labels.first()?.style.numeral;
    let label = Label::parse(label).into_iter().find(|label| label.style.numeral.same_kind(numeral))?;
    let edit = replacement(input, document.paragraph(reference.paragraph), &step.core, &label.core())?;
    Some(change_to(&label.core(), edit))
}

fn replacement(input: &Input<'_>, paragraph: &Paragraph, pieces: &[TextRange], new: &str) -> Option<TextEdit> {
    let tracked = input.is_tracked(paragraph.resolution);
    rewrite(input.text, paragraph, pieces, new, tracked)
}

fn change_to(new: &str, edit: TextEdit) -> Fix {
    Fix { title: format!("Change to “{new}”"), remedy: Remedy::Edits(vec![edit]), certain: false }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use jiff::civil::date;

    use super::*;
    use crate::catalogue::Catalogue;
    use crate::facts::Facts;
    use crate::syntax::parse;

    fn assert(text: &str, expected: Expect) {
        let facts = Facts::read(text, &parse(text));
        let catalogue = Catalogue::default();
        let mut findings = Vec::new();
        check(&Input::new(text, &facts, &catalogue, date(2026, 1, 1), Default::default()), &mut findings);
        let mut lines = String::new();
        for finding in findings {
            let range = usize::from(finding.range.start())..usize::from(finding.range.end());
            lines.push_str(&format!("{}: {}", &text[range], finding.message));
            for fix in finding.fixes {
                let Remedy::Edits(edits) = fix.remedy else { continue };
                let edited: Vec<String> = edits.iter().map(|edit| edit.text.clone()).collect();
                lines.push_str(&format!(" [{}: {}]", fix.title, edited.join(" ")));
            }
            lines.push('\n');
        }
        expected.assert_eq(&lines);
    }

    #[test]
    fn the_message_says_what_there_is() {
        assert(
            "*recalling*\na) x;\nb) y;\nc) z,\n*resolves*\n1. x:\n   a) y;\n2. as in *recalling* e) above, *resolves* 1 c) and resolves 9,\n",
            expect![[r#"
                e): There is no clause “e)” in “recalling”. It has “a)” to “c)”.
                c): There is no clause “c)” in “1”. It has “a)” alone.
                9: There is no clause “9” in “resolves”. It has “1.” to “2.”.
            "#]],
        );
        assert(
            "*Noting* x,\n\n1. *Decides* x;\n\n2. *Asks* y, in the light of paragraphs 1 and 7 above.\n",
            expect![[r#"
                7: There is no paragraph “7” in this resolution. It has “1.” to “2.”.
            "#]],
        );
    }

    #[test]
    fn a_section_that_is_not_there() {
        assert(
            "*recognizing*\na) x;\nb) y,\n*resolves*\n1. as in *recognising* b) above and *pondering* b) above,\n",
            expect![[r#"
                *recognising* b) above: There is no section “recognising” in this resolution. Its sections are “recognizing”, “resolves”. [Change to “recognizing”: recognizing]
                *pondering* b) above: There is no section “pondering” in this resolution. Its sections are “recognizing”, “resolves”.
            "#]],
        );
        assert("1. *Asks* x as *noting* b) above.\n", expect![[""]]);
    }

    #[test]
    fn a_clause_that_was_renumbered_or_deleted() {
        assert(
            "*a*\n1. x;\n{~~2~>3~~}. y;\n*resolves*\n1. as in *a* 2 above,\n",
            expect![[r#"
            2: There is no clause “2” in “a”, in the text as amended. It has “1.” to “3.”. [Change to “3”: {~~2~>3~~}]
        "#]],
        );
        assert(
            "*a*\n1. x;\n{--2. y;--}\n*resolves*\n1. as in *a* 2 above,\n",
            expect![[r#"
            2: There is no clause “2” in “a”, in the text as amended. It has “1.” alone.
        "#]],
        );
    }

    #[test]
    fn what_is_not_certain_is_not_told() {
        assert(
            "*a*\na) x,\n*b*\n1. as in paragraph 3 of Resolution 5, resolves 2 of that text, and a 7 people,\n",
            expect![[""]],
        );
    }
}
