//! `reference/ambiguous`: a reference that may mean several clauses or sections.

use super::reference_common::{Known, first_words, side_of};
use super::{Finding, Input, Place, Remedy, Rule, Scope, Severity};
use crate::reference::{Owner, Reference, Target};
use crate::syntax::{Document, ParagraphIndex, SectionIndex, Side, TextEdit, TextRange};

/// The rule.
pub const RULE: Rule = Rule {
    id: "reference/ambiguous",
    page: include_str!("../../../docs/rules/reference-ambiguous.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

/// So many places are listed; a name that more share is no name.
const LISTED: usize = 6;

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    out.extend_from_slice(&input.references().ambiguous);
}

/// Its findings.
pub(super) fn find(input: &Input<'_>, known: &Known<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let document = &input.facts.document;
    let open = |reference: &&Reference| reference.owner == Owner::This && is_open(reference);
    let suspects: Vec<&Reference> = input.facts.references.iter().filter(open).collect();
    for reference in suspects {
        let side = side_of(reference);
        let (range, candidates) = match reference.pinpoints.iter().position(|p| is_open_step(p.steps.first(), side)) {
            Some(at) => (reference.pinpoints[at].range, known.resolver().candidates(reference, at, side)),
            None => (reference.range, headings(document, reference, side)),
        };
        if (2..=LISTED).contains(&candidates.len()) {
            found.push(finding(input, reference, range, &candidates, side));
        }
    }
    found
}

fn is_open(reference: &Reference) -> bool {
    let side = side_of(reference);
    match reference.pinpoints.is_empty() {
        true => reference.division.is_none() && reference.sections[side].len() > 1,
        false => reference.pinpoints.iter().any(|pinpoint| is_open_step(pinpoint.steps.first(), side)),
    }
}

fn is_open_step(step: Option<&crate::reference::Step>, side: Side) -> bool {
    step.is_some_and(|step| step.target[side] == Target::Open)
}

/// The headings of the sections that a reference to a section as a whole may mean.
fn headings(document: &Document, reference: &Reference, side: Side) -> Vec<ParagraphIndex> {
    use crate::reference::Direction::{Above, Below};
    let from = reference.paragraph;
    let all: Vec<ParagraphIndex> =
        reference.sections[side].iter().filter_map(|section| document.section(*section).heading).collect();
    let pointed: Vec<ParagraphIndex> = all
        .iter()
        .copied()
        .filter(|heading| match reference.direction {
            Some(Above) => *heading < from,
            Some(Below) => *heading > from,
            None => true,
        })
        .collect();
    match pointed.len() {
        // The wrong direction is another mistake.
        0 => Vec::new(),
        1 => Vec::new(),
        _ => pointed,
    }
}

fn finding(
    input: &Input<'_>,
    reference: &Reference,
    range: TextRange,
    candidates: &[ParagraphIndex],
    side: Side,
) -> Finding {
    let document = &input.facts.document;
    let words = input.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or_default();
    let names: Vec<Option<String>> = candidates.iter().map(|clause| section_of(document, *clause, side)).collect();
    let whole = reference.pinpoints.is_empty();
    let message = match &reference.section {
        Some(section) if whole => format!(
            "{} sections are called “{}”. Name a clause of the one that is meant.",
            candidates.len(),
            section.text
        ),
        Some(section) => format!(
            "“{words}” is in {} sections called “{}”. Write more of the section’s name.",
            candidates.len(),
            section.text
        ),
        None => format!("{} sections have a paragraph “{words}”. Name the section.", candidates.len()),
    };
    let mut finding = Finding::new(RULE.id, RULE.severity, range, message);
    for clause in candidates {
        finding = finding.related(Place::Here(document.paragraph(*clause).range), first_words(document, *clause, side));
    }
    if whole {
        return finding;
    }
    for (at, name) in names.iter().enumerate() {
        let Some(name) =
            name.as_deref().filter(|name| names.iter().flatten().filter(|other| other == name).count() == 1)
        else {
            continue;
        };
        if let Some(edit) = named(input, reference, candidates[at], name, side) {
            finding = finding.fix(format!("Name the section: “{}”", edit.text), Remedy::Edits(vec![edit]));
        }
    }
    finding
}

/// The name of the section that a clause stands in, as written.
fn section_of(document: &Document, clause: ParagraphIndex, side: Side) -> Option<String> {
    let heading =
        document.paragraph(clause).section.and_then(|section: SectionIndex| document.section(section).heading)?;
    let text = document.paragraph(heading).views[side].text.trim();
    let name = text.trim_end_matches([',', ':', ';', '，', '：', '；', '،', '؛', ' ']);
    (!name.is_empty()).then(|| name.to_owned())
}

/// “*resolves* 3” for “paragraph 3” or “resolves 3”. `None` where several clauses are named, or changes are tracked in
/// the words.
fn named(input: &Input<'_>, reference: &Reference, clause: ParagraphIndex, name: &str, side: Side) -> Option<TextEdit> {
    let [pinpoint] = reference.pinpoints.as_slice() else { return None };
    let document = &input.facts.document;
    let paragraph = document.paragraph(reference.paragraph);
    let until = TextRange::new(reference.range.start(), pinpoint.range.end());
    let tracked = input.is_tracked(paragraph.resolution);
    if tracked || paragraph.changes.iter().any(|change| change.range.intersect(until).is_some()) {
        return None;
    }
    // Before the direction: 上述做出决议3 keeps its 上述.
    let word_first = reference.direction_word.first().filter(|word| word.start() < pinpoint.range.start());
    let start = word_first.map_or(until.start(), |word| word.end());
    let label = &document.paragraph(clause).label.as_ref()?.text[side];
    let core = label.as_deref().and_then(|label| crate::numbering::core(label).map(|core| &label.trim()[core]))?;
    let written = input.text.get(usize::from(pinpoint.range.start())..usize::from(pinpoint.range.end()))?;
    // The label as the reference writes it, brackets and sub-clauses included.
    let label = if written.contains(core) { written } else { core };
    let han = name.chars().last().is_some_and(|c| c > '\u{2e7f}');
    let space = if han { "" } else { " " };
    let lead = if input.text.get(..usize::from(start)).is_some_and(|text| text.ends_with(char::is_alphabetic) && !han) {
        " "
    } else {
        ""
    };
    Some(TextEdit::replace(TextRange::new(start, until.end()), format!("{lead}*{name}*{space}{label}")))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::fixed_lines;

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&fixed_lines(super::RULE.id, text));
    }

    #[test]
    fn sections_that_count_each_for_itself() {
        assert(
            "*a*\n1. x;\n2. y,\n*b*\n1. z;\n2. v,\n*c*\nsee paragraph 2 above, and paragraphs 1 and 2 of this resolution,\n",
            expect![[r#"
                2: 2 sections have a paragraph “2”. Name the section.
                  Name the section: “*a* 2”: see *a* 2 above, and paragraphs 1 and 2 of this resolution,
                  Name the section: “*b* 2”: see *b* 2 above, and paragraphs 1 and 2 of this resolution,
                1: 2 sections have a paragraph “1”. Name the section.
            "#]],
        );
        assert(
            "*décide*\n1. x,\n*charge le Conseil*\n1. z,\n*invite*\nvoir le point 1 ci-dessus,\n",
            expect![[r#"
            1: 2 sections have a paragraph “1”. Name the section.
              Name the section: “*décide* 1”: voir le *décide* 1 ci-dessus,
              Name the section: “*charge le Conseil* 1”: voir le *charge le Conseil* 1 ci-dessus,
        "#]],
        );
    }

    #[test]
    fn sections_of_one_name() {
        assert(
            "*noting*\na) x,\n*resolves*\n1. y,\n*noting*\na) z,\n*invites*\nsee *noting* a), and the *noting* section above,\n",
            expect![[r#"
                a): “a)” is in 2 sections called “noting”. Write more of the section’s name.
                *noting* section above: 2 sections are called “noting”. Name a clause of the one that is meant.
            "#]],
        );
        assert(
            "*resolves to instruct the Council*\n1. x,\n*resolves to instruct the Secretary-General*\n1. z,\n*invites*\nsee resolves 1 above,\n",
            expect![[r#"
                1: “1” is in 2 sections called “resolves”. Write more of the section’s name.
                  Name the section: “*resolves to instruct the Council* 1”: see *resolves to instruct the Council* 1 above,
                  Name the section: “*resolves to instruct the Secretary-General* 1”: see *resolves to instruct the Secretary-General* 1 above,
            "#]],
        );
        assert(
            "*做出决议，责成秘书长*\n1. 甲，\n*做出决议，责成理事会*\n1. 乙，\n*请成员国*\n见上述做出决议1，\n",
            expect![[r#"
                1: “1” is in 2 sections called “做出决议”. Write more of the section’s name.
                  Name the section: “*做出决议，责成秘书长*1”: 见上述*做出决议，责成秘书长*1，
                  Name the section: “*做出决议，责成理事会*1”: 见上述*做出决议，责成理事会*1，
            "#]],
        );
    }

    #[test]
    fn where_a_reader_knows() {
        assert(
            "*a*\n1. x;\n2. y,\n*b*\n1. z;\n2. see paragraph 1 above,\n*noting*\na) x;\nb) see *noting* a),\n*c*\n1. see paragraph 2 below;\n2. x,\n*noting*\na) see *noting* a) above,\n",
            expect![[""]],
        );
        assert("*a*\n1. x,\n*b*\n1. see paragraph 3 of this resolution,\n", expect![[""]]);
    }
}
